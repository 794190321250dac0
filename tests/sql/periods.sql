-- Periods: made from a rule or by hand, moved by the calendar or by decision, each move told; the reports
-- that opening asks; exceptions.
begin;
\ir include/acting.sql
select plan(160);

select pg_temp.take_back_plan_36();
update private.installation set mode = 'test', fixed_today = '2021-08-15';
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
select pg_temp.add_user('t.officer', 'bdv-70', 'officer');
select pg_temp.add_user('t.women', 'phunu-70', 'leader');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'leader');
select pg_temp.add_user('t.dongxoai.officer', 'bdv-689', 'officer');
select pg_temp.add_user('t.locninh', 'bdv-692', 'leader');
select pg_temp.add_user('t.tanphu', 'kdv-25195', 'leader');

create function pg_temp.day(p_day date) returns void
    language sql as $$ update private.installation set fixed_today = p_day $$;
create function pg_temp.generate(p_body text default '{}') returns text
    language sql return format('select api.plan_generate_periods(%L, null, %L)', pg_temp.plan_36(), p_body);
create function pg_temp.period(p_label text) returns uuid
    language sql return (select d.id from app.period as d where d.plan_id = pg_temp.plan_36() and d.label = p_label);
create function pg_temp.command(p_command text, p_label text, p_body text, p_version integer default null) returns text
    language sql return format('select api.period_%s(%L, %L, %L)', p_command, pg_temp.period(p_label), p_version, p_body);
create function pg_temp.move(p_label text, p_level integer, p_body text, p_version integer default null) returns text
    language sql return format('select api.period_due_move(%L, %L, %L)',
        (select x.id from app.period_due as x where x.period_id = pg_temp.period(p_label) and x.level_id = p_level),
        p_version, p_body);
create function pg_temp.state(p_label text) returns text
    language sql return (
        select private.period_state(d.opened_at, d.locked_at, d.opens_on, d.expires_on, d.locks_on, private.today())
        from app.period as d where d.id = pg_temp.period(p_label));
create function pg_temp.grant_to(p_label text, p_unit text, p_until date) returns text
    language sql return format(
        $$insert into app.period_exception (period_id, unit_id, until_on, reason) values (%L, %s, %L, 'Bão lũ') returning 'granted'$$,
        pg_temp.period(p_label), pg_temp.unit(p_unit), p_until);
create function pg_temp.revoke(p_unit text, p_version integer default null) returns text
    language sql return format('select api.period_exception_revoke(%L, %L)',
        (select e.id from app.period_exception as e where e.unit_id = pg_temp.unit(p_unit) order by e.created_at, e.id desc limit 1),
        p_version);
create function pg_temp.due(p_label text, p_unit text) returns text
    language sql return (
        select r.due_on || ' of ' || r.original_due_on from app.report as r
        where r.period_id = pg_temp.period(p_label) and r.unit_id = pg_temp.unit(p_unit));
create function pg_temp.told(p_label text) returns text
    language sql return (
        select string_agg(e.event || ' ' || e.cause, ', ' order by e.created_at, e.id)
        from app.period_event as e where e.period_id = pg_temp.period(p_label));
create function pg_temp.by_hand(p_kind text, p_label text, p_from date, p_to date, p_more text default 'null, null') returns text
    language sql return format(
        'insert into app.period (plan_id, kind, label, starts_on, ends_on, opens_on, locks_on) values (%L, %L, %L, %L, %L, %s) returning ''made''',
        pg_temp.plan_36(), p_kind, p_label, p_from, p_to, p_more);

-- generating: who and when
select is(pg_temp.as_user('t.leader', pg_temp.generate()), 'DV409 plan_closed', 'a plan not yet issued has no periods');
select is(pg_temp.as_user('t.women', pg_temp.generate()), 'DV404', 'and to others it is not there');
select pg_temp.as_user('t.leader', format('select api.plan_issue(%L, null)', pg_temp.plan_36())) \g /dev/null
select is(pg_temp.as_user('t.officer', pg_temp.generate()), 'DV403 not_permitted', 'an officer generates nothing');
select is(pg_temp.as_user('t.dongxoai', pg_temp.generate()), 'DV403 not_permitted', 'nor a leader who is not the issuer''s');
select is(
    pg_temp.as_user('t.dongxoai', format('select private.plan_generate_periods(%L, array[''year''], null, null)', pg_temp.plan_36())),
    'DV403 not_permitted', 'nor by the helper behind the command');

-- what is said
select is(pg_temp.as_user('t.leader', pg_temp.generate('{"kinds": []}')), 'DV422 too_few kinds', 'no kind at all');
select is(pg_temp.as_user('t.leader', pg_temp.generate('{"kinds": ["week"]}')), 'DV422 not_a_choice kinds', 'an unknown kind');
select is(pg_temp.as_user('t.leader', pg_temp.generate('{"kinds": ["year", "phase"]}')), 'DV422 not_a_choice kinds', 'phases are made by hand');
select is(pg_temp.as_user('t.leader', pg_temp.generate('{"from_year": 1999}')), 'DV422 out_of_range from_year', 'a year too early');
select is(pg_temp.as_user('t.leader', pg_temp.generate('{"to_year": 2022.5}')), 'DV422 out_of_range to_year', 'half a year');
select is(pg_temp.as_user('t.leader', pg_temp.generate('{"to_year": "2022"}')), 'DV422 out_of_range to_year', 'a text');
select is(pg_temp.as_user('t.leader', pg_temp.generate('{"from_year": 2023, "to_year": 2022}')), 'DV422 wrong_order to_year', 'years in the wrong order');

-- what comes of it: nine months and the year of 2021 (its first half was over before 17/8), then three a year
create temp table answer as select pg_temp.rehearse('t.leader', pg_temp.generate())::jsonb as rehearsed;
select is(count(*), 0::bigint, 'a dry run leaves nothing') from app.period where plan_id = pg_temp.plan_36();
select is(rehearsed - 'labels', '{"made": 14, "already_there": 0}', 'it tells what would be') from answer;
select is(pg_temp.as_user('t.leader', pg_temp.generate())::jsonb, rehearsed, 'the same is then made') from answer;
select is(rehearsed ->> 'labels',
    '["9 tháng năm 2021", "Năm 2021", "6 tháng đầu năm 2022", "9 tháng năm 2022", "Năm 2022", "6 tháng đầu năm 2023", '
    '"9 tháng năm 2023", "Năm 2023", "6 tháng đầu năm 2024", "9 tháng năm 2024", "Năm 2024", "6 tháng đầu năm 2025", '
    '"9 tháng năm 2025", "Năm 2025"]', 'named in the usual way, in the order of time') from answer;
select is(pg_temp.as_user('t.leader', pg_temp.generate())::jsonb, '{"made": 0, "already_there": 14, "labels": []}', 'a second time makes none');
select is(
    pg_temp.rehearse('t.leader', pg_temp.generate('{"kinds": ["month", "quarter", "year"], "to_year": 2021}'))::jsonb,
    '{"made": 7, "already_there": 1, "labels": ["Tháng 8/2021", "Quý III/2021", "Tháng 9/2021", "Tháng 10/2021", "Tháng 11/2021", "Quý IV/2021", "Tháng 12/2021"]}',
    'months and quarters from the one in which the plan begins');
select is(
    pg_temp.rehearse('t.leader', pg_temp.generate('{"kinds": ["month"], "from_year": 2026, "to_year": 2027}'))::jsonb,
    '{"made": 0, "already_there": 0, "labels": []}', 'none after the plan ends');
select results_eq(
    $$select label, starts_on, ends_on, opens_on, expires_on, locks_on, year::integer, recorded_state from app.period
      where id in (pg_temp.period('6 tháng đầu năm 2022'), pg_temp.period('Năm 2022')) order by label$$,
    $$values ('6 tháng đầu năm 2022', date '2022-01-01', date '2022-06-30', date '2022-05-16', date '2022-06-15', date '2022-07-15', 2022, 'planned'),
        ('Năm 2022', '2022-01-01', '2022-12-31', '2022-10-31', '2022-12-05', '2023-01-19', 2022, 'planned')$$,
    'days as the rule counts them from the last day');
select results_eq(
    $$select level_id::integer, due_on, original_due_on from app.period_due where period_id = pg_temp.period('Năm 2022') order by 1$$,
    $$values (1, date '2022-12-05', date '2022-12-05'), (2, '2022-11-25', '2022-11-25'), (3, '2022-11-15', '2022-11-15')$$,
    'each level some days before the one above');

-- the calendar opens: 16/8, the units that lead something, those an indicator asks, the issuer
insert into app.indicator (plan_id, code, name, measure_unit, kind, direction, roll_up, frequency, source, position)
values (pg_temp.plan_36(), 'X1', 'x', 'x', 'value', 'up', 'sum', 'nine_months', 'report', 901),
    (pg_temp.plan_36(), 'X2', 'x', 'x', 'ratio', 'up', 'ratio', 'nine_months', 'rating', 902),
    (pg_temp.plan_36(), 'X3', 'x', 'x', 'value', 'up', 'sum', 'month', 'report', 903);
insert into app.indicator_ask (indicator_id, level_id, line_id)
select i.id, 3, case i.code when 'X1' then 3 else 4 end from app.indicator as i where i.code in ('X1', 'X2', 'X3');
-- asked in other years alone
insert into app.indicator (plan_id, code, name, measure_unit, kind, direction, roll_up, frequency, source, from_year, until_year, position)
values (pg_temp.plan_36(), 'X4', 'x', 'x', 'value', 'up', 'sum', 'nine_months', 'report', 2022, null, 904),
    (pg_temp.plan_36(), 'X5', 'x', 'x', 'value', 'up', 'sum', 'nine_months', 'report', null, 2020, 905);
insert into app.indicator_ask (indicator_id, level_id, line_id)
select i.id, 3, 4 from app.indicator as i where i.code in ('X4', 'X5');
update app.unit set is_active = false where code = 'phunu-692';
update app.assignment set status = 'cancelled' where lead_unit_id = pg_temp.unit('phunu-695');
update app.assignment set starts_on = '2021-10-01', due_on = greatest(due_on, '2021-12-01') where lead_unit_id = pg_temp.unit('phunu-693');
select is(private.period_tick(), 0, 'the day before, nothing opens');
select pg_temp.day('2021-08-16');
select is(private.period_tick(), 1, 'on its day a period opens');
select is(pg_temp.state('9 tháng năm 2021'), 'open', 'it is open');
select is(pg_temp.told('9 tháng năm 2021'), 'opened schedule', 'by the calendar');
select is(private.period_tick(), 0, 'and once only');
-- communes: bloc, front and five bodies 7 × 111, and 111 people's committees that X1 asks; districts: board, front,
-- five bodies, army and police 9 × 11, less the one dissolved, the one with nothing left and the one that begins later
select results_eq(
    $$select level_id::integer, count(*), count(distinct unit_id), min(due_on), max(due_on), min(original_due_on) from app.report
      where period_id = pg_temp.period('9 tháng năm 2021') and level_id > 1 group by 1 order by 1$$,
    $$values (2, 96::bigint, 96::bigint, date '2021-09-10', date '2021-09-10', date '2021-09-10'),
        (3, 888, 888, '2021-09-05', '2021-09-05', '2021-09-05')$$,
    'each unit that leads or is asked owes one, by its level''s day');
select is_empty(
    $$select u.code from app.report as r join app.unit as u on u.id = r.unit_id
      where r.period_id = pg_temp.period('9 tháng năm 2021')
          and (u.code in ('phunu-692', 'phunu-693', 'phunu-695') or (u.level_id = 3 and u.line_id = 4))$$,
    'a unit that is no more, that has nothing left to do, or begins later owes none; nor one that is only rated');
select set_eq(
    $$select u.id from app.report as r join app.unit as u on u.id = r.unit_id
      where r.period_id = pg_temp.period('9 tháng năm 2021') and u.level_id = 1$$,
    $$select distinct a.lead_unit_id from app.assignment as a where a.plan_id = pg_temp.plan_36() and a.level_id = 1$$,
    'at the province too');
select results_eq(
    $$select u.code::text, s.code::text, r.status from app.report as r join app.unit as u on u.id = r.unit_id
      left join app.unit as s on s.id = r.superior_unit_id
      where r.period_id = pg_temp.period('9 tháng năm 2021') and u.code in ('bdv-70', 'bdv-689', 'kdv-25195', 'phunu-689') order by 1$$,
    $$values ('bdv-689', 'bdv-70', 'not_started'), ('bdv-70', null, 'not_started'), ('kdv-25195', 'bdv-689', 'not_started'),
        ('phunu-689', 'phunu-70', 'not_started')$$,
    'each reports to its superior, the issuer to nobody');
select results_eq(
    $$select count(*), count(distinct unit_id) from app.notice where topic = 'period_opened' and plan_id = pg_temp.plan_36()$$,
    $$select count(*), count(*) from app.report where plan_id = pg_temp.plan_36()$$, 'and is told once');
select is(private.period_open_reports(pg_temp.period('9 tháng năm 2021')), 0, 'opening again asks nobody twice');

-- the due day and the lock day belong to it
select pg_temp.day('2021-09-15');
select is(private.period_tick() || pg_temp.state('9 tháng năm 2021'), '0open', 'on the last due day it is open');
select pg_temp.day('2021-09-16');
select is(private.period_tick() || pg_temp.state('9 tháng năm 2021'), '1expired', 'the day after it has expired');
select pg_temp.day('2021-10-15');
select is(private.period_tick() || pg_temp.state('9 tháng năm 2021'), '0expired', 'on the lock day it takes late reports');
select pg_temp.day('2021-10-16');
select is(private.period_tick() || pg_temp.state('9 tháng năm 2021'), '1locked', 'the day after it is locked');
select is(pg_temp.told('9 tháng năm 2021'), 'opened schedule, expired schedule, locked schedule', 'each told with its cause');

-- unlocking, and locked by the calendar once more
select is(pg_temp.as_user('t.leader', pg_temp.command('unlock', '9 tháng năm 2021', '{"reason": "x"}')), 'DV422 required locks_on', 'until when');
select is(pg_temp.as_user('t.leader', pg_temp.command('unlock', '9 tháng năm 2021', '{"reason": "x", "locks_on": "mai"}')), 'DV422 not_a_date locks_on', 'a date');
select is(pg_temp.as_user('t.leader', pg_temp.command('unlock', '9 tháng năm 2021', '{"locks_on": "2021-10-20"}')), 'DV422 required reason', 'and why');
select is(pg_temp.as_user('t.leader', pg_temp.command('unlock', '9 tháng năm 2021', '{"reason": "x", "locks_on": "2021-10-15"}')), 'DV422 in_the_past locks_on', 'not until yesterday');
select is(pg_temp.as_user('t.officer', pg_temp.command('unlock', '9 tháng năm 2021', '{"reason": "x", "locks_on": "2021-10-20"}')), 'DV403 not_permitted', 'an officer does not');
select is(pg_temp.as_user('t.women', pg_temp.command('unlock', '9 tháng năm 2021', '{"reason": "x", "locks_on": "2021-10-20"}')), 'DV403 not_permitted', 'nor another unit''s leader');
select is(pg_temp.as_user('t.leader', pg_temp.command('unlock', '9 tháng năm 2021', '{"reason": "x", "locks_on": "2021-10-20"}', 1)), 'DV412', 'nor who has not seen it as it stands');
select is(pg_temp.as_user('t.leader', pg_temp.command('unlock', '9 tháng năm 2021', '{"reason": "Giãn cách", "locks_on": "2021-10-16"}')), '', 'until today at least');
select is(pg_temp.state('9 tháng năm 2021'), 'expired', 'it takes late reports again');
select is(private.period_tick(), 0, 'today');
select pg_temp.day('2021-10-17');
select is(private.period_tick() || pg_temp.state('9 tháng năm 2021'), '1locked', 'and locks the day after');
select is(pg_temp.told('9 tháng năm 2021'), 'opened schedule, expired schedule, locked schedule, unlocked decision, locked schedule', 'told again');
select is((select count(*) from app.report where period_id = pg_temp.period('9 tháng năm 2021') and unit_id = pg_temp.unit('phunu-693')), 0::bigint,
    'unlocking asks nobody anew');

-- opening early
select is(pg_temp.as_user('t.officer', pg_temp.command('open', 'Năm 2021', '{"reason": "x"}')), 'DV403 not_permitted', 'an officer opens nothing');
select is(pg_temp.as_user('t.dongxoai', pg_temp.command('open', 'Năm 2021', '{"reason": "x"}')), 'DV403 not_permitted', 'nor a district');
select is(pg_temp.as_user('t.leader', pg_temp.command('open', 'Năm 2021', '{"reason": " "}')), 'DV422 required reason', 'without a reason nothing opens');
select is(pg_temp.as_user('t.leader', pg_temp.command('open', 'Năm 2021', format('{"reason": "%s"}', repeat('x', 1001)))), 'DV422 too_long reason', 'a reason, not a book');
select is(pg_temp.as_user('t.leader', format('select private.period_open(%L, null, null)', pg_temp.period('Năm 2021'))), '23514 period_event_decision_told', 'nor by the helper behind');
select is(pg_temp.as_user('t.leader', pg_temp.command('open', 'Năm 2021', '{"reason": "x"}', 9)), 'DV412', 'a stale version');
select is(pg_temp.as_user('t.leader', format('select api.period_open(%L, null, ''{"reason": "x"}'')', gen_random_uuid())), 'DV404', 'no such period');
select is(pg_temp.as_user('t.leader', pg_temp.command('open', '9 tháng năm 2021', '{"reason": "x"}')), 'DV409 wrong_state', 'what is locked is not opened');
select is(pg_temp.as_user('t.leader', pg_temp.command('open', 'Năm 2021', '{"reason": "Chuẩn bị tổng kết sớm"}', 1)), '', 'a leader opens early');
select results_eq(
    $$select e.event, e.cause, e.reason, a.login, u.code::text from app.period_event as e
      join app.user_account as a on a.id = e.by_user_id join app.unit as u on u.id = e.by_unit_id
      where e.period_id = pg_temp.period('Năm 2021')$$,
    $$values ('opened', 'decision', 'Chuẩn bị tổng kết sớm', 't.leader', 'bdv-70')$$, 'in their name, saying why');
-- now the one that begins in October is in; X1 asks nobody for the year
select results_eq(
    $$select level_id::integer, count(*) from app.report where period_id = pg_temp.period('Năm 2021') and level_id > 1 group by 1 order by 1$$,
    $$values (2, 97::bigint), (3, 777)$$, 'its reports are asked at once');
select is(pg_temp.as_user('t.leader', pg_temp.command('open', 'Năm 2021', '{"reason": "x"}')), 'DV409 wrong_state', 'not twice');
select pg_temp.day('2021-10-31');
select is(private.period_tick(), 0, 'on its day the calendar has nothing to add');

-- locking early, and opening again
select is(pg_temp.as_user('t.leader', pg_temp.command('lock', 'Năm 2021', '{}')), 'DV422 required reason', 'a lock says why');
select is(pg_temp.as_user('t.officer', pg_temp.command('lock', 'Năm 2021', '{"reason": "x"}')), 'DV403 not_permitted', 'an officer locks nothing');
select is(pg_temp.as_user('t.leader', pg_temp.command('lock', 'Năm 2021', '{"reason": "Nhầm kỳ"}')), '', 'a leader locks');
select is(pg_temp.state('Năm 2021'), 'locked', 'at once');
select is(pg_temp.as_user('t.leader', pg_temp.command('lock', 'Năm 2021', '{"reason": "x"}')), 'DV409 wrong_state', 'not twice');
select is(pg_temp.as_user('t.leader', pg_temp.move('Năm 2021', 3, '{"reason": "x", "due_on": "2021-11-20"}')), 'DV409 wrong_state', 'no due day of a locked period moves');
select is(pg_temp.as_user('t.leader', pg_temp.command('unlock', 'Năm 2021', '{"reason": "x", "locks_on": "2021-12-04"}')), 'DV422 wrong_order locks_on', 'not before the last due day');
select is(pg_temp.as_user('t.leader', pg_temp.command('unlock', 'Năm 2021', '{"reason": "Đúng kỳ", "locks_on": "2022-01-10"}')), '', 'unlocked');
select is(pg_temp.state('Năm 2021'), 'open', 'it is open again');
select is(pg_temp.told('Năm 2021'), 'opened decision, locked decision, unlocked decision', 'all told');

-- moving a due day
select is(pg_temp.as_user('t.officer', pg_temp.move('Năm 2021', 3, '{"reason": "x", "due_on": "2021-11-20"}')), 'DV403 not_permitted', 'an officer moves no day');
select is(pg_temp.as_user('t.leader', pg_temp.move('Năm 2021', 3, '{"due_on": "2021-11-20"}')), 'DV422 required reason', 'why');
select is(pg_temp.as_user('t.leader', pg_temp.move('Năm 2021', 3, '{"reason": "x"}')), 'DV422 required due_on', 'where to');
select is(pg_temp.as_user('t.leader', pg_temp.move('Năm 2021', 3, '{"reason": "x", "due_on": "2021-10-30"}')), 'DV422 wrong_order due_on', 'not before it opens');
select is(pg_temp.as_user('t.leader', pg_temp.move('Năm 2021', 3, '{"reason": "x", "due_on": "2022-01-11"}')), 'DV422 after_lock due_on', 'not after it locks');
select is(pg_temp.as_user('t.leader', pg_temp.move('Năm 2021', 3, '{"reason": "x", "due_on": "2021-11-20"}', 9)), 'DV412', 'a stale version');
select is(pg_temp.as_user('t.leader', 'select api.period_due_move(gen_random_uuid(), null, ''{"reason": "x", "due_on": "2021-11-20"}'')'), 'DV404', 'no such day');
update app.report set status = 'submitted', submission_count = 1, first_submitted_on = '2021-10-30', submitted_on = '2021-10-30'
where period_id = pg_temp.period('Năm 2021') and unit_id = pg_temp.unit('kdv-25195');
select is(pg_temp.as_user('t.leader', pg_temp.move('Năm 2021', 3, '{"reason": "Bão số 9", "due_on": "2021-11-20"}', 1)), '', 'the communes get five days');
select results_eq(
    $$select due_on, original_due_on, count(*) from app.report where period_id = pg_temp.period('Năm 2021') and level_id = 3 group by 1, 2 order by 1$$,
    $$values (date '2021-11-15', date '2021-11-15', 1::bigint), ('2021-11-20', '2021-11-15', 776)$$,
    'what is still owed follows, what was sent stays, the first day is kept');
select results_eq(
    $$select due_on, original_due_on, version from app.period_due where period_id = pg_temp.period('Năm 2021') and level_id = 3$$,
    $$values (date '2021-11-20', date '2021-11-15', 2)$$, 'here too');
select is(expires_on, '2021-12-05', 'the last due day is the province''s still') from app.period where id = pg_temp.period('Năm 2021');
select is(pg_temp.as_user('t.leader', pg_temp.move('Năm 2021', 1, '{"reason": "Bão số 9", "due_on": "2021-12-20"}')), '', 'the province moves');
select is(expires_on, '2021-12-20', 'and the period''s end with it') from app.period where id = pg_temp.period('Năm 2021');
select is(reason, 'Bão số 9', 'told with its reason') from app.period_event
where period_id = pg_temp.period('Năm 2021') and event = 'due_changed' limit 1;
select pg_temp.day('2021-12-21');
select is(private.period_tick(), 1, 'it expires by the new day');
select is(pg_temp.as_user('t.leader', pg_temp.move('Năm 2021', 1, '{"reason": "Thêm ngày", "due_on": "2021-12-21"}')), '', 'until today once more');
select is(pg_temp.state('Năm 2021'), 'open', 'which opens it');
select pg_temp.day('2021-12-22');
select is(private.period_tick() || pg_temp.state('Năm 2021'), '1expired', 'for that day');
select pg_temp.day('2021-11-01');
update app.period set recorded_state = 'open' where id = pg_temp.period('Năm 2021');
update app.report set status = 'draft' where period_id = pg_temp.period('Năm 2021') and unit_id = pg_temp.unit('kdv-25195');

-- exceptions: who
select is(pg_temp.as_user('t.dongxoai.officer', pg_temp.grant_to('Năm 2021', 'kdv-25195', '2021-11-25')), 'DV403 not_permitted', 'an officer grants none');
select is(pg_temp.as_user('t.tanphu', pg_temp.grant_to('Năm 2021', 'kdv-25195', '2021-11-25')), 'DV403 not_permitted', 'nobody grants their own');
select is(pg_temp.as_user('t.dongxoai', pg_temp.grant_to('Năm 2021', 'phunu-689', '2021-11-28')), 'DV403 not_permitted', 'nor one to a unit of another superior');
select is(pg_temp.as_user('t.locninh', pg_temp.grant_to('Năm 2021', 'kdv-25195', '2021-11-25')), 'DV422 not_visible unit_id', 'another district does not see the unit');
-- what
select is(pg_temp.as_user('t.dongxoai', pg_temp.grant_to('Năm 2021', 'kdv-25195', '2021-11-20')), 'DV422 not_later until_on', 'not the day that all have');
select is(pg_temp.as_user('t.dongxoai', pg_temp.grant_to('Năm 2021', 'kdv-25195', '2021-10-31')), 'DV422 in_the_past until_on', 'not yesterday');
select is(pg_temp.as_user('t.dongxoai', pg_temp.grant_to('Năm 2022', 'kdv-25195', '2022-11-25')), 'DV409 not_open', 'not for a period that has not opened');
select is(pg_temp.as_user('t.women', pg_temp.grant_to('Năm 2021', 'phunu-692', '2021-11-28')), 'DV422 not_active unit_id', 'not for a unit that is no more');
insert into app.plan (id, number, title, issuer_unit_id, period_from, period_to, status)
values ('00000000-0000-7000-8000-0000000000e1', 'T-TP', 'Kế hoạch thành phố', pg_temp.unit('bdv-689'), '2021-01-01', '2021-12-31', 'in_force');
insert into app.period (id, plan_id, kind, label, starts_on, ends_on, year, opens_on, expires_on, locks_on)
values ('00000000-0000-7000-8000-0000000000e2', '00000000-0000-7000-8000-0000000000e1', 'phase', 'Đợt thử', '2021-10-01', '2021-11-01', 2021,
    '2021-10-01', '2021-11-01', '2021-12-31');
update app.period set recorded_state = 'open' where id = '00000000-0000-7000-8000-0000000000e2';
create function pg_temp.grant_city(p_unit text) returns text
    language sql return format($$insert into app.period_exception (period_id, unit_id, until_on, reason)
        values ('00000000-0000-7000-8000-0000000000e2', %s, '2021-12-20', 'x') returning 'granted'$$, pg_temp.unit(p_unit));
select is(pg_temp.as_user('t.dongxoai', pg_temp.grant_city('bdv-70')), 'DV422 outside_issuer unit_id', 'no obligation for the level above');
select is(pg_temp.rehearse('t.dongxoai', pg_temp.grant_city('phunu-689')), 'granted', 'but for any line of the city');
delete from app.period where id = '00000000-0000-7000-8000-0000000000e2';
select is(pg_temp.as_user('t.dongxoai', replace(pg_temp.grant_to('Năm 2021', 'kdv-25195', '2021-11-25'), 'Bão lũ', '')), '23514 period_exception_reason_len', 'not without a reason');
select is(
    pg_temp.as_user('t.dongxoai', replace(replace(pg_temp.grant_to('Năm 2021', 'kdv-25195', '2021-11-25'),
        'reason)', 'reason, granted_unit_id)'), '''Bão lũ'')', '''Bão lũ'', 1)')),
    '42501', 'not in another''s name');
select is(pg_temp.as_user('t.dongxoai', pg_temp.grant_to('Năm 2021', 'kdv-25195', '2021-11-25')), 'granted', 'the superior''s leader grants one');
select is(pg_temp.due('Năm 2021', 'kdv-25195'), '2021-11-25 of 2021-11-15', 'the report is due by then');
select results_eq(
    $$select a.login, u.code::text, e.until_on, e.revoked_at is null from app.period_exception as e
      join app.user_account as a on a.id = e.granted_by join app.unit as u on u.id = e.granted_unit_id
      where e.period_id = pg_temp.period('Năm 2021')$$,
    $$values ('t.dongxoai', 'bdv-689', date '2021-11-25', true)$$, 'with a person, a unit and an end');
select is(pg_temp.as_user('t.leader', pg_temp.grant_to('Năm 2021', 'kdv-25195', '2021-11-26')), '23505 period_exception_one_open', 'one at a time');
select is(pg_temp.as_user('t.tanphu', 'select count(*) from api.period_exceptions where is_in_force'), '1', 'its unit sees it');
select is(pg_temp.as_user('t.locninh', 'select count(*) from api.period_exceptions'), '0', 'another district does not');
select is(pg_temp.as_user('t.leader', pg_temp.move('Năm 2021', 3, '{"reason": "x", "due_on": "2021-11-18"}')), '', 'the level''s day moves');
select is(pg_temp.due('Năm 2021', 'kdv-25195') || ', ' || pg_temp.due('Năm 2021', 'phunu-25195'),
    '2021-11-25 of 2021-11-15, 2021-11-18 of 2021-11-15', 'the exception''s stands');
select is(pg_temp.as_user('t.leader', pg_temp.move('Năm 2021', 3, '{"reason": "x", "due_on": "2021-11-28"}')), '', 'it moves past the exception');
select is(pg_temp.due('Năm 2021', 'kdv-25195'), '2021-11-28 of 2021-11-15', 'nobody loses by having one');
-- taking back
select is(pg_temp.as_user('t.leader', 'select actions from api.period_exceptions'), '{revoke}', 'what is in force can be taken back');
savepoint before_the_end;
select pg_temp.day('2021-11-26');
select is(pg_temp.as_user('t.leader', 'select actions from api.period_exceptions'), '{}', 'what has ended by itself cannot');
rollback to savepoint before_the_end;
select is(pg_temp.as_user('t.dongxoai.officer', pg_temp.revoke('kdv-25195')), 'DV403 not_permitted', 'an officer takes none back');
select is(pg_temp.as_user('t.locninh', pg_temp.revoke('kdv-25195')), 'DV404', 'nor who does not see it');
select is(pg_temp.as_user('t.leader', pg_temp.revoke('kdv-25195', 9)), 'DV412', 'a stale version');
update app.report set due_on = '2021-12-03' where period_id = pg_temp.period('Năm 2021') and unit_id = pg_temp.unit('kdv-25195');
select is(pg_temp.as_user('t.leader', pg_temp.revoke('kdv-25195', 1)), '', 'the issuer''s leader does');
select is(pg_temp.due('Năm 2021', 'kdv-25195'), '2021-11-28 of 2021-11-15', 'due as everybody else');
select is(pg_temp.as_user('t.leader', pg_temp.revoke('kdv-25195')), 'DV409 wrong_state', 'not twice');
select is(
    (select a.login from app.period_exception as e join app.user_account as a on a.id = e.revoked_by), 't.leader', 'by whom is kept');
select is(
    pg_temp.as_user('t.dongxoai', 'delete from app.period_exception'), '42501', 'an exception is never deleted');
-- past the lock, and for a unit that was not asked
select is(pg_temp.as_user('t.dongxoai', pg_temp.grant_to('9 tháng năm 2021', 'kdv-25195', '2021-11-10')), 'granted', 'past the lock, for one unit');
select is(pg_temp.due('9 tháng năm 2021', 'kdv-25195'), '2021-11-10 of 2021-09-05', 'its report is due by then');
select is(pg_temp.as_user('t.women', pg_temp.grant_to('9 tháng năm 2021', 'phunu-693', '2021-11-10')), 'granted', 'for a unit that owed none');
select is(pg_temp.due('9 tháng năm 2021', 'phunu-693'), '2021-11-10 of 2021-09-10', 'which owes one now');

-- by hand
select is(pg_temp.as_user('t.officer', pg_temp.by_hand('phase', 'Giai đoạn 1', '2021-08-17', '2022-12-31')), '42501', 'an officer makes no period');
select is(pg_temp.as_user('t.leader', pg_temp.by_hand('phase', 'Giai đoạn 1', '2021-08-17', '2022-12-31')), 'made', 'a leader makes a phase');
select results_eq(
    $$select d.opens_on, d.expires_on, d.locks_on, x.level_id::integer, x.due_on from app.period as d
      join app.period_due as x on x.period_id = d.id where d.id = pg_temp.period('Giai đoạn 1') order by 4$$,
    $$values (date '2022-11-16', date '2023-01-20', date '2023-03-06', 1, date '2023-01-20'),
        ('2022-11-16', '2023-01-20', '2023-03-06', 2, '2023-01-10'), ('2022-11-16', '2023-01-20', '2023-03-06', 3, '2022-12-31')$$,
    'with the days of its kind');
select is(pg_temp.as_user('t.leader', pg_temp.by_hand('phase', 'Giai đoạn 1', '2023-01-01', '2024-12-31')), '23505 period_label_once', 'one of each name');
select is(pg_temp.as_user('t.leader', pg_temp.by_hand('quarter', 'Quý', '2022-02-01', '2022-04-30')), 'DV422 not_of_kind starts_on', 'a quarter is one of the calendar');
select is(pg_temp.as_user('t.leader', pg_temp.by_hand('six_months', 'Nửa sau', '2022-07-01', '2022-12-31')), 'DV422 not_of_kind starts_on', 'six months are the first');
select is(pg_temp.as_user('t.leader', pg_temp.by_hand('week', 'Tuần', '2022-07-01', '2022-07-07')), 'DV422 not_a_choice kind', 'no such kind');
select is(pg_temp.as_user('t.leader', pg_temp.by_hand('phase', 'Sau', '2026-01-01', '2026-12-31')), 'DV422 out_of_range ends_on', 'not outside of the plan');
select is(pg_temp.as_user('t.leader', pg_temp.by_hand('phase', 'Ngược', '2023-01-02', '2023-01-01')), '23514 period_dates', 'not back in time');
select is(pg_temp.as_user('t.leader', pg_temp.by_hand('phase', 'Khóa sớm', '2023-01-01', '2023-12-31', '''2023-12-01'', ''2023-12-02''')), '23514 period_order', 'not locked before it is due');
select is(
    pg_temp.as_user('t.leader', format($$update app.period set label = 'Giai đoạn I', opens_on = '2022-12-01', locks_on = '2023-03-31'
        where id = %L returning label$$, pg_temp.period('Giai đoạn 1'))), 'Giai đoạn I', 'a name and days are corrected');
select is(
    pg_temp.as_user('t.leader', format($$update app.period set opens_on = '2021-11-01' where id = %L$$, pg_temp.period('Giai đoạn I'))),
    'DV422 decision_needed opens_on', 'but nothing is opened so');
select is(
    pg_temp.as_user('t.leader', format($$update app.period set locks_on = '2022-01-30' where id = %L$$, pg_temp.period('9 tháng năm 2021'))),
    'DV422 decision_needed locks_on', 'nor unlocked');
select is(
    pg_temp.as_user('t.leader', format($$update app.period set recorded_state = 'open' where id = %L$$, pg_temp.period('Giai đoạn I'))),
    '42501', 'nor is the record written by hand');
select is(pg_temp.as_user('t.leader', 'update app.period_event set reason = ''x'''), '42501', 'what happened is never rewritten');
select is(
    pg_temp.as_user('t.women', format($$update app.period set label = 'x' where id = %L returning label$$, pg_temp.period('Giai đoạn I'))), null,
    'nobody else touches it');
select is(pg_temp.as_user('t.leader', format('delete from app.period where id = %L returning label', pg_temp.period('Giai đoạn I'))), 'Giai đoạn I',
    'what has not begun may go');
select is(pg_temp.as_user('t.leader', format('delete from app.period where id = %L returning label', pg_temp.period('Năm 2021'))), null, 'what has may not');
-- over before it was made: it asks nobody, until unlocked
select is(pg_temp.as_user('t.leader', pg_temp.by_hand('phase', 'Đợt đầu', '2021-08-17', '2021-08-20')), 'made', 'a phase of August, made in November');
select is(pg_temp.told('Đợt đầu') || private.period_tick() || (select count(*) from app.report where period_id = pg_temp.period('Đợt đầu')),
    'locked schedule00', 'is locked, and asks nobody');
select is(pg_temp.as_user('t.leader', pg_temp.command('unlock', 'Đợt đầu', '{"reason": "Báo cáo bù", "locks_on": "2021-11-30"}')), '', 'unlocked');
select cmp_ok((select count(*) from app.report where period_id = pg_temp.period('Đợt đầu')), '>', 800::bigint, 'it asks');

-- a district's own plan asks no province; time that nobody looked at is told all the same
insert into app.plan (id, number, title, issuer_unit_id, issuer_area_id, period_from, period_to, status)
select '00000000-0000-7000-8000-00000000dd01', 'KH-ĐX', 'x', u.id, u.area_id, '2021-01-01', '2022-12-31', 'in_force'
from app.unit as u where u.code = 'bdv-689';
select is(pg_temp.as_user('t.dongxoai', $$select api.plan_generate_periods('00000000-0000-7000-8000-00000000dd01', null, '{"kinds": ["year"]}') ->> 'made'$$), '2',
    'a district generates for its own plan');
select results_eq(
    $$select distinct x.level_id::integer from app.period_due as x join app.period as d on d.id = x.period_id
      where d.plan_id = '00000000-0000-7000-8000-00000000dd01' order by 1$$, $$values (2), (3)$$, 'with due days from its own level down');

-- a plan that is closed
select is(pg_temp.as_user('t.leader', pg_temp.grant_to('Đợt đầu', 'bdv-689', '2021-12-10')), 'granted', 'before the plan closes');
select is(pg_temp.as_user('t.leader', format('select api.plan_close(%L, null)', pg_temp.plan_36())), '', 'it closes');
select is(pg_temp.as_user('t.leader', pg_temp.generate()), 'DV409 plan_closed', 'no more periods');
select is(pg_temp.as_user('t.leader', pg_temp.command('lock', 'Năm 2021', '{"reason": "x"}')), 'DV409 plan_closed', 'no more decisions');
select is(pg_temp.as_user('t.dongxoai', pg_temp.grant_to('Năm 2021', 'kdv-25195', '2021-12-25')), 'DV409 plan_closed', 'no more exceptions');
select is(pg_temp.as_user('t.leader', pg_temp.by_hand('phase', 'Cuối', '2025-01-01', '2025-12-31')), 'DV409 plan_closed', 'nor any by hand');
select pg_temp.day('2023-01-01');
-- the district's 2021: opened, expired, locked; its 2022: opened, expired; of plan 36 the year 2021 expires and locks,
-- and the unlocked phase locks
select is(private.period_tick(), 8, 'what stood open still runs out, and what nobody looked at is told all the same');
select is(pg_temp.told('6 tháng đầu năm 2022'), null, 'none of the closed plan opens');
select is(
    pg_temp.as_user('t.leader', format('select state from api.periods where id = %L', pg_temp.period('6 tháng đầu năm 2022'))), 'planned',
    'and none is said to be');

select * from finish();
rollback;
