-- app.assignment_state kept right: by what the lead says (for the day it was recorded for) and by whatever
-- else changes an assignment's status. What is said later counts from its own day on: rows after that day
-- go. private.assignment_state_faults() compares with the assignments.

set local role danvan_policy;

-- An entry of the lead. A row that would repeat what stood already is left out.
create function private.assignment_state_say() returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    said constant text := case new.status when 'reopened' then 'in_progress' else new.status end;
    last record;
begin
    select s.valid_from, s.status, s.progress into last
    from app.assignment_state as s
    where s.assignment_id = new.assignment_id
    order by s.valid_from desc
    limit 1;
    if (said, new.progress) is not distinct from (coalesce(last.status, 'not_started'), coalesce(last.progress, 0))
        -- a note to what was reported or confirmed does not move the day that the assignment bears
        and (said in ('reported', 'completed') or coalesce(last.valid_from, '-infinity') <= new.recorded_on)
    then
        return null;
    end if;
    if last.valid_from > new.recorded_on then
        delete from app.assignment_state as s
        where s.assignment_id = new.assignment_id and s.valid_from > new.recorded_on;
    end if;
    insert into app.assignment_state as s (
        assignment_id, valid_from, status, progress, province_key, district_key, grassroots_key, line_id)
    select a.id, new.recorded_on, said, new.progress, a.province_key, a.district_key, a.grassroots_key, a.line_id
    from app.assignment as a
    where a.id = new.assignment_id
    on conflict (assignment_id, valid_from) do update set status = excluded.status, progress = excluded.progress;
    return null;
end;
$$;

-- What an assignment is from the beginning: nothing is written of one that is merely given. One that comes
-- as done was reported on its day and confirmed on another.
create function private.assignment_state_begin() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    insert into app.assignment_state (
        assignment_id, valid_from, status, progress, province_key, district_key, grassroots_key, line_id)
    select n.id, coalesce(s.day, n.given_on), s.status, s.progress, n.province_key, n.district_key, n.grassroots_key, n.line_id
    from new_rows as n
    cross join lateral (
        select n.reported_on as day, 'reported' as status, 100 as progress
        where n.status = 'completed' and n.reported_on < n.completed_on
        union all
        select case n.status when 'reported' then n.reported_on when 'completed' then n.completed_on end, n.status, n.progress) as s
    where n.status <> 'not_started' or n.progress <> 0;
    return null;
end;
$$;

-- What changed without an entry, or before its entry: from the day that the assignment bears, else today.
create function private.assignment_state_follow() returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    day constant date := coalesce(
        case new.status when 'reported' then new.reported_on when 'completed' then new.completed_on end, private.today());
    last record;
begin
    select s.valid_from, s.status, s.progress into last
    from app.assignment_state as s
    where s.assignment_id = new.id
    order by s.valid_from desc
    limit 1;
    if (new.status, new.progress) is not distinct from (coalesce(last.status, 'not_started'), coalesce(last.progress, 0)) then
        return null;
    end if;
    if last.valid_from > day then
        delete from app.assignment_state as s where s.assignment_id = new.id and s.valid_from > day;
    end if;
    insert into app.assignment_state as s (
        assignment_id, valid_from, status, progress, province_key, district_key, grassroots_key, line_id)
    values (new.id, day, new.status, new.progress, new.province_key, new.district_key, new.grassroots_key, new.line_id)
    on conflict (assignment_id, valid_from) do update set status = excluded.status, progress = excluded.progress;
    return null;
end;
$$;

create function private.assignment_state_keys() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    update app.assignment_state as s
    set province_key = new.province_key, district_key = new.district_key, grassroots_key = new.grassroots_key, line_id = new.line_id
    where s.assignment_id = new.id;
    return null;
end;
$$;

-- The clock of an installation may stand still: the day of a decision is its own, and not that of decided_at.
create function private.extension_decided_on() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    new.decided_on := coalesce(new.decided_on, private.today());
    return new;
end;
$$;

-- Assignments whose last state or keys are not their own; no row means all is right.
create function private.assignment_state_faults()
    returns table (assignment_id uuid, status text, progress smallint, kept_status text, kept_progress smallint)
    language sql stable security definer set search_path = ''
as $$
    select a.id, a.status, a.progress, s.status, s.progress
    from app.assignment as a
    left join lateral (
        select x.* from app.assignment_state as x where x.assignment_id = a.id order by x.valid_from desc limit 1) as s on true
    where (a.status, a.progress) is distinct from (coalesce(s.status, 'not_started'), coalesce(s.progress, 0))
        or s.assignment_id is not null and (a.province_key, a.district_key, a.grassroots_key, a.line_id)
            is distinct from (s.province_key, s.district_key, s.grassroots_key, s.line_id);
$$;

set local role danvan_owner;

create trigger extension_request_20_decided_on before update of status on app.extension_request
    for each row when (new.status <> 'pending') execute function private.extension_decided_on();
create trigger progress_entry_95_state after insert on app.progress_entry
    for each row when (new.part = 'lead') execute function private.assignment_state_say();
create trigger assignment_95_state_insert after insert on app.assignment
    referencing new table as new_rows
    for each statement execute function private.assignment_state_begin();
-- By row, with conditions: what is written most often fires the least.
create trigger assignment_95_state_update after update of status, progress on app.assignment
    for each row when ((old.status, old.progress) is distinct from (new.status, new.progress))
    execute function private.assignment_state_follow();
create trigger assignment_95_state_keys after update of lead_unit_id on app.assignment
    for each row when ((old.province_key, old.district_key, old.grassroots_key, old.line_id)
        is distinct from (new.province_key, new.district_key, new.grassroots_key, new.line_id))
    execute function private.assignment_state_keys();
