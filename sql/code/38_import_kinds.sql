-- What the rows of an import mean, kind by kind. private.import_<kind>(job) resolves each row's codes and
-- finds the record it names, as the caller sees them; private.import_check_<kind> tells every fault of every
-- row; private.import_apply_<kind> writes what is new or differs. All of it runs as whoever made the import:
-- what they do not see is not_visible, and row security refuses what check might have let through.
--
-- Cells come in the order of app/resources/import_kinds.c. A column that the file does not have leaves what
-- is there; an empty cell empties it, except where the record cannot be without: there it leaves it too.
-- Rows that say what is there already are counted as unchanged and not touched, so a file may come twice.

set local role danvan_owner;

-- Does the file have this column?
create function private.import_has(p_job uuid, p_column text) returns boolean
    language plpgsql stable set search_path = ''
as $$
begin
    return coalesce((select j.columns ? p_column from app.import_job as j where j.id = p_job), true);
end;
$$;

-- A code names one record in the whole system, also of units that the caller does not see: which rows of
-- the caller's own job name one that is taken. Inserting would tell the same.
set local role danvan_policy;

create function private.import_taken(p_job uuid, p_kind text) returns table (number integer)
    language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
begin
    if p_kind = 'units' then
        return query
        select r.number from private.import_rows(p_job) as r join app.unit as u on u.code = r.cells[1];
    elsif p_kind = 'staff' then
        return query
        select r.number from private.import_rows(p_job) as r join app.staff as s on s.code = r.cells[1];
    end if;
end;
$$;

set local role danvan_owner;

-- What was to be written and what row security let through are to be the same.
create function private.import_all_written(p_wanted bigint, p_written bigint) returns void
    language plpgsql set search_path = ''
as $$
begin
    if p_wanted is distinct from p_written then
        raise exception '% rows of % were written', p_written, p_wanted
            using errcode = 'DV403', constraint = 'not_permitted';
    end if;
end;
$$;

create function private.import_check(p_job uuid) returns integer
    language plpgsql set search_path = ''
as $$
declare
    job_kind constant text := (select j.kind from app.import_job as j where j.id = p_job);
begin
    if job_kind is null then
        raise exception 'no such import' using errcode = 'DV404', constraint = 'not_found';
    end if;
    return case job_kind
        when 'units' then private.import_check_units(p_job)
        when 'staff' then private.import_check_staff(p_job)
        when 'appointments' then private.import_check_appointments(p_job)
        when 'courses' then private.import_check_courses(p_job)
        when 'training_records' then private.import_check_training_records(p_job)
        when 'attendance' then private.import_check_attendance(p_job)
        when 'ratings' then private.import_check_ratings(p_job)
        when 'indicator_values' then private.import_check_indicator_values(p_job)
    end;
end;
$$;

-- One event for the whole; of what it creates in thousands the rows tell no event of their own.
create function private.import_apply(p_job uuid, out created integer, out updated integer, out unchanged integer)
    language plpgsql set search_path = ''
as $$
declare
    job app.import_job;
    counts jsonb;
begin
    select j.* into job from app.import_job as j where j.id = p_job;
    if job.id is null then
        raise exception 'no such import' using errcode = 'DV404', constraint = 'not_found';
    end if;
    perform set_config('danvan.import', p_job::text, true);
    counts := case job.kind
        when 'units' then private.import_apply_units(p_job)
        when 'staff' then private.import_apply_staff(p_job)
        when 'appointments' then private.import_apply_appointments(p_job)
        when 'courses' then private.import_apply_courses(p_job)
        when 'training_records' then private.import_apply_training_records(p_job)
        when 'attendance' then private.import_apply_attendance(p_job)
        when 'ratings' then private.import_apply_ratings(p_job)
        when 'indicator_values' then private.import_apply_indicator_values(p_job)
    end;
    created := counts ->> 'created';
    updated := counts ->> 'updated';
    unchanged := counts ->> 'unchanged';
    perform set_config('danvan.import', '', true);
    perform private.audit('import', job.kind, p_job::text,
        counts || jsonb_build_object('sha256', encode(job.sha256, 'hex')));
end;
$$;
