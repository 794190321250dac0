-- Reports as they stood at the end of a day: their state from app.report_state, their words and figures from
-- the version that stood then (sent in, returned or approved last), units under the names of the day. What
-- was being drafted on a day is kept nowhere and told nowhere.
--
-- Bodies in SQL and no settings, so that the planner sees through the functions to the filters around them:
-- one report is one report's work.

set local role danvan_owner;

-- The state of the calendar on a day, with what had been decided by then. The days that it runs by are those
-- of now: of a due day that was moved the former is not kept.
create function private.period_state_on(p_period_id uuid, p_opens_on date, p_expires_on date, p_locks_on date, p_day date)
    returns text
    language sql stable
begin atomic
    select case
        when (select e.event from app.period_event as e
            where e.period_id = p_period_id and e.event in ('locked', 'unlocked') and e.cause = 'decision'
                and private.day_of(e.created_at) <= p_day
            order by e.created_at desc, e.id desc limit 1) = 'locked' then 'locked'
        when p_day > p_locks_on then 'locked'
        when p_day > p_expires_on then 'expired'
        when p_day >= p_opens_on or exists (
            select from app.period_event as e
            where e.period_id = p_period_id and e.event = 'opened' and private.day_of(e.created_at) <= p_day) then 'open'
        else 'planned' end;
end;

create function api.reports_on(p_day date) returns setof api.reports
    language sql stable rows 1000
begin atomic
    select
        r.id,
        r.period_id,
        p.label,
        p.kind,
        p.year,
        r.plan_id,
        r.unit_id,
        (select v.name from app.unit_version as v
            where v.unit_id = r.unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        s.superior_unit_id,
        (select v.name from app.unit_version as v
            where v.unit_id = s.superior_unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        r.level_id,
        l.code,
        r.line_id,
        n.code,
        s.due_on,
        r.original_due_on,
        private.period_state_on(p.id, p.opens_on, p.expires_on, p.locks_on, p_day),
        s.status,
        -- what a unit that is no more had not sent in is owed by nobody
        s.status in ('not_started', 'draft', 'returned') and not private.is_ended_on(r.unit_id, p_day),
        private.is_overdue(s.status in ('not_started', 'draft', 'returned'), s.due_on, p_day)
            and not private.is_ended_on(r.unit_id, p_day),
        case when private.is_overdue(s.status in ('not_started', 'draft', 'returned'), s.due_on, p_day)
            and not private.is_ended_on(r.unit_id, p_day) then p_day - s.due_on else 0 end,
        s.submission_count,
        s.first_submitted_on,
        s.submitted_on,
        s.decided_on,
        (select v.note from app.report_version as v
            where v.report_id = r.id and v.number <= s.version_number and v.event in ('returned', 'approved')
            order by v.number desc limit 1),
        s.reopened_until,
        case when s.status = 'moved' then r.moved_to_id end,
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
    from app.report as r
    cross join lateral (
        select x.* from app.report_state as x
        where x.report_id = r.id and x.day <= p_day
        order by x.day desc limit 1) as s
    left join app.period as p on p.id = r.period_id
    left join app.level as l on l.id = r.level_id
    left join app.line as n on n.id = r.line_id;
end;

-- The version of a report that stood on a day; or the last approved by then, the figures in force.
create function private.report_version_on(p_report_id uuid, p_day date, p_only_approved boolean)
    returns setof app.report_version
    language sql stable rows 1
begin atomic
    select v.*
    from app.report_version as v
    where v.report_id = p_report_id and not v.is_withdrawn
        and (v.event = 'approved' or not p_only_approved)
        and v.number <= (
            select s.version_number from app.report_state as s
            where s.report_id = p_report_id and s.day <= p_day
            order by s.day desc limit 1)
    order by v.number desc limit 1;
end;

-- Lines, headings, values and what was gathered, as rows like those of today. A row of a version has no
-- identity of its own: its id is made of the report and of what it is about, the same for every day.
create function private.made_id(p_report_id uuid, p_about text) returns uuid
    language sql immutable parallel safe
    return md5(p_report_id || '/' || p_about)::uuid;

create function api.report_lines_on(p_day date) returns setof api.report_lines
    language sql stable rows 1000
begin atomic
    select
        private.made_id(r.id, concat('lines/', c.plan_item_id, '/', c.assignment_id)),
        r.id,
        c.plan_item_id,
        c.item_code,
        i.outline,
        c.title,
        c.assignment_id,
        c.occurrence,
        a.due_on,
        c.position,
        c.status,
        c.progress,
        c.done,
        c.doing,
        c.figures,
        c.difficulties,
        c.proposals,
        c.return_note,
        v.number::integer,
        v.created_at,
        v.created_at,
        '{}'::text[]
    from app.report as r
    cross join lateral private.report_version_on(r.id, p_day, false) as v
    cross join lateral jsonb_to_recordset(v.content -> 'lines') as c (
        plan_item_id uuid, item_code text, title text, assignment_id uuid, occurrence text, "position" integer, status text,
        progress smallint, done text, doing text, figures text, difficulties text, proposals text, return_note text)
    left join app.plan_item as i on i.id = c.plan_item_id
    left join app.assignment as a on a.id = c.assignment_id;
end;

create function api.report_sections_on(p_day date) returns setof api.report_sections
    language sql stable rows 1000
begin atomic
    select
        private.made_id(r.id, 'sections/' || c.code),
        r.id,
        c.code,
        c.position,
        c.title,
        coalesce(o.counts_only, false),
        o.hint,
        c.text,
        c.return_note,
        v.number::integer,
        v.created_at,
        v.created_at,
        '{}'::text[]
    from app.report as r
    cross join lateral private.report_version_on(r.id, p_day, false) as v
    cross join lateral jsonb_to_recordset(v.content -> 'sections') as c (
        code text, "position" smallint, title text, text text, return_note text)
    left join app.plan as k on k.id = r.plan_id
    left join app.report_outline_section as o on o.outline = k.report_outline and o.code = c.code;
end;

-- What the last version in force said: approved by the day, also while the report is being rewritten; else what
-- was sent in. is_approved as of the day.
create function api.indicator_values_on(p_day date) returns setof api.indicator_values
    language sql stable rows 1000
begin atomic
    select
        private.made_id(r.id, 'values/' || c.indicator_id),
        r.id,
        r.period_id,
        d.label,
        r.plan_id,
        (select p.number from app.plan as p where p.id = r.plan_id),
        s.status,
        c.indicator_id,
        c.indicator_code,
        c.name,
        c.measure_unit,
        i.kind,
        i.roll_up,
        c.position,
        r.unit_id,
        (select u.code from app.unit as u where u.id = r.unit_id),
        (select n.name from app.unit_version as n
            where n.unit_id = r.unit_id and n.valid_from <= p_day
            order by n.valid_from desc limit 1),
        r.level_id,
        r.line_id,
        d.year,
        c.is_own_asked,
        false,
        c.own_value,
        c.own_numerator,
        c.own_denominator,
        c.gathered_value,
        c.gathered_numerator,
        c.gathered_denominator,
        c.gathered_expected_count,
        c.gathered_count,
        c.note,
        v.event = 'approved' and s.status = 'approved',
        v.number::integer,
        v.created_at,
        v.created_at,
        '{}'::text[],
        r.province_key,
        r.district_key,
        r.grassroots_key,
        r.province_line_key,
        r.district_line_key,
        r.grassroots_line_key
    from app.report as r
    cross join lateral (
        select x.status from app.report_state as x
        where x.report_id = r.id and x.day <= p_day
        order by x.day desc limit 1) as s
    cross join lateral private.report_version_on(r.id, p_day, false) as v
    cross join lateral jsonb_to_recordset(v.content -> 'values') as c (
        indicator_id uuid, indicator_code text, name text, measure_unit text, "position" integer, is_own_asked boolean,
        own_value bigint, own_numerator bigint, own_denominator bigint, gathered_value bigint, gathered_numerator bigint,
        gathered_denominator bigint, gathered_expected_count integer, gathered_count integer, note text)
    join app.period as d on d.id = r.period_id
    join app.indicator as i on i.id = c.indicator_id;
end;

-- What a report had gathered from below, as the version that stood says it.
create function api.report_gathered_lines_on(p_day date) returns setof api.report_gathered_lines
    language sql stable rows 1000
begin atomic
    select
        r.id,
        r.period_id,
        r.plan_id,
        r.unit_id,
        c.plan_item_id,
        c.item_code,
        i.outline,
        c.title,
        c.position,
        c.line_count,
        c.done_count,
        c.in_progress_count,
        c.not_started_count
    from app.report as r
    cross join lateral private.report_version_on(r.id, p_day, false) as v
    cross join lateral jsonb_to_recordset(v.content -> 'gathered_lines') as c (
        plan_item_id uuid, item_code text, title text, "position" integer, line_count integer, done_count integer,
        in_progress_count integer, not_started_count integer)
    join app.plan_item as i on i.id = c.plan_item_id;
end;

create function api.report_versions_on(p_day date) returns setof api.report_versions
    language sql stable rows 1000
begin atomic
    select v.id, v.report_id, v.number, v.event, v.note, v.by_user_id, v.by_unit_id,
        (select u.name from app.unit_version as u
            where u.unit_id = v.by_unit_id and u.valid_from <= p_day
            order by u.valid_from desc limit 1),
        v.created_at
    from app.report as r
    join app.report_version as v on v.report_id = r.id
    where not v.is_withdrawn
        and v.number <= (
            select s.version_number from app.report_state as s
            where s.report_id = v.report_id and s.day <= p_day
            order by s.day desc limit 1);
end;

-- One report of a day with all it said. Who reopened it and why is told while that reopening is still the last.
create function api.report_details_on(p_day date) returns setof api.report_details
    language sql stable rows 1000
begin atomic
    select
        a.*,
        p.starts_on,
        p.ends_on,
        p.locks_on,
        k.number,
        k.report_outline,
        (select max(e.until_on) from app.period_exception as e
            where e.period_id = r.period_id and e.unit_id = r.unit_id
                and private.day_of(e.created_at) <= p_day and (e.revoked_at is null or private.day_of(e.revoked_at) > p_day)),
        (select x.by_user_id from api.report_versions_on(p_day) as x
            where x.report_id = r.id and x.event = 'submitted' order by x.number desc limit 1),
        case when a.status = 'in_review' then r.accepted_at end,
        case when a.status = 'in_review' then r.accepted_by end,
        (select x.by_user_id from api.report_versions_on(p_day) as x
            where x.report_id = r.id and x.event in ('returned', 'approved') order by x.number desc limit 1),
        case when a.status = 'reopened' and a.reopened_until = r.reopened_until then r.reopened_by end,
        case when a.status = 'reopened' and a.reopened_until = r.reopened_until then r.reopen_reason end,
        (select coalesce(jsonb_agg(jsonb_build_object(
                'id', x.id, 'plan_item_id', x.plan_item_id, 'item_code', x.item_code, 'title', x.title,
                'assignment_id', x.assignment_id, 'occurrence', x.occurrence, 'due_on', x.due_on, 'status', x.status,
                'progress', x.progress, 'done', x.done, 'doing', x.doing, 'figures', x.figures,
                'difficulties', x.difficulties, 'proposals', x.proposals, 'return_note', x.return_note, 'version', x.version)
                order by x.position, x.due_on, x.id), '[]')
            from api.report_lines_on(p_day) as x where x.report_id = r.id),
        (select coalesce(jsonb_agg(jsonb_build_object(
                'id', x.id, 'code', x.code, 'title', x.title, 'counts_only', x.counts_only, 'hint', x.hint,
                'text', x.text, 'return_note', x.return_note, 'version', x.version)
                order by x.position, x.code), '[]')
            from api.report_sections_on(p_day) as x where x.report_id = r.id),
        (select coalesce(jsonb_agg(jsonb_build_object(
                'id', x.id, 'indicator_id', x.indicator_id, 'indicator_code', x.indicator_code, 'name', x.indicator_name,
                'kind', x.indicator_kind, 'measure_unit', x.measure_unit, 'is_own_asked', x.is_own_asked,
                'own_value', x.own_value, 'own_numerator', x.own_numerator, 'own_denominator', x.own_denominator,
                'gathered_value', x.gathered_value, 'gathered_numerator', x.gathered_numerator,
                'gathered_denominator', x.gathered_denominator, 'gathered_expected_count', x.gathered_expected_count,
                'gathered_count', x.gathered_count, 'note', x.note, 'is_approved', x.is_approved, 'version', x.version)
                order by x.indicator_position, x.indicator_code), '[]')
            from api.indicator_values_on(p_day) as x where x.report_id = r.id),
        jsonb_build_object(
            'at', v.content -> 'gathered' ->> 'at',
            'expected_count', (v.content -> 'gathered' ->> 'expected_count')::integer,
            'count', (v.content -> 'gathered' ->> 'count')::integer,
            'missing', coalesce(v.content -> 'gathered_missing', '[]'),
            'lines', (select coalesce(jsonb_agg(jsonb_build_object(
                    'plan_item_id', g.plan_item_id, 'item_code', g.item_code, 'title', g.title, 'line_count', g.line_count,
                    'done_count', g.done_count, 'in_progress_count', g.in_progress_count,
                    'not_started_count', g.not_started_count) order by g.position, g.item_code), '[]')
                from api.report_gathered_lines_on(p_day) as g
                where g.report_id = r.id)),
        (select jsonb_build_object('version', x.number, 'event', x.event, 'note', x.note, 'by_unit_id', x.by_unit_id,
                'by_unit_name', x.by_unit_name, 'created_at', x.created_at)
            from api.report_versions_on(p_day) as x
            where x.report_id = r.id and x.event in ('returned', 'approved')
            order by x.number desc limit 1),
        (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'number', x.number, 'event', x.event, 'note', x.note,
                'by_unit_name', x.by_unit_name, 'created_at', x.created_at) order by x.number), '[]')
            from api.report_versions_on(p_day) as x where x.report_id = r.id)
    from api.reports_on(p_day) as a
    join app.report as r on r.id = a.id
    left join lateral private.report_version_on(r.id, p_day, false) as v on true
    left join app.period as p on p.id = a.period_id
    left join app.plan as k on k.id = a.plan_id;
end;
