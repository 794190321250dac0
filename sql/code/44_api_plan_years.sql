-- A plan over its years: per task, unit, level, line or area; and one task per unit. private.plan_year_rows counts.

set local role danvan_owner;

create view api.plan_phases with (security_invoker = true) as
select
    f.id,
    f.plan_id,
    p.number as plan_number,
    f.from_year,
    f.to_year,
    f.name,
    f.plan_item_id,
    (select i.code from app.plan_item as i where i.id = f.plan_item_id) as item_code,
    f.version,
    f.created_at,
    f.updated_at,
    case when p.issuer_unit_id = (select private.my_unit()) and p.status <> 'closed' and (select private.my_rank()) >= 2
        then array['update', 'delete'] else '{}' end::text[] as actions
from app.plan_phase as f
join app.plan as p on p.id = f.plan_id;

create function private.plan_years_asked(p_plan_id uuid, p_level text, p_line text) returns void
    language plpgsql stable set search_path = ''
as $$
begin
    if not exists (select from app.plan as p where p.id = p_plan_id) then
        raise exception 'no such plan' using errcode = 'DV422', column = 'plan', constraint = 'not_visible';
    end if;
    if p_level is not null and not exists (select from app.level as l where l.code = p_level) then
        raise exception 'no such level' using errcode = 'DV422', column = 'level', constraint = 'not_a_choice';
    end if;
    if p_line is not null and not exists (select from app.line as n where n.code = p_line) then
        raise exception 'no such line' using errcode = 'DV422', column = 'line', constraint = 'not_a_choice';
    end if;
end;
$$;

create function private.phase_of(p_plan_id uuid, p_year integer) returns text
    language sql stable
    return (select f.name from app.plan_phase as f where f.plan_id = p_plan_id and p_year between f.from_year and f.to_year);

create function api.plan_years(
    p_plan_id uuid, p_by text default 'item', p_unit_id integer default null, p_subtree boolean default true,
    p_level text default null, p_line text default null, p_as_of date default null)
    returns table (
        group_id integer, plan_item_id uuid, group_code text, group_name text, "position" integer, year integer, phase text,
        total bigint, done_in_time bigint, done_late bigint, open bigint, overdue bigint, never_reported bigint,
        share_done numeric, cancelled bigint, from_plan bigint, from_meetings bigint, from_coordination bigint,
        from_inspections bigint, from_committees bigint)
    language plpgsql stable set search_path = '' rows 500
as $$
begin
    perform private.plan_years_asked(p_plan_id, p_level, p_line);
    return query
    with counted as materialized (
        select r.* from private.plan_year_rows(p_plan_id, p_by, null, p_unit_id, p_subtree, p_level, p_line, p_as_of) as r),
    -- asked for once, not for each row: row security is part of the answer
    phases as materialized (
        select f.from_year, f.to_year, f.name from app.plan_phase as f where f.plan_id = p_plan_id)
    select c.group_id, c.plan_item_id, coalesce(n.code, i.code), coalesce(n.name, i.title), coalesce(i.position, 0), c.year,
        f.name, c.total, c.done_in_time, c.done_late, c.open, c.overdue, c.never_reported,
        private.rate(c.done_in_time + c.done_late, c.total), c.cancelled, c.from_plan, c.from_meetings, c.from_coordination,
        c.from_inspections, c.from_committees
    from counted as c
    left join phases as f on c.year between f.from_year and f.to_year
    left join app.plan_item as i on i.id = c.plan_item_id
    left join private.group_names(p_by, (select array_agg(distinct x.group_id) from counted as x), coalesce(p_as_of, private.today())) as n
        on n.id = c.group_id;
end;
$$;

-- One task, unit by unit: who did it in which year.
create function api.plan_year_details(
    p_item_id uuid, p_unit_id integer default null, p_subtree boolean default true, p_level text default null,
    p_line text default null, p_as_of date default null)
    returns table (
        unit_id integer, unit_code text, unit_name text, plan_item_id uuid, item_code text, year integer, phase text,
        total bigint, done_in_time bigint, done_late bigint, open bigint, overdue bigint, never_reported bigint,
        share_done numeric, cancelled bigint)
    language plpgsql stable set search_path = '' rows 500
as $$
declare
    item app.plan_item;
begin
    select i.* into item from app.plan_item as i where i.id = p_item_id;
    if item.id is null then
        raise exception 'no such item' using errcode = 'DV422', column = 'item', constraint = 'not_visible';
    end if;
    perform private.plan_years_asked(item.plan_id, p_level, p_line);
    return query
    with counted as materialized (
        select r.* from private.plan_year_rows(item.plan_id, 'unit', p_item_id, p_unit_id, p_subtree, p_level, p_line, p_as_of) as r),
    phases as materialized (
        select f.from_year, f.to_year, f.name from app.plan_phase as f where f.plan_id = item.plan_id)
    select c.group_id, n.code, n.name, item.id, item.code, c.year, f.name, c.total,
        c.done_in_time, c.done_late, c.open, c.overdue, c.never_reported,
        private.rate(c.done_in_time + c.done_late, c.total), c.cancelled
    from counted as c
    left join phases as f on c.year between f.from_year and f.to_year
    left join private.group_names('unit', (select array_agg(distinct x.group_id) from counted as x), coalesce(p_as_of, private.today())) as n
        on n.id = c.group_id;
end;
$$;
