-- An administrator reads what was done by the units of their scope. Events are added by definer
-- functions alone.

set local role danvan_owner;

alter table app.audit_event enable row level security;
alter table app.audit_event force row level security;

create policy audit_event_select_scope_province on app.audit_event for select to danvan_province
    using (province_key = (select private.my_scope()) and (select private.my_is_admin()));
create policy audit_event_select_scope_province_line on app.audit_event for select to danvan_province_line
    using (province_line_key = (select private.my_scope()) and (select private.my_is_admin()));
create policy audit_event_select_scope_district on app.audit_event for select to danvan_district
    using (district_key = (select private.my_scope()) and (select private.my_is_admin()));
create policy audit_event_select_scope_district_line on app.audit_event for select to danvan_district_line
    using (district_line_key = (select private.my_scope()) and (select private.my_is_admin()));
create policy audit_event_select_scope_grassroots on app.audit_event for select to danvan_grassroots
    using (grassroots_key = (select private.my_scope()) and (select private.my_is_admin()));
create policy audit_event_select_scope_grassroots_line on app.audit_event for select to danvan_grassroots_line
    using (grassroots_line_key = (select private.my_scope()) and (select private.my_is_admin()));

-- Nobody ever changes or removes one, whatever a later policy may allow.
create policy audit_event_update_never on app.audit_event as restrictive for update to public using (false);
create policy audit_event_delete_never on app.audit_event as restrictive for delete to public using (false);
