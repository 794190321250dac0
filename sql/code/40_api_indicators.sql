-- What a plan measures: indicators, whom they ask, targets, the values in reports, what was gathered.

set local role danvan_owner;

create view api.indicators with (security_invoker = true) as
select
    i.id,
    i.plan_id,
    i.plan_item_id,
    t.code as item_code,
    i.code,
    i.name,
    i.measure_unit,
    i.kind,
    i.direction,
    i.roll_up,
    i.frequency,
    i.source,
    i.from_year,
    i.until_year,
    i.position,
    i.version,
    i.created_at,
    i.updated_at,
    case when p.status <> 'closed' and p.issuer_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2
        then array['update', 'delete'] else '{}' end::text[] as actions
from app.indicator as i
join app.plan as p on p.id = i.plan_id
left join app.plan_item as t on t.id = i.plan_item_id;

-- One indicator with whom it asks, the items that tell it, and its targets.
create view api.indicator_details with (security_invoker = true) as
select
    i.*,
    (select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'level', l.code, 'line', n.code)
            order by k.level_id, k.line_id), '[]')
        from app.indicator_ask as k
        join app.level as l on l.id = k.level_id
        join app.line as n on n.id = k.line_id
        where k.indicator_id = i.id) as asks,
    (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'plan_item_id', x.plan_item_id, 'item_code', t.code)
            order by t.position), '[]')
        from app.indicator_item as x
        join app.plan_item as t on t.id = x.plan_item_id
        where x.indicator_id = i.id) as items,
    (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'year', g.year, 'line', n.code,
            'comparator', g.comparator, 'threshold', g.threshold, 'version', g.version)
            order by g.year, g.line_id nulls first), '[]')
        from app.target as g
        left join app.line as n on n.id = g.line_id
        where g.indicator_id = i.id) as targets
from api.indicators as i;

create view api.indicator_asks with (security_invoker = true) as
select k.id, k.indicator_id, i.plan_id, i.code as indicator_code, i.position as indicator_position,
    k.level_id, l.code as level, k.line_id, n.code as line
from app.indicator_ask as k
join app.indicator as i on i.id = k.indicator_id
join app.level as l on l.id = k.level_id
join app.line as n on n.id = k.line_id;

create view api.indicator_items with (security_invoker = true) as
select x.id, x.indicator_id, i.plan_id, i.code as indicator_code, i.position as indicator_position,
    x.plan_item_id, t.code as item_code, t.title
from app.indicator_item as x
join app.indicator as i on i.id = x.indicator_id
join app.plan_item as t on t.id = x.plan_item_id;

create view api.targets with (security_invoker = true) as
select
    g.id,
    g.indicator_id,
    i.plan_id,
    i.code as indicator_code,
    i.name as indicator_name,
    i.measure_unit,
    i.kind as indicator_kind,
    i.position as indicator_position,
    g.year,
    g.line_id,
    n.code as line,
    g.comparator,
    g.threshold,
    g.version,
    g.created_at,
    g.updated_at,
    case when p.status <> 'closed' and p.issuer_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2
        then array['update', 'delete'] else '{}' end::text[] as actions
from app.target as g
join app.indicator as i on i.id = g.indicator_id
join app.plan as p on p.id = i.plan_id
left join app.line as n on n.id = g.line_id;

create view api.indicator_values with (security_invoker = true) as
select
    v.id,
    v.report_id,
    r.period_id,
    (select d.label from app.period as d where d.id = r.period_id) as period_label,
    r.plan_id,
    (select p.number from app.plan as p where p.id = r.plan_id) as plan_number,
    r.status as report_status,
    v.indicator_id,
    i.code as indicator_code,
    i.name as indicator_name,
    i.measure_unit,
    i.kind as indicator_kind,
    i.roll_up,
    i.position as indicator_position,
    v.unit_id,
    (select u.code from app.unit as u where u.id = v.unit_id) as unit_code,
    (select n.name from app.unit_version as n
        where n.unit_id = v.unit_id and n.valid_from <= (select private.today())
        order by n.valid_from desc limit 1) as unit_name,
    v.level_id,
    v.line_id,
    v.year,
    v.is_own_asked,
    v.is_own_suggested,
    v.own_value,
    v.own_numerator,
    v.own_denominator,
    v.gathered_value,
    v.gathered_numerator,
    v.gathered_denominator,
    v.gathered_expected_count,
    v.gathered_count,
    v.note,
    v.is_approved,
    v.version,
    v.created_at,
    v.updated_at,
    case when v.unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2
            and r.status in ('not_started', 'draft', 'returned', 'reopened')
        then array['update'] else '{}' end::text[] as actions,
    v.province_key,
    v.district_key,
    v.grassroots_key,
    v.province_line_key,
    v.district_line_key,
    v.grassroots_line_key
from app.indicator_value as v
join app.report as r on r.id = v.report_id
join app.indicator as i on i.id = v.indicator_id;

create view api.report_gathered_lines with (security_invoker = true) as
select
    g.report_id,
    r.period_id,
    r.plan_id,
    r.unit_id,
    g.plan_item_id,
    i.code as item_code,
    i.outline,
    i.title,
    g.position,
    g.line_count,
    g.done_count,
    g.in_progress_count,
    g.not_started_count
from app.report_gathered_line as g
join app.report as r on r.id = g.report_id
join app.plan_item as i on i.id = g.plan_item_id;
