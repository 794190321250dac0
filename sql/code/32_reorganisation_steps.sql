-- The steps of a reorganisation, carried out one by one in their order.

set local role danvan_policy;

create function private.part_area(p_part_id uuid) returns integer
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return (select coalesce(p.made_area_id, p.area_id) from app.reorganisation_part as p where p.id = p_part_id);
end;
$$;

create function private.part_unit(p_part_id uuid) returns integer
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return (select coalesce(p.made_unit_id, p.unit_id) from app.reorganisation_part as p where p.id = p_part_id);
end;
$$;

-- Areas ----------------------------------------------------------------------------------------------

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

-- Units ----------------------------------------------------------------------------------------------

create function private.unit_change(p_part app.reorganisation_part, p_day date, p_basis text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    was constant app.unit_version := private.unit_on_day(p_part.unit_id, p_day);
    is_now app.unit_version := was;
    new_parent_id constant integer := coalesce(p_part.new_parent_unit_id, private.part_unit(p_part.new_parent_part_id));
    new_line_id smallint;
begin
    is_now.name := coalesce(p_part.new_name, was.name);
    is_now.short_name := coalesce(p_part.new_short_name, was.short_name);
    is_now.kind := coalesce(p_part.new_kind, was.kind);
    is_now.area_id := coalesce(p_part.new_area_id, private.part_area(p_part.new_area_part_id),
        (select u.area_id from app.unit as u where u.id = new_parent_id), was.area_id);
    -- what moves to another area leaves the unit it was inside of
    is_now.parent_id := coalesce(new_parent_id, case when is_now.area_id = was.area_id then was.parent_id end);
    if is_now is not distinct from was then
        return;
    end if;
    new_line_id := (select k.line_id from app.unit_kind as k where k.code = is_now.kind);
    perform private.unit_version_put(is_now, p_day, p_basis);
    update app.unit as u
    set kind = is_now.kind, line_id = new_line_id, area_id = is_now.area_id, parent_id = is_now.parent_id
    where u.id = p_part.unit_id;
    perform private.offices_follow(p_part.unit_id, p_day, p_basis);
end;
$$;

-- Offices stand where their unit stands, in its line.
create function private.offices_follow(p_unit_id integer, p_day date, p_basis text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    unit constant app.unit := (select u from app.unit as u where u.id = p_unit_id);
    office app.unit_version;
begin
    for office in
        select v.*
        from app.unit as o
        join app.unit_version as v on v.unit_id = o.id and v.valid_from <= p_day and (v.valid_to is null or v.valid_to > p_day)
        where o.parent_id = p_unit_id and o.is_active
            and (o.area_id, o.line_id, v.parent_id) is distinct from (unit.area_id, unit.line_id, o.parent_id)
    loop
        office.area_id := unit.area_id;
        office.parent_id := p_unit_id;
        perform private.unit_version_put(office, p_day, p_basis);
        update app.unit as o set area_id = unit.area_id, line_id = unit.line_id where o.id = office.unit_id;
        perform private.offices_follow(office.unit_id, p_day, p_basis);
    end loop;
end;
$$;

create function private.unit_target(p_step app.reorganisation_step, p_part app.reorganisation_part, p_day date, p_basis text)
    returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    first_source constant app.unit := (
        select u from app.reorganisation_part as f join app.unit as u on u.id = f.unit_id
        where f.step_id = p_step.id and f.side = 'from' order by f.position limit 1);
    made app.unit_version;
    made_id integer;
begin
    if p_part.unit_id is not null then
        perform private.unit_change(p_part, p_day, p_basis);
        return p_part.unit_id;
    end if;
    made.name := p_part.new_name;
    made.short_name := p_part.new_short_name;
    made.kind := coalesce(p_part.new_kind, first_source.kind);
    made.parent_id := coalesce(p_part.new_parent_unit_id, private.part_unit(p_part.new_parent_part_id));
    made.area_id := coalesce(p_part.new_area_id, private.part_area(p_part.new_area_part_id),
        (select u.area_id from app.unit as u where u.id = made.parent_id), first_source.area_id);
    made_id := private.unit_make(made, coalesce(p_part.new_code, private.free_unit_code(first_source.code)), p_day, p_basis);
    update app.reorganisation_part as p set made_unit_id = made_id where p.id = p_part.id;
    return made_id;
end;
$$;

create function private.units_step(p_step app.reorganisation_step, p_day date, p_basis text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    part app.reorganisation_part;
    sources constant integer[] := array(
        select p.unit_id from app.reorganisation_part as p
        where p.step_id = p_step.id and p.side = 'from' order by p.position);
    targets integer[] := '{}';
    ending integer[];
begin
    for part in
        select p.* from app.reorganisation_part as p where p.step_id = p_step.id and p.side = 'to' order by p.position
    loop
        targets := targets || private.unit_target(p_step, part, p_day, p_basis);
    end loop;
    insert into app.unit_link (predecessor_id, successor_id, effective_on, allocation, share_permille, is_function, step_id)
    select l.from_unit_id, l.to_unit_id, p_day, l.allocation, l.share_permille, p_step.kind = 'move_function', p_step.id
    from private.step_links(p_step.id) as l
    where l.from_unit_id <> l.to_unit_id;
    if p_step.kind in ('merge', 'split', 'dissolve') then
        ending := array(select s from unnest(sources) with ordinality as x (s, n) where s <> all (targets) order by x.n);
        if targets = '{}' then
            insert into app.unit_link (predecessor_id, successor_id, effective_on, allocation, step_id)
            select e.id, coalesce(u.parent_id, private.unit_fallback(u.id)), p_day, 'sum', p_step.id
            from unnest(ending) as e (id)
            join app.unit as u on u.id = e.id
            where coalesce(u.parent_id, private.unit_fallback(u.id)) is not null;
        end if;
        perform private.units_end(ending, p_day);
    end if;
end;
$$;

-- A whole step ----------------------------------------------------------------------------------------

create function private.reorganisation_step_run(p_step app.reorganisation_step, p_day date, p_basis text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    part app.reorganisation_part;
begin
    if p_step.kind in ('rename', 'change_kind', 'move') then
        for part in
            select p.* from app.reorganisation_part as p where p.step_id = p_step.id and p.side = 'from' order by p.position
        loop
            if p_step.subject = 'area' then
                perform private.area_change(p_step, part, p_day, p_basis);
            else
                perform private.unit_change(part, p_day, p_basis);
            end if;
        end loop;
    elsif p_step.subject = 'area' then
        perform private.areas_step(p_step, p_day, p_basis);
    else
        perform private.units_step(p_step, p_day, p_basis);
    end if;
end;
$$;

-- What was left inside of something that ended goes to what took it over: communes of a district that is
-- no more, offices of boards that merged.
create function private.reorganisation_leftovers(p_id uuid, p_day date, p_basis text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    area record;
    office record;
    changed app.area_version;
    moved app.unit_version;
begin
    for area in
        with recursive up as (
            select a.id, a.parent_id as above_id
            from app.area as a join app.area as p on p.id = a.parent_id
            where a.is_active and not p.is_active
            union all
            select up.id, p.parent_id from up join app.area as p on p.id = up.above_id where not p.is_active)
        select up.id, up.above_id from up join app.area as p on p.id = up.above_id and p.is_active order by up.id
    loop
        changed := private.area_on_day(area.id, p_day);
        changed.parent_id := area.above_id;
        perform private.area_version_put(changed, p_day, p_basis);
        update app.area as a set parent_id = area.above_id where a.id = area.id;
    end loop;
    for office in
        select o.id, s.successor_id, n.area_id, n.line_id, n.level_id = o.level_id as is_alike
        from app.unit as o
        join app.unit as p on p.id = o.parent_id and not p.is_active
        join private.unit_successors() as s on s.unit_id = p.id and s.is_main
        join app.unit as n on n.id = s.successor_id
        where o.is_active
        order by o.id
    loop
        if office.is_alike then
            moved := private.unit_on_day(office.id, p_day);
            moved.parent_id := office.successor_id;
            moved.area_id := office.area_id;
            perform private.unit_version_put(moved, p_day, p_basis);
            update app.unit as o
            set parent_id = office.successor_id, area_id = office.area_id, line_id = office.line_id where o.id = office.id;
        else
            insert into app.unit_link (predecessor_id, successor_id, effective_on, allocation, step_id)
            select office.id, office.successor_id, p_day, 'sum', l.step_id
            from app.unit as o join app.unit_link as l on l.predecessor_id = o.parent_id and l.effective_on = p_day
            join app.reorganisation_step as t on t.id = l.step_id and t.reorganisation_id = p_id
            where o.id = office.id limit 1;
            perform private.units_end(array[office.id], p_day);
        end if;
    end loop;
end;
$$;
