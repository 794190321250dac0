-- Reports: who writes when, what drafting fills in, and the way from draft to approval and back.
begin;
\ir include/acting.sql
\ir include/reports.sql
select plan(125);

-- who may
select is(pg_temp.as_user('t.viewer', pg_temp.say('prefill')), 'DV403 not_permitted', 'a viewer drafts nothing');
select is(pg_temp.as_user('t.admin', pg_temp.say('prefill')), 'DV403 not_permitted', 'an administrator drafts nothing');
select is(pg_temp.as_user('t.above', pg_temp.say('prefill')), 'DV403 not_permitted', 'nor does the superior, who sees it');
select is(pg_temp.as_user('t.elsewhere', pg_temp.say('prefill')), 'DV404', 'to another district it is not there');
select is(pg_temp.as_user('t.beside', pg_temp.say('prefill')), 'DV404', 'nor to another line');
select is(
    pg_temp.as_user('t.elsewhere', format('select private.report_prefill(%L, null, false)', id)), 'DV403 not_permitted',
    'nor does the helper behind the command let them') from subject;
select is(
    pg_temp.as_user('t.officer', format($$update app.report set status = 'approved' where id = %L$$, id)), '42501',
    'the state moves through commands alone') from subject;
select is(pg_temp.as_user('t.officer', pg_temp.say('submit')), 'DV409 wrong_state', 'what was not drafted is not sent in');

-- drafting
select is(pg_temp.as_user('t.officer', pg_temp.say('prefill', '{}', 9)), 'DV412', 'not with a stale version');
select is(pg_temp.as_user('t.officer', pg_temp.say('prefill', '{}', 1)), '', 'an officer drafts');
select results_eq(
    $$select i.code, l.status, l.progress::integer, l.done, l.doing from app.report_line as l join app.plan_item as i on i.id = l.plan_item_id
      join subject on subject.id = l.report_id order by i.code$$,
    $$values ('V1', 'in_progress', 40, null, e'09/11/2021: đã khảo sát\n04/03/2021: đã họp'),
             ('V2', 'done', 100, '02/10/2021: xong', null),
             ('V3', 'not_started', 0, null, null),
             ('V7', 'in_progress', 70, null, '20/12/2021: gần xong')$$,
    'a line for what is to be done or was done since the period began, with what was said in it');
select results_eq(
    $$select s.code, s.title, s.text from app.report_section as s join subject on subject.id = s.report_id order by s.position limit 2$$,
    $$values ('general', 'Tình hình chung', null::text), ('party_committees', 'Công tác dân vận của cấp ủy', null)$$, 'the outline''s headings');
select is(count(*), 10::bigint, 'all ten of them') from app.report_section as s join subject on subject.id = s.report_id;
select results_eq('select status, version from subject', $$values ('draft', 2)$$, 'and it is a draft');
select results_eq(
    format($$select unit_id, change from app.audit_event where resource = 'report' and action = 'prefill' and resource_id = %L$$, id),
    $$values (pg_temp.unit('kdv-25195'),
        '{"overwrite": false, "lines_added": 4, "lines_renewed": 0, "sections_added": 10}'::jsonb)$$, 'told once in the record') from subject;
select is(
    pg_temp.as_user('t.officer', format('select array_to_string(actions, '','') from api.reports where id = %L', id)), 'prefill,gather,submit',
    'what its officer may do now') from subject;
select is(
    pg_temp.as_user('t.above', format('select array_to_string(actions, '','') from api.reports where id = %L', id)), '',
    'and the superior, nothing') from subject;

-- writing
select is(pg_temp.as_user('t.officer', pg_temp.write('V1', $$done = '  Đã mở 3 lớp ', doing = ' '$$)), '2', 'an officer writes in a line');
select results_eq($$select done, doing from pg_temp.line('V1')$$, $$values ('Đã mở 3 lớp', null::text)$$, 'blanks say nothing');
select is(pg_temp.as_user('t.second', pg_temp.write('V3', $$status = 'done', progress = 5$$)), '2', 'another in another line');
select is((pg_temp.line('V3')).progress::integer, 100, 'done is 100 %');
select is(pg_temp.as_user('t.second', pg_temp.write('V3', $$status = 'not_started', progress = 5$$)), '3', 'and back');
select is((pg_temp.line('V3')).progress::integer, 0, 'not started is nothing done');
select is(pg_temp.as_user('t.officer', pg_temp.write('V1', $$status = 'reported'$$)), '23514 report_line_status_choice', 'a state of lines');
select is(pg_temp.as_user('t.officer', pg_temp.write('V1', $$progress = 101$$)), '23514 report_line_progress_range', 'at most 100 %');
select is(pg_temp.as_user('t.officer', pg_temp.write('V1', $$figures = repeat('x', 4001)$$)), '23514 report_line_figures_len', 'not endless');
select is(pg_temp.as_user('t.officer', pg_temp.write('V1', $$return_note = 'x'$$)), '42501', 'the return note is the superior''s');
select is(pg_temp.as_user('t.viewer', pg_temp.write('V1', $$done = 'x'$$)), null, 'a viewer writes nothing');
select is(pg_temp.as_user('t.above', pg_temp.write('V1', $$done = 'x'$$)), null, 'nor the superior');
select is(pg_temp.as_user('t.elsewhere', pg_temp.write('V1', $$done = 'x'$$)), null, 'nor a stranger');
select is(
    pg_temp.as_user('t.elsewhere', format('select private.report_hold(%L)', id)), 'DV403 not_permitted', 'who cannot hold it either') from subject;
select is(
    pg_temp.as_user('t.officer', format($$update app.report_section set text = 'Ổn định' where id = %L returning version$$, pg_temp.section_id('general'))),
    '2', 'a section likewise');
select is(
    pg_temp.as_user('t.above', format('select count(*) from api.report_lines where report_id = %L', id)), '0',
    'nobody else reads a draft') from subject;

-- drafting again
update app.assignment as a set progress = 55 from app.plan_item as i where i.id = a.plan_item_id and i.code = 'V7' and i.plan_id = a.plan_id
    and a.plan_id = '00000000-0000-7000-8000-0000000000a0';
insert into app.progress_entry (assignment_id, unit_id, part, status, progress, note, recorded_on, recorded_by)
select (pg_temp.line(x.code)).assignment_id, pg_temp.unit('kdv-25195'), 'lead', 'in_progress', 80, 'thêm', '2021-12-21', u.id
from app.user_account as u, (values ('V1'), ('V7')) as x (code) where u.login = 't.officer';
select is(pg_temp.as_user('t.officer', pg_temp.say('prefill')), '', 'a draft is drafted again');
select is((pg_temp.line('V1')).done, 'Đã mở 3 lớp', 'what was written stays');
select is((pg_temp.line('V1')).doing, null, 'all of it');
select is((pg_temp.line('V7')).doing, e'21/12/2021: thêm\n20/12/2021: gần xong', 'what nobody touched is renewed');
select is(pg_temp.as_user('t.officer', pg_temp.say('prefill')), '', 'and once more');
select is((pg_temp.line('V7')).version, 2, 'without new facts nothing moves');
delete from app.progress_entry where note = 'thêm';
select is(pg_temp.as_user('t.officer', pg_temp.say('prefill')), '', 'a third time');
select is((pg_temp.line('V7')).doing, '20/12/2021: gần xong', 'a renewed line is still nobody''s');
select is(pg_temp.rehearse('t.officer', pg_temp.say('prefill', '{"overwrite": true}')), '', 'an officer may ask for all of it anew');
select is(pg_temp.as_user('t.officer', pg_temp.say('prefill', '{"overwrite": true}')), '', 'as above, kept');
select is((pg_temp.line('V1')).doing, e'09/11/2021: đã khảo sát\n04/03/2021: đã họp', 'then what was written of assignments goes');
select is(s.text, 'Ổn định', 'and sections stay') from app.report_section as s where s.id = pg_temp.section_id('general');
insert into app.progress_entry (assignment_id, unit_id, part, status, progress, note, recorded_on, recorded_by)
select (pg_temp.line('V3')).assignment_id, pg_temp.unit('kdv-25195'), 'lead', 'in_progress', 1, repeat(n::text, 4000), '2021-06-01', u.id
from app.user_account as u, generate_series(1, 3) as n where u.login = 't.officer';
select is(pg_temp.as_user('t.officer', pg_temp.say('prefill', '{"overwrite": true}')), '', 'notes longer than a line holds');
select is(
    (pg_temp.line('V3')).doing, left(concat_ws(e'\n', '01/06/2021: ' || repeat('3', 4000), '01/06/2021: ' || repeat('2', 4000)), 8000),
    'are cut at its end, newest first');

-- sending in
select is(pg_temp.as_user('t.above', pg_temp.say('submit')), 'DV403 not_permitted', 'a superior sends in nothing for others');
select is(pg_temp.as_user('t.officer', pg_temp.say('submit')), '', 'an officer sends it in');
select results_eq(
    'select status, submission_count::integer, first_submitted_on, submitted_on, is_outstanding from subject',
    $$values ('submitted', 1, date '2021-11-15', date '2021-11-15', false)$$, 'today');
select results_eq(
    $$select unit_id, about_unit_id, resource, resource_id from app.notice where topic = 'report_submitted'$$,
    $$select pg_temp.unit('bdv-689'), pg_temp.unit('kdv-25195'), 'reports', id from subject$$, 'and the superior is told');
select is(pg_temp.as_user('t.officer', pg_temp.write('V1', $$done = 'x'$$)), 'DV409 frozen', 'sent in, it is frozen');
select is(pg_temp.as_user('t.officer', pg_temp.say('prefill')), 'DV409 frozen', 'to drafting as well');
select is(pg_temp.as_user('t.officer', pg_temp.say('submit')), 'DV409 wrong_state', 'once is enough');
select is(pg_temp.as_user('t.above', format('select count(*) from api.report_lines where report_id = %L', id)), '4', 'the superior reads it') from subject;
select is(
    pg_temp.as_user('t.above', $$select string_agg(unit_id::text, ',') from api.reports as r
        where r.superior_unit_id = private.my_unit() and r.status in ('submitted', 'in_review')$$),
    pg_temp.unit('kdv-25195')::text, 'and finds it waiting');
select is(
    pg_temp.as_user('t.above', format('select array_to_string(actions, '','') from api.reports where id = %L', id)), 'accept,return,approve',
    'its leader may decide') from subject;
select is(
    pg_temp.as_user('t.above.officer', format('select array_to_string(actions, '','') from api.reports where id = %L', id)), '',
    'its officer may not') from subject;

-- taking it back
select is(pg_temp.as_user('t.officer', pg_temp.say('withdraw')), '', 'the unit takes it back');
select results_eq(
    'select status, first_submitted_on, submitted_on, submission_count::integer from subject',
    $$values ('draft', null::date, null::date, 1)$$, 'as if it had not come');
create function pg_temp.versions() returns text
    language sql return format('select count(*) from api.report_versions where report_id = %L', '00000000-0000-7000-8000-0000000000c0');
select is(pg_temp.as_user('t.above', pg_temp.versions()), '0', 'its superior no longer reads what it took back');
select is(pg_temp.as_user('t.province', pg_temp.versions()), '0', 'nor does whoever sees the report');
select is(pg_temp.as_user('t.officer', pg_temp.versions()), '1', 'the unit itself does');
select is(pg_temp.as_user('t.officer', pg_temp.say('withdraw')), 'DV409 wrong_state', 'only what was sent in');
update private.installation set fixed_today = '2021-11-21';
select is(
    pg_temp.as_user('t.province', format('select is_overdue || '' '' || days_overdue from api.reports where id = %L', id)), 'true 1',
    'a day after it was due it is late') from subject;
select is(pg_temp.as_user('t.officer', pg_temp.say('submit')), '', 'and is taken late');
select results_eq('select first_submitted_on from subject', $$values (date '2021-11-21')$$, 'on that day');
select is(count(*), 2::bigint, 'each time the superior is told') from app.notice where topic = 'report_submitted';

-- reading it
select is(pg_temp.as_user('t.officer', pg_temp.say('accept')), 'DV403 not_permitted', 'the unit does not accept its own');
select is(pg_temp.as_user('t.above.officer', pg_temp.say('accept')), 'DV403 not_permitted', 'nor an officer above');
select is(pg_temp.as_user('t.province', pg_temp.say('accept')), 'DV403 not_permitted', 'nor who stands above the superior');
select is(pg_temp.as_user('t.above', pg_temp.say('accept', '{}', 1)), 'DV412', 'not unseen');
select is(pg_temp.as_user('t.above', pg_temp.say('accept')), '', 'a leader of the superior accepts it');
select is(pg_temp.as_user('t.officer', pg_temp.say('withdraw')), 'DV409 wrong_state', 'then it cannot be taken back');

-- returning it
select is(pg_temp.as_user('t.above', pg_temp.say('return', '{"note": " "}')), 'DV422 required note', 'it is returned saying why');
select is(pg_temp.as_user('t.above', pg_temp.say('return', jsonb_build_object('note', repeat('x', 4001))::text)), 'DV422 too_long note', 'in bounds');
select is(pg_temp.as_user('t.above', pg_temp.say('return', '{"note": "x", "lines": {}}')), 'DV422 bad_format lines', 'notes are a list');
select is(pg_temp.as_user('t.above', pg_temp.say('return', '{"note": "x", "lines": ["y"]}')), 'DV422 bad_format lines', 'of objects');
select is(pg_temp.as_user('t.above', pg_temp.say('return', '{"note": "x", "lines": [{"id": "y", "note": "z"}]}')), 'DV422 bad_format lines', 'with an id');
select is(
    pg_temp.as_user('t.above', pg_temp.say('return', format('{"note": "x", "sections": [{"id": "%s", "note": ""}]}', pg_temp.section_id('general')))),
    'DV422 bad_format sections', 'and a note');
select is(
    pg_temp.as_user('t.above', pg_temp.say('return', format('{"note": "x", "lines": [{"id": "%s", "note": "%s"}]}', pg_temp.line_id('V1'), repeat('x', 2001)))),
    'DV422 too_long lines', 'in bounds');
select is(
    pg_temp.as_user('t.above', pg_temp.say('return', format('{"note": "x", "lines": [{"id": "%s", "note": "z"}]}', pg_temp.section_id('general')))),
    'DV422 not_visible lines', 'of this report');
select is(
    pg_temp.as_user('t.above', pg_temp.say('return', format('{"note": "x", "sections": [{"id": "%s", "note": "z"}]}', pg_temp.line_id('V1')))),
    'DV422 not_visible sections', 'sections likewise');
select is(
    pg_temp.as_user('t.above', pg_temp.say('return', format('{"note": "Cần số liệu", "lines": [{"id": "%s", "note": "Bao nhiêu lớp?"}],
        "sections": [{"id": "%s", "note": "Ngắn hơn"}]}', pg_temp.line_id('V1'), pg_temp.section_id('general')))), '', 'returned with notes');
select results_eq(
    'select status, is_outstanding, decided_on, decision_note, accepted_at from subject',
    $$values ('returned', true, date '2021-11-21', 'Cần số liệu', null::timestamptz)$$, 'it is owed again');
select is((pg_temp.line('V1')).return_note, 'Bao nhiêu lớp?', 'the note stands beside the line');
select is(s.return_note, 'Ngắn hơn', 'and beside the section') from app.report_section as s where s.id = pg_temp.section_id('general');
select results_eq($$select unit_id from app.notice where topic = 'report_returned'$$, $$select pg_temp.unit('kdv-25195')$$, 'the unit is told');
select is(pg_temp.as_user('t.above', pg_temp.say('approve')), 'DV409 wrong_state', 'what was returned is not approved');
select is(
    pg_temp.as_user('t.above', format('select count(*) from api.report_lines where report_id = %L', id)), '0',
    'while it is rewritten the superior reads the version') from subject;
select is(pg_temp.as_user('t.officer', pg_temp.write('V1', $$figures = '3 lớp'$$)), '5', 'the unit answers');
select is(pg_temp.as_user('t.officer', pg_temp.say('submit')), '', 'and sends it in again');
select results_eq(
    'select status, submission_count::integer, first_submitted_on from subject', $$values ('submitted', 3, date '2021-11-21')$$,
    'the day it first came is kept');
select is((pg_temp.line('V1')).return_note, 'Bao nhiêu lớp?', 'the superior still reads what it asked');

-- approving
select is(pg_temp.as_user('t.leader', pg_temp.say('approve')), 'DV403 not_permitted', 'its own leader does not approve it');
select is(pg_temp.as_user('t.above', pg_temp.say('approve', jsonb_build_object('note', repeat('x', 4001))::text)), 'DV422 too_long note', 'in bounds');
select is(pg_temp.as_user('t.above', pg_temp.say('approve', '{"note": "Tốt"}')), '', 'a leader of the superior does');
select results_eq('select status, decision_note from subject', $$values ('approved', 'Tốt')$$, 'and it stands');
select is((pg_temp.line('V1')).return_note, null, 'notes of earlier returns are void');
select is(pg_temp.as_user('t.officer', pg_temp.write('V1', $$done = 'x'$$)), 'DV409 frozen', 'frozen');
select is(pg_temp.as_user('t.above', pg_temp.say('return', '{"note": "x"}')), 'DV409 wrong_state', 'for both sides');
select results_eq($$select unit_id from app.notice where topic = 'report_approved'$$, $$select pg_temp.unit('kdv-25195')$$, 'the unit is told');

-- nobody above: the issuer's own
create function pg_temp.own(p_command text, p_body text default '{}') returns text
    language sql return format('select api.report_%s(%L, null, %L)', p_command, '00000000-0000-7000-8000-0000000000c1', p_body);
select is(pg_temp.as_user('t.province.officer', pg_temp.own('prefill')), '', 'the issuer drafts its own');
select is(pg_temp.as_user('t.province.officer', pg_temp.own('submit')), 'DV422 empty_report', 'an empty one is refused');
update app.report_section set text = 'Đã chỉ đạo' where report_id = '00000000-0000-7000-8000-0000000000c1' and code = 'general';
select is(pg_temp.as_user('t.province.officer', pg_temp.own('submit')), '', 'a word is enough');
select is(pg_temp.as_user('t.province.officer', pg_temp.own('approve')), 'DV403 not_permitted', 'not by an officer');
select is(pg_temp.as_user('t.above', pg_temp.own('approve')), 'DV404', 'nor from below, where it is not seen');
select is(pg_temp.as_user('t.province', pg_temp.own('approve')), '', 'its own leader approves');

-- when: planned, locked, exception
select is(pg_temp.as_user('t.beside', $$insert into app.report (period_id) values ('00000000-0000-7000-8000-0000000000b0') returning status$$), 'not_started', 'a unit not asked makes its own');
select results_eq(
    $$select plan_id, superior_unit_id, due_on, status, level_id from app.report
      where unit_id = pg_temp.unit('phunu-25195') and period_id = '00000000-0000-7000-8000-0000000000b0'$$,
    $$select '00000000-0000-7000-8000-0000000000a0'::uuid, pg_temp.unit('phunu-689'), date '2021-11-20', 'not_started', u.level_id
      from app.unit as u where u.code = 'phunu-25195'$$, 'for its superior, by its level''s day');
select is(pg_temp.as_user('t.beside', $$insert into app.report (period_id) values ('00000000-0000-7000-8000-0000000000b0') returning status$$), '23505 report_once', 'one');
select is(pg_temp.as_user('t.viewer', $$insert into app.report (period_id) values ('00000000-0000-7000-8000-0000000000b0') returning status$$), 'DV403 not_permitted', 'no viewer''s');
select is(pg_temp.as_user('t.elsewhere', $$insert into app.report (period_id) values (gen_random_uuid()) returning status$$), 'DV422 not_visible period_id', 'of a period there is');
select is(
    pg_temp.as_user('t.elsewhere', $$insert into app.report (period_id, unit_id) values ('00000000-0000-7000-8000-0000000000b0', 1)$$), '42501',
    'in nobody else''s name');
create temp table theirs as select r.id from app.report as r
where r.unit_id = pg_temp.unit('phunu-25195') and r.period_id = '00000000-0000-7000-8000-0000000000b0';
create function pg_temp.their(p_command text, p_body text default '{}') returns text
    language sql return format('select api.report_%s(%L, null, %L)', p_command, (select id from theirs), p_body);
update private.installation set fixed_today = '2021-10-31';
select is(pg_temp.as_user('t.beside', pg_temp.their('prefill')), 'DV409 not_open', 'before it opens nothing is written');
select is(pg_temp.as_user('t.elsewhere', $$insert into app.report (period_id) values ('00000000-0000-7000-8000-0000000000b0') returning status$$), 'DV409 not_open', 'nor made');
update private.installation set fixed_today = '2022-01-20';
select is(pg_temp.as_user('t.beside', pg_temp.their('prefill')), '', 'on its last day it still is');
update app.report_section set text = 'x' where report_id = (select id from theirs) and code = 'general';
update private.installation set fixed_today = '2022-01-21';
select is(pg_temp.as_user('t.beside', pg_temp.their('submit')), 'DV409 locked', 'after the lock nothing is sent in');
select is(pg_temp.as_user('t.beside', format($$update app.report_section set text = 'y' where report_id = %L returning 1$$, id)), 'DV409 locked', 'nor written') from theirs;
select is(pg_temp.as_user('t.elsewhere', $$insert into app.report (period_id) values ('00000000-0000-7000-8000-0000000000b0') returning status$$), 'DV409 locked', 'nor made');
update app.period set recorded_state = 'locked' where id = '00000000-0000-7000-8000-0000000000b0';
insert into app.period_exception (period_id, unit_id, until_on, reason, granted_by, granted_unit_id)
select '00000000-0000-7000-8000-0000000000b0', pg_temp.unit('phunu-25195'), '2022-01-21', 'Thiên tai', u.id, u.home_unit_id
from app.user_account as u where u.login = 't.province';
select is(pg_temp.rehearse('t.beside', pg_temp.their('submit')), '', 'an exception opens it for its unit');
update app.period_exception set revoked_at = now(), revoked_by = granted_by;
select is(pg_temp.as_user('t.beside', pg_temp.their('submit')), 'DV409 locked', 'until it is revoked');
update app.period_exception set revoked_at = null, revoked_by = null;
update private.installation set fixed_today = '2022-01-22';
select is(pg_temp.as_user('t.beside', pg_temp.their('submit')), 'DV409 locked', 'or its day has passed');
update private.installation set fixed_today = '2021-12-01';
update app.period set locked_at = now() where id = '00000000-0000-7000-8000-0000000000b0';
select is(pg_temp.as_user('t.beside', pg_temp.their('submit')), '', 'the exception holds against a decided lock');
delete from app.period_exception;
select is(pg_temp.as_user('t.beside', pg_temp.their('withdraw')), 'DV409 locked', 'what could not come again is not taken back');

select * from finish();
rollback;
