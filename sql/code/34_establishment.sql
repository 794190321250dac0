-- Posts and who fills them, counted; and how many are young, women, of a minority, as far as that can be
-- told without telling it of anybody.

set local role danvan_owner;

-- Which counts of an answer are held back. A cell is one group's {"filled", "count", "own_filled",
-- "own_count", "is_open", "margins"}: how many persons, how many of them the count is of, the same of the
-- reader's own unit (whom they know), whether the cell may be told in any case, and the totals it is part
-- of that other answers give. A count is told only if as many as p_least have it and as many have it not,
-- the reader's own left out too; else it is held back, and with it so many more of each total, the fewest persons
-- first, that what subtracting leaves is again that large.
create function private.suppressed_cells(p_cells jsonb, p_least integer) returns boolean[]
    language plpgsql immutable set search_path = ''
as $$
declare
    hidden boolean[];
    picks integer[];
begin
    select array_agg(filled > 0 and not is_open and (
            least("count", filled - "count") < p_least
            or (own_filled > 0 and filled > own_filled
                and least("count" - own_count, filled - own_filled - "count" + own_count) < p_least))
        order by n)
    into hidden
    from rows from (jsonb_to_recordset(p_cells) as (
        filled integer, "count" integer, own_filled integer, own_count integer, is_open boolean)) with ordinality
        as c (filled, "count", own_filled, own_count, is_open, n);
    loop
        -- the narrowest totals first: what is held back for them serves the wider ones
        select array_agg(distinct p.pick) into picks
        from (
            select m.depth, (array_agg(c.n order by c.filled, c.n) filter (where not hidden[c.n] and not c.is_open and c.filled > 0))[1] as pick
            from rows from (jsonb_to_recordset(p_cells) as (filled integer, "count" integer, is_open boolean, margins text[]))
                with ordinality as c (filled, "count", is_open, margins, n)
            cross join lateral unnest(c.margins) with ordinality as m (margin, depth)
            group by m.margin, m.depth
            having bool_or(hidden[c.n]) and (
                count(*) filter (where hidden[c.n]) < 2
                or sum(c."count") filter (where hidden[c.n]) < p_least
                or sum(c.filled - c."count") filter (where hidden[c.n]) < p_least)) as p
        where p.pick is not null
        group by p.depth
        order by p.depth desc
        limit 1;
        exit when picks is null;
        hidden := (select array_agg(h.is_hidden or h.n = any (picks) order by h.n)
            from unnest(hidden) with ordinality as h (is_hidden, n));
    end loop;
    return hidden;
end;
$$;

-- The day that shares are told of: the first of the quarter. Told day by day, two of them would tell of who
-- came or went between.
create function private.shares_day(p_day date) returns date
    language sql immutable parallel safe
    return date_trunc('quarter', p_day)::date;

set local role danvan_policy;

-- The figures of a day, grouped, with whatever must be held back already held back: nothing leaves here
-- that is about fewer. Bounded by the caller's scope, as private.scope_of_unit tells. Grouped by the names
-- and places of the day; an ended unit counts up to its end. A vacancy of one post is not filled by one
-- too many in another. The shares, and all that decides whether they are told, are of private.shares_day, by
-- its names and places: every day of a quarter answers the same.
create function private.establishment_counts(
    p_as_of date, p_by text, p_unit_id integer, p_subtree boolean)
    returns table (
        group_id integer, group_code text, group_name text, quota bigint, filled bigint, vacancies bigint, over bigint,
        young_count bigint, women_count bigint, minority_count bigint, suppressed text[], shares_on date)
    language plpgsql stable security definer set search_path = '' rows 200
as $$
declare
    bound record;
    rule private.staff_count_rule;
    is_insider constant boolean := coalesce(private.my_rank(), 0) >= 2;
    is_alone constant boolean := p_unit_id is not null and not p_subtree;
    -- an answer cut otherwise than the caller's own scope could be subtracted from it
    is_cut constant boolean := p_unit_id is not null
        and not (p_unit_id = private.my_unit() and (p_subtree or is_insider));
begin
    if private.my_unit() is null then
        return;
    end if;
    bound := private.scope_of_unit(p_unit_id);
    select r.* into rule from private.staff_count_rule as r;
    return query execute format($sql$
        with asked (is_share, day) as (values (false, $1), (true, $8)),
        standing as materialized (
            select q.is_share, o.unit_id, o.name, o.area_id, o.level_id::integer, o.line_id::integer
            from asked as q
            cross join lateral private.unit_on(q.day) as o
            join app.unit as u on u.id = o.unit_id
            -- one that was put out of use without a day has no end to look up
            where (u.is_active or q.day < private.today()) and %2$s),
        post as (
            select false as is_share, e.unit_id, e.position_code, e.quota::bigint as quota, 0 as filled, 0 as young, 0 as women,
                0 as minority
            from app.establishment as e
            where e.%1$I = $2 and e.valid_from <= $1 and (e.valid_to is null or e.valid_to > $1)
            union all
            select q.is_share, a.unit_id, a.position_code, 0, 1,
                coalesce((d.born_on + make_interval(years => $5) > q.day)::integer, 0),
                coalesce((d.gender = 'female')::integer, 0), coalesce(d.is_ethnic_minority::integer, 0)
            from asked as q
            join app.appointment as a on a.kind = 'primary' and a.%1$I = $2
                and a.valid_from <= q.day and (a.valid_to is null or a.valid_to > q.day)
            left join app.staff_detail as d on d.staff_id = a.staff_id and q.is_share),
        cell as (
            select p.is_share, p.unit_id, p.position_code, sum(p.quota) as quota, sum(p.filled) as filled,
                sum(p.young) as young, sum(p.women) as women, sum(p.minority) as minority
            from post as p
            group by p.is_share, p.unit_id, p.position_code),
        grouped as materialized (
            select s.is_share, %3$s as group_key,
                sum(c.quota)::bigint as quota, sum(c.filled)::bigint as filled,
                sum(greatest(c.quota - c.filled, 0))::bigint as vacancies, sum(greatest(c.filled - c.quota, 0))::bigint as over,
                sum(c.young)::bigint as young, sum(c.women)::bigint as women, sum(c.minority)::bigint as minority,
                coalesce(sum(c.filled) filter (where s.unit_id = $4), 0) as own_filled,
                coalesce(sum(c.young) filter (where s.unit_id = $4), 0) as own_young,
                coalesce(sum(c.women) filter (where s.unit_id = $4), 0) as own_women,
                coalesce(sum(c.minority) filter (where s.unit_id = $4), 0) as own_minority,
                %4$s as margins
            from cell as c
            join standing as s on s.unit_id = c.unit_id and s.is_share = c.is_share
            group by 1, 2),
        numbered as materialized (
            select g.*, row_number() over (order by g.group_key) as n,
                -- all of it the reader's own unit
                g.own_filled = g.filled as is_open
            from grouped as g
            where g.is_share),
        hidden as (
            select
                private.suppressed_cells(jsonb_agg(jsonb_build_object('filled', g.filled, 'is_open', g.is_open, 'margins', g.margins,
                    'own_filled', g.own_filled, 'count', g.young, 'own_count', g.own_young) order by g.n), $6) as young,
                private.suppressed_cells(jsonb_agg(jsonb_build_object('filled', g.filled, 'is_open', g.is_open, 'margins', g.margins,
                    'own_filled', g.own_filled, 'count', g.women, 'own_count', g.own_women) order by g.n), $6) as women,
                private.suppressed_cells(jsonb_agg(jsonb_build_object('filled', g.filled, 'is_open', g.is_open, 'margins', g.margins,
                    'own_filled', g.own_filled, 'count', g.minority, 'own_count', g.own_minority) order by g.n), $6) as minority
            from numbered as g)
        -- where nobody was on the day of the shares, nothing is told of anybody: none
        select
            %5$s, g.quota, g.filled, g.vacancies, g.over,
            case when not w.young then coalesce(n.young, 0) end,
            case when not w.women then coalesce(n.women, 0) end,
            case when not w.minority then coalesce(n.minority, 0) end,
            array_remove(array[case when w.young then 'young_count' end, case when w.women then 'women_count' end,
                case when w.minority then 'minority_count' end], null),
            $8
        from grouped as g
        left join numbered as n on n.group_key = g.group_key
        cross join hidden as h
        cross join lateral (
            select coalesce(h.young[n.n] or c.is_cut, false) as young, coalesce(h.women[n.n] or c.is_cut, false) as women,
                coalesce(h.minority[n.n] or c.is_cut, false) as minority
            from (select $7 and n.filled > 0 as is_cut) as c) as w
        %6$s$sql$,
        bound.key_column,
        case when is_alone then 'o.unit_id = $3' else '$3::integer is not distinct from $3' end,
        case p_by when 'unit' then 's.unit_id::text' when 'line' then 's.line_id::text' when 'area' then 's.area_id::text'
            when 'position' then 'c.position_code' else 's.level_id::text' end,
        case p_by
            when 'unit' then $m$array['all', 'level ' || min(s.level_id), 'line ' || min(s.line_id), 'area ' || min(s.area_id)]$m$
            when 'area' then $m$array['all', 'level ' || min(s.level_id)]$m$
            else $m$array['all']$m$ end,
        case p_by
            when 'unit' then 's.unit_id, (select u.code from app.unit as u where u.id = s.unit_id), s.name'
            when 'line' then 'x.id::integer, x.code, x.name'
            when 'area' then 'x.area_id, x.code, x.name'
            when 'position' then 'null::integer, x.code, x.name'
            else 'x.id::integer, x.code, x.name' end,
        case p_by
            when 'unit' then 'join standing as s on not s.is_share and s.unit_id = g.group_key::integer'
            when 'line' then 'join app.line as x on x.id = g.group_key::integer'
            when 'area' then 'left join private.area_on($1) as x on x.area_id = g.group_key::integer'
            when 'position' then 'join app.position as x on x.code = g.group_key'
            else 'join app.level as x on x.id = g.group_key::integer' end || ' where not g.is_share')
    using p_as_of, bound.key_value, p_unit_id, case when is_insider then private.my_unit() end,
        rule.young_under::integer, rule.least_shown::integer, is_cut, private.shares_day(p_as_of);
end;
$$;
