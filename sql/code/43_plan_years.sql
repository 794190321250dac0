-- A plan over its years: what was owed in each by its first due day, and what became of it. The base of the closing report.
--
-- Counted past row security, within the scope that private.scope_of_unit lets the caller name: the rows of a scope are
-- all seen by whoever has that scope or one around it, and asking again for each of them takes longer than counting.

set local role danvan_policy;

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
as $$
declare
    scope constant record := private.scope_of_unit(p_unit_id);
    -- a day to come is told as today's state, late by then; today needs no history
    is_dated constant boolean := coalesce(p_as_of < private.today(), false);
    is_grouped constant boolean := p_as_of is not null and p_by in ('unit', 'area', 'district', 'grassroots');
    day constant date := coalesce(p_as_of, private.today());
    bound text;
begin
    -- %I is one of the scope columns; %s one of the expressions named here. Two passes, each counting as it reads, put
    -- together by adding: nothing of a province is kept in between, and no join can be planned badly. What moved is
    -- left out by counting: as a condition on a past day the planner takes it for one that leaves nothing.
    bound := format('a.%I = $1 and a.plan_id = $2 and ($3::uuid is null or a.plan_item_id = $3)
        and ($4::integer is null or a.lead_unit_id = $4) and ($5::smallint is null or a.level_id = $5)
        and ($6::smallint is null or a.line_id = $6)', scope.key_column);
    return query execute format($sql$
        with counted as (
            select %3$s as id, %4$s as item_id, extract(year from a.original_due_on)::integer as year,
                count(*) filter (where a.status not in ('cancelled', 'moved')) as total,
                count(*) filter (where a.status in ('reported', 'completed') and %8$s <= a.due_on) as done_in_time,
                count(*) filter (where a.status in ('reported', 'completed') and %8$s > a.due_on) as done_late,
                count(*) filter (where a.status in ('not_started', 'in_progress')) as open,
                count(*) filter (where a.status in ('not_started', 'in_progress') and a.due_on < $7) as overdue,
                0::bigint as never_reported,
                count(*) filter (where a.status = 'cancelled') as cancelled,
                count(*) filter (where a.status not in ('cancelled', 'moved') and a.source = 'plan') as from_plan,
                count(*) filter (where a.status not in ('cancelled', 'moved') and a.source = 'meeting') as from_meetings,
                count(*) filter (where a.status not in ('cancelled', 'moved') and a.source = 'coordination') as from_coordination,
                count(*) filter (where a.status not in ('cancelled', 'moved') and a.source = 'inspection') as from_inspections,
                count(*) filter (where a.status not in ('cancelled', 'moved') and a.source = 'committee') as from_committees
            from %2$s as a
            %6$s
            where %1$s
            group by 1, 2, 3
            union all
            select %3$s, %4$s, extract(year from a.original_due_on)::integer, 0, 0, 0, 0, 0, count(*), 0, 0, 0, 0, 0, 0
            from app.assignment as a
            %6$s
            where %1$s and %7$s
                and not exists (
                    select from app.progress_entry as e where e.assignment_id = a.id %5$s)
                and not exists (
                    select from app.report_line as l
                    join app.report as r on r.id = l.report_id and r.first_submitted_on <= $7
                    where l.assignment_id = a.id
                        and (l.status <> 'not_started' or num_nonnulls(l.done, l.doing, l.figures, l.difficulties, l.proposals) > 0))
                and not exists (
                    select from app.assignment as o join app.progress_entry as e on e.assignment_id = o.id
                    where o.moved_to_id = a.id)
            group by 1, 2, 3)
        select c.id, c.item_id, c.year, sum(c.total)::bigint, sum(c.done_in_time)::bigint, sum(c.done_late)::bigint,
            sum(c.open)::bigint, sum(c.overdue)::bigint, sum(c.never_reported)::bigint, sum(c.cancelled)::bigint,
            sum(c.from_plan)::bigint, sum(c.from_meetings)::bigint, sum(c.from_coordination)::bigint,
            sum(c.from_inspections)::bigint, sum(c.from_committees)::bigint
        from counted as c
        group by c.id, c.item_id, c.year
        having sum(c.total + c.cancelled) > 0$sql$,
        bound,
        case when is_dated then 'private.assignment_on($7)' else 'app.assignment' end,
        case when p_by = 'item' then 'null::integer' else '(' || private.rate_group(p_by, 'a', 'lead_unit_id', is_grouped) || ')::integer' end,
        case when p_by = 'item' or p_item_id is not null then 'a.plan_item_id' else 'null::uuid' end,
        case when is_dated then 'and e.recorded_on <= $7' else '' end,
        case when is_grouped
            then 'join private.unit_groups($8, $7, false, ' || quote_literal(scope.key_column) || ', $1) as g on g.unit_id = a.lead_unit_id'
            when p_by = 'area' then 'join app.unit as u on u.id = a.lead_unit_id'
            else '' end,
        -- what stands as if untouched and is late: the only ones of which nothing may have been said. Late by the day
        -- with the time granted by then; with another state by the day, something had been said
        case when is_dated then $untouched$a.given_on <= $7 and a.original_due_on < $7 and (a.due_on = a.original_due_on or coalesce((
                    select e.due_on from app.extension_request as e
                    where e.assignment_id = a.id and e.status = 'granted' and e.decided_on > $7
                    order by e.decided_on, e.created_at limit 1), a.due_on) < $7)
                and not exists (
                    select from app.assignment_state as x
                    where x.assignment_id = a.id and x.valid_from <= $7 and (x.status <> 'not_started' or x.progress <> 0))$untouched$
            else $untouched$a.status = 'not_started' and a.progress = 0 and a.due_on < $7$untouched$ end,
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
