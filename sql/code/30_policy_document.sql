-- Who sees and who changes documents.

set local role danvan_owner;

alter table app.document enable row level security;
alter table app.document force row level security;

-- I see what is published in my scope.
create policy document_select_scope_province on app.document for select to danvan_province
    using (province_key = (select private.my_scope()) and status = 'published');
create policy document_select_scope_province_line on app.document for select to danvan_province_line
    using (province_line_key = (select private.my_scope()) and status = 'published');
create policy document_select_scope_district on app.document for select to danvan_district
    using (district_key = (select private.my_scope()) and status = 'published');
create policy document_select_scope_district_line on app.document for select to danvan_district_line
    using (district_line_key = (select private.my_scope()) and status = 'published');
create policy document_select_scope_grassroots on app.document for select to danvan_grassroots
    using (grassroots_key = (select private.my_scope()) and status = 'published');
create policy document_select_scope_grassroots_line on app.document for select to danvan_grassroots_line
    using (grassroots_line_key = (select private.my_scope()) and status = 'published');

-- What is published at my area or above it flows down to me.
create policy document_select_path on app.document for select to danvan_reader
    using (status = 'published' and owner_area_id = any ((select private.my_path())::integer[]));

-- A draft is its owner's alone; superiors do not see it either.
create policy document_select_own_unit on app.document for select to danvan_reader
    using (owner_unit_id = (select private.my_unit()));

-- An officer or leader writes the documents of their own unit, and takes back its drafts.
create policy document_insert_own_unit on app.document for insert to danvan_writer
    with check (owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2);
create policy document_update_own_unit on app.document for update to danvan_writer
    using (owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2);
create policy document_delete_own_draft on app.document for delete to danvan_writer
    using (owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2);

-- Nobody ever deletes what was published.
create policy document_delete_drafts_only on app.document as restrictive for delete to danvan_writer
    using (status = 'draft');
