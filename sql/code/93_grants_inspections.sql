-- What inspections and emulation need beyond 90_grants.sql.
set local role none;

-- What was found is told later than who is inspected: by private.nothing_found.
revoke select on app.inspection_unit from danvan_reader;
grant select (id, inspection_id, unit_id, role, created_at, updated_at, version) on app.inspection_unit to danvan_reader;

grant execute on function
    private.my_named_inspections(), private.my_partner_inspections(), private.my_subject_inspections(),
    private.my_named_programmes(), private.my_replicated_models(), private.nothing_found(uuid),
    api.inspection_overview(integer, integer, date, integer, boolean),
    private.inspection_counts(integer, integer, date, integer, boolean),
    api.recommendation_ages(text, date, integer, boolean),
    private.recommendation_ages(date, text, integer, boolean),
    api.emulation_counts(integer, integer, text, date, integer, boolean),
    api.inspection_programmes_on(date), api.inspections_on(date), api.inspection_units_on(date),
    api.inspection_standards_on(date), api.inspection_findings_on(date), api.recommendations_on(date),
    api.emulation_models_on(date), api.emulation_replications_on(date), api.emulation_drives_on(date),
    api.award_counts_on(date)
to danvan_reader;

grant execute on function
    private.is_my_inspection(uuid), private.is_written_by_caller(), private.is_model_mine_or_below(uuid),
    private.named_document_read(jsonb),
    private.inspection_programme_move(uuid, integer, text, text),
    private.inspection_announce(uuid, integer), private.inspection_start(uuid, integer),
    private.inspection_conclude(uuid, integer, uuid), private.inspection_cancel(uuid, integer, text),
    private.recommendation_complete(uuid, integer), private.recommendation_withdraw(uuid, integer, text),
    private.emulation_model_confirm(uuid, integer), private.emulation_model_recognise(uuid, integer, uuid),
    private.emulation_model_end(uuid, integer, text), private.emulation_drive_move(uuid, integer, text)
to danvan_writer;

grant insert (id, plan_id, year, title, document_id), update (plan_id, year, title, document_id), delete
    on app.inspection_programme to danvan_writer;
grant insert (id, programme_id, plan_id, plan_item_id, kind, is_joint, title, focus, starts_on, ends_on),
    update (programme_id, plan_id, plan_item_id, kind, is_joint, title, focus, starts_on, ends_on), delete
    on app.inspection to danvan_writer;
grant insert (id, inspection_id, unit_id, role), update (nothing_found), delete on app.inspection_unit to danvan_writer;
grant insert (id, inspection_id, document_id), delete on app.inspection_standard to danvan_writer;
grant insert (id, inspection_id, subject_unit_id, kind, text), update (subject_unit_id, kind, text), delete
    on app.inspection_finding to danvan_writer;
grant insert (id, inspection_id, lead_unit_id, title, text, due_on), update (lead_unit_id, title, text, due_on), delete
    on app.recommendation to danvan_writer;

grant insert (id, plan_item_id, drive_id, field, name, description, registered_on),
    update (plan_item_id, drive_id, field, name, description, registered_on), delete
    on app.emulation_model to danvan_writer;
grant insert (id, model_id, unit_id, area_id, replicated_on, note), update (replicated_on, note), delete
    on app.emulation_replication to danvan_writer;
grant insert (id, kind, title, plan_item_id, document_id, starts_on, ends_on),
    update (kind, title, plan_item_id, document_id, starts_on, ends_on), delete
    on app.emulation_drive to danvan_writer;
grant insert (id, year, form, awarding_level_id, group_count, person_count, awarded_on, drive_id, document_id),
    update (year, form, awarding_level_id, group_count, person_count, awarded_on, drive_id, document_id), delete
    on app.award_count to danvan_writer;
