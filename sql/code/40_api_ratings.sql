-- Ratings of organisations, and the scales they are given on.

set local role danvan_owner;

create view api.rating_scales with (security_invoker = true) as
select s.code, s.name from app.rating_scale as s;

create view api.rating_grades with (security_invoker = true) as
select g.scale, g.code, g.name, g.position, g.counts_as_fair_or_better from app.rating_grade as g;

create view api.ratings with (security_invoker = true) as
select
    r.id,
    r.unit_id,
    (select u.code from app.unit as u where u.id = r.unit_id) as unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = r.unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as unit_name,
    r.level_id,
    l.code as level,
    r.line_id,
    n.code as line,
    r.year,
    r.scale,
    r.grade,
    g.name as grade_name,
    g.counts_as_fair_or_better,
    r.rated_on,
    r.rated_by_unit_id,
    (select v.name from app.unit_version as v
        where v.unit_id = r.rated_by_unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as rated_by_unit_name,
    r.document_id,
    r.note,
    r.version,
    r.created_at,
    r.updated_at,
    case when (select private.my_rank()) >= 2 and private.may_rate(r.unit_id)
        then array['update', 'delete'] else '{}' end::text[] as actions,
    r.province_key,
    r.district_key,
    r.grassroots_key,
    r.province_line_key,
    r.district_line_key,
    r.grassroots_line_key
from app.rating as r
join app.rating_grade as g on g.scale = r.scale and g.code = r.grade
join app.level as l on l.id = r.level_id
join app.line as n on n.id = r.line_id;
