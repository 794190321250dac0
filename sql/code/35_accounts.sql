-- What administrators do to accounts, sessions and tokens; what an account knows of itself.

set local role danvan_policy;

-- The account, locked, after the checks that every act of an administrator on it needs: it is in my
-- scope; it is not my own; and no membership reaches beyond my scope, for whoever sets an account's
-- password can sign in as it.
create function private.account_to_manage(p_user_id uuid, p_version integer) returns app.user_account
    language plpgsql set search_path = ''
as $$
declare
    account app.user_account;
begin
    if not private.my_is_admin() then
        raise exception 'administrators only' using errcode = 'DV403', constraint = 'admin_needed';
    end if;
    select u.* into account
    from app.user_account as u
    where u.id = p_user_id
        and private.in_my_scope(u.province_key, u.district_key, u.grassroots_key,
            u.province_line_key, u.district_line_key, u.grassroots_line_key)
    for update;
    if account.id is null then
        raise exception 'no such account' using errcode = 'DV404', constraint = 'not_found';
    end if;
    if account.id = private.my_user() then
        raise exception 'not on one''s own account' using errcode = 'DV403', constraint = 'own_account';
    end if;
    if exists (
        select
        from app.membership as m
        where m.user_id = p_user_id
            and (m.valid_to is null or m.valid_to > private.today())
            and not private.in_my_scope(m.province_key, m.district_key, m.grassroots_key,
                m.province_line_key, m.district_line_key, m.grassroots_line_key))
    then
        raise exception 'the account reaches beyond this scope'
            using errcode = 'DV403', constraint = 'wider_account';
    end if;
    if p_version is not null and p_version <> account.version then
        raise exception 'changed meanwhile'
            using errcode = 'DV412', constraint = 'stale_version', detail = account.version::text;
    end if;
    return account;
end;
$$;

create function private.end_sessions(p_user_id uuid) returns void
    language sql set search_path = ''
as $$
    update app.session as s set revoked_at = now() where s.user_id = p_user_id and s.revoked_at is null;
$$;

-- A one-time password, made and hashed by the service: it opens reading and its own change, nothing
-- else. A second factor goes with the old password, or its loss would lock the account for good.
create function private.user_reset_password(p_user_id uuid, p_password_hash text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    account app.user_account := private.account_to_manage(p_user_id, null);
begin
    insert into private.credential as c (user_id, password_hash)
    values (account.id, p_password_hash)
    on conflict (user_id) do update
    set password_hash = excluded.password_hash, password_changed_at = now(),
        totp_secret = null, totp_confirmed_at = null, totp_last_step = null;
    update app.user_account as u set must_change_password = true where u.id = account.id;
    delete from private.login_throttle as t where t.key = 'account:' || account.login;
    perform private.end_sessions(account.id);
    perform private.audit('password_reset', 'user_account', account.id::text);
end;
$$;

create function private.user_set_disabled(p_user_id uuid, p_version integer, p_is_disabled boolean) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    account app.user_account := private.account_to_manage(p_user_id, p_version);
begin
    if (account.disabled_at is not null) = p_is_disabled then
        raise exception 'the account is so already' using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    update app.user_account as u
    set disabled_at = case when p_is_disabled then now() end
    where u.id = account.id;
    if p_is_disabled then
        perform private.end_sessions(account.id);
    end if;
end;
$$;

-- One's own, or as administrator those of an account in scope.
create function private.session_revoke(p_id uuid) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    found_session app.session;
begin
    select s.* into found_session from app.session as s where s.id = p_id;
    if found_session.user_id is distinct from private.my_user() then
        if not private.my_is_admin() then
            raise exception 'no such session' using errcode = 'DV404', constraint = 'not_found';
        end if;
        perform private.account_to_manage(found_session.user_id, null);
    end if;
    update app.session as s set revoked_at = now() where s.id = p_id and s.revoked_at is null;
    if found then
        perform private.audit('revoke', 'session', p_id::text,
            jsonb_build_object('user_id', found_session.user_id));
    end if;
end;
$$;

create function private.api_token_revoke(p_id uuid, p_version integer) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    token app.api_token;
begin
    select t.* into token from app.api_token as t where t.id = p_id for update;
    if token.user_id is distinct from private.my_user() then
        if not private.my_is_admin() then
            raise exception 'no such token' using errcode = 'DV404', constraint = 'not_found';
        end if;
        perform private.account_to_manage(token.user_id, null);
    end if;
    if p_version is not null and p_version <> token.version then
        raise exception 'changed meanwhile'
            using errcode = 'DV412', constraint = 'stale_version', detail = token.version::text;
    end if;
    if token.revoked_at is not null then
        raise exception 'revoked already' using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    update app.api_token as t set revoked_at = now() where t.id = p_id;
end;
$$;

-- What an administrator may list before revoking.
create function private.user_sessions(p_user_id uuid)
    returns table (id uuid, created_at timestamptz, last_seen_at timestamptz, expires_at timestamptz)
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.account_to_manage(p_user_id, null);
    return query
        select s.id, s.created_at, s.last_seen_at, s.expires_at
        from app.session as s
        where s.user_id = p_user_id and s.revoked_at is null and s.expires_at > now()
        order by s.created_at;
end;
$$;

create function private.user_api_tokens(p_user_id uuid)
    returns table (id uuid, name text, created_at timestamptz, last_used_at timestamptz, expires_at timestamptz, version integer)
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.account_to_manage(p_user_id, null);
    return query
        select t.id, t.name, t.created_at, t.last_used_at, t.expires_at, t.version
        from app.api_token as t
        where t.user_id = p_user_id and t.revoked_at is null and t.expires_at > now()
        order by t.created_at;
end;
$$;

-- My valid memberships. The unit of another one may lie outside the scope I act in now, so its name
-- is read past row security; it is mine to know.
create function private.my_memberships() returns jsonb
    language sql stable security definer set search_path = ''
as $$
    select coalesce(jsonb_agg(
        jsonb_build_object(
            'id', m.id,
            'unit_id', m.unit_id,
            'unit_name', n.name,
            'role', m.role,
            'is_acting', m.id = private.my_membership())
        order by m.valid_from, m.created_at, m.id), '[]')
    from app.membership as m
    left join private.unit_today as n on n.unit_id = m.unit_id
    where m.user_id = private.my_user()
        and m.valid_from <= private.today()
        and (m.valid_to is null or m.valid_to > private.today());
$$;

create function private.my_account_facts(out has_totp boolean, out password_changed_at timestamptz)
    returns record
    language sql stable security definer set search_path = ''
as $$
    select c.totp_confirmed_at is not null, c.password_changed_at
    from private.credential as c
    where c.user_id = private.my_user();
$$;

-- For whoever deploys, granted to nobody: an account with its first password, the way the first
-- administrator and the demonstration accounts are made. Again with the same login: nothing.
create function private.create_account(
    p_login text, p_display_name text, p_unit_code text, p_role text, p_password_hash text,
    p_must_change_password boolean default true) returns uuid
    language plpgsql set search_path = ''
as $$
declare
    account_id uuid := (select u.id from app.user_account as u where u.login = lower(p_login));
    at_unit_id integer := (select u.id from app.unit as u where u.code = p_unit_code);
begin
    if account_id is not null then
        return account_id;
    end if;
    if at_unit_id is null then
        raise exception 'no unit has the code %', p_unit_code;
    end if;
    insert into app.user_account (login, display_name, home_unit_id, must_change_password)
    values (lower(p_login), p_display_name, at_unit_id, p_must_change_password)
    returning id into account_id;
    insert into private.credential (user_id, password_hash) values (account_id, p_password_hash);
    insert into app.membership (user_id, unit_id, role) values (account_id, at_unit_id, p_role);
    return account_id;
end;
$$;

-- For whoever deploys, granted to nobody: a database login that sees what a viewer of the unit sees.
-- It needs the right to create roles, hence no definer.
create function private.create_reporting_login(p_name name, p_unit_id integer) returns void
    language plpgsql set search_path = ''
as $$
declare
    scope_code text := (select a.scope_code from private.acting_unit as a where a.unit_id = p_unit_id);
begin
    if scope_code is null then
        raise exception 'unit % has no scope', p_unit_id;
    end if;
    if p_name::text like 'danvan\_%' or p_name::text like 'pg\_%' then
        raise exception 'names beginning with danvan_ or pg_ are taken';
    end if;
    execute format('create role %I login inherit', p_name);
    execute format('grant danvan_reporting, %I to %I', 'danvan_' || scope_code, p_name);
    execute format('alter role %I set default_transaction_read_only = on', p_name);
    execute format('alter role %I set statement_timeout = %L', p_name, '5min');
    insert into private.reporting_login (role_name, unit_id, scope) values (p_name, p_unit_id, scope_code);
end;
$$;
