-- What an item cites is seen by whoever sees the item (the document itself has its own rule).

set local role danvan_owner;

alter table app.plan_item_document enable row level security;
alter table app.plan_item_document force row level security;

create policy plan_item_document_select_by_plan_item on app.plan_item_document for select to danvan_reader
    using (exists (select from app.plan_item as i where i.id = plan_item_id offset 0));

-- An officer or leader writes what an item cites while the plan is a draft of their own unit.
create policy plan_item_document_insert_own_draft on app.plan_item_document for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and exists (
        select from app.plan_item as i join app.plan as p on p.id = i.plan_id
        where i.id = plan_item_id and p.status = 'draft' and p.issuer_unit_id = (select private.my_unit())));
create policy plan_item_document_update_own_draft on app.plan_item_document for update to danvan_writer
    using ((select private.my_rank()) >= 2 and exists (
        select from app.plan_item as i join app.plan as p on p.id = i.plan_id
        where i.id = plan_item_id and p.status = 'draft' and p.issuer_unit_id = (select private.my_unit())));
create policy plan_item_document_delete_own_draft on app.plan_item_document for delete to danvan_writer
    using ((select private.my_rank()) >= 2 and exists (
        select from app.plan_item as i join app.plan as p on p.id = i.plan_id
        where i.id = plan_item_id and p.status = 'draft' and p.issuer_unit_id = (select private.my_unit())));
