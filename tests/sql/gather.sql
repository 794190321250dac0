-- Gathering along the areas and along a line. Every number below is added up by hand in its comment.
begin;
\ir include/acting.sql
select plan(42);
\ir include/reporting.sql

select pg_temp.add_user('t.province', 'bdv-70', 'officer');
select pg_temp.add_user('t.province.leader', 'bdv-70', 'leader');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'officer');
select pg_temp.add_user('t.dongxoai.viewer', 'bdv-689', 'viewer');
select pg_temp.add_user('t.dongxoai.admin', 'bdv-689', 'admin');
select pg_temp.add_user('t.locninh', 'bdv-692', 'leader');
select pg_temp.add_user('t.women', 'phunu-70', 'officer');
select pg_temp.add_user('t.women.dongxoai', 'phunu-689', 'officer');

select pg_temp.add_indicator('V', 'value', 'sum', 10, 'grassroots/mobilization', 'district/mobilization');
select pg_temp.add_indicator('R', 'ratio', 'ratio', 20, 'grassroots/mobilization');
select pg_temp.add_indicator('N', 'value', 'last', 30, 'grassroots/mobilization');
select pg_temp.add_indicator('Q', 'value', 'sum', 40, 'grassroots/mobilization');
select pg_temp.add_indicator('W', 'value', 'sum', 50, 'grassroots/women');

select pg_temp.add_report('bdv-70', 'draft');
select pg_temp.add_report('bdv-689', 'draft');
select pg_temp.add_report('kdv-25195', 'approved', '2021-11-01');
select pg_temp.add_report('kdv-25198', 'approved', '2021-11-05');
select pg_temp.add_report('kdv-25201', 'submitted', '2021-11-12');
select pg_temp.add_report('kdv-25204', 'reopened', '2021-11-02');
select pg_temp.add_report('kdv-25205', 'not_started');
select is(
    (select string_agg(distinct u.code, ' ') from app.report as r join app.unit as u on u.id = r.superior_unit_id
        where r.unit_id in (select id from app.unit where code like 'kdv-252%' or code = 'kdv-25195')
            and r.period_id = (select period_id from of_test)),
    'bdv-689', 'blocs report to the board of their district');

select pg_temp.add_line('kdv-25195', 'X1', 'done');
select pg_temp.add_line('kdv-25195', 'X2', 'in_progress');
select pg_temp.add_value('kdv-25195', 'V', 5);
select pg_temp.add_value('kdv-25195', 'R', null, 3, 4);
select pg_temp.add_value('kdv-25195', 'N', 10);
select pg_temp.add_line('kdv-25198', 'X1', 'done');
select pg_temp.add_line('kdv-25198', 'X2', 'not_started');
select pg_temp.add_value('kdv-25198', 'V', 0);
select pg_temp.add_value('kdv-25198', 'R', null);
select pg_temp.add_value('kdv-25198', 'N', 20);
-- with its superior, and so not yet anything
select pg_temp.add_line('kdv-25201', 'X1', 'done');
select pg_temp.add_value('kdv-25201', 'V', 100);
select pg_temp.add_value('kdv-25201', 'R', null, 1, 1);
select pg_temp.add_value('kdv-25201', 'N', 99);
-- being rewritten: says 50 now and was approved with 7; its first approval said 1
select pg_temp.add_line('kdv-25204', 'X1', 'done');
select pg_temp.add_line('kdv-25204', 'X2', 'done');
select pg_temp.add_value('kdv-25204', 'V', 50);
insert into app.report_version (report_id, number, event, content)
values
    (pg_temp.report_of('kdv-25204'), 2, 'approved', format('{"lines": [], "values": [{"indicator_id": "%s", "own_value": 1}]}', pg_temp.indicator('V'))::jsonb),
    (pg_temp.report_of('kdv-25204'), 4, 'approved', format('{"lines": [{"item_code": "X1", "status": "in_progress", "done": "x"}],
        "values": [{"indicator_id": "%s", "own_value": 7, "note": "x"},
            {"indicator_id": "%s", "own_numerator": 0, "own_denominator": 2}, {"indicator_id": "%s"}],
        "gathered_lines": []}', pg_temp.indicator('V'), pg_temp.indicator('R'), pg_temp.indicator('N'))::jsonb),
    (pg_temp.report_of('kdv-25204'), 5, 'submitted', format('{"lines": [], "values": [{"indicator_id": "%s", "own_value": 60}]}', pg_temp.indicator('V'))::jsonb);
-- the district's own part
select pg_temp.add_line('bdv-689', 'X1', 'in_progress');
select pg_temp.add_value('bdv-689', 'V', 1);

-- who may, when
select is(pg_temp.gather('t.locninh', 'bdv-689'), 'DV404', 'another district''s report is not there');
select is(pg_temp.gather('t.province.leader', 'bdv-689'), 'DV403 not_permitted', 'a superior never writes in the report');
select is(pg_temp.gather('t.dongxoai.viewer', 'bdv-689'), 'DV403 not_permitted', 'nor does a viewer');
select is(pg_temp.gather('t.dongxoai.admin', 'bdv-689'), 'DV403 not_permitted', 'nor an administrator');
select is(pg_temp.gather('t.dongxoai', 'bdv-689', 999), 'DV412', 'not with a stale version');
select pg_temp.set_status('bdv-689', 'submitted', '2021-11-10');
select is(pg_temp.gather('t.dongxoai', 'bdv-689'), 'DV409 frozen', 'not while it is with the superior');
select pg_temp.set_status('bdv-689', 'draft');
select is(
    pg_temp.as_user('t.dongxoai', $$update app.indicator_value set gathered_value = 1$$), '42501',
    'what is gathered is never written by hand');
select is(
    pg_temp.as_user('t.dongxoai', $$select private.gather_values(r) from app.report as r$$), '42501',
    'nor through the helper behind the command');

-- the district
select is(pg_temp.gather('t.dongxoai', 'bdv-689', (select version from app.report where id = pg_temp.report_of('bdv-689'))),
    '', 'an officer of the unit gathers');
create function pg_temp.lines(p_unit_code text, p_item text) returns text
    language sql return (
        select concat_ws(' ', g.line_count, g.done_count, g.in_progress_count, g.not_started_count)
        from app.report_gathered_line as g
        where g.report_id = pg_temp.report_of(p_unit_code) and g.plan_item_id = pg_temp.item(p_item));
create function pg_temp.value(p_unit_code text, p_indicator text) returns text
    language sql return (
        select format('own %s %s/%s, gathered %s %s/%s, %s of %s%s', v.own_value, v.own_numerator, v.own_denominator,
            v.gathered_value, v.gathered_numerator, v.gathered_denominator, v.gathered_count, v.gathered_expected_count,
            case when not v.is_own_asked then ', not asked' end)
        from app.indicator_value as v
        where v.report_id = pg_temp.report_of(p_unit_code) and v.indicator_id = pg_temp.indicator(p_indicator));

select is(pg_temp.lines('bdv-689', 'X1'), '3 2 1 0', 'X1: done at 25195 and 25198, in progress at 25204 as approved');
select is(pg_temp.lines('bdv-689', 'X2'), '2 0 1 1', 'X2: in progress at 25195, not started at 25198');
select is(pg_temp.value('bdv-689', 'V'), 'own 1 /, gathered 12 /, 3 of 5', 'sum: 5 + 0 + 7, said by three of five blocs');
select is(pg_temp.value('bdv-689', 'R'), 'own  /, gathered  3/6, 2 of 5, not asked', 'ratio: 3/4 and 0/2 make 3/6, not 37 %');
select is(pg_temp.value('bdv-689', 'N'), 'own  /, gathered 20 /, 2 of 5, not asked', 'last: 25198 spoke after 25195');
select is(pg_temp.value('bdv-689', 'Q'), 'own  /, gathered  /, 0 of 5, not asked', 'nobody said anything: null, and not zero');
select is(pg_temp.value('bdv-689', 'W'), null, 'what no unit below is asked is not there');
select results_eq(
    $$select status, gathered_expected_count, gathered_count, gathered_at is not null,
        gathered_missing from app.report where id = pg_temp.report_of('bdv-689')$$,
    format($$values ('draft', 5, 3, true, jsonb_build_array(
        jsonb_build_object('unit_id', %s, 'unit_name', 'Khối Dân vận phường Tân Bình', 'status', 'submitted'),
        jsonb_build_object('unit_id', %s, 'unit_name', 'Khối Dân vận phường Tân Thiện', 'status', 'not_started')))$$,
        pg_temp.unit('kdv-25201'), pg_temp.unit('kdv-25205')),
    'three of five are in; the other two are named in the order of names');
select is(
    (select string_agg(status, ' ') from app.report_line where report_id = pg_temp.report_of('bdv-689')), 'in_progress',
    'the unit''s own line stays as it is');
select results_eq(
    $$select action, change from app.audit_event where resource = 'report'
        and resource_id = pg_temp.report_of('bdv-689')::text and action = 'gather'$$,
    $$values ('gather', '{"expected": 5, "gathered": 3}'::jsonb)$$, 'it is on record');

-- again: one more is in, one is no longer
select pg_temp.set_status('kdv-25205', 'approved', '2021-11-13');
select pg_temp.add_line('kdv-25205', 'X1', 'done');
update app.report set status = 'returned', submission_count = 1 where id = pg_temp.report_of('kdv-25195');
update app.indicator_value set own_value = 2, note = 'Của huyện'
where report_id = pg_temp.report_of('bdv-689') and indicator_id = pg_temp.indicator('V');
create temp table seen as
select indicator_id, version from app.indicator_value where report_id = pg_temp.report_of('bdv-689');
select is(pg_temp.gather('t.dongxoai', 'bdv-689'), '', 'gathered again');
select is(pg_temp.lines('bdv-689', 'X1'), '3 2 1 0', 'X1: done at 25198 and 25205, in progress at 25204');
select is(pg_temp.lines('bdv-689', 'X2'), '1 0 0 1', 'X2: not started at 25198 is left');
select is(pg_temp.value('bdv-689', 'V'), 'own 2 /, gathered 7 /, 2 of 5', 'sum: 0 + 7; the own part as the unit wrote it since');
select is(pg_temp.value('bdv-689', 'R'), 'own  /, gathered  0/2, 1 of 5, not asked', 'ratio: 0/2');
select is(
    (select v.version - s.version from app.indicator_value as v join seen as s using (indicator_id)
        where v.report_id = pg_temp.report_of('bdv-689') and v.indicator_id = pg_temp.indicator('Q')),
    0, 'a row without news keeps its version');
select is(
    (select gathered_missing -> 0 ->> 'status' || ' ' || jsonb_array_length(gathered_missing)
        from app.report where id = pg_temp.report_of('bdv-689')),
    'submitted 2', 'missing: 25201, submitted, and 25195, returned and never approved');
select pg_temp.set_status('kdv-25195', 'approved');
select is(pg_temp.gather('t.dongxoai', 'bdv-689'), '', 'and once more');
select is(pg_temp.value('bdv-689', 'V'), 'own 2 /, gathered 12 /, 3 of 5', 'sum: 5 + 0 + 7; 25205 is in and said nothing of it');

-- the line: district and province of the Women's Union
select pg_temp.add_report('phunu-25195', 'approved', '2021-11-03');
select pg_temp.add_report('phunu-25198', 'not_started');
select pg_temp.add_report('phunu-689', 'draft');
select pg_temp.add_report('phunu-70', 'not_started');
select pg_temp.add_value('phunu-25195', 'W', 4);
select is(pg_temp.gather('t.women.dongxoai', 'phunu-689'), '', 'a union''s district level gathers');
select is(pg_temp.value('phunu-689', 'W'), 'own  /, gathered 4 /, 1 of 2, not asked', 'its communes'' organisations');
select pg_temp.set_status('phunu-689', 'approved', '2021-11-09');
select is(pg_temp.gather('t.women', 'phunu-70'), '', 'its province level gathers');
select is((select status from app.report where id = pg_temp.report_of('phunu-70')), 'draft', 'which begins the draft');
select is(pg_temp.value('phunu-70', 'W'), 'own  /, gathered 4 /, 1 of 2, not asked', 'its districts, who gathered the communes');
select is(pg_temp.value('bdv-689', 'W'), null, 'the district''s board gathers nothing along another line');

-- the province: own and gathered of a district, what is asked counted all the way down
select pg_temp.set_status('phunu-70', 'approved', '2021-11-14');
select pg_temp.set_status('bdv-689', 'approved', '2021-11-14');
select pg_temp.add_report('bdv-692', 'not_started');
select pg_temp.add_report((select u.code from app.unit as u
    where u.kind = 'mobilization_bloc' and u.district_key = (select area_id from app.unit where code = 'bdv-692')
    order by u.code limit 1), 'not_started');
select is(pg_temp.gather('t.province', 'bdv-70'), '', 'the province gathers');
select is(pg_temp.lines('bdv-70', 'X1'), '5 3 2 0', 'X1: three done and one in progress below Đồng Xoài, and its own in progress');
select is(pg_temp.value('bdv-70', 'V'), 'own  /, gathered 14 /, 4 of 8, not asked',
    'sum: 2 + 12; said by three blocs and a district; asked 5 + 1 blocs and 2 districts');
select is(pg_temp.value('bdv-70', 'R'), 'own  /, gathered  3/6, 2 of 6, not asked', 'ratio: 3/6 passed on; 5 + 1 blocs are asked');
select is(pg_temp.value('bdv-70', 'N'), 'own  /, gathered 20 /, 2 of 6, not asked', 'last: passed on');
select is(pg_temp.value('bdv-70', 'W'), 'own  /, gathered 4 /, 1 of 2, not asked', 'the unions'' figures come through their line');
select results_eq(
    $$select gathered_expected_count, gathered_count, gathered_missing -> 0 ->> 'unit_name' from app.report
      where id = pg_temp.report_of('bdv-70')$$,
    $$values (3, 2, 'Ban Dân vận Huyện ủy Lộc Ninh')$$, 'two of three are in: who is missing further down stands in the report between');
select finish();
rollback;
