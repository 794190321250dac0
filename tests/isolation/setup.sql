-- What the specs of tests/isolation stand on, committed in a copy of the database: sessions, and
-- becoming the service for one transaction the way a request does.
\set ON_ERROR_STOP on
create schema test;

create function test.claim(p_login text) returns void
    language plpgsql
as $$
declare
    scope_role text;
begin
    insert into app.session (token_hash, user_id, membership_id, expires_at)
    select 'isolation ' || u.login, u.id, m.id, now() + interval '12 hours'
    from app.user_account as u
    join app.membership as m on m.user_id = u.id
    where u.login = p_login
    on conflict (token_hash) do nothing;
    select 'danvan_' || private.scope_of_membership(s.membership_id) || '_write' into strict scope_role
    from app.session as s where s.token_hash = 'isolation ' || p_login;
    perform set_config('session_authorization', 'danvan_service', true);
    perform
    from (select set_config('role', scope_role, true) as role offset 0) as r
    cross join lateral private.begin_request(r.role, 'isolation ' || p_login, 'session', 'isolation', null);
end;
$$;
-- Once for all, so that no spec waits for another's insert.
do $$
declare
    login text;
    deployer constant name := session_user;
begin
    for login in select u.login from app.user_account as u
    loop
        perform test.claim(login);
        perform set_config('session_authorization', deployer, true);
    end loop;
end;
$$;

create function test.unit(p_code text) returns integer
    language sql stable as $$ select u.id from app.unit as u where u.code = p_code $$;
create function test.plan_36() returns uuid
    language sql stable as $$ select p.id from app.plan as p where p.number = '36-KH/BDVTU' $$;
