-- Work as of days between 2021 and 2026, against what units had said by then: entries of progress and the
-- versions of units, never the rows that triggers keep of past days.
begin;
\ir ../include/acting.sql
select plan(15);

select pg_temp.add_user('xem.tinh', 'btgdv-75', 'viewer') \g /dev/null
create function pg_temp.totals(p_day date) returns text
    language sql as $$
    select pg_temp.as_user('xem.tinh', format('select concat_ws(''/'', reported, completed, total) from api.assignment_count_summary_on(%L, p_plan_id => %L)',
        p_day, pg_temp.plan_36())) $$;
-- Of what issuing made, the last that the lead had said, as recorded for that day or one before. (A successor finishing what
-- it took over may record it for a day before the change; then there was no assignment of its own yet.)
create function pg_temp.said(p_day date, p_status text) returns bigint
    language sql return (
        select count(*)
        from (
            select distinct on (e.assignment_id) e.status
            from app.progress_entry as e
            join app.assignment as a on a.id = e.assignment_id and a.plan_id = pg_temp.plan_36()
            where e.part = 'lead' and e.recorded_on <= p_day
                and not exists (select from app.assignment as o where o.moved_to_id = a.id)
            order by e.assignment_id, e.created_at desc, e.id desc) as s
        where s.status = p_status);

-- docs/plan-36.md: issuing made 6,294, on the day the plan bears
select is(pg_temp.totals('2021-08-16'), '0/0/0', 'before plan 36');
select is(pg_temp.totals('2021-08-17'), '0/0/6294', 'the day it bears');
-- and beside the plan what was given by the day
select is(pg_temp.totals(d.day), format('%s/%s/%s', pg_temp.said(d.day, 'reported'), pg_temp.said(d.day, 'completed'), 6294 + (
        select count(distinct a.source_id) from app.assignment as a where a.source <> 'plan' and a.given_on <= d.day)), format('as said by %s', d.day))
from (values (date '2021-11-15'), ('2022-03-31'), ('2022-11-21'), ('2024-12-31'), ('2025-02-28')) as d (day);

-- Chơn Thành: a district until 30/9/2022, then a town
create temp table chon_thanh as
select distinct v.area_id from app.area_version as v where v.name = 'Thị xã Chơn Thành' and v.valid_from = '2022-10-01';
select is((select count(*) from chon_thanh), 1::bigint, 'one area became the town');
grant select on chon_thanh to public;
select is(pg_temp.as_user('xem.tinh', $$select string_agg(distinct area_name, ', ') from api.assignments_on('2022-09-30') where area_id in (select c.area_id from chon_thanh as c)$$),
    'Huyện Chơn Thành', 'the day before it is called a district');
select is(pg_temp.as_user('xem.tinh', $$select string_agg(distinct area_name, ', ') from api.assignments_on('2022-10-01') where area_id in (select c.area_id from chon_thanh as c)$$),
    'Thị xã Chơn Thành', 'then a town');

-- 1/7/2025: districts and most communes end, and what was open moves
create temp table ended as
select v.unit_id, v.name from app.unit_version as v join app.unit as u on u.id = v.unit_id
where v.valid_to = '2025-07-01' and u.level_id in (2, 3) and not u.is_active;
grant select on ended to public;
-- open with them: their assignments that no entry of theirs had closed
select is(pg_temp.as_user('xem.tinh', $$select count(*) from api.assignments_on('2025-06-30') where lead_unit_id in (select e.unit_id from ended as e) and is_pending$$)::bigint,
    (select count(*) from app.assignment as a
    where a.lead_unit_id in (select e.unit_id from ended as e) and coalesce((
        select e.status from app.progress_entry as e
        where e.assignment_id = a.id and e.part = 'lead' and e.recorded_on <= '2025-06-30'
        order by e.created_at desc, e.id desc limit 1), a.status) not in ('reported', 'completed', 'cancelled')), 'the day before, all that is open is with them');
select is(pg_temp.as_user('xem.tinh', $$select count(*) from api.assignments_on('2025-06-30') as a join ended as e on e.unit_id = a.lead_unit_id where a.lead_unit_name <> e.name$$),
    '0', 'under their last names');
select is(pg_temp.as_user('xem.tinh', $$select count(*) from api.assignments_on('2025-07-01') where lead_unit_id in (select e.unit_id from ended as e) and is_pending$$),
    '0', 'from that day on, nothing');

select is(pg_temp.as_user('xem.tinh', 'select x::text from api.assignment_count_summary_on(private.today()) as x'),
    pg_temp.as_user('xem.tinh', 'select x::text from api.assignment_count_summary() as x'), 'today is today');
select is_empty('select * from private.assignment_state_faults()', 'and each assignment''s last day is its own');

select * from finish();
rollback;
