-- Work given beside the plan, meetings and what they decided, when the boards of two communes become one.
begin;
\ir include/acting.sql
\ir include/reporting.sql
\ir include/reorganising.sql
select plan(53);
create or replace function pg_temp.plan_36() returns uuid language sql stable return (select plan_id from of_test);
select pg_temp.add_user('t.admin', 'bdv-70', 'admin');
select pg_temp.add_user('t.heir', 'kdv-25198', 'leader');
select pg_temp.add_user('t.heir.officer', 'kdv-25198', 'officer');

-- kdv-25195 ends and goes into kdv-25198, as does kdv-25204
create function pg_temp.meet(p_title text, p_unit text, p_kind text default 'thematic', p_status text default 'planned', p_series uuid default null) returns void
    language sql
as $$
    insert into app.meeting (plan_id, period_id, series_id, kind, title, held_on, status, convened_on, opened_on, closed_on, owner_unit_id)
    select plan_id, case when p_kind <> 'thematic' then period_id end, p_series, p_kind, p_title, '2021-12-20', p_status, '2021-11-01',
        case when p_status in ('open', 'closed') then date '2021-11-10' end, case p_status when 'closed' then date '2021-11-10' end, pg_temp.unit(p_unit) from of_test;
$$;
create function pg_temp.meeting(p_title text) returns uuid language sql return (select m.id from app.meeting as m where m.title = p_title);
create function pg_temp.invite(p_title text, p_unit text, p_reply text default 'none') returns void
    language sql as $$ insert into app.meeting_invitation (meeting_id, unit_id, reply) values (pg_temp.meeting(p_title), pg_temp.unit(p_unit), p_reply); $$;
create function pg_temp.decide(p_title text, p_meeting text, p_lead text, p_status text default 'open', p_item text default null, p_units text[] default '{}',
    p_source text default 'meeting', p_giver text default 'bdv-689') returns void
    language plpgsql
as $$
declare
    outcome uuid;
    of_plan constant uuid := (select plan_id from of_test);
begin
    insert into app.outcome (meeting_id, plan_id, position, kind, title, lead_unit_id, due_on, plan_item_id, status, given_on, owner_unit_id)
    values (pg_temp.meeting(p_meeting), of_plan, 1, 'task', p_title, pg_temp.unit(p_lead), '2021-12-31', pg_temp.item(p_item), p_status,
        case p_status when 'draft' then null else date '2021-11-10' end, pg_temp.unit(p_giver)) returning id into outcome;
    insert into app.outcome_unit (outcome_id, unit_id, role) select outcome, u.id, 'coordinating' from app.unit as u where u.code = any (p_units);
    if p_status = 'open' then
        perform private.give_work('meeting', outcome, pg_temp.unit(p_giver), of_plan, pg_temp.item(p_item), p_title, 'Giao ban 10/11',
            pg_temp.unit(p_lead), '2021-12-31', array(select u.id from app.unit as u where u.code = any (p_units)));
    end if;
end;
$$;
create function pg_temp.outcome(p_title text) returns app.outcome language sql return (select o from app.outcome as o where o.title = p_title);
create function pg_temp.code(p_unit_id integer) returns text language sql return (select u.code from app.unit as u where u.id = p_unit_id);
create function pg_temp.stands(p_title text) returns text
    language sql return (select string_agg(concat_ws(' ', pg_temp.code(a.lead_unit_id), a.status, a.progress), '; ' order by a.created_at, a.id) from app.assignment as a where a.title = p_title);

-- meetings that others hold, and both are invited to
select pg_temp.meet('Huyện', 'bdv-689');
select pg_temp.invite('Huyện', 'kdv-25195', 'accepted'), pg_temp.invite('Huyện', 'kdv-25204') \g /dev/null
select pg_temp.meet('Cả hai', 'bdv-689');
select pg_temp.invite('Cả hai', 'kdv-25195', 'accepted'), pg_temp.invite('Cả hai', 'kdv-25198', 'declined') \g /dev/null
select pg_temp.meet('Đã họp', 'bdv-689', 'thematic', 'closed');
select pg_temp.invite('Đã họp', 'kdv-25195') \g /dev/null
-- the communes' own
insert into app.meeting_series (plan_id, kind, owner_unit_id) select plan_id, k.kind, pg_temp.unit(u.code)
from of_test, (values ('year_end'), ('six_months')) as k (kind), (values ('kdv-25195'), ('kdv-25198')) as u (code) where not (k.kind = 'six_months' and u.code = 'kdv-25198');
create function pg_temp.series(p_unit text, p_kind text) returns uuid language sql return (select s.id from app.meeting_series as s where s.owner_unit_id = pg_temp.unit(p_unit) and s.kind = p_kind);
select pg_temp.meet('Cuối năm của xã cũ', 'kdv-25195', 'year_end', 'planned', pg_temp.series('kdv-25195', 'year_end'));
select pg_temp.invite('Cuối năm của xã cũ', 'bdv-689'), pg_temp.invite('Cuối năm của xã cũ', 'kdv-25198') \g /dev/null
select pg_temp.meet('Cuối năm của xã còn', 'kdv-25198', 'year_end');
select pg_temp.meet('Sáu tháng của xã cũ', 'kdv-25195', 'six_months', 'planned', pg_temp.series('kdv-25195', 'six_months'));
select pg_temp.meet('Chuyên đề của xã cũ', 'kdv-25195');
select pg_temp.invite('Chuyên đề của xã cũ', 'kdv-25198') \g /dev/null
select pg_temp.meet('Chín tháng đang họp', 'kdv-25195', 'nine_months', 'open');
select pg_temp.meet('Chín tháng của xã còn', 'kdv-25198', 'nine_months', 'closed');
select pg_temp.meet('Xã cũ đã họp', 'kdv-25195', 'thematic', 'closed');
-- what they decided
select pg_temp.decide('Việc A', 'Đã họp', 'kdv-25195', 'open', 'X1', '{kdv-25198,phunu-25195}');
select pg_temp.decide('Việc B', 'Đã họp', 'kdv-25204', 'open', 'X1');
select pg_temp.decide('Việc C', 'Đã họp', 'kdv-25198', 'open', 'X1', '{kdv-25195}');
select pg_temp.decide('Việc D', 'Đã họp', 'kdv-25195');
select pg_temp.decide('Việc E', 'Đã họp', 'kdv-25195');
select pg_temp.decide('Việc F', 'Đã họp', 'bdv-689', 'open', null, '{}', 'meeting', 'kdv-25195');
select pg_temp.decide('Việc dự thảo', 'Chín tháng đang họp', 'kdv-25195', 'draft', null, '{kdv-25198,kdv-25204,bdv-689}', 'meeting', 'kdv-25195');
-- the plan's own under the same item: these do become one
insert into app.assignment (plan_id, plan_item_id, lead_unit_id, level_id, line_id, occurrence, starts_on, due_on)
select plan_id, pg_temp.item('X1'), u.id, u.level_id, u.line_id, 'Giao ban 10/11', '2021-01-01', '2021-12-31' from of_test, app.unit as u where u.code in ('kdv-25195', 'kdv-25204');
-- A is begun, D reported, E done
update app.assignment set status = 'in_progress', progress = 30 where title = 'Việc A';
update app.assignment set status = 'reported', progress = 100, reported_on = '2021-11-12' where title = 'Việc D';
update app.assignment set status = 'reported', progress = 100, reported_on = '2021-11-12' where title = 'Việc E';
update app.assignment set status = 'completed', progress = 100, completed_on = '2021-11-13' where title = 'Việc E';
insert into app.extension_request (assignment_id, unit_id, superior_unit_id, due_on, asked_due_on, reason, asked_by)
select a.id, a.lead_unit_id, pg_temp.unit('bdv-689'), a.due_on, '2022-01-15', 'Dịch', (select id from app.user_account limit 1) from app.assignment as a where a.title = 'Việc A';

-- any table of records that a unit owns: one that is once by name, one of which is not to be changed
create table app.record_of_test (id uuid primary key default private.new_id(), name text not null, is_open boolean not null default true,
    owner_unit_id integer not null references app.unit, owner_area_id integer not null, level_id smallint not null, line_id smallint not null,
    province_key integer, district_key integer, grassroots_key integer, constraint record_of_test_once unique (owner_unit_id, name));
select private.keep_table('record_of_test') \g /dev/null
grant all on app.record_of_test to danvan_policy;
create function pg_temp.refuse() returns trigger language plpgsql as $$ begin raise exception 'closed' using errcode = 'DV409', constraint = 'closed'; end; $$;
create trigger record_of_test_30_refuse before update on app.record_of_test for each row when (old.name = 'Khóa') execute function pg_temp.refuse();
-- of the two called Hai the one of kdv-25195 is the older
insert into app.record_of_test (id, name, owner_unit_id, is_open)
select format('00000000-0000-7000-8000-00000000020%s', r.n)::uuid, r.name, pg_temp.unit(r.unit), r.name <> 'Xong'
from (values (1, 'Một', 'kdv-25198'), (2, 'Một', 'kdv-25195'), (3, 'Hai', 'kdv-25195'), (4, 'Hai', 'kdv-25204'), (5, 'Khóa', 'kdv-25204'), (6, 'Xong', 'kdv-25204'),
    (7, 'Ba', 'kdv-25204')) as r (n, name, unit);

create temp table merger as select pg_temp.reorganise('2021-11-15', jsonb_build_array(jsonb_build_object(
    'subject', 'unit', 'kind', 'merge', 'from', jsonb_build_array(pg_temp.u('kdv-25195'), pg_temp.u('kdv-25204')), 'to', jsonb_build_array(pg_temp.u('kdv-25198'))))) as id;
create temp table preview as select private.reorganisation_preview(id) as told from merger;
create temp table done as select private.reorganisation_carry_out(id) as counts from merger;
select is((select told -> 'counts' from preview), (select counts from done), 'what was told is what is done');
select is((select concat_ws(' ', counts ->> 'given_work', counts ->> 'meeting_series', counts ->> 'meeting', counts ->> 'series_ended', counts ->> 'meetings_cancelled') from done), '3 1 3 1 1', 'and counted');
select is((select told -> 'moves' -> 0 ->> 'assignments' from preview), (select counts ->> 'assignments' from done), 'assignments likewise, given ones among them');
select is((select string_agg(w ->> 'word' || ' ' || (w ->> 'about'), '; ' order by w ->> 'word', w ->> 'about') from preview, jsonb_array_elements(told -> 'warnings') as w where w ->> 'word' in ('series_ended', 'meeting_cancelled', 'record_left')),
    'meeting_cancelled Khối Dân vận phường Tân Phú: Cuối năm của xã cũ; record_left Khối Dân vận phường Tân Phú: Một; record_left Khối Dân vận phường Tân Xuân: Hai; '
    'record_left Khối Dân vận phường Tân Xuân: Khóa; series_ended Khối Dân vận phường Tân Phú: T-BDV (giao ban cuối năm)', 'the preview tells what the successor has already');

-- work
select is(pg_temp.stands('Việc A'), 'kdv-25195 moved 30; kdv-25198 in_progress 30', 'given work goes on as far as it was');
select is(pg_temp.stands('Việc B'), 'kdv-25204 moved 0; kdv-25198 not_started 0', 'each by itself');
select is((select count(*) from app.assignment as a where a.plan_item_id = pg_temp.item('X1') and a.lead_unit_id = pg_temp.unit('kdv-25198') and a.source = 'plan' and a.is_pending), 1::bigint, 'where the plan''s own become one');
select is((select count(*) from app.assignment as a where a.plan_item_id = pg_temp.item('X1') and a.lead_unit_id = pg_temp.unit('kdv-25198') and a.source <> 'plan' and a.is_pending), 3::bigint, 'under the same item and name');
select is((select bool_and((n.source, n.source_id, n.given_by_unit_id, n.title, n.plan_item_id, n.occurrence, n.due_on, n.original_due_on, n.starts_on)
        is not distinct from (o.source, o.source_id, o.given_by_unit_id, o.title, o.plan_item_id, o.occurrence, o.due_on, o.original_due_on, o.starts_on))
    from app.assignment as o join app.assignment as n on n.id = o.moved_to_id where o.title in ('Việc A', 'Việc B', 'Việc D')), true, 'with all that makes it what it is');
select is(pg_temp.stands('Việc C'), 'kdv-25198 not_started 0', 'the successor''s own stays');
select is((select count(*) from app.assignment_part as p join app.assignment as a on a.id = p.assignment_id where a.title = 'Việc C'), 0::bigint, 'whose other part was the predecessor');
select is((select string_agg(pg_temp.code(p.unit_id), ' ') from app.assignment_part as p where p.assignment_id = private.work_of((pg_temp.outcome('Việc A')).id)), 'phunu-25195', 'the other parts go along, but the lead''s');
select is(pg_temp.stands('Việc D'), 'kdv-25195 moved 100; kdv-25198 reported 100', 'what awaits a leader awaits the successor''s');
select is(pg_temp.stands('Việc E'), 'kdv-25195 completed 100', 'what is done stays whose it was');
select is((select concat_ws(' ', o.status, pg_temp.code(o.lead_unit_id)) from (select (pg_temp.outcome('Việc E')).*) as o), 'completed kdv-25195', 'and so does its outcome');
select is((select string_agg(concat_ws(' ', o.title, o.status, pg_temp.code(o.lead_unit_id)), '; ' order by o.title) from app.outcome as o where o.title in ('Việc A', 'Việc B', 'Việc D')),
    'Việc A open kdv-25198; Việc B open kdv-25198; Việc D open kdv-25198', 'outcomes name who leads now');
select is((select a.lead_unit_id from app.assignment as a where a.id = private.work_of((pg_temp.outcome('Việc A')).id)), pg_temp.unit('kdv-25198'), 'whose work they point to');
select is((select string_agg(pg_temp.code(q.unit_id) || ' ' || q.status, '; ' order by q.created_at, q.status desc) from app.extension_request as q join app.assignment as a on a.id = q.assignment_id where a.title = 'Việc A'),
    'kdv-25195 withdrawn; kdv-25198 pending', 'a request for more time goes along');
select is((select pg_temp.code(a.given_by_unit_id) from app.assignment as a where a.title = 'Việc F'), 'kdv-25198', 'work that an ended unit gave is its successor''s to follow');

-- the successor ends it
create function pg_temp.say(p_title text, p_command text, p_body text default null) returns text
    language sql return (select format('select api.assignment_%s(%L, %s, %L)', p_command, a.id, a.version, p_body) from app.assignment as a where a.id = private.work_of((pg_temp.outcome(p_title)).id));
select is(pg_temp.as_user('t.heir', pg_temp.say('Việc D', 'confirm')), '', 'the successor confirms what was reported');
select is(concat_ws(' ', (pg_temp.outcome('Việc D')).status, (pg_temp.outcome('Việc D')).completed_on), 'completed 2021-11-15', 'and the outcome is completed');
select is(pg_temp.as_user('t.heir.officer', pg_temp.say('Việc A', 'progress', '{"status": "reported"}')), '', 'it reports what it took over');
select is(pg_temp.as_user('t.heir', pg_temp.say('Việc A', 'confirm')), '', 'confirms');
select is(concat_ws(' ', (pg_temp.outcome('Việc A')).status, (pg_temp.outcome('Việc A')).completed_on), 'completed 2021-11-15', 'completed as well');
select is((pg_temp.outcome('Việc B')).status, 'open', 'the other outcome is not');
select is(private.withdraw_work((pg_temp.outcome('Việc B')).id, 'Thôi'), true, 'it is taken back at the successor');
select is(pg_temp.stands('Việc B'), 'kdv-25204 moved 0; kdv-25198 cancelled 0', 'where it stands');

-- invitations
select is((select string_agg(pg_temp.code(i.unit_id) || ' ' || i.reply, ' ') from app.meeting_invitation as i where i.meeting_id = pg_temp.meeting('Huyện')), 'kdv-25198 accepted', 'the successor is invited for both, once');
select is((select string_agg(pg_temp.code(i.unit_id) || ' ' || i.reply, ' ') from app.meeting_invitation as i where i.meeting_id = pg_temp.meeting('Cả hai')), 'kdv-25198 declined', 'its own invitation stays as it is');
select is((select string_agg(pg_temp.code(i.unit_id), ' ') from app.meeting_invitation as i where i.meeting_id = pg_temp.meeting('Đã họp')), 'kdv-25195', 'who was at a meeting that is over, was');
-- the own meetings
create function pg_temp.held(p_title text) returns text
    language sql return (select concat_ws(' ', pg_temp.code(m.owner_unit_id), m.kind, m.status) from app.meeting as m where m.title = p_title);
select is(pg_temp.held('Chuyên đề của xã cũ'), 'kdv-25198 thematic planned', 'a planned meeting is the successor''s');
select is((select count(*) from app.meeting_invitation as i where i.meeting_id = pg_temp.meeting('Chuyên đề của xã cũ')), 0::bigint, 'which invites itself to none');
select is(pg_temp.held('Sáu tháng của xã cũ'), 'kdv-25198 six_months planned', 'and so is one that it did not plan');
select is(pg_temp.held('Cuối năm của xã cũ'), 'kdv-25195 year_end cancelled', 'what it planned itself is held once');
select is((select string_agg(pg_temp.code(n.unit_id), ' ') from app.notice as n where n.topic = 'meeting_cancelled' and n.resource_id = pg_temp.meeting('Cuối năm của xã cũ')), 'bdv-689', 'who was invited to the other is told');
select is(pg_temp.held('Cuối năm của xã còn'), 'kdv-25198 year_end planned', 'the successor''s own stays');
select is(pg_temp.held('Chín tháng đang họp'), 'kdv-25198 thematic open', 'what is being held goes on to its end');
select is(pg_temp.held('Xã cũ đã họp'), 'kdv-25195 thematic closed', 'what is over stays');
select is((select concat_ws(' ', pg_temp.code(o.owner_unit_id), pg_temp.code(o.lead_unit_id), (select string_agg(pg_temp.code(x.unit_id), ' ' order by x.id) from app.outcome_unit as x where x.outcome_id = o.id))
    from app.outcome as o where o.title = 'Việc dự thảo'), 'kdv-25198 kdv-25198 bdv-689', 'a draft names the successor, once, as lead');
select is((select string_agg(concat_ws(' ', s.kind, pg_temp.code(s.owner_unit_id), s.is_open), '; ' order by s.kind, s.is_open) from app.meeting_series as s where s.owner_unit_id in (pg_temp.unit('kdv-25195'), pg_temp.unit('kdv-25198'))),
    'six_months kdv-25198 t; year_end kdv-25195 f; year_end kdv-25198 t', 'of two series the successor''s goes on');
select is((select string_agg(pg_temp.code(r.owner_unit_id) || ' ' || r.name, '; ' order by r.owner_unit_id = pg_temp.unit('kdv-25198') desc, r.owner_unit_id, r.name) from app.record_of_test as r),
    'kdv-25198 Ba; kdv-25198 Hai; kdv-25198 Một; kdv-25195 Một; kdv-25204 Hai; kdv-25204 Khóa; kdv-25204 Xong', 'any record goes that can: what a key or a rule holds back stays, and holds up nothing');
select is((select count(*) from private.owned_left() as l join app.unit as u on u.id = l.unit_id and u.code in ('kdv-25195', 'kdv-25204') where l.table_name <> 'record_of_test'), 0::bigint, 'nothing else is left behind');
-- a split: the first takes it over, the other owes none of it; a unit that is dissolved, and one that nobody takes over
select pg_temp.decide('Việc chia', 'Đã họp', 'kdv-25201');
insert into app.assignment (plan_id, plan_item_id, lead_unit_id, level_id, line_id, occurrence, starts_on, due_on)
select plan_id, pg_temp.item('X2'), u.id, u.level_id, u.line_id, 'Chia', '2021-01-01', '2021-12-31' from of_test, app.unit as u where u.code = 'kdv-25201';
select private.reorganisation_carry_out(pg_temp.reorganise('2021-11-15', jsonb_build_array(jsonb_build_object('subject', 'unit', 'kind', 'split', 'from', jsonb_build_array(pg_temp.u('kdv-25201')),
    'to', jsonb_build_array(pg_temp.u('kdv-25207') || '{"allocation": "copy"}', pg_temp.u('kdv-25198') || '{"allocation": "copy"}'))))) \g /dev/null
select is(pg_temp.stands('Việc chia'), 'kdv-25201 moved 0; kdv-25207 not_started 0', 'in a split the first successor alone has it');
select is((select string_agg(pg_temp.code(a.lead_unit_id), ' ' order by pg_temp.code(a.lead_unit_id)) from app.assignment as a where a.occurrence = 'Chia' and a.is_pending), 'kdv-25198 kdv-25207', 'where all owe what is the plan''s');
insert into app.record_of_test (name, owner_unit_id) values ('Bốn', pg_temp.unit('kdv-25207'));
select private.reorganisation_carry_out(pg_temp.reorganise('2021-11-15',
    jsonb_build_array(jsonb_build_object('subject', 'unit', 'kind', 'dissolve', 'from', jsonb_build_array(pg_temp.u('kdv-25207')))))) \g /dev/null
select is(pg_temp.stands('Việc chia'), 'kdv-25201 moved 0; kdv-25207 moved 0; bdv-689 not_started 0', 'and where that is dissolved, who stands above');
update app.unit set is_active = false where code = 'kdv-25210';
insert into app.record_of_test (name, owner_unit_id) values ('Năm', pg_temp.unit('kdv-25210'));
select is(private.move_owned() ->> 'record_of_test', null, 'nothing goes without a successor');
select is((select string_agg(l.about, ' ') from private.owned_left() as l where l.unit_id = pg_temp.unit('kdv-25210')), 'Năm', 'and is told');
-- a function moves and comes back
select pg_temp.decide('Việc của ngành', 'Đã họp', 'bdv-70', 'open', 'X2') \g /dev/null
create function pg_temp.move_function(p_from text, p_to text) returns jsonb
    language sql return private.reorganisation_carry_out(pg_temp.reorganise('2021-11-15', jsonb_build_array(jsonb_build_object('subject', 'unit', 'kind', 'move_function',
        'from', jsonb_build_array(pg_temp.u(p_from)), 'to', jsonb_build_array(pg_temp.u(p_to)), 'items', jsonb_build_array('X2')))));
select is((select pg_temp.move_function('bdv-70', 'btc-70') ->> 'given_work'), '1', 'given work under an item goes with the function');
select is(pg_temp.code((pg_temp.outcome('Việc của ngành')).lead_unit_id), 'btc-70', 'and its outcome names who has it');
select is((select pg_temp.move_function('btc-70', 'bdv-70') ->> 'given_work'), '1', 'back');
select is((select string_agg(concat_ws(' ', pg_temp.code(a.lead_unit_id), a.status, a.occurrence), '; ' order by a.id) from app.assignment as a where a.title = 'Việc của ngành'),
    'bdv-70 moved Giao ban 10/11; btc-70 moved Giao ban 10/11; bdv-70 not_started Giao ban 10/11 (tiếp nhận)', 'beside what it had once');
select is((select count(*) from private.assignment_count_faults()) + (select count(*) from private.assignment_state_faults()), 0::bigint, 'counts and days are right');
select is((select count(*) from private.given_routes(null)), 0::bigint, 'nothing of it waits');
select * from finish();
rollback;
