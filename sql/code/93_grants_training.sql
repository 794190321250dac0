-- What training needs beyond 90_grants.sql.
set local role none;

grant execute on function
    api.training_coverage(uuid, integer, text, date, text, integer, boolean),
    api.training_due(uuid, integer, text, date, integer, integer, boolean),
    private.training_asked(uuid, text),
    private.training_coverage(uuid, integer, text, date, text, integer, boolean),
    private.training_due_rows(uuid, integer, text, date, integer, integer, boolean),
    private.my_invited_courses()
to danvan_reader;

grant execute on function
    private.is_my_course(uuid), private.is_my_plan(uuid), private.course_visible(uuid), private.day_or_none(text),
    private.course_open(uuid, integer), private.course_hold(uuid, integer), private.course_close(uuid, integer),
    private.course_cancel(uuid, integer, text), private.reason_read(jsonb),
    private.attendance_faults(uuid, text[], date[], boolean[]),
    private.attendance_write(uuid, integer, text[], date[], boolean[]),
    private.training_record_command(uuid, integer, text), private.training_record_answer(uuid, integer, text)
to danvan_writer;

grant insert (id, code, name, topic_code, partner_unit_id, partner, plan_item_id, document_id, starts_on, ends_on,
        place, capacity, pass_percent),
    update (code, name, topic_code, partner_unit_id, partner, plan_item_id, document_id, starts_on, ends_on,
        place, capacity, pass_percent),
    delete
    on app.course to danvan_writer;
grant insert (id, course_id, day, title), delete on app.course_day to danvan_writer;
grant insert (id, course_id, unit_id, places), update (places), delete on app.course_invitation to danvan_writer;
grant insert (id, course_id, staff_id, status, days_attended, result, score, certificate_number, certified_on, valid_until),
    update (result, score, certificate_number, certified_on, valid_until)
    on app.training_record to danvan_writer;
grant insert (id, plan_id, plan_item_id, topic_code, position_code, level_id, line_id, year, note),
    update (plan_item_id, note), delete
    on app.training_requirement to danvan_writer;
