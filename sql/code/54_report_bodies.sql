-- Views for reporting tools: committees, their members and work, coordination plans, and which boards have one. See 50_report.sql.

set local role danvan_owner;

create view report.committees with (security_invoker = true) as
select c.id as committee_id, c.code as committee_code, c.name as committee_name, c.owner_unit_id as unit_id, c.unit_code, c.unit_name,
    c.level, c.line, c.plan_number, c.document_symbol, c.established_on, c.ended_on, c.status, c.member_count, c.session_count, c.next_session_on,
    c.open_work_count
from api.committees as c;

comment on view report.committees is 'Committees (ban chỉ đạo): one row each, as of today.';
comment on column report.committees.committee_id is 'Identifier, as over REST';
comment on column report.committees.committee_code is 'Code';
comment on column report.committees.committee_name is 'Name';
comment on column report.committees.unit_id is 'Standing unit; joins report.units.unit_id';
comment on column report.committees.unit_code is 'Its code';
comment on column report.committees.unit_name is 'Its name today';
comment on column report.committees.level is 'province, district or grassroots';
comment on column report.committees.line is 'Its line as a code';
comment on column report.committees.plan_number is 'Number of the plan under which it gives work';
comment on column report.committees.document_symbol is 'Decision that set it up';
comment on column report.committees.established_on is 'Day it was set up';
comment on column report.committees.ended_on is 'Day it ended; empty: it stands';
comment on column report.committees.status is 'open or ended';
comment on column report.committees.member_count is 'Members today, each unit and post one';
comment on column report.committees.session_count is 'Sessions held, of those the login sees';
comment on column report.committees.next_session_on is 'Day of the next session, of those the login sees';
comment on column report.committees.open_work_count is 'Items of its programmes that were given and are not done';

create view report.committee_members with (security_invoker = true) as
select m.committee_id, m.committee_code, m.unit_id, m.unit_code, m.unit_name, m.role, m.post, m.document_symbol, m.valid_from, m.valid_to
from api.committee_members as m;

comment on view report.committee_members is 'Members of committees, by unit and post, past ones too: never a person.';
comment on column report.committee_members.committee_id is 'Joins report.committees.committee_id';
comment on column report.committee_members.committee_code is 'Its code';
comment on column report.committee_members.unit_id is 'Unit that is a member; joins report.units.unit_id';
comment on column report.committee_members.unit_code is 'Its code';
comment on column report.committee_members.unit_name is 'Its name today';
comment on column report.committee_members.role is 'chair, vice_chair, standing_member, member or secretary';
comment on column report.committee_members.post is 'Post at the unit';
comment on column report.committee_members.document_symbol is 'Decision that made it a member';
comment on column report.committee_members.valid_from is 'First day';
comment on column report.committee_members.valid_to is 'First day it is a member no more; empty: still';

create view report.committee_work with (security_invoker = true) as
select i.id as work_item_id, i.committee_id, i.committee_code, i.year, i.title, i.lead_unit_id, i.lead_unit_code, i.lead_unit_name, i.due_on, i.item_code,
    i.status, i.given_on, i.completed_on, i.withdrawn_on, i.is_overdue, i.assignment_id
from api.committee_work_items as i
where i.status <> 'draft';

comment on view report.committee_work is 'Work that committees gave: one row per item of a programme.';
comment on column report.committee_work.work_item_id is 'Identifier, as over REST';
comment on column report.committee_work.committee_id is 'Joins report.committees.committee_id';
comment on column report.committee_work.committee_code is 'Its code';
comment on column report.committee_work.year is 'Year of the programme';
comment on column report.committee_work.title is 'What is to be done';
comment on column report.committee_work.lead_unit_id is 'Unit that leads it; joins report.units.unit_id';
comment on column report.committee_work.lead_unit_code is 'Its code';
comment on column report.committee_work.lead_unit_name is 'Its name today';
comment on column report.committee_work.due_on is 'By when';
comment on column report.committee_work.item_code is 'Item of the plan';
comment on column report.committee_work.status is 'open, completed or withdrawn';
comment on column report.committee_work.given_on is 'Day it was given';
comment on column report.committee_work.completed_on is 'Day it was done';
comment on column report.committee_work.withdrawn_on is 'Day it was taken back';
comment on column report.committee_work.is_overdue is 'Open though its day is over';
comment on column report.committee_work.assignment_id is 'Joins report.assignments.assignment_id; empty where it is no assignment';

create view report.coordination_plans with (security_invoker = true) as
select c.id as coordination_plan_id, c.owner_unit_id as unit_id, c.unit_code, c.unit_name, c.level, c.line, c.partner_kind, c.term, c.year, c.until_year,
    c.number, c.title, c.item_code, c.status, c.signed_on, c.ended_on, c.party_count, c.item_count, c.completed_count
from api.coordination_plans as c
where c.status <> 'draft';

comment on view report.coordination_plans is 'Signed coordination plans (kế hoạch phối hợp): one row each.';
comment on column report.coordination_plans.coordination_plan_id is 'Identifier, as over REST';
comment on column report.coordination_plans.unit_id is 'Unit that made it; joins report.units.unit_id';
comment on column report.coordination_plans.unit_code is 'Its code';
comment on column report.coordination_plans.unit_name is 'Its name today';
comment on column report.coordination_plans.level is 'province, district or grassroots';
comment on column report.coordination_plans.line is 'Its line as a code';
comment on column report.coordination_plans.partner_kind is 'people_committee, armed_forces or other';
comment on column report.coordination_plans.term is 'yearly or stage';
comment on column report.coordination_plans.year is 'Its year; of a stage the first';
comment on column report.coordination_plans.until_year is 'Last year of a stage';
comment on column report.coordination_plans.number is 'Number, as written';
comment on column report.coordination_plans.title is 'Title';
comment on column report.coordination_plans.item_code is 'Item of the plan that asks for it';
comment on column report.coordination_plans.status is 'signed or ended';
comment on column report.coordination_plans.signed_on is 'Day it was signed';
comment on column report.coordination_plans.ended_on is 'Day it ended';
comment on column report.coordination_plans.party_count is 'Parties beside the unit';
comment on column report.coordination_plans.item_count is 'Its items';
comment on column report.coordination_plans.completed_count is 'Of those, done';

-- No row where nobody is signed in: the function refuses.
create view report.coordination_coverage with (security_invoker = true) as
select c.unit_id, c.unit_code, c.unit_name, c.level, c.partner_kind, c.year, c.is_covered, c.yearly_count, c.stage_count, c.coordination_plan_id, c.signed_on
from (select extract(year from private.today())::integer as year where private.my_unit() is not null offset 0) as y
cross join lateral api.coordination_coverage(y.year) as c;

comment on view report.coordination_coverage is 'Which boards have a signed coordination plan for this year, as of today: a row per board and kind of partner.';
comment on column report.coordination_coverage.unit_id is 'The board; joins report.units.unit_id';
comment on column report.coordination_coverage.unit_code is 'Its code';
comment on column report.coordination_coverage.unit_name is 'Its name';
comment on column report.coordination_coverage.level is 'province, district or grassroots';
comment on column report.coordination_coverage.partner_kind is 'people_committee or armed_forces';
comment on column report.coordination_coverage.year is 'This year';
comment on column report.coordination_coverage.is_covered is 'Whether it has one';
comment on column report.coordination_coverage.yearly_count is 'Plans of this year';
comment on column report.coordination_coverage.stage_count is 'Plans of a stage that this year lies in';
comment on column report.coordination_coverage.coordination_plan_id is 'The first signed, the yearly before one of a stage; joins report.coordination_plans';
comment on column report.coordination_coverage.signed_on is 'Day that was signed';
