-- Recording progress: the lead's and the others' parts, confirming, reopening, and what is overdue.
begin;
\ir include/acting.sql
select plan(53);

select pg_temp.take_back_plan_36();
update private.installation set mode = 'test', fixed_today = '2021-11-15';
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
select pg_temp.add_user('t.officer', 'bdv-70', 'officer');
select pg_temp.add_user('t.viewer', 'bdv-70', 'viewer');
select pg_temp.add_user('t.admin', 'bdv-70', 'admin');
select pg_temp.add_user('t.women', 'phunu-70', 'officer');
select pg_temp.add_user('t.women.leader', 'phunu-70', 'leader');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'officer');
select pg_temp.add_user('t.tanphu', 'kdv-25195', 'officer');
select pg_temp.as_user('t.leader', format('select api.plan_issue(%L, null)', pg_temp.plan_36())) \g /dev/null

-- the provincial board's first phase of scheme 1217: the Women's Union coordinates, an office advises
create temp table subject as select pg_temp.owed('T2.2.7', 'bdv-70', 'Bước 1: 8-12/2021') as id;
create function pg_temp.say(p_body text, p_version integer default null) returns text
    language sql return format('select api.assignment_progress(%L, %L, %L)', (select id from subject), p_version, p_body);
create function pg_temp.confirm(p_version integer default null) returns text
    language sql return format('select api.assignment_confirm(%L, %L)', (select id from subject), p_version);
create function pg_temp.reopen(p_body text, p_version integer default null) returns text
    language sql return format('select api.assignment_reopen(%L, %L, %L)', (select id from subject), p_version, p_body);
create temp view lead_row as select a.* from app.assignment as a join subject using (id);
create temp view my_part as
select x.* from app.assignment_part as x join subject on subject.id = x.assignment_id
where x.unit_id = pg_temp.unit('phunu-70');

-- who may
select is(pg_temp.as_user('t.viewer', pg_temp.say('{}')), 'DV403 not_permitted', 'a viewer records nothing');
select is(pg_temp.as_user('t.admin', pg_temp.say('{}')), 'DV403 not_permitted', 'an administrator records nothing');
select is(pg_temp.as_user('t.dongxoai', pg_temp.say('{}')), 'DV404', 'what is not seen is not there');
select is(
    pg_temp.as_user('t.leader', format('select api.assignment_progress(%L, null, ''{}'')',
        pg_temp.owed('T1.1', 'bdv-689', 'Quý IV/2021'))),
    'DV403 not_permitted', 'a superior sees a district''s assignment and does not write in it');
select is(
    pg_temp.as_user('t.women', format($$update app.assignment set progress = 50 where id = %L returning 'changed'$$, id)), null,
    'a coordinating unit cannot touch the lead''s row by statement either') from subject;

-- the lead
select is(pg_temp.as_user('t.officer', pg_temp.say('{"progress": 101}')), 'DV422 out_of_range progress', 'at most 100 %');
select is(pg_temp.as_user('t.officer', pg_temp.say('{"progress": 2.5}')), 'DV422 out_of_range progress', 'whole per cents');
select is(pg_temp.as_user('t.officer', pg_temp.say('{"status": "completed"}')), 'DV422 not_a_choice status', 'completed is the leader''s word');
select is(pg_temp.as_user('t.officer', pg_temp.say('{"note": "x", "recorded_on": "2021-11-16"}')), 'DV422 in_future recorded_on', 'not in the future');
select is(pg_temp.as_user('t.officer', pg_temp.say('{"note": "x", "recorded_on": "soon"}')), 'DV422 not_a_date recorded_on', 'a date is a date');
select is(pg_temp.as_user('t.officer', pg_temp.say('{}')), 'DV422 required status', 'something must be said');
select is(pg_temp.as_user('t.officer', pg_temp.say('{"recorded_on": "2021-11-10"}')), 'DV422 required status', 'a date alone says nothing');
select is(pg_temp.as_user('t.officer', pg_temp.say('{"progress": 40, "note": "Đã khảo sát"}', 1)), '', 'an officer of the lead reports');
select results_eq(
    'select status, progress::integer, reported_on, version from lead_row',
    $$values ('in_progress', 40, null::date, 2)$$, 'and the assignment moves on');
select results_eq(
    $$select part, status, progress::integer, note, recorded_on from app.progress_entry as e join subject on e.assignment_id = subject.id$$,
    $$values ('lead', 'in_progress', 40, 'Đã khảo sát', date '2021-11-15')$$, 'with an entry of its own');
select is(pg_temp.as_user('t.officer', pg_temp.say('{"progress": 60}', 1)), 'DV412', 'a stale version is refused');
select is(progress::integer, 40, 'and changes nothing') from lead_row;

-- a coordinating unit
select is(pg_temp.as_user('t.women', pg_temp.say('{"progress": 30, "note": "Chọn hai xã"}', 2)), '', 'a coordinating officer reports');
select results_eq(
    'select status, progress::integer, version from my_part', $$values ('in_progress', 30, 2)$$, 'on its own part');
select results_eq(
    'select status, progress::integer, version from lead_row', $$values ('in_progress', 40, 2)$$,
    'and leaves the lead''s row and version alone');
select is(pg_temp.as_user('t.women', pg_temp.say('{"progress": 35}', 1)), 'DV412', 'whoever speaks has seen the assignment as it stands');
select is(pg_temp.as_user('t.women', pg_temp.say('{"status": "reported"}', 2)), '', 'a part is done when its unit says so');
select results_eq('select status, progress::integer from my_part', $$values ('completed', 100)$$, 'without anybody''s confirmation');
select is(pg_temp.as_user('t.women.leader', pg_temp.confirm()), 'DV403 not_permitted', 'its leader does not confirm the lead''s');
select results_eq(
    $$select unit_id, count(*) from app.assignment_part as x join subject on subject.id = x.assignment_id
      where x.status <> 'not_started' group by unit_id$$,
    $$select pg_temp.unit('phunu-70'), 1::bigint$$, 'no other unit''s part moved');
select is(
    pg_temp.as_user('t.women', format($$select my_part || ' ' || array_to_string(actions, ',') from api.assignments where id = %L$$, id)),
    'coordinating progress', 'it sees its part and what it may do') from subject;
select is(
    pg_temp.as_user('t.women', format($$insert into app.progress_entry (assignment_id, unit_id, part, status, progress, recorded_on,
        recorded_by) select %L, private.my_unit(), 'lead', 'reported', 100, '2021-11-15', private.my_user()$$, id)),
    '42501', 'nor can it write an entry as if it led') from subject;

-- confirming
select is(pg_temp.as_user('t.leader', pg_temp.confirm()), 'DV409 wrong_state', 'what is not reported is not confirmed');
select is(pg_temp.as_user('t.officer', pg_temp.say('{"status": "reported", "recorded_on": "2021-11-12"}')), '', 'the lead reports it done');
select results_eq(
    'select status, progress::integer, reported_on from lead_row', $$values ('reported', 100, date '2021-11-12')$$,
    'reported: 100 %, on that day');
select is(pg_temp.as_user('t.officer', pg_temp.say('{"note": "Gửi kèm biên bản"}')), '', 'a note is added to what was reported');
select results_eq(
    'select status, progress::integer, reported_on from lead_row', $$values ('reported', 100, date '2021-11-12')$$,
    'and takes nothing of it back');
select is(pg_temp.as_user('t.women', pg_temp.say('{"note": "Có ảnh"}')), '', 'the same for a part');
select is(status, 'completed', 'which stays done') from my_part;
select is(pg_temp.as_user('t.officer', pg_temp.confirm()), 'DV403 not_permitted', 'an officer does not confirm');
select is(
    pg_temp.as_user('t.officer', format($$update app.assignment set status = 'completed' where id = %L$$, id)),
    'DV403 leader_needed', 'nor by statement') from subject;
select is(pg_temp.as_user('t.leader', pg_temp.confirm(2)), 'DV412', 'nor a leader who has not seen the report');
select is(pg_temp.as_user('t.leader', pg_temp.confirm(4)), '', 'a leader confirms');
select results_eq(
    'select status, completed_on, confirmed_by from lead_row',
    $$select 'completed', date '2021-11-15', id from app.user_account where login = 't.leader'$$, 'in their name, today');
select is(pg_temp.as_user('t.officer', pg_temp.say('{"progress": 10}')), 'DV409 closed', 'what is completed takes no more progress');
select is(pg_temp.as_user('t.women', pg_temp.say('{"progress": 10}')), 'DV409 closed', 'nor do its parts');

-- reopening
select is(pg_temp.as_user('t.leader', pg_temp.reopen('{"note": " "}')), 'DV422 required note', 'a leader reopens saying why');
select is(pg_temp.as_user('t.officer', pg_temp.reopen('{"note": "x"}')), 'DV403 not_permitted', 'an officer does not');
select is(pg_temp.as_user('t.leader', pg_temp.reopen('{"note": "Thiếu minh chứng"}')), '', 'and it is open again');
select results_eq(
    'select status, reported_on, completed_on, confirmed_by, original_due_on from lead_row',
    $$values ('in_progress', null::date, null::date, null::uuid, date '2021-12-31')$$, 'as if not reported, its due day kept');
select results_eq(
    $$select e.status from app.progress_entry as e join subject on e.assignment_id = subject.id where e.part = 'lead' order by e.created_at$$,
    $$values ('in_progress'), ('reported'), ('reported'), ('completed'), ('reopened')$$, 'every word is kept');
select is(
    pg_temp.as_user('t.officer', $$update app.progress_entry set note = 'x'$$), '42501', 'and never rewritten');

-- overdue: quarter III of the province passed on 30/9
select results_eq(
    $$select distinct u.code::text from app.assignment as a join app.unit as u on u.id = a.lead_unit_id
      where private.is_overdue(a.is_pending, a.due_on, '2021-11-15')$$,
    $$values ('bdv-70')$$, 'overdue on 15/11/2021: the lead of quarter III');
select is(
    pg_temp.as_user('t.officer', $$select count(*) from api.assignments where is_overdue and my_part = 'lead'$$),
    '8', 'T1.1, T1.2a, b, c, T1.3, T1.5 and the meetings of 6 and 9 months');
insert into app.assignment_part (assignment_id, unit_id, role)
values (pg_temp.owed('T1.2c', 'bdv-70', 'Quý III/2021'), pg_temp.unit('phunu-70'), 'coordinating');
select is(
    pg_temp.as_user('t.women', $$select count(*) from api.assignments where is_overdue and lead_unit_id = private.my_unit()$$),
    '0', 'a coordinating unit is not charged');
select is(
    pg_temp.as_user('t.women', $$select overdue from api.assignment_count_summary()$$), '0', 'nor counted');
select is(
    pg_temp.as_user('t.leader', $$select overdue || ' of ' || total from api.assignment_count_summary()$$), '8 of 6294',
    'the province counts the lead''s');
update app.assignment set status = 'reported', reported_on = '2021-11-15' where id = pg_temp.owed('T1.1', 'bdv-70', 'Quý III/2021');
select is(
    pg_temp.as_user('t.officer', $$select days_overdue || ' ' || is_overdue from api.assignments
        where item_code = 'T1.1' and level = 'province'$$), '0 false', 'reported late is no longer overdue');

select * from finish();
rollback;
