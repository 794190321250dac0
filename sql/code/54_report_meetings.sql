-- Views for reporting tools: meetings and who came. See 50_report.sql.

set local role danvan_owner;

create view report.meetings with (security_invoker = true) as
select
    m.id as meeting_id,
    m.kind,
    m.title,
    m.owner_unit_id as unit_id,
    u.code as unit_code,
    v.name as unit_name,
    l.code as level,
    n.code as line,
    p.number as plan_number,
    m.period_id,
    d.label as period_label,
    d.year,
    m.held_on,
    m.place,
    m.status,
    m.convened_on,
    m.opened_on,
    m.closed_on,
    m.cancelled_on,
    m.cancel_reason,
    c.invited_count,
    c.present_count,
    c.absent_count,
    c.uninvited_count,
    c.attendee_count
from app.meeting as m
join app.level as l on l.id = m.level_id
join app.line as n on n.id = m.line_id
left join app.plan as p on p.id = m.plan_id
left join app.period as d on d.id = m.period_id
left join app.unit as u on u.id = m.owner_unit_id
left join app.unit_version as v
    on v.unit_id = m.owner_unit_id
    and daterange(v.valid_from, v.valid_to) @> (select private.today())
cross join lateral (
    select (count(*) filter (where not i.is_uninvited))::integer as invited_count,
        (count(*) filter (where i.attendance = 'present' and not i.is_uninvited))::integer as present_count,
        (count(*) filter (where i.attendance = 'absent'))::integer as absent_count,
        (count(*) filter (where i.is_uninvited))::integer as uninvited_count,
        coalesce(sum(i.attendee_count), 0)::integer as attendee_count
    from app.meeting_invitation as i where i.meeting_id = m.id) as c;

comment on view report.meetings is 'Meetings of my scope and those my unit is invited to: when, of which period, how far, how many came.';
comment on column report.meetings.meeting_id is 'Identifier, as over REST';
comment on column report.meetings.kind is 'six_months, nine_months, year_end, thematic or committee_session';
comment on column report.meetings.title is 'Title';
comment on column report.meetings.unit_id is 'Unit that holds it; joins report.units.unit_id';
comment on column report.meetings.unit_code is 'Its code';
comment on column report.meetings.unit_name is 'Its name today';
comment on column report.meetings.level is 'Its level: province, district or grassroots';
comment on column report.meetings.line is 'Its line as a code';
comment on column report.meetings.plan_number is 'Number of the plan it is held under';
comment on column report.meetings.period_id is 'Period it sums up; joins report.periods.period_id; empty for thematic ones';
comment on column report.meetings.period_label is 'Label of that period';
comment on column report.meetings.year is 'Year of that period';
comment on column report.meetings.held_on is 'Day it is held';
comment on column report.meetings.place is 'Where';
comment on column report.meetings.status is 'planned, open, closed or cancelled';
comment on column report.meetings.convened_on is 'Day on which the invited were told; empty while it is only planned';
comment on column report.meetings.opened_on is 'Day it opened';
comment on column report.meetings.closed_on is 'Day it was closed: from then on it is frozen';
comment on column report.meetings.cancelled_on is 'Day it was cancelled';
comment on column report.meetings.cancel_reason is 'Why it was cancelled';
comment on column report.meetings.invited_count is 'Units invited';
comment on column report.meetings.present_count is 'Of those, who came';
comment on column report.meetings.absent_count is 'Of those, who did not; the rest is not recorded yet';
comment on column report.meetings.uninvited_count is 'Units beside those that came without being invited';
comment on column report.meetings.attendee_count is 'People who came for the one and the other, where told';

create view report.meeting_invitations with (security_invoker = true) as
select
    i.meeting_id,
    m.kind,
    m.held_on,
    i.unit_id,
    u.code as unit_code,
    v.name as unit_name,
    i.is_uninvited,
    i.reply,
    i.reply_note,
    i.replied_on,
    i.attendance,
    i.attendee_count::integer as attendee_count,
    i.represented_by
from app.meeting_invitation as i
join app.meeting as m on m.id = i.meeting_id
left join app.unit as u on u.id = i.unit_id
left join app.unit_version as v
    on v.unit_id = i.unit_id
    and daterange(v.valid_from, v.valid_to) @> (select private.today());

comment on view report.meeting_invitations is 'Units invited to meetings: what they answered and whether they came; and those that came uninvited.';
comment on column report.meeting_invitations.meeting_id is 'Joins report.meetings.meeting_id';
comment on column report.meeting_invitations.kind is 'Kind of the meeting';
comment on column report.meeting_invitations.held_on is 'Day of the meeting';
comment on column report.meeting_invitations.unit_id is 'Unit invited, or there uninvited; joins report.units.unit_id';
comment on column report.meeting_invitations.unit_code is 'Its code; empty where it is beyond my scope';
comment on column report.meeting_invitations.unit_name is 'Its name today; empty where it is beyond my scope';
comment on column report.meeting_invitations.is_uninvited is 'It was not invited, and came';
comment on column report.meeting_invitations.reply is 'none, accepted or declined';
comment on column report.meeting_invitations.reply_note is 'Why it declined';
comment on column report.meeting_invitations.replied_on is 'Day of the reply';
comment on column report.meeting_invitations.attendance is 'present or absent; empty: not recorded yet';
comment on column report.meeting_invitations.attendee_count is 'People who came for it, where told';
comment on column report.meeting_invitations.represented_by is 'Posts of those who came, as written';
