-- What periods, exceptions, requests for more time and rates need beyond 90_grants.sql.
set local role none;

grant insert (id, plan_id, kind, label, starts_on, ends_on, opens_on, locks_on), update (label, opens_on, locks_on), delete
    on app.period to danvan_writer;
grant insert (id, period_id, unit_id, until_on, reason) on app.period_exception to danvan_writer;
grant insert (id, assignment_id, asked_due_on, reason) on app.extension_request to danvan_writer;

grant execute on function
    private.group_names(text, integer[], date, text[]), private.rate_group(text, text, text, boolean), private.rate(bigint, bigint),
    api.report_rates(uuid, text, integer, boolean, date, boolean),
    api.assignment_rates(integer, text, uuid, integer, boolean, date, boolean)
to danvan_reader;

grant execute on function
    private.period_due_days(uuid, text, date), private.period_visible(uuid),
    private.reason_read(jsonb), private.day_read(jsonb, text), private.day_required(jsonb, text),
    private.year_read(jsonb, text), private.kinds_read(jsonb), private.decision_note_read(jsonb),
    private.plan_generate_periods(uuid, text[], integer, integer),
    private.period_open(uuid, integer, text), private.period_lock(uuid, integer, text),
    private.period_unlock(uuid, integer, date, text), private.period_due_move(uuid, integer, date, text),
    private.period_exception_revoke(uuid, integer),
    private.extension_visible(uuid), private.extension_grant(uuid, integer, date, text),
    private.extension_refuse(uuid, integer, text), private.extension_withdraw(uuid, integer)
to danvan_writer;
