-- The record of what was done, for administrators.

set local role danvan_owner;

create view api.audit_events with (security_invoker = true) as
select
    e.id,
    1 as version,
    e.at,
    e.user_id,
    u.login as user_login,
    u.display_name as user_name,
    e.unit_id,
    n.name as unit_name,
    e.role,
    e.remote_addr,
    e.request_id,
    e.action,
    e.resource,
    e.resource_id,
    e.change,
    e.province_key,
    e.district_key,
    e.grassroots_key,
    e.province_line_key,
    e.district_line_key,
    e.grassroots_line_key
from app.audit_event as e
left join app.user_account as u on u.id = e.user_id
left join private.unit_today as n on n.unit_id = e.unit_id;
