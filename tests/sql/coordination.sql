-- Coordination plans: a draft is its owner's alone, signed it is read-only and the parties'; items become assignments; which
-- boards have one and which lack it, and what that proposes for K4.
begin;
\ir include/acting.sql
select plan(74);
update private.installation set mode = 'test', fixed_today = '2021-11-15';

select pg_temp.add_user('t.province', 'bdv-70', 'officer');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'officer');
select pg_temp.add_user('t.viewer', 'bdv-689', 'viewer');
select pg_temp.add_user('t.admin', 'bdv-689', 'admin');
select pg_temp.add_user('t.locninh', 'bdv-692', 'officer');
select pg_temp.add_user('t.committee', 'ubnd-689', 'officer');
select pg_temp.add_user('t.committeeleader', 'ubnd-689', 'leader');
select pg_temp.add_user('t.police', 'congan-689', 'officer');
select pg_temp.add_user('t.bloc', 'kdv-25195', 'officer');
delete from app.coordination_plan; -- of the demonstration

create function pg_temp.plan_row(p_title text) returns app.coordination_plan
    language sql return (select c from app.coordination_plan as c where c.title = p_title);
create function pg_temp.item(p_title text) returns app.coordination_item
    language sql return (select i from app.coordination_item as i where i.title = p_title);
create function pg_temp.item_of_36(p_code text) returns uuid
    language sql return (select i.id from app.plan_item as i where i.plan_id = pg_temp.plan_36() and i.code = p_code);
create function pg_temp.make(p_login text, p_title text, p_set jsonb default '{}') returns text
    language sql return pg_temp.as_user(p_login, format(
        $$insert into app.coordination_plan (title, partner_kind, term, year, until_year, plan_id, plan_item_id)
        values (%L, %L, %L, %L, %L, %L, %L) returning status$$, p_title, coalesce(p_set ->> 'partner', 'people_committee'),
        coalesce(p_set ->> 'term', 'yearly'), coalesce(p_set ->> 'year', '2021'), p_set ->> 'until_year',
        case when p_set ->> 'item' is not null then pg_temp.plan_36() end, pg_temp.item_of_36(p_set ->> 'item')));
create function pg_temp.party(p_login text, p_title text, p_unit text) returns text
    language sql return pg_temp.as_user(p_login, format(
        $$insert into app.coordination_party (coordination_plan_id, unit_id, signatory) values (%L, %s, 'Chủ tịch') returning 'done'$$,
        (pg_temp.plan_row(p_title)).id, pg_temp.unit(p_unit)));
create function pg_temp.add_item(p_login text, p_plan text, p_title text, p_lead text, p_due date default null) returns text
    language sql return pg_temp.as_user(p_login, format(
        $$insert into app.coordination_item (coordination_plan_id, position, title, lead_unit_id, due_on) values (%L, 1, %L, %L, %L) returning status$$,
        (pg_temp.plan_row(p_plan)).id, p_title, pg_temp.unit(p_lead), p_due));
create function pg_temp.tell(p_login text, p_title text, p_command text, p_body jsonb, p_version integer default null) returns text
    language sql return pg_temp.as_user(p_login, format('select api.coordination_plan_%s(%L, %s, %L)', p_command,
        (pg_temp.plan_row(p_title)).id, coalesce(p_version, (pg_temp.plan_row(p_title)).version), p_body));
create function pg_temp.do_item(p_login text, p_title text, p_command text, p_body jsonb default '{}') returns text
    language sql return pg_temp.as_user(p_login, format('select api.coordination_item_%s(%L, %s, %L)', p_command,
        (pg_temp.item(p_title)).id, (pg_temp.item(p_title)).version, p_body));
create function pg_temp.seen(p_login text, p_title text) returns text
    language sql return pg_temp.as_user(p_login, format('select count(*) from api.coordination_plans where title = %L', p_title));

-- a draft
select is(pg_temp.make('t.viewer', 'A'), '42501', 'a viewer makes none');
select is(pg_temp.make('t.admin', 'A'), '42501', 'nor an administrator');
select is(pg_temp.make('t.dongxoai', 'A', '{"term":"stage"}'), '23514 coordination_plan_until_told', 'a stage has its last year');
select is(pg_temp.make('t.dongxoai', 'A', '{"term":"stage","until_year":2021}'), '23514 coordination_plan_years', 'after its first');
select is(pg_temp.make('t.dongxoai', 'A', '{"until_year":2025}'), '23514 coordination_plan_until_told', 'a yearly one has none');
select is(pg_temp.make('t.dongxoai', 'A', '{"item":"T2.1.4"}'), 'draft', 'an officer makes one');
select is(pg_temp.as_user('t.dongxoai', $$update app.coordination_plan set plan_id = null where title = 'A' returning 1$$), 'DV422 not_visible plan_item_id', 'an item is of the plan it names');
select is(pg_temp.seen('t.province', 'A'), '0', 'a draft is nobody else''s');
select is(pg_temp.tell('t.dongxoai', 'A', 'sign', '{"signed_on":"2021-11-10"}'), 'DV409 no_parties', 'not signed alone');
select is(pg_temp.party('t.dongxoai', 'A', 'ubnd-689'), 'done', 'with the People''s Committee');
select is(pg_temp.party('t.dongxoai', 'A', 'ubnd-689'), '23505 coordination_party_once', 'once');
select is(pg_temp.party('t.dongxoai', 'A', 'bdv-689'), 'DV422 same_unit unit_id', 'the owner signs anyhow');
select is(pg_temp.party('t.dongxoai', 'A', 'ubnd-692'), 'DV422 not_visible unit_id', 'a hidden unit is none');
select is(pg_temp.party('t.dongxoai', 'A', 'congan-689'), 'done', 'and the police');
select is(pg_temp.party('t.viewer', 'A', 'mttq-689'), '42501', 'by an officer');
select is(pg_temp.party('t.committee', 'A', 'mttq-689'), 'DV422 not_visible coordination_plan_id', 'of the owner');
select is(pg_temp.seen('t.committee', 'A'), '0', 'a party does not see the draft');
select is(pg_temp.add_item('t.dongxoai', 'A', 'A1', 'mttq-689'), 'DV422 not_a_member lead_unit_id', 'a party leads an item');
select is(pg_temp.add_item('t.dongxoai', 'A', 'A1', 'ubnd-689', '2021-12-20'), 'draft', 'so it does');
select is(pg_temp.add_item('t.dongxoai', 'A', 'A2', 'congan-689'), 'draft', 'another');
select is(pg_temp.add_item('t.committee', 'A', 'A3', 'ubnd-689'), 'DV422 not_visible coordination_plan_id', 'the owner adds them');
select is(pg_temp.do_item('t.dongxoai', 'A1', 'give'), 'DV409 wrong_state', 'not given before it is signed');
select is(pg_temp.as_user('t.dongxoai', $$delete from app.coordination_party where unit_id = pg_temp.unit('congan-689') returning 'gone'$$), 'gone', 'the police goes');
select is(pg_temp.tell('t.dongxoai', 'A', 'sign', '{"signed_on":"2021-11-10"}'), 'DV409 not_a_member', 'then it leads nothing');
select is(pg_temp.party('t.dongxoai', 'A', 'congan-689'), 'done', 'it comes back');

-- signed
select is(pg_temp.tell('t.dongxoai', 'A', 'sign', '{}'), 'DV422 required signed_on', 'on a day');
select is(pg_temp.tell('t.dongxoai', 'A', 'sign', '{"signed_on":"2021-11-16"}'), 'DV422 in_the_future signed_on', 'not tomorrow');
select is(pg_temp.tell('t.dongxoai', 'A', 'sign', '{"signed_on":"2021-11-10"}', 7), 'DV412', 'with the version read');
select is(pg_temp.tell('t.viewer', 'A', 'sign', '{"signed_on":"2021-11-10"}'), 'DV403 not_permitted', 'by an officer');
select is(pg_temp.tell('t.province', 'A', 'sign', '{"signed_on":"2021-11-10"}'), 'DV404', 'of the owner');
select is(pg_temp.tell('t.dongxoai', 'A', 'sign', '{"signed_on":"2021-11-10"}'), '', 'signed');
select is(pg_temp.seen('t.committee', 'A') || pg_temp.seen('t.police', 'A') || pg_temp.seen('t.province', 'A'), '111', 'the parties and the province see it');
select is(pg_temp.seen('t.locninh', 'A') || pg_temp.seen('t.bloc', 'A'), '00', 'nobody else');
select is(pg_temp.as_user('t.police', $$select count(*) from api.coordination_items where coordination_plan_title = 'A'$$), '2', 'with its items');
select is(pg_temp.as_user('t.police', $$select count(*) from api.coordination_parties where coordination_plan_title = 'A'$$), '2', 'and parties');
select is(pg_temp.as_user('t.dongxoai', $$update app.coordination_plan set title = 'x' where title = 'A' returning 1$$), 'DV409 wrong_state', 'it is read-only');
select is(pg_temp.as_user('t.dongxoai', $$delete from app.coordination_plan where title = 'A' returning 1$$), 'DV409 wrong_state', 'it stays');
select is(pg_temp.party('t.dongxoai', 'A', 'mttq-689'), 'DV409 wrong_state', 'with its parties');
select is(pg_temp.add_item('t.dongxoai', 'A', 'A4', 'ubnd-689'), 'DV409 wrong_state', 'and items');
select is(pg_temp.as_user('t.dongxoai', $$update app.coordination_item set title = 'x' where title = 'A2' returning 1$$), 'DV409 wrong_state', 'as they are');
select is(pg_temp.do_item('t.dongxoai', 'A2', 'give'), 'DV422 required due_on', 'given with a day');
select is(pg_temp.as_user('t.dongxoai', $$update app.coordination_item set due_on = '2021-12-25' where title = 'A2' returning due_on$$), '2021-12-25', 'which may be said still');
select is(pg_temp.as_user('t.committee', $$select actions::text from api.coordination_items where title = 'A1'$$), '{}', 'a party does nothing');
select is(pg_temp.do_item('t.committee', 'A1', 'give'), 'DV403 not_permitted', 'nor gives');
select is(pg_temp.do_item('t.dongxoai', 'A1', 'give'), '', 'the owner does');
select is((select concat_ws(' ', a.source, u.code, a.title, a.occurrence, i.code, (select string_agg(x.code, '+' order by x.code) from app.assignment_part as p
        join app.unit as x on x.id = p.unit_id where p.assignment_id = a.id))
    from app.assignment as a join app.unit as u on u.id = a.lead_unit_id join app.plan_item as i on i.id = a.plan_item_id
    where a.source_id = (pg_temp.item('A1')).id), 'coordination ubnd-689 A1 A, việc 1 (bdv-689) T2.1.4 bdv-689+congan-689', 'an assignment, the others coordinating');
-- what was given is followed to its end when the plan is closed, and nothing new is given
update app.plan set status = 'closed' where id = pg_temp.plan_36();
select is(pg_temp.do_item('t.dongxoai', 'A2', 'give'), 'DV409 plan_closed', 'not under a closed plan');
update app.plan set status = 'in_force' where id = pg_temp.plan_36();
select is(pg_temp.do_item('t.dongxoai', 'A2', 'give'), '', 'and the second');
update app.plan set status = 'closed' where id = pg_temp.plan_36();
select is(pg_temp.do_item('t.dongxoai', 'A2', 'withdraw', '{"reason":"Chuyển sang năm sau"}'), '', 'it is taken back');
select is((select a.status from app.assignment as a where a.source_id = (pg_temp.item('A2')).id), 'cancelled', 'with its assignment');
-- Late by the day with more time, told to every party.
update app.assignment set due_on = due_on + 3 where source_id = (pg_temp.item('A1')).id;
create temp table real_day as select fixed_today from private.installation;
update private.installation set fixed_today = (pg_temp.item('A1')).due_on + 10;
select is(pg_temp.as_user(u.login, format($$select string_agg(concat_ws(' ', i.is_overdue, i.days_overdue, i.present_due_on - i.due_on, i.progress), '; ')
        from (select * from api.coordination_items union all select * from api.coordination_items_on(%L)) as i where i.title = 'A1'$$,
        (pg_temp.item('A1')).due_on + 10)), 't 7 3 0; t 7 3 0', 'late by the day with more time: ' || u.login)
from (values ('t.dongxoai')) as u (login);
update private.installation set fixed_today = (select r.fixed_today from real_day as r);
create function pg_temp.on_work(p_login text, p_title text, p_call text) returns text
    language sql return pg_temp.as_user(p_login, (select format('select api.assignment_' || p_call, a.id, a.version)
        from app.assignment as a where a.source_id = (pg_temp.item(p_title)).id));
select is(pg_temp.on_work('t.committee', 'A1', $$progress(%L, %s, '{"status":"reported","progress":100}')$$), '', 'its lead reports');
select is(pg_temp.on_work('t.committeeleader', 'A1', $$confirm(%L, %s, '{}')$$), '', 'and confirms');
select is((pg_temp.item('A1')).status, 'completed', 'both sides are closed');
select is(pg_temp.on_work('t.committeeleader', 'A1', $$reopen(%L, %s, '{"note":"x"}')$$), 'DV409 plan_closed', 'for good under a closed plan');
update app.plan set status = 'in_force' where id = pg_temp.plan_36();
select is(pg_temp.on_work('t.committeeleader', 'A1', $$reopen(%L, %s, '{"note":"x"}')$$), '', 'opened again');
select is((pg_temp.item('A1')).status || ' ' || coalesce((pg_temp.item('A1')).completed_on::text, '-'), 'open -', 'on both');

-- without a plan above: no assignment
select is(pg_temp.make('t.dongxoai', 'B', '{"partner":"armed_forces","term":"stage","until_year":2025}'), 'draft', 'a stage with the police');
select pg_temp.party('t.dongxoai', 'B', 'congan-689'), pg_temp.add_item('t.dongxoai', 'B', 'B1', 'congan-689', '2021-12-01') \g /dev/null
select is(pg_temp.tell('t.dongxoai', 'B', 'sign', '{"signed_on":"2021-11-14"}'), '', 'signed');
select is(pg_temp.do_item('t.dongxoai', 'B1', 'give'), '', 'given');
select is((select count(*) from app.assignment as a where a.source_id = (pg_temp.item('B1')).id), 0::bigint, 'as no assignment');
select is(pg_temp.do_item('t.dongxoai', 'B1', 'complete', '{"completed_on":"2021-11-20"}'), 'DV422 in_the_future completed_on', 'not done tomorrow');
select is(pg_temp.do_item('t.dongxoai', 'B1', 'complete'), '', 'done by hand');

-- coverage
create function pg_temp.covered(p_login text, p_arguments text) returns text
    language sql return pg_temp.as_user(p_login, format(
        $$select string_agg(concat_ws(' ', unit_code, partner_kind, is_covered, title), ', ' order by unit_code, partner_kind desc)
        from api.coordination_coverage(%s) where unit_code in ('bdv-689', 'bdv-692')$$, p_arguments));
select is(pg_temp.covered('t.province', '2021'), 'bdv-689 people_committee t A, bdv-689 armed_forces t B, bdv-692 people_committee f, bdv-692 armed_forces f', 'who has one and who lacks it');
select is(pg_temp.covered('t.province', '2022'), 'bdv-689 people_committee f, bdv-689 armed_forces t B, bdv-692 people_committee f, bdv-692 armed_forces f', 'a stage covers its years');
select is(pg_temp.covered('t.province', '2021, p_as_of => ''2021-11-13'''), 'bdv-689 people_committee t A, bdv-689 armed_forces f, bdv-692 people_committee f, bdv-692 armed_forces f', 'as of a day');
select is(pg_temp.covered('t.province', format('2021, ''armed_forces'', %L', pg_temp.plan_36())), 'bdv-689 armed_forces f, bdv-692 armed_forces f', 'under a plan');
select is(pg_temp.covered('t.locninh', '2021, ''people_committee'''), 'bdv-692 people_committee f', 'in my scope');
select is(pg_temp.as_user('t.province', $$select concat_ws(' ', boards, covered, lacking, percent) from api.coordination_rates(2021, 'people_committee') where group_code = 'district'$$),
    '11 1 10 9.1', 'counted by level');
-- K4: what the signed plan proposes to the year's report, where no assignment tells
create function pg_temp.k4(p_unit text) returns text
    language plpgsql
as $$
declare
    report uuid := (select r.id from app.report as r join app.period as p on p.id = r.period_id
        where r.unit_id = pg_temp.unit(p_unit) and r.plan_id = pg_temp.plan_36() and p.kind = 'year' and p.year = 2021);
begin
    perform private.report_prefill_values(report);
    return (select string_agg(concat_ws(' ', i.code, v.is_own_suggested, v.own_numerator, v.own_denominator), ', ' order by i.code)
        from app.indicator_value as v join app.indicator as i on i.id = v.indicator_id
        where v.report_id = report and i.code in ('K4a', 'K4b'));
end;
$$;
delete from app.indicator_value;
select pg_temp.make('t.dongxoai', 'C', '{"partner":"armed_forces","item":"T2.3.3"}'), pg_temp.party('t.dongxoai', 'C', 'congan-689'),
    pg_temp.tell('t.dongxoai', 'C', 'sign', '{"signed_on":"2021-11-14"}') \g /dev/null
select is(pg_temp.k4('bdv-689'), 'K4a t 1 1, K4b t 1 4', 'the plan with the People''s Committee is the one asked for; with the armed forces one of two, and none of a stage');
select is(pg_temp.k4('bdv-692'), 'K4a f, K4b f', 'without one nothing is proposed, not zero');
select is(pg_temp.tell('t.dongxoai', 'A', 'end', '{"ended_on":"2021-11-09","reason":"x"}'), 'DV422 wrong_order ended_on', 'not over before it was signed');
select is(pg_temp.tell('t.dongxoai', 'A', 'end', '{"ended_on":"2021-11-15","reason":"Hết năm"}'), '', 'over');
select is(pg_temp.covered('t.dongxoai', '2021, ''people_committee'''), 'bdv-689 people_committee t A', 'its year had one');

select * from finish();
rollback;
