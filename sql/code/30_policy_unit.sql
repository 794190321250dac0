-- Who sees and who changes units.
-- PostgreSQL tests permissive policies in falling order of their names: "scope", one comparison of
-- an indexed key, comes before "path" and "named".

set local role danvan_owner;

alter table app.unit enable row level security;
alter table app.unit force row level security;

-- I see the units of my scope: my area's subtree, all lines or my own.
create policy unit_select_scope_province on app.unit for select to danvan_province
    using (province_key = (select private.my_scope()));
create policy unit_select_scope_province_line on app.unit for select to danvan_province_line
    using (province_line_key = (select private.my_scope()));
create policy unit_select_scope_district on app.unit for select to danvan_district
    using (district_key = (select private.my_scope()));
create policy unit_select_scope_district_line on app.unit for select to danvan_district_line
    using (district_line_key = (select private.my_scope()));
create policy unit_select_scope_grassroots on app.unit for select to danvan_grassroots
    using (grassroots_key = (select private.my_scope()));
create policy unit_select_scope_grassroots_line on app.unit for select to danvan_grassroots_line
    using (grassroots_line_key = (select private.my_scope()));

-- I see the units standing at my own area and at those above it: they are who I answer to, and my
-- neighbours in the same house.
create policy unit_select_path on app.unit for select to danvan_reader
    using (area_id = any ((select private.my_path())::integer[]));

-- I see whoever is named with me in an assignment, and who issued its plan.
create policy unit_select_named on app.unit for select to danvan_reader
    using (id in (select private.my_named_units()));

-- An administrator adds units in their scope, and corrects what may be corrected (column grants:
-- never the area, level or line of a unit that stands).
create policy unit_insert_admin on app.unit for insert to danvan_writer
    with check ((select private.my_is_admin()) and private.in_my_scope(
        province_key, district_key, grassroots_key,
        province_line_key, district_line_key, grassroots_line_key));
create policy unit_update_admin on app.unit for update to danvan_writer
    using ((select private.my_is_admin()) and private.in_my_scope(
        province_key, district_key, grassroots_key,
        province_line_key, district_line_key, grassroots_line_key));
