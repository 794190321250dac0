-- Who took part, brought in by the organiser: by the course's state, days and places; one event for all.
begin;
\ir include/acting.sql
\ir include/importing.sql
select plan(19);
update private.installation set mode = 'test', fixed_today = '2022-11-15';

select pg_temp.add_user('t.dongxoai', 'bdv-689', 'officer');
select pg_temp.add_user('t.commune', 'kdv-25195', 'officer');
insert into app.staff (code, full_name, unit_id) values
    ('T-1', 'Nguyễn Văn An', pg_temp.unit('kdv-25195')), ('T-2', 'Trần Thị Bình', pg_temp.unit('kdv-25198')),
    ('T-3', 'Lê Thị Cúc', pg_temp.unit('bdv-689')), ('T-4', 'Đỗ Văn Hải', pg_temp.unit('bdv-692'));
insert into app.course (code, name, topic_code, organiser_unit_id, starts_on, ends_on, status) values
    ('T-HELD', 'Lớp', 'mobilization_work', pg_temp.unit('bdv-689'), '2022-11-01', '2022-11-02', 'held'),
    ('T-OPEN', 'Lớp', 'mobilization_work', pg_temp.unit('bdv-689'), '2022-12-01', '2022-12-02', 'open'),
    ('T-PLAN', 'Lớp', 'mobilization_work', pg_temp.unit('bdv-689'), '2022-12-01', '2022-12-02', 'planned'),
    ('T-SAME', 'Lớp', 'mobilization_work', pg_temp.unit('bdv-689'), '2022-12-01', '2022-12-02', 'open'),
    ('T-SAME', 'Lớp', 'mobilization_work', pg_temp.unit('bdv-70'), '2022-12-01', '2022-12-02', 'open'),
    ('T-PROV', 'Lớp', 'mobilization_work', pg_temp.unit('bdv-70'), '2022-12-01', '2022-12-02', 'open');
insert into app.course_day (course_id, day)
select c.id, d from app.course as c, unnest(array['2022-11-01', '2022-11-02']::date[]) as d where c.code = 'T-HELD';

create function pg_temp.records(p_login text, p_rows text, p_without text[] default '{}') returns uuid
    language sql return pg_temp.job(p_login, 'training_records',
        'course_code,organiser_unit_code,staff_code,status,days_attended,result,score,certificate_number,certified_on,valid_until',
        p_rows, p_without);

select is(pg_temp.faults('t.dongxoai', pg_temp.records('t.dongxoai', $$
T-HELD|bdv-689|T-1|attended|2|passed|90|CN-T-1|2022-11-02|
T-HELD||T-2|absent|0|||||
T-OPEN||T-3|||||||
T-SAME||T-1|||||||
$$)), 'none', 'good rows have no fault; without an organiser the own course is meant');
select is(pg_temp.applied('t.dongxoai', pg_temp.records('t.dongxoai', $$
T-HELD|bdv-689|T-1|attended|2|passed|90|CN-T-1|2022-11-02|
T-HELD||T-2|absent|0|||||
T-OPEN||T-3|||||||
T-SAME||T-1|||||||
$$)), '4/0/0', 'and are written');
select is(
    (select string_agg(concat_ws(' ', c.code, o.code, s.code, u.code, r.status, r.result, r.valid_until), '; ' order by c.code, s.code)
        from app.training_record as r join app.course as c on c.id = r.course_id join app.unit as o on o.id = c.organiser_unit_id
        join app.staff as s on s.id = r.staff_id join app.unit as u on u.id = r.unit_id where c.code like 'T-%'),
    'T-HELD bdv-689 T-1 kdv-25195 attended passed 2027-11-02; T-HELD bdv-689 T-2 kdv-25198 absent; '
    'T-OPEN bdv-689 T-3 bdv-689 registered; T-SAME bdv-689 T-1 kdv-25195 registered',
    'with unit and validity as the rules have them');
select is(
    (select string_agg(e.action || ' ' || e.resource, ', ') from app.audit_event as e
        where e.at >= now() and e.resource in ('training_record', 'training_records') and e.action in ('create', 'import')),
    'import training_records', 'one event tells of them all');
select is(pg_temp.applied('t.dongxoai', pg_temp.records('t.dongxoai', $$
T-HELD|bdv-689|T-1|attended|2|passed|90|CN-T-1|2022-11-02|2027-11-02
T-HELD|bdv-689|T-2|absent|0|||||
T-OPEN|bdv-689|T-3|registered|0|||||
$$)), '0/0/3', 'what was exported comes in again unchanged');
select is(pg_temp.applied('t.dongxoai', pg_temp.records('t.dongxoai', 'T-HELD|bdv-689|T-1|attended|2|passed|95|CN-T-1||')), '0/1/0',
    'what differs is changed');

select is(pg_temp.faults('t.dongxoai', pg_temp.records('t.dongxoai', $$
T-NONE||T-1|||||||
T-HELD||T-9|||||||
T-OPEN||T-1|attended||||||
T-OPEN||T-2|other|400|good|101|||
T-HELD||T-3|attended|1|passed||CN-T-1||
T-HELD||T-2|attended||||CN-T-2||
T-PLAN||T-1|||||||
T-PROV||T-1|||||||
T-OPEN||T-3||||50|||
T-HELD||T-1|||passed|95|CN-T-1|2022-11-16|2022-11-16
$$)),
    '2 course_code not_visible T-NONE; 3 staff_code not_visible T-9; 4 status wrong_state attended; '
    '5 days_attended out_of_range 400; 5 result not_a_choice good; 5 result not_attended good; 5 score not_attended 101; '
    '5 score out_of_range 101; 5 status not_a_choice other; '
    '6 certificate_number duplicate CN-T-1; 6 result too_few_days 1; 7 certificate_number not_passed CN-T-2; 7 status by_attendance attended; '
    '8 course_code not_open T-PLAN; 9 course_code not_permitted T-PROV; 10 course_code not_open T-OPEN; 10 score not_attended 50; '
    '11 certificate_number duplicate CN-T-1; 11 certified_on in_the_future 2022-11-16; 11 valid_until wrong_order 2022-11-16',
    'every fault of every row at once');
select is(pg_temp.faults('t.dongxoai', pg_temp.records('t.dongxoai', $$
T-OPEN||T-1|||||||
T-OPEN|bdv-689|T-1|||||||
T-OPEN||T-4|||||||
$$)), '3 staff_code duplicate_row 2; 4 staff_code not_visible T-4', 'the same person twice, and one of another district');
select is(pg_temp.faults('t.commune', pg_temp.records('t.commune', $$
T-OPEN|bdv-689|T-1|||||||
T-SAME||T-1|||||||
T-HELD|bdv-689|T-1|attended|2|passed|80|CN-T-1||
$$)), '2 course_code not_invited; 3 course_code ambiguous T-SAME; 4 course_code not_permitted T-HELD',
    'a unit registers its own people, where it is invited, and gives no results');
select is(pg_temp.applied('t.commune', pg_temp.records('t.commune', 'T-OPEN|bdv-689|T-1|||||||')), 'DV409 not_invited',
    'where it is invited');
insert into app.course_invitation (course_id, unit_id, places)
select c.id, pg_temp.unit('kdv-25195'), 1 from app.course as c where c.code = 'T-OPEN';
select is(pg_temp.applied('t.commune', pg_temp.records('t.commune', 'T-OPEN|bdv-689|T-1|||||||')), '1/0/0', 'as here');
select is(pg_temp.applied('t.commune', pg_temp.records('t.commune', 'T-OPEN|bdv-689|T-1|||||||')), '0/0/1', 'once');


-- places: one course has three, one of them taken; at the other the commune's bloc has two, one of them taken
insert into app.staff (code, full_name, unit_id)
select 'T-' || n, 'Người thử', pg_temp.unit(case when n < 7 then 'bdv-689' else 'kdv-25195' end) from generate_series(5, 8) as n;
insert into app.course (code, name, topic_code, organiser_unit_id, starts_on, ends_on, status, capacity)
select x.code, 'Lớp', 'mobilization_work', pg_temp.unit('bdv-689'), '2022-12-01', '2022-12-02', 'open', x.capacity
from (values ('T-FULL', 3), ('T-FEW', 9)) as x (code, capacity);
insert into app.course_invitation (course_id, unit_id, places)
select c.id, pg_temp.unit('kdv-25195'), 2 from app.course as c where c.code = 'T-FEW';
insert into app.training_record (course_id, staff_id, status)
select c.id, s.id, 'registered' from app.course as c, app.staff as s
where (c.code, s.code) in (('T-FULL', 'T-2'), ('T-FEW', 'T-1'));
select is(pg_temp.faults('t.dongxoai', pg_temp.records('t.dongxoai', $$
T-FULL||T-2|registered||||||
T-FULL||T-3|invited||||||
T-FULL||T-5|registered||||||
T-FULL||T-6|||||||
T-FULL||T-7|registered||||||
T-FULL||T-8|registered||||||
$$)), '6 course_code course_full 3; 7 course_code course_full 3', 'who finds no place is named, row and cell');
select is(pg_temp.applied('t.dongxoai', pg_temp.records('t.dongxoai', $$
T-FULL||T-2|registered||||||
T-FULL||T-3|invited||||||
T-FULL||T-5|registered||||||
T-FULL||T-6|||||||
$$)), '3/0/1', 'and as many as there are places come in');
select is(pg_temp.faults('t.dongxoai', pg_temp.records('t.dongxoai', $$
T-FULL||T-2|registered||||||
T-FULL||T-7|registered||||||
$$)), '3 course_code course_full 3', 'a full course takes nobody, and keeps whom it has');
select is(pg_temp.applied('t.dongxoai', pg_temp.records('t.dongxoai', 'T-FULL||T-7|registered||||||')), 'DV409 course_full', 'nor past the check');
select is(pg_temp.faults('t.dongxoai', pg_temp.records('t.dongxoai', $$
T-FEW||T-5|registered||||||
T-FEW||T-7|registered||||||
T-FEW||T-8|registered||||||
$$)), '4 staff_code no_place_left 2', 'nor a unit more than its places');
select is(pg_temp.faults('t.commune', pg_temp.records('t.commune', $$
T-FEW|bdv-689|T-7|registered||||||
T-FEW|bdv-689|T-8|registered||||||
$$)), '3 staff_code no_place_left 2', 'as the unit itself is told');
select is(pg_temp.faults('t.commune', pg_temp.records('t.commune', 'T-FULL|bdv-689|T-7|registered||||||')), '2 course_code course_full 3; 2 course_code not_invited',
    'and where it is not invited either');

select * from finish();
rollback;
