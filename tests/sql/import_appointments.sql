-- Posts brought in: the own people's in the own unit, none beside another.
begin;
\ir include/acting.sql
\ir include/importing.sql
select plan(12);
update private.installation set mode = 'test', fixed_today = '2022-11-15';

select pg_temp.add_user('t.dongxoai', 'bdv-689', 'officer');
select pg_temp.add_user('t.leader', 'bdv-689', 'leader');
select pg_temp.add_user('t.province', 'bdv-70', 'leader');
insert into app.staff (code, full_name, unit_id) values
    ('T-1', 'Nguyễn Văn An', pg_temp.unit('bdv-689')), ('T-2', 'Trần Thị Bình', pg_temp.unit('bdv-689')),
    ('T-3', 'Lê Thị Cúc', pg_temp.unit('kdv-25195'));
insert into app.appointment (staff_id, unit_id, position_code, valid_from, valid_to)
select s.id, s.unit_id, 'officer', '2020-01-01', '2021-01-01' from app.staff as s where s.code = 'T-1';
insert into app.staff (code, full_name, unit_id, status, left_on) values
    ('T-4', 'Đỗ Văn Hải', pg_temp.unit('bdv-689'), 'left', '2021-01-01');
insert into app.appointment (staff_id, unit_id, position_code, valid_from, valid_to)
select s.id, s.unit_id, 'officer', '2020-01-01', '2021-01-01' from app.staff as s where s.code = 'T-4';

create function pg_temp.posts(p_login text, p_rows text, p_without text[] default '{}') returns uuid
    language sql return pg_temp.job(p_login, 'appointments',
        'staff_code,unit_code,position,kind,valid_from,valid_to,legal_basis,end_cause', p_rows, p_without);

select is(pg_temp.faults('t.dongxoai', pg_temp.posts('t.dongxoai', $$
T-1|bdv-689|officer|primary|2020-01-01|2021-01-01||
T-1|bdv-689|senior_officer||2021-01-01|||
T-2|bdv-689|officer|primary|2020-05-01|2022-05-01|QĐ 15|end_of_term
T-2|bdv-689|senior_officer|primary|2022-05-01|||
T-2|bdv-689|member|concurrent|2021-01-01|||
$$)), 'none', 'posts one after the other, and further ones beside');
select is(pg_temp.applied('t.dongxoai', pg_temp.posts('t.dongxoai', $$
T-1|bdv-689|officer|primary|2020-01-01|2021-01-01||
T-1|bdv-689|senior_officer||2021-01-01|||
T-2|bdv-689|officer|primary|2020-05-01|2022-05-01|QĐ 15|end_of_term
T-2|bdv-689|senior_officer|primary|2022-05-01|||
T-2|bdv-689|member|concurrent|2021-01-01|||
$$)), '4/0/1', 'are written');
select is(pg_temp.faults('t.dongxoai', pg_temp.posts('t.dongxoai', $$
T-1|bdv-689|senior_officer|primary|2021-01-01|2022-01-01||end_of_term
T-1|bdv-689|officer|primary|2020-01-01|2021-01-01|QĐ 9|
T-2|bdv-689|officer|primary|2020-05-01|2022-05-01|QĐ 15|retired
T-2|bdv-689|member|concurrent|2021-01-01||QĐ 16|
$$)), '2 valid_to leader_needed 2022-01-01; 3 legal_basis leader_needed QĐ 9; 4 end_cause leader_needed retired',
    'an officer ends no post by a file, nor changes one that has ended');
select is(pg_temp.applied('t.dongxoai', pg_temp.posts('t.dongxoai',
    'T-1|bdv-689|senior_officer|primary|2021-01-01|2022-01-01||end_of_term')), 'DV403 leader_needed valid_to', 'nor past the check');
select is(pg_temp.faults('t.leader', pg_temp.posts('t.leader', 'T-4|bdv-689|officer|primary|2020-01-01|||')),
    '2 valid_to wrong_state', 'of who left no post goes on');
select is(pg_temp.applied('t.leader', pg_temp.posts('t.leader', 'T-4|bdv-689|officer|primary|2020-01-01|2020-12-01||')), '0/1/0',
    'its end is corrected');
select is(pg_temp.applied('t.leader', pg_temp.posts('t.leader', $$
T-1|bdv-689|senior_officer|primary|2021-01-01|2022-01-01||end_of_term
T-1|bdv-689|office_deputy_head|primary|2022-01-01|||
$$)), '1/1/0', 'one post ends and the next begins');
select is(
    (select string_agg(a.position_code || ' ' || daterange(a.valid_from, a.valid_to)::text, ', ' order by a.valid_from)
        from app.appointment as a join app.staff as s on s.id = a.staff_id where s.code = 'T-1'),
    'officer [2020-01-01,2021-01-01), senior_officer [2021-01-01,2022-01-01), office_deputy_head [2022-01-01,)',
    'as the file says');

select is(pg_temp.faults('t.dongxoai', pg_temp.posts('t.dongxoai', $$
T-9|bdv-689|officer||2022-01-01|||
T-2|nowhere|officer||2022-01-01|||
T-2|bdv-689|no_post||2019-01-01|2019-02-01||
T-2|bdv-689|director|concurrent|2019-01-01|2019-02-01||
T-2|bdv-689|employee|other|2019-01-01|2019-02-01||
T-2|bdv-689|member|primary|2021-01-01|||
T-2|bdv-689|officer|secondment|2019-01-01|2019-02-01||
T-2|bdv-689|chief|concurrent|2022-11-16|||
T-2|bdv-689|chief|concurrent|2019-05-01|2019-05-01||
T-2|bdv-689|chief|concurrent|2019-06-01|||left
T-3|bdv-689|officer||2022-01-01|||
$$)),
    '2 staff_code not_visible T-9; 3 unit_code not_visible nowhere; 4 position not_a_choice no_post; 5 position wrong_level director; '
    '6 kind not_a_choice other; 7 kind immutable primary; 7 valid_from overlapping_post 2020-05-01; 8 kind by_command secondment; '
    '9 valid_from in_future 2022-11-16; 9 valid_from overlapping_post 11; 10 valid_to wrong_order 2019-05-01; '
    '11 valid_from overlapping_post 9; 11 valid_to required; 12 unit_code by_command bdv-689',
    'every fault of every row at once');
select is(pg_temp.faults('t.dongxoai', pg_temp.posts('t.dongxoai', $$
T-1|bdv-689|employee|primary|2019-01-01|2020-02-01||
T-2|bdv-689|employee|primary|2018-01-01|2019-01-01||
T-2|bdv-689|chief|primary|2018-06-01|2018-07-01||
$$)),
    '2 valid_from overlapping_post 2020-01-01; 3 valid_from overlapping_post 4; 4 valid_from overlapping_post 3',
    'beside a post that is there, or one of the file: both rows are named');
select is(pg_temp.faults('t.province', pg_temp.posts('t.province', $$
T-1|bdv-689|officer|primary|2020-01-01|2021-01-01||
T-2|bdv-689|employee|concurrent|2019-01-01|2019-02-01||
$$)), '3 unit_code not_permitted bdv-689', 'above, one sees and does not write');
select is(pg_temp.applied('t.province', pg_temp.posts('t.province', 'T-2|bdv-689|employee|concurrent|2019-01-01|2019-02-01||')),
    '42501', 'nor past the check');

select * from finish();
rollback;
