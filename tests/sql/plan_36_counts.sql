-- What issuing plan 36 makes, against the numbers that docs/plan-36.md works out by hand. The literals
-- below are that page's tables; change the two together, and never from the program's answer.
begin;
\ir include/acting.sql
select plan(9);

create temp table expected (code text, level text, leads bigint, occurrences bigint, assignments bigint);
insert into expected
values
    ('T1.1', 'province', 1, 1, 1),
    ('T1.1', 'district', 11, 1, 11),
    ('T1.2a', 'province', 1, 1, 1),
    ('T1.2a', 'district', 11, 1, 11),
    ('T1.2b', 'province', 1, 2, 2),
    ('T1.2b', 'district', 11, 2, 22),
    ('T1.2c', 'province', 1, 1, 1),
    ('T1.2c', 'district', 11, 1, 11),
    ('T1.2d', 'province', 1, 1, 1),
    ('T1.2d', 'district', 11, 1, 11),
    ('T1.2d', 'grassroots', 111, 1, 111),
    ('T1.2e', 'province', 1, 1, 1),
    ('T1.2e', 'district', 11, 1, 11),
    ('T1.2e', 'grassroots', 111, 1, 111),
    ('T1.2f', 'province', 1, 1, 1),
    ('T1.3', 'province', 1, 1, 1),
    ('T1.3', 'district', 11, 1, 11),
    ('T1.3', 'grassroots', 111, 1, 111),
    ('T1.4', 'province', 1, 5, 5),
    ('T1.4', 'district', 11, 5, 55),
    ('T1.4', 'grassroots', 111, 5, 555),
    ('T1.5', 'province', 1, 1, 1),
    ('T1.5', 'district', 11, 1, 11),
    ('T1.5', 'grassroots', 111, 1, 111),
    ('T2.1.1', 'province', 1, 1, 1),
    ('T2.1.1', 'district', 11, 1, 11),
    ('T2.1.2', 'province', 1, 1, 1),
    ('T2.1.3', 'province', 1, 1, 1),
    ('T2.1.4', 'province', 1, 5, 5),
    ('T2.1.4', 'district', 11, 5, 55),
    ('T2.2.0', 'province', 6, 5, 30),
    ('T2.2.0', 'district', 66, 5, 330),
    ('T2.2.0', 'grassroots', 666, 5, 3330),
    ('T2.2.1', 'province', 6, 1, 6),
    ('T2.2.1x', 'province', 6, 1, 6),
    ('T2.2.2', 'province', 6, 1, 6),
    ('T2.2.3', 'province', 6, 1, 6),
    ('T2.2.4', 'province', 6, 1, 6),
    ('T2.2.5', 'province', 6, 1, 6),
    ('T2.2.6', 'province', 6, 1, 6),
    ('T2.2.7', 'province', 1, 4, 4),
    ('T2.2.7', 'district', 11, 4, 44),
    ('T2.3.1', 'province', 4, 1, 4),
    ('T2.3.2', 'province', 4, 1, 4),
    ('T2.3.3', 'province', 4, 6, 24),
    ('T2.3.3', 'district', 22, 6, 132),
    ('T2.4.1', 'province', 1, 5, 5),
    ('T2.4.2', 'province', 1, 1, 1),
    ('T2.4.3', 'province', 1, 1, 1),
    ('T2.5.1', 'province', 1, 5, 5),
    ('T2.5.2', 'province', 1, 1, 1),
    ('T2.5.3', 'province', 1, 1, 1),
    ('T3.1.1', 'province', 1, 1, 1),
    ('T3.1.2', 'province', 1, 1, 1),
    ('T3.1.3', 'province', 1, 1, 1),
    ('T3.1.4', 'province', 1, 1, 1),
    ('T3.2.1', 'province', 1, 1, 1),
    ('T3.2.2', 'province', 1, 5, 5),
    ('T3.2.3', 'province', 1, 1, 1),
    ('T4', 'province', 1, 15, 15),
    ('T5.1', 'province', 1, 1, 1),
    ('T5.2', 'province', 1, 1, 1),
    ('T5.3', 'province', 1, 5, 5),
    ('T6.1', 'province', 1, 1, 1),
    ('T6.1', 'district', 11, 1, 11),
    ('T6.1', 'grassroots', 111, 1, 111),
    ('T6.2', 'province', 8, 1, 8),
    ('T6.2', 'district', 66, 1, 66),
    ('T6.2', 'grassroots', 666, 1, 666),
    ('T6.3', 'province', 2, 1, 2),
    ('T6.4', 'province', 1, 5, 5),
    ('T6.4', 'district', 11, 5, 55),
    ('T6.5a', 'province', 1, 1, 1),
    ('T6.5a', 'district', 11, 1, 11),
    ('T6.5a', 'grassroots', 111, 1, 111),
    ('T6.5b', 'province', 1, 1, 1),
    ('T6.5b', 'district', 11, 1, 11),
    ('T6.5c', 'province', 1, 1, 1);

create temp table expected_block (block text, province bigint, district bigint, grassroots bigint);
insert into expected_block
values
    ('A1', 15, 154, 999), ('A2', 8, 66, 0), ('A3', 72, 330, 3330), ('A4', 4, 44, 0), ('A5', 32, 132, 0), ('A6', 7, 0, 0),
    ('A7', 7, 0, 0), ('A8', 4, 0, 0), ('A9', 7, 0, 0), ('A10', 15, 0, 0), ('A11', 2, 0, 0), ('A12', 5, 0, 0),
    ('III', 19, 154, 888);

create temp table expected_part (block text, advising bigint, province bigint, district bigint);
insert into expected_part
values
    ('A1', 15, 15, 154), ('A2', 8, 8, 66), ('A4', 4, 28, 44), ('A5', 32, 32, 132), ('A6', 7, 7, 0), ('A7', 7, 7, 0),
    ('A9', 0, 7, 0), ('A10', 15, 0, 0), ('A11', 2, 14, 0), ('A12', 0, 5, 0);

select pg_temp.take_back_plan_36();
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');

select set_eq(
    'select code, level, leads, occurrences, assignments from private.plan_resolution(pg_temp.plan_36())',
    'select * from expected',
    'each task at each level resolves as the page says');
select is(
    pg_temp.as_user('t.leader', format($$select api.plan_issue(%L, null) ->> 'assignments'$$, pg_temp.plan_36())),
    '6294', 'issuing answers the sum');

create temp view made as
select i.code, coalesce(b.code, 'III') as block, l.code as level, a.id, a.lead_unit_id, a.occurrence
from app.assignment as a
join app.plan_item as i on i.id = a.plan_item_id
left join app.plan_item as b on b.id = i.block_id
join app.level as l on l.id = a.level_id
where a.plan_id = pg_temp.plan_36();

select set_eq(
    'select code, level, count(distinct lead_unit_id) as leads, count(distinct occurrence) as times, count(*) as made
        from made group by code, level',
    'select * from expected',
    'and so many assignments are made');
select set_eq(
    $$select block, count(*) filter (where level = 'province') as p, count(*) filter (where level = 'district') as d,
        count(*) filter (where level = 'grassroots') as g from made group by block$$,
    'select * from expected_block',
    'sums per block');
select results_eq(
    $$select level, count(*) from made group by level order by count(*)$$,
    $$values ('province', 197::bigint), ('district', 880), ('grassroots', 5217)$$,
    'sums per level');
select set_eq(
    $$select m.block, count(*) filter (where x.role = 'advising_office') as o,
        count(*) filter (where x.role = 'coordinating' and m.level = 'province') as p,
        count(*) filter (where x.role = 'coordinating' and m.level = 'district') as d
      from made as m join app.assignment_part as x on x.assignment_id = m.id group by m.block$$,
    'select * from expected_part',
    'parts per block');
select is(count(*), 609::bigint, '609 parts')
from app.assignment_part as x join made as m on m.id = x.assignment_id;
select is_empty(
    $$select u.code from made as m join app.unit as u on u.id = m.lead_unit_id
      where m.level = 'grassroots' group by u.code, u.kind
      having count(*) <> case u.kind when 'mobilization_bloc' then 11 else 6 end$$,
    'a bloc owes 11, each other organisation of a commune 6');
select is_empty(
    $$select due_on from app.assignment as a join app.plan_item as i on i.id = a.plan_item_id
      where a.plan_id = pg_temp.plan_36() and i.code = 'T2.2.7' and a.due_year = 2024$$,
    'scheme 1217 has nothing in 2024');

select * from finish();
rollback;
