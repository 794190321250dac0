-- National volume: 63 provinces, 705 districts, 10,600 communes, a plan per province and 5,000,000
-- assignments, put around the real province that is already there. For measuring only.
--
-- Needs a deployed database with the Bình Phước data, and a superuser: triggers and foreign-key
-- checks are off while loading, big indexes are dropped and made again, so nobody else may be using
-- the database. psql variable `scale` (1 = all of it; 0.02 for development) scales the number of
-- provinces and with it everything else, so that one province is as big at any scale.
-- Run through load_national.sh.

\set ON_ERROR_STOP on
\timing off
set client_min_messages = warning;
set maintenance_work_mem = '512MB';
set work_mem = '128MB';
set synchronous_commit = off;
set session_replication_role = replica;  -- no triggers: keys, counters and audit are filled here
set jit = off;

begin;

do $$ begin
    if exists (select from app.plan where number like 'NV-%') then
        raise exception 'national volume is already loaded';
    end if;
end $$;

create temp table wanted as
select greatest(1, round(62 * s))::int as provinces,
       greatest(1, round(694 * s))::int as districts,
       greatest(1, round(10489 * s))::int as communes,
       round(5000000 * s)::int as assignments,
       coalesce((select fixed_today from private.installation), date '2023-06-30') as today
from (select :scale::numeric) as scale (s);

-- Indexes that are cheaper made once at the end. Constraints stay.
create temp table dropped_index as
select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
from pg_index as i
where i.indrelid in ('app.assignment'::regclass, 'app.assignment_part'::regclass,
                     'app.assignment_count'::regclass, 'app.progress_entry'::regclass)
  and not exists (select from pg_constraint as c where c.conindid = i.indexrelid);
select format('drop index %s', name) from dropped_index
\gexec

\echo areas
create temp table tier as
select l.id, l.code, row_number() over (order by l.id) as depth
from app.level as l where l.code in ('province', 'district', 'grassroots');

create temp table area_new as
with base as (select coalesce(max(id), 0) as id from app.area),
province as (
    select base.id + n as id, n as nth from base, wanted, generate_series(1, wanted.provinces) as n),
district as (
    select base.id + w.provinces + n as id, n as nth, base.id + 1 + (n - 1) % w.provinces as parent_id
    from base, wanted as w, generate_series(1, w.districts) as n),
commune as (
    select base.id + w.provinces + w.districts + n as id, n as nth,
           base.id + w.provinces + 1 + (n - 1) % w.districts as parent_id
    from base, wanted as w, generate_series(1, w.communes) as n)
select id, 1 as depth, null::int as parent_id, id as province_key, null::int as district_key,
       null::int as grassroots_key, 'Tỉnh ' || nth as name, 'P' || nth as code from province
union all
select id, 2, parent_id, parent_id, id, null, 'Huyện ' || nth, 'D' || nth from district
union all
select c.id, 3, c.parent_id, d.parent_id, d.id, c.id, 'Xã ' || c.nth, 'C' || c.nth
from commune as c join district as d on d.id = c.parent_id;

analyze area_new;
insert into app.area (id, level_id, parent_id, province_key, district_key, grassroots_key)
select a.id, t.id, a.parent_id, a.province_key, a.district_key, a.grassroots_key
from area_new as a join tier as t using (depth) order by a.province_key, a.district_key nulls first, a.id;
insert into app.area_version (area_id, code, name, kind, parent_id, valid_from, node)
select v.*, json_build_object('id', v.id, 'parent_id', v.parent_id, 'level',
    (array['province', 'district', 'grassroots'])[a.depth], 'code', v.code, 'name', v.name, 'kind', v.kind)
from area_new as a
cross join lateral (
    select a.id, a.code, a.name, (array['tinh', 'huyen', 'xa'])[a.depth] as kind, a.parent_id, date '2021-01-01') as v
order by a.id;
select setval(pg_get_serial_sequence('app.area', 'id'), (select max(id) from app.area)) \gset _

\echo units
-- The kinds that most areas of a level have in the real province: every synthetic area gets them.
create temp table kind_at as
select t.depth, u.kind, u.line_id, u.level_id
from app.unit as u join tier as t on t.id = u.level_id
where u.parent_id is null and u.is_active
group by t.depth, u.kind, u.line_id, u.level_id
having count(distinct u.area_id) * 2 > (select count(*) from app.area as a where a.level_id = u.level_id
                                        and a.id not in (select id from area_new));

create temp table unit_new as
select (select coalesce(max(id), 0) from app.unit)
           + row_number() over (order by a.province_key, a.district_key nulls first, a.id, k.kind)::int as id,
       a.id as area_id, k.level_id, k.line_id, k.kind, a.province_key, a.district_key, a.grassroots_key,
       a.name as area_name
from area_new as a join kind_at as k using (depth);

analyze unit_new;
insert into app.unit (id, area_id, level_id, line_id, kind, code, province_key, district_key, grassroots_key)
select id, area_id, level_id, line_id, kind, 'nv-' || id, province_key, district_key, grassroots_key
from unit_new order by id;
insert into app.unit_version (unit_id, kind, name, area_id, valid_from)
select u.id, u.kind, k.name || ' ' || u.area_name, u.area_id, '2021-01-01'
from unit_new as u join app.unit_kind as k on k.code = u.kind order by u.id;
select setval(pg_get_serial_sequence('app.unit', 'id'), (select max(id) from app.unit)) \gset _

analyze app.area, app.unit;

\echo accounts
-- One officer per unit, without a password: nobody can sign in as them.
insert into app.user_account (id, login, display_name, home_unit_id, province_key, district_key,
    grassroots_key, province_line_key, district_line_key, grassroots_line_key)
select md5('nv-user-' || id)::uuid, 'nv.' || id, 'Cán bộ ' || id, id, province_key, district_key,
       grassroots_key, province_line_key, district_line_key, grassroots_line_key
from app.unit where code like 'nv-%' order by id;
insert into app.membership (id, user_id, unit_id, role, valid_from, province_key, district_key,
    grassroots_key, province_line_key, district_line_key, grassroots_line_key)
select md5('nv-membership-' || id)::uuid, md5('nv-user-' || id)::uuid, id, 'officer', '2021-01-01', province_key,
       district_key, grassroots_key, province_line_key, district_line_key, grassroots_line_key
from app.unit where code like 'nv-%' order by id;

\echo plans
-- One plan per province, the real one included, each with a copy of the real plan's items.
create temp table plan_new as
select md5('nv-plan-' || u.province_key)::uuid as id, u.province_key, min(u.id) as issuer_unit_id
from app.unit as u
join tier as t on t.id = u.level_id and t.depth = 1
join app.line as l on l.id = u.line_id and l.code = 'mobilization'
where u.parent_id is null
group by u.province_key;

analyze plan_new;
create temp table item_model as
select i.* from app.plan_item as i
where i.plan_id = (select plan_id from app.plan_item group by plan_id order by count(*) desc, plan_id limit 1);

insert into app.plan (id, number, title, issuer_unit_id, original_issuer_unit_id, issuer_area_id, signed_on, signer, period_from,
    period_to, status, issued_at, province_key, district_key, grassroots_key, province_line_key,
    district_line_key, grassroots_line_key)
select p.id, 'NV-' || p.province_key, 'Kế hoạch hành động số ' || p.province_key, u.id, u.id, u.area_id,
       '2021-08-17', 'Người ký', '2021-08-17', '2025-12-31', 'in_force', now(), u.province_key, u.district_key,
       u.grassroots_key, u.province_line_key, u.district_line_key, u.grassroots_line_key
from plan_new as p join app.unit as u on u.id = p.issuer_unit_id;

insert into app.plan_item (id, plan_id, parent_id, block_id, kind, code, outline, position, title, text,
    deliverable, source_document_id, source_clause)
select md5(p.id::text || m.id)::uuid, p.id, md5(p.id::text || m.parent_id)::uuid, md5(p.id::text || m.block_id)::uuid,
       m.kind, m.code, m.outline, m.position, m.title, m.text, m.deliverable, m.source_document_id, m.source_clause
from plan_new as p cross join item_model as m order by p.province_key, m.position;

\echo assignments
create temp table task as
select p.province_key, p.id as plan_id, md5(p.id::text || m.id)::uuid as item_id,
       row_number() over (partition by p.id order by m.position)::int - 1 as nth,
       count(*) over (partition by p.id)::int as total
from plan_new as p cross join item_model as m where m.kind = 'task';
create index on task (province_key, nth);

-- Which task and year the n-th assignment of a unit is: a step coprime to the number of slots walks
-- them all without meeting one twice.
create temp table share as
with total as (select count(*) as units from app.unit where is_active),
ranked as (
    select u.*, row_number() over (order by u.province_key, u.district_key nulls first, u.id) - 1 as nth
    from app.unit as u where u.is_active)
select r.id, r.level_id, r.line_id, r.province_key, r.district_key, r.grassroots_key,
       least((r.nth + 1) * w.assignments / t.units - r.nth * w.assignments / t.units,
             (select max(total) from task) * 5)::int as wanted
from ranked as r, total as t, wanted as w;

analyze task, share;
insert into app.assignment (id, plan_id, plan_item_id, lead_unit_id, level_id, occurrence, starts_on, due_on,
    original_due_on, status, progress, reported_on, completed_on, province_key, district_key, grassroots_key,
    line_id, version, given_on)
with slot as (
    select s.*, n, (s.id::bigint * 7 + n * step.size) % (step.tasks * 5) as m, step.tasks,
           abs(hashint8(s.id::bigint * 1000 + n)::bigint) % 100 as dice
    from share as s
    cross join (select max(total) as tasks,
                       (select p from unnest(array[13, 17, 19]) as p where max(total) % p <> 0 limit 1) as size
                from task) as step
    cross join lateral generate_series(1, s.wanted) as n),
dated as (
    select s.*, t.plan_id, t.item_id, 2021 + (s.m % 5)::int as year,
           make_date(2021 + (s.m % 5)::int, (array[3, 6, 6, 9, 11, 12, 12, 12])[1 + t.nth % 8], 1) as month
    from slot as s join task as t on t.province_key = s.province_key and t.nth = s.m / 5),
due as (
    select d.*, (d.month + interval '1 month' - interval '1 day')::date - (d.dice % 3 * 5)::int as due_on
    from dated as d)
select (lpad(to_hex((extract(epoch from timestamptz '2021-08-17') * 1000)::bigint + row_number() over ()), 12, '0')
            || '7' || substr(h.hash, 1, 3) || '8' || substr(h.hash, 4, 15))::uuid,
       d.plan_id, d.item_id, d.id, d.level_id, 'Năm ' || d.year, make_date(d.year, 1, 1), d.due_on, d.due_on,
       s.status, case s.status when 'completed' then 100 when 'reported' then 100
                 when 'in_progress' then 10 + d.dice % 80 else 0 end,
       case when s.status in ('reported', 'completed') then d.due_on - 5 end,
       case when s.status = 'completed' then d.due_on - 2 end,
       d.province_key, d.district_key, d.grassroots_key, d.line_id, 1 + (d.dice % 4)::int, '2021-08-17'
from due as d
cross join wanted as w
cross join lateral (select md5(d.id || '-' || d.n) as hash) as h
cross join lateral (select case
    when d.due_on < w.today then case when d.dice < 84 then 'completed' when d.dice < 89 then 'reported'
        when d.dice < 95 then 'in_progress' when d.dice < 99 then 'not_started' else 'cancelled' end
    when d.due_on < w.today + 180 then case when d.dice < 10 then 'completed' when d.dice < 60 then 'in_progress'
        else 'not_started' end
    else case when d.dice < 10 then 'in_progress' else 'not_started' end end as status) as s
on conflict do nothing;

analyze app.assignment;

\echo states
-- Begun, reported, confirmed: what the triggers would have kept.
insert into app.assignment_state (assignment_id, valid_from, status, progress, province_key, district_key, grassroots_key, line_id)
select a.id, s.day, s.status, s.progress, a.province_key, a.district_key, a.grassroots_key, a.line_id
from app.assignment as a
cross join lateral (values
    -- begun before anything else was said of it
    ('in_progress', least(a.starts_on + 20, a.reported_on - 1), case a.status when 'in_progress' then a.progress else 50 end),
    ('reported', a.reported_on, 100),
    (case when a.status in ('completed', 'cancelled') then a.status end, coalesce(a.completed_on, a.starts_on + 40), a.progress)
) as s (status, day, progress)
where a.plan_id in (select id from plan_new) and a.status <> 'not_started' and s.status is not null and s.day is not null
    and (s.status <> 'in_progress' or a.status <> 'cancelled')
on conflict do nothing;

\echo parts
insert into app.assignment_part (id, assignment_id, unit_id, role, status, progress)
select md5('nv-part-' || a.id)::uuid, a.id, other.id, 'coordinating',
       case when a.status = 'completed' then 'completed' when a.status = 'not_started' then 'not_started'
            else 'in_progress' end,
       case when a.status = 'completed' then 100 else 0 end
from app.assignment as a
join app.unit as u on u.id = a.lead_unit_id
join lateral (
    select o.id from app.unit as o
    where o.area_id = u.area_id and o.id <> u.id and o.is_active
    order by abs(hashint4(o.id + u.id)::bigint), o.id limit 1) as other on true
where a.plan_id in (select id from plan_new) and hashtext(a.id::text) % 5 in (0, 1)
on conflict do nothing;

\echo progress entries
insert into app.progress_entry (id, assignment_id, unit_id, part, status, progress, note, recorded_on, recorded_by,
    created_at)
select md5('nv-entry-' || a.id)::uuid, a.id, a.lead_unit_id, 'lead', a.status, a.progress, 'Đã thực hiện theo kế hoạch.',
       a.due_on - 5, (select min(id::text)::uuid from app.user_account), a.due_on - 5
from app.assignment as a
where a.plan_id in (select id from plan_new) and a.status <> 'cancelled' and hashtext(a.id::text) % 10 = 0;

\echo counters
truncate app.assignment_count;
insert into app.assignment_count (unit_id, plan_id, due_year, status, count, province_key, district_key,
    grassroots_key, province_line_key, district_line_key, grassroots_line_key)
select lead_unit_id, plan_id, due_year, status, count(*), province_key, district_key, grassroots_key,
       province_line_key, district_line_key, grassroots_line_key
from app.assignment
group by lead_unit_id, plan_id, due_year, status, province_key, district_key, grassroots_key,
         province_line_key, district_line_key, grassroots_line_key
order by province_key, district_key, grassroots_key, lead_unit_id;

\echo indexes
select definition from dropped_index order by name
\gexec
commit;

\echo statistics
vacuum (analyze) app.assignment, app.assignment_part, app.assignment_count, app.progress_entry, app.unit,
    app.unit_version, app.area, app.area_version, app.user_account, app.membership, app.plan, app.plan_item;
select (select count(*) from app.area as a join app.level as l on l.id = a.level_id and l.code = 'province') as provinces,
       (select count(*) from app.area as a join app.level as l on l.id = a.level_id and l.code = 'district') as districts,
       (select count(*) from app.area as a join app.level as l on l.id = a.level_id and l.code = 'grassroots') as communes,
       (select count(*) from app.unit) as units,
       (select count(*) from app.assignment) as assignments,
       (select count(*) from app.assignment_part) as parts,
       (select count(*) from app.assignment_count) as counters,
       pg_size_pretty(pg_database_size(current_database())) as size;
