-- Who sees and who changes accounts.

set local role danvan_owner;

alter table app.user_account enable row level security;
alter table app.user_account force row level security;

-- I see myself.
create policy user_account_select_self on app.user_account for select to danvan_reader
    using (id = (select private.my_user()));

-- An administrator or a leader sees the accounts of their scope.
create policy user_account_select_scope_province on app.user_account for select to danvan_province
    using (province_key = (select private.my_scope()) and (select private.my_sees_accounts()));
create policy user_account_select_scope_province_line on app.user_account for select to danvan_province_line
    using (province_line_key = (select private.my_scope()) and (select private.my_sees_accounts()));
create policy user_account_select_scope_district on app.user_account for select to danvan_district
    using (district_key = (select private.my_scope()) and (select private.my_sees_accounts()));
create policy user_account_select_scope_district_line on app.user_account for select to danvan_district_line
    using (district_line_key = (select private.my_scope()) and (select private.my_sees_accounts()));
create policy user_account_select_scope_grassroots on app.user_account for select to danvan_grassroots
    using (grassroots_key = (select private.my_scope()) and (select private.my_sees_accounts()));
create policy user_account_select_scope_grassroots_line on app.user_account for select to danvan_grassroots_line
    using (grassroots_line_key = (select private.my_scope()) and (select private.my_sees_accounts()));

-- Everyone sees the colleagues of their own unit.
create policy user_account_select_own_unit on app.user_account for select to danvan_reader
    using (home_unit_id = (select private.my_unit()));

-- An administrator makes and corrects the accounts of their scope, and nobody else does.
create policy user_account_insert_admin on app.user_account for insert to danvan_writer
    with check ((select private.my_is_admin()) and private.in_my_scope(
        province_key, district_key, grassroots_key,
        province_line_key, district_line_key, grassroots_line_key));
create policy user_account_update_admin on app.user_account for update to danvan_writer
    using ((select private.my_is_admin()) and private.in_my_scope(
        province_key, district_key, grassroots_key,
        province_line_key, district_line_key, grassroots_line_key));
