-- What a unit that is no more had not sent in is owed by nobody, wherever reports are counted; and what waits for
-- the decision of a unit that is no more goes to who stands above now.
begin;
\ir include/acting.sql
\ir include/reporting.sql
select plan(19);
select pg_temp.add_user('t.province', 'bdv-70', 'leader');
select pg_temp.add_user('t.board', 'bdv-689', 'leader');
select pg_temp.add_user('t.a', 'kdv-25195', 'officer');

delete from app.report;
delete from app.extension_request;
-- two communes owe, one of which will end; a third has sent in and will end too
insert into app.report (period_id, plan_id, unit_id, superior_unit_id, due_on, original_due_on, status, submission_count, submitted_on, first_submitted_on)
select t.period_id, t.plan_id, pg_temp.unit(x.code), pg_temp.unit(x.superior), x.due_on, x.due_on, x.status, x.times, x.sent, x.sent
from of_test as t, (values ('kdv-25195', 'bdv-689', date '2021-11-10', 'draft', 0, null::date), ('kdv-25198', 'bdv-689', '2021-11-10', 'draft', 0, null),
    ('kdv-25201', 'bdv-689', '2021-11-10', 'submitted', 1, date '2021-11-09'), ('bdv-689', 'bdv-70', '2021-12-01', 'draft', 0, null)) as x (code, superior, due_on, status, times, sent);
create function pg_temp.told(p_login text, p_what text) returns text
    language sql return pg_temp.as_user(p_login, format('select %s from api.reports where plan_id = %L', p_what, (select plan_id from of_test)));
create function pg_temp.overview(p_key text) returns text
    language sql return pg_temp.as_user('t.province', format('select reports ->> %L from api.overview(p_period_id => %L)', p_key, (select period_id from of_test)));
create function pg_temp.due_notices() returns bigint
    language plpgsql as $$ begin
    delete from app.notice; delete from private.notice_round; perform private.make_due_notices();
    return (select count(*) from app.notice as n where n.topic = 'report_due' and n.plan_id = (select plan_id from of_test)); end $$;
select is(pg_temp.told('t.province', 'count(*) filter (where is_outstanding)'), '3', 'three are owed');
select is(pg_temp.told('t.province', 'count(*) filter (where is_overdue)'), '2', 'two are late');
select is(pg_temp.told('t.province', 'sum(days_overdue)'), '10', 'by five days each');
select is(pg_temp.overview('outstanding'), '3', 'as the overview says');
select is(pg_temp.due_notices(), 2::bigint, 'both units are told');

update app.unit set is_active = false where code in ('kdv-25195', 'kdv-25201');
select is(pg_temp.told('t.province', 'count(*) filter (where is_outstanding)'), '2', 'what a unit that is no more had not sent in is owed by nobody');
select is(pg_temp.told('t.province', 'count(*) filter (where is_overdue)'), '1', 'and is not late');
select is(pg_temp.told('t.province', 'sum(days_overdue)'), '5', 'by no day');
select is(pg_temp.as_user('t.province', $$select string_agg(unit_code, ' ') from report.reports where is_overdue and plan_number = 'T-BDV'$$), 'kdv-25198', 'reporting tools are told the same');
select is(pg_temp.overview('outstanding'), '2', 'and the overview');
select is(pg_temp.due_notices(), 1::bigint, 'nobody is told of it');
select is(pg_temp.as_user('t.province', format($$select owed || ' ' || submitted from api.report_rates(%L, 'level') where group_id = 3$$, (select period_id from of_test))), '2 1',
    'the rates ask for what stands, and for what was sent in');
select is((select expected_count || ' ' || jsonb_array_length(missing) from private.gather_missing((select r from app.report as r where r.unit_id = pg_temp.unit('bdv-689') and r.plan_id = (select plan_id from of_test)))), '2 2',
    'gathering waits for who stands and for who has sent in');

-- the superior ends, by no reorganisation
update app.unit set is_active = false where code = 'bdv-689';
select is((select count(*) from private.report_routes()), 0::bigint, 'nobody takes over');
select private.reorganisation_tick() \g /dev/null
create function pg_temp.decides(p_unit text) returns text
    language sql return (select s.code from app.report as r join app.unit as s on s.id = r.superior_unit_id where r.plan_id = (select plan_id from of_test) and r.unit_id = pg_temp.unit(p_unit));
select is(pg_temp.decides('kdv-25198'), 'bdv-70', 'what is open goes to who stands above now');
select is(pg_temp.decides('kdv-25201'), 'bdv-70', 'and so does what an ended unit had sent in');
select is(pg_temp.as_user('t.province', format('select api.report_approve(id, version) from api.reports where unit_id = %s and plan_id = %L', pg_temp.unit('kdv-25201'), (select plan_id from of_test))), '', 'who decides on it');
create temp table audited as select count(*) as count from app.audit_event where action = 'move_open';
select private.reorganisation_tick() \g /dev/null
select is((select count(*) from app.audit_event where action = 'move_open'), (select count from audited), 'and the next round finds nothing');
select is((select e.change ->> 'superiors' from app.audit_event as e where e.action = 'move_open' order by e.id desc limit 1), '2', 'what moved is on record');
select * from finish();
rollback;
