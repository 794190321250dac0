-- Assignments, their counts, the task matrix and entries as they were at the end of a day: what the lists of
-- today (40_api_assignments.sql, 40_api_assignment_counts.sql, 40_api_overview.sql) answer with as_of.
--
-- There is an assignment from the day its plan bears, or from the day it was given or a reorganisation made it; it stands
-- as app.assignment_state says, due as it was before more time was granted later, and late by that day.
-- One that moved later still stands at its old unit. Names and places are those of the day. What is recorded
-- of another day than the one it is written on counts from the day it is recorded for. A day to come is
-- today's state, and late by then. Keys are today's, and row security holds as everywhere.
--
-- Plain sql without a search path of its own, so that the planner sees through: a page, a unit or a plan
-- of a day reads no more than it needs.

set local role danvan_owner;

create function private.assignment_on(p_day date) returns table (
        id uuid, plan_id uuid, plan_item_id uuid, source text, source_id uuid,
        given_by_unit_id integer, title text, search text, level_id smallint, line_id smallint, lead_unit_id integer,
        occurrence text, starts_on date, due_on date, original_due_on date, status text, progress smallint,
        stands_since date, reported_on date, confirmed_by uuid, moved_to_id uuid, version integer, created_at timestamptz,
        updated_at timestamptz, province_key integer, district_key integer, grassroots_key integer,
        province_line_key integer, district_line_key integer, grassroots_line_key integer)
    language sql stable rows 10000
begin atomic
    select a.id, a.plan_id, a.plan_item_id, a.source, a.source_id, a.given_by_unit_id, a.title, a.search, a.level_id, a.line_id, a.lead_unit_id,
        a.occurrence, a.starts_on,
        -- few have another due day than the first one: only those are asked
        case when a.due_on = a.original_due_on then a.due_on
            else coalesce((
                select e.due_on from app.extension_request as e
                where e.assignment_id = a.id and e.status = 'granted' and e.decided_on > p_day
                order by e.decided_on, e.created_at limit 1), a.due_on) end,
        a.original_due_on, coalesce(s.status, 'not_started'), coalesce(s.progress, 0::smallint),
        s.valid_from, a.reported_on, a.confirmed_by, a.moved_to_id, a.version, a.created_at,
        a.updated_at, a.province_key, a.district_key, a.grassroots_key,
        a.province_line_key, a.district_line_key, a.grassroots_line_key
    from app.assignment as a
    left join lateral (
        select x.status, x.progress, x.valid_from
        from app.assignment_state as x
        where x.assignment_id = a.id and x.valid_from <= p_day
        order by x.valid_from desc limit 1) as s on true
    where a.given_on <= p_day;
end;

-- reported_on: of one that was confirmed, when it had been reported. Nothing can be done to a past day.
create function api.assignments_on(p_as_of date) returns setof api.assignments
    language sql stable rows 1000
begin atomic
    select
        a.id,
        a.plan_id,
        p.number,
        a.plan_item_id,
        i.code,
        i.outline,
        coalesce(a.title, i.title),
        i.position,
        a.source,
        a.source_id,
        a.given_by_unit_id,
        (select v.name from app.unit_version as v
            where v.unit_id = a.given_by_unit_id
            order by v.valid_from <= p_as_of desc, abs(v.valid_from - p_as_of) limit 1),
        a.level_id,
        l.code,
        a.lead_unit_id,
        (select v.name from app.unit_version as v
            where v.unit_id = a.lead_unit_id
            order by v.valid_from <= p_as_of desc, abs(v.valid_from - p_as_of) limit 1),
        a.line_id,
        n.code,
        (select v.area_id from app.unit_version as v
            where v.unit_id = a.lead_unit_id
            order by v.valid_from <= p_as_of desc, abs(v.valid_from - p_as_of) limit 1),
        (select w.name from app.area_version as w
            where w.area_id = (
                select v.area_id from app.unit_version as v
                where v.unit_id = a.lead_unit_id
                order by v.valid_from <= p_as_of desc, abs(v.valid_from - p_as_of) limit 1)
            order by w.valid_from <= p_as_of desc, abs(w.valid_from - p_as_of) limit 1),
        a.occurrence,
        a.starts_on,
        a.due_on,
        a.original_due_on,
        extract(year from a.due_on)::smallint,
        a.status,
        a.progress,
        a.status in ('not_started', 'in_progress'),
        a.status in ('not_started', 'in_progress') and a.due_on < p_as_of,
        case when a.status in ('not_started', 'in_progress') and a.due_on < p_as_of then p_as_of - a.due_on else 0 end,
        case a.status when 'reported' then a.stands_since
            when 'completed' then coalesce((
                select max(x.valid_from) from app.assignment_state as x
                where x.assignment_id = a.id and x.status = 'reported' and x.valid_from <= p_as_of), a.reported_on)
            -- given work is moved as reported
            when 'moved' then a.reported_on end,
        case a.status when 'completed' then a.stands_since end,
        case a.status when 'completed' then a.confirmed_by end,
        case a.status when 'moved' then a.moved_to_id end,
        d.symbol,
        i.source_clause,
        case when a.lead_unit_id = (select private.my_unit()) then 'lead'
            else (select x.role from app.assignment_part as x
                where x.assignment_id = a.id and x.unit_id = (select private.my_unit())) end,
        a.version,
        a.created_at,
        a.updated_at,
        '{}'::text[],
        a.search,
        a.province_key,
        a.district_key,
        a.grassroots_key,
        a.province_line_key,
        a.district_line_key,
        a.grassroots_line_key
    from private.assignment_on(p_as_of) as a
    left join app.plan as p on p.id = a.plan_id
    left join app.plan_item as i on i.id = a.plan_item_id
    left join app.document as d on d.id = i.source_document_id
    left join app.level as l on l.id = a.level_id
    left join app.line as n on n.id = a.line_id;
end;

-- What had been said by that day, as it was recorded; the unit as it was called.
create function api.progress_entries_on(p_as_of date) returns setof api.progress_entries
    language sql stable rows 100
begin atomic
    select e.id, e.assignment_id, a.plan_id, a.plan_item_id, e.unit_id,
        (select v.name from app.unit_version as v
            where v.unit_id = e.unit_id
            order by v.valid_from <= p_as_of desc, abs(v.valid_from - p_as_of) limit 1),
        e.part, e.status, e.progress, e.note, e.recorded_on, e.recorded_by, e.created_at
    from app.progress_entry as e
    join app.assignment as a on a.id = e.assignment_id
    where e.recorded_on <= p_as_of;
end;

-- One row per unit, plan and due year of that day.
create function api.assignment_counts_on(p_as_of date) returns setof api.assignment_counts
    language sql stable rows 1000
begin atomic
    select a.lead_unit_id, a.plan_id, extract(year from a.due_on)::smallint,
        count(*) filter (where a.status = 'not_started'),
        count(*) filter (where a.status = 'in_progress'),
        count(*) filter (where a.status = 'reported'),
        count(*) filter (where a.status = 'completed'),
        count(*) filter (where a.status = 'cancelled'),
        count(*) filter (where a.status <> 'moved'),
        a.province_key, a.district_key, a.grassroots_key,
        a.province_line_key, a.district_line_key, a.grassroots_line_key
    from private.assignment_on(p_as_of) as a
    -- as today, of one's scope alone: not what one sees of a unit beside it for having a part
    where exists (select from app.assignment_count as c where c.unit_id = a.lead_unit_id and c.plan_id = a.plan_id)
    group by a.lead_unit_id, a.plan_id, extract(year from a.due_on)::smallint, a.province_key, a.district_key,
        a.grassroots_key, a.province_line_key, a.district_line_key, a.grassroots_line_key;
end;

create function api.assignment_count_summary_on(
    p_as_of date, p_unit_id integer default null, p_subtree boolean default true,
    p_plan_id uuid default null, p_due_year integer default null,
    out not_started bigint, out in_progress bigint, out reported bigint, out completed bigint,
    out cancelled bigint, out total bigint, out overdue bigint)
    language plpgsql stable set search_path = ''
as $$
declare
    bound constant record := private.scope_of_unit(p_unit_id);
    unit_value constant integer := case when not p_subtree then p_unit_id end;
begin
    -- %s names one of the scope columns: scope codes are rows of app.scope
    execute format($sql$
        select count(*) filter (where a.status = 'not_started'),
            count(*) filter (where a.status = 'in_progress'),
            count(*) filter (where a.status = 'reported'),
            count(*) filter (where a.status = 'completed'),
            count(*) filter (where a.status = 'cancelled'),
            count(*) filter (where a.status <> 'moved'),
            count(*) filter (where a.status in ('not_started', 'in_progress') and a.due_on < $5)
        from private.assignment_on($5) as a
        where %s
            and ($2::uuid is null or a.plan_id = $2)
            and ($3::integer is null or extract(year from a.due_on) = $3)$sql$,
        case when unit_value is null then format('a.%I = $1', bound.key_column) else 'a.lead_unit_id = $4' end)
    into not_started, in_progress, reported, completed, cancelled, total, overdue
    using bound.key_value, p_plan_id, p_due_year, unit_value, p_as_of;
end;
$$;
