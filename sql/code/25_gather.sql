-- Gathering: what the units that report to mine said, added up beside my own part and never into it.
--
-- Figures count once approved. A report that was approved and is being rewritten (reopened, or sent in
-- again after that) counts with what it said when it was last approved. Nothing said stays null.
--
-- api.report_gather: an officer of the unit, while the report may be written. Refusals: DV404 not
-- visible, those of private.report_hold, DV412 with the current version in DETAIL.

set local role danvan_owner;

-- Who is asked for an indicator: the units of its levels and lines in the plan's territory. An office
-- inside a unit is asked for nothing: its unit answers.
create view private.indicator_asked with (security_invoker = true) as
select i.id as indicator_id, i.plan_id, i.frequency, i.source, i.from_year, i.until_year, u.id as unit_id
from app.indicator as i
join app.plan as p on p.id = i.plan_id
join app.indicator_ask as k on k.indicator_id = i.id
join app.unit as u on u.level_id = k.level_id and u.line_id = k.line_id
where u.is_active
    and u.parent_id is null
    and p.issuer_area_id in (u.area_id, u.province_key, u.district_key, u.grassroots_key);

-- Of reports that were approved before and do not stand approved now: what was approved last.
create view private.report_approved_before with (security_invoker = true) as
select r.id as report_id, r.period_id, r.plan_id, r.unit_id, r.superior_unit_id, r.submitted_on,
    r.province_key, r.district_key, r.grassroots_key,
    r.province_line_key, r.district_line_key, r.grassroots_line_key, w.content
from app.report as r
cross join lateral (
    select v.content
    from app.report_version as v
    where v.report_id = r.id and v.event = 'approved'
    order by v.number desc limit 1) as w
where r.status <> 'approved' and r.submission_count > 0;

-- The lines in force, counted: own and gathered.
create view private.line_in_force with (security_invoker = true) as
select r.period_id, r.superior_unit_id, l.plan_item_id, 1 as line_count,
    (l.status = 'done')::integer as done_count, (l.status = 'in_progress')::integer as in_progress_count,
    (l.status = 'not_started')::integer as not_started_count
from app.report as r
join app.report_line as l on l.report_id = r.id
where r.status = 'approved'
union all
select r.period_id, r.superior_unit_id, g.plan_item_id, g.line_count, g.done_count, g.in_progress_count, g.not_started_count
from app.report as r
join app.report_gathered_line as g on g.report_id = r.id
where r.status = 'approved'
union all
select b.period_id, b.superior_unit_id, i.id, x.line_count, x.done_count, x.in_progress_count, x.not_started_count
from private.report_approved_before as b
cross join lateral (
    select l.item_code, 1 as line_count, (l.status = 'done')::integer as done_count,
        (l.status = 'in_progress')::integer as in_progress_count, (l.status = 'not_started')::integer as not_started_count
    from jsonb_to_recordset(b.content -> 'lines') as l (item_code text, status text)
    union all
    select g.item_code, g.line_count, g.done_count, g.in_progress_count, g.not_started_count
    from jsonb_to_recordset(b.content -> 'gathered_lines') as g (item_code text, line_count integer,
        done_count integer, in_progress_count integer, not_started_count integer)) as x
join app.plan_item as i on i.plan_id = b.plan_id and i.code = x.item_code;

-- The values that those say.
create view private.value_approved_before with (security_invoker = true) as
select b.period_id, b.plan_id, b.superior_unit_id, b.unit_id, b.submitted_on, x.indicator_id, p.year,
    x.own_value, x.own_numerator, x.own_denominator,
    x.gathered_value, x.gathered_numerator, x.gathered_denominator, x.gathered_count,
    b.province_key, b.district_key, b.grassroots_key, b.province_line_key, b.district_line_key, b.grassroots_line_key
from private.report_approved_before as b
join app.period as p on p.id = b.period_id
cross join lateral jsonb_to_recordset(b.content -> 'values') as x (
    indicator_id uuid, own_value bigint, own_numerator bigint, own_denominator bigint,
    gathered_value bigint, gathered_numerator bigint, gathered_denominator bigint, gathered_count integer);

-- The values in force.
create view private.value_in_force with (security_invoker = true) as
select r.period_id, r.plan_id, r.superior_unit_id, r.unit_id, r.submitted_on, v.indicator_id, v.year,
    v.own_value, v.own_numerator, v.own_denominator,
    v.gathered_value, v.gathered_numerator, v.gathered_denominator, v.gathered_count,
    v.province_key, v.district_key, v.grassroots_key, v.province_line_key, v.district_line_key, v.grassroots_line_key
from app.indicator_value as v
join app.report as r on r.id = v.report_id
where r.status = 'approved'
union all
select * from private.value_approved_before;

set local role danvan_policy;

-- Per item: the assignments below, by how far their leads say they are. Work that was given beside the plan counts
-- under its item; what has none is nobody else's to add up and stays in the report of its lead.
create function private.gather_lines(p_report app.report) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    delete from app.report_gathered_line as g where g.report_id = p_report.id;
    insert into app.report_gathered_line
        (report_id, plan_item_id, position, line_count, done_count, in_progress_count, not_started_count)
    select p_report.id, f.plan_item_id, i.position,
        sum(f.line_count), sum(f.done_count), sum(f.in_progress_count), sum(f.not_started_count)
    from private.line_in_force as f
    join app.plan_item as i on i.id = f.plan_item_id
    where f.period_id = p_report.period_id and f.superior_unit_id = p_report.unit_id
    group by f.plan_item_id, i.position;
end;
$$;

-- Per indicator: what the units that report here said and gathered, rolled up. How many were asked
-- is counted all the way down, in reports not written yet as well; a value gathered by a unit below
-- stands for those it was gathered from. Only the gathered part of a row is ever touched.
create function private.gather_values(p_report app.report) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    period constant app.period := (select p from app.period as p where p.id = p_report.period_id);
begin
    insert into app.indicator_value as v (report_id, indicator_id, unit_id, year, is_own_asked,
        gathered_value, gathered_numerator, gathered_denominator, gathered_expected_count, gathered_count)
    with recursive below as (
        select r.unit_id, r.level_id, r.line_id
        from app.report as r
        where r.period_id = period.id and r.superior_unit_id = p_report.unit_id and r.status <> 'moved'
            and not (r.is_outstanding and private.is_ended(r.unit_id))
        union
        select r.unit_id, r.level_id, r.line_id
        from below as b
        join app.report as r on r.period_id = period.id and r.superior_unit_id = b.unit_id and r.status <> 'moved'
            and not (r.is_outstanding and private.is_ended(r.unit_id))),
    expected as (
        select k.indicator_id, count(*) as count
        from below as b
        join app.unit as u on u.id = b.unit_id and u.parent_id is null
        join app.indicator_ask as k on k.level_id = b.level_id and k.line_id = b.line_id
        group by k.indicator_id),
    figure as (
        select f.indicator_id,
            sum(coalesce(f.own_value, 0) + coalesce(f.gathered_value, 0))
                filter (where f.own_value is not null or f.gathered_value is not null) as value,
            sum(coalesce(f.own_numerator, 0) + coalesce(f.gathered_numerator, 0))
                filter (where f.own_denominator is not null or f.gathered_denominator is not null) as numerator,
            sum(coalesce(f.own_denominator, 0) + coalesce(f.gathered_denominator, 0))
                filter (where f.own_denominator is not null or f.gathered_denominator is not null) as denominator,
            (array_agg(coalesce(f.own_value, f.gathered_value) order by f.submitted_on desc nulls last, f.unit_id)
                filter (where f.own_value is not null or f.gathered_value is not null))[1] as last_value,
            sum((f.own_value is not null or f.own_denominator is not null)::integer + coalesce(f.gathered_count, 0)) as count
        from private.value_in_force as f
        where f.period_id = period.id and f.superior_unit_id = p_report.unit_id
        group by f.indicator_id)
    select p_report.id, i.id, p_report.unit_id, period.year,
        exists (select from private.indicator_asked as a where a.indicator_id = i.id and a.unit_id = p_report.unit_id),
        case i.roll_up when 'last' then f.last_value when 'sum' then f.value end,
        case i.roll_up when 'ratio' then f.numerator end,
        case i.roll_up when 'ratio' then f.denominator end,
        coalesce(e.count, 0), coalesce(f.count, 0)
    from app.indicator as i
    left join expected as e on e.indicator_id = i.id
    left join figure as f on f.indicator_id = i.id
    where i.plan_id = p_report.plan_id
        and i.source = 'report'
        and i.frequency = period.kind
        and period.year between coalesce(i.from_year, period.year) and coalesce(i.until_year, period.year)
        and (e.count > 0 or f.count > 0
            or exists (select from app.indicator_value as x where x.report_id = p_report.id and x.indicator_id = i.id))
    order by i.position
    on conflict (report_id, indicator_id) do update
    set gathered_value = excluded.gathered_value, gathered_numerator = excluded.gathered_numerator,
        gathered_denominator = excluded.gathered_denominator,
        gathered_expected_count = excluded.gathered_expected_count, gathered_count = excluded.gathered_count
    where (v.gathered_value, v.gathered_numerator, v.gathered_denominator, v.gathered_expected_count, v.gathered_count)
        is distinct from (excluded.gathered_value, excluded.gathered_numerator, excluded.gathered_denominator,
            excluded.gathered_expected_count, excluded.gathered_count);
end;
$$;

-- Who reports here and has nothing approved: [{"unit_id", "unit_name", "status"}] in the order of names.
create function private.gather_missing(p_report app.report, out expected_count integer, out missing jsonb)
    language plpgsql stable security definer set search_path = ''
as $$
begin
    select count(*),
        coalesce(jsonb_agg(jsonb_build_object('unit_id', r.unit_id, 'unit_name', n.name, 'status', r.status)
            order by n.name collate app.vietnamese, r.unit_id)
            filter (where r.status <> 'approved' and b.report_id is null), '[]')
    into expected_count, missing
    from app.report as r
    left join private.report_approved_before as b on b.report_id = r.id
    left join private.unit_today as n on n.unit_id = r.unit_id
    where r.period_id = p_report.period_id and r.superior_unit_id = p_report.unit_id and r.status <> 'moved'
        and not (r.is_outstanding and private.is_ended(r.unit_id));
end;
$$;

-- Period, report, content, in the order every writer locks them; the report before report_hold shares
-- it, so that two who gather at once wait for one another and never cross.
create function private.report_gather(p_id uuid, p_version integer) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    report app.report;
    found_missing record;
    gathered integer;
begin
    perform from app.period as p
    where p.id = (select r.period_id from app.report as r where r.id = p_id) for share;
    select r.* into report from app.report as r where r.id = p_id for update;
    perform private.report_hold(p_id);
    if report.version <> p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = report.version::text;
    end if;
    perform private.gather_lines(report);
    perform private.gather_values(report);
    found_missing := private.gather_missing(report);
    gathered := found_missing.expected_count - jsonb_array_length(found_missing.missing);
    update app.report as r
    set status = case r.status when 'not_started' then 'draft' else r.status end,
        gathered_at = now(), gathered_expected_count = found_missing.expected_count, gathered_count = gathered,
        gathered_missing = found_missing.missing
    where r.id = p_id;
    perform private.audit('gather', 'report', p_id::text,
        jsonb_build_object('expected', found_missing.expected_count, 'gathered', gathered));
end;
$$;

set local role danvan_owner;

create function api.report_gather(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    if not exists (select from app.report as r where r.id = p_id) then
        raise exception 'no such report' using errcode = 'DV404';
    end if;
    perform private.report_gather(p_id, p_version);
end;
$$;
