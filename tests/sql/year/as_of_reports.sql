-- Reports, values and gathering of the demonstration year as of its days, against what its kept versions say when
-- they are read in another way: each by its own moment, never through the states.
begin;
\ir ../include/acting.sql
select plan(12);

select pg_temp.add_user('xem.tinh', 'bdv-70', 'leader') \g /dev/null
select pg_temp.add_user('xem.locninh', 'bdv-692', 'leader') \g /dev/null
create function pg_temp.period(p_label text) returns uuid
    language sql return (select d.id from app.period as d where d.label = p_label and d.plan_id = pg_temp.plan_36());
create function pg_temp.day(p_at timestamptz) returns date
    language sql return (p_at at time zone 'Asia/Ho_Chi_Minh')::date;
-- the last version of each report of a period by a day; none is withdrawn in that year
create function pg_temp.standing(p_label text, p_day date, p_events text[]) returns table (report_id uuid, unit_id integer, superior_unit_id integer,
        event text, content jsonb)
    language sql
as $$
    select distinct on (r.id) r.id, r.unit_id, r.superior_unit_id, v.event, v.content
    from app.report as r join app.report_version as v on v.report_id = r.id
    where r.period_id = pg_temp.period(p_label) and pg_temp.day(v.created_at) <= p_day and v.event = any (p_events)
    order by r.id, v.created_at desc;
$$;

-- 777 + 99 + 16 units (demo_year.sql); Năm 2021 opened on 31/10/2021
select is(pg_temp.as_user('xem.tinh', $$select count(*) from api.reports_on('2021-10-30') as r where r.period_label = 'Năm 2021'$$), '0', 'before the period opened nothing was owed');
select is(pg_temp.as_user('xem.tinh', $$select string_agg(x.line, ', ') from (select r.status || ' ' || count(*) as line from api.reports_on('2021-10-31') as r
    where r.period_label = 'Năm 2021' group by r.status) as x$$), 'not_started 892', 'on its first day all was, and nothing begun');
select is(
    pg_temp.as_user('xem.tinh', $$select string_agg(x.line, ', ' order by x.line) from (select r.status || ' ' || count(*) as line
        from api.reports_on('2021-11-16') as r where r.period_label = 'Năm 2021' and r.status <> 'not_started' group by r.status) as x$$),
    (select string_agg(x.line, ', ' order by x.line) from (select s.event || ' ' || count(*) as line
        from pg_temp.standing('Năm 2021', '2021-11-16', array['submitted', 'returned', 'approved']) as s group by s.event) as x),
    'a day later than the communes were due: as many sent in, returned and approved as versions say');
select is(
    pg_temp.as_user('xem.tinh', $$select sum(v.own_value) || ' ' || count(v.own_denominator) from api.indicator_values_on('2022-06-06') as v
        where v.period_label = '6 tháng đầu năm 2022'$$),
    (select sum((c ->> 'own_value')::bigint) || ' ' || count(c ->> 'own_denominator')
        from pg_temp.standing('6 tháng đầu năm 2022', '2022-06-06', array['submitted', 'returned', 'approved']) as s
        cross join jsonb_array_elements(s.content -> 'values') as c), 'figures as they had been sent in by a day');

-- Gathering: the board of Đồng Xoài approved for nine months of 2022 on 12/9 what it had gathered on 9/9, the day it sent in
create temp table given as
select v.content, pg_temp.day(v.created_at) as approved_on, (v.content -> 'gathered' ->> 'at')::timestamptz as gathered_at
from app.report as r join app.report_version as v on v.report_id = r.id and v.event = 'approved'
where r.unit_id = pg_temp.unit('bdv-689') and r.period_id = pg_temp.period('9 tháng năm 2022');
select is((select approved_on from given), date '2022-09-12', 'the day it was approved');
create temp table added_up as
select c ->> 'item_code' as item_code, count(*) as line_count, count(*) filter (where c ->> 'status' = 'done') as done_count
from app.report as r
cross join lateral (
    select x.content from app.report_version as x
    where x.report_id = r.id and x.event = 'approved' and x.created_at < (select g.gathered_at from given as g)
    order by x.created_at desc limit 1) as v
cross join lateral jsonb_array_elements(v.content -> 'lines') as c
where r.superior_unit_id = pg_temp.unit('bdv-689') and r.period_id = pg_temp.period('9 tháng năm 2022')
group by 1;
select cmp_ok((select count(*) from added_up), '>', 1::bigint, 'it gathered of several items');
select is(
    pg_temp.as_user('xem.tinh', format($$select string_agg(concat_ws(' ', g.item_code, g.line_count, g.done_count), ', ' order by g.item_code)
        from api.report_gathered_lines_on('2022-09-12') as g where g.period_id = %L and g.unit_id = %s$$, pg_temp.period('9 tháng năm 2022'), pg_temp.unit('bdv-689'))),
    (select string_agg(concat_ws(' ', a.item_code, a.line_count, a.done_count), ', ' order by a.item_code) from added_up as a),
    'asked for that day, what it gathered is what had been approved below it by then');
select is(
    pg_temp.as_user('xem.tinh', format($$select count(*) from api.report_gathered_lines_on('2022-09-08') as g where g.period_id = %L and g.unit_id = %s$$,
        pg_temp.period('9 tháng năm 2022'), pg_temp.unit('bdv-689'))), '0', 'and before it was sent in nothing');

-- Lines counted, for any tree
create temp table told as
select l.code as level, c ->> 'item_code' as item_code, count(*) as line_count, count(*) filter (where c ->> 'status' = 'done') as done_count
from pg_temp.standing('9 tháng năm 2022', '2022-09-12', array['approved']) as s
join app.unit as u on u.id = s.unit_id join app.level as l on l.id = u.level_id
cross join jsonb_array_elements(s.content -> 'lines') as c
group by 1, 2;
select is(
    pg_temp.as_user('xem.tinh', format($$select string_agg(concat_ws(' ', r.group_code, r.item_code, r.line_count, r.done_count, nullif(r.not_restated, 0)), ', '
        order by r.group_code, r.item_code) from api.report_line_counts(%L, 'level', null, true, '2022-09-12') as r$$, pg_temp.period('9 tháng năm 2022'))),
    (select string_agg(concat_ws(' ', t.level, t.item_code, t.line_count, t.done_count), ', ' order by t.level, t.item_code) from told as t),
    'all lines that stood approved on a day, by level');
select is(
    pg_temp.as_user('xem.tinh', format($$select sum(r.line_count) from api.report_line_counts(%L, 'district', null, true, '2022-09-12') as r$$, pg_temp.period('9 tháng năm 2022'))),
    (select sum(t.line_count)::text from told as t), 'by district they are as many');
select is(
    pg_temp.as_user('xem.tinh', format($$select sum(r.line_count) from api.report_line_counts(%L, 'level', %s, true, '2022-09-12') as r where r.group_code = 'grassroots'$$,
        pg_temp.period('9 tháng năm 2022'), pg_temp.unit('bdv-689'))),
    (select count(*)::text from pg_temp.standing('9 tháng năm 2022', '2022-09-12', array['approved']) as s
        join app.unit as u on u.id = s.unit_id and u.level_id = 3
        join app.unit as d on d.code = 'bdv-689' and d.district_key = u.district_key
        cross join jsonb_array_elements(s.content -> 'lines') as c), 'under one district: of its communes');
select is(
    pg_temp.as_user('xem.locninh', format($$select count(distinct r.group_id) from api.report_line_counts(%L, 'district', null, true, '2022-09-12') as r$$, pg_temp.period('9 tháng năm 2022'))),
    '1', 'another district counts its own');
select * from finish();
rollback;
