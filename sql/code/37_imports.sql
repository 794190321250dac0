-- Imports, between the file and the kinds: the queue that the job runner takes from, the claims it acts
-- under, the staging rows, the faults. What a row of a kind means is 38_import_<kind>.sql.
--
--   queued → running → checked (a dry run without a fault; may be applied) | applied
--                    | refused (faults, nothing written) | failed (could not be run)
--   queued, running, checked → cancelled
--
-- Locks: the job's row, then what the import writes. A cancel waits for neither: whoever ends a job looks
-- whether it is still the one that began it.

set local role danvan_owner;

create function private.import_tries_most() returns integer
    language sql immutable parallel safe return 3;
create function private.import_file_kept() returns interval
    language sql immutable parallel safe return interval '30 days';
-- Faults kept of one job; beyond, they are only counted.
create function private.import_errors_most() returns integer
    language sql immutable parallel safe return 20000;
create function private.import_waiting_most() returns integer
    language sql immutable parallel safe return 20;
-- Which advisory lock says that a runner is at work.
create function private.import_lock() returns bigint
    language sql immutable parallel safe return 7265121711;

set local role danvan_policy;

-- At the end of the transaction that brought a file: all of it is there.
create function private.import_check_whole() returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    piece_count bigint;
    last_number integer;
    total bigint;
begin
    select count(*), max(p.number), sum(octet_length(p.bytes))
    into piece_count, last_number, total
    from app.import_piece as p
    where p.job_id = new.id;
    -- a job made without a file (in psql, by a test) has none to read either
    if piece_count = 0 and private.my_user() is null then
        return null;
    end if;
    if total is distinct from new.size or last_number is distinct from piece_count - 1 then
        raise exception 'the file of % is not whole', new.id using errcode = 'DV409', constraint = 'incomplete_file';
    end if;
    if (select count(*) from app.import_job as j
            where j.unit_id = new.unit_id and j.status in ('queued', 'running')) > private.import_waiting_most()
    then
        raise exception 'too many imports wait' using errcode = 'DV409', constraint = 'too_many_files';
    end if;
    return null;
end;
$$;

-- ---- the runner: danvan_service, in short transactions of its own -----------------------------------

-- The next job, begun; no row when there is none, or when another runner is at work. A job that is
-- running although nobody holds the lock was left by a runner that died.
create function private.import_take()
    returns table (id uuid, try_count integer, kind text, format text, size integer, is_dry_run boolean,
        converts_legacy boolean, sheet text, scope_role text)
    language plpgsql security definer set search_path = ''
as $$
#variable_conflict use_column
declare
    taken uuid;
begin
    if not exists (select from app.import_job as j where j.status in ('queued', 'running')) then
        return;
    end if;
    if not pg_try_advisory_lock(private.import_lock()) then
        return;
    end if;
    update app.import_job as j
    set status = case when j.try_count < private.import_tries_most() then 'queued' else 'failed' end,
        problem = case when j.try_count < private.import_tries_most() then null else 'runner_died' end,
        finished_at = case when j.try_count < private.import_tries_most() then null else now() end,
        stage = null
    where j.status = 'running';

    select j.id into taken
    from app.import_job as j
    where j.status = 'queued'
    order by j.created_at, j.id
    limit 1
    for update skip locked;
    if taken is null then
        perform pg_advisory_unlock(private.import_lock());
        return;
    end if;
    -- Only now: whoever began it before may have put rows until its job's row was locked.
    delete from private.import_row as r where r.job_id = taken;
    delete from app.import_error as f where f.job_id = taken;
    return query
    update app.import_job as j
    set status = 'running', stage = 'reading', try_count = j.try_count + 1, started_at = now(), finished_at = null,
        row_count = null, done_count = 0, error_count = 0, problem = null, problem_detail = null,
        created_count = null, updated_count = null, unchanged_count = null
    where j.id = taken
    returning j.id, j.try_count, j.kind, j.format, j.size, j.is_dry_run, j.converts_legacy, j.options ->> 'sheet',
        'danvan_' || coalesce((
            select a.scope_code
            from app.membership as m
            join private.acting_unit as a on a.unit_id = m.unit_id
            where m.id = j.membership_id), '') || '_write';
end;
$$;

-- The runner has done with what it took.
create function private.import_release() returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    perform pg_advisory_unlock(private.import_lock());
end;
$$;

create function private.import_piece_read(p_job uuid, p_number integer) returns setof bytea
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return query select p.bytes from app.import_piece as p where p.job_id = p_job and p.number = p_number;
end;
$$;

create function private.import_columns(p_job uuid, p_try integer, p_columns jsonb) returns boolean
    language plpgsql security definer set search_path = ''
as $$
begin
    update app.import_job as j
    set columns = p_columns
    where j.id = p_job and j.try_count = p_try and j.status = 'running';
    return found;
end;
$$;

-- How far it is; false: it is no longer mine to go on with (cancelled, or another runner has it).
create function private.import_progress(p_job uuid, p_try integer, p_stage text, p_done integer, p_rows integer)
    returns boolean
    language plpgsql security definer set search_path = ''
as $$
begin
    -- Should it be lost, the rows are read anew: no need to wait for the disk.
    perform set_config('synchronous_commit', 'off', true);
    update app.import_job as j
    set stage = p_stage, done_count = coalesce(p_done, j.done_count), row_count = coalesce(p_rows, j.row_count), updated_at = now()
    where j.id = p_job and j.try_count = p_try and j.status = 'running';
    return found;
end;
$$;

-- Is the job still that of its p_try-th runner? Locked until the end of the transaction, so that nobody
-- takes it in between.
create function private.import_is_held(p_job uuid, p_try integer) returns boolean
    language plpgsql security definer set search_path = ''
as $$
begin
    perform from app.import_job as j
    where j.id = p_job and j.try_count = p_try and j.status = 'running'
    for update;
    return found;
end;
$$;

-- Rows as read: numbers of rows, and their cells one row after the other. Of a job that is lost, none.
create function private.import_put_rows(p_job uuid, p_try integer, p_numbers integer[], p_cells text[]) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    width constant integer := cardinality(p_cells) / nullif(cardinality(p_numbers), 0);
    part text[];
begin
    if width * cardinality(p_numbers) is distinct from cardinality(p_cells) then
        raise exception 'cells and rows do not fit' using errcode = 'DV422', constraint = 'bad_format';
    end if;
    if not private.import_is_held(p_job, p_try) then
        return;
    end if;
    -- To find a slice, an array is walked from its beginning: so first into parts, then into rows.
    for above in 0 .. cardinality(p_numbers) - 1 by 50
    loop
        part := p_cells[above * width + 1 : (above + 50) * width];
        insert into private.import_row (job_id, number, cells)
        select p_job, p_numbers[above + i], part[(i - 1) * width + 1 : i * width]
        from generate_series(1, least(50, cardinality(p_numbers) - above)) as i;
    end loop;
end;
$$;

-- ---- the claims ---------------------------------------------------------------------------------------

-- As private.begin_request, for the job in place of a token: everything about who made it is looked up
-- anew. Raises DV401 when the account, the membership or the unit no longer is what it was.
create function private.import_begin(
    p_role text, p_job uuid, p_try integer,
    out user_id uuid, out membership_id uuid, out unit_id integer, out role text, out needs_touch boolean)
    returns record
    language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
    claim record;
begin
    select j.id as job_id, j.created_by as user_id, m.id as membership_id, m.role, a.*, d.today
    into claim
    from app.import_job as j
    join app.user_account as u on u.id = j.created_by
    join app.membership as m on m.id = j.membership_id and m.user_id = u.id
    join private.acting_unit as a on a.unit_id = m.unit_id and a.unit_id = j.unit_id
    cross join lateral (
        select coalesce(i.fixed_today, (now() at time zone 'Asia/Ho_Chi_Minh')::date) as today
        from private.installation as i) as d
    where j.id = p_job
        and j.status = 'running'
        and j.try_count = p_try
        and u.disabled_at is null
        and not u.must_change_password
        and m.valid_from <= d.today
        and (m.valid_to is null or m.valid_to > d.today)
        and (m.role in ('officer', 'leader', 'admin'))
        and a.is_active;
    if claim.job_id is null
        or claim.scope_key is null
        or p_role is distinct from current_setting('role')
        or p_role is distinct from 'danvan_' || claim.scope_code || '_write'
    then
        raise exception 'who made the import may no longer act' using errcode = 'DV401', constraint = 'rights_ended';
    end if;
    perform
        set_config('danvan.user', claim.user_id::text, true),
        set_config('danvan.membership', claim.membership_id::text, true),
        set_config('danvan.session', '', true),
        set_config('danvan.token_kind', 'import', true),
        set_config('danvan.unit', claim.unit_id::text, true),
        set_config('danvan.area', claim.area_id::text, true),
        set_config('danvan.line', claim.line_id::text, true),
        set_config('danvan.level', claim.level_id::text, true),
        set_config('danvan.path', claim.path::text, true),
        set_config('danvan.scope', claim.scope_key::text, true),
        set_config('danvan.scope_code', claim.scope_code, true),
        set_config('danvan.role', claim.role, true),
        set_config('danvan.rank',
            case claim.role when 'officer' then '2' when 'leader' then '3' else '0' end, true),
        set_config('danvan.today', claim.today::text, true),
        set_config('danvan.request', replace(p_job::text, '-', ''), true),
        set_config('danvan.address', '', true);
    user_id := claim.user_id;
    membership_id := claim.membership_id;
    unit_id := claim.unit_id;
    role := claim.role;
    needs_touch := false;
end;
$$;

-- ---- what check and apply of a kind call, as the creator ---------------------------------------------

-- Is the job the caller's own? Work done in psql is nobody's request.
create function private.import_hold(p_job uuid) returns void
    language plpgsql stable security definer set search_path = ''
as $$
begin
    if private.my_user() is not null and not exists (
        select from app.import_job as j where j.id = p_job and j.created_by = private.my_user())
    then
        raise exception 'no such import' using errcode = 'DV404', constraint = 'not_found';
    end if;
end;
$$;

create function private.import_rows(p_job uuid) returns table (number integer, cells text[])
    language plpgsql stable security definer set search_path = '' rows 1000
as $$
begin
    perform private.import_hold(p_job);
    return query select r.number, r.cells from private.import_row as r where r.job_id = p_job order by r.number;
end;
$$;

-- Faults, one per element of each array; in place of a column's name its letters, where the sheet has no
-- name for it. What reading has said of a cell is not said twice.
create function private.import_faults(
    p_job uuid, p_rows integer[], p_columns text[], p_words text[], p_values text[]) returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    places jsonb;
    had integer;
    added integer;
begin
    perform private.import_hold(p_job);
    select j.columns, j.error_count into places, had from app.import_job as j where j.id = p_job;
    with fault as materialized (
        select f.row_number, f.column_name, f.word, left(f.value, 200) as value, f.position
        from unnest(p_rows, p_columns, p_words, p_values)
            with ordinality as f (row_number, column_name, word, value, position)
        where not exists (
            select from app.import_error as e
            where e.job_id = p_job and e.row_number = f.row_number and e.column_name = f.column_name)),
    kept as (
        insert into app.import_error (job_id, row_number, column_name, cell, word, value)
        select p_job, f.row_number, case when f.column_name !~ '^[A-Z]+$' then f.column_name end,
            coalesce(places ->> f.column_name, case when f.column_name ~ '^[A-Z]+$' then f.column_name end)
                || f.row_number,
            f.word, f.value
        from fault as f
        order by f.row_number, f.position
        limit greatest(private.import_errors_most() - had, 0))
    select count(*) into added from fault;
    if added > 0 then -- else the row is not locked, and progress can still be shown
        update app.import_job as j set error_count = j.error_count + added where j.id = p_job;
    end if;
    return added;
end;
$$;

create function private.import_fault(p_job uuid, p_row integer, p_column text, p_word text, p_value text default null)
    returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.import_faults(p_job, array[p_row], array[p_column], array[p_word], array[p_value]);
end;
$$;

-- The same of reading, in the runner's own name; of a job that is lost, none.
create function private.import_put_faults(
    p_job uuid, p_try integer, p_rows integer[], p_columns text[], p_words text[], p_values text[]) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    if private.import_is_held(p_job, p_try) then
        perform private.import_faults(p_job, p_rows, p_columns, p_words, p_values);
    end if;
end;
$$;

-- ---- the end ------------------------------------------------------------------------------------------

-- Ends the job that I began, in the transaction of its work or, of a dry run, after it.
create function private.import_finish(
    p_job uuid, p_try integer, p_status text, p_created integer, p_updated integer, p_unchanged integer) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.import_hold(p_job);
    update app.import_job as j
    set status = p_status, stage = null, finished_at = clock_timestamp(), done_count = coalesce(j.row_count, 0),
        created_count = p_created, updated_count = p_updated, unchanged_count = p_unchanged
    where j.id = p_job and j.try_count = p_try and j.status = 'running';
    if not found then
        raise exception 'the import was taken from its runner' using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    delete from private.import_row as r where r.job_id = p_job;
end;
$$;

-- The file as a whole is not taken (refused), or the job could not be run (failed). When it is only the
-- surroundings that failed, and there are tries left, it waits again.
create function private.import_end(
    p_job uuid, p_try integer, p_status text, p_problem text, p_detail text, p_may_retry boolean) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    waits constant boolean := p_may_retry and p_try < private.import_tries_most();
begin
    update app.import_job as j
    set status = case when waits then 'queued' else p_status end,
        stage = null,
        problem = case when not waits then p_problem end,
        problem_detail = case when not waits then left(p_detail, 500) end,
        finished_at = case when not waits then now() end
    where j.id = p_job and j.try_count = p_try and j.status = 'running';
    if found then -- else they are another runner's
        delete from private.import_row as r where r.job_id = p_job;
    end if;
end;
$$;

-- The service ends: the job waits for the next runner, and this was no try.
create function private.import_put_back(p_job uuid, p_try integer) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    update app.import_job as j
    set status = 'queued', stage = null, try_count = j.try_count - 1
    where j.id = p_job and j.try_count = p_try and j.status = 'running';
    if found then
        delete from private.import_row as r where r.job_id = p_job;
    end if;
end;
$$;

-- Once a minute, from private.maintain(): files of what ended long ago, and rows that nobody reads.
create function private.import_purge() returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    delete from app.import_piece as p
    using app.import_job as j
    where j.id = p.job_id
        and j.status not in ('queued', 'running')
        and j.finished_at < now() - private.import_file_kept();
    delete from private.import_row as r
    where not exists (select from app.import_job as j where j.id = r.job_id and j.status = 'running');
end;
$$;

set local role danvan_owner;

create constraint trigger import_job_95_whole after insert on app.import_job
    deferrable initially deferred
    for each row execute function private.import_check_whole();
-- Progress alone makes no new version, nor an event: whoever cancels need not have seen the last of it.
create trigger import_job_50_touch before update on app.import_job
    for each row when (old.status is distinct from new.status)
    execute function private.touch_row();
create trigger import_job_80_audit_new after insert on app.import_job
    for each row execute function private.audit_row();
create trigger import_job_90_audit after update on app.import_job
    for each row when (old.status is distinct from new.status)
    execute function private.audit_row();
