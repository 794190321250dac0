-- Who sees posts and people. A person's name and post: their unit, and officers and leaders whose scope it
-- lies in. What is in staff_detail nobody reads through a table: 31_staff_detail.sql gives it out, person by
-- person, to those who keep the record, and writes down that it did.

set local role danvan_owner;

alter table app.position enable row level security;
alter table app.position force row level security;
create policy position_select_signed_in on app.position for select to danvan_reader
    using ((select private.my_unit()) is not null);

alter table app.establishment enable row level security;
alter table app.establishment force row level security;
create policy establishment_select_scope_province on app.establishment for select to danvan_province
    using (province_key = (select private.my_scope()));
create policy establishment_select_scope_province_line on app.establishment for select to danvan_province_line
    using (province_line_key = (select private.my_scope()));
create policy establishment_select_scope_district on app.establishment for select to danvan_district
    using (district_key = (select private.my_scope()));
create policy establishment_select_scope_district_line on app.establishment for select to danvan_district_line
    using (district_line_key = (select private.my_scope()));
create policy establishment_select_scope_grassroots on app.establishment for select to danvan_grassroots
    using (grassroots_key = (select private.my_scope()));
create policy establishment_select_scope_grassroots_line on app.establishment for select to danvan_grassroots_line
    using (grassroots_line_key = (select private.my_scope()));
create policy establishment_select_own_unit on app.establishment for select to danvan_reader
    using (unit_id = (select private.my_unit()));

alter table app.staff enable row level security;
alter table app.staff force row level security;
create policy staff_select_scope_province on app.staff for select to danvan_province
    using (province_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy staff_select_scope_province_line on app.staff for select to danvan_province_line
    using (province_line_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy staff_select_scope_district on app.staff for select to danvan_district
    using (district_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy staff_select_scope_district_line on app.staff for select to danvan_district_line
    using (district_line_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy staff_select_scope_grassroots on app.staff for select to danvan_grassroots
    using (grassroots_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy staff_select_scope_grassroots_line on app.staff for select to danvan_grassroots_line
    using (grassroots_line_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy staff_select_own_unit on app.staff for select to danvan_reader
    using (unit_id = (select private.my_unit()));
create policy staff_select_self on app.staff for select to danvan_reader
    using (user_id = (select private.my_user()));

alter table app.staff_detail enable row level security;
alter table app.staff_detail force row level security;

alter table app.qualification enable row level security;
alter table app.qualification force row level security;
create policy qualification_select_by_staff on app.qualification for select to danvan_reader
    using (exists (select from app.staff as s where s.id = staff_id offset 0));

alter table app.appointment enable row level security;
alter table app.appointment force row level security;
create policy appointment_select_scope_province on app.appointment for select to danvan_province
    using (province_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy appointment_select_scope_province_line on app.appointment for select to danvan_province_line
    using (province_line_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy appointment_select_scope_district on app.appointment for select to danvan_district
    using (district_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy appointment_select_scope_district_line on app.appointment for select to danvan_district_line
    using (district_line_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy appointment_select_scope_grassroots on app.appointment for select to danvan_grassroots
    using (grassroots_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy appointment_select_scope_grassroots_line on app.appointment for select to danvan_grassroots_line
    using (grassroots_line_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy appointment_select_own_unit on app.appointment for select to danvan_reader
    using (unit_id = (select private.my_unit()));
create policy appointment_select_by_staff on app.appointment for select to danvan_reader
    using (exists (select from app.staff as s where s.id = staff_id offset 0));

alter table app.staff_deletion enable row level security;
alter table app.staff_deletion force row level security;
create policy staff_deletion_select_own_unit on app.staff_deletion for select to danvan_reader
    using (unit_id = (select private.my_unit()));
