-- What was asked or decided as of a day, by the rules of 46_as_of_people.sql.

set local role danvan_owner;

-- Requests asked by the day: pending until they were decided or withdrawn.
create function api.extension_requests_on(p_day date) returns setof api.extension_requests
    language sql stable rows 1000
begin atomic
    select
        r.id,
        r.assignment_id,
        a.plan_id,
        i.code,
        coalesce(a.title, i.title),
        a.occurrence,
        r.unit_id,
        (select v.name from app.unit_version as v
            where v.unit_id = r.unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        r.superior_unit_id,
        (select v.name from app.unit_version as v
            where v.unit_id = r.superior_unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        r.due_on,
        a.original_due_on,
        r.asked_due_on,
        r.reason,
        case when w.is_over then r.status else 'pending' end,
        case when w.is_over then r.granted_due_on end,
        case when w.is_over then r.decision_note end,
        r.asked_by,
        case when w.is_over then r.decided_by end,
        case when w.is_over then r.decided_at end,
        r.version,
        r.created_at,
        r.updated_at,
        '{}'::text[],
        r.province_key,
        r.district_key,
        r.grassroots_key,
        r.province_line_key,
        r.district_line_key,
        r.grassroots_line_key
    from app.extension_request as r
    cross join lateral (
        select r.status <> 'pending' and private.day_of(coalesce(r.decided_at, r.updated_at)) <= p_day as is_over) as w
    left join app.assignment as a on a.id = r.assignment_id
    left join app.plan_item as i on i.id = a.plan_item_id
    where private.day_of(r.created_at) <= p_day;
end;

-- Ratings given by the day.
create function api.ratings_on(p_day date) returns setof api.ratings
    language sql stable rows 1000
begin atomic
    select
        r.id,
        r.unit_id,
        (select u.code from app.unit as u where u.id = r.unit_id),
        (select v.name from app.unit_version as v
            where v.unit_id = r.unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        r.level_id,
        l.code,
        r.line_id,
        n.code,
        r.year,
        r.scale,
        r.grade,
        g.name,
        g.counts_as_fair_or_better,
        r.rated_on,
        r.rated_by_unit_id,
        (select v.name from app.unit_version as v
            where v.unit_id = r.rated_by_unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        r.document_id,
        r.note,
        r.version,
        r.created_at,
        r.updated_at,
        '{}'::text[],
        r.province_key,
        r.district_key,
        r.grassroots_key,
        r.province_line_key,
        r.district_line_key,
        r.grassroots_line_key
    from app.rating as r
    join app.rating_grade as g on g.scale = r.scale and g.code = r.grade
    join app.level as l on l.id = r.level_id
    join app.line as n on n.id = r.line_id
    where r.rated_on <= p_day;
end;

-- Reorganisations whose effect had begun by the day; carried out, or they have none.
create function api.reorganisations_on(p_day date) returns setof api.reorganisations
    language sql stable rows 100
begin atomic
    select
        r.id,
        r.title,
        r.document_id,
        d.symbol,
        r.legal_basis,
        r.effective_on,
        r.is_doubtful,
        r.doubt,
        r.status,
        r.owner_unit_id,
        (select v.name from app.unit_version as v
            where v.unit_id = r.owner_unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        r.prepared_by,
        r.decided_by,
        r.decided_unit_id,
        (select v.name from app.unit_version as v
            where v.unit_id = r.decided_unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        r.decided_at,
        r.carried_out_at,
        r.withdrawn_at,
        r.withdraw_reason,
        (select count(*) from app.reorganisation_step as t where t.reorganisation_id = r.id)::integer,
        r.outcome,
        r.version,
        r.created_at,
        r.updated_at,
        '{}'::text[],
        private.search_text(r.title || ' ' || coalesce(r.legal_basis, ''))
    from app.reorganisation as r
    left join app.document as d on d.id = r.document_id
    where r.effective_on <= p_day and r.status = 'carried_out';
end;
