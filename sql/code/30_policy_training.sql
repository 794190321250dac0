-- Who sees courses, who attended, and what is required.

set local role danvan_owner;

alter table app.training_topic enable row level security;
alter table app.training_topic force row level security;
create policy training_topic_select_signed_in on app.training_topic for select to danvan_reader
    using ((select private.my_unit()) is not null);

alter table app.course enable row level security;
alter table app.course force row level security;
create policy course_select_scope_province on app.course for select to danvan_province
    using (province_key = (select private.my_scope()));
create policy course_select_scope_province_line on app.course for select to danvan_province_line
    using (province_line_key = (select private.my_scope()));
create policy course_select_scope_district on app.course for select to danvan_district
    using (district_key = (select private.my_scope()));
create policy course_select_scope_district_line on app.course for select to danvan_district_line
    using (district_line_key = (select private.my_scope()));
create policy course_select_scope_grassroots on app.course for select to danvan_grassroots
    using (grassroots_key = (select private.my_scope()));
create policy course_select_scope_grassroots_line on app.course for select to danvan_grassroots_line
    using (grassroots_line_key = (select private.my_scope()));
create policy course_select_own_unit on app.course for select to danvan_reader
    using (organiser_unit_id = (select private.my_unit()));
-- A course that is announced flows down to the units below.
create policy course_select_path on app.course for select to danvan_reader
    using (status <> 'planned' and organiser_area_id = any ((select private.my_path())::integer[]));

alter table app.course_day enable row level security;
alter table app.course_day force row level security;
create policy course_day_select_by_course on app.course_day for select to danvan_reader
    using (exists (select from app.course as c where c.id = course_id offset 0));

alter table app.course_invitation enable row level security;
alter table app.course_invitation force row level security;
create policy course_invitation_select_invited on app.course_invitation for select to danvan_reader
    using (unit_id = (select private.my_unit()));
create policy course_invitation_select_organiser on app.course_invitation for select to danvan_reader
    using (exists (select from app.course as c
        where c.id = course_id and c.organiser_unit_id = (select private.my_unit()) offset 0));

alter table app.training_record enable row level security;
alter table app.training_record force row level security;
create policy training_record_select_scope_province on app.training_record for select to danvan_province
    using (province_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy training_record_select_scope_province_line on app.training_record for select to danvan_province_line
    using (province_line_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy training_record_select_scope_district on app.training_record for select to danvan_district
    using (district_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy training_record_select_scope_district_line on app.training_record for select to danvan_district_line
    using (district_line_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy training_record_select_scope_grassroots on app.training_record for select to danvan_grassroots
    using (grassroots_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy training_record_select_scope_grassroots_line on app.training_record for select to danvan_grassroots_line
    using (grassroots_line_key = (select private.my_scope()) and (select private.my_rank()) >= 2);
create policy training_record_select_own_unit on app.training_record for select to danvan_reader
    using (unit_id = (select private.my_unit()));
create policy training_record_select_by_staff on app.training_record for select to danvan_reader
    using (exists (select from app.staff as s where s.id = staff_id offset 0));
create policy training_record_select_organiser on app.training_record for select to danvan_reader
    using (exists (select from app.course as c
        where c.id = course_id and c.organiser_unit_id = (select private.my_unit()) offset 0));

alter table app.training_attendance enable row level security;
alter table app.training_attendance force row level security;
create policy training_attendance_select_by_record on app.training_attendance for select to danvan_reader
    using (exists (select from app.training_record as r where r.id = record_id offset 0));

alter table app.training_requirement enable row level security;
alter table app.training_requirement force row level security;
create policy training_requirement_select_by_plan on app.training_requirement for select to danvan_reader
    using (exists (select from app.plan as p where p.id = plan_id offset 0));
