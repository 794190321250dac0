-- One digest per kind of fact of the demonstration year, without ids and times of loading: two
-- installations made from the same files print the same lines.
\pset format unaligned
\pset tuples_only on
select 'assignments ' || md5(string_agg(concat_ws('|', u.code, p.number, i.code, a.occurrence, a.due_on, a.status, a.progress,
    a.reported_on, a.completed_on), e'\n' order by u.code, p.number, p.issuer_unit_id, i.code, a.occurrence))
from app.assignment as a join app.plan as p on p.id = a.plan_id join app.plan_item as i on i.id = a.plan_item_id
join app.unit as u on u.id = a.lead_unit_id;
select 'entries ' || md5(string_agg(x.line, e'\n' order by x.line)) from (
    select concat_ws('|', u.code, i.code, a.occurrence, e.part, e.status, e.progress, e.recorded_on, e.note) as line
    from app.progress_entry as e join app.assignment as a on a.id = e.assignment_id
    join app.plan_item as i on i.id = a.plan_item_id join app.unit as u on u.id = e.unit_id) as x;
select 'reports ' || md5(string_agg(concat_ws('|', d.label, u.code, r.status, r.due_on, r.submission_count, r.first_submitted_on,
    r.submitted_on, r.decided_on, r.decision_note, r.gathered_count), e'\n' order by d.label, u.code))
from app.report as r join app.period as d on d.id = r.period_id join app.unit as u on u.id = r.unit_id;
select 'lines ' || md5(string_agg(concat_ws('|', d.label, u.code, i.code, a.occurrence, l.status, l.progress, l.done, l.doing,
    l.figures, l.difficulties, l.proposals, l.return_note), e'\n' order by d.label, u.code, i.code, a.occurrence))
from app.report_line as l join app.report as r on r.id = l.report_id join app.period as d on d.id = r.period_id
join app.unit as u on u.id = r.unit_id join app.plan_item as i on i.id = l.plan_item_id join app.assignment as a on a.id = l.assignment_id;
select 'values ' || md5(string_agg(concat_ws('|', d.label, u.code, i.code, v.own_value, v.own_numerator, v.own_denominator,
    v.gathered_value, v.gathered_numerator, v.gathered_denominator, v.gathered_count), e'\n' order by d.label, u.code, i.code))
from app.indicator_value as v join app.indicator as i on i.id = v.indicator_id join app.report as r on r.id = v.report_id
join app.period as d on d.id = r.period_id join app.unit as u on u.id = r.unit_id;
select 'ratings ' || md5(string_agg(concat_ws('|', u.code, r.year, r.grade, r.rated_on), e'\n' order by u.code, r.year))
from app.rating as r join app.unit as u on u.id = r.unit_id;
select 'plans ' || md5(string_agg(concat_ws('|', u.code, p.number, p.status, p.signed_on), e'\n' order by u.code))
from app.plan as p join app.unit as u on u.id = p.issuer_unit_id;
select 'outcomes ' || md5(string_agg(concat_ws('|', u.code, m.kind, m.held_on, o.position, o.kind, o.title, l.code, o.due_on, o.status, o.given_on,
    o.completed_on, o.withdrawn_on, o.carry_over_count), e'\n' order by u.code, m.held_on, m.kind, o.position))
from app.outcome as o join app.meeting as m on m.id = o.meeting_id join app.unit as u on u.id = o.owner_unit_id
left join app.unit as l on l.id = o.lead_unit_id;
select 'meetings ' || md5(string_agg(x.line, e'\n' order by x.line)) from (
    select concat_ws('|', u.code, m.kind, m.title, m.held_on, m.held_at, m.status, m.convened_on, m.closed_on, g.code, i.reply, i.replied_on,
        i.attendance, i.attendee_count, i.represented_by, md5(n.text)) as line
    from app.meeting as m join app.unit as u on u.id = m.owner_unit_id
    left join app.meeting_invitation as i on i.meeting_id = m.id left join app.unit as g on g.id = i.unit_id
    left join app.meeting_minutes as n on n.meeting_id = m.id) as x;
select 'recommendations ' || md5(string_agg(concat_ws('|', u.code, i.title, i.starts_on, i.status, i.concluded_on, l.code, r.title, r.due_on, r.status,
    r.completed_on), e'\n' order by u.code, i.starts_on, i.title, l.code, r.due_on, r.title))
from app.inspection as i join app.unit as u on u.id = i.owner_unit_id left join app.recommendation as r on r.inspection_id = i.id
left join app.unit as l on l.id = r.lead_unit_id;
select 'models ' || md5(string_agg(concat_ws('|', u.code, m.field, m.name, m.registered_on, m.status, m.effective_on, m.recognised_on,
    m.recognition_level_id, (select string_agg(concat_ws(' ', n.code, x.replicated_on), ' ' order by n.code) from app.emulation_replication as x
        join app.unit as n on n.id = x.unit_id where x.model_id = m.id)), e'\n' order by u.code, m.registered_on, m.field))
from app.emulation_model as m join app.unit as u on u.id = m.owner_unit_id;
select 'budget ' || md5(string_agg(concat_ws('|', u.code, i.code, b.year, b.status, b.estimate_amount, e.kind, e.amount, e.entered_on, e.reason), e'\n'
    order by u.code, i.code, b.year, e.entered_on, e.kind, e.amount))
from app.budget_line as b join app.unit as u on u.id = b.owner_unit_id join app.plan_item as i on i.id = b.plan_item_id
left join app.budget_entry as e on e.budget_line_id = b.id;
select 'committees ' || md5(string_agg(x.line, e'\n' order by x.line)) from (
    select concat_ws('|', c.code, u.code, m.role, m.post, m.valid_from, m.valid_to) as line
    from app.committee as c join app.committee_member as m on m.committee_id = c.id join app.unit as u on u.id = m.unit_id
    union all select concat_ws('|', c.code, w.year, w.title, l.code, w.due_on, w.status, w.given_on, w.completed_on)
    from app.committee as c join app.committee_work_item as w on w.committee_id = c.id left join app.unit as l on l.id = w.lead_unit_id) as x;
select 'coordination ' || md5(string_agg(concat_ws('|', u.code, p.partner_kind, p.term, p.year, p.number, p.status, p.signed_on, i.position, i.title,
    l.code, i.due_on, i.status, i.completed_on), e'\n' order by u.code, p.partner_kind, p.term, p.year, p.number, i.position))
from app.coordination_plan as p join app.unit as u on u.id = p.owner_unit_id left join app.coordination_item as i on i.coordination_plan_id = p.id
left join app.unit as l on l.id = i.lead_unit_id;
