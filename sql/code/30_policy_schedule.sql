-- When an item is due is seen by whoever sees the item.

set local role danvan_owner;

alter table app.schedule enable row level security;
alter table app.schedule force row level security;

create policy schedule_select_by_plan_item on app.schedule for select to danvan_reader
    using (exists (select from app.plan_item as i where i.id = plan_item_id offset 0));

-- An officer or leader writes when an item is due while the plan is a draft of their own unit.
create policy schedule_insert_own_draft on app.schedule for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and exists (
        select from app.plan_item as i join app.plan as p on p.id = i.plan_id
        where i.id = plan_item_id and p.status = 'draft' and p.issuer_unit_id = (select private.my_unit())));
create policy schedule_update_own_draft on app.schedule for update to danvan_writer
    using ((select private.my_rank()) >= 2 and exists (
        select from app.plan_item as i join app.plan as p on p.id = i.plan_id
        where i.id = plan_item_id and p.status = 'draft' and p.issuer_unit_id = (select private.my_unit())));
create policy schedule_delete_own_draft on app.schedule for delete to danvan_writer
    using ((select private.my_rank()) >= 2 and exists (
        select from app.plan_item as i join app.plan as p on p.id = i.plan_id
        where i.id = plan_item_id and p.status = 'draft' and p.issuer_unit_id = (select private.my_unit())));
