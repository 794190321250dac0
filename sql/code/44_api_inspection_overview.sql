-- Who was inspected when, and recommendations by their age: counted for the units of the caller's scope.
--
-- That a unit was inspected is told to whoever stands over it, by whomever it was inspected: else "never inspected" would
-- be untrue of a commune that the province inspected and its district asks about. So these are counts past row security, of
-- the units of the caller's scope alone (private.scope_of_unit refuses any other); what was found is in the lists.

set local role danvan_policy;

-- Per unit standing on p_day: inspections that had begun by then, in the years and ever, and its recommendations.
create function private.inspection_counts(p_from integer, p_to integer, p_day date, p_unit_id integer, p_subtree boolean)
    returns table (
        unit_id integer, level_id smallint, line_id smallint, last_inspected_on date, inspection_count bigint, total_count bigint,
        open_count bigint, overdue_count bigint)
    language plpgsql stable security definer set search_path = '' rows 1000
as $$
declare
    scope constant record := private.scope_of_unit(p_unit_id);
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
                count(*) filter (where extract(year from i.began_on) between $2 and $3) as in_years, count(*) as ever
            from app.inspection as i
            join app.inspection_unit as s on s.inspection_id = i.id and s.role = 'subject'
            where i.began_on <= $4 and i.status <> 'cancelled' and s.unit_id in (select u.id from units as u)
            group by s.unit_id),
        asked as materialized (
            select r.lead_unit_id as unit_id, count(*) as open,
                count(*) filter (where w.due_on < $4 and (w.reported_on is null or w.reported_on > $4)) as overdue
            from app.recommendation as r
            left join app.assignment as w on w.source_id = r.id and w.status <> 'moved'
            where r.given_on <= $4 and coalesce(r.completed_on, r.withdrawn_on, $4 + 1) > $4
                and r.lead_unit_id in (select u.id from units as u)
            group by r.lead_unit_id)
        select u.id, u.level_id, u.line_id, i.last_on, coalesce(i.in_years, 0), coalesce(i.ever, 0), coalesce(r.open, 0),
            coalesce(r.overdue, 0)
        from units as u
        left join inspected as i on i.unit_id = u.id
        left join asked as r on r.unit_id = u.id$sql$, scope.key_column)
    using scope.key_value, p_from, p_to, p_day, p_unit_id is null or p_subtree, p_unit_id;
end;
$$;

-- Open recommendations by how long they have been open. Groups are those of private.rate_group, by the unit that carries out.
create function private.recommendation_ages(p_day date, p_by text, p_unit_id integer, p_subtree boolean)
    returns table (
        group_id integer, open_count bigint, up_to_30 bigint, from_31_to_90 bigint, from_91_to_180 bigint, over_180 bigint,
        overdue_count bigint, oldest_on date)
    language plpgsql stable security definer set search_path = '' rows 200
as $$
declare
    scope constant record := private.scope_of_unit(p_unit_id);
begin
    return query execute format($sql$
        select (%2$s)::integer, count(*),
            count(*) filter (where $2 - r.given_on <= 30),
            count(*) filter (where $2 - r.given_on between 31 and 90),
            count(*) filter (where $2 - r.given_on between 91 and 180),
            count(*) filter (where $2 - r.given_on > 180),
            count(*) filter (where w.due_on < $2 and (w.reported_on is null or w.reported_on > $2)),
            min(r.given_on)
        from app.recommendation as r
        join app.unit as u on u.id = r.lead_unit_id
        left join app.assignment as w on w.source_id = r.id and w.status <> 'moved'
        where u.%1$I = $1 and ($3 or u.id = $4)
            and r.given_on <= $2 and coalesce(r.completed_on, r.withdrawn_on, $2 + 1) > $2
        group by 1$sql$, scope.key_column, private.rate_group(p_by, 'u', 'id', false))
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
