-- Policy forms side by side: the same page of 21 assignments by due date, and the same count, under
-- each way of writing the row policy, as commune, district, province and as one line of a province.
--
-- Works in one transaction that is rolled back: policies of app.assignment are replaced, timed, and
-- put back. Superuser, on a scratch database that nobody else uses (the table stays locked). Run
-- through policy_forms.sh; results are told in docs/adr/0007-policy-form.md.
-- psql variables: rounds (timed runs of each cell), explain (1: print the plans as well).

\set ON_ERROR_STOP on
\pset footer off
set client_min_messages = notice;
set jit = off;
begin;
set local statement_timeout = '10min';

create schema perf;
grant usage on schema perf to public;

-- The unit subtree as a closure (from the first unit of each area): what the forms without scope
-- keys look into.
create table perf.closure as
with first as (select area_id, min(id) as id from app.unit group by area_id),
key as (
    select id, unnest(array[province_key, district_key, grassroots_key]) as area_id from app.unit)
select f.id as ancestor_id, k.id as unit_id
from key as k join first as f using (area_id);
create unique index on perf.closure (ancestor_id, unit_id);
create index on perf.closure (unit_id, ancestor_id);
analyze perf.closure;
grant select on perf.closure to public;

create table perf.timing (form text, who text, query text, p50 numeric, p50_prepared numeric, rows int, plan text);

-- The claims of a request, in transaction-local settings, as private.my_*() reads them.
create function perf.my_scope() returns int language sql stable parallel safe
    return nullif(current_setting('perf.scope', true), '')::int;
create function perf.my_unit() returns int language sql stable parallel safe
    return nullif(current_setting('perf.unit', true), '')::int;
create function perf.my_parts() returns setof uuid language plpgsql stable parallel safe security definer
    set search_path = '' rows 200 as $$
begin
    return query select p.assignment_id from app.assignment_part as p where p.unit_id = perf.my_unit();
end $$;
create function perf.can_see(p_unit_id int) returns boolean language plpgsql stable security definer
    set search_path = '' as $$
begin
    return exists (select from perf.closure as c
                   where c.ancestor_id = perf.my_unit() and c.unit_id = p_unit_id);
end $$;

-- One commune of the middle, its district and province; the line of its most usual unit.
create table perf.who as
with commune as (
    select u.* from app.unit as u
    where u.grassroots_key is not null and u.code like 'nv-%' order by u.id offset
        (select count(*) / 2 from app.unit where grassroots_key is not null and code like 'nv-%') limit 1),
line as (select u.line_id from app.unit as u, commune as c where u.grassroots_key = c.grassroots_key
         and u.line_id not in (select id from app.line where sees_all_lines) order by u.line_id limit 1)
select 'grassroots' as scope, c.grassroots_key as key, c.grassroots_key as area_id from commune as c
union all select 'district', c.district_key, c.district_key from commune as c
union all select 'province', c.province_key, c.province_key from commune as c
union all select 'province_line', c.province_key * 100 + l.line_id, c.province_key from commune as c, line as l;

-- Runs p_query p_rounds times as the scope's role, planned anew and prepared (after PostgreSQL has
-- settled on a plan), and notes medians in ms; what takes seconds runs once.
create procedure perf.measure(p_form text, p_scope text, p_name text, p_query text, p_rounds int)
language plpgsql as $$
declare
    w record;
    took numeric[] := '{}';
    took_prepared numeric[] := '{}';
    started timestamptz;
    begun timestamptz := clock_timestamp();
    slow boolean;
    line text;
    plan text := '';
    got int;
begin
    select x.*, (select min(u.id) from app.unit as u where u.area_id = x.area_id) as unit_id
    into w from perf.who as x where x.scope = p_scope;
    perform set_config('perf.scope', w.key::text, true), set_config('perf.unit', w.unit_id::text, true);
    if p_form not like 'none%' then
        perform set_config('role', 'danvan_' || p_scope, true);
    end if;
    begin
        for i in 1..p_rounds loop
            started := clock_timestamp();
            execute p_query;
            get diagnostics got = row_count;
            took := took || extract(epoch from clock_timestamp() - started) * 1000;
            exit when clock_timestamp() - begun > interval '1 second';
        end loop;
        execute 'prepare perf_page as ' || p_query;
        for i in 1..p_rounds + 6 loop
            started := clock_timestamp();
            execute 'execute perf_page';
            slow := cardinality(took) < p_rounds;
            if slow then
                took_prepared := took;
                exit;
            end if;
            if i > 6 then
                took_prepared := took_prepared || extract(epoch from clock_timestamp() - started) * 1000;
            end if;
        end loop;
        deallocate perf_page;
        for line in execute 'explain (costs off) ' || p_query loop
            plan := plan || line || E'\n';
        end loop;
    exception when query_canceled then
        took := array[60000]; took_prepared := took; got := null;
        deallocate all;
    end;
    perform set_config('role', 'none', true);
    insert into perf.timing
    select p_form, p_scope, p_name,
           (select percentile_cont(0.5) within group (order by t) from unnest(took) as t),
           (select percentile_cont(0.5) within group (order by t) from unnest(took_prepared) as t), got, plan;
end $$;

-- Every query of one form. `hint` is the scope repeated in the statement, as the service does.
create procedure perf.measure_form(p_form text, p_rounds int) language plpgsql as $$
declare
    p_scope text;
begin
    foreach p_scope in array array['grassroots', 'district', 'province', 'province_line'] loop
        call perf.measure(p_form, p_scope, 'page', 'select id, due_on, status from app.assignment order by due_on, id limit 21',
                          case when p_form = 'none' then 1 else p_rounds end);
        call perf.measure(p_form, p_scope, 'page, scope repeated', format(
            'select id, due_on, status from app.assignment where %I = (select perf.my_scope()) order by due_on, id limit 21',
            p_scope || '_key'), p_rounds);
        if p_scope = 'district' then
            call perf.measure(p_form, p_scope, 'count', 'select status, count(*) from app.assignment group by status', 1);
        end if;
    end loop;
end $$;

select format('drop policy %I on app.assignment', polname) from pg_policy where polrelid = 'app.assignment'::regclass
\gexec
alter table app.assignment enable row level security;
alter table app.assignment force row level security;
grant usage on schema app to public;
grant select on app.assignment to public;
savepoint bare;

\echo scope key, one policy per role
create policy p1 on app.assignment for select to danvan_grassroots using (grassroots_key = (select perf.my_scope()));
create policy p2 on app.assignment for select to danvan_district using (district_key = (select perf.my_scope()));
create policy p3 on app.assignment for select to danvan_province using (province_key = (select perf.my_scope()));
create policy p4 on app.assignment for select to danvan_province_line using (province_line_key = (select perf.my_scope()));
call perf.measure_form('scope key, policy per role', :rounds);
drop policy p1 on app.assignment; drop policy p2 on app.assignment;
drop policy p3 on app.assignment; drop policy p4 on app.assignment;

\echo scope keys ORed in one policy
create policy p1 on app.assignment for select to public using (
    grassroots_key = (select case when current_user = 'danvan_grassroots' then perf.my_scope() end)
    or district_key = (select case when current_user = 'danvan_district' then perf.my_scope() end)
    or province_key = (select case when current_user = 'danvan_province' then perf.my_scope() end)
    or province_line_key = (select case when current_user = 'danvan_province_line' then perf.my_scope() end));
call perf.measure_form('scope keys, ORed in one policy', :rounds);
drop policy p1 on app.assignment;

\echo scope key per role, and a second policy for what names the unit
create policy p1 on app.assignment for select to danvan_grassroots using (grassroots_key = (select perf.my_scope()));
create policy p2 on app.assignment for select to danvan_district using (district_key = (select perf.my_scope()));
create policy p3 on app.assignment for select to danvan_province using (province_key = (select perf.my_scope()));
create policy p4 on app.assignment for select to danvan_province_line using (province_line_key = (select perf.my_scope()));
create policy p5 on app.assignment for select to public using (
    id = any (array(select p.assignment_id from app.assignment_part as p where p.unit_id = (select perf.my_unit()))));
grant select on app.assignment_part to public;
alter table app.assignment_part disable row level security;
call perf.measure_form('scope key per role + named, array', :rounds);
drop policy p1 on app.assignment; drop policy p2 on app.assignment; drop policy p3 on app.assignment;
drop policy p4 on app.assignment; drop policy p5 on app.assignment;

\echo the same with exists instead of the array
create policy p1 on app.assignment for select to danvan_grassroots using (grassroots_key = (select perf.my_scope()));
create policy p2 on app.assignment for select to danvan_district using (district_key = (select perf.my_scope()));
create policy p3 on app.assignment for select to danvan_province using (province_key = (select perf.my_scope()));
create policy p4 on app.assignment for select to danvan_province_line using (province_line_key = (select perf.my_scope()));
create policy p5 on app.assignment for select to public using (exists (
    select from app.assignment_part as p where p.assignment_id = assignment.id and p.unit_id = (select perf.my_unit())));
call perf.measure_form('scope key per role + named, exists', :rounds);
drop policy p1 on app.assignment; drop policy p2 on app.assignment; drop policy p3 on app.assignment;
drop policy p4 on app.assignment; drop policy p5 on app.assignment;

\echo the same with a set that is hashed when first asked for, and asked for last (as deployed)
create policy scope1 on app.assignment for select to danvan_grassroots using (grassroots_key = (select perf.my_scope()));
create policy scope2 on app.assignment for select to danvan_district using (district_key = (select perf.my_scope()));
create policy scope3 on app.assignment for select to danvan_province using (province_key = (select perf.my_scope()));
create policy scope4 on app.assignment for select to danvan_province_line using (province_line_key = (select perf.my_scope()));
create policy named on app.assignment for select to public using (id in (select perf.my_parts()));
call perf.measure_form('scope key per role + named, hashed', :rounds);
drop policy scope1 on app.assignment; drop policy scope2 on app.assignment; drop policy scope3 on app.assignment;
drop policy scope4 on app.assignment; drop policy named on app.assignment;

\echo unit_id = any(array(subquery))
create policy p1 on app.assignment for select to public using (lead_unit_id = any (array(
    select c.unit_id from perf.closure as c where c.ancestor_id = (select perf.my_unit()))));
call perf.measure_form('unit = any(array(closure))', :rounds);
drop policy p1 on app.assignment;

\echo exists over the closure
create policy p1 on app.assignment for select to public using (exists (
    select from perf.closure as c where c.ancestor_id = (select perf.my_unit()) and c.unit_id = lead_unit_id));
call perf.measure_form('exists(closure)', least(:rounds, 3));
drop policy p1 on app.assignment;

\echo no row security (the statement alone limits the rows)
alter table app.assignment disable row level security;
alter table app.assignment no force row level security;
call perf.measure_form('none', :rounds);

\echo a function called for each row (cut off at 60 s)
set local statement_timeout = '60s';
alter table app.assignment enable row level security;
alter table app.assignment force row level security;
create policy p1 on app.assignment for select to public using (perf.can_see(lead_unit_id));
call perf.measure('function per row', 'grassroots', 'page', 'select id, due_on, status from app.assignment order by due_on, id limit 21', 1);
call perf.measure('function per row', 'province', 'page, scope repeated', 'select id, due_on, status from app.assignment where province_key = (select perf.my_scope()) order by due_on, id limit 21', :rounds);
drop policy p1 on app.assignment;

\echo
\echo Median ms, planned anew and prepared; ratio (prepared) to the page without row security.
select t.form, t.who, t.query, round(t.p50, 3) as planned, round(t.p50_prepared, 3) as prepared,
       case when t.query like 'page%' then round(t.p50_prepared / b.p50_prepared, 1) end as ratio, t.rows
from perf.timing as t
join perf.timing as b on b.form = 'none' and b.who = t.who and b.query = 'page, scope repeated'
where t.form <> 'none' or t.query = 'page, scope repeated'
order by array_position(array['page', 'page, scope repeated', 'count'], t.query),
         array_position(array['grassroots', 'district', 'province', 'province_line'], t.who), t.p50;

\if :explain
select t.form || ' | ' || t.who || ' | ' || t.query || E'\n' || t.plan as "plans" from perf.timing as t
where t.query <> 'count' order by 1;
\endif
rollback;
