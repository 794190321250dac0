-- A step on areas, carried out: areas that change, merge, split or end, and their units with them.

set local role danvan_policy;

create function private.part_area(p_part_id uuid) returns integer
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return (select coalesce(p.made_area_id, p.area_id) from app.reorganisation_part as p where p.id = p_part_id);
end;
$$;

-- Renamed, of another kind, under another parent: whatever the part says; its units are called after it.
create function private.area_change(p_step app.reorganisation_step, p_part app.reorganisation_part, p_day date, p_basis text)
    returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    was constant app.area_version := private.area_on_day(p_part.area_id, p_day);
    is_now app.area_version := was;
begin
    is_now.code := coalesce(p_part.new_code, was.code);
    is_now.name := coalesce(p_part.new_name, was.name);
    is_now.kind := coalesce(p_part.new_kind, was.kind);
    is_now.parent_id := coalesce(p_part.new_area_id, private.part_area(p_part.new_area_part_id), was.parent_id);
    if (is_now.code, is_now.name, is_now.kind, is_now.parent_id)
        is not distinct from (was.code, was.name, was.kind, was.parent_id)
    then
        return;
    end if;
    perform private.area_version_put(is_now, p_day, p_basis);
    update app.area as a set parent_id = is_now.parent_id
    where a.id = p_part.area_id and a.parent_id is distinct from is_now.parent_id;
    if p_step.with_units and (is_now.name, is_now.kind) is distinct from (was.name, was.kind) then
        perform private.unit_version_put(w, p_day, p_basis)
        from (
            select v, jsonb_populate_record(v, jsonb_build_object(
                'name', private.renamed_after(v.name, was.name, was.kind, is_now.name, is_now.kind),
                'short_name', private.renamed_after(v.short_name, was.name, was.kind, is_now.name, is_now.kind))) as w
            from app.unit as u
            join app.unit_version as v on v.unit_id = u.id
                and v.valid_from <= p_day and (v.valid_to is null or v.valid_to > p_day)
            where u.area_id = p_part.area_id and u.is_active) as x
        where (x.w).name is distinct from (x.v).name or (x.w).short_name is distinct from (x.v).short_name;
    end if;
end;
$$;

-- Makes what a "to" part describes; one that names an area changes that as far as it says something.
create function private.area_target(p_step app.reorganisation_step, p_part app.reorganisation_part, p_day date, p_basis text)
    returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    first_source constant app.area := (
        select a from app.reorganisation_part as f join app.area as a on a.id = f.area_id
        where f.step_id = p_step.id and f.side = 'from' order by f.position limit 1);
    made app.area_version;
begin
    if p_part.area_id is not null then
        perform private.area_change(p_step, p_part, p_day, p_basis);
        return p_part.area_id;
    end if;
    made.code := p_part.new_code;
    made.name := p_part.new_name;
    made.kind := p_part.new_kind;
    made.parent_id := coalesce(p_part.new_area_id, private.part_area(p_part.new_area_part_id), first_source.parent_id);
    insert into app.area (level_id, parent_id)
    values (coalesce(p_part.new_level_id, first_source.level_id), made.parent_id)
    returning id into made.area_id;
    perform private.area_version_put(made, p_day, p_basis);
    update app.reorganisation_part as p set made_area_id = made.area_id where p.id = p_part.id;
    return made.area_id;
end;
$$;

create function private.areas_end(p_area_ids integer[], p_successor_id integer, p_day date) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    update app.area as a set is_active = false, parent_id = coalesce(p_successor_id, a.parent_id)
    where a.id = any (p_area_ids);
    update app.area_version as v set valid_to = p_day
    where v.area_id = any (p_area_ids) and v.valid_from < p_day and (v.valid_to is null or v.valid_to > p_day);
end;
$$;

-- Units standing at areas, in the order of the areas; offices come with the unit they are inside of.
create function private.units_at(p_area_ids integer[], p_with_offices boolean) returns integer[]
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return array(
        select u.id from app.unit as u
        where u.area_id = any (p_area_ids) and u.is_active and (p_with_offices or u.parent_id is null)
        order by array_position(p_area_ids, u.area_id), u.id);
end;
$$;

-- From each source to each target: the link, and the units of those that end.
create function private.areas_step(p_step app.reorganisation_step, p_day date, p_basis text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    sources constant integer[] := array(
        select p.area_id from app.reorganisation_part as p
        where p.step_id = p_step.id and p.side = 'from' order by p.position);
    targets integer[] := '{}';
    ending integer[];
    part app.reorganisation_part;
    target app.area;
    link record;
begin
    for part in
        select p.* from app.reorganisation_part as p where p.step_id = p_step.id and p.side = 'to' order by p.position
    loop
        targets := targets || private.area_target(p_step, part, p_day, p_basis);
    end loop;
    ending := array(select s from unnest(sources) with ordinality as x (s, n) where s <> all (targets) order by x.n);
    for link in select * from private.step_links(p_step.id)
    loop
        continue when link.from_area_id = link.to_area_id;
        insert into app.area_link (predecessor_id, successor_id, effective_on, allocation, share_permille, step_id)
        values (link.from_area_id, link.to_area_id, p_day, link.allocation, link.share_permille, p_step.id);
    end loop;
    if p_step.with_units and cardinality(sources) > 0 then
        perform private.area_units_step(p_step, p_day, p_basis, sources, targets);
        perform private.units_end(private.units_at(ending, true), p_day);
    end if;
    perform private.areas_end(ending, targets[1], p_day);
end;
$$;

-- How the parts of a step are linked: told on the side that has several, else all of it goes over.
create function private.step_links(p_step_id uuid)
    returns table (from_area_id integer, from_unit_id integer, to_area_id integer, to_unit_id integer,
        allocation text, share_permille smallint)
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return query
    select f.area_id, f.unit_id, coalesce(t.area_id, t.made_area_id), coalesce(t.unit_id, t.made_unit_id),
        coalesce(t.allocation, f.allocation, 'sum'),
        case when t.allocation is null then f.share_permille else t.share_permille end
    from app.reorganisation_part as f
    join app.reorganisation_part as t on t.step_id = f.step_id and t.side = 'to'
    where f.step_id = p_step_id and f.side = 'from'
    order by t.position, f.position;
end;
$$;

-- Of a split in which the old area goes on, its units go on as well; the new areas get units like them.
create function private.area_units_step(
    p_step app.reorganisation_step, p_day date, p_basis text, p_sources integer[], p_targets integer[]) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    target_id integer;
    giving integer[];
    share record;
begin
    foreach target_id in array case when p_targets = '{}' then array[null::integer] else p_targets end
    loop
        giving := array(select s from unnest(p_sources) with ordinality as x (s, n)
            where s is distinct from target_id order by x.n);
        for share in
            select l.allocation, l.share_permille, array_agg(l.from_area_id order by array_position(giving, l.from_area_id)) as areas
            from private.step_links(p_step.id) as l
            where l.to_area_id = target_id and l.from_area_id <> target_id
            group by l.allocation, l.share_permille
            union all
            select 'sum', null, giving where target_id is null
        loop
            perform private.area_units_share(p_step, p_day, p_basis, share.areas, target_id,
                share.allocation, share.share_permille);
        end loop;
    end loop;
end;
$$;

create function private.area_units_share(
    p_step app.reorganisation_step, p_day date, p_basis text, p_areas integer[], p_target_id integer,
    p_allocation text, p_share smallint) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    levels constant integer[] := array(select distinct a.level_id from app.area as a where a.id = any (p_areas));
    target constant app.area := (select a from app.area as a where a.id = p_target_id);
begin
    if p_target_id is not null and levels = array[target.level_id::integer] then
        perform private.units_follow(p_step, p_day, p_basis, private.units_at(p_areas, false),
            private.area_on_day(p_target_id, p_day), null, p_allocation, p_share);
    else
        perform private.units_go_up(p_step, p_day, array(
                select u.id from app.unit as u where u.area_id = x.area_id and u.is_active order by u.id),
            x.above_id, p_allocation, p_share)
        from (
            select a.id as area_id, coalesce(p_target_id, a.parent_id) as above_id
            from app.area as a where a.id = any (p_areas)) as x;
    end if;
end;
$$;
