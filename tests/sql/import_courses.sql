-- Courses brought in by their organiser.
begin;
\ir include/acting.sql
\ir include/importing.sql
select plan(7);
update private.installation set mode = 'test', fixed_today = '2022-11-15';

select pg_temp.add_user('t.dongxoai', 'bdv-689', 'officer');
select pg_temp.add_user('t.locninh', 'bdv-692', 'officer');
insert into app.course (code, name, topic_code, organiser_unit_id, starts_on, ends_on, status)
values ('T-OLD', 'Lớp đã mở', 'mobilization_work', pg_temp.unit('bdv-689'), '2022-11-20', '2022-11-21', 'open'),
    ('T-FAR', 'Lớp huyện khác', 'mobilization_work', pg_temp.unit('bdv-692'), '2022-11-20', '2022-11-21', 'planned');

create function pg_temp.courses(p_login text, p_rows text, p_without text[] default '{}') returns uuid
    language sql return pg_temp.job(p_login, 'courses',
        'code,name,topic,organiser_unit_code,partner_unit_code,partner,starts_on,ends_on,place,capacity,pass_percent',
        p_rows, p_without);

select is(pg_temp.faults('t.dongxoai', pg_temp.courses('t.dongxoai', $$
T-1|Bồi dưỡng dân vận|mobilization_work||||2022-12-01|2022-12-03|Hội trường|50|
T-2|Dân tộc|ethnic_affairs|bdv-689||Trường Chính trị|2022-12-10|2022-12-10||| 100
$$)), 'none', 'good rows have no fault');
select is(pg_temp.applied('t.dongxoai', pg_temp.courses('t.dongxoai', $$
T-1|Bồi dưỡng dân vận|mobilization_work||||2022-12-01|2022-12-03|Hội trường|50|
T-2|Dân tộc|ethnic_affairs|bdv-689||Trường Chính trị|2022-12-10|2022-12-10||| 100
$$)), '2/0/0', 'and are made');
select is(
    (select string_agg(concat_ws(' ', c.code, u.code, c.status, c.capacity, c.pass_percent), ', ' order by c.code)
        from app.course as c join app.unit as u on u.id = c.organiser_unit_id where c.code in ('T-1', 'T-2')),
    'T-1 bdv-689 planned 50 80, T-2 bdv-689 planned 100', 'of the own unit, planned');
select is(pg_temp.applied('t.dongxoai', pg_temp.courses('t.dongxoai', $$
T-1|Bồi dưỡng dân vận|mobilization_work|bdv-689|||2022-12-01|2022-12-04|Hội trường|50|80
T-2|Dân tộc|ethnic_affairs|bdv-689||Trường Chính trị|2022-12-10|2022-12-10||| 100
T-OLD|Lớp đã mở|mobilization_work||||2022-11-20|2022-11-21|Nhà văn hóa||
$$)), '0/2/1', 'what differs is changed');
select is(pg_temp.faults('t.dongxoai', pg_temp.courses('t.dongxoai', $$
T 3|Lớp|mobilization_work||||2022-12-01|2022-12-03|||
T-4|Lớp|no_topic|nowhere||| 2022-12-01|2022-11-30||0|101
T-5|Lớp|mobilization_work||nowhere||2022-01-01|2023-01-02|||
T-5|Lớp|mobilization_work||||2022-12-01|2022-12-03|||
T-OLD|Lớp đã mở|mobilization_work||||2022-11-20|2022-11-22|||
T-6|Lớp|mobilization_work|bdv-70|||2022-12-01|2022-12-03|||
T-FAR|Lớp huyện khác|mobilization_work|bdv-692|||2022-11-20|2022-11-21|||
$$)),
    '2 code bad_format T 3; 3 capacity out_of_range 0; 3 ends_on wrong_order 2022-11-30; 3 organiser_unit_code not_visible nowhere; '
    '3 pass_percent out_of_range 101; 3 topic not_a_choice no_topic; 4 ends_on out_of_range 2023-01-02; '
    '4 partner_unit_code not_visible nowhere; 5 code duplicate_row 4; 6 code wrong_state T-OLD; '
    '7 organiser_unit_code not_permitted bdv-70; 8 organiser_unit_code not_visible bdv-692',
    'every fault of every row at once');
select is(pg_temp.applied('t.locninh', pg_temp.courses('t.locninh', 'T-OLD|Lớp của Lộc Ninh|mobilization_work||||2022-12-01|2022-12-03|||')),
    '1/0/0', 'the same code with another organiser is another course');
select is((select count(*) from app.course as c where c.code = 'T-OLD'), 2::bigint, 'beside the first');

select * from finish();
rollback;
