-- What is open of a unit that merges into one that stands, where that one has its own beside it.
begin;
\ir include/acting.sql
\ir include/reorganising.sql
select plan(12);

select pg_temp.take_back_plan_36();
update private.installation set mode = 'test', fixed_today = '2021-11-15';
delete from app.extension_request;
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
select pg_temp.add_user('t.board', 'bdv-689', 'leader');
select pg_temp.add_user('t.a', 'kdv-25195', 'officer');
select pg_temp.add_user('t.b', 'kdv-25198', 'officer');
select pg_temp.as_user('t.leader', format('select api.plan_issue(%L, null)', pg_temp.plan_36())) \g /dev/null

-- the same items at both; what is open at the one that ends is in another state at the one that stands
create temp table item as
select i.code, a.occurrence, row_number() over (order by a.due_on, i.code, a.occurrence) as n
from app.assignment as a join app.plan_item as i on i.id = a.plan_item_id
where a.lead_unit_id = pg_temp.unit('kdv-25195') and a.plan_id = pg_temp.plan_36();
create function pg_temp.of(p_unit text, p_n integer) returns uuid
    language sql stable return (select pg_temp.owed(i.code, p_unit, i.occurrence) from item as i where i.n = p_n);
update app.assignment set status = 'in_progress', progress = 60 where id in (select pg_temp.of('kdv-25195', n) from generate_series(1, 4) as n);
update app.assignment set status = 'completed', progress = 100, reported_on = '2021-11-10', completed_on = '2021-11-11' where id = pg_temp.of('kdv-25198', 1);
update app.assignment set status = 'cancelled' where id = pg_temp.of('kdv-25198', 2);
update app.assignment set status = 'reported', progress = 100, reported_on = '2021-11-10' where id = pg_temp.of('kdv-25198', 3);
update app.assignment set status = 'in_progress', progress = 20 where id = pg_temp.of('kdv-25198', 4);
create temp table before as select a.id, a.status, a.progress from app.assignment as a where a.lead_unit_id = pg_temp.unit('kdv-25198');

create temp table merger as select pg_temp.reorganise('2021-11-15', jsonb_build_array(jsonb_build_object(
    'subject', 'unit', 'kind', 'merge', 'from', jsonb_build_array(pg_temp.u('kdv-25195')), 'to', jsonb_build_array(pg_temp.u('kdv-25198'))))) as id;
create temp table preview as select private.reorganisation_preview(id) as told from merger;
create function pg_temp.warned(p_word text) returns text
    language sql return (select string_agg(w ->> 'about', '; ' order by w ->> 'about') from preview, jsonb_array_elements(told -> 'warnings') as w where w ->> 'word' = p_word);
select is(pg_temp.warned('opened_beside_closed'), 'Khối Dân vận phường Tân Đồng: 3', 'the preview tells what opens beside what is closed');
create temp table done as select private.reorganisation_carry_out(id) as counts from merger;
select is((select told -> 'counts' from preview), (select counts from done), 'what was told is what is done');

-- assignments
create function pg_temp.goes_on(p_n integer) returns text
    language sql return (
        select concat_ws(' ', u.code, n.status, n.progress, case when n.occurrence = o.occurrence then 'as it was' else substr(n.occurrence, char_length(o.occurrence) + 2) end)
        from app.assignment as o join app.assignment as n on n.id = o.moved_to_id join app.unit as u on u.id = n.lead_unit_id
        where o.id = pg_temp.of('kdv-25195', p_n) and o.status = 'moved');
select is(pg_temp.goes_on(1), 'kdv-25198 in_progress 60 (tiếp nhận)', 'open beside completed goes on open');
select is(pg_temp.goes_on(2), 'kdv-25198 in_progress 60 (tiếp nhận)', 'beside cancelled too');
select is(pg_temp.goes_on(3), 'kdv-25198 in_progress 60 (tiếp nhận)', 'and beside reported');
select is(pg_temp.goes_on(4), 'kdv-25198 in_progress 20 as it was', 'what is open at both is one');
select is((select count(*) from app.assignment as o join app.assignment as n on n.id = o.moved_to_id
    where o.lead_unit_id = pg_temp.unit('kdv-25195') and not n.is_pending), 0::bigint, 'no open obligation is closed by a merger');
select is((select count(*) from app.assignment as a join before as b using (id) where (a.status, a.progress) is distinct from (b.status, b.progress)), 0::bigint,
    'and nothing of the successor''s own changes');
select is((select count(*) from app.assignment_part as p join app.assignment as a on a.id = p.assignment_id where a.occurrence like '%(tiếp nhận)' and p.unit_id = a.lead_unit_id), 0::bigint,
    'nobody stands beside themselves');
select is((select count(*) from private.assignment_count_faults()), 0::bigint, 'counts are right');
select is(pg_temp.as_user('t.b', format($$select api.assignment_progress(%L, 1, '{"progress": 70}')$$,
    (select moved_to_id from app.assignment where id = pg_temp.of('kdv-25195', 1)))), '', 'the successor writes on');
select lives_ok('select private.reorganisation_tick()', 'and the minute''s round finds nothing more');
select * from finish();
rollback;
