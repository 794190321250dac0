-- Who sees reports: that one is owed and how far it is, everybody whose scope the unit stands in; what
-- it says, the unit itself, and the others once it was submitted and while it is not being rewritten.
-- What an earlier submission said stays readable in its version, unless the unit took it back: then it is
-- a draft again, and the unit's alone.

set local role danvan_owner;

alter table app.report enable row level security;
alter table app.report force row level security;

-- I see what the units of my scope owe and how far it is.
create policy report_select_scope_province on app.report for select to danvan_province
    using (province_key = (select private.my_scope()));
create policy report_select_scope_province_line on app.report for select to danvan_province_line
    using (province_line_key = (select private.my_scope()));
create policy report_select_scope_district on app.report for select to danvan_district
    using (district_key = (select private.my_scope()));
create policy report_select_scope_district_line on app.report for select to danvan_district_line
    using (district_line_key = (select private.my_scope()));
create policy report_select_scope_grassroots on app.report for select to danvan_grassroots
    using (grassroots_key = (select private.my_scope()));
create policy report_select_scope_grassroots_line on app.report for select to danvan_grassroots_line
    using (grassroots_line_key = (select private.my_scope()));

-- I see the reports that my unit decides on, and my own.
create policy report_select_own_unit on app.report for select to danvan_reader
    using (unit_id = (select private.my_unit()) or superior_unit_id = (select private.my_unit()));

-- A unit that was not asked may make a report of its own (trigger report_05_own says when).
create policy report_insert_own_unit on app.report for insert to danvan_writer
    with check (unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 and status = 'not_started');

-- Nobody ever deletes one: it is an obligation.
create policy report_delete_never on app.report as restrictive for delete to public using (false);

alter table app.report_line enable row level security;
alter table app.report_line force row level security;

create policy report_line_select_by_report on app.report_line for select to danvan_reader
    using (exists (
        select from app.report as r
        where r.id = report_id
            and (r.unit_id = (select private.my_unit()) or r.status in ('submitted', 'in_review', 'approved')
                or private.is_moved_to_mine(r.status, r.moved_to_id)) offset 0));

-- Officers and leaders of the unit write in it while it may be written (column grants: not the return
-- note, which is the superior's). report_is_held locks the report before the row is locked.
create policy report_line_update_own_unit on app.report_line for update to danvan_writer
    using ((select private.my_rank()) >= 2 and private.report_is_held(report_id))
    with check (true);

alter table app.report_section enable row level security;
alter table app.report_section force row level security;

create policy report_section_select_by_report on app.report_section for select to danvan_reader
    using (exists (
        select from app.report as r
        where r.id = report_id
            and (r.unit_id = (select private.my_unit()) or r.status in ('submitted', 'in_review', 'approved')
                or private.is_moved_to_mine(r.status, r.moved_to_id)) offset 0));

create policy report_section_update_own_unit on app.report_section for update to danvan_writer
    using ((select private.my_rank()) >= 2 and private.report_is_held(report_id))
    with check (true);

alter table app.report_gathered_line enable row level security;
alter table app.report_gathered_line force row level security;

create policy report_gathered_line_select_by_report on app.report_gathered_line for select to danvan_reader
    using (exists (
        select from app.report as r
        where r.id = report_id
            and (r.unit_id = (select private.my_unit()) or r.status in ('submitted', 'in_review', 'approved')
                or private.is_moved_to_mine(r.status, r.moved_to_id)) offset 0));

alter table app.report_version enable row level security;
alter table app.report_version force row level security;

create policy report_version_select_by_report on app.report_version for select to danvan_reader
    using (exists (
        select from app.report as r
        where r.id = report_id and (not is_withdrawn or r.unit_id = (select private.my_unit())) offset 0));

-- Nobody ever rewrites what was submitted.
create policy report_version_update_never on app.report_version as restrictive for update to public using (false);
create policy report_version_delete_never on app.report_version as restrictive for delete to public using (false);
