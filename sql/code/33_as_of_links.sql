-- Where figures of the tree of one day stand on the tree of another, and the units of a day in one answer.
-- Row security holds: units that the caller may not know of are in neither.

set local role danvan_owner;

-- Areas of the tree of p_from, carried to the tree of p_to: share_permille of each goes to to_area_id. Several
-- rows where it goes to several places. to_area_id is NULL where nobody can tell (private.restated says
-- why); is_exact is false there, where a share was used on the way, and where the same figure stands at
-- several places at once.
create function private.restated_area(p_from date, p_to date) returns table (
        area_id integer, to_area_id integer, share_permille numeric, is_exact boolean, reason text)
    language plpgsql stable set search_path = '' rows 10000
as $$
begin
    return query
    select r.from_id, r.to_id, r.share * 1000, r.reason is null, r.reason
    from private.restated('area', p_to) as r
    join app.area_version as v on v.area_id = r.from_id and v.valid_from <= p_from
        and (v.valid_to is null or v.valid_to > p_from);
end;
$$;

create function private.restated_unit(p_from date, p_to date) returns table (
        unit_id integer, to_unit_id integer, share_permille numeric, is_exact boolean, reason text)
    language plpgsql stable set search_path = '' rows 10000
as $$
begin
    return query
    select r.from_id, r.to_id, r.share * 1000, r.reason is null, r.reason
    from private.restated('unit', p_to) as r
    join app.unit_version as v on v.unit_id = r.from_id and v.valid_from <= p_from
        and (v.valid_to is null or v.valid_to > p_from)
    join app.unit as u on u.id = r.from_id;
end;
$$;

-- The units of a day as one JSON array, in no order: those the caller may know of, with the area they
-- stood at and, for an office, the unit it was inside of. Depth counts areas: 0 is the root area alone.
create function api.unit_tree(p_day date default null, p_area_id integer default null, p_depth integer default null)
    returns table (day date, area_id integer, node_count integer, nodes json)
    language plpgsql stable set search_path = '' rows 1
as $$
declare
    of_day constant date := coalesce(p_day, private.today());
    -- nothing to descend: every area that stands
    is_whole constant boolean := p_area_id is null and p_depth is null;
begin
    if p_depth < 0 then
        raise exception 'depth below nothing' using errcode = 'DV422', column = 'depth', constraint = 'out_of_range';
    end if;
    if p_area_id is not null and not exists (
        select from app.area_version as v
        where v.area_id = p_area_id and v.valid_from <= of_day and (v.valid_to is null or v.valid_to > of_day))
    then
        raise exception 'no such area on that day' using errcode = 'DV422', column = 'area', constraint = 'not_visible';
    end if;
    return query
    with recursive below as (
        select v.area_id, 0 as depth
        from app.area_version as v
        where v.valid_from <= of_day and (v.valid_to is null or v.valid_to > of_day)
            and case when p_area_id is not null then v.area_id = p_area_id else v.parent_id is null or is_whole end
        union all
        select v.area_id, b.depth + 1
        from below as b
        join app.area_version as v on v.parent_id = b.area_id
        where not is_whole and v.valid_from <= of_day and (v.valid_to is null or v.valid_to > of_day)
            and (p_depth is null or b.depth < p_depth)),
    -- the areas once, and not once for each unit
    standing as materialized (select b.area_id from below as b),
    seen as materialized (
        select u.id, u.code, u.level_id, u.line_id, v.name, v.short_name, v.kind, v.area_id, v.parent_id
        from app.unit as u
        join app.unit_version as v on v.unit_id = u.id
        where v.valid_from <= of_day and (v.valid_to is null or v.valid_to > of_day))
    select of_day, p_area_id, count(*)::integer,
        coalesce(json_agg(json_build_object('id', s.id, 'parent_id', s.parent_id, 'area_id', s.area_id, 'level', l.code,
            'line', n.code, 'code', s.code, 'name', s.name, 'short_name', s.short_name, 'kind', s.kind)), '[]')
    from seen as s
    join standing as a on a.area_id = s.area_id
    join app.level as l on l.id = s.level_id
    join app.line as n on n.id = s.line_id;
end;
$$;
