-- Inspections from the programme to the recommendation's end: states, who sees what when, work given, counts.
begin;
\ir include/acting.sql
select plan(113);
update private.installation set mode = 'test', fixed_today = '2022-03-01';

select pg_temp.add_user('t.officer', 'bdv-70', 'officer');
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
select pg_temp.add_user('t.viewer', 'bdv-70', 'viewer');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'leader');
select pg_temp.add_user('t.locninh', 'bdv-692', 'leader');
select pg_temp.add_user('t.women', 'phunu-70', 'leader');
select pg_temp.add_user('t.front', 'mttq-70', 'officer');
select pg_temp.add_user('t.bloc', 'kdv-25195', 'leader');
select pg_temp.add_user('t.ubnd', 'ubnd-689', 'officer');

create function pg_temp.doc(p_symbol text) returns uuid
    language sql return (select d.id from app.document as d where d.symbol = p_symbol order by d.id limit 1);
create function pg_temp.programme() returns app.inspection_programme
    language sql return (select p from app.inspection_programme as p where p.title = 'TT chương trình');
create function pg_temp.inspection(p_title text default 'TT kiểm tra') returns app.inspection
    language sql return (select i from app.inspection as i where i.title = p_title);
create function pg_temp.recommendation(p_title text) returns app.recommendation
    language sql return (select r from app.recommendation as r where r.title = p_title);
create function pg_temp.plan_inspection(p_login text, p_title text, p_set text default null, p_value text default null) returns text
    language sql return pg_temp.as_user(p_login, format(
        'insert into app.inspection (plan_id, kind, title, starts_on, ends_on%s) values (%L, ''inspection'', %L, ''2022-03-10'', ''2022-03-12''%s) returning status',
        ', ' || p_set, pg_temp.plan_36(), p_title, ', ' || quote_literal(p_value)));
create function pg_temp.name_unit(p_login text, p_unit text, p_role text default 'subject', p_title text default 'TT kiểm tra') returns text
    language sql return pg_temp.as_user(p_login, format(
        'insert into app.inspection_unit (inspection_id, unit_id, role) values (%L, %L, %L) returning ''done''',
        (pg_temp.inspection(p_title)).id, pg_temp.unit(p_unit), p_role));
create function pg_temp.command(p_login text, p_command text, p_body text default '{}', p_version integer default null,
    p_title text default 'TT kiểm tra') returns text
    language sql return pg_temp.as_user(p_login, format('select api.inspection_%s(%L, %L, %L)', p_command,
        (pg_temp.inspection(p_title)).id, coalesce(p_version, (pg_temp.inspection(p_title)).version), p_body));
create function pg_temp.find(p_login text, p_unit text, p_text text) returns text
    language sql return pg_temp.as_user(p_login, format(
        'insert into app.inspection_finding (inspection_id, subject_unit_id, kind, text) values (%L, %L, ''shortcoming'', %L) returning ''done''',
        (pg_temp.inspection()).id, pg_temp.unit(p_unit), p_text));
create function pg_temp.recommend(p_login text, p_unit text, p_title text, p_due date default '2022-04-30') returns text
    language sql return pg_temp.as_user(p_login, format(
        'insert into app.recommendation (inspection_id, lead_unit_id, title, due_on) values (%L, %L, %L, %L) returning status',
        (pg_temp.inspection()).id, pg_temp.unit(p_unit), p_title, p_due));
create function pg_temp.sees(p_login text, p_view text, p_where text) returns text
    language sql return pg_temp.as_user(p_login, format('select count(*) from api.%s where %s', p_view, p_where));

-- the programme: a draft is its owner's alone
create function pg_temp.draft(p_login text, p_year integer) returns text
    language sql return pg_temp.as_user(p_login, format(
        'insert into app.inspection_programme (plan_id, year, title) values (%L, %s, ''TT chương trình'') returning status',
        pg_temp.plan_36(), p_year));
select is(pg_temp.draft('t.viewer', 2022), '42501', 'a viewer drafts no programme');
select is(pg_temp.draft('t.officer', 2019), 'DV422 out_of_range year', 'a year of the plan');
select is(pg_temp.draft('t.officer', 2022), 'draft', 'an officer does');
select is(pg_temp.plan_inspection('t.women', 'TT lạ', 'programme_id', (pg_temp.programme()).id::text), 'DV422 not_visible programme_id',
    'nobody plans in another''s draft');
select is(pg_temp.plan_inspection('t.officer', 'TT kiểm tra', 'programme_id', (pg_temp.programme()).id::text), 'planned', 'its owner does');
select is((pg_temp.inspection()).shown_on, null, 'unseen with the draft');
update app.inspection set is_joint = true where title = 'TT kiểm tra';
select is(pg_temp.name_unit('t.officer', 'bdv-689'), 'done', 'whom it inspects');
select is(pg_temp.name_unit('t.officer', 'bdv-692'), 'done', 'and whom else');
select is(pg_temp.name_unit('t.officer', 'bdv-692'), '23505 inspection_unit_once', 'once');
select is(pg_temp.name_unit('t.officer', 'bdv-70'), 'DV422 own_unit unit_id', 'not itself');
select is(pg_temp.name_unit('t.officer', 'mttq-70', 'partner'), 'done', 'with a partner');
select is(pg_temp.name_unit('t.dongxoai', 'kdv-25195'), 'DV422 not_visible inspection_id', 'another does not even see it');
select is(pg_temp.sees('t.front', 'inspections', 'title = ''TT kiểm tra'''), '1', 'the partner sees it');
select is(pg_temp.sees('t.dongxoai', 'inspections', 'title = ''TT kiểm tra'''), '0', 'who is inspected not yet');
select is(pg_temp.as_user('t.officer', format('insert into app.inspection_standard (inspection_id, document_id) values (%L, %L) returning ''done''',
    (pg_temp.inspection()).id, pg_temp.doc('217-QĐ/TW'))), 'done', 'by a document');
select is(pg_temp.command('t.officer', 'announce'), 'DV409 programme_not_issued', 'announced under an issued programme');
create function pg_temp.programme_do(p_login text, p_command text) returns text
    language sql return pg_temp.as_user(p_login, format('select api.inspection_programme_%s(%L, %s)', p_command,
        (pg_temp.programme()).id, (pg_temp.programme()).version));
select is(pg_temp.programme_do('t.officer', 'issue'), 'DV403 not_permitted', 'a leader issues');
select is(pg_temp.programme_do('t.dongxoai', 'issue'), 'DV404', 'its own');
select is(pg_temp.programme_do('t.leader', 'issue'), '', 'now');
select is((pg_temp.inspection()).shown_on, '2022-03-01', 'its inspections are seen from this day');
select is(pg_temp.programme_do('t.leader', 'issue'), 'DV409 wrong_state', 'once');
select is(pg_temp.as_user('t.officer', $$update app.inspection_programme set year = 2023 where title = 'TT chương trình' returning 1$$),
    'DV409 wrong_state', 'of a year for good');
select is(pg_temp.sees('t.dongxoai', 'inspection_programmes', 'title = ''TT chương trình'''), '0', 'not yet theirs to see');

-- without a programme: seen in scope at once; the guards of columns
select is(pg_temp.plan_inspection('t.dongxoai', 'TT huyện'), 'planned', 'a district plans its own');
select is(pg_temp.sees('t.viewer', 'inspections', 'title = ''TT huyện'''), '1', 'seen above');
select is(pg_temp.sees('t.locninh', 'inspections', 'title = ''TT huyện'''), '0', 'not beside');
select is(pg_temp.sees('t.bloc', 'inspections', 'title = ''TT huyện'''), '0', 'nor below');
select is(pg_temp.command('t.dongxoai', 'announce', p_title => 'TT huyện'), 'DV409 no_subject', 'somebody is inspected');
select is(pg_temp.name_unit('t.dongxoai', 'kdv-25195', 'partner', 'TT huyện'), 'DV422 not_joint role', 'partners are of joint teams');
select is(pg_temp.name_unit('t.dongxoai', 'bdv-70', 'subject', 'TT huyện'), 'DV422 not_in_scope unit_id', 'nobody inspects who stands above');
insert into app.plan (number, title, issuer_unit_id, period_from, period_to, status)
values ('TT-KH', 'TT', pg_temp.unit('bdv-70'), '2021-01-01', '2025-12-31', 'in_force');
insert into app.plan_item (plan_id, kind, code, outline, position, title)
select p.id, 'section', 'TT1', '1', 1, 'TT' from app.plan as p where p.number = 'TT-KH';
select is(pg_temp.plan_inspection('t.officer', 'TT x', 'plan_item_id', (select i.id from app.plan_item as i where i.code = 'TT1')::text),
    'DV422 not_visible plan_item_id', 'an item of the same plan');
select is(pg_temp.as_user('t.officer', format($$insert into app.inspection (plan_id, kind, title, starts_on, ends_on)
    values (%L, 'inspection', 'TT y', '2022-03-10', '2022-03-09')$$, pg_temp.plan_36())), '23514 inspection_dates', 'in order');
select is(pg_temp.as_user('t.officer', $$update app.inspection set status = 'concluded' where title = 'TT kiểm tra'$$), '42501', 'states by command');

-- announced
select is(pg_temp.command('t.viewer', 'announce'), 'DV403 not_permitted', 'a viewer announces nothing');
select is(pg_temp.command('t.officer', 'announce', p_version => 99), 'DV412', 'with the version read');
select is(pg_temp.command('t.officer', 'announce'), '', 'announced');
select is((select count(*) from app.notice where topic = 'inspection_announced' and resource_id = (pg_temp.inspection()).id), 3::bigint, 'all named are told');
select is(pg_temp.sees('t.dongxoai', 'inspections', 'title = ''TT kiểm tra'''), '1', 'who is inspected sees it');
select is(pg_temp.sees('t.dongxoai', 'inspection_programmes', 'title = ''TT chương trình'''), '1', 'and the programme');
select is(pg_temp.sees('t.women', 'inspections', 'title = ''TT kiểm tra'''), '0', 'nobody else');
select is(pg_temp.name_unit('t.officer', 'ubnd-689'), 'done', 'another unit is added');
select is((select count(*) from app.notice where topic = 'inspection_announced' and resource_id = (pg_temp.inspection()).id), 4::bigint, 'and told at once');
select is(pg_temp.as_user('t.officer', $$update app.inspection set kind = 'supervision' where title = 'TT kiểm tra' returning 1$$), 'DV409 wrong_state', 'its kind stays');
select is(pg_temp.as_user('t.officer', $$update app.inspection set focus = 'Việc thực hiện quy chế' where title = 'TT kiểm tra' returning 1$$), '1', 'its focus may change');
select is(pg_temp.as_user('t.officer', $$update app.inspection set starts_on = '2022-03-11' where title = 'TT kiểm tra' returning 1$$), '1', 'its first day too');
select is(pg_temp.as_user('t.officer', $$update app.inspection set starts_on = '2022-03-10' where title = 'TT kiểm tra' returning 1$$), '1', 'and back');
select is((select string_agg(n.due_on || ' ' || n.count, ', ' order by n.due_on) from (select x.due_on, count(*) as count from app.notice as x
    where x.topic = 'inspection_announced' and x.resource_id = (pg_temp.inspection()).id group by x.due_on) as n), '2022-03-10 8, 2022-03-11 4', 'of which all are told each time');
select is(pg_temp.as_user('t.officer', $$delete from app.inspection where title = 'TT kiểm tra' returning 1$$), null, 'deleted no more');
select is(pg_temp.find('t.officer', 'bdv-689', 'TT hạn chế'), 'DV409 wrong_state', 'nothing is found yet');
select is(pg_temp.command('t.officer', 'start'), 'DV409 not_begun', 'not before its first day');
update private.installation set fixed_today = '2022-03-10';
select is(pg_temp.command('t.officer', 'start'), '', 'under way');

-- findings and recommendations
select is(pg_temp.find('t.officer', 'bdv-688', 'x'), 'DV422 not_a_subject subject_unit_id', 'about who is inspected');
select is(pg_temp.find('t.dongxoai', 'bdv-689', 'x'), '42501', 'by who inspects');
select is(pg_temp.find('t.officer', 'bdv-689', 'TT hạn chế'), 'done', 'found');
select is(pg_temp.find('t.officer', 'bdv-692', 'TT hạn chế khác'), 'done', 'elsewhere too');
select is(pg_temp.recommend('t.officer', 'mttq-70', 'x'), 'DV422 not_a_subject lead_unit_id', 'a partner is no subject');
select is(pg_temp.recommend('t.officer', 'bdv-689', 'TT kiến nghị 1'), 'draft', 'recommended');
select is(pg_temp.recommend('t.officer', 'bdv-689', 'TT kiến nghị 2', '2022-03-20'), 'draft', 'twice');
select is(pg_temp.recommend('t.officer', 'bdv-692', 'TT kiến nghị 3'), 'draft', 'and of another');
select is(pg_temp.sees('t.dongxoai', 'inspection_findings', 'text like ''TT%'''), '0', 'the subject sees no finding yet');
select is(pg_temp.sees('t.dongxoai', 'recommendations', 'title like ''TT%'''), '0', 'no recommendation either');
select is(pg_temp.sees('t.front', 'inspection_findings', 'text like ''TT%'''), '2', 'the partner sees them');
select is(pg_temp.command('t.officer', 'conclude'), 'DV403 not_permitted', 'a leader concludes');
select is(pg_temp.command('t.leader', 'conclude'), 'DV409 nothing_said', 'with a word about each unit');
select is(pg_temp.as_user('t.officer', format('update app.inspection_unit set nothing_found = true where inspection_id = %L and unit_id = %s returning 1',
    (pg_temp.inspection()).id, pg_temp.unit('mttq-70'))), '23514 inspection_unit_nothing_found_of_subject', 'of subjects');
select is(pg_temp.as_user('t.officer', format('update app.inspection_unit set nothing_found = true where inspection_id = %L and unit_id = %s returning 1',
    (pg_temp.inspection()).id, pg_temp.unit('ubnd-689'))), '1', 'or the word that there is none');
create function pg_temp.clear(p_login text) returns text
    language sql return pg_temp.as_user(p_login, format($$select concat_ws(' ', (select count(*) from api.inspection_units as u where u.inspection_id = %1$L and u.nothing_found),
        (select count(*) from report.inspection_units as u where u.inspection_id = %1$L and u.nothing_found))$$, (pg_temp.inspection()).id));
select is(pg_temp.as_user(u.login, format('select count(*) from app.inspection_unit as s where s.inspection_id = %L and s.nothing_found', (pg_temp.inspection()).id)), '42501',
    'which nobody reads off the row: ' || u.login)
from (values ('t.dongxoai'), ('t.leader')) as u (login);
select is(pg_temp.as_user('t.dongxoai', format('select count(*) from app.inspection_unit as s where s.inspection_id = %L and s.role = ''subject''', (pg_temp.inspection()).id)), '3',
    'though the units inspected are told before');
-- a reporting login of a unit inspected, with psql
select private.create_reporting_login('test_reporting_tt', pg_temp.unit('bdv-689')) \g /dev/null
create function pg_temp.as_login(p_statement text) returns text
    language plpgsql
as $$
declare
    deployer constant name := session_user;
    answer text;
begin
    begin
        perform set_config('session_authorization', 'test_reporting_tt', true);
        execute p_statement into answer;
    exception when others then
        return sqlstate;
    end;
    perform set_config('session_authorization', deployer, true);
    return answer;
end;
$$;
select is(array[pg_temp.as_login(format('select count(*) from app.inspection_unit as s where s.inspection_id = %L and s.nothing_found', (pg_temp.inspection()).id)),
        pg_temp.as_login(format('select count(*) || '' '' || count(*) filter (where s.nothing_found) from report.inspection_units as s where s.inspection_id = %L', (pg_temp.inspection()).id))],
    array['42501', '4 0'], 'nor by a tool: the report says the same as the service');
select is(pg_temp.clear('t.front'), '1 1', 'the partner reads it');
select is(pg_temp.clear('t.dongxoai'), '0 0', 'and no subject before the end');
select is(pg_temp.command('t.leader', 'conclude', '{"document_id":"00000000-0000-4000-8000-000000000000"}'), 'DV422 not_visible document_id', 'by a document there is');
select is(pg_temp.command('t.leader', 'conclude', '{"document_id":"x"}'), 'DV422 bad_uuid document_id', 'named by its identifier');
select is(pg_temp.command('t.leader', 'conclude', format('{"document_id":%s}', to_json(pg_temp.doc('217-QĐ/TW')))), '', 'concluded');
select is((pg_temp.inspection()).document_id, pg_temp.doc('217-QĐ/TW'), 'with its document');
select is((select count(*) from app.notice where topic = 'inspection_concluded' and resource_id = (pg_temp.inspection()).id), 4::bigint, 'all are told');
select is((select string_agg(u.code || ' ' || a.status || ' ' || a.due_on, ', ' order by u.code, a.due_on) from app.assignment as a join app.unit as u on u.id = a.lead_unit_id
    where a.source = 'inspection' and a.given_by_unit_id = pg_temp.unit('bdv-70') and a.title like 'TT kiến nghị%'),
    'bdv-689 not_started 2022-03-20, bdv-689 not_started 2022-04-30, bdv-692 not_started 2022-04-30', 'every recommendation is work');
select is(pg_temp.sees('t.dongxoai', 'inspection_findings', 'text like ''TT%'''), '1', 'a subject sees what is about itself');
select is(pg_temp.sees('t.dongxoai', 'recommendations', 'title like ''TT%'''), '2', 'and its recommendations');
select is(pg_temp.clear('t.dongxoai'), '0 0', 'and not what is said of another');
select is(pg_temp.clear('t.ubnd'), '1 1', 'which that unit reads');
select is(pg_temp.sees('t.viewer', 'inspection_findings', 'text like ''TT%'''), '2', 'the scope sees all');
select is(pg_temp.find('t.officer', 'bdv-689', 'x'), 'DV409 wrong_state', 'nothing more is found');
select is(pg_temp.as_user('t.officer', $$update app.inspection_finding set text = 'x' where text = 'TT hạn chế' returning 1$$), 'DV409 wrong_state', 'nothing changed');
select is(pg_temp.as_user('t.officer', $$update app.inspection set focus = 'x' where title = 'TT kiểm tra' returning 1$$), 'DV409 wrong_state', 'concluded is read only');
select is(pg_temp.command('t.leader', 'cancel', '{"reason":"x"}'), 'DV409 wrong_state', 'and not cancelled');

-- followed to the end
create function pg_temp.follow(p_login text, p_title text, p_command text, p_body text default '{}') returns text
    language sql return pg_temp.as_user(p_login, format('select api.recommendation_%s(%L, %s, %L)', p_command,
        (pg_temp.recommendation(p_title)).id, (pg_temp.recommendation(p_title)).version, p_body));
-- also when the plan is closed
update app.plan set status = 'closed' where id = pg_temp.plan_36();
select is(pg_temp.follow('t.dongxoai', 'TT kiến nghị 1', 'complete'), 'DV403 not_permitted', 'who recommends says it is done');
select is(pg_temp.follow('t.leader', 'TT kiến nghị 1', 'complete'), '', 'its leader');
select is((select (pg_temp.recommendation('TT kiến nghị 1')).status || ' ' || a.status from app.assignment as a
    where a.source_id = (pg_temp.recommendation('TT kiến nghị 1')).id), 'completed completed', 'both sides are closed');
select is((select string_agg(concat_ws(' ', u.code, e.status, e.progress), '; ') from app.progress_entry as e join app.unit as u on u.id = e.unit_id
    where e.assignment_id = private.work_of((pg_temp.recommendation('TT kiến nghị 1')).id)), 'bdv-70 completed 100', 'and the work tells who said so');
select is((select string_agg(u.code, ' ') from app.notice as n join app.unit as u on u.id = n.unit_id
    where n.topic = 'work_completed' and n.resource_id = private.work_of((pg_temp.recommendation('TT kiến nghị 1')).id)), 'bdv-689', 'of which its unit learns');
select is(pg_temp.follow('t.leader', 'TT kiến nghị 3', 'withdraw'), 'DV422 required reason', 'withdrawn with a reason');
select is(pg_temp.follow('t.leader', 'TT kiến nghị 3', 'withdraw', '{"reason":"Trùng"}'), '', 'withdrawn');
select is((select (pg_temp.recommendation('TT kiến nghị 3')).status || ' ' || a.status from app.assignment as a
    where a.source_id = (pg_temp.recommendation('TT kiến nghị 3')).id), 'withdrawn cancelled', 'and the work with it');
select is(pg_temp.follow('t.leader', 'TT kiến nghị 3', 'complete'), 'DV409 wrong_state', 'for good');

update app.plan set status = 'in_force' where id = pg_temp.plan_36();

-- counted: only the second is open, and overdue from its day on
update private.installation set fixed_today = '2022-06-20';
select is(pg_temp.as_user('t.leader', format($$select concat_ws(' ', last_inspected_on, inspection_count, is_never_inspected, open_recommendations, overdue_recommendations)
    from api.inspection_overview(2022, null, null, %s, false)$$, pg_temp.unit('bdv-689'))), '2022-03-10 1 f 1 1', 'who was inspected when');
select is(pg_temp.as_user('t.dongxoai', format($$select concat_ws(' ', total_count, is_never_inspected) from api.inspection_overview()
    where unit_id = %s$$, pg_temp.unit('kdv-25195'))), '0 t', 'who never was');
select is(pg_temp.as_user('t.dongxoai', format('select count(*) from api.inspection_overview(2022, null, null, %s)', pg_temp.unit('bdv-692'))),
    'DV422 not_visible unit', 'in one''s scope');
select is(pg_temp.as_user('t.leader', format($$select concat_ws(' ', open_count, up_to_30, from_31_to_90, from_91_to_180, over_180, overdue_count)
    from api.recommendation_ages('unit', null, %s, false)$$, pg_temp.unit('bdv-689'))), '1 0 0 1 0 1', 'open for 102 days');
select is(pg_temp.as_user('t.leader', format($$select concat_ws(' ', open_count, up_to_30, overdue_count)
    from api.recommendation_ages('unit', '2022-03-10', %s, false)$$, pg_temp.unit('bdv-689'))), '1 1 0', 'as of the day they were given');
select is(pg_temp.as_user('t.leader', $$select status || ' ' || is_overdue from api.recommendations_on('2022-03-20') where title = 'TT kiến nghị 2'$$), 'open false', 'not late on its day');
create function pg_temp.late(p_login text, p_from text) returns text
    language sql return pg_temp.as_user(p_login, format($$select concat_ws(' ', r.is_overdue, r.days_overdue, r.work_due_on, r.assignment_status, r.progress, r.assignment_id is null)
        from %s as r where r.title = 'TT kiến nghị 2'$$, p_from));
update app.assignment set due_on = '2022-03-25' where source_id = (pg_temp.recommendation('TT kiến nghị 2')).id;
select is(array[pg_temp.late(u.login, 'api.recommendations'), pg_temp.late(u.login, $$api.recommendations_on('2022-06-20')$$), pg_temp.late(u.login, $$api.recommendations_on('2022-03-24')$$),
        pg_temp.as_user(u.login, $$select concat_ws(' ', r.is_overdue, r.work_due_on) from report.recommendations as r where r.title = 'TT kiến nghị 2'$$)],
    array['t 87 2022-03-25 not_started 0 ' || u.is_hidden, 't 87 2022-03-25 not_started 0 ' || u.is_hidden, 'f 0 2022-03-25 not_started 0 ' || u.is_hidden, 't 2022-03-25'],
    'late by the same days for whoever sees it: ' || u.login)
from (values ('t.viewer', 'f'), ('t.front', 't')) as u (login, is_hidden);
select is(pg_temp.as_user('t.leader', $$select status from api.inspections_on('2022-03-09') where title = 'TT kiểm tra'$$), 'announced', 'the state of a day');
select is(pg_temp.programme_do('t.leader', 'close'), '', 'nothing of the programme is open: it closes');

-- cancelled: who was told that it comes is told that it does not
select is(pg_temp.name_unit('t.dongxoai', 'kdv-25195', 'subject', 'TT huyện'), 'done', 'a bloc of its own');
select is(pg_temp.command('t.dongxoai', 'announce', p_title => 'TT huyện'), '', 'announced');
select is(pg_temp.command('t.dongxoai', 'cancel', '{"reason":"Dịch bệnh"}', p_title => 'TT huyện'), '', 'and cancelled');
select is(pg_temp.as_user('t.bloc', format($$select string_agg(n.title, ' / ' order by n.topic) from api.notices as n where n.resource_id = %L$$, (pg_temp.inspection('TT huyện')).id)),
    'Ban Dân vận Thành ủy Đồng Xoài thông báo kiểm tra, giám sát từ ngày 10/03/2022: TT huyện / Ban Dân vận Thành ủy Đồng Xoài hủy cuộc kiểm tra, giám sát: TT huyện',
    'told each time, by its name');

-- the plan is closed: what was recommended is reported and confirmed all the same
update app.plan set status = 'closed' where id = pg_temp.plan_36();
create function pg_temp.on_work(p_login text, p_call text) returns text
    language sql return pg_temp.as_user(p_login, (select format('select api.assignment_' || p_call, a.id, a.version)
        from app.assignment as a where a.source_id = (pg_temp.recommendation('TT kiến nghị 2')).id));
select is(pg_temp.on_work('t.dongxoai', $$progress(%L, %s, '{"status":"reported"}')$$), '', 'reported under a closed plan');
select is(pg_temp.on_work('t.dongxoai', $$confirm(%L, %s, '{}')$$), '', 'confirmed');
select is((pg_temp.recommendation('TT kiến nghị 2')).status, 'completed', 'and followed to its end');
select * from finish();
rollback;
