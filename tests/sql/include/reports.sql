-- A small plan of the province with four tasks of the bloc of phường Tân Phú, and its report for 2021
-- (the day is 2021-11-15). Include after acting.sql.
update private.installation set mode = 'test', fixed_today = '2021-11-15';
select pg_temp.add_user('t.officer', 'kdv-25195', 'officer');
select pg_temp.add_user('t.second', 'kdv-25195', 'officer');
select pg_temp.add_user('t.leader', 'kdv-25195', 'leader');
select pg_temp.add_user('t.viewer', 'kdv-25195', 'viewer');
select pg_temp.add_user('t.admin', 'kdv-25195', 'admin');
select pg_temp.add_user('t.above', 'bdv-689', 'leader');
select pg_temp.add_user('t.above.officer', 'bdv-689', 'officer');
select pg_temp.add_user('t.elsewhere', 'bdv-692', 'leader');
select pg_temp.add_user('t.beside', 'phunu-25195', 'officer');
select pg_temp.add_user('t.province', 'bdv-70', 'leader');
select pg_temp.add_user('t.province.officer', 'bdv-70', 'officer');

insert into app.plan (id, number, title, issuer_unit_id, period_from, period_to, status)
values ('00000000-0000-7000-8000-0000000000a0', 'T-KH', 'Kế hoạch thử', pg_temp.unit('bdv-70'), '2021-01-01', '2022-12-31', 'draft');
insert into app.plan_item (plan_id, kind, code, outline, position, title)
select '00000000-0000-7000-8000-0000000000a0', 'task', 'V' || n, n::text, n, 'Việc ' || n from generate_series(1, 8) as n;
update app.plan set status = 'in_force' where number = 'T-KH';
insert into app.period (id, plan_id, kind, label, year, starts_on, ends_on, opens_on, expires_on, locks_on)
values ('00000000-0000-7000-8000-0000000000b0', '00000000-0000-7000-8000-0000000000a0', 'year', 'Năm 2021', 2021,
    '2021-01-01', '2021-12-31', '2021-11-01', '2021-12-05', '2022-01-20');
insert into app.period_due (period_id, level_id, due_on, original_due_on)
select '00000000-0000-7000-8000-0000000000b0', l.id, d.day, d.day
from (values ('grassroots', date '2021-11-20'), ('district', '2021-11-30'), ('province', '2021-12-05')) as d (code, day)
join app.level as l on l.code = d.code
on conflict (period_id, level_id) do update set due_on = excluded.due_on, original_due_on = excluded.original_due_on;
insert into app.report (id, period_id, plan_id, unit_id, superior_unit_id, due_on, original_due_on)
values ('00000000-0000-7000-8000-0000000000c0', '00000000-0000-7000-8000-0000000000b0',
        '00000000-0000-7000-8000-0000000000a0', pg_temp.unit('kdv-25195'), pg_temp.unit('bdv-689'), '2021-11-20', '2021-11-20'),
    ('00000000-0000-7000-8000-0000000000c1', '00000000-0000-7000-8000-0000000000b0',
        '00000000-0000-7000-8000-0000000000a0', pg_temp.unit('bdv-70'), null, '2021-12-05', '2021-12-05');
create temp view subject as select r.* from app.report as r where r.id = '00000000-0000-7000-8000-0000000000c0';

-- V1 under way, V2 confirmed, V3 not begun; V4 begins after the period, V5 was over before it, V6 is
-- cancelled, V7 was reported after the period's end, V8 is another unit's.
insert into app.assignment (plan_id, plan_item_id, lead_unit_id, level_id, line_id, occurrence, starts_on, due_on, original_due_on,
    status, progress, reported_on, completed_on)
select i.plan_id, i.id, u.id, u.level_id, u.line_id, 'Năm 2021', x.starts_on::date, '2022-12-31', '2022-12-31', x.status, x.progress,
    x.reported_on::date, x.completed_on::date
from (values
    ('V1', 'kdv-25195', '2021-12-31', 'in_progress', 40, null, null),
    ('V2', 'kdv-25195', '2021-02-01', 'completed', 100, '2021-10-02', '2021-10-05'),
    ('V3', 'kdv-25195', '2021-02-01', 'not_started', 0, null, null),
    ('V4', 'kdv-25195', '2022-01-01', 'not_started', 0, null, null),
    ('V5', 'kdv-25195', '2020-02-01', 'completed', 100, '2020-12-30', '2020-12-31'),
    ('V6', 'kdv-25195', '2021-02-01', 'cancelled', 0, null, null),
    ('V7', 'kdv-25195', '2021-02-01', 'reported', 100, '2022-01-05', null),
    ('V8', 'bdv-689', '2021-02-01', 'in_progress', 10, null, null)
) as x (code, unit, starts_on, status, progress, reported_on, completed_on)
join app.plan_item as i on i.code = x.code and i.plan_id = '00000000-0000-7000-8000-0000000000a0'
join app.unit as u on u.code = x.unit;
insert into app.progress_entry (assignment_id, unit_id, part, status, progress, note, recorded_on, recorded_by)
select a.id, pg_temp.unit(x.unit), x.part, x.status, x.progress, x.note, x.day::date, u.id
from (values
    ('V1', 'kdv-25195', 'lead', 'in_progress', 10, 'năm trước', '2020-12-31'),
    ('V1', 'kdv-25195', 'lead', 'in_progress', 20, 'đã họp', '2021-03-04'),
    ('V1', 'kdv-25195', 'lead', 'in_progress', 40, 'đã khảo sát', '2021-11-09'),
    ('V1', 'bdv-689', 'coordinating', 'in_progress', 90, 'phần phối hợp', '2021-11-10'),
    ('V2', 'kdv-25195', 'lead', 'reported', 100, 'xong', '2021-10-02'),
    ('V2', 'kdv-25195', 'lead', 'completed', 100, null, '2021-10-05'),
    ('V7', 'kdv-25195', 'lead', 'in_progress', 70, 'gần xong', '2021-12-20'),
    ('V7', 'kdv-25195', 'lead', 'reported', 100, 'xong muộn', '2022-01-05')
) as x (code, unit, part, status, progress, note, day)
join app.plan_item as i on i.code = x.code and i.plan_id = '00000000-0000-7000-8000-0000000000a0'
join app.assignment as a on a.plan_item_id = i.id
cross join app.user_account as u
where u.login = 't.officer';

-- A command on the report as the service sends it; version NULL takes any.
create function pg_temp.say(p_command text, p_body text default '{}', p_version integer default null) returns text
    language sql return format('select api.report_%s(%L, %L, %L)', p_command, '00000000-0000-7000-8000-0000000000c0', p_version, p_body);
create function pg_temp.line(p_code text) returns app.report_line
    language sql return (
        select l from app.report_line as l join app.plan_item as i on i.id = l.plan_item_id
        where i.code = p_code and l.report_id = '00000000-0000-7000-8000-0000000000c0');
create function pg_temp.line_id(p_code text) returns uuid
    language sql return (pg_temp.line(p_code)).id;
create function pg_temp.section_id(p_code text) returns uuid
    language sql return (
        select s.id from app.report_section as s where s.code = p_code and s.report_id = '00000000-0000-7000-8000-0000000000c0');
create function pg_temp.write(p_code text, p_set text) returns text
    language sql return format('update app.report_line set %s where id = %L returning version', p_set, pg_temp.line_id(p_code));
