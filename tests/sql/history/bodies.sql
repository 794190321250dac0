-- Bodies and people through the demonstration's history: boards merged, a function moved, a level ended; who may
-- sign in and for whom they act; what successors see.
begin;
\ir ../include/acting.sql
select plan(39);

create function pg_temp.called_on(p_unit_code text, p_day date) returns text
    language sql return (
        select v.name from app.unit_version as v join app.unit as u on u.id = v.unit_id
        where u.code = p_unit_code and v.valid_from <= p_day and coalesce(v.valid_to > p_day, true));
-- A session of somebody who is there already, under the membership valid today, or at a unit of the past.
create function pg_temp.sign_in(p_login text, p_unit_code text default null) returns void
    language sql as $$
    insert into app.session (token_hash, user_id, membership_id, expires_at)
    select 'test ' || a.login, a.id, m.id, now() + interval '1 hour'
    from app.user_account as a join app.membership as m on m.user_id = a.id
    where a.login = p_login and case when p_unit_code is null then m.valid_to is null else m.unit_id = pg_temp.unit(p_unit_code) end
$$;
-- Signing in as the service does it: the unit one then acts for, or the refusal's word.
create function pg_temp.opens(p_login text) returns text
    language plpgsql as $$
declare
    word text;
begin
    return (
        select u.code
        from app.user_account as a
        cross join lateral private.login_open(a.id, 'test open ' || a.login, null, null, null, null) as o
        join app.membership as m on m.id = o.membership_id join app.unit as u on u.id = m.unit_id
        where a.login = p_login);
exception when others then
    get stacked diagnostics word = constraint_name;
    return sqlstate || ' ' || word;
end;
$$;

-- Two boards become one ---------------------------------------------------------------------------------------
select is(
    array[pg_temp.called_on('bdv-70', '2025-02-28'), pg_temp.called_on('bdv-70', '2025-03-01'), pg_temp.called_on('btg-70', '2025-02-28'),
        pg_temp.called_on('btgdv-70', '2025-02-28'), pg_temp.called_on('btgdv-70', '2025-03-01'), pg_temp.called_on('btgdv-75', '2025-07-01'),
        pg_temp.called_on('btgdv-75', '2026-04-30')],
    array['Ban Dân vận Tỉnh ủy Bình Phước', null, 'Ban Tuyên giáo Tỉnh ủy Bình Phước', null, 'Ban Tuyên giáo và Dân vận Tỉnh ủy Bình Phước',
        'Ban Tuyên giáo và Dân vận Tỉnh ủy Đồng Nai', 'Ban Tuyên giáo và Dân vận Thành ủy Đồng Nai'], 'the board under its names');
select set_eq(
    $$select p.code || '>' || s.code from app.unit_link as l join app.unit as p on p.id = l.predecessor_id join app.unit as s on s.id = l.successor_id
      where s.code in ('btgdv-70', 'btgdv-75') and p.code not like 'bdv-6%'$$, array['bdv-70>btgdv-70', 'btg-70>btgdv-70', 'btgdv-70>btgdv-75'], 'who succeeded whom');
select is((select count(*)::integer from app.unit_link as l where l.successor_id = pg_temp.unit('btgdv-75')), 12, 'eleven boards of districts too');
select is(
    (select string_agg(r.effective_on || ' ' || (r.doubt ~* 'chưa (tìm thấy|đối chiếu|rõ)'), ', ' order by r.effective_on, r.title)
        from app.reorganisation as r where r.is_doubtful and r.effective_on < '2025-07-01'),
    '2025-03-01 true, 2025-03-01 true, 2025-03-01 true', 'what is not known of spring 2025 is told');
select is((select count(*)::integer from app.reorganisation as r where r.status = 'carried_out'), 7, 'seven reorganisations, all carried out');
select is((select r.is_doubtful from app.reorganisation as r where r.legal_basis = '570/NQ-UBTVQH15'), false, 'of 2022 nothing is in doubt');
select results_eq(
    $$select v.valid_from, v.kind, up.code from app.unit_version as v join app.unit as up on up.id = v.parent_id
      where v.unit_id = pg_temp.unit('bdv-70-doanthe') order by v.valid_from$$,
    $$values (date '2021-07-01', 'provincial_board_office', 'bdv-70'), ('2025-03-01', 'provincial_propaganda_mobilization_board_office', 'btgdv-70')$$,
    'an office goes over to the merged board as itself');
select is((select p.code from app.unit as u join app.unit as p on p.id = u.parent_id where u.code = 'bdv-75-doanthe' and u.is_active), 'btgdv-75',
    'and has a successor in the new province''s board');

-- Plan 36 ----------------------------------------------------------------------------------------------------------
select is(
    (select array[i.code, o.code, p.status, p.number] from app.plan as p join app.unit as i on i.id = p.issuer_unit_id
        join app.unit as o on o.id = p.original_issuer_unit_id where p.id = pg_temp.plan_36()),
    array['btgdv-75', 'bdv-70', 'in_force', '36-KH/BDVTU'], 'plan 36 is run by the merged board, and was issued by the old one');
select is((select count(*)::integer from app.plan as p join app.unit as u on u.id = p.issuer_unit_id
    where not u.is_active and p.status in ('draft', 'submitted', 'in_force')), 0, 'no living plan is without somebody who runs it');
select is((select s.code from app.report as r join app.period as d on d.id = r.period_id join app.unit as s on s.id = r.superior_unit_id
        join app.unit as u on u.id = r.unit_id where d.label = 'Năm 2025' and u.code = 'kdv-25222'), 'btgdv-75',
    'since July 2025 a commune''s bloc reports to the province');
select is((select count(*)::integer from app.report as r join app.period as d on d.id = r.period_id
        where d.label = 'Năm 2025' and d.plan_id = pg_temp.plan_36()), 296, 'the year 2025 asked 40 × 7 + 16');

-- A body renamed, and a function it took over --------------------------------------------------------------------------
select is(array[pg_temp.called_on('bandantoc-70', '2025-02-28'), pg_temp.called_on('bandantoc-70', '2025-03-01'), pg_temp.called_on('bandantoc-75', '2025-07-01')],
    array['Ban Dân tộc tỉnh Bình Phước', 'Sở Dân tộc và Tôn giáo tỉnh Bình Phước', 'Sở Dân tộc và Tôn giáo tỉnh Đồng Nai'], 'a renamed body');
select results_eq(
    $$select p.code, s.code, l.is_function from app.unit_link as l join app.unit as p on p.id = l.predecessor_id join app.unit as s on s.id = l.successor_id
      where p.code = 'sonoivu-70' order by l.effective_on$$,
    $$values ('sonoivu-70', 'bandantoc-70', true), ('sonoivu-70', 'sonoivu-75', false)$$, 'Sở Nội vụ gives a function away and goes on');
-- A7 and A9: what the steering committee and the board do for religious affairs, still open in March 2025
select set_eq(
    $$select distinct i.code || ' ' || a.occurrence from app.assignment_part as p join app.assignment as a on a.id = p.assignment_id
      join app.plan_item as i on i.id = a.plan_item_id
      where p.unit_id = pg_temp.unit('bandantoc-75') and i.block_id in (select b.id from app.plan_item as b where b.code in ('A7', 'A9'))$$,
    array['T2.5.1 Năm 2025', 'T2.5.2 Giai đoạn 2021-2025', 'T2.5.3 Giai đoạn 2021-2025', 'T3.2.1 Giai đoạn 2021-2025', 'T3.2.2 Năm 2025', 'T3.2.3 Giai đoạn 2021-2025'],
    'its part in what was open of that function is the other body''s');
select is((select count(*)::integer from app.assignment_part as p join app.unit as u on u.id = p.unit_id
    where u.code = 'sonoivu-75'), 0, 'and Sở Nội vụ, which coordinated nothing else, is named no more');
select is(
    (select string_agg(u.code || ' ' || a.status, ', ' order by u.code) from app.assignment as a join app.unit as u on u.id = a.lead_unit_id
        join app.plan_item as i on i.id = a.plan_item_id where i.code = 'T6.2' and u.code in ('sonoivu-70', 'sonoivu-75')),
    'sonoivu-70 moved, sonoivu-75 completed', 'what it leads itself stays its own');
-- five party bodies into one, one into another
select results_eq(
    $$select s.code, count(*) from app.unit_link as l join app.unit as s on s.id = l.successor_id where l.effective_on = '2025-03-01' and s.code like 'danguy%' group by s.code order by 1$$,
    $$values ('danguy-dang-70', 5::bigint), ('danguy-ubnd-70', 1)$$, 'party groups end in two party committees');

-- People ------------------------------------------------------------------------------------------------------------------
-- an officer and a leader in 12 of each district's 13 bodies (its committee has nobody here)
select is(
    (select count(*)::integer from app.membership as m join app.unit as u on u.id = m.unit_id
        where u.level_id = 2 and m.valid_to = '2025-07-01' and m.moves_to_unit_id is not null), 264, '264 people of districts have a place to move to');
select is((select count(*)::integer from app.membership as m join app.unit as u on u.id = m.unit_id
    where u.level_id = 2 and (m.valid_to is distinct from '2025-07-01' or m.moves_to_unit_id is null)), 0, 'and all of them have ended');
select is_empty(
    $$select u.code from app.membership as m join app.unit as u on u.id = m.unit_id join app.unit as s on s.id = m.moves_to_unit_id
      where u.level_id = 2 and (s.level_id <> 1 or s.line_id <> u.line_id or not s.is_active)$$, 'the place is the province''s body in the same line');
select is_empty(
    $$select a.login from app.membership as m join app.user_account as a on a.id = m.user_id
      where m.valid_from >= '2025-01-01' and (select u.level_id from app.unit as u where u.id = m.unit_id) < (
        select max(u.level_id) from app.membership as o join app.unit as u on u.id = o.unit_id where o.user_id = m.user_id and o.valid_from < m.valid_from)$$,
    'nobody went up a level');
select is_empty(
    $$select m.id from app.membership as m join app.unit as u on u.id = m.unit_id where not u.is_active and coalesce(m.valid_to > '2026-05-15', true)$$,
    'nobody acts for a unit that is no more');
select is_empty(
    $$select a.login from app.user_account as a join app.unit as u on u.id = a.home_unit_id where not u.is_active$$, 'every account has a home that stands');

select is_empty(
    $$select s.id from app.staff as s join app.unit as u on u.id = s.unit_id where s.status = 'working' and not u.is_active$$, 'nobody works in a unit that is no more');
select is_empty(
    $$select p.id from app.appointment as p join app.unit as u on u.id = p.unit_id left join app.unit as s on s.id = p.moves_to_unit_id
      where u.level_id = 2 and p.end_cause = 'reorganisation' and (p.valid_to, s.level_id) is distinct from (date '2025-07-01', 1::smallint)$$,
    'an appointment in a district ended with a place to move to as well');

select is(
    array[pg_temp.opens('dongxoai.lanhdao'), pg_temp.opens('phunu.dongxoai.chuyenvien'), pg_temp.opens('tinh.lanhdao'), pg_temp.opens('tanphu.chuyenvien')],
    array['DV403 no_membership', 'DV403 no_membership', 'btgdv-75', 'kdv-25195-2'], 'who can sign in, and for whom');
select pg_temp.sign_in('dongxoai.lanhdao', 'bdv-689'), pg_temp.sign_in('tinh.lanhdao'), pg_temp.sign_in('tinh.admin'), pg_temp.sign_in('tanphu.chuyenvien') \g /dev/null
select is(pg_temp.as_user('dongxoai.lanhdao', 'select 1'), 'DV401 not_signed_in', 'a session from before is none');
select is(pg_temp.as_user('tinh.admin', $$select string_agg(u.login, ', ' order by u.login) from api.users as u
        where u.login like 'dongxoai.%' or u.login like 'locninh.%'$$),
    'dongxoai.chuyenvien, dongxoai.lanhdao, locninh.chuyenvien, locninh.lanhdao', 'the province''s administrator has their accounts to place');

-- The new ward acts, its officers from six old communes ---------------------------------------------------------------------
select is(
    (select count(distinct old.unit_id)::integer from app.membership as m
        join app.membership as old on old.user_id = m.user_id and old.valid_to = '2025-07-01'
        where m.unit_id = pg_temp.unit('kdv-25195-2') and m.valid_to is null), 6, 'people of six blocs are in one');
select is(pg_temp.rehearse('tanphu.chuyenvien', $$select 'written' || api.assignment_progress(
        (select a.id from api.assignments as a where a.lead_unit_id = private.my_unit() and a.is_pending order by a.id limit 1),
        null, '{"status": "in_progress", "progress": 90}')$$), 'written', 'an officer of Tân Phú reports progress for the new ward');
select alike(pg_temp.rehearse('tanphu.chuyenvien', $$select 'written' || api.assignment_progress(
        (select a.id from app.assignment as a where a.lead_unit_id = (select u.id from app.unit as u where u.code = 'kdv-25195')
            and a.status = 'moved' order by a.id limit 1), null, '{"status": "in_progress", "progress": 90}')$$), 'DV4%', 'and none on what has moved');

-- Successors see the past ------------------------------------------------------------------------------------------------------
-- Năm 2021 asked 777 communes' organisations, 99 of districts, 16 of the province
select is(pg_temp.as_user('tinh.lanhdao', $$select string_agg(x.line, ', ' order by x.level_id) from (
        select r.level_id, r.level || ' ' || count(*) as line from api.reports as r where r.period_label = 'Năm 2021' group by r.level_id, r.level) as x$$),
    'province 16, district 99, grassroots 777', 'Đồng Nai''s board sees all of Bình Phước''s reports of 2021');
select is(pg_temp.as_user('tanphu.chuyenvien', $$select count(*) from api.reports as r where r.period_label = 'Năm 2021' and r.level = 'grassroots'$$), '42',
    'the ward''s bloc those of its six old communes, 6 × 7');
select is(pg_temp.as_user('tanphu.chuyenvien', $$select count(*) from api.reports as r where r.unit_id = pg_temp.unit('kdv-25207')$$), '0', 'and of no other');

-- quotas -----------------------------------------------------------------------------------------------------------------------
-- those of communes went on at one successor each, those of the districts went up to nobody
select is((select r.outcome ->> 'quotas_dropped' from app.reorganisation as r where r.title like 'Nhập tỉnh Bình Phước%'),
    (select count(*)::text from app.establishment as e join app.unit as u on u.id = e.unit_id join app.level as l on l.id = u.level_id
        where l.code = 'district' and e.valid_to = '2025-07-01' and e.quota > 0), 'each quota of the level that ended is told');

-- What 2022 left open ---------------------------------------------------------------------------------------
select is_empty($$select m.title, m.held_on from app.meeting as m where m.status in ('planned', 'open') and m.held_on < '2026-01-01'$$,
    'no meeting sits for years');
select is_empty($$select i.title from app.inspection as i where i.is_open and i.ends_on < '2026-01-01'$$, 'nor does an inspection');
select is_empty($$select o.title from app.outcome as o join app.meeting as m on m.id = o.meeting_id
    where m.status = 'closed' and (o.status = 'draft' or o.kind = 'task' and not exists (
        select from app.assignment as a where a.source_id = o.id and a.lead_unit_id = o.lead_unit_id))$$,
    'what was decided stands, and tasks are work of whom they name today');

select * from finish();
rollback;
