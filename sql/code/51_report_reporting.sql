-- Views for reporting tools: periods, reports, what they say, values, ratings. See 50_report.sql.

set local role danvan_owner;

create view report.periods with (security_invoker = true) as
select
    p.id as period_id,
    n.number as plan_number,
    p.kind,
    p.label,
    p.year::integer as year,
    p.starts_on,
    p.ends_on,
    p.opens_on,
    p.expires_on,
    p.locks_on,
    private.period_state(p.opened_at, p.locked_at, p.opens_on, p.expires_on, p.locks_on, (select private.today())) as state,
    l.code as level,
    d.due_on,
    d.original_due_on
from app.period as p
join app.plan as n on n.id = p.plan_id
left join app.period_due as d on d.period_id = p.id
left join app.level as l on l.id = d.level_id;

comment on view report.periods is 'Reporting periods of plans, one row per period and level with that level''s due day.';
comment on column report.periods.period_id is 'Joins report.reports.period_id';
comment on column report.periods.plan_number is 'Number of the plan';
comment on column report.periods.kind is 'month, quarter, six_months, nine_months, year or phase';
comment on column report.periods.label is 'As people call it, in Vietnamese; unique within the plan';
comment on column report.periods.year is 'Year it belongs to';
comment on column report.periods.starts_on is 'First day reported on';
comment on column report.periods.ends_on is 'Last day reported on';
comment on column report.periods.opens_on is 'Day from which reports may be written';
comment on column report.periods.expires_on is 'Last due day of all levels';
comment on column report.periods.locks_on is 'Last day on which a late report is taken';
comment on column report.periods.state is 'planned, open, expired or locked, today';
comment on column report.periods.level is 'Level whose due day the row gives; empty while a period has none';
comment on column report.periods.due_on is 'Last day to submit at this level';
comment on column report.periods.original_due_on is 'The same as first set; never changes';

create view report.reports with (security_invoker = true) as
select
    r.id as report_id,
    r.period_id,
    n.number as plan_number,
    p.label as period_label,
    p.kind as period_kind,
    p.year::integer as year,
    r.unit_id,
    u.code as unit_code,
    v.name as unit_name,
    l.code as level,
    g.code as line,
    (select d.name from app.area_version as d
        where d.area_id = r.district_key and d.valid_from <= (select private.today())
        order by d.valid_from desc limit 1) as district_name,
    r.superior_unit_id,
    r.status,
    r.due_on,
    r.original_due_on,
    r.first_submitted_on,
    r.submission_count::integer as submission_count,
    r.decided_on,
    private.is_overdue(r.is_outstanding, r.due_on, (select private.today())) and not private.is_ended(r.unit_id) as is_overdue,
    coalesce(r.first_submitted_on <= r.original_due_on, false) as is_submitted_in_time,
    r.gathered_expected_count,
    r.gathered_count
from app.report as r
join app.period as p on p.id = r.period_id
join app.plan as n on n.id = r.plan_id
join app.unit as u on u.id = r.unit_id
left join app.unit_version as v
    on v.unit_id = r.unit_id
    and daterange(v.valid_from, v.valid_to) @> (select private.today())
join app.level as l on l.id = r.level_id
join app.line as g on g.id = r.line_id;

comment on view report.reports is 'Reports that units owe, one row per unit and period, whether written or not.';
comment on column report.reports.report_id is 'Identifier, as over REST';
comment on column report.reports.period_id is 'Joins report.periods';
comment on column report.reports.plan_number is 'Number of the plan';
comment on column report.reports.period_label is 'Period, in Vietnamese';
comment on column report.reports.period_kind is 'month, quarter, six_months, nine_months, year or phase';
comment on column report.reports.year is 'Year of the period';
comment on column report.reports.unit_id is 'Who reports; joins report.units.unit_id';
comment on column report.reports.unit_code is 'Its code';
comment on column report.reports.unit_name is 'Its name today';
comment on column report.reports.level is 'province, district or grassroots';
comment on column report.reports.line is 'Its line as a code';
comment on column report.reports.district_name is 'District it stands in; empty at province level';
comment on column report.reports.superior_unit_id is 'Who decides on it; empty: its own leader';
comment on column report.reports.status is 'not_started, draft, submitted, in_review, returned, approved or reopened';
comment on column report.reports.due_on is 'Last day to submit, an exception included';
comment on column report.reports.original_due_on is 'Last day as the period first set it';
comment on column report.reports.first_submitted_on is 'Day it was first submitted';
comment on column report.reports.submission_count is 'How often it was submitted';
comment on column report.reports.decided_on is 'Day of the last decision on it';
comment on column report.reports.is_overdue is 'Not submitted and due before today';
comment on column report.reports.is_submitted_in_time is 'First submitted on or before original_due_on; false also while not submitted';
comment on column report.reports.gathered_expected_count is 'Units below whose figures were asked when it was gathered';
comment on column report.reports.gathered_count is 'How many of them had an approved report';

create view report.report_lines with (security_invoker = true) as
select
    x.report_id,
    r.period_id,
    r.unit_id,
    u.code as unit_code,
    x.assignment_id,
    i.code as item_code,
    coalesce(a.title, i.title) as item_title,
    x.status,
    x.progress::integer as progress,
    x.done,
    x.doing,
    x.figures,
    x.difficulties,
    x.proposals
from app.report_line as x
join app.report as r on r.id = x.report_id
join app.unit as u on u.id = r.unit_id
left join app.assignment as a on a.id = x.assignment_id
left join app.plan_item as i on i.id = x.plan_item_id;

comment on view report.report_lines is 'What submitted and approved reports (and one''s own) say of each assignment.';
comment on column report.report_lines.report_id is 'Joins report.reports';
comment on column report.report_lines.period_id is 'Joins report.periods';
comment on column report.report_lines.unit_id is 'Who reports; joins report.units.unit_id';
comment on column report.report_lines.unit_code is 'Its code';
comment on column report.report_lines.assignment_id is 'Joins report.assignments; empty for an item without an assignment';
comment on column report.report_lines.item_code is 'Task within the plan; empty for given work that falls under none';
comment on column report.report_lines.item_title is 'Its short title';
comment on column report.report_lines.status is 'not_started, in_progress or done';
comment on column report.report_lines.progress is 'Per cent done, as the unit says';
comment on column report.report_lines.done is 'What was done';
comment on column report.report_lines.doing is 'What is being done';
comment on column report.report_lines.figures is 'Figures, as text';
comment on column report.report_lines.difficulties is 'Difficulties';
comment on column report.report_lines.proposals is 'Proposals';

create view report.indicator_values with (security_invoker = true) as
select
    x.report_id,
    n.number as plan_number,
    i.code as indicator_code,
    i.name as indicator_name,
    i.kind,
    i.measure_unit,
    x.year::integer as year,
    x.unit_id,
    u.code as unit_code,
    l.code as level,
    g.code as line,
    x.own_value,
    x.own_numerator,
    x.own_denominator,
    x.gathered_value,
    x.gathered_numerator,
    x.gathered_denominator,
    x.gathered_expected_count,
    x.gathered_count,
    x.is_approved
from app.indicator_value as x
join app.indicator as i on i.id = x.indicator_id
join app.plan as n on n.id = i.plan_id
join app.unit as u on u.id = x.unit_id
join app.level as l on l.id = x.level_id
join app.line as g on g.id = x.line_id;

comment on view report.indicator_values is 'Values that units gave in their reports; empty means nothing was said, never zero. Add up own_… of approved rows only: gathered_… repeats what stands below.';
comment on column report.indicator_values.report_id is 'Joins report.reports';
comment on column report.indicator_values.plan_number is 'Number of the plan';
comment on column report.indicator_values.indicator_code is 'Code within the plan, e.g. K3';
comment on column report.indicator_values.indicator_name is 'Name in Vietnamese';
comment on column report.indicator_values.kind is 'value, or ratio (numerator and denominator)';
comment on column report.indicator_values.measure_unit is 'Unit of measure';
comment on column report.indicator_values.year is 'Year of the period';
comment on column report.indicator_values.unit_id is 'Who says so; joins report.units.unit_id';
comment on column report.indicator_values.unit_code is 'Its code';
comment on column report.indicator_values.level is 'province, district or grassroots';
comment on column report.indicator_values.line is 'Its line as a code';
comment on column report.indicator_values.own_value is 'The unit''s own part, of a value';
comment on column report.indicator_values.own_numerator is 'The unit''s own part, of a ratio';
comment on column report.indicator_values.own_denominator is 'The unit''s own part, of a ratio';
comment on column report.indicator_values.gathered_value is 'Gathered from approved reports below';
comment on column report.indicator_values.gathered_numerator is 'Gathered from approved reports below';
comment on column report.indicator_values.gathered_denominator is 'Gathered from approved reports below';
comment on column report.indicator_values.gathered_expected_count is 'Units below that are asked';
comment on column report.indicator_values.gathered_count is 'How many of them had said something';
comment on column report.indicator_values.is_approved is 'The report stands approved';

create view report.ratings with (security_invoker = true) as
select
    r.id as rating_id,
    r.unit_id,
    u.code as unit_code,
    v.name as unit_name,
    l.code as level,
    n.code as line,
    (select d.name from app.area_version as d
        where d.area_id = r.district_key and d.valid_from <= (select private.today())
        order by d.valid_from desc limit 1) as district_name,
    r.year::integer as year,
    r.scale,
    r.grade,
    g.name as grade_name,
    g.counts_as_fair_or_better,
    r.rated_on
from app.rating as r
join app.rating_grade as g on g.scale = r.scale and g.code = r.grade
join app.unit as u on u.id = r.unit_id
left join app.unit_version as v
    on v.unit_id = r.unit_id
    and daterange(v.valid_from, v.valid_to) @> (select private.today())
join app.level as l on l.id = r.level_id
join app.line as n on n.id = r.line_id;

comment on view report.ratings is 'Yearly ratings (xếp loại) of organisations, one row per organisation and year.';
comment on column report.ratings.rating_id is 'Identifier, as over REST';
comment on column report.ratings.unit_id is 'The organisation; joins report.units.unit_id';
comment on column report.ratings.unit_code is 'Its code';
comment on column report.ratings.unit_name is 'Its name today';
comment on column report.ratings.level is 'province, district or grassroots';
comment on column report.ratings.line is 'Its line as a code';
comment on column report.ratings.district_name is 'District it stands in; empty at province level';
comment on column report.ratings.year is 'Year rated';
comment on column report.ratings.scale is 'Scale as a code; scales differ by body and year';
comment on column report.ratings.grade is 'Grade as a code';
comment on column report.ratings.grade_name is 'Grade in Vietnamese';
comment on column report.ratings.counts_as_fair_or_better is 'Counts as "khá" or better';
comment on column report.ratings.rated_on is 'Day of the decision';

create view report.extension_requests with (security_invoker = true) as
select
    e.id as extension_request_id,
    e.assignment_id,
    e.unit_id,
    u.code as unit_code,
    e.superior_unit_id,
    e.due_on,
    e.asked_due_on,
    e.granted_due_on,
    e.status,
    e.reason,
    e.created_at as asked_at,
    e.decided_at
from app.extension_request as e
join app.unit as u on u.id = e.unit_id;

comment on view report.extension_requests is 'Requests for more time, and what became of them.';
comment on column report.extension_requests.extension_request_id is 'Identifier, as over REST';
comment on column report.extension_requests.assignment_id is 'Joins report.assignments';
comment on column report.extension_requests.unit_id is 'Who asks; joins report.units.unit_id';
comment on column report.extension_requests.unit_code is 'Its code';
comment on column report.extension_requests.superior_unit_id is 'Who decides; empty: the unit''s own leader';
comment on column report.extension_requests.due_on is 'Due day when it was asked';
comment on column report.extension_requests.asked_due_on is 'Due day asked for';
comment on column report.extension_requests.granted_due_on is 'Due day granted';
comment on column report.extension_requests.status is 'pending, granted, refused or withdrawn';
comment on column report.extension_requests.reason is 'Why more time is needed';
comment on column report.extension_requests.asked_at is 'When it was asked';
comment on column report.extension_requests.decided_at is 'When it was decided';
