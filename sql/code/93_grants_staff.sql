-- What staff and establishments need beyond 90_grants.sql. Nobody selects staff_detail.
set local role none;

revoke select on app.staff_detail from danvan_reader;

grant execute on function
    private.my_seconded_staff(), private.direct_superior_of(integer), private.is_over(integer),
    private.post_on_record(app.appointment), private.shares_day(date), private.establishment_counts(date, text, integer, boolean),
    api.establishment_figures(date, text, integer, boolean)
to danvan_reader;

grant execute on function
    private.position_fits(text, smallint), private.staff_visible(uuid), private.text_read(jsonb, text, integer, boolean),
    private.choice_read(jsonb, text, text[], text), private.unit_read(jsonb, text), private.detail_read(jsonb),
    private.staff_read_detail(uuid, text), private.staff_change_detail(uuid, integer, jsonb), private.staff_export(uuid),
    private.staff_transfer(uuid, integer, integer, text, date, text),
    private.staff_second(uuid, integer, integer, text, date, date, text),
    private.staff_leave(uuid, integer, date, text), private.staff_reinstate(uuid, integer),
    private.appointment_end(uuid, integer, date, text)
to danvan_writer;

grant insert (id, unit_id, position_code, quota, valid_from, valid_to, legal_basis),
    update (position_code, quota, valid_from, valid_to, legal_basis), delete
    on app.establishment to danvan_writer;
grant insert (id, code, full_name, unit_id, user_id), update (code, full_name, user_id) on app.staff to danvan_writer;
grant insert (id, staff_id, kind, degree, subject, institution, obtained_on),
    update (kind, degree, subject, institution, obtained_on), delete
    on app.qualification to danvan_writer;
grant insert (id, staff_id, unit_id, position_code, kind, valid_from, valid_to, legal_basis, end_cause),
    update (position_code, valid_from, valid_to, legal_basis, end_cause), delete
    on app.appointment to danvan_writer;
