-- Who sees and who changes memberships, which is to say rights.

set local role danvan_owner;

alter table app.membership enable row level security;
alter table app.membership force row level security;

-- I see my own.
create policy membership_select_self on app.membership for select to danvan_reader
    using (user_id = (select private.my_user()));

-- An administrator or a leader sees those of their scope.
create policy membership_select_scope_province on app.membership for select to danvan_province
    using (province_key = (select private.my_scope()) and (select private.my_sees_accounts()));
create policy membership_select_scope_province_line on app.membership for select to danvan_province_line
    using (province_line_key = (select private.my_scope()) and (select private.my_sees_accounts()));
create policy membership_select_scope_district on app.membership for select to danvan_district
    using (district_key = (select private.my_scope()) and (select private.my_sees_accounts()));
create policy membership_select_scope_district_line on app.membership for select to danvan_district_line
    using (district_line_key = (select private.my_scope()) and (select private.my_sees_accounts()));
create policy membership_select_scope_grassroots on app.membership for select to danvan_grassroots
    using (grassroots_key = (select private.my_scope()) and (select private.my_sees_accounts()));
create policy membership_select_scope_grassroots_line on app.membership for select to danvan_grassroots_line
    using (grassroots_line_key = (select private.my_scope()) and (select private.my_sees_accounts()));

-- Everyone sees those of their own unit.
create policy membership_select_own_unit on app.membership for select to danvan_reader
    using (unit_id = (select private.my_unit()));

-- An administrator gives and ends memberships of the units of their scope, among them those of
-- other administrators there.
create policy membership_insert_admin on app.membership for insert to danvan_writer
    with check ((select private.my_is_admin()) and private.in_my_scope(
        province_key, district_key, grassroots_key,
        province_line_key, district_line_key, grassroots_line_key));
create policy membership_update_admin on app.membership for update to danvan_writer
    using ((select private.my_is_admin()) and private.in_my_scope(
        province_key, district_key, grassroots_key,
        province_line_key, district_line_key, grassroots_line_key));

-- Nobody changes their own rights.
create policy membership_insert_never_own on app.membership as restrictive for insert to danvan_writer
    with check (user_id <> (select private.my_user()));
create policy membership_update_never_own on app.membership as restrictive for update to danvan_writer
    using (user_id <> (select private.my_user()));
