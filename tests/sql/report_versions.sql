-- What a report said at each step: kept, compared, and coming back when a reopening ends unused.
begin;
\ir include/acting.sql
\ir include/reports.sql
select plan(46);

create function pg_temp.differences(p_from integer, p_to integer) returns table (path text, label text, kind text, before text, after text)
    language sql
as $$
    select d.path, d.label, d.kind, d.before, d.after
    from api.report_differences('00000000-0000-7000-8000-0000000000c0', p_from, p_to) as d order by d.position;
$$;
create function pg_temp.path(p_code text, p_field text) returns text
    language sql return concat_ws('/', 'lines', p_code, (pg_temp.line(p_code)).assignment_id, p_field);
create function pg_temp.must(p_login text, p_statement text) returns void
    language plpgsql
as $$
declare
    answer text := pg_temp.as_user(p_login, p_statement);
begin
    if answer ~ '^(DV|[0-9]{5}( |$))' then
        raise exception '%: %', p_statement, answer;
    end if;
end;
$$;

-- a figure asked of the unit, as drafting would make it
insert into app.indicator (id, plan_id, code, name, measure_unit, kind, direction, roll_up, frequency, position)
values ('00000000-0000-7000-8000-0000000000d0', '00000000-0000-7000-8000-0000000000a0', 'C1', 'Số lớp tập huấn', 'lớp', 'value', 'up', 'sum', 'year', 1);
select pg_temp.must('t.officer', pg_temp.say('prefill')) \g /dev/null
insert into app.indicator_value (report_id, indicator_id, unit_id, year, own_value)
values ('00000000-0000-7000-8000-0000000000c0', '00000000-0000-7000-8000-0000000000d0', pg_temp.unit('kdv-25195'), 2021, 3);
insert into app.report_gathered_line (report_id, plan_item_id, position, line_count, done_count, in_progress_count, not_started_count)
select '00000000-0000-7000-8000-0000000000c0', i.id, i.position, 3, 1, 1, 1 from app.plan_item as i where i.code = 'V8' and i.plan_id = '00000000-0000-7000-8000-0000000000a0';
update app.report set gathered_at = '2021-11-14 08:00+07', gathered_expected_count = 2, gathered_count = 1, gathered_missing = '[{"unit_id": 1}]'
where id = '00000000-0000-7000-8000-0000000000c0';
select pg_temp.must('t.officer', pg_temp.write('V1', $$done = 'A', doing = null$$)) \g /dev/null
select pg_temp.must('t.officer', pg_temp.say('submit')) \g /dev/null
select pg_temp.must('t.above', pg_temp.say('return', format('{"note": "Bổ sung", "lines": [{"id": "%s", "note": "Mấy lớp?"}]}', pg_temp.line_id('V1')))) \g /dev/null

-- versions
select results_eq(
    $$select v.number::integer, v.event, v.note, v.by_unit_id from app.report_version as v order by v.number$$,
    $$values (1, 'submitted', null, pg_temp.unit('kdv-25195')), (2, 'returned', 'Bổ sung', pg_temp.unit('bdv-689'))$$, 'a version each time it changes hands');
select results_eq(
    $$select l ->> 'item_code', l ->> 'status', l ->> 'done', l ->> 'return_note' from app.report_version as v, jsonb_array_elements(v.content -> 'lines') as l
      where v.number = 2$$,
    $$values ('V1', 'in_progress', 'A', 'Mấy lớp?'), ('V2', 'done', '02/10/2021: xong', null), ('V3', 'not_started', null, null),
        ('V7', 'in_progress', null, null)$$, 'what was returned is kept with what was asked');
select is(content -> 'lines' -> 0 ? 'return_note', false, 'what was sent in, without') from app.report_version where number = 1;
select is(jsonb_array_length(content -> 'sections'), 10, 'with every heading') from app.report_version where number = 1;
select is(content -> 'values' -> 0 ->> 'own_value', '3', 'the figures') from app.report_version where number = 1;
select is(content -> 'values' -> 0 ->> 'indicator_code', 'C1', 'by their code') from app.report_version where number = 1;
select is(content -> 'gathered_lines' -> 0 ->> 'line_count', '3', 'what was gathered') from app.report_version where number = 1;
select is(content -> 'gathered_missing', '[{"unit_id": 1}]'::jsonb, 'and who was missing') from app.report_version where number = 1;
select is(pg_temp.as_user('t.above', format('select count(*) from api.report_versions where report_id = %L', id)), '2', 'the superior reads them') from subject;
select is(pg_temp.as_user('t.province', format('select count(*) from api.report_version_details where report_id = %L and content is not null', id)), '2', 'the province too') from subject;
select is(pg_temp.as_user('t.elsewhere', format('select count(*) from api.report_versions where report_id = %L', id)), '0', 'another district does not') from subject;
select is(pg_temp.as_user('t.officer', $$update app.report_version set content = '{}' returning 1$$), '42501', 'nobody rewrites one');
select is(pg_temp.as_user('t.officer', $$insert into app.report_version (report_id, number, event, content) select id, 9, 'approved', '{}' from app.report returning 1$$), '42501', 'or makes one up');
select is_empty('select * from pg_temp.differences(1, 2)', 'a return changes nothing that the unit said');

-- the unit answers: one of each kind of change
select pg_temp.must('t.officer', pg_temp.write('V1', $$done = 'B', proposals = 'Thêm kinh phí'$$)) \g /dev/null
select pg_temp.must('t.officer', pg_temp.write('V2', $$done = null$$)) \g /dev/null
select pg_temp.must('t.officer', format($$update app.report_section set text = 'Ổn định' where id = %L returning 1$$, pg_temp.section_id('general'))) \g /dev/null
update app.indicator_value set own_value = 0;
update app.report_gathered_line set done_count = 2, in_progress_count = 0;
select pg_temp.must('t.officer', pg_temp.say('submit')) \g /dev/null
select results_eq(
    'select * from pg_temp.differences(1, 3)',
    $$values (pg_temp.path('V1', 'done'), 'V1 Việc 1 (Năm 2021) – Đã thực hiện', 'changed', 'A', 'B'),
        (pg_temp.path('V1', 'proposals'), 'V1 Việc 1 (Năm 2021) – Đề xuất, kiến nghị', 'added', null, 'Thêm kinh phí'),
        (pg_temp.path('V2', 'done'), 'V2 Việc 2 (Năm 2021) – Đã thực hiện', 'removed', '02/10/2021: xong', null),
        ('sections/general/text', 'Tình hình chung', 'added', null, 'Ổn định'),
        ('values/C1/own_value', 'C1 Số lớp tập huấn – Số của đơn vị', 'changed', '3', '0'),
        ('gathered_lines/V8/done_count', 'V8 Việc 8 – Cấp dưới đã hoàn thành', 'changed', '1', '2'),
        ('gathered_lines/V8/in_progress_count', 'V8 Việc 8 – Cấp dưới đang thực hiện', 'changed', '1', '0')$$,
    'line by line, section by section, figure by figure');
select results_eq(
    $$select path, kind, before, after from pg_temp.differences(3, 1) where path like 'sections/%'$$,
    $$values ('sections/general/text', 'removed', 'Ổn định', null)$$, 'backwards it reads backwards');
select throws_ok('select * from pg_temp.differences(1, 9)', 'DV404', null, 'a version that is not there');
select is(pg_temp.as_user('t.elsewhere', format('select count(*) from api.report_differences(%L, 1, 2)', id)), 'DV404', 'or not to be seen') from subject;

-- approved: nothing rewrites it
select pg_temp.must('t.above', pg_temp.say('approve')) \g /dev/null
create temp table approved as select v.content from app.report_version as v where v.event = 'approved';
select is(l.done, 'B', 'approved') from pg_temp.line('V1') as l;
select is(v.is_approved, true, 'and its figures frozen') from app.indicator_value as v;
insert into app.progress_entry (assignment_id, unit_id, part, status, progress, note, recorded_on, recorded_by)
select (pg_temp.line('V1')).assignment_id, pg_temp.unit('kdv-25195'), 'lead', 'reported', 100, 'sau khi duyệt', '2021-11-15', u.id
from app.user_account as u where u.login = 't.officer';
update app.assignment set status = 'reported', progress = 100, reported_on = '2021-11-15' where id = (pg_temp.line('V1')).assignment_id;
select is((pg_temp.line('V1')).status, 'in_progress', 'what happens to the assignment later does not move it');
select is(pg_temp.as_user('t.officer', pg_temp.say('prefill')), 'DV409 frozen', 'nor can it be made to');

-- reopening
select is(pg_temp.as_user('t.leader', pg_temp.say('reopen', '{"reason": "x", "until_on": "2021-11-20"}')), 'DV403 not_permitted', 'the superior''s leader reopens');
select is(pg_temp.as_user('t.above', pg_temp.say('reopen', '{"until_on": "2021-11-20"}')), 'DV422 required reason', 'saying why');
select is(pg_temp.as_user('t.above', pg_temp.say('reopen', '{"reason": "x"}')), 'DV422 required until_on', 'and until when');
select is(pg_temp.as_user('t.above', pg_temp.say('reopen', '{"reason": "x", "until_on": "2021-11-14"}')), 'DV422 in_the_past until_on', 'not in the past');
select is(pg_temp.as_user('t.above', pg_temp.say('reopen', '{"reason": "x", "until_on": "hôm nay"}')), 'DV422 not_a_date until_on', 'a day');
update private.installation set fixed_today = '2022-02-01';
select is(pg_temp.as_user('t.above', pg_temp.say('reopen', '{"reason": "Sai số liệu", "until_on": "2022-02-03"}')), '', 'after the lock as well');
select results_eq(
    'select r.status, r.reopened_until, u.login, r.reopen_reason from subject as r join app.user_account as u on u.id = r.reopened_by',
    $$values ('reopened', date '2022-02-03', 't.above', 'Sai số liệu')$$, 'reason, person, last day');
select is(v.is_approved, false, 'its figures are open') from app.indicator_value as v;
select is(count(*), 1::bigint, 'the unit is told') from app.notice where topic = 'report_reopened' and unit_id = pg_temp.unit('kdv-25195');
select is(pg_temp.as_user('t.officer', pg_temp.write('V1', $$done = 'C', figures = '9'$$)), ((pg_temp.line('V1')).version)::text, 'the unit writes past the lock');
select pg_temp.must('t.officer', format($$update app.report_section set text = 'Khác' where id = %L returning 1$$, pg_temp.section_id('general'))) \g /dev/null
update app.indicator_value set own_value = 77, note = 'mới';
delete from app.report_gathered_line;
update app.report set gathered_at = now(), gathered_count = 2, gathered_missing = '[]' where id = '00000000-0000-7000-8000-0000000000c0';
insert into app.report_line (report_id, plan_item_id, position)
select '00000000-0000-7000-8000-0000000000c0', i.id, i.position from app.plan_item as i where i.code = 'V4' and i.plan_id = '00000000-0000-7000-8000-0000000000a0';

-- returned while reopened it is not owed anew; taken back neither
select pg_temp.must('t.officer', pg_temp.say('submit')) \g /dev/null
select is(pg_temp.rehearse('t.officer', pg_temp.say('withdraw')), '', 'sent in, it may be taken back');
select pg_temp.must('t.above', pg_temp.say('return', '{"note": "Chưa được"}')) \g /dev/null
select results_eq('select status, is_outstanding from subject', $$values ('reopened', false)$$, 'returned, it is reopened still, and nothing is owed');

-- its day passes
select is(private.report_expire_reopened(), 0, 'on its last day it is still open');
update private.installation set fixed_today = '2022-02-04';
select is(pg_temp.as_user('t.officer', pg_temp.write('V1', $$done = 'D'$$)), 'DV409 reopening_over', 'then it is over');
select is(pg_temp.as_user('t.officer', pg_temp.say('submit')), 'DV409 reopening_over', 'for sending in as well');
select is(private.report_expire_reopened(), 1, 'and it goes back');
select results_eq('select status, reopened_until from subject', $$values ('approved', null::date)$$, 'to approved');
select is(private.report_content('00000000-0000-7000-8000-0000000000c0', false), content, 'with all that was approved') from approved;
select is(v.is_approved, true, 'its figures in force again') from app.indicator_value as v;
select is(private.report_expire_reopened(), 0, 'once');
select is(count(*), 1::bigint, 'told in the record') from app.audit_event where resource = 'report' and action = 'expire';
select is(count(*), 1::bigint, 'no new version: nothing new was said') from app.report_version where event = 'approved';

-- reopened, sent in and approved again: the new one stands
select pg_temp.must('t.above', pg_temp.say('reopen', '{"reason": "x", "until_on": "2022-02-10"}')) \g /dev/null
select pg_temp.must('t.officer', pg_temp.write('V1', $$done = 'E'$$)) \g /dev/null
select pg_temp.must('t.officer', pg_temp.say('submit')) \g /dev/null
update private.installation set fixed_today = '2022-03-01';
select private.maintain() \g /dev/null
select is(status, 'submitted', 'what was sent in in time waits for its decision') from subject;
select pg_temp.must('t.above', pg_temp.say('approve')) \g /dev/null
select results_eq('select status, reopened_until, reopen_reason from subject', $$values ('approved', null::date, null::text)$$, 'and is approved as it now reads');

select * from finish();
rollback;
