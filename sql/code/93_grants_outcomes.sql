-- What outcomes and packets need beyond 90_grants.sql.
set local role none;

grant execute on function
    private.my_invited_meetings(), private.my_named_outcomes(), private.my_concluded_meetings(),
    private.outcome_is_seen(uuid), private.outcome_work(uuid), private.overdue_outcomes(),
    private.outcome_unit_name(uuid, integer, date), private.agenda_carry_over_count(uuid, uuid), private.outcome_work_on(uuid, date), private.outcome_carried_on(uuid, date),
    private.meeting_open_outcomes(app.meeting), private.meeting_before(app.meeting), private.meeting_packet_reports(uuid, text, integer),
    private.meeting_packet_overdue(uuid, text, integer), private.meeting_packet_previous(app.meeting),
    private.meeting_packet_outcome(app.outcome), private.meeting_kind_name(text), private.cut_text(text, integer),
    private.meeting_packet_situation(uuid, integer), private.meeting_packet_proposals(uuid, integer),
    private.meeting_scope(integer), private.meeting_packet(uuid),
    api.outcomes_on(date), api.outcome_details_on(date), api.outcome_units_on(date)
to danvan_reader;

grant execute on function
    private.is_my_outcome(uuid), private.outcome_meeting(uuid), private.outcome_may_name(uuid, integer),
    private.outcome_names(uuid, integer), private.outcome_of_unit(uuid), private.outcome_refuse(app.meeting),
    private.outcome_check_unit(uuid, integer, text),
    private.outcome_complete(uuid, integer, text), private.outcome_reopen(uuid, integer, text),
    private.outcome_withdraw(uuid, integer, text)
to danvan_writer;

grant insert (id, meeting_id, position, kind, title, text, lead_unit_id, due_on, plan_item_id),
    update (position, title, text, lead_unit_id, due_on, plan_item_id), delete
    on app.outcome to danvan_writer;
grant insert (id, outcome_id, unit_id), delete on app.outcome_unit to danvan_writer;
