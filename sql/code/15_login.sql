-- Signing in and out, sessions, passwords and TOTP: what the service does before or beside a claim.
-- All for danvan_service alone (sql/code/90_grants.sql). Secrets come in hashed; nothing here
-- verifies a password: the service does, with the hash login_lookup or credential_of gives it.

set local role danvan_policy;

-- How long the next try must wait after so many failures. It doubles and is capped, so a stranger
-- can slow an account down but never lock its owner out for good; addresses, which many share behind
-- one office line, may fail more often before they are slowed.
create function private.login_delay(p_key text, p_failure_count integer) returns interval
    language sql immutable set search_path = ''
as $$
    select least(
        case
            when p_failure_count < allowed.count then interval '0'
            else interval '1 second' * power(2, least(p_failure_count - allowed.count, 20))
        end,
        interval '15 minutes')
    from (select case when p_key like 'account:%' then 5 else 50 end as count) as allowed;
$$;

create function private.throttle_keys(p_login text, p_remote_addr text) returns text[]
    language sql immutable set search_path = ''
as $$
    select array['account:' || lower(left(p_login, 60)), 'address:' || coalesce(left(p_remote_addr, 60), '')];
$$;

-- Seconds until this account from this address may be tried again.
create function private.login_retry_after(p_login text, p_remote_addr text) returns integer
    language sql stable set search_path = ''
as $$
    select coalesce(max(ceil(extract(epoch from t.blocked_until - clock_timestamp()))), 0)::integer
    from private.login_throttle as t
    where t.key = any (private.throttle_keys(p_login, p_remote_addr))
        and t.blocked_until > clock_timestamp();
$$;

-- Always one row, with a null user_id for a name that nobody has: the service then verifies against
-- a dummy hash, so that time tells nothing either.
create function private.login_lookup(p_login text, p_remote_addr text)
    returns table (
        user_id uuid, password_hash text, totp_secret bytea, totp_last_step bigint,
        retry_after integer, is_disabled boolean)
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return query
        select u.id, c.password_hash,
            case when c.totp_confirmed_at is not null then c.totp_secret end,
            c.totp_last_step,
            private.login_retry_after(p_login, p_remote_addr),
            coalesce(u.disabled_at is not null, false)
        from (values (lower(p_login))) as asked (login)
        left join app.user_account as u on u.login = asked.login
        left join private.credential as c on c.user_id = u.id;
end;
$$;

create function private.login_failed(p_login text, p_remote_addr text, p_request_id text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    account record;
    throttle_key text;
begin
    -- in the order of the array: two sign-ins failing at once then cannot deadlock
    foreach throttle_key in array private.throttle_keys(p_login, p_remote_addr)
    loop
        insert into private.login_throttle as t (key, failure_count, last_failure_at, blocked_until)
        values (throttle_key, 1, clock_timestamp(), clock_timestamp())
        on conflict (key) do update
        set failure_count = case
                when t.last_failure_at < clock_timestamp() - interval '1 day' then 1
                else t.failure_count + 1
            end,
            last_failure_at = clock_timestamp();
        update private.login_throttle as t
        set blocked_until = clock_timestamp() + private.login_delay(t.key, t.failure_count)
        where t.key = throttle_key;
    end loop;

    select u.id, u.home_unit_id into account from app.user_account as u where u.login = lower(p_login);
    -- The typed name is kept only when an account has it: people type passwords into the wrong field.
    perform private.audit_write(
        account.id, account.home_unit_id, null, p_remote_addr, p_request_id,
        'login_failed', 'session', null,
        jsonb_build_object('is_known', account.id is not null));
end;
$$;

-- The membership to start with: the one last acted under if still valid, else the oldest.
create function private.first_membership(p_user_id uuid) returns uuid
    language sql stable set search_path = ''
as $$
    select m.id
    from app.membership as m
    join private.acting_unit as a on a.unit_id = m.unit_id and a.is_active and a.scope_key is not null
    left join lateral (
        select s.created_at
        from app.session as s
        where s.membership_id = m.id
        order by s.created_at desc
        limit 1) as used on true
    where m.user_id = p_user_id
        and m.valid_from <= private.installation_today()
        and (m.valid_to is null or m.valid_to > private.installation_today())
    order by used.created_at desc nulls last, m.valid_from, m.created_at, m.id
    limit 1;
$$;

create function private.scope_of_membership(p_membership_id uuid) returns text
    language sql stable set search_path = ''
as $$
    select a.scope_code
    from app.membership as m
    join private.acting_unit as a on a.unit_id = m.unit_id
    where m.id = p_membership_id;
$$;

-- Opens a session after the service has verified the password (and the TOTP code, whose step is
-- taken once and never again).
create function private.login_open(
    p_user_id uuid, p_token_hash text, p_remote_addr text, p_user_agent text, p_request_id text,
    p_totp_step bigint, out scope text, out session_id uuid, out membership_id uuid)
    returns record
    language plpgsql security definer set search_path = ''
as $$
declare
    account record;
begin
    select u.id, u.login, u.disabled_at, c.totp_confirmed_at, c.totp_last_step
    into account
    from app.user_account as u
    join private.credential as c on c.user_id = u.id
    where u.id = p_user_id
    for update of c;
    if account.id is null or account.disabled_at is not null then
        raise exception 'not signed in' using errcode = 'DV401', constraint = 'not_signed_in';
    end if;
    if account.totp_confirmed_at is not null then
        if p_totp_step is null or p_totp_step <= coalesce(account.totp_last_step, 0) then
            raise exception 'code missing or used before' using errcode = 'DV401', constraint = 'code_refused';
        end if;
        update private.credential as c set totp_last_step = p_totp_step where c.user_id = p_user_id;
    end if;

    membership_id := private.first_membership(p_user_id);
    if membership_id is null then
        raise exception 'no valid membership' using errcode = 'DV403', constraint = 'no_membership';
    end if;
    scope := private.scope_of_membership(membership_id);

    insert into app.session (token_hash, user_id, membership_id, expires_at, remote_addr, user_agent)
    values (p_token_hash, p_user_id, membership_id, now() + private.session_lifetime(),
        left(p_remote_addr, 60), left(p_user_agent, 300))
    returning id into session_id;
    delete from private.login_throttle as t where t.key = 'account:' || account.login;
    perform private.audit_as(membership_id, p_remote_addr, p_request_id, 'login', 'session', session_id::text, null);
end;
$$;

-- The live session behind a token, locked; raises DV401 when there is none.
create function private.live_session(p_token_hash text) returns app.session
    language plpgsql set search_path = ''
as $$
declare
    live app.session;
begin
    select s.* into live
    from app.session as s
    join app.user_account as u on u.id = s.user_id and u.disabled_at is null
    where s.token_hash = p_token_hash
        and s.revoked_at is null
        and s.expires_at > now()
        and s.last_seen_at > now() - private.session_idle_limit()
    for update of s;
    if live.id is null then
        raise exception 'not signed in' using errcode = 'DV401', constraint = 'not_signed_in';
    end if;
    return live;
end;
$$;

-- Acts under another membership of the same person: a new token, the same end of the session.
create function private.session_switch(
    p_token_hash text, p_new_token_hash text, p_membership_id uuid, p_request_id text) returns text
    language plpgsql security definer set search_path = ''
as $$
declare
    live app.session := private.live_session(p_token_hash);
    opened_id uuid;
begin
    if not exists (
        select
        from app.membership as m
        join private.acting_unit as a on a.unit_id = m.unit_id and a.is_active and a.scope_key is not null
        where m.id = p_membership_id
            and m.user_id = live.user_id
            and m.valid_from <= private.installation_today()
            and (m.valid_to is null or m.valid_to > private.installation_today()))
    then
        raise exception 'no such membership'
            using errcode = 'DV422', column = 'membership_id', constraint = 'not_visible';
    end if;
    update app.session as s set revoked_at = now() where s.id = live.id;
    insert into app.session (token_hash, user_id, membership_id, expires_at, remote_addr, user_agent)
    values (p_new_token_hash, live.user_id, p_membership_id, live.expires_at, live.remote_addr, live.user_agent)
    returning id into opened_id;
    perform private.audit_as(p_membership_id, live.remote_addr, p_request_id,
        'switch', 'session', opened_id::text, jsonb_build_object('from_session_id', live.id));
    return private.scope_of_membership(p_membership_id);
end;
$$;

-- Signing out twice, or with a dead token, is no error: the outcome asked for is there.
create function private.session_close(p_token_hash text, p_request_id text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    closed app.session;
begin
    update app.session as s
    set revoked_at = now()
    where s.token_hash = p_token_hash and s.revoked_at is null
    returning s.* into closed;
    if closed.id is not null then
        perform private.audit_as(closed.membership_id, closed.remote_addr, p_request_id,
            'logout', 'session', closed.id::text, null);
    end if;
end;
$$;

create function private.credential_of(p_token_hash text)
    returns table (user_id uuid, password_hash text, totp_secret bytea, totp_confirmed boolean)
    language plpgsql security definer set search_path = ''
as $$
declare
    live app.session := private.live_session(p_token_hash);
begin
    return query
        select c.user_id, c.password_hash, c.totp_secret, c.totp_confirmed_at is not null
        from private.credential as c
        where c.user_id = live.user_id;
end;
$$;

-- One's own new password. Every other session of the account ends with the old one.
create function private.password_set(p_token_hash text, p_password_hash text, p_request_id text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    live app.session := private.live_session(p_token_hash);
begin
    update private.credential as c
    set password_hash = p_password_hash, password_changed_at = now()
    where c.user_id = live.user_id;
    update app.user_account as u
    set must_change_password = false
    where u.id = live.user_id and u.must_change_password;
    update app.session as s
    set revoked_at = now()
    where s.user_id = live.user_id and s.id <> live.id and s.revoked_at is null;
    perform private.audit_as(live.membership_id, live.remote_addr, p_request_id,
        'password_changed', 'user_account', live.user_id::text, null);
end;
$$;

-- A better hash of the same password (Argon2id parameters raised), found at sign-in.
create function private.password_rehash(p_user_id uuid, p_old_hash text, p_new_hash text) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    update private.credential as c
    set password_hash = p_new_hash
    where c.user_id = p_user_id and c.password_hash = p_old_hash;
end;
$$;

-- A new secret counts only once a code made with it was shown (totp_confirm).
create function private.totp_set(p_token_hash text, p_secret bytea) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    live app.session := private.live_session(p_token_hash);
begin
    update private.credential as c
    set totp_secret = p_secret, totp_last_step = null
    where c.user_id = live.user_id and c.totp_confirmed_at is null;
    if not found then
        raise exception 'TOTP is on already' using errcode = 'DV409', constraint = 'totp_on';
    end if;
end;
$$;

create function private.totp_confirm(p_token_hash text, p_step bigint) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    live app.session := private.live_session(p_token_hash);
begin
    update private.credential as c
    set totp_confirmed_at = now(), totp_last_step = p_step
    where c.user_id = live.user_id
        and c.totp_secret is not null
        and c.totp_confirmed_at is null;
    if not found then
        raise exception 'no TOTP secret waits' using errcode = 'DV409', constraint = 'totp_not_waiting';
    end if;
    perform private.audit_as(live.membership_id, live.remote_addr, private.my_request(),
        'totp_on', 'user_account', live.user_id::text, null);
end;
$$;

create function private.totp_clear(p_token_hash text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    live app.session := private.live_session(p_token_hash);
begin
    update private.credential as c
    set totp_secret = null, totp_confirmed_at = null, totp_last_step = null
    where c.user_id = live.user_id;
    perform private.audit_as(live.membership_id, live.remote_addr, private.my_request(),
        'totp_off', 'user_account', live.user_id::text, null);
end;
$$;
