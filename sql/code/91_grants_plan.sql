-- What plans and assignments need beyond 90_grants.sql: helpers that the api views and commands call.
set local role none;

grant execute on function
    private.item_responsibilities(uuid, uuid), private.item_documents(uuid)
to danvan_reader;
grant execute on function api.assignment_count_summary(integer, boolean, uuid, integer) to danvan_reader;

grant execute on function
    private.plan_visible(uuid), private.plan_move(uuid, integer, text, text), private.plan_issue(uuid, integer),
    private.progress_read(jsonb, text, integer), private.assignment_read(uuid), private.assignment_in_force(uuid), private.assignment_stale(uuid),
    private.assignment_decide(uuid, integer, text[])
to danvan_writer;

grant insert (note), update (note) on app.unit_version to danvan_writer;
