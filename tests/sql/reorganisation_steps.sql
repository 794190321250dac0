-- Each kind of step: names, versions, links, keys.
begin;
\ir include/acting.sql
\ir include/reorganising.sql
select plan(52);
update private.installation set mode = 'test', fixed_today = '2022-10-02';

-- names
select is(private.renamed_after('Khối Dân vận xã Thành Tâm', 'Xã Thành Tâm', 'Xã', 'Phường Thành Tâm', 'Phường'), 'Khối Dân vận phường Thành Tâm', 'inside a sentence');
select is(private.renamed_after('Văn phòng Huyện ủy Chơn Thành', 'Huyện Chơn Thành', 'Huyện', 'Thị xã Chơn Thành', 'Thị xã'), 'Văn phòng Thị ủy Chơn Thành', 'a committee');
select is(private.renamed_after('Huyện đoàn Chơn Thành', 'Huyện Chơn Thành', 'Huyện', 'Thị xã Chơn Thành', 'Thị xã'), 'Thị đoàn Chơn Thành', 'a youth union');
select is(private.renamed_after('UBND tỉnh', 'Tỉnh Đồng Nai', 'Tỉnh', 'Thành phố Đồng Nai', 'Thành phố'), 'UBND thành phố', 'a short name');
select is(private.renamed_after('BDV Tỉnh ủy', 'Tỉnh Đồng Nai', 'Tỉnh', 'Thành phố Đồng Nai', 'Thành phố'), 'BDV Thành ủy', 'of a committee''s board');
select is(private.renamed_after('Binh đoàn 16', 'Tỉnh Đồng Nai', 'Tỉnh', 'Thành phố Đồng Nai', 'Thành phố'), 'Binh đoàn 16', 'what is not called after it stays');
select is(private.renamed_after('UBND xã Đường 10', 'Xã Đường 10', 'Xã', 'Xã Phú Sơn', 'Xã'), 'UBND xã Phú Sơn', 'a number in the name');

-- rename and change of kind: the district that became a town on 1 October 2022
create temp table done as select private.reorganisation_carry_out(pg_temp.reorganise('2022-10-01', jsonb_build_array(
    jsonb_build_object('subject', 'area', 'kind', 'change_kind', 'from', jsonb_build_array(
        pg_temp.a('697') || '{"new_name": "Thị xã Chơn Thành", "new_kind": "Thị xã"}')),
    jsonb_build_object('subject', 'area', 'kind', 'rename', 'from', jsonb_build_array(
        pg_temp.a('25432') || '{"new_name": "Phường Hưng Long", "new_kind": "Phường"}',
        pg_temp.a('25441') || '{"new_name": "Phường Minh Long", "new_kind": "Phường"}'))))) as counts;
select is((select v.name || ' ' || v.kind || ' ' || v.code || ' ' || v.legal_basis from app.area_version as v where v.area_id = pg_temp.area('697') and v.valid_from = '2022-10-01'), 'Thị xã Chơn Thành Thị xã 697 01/NQ-TEST', 'its code is kept');
select is((select v.valid_to from app.area_version as v where v.area_id = pg_temp.area('697') and v.name = 'Huyện Chơn Thành'), '2022-10-01', 'the old name ends that day');
select is(pg_temp.called('bdv-697'), 'Ban Dân vận Thị ủy Chơn Thành | BDV Thị ủy Chơn Thành', 'the board is called after it');
select is(pg_temp.called('ubnd-697'), 'Ủy ban nhân dân thị xã Chơn Thành | UBND thị xã Chơn Thành', 'so is the committee');
select is(pg_temp.called('doan-697'), 'Thị đoàn Chơn Thành', 'and the youth union');
select is(pg_temp.called('kdv-25441'), 'Khối Dân vận phường Minh Long | KDV phường Minh Long', 'and a commune''s bloc');
select is((select count(*) from app.unit_version as v where v.unit_id = pg_temp.unit('bdv-697')), 2::bigint, 'with both names kept');
select is((select count(*) from app.area_link) + (select count(*) from app.unit_link), 0::bigint, 'nobody succeeded anybody');
select is((select counts ->> 'units_ended' from done), '0', 'nothing ended');
select is(pg_temp.called('bdv-696'), 'Ban Dân vận Huyện ủy Bù Đăng | BDV Huyện ủy Bù Đăng', 'a neighbour is left alone');
select throws_ok($$select private.reorganisation_carry_out((select id from app.reorganisation limit 1))$$, 'DV409', null, 'once');

-- merge, across districts, with a reused code
update private.installation set fixed_today = '2023-01-02';
create temp table old as select u.id, u.code, u.area_id from app.unit as u where u.area_id in (pg_temp.area('25217'), pg_temp.area('25208'));
update old set area_id = area_id;
create temp table commune as select pg_temp.area('25216') as thac_mo, pg_temp.area('25217') as long_thuy, pg_temp.area('25195') as tan_phu, pg_temp.area('688') as phuoc_long, pg_temp.area('689') as dong_xoai;
create temp table merged as select pg_temp.reorganise('2023-01-01', jsonb_build_array(jsonb_build_object(
    'subject', 'area', 'kind', 'merge',
    'from', jsonb_build_array(pg_temp.a('25216'), pg_temp.a('25217'), pg_temp.a('25195')),
    'to', jsonb_build_array(jsonb_build_object('new_code', '25217', 'new_name', 'Phường Phước Long', 'new_kind', 'Phường',
        'new_area_id', pg_temp.area('688')))))) as id;
create temp table preview as select private.reorganisation_preview(id) as told from merged;
select is((select count(*) from app.area_link), 0::bigint, 'a preview does nothing');
select is((select told -> 'is_possible' from preview), 'true', 'it is possible');
select is((select told -> 'counts' ->> 'areas_made' || ' ' || (told -> 'counts' ->> 'units_made') || ' ' || (told -> 'counts' ->> 'units_ended') from preview), '1 9 27', 'one area, nine units of twenty-seven');
select is((select jsonb_agg(w ->> 'word' order by w ->> 'word')::text from preview, jsonb_array_elements(told -> 'warnings') as w where w ->> 'word' <> 'accounts_without_place'), '["code_reused", "crosses_areas"]', 'with warnings');
select is((select told -> 'moves' -> 0 -> 'successor_id' from preview), 'null', 'what is only made for it has no id');
create temp table result as select private.reorganisation_carry_out(id) as counts from merged;
select is((select told -> 'counts' from preview), (select counts from result), 'what was told is what is done');
create temp table new_area as select made_area_id as id from app.reorganisation_part where made_area_id is not null;
select is((select count(*) from app.area_link as l where l.successor_id = (select id from new_area) and l.allocation = 'sum'), 3::bigint, 'three links');
select is(pg_temp.called('kdv-25217-2'), 'Khối Dân vận phường Phước Long | KDV phường Phước Long', 'the bloc''s code is taken, so it gets a number');
select is(pg_temp.called('kdv-25217'), 'Khối Dân vận phường Long Thủy | KDV phường Long Thủy | ended', 'the old one ended under its old name');
select is((select count(*) from app.unit_link as l where l.successor_id = pg_temp.unit('kdv-25217-2')), 3::bigint, 'three blocs became one');
select is((select array[a.is_active::integer, a.grassroots_key, a.district_key] from app.area as a, commune as c where a.id = c.tan_phu), (select array[0, (select id from new_area), c.phuoc_long] from commune as c), 'the other district''s commune is the new one''s now');
select is((select array[u.grassroots_key, u.district_key] from app.unit as u where u.code = 'phunu-25195'), (select array[(select id from new_area), c.phuoc_long] from commune as c), 'with its units');
select is((select v.parent_id from app.area_version as v, commune as c where v.area_id = c.tan_phu), (select dong_xoai from commune), 'its past stays with its old district');
select is((select v.valid_to from app.area_version as v, commune as c where v.area_id = c.tan_phu), date '2023-01-01', 'until that day');

-- split: the old one goes on
create temp table split as select private.reorganisation_carry_out(pg_temp.reorganise('2023-01-02', jsonb_build_array(jsonb_build_object(
    'subject', 'area', 'kind', 'split', 'from', jsonb_build_array(pg_temp.a('25198')),
    'to', jsonb_build_array(pg_temp.a('25198') || '{"allocation": "share", "share_permille": 600}',
        '{"new_code": "25199", "new_name": "Phường Tân Mới", "new_kind": "Phường", "allocation": "share", "share_permille": 400}'::jsonb))))) as counts;
select is((select l.allocation || ' ' || l.share_permille from app.area_link as l where l.predecessor_id = pg_temp.area('25198')), 'share 400', 'a share of its figures goes to the new one');
select is((select array[s.is_active::integer, n.is_active::integer, (n.parent_id = s.parent_id)::integer] from app.area as s, app.area as n where s.id = pg_temp.area('25198') and n.id = pg_temp.area('25199')), array[1, 1, 1], 'both stand in the same district');
select is(pg_temp.called('phunu-25199'), 'Hội Liên hiệp Phụ nữ phường Tân Mới | HLHPN phường Tân Mới', 'the new one gets units like it');
select is(pg_temp.called('phunu-25198'), 'Hội Liên hiệp Phụ nữ phường Tân Đồng | HLHPN phường Tân Đồng', 'the old ones go on');

-- move of an area: all that lies in it
create temp table moved as select private.reorganisation_carry_out(pg_temp.reorganise('2023-01-02', jsonb_build_array(jsonb_build_object(
    'subject', 'area', 'kind', 'move', 'from', jsonb_build_array(pg_temp.a('25207') || jsonb_build_object('new_area_id', pg_temp.area('695'))))))) as counts;
select is((select array[a.parent_id, a.district_key] from app.area as a where a.id = pg_temp.area('25207')), array[pg_temp.area('695'), pg_temp.area('695')], 'in another district');
select is((select u.district_key from app.unit as u where u.code = 'ubnd-25207'), pg_temp.area('695'), 'its units too');
select is((select v.parent_id from app.area_version as v where v.area_id = pg_temp.area('25207') and v.valid_to = '2023-01-02'), pg_temp.area('689'), 'before, the old one');

-- units: two boards become one, with their offices; one is dissolved; one is made; one changes kind
insert into app.unit_kind (code, name, line_id, level_id) values ('t_joint_board', 'Ban Tuyên giáo và Dân vận', 1, 1) on conflict do nothing;
create temp table boards as select private.reorganisation_carry_out(pg_temp.reorganise('2023-01-02', jsonb_build_array(
    jsonb_build_object('subject', 'unit', 'kind', 'merge', 'from', jsonb_build_array(pg_temp.u('bdv-70'), pg_temp.u('btc-70')),
        'to', jsonb_build_array(jsonb_build_object('new_name', 'Ban Tuyên giáo và Dân vận Tỉnh ủy', 'new_code', 'btgdv-70', 'new_kind', 't_joint_board'))),
    jsonb_build_object('subject', 'unit', 'kind', 'dissolve', 'from', jsonb_build_array(pg_temp.u('congan-697'))),
    jsonb_build_object('subject', 'unit', 'kind', 'create', 'to', jsonb_build_array(jsonb_build_object('new_name', 'Sở Dân tộc và Tôn giáo',
        'new_code', 'sodttg-70', 'new_kind', 'provincial_department', 'new_area_id', pg_temp.area('70')))),
    jsonb_build_object('subject', 'unit', 'kind', 'rename', 'from', jsonb_build_array(pg_temp.u('vp-70') || '{"new_name": "Văn phòng Tỉnh ủy", "new_short_name": "VPTU"}'))))) as counts;
select is(pg_temp.called('btgdv-70'), 'Ban Tuyên giáo và Dân vận Tỉnh ủy', 'the joint board');
select is((select o.parent_id from app.unit as o where o.code = 'bdv-70-doanthe' and o.is_active), pg_temp.unit('btgdv-70'), 'the offices are inside of it');
select is((select v.parent_id from app.unit_version as v where v.unit_id = pg_temp.unit('bdv-70-doanthe') and v.valid_to = '2023-01-02'), pg_temp.unit('bdv-70'), 'and were inside of the old board');
select is((select u.line_id from app.unit as u where u.code = 'btgdv-70'), 1::smallint, 'in the line of its kind');
select is((select s.code from app.unit_link as l join app.unit as s on s.id = l.successor_id where l.predecessor_id = pg_temp.unit('congan-697')), 'congan-70', 'the district''s police goes up to the province''s');
select is(pg_temp.called('sodttg-70'), 'Sở Dân tộc và Tôn giáo', 'a new department');
select is(pg_temp.called('vp-70'), 'Văn phòng Tỉnh ủy | VPTU', 'a new name');
select is((select p.issuer_unit_id from app.plan as p where p.number = '36-KH/BDVTU'), pg_temp.unit('btgdv-70'), 'the plan is run by the joint board');
select is((select p.original_issuer_unit_id from app.plan as p where p.number = '36-KH/BDVTU'), pg_temp.unit('bdv-70'), 'and was issued by the old');

-- the district goes: its units go up, its communes to the province
create temp table gone as select private.reorganisation_carry_out(pg_temp.reorganise('2023-01-02', jsonb_build_array(jsonb_build_object(
    'subject', 'area', 'kind', 'dissolve', 'from', jsonb_build_array(pg_temp.a('690')), 'to', jsonb_build_array(pg_temp.a('70')))))) as counts;
select is((select s.code from app.unit_link as l join app.unit as s on s.id = l.successor_id where l.predecessor_id = pg_temp.unit('phunu-690')), 'phunu-70', 'a union goes to the province''s union');
select is((select s.code from app.unit_link as l join app.unit as s on s.id = l.successor_id where l.predecessor_id = pg_temp.unit('capuy-690')), 'capuy-70', 'the committee to its own line');
select is((select array[a.parent_id, a.district_key] from app.area as a where a.id = pg_temp.area('25324')), array[pg_temp.area('70'), null], 'its communes lie in the province');
select is((select count(*) from app.assignment_count as c join app.unit as u on u.id = c.unit_id where (c.province_key, c.district_key, c.grassroots_key) is distinct from (u.province_key, u.district_key, u.grassroots_key)), 0::bigint, 'all keys follow');

select * from finish();
rollback;
