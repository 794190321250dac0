-- The overview and the task matrix against numbers counted by hand: a small plan of the province's, one
-- task for the eight wards of Đồng Xoài and two blocs of Lộc Ninh's.
begin;
\ir include/acting.sql
select plan(44);

delete from app.report_line;
delete from app.report;
select pg_temp.take_back_plan_36();
update private.installation set mode = 'test', fixed_today = '2022-07-10';
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
select pg_temp.add_user('t.women', 'phunu-70', 'leader');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'leader');
select pg_temp.add_user('t.tanphu', 'kdv-25195', 'leader');

-- a plan in force with two tasks
insert into app.plan (id, number, title, issuer_unit_id, period_from, period_to, status)
values ('00000000-0000-7000-8000-000000000001', 'TQ-1', 'Kế hoạch thử', pg_temp.unit('bdv-70'), '2022-01-01', '2023-12-31',
    'in_force');
create function pg_temp.p() returns uuid language sql return '00000000-0000-7000-8000-000000000001'::uuid;
insert into app.plan_item (id, plan_id, kind, code, outline, position, title) values
    ('00000000-0000-7000-8000-0000000000a1', pg_temp.p(), 'task', 'V1', '1', 1, 'Việc một'),
    ('00000000-0000-7000-8000-0000000000a2', pg_temp.p(), 'task', 'V2', '2', 2, 'Việc hai');
create function pg_temp.owe(p_unit text, p_nth integer, p_occurrence text, p_due date, p_status text) returns void
    language sql
as $$
    insert into app.assignment (plan_id, plan_item_id, lead_unit_id, level_id, occurrence, starts_on, due_on,
        original_due_on, line_id, status)
    select pg_temp.p(), ('00000000-0000-7000-8000-0000000000a' || p_nth)::uuid, u.id, u.level_id, p_occurrence,
        '2022-01-01', p_due, p_due, u.line_id, p_status
    from app.unit as u where u.code = p_unit;
$$;
select pg_temp.owe(u, n, o, d::date, s) from (values
    ('kdv-25195', 1, 'Quý I', '2022-03-31', 'completed'),
    ('kdv-25195', 1, 'Quý II', '2022-06-30', 'in_progress'),     -- 10 days late
    ('kdv-25195', 1, 'Quý III', '2022-09-30', 'not_started'),
    ('kdv-25195', 2, 'Năm 2022', '2022-12-31', 'reported'),
    ('kdv-25195', 2, 'Năm 2023', '2023-12-31', 'not_started'),
    ('kdv-25198', 1, 'Quý I', '2022-03-31', 'not_started'),      -- 101 days late
    ('kdv-25198', 1, 'Quý II', '2022-06-30', 'not_started'),     -- 10 days late
    ('kdv-25198', 2, 'Năm 2022', '2022-12-31', 'cancelled'),
    ('phunu-25195', 1, 'Quý I', '2022-07-09', 'not_started'),    -- 1 day late
    ('phunu-692', 1, 'Quý I', '2022-07-10', 'in_progress'),      -- due today: not late
    ('bdv-692', 1, 'Quý I', '2022-06-10', 'not_started'),        -- 30 days late
    ('bdv-70', 2, 'Năm 2022', '2022-12-31', 'reported')) as x (u, n, o, d, s) \g /dev/null

create function pg_temp.tell(p_path text, p_arguments text default 'p_plan_id => pg_temp.p()') returns text
    language sql return format('select to_jsonb(o) #>> %L from api.overview(%s) as o', p_path, p_arguments);
create function pg_temp.statuses(p_login text, p_arguments text default 'p_plan_id => pg_temp.p()') returns text
    language sql return pg_temp.as_user(p_login, format($$
        select concat_ws('/', a ->> 'not_started', a ->> 'in_progress', a ->> 'reported', a ->> 'completed',
            a ->> 'cancelled', a ->> 'total', a ->> 'overdue')
        from (select assignments as a from api.overview(%s)) as x$$, p_arguments));
create function pg_temp.worst(p_login text) returns text
    language sql return pg_temp.as_user(p_login, $$
        select string_agg(concat_ws(':', u.code, w ->> 'overdue', w ->> 'longest_days'), ' ' order by nth)
        from api.overview(p_plan_id => pg_temp.p()) as o
        cross join jsonb_array_elements(o.overdue_by_unit) with ordinality as x (w, nth)
        join app.unit as u on u.id = (w ->> 'unit_id')::integer$$);

-- assignments
select is(pg_temp.statuses('t.leader'), '6/2/2/1/1/12/5', 'the province: twelve, five of them late');
select is(pg_temp.statuses('t.dongxoai'), '5/1/1/1/1/9/4', 'Đồng Xoài: its two wards and the union of one');
select is(pg_temp.statuses('t.tanphu'), '3/1/1/1/0/6/2', 'Tân Phú sees all lines of the ward');
select is(pg_temp.statuses('t.women'), '1/1/0/0/0/2/1', 'the Women''s Union its own line alone');
select is(pg_temp.statuses('t.leader', format('p_plan_id => pg_temp.p(), p_unit_id => %s', pg_temp.unit('bdv-692'))),
    '1/1/0/0/0/2/1', 'the province asks for Lộc Ninh');
select is(pg_temp.statuses('t.dongxoai', format('p_plan_id => pg_temp.p(), p_unit_id => %s', pg_temp.unit('bdv-70'))),
    'DV422 not_visible unit', 'a city asks for the province: what it sees of it is not the province');
select is(pg_temp.worst('t.leader'), 'kdv-25198:2:101 bdv-692:1:30 kdv-25195:1:10 phunu-25195:1:1',
    'most first, then the longest');
select is(pg_temp.worst('t.dongxoai'), 'kdv-25198:2:101 kdv-25195:1:10 phunu-25195:1:1', 'without Lộc Ninh');
select is(pg_temp.worst('t.women'), 'phunu-25195:1:1', 'and the union''s');
-- twelve units late: ten are told, all are counted
select pg_temp.owe(u.code, 2, 'Thêm', '2022-07-01', 'not_started')
from (select code from app.unit where kind = 'mobilization_bloc' and code not in ('kdv-25195', 'kdv-25198')
    order by code limit 8) as u \g /dev/null
select is(pg_temp.as_user('t.leader', pg_temp.tell('{assignments,overdue}')), '13', 'eight more are late');
select is(pg_temp.as_user('t.leader', 'select jsonb_array_length(overdue_by_unit) from api.overview(p_plan_id => pg_temp.p())'),
    '10', 'ten of the twelve units are told');
delete from app.assignment where plan_id = pg_temp.p() and occurrence = 'Thêm';

-- reports
insert into app.period (id, plan_id, kind, label, year, starts_on, ends_on, opens_on, expires_on, locks_on) values
    ('00000000-0000-7000-8000-0000000000b1', pg_temp.p(), 'six_months', '6 tháng 2022', 2022, '2022-01-01', '2022-06-30',
        '2022-05-15', '2022-06-20', '2022-07-20'),
    ('00000000-0000-7000-8000-0000000000b2', pg_temp.p(), 'quarter', 'Quý I/2022', 2022, '2022-01-01', '2022-03-31',
        '2022-03-01', '2022-03-25', '2022-04-15');
insert into app.report (period_id, plan_id, unit_id, superior_unit_id, level_id, line_id, due_on, original_due_on, status,
    submission_count, submitted_on)
select ('00000000-0000-7000-8000-0000000000b' || x.p)::uuid, pg_temp.p(), u.id, pg_temp.unit(x.superior), u.level_id,
    u.line_id, x.due::date, x.due::date, x.status, 1, '2022-06-01'
from (values
    (1, 'kdv-25195', 'bdv-689', '2022-06-05', 'submitted'),
    (1, 'kdv-25198', 'bdv-689', '2022-06-05', 'not_started'),    -- 35 days late
    (1, 'phunu-25195', 'phunu-689', '2022-07-20', 'draft'),      -- outstanding, not late: an exception
    (1, 'bdv-689', 'bdv-70', '2022-06-10', 'in_review'),
    (1, 'bdv-692', 'bdv-70', '2022-06-10', 'returned'),          -- 30 days late
    (1, 'bdv-70', null, '2022-06-20', 'submitted'),
    (2, 'kdv-25195', 'bdv-689', '2022-03-20', 'approved'),
    (2, 'kdv-25198', 'bdv-689', '2022-03-20', 'not_started')) as x (p, unit, superior, due, status)
join app.unit as u on u.code = x.unit;
create function pg_temp.reported(p_login text, p_arguments text default 'p_plan_id => pg_temp.p()') returns text
    language sql return pg_temp.as_user(p_login, format($$
        select concat_ws('/', r ->> 'not_started', r ->> 'draft', r ->> 'submitted', r ->> 'in_review', r ->> 'returned',
            r ->> 'approved', r ->> 'reopened', r ->> 'total', r ->> 'outstanding', r ->> 'late')
        from (select reports as r from api.overview(%s)) as x$$, p_arguments));
create function pg_temp.owing(p_login text) returns text
    language sql return pg_temp.as_user(p_login, $$
        select string_agg(concat_ws(':', u.code, w ->> 'status', w ->> 'days_late'), ' ' order by nth)
        from api.overview(p_plan_id => pg_temp.p()) as o
        cross join jsonb_array_elements(o.reports -> 'units') with ordinality as x (w, nth)
        join app.unit as u on u.id = (w ->> 'unit_id')::integer$$);
select is(pg_temp.reported('t.leader'), '1/1/2/1/1/0/0/6/3/2', 'of the period that takes reports; the locked one is over');
select is(pg_temp.reported('t.leader', 'p_period_id => ''00000000-0000-7000-8000-0000000000b2'''), '1/0/0/0/0/1/0/2/1/1',
    'which may be asked for');
select is(pg_temp.reported('t.dongxoai'), '1/1/1/1/0/0/0/4/2/1', 'a city its own');
select is(pg_temp.reported('t.women'), '0/1/0/0/0/0/0/1/1/0', 'the union its line');
select is(pg_temp.owing('t.leader'), 'kdv-25198:not_started:35 bdv-692:returned:30 phunu-25195:draft:0',
    'the earliest due first, each with its days');
select is(pg_temp.owing('t.tanphu'), 'phunu-25195:draft:0', 'in the ward the union alone');
select is(pg_temp.as_user('t.leader', pg_temp.tell('{plan_id}', 'p_period_id => ''00000000-0000-7000-8000-0000000000b2''')),
    pg_temp.p()::text, 'a period alone means its plan');

-- targets: a count of the blocs, a ratio, and ratings of the unions
insert into app.indicator (id, plan_id, code, name, measure_unit, kind, direction, roll_up, frequency, source, position)
values
    ('00000000-0000-7000-8000-0000000000c1', pg_temp.p(), 'D', 'Mô hình', 'mô hình', 'value', 'up', 'sum', 'six_months', 'report', 1),
    ('00000000-0000-7000-8000-0000000000c2', pg_temp.p(), 'R', 'Tỷ lệ', '%', 'ratio', 'up', 'ratio', 'six_months', 'report', 2),
    ('00000000-0000-7000-8000-0000000000c3', pg_temp.p(), 'X', 'Xếp loại', '%', 'ratio', 'up', 'ratio', 'year', 'rating', 3);
insert into app.indicator_ask (indicator_id, level_id, line_id) values
    ('00000000-0000-7000-8000-0000000000c1', 3, 1), ('00000000-0000-7000-8000-0000000000c2', 3, 1),
    ('00000000-0000-7000-8000-0000000000c3', 3, 9), ('00000000-0000-7000-8000-0000000000c3', 3, 11);
insert into app.target (indicator_id, year, comparator, threshold) values
    ('00000000-0000-7000-8000-0000000000c1', 2022, '>=', 5), ('00000000-0000-7000-8000-0000000000c2', 2022, '>=', 90),
    ('00000000-0000-7000-8000-0000000000c3', 2022, '>=', 90);
create function pg_temp.targets(p_login text) returns text
    language sql return pg_temp.as_user(p_login, $$
        select string_agg(concat_ws(':', t ->> 'indicator_code', l ->> 'line', l ->> 'answer', l ->> 'asked_count',
            l ->> 'said_count'), ' ' order by nth, l ->> 'line')
        from api.overview(p_plan_id => pg_temp.p()) as o
        cross join jsonb_array_elements(o.targets) with ordinality as x (t, nth)
        cross join jsonb_array_elements(t -> 'lines') as l$$);
delete from app.rating;
update app.report set status = 'approved'
where period_id = '00000000-0000-7000-8000-0000000000b2' and unit_id = pg_temp.unit('kdv-25198');
select is(pg_temp.targets('t.tanphu'),
    'D:mobilization:no_data:1:0 R:mobilization:no_data:1:0 X:women:no_data:1:0 X:youth:no_data:1:0',
    'nobody has said anything: no data, and never zero');
insert into app.indicator_value (report_id, indicator_id, unit_id, level_id, line_id, year, own_value, own_numerator,
    own_denominator, is_approved)
select r.id, ('00000000-0000-7000-8000-0000000000c' || x.n)::uuid, r.unit_id, r.level_id, r.line_id, 2022, x.value,
    x.numerator, x.denominator, x.approved
from (values
    ('kdv-25195', 2, 1, 3, null, null, true),
    ('kdv-25195', 2, 2, null, 179, 200, true),                   -- 89.5 %: not 90
    ('kdv-25198', 2, 1, 2, null, null, true),
    ('kdv-25198', 1, 1, 9, null, null, false)) as x (unit, period, n, value, numerator, denominator, approved)
join app.unit as u on u.code = x.unit
join app.report as r on r.unit_id = u.id and r.period_id = ('00000000-0000-7000-8000-0000000000b' || x.period)::uuid;
insert into app.rating (unit_id, year, scale, grade, rated_on, rated_by_unit_id)
select pg_temp.unit(x.unit), 2022, 'five_grades', x.grade, '2022-06-30', pg_temp.unit('phunu-70')
from (values ('phunu-25195', 'fair'), ('phunu-25198', 'average'), ('doan-25195', 'good')) as x (unit, grade);
select is(pg_temp.targets('t.leader'),
    'D:mobilization:met:111:2 R:mobilization:not_met:111:1 X:women:not_met:111:2 X:youth:met:111:1',
    'the province: 3 + 2 = 5 approved, 89,5 % is not 90 %, one of two unions is fair, the one youth union is');
select is(pg_temp.targets('t.dongxoai'),
    'D:mobilization:met:8:2 R:mobilization:not_met:8:1 X:women:not_met:8:2 X:youth:met:8:1', 'a city: of eight wards');
select is(pg_temp.targets('t.tanphu'),
    'D:mobilization:not_met:1:1 R:mobilization:not_met:1:1 X:women:met:1:1 X:youth:met:1:1', 'a ward: three are not five');
select is(pg_temp.targets('t.women'), 'X:women:not_met:111:2', 'the union: what its line is asked');
-- being rewritten: says 1 now, and was approved with 3
insert into app.report_version (report_id, number, event, content)
select r.id, 1, 'approved', '{"values": [{"indicator_id": "00000000-0000-7000-8000-0000000000c1", "own_value": 3}]}'
from app.report as r
where r.period_id = '00000000-0000-7000-8000-0000000000b2' and r.unit_id = pg_temp.unit('kdv-25195');
update app.report set status = 'reopened', reopened_until = '2022-07-31', reopen_reason = 'x',
    reopened_by = (select id from app.user_account limit 1)
where period_id = '00000000-0000-7000-8000-0000000000b2' and unit_id = pg_temp.unit('kdv-25195');
update app.indicator_value set own_value = 1, is_approved = false
where indicator_id = '00000000-0000-7000-8000-0000000000c1' and unit_id = pg_temp.unit('kdv-25195');
select is(split_part(pg_temp.targets('t.dongxoai'), ' ', 1), 'D:mobilization:met:8:2',
    'a reopened report counts as it was approved, as in target answers');
select is(pg_temp.as_user('t.leader', $$select concat_ws('/', t ->> 'met', t ->> 'not_met', t ->> 'no_data')
    from api.overview(p_plan_id => pg_temp.p()) as o cross join jsonb_array_elements(o.targets) as t
    where t ->> 'indicator_code' = 'X'$$), '1/1/0', 'counted per target over its lines');
select is(pg_temp.as_user('t.leader', pg_temp.tell('{targets}', 'p_plan_id => pg_temp.p(), p_year => 2023')), '[]',
    'no target is set for 2023');

-- what waits for a decision
create function pg_temp.waits(p_login text) returns text
    language sql return pg_temp.as_user(p_login, $$
        select concat_ws('/', d #>> '{reports,count}', d #>> '{extension_requests,count}', d #>> '{assignments,count}',
            d #>> '{plans,count}')
        from (select to_decide as d from api.overview()) as x$$);
insert into app.extension_request (assignment_id, unit_id, superior_unit_id, due_on, asked_due_on, reason, asked_by, status)
select a.id, a.lead_unit_id, pg_temp.unit('bdv-689'), a.due_on, greatest(a.due_on, private.today()) + 30, 'Chờ số liệu',
    (select u.id from app.user_account as u where u.login = 't.tanphu'), x.status
from (values ('kdv-25195', 'Quý II', 'pending'), ('kdv-25198', 'Quý I', 'withdrawn')) as x (unit, occurrence, status)
join app.assignment as a on a.plan_id = pg_temp.p() and a.lead_unit_id = pg_temp.unit(x.unit) and a.occurrence = x.occurrence;
insert into app.plan (number, title, issuer_unit_id, period_from, period_to, status)
values ('TQ-2', 'Chờ ban hành', pg_temp.unit('bdv-689'), '2022-01-01', '2022-12-31', 'submitted');
delete from app.plan where id in (select id from app.plan where status = 'submitted' and number not like 'TQ-%'
    and id <> pg_temp.plan_36());
update app.plan set status = 'closed' where id = pg_temp.plan_36();
select is(pg_temp.waits('t.leader'), '2/0/1/0', 'the province: Đồng Xoài''s report and its own, one task to confirm');
select is(pg_temp.waits('t.dongxoai'), '1/1/0/1', 'the city: Tân Phú''s report and request, its own plan');
select is(pg_temp.waits('t.tanphu'), '0/0/1/0', 'the ward: one task to confirm');
select is(pg_temp.waits('t.women'), '0/0/0/0', 'nothing for the union');
select is(pg_temp.as_user('t.dongxoai', $$select u.code from api.overview() as o
    join app.unit as u on u.id = (o.to_decide #>> '{reports,items,0,unit_id}')::integer$$), 'kdv-25195', 'told by name');
select is(pg_temp.as_user('t.dongxoai', $$select concat_ws(' ', r ->> 'item_code', r ->> 'title', r ->> 'occurrence', r ->> 'due_on')
    from api.overview() as o cross join jsonb_array_elements(o.to_decide #> '{extension_requests,items}') as r$$),
    (select concat_ws(' ', i.code, i.title, 'Quý II 2022-06-30') from app.plan_item as i
        where i.id = (select a.plan_item_id from app.assignment as a
            where a.plan_id = pg_temp.p() and a.lead_unit_id = pg_temp.unit('kdv-25195') and a.occurrence = 'Quý II')),
    'and a request with the task it is about and its day');

-- refusals
select is(pg_temp.as_user('t.leader', 'select 1 from api.overview(p_unit_id => 999999)'), 'DV422 not_visible unit', 'no such unit');
select is(pg_temp.as_user('t.leader', 'select 1 from api.overview(p_plan_id => gen_random_uuid())'),
    'DV422 not_visible plan', 'no such plan');
select is(pg_temp.as_user('t.leader', 'select 1 from api.overview(p_period_id => gen_random_uuid())'),
    'DV422 not_visible period', 'no such period');
select is(pg_temp.as_user('t.tanphu', $$select 1 from api.overview(
    p_plan_id => (select id from app.plan where number = '36-KH/BDVTU'), p_period_id => '00000000-0000-7000-8000-0000000000b2')$$),
    'DV422 not_visible period', 'nor a period of another plan');

-- the task matrix
create function pg_temp.cells(p_login text, p_unit text, p_year integer) returns text
    language sql return pg_temp.as_user(p_login, format($$
        select string_agg(concat_ws(':', c ->> 'code', c ->> 'status', c ->> 'overdue', c ->> 'done', c ->> 'total'), ' ' order by nth)
        from api.task_matrix as m cross join jsonb_array_elements(m.cells) with ordinality as x (c, nth)
        where m.plan_id = pg_temp.p() and m.year = %s and m.unit_id = %s$$, p_year, pg_temp.unit(p_unit)));
create function pg_temp.rows(p_login text, p_year integer) returns text
    language sql return pg_temp.as_user(p_login, format($$
        select string_agg(u.code, ' ' order by u.code collate "C") from api.task_matrix as m join app.unit as u on u.id = m.unit_id
        where m.plan_id = pg_temp.p() and m.year = %s$$, p_year));
select is(pg_temp.cells('t.leader', 'kdv-25195', 2022), 'V1:not_started:1:1:3 V2:reported:0:0:1',
    'the worst of three occurrences, one of them late and one done');
select is(pg_temp.cells('t.leader', 'kdv-25195', 2023), 'V2:not_started:0:0:1', 'the next year apart');
select is(pg_temp.cells('t.leader', 'kdv-25198', 2022), 'V1:not_started:2:0:2 V2:cancelled:0:0:0',
    'what is cancelled counts in no total');
select is(pg_temp.rows('t.leader', 2022), 'bdv-692 bdv-70 kdv-25195 kdv-25198 phunu-25195 phunu-692',
    'a row per unit that leads anything in the year');
select is(pg_temp.rows('t.leader', 2023), 'kdv-25195', 'and in 2023');
select is(pg_temp.rows('t.dongxoai', 2022), 'kdv-25195 kdv-25198 phunu-25195', 'a city its own');
select is(pg_temp.rows('t.women', 2022), 'phunu-25195 phunu-692', 'the union its line');
select is(pg_temp.rows('t.tanphu', 2022), 'kdv-25195 phunu-25195', 'a ward its own');

select * from finish();
rollback;
