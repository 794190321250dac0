-- Coverage counted by hand: a transfer, a secondment, an expired certificate, one for good, a unit that ended.
begin;
\ir include/acting.sql
select plan(33);
update private.installation set mode = 'test', fixed_today = '2022-06-01';
select pg_temp.add_user('t.province', 'bdv-70', 'officer');
select pg_temp.add_user('t.viewer', 'bdv-70', 'viewer');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'officer');
select pg_temp.add_user('t.locninh', 'bdv-692', 'officer');
select pg_temp.add_user('t.bloc', 'kdv-25195', 'officer');

insert into app.plan (id, number, title, issuer_unit_id, period_from, period_to, status)
values ('00000000-0000-7000-8000-0000000e0001', 'TC-KH', 'Kế hoạch thử', pg_temp.unit('bdv-70'), '2021-01-01', '2025-12-31', 'in_force');
insert into app.position (code, name, rank) values ('tc_head', 'Trưởng thử', 1), ('tc_officer', 'Chuyên viên thử', 2);
insert into app.training_topic (code, name, valid_months) values ('tc_short', 'Ngắn hạn', 12), ('tc_long', 'Lâu dài', null);

create function pg_temp.require(p_login text, p_topic text, p_position text, p_level text, p_line text, p_year integer) returns text
    language sql return pg_temp.as_user(p_login, format(
        $$insert into app.training_requirement (plan_id, topic_code, position_code, level_id, line_id, year)
          values ('00000000-0000-7000-8000-0000000e0001', %L, %L, %L, %L, %L) returning 'done'$$, p_topic, p_position,
        (select id from app.level where code = p_level), (select id from app.line where code = p_line), p_year));
select is(pg_temp.require('t.province', 'tc_short', 'tc_head', null, null, 2022), 'done', 'the issuer requires');
select is(pg_temp.require('t.province', 'tc_short', 'tc_head', null, null, 2022), '23505 training_requirement_once', 'once');
select is(pg_temp.require('t.province', 'tc_short', 'tc_head', 'district', 'mobilization', 2022), 'done', 'more narrowly too');
select is(pg_temp.require('t.province', 'tc_short', 'tc_officer', 'district', null, 2022), 'done', 'of officers of districts');
select is(pg_temp.require('t.province', 'tc_long', 'tc_head', null, 'mobilization', 2022), 'done', 'another topic');
select is(pg_temp.require('t.province', 'tc_short', 'tc_head', null, null, 2026), 'DV422 out_of_range year', 'within the plan''s years');
select is(pg_temp.require('t.viewer', 'tc_short', 'tc_head', null, null, 2023), '42501', 'a viewer requires nothing');
select is(pg_temp.require('t.dongxoai', 'tc_short', 'tc_head', null, null, 2023), '42501', 'nor a unit below');
select is(pg_temp.as_user('t.dongxoai', $$select count(*) from api.training_requirements where plan_number = 'TC-KH'$$), '4', 'who sees the plan reads it');

-- A unit of Đồng Xoài's own that ended on 01/3/2022; its name of the time stays.
insert into app.unit (area_id, kind, code) select u.area_id, u.kind, 'tc-old' from app.unit as u where u.code = 'phunu-689';
insert into app.unit_version (unit_id, name, area_id, valid_from, valid_to)
select u.id, 'Hội cũ', u.area_id, '2021-01-01', '2022-03-01' from app.unit as u where u.code = 'tc-old';

create function pg_temp.post(p_code text, p_unit text, p_position text, p_from date, p_to date default null, p_kind text default 'primary') returns void
    language sql
as $$
    insert into app.staff (code, full_name, unit_id, level_id, line_id, province_key, district_key, grassroots_key)
    select p_code, p_code, u.id, u.level_id, u.line_id, u.province_key, u.district_key, u.grassroots_key
    from app.unit as u where u.code = p_unit
    on conflict (code) do nothing;
    insert into app.appointment (staff_id, unit_id, position_code, kind, valid_from, valid_to, level_id, line_id, province_key, district_key, grassroots_key)
    select s.id, u.id, p_position, p_kind, p_from, p_to, u.level_id, u.line_id, u.province_key, u.district_key, u.grassroots_key
    from app.unit as u, app.staff as s where u.code = p_unit and s.code = p_code;
$$;
-- TC-1 heads the board of Đồng Xoài until 31/3/2022, then that of Lộc Ninh. TC-2 heads the union that ended, and then
-- the women's union. TC-3 is an officer of Lộc Ninh lent to the province. TC-4 heads the bloc. TC-5 came in May 2022.
select pg_temp.post('TC-1', 'bdv-689', 'tc_head', '2021-01-01', '2022-04-01');
select pg_temp.post('TC-1', 'bdv-692', 'tc_head', '2022-04-01');
select pg_temp.post('TC-2', 'tc-old', 'tc_head', '2021-01-01', '2022-03-01');
select pg_temp.post('TC-2', 'phunu-689', 'tc_head', '2022-03-01');
update app.unit set is_active = false where code = 'tc-old';
select pg_temp.post('TC-3', 'bdv-692', 'tc_officer', '2021-01-01');
select pg_temp.post('TC-3', 'bdv-70', 'tc_head', '2022-02-01', null, 'secondment');
select pg_temp.post('TC-4', 'kdv-25195', 'tc_head', '2021-01-01');
select pg_temp.post('TC-5', 'bdv-689', 'tc_officer', '2022-05-01');
-- as the present post leaves it
update app.staff as s set (unit_id, level_id, line_id, province_key, district_key, grassroots_key) = (
    select u.id, u.level_id, u.line_id, u.province_key, u.district_key, u.grassroots_key
    from app.unit as u where u.code = case s.code when 'TC-1' then 'bdv-692' else 'phunu-689' end)
where s.code in ('TC-1', 'TC-2');

-- Two courses of tc_short, on 10/5/2021 (to 10/5/2022) and 10/2/2022 (to 10/2/2023); one of tc_long on 10/6/2021.
insert into app.course (code, name, topic_code, organiser_unit_id, starts_on, ends_on, status)
select x.code, x.code, x.topic, pg_temp.unit('bdv-70'), x.day::date, x.day::date, 'held'
from (values ('TC-S1', 'tc_short', '2021-05-10'), ('TC-S2', 'tc_short', '2022-02-10'), ('TC-L', 'tc_long', '2021-06-10')) as x (code, topic, day);
insert into app.training_record (course_id, staff_id, status, result)
select c.id, s.id, 'attended', x.result
from (values ('TC-S1', 'TC-1', 'passed'), ('TC-S1', 'TC-2', 'passed'), ('TC-S2', 'TC-2', 'passed'), ('TC-S1', 'TC-3', 'passed'),
    ('TC-S2', 'TC-4', 'failed'), ('TC-L', 'TC-1', 'passed')) as x (course, person, result)
join app.course as c on c.code = x.course
join app.staff as s on s.code = x.person;
select is((select u.code::text from app.training_record as r join app.staff as s on s.id = r.staff_id join app.course as c on c.id = r.course_id
    join app.unit as u on u.id = r.unit_id where s.code = 'TC-2' and c.code = 'TC-S2'), 'tc-old', 'a record is of the unit of its day');
select is((select string_agg(distinct coalesce(r.valid_until::text, 'for good'), ' ' order by coalesce(r.valid_until::text, 'for good'))
    from app.training_record as r join app.course as c on c.id = r.course_id where c.code like 'TC-%' and r.result = 'passed'),
    '2022-05-10 2023-02-10 for good', 'validity by the topic');

-- "group topic required/valid/expired/never, …"
create function pg_temp.coverage(p_login text, p_rest text, p_group text default 'c.group_code') returns text
    language sql return pg_temp.as_user(p_login, format(
        $$select string_agg(concat_ws(' ', %s, c.topic, concat_ws('/', c.required, c.held_and_valid, c.expired, c.never)), ', '
            order by %1$s, c.topic)
          from api.training_coverage('00000000-0000-7000-8000-0000000e0001', 2022, %s) as c$$, p_group, p_rest));

-- On 15/1/2022: TC-1 at 689 valid, TC-2 at tc-old valid (S1), TC-3 at 692 valid, TC-4 never; TC-5 not there yet.
select is(pg_temp.coverage('t.province', $$null, '2022-01-15', 'unit'$$),
    'bdv-689 tc_long 1/1/0/0, bdv-689 tc_short 1/1/0/0, bdv-692 tc_short 1/1/0/0, kdv-25195 tc_long 1/0/0/1, '
    'kdv-25195 tc_short 1/0/0/1, tc-old tc_short 1/1/0/0', 'by unit in January');
select is(pg_temp.coverage('t.province', $$'tc_short', '2022-01-15', 'unit'$$, 'c.group_name') like '%Hội cũ tc_short 1/1/0/0%', 'true', 'under its name of the day');
select is(pg_temp.coverage('t.province', $$null, '2022-01-15'$$),
    'district tc_long 1/1/0/0, district tc_short 3/3/0/0, grassroots tc_long 1/0/0/1, grassroots tc_short 1/0/0/1', 'by level');
select is(pg_temp.coverage('t.province', $$'tc_short', '2022-01-15', 'line'$$), 'mobilization tc_short 3/2/0/1, women tc_short 1/1/0/0', 'by line');
select is(pg_temp.coverage('t.province', $$'tc_short', '2022-01-15', 'position'$$), 'tc_head tc_short 3/2/0/1, tc_officer tc_short 1/1/0/0', 'by position');
select is(pg_temp.coverage('t.province', $$'tc_short', '2022-01-15', 'area'$$), '25195 tc_short 1/0/0/1, 689 tc_short 2/2/0/0, 692 tc_short 1/1/0/0', 'by area');
-- On 01/6/2022: TC-1 now at 692, S1 over; TC-2 at phunu-689 by S2; TC-3's over; TC-5 never.
select is(pg_temp.coverage('t.province', $$null, '2022-06-01', 'unit'$$),
    'bdv-689 tc_short 1/0/0/1, bdv-692 tc_long 1/1/0/0, bdv-692 tc_short 2/0/2/0, kdv-25195 tc_long 1/0/0/1, '
    'kdv-25195 tc_short 1/0/0/1, phunu-689 tc_short 1/1/0/0', 'by unit in June, the certificates gone with their holders');
select is(pg_temp.coverage('t.province', $$'tc_short', '2022-05-10'$$), 'district tc_short 4/3/0/1, grassroots tc_short 1/0/0/1', 'the last day still holds');
select is(pg_temp.coverage('t.province', $$'tc_short', '2022-05-11'$$), 'district tc_short 4/1/2/1, grassroots tc_short 1/0/0/1', 'the next does not');
select is(pg_temp.coverage('t.province', $$'tc_short', '2021-05-09'$$), 'district tc_short 3/0/0/3, grassroots tc_short 1/0/0/1', 'before the course nobody had one');
select is(pg_temp.as_user('t.province', $$select string_agg(c.percent::text, ' ' order by c.group_id)
    from api.training_coverage('00000000-0000-7000-8000-0000000e0001', 2022, 'tc_short', '2022-05-11') as c$$), '25.0 0.0', 'in per cent');

-- whose scope
select is(pg_temp.coverage('t.locninh', $$'tc_short', '2022-06-01', 'unit'$$), 'bdv-692 tc_short 2/0/2/0', 'a district counts its own');
select is(pg_temp.coverage('t.locninh', $$'tc_short', '2022-01-15', 'unit'$$), 'bdv-692 tc_short 1/1/0/0', 'who came later was not there then');
select is(pg_temp.coverage('t.dongxoai', $$'tc_short', '2022-01-15'$$), 'district tc_short 2/2/0/0, grassroots tc_short 1/0/0/1',
    'who has left since counts where they stood, with what they held');
select is(pg_temp.coverage('t.viewer', $$'tc_short', '2022-06-01'$$), 'district tc_short 4/1/2/1, grassroots tc_short 1/0/0/1', 'a viewer sees the same counts');
select is(pg_temp.coverage('t.province', format($$'tc_short', '2022-06-01', 'unit', %s$$, pg_temp.unit('bdv-689'))),
    'bdv-689 tc_short 1/0/0/1, kdv-25195 tc_short 1/0/0/1, phunu-689 tc_short 1/1/0/0', 'under a unit');
select is(pg_temp.coverage('t.province', format($$'tc_short', '2022-06-01', 'unit', %s, false$$, pg_temp.unit('bdv-689'))), 'bdv-689 tc_short 1/0/0/1', 'or it alone');
select is(pg_temp.coverage('t.locninh', format($$'tc_short', '2022-06-01', 'unit', %s$$, pg_temp.unit('bdv-689'))), 'DV422 not_visible unit', 'no other district');
select is(pg_temp.coverage('t.province', $$'cooking', '2022-06-01'$$), 'DV422 not_a_choice topic', 'a topic there is');

-- due: on 01/3/2022 within 90 days (to 30/5): TC-1's and TC-3's S1 end on 10/5; TC-4 has none; TC-2's S2 holds
create function pg_temp.due(p_login text, p_days integer default 90) returns text
    language sql return pg_temp.as_user(p_login, format(
        $$select string_agg(concat_ws(' ', d.staff_code, d.unit_code, d.topic, d.state), ', ' order by d.staff_code, d.topic)
          from api.training_due('00000000-0000-7000-8000-0000000e0001', 2022, null, '2022-03-01', %s) as d$$, p_days));
select is(pg_temp.due('t.province'), 'TC-1 bdv-689 tc_short ends_soon, TC-3 bdv-692 tc_short ends_soon, TC-4 kdv-25195 tc_long never, TC-4 kdv-25195 tc_short never',
    'who is due');
select is(pg_temp.due('t.province', 60), 'TC-4 kdv-25195 tc_long never, TC-4 kdv-25195 tc_short never', 'within sixty days only who has none');
select is(pg_temp.due('t.viewer'), null, 'a viewer of the province is told no names');
select finish();
rollback;
