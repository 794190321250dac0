-- The record of what was done: written by definer functions and triggers alone, never changed.
-- Each row carries a digest of itself; batches of rows whose transactions are all over are sealed
-- with a digest chained to the seal before, so that writers never queue behind one another and a
-- changed, added or missing row is found by private.verify_audit.
--
-- The chain orders by transaction id. A physical copy (pg_basebackup, streaming) keeps those; after
-- a restore from a dump the new cluster's must first be raised above the last seal's up_to_xid
-- (pg_resetwal), else new rows would seem to belong to old seals.

set local role danvan_policy;

create function private.audit_digest(e app.audit_event) returns bytea
    language plpgsql stable set search_path = ''
as $$
begin
    return sha256(convert_to(
        jsonb_build_array(
            e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.xid::text,
            e.user_id, e.unit_id, e.role, e.remote_addr, e.request_id,
            e.action, e.resource, e.resource_id, e.change,
            e.province_key, e.district_key, e.grassroots_key,
            e.province_line_key, e.district_line_key, e.grassroots_line_key)::text,
        'UTF8'));
end;
$$;

-- Fills in what the writer may not choose: the moment, the transaction, the scope keys, the digest.
create function private.audit_event_complete() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    new.at := clock_timestamp();
    new.xid := pg_current_xact_id();
    select u.province_key, u.district_key, u.grassroots_key,
        u.province_line_key, u.district_line_key, u.grassroots_line_key
    into new.province_key, new.district_key, new.grassroots_key,
        new.province_line_key, new.district_line_key, new.grassroots_line_key
    from app.unit as u
    where u.id = new.unit_id;
    new.digest := private.audit_digest(new);
    return new;
end;
$$;
create function private.audit_event_refuse() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    raise exception 'the audit record is only ever added to' using errcode = 'DV403', constraint = 'append_only';
end;
$$;
-- In plpgsql, which keeps its plan: every write goes through here.
create function private.audit_write(
    p_user_id uuid, p_unit_id integer, p_role text, p_remote_addr text, p_request_id text,
    p_action text, p_resource text, p_resource_id text, p_change jsonb) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    insert into app.audit_event
        (user_id, unit_id, role, remote_addr, request_id, action, resource, resource_id, change, digest)
    values
        (p_user_id, p_unit_id, p_role, left(p_remote_addr, 60), left(p_request_id, 100),
        p_action, p_resource, p_resource_id, p_change, '');
end;
$$;

-- For what happens beside a claim (signing in and out): the actor is the membership named.
create function private.audit_as(
    p_membership_id uuid, p_remote_addr text, p_request_id text,
    p_action text, p_resource text, p_resource_id text, p_change jsonb) returns void
    language sql security definer set search_path = ''
as $$
    select private.audit_write(m.user_id, m.unit_id, m.role, p_remote_addr, p_request_id,
        p_action, p_resource, p_resource_id, p_change)
    from app.membership as m
    where m.id = p_membership_id;
$$;

-- The actor is whoever the claims name; work done in psql is recorded under the database login.
create function private.audit(p_action text, p_resource text, p_resource_id text, p_change jsonb default null)
    returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.audit_write(
        private.my_user(),
        case when session_user = 'danvan_service' then private.my_unit() end,
        coalesce(case when session_user = 'danvan_service' then private.my_role() end, 'db:' || session_user),
        private.my_address(), private.my_request(),
        p_action, p_resource, p_resource_id, p_change);
end;
$$;

-- The record outlives a person's deletion: of accounts and training it tells that a name, a result or a
-- certificate changed, not what it says.
create function private.audit_masked(p_row jsonb) returns jsonb
    language sql immutable set search_path = ''
    return (
        select coalesce(jsonb_object_agg(f.key,
            case when f.key in ('login', 'display_name', 'email', 'certificate_number', 'score', 'result') and f.value <> 'null' then '"***"' else f.value end), '{}')
        from jsonb_each(p_row) as f);

-- Row trigger: what changed, from what to what. Secrets and columns kept by triggers stay out.
create function private.audit_row() returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    left_out constant text[] := array[
        'token_hash', 'search', 'node', 'version', 'created_at', 'updated_at', 'last_used_at',
        'province_key', 'district_key', 'grassroots_key',
        'province_line_key', 'district_line_key', 'grassroots_line_key'];
    before_row jsonb;
    after_row jsonb;
    change jsonb;
begin
    if tg_op <> 'INSERT' then
        before_row := to_jsonb(old) - left_out;
    end if;
    if tg_op <> 'DELETE' then
        after_row := to_jsonb(new) - left_out;
    end if;
    if tg_op = 'UPDATE' then
        select jsonb_build_object(
            'before', jsonb_object_agg(b.key, b.value),
            'after', jsonb_object_agg(b.key, after_row -> b.key))
        into change
        from jsonb_each(before_row) as b
        where b.value is distinct from after_row -> b.key
        having count(*) > 0;
        if change is null then
            return null;
        end if;
    else
        change := jsonb_strip_nulls(jsonb_build_object('before', before_row, 'after', after_row));
    end if;
    if tg_table_name in ('user_account', 'training_record') then
        change := (select jsonb_object_agg(side.key, private.audit_masked(side.value)) from jsonb_each(change) as side);
    end if;
    perform private.audit(
        case tg_op when 'INSERT' then 'create' when 'UPDATE' then 'update' else 'delete' end,
        tg_table_name::text,
        coalesce(after_row, before_row) ->> 'id',
        change);
    return null;
end;
$$;

-- Seals every event whose transaction, and all before it, are over. One sealer at a time; a second
-- goes away instead of waiting. Answers how many events were sealed.
create function private.seal_audit() returns bigint
    language plpgsql security definer set search_path = ''
as $$
declare
    last_seal private.audit_seal;
    horizon xid8;
    sealed_count bigint;
    sealed_digests bytea;
begin
    if not pg_try_advisory_xact_lock(hashtextextended('danvan.audit_seal', 0)) then
        return 0;
    end if;
    select s.* into last_seal from private.audit_seal as s order by s.id desc limit 1;
    horizon := pg_snapshot_xmin(pg_current_snapshot());
    select count(*), string_agg(e.digest, '' order by e.xid, e.id)
    into sealed_count, sealed_digests
    from app.audit_event as e
    where e.xid < horizon
        and (last_seal.up_to_xid is null or e.xid >= last_seal.up_to_xid);
    if sealed_count > 0 then
        insert into private.audit_seal (up_to_xid, event_count, digest, previous_digest)
        values (horizon, sealed_count,
            sha256(coalesce(last_seal.digest, '') || sealed_digests), last_seal.digest);
    end if;
    return sealed_count;
end;
$$;

-- Every fault of the record; no row means it is whole. An event changed together with its own
-- digest still breaks its seal; a seal rewritten breaks the chain after it. (What was removed
-- before it was ever sealed, or with all seals after it, only a seal kept elsewhere can show: the
-- service writes each one to its log.)
create function private.verify_audit() returns table (fault text, event_id uuid, seal_id bigint)
    language sql stable security definer set search_path = ''
as $$
    select 'changed_row', e.id, null::bigint
    from app.audit_event as e
    where e.digest is distinct from private.audit_digest(e)
    union all
    select
        case
            when found.event_count < s.event_count then 'missing_row'
            when found.event_count > s.event_count then 'added_row'
            else 'broken_seal'
        end,
        null, s.id
    from (
        select t.*, lag(t.up_to_xid) over (order by t.id) as from_xid
        from private.audit_seal as t) as s
    cross join lateral (
        select count(*) as event_count, string_agg(e.digest, '' order by e.xid, e.id) as digests
        from app.audit_event as e
        where e.xid < s.up_to_xid and (s.from_xid is null or e.xid >= s.from_xid)) as found
    where found.event_count <> s.event_count
        or s.digest is distinct from sha256(coalesce(s.previous_digest, '') || coalesce(found.digests, ''))
    union all
    select 'broken_chain', null, s.id
    from (
        select t.id, t.previous_digest, lag(t.digest) over (order by t.id) as expected_digest
        from private.audit_seal as t) as s
    where s.previous_digest is distinct from s.expected_digest;
$$;

-- What the service asks for once a minute, after private.reorganisation_tick(), which gets a time of its own:
-- a cancelled statement would end all of this. Answers the number of events sealed.
create function private.maintain() returns bigint
    language plpgsql security definer set search_path = ''
as $$
declare
    step text;
begin
    delete from app.session as s where s.expires_at < now() - private.session_kept();
    delete from private.idempotency as i where i.created_at < now() - private.idempotency_kept();
    delete from private.login_throttle as t where t.last_failure_at < now() - interval '1 day';
    -- each by itself: what is wrong with one holds up neither the others nor the sealing
    foreach step in array array[
        'period_tick', 'report_expire_reopened', 'make_due_notices', 'staff_delete_expired', 'import_purge']
    loop
        begin
            execute format('select private.%I()', step);
        exception when others then
            raise warning 'maintenance: % failed: %', step, sqlerrm;
        end;
    end loop;
    return private.seal_audit();
end;
$$;

set local role danvan_owner;

create trigger audit_event_complete before insert on app.audit_event
    for each row execute function private.audit_event_complete();
create trigger audit_event_append_only before update or delete on app.audit_event
    for each row execute function private.audit_event_refuse();
create trigger audit_event_not_truncated before truncate on app.audit_event
    for each statement execute function private.audit_event_refuse();
create trigger audit_seal_append_only before update or delete on private.audit_seal
    for each row execute function private.audit_event_refuse();
create trigger audit_seal_not_truncated before truncate on private.audit_seal
    for each statement execute function private.audit_event_refuse();

create trigger user_account_90_audit after insert or update or delete on app.user_account
    for each row execute function private.audit_row();
create trigger membership_90_audit after insert or update or delete on app.membership
    for each row execute function private.audit_row();
create trigger api_token_90_audit after insert or update or delete on app.api_token
    for each row execute function private.audit_row();
create trigger area_90_audit after insert or update or delete on app.area
    for each row execute function private.audit_row();
create trigger area_version_90_audit after insert or update or delete on app.area_version
    for each row execute function private.audit_row();
create trigger unit_90_audit after insert or update or delete on app.unit
    for each row execute function private.audit_row();
create trigger unit_version_90_audit after insert or update or delete on app.unit_version
    for each row execute function private.audit_row();
create trigger document_90_audit after insert or update or delete on app.document
    for each row execute function private.audit_row();
create trigger document_relation_90_audit after insert or update or delete on app.document_relation
    for each row execute function private.audit_row();
create trigger plan_90_audit after insert or update or delete on app.plan
    for each row execute function private.audit_row();
create trigger plan_item_90_audit after insert or update or delete on app.plan_item
    for each row execute function private.audit_row();
create trigger responsibility_90_audit after insert or update or delete on app.responsibility
    for each row execute function private.audit_row();
create trigger schedule_90_audit after insert or update or delete on app.schedule
    for each row execute function private.audit_row();
create trigger progress_entry_90_audit after insert or update or delete on app.progress_entry
    for each row execute function private.audit_row();
-- Issuing a plan and a reorganisation write thousands at once and are audited once, by the command; keys
-- that follow a unit are no change at all.
create trigger assignment_90_audit after update on app.assignment
    for each row when ((new.status <> 'moved' or old.status = 'moved')
        and (old.province_key, old.district_key, old.grassroots_key, old.line_id)
            is not distinct from (new.province_key, new.district_key, new.grassroots_key, new.line_id))
    execute function private.audit_row();
create trigger assignment_part_90_audit after update on app.assignment_part
    for each row execute function private.audit_row();
