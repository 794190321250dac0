-- Attendance sheets brought in by the organiser.
begin;
\ir include/acting.sql
\ir include/importing.sql
select plan(7);
update private.installation set mode = 'test', fixed_today = '2022-11-15';

select pg_temp.add_user('t.dongxoai', 'bdv-689', 'officer');
select pg_temp.add_user('t.commune', 'kdv-25195', 'officer');
insert into app.staff (code, full_name, unit_id) values
    ('T-1', 'Nguyễn Văn An', pg_temp.unit('kdv-25195')), ('T-2', 'Trần Thị Bình', pg_temp.unit('kdv-25198')),
    ('T-3', 'Lê Thị Cúc', pg_temp.unit('bdv-689'));
insert into app.course (code, name, topic_code, organiser_unit_id, starts_on, ends_on, status) values
    ('T-HELD', 'Lớp', 'mobilization_work', pg_temp.unit('bdv-689'), '2022-11-14', '2022-11-16', 'held'),
    ('T-OPEN', 'Lớp', 'mobilization_work', pg_temp.unit('bdv-689'), '2022-11-14', '2022-11-16', 'open');
insert into app.course_day (course_id, day)
select c.id, d from app.course as c, unnest(array['2022-11-14', '2022-11-15', '2022-11-16']::date[]) as d
where c.code in ('T-HELD', 'T-OPEN');
insert into app.training_record (course_id, staff_id, status)
select c.id, s.id, 'registered' from app.course as c, app.staff as s
where c.code in ('T-HELD', 'T-OPEN') and s.code in ('T-1', 'T-2');

create function pg_temp.sheet(p_login text, p_rows text) returns uuid
    language sql return pg_temp.job(p_login, 'attendance', 'course_code,organiser_unit_code,staff_code,day,is_present', p_rows);

select is(pg_temp.faults('t.dongxoai', pg_temp.sheet('t.dongxoai', $$
T-HELD||T-1|2022-11-14|true
T-HELD|bdv-689|T-1|2022-11-15|false
T-HELD||T-2|2022-11-14|false
$$)), 'none', 'a good sheet has no fault');
select is(pg_temp.applied('t.dongxoai', pg_temp.sheet('t.dongxoai', $$
T-HELD||T-1|2022-11-14|true
T-HELD|bdv-689|T-1|2022-11-15|false
T-HELD||T-2|2022-11-14|false
$$)), '3/0/0', 'and is written');
select is(
    (select string_agg(concat_ws(' ', s.code, r.status, r.days_attended), ', ' order by s.code)
        from app.training_record as r join app.staff as s on s.id = r.staff_id join app.course as c on c.id = r.course_id
        where c.code = 'T-HELD'),
    'T-1 attended 1, T-2 absent 0', 'and counted');
select is(pg_temp.applied('t.dongxoai', pg_temp.sheet('t.dongxoai', $$
T-HELD||T-1|2022-11-14|true
T-HELD||T-1|2022-11-15|true
T-HELD||T-2|2022-11-15|true
$$)), '1/1/1', 'the second time only what is new or differs');
select is(pg_temp.faults('t.dongxoai', pg_temp.sheet('t.dongxoai', $$
T-NONE||T-1|2022-11-14|true
T-HELD||T-9|2022-11-14|true
T-HELD||T-3|2022-11-14|true
T-HELD||T-2|2022-11-13|true
T-HELD||T-2|2022-11-16|true
T-HELD||T-1|2022-11-14|true
T-HELD|bdv-689|T-1|2022-11-14|false
T-OPEN||T-1|2022-11-14|true
$$)),
    '2 course_code not_visible T-NONE; 3 staff_code not_visible T-9; 4 staff_code not_registered T-3; 5 day not_a_day 2022-11-13; '
    '6 day in_the_future 2022-11-16; 8 day duplicate_row 7; 9 course_code not_open T-OPEN',
    'every fault of every row at once');
select is(pg_temp.faults('t.commune', pg_temp.sheet('t.commune', $$
T-HELD|bdv-689|T-1|2022-11-14|true
T-HELD|bdv-689|T-1|2022-11-15|false
$$)), '3 course_code not_permitted T-HELD', 'the organiser alone says who was there');
select is(left(pg_temp.applied('t.commune', pg_temp.sheet('t.commune', 'T-HELD|bdv-689|T-1|2022-11-15|false')), 5), 'DV403',
    'also past the check');

select * from finish();
rollback;
