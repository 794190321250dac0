-- Plans with what is in them, periods and documents as of a day, by the rules of 46_as_of_people.sql.

set local role danvan_owner;

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
