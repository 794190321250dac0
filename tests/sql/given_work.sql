-- Work given beside the plan: an assignment like any other, and closed on both sides at once.
begin;
\ir include/acting.sql
\ir include/reporting.sql
select plan(92);
select pg_temp.add_user('t.province', 'bdv-70', 'leader');
select pg_temp.add_user('t.union', 'phunu-70', 'leader');
select pg_temp.add_user('t.leader', 'bdv-689', 'leader');
select pg_temp.add_user('t.officer', 'bdv-689', 'officer');
select pg_temp.add_user('t.other', 'bdv-692', 'officer');

create temp table held as
with made as (
    insert into app.meeting (plan_id, kind, title, held_on, status, opened_on, closed_on, owner_unit_id)
    select plan_id, 'thematic', 'Giao ban chuyên đề', '2021-11-10', 'closed', '2021-11-10', '2021-11-10', pg_temp.unit('bdv-70') from of_test
    returning id)
select id from made;
-- A task of the meeting, given to a unit; p_giver holds the meeting.
create function pg_temp.give(p_title text, p_item text, p_lead text, p_due_on date, p_units text[] default '{}', p_giver text default 'bdv-70') returns uuid
    language plpgsql
as $$
declare
    outcome uuid;
    of_plan constant uuid := (select plan_id from of_test);
begin
    insert into app.outcome (meeting_id, plan_id, position, kind, title, lead_unit_id, due_on, plan_item_id, status, given_on, owner_unit_id)
    select held.id, of_plan, 1, 'task', p_title, pg_temp.unit(p_lead), p_due_on, pg_temp.item(p_item), 'open', private.today(), pg_temp.unit(p_giver)
    from held returning id into outcome;
    perform private.give_work('meeting', outcome, pg_temp.unit(p_giver), of_plan, pg_temp.item(p_item), p_title, 'Giao ban 10/11/2021',
        pg_temp.unit(p_lead), p_due_on, array(select u.id from app.unit as u where u.code = any (p_units)));
    return outcome;
end;
$$;
create function pg_temp.outcome(p_title text) returns uuid language sql return (select o.id from app.outcome as o where o.title = p_title);
create function pg_temp.outcome_is(p_title text) returns text
    language sql return (select concat_ws(' ', o.status, o.completed_on) from app.outcome as o where o.title = p_title);
create function pg_temp.work(p_title text) returns uuid language sql return private.work_of(pg_temp.outcome(p_title));
create function pg_temp.version(p_id uuid) returns integer language sql return (select a.version from app.assignment as a where a.id = p_id);
create function pg_temp.say(p_title text, p_command text, p_body text default null) returns text
    language sql return format('select api.assignment_%s(%L, %s, %L)', p_command, pg_temp.work(p_title), pg_temp.version(pg_temp.work(p_title)), p_body);

-- the plan's own of the same item, for comparison
insert into app.assignment (plan_id, plan_item_id, lead_unit_id, level_id, line_id, occurrence, starts_on, due_on)
select plan_id, pg_temp.item('X1'), u.id, u.level_id, u.line_id, 'Năm 2021', '2021-01-01', '2021-12-31' from of_test, app.unit as u where u.code = 'bdv-689';

select ok(pg_temp.give('Rà soát đường dây nóng', null, 'bdv-689', '2021-12-10', '{bdv-692,bdv-689,phunu-70}') is not null, 'the meeting gives work of no plan item');
select ok(pg_temp.give('Báo cáo tôn giáo', 'X1', 'bdv-689', '2021-11-01') is not null, 'and work under an item, due already');
select ok(pg_temp.give('Báo cáo dân tộc', 'X1', 'bdv-689', '2021-12-01') is not null, 'twice under one item and one name');
select ok(pg_temp.give('Phối hợp tuyên truyền', null, 'phunu-70', '2021-12-20', '{}', 'bdv-689') is not null, 'a district gives work to a union of the province');

-- who is told
select is((select string_agg(u.code, ' ' order by u.code) from app.notice as n join app.unit as u on u.id = n.unit_id where n.topic = 'work_given' and n.resource_id = pg_temp.work('Rà soát đường dây nóng')),
    'bdv-689 bdv-692 phunu-70', 'the lead and who takes part are told');
select is((select string_agg(u.code || ' ' || p.role, ' ' order by u.code) from app.assignment_part as p join app.unit as u on u.id = p.unit_id where p.assignment_id = pg_temp.work('Rà soát đường dây nóng')),
    'bdv-692 coordinating phunu-70 coordinating', 'the lead is no part besides');

-- refusals
select is(pg_temp.rehearse('t.province', format('select private.give_work(''meeting'', %L, 1, %L, null, ''x'', ''x'', 1, ''2021-12-01'', ''{}'')', gen_random_uuid(), (select plan_id from of_test))), '42501',
    'nobody gives work past the commands that do');
update app.plan set status = 'closed' where id = (select plan_id from of_test);
select throws_ok($$select pg_temp.give('Muộn', null, 'bdv-689', '2021-12-01')$$, 'DV409', null, 'a plan that is closed gives nothing');
update app.plan set status = 'in_force' where id = (select plan_id from of_test);
update app.unit set is_active = false where code = 'bdv-691';
select throws_ok($$select pg_temp.give('Không còn', null, 'bdv-691', '2021-12-01')$$, 'DV422', null, 'a unit that has ended is given nothing');
update app.unit set is_active = true where code = 'bdv-691';
select throws_ok($$select private.give_work('meeting', gen_random_uuid(), pg_temp.unit('bdv-70'), plan_id, (select i.id from app.plan_item as i where i.plan_id <> of_test.plan_id limit 1), 'x', 'x', pg_temp.unit('bdv-689'), '2021-12-01', '{}') from of_test$$,
    'DV422', null, 'an item of another plan is none');
select throws_ok($$select private.give_work('meeting', pg_temp.outcome('Báo cáo tôn giáo'), pg_temp.unit('bdv-70'), plan_id, null, 'x', 'x', pg_temp.unit('bdv-689'), '2021-12-01', '{}') from of_test$$,
    'DV409', null, 'one outcome gives work once');
select throws_ok($$insert into app.assignment (plan_id, source, lead_unit_id, level_id, line_id, occurrence, starts_on, due_on) select plan_id, 'plan', u.id, u.level_id, u.line_id, 'x', '2021-01-01', '2021-12-31' from of_test, app.unit as u where u.code = 'bdv-689'$$,
    '23514', null, 'the plan''s own work has an item');
select throws_ok($$insert into app.assignment (plan_id, plan_item_id, lead_unit_id, level_id, line_id, occurrence, starts_on, due_on)
    select plan_id, pg_temp.item('X1'), u.id, u.level_id, u.line_id, 'Năm 2021', '2021-01-01', '2021-12-31' from of_test, app.unit as u where u.code = 'bdv-689'$$, '23505', null,
    'the plan''s own is there once as before');

-- listed as any other
create function pg_temp.listed(p_login text, p_where text) returns text
    language sql return pg_temp.as_user(p_login, format($$select string_agg(r.title, '; ' order by r.title) from api.assignments as r where r.plan_id = %L and (%s)$$, (select plan_id from of_test), p_where));
select is(pg_temp.listed('t.leader', 'true'), 'Báo cáo dân tộc; Báo cáo tôn giáo; Phối hợp tuyên truyền; Rà soát đường dây nóng; X1', 'the unit sees what it owes and what it gave');
select is(pg_temp.listed('t.leader', 'r.given_by_unit_id = private.my_unit()'), 'Phối hợp tuyên truyền', 'what it gave, wherever the lead stands');
select is(pg_temp.listed('t.other', 'true'), 'Rà soát đường dây nóng', 'another district sees what it takes part in');
select is(pg_temp.listed('t.union', 'r.lead_unit_id = private.my_unit()'), 'Phối hợp tuyên truyền', 'the lead sees what is given from below');
select is(pg_temp.listed('t.leader', $$r.search like '%' || private.search_text('DUONG DAY') || '%'$$), 'Rà soát đường dây nóng', 'it is found by its own title');
select is(pg_temp.as_user('t.leader', format($$select concat_ws('|', r.source, r.source_id = %L, r.given_by_unit_name, r.item_code, r.plan_item_id, r.is_overdue, r.actions) from api.assignments as r where r.id = %L$$,
    pg_temp.outcome('Rà soát đường dây nóng'), pg_temp.work('Rà soát đường dây nóng'))),
    'meeting|t|' || (select v.name from app.unit_version as v where v.unit_id = pg_temp.unit('bdv-70') and v.valid_to is null) || '|f|{progress}', 'with what gave it');
select is(pg_temp.as_user('t.leader', format($$select concat_ws('|', r.is_overdue, r.days_overdue, r.item_code) from api.assignments as r where r.id = %L$$, pg_temp.work('Báo cáo tôn giáo'))), 't|14|X1', 'late as any other');
select is(pg_temp.as_user('t.leader', format($$select concat_ws('|', r.title, jsonb_array_length(r.parts), r.responsibilities, r.documents, r.text) from api.assignment_details as r where r.id = %L$$, pg_temp.work('Rà soát đường dây nóng'))),
    'Rà soát đường dây nóng|2|[]|[]', 'one alone, with its parts');
select is(pg_temp.as_user('t.leader', format('select concat(r.lead_unit_name is not null, r.progress) from api.assignments as r where r.id = %L', pg_temp.work('Phối hợp tuyên truyền'))), 't0',
    'whom my unit gave work has a name');
select is(pg_temp.as_user('t.union', format('select r.given_by_unit_name is not null from api.assignments as r where r.id = %L', pg_temp.work('Phối hợp tuyên truyền'))), 'true', 'and so has who gave it');
select is(pg_temp.as_user('t.leader', format($$select sum(r.total) from api.assignment_counts as r where r.plan_id = %L and r.unit_id = %s$$, (select plan_id from of_test), pg_temp.unit('bdv-689'))), '4', 'counted');
select is(pg_temp.as_user('t.leader', format($$select string_agg(concat_ws(':', coalesce(c ->> 'code', '-'), c ->> 'total', c ->> 'overdue'), ' ' order by n)
        from api.task_matrix as m, jsonb_array_elements(m.cells) with ordinality as x (c, n) where m.unit_id = %s and m.plan_id = %L and m.year = 2021$$, pg_temp.unit('bdv-689'), (select plan_id from of_test))),
    'X1:3:1 -:1:0', 'in the matrix under its item, or last in a cell of its own');
select is(pg_temp.as_user('t.leader', format($$select string_agg(concat_ws(':', coalesce(c ->> 'code', '-'), c ->> 'total'), ' ' order by n)
        from api.task_matrix_on('2021-11-15') as m, jsonb_array_elements(m.cells) with ordinality as x (c, n) where m.unit_id = %s and m.plan_id = %L and m.year = 2021$$, pg_temp.unit('bdv-689'), (select plan_id from of_test))),
    'X1:3 -:1', 'as of a day too');
select is(pg_temp.as_user('t.other', format($$select r.title from api.assignment_parts as r where r.assignment_id = %L and r.unit_id = private.my_unit()$$, pg_temp.work('Rà soát đường dây nóng'))), 'Rà soát đường dây nóng', 'a part tells of what');

-- the unit says how far it is
update private.installation set fixed_today = '2021-11-16';
select is(pg_temp.as_user('t.other', pg_temp.say('Rà soát đường dây nóng', 'progress', '{"status": "reported", "note": "Đã góp"}')), '', 'a part is reported');
select is(pg_temp.as_user('t.officer', pg_temp.say('Rà soát đường dây nóng', 'progress', '{"progress": 40, "note": "Đang rà soát"}')), '', 'progress is recorded');
select is(pg_temp.outcome_is('Rà soát đường dây nóng'), 'open', 'the outcome is open still');
select is(pg_temp.as_user('t.officer', pg_temp.say('Rà soát đường dây nóng', 'confirm')), 'DV403 not_permitted', 'an officer confirms nothing');

-- more time
select is(pg_temp.as_user('t.officer', format($$insert into app.extension_request (assignment_id, asked_due_on, reason) values (%L, '2021-12-25', 'Dịch bệnh') returning 'asked'$$, pg_temp.work('Rà soát đường dây nóng'))), 'asked', 'more time is asked');
select is(pg_temp.as_user('t.province', $$select string_agg(r.title, '') from api.extension_requests as r where r.status = 'pending' and r.plan_id = (select p.id from app.plan as p where p.number = 'T-BDV')$$), 'Rà soát đường dây nóng', 'the superior reads of what');
select is(pg_temp.as_user('t.province', format($$select api.extension_request_grant(%L, 1, '{}')$$, (select q.id from app.extension_request as q where q.assignment_id = pg_temp.work('Rà soát đường dây nóng')))), '', 'and grants it');
select is((select concat_ws(' ', a.due_on, a.original_due_on, o.due_on) from app.assignment as a join app.outcome as o on o.id = a.source_id where a.id = pg_temp.work('Rà soát đường dây nóng')), '2021-12-25 2021-12-10 2021-12-10',
    'the assignment has more time; what the meeting set stays as it set it');

-- reported in a report
select pg_temp.add_report('bdv-689', 'not_started');
create function pg_temp.report(p_command text, p_body text default '{}') returns text
    language sql return format('select api.report_%s(%L, %s, %L)', p_command, pg_temp.report_of('bdv-689'), (select r.version from app.report as r where r.id = pg_temp.report_of('bdv-689')), p_body);
create temp view line as
select l.*, coalesce(a.title, 'X1') as title from app.report_line as l left join app.assignment as a on a.id = l.assignment_id where l.report_id = pg_temp.report_of('bdv-689');
select is(pg_temp.as_user('t.officer', pg_temp.report('prefill')), '', 'a report is drafted');
select is((select string_agg(concat_ws(':', l.title, l.plan_item_id is null, l.status, l.progress), '; ' order by l.position, l.title) from line as l),
    'Báo cáo dân tộc:f:not_started:0; Báo cáo tôn giáo:f:not_started:0; X1:f:not_started:0; Rà soát đường dây nóng:t:in_progress:40', 'with a line for given work, last where it falls under no item');
select is(pg_temp.as_user('t.officer', pg_temp.report('prefill')), '', 'drafted again');
select is((select count(*) from line), 4::bigint, 'no line twice');
select is(pg_temp.as_user('t.officer', format('update app.report_line set done = %L, status = %L where id = %L returning status', 'Đã rà soát 5 xã', 'done', (select id from line where title = 'Rà soát đường dây nóng'))), 'done', 'it is written in');
select is(pg_temp.as_user('t.officer', pg_temp.report('submit')), '', 'sent in');
select is(pg_temp.as_user('t.province', pg_temp.report('return', format('{"note": "Bổ sung", "lines": [{"id": "%s", "note": "Xã nào?"}]}', (select id from line where title = 'Rà soát đường dây nóng')))), '', 'returned with a note to that line');
select is(pg_temp.as_user('t.officer', format('update app.report_line set done = %L where id = %L returning status', 'Đã rà soát 6 xã', (select id from line where title = 'Rà soát đường dây nóng'))), 'done', 'written again');
select is(pg_temp.as_user('t.officer', pg_temp.report('submit')), '', 'sent in again');
select is(pg_temp.as_user('t.province', pg_temp.report('approve')), '', 'approved');
select is(pg_temp.as_user('t.province', format($$select string_agg(concat_ws('|', d.label, d.before, d.after), '; ') from api.report_differences(%L, 1, 3) as d$$, pg_temp.report_of('bdv-689'))),
    'Rà soát đường dây nóng (Giao ban 10/11/2021) – Đã thực hiện|Đã rà soát 5 xã|Đã rà soát 6 xã', 'what two versions differ in names it');
select is(pg_temp.as_user('t.province', format($$select concat_ws('|', r.title, r.item_code, r.plan_item_id, r.done, r.due_on) from api.report_lines_on('2021-11-16') as r where r.report_id = %L and r.assignment_id = %L$$, pg_temp.report_of('bdv-689'), pg_temp.work('Rà soát đường dây nóng'))),
    'Rà soát đường dây nóng|Đã rà soát 6 xã|2021-12-25', 'as of a day');
select is(pg_temp.as_user('t.province', format($$select string_agg(concat_ws(':', r.item_code, r.line_count), ' ') from api.report_line_counts(%L, 'level') as r$$, (select period_id from of_test))), 'X1:3', 'counted under its item where it has one');
select pg_temp.add_report('bdv-70', 'draft');
select is(pg_temp.as_user('t.province', format('select api.report_gather(%L, 1)', pg_temp.report_of('bdv-70'))), '', 'gathered above');
select is((select string_agg(i.code || ':' || g.line_count, ' ') from app.report_gathered_line as g join app.plan_item as i on i.id = g.plan_item_id where g.report_id = pg_temp.report_of('bdv-70')), 'X1:3', 'likewise');
select is(pg_temp.as_user('t.province', pg_temp.report('reopen', '{"reason": "Rà soát lại", "until_on": "2021-11-18"}')), '', 'reopened');
select is(pg_temp.as_user('t.officer', format('delete from app.report_line where id = %L', (select id from line where title = 'Rà soát đường dây nóng'))), '42501', 'no line is deleted');
update app.report_line set done = 'Khác' where id = (select id from line where title = 'Rà soát đường dây nóng');
create temp table kept as select id from line where title = 'Rà soát đường dây nóng';
update private.installation set fixed_today = '2021-11-20';
select is(private.report_expire_reopened(), 1, 'the reopening ends unused');
select is((select concat_ws('|', l.id = k.id, l.done, (select count(*) from line)) from line as l, kept as k where l.title = 'Rà soát đường dây nóng'), 't|Đã rà soát 6 xã|4', 'the line says again what was approved');

-- both sides are closed at once
select is(pg_temp.as_user('t.officer', pg_temp.say('Rà soát đường dây nóng', 'progress', '{"status": "reported"}')), '', 'reported');
select is(pg_temp.outcome_is('Rà soát đường dây nóng'), 'open', 'reported is not completed');
select is(pg_temp.as_user('t.leader', pg_temp.say('Rà soát đường dây nóng', 'confirm')), '', 'confirmed');
select is(pg_temp.outcome_is('Rà soát đường dây nóng'), 'completed 2021-11-20', 'the outcome is completed on that day');
select is(private.withdraw_work(pg_temp.outcome('Rà soát đường dây nóng'), 'x'), false, 'what is completed is not taken back');
update private.installation set fixed_today = '2021-11-22';
select is(pg_temp.as_user('t.leader', pg_temp.say('Rà soát đường dây nóng', 'reopen', '{"note": "Còn thiếu"}')), '', 'reopened');
select is(pg_temp.outcome_is('Rà soát đường dây nóng'), 'open', 'and so is the outcome');
select is(pg_temp.as_user('t.leader', format($$select string_agg(r.status, ' ' order by d) from unnest('{2021-11-14,2021-11-15,2021-11-16,2021-11-21,2021-11-22}'::date[]) as d left join lateral (select x.status from api.assignments_on(d) as x where x.id = %L) as r on true$$, pg_temp.work('Rà soát đường dây nóng'))),
    'not_started in_progress completed in_progress', 'as of a day: not there before it was given, then as it stood');
select is(pg_temp.as_user('t.union', pg_temp.say('Phối hợp tuyên truyền', 'progress', '{"progress": 30}')), '', 'the union begins');
select is(pg_temp.as_user('t.leader', format($$select string_agg(r.status || r.progress, ' ') from api.assignments_on('2021-11-22') as r where r.id = %L$$, pg_temp.work('Phối hợp tuyên truyền'))), 'in_progress30',
    'who gave it sees how it stood on a day beyond its own scope');

select is(pg_temp.as_user('t.leader', $$select count(*) from (select to_jsonb(r) - 'actions' from api.assignments as r where r.source <> 'plan' except select to_jsonb(r) - 'actions' from api.assignments_on('2021-11-22') as r) as x$$), '0',
    'as of today reads as today');

-- taken back
select pg_temp.as_user('t.officer', format($$insert into app.extension_request (assignment_id, asked_due_on, reason) values (%L, '2021-12-30', 'Nữa') returning 'asked'$$, pg_temp.work('Rà soát đường dây nóng'))) \g /dev/null
select is(private.withdraw_work(pg_temp.outcome('Rà soát đường dây nóng'), 'Trùng việc'), true, 'open work is taken back');
select is((select concat_ws(' ', a.status, a.is_pending) from app.assignment as a where a.source_id = pg_temp.outcome('Rà soát đường dây nóng')), 'cancelled f', 'it is owed no more');
select is((select string_agg(q.status, ' ' order by q.created_at, q.status) from app.extension_request as q join app.assignment as a on a.id = q.assignment_id where a.title = 'Rà soát đường dây nóng'), 'granted withdrawn', 'nor is more time asked for it');
select is((select string_agg(u.code, ' ' order by u.code) from app.notice as n join app.unit as u on u.id = n.unit_id where n.topic = 'work_withdrawn' and n.resource_id = (select a.id from app.assignment as a where a.source_id = pg_temp.outcome('Rà soát đường dây nóng'))),
    'bdv-689 bdv-692 phunu-70', 'and all are told');
select is(private.withdraw_work(pg_temp.outcome('Rà soát đường dây nóng'), 'Trùng việc'), false, 'once');
select is((select count(*) from app.audit_event as e where e.action = 'withdraw' and e.resource_id = (select a.id::text from app.assignment as a where a.source_id = pg_temp.outcome('Rà soát đường dây nóng'))), 1::bigint, 'on record');

-- what the plan alone is asked
update app.plan_item set asks_own_plan = true where id = pg_temp.item('X2');
select pg_temp.give('Ngoài kế hoạch', 'X2', 'bdv-692', '2021-12-01') \g /dev/null
select is((select count(*) from private.plan_expected((select plan_id from of_test), 'province_key', (select u.province_key from app.unit as u where u.code = 'bdv-70'), null)), 0::bigint, 'given work asks no plan of its own');
select is((select count(*) from private.assignment_count_faults()), 0::bigint, 'counts are right');
select is((select count(*) from private.assignment_state_faults()), 0::bigint, 'and so are the days');
select is((select count(*) from private.period_units((select period_id from of_test)) as x where x.unit_id = pg_temp.unit('phunu-70')), 0::bigint,
    'who has given work alone owes no reports of the plan for it');
select is((select count(*) from private.period_units((select period_id from of_test)) as x where x.unit_id = pg_temp.unit('bdv-689')), 1::bigint, 'who has the plan''s does');
select is(pg_temp.as_user('t.province', $$select string_agg(concat_ws('|', r.item_title, r.source, r.item_code), '; ' order by r.item_title) from report.assignments as r where r.plan_number = 'T-BDV' and r.source <> 'plan' and r.item_code is null$$),
    'Phối hợp tuyên truyền|meeting; Rà soát đường dây nóng|meeting', 'reporting tools see it');
select is(pg_temp.as_user('t.province', format($$select string_agg(r.item_title, '; ') from report.report_lines as r where r.report_id = %L and r.item_code is null$$, pg_temp.report_of('bdv-689'))), 'Rà soát đường dây nóng', 'and what reports say of it');

-- the plan is closed: its own work stands still and nothing new is given; what was given is followed to its end
update app.plan set status = 'closed' where id = (select plan_id from of_test);
create function pg_temp.may(p_login text, p_id uuid) returns text
    language sql return pg_temp.as_user(p_login, format('select r.actions::text from api.assignments as r where r.id = %L', p_id));
create function pg_temp.own() returns app.assignment
    language sql return (select a from app.assignment as a where a.plan_item_id = pg_temp.item('X1') and a.source = 'plan' and a.lead_unit_id = pg_temp.unit('bdv-689'));
select is(pg_temp.as_user('t.officer', format($$select api.assignment_progress(%L, %s, '{"progress": 10}')$$, (pg_temp.own()).id, (pg_temp.own()).version)), 'DV409 plan_closed',
    'the closed plan''s own work takes no progress');
select is(pg_temp.may('t.leader', (pg_temp.own()).id), '{}', 'and says so');
select is(pg_temp.may('t.leader', pg_temp.work('Báo cáo tôn giáo')), '{progress}', 'given work does');
select is(pg_temp.as_user('t.officer', pg_temp.say('Báo cáo tôn giáo', 'progress', '{"status": "reported"}')), '', 'it is reported');
select is(pg_temp.may('t.leader', pg_temp.work('Báo cáo tôn giáo')), '{progress,confirm,reopen}', 'its leader decides');
select is(pg_temp.as_user('t.leader', pg_temp.say('Báo cáo tôn giáo', 'reopen', '{"note": "Còn thiếu"}')), '', 'sends it back');
select is(pg_temp.as_user('t.officer', pg_temp.say('Báo cáo tôn giáo', 'progress', '{"status": "reported"}')), '', 'it is reported again');
select is(pg_temp.as_user('t.leader', pg_temp.say('Báo cáo tôn giáo', 'confirm')), '', 'and confirmed');
select is(pg_temp.outcome_is('Báo cáo tôn giáo'), 'completed 2021-11-22', 'on both sides');
select is(pg_temp.as_user('t.leader', pg_temp.say('Báo cáo tôn giáo', 'reopen', '{"note": "Còn thiếu"}')), 'DV409 plan_closed', 'for good: nothing new is to be done');
select is(pg_temp.may('t.leader', pg_temp.work('Báo cáo tôn giáo')), '{}', 'as it says');
select is(private.withdraw_work(pg_temp.outcome('Báo cáo dân tộc'), 'Hết kế hoạch'), true, 'or it is taken back');
select is(pg_temp.as_user('t.union', pg_temp.say('Phối hợp tuyên truyền', 'progress', '{"progress": 60}')), '', 'so at every lead');
update app.assignment set due_on = '2021-12-18' where id in (select (pg_temp.own()).id union all select pg_temp.work('Phối hợp tuyên truyền'));
update app.assignment set due_on = '2021-12-17' where due_on = '2021-12-18' and plan_id <> (select plan_id from of_test);
select private.make_due_notices('2021-12-11') \g /dev/null
select is((select string_agg(u.code || ' ' || n.stage || ' ' || n.count, ', ') from app.notice as n join app.unit as u on u.id = n.unit_id
    where n.topic = 'assignments_due' and n.due_on = '2021-12-18'), 'phunu-70 before 1', 'which is told when it falls due, and no other');
select * from finish();
rollback;
