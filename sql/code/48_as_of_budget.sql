-- Budget lines and entries as of a day. A line is told from the day it was submitted (after a return: submitted again),
-- with what had been entered by then. Of a unit that ended since, it is whose it was on the day, as far as the links of
-- reorganisations tell. Estimate, note and the rest are those of today. What was spent counts from the day it was spent.

set local role danvan_owner;

create function api.budget_lines_on(p_day date) returns setof api.budget_lines
    language sql stable rows 1000
begin atomic
    select
        b.id,
        b.plan_id,
        p.number,
        b.plan_item_id,
        i.code,
        i.title,
        b.year,
        o.unit_id,
        u.code,
        (select v.name from app.unit_version as v
            where v.unit_id = o.unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        b.origin_unit_id,
        (select x.code from app.unit as x where x.id = b.origin_unit_id),
        l.code,
        n.code,
        b.estimate_amount,
        b.note,
        case when b.closed_on <= p_day then 'closed' when b.approved_on <= p_day then 'approved' else 'submitted' end,
        b.submitted_on,
        case when b.returned_on <= p_day then b.returned_on end,
        case when b.returned_on <= p_day then b.return_note end,
        case when b.approved_on <= p_day then b.approved_on end,
        case when b.closed_on <= p_day then b.closed_on end,
        e.approved,
        e.adjusted,
        e.spent,
        e.approved + e.adjusted - e.spent,
        case when b.approved_on <= p_day then b.document_id end,
        b.version,
        b.created_at,
        b.updated_at,
        '{}'::text[],
        i.search,
        b.province_key,
        b.district_key,
        b.grassroots_key,
        b.province_line_key,
        b.district_line_key,
        b.grassroots_line_key
    from app.budget_line as b
    cross join lateral (
        select case when b.origin_unit_id = b.owner_unit_id then b.owner_unit_id
            else coalesce((
                select t.to_id from private.restated('unit', p_day) as t
                where t.from_id = b.origin_unit_id and t.reason is null), b.owner_unit_id) end as unit_id) as o
    cross join lateral private.budget_sums(b.id, p_day) as e
    join app.level as l on l.id = b.level_id
    join app.line as n on n.id = b.line_id
    left join app.plan as p on p.id = b.plan_id
    left join app.plan_item as i on i.id = b.plan_item_id
    left join app.unit as u on u.id = o.unit_id
    where b.status <> 'draft' and b.submitted_on <= p_day;
end;

create function api.budget_entries_on(p_day date) returns setof api.budget_entries
    language sql stable rows 1000
begin atomic
    select r.* from api.budget_entries as r where r.entered_on <= p_day;
end;
