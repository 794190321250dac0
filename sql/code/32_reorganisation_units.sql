-- The units of areas that merge, split or end: each kind goes to its like at the area that takes over; what
-- has no like there (a district's body, at the province) to whoever was above it.

set local role danvan_policy;

create function private.unit_link_put(
    p_step_id uuid, p_day date, p_unit_ids integer[], p_successor_id integer, p_allocation text, p_share smallint)
    returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    insert into app.unit_link (predecessor_id, successor_id, effective_on, allocation, share_permille, step_id)
    select u.id, p_successor_id, p_day, p_allocation, p_share, p_step_id
    from unnest(p_unit_ids) with ordinality as u (id, position)
    where u.id <> p_successor_id
    order by u.position
    on conflict on constraint unit_link_once do nothing;
end;
$$;

-- Units by what is alike: the kind, and where an area has several of one kind (departments, offices) what
-- is left of the code without the area's.
create function private.units_alike(p_unit_ids integer[])
    returns table (kind text, stem text, unit_ids integer[])
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return query
    with given as (
        select u.id, u.kind, u.area_id, g.position, private.unit_code_stem(u.code, u.area_id) as stem,
            count(*) over (partition by u.kind, u.area_id) as at_once
        from unnest(p_unit_ids) with ordinality as g (id, position)
        join app.unit as u on u.id = g.id),
    keyed as (
        select g.id, g.kind, g.position,
            case when max(g.at_once) over (partition by g.kind) > 1 then g.stem end as stem
        from given as g)
    select k.kind, k.stem, array_agg(k.id order by k.position)
    from keyed as k
    group by k.kind, k.stem
    order by min(k.position);
end;
$$;

-- One unit at the target for each group of like units, inside the unit given: one that stands there
-- already, else made after the first of them. Their offices follow in the same way.
create function private.units_follow(
    p_step app.reorganisation_step, p_day date, p_basis text, p_unit_ids integer[], p_target app.area_version,
    p_parent_id integer, p_allocation text, p_share smallint) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    alike record;
    successor_id integer;
begin
    for alike in select * from private.units_alike(p_unit_ids)
    loop
        select u.id into successor_id
        from app.unit as u
        where u.area_id = p_target.area_id and u.kind = alike.kind and u.is_active
            and u.parent_id is not distinct from p_parent_id
            and (alike.stem is null or private.unit_code_stem(u.code, u.area_id) = alike.stem)
        order by u.id limit 1;
        successor_id := coalesce(successor_id,
            private.unit_made_like(alike.unit_ids[1], p_target, p_parent_id, p_day, p_basis));
        perform private.unit_link_put(p_step.id, p_day, alike.unit_ids, successor_id, p_allocation, p_share);
        perform private.units_follow(p_step, p_day, p_basis,
            array(select o.id from app.unit as o where o.parent_id = any (alike.unit_ids) and o.is_active
                and o.id <> successor_id
                order by array_position(alike.unit_ids, o.parent_id), o.id),
            p_target, successor_id, p_allocation, p_share)
        where exists (select from app.unit as o where o.parent_id = any (alike.unit_ids) and o.is_active);
    end loop;
end;
$$;

-- A unit at another area, called after it and coded by it.
create function private.unit_made_like(
    p_unit_id integer, p_target app.area_version, p_parent_id integer, p_day date, p_basis text) returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    model constant app.unit := (select u from app.unit as u where u.id = p_unit_id);
    made app.unit_version := coalesce(private.unit_on_day(p_unit_id, p_day - 1), private.unit_on_day(p_unit_id, p_day));
    stood_at constant app.area_version := private.area_before(model.area_id, p_day);
begin
    made.name := private.renamed_after(made.name, stood_at.name, stood_at.kind, p_target.name, p_target.kind);
    made.short_name := private.renamed_after(made.short_name, stood_at.name, stood_at.kind, p_target.name, p_target.kind);
    made.kind := model.kind;
    made.area_id := p_target.area_id;
    made.parent_id := p_parent_id;
    made.note := null;
    return private.unit_make(made, private.unit_code_at(model.code, model.area_id, p_target.code), p_day, p_basis);
end;
$$;

-- Who takes over from a unit that has no like: at the area given, the kind named above it; else of its own
-- line who holds the same role there, or anybody; else the mobilization board. Without an area, the same at its own area and those above.
create function private.unit_fallback(p_unit_id integer, p_area_id integer default null) returns integer
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return (
        select s.id
        from app.unit as u
        join app.unit as s on s.is_active and s.parent_id is null and s.id <> u.id
            and (s.area_id = p_area_id
                or (p_area_id is null and s.area_id in (u.area_id, u.grassroots_key, u.district_key, u.province_key)))
        join app.line as n on n.id = s.line_id
        left join app.unit_kind_superior as k on k.kind = u.kind and k.superior_kind = s.kind
        where u.id = p_unit_id
            and (s.kind = u.kind or k.kind is not null or s.line_id = u.line_id or n.code = 'mobilization')
            -- without an area: to whom it is subordinate, not to a neighbour of its kind
            and (p_area_id is not null or s.kind <> u.kind)
        order by
            case when s.kind = u.kind then 1
                when k.kind is not null then 2
                when s.line_id <> u.line_id then 5
                -- a committee's office goes to the committee's office above
                when exists (
                    select from app.level_role_kind as mine join app.level_role_kind as theirs on theirs.role = mine.role
                    where mine.kind = u.kind and theirs.kind = s.kind) then 3
                else 4 end,
            k.position, s.level_id desc, s.id
        limit 1);
end;
$$;

-- Units that end with their area and go up to the level above: offices with the unit they are inside of.
create function private.units_go_up(
    p_step app.reorganisation_step, p_day date, p_unit_ids integer[], p_area_id integer, p_allocation text, p_share smallint)
    returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    insert into app.unit_link (predecessor_id, successor_id, effective_on, allocation, share_permille, step_id)
    select g.id, f.successor_id, p_day, p_allocation, p_share, p_step.id
    from unnest(p_unit_ids) with ordinality as g (id, position)
    join app.unit as u on u.id = g.id
    cross join lateral private.unit_fallback(coalesce(u.parent_id, u.id), p_area_id) as f (successor_id)
    where f.successor_id is not null
    order by g.position
    on conflict on constraint unit_link_once do nothing;
end;
$$;
