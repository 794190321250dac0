-- The packet of a meeting against numbers counted by hand: a small plan of the province's, six reports about Đồng Xoài and one
-- of Lộc Ninh's; who reads it, and that it stands as it was when the meeting opened.
begin;
\ir include/acting.sql
select plan(37);

delete from app.report_line;
delete from app.report;
select pg_temp.take_back_plan_36();
update private.installation set mode = 'test', fixed_today = '2022-07-10';
select pg_temp.add_user('t.leader', 'bdv-689', 'leader');
select pg_temp.add_user('t.viewer', 'bdv-689', 'viewer');
select pg_temp.add_user('t.province', 'bdv-70', 'leader');
select pg_temp.add_user('t.women', 'phunu-70', 'leader');
select pg_temp.add_user('t.locninh', 'bdv-692', 'leader');
select pg_temp.add_user('t.ward', 'kdv-25195', 'leader');

create function pg_temp.p() returns uuid language sql return '00000000-0000-7000-8000-000000000001'::uuid;
create function pg_temp.d() returns uuid language sql return '00000000-0000-7000-8000-0000000000d1'::uuid;
insert into app.plan (id, number, title, issuer_unit_id, period_from, period_to, status, report_outline)
values (pg_temp.p(), 'TL-1', 'Kế hoạch thử', pg_temp.unit('bdv-70'), '2022-01-01', '2023-12-31', 'in_force', 'plan_36');
insert into app.plan_item (id, plan_id, kind, code, outline, position, title)
values ('00000000-0000-7000-8000-0000000000a1', pg_temp.p(), 'task', 'V1', '1', 1, 'Việc một');
insert into app.period (id, plan_id, kind, label, year, starts_on, ends_on, opens_on, expires_on, locks_on)
values (pg_temp.d(), pg_temp.p(), 'six_months', '6 tháng', 2022, '2022-01-01', '2022-06-30', '2022-06-01', '2022-07-05', '2022-07-30');

create function pg_temp.report(p_unit text, p_superior text, p_status text, p_sent_on date default null, p_due_on date default '2022-07-01')
    returns void
    language sql
as $$
    insert into app.report (period_id, plan_id, unit_id, superior_unit_id, due_on, original_due_on, status, first_submitted_on, submitted_on)
    values (pg_temp.d(), pg_temp.p(), pg_temp.unit(p_unit), pg_temp.unit(p_superior), p_due_on, p_due_on, p_status, p_sent_on, p_sent_on);
$$;
select pg_temp.report(u, s, t, n::date, d::date) from (values
    ('kdv-25195', 'bdv-689', 'approved', '2022-06-30', '2022-07-01'),
    ('kdv-25198', 'bdv-689', 'submitted', '2022-07-04', '2022-07-01'),    -- three days late
    ('phunu-689', 'bdv-689', 'approved', '2022-07-03', '2022-07-03'),     -- on its last day, an exception
    ('kdv-25201', 'bdv-689', 'draft', null, '2022-07-01'),                -- nine days late
    ('kdv-25204', 'bdv-689', 'returned', '2022-06-20', '2022-07-12'),     -- sent back, not yet due
    ('phunu-25195', 'phunu-689', 'in_review', '2022-07-01', '2022-07-01'),
    ('bdv-692', 'bdv-70', 'approved', '2022-06-30', '2022-07-01')) as x (u, s, t, n, d) \g /dev/null
create function pg_temp.r(p_unit text) returns uuid
    language sql return (select r.id from app.report as r where r.period_id = pg_temp.d() and r.unit_id = pg_temp.unit(p_unit));
insert into app.report_section (report_id, code, position, title, text)
select pg_temp.r(x.unit), o.code, o.position, o.title, x.text
from (values
    ('kdv-25195', 'leadership', 'Đã ban hành 3 văn bản.'), ('kdv-25198', 'leadership', repeat('dài ', 200)),
    ('kdv-25201', 'leadership', 'Bản nháp.'), ('phunu-25195', 'leadership', 'Của hội phụ nữ phường.'),
    ('bdv-692', 'leadership', 'Của Lộc Ninh.'), ('kdv-25195', 'religion', '4 buổi gặp mặt.'),
    ('kdv-25195', 'budget', 'Không thuộc tình hình.'), ('kdv-25198', 'proposals', 'Mở lớp.'), ('kdv-25195', 'proposals', ' '),
    ('kdv-25204', 'proposals', 'Chưa gửi lại.')
) as x (unit, code, text)
join app.report_outline_section as o on o.outline = 'plan_36' and o.code = x.code;
insert into app.report_line (report_id, plan_item_id, position, proposals)
values (pg_temp.r('kdv-25195'), '00000000-0000-7000-8000-0000000000a1', 1, 'Thêm người.'),
    (pg_temp.r('kdv-25201'), '00000000-0000-7000-8000-0000000000a1', 1, 'Chưa gửi.');
insert into app.assignment (plan_id, plan_item_id, lead_unit_id, level_id, line_id, occurrence, starts_on, due_on, original_due_on, status)
select pg_temp.p(), '00000000-0000-7000-8000-0000000000a1', u.id, u.level_id, u.line_id, x.occurrence, '2022-01-01', x.due_on::date,
    x.due_on::date, x.status
from (values ('kdv-25195', 'a', '2022-06-30', 'in_progress'), ('kdv-25195', 'b', '2022-03-31', 'not_started'),
    ('kdv-25195', 'c', '2022-03-31', 'reported'), ('kdv-25198', 'a', '2022-07-09', 'not_started'),
    ('kdv-25198', 'b', '2022-07-10', 'not_started'), ('bdv-692', 'a', '2022-03-31', 'not_started')) as x (unit, occurrence, due_on, status)
join app.unit as u on u.code = x.unit;

-- An earlier meeting of the district with two tasks open and one settled; another's; and the one that reads.
insert into app.meeting (id, plan_id, kind, title, held_on, status, opened_on, closed_on, owner_unit_id, period_id) values
    ('00000000-0000-7000-8000-0000000000e1', pg_temp.p(), 'thematic', 'Lần trước', '2022-04-10', 'closed', '2022-04-10', '2022-04-10', pg_temp.unit('bdv-689'), null),
    ('00000000-0000-7000-8000-0000000000e2', pg_temp.p(), 'thematic', 'Nơi khác', '2022-04-12', 'closed', '2022-04-12', '2022-04-12', pg_temp.unit('bdv-692'), null),
    ('00000000-0000-7000-8000-0000000000e3', pg_temp.p(), 'six_months', 'Giao ban', '2022-07-12', 'planned', null, null, pg_temp.unit('bdv-689'), pg_temp.d()),
    ('00000000-0000-7000-8000-0000000000e4', pg_temp.p(), 'thematic', 'Chuyên đề', '2022-07-15', 'planned', null, null, pg_temp.unit('bdv-689'), null);
update app.meeting set convened_on = '2022-07-01' where status = 'planned';
insert into app.meeting_invitation (meeting_id, unit_id) values
    ('00000000-0000-7000-8000-0000000000e3', pg_temp.unit('kdv-25195')), ('00000000-0000-7000-8000-0000000000e3', pg_temp.unit('bdv-692'));
insert into app.outcome (meeting_id, kind, title, lead_unit_id, due_on, owner_unit_id) values
    ('00000000-0000-7000-8000-0000000000e1', 'task', 'Việc mở', pg_temp.unit('kdv-25195'), '2022-06-01', pg_temp.unit('bdv-689')),
    ('00000000-0000-7000-8000-0000000000e1', 'task', 'Việc xa', pg_temp.unit('kdv-25198'), '2022-12-01', pg_temp.unit('bdv-689')),
    ('00000000-0000-7000-8000-0000000000e1', 'task', 'Việc xong', pg_temp.unit('kdv-25198'), '2022-06-01', pg_temp.unit('bdv-689')),
    ('00000000-0000-7000-8000-0000000000e2', 'task', 'Việc nơi khác', pg_temp.unit('bdv-692'), '2022-06-01', pg_temp.unit('bdv-692'));
insert into app.outcome (meeting_id, kind, title, owner_unit_id)
values ('00000000-0000-7000-8000-0000000000e1', 'decision', 'Quyết định', pg_temp.unit('bdv-689'));
select private.meeting_outcomes_issue('00000000-0000-7000-8000-0000000000e1') \g /dev/null
select private.meeting_outcomes_issue('00000000-0000-7000-8000-0000000000e2') \g /dev/null
update app.assignment as a set status = 'completed', completed_on = '2022-06-02', reported_on = '2022-06-01', progress = 100
from app.outcome as o where o.id = a.source_id and o.title = 'Việc xong';
update app.assignment as a set status = 'in_progress', progress = 35 from app.outcome as o where o.id = a.source_id and o.title = 'Việc mở';

create function pg_temp.packet(p_login text, p_path text, p_meeting text default '3') returns text
    language sql return pg_temp.as_user(p_login, format('select k.content #>> %L from api.meeting_packets as k where k.id = %L',
        p_path, '00000000-0000-7000-8000-0000000000e' || p_meeting));

-- Who reported -------------------------------------------------------------------------------------------------

select is(pg_temp.packet('t.leader', '{reports,total}'), '6', 'the reports of the district''s units, all lines');
select is(pg_temp.packet('t.leader', '{reports,in}'), '4', 'sent in and not sent back');
select is(pg_temp.packet('t.leader', '{reports,in_time}'), '3', 'by the last day, an exception included');
select is(pg_temp.packet('t.leader', '{reports,late}'), '1', 'late');
select is(pg_temp.packet('t.leader', '{reports,missing}'), '2', 'missing');
select is(pg_temp.packet('t.leader', '{reports,in_units,0,unit_code}'), 'phunu-689', 'the higher level first');
select is(pg_temp.packet('t.leader', '{reports,in_units,1,unit_code}'), 'kdv-25198', 'then the latest');
select is(pg_temp.packet('t.leader', '{reports,in_units,1,days_late}'), '3', 'with its days');
select is(pg_temp.packet('t.leader', '{reports,missing_units,0,unit_code}'), 'kdv-25201', 'of the missing too');
select is(pg_temp.packet('t.leader', '{reports,missing_units,0,days_late}'), '9', 'counted to today');
select is(pg_temp.packet('t.leader', '{reports,missing_units,1,days_late}'), '0', 'what is not due yet is not late');
update app.unit set is_active = false where code = 'kdv-25201';
select is(pg_temp.packet('t.leader', '{reports,missing}'), '1', 'a unit that has ended owes nothing');
update app.unit set is_active = true where code = 'kdv-25201';

-- What is late, what was left open ------------------------------------------------------------------------------

select is(pg_temp.packet('t.leader', '{overdue,total}'), '4', 'overdue assignments, the meeting''s own work included');
select is(pg_temp.packet('t.leader', '{overdue,units,0}')::jsonb - 'unit_id' - 'unit_name', '{"unit_code": "kdv-25195", "overdue": 3, "longest_days": 101}'::jsonb,
    'by unit, most first');
select is(pg_temp.packet('t.leader', '{previous,meeting,title}'), 'Lần trước', 'the meeting before, of the same unit');
select is(pg_temp.packet('t.leader', '{previous,open_count}'), '2', 'its open tasks');
select is(pg_temp.packet('t.leader', '{previous,open,0}')::jsonb - array['outcome_id', 'meeting_id', 'lead_unit_id', 'lead_unit_name', 'held_on', 'meeting_kind'],
    '{"title": "Việc mở", "status": "open", "lead_unit_code": "kdv-25195", "due_on": "2022-06-01", "is_overdue": true, "days_overdue": 39,
      "progress": 35, "carry_over_count": 0, "completed_on": null, "withdrawn_on": null}'::jsonb, 'each with lead, day, lateness and progress');
select is(pg_temp.packet('t.leader', '{previous,open,1,title}'), 'Việc xa', 'the next due next');
select is(pg_temp.packet('t.leader', '{previous,settled_count}'), '1', 'and what was settled since');
select is(pg_temp.packet('t.leader', '{previous,settled,0,title}'), 'Việc xong', 'by name');

-- What the reports say ---------------------------------------------------------------------------------------------

select is(pg_temp.packet('t.leader', '{situation,0,report_count}'), '2', 'texts of reports sent in, of units directly under it');
select is(pg_temp.packet('t.leader', '{situation,0,units,0,text}'), 'Đã ban hành 3 văn bản.', 'each with its own');
select is(char_length(pg_temp.packet('t.leader', '{situation,0,units,1,text}')), 400, 'cut');
select is(pg_temp.packet('t.leader', '{situation,0,units,1,is_cut}'), 'true', 'and saying so');
select is(pg_temp.packet('t.leader', '{situation,1}')::jsonb - 'title', '{"code": "religion", "counts_only": true, "report_count": 1, "units": [], "more": 0}'::jsonb,
    'a heading of counts is not quoted');
select is(pg_temp.packet('t.leader', '{situation,2}'), null, 'and no heading that tells of something else');
select is(pg_temp.packet('t.leader', '{proposals,total}'), '2', 'proposals of reports sent in');
select is(pg_temp.packet('t.leader', '{proposals,items,0,item_code}') || ' ' || pg_temp.packet('t.leader', '{proposals,items,0,text}'), 'V1 Thêm người.', 'with their item');
select is(pg_temp.packet('t.leader', '{proposals,items,1,text}'), 'Mở lớp.', 'or from their heading');

-- Who reads it -------------------------------------------------------------------------------------------------------

select is(pg_temp.packet('t.province', '{reports,total}'), '6', 'the unit above reads the same');
select is(pg_temp.packet('t.viewer', '{reports,total}'), '6', 'and a viewer');
select is(array[pg_temp.packet('t.ward', '{day}'), pg_temp.packet('t.locninh', '{day}'), pg_temp.packet('t.women', '{day}')], array[null, null, null],
    'not the invited, nor another line');
select is(pg_temp.as_user('t.leader', $$select string_agg(x, ' ' order by x) from api.meeting_packets as k, jsonb_object_keys(k.content) as x
    where k.id = '00000000-0000-7000-8000-0000000000e4'$$), 'day overdue previous targets unit_id unit_name', 'without a period, the parts that need none');

-- Frozen ---------------------------------------------------------------------------------------------------------------

create temp table live as select pg_temp.packet('t.leader', '{}')::jsonb as content;
-- as the command of the meeting does it: for the opener, past row security
grant execute on function private.meeting_packet_freeze(uuid) to danvan_writer;
select pg_temp.as_user('t.leader', $$select private.meeting_packet_freeze('00000000-0000-7000-8000-0000000000e3')$$) \g /dev/null
update app.meeting set status = 'open', opened_on = '2022-07-12' where id = '00000000-0000-7000-8000-0000000000e3';
select is((select k.content from app.meeting_packet as k where k.meeting_id = '00000000-0000-7000-8000-0000000000e3'), (select l.content from live as l), 'kept word for word as the opener read it');
update app.report set status = 'submitted', first_submitted_on = '2022-07-11' where unit_id = pg_temp.unit('kdv-25201');
select is(pg_temp.packet('t.leader', '{reports,missing}'), '2', 'what comes later does not change it');
select is(pg_temp.as_user('t.province', $$select row(k.is_frozen, k.frozen_on)::text from api.meeting_packets as k
    where k.id = '00000000-0000-7000-8000-0000000000e3'$$), '(t,2022-07-10)', 'it says since when it stands');
select is(pg_temp.as_user('t.ward', $$select count(*) from app.meeting_packet$$), '0', 'nor is the kept one the invited''s to read');

select * from finish();
rollback;
