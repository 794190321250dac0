-- What the kinds of imports need: their functions run as whoever made the import.
set local role none;

grant execute on function
    private.import_has(uuid, text), private.import_taken(uuid, text), private.import_all_written(bigint, bigint),
    private.import_check(uuid), private.import_apply(uuid),
    private.import_units(uuid), private.import_check_units(uuid), private.import_rename_units(uuid),
    private.import_apply_units(uuid),
    private.import_staff(uuid), private.import_check_staff(uuid), private.import_apply_staff(uuid),
    private.import_appointments(uuid), private.import_overlaps(uuid), private.import_check_appointments(uuid),
    private.import_apply_appointments(uuid),
    private.import_courses(uuid), private.import_check_courses(uuid), private.import_apply_courses(uuid),
    private.import_courses_named(uuid), private.import_certificates_twice(uuid), private.import_sheet_faults(uuid),
    private.import_training_records(uuid), private.import_places(integer[], uuid[], uuid[], boolean[]),
    private.import_check_training_records(uuid), private.import_apply_training_records(uuid),
    private.import_attendance(uuid), private.import_check_attendance(uuid), private.import_apply_attendance(uuid),
    private.import_ratings(uuid), private.import_check_ratings(uuid), private.import_apply_ratings(uuid),
    private.import_indicator_values(uuid), private.import_check_indicator_values(uuid),
    private.import_apply_indicator_values(uuid)
to danvan_writer;
