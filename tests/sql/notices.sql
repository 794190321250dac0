-- Notices of what falls due: each stage once, on its day; the inbox; who gets mail.
begin;
\ir include/acting.sql
select plan(77);

select pg_temp.take_back_plan_36();
delete from app.notice;
delete from private.notice_round;
update private.installation set mode = 'test', fixed_today = '2021-11-15';
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'officer');
select pg_temp.add_user('t.dongxoai.viewer', 'bdv-689', 'viewer');
select pg_temp.add_user('t.dongxoai.leader', 'bdv-689', 'leader');
select pg_temp.add_user('t.tanphu', 'kdv-25195', 'officer');
select pg_temp.as_user('t.leader', format('select api.plan_issue(%L, null)', pg_temp.plan_36())) \g /dev/null

-- of all that the plan makes, only what this test puts on its days stays to be done
update app.assignment set status = 'cancelled';
delete from app.notice;
create function pg_temp.owe(p_unit text, p_number integer, p_due_on date) returns void
    language sql
as $$
    update app.assignment set status = 'not_started', due_on = p_due_on
    where id in (select a.id from app.assignment as a
        where a.lead_unit_id = pg_temp.unit(p_unit) and a.status = 'cancelled' order by a.id limit p_number);
$$;
create temp view told as
select u.code::text as unit, n.topic, n.stage, n.due_on, n.count, o.code::text as about
from app.notice as n
join app.unit as u on u.id = n.unit_id
left join app.unit as o on o.id = n.about_unit_id;
-- what one day's run says
create function pg_temp.day(p_today date) returns setof told
    language plpgsql
as $$
begin
    delete from app.notice_reading;
    create temp table if not exists seen (id uuid);
    insert into seen select n.id from app.notice as n where n.id not in (select s.id from seen as s);
    perform private.make_due_notices(p_today);
    return query
    select u.code::text, n.topic, n.stage, n.due_on, n.count, o.code::text
    from app.notice as n
    join app.unit as u on u.id = n.unit_id
    left join app.unit as o on o.id = n.about_unit_id
    where n.id not in (select s.id from seen as s)
    order by 1, 2, 3, 4;
end;
$$;

-- who stands above
select is(private.superior_of(pg_temp.unit('kdv-25195'), pg_temp.plan_36()), pg_temp.unit('bdv-689'), 'the bloc of a ward reports to the board of its city');
select is(private.superior_of(pg_temp.unit('bdv-689'), pg_temp.plan_36()), pg_temp.unit('bdv-70'), 'which reports to the provincial board');

-- 3 assignments of the ward and 1 of the city fall due on 20/12/2021
select pg_temp.owe('kdv-25195', 3, '2021-12-20');
select pg_temp.owe('bdv-689', 1, '2021-12-20');
select is_empty($$select * from pg_temp.day('2021-12-12')$$, 'eight days before: nothing');
select results_eq($$select * from pg_temp.day('2021-12-13')$$,
    $$values ('bdv-689', 'assignments_due', 'before', date '2021-12-20', 1, null::text),
        ('kdv-25195', 'assignments_due', 'before', date '2021-12-20', 3, null)$$,
    'seven days before: one notice for each unit, not for each assignment');
select is_empty($$select * from pg_temp.day('2021-12-13')$$, 'the same day again: nothing');
select is_empty($$select * from pg_temp.day('2021-12-14')$$, 'six days before: nothing more');
select is_empty($$select * from pg_temp.day('2021-12-19')$$, 'the day before: nothing');
select results_eq($$select * from pg_temp.day('2021-12-20')$$,
    $$values ('bdv-689', 'assignments_due', 'on', date '2021-12-20', 1, null::text),
        ('kdv-25195', 'assignments_due', 'on', date '2021-12-20', 3, null)$$, 'on the day');
-- the city reports one as done: it hears no more
update app.assignment set status = 'reported' where lead_unit_id = pg_temp.unit('bdv-689') and status = 'not_started';
select results_eq($$select * from pg_temp.day('2021-12-21')$$,
    $$values ('kdv-25195', 'assignments_due', 'after', date '2021-12-20', 3, null::text)$$,
    'the day after: who has not done it');
select is_empty($$select * from pg_temp.day('2021-12-22')$$, 'two days late: nothing');
select is_empty($$select * from pg_temp.day('2021-12-26')$$, 'six days late: nothing');
select results_eq($$select * from pg_temp.day('2021-12-27')$$,
    $$values ('bdv-689', 'assignments_due', 'escalated', date '2021-12-20', 3, 'kdv-25195')$$,
    'seven days late: the unit above, saying whose');
select is_empty($$select * from pg_temp.day('2021-12-28')$$, 'and once only');
select is_empty($$select * from pg_temp.day('2021-12-27')$$, 'a clock set back tells nothing twice');
select is(count(*), 6::bigint, 'six notices for four assignments over all their stages') from app.notice;

-- a day set by an extension has notices of its own
update app.assignment set due_on = '2022-01-10' where lead_unit_id = pg_temp.unit('kdv-25195') and status = 'not_started'
    and id = (select min(a.id::text)::uuid from app.assignment as a where a.lead_unit_id = pg_temp.unit('kdv-25195') and a.status = 'not_started');
select results_eq($$select * from pg_temp.day('2022-01-03')$$,
    $$values ('kdv-25195', 'assignments_due', 'before', date '2022-01-10', 1, null::text)$$, 'before the day it was moved to');
select results_eq($$select * from pg_temp.day('2022-01-10')$$,
    $$values ('kdv-25195', 'assignments_due', 'on', date '2022-01-10', 1, null::text)$$, 'on it');
-- moved to a day that is nearer than seven days: told at once
update app.assignment set due_on = '2022-01-14' where due_on = '2022-01-10';
select results_eq($$select * from pg_temp.day('2022-01-11')$$,
    $$values ('kdv-25195', 'assignments_due', 'before', date '2022-01-14', 1, null::text)$$,
    'moved to three days from now: told at the next run, and not as late for the old day');

-- missed days
update app.assignment set status = 'cancelled';
delete from app.notice;
select pg_temp.owe('kdv-25195', 2, '2022-02-10');
update private.notice_round set told_on = '2022-02-01';
select results_eq($$select * from pg_temp.day('2022-02-08')$$,
    $$values ('kdv-25195', 'assignments_due', 'before', date '2022-02-10', 2, null::text)$$,
    'the seventh day before was missed: told two days before');
select results_eq($$select * from pg_temp.day('2022-02-14')$$,
    $$values ('kdv-25195', 'assignments_due', 'after', date '2022-02-10', 2, null::text)$$,
    'the day itself was missed: it is late now, and that is what is said');
select results_eq($$select * from pg_temp.day('2022-03-01')$$,
    $$values ('bdv-689', 'assignments_due', 'escalated', date '2022-02-10', 2, 'kdv-25195')$$,
    'nineteen days late after a silence of fifteen: still goes up');
delete from app.notice;
update private.notice_round set told_on = '2022-02-09';
select results_eq($$select * from pg_temp.day('2022-02-20')$$,
    $$values ('bdv-689', 'assignments_due', 'escalated', date '2022-02-10', 2, 'kdv-25195'),
        ('kdv-25195', 'assignments_due', 'after', date '2022-02-10', 2, null::text)$$,
    'silent over both stages: both are told');
delete from app.notice;
update private.notice_round set told_on = '2022-02-09';
select is_empty($$select * from pg_temp.day('2022-04-01')$$, 'after a silence of more than a month, what is 50 days late stays untold');
delete from private.notice_round;
select is_empty($$select * from pg_temp.day('2022-02-20')$$, 'a first run does not dig up what was late for long');

-- in slices: what is told already makes room for the next
delete from app.notice;
select pg_temp.owe('bdv-689', 1, '2022-02-10');
select results_eq(
    $$select private.tell_due_assignments(s.stage, '2022-02-10', '2022-02-10', 1)
      from (values (1, 'on'), (2, 'on'), (3, 'on'), (4, 'escalated'), (5, 'escalated'), (6, 'escalated')) as s (n, stage) order by s.n$$,
    $$values (1::bigint), (1), (0), (1), (1), (0)$$, 'two units, one at a time, each once');

-- only plans in force, only what is to be done
update app.assignment set status = 'cancelled';
select pg_temp.owe('kdv-25195', 1, '2022-05-10');
update app.plan set status = 'closed' where id = pg_temp.plan_36();
select is_empty($$select * from pg_temp.day('2022-05-10')$$, 'a closed plan presses nobody');
update app.plan set status = 'in_force' where id = pg_temp.plan_36();
update private.notice_round set told_on = '2022-05-09';
update app.assignment set due_on = '2022-05-11' where status = 'not_started';
insert into app.assignment (plan_id, plan_item_id, lead_unit_id, level_id, line_id, occurrence, starts_on, due_on, original_due_on)
select a.plan_id, a.plan_item_id, pg_temp.unit('bdv-70'), a.level_id, a.line_id, 'thử', '2022-01-01', '2022-05-04', '2022-05-04'
from app.assignment as a where a.status = 'not_started' limit 1;
select results_eq($$select * from pg_temp.day('2022-05-11')$$,
    $$values ('bdv-70', 'assignments_due', 'after', date '2022-05-04', 1, null::text),
        ('kdv-25195', 'assignments_due', 'on', date '2022-05-11', 1, null)$$,
    'the issuer has nobody above it: told itself, and nobody else');
update app.assignment set status = 'cancelled';

-- reports: one digest for each unit and day, to the superior that stands in the report
insert into app.period (id, plan_id, kind, label, year, starts_on, ends_on, opens_on, expires_on, locks_on)
values ('00000000-0000-7000-8000-000000000001', pg_temp.plan_36(), 'phase', 'Kỳ thử', 2022, '2022-01-02', '2022-06-30',
    '2022-06-01', '2022-07-10', '2022-08-30');
insert into app.report (id, period_id, plan_id, unit_id, superior_unit_id, due_on, original_due_on)
select '00000000-0000-7000-8000-000000000002'::uuid, '00000000-0000-7000-8000-000000000001'::uuid, pg_temp.plan_36(), pg_temp.unit('bdv-689'), pg_temp.unit('bdv-70'), date '2022-07-01', date '2022-07-01'
union all
select '00000000-0000-7000-8000-000000000003', '00000000-0000-7000-8000-000000000001', pg_temp.plan_36(), pg_temp.unit('kdv-25195'), pg_temp.unit('bdv-689'), '2022-07-01', '2022-07-01';
update private.notice_round set told_on = '2022-06-23';
select results_eq($$select * from pg_temp.day('2022-06-24')$$,
    $$values ('bdv-689', 'report_due', 'before', date '2022-07-01', 1, null::text),
        ('kdv-25195', 'report_due', 'before', date '2022-07-01', 1, null)$$, 'reports: seven days before');
update app.report set status = 'submitted' where unit_id = pg_temp.unit('kdv-25195');
select results_eq($$select * from pg_temp.day('2022-07-01')$$,
    $$values ('bdv-689', 'report_due', 'on', date '2022-07-01', 1, null::text)$$, 'on the day: who has not sent it in');
update app.report set status = 'returned' where unit_id = pg_temp.unit('kdv-25195');
select results_eq($$select * from pg_temp.day('2022-07-02')$$,
    $$values ('bdv-689', 'report_due', 'after', date '2022-07-01', 1, null::text),
        ('kdv-25195', 'report_due', 'after', date '2022-07-01', 1, null)$$, 'one that was returned is owed again');
select results_eq($$select * from pg_temp.day('2022-07-08')$$,
    $$values ('bdv-689', 'report_due', 'escalated', date '2022-07-01', 1, 'kdv-25195'),
        ('bdv-70', 'report_due', 'escalated', date '2022-07-01', 1, 'bdv-689')$$, 'each goes to its own superior');

-- the days are data
update private.notice_stage set days = -3 where stage = 'before';
select pg_temp.owe('bdv-689', 1, '2022-09-10');
select is_empty($$select * from pg_temp.day('2022-09-06')$$, 'set to three days: not yet on the fourth');
select is(count(*), 1::bigint, 'but on the third') from pg_temp.day('2022-09-07');
select throws_ok($$update private.notice_stage set days = 2 where stage = 'before'$$, '23514', null, 'before is before');
select throws_ok($$update private.notice_stage set days = -2 where stage = 'after'$$, '23514', null, 'after is after');

-- the inbox
select is(pg_temp.as_user('t.tanphu', $$select count(*) from api.notices where about_unit_id is not null$$), '0', 'a unit does not see what was told of it');
select is(pg_temp.as_user('t.tanphu', $$select count(*) from app.notice where unit_id <> private.my_unit()$$), '0', 'nobody else''s inbox');
select is(pg_temp.as_user('t.leader', $$select count(*) from app.notice where unit_id <> private.my_unit()$$), '0', 'not even from above');
create temp table mine as select n.id, n.stage from app.notice as n where n.unit_id = pg_temp.unit('bdv-689') and n.topic = 'report_due';
grant select on mine to public;
select is(
    pg_temp.as_user('t.dongxoai', $$select title || '|' || link from api.notices where topic = 'report_due' and stage = 'escalated'$$),
    format('%s chưa nộp báo cáo (hạn 01/07/2022)|/reports/00000000-0000-7000-8000-000000000003', v.name), 'what it says, and where it leads')
from app.unit_version as v where v.unit_id = pg_temp.unit('kdv-25195') and v.valid_to is null;
select is(
    pg_temp.as_user('t.dongxoai', $$select title || '|' || link from api.notices where topic = 'assignments_due' and due_on = '2022-09-10'$$),
    format('1 nhiệm vụ sắp đến hạn (hạn 10/09/2022)|/assignments?unit=%s&due_after=2022-09-09&due_before=2022-09-11', pg_temp.unit('bdv-689')),
    'a digest leads to the list of that day');
select is(pg_temp.as_user('t.dongxoai', $$select count(*) - sum(is_read::integer) from api.notices$$),
    (select count(*)::text from app.notice where unit_id = pg_temp.unit('bdv-689')), 'nothing is read yet');
select is(pg_temp.as_user('t.tanphu', format('select api.notice_read(%L)', id)), 'DV404', 'another unit''s notice is not there') from mine where stage = 'on';
select is(pg_temp.as_user('t.dongxoai', format('select api.notice_read(%L)', id)), '', 'read') from mine where stage = 'on';
select is(pg_temp.as_user('t.dongxoai', format('select api.notice_read(%L)', id)), '', 'read again: no fault') from mine where stage = 'on';
select is(pg_temp.as_user('t.dongxoai', $$select string_agg(stage, ',') from api.notices where is_read$$), 'on', 'that one is read');
select is(pg_temp.as_user('t.dongxoai.leader', $$select count(*) from api.notices where is_read$$), '0', 'by the reader, not by the colleague');
select is(pg_temp.as_user('t.dongxoai.leader', format(
    'insert into app.notice_reading (notice_id, user_id) select %L, id from app.user_account where login = ''t.dongxoai''', id)), '42501',
    'nor can one read for another') from mine where stage = 'after';
select is(pg_temp.as_user('t.dongxoai.viewer', 'select api.notices_read_all()'), '', 'a viewer empties the inbox for themselves');
select is(pg_temp.as_user('t.dongxoai.viewer', 'select unread_notices from api.me'), '0', 'and sees that none is left');
select is(pg_temp.as_user('t.dongxoai', 'select unread_notices from api.me'),
    (select (count(*) - 1)::text from app.notice where unit_id = pg_temp.unit('bdv-689')), 'the officer has all but the one');
select is(pg_temp.as_user('t.dongxoai', 'insert into app.notice (unit_id, topic, once_key) values (private.my_unit(), ''plan_issued'', ''x'')'),
    '42501', 'nobody writes a notice by hand');
select is(pg_temp.as_user('t.dongxoai', 'select count(*) from private.mail'), '42501', 'nor sees the queue');

-- mail: for willing members who act, in the notice's own transaction
delete from private.mail;
update app.user_account set email = login || '@example.vn', wants_mail = true where login in ('t.dongxoai', 't.dongxoai.viewer');
update app.user_account set email = login || '@example.vn' where login = 't.dongxoai.leader';
select is(private.notify_unit(pg_temp.unit('bdv-689'), 'plan_issued', 'thử', p_plan_id => pg_temp.plan_36()), true, 'a notice');
select results_eq(
    'select u.login from private.mail as q join app.user_account as u on u.id = q.user_id',
    $$values ('t.dongxoai')$$, 'is mailed to the officer who asked for it; not to a viewer, not to who did not ask');
select private.notify_unit(pg_temp.unit('bdv-689'), 'plan_issued', 'thử') \g /dev/null
select is(count(*), 1::bigint, 'what was told is not mailed again') from private.mail;

-- the mailer's door
create function pg_temp.as_mailer(p_statement text) returns text
    language plpgsql
as $$
declare
    deployer constant name := session_user;
    answer text;
begin
    begin
        perform set_config('session_authorization', 'danvan_mailer', true);
        execute p_statement into answer;
    exception when others then
        return sqlstate;
    end;
    perform set_config('session_authorization', deployer, true);
    return answer;
end;
$$;
create function pg_temp.take() returns text
    language sql return pg_temp.as_mailer($$select string_agg(concat_ws('|', email, title), ',') from private.mail_take(10)$$);
create function pg_temp.mail_call(p_call text) returns text
    language sql return (select pg_temp.as_mailer(format(p_call, q.id)) from private.mail as q);
create temp view queue as
select q.status, q.attempt_count::integer as attempt_count, (extract(epoch from q.next_try_at - now()) / 60)::integer as wait from private.mail as q;

select is(pg_temp.take(), 't.dongxoai@example.vn|Kế hoạch số 36-KH/BDVTU đã được ban hành', 'the mailer takes it');
select is(pg_temp.take(), null, 'once');
select results_eq('select * from queue', $$values ('sending', 1, 10)$$, 'for ten minutes');
update private.mail set next_try_at = now() - interval '1 second';
select isnt(pg_temp.take(), null, 'a mailer that died: given out again after that');
select is(pg_temp.mail_call('select private.mail_put_back(%s)'), '', 'put back');
select results_eq('select * from queue', $$values ('queued', 1, 0)$$, 'it does not count as a try');
update private.mail set attempt_count = 0;
-- refused each time: 1, 3, 9, 27, 81, 243, 729 minutes, then given up
create function pg_temp.refusals() returns setof text
    language plpgsql
as $$
begin
    for n in 1 .. 8 loop
        update private.mail set next_try_at = now();
        perform pg_temp.take();
        perform pg_temp.mail_call('select private.mail_failed(%s, ''550 no such user'')');
        return query select concat_ws(' ', q.status, q.wait) from queue as q;
    end loop;
end;
$$;
select results_eq('select * from pg_temp.refusals()',
    $$values ('queued 1'), ('queued 3'), ('queued 9'), ('queued 27'), ('queued 81'), ('queued 243'), ('queued 729'), ('failed 2187')$$,
    'tried eight times, ever more rarely');
update private.mail set next_try_at = now();
select is(pg_temp.take(), null, 'and not again');
update private.mail set status = 'sending', next_try_at = now();
select is(pg_temp.take(), null, 'nor when a mailer died with it eight times');
select is(status, 'failed', 'which is a failure') from queue;
update private.mail set status = 'queued', attempt_count = 0;
update app.user_account set wants_mail = false where login = 't.dongxoai';
select is(pg_temp.take(), null, 'who has switched it off meanwhile gets none');
update app.user_account set wants_mail = true where login = 't.dongxoai';
update private.mail set status = 'queued', last_error = null;
select isnt(pg_temp.take(), null, 'taken');
select is(pg_temp.mail_call('select private.mail_sent(%s)'), '', 'and sent');
update private.mail set next_try_at = now();
select is(pg_temp.take(), null, 'is done with');
select is(pg_temp.mail_call('select private.mail_failed(%s, ''late'')'), '', 'a late complaint');
select is(status, 'sent', 'changes nothing') from queue;
select is(pg_temp.as_mailer('select count(*) from private.mail'), '42501', 'the mailer cannot read the queue itself');
select is(pg_temp.as_mailer('select count(*) from app.user_account'), '42501', 'nor the accounts');
select is(pg_temp.as_mailer('select private.maintain()'), '42501', 'nor call anything else');
select is(pg_temp.as_user('t.dongxoai', 'select count(*) from private.mail_take(1)'), '42501', 'and nobody else has its door');
create role stranger nologin;
grant stranger to danvan_mailer;
select results_eq('select object from private.security_faults()', $$values ('danvan_mailer')$$, 'a membership of the mailer is a fault');
revoke stranger from danvan_mailer;
grant execute on function private.maintain() to danvan_mailer;
select results_eq('select fault from private.security_faults()', $$values ('danvan_mailer may execute it')$$, 'so is another function');
select * from finish();
rollback;
