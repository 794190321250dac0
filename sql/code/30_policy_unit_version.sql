-- How a unit was called and placed is seen by whoever sees the unit.

set local role danvan_owner;

alter table app.unit_version enable row level security;
alter table app.unit_version force row level security;

create policy unit_version_select_by_unit on app.unit_version for select to danvan_reader
    using (exists (select from app.unit as u where u.id = unit_id offset 0));

-- An administrator dates the names of the units of their scope.
create policy unit_version_insert_admin on app.unit_version for insert to danvan_writer
    with check ((select private.my_is_admin()) and exists (
        select from app.unit as u
        where u.id = unit_id
            and u.area_id = unit_version.area_id
            and private.in_my_scope(u.province_key, u.district_key, u.grassroots_key,
                u.province_line_key, u.district_line_key, u.grassroots_line_key)));
create policy unit_version_update_admin on app.unit_version for update to danvan_writer
    using ((select private.my_is_admin()) and exists (
        select from app.unit as u
        where u.id = unit_id
            and private.in_my_scope(u.province_key, u.district_key, u.grassroots_key,
                u.province_line_key, u.district_line_key, u.grassroots_line_key)));
