-- More time for an assignment: asked by its lead unit, decided above it. Granting moves due_on and
-- nothing else; original_due_on stays for on-time rates, and the audit record tells the move.

set local role danvan_policy;

-- What a request is made of beside what it says: whose, from which due day, and who decides.
create function private.extension_request_take() returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    assignment app.assignment;
    plan_status text;
begin
    -- one that goes on at a successor comes complete and is left alone
    if new.unit_id is not null then
        return new;
    end if;
    select a.* into assignment from app.assignment as a where a.id = new.assignment_id for share;
    new.unit_id := assignment.lead_unit_id;
    new.due_on := assignment.due_on;
    new.superior_unit_id := private.superior_of(assignment.lead_unit_id, assignment.plan_id);
    if private.my_user() is not null then
        new.asked_by := private.my_user();
        if assignment.lead_unit_id is distinct from private.my_unit() or coalesce(private.my_rank(), 0) < 2 then
            raise exception 'not for the caller to ask' using errcode = 'DV403', constraint = 'not_permitted';
        end if;
    end if;
    select p.status into plan_status from app.plan as p where p.id = assignment.plan_id;
    if plan_status <> 'in_force' then
        raise exception 'the plan is %', plan_status using errcode = 'DV409', constraint = 'plan_closed';
    end if;
    if not assignment.is_pending then
        raise exception 'the assignment is %', assignment.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if new.asked_due_on < private.today() then
        raise exception 'the day is over' using errcode = 'DV422', column = 'asked_due_on', constraint = 'in_the_past';
    end if;
    return new;
end;
$$;

create function private.extension_request_tell() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.notify_unit(new.superior_unit_id, 'extension_requested', new.id || ':requested:' || new.version, null,
        'extension-requests', new.id, new.unit_id, a.plan_id, new.asked_due_on)
    from app.assignment as a
    where a.id = new.assignment_id;
    return null;
end;
$$;

-- The request, locked for who may decide on it (or, p_is_own, take it back); refusals in this order:
-- who, the state, the version.
create function private.extension_take(p_request_id uuid, p_version integer, p_is_own boolean)
    returns app.extension_request
    language plpgsql security definer set search_path = ''
as $$
declare
    taken app.extension_request;
begin
    select r.* into taken from app.extension_request as r where r.id = p_request_id for update;
    if private.my_unit() is distinct from
            (case when p_is_own then taken.unit_id else coalesce(taken.superior_unit_id, taken.unit_id) end)
        or coalesce(private.my_rank(), 0) < (case when p_is_own then 2 else 3 end)
    then
        raise exception 'not for the caller to decide' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if taken.status <> 'pending' then
        raise exception 'the request is %', taken.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if taken.version <> p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = taken.version::text;
    end if;
    return taken;
end;
$$;

-- Writes the decision down and tells the unit that asked.
create function private.extension_decide(
    p_request app.extension_request, p_status text, p_granted_due_on date, p_note text) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    update app.extension_request as r
    set status = p_status, granted_due_on = p_granted_due_on, decision_note = p_note,
        decided_by = private.my_user(), decided_at = now()
    where r.id = p_request.id;
    perform private.notify_unit(p_request.unit_id, 'extension_decided', p_request.id || ':decided:' || p_request.version,
        null, 'extension-requests', p_request.id, p_request.superior_unit_id, a.plan_id,
        coalesce(p_granted_due_on, a.due_on))
    from app.assignment as a
    where a.id = p_request.assignment_id and p_status <> 'withdrawn';
end;
$$;

create function private.extension_grant(p_request_id uuid, p_version integer, p_due_on date, p_note text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    request app.extension_request := private.extension_take(p_request_id, p_version, false);
    granted_due_on constant date := coalesce(p_due_on, request.asked_due_on);
    assignment app.assignment;
    plan_status text;
begin
    select a.* into assignment from app.assignment as a where a.id = request.assignment_id for update;
    select p.status into plan_status from app.plan as p where p.id = assignment.plan_id for share;
    if plan_status <> 'in_force' then
        raise exception 'the plan is %', plan_status using errcode = 'DV409', constraint = 'plan_closed';
    end if;
    if not assignment.is_pending then
        raise exception 'the assignment is %', assignment.status using errcode = 'DV409', constraint = 'closed';
    end if;
    if granted_due_on < private.today() then
        raise exception 'the day is over' using errcode = 'DV422', column = 'granted_due_on', constraint = 'in_the_past';
    end if;
    if granted_due_on <= assignment.due_on then
        raise exception 'no more time' using errcode = 'DV422', column = 'granted_due_on', constraint = 'not_later';
    end if;
    update app.assignment as a set due_on = granted_due_on where a.id = assignment.id;
    perform private.extension_decide(request, 'granted', granted_due_on, p_note);
end;
$$;

create function private.extension_refuse(p_request_id uuid, p_version integer, p_note text) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.extension_decide(
        private.extension_take(p_request_id, p_version, false), 'refused', null, p_note);
end;
$$;

create function private.extension_withdraw(p_request_id uuid, p_version integer) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.extension_decide(
        private.extension_take(p_request_id, p_version, true), 'withdrawn', null, null);
end;
$$;

set local role danvan_owner;

create trigger extension_request_05_visible before insert on app.extension_request
    for each row execute function private.check_visible('assignment_id', 'assignment');
create trigger extension_request_07_take before insert on app.extension_request
    for each row execute function private.extension_request_take();
create trigger extension_request_10_keys before insert or update of unit_id on app.extension_request
    for each row execute function private.report_keys();
create trigger extension_request_95_tell after insert on app.extension_request
    for each row execute function private.extension_request_tell();
