-- Posts: who decides how many, how they are filled on a day, and that no count tells of anybody.
begin;
\ir include/acting.sql
select plan(82);
update private.installation set mode = 'test', fixed_today = '2021-11-15';
delete from app.staff;
delete from app.establishment;

select pg_temp.add_user('t.province', 'bdv-70', 'officer');
select pg_temp.add_user('t.committee', 'capuy-689', 'officer');
select pg_temp.add_user('t.board', 'bdv-689', 'leader');
select pg_temp.add_user('t.officer', 'bdv-689', 'officer');
select pg_temp.add_user('t.viewer', 'bdv-689', 'viewer');
select pg_temp.add_user('t.admin', 'bdv-70', 'admin');
select pg_temp.add_user('t.other', 'bdv-692', 'leader');
select pg_temp.add_user('t.bloc', 'kdv-25195', 'leader');
select pg_temp.add_user('t.women.province', 'phunu-70', 'officer');
select pg_temp.add_user('t.women', 'phunu-689', 'leader');
select pg_temp.add_user('t.farmers', 'nongdan-689', 'leader');

create function pg_temp.set_quota(p_login text, p_unit text, p_position text, p_quota integer default 2, p_from text default '2021-01-01')
    returns text
    language sql return pg_temp.as_user(p_login, format(
        'insert into app.establishment (unit_id, position_code, quota, valid_from) values (%L, %L, %L, %L) returning quota',
        pg_temp.unit(p_unit), p_position, p_quota, p_from));

-- who decides
select is(pg_temp.set_quota('t.province', 'bdv-689', 'board_head', 1), '1', 'the board of the province decides for a district''s');
select is(pg_temp.set_quota('t.province', 'kdv-25195', 'bloc_head', 1), '1', 'and for a commune''s bloc');
select is(pg_temp.set_quota('t.province', 'phunu-689', 'chair', 1), '1', 'of whatever line');
select is(pg_temp.set_quota('t.committee', 'bdv-689', 'officer', 3), '3', 'the party committee for the board beside it');
select is(pg_temp.set_quota('t.women.province', 'phunu-689', 'vice_chair', 2), '2', 'the union above in its line');
select is(pg_temp.set_quota('t.board', 'bdv-689', 'board_deputy_head', 2), '2', 'the own leader records what was decided');
select is(pg_temp.set_quota('t.officer', 'bdv-689', 'employee'), '42501', 'an officer does not');
select is(pg_temp.set_quota('t.viewer', 'bdv-689', 'employee'), '42501', 'nor a viewer');
select is(pg_temp.set_quota('t.admin', 'bdv-689', 'employee'), '42501', 'nor an administrator');
select is(pg_temp.set_quota('t.bloc', 'phunu-25195', 'chair'), '42501', 'nor the bloc for the union beside it');
select is(pg_temp.set_quota('t.board', 'phunu-689', 'officer'), '42501', 'nor the board for the union of its level');
select is(pg_temp.set_quota('t.women', 'bdv-689', 'employee'), '42501', 'nor another line');
select is(pg_temp.set_quota('t.other', 'kdv-25195', 'member'), 'DV422 not_visible unit_id', 'a hidden unit is not there');
-- how
select is(pg_temp.set_quota('t.province', 'bdv-689', 'board_head', 2, '2022-01-01'), '23P01 establishment_no_overlap', 'one quota at a time');
select is(pg_temp.set_quota('t.province', 'bdv-689', 'bloc_head'), 'DV422 wrong_level position_code', 'a post of that level');
select is(pg_temp.set_quota('t.province', 'bdv-689', 'king'), '23503 establishment_position_code_fkey', 'that there is');
select is(pg_temp.set_quota('t.province', 'bdv-689', 'member', -1), '23514 establishment_quota_range', 'and not fewer than none');
select is(pg_temp.as_user('t.province', $$update app.establishment set valid_to = '2020-01-01' where quota = 3$$), '23514 establishment_dates', 'it ends after it began');
select is(pg_temp.as_user('t.province', $$update app.establishment set quota = 4 where position_code = 'officer' returning quota$$), '4', 'whoever decides corrects');
select is(pg_temp.as_user('t.officer', $$update app.establishment set quota = 9 where unit_id = private.my_unit() returning quota$$), null, 'nobody else');
select is(pg_temp.as_user('t.officer', $$delete from app.establishment where unit_id = private.my_unit() returning quota$$), null, 'or takes back');
select is(pg_temp.rehearse('t.board', $$delete from app.establishment where position_code = 'board_deputy_head' returning quota$$), '2', 'the own leader does');
select is(pg_temp.as_user('t.board', 'update app.establishment set unit_id = 1'), '42501', 'a quota never moves');
select is(pg_temp.as_user('t.viewer', 'select count(*) from api.establishments'), '6', 'everybody sees those of their scope');
select is(pg_temp.as_user('t.women', 'select string_agg(unit_code || position_name, $$ $$ order by position_code) from api.establishments'),
    'phunu-689Chủ tịch phunu-689Phó Chủ tịch', 'a line its own');
select is(pg_temp.as_user('t.other', 'select count(*) from api.establishments'), '0', 'another district none');

-- figures: the district board has one head, three officers of four and no deputy of two; the union two chairs
-- of one and no deputy of two; the bloc nobody.
create function pg_temp.people(p_unit text, p_position text, p_count integer, p_from date, p_to date default null,
    p_born date default null, p_gender text default null, p_minority boolean default null, p_kind text default 'primary') returns void
    language plpgsql
as $$
declare
    person uuid;
begin
    for i in 1 .. p_count loop
        insert into app.staff (code, full_name, unit_id) values (gen_random_uuid(), 'Người thử', pg_temp.unit(p_unit)) returning id into person;
        insert into app.appointment (staff_id, unit_id, position_code, kind, valid_from, valid_to)
        values (person, pg_temp.unit(p_unit), p_position, p_kind, p_from, p_to);
        insert into app.staff_detail (staff_id, born_on, gender, is_ethnic_minority) values (person, p_born, p_gender, p_minority);
    end loop;
end;
$$;
create function pg_temp.figures(p_login text, p_by text default 'unit', p_unit text default null, p_as_of date default null, p_subtree boolean default true)
    returns text
    language sql return pg_temp.as_user(p_login, format(
        $$select string_agg(concat_ws('/', group_code, quota, filled, vacancies, over), ' ' order by group_code)
            from api.establishment_figures(%L, %L, %L, %L)$$, p_as_of, p_by, pg_temp.unit(p_unit), p_subtree));
select pg_temp.people('bdv-689', 'board_head', 1, '2020-01-01');
select pg_temp.people('bdv-689', 'officer', 3, '2020-01-01');
select pg_temp.people('bdv-689', 'officer', 2, '2020-01-01', '2021-11-15');
select pg_temp.people('bdv-689', 'employee', 1, '2020-01-01', p_kind => 'concurrent');
select pg_temp.people('phunu-689', 'chair', 2, '2020-01-01');
select is(pg_temp.figures('t.board'), 'bdv-689/7/4/3/0 kdv-25195/1/0/1/0 phunu-689/3/2/2/1', 'quota, filled, vacancies and too many by unit');
select is(pg_temp.figures('t.board', p_as_of => '2021-11-14'), 'bdv-689/7/6/2/1 kdv-25195/1/0/1/0 phunu-689/3/2/2/1',
    'as it stood the day before: an officer too many fills no deputy''s post');
select is(pg_temp.figures('t.board', p_as_of => '2020-12-31'), null, 'and before there were units');
select is(pg_temp.figures('t.board', 'level'), 'district/10/6/5/1 grassroots/1/0/1/0', 'by level');
select is(pg_temp.figures('t.board', 'line'), 'mobilization/8/4/4/0 women/3/2/2/1', 'by line');
select is(pg_temp.figures('t.board', 'area'), '25195/1/0/1/0 689/10/6/5/1', 'by area');
select is(pg_temp.figures('t.board', 'position'),
    'bloc_head/1/0/1/0 board_deputy_head/2/0/2/0 board_head/1/1/0/0 chair/1/2/0/1 officer/4/3/1/0 vice_chair/2/0/2/0', 'by post');
select is(pg_temp.figures('t.women', 'level'), 'district/3/2/2/1', 'a line its own');
select is(pg_temp.figures('t.province', 'unit', 'phunu-689'), 'phunu-689/3/2/2/1', 'under a unit');
select is(pg_temp.figures('t.province', 'unit', 'bdv-689', null, false), 'bdv-689/7/4/3/0', 'a unit alone');
select is(pg_temp.figures('t.other', 'unit', 'bdv-689'), 'DV422 not_visible unit', 'not under one beyond the scope');
select is(pg_temp.as_user('t.other', format($$select count(*) from private.establishment_counts('2021-11-15', 'unit', %s, true)$$,
    pg_temp.unit('bdv-689'))), 'DV422 not_visible unit', 'whichever way it is asked');
select is(pg_temp.figures('t.other'), null, 'nor any of another district');
update app.unit set is_active = false where code = 'phunu-689';
select is(pg_temp.figures('t.board'), 'bdv-689/7/4/3/0 kdv-25195/1/0/1/0', 'a unit that is no more counts no more');
select is(pg_temp.figures('t.board', p_as_of => '2021-11-14'), 'bdv-689/7/6/2/1 kdv-25195/1/0/1/0 phunu-689/3/2/2/1', 'but up to then');
update app.unit set is_active = true where code = 'phunu-689';

-- what is held back, by the rule alone: shown, or not (x). The least is five.
create function pg_temp.held(p_cells text, p_margins text default null) returns text
    language sql
as $$
    -- each cell 'filled:count', a trailing ! for one's own unit
    select string_agg(case when h.is_hidden then 'x' else split_part(c.cell, ':', 2) end, ' ' order by c.n)
    from unnest(string_to_array(p_cells, ' ')) with ordinality as c (cell, n)
    join unnest(private.suppressed_cells((
        select jsonb_agg(jsonb_build_object(
            'filled', split_part(w.cell, ':', 1)::integer, 'count', rtrim(split_part(w.cell, ':', 2), '!')::integer,
            'is_open', w.cell like '%!', 'own_filled', case when w.cell like '%!' then split_part(w.cell, ':', 1)::integer else 0 end,
            'own_count', case when w.cell like '%!' then rtrim(split_part(w.cell, ':', 2), '!')::integer else 0 end,
            'margins', coalesce((string_to_array(p_margins, ' '))[w.n]::text, 'all')::text) || jsonb_build_object(
            'margins', array['all'] || coalesce(array[(string_to_array(p_margins, ' '))[w.n]], '{}')) order by w.n)
        from unnest(string_to_array(p_cells, ' ')) with ordinality as w (cell, n)), 5)) with ordinality as h (is_hidden, n) on h.n = c.n
$$;
select is(pg_temp.held('20:8 30:10'), '8 10', 'what is large is told');
select is(pg_temp.held('20:4 30:10'), 'x x', 'four are not, and so not the others, or they were the total less these');
select is(pg_temp.held('20:4 30:10 12:6'), 'x 10 x', 'the smallest other group goes with it: together they are ten and twenty-two');
select is(pg_temp.held('20:16 30:10 40:20'), 'x x 20', 'nor where all but four are');
select is(pg_temp.held('20:0 30:10 40:20'), 'x x 20', 'none is told of nobody neither');
select is(pg_temp.held('4:2 30:10 40:20'), 'x x 20', 'nor a group of four');
select is(pg_temp.held('4:2 3:1 40:20 30:10'), 'x x 20 x', 'two small ones are still too few: three of seven');
select is(pg_temp.held('8:3 9:4 40:20 30:10'), 'x x 20 10', 'two that are seven of seventeen are enough');
select is(pg_temp.held('0:0 30:10 40:20'), '0 10 20', 'where nobody is, nothing is told of anybody');
select is(pg_temp.held('6:2! 30:10 40:20'), '2! 10 20', 'one''s own unit one knows');
select is(pg_temp.held('6:2! 4:1 40:20'), '2! x x', 'and it hides nobody else');
select is(pg_temp.held('20:4 30:10 12:6 25:9', 'a a b b'), 'x x 6 9', 'each total that is told by itself is kept from the rest');
select is(pg_temp.held('20:4 30:10 12:6 25:9', 'a b b b'), 'x 10 x x', 'one alone under its own total hides in the whole, and who hides it under theirs');

-- and in the answers: women, 8 of 20 in the district board's officers; 2 of 9 in the union; 3 of 12 in the province's
delete from app.staff;
select pg_temp.people('bdv-689', 'officer', 8, '2020-01-01', null, '1990-10-02', 'female', false);
select pg_temp.people('bdv-689', 'officer', 12, '2020-01-01', null, '1990-10-01', 'male', true);
select pg_temp.people('phunu-689', 'officer', 3, '2020-01-01', null, '1970-01-01', 'male', false);
select pg_temp.people('phunu-689', 'officer', 6, '2020-01-01', null, '1970-01-01', 'female', false);
select pg_temp.people('nongdan-689', 'officer', 10, '2020-01-01', null, '1970-01-01', 'male', true);
select pg_temp.people('nongdan-689', 'officer', 14, '2020-01-01', null, '1970-01-01', 'female', false);
create function pg_temp.shares(p_login text, p_by text default 'unit', p_unit text default null, p_subtree boolean default true, p_as_of date default null)
    returns text
    language sql return pg_temp.as_user(p_login, format(
        $$select string_agg(concat_ws('/', group_code, filled, coalesce(young_count::text, 'x'), coalesce(women_count::text, 'x'),
            coalesce(minority_count::text, 'x')), ' ' order by group_code)
            from api.establishment_figures(%L, %L, %L, %L) where filled > 0$$, p_as_of, p_by, pg_temp.unit(p_unit), p_subtree));
-- women: the union's six of nine leaves three men, so it is held back, and the smallest other, the board's; young: only the
-- board's eight of twenty could be told, the others have none: all three together; minority likewise
select is(pg_temp.shares('t.viewer', 'unit'), 'bdv-689/20/x/x/x nongdan-689/24/x/14/10 phunu-689/9/x/x/x',
    'small groups and what would give them away are held back');
select is(pg_temp.shares('t.viewer', 'level'), 'district/53/8/28/22', 'the whole is told');
select is(pg_temp.shares('t.province', 'unit', 'bdv-689'), 'bdv-689/20/x/x/x nongdan-689/24/x/x/x phunu-689/9/x/x/x',
    'an answer cut otherwise than one''s own scope could be subtracted from it, and tells nothing');
select is(pg_temp.shares('t.board', 'unit', 'bdv-689', false), 'bdv-689/20/8/8/12', 'an officer of the unit counts it all');
select is(pg_temp.shares('t.viewer', 'unit', 'bdv-689', false), 'bdv-689/20/x/x/x', 'a viewer is not told of it alone');
select is(pg_temp.shares('t.women', 'unit'), 'phunu-689/9/0/6/0', 'the union''s own officers know the union');
select is(pg_temp.shares('t.women.province', 'unit'), 'phunu-689/9/x/x/x', 'the union above is told none of it');
select is(pg_temp.shares('t.viewer', 'level', null, true, '2022-01-01'), 'district/53/x/28/22',
    'on the first day of the next quarter nobody is under thirty-one any more');

-- between two days nobody can be told apart: one woman comes, one man goes, and a unit ends
select pg_temp.people('bdv-689', 'officer', 1, '2021-11-10', null, '2000-01-01', 'female', true);
update app.appointment set valid_to = '2021-11-12' where id = (
    select a.id from app.appointment as a join app.staff_detail as d using (staff_id) where d.gender = 'male' and a.unit_id = pg_temp.unit('nongdan-689') limit 1);
create function pg_temp.days(p_from date, p_to date, p_by text) returns text
    language sql return (
        select string_agg(distinct regexp_replace(pg_temp.shares('t.viewer', p_by, null, true, d::date), '(^| )([a-z0-9-]+)/[0-9]+', '\1\2', 'g'), ' | ')
        from generate_series(p_from, p_to, interval '1 day') as d);
select is(pg_temp.shares('t.viewer', 'level', null, true, '2021-11-09'), 'district/53/8/28/22', 'the day before there are fifty-three');
select is(pg_temp.shares('t.viewer', 'level', null, true, '2021-11-10'), 'district/54/8/28/22', 'the day after one more, whatever she is');
select is(pg_temp.shares('t.viewer', 'level', null, true, '2021-11-12'), 'district/53/8/28/22', 'then one less, whatever he is');
select is(pg_temp.days('2021-10-01', '2021-12-31', 'level'), 'district/8/28/22', 'all days of a quarter tell the same');
select is(pg_temp.days('2021-11-09', '2021-11-16', 'unit'), 'bdv-689/x/x/x nongdan-689/x/14/10 phunu-689/x/x/x', 'of units too, and what is held back');
select is(pg_temp.days('2021-11-09', '2021-11-16', 'position'), 'officer/8/28/22', 'and of posts');
update app.unit_version set valid_to = '2021-11-13' where unit_id = pg_temp.unit('phunu-689');
update app.unit set is_active = false where code = 'phunu-689';
select is(pg_temp.shares('t.viewer', 'level', null, true, '2021-11-13'), 'district/44/8/28/22', 'a unit that ends takes its people with it, and no share');
select is(pg_temp.shares('t.viewer', 'unit', null, true, '2021-11-13'), 'bdv-689/21/x/x/x nongdan-689/23/x/14/10', 'nor gives it away by what is left');
update app.unit_version set valid_to = null where unit_id = pg_temp.unit('phunu-689');
update app.unit set is_active = true where code = 'phunu-689';
select is(pg_temp.shares('t.viewer', 'level', null, true, '2022-01-01'), 'district/53/x/29/22', 'the next quarter counts her and no longer him');
select is(pg_temp.as_user('t.viewer', $$select string_agg(distinct shares_on::text, ' ') from api.establishment_figures('2021-12-31', 'unit')$$), '2021-10-01', 'the answer says of which day');
-- as it was
delete from app.staff as s using app.staff_detail as d where d.staff_id = s.id and d.born_on = '2000-01-01';
update app.appointment set valid_to = null where valid_to = '2021-11-12';
update private.staff_count_rule set young_under = 40;
select is(pg_temp.shares('t.viewer', 'level'), 'district/53/20/28/22', 'whom one calls young is a row, not code');
select is(
    pg_temp.as_user('t.province', $$select string_agg(suppressed::text, ' ' order by group_code) from report.staff_counts
        where grouped_by = 'unit' and filled = 9$$),
    pg_temp.as_user('t.province', $$select string_agg(suppressed::text, ' ') from api.establishment_figures(null, 'unit') where filled = 9$$),
    'reporting tools are told no more');

-- a reporting login: what a viewer of its unit sees, and no way around
select pg_temp.add_user('t.women.viewer', 'phunu-70', 'viewer');
select private.create_reporting_login('test_women', pg_temp.unit('phunu-70')) \g /dev/null
create function pg_temp.as_login(p_login text, p_statement text) returns text
    language plpgsql
as $$
declare
    deployer constant name := session_user;
    answer text;
begin
    begin
        perform set_config('session_authorization', p_login, true);
        execute p_statement into answer;
    exception when others then
        return sqlstate;
    end;
    perform set_config('session_authorization', deployer, true);
    return answer;
end;
$$;
select is(pg_temp.as_login('test_women', $$select string_agg(concat_ws('/', group_code, filled, coalesce(women_count::text, 'x')), ' ')
    from report.staff_counts where grouped_by = 'unit'$$), 'phunu-689/9/x', 'it counts what may be counted');
select is(pg_temp.as_login('test_women', $$select string_agg(unit_code || position_name || quota, ' ' order by position_code) from report.establishment$$),
    'phunu-689Chủ tịch1 phunu-689Phó Chủ tịch2', 'and sees the posts of its scope');
select is(pg_temp.as_login('test_women', 'select count(*) from app.staff'), '0', 'people of other units are none of its business');
select is(pg_temp.as_login('test_women', 'select count(*) from app.staff_detail'), '42501', 'the detail is nobody''s');
select is(pg_temp.as_login('test_women', $$select private.staff_read_detail((select gen_random_uuid()), 'contact')$$), '42501', 'by no function');
select is(pg_temp.as_login('test_women', $$select private.staff_document(gen_random_uuid())$$), '42501', 'of any kind');
select is(pg_temp.as_login('test_women', format($$select count(*) from private.establishment_counts('2021-11-15', 'unit', %s, false)$$,
    pg_temp.unit('bdv-689'))), 'DV422', 'nor are units beyond its scope');
select is_empty(
    $$select c.oid::regclass || '.' || a.attname
      from pg_class as c join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0
      where c.oid in ('report.establishment'::regclass, 'report.staff_counts'::regclass)
          and (obj_description(c.oid, 'pg_class') is null or col_description(c.oid, a.attnum) is null)$$,
    'every column of its views is explained');
select finish();
rollback;
