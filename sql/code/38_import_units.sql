-- Units: code, name, short_name, kind, area_code, parent_code, valid_from, legal_basis. Administrators bring
-- in new units of their scope, and names: with the day of the present name a correction, with a later day a
-- new one from then on. Kind, place and end of a unit are changed by a reorganisation only.

set local role danvan_owner;

create function private.import_units(p_job uuid) returns table (
        number integer, code text, name text, short_name text, kind text, area_code text, parent_code text,
        valid_from date, legal_basis text, area_id integer, area_count bigint, area_level_id smallint, line_id smallint,
        kind_level_id smallint, parent_id integer, parent_fits boolean, unit_id integer, version_id integer,
        old_from date, is_moved boolean, is_mine boolean, is_same boolean, twin integer)
    language plpgsql stable set search_path = ''
as $$
#variable_conflict use_column
declare
    today constant date := private.today();
    has_short constant boolean := private.import_has(p_job, 'short_name');
    has_parent constant boolean := private.import_has(p_job, 'parent_code');
    has_basis constant boolean := private.import_has(p_job, 'legal_basis');
begin
    return query
    with area as materialized (
        select v.code, min(v.area_id) as id, count(*) as count
        from app.area_version as v
        where v.valid_from <= today and (v.valid_to is null or v.valid_to > today)
        group by v.code),
    said as materialized (
        select r.number, r.cells as c, a.id as area_id, coalesce(a.count, 0) as area_count, g as place, k.line_id, k.level_id,
            p as parent, u as unit, v as version,
            case when has_short then r.cells[3] else v.short_name end as short_name,
            case when has_basis then r.cells[8] else v.legal_basis end as legal_basis
        from private.import_rows(p_job) as r
        left join area as a on a.code = r.cells[5]
        left join app.area as g on g.id = a.id
        left join app.unit_kind as k on k.code = r.cells[4]
        left join app.unit as p on p.code = r.cells[6]
        left join app.unit as u on u.code = r.cells[1]
        left join lateral (
            select x.* from app.unit_version as x
            where x.unit_id = u.id and x.valid_from <= today
            order by x.valid_from desc limit 1) as v on true)
    select s.number, s.c[1], s.c[2], s.short_name, s.c[4], s.c[5], s.c[6],
        coalesce(s.c[7]::date, (s.version).valid_from, today), s.legal_basis,
        s.area_id, s.area_count, (s.place).level_id, s.line_id, s.level_id, (s.parent).id,
        (s.parent).area_id = s.area_id and (s.parent).line_id = s.line_id,
        (s.unit).id, (s.version).id, (s.version).valid_from,
        (s.unit).id is not null and (
            (s.unit).kind is distinct from s.c[4] or (s.version).area_id is distinct from s.area_id
            or (has_parent and (s.version).parent_id is distinct from (s.parent).id)),
        case when (s.unit).id is null
            then private.in_my_scope((s.place).province_key, (s.place).district_key, (s.place).grassroots_key,
                (s.place).province_key * 100 + s.line_id, (s.place).district_key * 100 + s.line_id,
                (s.place).grassroots_key * 100 + s.line_id)
            else private.in_my_scope((s.unit).province_key, (s.unit).district_key, (s.unit).grassroots_key,
                (s.unit).province_line_key, (s.unit).district_line_key, (s.unit).grassroots_line_key)
        end and (select private.my_is_admin()),
        (s.unit).id is not null
            and ((s.version).name, (s.version).short_name, (s.version).legal_basis)
                is not distinct from (s.c[2], s.short_name, s.legal_basis)
            and (s.c[7] is null or (s.version).valid_from = s.c[7]::date),
        nullif(min(s.number) over (partition by s.c[1]), s.number)
    from said as s;
end;
$$;

create function private.import_check_units(p_job uuid) returns integer
    language plpgsql set search_path = ''
as $$
begin
    return (
        with r as materialized (
            select * from private.import_units(p_job)),
        fault (number, name, word, value) as (
            select number, 'code', 'bad_format', code from r where code !~ '^[a-z0-9-]{1,80}$'
            union all
            select number, 'code', 'duplicate_row', twin::text from r where twin is not null and code is not null
            union all
            select r.number, 'code', 'duplicate', r.code
            from r join private.import_taken(p_job, 'units') as t on t.number = r.number
            where r.unit_id is null
            union all
            select number, 'name', 'too_long', left(name, 40) from r where char_length(name) > 300
            union all
            select number, 'short_name', 'too_long', left(short_name, 40) from r where char_length(short_name) > 300
            union all
            select number, 'kind', 'not_a_choice', kind from r where line_id is null and kind is not null
            union all
            select number, 'area_code', case area_count when 0 then 'not_visible' else 'ambiguous' end, area_code from r
            where area_count <> 1 and area_code is not null
            union all
            select number, 'area_code', 'level_of_area', area_code from r where unit_id is null and kind_level_id <> area_level_id
            union all
            select number, 'parent_code', 'not_visible', parent_code from r where parent_id is null and parent_code is not null
            union all
            select number, 'parent_code', 'same_area_and_line', parent_code from r where unit_id is null and not parent_fits
            union all
            select number, 'kind', 'by_reorganisation', code from r where is_moved
            union all
            select number, 'valid_from', 'wrong_order', valid_from::text from r where valid_from < old_from
            union all
            select number, 'valid_from', 'in_future', valid_from::text from r where not is_same and valid_from > private.today()
            union all
            select number, 'code', 'not_permitted', code from r
            where not is_same and not is_moved and not is_mine and (unit_id is not null or (area_id is not null and line_id is not null)))
        select private.import_faults(p_job, array_agg(f.number), array_agg(f.name), array_agg(f.word), array_agg(f.value))
        from (select * from fault order by fault.number) as f);
end;
$$;

-- A name from a later day on: the present one ends with it.
create function private.import_rename_units(p_job uuid) returns bigint
    language plpgsql set search_path = ''
as $$
declare
    row record;
    renamed bigint := 0;
begin
    for row in
        select * from private.import_units(p_job) as r where r.unit_id is not null and r.valid_from > r.old_from order by r.number
    loop
        update app.unit_version as v set valid_to = row.valid_from where v.id = row.version_id and v.valid_to is null;
        perform private.import_all_written(1, case when found then 1 else 0 end);
        insert into app.unit_version (unit_id, name, short_name, area_id, parent_id, valid_from, legal_basis)
        select row.unit_id, row.name, row.short_name, v.area_id, v.parent_id, row.valid_from, row.legal_basis
        from app.unit_version as v where v.id = row.version_id;
        renamed := renamed + 1;
    end loop;
    return renamed;
end;
$$;

create function private.import_apply_units(p_job uuid) returns jsonb
    language plpgsql set search_path = ''
as $$
declare
    rows_all bigint;
    rows_new bigint;
    rows_changed bigint;
    created bigint;
    corrected bigint;
    renamed bigint;
    new_codes constant text[] := (
        select array_agg(r.code) from private.import_units(p_job) as r where r.unit_id is null);
begin
    select count(*), count(*) filter (where r.unit_id is null), count(*) filter (where r.unit_id is not null and not r.is_same)
    into rows_all, rows_new, rows_changed
    from private.import_units(p_job) as r;
    renamed := private.import_rename_units(p_job);
    update app.unit_version as v
    set name = r.name, short_name = r.short_name, legal_basis = r.legal_basis
    from private.import_units(p_job) as r
    where v.id = r.version_id and not r.is_same and r.valid_from = r.old_from;
    get diagnostics corrected = row_count;
    insert into app.unit (code, area_id, line_id, kind, parent_id)
    select r.code, r.area_id, r.line_id, r.kind, r.parent_id
    from private.import_units(p_job) as r
    where r.unit_id is null;
    get diagnostics created = row_count;
    insert into app.unit_version (unit_id, name, short_name, area_id, parent_id, valid_from, legal_basis)
    select u.id, r.name, r.short_name, u.area_id, u.parent_id, r.valid_from, r.legal_basis
    from private.import_units(p_job) as r
    join app.unit as u on u.id = r.unit_id
    where u.code = any (new_codes);
    perform private.import_all_written(rows_new + rows_changed, created + corrected + renamed);
    return jsonb_build_object('created', created, 'updated', corrected + renamed,
        'unchanged', rows_all - created - corrected - renamed);
end;
$$;
