-- The territory of Bình Phước on 01/7/2021, against the official sums.
begin;
\ir include/acting.sql
select plan(14);

create temp view area_2021 as
select a.id, a.parent_id, a.province_key, a.district_key, a.grassroots_key, l.code as level, v.code, v.name, v.kind
from app.area as a
join app.level as l on l.id = a.level_id
join app.area_version as v on v.area_id = a.id and v.valid_from = '2021-07-01'
where v.code in ('70') or a.province_key = (
    select p.area_id from app.area_version as p where p.code = '70' and p.valid_from = '2021-07-01');

select is(count(*), 123::bigint, '123 areas') from area_2021;
select results_eq(
    'select level, count(*) from area_2021 group by level order by count(*)',
    $$values ('province', 1::bigint), ('district', 11), ('grassroots', 111)$$,
    '1 province, 11 districts, 111 communes');
select results_eq(
    $$select kind, count(*) from area_2021 where level = 'district' group by kind order by count(*)$$,
    $$values ('Thành phố', 1::bigint), ('Thị xã', 2), ('Huyện', 8)$$,
    '1 city, 2 towns, 8 districts');
select results_eq(
    $$select kind, count(*) from area_2021 where level = 'grassroots' group by kind order by count(*)$$,
    $$values ('Thị trấn', 6::bigint), ('Phường', 15), ('Xã', 90)$$,
    '90 xã, 15 phường, 6 thị trấn');
select results_eq(
    $$select d.code, d.name,
        count(*) filter (where c.kind = 'Xã'), count(*) filter (where c.kind = 'Phường'),
        count(*) filter (where c.kind = 'Thị trấn'), count(*)
      from area_2021 as d join area_2021 as c on c.parent_id = d.id
      where d.level = 'district' group by d.code, d.name order by d.code$$,
    $$values
        ('688', 'Thị xã Phước Long', 2::bigint, 5::bigint, 0::bigint, 7::bigint),
        ('689', 'Thành phố Đồng Xoài', 2, 6, 0, 8),
        ('690', 'Thị xã Bình Long', 2, 4, 0, 6),
        ('691', 'Huyện Bù Gia Mập', 8, 0, 0, 8),
        ('692', 'Huyện Lộc Ninh', 15, 0, 1, 16),
        ('693', 'Huyện Bù Đốp', 6, 0, 1, 7),
        ('694', 'Huyện Hớn Quản', 12, 0, 1, 13),
        ('695', 'Huyện Đồng Phú', 10, 0, 1, 11),
        ('696', 'Huyện Bù Đăng', 15, 0, 1, 16),
        ('697', 'Huyện Chơn Thành', 8, 0, 1, 9),
        ('698', 'Huyện Phú Riềng', 10, 0, 0, 10)$$,
    'each district''s communes by kind');
select results_eq(
    $$select name, count(*) from area_2021 where level = 'grassroots' group by name having count(*) > 1 order by name collate "C"$$,
    $$values ('Xã Minh Hưng', 2::bigint), ('Xã Tân Hưng', 2), ('Xã Tân Lợi', 2), ('Xã Tân Thành', 2), ('Xã Tân Tiến', 2)$$,
    'five pairs share name and kind: a name is no key');
select is(name, 'Xã Đường 10', 'a digit in a name') from area_2021 where code = '25398';
select is(name, 'Phường Tân Phú', '25195 is the ward') from area_2021 where code = '25195';
select is(name, 'Thị trấn Tân Phú', '25363 is the township') from area_2021 where code = '25363';
select is_empty(
    $$select code from area_2021
      where name is not nfc normalized or left(name, char_length(kind) + 1) <> kind || ' '$$,
    'names are NFC and begin with their kind');
select is_empty(
    $$select c.code from area_2021 as c left join area_2021 as d on d.id = c.district_key
      where c.level = 'grassroots' and (d.id is distinct from c.parent_id or c.grassroots_key <> c.id)$$,
    'a commune carries its own key and its district''s');

-- units made from the areas
select results_eq(
    $$select level, count(*), count(distinct area_id) from (
        select l.code as level, l.id, u.area_id from app.unit as u join app.level as l on l.id = u.level_id
        where u.area_id in (select id from area_2021)) as t
      group by level, id order by id$$,
    -- 34; 13 × 11 = 143; 9 × 111 = 999
    $$values ('province', 34::bigint, 1::bigint), ('district', 143, 11), ('grassroots', 999, 111)$$,
    'units: 34 at the province, 13 per district, 9 per commune');
select results_eq(
    $$select u.code::text, v.name from app.unit as u join app.unit_version as v on v.unit_id = u.id
      where u.code in ('bdv-70', 'bdv-689', 'bdv-690', 'bdv-692', 'ubnd-688', 'doan-689', 'kdv-25195', 'kdv-25363',
        'kdv-25398', 'phunu-689')
      order by u.code collate "C"$$,
    $$values
        ('bdv-689', 'Ban Dân vận Thành ủy Đồng Xoài'),
        ('bdv-690', 'Ban Dân vận Thị ủy Bình Long'),
        ('bdv-692', 'Ban Dân vận Huyện ủy Lộc Ninh'),
        ('bdv-70', 'Ban Dân vận Tỉnh ủy Bình Phước'),
        ('doan-689', 'Thành đoàn Đồng Xoài'),
        ('kdv-25195', 'Khối Dân vận phường Tân Phú'),
        ('kdv-25363', 'Khối Dân vận thị trấn Tân Phú'),
        ('kdv-25398', 'Khối Dân vận xã Đường 10'),
        ('phunu-689', 'Hội Liên hiệp Phụ nữ thành phố Đồng Xoài'),
        ('ubnd-688', 'Ủy ban nhân dân thị xã Phước Long')$$,
    'names are those in use');
select results_eq(
    $$select u.code::text, p.code::text from app.unit as u join app.unit as p on p.id = u.parent_id
      where u.code like 'bdv-70-%' order by u.code collate "C"$$,
    $$values ('bdv-70-doanthe', 'bdv-70'), ('bdv-70-nhanuoc', 'bdv-70')$$,
    'the board''s two offices stand inside it');

select * from finish();
rollback;
