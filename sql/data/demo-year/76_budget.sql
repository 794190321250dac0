-- Budget lines: 2022 estimated at the end of 2021, approved before the year, spent through it; 2023 on the way. The
-- province has hundreds of millions, a district tens, a commune a few. Two districts are late here too. Only for what
-- the unit leads itself, as the program's own rule sees to.
reset role;

\if :is_new_year

create temp table demo_budget (level text not null, item text not null, amount bigint not null, note text not null, primary key (level, item));
insert into demo_budget values
    ('province', 'T1.2d', 250000000, 'Xây dựng, nhân rộng mô hình "Dân vận khéo"; in ấn, tuyên truyền'),
    ('province', 'T2.2.7', 100000000, 'Khảo sát, thí điểm và sơ kết Đề án 1217'),
    ('province', 'T2.4.3', 80000000, 'Đoàn kiểm tra thực hiện văn bản về công tác dân tộc'),
    ('province', 'T2.5.3', 90000000, 'Đoàn kiểm tra thực hiện văn bản về công tác tôn giáo'),
    ('province', 'T3.1.1', 110000000, 'Hoạt động của Ban Chỉ đạo thực hiện quy chế dân chủ ở cơ sở'),
    ('province', 'T3.1.3', 150000000, 'Tập huấn cán bộ chủ chốt về quy chế dân chủ, hai lớp'),
    ('province', 'T4', 120000000, 'Ba hội nghị giao ban trong năm'),
    ('province', 'T5.3', 280000000, 'Lớp tập huấn kỹ năng, nghiệp vụ cùng Trường Chính trị'),
    ('province', 'T6.5b', 60000000, 'Giám sát việc thực hiện kế hoạch tại các huyện, thị, thành'),
    ('district', 'T1.2d', 30000000, 'Mô hình "Dân vận khéo" cấp huyện'),
    ('district', 'T1.4', 8000000, 'Kiểm tra, đôn đốc cơ sở'),
    ('district', 'T2.1.4', 12000000, 'Ký kết, sơ kết kế hoạch phối hợp với Ủy ban nhân dân'),
    ('district', 'T2.2.7', 20000000, 'Áp dụng Đề án 1217 tại cơ sở'),
    ('district', 'T6.5b', 15000000, 'Giám sát tại các xã, phường, thị trấn'),
    ('grassroots', 'T1.2d', 4000000, 'Mô hình "Dân vận khéo" ở thôn, ấp, khu phố'),
    ('grassroots', 'T1.4', 2000000, 'Kiểm tra các tổ dân vận');

-- Every province and district board with all its items, one commune bloc in five; of the weak, every other item.
create temp table demo_budget_line as
select y.year, u.unit_id, u.code, u.class, u.officer_id, i.id as plan_item_id, b.item, b.note, w.words,
    -- to the half million, a commune's to the hundred thousand
    (b.amount * (85 + pg_temp.demo_roll(w.words || '|estimate') * 30 / 100) / 100 / s.step) * s.step as estimate,
    s.step, private.budget_approver(u.unit_id, i.plan_id) as approver_id
from demo_budget as b
join demo_unit as u on u.level = b.level and u.line = 'mobilization'
join app.plan_item as i on i.plan_id = '017b4fe7-da80-7000-8000-000000000a36' and i.code = b.item
cross join (values (2022), (2023)) as y (year)
cross join lateral (select u.code || '|' || b.item || '|' || y.year as words) as w
cross join lateral (select case u.level when 'grassroots' then 100000 else 500000 end as step) as s
where private.leads_item(u.unit_id, i.id, y.year)
    and (u.level <> 'grassroots' or pg_temp.demo_roll(u.code || '|budget') < 20)
    and (u.class <> 'weak' or pg_temp.demo_roll(w.words || '|weak') < 50);

insert into app.budget_line (plan_item_id, year, estimate_amount, note, owner_unit_id, created_at)
select b.plan_item_id, b.year, b.estimate, b.note, b.unit_id,
    pg_temp.demo_time(case b.year when 2022 then date '2021-11-22' else '2022-11-08' end, b.words)
from demo_budget_line as b
order by b.words;

-- In the order of the days; each entry moves its line on.
create temp table demo_budget_entry as
with approved as (
    select b.*, (b.estimate * (88 + pg_temp.demo_roll(b.words || '|approved') % 13) / 100 / b.step) * b.step as approved,
        pg_temp.demo_workday('2021-12-03'::date + pg_temp.demo_roll(b.code || '|submits') % 10) as submitted_on,
        pg_temp.demo_workday('2021-12-20'::date + pg_temp.demo_roll(b.code || '|approves') % 9) as approved_on
    from demo_budget_line as b where b.year = 2022)
select a.words, a.unit_id, a.plan_item_id, a.year, e.kind, e.amount, e.day, e.reason,
    case when e.is_above then a.approver_id else a.unit_id end as by_unit_id,
    case when e.is_above then (select u.leader_id from demo_unit as u where u.unit_id = a.approver_id) else a.officer_id end as by_user_id
from approved as a
cross join lateral (
    select 'estimate' as kind, a.estimate as amount, a.submitted_on as day, null as reason, false as is_above
    union all
    select 'approval', a.approved, a.approved_on, null, true
    union all
    select 'adjustment', x.amount, x.day, x.reason, true
    from (values
        ('bdv-70', 'T4', 30000000::bigint, date '2022-07-01', 'Bổ sung cho hội nghị sơ kết 6 tháng mở rộng đến cấp huyện'),
        ('bdv-689', 'T1.2d', 5000000, '2022-08-15', 'Bổ sung cho hội thi "Dân vận khéo"'),
        ('bdv-694', 'T2.2.7', -2000000, '2022-09-05', 'Tiết kiệm chi thường xuyên')) as x (code, item, amount, day, reason)
    where x.code = a.code and x.item = a.item
    union all
    -- four times a year a sixth or so; the weak spend half as often
    select 'spending', (a.approved * (12 + pg_temp.demo_roll(a.words || '|' || m.month) * 9 / 100) / 100 / 100000) * 100000,
        pg_temp.demo_workday(make_date(2022, m.month, 8 + pg_temp.demo_roll(a.words || '|day' || m.month) % 12)),
        'Chi quý ' || case m.month when 11 then 'IV' else repeat('I', (m.month + 2) / 3) end || ' theo dự toán', false
    from (values (3), (6), (9), (11)) as m (month)
    where a.class <> 'weak' or pg_temp.demo_roll(a.words || '|spends' || m.month) < 50) as e
union all
-- for 2023: the province still drafts, the districts that do well have submitted, most others too, the weak have not
select b.words, b.unit_id, b.plan_item_id, b.year, 'estimate', b.estimate,
    pg_temp.demo_workday('2022-11-14'::date + pg_temp.demo_roll(b.code || '|submits 2023') % 5), null, b.unit_id, b.officer_id
from demo_budget_line as b
where b.year = 2023 and b.class in ('good', 'normal') and pg_temp.demo_roll(b.code || '|submitted 2023') < 75;

insert into app.budget_entry (budget_line_id, kind, amount, entered_on, reason, unit_id, recorded_by, created_at)
select l.id, e.kind, e.amount, e.day, e.reason, e.by_unit_id, e.by_user_id, pg_temp.demo_time(e.day, e.words || e.kind)
from demo_budget_entry as e
join app.budget_line as l on l.owner_unit_id = e.unit_id and l.plan_item_id = e.plan_item_id and l.year = e.year
where e.amount <> 0
order by e.day, case e.kind when 'estimate' then 1 when 'approval' then 2 else 3 end, e.words;
drop table demo_budget, demo_budget_line, demo_budget_entry;

\endif
