-- Views for reporting tools: what meetings decided and what became of it. See 50_report.sql.

set local role danvan_owner;

create view report.outcomes with (security_invoker = true) as
select
    o.id as outcome_id,
    o.meeting_id,
    o.meeting_kind,
    o.meeting_title,
    o.held_on,
    extract(year from o.held_on)::integer as year,
    o.plan_number,
    o.owner_unit_id,
    o.owner_unit_code,
    o.owner_unit_name,
    o.level,
    o.line,
    o.position::integer as position,
    o.kind,
    o.title,
    o.item_code,
    o.status,
    o.given_on,
    o.lead_unit_id,
    o.lead_unit_code,
    o.lead_unit_name,
    o.due_on,
    w.due_on as present_due_on,
    w.status as assignment_status,
    w.progress::integer as progress,
    coalesce(o.status = 'open' and w.is_overdue, false) as is_overdue,
    case when o.status = 'open' then coalesce(w.days_overdue, 0) else 0 end as days_overdue,
    o.completed_on,
    o.withdrawn_on,
    o.withdraw_reason,
    o.carry_over_count::integer as carry_over_count,
    (select count(*) from app.outcome_unit as u where u.outcome_id = o.id) as named_unit_count
from api.outcomes as o
left join lateral private.outcome_work(o.id) as w on o.kind = 'task';

comment on view report.outcomes is 'What meetings decided: one row per outcome, with the state of the work that a task gave.';
comment on column report.outcomes.outcome_id is 'Identifier, as over REST';
comment on column report.outcomes.meeting_id is 'Its meeting, as over REST';
comment on column report.outcomes.meeting_kind is 'six_months, nine_months, year_end, thematic or committee_session';
comment on column report.outcomes.meeting_title is 'Title of the meeting';
comment on column report.outcomes.held_on is 'Day of the meeting';
comment on column report.outcomes.year is 'Year of the meeting';
comment on column report.outcomes.plan_number is 'Plan that the meeting reviews';
comment on column report.outcomes.owner_unit_id is 'Unit that held the meeting; joins report.units.unit_id';
comment on column report.outcomes.owner_unit_code is 'Its code';
comment on column report.outcomes.owner_unit_name is 'Its name today';
comment on column report.outcomes.level is 'Level of that unit: province, district or grassroots';
comment on column report.outcomes.line is 'Line of that unit as a code';
comment on column report.outcomes.position is 'Place among the outcomes of the meeting';
comment on column report.outcomes.kind is 'assessment, decision or task';
comment on column report.outcomes.title is 'What was decided';
comment on column report.outcomes.item_code is 'Code of the plan item it is about; empty where none';
comment on column report.outcomes.status is 'draft (own unit only), in_force (assessment, decision), open (task), completed or withdrawn';
comment on column report.outcomes.given_on is 'Day the meeting closed';
comment on column report.outcomes.lead_unit_id is 'Unit charged with a task; joins report.units.unit_id';
comment on column report.outcomes.lead_unit_code is 'Its code';
comment on column report.outcomes.lead_unit_name is 'Its name today';
comment on column report.outcomes.due_on is 'Day the meeting set';
comment on column report.outcomes.present_due_on is 'Due day now, later where more time was granted';
comment on column report.outcomes.assignment_status is 'State of the work: not_started, in_progress, reported, completed or cancelled';
comment on column report.outcomes.progress is 'Per cent done';
comment on column report.outcomes.is_overdue is 'Open, not reported, and past its present due day';
comment on column report.outcomes.days_overdue is 'Days since then; 0 where not overdue';
comment on column report.outcomes.completed_on is 'Day it was confirmed by its lead or judged done by the meeting''s unit';
comment on column report.outcomes.withdrawn_on is 'Day it was withdrawn';
comment on column report.outcomes.withdraw_reason is 'Why';
comment on column report.outcomes.carry_over_count is 'On the agenda of how many later meetings it stood';
comment on column report.outcomes.named_unit_count is 'How many units it names beside the lead';
