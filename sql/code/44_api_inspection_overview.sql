-- Who was inspected when, and recommendations by their age: counted for the units of the caller's scope.
--
-- That a unit was inspected is told to whoever stands over it, by whomever it was inspected: else "never inspected" would
-- be untrue of a commune that the province inspected and its district asks about. So these are counts past row security, of
-- the units of the caller's scope alone (private.scope_of_unit refuses any other); what was found is in the lists.

set local role danvan_policy;

-- The relation of a statement: recommendations that were open at the end of a day (p_day: what stands for it there), of the
-- units that p_units tells (null: of all), and whether their work was late. Two parts, so that what is open today walks one
-- index beside that of its work, and of what has ended only the later part is looked at. What was moved goes on at another
-- assignment.
create function private.recommendations_open(p_day text, p_units text) returns text
    language sql immutable
    return format($sql$(
        select r.lead_unit_id, r.given_on, w.due_on < %1$s and (w.reported_on is null or w.reported_on > %1$s) as is_late
        from app.recommendation as r
        left join app.assignment as w on w.source_id = r.id and w.source = 'inspection' and w.moved_to_id is null
        where r.status = 'open' and r.given_on <= %1$s and %2$s
        union all
        select r.lead_unit_id, r.given_on, w.due_on < %1$s and (w.reported_on is null or w.reported_on > %1$s)
        from app.recommendation as r
        left join app.assignment as w on w.source_id = r.id and w.source = 'inspection' and w.moved_to_id is null
        where r.status in ('completed', 'withdrawn') and coalesce(r.completed_on, r.withdrawn_on) > %1$s and r.given_on <= %1$s and %2$s)$sql$,
        p_day, coalesce('r.lead_unit_id in (' || p_units || ')', 'true'));

-- Per unit standing on p_day: inspections that had begun by then, in the years and ever, and its recommendations.
create function private.inspection_counts(p_from integer, p_to integer, p_day date, p_unit_id integer, p_subtree boolean)
    returns table (
        unit_id integer, level_id smallint, line_id smallint, last_inspected_on date, inspection_count bigint, total_count bigint,
        open_count bigint, overdue_count bigint)
    language plpgsql stable security definer set search_path = '' rows 1000
    set max_parallel_workers_per_gather = 0 -- starting them takes longer than they save
as $$
declare
    scope constant record := private.scope_of_unit(p_unit_id);
    -- whole years, as days: what is compared for each inspection is cheap
    from_day constant date := make_date(greatest(least(p_from, 9999), 1), 1, 1);
    to_day constant date := make_date(greatest(least(p_to, 9999), 1), 12, 31);
    -- all is counted then, and only of the counts it is asked whose they are
    is_wide constant boolean := (p_unit_id is null or p_subtree) and private.is_wide_scope(scope.key_column, scope.key_value);
begin
    return query execute format($sql$
        with units as materialized (
            select u.id, u.level_id, u.line_id
            from app.unit as u
            where u.%1$I = $1 and ($5 or u.id = $6) and exists (
                select from app.unit_version as v
                where v.unit_id = u.id and v.valid_from <= $4 and (v.valid_to is null or v.valid_to > $4))),
        inspected as materialized (
            select s.unit_id, max(i.began_on) as last_on,
                count(*) filter (where i.began_on between $2 and $3) as in_years, count(*) as ever
            from app.inspection as i
            join app.inspection_unit as s on s.inspection_id = i.id and s.role = 'subject'
            where i.began_on <= $4 and i.status <> 'cancelled' and %3$s
            group by s.unit_id),
        asked as materialized (
            select r.lead_unit_id as unit_id, count(*) as open, count(*) filter (where r.is_late) as overdue
            from %2$s as r
            group by r.lead_unit_id)
        select u.id, u.level_id, u.line_id, i.last_on, coalesce(i.in_years, 0), coalesce(i.ever, 0), coalesce(r.open, 0),
            coalesce(r.overdue, 0)
        from units as u
        left join inspected as i on i.unit_id = u.id
        left join asked as r on r.unit_id = u.id$sql$, scope.key_column,
        private.recommendations_open('$4', case when not is_wide then 'select u.id from units as u' end),
        case when is_wide then 'true' else 's.unit_id in (select u.id from units as u)' end)
    using scope.key_value, from_day, to_day, p_day, p_unit_id is null or p_subtree, p_unit_id;
end;
$$;

-- Open recommendations by how long they have been open. Groups are those of private.rate_group, by the unit that carries out.
create function private.recommendation_ages(p_day date, p_by text, p_unit_id integer, p_subtree boolean)
    returns table (
        group_id integer, open_count bigint, up_to_30 bigint, from_31_to_90 bigint, from_91_to_180 bigint, over_180 bigint,
        overdue_count bigint, oldest_on date)
    language plpgsql stable security definer set search_path = '' rows 200
    set max_parallel_workers_per_gather = 0 -- starting them takes longer than they save
as $$
declare
    scope constant record := private.scope_of_unit(p_unit_id);
    is_wide constant boolean := (p_unit_id is null or p_subtree) and private.is_wide_scope(scope.key_column, scope.key_value);
begin
    return query execute format($sql$
        select (%2$s)::integer, count(*),
            count(*) filter (where $2 - r.given_on <= 30),
            count(*) filter (where $2 - r.given_on between 31 and 90),
            count(*) filter (where $2 - r.given_on between 91 and 180),
            count(*) filter (where $2 - r.given_on > 180),
            count(*) filter (where r.is_late),
            min(r.given_on)
        from %3$s as r
        join app.unit as u on u.id = r.lead_unit_id
        where u.%1$I = $1 and ($3 or u.id = $4)
        group by 1$sql$, scope.key_column, private.rate_group(p_by, 'u', 'id', false),
        private.recommendations_open('$2', case when not is_wide then
            format('select n.id from app.unit as n where n.%I = $1 and ($3 or n.id = $4)', scope.key_column) end))
    using scope.key_value, p_day, p_unit_id is null or p_subtree, p_unit_id;
end;
$$;

set local role danvan_owner;

create function api.inspection_overview(
    p_year integer default null, p_since_year integer default null, p_as_of date default null,
    p_unit_id integer default null, p_subtree boolean default true)
    returns table (
        unit_id integer, unit_code text, unit_name text, level text, line text, last_inspected_on date,
        inspection_count bigint, total_count bigint, is_never_inspected boolean, open_recommendations bigint,
        overdue_recommendations bigint)
    language plpgsql stable set search_path = '' rows 1000
as $$
declare
    day constant date := coalesce(p_as_of, private.today());
    last_year constant integer := coalesce(p_year, extract(year from day)::integer);
begin
    if p_since_year > last_year then
        raise exception 'the years run backwards' using errcode = 'DV422', column = 'since_year', constraint = 'wrong_order';
    end if;
    return query
    with counted as materialized (
        select c.* from private.inspection_counts(coalesce(p_since_year, last_year), last_year, day, p_unit_id, p_subtree) as c)
    select c.unit_id, g.code, g.name, l.code, n.code, c.last_inspected_on, c.inspection_count, c.total_count,
        c.total_count = 0, c.open_count, c.overdue_count
    from counted as c
    join app.level as l on l.id = c.level_id
    join app.line as n on n.id = c.line_id
    left join private.group_names('unit', (select array_agg(x.unit_id) from counted as x), day) as g on g.id = c.unit_id;
end;
$$;

create function api.recommendation_ages(
    p_by text default 'level', p_as_of date default null, p_unit_id integer default null, p_subtree boolean default true)
    returns table (
        group_id integer, group_code text, group_name text, open_count bigint, up_to_30 bigint, from_31_to_90 bigint,
        from_91_to_180 bigint, over_180 bigint, overdue_count bigint, oldest_on date)
    language plpgsql stable set search_path = '' rows 200
as $$
declare
    day constant date := coalesce(p_as_of, private.today());
begin
    return query
    with counted as materialized (
        select c.* from private.recommendation_ages(day, p_by, p_unit_id, p_subtree) as c)
    select c.group_id, g.code, g.name, c.open_count, c.up_to_30, c.from_31_to_90, c.from_91_to_180, c.over_180,
        c.overdue_count, c.oldest_on
    from counted as c
    left join private.group_names(p_by, (select array_agg(x.group_id) from counted as x), day) as g on g.id = c.group_id;
end;
$$;
