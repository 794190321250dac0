-- The territory of the demonstration's history against the published figures, by hand: Bình Phước's until
-- 30/6/2025, and of Đồng Nai's the 40 communes that come of it. Runs on a database that holds the
-- history (tests/run.sh makes danvan_history).
begin;
\ir ../include/acting.sql
select plan(31);

create function pg_temp.kinds_on(p_day date) returns text
    language sql return (
        select string_agg(x.kind || ' ' || x.count, ', ' order by x.kind collate "C")
        from (
            select v.kind, count(*) from app.area_version as v
            where v.valid_from <= p_day and coalesce(v.valid_to > p_day, true) group by v.kind) as x);
create function pg_temp.on_day(p_code text, p_day date) returns app.area_version
    language sql return (
        select v from app.area_version as v
        where v.code = p_code and v.valid_from <= p_day and coalesce(v.valid_to > p_day, true));
create function pg_temp.called_on(p_unit_code text, p_day date) returns text
    language sql return (
        select v.name from app.unit_version as v join app.unit as u on u.id = v.unit_id
        where u.code = p_unit_code and v.valid_from <= p_day and coalesce(v.valid_to > p_day, true));

select is(private.today(), date '2026-05-15', 'it stands on 15/5/2026');

-- Counts ------------------------------------------------------------------------------------------------
select is(pg_temp.kinds_on('2021-11-01'), 'Huyện 8, Phường 15, Thành phố 1, Thị trấn 6, Thị xã 2, Tỉnh 1, Xã 90', '1/11/2021: 11 districts, 111 communes');
select is(pg_temp.kinds_on('2022-09-30'), pg_temp.kinds_on('2021-11-01'), 'the same up to 30/9/2022');
select is(pg_temp.kinds_on('2022-10-01'), 'Huyện 7, Phường 20, Thành phố 1, Thị trấn 5, Thị xã 3, Tỉnh 1, Xã 86', '1/10/2022: Chơn Thành a town, five wards more');
select is(pg_temp.kinds_on('2025-06-30'), pg_temp.kinds_on('2022-10-01'), 'the same up to 30/6/2025');
select is(pg_temp.kinds_on('2025-07-01'), 'Phường 8, Tỉnh 1, Xã 32', '1/7/2025: 40 communes and no district');
select is(pg_temp.kinds_on('2026-04-29'), pg_temp.kinds_on('2025-07-01'), 'the same up to 29/4/2026');
select is(pg_temp.kinds_on('2026-04-30'), 'Phường 11, Thành phố 1, Xã 29', '30/4/2026: a city, three wards more');
-- 123 of 2021, the new province, 40 - 2 new communes
select is((select count(*)::integer from app.area), 162, '162 identities in all');
select is((select count(*)::integer from app.area as a where a.is_active), 41, 'of which 41 stand');
select is_empty(
    $$select v.area_id from (
        select x.*, lag(x.valid_to) over (partition by x.area_id order by x.valid_from) as until,
            row_number() over (partition by x.area_id order by x.valid_from) as nth
        from app.area_version as x) as v
      where v.nth > 1 and v.until is distinct from v.valid_from$$, 'no identity has a gap in its life');

-- A code is no identity -----------------------------------------------------------------------------------
select results_eq(
    $$select c.code, (o.v).name, (n.v).name, (o.v).area_id = (n.v).area_id
      from unnest(array['25195', '25217', '25219', '25220', '25222', '25225', '25324', '25326', '25333', '25432']) with ordinality as c (code, nth)
      cross join lateral (select pg_temp.on_day(c.code, '2025-06-30') as v) as o
      cross join lateral (select pg_temp.on_day(c.code, '2025-07-01') as v) as n order by c.nth$$,
    $$values
        ('25195', 'Phường Tân Phú', 'Phường Bình Phước', false),
        ('25217', 'Phường Long Thủy', 'Phường Phước Long', false),
        ('25219', 'Phường Phước Bình', null, null),
        ('25220', 'Phường Long Phước', 'Phường Phước Bình', false),
        ('25222', 'Xã Bù Gia Mập', 'Xã Bù Gia Mập', true),
        ('25225', 'Xã Đak Ơ', 'Xã Đăk Ơ', true),
        ('25324', 'Phường An Lộc', null, null),
        ('25326', 'Phường Phú Đức', 'Phường Bình Long', false),
        ('25333', 'Xã Thanh Lương', 'Phường An Lộc', false),
        ('25432', 'Phường Hưng Long', 'Phường Chơn Thành', false)$$,
    'codes that name another commune from one day to the next, and two that do not');
select is(pg_temp.called_on('kdv-25195', '2025-06-30'), 'Khối Dân vận phường Tân Phú', 'the bloc kdv-25195 is Tân Phú''s');
select is(pg_temp.called_on('kdv-25195', '2025-07-01'), null, 'and has ended');
select is(
    (select v.name from app.unit as u join app.unit_version as v on v.unit_id = u.id and v.valid_from = '2025-07-01'
        where u.kind = 'mobilization_bloc' and u.area_id = (pg_temp.on_day('25195', '2025-07-01')).area_id),
    'Khối Dân vận phường Bình Phước', 'the new ward''s bloc is called after it');

-- Chơn Thành ------------------------------------------------------------------------------------------------
select results_eq(
    $$select v.code, v.name, v.kind, v.valid_from, v.valid_to from app.area_version as v
      where v.area_id = (pg_temp.on_day('697', '2021-11-01')).area_id order by v.valid_from$$,
    $$values ('697', 'Huyện Chơn Thành', 'Huyện', date '2021-07-01', date '2022-10-01'),
        ('697', 'Thị xã Chơn Thành', 'Thị xã', '2022-10-01', '2025-07-01')$$, 'one identity, one code, two names, and an end');
select results_eq(
    $$select o.code, o.name, n.name from app.area_version as o join app.area_version as n on n.area_id = o.area_id and n.valid_from = '2022-10-01'
      where o.valid_to = '2022-10-01' and o.code = n.code and o.code like '25%' order by o.code$$,
    $$values ('25432', 'Thị trấn Chơn Thành', 'Phường Hưng Long'), ('25433', 'Xã Thành Tâm', 'Phường Thành Tâm'),
        ('25441', 'Xã Minh Hưng', 'Phường Minh Hưng'), ('25444', 'Xã Minh Long', 'Phường Minh Long'),
        ('25447', 'Xã Minh Thành', 'Phường Minh Thành')$$, 'five wards with identity and code of what they were');
-- 13 bodies of the district, 9 of each of five communes
select is((select count(*)::integer from app.unit_version as v where v.valid_from = '2022-10-01'), 58, '58 units are called anew');
select is(
    array[pg_temp.called_on('bdv-697', '2022-09-30'), pg_temp.called_on('bdv-697', '2022-10-01'), pg_temp.called_on('ubnd-697', '2022-10-01'),
        pg_temp.called_on('doan-697', '2022-10-01'), pg_temp.called_on('capuy-697', '2022-10-01'), pg_temp.called_on('kdv-25432', '2022-10-01')],
    array['Ban Dân vận Huyện ủy Chơn Thành', 'Ban Dân vận Thị ủy Chơn Thành', 'Ủy ban nhân dân thị xã Chơn Thành',
        'Thị đoàn Chơn Thành', 'Thị ủy Chơn Thành', 'Khối Dân vận phường Hưng Long'], 'as a town''s and a ward''s bodies are called');

-- 1 July 2025 -------------------------------------------------------------------------------------------------
create temp view merger as
select o.code as old_code, o.name as old_name, o.parent_id as district_id, n.code as new_code, n.name as new_name, l.predecessor_id, l.successor_id, l.allocation
from app.area_link as l
join app.area_version as o on o.area_id = l.predecessor_id and o.valid_to = '2025-07-01'
join app.area_version as n on n.area_id = l.successor_id and n.valid_from = '2025-07-01'
where l.effective_on = '2025-07-01' and o.code like '25___';
select is((select array[count(*), count(distinct m.predecessor_id), count(distinct m.successor_id)]::text from merger as m), '{109,109,38}',
    '109 communes have one successor each, 38 of them');
select is_empty($$select m.old_code from merger as m where m.allocation <> 'sum'$$, 'and go into it whole');
select is(
    (select string_agg(x.size || ' × ' || x.count, ', ' order by x.size) from (
        select m.size, count(*) from (select count(*) as size from merger as s group by s.successor_id) as m group by m.size) as x),
    '2 × 12, 3 × 21, 4 × 4, 6 × 1', 'twelve of two, 21 of three, four of four, one of six');
select set_eq($$select m.old_code from merger as m where m.new_name = 'Phường Bình Phước'$$,
    array['25195', '25198', '25201', '25204', '25205', '25213'], 'phường Bình Phước of six');
select results_eq(
    $$select m.new_name, string_agg(m.old_name || ' (' || d.code || ')', ', ' order by m.old_code) from merger as m
      join app.area_version as d on d.area_id = m.district_id and d.valid_to = '2025-07-01'
      group by m.new_name, m.successor_id having count(distinct d.code) > 1 order by min(m.new_code)$$,
    $$values
        ('Phường Phước Bình', 'Phường Phước Bình (688), Phường Long Phước (688), Xã Bình Sơn (698), Xã Long Giang (688)'),
        ('Xã Tân Tiến', 'Xã Lộc An (692), Xã Tân Thành (693), Xã Tân Tiến (693)'),
        ('Phường Bình Long', 'Phường Hưng Chiến (690), Phường An Lộc (690), Phường Phú Đức (690), Xã Thanh Bình (694)'),
        ('Xã Tân Quan', 'Xã Tân Lợi (694), Xã Phước An (694), Xã Tân Quan (694), Xã Quang Minh (697)')$$,
    'four communes of two districts each');
select results_eq(
    $$select v.code, v.name, up.code from app.area_version as v join app.area_version as up on up.area_id = v.parent_id and up.valid_from = '2025-07-01'
      where v.valid_from = '2025-07-01' and exists (select from app.area_version as o where o.area_id = v.area_id and o.valid_to = '2025-07-01') order by v.code$$,
    $$values ('25222', 'Xã Bù Gia Mập', '75'), ('25225', 'Xã Đăk Ơ', '75')$$, 'two communes go on, under the province');
select is(
    (select string_agg(o.code || '>' || n.code, ' ' order by o.code) from app.area_link as l
        join app.area_version as o on o.area_id = l.predecessor_id and o.valid_to = '2025-07-01'
        join app.area_version as n on n.area_id = l.successor_id and n.valid_from = '2025-07-01' where o.code not like '25___'),
    '688>75 689>75 690>75 691>75 692>75 693>75 694>75 695>75 696>75 697>75 698>75 70>75', 'districts and province go into Đồng Nai');

-- Whoever answers now sees it: keys follow, for the ended too ------------------------------------------------------
select is(
    (select count(*)::integer from app.area as a where a.province_key <> (pg_temp.on_day('75', '2026-05-15')).area_id), 0, 'all of it is the new province''s');
select is_empty(
    $$select m.old_code from merger as m join app.area as a on a.id = m.predecessor_id where a.grassroots_key <> m.successor_id or a.is_active$$,
    'an old commune''s key is the new commune''s');
select is_empty(
    $$select u.code from app.unit as u join app.area as a on a.id = u.area_id
      where (u.province_key, u.district_key, u.grassroots_key) is distinct from (a.province_key, a.district_key, a.grassroots_key)
        or u.is_active and not a.is_active$$, 'units have the keys of their area, and none stands in one that ended');
select is_empty(
    $$select x.kind from (
        select 'assignment' as kind, a.lead_unit_id as unit_id, a.province_key, a.district_key, a.grassroots_key from app.assignment as a
        union all select 'report', r.unit_id, r.province_key, r.district_key, r.grassroots_key from app.report as r
        union all select 'value', v.unit_id, v.province_key, v.district_key, v.grassroots_key from app.indicator_value as v
        union all select 'rating', t.unit_id, t.province_key, t.district_key, t.grassroots_key from app.rating as t
        union all select 'membership', m.unit_id, m.province_key, m.district_key, m.grassroots_key from app.membership as m) as x
      join app.unit as u on u.id = x.unit_id
      where (u.province_key, u.district_key, u.grassroots_key) is distinct from (x.province_key, x.district_key, x.grassroots_key)$$,
    'and so have their assignments, reports, figures, ratings and memberships');

-- 30 April 2026 -----------------------------------------------------------------------------------------------------
select results_eq(
    $$select v.code, v.name from app.area_version as v where v.valid_from = '2026-04-30' order by v.code$$,
    $$values ('25270', 'Phường Lộc Ninh'), ('25357', 'Phường Tân Khai'), ('25363', 'Phường Đồng Phú'), ('75', 'Thành phố Đồng Nai')$$,
    'the city, and three wards');

select * from finish();
rollback;
