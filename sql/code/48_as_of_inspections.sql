-- Inspections as of a day, from dated facts alone (see 46_as_of_people.sql). What one's own unit alone saw (drafts,
-- findings before the conclusion) is on no day.

set local role danvan_owner;

-- Programmes issued by the day.
create function api.inspection_programmes_on(p_day date) returns setof api.inspection_programmes
    language sql stable rows 1000
begin atomic
    select
        r.id,
        r.plan_id,
        (select p.number from app.plan as p where p.id = r.plan_id),
        r.year,
        r.title,
        r.document_id,
        (select d.symbol from app.document as d where d.id = r.document_id),
        case when r.closed_on <= p_day then 'closed' else 'issued' end,
        r.issued_on,
        case when r.closed_on <= p_day then r.closed_on end,
        (select count(*) from app.inspection as i where i.programme_id = r.id and i.shown_on <= p_day),
        (select count(*) from app.inspection as i where i.programme_id = r.id and i.concluded_on <= p_day),
        r.owner_unit_id,
        u.code,
        u.code,
        (select v.name from app.unit_version as v
            where v.unit_id = r.owner_unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        l.code,
        n.code,
        r.version,
        r.created_at,
        r.updated_at,
        '{}'::text[],
        r.search,
        r.province_key,
        r.district_key,
        r.grassroots_key,
        r.province_line_key,
        r.district_line_key,
        r.grassroots_line_key
    from app.inspection_programme as r
    join app.level as l on l.id = r.level_id
    join app.line as n on n.id = r.line_id
    left join app.unit as u on u.id = r.owner_unit_id
    where r.issued_on <= p_day;
end;

-- Inspections that were there to be seen by the day, in the state of its end.
create function api.inspections_on(p_day date) returns setof api.inspections
    language sql stable rows 1000
begin atomic
    select
        i.id,
        i.programme_id,
        (select g.title from app.inspection_programme as g where g.id = i.programme_id),
        i.plan_id,
        (select p.number from app.plan as p where p.id = i.plan_id),
        i.plan_item_id,
        (select x.code from app.plan_item as x where x.id = i.plan_item_id),
        i.kind,
        i.is_joint,
        i.title,
        i.focus,
        i.starts_on,
        i.ends_on,
        case when i.concluded_on <= p_day then 'concluded' when i.cancelled_on <= p_day then 'cancelled'
            when i.began_on <= p_day then 'under_way' when i.announced_on <= p_day then 'announced' else 'planned' end,
        (select count(*) from app.inspection_unit as s where s.inspection_id = i.id and s.role = 'subject'),
        case when i.concluded_on <= p_day then i.document_id end,
        (select d.symbol from app.document as d where d.id = i.document_id and i.concluded_on <= p_day),
        case when i.announced_on <= p_day then i.announced_on end,
        case when i.began_on <= p_day then i.began_on end,
        case when i.concluded_on <= p_day then i.concluded_on end,
        case when i.cancelled_on <= p_day then i.cancelled_on end,
        case when i.cancelled_on <= p_day then i.cancel_reason end,
        i.owner_unit_id,
        u.code,
        u.code,
        (select v.name from app.unit_version as v
            where v.unit_id = i.owner_unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        l.code,
        n.code,
        i.version,
        i.created_at,
        i.updated_at,
        '{}'::text[],
        i.search,
        i.province_key,
        i.district_key,
        i.grassroots_key,
        i.province_line_key,
        i.district_line_key,
        i.grassroots_line_key
    from app.inspection as i
    join app.level as l on l.id = i.level_id
    join app.line as n on n.id = i.line_id
    left join app.unit as u on u.id = i.owner_unit_id
    where i.shown_on <= p_day;
end;

-- Units of inspections that were there to be seen by the day; which they are is kept without days.
create function api.inspection_units_on(p_day date) returns setof api.inspection_units
    language sql stable rows 1000
begin atomic
    select
        s.id,
        s.inspection_id,
        i.title,
        i.starts_on,
        case when i.concluded_on <= p_day then 'concluded' when i.cancelled_on <= p_day then 'cancelled'
            when i.began_on <= p_day then 'under_way' when i.announced_on <= p_day then 'announced' else 'planned' end,
        s.unit_id,
        u.code,
        (select v.name from app.unit_version as v
            where v.unit_id = s.unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        s.role,
        coalesce(i.concluded_on <= p_day, false) and private.nothing_found(s.id),
        s.version,
        s.created_at,
        s.updated_at,
        '{}'::text[]
    from app.inspection_unit as s
    join app.inspection as i on i.id = s.inspection_id
    left join app.unit as u on u.id = s.unit_id
    where i.shown_on <= p_day;
end;

-- By what documents those were inspected; kept without days.
create function api.inspection_standards_on(p_day date) returns setof api.inspection_standards
    language sql stable rows 1000
begin atomic
    select
        s.id,
        s.inspection_id,
        i.title,
        s.document_id,
        d.symbol,
        d.subject,
        d.issued_on,
        '{}'::text[]
    from app.inspection_standard as s
    join app.inspection as i on i.id = s.inspection_id
    left join app.document as d on d.id = s.document_id
    where i.shown_on <= p_day;
end;

-- Findings of inspections concluded by the day.
create function api.inspection_findings_on(p_day date) returns setof api.inspection_findings
    language sql stable rows 1000
begin atomic
    select
        f.id,
        f.inspection_id,
        (select i.title from app.inspection as i where i.id = f.inspection_id),
        f.subject_unit_id,
        (select s.code from app.unit as s where s.id = f.subject_unit_id),
        (select v.name from app.unit_version as v
            where v.unit_id = f.subject_unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        f.kind,
        f.text,
        f.issued_on,
        f.owner_unit_id,
        u.code,
        u.code,
        (select v.name from app.unit_version as v
            where v.unit_id = f.owner_unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        l.code,
        n.code,
        f.version,
        f.created_at,
        f.updated_at,
        '{}'::text[],
        f.province_key,
        f.district_key,
        f.grassroots_key,
        f.province_line_key,
        f.district_line_key,
        f.grassroots_line_key
    from app.inspection_finding as f
    join app.level as l on l.id = f.level_id
    join app.line as n on n.id = f.line_id
    left join app.unit as u on u.id = f.owner_unit_id
    where f.issued_on <= p_day;
end;

-- Recommendations given by the day and open, completed or withdrawn at its end.
create function api.recommendations_on(p_day date) returns setof api.recommendations
    language sql stable rows 1000
begin atomic
    select
        r.id,
        r.inspection_id,
        (select i.title from app.inspection as i where i.id = r.inspection_id),
        r.lead_unit_id,
        (select s.code from app.unit as s where s.id = r.lead_unit_id),
        (select v.name from app.unit_version as v
            where v.unit_id = r.lead_unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        r.title,
        r.text,
        r.due_on,
        case when r.completed_on <= p_day then 'completed' when r.withdrawn_on <= p_day then 'withdrawn' else 'open' end,
        r.given_on,
        case when r.completed_on <= p_day then r.completed_on end,
        case when r.withdrawn_on <= p_day then r.withdrawn_on end,
        case when r.withdrawn_on <= p_day then r.withdraw_reason end,
        (select a.id from app.assignment as a where a.source_id = r.id and a.status <> 'moved'
            order by a.status = 'cancelled', a.id desc limit 1),
        (private.given_state_on(r.id, p_day)).status,
        (private.given_state_on(r.id, p_day)).progress,
        (private.given_state_on(r.id, p_day)).due_on,
        o.is_late,
        case when o.is_late then p_day - (private.given_state_on(r.id, p_day)).due_on else 0 end,
        case when coalesce(r.completed_on, r.withdrawn_on, p_day + 1) > p_day then p_day - r.given_on end,
        r.owner_unit_id,
        u.code,
        u.code,
        (select v.name from app.unit_version as v
            where v.unit_id = r.owner_unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        l.code,
        n.code,
        r.version,
        r.created_at,
        r.updated_at,
        '{}'::text[],
        r.search,
        r.province_key,
        r.district_key,
        r.grassroots_key,
        r.province_line_key,
        r.district_line_key,
        r.grassroots_line_key
    from app.recommendation as r
    join app.level as l on l.id = r.level_id
    join app.line as n on n.id = r.line_id
    left join app.unit as u on u.id = r.owner_unit_id
    cross join lateral (
        select case when r.due_on < p_day and coalesce(r.completed_on, r.withdrawn_on, p_day + 1) > p_day
            then coalesce((private.given_state_on(r.id, p_day)).is_late, false) else false end as is_late) as o
    where r.given_on <= p_day;
end;
