-- A relation is seen by whoever sees both documents.

set local role danvan_owner;

alter table app.document_relation enable row level security;
alter table app.document_relation force row level security;

create policy document_relation_select_by_documents on app.document_relation for select to danvan_reader
    using (
        exists (select from app.document as d where d.id = from_id offset 0)
        and exists (select from app.document as d where d.id = to_id offset 0));

-- An officer or leader says what their own unit's documents relate to (to_id must be visible: the
-- trigger check_visible).
create policy document_relation_insert_own_unit on app.document_relation for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and exists (
        select from app.document as d
        where d.id = from_id and d.owner_unit_id = (select private.my_unit())));
create policy document_relation_update_own_unit on app.document_relation for update to danvan_writer
    using ((select private.my_rank()) >= 2 and exists (
        select from app.document as d
        where d.id = from_id and d.owner_unit_id = (select private.my_unit())));
create policy document_relation_delete_own_unit on app.document_relation for delete to danvan_writer
    using ((select private.my_rank()) >= 2 and exists (
        select from app.document as d
        where d.id = from_id and d.owner_unit_id = (select private.my_unit())));
