-- The meetings of the demonstration year against the rules that the program holds its users to.
begin;
\ir ../include/acting.sql
select plan(8);
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');

select is_empty($$select m.title, m.held_on from app.meeting as m where greatest(m.convened_on, m.opened_on, m.closed_on, m.cancelled_on) > '2022-11-21'$$,
    'nothing has happened after the day it stands on');
select is_empty($$select m.title, m.convened_on from app.meeting as m where extract(isodow from m.convened_on) > 5$$, 'none was convened on a day off');
select is_empty($$select m.title, m.held_on from app.meeting as m where m.status in ('open', 'closed') and (
        not exists (select from app.meeting_agenda_item as a where a.meeting_id = m.id)
        or not exists (select from app.meeting_invitation as i where i.meeting_id = m.id))$$, 'who has met had an agenda and invitations');
select is_empty($$select m.title, m.held_on from app.meeting as m where m.status = 'closed' and (
        not exists (select from app.meeting_minutes as x where x.meeting_id = m.id)
        or exists (select from app.meeting_invitation as i where i.meeting_id = m.id and i.attendance is null))$$, 'and closed with minutes and attendance');
select is_empty($$select m.title from app.meeting as m where m.updated_at < m.created_at
    union all select o.title from app.outcome as o where o.updated_at < o.created_at or o.updated_at > '2022-11-22'
    union all select a.title from app.meeting_agenda_item as a where a.created_at > '2022-11-22'$$, 'each has its hours in order, before the day is over');
select is(pg_temp.as_user('t.leader', $$select count(*) from api.meeting_agenda_items where outcome_id is not null$$),
    pg_temp.as_user('t.leader', $$select count(*) from api.meeting_agenda_items_on('2022-11-21') where outcome_id is not null$$),
    'what was carried over is on the agendas of the day');
select is_empty($$select s.id from app.meeting as s join app.meeting_invitation as i on i.meeting_id = s.id where s.kind = 'committee_session' and not exists (
        select from app.committee_member as c where c.committee_id = s.committee_id and c.unit_id = i.unit_id and c.valid_from <= s.held_on
            and (c.valid_to is null or c.valid_to > s.held_on))$$, 'a committee meets with its members of the day');
select cmp_ok((select count(distinct i.reply_note) from app.meeting_invitation as i), '>', 2::bigint, 'who does not come has reasons of its own');

select * from finish();
rollback;
