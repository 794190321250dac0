-- A plan over its years: a tiny one whose figures are told by hand, by every way to group, in scopes and on past days.
begin;
\ir include/acting.sql
select plan(31);
update private.installation set mode = 'test', fixed_today = '2022-06-20';

select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
select pg_temp.add_user('t.viewer', 'bdv-70', 'viewer');
select pg_temp.add_user('t.admin', 'bdv-70', 'admin');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'officer');
select pg_temp.add_user('t.women', 'phunu-689', 'leader');

insert into app.plan (id, number, title, issuer_unit_id, period_from, period_to, status, signed_on, issued_at)
values ('aaaaaaaa-0000-4000-8000-000000000001', '1-KH/TEST', 'Kế hoạch thử', pg_temp.unit('bdv-70'), '2021-01-01', '2023-12-31', 'in_force', '2021-01-04', '2021-01-04');
insert into app.plan_item (id, plan_id, kind, code, outline, position, title) values
    ('aaaaaaaa-0000-4000-8000-000000000101', 'aaaaaaaa-0000-4000-8000-000000000001', 'task', 'Y1', '1', 1, 'Nhiệm vụ 1'),
    ('aaaaaaaa-0000-4000-8000-000000000102', 'aaaaaaaa-0000-4000-8000-000000000001', 'task', 'Y2', '2', 2, 'Nhiệm vụ 2');

-- year  unit  what becomes of it
-- 2021  689   done in time; 692 done late; 70 done within the time that was granted
-- 2022  689   late, nothing said; late, but a report that was sent tells of it; moved on (counts nowhere)
--       692   late, but an entry tells of it; cancelled
--       70    due at the end of the year
-- and beside: Y2 given by a meeting to 689, late, nothing said; to 70 by an inspection, no item, begun, not late
create temp table given (name text, item text, source text, unit_code text, original_due_on date, due_on date, status text, progress integer, reported_on date, completed_on date);
insert into given values
    ('in time', 'Y1', 'plan', 'bdv-689', '2021-12-31', '2021-12-31', 'completed', 100, '2021-12-20', '2021-12-24'),
    ('too late', 'Y1', 'plan', 'bdv-692', '2021-12-31', '2021-12-31', 'reported', 100, '2022-01-10', null),
    ('extended', 'Y1', 'plan', 'bdv-70', '2021-12-31', '2022-03-31', 'completed', 100, '2022-02-01', '2022-02-01'),
    ('silent', 'Y1', 'plan', 'bdv-689', '2022-03-31', '2022-03-31', 'not_started', 0, null, null),
    ('told in a report', 'Y1', 'plan', 'bdv-689', '2022-05-31', '2022-05-31', 'not_started', 0, null, null),
    ('told', 'Y1', 'plan', 'bdv-692', '2022-03-31', '2022-03-31', 'not_started', 0, null, null),
    ('cancelled', 'Y1', 'plan', 'bdv-692', '2022-05-31', '2022-05-31', 'cancelled', 0, null, null),
    ('moved', 'Y1', 'plan', 'bdv-689', '2022-06-01', '2022-06-01', 'moved', 0, null, null),
    ('to come', 'Y1', 'plan', 'bdv-70', '2022-12-31', '2022-12-31', 'not_started', 0, null, null),
    ('of a meeting', 'Y2', 'meeting', 'bdv-689', '2022-06-10', '2022-06-10', 'not_started', 0, null, null),
    ('of an inspection', null, 'inspection', 'bdv-70', '2022-06-30', '2022-06-30', 'in_progress', 30, null, null);
insert into app.assignment (plan_id, plan_item_id, source, source_id, given_by_unit_id, title, lead_unit_id, level_id, occurrence,
    starts_on, due_on, original_due_on, given_on, status, progress, reported_on, completed_on)
select 'aaaaaaaa-0000-4000-8000-000000000001', i.id, g.source, case when g.source <> 'plan' then private.new_id() end,
    case when g.source <> 'plan' then pg_temp.unit('bdv-70') end, case when g.source <> 'plan' then g.name end, u.id, u.level_id, g.name,
    '2021-02-01', g.due_on, g.original_due_on, '2021-02-01', g.status, g.progress, g.reported_on, g.completed_on
from given as g
join app.unit as u on u.code = g.unit_code
left join app.plan_item as i on i.plan_id = 'aaaaaaaa-0000-4000-8000-000000000001' and i.code = g.item;
create function pg_temp.given(p_name text) returns uuid
    language sql return (select a.id from app.assignment as a where a.plan_id = 'aaaaaaaa-0000-4000-8000-000000000001' and a.occurrence = p_name);

set local session_replication_role = replica;
insert into app.extension_request (assignment_id, unit_id, asked_by, reason, due_on, asked_due_on, granted_due_on, status, decided_on, decided_at,
    decided_by, level_id, line_id, province_key)
select a.id, a.lead_unit_id, s.user_id, 'x', a.original_due_on, a.due_on, a.due_on, 'granted', '2021-12-28', '2021-12-28', s.user_id, a.level_id, a.line_id, a.province_key
from app.assignment as a, app.session as s
where a.id = pg_temp.given('extended') and s.token_hash = 'test t.leader';
insert into app.progress_entry (assignment_id, unit_id, part, status, progress, note, recorded_on, recorded_by)
select a.id, a.lead_unit_id, 'lead', 'not_started', 0, 'Chưa có kinh phí', '2022-03-01', s.user_id
from app.assignment as a, app.session as s
where a.id = pg_temp.given('told') and s.token_hash = 'test t.leader';
create temp table sent as select r.id from app.report as r where r.unit_id = pg_temp.unit('bdv-689') limit 1;
update app.report as r set first_submitted_on = '2022-06-15' from sent as s where s.id = r.id;
insert into app.report_line (report_id, assignment_id, plan_item_id, position, status, difficulties)
select s.id, pg_temp.given(w.name), 'aaaaaaaa-0000-4000-8000-000000000101', 1, 'not_started', w.difficulties
from sent as s, (values ('told in a report', 'Chờ hướng dẫn'), ('silent', null)) as w (name, difficulties);
set local session_replication_role = origin;

create function pg_temp.years(p_login text, p_by text, p_more text default '') returns text
    language sql return pg_temp.as_user(p_login, format($$
        select string_agg(concat_ws(' ', coalesce(y.group_code, '-'), y.year, y.total, y.done_in_time, y.done_late, y.open, y.overdue, y.never_reported, y.share_done, y.cancelled),
            ', ' order by y.position, y.group_code, y.year)
        from api.plan_years('aaaaaaaa-0000-4000-8000-000000000001', %L %s) as y$$, p_by, p_more));

-- code, year: total, in time, late, open, overdue, never reported, share done, cancelled
select is(pg_temp.years('t.leader', 'item'), '- 2022 1 0 0 1 0 0 0.0 0, Y1 2021 3 2 1 0 0 0 100.0 0, Y1 2022 4 0 0 4 3 1 0.0 1, Y2 2022 1 0 0 1 1 1 0.0 0', 'per task');
select is(pg_temp.years('t.viewer', 'unit'),
    'bdv-689 2021 1 1 0 0 0 0 100.0 0, bdv-689 2022 3 0 0 3 3 2 0.0 0, bdv-692 2021 1 0 1 0 0 0 100.0 0, bdv-692 2022 1 0 0 1 1 0 0.0 1, bdv-70 2021 1 1 0 0 0 0 100.0 0, bdv-70 2022 2 0 0 2 0 0 0.0 0', 'per unit');
select is(pg_temp.years('t.leader', 'level'),
    'district 2021 2 1 1 0 0 0 100.0 0, district 2022 4 0 0 4 4 2 0.0 1, province 2021 1 1 0 0 0 0 100.0 0, province 2022 2 0 0 2 0 0 0.0 0', 'per level');
select is(pg_temp.years('t.leader', 'line'), 'mobilization 2021 3 2 1 0 0 0 100.0 0, mobilization 2022 6 0 0 6 4 2 0.0 1', 'per line');
select is(pg_temp.years('t.leader', 'district'),
    '689 2021 1 1 0 0 0 0 100.0 0, 689 2022 3 0 0 3 3 2 0.0 0, 692 2021 1 0 1 0 0 0 100.0 0, 692 2022 1 0 0 1 1 0 0.0 1, 70 2021 1 1 0 0 0 0 100.0 0, 70 2022 2 0 0 2 0 0 0.0 0', 'per district');
select is(pg_temp.years('t.leader', 'area'), pg_temp.years('t.leader', 'district'), 'where boards stand at their areas');

-- bounds
select is(pg_temp.years('t.dongxoai', 'item'), 'Y1 2021 1 1 0 0 0 0 100.0 0, Y1 2022 2 0 0 2 2 1 0.0 0, Y2 2022 1 0 0 1 1 1 0.0 0', 'in one''s own scope');
select is(pg_temp.years('t.leader', 'item', ', ' || pg_temp.unit('bdv-689')), pg_temp.years('t.dongxoai', 'item'), 'or under a unit');
select is(pg_temp.years('t.leader', 'item', format(', %s, false', pg_temp.unit('bdv-70'))),
    '- 2022 1 0 0 1 0 0 0.0 0, Y1 2021 1 1 0 0 0 0 100.0 0, Y1 2022 1 0 0 1 0 0 0.0 0', 'of a unit alone');
select is(pg_temp.years('t.leader', 'item', ', p_level => ''province'''), pg_temp.years('t.leader', 'item', format(', %s, false', pg_temp.unit('bdv-70'))), 'of a level');
select is(pg_temp.years('t.leader', 'item', ', p_line => ''women'''), null, 'of a line');
select is(pg_temp.years('t.women', 'item'), null, 'another line has nothing of it');
select is(pg_temp.years('t.leader', 'item', ', p_level => ''moon'''), 'DV422 not_a_choice level', 'a level there is');
select is(pg_temp.years('t.leader', 'item', ', p_line => ''moon'''), 'DV422 not_a_choice line', 'a line there is');
select is(pg_temp.years('t.dongxoai', 'item', ', ' || pg_temp.unit('bdv-692')), 'DV422 not_visible unit', 'no unit beside');
select is(pg_temp.as_user('t.leader', format('select count(*) from api.plan_years(%L)', private.new_id())), 'DV422 not_visible plan', 'a plan there is');
select is(pg_temp.as_user('t.leader', format('select count(*) from api.plan_year_details(%L)', private.new_id())), 'DV422 not_visible item', 'an item there is');

-- what gave it
select is(pg_temp.as_user('t.leader', $$select string_agg(concat_ws(' ', y.year, y.from_plan, y.from_meetings, y.from_coordination, y.from_inspections, y.from_committees), ', ' order by y.year)
    from api.plan_years('aaaaaaaa-0000-4000-8000-000000000001', 'line') as y$$), '2021 3 0 0 0 0, 2022 4 1 0 1 0', 'given work is counted in');

-- one task per unit
select is(pg_temp.as_user('t.leader', $$select string_agg(concat_ws(' ', y.unit_code, y.year, y.total, y.done_in_time, y.done_late, y.open, y.overdue, y.never_reported, y.share_done, y.cancelled), ', ' order by y.unit_code, y.year)
    from api.plan_year_details('aaaaaaaa-0000-4000-8000-000000000101') as y$$),
    'bdv-689 2021 1 1 0 0 0 0 100.0 0, bdv-689 2022 2 0 0 2 2 1 0.0 0, bdv-692 2021 1 0 1 0 0 0 100.0 0, bdv-692 2022 1 0 0 1 1 0 0.0 1, bdv-70 2021 1 1 0 0 0 0 100.0 0, bdv-70 2022 1 0 0 1 0 0 0.0 0',
    'one task, unit by unit');

-- past days: on 5/1/2022 one of 2021 is done, one is late and nothing was said of it, one has time until March; of 2022
-- nothing is due. On 14/6/2022 the report that tells of one was not yet sent
select is(pg_temp.years('t.leader', 'item', ', p_as_of => ''2022-01-05'''),
    '- 2022 1 0 0 1 0 0 0.0 0, Y1 2021 3 1 0 2 1 1 33.3 0, Y1 2022 4 0 0 4 0 0 0.0 1, Y2 2022 1 0 0 1 0 0 0.0 0', 'as of a day');
select is(pg_temp.years('t.leader', 'item', ', p_as_of => ''2022-06-14'''),
    '- 2022 1 0 0 1 0 0 0.0 0, Y1 2021 3 2 1 0 0 0 100.0 0, Y1 2022 4 0 0 4 3 2 0.0 1, Y2 2022 1 0 0 1 1 1 0.0 0', 'before a report was sent');
-- a province's days are read all at once, a district's assignment by assignment
select is(pg_temp.years('t.dongxoai', 'item', ', p_as_of => ''2022-06-14'''),
    'Y1 2021 1 1 0 0 0 0 100.0 0, Y1 2022 2 0 0 2 2 2 0.0 0, Y2 2022 1 0 0 1 1 1 0.0 0', 'the same in a smaller scope');
select is(pg_temp.years('t.leader', 'unit', ', p_as_of => ''2022-06-19'''), pg_temp.years('t.leader', 'unit'), 'as of yesterday by unit');
select is(pg_temp.years('t.leader', 'district', ', p_as_of => ''2022-06-19'''), pg_temp.years('t.leader', 'district'), 'and by district');
select is(pg_temp.years('t.leader', 'item', ', p_as_of => ''2022-06-20'''), pg_temp.years('t.leader', 'item'), 'as of today');
select is(pg_temp.years('t.leader', 'item', ', p_as_of => ''2021-01-31'''), null, 'before it was given');
select is(pg_temp.years('t.leader', 'item', ', p_as_of => ''2023-01-01'''),
    '- 2022 1 0 0 1 1 0 0.0 0, Y1 2021 3 2 1 0 0 0 100.0 0, Y1 2022 4 0 0 4 4 2 0.0 1, Y2 2022 1 0 0 1 1 1 0.0 0', 'a day to come: late by then');

-- phases
select is(pg_temp.as_user('t.leader', $$insert into app.plan_phase (plan_id, from_year, to_year, name) values
    ('aaaaaaaa-0000-4000-8000-000000000001', 2021, 2021, 'Mở'), ('aaaaaaaa-0000-4000-8000-000000000001', 2022, 2023, 'Giữa') returning name$$), 'Mở', 'the issuer names phases');
select is(pg_temp.as_user('t.leader', $$insert into app.plan_phase (plan_id, from_year, to_year, name) values ('aaaaaaaa-0000-4000-8000-000000000001', 2023, 2024, 'x') returning 1$$),
    '23P01 plan_phase_overlap', 'that do not overlap');
select is(pg_temp.as_user('t.dongxoai', $$insert into app.plan_phase (plan_id, from_year, to_year, name) values ('aaaaaaaa-0000-4000-8000-000000000001', 2024, 2024, 'x') returning 1$$),
    '42501', 'nobody else');
select is(pg_temp.as_user('t.dongxoai', $$select string_agg(distinct y.year || ' ' || y.phase, ', ') from api.plan_years('aaaaaaaa-0000-4000-8000-000000000001') as y$$),
    '2021 Mở, 2022 Giữa', 'and the years bear their names');

select * from finish();
rollback;
