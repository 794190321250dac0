-- What moves when units end, and what does not (docs/adr/0009): what is open goes on as a row of the
-- successor's, the old row says where to; what is closed stays.
--
-- All of it asks one question: what do units that ended, and have a successor, still have open. So it holds
-- for the reorganisation at hand and for what turns up later (a report returned to a unit that is no more):
-- private.reorganisation_tick asks again each minute.

set local role danvan_policy;

-- Of each ended unit: who took over, through chains of reorganisations to those that stand. The main one is
-- the first; in a split all the others too owe what was open.
create function private.unit_successors()
    returns table (unit_id integer, successor_id integer, moves_accounts boolean, is_main boolean)
    language plpgsql stable security definer set search_path = '' rows 1000
as $$
begin
    return query
    with recursive chain as (
        select l.predecessor_id, l.successor_id, t.moves_accounts, array[l.predecessor_id] as path, array[l.id] as rank
        from app.unit_link as l
        join app.unit as p on p.id = l.predecessor_id and not p.is_active
        join app.reorganisation_step as t on t.id = l.step_id
        where not l.is_function
        union all
        select c.predecessor_id, l.successor_id, c.moves_accounts and t.moves_accounts, c.path || l.predecessor_id, c.rank || l.id
        from chain as c
        join app.unit as p on p.id = c.successor_id and not p.is_active
        join app.unit_link as l on l.predecessor_id = c.successor_id and not l.is_function
        join app.reorganisation_step as t on t.id = l.step_id
        where l.successor_id <> all (c.path)),
    standing as (
        select c.predecessor_id, c.successor_id, bool_and(c.moves_accounts) as moves_accounts, min(c.rank) as rank
        from chain as c
        join app.unit as s on s.id = c.successor_id and s.is_active
        group by c.predecessor_id, c.successor_id)
    select s.predecessor_id, s.successor_id, s.moves_accounts,
        row_number() over (partition by s.predecessor_id order by s.rank) = 1
    from standing as s;
end;
$$;

-- The one who answers for a unit now: itself while it stands.
create function private.unit_now(p_unit_id integer) returns integer
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return coalesce(
        (select s.successor_id from private.unit_successors() as s where s.unit_id = p_unit_id and s.is_main), p_unit_id);
end;
$$;

-- Plans -----------------------------------------------------------------------------------------------

create function private.move_plans() returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    moved integer;
begin
    update app.plan as p
    set issuer_unit_id = s.successor_id
    from private.unit_successors() as s
    where s.unit_id = p.issuer_unit_id and s.is_main and p.status in ('draft', 'submitted', 'in_force');
    get diagnostics moved = row_count;
    -- what is not issued yet would name nobody
    update app.responsibility as r
    set unit_id = s.successor_id
    from private.unit_successors() as s, app.plan_item as i, app.plan as p
    where s.unit_id = r.unit_id and s.is_main and i.id = r.plan_item_id and p.id = i.plan_id
        and p.status in ('draft', 'submitted');
    return moved;
end;
$$;

create function private.move_documents() returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    moved integer;
begin
    update app.document as d
    set owner_unit_id = s.successor_id
    from private.unit_successors() as s
    where s.unit_id = d.owner_unit_id and s.is_main and d.status = 'draft'
        and not exists (
            select from app.document as x
            where x.owner_unit_id = s.successor_id
                and (x.symbol, x.issuer, x.issued_on, x.subject) is not distinct from (d.symbol, d.issuer, d.issued_on, d.subject));
    get diagnostics moved = row_count;
    return moved;
end;
$$;

-- Assignments -----------------------------------------------------------------------------------------

-- Which open assignment of the plan goes to whom: those of ended units, and the items of functions that this
-- reorganisation moves. Work given beside the plan: 32_reorganisation_given.sql.
create function private.assignment_routes(p_id uuid)
    returns table (assignment_id uuid, successor_id integer, is_main boolean)
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return query
    select a.id, s.successor_id, s.is_main
    from private.unit_successors() as s
    join app.assignment as a on a.lead_unit_id = s.unit_id and a.is_pending and a.source = 'plan'
    union all
    select a.id, private.unit_now(l.successor_id), true
    from app.reorganisation_step as t
    join app.unit_link as l on l.step_id = t.id and l.is_function
    join app.unit as p on p.id = l.predecessor_id and p.is_active
    join app.reorganisation_function_item as f on f.step_id = t.id
    join app.assignment as a on a.lead_unit_id = l.predecessor_id and a.plan_item_id = f.plan_item_id and a.is_pending
        and a.source = 'plan'
    where t.reorganisation_id = p_id;
end;
$$;

-- Under which occurrence an open assignment goes on at a successor: its own, where the successor has none or
-- an open one, which it then is. What the successor has closed (reported, completed, cancelled) is not the
-- work of the unit that ended: that goes on beside it.
create function private.occurrence_open_at(p_plan_item_id uuid, p_unit_id integer, p_occurrence text) returns text
    language plpgsql stable security definer set search_path = ''
as $$
declare
    candidate text := p_occurrence;
    times integer := 0;
begin
    while exists (
        select from app.assignment as x
        where x.plan_item_id = p_plan_item_id and x.lead_unit_id = p_unit_id and x.occurrence = candidate and x.source = 'plan'
            and not x.is_pending)
    loop
        times := times + 1;
        candidate := left(p_occurrence, 80) || ' (tiếp nhận' || case times when 1 then '' else ' ' || times end || ')';
    end loop;
    return candidate;
end;
$$;

-- Several that become one: due when the last of them is, begun if one is, as far as the least of them. The
-- other units named go along, each as its successor.
create function private.make_moved_assignments(p_id uuid) returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    made_count integer;
begin
    with source as materialized (
        select a.*, r.successor_id, private.occurrence_open_at(a.plan_item_id, r.successor_id, a.occurrence) as occurrence_there
        from private.assignment_routes(p_id) as r
        join app.assignment as a on a.id = r.assignment_id),
    made as (
        insert into app.assignment (plan_id, plan_item_id, lead_unit_id, level_id, occurrence, starts_on, due_on,
            original_due_on, status, progress, line_id)
        select x.plan_id, x.plan_item_id, x.successor_id, u.level_id, x.occurrence_there, min(x.starts_on),
            max(x.due_on), min(x.original_due_on),
            case when bool_or(x.status = 'in_progress') then 'in_progress' else 'not_started' end, min(x.progress), u.line_id
        from source as x
        join app.unit as u on u.id = x.successor_id
        group by x.plan_id, x.plan_item_id, x.successor_id, x.occurrence_there, u.level_id, u.line_id
        order by max(x.due_on), x.successor_id
        on conflict on constraint assignment_once do nothing
        returning id, plan_item_id, occurrence, lead_unit_id),
    named as (
        select m.id, coalesce(s.successor_id, p.unit_id) as unit_id, min(p.role) as role,
            case when bool_and(p.status = 'completed') then 'completed'
                when bool_and(p.status = 'not_started') then 'not_started' else 'in_progress' end as status,
            min(p.progress) as progress
        from made as m
        join source as x on x.plan_item_id = m.plan_item_id and x.occurrence_there = m.occurrence
            and x.successor_id = m.lead_unit_id
        join app.assignment_part as p on p.assignment_id = x.id
        left join private.unit_successors() as s on s.unit_id = p.unit_id
        where coalesce(s.successor_id, p.unit_id) <> m.lead_unit_id
        group by m.id, coalesce(s.successor_id, p.unit_id)),
    parts as (
        insert into app.assignment_part (assignment_id, unit_id, role, status, progress)
        select n.id, n.unit_id, n.role, n.status, n.progress from named as n
        returning 1)
    select count(*) into made_count from made;
    return made_count;
end;
$$;

-- The rows are held before anything is read of them: progress written meanwhile is in, or waits and finds
-- that the assignment has moved.
create function private.move_assignments(p_id uuid) returns jsonb
    language plpgsql security definer set search_path = ''
as $$
declare
    made integer;
    moved integer;
    given constant integer := private.move_given(p_id);
begin
    perform from app.assignment as a
    where a.id in (select r.assignment_id from private.assignment_routes(p_id) as r)
    order by a.id for no key update;
    perform from app.assignment_part as p
    where p.assignment_id in (select r.assignment_id from private.assignment_routes(p_id) as r)
    order by p.id for no key update;
    made := private.make_moved_assignments(p_id);
    update app.assignment as a
    set status = 'moved', moved_to_id = n.id
    from private.assignment_routes(p_id) as r
    join app.assignment as o on o.id = r.assignment_id
    -- by its whole key: an item alone has a unit's row per commune
    cross join lateral (
        select x.id from app.assignment as x
        where x.plan_item_id = o.plan_item_id and x.lead_unit_id = r.successor_id and x.source = 'plan'
            and x.occurrence = private.occurrence_open_at(o.plan_item_id, r.successor_id, o.occurrence) offset 0) as n
    where a.id = r.assignment_id and r.is_main;
    get diagnostics moved = row_count;
    return jsonb_build_object('assignments', moved + given, 'assignments_made', made + given, 'given_work', given);
end;
$$;

-- What is open of other parts: the successor is named instead, with the progress reached; who wrote it
-- stays written in the entries. A function that moves takes its part in the items that are it along.
create function private.move_parts(p_id uuid) returns jsonb
    language plpgsql security definer set search_path = ''
as $$
declare
    moved integer;
    reopened integer;
begin
    perform from app.assignment_part as p
    join app.assignment as a on a.id = p.assignment_id and a.is_pending
    where p.unit_id in (select s.unit_id from private.unit_successors() as s) and p.status <> 'completed'
    order by p.id for update of p;
    with given as materialized (
        select p.id, p.assignment_id, p.role, p.status, p.progress, s.successor_id, a.lead_unit_id
        from private.unit_successors() as s
        join app.assignment_part as p on p.unit_id = s.unit_id and p.status <> 'completed'
        join app.assignment as a on a.id = p.assignment_id and a.is_pending
        union all
        select p.id, p.assignment_id, p.role, p.status, p.progress, private.unit_now(l.successor_id), a.lead_unit_id
        from app.reorganisation_step as t
        join app.unit_link as l on l.step_id = t.id and l.is_function
        join app.unit as u on u.id = l.predecessor_id and u.is_active
        join app.reorganisation_function_item as f on f.step_id = t.id
        join app.assignment as a on a.plan_item_id = f.plan_item_id and a.is_pending
        join app.assignment_part as p on p.assignment_id = a.id and p.unit_id = l.predecessor_id and p.status <> 'completed'
        where t.reorganisation_id = p_id),
    made as (
        insert into app.assignment_part as x (assignment_id, unit_id, role, status, progress)
        select g.assignment_id, g.successor_id, min(g.role),
            case when bool_or(g.status = 'in_progress') then 'in_progress' else 'not_started' end, min(g.progress)
        from given as g
        where g.successor_id <> g.lead_unit_id
        group by g.assignment_id, g.successor_id
        -- there is one part per unit: what the successor had done is not done of the whole that it is now
        on conflict on constraint assignment_part_once do update
        set status = 'in_progress', progress = least(x.progress, excluded.progress)
        where x.status = 'completed'
        returning (x.xmax <> 0) as is_reopened),
    gone as (
        delete from app.assignment_part as p using (select distinct g.id from given as g) as g
        where p.id = g.id
        returning 1)
    select (select count(*) from gone), (select count(*) from made as m where m.is_reopened) into moved, reopened;
    return jsonb_build_object('parts', moved, 'parts_reopened', reopened);
end;
$$;
