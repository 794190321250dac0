-- Budgets through the reorganisations of 2025: nothing open is left at a unit that ended, no money is lost or mixed.
begin;
\ir ../include/acting.sql
select plan(8);
select pg_temp.add_user('t.leader', 'btgdv-75', 'leader');

select is_empty($$select * from private.budget_faults()$$, 'all sums are right');
select is_empty($$select b.id from app.budget_line as b join app.unit as u on u.id = b.owner_unit_id where b.is_open and not u.is_active$$,
    'what is open is somebody''s');
select cmp_ok((select count(*) from app.budget_line as b where b.owner_unit_id <> b.origin_unit_id), '>', 50::bigint, 'many lines went to successors');
select is_empty($$select b.id from app.budget_line as b where b.owner_unit_id <> b.origin_unit_id and b.year < 2025 and b.approved_amount > 0$$,
    'none of a year that was closed before');
select isnt_empty($$select b.owner_unit_id from app.budget_line as b where b.year = 2025 group by b.owner_unit_id, b.plan_item_id having count(*) > 1$$,
    'a successor of several has the line of each');
-- as entries tell, unit by unit, before and after: the owner on a day in June is who estimated it, or the merged board
select is(
    pg_temp.as_user('t.leader', $$select sum(t.spent_amount) from api.budget_totals(2025, 'unit', p_as_of => '2025-06-20') as t$$),
    (select sum(e.amount)::text from app.budget_entry as e join app.budget_line as b on b.id = e.budget_line_id
        where b.year = 2025 and e.kind = 'spending' and e.entered_on <= '2025-06-20'), 'what was spent by June');
select is(
    pg_temp.as_user('t.leader', $$select bool_and(t.group_code like 'bdv-%' or t.group_code like 'kdv-%' or t.group_code = 'btgdv-70')
        from api.budget_totals(2025, 'unit', p_as_of => '2025-06-20') as t$$), 'true', 'under the units of June');
select is(
    pg_temp.as_user('t.leader', $$select count(*) from api.budget_lines_on('2025-06-20') as r where r.year = 2025 and r.owner_unit_code like 'bdv-6%'$$),
    (select count(*)::text from app.budget_line as b join app.unit as u on u.id = b.origin_unit_id and u.code like 'bdv-6%' where b.year = 2025),
    'a line is the district''s while there was one');

select * from finish();
rollback;
