-- The directory as it stood on a day, and where what has ended stands on another: every tree, every name
-- and every figure of another day is read through these. The dated versions are the truth of a day; the
-- keys on app.area and app.unit tell who answers today and are no history (docs/adr/0009).
--
-- As the caller: row security says which units anybody may know of.

set local role danvan_owner;

-- Every area of a day with the ones above it, by tier. A hamlet has the commune it lies in.
create function private.area_on(p_day date) returns table (
        area_id integer, level_id smallint, code text, name text, kind text, parent_id integer,
        province_id integer, district_id integer, grassroots_id integer)
    language plpgsql stable set search_path = '' rows 10000
as $$
begin
    return query
    with recursive standing as materialized (
        select v.area_id, a.level_id, l.code as level, v.code, v.name, v.kind, v.parent_id
        from app.area_version as v
        join app.area as a on a.id = v.area_id
        join app.level as l on l.id = a.level_id
        where v.valid_from <= p_day and (v.valid_to is null or v.valid_to > p_day)),
    tree as (
        select s.area_id, s.level_id, s.code, s.name, s.kind, s.parent_id,
            case s.level when 'province' then s.area_id end as province_id,
            case s.level when 'district' then s.area_id end as district_id,
            case s.level when 'grassroots' then s.area_id end as grassroots_id
        from standing as s
        where s.parent_id is null
        union all
        select s.area_id, s.level_id, s.code, s.name, s.kind, s.parent_id,
            coalesce(t.province_id, case s.level when 'province' then s.area_id end),
            coalesce(t.district_id, case s.level when 'district' then s.area_id end),
            coalesce(t.grassroots_id, case s.level when 'grassroots' then s.area_id end)
        from tree as t
        join standing as s on s.parent_id = t.area_id)
    select t.area_id, t.level_id, t.code, t.name, t.kind, t.parent_id, t.province_id, t.district_id, t.grassroots_id
    from tree as t;
end;
$$;

-- Every unit of a day that the caller may know of, as it was called and placed; is_active as of that day.
create function private.unit_on(p_day date) returns table (
        unit_id integer, name text, short_name text, kind text, parent_id integer, level_id smallint, line_id smallint,
        area_id integer, province_id integer, district_id integer, grassroots_id integer, is_active boolean)
    language plpgsql stable set search_path = '' rows 10000
as $$
begin
    return query
    select u.id, v.name, v.short_name, v.kind, v.parent_id, u.level_id, u.line_id,
        v.area_id, a.province_id, a.district_id, a.grassroots_id, true
    from app.unit as u
    join app.unit_version as v on v.unit_id = u.id
    left join private.area_on(p_day) as a on a.area_id = v.area_id
    where v.valid_from <= p_day and (v.valid_to is null or v.valid_to > p_day);
end;
$$;

-- Where figures of an area or unit go on the tree of a day. One that stands on the day keeps its own. One
-- that ended before goes along its links, all of it (sum), whole to each (copy) or in shares multiplied
-- along the way; one made after goes back where it has one predecessor alone. Else to_id is NULL and
-- reason says why: nothing is guessed.
--
-- share    of the figure, 1 for all of it
-- reason   NULL  exact: all of it, at one place
--          copied          the same figure stands at several successors: they must not be added up
--          shared          parts by a rule of the reorganisation: sums may be split so, counts may not
--          merged          made of several: cannot be told apart again
--          split           one of several made of one
--          no_successor    ended, and nothing took it over
--          no_predecessor  did not exist yet
create function private.restated(p_subject text, p_day date) returns table (
        from_id integer, to_id integer, share numeric, reason text)
    language plpgsql stable set search_path = '' rows 10000
as $$
begin
    return query
    with recursive version as materialized (
        select v.area_id as id, v.valid_from, v.valid_to from app.area_version as v where p_subject = 'area'
        union all
        select v.unit_id, v.valid_from, v.valid_to from app.unit_version as v where p_subject = 'unit'),
    link as materialized (
        select l.predecessor_id, l.successor_id, l.effective_on, l.allocation, l.share_permille
        from app.area_link as l where p_subject = 'area'
        union all
        select l.predecessor_id, l.successor_id, l.effective_on, l.allocation, l.share_permille
        from app.unit_link as l where p_subject = 'unit' and not l.is_function),
    standing as materialized (
        select v.id from version as v where v.valid_from <= p_day and (v.valid_to is null or v.valid_to > p_day)),
    gone as materialized (
        select v.id, max(v.valid_to) <= p_day and bool_and(v.valid_to is not null) as has_ended
        from version as v
        where v.id not in (select s.id from standing as s)
        group by v.id),
    onward as (
        select g.id as from_id, g.id as at_id, 1::numeric as share, null::text as why, 0 as steps
        from gone as g where g.has_ended
        union all
        select o.from_id, l.successor_id, o.share * case l.allocation when 'share' then l.share_permille / 1000.0 else 1 end,
            case when o.why = 'shared' or l.allocation = 'share' then 'shared'
                when o.why = 'copied' or l.allocation = 'copy' then 'copied' end,
            o.steps + 1
        from onward as o
        join link as l on l.predecessor_id = o.at_id and l.effective_on <= p_day
        where o.steps < 20 and o.at_id not in (select s.id from standing as s)),
    arrived as (
        select o.from_id, o.at_id as to_id, sum(o.share) as share, max(o.why) as reason
        from onward as o
        join standing as s on s.id = o.at_id
        group by o.from_id, o.at_id),
    origin as (
        select l.successor_id, min(l.predecessor_id) as predecessor_id, count(*) as predecessor_count
        from link as l where l.effective_on > p_day group by l.successor_id),
    back as (
        select g.id as from_id, g.id as at_id, null::text as why, 0 as steps from gone as g where not g.has_ended
        union all
        select b.from_id, r.predecessor_id,
            case when r.predecessor_count > 1 then 'merged'
                when (select count(*) from link as l where l.predecessor_id = r.predecessor_id and l.effective_on > p_day) > 1
                    then 'split'
            end,
            b.steps + 1
        from back as b
        join origin as r on r.successor_id = b.at_id
        where b.why is null and b.steps < 20 and b.at_id not in (select s.id from standing as s)),
    returned as (
        select distinct on (b.from_id) b.from_id,
            case when b.why is null and s.id is not null then b.at_id end as to_id,
            case when b.why is not null then b.why when s.id is null then 'no_predecessor' end as reason
        from back as b
        left join standing as s on s.id = b.at_id
        order by b.from_id, b.steps desc)
    select s.id, s.id, 1::numeric, null::text from standing as s
    union all
    select a.from_id, a.to_id, a.share, a.reason from arrived as a
    union all
    select g.id, null, 1, 'no_successor' from gone as g
    where g.has_ended and not exists (select from arrived as a where a.from_id = g.id)
    union all
    select r.from_id, r.to_id, 1, r.reason from returned as r;
end;
$$;

-- Under which unit or area the figures of the units in a scope stand, on the tree of a day.
--
-- p_by            unit, area (where the unit stands), district, grassroots; a unit above the tier asked for
--                 stands under its own area. Anything else: no group, only what is below
-- p_is_restated   false: a unit that does not stand on the day keeps its own place, as it last was (or first
--                 will be); true: it goes where private.restated sends it, if it goes there whole and alone
-- at_unit_id      the unit whose place it is
-- stands          the unit itself stood on the day
-- reason          why it could not be carried over, as private.restated says; NULL where nothing was to do
create function private.unit_groups(
    p_by text, p_day date, p_is_restated boolean, p_key_column text, p_key_value integer)
    returns table (unit_id integer, group_id integer, at_unit_id integer, stands boolean, reason text)
    language plpgsql stable set search_path = '' rows 1000
as $$
begin
    return query execute format($sql$
        with mine as materialized (
            select u.id from app.unit as u where u.%I = $3),
        carried as materialized (
            select m.id as unit_id, min(r.to_id) as to_id, max(r.reason) as reason
            from mine as m
            join private.restated('unit', $1) as r on r.from_id = m.id
            where $2
            group by m.id),
        seat as materialized (
            select m.id as unit_id, case when c.reason is null then coalesce(c.to_id, m.id) else m.id end as at_unit_id, c.reason
            from mine as m
            left join carried as c on c.unit_id = m.id),
        placed as (
            select s.unit_id, s.at_unit_id, s.reason, v.area_id,
                exists (select from app.unit_version as x
                    where x.unit_id = s.unit_id and x.valid_from <= $1 and (x.valid_to is null or x.valid_to > $1)) as stands,
                private.last_day_of(v.valid_from, v.valid_to, $1) as day
            from seat as s
            cross join lateral (
                select x.area_id, x.valid_from, x.valid_to
                from app.unit_version as x
                where x.unit_id = s.at_unit_id
                order by x.valid_from <= $1 desc, case when x.valid_from <= $1 then $1 - x.valid_from else x.valid_from - $1 end
                limit 1) as v),
        tier as materialized (
            select d.day, a.*
            from (select distinct p.day from placed as p) as d
            cross join lateral private.area_on(d.day) as a
            where $4 in ('district', 'grassroots'))
        select p.unit_id,
            case $4 when 'unit' then p.at_unit_id when 'area' then p.area_id
                when 'district' then coalesce(t.district_id, t.grassroots_id, t.province_id)
                when 'grassroots' then coalesce(t.grassroots_id, t.district_id, t.province_id) end,
            p.at_unit_id, p.stands, p.reason
        from placed as p
        left join tier as t on t.day = p.day and t.area_id = p.area_id$sql$, p_key_column)
    using p_day, p_is_restated, p_key_value, p_by;
end;
$$;

-- The node of the tree that a version is; its columns, told once. Without the spaces of json_build_object: they are a
-- seventh of the national tree.
create function private.area_version_node() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    new.node := format('{"id":%s,"parent_id":%s,"level":%s,"code":%s,"name":%s,"kind":%s}',
        new.area_id, coalesce(new.parent_id::text, 'null'),
        (select to_json(l.code) from app.area as a join app.level as l on l.id = a.level_id where a.id = new.area_id),
        to_json(new.code), to_json(new.name), to_json(new.kind))::json;
    return new;
end;
$$;
create trigger area_version_10_node before insert or update on app.area_version
    for each row execute function private.area_version_node();

-- The whole tree of a day as one JSON array, in no order; or what lies in one area.
create function api.area_tree(p_day date default null, p_area_id integer default null, p_depth integer default null)
    returns table (day date, area_id integer, node_count integer, nodes json)
    language plpgsql stable set search_path = '' rows 1
as $$
declare
    of_day constant date := coalesce(p_day, private.today());
begin
    if p_depth < 0 then
        raise exception 'depth below nothing' using errcode = 'DV422', column = 'depth', constraint = 'out_of_range';
    end if;
    if p_area_id is null and p_depth is null then
        return query
        select of_day, p_area_id, count(*)::integer, coalesce(json_agg(v.node), '[]')
        from app.area_version as v
        where v.valid_from <= of_day and (v.valid_to is null or v.valid_to > of_day);
    else
        return query
        with recursive below as (
            select v.area_id, v.node, 0 as depth
            from app.area_version as v
            where (v.area_id = p_area_id or p_area_id is null and v.parent_id is null)
                and v.valid_from <= of_day and (v.valid_to is null or v.valid_to > of_day)
            union all
            select v.area_id, v.node, b.depth + 1
            from below as b
            join app.area_version as v on v.parent_id = b.area_id
            where v.valid_from <= of_day and (v.valid_to is null or v.valid_to > of_day)
                and (p_depth is null or b.depth < p_depth))
        select of_day, p_area_id, count(*)::integer, json_agg(b.node)
        from below as b
        having count(*) > 0;
        if not found then
            raise exception 'no such area on that day' using errcode = 'DV422', column = 'area', constraint = 'not_visible';
        end if;
    end if;
end;
$$;
