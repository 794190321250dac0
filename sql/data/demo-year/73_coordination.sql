-- Coordination plans: the province and most districts with the People's Committee for 2022 (half of them also for 2021), fewer
-- with the armed forces, stage plans 2021–2025, some communes; their items given as assignments under plan 36. Two districts
-- lag: one has a draft, one nothing. Which there are, and when each was signed, says 28_agreements.sql.
reset role;

\if :is_new_year

create temp table demo_partner as
select a.plan_id, p.id as unit_id, p.code, v.name, row_number() over (partition by a.plan_id order by x.nth) as nth, x.signatory
from demo_agreement as a
join (values ('people_committee', 'ubnd', 'Phó Chủ tịch', 1), ('armed_forces', 'quansu', 'Chính ủy', 2), ('armed_forces', 'congan', 'Phó Trưởng Công an', 3),
    ('armed_forces', 'bienphong', 'Chính ủy', 4)) as x (partner_kind, prefix, signatory, nth) on x.partner_kind = a.partner_kind
join app.unit as p on p.code = x.prefix || '-' || substr(a.code, 5)
join app.unit_version as v on v.unit_id = p.id and v.valid_from = '2021-07-01';
insert into demo_partner
select a.plan_id, p.id, p.code, 'Binh đoàn 16', 4, 'Chủ nhiệm Chính trị'
from demo_agreement as a, app.unit as p
where a.code = 'bdv-70' and a.partner_kind = 'armed_forces' and p.code = 'binhdoan-16';

insert into app.coordination_plan (id, partner_kind, term, year, until_year, number, title, plan_id, plan_item_id, status, signed_on, owner_unit_id)
select a.plan_id, a.partner_kind, a.term, a.year, a.until_year,
    case when a.signed_on is not null then lpad((1 + pg_temp.demo_roll(a.words || '|number') % 40)::text, 2, '0')
        || case a.partner_kind when 'people_committee' then '-KHPH/BDV-UBND' else '-KHPH/BDV-LLVT' end end,
    left(case a.partner_kind when 'people_committee' then 'Kế hoạch phối hợp công tác dân vận chính quyền ' else 'Kế hoạch phối hợp công tác dân vận của lực lượng vũ trang ' end
        || case a.term when 'stage' then 'giai đoạn ' || a.year || '-' || a.until_year else 'năm ' || a.year end
        || ' giữa ' || a.name || ' và ' || (select string_agg(p.name, ', ' order by p.nth) from demo_partner as p where p.plan_id = a.plan_id), 500),
    '017b4fe7-da80-7000-8000-000000000a36', i.id, 'draft', null, a.unit_id
from demo_agreement as a
join app.plan_item as i on i.plan_id = '017b4fe7-da80-7000-8000-000000000a36' and i.code = a.item
order by a.words;
insert into app.coordination_party (coordination_plan_id, unit_id, signatory)
select p.plan_id, p.unit_id, p.signatory || ' ' || p.name from demo_partner as p join demo_agreement as a on a.plan_id = p.plan_id order by a.words, p.nth;

create temp table demo_item as
select private.new_id() as item_id, a.plan_id, a.unit_id, a.code, a.level, a.class, a.signed_on, a.words || '|' || x.nth as words, x.nth, x.title,
    -- led by units that lead something of plan 36 anyhow: leading makes a unit owe the plan's reports
    coalesce(case when x.by_partner then (
        select p.unit_id from demo_partner as p
        where p.plan_id = a.plan_id and exists (select from app.assignment as w where w.lead_unit_id = p.unit_id and w.source = 'plan')
        order by (p.nth + x.nth) % 3, p.nth limit 1) end, a.unit_id) as lead_id,
    case when a.term = 'stage' then date '2025-10-31' when a.year = 2021 then date '2021-12-20' else (a.year || x.until_day)::date end as due_on
from demo_agreement as a
join (values
    ('people_committee', array['province', 'district', 'grassroots'], 1, 'Tiếp công dân, đối thoại với Nhân dân, giải quyết đơn thư, kiến nghị', true, '-10-31'),
    ('people_committee', array['province', 'district', 'grassroots'], 2, 'Vận động Nhân dân xây dựng nông thôn mới, đô thị văn minh', false, '-11-30'),
    ('people_committee', array['province', 'district'], 3, 'Kiểm tra công tác dân vận của cơ quan hành chính nhà nước', false, '-09-30'),
    ('people_committee', array['province'], 4, 'Đẩy mạnh cải cách hành chính, nâng cao chỉ số hài lòng của người dân', true, '-12-15'),
    ('armed_forces', array['province', 'district'], 1, 'Xây dựng cơ sở chính trị ở địa bàn trọng điểm, vùng biên giới', true, '-10-15'),
    ('armed_forces', array['province', 'district'], 2, 'Tổ chức hành quân dã ngoại làm công tác dân vận, giúp dân', true, '-08-31'),
    ('armed_forces', array['province'], 3, 'Sơ kết kết nghĩa giữa các đơn vị với địa bàn đồng bào dân tộc thiểu số', false, '-12-10')
) as x (partner_kind, levels, nth, title, by_partner, until_day) on x.partner_kind = a.partner_kind and a.level = any (x.levels);

-- Done by its day or late, as the unit goes about its work; a stage runs on. Who has no account here has not begun.
insert into app.coordination_item (id, coordination_plan_id, position, title, lead_unit_id, due_on, status, is_signed, given_on, completed_on, owner_unit_id)
select i.item_id, i.plan_id, i.nth, i.title, i.lead_id, i.due_on,
    case when i.signed_on is null then 'draft' when x.is_done then 'completed' else 'open' end, i.signed_on is not null, i.signed_on + 3,
    case when i.signed_on is not null and x.is_done then pg_temp.demo_workday(i.due_on - x.roll % 12) end, i.unit_id
from demo_item as i
cross join lateral (select pg_temp.demo_roll(i.words || '|item') as roll) as r
cross join lateral (
    select r.roll, i.due_on <= date '2022-11-18' and r.roll < case i.class when 'weak' then 55 else 85 end and exists (
        select from demo_unit as d where d.unit_id = i.lead_id and d.leader_id is not null) as is_done) as x
order by i.words;
update app.coordination_plan as c set status = 'signed', signed_on = a.signed_on
from demo_agreement as a where a.plan_id = c.id and a.signed_on is not null;
-- the plans of 2021 ended with their year
update app.coordination_plan as c set status = 'ended', ended_on = '2021-12-31', end_reason = 'Hết thời hạn của kế hoạch năm 2021'
from demo_agreement as a where a.plan_id = c.id and a.term = 'yearly' and a.year = 2021;

insert into app.assignment (plan_id, plan_item_id, source, source_id, given_by_unit_id, title, lead_unit_id, level_id, line_id, occurrence,
    starts_on, due_on, original_due_on, status, progress, reported_on, completed_on, confirmed_by, given_on)
select c.plan_id, c.plan_item_id, 'coordination', k.id, k.owner_unit_id, k.title, k.lead_unit_id, u.level_id, u.line_id,
    format('%s, việc %s (%s)', left(c.number, 50), row_number() over (partition by k.owner_unit_id order by i.words), i.code),
    k.given_on, k.due_on, k.due_on, case when k.status = 'completed' then 'completed' when d.officer_id is not null then 'in_progress' else 'not_started' end,
    case when k.status = 'completed' then 100 when d.officer_id is not null then 20 + pg_temp.demo_roll(i.words) % 6 * 10 else 0 end,
    pg_temp.demo_workday(k.completed_on - 1), k.completed_on, case k.status when 'completed' then d.leader_id end, k.given_on
from demo_item as i
join app.coordination_item as k on k.id = i.item_id and k.given_on is not null
join app.coordination_plan as c on c.id = k.coordination_plan_id
join app.unit as u on u.id = k.lead_unit_id
left join demo_unit as d on d.unit_id = k.lead_unit_id
order by i.words;
insert into app.assignment_part (assignment_id, unit_id, role)
select a.id, x.unit_id, 'coordinating'
from app.assignment as a
join app.coordination_item as k on k.id = a.source_id
cross join lateral (
    select k.owner_unit_id as unit_id union select p.unit_id from app.coordination_party as p where p.coordination_plan_id = k.coordination_plan_id) as x
where a.source = 'coordination' and x.unit_id <> a.lead_unit_id
order by a.id, x.unit_id;

-- What was said of it.
insert into app.progress_entry (assignment_id, unit_id, part, status, progress, note, recorded_on, recorded_by, created_at)
select a.id, a.lead_unit_id, 'lead', e.status, e.progress, e.note, e.recorded_on, e.recorded_by,
    pg_temp.demo_time(e.recorded_on, a.occurrence) + e.nth * interval '1 minute'
from app.assignment as a
join demo_unit as d on d.unit_id = a.lead_unit_id
cross join lateral (values
    (1, 'in_progress', a.progress, 'Đang thực hiện theo kế hoạch đã ký kết.',
        case a.status when 'in_progress' then pg_temp.demo_workday(least(date '2022-11-16', a.starts_on + 40 + pg_temp.demo_roll(a.occurrence) * 2)) end, d.officer_id),
    (2, 'reported', 100, 'Đã hoàn thành, có báo cáo kết quả gửi các bên.', a.reported_on, d.officer_id),
    (3, 'completed', 100, 'Xác nhận hoàn thành.', a.completed_on, d.leader_id)) as e (nth, status, progress, note, recorded_on, recorded_by)
where a.source in ('coordination', 'committee') and e.recorded_on is not null
order by e.recorded_on, a.occurrence, e.nth;

drop table demo_item, demo_partner, demo_agreement;

\endif
