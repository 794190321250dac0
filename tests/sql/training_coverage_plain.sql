-- Coverage and who is due, against a plain statement that says the definition person by person, topic by topic:
-- over generated people with transfers and secondments, topics of more than one pass, requirements at a level, on
-- a line or at any, certificates that fail, run out, hold for good or come later. Every group equal.
begin;
\ir include/acting.sql
select plan(38);
update private.installation set mode = 'test', fixed_today = '2022-06-01';
select pg_temp.add_user('t.province', 'bdv-70', 'officer');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'officer');

insert into app.plan (id, number, title, issuer_unit_id, period_from, period_to, status)
values ('00000000-0000-7000-8000-0000000e0002', 'TP-KH', 'Kế hoạch thử', pg_temp.unit('bdv-70'), '2021-01-01', '2025-12-31', 'in_force');
insert into app.position (code, name, rank) select 'tp_' || n, 'Chức danh thử ' || n, n from generate_series(1, 4) as n;
insert into app.training_topic (code, name) select 'tp_' || to_char(n, 'FM00'), 'Chuyên đề thử ' || n from generate_series(1, 50) as n;

-- One women's union of Đồng Xoài's that moved to Lộc Ninh on 01/3/2022; then no triggers: keys are filled here.
insert into app.unit (area_id, kind, code) select u.area_id, u.kind, 'tp-moved' from app.unit as u where u.code = 'phunu-689';
insert into app.unit_version (unit_id, name, area_id, valid_from, valid_to)
select pg_temp.unit('tp-moved'), 'Hội đã chuyển', u.area_id, '2021-01-01', '2022-03-01' from app.unit as u where u.code = 'phunu-689';
set local session_replication_role = replica;
insert into app.unit_version (unit_id, kind, name, area_id, valid_from)
select m.id, m.kind, 'Hội đã chuyển', u.area_id, '2022-03-01' from app.unit as u, app.unit as m where u.code = 'bdv-692' and m.code = 'tp-moved';

-- 44 topics asked, in every form; each fifth also by a requirement that includes the other
insert into app.training_requirement (plan_id, topic_code, position_code, level_id, line_id, year)
select '00000000-0000-7000-8000-0000000e0002'::uuid, 'tp_' || to_char(n, 'FM00'), 'tp_' || 1 + (n + k) % 3, l.id, i.id, 2022
from generate_series(1, 44) as n
cross join generate_series(0, n % 2) as k
left join app.level as l on n % 4 in (1, 3) and l.code = (array['district', 'grassroots', 'province'])[1 + n % 3]
left join app.line as i on n % 4 in (2, 3) and i.code = (array['women', 'mobilization'])[1 + n % 2]
union all
select '00000000-0000-7000-8000-0000000e0002'::uuid, 'tp_' || to_char(n, 'FM00'), 'tp_1', null, null, case when n = 45 then 2023 else 2022 end
from generate_series(5, 45, 5) as n where not (n % 4 = 0 and n % 3 = 0);

create temp table at_unit as
select u.*, row_number() over (order by u.code) - 1 as n, count(*) over () as of_all
from (
    select x.* from app.unit as x
    where x.code in ('bdv-70', 'bdv-689', 'bdv-692', 'kdv-25195', 'phunu-689', 'phunu-692', 'tp-moved')
    union
    (select x.* from app.unit as x where x.province_key = (select y.province_key from app.unit as y where y.code = 'bdv-70')
        order by md5(x.code) limit 25)) as u;

-- Each third moves once, each seventh is lent as well; each eleventh comes late, each thirteenth has left
create temp table person as
select private.new_id() as id, n, 'TP-' || n as code,
    case when n % 3 = 0 then date '2021-06-01' + n * 37 % 500 end as moved_on
from generate_series(1, 240) as n;
insert into app.staff (id, code, full_name, unit_id, level_id, line_id, province_key, district_key, grassroots_key)
select p.id, p.code, p.code, u.id, u.level_id, u.line_id, u.province_key, u.district_key, u.grassroots_key
from person as p join at_unit as u on u.n = (p.n + case when p.moved_on is null then 0 else 5 end) % u.of_all;
insert into app.appointment (staff_id, unit_id, position_code, kind, valid_from, valid_to, level_id, line_id, province_key, district_key, grassroots_key)
select p.id, u.id, 'tp_' || 1 + (p.n + leg) % 4, case leg when 3 then 'secondment' else 'primary' end,
    case when leg = 2 then p.moved_on when leg = 3 then '2021-12-01' when p.n % 11 = 0 then '2021-05-15' else '2021-01-01' end,
    case when leg = 1 and p.moved_on is not null then p.moved_on
        when p.n % 13 = 0 then greatest(date '2022-05-11', p.moved_on + 30) end,
    u.level_id, u.line_id, u.province_key, u.district_key, u.grassroots_key
from person as p
join generate_series(1, 3) as leg on leg = 1 or leg = 2 and p.moved_on is not null or leg = 3 and p.n % 7 = 0
join at_unit as u on u.n = (p.n + case leg when 1 then 0 when 2 then 5 else 9 end) % u.of_all;

insert into app.course (id, code, name, topic_code, organiser_unit_id, organiser_area_id, starts_on, ends_on, status, level_id, line_id)
select private.new_id(), 'TP-' || n || '-' || turn, 'Lớp', 'tp_' || to_char(n, 'FM00'), u.id, u.area_id,
    date '2021-02-01' + (n * 29 + turn * 211) % 600, date '2021-02-01' + (n * 29 + turn * 211) % 600, 'held', u.level_id, u.line_id
from generate_series(1, 50) as n, generate_series(1, 3) as turn, app.unit as u where u.code = 'bdv-70';
insert into app.training_record (course_id, staff_id, unit_id, organiser_unit_id, topic_code, status, result, certified_on, valid_until, level_id, line_id)
select c.id, p.id, c.organiser_unit_id, c.organiser_unit_id, c.topic_code, 'attended', case k % 9 when 0 then 'failed' when 1 then null else 'passed' end,
    case when k % 9 > 1 then c.ends_on end, case when k % 9 > 1 and k % 4 <> 0 then c.ends_on + (90 + k * 53 % 400)::integer end, c.level_id, c.line_id
from (select x.*, row_number() over (order by x.code) as n from app.course as x where x.code like 'TP-%') as c
cross join person as p
cross join lateral (select (c.n * 31 + p.n * 17)::integer as k) as s
where s.k % 5 < 2;
set local session_replication_role = origin;

-- The definition: a row for everybody asked for a topic on the day, whether valid and whether ever held.
create function pg_temp.plain(p_day date, p_at date default null) returns table (
    staff_code text, unit integer, level integer, line integer, area integer, "position" text, topic text,
    is_valid boolean, is_held boolean, until date, province_key integer, district_key integer)
    language sql stable
as $$
    select s.code, a.unit_id, a.level_id, a.line_id,
        coalesce((select v.area_id from app.unit_version as v where v.unit_id = a.unit_id
            and v.valid_from <= p_day and (v.valid_to is null or v.valid_to > p_day)),
            (select u.area_id from app.unit as u where u.id = a.unit_id)),
        a.position_code, t.code, r.is_valid, r.is_held, r.until, a.province_key, a.district_key
    from app.appointment as a
    join app.staff as s on s.id = a.staff_id
    cross join app.training_topic as t
    cross join lateral (
        select count(*) filter (where x.valid_until is null or x.valid_until >= coalesce(p_at, p_day)) > 0 as is_valid, count(*) > 0 as is_held,
            max(x.valid_until) as until
        from app.training_record as x
        where x.staff_id = a.staff_id and x.topic_code = t.code and x.result = 'passed' and x.certified_on <= p_day) as r
    where a.kind = 'primary' and a.valid_from <= p_day and (a.valid_to is null or a.valid_to > p_day)
        and exists (
            select from app.training_requirement as q
            where q.plan_id = '00000000-0000-7000-8000-0000000e0002' and q.year = 2022 and q.topic_code = t.code
                and q.position_code = a.position_code
                and (q.level_id is null or q.level_id = a.level_id) and (q.line_id is null or q.line_id = a.line_id));
$$;
create temp table told as
select d::date as day, p.* from unnest(array['2021-06-01', '2022-03-01', '2022-05-10', '2022-05-11', '2022-12-31']::date[]) as d,
    pg_temp.plain(d::date) as p;

-- How the service's figures differ from the plain ones of the rows given by a condition; NULL: not at all.
create function pg_temp.differing(p_login text, p_by text, p_day date, p_rows text default 'true', p_rest text default '', p_topic text default null)
    returns text
    language plpgsql
as $$
declare
    counted text;
    answer text;
begin
    counted := pg_temp.as_user(p_login, format($q$
        select jsonb_agg(jsonb_build_object('id', coalesce(c.group_id::text, c.group_code), 'topic', c.topic,
            'n', concat_ws('/', c.required, c.held_and_valid, c.expired, c.never)))
        from api.training_coverage('00000000-0000-7000-8000-0000000e0002', 2022, %L, %L, %L%s) as c$q$,
        p_topic, p_day, p_by, p_rest));
    if counted not like '[%' then
        return counted;
    end if;
    execute format($q$
        with plain as (
            select t.%I::text as id, t.topic, concat_ws('/', count(*), count(*) filter (where t.is_valid),
                count(*) filter (where t.is_held and not t.is_valid), count(*) filter (where not t.is_held)) as n
            from told as t where t.day = $1 and ($3::text is null or t.topic = $3) and %s
            group by 1, 2),
        fast as (select f.id, f.topic, f.n from jsonb_to_recordset($2::jsonb) as f (id text, topic text, n text)),
        different as (
            (select 'plain', * from plain except all select 'plain', * from fast)
            union all (select 'fast', * from fast except all select 'fast', * from plain))
        select case when not exists (select from plain) then 'nothing to compare' else (
            select string_agg(d::text, ' ') from (select * from different limit 6) as d) end$q$, p_by, p_rows)
    into answer using p_day, counted, p_topic;
    return answer;
end;
$$;

select ok(count(distinct topic) > private.training_pass() and count(*) filter (where is_valid) > 300
    and count(*) filter (where is_held and not is_valid) > 100 and count(*) filter (where not is_held) > 300
    and count(distinct unit) > 20 and count(distinct (level, line)) > 4, 'there is something of everything')
from told where day = '2022-05-11';
select ok(count(distinct n) > 30, 'the last day still holds: the figures of 10 and 11/5 differ')
from (select topic, count(*) filter (where is_valid) as n from told where day in ('2022-05-10', '2022-05-11') group by day, topic) as x;

select is(pg_temp.differing('t.province', by, d.day), null, format('province, by %s, on %s', by, d.day))
from (select distinct day from told) as d, unnest(array['unit', 'level', 'line', 'area', 'position']) as by
order by d.day, by;
select is(pg_temp.differing('t.province', by, '2022-05-11', p_topic => 'tp_07'), null, 'of one topic, by ' || by)
from unnest(array['unit', 'level']) as by;

-- person by person, below a province
select is(pg_temp.differing('t.dongxoai', by, '2022-05-11',
    'district_key = (select u.district_key from app.unit as u where u.code = ''bdv-689'')'), null, 'a district, by ' || by)
from unnest(array['unit', 'area', 'position']) as by;
select is(pg_temp.differing('t.province', 'unit', '2022-05-11',
    'district_key = (select u.district_key from app.unit as u where u.code = ''bdv-692'')', ', ' || pg_temp.unit('bdv-692')), null, 'under a unit');
select is(pg_temp.differing('t.province', 'level', '2022-05-11', 'unit = ' || pg_temp.unit('tp-moved'), ', ' || pg_temp.unit('tp-moved') || ', false'),
    null, 'one unit alone');

-- Of a large country a province is looked up person by person too.
create function pg_temp.standing(p_is_gathered boolean) returns setof text
    language plpgsql
as $$
declare
    asked constant record := private.training_asked_for('00000000-0000-7000-8000-0000000e0002', 2022, null);
begin
    return query execute format('select s::text from (%s) as s', private.training_standing_sql('province_key', p_is_gathered))
    using asked.topics[1:private.training_pass()], asked.posts, date '2022-05-11', (select u.province_key from app.unit as u where u.code = 'bdv-70'),
        null::integer, true, date '2022-05-11', '00000000-0000-7000-8000-0000000e0002'::uuid, 2022;
end;
$$;
select bag_eq('select pg_temp.standing(true)', 'select pg_temp.standing(false)', 'gathered once or looked up, the same');

-- who is due, until when
create function pg_temp.due(p_login text, p_day date, p_days integer) returns setof text
    language sql
    return unnest(string_to_array(pg_temp.as_user(p_login, format($q$
        select string_agg(concat_ws(' ', d.staff_code, d.unit_id, d.position, d.topic, d.state, d.valid_until), '|')
        from api.training_due('00000000-0000-7000-8000-0000000e0002', 2022, null, %L, %s) as d$q$, p_day, p_days)), '|'));
prepare due_fast as select * from pg_temp.due('t.province', '2022-05-11', 60);
prepare due_plain as
select concat_ws(' ', p.staff_code, p.unit, p.position, p.topic,
    case when p.until is null then 'never' when p.until < '2022-05-11' then 'expired' else 'ends_soon' end, p.until)
from pg_temp.plain('2022-05-11', date '2022-05-11' + 60) as p where not p.is_valid;
select bag_eq('due_fast', 'due_plain', 'who is due in sixty days, and until when');
select bag_eq($$select * from pg_temp.due('t.province', '2022-12-31', 0)$$, $$
    select concat_ws(' ', p.staff_code, p.unit, p.position, p.topic, case when p.is_held then 'expired' else 'never' end, p.until)
    from told as p where p.day = '2022-12-31' and not p.is_valid$$, 'who is due on the last day of the year');
select cmp_ok((select count(*) from pg_temp.due('t.province', '2022-05-11', 60) as d where d like '%ends_soon%'), '>', 50::bigint, 'of whom some end soon');
select finish();
rollback;
