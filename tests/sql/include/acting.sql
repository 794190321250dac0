-- For tests: accounts made on the spot, and statements run as them the way the service runs them
-- (session_user danvan_service, the scope's role, private.begin_request). Include inside the test's
-- transaction, which is rolled back. pgTAP itself keeps running as the superuser. Unlike fixture.sql
-- it needs no demonstration data, and what a statement changes stays until the test ends.
\set QUIET on
\set ON_ERROR_STOP on
\pset format unaligned
\pset tuples_only on
\pset pager off
set local client_min_messages = warning;
set local search_path = public, pg_catalog;
create extension if not exists pgtap with schema public;

create function pg_temp.add_user(p_login text, p_unit_code text, p_role text) returns void
    language plpgsql
as $$
declare
    account uuid;
    member uuid;
    at_unit integer;
begin
    select u.id into strict at_unit from app.unit as u where u.code = p_unit_code;
    insert into app.user_account (login, display_name, home_unit_id, must_change_password)
    values (p_login, p_login, at_unit, false) returning id into account;
    insert into app.membership (user_id, unit_id, role, valid_from)
    values (account, at_unit, p_role, '2021-01-01') returning id into member;
    insert into app.session (token_hash, user_id, membership_id, expires_at)
    values ('test ' || p_login, account, member, now() + interval '1 hour');
end;
$$;

-- The first column of the first row as text; of a refusal "SQLSTATE word column", as far as there are.
create function pg_temp.as_user(p_login text, p_statement text) returns text
    language plpgsql
as $$
declare
    deployer constant name := session_user;
    scope_role text;
    answer text;
    word text;
    field text;
begin
    select 'danvan_' || a.scope_code || '_write' into strict scope_role
    from app.session as s
    join app.membership as m on m.id = s.membership_id
    join private.acting_unit as a on a.unit_id = m.unit_id
    where s.token_hash = 'test ' || p_login;
    begin
        perform set_config('session_authorization', 'danvan_service', true);
        perform
        from (select set_config('role', scope_role, true) as role offset 0) as r
        cross join lateral private.begin_request(r.role, 'test ' || p_login, 'session', 'test', null);
        execute p_statement into answer;
    exception when others then
        get stacked diagnostics word = constraint_name, field = column_name;
        return concat_ws(' ', sqlstate, nullif(word, ''), nullif(field, ''));
    end;
    perform set_config('session_authorization', deployer, true);
    return answer;
end;
$$;

-- The statement run as the account and then undone.
create function pg_temp.rehearse(p_login text, p_statement text) returns text
    language plpgsql
as $$
declare
    answer text;
begin
    begin
        answer := pg_temp.as_user(p_login, p_statement);
        raise exception 'undo' using errcode = 'DVXXX';
    exception when sqlstate 'DVXXX' then
        return answer;
    end;
end;
$$;

create function pg_temp.unit(p_code text) returns integer
    language sql return (select u.id from app.unit as u where u.code = p_code);

create function pg_temp.plan_36() returns uuid
    language sql return (select p.id from app.plan as p where p.number = '36-KH/BDVTU');

-- Plan 36 as loaded, before anybody issued it (the database may hold the demonstration).
create function pg_temp.take_back_plan_36() returns void
    language plpgsql
as $$
begin
    delete from app.notice where plan_id = pg_temp.plan_36();
    delete from app.report where plan_id = pg_temp.plan_36();
    delete from app.meeting where plan_id = pg_temp.plan_36();
    delete from app.meeting_series where plan_id = pg_temp.plan_36();
    delete from app.period where plan_id = pg_temp.plan_36();
    delete from app.assignment where plan_id = pg_temp.plan_36();
    delete from app.assignment_count where plan_id = pg_temp.plan_36();
    update app.plan set status = 'submitted', issued_at = null, issued_by = null where id = pg_temp.plan_36();
end;
$$;

-- The plan's assignment of an item to a unit.
create function pg_temp.owed(p_item text, p_unit_code text, p_occurrence text) returns uuid
    language sql return (
        select a.id
        from app.assignment as a
        join app.plan_item as i on i.id = a.plan_item_id
        where a.plan_id = pg_temp.plan_36() and i.code = p_item
            and a.lead_unit_id = pg_temp.unit(p_unit_code) and a.occurrence = p_occurrence);
