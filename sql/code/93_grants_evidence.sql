-- What files attached to records need beyond 90_grants.sql.
set local role none;

grant insert (id, progress_entry_id, report_id, document_id, meeting_id, unit_id, name, media_type, size, sha256, added_by),
    delete
    on app.evidence to danvan_writer;
grant insert (evidence_id, number, bytes) on app.evidence_piece to danvan_writer;

grant execute on function
    private.evidence_most(), private.evidence_is_open(uuid, uuid, uuid, uuid), api.evidence_piece(uuid, integer)
to danvan_reader;
