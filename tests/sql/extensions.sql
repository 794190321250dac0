-- More time for an assignment: who asks, who decides, and what a grant moves.
begin;
\ir include/acting.sql
select plan(64);

select pg_temp.take_back_plan_36();
update private.installation set mode = 'test', fixed_today = '2021-11-15';
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
select pg_temp.add_user('t.officer', 'bdv-70', 'officer');
select pg_temp.add_user('t.women', 'phunu-70', 'leader');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'leader');
select pg_temp.add_user('t.dongxoai.officer', 'bdv-689', 'officer');
select pg_temp.add_user('t.dongxoai.viewer', 'bdv-689', 'viewer');
select pg_temp.add_user('t.dongxoai.admin', 'bdv-689', 'admin');
select pg_temp.add_user('t.locninh', 'bdv-692', 'leader');
select pg_temp.add_user('t.tanphu', 'kdv-25195', 'leader');
select pg_temp.as_user('t.leader', format('select api.plan_issue(%L, null)', pg_temp.plan_36())) \g /dev/null

create temp table subject as select pg_temp.owed('T1.1', 'bdv-689', 'Quý IV/2021') as id;
create function pg_temp.ask(p_assignment uuid, p_day date, p_reason text default 'Giãn cách xã hội') returns text
    language sql return format(
        'insert into app.extension_request (assignment_id, asked_due_on, reason) values (%L, %L, %L) returning ''asked''',
        p_assignment, p_day, p_reason);
create function pg_temp.ask(p_day date) returns text
    language sql return pg_temp.ask((select id from subject), p_day);
create function pg_temp.latest() returns uuid
    language sql as $$ select r.id from app.extension_request as r order by r.id desc limit 1 $$;
create function pg_temp.decide(p_command text, p_body text default '{}', p_version integer default null) returns text
    language sql as $$ select format('select api.extension_request_%s(%L, %L, %L)', p_command, pg_temp.latest(), p_version, p_body) $$;
create temp view owed as
select a.due_on, a.original_due_on, a.due_year::integer, a.version, a.status from app.assignment as a join subject using (id);

-- asking: who
select is(pg_temp.as_user('t.dongxoai.viewer', pg_temp.ask('2022-01-31')), 'DV403 not_permitted', 'a viewer asks nothing');
select is(pg_temp.as_user('t.dongxoai.admin', pg_temp.ask('2022-01-31')), 'DV403 not_permitted', 'nor an administrator');
select is(pg_temp.as_user('t.leader', pg_temp.ask('2022-01-31')), 'DV403 not_permitted', 'nor the superior for them');
select is(pg_temp.as_user('t.locninh', pg_temp.ask('2022-01-31')), 'DV422 not_visible assignment_id', 'another district does not see the assignment');
select is(
    pg_temp.as_user('t.women', pg_temp.ask(pg_temp.owed('T2.2.7', 'bdv-70', 'Bước 1: 8-12/2021'), '2022-01-31')),
    'DV403 not_permitted', 'a coordinating unit asks nothing for the lead');
-- what
select is(pg_temp.as_user('t.dongxoai.officer', pg_temp.ask('2021-12-31')), '23514 extension_request_later', 'the due day itself is no more time');
select is(
    pg_temp.as_user('t.officer', pg_temp.ask(pg_temp.owed('T1.2c', 'bdv-70', 'Quý III/2021'), '2021-11-14')),
    'DV422 in_the_past asked_due_on', 'nor a day that is over');
select is(pg_temp.as_user('t.dongxoai.officer', replace(pg_temp.ask('2022-01-31'), 'Giãn cách xã hội', '')), '23514 extension_request_reason_len', 'why');
select is(pg_temp.as_user('t.dongxoai.officer', pg_temp.ask(gen_random_uuid(), '2022-01-31')), 'DV422 not_visible assignment_id', 'no such assignment');
select is(
    pg_temp.as_user('t.dongxoai.officer', format($$insert into app.extension_request (assignment_id, asked_due_on, reason, status)
        values (%L, '2022-01-31', 'x', 'granted')$$, id)), '42501', 'nobody asks what is granted') from subject;
select is(pg_temp.as_user('t.dongxoai.officer', pg_temp.ask('2022-01-31')), 'asked', 'an officer of the lead unit asks');
select results_eq(
    $$select u.code::text, s.code::text, r.due_on, r.asked_due_on, r.status, a.login from app.extension_request as r
      join app.unit as u on u.id = r.unit_id join app.unit as s on s.id = r.superior_unit_id
      join app.user_account as a on a.id = r.asked_by$$,
    $$values ('bdv-689', 'bdv-70', date '2021-12-31', date '2022-01-31', 'pending', 't.dongxoai.officer')$$,
    'by whom, of whom, from when');
select results_eq('select * from owed', $$values (date '2021-12-31', date '2021-12-31', 2021, 1, 'not_started')$$, 'asking moves nothing');
select results_eq(
    $$select u.code::text, n.about_unit_id, n.resource_id from app.notice as n join app.unit as u on u.id = n.unit_id where topic = 'extension_requested'$$,
    $$select 'bdv-70', pg_temp.unit('bdv-689'), pg_temp.latest()$$, 'the superior is told');
select is(pg_temp.as_user('t.dongxoai', pg_temp.ask('2022-02-28')), '23505 extension_request_one_pending', 'one at a time');

-- seen
select is(pg_temp.as_user('t.leader', 'select array_to_string(actions, '','') from api.extension_requests'), 'grant,refuse', 'the superior''s leader may decide');
select is(pg_temp.as_user('t.officer', 'select array_to_string(actions, '','') from api.extension_requests'), '', 'its officer reads');
select is(pg_temp.as_user('t.dongxoai.officer', 'select array_to_string(actions, '','') from api.extension_requests'), 'withdraw', 'who asked may withdraw');
select is(pg_temp.as_user('t.locninh', 'select count(*) from api.extension_requests'), '0', 'another district does not see it');
select is(pg_temp.as_user('t.women', 'select count(*) from api.extension_requests'), '0', 'nor another line');

-- deciding: who
select is(pg_temp.as_user('t.officer', pg_temp.decide('grant')), 'DV403 not_permitted', 'an officer of the superior grants nothing');
select is(pg_temp.as_user('t.dongxoai', pg_temp.decide('grant')), 'DV403 not_permitted', 'nor the unit''s own leader');
select is(pg_temp.as_user('t.dongxoai', pg_temp.decide('refuse', '{"note": "x"}')), 'DV403 not_permitted', 'nor refuses');
select is(pg_temp.as_user('t.locninh', pg_temp.decide('grant')), 'DV404', 'to others it is not there');
select is(pg_temp.as_user('t.leader', pg_temp.decide('withdraw')), 'DV403 not_permitted', 'nobody withdraws another''s');
select is(
    pg_temp.as_user('t.leader', format($$update app.assignment set due_on = '2022-06-30' where id = %L$$, id)), '42501',
    'nor does a day move by statement') from subject;
-- how
select is(pg_temp.as_user('t.leader', pg_temp.decide('grant', '{}', 9)), 'DV412', 'a stale version');
select is(pg_temp.as_user('t.leader', pg_temp.decide('grant', '{"granted_due_on": "2021-12-31"}')), 'DV422 not_later granted_due_on', 'the same day is no more time');
select is(pg_temp.as_user('t.leader', pg_temp.decide('grant', '{"granted_due_on": "2021-11-14"}')), 'DV422 in_the_past granted_due_on', 'nor a day that is over');
select is(pg_temp.as_user('t.leader', pg_temp.decide('grant', '{"granted_due_on": "Tết"}')), 'DV422 not_a_date granted_due_on', 'nor no day');
select is(pg_temp.as_user('t.leader', pg_temp.decide('grant', format('{"note": "%s"}', repeat('x', 2001)))), 'DV422 too_long note', 'a note, not a book');
select is(pg_temp.as_user('t.leader', pg_temp.decide('refuse')), 'DV422 required note', 'a refusal says why');

-- withdrawn, refused, granted
select is(pg_temp.as_user('t.dongxoai.officer', pg_temp.decide('withdraw')), '', 'withdrawn');
select is(pg_temp.as_user('t.leader', pg_temp.decide('grant')), 'DV409 wrong_state', 'what was withdrawn is not granted');
select is((select count(*) from app.notice where topic = 'extension_decided'), 0::bigint, 'and nobody is told of it');
select is(pg_temp.as_user('t.dongxoai', pg_temp.ask('2022-02-28')), 'asked', 'asked anew');
select is(pg_temp.as_user('t.leader', pg_temp.decide('refuse', '{"note": "Phải xong trong năm"}')), '', 'refused');
select results_eq('select due_on, version from owed', $$values (date '2021-12-31', 1)$$, 'which moves nothing');
select is(
    (select r.decision_note || ' ' || a.login from app.extension_request as r join app.user_account as a on a.id = r.decided_by
        where r.status = 'refused'), 'Phải xong trong năm t.leader', 'by whom and why');
select is(pg_temp.as_user('t.leader', pg_temp.decide('refuse', '{"note": "x"}')), 'DV409 wrong_state', 'once only');
select is(pg_temp.as_user('t.dongxoai', pg_temp.ask('2022-02-28')), 'asked', 'asked a third time');
select is(pg_temp.as_user('t.leader', pg_temp.decide('grant', '{"granted_due_on": "2022-01-15", "note": "Nửa tháng"}', 1)), '', 'granted, less than asked');
select results_eq(
    'select * from owed', $$values (date '2022-01-15', date '2021-12-31', 2022, 2, 'not_started')$$,
    'the due day moves, the original stays, the version grows');
select is((select count(*) from private.assignment_count_faults()), 0::bigint, 'the counters follow into the next year');
select is(pg_temp.as_user('t.dongxoai', pg_temp.decide('withdraw')), 'DV409 wrong_state', 'what was granted is not withdrawn');
select results_eq(
    $$select u.code::text, n.due_on from app.notice as n join app.unit as u on u.id = n.unit_id where topic = 'extension_decided' order by n.created_at, n.id$$,
    $$values ('bdv-689', date '2021-12-31'), ('bdv-689', '2022-01-15')$$, 'the unit is told both times');
select results_eq(
    $$select e.change -> 'before' ->> 'due_on', e.change -> 'after' ->> 'due_on', a.login from app.audit_event as e
      join app.user_account as a on a.id = e.user_id where e.resource = 'assignment' and e.resource_id = (select id::text from subject)$$,
    $$values ('2021-12-31', '2022-01-15', 't.leader')$$, 'the record tells the move');

-- overdue by the new day, not by the old one
create function pg_temp.overdue_on(p_day date) returns text
    language plpgsql
as $$
begin
    update private.installation set fixed_today = p_day;
    return pg_temp.as_user('t.dongxoai', format('select is_overdue from api.assignments where id = %L', (select id from subject)));
end;
$$;
select is(pg_temp.overdue_on('2022-01-01'), 'false', 'past the original day it is not overdue');
select is(pg_temp.overdue_on('2022-01-15'), 'false', 'nor on the new one');
select is(pg_temp.overdue_on('2022-01-16'), 'true', 'but the day after');
update private.installation set fixed_today = '2021-11-15';

-- the lead's own word stands above a pending request
select is(pg_temp.as_user('t.dongxoai', pg_temp.ask('2022-02-28')), 'asked', 'more time still');
update app.assignment set status = 'reported', reported_on = '2021-11-15', progress = 100 where id = (select id from subject);
select is(pg_temp.as_user('t.leader', pg_temp.decide('grant')), 'DV409 closed', 'what is done needs no more time');
select is(pg_temp.as_user('t.leader', pg_temp.decide('refuse', '{"note": "Đã xong"}')), '', 'it can be refused');
select is(pg_temp.as_user('t.dongxoai', pg_temp.ask('2022-03-31')), 'DV409 wrong_state', 'nor is more asked');

-- the issuer's own: nobody stands above
select is(
    pg_temp.as_user('t.officer', pg_temp.ask(pg_temp.owed('T1.2c', 'bdv-70', 'Quý III/2021'), '2021-12-15')), 'asked',
    'the issuer''s officer asks for what is overdue');
select is(superior_unit_id, null, 'of nobody above') from app.extension_request where id = pg_temp.latest();
select is(pg_temp.as_user('t.officer', pg_temp.decide('grant')), 'DV403 not_permitted', 'an officer does not grant it');
select is(pg_temp.as_user('t.leader', pg_temp.decide('grant')), '', 'its own leader does');
select is(due_on, '2021-12-15', 'by the day asked') from app.assignment where id = pg_temp.owed('T1.2c', 'bdv-70', 'Quý III/2021');

-- a closed plan
select is(
    pg_temp.as_user('t.tanphu', pg_temp.ask(pg_temp.owed('T1.3', 'kdv-25195', 'Quý IV/2021'), '2022-03-31')), 'asked', 'a bloc asks its district');
select pg_temp.as_user('t.leader', format('select api.plan_close(%L, null)', pg_temp.plan_36())) \g /dev/null
select is(pg_temp.as_user('t.dongxoai', pg_temp.decide('grant')), 'DV409 plan_closed', 'nothing is granted once the plan is closed');
select is(pg_temp.as_user('t.tanphu', pg_temp.decide('withdraw')), '', 'it can be withdrawn');
select is(
    pg_temp.as_user('t.tanphu', pg_temp.ask(pg_temp.owed('T1.3', 'kdv-25195', 'Quý IV/2021'), '2022-03-31')), 'DV409 plan_closed', 'nor asked');
select is(pg_temp.as_user('t.leader', 'delete from app.extension_request'), '42501', 'no request is ever deleted');

select * from finish();
rollback;
