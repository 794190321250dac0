-- What the view of a plan's years needs beyond 90_grants.sql.
set local role none;

grant execute on function
    api.plan_years(uuid, text, integer, boolean, text, text, date),
    api.plan_year_details(uuid, integer, boolean, text, text, date),
    private.plan_years_asked(uuid, text, text), private.phase_of(uuid, integer),
    private.plan_year_rows(uuid, text, uuid, integer, boolean, text, text, date)
to danvan_reader;

grant insert (id, plan_id, from_year, to_year, name, plan_item_id), update (from_year, to_year, name, plan_item_id), delete
    on app.plan_phase to danvan_writer;
