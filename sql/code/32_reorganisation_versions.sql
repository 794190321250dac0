-- Dated versions of areas and units: the one in force ends on the day, and the next begins. One that began
-- on that very day is written over: two steps of one reorganisation make one version.

set local role danvan_policy;

create function private.area_on_day(p_area_id integer, p_day date) returns app.area_version
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return (
        select v from app.area_version as v
        where v.area_id = p_area_id and v.valid_from <= p_day and (v.valid_to is null or v.valid_to > p_day));
end;
$$;

create function private.unit_on_day(p_unit_id integer, p_day date) returns app.unit_version
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return (
        select v from app.unit_version as v
        where v.unit_id = p_unit_id and v.valid_from <= p_day and (v.valid_to is null or v.valid_to > p_day));
end;
$$;

-- As it was the day before, for what is called after it or was coded by it.
create function private.area_before(p_area_id integer, p_day date) returns app.area_version
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return coalesce(private.area_on_day(p_area_id, p_day - 1), private.area_on_day(p_area_id, p_day));
end;
$$;

create function private.area_version_put(p_version app.area_version, p_day date, p_basis text) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    update app.area_version as v
    set code = p_version.code, name = p_version.name, kind = p_version.kind, parent_id = p_version.parent_id,
        legal_basis = p_basis
    where v.area_id = p_version.area_id and v.valid_from = p_day;
    if not found then
        update app.area_version as v set valid_to = p_day
        where v.area_id = p_version.area_id and v.valid_from < p_day and (v.valid_to is null or v.valid_to > p_day);
        insert into app.area_version (area_id, code, name, kind, parent_id, valid_from, legal_basis)
        values (p_version.area_id, p_version.code, p_version.name, p_version.kind, p_version.parent_id, p_day, p_basis);
    end if;
end;
$$;

create function private.unit_version_put(p_version app.unit_version, p_day date, p_basis text) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    update app.unit_version as v
    set name = p_version.name, short_name = p_version.short_name, kind = p_version.kind, area_id = p_version.area_id,
        parent_id = p_version.parent_id, legal_basis = p_basis
    where v.unit_id = p_version.unit_id and v.valid_from = p_day;
    if not found then
        update app.unit_version as v set valid_to = p_day
        where v.unit_id = p_version.unit_id and v.valid_from < p_day and (v.valid_to is null or v.valid_to > p_day);
        insert into app.unit_version (unit_id, name, short_name, kind, area_id, parent_id, valid_from, legal_basis, note)
        values (p_version.unit_id, p_version.name, p_version.short_name, p_version.kind, p_version.area_id,
            p_version.parent_id, p_day, p_basis, p_version.note);
    end if;
end;
$$;

-- Units that end: they stay where they stood, with all that is theirs.
create function private.units_end(p_unit_ids integer[], p_day date) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    update app.unit as u set is_active = false where u.id = any (p_unit_ids) and u.is_active;
    update app.unit_version as v set valid_to = p_day
    where v.unit_id = any (p_unit_ids) and v.valid_from < p_day and (v.valid_to is null or v.valid_to > p_day);
end;
$$;

-- A unit of this kind, made. The line and the level come from the kind and the area.
create function private.unit_make(
    p_version app.unit_version, p_code text, p_day date, p_basis text) returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    made_id integer;
    made app.unit_version := p_version;
begin
    insert into app.unit (area_id, level_id, line_id, kind, parent_id, code)
    select p_version.area_id, a.level_id, k.line_id, p_version.kind, p_version.parent_id, p_code
    from app.area as a, app.unit_kind as k
    where a.id = p_version.area_id and k.code = p_version.kind
    returning id into made_id;
    made.unit_id := made_id;
    perform private.unit_version_put(made, p_day, p_basis);
    return made_id;
end;
$$;
