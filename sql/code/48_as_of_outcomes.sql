-- Outcomes as they stood at the end of a day: those that held by then (drafts had decided nothing), with the work as it was
-- (41_api_assignments_as_of.sql) and how often they had been carried over. One that was completed, reopened and completed
-- again bears its last day only. Title, lead and date are today's: they do not change after the closing.

set local role danvan_owner;

create function api.outcomes_on(p_day date) returns setof api.outcomes
    language sql stable rows 1000
begin atomic
    select
        o.id,
        o.meeting_id,
        m.title,
        m.kind,
        m.held_on,
        o.plan_id,
        (select p.number from app.plan as p where p.id = o.plan_id),
        o.owner_unit_id,
        (select u.code from app.unit as u where u.id = o.owner_unit_id),
        coalesce((select v.name from app.unit_version as v
                where v.unit_id = o.owner_unit_id
                order by v.valid_from <= p_day desc, abs(v.valid_from - p_day) limit 1),
            case when o.owner_unit_id is not null then private.outcome_unit_name(o.id, o.owner_unit_id, p_day) end),
        o.position,
        o.kind,
        o.title,
        o.text,
        o.lead_unit_id,
        (select u.code from app.unit as u where u.id = o.lead_unit_id),
        coalesce((select v.name from app.unit_version as v
                where v.unit_id = o.lead_unit_id
                order by v.valid_from <= p_day desc, abs(v.valid_from - p_day) limit 1),
            case when o.lead_unit_id is not null then private.outcome_unit_name(o.id, o.lead_unit_id, p_day) end),
        o.due_on,
        o.plan_item_id,
        (select i.code from app.plan_item as i where i.id = o.plan_item_id),
        case
            when o.withdrawn_on <= p_day then 'withdrawn'
            when o.completed_on <= p_day then 'completed'
            when o.kind = 'task' then 'open'
            else 'in_force' end,
        (case
            when o.withdrawn_on <= p_day then 'withdrawn'
            when o.completed_on <= p_day then 'completed'
            when o.kind = 'task' then 'open'
            else 'in_force' end) = 'open',
        o.given_on,
        case when o.completed_on <= p_day then o.completed_on end,
        case when o.withdrawn_on <= p_day then o.withdrawn_on end,
        case when o.withdrawn_on <= p_day then o.withdraw_reason end,
        (select a.id from app.assignment as a where a.source_id = o.id and a.status <> 'moved'
        order by a.status = 'cancelled', a.id desc limit 1),
        case when o.kind = 'task' then (private.outcome_work_on(o.id, p_day)).status end,
        case when o.kind = 'task' then (private.outcome_work_on(o.id, p_day)).progress end,
        coalesce(case when o.kind = 'task' then (private.outcome_work_on(o.id, p_day)).due_on end, o.due_on),
        coalesce(case when o.kind = 'task' then (private.outcome_work_on(o.id, p_day)).is_overdue end, false),
        coalesce(case when o.kind = 'task' then (private.outcome_work_on(o.id, p_day)).days_overdue end, 0),
        private.outcome_carried_on(o.id, p_day),
        l.code,
        n.code,
        o.version,
        o.created_at,
        o.updated_at,
        '{}'::text[],
        o.search,
        o.province_key,
        o.district_key,
        o.grassroots_key,
        o.province_line_key,
        o.district_line_key,
        o.grassroots_line_key
    from app.outcome as o
    left join app.meeting as m on m.id = o.meeting_id
    join app.level as l on l.id = o.level_id
    join app.line as n on n.id = o.line_id
    where o.given_on <= p_day;
end;

create function api.outcome_details_on(p_day date) returns setof api.outcome_details
    language sql stable rows 100
begin atomic
    select o.*,
        (select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'unit_id', u.unit_id,
                'unit_code', (select x.code from app.unit as x where x.id = u.unit_id),
                'unit_name', coalesce((select v.name from app.unit_version as v
                        where v.unit_id = u.unit_id
                        order by v.valid_from <= p_day desc, abs(v.valid_from - p_day) limit 1),
                    private.outcome_unit_name(o.id, u.unit_id, p_day)),
                'role', u.role) order by u.created_at, u.id), '[]')
            from app.outcome_unit as u where u.outcome_id = o.id)
    from api.outcomes_on(p_day) as o;
end;

create function api.outcome_units_on(p_day date) returns setof api.outcome_units
    language sql stable rows 1000
begin atomic
    select u.id, u.outcome_id, o.meeting_id, o.kind, o.title, u.unit_id,
        (select x.code from app.unit as x where x.id = u.unit_id),
        coalesce((select v.name from app.unit_version as v
                where v.unit_id = u.unit_id
                order by v.valid_from <= p_day desc, abs(v.valid_from - p_day) limit 1),
            private.outcome_unit_name(o.id, u.unit_id, p_day)),
        u.role, u.created_at, '{}'::text[]
    from app.outcome_unit as u
    join app.outcome as o on o.id = u.outcome_id
    where o.given_on <= p_day;
end;
