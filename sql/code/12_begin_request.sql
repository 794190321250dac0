-- The identity check that every request of the service begins with, and the limits of sessions.

set local role danvan_owner;

-- All limits in one place; each is inlined as a constant.
create function private.session_lifetime() returns interval
    language sql immutable parallel safe return interval '12 hours';
create function private.session_idle_limit() returns interval
    language sql immutable parallel safe return interval '2 hours';
-- How old last_seen_at may grow before the service is asked to renew it: one write a minute, not
-- one per request.
create function private.touch_after() returns interval
    language sql immutable parallel safe return interval '1 minute';
create function private.session_kept() returns interval
    language sql immutable parallel safe return interval '30 days';
create function private.idempotency_kept() returns interval
    language sql immutable parallel safe return interval '24 hours';
create function private.api_token_lifetime() returns interval
    language sql immutable parallel safe return interval '366 days';

set local role danvan_policy;

-- Checks the token and writes the transaction's claims; raises DV401 for anything but a live token
-- of an enabled account whose membership is valid today and whose scope is the one the role is for.
-- Everything is read anew at each request, so a changed role, unit or scope, a revoked token and a
-- disabled account act on the very next one. Writes nothing: it runs in READ ONLY transactions.
--
-- p_role is the role the caller has just switched to (a definer function may not switch roles, it
-- can only refuse); it must be what the role setting says, and the membership's scope's own.
create function private.begin_request(
    p_role text, p_token_hash text, p_kind text, p_request_id text, p_remote_addr text,
    out user_id uuid, out membership_id uuid, out unit_id integer, out role text, out needs_touch boolean)
    returns record
    language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
    claim record;
    writes boolean;
begin
    if p_kind = 'session' then
        select s.id as token_id, s.user_id, s.membership_id, m.role, u.must_change_password, a.*, d.today,
            s.last_seen_at < now() - private.touch_after() as needs_touch
        into claim
        from app.session as s
        join app.user_account as u on u.id = s.user_id
        join app.membership as m on m.id = s.membership_id and m.user_id = s.user_id
        join private.acting_unit as a on a.unit_id = m.unit_id
        cross join lateral (
            select coalesce(i.fixed_today, (now() at time zone 'Asia/Ho_Chi_Minh')::date) as today
            from private.installation as i) as d
        where s.token_hash = p_token_hash
            and s.revoked_at is null
            and s.expires_at > now()
            and s.last_seen_at > now() - private.session_idle_limit()
            and u.disabled_at is null
            and m.valid_from <= d.today
            and (m.valid_to is null or m.valid_to > d.today)
            and a.is_active;
    elsif p_kind = 'api_token' then
        select t.id as token_id, t.user_id, t.membership_id, m.role, u.must_change_password, a.*, d.today,
            coalesce(t.last_used_at < now() - private.touch_after(), true) as needs_touch
        into claim
        from app.api_token as t
        join app.user_account as u on u.id = t.user_id
        join app.membership as m on m.id = t.membership_id and m.user_id = t.user_id
        join private.acting_unit as a on a.unit_id = m.unit_id
        cross join lateral (
            select coalesce(i.fixed_today, (now() at time zone 'Asia/Ho_Chi_Minh')::date) as today
            from private.installation as i) as d
        where t.token_hash = p_token_hash
            and t.revoked_at is null
            and t.expires_at > now()
            and u.disabled_at is null
            and m.valid_from <= d.today
            and (m.valid_to is null or m.valid_to > d.today)
            and a.is_active;
    else
        raise exception 'unknown kind of token' using errcode = 'DV401', constraint = 'not_signed_in';
    end if;

    writes := p_role = 'danvan_' || claim.scope_code || '_write';
    if claim.token_id is null
        or claim.scope_key is null
        or p_role is distinct from current_setting('role')
        or not (writes or p_role = 'danvan_' || claim.scope_code)
    then
        raise exception 'not signed in' using errcode = 'DV401', constraint = 'not_signed_in';
    end if;
    -- A one-time password opens the door to reading and to being changed, to nothing else.
    if writes and claim.must_change_password then
        raise exception 'the password must be changed first'
            using errcode = 'DV403', constraint = 'must_change_password';
    end if;

    perform
        set_config('danvan.user', claim.user_id::text, true),
        set_config('danvan.membership', claim.membership_id::text, true),
        set_config('danvan.session', claim.token_id::text, true),
        set_config('danvan.token_kind', p_kind, true),
        set_config('danvan.unit', claim.unit_id::text, true),
        set_config('danvan.area', claim.area_id::text, true),
        set_config('danvan.line', claim.line_id::text, true),
        set_config('danvan.level', claim.level_id::text, true),
        set_config('danvan.path', claim.path::text, true),
        set_config('danvan.scope', claim.scope_key::text, true),
        set_config('danvan.scope_code', claim.scope_code, true),
        set_config('danvan.role', claim.role, true),
        set_config('danvan.rank',
            case claim.role when 'viewer' then '1' when 'officer' then '2' when 'leader' then '3' else '0' end, true),
        set_config('danvan.today', claim.today::text, true),
        set_config('danvan.request', coalesce(p_request_id, ''), true),
        set_config('danvan.address', coalesce(p_remote_addr, ''), true);

    user_id := claim.user_id;
    membership_id := claim.membership_id;
    unit_id := claim.unit_id;
    role := claim.role;
    needs_touch := claim.needs_touch;
end;
$$;

-- Renews what begin_request asked to be renewed; in a transaction of its own, after the answer.
create function private.touch_session(p_token_hash text) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    update app.session as s
    set last_seen_at = now()
    where s.token_hash = p_token_hash
        and s.revoked_at is null
        and s.last_seen_at < now() - private.touch_after();
    if not found then
        update app.api_token as t
        set last_used_at = now()
        where t.token_hash = p_token_hash
            and t.revoked_at is null
            and coalesce(t.last_used_at < now() - private.touch_after(), true);
    end if;
end;
$$;

-- The scopes that a token may name; the service reads them when it connects.
create function private.scope_list() returns table (code text)
    language sql stable security definer set search_path = ''
as $$
    select s.code from app.scope as s order by s.level_id, s.is_own_line;
$$;
