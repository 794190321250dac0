-- What reading reports of another day needs beyond 90_grants.sql.
set local role none;

grant execute on function
    private.day_of(timestamptz), private.period_state_on(uuid, date, date, date, date),
    private.report_version_on(uuid, date, boolean), private.made_id(uuid, text),
    api.reports_on(date), api.report_details_on(date), api.report_lines_on(date), api.report_sections_on(date),
    api.indicator_values_on(date), api.report_gathered_lines_on(date), api.report_versions_on(date),
    api.report_line_counts(uuid, text, integer, boolean, date, boolean)
to danvan_reader;
