-- Targets and their answers: met, not met or no data, with the share that said something. Every figure
-- is worked out by hand in the comment beside it. Đồng Xoài has 8 communes.
begin;
\ir include/acting.sql
select plan(57);
\ir include/reporting.sql
delete from app.rating;

select pg_temp.add_user('t.officer', 'bdv-70', 'officer');
select pg_temp.add_user('t.viewer', 'bdv-70', 'viewer');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'officer');
select pg_temp.add_user('t.bloc', 'kdv-25195', 'officer');
select pg_temp.add_user('t.women', 'phunu-70', 'viewer');
select pg_temp.add_user('t.farmers.locninh', 'nongdan-692', 'viewer');

select pg_temp.add_indicator('R', 'ratio', 'ratio', 10, 'grassroots/women', 'grassroots/farmers');
select pg_temp.add_indicator('V', 'value', 'sum', 20, 'grassroots/mobilization');
select pg_temp.add_indicator('L', 'value', 'last', 30, 'grassroots/mobilization');
select pg_temp.add_indicator('D', 'value', 'sum', 40, 'district/mobilization');
select pg_temp.add_indicator('S', 'ratio', 'ratio', 50, 'grassroots/women', 'grassroots/youth');
update app.indicator set source = 'rating' where id = pg_temp.indicator('S');

-- who sets targets
create function pg_temp.aim(p_login text, p_indicator text, p_comparator text, p_threshold bigint, p_line text default null,
    p_year integer default 2021) returns text
    language sql return pg_temp.as_user(p_login, format(
        'insert into app.target (indicator_id, year, line_id, comparator, threshold) values (%L, %L, %L, %L, %L) returning comparator',
        pg_temp.indicator(p_indicator), p_year, (select id from app.line where code = p_line), p_comparator, p_threshold));
select is(pg_temp.aim('t.officer', 'R', '>=', 90), '>=', 'an officer of the issuer sets a target');
select is(pg_temp.aim('t.viewer', 'V', '>=', 1), '42501', 'a viewer does not');
select is(pg_temp.aim('t.dongxoai', 'V', '>=', 1), '42501', 'nor whoever is below');
select is(pg_temp.aim('t.officer', 'R', '>=', 80), '23505 target_once', 'one per year for all lines');
select is(pg_temp.aim('t.officer', 'R', '>=', 101, 'women'), 'DV422 out_of_range threshold', 'a ratio is in per cent');
select is(pg_temp.aim('t.officer', 'V', '>=', 10, p_year => 2026), 'DV422 out_of_range year', 'in a year of the plan');
select is(pg_temp.aim('t.officer', 'V', '>', 10), '23514 target_comparator_choice', 'by a comparison there is');
select is(pg_temp.aim('t.officer', 'V', '>=', 10), '>=', 'a value in its own measure');
select is(pg_temp.aim('t.officer', 'L', '=', 0), '=', 'exactly');
select is(pg_temp.aim('t.officer', 'D', '<=', 2), '<=', 'at most');
select is(pg_temp.aim('t.officer', 'S', '>=', 90), '>=', 'of ratings');
select is(
    pg_temp.as_user('t.dongxoai', 'update app.target set threshold = 1 returning 1'), null, 'nobody below moves one');
select is(pg_temp.as_user('t.dongxoai', 'delete from app.target returning 1'), null, 'or takes it away');
select is(
    pg_temp.rehearse('t.officer', format('delete from app.target where indicator_id = %L returning 1', pg_temp.indicator('V'))), '1',
    'the issuer does');

-- indicator line area: answer value n/d rate said/asked share
create function pg_temp.answers(p_login text, p_indicator text, p_by text default 'line', p_unit_code text default null) returns text
    language sql return pg_temp.as_user(p_login, format($$
        select string_agg(concat_ws(' ', a.line, case when %1$L not in ('total', 'line') then v.code end, a.answer, a.value::text,
            a.numerator || '/' || a.denominator, a.rate::text, a.said_count || ' of ' || a.asked_count, a.said_share::text),
            '; ' order by a.line, v.code)
        from api.target_answers(p_plan_id => %2$L, p_year => 2021, p_unit_id => %3$L, p_by => %1$L) as a
        left join app.unit as v on v.area_id = a.area_id and v.line_id = 1 and v.parent_id is null
        where a.indicator_code = %4$L$$,
        p_by, (select plan_id from of_test), pg_temp.unit(p_unit_code), p_indicator));

-- nobody has said anything
select is(pg_temp.answers('t.officer', 'V'), 'mobilization no_data 0 of 111 0.00', 'no data is neither zero nor not met');
select is(pg_temp.answers('t.officer', 'L'), 'mobilization no_data 0 of 111 0.00', 'even where zero would meet the target');
select is(pg_temp.answers('t.officer', 'D'), 'mobilization no_data 0 of 11 0.00', 'or not to go beyond it');
select is(pg_temp.answers('t.officer', 'R'), 'farmers no_data 0 of 111 0.00; women no_data 0 of 111 0.00', 'each line for itself');
select is(pg_temp.answers('t.officer', 'S'), 'women no_data 0 of 111 0.00; youth no_data 0 of 111 0.00', 'nor are the unrated rated badly');

-- from reports
select pg_temp.add_report('phunu-25195', 'approved', '2021-11-01');
select pg_temp.add_report('phunu-25198', 'approved', '2021-11-02');
select pg_temp.add_report('phunu-25201', 'submitted', '2021-11-03');
select pg_temp.add_report('phunu-25204', 'approved', '2021-11-03');
select pg_temp.add_value('phunu-25195', 'R', null, 8, 9);
select pg_temp.add_value('phunu-25198', 'R', null, 1, 1);
select pg_temp.add_value('phunu-25201', 'R', null, 0, 90);
select pg_temp.add_value('phunu-25204', 'R', null);
select is(pg_temp.answers('t.officer', 'R'), 'farmers no_data 0 of 111 0.00; women met 9/10 90.00 2 of 111 1.80',
    'women: 8/9 and 1/1 make 9/10, met; the submitted one and the silent one do not count');
select is(pg_temp.answers('t.officer', 'R', 'total'), 'no_data 9/10 90.00 2 of 222 0.90', 'in total: one line has no data');
select pg_temp.add_report('nongdan-25195', 'approved', '2021-11-01');
select pg_temp.add_value('nongdan-25195', 'R', null, 899, 1000);
select is(pg_temp.answers('t.officer', 'R'), 'farmers not_met 899/1000 89.90 1 of 111 0.90; women met 9/10 90.00 2 of 111 1.80',
    'farmers: 899 of 1000 are 89.9 per cent, which is not 90');
select is(pg_temp.answers('t.officer', 'R', 'total'), 'not_met 908/1010 89.90 3 of 222 1.35', 'in total: not met as soon as one line does not');
update app.indicator_value set own_numerator = 89999, own_denominator = 100000 where report_id = pg_temp.report_of('nongdan-25195');
select is(pg_temp.answers('t.officer', 'R', p_unit_code => 'nongdan-689'), 'farmers not_met 89999/100000 90.00 1 of 8 12.50',
    'what is rounded for reading is compared unrounded');
update app.indicator_value set own_numerator = 0, own_denominator = 0 where report_id = pg_temp.report_of('nongdan-25195');
select is(pg_temp.answers('t.officer', 'R', p_unit_code => 'nongdan-689'), 'farmers no_data 0/0 1 of 8 12.50', 'of nothing there is no share');
update app.indicator_value set own_numerator = 1, own_denominator = 1 where report_id = pg_temp.report_of('nongdan-25195');
select is(pg_temp.answers('t.officer', 'R', 'total'), 'met 10/11 90.91 3 of 222 1.35', 'in total: met when every line is');

-- per district and commune
select pg_temp.add_report('phunu-' || (select substr(u.code, 7) from app.unit as u
    where u.kind = 'grassroots_womens_union' and u.district_key = (select area_id from app.unit where code = 'bdv-692')
    order by u.code limit 1), 'approved', '2021-11-04');
insert into app.indicator_value (report_id, indicator_id, unit_id, year, own_numerator, own_denominator, is_approved)
select r.id, pg_temp.indicator('R'), r.unit_id, 2021, 0, 1, true
from app.report as r join app.unit as u on u.id = r.unit_id
where u.kind = 'grassroots_womens_union' and u.district_key = (select area_id from app.unit where code = 'bdv-692')
    and r.period_id = (select period_id from of_test);
select is(
    pg_temp.as_user('t.officer', format($$select string_agg(concat_ws(' ', area_name, answer, numerator || '/' || denominator,
            said_count, asked_count), '; ' order by area_name)
        from api.target_answers(%L, 2021, null, 'district') where indicator_code = 'R' and line = 'women' and answer <> 'no_data'$$,
        (select plan_id from of_test))),
    'Huyện Lộc Ninh not_met 0/1 1 16; Thành phố Đồng Xoài met 9/10 2 8', 'women per district: 0/1 of 16, 9/10 of 8');
select is(
    pg_temp.as_user('t.officer', format($$select count(*) || ' ' || sum(asked_count) || ' ' || count(distinct area_id)
        from api.target_answers(%L, 2021, null, 'district') where indicator_code = 'R'$$, (select plan_id from of_test))),
    '22 222 11', 'a row for each of two lines in eleven districts, those without data as well');
select is(
    pg_temp.as_user('t.officer', format($$select count(*) || ' ' || count(*) filter (where answer = 'not_met')
        from api.target_answers(%L, 2021, null, 'grassroots') where indicator_code = 'R' and line = 'women'$$, (select plan_id from of_test))),
    '111 2', 'per commune: Tân Phú with 8/9 and the one in Lộc Ninh miss it');
select is(pg_temp.answers('t.officer', 'D', 'grassroots', 'bdv-689'), 'mobilization bdv-689 no_data 0 of 1 0.00',
    'a unit that stands above the communes is told under its own area');

-- whose scope
select is(pg_temp.answers('t.dongxoai', 'R'), 'farmers met 1/1 100.00 1 of 8 12.50; women met 9/10 90.00 2 of 8 25.00',
    'a district sees its own');
select is(pg_temp.answers('t.officer', 'R', 'line', 'bdv-689'), pg_temp.answers('t.dongxoai', 'R'),
    'which is what the province sees under that unit');
select is(pg_temp.answers('t.women', 'R'), 'women not_met 9/11 81.82 3 of 111 2.70', 'a union its own line: 9/10 and 0/1');
select is(pg_temp.answers('t.farmers.locninh', 'R'), 'farmers no_data 0 of 16 0.00', 'in its own district');
select is(pg_temp.answers('t.bloc', 'R'), 'farmers met 1/1 100.00 1 of 1 100.00; women not_met 8/9 88.89 1 of 1 100.00', 'a commune its own');
select is(pg_temp.answers('t.bloc', 'D'), null, 'where nobody is asked there is no row');
select is(pg_temp.answers('t.dongxoai', 'R', 'line', 'bdv-692'), 'DV422 not_visible unit', 'beyond my scope no unit is answered for');
select is(pg_temp.answers('t.dongxoai', 'R', 'line', 'bdv-70'), 'DV422 not_visible unit', 'the one above included, which I do see');
select is(pg_temp.answers('t.officer', 'R', 'hamlet'), 'DV422 not_a_choice by', 'by a grouping there is');
select is(
    pg_temp.as_user('t.bloc', $$select count(*) from api.target_answers('00000000-0000-7000-8000-000000000000')$$),
    'DV422 not_visible plan', 'of a plan I see');

-- sums, the newest, and figures of reports being rewritten
select pg_temp.add_report('kdv-25195', 'approved', '2021-11-01');
select pg_temp.add_report('kdv-25198', 'approved', '2021-11-05');
select pg_temp.add_report('kdv-25201', 'approved', '2021-11-07');
select pg_temp.add_value('kdv-25195', 'V', 9);
select pg_temp.add_value('kdv-25195', 'L', 4);
select pg_temp.add_value('kdv-25198', 'V', 0);
select pg_temp.add_value('kdv-25198', 'L', 0);
select pg_temp.add_value('kdv-25201', 'L', null);
select is(pg_temp.answers('t.officer', 'V'), 'mobilization not_met 9 2 of 111 1.80', 'sum: 9 + 0 of at least 10');
select is(pg_temp.answers('t.officer', 'L'), 'mobilization met 0 2 of 111 1.80', 'last: 25198 said 0, after 25195 and before the silent one');
update app.indicator_value set own_value = 10 where report_id = pg_temp.report_of('kdv-25195') and own_value = 9;
select is(pg_temp.answers('t.officer', 'V'), 'mobilization met 10 2 of 111 1.80', 'sum: 10 + 0');
insert into app.report_version (report_id, number, event, content)
values (pg_temp.report_of('kdv-25195'), 2, 'approved', format('{"values": [{"indicator_id": "%s", "own_value": 10},
    {"indicator_id": "%s", "own_value": 4}]}', pg_temp.indicator('V'), pg_temp.indicator('L'))::jsonb);
update app.report set status = 'reopened', reopened_until = '2021-11-30', reopen_reason = 'x',
    reopened_by = (select id from app.user_account limit 1)
where id = pg_temp.report_of('kdv-25195');
select private.report_freeze_values(pg_temp.report_of('kdv-25195'), false);
update app.indicator_value set own_value = 1 where report_id = pg_temp.report_of('kdv-25195') and own_value = 10;
select is(pg_temp.answers('t.officer', 'V'), 'mobilization met 10 2 of 111 1.80', 'a reopened report counts as it was approved');
update app.indicator set code = 'V2' where id = pg_temp.indicator('V');
select is(pg_temp.answers('t.officer', 'V2'), 'mobilization met 10 2 of 111 1.80', 'also under another code since');
update app.indicator set code = 'V' where id = pg_temp.indicator('V2');
select is(pg_temp.answers('t.bloc', 'V'), 'mobilization met 10 1 of 1 100.00', 'to its own unit, too, whatever it is writing');
select pg_temp.add_report('bdv-689', 'approved', '2021-11-05');
select pg_temp.add_value('bdv-689', 'D', 3);
select is(pg_temp.answers('t.officer', 'D'), 'mobilization not_met 3 1 of 11 9.09', 'at most: 3 is more than 2');
update app.indicator_value set gathered_value = 500 where report_id = pg_temp.report_of('bdv-689');
update app.indicator_value set own_value = 2 where report_id = pg_temp.report_of('bdv-689');
select is(pg_temp.answers('t.officer', 'D'), 'mobilization met 2 1 of 11 9.09', 'at most: 2; what is gathered is not counted a second time');

-- from ratings: nine of ten asked are enough, 6 of 7 are not
insert into app.rating (unit_id, year, scale, grade, rated_on, rated_by_unit_id)
select u.id, 2021, 'five_grades', case when u.code in ('phunu-25195') then 'average' else 'fair' end, '2021-11-10', pg_temp.unit('bdv-689')
from app.unit as u
where u.kind = 'grassroots_womens_union' and u.district_key = (select area_id from app.unit where code = 'bdv-689')
    and u.code <> 'phunu-25198';
insert into app.rating (unit_id, year, scale, grade, rated_on, rated_by_unit_id)
select pg_temp.unit('phunu-25198'), 2020, 'five_grades', 'weak', '2021-01-10', pg_temp.unit('bdv-689');
insert into app.rating (unit_id, year, scale, grade, rated_on, rated_by_unit_id)
select u.id, 2021, 'task_completion', case when row_number() over (order by u.code) = 8 then 'completed' else 'good' end,
    '2021-11-10', pg_temp.unit('bdv-689')
from app.unit as u
where u.kind = 'grassroots_youth_union' and u.district_key = (select area_id from app.unit where code = 'bdv-689');
insert into app.rating (unit_id, year, scale, grade, rated_on, rated_by_unit_id)
values (pg_temp.unit('phunu-689'), 2021, 'five_grades', 'weak', '2021-11-10', pg_temp.unit('bdv-70'));
select is(pg_temp.answers('t.officer', 'S'), 'women not_met 6/7 85.71 7 of 111 6.31; youth not_met 7/8 87.50 8 of 111 7.21',
    'fair or better of those rated this year: 6 of 7 women''s, 7 of 8 youth; the district''s own rating is another level''s');
select is(pg_temp.answers('t.officer', 'S', 'total'), 'not_met 13/15 86.67 15 of 222 6.76', 'in total 13 of 15');
update app.rating set grade = 'good' where grade in ('average', 'completed') and year = 2021;
select is(pg_temp.answers('t.dongxoai', 'S'), 'women met 7/7 100.00 7 of 8 87.50; youth met 8/8 100.00 8 of 8 100.00', 'in the city: all of them');
select is(pg_temp.answers('t.women', 'S'), 'women met 7/7 100.00 7 of 111 6.31', 'a union sees its own line''s');
select is(pg_temp.answers('t.farmers.locninh', 'S'), null, 'and no other');

-- a unit that is no more still counts in the year it spoke of; one that never spoke is not asked
update app.unit set is_active = false where code in ('phunu-25195', 'phunu-25198');
select is(pg_temp.answers('t.dongxoai', 'S'), 'women met 7/7 100.00 7 of 7 100.00; youth met 8/8 100.00 8 of 8 100.00', 'dissolved, rated; dissolved, not rated');

-- targets of one line
select is(pg_temp.as_user('t.officer', format($$update app.target set line_id = 9 where indicator_id = %L returning line_id$$,
    pg_temp.indicator('S'))), '9', 'a target may be of one line');
select is(pg_temp.answers('t.dongxoai', 'S'), 'women met 7/7 100.00 7 of 7 100.00', 'then the others have none');
select is(pg_temp.answers('t.dongxoai', 'S', 'total'), 'met 7/7 100.00 7 of 7 100.00', 'nor in total');
select finish();
rollback;
