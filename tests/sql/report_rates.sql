-- Completeness and timeliness, against numbers set by hand: six reports of a phase at three levels, three lines.
begin;
\ir include/acting.sql
select plan(23);

select pg_temp.take_back_plan_36();
update private.installation set mode = 'test', fixed_today = '2021-11-15';
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
select pg_temp.add_user('t.women', 'phunu-70', 'viewer');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'viewer');
select pg_temp.add_user('t.tanphu', 'kdv-25195', 'viewer');
select pg_temp.as_user('t.leader', format('select api.plan_issue(%L, null)', pg_temp.plan_36())) \g /dev/null
insert into app.period (id, plan_id, kind, label, starts_on, ends_on)
values ('00000000-0000-7000-8000-00000000aa01', pg_temp.plan_36(), 'phase', 'Thử', '2021-08-17', '2021-11-01');

-- unit, status, first sent, original day, day with exception
insert into app.report (period_id, plan_id, unit_id, superior_unit_id, status, first_submitted_on, original_due_on, due_on)
select '00000000-0000-7000-8000-00000000aa01', pg_temp.plan_36(), pg_temp.unit(x.unit), null, x.status, x.sent, x.first_due, x.due
from (values
    ('bdv-70', 'not_started', null::date, date '2021-11-20', date '2021-11-20'),
    ('bdv-689', 'approved', '2021-11-10', '2021-11-10', '2021-11-10'),      -- on the day itself: on time
    ('bdv-692', 'submitted', '2021-11-11', '2021-11-10', '2021-11-10'),     -- a day late
    ('phunu-689', 'in_review', '2021-11-12', '2021-11-10', '2021-11-12'),   -- late, but within its exception
    ('kdv-25195', 'returned', '2021-11-01', '2021-11-05', '2021-11-05'),    -- on time, and owed again
    ('phunu-25195', 'draft', null, '2021-11-05', '2021-11-05')
) as x (unit, status, sent, first_due, due);

create function pg_temp.rates(p_arguments text) returns text
    language sql return format($$
        select string_agg(concat_ws(' ', group_code, owed, submitted, approved, on_time, within_due, coalesce(completeness::text, '-'),
            coalesce(timeliness::text, '-'), coalesce(timeliness_extended::text, '-')), '; ' order by group_id)
        from api.report_rates('00000000-0000-7000-8000-00000000aa01', %s)$$, p_arguments);

select is(pg_temp.as_user('t.leader', pg_temp.rates('''level''')),
    'province 1 0 0 0 0 0.0 0.0 0.0; district 3 3 1 1 2 100.0 33.3 66.7; grassroots 2 0 0 1 1 0.0 50.0 50.0', 'by level');
select is(pg_temp.as_user('t.leader', pg_temp.rates('''line''')),
    'mobilization 4 2 1 2 2 50.0 50.0 50.0; women 2 1 0 0 1 50.0 0.0 50.0', 'by line');
select is(pg_temp.as_user('t.dongxoai', pg_temp.rates('''unit''')),
    (select string_agg(code || said, '; ' order by id) from (values
        ('bdv-689', ' 1 1 1 1 1 100.0 100.0 100.0'), ('phunu-689', ' 1 1 0 0 1 100.0 0.0 100.0'),
        ('kdv-25195', ' 1 0 0 1 1 0.0 100.0 100.0'), ('phunu-25195', ' 1 0 0 0 0 0.0 0.0 0.0')) as x (code, said)
        join app.unit as u using (code)), 'a district sees its own units');
select is(pg_temp.as_user('t.leader', format('select string_agg(owed || '' '' || submitted, ''; '' order by owed, submitted)
    from api.report_rates(%L, ''area'')', '00000000-0000-7000-8000-00000000aa01')), '1 0; 1 1; 2 0; 2 2', 'by area');
select is(pg_temp.as_user('t.women', pg_temp.rates('''line''')), 'women 2 1 0 0 1 50.0 0.0 50.0', 'a line sees its own');
select is(pg_temp.as_user('t.tanphu', pg_temp.rates('''level''')), 'grassroots 2 0 0 1 1 0.0 50.0 50.0', 'a commune sees its own');
select is(pg_temp.as_user('t.leader', pg_temp.rates(format('''level'', %s', pg_temp.unit('bdv-689')))),
    'district 2 2 1 1 2 100.0 50.0 100.0; grassroots 2 0 0 1 1 0.0 50.0 50.0', 'under a unit');
select is(pg_temp.as_user('t.leader', pg_temp.rates(format('''level'', %s', pg_temp.unit('phunu-689')))),
    'district 1 1 0 0 1 100.0 0.0 100.0; grassroots 1 0 0 0 0 0.0 0.0 0.0', 'under a unit of a line: its line');
select is(pg_temp.as_user('t.leader', pg_temp.rates(format('''level'', %s, false', pg_temp.unit('bdv-689')))),
    'district 1 1 1 1 1 100.0 100.0 100.0', 'the unit alone');
select is(pg_temp.as_user('t.tanphu', pg_temp.rates(format('''level'', %s', pg_temp.unit('bdv-692')))), 'DV422 not_visible unit', 'a unit not seen');
select is(pg_temp.as_user('t.leader', $$select count(*) from api.report_rates(gen_random_uuid())$$), 'DV422 not_visible period', 'no such period');
-- nothing owed is no zero
update app.unit set is_active = false where code in ('phunu-25195', 'kdv-25195');
select is(pg_temp.as_user('t.leader', pg_temp.rates('''level''')),
    'province 1 0 0 0 0 0.0 0.0 0.0; district 3 3 1 1 2 100.0 33.3 66.7; grassroots 1 0 0 1 1 0.0 100.0 100.0',
    'a unit that is no more owes nothing, save what it sent');
select is(private.rate(0, 0), null, 'of nothing there is no rate');
select is(private.rate(0, 3), 0.0, 'of three none is zero');
select is(private.rate(2, 3), 66.7, 'one decimal');
update app.unit set is_active = true where code in ('phunu-25195', 'kdv-25195');

-- assignments: of Đồng Xoài's board first due in 2021: on the day, a day late, late within an extension, cancelled
create temp table due_2021 as
select a.id, row_number() over (order by a.due_on, a.id) as nth
from app.assignment as a
where a.lead_unit_id = pg_temp.unit('bdv-689') and a.due_on between '2021-01-01' and '2021-12-31';
select cmp_ok(count(*), '>=', 5::bigint, 'enough to say something of') from due_2021;
update app.assignment as a
set due_on = case d.nth when 3 then '2022-01-20' else a.due_on end,
    status = case when d.nth <= 3 then 'reported' when d.nth = 4 then 'cancelled' else a.status end,
    reported_on = case d.nth when 1 then a.original_due_on when 2 then a.original_due_on + 1 when 3 then '2022-01-20' end
from due_2021 as d where d.id = a.id;
create function pg_temp.told(p_arguments text) returns text
    language sql return format($$
        select string_agg(concat_ws(' ', group_code, owed, reported, on_time, within_due, coalesce(completeness::text, '-'),
            coalesce(timeliness::text, '-'), coalesce(timeliness_extended::text, '-')), '; ' order by group_id)
        from api.assignment_rates(%s)$$, p_arguments);
select is(pg_temp.as_user('t.leader', pg_temp.told(format('2021, ''unit'', null, %s, false', pg_temp.unit('bdv-689')))),
    'bdv-689 3 3 1 2 100.0 33.3 66.7', 'what is not due yet and not reported is not owed; nor what is cancelled');
select is(pg_temp.as_user('t.leader', pg_temp.told(format('2022, ''unit'', null, %s, false', pg_temp.unit('bdv-689')))), null,
    'an extension moves nothing into the next year');
update private.installation set fixed_today = '2021-12-31';
select is(pg_temp.as_user('t.leader', pg_temp.told(format('2021, ''unit'', null, %s, false', pg_temp.unit('bdv-689')))),
    'bdv-689 3 3 1 2 100.0 33.3 66.7', 'on the due day itself nothing is late');
update private.installation set fixed_today = '2022-01-01';
select is(pg_temp.as_user('t.leader', format($$select owed || ' ' || reported || ' ' || on_time from api.assignment_rates(2021, 'unit', %L, %s, false)$$,
        pg_temp.plan_36(), pg_temp.unit('bdv-689'))), (select count(*) - 1 from due_2021) || ' 3 1',
    'the day after, all of the year is');
select is(pg_temp.as_user('t.dongxoai', $$select count(*) from api.assignment_rates(2021, 'level') where group_code = 'province'$$), '0',
    'a district counts nothing above it');
select is(pg_temp.as_user('t.leader', format('select count(*) from api.assignment_rates(2021, ''level'', %L)', gen_random_uuid())), '0', 'of no plan, nothing');
select is(pg_temp.as_user('t.tanphu', format('select count(*) from api.assignment_rates(2021, ''level'', null, %s)', pg_temp.unit('bdv-692'))),
    'DV422 not_visible unit', 'a unit not seen');

select * from finish();
rollback;
