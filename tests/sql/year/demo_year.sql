-- The demonstration year against figures worked out here: by hand from the rules of
-- docs/demonstration.md, or added up from single facts in another way than loader and program do.
-- Runs on a database that holds the year (tests/run.sh makes danvan_year).
begin;
\ir ../include/acting.sql
select plan(47);

select pg_temp.add_user('xem.tinh', 'bdv-70', 'leader') \g /dev/null
create function pg_temp.period(p_label text) returns uuid
    language sql return (select d.id from app.period as d where d.label = p_label and d.plan_id = pg_temp.plan_36());
-- the seed's rule, as docs/demonstration.md gives it
create function pg_temp.roll(p_words text) returns integer
    language sql return (('x' || left(md5('danvan ke hoach 36|' || p_words), 7))::bit(28)::int4) % 100;
create temp table fact as
select r.id, d.label, d.id as period_id, u.code, v.code as level, r.level_id, u.line_id, r.unit_id, r.superior_unit_id,
    split_part(u.code, '-', 1) as prefix, r.status, r.due_on, r.original_due_on, r.first_submitted_on, r.submitted_on,
    r.decided_on, r.gathered_at, r.gathered_expected_count, r.gathered_count, r.gathered_missing,
    coalesce(a.code, '70') as district
from app.report as r
join app.period as d on d.id = r.period_id
join app.unit as u on u.id = r.unit_id
join app.level as v on v.id = r.level_id
left join app.area_version as a on a.area_id = u.district_key and a.valid_from = '2021-07-01';

-- Where it stands --------------------------------------------------------------------------------------
select is(private.today(), date '2022-11-21', 'it stands on 21/11/2022');
select is((select count(*)::integer from private.credential), 15, 'fifteen people can sign in; the other accounts have no password');
select is(
    (select string_agg(d.label || ' ' || d.recorded_state, ', ' order by d.ends_on, d.starts_on)
        from app.period as d where d.year <= 2022),
    '9 tháng năm 2021 locked, Năm 2021 locked, 6 tháng đầu năm 2022 locked, 9 tháng năm 2022 locked, Năm 2022 open', 'what is over asked nobody or was lived through; one runs');
select is((select count(*)::integer from app.period as d where d.year between 2023 and 2025 and d.recorded_state = 'planned'), 9,
    'three a year wait in 2023 to 2025');
-- by hand: 111 communes × 7 (bloc, Front, five bodies); 11 districts × 9 (board, Front, five bodies, two
-- armed); 16 at the province (board, two offices, Front and its party group, five bodies, four armed, two departments)
select is(
    (select string_agg(distinct x.counts, ' / ') from (
        select concat_ws(',', count(*) filter (where f.level = 'grassroots'), count(*) filter (where f.level = 'district'),
            count(*) filter (where f.level = 'province')) as counts from fact as f group by f.label) as x),
    '777,99,16', 'each period asks 777 + 99 + 16 units');

select is(
    (select string_agg(v.name || ' ' || v.valid_from, ', ' order by v.valid_from, u.code) from app.unit_version as v
        join app.unit as u on u.id = v.unit_id where u.code in ('bdv-697', 'kdv-25432')),
    'Ban Dân vận Huyện ủy Chơn Thành 2021-07-01, Khối Dân vận thị trấn Chơn Thành 2021-07-01, '
        'Ban Dân vận Thị ủy Chơn Thành 2022-10-01, Khối Dân vận phường Hưng Long 2022-10-01',
    'Chơn Thành has become a town on the way, and moved nothing');

-- Counters and copies -----------------------------------------------------------------------------------
select is((select count(*)::integer from private.assignment_count_faults()), 0, 'assignment counts hold');
select is(
    (select count(*)::integer from app.assignment as a
        where a.plan_id = pg_temp.plan_36() and a.status <> 'cancelled' and a.status <> coalesce((
            select e.status from app.progress_entry as e
            where e.assignment_id = a.id and e.part = 'lead' order by e.created_at desc, e.id desc limit 1), 'not_started')),
    0, 'an assignment stands as its last entry says');
select is(
    (select count(*)::integer from app.outcome as o left join app.assignment as a on a.source_id = o.id and a.status <> 'moved'
        where o.status <> case when o.kind <> 'task' and o.given_on is not null then 'in_force' when a.id is null then 'draft'
            when a.status = 'completed' then 'completed' when a.status = 'cancelled' then 'withdrawn' else 'open' end),
    0, 'what a meeting decided stands as its work does');
select cmp_ok((select count(*) from app.outcome as o where o.status = 'open' and o.carry_over_count > 1), '>=', 2::bigint,
    'some of it was carried over more than once');
select is(
    (select count(*)::integer from app.progress_entry as e join app.assignment as a on a.id = e.assignment_id
        where e.recorded_on > '2022-11-21' or e.recorded_on < '2021-08-17'),
    0, 'nothing is told before the plan or after the day');
select is((select count(*)::integer from app.assignment as a where a.reported_on < a.starts_on or a.completed_on < a.reported_on), 0,
    'nothing is done before it starts, nor confirmed before it is done');

-- How well it goes: districts apart --------------------------------------------------------------------
-- Of what was first due in 2021: two good districts, two weak ones, the rest between.
create temp table timely as
select case when a2.code in ('689', '697') then 'good' when a2.code in ('691', '693') then 'weak' else 'normal' end as class,
    100.0 * count(*) filter (where a.reported_on <= a.original_due_on) / count(*) as share
from app.assignment as a
join app.unit as u on u.id = a.lead_unit_id
join app.area_version as a2 on a2.area_id = u.district_key and a2.valid_from = '2021-07-01'
where a.plan_id = pg_temp.plan_36() and a.original_due_on between '2021-01-01' and '2021-12-31'
group by 1;
select ok((select t.share from timely as t where t.class = 'good') between 90 and 98, 'good districts: 94 in 100 in time, give or take 4');
select ok((select t.share from timely as t where t.class = 'normal') between 74 and 86, 'most: 82 (T1.3 less)');
select ok((select t.share from timely as t where t.class = 'weak') between 51 and 66, 'weak ones: 60');
select is(
    pg_temp.as_user('xem.tinh', $$select string_agg(r.group_code || ' ' || r.on_time || '/' || r.owed, ', ' order by r.group_id)
        from api.assignment_rates(2021, 'level', pg_temp.plan_36()) as r$$),
    (select string_agg(x.line, ', ' order by x.level_id) from (
        select a.level_id, l.code || ' ' || sum(case when e.day <= a.original_due_on then 1 else 0 end) || '/' || count(*) as line
        from app.assignment as a
        join app.level as l on l.id = a.level_id
        left join lateral (
            select max(p.recorded_on) as day from app.progress_entry as p
            where p.assignment_id = a.id and p.part = 'lead' and p.status = 'reported') as e on true
        where a.plan_id = pg_temp.plan_36() and a.original_due_on between '2021-01-01' and '2021-12-31'
        group by a.level_id, l.code) as x),
    'on-time rates of 2021 by level, added up from the entries');

-- Who has not reported -----------------------------------------------------------------------------------
-- The seed's rule for communes in the running period, said once more; then what was set by hand.
create temp table expected as
select p.prefix || '-' || v.code as code,
    case c.class when 'good' then 96 when 'weak' then 62 else 86 end as base,
    pg_temp.roll(p.prefix || '-' || v.code || '|Năm 2022|report') as roll
from app.area as a
join app.area_version as v on v.area_id = a.id and v.valid_from = '2021-07-01'
join app.area_version as up on up.area_id = a.parent_id and up.valid_from = '2021-07-01'
cross join lateral (select case when up.code in ('689', '697') then 'good' when up.code in ('691', '693') then 'weak' else 'normal' end as class) as c
cross join unnest(array['kdv', 'mttq', 'congdoan', 'nongdan', 'phunu', 'ccb', 'doan']) as p (prefix)
where v.code ~ '^25' and up.code ~ '^6';
select is((select count(*)::integer from expected), 777, 'of 777');
select set_eq(
    $$select f.code from fact as f where f.label = 'Năm 2022' and f.level = 'grassroots' and f.status = 'not_started'$$,
    $$select e.code from expected as e where e.roll >= e.base + 3 and e.code not in
        ('kdv-25195', 'phunu-25195', 'kdv-25198', 'kdv-25201', 'kdv-25207', 'kdv-25210', 'kdv-25213', 'kdv-25205', 'phunu-25201')
      union values ('kdv-25204'), ('phunu-25198')$$,
    'the list of communes that have not begun is the rule''s');
select set_eq(
    $$select f.code from fact as f where f.label = 'Năm 2022' and f.level = 'grassroots' and f.status = 'approved'$$,
    $$select e.code from expected as e where e.roll < e.base - 40 and e.code not in
        ('kdv-25195', 'phunu-25195', 'kdv-25198', 'kdv-25201', 'kdv-25204', 'kdv-25207', 'kdv-25205', 'phunu-25198')
      union values ('kdv-25210'), ('kdv-25213'), ('phunu-25201')$$,
    'and so is that of the approved');
select is(
    (select string_agg(f.code || ' ' || f.status, ', ' order by f.code) from fact as f
        where f.label = 'Năm 2022' and f.district = '689' and f.prefix = 'kdv'),
    'kdv-25195 returned, kdv-25198 submitted, kdv-25201 in_review, kdv-25204 not_started, kdv-25205 submitted, '
        'kdv-25207 draft, kdv-25210 approved, kdv-25213 approved', 'Đồng Xoài''s eight blocs, as told in the tour');
select is(
    pg_temp.as_user('xem.tinh', $$select string_agg(r.group_code || ' ' || r.submitted || '/' || r.owed || ' ' || r.on_time, ', ' order by r.group_id)
        from api.report_rates(pg_temp.period('9 tháng năm 2022'), 'level') as r$$),
    (select string_agg(x.line, ', ' order by x.level_id) from (
        select f.level_id, f.level || ' ' || count(s.day) || '/' || count(*) || ' ' || count(*) filter (where s.day <= d.due_on) as line
        from fact as f
        join app.period_due as d on d.period_id = f.period_id and d.level_id = f.level_id
        left join lateral (
            select min((v.created_at at time zone 'Asia/Ho_Chi_Minh')::date) as day from app.report_version as v
            where v.report_id = f.id and v.event = 'submitted') as s on true
        where f.label = '9 tháng năm 2022'
        group by f.level_id, f.level) as x),
    'report rates of nine months, added up from what was kept at each submission');

-- Reports and what is kept of them --------------------------------------------------------------------------
select is((select count(*)::integer from fact as f where f.submitted_on > '2022-11-21' or f.decided_on > '2022-11-21'), 0, 'none from the future');
select is(
    (select count(*)::integer from app.report as r join app.period as d on d.id = r.period_id
        where r.first_submitted_on < d.opens_on or r.submitted_on > d.locks_on), 0, 'none before it opens or after it locks');
select is(
    (select count(*)::integer from fact as f
        where f.status in ('submitted', 'in_review', 'returned', 'approved', 'reopened')
            and not exists (select from app.report_version as v where v.report_id = f.id and v.event = 'submitted')),
    0, 'what was sent is kept');
select is(
    (select count(*)::integer from fact as f
        where (f.status in ('approved', 'reopened')) <> exists (select from app.report_version as v where v.report_id = f.id and v.event = 'approved')),
    0, 'what was approved is kept, and nothing else as approved');
select is(
    (select count(*)::integer from fact as f
        join app.report_version as v on v.report_id = f.id and v.event = 'approved'
        where (select coalesce(string_agg(x ->> 'assignment_id' || (x ->> 'status'), ',' order by x ->> 'assignment_id'), '')
                from jsonb_array_elements(v.content -> 'lines') as x)
            <> (select coalesce(string_agg(l.assignment_id || l.status, ',' order by l.assignment_id::text), '')
                from app.report_line as l where l.report_id = f.id)),
    0, 'approved content has the lines of the report');
select is(
    (select count(*)::integer from app.report_line as l
        join fact as f on f.id = l.report_id
        join app.assignment as a on a.id = l.assignment_id
        where (l.status = 'done') <> coalesce(a.reported_on < coalesce(f.submitted_on,
            case when f.label = 'Năm 2022' then '2022-11-19' else f.original_due_on end), false)
            and f.status not in ('returned', 'draft')),
    0, 'a line says done when it was reported before the report was sent');
select is((select count(*)::integer from fact as f join app.unit as u on u.id = f.unit_id
    where f.superior_unit_id is distinct from private.superior_of(f.unit_id, pg_temp.plan_36())), 0, 'each goes to who stands above');

-- Gathered: added up again from the units' own words ---------------------------------------------------------
select is(
    (select count(*)::integer from fact as f
        where f.gathered_at is not null and f.level = 'district'
            and exists (
                select g.plan_item_id, g.line_count, g.done_count from app.report_gathered_line as g where g.report_id = f.id
                except
                select l.plan_item_id, count(*)::integer, sum((l.status = 'done')::integer)::integer
                from fact as b join app.report_line as l on l.report_id = b.id
                where b.period_id = f.period_id and b.superior_unit_id = f.unit_id
                    and b.decided_on <= (f.gathered_at at time zone 'Asia/Ho_Chi_Minh')::date
                    and b.status in ('approved', 'reopened')
                group by l.plan_item_id)),
    0, 'a district gathered its communes'' own lines, approved by that day');
select is(
    (select string_agg(f.code || ' ' || f.gathered_expected_count || '-' || jsonb_array_length(f.gathered_missing), ', ' order by f.code)
        from fact as f where f.label = '9 tháng năm 2022' and f.level = 'district' and f.prefix = 'phunu'),
    (select string_agg('phunu-' || x.district || ' ' || x.communes || '-' || x.missing, ', ' order by x.district) from (
        select b.district, count(*) as communes,
            count(*) filter (where not (b.status in ('approved', 'reopened')
                and b.decided_on <= (select (f.gathered_at at time zone 'Asia/Ho_Chi_Minh')::date from fact as f
                    where f.period_id = b.period_id and f.code = 'phunu-' || b.district))) as missing
        from fact as b where b.label = '9 tháng năm 2022' and b.level = 'grassroots' and b.prefix = 'phunu' group by b.district) as x),
    'the Women''s Unions of the districts name how many communes are missing');
select is(
    (select array[v.gathered_numerator, v.gathered_denominator, v.gathered_count]::text
        from app.indicator_value as v join fact as f on f.id = v.report_id join app.indicator as i on i.id = v.indicator_id
        where f.label = 'Năm 2021' and f.code = 'phunu-70' and i.code = 'K2'),
    (select array[sum(v.own_numerator), sum(v.own_denominator), count(v.own_denominator)]::text
        from app.indicator_value as v
        join fact as b on b.id = v.report_id
        join fact as d on d.period_id = b.period_id and d.unit_id = b.superior_unit_id
        join fact as p on p.period_id = d.period_id and p.unit_id = d.superior_unit_id
        where b.label = 'Năm 2021' and b.prefix = 'phunu' and b.level = 'grassroots' and p.code = 'phunu-70' and b.status = 'approved'
            and b.decided_on <= (d.gathered_at at time zone 'Asia/Ho_Chi_Minh')::date
            and d.decided_on <= (p.gathered_at at time zone 'Asia/Ho_Chi_Minh')::date),
    'K2 of the provincial Women''s Union is the sum of the communes that came through two levels');

-- K1, by hand: of 111 organisations numbered in order, every 20th (trade union), 12th (farmers), 30th
-- (women), 15th (veterans), 8th (youth) stands below "khá"; one trade union and two youth unions are not rated
-- yet. 110 - 5, 111 - 9, 111 - 3, 111 - 7, 109 - 13.
select is(
    pg_temp.as_user('xem.tinh', $$select string_agg(t.line || ' ' || t.numerator || '/' || t.denominator || ' ' || t.answer, ', ' order by t.line)
        from api.target_answers(pg_temp.plan_36(), 2021, null, 'line') as t where t.indicator_code = 'K1'$$),
    'farmers 102/111 met, trade_union 105/110 met, veterans 104/111 met, women 108/111 met, youth 96/109 not_met',
    'K1 of 2021, body by body');
select is(
    pg_temp.as_user('xem.tinh', $$select string_agg(t.line || ' ' || coalesce(t.denominator, 0) || ' ' || t.answer, ', ' order by t.line)
        from api.target_answers(pg_temp.plan_36(), 2022, null, 'line') as t where t.indicator_code = 'K1'$$),
    'farmers 0 no_data, trade_union 0 no_data, veterans 37 met, women 74 met, youth 0 no_data',
    'in 2022 two bodies have begun: 37 - 2 and 74 - 2 of them fair or better');
select is(
    pg_temp.as_user('xem.tinh', $$select string_agg(t.indicator_code || ' ' || t.value || ' ' || t.answer, ', ' order by t.indicator_code)
        from api.target_answers(pg_temp.plan_36(), 2021, null, 'line') as t where t.kind = 'value'$$),
    'K3 3 met, K6 1 met', 'three review meetings and one class in 2021');

-- Requests, exceptions, own plans -------------------------------------------------------------------------------
select is((select array_agg(distinct r.status order by r.status)::text from app.extension_request as r), '{granted,pending,refused}', 'requests of each fate');
select is(
    (select count(*)::integer from app.extension_request as r join app.assignment as a on a.id = r.assignment_id
        where a.original_due_on <> r.due_on or a.due_on <> coalesce(r.granted_due_on, r.due_on)),
    0, 'what was granted moved the due day and nothing the original one');
select ok((select count(*) from app.extension_request as r where r.status = 'pending' and r.superior_unit_id = pg_temp.unit('bdv-689')) >= 1,
    'Đồng Xoài''s board has a request to decide on');
select is(
    (select count(*)::integer from app.period_exception as e join fact as f on f.period_id = e.period_id and f.unit_id = e.unit_id
        where f.due_on <> e.until_on or f.original_due_on >= e.until_on), 0, 'an exception gives a later day');
select set_eq(
    $$select p.issuer_unit_id from app.plan as p where p.status = 'in_force' and p.parent_plan_id is not null$$,
    $$select a.lead_unit_id from app.assignment as a join app.plan_item as i on i.id = a.plan_item_id
      where i.code = 'T1.3' and a.plan_id = pg_temp.plan_36() and a.reported_on is not null and a.level_id > 1$$,
    'who has reported T1.3 done has a plan in force, and nobody else');
select is(
    (select string_agg(u.code, ', ' order by u.code) from app.unit as u
        where u.kind = 'district_board' and not exists (
            select from app.plan as p where p.issuer_unit_id = u.id and p.parent_plan_id = pg_temp.plan_36() and p.status = 'in_force')),
    'bdv-691, bdv-693', 'two district boards lack theirs');

-- Words ----------------------------------------------------------------------------------------------------------
select is(
    (select count(*)::integer from (
        select l.done as said from app.report_line as l union all select l.doing from app.report_line as l
        union all select s.text from app.report_section as s union all select e.note from app.progress_entry as e
        union all select r.reason from app.extension_request as r union all select u.display_name from app.user_account as u) as x
        where x.said is not nfc normalized or x.said ~ '[{}]' or x.said = ''),
    0, 'all text is NFC and has no blank left in it');

-- Meetings ----------------------------------------------------------------------------------------------
create temp table held as
select m.*, u.code, u.kind as unit_kind from app.meeting as m join app.unit as u on u.id = m.owner_unit_id where m.kind not in ('thematic', 'committee_session');
select is((select string_agg(concat_ws(' ', h.kind, h.held_on, h.status), ', ' order by h.held_on) from held as h where h.code = 'bdv-70'),
    'year_end 2021-12-27 closed, six_months 2022-07-12 closed, nine_months 2022-10-12 closed, year_end 2022-12-26 planned',
    'the province holds its three, and has planned the next');
-- by hand, II.4: 11 boards, 4 party committees, the Front, five bodies, the People's Committee, 2 departments, 3 armed
select is((select count(*) from app.meeting_invitation as i join held as h on h.id = i.meeting_id where h.code = 'bdv-70' and h.kind = 'nine_months'),
    27::bigint, 'with whom the plan names');
select is((select count(distinct h.code) from held as h where h.unit_kind = 'district_board' and h.kind = 'nine_months' and h.status = 'closed'), 10::bigint,
    'one of eleven districts held none after nine months');
select is((select count(*) from app.meeting as m where m.status = 'closed' and (
        not exists (select from app.meeting_minutes as n where n.meeting_id = m.id)
        or exists (select from app.meeting_invitation as i where i.meeting_id = m.id and i.attendance is null)
        or extract(isodow from m.held_on) > 5)), 0::bigint, 'what is closed has minutes and everybody''s attendance, and fell on a working day');

-- A day gone by, told in two ways ---------------------------------------------------------------------------
create function pg_temp.stood_apart(p_day date) returns bigint
    language plpgsql
as $$
declare
    apart bigint;
begin
    -- how a wide scope reads the states of a day, against how any other does
    execute replace(format($sql$
        with a as (select s.id, s.plan_id, s.lead_unit_id, s.due_on, s.reported_on, s.status, s.stands_since from %s as s),
            b as (select s.id, s.plan_id, s.lead_unit_id, s.due_on, s.reported_on, s.status, s.stands_since from private.assignment_on($7) as s)
        select (select count(*) from (select * from a except select * from b) as x) + (select count(*) from (select * from b except select * from a) as x)
            + abs((select count(*) from a) - (select count(*) from b))$sql$, private.assignments_stood()), '$7', quote_literal(p_day) || '::date')
    into apart;
    return apart;
end;
$$;
select is((select sum(pg_temp.stood_apart(d.day)) from (values (date '2021-12-31'), ('2022-06-30'), ('2022-11-01'), ('2022-11-21')) as d (day)), 0::numeric,
    'a province reads how work stood as everybody else does');

-- K4 ---------------------------------------------------------------------------------------------------
select is((select count(*)
        from app.indicator_value as v
        join app.indicator as k on k.id = v.indicator_id and k.code in ('K4a', 'K4b')
        join fact as f on f.id = v.report_id and f.label = 'Năm 2021'
        where v.own_numerator = (
            select count(distinct c.partner_kind)
            from app.coordination_plan as c
            where c.owner_unit_id = v.unit_id and c.signed_on <= '2021-12-31' and 2021 between c.year and coalesce(c.until_year, c.year)
                and c.partner_kind = case k.code when 'K4a' then 'people_committee' else 'armed_forces' end)),
    24::bigint, 'of 2021 each of twelve boards told what plans it had signed, of both kinds');

select * from finish();
rollback;
