-- Work given by a meeting, a coordination plan, an inspection or a committee (0016_given_work.sql): made by
-- private.give_work, taken back by private.withdraw_work. The row it comes from (private.work_table) has a status
-- (open, completed, withdrawn) and the day it was completed; the trigger here keeps it as the assignment is, in the
-- same write: so both sides are closed at once, whoever closes.

set local role danvan_owner;

create function private.work_table(p_source text) returns text
    language sql immutable
    return case p_source
        when 'meeting' then 'outcome'
        when 'coordination' then 'coordination_item'
        when 'inspection' then 'recommendation'
        when 'committee' then 'committee_work_item'
    end;

set local role danvan_policy;

-- Told to the lead and to who takes part, the giver aside; what is to be done (again), with its day. p_turn makes the key:
-- what ends or opens more than once is told each time.
create function private.work_tell(p_assignment_id uuid, p_topic text, p_turn text) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.notify_unit(n.unit_id, p_topic, a.id || ':' || p_turn, null, 'assignments', a.id, a.given_by_unit_id,
        a.plan_id, case when p_topic in ('work_given', 'work_reopened') then a.due_on end)
    from app.assignment as a
    cross join lateral (
        select a.lead_unit_id as unit_id
        union
        select x.unit_id from app.assignment_part as x where x.assignment_id = a.id) as n
    where a.id = p_assignment_id and n.unit_id <> a.given_by_unit_id;
end;
$$;

-- Whether the giver may give this unit work is the caller's to check (invited, a party, a subject, in its scope). The
-- other units take part as coordinating. The plan's own rules hold: only a plan in force gives work.
create function private.give_work(
    p_source text, p_source_id uuid, p_giver_unit_id integer, p_plan_id uuid, p_plan_item_id uuid, p_title text,
    p_occurrence text, p_lead_unit_id integer, p_due_on date, p_unit_ids integer[]) returns uuid
    language plpgsql security definer set search_path = ''
as $$
declare
    made_id uuid;
    lead_unit app.unit;
begin
    perform from app.plan as p where p.id = p_plan_id and p.status = 'in_force' for share;
    if not found then
        raise exception 'the plan is not in force' using errcode = 'DV409', constraint = 'plan_closed';
    end if;
    if p_plan_item_id is not null and not exists (
        select from app.plan_item as i where i.id = p_plan_item_id and i.plan_id = p_plan_id)
    then
        raise exception 'no item of this plan' using errcode = 'DV422', column = 'plan_item_id', constraint = 'not_visible';
    end if;
    if exists (select from app.assignment as a where a.source_id = p_source_id and a.status not in ('moved', 'cancelled')) then
        raise exception 'given already' using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    select u.* into lead_unit from app.unit as u where u.id = p_lead_unit_id for share;
    if not coalesce(lead_unit.is_active, false) then
        raise exception 'the unit has ended' using errcode = 'DV422', column = 'lead_unit_id', constraint = 'not_active';
    end if;
    insert into app.assignment (plan_id, plan_item_id, source, source_id, given_by_unit_id, title, lead_unit_id, level_id,
        line_id, occurrence, starts_on, due_on, original_due_on)
    values (p_plan_id, p_plan_item_id, p_source, p_source_id, p_giver_unit_id, p_title, p_lead_unit_id, lead_unit.level_id,
        lead_unit.line_id, p_occurrence, least(private.today(), p_due_on), p_due_on, p_due_on)
    returning id into made_id;
    insert into app.assignment_part (assignment_id, unit_id, role)
    select made_id, u.id, 'coordinating'
    from app.unit as u
    where u.id = any (p_unit_ids) and u.is_active and u.id <> p_lead_unit_id;
    perform private.work_tell(made_id, 'work_given', 'given');
    return made_id;
end;
$$;

-- The assignment of a row as it stands today: what a reorganisation moved goes on at the successor.
create function private.work_of(p_source_id uuid) returns uuid
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return (
        select a.id from app.assignment as a
        where a.source_id = p_source_id and a.status <> 'moved'
        order by a.status = 'cancelled', a.id desc limit 1);
end;
$$;

-- Takes back what is not completed, and with it what was asked of it; the units it named learn of it. Answers false
-- where there is nothing open.
create function private.withdraw_work(p_source_id uuid, p_reason text) returns boolean
    language plpgsql security definer set search_path = ''
as $$
declare
    taken app.assignment;
begin
    select a.* into taken from app.assignment as a
    where a.source_id = p_source_id and a.status in ('not_started', 'in_progress', 'reported') for update;
    if taken.id is null then
        return false;
    end if;
    update app.assignment as a set status = 'cancelled' where a.id = taken.id;
    update app.extension_request as q
    set status = 'withdrawn', decision_note = 'Nhiệm vụ đã được thu hồi', decided_at = now()
    where q.assignment_id = taken.id and q.status = 'pending';
    perform private.audit('withdraw', 'assignment', taken.id::text, jsonb_build_object('reason', p_reason));
    perform private.work_tell(taken.id, 'work_withdrawn', 'withdrawn');
    return true;
end;
$$;

-- The assignment before the row it came from, as whoever reports on it locks them.
create function private.lock_work(p_source_id uuid) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    perform from app.assignment as a where a.source_id = p_source_id and a.status <> 'moved' for update;
end;
$$;

-- Said of the whole (part lead) by the unit that gave the work.
create function private.work_said(p_assignment_id uuid, p_status text, p_progress integer, p_note text) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    insert into app.progress_entry (assignment_id, unit_id, part, status, progress, note, recorded_on, recorded_by)
    values (p_assignment_id, private.my_unit(), 'lead', p_status, p_progress, p_note, private.today(), private.my_user());
end;
$$;

-- Judged done by a leader of the giver, which the caller has checked; the units it named learn of it. Answers false where
-- there is nothing open.
create function private.complete_work(p_source_id uuid, p_note text) returns boolean
    language plpgsql security definer set search_path = ''
as $$
declare
    done_id uuid;
    done_version integer;
begin
    update app.assignment as a
    set status = 'completed', progress = 100, reported_on = coalesce(a.reported_on, private.today()),
        completed_on = private.today(), confirmed_by = private.my_user()
    where a.id = private.work_of(p_source_id) and a.status in ('not_started', 'in_progress', 'reported')
    returning a.id, a.version into done_id, done_version;
    if done_id is null then
        return false;
    end if;
    perform private.work_said(done_id, 'completed', 100, p_note);
    perform private.work_tell(done_id, 'work_completed', 'completed:' || done_version);
    return true;
end;
$$;

-- Opened again by a leader of the giver, which the caller has checked: what was confirmed, or what its lead reported and the
-- giver does not accept. Answers false where it is neither.
create function private.reopen_work(p_source_id uuid, p_reason text) returns boolean
    language plpgsql security definer set search_path = ''
as $$
declare
    opened app.assignment;
begin
    update app.assignment as a
    set status = 'in_progress', reported_on = null, completed_on = null, confirmed_by = null
    where a.id = private.work_of(p_source_id) and a.status in ('reported', 'completed')
    returning a.* into opened;
    if opened.id is null then
        return false;
    end if;
    perform private.work_said(opened.id, 'reopened', opened.progress, p_reason);
    perform private.work_tell(opened.id, 'work_reopened', 'reopened:' || opened.version);
    return true;
end;
$$;

-- What the assignment becomes, the row it comes from becomes.
create function private.given_work_follow() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    if new.status = 'completed' then
        execute format('update app.%I set status = ''completed'', completed_on = $2 where id = $1 and status = ''open''',
            private.work_table(new.source))
        using new.source_id, new.completed_on;
    elsif old.status = 'completed' then
        execute format('update app.%I set status = ''open'', completed_on = null where id = $1 and status = ''completed''',
            private.work_table(new.source))
        using new.source_id;
    end if;
    return null;
end;
$$;

set local role danvan_owner;

create trigger assignment_95_given_work after update of status on app.assignment
    for each row when (new.source <> 'plan' and old.status is distinct from new.status)
    execute function private.given_work_follow();
