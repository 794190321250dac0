-- How complete and how timely: of the reports that a period asked, and of the assignments due in a
-- year, per unit, level, line or area, under a unit or in the caller's scope. Row security holds as
-- everywhere. A rate is a per cent with one decimal, and NULL where nothing is owed: never zero.

set local role danvan_owner;

-- What stands for a group in the statements below: today's place from the keys, another day's from its tree.
create function private.rate_group(p_by text, p_row text, p_unit text, p_is_dated boolean) returns text
    language sql immutable
    return case
        when p_by = 'line' then p_row || '.line_id'
        when p_by not in ('unit', 'area', 'district', 'grassroots') then p_row || '.level_id'
        when p_is_dated then 'g.group_id'
        when p_by = 'unit' then p_row || '.' || p_unit
        when p_by = 'area' then 'u.area_id'
        when p_by = 'district' then format('coalesce(%1$s.district_key, %1$s.grassroots_key, %1$s.province_key)', p_row)
        else format('coalesce(%1$s.grassroots_key, %1$s.district_key, %1$s.province_key)', p_row)
    end;

create function private.rate(p_part bigint, p_whole bigint) returns numeric
    language sql immutable parallel safe
    return round(100.0 * p_part / nullif(p_whole, 0), 1);

-- Owed: every report that the period asked, save of units that are no more and never sent one. As of
-- another day: what had come in by then, of the units that stood then, under the tree of that day.
create function api.report_rates(
    p_period_id uuid, p_by text default 'level', p_unit_id integer default null, p_subtree boolean default true,
    p_as_of date default null, p_is_restated boolean default false)
    returns table (
        group_id integer, group_code text, group_name text, owed bigint, submitted bigint, approved bigint,
        on_time bigint, within_due bigint, completeness numeric, timeliness numeric, timeliness_extended numeric,
        not_restated bigint, not_restated_reasons text[])
    language plpgsql stable set search_path = '' rows 200
as $$
declare
    scope constant record := private.scope_of_unit(p_unit_id);
    is_dated constant boolean := p_as_of is not null or p_is_restated;
    of_day constant date := coalesce(p_as_of, private.today());
begin
    if not exists (select from app.period as d where d.id = p_period_id) then
        raise exception 'no such period' using errcode = 'DV422', column = 'period', constraint = 'not_visible';
    end if;
    -- %I is one of the scope columns; %s one of the expressions named here
    return query execute format($sql$
        with counted as materialized (
            select (%1$s)::integer as id,
                count(*) as owed,
                count(*) filter (where %4$s) as submitted,
                count(*) filter (where r.status in ('approved', 'reopened') and %5$s) as approved,
                count(*) filter (where r.first_submitted_on <= least(r.original_due_on, $6)) as on_time,
                count(*) filter (where r.first_submitted_on <= least(r.due_on, $6)) as within_due,
                %7$s
            from app.report as r
            join app.unit as u on u.id = r.unit_id
            %8$s
            where r.period_id = $1 and r.%2$I = $2 and %3$s and %6$s
            group by 1)
        select c.id, n.code, n.name, c.owed, c.submitted, c.approved, c.on_time, c.within_due,
            private.rate(c.submitted, c.owed), private.rate(c.on_time, c.owed), private.rate(c.within_due, c.owed),
            c.not_restated, c.reasons
        from counted as c
        left join private.group_names($4, (select array_agg(x.id) from counted as x), $6) as n on n.id = c.id$sql$,
        private.rate_group(p_by, 'r', 'unit_id', is_dated),
        scope.key_column,
        case when p_unit_id is not null and not p_subtree then 'r.unit_id = $3' else '$3::integer is not distinct from $3' end,
        case when is_dated then 'r.first_submitted_on <= $6' else 'not r.is_outstanding' end,
        case when is_dated then 'coalesce(r.decided_on, $6) <= $6' else 'true' end,
        case when is_dated then '(g.stands or r.status <> ''moved'' and r.first_submitted_on <= $6)'
            else 'r.status <> ''moved'' and (u.is_active or r.first_submitted_on is not null)' end,
        case when is_dated then 'count(*) filter (where g.reason is not null) as not_restated,
                array_remove(array_agg(distinct g.reason), null) as reasons'
            else '0::bigint as not_restated, array[]::text[] as reasons' end,
        case when is_dated then 'join private.unit_groups($4, $6, $5, ' || quote_literal(scope.key_column) || ', $2) as g on g.unit_id = r.unit_id'
            else '' end)
    using p_period_id, scope.key_value, p_unit_id, p_by, p_is_restated, of_day;
end;
$$;

-- Owed: what was first due in the year and is not cancelled, once that day is over or it was reported. As of
-- another day: once over or reported by then, of the units that stood then or had reported.
create function api.assignment_rates(
    p_year integer, p_by text default 'level', p_plan_id uuid default null, p_unit_id integer default null,
    p_subtree boolean default true, p_as_of date default null, p_is_restated boolean default false)
    returns table (
        group_id integer, group_code text, group_name text, owed bigint, reported bigint, on_time bigint,
        within_due bigint, completeness numeric, timeliness numeric, timeliness_extended numeric,
        not_restated bigint, not_restated_reasons text[])
    language plpgsql stable set search_path = '' rows 200
as $$
declare
    scope constant record := private.scope_of_unit(p_unit_id);
    is_dated constant boolean := p_as_of is not null or p_is_restated;
begin
    -- due_on never lies before original_due_on: the index on (scope key, due_on) bounds the year from below
    return query execute format($sql$
        with counted as materialized (
            select (%1$s)::integer as id,
                count(*) as owed,
                count(*) filter (where a.reported_on <= %7$s) as reported,
                count(*) filter (where a.reported_on <= least(a.original_due_on, %7$s)) as on_time,
                count(*) filter (where a.reported_on <= least(a.due_on, %7$s)) as within_due,
                %5$s
            from app.assignment as a
            join app.unit as u on u.id = a.lead_unit_id
            %6$s
            where a.%2$I = $2 and %3$s
                and a.due_on >= make_date($1, 1, 1)
                and a.original_due_on between make_date($1, 1, 1) and make_date($1, 12, 31)
                and %4$s
                and (a.original_due_on < $5 or a.reported_on <= %7$s)
                and ($6::uuid is null or a.plan_id = $6)
            group by 1)
        select c.id, n.code, n.name, c.owed, c.reported, c.on_time, c.within_due,
            private.rate(c.reported, c.owed), private.rate(c.on_time, c.owed), private.rate(c.within_due, c.owed),
            c.not_restated, c.reasons
        from counted as c
        left join private.group_names($4, (select array_agg(x.id) from counted as x), $5) as n on n.id = c.id$sql$,
        private.rate_group(p_by, 'a', 'lead_unit_id', is_dated),
        scope.key_column,
        case when p_unit_id is not null and not p_subtree then 'a.lead_unit_id = $3'
            else '$3::integer is not distinct from $3' end,
        case when is_dated then 'a.status <> ''cancelled'' and (g.stands or a.reported_on <= $5)'
            else 'a.status not in (''cancelled'', ''moved'')' end,
        case when is_dated then 'count(*) filter (where g.reason is not null) as not_restated,
                array_remove(array_agg(distinct g.reason), null) as reasons'
            else '0::bigint as not_restated, array[]::text[] as reasons' end,
        case when is_dated
            then 'join private.unit_groups($4, $5, $7, ' || quote_literal(scope.key_column) || ', $2) as g on g.unit_id = a.lead_unit_id'
            else '' end,
        case when is_dated then '$5' else '''infinity''::date' end)
    using p_year, scope.key_value, p_unit_id, p_by, coalesce(p_as_of, private.today()), p_plan_id, p_is_restated;
end;
$$;
