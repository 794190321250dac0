-- What approved reports of a period said of the assignments, counted by item and by unit, level, line or
-- area (work given beside the plan, where it falls under an item): the gathering of any tree on any day. Each unit's own lines, from the version that stood approved on
-- the day (also while it is being rewritten): an assignment has one lead, so nothing is counted twice, whoever
-- had gathered from whom. Under the tree of the day; restated as rates are (40_api_report_rates.sql). Scope is
-- that of today and row security holds.

set local role danvan_owner;

create function api.report_line_counts(
    p_period_id uuid, p_by text default 'level', p_unit_id integer default null, p_subtree boolean default true,
    p_as_of date default null, p_is_restated boolean default false)
    returns table (
        group_id integer, group_code text, group_name text, plan_item_id uuid, item_code text, title text, "position" integer,
        report_count bigint, line_count bigint, done_count bigint, in_progress_count bigint, not_started_count bigint,
        not_restated bigint, not_restated_reasons text[])
    language plpgsql stable set search_path = '' rows 200
as $$
declare
    scope constant record := private.scope_of_unit(p_unit_id);
    of_day constant date := coalesce(p_as_of, private.today());
begin
    if not exists (select from app.period as d where d.id = p_period_id) then
        raise exception 'no such period' using errcode = 'DV422', column = 'period', constraint = 'not_visible';
    end if;
    -- %I is one of the scope columns; %s one of the expressions named here
    return query execute format($sql$
        with standing as materialized (
            select r.id, r.unit_id, r.level_id, r.line_id, v.content
            from app.report as r
            cross join lateral private.report_version_on(r.id, $6, true) as v
            where r.period_id = $1 and r.%2$I = $2 and %3$s),
        counted as materialized (
            select (%1$s)::integer as id, c.plan_item_id as item_id, count(distinct r.id) as report_count, count(*) as line_count,
                count(*) filter (where c.status = 'done') as done_count,
                count(*) filter (where c.status = 'in_progress') as in_progress_count,
                count(*) filter (where c.status = 'not_started') as not_started_count,
                count(*) filter (where g.reason is not null) as not_restated,
                array_remove(array_agg(distinct g.reason), null) as reasons
            from standing as r
            join private.unit_groups($4, $6, $5, %4$L, $2) as g on g.unit_id = r.unit_id
            cross join lateral jsonb_to_recordset(r.content -> 'lines') as c (plan_item_id uuid, status text)
            group by 1, 2)
        select c.id, n.code, n.name, i.id, i.code, i.title, i.position, c.report_count, c.line_count, c.done_count,
            c.in_progress_count, c.not_started_count, c.not_restated, c.reasons
        from counted as c
        join app.plan_item as i on i.id = c.item_id
        left join private.group_names($4, (select array_agg(distinct x.id) from counted as x), $6) as n on n.id = c.id$sql$,
        private.rate_group(p_by, 'r', 'unit_id', true),
        scope.key_column,
        case when p_unit_id is not null and not p_subtree then 'r.unit_id = $3' else '$3::integer is not distinct from $3' end,
        scope.key_column)
    using p_period_id, scope.key_value, p_unit_id, p_by, p_is_restated, of_day;
end;
$$;
