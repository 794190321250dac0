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
