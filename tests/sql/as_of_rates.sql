-- Rates as of a day and restated, against numbers set by hand: the women's unions of two communes, of Đồng
-- Xoài (25195) and of Lộc Ninh, are merged on 1/1/2022 into one that stands in Đồng Xoài; the bloc of 25195
-- is split in shares; the Women's Union of Lộc Ninh district ends without a successor.
begin;
\ir include/acting.sql
select plan(13);

select pg_temp.take_back_plan_36();
update private.installation set mode = 'test', fixed_today = '2022-06-01';
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'viewer');
select pg_temp.as_user('t.leader', format('select api.plan_issue(%L, null)', pg_temp.plan_36())) \g /dev/null
select v.code as other from app.area_version as v
where v.parent_id = (select d.area_id from app.area_version as d where d.code = '692' and d.valid_to is null) order by v.code limit 1 \gset
insert into app.period (id, plan_id, kind, label, starts_on, ends_on, opens_on, expires_on, locks_on)
values ('00000000-0000-7000-8000-00000000aa02', pg_temp.plan_36(), 'phase', 'Thử', '2021-08-17', '2021-11-01', '2021-08-17', '2021-12-31', '2022-12-31');

insert into app.unit (area_id, line_id, kind, code)
select u.area_id, u.line_id, u.kind, x.code
from (values ('t-phunu', 'phunu-25195'), ('t-kdv1', 'kdv-25195'), ('t-kdv2', 'kdv-25195')) as x (code, model) join app.unit as u on u.code = x.model;
insert into app.unit_version (unit_id, name, area_id, valid_from)
select u.id, 'Đơn vị mới ' || u.code, u.area_id, '2022-01-01' from app.unit as u where u.code like 't-%';
update app.unit_version as v set valid_to = '2022-01-01'
from app.unit as u where u.id = v.unit_id and u.code in ('phunu-25195', 'phunu-' || :'other', 'kdv-25195', 'phunu-692');
update app.unit set is_active = false where code in ('phunu-25195', 'phunu-' || :'other', 'kdv-25195', 'phunu-692');
insert into app.reorganisation (title, legal_basis, effective_on, owner_unit_id, owner_area_id)
select 'T', 'T', '2022-01-01', u.id, u.area_id from app.unit as u where u.code = 'bdv-70' returning id as reorganisation \gset
insert into app.reorganisation_step (reorganisation_id, position, subject, kind) values (:'reorganisation', 1, 'unit', 'merge')
returning id as step \gset
insert into app.unit_link (predecessor_id, successor_id, effective_on, allocation, share_permille, step_id)
select f.id, t.id, '2022-01-01', x.allocation, x.share, :'step'
from (values ('phunu-25195', 't-phunu', 'sum', null::smallint), ('phunu-' || :'other', 't-phunu', 'sum', null),
    ('kdv-25195', 't-kdv1', 'share', 500), ('kdv-25195', 't-kdv2', 'share', 500)) as x (f, t, allocation, share)
join app.unit as f on f.code = x.f join app.unit as t on t.code = x.t;

-- unit, status, first sent; all due on 10/11/2021
insert into app.report (period_id, plan_id, unit_id, superior_unit_id, status, first_submitted_on, decided_on, original_due_on, due_on)
select '00000000-0000-7000-8000-00000000aa02', pg_temp.plan_36(), pg_temp.unit(x.unit), null, x.status, x.sent, x.decided, '2021-11-10', '2021-11-10'
from (values
    ('phunu-25195', 'approved', date '2021-11-05', date '2021-11-20'),
    ('phunu-' || :'other', 'approved', '2021-11-15', '2021-11-20'),
    ('kdv-25195', 'approved', '2021-11-09', '2021-11-20'),
    ('phunu-692', 'moved', null, null),
    ('bdv-689', 'submitted', '2022-02-01', null)
) as x (unit, status, sent, decided);

create function pg_temp.rates(p_arguments text) returns text
    language sql return format($$
        select string_agg(concat_ws(' ', group_code, owed, submitted, approved, on_time, nullif(not_restated, 0),
            nullif(not_restated_reasons, '{}')), '; ' order by group_code, owed)
        from api.report_rates('00000000-0000-7000-8000-00000000aa02', %s)$$, p_arguments);
create function pg_temp.of_leader(p_arguments text) returns text
    language sql as $$ select pg_temp.as_user('t.leader', pg_temp.rates(p_arguments)) $$;
select is(pg_temp.of_leader('''unit'', null, true, ''2021-11-30'''),
    format('bdv-689 1 0 0 0; kdv-25195 1 1 1 1; phunu-25195 1 1 1 1; phunu-%s 1 1 1 0; phunu-692 1 0 0 0', :'other'),
    'before: what stood then owes, and later sending is not known yet');
select is(pg_temp.of_leader('''unit'', null, true, ''2021-11-12'''),
    format('bdv-689 1 0 0 0; kdv-25195 1 1 0 1; phunu-25195 1 1 0 1; phunu-%s 1 0 0 0; phunu-692 1 0 0 0', :'other'),
    'nor what was approved later');
select is(pg_temp.of_leader('''unit'', null, true, ''2022-06-01'''),
    format('bdv-689 1 1 0 0; kdv-25195 1 1 1 1; phunu-25195 1 1 1 1; phunu-%s 1 1 1 0', :'other'),
    'after, as reported: each under its own name, and what moved is owed no more');
select is(pg_temp.of_leader('''unit'', null, true, ''2022-06-01'', true'),
    'bdv-689 1 1 0 0; kdv-25195 1 1 1 1 1 {shared}; t-phunu 2 2 2 1',
    'restated: two go into one, and a count is not split by shares');
select is(pg_temp.of_leader('''district'', null, true, ''2021-11-30'''),
    '689 3 2 2 2; 692 2 1 1 0', 'under the districts of the day');
select is(pg_temp.of_leader('''district'', null, true, ''2022-06-01'''),
    '689 3 3 2 2; 692 1 1 1 0', 'a unit that has ended counts where it last stood');
select is(pg_temp.of_leader('''district'', null, true, ''2022-06-01'', true'),
    '689 4 4 3 2 1 {shared}', 'restated: where its successor stands');
select is(pg_temp.of_leader('''line'', null, true, ''2022-06-01'', true'),
    'mobilization 2 2 1 1 1 {shared}; women 2 2 2 1', 'by line');
select is(pg_temp.of_leader('''unit'', null, true, ''2021-11-30'', true'),
    format('bdv-689 1 0 0 0; kdv-25195 1 1 1 1; phunu-25195 1 1 1 1; phunu-%s 1 1 1 0; phunu-692 1 0 0 0', :'other'),
    'restated to a day on which all stood: as it was');
select is(pg_temp.as_user('t.dongxoai', pg_temp.rates('''district'', null, true, ''2022-06-01'', true')),
    '689 3 3 2 2 1 {shared}', 'row security holds: a district carries what it sees');
select is(pg_temp.of_leader('''district'''), '689 3 3 2 2; 692 1 1 1 0', 'today, by the keys, is the same as reported');
select is(pg_temp.as_user('t.leader', $$select string_agg(reason || ' ' || (group_id is not null), '; ' order by reason)
    from private.unit_groups('unit', '2021-11-30', true, 'province_key', private.my_scope()) where unit_id in (
        select id from app.unit where code in ('t-phunu', 't-kdv1'))$$), 'merged true; split true', 'back in time a merged one is not told apart');
select is(pg_temp.as_user('t.leader', $$select string_agg(reason, '; ')
    from private.unit_groups('unit', '2022-06-01', true, 'province_key', private.my_scope()) where unit_id = (
        select id from app.unit where code = 'phunu-692')$$), 'no_successor', 'what ended without a successor says so');
select * from finish();
rollback;
