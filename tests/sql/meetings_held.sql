-- How a meeting goes once it is open: what it found open stays on its agenda, who comes uninvited is entered, and
-- one that cannot go on is cancelled without losing anything.
begin;
\ir include/acting.sql
select plan(66);
update private.installation set mode = 'test', fixed_today = '2022-09-15';

select pg_temp.add_user('t.officer', 'bdv-70', 'officer');
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
select pg_temp.add_user('t.viewer', 'bdv-70', 'viewer');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'officer');
select pg_temp.add_user('t.locninh', 'bdv-692', 'officer');
select pg_temp.add_user('t.women', 'phunu-70', 'officer');

create function pg_temp.meeting(p_title text) returns app.meeting
    language sql return (select m from app.meeting as m where m.title = p_title);
create function pg_temp.command(p_login text, p_title text, p_command text, p_body text default '{}') returns text
    language sql return pg_temp.as_user(p_login, format('select api.meeting_%s(%L, %L, %L)',
        p_command, (pg_temp.meeting(p_title)).id, (pg_temp.meeting(p_title)).version, p_body));
create function pg_temp.told(p_topic text, p_title text) returns text
    language sql return (select string_agg(u.code, ' ' order by u.code) from app.notice as n join app.unit as u on u.id = n.unit_id
        where n.topic = p_topic and n.resource_id = (pg_temp.meeting(p_title)).id);
-- Made, with one item, inviting Đồng Xoài and Lộc Ninh, and convened.
create function pg_temp.convened(p_title text, p_held_on date default '2022-09-15') returns text
    language sql return concat_ws(' ',
        pg_temp.as_user('t.officer', format($$insert into app.meeting (plan_id, kind, title, held_on) values (%L, 'thematic', %L, %L) returning status$$,
            pg_temp.plan_36(), p_title, p_held_on)),
        pg_temp.as_user('t.officer', format($$insert into app.meeting_agenda_item (meeting_id, position, title) values (%L, 1, 'Thảo luận') returning 'agenda'$$,
            (pg_temp.meeting(p_title)).id)),
        pg_temp.command('t.officer', p_title, 'invite', format('{"unit_ids":[%s,%s]}', pg_temp.unit('bdv-689'), pg_temp.unit('bdv-692'))),
        pg_temp.command('t.officer', p_title, 'convene'));
create function pg_temp.agenda(p_title text) returns text
    language sql return (select string_agg(coalesce(o.title, a.title), '; ' order by a.position, a.id) from app.meeting_agenda_item as a
        left join app.outcome as o on o.id = a.outcome_id where a.meeting_id = (pg_temp.meeting(p_title)).id);
create function pg_temp.take_off(p_title text, p_item text) returns text
    language sql return pg_temp.as_user('t.officer', format(
        'delete from app.meeting_agenda_item as a where a.meeting_id = %L and (a.title = %2$L or a.outcome_id in (
            select o.id from app.outcome as o where o.title = %2$L)) returning ''off''', (pg_temp.meeting(p_title)).id, p_item));

-- the database may hold the demonstration year
delete from app.meeting;

-- A meeting that closed and left two tasks open.
insert into app.meeting (plan_id, kind, title, held_on, status, convened_on, opened_on, closed_on, owner_unit_id)
values (pg_temp.plan_36(), 'thematic', 'Lần trước', '2022-07-12', 'closed', '2022-07-01', '2022-07-12', '2022-07-12', pg_temp.unit('bdv-70'));
insert into app.outcome (meeting_id, kind, title, lead_unit_id, due_on, owner_unit_id)
select (pg_temp.meeting('Lần trước')).id, 'task', t.title, pg_temp.unit('bdv-689'), t.due_on::date, pg_temp.unit('bdv-70')
from (values ('Việc một', '2022-10-01'), ('Việc hai', '2022-11-01')) as t (title, due_on);
select private.meeting_outcomes_issue((pg_temp.meeting('Lần trước')).id) \g /dev/null

-- What it found open stays on its agenda ---------------------------------------------------------------------------

select is(pg_temp.convened('H1'), 'planned agenda {"invited": 2} ', 'a meeting is convened');
select is(pg_temp.take_off('H1', 'Việc một'), 'off', 'what came from the meeting before is taken off by hand');
select is(pg_temp.agenda('H1'), 'Việc hai; Thảo luận', 'as long as it is planned');
select is(pg_temp.command('t.officer', 'H1', 'open'), '', 'it opens');
select is(pg_temp.agenda('H1'), 'Việc một; Việc hai; Thảo luận', 'and finds it all');
select is(pg_temp.take_off('H1', 'Việc một'), 'DV409 carried_over', 'which is taken off no more');
select is(pg_temp.as_user('t.officer', format('select string_agg(a.actions::text, '' '' order by a.position) from api.meeting_agenda_items as a where a.meeting_id = %L',
    (pg_temp.meeting('H1')).id)), '{update} {update} {update,delete}', 'as its actions tell');
select is(pg_temp.take_off('H1', 'Thảo luận'), 'off', 'another item is');

-- Who comes uninvited ----------------------------------------------------------------------------------------------

create function pg_temp.enter(p_login text, p_title text, p_unit text, p_is_uninvited boolean default true) returns text
    language sql return pg_temp.as_user(p_login, format(
        'insert into app.meeting_invitation (meeting_id, unit_id, is_uninvited) values (%L, %s, %L) returning concat_ws('' '', attendance, reply)',
        (pg_temp.meeting(p_title)).id, pg_temp.unit(p_unit), p_is_uninvited));
create function pg_temp.strike(p_title text, p_unit text) returns text
    language sql return pg_temp.as_user('t.officer', format('delete from app.meeting_invitation where meeting_id = %L and unit_id = %s returning ''off''',
        (pg_temp.meeting(p_title)).id, pg_temp.unit(p_unit)));
create function pg_temp.sees(p_login text, p_title text) returns text
    language sql return pg_temp.as_user(p_login, format('select count(*) from api.meetings where title = %L', p_title));
create function pg_temp.counts(p_login text, p_title text) returns jsonb
    language sql return pg_temp.as_user(p_login, format('select invitation_counts from api.meeting_details where title = %L', p_title))::jsonb;

select is(pg_temp.convened('H2', '2022-09-16'), 'planned agenda {"invited": 2} ', 'another is convened for tomorrow');
select is(pg_temp.enter('t.officer', 'H2', 'phunu-70'), 'DV409 wrong_state', 'to which nobody has come yet');
select is(pg_temp.enter('t.officer', 'H1', 'phunu-70', false), 'DV409 wrong_state', 'to the one that is open nobody is invited any more');
select is(pg_temp.enter('t.viewer', 'H1', 'phunu-70'), '42501', 'a viewer enters nobody');
select is(pg_temp.enter('t.dongxoai', 'H1', 'phunu-70'), '42501', 'nor does who is invited');
select is(pg_temp.enter('t.officer', 'H1', 'bdv-70'), 'DV422 own_unit unit_id', 'who holds it is there');
select is(pg_temp.enter('t.officer', 'H1', 'bdv-689'), '23505 meeting_invitation_once', 'and who is invited');
select is(pg_temp.sees('t.women', 'H1'), '0', 'who is not on the list sees nothing');
select is(pg_temp.enter('t.officer', 'H1', 'phunu-70'), 'present none', 'who came uninvited is entered, and present');
select is(pg_temp.sees('t.women', 'H1'), '1', 'and sees what the invited see');
select is(pg_temp.as_user('t.women', format('select string_agg(concat_ws('' '', i.unit_code, i.is_uninvited, i.attendance), ''; '' order by i.unit_code)
    from api.meeting_invitations as i where i.meeting_id = %L', (pg_temp.meeting('H1')).id)), 'phunu-70 t present; f; f',
    'the list with itself, and those whom it does not know');
select is(pg_temp.counts('t.officer', 'H1'), '{"invited": 2, "accepted": 0, "declined": 0, "present": 0, "absent": 0, "none": 2, "uninvited": 1, "attendees": 0}',
    'it is not one of the invited, and none of them has come yet');
select is(pg_temp.enter('t.officer', 'H1', 'ubnd-70'), 'present none', 'another');
select is(pg_temp.as_user('t.officer', format('select string_agg(concat_ws('' '', i.unit_code, i.actions::text), ''; '' order by i.unit_code)
    from api.meeting_invitations as i where i.meeting_id = %L', (pg_temp.meeting('H1')).id)), 'bdv-689 {}; bdv-692 {}; phunu-70 {delete}; ubnd-70 {delete}',
    'who came uninvited is taken off again, who was invited is not');
select is(pg_temp.strike('H1', 'bdv-689'), 'DV409 wrong_state', 'not even when asked');
select is(pg_temp.strike('H1', 'ubnd-70'), 'off', 'entered by mistake');
select is(pg_temp.told('invitation_withdrawn', 'H1'), null, 'of which nobody is told');
select is((select string_agg(concat_ws(' ', f.row_number, f.field, f.word), '; ') from private.meeting_attendance_faults((pg_temp.meeting('H1')).id,
    '[{"unit_code":"phunu-70","is_present":false},{"unit_code":"bdv-689","is_present":false}]') as f), '0 is_present not_invited',
    'who was not asked is not absent');
select is(pg_temp.command('t.officer', 'H1', 'attendance', '{"rows":[{"unit_code":"phunu-70","is_present":true,"attendee_count":3,"represented_by":"Chủ tịch Hội"},
    {"unit_code":"bdv-689","is_present":true,"attendee_count":2},{"unit_code":"bdv-692","is_present":false}]}'), '', 'the sheet has all of them');
select is(pg_temp.counts('t.women', 'H1'), '{"invited": 2, "accepted": 0, "declined": 0, "present": 1, "absent": 1, "none": 0, "uninvited": 1, "attendees": 5}',
    'of two invited one came, one came beside them, with five people');
select is(pg_temp.as_user('t.officer', $$select concat_ws(' ', r.invited_count, r.present_count, r.absent_count, r.uninvited_count, r.attendee_count)
    from report.meetings as r where r.title = 'H1'$$), '2 1 1 1 5', 'which tools are told too');
select is(pg_temp.as_user('t.officer', format('select string_agg(concat_ws('' '', i.unit_code, i.attendance), ''; '' order by i.unit_code)
    from report.meeting_invitations as i where i.meeting_id = %L and i.is_uninvited', (pg_temp.meeting('H1')).id)), 'phunu-70 present', 'unit by unit');
select is(pg_temp.as_user('t.officer', format('select string_agg(concat_ws('' '', i.unit_code, i.attendance), ''; '' order by i.unit_code)
    from api.meeting_invitations_on(private.today()) as i where i.meeting_id = %L and i.is_uninvited', (pg_temp.meeting('H1')).id)), 'phunu-70 present', 'and as of today');
select is(pg_temp.as_user('t.officer', format($$insert into app.meeting_minutes (meeting_id, text) values (%L, 'Biên bản') returning 'done'$$, (pg_temp.meeting('H1')).id)), 'done',
    'its minutes are written');
select is(pg_temp.command('t.leader', 'H1', 'close'), '', 'it closes');
select is(pg_temp.told('conclusions_issued', 'H1'), 'bdv-689 bdv-692 phunu-70', 'all who were asked or there are told what it decided');
select is(pg_temp.as_user('t.women', 'select count(*) from api.meeting_minutes'), '1', 'and read the minutes');
select is(pg_temp.enter('t.officer', 'H1', 'ubnd-70'), 'DV409 frozen', 'then the list is frozen');
select is(pg_temp.strike('H1', 'phunu-70'), 'DV409 frozen', 'with who came uninvited');

-- One that cannot go on ---------------------------------------------------------------------------------------------

create function pg_temp.outcome(p_title text) returns app.outcome
    language sql return (select o from app.outcome as o where o.title = p_title);
create function pg_temp.carried() returns text
    language sql return (select string_agg(concat_ws(' ', o.title, o.status, o.carry_over_count), '; ' order by o.due_on)
        from app.outcome as o where o.kind = 'task' and o.status = 'open');
update private.installation set fixed_today = '2022-09-16';
alter table app.meeting disable trigger meeting_50_touch; -- which keeps created_at
update app.meeting set created_at = '2022-09-15 08:00+07' where title = 'H2';
alter table app.meeting enable trigger meeting_50_touch;
select is(pg_temp.command('t.officer', 'H2', 'open'), '', 'the next opens');
select is(pg_temp.carried(), 'Việc một open 2; Việc hai open 2', 'tasks of the first stand on the agenda of two');
select is(pg_temp.enter('t.officer', 'H2', 'phunu-70'), 'present none', 'one comes uninvited');
select is(pg_temp.as_user('t.officer', format($$insert into app.outcome (meeting_id, kind, title, lead_unit_id, due_on) values (%L, 'task', 'Nháp', %s, '2022-12-01')
    returning status$$, (pg_temp.meeting('H2')).id, pg_temp.unit('bdv-689'))), 'draft', 'it is about to decide something');
select is(pg_temp.as_user('t.officer', $$select is_open from api.outcomes where title = 'Nháp'$$), 'true', 'which is to be done');
update private.installation set fixed_today = '2022-09-17';
select is(pg_temp.as_user('t.officer', $$select actions::text from api.meetings where title = 'H2'$$), '{update,attendance}', 'an officer does not call it off');
select is(pg_temp.command('t.officer', 'H2', 'cancel', '{"reason":"Bão"}'), 'DV403 leader_needed', 'nor may');
select is(pg_temp.as_user('t.leader', $$select actions::text from api.meetings where title = 'H2'$$), '{update,attendance,close,cancel}', 'a leader does');
select is(pg_temp.command('t.leader', 'H2', 'cancel'), 'DV422 required reason', 'and says why');
select is(pg_temp.command('t.leader', 'H2', 'cancel', '{"reason":"Bão"}'), '', 'it is cancelled');
select is((select concat_ws(' ', m.status, m.opened_on, m.cancelled_on, m.cancel_reason) from app.meeting as m where m.title = 'H2'), 'cancelled 2022-09-16 2022-09-17 Bão',
    'having been open for a day');
select is(pg_temp.as_user('t.leader', $$select concat_ws(' ', d.status, n.status) from api.meetings_on('2022-09-16') as d join api.meetings_on('2022-09-17') as n using (id) where d.title = 'H2'$$),
    'open cancelled', 'as of which it was');
select is(pg_temp.told('meeting_cancelled', 'H2'), 'bdv-689 bdv-692 phunu-70', 'who was asked or came is told');
select is(pg_temp.as_user('t.dongxoai', $$select count(*) from api.notices where topic = 'meeting_cancelled' and title like 'Ban Dân vận Tỉnh ủy Bình Phước hủy hội nghị ngày %: H2'$$), '1', 'by whom');
select is(pg_temp.told('conclusions_issued', 'H2'), null, 'and told no conclusions');
select is((select count(*) from app.assignment as a where a.source_id = (pg_temp.outcome('Nháp')).id), 0::bigint, 'nothing is given');
select is(pg_temp.as_user('t.officer', $$select concat_ws(' ', status, is_open, actions::text) from api.outcomes where title = 'Nháp'$$), 'draft f {}',
    'what it was about to decide is read by its unit, and nobody''s to do');
select is(pg_temp.as_user('t.officer', $$update app.outcome set title = 'Khác' where title = 'Nháp' returning 1$$), 'DV409 not_open', 'nor changed');
select is(pg_temp.as_user('t.dongxoai', $$select count(*) from api.outcomes where title = 'Nháp'$$), '0', 'nor read by who was invited');
select is(pg_temp.as_user('t.leader', $$select concat_ws(' ', k.is_frozen, k.content #>> '{previous,open_count}', k.content #>> '{previous,meeting,title}')
    from api.meeting_packets as k where k.meeting_title = 'H2'$$), 't 2 H1', 'what it read is kept');
select is(pg_temp.carried(), 'Việc một open 1; Việc hai open 1', 'it counts no more');
select is(pg_temp.as_user('t.leader', $$select string_agg(concat_ws(' ', o.title, private.outcome_carried_on(o.id, '2022-09-16'), private.outcome_carried_on(o.id, '2022-09-17')), '; ' order by o.due_on)
    from app.outcome as o where o.kind = 'task' and o.status = 'open'$$), 'Việc một 2 1; Việc hai 2 1', 'from its day on');
select is(pg_temp.command('t.leader', 'H2', 'close'), 'DV409 wrong_state', 'it does not close');
select is(pg_temp.enter('t.officer', 'H2', 'ubnd-70'), 'DV409 wrong_state', 'and its list stays as it is');
select is(pg_temp.convened('H3', '2022-09-20'), 'planned agenda {"invited": 2} ', 'the next one is convened');
select is(pg_temp.agenda('H3'), 'Việc một; Việc hai; Thảo luận', 'and finds what was open before');
select is(pg_temp.as_user('t.dongxoai', format($$select string_agg(coalesce(a.carry_over_count::text, '-'), ' ' order by a.position) from api.meeting_agenda_items as a
    where a.meeting_id = %L$$, (pg_temp.meeting('H3')).id)), '2 2 -', 'for the second time');
select is(pg_temp.carried(), 'Việc một open 2; Việc hai open 2', 'as the tasks count it');
select is((pg_temp.meeting('H3')).previous_meeting_id, (pg_temp.meeting('H1')).id, 'after the last that closed');

select * from finish();
rollback;
