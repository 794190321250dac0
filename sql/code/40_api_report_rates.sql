-- How complete and how timely: of the reports that a period asked, and of the assignments due in a
-- year, per unit, level, line or area, under a unit or in the caller's scope. Row security holds as
-- everywhere. A rate is a per cent with one decimal, and NULL where nothing is owed: never zero.

set local role danvan_owner;

-- Code and name of what rows were grouped by.
create function private.group_names(p_by text, p_ids integer[]) returns table (id integer, code text, name text)
    language plpgsql stable set search_path = '' rows 200
as $$
begin
    return query
    select u.id, u.code, v.name
    from app.unit as u
    left join lateral (
        select x.name from app.unit_version as x
        where x.unit_id = u.id and x.valid_from <= (select private.today())
        order by x.valid_from desc limit 1) as v on true
    where p_by = 'unit' and u.id = any (p_ids)
    union all
    select l.id::integer, l.code, l.name from app.level as l where p_by = 'level'
    union all
    select n.id::integer, n.code, n.name from app.line as n where p_by = 'line'
    union all
    select a.id, v.code, v.name
    from app.area as a
    left join lateral (
        select x.code, x.name from app.area_version as x
        where x.area_id = a.id and x.valid_from <= (select private.today())
        order by x.valid_from desc limit 1) as v on true
    where p_by = 'area' and a.id = any (p_ids);
end;
$$;

create function private.rate(p_part bigint, p_whole bigint) returns numeric
    language sql immutable parallel safe
    return round(100.0 * p_part / nullif(p_whole, 0), 1);

-- Owed: every report that the period asked, save of units that are no more and never sent one.
create function api.report_rates(
    p_period_id uuid, p_by text default 'level', p_unit_id integer default null, p_subtree boolean default true)
    returns table (
        group_id integer, group_code text, group_name text, owed bigint, submitted bigint, approved bigint,
        on_time bigint, within_due bigint, completeness numeric, timeliness numeric, timeliness_extended numeric)
    language plpgsql stable set search_path = '' rows 200
as $$
declare
    scope constant record := private.scope_of_unit(p_unit_id);
begin
    if not exists (select from app.period as d where d.id = p_period_id) then
        raise exception 'no such period' using errcode = 'DV422', column = 'period', constraint = 'not_visible';
    end if;
    -- %I is one of the scope columns; %s one of the expressions named here
    return query execute format($sql$
        with counted as materialized (
            select (%1$s)::integer as id,
                count(*) as owed,
                count(*) filter (where not r.is_outstanding) as submitted,
                count(*) filter (where r.status in ('approved', 'reopened')) as approved,
                count(*) filter (where r.first_submitted_on <= r.original_due_on) as on_time,
                count(*) filter (where r.first_submitted_on <= r.due_on) as within_due
            from app.report as r
            join app.unit as u on u.id = r.unit_id
            where r.period_id = $1 and r.%2$I = $2 and %3$s
                and r.status <> 'moved' and (u.is_active or r.first_submitted_on is not null)
            group by 1)
        select c.id, n.code, n.name, c.owed, c.submitted, c.approved, c.on_time, c.within_due,
            private.rate(c.submitted, c.owed), private.rate(c.on_time, c.owed), private.rate(c.within_due, c.owed)
        from counted as c
        left join private.group_names($4, (select array_agg(x.id) from counted as x)) as n on n.id = c.id$sql$,
        case p_by when 'unit' then 'r.unit_id' when 'line' then 'r.line_id' when 'area' then 'u.area_id' else 'r.level_id' end,
        scope.key_column,
        case when p_unit_id is not null and not p_subtree then 'r.unit_id = $3' else '$3::integer is not distinct from $3' end)
    using p_period_id, scope.key_value, p_unit_id, p_by;
end;
$$;

-- Owed: what was first due in the year and is neither cancelled nor moved, once that day is over or it was reported.
create function api.assignment_rates(
    p_year integer, p_by text default 'level', p_plan_id uuid default null, p_unit_id integer default null,
    p_subtree boolean default true)
    returns table (
        group_id integer, group_code text, group_name text, owed bigint, reported bigint, on_time bigint,
        within_due bigint, completeness numeric, timeliness numeric, timeliness_extended numeric)
    language plpgsql stable set search_path = '' rows 200
as $$
declare
    scope constant record := private.scope_of_unit(p_unit_id);
begin
    -- due_on never lies before original_due_on: the index on (scope key, due_on) bounds the year from below
    return query execute format($sql$
        with counted as materialized (
            select (%1$s)::integer as id,
                count(*) as owed,
                count(a.reported_on) as reported,
                count(*) filter (where a.reported_on <= a.original_due_on) as on_time,
                count(*) filter (where a.reported_on <= a.due_on) as within_due
            from app.assignment as a
            join app.unit as u on u.id = a.lead_unit_id
            where a.%2$I = $2 and %3$s
                and a.due_on >= make_date($1, 1, 1)
                and a.original_due_on between make_date($1, 1, 1) and make_date($1, 12, 31)
                and a.status not in ('cancelled', 'moved')
                and (a.original_due_on < $5 or a.reported_on is not null)
                and ($6::uuid is null or a.plan_id = $6)
            group by 1)
        select c.id, n.code, n.name, c.owed, c.reported, c.on_time, c.within_due,
            private.rate(c.reported, c.owed), private.rate(c.on_time, c.owed), private.rate(c.within_due, c.owed)
        from counted as c
        left join private.group_names($4, (select array_agg(x.id) from counted as x)) as n on n.id = c.id$sql$,
        case p_by when 'unit' then 'a.lead_unit_id' when 'line' then 'a.line_id' when 'area' then 'u.area_id'
            else 'a.level_id' end,
        scope.key_column,
        case when p_unit_id is not null and not p_subtree then 'a.lead_unit_id = $3'
            else '$3::integer is not distinct from $3' end)
    using p_year, scope.key_value, p_unit_id, p_by, private.today(), p_plan_id;
end;
$$;
