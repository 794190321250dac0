-- Imports: files that become rows, the jobs that read them, and every fault found.
--
--   import_add, import_put   the file, in the transaction of its upload
--   import_apply             a checked dry run, for real: whoever made it
--   import_cancel            officers, leaders and administrators of the unit, while it waits or runs
-- Refusals: DV404 not visible; DV403 not_permitted; DV409 wrong_state / file_gone; DV412.

set local role danvan_owner;

create view api.imports with (security_invoker = true) as
select
    j.id,
    j.kind,
    j.unit_id,
    n.name as unit_name,
    j.created_by,
    j.file_name,
    j.format,
    j.size,
    encode(j.sha256, 'hex') as sha256,
    j.is_dry_run,
    j.converts_legacy,
    j.options,
    j.status,
    j.stage,
    j.row_count,
    j.done_count,
    j.created_count,
    j.updated_count,
    j.unchanged_count,
    j.error_count,
    j.problem,
    j.problem_detail,
    j.started_at,
    j.finished_at,
    j.version,
    j.created_at,
    j.updated_at,
    array_remove(array[
        case when j.status = 'checked' and j.created_by = (select private.my_user())
            and j.membership_id = (select private.my_membership()) then 'apply' end,
        case when j.status in ('queued', 'running', 'checked') then 'cancel' end], null) as actions
from app.import_job as j
left join private.unit_today as n on n.unit_id = j.unit_id;

create view api.import_errors with (security_invoker = true) as
select
    e.id,
    e.job_id as import_id,
    e.row_number,
    e.column_name,
    e.cell,
    e.word,
    e.value
from app.import_error as e;

create function api.import_add(
    p_kind text, p_file_name text, p_format text, p_size integer, p_sha256 text,
    p_is_dry_run boolean, p_converts_legacy boolean, p_options jsonb) returns uuid
    language plpgsql set search_path = ''
as $$
declare
    made uuid;
begin
    if not (private.my_is_admin() or coalesce(private.my_rank(), 0) >= 2) then
        raise exception 'viewers import nothing' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    insert into app.import_job
        (kind, unit_id, created_by, membership_id, file_name, format, size, sha256, is_dry_run, converts_legacy, options)
    values
        (p_kind, private.my_unit(), private.my_user(), private.my_membership(), p_file_name, p_format, p_size,
        decode(p_sha256, 'hex'), p_is_dry_run, p_converts_legacy, p_options)
    returning id into made;
    return made;
end;
$$;

create function api.import_put(p_id uuid, p_number integer, p_bytes bytea) returns void
    language sql set search_path = ''
    begin atomic
        insert into app.import_piece (job_id, number, bytes) values (p_id, p_number, p_bytes);
    end;

create function private.import_visible(p_id uuid) returns void
    language plpgsql stable set search_path = ''
as $$
begin
    if not exists (select from app.import_job as j where j.id = p_id) then
        raise exception 'no such import' using errcode = 'DV404', constraint = 'not_found';
    end if;
end;
$$;

create function api.import_apply(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.import_visible(p_id);
    perform private.import_confirm(p_id, p_version);
end;
$$;

create function api.import_cancel(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.import_visible(p_id);
    perform private.import_cancel(p_id, p_version);
end;
$$;
