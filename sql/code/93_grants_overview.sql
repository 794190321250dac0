-- What own plans, their coverage, the overview and the task matrix need beyond 90_grants.sql.
set local role none;

grant insert (report_outline), update (report_outline) on app.plan to danvan_writer;
grant insert (asks_own_plan), update (asks_own_plan) on app.plan_item to danvan_writer;

grant execute on function
    private.plan_expected(uuid, text, integer, date),
    private.plan_issued_below(uuid, text, integer, date),
    private.overview_assignments(text, integer, uuid), private.overview_overdue(text, integer, uuid),
    private.overview_periods(uuid, uuid), private.overview_reports(text, integer, uuid[]), private.unit_name(integer),
    private.overview_targets(uuid, integer, text, integer, date),
    private.to_decide(),
    api.plan_coverage(uuid, integer, date), api.plan_carriers(uuid, integer, date),
    api.overview(integer, uuid, uuid, integer)
to danvan_reader;

grant execute on function
    private.item_reaches(uuid, integer), private.plan_hold_draft(uuid, integer), private.plan_items_above(uuid, text[])
to danvan_writer;
