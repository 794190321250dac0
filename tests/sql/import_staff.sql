-- People brought in: into the own unit, by code.
begin;
\ir include/acting.sql
\ir include/importing.sql
select plan(9);
update private.installation set mode = 'test', fixed_today = '2022-11-15';

select pg_temp.add_user('t.dongxoai', 'bdv-689', 'officer');
select pg_temp.add_user('t.province', 'bdv-70', 'officer');
select pg_temp.add_user('t.admin', 'bdv-689', 'admin');
insert into app.staff (code, full_name, unit_id) values
    ('T-1', 'Nguyễn Văn An', pg_temp.unit('bdv-689')), ('T-2', 'Trần Thị Bình', pg_temp.unit('bdv-692'));

create function pg_temp.people(p_login text, p_rows text, p_without text[] default '{}') returns uuid
    language sql return pg_temp.job(p_login, 'staff', 'code,full_name,unit_code', p_rows, p_without);

select is(pg_temp.faults('t.dongxoai', pg_temp.people('t.dongxoai', $$
T-1|Nguyễn Văn An|bdv-689
T-3|Lê Thị Cúc|
T-4|Phạm Văn Dũng|bdv-689
$$)), 'none', 'good rows have no fault');
select is(pg_temp.applied('t.dongxoai', pg_temp.people('t.dongxoai', $$
T-1|Nguyễn Văn An|bdv-689
T-3|Lê Thị Cúc|
T-4|Phạm Văn Dũng|bdv-689
$$)), '2/0/1', 'new people come to the own unit');
select is(
    (select string_agg(s.code || ' ' || u.code, ', ' order by s.code) from app.staff as s join app.unit as u on u.id = s.unit_id
        where s.code like 'T-_'),
    'T-1 bdv-689, T-2 bdv-692, T-3 bdv-689, T-4 bdv-689', 'named or not');
select is(pg_temp.applied('t.dongxoai', pg_temp.people('t.dongxoai', 'T-3|Lê Thị Cúc Hoa|', '{unit_code}')), '0/1/0', 'a name is corrected');
select is(pg_temp.applied('t.dongxoai', pg_temp.people('t.dongxoai', 'T-3|Lê Thị Cúc Hoa|bdv-689')), '0/0/1', 'once');

select is(pg_temp.faults('t.dongxoai', pg_temp.people('t.dongxoai', $$
T 5|Hoàng Văn Em|
T-5|Hoàng Văn Em|bdv-70
T-6|Vũ Thị Giang|bdv-692
T-2|Trần Thị Bình|
T-1|Nguyễn Văn An|kdv-25195
T-7|Đỗ Văn Hải|
T-7|Đỗ Văn Hải|
$$)),
    '2 code bad_format T 5; 3 unit_code not_permitted bdv-70; 4 unit_code not_visible bdv-692; 5 code duplicate T-2; '
    '6 unit_code by_command kdv-25195; 8 code duplicate_row 7',
    'every fault of every row at once');
select is(pg_temp.faults('t.province', pg_temp.people('t.province', $$
T-1|Nguyễn Văn An|bdv-689
T-2|Trần Thị Bình Minh|bdv-692
$$)), '3 unit_code not_permitted bdv-692', 'above, one sees and does not write');
select is(pg_temp.faults('t.admin', pg_temp.people('t.admin', 'T-8|Bùi Thị Lan|')), '2 unit_code not_permitted T-8',
    'an administrator keeps no record of people');
select is(pg_temp.applied('t.admin', pg_temp.people('t.admin', 'T-8|Bùi Thị Lan|')), '42501', 'nor past the check');

select * from finish();
rollback;
