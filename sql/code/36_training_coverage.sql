-- Who must have what, and who holds it, as of a day.
--
-- People are counted by the primary post valid on that day (a secondment leaves them with their home unit), in
-- the unit, level and line of that post, whatever became of either since. The certificate belongs to the person:
-- it counts wherever it was earned. So the figures are taken past row security, from the posts of the caller's
-- scope alone (scope_of_unit refuses any other), and tell of nobody by name. Names are given out by
-- api.training_due, from the people that the caller sees.

set local role danvan_policy;

-- The statement behind both, for a scope column. $1 plan, $2 year, $3 topic or NULL, $4 key, $5 day, $6 unit or
-- NULL, $7 with those under it. One row per person and topic: until is the last day of the certificate that
-- holds longest, NULL where there is none. A certificate from after the day does not count on it.
-- Measured with 10,000 people and 30,000 records (tests/perf/training.sql): of a province nearly everybody is asked
-- for, so all certificates are gathered once; below, training_record_held_idx is looked into person by person.
create function private.training_standing_sql(p_key_column text) returns text
    language plpgsql immutable set search_path = ''
as $$
begin
    return format($sql$
        select p.staff_id, p.unit_id, p.level_id, p.line_id, p.position_code, q.topic_code, h.until
        from app.appointment as p
        join (
            -- spread over levels and lines, so that who is asked twice is asked once
            select distinct t.topic_code, t.position_code, l.id as level_id, n.id as line_id
            from app.training_requirement as t
            join app.level as l on t.level_id is null or t.level_id = l.id
            join app.line as n on t.line_id is null or t.line_id = n.id
            where t.plan_id = $1 and t.year = $2 and ($3::text is null or t.topic_code = $3)) as q
            on q.position_code = p.position_code and q.level_id = p.level_id and q.line_id = p.line_id
        %2$s
        where p.%1$I = $4 and p.kind = 'primary'
            and p.valid_from <= $5 and (p.valid_to is null or p.valid_to > $5)
            and ($7 or p.unit_id = $6)$sql$,
        p_key_column,
        case when p_key_column like 'province%' then $join$left join (
            select r.staff_id, r.topic_code, max(coalesce(r.valid_until, 'infinity')) as until
            from app.training_record as r
            where r.result = 'passed' and r.certified_on <= $5 and ($3::text is null or r.topic_code = $3)
            group by r.staff_id, r.topic_code) as h on h.staff_id = p.staff_id and h.topic_code = q.topic_code$join$
        else $join$left join lateral (
            select max(coalesce(r.valid_until, 'infinity')) as until
            from app.training_record as r
            where r.staff_id = p.staff_id and r.topic_code = q.topic_code
                and r.result = 'passed' and r.certified_on <= $5) as h on true$join$ end);
end;
$$;

-- Code and name of what was grouped by, as they were on the day (or, of what came later, at first).
create function private.training_group_names(p_by text, p_ids integer[], p_codes text[], p_day date)
    returns table (id integer, code text, name text)
    language plpgsql stable security definer set search_path = '' rows 200
as $$
begin
    return query
    select u.id, u.code, v.name
    from app.unit as u
    left join lateral (
        select x.name from app.unit_version as x where x.unit_id = u.id
        order by x.valid_from <= p_day desc, case when x.valid_from <= p_day then p_day - x.valid_from else x.valid_from - p_day end
        limit 1) as v on true
    where p_by = 'unit' and u.id = any (p_ids)
    union all
    select l.id::integer, l.code, l.name from app.level as l where p_by = 'level'
    union all
    select n.id::integer, n.code, n.name from app.line as n where p_by = 'line'
    union all
    select a.id, v.code, v.name
    from app.area as a
    left join lateral (
        select x.code, x.name from app.area_version as x where x.area_id = a.id
        order by x.valid_from <= p_day desc, case when x.valid_from <= p_day then p_day - x.valid_from else x.valid_from - p_day end
        limit 1) as v on true
    where p_by = 'area' and a.id = any (p_ids)
    union all
    select null::integer, p.code, p.name from app.position as p where p_by = 'position' and p.code = any (p_codes);
end;
$$;

-- Counted. By area: the one that the unit stood in on the day.
create function private.training_coverage(
    p_plan_id uuid, p_year integer, p_topic text, p_day date, p_by text, p_unit_id integer, p_subtree boolean)
    returns table (
        group_id integer, group_code text, group_name text, topic text, topic_name text,
        required bigint, held_and_valid bigint, expired bigint, never bigint, percent numeric)
    language plpgsql stable security definer set search_path = '' rows 200
as $$
declare
    scope constant record := private.scope_of_unit(p_unit_id);
begin
    -- what another unit drafts is nobody's to count by
    if not exists (
        select from app.plan as p
        where p.id = p_plan_id and (p.status in ('in_force', 'closed') or p.issuer_unit_id = private.my_unit()))
    then
        return;
    end if;
    return query execute format($sql$
        with told as materialized (
            select %2$s as id, %3$s as code, s.topic_code, count(*) as required,
                count(*) filter (where s.until >= $5) as valid, count(*) filter (where s.until < $5) as expired
            from (%1$s) as s
            group by 1, 2, 3),
        counted as materialized (%4$s)
        select c.id, n.code, n.name, c.topic_code, t.name, c.required, c.valid, c.expired,
            c.required - c.valid - c.expired, private.rate(c.valid, c.required)
        from counted as c
        join app.training_topic as t on t.code = c.topic_code
        left join private.training_group_names($8, (select array_agg(distinct x.id) from counted as x),
            (select array_agg(distinct x.code) from counted as x), $5) as n
            on coalesce(n.id::text, n.code) = coalesce(c.id::text, c.code)$sql$,
        private.training_standing_sql(scope.key_column),
        case when p_by in ('unit', 'area') then 's.unit_id' when p_by = 'line' then 's.line_id::integer'
            when p_by = 'level' then 's.level_id::integer' else 'null::integer' end,
        case p_by when 'position' then 's.position_code' else 'null::text' end,
        case p_by when 'area' then $by$
            select a.area_id as id, u.code, u.topic_code, sum(u.required)::bigint as required,
                sum(u.valid)::bigint as valid, sum(u.expired)::bigint as expired
            from told as u
            cross join lateral (
                select coalesce((select x.area_id from app.unit_version as x
                        where x.unit_id = u.id and x.valid_from <= $5 order by x.valid_from desc limit 1),
                    (select y.area_id from app.unit as y where y.id = u.id)) as area_id offset 0) as a
            group by a.area_id, u.code, u.topic_code$by$
            else 'select * from told' end)
    using p_plan_id, p_year, p_topic, scope.key_value, p_day, p_unit_id, p_unit_id is null or p_subtree, p_by;
end;
$$;

-- Who holds none, one that has run out, or one that ends within p_days; without a name. Only for those who may
-- see staff: officers and leaders; everybody in their own unit.
create function private.training_due_rows(
    p_plan_id uuid, p_year integer, p_topic text, p_day date, p_days integer, p_unit_id integer, p_subtree boolean)
    returns table (staff_id uuid, unit_id integer, position_code text, topic_code text, valid_until date)
    language plpgsql stable security definer set search_path = '' rows 1000
as $$
declare
    scope constant record := private.scope_of_unit(p_unit_id);
begin
    return query execute format($sql$
        select s.staff_id, s.unit_id, s.position_code, s.topic_code, s.until
        from (%s) as s
        where (s.until is null or s.until < $5 + $8)
            and ((select private.my_rank()) >= 2 or s.unit_id = (select private.my_unit()))$sql$,
        private.training_standing_sql(scope.key_column))
    using p_plan_id, p_year, p_topic, scope.key_value, p_day, p_unit_id, p_unit_id is null or p_subtree, p_days;
end;
$$;
