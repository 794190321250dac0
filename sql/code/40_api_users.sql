-- Accounts and memberships.

set local role danvan_owner;

create view api.users with (security_invoker = true) as
select
    u.id,
    u.version,
    u.login,
    u.display_name,
    u.email,
    u.wants_mail,
    u.home_unit_id,
    n.name as home_unit_name,
    u.disabled_at is not null as is_disabled,
    u.disabled_at,
    u.must_change_password,
    u.created_at,
    u.updated_at,
    case
        when not (select private.my_is_admin()) or not private.in_my_scope(
            u.province_key, u.district_key, u.grassroots_key,
            u.province_line_key, u.district_line_key, u.grassroots_line_key) then array[]::text[]
        when u.id = (select private.my_user()) then array['update']
        when u.disabled_at is null then array['update', 'disable', 'reset-password']
        else array['update', 'enable', 'reset-password']
    end as actions,
    u.search,
    u.province_key,
    u.district_key,
    u.grassroots_key,
    u.province_line_key,
    u.district_line_key,
    u.grassroots_line_key
from app.user_account as u
left join private.unit_today as n on n.unit_id = u.home_unit_id;

create function api.user_disable(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language sql
    begin atomic
        select private.user_set_disabled(p_id, p_version, true);
    end;

create function api.user_enable(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language sql
    begin atomic
        select private.user_set_disabled(p_id, p_version, false);
    end;

create view api.memberships with (security_invoker = true) as
select
    m.id,
    m.version,
    m.user_id,
    u.login as user_login,
    u.display_name as user_name,
    m.unit_id,
    n.name as unit_name,
    m.role,
    m.valid_from,
    m.valid_to,
    m.moves_to_unit_id,
    m.valid_from <= (select private.today()) and (m.valid_to is null or m.valid_to > (select private.today()))
        as is_current,
    m.created_at,
    m.updated_at,
    case
        when (select private.my_is_admin()) and m.user_id <> (select private.my_user())
            and private.in_my_scope(
                m.province_key, m.district_key, m.grassroots_key,
                m.province_line_key, m.district_line_key, m.grassroots_line_key)
        then array['update']
        else array[]::text[]
    end as actions,
    m.province_key,
    m.district_key,
    m.grassroots_key,
    m.province_line_key,
    m.district_line_key,
    m.grassroots_line_key
from app.membership as m
left join app.user_account as u on u.id = m.user_id
left join private.unit_today as n on n.unit_id = m.unit_id;
