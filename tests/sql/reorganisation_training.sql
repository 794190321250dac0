-- Courses not over yet, when units end: who organises, who is invited, whose the people are who will take part.
begin;
\ir include/acting.sql
\ir include/reorganising.sql
select plan(18);
update private.installation set mode = 'test', fixed_today = '2021-11-15';
delete from app.staff;
delete from app.course;
select pg_temp.add_user('t.admin', 'bdv-70', 'admin');
select pg_temp.add_user('t.province', 'phunu-70', 'officer');
select pg_temp.add_user('t.heir', 'phunu-25198', 'officer');

insert into app.course (code, name, topic_code, organiser_unit_id, starts_on, ends_on, status, cancel_reason)
select x.code, 'Lớp ' || x.code, 'mobilization_work', pg_temp.unit(x.unit), x.starts_on, x.starts_on + 1, x.status, case x.status when 'cancelled' then 'Bão' end
from (values ('PLAN', 'phunu-25195', date '2021-12-01', 'planned'), ('OPEN', 'phunu-25195', '2021-12-01', 'open'), ('HELD', 'phunu-25195', '2021-11-14', 'held'),
    ('PAST', 'phunu-25195', '2021-03-01', 'closed'), ('OFF', 'phunu-25195', '2021-12-01', 'cancelled'),
    ('TWIN', 'phunu-25195', '2021-12-01', 'planned'), ('TWIN', 'phunu-25198', '2021-12-01', 'planned'),
    ('CERT', 'phunu-25195', '2021-11-14', 'held'),
    ('P-OPEN', 'phunu-70', '2021-12-01', 'open'), ('P-OTHER', 'phunu-70', '2021-12-01', 'open'), ('P-FREE', 'phunu-70', '2021-12-01', 'open'),
    ('P-HELD', 'phunu-70', '2021-11-14', 'held')) as x (code, unit, starts_on, status);
create function pg_temp.course(p_code text) returns uuid language sql return (select c.id from app.course as c where c.code = p_code order by c.organiser_unit_id limit 1);
insert into app.course_day (course_id, day) select c.id, c.starts_on from app.course as c;
-- the old unit has three places where the other has two, two where the other sends somebody uninvited, and any number
insert into app.course_invitation (course_id, unit_id, places)
select pg_temp.course(x.course), pg_temp.unit(x.unit), x.places
from (values ('P-OPEN', 'phunu-25195', 3), ('P-OPEN', 'phunu-25198', 2), ('P-OTHER', 'phunu-25195', 2), ('P-FREE', 'phunu-25195', null), ('P-FREE', 'phunu-25198', 2),
    ('P-HELD', 'phunu-25195', 3)) as x (course, unit, places);
insert into app.staff (code, full_name, unit_id) select 'T-' || n, 'Người thử', pg_temp.unit(case when n < 4 then 'phunu-25195' else 'phunu-25198' end) from generate_series(1, 4) as n;
insert into app.appointment (staff_id, unit_id, position_code, valid_from) select s.id, s.unit_id, 'member', '2020-01-01' from app.staff as s;
insert into app.training_record (course_id, staff_id, status, days_attended, result, certificate_number)
select pg_temp.course(x.course), s.id, x.status, case x.status when 'attended' then 1 else 0 end, x.result, x.certificate
from (values ('P-OPEN', 'T-1', 'registered', null, null), ('P-OPEN', 'T-2', 'invited', null, null), ('P-OPEN', 'T-4', 'registered', null, null),
    ('P-OTHER', 'T-4', 'registered', null, null), ('P-HELD', 'T-1', 'registered', null, null), ('HELD', 'T-1', 'attended', null, null),
    ('PAST', 'T-1', 'attended', 'passed', 'CN-1'), ('CERT', 'T-2', 'attended', 'passed', 'CN-2')) as x (course, staff, status, result, certificate)
join app.staff as s on s.code = x.staff;
-- the other gave out the number of CERT before
insert into app.course (code, name, topic_code, organiser_unit_id, starts_on, ends_on, status)
values ('OLD', 'Lớp cũ', 'mobilization_work', pg_temp.unit('phunu-25198'), '2021-02-01', '2021-02-01', 'closed');
insert into app.course_day (course_id, day) select c.id, c.starts_on from app.course as c where c.code = 'OLD';
insert into app.training_record (course_id, staff_id, status, days_attended, result, certificate_number)
select pg_temp.course('OLD'), s.id, 'attended', 1, 'passed', 'CN-2' from app.staff as s where s.code = 'T-4';

create temp table merger as select pg_temp.reorganise('2021-11-15', jsonb_build_array(jsonb_build_object(
    'subject', 'unit', 'kind', 'merge', 'from', jsonb_build_array(pg_temp.u('phunu-25195')), 'to', jsonb_build_array(pg_temp.u('phunu-25198'))))) as id;
create temp table preview as select private.reorganisation_preview(id) as told from merger;
select is((select string_agg(w ->> 'about', '; ' order by w ->> 'about') from preview, jsonb_array_elements(told -> 'warnings') as w where w ->> 'word' = 'course_left'),
    'Hội Liên hiệp Phụ nữ phường Tân Phú: CERT; Hội Liên hiệp Phụ nữ phường Tân Phú: TWIN', 'the preview tells what nobody takes over');
select is((pg_temp.as_user('t.admin', format('select api.reorganisation_preview(%L)', (select id from merger))))::jsonb, (select told from preview),
    'the administrator who decides is told the same');
create temp table done as select private.reorganisation_carry_out(id) as counts from merger;
select is((select told -> 'counts' from preview), (select counts from done), 'what was told is what is done');

-- courses
select is((select string_agg(c.code, ' ' order by c.code) from app.course as c where c.organiser_unit_id = pg_temp.unit('phunu-25198') and c.code not in ('OLD', 'TWIN')), 'HELD OPEN PLAN',
    'what is not over is the successor''s');
select is((select string_agg(c.code, ' ' order by c.code) from app.course as c where c.organiser_unit_id = pg_temp.unit('phunu-25195')), 'CERT OFF PAST TWIN',
    'what is over stays, and so does what would stand there twice');
select is((select count(*) from app.training_record as r join app.course as c on c.id = r.course_id where r.organiser_unit_id <> c.organiser_unit_id), 0::bigint,
    'who takes part is with the course');
select is((select (c.organiser_area_id, c.grassroots_key) = (u.area_id, u.grassroots_key) from app.course as c join app.unit as u on u.id = c.organiser_unit_id where c.code = 'OPEN'), true,
    'which stands where its organiser stands');
select is(pg_temp.as_user('t.heir', $$select string_agg(code || ' ' || array_to_string(actions, '+'), ', ' order by code) from api.courses where code in ('OPEN', 'PLAN')$$),
    pg_temp.as_user('t.heir', $$select 'OPEN ' || 'update+hold+cancel' || ', PLAN ' || array_to_string(actions, '+') from api.courses where code = 'TWIN' and organiser_unit_id = private.my_unit()$$),
    'and the successor does with it what one does with one''s own');
select is((select counts ->> 'courses' from done), '3', 'three were counted');

-- invitations
create function pg_temp.invited(p_course text) returns text
    language sql return (select string_agg(concat_ws(' ', u.code, coalesce(i.places::text, 'any')), ', ' order by u.code) from app.course_invitation as i
        join app.unit as u on u.id = i.unit_id where i.course_id = pg_temp.course(p_course));
select is(pg_temp.invited('P-OPEN'), 'phunu-25198 5', 'the places of both are the successor''s');
select is(pg_temp.invited('P-OTHER'), 'phunu-25198 3', 'who was there uninvited takes none of them');
select is(pg_temp.invited('P-FREE'), 'phunu-25198 any', 'who could send any number still can');
select is(pg_temp.invited('P-HELD'), 'phunu-25195 3', 'of what has begun nothing changes');
select is((select count(*) from app.notice as n where n.unit_id = pg_temp.unit('phunu-25198') and n.topic = 'course_invited' and n.resource_id = pg_temp.course('P-OTHER')), 1::bigint,
    'the successor is told that it is invited');

-- people
create function pg_temp.from_where(p_course text) returns text
    language sql return (select string_agg(s.code || ' ' || u.code || ' ' || r.status, ', ' order by s.code) from app.training_record as r
        join app.staff as s on s.id = r.staff_id join app.unit as u on u.id = r.unit_id where r.course_id = pg_temp.course(p_course));
select is(pg_temp.from_where('P-OPEN'), 'T-1 phunu-25198 registered, T-2 phunu-25198 invited, T-4 phunu-25198 registered', 'who will take part comes from the successor');
select is(pg_temp.from_where('P-HELD'), 'T-1 phunu-25195 registered', 'who takes part already came from the old unit');
select is(pg_temp.as_user('t.heir', format('insert into app.training_record (course_id, staff_id, status) values (%L, %L, ''registered'') returning status',
    pg_temp.course('P-OPEN'), (select s.id from app.staff as s where s.code = 'T-3'))), 'registered', 'the successor registers on');
select is(pg_temp.as_user('t.province', format($$select string_agg(unit_code || ' ' || places, ', ') from api.course_invitations where course_id = %L$$, pg_temp.course('P-OPEN'))),
    'phunu-25198 5', 'the organiser reads who is invited now');
select * from finish();
rollback;
