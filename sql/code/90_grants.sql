-- Who may touch what at all; row security (30_policy_*) then says which rows. Columns that triggers
-- keep, that commands move or that are secret are simply not granted.
-- Runs as the deploying superuser: objects of danvan_owner and danvan_policy are granted alike.
set local role none;

grant usage on schema app, api, private to danvan_policy, danvan_reader, danvan_writer;
grant usage on schema private to danvan_service;
grant usage on schema report to danvan_policy, danvan_reader;
revoke all on schema app, api, private, report from public;

-- Functions: nobody by default -------------------------------------------------------------------

revoke execute on all routines in schema app, api, private, report from public;
grant execute on all routines in schema private to danvan_owner, danvan_policy;

grant execute on function
    private.reporting_claim_int(text), private.reporting_claim_path(), private.reporting_claim_scope_code(),
    private.installation_today(), private.today(),
    private.my_user(), private.my_membership(), private.my_session(), private.my_token_kind(),
    private.my_request(), private.my_address(), private.my_unit(), private.my_area(), private.my_line(),
    private.my_level(), private.my_scope(), private.my_scope_code(), private.my_path(), private.my_role(),
    private.my_rank(), private.my_is_admin(), private.my_sees_accounts(),
    private.my_part_assignments(), private.my_given_assignments(), private.my_named_plans(), private.my_named_units(),
    private.in_my_scope(integer, integer, integer, integer, integer, integer),
    private.is_overdue(boolean, date, date), private.last_day_of(date, date, date),
    private.search_text(text), private.session_idle_limit(),
    private.my_memberships(), private.my_account_facts()
to danvan_reader;

-- What requests that change something call besides: triggers run as the caller.
grant execute on function
    private.new_id(), private.visible_unit(integer, text), private.must_see(text, uuid), private.api_token_lifetime(),
    private.audit(text, text, text, jsonb),
    private.idempotency_begin(text, text), private.idempotency_store(text, integer, text, text),
    private.user_reset_password(uuid, text), private.user_set_disabled(uuid, integer, boolean),
    private.session_revoke(uuid), private.api_token_revoke(uuid, integer),
    private.user_sessions(uuid), private.user_api_tokens(uuid)
to danvan_writer;
grant execute on all routines in schema api to danvan_writer;

-- The service before it switches to a scope's role, and nobody else.
grant execute on function
    private.begin_request(text, text, text, text, text), private.touch_session(text), private.scope_list(),
    private.login_lookup(text, text), private.login_failed(text, text, text),
    private.login_open(uuid, text, text, text, text, bigint),
    private.session_switch(text, text, uuid, text), private.session_close(text, text),
    private.credential_of(text), private.password_set(text, text, text),
    private.password_rehash(uuid, text, text),
    private.totp_set(text, bytea), private.totp_confirm(text, bigint), private.totp_clear(text),
    private.seal_audit(), private.maintain()
to danvan_service;

-- Reading ------------------------------------------------------------------------------------------

grant select on all tables in schema app, api, report to danvan_reader;
grant select on private.unit_today, private.area_today to danvan_reader;
revoke select on app.session, app.api_token from danvan_reader;
grant select (id, user_id, membership_id, created_at, last_seen_at, expires_at, revoked_at, remote_addr, user_agent)
    on app.session to danvan_reader;
grant select (id, name, user_id, membership_id, created_at, last_used_at, expires_at, revoked_at, version)
    on app.api_token to danvan_reader;

-- Writing, column by column ------------------------------------------------------------------------

grant insert (id, login, display_name, email, home_unit_id), update (login, display_name, email, home_unit_id)
    on app.user_account to danvan_writer;
grant insert (id, user_id, unit_id, role, valid_from, valid_to), update (role, valid_from, valid_to)
    on app.membership to danvan_writer;
grant insert (id, token_hash, name, user_id, membership_id, expires_at) on app.api_token to danvan_writer;

grant insert (area_id, line_id, kind, parent_id, code), update (code, is_active) on app.unit to danvan_writer;
grant insert (unit_id, name, short_name, area_id, parent_id, valid_from, valid_to, legal_basis),
    update (name, short_name, valid_from, valid_to, legal_basis)
    on app.unit_version to danvan_writer;

grant insert (id, symbol, kind, issuer, issued_on, subject, as_written, is_doubtful, doubt, status, owner_unit_id),
    update (symbol, kind, issuer, issued_on, subject, as_written, is_doubtful, doubt, status),
    delete
    on app.document to danvan_writer;
grant insert (id, from_id, to_id, kind, note), update (to_id, kind, note), delete
    on app.document_relation to danvan_writer;

grant insert (id, number, title, document_id, issuer_unit_id, parent_plan_id, signed_on, signer, period_from, period_to),
    update (number, title, document_id, parent_plan_id, signed_on, signer, period_from, period_to),
    delete
    on app.plan to danvan_writer;
grant insert (id, plan_id, parent_id, block_id, kind, code, outline, position, title, text, deliverable,
        source_document_id, source_clause, carries_out_id),
    update (parent_id, block_id, kind, code, outline, position, title, text, deliverable,
        source_document_id, source_clause, carries_out_id),
    delete
    on app.plan_item to danvan_writer;
grant insert (plan_item_id, document_id), delete on app.plan_item_document to danvan_writer;
grant insert (id, plan_item_id, role, level_id, unit_id, holder_role, holder_level_id, as_written, note),
    update (role, level_id, unit_id, holder_role, holder_level_id, as_written, note),
    delete
    on app.responsibility to danvan_writer;
grant insert (id, plan_item_id, level_id, recurrence, label, starts_on, due_on, until_year, is_inferred, note),
    update (level_id, recurrence, label, starts_on, due_on, until_year, is_inferred, note),
    delete
    on app.schedule to danvan_writer;

grant update (status, progress, reported_on, completed_on, confirmed_by) on app.assignment to danvan_writer;
grant update (status, progress) on app.assignment_part to danvan_writer;
grant insert (id, assignment_id, unit_id, part, status, progress, note, recorded_on, recorded_by)
    on app.progress_entry to danvan_writer;

-- Definer functions ----------------------------------------------------------------------------------

grant select, insert, update, delete on all tables in schema app, private to danvan_policy;
revoke update, delete on app.audit_event, private.audit_seal from danvan_policy;
grant usage on all sequences in schema app, private to danvan_policy;
