-- What a leader opens first, in one call: how far the assignments under a unit are, who is late, whose
-- reports are outstanding, how the targets are answered, and what waits for the caller's own decision.
--
-- Bounded by a unit (private.scope_of_unit; without: my scope), a plan and a period. With a period and no
-- plan, the period's plan. Without a period, reports are those of the periods that take reports now.
-- Assignments by status come from app.assignment_count (kept by triggers); the overdue, whose number
-- changes with the day, from the partial indexes of what is pending. Row security holds in every part.

set local role danvan_owner;

create function private.unit_name(p_unit_id integer) returns text
    language sql stable
    return (
        select v.name from app.unit_version as v
        where v.unit_id = p_unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1);

create function private.overview_assignments(p_key_column text, p_key_value integer, p_plan_id uuid) returns jsonb
    language plpgsql stable set search_path = ''
as $$
declare
    counts jsonb;
begin
    execute format($sql$
        select jsonb_build_object(
            'not_started', coalesce(sum(s.count) filter (where s.status = 'not_started'), 0),
            'in_progress', coalesce(sum(s.count) filter (where s.status = 'in_progress'), 0),
            'reported', coalesce(sum(s.count) filter (where s.status = 'reported'), 0),
            'completed', coalesce(sum(s.count) filter (where s.status = 'completed'), 0),
            'cancelled', coalesce(sum(s.count) filter (where s.status = 'cancelled'), 0),
            'total', coalesce(sum(s.count) filter (where s.status <> 'moved'), 0))
        from (
            select c.status, sum(c.count) as count
            from app.assignment_count as c
            where c.%I = $1 %s
            group by c.status) as s$sql$,
        p_key_column, case when p_plan_id is not null then 'and c.plan_id = $2' else '' end)
    into counts
    using p_key_value, p_plan_id;
    return counts;
end;
$$;

-- How many are overdue, and the ten units with most of them: most first, then the longest.
create function private.overview_overdue(
    p_key_column text, p_key_value integer, p_plan_id uuid, out overdue bigint, out by_unit jsonb)
    language plpgsql stable set search_path = ''
as $$
begin
    execute format($sql$
        with late as materialized (
            select a.lead_unit_id, count(*) as overdue, $3 - min(a.due_on) as longest_days
            from app.assignment as a
            where a.%I = $1 and a.is_pending and a.due_on < $3 %s
            group by a.lead_unit_id),
        worst as (
            select * from late as l order by l.overdue desc, l.longest_days desc, l.lead_unit_id limit 10)
        select (select coalesce(sum(l.overdue), 0) from late as l),
            (select coalesce(jsonb_agg(jsonb_build_object('unit_id', w.lead_unit_id,
                    'unit_name', private.unit_name(w.lead_unit_id), 'overdue', w.overdue,
                    'longest_days', w.longest_days) order by w.overdue desc, w.longest_days desc, w.lead_unit_id), '[]')
                from worst as w)$sql$,
        p_key_column, case when p_plan_id is not null then 'and a.plan_id = $2' else '' end)
    into overdue, by_unit
    using p_key_value, p_plan_id, private.today();
end;
$$;

-- Periods that the overview tells of: the one asked for, else those that take reports now.
create function private.overview_periods(p_plan_id uuid, p_period_id uuid) returns uuid[]
    language sql stable
    return case when p_period_id is not null then array[p_period_id] else array(
        select p.id
        from app.period as p
        where (p_plan_id is null or p.plan_id = p_plan_id)
            and private.period_state(p.opened_at, p.locked_at, p.opens_on, p.expires_on, p.locks_on,
                (select private.today())) in ('open', 'expired')) end;

-- Reports by status, how many are outstanding and late, and the first twenty that are outstanding.
create function private.overview_reports(p_key_column text, p_key_value integer, p_periods uuid[]) returns jsonb
    language plpgsql stable set search_path = ''
as $$
declare
    told jsonb;
begin
    execute format($sql$
        with ended as materialized (
            select u.id from app.unit as u where u.%1$I = $1 and not u.is_active),
        asked as materialized (
            select r.id, r.unit_id, r.period_id, r.status, r.is_outstanding, r.due_on
            from app.report as r
            where r.period_id = any ($2) and r.%1$I = $1 and r.status <> 'moved'
                -- what a unit that is no more had not sent in is owed by nobody
                and not (r.is_outstanding and r.unit_id in (select e.id from ended as e))),
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
                    'unit_name', private.unit_name(o.unit_id), 'period_id', o.period_id, 'status', o.status,
                    'due_on', o.due_on, 'days_late', greatest($3 - o.due_on, 0)) order by o.due_on, o.unit_id, o.id), '[]')
                from owed as o))
        from asked as a$sql$, p_key_column)
    into told
    using p_key_value, p_periods, private.today();
    return told;
end;
$$;

-- Each target of the year with its answers line by line: of one plan, or of those that are in force for
-- the scope, its own and what flows down to it; as of a day, if issued by then. Plan by plan, so that each is looked up by
-- its key.
create function private.overview_targets(
    p_plan_id uuid, p_year integer, p_key_column text, p_key_value integer, p_day date default null)
    returns jsonb
    language plpgsql stable set search_path = ''
as $$
declare
    plans uuid[] := array[p_plan_id];
begin
    if p_plan_id is null then
        execute format($sql$
            select array_agg(p.id)
            from app.plan as p
            where (p.%I = $1 or p.issuer_area_id = any ($2)) and p.status = 'in_force'
                and ($4 is null or coalesce(private.plan_issued_on(p.status, p.signed_on, p.issued_at), $4) <= $4)
                and $3 between extract(year from p.period_from) and extract(year from p.period_to)$sql$, p_key_column)
        into plans
        using p_key_value, private.my_path(), p_year, p_day;
    end if;
    -- one statement for all plans: it is planned anew each time, which costs more than running it
    return (
        with answered as materialized (
            select f.target_id, f.line_id, f.asked_count, f.said_count, i.plan_id, i.id as indicator_id, i.position,
                i.code, i.name,
                private.target_answer(i.kind, t.comparator, t.threshold, f.value, f.numerator, f.denominator) as answer
            from private.target_figures(plans, p_year, p_key_column, p_key_value, 'line', p_day) as f
            join app.target as t on t.id = f.target_id
            join app.indicator as i on i.id = t.indicator_id)
        select coalesce(jsonb_agg(x.told order by p.period_from, p.id, x.position, x.code, x.target_id), '[]')
        from (
            select s.plan_id, s.target_id, s.position, s.code, jsonb_build_object(
                'plan_id', s.plan_id, 'target_id', s.target_id, 'indicator_id', s.indicator_id, 'indicator_code', s.code,
                'indicator_name', s.name,
                'met', count(*) filter (where s.answer = 'met'),
                'not_met', count(*) filter (where s.answer = 'not_met'),
                'no_data', count(*) filter (where s.answer = 'no_data'),
                'lines', jsonb_agg(jsonb_build_object('line_id', s.line_id, 'line', n.code, 'answer', s.answer,
                    'asked_count', s.asked_count, 'said_count', s.said_count) order by s.line_id)) as told
            from answered as s
            join app.line as n on n.id = s.line_id
            group by s.plan_id, s.target_id, s.indicator_id, s.position, s.code, s.name) as x
        join app.plan as p on p.id = x.plan_id);
end;
$$;

-- What waits for a decision of my unit, whatever the overview is bounded by. A unit that nobody stands
-- above decides on what is its own.
create function private.to_decide() returns jsonb
    language plpgsql stable set search_path = ''
as $$
declare
    me constant integer := private.my_unit();
    reports jsonb;
    requests jsonb;
    assignments jsonb;
    plans jsonb;
begin
    with waiting as materialized (
        select r.id, r.unit_id, r.period_id, r.status, r.submitted_on
        from app.report as r
        where r.superior_unit_id = me and r.status in ('submitted', 'in_review')
        union all
        select r.id, r.unit_id, r.period_id, r.status, r.submitted_on
        from app.report as r
        where r.unit_id = me and r.superior_unit_id is null and r.status in ('submitted', 'in_review'))
    select jsonb_build_object('count', (select count(*) from waiting), 'items', coalesce(jsonb_agg(jsonb_build_object(
        'id', w.id, 'unit_id', w.unit_id, 'unit_name', private.unit_name(w.unit_id), 'period_id', w.period_id,
        'status', w.status, 'submitted_on', w.submitted_on) order by w.submitted_on, w.id), '[]'))
    into reports
    from (select * from waiting as x order by x.submitted_on, x.id limit 10) as w;

    with waiting as materialized (
        select e.id, e.unit_id, e.assignment_id, e.asked_due_on, e.created_at
        from app.extension_request as e
        where e.status = 'pending'
            and (e.superior_unit_id = me or (e.unit_id = me and e.superior_unit_id is null)))
    select jsonb_build_object('count', (select count(*) from waiting), 'items', coalesce(jsonb_agg(jsonb_build_object(
        'id', w.id, 'unit_id', w.unit_id, 'unit_name', private.unit_name(w.unit_id), 'assignment_id', w.assignment_id,
        'item_code', i.code, 'title', coalesce(a.title, i.title), 'occurrence', a.occurrence, 'due_on', a.due_on,
        'asked_due_on', w.asked_due_on) order by w.created_at, w.id), '[]'))
    into requests
    from (select * from waiting as x order by x.created_at, x.id limit 10) as w
    left join app.assignment as a on a.id = w.assignment_id
    left join app.plan_item as i on i.id = a.plan_item_id;

    with waiting as materialized (
        select a.id, a.plan_item_id, a.title, a.occurrence, a.due_on, a.reported_on
        from app.assignment as a where a.lead_unit_id = me and a.status = 'reported')
    select jsonb_build_object('count', (select count(*) from waiting), 'items', coalesce(jsonb_agg(jsonb_build_object(
        'id', w.id, 'item_code', i.code, 'title', coalesce(w.title, i.title), 'occurrence', w.occurrence, 'due_on', w.due_on,
        'reported_on', w.reported_on) order by w.due_on, w.id), '[]'))
    into assignments
    from (select * from waiting as x order by x.due_on, x.id limit 10) as w
    left join app.plan_item as i on i.id = w.plan_item_id;

    with waiting as materialized (
        select p.id, p.number, p.title from app.plan as p where p.issuer_unit_id = me and p.status = 'submitted')
    select jsonb_build_object('count', (select count(*) from waiting), 'items', coalesce(jsonb_agg(jsonb_build_object(
        'id', w.id, 'number', w.number, 'title', w.title) order by w.number, w.id), '[]'))
    into plans
    from (select * from waiting as x order by x.number, x.id limit 10) as w;

    return jsonb_build_object('reports', reports, 'extension_requests', requests, 'assignments', assignments,
        'plans', plans);
end;
$$;

create function api.overview(
    p_unit_id integer default null, p_plan_id uuid default null, p_period_id uuid default null,
    p_year integer default null,
    out unit_id integer, out unit_name text, out day date, out plan_id uuid, out period_id uuid, out year integer,
    out assignments jsonb, out overdue_by_unit jsonb, out reports jsonb, out targets jsonb, out to_decide jsonb)
    language plpgsql stable set search_path = ''
as $$
declare
    bound constant record := private.scope_of_unit(p_unit_id);
    late record;
begin
    unit_id := coalesce(p_unit_id, private.my_unit());
    unit_name := private.unit_name(unit_id);
    day := private.today();
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
    late := private.overview_overdue(bound.key_column, bound.key_value, plan_id);
    assignments := private.overview_assignments(bound.key_column, bound.key_value, plan_id)
        || jsonb_build_object('overdue', late.overdue);
    overdue_by_unit := late.by_unit;
    reports := private.overview_reports(bound.key_column, bound.key_value,
        private.overview_periods(plan_id, p_period_id));
    targets := private.overview_targets(plan_id, year, bound.key_column, bound.key_value);
    to_decide := private.to_decide();
end;
$$;

-- Unit × task of a plan and year, for the heat map: a row per unit that leads anything then, with a cell
-- per task. Cells are made for the rows of the page alone: the planner leaves them for after the limit.
create view api.task_matrix with (security_invoker = true) as
select
    u.id as unit_id,
    private.unit_name(u.id) as unit_name,
    u.area_id,
    coalesce(v.code, '') as area_code,
    coalesce(v.name, '') as area_name,
    u.level_id,
    l.code as level,
    u.line_id,
    n.code as line,
    u.kind,
    p.id as plan_id,
    y.year,
    (select coalesce(jsonb_agg(jsonb_build_object('item_id', c.plan_item_id, 'code', i.code,
            'status', (array['not_started', 'in_progress', 'reported', 'completed', 'cancelled'])[c.worst],
            'overdue', c.overdue, 'done', c.done, 'total', c.total) order by i.position nulls last), '[]')
        from (
            select a.plan_item_id,
                min(array_position(array['not_started', 'in_progress', 'reported', 'completed', 'cancelled'], a.status))
                    as worst,
                count(*) filter (where private.is_overdue(a.is_pending, a.due_on, (select private.today()))) as overdue,
                count(*) filter (where a.status = 'completed') as done,
                count(*) filter (where a.status <> 'cancelled') as total
            from app.assignment as a
            where a.lead_unit_id = u.id and a.plan_id = p.id
                and a.due_on between make_date(y.year, 1, 1) and make_date(y.year, 12, 31)
                and a.status <> 'moved'
            group by a.plan_item_id) as c
        -- given work that falls under no item stands together, in a cell of its own
        left join app.plan_item as i on i.id = c.plan_item_id) as cells,
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
left join private.area_today as v on v.area_id = u.area_id
where exists (
    select from app.assignment_count as c
    where c.unit_id = u.id and c.plan_id = p.id and c.due_year = y.year and c.status <> 'moved' and c.count > 0 offset 0);
