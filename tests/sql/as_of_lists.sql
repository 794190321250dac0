-- Lists as of a day: people, quotas, training, plans, periods, documents, requests, ratings, against days set by
-- hand. The unit kdv-25195 is renamed on 01/6/2021.
begin;
\ir include/acting.sql
select plan(39);

select pg_temp.take_back_plan_36();
update private.installation set mode = 'test', fixed_today = '2021-11-15';
delete from app.staff;
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'leader');
select pg_temp.add_user('t.viewer', 'bdv-689', 'viewer');
select pg_temp.add_user('t.locninh', 'bdv-692', 'leader');
select pg_temp.as_user('t.leader', format('select api.plan_issue(%L, null)', pg_temp.plan_36())) \g /dev/null
update app.unit_version set valid_from = '2015-01-01' where unit_id = pg_temp.unit('kdv-25195');
update app.unit_version set valid_to = '2021-06-01' where unit_id = pg_temp.unit('kdv-25195') and valid_to is null;
insert into app.unit_version (unit_id, name, area_id, valid_from)
select u.id, 'Khối đã đổi tên', u.area_id, '2021-06-01' from app.unit as u where u.code = 'kdv-25195';
select v.name as old_name from app.unit_version as v where v.unit_id = pg_temp.unit('kdv-25195') and v.valid_to = '2021-06-01' \gset

create function pg_temp.on_day(p_login text, p_list text, p_day text, p_what text, p_where text default 'true') returns text
    language sql
as $$ select pg_temp.as_user(p_login, format('select %s from api.%s_on(%L) as r where %s', p_what, p_list, p_day, p_where)) $$;

-- People: AA-1 in the ward from 01/3/2020, in the city's board from 01/9/2021 on; left on 10/11/2021
insert into app.staff (code, full_name, unit_id) values ('AA-1', 'Người Thử', pg_temp.unit('bdv-689'));
insert into app.appointment (staff_id, unit_id, position_code, kind, valid_from, valid_to, end_cause)
select s.id, pg_temp.unit(x.unit), 'officer', x.kind, x.valid_from, x.valid_to, x.cause
from app.staff as s
cross join (values
    ('kdv-25195', 'primary', date '2020-03-01', date '2021-09-01', 'transfer'),
    ('phunu-25195', 'concurrent', '2020-05-01', '2020-08-01', 'end_of_term'),
    ('bdv-689', 'primary', '2021-09-01', '2021-11-10', 'left')) as x (unit, kind, valid_from, valid_to, cause)
where s.code = 'AA-1';
update app.staff set status = 'left', left_on = '2021-11-10' where code = 'AA-1';
create function pg_temp.person(p_day text, p_login text default 't.dongxoai') returns text
    language sql return pg_temp.on_day(p_login, 'staff', p_day,
        $q$concat_ws(' / ', r.unit_code, r.unit_name, r.level, r.position, r.in_post_since, jsonb_array_length(r.further_posts), r.status, r.left_on)$q$, $q$r.code = 'AA-1'$q$);
select is(pg_temp.person('2020-02-29'), null, 'before the first post there is nobody');
select is(pg_temp.person('2020-06-01'), 'kdv-25195 / ' || :'old_name' || ' / grassroots / officer / 2020-03-01 / 1 / working', 'in the unit and posts of the day, under its name then');
select is(pg_temp.person('2021-08-31'), 'kdv-25195 / Khối đã đổi tên / grassroots / officer / 2020-03-01 / 0 / working', 'under its next name; the further post is over');
select matches(pg_temp.person('2021-09-01'), '^bdv-689 / .* / district / officer / 2021-09-01 / 0 / working$', 'moved, from the first day on');
select matches(pg_temp.person('2021-11-10'), '^bdv-689 / [^/]* / district / 0 / left / 2021-11-10$', 'left, with no post, where it stood last');
select is(pg_temp.person('2021-08-31', 't.locninh'), null, 'another district does not meet the person on any day');
select is(pg_temp.person('2021-08-31', 't.leader') is not null, true, 'the province does');
select is(pg_temp.on_day('t.dongxoai', 'appointments', '2020-06-01', $$string_agg(r.unit_code || ' ' || r.kind, ', ' order by r.valid_from)$$, $$r.staff_code = 'AA-1'$$),
    'kdv-25195 primary, phunu-25195 concurrent', 'posts held on the day');
select is(pg_temp.on_day('t.dongxoai', 'appointments', '2021-05-31', 'r.unit_name', $$r.staff_code = 'AA-1'$$), :'old_name', 'in units as they were called');

-- Quotas: 2 until 01/7/2021, then 3
delete from app.establishment where unit_id = pg_temp.unit('kdv-25195');
insert into app.establishment (unit_id, position_code, quota, valid_from, valid_to)
values (pg_temp.unit('kdv-25195'), 'officer', 2, '2020-01-01', '2021-07-01'), (pg_temp.unit('kdv-25195'), 'officer', 3, '2021-07-01', null);
create function pg_temp.quota(p_day text, p_login text default 't.dongxoai') returns text
    language sql return pg_temp.on_day(p_login, 'establishments', p_day, $q$string_agg(r.quota || ' ' || r.unit_name, ', ')$q$,
        format('r.unit_id = %s', pg_temp.unit('kdv-25195')));
select is(pg_temp.quota('2019-12-31'), null, 'no quota yet');
select is(pg_temp.quota('2021-05-31'), '2 ' || :'old_name', 'the first, under the old name');
select is(pg_temp.quota('2021-07-01'), '3 Khối đã đổi tên', 'the second, from its first day');
select is(pg_temp.quota('2021-07-01', 't.locninh'), null, 'not for another district');

-- Training: 10 to 12/3/2021, present on 10 and 12; passed, certified on 20/3/2021
insert into app.course (code, name, topic_code, organiser_unit_id, organiser_area_id, starts_on, ends_on, status)
select 'AA-L1', 'Lớp thử', 'mobilization_work', u.id, u.area_id, '2021-03-10', '2021-03-12', 'held' from app.unit as u where u.code = 'bdv-689';
insert into app.training_record (course_id, staff_id, unit_id, organiser_unit_id, topic_code, status)
select c.id, s.id, pg_temp.unit('kdv-25195'), c.organiser_unit_id, c.topic_code, 'attended' from app.course as c, app.staff as s where c.code = 'AA-L1' and s.code = 'AA-1';
insert into app.training_attendance (record_id, day, is_present)
select r.id, d.day, d.day <> '2021-03-11' from app.training_record as r join app.course as c on c.id = r.course_id and c.code = 'AA-L1'
cross join (values (date '2021-03-10'), ('2021-03-11'), ('2021-03-12')) as d (day);
alter table app.training_record disable trigger user;
update app.training_record set days_attended = 2, result = 'passed', score = 8, certificate_number = 'AA/1', certified_on = '2021-03-20', valid_until = '2023-03-20'
where course_id = (select c.id from app.course as c where c.code = 'AA-L1');
alter table app.training_record enable trigger user;
alter table app.course disable trigger user;
update app.course set status = 'closed' where code = 'AA-L1';
alter table app.course enable trigger user;
create function pg_temp.record(p_day text) returns text
    language sql return pg_temp.on_day('t.dongxoai', 'training_records', p_day,
        $q$concat_ws(' ', r.days_attended, coalesce(r.result, '-'), r.certificate_number, r.valid_until)$q$, $q$r.course_code = 'AA-L1'$q$);
select is(pg_temp.on_day('t.dongxoai', 'courses', '2021-03-09', 'r.status', $$r.code = 'AA-L1'$$), null, 'a course is told from its first day');
select is(pg_temp.on_day('t.dongxoai', 'courses', '2021-03-11', 'r.status', $$r.code = 'AA-L1'$$), 'held', 'held while it lasts');
select is(pg_temp.on_day('t.dongxoai', 'courses', '2021-03-13', 'r.status', $$r.code = 'AA-L1'$$), 'closed', 'then as it ended');
select is(pg_temp.record('2021-03-09'), null, 'nobody has attended yet');
select is(pg_temp.record('2021-03-11'), '1 -', 'days attended by then, no result');
select is(pg_temp.record('2021-03-12'), '2 -', 'on the last day no certificate yet');
select is(pg_temp.record('2021-03-20'), '2 passed AA/1 2023-03-20', 'certified');

-- Plan 36 was signed on 17/8/2021
select is((select p.signed_on from app.plan as p where p.id = pg_temp.plan_36()), date '2021-08-17', 'the day it bears');
select is((select string_agg(pg_temp.on_day('t.leader', 'plans', d.day, 'count(*)', $$r.number = '36-KH/BDVTU'$$), ' ' order by d.day)
    from (values ('2021-08-16'), ('2021-08-17')) as d (day)), '0 1', 'a plan is there from the day it bears');
select is((select string_agg((pg_temp.on_day('t.leader', x.list, d.day, 'count(*)', format('r.plan_id = %L', pg_temp.plan_36())) = '0')::text, ' ' order by x.list, d.day)
    from (values ('2021-08-16'), ('2021-08-17')) as d (day), (values ('plan_items'), ('responsibilities'), ('schedules')) as x (list)),
    'true false true false true false', 'with its items and who answers for them');

-- Issued today, and dated ahead: today it is there
insert into app.plan (id, number, title, issuer_unit_id, period_from, period_to, status, signed_on)
values ('00000000-0000-7000-8000-00000000bb02', 'TQ-2', 'Kế hoạch thử', pg_temp.unit('bdv-70'), '2021-01-01', '2022-12-31', 'submitted', '2021-11-20');
insert into app.plan_item (id, plan_id, kind, code, outline, position, title)
values ('00000000-0000-7000-8000-00000000bb03', '00000000-0000-7000-8000-00000000bb02', 'task', 'V1', '1', 1, 'Việc một');
insert into app.responsibility (plan_item_id, role, unit_id, level_id) values ('00000000-0000-7000-8000-00000000bb03', 'lead', pg_temp.unit('kdv-25195'), 3);
insert into app.schedule (plan_item_id, level_id, recurrence, label, starts_on, due_on)
values ('00000000-0000-7000-8000-00000000bb03', 3, 'once', 'Một lần', '2021-11-01', '2021-12-31');
select pg_temp.as_user('t.leader', $$select api.plan_issue('00000000-0000-7000-8000-00000000bb02', 1)$$) \g /dev/null
select is((select string_agg(pg_temp.on_day('t.leader', x.list, d.day, 'count(*)', format('r.%s = %L', x.field, '00000000-0000-7000-8000-00000000bb02')), ' '
        order by x.list, d.day)
    from (values ('2021-11-14'), ('2021-11-15')) as d (day), (values ('plans', 'id'), ('plan_items', 'plan_id'), ('assignments', 'plan_id')) as x (list, field)),
    '0 1 0 1 0 1', 'a plan dated ahead, from the day it was issued');

-- A period: opens 01/10, last due day 20/11, locks 31/12/2021; locked by decision on 05/11, unlocked on 08/11
insert into app.period (id, plan_id, kind, label, year, starts_on, ends_on, opens_on, expires_on, locks_on, created_at)
values ('00000000-0000-7000-8000-00000000bb01', pg_temp.plan_36(), 'phase', 'Thử', 2021, '2019-08-17', '2021-12-31', '2021-10-01', '2021-11-20', '2021-12-31', '2021-09-01');
insert into app.period_event (period_id, event, cause, reason, created_at)
values ('00000000-0000-7000-8000-00000000bb01', 'locked', 'decision', 'x', '2021-11-05 08:00+07'),
    ('00000000-0000-7000-8000-00000000bb01', 'unlocked', 'decision', 'x', '2021-11-08 08:00+07');
select is((select string_agg(coalesce(pg_temp.on_day('t.leader', 'periods', d.day, 'r.state', $$r.label = 'Thử'$$), '-'), ' ' order by d.day)
    from (values ('2021-08-31'), ('2021-09-01'), ('2021-10-01'), ('2021-11-05'), ('2021-11-07'), ('2021-11-08'), ('2021-11-21'), ('2022-01-01')) as d (day)),
    '- planned open locked locked open expired locked', 'a period in its phase of each day');

-- An exception in that period: granted on 12/11 until 30/11, revoked on 14/11
alter table app.period_exception disable trigger user;
insert into app.period_exception (period_id, unit_id, until_on, reason, granted_by, granted_unit_id)
select '00000000-0000-7000-8000-00000000bb01', pg_temp.unit('bdv-689'), '2021-11-30', 'AA', u.id, pg_temp.unit('bdv-70')
from app.user_account as u where u.login = 't.leader';
update app.period_exception set created_at = '2021-11-12 08:00+07', revoked_at = '2021-11-14 08:00+07', revoked_by = granted_by where reason = 'AA';
alter table app.period_exception enable trigger user;
select is((select string_agg(coalesce(pg_temp.on_day('t.leader', 'period_exceptions', d.day, $$concat(r.is_in_force, r.revoked_at is null)$$, $$r.reason = 'AA'$$), '-'), ' ' order by d.day)
    from (values ('2021-11-11'), ('2021-11-12'), ('2021-11-13'), ('2021-11-14')) as d (day)), '- tt tt ff', 'an exception from its grant to its revocation');
select is(pg_temp.on_day('t.locninh', 'period_exceptions', '2021-11-13', 'count(*)', $$r.reason = 'AA'$$), '0', 'not another district''s');

-- Documents: issued on 02/02/2021, of the city; a draft beside it
insert into app.document (symbol, kind, issuer, issued_on, subject, owner_unit_id, status)
select x.symbol, min(k.code), 'Ban', '2021-02-02', 'Thử ' || x.symbol, pg_temp.unit('bdv-689'), x.status
from app.document_kind as k, (values ('AA-01', 'published'), ('AA-02', 'draft')) as x (symbol, status) group by x.symbol, x.status;
select is((select string_agg(pg_temp.on_day('t.dongxoai', 'documents', d.day, $$coalesce(string_agg(r.symbol, ','), '-')$$, $$r.symbol like 'AA-%'$$), ' ' order by d.day)
    from (values ('2021-02-01'), ('2021-02-02')) as d (day)), '- AA-01', 'what is published, from the day it bears; no drafts');

-- A request: asked on 20/9, granted on 25/9/2021
insert into app.extension_request (assignment_id, unit_id, superior_unit_id, due_on, asked_due_on, reason, asked_by, created_at, status, granted_due_on, decided_at, decision_note)
select a.id, a.lead_unit_id, pg_temp.unit('bdv-70'), a.due_on, a.due_on + 10, 'AA', u.id, '2021-09-20 08:00+07', 'granted', a.due_on + 5, '2021-09-25 08:00+07', 'Được'
from app.assignment as a, app.user_account as u
where a.id = pg_temp.owed('T1.1', 'bdv-689', 'Quý IV/2021') and u.login = 't.dongxoai';
create function pg_temp.request(p_day text, p_login text default 't.dongxoai') returns text
    language sql return pg_temp.on_day(p_login, 'extension_requests', p_day, $q$concat_ws(' ', r.status, r.granted_due_on - r.due_on, r.decision_note)$q$, $q$r.reason = 'AA'$q$);
select is(pg_temp.request('2021-09-19'), null, 'not asked yet');
select is(pg_temp.request('2021-09-24'), 'pending', 'asked, and nothing of what was decided later');
select is(pg_temp.request('2021-09-25'), 'granted 5 Được', 'decided');
select is(pg_temp.request('2021-09-25', 't.locninh'), null, 'not another district''s');

-- A rating of 2020, given on 15/01/2021
delete from app.rating where unit_id = pg_temp.unit('kdv-25195');
insert into app.rating (unit_id, year, scale, grade, rated_on, rated_by_unit_id, level_id, line_id)
select u.id, 2020, g.scale, g.code, '2021-01-15', pg_temp.unit('bdv-689'), u.level_id, u.line_id
from app.unit as u, (select x.scale, x.code from app.rating_grade as x order by x.scale, x.position limit 1) as g where u.code = 'kdv-25195';
select is((select string_agg(coalesce(pg_temp.on_day('t.dongxoai', 'ratings', d.day, 'r.unit_name', format('r.unit_id = %s', pg_temp.unit('kdv-25195'))), '-'), ' ' order by d.day)
    from (values ('2021-01-14'), ('2021-01-15')) as d (day)), '- ' || :'old_name', 'given on its day, to a unit of the name of then');

-- A reorganisation with effect on 01/4/2021
insert into app.reorganisation (title, legal_basis, effective_on, owner_unit_id, owner_area_id, status)
select 'AA', 'AA', '2021-04-01', u.id, u.area_id, 'draft' from app.unit as u where u.code = 'bdv-70';
select is(pg_temp.on_day('t.leader', 'reorganisations', '2021-05-01', 'count(*)', $$r.title = 'AA'$$), '0', 'what was not carried out had no effect');
alter table app.reorganisation disable trigger user;
update app.reorganisation set status = 'carried_out', decided_at = '2021-03-01', decided_by = (select u.id from app.user_account as u where u.login = 't.leader'),
    decided_unit_id = owner_unit_id, carried_out_at = '2021-04-01' where title = 'AA';
alter table app.reorganisation enable trigger user;
select is((select string_agg(pg_temp.on_day('t.leader', 'reorganisations', d.day, 'count(*)', $$r.title = 'AA'$$), ' ' order by d.day)
    from (values ('2021-03-31'), ('2021-04-01')) as d (day)), '0 1', 'from its day on');

-- For all of them
select is((
    select count(*) from unnest(array['staff', 'appointments', 'training_records']) as x (list)
    where pg_temp.on_day('t.viewer', x.list, '2021-08-31', 'count(*)', format('r.id not in (select t.id from api.%I as t)', x.list)) <> '0'), 0::bigint,
    'a viewer meets nobody by asking for another day whom today hides');
select is((
    select count(*)
    from unnest(array['staff', 'appointments', 'establishments', 'courses', 'training_records', 'plans', 'plan_items', 'responsibilities',
        'periods', 'documents', 'extension_requests', 'ratings', 'reorganisations', 'schedules', 'period_exceptions']) as x (list)
    where pg_temp.on_day('t.leader', x.list, '2021-11-15', 'count(*)') !~ '^[0-9]+$'), 0::bigint, 'each list answers');
select is((
    select count(*)
    from unnest(array['staff', 'courses', 'plans', 'documents', 'extension_requests', 'ratings']) as x (list)
    where pg_temp.on_day('t.locninh', x.list, '2021-11-15', 'count(*)',
        format('r.id not in (select t.id from api.%I as t)', x.list)) <> '0'), 0::bigint, 'with no row that the list of today hides');
select is((
    select count(*)
    from unnest(array['plans', 'documents', 'ratings', 'extension_requests', 'staff']) as x (list)
    where pg_temp.on_day('t.leader', x.list, '2021-11-15', $$count(*)$$, $$r.actions <> '{}'$$) <> '0'), 0::bigint, 'and nothing to do to the past');
select * from finish();
rollback;
