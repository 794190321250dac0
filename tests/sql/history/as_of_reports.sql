-- What was reported before the reorganisation of 01/7/2025, asked for after it: the same on the same day, by the
-- successor as by the province; and carried to the tree of today where the links carry it whole.
begin;
\ir ../include/acting.sql
select plan(9);

select pg_temp.add_user('xem.tinh', 'btgdv-75', 'leader') \g /dev/null
create function pg_temp.period(p_label text) returns uuid
    language sql return (select d.id from app.period as d where d.label = p_label and d.plan_id = pg_temp.plan_36());
create function pg_temp.day(p_at timestamptz) returns date
    language sql return (p_at at time zone 'Asia/Ho_Chi_Minh')::date;

-- The board of Đồng Xoài ended on 01/7/2025; its report of nine months of 2022 was approved on 12/9/2022
select is((select u.is_active from app.unit as u where u.code = 'bdv-689'), false, 'the board has ended');
create temp table given as
select r.id, v.content
from app.report as r join app.report_version as v on v.report_id = r.id and v.event = 'approved'
where r.unit_id = pg_temp.unit('bdv-689') and r.period_id = pg_temp.period('9 tháng năm 2022');
select is(
    pg_temp.as_user('xem.tinh', format($$select concat_ws(' / ', r.unit_name, r.superior_unit_name, r.status, r.decided_on) from api.reports_on('2022-09-12') as r where r.id = %L$$, (select id from given))),
    'Ban Dân vận Thành ủy Đồng Xoài / Ban Dân vận Tỉnh ủy Bình Phước / approved / 2022-09-12', 'names, superior and state of the day');
select is(
    pg_temp.as_user('xem.tinh', format($$select string_agg(concat_ws(' ', g.item_code, g.line_count, g.done_count, g.in_progress_count), ', ' order by g.item_code)
        from api.report_gathered_lines_on('2022-09-12') as g where g.report_id = %L$$, (select id from given))),
    (select string_agg(concat_ws(' ', c ->> 'item_code', c ->> 'line_count', c ->> 'done_count', c ->> 'in_progress_count'), ', ' order by c ->> 'item_code')
        from given as g cross join jsonb_array_elements(g.content -> 'gathered_lines') as c), 'what it had gathered is what was approved then');
-- open in June, moved on 01/7/2025
select is(
    pg_temp.as_user('xem.tinh', format($$select string_agg(r.status, ' ' order by d.day) from (values (date '2025-06-30'), ('2025-07-01')) as d (day)
        cross join lateral api.reports_on(d.day) as r where r.unit_id = %s and r.period_id = %L$$, pg_temp.unit('bdv-689'), pg_temp.period('6 tháng đầu năm 2025'))),
    'not_started moved', 'owed until the last day, moved on the first of the other');
select is(
    pg_temp.as_user('xem.tinh', format($$select coalesce(string_agg(distinct r.superior_unit_id::text, ' '), '') from api.reports_on('2025-06-30') as r
        where r.unit_id = %s and r.period_id = %L$$, pg_temp.unit('kdv-25195'), pg_temp.period('6 tháng đầu năm 2025'))),
    pg_temp.unit('bdv-689')::text, 'its communes reported to it until then');

-- Lines, restated. Each commune's bloc went whole into one (obligations.sql), so all is carried, nothing lost
create temp table whole as
select count(*) as line_count, count(*) filter (where c ->> 'status' = 'done') as done_count
from app.report as r join app.unit as u on u.id = r.unit_id and u.line_id = (select n.id from app.line as n where n.code = 'mobilization')
cross join lateral (
    select x.content from app.report_version as x where x.report_id = r.id and x.event = 'approved' order by x.number desc limit 1) as v
cross join lateral jsonb_array_elements(v.content -> 'lines') as c
where r.period_id = pg_temp.period('9 tháng năm 2022') and u.level_id = 3;
create function pg_temp.counted(p_by text, p_day text, p_restated boolean, p_what text) returns text
    language sql as $$
    select pg_temp.as_user('xem.tinh', format($q$select %s from api.report_line_counts(%L, %L, null, true, %L, %L) as r
        join app.unit as u on u.id = r.group_id and u.level_id = 3 and u.line_id = (select n.id from app.line as n where n.code = 'mobilization')$q$,
        p_what, pg_temp.period('9 tháng năm 2022'), p_by, p_day, p_restated)) $$;
select is(pg_temp.counted('unit', '2022-12-31', false, $$concat_ws(' ', sum(r.line_count), sum(r.done_count), sum(r.not_restated))$$),
    (select concat_ws(' ', line_count, done_count, 0) from whole), 'at the end of 2022, under the communes of then');
select is(pg_temp.counted('unit', '2026-05-15', true, $$concat_ws(' ', sum(r.line_count), sum(r.done_count), sum(r.not_restated))$$),
    (select concat_ws(' ', line_count, done_count, 0) from whole), 'restated to 2026: all of it, whole');
select is(pg_temp.counted('unit', '2026-05-15', true, 'bool_and(u.is_active)::text'), 'true', 'under communes that stand now');
select is(pg_temp.counted('unit', '2026-05-15', false, 'bool_or(not u.is_active)::text'), 'true', 'and not restated, under those that said it');
select * from finish();
rollback;
