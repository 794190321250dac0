-- Training of one province at full volume: 10,000 people with posts over five years (a fifth of them moved
-- once), 30 courses a year from 2021 to 2025 of 200 people each, and requirements of plan 36 for four posts on two
-- topics. Measuring only: never on a database that somebody uses.
--
--   psql -X -q -f tests/perf/training.sql
\set ON_ERROR_STOP on
begin;
set local client_min_messages = warning;
set local session_replication_role = replica; -- no triggers: keys are filled here

create temp table at_unit as
select u.*, row_number() over (order by u.id) - 1 as n, count(*) over () as of_all
from app.unit as u
where u.province_key = (select x.area_id from app.unit as x where x.code = 'bdv-70') and u.parent_id is null and u.is_active;

create temp table person as
select private.new_id() as id, n, (array['bloc_head', 'officer', 'chair', 'board_head', 'employee'])[1 + n % 5] as position_code,
    case when n % 5 = 0 then date '2021-01-01' + (n * 7919 % 1500) end as moved_on
from generate_series(1, 10000) as n;

insert into app.staff (id, code, full_name, unit_id, level_id, line_id, province_key, district_key, grassroots_key)
select p.id, 'PF-' || p.n, 'Người thứ ' || p.n, u.id, u.level_id, u.line_id, u.province_key, u.district_key, u.grassroots_key
from person as p join at_unit as u on u.n = (p.n * 31 + case when p.moved_on is null then 0 else 17 end) % u.of_all
order by p.n;
insert into app.appointment (staff_id, unit_id, position_code, valid_from, valid_to, end_cause,
    level_id, line_id, province_key, district_key, grassroots_key)
select p.id, u.id, p.position_code, case leg when 1 then '2020-01-01' else p.moved_on end, case leg when 1 then p.moved_on end,
    case when leg = 1 and p.moved_on is not null then 'transfer' end,
    u.level_id, u.line_id, u.province_key, u.district_key, u.grassroots_key
from person as p
cross join generate_series(1, case when p.moved_on is null then 1 else 2 end) as leg
join at_unit as u on u.n = (p.n * 31 + case when leg = 1 then 0 else 17 end) % u.of_all
order by leg, p.n;

insert into app.course (id, code, name, topic_code, organiser_unit_id, organiser_area_id, starts_on, ends_on, status,
    level_id, line_id, province_key)
select private.new_id(), 'PF-' || y || '-' || n, 'Lớp ' || n, (array['mobilization_work', 'grassroots_democracy', 'ethnic_affairs'])[1 + n % 3],
    u.id, u.area_id, make_date(y, 1, 5) + n * 12, make_date(y, 1, 7) + n * 12, 'closed', u.level_id, u.line_id, u.province_key
from generate_series(2021, 2025) as y, generate_series(1, 30) as n, app.unit as u
where u.code = 'bdv-70'
order by y, n;
insert into app.training_record (course_id, staff_id, unit_id, organiser_unit_id, topic_code, status, days_attended, result,
    certificate_number, certified_on, valid_until, level_id, line_id, province_key, district_key, grassroots_key)
select c.id, p.id, u.id, c.organiser_unit_id, c.topic_code, 'attended', 3, 'passed', c.code || '/' || p.n, c.ends_on,
    c.ends_on + case c.topic_code when 'grassroots_democracy' then interval '36 months' else interval '60 months' end,
    u.level_id, u.line_id, u.province_key, u.district_key, u.grassroots_key
from (select x.*, row_number() over (order by x.starts_on) as n from app.course as x where x.code like 'PF-%') as c
join person as p on (p.n * 13 + c.n * 197) % 50 = 0
join at_unit as u on u.n = (p.n * 31) % u.of_all
order by c.starts_on, p.n;

insert into app.training_requirement (plan_id, topic_code, position_code, year)
select p.id, t, x, y
from app.plan as p, unnest(array['mobilization_work', 'grassroots_democracy']) as t,
    unnest(array['bloc_head', 'officer', 'chair', 'board_head']) as x, generate_series(2021, 2025) as y
where p.number = '36-KH/BDVTU'
on conflict do nothing;
commit;
vacuum analyze app.staff, app.appointment, app.course, app.training_record, app.training_requirement;
select (select count(*) from app.staff) as staff, (select count(*) from app.appointment) as appointments,
    (select count(*) from app.training_record) as records;
