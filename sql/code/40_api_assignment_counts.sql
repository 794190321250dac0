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
    sum(c.count) as total,
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
-- security holds as everywhere: a unit outside my scope counts nothing.
create function api.assignment_count_summary(
    p_unit_id integer default null, p_subtree boolean default true,
    p_plan_id uuid default null, p_due_year integer default null,
    out not_started bigint, out in_progress bigint, out reported bigint, out completed bigint,
    out cancelled bigint, out total bigint, out overdue bigint)
    language plpgsql stable set search_path = ''
as $$
declare
    key_column text := private.my_scope_code() || '_key';
    key_value integer := private.my_scope();
    unit_value integer := case when not p_subtree then p_unit_id end;
begin
    if p_unit_id is not null then
        -- the unit's level and line say which key bounds what is under it
        select key.name,
            case key.name
                when 'province_key' then u.province_key
                when 'province_line_key' then u.province_line_key
                when 'district_key' then u.district_key
                when 'district_line_key' then u.district_line_key
                when 'grassroots_key' then u.grassroots_key
                when 'grassroots_line_key' then u.grassroots_line_key
            end
        into key_column, key_value
        from app.unit as u
        join app.level as l on l.id = u.level_id
        join app.line as n on n.id = u.line_id
        cross join lateral (
            select l.code || case when n.sees_all_lines then '_key' else '_line_key' end as name) as key
        where u.id = p_unit_id;
        key_value := case when found then key_value end;
    end if;
    if key_value is null then
        raise exception 'no such unit' using errcode = 'DV422', column = 'unit', constraint = 'not_visible';
    end if;
    -- %I is one of the scope columns: scope codes are rows of app.scope
    execute format($sql$
        select coalesce(sum(c.count) filter (where c.status = 'not_started'), 0),
            coalesce(sum(c.count) filter (where c.status = 'in_progress'), 0),
            coalesce(sum(c.count) filter (where c.status = 'reported'), 0),
            coalesce(sum(c.count) filter (where c.status = 'completed'), 0),
            coalesce(sum(c.count) filter (where c.status = 'cancelled'), 0),
            coalesce(sum(c.count), 0)
        from app.assignment_count as c
        where %s
            and ($2::uuid is null or c.plan_id = $2)
            and ($3::integer is null or c.due_year = $3)$sql$,
        case when unit_value is null then format('c.%I = $1', key_column) else 'c.unit_id = $4' end)
    into not_started, in_progress, reported, completed, cancelled, total
    using key_value, p_plan_id, p_due_year, unit_value;
    execute format($sql$
        select count(*)
        from app.assignment as a
        where %s
            and a.is_pending and a.due_on < $5
            and ($2::uuid is null or a.plan_id = $2)
            and ($3::integer is null or a.due_year = $3)$sql$,
        case when unit_value is null then format('a.%I = $1', key_column) else 'a.lead_unit_id = $4' end)
    into overdue
    using key_value, p_plan_id, p_due_year, unit_value, private.today();
end;
$$;
