-- The plan of a unit below that carries out plan 36: drafted, issued, and seen in the coverage above.
begin;
\ir include/acting.sql
select plan(58);

select pg_temp.take_back_plan_36();
update private.installation set mode = 'test', fixed_today = '2021-11-15';
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'officer');
select pg_temp.add_user('t.women', 'phunu-689', 'officer');
select pg_temp.add_user('t.officer', 'kdv-25195', 'officer');
select pg_temp.add_user('t.chief', 'kdv-25195', 'leader');
select pg_temp.add_user('t.viewer', 'kdv-25195', 'viewer');
select pg_temp.add_user('t.neighbour', 'kdv-25198', 'officer');
select pg_temp.as_user('t.leader', format('select api.plan_issue(%L, null)', pg_temp.plan_36())) \g /dev/null

create function pg_temp.own() returns uuid
    language sql return (select p.id from app.plan as p where p.number = '05-KH/KDV');
create function pg_temp.item(p_plan uuid, p_code text) returns uuid
    language sql return (select i.id from app.plan_item as i where i.plan_id = p_plan and i.code = p_code);
create function pg_temp.take(p_codes text, p_version integer default 1) returns text
    language sql return format('select api.plan_take_items(%L, %L, %L) ->> ''taken''', pg_temp.own(), p_version,
        jsonb_build_object('codes', string_to_array(p_codes, ' ')));

-- drafting
select is(pg_temp.as_user('t.officer', format($$
    insert into app.plan (number, title, parent_plan_id, report_outline, signed_on, period_from, period_to)
    values ('05-KH/KDV', 'Kế hoạch thực hiện Kế hoạch 36', %L, 'plan_36', '2021-11-12', '2021-11-01', '2022-12-31')
    returning status$$, pg_temp.plan_36())), 'draft', 'an officer of a ward drafts the plan that carries out plan 36');
select is(pg_temp.as_user('t.officer', format($$update app.plan set report_outline = 'none' where id = %L$$, pg_temp.own())),
    'DV422 not_a_choice report_outline', 'with an outline that there is');
select is(pg_temp.as_user('t.officer', format($$update app.plan set parent_plan_id = id where id = %L$$, pg_temp.own())),
    'DV422 same_record parent_plan_id', 'no plan carries out itself');

-- taking items
select is(pg_temp.as_user('t.viewer', pg_temp.take('T1.3')), 'DV403 not_permitted', 'a viewer takes nothing');
select is(pg_temp.as_user('t.neighbour', pg_temp.take('T1.3')), 'DV404', 'a draft is not there for the neighbour');
select is(pg_temp.as_user('t.leader', pg_temp.take('T1.3')), 'DV404', 'nor for the province');
select is(pg_temp.as_user('t.officer', pg_temp.take('T1.3', 7)), 'DV412', 'a stale version is told');
select is(pg_temp.as_user('t.officer', pg_temp.take('T1.3 T9.9')), 'DV422 not_visible codes', 'an item that is not above');
select is(pg_temp.as_user('t.officer', pg_temp.take('A1')), 'DV422 not_visible codes', 'a block is nothing to carry out');
select is((select count(*) from app.plan_item where plan_id = pg_temp.own()), 0::bigint, 'nothing was taken so far');
select is(pg_temp.as_user('t.officer', pg_temp.take('T1.2d T1.3')), '5',
    'two tasks come with the three headings they stand under: II, II.1, II.1.2');
select is(pg_temp.as_user('t.officer', pg_temp.take('T1.2d T1.3')), '0', 'taken again, nothing is added');
select results_eq(
    $$select i.code, i.title, u.code, h.code
      from app.plan_item as i
      join app.plan_item as u on u.id = i.carries_out_id and u.plan_id = pg_temp.plan_36() and u.title = i.title
      left join app.plan_item as h on h.id = i.parent_id and h.plan_id = i.plan_id
      where i.plan_id = pg_temp.own() order by i.position$$,
    $$select i.code, i.title, i.code, case i.code when 'T1.2d' then 'II.1.2' when 'II' then null when 'II.1' then 'II'
          else 'II.1' end
      from app.plan_item as i
      where i.plan_id = pg_temp.plan_36() and i.code in ('II', 'II.1', 'II.1.2', 'T1.2d', 'T1.3') order by i.position$$,
    'each points at what it carries out and hangs where that hangs');
select is(pg_temp.as_user('t.officer', format($$
    insert into app.plan_item (plan_id, kind, code, outline, position, title)
    values (%L, 'task', 'T1.4', '9', (select position from app.plan_item where id = %L), 'Việc riêng') returning code$$,
    pg_temp.own(), pg_temp.item(pg_temp.plan_36(), 'T1.5'))), 'T1.4', 'the ward has a task of its own');
select is(pg_temp.as_user('t.officer', pg_temp.take('T1.4')), 'DV422 duplicate codes', 'whose code is taken');
select is(pg_temp.as_user('t.officer', pg_temp.take('T1.5')), '1', 'a place that is taken');
select cmp_ok(
    (select position from app.plan_item where plan_id = pg_temp.own() and code = 'T1.5'), '>',
    (select max(position) from app.plan_item where plan_id = pg_temp.plan_36()), 'means the end');
select is(pg_temp.as_user('t.officer', format('delete from app.plan_item where id in (%L, %L) returning 1',
    pg_temp.item(pg_temp.own(), 'T1.4'), pg_temp.item(pg_temp.own(), 'T1.5'))), '1', 'and both go again');

-- pointing by hand
select is(pg_temp.rehearse('t.officer', format('update app.plan_item set carries_out_id = %L where id = %L returning 1',
    pg_temp.item(pg_temp.plan_36(), 'T1.4'), pg_temp.item(pg_temp.own(), 'T1.3'))), '1', 'an item of the plan above');
select is(pg_temp.as_user('t.officer', format('update app.plan_item set carries_out_id = %L where id = %L',
    pg_temp.item(pg_temp.own(), 'T1.2d'), pg_temp.item(pg_temp.own(), 'T1.3'))),
    'DV422 not_of_parent carries_out_id', 'an item of another plan');
select is(pg_temp.as_user('t.officer', format('update app.plan_item set carries_out_id = %L where id = %L',
    gen_random_uuid(), pg_temp.item(pg_temp.own(), 'T1.3'))),
    'DV422 not_of_parent carries_out_id', 'an item that is not there is answered alike');
select is(pg_temp.as_user('t.officer', format('update app.plan set parent_plan_id = null where id = %L', pg_temp.own())),
    'DV422 items_carry_out parent_plan_id', 'the plan above stays while items point there');
select is(pg_temp.rehearse('t.officer', format($$
    with other as (insert into app.plan (number, title, period_from, period_to)
        values ('06-KH/KDV', 'Kế hoạch khác', '2021-11-01', '2022-12-31') returning id, version)
    select 'made' from other$$)), 'made', 'a plan may stand alone');
insert into app.plan (number, title, issuer_unit_id, period_from, period_to)
values ('06-KH/KDV', 'Kế hoạch khác', pg_temp.unit('kdv-25195'), '2021-11-01', '2022-12-31');
select is(pg_temp.as_user('t.officer', $$select api.plan_take_items(p.id, 1, '{"codes": ["T1.3"]}')
    from app.plan as p where p.number = '06-KH/KDV'$$), 'DV409 no_parent_plan', 'and then takes nothing');

-- who leads
create function pg_temp.lead(p_code text, p_unit text) returns text
    language sql return format($$insert into app.responsibility (plan_item_id, role, unit_id)
        values (%L, 'lead', %L) returning role$$, pg_temp.item(pg_temp.own(), p_code), pg_temp.unit(p_unit));
select is(pg_temp.as_user('t.officer', pg_temp.lead('T1.3', 'bdv-689')), 'DV422 outside_issuer unit_id',
    'a ward gives no work to the district');
select is(pg_temp.as_user('t.officer', pg_temp.lead('T1.3', 'kdv-25198')), 'DV422 not_visible unit_id',
    'and the neighbour it does not even see');
select is(pg_temp.as_user('t.officer', replace(pg_temp.lead('T1.3', 'bdv-689'), '''lead''', '''coordinating''')),
    'coordinating', 'the district may be named as coordinating');
delete from app.responsibility where unit_id = pg_temp.unit('bdv-689')
    and plan_item_id = pg_temp.item(pg_temp.own(), 'T1.3');
select is(pg_temp.as_user('t.officer', pg_temp.lead('T1.2d', 'kdv-25195')), 'lead', 'the bloc itself leads');
select is(pg_temp.as_user('t.officer', pg_temp.lead('T1.3', 'kdv-25195')), 'lead', 'both tasks');
select is(pg_temp.as_user('t.officer', pg_temp.lead('T1.3', 'mttq-25195')), 'lead', 'and the ward''s Front one of them');
select is(pg_temp.as_user('t.officer', format($$
    insert into app.schedule (plan_item_id, level_id, recurrence, label, starts_on, due_on, until_year)
    values (%L, 3, 'yearly', 'Năm', '2021-11-01', '2021-12-20', 2022), (%L, 3, 'once', 'Quý IV/2021', '2021-11-01',
        '2021-12-25', null) returning 1$$,
    pg_temp.item(pg_temp.own(), 'T1.2d'), pg_temp.item(pg_temp.own(), 'T1.3'))), '1', 'and when');

-- a union gives work along its own line only
insert into app.plan (number, title, issuer_unit_id, period_from, period_to)
values ('01-KH/PN', 'Kế hoạch của Hội', pg_temp.unit('phunu-689'), '2021-11-01', '2022-12-31');
insert into app.plan_item (plan_id, kind, code, outline, position, title)
select id, 'task', 'T1', '1', 1, 'Việc của Hội' from app.plan where number = '01-KH/PN';
create function pg_temp.union_lead(p_unit text) returns text
    language sql return format($$insert into app.responsibility (plan_item_id, role, unit_id)
        select i.id, 'lead', %L from app.plan_item as i join app.plan as p on p.id = i.plan_id
        where p.number = '01-KH/PN' returning role$$, pg_temp.unit(p_unit));
select is(pg_temp.as_user('t.women', pg_temp.union_lead('mttq-689')), 'DV422 outside_issuer unit_id',
    'a union gives no work to the Front beside it');
select is(pg_temp.as_user('t.women', pg_temp.union_lead('phunu-25195')), 'lead', 'but to the union of a ward');

-- before it is issued it counts for nobody
create function pg_temp.covered(p_code text) returns text
    language sql return format($$select concat_ws('/', plan_count, unit_count, expected_count)
        from api.plan_coverage(%L) where code = %L$$, pg_temp.plan_36(), p_code);
create function pg_temp.carrier(p_unit text) returns text
    language sql return format($$select concat_ws('/', state, coalesce(own_plan_number, '-'), plan_count, item_count)
        from api.plan_carriers(%L) where unit_id = %L$$, pg_temp.plan_36(), pg_temp.unit(p_unit));
select is(pg_temp.as_user('t.leader', pg_temp.covered('T1.2d')), '0/0/123',
    'the province awaits 1 + 11 + 111 plans and has none');
select is(pg_temp.as_user('t.leader', pg_temp.carrier('kdv-25195')), 'awaited/-/0/0', 'a draft is not betrayed');
select is(pg_temp.as_user('t.officer', pg_temp.carrier('kdv-25195')), 'awaited/-/0/0', 'nor counted for its owner');

-- issuing
select is(pg_temp.as_user('t.officer', format('select api.plan_submit(%L, 1)', pg_temp.own())), '', 'the officer submits');
select is(pg_temp.as_user('t.officer', pg_temp.take('T1.4', 2)), 'DV409 wrong_state', 'what is submitted takes nothing more');
create function pg_temp.issue(p_path text) returns text
    language sql return format('select api.plan_issue(%L, 2) #>> %L', pg_temp.own(), p_path);
update app.plan set status = 'closed' where id = pg_temp.plan_36();
select is(pg_temp.as_user('t.chief', pg_temp.issue('{}')), 'DV409 parent_not_in_force', 'the plan above must be in force');
update app.plan set status = 'in_force' where id = pg_temp.plan_36();
insert into app.responsibility (plan_item_id, role, unit_id)
select pg_temp.item(pg_temp.own(), 'T1.2d'), 'coordinating', pg_temp.unit('kdv-25198');
alter table app.responsibility disable trigger responsibility_40_reach;
update app.responsibility set role = 'lead' where unit_id = pg_temp.unit('kdv-25198');
alter table app.responsibility enable trigger responsibility_40_reach;
select is(pg_temp.as_user('t.chief', pg_temp.issue('{}')), 'DV409 outside_issuer',
    'a lead that came to stand elsewhere stops the issue');
delete from app.responsibility where unit_id = pg_temp.unit('kdv-25198');
select is(pg_temp.as_user('t.officer', pg_temp.issue('{}')), 'DV403 not_permitted', 'an officer does not issue');
select is(
    pg_temp.rehearse('t.chief', format($$select concat_ws(' ', s #>> '{0,item_code}', s #>> '{0,due_on}', s #>> '{0,note}',
        jsonb_array_length(s)) from (select api.plan_issue(%L, 2) -> 'suggests' as s) as x$$, pg_temp.own())),
    'T1.3 2021-12-31 Đã ban hành Kế hoạch số 05-KH/KDV 1', 'issuing suggests the assignment that this answers');
select is(pg_temp.as_user('t.chief', pg_temp.issue('{assignments}')), '4',
    'two years of one task, and two leads of the other');
select results_eq(
    $$select u.code, i.code, a.due_on from app.assignment as a join app.unit as u on u.id = a.lead_unit_id
      join app.plan_item as i on i.id = a.plan_item_id where a.plan_id = pg_temp.own() order by a.due_on, u.code collate "C"$$,
    $$values ('kdv-25195', 'T1.2d', '2021-12-20'::date), ('kdv-25195', 'T1.3', '2021-12-25'),
        ('mttq-25195', 'T1.3', '2021-12-25'), ('kdv-25195', 'T1.2d', '2022-12-20')$$,
    'to its own units alone');
select is(
    (select status from app.assignment where id = pg_temp.owed('T1.3', 'kdv-25195', 'Quý IV/2021')), 'not_started',
    'nothing is written in plan 36');

-- coverage
select is(pg_temp.as_user('t.leader', pg_temp.covered('T1.2d')), '1/1/123', 'the province sees who carries it out');
select is(pg_temp.as_user('t.leader', pg_temp.covered('T1.1')), '0/0/123', 'and what nobody does');
select is(pg_temp.as_user('t.leader', format('select count(*) from api.plan_coverage(%L) where plan_count = 0',
    pg_temp.plan_36())), '48', '48 of the 50 tasks');
select is(pg_temp.as_user('t.dongxoai', pg_temp.covered('T1.2d')), '1/1/9', 'a city sees its own: 1 + 8 plans awaited');
select is(pg_temp.as_user('t.neighbour', pg_temp.covered('T1.2d')), '0/0/1', 'the neighbouring ward its own alone');
select is(pg_temp.as_user('t.women', pg_temp.covered('T1.2d')), '0/0/0', 'no plan is asked of the union''s line');
select is(pg_temp.as_user('t.leader', format('select count(*) from api.plan_carriers(%L, %L)', pg_temp.plan_36(),
    pg_temp.unit('bdv-689'))), '9', 'the province may ask for one city');
select is(pg_temp.as_user('t.leader', pg_temp.carrier('kdv-25195')), 'on_time/05-KH/KDV/1/2',
    'signed on 12/11, due 31/12: in time, with two tasks');
select is(pg_temp.as_user('t.leader', pg_temp.carrier('bdv-70')), 'missing/-/0/0', 'its own was due on 30/9');
update app.plan set signed_on = '2022-01-01' where id = pg_temp.own();
select is(pg_temp.as_user('t.leader', pg_temp.carrier('kdv-25195')), 'late/05-KH/KDV/1/2', 'signed a day late');

-- refusals
select is(pg_temp.as_user('t.leader', format('select api.plan_coverage(%L)', gen_random_uuid())),
    'DV422 not_visible plan', 'no such plan');
select is(pg_temp.as_user('t.leader', format('select api.plan_carriers(%L, 999999)', pg_temp.plan_36())),
    'DV422 not_visible unit', 'no such unit');
select is(pg_temp.as_user('t.neighbour', format('select api.plan_carriers(%L)', gen_random_uuid())),
    'DV422 not_visible plan', 'nor for carriers');

select * from finish();
rollback;
