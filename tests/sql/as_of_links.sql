-- Figures carried from one day's tree to another's in thousandths, the tree of units, and the views for
-- analysts. By hand: area X is split on 2023-01-01 into Y (600) and Z (400); on 2024-01-01 Y is split
-- into V (500) and W (500), and Z merges into V. So X of 2022 on 2024: V 600*500/1000 + 400 = 700, W 300.
begin;
\ir include/acting.sql
select plan(21);

create temp table made (key text primary key, id integer not null);
grant select on made to public;
create function pg_temp.id(p_key text) returns integer language sql stable as $$ select m.id from made as m where m.key = p_key $$;
create function pg_temp.area(p_key text, p_level integer, p_parent text, p_from date, p_to date) returns void
    language plpgsql
as $$
declare
    new_id integer;
begin
    insert into app.area (level_id, parent_id) values (p_level, pg_temp.id(p_parent)) returning id into new_id;
    insert into made values (p_key, new_id);
    insert into app.area_version (area_id, code, name, kind, parent_id, valid_from, valid_to)
    values (new_id, 'L-' || p_key, 'Xã ' || p_key, 'Xã', pg_temp.id(p_parent), p_from, p_to);
end;
$$;
select pg_temp.area('P', 1, null, '2020-01-01', null), pg_temp.area('D', 2, 'P', '2020-01-01', null),
    pg_temp.area('X', 3, 'D', '2020-01-01', '2023-01-01'), pg_temp.area('E', 3, 'D', '2020-01-01', '2023-01-01'),
    pg_temp.area('Y', 3, 'D', '2023-01-01', '2024-01-01'), pg_temp.area('Z', 3, 'D', '2023-01-01', '2024-01-01'),
    pg_temp.area('V', 3, 'D', '2024-01-01', null), pg_temp.area('W', 3, 'D', '2024-01-01', null) \g /dev/null
insert into app.reorganisation (title, legal_basis, effective_on, owner_unit_id, owner_area_id)
select 'L', 'L', '2023-01-01', u.id, u.area_id from app.unit as u where u.code = 'bdv-70' returning id as reorganisation \gset
insert into app.reorganisation_step (reorganisation_id, position, subject, kind) values (:'reorganisation', 1, 'area', 'split')
returning id as step \gset
insert into app.area_link (predecessor_id, successor_id, effective_on, allocation, share_permille, step_id)
select pg_temp.id(f), pg_temp.id(t), d::date, a, s, :'step'
from (values ('X', 'Y', '2023-01-01', 'share', 600::smallint), ('X', 'Z', '2023-01-01', 'share', 400),
    ('Y', 'V', '2024-01-01', 'share', 500), ('Y', 'W', '2024-01-01', 'share', 500),
    ('Z', 'V', '2024-01-01', 'sum', null)) as l (f, t, d, a, s);

create function pg_temp.goes(p_key text, p_from date, p_to date) returns text
    language sql stable
as $$
    select string_agg(concat_ws(':', coalesce(m.key, '-'), round(r.share_permille)::text, r.is_exact::text, r.reason), ' '
        order by m.key)
    from private.restated_area(p_from, p_to) as r
    left join made as m on m.id = r.to_area_id
    where r.area_id = pg_temp.id(p_key);
$$;
select is(pg_temp.goes('X', '2022-06-30', '2022-12-31'), 'X:1000:true', 'nothing happened in between');
select is(pg_temp.goes('X', '2022-06-30', '2023-06-30'), 'Y:600:false:shared Z:400:false:shared', 'split by shares');
select is(pg_temp.goes('X', '2022-06-30', '2024-06-30'), 'V:700:false:shared W:300:false:shared',
    'shares of two reorganisations multiplied, and added where they meet again');
select is(pg_temp.goes('Z', '2023-06-30', '2024-06-30'), 'V:1000:true', 'merged: all of it');
select is(pg_temp.goes('E', '2022-06-30', '2024-06-30'), '-:1000:false:no_successor', 'nothing took it over');
select is(pg_temp.goes('V', '2024-06-30', '2022-06-30'), '-:1000:false:merged', 'what came of two is not told apart');
select is(pg_temp.goes('V', '2022-06-30', '2024-06-30'), null, 'what did not stand on the first day is not of its tree');
select is((select count(*)::integer from private.restated_unit('2022-06-30', '2022-06-30') as r where r.to_unit_id is distinct from r.unit_id
        or not r.is_exact), 0, 'a unit of a day is itself on that day');

-- the tree to a depth: P holds D, which holds X and E
create function pg_temp.areas(p_depth integer) returns integer
    language sql stable as $$ select t.node_count from api.area_tree('2022-06-30', pg_temp.id('P'), p_depth) as t $$;
select is(pg_temp.areas(0), 1, 'the root alone');
select is(pg_temp.areas(1), 2, 'one level');
select is(pg_temp.areas(null), 4, 'all levels');
select throws_ok($$ select api.area_tree('2022-06-30', null, -1) $$, 'DV422', 'depth below nothing', 'a depth below nothing');
select is((select t.node_count from api.area_tree('2022-06-30', null, 0) as t),
    (select count(*)::integer from app.area_version as v
        where v.parent_id is null and v.valid_from <= '2022-06-30' and (v.valid_to is null or v.valid_to > '2022-06-30')),
    'without a root, the topmost');

-- units: as the caller sees them
select pg_temp.add_user('l.tanphu', 'kdv-25195', 'viewer');
select pg_temp.add_user('l.tinh', 'bdv-70', 'viewer');
select is(pg_temp.as_user('l.tanphu', $$ select node_count::text from api.unit_tree('2022-06-30') $$),
    pg_temp.as_user('l.tanphu', $$ select count(*)::text from api.units as u
        where u.valid_from <= '2022-06-30' and (u.valid_to is null or u.valid_to > '2022-06-30') $$),
    'a commune sees in the tree what it sees in the list');
select is(pg_temp.as_user('l.tinh', $$ select (n ->> 'code') from api.unit_tree('2022-06-30') as t, json_array_elements(t.nodes) as n
        where n ->> 'code' = 'kdv-25195' $$), 'kdv-25195', 'the province sees the ward');
select is(pg_temp.as_user('l.tinh', $$ select node_count::text from api.unit_tree('2022-06-30') $$),
    pg_temp.as_user('l.tinh', $$ select node_count::text from api.unit_tree('2022-06-30', null, 20) $$),
    'the whole is what is found by descending from the topmost');
select is(pg_temp.as_user('l.tinh', format($$ select node_count::text from api.unit_tree('2022-06-30', %s) $$, pg_temp.id('P'))),
    '0', 'where no unit stands');
select throws_ok(format($$ select api.unit_tree('2022-06-30', %s) $$, pg_temp.id('V')), 'DV422', 'no such area on that day',
    'an area that did not exist then is refused');
select throws_ok($$ select api.unit_tree('2022-06-30', null, -1) $$, 'DV422', 'depth below nothing', 'a depth below nothing');

-- for analysts
select is((select string_agg(v.area_name, ' ' order by v.area_name) from report.area_versions as v
        where v.parent_area_id = pg_temp.id('D') and v.valid_from <= '2023-06-30' and (v.valid_to is null or v.valid_to > '2023-06-30')),
    'Xã Y Xã Z', 'areas of a day');
select is((select string_agg(concat_ws(':', m.key, k.allocation, k.share_permille::text), ' ' order by m.key)
        from report.area_links as k join made as m on m.id = k.successor_area_id where k.predecessor_area_id = pg_temp.id('X')),
    'Y:share:600 Z:share:400', 'who succeeded whom');
select * from finish();
rollback;
