-- Issuing a plan: its schedules (when, per level) times its responsibilities (who) make assignments.
--
-- Who leads an item at a level: the item's own lead rows for that level, else its block's; likewise
-- the other roles. A lead that is a unit leads at its own level only; a role of a level is held by
-- every active unit of its kinds at that level that the issuer may give work to (private.plan_reach). Coordinating and advising
-- roles are held at the lead's own area, or at the level the row fixes, above or below it.

set local role danvan_policy;

-- The responsibilities that count for each task at each level it is scheduled at.
create function private.plan_answers(p_plan_id uuid)
    returns table (
        plan_item_id uuid, level_id smallint, role text, unit_id integer, holder_role text, holder_level_id smallint)
    language sql stable security definer set search_path = ''
as $$
    with slot as (
        select distinct i.id, i.block_id, s.level_id
        from app.plan_item as i
        join app.schedule as s on s.plan_item_id = i.id
        where i.plan_id = p_plan_id and i.kind = 'task')
    select slot.id, slot.level_id, r.role, r.unit_id, r.holder_role, r.holder_level_id
    from slot
    join app.responsibility as r on r.plan_item_id in (slot.id, slot.block_id)
    where (r.level_id is null or r.level_id = slot.level_id)
        and (
            r.plan_item_id = slot.id
            or not exists (
                select from app.responsibility as own
                where own.plan_item_id = slot.id
                    and own.role = r.role
                    and (own.level_id is null or own.level_id = slot.level_id)));
$$;

-- Every area with itself and the areas above it.
create function private.area_lineage() returns table (area_id integer, above_id integer)
    language sql stable security definer set search_path = ''
as $$
    with recursive line as (
        select a.id, a.id as above_id, a.parent_id from app.area as a
        union all
        select line.id, up.id, up.parent_id
        from line join app.area as up on up.id = line.parent_id)
    select line.id, line.above_id from line;
$$;

-- The lead units of each task at each level.
create function private.plan_leads(p_plan_id uuid)
    returns table (plan_item_id uuid, level_id smallint, lead_unit_id integer)
    language sql stable security definer set search_path = ''
as $$
    select r.plan_item_id, r.level_id, u.id
    from private.plan_answers(p_plan_id) as r
    join app.unit as u on u.id = r.unit_id and u.level_id = r.level_id and u.is_active
    join private.plan_reach as x on x.plan_id = p_plan_id and x.unit_id = u.id
    where r.role = 'lead'
    union
    select r.plan_item_id, r.level_id, u.id
    from private.plan_answers(p_plan_id) as r
    join app.level_role_kind as k on k.role = r.holder_role and k.level_id = r.level_id
    join app.unit as u on u.kind = k.kind and u.level_id = r.level_id and u.is_active
    join private.plan_reach as x on x.plan_id = p_plan_id and x.unit_id = u.id
    where r.role = 'lead' and (r.holder_level_id is null or r.holder_level_id = r.level_id);
$$;

-- The occurrences of each task at each level. Nothing starts before the plan does.
create function private.plan_occurrences(p_plan_id uuid)
    returns table (plan_item_id uuid, level_id smallint, occurrence text, starts_on date, due_on date)
    language sql stable security definer set search_path = ''
as $$
    select i.id, s.level_id,
        case s.recurrence when 'yearly' then s.label || ' ' || extract(year from due.day)::integer else s.label end,
        least(greatest((s.starts_on + make_interval(years => n))::date, p.period_from), due.day),
        due.day
    from app.plan as p
    join app.plan_item as i on i.plan_id = p.id and i.kind = 'task'
    join app.schedule as s on s.plan_item_id = i.id
    cross join lateral generate_series(0, coalesce(s.until_year - extract(year from s.due_on)::integer, 0)) as n
    cross join lateral (select (s.due_on + make_interval(years => n))::date as day) as due
    where p.id = p_plan_id;
$$;

-- The units beside the lead in each assignment of the plan; one that advises is not also listed as
-- coordinating. Seen from a lead's area, a role fixed at a level is held by the units of that level
-- above it, at it, or under it.
create function private.plan_parts(p_plan_id uuid)
    returns table (assignment_id uuid, unit_id integer, role text)
    language sql stable security definer set search_path = ''
as $$
    with answer as materialized (
        select * from private.plan_answers(p_plan_id) as r where r.role in ('advising_office', 'coordinating')),
    lineage as materialized (select * from private.area_lineage()),
    lead as materialized (
        select a.id, a.plan_item_id, a.level_id, a.lead_unit_id, u.area_id
        from app.assignment as a
        join app.unit as u on u.id = a.lead_unit_id
        where a.plan_id = p_plan_id and a.source = 'plan'),
    named as (
        select lead.id, lead.lead_unit_id, u.id as unit_id, r.role
        from lead
        join answer as r on r.plan_item_id = lead.plan_item_id and r.level_id = lead.level_id
        join app.unit as u on u.id = r.unit_id and u.is_active
        union all
        select lead.id, lead.lead_unit_id, u.id, r.role
        from lead
        join answer as r on r.plan_item_id = lead.plan_item_id and r.level_id = lead.level_id
        join app.level_role_kind as k
            on k.role = r.holder_role and k.level_id = coalesce(r.holder_level_id, lead.level_id)
        join app.unit as u on u.kind = k.kind and u.level_id = k.level_id and u.is_active
        where case
            when r.holder_level_id is null then u.area_id = lead.area_id
            else exists (
                select from lineage as l
                where (l.area_id = lead.area_id and l.above_id = u.area_id)
                    or (l.area_id = u.area_id and l.above_id = lead.area_id))
            end)
    select named.id, named.unit_id, min(named.role)  -- 'advising_office' < 'coordinating'
    from named
    where named.unit_id <> named.lead_unit_id
    group by named.id, named.unit_id;
$$;

-- What a plan would make, or made: per task and level. For docs, tests and the issue command.
create function private.plan_resolution(p_plan_id uuid)
    returns table (code text, level text, item_position integer, occurrences bigint, leads bigint, assignments bigint)
    language sql stable security definer set search_path = ''
as $$
    select i.code, l.code, i.position, o.count, coalesce(w.count, 0), o.count * coalesce(w.count, 0)
    from (
        select x.plan_item_id, x.level_id, count(*)
        from private.plan_occurrences(p_plan_id) as x group by x.plan_item_id, x.level_id) as o
    join app.plan_item as i on i.id = o.plan_item_id
    join app.level as l on l.id = o.level_id
    left join (
        select x.plan_item_id, x.level_id, count(*)
        from private.plan_leads(p_plan_id) as x group by x.plan_item_id, x.level_id) as w
        on w.plan_item_id = o.plan_item_id and w.level_id = o.level_id;
$$;

-- The plan, locked for a command of its issuer's: refuses whoever is not of the issuer unit or not
-- high enough, and a stale version. The state is the command's own matter.
create function private.plan_take(p_plan_id uuid, p_rank integer) returns app.plan
    language plpgsql security definer set search_path = ''
as $$
declare
    taken app.plan;
begin
    select p.* into taken from app.plan as p where p.id = p_plan_id for update;
    if taken.id is null
        or taken.issuer_unit_id is distinct from private.my_unit()
        or coalesce(private.my_rank(), 0) < p_rank
    then
        raise exception 'not for the caller to decide' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    return taken;
end;
$$;

create function private.plan_move(p_plan_id uuid, p_version integer, p_command text, p_note text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    plan app.plan := private.plan_take(p_plan_id, case p_command when 'submit' then 2 else 3 end);
    wanted_state constant text := case p_command
        when 'submit' then 'draft' when 'return' then 'submitted' when 'close' then 'in_force' end;
    next_state constant text := case p_command
        when 'submit' then 'submitted' when 'return' then 'draft' when 'close' then 'closed' end;
begin
    if plan.status <> wanted_state then
        raise exception 'the plan is %, not %', plan.status, wanted_state
            using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if plan.version <> p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = plan.version::text;
    end if;
    update app.plan as p set status = next_state where p.id = p_plan_id;
    perform private.audit(p_command, 'plan', p_plan_id::text, jsonb_strip_nulls(jsonb_build_object('note', p_note)));
end;
$$;

-- One transaction, one audit event with the counts. Who may see the plan at all was checked by the
-- caller, api.plan_issue; a dry run is this, rolled back.
create function private.plan_issue(p_plan_id uuid, p_version integer) returns jsonb
    language plpgsql security definer set search_path = ''
as $$
declare
    plan app.plan := private.plan_take(p_plan_id, 3);
    without_lead text;
    outside text;
    counts jsonb;
    assignment_count integer;
    part_count integer;
begin
    if plan.status <> 'submitted' then
        raise exception 'the plan is %, not submitted', plan.status using errcode = 'DV409',
            constraint = case when plan.status = 'draft' then 'wrong_state' else 'already_issued' end;
    end if;
    if plan.version <> p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = plan.version::text;
    end if;

    -- Units neither end nor move while they are given work: what changes them waits, and what is being
    -- changed is waited for.
    lock table app.unit, app.area in share mode;
    -- the plan above stays in force until this one is issued
    if plan.parent_plan_id is not null then
        perform from app.plan as p where p.id = plan.parent_plan_id and p.status = 'in_force' for share;
        if not found then
            raise exception 'the plan above is not in force'
                using errcode = 'DV409', constraint = 'parent_not_in_force';
        end if;
    end if;
    select string_agg(distinct i.code, ', ')
    into outside
    from app.plan_item as i
    join app.responsibility as r on r.plan_item_id = i.id and r.role = 'lead' and r.unit_id is not null
    where i.plan_id = p_plan_id
        and not exists (
            select from private.plan_reach as x where x.plan_id = p_plan_id and x.unit_id = r.unit_id);
    if outside is not null then
        raise exception 'led by units that are not the issuer''s own: %', outside
            using errcode = 'DV409', constraint = 'outside_issuer';
    end if;

    select string_agg(r.code || ' (' || r.level || ')', ', ' order by r.item_position, r.level)
        filter (where r.leads = 0),
        jsonb_agg(jsonb_build_object('code', r.code, 'level', r.level, 'occurrences', r.occurrences,
            'leads', r.leads, 'assignments', r.assignments) order by r.item_position, l.id)
    into without_lead, counts
    from private.plan_resolution(p_plan_id) as r
    join app.level as l on l.code = r.level;
    if without_lead is not null then
        raise exception 'no lead for %', without_lead using errcode = 'DV409', constraint = 'no_lead';
    end if;

    insert into app.assignment (plan_id, plan_item_id, lead_unit_id, level_id, occurrence, starts_on, due_on,
        original_due_on, line_id, given_on)
    select p_plan_id, o.plan_item_id, w.lead_unit_id, o.level_id, o.occurrence, o.starts_on, o.due_on, o.due_on, u.line_id,
        least(plan.signed_on, private.today()) -- a signature dated ahead waits for nobody
    from private.plan_occurrences(p_plan_id) as o
    join private.plan_leads(p_plan_id) as w using (plan_item_id, level_id)
    join app.unit as u on u.id = w.lead_unit_id
    -- one after another as lists read them: neighbours in time are neighbours on disk
    order by u.province_key, o.due_on, u.district_key, u.grassroots_key, u.id;
    get diagnostics assignment_count = row_count;

    insert into app.assignment_part (assignment_id, unit_id, role)
    select x.assignment_id, x.unit_id, x.role from private.plan_parts(p_plan_id) as x;
    get diagnostics part_count = row_count;

    update app.plan as p
    set status = 'in_force', issued_at = now(), issued_by = private.my_user()
    where p.id = p_plan_id;
    -- whoever it gives something to do learns of it, once
    perform private.notify_unit(w.unit_id, 'plan_issued', p_plan_id || ':issued', null, 'plans', p_plan_id,
        plan.issuer_unit_id, p_plan_id, null, count(*)::integer)
    from (
        select a.lead_unit_id as unit_id from app.assignment as a where a.plan_id = p_plan_id
        union all
        select x.unit_id
        from app.assignment_part as x
        join app.assignment as a on a.id = x.assignment_id
        where a.plan_id = p_plan_id) as w
    where w.unit_id <> plan.issuer_unit_id
    group by w.unit_id;
    perform private.audit('issue', 'plan', p_plan_id::text,
        jsonb_build_object('assignments', assignment_count, 'parts', part_count));
    return jsonb_build_object('assignments', assignment_count, 'parts', part_count, 'by_item', coalesce(counts, '[]'),
        'suggests', private.plan_answers_for(p_plan_id));
end;
$$;
