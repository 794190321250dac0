-- What periods, reports, indicators, notices and evidence need beyond 90_grants.sql.
set local role none;

grant execute on function
    private.period_state(timestamptz, timestamptz, date, date, date, date)
to danvan_reader;
