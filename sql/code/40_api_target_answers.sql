-- The answer to each target of a year: met, not_met, or no_data when nobody has said anything; with
-- how many were asked, how many said something, and the share. Computed on what is there.
--
-- Asked are the active units of the indicator's levels and lines in the plan's territory, and whoever
-- answered while it still was one. source report: their own values, approved; source rating: those
-- rated, of whom fair or better. Row security holds: a unit sees the answers of its own scope.
--
-- p_by   total      a row per target; met when every line meets it, not_met as soon as one does not
--        line       a row per target and line
--        district   … and district; grassroots: … and commune. A unit that stands above the areas
--                   asked for is told under its own area.
-- A line or area that nobody is asked in has no row.

set local role danvan_owner;

-- The one rule of an answer; a ratio is compared without rounding, in per cent.
create function private.target_answer(
    kind text, comparator text, threshold bigint, value numeric, numerator numeric, denominator numeric) returns text
    language sql immutable parallel safe
    return case
        when kind = 'value' and value is null or kind = 'ratio' and coalesce(denominator, 0) = 0 then 'no_data'
        when case comparator
            when '>=' then case kind when 'value' then value >= threshold else numerator * 100 >= denominator * threshold end
            when '<=' then case kind when 'value' then value <= threshold else numerator * 100 <= denominator * threshold end
            else case kind when 'value' then value = threshold else numerator * 100 = denominator * threshold end
        end then 'met'
        else 'not_met'
    end;

-- Per target of some plans and line, and per district or commune when asked so (area_id, else NULL), within a scope
-- column's key: what the asked units said, how many are asked and how many said something. The overview
-- stands on it too. %1$I is the scope column. With a day, areas and asked units are those of its tree, and
-- p_is_restated carries what others said to them (private.unit_groups); without, today's, from the keys.
create function private.target_figures(
    p_plans uuid[], p_year integer, p_key_column text, p_key_value integer, p_by text,
    p_day date default null, p_is_restated boolean default false)
    returns table (
        target_id uuid, line_id smallint, area_id integer, value numeric, numerator numeric, denominator numeric,
        asked_count bigint, said_count bigint, not_restated bigint, reasons text[])
    language plpgsql stable set search_path = '' rows 10
as $$
begin
    return query execute format($sql$
        with placed as materialized (
            select g.* from private.unit_groups($4, $5, $6, %4$L, $3) as g where $5 is not null),
        wanted as materialized (
            select t.id, i.id as indicator_id, i.source, i.roll_up, p.issuer_area_id, k.level_id, k.line_id
            from app.target as t
            join app.indicator as i on i.id = t.indicator_id
            join app.plan as p on p.id = i.plan_id
            join app.indicator_ask as k on k.indicator_id = i.id and k.line_id = coalesce(t.line_id, k.line_id)
            where i.plan_id = any ($1) and t.year = $2),
        said as materialized (
            select v.indicator_id, v.level_id, v.line_id, v.unit_id, v.province_key, v.district_key, v.grassroots_key,
                v.own_value as value, v.own_numerator as numerator,
                v.own_denominator as denominator,
                case when w.roll_up = 'last' then (
                    select r.submitted_on from app.report as r where r.id = v.report_id) end as said_on
            from (select distinct x.indicator_id, x.roll_up from wanted as x where x.source = 'report') as w
            join app.indicator_value as v on v.indicator_id = w.indicator_id
            where v.year = $2 and v.%1$I = $3 and v.is_approved
                and (v.own_value is not null or v.own_denominator is not null)
            union all
            -- not in one with the branch above (private.value_in_force): this one goes by the plan's few periods
            select v.indicator_id, u.level_id, u.line_id, v.unit_id, v.province_key, v.district_key, v.grassroots_key,
                v.own_value, v.own_numerator,
                v.own_denominator, v.submitted_on
            from private.value_approved_before as v
            join app.unit as u on u.id = v.unit_id
            where v.plan_id = any ($1) and v.year = $2 and v.%1$I = $3
                and v.indicator_id in (select x.indicator_id from wanted as x where x.source = 'report')
                and (v.own_value is not null or v.own_denominator is not null)
            union all
            select w.indicator_id, r.level_id, r.line_id, r.unit_id, r.province_key, r.district_key, r.grassroots_key,
                null, g.counts_as_fair_or_better::integer, 1, r.rated_on
            from (
                select distinct x.indicator_id, x.level_id, x.line_id, x.issuer_area_id
                from wanted as x where x.source = 'rating') as w
            join app.rating as r on r.level_id = w.level_id and r.line_id = w.line_id and r.year = $2 and r.%1$I = $3
                and w.issuer_area_id in (r.province_key, r.district_key, r.grassroots_key)
            join app.rating_grade as g on g.scale = r.scale and g.code = r.grade),
        asked as materialized (
            select u.*
            from (
                -- offset 0: by the scope's key and not by each line in turn
                select u.id, u.level_id, u.line_id, u.area_id, u.province_key, u.district_key, u.grassroots_key
                from app.unit as u
                where u.%1$I = $3 and %2$s and u.parent_id is null offset 0) as u
            where exists (select from wanted as w where w.level_id = u.level_id and w.line_id = u.line_id)),
        -- side by side and not joined: nobody need guess how many there are
        told as (
            select w.*, u.id as unit_id, u.province_key, u.district_key, u.grassroots_key, false as has_said,
                null::bigint as value, null::bigint as numerator, null::bigint as denominator, null::date as said_on
            from wanted as w
            join asked as u on u.level_id = w.level_id and u.line_id = w.line_id
                and w.issuer_area_id in (u.area_id, u.province_key, u.district_key, u.grassroots_key)
            union all
            select w.*, s.unit_id, s.province_key, s.district_key, s.grassroots_key, true, s.value, s.numerator,
                s.denominator, s.said_on
            from wanted as w
            join said as s on s.indicator_id = w.indicator_id and s.level_id = w.level_id and s.line_id = w.line_id)
        select t.id, t.line_id, x.area_id,
            case t.roll_up
                when 'last' then ((array_agg(t.value order by t.said_on desc nulls last, t.unit_id)
                    filter (where t.value is not null))[1])::numeric
                else sum(t.value) end,
            sum(t.numerator), sum(t.denominator),
            count(distinct x.unit_id), count(distinct x.unit_id) filter (where t.has_said),
            count(distinct t.unit_id) filter (where x.reason is not null), array_remove(array_agg(distinct x.reason), null)
        from told as t
        cross join lateral (%3$s) as x (area_id, unit_id, reason)
        group by t.id, t.roll_up, t.line_id, x.area_id
        $sql$,
        p_key_column,
        case when p_day is null then 'u.is_active'
            else 'exists (select from app.unit_version as v
                where v.unit_id = u.id and v.valid_from <= $5 and (v.valid_to is null or v.valid_to > $5))' end,
        case when p_day is null then $e$select case $4
                when 'district' then coalesce(t.district_key, t.grassroots_key, t.province_key)
                when 'grassroots' then coalesce(t.grassroots_key, t.district_key, t.province_key) end, t.unit_id, null::text$e$
            else 'select g.group_id, g.at_unit_id, g.reason from placed as g where g.unit_id = t.unit_id' end,
        p_key_column)
    using p_plans, p_year, p_key_value, p_by, p_day, p_is_restated;
end;
$$;

create function api.target_answers(
    p_plan_id uuid, p_year integer default null, p_unit_id integer default null, p_by text default 'line',
    p_as_of date default null, p_is_restated boolean default false)
    returns table (
        target_id uuid, indicator_id uuid, indicator_code text, indicator_name text, measure_unit text, kind text,
        source text, "position" integer, year smallint, line_id smallint, line text, area_id integer, area_name text,
        comparator text, threshold bigint, answer text, value bigint, numerator bigint, denominator bigint, rate numeric,
        asked_count bigint, said_count bigint, said_share numeric, not_restated bigint, not_restated_reasons text[])
    language plpgsql stable set search_path = ''
as $$
#variable_conflict use_column
declare
    bound constant record := private.scope_of_unit(p_unit_id);
    of_year constant integer := coalesce(p_year, extract(year from private.today()));
begin
    if not exists (select from app.plan as p where p.id = p_plan_id) then
        raise exception 'no such plan' using errcode = 'DV422', column = 'plan', constraint = 'not_visible';
    end if;
    if p_by not in ('total', 'line', 'district', 'grassroots') then
        raise exception 'unknown grouping' using errcode = 'DV422', column = 'by', constraint = 'not_a_choice';
    end if;
    return query
    with told as (
        select f.target_id, f.line_id, coalesce(f.area_id, bound.area_id) as area_id, f.value, f.numerator, f.denominator,
            f.asked_count, f.said_count, f.not_restated, f.reasons, t.indicator_id, i.kind, t.comparator, t.threshold,
            private.target_answer(i.kind, t.comparator, t.threshold, f.value, f.numerator, f.denominator) as answer
        from private.target_figures(array[p_plan_id], of_year, bound.key_column, bound.key_value, p_by,
            case when p_is_restated then coalesce(p_as_of, private.today()) else p_as_of end, p_is_restated) as f
        join app.target as t on t.id = f.target_id
        join app.indicator as i on i.id = t.indicator_id),
    shown as (
        select x.target_id, x.line_id, x.area_id, x.value, x.numerator, x.denominator, x.asked_count, x.said_count, x.answer,
            x.not_restated, x.reasons
        from told as x
        where p_by <> 'total'
        union all
        select x.target_id, null, x.area_id, sum(x.value), sum(x.numerator), sum(x.denominator),
            sum(x.asked_count)::bigint, sum(x.said_count)::bigint,
            case when bool_or(x.answer = 'not_met') then 'not_met' when bool_and(x.answer = 'met') then 'met' else 'no_data' end,
            sum(x.not_restated)::bigint, array(select distinct r from unnest(array_agg(array_to_string(x.reasons, ' '))) as w, unnest(string_to_array(w, ' ')) as r where r <> '')
        from told as x
        where p_by = 'total'
        group by x.target_id, x.area_id)
    select s.target_id, i.id, i.code, i.name, i.measure_unit, i.kind, i.source, i.position, t.year, s.line_id, n.code,
        s.area_id,
        (select v.name from app.area_version as v
            where v.area_id = s.area_id and v.valid_from <= coalesce(p_as_of, private.today())
            order by v.valid_from desc limit 1),
        t.comparator, t.threshold, s.answer, s.value::bigint, s.numerator::bigint, s.denominator::bigint,
        round(100 * s.numerator / nullif(s.denominator, 0), 2), s.asked_count, s.said_count,
        round(100.0 * s.said_count / s.asked_count, 2), s.not_restated, s.reasons
    from shown as s
    join app.target as t on t.id = s.target_id
    join app.indicator as i on i.id = t.indicator_id
    left join app.line as n on n.id = s.line_id;
end;
$$;
