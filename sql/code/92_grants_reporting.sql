-- What periods, reports, indicators, notices and evidence need beyond 90_grants.sql.
set local role none;

grant execute on function
    private.period_state(timestamptz, timestamptz, date, date, date, date), private.scope_of_unit(integer)
to danvan_reader;
