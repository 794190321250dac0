-- The overview and the task matrix as of a day: the figures of 40_api_overview.sql out of the assignments of
-- the day (private.assignment_on), lateness reckoned to it, under the names and places of the day.
--
-- Reports: as api.reports_on tells them. Targets: as api.target_answers with as_of. What waits for my decision
-- waits now: to_decide is NULL.

set local role danvan_owner;

-- By status, how many are late, and the ten units with most of them: most first, then the longest.
create function private.overview_assignments_on(
    p_key_column text, p_key_value integer, p_plan_id uuid, p_day date, out assignments jsonb, out overdue_by_unit jsonb)
    language plpgsql stable set search_path = ''
as $$
begin
    execute format($sql$
        with counted as materialized (
            select a.lead_unit_id,
                count(*) filter (where a.status = 'not_started') as not_started,
                count(*) filter (where a.status = 'in_progress') as in_progress,
                count(*) filter (where a.status = 'reported') as reported,
                count(*) filter (where a.status = 'completed') as completed,
                count(*) filter (where a.status = 'cancelled') as cancelled,
                count(*) filter (where a.status <> 'moved') as total,
                count(*) filter (where a.status in ('not_started', 'in_progress') and a.due_on < $3) as overdue,
                $3 - min(a.due_on) filter (where a.status in ('not_started', 'in_progress')) as longest_days
            from private.assignment_on($3) as a
            where a.%I = $1 and ($2::uuid is null or a.plan_id = $2)
            group by a.lead_unit_id),
        worst as (
            select * from counted as c where c.overdue > 0
            order by c.overdue desc, c.longest_days desc, c.lead_unit_id limit 10)
        select
            (select jsonb_build_object('not_started', coalesce(sum(c.not_started), 0),
                    'in_progress', coalesce(sum(c.in_progress), 0), 'reported', coalesce(sum(c.reported), 0),
                    'completed', coalesce(sum(c.completed), 0), 'cancelled', coalesce(sum(c.cancelled), 0),
                    'total', coalesce(sum(c.total), 0), 'overdue', coalesce(sum(c.overdue), 0))
                from counted as c),
            (select coalesce(jsonb_agg(jsonb_build_object('unit_id', w.lead_unit_id, 'unit_name', n.name,
                    'overdue', w.overdue, 'longest_days', w.longest_days)
                    order by w.overdue desc, w.longest_days desc, w.lead_unit_id), '[]')
                from worst as w
                left join private.group_names('unit', (select array_agg(x.lead_unit_id) from worst as x), $3) as n
                    on n.id = w.lead_unit_id)$sql$, p_key_column)
    into assignments, overdue_by_unit
    using p_key_value, p_plan_id, p_day;
end;
$$;

-- Of a day to come or today, what a leader decided stands; of a past day, what had been decided by then.
create function private.overview_periods_on(p_plan_id uuid, p_period_id uuid, p_day date) returns uuid[]
    language plpgsql stable set search_path = ''
as $$
begin
    if p_period_id is not null then
        return array[p_period_id];
    end if;
    return array(
        select p.id
        from app.period as p
        where (p_plan_id is null or p.plan_id = p_plan_id)
            and case when p_day >= private.today()
                then private.period_state(p.opened_at, p.locked_at, p.opens_on, p.expires_on, p.locks_on, p_day)
                else private.period_state_on(p.id, p.opens_on, p.expires_on, p.locks_on, p_day) end in ('open', 'expired'));
end;
$$;

-- Reports in the states and with the due days that api.reports_on tells. What a unit that is no more on the day
-- had not sent in is owed by nobody.
create function private.overview_reports_on(p_key_column text, p_key_value integer, p_periods uuid[], p_day date)
    returns jsonb
    language plpgsql stable set search_path = ''
as $$
declare
    told jsonb;
begin
    execute format($sql$
        with ended as materialized (
            select u.id from app.unit as u
            where u.%1$I = $1
                and case when $3 >= private.today() then not u.is_active
                    else not exists (
                        select from app.unit_version as v
                        where v.unit_id = u.id and (v.valid_to is null or v.valid_to > $3)) end),
        asked as materialized (
            select r.id, r.unit_id, r.period_id, s.status, s.status in ('not_started', 'draft', 'returned') as is_outstanding, s.due_on
            from app.report as r
            cross join lateral (
                select x.status, x.due_on from app.report_state as x
                where x.report_id = r.id and x.day <= $3
                order by x.day desc limit 1) as s
            where r.period_id = any ($2) and r.%1$I = $1 and s.status <> 'moved'
                and not (s.status in ('not_started', 'draft', 'returned') and r.unit_id in (select e.id from ended as e))),
        owed as (
            select * from asked as a where a.is_outstanding order by a.due_on, a.unit_id, a.id limit 20)
        select jsonb_build_object(
            'not_started', count(*) filter (where a.status = 'not_started'),
            'draft', count(*) filter (where a.status = 'draft'),
            'submitted', count(*) filter (where a.status = 'submitted'),
            'in_review', count(*) filter (where a.status = 'in_review'),
            'returned', count(*) filter (where a.status = 'returned'),
            'approved', count(*) filter (where a.status = 'approved'),
            'reopened', count(*) filter (where a.status = 'reopened'),
            'total', count(*),
            'outstanding', count(*) filter (where a.is_outstanding),
            'late', count(*) filter (where a.is_outstanding and a.due_on < $3),
            'units', (select coalesce(jsonb_agg(jsonb_build_object('report_id', o.id, 'unit_id', o.unit_id,
                    'unit_name', n.name, 'period_id', o.period_id, 'status', o.status,
                    'due_on', o.due_on, 'days_late', greatest($3 - o.due_on, 0)) order by o.due_on, o.unit_id, o.id), '[]')
                from owed as o
                left join private.group_names('unit', (select array_agg(x.unit_id) from owed as x), $3) as n on n.id = o.unit_id))
        from asked as a$sql$, p_key_column)
    into told
    using p_key_value, p_periods, p_day;
    return told;
end;
$$;

create function api.overview_on(
    p_as_of date, p_unit_id integer default null, p_plan_id uuid default null, p_period_id uuid default null,
    p_year integer default null,
    out unit_id integer, out unit_name text, out day date, out plan_id uuid, out period_id uuid, out year integer,
    out assignments jsonb, out overdue_by_unit jsonb, out reports jsonb, out targets jsonb, out to_decide jsonb)
    language plpgsql stable set search_path = ''
as $$
declare
    bound constant record := private.scope_of_unit(p_unit_id);
    led record;
begin
    unit_id := coalesce(p_unit_id, private.my_unit());
    unit_name := (select n.name from private.group_names('unit', array[unit_id], p_as_of) as n);
    day := p_as_of;
    plan_id := p_plan_id;
    period_id := p_period_id;
    year := coalesce(p_year, extract(year from day));
    if p_plan_id is not null and not exists (select from app.plan as p where p.id = p_plan_id) then
        raise exception 'no such plan' using errcode = 'DV422', column = 'plan', constraint = 'not_visible';
    end if;
    if p_period_id is not null then
        select p.plan_id, coalesce(p_year, p.year) into plan_id, year
        from app.period as p where p.id = p_period_id and (p_plan_id is null or p.plan_id = p_plan_id);
        if not found then
            raise exception 'no such period' using errcode = 'DV422', column = 'period', constraint = 'not_visible';
        end if;
    end if;
    led := private.overview_assignments_on(bound.key_column, bound.key_value, plan_id, p_as_of);
    assignments := led.assignments;
    overdue_by_unit := led.overdue_by_unit;
    reports := private.overview_reports_on(bound.key_column, bound.key_value,
        private.overview_periods_on(plan_id, p_period_id, p_as_of), p_as_of);
    targets := private.overview_targets(plan_id, year, bound.key_column, bound.key_value, p_as_of);
end;
$$;

-- Unit × task; cells again for the rows of the page alone.
create function api.task_matrix_on(p_as_of date) returns setof api.task_matrix
    language sql stable rows 1000
begin atomic
    select
        u.id,
        v.name,
        v.area_id,
        coalesce(w.code, ''),
        coalesce(w.name, ''),
        u.level_id,
        l.code,
        u.line_id,
        n.code,
        v.kind,
        p.id,
        y.year,
        (select coalesce(jsonb_agg(jsonb_build_object('item_id', c.plan_item_id, 'code', i.code,
                'status', (array['not_started', 'in_progress', 'reported', 'completed', 'cancelled'])[c.worst],
                'overdue', c.overdue, 'done', c.done, 'total', c.total) order by i.position nulls last), '[]')
            from (
                select a.plan_item_id,
                    min(array_position(array['not_started', 'in_progress', 'reported', 'completed', 'cancelled'], a.status))
                        as worst,
                    count(*) filter (where a.status in ('not_started', 'in_progress') and a.due_on < p_as_of) as overdue,
                    count(*) filter (where a.status = 'completed') as done,
                    count(*) filter (where a.status <> 'cancelled') as total
                from (
                    select c.* from private.assignment_on(p_as_of) as c
                    where c.lead_unit_id = u.id
                        and c.due_on between make_date(y.year, 1, 1) and make_date(y.year, 12, 31) offset 0) as a
                where a.plan_id = p.id and a.status <> 'moved'
                group by a.plan_item_id) as c
            left join app.plan_item as i on i.id = c.plan_item_id),
        u.province_key,
        u.district_key,
        u.grassroots_key,
        u.province_line_key,
        u.district_line_key,
        u.grassroots_line_key
    from app.unit as u
    cross join app.plan as p
    cross join lateral generate_series(extract(year from p.period_from)::integer, extract(year from p.period_to)::integer)
        as y (year)
    join app.level as l on l.id = u.level_id
    join app.line as n on n.id = u.line_id
    cross join lateral (
        select x.name, x.kind, x.area_id from app.unit_version as x
        where x.unit_id = u.id
        order by x.valid_from <= p_as_of desc, abs(x.valid_from - p_as_of) limit 1) as v
    left join lateral (
        select x.code, x.name from app.area_version as x
        where x.area_id = v.area_id
        order by x.valid_from <= p_as_of desc, abs(x.valid_from - p_as_of) limit 1) as w on true
    -- as today, of one's scope alone: not what one sees of a unit beside it for having a part
    where exists (select from app.assignment_count as k where k.unit_id = u.id and k.plan_id = p.id offset 0) and exists (
        select from (
            -- offset 0: by the unit's own index, and not by the plan's as well
            select c.plan_id, c.status
            from private.assignment_on(p_as_of) as c
            where c.lead_unit_id = u.id and c.due_on between make_date(y.year, 1, 1) and make_date(y.year, 12, 31) offset 0) as c
        where c.plan_id = p.id and c.status <> 'moved' offset 0);
end;
