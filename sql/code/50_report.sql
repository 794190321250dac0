-- Views for people who query the database themselves (psql, LibreOffice, R, Power BI …): plain
-- columns with names instead of ids, one row per thing, documented in the catalog. Row security
-- holds as over REST: a reporting login sees what a viewer of its unit sees.

set local role danvan_owner;

create view report.units with (security_invoker = true) as
select
    u.id as unit_id,
    u.code as unit_code,
    v.name as unit_name,
    v.short_name as unit_short_name,
    k.name as kind_name,
    l.code as level,
    n.code as line,
    n.name as line_name,
    a.name as area_name,
    a.code as area_code,
    (select d.name from app.area_version as d
        where d.area_id = u.district_key and d.valid_from <= (select private.today())
        order by d.valid_from desc limit 1) as district_name,
    (select d.name from app.area_version as d
        where d.area_id = u.province_key and d.valid_from <= (select private.today())
        order by d.valid_from desc limit 1) as province_name,
    (select p.code from app.unit as p where p.id = u.parent_id) as inside_unit_code,
    u.is_active,
    v.valid_from,
    v.valid_to,
    v.note
from app.unit as u
join app.unit_version as v
    on v.unit_id = u.id
    and daterange(v.valid_from, v.valid_to) @> (select private.today())
join app.area_version as a
    on a.area_id = u.area_id
    and daterange(a.valid_from, a.valid_to) @> (select private.today())
join app.unit_kind as k on k.code = u.kind
join app.level as l on l.id = u.level_id
join app.line as n on n.id = u.line_id;

comment on view report.units is 'Units as of today, one row each, as far as the login sees them.';
comment on column report.units.unit_id is 'Stable number; joins report.assignments.lead_unit_id';
comment on column report.units.unit_code is 'Stable external code, e.g. bdv-689';
comment on column report.units.unit_name is 'Official name today, in Vietnamese; not unique (several communes share a name)';
comment on column report.units.unit_short_name is 'Usual short form, where there is one';
comment on column report.units.kind_name is 'Kind of body';
comment on column report.units.level is 'province, district or grassroots';
comment on column report.units.line is 'Line (ngành dọc) as a code: mobilization, party, government, front, women …';
comment on column report.units.line_name is 'Line in Vietnamese';
comment on column report.units.area_name is 'Area the unit stands at';
comment on column report.units.area_code is 'Official area code today; codes are reused over time, so never join two dates by it';
comment on column report.units.district_name is 'District above or at the unit; empty at province level';
comment on column report.units.province_name is 'Province of the unit';
comment on column report.units.inside_unit_code is 'For an office (phòng): the unit it is inside of';
comment on column report.units.is_active is 'False once the unit has ended';
comment on column report.units.valid_from is 'First day of this name and place';
comment on column report.units.valid_to is 'First day it no longer holds; empty while it holds';
comment on column report.units.note is 'Remark on the unit';

create view report.plan_items with (security_invoker = true) as
select
    i.id as plan_item_id,
    p.number as plan_number,
    p.status as plan_status,
    i.position as item_order,
    i.kind,
    i.code as item_code,
    i.outline,
    i.title,
    i.text,
    i.deliverable,
    parent.code as parent_code,
    block.code as block_code,
    d.symbol as source_symbol,
    i.source_clause,
    (select string_agg(coalesce(c.symbol, c.subject), '; ' order by c.issued_on, c.id)
        from app.plan_item_document as x
        join app.document as c on c.id = x.document_id
        where x.plan_item_id = i.id) as cited_documents
from app.plan_item as i
join app.plan as p on p.id = i.plan_id
left join app.plan_item as parent on parent.id = i.parent_id
left join app.plan_item as block on block.id = i.block_id
left join app.document as d on d.id = i.source_document_id;

comment on view report.plan_items is 'Outline of the plans: parts, sections, tasks, targets, rules, assignment blocks.';
comment on column report.plan_items.plan_item_id is 'Joins report.assignments.plan_item_id';
comment on column report.plan_items.plan_number is 'Number of the plan, e.g. 36-KH/BDVTU';
comment on column report.plan_items.plan_status is 'draft, submitted, in_force or closed';
comment on column report.plan_items.item_order is 'Sort by this to get the outline in reading order';
comment on column report.plan_items.kind is 'part, section, task, target, rule or block (khối phân công)';
comment on column report.plan_items.item_code is 'Code within the plan, e.g. T2.1.4, K1, A2';
comment on column report.plan_items.outline is 'Place in the plan''s text, e.g. II.2.1 (4): section II.2.1, fourth bullet';
comment on column report.plan_items.title is 'Short title';
comment on column report.plan_items.text is 'What is to be done, in short';
comment on column report.plan_items.deliverable is 'What the task is to bring forth';
comment on column report.plan_items.parent_code is 'Item this one stands under';
comment on column report.plan_items.block_code is 'Assignment block whose responsibilities hold for the task';
comment on column report.plan_items.source_symbol is 'Document the item comes from';
comment on column report.plan_items.source_clause is 'Clause and line of that document';
comment on column report.plan_items.cited_documents is 'Other documents the item cites';

create view report.assignments with (security_invoker = true) as
select
    a.id as assignment_id,
    p.number as plan_number,
    a.plan_item_id,
    i.code as item_code,
    coalesce(a.title, i.title) as item_title,
    l.code as level,
    a.lead_unit_id,
    u.code as lead_unit_code,
    v.name as lead_unit_name,
    n.code as line,
    n.name as line_name,
    (select d.name from app.area_version as d
        where d.area_id = u.area_id and d.valid_from <= (select private.today())
        order by d.valid_from desc limit 1) as area_name,
    (select d.name from app.area_version as d
        where d.area_id = a.district_key and d.valid_from <= (select private.today())
        order by d.valid_from desc limit 1) as district_name,
    a.occurrence,
    a.starts_on,
    a.due_on,
    a.original_due_on,
    a.due_year::integer as due_year,
    a.status,
    a.progress::integer as progress,
    private.is_overdue(a.is_pending, a.due_on, (select private.today())) as is_overdue,
    case when private.is_overdue(a.is_pending, a.due_on, (select private.today()))
        then (select private.today()) - a.due_on else 0 end as days_overdue,
    a.reported_on,
    a.completed_on,
    coalesce(a.reported_on <= a.due_on, false) as is_reported_in_time,
    (select count(*) from app.assignment_part as x where x.assignment_id = a.id) as part_count,
    (select count(*) from app.assignment_part as x where x.assignment_id = a.id and x.status = 'completed')
        as completed_part_count,
    a.source,
    a.source_id,
    a.given_by_unit_id
from app.assignment as a
join app.plan as p on p.id = a.plan_id
left join app.plan_item as i on i.id = a.plan_item_id
join app.unit as u on u.id = a.lead_unit_id
left join app.unit_version as v
    on v.unit_id = a.lead_unit_id
    and daterange(v.valid_from, v.valid_to) @> (select private.today())
join app.level as l on l.id = a.level_id
join app.line as n on n.id = a.line_id;

comment on view report.assignments is 'What units owe: one row per task, responsible unit and occurrence.';
comment on column report.assignments.assignment_id is 'Identifier, as over REST';
comment on column report.assignments.plan_number is 'Number of the plan it comes from';
comment on column report.assignments.plan_item_id is 'Joins report.plan_items; empty for work given beside the plan that falls under none';
comment on column report.assignments.item_code is 'Task within the plan, e.g. T2.1.4';
comment on column report.assignments.item_title is 'Short title of the task; of work given beside the plan, its own';
comment on column report.assignments.level is 'province, district or grassroots';
comment on column report.assignments.lead_unit_id is 'The one responsible unit; joins report.units.unit_id';
comment on column report.assignments.lead_unit_code is 'Its code';
comment on column report.assignments.lead_unit_name is 'Its name today';
comment on column report.assignments.line is 'Its line as a code';
comment on column report.assignments.line_name is 'Its line in Vietnamese';
comment on column report.assignments.area_name is 'Area it stands at';
comment on column report.assignments.district_name is 'District it stands in; empty at province level';
comment on column report.assignments.occurrence is 'Which time of a recurring task, e.g. Năm 2022, Giao ban 9 tháng 2023';
comment on column report.assignments.starts_on is 'First day of the time given';
comment on column report.assignments.due_on is 'Last day of the time given, extensions included';
comment on column report.assignments.original_due_on is 'Last day as the plan set it; never changes';
comment on column report.assignments.due_year is 'Year of due_on';
comment on column report.assignments.status is 'not_started, in_progress, reported (awaits the leader), completed, cancelled or moved (to a successor of the unit)';
comment on column report.assignments.progress is 'Per cent done, as the unit says';
comment on column report.assignments.is_overdue is 'Not yet reported and due before today; counts against the lead alone';
comment on column report.assignments.days_overdue is 'Days since due_on, 0 when not overdue';
comment on column report.assignments.reported_on is 'Day it was reported done';
comment on column report.assignments.completed_on is 'Day a leader confirmed it';
comment on column report.assignments.is_reported_in_time is 'Reported on or before due_on; false also while not reported';
comment on column report.assignments.part_count is 'How many other units take part';
comment on column report.assignments.completed_part_count is 'How many of them have done their part';
comment on column report.assignments.source is 'What gave it: plan, meeting, coordination, inspection or committee';
comment on column report.assignments.source_id is 'With any source but plan: the row it comes from (of a meeting: its outcome)';
comment on column report.assignments.given_by_unit_id is 'The unit that gave it beside the plan; joins report.units.unit_id';
