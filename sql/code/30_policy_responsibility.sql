-- Who answers for an item is seen by whoever sees the item.

set local role danvan_owner;

alter table app.responsibility enable row level security;
alter table app.responsibility force row level security;

create policy responsibility_select_by_plan_item on app.responsibility for select to danvan_reader
    using (exists (select from app.plan_item as i where i.id = plan_item_id offset 0));

-- An officer or leader writes who answers for an item while the plan is a draft of their own unit.
create policy responsibility_insert_own_draft on app.responsibility for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and exists (
        select from app.plan_item as i join app.plan as p on p.id = i.plan_id
        where i.id = plan_item_id and p.status = 'draft' and p.issuer_unit_id = (select private.my_unit())));
create policy responsibility_update_own_draft on app.responsibility for update to danvan_writer
    using ((select private.my_rank()) >= 2 and exists (
        select from app.plan_item as i join app.plan as p on p.id = i.plan_id
        where i.id = plan_item_id and p.status = 'draft' and p.issuer_unit_id = (select private.my_unit())));
create policy responsibility_delete_own_draft on app.responsibility for delete to danvan_writer
    using ((select private.my_rank()) >= 2 and exists (
        select from app.plan_item as i join app.plan as p on p.id = i.plan_id
        where i.id = plan_item_id and p.status = 'draft' and p.issuer_unit_id = (select private.my_unit())));
