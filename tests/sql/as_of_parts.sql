-- Parts of things as of a day, and what goes with people and plans, against days set by hand: where a trigger keeps
-- the moment a row was made, without it.
begin;
\ir include/acting.sql
select plan(36);

select pg_temp.take_back_plan_36();
update private.installation set mode = 'test', fixed_today = '2021-11-15';
delete from app.staff;
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
select pg_temp.add_user('t.admin', 'bdv-70', 'admin');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'leader');
select pg_temp.add_user('t.locninh', 'bdv-692', 'leader');
select pg_temp.add_user('t.viewer', 'bdv-692', 'viewer');
select pg_temp.as_user('t.leader', format('select api.plan_issue(%L, null)', pg_temp.plan_36())) \g /dev/null

create function pg_temp.on_day(p_login text, p_list text, p_day text, p_what text, p_where text default 'true') returns text
    language sql
as $$ select pg_temp.as_user(p_login, format('select %s from api.%s_on(%L) as r where %s', p_what, p_list, p_day, p_where)) $$;
create function pg_temp.on_days(p_login text, p_list text, p_days text[], p_what text, p_where text default 'true') returns text
    language sql
as $$
    select string_agg(coalesce(pg_temp.on_day(p_login, p_list, d.day, p_what, p_where), '-'), ' ' order by d.n)
    from unnest(p_days) with ordinality as d (day, n)
$$;

update app.unit_version set valid_from = '2015-01-01' where unit_id in (pg_temp.unit('kdv-25195'), pg_temp.unit('bdv-689'));

-- A reorganisation of 01/10/2021 puts phunu-25195 in the place of the bloc of the ward in one assignment, and
-- in the place of kdv-25195 and bdv-689 in another.
insert into app.reorganisation (title, legal_basis, effective_on, owner_unit_id, owner_area_id, status)
select 'AA', 'AA', '2021-10-01', u.id, u.area_id, 'draft' from app.unit as u where u.code = 'bdv-70' returning id as reorganisation \gset
insert into app.reorganisation_step (reorganisation_id, position, subject, kind) values (:'reorganisation', 1, 'unit', 'merge')
returning id as step \gset
insert into app.reorganisation_part (step_id, side, position, unit_id)
values (:'step', 'from', 1, pg_temp.unit('kdv-25195')), (:'step', 'to', 1, pg_temp.unit('phunu-25195'));
insert into app.reorganisation_function_item (step_id, plan_item_id)
select :'step', i.id from app.plan_item as i where i.plan_id = pg_temp.plan_36() and i.code = 'T1.1';
insert into app.unit_link (predecessor_id, successor_id, effective_on, allocation, step_id)
values (pg_temp.unit('kdv-25195'), pg_temp.unit('phunu-25195'), '2021-10-01', 'sum', :'step');
select is((select string_agg(pg_temp.on_day('t.leader', x.list, '2021-10-01', 'count(*)', format('r.reorganisation_id = %L', :'reorganisation')), ' ')
    from unnest(array['reorganisation_steps', 'reorganisation_parts', 'reorganisation_function_items']) as x (list)), '0 0 0', 'what was not carried out had no effect');
alter table app.reorganisation disable trigger user;
update app.reorganisation set status = 'carried_out', decided_at = '2021-09-01', decided_by = (select u.id from app.user_account as u where u.login = 't.leader'),
    decided_unit_id = owner_unit_id, carried_out_at = '2021-10-01' where id = :'reorganisation';
alter table app.reorganisation enable trigger user;
select is((select string_agg(pg_temp.on_days('t.leader', x.list, '{2021-09-30,2021-10-01}', 'count(*)', format('r.reorganisation_id = %L', :'reorganisation')), '; ')
    from unnest(array['reorganisation_steps', 'reorganisation_parts', 'reorganisation_function_items', 'unit_links']) as x (list)),
    '0 1; 0 2; 0 1; 0 1', 'steps, parts, items and links from its day on');
select u.area_id as city_area, (select w.area_id from app.unit as w where w.code = 'bdv-692') as other_area from app.unit as u where u.code = 'bdv-689' \gset
insert into app.area_link (predecessor_id, successor_id, effective_on, allocation, step_id) values (:city_area, :other_area, '2021-10-01', 'sum', :'step');
select is(pg_temp.on_days('t.locninh', 'area_links', '{2021-09-30,2021-10-01}', 'count(*)', format('r.predecessor_id = %s', :city_area)), '0 1', 'links of areas are everybody''s');

-- Parts of assignments
select pg_temp.owed('T1.1', 'bdv-689', 'Quý IV/2021') as one, pg_temp.owed('T1.1', 'bdv-692', 'Quý IV/2021') as two \gset
delete from app.assignment_part where assignment_id in (:'one', :'two');
set local session_replication_role = replica;
update app.assignment set created_at = '2021-08-17 08:00+07' where id in (:'one', :'two');
set local session_replication_role = origin;
alter table app.assignment_part disable trigger user;
insert into app.assignment_part (assignment_id, unit_id, role, status, progress, created_at, updated_at)
values (:'one', pg_temp.unit('phunu-25195'), 'coordinating', 'completed', 100, '2021-10-01 08:00+07', '2021-11-02 08:00+07'),
    (:'one', pg_temp.unit('phunu-692'), 'coordinating', 'not_started', 0, '2021-08-17 08:00+07', '2021-08-17 08:00+07');
insert into app.progress_entry (assignment_id, unit_id, part, status, progress, recorded_on, recorded_by)
select :'one', pg_temp.unit(x.unit), 'coordinating', x.status, x.progress, x.day, u.id
from (values ('kdv-25195', 'in_progress', 30, date '2021-09-10'), ('phunu-25195', 'reported', 100, '2021-11-02')) as x (unit, status, progress, day)
join app.user_account as u on u.login = 't.leader';
create function pg_temp.parts(p_days text[], p_assignment uuid, p_login text default 't.leader') returns text
    language sql return pg_temp.on_days(p_login, 'assignment_parts', p_days, $q$string_agg(concat_ws('/', (select u.code from app.unit as u where u.id = r.unit_id), r.status, r.progress), ',' order by r.progress desc, r.unit_id)$q$,
        format('r.assignment_id = %L and r.unit_id <> %s', p_assignment, pg_temp.unit('phunu-692')));
select is(pg_temp.parts('{2021-08-16,2021-08-17,2021-09-10}', :'one'), '- kdv-25195/not_started/0 kdv-25195/in_progress/30', 'a part is the old unit''s, from the day of the assignment');
select is(pg_temp.parts('{2021-09-30,2021-11-01,2021-11-02,2021-11-15}', :'one'),
    'kdv-25195/in_progress/30 phunu-25195/not_started/0 phunu-25195/completed/100 phunu-25195/completed/100', 'then its successor''s, as it says of itself');
select is(pg_temp.on_day('t.leader', 'assignment_parts', '2021-09-10', 'count(*)', format('r.assignment_id = %L', :'one')), '2', 'beside one that nothing happened to');
select is(pg_temp.parts('{2021-09-10}', :'one', 't.locninh'), coalesce(pg_temp.as_user('t.locninh', format($$select string_agg('-', ' ') from api.assignment_parts as r where r.assignment_id = %L and r.unit_id <> %s$$, :'one', pg_temp.unit('phunu-692'))), '-'),
    'another district sees no more of it than today');
-- two units went into one: whoever wrote is known, else it stays
insert into app.unit_link (predecessor_id, successor_id, effective_on, allocation, step_id)
values (pg_temp.unit('bdv-689'), pg_temp.unit('phunu-25195'), '2021-10-01', 'sum', :'step');
insert into app.assignment_part (assignment_id, unit_id, role, created_at, updated_at)
values (:'two', pg_temp.unit('phunu-25195'), 'coordinating', '2021-10-01 08:00+07', '2021-10-01 08:00+07');
alter table app.assignment_part enable trigger user;
select is(pg_temp.parts('{2021-09-10}', :'one'), 'kdv-25195/in_progress/30', 'of two that it may have been of, the one that wrote');
select is(pg_temp.parts('{2021-09-10}', :'two'), 'phunu-25195/not_started/0', 'and where neither wrote none is guessed');

-- a unit that there was not yet stands for its predecessor, whenever its row was made
update app.unit_version set valid_from = '2021-10-01' where unit_id = pg_temp.unit('phunu-25195');
set local session_replication_role = replica;
update app.assignment_part set created_at = '2021-08-17 08:00+07' where assignment_id = :'one';
set local session_replication_role = origin;
select is(pg_temp.parts('{2021-09-10}', :'one'), 'kdv-25195/in_progress/30', 'a unit made by the reorganisation held nothing before');

-- People: in the ward from 01/3/2020, in the city's board from 01/9/2021
insert into app.staff (code, full_name, unit_id) values ('AA-1', 'Người Thử', pg_temp.unit('bdv-689'));
insert into app.appointment (staff_id, unit_id, position_code, kind, valid_from, valid_to, end_cause)
select s.id, pg_temp.unit(x.unit), 'officer', 'primary', x.valid_from, x.valid_to, x.cause
from app.staff as s
cross join (values ('kdv-25195', date '2020-03-01', date '2021-09-01', 'transfer'), ('bdv-689', '2021-09-01', null, null)) as x (unit, valid_from, valid_to, cause)
where s.code = 'AA-1';
insert into app.qualification (staff_id, kind, degree, obtained_on, created_at)
select s.id, 'professional', x.degree, x.obtained_on, '2021-10-20 08:00+07'
from app.staff as s, (values ('Cử nhân', date '2021-06-10'), ('Không ngày', null)) as x (degree, obtained_on) where s.code = 'AA-1';
select is(pg_temp.on_days('t.dongxoai', 'qualifications', '{2021-06-09,2021-06-10,2021-09-01,2021-10-20}', $$string_agg(r.unit_code || '/' || r.degree, ',' order by r.degree)$$, $$r.staff_code = 'AA-1'$$),
    '- kdv-25195/Cử nhân bdv-689/Cử nhân bdv-689/Cử nhân,bdv-689/Không ngày', 'obtained by the day, of a person where they stood; without a day when it was told');
insert into app.staff_deletion (staff_id, unit_id, left_on, retention_years, deleted_counts, digest, deleted_at)
select private.new_id(), u.id, '2000-01-01', 10, '{}', sha256('x'), '2021-10-05 08:00+07' from app.unit as u where u.code = 'bdv-689';
select is(pg_temp.on_days('t.dongxoai', 'staff_deletions', '{2021-10-04,2021-10-05}', 'count(*)', $$r.left_on = '2000-01-01'$$), '0 1', 'proofs from the day of the deletion');
set local session_replication_role = replica;
update app.user_account set created_at = '2021-05-01 08:00+07', disabled_at = '2021-10-10 08:00+07' where login = 't.viewer';
set local session_replication_role = origin;
select is(pg_temp.on_days('t.admin', 'users', '{2021-04-30,2021-05-01,2021-10-09,2021-10-10}', 'concat(r.is_disabled, r.disabled_at is null)', $$r.login = 't.viewer'$$),
    '- ft ft tf', 'an account from its making, disabled from then on');
update app.user_account set disabled_at = null where login = 't.viewer';
update app.unit_version set valid_to = '2021-06-01' where unit_id = pg_temp.unit('bdv-689') and valid_to is null;
insert into app.unit_version (unit_id, name, area_id, valid_from)
select u.id, 'Ban đã đổi tên', u.area_id, '2021-06-01' from app.unit as u where u.code = 'bdv-689';
select v.name as old_name from app.unit_version as v where v.unit_id = pg_temp.unit('bdv-689') and v.valid_to = '2021-06-01' \gset
update app.membership set valid_to = '2021-11-20' where user_id = (select u.id from app.user_account as u where u.login = 't.dongxoai');
select is(pg_temp.on_days('t.admin', 'memberships', '{2020-12-31,2021-05-31,2021-06-01,2021-11-20}', 'r.unit_name', $$r.user_login = 't.dongxoai'$$),
    '- ' || :'old_name' || ' Ban đã đổi tên -', 'a membership in force, in a unit called as then');

-- Training: a course of 10 to 12/3/2021, entered on 01/4/2021; another from 01/12/2021, invited to on 01/11
insert into app.course (code, name, topic_code, organiser_unit_id, organiser_area_id, starts_on, ends_on, status)
select x.code, 'Lớp thử', 'mobilization_work', u.id, u.area_id, x.starts_on, x.ends_on, x.status
from app.unit as u, (values ('AA-L1', date '2021-03-10', date '2021-03-12', 'held'), ('AA-L2', '2021-12-01', '2021-12-02', 'open')) as x (code, starts_on, ends_on, status)
where u.code = 'bdv-689';
insert into app.course_day (course_id, day)
select c.id, d.day from app.course as c
cross join (values (date '2021-03-10'), ('2021-03-11'), ('2021-12-01')) as d (day)
where c.code like 'AA-L_' and d.day between c.starts_on and c.ends_on;
insert into app.course_invitation (course_id, unit_id, created_at)
select c.id, pg_temp.unit('kdv-25195'), case c.code when 'AA-L1' then timestamptz '2021-04-01 08:00+07' else '2021-11-01 08:00+07' end
from app.course as c where c.code like 'AA-L_';
insert into app.training_record (course_id, staff_id, unit_id, organiser_unit_id, topic_code, status)
select c.id, s.id, pg_temp.unit('kdv-25195'), c.organiser_unit_id, c.topic_code, 'attended' from app.course as c, app.staff as s where c.code = 'AA-L1' and s.code = 'AA-1';
insert into app.training_attendance (record_id, day, is_present)
select r.id, d.day, true from app.training_record as r join app.course as c on c.id = r.course_id and c.code = 'AA-L1'
cross join (values (date '2021-03-10'), ('2021-03-11')) as d (day);
select is(pg_temp.on_days('t.dongxoai', 'course_days', '{2021-03-09,2021-03-10,2021-11-30,2021-12-01}', 'count(*)', $$r.course_code like 'AA-L_'$$), '0 2 2 3', 'the days of courses begun');
select is(pg_temp.on_days('t.dongxoai', 'course_invitations', '{2021-03-09,2021-03-10,2021-10-31,2021-11-01}', $$string_agg(r.course_code || '/' || r.taken, ',' order by r.course_code)$$, $$r.course_code like 'AA-L_'$$),
    '- AA-L1/1 AA-L1/1 AA-L1/1,AA-L2/0', 'invitations made, or to what had begun');
select is(pg_temp.on_days('t.dongxoai', 'training_attendance', '{2021-03-09,2021-03-10,2021-03-11}', 'count(*)', $$r.course_code = 'AA-L1'$$), '0 1 2', 'attendance of days gone by');

-- Plan 36 was signed on 17/8/2021; a target is added on 20/10/2021, after it was issued
set local session_replication_role = replica;
update app.plan set issued_at = '2021-08-20 08:00+07' where id = pg_temp.plan_36();
update app.indicator set created_at = '2021-08-19 08:00+07' where plan_id = pg_temp.plan_36();
update app.training_requirement set created_at = '2021-08-19 08:00+07' where plan_id = pg_temp.plan_36();
set local session_replication_role = origin;
select is((select string_agg(pg_temp.on_days('t.dongxoai', x.list, '{2021-08-16,2021-08-17}', 'left((count(*) > 0)::text, 1)', format('r.plan_id = %L', pg_temp.plan_36())), '; ')
    from unnest(array['indicators', 'indicator_asks', 'indicator_items', 'training_requirements']) as x (list)),
    'f t; f t; f t; f t', 'what was in a plan is there from the day it bears');
select min(g.id::text) as late from app.target as g join app.indicator as i on i.id = g.indicator_id where i.plan_id = pg_temp.plan_36() \gset
set local session_replication_role = replica;
update app.target set created_at = case when id = :'late' then timestamptz '2021-10-20 08:00+07' else '2021-08-19 08:00+07' end;
set local session_replication_role = origin;
select is(pg_temp.on_days('t.dongxoai', 'targets', '{2021-08-16,2021-08-17,2021-10-19,2021-10-20}', format('concat(count(*) > 0, count(*) filter (where r.id = %L))', :'late'), format('r.plan_id = %L', pg_temp.plan_36())),
    'f0 t0 t0 t1', 'one added later, from then on');

-- A period whose due day was moved on 05/11
insert into app.period (id, plan_id, kind, label, year, starts_on, ends_on, opens_on, expires_on, locks_on, created_at)
values ('00000000-0000-7000-8000-00000000bb01', pg_temp.plan_36(), 'phase', 'Thử', 2021, '2019-08-17', '2021-12-31', '2021-10-01', '2021-11-20', '2021-12-31', '2021-09-01');
delete from app.period_due where period_id = '00000000-0000-7000-8000-00000000bb01';
insert into app.period_due (period_id, level_id, due_on, original_due_on)
select '00000000-0000-7000-8000-00000000bb01', l.id, '2021-11-20', '2021-11-10' from app.level as l where l.code = 'district';
insert into app.period_event (period_id, event, cause, reason, by_unit_id, created_at)
values ('00000000-0000-7000-8000-00000000bb01', 'due_changed', 'decision', 'x', pg_temp.unit('bdv-70'), '2021-11-05 08:00+07');
select is(pg_temp.on_days('t.leader', 'period_dues', '{2021-08-31,2021-09-01,2021-11-04,2021-11-05}', 'r.due_on', $$r.period_label = 'Thử'$$),
    '- 2021-11-10 2021-11-10 2021-11-20', 'due as first set until it was moved');
select is(pg_temp.on_days('t.leader', 'period_events', '{2021-11-04,2021-11-05}', 'count(*)', $$r.period_id = '00000000-0000-7000-8000-00000000bb01' and r.event = 'due_changed'$$), '0 1', 'what happened to it, from its day');

-- Documents of 02/02 and 05/5/2021, and a draft
insert into app.document (symbol, kind, issuer, issued_on, subject, owner_unit_id, status)
select x.symbol, min(k.code), 'Ban', x.day, 'Thử ' || x.symbol, pg_temp.unit('bdv-689'), x.status
from app.document_kind as k, (values ('AA-01', date '2021-02-02', 'published'), ('AA-02', '2021-05-05', 'published'), ('AA-03', '2021-02-02', 'draft')) as x (symbol, day, status)
group by x.symbol, x.day, x.status;
insert into app.document_relation (from_id, to_id, kind)
select f.id, t.id, 'cites' from app.document as f, app.document as t where f.symbol in ('AA-02', 'AA-03') and t.symbol = 'AA-01';
select is(pg_temp.on_days('t.dongxoai', 'document_relations', '{2021-05-04,2021-05-05}', $$coalesce(string_agg(r.from_symbol, ','), '-')$$, $$r.to_symbol = 'AA-01'$$), '- AA-02', 'related once both are there');
select is(pg_temp.on_day('t.locninh', 'document_relations', '2021-05-05', 'count(*)', $$r.to_symbol = 'AA-01'$$),
    pg_temp.as_user('t.locninh', $$select count(*) from api.document_relations as r where r.to_symbol = 'AA-01' and r.from_symbol = 'AA-02'$$), 'for whoever sees both');

-- A notice of 10/10, read on 12/10
insert into app.notice (unit_id, topic, plan_id, about_unit_id, once_key, created_at)
values (pg_temp.unit('bdv-689'), 'plan_issued', pg_temp.plan_36(), pg_temp.unit('bdv-70'), 'AA', '2021-10-10 23:30+07') returning id as notice \gset
insert into app.notice_reading (notice_id, user_id, read_at) select :'notice', u.id, '2021-10-12 08:00+07' from app.user_account as u where u.login = 't.dongxoai';
select is(pg_temp.on_days('t.dongxoai', 'notices', '{2021-10-09,2021-10-10,2021-10-11,2021-10-12}', 'concat(r.is_read, r.read_at is null)', format('r.id = %L', :'notice')), '- ft ft tf', 'given, then read');
select is(pg_temp.on_day('t.locninh', 'notices', '2021-10-12', 'count(*)', format('r.id = %L', :'notice')), '0', 'not another unit''s');

-- What is on record of 10/10
select is(pg_temp.on_day('t.admin', 'audit_events', '2021-10-09', 'count(*)', 'r.at >= ''2021-10-10 00:00+07'''), '0', 'nothing of later days');
select is(pg_temp.as_user('t.admin', $$select count(*) from app.audit_event where at >= '2021-11-16'$$) <> '0', true, 'though there is some');
select is(private.moment_after('2021-10-09'), '2021-10-10 00:00+07'::timestamptz, 'a day ends at midnight here');
select is(private.moment_after('2021-11-15'), 'infinity'::timestamptz, 'and today has no end');

-- For all of them: today's list row by row, but for what may be done
create function pg_temp.differing(p_login text, p_list text, p_where text default 'true', p_key text default 'id') returns bigint
    language sql
as $$
    select pg_temp.as_user(p_login, format(
        'with day as (select to_jsonb(r) - ''actions'' from api.%1$s_on(''2021-11-15'') as r), today as (select to_jsonb(r) - ''actions'' from api.%1$s as r where %2$s)
        select (select count(*) from (table day except table today) as x) + (select count(*) from (table today except table day) as x)', p_list, p_where))::bigint
$$;
select is((
    select string_agg(x.list, ', ')
    from unnest(array['assignment_parts', 'qualifications', 'staff_deletions', 'users', 'course_invitations', 'training_attendance', 'audit_events',
        'notices', 'indicators', 'targets', 'indicator_asks', 'indicator_items', 'training_requirements', 'period_dues', 'period_events',
        'reorganisation_steps', 'reorganisation_parts', 'reorganisation_function_items', 'area_links', 'unit_links']) as x (list)
    cross join (values ('t.leader'), ('t.admin'), ('t.dongxoai')) as l (login)
    where pg_temp.differing(l.login, x.list) <> 0), null, 'as of today they are what they are today');
select is(pg_temp.differing('t.leader', 'memberships', 'r.is_current'), 0::bigint, 'with memberships in force');
select is(pg_temp.differing('t.leader', 'course_days', $$(select c.starts_on from app.course as c where c.id = r.course_id) <= '2021-11-15'$$), 0::bigint, 'days of courses begun');
select is(pg_temp.differing('t.leader', 'document_relations', $$not exists (
    select from app.document as d where d.id in (r.from_id, r.to_id) and (d.status <> 'published' or d.issued_on is null))$$), 0::bigint, 'relations of documents that bear a day');
select is((
    select string_agg(distinct l.login || ' ' || x.list || ' ' || d.day, ', ')
    from unnest(array['assignment_parts', 'qualifications', 'staff_deletions', 'users', 'memberships', 'course_days', 'course_invitations', 'audit_events',
        'notices', 'indicators', 'targets', 'indicator_asks', 'indicator_items', 'training_requirements', 'period_dues', 'period_events',
        'document_relations', 'reorganisation_steps', 'reorganisation_parts', 'reorganisation_function_items', 'area_links', 'unit_links']) as x (list)
    cross join (values ('t.locninh'), ('t.viewer')) as l (login)
    cross join (values ('2021-09-10'), ('2021-11-15')) as d (day)
    where pg_temp.on_day(l.login, x.list, d.day, 'count(*)', format('r.id not in (select t.id from api.%I as t)', x.list)) <> '0'), null,
    'on no day is there a row that the list of today hides');
select is(pg_temp.on_day('t.locninh', 'training_attendance', '2021-03-11', 'count(*)', $$r.course_code = 'AA-L1'$$), '0', 'nor another district''s attendance');
select is((
    select string_agg(x.list, ', ')
    from unnest(array['qualifications', 'users', 'memberships', 'course_days', 'course_invitations', 'notices', 'indicators', 'targets',
        'training_requirements', 'period_dues', 'document_relations', 'reorganisation_steps', 'reorganisation_parts']) as x (list)
    where pg_temp.on_day('t.admin', x.list, '2021-11-15', 'count(*)', $$r.actions <> '{}'$$) <> '0'), null, 'and nothing to do to the past');
select * from finish();
rollback;
