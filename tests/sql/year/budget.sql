-- The budgets of the demonstration year (sql/data/demo-year/76_budget.sql).
begin;
\ir ../include/acting.sql
select plan(7);
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');

select is_empty($$select * from private.budget_faults()$$, 'all sums are right');
select is_empty($$select b.id from app.budget_line as b where not private.leads_item(b.owner_unit_id, b.plan_item_id, b.year)$$, 'only for what is led');
select is((select string_agg(i.code || ' ' || b.adjusted_amount, ', ' order by b.adjusted_amount) from app.budget_line as b join app.plan_item as i on i.id = b.plan_item_id where b.adjusted_amount <> 0),
    'T2.2.7 -2000000, T1.2d 5000000, T4 30000000', 'three lines were adjusted');
select is((select string_agg(i.code, ' ' order by i.code) from app.budget_line as b join app.plan_item as i on i.id = b.plan_item_id
        where b.owner_unit_id = pg_temp.unit('bdv-70') and b.year = 2022 and b.status = 'approved'),
    'T1.2d T2.2.7 T2.4.3 T2.5.3 T3.1.1 T3.1.3 T4 T5.3 T6.5b', 'the province has nine lines');
select is_empty($$select b.id from app.budget_line as b where b.year = 2023 and b.status <> 'draft' and b.owner_unit_id in (pg_temp.unit('bdv-70'), pg_temp.unit('bdv-691'), pg_temp.unit('bdv-693'))$$,
    'the province and the weak districts have not submitted 2023');
select is_empty($$select e.id from app.budget_entry as e join app.budget_line as b on b.id = e.budget_line_id
        join app.unit as u on u.id = b.owner_unit_id and u.code like 'kdv-%' join app.unit as above on above.id = e.unit_id
        where e.kind = 'approval' and (above.code not like 'bdv-6%' or above.district_key <> u.district_key)$$,
    'a commune''s estimate is approved by its district''s board');
select is(pg_temp.as_user('t.leader', $$select string_agg(concat_ws(' ', t.group_code, t.estimate_amount > t.approved_amount, t.spent_amount > t.approved_amount / 2), ', ' order by t.group_code)
        from api.budget_totals(2022) as t$$), 'district t t, grassroots t t, province t t', 'less is approved than asked, and more than half of it spent');

select * from finish();
rollback;
