-- The directory of another day, and where figures go on it. A territory made by hand beside the real one:
-- two districts of three communes; in 2022 A1 is renamed; on 2023-01-01 A2 and B1 merge into N, across the
-- districts; on 2024-01-01 N and A3 merge into M; B2 is split into S1 (600 ‰) and S2 (400 ‰); B3 is copied
-- to C1 and C2; A1 ends on 2024-01-01 and nothing takes it over.
begin;
\ir include/fixture.sql
select plan(23);

create temp table made (key text primary key, id integer not null);
create function test.area(p_key text, p_level integer, p_parent text, p_from date, p_to date) returns integer
    language plpgsql
as $$
declare
    new_id integer;
begin
    insert into app.area (level_id, parent_id) values (p_level, (select m.id from made as m where m.key = p_parent))
    returning id into new_id;
    insert into made values (p_key, new_id);
    insert into app.area_version (area_id, code, name, kind, parent_id, valid_from, valid_to)
    values (new_id, 'T-' || p_key, 'Xã ' || p_key, 'Xã', (select m.id from made as m where m.key = p_parent), p_from, p_to);
    return new_id;
end;
$$;
create function test.id(p_key text) returns integer language sql stable as $$ select m.id from made as m where m.key = p_key $$;
create function test.key(p_id integer) returns text language sql stable as $$ select m.key from made as m where m.id = p_id $$;
select test.area('P', 1, null, '2020-01-01', null), test.area('A', 2, 'P', '2020-01-01', null), test.area('B', 2, 'P', '2020-01-01', null),
    test.area('A1', 3, 'A', '2020-01-01', '2022-01-01'), test.area('A2', 3, 'A', '2020-01-01', '2023-01-01'),
    test.area('A3', 3, 'A', '2020-01-01', '2024-01-01'), test.area('B1', 3, 'B', '2020-01-01', '2023-01-01'),
    test.area('B2', 3, 'B', '2020-01-01', '2024-01-01'), test.area('B3', 3, 'B', '2020-01-01', '2024-01-01'),
    test.area('N', 3, 'A', '2023-01-01', '2024-01-01'), test.area('M', 3, 'A', '2024-01-01', null),
    test.area('S1', 3, 'B', '2024-01-01', null), test.area('S2', 3, 'B', '2024-01-01', null),
    test.area('C1', 3, 'B', '2024-01-01', null), test.area('C2', 3, 'B', '2024-01-01', null) \g /dev/null
insert into app.area_version (area_id, code, name, kind, parent_id, valid_from, valid_to)
values (test.id('A1'), 'T-A1', 'Phường A1', 'Phường', test.id('A'), '2022-01-01', '2024-01-01');
insert into app.reorganisation (title, legal_basis, effective_on, owner_unit_id, owner_area_id)
select 'T', 'T', '2023-01-01', u.id, u.area_id from app.unit as u where u.code = 'bdv-70' returning id as reorganisation \gset
insert into app.reorganisation_step (reorganisation_id, position, subject, kind) values (:'reorganisation', 1, 'area', 'merge')
returning id as step \gset
insert into app.area_link (predecessor_id, successor_id, effective_on, allocation, share_permille, step_id)
select test.id(f), test.id(t), d::date, a, s, :'step'
from (values ('A2', 'N', '2023-01-01', 'sum', null::smallint), ('B1', 'N', '2023-01-01', 'sum', null),
    ('N', 'M', '2024-01-01', 'sum', null), ('A3', 'M', '2024-01-01', 'sum', null),
    ('B2', 'S1', '2024-01-01', 'share', 600), ('B2', 'S2', '2024-01-01', 'share', 400),
    ('B3', 'C1', '2024-01-01', 'copy', null), ('B3', 'C2', '2024-01-01', 'copy', null)) as l (f, t, d, a, s);

-- a day
create function test.standing(p_day date) returns text
    language sql stable
as $$
    select string_agg(test.key(a.area_id), ' ' order by test.key(a.area_id))
    from private.area_on(p_day) as a where a.province_id = test.id('P');
$$;
select is(test.standing('2019-12-31'), null, 'before it began nothing stands');
select is(test.standing('2021-06-01'), 'A A1 A2 A3 B B1 B2 B3 P', 'the first tree');
select is(test.standing('2022-12-31'), 'A A1 A2 A3 B B1 B2 B3 P', 'a merger is not yet, the day before');
select is(test.standing('2023-01-01'), 'A A1 A3 B B2 B3 N P', 'and is on its day');
select is(test.standing('2024-01-01'), 'A B C1 C2 M P S1 S2', 'the last tree');
select results_eq(
    $$select a.name, a.kind, a.district_id = test.id('A'), a.grassroots_id = a.area_id
        from private.area_on('2022-06-01') as a where a.area_id = test.id('A1')$$,
    $$values ('Phường A1', 'Phường', true, true)$$, 'an area is called and placed as on the day');

-- there and back
create function test.goes(p_key text, p_day date) returns text
    language sql stable
as $$
    select string_agg(concat_ws(':', coalesce(test.key(r.to_id), '-'), round(r.share, 3)::text, r.reason), ' '
        order by test.key(r.to_id))
    from private.restated('area', p_day) as r where r.from_id = test.id(p_key);
$$;
select is(test.goes('A1', '2023-06-01'), 'A1:1.000', 'what is only renamed stays itself');
select is(test.goes('A2', '2022-06-01'), 'A2:1.000', 'what still stands stays itself');
select is(test.goes('A2', '2023-06-01'), 'N:1.000', 'merged: all of it');
select is(test.goes('A2', '2024-06-01'), 'M:1.000', 'along two reorganisations');
select is(test.goes('B2', '2024-06-01'), 'S1:0.600:shared S2:0.400:shared', 'split by shares');
select is(test.goes('B3', '2024-06-01'), 'C1:1.000:copied C2:1.000:copied', 'copied to each');
select is(test.goes('A1', '2024-06-01'), '-:1.000:no_successor', 'ended without a successor');
select is(test.goes('N', '2022-06-01'), '-:1.000:merged', 'what is made of two is not told apart');
select is(test.goes('M', '2022-06-01'), '-:1.000:merged', 'nor over two reorganisations');
select is(test.goes('S1', '2023-06-01'), '-:1.000:split', 'a part is not the whole it came from');
select is(test.goes('N', '2024-06-01'), 'M:1.000', 'what stood in between goes on');
select is(test.goes('C1', '2019-06-01'), '-:1.000:split', 'nor before everything');

-- one answer
select is((select t.node_count from api.area_tree('2023-06-01', test.id('P')) as t), 8, 'the tree below an area');
select is((select count(*)::integer from api.area_tree('2023-06-01') as t, json_array_elements(t.nodes) as n
        where (n ->> 'id')::integer in (select m.id from made as m)), 8, 'and in the whole tree');
select is((select n ->> 'name' from api.area_tree('2022-06-01', test.id('A1')) as t, json_array_elements(t.nodes) as n),
    'Phường A1', 'with the names of the day');
select test.area('Q', 3, 'P', '2024-01-01', null) \g /dev/null
update app.area_version set name = E'Xã "Q" \\ mới' where area_id = test.id('Q');
select is((select v.node::jsonb - 'id' - 'parent_id' - 'code' from app.area_version as v where v.area_id = test.id('Q')),
    jsonb_build_object('level', 'grassroots', 'name', E'Xã "Q" \\ mới',
        'kind', (select v.kind from app.area_version as v where v.area_id = test.id('Q'))),
    'a node says what its version says, quotes and all');
prepare not_then as select api.area_tree('2022-06-01', test.id('N'));
select throws_ok('not_then', 'DV422', 'no such area on that day', 'an area that did not exist then is refused');
select * from finish();
rollback;
