-- People of a unit that merged into one that stands: whose records those who left are.
begin;
\ir include/acting.sql
\ir include/reorganising.sql
select plan(13);
update private.installation set mode = 'test', fixed_today = '2021-11-15';
delete from app.staff;
delete from app.establishment;
select pg_temp.add_user('t.old', 'phunu-25195', 'leader');
select pg_temp.add_user('t.heir', 'phunu-25198', 'leader');
select pg_temp.add_user('t.heir.officer', 'phunu-25198', 'officer');
select pg_temp.add_user('t.other', 'kdv-25198', 'leader');

insert into app.staff (code, full_name, unit_id, status, left_on)
values ('L-1', 'Người đã nghỉ', pg_temp.unit('phunu-25195'), 'left', '2021-10-01'), ('L-2', 'Người đã nghỉ', pg_temp.unit('phunu-25195'), 'left', '2021-10-01');
insert into app.staff (code, full_name, unit_id) values ('W-1', 'Người đang làm', pg_temp.unit('phunu-25195'));
insert into app.appointment (staff_id, unit_id, position_code, valid_from, valid_to)
select s.id, s.unit_id, 'member', '2020-01-01', s.left_on from app.staff as s;
create function pg_temp.staff(p_code text) returns app.staff language sql return (select s from app.staff as s where s.code = p_code);
create function pg_temp.command(p_login text, p_command text, p_code text, p_body jsonb) returns text
    language sql return pg_temp.as_user(p_login, format('select api.staff_%s(%L, %s, %L)', p_command,
        (pg_temp.staff(p_code)).id, (pg_temp.staff(p_code)).version, p_body));

create temp table done as select private.reorganisation_carry_out(pg_temp.reorganise('2021-11-15', jsonb_build_array(jsonb_build_object(
    'subject', 'unit', 'kind', 'merge', 'from', jsonb_build_array(pg_temp.u('phunu-25195')), 'to', jsonb_build_array(pg_temp.u('phunu-25198')))))) as counts;
select is((select is_active from app.unit where code = 'phunu-25195'), false, 'the unit has ended');
select is((select string_agg(s.code || ' ' || u.code, ', ' order by s.code) from app.staff as s join app.unit as u on u.id = s.unit_id),
    'L-1 phunu-25198, L-2 phunu-25198, W-1 phunu-25198', 'the records of all its people go on, of those who left too');
select is((select counts ->> 'staff' from done), '3', 'and are counted');
select is((select string_agg(distinct u.code, ' ') from app.appointment as a join app.unit as u on u.id = a.unit_id where a.staff_id = (pg_temp.staff('L-1')).id),
    'phunu-25195', 'where they worked stays as it was');
select is(pg_temp.command('t.heir.officer', 'change_detail', 'L-1', '{"phone": "0912 345 678"}'), '', 'the successor corrects');
select is(pg_temp.as_user('t.heir.officer', $$update app.staff set full_name = 'Người đã nghỉ hưu' where code = 'L-1' returning full_name$$), 'Người đã nghỉ hưu', 'a name too');
select is(pg_temp.command('t.heir', 'export', 'L-1', '{}')::jsonb -> 'document' -> 'staff' ->> 'code', 'L-1', 'and gives it out');
select is(pg_temp.command('t.other', 'change_detail', 'L-1', '{"phone": "0912 345 678"}'), 'DV403 not_permitted', 'nobody else does');
select is(pg_temp.command('t.heir', 'reinstate', 'L-2', '{}'), '', 'takes back who comes back');
-- left with the ended unit by a version before this one
update app.staff set unit_id = pg_temp.unit('phunu-25195') where code = 'L-1';
select is(private.staff_keeper(pg_temp.staff('L-1')), pg_temp.unit('phunu-25198'), 'whose record was left behind is the successor''s');
select lives_ok('select private.reorganisation_tick()', 'the program looks again');
select is((pg_temp.staff('L-1')).unit_id, pg_temp.unit('phunu-25198'), 'and puts it where it belongs');
update private.installation set fixed_today = '2031-10-01';
select private.staff_delete_expired() \g /dev/null
select is(pg_temp.as_user('t.heir', $$select count(*) from api.staff_deletions$$), '1', 'and has the proof of its deletion');
select * from finish();
rollback;
