-- How many assignments stand where: summed from app.assignment_count (kept by triggers), never by
-- counting the assignments; the overdue from the partial indexes of what is pending.

set local role danvan_owner;

-- One row per unit, plan and due year.
create view api.assignment_counts with (security_invoker = true) as
select
    c.unit_id,
    c.plan_id,
    c.due_year,
    coalesce(sum(c.count) filter (where c.status = 'not_started'), 0) as not_started,
    coalesce(sum(c.count) filter (where c.status = 'in_progress'), 0) as in_progress,
    coalesce(sum(c.count) filter (where c.status = 'reported'), 0) as reported,
    coalesce(sum(c.count) filter (where c.status = 'completed'), 0) as completed,
    coalesce(sum(c.count) filter (where c.status = 'cancelled'), 0) as cancelled,
    coalesce(sum(c.count) filter (where c.status <> 'moved'), 0) as total,
    c.province_key,
    c.district_key,
    c.grassroots_key,
    c.province_line_key,
    c.district_line_key,
    c.grassroots_line_key
from app.assignment_count as c
group by c.unit_id, c.plan_id, c.due_year, c.province_key, c.district_key, c.grassroots_key,
    c.province_line_key, c.district_line_key, c.grassroots_line_key;

-- Counts by status, and of the overdue, as one row: of one unit, of a unit with what a member of it
-- would see under it (all lines, or its own), or with no unit of the caller's own scope. Row
-- security holds as everywhere; a unit outside my scope is refused.
create function api.assignment_count_summary(
    p_unit_id integer default null, p_subtree boolean default true,
    p_plan_id uuid default null, p_due_year integer default null,
    out not_started bigint, out in_progress bigint, out reported bigint, out completed bigint,
    out cancelled bigint, out total bigint, out overdue bigint)
    language plpgsql stable set search_path = ''
as $$
declare
    bound constant record := private.scope_of_unit(p_unit_id);
    unit_value constant integer := case when not p_subtree then p_unit_id end;
begin
    -- %I is one of the scope columns: scope codes are rows of app.scope
    execute format($sql$
        select coalesce(sum(c.count) filter (where c.status = 'not_started'), 0),
            coalesce(sum(c.count) filter (where c.status = 'in_progress'), 0),
            coalesce(sum(c.count) filter (where c.status = 'reported'), 0),
            coalesce(sum(c.count) filter (where c.status = 'completed'), 0),
            coalesce(sum(c.count) filter (where c.status = 'cancelled'), 0),
            coalesce(sum(c.count) filter (where c.status <> 'moved'), 0)
        from app.assignment_count as c
        where %s
            and ($2::uuid is null or c.plan_id = $2)
            and ($3::integer is null or c.due_year = $3)$sql$,
        case when unit_value is null then format('c.%I = $1', bound.key_column) else 'c.unit_id = $4' end)
    into not_started, in_progress, reported, completed, cancelled, total
    using bound.key_value, p_plan_id, p_due_year, unit_value;
    execute format($sql$
        select count(*)
        from app.assignment as a
        where %s
            and a.is_pending and a.due_on < $5
            and ($2::uuid is null or a.plan_id = $2)
            and ($3::integer is null or a.due_year = $3)$sql$,
        case when unit_value is null then format('a.%I = $1', bound.key_column) else 'a.lead_unit_id = $4' end)
    into overdue
    using bound.key_value, p_plan_id, p_due_year, unit_value, private.today();
end;
$$;
