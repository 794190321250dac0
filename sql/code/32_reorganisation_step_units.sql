-- A step on units, carried out: units that change, merge, split or end, their offices with them.

set local role danvan_policy;

create function private.part_unit(p_part_id uuid) returns integer
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return (select coalesce(p.made_unit_id, p.unit_id) from app.reorganisation_part as p where p.id = p_part_id);
end;
$$;

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
