-- Requests for more time: seen by whoever sees the assignment, and by who decides.

set local role danvan_owner;

alter table app.extension_request enable row level security;
alter table app.extension_request force row level security;

-- I see what the units of my scope ask.
create policy extension_request_select_scope_province on app.extension_request for select to danvan_province
    using (province_key = (select private.my_scope()));
create policy extension_request_select_scope_province_line on app.extension_request for select to danvan_province_line
    using (province_line_key = (select private.my_scope()));
create policy extension_request_select_scope_district on app.extension_request for select to danvan_district
    using (district_key = (select private.my_scope()));
create policy extension_request_select_scope_district_line on app.extension_request for select to danvan_district_line
    using (district_line_key = (select private.my_scope()));
create policy extension_request_select_scope_grassroots on app.extension_request for select to danvan_grassroots
    using (grassroots_key = (select private.my_scope()));
create policy extension_request_select_scope_grassroots_line on app.extension_request
    for select to danvan_grassroots_line
    using (grassroots_line_key = (select private.my_scope()));

-- I see what my unit asks or decides, and what is asked for an assignment that names my unit or that it gave.
create policy extension_request_select_own_unit on app.extension_request for select to danvan_reader
    using (unit_id = (select private.my_unit()) or superior_unit_id = (select private.my_unit()));
create policy extension_request_select_named on app.extension_request for select to danvan_reader
    using (assignment_id in (select private.my_part_assignments()));
create policy extension_request_select_given on app.extension_request for select to danvan_reader
    using (assignment_id in (select private.my_given_assignments()));

-- Officers and leaders ask for their own unit; decisions come through commands alone.
create policy extension_request_insert_own_unit on app.extension_request for insert to danvan_writer
    with check (unit_id = (select private.my_unit()) and status = 'pending' and (select private.my_rank()) >= 2);
create policy extension_request_delete_never on app.extension_request as restrictive for delete to public using (false);
