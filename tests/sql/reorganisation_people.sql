-- People and quotas of a unit that merged into one that stands: whose records those who left are, and that no
-- quota is lost without a word.
begin;
\ir include/acting.sql
\ir include/reorganising.sql
select plan(21);
update private.installation set mode = 'test', fixed_today = '2021-11-15';
delete from app.staff;
delete from app.establishment;
select pg_temp.add_user('t.admin', 'bdv-70', 'admin');
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
-- both have one for the chair; the ended one alone for the deputies; of one not begun yet nothing is carried
create function pg_temp.quota(p_unit text, p_position text, p_quota integer, p_from date default '2020-01-01') returns void
    language sql as $$
    insert into app.establishment (unit_id, position_code, quota, valid_from, legal_basis)
    values (pg_temp.unit(p_unit), p_position, p_quota, p_from, 'QĐ 1') $$;
select pg_temp.quota('phunu-25195', 'chair', 2), pg_temp.quota('phunu-25198', 'chair', 1), pg_temp.quota('phunu-25195', 'vice_chair', 2),
    pg_temp.quota('phunu-25195', 'employee', 3, '2022-01-01') \g /dev/null
create temp table merger as select pg_temp.reorganise('2021-11-15', jsonb_build_array(jsonb_build_object(
    'subject', 'unit', 'kind', 'merge', 'from', jsonb_build_array(pg_temp.u('phunu-25195')), 'to', jsonb_build_array(pg_temp.u('phunu-25198'))))) as id;
create temp table preview as select private.reorganisation_preview(id) as told from merger;
create function pg_temp.quotas(p_unit text) returns text
    language sql return (select string_agg(concat_ws(' ', e.position_code, e.quota, e.valid_from, e.valid_to), ', ' order by e.position_code, e.valid_from)
        from app.establishment as e where e.unit_id = pg_temp.unit(p_unit));
select is((select string_agg(w ->> 'about', '; ' order by w ->> 'about') from preview, jsonb_array_elements(told -> 'warnings') as w where w ->> 'word' = 'quota_dropped'),
    'Hội Liên hiệp Phụ nữ phường Tân Phú: 2 Chủ tịch (Hội Liên hiệp Phụ nữ phường Tân Đồng giữ biên chế hiện có: 1); '
    'Hội Liên hiệp Phụ nữ phường Tân Phú: 3 Nhân viên (Hội Liên hiệp Phụ nữ phường Tân Đồng chưa được giao biên chế này)',
    'the preview tells each quota that nobody will have');
select is(pg_temp.quotas('phunu-25195'), 'chair 2 2020-01-01, employee 3 2022-01-01, vice_chair 2 2020-01-01', 'and changes none');
select is((pg_temp.as_user('t.admin', format('select api.reorganisation_preview(%L)', (select id from merger))))::jsonb, (select told from preview),
    'the administrator who decides is told the same');
create temp table done as select private.reorganisation_carry_out(id) as counts from merger;
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
select is(pg_temp.quotas('phunu-25198'), 'chair 1 2020-01-01, vice_chair 2 2021-11-15', 'the successor keeps its own quota, and has what it had none of');
select is(pg_temp.quotas('phunu-25195'), 'chair 2 2020-01-01 2021-11-15, employee 3 2022-01-01 2022-01-02, vice_chair 2 2020-01-01 2021-11-15', 'those of the old unit end');
select is((select counts ->> 'quotas_dropped' from done), '2', 'what nobody has now is counted');
select is((select e.change ->> 'quotas_dropped' from app.audit_event as e where e.resource = 'reorganisation' and e.action = 'carry_out' order by e.id desc limit 1), '2', 'on record');
select is((select told -> 'counts' from preview), (select counts from done), 'as the preview told');
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
