-- Posts, quotas and figures of how they are filled.

set local role danvan_owner;

create view api.positions with (security_invoker = true) as
select p.code, p.name, l.code as level, p.is_leading, p.rank
from app.position as p
left join app.level as l on l.id = p.level_id;

create view api.establishments with (security_invoker = true) as
select
    e.id,
    e.unit_id,
    u.code as unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = e.unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as unit_name,
    l.code as level,
    n.code as line,
    e.position_code,
    e.position_code as position,
    p.name as position_name,
    e.quota,
    e.valid_from,
    e.valid_to,
    e.legal_basis,
    e.version,
    e.created_at,
    e.updated_at,
    case when ((select private.my_rank()) >= 3 and e.unit_id = (select private.my_unit()))
            or ((select private.my_rank()) >= 2 and private.is_over(e.unit_id))
        then array['update', 'delete'] else '{}' end::text[] as actions,
    e.province_key,
    e.district_key,
    e.grassroots_key,
    e.province_line_key,
    e.district_line_key,
    e.grassroots_line_key
from app.establishment as e
left join app.unit as u on u.id = e.unit_id
join app.position as p on p.code = e.position_code
join app.level as l on l.id = e.level_id
join app.line as n on n.id = e.line_id;

create function api.establishment_figures(
    p_as_of date default null, p_by text default 'level', p_unit_id integer default null, p_subtree boolean default true)
    returns table (
        group_id integer, group_code text, group_name text, quota bigint, filled bigint, vacancies bigint, over bigint,
        young_count bigint, women_count bigint, minority_count bigint, suppressed text[], shares_on date)
    language plpgsql stable set search_path = '' rows 200
as $$
begin
    return query
    select c.* from private.establishment_counts(coalesce(p_as_of, private.today()), p_by, p_unit_id, p_subtree) as c;
end;
$$;
