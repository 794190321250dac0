-- What lists of another day need beyond 90_grants.sql.
set local role none;

grant execute on function
    private.plan_issued_on(text, date, timestamptz),
    api.staff_on(date), api.appointments_on(date), api.establishments_on(date), api.courses_on(date),
    api.training_records_on(date), api.plans_on(date), api.plan_items_on(date), api.responsibilities_on(date),
    api.periods_on(date), api.documents_on(date), api.extension_requests_on(date), api.ratings_on(date),
    api.reorganisations_on(date),
    api.schedules_on(date), api.period_exceptions_on(date)
to danvan_reader;
