-- Plans of one's own under plan 36: in force wherever the unit has reported T1.3 done, a draft at some
-- who have begun, none elsewhere. Each carries out some items of plan 36, with work for its own unit.
reset role;

\if :is_new_year

create temp table demo_plan as
select private.new_id() as plan_id, u.unit_id, u.area_id, u.code, u.level, u.name, u.leader_id, w.words,
    w.finished_on as issued_on, w.finished_on is not null as is_issued,
    (5 + pg_temp.demo_roll(w.words || '|number') % 60)::text || case u.level when 'district' then '-KH/BDV' else '-KH/KDV' end as number
from demo_work as w
join demo_unit as u on u.unit_id = w.unit_id
where w.item_code = 'T1.3' and u.level <> 'province'
    and (w.finished_on is not null or (w.begun_on is not null and pg_temp.demo_roll(w.words || '|draft') < 50) or u.code = 'bdv-691')
    and u.code <> 'bdv-693'
order by u.code;

insert into app.plan (id, number, title, issuer_unit_id, issuer_area_id, parent_plan_id, signed_on, period_from, period_to,
    status, issued_at, issued_by, report_outline)
select p.plan_id, lpad(p.number, greatest(char_length(p.number), 9), '0'),
    'Kế hoạch thực hiện Kế hoạch 36-KH/BDVTU của ' || p.name,
    p.unit_id, p.area_id, '017b4fe7-da80-7000-8000-000000000a36', p.issued_on, coalesce(p.issued_on, date '2022-12-01'), '2025-12-31',
    case when p.is_issued then 'in_force' else 'draft' end,
    case when p.is_issued then pg_temp.demo_time(p.issued_on, p.words) end, case when p.is_issued then p.leader_id end, 'plan_36'
from demo_plan as p
order by p.code;

create temp table demo_plan_item as
select private.new_id() as plan_item_id, p.plan_id, p.unit_id, p.level, p.is_issued, p.issued_on, p.words || '|' || t.code as words,
    (row_number() over (partition by p.plan_id order by i.position))::integer as number, i.id as above_id, t.title, t.until_on, t.code
from demo_plan as p
join (values
    ('T1.1', 'district', 'Quán triệt nghị quyết tới cơ sở', date '2022-03-31'),
    ('T1.2a', 'district', 'Tuyên truyền dân chủ ở cơ sở, đại đoàn kết', date '2022-06-30'),
    ('T1.2d', 'district', 'Xây dựng, nhân rộng mô hình "Dân vận khéo"', date '2023-06-30'),
    ('T1.4', 'district', 'Kiểm tra khối dân vận các xã, phường, thị trấn', date '2022-10-31'),
    ('T2.1.4', 'district', 'Thực hiện kế hoạch phối hợp với Ủy ban nhân dân', date '2022-12-31'),
    ('T2.2.7', 'district', 'Triển khai Đề án 1217 trên địa bàn', date '2023-12-31'),
    ('T6.4', 'district', 'Lập dự toán kinh phí đặc thù', date '2022-09-30'),
    ('T1.2d', 'grassroots', 'Mỗi thôn, ấp, khu phố một việc "Dân vận khéo"', date '2022-12-31'),
    ('T1.4', 'grassroots', 'Kiểm tra hoạt động của tổ dân vận', date '2022-10-31'),
    ('T1.5', 'grassroots', 'Phổ biến kế hoạch tới tổ dân vận', date '2022-03-31'),
    ('T6.1', 'grassroots', 'Tham mưu văn bản cho cấp ủy', date '2023-12-31')
) as t (code, level, title, until_on) on t.level = p.level
join app.plan_item as i on i.plan_id = '017b4fe7-da80-7000-8000-000000000a36' and i.code = t.code
-- a plan leaves out an item here and there: coverage shows what nobody carries out
where pg_temp.demo_roll(p.words || '|' || t.code || '|carries') < 85;

insert into app.plan_item (id, plan_id, kind, code, outline, position, title, carries_out_id)
select i.plan_item_id, i.plan_id, 'task', 'N' || i.number, i.number::text, i.number * 10, i.title, i.above_id
from demo_plan_item as i order by i.words;
insert into app.responsibility (plan_item_id, role, unit_id)
select i.plan_item_id, 'lead', i.unit_id from demo_plan_item as i order by i.words;
insert into app.schedule (plan_item_id, level_id, recurrence, label, starts_on, due_on)
select i.plan_item_id, l.id, 'once', 'Đến ' || to_char(i.until_on, 'DD/MM/YYYY'), least(coalesce(i.issued_on, date '2022-12-01'), i.until_on), i.until_on
from demo_plan_item as i join app.level as l on l.code = i.level order by i.words;

-- What issuing made of them, and how far it is.
insert into app.assignment (plan_id, plan_item_id, lead_unit_id, level_id, occurrence, starts_on, due_on, original_due_on,
    status, progress, reported_on, completed_on, confirmed_by, line_id, given_on)
select i.plan_id, i.plan_item_id, i.unit_id, unit.level_id, 'Đến ' || to_char(i.until_on, 'DD/MM/YYYY'),
    least(i.issued_on, i.until_on), i.until_on, i.until_on,
    case when x.is_done then 'completed' when x.roll < 95 then 'in_progress' else 'not_started' end,
    case when x.is_done then 100 when x.roll < 95 then 20 + x.roll / 20 * 10 else 0 end,
    case when x.is_done then i.until_on - x.roll % 20 end, case when x.is_done then i.until_on - x.roll % 20 + 2 end,
    case when x.is_done then u.leader_id end, unit.line_id, i.issued_on
from demo_plan_item as i
join demo_unit as u on u.unit_id = i.unit_id
join app.unit as unit on unit.id = i.unit_id
cross join lateral (select pg_temp.demo_roll(i.words || '|own') as roll) as r
cross join lateral (
    select r.roll, i.until_on < date '2022-11-15' and r.roll < case u.class when 'weak' then 60 else 88 end as is_done) as x
where i.is_issued
order by i.until_on, i.words;
drop table demo_plan_item, demo_plan;

\endif
