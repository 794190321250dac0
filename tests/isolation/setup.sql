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

-- For reorganisations, which nothing takes back: each permutation gets a scene of its own. Two communes of
-- Đồng Xoài, one (whose officer signs in as test.login()) and two, each with a bloc that owes an assignment and a
-- report, and the draft of merging them today.
grant usage on schema test to public;
create table test.scene (
    number integer generated always as identity primary key,
    area_one integer, area_two integer, bloc_one integer, bloc_two integer,
    assignment_one uuid, assignment_two uuid, report_one uuid, report_two uuid, merger uuid);
create function test.scene() returns test.scene
    language sql stable security definer as $$ select s from test.scene as s order by s.number desc limit 1 $$;

create function test.scene_bloc(p_number integer, p_nth integer) returns integer
    language plpgsql
as $$
declare
    made_area integer;
    made_bloc integer;
begin
    insert into app.area (level_id, parent_id)
    select 3, v.area_id from app.area_version as v where v.code = '689' returning id into made_area;
    insert into app.area_version (area_id, code, name, kind, parent_id, valid_from)
    select made_area, format('cl%s%s', p_number, p_nth), format('Xã CL %s', p_nth), 'Xã', v.area_id, '2021-07-01'
    from app.area_version as v where v.code = '689';
    insert into app.unit (area_id, level_id, line_id, kind, code)
    values (made_area, 3, 1, 'mobilization_bloc', format('kdv-cl%s%s', p_number, p_nth)) returning id into made_bloc;
    insert into app.unit_version (unit_id, name, area_id, valid_from)
    values (made_bloc, format('Khối Dân vận xã CL %s', p_nth), made_area, '2021-07-01');
    return made_bloc;
end;
$$;

-- A draft that merges areas of today into a new commune, or, of one, only renames it.
create function test.merger(p_area_ids integer[], p_code text) returns uuid
    language plpgsql
as $$
declare
    made uuid;
    step uuid;
begin
    insert into app.reorganisation (title, legal_basis, effective_on, owner_unit_id)
    values ('CL', 'CL', private.today(), test.unit('bdv-70')) returning id into made;
    insert into app.reorganisation_step (reorganisation_id, position, subject, kind)
    values (made, 1, 'area', case cardinality(p_area_ids) when 1 then 'rename' else 'merge' end) returning id into step;
    insert into app.reorganisation_part (step_id, side, position, area_id, new_name)
    select step, 'from', a.nth, a.id, case cardinality(p_area_ids) when 1 then 'Xã ' || p_code end
    from unnest(p_area_ids) with ordinality as a (id, nth);
    insert into app.reorganisation_part (step_id, side, position, new_code, new_name, new_kind)
    select step, 'to', 1, p_code, 'Xã CL mới', 'Xã' where cardinality(p_area_ids) > 1;
    return made;
end;
$$;

create function test.scene_make() returns void
    language plpgsql
as $$
declare
    s test.scene;
    account uuid;
    period uuid;
begin
    insert into test.scene default values returning * into s;
    s.bloc_one := test.scene_bloc(s.number, 1);
    s.bloc_two := test.scene_bloc(s.number, 2);
    s.area_one := (select u.area_id from app.unit as u where u.id = s.bloc_one);
    s.area_two := (select u.area_id from app.unit as u where u.id = s.bloc_two);
    insert into app.user_account (login, display_name, home_unit_id, must_change_password)
    values ('cl' || s.number, 'CL', s.bloc_one, false) returning id into account;
    insert into app.membership (user_id, unit_id, role, valid_from) values (account, s.bloc_one, 'officer', '2021-07-01');
    insert into app.assignment (plan_id, plan_item_id, lead_unit_id, level_id, occurrence, starts_on, due_on)
    select i.plan_id, i.id, b.id, 3, 'CL ' || s.number, '2021-08-17', '2021-12-31'
    from app.plan_item as i, unnest(array[s.bloc_one, s.bloc_two]) as b (id)
    where i.plan_id = test.plan_36() and i.code = 'T1.4';
    insert into app.period (plan_id, kind, label, starts_on, ends_on, opens_on, expires_on, locks_on)
    values (test.plan_36(), 'phase', 'CL ' || s.number, date '2021-03-01' + s.number, '2021-12-31', '2021-02-01', '2021-12-31', '2022-01-31')
    returning id into period;
    insert into app.report (period_id, plan_id, unit_id, superior_unit_id, due_on, original_due_on, status)
    select period, test.plan_36(), b.id, test.unit('bdv-689'), '2021-12-15', '2021-12-15', 'draft'
    from unnest(array[s.bloc_one, s.bloc_two]) as b (id);
    insert into app.report_line (report_id, plan_item_id, position, status, done)
    select r.id, i.id, 1, 'done', 'cũ' from app.report as r, app.plan_item as i
    where r.period_id = period and i.plan_id = test.plan_36() and i.code = 'T1.4';
    update test.scene as t
    set area_one = s.area_one, area_two = s.area_two, bloc_one = s.bloc_one, bloc_two = s.bloc_two,
        assignment_one = (select a.id from app.assignment as a where a.lead_unit_id = s.bloc_one),
        assignment_two = (select a.id from app.assignment as a where a.lead_unit_id = s.bloc_two),
        report_one = (select r.id from app.report as r where r.unit_id = s.bloc_one),
        report_two = (select r.id from app.report as r where r.unit_id = s.bloc_two),
        merger = test.merger(array[s.area_one, s.area_two], 'cl' || s.number)
    where t.number = s.number;
end;
$$;
create function test.login() returns text
    language sql stable as $$ select 'cl' || (test.scene()).number $$;
-- The bloc that the merger made.
create function test.bloc_new() returns integer
    language sql stable as $$ select l.successor_id from app.unit_link as l where l.predecessor_id = (test.scene()).bloc_one $$;
