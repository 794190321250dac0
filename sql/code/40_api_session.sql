-- Sessions and API tokens, as their owner sees them.

set local role danvan_owner;

create view api.sessions with (security_invoker = true) as
select
    s.id,
    1 as version,
    s.membership_id,
    m.unit_id,
    n.name as unit_name,
    m.role,
    s.created_at,
    s.last_seen_at,
    s.expires_at,
    s.revoked_at,
    s.remote_addr,
    s.user_agent,
    s.id = (select private.my_session()) as is_current,
    s.revoked_at is null and s.expires_at > now() and s.last_seen_at > now() - private.session_idle_limit()
        as is_active,
    case when s.revoked_at is null and s.expires_at > now() then array['revoke'] else array[]::text[] end as actions
from app.session as s
left join app.membership as m on m.id = s.membership_id
left join private.unit_today as n on n.unit_id = m.unit_id;

create function api.session_revoke(p_id uuid, p_version integer default null, p_body jsonb default null)
    returns void
    language sql
    begin atomic
        select private.session_revoke(p_id);
    end;

create view api.api_tokens with (security_invoker = true) as
select
    t.id,
    t.version,
    t.name,
    t.user_id,
    t.membership_id,
    m.unit_id,
    n.name as unit_name,
    m.role,
    t.created_at,
    t.last_used_at,
    t.expires_at,
    t.revoked_at,
    t.revoked_at is null and t.expires_at > now() as is_active,
    case when t.revoked_at is null then array['revoke'] else array[]::text[] end as actions
from app.api_token as t
left join app.membership as m on m.id = t.membership_id
left join private.unit_today as n on n.unit_id = m.unit_id;

create function api.api_token_revoke(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language sql
    begin atomic
        select private.api_token_revoke(p_id, p_version);
    end;
