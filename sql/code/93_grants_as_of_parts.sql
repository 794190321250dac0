-- What parts of things of another day need beyond 90_grants.sql.
set local role none;

grant execute on function
    private.is_in_plan_on(text, date, timestamptz, timestamptz, date), private.moment_after(date),
    api.assignment_parts_on(date), api.qualifications_on(date), api.staff_deletions_on(date), api.users_on(date),
    api.memberships_on(date), api.course_days_on(date), api.course_invitations_on(date),
    api.training_attendance_on(date), api.audit_events_on(date), api.notices_on(date), api.indicators_on(date),
    api.targets_on(date), api.indicator_asks_on(date), api.indicator_items_on(date),
    api.training_requirements_on(date), api.period_dues_on(date), api.period_events_on(date),
    api.document_relations_on(date), api.reorganisation_steps_on(date), api.reorganisation_parts_on(date),
    api.reorganisation_function_items_on(date), api.area_links_on(date), api.unit_links_on(date)
to danvan_reader;
