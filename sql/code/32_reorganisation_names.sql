-- How units are called after their area, when the area is called otherwise.

set local role danvan_owner;

-- The name without its kind: "Xã Đường 10", "Xã" → "Đường 10".
create function private.bare_name(p_name text, p_kind text) returns text
    language sql immutable
    return case
        when lower(left(p_name, char_length(p_kind) + 1)) = lower(p_kind) || ' ' then substr(p_name, char_length(p_kind) + 2)
        else p_name end;

-- What party committees and youth unions of an area of this kind are called by: Huyện ủy, Thị đoàn …
create function private.committee_stem(p_kind text) returns text
    language sql immutable
    return case lower(p_kind)
        when 'tỉnh' then 'Tỉnh' when 'thành phố' then 'Thành' when 'thị xã' then 'Thị'
        when 'huyện' then 'Huyện' when 'quận' then 'Quận' end;

-- A unit's name with its area's old name replaced by the new: "xã Thành Tâm" → "phường Thành Tâm" inside a
-- sentence, "Huyện ủy Chơn Thành" → "Thị ủy Chơn Thành", and of short names "BDV Tỉnh ủy" → "BDV Thành ủy",
-- "UBND tỉnh" → "UBND thành phố". What is not called after the area stays as it is.
create function private.renamed_after(
    p_text text, p_old_name text, p_old_kind text, p_new_name text, p_new_kind text) returns text
    language plpgsql immutable set search_path = ''
as $$
declare
    old_bare constant text := private.bare_name(p_old_name, p_old_kind);
    new_bare constant text := private.bare_name(p_new_name, p_new_kind);
    old_stem constant text := private.committee_stem(p_old_kind);
    new_stem constant text := coalesce(private.committee_stem(p_new_kind), old_stem);
    word text;
    said text := p_text;
begin
    if p_text is null or (p_old_name = p_new_name and p_old_kind = p_new_kind) then
        return p_text;
    end if;
    said := replace(said, lower(p_old_kind) || ' ' || old_bare, lower(p_new_kind) || ' ' || new_bare);
    said := replace(said, p_old_name, p_new_name);
    foreach word in array case when old_stem is null then '{}' else array[' ủy', ' đoàn'] end
    loop
        said := replace(said, old_stem || word || ' ' || old_bare, new_stem || word || ' ' || new_bare);
        said := replace(said, old_stem || word, new_stem || word);
    end loop;
    if said like '% ' || lower(p_old_kind) then
        said := left(said, -char_length(p_old_kind)) || lower(p_new_kind);
    end if;
    if said = p_text and said like '% ' || old_bare then
        said := left(said, -char_length(old_bare)) || new_bare;
    end if;
    return coalesce(said, p_text);
end;
$$;

set local role danvan_policy;

-- The first of base, base-2, base-3 … that no unit has: official codes come back under other names.
create function private.free_unit_code(p_base text) returns text
    language plpgsql stable security definer set search_path = ''
as $$
declare
    base constant text := left(p_base, 75);
    candidate text := base;
    n integer := 1;
begin
    while exists (select from app.unit as u where u.code = candidate) loop
        n := n + 1;
        candidate := base || '-' || n;
    end loop;
    return candidate;
end;
$$;

-- The code of a unit without the code of its area, and with another's: bdv-70-doanthe → bdv-doanthe, or
-- bdv-75-doanthe. What follows the area's code as a number only told it from an older unit.
create function private.unit_code_stem(p_code text, p_area_id integer) returns text
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return regexp_replace(p_code, private.area_code_pattern(p_area_id), '');
end;
$$;

create function private.unit_code_at(p_code text, p_area_id integer, p_area_code text) returns text
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return private.free_unit_code(
        regexp_replace(p_code, private.area_code_pattern(p_area_id), '-' || lower(p_area_code)));
end;
$$;

create function private.area_code_pattern(p_area_id integer) returns text
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return (
        select '-(' || string_agg(distinct regexp_replace(lower(v.code), '[^a-z0-9-]', '.', 'g'), '|') || ')(-[0-9]+)?(?=-|$)'
        from app.area_version as v
        where v.area_id = p_area_id);
end;
$$;
