-- How assignments stood on past days: seen by whoever sees the assignment, by the same keys. Written by
-- triggers alone.

set local role danvan_owner;

alter table app.assignment_state enable row level security;
alter table app.assignment_state force row level security;

create policy assignment_state_select_scope_province on app.assignment_state for select to danvan_province
    using (province_key = (select private.my_scope()));
create policy assignment_state_select_scope_province_line on app.assignment_state for select to danvan_province_line
    using (province_line_key = (select private.my_scope()));
create policy assignment_state_select_scope_district on app.assignment_state for select to danvan_district
    using (district_key = (select private.my_scope()));
create policy assignment_state_select_scope_district_line on app.assignment_state for select to danvan_district_line
    using (district_line_key = (select private.my_scope()));
create policy assignment_state_select_scope_grassroots on app.assignment_state for select to danvan_grassroots
    using (grassroots_key = (select private.my_scope()));
create policy assignment_state_select_scope_grassroots_line on app.assignment_state
    for select to danvan_grassroots_line
    using (grassroots_line_key = (select private.my_scope()));
create policy assignment_state_select_named on app.assignment_state for select to danvan_reader
    using (assignment_id in (select private.my_part_assignments()));
create policy assignment_state_select_given on app.assignment_state for select to danvan_reader
    using (assignment_id in (select private.my_given_assignments()));
