-- Lists as of a day, from dated facts alone: what was in force, held, issued, asked or decided by the end of
-- the day, under the names of the day. Columns that are kept without days are those of today; docs/as-of.md
-- says which. Bodies in SQL and no settings, so that the planner sees through to the filters around them.

set local role danvan_owner;

-- People --------------------------------------------------------------------------------------------------

-- People who held a first post by the day: where and in what they stood on it or, between posts and after
-- leaving, last. Whoever had left by then has left; name, code and account are those of today.
create function api.staff_on(p_day date) returns setof api.staff
    language sql stable rows 1000
begin atomic
    select
        s.id,
        s.code,
        s.full_name,
        a.unit_id,
        u.code,
        (select v.name from app.unit_version as v
            where v.unit_id = a.unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        l.code,
        n.code,
        case when a.is_held then a.position_code end,
        case when a.is_held then a.position_code end,
        case when a.is_held then p.name end,
        case when a.is_held then a.valid_from end,
        (select coalesce(jsonb_agg(jsonb_build_object(
                'id', x.id, 'unit_id', x.unit_id, 'unit_code', (select o.code from app.unit as o where o.id = x.unit_id),
                'unit_name', (select v.name from app.unit_version as v
                    where v.unit_id = x.unit_id and v.valid_from <= p_day
                    order by v.valid_from desc limit 1),
                'position_code', x.position_code,
                'position_name', (select o.name from app.position as o where o.code = x.position_code),
                'kind', x.kind, 'valid_from', x.valid_from, 'valid_to', x.valid_to) order by x.valid_from, x.id), '[]')
            from app.appointment as x
            where x.staff_id = s.id and x.kind <> 'primary'
                and x.valid_from <= p_day and (x.valid_to is null or x.valid_to > p_day)),
        s.user_id,
        case when s.left_on <= p_day then 'left' else 'working' end,
        case when s.left_on <= p_day then s.left_on end,
        s.version,
        s.created_at,
        s.updated_at,
        '{}'::text[],
        s.search,
        s.province_key,
        s.district_key,
        s.grassroots_key,
        s.province_line_key,
        s.district_line_key,
        s.grassroots_line_key
    from app.staff as s
    cross join lateral (
        select x.unit_id, x.position_code, x.valid_from, x.level_id, x.line_id, x.valid_to is null or x.valid_to > p_day as is_held
        from app.appointment as x
        where x.staff_id = s.id and x.kind = 'primary' and x.valid_from <= p_day
        order by x.valid_from desc limit 1) as a
    left join app.unit as u on u.id = a.unit_id
    join app.level as l on l.id = a.level_id
    join app.line as n on n.id = a.line_id
    left join app.position as p on p.code = a.position_code;
end;

-- Posts held on the day, in units as they were called then.
create function api.appointments_on(p_day date) returns setof api.appointments
    language sql stable rows 1000
begin atomic
    select
        a.id,
        a.staff_id,
        s.code,
        s.full_name,
        a.unit_id,
        u.code,
        (select v.name from app.unit_version as v
            where v.unit_id = a.unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        l.code,
        n.code,
        a.position_code,
        a.position_code,
        p.name,
        a.kind,
        a.valid_from,
        a.valid_to,
        a.legal_basis,
        a.end_cause,
        a.moves_to_unit_id,
        a.version,
        a.created_at,
        a.updated_at,
        '{}'::text[],
        a.province_key,
        a.district_key,
        a.grassroots_key,
        a.province_line_key,
        a.district_line_key,
        a.grassroots_line_key
    from app.appointment as a
    left join app.staff as s on s.id = a.staff_id
    left join app.unit as u on u.id = a.unit_id
    join app.position as p on p.code = a.position_code
    join app.level as l on l.id = a.level_id
    join app.line as n on n.id = a.line_id
    where a.valid_from <= p_day and (a.valid_to is null or a.valid_to > p_day);
end;

-- Quotas in force on the day.
create function api.establishments_on(p_day date) returns setof api.establishments
    language sql stable rows 1000
begin atomic
    select
        e.id,
        e.unit_id,
        u.code,
        (select v.name from app.unit_version as v
            where v.unit_id = e.unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        l.code,
        n.code,
        e.position_code,
        e.position_code,
        p.name,
        e.quota,
        e.valid_from,
        e.valid_to,
        e.legal_basis,
        e.version,
        e.created_at,
        e.updated_at,
        '{}'::text[],
        e.province_key,
        e.district_key,
        e.grassroots_key,
        e.province_line_key,
        e.district_line_key,
        e.grassroots_line_key
    from app.establishment as e
    left join app.unit as u on u.id = e.unit_id
    join app.position as p on p.code = e.position_code
    join app.level as l on l.id = e.level_id
    join app.line as n on n.id = e.line_id
    where e.valid_from <= p_day and (e.valid_to is null or e.valid_to > p_day);
end;

-- Training --------------------------------------------------------------------------------------------------

-- Courses that had begun by the day. Held from the first day to the last; what came of it is of today.
create function api.courses_on(p_day date) returns setof api.courses
    language sql stable rows 1000
begin atomic
    select
        c.id,
        c.code,
        c.name,
        c.topic_code,
        c.topic_code,
        t.name,
        c.organiser_unit_id,
        u.code,
        u.code,
        (select v.name from app.unit_version as v
            where v.unit_id = c.organiser_unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        c.partner_unit_id,
        (select p.code from app.unit as p where p.id = c.partner_unit_id),
        c.partner,
        c.plan_item_id,
        (select p.number from app.plan_item as i join app.plan as p on p.id = i.plan_id where i.id = c.plan_item_id),
        (select i.code from app.plan_item as i where i.id = c.plan_item_id),
        c.document_id,
        c.starts_on,
        c.ends_on,
        (select count(*) from app.course_day as d where d.course_id = c.id),
        c.place,
        c.capacity,
        c.pass_percent,
        case when c.status = 'closed' and c.ends_on >= p_day then 'held' else c.status end,
        c.cancel_reason,
        l.code,
        n.code,
        c.version,
        c.created_at,
        c.updated_at,
        '{}'::text[],
        c.search,
        c.province_key,
        c.district_key,
        c.grassroots_key,
        c.province_line_key,
        c.district_line_key,
        c.grassroots_line_key
    from app.course as c
    join app.training_topic as t on t.code = c.topic_code
    join app.level as l on l.id = c.level_id
    join app.line as n on n.id = c.line_id
    left join app.unit as u on u.id = c.organiser_unit_id
    where c.starts_on <= p_day;
end;

-- Who took part in courses that had begun by the day: the days attended by then, and the result once the
-- course was over or the certificate given.
create function api.training_records_on(p_day date) returns setof api.training_records
    language sql stable rows 1000
begin atomic
    select
        r.id,
        r.course_id,
        c.code,
        c.name,
        r.organiser_unit_id,
        (select o.code from app.unit as o where o.id = r.organiser_unit_id),
        r.topic_code,
        c.starts_on,
        c.ends_on,
        r.staff_id,
        s.code,
        s.full_name,
        r.unit_id,
        u.code,
        (select v.name from app.unit_version as v
            where v.unit_id = r.unit_id and v.valid_from <= c.starts_on
            order by v.valid_from desc limit 1),
        l.code,
        n.code,
        r.status,
        case when c.ends_on <= p_day then r.days_attended else (
            select count(*) from app.training_attendance as a
            where a.record_id = r.id and a.is_present and a.day <= p_day)::smallint end,
        case when coalesce(r.certified_on, c.ends_on) <= p_day then r.result end,
        case when coalesce(r.certified_on, c.ends_on) <= p_day then r.score end,
        case when r.certified_on <= p_day then r.certificate_number end,
        case when r.certified_on <= p_day then r.certified_on end,
        case when r.certified_on <= p_day then r.valid_until end,
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
    from app.training_record as r
    join app.course as c on c.id = r.course_id
    left join app.staff as s on s.id = r.staff_id
    left join app.unit as u on u.id = r.unit_id
    join app.level as l on l.id = r.level_id
    join app.line as n on n.id = r.line_id
    where c.starts_on <= p_day;
end;

-- Plans -----------------------------------------------------------------------------------------------------

-- The day a plan bears: signed, or issued here if that was before. NULL: never issued.
create function private.plan_issued_on(p_status text, p_signed_on date, p_issued_at timestamptz) returns date
    language sql stable parallel safe
    return case when p_status in ('in_force', 'closed') then least(p_signed_on, private.day_of(p_issued_at)) end;

-- Plans issued by the day, of the unit that issued them if it stood then.
create function api.plans_on(p_day date) returns setof api.plans
    language sql stable rows 100
begin atomic
    select
        p.id,
        p.number,
        p.title,
        p.document_id,
        o.unit_id,
        (select v.name from app.unit_version as v
            where v.unit_id = o.unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        p.issuer_area_id,
        p.original_issuer_unit_id,
        p.parent_plan_id,
        p.report_outline,
        p.signed_on,
        p.signer,
        p.period_from,
        p.period_to,
        p.status,
        p.issued_at,
        p.issued_by,
        p.version,
        p.created_at,
        p.updated_at,
        '{}'::text[],
        private.search_text(p.number || ' ' || p.title),
        p.province_key,
        p.district_key,
        p.grassroots_key,
        p.province_line_key,
        p.district_line_key,
        p.grassroots_line_key
    from app.plan as p
    cross join lateral (
        select case when exists (
            select from app.unit_version as v
            where v.unit_id = p.original_issuer_unit_id and v.valid_from <= p_day and (v.valid_to is null or v.valid_to > p_day))
            then p.original_issuer_unit_id else p.issuer_unit_id end as unit_id) as o
    where private.plan_issued_on(p.status, p.signed_on, p.issued_at) <= p_day;
end;

-- Items of plans issued by the day: nothing in them changes from then on.
create function api.plan_items_on(p_day date) returns setof api.plan_items
    language sql stable rows 1000
begin atomic
    select
        i.id,
        i.plan_id,
        p.number,
        p.status,
        i.parent_id,
        i.block_id,
        b.code,
        i.kind,
        i.code,
        i.outline,
        i.position,
        i.title,
        i.text,
        i.deliverable,
        i.source_document_id,
        d.symbol,
        i.source_clause,
        i.carries_out_id,
        c.code,
        i.asks_own_plan,
        i.version,
        i.created_at,
        i.updated_at,
        '{}'::text[],
        i.search
    from app.plan_item as i
    join app.plan as p on p.id = i.plan_id
    left join app.plan_item as b on b.id = i.block_id
    left join app.plan_item as c on c.id = i.carries_out_id
    left join app.document as d on d.id = i.source_document_id
    where private.plan_issued_on(p.status, p.signed_on, p.issued_at) <= p_day;
end;

create function api.responsibilities_on(p_day date) returns setof api.responsibilities
    language sql stable rows 1000
begin atomic
    select
        r.id,
        i.plan_id,
        r.plan_item_id,
        i.code,
        r.role,
        r.level_id,
        l.code,
        r.unit_id,
        (select v.name from app.unit_version as v
            where v.unit_id = r.unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        r.holder_role,
        h.name,
        r.holder_level_id,
        hl.code,
        r.as_written,
        r.note,
        i.position,
        r.version,
        r.created_at,
        r.updated_at
    from app.responsibility as r
    join app.plan_item as i on i.id = r.plan_item_id
    join app.plan as p on p.id = i.plan_id
    left join app.level as l on l.id = r.level_id
    left join app.level as hl on hl.id = r.holder_level_id
    left join app.level_role as h on h.code = r.holder_role
    where private.plan_issued_on(p.status, p.signed_on, p.issued_at) <= p_day;
end;

create function api.schedules_on(p_day date) returns setof api.schedules
    language sql stable rows 1000
begin atomic
    select s.*
    from api.schedules as s
    join app.plan as p on p.id = s.plan_id
    where private.plan_issued_on(p.status, p.signed_on, p.issued_at) <= p_day;
end;

-- Exceptions granted by the day, revoked as far as they were; in force if they held on it.
create function api.period_exceptions_on(p_day date) returns setof api.period_exceptions
    language sql stable rows 100
begin atomic
    select
        e.id,
        e.period_id,
        d.plan_id,
        d.label,
        e.unit_id,
        (select v.name from app.unit_version as v
            where v.unit_id = e.unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        e.until_on,
        e.reason,
        e.granted_by,
        e.granted_unit_id,
        (select v.name from app.unit_version as v
            where v.unit_id = e.granted_unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        case when w.is_revoked then e.revoked_at end,
        case when w.is_revoked then e.revoked_by end,
        not w.is_revoked and e.until_on >= p_day,
        e.version,
        e.created_at,
        e.updated_at,
        '{}'::text[]
    from app.period_exception as e
    cross join lateral (select e.revoked_at is not null and private.day_of(e.revoked_at) <= p_day as is_revoked) as w
    left join app.period as d on d.id = e.period_id
    where private.day_of(e.created_at) <= p_day;
end;

-- Periods that had been made or had opened by the day, in their phase of the day.
create function api.periods_on(p_day date) returns setof api.periods
    language sql stable rows 100
begin atomic
    select
        d.id,
        d.plan_id,
        p.number,
        d.kind,
        k.name,
        d.label,
        d.year,
        d.starts_on,
        d.ends_on,
        d.opens_on,
        d.expires_on,
        d.locks_on,
        case when private.day_of(d.opened_at) <= p_day then d.opened_at end,
        case when private.day_of(d.locked_at) <= p_day then d.locked_at end,
        -- the calendar opens nothing under a plan that is not in force
        case when d.recorded_state = 'planned' and p.status <> 'in_force' then 'planned'
            else private.period_state_on(d.id, d.opens_on, d.expires_on, d.locks_on, p_day) end,
        d.version,
        d.created_at,
        d.updated_at,
        '{}'::text[]
    from app.period as d
    left join app.plan as p on p.id = d.plan_id
    left join app.period_kind as k on k.code = d.kind
    where least(private.day_of(d.created_at), d.opens_on) <= p_day
        and (p.id is null or coalesce(private.plan_issued_on(p.status, p.signed_on, p.issued_at), p_day) <= p_day);
end;

-- Published documents that bear a day, by then.
create function api.documents_on(p_day date) returns setof api.documents
    language sql stable rows 1000
begin atomic
    select
        d.id,
        d.version,
        d.symbol,
        d.kind,
        k.name,
        d.issuer,
        d.issued_on,
        d.subject,
        d.as_written,
        d.is_doubtful,
        d.doubt,
        d.status,
        d.owner_unit_id,
        (select v.name from app.unit_version as v
            where v.unit_id = d.owner_unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        d.owner_area_id,
        d.created_at,
        d.updated_at,
        '{}'::text[],
        d.search,
        d.province_key,
        d.district_key,
        d.grassroots_key,
        d.province_line_key,
        d.district_line_key,
        d.grassroots_line_key
    from app.document as d
    join app.document_kind as k on k.code = d.kind
    where d.status = 'published' and d.issued_on <= p_day;
end;

-- Asked, decided ---------------------------------------------------------------------------------------------

-- Requests asked by the day: pending until they were decided or withdrawn.
create function api.extension_requests_on(p_day date) returns setof api.extension_requests
    language sql stable rows 1000
begin atomic
    select
        r.id,
        r.assignment_id,
        a.plan_id,
        i.code,
        i.title,
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
