-- Who sees and writes what stands under a meeting or a series. Whoever sees a meeting sees its agenda and whom it invites,
-- as on the paper that convenes it; its minutes, once it is closed, the scope of whoever held it and the units it invited.
-- What may be written in which state is said by triggers (43_meetings.sql).

set local role danvan_policy;

create function private.is_my_series(p_series_id uuid) returns boolean
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return exists (
        select from app.meeting_series as s where s.id = p_series_id and s.owner_unit_id = private.my_unit());
end;
$$;

set local role danvan_owner;

select private.see_by_parent(t, 'meeting_id', 'meeting')
from unnest(array['meeting_invitation', 'meeting_agenda_item', 'meeting_erratum']) as t;

create policy meeting_minutes_select_own_unit on app.meeting_minutes for select to danvan_reader
    using (private.is_my_meeting(meeting_id));
create policy meeting_minutes_select_closed on app.meeting_minutes for select to danvan_reader
    using (exists (
        select from app.meeting as m
        where m.id = meeting_id and m.status = 'closed'
            and (m.id in (select private.my_invited_meetings())
                or private.in_my_scope(m.province_key, m.district_key, m.grassroots_key,
                    m.province_line_key, m.district_line_key, m.grassroots_line_key)) offset 0));

select private.write_own('meeting_series');
select private.write_own('meeting', '{update,delete}');
create policy meeting_insert_own_unit on app.meeting for insert to danvan_writer
    with check (owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 and status = 'planned');

create policy meeting_series_invitee_insert_own_unit on app.meeting_series_invitee for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and private.is_my_series(series_id));
create policy meeting_series_invitee_delete_own_unit on app.meeting_series_invitee for delete to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_series(series_id));
create policy meeting_series_agenda_item_insert_own_unit on app.meeting_series_agenda_item for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and private.is_my_series(series_id));
create policy meeting_series_agenda_item_update_own_unit on app.meeting_series_agenda_item for update to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_series(series_id));
create policy meeting_series_agenda_item_delete_own_unit on app.meeting_series_agenda_item for delete to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_series(series_id));

create policy meeting_invitation_insert_own_unit on app.meeting_invitation for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and private.is_my_meeting(meeting_id));
create policy meeting_invitation_delete_own_unit on app.meeting_invitation for delete to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_meeting(meeting_id));
create policy meeting_agenda_item_insert_own_unit on app.meeting_agenda_item for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and private.is_my_meeting(meeting_id));
create policy meeting_agenda_item_update_own_unit on app.meeting_agenda_item for update to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_meeting(meeting_id));
create policy meeting_agenda_item_delete_own_unit on app.meeting_agenda_item for delete to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_meeting(meeting_id));
create policy meeting_minutes_insert_own_unit on app.meeting_minutes for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and private.is_my_meeting(meeting_id));
create policy meeting_minutes_update_own_unit on app.meeting_minutes for update to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_meeting(meeting_id));
create policy meeting_erratum_insert_own_unit on app.meeting_erratum for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and private.is_my_meeting(meeting_id));
