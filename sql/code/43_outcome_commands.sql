-- What becomes of an outcome once the meeting has closed. A task ends with its assignment, whoever ends it: the lead's own
-- leader confirms it, or the leader of the unit that held the meeting judges it done. Both sides are written at once. That
-- goes on when the plan is closed: what was decided is followed to its end.

set local role danvan_policy;

-- The outcome, locked for a leader of its owner, after its assignment (confirming locks in that order too); refusals in this
-- order: who, the state, the version.
create function private.outcome_take(p_outcome_id uuid, p_version integer, variadic p_states text[]) returns app.outcome
    language plpgsql security definer set search_path = ''
as $$
declare
    taken app.outcome;
begin
    select o.* into taken from app.outcome as o where o.id = p_outcome_id;
    if taken.owner_unit_id is distinct from private.my_unit() or coalesce(private.my_rank(), 0) < 2 then
        raise exception 'not for the caller' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if private.my_rank() < 3 then
        raise exception 'a leader decides' using errcode = 'DV403', constraint = 'leader_needed';
    end if;
    perform private.lock_work(p_outcome_id);
    select o.* into taken from app.outcome as o where o.id = p_outcome_id for update;
    if not taken.status = any (p_states) then
        raise exception 'the outcome is %', taken.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if taken.version <> p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = taken.version::text;
    end if;
    return taken;
end;
$$;

-- What was not reported by its lead is judged done with a word of why.
create function private.outcome_complete(p_outcome_id uuid, p_version integer, p_note text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    outcome constant app.outcome := private.outcome_take(p_outcome_id, p_version, 'open');
    assignment constant app.assignment := (
        select a from app.assignment as a where a.id = private.work_of(outcome.id));
begin
    if assignment.status <> 'reported' and p_note is null then
        raise exception 'say on what ground' using errcode = 'DV422', column = 'note', constraint = 'required';
    end if;
    if not private.complete_work(outcome.id, p_note) then
        raise exception 'no open assignment' using errcode = 'DV409', constraint = 'wrong_state';
    end if;
end;
$$;

-- What was confirmed, while the plan is in force; or what its lead reported and the meeting does not accept.
create function private.outcome_reopen(p_outcome_id uuid, p_version integer, p_reason text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    outcome constant app.outcome := private.outcome_take(p_outcome_id, p_version, 'open', 'completed');
begin
    if outcome.status = 'completed' and not exists (select from app.plan as p where p.id = outcome.plan_id and p.status = 'in_force') then
        raise exception 'nothing new is to be done under it' using errcode = 'DV409', constraint = 'plan_closed';
    end if;
    if not private.reopen_work(outcome.id, p_reason) then
        raise exception 'not reported yet' using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    -- reported and not yet confirmed: the outcome was open and stays so, and says that something happened
    if outcome.status = 'open' then
        update app.outcome as o set status = o.status where o.id = outcome.id;
    end if;
end;
$$;

create function private.outcome_withdraw(p_outcome_id uuid, p_version integer, p_reason text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    outcome constant app.outcome := private.outcome_take(p_outcome_id, p_version, 'open', 'in_force');
begin
    if outcome.kind = 'task' then
        perform private.withdraw_work(outcome.id, p_reason);
    end if;
    update app.outcome as o
    set status = 'withdrawn', withdrawn_on = private.today(), withdraw_reason = p_reason
    where o.id = outcome.id;
end;
$$;

-- The rule of 30_policy_meeting.sql, for functions that look past row security.
create function private.outcome_is_seen(p_outcome_id uuid) returns boolean
    language plpgsql stable parallel safe security definer set search_path = ''
as $$
begin
    return exists (
        select from app.outcome as o
        where o.id = p_outcome_id and (o.owner_unit_id = private.my_unit()
            or private.in_my_scope(o.province_key, o.district_key, o.grassroots_key, o.province_line_key,
                o.district_line_key, o.grassroots_line_key)
            or o.lead_unit_id = private.my_unit()
            or exists (select from app.outcome_unit as u where u.outcome_id = o.id and u.unit_id = private.my_unit())
            or exists (select from app.meeting_invitation as i where i.meeting_id = o.meeting_id and i.unit_id = private.my_unit())));
end;
$$;

-- Whoever sees an outcome sees how far its work is, also where the assignment itself is not theirs to see.
create function private.outcome_work(
    p_outcome_id uuid, out status text, out progress smallint, out due_on date, out is_overdue boolean, out days_overdue integer)
    language plpgsql stable parallel safe security definer set search_path = ''
as $$
begin
    select a.status, a.progress, a.due_on, private.is_overdue(a.is_pending, a.due_on, private.today()),
        case when private.is_overdue(a.is_pending, a.due_on, private.today()) then private.today() - a.due_on else 0 end
    into status, progress, due_on, is_overdue, days_overdue
    from app.assignment as a
    where a.source_id = p_outcome_id and a.status <> 'moved' and private.outcome_is_seen(p_outcome_id)
    order by a.status = 'cancelled', a.id desc limit 1;
end;
$$;

-- All that the caller sees whose work is late today, for the filter of lists: one look for a whole page. Who calls it by itself
-- learns not even how many others there are.
create function private.overdue_outcomes() returns setof uuid
    language plpgsql stable parallel safe security definer set search_path = '' rows 1000
as $$
begin
    if private.my_scope_code() is null then
        return;
    end if;
    -- what is late and what of the scope is open are read from their indexes alone; of the others none is asked for as long
    -- as the scope has them all (%I is one of its columns)
    return query execute format($sql$
        select a.source_id from app.assignment as a
        where a.source_id is not null and a.source = 'meeting' and a.is_pending and a.due_on < $1
            and (a.source_id in (select o.id from app.outcome as o where o.%I = $2 and o.status = 'open')
                or a.source_id in (select o.id from app.outcome as o where o.owner_unit_id = $3)
                or a.source_id in (select private.my_named_outcomes()))$sql$, private.my_scope_code() || '_key')
    using private.today(), private.my_scope(), private.my_unit();
end;
$$;

-- The same at the end of a day: due as it was before more time was granted later.
create function private.outcome_work_on(
    p_outcome_id uuid, p_day date, out status text, out progress smallint, out due_on date, out is_overdue boolean,
    out days_overdue integer)
    language plpgsql stable parallel safe security definer set search_path = ''
as $$
begin
    select a.status, a.progress, a.due_on, a.status in ('not_started', 'in_progress') and a.due_on < p_day
    into status, progress, due_on, is_overdue
    from private.assignment_on(p_day) as a
    where a.id in (select x.id from app.assignment as x where x.source_id = p_outcome_id) and private.outcome_is_seen(p_outcome_id)
    order by a.status in ('moved', 'cancelled'), a.id desc limit 1;
    days_overdue := case when is_overdue then p_day - due_on when not is_overdue then 0 end;
end;
$$;

create function private.outcome_carried_on(p_outcome_id uuid, p_day date) returns smallint
    language plpgsql stable parallel safe security definer set search_path = ''
as $$
begin
    return (
        select count(*)::smallint
        from app.outcome as o
        join app.meeting_agenda_item as i on i.outcome_id = o.id and i.meeting_id <> o.meeting_id
        join app.meeting as m on m.id = i.meeting_id and coalesce(m.convened_on, m.opened_on) <= p_day
            and (m.cancelled_on is null or m.cancelled_on > p_day)
        where o.id = p_outcome_id and private.outcome_is_seen(p_outcome_id));
end;
$$;

-- The name of a unit that an outcome names, for whoever sees the outcome: a unit invited hears who was charged, also where it
-- does not know of that unit elsewhere.
create function private.outcome_unit_name(p_outcome_id uuid, p_unit_id integer, p_day date) returns text
    language plpgsql stable parallel safe security definer set search_path = ''
as $$
begin
    return (
        select v.name
        from app.outcome as o
        join app.unit_version as v on v.unit_id = p_unit_id
        where o.id = p_outcome_id and private.outcome_is_seen(o.id)
            and (p_unit_id in (o.owner_unit_id, o.lead_unit_id) or exists (
                select from app.outcome_unit as u where u.outcome_id = o.id and u.unit_id = p_unit_id))
        order by v.valid_from <= p_day desc, abs(v.valid_from - p_day) limit 1);
end;
$$;

-- On how many agendas a task had stood by this meeting, this one among them: what the meeting reads, and does not grow after
-- it. For whoever sees the meeting.
create function private.agenda_carry_over_count(p_meeting_id uuid, p_outcome_id uuid) returns smallint
    language plpgsql stable parallel safe security definer set search_path = ''
as $$
begin
    return (
        select nullif(count(*), 0)::smallint
        from app.meeting as m
        join app.meeting_agenda_item as i on i.outcome_id = p_outcome_id
        join app.meeting as x on x.id = i.meeting_id and (x.held_on, x.id) <= (m.held_on, m.id)
            and (x.status <> 'cancelled' or x.id = m.id)
        where m.id = p_meeting_id
            and (m.owner_unit_id = private.my_unit()
                or private.in_my_scope(m.province_key, m.district_key, m.grassroots_key, m.province_line_key,
                    m.district_line_key, m.grassroots_line_key)
                or m.id in (select private.my_invited_meetings())
                or m.id in (select private.my_concluded_meetings())));
end;
$$;
