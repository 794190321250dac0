-- Work given beside the plan, when units end: each goes on by itself at the main successor, with its source, its giver
-- and its title, whatever that unit has of its own; never two as one, for each answers to the row that gave it. It has
-- one lead and ends once, so in a split the others owe none of it. What was reported and awaits a leader goes along as
-- reported: whoever gave it waits for its end.

set local role danvan_policy;

create function private.given_routes(p_id uuid) returns table (assignment_id uuid, successor_id integer)
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return query
    select a.id, s.successor_id
    from private.unit_successors() as s
    join app.assignment as a on a.lead_unit_id = s.unit_id and a.source <> 'plan'
        and a.status in ('not_started', 'in_progress', 'reported')
    where s.is_main
    union
    select a.id, private.unit_now(l.successor_id)
    from app.reorganisation_step as t
    join app.unit_link as l on l.step_id = t.id and l.is_function
    join app.unit as p on p.id = l.predecessor_id and p.is_active
    join app.reorganisation_function_item as f on f.step_id = t.id
    join app.assignment as a on a.lead_unit_id = l.predecessor_id and a.plan_item_id = f.plan_item_id
        and a.source <> 'plan' and a.status in ('not_started', 'in_progress', 'reported')
    where t.reorganisation_id = p_id;
end;
$$;

-- Its own occurrence; where it comes back to a unit that had it before, another.
create function private.given_occurrence_at(p_assignment app.assignment, p_unit_id integer) returns text
    language plpgsql stable security definer set search_path = ''
as $$
declare
    candidate text := p_assignment.occurrence;
    times integer := 0;
begin
    while exists (
        select from app.assignment as x
        where x.source_id = p_assignment.source_id and x.lead_unit_id = p_unit_id and x.occurrence = candidate)
    loop
        times := times + 1;
        candidate := left(p_assignment.occurrence, 80) || ' (tiếp nhận' || case times when 1 then '' else ' ' || times end || ')';
    end loop;
    return candidate;
end;
$$;

-- The other units named go along, each as its successor.
create function private.make_moved_given(p_assignment app.assignment, p_successor_id integer) returns uuid
    language plpgsql security definer set search_path = ''
as $$
declare
    made_id uuid;
begin
    insert into app.assignment (plan_id, plan_item_id, source, source_id, given_by_unit_id, title, lead_unit_id, level_id, line_id,
        occurrence, starts_on, due_on, original_due_on, status, progress, reported_on)
    select p_assignment.plan_id, p_assignment.plan_item_id, p_assignment.source, p_assignment.source_id,
        p_assignment.given_by_unit_id, p_assignment.title, u.id, u.level_id, u.line_id,
        private.given_occurrence_at(p_assignment, u.id), p_assignment.starts_on, p_assignment.due_on,
        p_assignment.original_due_on, p_assignment.status, p_assignment.progress, p_assignment.reported_on
    from app.unit as u
    where u.id = p_successor_id
    returning id into made_id;
    insert into app.assignment_part (assignment_id, unit_id, role, status, progress)
    select made_id, coalesce(s.successor_id, p.unit_id), min(p.role),
        case when bool_and(p.status = 'completed') then 'completed'
            when bool_and(p.status = 'not_started') then 'not_started' else 'in_progress' end,
        min(p.progress)
    from app.assignment_part as p
    left join private.unit_successors() as s on s.unit_id = p.unit_id
    where p.assignment_id = p_assignment.id and coalesce(s.successor_id, p.unit_id) <> p_successor_id
    group by coalesce(s.successor_id, p.unit_id);
    return made_id;
end;
$$;

-- The row that gave it names who leads it now, where it names that at all.
create function private.given_lead_follows(p_source text, p_source_id uuid, p_lead_unit_id integer) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    if exists (
        select from pg_catalog.pg_attribute as t
        where t.attrelid = to_regclass(format('app.%I', private.work_table(p_source))) and t.attname = 'lead_unit_id')
    then
        execute format('update app.%I set lead_unit_id = $2 where id = $1', private.work_table(p_source))
        using p_source_id, p_lead_unit_id;
    end if;
exception when integrity_constraint_violation or sqlstate 'DV403' or sqlstate 'DV409' or sqlstate 'DV422' then
    raise warning '% % goes on naming a unit that leads it no longer: %', p_source, p_source_id, sqlerrm;
end;
$$;

create function private.move_given(p_id uuid) returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    going record;
    made_id uuid;
    moved integer := 0;
begin
    -- a giver that ended: its successor follows what is not over
    update app.assignment as a
    set given_by_unit_id = s.successor_id
    from private.unit_successors() as s
    where s.unit_id = a.given_by_unit_id and s.is_main and a.status in ('not_started', 'in_progress', 'reported');
    for going in
        select a as assignment, r.successor_id
        from private.given_routes(p_id) as r
        join app.assignment as a on a.id = r.assignment_id
        order by a.id
        for no key update of a
    loop
        made_id := private.make_moved_given(going.assignment, going.successor_id);
        update app.assignment as a set status = 'moved', moved_to_id = made_id where a.id = (going.assignment).id;
        perform private.given_lead_follows((going.assignment).source, (going.assignment).source_id, going.successor_id);
        moved := moved + 1;
    end loop;
    return moved;
end;
$$;
