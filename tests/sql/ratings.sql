-- Ratings of organisations: who gives them, of whom, and how.
begin;
\ir include/acting.sql
select plan(42);
update private.installation set mode = 'test', fixed_today = '2021-11-15';
delete from app.rating;

select pg_temp.add_user('t.province', 'bdv-70', 'officer');
select pg_temp.add_user('t.viewer', 'bdv-70', 'viewer');
select pg_temp.add_user('t.admin', 'bdv-70', 'admin');
select pg_temp.add_user('t.office', 'bdv-70-doanthe', 'officer');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'officer');
select pg_temp.add_user('t.locninh', 'bdv-692', 'officer');
select pg_temp.add_user('t.bloc', 'kdv-25195', 'leader');
select pg_temp.add_user('t.women.province', 'phunu-70', 'officer');
select pg_temp.add_user('t.women.dongxoai', 'phunu-689', 'leader');
select pg_temp.add_user('t.women.locninh', 'phunu-692', 'officer');
select pg_temp.add_user('t.women.commune', 'phunu-25195', 'leader');
select pg_temp.add_user('t.farmers.dongxoai', 'nongdan-689', 'officer');

create function pg_temp.rate(p_login text, p_unit_code text, p_grade text default 'good', p_year integer default 2020,
    p_scale text default 'five_grades', p_rated_on date default null) returns text
    language sql return pg_temp.as_user(p_login, format(
        'insert into app.rating (unit_id, year, scale, grade, rated_on) values (%L, %L, %L, %L, %L) returning grade',
        pg_temp.unit(p_unit_code), p_year, p_scale, p_grade, p_rated_on));
create function pg_temp.may(p_login text, p_unit_code text) returns text
    language sql return pg_temp.as_user(p_login, format('select private.may_rate(%L)', pg_temp.unit(p_unit_code)));

-- who
select is(pg_temp.rate('t.women.dongxoai', 'phunu-25195'), 'good', 'the union''s district level rates its communes'' organisations');
select is(
    (select u.code || ' ' || r.rated_on from app.rating as r join app.unit as u on u.id = r.rated_by_unit_id),
    'phunu-689 2021-11-15', 'under its own name, today');
select is(pg_temp.rate('t.dongxoai', 'phunu-25198', 'fair'), 'fair', 'so does the mobilization board above');
select is(pg_temp.rate('t.province', 'phunu-25201', 'weak'), 'weak', 'of the district or of the province');
select is(pg_temp.rate('t.women.province', 'phunu-689'), 'good', 'the province level rates the districts''');
select is(pg_temp.may('t.women.province', 'phunu-25195'), 'false', 'not past them the communes''');
select is(pg_temp.rate('t.women.province', 'phunu-25207'), '42501', 'which is refused');
select is(pg_temp.rate('t.women.locninh', 'phunu-25207'), 'DV422 not_visible unit_id', 'another district''s organisation is not there');
select is(pg_temp.may('t.women.locninh', 'phunu-25207'), 'false', 'nor would it be theirs');
select is(pg_temp.may('t.farmers.dongxoai', 'phunu-25207'), 'false', 'another line''s is not');
select is(pg_temp.rate('t.women.commune', 'phunu-25195', p_year => 2021), '42501', 'nobody rates themselves');
select is(pg_temp.rate('t.bloc', 'phunu-25195', p_year => 2021), '42501', 'nor does the bloc beside them');
select is(pg_temp.rate('t.dongxoai', 'phunu-689', p_year => 2021), '42501', 'nor the board beside the district''s union');
select is(pg_temp.rate('t.locninh', 'phunu-25207'), 'DV422 not_visible unit_id', 'nor another district''s board');
select is(pg_temp.rate('t.office', 'phunu-25207'), '42501', 'nor an office of the board: the board does');
select is(pg_temp.rate('t.viewer', 'phunu-25207'), '42501', 'a viewer does not');
select is(pg_temp.rate('t.admin', 'phunu-25207'), '42501', 'nor an administrator');
select is(
    pg_temp.as_user('t.province', format($$insert into app.rating (unit_id, year, scale, grade, rated_by_unit_id)
        values (%s, 2020, 'five_grades', 'good', 1)$$, pg_temp.unit('phunu-25207'))),
    '42501', 'nobody rates in another''s name');

-- how
select is(pg_temp.rate('t.dongxoai', 'phunu-25195'), '23505 rating_once', 'once a year');
select is(pg_temp.rate('t.dongxoai', 'phunu-25195', p_year => 2021), 'good', 'and each year');
select is(pg_temp.rate('t.dongxoai', 'phunu-25204', p_year => 2022), 'DV422 in_future year', 'not a year to come');
select is(pg_temp.rate('t.dongxoai', 'phunu-25204', p_rated_on => '2021-11-16'), 'DV422 in_future rated_on', 'not on a day to come');
select is(pg_temp.rate('t.dongxoai', 'phunu-25204', 'completed'), 'DV422 not_a_choice grade', 'by a grade of the scale');
select is(pg_temp.rate('t.dongxoai', 'phunu-25204', 'completed', 2020, 'task_completion'), 'completed', 'on another scale it is one');
select is(pg_temp.rate('t.dongxoai', 'phunu-25205', 'good', 2020, 'ten_points'), 'DV422 not_a_choice scale', 'on a scale there is');
select is(pg_temp.rate('t.dongxoai', 'phunu-25205', 'good', 1999), '23514 rating_year_range', 'of this age');

-- correcting
create function pg_temp.regrade(p_login text, p_grade text) returns text
    language sql return pg_temp.as_user(p_login, format(
        $$update app.rating set grade = %L where unit_id = %L and year = 2020 returning grade$$, p_grade, pg_temp.unit('phunu-25195')));
select is(pg_temp.regrade('t.dongxoai', 'average'), 'average', 'the board corrects what the union gave');
select is(
    (select u.code::text from app.rating as r join app.unit as u on u.id = r.rated_by_unit_id
        where r.unit_id = pg_temp.unit('phunu-25195') and r.year = 2020),
    'bdv-689', 'and stands for it');
select is(pg_temp.regrade('t.dongxoai', 'superb'), 'DV422 not_a_choice grade', 'by a grade of the scale');
select is(pg_temp.regrade('t.women.commune', 'excellent'), null, 'the rated do not');
select is(pg_temp.regrade('t.viewer', 'excellent'), null, 'nor a viewer');
select is(
    pg_temp.as_user('t.dongxoai', format('update app.rating set unit_id = %s', pg_temp.unit('phunu-25210'))), '42501',
    'a rating never moves to another organisation');
select is(pg_temp.as_user('t.dongxoai', 'update app.rating set year = 2019'), '42501', 'or year');
select is(
    pg_temp.as_user('t.women.commune', $$with gone as (delete from app.rating returning 1) select count(*) from gone$$), '0',
    'the rated delete nothing');
select is(
    pg_temp.rehearse('t.women.dongxoai', $$with gone as (delete from app.rating returning 1) select count(*) from gone$$), '5',
    'the district''s union takes back those of its communes');
select is(
    (select count(*) from app.audit_event where resource = 'rating' and action = 'create' and request_id = 'test'), 6::bigint,
    'each is on record: five of 2020 and one of 2021');

-- who sees them: 2020 of 25195, 25198, 25201, 689, 25204; 2021 of 25195
select is(pg_temp.as_user('t.province', 'select count(*) from api.ratings'), '6', 'the province sees all');
select is(pg_temp.as_user('t.women.dongxoai', 'select count(*) from api.ratings'), '6', 'the union of the city its own line''s');
select is(pg_temp.as_user('t.farmers.dongxoai', 'select count(*) from api.ratings'), '0', 'another line none');
select is(pg_temp.as_user('t.locninh', 'select count(*) from api.ratings'), '0', 'another district none');
select is(pg_temp.as_user('t.women.commune', 'select count(*) from api.ratings'), '2', 'the rated their own');
select is(
    pg_temp.as_user('t.dongxoai', $$select string_agg(grade || ' ' || counts_as_fair_or_better, ', ' order by grade)
        from api.ratings where year = 2020$$),
    'average false, completed false, fair true, good true, weak false', 'khá counts and trung bình does not');
select finish();
rollback;
