-- Issuing a plan: who may, when, and what comes of it.
begin;
\ir include/acting.sql
select plan(38);

select pg_temp.take_back_plan_36();
update private.installation set mode = 'test', fixed_today = '2021-08-20';
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
select pg_temp.add_user('t.officer', 'bdv-70', 'officer');
select pg_temp.add_user('t.viewer', 'bdv-70', 'viewer');
select pg_temp.add_user('t.admin', 'bdv-70', 'admin');
select pg_temp.add_user('t.women', 'phunu-70', 'leader');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'leader');
select pg_temp.add_user('t.dongxoai.officer', 'bdv-689', 'officer');

create function pg_temp.issue(p_version integer default null) returns text
    language sql return format($$select api.plan_issue(%L, %L)$$, pg_temp.plan_36(), p_version);
create function pg_temp.command(p_command text) returns text
    language sql return format($$select api.plan_%s(%L, null)$$, p_command, pg_temp.plan_36());

-- who may
select is(pg_temp.as_user('t.officer', pg_temp.issue()), 'DV403 not_permitted', 'an officer does not issue');
select is(pg_temp.as_user('t.viewer', pg_temp.issue()), 'DV403 not_permitted', 'a viewer does not issue');
select is(pg_temp.as_user('t.admin', pg_temp.issue()), 'DV403 not_permitted', 'an administrator does not issue');
select is(pg_temp.as_user('t.women', pg_temp.issue()), 'DV404', 'to another unit the submitted plan is not there');
select is(pg_temp.as_user('t.dongxoai', pg_temp.issue()), 'DV404', 'nor to a unit below');
select is(
    pg_temp.as_user('t.women', format('select private.plan_issue(%L, null)', pg_temp.plan_36())),
    'DV403 not_permitted', 'nor does the helper behind the command let them');
select is(
    pg_temp.as_user('t.leader', format($$update app.plan set status = 'in_force' where id = %L$$, pg_temp.plan_36())),
    '42501', 'status moves through commands only');
select is(
    pg_temp.as_user('t.leader', format($$insert into app.assignment (plan_id, plan_item_id, lead_unit_id, level_id,
        occurrence, starts_on, due_on) select %L, id, 1, 1, 'x', '2021-09-01', '2021-09-02' from app.plan_item limit 1$$,
        pg_temp.plan_36())),
    '42501', 'assignments are never made by hand');

-- when
select is(pg_temp.as_user('t.leader', pg_temp.issue(999)), 'DV412', 'not with a stale version');
select is(pg_temp.rehearse('t.leader', pg_temp.command('return')), '', 'a leader returns a submitted plan');
select is(pg_temp.as_user('t.leader', pg_temp.command('submit')), 'DV409 wrong_state', 'what is submitted is not submitted again');
select is(pg_temp.as_user('t.leader', pg_temp.command('close')), 'DV409 wrong_state', 'nor closed before it is in force');
update app.plan set status = 'draft' where id = pg_temp.plan_36();
select is(pg_temp.as_user('t.leader', pg_temp.issue()), 'DV409 wrong_state', 'a draft is not issued');
update app.plan set status = 'submitted' where id = pg_temp.plan_36();

-- a task that nobody leads stops it
create temp table taken_away as
select r.* from app.responsibility as r join app.plan_item as i on i.id = r.plan_item_id
where i.code = 'T6.3' and r.role = 'lead' and i.plan_id = pg_temp.plan_36();
delete from app.responsibility where id in (select id from taken_away);
select is(pg_temp.as_user('t.leader', pg_temp.issue()), 'DV409 no_lead', 'a task without lead stops the issue');
select is(count(*), 0::bigint, 'and nothing is made') from app.assignment where plan_id = pg_temp.plan_36();
insert into app.responsibility select * from taken_away;

-- a dry run tells the same as the issue
create temp table answer as
select pg_temp.rehearse('t.leader', pg_temp.issue())::jsonb as rehearsed;
select is(count(*), 0::bigint, 'a dry run leaves nothing') from app.assignment where plan_id = pg_temp.plan_36();
select is(status, 'submitted', 'nor moves the plan') from app.plan where id = pg_temp.plan_36();
alter table answer add issued jsonb;
update answer set issued = pg_temp.as_user('t.leader', pg_temp.issue())::jsonb;
select is(issued, rehearsed, 'a dry run answers what the issue answers') from answer;
select is(
    (issued ->> 'assignments')::bigint,
    (select sum((item ->> 'occurrences')::integer * (item ->> 'leads')::integer)
        from jsonb_array_elements(issued -> 'by_item') as item),
    'the counts per task and level add up') from answer;
select is(
    (select count(*) from app.assignment where plan_id = pg_temp.plan_36()), (issued ->> 'assignments')::bigint,
    'and are what was made') from answer;

-- twice
select is(pg_temp.as_user('t.leader', pg_temp.issue()), 'DV409 already_issued', 'issuing twice is refused');
-- docs/plan-36.md: a commune's bloc leads T1.2d, T1.2e, T1.3, T1.5, T6.1 and T6.5a once, T1.4 five times
select results_eq(
    $$select topic, resource_id, count, about_unit_id from app.notice where unit_id = pg_temp.unit('kdv-25195') and topic = 'plan_issued'$$,
    $$select 'plan_issued', pg_temp.plan_36(), 11, pg_temp.unit('bdv-70')$$, 'a unit learns how much the plan gives it to do');
select is(count(*), 0::bigint, 'the issuer knows already')
from app.notice where unit_id = pg_temp.unit('bdv-70') and topic = 'plan_issued';
select is(count(*), 6294::bigint, 'and makes nothing') from app.assignment where plan_id = pg_temp.plan_36();
select results_eq(
    format($$select action, change from app.audit_event where resource = 'plan' and resource_id = %L
        and action = 'issue' and request_id = 'test'$$, pg_temp.plan_36()),
    $$values ('issue', '{"assignments": 6294, "parts": 609}'::jsonb)$$,
    'it is audited once, with the counts');
select is_empty(
    $$select 1 from app.audit_event where resource in ('assignment', 'assignment_part') and action = 'create'$$,
    'and not once per assignment');

-- what came of it
select is_empty(
    $$select a.id from app.assignment as a join app.assignment_part as x on x.assignment_id = a.id
      where x.unit_id = a.lead_unit_id$$,
    'the lead is never also a part: one lead each');
select is_empty(
    format($$select id from app.assignment where plan_id = %L
        and (original_due_on <> due_on or starts_on > due_on or starts_on < '2021-08-17' or due_on > '2025-12-31')$$,
        pg_temp.plan_36()),
    'nothing is due outside the plan, and the original due day is kept');
select results_eq(
    $$select l.code, min(a.due_on), max(a.due_on) from app.assignment as a join app.plan_item as i on i.id = a.plan_item_id
      join app.level as l on l.id = a.level_id where i.code = 'T1.1' group by l.id order by l.id$$,
    $$values ('province', date '2021-09-30', date '2021-09-30'), ('district', date '2021-12-31', date '2021-12-31')$$,
    'part II.1: quarter III at the province, quarter IV in the districts');
select results_eq(
    $$select a.occurrence, a.starts_on, a.due_on from app.assignment as a join app.plan_item as i on i.id = a.plan_item_id
      where i.code = 'T4' order by a.due_on limit 5$$,
    $$values
        ('Giao ban 6 tháng 2021', date '2021-08-17', date '2021-09-30'),
        ('Giao ban 9 tháng 2021', date '2021-10-01', date '2021-10-31'),
        ('Tổng kết năm 2021', date '2021-12-01', date '2021-12-31'),
        ('Giao ban 6 tháng 2022', date '2022-07-01', date '2022-07-31'),
        ('Giao ban 9 tháng 2022', date '2022-10-01', date '2022-10-31')$$,
    'three review meetings a year');
select results_eq(
    $$select a.starts_on, a.due_on from app.assignment as a join app.plan_item as i on i.id = a.plan_item_id
      where i.code = 'T2.1.4' and a.lead_unit_id = pg_temp.unit('bdv-692') order by a.due_on$$,
    $$values (date '2021-08-17', date '2021-12-31'), (date '2022-01-01', date '2022-12-31'),
        (date '2023-01-01', date '2023-12-31'), (date '2024-01-01', date '2024-12-31'), (date '2025-01-01', date '2025-12-31')$$,
    'yearly: five, the first from the signature');
select results_eq(
    $$select u.code::text, x.role from app.assignment_part as x join app.unit as u on u.id = x.unit_id
      where x.assignment_id = pg_temp.owed('T2.1.4', 'bdv-689', 'Năm 2021')$$,
    $$values ('ubnd-689', 'coordinating')$$,
    'a district''s plan is coordinated with its own People''s Committee');
select results_eq(
    $$select u.code::text, x.role from app.assignment_part as x join app.unit as u on u.id = x.unit_id
      where x.assignment_id = pg_temp.owed('T2.3.3', 'quansu-70', 'Giai đoạn 2021-2025') order by u.code collate "C"$$,
    $$values ('bdv-70', 'coordinating'), ('bdv-70-nhanuoc', 'advising_office')$$,
    'A5: the board coordinates, its office advises');

-- original_due_on
select is(
    pg_temp.as_user('t.leader', $$update app.assignment set original_due_on = '2030-01-01'$$), '42501',
    'nobody is granted the original due day');
select throws_ok(
    $$update app.assignment set original_due_on = '2030-01-01' where id = pg_temp.owed('T1.1', 'bdv-70', 'Quý III/2021')$$,
    'DV422', null, 'and not even the owner of the database changes it');

-- a plan of a district's own resolves inside the district
create temp table own (plan uuid, item uuid);
select is(pg_temp.as_user('t.dongxoai.officer', $$
    insert into app.plan (number, title, period_from, period_to)
    values ('01-KH/BDV', 'Kế hoạch thử', '2021-09-01', '2022-12-31') returning status$$),
    'draft', 'a district officer drafts a plan');
insert into own (plan) select id from app.plan where number = '01-KH/BDV' and issuer_unit_id = pg_temp.unit('bdv-689');
with item as (
    insert into app.plan_item (plan_id, kind, code, outline, position, title)
    select plan, 'task', 'T1', '1', 1, 'Nhiệm vụ thử' from own returning id),
answer as (
    insert into app.responsibility (plan_item_id, role, holder_role) select id, 'lead', 'committee_board' from item),
timing as (
    insert into app.schedule (plan_item_id, level_id, recurrence, label, starts_on, due_on, until_year)
    select id, 3, 'yearly', 'Năm', '2021-01-01', '2021-12-31', 2022 from item)
update own set item = item.id from item;
select is(pg_temp.as_user('t.dongxoai.officer', format('select api.plan_submit(%L, 1)', plan)), '', 'and submits it')
from own;
select is(
    pg_temp.as_user('t.dongxoai', format($$select api.plan_issue(%L, 2) ->> 'assignments'$$, plan)), '16',
    'a role of the communes is held by the 8 blocs of the district, 2 years each')
from own;

select * from finish();
rollback;
