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

-- Per target and line and area. %1$I is the scope column, %2$s the expression of the area.
create function private.target_figures(p_plan_id uuid, p_year integer, p_unit_id integer, p_by text)
    returns table (
        target_id uuid, line_id smallint, area_id integer, value numeric, numerator numeric, denominator numeric,
        asked_count bigint, said_count bigint)
    language plpgsql stable set search_path = ''
as $$
declare
    bound constant record := private.scope_of_unit(p_unit_id);
begin
    return query execute format($sql$
        with wanted as materialized (
            select t.id as target_id, t.line_id, i.id as indicator_id, i.source, i.roll_up, p.issuer_area_id
            from app.target as t
            join app.indicator as i on i.id = t.indicator_id
            join app.plan as p on p.id = i.plan_id
            where i.plan_id = $1 and t.year = $2),
        said as (
            select f.indicator_id, f.unit_id, f.own_value as value, f.own_numerator as numerator,
                f.own_denominator as denominator, f.submitted_on as said_on
            from private.value_in_force as f
            where f.indicator_id in (select w.indicator_id from wanted as w where w.source = 'report')
                and f.year = $2 and f.%1$I = $3
                and (f.own_value is not null or f.own_denominator is not null)
            union all
            select i.indicator_id, r.unit_id, null, g.counts_as_fair_or_better::integer, 1, r.rated_on
            from (select distinct w.indicator_id from wanted as w where w.source = 'rating') as i
            join app.indicator_ask as k on k.indicator_id = i.indicator_id
            join app.rating as r on r.level_id = k.level_id and r.line_id = k.line_id
            join app.rating_grade as g on g.scale = r.scale and g.code = r.grade
            where r.year = $2 and r.%1$I = $3)
        select w.target_id, u.line_id, %2$s,
            case w.roll_up
                when 'last' then ((array_agg(s.value order by s.said_on desc nulls last, s.unit_id)
                    filter (where s.value is not null))[1])::numeric
                else sum(s.value) end,
            sum(s.numerator), sum(s.denominator), count(distinct u.id), count(distinct s.unit_id)
        from wanted as w
        join app.indicator_ask as k on k.indicator_id = w.indicator_id and k.line_id = coalesce(w.line_id, k.line_id)
        join app.unit as u on u.level_id = k.level_id and u.line_id = k.line_id
            and u.%1$I = $3 and u.parent_id is null
            and w.issuer_area_id in (u.area_id, u.province_key, u.district_key, u.grassroots_key)
        left join said as s on s.indicator_id = w.indicator_id and s.unit_id = u.id
        where u.is_active or s.unit_id is not null
        group by w.target_id, w.roll_up, u.line_id, %2$s$sql$,
        bound.key_column,
        case p_by
            when 'district' then 'coalesce(u.district_key, u.grassroots_key, u.province_key)'
            when 'grassroots' then 'coalesce(u.grassroots_key, u.district_key, u.province_key)'
            else format('%s::integer', bound.area_id) end)
    using p_plan_id, p_year, bound.key_value;
end;
$$;

create function api.target_answers(
    p_plan_id uuid, p_year integer default null, p_unit_id integer default null, p_by text default 'line')
    returns table (
        target_id uuid, indicator_id uuid, indicator_code text, indicator_name text, measure_unit text, kind text,
        source text, "position" integer, year smallint, line_id smallint, line text, area_id integer, area_name text,
        comparator text, threshold bigint, answer text, value bigint, numerator bigint, denominator bigint, rate numeric,
        asked_count bigint, said_count bigint, said_share numeric)
    language plpgsql stable set search_path = ''
as $$
#variable_conflict use_column
declare
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
        select f.*, t.indicator_id, i.kind, t.comparator, t.threshold,
            private.target_answer(i.kind, t.comparator, t.threshold, f.value, f.numerator, f.denominator) as answer
        from private.target_figures(p_plan_id, of_year, p_unit_id, p_by) as f
        join app.target as t on t.id = f.target_id
        join app.indicator as i on i.id = t.indicator_id),
    shown as (
        select x.target_id, x.line_id, x.area_id, x.value, x.numerator, x.denominator, x.asked_count, x.said_count, x.answer
        from told as x
        where p_by <> 'total'
        union all
        select x.target_id, null, x.area_id, sum(x.value), sum(x.numerator), sum(x.denominator),
            sum(x.asked_count)::bigint, sum(x.said_count)::bigint,
            case when bool_or(x.answer = 'not_met') then 'not_met' when bool_and(x.answer = 'met') then 'met' else 'no_data' end
        from told as x
        where p_by = 'total'
        group by x.target_id, x.area_id)
    select s.target_id, i.id, i.code, i.name, i.measure_unit, i.kind, i.source, i.position, t.year, s.line_id, n.code,
        s.area_id,
        (select v.name from app.area_version as v
            where v.area_id = s.area_id and v.valid_from <= private.today()
            order by v.valid_from desc limit 1),
        t.comparator, t.threshold, s.answer, s.value::bigint, s.numerator::bigint, s.denominator::bigint,
        round(100 * s.numerator / nullif(s.denominator, 0), 2), s.asked_count, s.said_count,
        round(100.0 * s.said_count / s.asked_count, 2)
    from shown as s
    join app.target as t on t.id = s.target_id
    join app.indicator as i on i.id = t.indicator_id
    left join app.line as n on n.id = s.line_id;
end;
$$;
