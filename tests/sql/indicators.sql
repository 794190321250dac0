-- Indicators: who writes them, whom they ask, what drafting proposes, and the unit's own part.
begin;
\ir include/acting.sql
select plan(68);
\ir include/reporting.sql

select pg_temp.add_user('t.officer', 'bdv-70', 'officer');
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
select pg_temp.add_user('t.viewer', 'bdv-70', 'viewer');
select pg_temp.add_user('t.admin', 'bdv-70', 'admin');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'officer');
select pg_temp.add_user('t.dongxoai.viewer', 'bdv-689', 'viewer');
select pg_temp.add_user('t.locninh', 'bdv-692', 'officer');
select pg_temp.add_user('t.women', 'phunu-70', 'officer');

-- K1 to K6, as docs/indicators.md reads the plan
create function pg_temp.k(p_code text) returns uuid
    language sql return (select i.id from app.indicator as i where i.plan_id = pg_temp.plan_36() and i.code = p_code);
create function pg_temp.asked(p_indicator uuid) returns bigint
    language sql return (select count(*) from private.indicator_asked as a where a.indicator_id = p_indicator);
select is(pg_temp.asked(pg_temp.k('K1')), 555::bigint, 'K1: five bodies in 111 communes');
select is(pg_temp.asked(pg_temp.k('K2')), 666::bigint, 'K2: the Front as well');
select is(pg_temp.asked(pg_temp.k('K3')), 1::bigint, 'K3: the provincial board, not its two offices');
select is(pg_temp.asked(pg_temp.k('K4a')), 12::bigint, 'K4: the boards of the province and eleven districts');
select is(pg_temp.asked(pg_temp.k('K4b')), 12::bigint, 'K4: with the armed forces likewise');
select is(pg_temp.asked(pg_temp.k('K5')), 12::bigint, 'K5: the boards that hold the sessions');
select is(pg_temp.asked(pg_temp.k('K6')), 1::bigint, 'K6: the provincial board');
select results_eq(
    format($$select i.code, min(t.year)::integer, max(t.year)::integer, count(*), min(t.threshold), max(t.threshold),
        bool_and(t.line_id is null and t.comparator = '>=')
        from app.target as t join app.indicator as i on i.id = t.indicator_id where i.plan_id = %L
        group by i.code order by i.code$$, pg_temp.plan_36()),
    $$values ('K1', 2021, 2025, 5::bigint, 90::bigint, 90::bigint, true), ('K2', 2021, 2025, 5, 100, 100, true),
        ('K3', 2021, 2025, 5, 3, 3, true), ('K4a', 2021, 2025, 5, 100, 100, true), ('K4b', 2021, 2025, 5, 100, 100, true),
        ('K5', 2021, 2021, 1, 100, 100, true), ('K6', 2021, 2025, 5, 1, 1, true)$$,
    'targets of 2021 to 2025, K5 of 2021 alone');
select results_eq(
    format($$select i.code, t.code from app.indicator_item as x join app.indicator as i on i.id = x.indicator_id
        join app.plan_item as t on t.id = x.plan_item_id where i.plan_id = %L order by i.code$$, pg_temp.plan_36()),
    $$values ('K3', 'T4'), ('K4a', 'T2.1.4'), ('K4b', 'T2.3.3'), ('K5', 'T1.1'), ('K6', 'T5.3')$$,
    'the tasks whose completion tells them');

-- who writes indicators
create function pg_temp.create_indicator(p_code text, p_more text default '', p_values text default '') returns text
    language sql return format($$insert into app.indicator (plan_id, code, name, measure_unit, kind, direction, roll_up,
        frequency, position%s) values (%L, %L, 'Số mô hình', 'mô hình', 'value', 'up', 'sum', 'year', 70%s) returning code$$,
        p_more, (select plan_id from of_test), p_code, p_values);
select is(pg_temp.as_user('t.officer', pg_temp.create_indicator('M')), 'M', 'an officer of the issuer adds one while the plan is in force');
select is(pg_temp.as_user('t.viewer', pg_temp.create_indicator('M1')), '42501', 'a viewer does not');
select is(pg_temp.as_user('t.admin', pg_temp.create_indicator('M1')), '42501', 'nor an administrator');
select is(pg_temp.as_user('t.dongxoai', pg_temp.create_indicator('M1')), '42501', 'nor whoever is below');
select is(pg_temp.as_user('t.officer', pg_temp.create_indicator('M')), '23505 indicator_code_once', 'a code is used once in a plan');
select is(pg_temp.as_user('t.officer', pg_temp.create_indicator('M 2')), '23514 indicator_code_format', 'a code has no blanks');
select is(pg_temp.as_user('t.officer', pg_temp.create_indicator('M1', ', plan_item_id', format(', %L', pg_temp.item('X1')))),
    'M1', 'it may name an item of the plan');
select is(pg_temp.as_user('t.officer', pg_temp.create_indicator('M2', ', plan_item_id', format(', %L',
    (select id from app.plan_item where plan_id = pg_temp.plan_36() limit 1)))),
    'DV422 not_visible plan_item_id', 'and none of another');
select is(pg_temp.as_user('t.officer', pg_temp.create_indicator('M2', ', source', $$, 'rating'$$)),
    '23514 indicator_rating_is_ratio', 'ratings make a ratio');
select is(pg_temp.as_user('t.officer', pg_temp.create_indicator('M2', ', from_year, until_year', ', 2023, 2022')),
    '23514 indicator_years_order', 'its years are in order');
select is(
    pg_temp.as_user('t.officer', format($$update app.indicator set roll_up = 'ratio' where id = %L returning code$$,
        pg_temp.indicator('M'))),
    '23514 indicator_ratio_rolls', 'a value does not roll up as a ratio');
insert into app.plan (number, title, issuer_unit_id, period_from, period_to)
values ('T-AN', 'Dự thảo', pg_temp.unit('bdv-692'), '2021-01-01', '2025-12-31');
select is(
    pg_temp.as_user('t.officer', replace(pg_temp.create_indicator('M2'), (select plan_id::text from of_test),
        (select id::text from app.plan where number = 'T-AN'))),
    'DV422 not_visible plan_id', 'a hidden draft is answered like no plan');
select is(
    pg_temp.as_user('t.dongxoai', format($$update app.indicator set name = 'x' where id = %L returning code$$, pg_temp.indicator('M'))),
    null, 'whoever is below changes nothing');
select is(
    pg_temp.as_user('t.officer', format($$insert into app.indicator_ask (indicator_id, level_id, line_id)
        values (%L, 2, 1) returning level_id$$, pg_temp.indicator('M'))),
    '2', 'the issuer says whom it asks');
select is(
    pg_temp.as_user('t.officer', format($$insert into app.indicator_ask (indicator_id, level_id, line_id)
        values (%L, 2, 1)$$, pg_temp.indicator('M'))),
    '23505 indicator_ask_once', 'once');
select is(
    pg_temp.as_user('t.dongxoai', format($$insert into app.indicator_ask (indicator_id, level_id, line_id)
        values (%L, 3, 1)$$, pg_temp.indicator('M'))),
    '42501', 'nobody else does');
select is(
    pg_temp.as_user('t.dongxoai', $$delete from app.indicator_ask returning 1$$), null, 'or takes it back');
select is(
    pg_temp.as_user('t.officer', format($$insert into app.indicator_item (indicator_id, plan_item_id)
        values (%L, %L) returning 1$$, pg_temp.indicator('M'), pg_temp.item('X1'))),
    '1', 'nor what tells it: the issuer does');
select is(
    pg_temp.as_user('t.officer', format($$insert into app.indicator_item (indicator_id, plan_item_id) values (%L, %L)$$,
        pg_temp.indicator('M'), (select id from app.plan_item where plan_id = pg_temp.plan_36() limit 1))),
    'DV422 not_visible plan_item_id', 'by items of its own plan');
select is(
    pg_temp.as_user('t.dongxoai', format($$insert into app.indicator_item (indicator_id, plan_item_id) values (%L, %L)$$,
        pg_temp.indicator('M'), pg_temp.item('X2'))),
    '42501', 'and nobody else');
select is(
    pg_temp.as_user('t.officer', format($$delete from app.indicator where id = %L returning code$$, pg_temp.indicator('M'))),
    'M', 'what nobody has answered goes again');

-- what drafting proposes
select pg_temp.add_indicator('V', 'value', 'sum', 10, 'grassroots/mobilization', 'district/mobilization');
select pg_temp.add_indicator('R', 'ratio', 'ratio', 20, 'district/mobilization');
select pg_temp.add_indicator('N', 'value', 'last', 30, 'district/mobilization');
select pg_temp.add_indicator('W', 'value', 'sum', 40, 'district/women');
select pg_temp.add_indicator('OLD', 'value', 'sum', 50, 'district/mobilization');
update app.indicator set until_year = 2020 where id = pg_temp.indicator('OLD');
select pg_temp.add_indicator('HALF', 'value', 'sum', 60, 'district/mobilization');
update app.indicator set frequency = 'six_months' where id = pg_temp.indicator('HALF');
insert into app.indicator_item (indicator_id, plan_item_id)
values (pg_temp.indicator('V'), pg_temp.item('X1')), (pg_temp.indicator('R'), pg_temp.item('X2')),
    (pg_temp.indicator('N'), pg_temp.item('X2'));
delete from app.indicator_item where indicator_id = pg_temp.indicator('N');

create function pg_temp.owe(p_item text, p_unit_code text, p_nth text, p_due_on date, p_status text, p_coordinating text default null)
    returns void
    language sql
as $$
    insert into app.assignment (plan_id, plan_item_id, lead_unit_id, level_id, occurrence, starts_on, due_on, original_due_on, line_id, status)
    select (select plan_id from of_test), pg_temp.item(p_item), u.id, u.level_id, p_nth, '2021-01-01', p_due_on, p_due_on, u.line_id, p_status
    from app.unit as u where u.code = p_unit_code;
    insert into app.assignment_part (assignment_id, unit_id, role)
    select a.id, pg_temp.unit(p_coordinating), 'coordinating'
    from app.assignment as a
    where a.plan_item_id = pg_temp.item(p_item) and a.occurrence = p_nth and p_coordinating is not null;
$$;
select pg_temp.owe('X1', 'bdv-689', '1', '2021-03-31', 'completed');
select pg_temp.owe('X1', 'bdv-689', '2', '2021-12-31', 'completed');
select pg_temp.owe('X1', 'bdv-689', '3', '2021-12-31', 'reported');
select pg_temp.owe('X1', 'bdv-689', '4', '2021-12-31', 'cancelled');
select pg_temp.owe('X1', 'bdv-689', '5', '2022-01-01', 'completed');
select pg_temp.owe('X1', 'bdv-692', '1', '2021-12-31', 'completed');
select pg_temp.owe('X2', 'quansu-689', '1', '2021-12-31', 'completed', 'bdv-689');
select pg_temp.owe('X2', 'congan-689', '2', '2021-12-31', 'in_progress', 'bdv-689');
select pg_temp.add_report('bdv-689', 'draft');
select pg_temp.add_report('bdv-692', 'draft');
select pg_temp.add_report('bdv-70-doanthe', 'draft');

create function pg_temp.own(p_unit_code text, p_indicator text) returns text
    language sql return (
        select format('%s %s/%s%s', v.own_value, v.own_numerator, v.own_denominator,
            case when v.is_own_suggested then ' proposed' end)
        from app.indicator_value as v
        where v.report_id = pg_temp.report_of(p_unit_code) and v.indicator_id = pg_temp.indicator(p_indicator));
select private.report_prefill_values(pg_temp.report_of('bdv-689'));
select is(pg_temp.own('bdv-689', 'V'), '2 / proposed', 'a value: two completed, due in the period, led by the unit');
select is(pg_temp.own('bdv-689', 'R'), ' 1/2 proposed', 'a ratio: one of two that the unit coordinates');
select is(pg_temp.own('bdv-689', 'N'), ' /', 'nothing tells it: asked, and nothing said');
select is(
    (select string_agg(i.code, ' ' order by i.position) from app.indicator_value as v join app.indicator as i on i.id = v.indicator_id
        where v.report_id = pg_temp.report_of('bdv-689')),
    'V R N', 'another line''s, another year''s and another kind of period''s are not asked');
select private.report_prefill_values(pg_temp.report_of('bdv-692'));
select is(pg_temp.own('bdv-692', 'R'), ' /', 'nothing completed proposes nothing, and not zero');
select private.report_prefill_values(pg_temp.report_of('bdv-70-doanthe'));
select is_empty($$select 1 from app.indicator_value where report_id = pg_temp.report_of('bdv-70-doanthe')$$, 'an office is asked for nothing');

-- the own part
create function pg_temp.write(p_login text, p_unit_code text, p_indicator text, p_set text) returns text
    language sql return pg_temp.as_user(p_login, format(
        'update app.indicator_value set %s where report_id = %L and indicator_id = %L returning version', p_set,
        pg_temp.report_of(p_unit_code), pg_temp.indicator(p_indicator)));
update app.assignment set status = 'completed' where plan_item_id = pg_temp.item('X1') and occurrence = '3';
select private.report_prefill_values(pg_temp.report_of('bdv-689'));
select is(pg_temp.own('bdv-689', 'V'), '3 / proposed', 'a proposal nobody touched is renewed');
select is(pg_temp.write('t.dongxoai', 'bdv-689', 'V', 'own_value = 3'), '3', 'an officer writes it, be it unchanged');
select is(pg_temp.own('bdv-689', 'V'), '3 /', 'and it is settled');
select is(pg_temp.write('t.dongxoai', 'bdv-689', 'R', 'own_numerator = 0, own_denominator = 2'), '2', 'zero is said, too');
update app.assignment set status = 'in_progress' where plan_item_id = pg_temp.item('X1') and occurrence = '3';
select private.report_prefill_values(pg_temp.report_of('bdv-689'));
select is(pg_temp.own('bdv-689', 'V'), '3 /', 'what the unit wrote is left alone');
select is(pg_temp.own('bdv-689', 'R'), ' 0/2', 'so is a zero');

select is(pg_temp.write('t.dongxoai.viewer', 'bdv-689', 'V', 'own_value = 4'), null, 'a viewer writes nothing');
select is(pg_temp.write('t.locninh', 'bdv-689', 'V', 'own_value = 4'), null, 'nor another unit');
select is(pg_temp.write('t.leader', 'bdv-689', 'V', 'own_value = 4'), null, 'nor the superior');
select is(pg_temp.write('t.dongxoai', 'bdv-689', 'V', 'own_numerator = 1, own_denominator = 2, own_value = null'),
    'DV422 wrong_measure own_numerator', 'a value is no ratio');
select is(pg_temp.write('t.dongxoai', 'bdv-689', 'R', 'own_value = 1, own_numerator = null, own_denominator = null'),
    'DV422 wrong_measure own_value', 'a ratio is no value');
select is(pg_temp.write('t.dongxoai', 'bdv-689', 'R', 'own_numerator = 3'), '23514 indicator_value_own_part', 'no part is more than the whole');
select is(pg_temp.write('t.dongxoai', 'bdv-689', 'R', 'own_denominator = null'), '23514 indicator_value_own_pair', 'a ratio has both');
select is(pg_temp.write('t.dongxoai', 'bdv-689', 'R', 'own_numerator = -1'), '23514 indicator_value_own_numerator_range', 'nothing is counted below zero');
select is(pg_temp.write('t.dongxoai', 'bdv-689', 'V', 'own_value = 10000000000001'), '23514 indicator_value_own_value_range',
    'no figure is so large that sums would burst');
select is(pg_temp.write('t.dongxoai', 'bdv-689', 'V', 'is_approved = true'), '42501', 'nobody approves by hand');
select is(pg_temp.write('t.dongxoai', 'bdv-689', 'V', 'is_own_asked = true'), '42501', 'nor asks themselves');
update app.indicator_value set is_own_asked = false where report_id = pg_temp.report_of('bdv-689') and indicator_id = pg_temp.indicator('N');
select is(pg_temp.write('t.dongxoai', 'bdv-689', 'N', 'own_value = 1'), 'DV422 not_asked own_value', 'who only passes on says nothing of their own');
select is(pg_temp.write('t.dongxoai', 'bdv-689', 'N', $$note = 'Theo số của các xã'$$), '3', 'and may make a note');

-- frozen with the report
select pg_temp.set_status('bdv-689', 'submitted', '2021-11-14');
select is(pg_temp.write('t.dongxoai', 'bdv-689', 'V', 'own_value = 4'), 'DV409 frozen', 'not while it is with the superior');
select is(pg_temp.as_user('t.locninh', format('select count(*) from api.indicator_values where report_id = %L',
    pg_temp.report_of('bdv-689'))), '0', 'a neighbour sees no values');
select is(pg_temp.as_user('t.leader', format('select count(*) from api.indicator_values where report_id = %L',
    pg_temp.report_of('bdv-689'))), '3', 'the superior sees what was sent in');
select is(pg_temp.as_user('t.leader', format('select count(*) from api.indicator_values where report_id = %L',
    pg_temp.report_of('bdv-692'))), '0', 'and no draft');
select private.report_freeze_values(pg_temp.report_of('bdv-689'), true);
select is((select bool_and(is_approved) from app.indicator_value where report_id = pg_temp.report_of('bdv-689')), true, 'approval freezes them');
select private.report_freeze_values(pg_temp.report_of('bdv-689'), false);
select is((select bool_or(is_approved) from app.indicator_value where report_id = pg_temp.report_of('bdv-689')), false, 'reopening lets go');

-- once answered, it means what it meant
create function pg_temp.change(p_set text) returns text
    language sql return pg_temp.as_user('t.officer', format('update app.indicator set %s where id = %L returning code',
        p_set, pg_temp.indicator('V')));
select is(pg_temp.change($$kind = 'ratio', roll_up = 'ratio'$$), 'DV422 already_answered kind', 'the kind stays');
select is(pg_temp.change($$roll_up = 'last'$$), 'DV422 already_answered roll_up', 'the roll-up stays');
select is(pg_temp.change($$frequency = 'quarter'$$), 'DV422 already_answered frequency', 'the frequency stays');
select is(pg_temp.change($$name = 'Tên rõ hơn'$$), 'V', 'the name may be bettered');
select is(
    pg_temp.as_user('t.officer', format('delete from app.indicator where id = %L', pg_temp.indicator('V'))),
    '23503 indicator_value_indicator_id_fkey', 'and it goes no more');
update app.plan set status = 'closed' where id = (select plan_id from of_test);
select is(pg_temp.change($$name = 'Tên khác'$$), null, 'of a closed plan nothing changes');
select is(pg_temp.as_user('t.officer', pg_temp.create_indicator('M3')), '42501', 'nor is anything added');
select finish();
rollback;
