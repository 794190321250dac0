-- app.assignment_count after all sorts of changes, against counting anew.
begin;
\ir include/acting.sql
select plan(14);

select pg_temp.take_back_plan_36();
update private.installation set mode = 'test', fixed_today = '2023-06-30';
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'leader');
select pg_temp.add_user('t.women', 'phunu-689', 'viewer');
select pg_temp.add_user('t.tanphu', 'kdv-25195', 'viewer');
select pg_temp.as_user('t.leader', format('select api.plan_issue(%L, null)', pg_temp.plan_36())) \g /dev/null
create function pg_temp.faults() returns bigint
    language sql return (select count(*) from private.assignment_count_faults());

select is(pg_temp.faults(), 0::bigint, 'right after issuing');

-- changes drawn with a fixed seed: the same every time
select setseed(0.36) \g /dev/null
update app.assignment
set status = (array['in_progress', 'reported', 'completed', 'cancelled', 'not_started'])[1 + floor(random() * 5)::integer]
where random() < 0.4;
select is(pg_temp.faults(), 0::bigint, 'after a statement that changes thousands');
do $$
declare
    one record;
begin
    for one in select id from app.assignment where random() < 0.05 loop
        update app.assignment
        set status = (array['in_progress', 'reported', 'completed'])[1 + floor(random() * 3)::integer],
            due_on = due_on + floor(random() * 400)::integer
        where id = one.id;
    end loop;
end $$;
select is(pg_temp.faults(), 0::bigint, 'after single changes of status and due year');
delete from app.assignment where random() < 0.1;
select is(pg_temp.faults(), 0::bigint, 'after deleting');
update app.assignment set progress = progress;
select is(pg_temp.faults(), 0::bigint, 'after changes that move nothing');
update app.assignment set lead_unit_id = pg_temp.unit('bdv-690')
where lead_unit_id = pg_temp.unit('bdv-689') and random() < 0.2
    and not exists (select from app.assignment as b where b.plan_item_id = assignment.plan_item_id
        and b.occurrence = assignment.occurrence and b.lead_unit_id = pg_temp.unit('bdv-690'));
select is(pg_temp.faults(), 0::bigint, 'after a change of lead');
savepoint before_undo;
update app.assignment set status = 'cancelled';
rollback to before_undo;
select is(pg_temp.faults(), 0::bigint, 'after a rollback');

-- a broken count is seen and mended
update app.assignment_count set count = count + 1 where unit_id = pg_temp.unit('bdv-70') and due_year = 2025;
select isnt(pg_temp.faults(), 0::bigint, 'a wrong count is seen');
select isnt(private.rebuild_assignment_counts(), 0::bigint, 'rebuilding tells how many were wrong');
select is(pg_temp.faults(), 0::bigint, 'and mends them');

-- what each sees counted is what each would count one by one
create function pg_temp.compare(p_login text) returns text
    language sql return pg_temp.as_user(p_login, $$
        select s is not distinct from a
        from (select not_started, in_progress, reported, completed, cancelled, total, overdue
            from api.assignment_count_summary()) as s,
        (select count(*) filter (where status = 'not_started'), count(*) filter (where status = 'in_progress'),
            count(*) filter (where status = 'reported'), count(*) filter (where status = 'completed'),
            count(*) filter (where status = 'cancelled'), count(*), count(*) filter (where is_overdue)
            from api.assignments as t
            where private.my_scope() = case private.my_scope_code()
                when 'province' then t.province_key when 'province_line' then t.province_line_key
                when 'district' then t.district_key when 'district_line' then t.district_line_key
                when 'grassroots' then t.grassroots_key end) as a$$);
select is(pg_temp.compare('t.leader'), 'true', 'the province');
select is(pg_temp.compare('t.dongxoai'), 'true', 'a district');
select is(pg_temp.compare('t.women'), 'true', 'a district''s line');
select is(pg_temp.compare('t.tanphu'), 'true', 'a commune');

select * from finish();
rollback;
