-- An item is seen by whoever sees its plan.
-- "offset 0", here and in every policy that asks whether a row of another table is visible: the
-- planner may not collect all visible rows of that table first. Looking up the few rows shown is
-- always cheap; collecting them grows with the country (docs/adr/0007-policy-form.md).

set local role danvan_owner;

alter table app.plan_item enable row level security;
alter table app.plan_item force row level security;

create policy plan_item_select_by_plan on app.plan_item for select to danvan_reader
    using (exists (select from app.plan as p where p.id = plan_id offset 0));

-- An officer or leader writes the outline while the plan is a draft of their own unit.
create policy plan_item_insert_own_draft on app.plan_item for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and exists (
        select from app.plan as p
        where p.id = plan_id and p.status = 'draft' and p.issuer_unit_id = (select private.my_unit())));
create policy plan_item_update_own_draft on app.plan_item for update to danvan_writer
    using ((select private.my_rank()) >= 2 and exists (
        select from app.plan as p
        where p.id = plan_id and p.status = 'draft' and p.issuer_unit_id = (select private.my_unit())));
create policy plan_item_delete_own_draft on app.plan_item for delete to danvan_writer
    using ((select private.my_rank()) >= 2 and exists (
        select from app.plan as p
        where p.id = plan_id and p.status = 'draft' and p.issuer_unit_id = (select private.my_unit())));
