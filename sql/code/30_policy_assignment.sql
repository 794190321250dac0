-- Who sees assignments and who reports on them.
-- The six scope policies are what lists walk by index: (scope key, due_on, id). "scope" is tested
-- before "named", whose set is only computed for a row that no scope policy let through.

set local role danvan_owner;

alter table app.assignment enable row level security;
alter table app.assignment force row level security;

-- I see the assignments whose lead stands in my scope.
create policy assignment_select_scope_province on app.assignment for select to danvan_province
    using (province_key = (select private.my_scope()));
create policy assignment_select_scope_province_line on app.assignment for select to danvan_province_line
    using (province_line_key = (select private.my_scope()));
create policy assignment_select_scope_district on app.assignment for select to danvan_district
    using (district_key = (select private.my_scope()));
create policy assignment_select_scope_district_line on app.assignment for select to danvan_district_line
    using (district_line_key = (select private.my_scope()));
create policy assignment_select_scope_grassroots on app.assignment for select to danvan_grassroots
    using (grassroots_key = (select private.my_scope()));
create policy assignment_select_scope_grassroots_line on app.assignment for select to danvan_grassroots_line
    using (grassroots_line_key = (select private.my_scope()));

-- I see the assignments that name my unit as coordinating or advising.
create policy assignment_select_named on app.assignment for select to danvan_reader
    using (id in (select private.my_part_assignments()));

-- I see the work that my unit gave beside the plan, wherever its lead stands.
create policy assignment_select_given on app.assignment for select to danvan_reader
    using (given_by_unit_id = (select private.my_unit()));

-- Officers and leaders of the lead unit move their own assignment on (column grants: status,
-- progress and what goes with them; the trigger assignment_guard: who confirms). Assignments are
-- made by issuing a plan or given by a command, never by hand, and never deleted.
create policy assignment_update_lead on app.assignment for update to danvan_writer
    using (lead_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2);
create policy assignment_delete_never on app.assignment as restrictive for delete to danvan_writer
    using (false);
