-- What reading assignments and the overview of another day needs beyond 90_grants.sql.
set local role none;

grant execute on function
    private.assignment_on(date), api.assignments_on(date), api.progress_entries_on(date), api.assignment_counts_on(date),
    api.assignment_count_summary_on(date, integer, boolean, uuid, integer),
    private.overview_assignments_on(text, integer, uuid, date), private.overview_periods_on(uuid, uuid, date),
    private.overview_reports_on(text, integer, uuid[], date),
    api.overview_on(date, integer, uuid, uuid, integer), api.task_matrix_on(date)
to danvan_reader;
