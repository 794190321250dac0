-- Committees and coordination plans as of a day: established, given, planned, signed by the end of the day, under the names of
-- the day. What carries no day is of today (docs/as-of.md).

set local role danvan_owner;

create function api.committees_on(p_day date) returns setof api.committees
    language sql stable rows 1000
begin atomic
    select
        c.id,
        c.code,
        c.name,
        c.plan_id,
        (select p.number from app.plan as p where p.id = c.plan_id) as plan_number,
        c.document_id,
        (select d.symbol from app.document as d where d.id = c.document_id) as document_symbol,
        c.duties,
        c.established_on,
        case when c.ended_on <= p_day then 'ended' else 'open' end as status,
        case when c.ended_on <= p_day then c.ended_on end as ended_on,
        case when c.ended_on <= p_day then c.end_reason end as end_reason,
        case when c.ended_on <= p_day then c.end_document_id end as end_document_id,
        c.owner_unit_id,
        u.code as unit_code,
        private.unit_name_on(c.owner_unit_id, p_day) as unit_name,
        l.code as level,
        n.code as line,
        (select count(*) from app.committee_member as m
            where m.committee_id = c.id and m.valid_from <= p_day
                and (m.valid_to is null or m.valid_to > p_day)) as member_count,
        (select count(*) from app.meeting as s where s.committee_id = c.id and s.closed_on <= p_day) as session_count,
        (select min(s.held_on) from app.meeting as s
            where s.committee_id = c.id and s.held_on >= p_day
                and (s.closed_on is null or s.closed_on > p_day) and (s.cancelled_on is null or s.cancelled_on > p_day)) as next_session_on,
        (select count(*) from app.committee_work_item as i where i.committee_id = c.id and i.given_on <= p_day
                and (i.completed_on is null or i.completed_on > p_day) and (i.withdrawn_on is null or i.withdrawn_on > p_day)) as open_work_count,
        c.version,
        c.created_at,
        c.updated_at,
        '{}'::text[] as actions,
        c.search,
        c.province_key,
        c.district_key,
        c.grassroots_key,
        c.province_line_key,
        c.district_line_key,
        c.grassroots_line_key
    from app.committee as c
    join app.level as l on l.id = c.level_id
    join app.line as n on n.id = c.line_id
    left join app.unit as u on u.id = c.owner_unit_id
    where c.established_on <= p_day;
end;

create function api.committee_members_on(p_day date) returns setof api.committee_members
    language sql stable rows 1000
begin atomic
    select
        m.id,
        m.committee_id,
        c.code as committee_code,
        c.name as committee_name,
        m.unit_id,
        u.code as unit_code,
        private.unit_name_on(m.unit_id, p_day) as unit_name,
        m.role,
        m.post,
        m.staff_id,
        m.document_id,
        (select d.symbol from app.document as d where d.id = m.document_id) as document_symbol,
        m.valid_from,
        m.valid_to,
        array_position(array['chair', 'vice_chair', 'standing_member', 'member', 'secretary'], m.role) as place,
        m.version,
        m.created_at,
        m.updated_at,
        '{}'::text[] as actions
    from app.committee_member as m
    join app.committee as c on c.id = m.committee_id
    left join app.unit as u on u.id = m.unit_id
    where m.valid_from <= p_day and (m.valid_to is null or m.valid_to > p_day);
end;

create function api.committee_work_items_on(p_day date) returns setof api.committee_work_items
    language sql stable rows 1000
begin atomic
    select
        i.id,
        i.committee_id,
        c.code as committee_code,
        c.name as committee_name,
        i.year,
        i.title,
        i.text,
        i.lead_unit_id,
        v.code as lead_unit_code,
        private.unit_name_on(i.lead_unit_id, p_day) as lead_unit_name,
        i.due_on,
        i.plan_item_id,
        (select t.code from app.plan_item as t where t.id = i.plan_item_id) as item_code,
        case when i.withdrawn_on <= p_day then 'withdrawn' when i.completed_on <= p_day then 'completed'
            else 'open' end as status,
        i.given_on,
        case when i.completed_on <= p_day then i.completed_on end as completed_on,
        case when i.withdrawn_on <= p_day then i.withdrawn_on end as withdrawn_on,
        case when i.withdrawn_on <= p_day then i.withdraw_reason end as withdraw_reason,
        (select a.id from app.assignment as a where a.source_id = i.id and a.status <> 'moved') as assignment_id,
        case when i.given_on <= p_day then (private.given_state_on(i.id, p_day)).progress end as progress,
        coalesce(case when i.given_on <= p_day then (private.given_state_on(i.id, p_day)).due_on end, i.due_on) as present_due_on,
        o.is_late as is_overdue,
        case when o.is_late then p_day - coalesce((private.given_state_on(i.id, p_day)).due_on, i.due_on) else 0 end as days_overdue,
        i.owner_unit_id,
        u.code as unit_code,
        l.code as level,
        n.code as line,
        i.version,
        i.created_at,
        i.updated_at,
        '{}'::text[] as actions,
        i.search,
        i.province_key,
        i.district_key,
        i.grassroots_key,
        i.province_line_key,
        i.district_line_key,
        i.grassroots_line_key
    from app.committee_work_item as i
    join app.level as l on l.id = i.level_id
    join app.line as n on n.id = i.line_id
    left join app.committee as c on c.id = i.committee_id
    left join app.unit as v on v.id = i.lead_unit_id
    left join app.unit as u on u.id = i.owner_unit_id
    cross join lateral (
        select case when private.is_overdue(i.given_on <= p_day and coalesce(i.completed_on > p_day, true)
                and coalesce(i.withdrawn_on > p_day, true), i.due_on, p_day)
            then coalesce((private.given_state_on(i.id, p_day)).is_late, true) else false end as is_late) as o
    where i.given_on <= p_day;
end;

create function api.committee_reviews_on(p_day date) returns setof api.committee_reviews
    language sql stable rows 1000
begin atomic
    select
        r.id,
        r.committee_id,
        c.code as committee_code,
        c.name as committee_name,
        r.title,
        r.document_id,
        (select d.symbol from app.document as d where d.id = r.document_id) as document_symbol,
        r.plan_item_id,
        (select t.code from app.plan_item as t where t.id = r.plan_item_id) as item_code,
        r.period_from,
        r.period_to,
        r.due_on,
        r.planned_on,
        case when r.done_on <= p_day then 'done' else 'planned' end as status,
        case when r.done_on <= p_day then r.done_on end as done_on,
        case when r.done_on <= p_day then r.summary end as summary,
        case when r.done_on <= p_day then r.report_document_id end as report_document_id,
        (select d.symbol from app.document as d where d.id = r.report_document_id and r.done_on <= p_day) as report_symbol,
        private.is_overdue(coalesce(r.done_on > p_day, true), r.due_on, p_day) as is_overdue,
        r.owner_unit_id,
        u.code as unit_code,
        l.code as level,
        n.code as line,
        r.version,
        r.created_at,
        r.updated_at,
        '{}'::text[] as actions,
        r.search,
        r.province_key,
        r.district_key,
        r.grassroots_key,
        r.province_line_key,
        r.district_line_key,
        r.grassroots_line_key
    from app.committee_review as r
    join app.committee as c on c.id = r.committee_id
    join app.level as l on l.id = r.level_id
    join app.line as n on n.id = r.line_id
    left join app.unit as u on u.id = r.owner_unit_id
    where r.planned_on <= p_day;
end;

create function api.coordination_plans_on(p_day date) returns setof api.coordination_plans
    language sql stable rows 1000
begin atomic
    select
        c.id,
        c.partner_kind,
        c.term,
        c.year,
        c.until_year,
        c.number,
        c.title,
        c.plan_id,
        (select p.number from app.plan as p where p.id = c.plan_id) as plan_number,
        c.plan_item_id,
        (select i.code from app.plan_item as i where i.id = c.plan_item_id) as item_code,
        c.document_id,
        (select d.symbol from app.document as d where d.id = c.document_id) as document_symbol,
        case when c.ended_on <= p_day then 'ended' else 'signed' end as status,
        c.signed_on,
        case when c.ended_on <= p_day then c.ended_on end as ended_on,
        case when c.ended_on <= p_day then c.end_reason end as end_reason,
        c.owner_unit_id,
        u.code as unit_code,
        private.unit_name_on(c.owner_unit_id, p_day) as unit_name,
        l.code as level,
        n.code as line,
        (select count(*) from app.coordination_party as p where p.coordination_plan_id = c.id) as party_count,
        (select count(*) from app.coordination_item as i where i.coordination_plan_id = c.id) as item_count,
        (select count(*) from app.coordination_item as i where i.coordination_plan_id = c.id and i.completed_on <= p_day) as completed_count,
        c.version,
        c.created_at,
        c.updated_at,
        '{}'::text[] as actions,
        c.search,
        c.province_key,
        c.district_key,
        c.grassroots_key,
        c.province_line_key,
        c.district_line_key,
        c.grassroots_line_key
    from app.coordination_plan as c
    join app.level as l on l.id = c.level_id
    join app.line as n on n.id = c.line_id
    left join app.unit as u on u.id = c.owner_unit_id
    where c.signed_on <= p_day;
end;

create function api.coordination_parties_on(p_day date) returns setof api.coordination_parties
    language sql stable rows 1000
begin atomic
    select
        p.id,
        p.coordination_plan_id,
        c.title as coordination_plan_title,
        p.unit_id,
        u.code as unit_code,
        private.unit_name_on(p.unit_id, p_day) as unit_name,
        p.signatory,
        p.version,
        p.created_at,
        p.updated_at,
        '{}'::text[] as actions
    from app.coordination_party as p
    join app.coordination_plan as c on c.id = p.coordination_plan_id
    left join app.unit as u on u.id = p.unit_id
    where c.signed_on <= p_day;
end;

create function api.coordination_items_on(p_day date) returns setof api.coordination_items
    language sql stable rows 1000
begin atomic
    select
        i.id,
        i.coordination_plan_id,
        c.title as coordination_plan_title,
        case when c.ended_on <= p_day then 'ended' else 'signed' end as coordination_plan_status,
        i.position,
        i.title,
        i.text,
        i.lead_unit_id,
        v.code as lead_unit_code,
        private.unit_name_on(i.lead_unit_id, p_day) as lead_unit_name,
        i.due_on,
        case when i.withdrawn_on <= p_day then 'withdrawn' when i.completed_on <= p_day then 'completed'
            when i.given_on <= p_day then 'open' else 'draft' end as status,
        case when i.given_on <= p_day then i.given_on end as given_on,
        case when i.completed_on <= p_day then i.completed_on end as completed_on,
        case when i.withdrawn_on <= p_day then i.withdrawn_on end as withdrawn_on,
        case when i.withdrawn_on <= p_day then i.withdraw_reason end as withdraw_reason,
        (select a.id from app.assignment as a where a.source_id = i.id and a.status <> 'moved') as assignment_id,
        case when i.given_on <= p_day then (private.given_state_on(i.id, p_day)).progress end as progress,
        coalesce(case when i.given_on <= p_day then (private.given_state_on(i.id, p_day)).due_on end, i.due_on) as present_due_on,
        o.is_late as is_overdue,
        case when o.is_late then p_day - coalesce((private.given_state_on(i.id, p_day)).due_on, i.due_on) else 0 end as days_overdue,
        i.owner_unit_id,
        u.code as unit_code,
        l.code as level,
        n.code as line,
        i.version,
        i.created_at,
        i.updated_at,
        '{}'::text[] as actions,
        i.search,
        i.province_key,
        i.district_key,
        i.grassroots_key,
        i.province_line_key,
        i.district_line_key,
        i.grassroots_line_key
    from app.coordination_item as i
    join app.coordination_plan as c on c.id = i.coordination_plan_id
    join app.level as l on l.id = i.level_id
    join app.line as n on n.id = i.line_id
    left join app.unit as v on v.id = i.lead_unit_id
    left join app.unit as u on u.id = i.owner_unit_id
    cross join lateral (
        select case when private.is_overdue(i.given_on <= p_day and coalesce(i.completed_on > p_day, true)
                and coalesce(i.withdrawn_on > p_day, true), i.due_on, p_day)
            then coalesce((private.given_state_on(i.id, p_day)).is_late, true) else false end as is_late) as o
    where c.signed_on <= p_day;
end;
