-- What moves when a unit ends, and what stays.
begin;
\ir include/acting.sql
\ir include/reorganising.sql
select plan(62);

select pg_temp.take_back_plan_36();
update private.installation set mode = 'test', fixed_today = '2021-11-15';
delete from app.extension_request;
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
select pg_temp.add_user('t.board', 'bdv-689', 'leader');
select pg_temp.add_user('t.board.officer', 'bdv-689', 'officer');
select pg_temp.add_user('t.a', 'kdv-25195', 'leader');
select pg_temp.add_user('t.a.officer', 'kdv-25195', 'officer');
select pg_temp.add_user('t.b', 'kdv-25198', 'officer');
select pg_temp.add_user('t.both', 'kdv-25195', 'viewer');
select pg_temp.add_user('t.c', 'kdv-25201', 'leader');
insert into app.membership (user_id, unit_id, role, valid_from)
select u.id, pg_temp.unit('kdv-25198'), 'viewer', '2021-06-01' from app.user_account as u where u.login = 't.both';
select pg_temp.as_user('t.leader', format('select api.plan_issue(%L, null)', pg_temp.plan_36())) \g /dev/null

-- five items of the bloc, each in another state; the same at the two communes that will merge
create temp table item as
select i.code, a.occurrence, row_number() over (order by a.due_on, i.code, a.occurrence) as n
from app.assignment as a join app.plan_item as i on i.id = a.plan_item_id
where a.lead_unit_id = pg_temp.unit('kdv-25195') and a.plan_id = pg_temp.plan_36();
create function pg_temp.of(p_unit text, p_n integer) returns uuid
    language sql stable return (select pg_temp.owed(i.code, p_unit, i.occurrence) from item as i where i.n = p_n);
select ok((select count(*) from item) >= 6, 'the bloc owes enough for this test');
update app.assignment set status = 'in_progress', progress = 60, due_on = due_on + 30 where id = pg_temp.of('kdv-25195', 1);
update app.assignment set status = 'in_progress', progress = 20 where id = pg_temp.of('kdv-25198', 1);
update app.assignment set status = 'reported', progress = 100, reported_on = '2021-11-10' where id = pg_temp.of('kdv-25195', 2);
update app.assignment set status = 'completed', progress = 100, reported_on = '2021-11-10', completed_on = '2021-11-11' where id = pg_temp.of('kdv-25195', 3);
update app.assignment set status = 'cancelled' where id = pg_temp.of('kdv-25195', 4);
insert into app.extension_request (assignment_id, asked_due_on, reason, asked_by)
select pg_temp.of('kdv-25195', 5), '2030-06-30', 'Chờ sáp nhập', u.id from app.user_account as u where u.login = 't.a.officer';
-- a district's assignment that names the commune's committee beside itself
insert into app.assignment_part (assignment_id, unit_id, role, status, progress)
select a.id, pg_temp.unit(x.code), 'coordinating', x.status, x.progress
from (select a.id from app.assignment as a where a.lead_unit_id = pg_temp.unit('bdv-689') and a.is_pending order by a.id limit 1) as a,
    (values ('ubnd-25195', 'in_progress', 40::smallint), ('ubnd-25198', 'completed', 100::smallint)) as x (code, status, progress)
on conflict on constraint assignment_part_once do nothing;
-- two periods: one open, one locked; reports in several states
insert into app.period (id, plan_id, kind, label, starts_on, ends_on, opens_on, locks_on)
values ('00000000-0000-7000-8000-0000000000a1', pg_temp.plan_36(), 'phase', 'Giai đoạn mở', '2021-11-02', '2021-11-30', '2021-11-02', '2022-01-15'),
    ('00000000-0000-7000-8000-0000000000a2', pg_temp.plan_36(), 'phase', 'Giai đoạn khóa', '2021-10-01', '2021-10-20', '2021-10-01', '2021-11-10');
delete from app.report;
insert into app.report (period_id, plan_id, unit_id, superior_unit_id, due_on, original_due_on, status, submission_count, submitted_on, first_submitted_on)
select p.id, p.plan_id, pg_temp.unit(x.code), pg_temp.unit('bdv-689'), x.due_on, x.due_on - 1, x.status, x.times, x.sent, x.sent
from (values ('a1', 'kdv-25195', date '2021-12-01', 'draft', 0, null::date), ('a1', 'kdv-25198', '2021-12-05', 'not_started', 0, null),
    ('a2', 'kdv-25195', '2021-10-20', 'not_started', 0, null), ('a2', 'kdv-25198', '2021-10-20', 'approved', 1, '2021-10-19'),
    ('a1', 'kdv-25201', '2021-12-01', 'submitted', 1, '2021-11-12'), ('a1', 'kdv-25204', '2021-12-01', 'approved', 1, '2021-11-12'),
    ('a1', 'kdv-25205', '2021-12-01', 'draft', 0, null)) as x (period, code, due_on, status, times, sent)
join app.period as p on p.id = ('00000000-0000-7000-8000-0000000000' || x.period)::uuid;
insert into app.report (period_id, plan_id, unit_id, superior_unit_id, due_on, original_due_on)
select p.id, p.plan_id, pg_temp.unit('bdv-689'), pg_temp.unit('bdv-70'), '2021-12-10', '2021-12-10' from app.period as p where p.id::text like '%a1';
insert into app.report_section (report_id, code, position, title, text)
select r.id, 'general', 1, 'Tình hình chung', 'Đang soạn' from app.report as r where r.unit_id = pg_temp.unit('kdv-25195') and r.status = 'draft';
-- plans and documents of a unit that will end
insert into app.plan (id, number, title, issuer_unit_id, period_from, period_to, status)
values ('00000000-0000-7000-8000-0000000000b1', '01-KH', 'Dự thảo', pg_temp.unit('bdv-689'), '2021-01-01', '2021-12-31', 'draft'),
    ('00000000-0000-7000-8000-0000000000b2', '02-KH', 'Đã kết thúc', pg_temp.unit('bdv-689'), '2021-01-01', '2021-12-31', 'closed');
insert into app.document (kind, issuer, subject, owner_unit_id, status)
select k.code, 'BDV', x.subject, pg_temp.unit('bdv-689'), x.status
from (select code from app.document_kind order by code limit 1) as k, (values ('Dự thảo', 'draft'), ('Đã ban hành', 'published')) as x (subject, status);
-- people
insert into app.staff (id, code, full_name, unit_id, level_id, line_id)
select ('00000000-0000-7000-8000-0000000000' || x.id)::uuid, 't-' || x.id, 'Người thử', u.id, u.level_id, u.line_id
from (values ('c1', 'kdv-25195'), ('c2', 'bdv-689')) as x (id, code) join app.unit as u on u.code = x.code;
insert into app.appointment (staff_id, unit_id, position_code, valid_from, level_id, line_id)
select s.id, s.unit_id, p.code, '2020-01-01', s.level_id, s.line_id
from app.staff as s cross join lateral (select p.code from app.position as p where p.level_id is null or p.level_id = s.level_id order by p.level_id nulls last, p.code limit 1) as p
where s.code like 't-c%';
insert into app.establishment (unit_id, position_code, quota, valid_from, level_id, line_id)
select u.id, 'member', 2, '2020-01-01', u.level_id, u.line_id
from app.unit as u
where u.code in ('kdv-25195', 'kdv-25198');
insert into private.reporting_login (role_name, unit_id, scope) values ('t_login', pg_temp.unit('kdv-25195'), 'grassroots');
create temp table before as select a.id, a.version, a.status, a.due_on, a.original_due_on from app.assignment as a;

-- the merge
create temp table done as select private.reorganisation_carry_out(pg_temp.reorganise('2021-11-15', jsonb_build_array(jsonb_build_object(
    'subject', 'area', 'kind', 'merge', 'from', jsonb_build_array(pg_temp.a('25195'), pg_temp.a('25198')),
    'to', jsonb_build_array('{"new_code": "25195", "new_name": "Phường Bình Phước", "new_kind": "Phường"}'::jsonb))))) as counts;
create temp table heir as select pg_temp.unit('kdv-25195-2') as id;
create temp view now_owed as select a.*, i.code from app.assignment as a join app.plan_item as i on i.id = a.plan_item_id where a.lead_unit_id = (select id from heir);

select is((select status || (moved_to_id is not null)::text from app.assignment where id = pg_temp.of('kdv-25195', 1)), 'movedtrue', 'an open assignment moves');
select is((select count(distinct moved_to_id) from app.assignment where id in (pg_temp.of('kdv-25195', 1), pg_temp.of('kdv-25198', 1))), 1::bigint, 'two become one');
select results_eq($$select n.status, n.progress::integer, n.due_on, n.original_due_on from app.assignment as o join app.assignment as n on n.id = o.moved_to_id where o.id = pg_temp.of('kdv-25195', 1)$$,
    $$select 'in_progress', 20, max(b.due_on), min(b.original_due_on) from before as b where b.id in ((select pg_temp.of('kdv-25195', 1)), (select pg_temp.of('kdv-25198', 1)))$$, 'as far as the least, due with the last');
select is((select progress from app.assignment where id = pg_temp.of('kdv-25195', 1)), 60::smallint, 'the old one says what it said');
select is((select status from app.assignment where id = pg_temp.of('kdv-25195', 2)), 'reported', 'what is reported waits for its superior');
select is((select status from app.assignment where id = pg_temp.of('kdv-25195', 3)), 'completed', 'what is completed stays');
select is((select status from app.assignment where id = pg_temp.of('kdv-25195', 4)), 'cancelled', 'what is cancelled too');
select is((select count(*) from app.assignment as a join before as b using (id) where b.status in ('reported', 'completed', 'cancelled') and (a.status, a.lead_unit_id, a.due_on) is distinct from (b.status, a.lead_unit_id, b.due_on)), 0::bigint, 'nothing closed has changed');
select is((select count(*) from app.assignment where is_pending and lead_unit_id in (pg_temp.unit('kdv-25195'), pg_temp.unit('kdv-25198'))), 0::bigint, 'nothing open is left behind');
select is((select count(*) from now_owed), (select count(*) from item), 'the successor owes each once');
select is((select count(*) from private.assignment_count_faults()), 0::bigint, 'counts are right');
select is((select counts ->> 'assignments' from done)::bigint, (select count(*) from app.assignment where status = 'moved'), 'and told');
select is((select count(*) from app.audit_event as e where e.resource = 'assignment' and e.at > now() - interval '1 hour' and e.change -> 'after' ->> 'status' = 'moved'), 0::bigint, 'not one by one in the record');
select is((select e.change ->> 'assignments' from app.audit_event as e where e.resource = 'reorganisation' and e.action = 'carry_out' order by e.id desc limit 1), (select counts ->> 'assignments' from done), 'once, with the counts');
select is((select count(*) from app.assignment_part as p join app.assignment as a on a.id = p.assignment_id where a.lead_unit_id = (select id from heir) and p.unit_id in (select u.id from app.unit as u where not u.is_active)), 0::bigint, 'whoever it names stands');
select is((select count(*) from app.assignment_part as p join app.assignment as a on a.id = p.assignment_id where a.status = 'moved' and a.lead_unit_id = pg_temp.unit('kdv-25195')),
    (select count(*) from app.assignment_part as p join app.assignment as a on a.id = p.assignment_id where a.status = 'moved' and a.lead_unit_id = pg_temp.unit('kdv-25198')), 'the old ones keep their parts');
-- parts
select is((select string_agg(u.code || ' ' || p.status || ' ' || p.progress, ', ' order by u.code) from app.assignment_part as p join app.unit as u on u.id = p.unit_id where u.code in ('ubnd-25195', 'ubnd-25198', 'ubnd-25195-2') and p.progress > 0), 'ubnd-25195-2 in_progress 40, ubnd-25198 completed 100', 'an open part goes to the successor with its progress, a done one stays');
-- requests
select is((select status || ' ' || (decision_note is not null)::text from app.extension_request where unit_id = pg_temp.unit('kdv-25195')), 'withdrawn true', 'the request ends where it was asked');
select results_eq($$select q.status, s.code::text, q.asked_due_on, q.due_on = a.due_on, a.moved_to_id is null from app.extension_request as q join app.assignment as a on a.id = q.assignment_id join app.unit as s on s.id = q.superior_unit_id where q.unit_id = (select id from heir)$$,
    $$values ('pending', 'bdv-689', date '2030-06-30', true, true)$$, 'and waits for the same superior at the successor');
-- reports
select results_eq($$select r.due_on, r.original_due_on, r.status, s.code::text from app.report as r join app.unit as s on s.id = r.superior_unit_id where r.unit_id = (select id from heir)$$,
    $$values (date '2021-12-05', date '2021-11-30', 'not_started', 'bdv-689')$$, 'one report of the open period, due with the last');
select is((select count(*) from app.report where status = 'moved' and moved_to_id is not null), 2::bigint, 'two moved');
select is((select string_agg(r.status, ', ' order by r.status) from app.report as r where r.period_id::text like '%a2'), 'approved, not_started', 'of a locked period nothing moves');
select is(pg_temp.as_user('t.board', $$select count(*) from app.report_section where text = 'Đang soạn'$$), '0', 'the superior reads no draft that moved');
select pg_temp.add_user('t.heir', 'kdv-25195-2', 'officer');
select is(pg_temp.as_user('t.heir', $$select count(*) from app.report_section where text = 'Đang soạn'$$), '1', 'the successor reads it');
select is(pg_temp.as_user('t.heir', format($$select status from api.assignments where id = %L$$, pg_temp.of('kdv-25195', 3))), 'completed', 'and sees what was done before');
select is(pg_temp.as_user('t.heir', $$select string_agg(distinct status, ',') from app.report where status = 'moved'$$), 'moved', 'and the reports that moved');
select is(pg_temp.as_user('t.heir', format($$select api.assignment_progress(%L, null, '{"progress": 50}')$$, pg_temp.of('kdv-25195', 1))), 'DV403 not_permitted', 'nobody writes in the old one');
-- people
select is((select string_agg(u.code || ' ' || m.role || ' ' || m.valid_from, ', ' order by u.code) from app.membership as m join app.unit as u on u.id = m.unit_id join app.user_account as a on a.id = m.user_id where a.login = 't.a' and m.valid_to is null), 'kdv-25195-2 leader 2021-11-15', 'a leader goes on at the successor');
select is((select valid_to from app.membership as m join app.user_account as a on a.id = m.user_id where a.login = 't.a' and m.unit_id = pg_temp.unit('kdv-25195')), date '2021-11-15', 'and ended that day at the old one');
select is((select count(*) from app.membership as m join app.user_account as a on a.id = m.user_id where a.login = 't.both' and m.unit_id = (select id from heir)), 1::bigint, 'who was in both is there once');
select is((select home_unit_id from app.user_account where login = 't.b'), (select id from heir), 'the account''s home is the successor');
select is((select moves_to_unit_id from app.membership as m join app.user_account as a on a.id = m.user_id where a.login = 't.a' and m.valid_to is not null), null, 'who goes on waits for nobody');
select is((select string_agg(u.code || coalesce(' until ' || a.valid_to, ' on'), ', ' order by a.valid_from) from app.appointment as a join app.unit as u on u.id = a.unit_id join app.staff as s on s.id = a.staff_id where s.code = 't-c1'), 'kdv-25195 until 2021-11-15, kdv-25195-2 on', 'so does their post');
select is((select unit_id from app.staff where code = 't-c1'), (select id from heir), 'the person''s unit follows');
select is((select quota from app.establishment where unit_id = (select id from heir) and position_code = 'member'), 4::smallint, 'the posts add up');
select is((select count(*) from app.establishment where valid_to = '2021-11-15' and position_code = 'member'
    and unit_id in (pg_temp.unit('kdv-25195'), pg_temp.unit('kdv-25198'))), 2::bigint, 'and end at the old units');
select is((select count(*) from private.reporting_login where role_name = 't_login'), 0::bigint, 'a reporting login ends');
-- the district goes up to the province
create temp table gone as select private.reorganisation_carry_out(pg_temp.reorganise('2021-11-15', jsonb_build_array(jsonb_build_object(
    'subject', 'area', 'kind', 'dissolve', 'from', jsonb_build_array(pg_temp.a('689')), 'to', jsonb_build_array(pg_temp.a('70')))))) as counts;
select is((select count(*) from app.membership as m join app.unit as u on u.id = m.unit_id join app.user_account as a on a.id = m.user_id where a.login = 't.board' and u.code = 'bdv-70'), 0::bigint, 'nobody goes up a level');
select is((select u.code from app.membership as m join app.unit as u on u.id = m.moves_to_unit_id join app.user_account as a on a.id = m.user_id where a.login = 't.board'), 'bdv-70', 'but waits for a place there');
select is((select u.code from app.user_account as a join app.unit as u on u.id = a.home_unit_id where a.login = 't.board'), 'bdv-70', 'whose administrators look after the account');
select is(pg_temp.as_user('t.board', 'select 1'), 'DV401 not_signed_in', 'and does nothing until then');
select is((select u.code || ' ' || a.end_cause from app.appointment as a join app.unit as u on u.id = a.moves_to_unit_id join app.staff as s on s.id = a.staff_id where s.code = 't-c2'), 'bdv-70 reorganisation', 'nor does a post');
select is((select string_agg(u.code || ' ' || p.status, ', ' order by p.number) from app.plan as p join app.unit as u on u.id = p.issuer_unit_id where p.number in ('01-KH', '02-KH')), 'bdv-70 draft, bdv-689 closed', 'a draft plan goes to the province, a closed one stays');
select is((select string_agg(u.code || ' ' || d.status, ', ' order by d.status) from app.document as d join app.unit as u on u.id = d.owner_unit_id where d.issuer = 'BDV'), 'bdv-70 draft, bdv-689 published', 'so do documents');
select is((select string_agg(distinct s.code, ', ') from app.report as r join app.unit as s on s.id = r.superior_unit_id join app.unit as u on u.id = r.unit_id where r.status not in ('moved', 'approved') and u.is_active and u.code like 'kdv%'), 'bdv-70', 'the communes'' open reports go to the province');
select is((select s.code from app.report as r join app.unit as s on s.id = r.superior_unit_id where r.unit_id = pg_temp.unit('kdv-25201')), 'bdv-70', 'who sent one in is heard there');
select is((select s.code from app.report as r join app.unit as s on s.id = r.superior_unit_id where r.unit_id = pg_temp.unit('kdv-25204')), 'bdv-70', 'an approved one is gathered there, for its superior gathers no more');
select is((select s.code from app.report as r join app.unit as s on s.id = r.superior_unit_id where r.unit_id = pg_temp.unit('kdv-25198')  and r.period_id::text like '%a2'), 'bdv-689', 'of a locked period all stays');
select is((select s.code from app.extension_request as q join app.unit as s on s.id = q.superior_unit_id where q.status = 'pending'), 'bdv-70', 'a pending request too');
select is((select n.unit_id from app.report as r join app.report as n on n.id = r.moved_to_id where r.unit_id = pg_temp.unit('bdv-689')), pg_temp.unit('bdv-70'), 'the district''s report is the province''s');
select is((select a.status || ' ' || u.code from app.assignment as a join app.assignment as n on n.id = a.moved_to_id join app.unit as u on u.id = n.lead_unit_id where a.lead_unit_id = pg_temp.unit('bdv-689') limit 1), 'moved bdv-70', 'so are its tasks');
select is((select min(a.level_id) || ' ' || max(a.level_id) from app.assignment as a join app.unit as u on u.id = a.lead_unit_id where u.code = 'bdv-70'), '1 1', 'at the province''s level');
-- counted nowhere
select is(pg_temp.as_user('t.leader', $$select count(*) from api.reports where status = 'moved' and (is_outstanding or is_overdue)$$), '0', 'what moved is owed by nobody');
select is(pg_temp.as_user('t.leader', format($$select total - (not_started + in_progress + reported + completed + cancelled) from api.assignment_count_summary(null, true, %L, null)$$, pg_temp.plan_36())), '0', 'the total leaves it out');
select is(pg_temp.as_user('t.leader', $$select owed from api.report_rates('00000000-0000-7000-8000-0000000000a1', 'level') where group_id = 3$$), '4', 'rates ask for what stands: four blocs');
-- stragglers: a report that comes back to a unit that is no more
insert into app.report (period_id, plan_id, unit_id, superior_unit_id, due_on, original_due_on, status, submission_count, first_submitted_on)
select p.id, p.plan_id, pg_temp.unit('phunu-689'), pg_temp.unit('phunu-70'), '2021-12-01', '2021-12-01', 'returned', 1, '2021-11-14' from app.period as p where p.id::text like '%a1';
select lives_ok('select private.reorganisation_tick()', 'the program looks again');
select is((select u.code from app.report as r join app.report as n on n.id = r.moved_to_id join app.unit as u on u.id = n.unit_id where r.unit_id = pg_temp.unit('phunu-689')), 'phunu-70', 'and moves it');
-- a function moves, the unit goes on
create temp table fn as select i.code from app.assignment as a join app.plan_item as i on i.id = a.plan_item_id where a.lead_unit_id = pg_temp.unit('bdv-70') and a.is_pending order by i.code limit 1;
create temp table moved_function as select private.reorganisation_carry_out(pg_temp.reorganise('2021-11-15', jsonb_build_array(jsonb_build_object(
    'subject', 'unit', 'kind', 'move_function', 'from', jsonb_build_array(pg_temp.u('bdv-70')), 'to', jsonb_build_array(pg_temp.u('btc-70')),
    'items', (select jsonb_agg(code) from fn))))) as counts;
select is((select count(*) from app.assignment as a join app.plan_item as i on i.id = a.plan_item_id where a.lead_unit_id = pg_temp.unit('bdv-70') and a.is_pending and i.code = (select code from fn)), 0::bigint, 'its open items go');
select is((select count(*) > 0 from app.assignment as a where a.lead_unit_id = pg_temp.unit('bdv-70') and a.is_pending), true, 'the others stay');
select is((select is_active from app.unit where code = 'bdv-70'), true, 'and so does the unit');
select is((select is_function from app.unit_link where successor_id = pg_temp.unit('btc-70') and predecessor_id = pg_temp.unit('bdv-70')), true, 'the link says so');
select * from finish();
rollback;
