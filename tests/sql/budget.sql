-- Budget lines: who estimates what, every state, every movement, who decides, what is seen, the totals and past days.
begin;
\ir include/acting.sql
select plan(104);
update private.installation set mode = 'test', fixed_today = '2021-12-10';

select pg_temp.add_user('t.province', 'bdv-70', 'officer');
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
select pg_temp.add_user('t.viewer', 'bdv-70', 'viewer');
select pg_temp.add_user('t.admin', 'bdv-70', 'admin');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'officer');
select pg_temp.add_user('t.dongxoai.leader', 'bdv-689', 'leader');
select pg_temp.add_user('t.dongxoai.viewer', 'bdv-689', 'viewer');
select pg_temp.add_user('t.locninh', 'bdv-692', 'leader');
select pg_temp.add_user('t.women', 'phunu-689', 'leader');
select pg_temp.add_user('t.bloc', 'kdv-25195', 'leader');

-- A plan of the province with two items: one led by both boards over 2022 and 2023, one by the province alone; a
-- third that the district led until it was cancelled, and a fourth moved away from it.
insert into app.plan (id, number, title, issuer_unit_id, period_from, period_to, status, issued_at)
values ('aaaaaaaa-0000-4000-8000-000000000001', '1-KH/TEST', 'Kế hoạch thử', pg_temp.unit('bdv-70'), '2022-01-01', '2023-12-31', 'in_force', now());
insert into app.plan_item (id, plan_id, kind, code, outline, position, title)
select ('aaaaaaaa-0000-4000-8000-00000000010' || n)::uuid, 'aaaaaaaa-0000-4000-8000-000000000001', 'task', 'B' || n, n::text, n, 'Nhiệm vụ ' || n
from generate_series(1, 4) as n;
insert into app.assignment (plan_id, plan_item_id, lead_unit_id, level_id, occurrence, starts_on, due_on, original_due_on, status)
select 'aaaaaaaa-0000-4000-8000-000000000001', ('aaaaaaaa-0000-4000-8000-00000000010' || w.item)::uuid, u.id, u.level_id, 'Thử', w.starts_on, w.due_on, w.due_on, w.status
from (values
    (1, 'bdv-70', date '2022-03-01', date '2023-06-30', 'not_started'), (1, 'bdv-689', '2022-03-01', '2023-06-30', 'not_started'),
    (2, 'bdv-70', '2022-01-01', '2022-12-31', 'not_started'), (3, 'bdv-689', '2022-01-01', '2022-12-31', 'cancelled'),
    (4, 'bdv-689', '2022-01-01', '2022-12-31', 'moved')) as w (item, unit_code, starts_on, due_on, status)
join app.unit as u on u.code = w.unit_code;

create function pg_temp.item(n integer) returns uuid
    language sql return ('aaaaaaaa-0000-4000-8000-00000000010' || n)::uuid;
create function pg_temp.estimate(p_login text, p_item integer, p_year integer, p_amount bigint) returns text
    language sql return pg_temp.as_user(p_login, format(
        'insert into app.budget_line (plan_item_id, year, estimate_amount) values (%L, %s, %s) returning status',
        pg_temp.item(p_item), p_year, p_amount));
create function pg_temp.line(p_unit text, p_item integer, p_year integer) returns app.budget_line
    language sql return (
        select b from app.budget_line as b
        where b.owner_unit_id = pg_temp.unit(p_unit) and b.plan_item_id = pg_temp.item(p_item) and b.year = p_year);
create function pg_temp.command(p_login text, p_unit text, p_item integer, p_year integer, p_command text, p_body text default '{}',
    p_version integer default null) returns text
    language sql return pg_temp.as_user(p_login, format('select api.budget_line_%s(%L, %s, %L)', p_command,
        (pg_temp.line(p_unit, p_item, p_year)).id, coalesce(p_version, (pg_temp.line(p_unit, p_item, p_year)).version), p_body));
create function pg_temp.sums(p_unit text, p_item integer, p_year integer) returns text
    language sql return (
        select concat_ws(' ', b.status, b.estimate_amount, b.approved_amount, b.adjusted_amount, b.spent_amount)
        from pg_temp.line(p_unit, p_item, p_year) as b);

-- estimating
select is(pg_temp.estimate('t.viewer', 1, 2022, 1), '42501', 'a viewer estimates nothing');
select is(pg_temp.estimate('t.admin', 1, 2022, 1), '42501', 'nor an administrator');
select is(pg_temp.estimate('t.dongxoai', 1, 2022, 40000000), 'draft', 'an officer does, for what the unit leads');
select is(pg_temp.estimate('t.dongxoai', 1, 2022, 1), '23505 budget_line_once', 'once a year');
select is(pg_temp.estimate('t.dongxoai', 1, 2023, 30000000), 'draft', 'and for each year that the work touches');
select is(pg_temp.estimate('t.dongxoai', 1, 2021, 1), 'DV422 not_led plan_item_id', 'not for the year before');
select is(pg_temp.estimate('t.dongxoai', 1, 2024, 1), 'DV422 not_led plan_item_id', 'nor after');
select is(pg_temp.estimate('t.dongxoai', 2, 2022, 1), 'DV422 not_led plan_item_id', 'not for what another leads');
select is(pg_temp.estimate('t.dongxoai', 3, 2022, 1), 'DV422 not_led plan_item_id', 'nor for what was cancelled');
select is(pg_temp.estimate('t.dongxoai', 4, 2022, 1), 'DV422 not_led plan_item_id', 'nor for what was moved away');
select is(pg_temp.estimate('t.women', 1, 2022, 1), 'DV422 not_led plan_item_id', 'another line leads none of it');
select is(pg_temp.estimate('t.province', 2, 2022, -1), '23514 budget_line_estimate_amount_range', 'nothing below zero');
select is(pg_temp.estimate('t.province', 2, 2022, 1000000000001), '23514 budget_line_estimate_amount_range', 'nor above all bounds');
select is(pg_temp.estimate('t.province', 2, 1999, 1), '23514 budget_line_year_range', 'a year there is');
select is(pg_temp.as_user('t.dongxoai', format('insert into app.budget_line (plan_item_id, year, estimate_amount) values (%L, 2022, 1)', private.new_id())),
    'DV422 not_visible plan_item_id', 'an item there is to see');
select is(pg_temp.as_user('t.dongxoai', format('insert into app.budget_line (plan_item_id, year, estimate_amount, owner_unit_id) values (%L, 2022, 1, 1)', pg_temp.item(1))),
    '42501', 'for nobody else');
select is((pg_temp.line('bdv-689', 1, 2022)).plan_id, 'aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'the plan is the item''s');
select is((pg_temp.line('bdv-689', 1, 2022)).origin_unit_id, pg_temp.unit('bdv-689'), 'and the origin its owner');
update app.plan set status = 'closed' where number = '1-KH/TEST';
select is(pg_temp.estimate('t.province', 2, 2022, 1), 'DV409 plan_closed', 'of a plan in force');
update app.plan set status = 'in_force' where number = '1-KH/TEST';

-- drafts are the owner's
select is(pg_temp.as_user('t.dongxoai.viewer', $$select count(*) from api.budget_lines where plan_number = '1-KH/TEST'$$), '2', 'the unit sees its drafts');
select is(pg_temp.as_user('t.leader', $$select count(*) from api.budget_lines where plan_number = '1-KH/TEST'$$), '0', 'nobody above does');
select is(pg_temp.as_user('t.dongxoai.viewer', $$select actions::text from api.budget_lines where plan_number = '1-KH/TEST' and year = 2022$$), '{}', 'a viewer does nothing');
select is(pg_temp.as_user('t.dongxoai', $$select actions::text from api.budget_lines where plan_number = '1-KH/TEST' and year = 2022$$), '{update,delete,submit}', 'the officer may');
select is(pg_temp.command('t.leader', 'bdv-689', 1, 2022, 'approve', '{"amount":1}'), 'DV404', 'a draft is not there to approve');
select is(pg_temp.as_user('t.dongxoai', $$update app.budget_line set estimate_amount = 45000000, note = 'Hội nghị quán triệt' where year = 2022 returning version$$), '2', 'a draft is changed');
select is(pg_temp.as_user('t.dongxoai', $$update app.budget_line set approved_amount = 1 returning 1$$), '42501', 'its sums never by hand');
select is(pg_temp.as_user('t.dongxoai', format($$insert into app.budget_entry (budget_line_id, kind, amount, entered_on, unit_id) values (%L, 'spending', 1, '2021-12-10', 1)$$,
    (pg_temp.line('bdv-689', 1, 2022)).id)), '42501', 'nor its entries');

-- submitting
select is(pg_temp.command('t.dongxoai.viewer', 'bdv-689', 1, 2022, 'submit'), 'DV403 not_permitted', 'a viewer submits nothing');
select is(pg_temp.command('t.dongxoai', 'bdv-689', 1, 2022, 'submit', '{}', 1), 'DV412', 'with the version read');
update app.assignment set status = 'cancelled' where plan_item_id = pg_temp.item(1) and lead_unit_id = pg_temp.unit('bdv-689');
select is(pg_temp.command('t.dongxoai', 'bdv-689', 1, 2022, 'submit'), 'DV422 not_led plan_item_id', 'what is led no more is submitted no more');
update app.assignment set status = 'not_started' where plan_item_id = pg_temp.item(1) and lead_unit_id = pg_temp.unit('bdv-689');
select is(pg_temp.command('t.dongxoai', 'bdv-689', 1, 2022, 'submit'), '', 'the officer submits');
select is(pg_temp.sums('bdv-689', 1, 2022), 'submitted 45000000 0 0 0', 'as it stands');
select is(pg_temp.command('t.dongxoai', 'bdv-689', 1, 2022, 'submit'), 'DV409 wrong_state', 'once');
select is(pg_temp.as_user('t.dongxoai', $$update app.budget_line set note = 'x' where year = 2022 returning 1$$), 'DV409 frozen', 'then it stays');
select is(pg_temp.as_user('t.dongxoai', $$delete from app.budget_line where year = 2022 returning 1$$), 'DV409 frozen', 'and is not deleted');
select is(pg_temp.as_user('t.leader', $$select count(*) from api.budget_lines where plan_number = '1-KH/TEST'$$), '1', 'the scope sees it now');
select is(pg_temp.as_user('t.bloc', $$select count(*) from api.budget_lines where plan_number = '1-KH/TEST'$$), '0', 'nobody below');
select is(pg_temp.as_user('t.locninh', $$select count(*) from api.budget_lines where plan_number = '1-KH/TEST'$$), '0', 'nor beside');
select is(pg_temp.as_user('t.women', $$select count(*) from api.budget_lines where plan_number = '1-KH/TEST'$$), '0', 'nor another line');
select is(pg_temp.as_user('t.leader', $$select actions::text from api.budget_lines where plan_number = '1-KH/TEST'$$), '{approve,return}', 'a leader above decides');
select is(pg_temp.as_user('t.province', $$select actions::text from api.budget_lines where plan_number = '1-KH/TEST'$$), '{}', 'an officer does not');

-- returning and approving
select is(pg_temp.command('t.dongxoai.leader', 'bdv-689', 1, 2022, 'approve', '{"amount":1}'), 'DV403 not_permitted', 'nobody approves the own');
select is(pg_temp.command('t.province', 'bdv-689', 1, 2022, 'approve', '{"amount":1}'), 'DV403 not_permitted', 'nor an officer above');
select is(pg_temp.command('t.leader', 'bdv-689', 1, 2022, 'return'), 'DV422 required note', 'a return says why');
select is(pg_temp.command('t.leader', 'bdv-689', 1, 2022, 'return', '{"note":"Giảm chi hội nghị"}'), '', 'it is returned');
select is(pg_temp.as_user('t.dongxoai', $$select return_note || actions::text from api.budget_lines where plan_number = '1-KH/TEST' and year = 2022$$),
    'Giảm chi hội nghị{update,submit}', 'a draft again, that is deleted no more');
select is(pg_temp.as_user('t.leader', $$select count(*) from api.budget_lines where plan_number = '1-KH/TEST'$$), '0', 'the owner''s alone');
select is(pg_temp.as_user('t.leader', $$select concat_ws('|', n.title, n.link) from api.notices as n where n.topic = 'budget_submitted'$$),
    'Ban Dân vận Thành ủy Đồng Xoài trình dự toán', 'to which the notice of its submission does not lead meanwhile');
select is(pg_temp.as_user('t.dongxoai', $$update app.budget_line set estimate_amount = 42000000 where year = 2022 returning estimate_amount$$), '42000000', 'it is mended');
select is(pg_temp.command('t.dongxoai', 'bdv-689', 1, 2022, 'submit'), '', 'and submitted again');
select is(pg_temp.command('t.leader', 'bdv-689', 1, 2022, 'approve'), 'DV422 required amount', 'an approval says how much');
select is(pg_temp.command('t.leader', 'bdv-689', 1, 2022, 'approve', '{"amount":"a"}'), 'DV422 wrong_type amount', 'in figures');
select is(pg_temp.command('t.leader', 'bdv-689', 1, 2022, 'approve', '{"amount":1.5}'), 'DV422 wrong_type amount', 'in whole dong');
select is(pg_temp.command('t.leader', 'bdv-689', 1, 2022, 'approve', '{"amount":-1}'), 'DV422 out_of_range amount', 'not below zero');
select is(pg_temp.command('t.leader', 'bdv-689', 1, 2022, 'approve', format('{"amount":1,"document_id":"%s"}', private.new_id())),
    'DV422 not_visible document_id', 'by a document there is');
select is(pg_temp.command('t.leader', 'bdv-689', 1, 2022, 'approve', format('{"amount":40000000,"document_id":"%s"}',
    (select d.id from app.document as d where d.symbol = '04-CTr/TU'))), '', 'it is approved');
select is(pg_temp.sums('bdv-689', 1, 2022), 'approved 42000000 40000000 0 0', 'as much as that');
select is((pg_temp.line('bdv-689', 1, 2022)).document_id, (select d.id from app.document as d where d.symbol = '04-CTr/TU'), 'by this document');
select is(pg_temp.command('t.leader', 'bdv-689', 1, 2022, 'approve', '{"amount":1}'), 'DV409 wrong_state', 'once');

-- spending: today is still 2021
select is(pg_temp.command('t.dongxoai', 'bdv-689', 1, 2022, 'spend', '{"amount":1,"spent_on":"2021-12-01"}'), 'DV422 outside_year spent_on', 'spent in its year');
select is(pg_temp.command('t.dongxoai', 'bdv-689', 1, 2022, 'spend', '{"amount":1,"spent_on":"2022-03-01"}'), 'DV422 in_the_future spent_on', 'not before it is');
update private.installation set fixed_today = '2022-06-20';
select is(pg_temp.command('t.leader', 'bdv-689', 1, 2022, 'spend', '{"amount":1,"spent_on":"2022-03-01"}'), 'DV403 not_permitted', 'the owner spends');
select is(pg_temp.command('t.dongxoai', 'bdv-689', 1, 2022, 'spend', '{"amount":1}'), 'DV422 required spent_on', 'on a day');
select is(pg_temp.command('t.dongxoai', 'bdv-689', 1, 2022, 'spend', '{"amount":0,"spent_on":"2022-03-01"}'), 'DV422 out_of_range amount', 'something');
select is(pg_temp.command('t.dongxoai', 'bdv-689', 1, 2022, 'spend', '{"amount":25000000,"spent_on":"2022-03-15","note":"Hội nghị"}'), '', 'it is spent');
select is(pg_temp.command('t.dongxoai', 'bdv-689', 1, 2022, 'spend', '{"amount":15000001,"spent_on":"2022-05-01"}'), 'DV422 over_budget amount', 'never more than approved');
select is(pg_temp.command('t.dongxoai', 'bdv-689', 1, 2022, 'spend', '{"amount":15000000,"spent_on":"2022-05-01"}'), '', 'but all of it');
select is(pg_temp.command('t.dongxoai', 'bdv-689', 1, 2022, 'spend', '{"amount":-5000000,"spent_on":"2022-05-01"}'), 'DV422 required note', 'a correction says why');
select is(pg_temp.command('t.dongxoai', 'bdv-689', 1, 2022, 'spend', '{"amount":-5000000,"spent_on":"2022-05-01","note":"Ghi trùng"}'), '', 'and takes back');
select is(pg_temp.command('t.dongxoai', 'bdv-689', 1, 2022, 'spend', '{"amount":-35000001,"spent_on":"2022-05-01","note":"x"}'), 'DV422 below_zero amount', 'never below zero');

-- adjusting
select is(pg_temp.command('t.dongxoai.leader', 'bdv-689', 1, 2022, 'adjust', '{"amount":1,"reason":"x"}'), 'DV403 not_permitted', 'who approves adjusts');
select is(pg_temp.command('t.leader', 'bdv-689', 1, 2022, 'adjust', '{"amount":1}'), 'DV422 required reason', 'and says why');
select is(pg_temp.command('t.leader', 'bdv-689', 1, 2022, 'adjust', '{"amount":-5000001,"reason":"x"}'), 'DV422 below_spent amount', 'not below what is spent');
select is(pg_temp.command('t.leader', 'bdv-689', 1, 2022, 'adjust', '{"amount":-40000001,"reason":"x"}'), 'DV422 out_of_range amount', 'nor below zero');
select is(pg_temp.command('t.leader', 'bdv-689', 1, 2022, 'adjust', '{"amount":3000000,"reason":"Bổ sung"}'), '', 'it is adjusted');
select is(pg_temp.command('t.leader', 'bdv-689', 1, 2022, 'adjust', '{"amount":-1000000,"reason":"Tiết kiệm"}'), '', 'both ways');
select is(pg_temp.sums('bdv-689', 1, 2022), 'approved 42000000 40000000 2000000 35000000', 'the sums are of the entries');
select is(pg_temp.as_user('t.dongxoai', $$select remaining_amount from api.budget_lines where plan_number = '1-KH/TEST' and year = 2022$$), '7000000', 'and so is what remains');
select is((select string_agg(e.kind || ' ' || e.amount, ', ' order by e.created_at) from app.budget_entry as e where e.budget_line_id = (pg_temp.line('bdv-689', 1, 2022)).id),
    'estimate 45000000, estimate 42000000, approval 40000000, spending 25000000, spending 15000000, spending -5000000, adjustment 3000000, adjustment -1000000',
    'every movement is kept');
select throws_ok($$update app.budget_entry set amount = 1$$, 'DV409', null, 'and never changed');
select throws_ok($$delete from app.budget_entry$$, 'DV409', null, 'nor deleted');
select is(pg_temp.as_user('t.leader', $$select count(*) from api.budget_entries where owner_unit_code = 'bdv-689' and item_code = 'B1'$$), '8', 'they are seen with the line');
select is(pg_temp.as_user('t.locninh', $$select count(*) from api.budget_entries where owner_unit_code = 'bdv-689'$$), '0', 'and no further');

-- who must act next, and who was decided on
create function pg_temp.told(p_line app.budget_line) returns text
    language sql return (
        select string_agg(concat_ws(' ', x.topic, x.code, x.about, x.count), ', ' order by x.topic)
        from (
            select n.topic, u.code, a.code as about, count(*) as count
            from app.notice as n join app.unit as u on u.id = n.unit_id join app.unit as a on a.id = n.about_unit_id
            where n.resource = 'budget-lines' and n.resource_id = (p_line).id group by n.topic, u.code, a.code) as x);
select is(pg_temp.told(pg_temp.line('bdv-689', 1, 2022)),
    'budget_adjusted bdv-689 bdv-70 2, budget_approved bdv-689 bdv-70 1, budget_returned bdv-689 bdv-70 1, budget_submitted bdv-70 bdv-689 2',
    'who decides is told each time, and so is whose line it is');
select is(pg_temp.as_user('t.leader', format($$select min(n.title) || ' ' || min(n.link) || ' ' || count(*) from api.notices as n
        where n.topic = 'budget_submitted' and n.link = '/budget-lines/%s'$$, (pg_temp.line('bdv-689', 1, 2022)).id)),
    format('Ban Dân vận Thành ủy Đồng Xoài trình dự toán: Nhiệm vụ 1, năm 2022 /budget-lines/%s 2', (pg_temp.line('bdv-689', 1, 2022)).id),
    'of what, and where it is');

-- the province: nobody stands above
select is(pg_temp.estimate('t.province', 1, 2022, 300000000), 'draft', 'the province estimates');
select is(pg_temp.command('t.province', 'bdv-70', 1, 2022, 'submit'), '', 'and submits to itself');
select is(pg_temp.command('t.province', 'bdv-70', 1, 2022, 'approve', '{"amount":1}'), 'DV403 not_permitted', 'its officer does not approve');
select is(pg_temp.command('t.leader', 'bdv-70', 1, 2022, 'approve', '{"amount":250000000}'), '', 'its own leader does');
select is(pg_temp.told(pg_temp.line('bdv-70', 1, 2022)), 'budget_approved bdv-70 bdv-70 1, budget_submitted bdv-70 bdv-70 1', 'told of both within');
select is(pg_temp.command('t.province', 'bdv-70', 1, 2022, 'spend', '{"amount":50000000,"spent_on":"2022-06-20"}'), '', 'its officer spends');

-- totals: 300 + 42 estimated, 250 + 40 approved, +2, 50 + 35 spent of 292; the draft of 2023 counts for nobody
select is(pg_temp.as_user(w.login, format('select string_agg(concat_ws('' '', t.group_code, t.line_count, t.estimate_amount, t.approved_amount, t.adjusted_amount, t.spent_amount, t.remaining_amount, t.spent_share), '', '' order by t.group_code)
    from api.budget_totals(p_plan_id => ''aaaaaaaa-0000-4000-8000-000000000001'', p_by => %L, p_as_of => %L) as t', w.by, w.day)), w.answer, w.words)
from (values
    ('t.viewer', 'year', null, '2022 2 342000000 290000000 2000000 85000000 207000000 29.1', 'the whole'),
    ('t.viewer', 'level', null, 'district 1 42000000 40000000 2000000 35000000 7000000 83.3, province 1 300000000 250000000 0 50000000 200000000 20.0', 'by level'),
    ('t.viewer', 'item', null, 'B1 2 342000000 290000000 2000000 85000000 207000000 29.1', 'by item'),
    ('t.dongxoai', 'unit', null, 'bdv-689 1 42000000 40000000 2000000 35000000 7000000 83.3', 'in one''s own scope'),
    ('t.viewer', 'unit', date '2022-04-01', 'bdv-689 1 42000000 40000000 0 25000000 15000000 62.5', 'as of a day before the rest'),
    ('t.viewer', 'unit', date '2021-12-09', null, 'and before all')) as w (login, by, day, answer, words);

-- past days, closing, faults
select is(pg_temp.as_user('t.leader', $$select concat_ws(' ', status, approved_amount, adjusted_amount, spent_amount, actions::text) from api.budget_lines_on('2022-04-01') where owner_unit_code = 'bdv-689' and plan_number = '1-KH/TEST'$$),
    'approved 40000000 0 25000000 {}', 'a line of a day has what was entered by then');
select is(pg_temp.command('t.leader', 'bdv-689', 1, 2022, 'close'), 'DV409 year_not_over', 'the books stay open in the year');
update private.installation set fixed_today = '2023-01-15';
select is(pg_temp.command('t.leader', 'bdv-689', 1, 2022, 'close'), '', 'and are closed after it');
select is(pg_temp.command('t.dongxoai', 'bdv-689', 1, 2022, 'spend', '{"amount":1,"spent_on":"2022-12-01"}'), 'DV409 wrong_state', 'for good');
select is_empty($$select * from private.budget_faults()$$, 'all sums are right');
update app.budget_line set spent_amount = spent_amount - 1 where id = (pg_temp.line('bdv-689', 1, 2022)).id;
select is((select array_agg(f.budget_line_id) from private.budget_faults() as f), array[(pg_temp.line('bdv-689', 1, 2022)).id], 'and a wrong one is found');

-- a reorganisation hands over what is not closed: each predecessor's money for itself
update app.budget_line set spent_amount = spent_amount + 1 where id = (pg_temp.line('bdv-689', 1, 2022)).id;
update app.budget_line set owner_unit_id = pg_temp.unit('bdv-692') where plan_item_id = pg_temp.item(1) and owner_unit_id in (pg_temp.unit('bdv-689'), pg_temp.unit('bdv-70')) and is_open;
select is((select string_agg(concat_ws(' ', b.year, o.code), ', ' order by b.year) from app.budget_line as b join app.unit as o on o.id = b.origin_unit_id
    where b.owner_unit_id = pg_temp.unit('bdv-692') and b.plan_item_id = pg_temp.item(1)), '2022 bdv-70, 2023 bdv-689', 'the open lines, of whoever estimated them');

select * from finish();
rollback;
