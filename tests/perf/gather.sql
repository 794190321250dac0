-- How long a province takes to gather 111 communes that report straight to it: 47 lines and 10
-- indicators each, then the same while every report is being rewritten (the approved versions are read).
--
--   psql -X -d DSN -f tests/perf/gather.sql     a database with the demonstration; rolled back at the end
begin;
set local jit = off; -- as the service has it
\ir ../sql/include/acting.sql
\ir ../sql/include/reporting.sql
select pg_temp.add_user('t.province', 'bdv-70', 'officer') \g /dev/null

insert into app.plan_item (plan_id, kind, code, outline, position, title)
select t.plan_id, 'task', 'P' || n, 'P' || n, 100 + n, 'P' || n from of_test as t, generate_series(1, 47) as n;
select pg_temp.add_indicator('I' || n, case n % 2 when 0 then 'value' else 'ratio' end,
    case n % 2 when 0 then case n % 4 when 0 then 'last' else 'sum' end else 'ratio' end, n,
    'grassroots/mobilization')
from generate_series(1, 10) as n \g /dev/null
select pg_temp.add_report('bdv-70', 'draft') \g /dev/null
insert into app.report (period_id, plan_id, unit_id, superior_unit_id, due_on, original_due_on, status, submission_count, submitted_on)
select t.period_id, t.plan_id, u.id, pg_temp.unit('bdv-70'), '2021-12-01', '2021-12-01', 'approved', 1, '2021-11-10'
from of_test as t, app.unit as u where u.kind = 'mobilization_bloc';
insert into app.report_line (report_id, plan_item_id, position, status)
select r.id, i.id, i.position, (array['not_started', 'in_progress', 'done'])[1 + i.position % 3]
from app.report as r
join app.plan_item as i on i.plan_id = r.plan_id and i.code like 'P%'
where r.plan_id = (select plan_id from of_test) and r.superior_unit_id is not null and r.status = 'approved';
insert into app.indicator_value (report_id, indicator_id, unit_id, year, own_value, own_numerator, own_denominator, is_approved)
select r.id, i.id, r.unit_id, 2021, case i.kind when 'value' then 3 end, case i.kind when 'ratio' then 3 end,
    case i.kind when 'ratio' then 4 end, true
from app.report as r
join app.indicator as i on i.plan_id = r.plan_id
where r.plan_id = (select plan_id from of_test) and r.status = 'approved';

-- as on a database that has lived: with statistics
analyze app.report, app.report_line, app.indicator_value, app.indicator;
\echo '111 approved reports: first, again, again'
\timing on
select pg_temp.gather('t.province', 'bdv-70');
select pg_temp.gather('t.province', 'bdv-70');
select pg_temp.gather('t.province', 'bdv-70');
\timing off
select format('%s items, %s lines; %s values, I1 = %s/%s', count(*), sum(g.line_count),
    (select count(*) from app.indicator_value as v where v.report_id = pg_temp.report_of('bdv-70')),
    max(v.gathered_numerator), max(v.gathered_denominator))
from app.report_gathered_line as g
join app.indicator_value as v on v.report_id = g.report_id and v.indicator_id = pg_temp.indicator('I1')
where g.report_id = pg_temp.report_of('bdv-70');

insert into app.report_version (report_id, number, event, content)
select r.id, 1, 'approved', jsonb_build_object(
    'lines', (select jsonb_agg(to_jsonb(l) || jsonb_build_object('item_code', i.code))
        from app.report_line as l join app.plan_item as i on i.id = l.plan_item_id where l.report_id = r.id),
    'values', (select jsonb_agg(to_jsonb(v) || jsonb_build_object('indicator_code', i.code))
        from app.indicator_value as v join app.indicator as i on i.id = v.indicator_id where v.report_id = r.id),
    'gathered_lines', '[]'::jsonb)
from app.report as r where r.plan_id = (select plan_id from of_test) and r.status = 'approved';
update app.report set status = 'reopened', reopened_until = '2021-12-31', reopen_reason = 'x',
    reopened_by = (select id from app.user_account limit 1)
where plan_id = (select plan_id from of_test) and status = 'approved';
\echo '111 reports being rewritten, approved before'
\timing on
select pg_temp.gather('t.province', 'bdv-70');
\timing off
select format('%s lines, I1 = %s/%s', sum(g.line_count), max(v.gathered_numerator), max(v.gathered_denominator))
from app.report_gathered_line as g
join app.indicator_value as v on v.report_id = g.report_id and v.indicator_id = pg_temp.indicator('I1')
where g.report_id = pg_temp.report_of('bdv-70');
rollback;
