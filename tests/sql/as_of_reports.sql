-- A report asked for each day of its life. The days, set by hand:
--   15/11/2021 made · 16/11 drafted · 17/11 sent in, 18/11 taken back · 19/11 sent in (A) · 22/11 returned
--   24/11 sent in (B) · 26/11 approved · 01/12 the unit is renamed · 10/12 reopened until 15/12
--   12/12 sent in (C) · 13/12 returned · 16/12 the reopening has ended: what was approved stands again
begin;
\ir include/acting.sql
\ir include/reports.sql
select plan(45);

create function pg_temp.on_day(p_day date, p_login text, p_command text, p_body text default '{}') returns void
    language plpgsql
as $$
declare
    answer text;
begin
    update private.installation set fixed_today = p_day;
    answer := pg_temp.as_user(p_login, pg_temp.say(p_command, p_body));
    if answer ~ '^(DV|[0-9]{5}( |$))' then
        raise exception '%: %', p_command, answer;
    end if;
end;
$$;
create function pg_temp.has_done(p_day date, p_text text) returns void
    language plpgsql
as $$
begin
    update private.installation set fixed_today = p_day;
    perform pg_temp.as_user('t.officer', pg_temp.write('V1', format('done = %L', p_text)));
end;
$$;
create function pg_temp.of_day(p_login text, p_day text, p_from text, p_what text) returns text
    language sql
as $$
    select pg_temp.as_user(p_login, format($q$select %s from api.%s(%L) as r where %s = '00000000-0000-7000-8000-0000000000c0'$q$,
        p_what, p_from, p_day, case when p_from in ('reports_on', 'report_details_on') then 'r.id' else 'r.report_id' end));
$$;
create function pg_temp.state(p_day text, p_login text default 't.officer') returns text
    language sql
as $$
    select pg_temp.of_day(p_login, p_day, 'reports_on',
        $q$concat_ws(' ', r.status, r.submission_count, coalesce(r.submitted_on::text, '-'), coalesce(r.decided_on::text, '-'), r.decision_note)$q$);
$$;
create function pg_temp.said(p_day text, p_login text default 't.officer') returns text
    language sql
as $$
    select pg_temp.of_day(p_login, p_day, 'report_lines_on', $q$string_agg(concat_ws(' ', r.item_code, r.status, r.done), ', ' order by r.position)$q$);
$$;

select pg_temp.on_day('2021-11-16', 't.officer', 'prefill') \g /dev/null
select pg_temp.on_day('2021-11-17', 't.officer', 'submit') \g /dev/null
select pg_temp.on_day('2021-11-18', 't.officer', 'withdraw') \g /dev/null
select pg_temp.has_done('2021-11-19', 'A') \g /dev/null
select pg_temp.on_day('2021-11-19', 't.officer', 'submit') \g /dev/null
select pg_temp.on_day('2021-11-22', 't.above', 'return', '{"note": "Bổ sung"}') \g /dev/null
select pg_temp.has_done('2021-11-23', 'B') \g /dev/null
select pg_temp.on_day('2021-11-24', 't.officer', 'submit') \g /dev/null
select pg_temp.on_day('2021-11-26', 't.above', 'approve', '{"note": "Tốt"}') \g /dev/null
update app.unit_version set valid_to = '2021-12-01' where unit_id = pg_temp.unit('kdv-25195') and valid_to is null;
insert into app.unit_version (unit_id, name, area_id, valid_from)
select u.id, 'Khối Dân vận đã đổi tên', u.area_id, '2021-12-01' from app.unit as u where u.code = 'kdv-25195';
select pg_temp.on_day('2021-12-10', 't.above', 'reopen', '{"reason": "Sai", "until_on": "2021-12-15"}') \g /dev/null
select pg_temp.has_done('2021-12-11', 'C') \g /dev/null
select pg_temp.on_day('2021-12-12', 't.officer', 'submit') \g /dev/null
select pg_temp.on_day('2021-12-13', 't.above', 'return', '{"note": "Chưa đủ"}') \g /dev/null
update private.installation set fixed_today = '2021-12-16';
select private.report_expire_reopened() \g /dev/null

-- The state, day by day
select is(pg_temp.state('2021-11-14'), null, 'before it was made there is none');
select is(pg_temp.state('2021-11-15'), 'not_started 0 - -', 'made');
select is(pg_temp.state('2021-11-16'), 'draft 0 - -', 'drafted');
select is(pg_temp.state('2021-11-17'), 'draft 1 - -', 'what was taken back unread was never sent in');
select is(pg_temp.state('2021-11-19'), 'submitted 2 2021-11-19 -', 'sent in, at the end of the day');
select is(pg_temp.state('2021-11-21'), 'submitted 2 2021-11-19 -', 'and on each day until it was returned');
select is(pg_temp.state('2021-11-22'), 'returned 2 2021-11-19 2021-11-22 Bổ sung', 'returned');
select is(pg_temp.state('2021-11-24'), 'submitted 3 2021-11-24 2021-11-22 Bổ sung', 'sent in again');
select is(pg_temp.state('2021-11-26'), 'approved 3 2021-11-24 2021-11-26 Tốt', 'approved');
select is(pg_temp.state('2021-12-09'), 'approved 3 2021-11-24 2021-11-26 Tốt', 'until it was reopened');
select is(pg_temp.state('2021-12-10'), 'reopened 3 2021-11-24 2021-11-26 Tốt', 'reopened');
select is(pg_temp.state('2021-12-12'), 'submitted 4 2021-12-12 2021-11-26 Tốt', 'sent in while reopened');
select is(pg_temp.state('2021-12-13'), 'reopened 4 2021-12-12 2021-12-13 Chưa đủ', 'returned, it is reopened again');
select matches(pg_temp.state('2021-12-16'), '^approved ', 'unused, it stands approved again');
select is(pg_temp.state('2030-01-01'), pg_temp.state('2021-12-16'), 'a day to come: as it is now');
select is(pg_temp.state('2021-12-16'), pg_temp.as_user('t.officer',
    $$select concat_ws(' ', r.status, r.submission_count, r.submitted_on, r.decided_on, 'Tốt') from api.reports as r
      where r.id = '00000000-0000-7000-8000-0000000000c0'$$), 'and today is what the list of today says; the note is that of the approval');

-- What it said
select is(pg_temp.said('2021-11-17'), null, 'a draft is kept nowhere and told nowhere');
select is(pg_temp.said('2021-11-19'), 'V1 in_progress A, V2 done 02/10/2021: xong, V3 not_started, V7 in_progress', 'what was sent in');
select is(pg_temp.said('2021-11-23'), 'V1 in_progress A, V2 done 02/10/2021: xong, V3 not_started, V7 in_progress',
    'not what the unit was writing meanwhile');
select matches(pg_temp.said('2021-11-24'), '^V1 in_progress B,', 'the second submission');
select matches(pg_temp.said('2021-12-11'), '^V1 in_progress B,', 'reopened: what had been approved stands');
select matches(pg_temp.said('2021-12-12'), '^V1 in_progress C,', 'what was sent in while reopened');
select matches(pg_temp.said('2021-12-16'), '^V1 in_progress B,', 'unused: what had been approved');
select matches(pg_temp.said('2021-11-23', 't.above'), '^V1 in_progress A,', 'the superior reads what was sent');
select is(pg_temp.said('2021-11-17', 't.above'), null, 'never what was taken back');
select is(pg_temp.of_day('t.above', '2021-11-23', 'report_details_on', $$concat_ws(' ', jsonb_array_length(r.lines), r.lines -> 0 ->> 'done',
    jsonb_array_length(r.versions), r.last_decision ->> 'event', jsonb_array_length(r.sections))$$), '4 A 2 returned 10', 'the whole report of a day');
select is(pg_temp.of_day('t.above', '2021-11-17', 'report_details_on', $$concat_ws(' ', jsonb_array_length(r.lines), jsonb_array_length(r.versions),
    r.last_decision is null, r.gathered -> 'lines')$$), '0 0 t []', 'and of one on which nothing had been sent');
select is(pg_temp.of_day('t.above', '2021-11-25', 'report_versions_on', $$string_agg(r.number || ' ' || r.event, ', ' order by r.number)$$),
    '2 submitted, 3 returned, 4 submitted', 'the versions kept by a day');
select is(pg_temp.of_day('t.above', '2021-11-26', 'report_sections_on', 'count(*)'), '10', 'the headings');

-- Names, due days, the period
select is(pg_temp.of_day('t.province', '2021-11-26', 'reports_on', 'r.unit_name'), (
    select v.name from app.unit_version as v where v.unit_id = pg_temp.unit('kdv-25195') and v.valid_to = '2021-12-01'), 'under the name of the day');
select is(pg_temp.of_day('t.province', '2021-12-01', 'reports_on', 'r.unit_name'), 'Khối Dân vận đã đổi tên', 'and from its first day under the new one');
select is(pg_temp.of_day('t.officer', '2021-11-23', 'reports_on', $$concat_ws(' ', r.is_outstanding, r.is_overdue, r.days_overdue, r.period_state)$$),
    't t 3 open', 'late on a day: returned, due on 20/11');
select is(pg_temp.of_day('t.officer', '2021-11-20', 'reports_on', $$concat_ws(' ', r.is_outstanding, r.is_overdue, r.days_overdue, r.period_state)$$),
    'f f 0 open', 'sent in, it is not');
select is(pg_temp.of_day('t.officer', '2021-12-06', 'reports_on', 'r.period_state'), 'expired', 'the period too is of the day');
select is(pg_temp.of_day('t.officer', '2022-01-21', 'reports_on', 'r.period_state'), 'locked', 'as the calendar has it');
select is(pg_temp.of_day('t.officer', '2021-11-23', 'reports_on', 'r.actions'), '{}', 'nothing can be done to the past');

-- Access
select is((
    select count(*) from unnest(array['2021-11-19', '2021-11-26', '2021-12-12', '2021-12-16']) as d (day)
    cross join unnest(array['reports_on', 'report_details_on', 'report_lines_on', 'report_sections_on', 'report_versions_on',
        'indicator_values_on', 'report_gathered_lines_on']) as f (name)
    where pg_temp.of_day('t.elsewhere', d.day, f.name, 'count(*)') <> '0'), 0::bigint, 'another district sees nothing of it on any day');
select is(pg_temp.as_user('t.elsewhere', 'select count(*) from app.report_state where report_id = ''00000000-0000-7000-8000-0000000000c0'''), '0', 'nor its states');
select is(pg_temp.as_user('t.province', 'update app.report_state set status = ''approved'' returning 1'), '42501', 'which nobody writes');
select is_empty($$
    select p.proname from pg_catalog.pg_proc as p
    where p.pronamespace = 'api'::regnamespace and p.proname ~ '_on$' and p.prorettype <> to_regtype('api.' || regexp_replace(p.proname, '_on$', ''))$$,
    'a day is told in the columns of today');
select isnt((select count(*) from pg_catalog.pg_proc as p where p.pronamespace = 'api'::regnamespace and p.proname ~ '_on$'), 0::bigint, 'and there are such');

-- Reports of before the states were kept: told again from versions alone
create temp table kept as select s.* from app.report_state as s where s.report_id = '00000000-0000-7000-8000-0000000000c0';
update app.report_version as v
set created_at = d.day + interval '8 hours'
from (values (1, date '2021-11-17'), (2, '2021-11-19'), (3, '2021-11-22'), (4, '2021-11-24'), (5, '2021-11-26'), (6, '2021-12-12'), (7, '2021-12-13')) as d (number, day)
where v.number = d.number;
delete from app.report_state where report_id = '00000000-0000-7000-8000-0000000000c0';
select cmp_ok(private.report_states_fill(), '>', 0, 'filled');
select results_eq(
    $$select s.day, s.status, s.version_number::integer, s.superior_unit_id, s.first_submitted_on, s.submitted_on, s.decided_on
      from app.report_state as s where s.report_id = '00000000-0000-7000-8000-0000000000c0' and s.day between '2021-11-19' and '2021-12-09' order by 1$$,
    $$select s.day, s.status, s.version_number::integer, s.superior_unit_id, s.first_submitted_on, s.submitted_on, s.decided_on
      from kept as s where s.day between '2021-11-19' and '2021-12-09' order by 1$$, 'as the triggers kept it');
select is((select s.status from app.report_state as s where s.report_id = '00000000-0000-7000-8000-0000000000c0' order by s.day desc limit 1), 'approved', 'to the state of now');
select is((select count(*) from app.report_state as s), (
    private.report_states_fill() * 0 + (select count(*) from app.report_state as s)), 'what has states is left alone');
select * from finish();
rollback;
