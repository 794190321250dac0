-- Commands on imports: to apply what a dry run has checked, and to cancel.

set local role danvan_policy;

-- Locks the job and refuses a version that is not the present one.
create function private.import_lock_job(p_id uuid, p_version integer) returns app.import_job
    language plpgsql security definer set search_path = ''
as $$
declare
    job app.import_job;
begin
    select j.* into job from app.import_job as j where j.id = p_id for update;
    if job.version is distinct from p_version and p_version is not null then
        raise exception 'stale version' using errcode = 'DV412', detail = job.version::text;
    end if;
    return job;
end;
$$;

-- A dry run without a fault, for real: read, checked and written anew, by who made it.
create function private.import_confirm(p_id uuid, p_version integer) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    job constant app.import_job := private.import_lock_job(p_id, p_version);
begin
    if job.created_by is distinct from private.my_user() or job.membership_id is distinct from private.my_membership() then
        raise exception 'only who made the dry run applies it' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if job.status <> 'checked' then
        raise exception 'only a checked dry run is applied' using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if not exists (select from app.import_piece as p where p.job_id = p_id) then
        raise exception 'the file is no longer kept' using errcode = 'DV409', constraint = 'file_gone';
    end if;
    update app.import_job as j
    set status = 'queued', is_dry_run = false, try_count = 0, started_at = null, finished_at = null
    where j.id = p_id;
end;
$$;

create function private.import_cancel(p_id uuid, p_version integer) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    job constant app.import_job := private.import_lock_job(p_id, p_version);
begin
    if job.unit_id is distinct from private.my_unit()
        or not (private.my_is_admin() or coalesce(private.my_rank(), 0) >= 2)
    then
        raise exception 'not yours to cancel' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if job.status not in ('queued', 'running', 'checked') then
        raise exception 'the import has ended' using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    update app.import_job as j set status = 'cancelled', stage = null, finished_at = now() where j.id = p_id;
end;
$$;
