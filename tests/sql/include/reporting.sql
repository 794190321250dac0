-- A small plan of the provincial board with a year's reports, for tests that count by hand. Include
-- after acting.sql. Values and lines are put in as the superuser: who may write is another test.

update private.installation set mode = 'test', fixed_today = '2021-11-15';

create temp table of_test as
with made as (
    insert into app.plan (number, title, issuer_unit_id, period_from, period_to, status)
    values ('T-BDV', 'Kế hoạch thử', pg_temp.unit('bdv-70'), '2021-01-01', '2025-12-31', 'in_force')
    returning id),
period as (
    insert into app.period (plan_id, kind, label, year, starts_on, ends_on, opens_on, expires_on, locks_on)
    select id, 'year', 'Năm 2021', 2021, '2021-01-01', '2021-12-31', '2021-11-01', '2021-12-15', '2022-01-30' from made
    returning id)
select made.id as plan_id, period.id as period_id from made, period;

insert into app.plan_item (plan_id, kind, code, outline, position, title)
select t.plan_id, 'task', x.code, x.code, x.position, x.code
from of_test as t, (values ('X1', 10), ('X2', 20)) as x (code, position);

create function pg_temp.item(p_code text) returns uuid
    language sql return (
        select i.id from app.plan_item as i where i.plan_id = (select plan_id from of_test) and i.code = p_code);
create function pg_temp.indicator(p_code text) returns uuid
    language sql return (
        select i.id from app.indicator as i where i.plan_id = (select plan_id from of_test) and i.code = p_code);
create function pg_temp.report_of(p_unit_code text) returns uuid
    language sql return (
        select r.id from app.report as r
        where r.period_id = (select period_id from of_test) and r.unit_id = pg_temp.unit(p_unit_code));

-- Asked is "level/line".
create function pg_temp.add_indicator(p_code text, p_kind text, p_roll_up text, p_position integer, variadic p_asked text[])
    returns void
    language sql
as $$
    insert into app.indicator (plan_id, code, name, measure_unit, kind, direction, roll_up, frequency, position)
    select plan_id, p_code, p_code, 'việc', p_kind, 'up', p_roll_up, 'year', p_position from of_test;
    insert into app.indicator_ask (indicator_id, level_id, line_id)
    select pg_temp.indicator(p_code), l.id, n.id
    from unnest(p_asked) as a
    join app.level as l on l.code = split_part(a, '/', 1)
    join app.line as n on n.code = split_part(a, '/', 2);
$$;

create function pg_temp.add_report(p_unit_code text, p_status text, p_submitted_on date default null) returns void
    language sql
as $$
    insert into app.report (period_id, plan_id, unit_id, superior_unit_id, due_on, original_due_on, status,
        submission_count, submitted_on, reopened_until, reopened_by, reopen_reason)
    select t.period_id, t.plan_id, u.id, private.superior_of(u.id, t.plan_id), '2021-12-01', '2021-12-01', p_status,
        (p_submitted_on is not null)::integer, p_submitted_on,
        case when p_status = 'reopened' then date '2021-11-30' end,
        case when p_status = 'reopened' then (select id from app.user_account limit 1) end,
        case when p_status = 'reopened' then 'Thử' end
    from of_test as t, app.unit as u
    where u.code = p_unit_code;
$$;

create function pg_temp.add_line(p_unit_code text, p_item text, p_status text) returns void
    language sql
as $$
    insert into app.report_line (report_id, plan_item_id, position, status)
    values (pg_temp.report_of(p_unit_code), pg_temp.item(p_item), 10, p_status);
$$;

create function pg_temp.add_value(p_unit_code text, p_indicator text, p_value bigint,
    p_numerator bigint default null, p_denominator bigint default null) returns void
    language sql
as $$
    insert into app.indicator_value (report_id, indicator_id, unit_id, year, own_value, own_numerator, own_denominator, is_approved)
    select r.id, pg_temp.indicator(p_indicator), r.unit_id, 2021, p_value, p_numerator, p_denominator, r.status = 'approved'
    from app.report as r where r.id = pg_temp.report_of(p_unit_code);
$$;

-- As a command would leave it.
create function pg_temp.set_status(p_unit_code text, p_status text, p_submitted_on date default null) returns void
    language plpgsql
as $$
begin
    update app.report set status = p_status, submission_count = 1, submitted_on = coalesce(p_submitted_on, submitted_on)
    where id = pg_temp.report_of(p_unit_code);
    perform private.report_freeze_values(pg_temp.report_of(p_unit_code), p_status = 'approved');
end;
$$;

create function pg_temp.gather(p_login text, p_unit_code text, p_version integer default null) returns text
    language sql return pg_temp.as_user(p_login,
        format('select api.report_gather(%L, %L)', pg_temp.report_of(p_unit_code), p_version));
