-- Ratings brought in: who, every fault at once, and twice.
begin;
\ir include/acting.sql
\ir include/importing.sql
select plan(13);
update private.installation set mode = 'test', fixed_today = '2021-11-15';
delete from app.rating;

select pg_temp.add_user('t.dongxoai', 'bdv-689', 'officer');
select pg_temp.add_user('t.viewer', 'bdv-689', 'viewer');
select pg_temp.add_user('t.women', 'phunu-25201', 'leader');

create function pg_temp.ratings(p_login text, p_rows text, p_without text[] default '{}') returns uuid
    language sql return pg_temp.job(p_login, 'ratings', 'unit_code,year,scale,grade,rated_on,note', p_rows, p_without);

select is(pg_temp.faults('t.dongxoai', pg_temp.ratings('t.dongxoai', $$
phunu-25195|2020|five_grades|good|2021-01-10|
phunu-25198|2020|five_grades|fair||Còn chậm
$$)), 'none', 'good rows have no fault');
select is(pg_temp.applied('t.dongxoai', pg_temp.ratings('t.dongxoai', $$
phunu-25195|2020|five_grades|good|2021-01-10|
phunu-25198|2020|five_grades|fair||Còn chậm
$$)), '2/0/0', 'and are written');
select is(
    (select string_agg(concat_ws(' ', u.code, r.year, r.grade, r.rated_on, r.note, b.code), '; ' order by u.code)
        from app.rating as r join app.unit as u on u.id = r.unit_id join app.unit as b on b.id = r.rated_by_unit_id),
    'phunu-25195 2020 good 2021-01-10 bdv-689; phunu-25198 2020 fair 2021-11-15 Còn chậm bdv-689',
    'by the caller''s unit, without a day today');
select is(
    (select string_agg(e.action || ' ' || e.resource || ' ' || (e.change ->> 'created'), '') from app.audit_event as e where e.at >= now() and e.action = 'import'),
    'import ratings 2', 'one event tells the import');
select is(pg_temp.applied('t.dongxoai', pg_temp.ratings('t.dongxoai', $$
phunu-25195|2020|five_grades|good|2021-01-10|
phunu-25198|2020|five_grades|weak||Còn chậm
$$)), '0/1/1', 'the second time only what differs');
select is((select string_agg(r.version::text, ',' order by r.grade) from app.rating as r), '1,2', 'what is the same is not touched');
select is(pg_temp.applied('t.dongxoai', pg_temp.ratings('t.dongxoai', 'phunu-25198|2020|five_grades|weak||', '{note}')), '0/0/1',
    'a column that is not there leaves what is');
select is(pg_temp.applied('t.dongxoai', pg_temp.ratings('t.dongxoai', 'phunu-25198|2020|five_grades|weak||')), '0/1/0',
    'an empty cell empties it');

select is(pg_temp.faults('t.dongxoai', pg_temp.ratings('t.dongxoai', $$
phunu-25201|2020|five_grades|good||
nowhere|2020|five_grades|good||
phunu-25201|2020|five_grades|fair||
phunu-25204|1999|five_grades|good||
phunu-25204|2022|five_grades|good||
phunu-25207|2021|no_scale|good||
phunu-25207|2020|five_grades|completed||
phunu-25210|2020|five_grades|good|2021-11-16|
phunu-689|2020|five_grades|good||
$$)),
    '3 unit_code not_visible nowhere; 4 unit_code duplicate_row 2; 5 year out_of_range 1999; 6 year in_future 2022; '
    '7 scale not_a_choice no_scale; 8 grade not_a_choice completed; 9 rated_on in_future 2021-11-16; '
    '10 unit_code not_permitted phunu-689',
    'every fault of every row at once');
select is(pg_temp.faults('t.dongxoai', pg_temp.ratings('t.dongxoai', 'phunu-25270|2020|five_grades|good||')),
    '2 unit_code not_visible phunu-25270', 'a unit of another district is not there');
select is(pg_temp.faults('t.viewer', pg_temp.ratings('t.viewer', 'phunu-25201|2020|five_grades|good||')), 'DV404 not_found',
    'a viewer has no imports');
select is(pg_temp.applied('t.women', pg_temp.ratings('t.women', 'phunu-25201|2020|five_grades|good||')), '42501',
    'row security refuses without the check');
select is((select count(*) from app.rating), 2::bigint, 'nothing was written');

select * from finish();
rollback;
