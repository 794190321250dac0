-- A record whose time is over: deleted everywhere, and the proof of it.
begin;
\ir include/acting.sql
select plan(33);
update private.installation set mode = 'test', fixed_today = '2021-11-15';
delete from app.staff;
delete from app.staff_deletion;

select pg_temp.add_user('t.leader', 'bdv-689', 'leader');
select pg_temp.add_user('t.viewer', 'bdv-689', 'viewer');
select pg_temp.add_user('t.above', 'bdv-70', 'leader');
select pg_temp.add_user('t.person', 'bdv-689', 'officer');
update app.user_account set display_name = 'Đặng Thị Xóa', email = 'xoa@vidu.invalid' where login = 't.person';
insert into private.credential (user_id, password_hash)
select u.id, '$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$AAAA' from app.user_account as u where u.login = 't.person';

select pg_temp.as_user('t.leader', $$insert into app.staff (code, full_name) values ('XOA-1', 'Đặng Thị Xóa'), ('GIU-1', 'Lý Văn Giữ') returning code$$);
create temp table person as select s.id, s.code from app.staff as s where s.code in ('XOA-1', 'GIU-1');
grant select on person to public;
create function pg_temp.id_of(p_code text) returns uuid language sql return (select p.id from pg_temp.person as p where p.code = p_code);
update app.staff set user_id = (select u.id from app.user_account as u where u.login = 't.person') where code = 'XOA-1';
select pg_temp.as_user('t.leader', format($$select api.staff_change_detail(%L, 2, '{"born_on": "1961-07-09", "gender": "female",
    "phone": "0977 123 321", "email": "xoa@vidu.invalid", "is_ethnic_minority": true}')$$, pg_temp.id_of('XOA-1')));
select pg_temp.as_user('t.leader', format($$select api.staff_change_detail(%L, 1, '{"phone": "0966 777 888"}')$$, pg_temp.id_of('GIU-1')));
select pg_temp.as_user('t.leader', $$insert into app.appointment (staff_id, position_code, valid_from, legal_basis)
    select s.id, 'officer', '2015-01-01', 'Quyết định về ' || s.full_name from app.staff as s where s.code in ('XOA-1', 'GIU-1') returning 1$$);
select pg_temp.as_user('t.leader', $$insert into app.qualification (staff_id, kind, degree, subject)
    select s.id, 'professional', 'Đại học', 'Luật' from app.staff as s where s.code = 'XOA-1' returning 1$$);
insert into app.course (code, name, topic_code, organiser_unit_id, organiser_area_id, starts_on, ends_on, level_id, line_id)
select 'L-1', 'Lớp thử', 'mobilization_work', u.id, u.area_id, '2021-05-04', '2021-05-05', u.level_id, u.line_id
from app.unit as u where u.code = 'bdv-689';
insert into app.training_record (course_id, staff_id, unit_id, status, level_id, line_id, result, certificate_number)
select c.id, s.id, s.unit_id, 'attended', s.level_id, s.line_id, 'passed', 'CN/' || s.code || '/2021' from app.course as c, app.staff as s
where c.code = 'L-1' and s.code in ('XOA-1', 'GIU-1');
insert into app.training_attendance (record_id, day, is_present)
select r.id, d.day, true from app.training_record as r, (values (date '2021-05-04'), ('2021-05-05')) as d (day)
where r.staff_id = pg_temp.id_of('XOA-1');
select pg_temp.as_user('t.leader', format($$select api.staff_read_detail(%L, null, '{"purpose": "record_check"}')$$, pg_temp.id_of('XOA-1')));
select is(pg_temp.as_user('t.leader', format($$select api.staff_leave(%L, 3, '{"end_cause": "retired"}')$$, pg_temp.id_of('XOA-1'))), '',
    'a person retires');
-- what other parts may still hold that day
insert into private.idempotency (user_id, key, request_hash, status, reply)
select u.id, 'k', 'h', 200, '{"full_name": "Đặng Thị Xóa"}' from app.user_account as u where u.login = 't.leader';

create temp table exported as
select pg_temp.as_user('t.leader', format('select api.staff_export(%L, null)', pg_temp.id_of('XOA-1')))::jsonb as e;
select is(
    (select (e -> 'document' -> 'detail' ->> 'phone') || ' ' || jsonb_array_length(e -> 'document' -> 'appointments') || ' '
        || jsonb_array_length(e -> 'document' -> 'qualifications') || ' '
        || jsonb_array_length(e -> 'document' -> 'training_records' -> 0 -> 'attendance') from exported),
    '0977 123 321 1 1 2', 'the last export has it all');
select is((select e ->> 'digest' from exported),
    (select encode(sha256(convert_to((e -> 'document')::text, 'UTF8')), 'hex') from exported), 'under its digest');
select is(
    (select array_agg(k order by k) from exported, jsonb_object_keys(e -> 'document' -> 'detail') as k where k <> all ('{version,created_at,updated_at}')),
    (select array_agg(c.column_name::text order by c.column_name::text) from information_schema.columns as c
        where c.table_schema = 'app' and c.table_name = 'staff_detail'
            and c.column_name <> all ('{staff_id,version,created_at,updated_at}')), 'and leaves out no column of the detail');

-- Where a word stands in any row of any table, as 'schema.table'.
create function pg_temp.found_in(p_word text) returns text
    language plpgsql
as $$
declare
    t record;
    is_there boolean;
    places text[];
begin
    for t in
        select c.table_schema, c.table_name from information_schema.tables as c
        where c.table_schema in ('app', 'private') and c.table_type = 'BASE TABLE'
        order by 1, 2
    loop
        execute format('select exists (select from %I.%I as t where position(%L in t::text) > 0)', t.table_schema, t.table_name, p_word)
        into is_there;
        if is_there then
            places := places || (t.table_schema || '.' || t.table_name);
        end if;
    end loop;
    return array_to_string(places, ' ');
end;
$$;
select is(pg_temp.found_in('Đặng Thị Xóa'), 'app.appointment app.staff app.user_account private.idempotency', 'the search finds a name where it stands');
select is(pg_temp.found_in('0977 123 321'), 'app.staff_detail', 'and a number');
select is(pg_temp.found_in('XOA-1'), 'app.staff app.training_record', 'and a code');

-- not before its time
select is(private.staff_delete_expired(), 0, 'nothing is deleted on the day');
update private.installation set fixed_today = '2031-11-14';
select is(private.staff_delete_expired(), 0, 'nor within the term');
select is((select years from private.staff_retention), 10::smallint, 'of ten years');
update private.staff_retention set years = 20;
update private.installation set fixed_today = '2031-11-15';
select is(private.staff_delete_expired(), 0, 'the term is a row, not code');
update private.staff_retention set years = 10;

select lives_ok('select private.maintain()', 'the day comes, and maintenance runs');
select is((select string_agg(s.code, ' ') from app.staff as s), 'GIU-1', 'the person is gone, another is not');
select is(private.staff_delete_expired(), 0, 'once');

select is(pg_temp.found_in('Đặng Thị Xóa'), null, 'no table holds the name');
select is(pg_temp.found_in('đặng thị xóa'), null, 'in any case');
select is(pg_temp.found_in('dang thi xoa'), null, 'or folded for searching');
select is(pg_temp.found_in('XOA-1'), null, 'or the code');
select is(pg_temp.found_in('xoa-1'), null, 'in any case');
select is(pg_temp.found_in('0977 123 321'), null, 'or the number');
select is(pg_temp.found_in('xoa@vidu.invalid'), null, 'or the address');
select is(pg_temp.found_in('1961-07-09'), null, 'or the birth date');
select is(pg_temp.found_in('CN/XOA-1/2021'), null, 'or a certificate');
select is((select count(*) from app.training_record as r where r.staff_id = pg_temp.id_of('XOA-1')), 0::bigint, 'the training went too');
select is((select count(*) from app.training_record as r where r.staff_id = pg_temp.id_of('GIU-1')), 1::bigint, 'not the other''s');
select is(pg_temp.found_in('0966 777 888'), 'app.staff_detail', 'nor the other''s number');

-- the account
select is(
    (select u.display_name || ' ' || (u.email is null) || ' ' || (u.disabled_at is not null)
            || ' ' || exists (select from private.credential as c where c.user_id = u.id)
        from app.user_account as u where u.login like 'deleted.%'),
    'Tài khoản đã xóa true true false', 'the account is nobody''s');

-- the proof
select is(
    pg_temp.as_user('t.leader', $$select unit_code || ' ' || left_on || ' ' || retention_years || ' ' || deleted_counts from api.staff_deletions$$),
    'bdv-689 2021-11-15 10 {"staff": 1, "appointment": 1, "staff_detail": 1, "user_account": 1, "qualification": 1, "training_record": 1, "training_attendance": 2}',
    'the unit sees what was deleted, counted');
select is(pg_temp.as_user('t.leader', 'select digest from api.staff_deletions'), (select e ->> 'digest' from exported),
    'and the digest of the last export');
select is(pg_temp.as_user('t.above', 'select count(*) from api.staff_deletions'), '0', 'the unit above does not');
select is(
    (select e.change ->> 'training_attendance' from app.audit_event as e where e.action = 'expire' and e.resource_id = pg_temp.id_of('XOA-1')::text),
    '2', 'it is on record');
select is((select count(*) from private.verify_audit()), 0::bigint, 'and the record is whole');
select is(pg_temp.as_user('t.leader', $$update app.staff_deletion set digest = ''$$), '42501', 'nobody changes a proof');
select finish();
rollback;
