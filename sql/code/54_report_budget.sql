-- Budget lines, their movements and the years of plans, for reporting tools.

set local role danvan_owner;

create view report.budget_lines with (security_invoker = true) as
select b.id as budget_line_id, b.plan_id, p.number as plan_number, b.plan_item_id, i.code as item_code, i.title as item_title, b.year,
    b.owner_unit_id as unit_id, u.code as unit_code, b.origin_unit_id, l.code as level, n.code as line, b.status,
    b.submitted_on, b.approved_on, b.closed_on, b.estimate_amount, b.approved_amount, b.adjusted_amount, b.spent_amount,
    b.approved_amount + b.adjusted_amount - b.spent_amount as remaining_amount
from app.budget_line as b
join app.level as l on l.id = b.level_id
join app.line as n on n.id = b.line_id
left join app.plan as p on p.id = b.plan_id
left join app.plan_item as i on i.id = b.plan_item_id
left join app.unit as u on u.id = b.owner_unit_id;

comment on view report.budget_lines is 'What units estimate for a year for what they lead, and what became of it; amounts in dong.';
comment on column report.budget_lines.budget_line_id is 'Identifier, as over REST';
comment on column report.budget_lines.plan_id is 'Identifier of the plan';
comment on column report.budget_lines.plan_number is 'Number of the plan';
comment on column report.budget_lines.plan_item_id is 'Identifier of the plan item that the money is for';
comment on column report.budget_lines.item_code is 'Its code in the plan';
comment on column report.budget_lines.item_title is 'Its title';
comment on column report.budget_lines.year is 'The year of the money';
comment on column report.budget_lines.unit_id is 'The unit whose line it is; joins report.units.unit_id';
comment on column report.budget_lines.unit_code is 'Its code';
comment on column report.budget_lines.origin_unit_id is 'The unit that estimated it: another one after a reorganisation';
comment on column report.budget_lines.level is 'Level of the unit';
comment on column report.budget_lines.line is 'Line of the unit';
comment on column report.budget_lines.status is 'draft (of the own unit alone), submitted, approved or closed';
comment on column report.budget_lines.submitted_on is 'Day it was submitted, the last time';
comment on column report.budget_lines.approved_on is 'Day it was approved';
comment on column report.budget_lines.closed_on is 'Day its books were closed';
comment on column report.budget_lines.estimate_amount is 'Estimated (dự toán)';
comment on column report.budget_lines.approved_amount is 'Approved; 0 until then';
comment on column report.budget_lines.adjusted_amount is 'Sum of the adjustments, below zero where money was taken away';
comment on column report.budget_lines.spent_amount is 'Spent';
comment on column report.budget_lines.remaining_amount is 'Approved + adjusted - spent';

create view report.budget_entries with (security_invoker = true) as
select e.id as budget_entry_id, e.budget_line_id, b.year, b.owner_unit_id as unit_id, e.unit_id as by_unit_id, e.kind, e.amount,
    e.entered_on, e.reason
from app.budget_entry as e
join app.budget_line as b on b.id = e.budget_line_id;

comment on view report.budget_entries is 'Every movement of money of a budget line; of estimates the last one holds, the others add up.';
comment on column report.budget_entries.budget_entry_id is 'Identifier, as over REST';
comment on column report.budget_entries.budget_line_id is 'The line; joins report.budget_lines.budget_line_id';
comment on column report.budget_entries.year is 'The year of the line';
comment on column report.budget_entries.unit_id is 'The unit whose line it is; joins report.units.unit_id';
comment on column report.budget_entries.by_unit_id is 'The unit that did it: the owner, or who approves';
comment on column report.budget_entries.kind is 'estimate, approval, adjustment or spending';
comment on column report.budget_entries.amount is 'Amount in dong; adjustments and corrections of spending may be below zero';
comment on column report.budget_entries.entered_on is 'Of spending the day it was spent; else the day of the decision';
comment on column report.budget_entries.reason is 'What for, or why';

create view report.plan_years with (security_invoker = true) as
select p.id as plan_id, p.number as plan_number, r.plan_item_id, i.code as item_code, i.title as item_title, r.year,
    private.phase_of(p.id, r.year) as phase, r.total, r.done_in_time, r.done_late, r.open, r.overdue, r.never_reported, r.cancelled
from app.plan as p
cross join lateral private.plan_year_rows(p.id, 'item', null, null, true, null, null, null) as r
left join app.plan_item as i on i.id = r.plan_item_id
where p.status in ('in_force', 'closed');

comment on view report.plan_years is 'Per plan, task and year of the first due day: what was done, late and never reported, as it stands today in your scope.';
comment on column report.plan_years.plan_id is 'Identifier of the plan';
comment on column report.plan_years.plan_number is 'Its number';
comment on column report.plan_years.plan_item_id is 'Identifier of the task; empty: work given beside the plan''s items';
comment on column report.plan_years.item_code is 'Its code in the plan';
comment on column report.plan_years.item_title is 'Its title';
comment on column report.plan_years.year is 'Year of the first due day';
comment on column report.plan_years.phase is 'Phase of the plan in that year';
comment on column report.plan_years.total is 'Assignments, but for cancelled ones';
comment on column report.plan_years.done_in_time is 'Reported as done or confirmed, by the due day with the time granted';
comment on column report.plan_years.done_late is 'Reported as done after it';
comment on column report.plan_years.open is 'Not done';
comment on column report.plan_years.overdue is 'Of the open ones, late today';
comment on column report.plan_years.never_reported is 'Of the overdue ones, those of which nothing was ever said';
comment on column report.plan_years.cancelled is 'Cancelled; not in the total';
