-- Committees: who sees and writes them, members by day, renewal in one change, the programme's work as assignments, reviews,
-- ending, and what a reorganisation leaves of it.
begin;
\ir include/acting.sql
select plan(94);
update private.installation set mode = 'test', fixed_today = '2021-11-15';

select pg_temp.add_user('t.province', 'bdv-70', 'officer');
select pg_temp.add_user('t.viewer', 'bdv-70', 'viewer');
select pg_temp.add_user('t.admin', 'bdv-70', 'admin');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'officer');
select pg_temp.add_user('t.locninh', 'bdv-692', 'officer');
select pg_temp.add_user('t.front', 'mttq-70', 'officer');
select pg_temp.add_user('t.frontleader', 'mttq-70', 'leader');
select pg_temp.add_user('t.home', 'sonoivu-70', 'officer');
select pg_temp.add_user('t.women', 'phunu-689', 'officer');

create function pg_temp.document(p_symbol text) returns uuid
    language sql return (select d.id from app.document as d where d.symbol = p_symbol);
insert into app.document (symbol, kind, issuer, issued_on, subject, status, owner_unit_id)
select t.symbol, 'decision', 'Tỉnh ủy', '2021-10-01', 'Kiện toàn', t.status, pg_temp.unit(t.unit)
from (values ('T-01-QĐ/TU', 'published', 'bdv-70'), ('T-02-QĐ/TU', 'published', 'bdv-70'), ('T-99-BC/HU', 'draft', 'bdv-689')) as t (symbol, status, unit);

create function pg_temp.committee(p_code text) returns app.committee
    language sql return (select c from app.committee as c where c.code = p_code);
create function pg_temp.make_committee(p_login text, p_code text, p_more text default '') returns text
    language sql return pg_temp.as_user(p_login, format(
        $$insert into app.committee (code, name, established_on, plan_id) values (%L, 'Ban thử', '2021-09-01', %L) returning owner_unit_id$$,
        p_code, pg_temp.plan_36()));
create function pg_temp.tell(p_login text, p_code text, p_command text, p_body jsonb, p_version integer default null) returns text
    language sql return pg_temp.as_user(p_login, format('select api.committee_%s(%L, %s, %L)', p_command,
        (pg_temp.committee(p_code)).id, coalesce(p_version, (pg_temp.committee(p_code)).version), p_body));
create function pg_temp.member(p_login text, p_code text, p_unit text, p_role text, p_post text, p_from date default '2021-09-01') returns text
    language sql return pg_temp.as_user(p_login, format(
        $$insert into app.committee_member (committee_id, unit_id, role, post, valid_from) values (%L, %s, %L, %L, %L) returning 'done'$$,
        (pg_temp.committee(p_code)).id, pg_temp.unit(p_unit), p_role, p_post, p_from));

-- making one
select is(pg_temp.make_committee('t.viewer', 'T-BCD'), '42501', 'a viewer makes none');
select is(pg_temp.make_committee('t.admin', 'T-BCD'), '42501', 'nor an administrator');
select is(pg_temp.make_committee('t.province', 'T-BCD'), pg_temp.unit('bdv-70')::text, 'an officer does, for the own unit');
select is(pg_temp.make_committee('t.province', 'T-BCD'), 'DV422 duplicate code', 'a code once');
select is(pg_temp.make_committee('t.dongxoai', 'T-BCD-DX'), pg_temp.unit('bdv-689')::text, 'a district has its own');
select is(pg_temp.as_user('t.province', format($$insert into app.committee (code, name, established_on, document_id)
    values ('T-X', 'x', '2021-09-01', %L)$$, pg_temp.document('T-99-BC/HU'))), 'DV422 not_visible document_id', 'a hidden document is none');
select is(pg_temp.as_user('t.province', $$select count(*) from api.committees where code like 'T-BCD%'$$), '2', 'the province sees both');
select is(pg_temp.as_user('t.dongxoai', $$select count(*) from api.committees where code like 'T-BCD%'$$), '1', 'it flows down to nobody');
select is(pg_temp.as_user('t.front', $$select count(*) from api.committees where code like 'T-BCD%'$$), '0', 'nor across');
select is(pg_temp.as_user('t.province', $$select actions::text from api.committees where code = 'T-BCD'$$), '{update,delete,renew,end}', 'what the officer may');
select is(pg_temp.as_user('t.viewer', $$select actions::text from api.committees where code = 'T-BCD'$$), '{}', 'a viewer reads');
select is(pg_temp.as_user('t.province', $$update app.committee set duties = 'x' where code = 'T-BCD-DX' returning 1$$), null, 'who stands above changes nothing');

-- members
select is(pg_temp.member('t.province', 'T-BCD', 'mttq-70', 'vice_chair', 'Chủ tịch'), 'done', 'a member by unit and post');
select is(pg_temp.member('t.province', 'T-BCD', 'mttq-70', 'vice_chair', 'Chủ tịch', '2021-10-01'), '23P01 committee_member_no_overlap', 'once at a time');
select is(pg_temp.member('t.province', 'T-BCD', 'mttq-70', 'member', 'Phó Chủ tịch'), 'done', 'another post beside it');
select is(pg_temp.member('t.province', 'T-BCD', 'sonoivu-70', 'member', 'Giám đốc', '2021-12-01'), 'done', 'one to come');
select is(pg_temp.member('t.province', 'T-BCD', 'bdv-689', 'member', 'Trưởng ban', '2021-08-01'), 'DV422 out_of_range valid_from', 'none before the committee');
select is(pg_temp.member('t.front', 'T-BCD', 'mttq-70', 'secretary', 'Chánh Văn phòng'), '42501', 'a member adds none');
select is(pg_temp.member('t.dongxoai', 'T-BCD', 'bdv-689', 'member', 'Trưởng ban'), 'DV422 not_visible committee_id', 'nor who does not see it');
select is(pg_temp.member('t.viewer', 'T-BCD', 'bdv-689', 'member', 'Trưởng ban'), '42501', 'nor a viewer');
select is(pg_temp.member('t.dongxoai', 'T-BCD-DX', 'bdv-692', 'member', 'x'), 'DV422 not_visible unit_id', 'a hidden unit is none');
select is(pg_temp.as_user('t.front', $$select member_count from api.committees where code = 'T-BCD'$$), '2', 'a member sees it, with the members of today');
select is(pg_temp.as_user('t.home', $$select count(*) from api.committees where code = 'T-BCD'$$), '0', 'who is to come does not yet');
select is(pg_temp.as_user('t.front', $$select count(*) from api.committee_members where committee_code = 'T-BCD'$$), '3', 'and its members');
select is(pg_temp.as_user('t.province', $$delete from app.committee_member where unit_id = pg_temp.unit('mttq-70') returning 1$$), 'DV409 wrong_state',
    'who has been a member is ended, not deleted');
select is(pg_temp.as_user('t.province', $$update app.committee_member set valid_from = '2021-11-16' where unit_id = pg_temp.unit('mttq-70') and role = 'member' returning 1$$), 'DV422 in_the_future valid_from',
    'nor made one who is to come');
select is(pg_temp.as_user('t.province', $$update app.committee_member set valid_to = '2021-09-01' where role = 'vice_chair' and unit_id = pg_temp.unit('mttq-70')
    and valid_from = '2021-09-01' returning 1$$), '23514 committee_member_dates', 'an end after the beginning');
select is(pg_temp.as_user('t.province', $$delete from app.committee_member where unit_id = pg_temp.unit('sonoivu-70') and valid_from = '2021-12-01' returning 'gone'$$), 'gone', 'who is to come is deleted');

-- renewal
create function pg_temp.renewal(p_members jsonb, p_from text default '2021-11-01') returns jsonb
    language sql return jsonb_build_object('document_id', pg_temp.document('T-02-QĐ/TU'), 'valid_from', p_from, 'members', p_members);
create function pg_temp.as_member(p_unit text, p_role text, p_post text) returns jsonb
    language sql return jsonb_build_object('unit_id', pg_temp.unit(p_unit), 'role', p_role, 'post', p_post);
create function pg_temp.faults_of(p_login text, p_body jsonb) returns text
    language sql return pg_temp.rehearse(p_login, format(
        $$select string_agg(concat_ws(' ', f.nth, f.field, f.word), ', ' order by f.nth, f.field) from private.members_faults(%L) as f$$, p_body));
select is(pg_temp.tell('t.front', 'T-BCD', 'renew', pg_temp.renewal(jsonb_build_array(pg_temp.as_member('mttq-70', 'chair', 'Chủ tịch')))), 'DV403 not_permitted', 'a member renews nothing');
select is(pg_temp.tell('t.dongxoai', 'T-BCD', 'renew', pg_temp.renewal('[]')), 'DV404', 'nor who does not see it');
select is(pg_temp.tell('t.province', 'T-BCD', 'renew', pg_temp.renewal('[]')), 'DV422 required members', 'with members');
select is(pg_temp.tell('t.province', 'T-BCD', 'renew', pg_temp.renewal('[]') - 'document_id'), 'DV422 required document_id', 'by a decision');
select is(pg_temp.tell('t.province', 'T-BCD', 'renew', pg_temp.renewal('[1]') - 'valid_from'), 'DV422 required valid_from', 'from a day');
select is(pg_temp.tell('t.province', 'T-BCD', 'renew', pg_temp.renewal('[1]', '2021-02-30')), 'DV422 not_a_date valid_from', 'of the calendar');
select is(pg_temp.faults_of('t.province', jsonb_build_object('members', jsonb_build_array(
        pg_temp.as_member('mttq-70', 'boss', 'x'), '{"unit_id": 1.5, "role": "chair", "post": " "}'::jsonb, '7'::jsonb,
        pg_temp.as_member('bdv-70', 'chair', 'x'), pg_temp.as_member('bdv-70', 'chair', 'x'),
        pg_temp.as_member('bdv-70', 'chair', 'y') || '{"staff_id": "no"}'))),
    '0 role not_a_choice, 1 post required, 1 unit_id not_visible, 2 post required, 2 role required, 2 unit_id required, 4 post duplicate, 5 staff_id not_visible',
    'every fault of every member is named');
select is(pg_temp.tell('t.province', 'T-BCD', 'renew', pg_temp.renewal(jsonb_build_array(pg_temp.as_member('bdv-70', 'chair', 'Trưởng ban'), '7'::jsonb))), 'DV422', 'with one fault');
select is((select count(*) from app.committee_member as m where m.committee_id = (pg_temp.committee('T-BCD')).id and m.valid_to is null), 2::bigint, 'nothing is changed');
select is(pg_temp.tell('t.province', 'T-BCD', 'renew', pg_temp.renewal(jsonb_build_array(pg_temp.as_member('bdv-70', 'chair', 'Trưởng ban')), '2021-09-01')),
    'DV422 out_of_range valid_from', 'not to before the last change');
select is(pg_temp.tell('t.province', 'T-BCD', 'renew', pg_temp.renewal(jsonb_build_array(pg_temp.as_member('bdv-70', 'chair', 'Trưởng ban'))), 9), 'DV412', 'with the version read');
create temp table event_before as select e.id from app.audit_event as e;
select is(pg_temp.tell('t.province', 'T-BCD', 'renew', pg_temp.renewal(jsonb_build_array(
    pg_temp.as_member('bdv-70', 'chair', 'Trưởng ban'), pg_temp.as_member('mttq-70', 'vice_chair', 'Chủ tịch'),
    pg_temp.as_member('sonoivu-70', 'member', 'Giám đốc')))), '', 'it is renewed');
select is((select string_agg(concat_ws(' ', e.action, e.resource, e.change ->> 'ended', e.change ->> 'made'), ', ') from app.audit_event as e
    where e.id not in (select b.id from event_before as b)),
    'renew committee 2 3', 'one event tells of it');
select is((select string_agg(concat_ws(' ', u.code, m.role, m.valid_from, m.valid_to), ', ' order by m.valid_from, u.code, m.role)
    from app.committee_member as m join app.unit as u on u.id = m.unit_id where m.committee_id = (pg_temp.committee('T-BCD')).id),
    'mttq-70 member 2021-09-01 2021-11-01, mttq-70 vice_chair 2021-09-01 2021-11-01, '
    'bdv-70 chair 2021-11-01, mttq-70 vice_chair 2021-11-01, sonoivu-70 member 2021-11-01', 'these go, those come');
select is((pg_temp.committee('T-BCD')).version, 2, 'a change of the committee');
select is(pg_temp.as_user('t.home', $$select count(*) from api.committees where code = 'T-BCD'$$), '1', 'who has come sees it');
select is(pg_temp.as_user('t.province', format($$select concat_ws(' ', (select count(*) from api.committee_members_on('2021-10-31') where committee_id = %1$L),
    (select count(*) from api.committee_members_on('2021-11-01') where committee_id = %1$L), (select member_count from api.committees_on('2021-10-31') where id = %1$L))$$,
    (pg_temp.committee('T-BCD')).id)), '2 3 2', 'each day has the members of the day');

-- the programme of work
create function pg_temp.item(p_title text) returns app.committee_work_item
    language sql return (select i from app.committee_work_item as i where i.title = p_title);
create function pg_temp.make_item(p_login text, p_title text, p_lead text, p_set jsonb default '{}', p_code text default 'T-BCD') returns text
    language sql return pg_temp.as_user(p_login, format(
        $$insert into app.committee_work_item (committee_id, year, title, lead_unit_id, due_on, plan_item_id) values (%L, 2021, %L, %L, %L, %L) returning status$$,
        (pg_temp.committee(p_code)).id, p_title, pg_temp.unit(p_lead), p_set ->> 'due_on', p_set ->> 'item'));
create function pg_temp.do_item(p_login text, p_title text, p_command text, p_body jsonb default '{}') returns text
    language sql return pg_temp.as_user(p_login, format('select api.committee_work_item_%s(%L, %s, %L)', p_command,
        (pg_temp.item(p_title)).id, (pg_temp.item(p_title)).version, p_body));
select is(pg_temp.make_item('t.province', 'Việc 1', 'bdv-689'), 'DV422 not_a_member lead_unit_id', 'a member leads it');
select is(pg_temp.make_item('t.province', 'Việc 1', 'mttq-70', '{"due_on":"2021-12-15"}'), 'draft', 'and it is a draft');
select is(pg_temp.make_item('t.front', 'Việc 2', 'mttq-70'), '42501', 'of the standing unit');
select is(pg_temp.make_item('t.province', 'Việc 2', 'sonoivu-70', jsonb_build_object('item', '017b4fe7-da80-7000-8000-000000000a36')), 'DV422 not_visible plan_item_id', 'of the committee''s plan');
select is(pg_temp.make_item('t.province', 'Việc 2', 'bdv-70'), 'draft', 'the standing unit may lead');
select is(pg_temp.as_user('t.front', $$select count(*) from api.committee_work_items where title like 'Việc _'$$), '0', 'drafts are nobody else''s');
select is(pg_temp.do_item('t.front', 'Việc 1', 'give'), 'DV404', 'nor to give');
select is(pg_temp.do_item('t.viewer', 'Việc 1', 'give'), 'DV403 not_permitted', 'nor a viewer''s');
select is(pg_temp.do_item('t.province', 'Việc 2', 'give'), 'DV422 required due_on', 'given with a day');
select is(pg_temp.do_item('t.province', 'Việc 1', 'give'), '', 'given');
select is((select concat_ws(' ', a.source, u.code, a.title, a.occurrence, a.due_on) from app.assignment as a join app.unit as u on u.id = a.lead_unit_id
    where a.source_id = (pg_temp.item('Việc 1')).id), 'committee mttq-70 Việc 1 T-BCD, năm 2021, việc 1 2021-12-15', 'as an assignment');
select is(pg_temp.as_user('t.front', $$select status || ' ' || (assignment_id is not null) from api.committee_work_items where title = 'Việc 1'$$), 'open true', 'seen by its lead');
select is(pg_temp.do_item('t.province', 'Việc 1', 'complete'), 'DV409 by_assignment', 'its assignment tells when it is done');
select is(pg_temp.as_user('t.province', $$update app.committee_work_item set title = 'x' where title = 'Việc 1' returning 1$$), 'DV409 wrong_state', 'it stays as given');
create function pg_temp.on_work(p_login text, p_title text, p_call text) returns text
    language sql return pg_temp.as_user(p_login, (select format('select api.assignment_' || p_call, a.id, a.version)
        from app.assignment as a where a.source_id = (pg_temp.item(p_title)).id));
create function pg_temp.late(p_login text, p_from text default 'api.committee_work_items') returns text
    language sql return pg_temp.as_user(p_login, format($$select concat_ws(' ', is_overdue, days_overdue, present_due_on, progress) from %s where title = 'Việc 1'$$, p_from));
update private.installation set fixed_today = '2021-12-20';
select is(array[pg_temp.late('t.front'), pg_temp.late('t.home')], array['t 5 2021-12-15 0', 't 5 2021-12-15 0'], 'late is told with its days, to members too');
update app.assignment set due_on = '2021-12-18' where source_id = (pg_temp.item('Việc 1')).id;
select is(pg_temp.late('t.home'), 't 2 2021-12-18 0', 'by the day with more time');
update app.assignment set due_on = '2021-12-31' where source_id = (pg_temp.item('Việc 1')).id;
select is(array[pg_temp.late('t.home'), pg_temp.late('t.home', $$api.committee_work_items_on('2021-12-20')$$)],
    array['f 0 2021-12-31 0', 'f 0 2021-12-31 0'], 'which may make it not late');
update app.assignment set due_on = '2021-12-15' where source_id = (pg_temp.item('Việc 1')).id;
update private.installation set fixed_today = '2021-11-15';
-- what was given is followed to its end when the plan is closed, and nothing new is given
update app.plan set status = 'closed' where id = pg_temp.plan_36();
select is(pg_temp.on_work('t.front', 'Việc 1', $$progress(%L, %s, '{"status":"reported","progress":100}')$$), '', 'its lead reports');
update private.installation set fixed_today = '2021-12-20';
select is(pg_temp.late('t.home'), 'f 0 2021-12-15 100', 'what is reported is not late');
update private.installation set fixed_today = '2021-11-15';
select is((pg_temp.item('Việc 1')).status, 'open', 'which closes nothing yet');
select is(pg_temp.on_work('t.frontleader', 'Việc 1', $$confirm(%L, %s, '{}')$$), '', 'their leader confirms');
select is((pg_temp.item('Việc 1')).status || ' ' || (pg_temp.item('Việc 1')).completed_on, 'completed 2021-11-15', 'both sides are closed');
select is(pg_temp.as_user('t.province', $$update app.committee_work_item set due_on = '2021-12-20' where title = 'Việc 2' returning status$$), 'draft', 'a draft changes');
select is(pg_temp.do_item('t.province', 'Việc 2', 'give'), 'DV409 plan_closed', 'not given under a closed plan');
update app.plan set status = 'in_force' where id = pg_temp.plan_36();
select is(pg_temp.do_item('t.province', 'Việc 2', 'give'), '', 'another');
update app.plan set status = 'closed' where id = pg_temp.plan_36();
select is(pg_temp.do_item('t.province', 'Việc 2', 'withdraw'), 'DV422 required reason', 'taken back for a reason');
select is(pg_temp.do_item('t.province', 'Việc 2', 'withdraw', '{"reason":"Trùng"}'), '', 'taken back');
select is((select a.status from app.assignment as a where a.source_id = (pg_temp.item('Việc 2')).id), 'cancelled', 'with its assignment');
update app.plan set status = 'in_force' where id = pg_temp.plan_36();

-- reviews
select is(pg_temp.as_user('t.province', format($$insert into app.committee_review (committee_id, title, period_from, period_to) values (%L, 'Sơ kết', '2021-01-01', '2020-12-31') returning 1$$,
    (pg_temp.committee('T-BCD')).id)), '23514 committee_review_period', 'a period has its end after its beginning');
select is(pg_temp.as_user('t.province', format($$insert into app.committee_review (committee_id, title, period_from, period_to, due_on) values (%L, 'Sơ kết', '2016-01-07', '2021-01-07', '2021-10-31') returning planned_on$$,
    (pg_temp.committee('T-BCD')).id)), '2021-11-15', 'a review is planned today');
select is(pg_temp.as_user('t.front', $$select status || is_overdue from api.committee_reviews where title = 'Sơ kết'$$), 'plannedtrue', 'and overdue');
select is(pg_temp.as_user('t.province', $$select api.committee_review_conclude(r.id, r.version, '{"summary":"Đạt","done_on":"2021-11-16"}') from app.committee_review as r where r.title = 'Sơ kết'$$),
    'DV422 in_the_future done_on', 'not done tomorrow');
select is(pg_temp.as_user('t.province', $$select api.committee_review_conclude(r.id, r.version, '{"summary":"Đạt","done_on":"2021-11-10"}') from app.committee_review as r where r.title = 'Sơ kết'$$), '', 'done');
select is(pg_temp.as_user('t.province', $$update app.committee_review set title = 'x' where title = 'Sơ kết' returning 1$$), 'DV409 wrong_state', 'then it stays');

-- a session is the standing unit's
select throws_ok(format($$insert into app.meeting (plan_id, committee_id, kind, title, held_on, owner_unit_id) values (%L, %L, 'committee_session', 'Phiên họp', '2021-11-20', %s)$$,
    pg_temp.plan_36(), (pg_temp.committee('T-BCD')).id, pg_temp.unit('bdv-689')), 'DV422', null, 'of another unit it is no session');
insert into app.meeting (plan_id, committee_id, kind, title, held_on, owner_unit_id)
values (pg_temp.plan_36(), (pg_temp.committee('T-BCD')).id, 'committee_session', 'Phiên họp', '2021-11-20', pg_temp.unit('bdv-70'));
select is(pg_temp.as_user('t.province', $$select next_session_on from api.committees where code = 'T-BCD'$$), '2021-11-20', 'the next one is told');

-- the end
select is(pg_temp.as_user('t.province', $$delete from app.committee where code = 'T-BCD' returning 1$$), 'DV409 wrong_state', 'what has worked is ended, not deleted');
select is(pg_temp.make_committee('t.province', 'T-M'), pg_temp.unit('bdv-70')::text, 'one more');
select is(pg_temp.member('t.province', 'T-M', 'mttq-70', 'member', 'Chủ tịch', '2021-11-16'), 'done', 'with a member to come');
select is(pg_temp.as_user('t.province', $$select actions::text from api.committees where code = 'T-M'$$), '{update,delete,renew,end}', 'may be deleted');
update private.installation set fixed_today = '2021-11-16';
select is(pg_temp.as_user('t.province', $$select actions::text from api.committees where code = 'T-M'$$), '{update,renew,end}', 'once that has come it may not');
select is(pg_temp.as_user('t.province', $$delete from app.committee where code = 'T-M' returning 1$$), 'DV409 wrong_state', 'for its members would be forgotten with it');
update private.installation set fixed_today = '2021-11-15';
select is(pg_temp.as_user('t.province', $$delete from app.committee where code = 'T-M' returning 'gone'$$), 'gone', 'before, it goes');
select is(pg_temp.tell('t.province', 'T-BCD', 'end', '{"ended_on":"2021-11-14"}'), 'DV422 required reason', 'with a reason or a decision');
select is(pg_temp.tell('t.province', 'T-BCD', 'end', '{"ended_on":"2021-11-14","reason":"Hết nhiệm vụ"}'), '', 'ended');
select is((select count(*) from app.committee_member as m where m.committee_id = (pg_temp.committee('T-BCD')).id and (m.valid_to is null or m.valid_to > '2021-11-14')), 0::bigint, 'with its members');
select is(pg_temp.tell('t.province', 'T-BCD', 'renew', pg_temp.renewal(jsonb_build_array(pg_temp.as_member('bdv-70', 'chair', 'x')), '2021-11-20')), 'DV409 already_ended', 'nothing more is done');
insert into app.meeting_agenda_item (meeting_id, position, title) select m.id, 1, 'Việc' from app.meeting as m where m.title = 'Phiên họp';
insert into app.meeting_invitation (meeting_id, unit_id) select m.id, pg_temp.unit('mttq-70') from app.meeting as m where m.title = 'Phiên họp';
select is(pg_temp.as_user('t.province', $$select api.meeting_convene(m.id, m.version) from app.meeting as m where m.title = 'Phiên họp'$$),
    'DV409 already_ended', 'nor is a session convened that was planned for later');
update app.meeting set held_on = '2021-11-12' where title = 'Phiên họp';
select is(pg_temp.as_user('t.province', $$select api.meeting_convene(m.id, m.version) from app.meeting as m where m.title = 'Phiên họp'$$),
    '', 'one that was held before is entered');

select * from finish();
rollback;
