-- Meetings as of a day: planned by its end, in the state of its end. By the rules of 46_as_of_people.sql. Title, day, place
-- and posts are those of today, for they are kept without days; so are who came and what the agenda says.

set local role danvan_owner;

create function api.meeting_series_on(p_day date) returns setof api.meeting_series
    language sql stable rows 1000
begin atomic
    select
        s.id, s.plan_id,
        (select p.number from app.plan as p where p.id = s.plan_id),
        s.plan_item_id,
        (select i.code from app.plan_item as i where i.id = s.plan_item_id),
        s.kind, s.held_offset_days,
        coalesce(s.held_offset_days, (
            select r.held_offset_days from app.meeting_rule as r where r.kind = s.kind and r.level_id = s.level_id)),
        s.place, s.chair,
        case when s.ended_on <= p_day then s.ended_on end,
        case when s.ended_on <= p_day then 'ended' else 'open' end,
        s.owner_unit_id, u.code,
        (select v.name from app.unit_version as v
            where v.unit_id = s.owner_unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        l.code, n.code,
        (select count(*) from app.meeting as m where m.series_id = s.id and private.day_of(m.created_at) <= p_day),
        s.version, s.created_at, s.updated_at, '{}'::text[],
        s.province_key, s.district_key, s.grassroots_key, s.province_line_key, s.district_line_key, s.grassroots_line_key
    from app.meeting_series as s
    join app.level as l on l.id = s.level_id
    join app.line as n on n.id = s.line_id
    left join app.unit as u on u.id = s.owner_unit_id
    where private.day_of(s.created_at) <= p_day;
end;

create function api.meetings_on(p_day date) returns setof api.meetings
    language sql stable rows 1000
begin atomic
    select
        m.id, m.plan_id,
        (select p.number from app.plan as p where p.id = m.plan_id),
        m.plan_item_id,
        (select i.code from app.plan_item as i where i.id = m.plan_item_id),
        m.period_id,
        (select d.label from app.period as d where d.id = m.period_id),
        m.series_id, m.committee_id, m.previous_meeting_id, m.kind, m.title, m.held_on,
        to_char(m.held_at, 'HH24:MI'),
        m.place, m.chair, m.secretary, m.document_id,
        case when m.closed_on <= p_day then 'closed' when m.cancelled_on <= p_day then 'cancelled'
            when m.opened_on <= p_day then 'open' else 'planned' end,
        case when m.convened_on <= p_day then m.convened_on end,
        case when m.opened_on <= p_day then m.opened_on end,
        case when m.closed_on <= p_day then m.closed_on end,
        case when m.cancelled_on <= p_day then m.cancelled_on end,
        case when m.cancelled_on <= p_day then m.cancel_reason end,
        m.owner_unit_id, u.code,
        coalesce((select v.name from app.unit_version as v
                where v.unit_id = m.owner_unit_id and v.valid_from <= p_day
                order by v.valid_from desc limit 1),
            private.meeting_unit_name(m.id, m.owner_unit_id, p_day)),
        l.code, n.code, m.version, m.created_at, m.updated_at, '{}'::text[],
        m.search,
        m.province_key, m.district_key, m.grassroots_key, m.province_line_key, m.district_line_key, m.grassroots_line_key
    from app.meeting as m
    join app.level as l on l.id = m.level_id
    join app.line as n on n.id = m.line_id
    left join app.unit as u on u.id = m.owner_unit_id
    where private.day_of(m.created_at) <= p_day;
end;

-- Attendance is told from the day the meeting opened.
create function api.meeting_invitations_on(p_day date) returns setof api.meeting_invitations
    language sql stable rows 1000
begin atomic
    select i.id, i.meeting_id, m.title, m.held_on, m.status, i.unit_id, u.code,
        coalesce((select v.name from app.unit_version as v
                where v.unit_id = i.unit_id and v.valid_from <= p_day
                order by v.valid_from desc limit 1),
            private.meeting_unit_name(i.meeting_id, i.unit_id, p_day)),
        i.is_uninvited,
        case when i.replied_on <= p_day then i.reply else 'none' end,
        case when i.replied_on <= p_day then i.reply_note end,
        case when i.replied_on <= p_day then i.replied_on end,
        case when m.opened_on <= p_day then i.attendance end,
        case when m.opened_on <= p_day then i.attendee_count end,
        case when m.opened_on <= p_day then i.represented_by end,
        i.version, i.created_at, i.updated_at, '{}'::text[]
    from app.meeting_invitation as i
    join api.meetings_on(p_day) as m on m.id = i.meeting_id
    left join app.unit as u on u.id = i.unit_id
    where private.day_of(i.created_at) <= p_day;
end;

create function api.meeting_agenda_items_on(p_day date) returns setof api.meeting_agenda_items
    language sql stable rows 1000
begin atomic
    select a.id, a.meeting_id, a.position, a.title, a.presenter_unit_id, u.code,
        coalesce((select v.name from app.unit_version as v
                where v.unit_id = a.presenter_unit_id and v.valid_from <= p_day
                order by v.valid_from desc limit 1),
            private.meeting_unit_name(a.meeting_id, a.presenter_unit_id, p_day)),
        a.outcome_id,
        case when a.outcome_id is not null then private.agenda_carry_over_count(a.meeting_id, a.outcome_id) end,
        a.note, a.version, a.created_at, a.updated_at, '{}'::text[]
    from app.meeting_agenda_item as a
    join app.meeting as m on m.id = a.meeting_id
    left join app.unit as u on u.id = a.presenter_unit_id
    where private.day_of(a.created_at) <= p_day;
end;

create function api.meeting_errata_on(p_day date) returns setof api.meeting_errata
    language sql stable rows 100
begin atomic
    select e.id, e.meeting_id, m.title, e.outcome_id, e.text, e.added_on, e.created_at, '{}'::text[]
    from app.meeting_erratum as e
    join app.meeting as m on m.id = e.meeting_id
    where e.added_on <= p_day;
end;
