-- Courses and who takes part: every state, who may do what, places, the sheet, results, freezing.
begin;
\ir include/acting.sql
select plan(98);
update private.installation set mode = 'test', fixed_today = '2021-11-15';

select pg_temp.add_user('t.province', 'bdv-70', 'officer');
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
select pg_temp.add_user('t.viewer', 'bdv-70', 'viewer');
select pg_temp.add_user('t.admin', 'bdv-70', 'admin');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'officer');
select pg_temp.add_user('t.locninh', 'bdv-692', 'officer');
select pg_temp.add_user('t.locninh.viewer', 'bdv-692', 'viewer');
select pg_temp.add_user('t.bloc', 'kdv-25195', 'leader');
select pg_temp.add_user('t.women', 'phunu-689', 'officer');

-- People of TT-1 … at a unit, with a primary post since a day.
create function pg_temp.person(p_code text, p_unit_code text, p_position text default 'officer', p_from date default '2021-01-01')
    returns void
    language sql
as $$
    insert into app.staff (code, full_name, unit_id, level_id, line_id, province_key, district_key, grassroots_key)
    select p_code, p_code, u.id, u.level_id, u.line_id, u.province_key, u.district_key, u.grassroots_key
    from app.unit as u where u.code = p_unit_code;
    insert into app.appointment (staff_id, unit_id, position_code, valid_from, level_id, line_id, province_key, district_key, grassroots_key)
    select s.id, u.id, p_position, p_from, u.level_id, u.line_id, u.province_key, u.district_key, u.grassroots_key
    from app.unit as u, app.staff as s where u.code = p_unit_code and s.code = p_code;
$$;
create function pg_temp.staff_id(p_code text) returns uuid
    language sql return (select s.id from app.staff as s where s.code = p_code);
select pg_temp.person('TT-1', 'bdv-689');
select pg_temp.person('TT-2', 'bdv-689');
select pg_temp.person('TT-3', 'bdv-689');
select pg_temp.person('TT-4', 'bdv-692');
select pg_temp.person('TT-5', 'bdv-70');
select pg_temp.person('TT-6', 'phunu-689');

create function pg_temp.make_course(p_login text, p_code text, p_set text default '') returns text
    language sql return pg_temp.as_user(p_login, format(
        $$insert into app.course (code, name, topic_code, starts_on, ends_on, pass_percent%s)
          values (%L, 'Lớp thử', 'mobilization_work', '2021-11-10', '2021-11-12', 60%s) returning status$$,
        case when p_set <> '' then ', ' || split_part(p_set, '=', 1) else '' end, p_code,
        case when p_set <> '' then ', ' || split_part(p_set, '=', 2) else '' end));
create function pg_temp.course(p_code text) returns app.course
    language sql return (select c from app.course as c where c.code = p_code);
create function pg_temp.command(p_login text, p_code text, p_command text, p_body text default '{}', p_version integer default null)
    returns text
    language sql return pg_temp.as_user(p_login, format('select api.course_%s(%L, %L, %L)',
        p_command, (pg_temp.course(p_code)).id, p_version, p_body));
create function pg_temp.register(p_login text, p_course text, p_staff text, p_status text default 'registered') returns text
    language sql return pg_temp.as_user(p_login, format(
        'insert into app.training_record (course_id, staff_id, status) values (%L, %L, %L) returning ''done''',
        (pg_temp.course(p_course)).id, pg_temp.staff_id(p_staff), p_status));
create function pg_temp.record(p_course text, p_staff text) returns app.training_record
    language sql return (
        select r from app.training_record as r
        where r.course_id = (pg_temp.course(p_course)).id and r.staff_id = pg_temp.staff_id(p_staff));
create function pg_temp.invite(p_login text, p_course text, p_unit text, p_places integer default null) returns text
    language sql return pg_temp.as_user(p_login, format(
        'insert into app.course_invitation (course_id, unit_id, places) values (%L, %L, %L) returning ''done''',
        (pg_temp.course(p_course)).id, pg_temp.unit(p_unit), p_places));

-- planning
select is(pg_temp.make_course('t.viewer', 'TT-A'), '42501', 'a viewer plans no course');
select is(pg_temp.make_course('t.admin', 'TT-A'), '42501', 'nor an administrator');
select is(pg_temp.make_course('t.province', 'TT-A', 'capacity=3'), 'planned', 'an officer does');
select is((pg_temp.course('TT-A')).organiser_unit_id, pg_temp.unit('bdv-70'), 'for the own unit');
select is(pg_temp.make_course('t.leader', 'TT-A'), '23505 course_code_once', 'a code once');
select is(pg_temp.make_course('t.dongxoai', 'TT-B'), 'planned', 'and each organiser its own');
select is(pg_temp.as_user('t.province', $$insert into app.course (code, name, topic_code, starts_on, ends_on)
    values ('TT-C', 'x', 'mobilization_work', '2021-11-12', '2021-11-10')$$), '23514 course_dates', 'the end after the beginning');
select is(pg_temp.as_user('t.province', $$insert into app.course (code, name, topic_code, starts_on, ends_on)
    values ('TT-C', 'x', 'cooking', '2021-11-10', '2021-11-12')$$), '23503 course_topic_code_fkey', 'on a topic there is');
select is(pg_temp.as_user('t.province', $$insert into app.course (code, name, topic_code, starts_on, ends_on, organiser_unit_id)
    values ('TT-C', 'x', 'mobilization_work', '2021-11-10', '2021-11-12', 1)$$), '42501', 'for nobody else');
select is(pg_temp.as_user('t.bloc', $$select count(*) from api.courses where code = 'TT-A'$$), '0', 'what is planned stays above');
select is(pg_temp.as_user('t.viewer', $$select actions::text from api.courses where code = 'TT-A'$$), '{}', 'a viewer reads');
select is(pg_temp.as_user('t.province', $$select actions::text from api.courses where code = 'TT-A'$$), '{update,delete,open,cancel}', 'the officer may');
select is(pg_temp.as_user('t.dongxoai', $$update app.course set place = 'x' where code = 'TT-A' returning 1$$), null, 'nobody else changes it');
select is(pg_temp.as_user('t.province', format($$insert into app.course_day (course_id, day) values (%L, '2021-11-13') returning 1$$, (pg_temp.course('TT-A')).id)),
    'DV422 out_of_range day', 'a day within the course');
select is(pg_temp.as_user('t.dongxoai', format($$insert into app.course_day (course_id, day) values (%L, '2021-11-10') returning 1$$, (pg_temp.course('TT-A')).id)),
    'DV422 not_visible course_id', 'of a course that is there to see');
select is(pg_temp.as_user('t.viewer', format($$insert into app.course_day (course_id, day) values (%L, '2021-11-10') returning 1$$, (pg_temp.course('TT-A')).id)),
    '42501', 'and one''s own');
select is(pg_temp.invite('t.province', 'TT-A', 'bdv-689', 2), 'done', 'a unit is invited with two places');
select is(pg_temp.invite('t.province', 'TT-A', 'bdv-689', 2), '23505 course_invitation_once', 'once');
select is(pg_temp.invite('t.province', 'TT-A', 'bdv-692'), 'done', 'another as places last');
select is((select count(*) from app.notice where topic = 'course_invited' and resource_id = (pg_temp.course('TT-A')).id), 0::bigint,
    'nobody is told before it is open');
select is(pg_temp.register('t.province', 'TT-A', 'TT-5'), 'DV409 not_open', 'nobody registers before');
select is(pg_temp.command('t.viewer', 'TT-A', 'open'), 'DV403 not_permitted', 'a viewer opens nothing');
select is(pg_temp.command('t.dongxoai', 'TT-A', 'open'), 'DV404', 'nor who does not see it');
select is(pg_temp.command('t.province', 'TT-A', 'hold'), 'DV409 wrong_state', 'open comes before held');
select is(pg_temp.command('t.province', 'TT-A', 'open', '{}', 9), 'DV412', 'with the version read');
select is(pg_temp.command('t.province', 'TT-A', 'open', '{}', 1), '', 'it opens');
select is((select count(*) from app.course_day where course_id = (pg_temp.course('TT-A')).id), 3::bigint, 'each day is one of the course');
select is((select count(*) from app.notice where topic = 'course_invited' and resource_id = (pg_temp.course('TT-A')).id), 2::bigint,
    'both units are told');
select is(
    pg_temp.as_user('t.dongxoai', format($$select title from api.notices where resource_id = %L$$, (pg_temp.course('TT-A')).id)),
    (select v.name from app.unit_version as v where v.unit_id = pg_temp.unit('bdv-70') and v.valid_from <= '2021-11-15'
        order by v.valid_from desc limit 1) || ' mời cử người dự lớp tập huấn, khai mạc ngày 10/11/2021', 'in these words');

-- open
select is(pg_temp.as_user('t.bloc', $$select count(*) from api.courses where code = 'TT-A'$$), '1', 'it flows down');
select is(pg_temp.as_user('t.province', $$update app.course set starts_on = '2021-11-09' where code = 'TT-A' returning 1$$), 'DV409 wrong_state', 'its days stay');
select is(pg_temp.as_user('t.province', $$update app.course set topic_code = 'ethnic_affairs' where code = 'TT-A' returning 1$$), 'DV409 wrong_state', 'and its topic');
select is(pg_temp.as_user('t.province', $$update app.course set place = 'Trường Chính trị' where code = 'TT-A' returning place$$), 'Trường Chính trị', 'not its place');
select is(pg_temp.as_user('t.province', $$delete from app.course where code = 'TT-A' returning 1$$), null, 'it is deleted no more');
select is(pg_temp.register('t.locninh', 'TT-A', 'TT-1'), 'DV422 not_visible staff_id', 'a unit registers its own people');
select is(pg_temp.register('t.women', 'TT-A', 'TT-6'), 'DV409 not_invited', 'when invited');
select is(pg_temp.register('t.locninh.viewer', 'TT-A', 'TT-4'), 'DV403 not_permitted', 'by an officer');
select is(pg_temp.register('t.dongxoai', 'TT-A', 'TT-1', 'invited'), 'DV422 not_a_choice status', 'and invites nobody');
select is(pg_temp.register('t.dongxoai', 'TT-A', 'TT-1', 'attended'), 'DV422 not_a_choice status', 'nor says who came');
select is(pg_temp.register('t.dongxoai', 'TT-A', 'TT-1'), 'done', 'one');
select is((pg_temp.record('TT-A', 'TT-1')).unit_id, pg_temp.unit('bdv-689'), 'counted where the person stands');
select is(pg_temp.register('t.dongxoai', 'TT-A', 'TT-1'), '23505 training_record_once', 'once');
select is(pg_temp.register('t.dongxoai', 'TT-A', 'TT-2'), 'done', 'two');
select is(pg_temp.register('t.dongxoai', 'TT-A', 'TT-3'), 'DV409 no_place_left', 'and no third');
select is(pg_temp.as_user('t.province', format($$update app.course_invitation set places = 1 where unit_id = %s and course_id = %L returning 1$$,
    pg_temp.unit('bdv-689'), (pg_temp.course('TT-A')).id)),
    'DV422 below_taken places', 'places do not shrink below who is registered');
select is(pg_temp.register('t.province', 'TT-A', 'TT-5', 'invited'), 'done', 'the organiser invites by name');
select is(pg_temp.as_user('t.province', format('select api.training_record_register(%L, 1)', (pg_temp.record('TT-A', 'TT-5')).id)), '', 'and registers: three');
select is(pg_temp.register('t.locninh', 'TT-A', 'TT-4'), 'DV409 course_full', 'the course is full');
select is(pg_temp.as_user('t.province', $$update app.course set capacity = 2 where code = 'TT-A' returning 1$$), 'DV422 below_taken capacity', 'nor does its capacity shrink');
select is(pg_temp.as_user('t.locninh', format('select api.training_record_decline(%L, 1)', (pg_temp.record('TT-A', 'TT-2')).id)), 'DV404', 'nobody declines for others');
select is(pg_temp.as_user('t.dongxoai', format('select api.training_record_decline(%L, 9)', (pg_temp.record('TT-A', 'TT-2')).id)), 'DV412', 'the version read');
select is(pg_temp.as_user('t.dongxoai', format('select api.training_record_decline(%L, 1)', (pg_temp.record('TT-A', 'TT-2')).id)), '', 'one declines');
select is(pg_temp.as_user('t.dongxoai', format('select api.training_record_decline(%L, 2)', (pg_temp.record('TT-A', 'TT-2')).id)), 'DV409 wrong_state', 'once');
select is(pg_temp.register('t.locninh', 'TT-A', 'TT-4'), 'done', 'the place is taken');
select is(pg_temp.as_user('t.dongxoai', format('select api.training_record_register(%L, 2)', (pg_temp.record('TT-A', 'TT-2')).id)), 'DV409 course_full', 'and gone');
select is(pg_temp.as_user('t.province', format($$update app.training_record set result = 'passed' where course_id = %L returning 1$$,
    (pg_temp.course('TT-A')).id)), 'DV409 wrong_state', 'no result yet');

-- somebody moved between registering and the first day
update app.appointment set valid_to = '2021-11-05', end_cause = 'transfer' where staff_id = pg_temp.staff_id('TT-4');
insert into app.appointment (staff_id, unit_id, position_code, valid_from, level_id, line_id, province_key, district_key, grassroots_key)
select pg_temp.staff_id('TT-4'), u.id, 'officer', '2021-11-05', u.level_id, u.line_id, u.province_key, u.district_key, u.grassroots_key
from app.unit as u where u.code = 'bdv-70';
update private.installation set fixed_today = '2021-11-09';
select is(pg_temp.command('t.province', 'TT-A', 'hold'), 'DV409 not_begun', 'not held before its first day');
update private.installation set fixed_today = '2021-11-11';
select is(pg_temp.command('t.province', 'TT-A', 'hold'), '', 'held from it on');
select is((pg_temp.record('TT-A', 'TT-4')).unit_id, pg_temp.unit('bdv-70'), 'who moved counts where they stood on that day');

-- the sheet: rows as "code day present"
create function pg_temp.sheet(variadic p_rows text[]) returns text
    language sql return (
        select jsonb_build_object('rows', jsonb_agg(jsonb_build_object(
            'staff_code', split_part(r, ' ', 1), 'day', split_part(r, ' ', 2), 'is_present', split_part(r, ' ', 3) = 'x')))::text
        from unnest(p_rows) as r);
create function pg_temp.faults(p_login text, p_rows jsonb) returns text
    language sql return pg_temp.rehearse(p_login, format(
        $$select string_agg(concat_ws(' ', f.cell, f.field, f.word), ', ' order by f.cell, f.field)
          from private.attendance_faults(%L, %L, %L, %L) as f$$, (pg_temp.course('TT-A')).id,
        (select array_agg(x ->> 0) from jsonb_array_elements(p_rows) as x),
        (select array_agg((x ->> 1)::date) from jsonb_array_elements(p_rows) as x),
        (select array_agg((x ->> 2)::boolean) from jsonb_array_elements(p_rows) as x)));
select is(pg_temp.faults('t.province', '[["TT-1","2021-11-10",true],["TT-9","2021-11-10",true],["TT-1","2021-11-13",true],
    ["TT-2","2021-11-12",null],["TT-1","2021-11-10",false],[null,null,true]]'),
    '1 staff_code not_registered, 2 day not_a_day, 3 day in_the_future, 3 is_present required, 3 staff_code not_registered, '
    '4 day duplicate, 5 day required, 5 staff_code required', 'every fault of a sheet is named');
select is(pg_temp.faults('t.dongxoai', '[["TT-1","2021-11-10",true]]'), 'DV403 not_permitted', 'to the organiser');
select is(pg_temp.command('t.province', 'TT-A', 'attendance', pg_temp.sheet('TT-1 2021-11-10 x', 'TT-9 2021-11-10 x')), 'DV422', 'with one fault');
select is((select count(*) from app.training_attendance as a join app.training_record as r on r.id = a.record_id
    where r.course_id = (pg_temp.course('TT-A')).id), 0::bigint, 'nothing is written');
select is(pg_temp.command('t.province', 'TT-A', 'attendance', '{"rows":[]}'), 'DV422 required rows', 'a sheet has rows');
select is(pg_temp.command('t.province', 'TT-A', 'attendance', '{"rows":[{"staff_code":"TT-1","day":"2021-02-30","is_present":true}]}'), 'DV422', 'and days of the calendar');
select is(pg_temp.command('t.viewer', 'TT-A', 'attendance', pg_temp.sheet('TT-1 2021-11-10 x')), 'DV403 not_permitted', 'a viewer writes none');
select is(pg_temp.command('t.province', 'TT-A', 'attendance', pg_temp.sheet('TT-1 2021-11-10 x', 'TT-1 2021-11-11 x',
    'TT-4 2021-11-10 x', 'TT-4 2021-11-11 -', 'TT-5 2021-11-10 -', 'TT-5 2021-11-11 -')), '', 'two days of three people');
select is((select string_agg(concat_ws(' ', s.code, r.status, r.days_attended), ', ' order by s.code)
    from app.training_record as r join app.staff as s on s.id = r.staff_id where r.course_id = (pg_temp.course('TT-A')).id),
    'TT-1 attended 2, TT-2 declined 0, TT-4 attended 1, TT-5 absent 0', 'tell who attended');
select is(pg_temp.command('t.province', 'TT-A', 'attendance', pg_temp.sheet('TT-1 2021-11-10 x')), '', 'again the same');
select is((select count(*) from app.audit_event where action = 'attendance' and resource_id = (pg_temp.course('TT-A')).id::text), 1::bigint, 'changes nothing');
select is(pg_temp.command('t.province', 'TT-A', 'close'), 'DV409 not_over', 'it is not over');

-- results: 60 % of three days are two
update private.installation set fixed_today = '2021-11-15';
create function pg_temp.result(p_login text, p_staff text, p_set text) returns text
    language sql return pg_temp.as_user(p_login, format('update app.training_record set %s where id = %L returning version',
        p_set, (pg_temp.record('TT-A', p_staff)).id));
select is(pg_temp.command('t.province', 'TT-A', 'close'), 'DV409 results_missing', 'who attended needs a result');
select is(pg_temp.result('t.dongxoai', 'TT-1', $$result = 'passed'$$), null, 'not from the person''s unit');
select is(pg_temp.result('t.province', 'TT-5', $$result = 'failed'$$), 'DV422 not_attended result', 'the absent have none');
select is(pg_temp.result('t.province', 'TT-4', $$result = 'passed'$$), 'DV422 too_few_days result', 'one day is too few');
select is(pg_temp.result('t.province', 'TT-4', $$result = 'failed', certificate_number = 'x'$$), 'DV422 not_passed certificate_number', 'no certificate for who failed');
select is(pg_temp.result('t.province', 'TT-4', $$result = 'failed', score = 40$$), '4', 'failed');
select is(pg_temp.result('t.province', 'TT-1', $$result = 'passed', certified_on = '2021-11-16'$$), 'DV422 in_the_future certified_on', 'not certified tomorrow');
select is(pg_temp.result('t.province', 'TT-1', $$result = 'passed', valid_until = '2021-11-01'$$), '23514 training_record_validity', 'valid after it is given');
select is(pg_temp.result('t.province', 'TT-1', $$result = 'passed', certificate_number = 'CN-01'$$), '3', 'passed');
select is((select concat_ws(' ', r.certified_on, r.valid_until) from (select (pg_temp.record('TT-A', 'TT-1')).*) as r),
    '2021-11-12 2026-11-12', 'certified on the last day for the topic''s sixty months');
select is(pg_temp.command('t.province', 'TT-A', 'attendance', pg_temp.sheet('TT-1 2021-11-10 -')), 'DV422', 'attendance stays under a result');
select is(pg_temp.command('t.province', 'TT-A', 'cancel', '{"reason":"x"}'), 'DV409 has_attendance', 'nothing to cancel any more');

-- a number once per organiser; late comers by the organiser
select is(pg_temp.as_user('t.province', format(
    $$insert into app.training_record (course_id, staff_id, status, days_attended, result, certificate_number)
      values (%L, %L, 'attended', 2, 'passed', 'CN-01') returning 1$$, (pg_temp.course('TT-A')).id, pg_temp.staff_id('TT-3'))),
    '23505 training_record_certificate_number_once', 'a certificate number is the organiser''s once');
select is(pg_temp.command('t.province', 'TT-A', 'close'), '', 'it closes');
select is(pg_temp.result('t.province', 'TT-1', $$score = 90$$), 'DV409 frozen', 'and is frozen');
select is(pg_temp.register('t.province', 'TT-A', 'TT-6'), 'DV409 not_open', 'nobody is added');
select is(pg_temp.command('t.province', 'TT-A', 'attendance', pg_temp.sheet('TT-1 2021-11-12 x')), 'DV409 wrong_state', 'no day either');
select is(pg_temp.as_user('t.province', $$update app.course set place = 'x' where code = 'TT-A' returning 1$$), 'DV409 wrong_state', 'the course neither');

-- cancelling
select is(pg_temp.command('t.dongxoai', 'TT-B', 'cancel', '{}'), 'DV422 required reason', 'cancelled with a reason');
select is(pg_temp.command('t.dongxoai', 'TT-B', 'open'), '', 'open');
select is(pg_temp.invite('t.dongxoai', 'TT-B', 'kdv-25195'), 'done', 'a bloc invited');
select is((select count(*) from app.notice where topic = 'course_invited' and resource_id = (pg_temp.course('TT-B')).id), 1::bigint, 'is told at once');
select is(pg_temp.command('t.dongxoai', 'TT-B', 'cancel', '{"reason":"Dịch bệnh"}'), '', 'cancelled');
select is((select count(*) from app.notice where topic = 'course_cancelled' and resource_id = (pg_temp.course('TT-B')).id), 1::bigint, 'and told again');
select is(pg_temp.invite('t.dongxoai', 'TT-B', 'bdv-70'), 'DV409 wrong_state', 'over');

-- who reads
select is(pg_temp.as_user('t.viewer', format('select count(*) from api.training_records where course_id = %L', (pg_temp.course('TT-A')).id)), '4', 'the organiser''s viewer sees who took part');
select is(pg_temp.as_user('t.locninh', format('select count(*) from api.training_records where course_id = %L', (pg_temp.course('TT-A')).id)), '1', 'a unit its own person');
select finish();
rollback;
