-- How a meeting goes once it is open: what it found open stays on its agenda.
begin;
\ir include/acting.sql
select plan(8);
update private.installation set mode = 'test', fixed_today = '2022-09-15';

select pg_temp.add_user('t.officer', 'bdv-70', 'officer');
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
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

select * from finish();
rollback;
