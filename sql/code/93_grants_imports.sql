-- What imports need beyond 90_grants.sql.
set local role none;

-- The file is read by the runner alone, through a function.
revoke select on app.import_piece from danvan_reader;
grant insert (kind, unit_id, created_by, membership_id, file_name, format, size, sha256, is_dry_run, converts_legacy, options)
    on app.import_job to danvan_writer;
grant insert (job_id, number, bytes) on app.import_piece to danvan_writer;

-- Commands, and what check and apply of a kind call as whoever made the import.
grant execute on function
    private.import_visible(uuid), private.import_confirm(uuid, integer), private.import_cancel(uuid, integer),
    private.import_rows(uuid), private.import_faults(uuid, integer[], text[], text[], text[]),
    private.import_fault(uuid, integer, text, text, text),
    private.import_finish(uuid, integer, text, integer, integer, integer)
to danvan_writer;

-- The job runner.
grant execute on function
    private.import_take(), private.import_release(), private.import_begin(text, uuid, integer),
    private.import_piece_read(uuid, integer), private.import_columns(uuid, integer, jsonb),
    private.import_progress(uuid, integer, text, integer, integer), private.import_is_held(uuid, integer),
    private.import_put_rows(uuid, integer, integer[], text[]),
    private.import_put_faults(uuid, integer, integer[], text[], text[], text[]),
    private.import_finish(uuid, integer, text, integer, integer, integer),
    private.import_end(uuid, integer, text, text, text, boolean), private.import_put_back(uuid, integer)
to danvan_service;
