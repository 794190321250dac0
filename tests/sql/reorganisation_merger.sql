-- What is open of a unit that merges into one that stands, where that one has its own beside it.
begin;
\ir include/acting.sql
\ir include/reorganising.sql
select plan(32);

select pg_temp.take_back_plan_36();
update private.installation set mode = 'test', fixed_today = '2021-11-15';
delete from app.extension_request;
select pg_temp.add_user('t.admin', 'bdv-70', 'admin');
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
select pg_temp.add_user('t.board', 'bdv-689', 'leader');
select pg_temp.add_user('t.a', 'kdv-25195', 'officer');
select pg_temp.add_user('t.b', 'kdv-25198', 'officer');
select pg_temp.as_user('t.leader', format('select api.plan_issue(%L, null)', pg_temp.plan_36())) \g /dev/null

-- the same items at both; what is open at the one that ends is in another state at the one that stands
create temp table item as
select i.code, a.occurrence, row_number() over (order by a.due_on, i.code, a.occurrence) as n
from app.assignment as a join app.plan_item as i on i.id = a.plan_item_id
where a.lead_unit_id = pg_temp.unit('kdv-25195') and a.plan_id = pg_temp.plan_36();
create function pg_temp.of(p_unit text, p_n integer) returns uuid
    language sql stable return (select pg_temp.owed(i.code, p_unit, i.occurrence) from item as i where i.n = p_n);
update app.assignment set status = 'in_progress', progress = 60 where id in (select pg_temp.of('kdv-25195', n) from generate_series(1, 4) as n);
update app.assignment set status = 'completed', progress = 100, reported_on = '2021-11-10', completed_on = '2021-11-11' where id = pg_temp.of('kdv-25198', 1);
update app.assignment set status = 'cancelled' where id = pg_temp.of('kdv-25198', 2);
update app.assignment set status = 'reported', progress = 100, reported_on = '2021-11-10' where id = pg_temp.of('kdv-25198', 3);
update app.assignment set status = 'in_progress', progress = 20 where id = pg_temp.of('kdv-25198', 4);
-- requests for more time: of five both ask, of six the one that ends alone
insert into app.extension_request (assignment_id, asked_due_on, reason, asked_by)
select pg_temp.of(x.unit, x.n), x.day::date, 'Chờ sáp nhập', u.id
from (values ('kdv-25195', 5, '2030-06-30'), ('kdv-25198', 5, '2029-01-31'), ('kdv-25195', 6, '2030-06-30')) as x (unit, n, day)
join app.user_account as u on u.login = 't.a';
-- three periods, one of them open. Each time the unit that ends has drafted and was given more time; the other has sent
-- nothing in, has sent in, was asked nothing
insert into app.period (id, plan_id, kind, label, starts_on, ends_on, opens_on, locks_on)
values ('00000000-0000-7000-8000-0000000000a1', pg_temp.plan_36(), 'phase', 'Giai đoạn mở', '2021-11-02', '2021-11-30', '2021-11-02', '2022-01-15'),
    ('00000000-0000-7000-8000-0000000000a2', pg_temp.plan_36(), 'phase', 'Giai đoạn khóa 1', '2021-10-01', '2021-10-20', '2021-10-01', '2021-11-10'),
    ('00000000-0000-7000-8000-0000000000a3', pg_temp.plan_36(), 'phase', 'Giai đoạn khóa 2', '2021-09-01', '2021-09-20', '2021-09-01', '2021-11-01');
delete from app.report;
insert into app.report (period_id, plan_id, unit_id, superior_unit_id, due_on, original_due_on, status, submission_count, submitted_on, first_submitted_on)
select p.id, p.plan_id, pg_temp.unit(x.code), pg_temp.unit('bdv-689'), x.due_on, x.due_on, x.status, x.times, x.sent, x.sent
from (values ('a1', 'kdv-25195', date '2021-12-20', 'draft', 0, null::date), ('a1', 'kdv-25198', '2021-12-01', 'not_started', 0, null),
    ('a2', 'kdv-25195', '2021-11-20', 'draft', 0, null), ('a2', 'kdv-25198', '2021-10-20', 'approved', 1, '2021-10-19'),
    ('a3', 'kdv-25195', '2021-11-25', 'draft', 0, null)) as x (period, code, due_on, status, times, sent)
join app.period as p on p.id = ('00000000-0000-7000-8000-0000000000' || x.period)::uuid;
insert into app.period_exception (period_id, unit_id, until_on, reason, granted_by, granted_unit_id)
select r.period_id, r.unit_id, r.due_on, 'Bão lũ', u.id, u.home_unit_id
from app.report as r join app.user_account as u on u.login = 't.leader'
where r.unit_id = pg_temp.unit('kdv-25195');
-- parts in an assignment of the district's: the one that ends is in the middle, the one that stands has done its own
insert into app.assignment_part (assignment_id, unit_id, role, status, progress)
select a.id, pg_temp.unit(x.code), 'coordinating', x.status, x.progress
from (select a.id from app.assignment as a where a.lead_unit_id = pg_temp.unit('bdv-689') and a.is_pending order by a.id limit 1) as a,
    (values ('kdv-25195', 'in_progress', 40::smallint), ('kdv-25198', 'completed', 100::smallint)) as x (code, status, progress)
on conflict on constraint assignment_part_once do nothing;
create temp table before as select a.id, a.status, a.progress from app.assignment as a where a.lead_unit_id = pg_temp.unit('kdv-25198');

create temp table merger as select pg_temp.reorganise('2021-11-15', jsonb_build_array(jsonb_build_object(
    'subject', 'unit', 'kind', 'merge', 'from', jsonb_build_array(pg_temp.u('kdv-25195')), 'to', jsonb_build_array(pg_temp.u('kdv-25198'))))) as id;
create temp table preview as select private.reorganisation_preview(id) as told from merger;
create function pg_temp.warned(p_word text) returns text
    language sql return (select string_agg(w ->> 'about', '; ' order by w ->> 'about') from preview, jsonb_array_elements(told -> 'warnings') as w where w ->> 'word' = p_word);
select is(pg_temp.warned('opened_beside_closed'), 'Khối Dân vận phường Tân Đồng: 3', 'the preview tells what opens beside what is closed');
select is(pg_temp.warned('report_joins_sent'), 'Khối Dân vận phường Tân Đồng: 1', 'and that a report ends where the successor has sent in its own');
select is(pg_temp.warned('request_dropped'), 'Khối Dân vận phường Tân Phú: 1', 'and the request that the successor''s own stands in the way of');
select is((pg_temp.as_user('t.admin', format('select api.reorganisation_preview(%L)', (select id from merger))))::jsonb, (select told from preview),
    'the administrator who decides is told the same');
create temp table done as select private.reorganisation_carry_out(id) as counts from merger;
select is((select told -> 'counts' from preview), (select counts from done), 'what was told is what is done');

-- assignments
create function pg_temp.goes_on(p_n integer) returns text
    language sql return (
        select concat_ws(' ', u.code, n.status, n.progress, case when n.occurrence = o.occurrence then 'as it was' else substr(n.occurrence, char_length(o.occurrence) + 2) end)
        from app.assignment as o join app.assignment as n on n.id = o.moved_to_id join app.unit as u on u.id = n.lead_unit_id
        where o.id = pg_temp.of('kdv-25195', p_n) and o.status = 'moved');
select is(pg_temp.goes_on(1), 'kdv-25198 in_progress 60 (tiếp nhận)', 'open beside completed goes on open');
select is(pg_temp.goes_on(2), 'kdv-25198 in_progress 60 (tiếp nhận)', 'beside cancelled too');
select is(pg_temp.goes_on(3), 'kdv-25198 in_progress 60 (tiếp nhận)', 'and beside reported');
select is(pg_temp.goes_on(4), 'kdv-25198 in_progress 20 as it was', 'what is open at both is one');
select is((select private.occurrence_open_at(a.plan_item_id, a.lead_unit_id, 'x' || repeat('y', 99)) from app.assignment as a where a.id = pg_temp.of('kdv-25198', 1)),
    'x' || repeat('y', 99), 'a long name stays where nothing stands in its way');
select is((select count(*) from app.assignment as o join app.assignment as n on n.id = o.moved_to_id
    where o.lead_unit_id = pg_temp.unit('kdv-25195') and not n.is_pending), 0::bigint, 'no open obligation is closed by a merger');
select is((select count(*) from app.assignment as a join before as b using (id) where (a.status, a.progress) is distinct from (b.status, b.progress)), 0::bigint,
    'and nothing of the successor''s own changes');
select is((select count(*) from app.assignment_part as p join app.assignment as a on a.id = p.assignment_id where a.occurrence like '%(tiếp nhận)' and p.unit_id = a.lead_unit_id), 0::bigint,
    'nobody stands beside themselves');
select is((select string_agg(u.code || ' ' || p.status || ' ' || p.progress, ', ' order by u.code) from app.assignment_part as p join app.unit as u on u.id = p.unit_id
    where u.code in ('kdv-25195', 'kdv-25198') and p.progress > 0), 'kdv-25198 in_progress 40', 'of a part done by one of both something is left to do');
select is((select counts ->> 'parts_reopened' from done), '1', 'which is counted');
select is((select count(*) from private.assignment_count_faults()), 0::bigint, 'counts are right');
select is(pg_temp.as_user('t.b', format($$select api.assignment_progress(%L, 1, '{"progress": 70}')$$,
    (select moved_to_id from app.assignment where id = pg_temp.of('kdv-25195', 1)))), '', 'the successor writes on');

-- and once more: what was taken over is done, and another comes
update app.assignment set status = 'completed', progress = 100, reported_on = '2021-11-15', completed_on = '2021-11-15'
where id = (select moved_to_id from app.assignment where id = pg_temp.of('kdv-25195', 2));
select is((select private.occurrence_open_at(a.plan_item_id, a.lead_unit_id, a.occurrence) = a.occurrence || ' (tiếp nhận 2)' from app.assignment as a where a.id = pg_temp.of('kdv-25198', 2)),
    true, 'a second one is numbered');
update app.assignment set occurrence = repeat('y', 100) where id = pg_temp.of('kdv-25198', 2);
select is((select char_length(private.occurrence_open_at(a.plan_item_id, a.lead_unit_id, a.occurrence)) from app.assignment as a where a.occurrence = repeat('y', 100)),
    92, 'and no name grows too long');

-- requests
select is((select string_agg(q.status || ' ' || q.asked_due_on, ', ' order by q.asked_due_on) from app.extension_request as q where q.assignment_id = pg_temp.of('kdv-25198', 5)),
    'pending 2029-01-31', 'the successor''s own request stands');
select is((select string_agg(u.code || ' ' || q.status || ' ' || q.asked_due_on, ', ') from app.extension_request as q join app.unit as u on u.id = q.unit_id where q.assignment_id = pg_temp.of('kdv-25198', 6)),
    'kdv-25198 pending 2030-06-30', 'where it asked nothing, it asks now');
select is((select count(*) from app.extension_request as q where q.unit_id = pg_temp.unit('kdv-25195') and q.status = 'pending'), 0::bigint, 'nothing waits at the old unit');

-- more time goes with what is owed
create function pg_temp.exceptions(p_period text) returns text
    language sql return (select string_agg(concat_ws(' ', u.code, e.until_on, e.reason, a.login), ', ' order by u.code) from app.period_exception as e
        join app.unit as u on u.id = e.unit_id join app.user_account as a on a.id = e.granted_by
        where e.period_id::text like '%' || p_period and e.revoked_at is null);
create function pg_temp.reports(p_period text) returns text
    language sql return (select string_agg(concat_ws(' ', u.code, r.status, r.due_on), ', ' order by u.code) from app.report as r
        join app.unit as u on u.id = r.unit_id where r.period_id::text like '%' || p_period);
select is(pg_temp.exceptions('a1'), 'kdv-25195 2021-12-20 Bão lũ t.leader, kdv-25198 2021-12-20 Bão lũ t.leader', 'the successor has the time that the old unit was given');
select is(pg_temp.reports('a1'), 'kdv-25195 moved 2021-12-20, kdv-25198 not_started 2021-12-20', 'for the one report of both');
select is(pg_temp.reports('a2'), 'kdv-25195 moved 2021-11-20, kdv-25198 approved 2021-10-20', 'what was sent in stays as it is');
select is(pg_temp.exceptions('a2'), 'kdv-25195 2021-11-20 Bão lũ t.leader', 'where nothing is owed no time is needed');
select is(pg_temp.reports('a3'), 'kdv-25195 moved 2021-11-25, kdv-25198 not_started 2021-11-25', 'past the lock too what may still be written goes on');
select is(pg_temp.exceptions('a3'), 'kdv-25195 2021-11-25 Bão lũ t.leader, kdv-25198 2021-11-25 Bão lũ t.leader', 'with the time for it');
select is(pg_temp.as_user('t.b', $$select string_agg(period_label || ' ' || array_to_string(actions, '+'), ', ' order by period_label) from api.reports where unit_id = private.my_unit() and status = 'not_started'$$),
    'Giai đoạn khóa 2 prefill, Giai đoạn mở prefill', 'and the successor writes both');
select is((select counts ->> 'exceptions' from done), '2', 'two were counted');
-- what a leader takes back afterwards stays taken back
update app.period_exception set revoked_at = now(), revoked_by = granted_by where unit_id = pg_temp.unit('kdv-25198');
select lives_ok('select private.reorganisation_tick()', 'and the minute''s round finds nothing more');
select is(pg_temp.exceptions('a1'), 'kdv-25195 2021-12-20 Bão lũ t.leader', 'nor gives time again that was taken back');
select * from finish();
rollback;
