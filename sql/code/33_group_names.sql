-- How what rows were grouped by was called on a day. As the caller: whoever may not see a unit is told no name.

set local role danvan_owner;

-- Code and name, on a day, of what rows were grouped by; of what does not stand then, the nearest. Levels and
-- lines are few: all of them. A position has a code and no number.
create function private.group_names(p_by text, p_ids integer[], p_day date, p_codes text[] default null)
    returns table (id integer, code text, name text)
    language plpgsql stable set search_path = '' set plan_cache_mode = force_custom_plan rows 200
as $$
begin
    return query
    select u.id, u.code, v.name
    from app.unit as u
    left join (
        select distinct on (x.unit_id) x.unit_id, x.name
        from app.unit_version as x
        where x.unit_id = any (p_ids)
        order by x.unit_id, x.valid_from <= p_day desc, abs(p_day - x.valid_from)) as v on v.unit_id = u.id
    where p_by = 'unit' and u.id = any (p_ids)
    union all
    select l.id::integer, l.code, l.name from app.level as l where p_by = 'level'
    union all
    select n.id::integer, n.code, n.name from app.line as n where p_by = 'line'
    union all
    select a.id, v.code, v.name
    from app.area as a
    left join (
        select distinct on (x.area_id) x.area_id, x.code, x.name
        from app.area_version as x
        where x.area_id = any (p_ids)
        order by x.area_id, x.valid_from <= p_day desc, abs(p_day - x.valid_from)) as v on v.area_id = a.id
    where p_by in ('area', 'district', 'grassroots') and a.id = any (p_ids)
    union all
    select null::integer, p.code, p.name from app.position as p where p_by = 'position' and p.code = any (p_codes);
end;
$$;
