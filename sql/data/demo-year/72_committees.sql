-- The two steering committees of plan 36, II.3, with their standing body, members by unit and post, a renewal in 2022, the
-- programme of 2022, sessions and reviews; committees on grassroots democracy in some districts. Posts, no persons.
reset role;

\if :is_new_year

create temp table demo_committee as
select private.new_id() as committee_id, x.*, u.id as unit_id, u.area_id, u.level_id
from (
    values ('BCD-QCDC', 'bdv-70', 'Ban Chỉ đạo Tỉnh ủy về thực hiện quy chế dân chủ ở cơ sở', date '2021-07-20', '231-QĐ/TU', date '2022-04-05', '412-QĐ/TU', 'qcdc'),
        ('BCD-TG', 'bdv-70', 'Ban Chỉ đạo công tác tôn giáo tỉnh Bình Phước', '2021-07-26', '238-QĐ/TU', '2022-05-10', '436-QĐ/TU', 'tongiao')
    union all
    select 'BCD-QCDC-' || d.code, 'bdv-' || d.code, 'Ban Chỉ đạo thực hiện quy chế dân chủ ở cơ sở ' || d.place, d.established_on, d.symbol, d.renewed_on, d.renewal, 'qcdc'
    from (values ('689', 'thành phố Đồng Xoài', date '2021-08-10', '95-QĐ/TU', date '2022-06-01', '148-QĐ/TU'),
        ('688', 'thị xã Phước Long', '2021-08-12', '77-QĐ/TU', null, null), ('692', 'huyện Lộc Ninh', '2021-08-18', '102-QĐ/HU', null, null),
        ('694', 'huyện Hớn Quản', '2021-09-01', '118-QĐ/HU', '2022-07-15', '203-QĐ/HU'), ('696', 'huyện Bù Đăng', '2021-09-06', '89-QĐ/HU', null, null),
        ('697', 'huyện Chơn Thành', '2021-08-25', '111-QĐ/HU', null, null)) as d (code, place, established_on, symbol, renewed_on, renewal)
) as x (code, unit_code, name, established_on, symbol, renewed_on, renewal, kind)
join app.unit as u on u.code = x.unit_code;

insert into app.document (symbol, kind, issuer, issued_on, subject, status, owner_unit_id)
select d.symbol, 'decision', issuer.name, d.issued_on, d.verb || ' ' || c.name, 'published', c.unit_id
from demo_committee as c
cross join lateral (values (c.symbol, c.established_on, 'Thành lập'), (c.renewal, c.renewed_on, 'Kiện toàn')) as d (symbol, issued_on, verb)
join app.unit as s on s.code = 'capuy-' || substr(c.unit_code, 5)
join app.unit_version as issuer on issuer.unit_id = s.id and issuer.valid_from = '2021-07-01'
where d.symbol is not null
order by c.code, d.issued_on;
create temp table demo_decision as
select c.committee_id, d.id as document_id, d.issued_on
from demo_committee as c
join app.document as d on d.owner_unit_id = c.unit_id and d.kind = 'decision'
    and (d.symbol, d.issued_on) in ((c.symbol, c.established_on), (c.renewal, c.renewed_on)) and d.subject like '%' || c.name;

insert into app.committee (id, code, name, plan_id, document_id, duties, established_on, owner_unit_id)
select c.committee_id, c.code, c.name, '017b4fe7-da80-7000-8000-000000000a36', d.document_id,
    case c.kind when 'qcdc' then 'Tham mưu cấp ủy lãnh đạo, chỉ đạo, kiểm tra việc xây dựng và thực hiện quy chế dân chủ ở các loại hình cơ sở; sơ kết, tổng kết, nhân rộng điển hình.'
        else 'Tham mưu cấp ủy lãnh đạo, chỉ đạo công tác tôn giáo của các cơ quan, tổ chức trong hệ thống chính trị; kiểm tra việc thực hiện các chỉ thị, kết luận về công tác tôn giáo.' end,
    c.established_on, c.unit_id
from demo_committee as c
join demo_decision as d on d.committee_id = c.committee_id and d.issued_on = c.established_on
order by c.code;

-- Who sits there: since the beginning, since the renewal, or both ("turn").
create temp table demo_seat (kind text, level text, prefix text, role text, post text, turn text, nth integer generated always as identity);
insert into demo_seat (kind, level, prefix, role, post, turn) values
    ('qcdc', 'province', 'capuy', 'chair', 'Phó Bí thư Thường trực Tỉnh ủy', 'both'),
    ('qcdc', 'province', 'bdv', 'vice_chair', 'Trưởng Ban Dân vận Tỉnh ủy', 'both'),
    ('qcdc', 'province', 'ubnd', 'vice_chair', 'Phó Chủ tịch Ủy ban nhân dân tỉnh', 'both'),
    ('qcdc', 'province', 'mttq', 'standing_member', 'Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh', 'both'),
    ('qcdc', 'province', 'sonoivu', 'standing_member', 'Giám đốc Sở Nội vụ', 'both'),
    ('qcdc', 'province', 'btc', 'member', 'Phó Trưởng Ban Tổ chức Tỉnh ủy', 'both'),
    ('qcdc', 'province', 'danguy-khoi', 'member', 'Phó Bí thư Đảng ủy Khối Cơ quan và Doanh nghiệp tỉnh', 'both'),
    ('qcdc', 'province', 'congdoan', 'member', 'Chủ tịch Liên đoàn Lao động tỉnh', 'both'),
    ('qcdc', 'province', 'nongdan', 'member', 'Phó Chủ tịch Hội Nông dân tỉnh', 'first'),
    ('qcdc', 'province', 'nongdan', 'member', 'Chủ tịch Hội Nông dân tỉnh', 'second'),
    ('qcdc', 'province', 'phunu', 'member', 'Chủ tịch Hội Liên hiệp Phụ nữ tỉnh', 'both'),
    ('qcdc', 'province', 'ccb', 'member', 'Chủ tịch Hội Cựu chiến binh tỉnh', 'both'),
    ('qcdc', 'province', 'doan', 'member', 'Bí thư Tỉnh đoàn', 'both'),
    ('qcdc', 'province', 'congan', 'member', 'Phó Giám đốc Công an tỉnh', 'second'),
    ('qcdc', 'province', 'bandantoc', 'member', 'Trưởng Ban Dân tộc tỉnh', 'second'),
    ('qcdc', 'province', 'bdv', 'secretary', 'Trưởng phòng Dân vận các cơ quan Nhà nước', 'both'),
    ('tongiao', 'province', 'capuy', 'chair', 'Phó Bí thư Thường trực Tỉnh ủy', 'both'),
    ('tongiao', 'province', 'bdv', 'vice_chair', 'Trưởng Ban Dân vận Tỉnh ủy', 'both'),
    ('tongiao', 'province', 'ubnd', 'vice_chair', 'Phó Chủ tịch Ủy ban nhân dân tỉnh', 'both'),
    ('tongiao', 'province', 'sonoivu', 'standing_member', 'Phó Giám đốc Sở Nội vụ', 'both'),
    ('tongiao', 'province', 'congan', 'standing_member', 'Phó Giám đốc Công an tỉnh', 'both'),
    ('tongiao', 'province', 'mttq', 'member', 'Phó Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh', 'both'),
    ('tongiao', 'province', 'quansu', 'member', 'Phó Chính ủy Bộ Chỉ huy Quân sự tỉnh', 'both'),
    ('tongiao', 'province', 'bienphong', 'member', 'Phó Chính ủy Bộ đội Biên phòng tỉnh', 'both'),
    ('tongiao', 'province', 'bandantoc', 'member', 'Phó Trưởng Ban Dân tộc tỉnh', 'both'),
    ('tongiao', 'province', 'phunu', 'member', 'Phó Chủ tịch Hội Liên hiệp Phụ nữ tỉnh', 'second'),
    ('tongiao', 'province', 'bdv', 'secretary', 'Chuyên viên theo dõi công tác tôn giáo', 'both'),
    ('qcdc', 'district', 'capuy', 'chair', 'Phó Bí thư Thường trực', 'both'),
    ('qcdc', 'district', 'bdv', 'vice_chair', 'Trưởng Ban Dân vận', 'both'),
    ('qcdc', 'district', 'ubnd', 'vice_chair', 'Phó Chủ tịch Ủy ban nhân dân', 'both'),
    ('qcdc', 'district', 'mttq', 'member', 'Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam', 'both'),
    ('qcdc', 'district', 'congdoan', 'member', 'Chủ tịch Liên đoàn Lao động', 'both'),
    ('qcdc', 'district', 'nongdan', 'member', 'Chủ tịch Hội Nông dân', 'both'),
    ('qcdc', 'district', 'phunu', 'member', 'Chủ tịch Hội Liên hiệp Phụ nữ', 'both'),
    ('qcdc', 'district', 'doan', 'member', 'Bí thư Đoàn Thanh niên', 'second'),
    ('qcdc', 'district', 'bdv', 'secretary', 'Phó Trưởng Ban Dân vận', 'both');
insert into app.committee_member (committee_id, unit_id, role, post, document_id, valid_from, valid_to)
select c.committee_id, u.id, s.role, s.post, d.document_id, d.issued_on, case when d.issued_on = c.established_on then c.renewed_on end
from demo_committee as c
join app.level as l on l.id = c.level_id
join demo_seat as s on s.kind = c.kind and s.level = l.code
join app.unit as u on u.code = s.prefix || '-' || substr(c.unit_code, 5)
join demo_decision as d on d.committee_id = c.committee_id
    and (s.turn = 'both' or (s.turn = 'first') = (d.issued_on = c.established_on))
order by c.code, d.issued_on, s.nth;

-- The programmes of 2022, given in February; one item of 2023 is still a draft. Who has no account here has not begun.
create temp table demo_programme as
select private.new_id() as item_id, c.committee_id, c.code as committee_code, c.unit_id, x.nth, x.year, x.title, x.text, x.item, u.id as lead_id,
    x.due_on, x.given_on, x.code || '|' || x.nth as words, x.ends,
    row_number() over (partition by c.committee_id order by x.nth) as number
from demo_committee as c
join (
    select y.*, case when y.year = 2022 then date '2022-02-15' end as given_on
    from (values
        ('BCD-QCDC', 1, 2022, 'Kiểm tra việc thực hiện quy chế dân chủ tại 4 huyện, thị xã và 6 sở, ngành', 'Theo chương trình kiểm tra năm; mỗi đoàn có thành viên ban chỉ đạo làm trưởng đoàn.', 'T3.1.1', 'bdv-70', date '2022-09-30', 'done'),
        ('BCD-QCDC', 2, 2022, 'Rà soát việc thực hiện dân chủ trong hoạt động của cơ quan hành chính', null, 'T3.1.4', 'sonoivu-70', '2022-06-30', 'done'),
        ('BCD-QCDC', 3, 2022, 'Hướng dẫn tổ chức hội nghị người lao động, đối thoại tại nơi làm việc', null, 'T3.1.4', 'congdoan-70', '2022-05-31', 'late'),
        ('BCD-QCDC', 4, 2022, 'Tập huấn công tác dân chủ cơ sở cho cán bộ chủ chốt', null, 'T3.1.3', 'bdv-70', '2022-10-31', 'open'),
        ('BCD-QCDC', 5, 2022, 'Giám sát việc công khai thu, chi các khoản đóng góp của Nhân dân', null, 'T3.1.4', 'mttq-70', '2022-12-15', 'open'),
        ('BCD-QCDC', 6, 2022, 'Khảo sát mô hình dân chủ ở doanh nghiệp', 'Lồng ghép vào đợt kiểm tra năm.', 'T3.1.4', 'danguy-khoi-70', '2022-12-10', 'open'),
        ('BCD-QCDC', 7, 2023, 'Kiểm tra việc thực hiện quy chế dân chủ năm 2023', null, 'T3.1.1', 'bdv-70', '2023-09-30', 'draft'),
        ('BCD-TG', 1, 2022, 'Kiểm tra liên ngành việc thực hiện các văn bản về công tác tôn giáo ở 3 huyện, thị xã', 'Kiểm tra hoạt động của cấp ủy, chính quyền, tổ chức; không thu thập thông tin cá nhân.', 'T3.2.1', 'bdv-70', '2022-08-31', 'done'),
        ('BCD-TG', 2, 2022, 'Hướng dẫn nghiệp vụ cho cán bộ làm công tác dân vận, tôn giáo', null, 'T3.2.3', 'sonoivu-70', '2022-10-15', 'done'),
        ('BCD-TG', 3, 2022, 'Phối hợp nắm tình hình, tham mưu giải quyết kiến nghị của các tổ chức tôn giáo', null, 'T3.2.1', 'mttq-70', '2022-12-20', 'open'),
        ('BCD-QCDC-689', 1, 2022, 'Kiểm tra việc thực hiện quy chế dân chủ tại 3 phường, xã', null, null, 'bdv-689', '2022-09-15', 'done'),
        ('BCD-QCDC-689', 2, 2022, 'Công khai kế hoạch chỉnh trang đô thị, lấy ý kiến Nhân dân', null, null, 'ubnd-689', '2022-11-30', 'open'),
        ('BCD-QCDC-688', 1, 2022, 'Kiểm tra việc thực hiện quy chế dân chủ tại các phường', null, null, 'bdv-688', '2022-10-15', 'done'),
        ('BCD-QCDC-692', 1, 2022, 'Giám sát việc bàn, quyết định trực tiếp của Nhân dân ở ấp', null, null, 'mttq-692', '2022-09-30', 'late'),
        ('BCD-QCDC-694', 1, 2022, 'Hướng dẫn xây dựng hương ước, quy ước', null, null, 'ubnd-694', '2022-10-31', 'open'),
        ('BCD-QCDC-696', 1, 2022, 'Kiểm tra việc thực hiện quy chế dân chủ tại 4 xã', null, null, 'bdv-696', '2022-10-31', 'done'),
        ('BCD-QCDC-697', 1, 2022, 'Đối thoại của người đứng đầu cấp ủy, chính quyền với Nhân dân', null, null, 'capuy-697', '2022-11-15', 'done')
    ) as y (code, nth, year, title, text, item, lead, due_on, ends)) as x on x.code = c.code
join app.unit as u on u.code = x.lead;

-- late: not done though its day is over
insert into app.committee_work_item (id, committee_id, year, title, text, lead_unit_id, due_on, plan_item_id, status, given_on, completed_on, owner_unit_id)
select p.item_id, p.committee_id, p.year, p.title, p.text, p.lead_id, p.due_on, i.id,
    case when p.ends = 'draft' then 'draft' when p.ends = 'done' and d.leader_id is not null then 'completed' else 'open' end, p.given_on,
    case when p.ends = 'done' and d.leader_id is not null then pg_temp.demo_workday(p.due_on - pg_temp.demo_roll(p.words) % 15) end, p.unit_id
from demo_programme as p
left join demo_unit as d on d.unit_id = p.lead_id
left join app.plan_item as i on i.plan_id = '017b4fe7-da80-7000-8000-000000000a36' and i.code = p.item
order by p.committee_code, p.nth;
insert into app.assignment (plan_id, plan_item_id, source, source_id, given_by_unit_id, title, lead_unit_id, level_id, line_id, occurrence,
    starts_on, due_on, original_due_on, status, progress, reported_on, completed_on, confirmed_by, given_on)
select '017b4fe7-da80-7000-8000-000000000a36', w.plan_item_id, 'committee', w.id, w.owner_unit_id, w.title, w.lead_unit_id, u.level_id, u.line_id,
    format('%s, năm %s, việc %s', p.committee_code, w.year, p.number), w.given_on, w.due_on, w.due_on,
    case when w.status = 'completed' then 'completed' when d.officer_id is not null then 'in_progress' else 'not_started' end,
    case when w.status = 'completed' then 100 when d.officer_id is not null then 30 + pg_temp.demo_roll(p.words) % 5 * 10 else 0 end,
    pg_temp.demo_workday(w.completed_on - 1), w.completed_on, case w.status when 'completed' then d.leader_id end, w.given_on
from demo_programme as p
join app.committee_work_item as w on w.id = p.item_id and w.status <> 'draft'
join app.unit as u on u.id = w.lead_unit_id
left join demo_unit as d on d.unit_id = w.lead_unit_id
order by p.committee_code, p.nth;

-- Sessions: two held, with the units that sat there on the day, agenda and minutes; one planned, not convened yet.
create temp table demo_session as
select private.new_id() as meeting_id, c.committee_id, c.unit_id, c.code, c.kind as about, x.title || c.name as title, d.held_on, x.status,
    pg_temp.demo_workday(d.held_on - 10) as convened_on, x.nth, c.code || '|' || x.nth as words
from demo_committee as c
cross join (values (1, 'Phiên họp đầu năm 2022 của ', date '2022-01-18', 'closed'), (2, 'Phiên họp 6 tháng đầu năm 2022 của ', '2022-07-12', 'closed'),
    (3, 'Phiên họp cuối năm 2022 của ', '2022-12-13', 'planned')) as x (nth, title, held_on, status)
cross join lateral (select x.held_on + case c.code when 'BCD-TG' then 2 else 0 end as held_on) as d
where c.code in ('BCD-QCDC', 'BCD-TG');
insert into app.meeting (id, plan_id, committee_id, kind, title, held_on, held_at, place, chair, secretary, status, convened_on, opened_on, closed_on,
    owner_unit_id, created_at, updated_at)
select s.meeting_id, '017b4fe7-da80-7000-8000-000000000a36', s.committee_id, 'committee_session', s.title, s.held_on, '08:00', 'Hội trường Tỉnh ủy',
    'Trưởng Ban Chỉ đạo', 'Thư ký Ban Chỉ đạo', s.status, case s.status when 'closed' then s.convened_on end,
    case s.status when 'closed' then s.held_on end, case s.status when 'closed' then s.held_on end, s.unit_id, t.made_at,
    case s.status when 'closed' then (s.held_on + time '11:30') at time zone 'Asia/Ho_Chi_Minh' else t.made_at end
from demo_session as s
cross join lateral (select pg_temp.demo_time(least(s.convened_on - 3, date '2022-11-14'), s.words) as made_at) as t
order by s.code, s.held_on;
insert into app.meeting_agenda_item (meeting_id, position, title, created_at, updated_at)
select s.meeting_id, a.position, a.title, m.created_at, m.created_at
from demo_session as s
join app.meeting as m on m.id = s.meeting_id
cross join lateral (values
    (1, 'Báo cáo kết quả thực hiện chương trình công tác của Ban Chỉ đạo'),
    (2, case s.about when 'qcdc' then 'Tình hình thực hiện quy chế dân chủ ở các loại hình cơ sở'
        else 'Việc thực hiện các văn bản về công tác tôn giáo của các cơ quan, tổ chức' end),
    (3, case s.nth when 1 then 'Thông qua chương trình công tác năm 2022, phân công thành viên phụ trách địa bàn'
        when 2 then 'Nhiệm vụ 6 tháng cuối năm; kế hoạch kiểm tra' else 'Tổng kết năm 2022, phương hướng năm 2023' end)) as a (position, title)
order by s.code, s.held_on, a.position;
insert into app.meeting_invitation (meeting_id, unit_id, reply, replied_on, attendance, attendee_count, represented_by, created_at, updated_at)
select s.meeting_id, c.unit_id, case when s.status = 'closed' then 'accepted' else 'none' end,
    case when s.status = 'closed' then s.convened_on + 1 end, a.attendance, case a.attendance when 'present' then 1 end,
    case a.attendance when 'present' then c.post end, m.created_at, m.updated_at
from demo_session as s
join app.meeting as m on m.id = s.meeting_id
join (
    select x.committee_id, x.unit_id, x.valid_from, x.valid_to, min(x.post) as post
    from app.committee_member as x group by 1, 2, 3, 4) as c
    on c.committee_id = s.committee_id and c.unit_id <> s.unit_id and c.valid_from <= s.held_on and (c.valid_to is null or c.valid_to > s.held_on)
join app.unit as u on u.id = c.unit_id
cross join lateral (
    select case when s.status = 'closed' then case when pg_temp.demo_roll(s.words || '|' || u.code) < 88 then 'present' else 'absent' end
        end as attendance) as a
order by s.code, s.held_on, u.code;
insert into app.meeting_minutes (meeting_id, text, created_at, updated_at)
select s.meeting_id, concat_ws(E'\n\n',
        '1. Thành phần: ' || i.present || '/' || i.invited || ' đơn vị thành viên có mặt.',
        '2. Ban Chỉ đạo nghe cơ quan thường trực báo cáo và ' || 2 + pg_temp.demo_roll(s.words || '|talks') % 4 || ' ý kiến thảo luận.',
        case s.nth when 1 then '3. Thống nhất chương trình công tác năm 2022; cơ quan thường trực hoàn chỉnh, ban hành trong tháng 02.'
            else '3. Thống nhất đánh giá 6 tháng đầu năm; các thành viên kiểm tra theo kế hoạch, gửi kết quả về cơ quan thường trực.' end),
    m.updated_at, m.updated_at
from demo_session as s
join app.meeting as m on m.id = s.meeting_id
cross join lateral (
    select count(*) as invited, count(*) filter (where v.attendance = 'present') as present
    from app.meeting_invitation as v where v.meeting_id = s.meeting_id) as i
where s.status = 'closed'
order by s.code, s.held_on;
drop table demo_session;

-- Reviews: five years of conclusion 120-KL/TW, and what is to come.
insert into app.document (symbol, kind, issuer, issued_on, subject, status, owner_unit_id)
select '87-BC/BCĐ', 'report', 'Ban Chỉ đạo Tỉnh ủy về thực hiện quy chế dân chủ ở cơ sở', '2021-12-24',
    'Kết quả 5 năm thực hiện Kết luận số 120-KL/TW về tiếp tục đẩy mạnh, nâng cao chất lượng, hiệu quả việc xây dựng và thực hiện quy chế dân chủ ở cơ sở', 'published', u.id
from app.unit as u where u.code = 'bdv-70';
insert into app.committee_review (committee_id, title, document_id, plan_item_id, period_from, period_to, due_on, planned_on, status, done_on, summary,
    report_document_id, owner_unit_id)
select c.committee_id, x.title, (select d.id from app.document as d where d.symbol = x.document order by d.issued_on limit 1),
    (select i.id from app.plan_item as i where i.plan_id = '017b4fe7-da80-7000-8000-000000000a36' and i.code = x.item),
    x.period_from, x.period_to, x.due_on, x.planned_on, case when x.done_on is null then 'planned' else 'done' end, x.done_on, x.summary,
    case when x.done_on = '2021-12-24' then (select d.id from app.document as d where d.symbol = '87-BC/BCĐ') end, c.unit_id
from demo_committee as c
join (values
    ('BCD-QCDC', 'Sơ kết 5 năm thực hiện Kết luận số 120-KL/TW', '120-KL/TW', 'T3.1.2', date '2016-01-07', date '2021-01-07', date '2021-12-31', date '2021-09-15', date '2021-12-24',
        'Cấp ủy các cấp ban hành văn bản chỉ đạo đầy đủ; 11 huyện, thị xã, thành phố và các đảng ủy trực thuộc có báo cáo. Hạn chế: thực hiện dân chủ ở doanh nghiệp ngoài nhà nước chuyển biến chậm; một số nơi kiện toàn ban chỉ đạo chưa kịp thời.'),
    ('BCD-QCDC', 'Tổng kết việc thực hiện quy chế dân chủ theo loại hình cơ sở năm 2022', null, 'T3.1.4', '2022-01-01', '2022-12-31', '2022-12-20', '2022-02-15', null, null),
    ('BCD-TG', 'Sơ kết việc thực hiện các văn bản về công tác tôn giáo của hệ thống chính trị', null, 'T3.2.2', '2021-01-01', '2022-06-30', '2022-09-30', '2022-03-01', null, null),
    ('BCD-QCDC-689', 'Sơ kết 5 năm thực hiện Kết luận số 120-KL/TW trên địa bàn thành phố', '120-KL/TW', null, '2016-01-07', '2021-01-07', '2021-11-30', '2021-09-20', '2021-11-26',
        'Các phường, xã có ban chỉ đạo và quy chế hoạt động; công khai các nội dung theo quy định.'),
    ('BCD-QCDC-692', 'Sơ kết 5 năm thực hiện Kết luận số 120-KL/TW trên địa bàn huyện', '120-KL/TW', null, '2016-01-07', '2021-01-07', '2021-11-30', '2021-09-20', '2021-12-10',
        'Hoàn thành báo cáo; hoạt động của ban chỉ đạo ở xã chưa đều.')
) as x (code, title, document, item, period_from, period_to, due_on, planned_on, done_on, summary) on x.code = c.code
order by c.code, x.period_to;

drop table demo_programme, demo_seat, demo_decision, demo_committee;

\endif
