-- Parts of things as of a day: of assignments, courses, plans, documents, periods; what goes with people, and the
-- record of what was done. By the rules of 46_as_of_people.sql.

set local role danvan_owner;

-- Assignments ---------------------------------------------------------------------------------------------

-- Who else was named. A reorganisation puts the successor in the place of a unit that goes: before that day
-- the part is the old unit's, where the links lead back to one alone or the old unit wrote of its part.
-- Else it stays with the successor: which of several held it is kept nowhere. A part untouched since the
-- day is as it is; another is as the last entry recorded for the day or before says.
create function api.assignment_parts_on(p_day date) returns setof api.assignment_parts
    language sql stable rows 1000
begin atomic
    select distinct on (x.assignment_id, w.unit_id)
        x.id,
        x.assignment_id,
        a.plan_id,
        a.plan_item_id,
        i.code,
        coalesce(a.title, i.title),
        a.lead_unit_id,
        a.due_on,
        w.unit_id,
        (select v.name from app.unit_version as v
            where v.unit_id = w.unit_id
            order by v.valid_from <= p_day desc, abs(v.valid_from - p_day) limit 1),
        x.role,
        case when private.day_of(x.updated_at) <= p_day then x.status else coalesce(e.status, 'not_started') end,
        case when private.day_of(x.updated_at) <= p_day then x.progress else coalesce(e.progress, 0::smallint) end,
        x.version,
        x.created_at,
        x.updated_at
    from app.assignment_part as x
    join private.assignment_on(p_day) as a on a.id = x.assignment_id
    left join app.plan_item as i on i.id = a.plan_item_id
    cross join lateral (
        with recursive back as (
            select x.unit_id
            -- made after the assignment and the day, or of a unit that there was not yet: so in another's place
            where x.created_at > a.created_at and private.day_of(x.created_at) > p_day
                or not exists (
                    select from app.unit_version as v where v.unit_id = x.unit_id and v.valid_from <= p_day)
            union
            select l.predecessor_id
            from back as b
            join app.unit_link as l on l.successor_id = b.unit_id and l.effective_on > p_day
            where not l.is_function or exists (
                select from app.reorganisation_function_item as f
                where f.step_id = l.step_id and f.plan_item_id = a.plan_item_id)),
        held as (
            select b.unit_id,
                exists (
                    select from app.progress_entry as e
                    where e.assignment_id = x.assignment_id and e.unit_id = b.unit_id and e.part <> 'lead') as has_written
            from back as b
            where b.unit_id <> x.unit_id
                and exists (
                    select from app.unit_version as v
                    where v.unit_id = b.unit_id and v.valid_from <= p_day and (v.valid_to is null or v.valid_to > p_day))
                and not exists (
                    select from app.assignment_part as o
                    where o.assignment_id = x.assignment_id and o.unit_id = b.unit_id)),
        known as (
            select h.unit_id from held as h
            where h.has_written or (select count(*) from held) = 1)
        select k.unit_id from known as k
        union all
        select x.unit_id where not exists (select from known)) as w
    left join lateral (
        select case p.status when 'reported' then 'completed' else p.status end as status, p.progress
        from app.progress_entry as p
        where p.assignment_id = x.assignment_id and p.unit_id = w.unit_id and p.part <> 'lead' and p.recorded_on <= p_day
        order by p.recorded_on desc, p.created_at desc, p.id desc limit 1) as e on true
    order by x.assignment_id, w.unit_id, x.created_at, x.id;
end;

-- People --------------------------------------------------------------------------------------------------

-- Obtained by the day; without a day of its own, told by then. Of the people who are on the day's list.
create function api.qualifications_on(p_day date) returns setof api.qualifications
    language sql stable rows 1000
begin atomic
    select
        q.id,
        q.staff_id,
        s.code,
        s.full_name,
        s.unit_id,
        s.unit_code,
        s.unit_name,
        q.kind,
        q.degree,
        q.subject,
        q.institution,
        q.obtained_on,
        q.version,
        q.created_at,
        q.updated_at,
        '{}'::text[],
        s.province_key,
        s.district_key,
        s.grassroots_key,
        s.province_line_key,
        s.district_line_key,
        s.grassroots_line_key
    from app.qualification as q
    join api.staff_on(p_day) as s on s.id = q.staff_id
    where coalesce(q.obtained_on, private.day_of(q.created_at)) <= p_day;
end;

create function api.staff_deletions_on(p_day date) returns setof api.staff_deletions
    language sql stable rows 100
begin atomic
    select
        d.id,
        d.staff_id,
        d.unit_id,
        u.code,
        (select v.name from app.unit_version as v
            where v.unit_id = d.unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        d.left_on,
        d.retention_years,
        d.deleted_counts,
        encode(d.digest, 'hex'),
        d.deleted_at
    from app.staff_deletion as d
    left join app.unit as u on u.id = d.unit_id
    where private.day_of(d.deleted_at) <= p_day;
end;

-- Accounts made by the day; disabled if they were by then.
create function api.users_on(p_day date) returns setof api.users
    language sql stable rows 1000
begin atomic
    select
        u.id,
        u.version,
        u.login,
        u.display_name,
        u.email,
        u.wants_mail,
        u.home_unit_id,
        (select v.name from app.unit_version as v
            where v.unit_id = u.home_unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        w.is_disabled,
        case when w.is_disabled then u.disabled_at end,
        u.must_change_password,
        u.created_at,
        u.updated_at,
        '{}'::text[],
        u.search,
        u.province_key,
        u.district_key,
        u.grassroots_key,
        u.province_line_key,
        u.district_line_key,
        u.grassroots_line_key
    from app.user_account as u
    cross join lateral (select u.disabled_at is not null and private.day_of(u.disabled_at) <= p_day as is_disabled) as w
    where private.day_of(u.created_at) <= p_day;
end;

-- In force on the day, so current in its eyes.
create function api.memberships_on(p_day date) returns setof api.memberships
    language sql stable rows 1000
begin atomic
    select
        m.id,
        m.version,
        m.user_id,
        u.login,
        u.display_name,
        m.unit_id,
        (select v.name from app.unit_version as v
            where v.unit_id = m.unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        m.role,
        m.valid_from,
        m.valid_to,
        m.moves_to_unit_id,
        true,
        m.created_at,
        m.updated_at,
        '{}'::text[],
        m.province_key,
        m.district_key,
        m.grassroots_key,
        m.province_line_key,
        m.district_line_key,
        m.grassroots_line_key
    from app.membership as m
    left join app.user_account as u on u.id = m.user_id
    where m.valid_from <= p_day and (m.valid_to is null or m.valid_to > p_day);
end;

-- Training ------------------------------------------------------------------------------------------------

-- Of courses that had begun by the day, to their last day.
create function api.course_days_on(p_day date) returns setof api.course_days
    language sql stable rows 1000
begin atomic
    select d.id, d.course_id, c.code, d.day, d.title, '{}'::text[]
    from app.course_day as d
    join app.course as c on c.id = d.course_id
    where c.starts_on <= p_day;
end;

-- Made by the day, or to a course that had begun (it may have been entered later); so are the places taken.
create function api.course_invitations_on(p_day date) returns setof api.course_invitations
    language sql stable rows 1000
begin atomic
    select i.id, i.course_id, c.code, i.unit_id, u.code,
        (select v.name from app.unit_version as v
            where v.unit_id = i.unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        i.places,
        (select count(*) from app.training_record as r
            where r.course_id = i.course_id and r.unit_id = i.unit_id and r.status in ('registered', 'attended', 'absent')
                and least(private.day_of(r.created_at), c.starts_on) <= p_day),
        i.version, i.created_at, i.updated_at, '{}'::text[]
    from app.course_invitation as i
    join app.course as c on c.id = i.course_id
    left join app.unit as u on u.id = i.unit_id
    where least(private.day_of(i.created_at), c.starts_on) <= p_day;
end;

create function api.training_attendance_on(p_day date) returns setof api.training_attendance
    language sql stable rows 1000
begin atomic
    select a.* from api.training_attendance as a where a.day <= p_day;
end;

-- The record ----------------------------------------------------------------------------------------------

-- By moment, so that the list's index is walked. An installation on a fixed day dates by that day what its clock
-- dates later (private.day_of): from then on everything is of the day.
create function private.moment_after(p_day date) returns timestamptz
    language sql stable parallel safe
begin atomic
    select case when p_day >= private.today() then 'infinity'::timestamptz
        else (p_day + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh' end;
end;

create function api.audit_events_on(p_day date) returns setof api.audit_events
    language sql stable rows 10000
begin atomic
    select
        e.id,
        1,
        e.at,
        e.user_id,
        u.login,
        u.display_name,
        e.unit_id,
        (select v.name from app.unit_version as v
            where v.unit_id = e.unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        e.role,
        e.remote_addr,
        e.request_id,
        e.action,
        e.resource,
        e.resource_id,
        e.change,
        e.province_key,
        e.district_key,
        e.grassroots_key,
        e.province_line_key,
        e.district_line_key,
        e.grassroots_line_key
    from app.audit_event as e
    left join app.user_account as u on u.id = e.user_id
    where e.at < (select private.moment_after(p_day));
end;

-- Given by the day, and read by the caller by then.
create function api.notices_on(p_day date) returns setof api.notices
    language sql stable rows 1000
begin atomic
    select
        n.id,
        n.topic,
        n.stage,
        private.notice_title(n.topic, n.stage, n.due_on, n.count, a.name, p.number, private.notice_subject(n.resource, n.resource_id)),
        private.notice_text(n.topic, n.stage, n.due_on, n.count, a.name, p.number, private.notice_subject(n.resource, n.resource_id)),
        private.notice_link(n.topic, n.stage, n.unit_id, n.about_unit_id, n.due_on, n.resource, n.resource_id),
        n.resource,
        n.resource_id,
        n.about_unit_id,
        a.name,
        n.plan_id,
        n.due_on,
        n.count,
        r.read_at is not null,
        r.read_at,
        n.created_at,
        '{}'::text[]
    from app.notice as n
    left join app.notice_reading as r on r.notice_id = n.id and r.user_id = (select private.my_user())
        and r.read_at < (select private.moment_after(p_day))
    left join lateral (
        select v.name from app.unit_version as v
        where v.unit_id = n.about_unit_id and v.valid_from <= p_day
        order by v.valid_from desc limit 1) as a on true
    left join app.plan as p on p.id = n.plan_id
    where n.created_at < (select private.moment_after(p_day));
end;
