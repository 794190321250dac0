-- Views for reporting tools: posts and how they are filled. See 50_report.sql.

set local role danvan_owner;

-- Bounded and counted by private.establishment_counts, under the caller's claims.
create view report.establishment with (security_invoker = true) as
select
    e.unit_id,
    u.code as unit_code,
    v.name as unit_name,
    l.code as level,
    n.code as line,
    n.name as line_name,
    e.position_code,
    p.name as position_name,
    p.is_leading,
    e.quota::integer as quota,
    e.valid_from,
    e.valid_to,
    e.legal_basis
from app.establishment as e
join app.unit as u on u.id = e.unit_id
left join app.unit_version as v
    on v.unit_id = e.unit_id
    and daterange(v.valid_from, v.valid_to) @> (select private.today())
join app.position as p on p.code = e.position_code
join app.level as l on l.id = e.level_id
join app.line as n on n.id = e.line_id
where e.valid_from <= (select private.today()) and (e.valid_to is null or e.valid_to > (select private.today()));

comment on view report.establishment is 'Posts of units in force today: one row per unit and post. How they are filled: report.staff_counts.';
comment on column report.establishment.unit_id is 'Joins report.units.unit_id';
comment on column report.establishment.unit_code is 'Its code';
comment on column report.establishment.unit_name is 'Its name today';
comment on column report.establishment.level is 'province, district or grassroots';
comment on column report.establishment.line is 'Its line as a code';
comment on column report.establishment.line_name is 'Its line in Vietnamese';
comment on column report.establishment.position_code is 'Post (chức danh) as a code';
comment on column report.establishment.position_name is 'Post in Vietnamese';
comment on column report.establishment.is_leading is 'A leading post (chức danh lãnh đạo)';
comment on column report.establishment.quota is 'How many the unit may have (biên chế được giao)';
comment on column report.establishment.valid_from is 'First day of this quota';
comment on column report.establishment.valid_to is 'First day it no longer holds; empty while it holds';
comment on column report.establishment.legal_basis is 'Decision it stands on';

create view report.staff_counts with (security_invoker = true) as
select
    b.grouped_by,
    c.group_code,
    c.group_name,
    c.quota,
    c.filled,
    c.vacancies,
    c.over,
    c.young_count,
    c.women_count,
    c.minority_count,
    c.suppressed,
    c.shares_on
from (values ('level'), ('line'), ('area'), ('unit'), ('position')) as b (grouped_by)
cross join lateral private.establishment_counts((select private.today()), b.grouped_by, null, true) as c;

comment on view report.staff_counts is 'Posts and people counted today, once by level, line, area, unit and post each: filter on grouped_by, never add across it. Counts about few people are left empty, as over REST.';
comment on column report.staff_counts.grouped_by is 'level, line, area, unit or position: what the row is about';
comment on column report.staff_counts.group_code is 'Code of the level, line, area, unit or post';
comment on column report.staff_counts.group_name is 'Its name';
comment on column report.staff_counts.quota is 'Posts (biên chế được giao)';
comment on column report.staff_counts.filled is 'People who hold one of them as their first post (biên chế có mặt)';
comment on column report.staff_counts.vacancies is 'Posts not filled, added up post by post: one too many elsewhere fills none';
comment on column report.staff_counts.over is 'People beyond the quota of their post';
comment on column report.staff_counts.young_count is 'How many are young; empty where fewer than five are, or fewer than five are not, or it could be found by subtraction';
comment on column report.staff_counts.women_count is 'How many are women; empty as above';
comment on column report.staff_counts.minority_count is 'How many are of an ethnic minority; empty as above';
comment on column report.staff_counts.suppressed is 'Names of the counts that were left empty for that reason';
comment on column report.staff_counts.shares_on is 'First day of the quarter: how many are young, women or of a minority is counted as of it';
