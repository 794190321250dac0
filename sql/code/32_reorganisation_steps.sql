-- The steps of a reorganisation, carried out one by one in their order, and what they leave behind: areas
-- (32_reorganisation_step_areas.sql) and units (32_reorganisation_step_units.sql).

set local role danvan_policy;

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
