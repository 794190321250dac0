-- What was open on 30/6/2025 moved, what was closed did not: told again from what units had said by then (entries of
-- progress, kept versions of reports), never from what the move itself wrote.
begin;
\ir ../include/acting.sql
select plan(29);

-- Units of communes and districts that ended on 01/7/2025, and the body each of them went into: for a commune
-- the like body of the commune that took its area, for a district the province's, by hand.
create temp table ended as
select u.id as unit_id, u.code, u.kind, u.level_id, u.area_id,
    case when u.level_id = 3 then (
        select n.id from app.area_link as l join app.unit as n on n.area_id = l.successor_id and n.kind = u.kind
        where l.predecessor_id = u.area_id)
    else (
        select n.id from app.unit as n
        where n.code = case u.kind when 'district_committee' then 'capuy' when 'district_committee_office' then 'vp'
            when 'district_board' then 'btgdv' else split_part(u.code, '-', 1) end || '-75') end as successor_id
from app.unit as u
join app.unit_version as v on v.unit_id = u.id and v.valid_to = '2025-07-01'
where u.level_id in (2, 3) and not u.is_active;
select is(
    (select string_agg(x.line, ', ' order by x.level_id) from (
        select e.level_id, count(*) || ' into ' || count(distinct e.successor_id) as line from ended as e group by e.level_id) as x),
    '143 into 13, 981 into 342', '11 × 13 bodies of districts into 13, 109 × 9 of communes into 38 × 9');
select is_empty(
    $$select e.code from ended as e left join app.unit_link as l on l.predecessor_id = e.unit_id and l.effective_on = '2025-07-01'
      where l.successor_id is distinct from e.successor_id$$, 'and the links say so');

-- Nothing is lost -------------------------------------------------------------------------------------------------
-- docs/plan-36.md: what issuing made
select is(
    (select string_agg(l.code || ' ' || x.count, ', ' order by l.id) from (
        select u.level_id, count(*) from app.assignment as a
        join app.unit as u on u.id = a.lead_unit_id
        where a.plan_id = pg_temp.plan_36() and a.source = 'plan' and not exists (select from app.assignment as o where o.moved_to_id = a.id)
        group by u.level_id) as x join app.level as l on l.id = x.level_id),
    'province 197, district 880, grassroots 5217', 'every assignment that issuing made is there, with the unit it was made for');
select is((select count(*)::integer from private.assignment_count_faults()), 0, 'assignment counts hold');
select is((select count(*)::integer from app.assignment as a join app.unit as u on u.id = a.lead_unit_id where a.is_pending and not u.is_active), 0,
    'no unit that ended owes anything');
select is((select count(*)::integer from app.assignment as a where (a.status = 'moved') <> (a.moved_to_id is not null)), 0, 'what has moved says where to');

-- Assignments -------------------------------------------------------------------------------------------------------
create temp table told as
select a.id, a.plan_item_id, a.occurrence, a.status, a.moved_to_id, a.due_on, a.original_due_on, a.progress, e.code, e.level_id, e.successor_id,
    coalesce((
        select p.status from app.progress_entry as p
        where p.assignment_id = a.id and p.part = 'lead' and p.recorded_on < '2025-07-01'
        order by p.created_at desc, p.id desc limit 1), 'not_started') as said
from app.assignment as a join ended as e on e.unit_id = a.lead_unit_id
where a.plan_id = pg_temp.plan_36() and a.source = 'plan';
select is((select count(*)::integer from told as t where t.said in ('not_started', 'in_progress') and t.status <> 'moved'), 0, 'all that was open moved');
select is((select count(*)::integer from told as t where t.said in ('reported', 'completed') and t.status <> t.said), 0, 'nothing that was closed did');
select ok((select bool_and(x.open_count > 100 and x.closed_count > 100) from (
    select count(*) filter (where t.status = 'moved') as open_count, count(*) filter (where t.status <> 'moved') as closed_count
    from told as t group by t.level_id) as x), 'there was much of both, at both levels');
select is_empty(
    $$select t.code from told as t join app.assignment as n on n.id = t.moved_to_id
      where (n.plan_item_id, n.occurrence, n.lead_unit_id) is distinct from (t.plan_item_id, t.occurrence, t.successor_id)$$,
    'each into the same item and occurrence of its successor');
-- n into one: the province's own stays as it was, so communes alone
select is_empty(
    $$select n.id from told as t join app.assignment as n on n.id = t.moved_to_id
      where t.level_id = 3
      group by n.id, n.due_on, n.original_due_on
      having n.due_on < max(t.due_on) or n.original_due_on <> min(t.original_due_on)$$, 'due when the last was, first due when the first was');
select is(
    (select count(*)::integer from app.assignment as a join app.unit as u on u.id = a.lead_unit_id
        where a.plan_id = pg_temp.plan_36() and a.source = 'plan' and u.code ~ '^[a-z]+-25[0-9]{3}-2$'),
    (select count(*)::integer from (select distinct t.plan_item_id, t.occurrence, t.successor_id from told as t
        where t.level_id = 3 and t.said in ('not_started', 'in_progress')) as x),
    'one for each item, occurrence and new body that something was open for');
select is(
    (select string_agg(x.line, ', ' order by x.line) from (
        select i.code || ' ' || count(*) filter (where t.status <> 'moved') + count(*) filter (where t.status = 'moved') as line
        from told as t join app.plan_item as i on i.id = t.plan_item_id
        where t.level_id = 3 and t.occurrence in ('Năm 2025', 'Giai đoạn 2021-2025') group by i.code) as x),
    'T1.2d 109, T1.4 109, T2.2.0 654, T6.1 109, T6.2 654', 'closed and moved together are what 109 communes owed to the end of 2025');
select is((select count(*)::integer from app.assignment as a join app.unit as u on u.id = a.lead_unit_id join app.area_version as v on v.area_id = u.area_id and v.valid_from = '2025-07-01'
    where v.code in ('25222', '25225') and a.plan_id = pg_temp.plan_36() and (a.status = 'moved' or a.moved_to_id is not null)), 0, 'of the two unchanged communes nothing moved');
select is((select count(*)::integer from app.assignment as a join app.unit as u on u.id = a.lead_unit_id join app.area_version as v on v.area_id = u.area_id and v.valid_from = '2025-07-01'
    where v.code in ('25222', '25225') and a.plan_id = pg_temp.plan_36() and a.source = 'plan'), 94, 'and they owe 47 each as ever');

-- Reports ---------------------------------------------------------------------------------------------------------------
create temp table report_told as
select r.id, d.label, r.period_id, r.status, r.moved_to_id, r.superior_unit_id, e.code, e.level_id, e.successor_id,
    coalesce((
        select v.event from app.report_version as v
        where v.report_id = r.id and v.created_at < '2025-07-01' order by v.number desc limit 1), 'none') as said
from app.report as r join app.period as d on d.id = r.period_id join ended as e on e.unit_id = r.unit_id
where d.plan_id = pg_temp.plan_36();
select is((select count(*)::integer from report_told as t where t.label = '6 tháng đầu năm 2025' and (t.said in ('none', 'returned')) <> (t.status = 'moved')), 0,
    'of six months of 2025 what was not sent moved, and nothing else');
select is((select count(*)::integer from report_told as t where t.label <> '6 tháng đầu năm 2025' and t.status = 'moved'), 0, 'of periods over nothing moved');
select ok((select count(*) from report_told as t where t.label = 'Năm 2024' and t.said = 'none') > 10, 'though some of them are missing');
select is_empty(
    $$select t.code from report_told as t join app.report as n on n.id = t.moved_to_id
      where (n.period_id, n.unit_id) is distinct from (t.period_id, t.successor_id)$$, 'each into its successor''s report of the same period');
select is(
    (select count(*)::integer from app.report as r join app.period as d on d.id = r.period_id join app.unit as u on u.id = r.unit_id
        where d.label = '6 tháng đầu năm 2025' and u.code ~ '^[a-z]+-25[0-9]{3}-2$'),
    (select count(distinct t.successor_id)::integer from report_told as t where t.label = '6 tháng đầu năm 2025' and t.level_id = 3 and t.said in ('none', 'returned')),
    'one for each new body that has one to write');
-- what waited for a district's decision was decided by the province
select is_empty(
    $$select t.code from report_told as t join app.unit as s on s.id = t.superior_unit_id
      where t.label = '6 tháng đầu năm 2025' and t.said = 'submitted' and not s.is_active$$, 'what waited for a decision waits with somebody who stands');
select is_empty(
    $$select t.code from report_told as t join app.unit as s on s.id = t.superior_unit_id
      where t.label = 'Năm 2024' and t.level_id = 3 and (s.level_id <> 2 or s.is_active)$$, 'of years past the superior stays who it was');
select is(
    (select count(*)::integer from report_told as t join app.report_version as v on v.report_id = t.id and v.number = 2 and v.event = 'approved'
        join app.unit as b on b.id = v.by_unit_id
        where t.label = '6 tháng đầu năm 2025' and t.said = 'submitted' and b.level_id = 1),
    (select count(*)::integer from report_told as t where t.label = '6 tháng đầu năm 2025' and t.said = 'submitted'),
    'and the province decided on all of it');

-- Requests for more time ---------------------------------------------------------------------------------------------------
select results_eq(
    $$select u.code, r.status, s.code from app.extension_request as r join app.unit as u on u.id = r.unit_id
      left join app.unit as s on s.id = r.superior_unit_id where r.asked_due_on = '2026-03-31' and r.status = 'pending' order by u.code$$,
    $$values ('btgdv-75', 'pending', null), ('kdv-25195-2', 'pending', 'btgdv-75'), ('kdv-25222', 'pending', 'btgdv-75'),
        ('kdv-25318-2', 'pending', 'btgdv-75'), ('phunu-25195-2', 'pending', 'phunu-75')$$,
    'requests wait with the successor, two of the same one as one');

-- The boards in spring: 01/3/2025 -----------------------------------------------------------------------------------------------
create temp table spring as
select a.id, a.status, a.moved_to_id, coalesce((
        select p.status from app.progress_entry as p
        where p.assignment_id = a.id and p.part = 'lead' and p.recorded_on < '2025-03-01'
        order by p.created_at desc, p.id desc limit 1), 'not_started') as said
from app.assignment as a
where a.plan_id = pg_temp.plan_36() and a.lead_unit_id in (pg_temp.unit('bdv-70'), pg_temp.unit('dangdoan-mttq-70'));
select is((select count(*)::integer from spring as s where (s.said in ('not_started', 'in_progress')) <> (s.status = 'moved')), 0,
    'what the board and the Front''s party group had open moved in March, what was closed did not');
select is(
    (select string_agg(u.code || ' ' || n.status || ' ' || z.code, ', ') from app.assignment as a
        join app.plan_item as i on i.id = a.plan_item_id and i.code = 'T6.5c'
        join app.assignment as n on n.id = a.moved_to_id join app.unit as u on u.id = n.lead_unit_id
        join app.assignment as l on l.id = n.moved_to_id join app.unit as z on z.id = l.lead_unit_id
        where a.lead_unit_id = pg_temp.unit('bdv-70')),
    'btgdv-70 moved btgdv-75', 'the closing of the plan went to the merged board and on to Đồng Nai''s');
select is((select count(*)::integer from app.assignment as a join app.assignment as n on n.id = a.moved_to_id
    where a.plan_id = pg_temp.plan_36() and n.status = 'moved' and n.moved_to_id is null), 0, 'no chain ends in nothing');

-- Given work is not the plan's: each piece goes on by itself, also what was reported and awaits a leader.
select is((select count(*) from app.assignment as a join ended as e on e.unit_id = a.lead_unit_id
    where a.source <> 'plan' and a.status in ('not_started', 'in_progress', 'reported')), 0::bigint, 'no given work is left with a unit that ended');
select cmp_ok((select count(*) from app.assignment as a join ended as e on e.unit_id = a.lead_unit_id where a.source <> 'plan' and a.status = 'moved'), '>', 0::bigint,
    'and there was some');
select * from finish();
rollback;
