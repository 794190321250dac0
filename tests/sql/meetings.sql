-- Meetings from series to erratum: every state, who may do what, who sees what, and that closed is frozen.
begin;
\ir include/acting.sql
select plan(189);
update private.installation set mode = 'test', fixed_today = '2022-09-15';

select pg_temp.add_user('t.province', 'bdv-70', 'officer');
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
select pg_temp.add_user('t.viewer', 'bdv-70', 'viewer');
select pg_temp.add_user('t.admin', 'bdv-70', 'admin');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'officer');
select pg_temp.add_user('t.dongxoai.leader', 'bdv-689', 'leader');
select pg_temp.add_user('t.dongxoai.viewer', 'bdv-689', 'viewer');
select pg_temp.add_user('t.locninh', 'bdv-692', 'officer');
select pg_temp.add_user('t.budang', 'bdv-696', 'officer');
select pg_temp.add_user('t.bloc', 'kdv-25195', 'leader');
select pg_temp.add_user('t.women', 'phunu-70', 'officer');
select pg_temp.add_user('t.women.689', 'phunu-689', 'officer');

create function pg_temp.meeting(p_title text) returns app.meeting
    language sql return (select m from app.meeting as m where m.title = p_title);
create function pg_temp.period(p_kind text, p_year integer) returns uuid
    language sql return (
        select d.id from app.period as d where d.plan_id = pg_temp.plan_36() and d.kind = p_kind and d.year = p_year);
-- A meeting by hand; p_set is "column = literal" pairs as two lists.
create function pg_temp.make(p_login text, p_title text, p_kind text default 'thematic', p_held date default '2022-09-20',
    p_period uuid default null) returns text
    language sql return pg_temp.as_user(p_login, format(
        'insert into app.meeting (plan_id, kind, title, held_on, period_id) values (%L, %L, %L, %L, %L) returning status',
        pg_temp.plan_36(), p_kind, p_title, p_held, p_period));
create function pg_temp.command(p_login text, p_title text, p_command text, p_body text default '{}', p_version integer default null)
    returns text
    language sql return pg_temp.as_user(p_login, format('select api.meeting_%s(%L, %L, %L)',
        p_command, (pg_temp.meeting(p_title)).id, coalesce(p_version, (pg_temp.meeting(p_title)).version), p_body));
create function pg_temp.invite_one(p_login text, p_title text, p_unit text) returns text
    language sql return pg_temp.as_user(p_login, format(
        'insert into app.meeting_invitation (meeting_id, unit_id) values (%L, %L) returning ''done''',
        (pg_temp.meeting(p_title)).id, pg_temp.unit(p_unit)));
create function pg_temp.agenda(p_login text, p_title text, p_text text default 'Đánh giá tình hình') returns text
    language sql return pg_temp.as_user(p_login, format(
        'insert into app.meeting_agenda_item (meeting_id, position, title) values (%L, 1, %L) returning ''done''',
        (pg_temp.meeting(p_title)).id, p_text));
create function pg_temp.minutes(p_login text, p_title text) returns text
    language sql return pg_temp.as_user(p_login, format(
        'insert into app.meeting_minutes (meeting_id, text) values (%L, ''Biên bản'') returning ''done''', (pg_temp.meeting(p_title)).id));
create function pg_temp.reply(p_login text, p_title text, p_unit text, p_command text, p_body text default '{}') returns text
    language sql return (
        select pg_temp.as_user(p_login, format('select api.meeting_invitation_%s(%L, %L, %L)', p_command, i.id, i.version, p_body))
        from app.meeting_invitation as i
        where i.meeting_id = (pg_temp.meeting(p_title)).id and i.unit_id = pg_temp.unit(p_unit));
create function pg_temp.told(p_topic text, p_title text) returns bigint
    language sql return (select count(*) from app.notice as n where n.topic = p_topic and n.resource_id = (pg_temp.meeting(p_title)).id);
create function pg_temp.sees(p_login text, p_title text) returns text
    language sql return pg_temp.as_user(p_login, format('select count(*) from api.meetings where title = %L', p_title));

-- the database may hold the demonstration year
delete from app.meeting;
delete from app.meeting_series;

-- series
select is(pg_temp.as_user('t.bloc', 'select count(*) from api.meeting_rules'), '9', 'everybody reads the rules');
select is(pg_temp.as_user('t.viewer', format($$insert into app.meeting_series (plan_id, kind) values (%L, 'nine_months') returning 1$$, pg_temp.plan_36())),
    '42501', 'a viewer begins no series');
select is(pg_temp.as_user('t.admin', format($$insert into app.meeting_series (plan_id, kind) values (%L, 'nine_months') returning 1$$, pg_temp.plan_36())),
    '42501', 'nor an administrator');
select is(pg_temp.as_user('t.province', format($$insert into app.meeting_series (plan_id, kind, chair, plan_item_id)
    select %1$L, 'nine_months', 'Trưởng Ban Dân vận Tỉnh ủy', i.id from app.plan_item as i where i.plan_id = %1$L and i.code = 'T4'
    returning kind$$, pg_temp.plan_36())), 'nine_months', 'an officer does');
select is(pg_temp.as_user('t.leader', format($$insert into app.meeting_series (plan_id, kind) values (%L, 'nine_months') returning 1$$, pg_temp.plan_36())),
    '23505 meeting_series_once', 'one of a kind');
select is(pg_temp.as_user('t.dongxoai', format($$insert into app.meeting_series (plan_id, kind) values (%L, 'nine_months') returning 'done'$$, pg_temp.plan_36())),
    'done', 'each unit its own');
create function pg_temp.series(p_unit text default 'bdv-70') returns app.meeting_series
    language sql return (select s from app.meeting_series as s where s.owner_unit_id = pg_temp.unit(p_unit) and s.kind = 'nine_months');
select is((pg_temp.series()).level_id, (select l.id from app.level as l where l.code = 'province'), 'with the keys of the unit');
select is(pg_temp.as_user('t.province', format($$insert into app.meeting_series_agenda_item (series_id, position, title)
    values (%L, 1, 'Đánh giá công tác dân vận') returning 'done'$$, (pg_temp.series()).id)), 'done', 'with a standing agenda');
select is(pg_temp.as_user('t.locninh', format($$insert into app.meeting_series_agenda_item (series_id, position, title)
    values (%L, 1, 'x') returning 1$$, (pg_temp.series('bdv-689')).id)), 'DV422 not_visible series_id', 'nobody writes in another''s');
select is(pg_temp.as_user('t.province', format($$insert into app.meeting_series_agenda_item (series_id, position, title)
    values (%L, 1, 'x') returning 1$$, (pg_temp.series('bdv-689')).id)), '42501', 'not even from above');
select is(pg_temp.as_user('t.province', format($$insert into app.meeting_series_invitee (series_id, unit_kind)
    values (%L, 'district_board') returning 'done'$$, (pg_temp.series()).id)), 'done', 'it invites the boards of the districts');
select is(pg_temp.as_user('t.province', format($$insert into app.meeting_series_invitee (series_id, line_id, level_id)
    select %L, n.id, l.id from app.line as n, app.level as l where n.code = 'women' and l.code = 'province' returning 'done'$$,
    (pg_temp.series()).id)), 'done', 'and the Women''s Union of the province');
select is(pg_temp.as_user('t.province', format($$insert into app.meeting_series_invitee (series_id, unit_id) values (%L, %s) returning 1$$,
    (pg_temp.series()).id, pg_temp.unit('bdv-70'))), 'DV422 own_unit unit_id', 'not itself');
select is(pg_temp.as_user('t.province', format($$insert into app.meeting_series_invitee (series_id, unit_id, unit_kind) values (%L, %s, 'district_board') returning 1$$,
    (pg_temp.series()).id, pg_temp.unit('ubnd-70'))), '23514 meeting_series_invitee_one', 'one way at a time');

-- generating
select is(pg_temp.as_user('t.viewer', format('select api.meeting_series_generate(%L, 1)', (pg_temp.series()).id)), 'DV403 not_permitted', 'a viewer makes nothing');
select is(pg_temp.as_user('t.women.689', format('select api.meeting_series_generate(%L, 1)', (pg_temp.series()).id)), 'DV404', 'nor who does not see it');
select is(pg_temp.as_user('t.province', format('select api.meeting_series_generate(%L, 9)', (pg_temp.series()).id)), 'DV412', 'with the version read');
select is(pg_temp.as_user('t.province', format('select api.meeting_series_generate(%L, 1)', (pg_temp.series()).id)), '{"meetings": 4}',
    'a meeting for each period to come: 2022 to 2025');
select is(pg_temp.as_user('t.province', format('select api.meeting_series_generate(%L, 1)', (pg_temp.series()).id)), '{"meetings": 0}', 'once');
-- 30 September 2022 + 12 = Wednesday 12 October; 2024: Saturday 12 October, so Monday the 14th
select results_eq($$select m.held_on from app.meeting as m where m.kind = 'nine_months' order by 1$$,
    $$values (date '2022-10-12'), (date '2023-10-12'), (date '2024-10-14'), (date '2025-10-13')$$, 'on a working day');
select is((select min(m.title) from app.meeting as m), 'Hội nghị giao ban công tác dân vận 9 tháng năm 2022', 'called by the rule');
select is((select count(*) from app.meeting_invitation as i join app.meeting as m on m.id = i.meeting_id where m.held_on = '2022-10-12'),
    12::bigint, 'eleven boards and the Union are invited');
select is((select string_agg(a.title, ';') from app.meeting_agenda_item as a join app.meeting as m on m.id = a.meeting_id where m.held_on = '2022-10-12'),
    'Đánh giá công tác dân vận', 'the agenda is the series''');
update private.installation set fixed_today = '2022-10-05';
select is(pg_temp.as_user('t.dongxoai', format('select api.meeting_series_generate(%L, 1)', (pg_temp.series('bdv-689')).id)), '{"meetings": 4}',
    'a period over whose meeting is to come is not past');
update private.installation set fixed_today = '2022-09-15';
select is(pg_temp.as_user('t.province', format('delete from app.meeting_series where id = %L returning 1', (pg_temp.series()).id)), 'DV409 has_meetings',
    'a series with meetings is not deleted');
select is(pg_temp.as_user('t.province', format('update app.meeting_series set ended_on = ''2022-09-16'' where id = %L returning 1', (pg_temp.series()).id)), 'DV422 in_the_future ended_on',
    'nor ended ahead');
select is(pg_temp.as_user('t.province', format('update app.meeting_series set ended_on = ''2022-09-15'' where id = %L returning is_open', (pg_temp.series()).id)), 'false',
    'it ends');
select is(pg_temp.as_user('t.province', format('select api.meeting_series_generate(%L, 2)', (pg_temp.series()).id)), 'DV409 wrong_state', 'and makes no more');

-- by hand
select is(pg_temp.make('t.viewer', 'MM-x'), '42501', 'a viewer plans none');
select is(pg_temp.make('t.admin', 'MM-x'), '42501', 'nor an administrator');
select is(pg_temp.make('t.province', 'MM-x', 'year_end'), '23514 meeting_period_told', 'a review meeting has a period');
select is(pg_temp.make('t.province', 'MM-x', 'year_end', '2022-12-20', pg_temp.period('nine_months', 2022)), 'DV422 wrong_period_kind period_id', 'of its kind');
select is(pg_temp.make('t.province', 'MM-x', 'nine_months', '2022-10-20', pg_temp.period('nine_months', 2022)), '23505 meeting_period_once', 'one a period');
select is(pg_temp.make('t.province', 'MM-x', 'committee_session'), '23514 meeting_committee_told', 'a session has a committee');
select is(pg_temp.make('t.province', 'MM-x', 'thematic', '2019-01-01'), 'DV422 out_of_range held_on', 'within the years of the plan');
select is(pg_temp.make('t.province', 'MM-A'), 'planned', 'a thematic one');
select is((pg_temp.meeting('MM-A')).owner_unit_id, pg_temp.unit('bdv-70'), 'of one''s own unit');
select is(pg_temp.make('t.dongxoai', 'MM-D'), 'planned', 'a district holds its own');
select is(pg_temp.make('t.bloc', 'MM-G'), 'planned', 'and a bloc of a commune');
select is(pg_temp.make('t.women', 'MM-W'), 'planned', 'and a body');
select is(pg_temp.sees('t.province', 'MM-G'), '1', 'seen from above');
select is(pg_temp.sees('t.locninh', 'MM-D'), '0', 'not from beside');
select is(pg_temp.sees('t.women.689', 'MM-W'), '0', 'not from below');
select is(pg_temp.sees('t.women', 'MM-A'), '0', 'nor by another line');
select is(pg_temp.as_user('t.province', $$select actions::text from api.meetings where title = 'MM-A'$$), '{update,delete,invite,convene,cancel}', 'what may be done');
select is(pg_temp.as_user('t.viewer', $$select actions::text from api.meetings where title = 'MM-A'$$), '{}', 'by a viewer: nothing');
select is(pg_temp.as_user('t.province', $$update app.meeting set held_at = '08:30', place = 'Hội trường' where title = 'MM-A' returning held_at$$), '08:30:00', 'planned, it changes');
select is(pg_temp.as_user('t.province', $$update app.meeting set place = 'x' where title = 'MM-D' returning 1$$), null, 'by its owner alone');

-- convening
select is(pg_temp.command('t.province', 'MM-A', 'convene'), 'DV409 no_agenda', 'an empty agenda');
select is(pg_temp.agenda('t.dongxoai', 'MM-A'), 'DV422 not_visible meeting_id', 'which nobody below fills');
select is(pg_temp.agenda('t.province', 'MM-A'), 'done', 'the owner does');
select is(pg_temp.command('t.province', 'MM-A', 'convene'), 'DV409 no_invitations', 'nobody invited');
select is(pg_temp.command('t.province', 'MM-A', 'invite'), 'DV422 required unit_ids', 'whom?');
select is(pg_temp.command('t.province', 'MM-A', 'invite', '{"line":"cooks"}'), 'DV422 not_a_choice line', 'a line that is none');
select is(pg_temp.command('t.province', 'MM-A', 'invite', '{"unit_ids":["a"]}'), 'DV422 wrong_type unit_ids', 'ids that are none');
select is(pg_temp.command('t.province', 'MM-A', 'invite', '{"unit_ids":[99999999]}'), 'DV422 not_visible unit_ids', 'a unit that is none');
select is(pg_temp.command('t.dongxoai', 'MM-D', 'invite', format('{"unit_ids":[%s]}', pg_temp.unit('bdv-692'))), 'DV422 not_visible unit_ids', 'or not seen');
select is(pg_temp.command('t.dongxoai', 'MM-D', 'invite', '{"unit_kind":"mobilization_bloc"}'), format('{"invited": %s}',
    (select count(*) from app.unit as u where u.kind = 'mobilization_bloc' and u.is_active and u.district_key = (select x.area_id from app.unit as x where x.code = 'bdv-689'))),
    'a kind, in one''s own scope');
select is(pg_temp.command('t.province', 'MM-A', 'invite', format('{"unit_ids":[%s,%s]}', pg_temp.unit('bdv-689'), pg_temp.unit('bdv-692'))), '{"invited": 2}', 'two units');
select is(pg_temp.command('t.province', 'MM-A', 'invite', '{"line":"women","level":"province"}'), '{"invited": 1}', 'and a line at a level');
select is(pg_temp.command('t.province', 'MM-A', 'invite', '{"line":"women","level":"province"}'), '{"invited": 0}', 'once');
select is(pg_temp.invite_one('t.province', 'MM-A', 'bdv-70'), 'DV422 own_unit unit_id', 'not itself');
select is(pg_temp.sees('t.women', 'MM-A'), '0', 'what is planned is not shown to the invited');
select is(pg_temp.command('t.viewer', 'MM-A', 'convene'), 'DV403 not_permitted', 'a viewer convenes none');
select is(pg_temp.command('t.dongxoai', 'MM-A', 'convene'), 'DV404', 'nor who does not see it');
select is(pg_temp.command('t.province', 'MM-A', 'convene', '{}', 99), 'DV412', 'with the version read');
select is(pg_temp.command('t.province', 'MM-A', 'open'), 'DV409 wrong_state', 'convened comes before open');
select is(pg_temp.command('t.province', 'MM-A', 'convene'), '', 'it is convened');
select is((pg_temp.meeting('MM-A')).convened_on, date '2022-09-15', 'today');
select is(pg_temp.told('meeting_convened', 'MM-A'), 3::bigint, 'each invited unit is told');
select is(pg_temp.sees('t.women', 'MM-A'), '1', 'and sees it');
select is(pg_temp.sees('t.budang', 'MM-A'), '0', 'nobody else');
select is(pg_temp.as_user('t.women', format('select count(*) from api.meeting_invitations where meeting_id = %L and unit_name is not null', (pg_temp.meeting('MM-A')).id)), '3',
    'with all who are invited, by name');
select is(pg_temp.as_user('t.dongxoai', format($$select count(*) from api.meeting_invitations as i where i.meeting_id = %L and i.unit_name like '%%Lộc Ninh%%'$$, (pg_temp.meeting('MM-A')).id)), '1',
    'also one that it does not know');
select is(pg_temp.as_user('t.budang', format('select private.meeting_unit_name(%L, %s, ''2022-09-15'')', (pg_temp.meeting('MM-A')).id, pg_temp.unit('bdv-692'))), null,
    'names are told to the invited alone');
select is(pg_temp.as_user('t.province', $$delete from app.meeting where title = 'MM-A' returning 1$$), 'DV409 wrong_state', 'it is deleted no more');
select is(pg_temp.as_user('t.province', $$update app.meeting set title = 'x' where title = 'MM-A' returning 1$$), 'DV409 wrong_state', 'its title stays');
select is(pg_temp.as_user('t.province', $$update app.meeting set held_on = '2022-09-14' where title = 'MM-A' returning 1$$), 'DV422 in_the_past held_on', 'it moves to no past day');
select is(pg_temp.as_user('t.province', $$update app.meeting set held_on = '2022-09-19' where title = 'MM-A' returning held_on$$), '2022-09-19', 'to another');
select is(pg_temp.told('meeting_convened', 'MM-A'), 6::bigint, 'of which the invited are told');
select is(pg_temp.as_user('t.province', $$update app.meeting set place = 'Phòng họp' where title = 'MM-A' returning place$$), 'Phòng họp', 'its place too');
select is(pg_temp.told('meeting_convened', 'MM-A'), 9::bigint, 'of which they are told as well');
select is(pg_temp.invite_one('t.province', 'MM-A', 'bdv-696'), 'done', 'one more is invited');
select is(pg_temp.told('meeting_convened', 'MM-A'), 10::bigint, 'and told');

-- replies
select is(pg_temp.reply('t.locninh', 'MM-A', 'bdv-689', 'accept'), 'DV403 not_permitted', 'nobody replies for another');
select is(pg_temp.reply('t.dongxoai.viewer', 'MM-A', 'bdv-689', 'accept'), 'DV403 not_permitted', 'nor a viewer');
select is(pg_temp.reply('t.dongxoai', 'MM-A', 'bdv-689', 'decline'), 'DV422 required note', 'declining says why');
select is(pg_temp.reply('t.dongxoai', 'MM-A', 'bdv-689', 'decline', '{"note":"Trùng lịch"}'), '', 'one declines');
select is(pg_temp.reply('t.dongxoai', 'MM-A', 'bdv-689', 'accept'), '', 'and comes after all');
select is(pg_temp.reply('t.dongxoai', 'MM-A', 'bdv-689', 'accept'), 'DV409 wrong_state', 'said once');
select is((select i.reply || coalesce(i.reply_note, '') from app.meeting_invitation as i where i.meeting_id = (pg_temp.meeting('MM-A')).id and i.unit_id = pg_temp.unit('bdv-689')),
    'accepted', 'the note goes with declining');

-- another day, hour or place: what was answered was about another meeting
create function pg_temp.answers(p_title text) returns text
    language sql return (
        select string_agg(concat_ws(' ', u.code, i.reply, i.reply_note, i.replied_on), '; ' order by u.code) from app.meeting_invitation as i
        join app.unit as u on u.id = i.unit_id where i.meeting_id = (pg_temp.meeting(p_title)).id);
select is(pg_temp.reply('t.locninh', 'MM-A', 'bdv-692', 'decline', '{"note":"Trùng lịch"}'), '', 'another declines');
select is(pg_temp.as_user('t.province', $$update app.meeting set chair = 'Phó trưởng ban', secretary = 'Chánh Văn phòng' where title = 'MM-A' returning chair$$),
    'Phó trưởng ban', 'who chairs it changes');
select is(pg_temp.as_user('t.province', $$update app.meeting set held_at = held_at, place = place where title = 'MM-A' returning 'done'$$), 'done',
    'and nothing is said anew');
select is(pg_temp.answers('MM-A'), 'bdv-689 accepted 2022-09-15; bdv-692 declined Trùng lịch 2022-09-15; bdv-696 none; phunu-70 none', 'what was answered stands');
select is(pg_temp.told('meeting_convened', 'MM-A'), 10::bigint, 'and nobody is told');
create temp table read_before as select i.id, i.version from app.meeting_invitation as i
where i.meeting_id = (pg_temp.meeting('MM-A')).id and i.unit_id = pg_temp.unit('bdv-696');
select is(pg_temp.as_user('t.province', $$update app.meeting set held_at = '14:00' where title = 'MM-A' returning held_at$$), '14:00:00', 'it moves to the afternoon');
select is(pg_temp.answers('MM-A'), 'bdv-689 none; bdv-692 none; bdv-696 none; phunu-70 none', 'which nobody has answered yet');
select is(pg_temp.told('meeting_convened', 'MM-A'), 14::bigint, 'and all are told');
select is((select pg_temp.as_user('t.budang', format('select api.meeting_invitation_accept(%L, %s)', r.id, r.version)) from read_before as r), 'DV412',
    'who had not answered does not accept what it has not read');
select is(pg_temp.reply('t.dongxoai', 'MM-A', 'bdv-689', 'accept'), '', 'who comes to this one, says so');
select is(pg_temp.as_user('t.province', $$update app.meeting set place = 'Hội trường tầng 2' where title = 'MM-A' returning 'done'$$), 'done', 'to another hall');
select is(pg_temp.answers('MM-A'), 'bdv-689 none; bdv-692 none; bdv-696 none; phunu-70 none', 'the same');
select is(pg_temp.reply('t.dongxoai', 'MM-A', 'bdv-689', 'accept'), '', 'and says so again');
select is(pg_temp.as_user('t.dongxoai', format('delete from app.meeting_invitation where meeting_id = %L returning 1', (pg_temp.meeting('MM-A')).id)), null, 'the owner takes invitations back');

-- open
select is(pg_temp.command('t.province', 'MM-A', 'open'), 'DV409 not_begun', 'not before its day');
update private.installation set fixed_today = '2022-09-19';
select is(pg_temp.minutes('t.province', 'MM-A'), 'DV409 wrong_state', 'no minutes before');
select is(pg_temp.command('t.province', 'MM-A', 'open'), '', 'it opens');
select is(pg_temp.invite_one('t.province', 'MM-A', 'ubnd-70'), 'DV409 wrong_state', 'nobody is invited any more');
select is(pg_temp.reply('t.locninh', 'MM-A', 'bdv-692', 'accept'), 'DV409 wrong_state', 'nor replies');
select is(pg_temp.as_user('t.province', $$update app.meeting set held_on = '2022-09-20' where title = 'MM-A' returning 1$$), 'DV409 wrong_state', 'its day stays');
select is(pg_temp.agenda('t.province', 'MM-A', 'Việc khác'), 'done', 'the agenda still changes');
select is(pg_temp.command('t.province', 'MM-A', 'cancel', '{"reason":"x"}'), 'DV403 leader_needed', 'an officer cancels it no more');
select is(pg_temp.command('t.province', 'MM-A', 'attendance', '{"rows":[]}'), 'DV422 required rows', 'a sheet has rows');
create function pg_temp.sheet_faults(p_rows text) returns text
    language sql return (select string_agg(concat_ws(' ', f.row_number, f.field, f.word), '; ' order by f.row_number, f.field)
        from private.meeting_attendance_faults((pg_temp.meeting('MM-A')).id, p_rows::jsonb) as f);
select is(pg_temp.sheet_faults('[{"unit_code":"bdv-689","is_present":true},{"unit_code":"bdv-689","is_present":"x"},
    {"unit_code":"ubnd-70","is_present":false,"attendee_count":2},{"is_present":null},
    {"unit_code":"bdv-692","is_present":true,"attendee_count":1.5,"represented_by":3,"x":1}, 7]'),
    '1 is_present wrong_type; 1 unit_code duplicate; 2 attendee_count not_present; 2 unit_code not_invited; 3 is_present required; 3 unit_code required; '
    '4 attendee_count out_of_range; 4 represented_by wrong_type; 4 x unknown_field; 5 is_present required; 5 unit_code required', 'every fault of a sheet');
select is(pg_temp.command('t.province', 'MM-A', 'attendance', '{"rows":[{"unit_code":"bdv-689","is_present":true},{"unit_code":"ubnd-70","is_present":true}]}'),
    'DV422', 'with one nothing is written');
select is((select count(*) from app.meeting_invitation as i where i.meeting_id = (pg_temp.meeting('MM-A')).id and i.attendance is not null), 0::bigint, 'nothing');
select is(pg_temp.command('t.province', 'MM-A', 'attendance', '{"rows":[{"unit_code":"bdv-689","is_present":true,"attendee_count":2,"represented_by":"Trưởng ban"},
    {"unit_code":"bdv-692","is_present":false},{"unit_code":"phunu-70","is_present":true}]}'), '', 'three in one write');
select is(pg_temp.command('t.province', 'MM-A', 'close'), 'DV403 not_permitted', 'an officer closes none');
select is(pg_temp.command('t.leader', 'MM-A', 'close'), 'DV409 attendance_open', 'one is missing');
select is(pg_temp.command('t.province', 'MM-A', 'attendance', '{"rows":[{"unit_code":"bdv-696","is_present":false}]}'), '', 'it is told');
select is(pg_temp.command('t.leader', 'MM-A', 'close'), 'DV409 no_minutes', 'no minutes');
select is(pg_temp.minutes('t.province', 'MM-A'), 'done', 'they are written');
select is(pg_temp.as_user('t.women', 'select count(*) from api.meeting_minutes'), '0', 'and read by nobody else yet');
select is(pg_temp.as_user('t.province', format($$insert into app.meeting_erratum (meeting_id, text) values (%L, 'x') returning 1$$, (pg_temp.meeting('MM-A')).id)), 'DV409 wrong_state', 'errata come after');
select is(pg_temp.command('t.leader', 'MM-A', 'close'), '', 'a leader closes it');

-- closed
select is(pg_temp.as_user('t.women', 'select count(*) from api.meeting_minutes'), '1', 'the invited read the minutes');
select is(pg_temp.as_user('t.leader', $$update app.meeting set place = 'x' where title = 'MM-A' returning 1$$), 'DV409 frozen', 'it is frozen');
select is(pg_temp.agenda('t.province', 'MM-A'), 'DV409 frozen', 'with its agenda');
select is(pg_temp.as_user('t.province', format('update app.meeting_minutes set text = ''x'' where meeting_id = %L returning 1', (pg_temp.meeting('MM-A')).id)), 'DV409 frozen', 'its minutes');
select is(pg_temp.as_user('t.province', format('delete from app.meeting_invitation where meeting_id = %L returning 1', (pg_temp.meeting('MM-A')).id)), 'DV409 frozen', 'and its invitations');
select is(pg_temp.as_user('t.province', format($$insert into app.meeting_erratum (meeting_id, text) values (%L, 'Mục 2: sửa số 12 thành 21') returning added_on$$, (pg_temp.meeting('MM-A')).id)), '2022-09-19', 'what was wrong is a new entry');
select is(pg_temp.as_user('t.women', format($$insert into app.meeting_erratum (meeting_id, text) values (%L, 'x') returning 1$$, (pg_temp.meeting('MM-A')).id)), '42501', 'of the owner');
select is(pg_temp.as_user('t.province', $$update app.meeting_erratum set text = 'x' returning 1$$), '42501', 'never changed');
select is(pg_temp.as_user('t.women', $$select errata -> 0 ->> 'text' from api.meeting_details where title = 'MM-A'$$), 'Mục 2: sửa số 12 thành 21', 'read with the meeting');
select is(pg_temp.as_user('t.women', $$select invitation_counts::text from api.meeting_details where title = 'MM-A'$$),
    '{"none": 0, "absent": 2, "invited": 4, "present": 2, "accepted": 1, "declined": 0, "attendees": 2, "uninvited": 0}', 'with who came');

-- a plan that is over
update app.plan set status = 'closed' where id = pg_temp.plan_36();
select is(pg_temp.make('t.province', 'MM-late'), 'DV409 plan_closed', 'no meeting is planned under it');
select is(pg_temp.as_user('t.dongxoai', $$update app.meeting set place = 'Phòng 2' where title = 'MM-D' returning place$$), 'Phòng 2', 'one planned before is held');
update app.plan set status = 'in_force' where id = pg_temp.plan_36();

-- a day that it comes back to is told again
select is(concat_ws(' ', pg_temp.make('t.province', 'MM-B'), pg_temp.agenda('t.province', 'MM-B'), pg_temp.invite_one('t.province', 'MM-B', 'bdv-689'),
    pg_temp.command('t.province', 'MM-B', 'convene')), 'planned done done ', 'one is convened for the 20th');
select is(pg_temp.as_user('t.province', $$update app.meeting set held_on = '2022-09-22' where title = 'MM-B' returning held_on$$), '2022-09-22', 'moved');
select is(pg_temp.as_user('t.province', $$update app.meeting set held_on = '2022-09-20' where title = 'MM-B' returning held_on$$), '2022-09-20', 'and moved back');
select is((select string_agg(n.due_on::text, ' ' order by n.due_on) from app.notice as n where n.topic = 'meeting_convened' and n.resource_id = (pg_temp.meeting('MM-B')).id),
    '2022-09-20 2022-09-20 2022-09-22', 'the invited know the day last set');
select is(pg_temp.as_user('t.dongxoai', format($$select string_agg(coalesce(n.stage, 'asked') || ' ' || (n.title like '%%thay đổi thời gian, địa điểm hội nghị, nay họp ngày 20/09/2022: MM-B'), ', ' order by n.stage nulls first)
    from api.notices as n where n.resource_id = %L and n.due_on = '2022-09-20'$$, (pg_temp.meeting('MM-B')).id)), 'asked false, moved true', 'and that it is another than they were asked to');
select is(pg_temp.reply('t.dongxoai', 'MM-B', 'bdv-689', 'accept'), '', 'one answers');
update private.installation set fixed_today = '2022-09-21';
select is(pg_temp.as_user('t.province', $$update app.meeting set place = 'Phòng 3' where title = 'MM-B' returning place$$), 'Phòng 3', 'its place is set right after it');
select is(pg_temp.answers('MM-B'), 'bdv-689 accepted 2022-09-19', 'which changes no answer');
select is(pg_temp.told('meeting_convened', 'MM-B'), 3::bigint, 'and tells nobody');
select is(pg_temp.as_user('t.province', $$update app.meeting set held_on = '2022-09-26' where title = 'MM-B' returning held_on$$), '2022-09-26', 'or it was put off to a day ahead');
select is(pg_temp.answers('MM-B'), 'bdv-689 none', 'to which nobody has answered');
select is((select max(n.due_on) from app.notice as n where n.topic = 'meeting_convened' and n.resource_id = (pg_temp.meeting('MM-B')).id), date '2022-09-26', 'and they are told the new day');
update private.installation set fixed_today = '2022-09-19';

-- who is taken off the list of one that is convened is told, and told again when it is invited again
create function pg_temp.take_off(p_title text, p_unit text) returns text
    language sql return pg_temp.as_user('t.province', format('delete from app.meeting_invitation where meeting_id = %L and unit_id = %s returning ''off''',
        (pg_temp.meeting(p_title)).id, pg_temp.unit(p_unit)));
create function pg_temp.heard(p_title text, p_unit text) returns text
    language sql return (select string_agg(n.topic, ' ' order by n.topic) from app.notice as n
        where n.unit_id = pg_temp.unit(p_unit) and n.resource_id = (pg_temp.meeting(p_title)).id);
select is(concat_ws(' ', pg_temp.make('t.province', 'MM-C', 'thematic', '2022-09-28'), pg_temp.agenda('t.province', 'MM-C'), pg_temp.invite_one('t.province', 'MM-C', 'bdv-689'),
    pg_temp.invite_one('t.province', 'MM-C', 'bdv-692'), pg_temp.invite_one('t.province', 'MM-C', 'bdv-696')), 'planned done done done done', 'three are invited');
select is(pg_temp.take_off('MM-C', 'bdv-696'), 'off', 'one is taken off again');
select is(pg_temp.command('t.province', 'MM-C', 'convene'), '', 'before it is convened');
select is(pg_temp.heard('MM-C', 'bdv-696'), null, 'and hears nothing');
select is(pg_temp.take_off('MM-C', 'bdv-692'), 'off', 'another after');
select is(pg_temp.heard('MM-C', 'bdv-692'), 'invitation_withdrawn meeting_convened', 'who was told to come hears that it is not asked any more');
select is(pg_temp.heard('MM-C', 'bdv-689'), 'meeting_convened', 'alone');
select is(pg_temp.as_user('t.locninh', format($$select concat_ws('|', n.title, n.link) from api.notices as n where n.topic = 'invitation_withdrawn' and n.resource_id = %L$$,
    (pg_temp.meeting('MM-C')).id)), 'Ban Dân vận Tỉnh ủy Bình Phước rút lại giấy mời dự hội nghị ngày 28/09/2022', 'by whom and of which day, and is led to nothing that it does not see');
select is(pg_temp.sees('t.locninh', 'MM-C'), '0', 'as it does not any more');
select is(pg_temp.as_user('t.locninh', format($$select concat_ws('|', n.title, n.link) from api.notices as n where n.topic = 'meeting_convened' and n.resource_id = %L$$,
    (pg_temp.meeting('MM-C')).id)), 'Ban Dân vận Tỉnh ủy Bình Phước mời dự hội nghị ngày 28/09/2022', 'nor by the invitation that it was sent before');
select is(pg_temp.invite_one('t.province', 'MM-C', 'bdv-692'), 'done', 'invited once more');
select is(pg_temp.heard('MM-C', 'bdv-692'), 'invitation_withdrawn meeting_convened meeting_convened', 'it is told once more');
select is(pg_temp.take_off('MM-C', 'bdv-692'), 'off', 'and taken off');
select is(pg_temp.heard('MM-C', 'bdv-692'), 'invitation_withdrawn invitation_withdrawn meeting_convened meeting_convened', 'the same');

-- held before it is entered: by the same way, and nobody is asked to come
create function pg_temp.held_before(p_title text) returns text
    language sql return concat_ws(' ', pg_temp.make('t.province', p_title, 'thematic', '2022-09-12'), pg_temp.agenda('t.province', p_title),
        pg_temp.invite_one('t.province', p_title, 'bdv-689'), pg_temp.command('t.province', p_title, 'convene'));
select is(pg_temp.held_before('MM-H'), 'planned done done ', 'a meeting of a day that has passed is convened');
select is(pg_temp.told('meeting_convened', 'MM-H'), 0::bigint, 'nobody is asked to come to it');
select is(pg_temp.invite_one('t.province', 'MM-H', 'bdv-692'), 'done', 'one more had been invited');
select is(pg_temp.take_off('MM-H', 'bdv-692') || pg_temp.invite_one('t.province', 'MM-H', 'bdv-692'), 'offdone', 'entered by mistake, and again');
select is(pg_temp.heard('MM-H', 'bdv-692'), null, 'of which it hears nothing');
select is(pg_temp.as_user('t.province', $$update app.meeting set held_on = '2022-09-13' where title = 'MM-H' returning held_on$$), '2022-09-13', 'its day is set right');
select is(pg_temp.told('meeting_convened', 'MM-H'), 0::bigint, 'of which nobody is told either');
select is(pg_temp.command('t.province', 'MM-H', 'open'), '', 'it opens');
select is(pg_temp.command('t.province', 'MM-H', 'attendance', '{"rows":[{"unit_code":"bdv-689","is_present":true},{"unit_code":"bdv-692","is_present":true}]}'), '', 'who came is told');
select is(pg_temp.minutes('t.province', 'MM-H'), 'done', 'with its minutes');
select is(pg_temp.command('t.leader', 'MM-H', 'close'), '', 'it closes');
select is(pg_temp.told('conclusions_issued', 'MM-H'), 2::bigint, 'of its conclusions they are told');
select is(pg_temp.held_before('MM-I'), 'planned done done ', 'another');
select is(pg_temp.command('t.province', 'MM-I', 'cancel', '{"reason":"Nhập nhầm"}'), '', 'entered by mistake it is cancelled');
select is(pg_temp.told('meeting_cancelled', 'MM-I'), 0::bigint, 'of which nobody is told who was not asked');

-- cancelling, as of a day
select is(pg_temp.command('t.dongxoai', 'MM-D', 'cancel'), 'DV422 required reason', 'cancelling says why');
select is(pg_temp.command('t.dongxoai', 'MM-D', 'cancel', '{"reason":"Lồng ghép"}'), '', 'it is cancelled');
select is(pg_temp.told('meeting_cancelled', 'MM-D'), 0::bigint, 'nobody had been convened');
select is(pg_temp.as_user('t.women', $$delete from app.meeting where title = 'MM-W' returning 'done'$$), 'done', 'what is planned may be deleted');
select is(pg_temp.as_user('t.viewer', $$select status || coalesce(convened_on::text, '') from api.meetings_on('2022-09-16') where title = 'MM-A'$$), null,
    'made later than the day');
insert into app.meeting (plan_id, kind, title, held_on, status, convened_on, opened_on, closed_on, created_at, owner_unit_id)
values (pg_temp.plan_36(), 'thematic', 'MM-Z', '2022-03-10', 'closed', '2022-03-01', '2022-03-10', '2022-03-11', '2022-02-20 08:00+07', pg_temp.unit('bdv-70'));
insert into app.meeting_invitation (meeting_id, unit_id, reply, replied_on, attendance, created_at)
values ((pg_temp.meeting('MM-Z')).id, pg_temp.unit('bdv-689'), 'accepted', '2022-03-03', 'present', '2022-02-21 08:00+07');
create function pg_temp.on_day(p_day date) returns text
    language sql return pg_temp.as_user('t.viewer', format($$select concat_ws(' ', m.status, m.convened_on, i.reply, i.attendance)
        from api.meetings_on(%1$L) as m left join api.meeting_invitations_on(%1$L) as i on i.meeting_id = m.id where m.title = 'MM-Z'$$, p_day));
select is(pg_temp.on_day('2022-02-19'), null, 'not yet planned');
select is(pg_temp.on_day('2022-02-20'), 'planned', 'planned');
select is(pg_temp.on_day('2022-03-02'), 'planned 2022-03-01 none', 'convened');
select is(pg_temp.on_day('2022-03-10'), 'open 2022-03-01 accepted present', 'held');
select is(pg_temp.on_day('2022-03-11'), 'closed 2022-03-01 accepted present', 'over');

select * from finish();
rollback;
