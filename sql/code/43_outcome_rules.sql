-- What may be written of outcomes, when: drafts of an open meeting by the unit that holds it. From its closing on they
-- change by commands alone (43_outcome_commands.sql).

set local role danvan_policy;

-- Locked, so that it is not closed between: NULL when there is none.
create function private.outcome_meeting(p_meeting_id uuid) returns app.meeting
    language plpgsql security definer set search_path = ''
as $$
declare
    meeting app.meeting;
begin
    select m.* into meeting from app.meeting as m where m.id = p_meeting_id for share;
    return meeting;
end;
$$;

-- Whose it is, under which plan, and after which others: the meeting tells, not the client.
create function private.outcome_of_meeting() returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    meeting constant app.meeting := private.outcome_meeting(new.meeting_id);
begin
    if private.my_user() is not null and (meeting.owner_unit_id <> private.my_unit() or private.my_rank() < 2) then
        raise exception 'another unit holds the meeting' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    new.owner_unit_id := meeting.owner_unit_id;
    new.plan_id := coalesce(meeting.plan_id, new.plan_id);
    new.position := coalesce(new.position, (
        select least(coalesce(max(o.position), 0) + 1, 1000) from app.outcome as o where o.meeting_id = new.meeting_id));
    return new;
end;
$$;

-- A unit can be named that stands in my scope, is mine, or is invited. (Whether I see it is asked before.)
create function private.outcome_may_name(p_meeting_id uuid, p_unit_id integer) returns boolean
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return exists (
        select from app.unit as u
        where u.id = p_unit_id and (u.id = private.my_unit()
            or private.in_my_scope(u.province_key, u.district_key, u.grassroots_key, u.province_line_key,
                u.district_line_key, u.grassroots_line_key)
            or exists (select from app.meeting_invitation as i where i.meeting_id = p_meeting_id and i.unit_id = u.id)));
end;
$$;

-- The other unit that an outcome names: refused twice, and beside itself as the lead.
create function private.outcome_names(p_outcome_id uuid, p_unit_id integer) returns boolean
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return exists (select from app.outcome_unit as u where u.outcome_id = p_outcome_id and u.unit_id = p_unit_id);
end;
$$;

-- The outcome a named unit is added to or taken from, with its meeting locked.
create function private.outcome_of_unit(p_outcome_id uuid, out outcome app.outcome, out meeting app.meeting)
    language plpgsql security definer set search_path = ''
as $$
begin
    outcome := (select o from app.outcome as o where o.id = p_outcome_id);
    meeting := private.outcome_meeting(outcome.meeting_id);
end;
$$;

-- The units named beside the lead take part in a task; what is assessed or decided is addressed to them.
create function private.outcome_unit_role() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    new.role := coalesce((
        select case o.kind when 'task' then 'coordinating' else 'addressed' end
        from app.outcome as o where o.id = new.outcome_id), new.role, 'addressed');
    return new;
end;
$$;

set local role danvan_owner;

-- Outcomes are written while the meeting is open: before, it has decided nothing; after, they stand.
create function private.outcome_refuse(p_meeting app.meeting) returns void
    language plpgsql stable set search_path = ''
as $$
begin
    if p_meeting.status <> 'open' then
        raise exception 'the meeting is %', p_meeting.status using errcode = 'DV409', constraint =
            case when p_meeting.status = 'closed' then 'frozen' else 'not_open' end;
    end if;
end;
$$;

create function private.outcome_check_unit(p_meeting_id uuid, p_unit_id integer, p_column text) returns void
    language plpgsql stable set search_path = ''
as $$
declare
    named constant app.unit := private.visible_unit(p_unit_id, p_column);
begin
    if not named.is_active then
        raise exception 'the unit has ended' using errcode = 'DV422', column = p_column, constraint = 'not_active';
    end if;
    if not private.outcome_may_name(p_meeting_id, p_unit_id) then
        raise exception 'beyond the scope, and not invited' using errcode = 'DV422', column = p_column,
            constraint = 'not_in_scope';
    end if;
end;
$$;

-- Runs as the caller: commands (danvan_policy) and what goes with its meeting (the table's owner) pass.
create function private.outcome_check() returns trigger
    language plpgsql set search_path = ''
as $$
declare
    meeting constant app.meeting := private.outcome_meeting(case tg_op when 'DELETE' then old.meeting_id else new.meeting_id end);
begin
    if private.my_user() is null or current_user in ('danvan_policy', 'danvan_owner')
        or meeting.owner_unit_id is distinct from private.my_unit() -- row security says no
    then
        return case tg_op when 'DELETE' then old else new end;
    end if;
    perform private.outcome_refuse(meeting);
    if tg_op = 'DELETE' then
        return old;
    end if;
    if new.lead_unit_id is not null and (tg_op = 'INSERT' or new.lead_unit_id is distinct from old.lead_unit_id) then
        perform private.outcome_check_unit(meeting.id, new.lead_unit_id, 'lead_unit_id');
        if private.outcome_names(new.id, new.lead_unit_id) then
            raise exception 'the lead takes part already' using errcode = 'DV422', column = 'lead_unit_id', constraint = 'duplicate';
        end if;
    end if;
    -- told of the field that was given: the table's own rule is told of the lead
    if new.kind <> 'task' and new.lead_unit_id is null and new.due_on is not null then
        raise exception 'only a task has a day' using errcode = 'DV422', column = 'due_on', constraint = 'not_a_task';
    end if;
    if new.due_on < meeting.held_on then
        raise exception 'due before the meeting' using errcode = 'DV422', column = 'due_on', constraint = 'before_meeting';
    end if;
    if new.plan_item_id is not null and not exists (
        select from app.plan_item as i where i.id = new.plan_item_id and i.plan_id = meeting.plan_id and i.kind <> 'block')
    then
        raise exception 'no item of the plan' using errcode = 'DV422', column = 'plan_item_id', constraint = 'not_visible';
    end if;
    return new;
end;
$$;

create function private.outcome_unit_check() returns trigger
    language plpgsql set search_path = ''
as $$
declare
    named record;
begin
    if private.my_user() is null or current_user in ('danvan_policy', 'danvan_owner') then
        return case tg_op when 'DELETE' then old else new end;
    end if;
    named := private.outcome_of_unit(case tg_op when 'DELETE' then old.outcome_id else new.outcome_id end);
    if (named.outcome).owner_unit_id is distinct from private.my_unit() then -- row security says no
        return case tg_op when 'DELETE' then old else new end;
    end if;
    perform private.outcome_refuse(named.meeting);
    if tg_op = 'DELETE' then
        return old;
    end if;
    perform private.outcome_check_unit((named.meeting).id, new.unit_id, 'unit_id');
    if (named.outcome).lead_unit_id = new.unit_id then
        raise exception 'the lead takes part already' using errcode = 'DV422', column = 'unit_id', constraint = 'duplicate';
    end if;
    return new;
end;
$$;

create trigger outcome_05_meeting before insert on app.outcome
    for each row execute function private.outcome_of_meeting();
create trigger outcome_04_visible before insert on app.outcome
    for each row execute function private.check_visible('meeting_id', 'meeting');
create trigger outcome_40_check before insert or delete or update of position, title, text, lead_unit_id, due_on, plan_item_id
    on app.outcome for each row execute function private.outcome_check();
create trigger outcome_unit_05_role before insert on app.outcome_unit
    for each row execute function private.outcome_unit_role();
create trigger outcome_unit_04_visible before insert on app.outcome_unit
    for each row execute function private.check_visible('outcome_id', 'outcome');
create trigger outcome_unit_40_check before insert or delete on app.outcome_unit
    for each row execute function private.outcome_unit_check();

-- Carry-over counts ----------------------------------------------------------------------------------------

set local role danvan_policy;

create function private.outcome_recount(p_outcome_ids uuid[]) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    update app.outcome as o set carry_over_count = c.count
    from (
        select o.id, (
            select count(*)::smallint from app.meeting_agenda_item as i
            join app.meeting as m on m.id = i.meeting_id and m.status <> 'cancelled'
            where i.outcome_id = o.id and i.meeting_id <> o.meeting_id) as count
        from app.outcome as o where o.id = any (p_outcome_ids)) as c
    where c.id = o.id and c.count <> o.carry_over_count;
end;
$$;

create function private.agenda_item_recount() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.outcome_recount(array_remove(array[
        case when tg_op <> 'INSERT' then old.outcome_id end, case when tg_op <> 'DELETE' then new.outcome_id end], null));
    return null;
end;
$$;

create function private.meeting_recount() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.outcome_recount(array(
        select i.outcome_id from app.meeting_agenda_item as i where i.meeting_id = new.id and i.outcome_id is not null));
    return null;
end;
$$;

set local role danvan_owner;

create trigger meeting_agenda_item_95_insert after insert on app.meeting_agenda_item
    for each row when (new.outcome_id is not null) execute function private.agenda_item_recount();
create trigger meeting_agenda_item_95_delete after delete on app.meeting_agenda_item
    for each row when (old.outcome_id is not null) execute function private.agenda_item_recount();
create trigger meeting_95_recount after update of status on app.meeting
    for each row when ((new.status = 'cancelled') <> (old.status = 'cancelled'))
    execute function private.meeting_recount();
