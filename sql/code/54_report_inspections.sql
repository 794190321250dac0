-- Inspections and emulation for reporting tools.

set local role danvan_owner;

create view report.inspections with (security_invoker = true) as
select
    i.id as inspection_id,
    (select g.title from app.inspection_programme as g where g.id = i.programme_id) as programme,
    (select g.year from app.inspection_programme as g where g.id = i.programme_id) as programme_year,
    i.owner_unit_id,
    u.code as owner_unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = i.owner_unit_id and v.valid_from <= (select private.today()) order by v.valid_from desc limit 1) as owner_unit_name,
    l.code as level,
    n.code as line,
    (select p.number from app.plan as p where p.id = i.plan_id) as plan_number,
    (select x.code from app.plan_item as x where x.id = i.plan_item_id) as item_code,
    i.kind,
    i.is_joint,
    i.title,
    i.starts_on,
    i.ends_on,
    i.status,
    i.announced_on,
    i.began_on,
    i.concluded_on,
    (select d.symbol from app.document as d where d.id = i.document_id) as document_symbol,
    (select count(*) from app.inspection_unit as s where s.inspection_id = i.id and s.role = 'subject') as subject_count,
    (select string_agg(d.symbol, ', ' order by d.symbol) from app.inspection_standard as s
        join app.document as d on d.id = s.document_id where s.inspection_id = i.id) as standards
from app.inspection as i
join app.level as l on l.id = i.level_id
join app.line as n on n.id = i.line_id
left join app.unit as u on u.id = i.owner_unit_id;

comment on view report.inspections is 'Inspections, supervision and social criticism (kiểm tra, giám sát, phản biện): one row each.';
comment on column report.inspections.inspection_id is 'Identifier, as over REST';
comment on column report.inspections.programme is 'Title of the year''s programme; empty outside of one';
comment on column report.inspections.programme_year is 'Its year';
comment on column report.inspections.owner_unit_id is 'The inspecting unit; joins report.units.unit_id';
comment on column report.inspections.owner_unit_code is 'Its code';
comment on column report.inspections.owner_unit_name is 'Its name today';
comment on column report.inspections.level is 'Its level: province, district or grassroots';
comment on column report.inspections.line is 'Its line as a code';
comment on column report.inspections.plan_number is 'Number of the plan';
comment on column report.inspections.item_code is 'Code of the plan item';
comment on column report.inspections.kind is 'inspection, supervision or social_criticism';
comment on column report.inspections.is_joint is 'By a joint team (đoàn liên ngành)';
comment on column report.inspections.title is 'What it is about';
comment on column report.inspections.starts_on is 'First day';
comment on column report.inspections.ends_on is 'Last day';
comment on column report.inspections.status is 'planned, announced, under_way, concluded or cancelled';
comment on column report.inspections.announced_on is 'Day the units were told';
comment on column report.inspections.began_on is 'Day it began';
comment on column report.inspections.concluded_on is 'Day of the conclusion';
comment on column report.inspections.document_symbol is 'Symbol of the conclusion';
comment on column report.inspections.subject_count is 'Units inspected';
comment on column report.inspections.standards is 'Documents against which it is inspected';

create view report.inspection_units with (security_invoker = true) as
select
    s.inspection_id,
    s.unit_id,
    u.code as unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = s.unit_id and v.valid_from <= (select private.today()) order by v.valid_from desc limit 1) as unit_name,
    s.role,
    private.nothing_found(s.id) as nothing_found,
    (select count(*) from app.inspection_finding as f where f.inspection_id = s.inspection_id and f.subject_unit_id = s.unit_id and f.kind = 'strength') as strengths,
    (select count(*) from app.inspection_finding as f where f.inspection_id = s.inspection_id and f.subject_unit_id = s.unit_id and f.kind = 'shortcoming') as shortcomings,
    (select count(*) from app.recommendation as r where r.inspection_id = s.inspection_id and r.lead_unit_id = s.unit_id) as recommendations
from app.inspection_unit as s
join app.inspection as i on i.id = s.inspection_id
left join app.unit as u on u.id = s.unit_id;

comment on view report.inspection_units is 'Who is inspected, and who takes part in a joint team: one row per inspection and unit.';
comment on column report.inspection_units.inspection_id is 'Joins report.inspections';
comment on column report.inspection_units.unit_id is 'Joins report.units.unit_id';
comment on column report.inspection_units.unit_code is 'Its code';
comment on column report.inspection_units.unit_name is 'Its name today';
comment on column report.inspection_units.role is 'subject or partner';
comment on column report.inspection_units.nothing_found is 'Said on purpose: neither finding nor recommendation; of those one may see';
comment on column report.inspection_units.strengths is 'Strengths found, of those one may see';
comment on column report.inspection_units.shortcomings is 'Shortcomings found, of those one may see';
comment on column report.inspection_units.recommendations is 'Recommendations to it, of those one may see';

create view report.recommendations with (security_invoker = true) as
select
    r.id as recommendation_id,
    r.inspection_id,
    r.owner_unit_id,
    r.lead_unit_id,
    (select s.code from app.unit as s where s.id = r.lead_unit_id) as lead_unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = r.lead_unit_id and v.valid_from <= (select private.today()) order by v.valid_from desc limit 1) as lead_unit_name,
    r.title,
    r.due_on,
    r.status,
    r.given_on,
    r.completed_on,
    r.withdrawn_on,
    (select a.id from app.assignment as a where a.source_id = r.id and a.status <> 'moved'
        order by a.status = 'cancelled', a.id desc limit 1) as assignment_id,
    (private.given_state(r.id)).due_on as work_due_on,
    case when private.is_overdue(r.status = 'open', r.due_on, (select private.today()))
        then coalesce((private.given_state(r.id)).is_late, false) else false end as is_overdue,
    case when r.status = 'open' then (select private.today()) - r.given_on end as age_days
from app.recommendation as r;

comment on view report.recommendations is 'Recommendations (kiến nghị) and how far they came: one row each.';
comment on column report.recommendations.recommendation_id is 'Identifier, as over REST';
comment on column report.recommendations.inspection_id is 'Joins report.inspections';
comment on column report.recommendations.owner_unit_id is 'The inspecting unit; joins report.units.unit_id';
comment on column report.recommendations.lead_unit_id is 'The unit that carries it out; joins report.units.unit_id';
comment on column report.recommendations.lead_unit_code is 'Its code';
comment on column report.recommendations.lead_unit_name is 'Its name today';
comment on column report.recommendations.title is 'What is to be done';
comment on column report.recommendations.due_on is 'Due day as recommended';
comment on column report.recommendations.status is 'draft, open, completed or withdrawn';
comment on column report.recommendations.given_on is 'Day of the conclusion';
comment on column report.recommendations.completed_on is 'Day it was confirmed as done';
comment on column report.recommendations.withdrawn_on is 'Day it was withdrawn';
comment on column report.recommendations.assignment_id is 'Joins report.assignments; its progress and evidence are there';
comment on column report.recommendations.work_due_on is 'Due day with extensions';
comment on column report.recommendations.is_overdue is 'Open, and its day has passed';
comment on column report.recommendations.age_days is 'Days open; empty once it is over';

create view report.inspection_overview with (security_invoker = true) as
select
    c.unit_id,
    u.code as unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = c.unit_id and v.valid_from <= (select private.today()) order by v.valid_from desc limit 1) as unit_name,
    l.code as level,
    n.code as line,
    c.last_inspected_on,
    c.inspection_count,
    c.total_count,
    c.total_count = 0 as is_never_inspected,
    c.open_count as open_recommendations,
    c.overdue_count as overdue_recommendations
from private.inspection_counts(extract(year from private.today())::integer, extract(year from private.today())::integer,
    private.today(), null, true) as c
join app.level as l on l.id = c.level_id
join app.line as n on n.id = c.line_id
left join app.unit as u on u.id = c.unit_id;

comment on view report.inspection_overview is 'Who was inspected when, by whomever: one row per unit of your scope, this year and ever.';
comment on column report.inspection_overview.unit_id is 'Joins report.units.unit_id';
comment on column report.inspection_overview.unit_code is 'Its code';
comment on column report.inspection_overview.unit_name is 'Its name today';
comment on column report.inspection_overview.level is 'province, district or grassroots';
comment on column report.inspection_overview.line is 'Its line as a code';
comment on column report.inspection_overview.last_inspected_on is 'Day the last inspection of it began';
comment on column report.inspection_overview.inspection_count is 'Inspections begun this year';
comment on column report.inspection_overview.total_count is 'Inspections ever';
comment on column report.inspection_overview.is_never_inspected is 'No inspection of it has ever begun';
comment on column report.inspection_overview.open_recommendations is 'Recommendations it has to carry out';
comment on column report.inspection_overview.overdue_recommendations is 'Of these, late';

create view report.emulation_models with (security_invoker = true) as
select
    m.id as model_id,
    m.owner_unit_id,
    u.code as owner_unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = m.owner_unit_id and v.valid_from <= (select private.today()) order by v.valid_from desc limit 1) as owner_unit_name,
    l.code as level,
    n.code as line,
    m.field,
    m.name,
    m.year,
    m.registered_on,
    m.status,
    m.effective_on,
    m.recognised_on,
    (select x.code from app.level as x where x.id = m.recognition_level_id) as recognition_level,
    (select d.symbol from app.document as d where d.id = m.document_id) as document_symbol,
    m.ended_on,
    (select count(*) from app.emulation_replication as x where x.model_id = m.id) as replication_count
from app.emulation_model as m
join app.level as l on l.id = m.level_id
join app.line as n on n.id = m.line_id
left join app.unit as u on u.id = m.owner_unit_id;

comment on view report.emulation_models is 'Models of "Dân vận khéo": one row each.';
comment on column report.emulation_models.model_id is 'Identifier, as over REST';
comment on column report.emulation_models.owner_unit_id is 'The unit that registered it; joins report.units.unit_id';
comment on column report.emulation_models.owner_unit_code is 'Its code';
comment on column report.emulation_models.owner_unit_name is 'Its name today';
comment on column report.emulation_models.level is 'Its level: province, district or grassroots';
comment on column report.emulation_models.line is 'Its line as a code';
comment on column report.emulation_models.field is 'economy, culture_society, defence_security or political_system';
comment on column report.emulation_models.name is 'Name of the model';
comment on column report.emulation_models.year is 'Year it was registered in';
comment on column report.emulation_models.registered_on is 'Day it was registered';
comment on column report.emulation_models.status is 'registered, effective, recognised or ended';
comment on column report.emulation_models.effective_on is 'Day it was confirmed as effective';
comment on column report.emulation_models.recognised_on is 'Day of its first recognition';
comment on column report.emulation_models.recognition_level is 'Highest level that recognised it';
comment on column report.emulation_models.document_symbol is 'Symbol of that decision';
comment on column report.emulation_models.ended_on is 'Day it ended';
comment on column report.emulation_models.replication_count is 'Units and areas that took it over';

create view report.emulation_drives with (security_invoker = true) as
select
    e.id as drive_id,
    e.owner_unit_id,
    (select v.name from app.unit_version as v
        where v.unit_id = e.owner_unit_id and v.valid_from <= (select private.today()) order by v.valid_from desc limit 1) as owner_unit_name,
    e.kind,
    e.title,
    e.starts_on,
    e.ends_on,
    e.launched_on,
    e.summed_up_on,
    e.status
from app.emulation_drive as e;

comment on view report.emulation_drives is 'Emulation drives and congresses: one row each.';
comment on column report.emulation_drives.drive_id is 'Identifier, as over REST';
comment on column report.emulation_drives.owner_unit_id is 'The unit that holds it; joins report.units.unit_id';
comment on column report.emulation_drives.owner_unit_name is 'Its name today';
comment on column report.emulation_drives.kind is 'drive or congress';
comment on column report.emulation_drives.title is 'Its title';
comment on column report.emulation_drives.starts_on is 'First day';
comment on column report.emulation_drives.ends_on is 'Last day';
comment on column report.emulation_drives.launched_on is 'Day it was launched or opened';
comment on column report.emulation_drives.summed_up_on is 'Day it was summed up';
comment on column report.emulation_drives.status is 'planned, under_way or summed_up';

create view report.award_counts with (security_invoker = true) as
select
    a.owner_unit_id,
    u.code as owner_unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = a.owner_unit_id and v.valid_from <= (select private.today()) order by v.valid_from desc limit 1) as owner_unit_name,
    l.code as level,
    n.code as line,
    a.year,
    a.form,
    (select x.code from app.level as x where x.id = a.awarding_level_id) as awarding_level,
    a.group_count,
    a.person_count,
    a.awarded_on,
    a.drive_id
from app.award_count as a
join app.level as l on l.id = a.level_id
join app.line as n on n.id = a.line_id
left join app.unit as u on u.id = a.owner_unit_id;

comment on view report.award_counts is 'Awards as counts of groups and persons: one row per unit, year, form and level.';
comment on column report.award_counts.owner_unit_id is 'The unit awarded; joins report.units.unit_id';
comment on column report.award_counts.owner_unit_code is 'Its code';
comment on column report.award_counts.owner_unit_name is 'Its name today';
comment on column report.award_counts.level is 'Its level: province, district or grassroots';
comment on column report.award_counts.line is 'Its line as a code';
comment on column report.award_counts.year is 'Year of the awards';
comment on column report.award_counts.form is 'Form (bằng khen, giấy khen …)';
comment on column report.award_counts.awarding_level is 'Level that awarded';
comment on column report.award_counts.group_count is 'Groups (tập thể)';
comment on column report.award_counts.person_count is 'Persons (cá nhân)';
comment on column report.award_counts.awarded_on is 'Day of the decision';
comment on column report.award_counts.drive_id is 'Drive it belongs to; joins report.emulation_drives';
