-- Who is asking: the claims of a request, as row security reads them.
--
-- Two anchors, and no third. For the service (session_user danvan_service) the claims are the
-- transaction's danvan.* settings, which private.begin_request writes. For everybody else they come
-- from private.reporting_login by session_user: anyone can set danvan.scope in a session of their
-- own, nobody can change who they logged in as. A transaction-local setting that has ended reads
-- as '' and not as NULL, hence nullif; no claim means no row.
--
-- The functions are plain expressions so that the planner inlines them; inside (select …) they are
-- answered once per statement.

set local role danvan_owner;

-- Each unit with what a member acting for it sees: its scope (a row of app.scope) and the value
-- that scope's policies compare with, and its path (own area and the areas above).
create view private.acting_unit with (security_invoker = true) as
select
    u.id as unit_id,
    u.area_id,
    u.line_id,
    u.level_id,
    u.is_active,
    u.province_key,
    u.district_key,
    u.grassroots_key,
    u.province_line_key,
    u.district_line_key,
    u.grassroots_line_key,
    array_remove(array[u.province_key, u.district_key, u.grassroots_key,
        case when u.area_id not in (coalesce(u.province_key, 0), coalesce(u.district_key, 0), coalesce(u.grassroots_key, 0))
            then u.area_id end], null) as path,
    s.code as scope_code,
    case l.code
        when 'province' then case when s.is_own_line then u.province_line_key else u.province_key end
        when 'district' then case when s.is_own_line then u.district_line_key else u.district_key end
        when 'grassroots' then case when s.is_own_line then u.grassroots_line_key else u.grassroots_key end
    end as scope_key
from app.unit as u
join app.level as l on l.id = u.level_id
join app.line as n on n.id = u.line_id
join app.scope as s on s.level_id = u.level_id and s.is_own_line = not n.sees_all_lines;

set local role danvan_policy;

-- Claims of a reporting login; NULL for every other session. A login whose unit has meanwhile got
-- another scope than its role was made for sees nothing until it is made anew.
create function private.reporting_claim_int(p_claim text) returns integer
    language plpgsql stable parallel safe security definer set search_path = ''
as $$
declare
    found_value integer;
begin
    select case p_claim
            when 'unit' then a.unit_id
            when 'area' then a.area_id
            when 'line' then a.line_id
            when 'level' then a.level_id
            when 'scope' then a.scope_key
            when 'rank' then 1
        end
    into found_value
    from private.reporting_login as r
    join private.acting_unit as a on a.unit_id = r.unit_id and a.scope_code = r.scope and a.is_active
    where r.role_name = session_user;
    return found_value;
end;
$$;

create function private.reporting_claim_path() returns integer[]
    language plpgsql stable parallel safe security definer set search_path = ''
as $$
begin
    return (
        select a.path
        from private.reporting_login as r
        join private.acting_unit as a on a.unit_id = r.unit_id and a.scope_code = r.scope and a.is_active
        where r.role_name = session_user);
end;
$$;

create function private.reporting_claim_scope_code() returns text
    language plpgsql stable parallel safe security definer set search_path = ''
as $$
begin
    return (
        select a.scope_code
        from private.reporting_login as r
        join private.acting_unit as a on a.unit_id = r.unit_id and a.scope_code = r.scope and a.is_active
        where r.role_name = session_user);
end;
$$;

-- The day this installation stands on: fixed in a demonstration or a test, else the clock.
create function private.installation_today() returns date
    language plpgsql stable parallel safe security definer set search_path = ''
as $$
begin
    return coalesce(
        (select i.fixed_today from private.installation as i),
        (now() at time zone 'Asia/Ho_Chi_Minh')::date);
end;
$$;

set local role danvan_owner;

create function private.my_user() returns uuid
    language sql stable parallel safe
    return case when session_user = 'danvan_service'
        then nullif(current_setting('danvan.user', true), '')::uuid end;

create function private.my_membership() returns uuid
    language sql stable parallel safe
    return case when session_user = 'danvan_service'
        then nullif(current_setting('danvan.membership', true), '')::uuid end;

-- The session or API token the request came with, and which of the two.
create function private.my_session() returns uuid
    language sql stable parallel safe
    return case when session_user = 'danvan_service'
        then nullif(current_setting('danvan.session', true), '')::uuid end;

create function private.my_token_kind() returns text
    language sql stable parallel safe
    return case when session_user = 'danvan_service'
        then nullif(current_setting('danvan.token_kind', true), '') end;

create function private.my_request() returns text
    language sql stable parallel safe
    return case when session_user = 'danvan_service'
        then nullif(current_setting('danvan.request', true), '') end;

create function private.my_address() returns text
    language sql stable parallel safe
    return case when session_user = 'danvan_service'
        then nullif(current_setting('danvan.address', true), '') end;

create function private.my_unit() returns integer
    language sql stable parallel safe
    return case when session_user = 'danvan_service'
        then nullif(current_setting('danvan.unit', true), '')::integer
        else private.reporting_claim_int('unit') end;

create function private.my_area() returns integer
    language sql stable parallel safe
    return case when session_user = 'danvan_service'
        then nullif(current_setting('danvan.area', true), '')::integer
        else private.reporting_claim_int('area') end;

create function private.my_line() returns integer
    language sql stable parallel safe
    return case when session_user = 'danvan_service'
        then nullif(current_setting('danvan.line', true), '')::integer
        else private.reporting_claim_int('line') end;

create function private.my_level() returns integer
    language sql stable parallel safe
    return case when session_user = 'danvan_service'
        then nullif(current_setting('danvan.level', true), '')::integer
        else private.reporting_claim_int('level') end;

-- What the scope policies compare with: the area, or area and line, that bounds what I see.
create function private.my_scope() returns integer
    language sql stable parallel safe
    return case when session_user = 'danvan_service'
        then nullif(current_setting('danvan.scope', true), '')::integer
        else private.reporting_claim_int('scope') end;

create function private.my_scope_code() returns text
    language sql stable parallel safe
    return case when session_user = 'danvan_service'
        then nullif(current_setting('danvan.scope_code', true), '')
        else private.reporting_claim_scope_code() end;

-- My unit's area and the areas above it: what is published there flows down to me.
create function private.my_path() returns integer[]
    language sql stable parallel safe
    return case when session_user = 'danvan_service'
        then nullif(current_setting('danvan.path', true), '')::integer[]
        else private.reporting_claim_path() end;

create function private.my_role() returns text
    language sql stable parallel safe
    return case when session_user = 'danvan_service'
        then nullif(current_setting('danvan.role', true), '')
        when private.reporting_claim_int('rank') is not null then 'viewer' end;

-- viewer 1, officer 2, leader 3; an administrator stands apart with 0 and may change no content.
create function private.my_rank() returns integer
    language sql stable parallel safe
    return case when session_user = 'danvan_service'
        then nullif(current_setting('danvan.rank', true), '')::integer
        else private.reporting_claim_int('rank') end;

create function private.my_is_admin() returns boolean
    language sql stable parallel safe
    return case when session_user = 'danvan_service'
        then coalesce(current_setting('danvan.role', true) = 'admin', false)
        else false end;

-- The accounts of my scope are for those who answer for them: administrators and leaders.
create function private.my_sees_accounts() returns boolean
    language sql stable parallel safe
    return case when session_user = 'danvan_service'
        then coalesce(current_setting('danvan.role', true) in ('admin', 'leader'), false)
        else false end;

create function private.today() returns date
    language sql stable parallel safe
    return case when session_user = 'danvan_service'
        then coalesce(nullif(current_setting('danvan.today', true), '')::date, private.installation_today())
        else private.installation_today() end;

-- The one rule of being late: still to be done, and the due day has passed.
create function private.is_overdue(is_pending boolean, due_on date, today date) returns boolean
    language sql immutable parallel safe
    return is_pending and due_on < today;

-- The last period of a dated row (area_version, unit_version) that a reader of today asks about:
-- today while it is in force, else its last day.
create function private.last_day_of(valid_from date, valid_to date, today date) returns date
    language sql immutable parallel safe
    return greatest(valid_from, least(today, coalesce(valid_to - 1, today)));
