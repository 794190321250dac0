-- Shared by the tests of tests/sql: include it after BEGIN; everything made here ends with ROLLBACK.
-- Needs a database deployed by deploy/schema.sh --demo, and a superuser's connection.
\set QUIET on
\set ON_ERROR_STOP on
\pset format unaligned
\pset tuples_only on
\pset pager off
set local client_min_messages = warning;
set local search_path = public, pg_catalog;
create extension if not exists pgtap with schema public;
create schema test;

-- A session for an account, with a token hash made of the login.
create function test.sign_in(p_login text) returns uuid
    language sql
as $$
    insert into app.session (token_hash, user_id, membership_id, expires_at)
    select 'test ' || u.login, u.id, m.id, now() + interval '12 hours'
    from app.user_account as u
    join app.membership as m on m.user_id = u.id
    where u.login = p_login
    order by m.created_at, m.id
    limit 1
    on conflict (token_hash) do update set revoked_at = null, last_seen_at = now()
    returning id;
$$;

create function test.scope_of(p_login text) returns text
    language sql stable
as $$
    select private.scope_of_membership(s.membership_id) from app.session as s where s.token_hash = 'test ' || p_login;
$$;

-- Becomes the service, switches to the scope's role and states the claim, as the service does.
create function test.claim(p_role text, p_token_hash text, p_kind text default 'session') returns void
    language plpgsql
as $$
begin
    perform set_config('session_authorization', 'danvan_service', true);
    perform
    from (select set_config('role', p_role, true) as role offset 0) as r
    cross join lateral private.begin_request(r.role, p_token_hash, p_kind, 'test-request', '192.0.2.7');
end;
$$;

-- What happens when LOGIN runs the statement: 'rows N', or the SQLSTATE and, for our own errors, the
-- constraint's word. Nothing of it stays. Logins: a demonstration login; anonymous (a token nobody
-- has); role:NAME, a database login of its own.
create function test.attempt(
    p_login text, p_sql text, p_1 text default null, p_2 integer default null, p_3 integer default null,
    p_4 integer default null, p_role_suffix text default '_write') returns text
    language plpgsql
as $$
declare
    row_count bigint;
    state text;
    word text;
begin
    begin
        if p_login like 'role:%' then
            perform set_config('session_authorization', substr(p_login, 6), true);
        elsif p_login = 'anonymous' then
            perform test.claim('danvan_province' || p_role_suffix, 'nobody''s');
        else
            perform test.claim('danvan_' || test.scope_of(p_login) || p_role_suffix, 'test ' || p_login);
        end if;
        execute p_sql using p_1, p_2, p_3, p_4;
        get diagnostics row_count = row_count;
        raise exception using errcode = 'TEST0', message = 'rows ' || row_count;
    exception
        when sqlstate 'TEST0' then
            return sqlerrm;
        when others then
            get stacked diagnostics state = returned_sqlstate, word = constraint_name;
            return btrim(state || ' ' || case when state like 'DV%' then word else '' end);
    end;
end;
$$;

-- One value that LOGIN gets from a query.
create function test.value(p_login text, p_sql text) returns text
    language plpgsql
as $$
declare
    result text;
begin
    begin
        if p_login like 'role:%' then
            perform set_config('session_authorization', substr(p_login, 6), true);
        else
            perform test.claim('danvan_' || test.scope_of(p_login) || '_write', 'test ' || p_login);
        end if;
        execute p_sql into result;
        raise exception using errcode = 'TEST0', message = coalesce(result, '(null)');
    exception
        when sqlstate 'TEST0' then
            return sqlerrm;
    end;
end;
$$;

select test.sign_in(u.login) from app.user_account as u \g /dev/null
