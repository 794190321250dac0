-- What reports need beyond 90_grants.sql.
set local role none;

grant execute on function
    private.report_refusal(text, date, text, date, date), private.report_content_rows(jsonb),
    api.report_differences(uuid, integer, integer)
to danvan_reader;

grant execute on function
    private.superior_of(integer, uuid), private.report_visible(uuid), private.report_is_held(uuid),
    private.report_hold(uuid), private.report_prefill(uuid, integer, boolean), private.report_submit(uuid, integer),
    private.report_withdraw(uuid, integer), private.report_accept(uuid, integer),
    private.report_return(uuid, integer, jsonb), private.report_approve(uuid, integer, text),
    private.report_reopen(uuid, integer, jsonb)
to danvan_writer;

grant insert (id, period_id) on app.report to danvan_writer;
grant update (status, progress, done, doing, figures, difficulties, proposals) on app.report_line to danvan_writer;
grant update (text) on app.report_section to danvan_writer;
