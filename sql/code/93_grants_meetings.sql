-- What meetings need beyond 90_grants.sql.
set local role none;

grant execute on function
    private.my_invited_meetings(), private.my_concluded_meetings(), private.my_named_outcomes(),
    private.is_my_meeting(uuid), private.meeting_unit_name(uuid, integer, date),
    api.meeting_series_on(date), api.meetings_on(date), api.meeting_invitations_on(date),
    api.meeting_agenda_items_on(date), api.meeting_errata_on(date)
to danvan_reader;

grant execute on function
    private.is_my_series(uuid),
    private.meeting_invitees_read(jsonb), private.meeting_series_generate(uuid, integer),
    private.meeting_invite(uuid, integer, integer[]), private.meeting_convene(uuid, integer),
    private.meeting_open(uuid, integer), private.meeting_close(uuid, integer), private.meeting_cancel(uuid, integer, text),
    private.meeting_attendance(uuid, integer, jsonb), private.meeting_invitation_reply(uuid, integer, text, text)
to danvan_writer;

grant insert (id, plan_id, plan_item_id, kind, held_offset_days, place, chair, ended_on),
    update (plan_item_id, held_offset_days, place, chair, ended_on),
    delete
    on app.meeting_series to danvan_writer;
grant insert (id, series_id, unit_id, unit_kind, line_id, level_id), delete on app.meeting_series_invitee to danvan_writer;
grant insert (id, series_id, position, title), update (position, title), delete
    on app.meeting_series_agenda_item to danvan_writer;
grant insert (id, plan_id, plan_item_id, period_id, committee_id, kind, title, held_on, held_at, place, chair, secretary, document_id),
    update (plan_item_id, title, held_on, held_at, place, chair, secretary, document_id),
    delete
    on app.meeting to danvan_writer;
grant insert (id, meeting_id, unit_id, is_uninvited), delete on app.meeting_invitation to danvan_writer;
grant insert (id, meeting_id, position, title, presenter_unit_id, note), update (position, title, presenter_unit_id, note), delete
    on app.meeting_agenda_item to danvan_writer;
grant insert (id, meeting_id, text), update (text) on app.meeting_minutes to danvan_writer;
grant insert (id, meeting_id, outcome_id, text) on app.meeting_erratum to danvan_writer;
