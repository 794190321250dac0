-- A plan over its years: what was owed in each by its first due day, and what became of it. The base of the closing report.
--
-- Counted past row security, within the scope that private.scope_of_unit lets the caller name: the rows of a scope are
-- all seen by whoever has that scope or one around it, and asking again for each of them takes longer than counting.

set local role danvan_policy;

-- private.assignment_on($7) as the relation of a statement, for a wide scope: the last state by the day of all assignments is
-- read in the order of its key, from the key's index alone, instead of looked for assignment by assignment. That both tell the
-- same is held by tests/sql/year/demo_year.sql.
create function private.assignments_stood() returns text
    language sql immutable
    return $sql$(
        select a.id, a.plan_id, a.plan_item_id, a.source, a.lead_unit_id, a.level_id, a.line_id,
            case when a.due_on = a.original_due_on then a.due_on
                else coalesce((
                    select e.due_on from app.extension_request as e
                    where e.assignment_id = a.id and e.status = 'granted' and e.decided_on > $7
                    order by e.decided_on, e.created_at limit 1), a.due_on) end as due_on,
            a.original_due_on, a.reported_on, coalesce(s.status, 'not_started') as status, s.valid_from as stands_since,
            a.province_key, a.district_key, a.grassroots_key, a.province_line_key, a.district_line_key, a.grassroots_line_key
        from app.assignment as a
        left join (
            select distinct on (x.assignment_id) x.assignment_id, x.status, x.valid_from
            from app.assignment_state as x
            where x.valid_from <= $7
            order by x.assignment_id desc, x.valid_from desc) as s on s.assignment_id = a.id
        where a.given_on <= $7)$sql$;

-- One row per group and year. p_by: item, unit, level, line, area, district, grassroots. Every assignment of the plan is
-- counted once, whatever gave it, in the year of its first due day; what was moved counts where it went.
--
-- done              reported as done, or confirmed: in time by the due day with the time granted, else late
-- open              not done; overdue once that day is over
-- never_reported    overdue, and nothing was ever said of it: no entry, no line that says anything in a report that was sent
--
-- As of another day: as private.assignment_on tells, under the tree of that day.
create function private.plan_year_rows(
    p_plan_id uuid, p_by text, p_item_id uuid, p_unit_id integer, p_subtree boolean, p_level text, p_line text, p_as_of date)
    returns table (
        group_id integer, plan_item_id uuid, year integer, total bigint, done_in_time bigint, done_late bigint, open bigint,
        overdue bigint, never_reported bigint, cancelled bigint, from_plan bigint, from_meetings bigint,
        from_coordination bigint, from_inspections bigint, from_committees bigint)
    language plpgsql stable security definer set search_path = '' rows 500
    -- groups are hashed, a province's units in some MB: with less room the planner sorts all assignments. Starting workers
    -- takes longer than they save
    set work_mem = '32MB' set max_parallel_workers_per_gather = 0
as $$
declare
    scope constant record := private.scope_of_unit(p_unit_id);
    -- a day to come is told as today's state, late by then; today needs no history
    is_dated constant boolean := coalesce(p_as_of < private.today(), false);
    -- a unit is on every day itself
    is_grouped constant boolean := p_as_of is not null and p_by in ('area', 'district', 'grassroots');
    day constant date := coalesce(p_as_of, private.today());
    is_wide constant boolean := is_dated and p_item_id is null and (p_unit_id is null or p_subtree)
        and private.is_wide_scope(scope.key_column, scope.key_value);
begin
    -- %I is one of the scope columns; %s one of the expressions named here. Each assignment is read once and told what
    -- became of it (offset 0: told once, not in each of the counts): 1 done in time, 2 done late, 0 done and no day known,
    -- 3 open, 4 late, 5 late and as if untouched, 6 cancelled, 7 moved (left out by counting: as a condition on a past day
    -- the planner takes it for one that leaves nothing). Only of 5 is it asked whether anything was said.
    return query execute format($sql$
        with counted as (
            select s.group_id, s.item_id, s.year,
                count(*) filter (where s.became < 6) as total,
                count(*) filter (where s.became = 1) as done_in_time,
                count(*) filter (where s.became = 2) as done_late,
                count(*) filter (where s.became between 3 and 5) as open,
                count(*) filter (where s.became between 4 and 5) as overdue,
                array_agg(s.id) filter (where s.became = 5) as untouched,
                count(*) filter (where s.became = 6) as cancelled,
                count(*) filter (where s.became < 6 and s.source = 'plan') as from_plan,
                count(*) filter (where s.became < 6 and s.source = 'meeting') as from_meetings,
                count(*) filter (where s.became < 6 and s.source = 'coordination') as from_coordination,
                count(*) filter (where s.became < 6 and s.source = 'inspection') as from_inspections,
                count(*) filter (where s.became < 6 and s.source = 'committee') as from_committees
            from (
                select a.id, %3$s as group_id, %4$s as item_id, extract(year from a.original_due_on)::integer as year, a.source,
                    case
                        when a.status in ('reported', 'completed') then
                            case when %8$s <= a.due_on then 1 when %8$s > a.due_on then 2 else 0 end
                        when a.status = 'cancelled' then 6
                        when a.status = 'moved' then 7
                        when a.due_on >= $7 then 3
                        when a.status = 'not_started' %7$s then 5
                        else 4 end as became
                from %2$s as a
                %6$s
                where a.%1$I = $1 and a.plan_id = $2 and ($3::uuid is null or a.plan_item_id = $3)
                    and ($4::integer is null or a.lead_unit_id = $4) and ($5::smallint is null or a.level_id = $5)
                    and ($6::smallint is null or a.line_id = $6)
                offset 0) as s
            group by s.group_id, s.item_id, s.year)
        select c.group_id, c.item_id, c.year, c.total, c.done_in_time, c.done_late, c.open, c.overdue,
            case when c.untouched is null then 0 else (
                select count(*) from unnest(c.untouched) as t (id)
                where not exists (select from app.progress_entry as e where e.assignment_id = t.id %5$s)
                    and not exists (
                        select from app.report_line as l
                        join app.report as r on r.id = l.report_id and r.first_submitted_on <= $7
                        where l.assignment_id = t.id
                            and (l.status <> 'not_started' or num_nonnulls(l.done, l.doing, l.figures, l.difficulties, l.proposals) > 0))
                    and not exists (
                        select from app.assignment as o join app.progress_entry as e on e.assignment_id = o.id
                        where o.moved_to_id = t.id)) end,
            c.cancelled, c.from_plan, c.from_meetings, c.from_coordination, c.from_inspections, c.from_committees
        from counted as c
        where c.total + c.cancelled > 0$sql$,
        scope.key_column,
        case when is_wide then private.assignments_stood() when is_dated then 'private.assignment_on($7)' else 'app.assignment' end,
        case p_by when 'item' then 'null::integer' when 'unit' then 'a.lead_unit_id'
            else '(' || private.rate_group(p_by, 'a', 'lead_unit_id', is_grouped) || ')::integer' end,
        case when p_by = 'item' or p_item_id is not null then 'a.plan_item_id' else 'null::uuid' end,
        -- with another state by the day, something had been said
        case when is_dated then $said$and e.recorded_on <= $7)
                    and not exists (
                        select from app.assignment_state as x
                        where x.assignment_id = t.id and x.valid_from <= $7 and (x.status <> 'not_started' or x.progress <> 0)$said$
            else '' end,
        case when is_grouped
            then 'join private.unit_groups($8, $7, false, ' || quote_literal(scope.key_column) || ', $1) as g on g.unit_id = a.lead_unit_id'
            when p_by = 'area' then 'join app.unit as u on u.id = a.lead_unit_id'
            else '' end,
        case when not is_dated then 'and a.progress = 0' else '' end,
        -- on a past day it may have been reported anew since
        case when is_dated then 'coalesce(case when a.reported_on <= $7 then a.reported_on end, a.stands_since)'
            else 'coalesce(a.reported_on, a.completed_on)' end)
    using scope.key_value, p_plan_id, p_item_id, case when not p_subtree then p_unit_id end,
        (select l.id from app.level as l where l.code = p_level), (select n.id from app.line as n where n.code = p_line), day, p_by;
end;
$$;

-- Phases -------------------------------------------------------------------------------------------------

set local role danvan_owner;

select private.secure_table('plan_phase');
select private.keep_table('plan_phase');
select private.see_by_parent('plan_phase', 'plan_id', 'plan');

-- The item that tells of a phase is one of the same plan.
create function private.plan_phase_check() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    if new.plan_item_id is not null and not exists (
        select from app.plan_item as i where i.id = new.plan_item_id and i.plan_id = new.plan_id)
    then
        raise exception 'no item of this plan' using errcode = 'DV422', column = 'plan_item_id', constraint = 'not_visible';
    end if;
    return new;
end;
$$;

create trigger plan_phase_30_visible before insert or update of plan_item_id on app.plan_phase
    for each row execute function private.check_visible('plan_id', 'plan', 'plan_item_id', 'plan_item');
create trigger plan_phase_40_check before insert or update of plan_item_id on app.plan_phase
    for each row execute function private.plan_phase_check();

-- As with what a plan requires of whom: an officer or leader of its issuer says which phases it has.
create policy plan_phase_insert_issuer on app.plan_phase for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and private.is_my_plan(plan_id));
create policy plan_phase_update_issuer on app.plan_phase for update to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_plan(plan_id));
create policy plan_phase_delete_issuer on app.plan_phase for delete to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_plan(plan_id));
