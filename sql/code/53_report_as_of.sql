-- The dated organisation, for people who query the database themselves: a row per name and place and the
-- days it held, and who succeeded whom. The tree of a day:
--   select * from report.area_versions where valid_from <= '2022-06-30' and (valid_to is null or valid_to > '2022-06-30');

set local role danvan_owner;

create view report.area_versions with (security_invoker = true) as
select
    v.area_id,
    v.code as area_code,
    v.name as area_name,
    v.kind,
    l.code as level,
    v.parent_id as parent_area_id,
    v.valid_from,
    v.valid_to,
    v.legal_basis
from app.area_version as v
join app.area as a on a.id = v.area_id
join app.level as l on l.id = a.level_id;

comment on view report.area_versions is 'Areas as they were called and placed, a row per version. One day: valid_from <= day and (valid_to is null or valid_to > day).';
comment on column report.area_versions.area_id is 'Stable number of the area; the same through renames';
comment on column report.area_versions.area_code is 'Official code then; codes are given anew to other areas, so never join two days by it';
comment on column report.area_versions.area_name is 'Official name then';
comment on column report.area_versions.kind is 'Kind of area then: Tỉnh, Huyện, Thị xã, Xã, Phường …';
comment on column report.area_versions.level is 'province, district or grassroots';
comment on column report.area_versions.parent_area_id is 'The area it lay in then; joins area_id of the same day';
comment on column report.area_versions.valid_from is 'First day of this name and place';
comment on column report.area_versions.valid_to is 'First day it no longer holds; empty while it holds';
comment on column report.area_versions.legal_basis is 'The paper it rests on, as far as told';

create view report.unit_versions with (security_invoker = true) as
select
    v.unit_id,
    u.code as unit_code,
    v.name as unit_name,
    v.short_name as unit_short_name,
    k.name as kind_name,
    l.code as level,
    n.code as line,
    v.area_id,
    v.parent_id as inside_unit_id,
    v.valid_from,
    v.valid_to,
    v.legal_basis
from app.unit_version as v
join app.unit as u on u.id = v.unit_id
join app.unit_kind as k on k.code = v.kind
join app.level as l on l.id = u.level_id
join app.line as n on n.id = u.line_id;

comment on view report.unit_versions is 'Units as they were called and placed, a row per version, as far as the login sees them. One day: valid_from <= day and (valid_to is null or valid_to > day).';
comment on column report.unit_versions.unit_id is 'Stable number of the unit; joins report.units.unit_id';
comment on column report.unit_versions.unit_code is 'Stable external code';
comment on column report.unit_versions.unit_name is 'Official name then';
comment on column report.unit_versions.unit_short_name is 'Usual short form then, where there was one';
comment on column report.unit_versions.kind_name is 'Kind of body then';
comment on column report.unit_versions.level is 'province, district or grassroots';
comment on column report.unit_versions.line is 'Line (ngành dọc) as a code';
comment on column report.unit_versions.area_id is 'Area it stood at then; joins report.area_versions of the same day';
comment on column report.unit_versions.inside_unit_id is 'For an office (phòng): the unit it was inside of then';
comment on column report.unit_versions.valid_from is 'First day of this name and place';
comment on column report.unit_versions.valid_to is 'First day it no longer holds; empty while it holds';
comment on column report.unit_versions.legal_basis is 'The paper it rests on, as far as told';

create view report.area_links with (security_invoker = true) as
select
    k.predecessor_id as predecessor_area_id,
    k.successor_id as successor_area_id,
    k.effective_on,
    k.allocation,
    k.share_permille
from app.area_link as k;

comment on view report.area_links is 'Which area took over which, on what day, and how figures are carried over.';
comment on column report.area_links.predecessor_area_id is 'The area that was before';
comment on column report.area_links.successor_area_id is 'The area that took over from it, whole or in part';
comment on column report.area_links.effective_on is 'First day of the successor';
comment on column report.area_links.allocation is 'sum: all of a figure goes into the successor; copy: each successor has it whole, so never add them up; share: a part of it';
comment on column report.area_links.share_permille is 'With share: so many thousandths; counts of things are not exactly divided so';

create view report.unit_links with (security_invoker = true) as
select
    k.predecessor_id as predecessor_unit_id,
    k.successor_id as successor_unit_id,
    k.effective_on,
    k.allocation,
    k.share_permille,
    k.is_function
from app.unit_link as k;

comment on view report.unit_links is 'Which unit took over which, as far as the login sees either.';
comment on column report.unit_links.predecessor_unit_id is 'The unit that was before';
comment on column report.unit_links.successor_unit_id is 'The unit that took over from it, whole or in part';
comment on column report.unit_links.effective_on is 'First day of the successor';
comment on column report.unit_links.allocation is 'sum, copy or share, as in report.area_links';
comment on column report.unit_links.share_permille is 'With share: so many thousandths';
comment on column report.unit_links.is_function is 'True: one function moved and the unit goes on; its past figures stay';
