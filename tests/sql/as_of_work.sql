-- Assignments, entries, counts, totals, the overview and the task matrix of past days, against numbers worked
-- out by hand: five assignments of three blocs and a union, followed from March to July 2022 through the
-- commands, and a merger on 1 July.
begin;
\ir include/acting.sql
\ir include/reorganising.sql
select plan(87);

delete from app.report_line;
delete from app.report;
delete from app.extension_request;
select pg_temp.take_back_plan_36();
update private.installation set mode = 'test', fixed_today = '2022-03-01';
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
select pg_temp.add_user('t.women', 'phunu-70', 'viewer');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'leader');
select pg_temp.add_user('t.locninh', 'bdv-692', 'leader');
select pg_temp.add_user('t.a', 'kdv-25195', 'leader');

insert into app.plan (id, number, title, issuer_unit_id, period_from, period_to, status)
values ('00000000-0000-7000-8000-000000000001', 'TQ-1', 'Kế hoạch thử', pg_temp.unit('bdv-70'), '2022-01-01', '2022-12-31',
    'in_force');
insert into app.plan_item (id, plan_id, kind, code, outline, position, title)
values ('00000000-0000-7000-8000-0000000000a1', '00000000-0000-7000-8000-000000000001', 'task', 'V1', '1', 1, 'Việc một');
create function pg_temp.day(p_day date) returns void
    language sql as $$ update private.installation set fixed_today = p_day $$;
create temp table given as
with made as (
    insert into app.assignment (plan_id, plan_item_id, lead_unit_id, level_id, occurrence, starts_on, due_on, original_due_on, line_id)
    select '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-0000000000a1', u.id, u.level_id, x.occurrence,
        '2022-01-01', x.due_on, x.due_on, u.line_id
    from (values ('kdv-25195', 'Q1', date '2022-03-31'), ('kdv-25195', 'Q2', '2022-06-30'), ('kdv-25198', 'Q1', '2022-03-31'),
        ('kdv-25198', 'Q2', '2022-06-30'), ('phunu-692', 'Q1', '2022-03-31')) as x (unit, occurrence, due_on)
    join app.unit as u on u.code = x.unit
    returning id, lead_unit_id, occurrence, version)
select m.id, u.code || ' ' || m.occurrence as name from made as m join app.unit as u on u.id = m.lead_unit_id;
grant select on given to public;
create function pg_temp.id(p_name text) returns uuid
    language sql return (select g.id from given as g where g.name = p_name);
create function pg_temp.progress(p_login text, p_name text, p_body text, p_command text default 'progress') returns text
    language sql as $$
    select pg_temp.as_user(p_login, format('select ''ok'' from (select api.assignment_%s(%L, %s, %L)) as x', p_command,
        pg_temp.id(p_name), (select a.version from app.assignment as a where a.id = pg_temp.id(p_name)), p_body)) $$;
-- occurrence of kdv-25195 on a day: status, progress, due, days overdue, reported and confirmed
create function pg_temp.told(p_name text, p_day date) returns text
    language sql as $$
    select pg_temp.as_user('t.leader', format('select concat_ws('' '', status, progress, due_on, days_overdue, reported_on, completed_on)
        from api.assignments_on(%L) where id = %L', p_day, pg_temp.id(p_name))) $$;
create function pg_temp.totals(p_login text, p_arguments text) returns text
    language sql as $$
    select pg_temp.as_user(p_login, format('select concat_ws(''/'', not_started, in_progress, reported, completed, cancelled, total, overdue)
        from api.assignment_count_summary_on(%s)', p_arguments)) $$;

-- What happened -------------------------------------------------------------------------------------
select pg_temp.day('2022-03-10');
select is(pg_temp.progress('t.a', 'kdv-25195 Q1', '{"status": "in_progress", "progress": 40}'), 'ok', '10/3: 40 per cent');
select pg_temp.day('2022-03-20');
select is(pg_temp.progress('t.a', 'kdv-25195 Q1', '{"status": "reported", "recorded_on": "2022-03-18", "note": "Xong"}'), 'ok',
    '20/3: done, as of the 18th');
select pg_temp.day('2022-03-22');
select is(pg_temp.progress('t.a', 'kdv-25195 Q1', '{"note": "Bổ sung tài liệu", "recorded_on": "2022-03-12"}'), 'ok',
    '22/3: a note to it, of the 12th: no other day for what was reported');
select pg_temp.day('2022-03-25');
select is(pg_temp.progress('t.a', 'kdv-25195 Q1', '{}', 'confirm'), 'ok', '25/3: confirmed');
select pg_temp.day('2022-04-05');
select is(pg_temp.progress('t.a', 'kdv-25195 Q1', '{"note": "Thiếu phụ lục"}', 'reopen'), 'ok', '5/4: reopened');
select pg_temp.day('2022-04-08');
select is(pg_temp.progress('t.a', 'kdv-25195 Q1', '{"status": "in_progress", "progress": 70, "recorded_on": "2022-04-06"}'), 'ok',
    '8/4: 70 per cent on the 6th');
select pg_temp.day('2022-05-10');
insert into app.extension_request (assignment_id, asked_due_on, reason, asked_by)
select pg_temp.id('kdv-25195 Q2'), '2022-08-31', 'Dịch bệnh', u.id from app.user_account as u where u.login = 't.a';
select is(pg_temp.as_user('t.dongxoai', 'select ''ok'' from (select api.extension_request_grant(r.id, r.version) from api.extension_requests as r) as x'), 'ok',
    '10/5: until 31/8');
select pg_temp.day('2022-06-15');
update app.assignment set status = 'cancelled' where id = pg_temp.id('phunu-692 Q1');

-- One assignment through its days -----------------------------------------------------------------------
select is(pg_temp.told('kdv-25195 Q1', '2022-02-28'), null, 'it was not given yet');
select is(pg_temp.told('kdv-25195 Q1', '2022-03-01'), 'not_started 0 2022-03-31 0', 'the day it was given');
select is(pg_temp.told('kdv-25195 Q1', '2022-03-10'), 'in_progress 40 2022-03-31 0', 'a day counts to its end');
select is(pg_temp.told('kdv-25195 Q1', '2022-03-17'), 'in_progress 40 2022-03-31 0', 'the day before it was done');
select is(pg_temp.told('kdv-25195 Q1', '2022-03-18'), 'reported 100 2022-03-31 0 2022-03-18', 'reported as of the day it was recorded for');
select is(pg_temp.told('kdv-25195 Q1', '2022-04-02'), 'completed 100 2022-03-31 0 2022-03-18 2022-03-25', 'confirmed; not late, though its day is over');
select is(pg_temp.told('kdv-25195 Q1', '2022-04-05'), 'in_progress 100 2022-03-31 5', 'reopened: five days late');
select is(pg_temp.told('kdv-25195 Q1', '2022-04-06'), 'in_progress 70 2022-03-31 6', 'and how far it was');
select is(pg_temp.told('kdv-25195 Q1', '2022-12-31'), 'in_progress 70 2022-03-31 275', 'a day to come: as it stands, and late by then');
select is(pg_temp.told('kdv-25195 Q2', '2022-05-09'), 'not_started 0 2022-06-30 0', 'due as it was before more time was granted');
select is(pg_temp.told('kdv-25195 Q2', '2022-05-10'), 'not_started 0 2022-08-31 0', 'and from then on');
select is(pg_temp.told('phunu-692 Q1', '2022-06-14'), 'not_started 0 2022-03-31 75', 'late until it was cancelled');
select is(pg_temp.told('phunu-692 Q1', '2022-06-15'), 'cancelled 0 2022-03-31 0', 'and then not');
-- said later, of an earlier day: it counts from that day on, whatever had been said in between
select is(pg_temp.progress('t.a', 'kdv-25195 Q1', '{"status": "in_progress", "progress": 80, "recorded_on": "2022-04-02"}'), 'ok',
    '15/6: 80 per cent already on 2/4');
select is(pg_temp.told('kdv-25195 Q1', '2022-04-05'), 'in_progress 80 2022-03-31 5', 'from that day on');
select is(pg_temp.told('kdv-25195 Q1', '2022-04-01'), 'completed 100 2022-03-31 0 2022-03-18 2022-03-25', 'not before');
select is_empty('select * from private.assignment_state_faults()', 'the last state of each is its own');

-- Entries, and the names of the day ------------------------------------------------------------------------
-- recorded for 10/3, 18/3, 12/3, 25/3, 5/4, 6/4, 2/4
select is(pg_temp.as_user('t.leader', format('select count(*) from api.progress_entries_on(''2022-03-20'') where assignment_id = %L', pg_temp.id('kdv-25195 Q1'))),
    '3', 'entries by that day');
update app.unit_version set name = 'Khối cũ' where unit_id = pg_temp.unit('kdv-25195');
update app.unit_version set valid_to = '2022-06-01' where unit_id = pg_temp.unit('kdv-25195');
insert into app.unit_version (unit_id, name, area_id, valid_from) select u.id, 'Khối mới', u.area_id, '2022-06-01' from app.unit as u where u.code = 'kdv-25195';
select is(pg_temp.as_user('t.leader', format('select lead_unit_name from api.assignments_on(''2022-05-31'') where id = %L', pg_temp.id('kdv-25195 Q1'))),
    'Khối cũ', 'the unit by its name of the day');
select is(pg_temp.as_user('t.leader', format('select lead_unit_name from api.assignments_on(''2022-06-01'') where id = %L', pg_temp.id('kdv-25195 Q1'))),
    'Khối mới', 'and the new one from its day');
select is(pg_temp.as_user('t.leader', format('select unit_name from api.progress_entries_on(''2022-05-31'') where assignment_id = %L limit 1', pg_temp.id('kdv-25195 Q1'))),
    'Khối cũ', 'of an entry too');

-- Sums: not started/in progress/reported/completed/cancelled/total/overdue -----------------------------------
select is(pg_temp.totals('t.leader', '''2022-02-28'''), '0/0/0/0/0/0/0', 'before the plan there is nothing');
select is(pg_temp.totals('t.leader', '''2022-03-18'''), '4/0/1/0/0/5/0', 'one reported');
select is(pg_temp.totals('t.leader', '''2022-04-01'''), '4/0/0/1/0/5/2', 'one confirmed; two of the others were due on 31/3');
select is(pg_temp.totals('t.leader', '''2022-07-01'''), '3/1/0/0/1/5/3', 'reopened; cancelled; late: Q1 twice, Q2 of the other bloc');
select is(pg_temp.totals('t.women', '''2022-04-01'''), '1/0/0/0/0/1/1', 'the union sees its line');
select is(pg_temp.totals('t.leader', '''2022-04-01'', pg_temp.unit(''kdv-25195''), false'), '1/0/0/1/0/2/0', 'one unit alone');
select is(pg_temp.as_user('t.leader', 'select string_agg(concat_ws('' '', u.code, c.due_year, c.not_started, c.completed, c.total), ''; '' order by u.code)
    from api.assignment_counts_on(''2022-04-01'') as c join app.unit as u on u.id = c.unit_id'),
    'kdv-25195 2022 1 1 2; kdv-25198 2022 2 0 2; phunu-692 2022 1 0 1', 'counts by unit');

-- Who sees ----------------------------------------------------------------------------------------------------
select is(pg_temp.totals('t.locninh', '''2022-04-01'''), '1/0/0/0/0/1/1', 'a district sees its own');
select is(pg_temp.as_user('t.locninh', 'select string_agg(distinct lead_unit_id::text, '','') from api.assignments_on(''2022-04-01'')'),
    pg_temp.unit('phunu-692')::text, 'and no other''s list');
select is(pg_temp.as_user('t.locninh', format('select count(*) from app.assignment_state where assignment_id = %L', pg_temp.id('kdv-25195 Q1'))), '0',
    'nor the days of another''s');
select is(pg_temp.totals('t.locninh', format('''2022-04-01'', %s', pg_temp.unit('bdv-689'))), 'DV422 not_visible unit', 'nor asks for it');
select is(pg_temp.as_user('t.a', format('insert into app.assignment_state (assignment_id, valid_from, status, progress, line_id) values (%L, ''2022-01-01'', ''completed'', 100, 1)',
    pg_temp.id('kdv-25195 Q2'))), '42501', 'nobody writes a past day');

-- Today is today ----------------------------------------------------------------------------------------------
select is(pg_temp.totals('t.leader', 'private.today()'),
    pg_temp.as_user('t.leader', 'select concat_ws(''/'', not_started, in_progress, reported, completed, cancelled, total, overdue) from api.assignment_count_summary()'),
    'totals of today are those without a day');
select is(
    pg_temp.as_user('t.leader', 'select jsonb_agg(to_jsonb(x) - ''actions'' order by x.id) from api.assignments_on(private.today()) as x'),
    pg_temp.as_user('t.leader', 'select jsonb_agg(to_jsonb(x) - ''actions'' order by x.id) from api.assignments as x'), 'and so is each row of the list');

-- Overview and matrix -------------------------------------------------------------------------------------------
insert into app.period (id, plan_id, kind, label, starts_on, ends_on, opens_on, expires_on, locks_on)
values ('00000000-0000-7000-8000-00000000aa02', '00000000-0000-7000-8000-000000000001', 'phase', 'Thử', '2022-01-01', '2022-03-31', '2022-03-01', '2022-04-30', '2022-05-31');
-- one sent on 5/4, returned on the 7th, sent again on the 9th, approved on the 12th; one drafted on the 13th, when it was given
-- until the 20th, and never sent. Locked by decision on the 15th, unlocked on the 17th
insert into app.report (id, period_id, plan_id, unit_id, status, first_submitted_on, submitted_on, decided_on, original_due_on, due_on)
select x.id::uuid, '00000000-0000-7000-8000-00000000aa02', '00000000-0000-7000-8000-000000000001', pg_temp.unit(x.unit), x.status, x.first, x.sent, x.decided,
    '2022-04-10', x.due_on
from (values ('00000000-0000-7000-8000-00000000ab01', 'kdv-25195', 'approved', date '2022-04-05', date '2022-04-09', date '2022-04-12', date '2022-04-10'),
    ('00000000-0000-7000-8000-00000000ab02', 'kdv-25198', 'draft', null, null, null, '2022-04-20')) as x (id, unit, status, first, sent, decided, due_on);
delete from app.report_state;
insert into app.report_state (report_id, day, status, due_on, submission_count)
select x.id::uuid, x.day, x.status, x.due_on, 0
from (values ('00000000-0000-7000-8000-00000000ab01', date '2022-03-01', 'not_started', date '2022-04-10'),
    ('00000000-0000-7000-8000-00000000ab01', '2022-04-05', 'submitted', '2022-04-10'), ('00000000-0000-7000-8000-00000000ab01', '2022-04-07', 'returned', '2022-04-10'),
    ('00000000-0000-7000-8000-00000000ab01', '2022-04-09', 'submitted', '2022-04-10'), ('00000000-0000-7000-8000-00000000ab01', '2022-04-12', 'approved', '2022-04-10'),
    ('00000000-0000-7000-8000-00000000ab02', '2022-03-01', 'not_started', '2022-04-10'),
    ('00000000-0000-7000-8000-00000000ab02', '2022-04-13', 'draft', '2022-04-20')) as x (id, day, status, due_on);
insert into app.period_event (period_id, event, cause, reason, created_at)
values ('00000000-0000-7000-8000-00000000aa02', 'locked', 'decision', 'x', '2022-04-15 08:00+07'),
    ('00000000-0000-7000-8000-00000000aa02', 'unlocked', 'decision', 'x', '2022-04-17 08:00+07');
create function pg_temp.overview(p_path text, p_day date) returns jsonb
    language sql as $$ select pg_temp.as_user('t.leader', format(
        'select to_jsonb(o) #> %L from api.overview_on(%L, p_plan_id => ''00000000-0000-7000-8000-000000000001'') as o', p_path, p_day))::jsonb $$;
create function pg_temp.led(p_day date) returns text
    language sql as $$ select concat_ws('/', a ->> 'not_started', a ->> 'in_progress', a ->> 'reported', a ->> 'completed', a ->> 'cancelled', a ->> 'total',
        a ->> 'overdue') from pg_temp.overview('{assignments}', p_day) as a $$;
create function pg_temp.worst(p_day date) returns text
    language sql as $$ select string_agg(concat_ws(':', u.code, w ->> 'overdue', w ->> 'longest_days'), ' ' order by (w ->> 'overdue')::integer desc, u.code)
        from jsonb_array_elements(pg_temp.overview('{overdue_by_unit}', p_day)) as w join app.unit as u on u.id = (w ->> 'unit_id')::integer $$;
-- not started/submitted/returned/approved/total/outstanding/late
create function pg_temp.sent(p_day date) returns text
    language sql as $$ select concat_ws('/', a ->> 'not_started', a ->> 'submitted', a ->> 'returned', a ->> 'approved', a ->> 'total', a ->> 'outstanding',
        a ->> 'late') from pg_temp.overview('{reports}', p_day) as a $$;
create function pg_temp.matrix(p_login text, p_day date) returns text
    language sql as $f$ select pg_temp.as_user(p_login, format($$
        select string_agg(concat_ws(' ', u.code, c ->> 'status', c ->> 'overdue', c ->> 'done', c ->> 'total'), '; ' order by u.code)
        from api.task_matrix_on(%L) as m cross join jsonb_array_elements(m.cells) as c join app.unit as u on u.id = m.unit_id
        where m.plan_id = '00000000-0000-7000-8000-000000000001' and m.year = 2022$$, p_day)) $f$;
select is(pg_temp.led('2022-04-01'), '4/0/0/1/0/5/2', 'the overview counts as the totals do');
select is(pg_temp.worst('2022-04-01'), 'kdv-25198:1:1 phunu-692:1:1', 'who was late, a day');
select is(pg_temp.worst('2022-07-01'), 'kdv-25198:2:92 kdv-25195:1:92', 'and by a day to come: Q1 since 31/3, Q2 since 30/6');
select is(pg_temp.sent('2022-02-28'), '0/0/0/0/0/0/0', 'no period took reports yet');
select is(pg_temp.sent('2022-04-04'), '2/0/0/0/2/2/0', 'nothing had come in');
select is(pg_temp.sent('2022-04-06'), '1/1/0/0/2/1/0', 'one had');
select is(pg_temp.sent('2022-04-08'), '1/0/1/0/2/2/0', 'and was returned');
select is(pg_temp.sent('2022-04-11'), '1/1/0/0/2/1/1', 'sent again; the other a day late');
select is(pg_temp.sent('2022-04-12'), '1/0/0/1/2/1/1', 'approved');
select is(pg_temp.overview('{reports,units,0,days_late}', '2022-04-12'), '2', 'late by so many days');
select is(pg_temp.sent('2022-04-14'), '0/0/0/1/2/1/0', 'given more time, it is not late');
select is(pg_temp.overview('{reports,draft}', '2022-04-13'), '1', 'and drafted');
select is(pg_temp.overview('{reports,units,0,due_on}', '2022-04-14'), '"2022-04-20"', 'due as of then');
select is(pg_temp.overview('{reports,units,0,due_on}', '2022-04-12'), '"2022-04-10"', 'and as before');
select is(pg_temp.sent('2022-04-16'), '0/0/0/0/0/0/0', 'locked by decision, though it was unlocked later');
select is(pg_temp.sent('2022-04-17'), '0/0/0/1/2/1/0', 'unlocked');
select is(pg_temp.sent('2022-06-01'), '0/0/0/0/0/0/0', 'the period was locked');
select is(pg_temp.overview('{to_decide}', '2022-04-12'), 'null', 'what waits, waits now');
select is(pg_temp.matrix('t.leader', '2022-02-28'), null, 'no cell before there is something to do');
select is(pg_temp.matrix('t.leader', '2022-04-01'), 'kdv-25195 not_started 0 1 2; kdv-25198 not_started 1 0 2; phunu-692 not_started 1 0 1',
    'worst, late, done and all of a day');
select is(pg_temp.matrix('t.leader', '2022-06-15'), 'kdv-25195 not_started 1 0 2; kdv-25198 not_started 1 0 2; phunu-692 cancelled 0 0 0',
    'reopened and late; cancelled');
select is(pg_temp.matrix('t.locninh', '2022-04-01'), 'phunu-692 not_started 1 0 1', 'a district sees its own rows');
select is(pg_temp.as_user('t.leader', 'select unit_name from api.task_matrix_on(''2022-05-31'') where unit_id = pg_temp.unit(''kdv-25195'')'), 'Khối cũ',
    'under the name of the day');
select is(pg_temp.as_user('t.leader', 'select to_jsonb(o) - ''to_decide'' from api.overview_on(private.today()) as o')::jsonb,
    pg_temp.as_user('t.leader', 'select to_jsonb(o) - ''to_decide'' from api.overview() as o')::jsonb, 'the overview of today is the one without a day');
select is(pg_temp.as_user('t.leader', 'select jsonb_agg(to_jsonb(m) order by m.unit_id, m.plan_id, m.year) from api.task_matrix_on(private.today()) as m')::jsonb,
    pg_temp.as_user('t.leader', 'select jsonb_agg(to_jsonb(m) order by m.unit_id, m.plan_id, m.year) from api.task_matrix as m')::jsonb, 'and the matrix');
select is(pg_temp.as_user('t.locninh', format('select api.overview_on(''2022-04-01'', %s)', pg_temp.unit('bdv-689'))), 'DV422 not_visible unit',
    'another district''s is refused');

-- A merger of the two wards on 1/7 -------------------------------------------------------------------------------
select pg_temp.day('2022-07-01');
select private.reorganisation_carry_out(pg_temp.reorganise('2022-07-01', jsonb_build_array(jsonb_build_object(
    'subject', 'area', 'kind', 'merge', 'from', jsonb_build_array(pg_temp.a('25195'), pg_temp.a('25198')),
    'to', jsonb_build_array('{"new_code": "25195", "new_name": "Phường Bình Phước", "new_kind": "Phường"}'::jsonb))))) \g /dev/null
select pg_temp.add_user('t.heir', 'kdv-25195-2', 'viewer');
-- the four of the wards; the union's is cancelled. Of the wards', Q1 twice was late on 30/6
select is(pg_temp.totals('t.leader', '''2022-06-30'''), '3/1/0/0/1/5/2', 'the day before: all at the old units');
-- Q1 of both is one, begun and late; Q2 of both is one, due with the later (31/8)
select is(pg_temp.totals('t.leader', '''2022-07-01'''), '1/1/0/0/1/3/1', 'the day itself: at the successor, each once');
select is(pg_temp.told('kdv-25195 Q1', '2022-06-30'), 'in_progress 80 2022-03-31 91', 'the old one as it was');
select is(pg_temp.told('kdv-25195 Q1', '2022-07-01'), 'moved 80 2022-03-31 0', 'and moved');
select is(pg_temp.as_user('t.leader', $$select string_agg(concat_ws(' ', lead_unit_name, area_name, occurrence, status, moved_to_id is null), '; ' order by lead_unit_name, occurrence)
    from api.assignments_on('2022-06-30') where lead_unit_id in (pg_temp.unit('kdv-25195'), pg_temp.unit('kdv-25195-2'))$$),
    'Khối mới Phường Tân Phú Q1 in_progress t; Khối mới Phường Tân Phú Q2 not_started t', 'held by the old unit, under its name and ward');
select is(pg_temp.as_user('t.leader', $$select string_agg(concat_ws(' ', area_name, occurrence, status, due_on), '; ' order by occurrence)
    from api.assignments_on('2022-07-01') where lead_unit_id = pg_temp.unit('kdv-25195-2')$$),
    'Phường Bình Phước Q1 in_progress 2022-03-31; Phường Bình Phước Q2 not_started 2022-08-31', 'then by the new one');
select is(pg_temp.totals('t.heir', '''2022-06-30'''), '3/1/0/0/0/4/2', 'a successor sees the past of what it took over');
select is(pg_temp.totals('t.locninh', '''2022-06-30'''), '0/0/0/0/1/1/0', 'another district nothing more');
select is(pg_temp.totals('t.leader', 'private.today()'),
    pg_temp.as_user('t.leader', 'select concat_ws(''/'', not_started, in_progress, reported, completed, cancelled, total, overdue) from api.assignment_count_summary()'),
    'today is today after it, too');
select is_empty('select * from private.assignment_state_faults()', 'and the days of each follow');
select is(pg_temp.matrix('t.leader', '2022-06-30'), 'kdv-25195 not_started 1 0 2; kdv-25198 not_started 1 0 2; phunu-692 cancelled 0 0 0',
    'the matrix of the day before has the old rows');
select is(pg_temp.matrix('t.leader', '2022-07-01'), 'kdv-25195-2 not_started 1 0 2; phunu-692 cancelled 0 0 0', 'and of the day the successor''s');
-- neither ward's bloc stands any more; what one had sent stays sent, what the other had not is owed by nobody
select is(pg_temp.as_user('t.leader', 'select reports -> ''total'' from api.overview_on(''2022-06-30'', p_period_id => ''00000000-0000-7000-8000-00000000aa02'')'), '2',
    'reports of the day before: both asked');
select is(pg_temp.as_user('t.leader', 'select reports -> ''total'' from api.overview_on(''2022-07-01'', p_period_id => ''00000000-0000-7000-8000-00000000aa02'')'), '1',
    'then the one that had come in');
select is(pg_temp.as_user('t.leader', 'select to_jsonb(o) - ''to_decide'' from api.overview_on(private.today()) as o')::jsonb,
    pg_temp.as_user('t.leader', 'select to_jsonb(o) - ''to_decide'' from api.overview() as o')::jsonb, 'the overview of today is today''s after it, too');
create function pg_temp.owed(p_day date) returns text
    language sql as $$ select pg_temp.as_user('t.leader', format(
        'select concat_ws('' '', is_outstanding, is_overdue, days_overdue) from api.reports_on(%L) where id = ''00000000-0000-7000-8000-00000000ab02''', p_day)) $$;
select is(pg_temp.owed('2022-07-01'), 'f f 0', 'in the list, too, it is owed by nobody');
select is(pg_temp.owed('2022-12-31'), 'f f 0', 'nor on a day to come');
select pg_temp.day('2022-08-01');
select is(pg_temp.owed('2022-06-30'), 't t 71', 'asked later: the day before it was, 71 days after 20/4');
select is(pg_temp.owed('2022-07-01'), 'f f 0', 'and then not');

select * from finish();
rollback;
