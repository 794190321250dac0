-- Two periods of reports at national volume: what national.sql loaded, reporting. Every unit of every
-- province reports twice (106,000 units, 10,600 communes among them) under its province's plan; with
-- indicators, values, targets and ratings. Lines of reports for the real province alone: gathering
-- there is what is measured. For measuring only; run by load_national.sh after national.sql.

\set ON_ERROR_STOP on
set client_min_messages = warning;
set work_mem = '128MB';
set synchronous_commit = off;
set session_replication_role = replica;  -- no triggers: keys are filled here
set jit = off;

begin;

create temp table nation_plan as
select p.id as plan_id, p.province_key, p.issuer_unit_id from app.plan as p where p.number like 'NV-%';
create temp table ask (code text, level_id smallint, line_id smallint);
insert into ask
select 'K1', l.id, n.id from app.level as l, app.line as n
where l.code = 'grassroots' and n.code in ('front', 'trade_union', 'farmers', 'women', 'veterans', 'youth');
insert into ask
select 'S1', l.id, n.id from app.level as l, app.line as n
where l.code in ('grassroots', 'district') and n.code = 'mobilization';

\echo periods
insert into app.period (id, plan_id, kind, label, year, starts_on, ends_on, opens_on, expires_on, locks_on)
select md5('nv-period-' || p.plan_id || k.label)::uuid, p.plan_id, k.kind, k.label, k.year, k.starts_on, k.ends_on,
       k.opens_on, k.expires_on, k.locks_on
from nation_plan as p
cross join (values
    ('year', 'Năm 2022', 2022, date '2022-01-01', date '2022-12-31', date '2022-10-31', date '2022-12-05', date '2023-01-19'),
    ('six_months', '6 tháng 2023', 2023, '2023-01-01', '2023-06-30', '2023-05-16', '2023-06-25', '2023-07-15'))
    as k (kind, label, year, starts_on, ends_on, opens_on, expires_on, locks_on);
insert into app.period_due (id, period_id, level_id, due_on, original_due_on)
select md5('nv-due-' || p.id || l.id)::uuid, p.id, l.id, p.expires_on - 5 * (l.id - 1), p.expires_on - 5 * (l.id - 1)
from app.period as p join nation_plan as n on n.plan_id = p.plan_id cross join app.level as l;

\echo reports
-- Who a unit reports to: its own line one level up, else the issuer.
create temp table superior as
select u.id, n.plan_id, coalesce(
    (select min(s.id) from app.unit as s where s.district_key = u.district_key and s.line_id = u.line_id
        and s.level_id = u.level_id - 1 and s.parent_id is null and u.grassroots_key is not null),
    case when u.id <> n.issuer_unit_id then n.issuer_unit_id end) as superior_unit_id
from app.unit as u join nation_plan as n on n.province_key = u.province_key
where u.is_active and u.parent_id is null;

insert into app.report (id, period_id, plan_id, unit_id, superior_unit_id, level_id, due_on, original_due_on, status,
    submission_count, first_submitted_on, submitted_on, decided_on, province_key, district_key, grassroots_key, line_id)
select md5('nv-report-' || p.id || u.id)::uuid, p.id, p.plan_id, u.id, s.superior_unit_id, u.level_id, d.due_on, d.due_on,
       t.status, t.is_in::int, case when t.is_in then d.due_on - 3 end, case when t.is_in then d.due_on - 3 end,
       case when t.status in ('approved', 'returned') then d.due_on + 2 end,
       u.province_key, u.district_key, u.grassroots_key, u.line_id
from app.period as p
join superior as s on s.plan_id = p.plan_id
join app.unit as u on u.id = s.id
join app.period_due as d on d.period_id = p.id and d.level_id = u.level_id
cross join lateral (select abs(hashint8(u.id::bigint * 10 + p.year)::bigint) % 100 as n) as dice
cross join lateral (select case
    when p.year = 2022 then case when dice.n < 97 then 'approved' else 'not_started' end
    when dice.n < 55 then 'approved' when dice.n < 75 then 'submitted' when dice.n < 80 then 'returned'
    when dice.n < 90 then 'draft' else 'not_started' end as status) as x
cross join lateral (select x.status, x.status in ('approved', 'submitted', 'returned') as is_in) as t
order by u.province_key, p.year, d.due_on, u.id;

\echo lines
insert into app.report_line (id, report_id, assignment_id, plan_item_id, position, status, progress, done)
select md5('nv-line-' || r.id || a.id)::uuid, r.id, a.id, a.plan_item_id, i.position,
       case a.status when 'completed' then 'done' when 'reported' then 'done' when 'in_progress' then 'in_progress'
           else 'not_started' end,
       a.progress, 'Đã thực hiện theo kế hoạch.'
from app.report as r
join app.period as p on p.id = r.period_id and p.kind = 'six_months'
join app.assignment as a on a.lead_unit_id = r.unit_id and a.plan_id = r.plan_id and a.due_year = p.year
join app.plan_item as i on i.id = a.plan_item_id
where r.province_key = (select min(province_key) from nation_plan) and r.status <> 'not_started';

\echo indicators
insert into app.indicator (id, plan_id, code, name, measure_unit, kind, direction, roll_up, frequency, source, position)
select md5('nv-indicator-' || p.plan_id || k.code)::uuid, p.plan_id, k.code, k.name, k.measure_unit, k.kind, 'up',
       k.roll_up, k.frequency, k.source, k.position
from nation_plan as p
cross join (values
    ('K1', 'Tổ chức cơ sở xếp loại khá trở lên', '%', 'ratio', 'ratio', 'year', 'rating', 1),
    ('S1', 'Mô hình "Dân vận khéo"', 'mô hình', 'value', 'sum', 'six_months', 'report', 2))
    as k (code, name, measure_unit, kind, roll_up, frequency, source, position);
insert into app.indicator_ask (indicator_id, level_id, line_id)
select i.id, a.level_id, a.line_id
from app.indicator as i join nation_plan as p on p.plan_id = i.plan_id join ask as a on a.code = i.code;
insert into app.target (id, indicator_id, year, comparator, threshold)
select md5('nv-target-' || i.id || y)::uuid, i.id, y, '>=', case i.code when 'K1' then 90 else 100 end
from app.indicator as i join nation_plan as p on p.plan_id = i.plan_id cross join generate_series(2022, 2023) as y;
insert into app.indicator_value (id, report_id, indicator_id, unit_id, level_id, line_id, year, own_value, is_approved,
    province_key, district_key, grassroots_key)
select md5('nv-value-' || r.id || i.id)::uuid, r.id, i.id, r.unit_id, r.level_id, r.line_id, p.year,
       1 + abs(hashint4(r.unit_id)::bigint) % 4, r.status = 'approved', r.province_key, r.district_key, r.grassroots_key
from app.report as r
join app.period as p on p.id = r.period_id
join nation_plan as n on n.plan_id = r.plan_id
join app.indicator as i on i.plan_id = r.plan_id and i.code = 'S1'
join app.indicator_ask as k on k.indicator_id = i.id and k.level_id = r.level_id and k.line_id = r.line_id
where r.status <> 'not_started';

\echo ratings
insert into app.rating (id, unit_id, year, scale, grade, rated_on, rated_by_unit_id, level_id, line_id, province_key,
    district_key, grassroots_key)
select md5('nv-rating-' || u.id || y)::uuid, u.id, y, 'five_grades',
       case when abs(hashint8(u.id::bigint * 7 + y)::bigint) % 100 < 92 then 'good' else 'average' end,
       make_date(y, 12, 10), s.superior_unit_id, u.level_id, u.line_id, u.province_key, u.district_key, u.grassroots_key
from app.unit as u
join superior as s on s.id = u.id
join ask as a on a.code = 'K1' and a.level_id = u.level_id and a.line_id = u.line_id
cross join generate_series(2022, 2023) as y
order by u.province_key, y, u.id;
commit;

\echo statistics
vacuum (analyze) app.period, app.period_due, app.report, app.report_line, app.indicator, app.indicator_ask, app.target,
    app.indicator_value, app.rating;
select (select count(*) from app.report) as reports, (select count(*) from app.report_line) as lines,
       (select count(distinct r.grassroots_key) from app.report as r) as communes_reporting,
       (select count(*) from app.indicator_value) as values, (select count(*) from app.rating) as ratings;
