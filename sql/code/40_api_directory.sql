-- The directory: areas and units as of a day, lines, levels.
-- Areas and units come once per dated version: a reader asks for one day,
-- valid_from <= day and (valid_to is null or valid_to > day).

set local role danvan_owner;

create view api.levels with (security_invoker = true) as
select l.id::integer as id, 1 as version, l.code, l.name
from app.level as l;

create view api.lines with (security_invoker = true) as
select l.id::integer as id, 1 as version, l.code, l.name, l.sees_all_lines
from app.line as l;

-- path: the names from the top down to the area itself, as they were when this version was last in
-- force (today, for one that still is).
create view api.areas with (security_invoker = true) as
select
    a.id,
    a.version,
    l.code as level,
    l.name as level_name,
    v.code,
    v.name,
    v.kind,
    v.parent_id,
    p.name as parent_name,
    (
        select array_agg(above.name order by t.depth)
        from unnest(array[a.province_key, a.district_key, a.grassroots_key]) with ordinality as t (area_id, depth)
        join app.area_version as above on above.area_id = t.area_id
            and above.valid_from <= private.last_day_of(v.valid_from, v.valid_to, (select private.today()))
            and (above.valid_to is null
                or above.valid_to > private.last_day_of(v.valid_from, v.valid_to, (select private.today())))
        where t.area_id <> a.id
    ) || v.name as path,
    (select count(*) from app.area as c where c.parent_id = a.id)::integer as child_count,
    v.valid_from,
    v.valid_to,
    v.legal_basis,
    a.created_at,
    a.updated_at,
    array[]::text[] as actions,
    v.search,
    a.level_id,
    a.province_key,
    a.district_key,
    a.grassroots_key
from app.area as a
join app.area_version as v on v.area_id = a.id
join app.level as l on l.id = a.level_id
left join app.area_version as p on p.area_id = v.parent_id
    and p.valid_from <= private.last_day_of(v.valid_from, v.valid_to, (select private.today()))
    and (p.valid_to is null or p.valid_to > private.last_day_of(v.valid_from, v.valid_to, (select private.today())));

create view api.units with (security_invoker = true) as
select
    u.id,
    u.version,
    u.code,
    v.name,
    v.short_name,
    u.kind,
    k.name as kind_name,
    l.code as level,
    l.name as level_name,
    i.code as line,
    i.name as line_name,
    v.area_id,
    a.code as area_code,
    a.name as area_name,
    v.parent_id,
    (select p.code from app.unit as p where p.id = v.parent_id) as parent_code,
    (select count(*) from app.unit as c where c.parent_id = u.id)::integer as child_count,
    u.is_active,
    v.valid_from,
    v.valid_to,
    v.legal_basis,
    u.created_at,
    u.updated_at,
    case
        when (select private.my_is_admin()) and private.in_my_scope(
            u.province_key, u.district_key, u.grassroots_key,
            u.province_line_key, u.district_line_key, u.grassroots_line_key) then array['update']
        else array[]::text[]
    end as actions,
    v.search,
    u.level_id,
    u.line_id,
    u.province_key,
    u.district_key,
    u.grassroots_key,
    u.province_line_key,
    u.district_line_key,
    u.grassroots_line_key
from app.unit as u
join app.unit_version as v on v.unit_id = u.id
join app.unit_kind as k on k.code = u.kind
join app.level as l on l.id = u.level_id
join app.line as i on i.id = u.line_id
left join app.area_version as a on a.area_id = v.area_id
    and a.valid_from <= private.last_day_of(v.valid_from, v.valid_to, (select private.today()))
    and (a.valid_to is null or a.valid_to > private.last_day_of(v.valid_from, v.valid_to, (select private.today())));
