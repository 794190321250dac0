-- What the meetings of the year decided (70_meetings.sql), and what became of it. The year is walked through meeting by meeting
-- with the program's own functions: what is open arrives at the next one, closing gives the work; on the way units tell how far they
-- are. Meetings are looked up by owner, kind and year; of one that is not there nothing is made.
reset role;

\if :is_new_year

-- until: the last day the lead said something; done: reported then, and confirmed some days after; judged: the meeting's own
-- leader closed it; taken_back: withdrawn. Names in "others" take part, or are addressed.
create temp table demo_decision (
    code text, kind text, year integer, n smallint, outcome_kind text, title text, text text, lead text, due_on date, item text, others text[],
    until date, progress integer, note text, done boolean not null default false, judged_on date, taken_back_on date, reason text, more_time_to date,
    primary key (code, kind, year, n));
insert into demo_decision (code, kind, year, n, outcome_kind, title, text, lead, due_on, item, others, until, progress, note, done, judged_on, taken_back_on, reason, more_time_to) values
    ('bdv-70', 'year_end', 2021, 1, 'assessment', 'Năm đầu thực hiện Kế hoạch 36-KH/BDVTU cơ bản đúng tiến độ', 'Các cấp đã quán triệt; việc báo cáo định kỳ ở một số đơn vị còn chậm, số liệu chưa đầy đủ.', null, null, null, null, null, null, null, false, null, null, null, null),
    ('bdv-70', 'year_end', 2021, 2, 'decision', 'Thống nhất cách theo dõi nhiệm vụ theo từng đơn vị chủ trì', 'Mỗi nhiệm vụ có một đơn vị chủ trì, có thời hạn; cập nhật tiến độ trước ngày 25 hằng tháng.', null, null, 'T1.4', '{bdv-688,bdv-689,bdv-690,bdv-691,bdv-692,bdv-693,bdv-694,bdv-695,bdv-696,bdv-697}', null, null, null, false, null, null, null, null),
    ('bdv-70', 'year_end', 2021, 3, 'task', 'Rà soát, công khai thủ tục hành chính liên quan trực tiếp đến người dân', null, 'ubnd-70', '2022-03-31', 'T2.1.2', '{sonoivu-70}', '2022-03-29', 100, 'Đã công khai tại bộ phận một cửa các cấp.', true, null, null, null, null),
    ('bdv-70', 'year_end', 2021, 4, 'task', 'Ban hành kế hoạch thực hiện Kế hoạch 36-KH/BDVTU của Huyện ủy Bù Gia Mập', 'Trình Ban Thường vụ Huyện ủy cho ý kiến trước khi ban hành.', 'bdv-691', '2022-02-28', 'T1.3', null, '2022-06-20', 40, 'Đã dự thảo, chờ ý kiến Ban Thường vụ.', false, null, null, null, null),
    ('bdv-70', 'year_end', 2021, 5, 'task', 'Xây dựng chương trình tập huấn nghiệp vụ cho cán bộ dân vận cơ sở năm 2022', null, 'truongct-70', '2022-04-15', 'T5.3', '{bdv-689,bdv-692}', '2022-04-25', 100, 'Đã thống nhất chương trình 3 chuyên đề.', true, null, null, null, null),
    ('bdv-70', 'thematic', 2022, 1, 'decision', 'Mỗi huyện, thị xã, thành phố chọn ít nhất hai mô hình "Dân vận khéo" để nhân rộng', null, null, null, 'T1.2d', '{bdv-688,bdv-689,bdv-690,bdv-691,bdv-692,bdv-693,bdv-694,bdv-695,bdv-696,bdv-697}', null, null, null, false, null, null, null, null),
    ('bdv-70', 'thematic', 2022, 2, 'task', 'Tổng hợp danh mục mô hình "Dân vận khéo" toàn tỉnh theo lĩnh vực', null, 'mttq-70', '2022-08-31', 'T1.2d', '{phunu-70,nongdan-70,doan-70}', '2022-08-30', 100, 'Danh mục 186 mô hình, 4 lĩnh vực.', true, null, null, null, null),
    ('bdv-70', 'six_months', 2022, 1, 'assessment', 'Công tác dân vận 6 tháng đầu năm có chuyển biến ở khối chính quyền', 'Đối thoại với nhân dân được tổ chức đều hơn; hoạt động của khối dân vận cơ sở chưa đồng đều.', null, null, null, '{bcsd-ubnd-70}', null, null, null, false, null, null, null, null),
    ('bdv-70', 'six_months', 2022, 2, 'decision', 'Đưa kết quả tiếp dân, đối thoại vào báo cáo 9 tháng của các đơn vị', null, null, null, 'T2.1.2', '{ubnd-70,bdv-689,bdv-692,bdv-696}', null, null, null, false, null, null, null, null),
    ('bdv-70', 'six_months', 2022, 3, 'task', 'Khảo sát hoạt động tổ chức hội phụ nữ ở xã biên giới', 'Chỉ nêu số chi hội, số hoạt động; không nêu thông tin cá nhân.', 'phunu-70', '2022-09-30', 'T2.2.1', '{phunu-692}', '2022-09-26', 100, 'Đã khảo sát 9 xã, gửi báo cáo kết quả.', true, null, null, null, null),
    ('bdv-70', 'six_months', 2022, 4, 'task', 'Rà soát quy chế phối hợp giữa Mặt trận và Ủy ban nhân dân cùng cấp', null, 'mttq-70', '2022-09-15', 'T2.2.4', '{ubnd-70}', '2022-09-20', 60, 'Đã có ý kiến của 7/11 huyện, thị xã, thành phố.', false, null, null, null, '2022-12-15'),
    ('bdv-70', 'six_months', 2022, 5, 'task', 'Tham mưu sơ kết công tác dân vận vùng biên giới', null, 'bdv-692', '2022-09-30', 'T2.4.1', '{bienphong-70,bdv-693}', '2022-08-15', 30, 'Đang thu thập số liệu các xã.', false, null, null, null, null),
    ('bdv-70', 'six_months', 2022, 6, 'task', 'Tổ chức hội thi tuyên truyền viên giỏi cấp tỉnh', null, 'doan-70', '2022-10-15', 'T1.2a', null, '2022-08-01', 10, 'Đã xây dựng thể lệ.', false, null, '2022-08-22', 'Gộp vào hội thi do Ban Tuyên giáo Tỉnh ủy chủ trì', null),
    ('bdv-70', 'nine_months', 2022, 1, 'assessment', 'Tiến độ 9 tháng đạt yêu cầu; còn nhiệm vụ quá hạn ở hai huyện', null, null, null, null, '{bdv-691,bdv-693}', null, null, null, false, null, null, null, null),
    ('bdv-70', 'nine_months', 2022, 2, 'decision', 'Ban Dân vận Tỉnh ủy kiểm tra trực tiếp các đơn vị chậm quá 60 ngày', null, null, null, 'T1.4', '{bdv-691,bdv-693}', null, null, null, false, null, null, null, null),
    ('bdv-70', 'nine_months', 2022, 3, 'task', 'Chốt số liệu kiện toàn khối dân vận cơ sở toàn tỉnh', null, 'bdv-697', '2022-11-10', 'T5.1', '{bdv-688,bdv-695}', '2022-11-08', 100, 'Đã chốt số liệu và gửi Văn phòng Ban.', true, null, null, null, null),
    ('bdv-70', 'nine_months', 2022, 4, 'task', 'Hướng dẫn tổng kết phong trào "Dân vận khéo" năm 2022', null, 'bdv-70', '2022-11-15', 'T1.2d', null, '2022-11-04', 80, 'Đã có dự thảo hướng dẫn.', false, '2022-11-14', null, null, null),
    ('bdv-70', 'nine_months', 2022, 5, 'task', 'Báo cáo kết quả xử lý kiến nghị của nhân dân qua đối thoại', null, 'ubnd-70', '2022-11-18', 'T2.1.2', '{hdnd-70}', '2022-11-15', 70, 'Đã tổng hợp 8/11 địa phương.', false, null, null, null, null),
    ('bdv-70', 'nine_months', 2022, 6, 'task', 'Chuẩn bị kế hoạch phối hợp năm 2023 với lực lượng vũ trang', null, 'quansu-70', '2022-12-20', 'T2.3.3', '{bienphong-70,congan-70}', null, 0, null, false, null, null, null, null),
    ('bdv-689', 'six_months', 2022, 1, 'assessment', 'Khối dân vận các phường hoạt động nền nếp, xã còn lúng túng', null, null, null, null, null, null, null, null, false, null, null, null, null),
    ('bdv-689', 'six_months', 2022, 2, 'task', 'Vận động nhân dân thống nhất mặt bằng tuyến đường ven hồ', null, 'kdv-25195', '2022-08-31', 'T2.1.2', '{ubnd-689}', '2022-08-29', 100, 'Các hộ trong phạm vi dự án đã thống nhất phương án.', true, null, null, null, null),
    ('bdv-689', 'six_months', 2022, 3, 'task', 'Kiện toàn tổ dân vận khu phố sau sáp nhập khu phố', null, 'kdv-25201', '2022-08-15', 'T5.1', null, '2022-09-12', 50, 'Còn 2 khu phố chưa kiện toàn.', false, null, null, null, null),
    ('bdv-689', 'nine_months', 2022, 1, 'decision', 'Các phường, xã niêm yết lịch đối thoại của người đứng đầu', null, null, null, 'T2.1.2', '{kdv-25195,kdv-25198,kdv-25201,kdv-25204,kdv-25207}', null, null, null, false, null, null, null, null),
    ('bdv-689', 'nine_months', 2022, 2, 'task', 'Lập danh sách mô hình "Dân vận khéo" đề nghị công nhận cấp thành phố', null, 'mttq-689', '2022-11-10', 'T1.2d', '{phunu-689,doan-689}', '2022-11-09', 100, '12 mô hình đủ điều kiện.', true, null, null, null, null),
    ('bdv-689', 'thematic', 2022, 1, 'task', 'Phân công đoàn thể theo dõi từng dự án trọng điểm', null, 'bdv-689', '2022-09-15', 'T2.2.4', '{mttq-689,ubnd-689}', '2022-09-14', 100, 'Đã phân công 5 dự án.', true, null, null, null, null),
    ('bdv-692', 'nine_months', 2022, 1, 'assessment', 'Quy chế dân chủ ở xã biên giới được thực hiện tốt hơn', null, null, null, null, null, null, null, null, false, null, null, null, null),
    ('bdv-692', 'nine_months', 2022, 2, 'task', 'Tổ chức đối thoại ở các xã chưa đối thoại trong năm', null, 'ubnd-692', '2022-11-15', 'T2.1.2', '{mttq-692}', '2022-11-01', 50, 'Đã đối thoại 3/6 xã.', false, null, null, null, null),
    ('bdv-692', 'thematic', 2022, 1, 'decision', 'Mỗi xã biên giới có một mô hình tự quản đường biên, mốc giới', null, null, null, 'T2.3.2', '{mttq-692}', null, null, null, false, null, null, null, null),
    ('phunu-70', 'thematic', 2022, 1, 'task', 'Báo cáo số chi hội tham gia xây dựng nông thôn mới', null, 'phunu-689', '2022-11-30', null, null, '2022-11-10', 60, 'Đã tổng hợp 6/8 cơ sở.', false, null, null, null, null),
    -- sits today: what it has so far, one without its day
    ('bdv-695', 'thematic', 2022, 1, 'decision', 'Ủy ban nhân dân cấp xã công khai kết quả giải quyết kiến nghị hằng quý', null, null, null, 'T2.1.2', '{ubnd-695}', null, null, null, false, null, null, null, null),
    ('bdv-695', 'thematic', 2022, 2, 'task', 'Bồi dưỡng kỹ năng dân vận cho cán bộ bộ phận một cửa', null, 'ubnd-695', null, 'T5.3', null, null, null, null, false, null, null, null, null);

create temp table demo_decided as
select private.new_id() as outcome_id, d.*, x.id as meeting_id, x.held_on, x.status as meeting_status, o.leader_id as owner_leader_id,
    u.unit_id as lead_id, coalesce(u.officer_id, u.leader_id) as lead_officer_id, u.leader_id as lead_leader_id,
    d.code || '|' || d.kind || '|' || d.year || '|' || d.n as words
from demo_decision as d
join demo_unit as o on o.code = d.code
join app.meeting as x on x.owner_unit_id = o.unit_id and x.kind = d.kind and x.status in ('open', 'closed')
left join app.period as p on p.id = x.period_id
left join demo_unit as u on u.code = d.lead
where d.year = coalesce(p.year, extract(year from x.held_on)) and (d.lead is null or u.unit_id is not null)
    and (d.lead is null or u.leader_id is not null)
order by x.held_on, x.id, d.n;

insert into app.outcome (id, meeting_id, plan_id, position, kind, title, text, lead_unit_id, due_on, plan_item_id, owner_unit_id, created_at, updated_at)
select d.outcome_id, d.meeting_id, x.plan_id, d.n, d.outcome_kind, d.title, d.text, d.lead_id, d.due_on,
    (select i.id from app.plan_item as i where i.plan_id = x.plan_id and i.code = d.item), x.owner_unit_id,
    pg_temp.demo_time(d.held_on, d.words), pg_temp.demo_time(d.held_on, d.words)
from demo_decided as d
join app.meeting as x on x.id = d.meeting_id;
insert into app.outcome_unit (outcome_id, unit_id, role, created_at)
select d.outcome_id, u.id, 'addressed', pg_temp.demo_time(d.held_on, d.words)
from demo_decided as d
cross join lateral unnest(d.others) with ordinality as c (code, n)
join app.unit as u on u.code = c.code and u.is_active
order by d.held_on, d.n, c.n;

-- What happened to the tasks between two days: told, reported, confirmed, judged, given more time, taken back.
create procedure pg_temp.demo_tasks(p_from date, p_to date)
    language plpgsql
as $$
declare
    e record;
begin
    for e in
        select w.day, w.what, d.*, a.id as assignment_id
        from demo_decided as d
        join app.assignment as a on a.source_id = d.outcome_id
        cross join lateral (values
            (d.until, case when d.done then 'reported' else 'told' end),
            (case when d.done then pg_temp.demo_workday(d.until + 3) end, 'confirmed'),
            (case when d.more_time_to is not null then d.until + 1 end, 'more_time'),
            (d.judged_on, 'judged'), (d.taken_back_on, 'taken_back')) as w (day, what)
        where w.day > p_from and w.day <= p_to
        order by w.day, d.words
    loop
        perform pg_temp.demo_day(e.day);
        if e.what in ('told', 'reported') then
            insert into app.progress_entry (assignment_id, unit_id, part, status, progress, note, recorded_on, recorded_by, created_at)
            values (e.assignment_id, e.lead_id, 'lead', case e.what when 'told' then 'in_progress' else 'reported' end, e.progress, e.note, e.day,
                e.lead_officer_id, pg_temp.demo_time(e.day, e.words));
            update app.assignment as a
            set status = case e.what when 'told' then 'in_progress' else 'reported' end, progress = e.progress,
                reported_on = case e.what when 'reported' then e.day end
            where a.id = e.assignment_id;
        elsif e.what in ('confirmed', 'judged') then
            insert into app.progress_entry (assignment_id, unit_id, part, status, progress, note, recorded_on, recorded_by, created_at)
            values (e.assignment_id, case e.what when 'judged' then (select o.owner_unit_id from app.outcome as o where o.id = e.outcome_id) else e.lead_id end,
                'lead', 'completed', 100, case e.what when 'judged' then 'Đã ban hành, đơn vị chưa cập nhật' end, e.day,
                case e.what when 'judged' then e.owner_leader_id else e.lead_leader_id end, pg_temp.demo_time(e.day, e.words || '|end'));
            update app.assignment as a
            set status = 'completed', progress = 100, reported_on = coalesce(a.reported_on, e.day), completed_on = e.day,
                confirmed_by = case e.what when 'judged' then e.owner_leader_id else e.lead_leader_id end
            where a.id = e.assignment_id;
        elsif e.what = 'more_time' then
            insert into app.extension_request (assignment_id, unit_id, superior_unit_id, due_on, asked_due_on, reason, status, granted_due_on,
                decided_on, decided_at, decided_by, asked_by, created_at)
            select a.id, a.lead_unit_id, o.owner_unit_id, a.due_on, e.more_time_to, 'Chờ ý kiến của một số địa phương', 'granted', e.more_time_to,
                e.day, pg_temp.demo_time(e.day, e.words || '|granted'), e.owner_leader_id, e.lead_officer_id, pg_temp.demo_time(e.day, e.words || '|asked')
            from app.assignment as a join app.outcome as o on o.id = a.source_id
            where a.id = e.assignment_id;
            update app.assignment as a set due_on = e.more_time_to where a.id = e.assignment_id;
        else
            perform private.withdraw_work(e.outcome_id, e.reason);
            update app.outcome as o set status = 'withdrawn', withdrawn_on = e.day, withdraw_reason = e.reason where o.id = e.outcome_id;
        end if;
    end loop;
end;
$$;

-- Meeting by meeting. What is open arrives when one is convened; the packet is kept for those of the province and of Đồng Xoài,
-- and for the one that sits today (lateness reckoned to the day; what was done since is done).
create procedure pg_temp.demo_meetings()
    language plpgsql
as $$
declare
    m record;
    walked date := '2021-11-01';
begin
    for m in
        select w.day, w.what, x.id, u.code, x.status
        from app.meeting as x
        join demo_unit as u on u.unit_id = x.owner_unit_id
        cross join lateral (values (x.convened_on, 'convened'), (x.opened_on, 'opened'), (x.closed_on, 'closed')) as w (day, what)
        where w.day is not null and x.status <> 'cancelled'
        order by w.day, x.id, w.what = 'closed'
    loop
        call pg_temp.demo_tasks(walked, m.day - 1);
        walked := greatest(walked, m.day - 1);
        perform pg_temp.demo_day(m.day);
        if m.what = 'closed' then
            perform private.meeting_outcomes_issue(m.id);
        else
            perform private.meeting_carry_over(m.id);
            if m.what = 'opened' and (m.code in ('bdv-70', 'bdv-689') or m.status = 'open') then
                perform private.meeting_packet_freeze(m.id);
            end if;
        end if;
    end loop;
    call pg_temp.demo_tasks(walked, '2022-11-21');
end;
$$;
call pg_temp.demo_meetings();
select pg_temp.demo_day('2022-11-21') \g /dev/null

-- Each thing bears the hour of its day, which the triggers would put to the hour of loading.
alter table app.assignment disable trigger user;
alter table app.outcome disable trigger user;
alter table app.meeting_agenda_item disable trigger user;
update app.assignment as a
set created_at = pg_temp.demo_time(d.held_on, d.words || '|given'), updated_at = greatest(pg_temp.demo_time(d.held_on, d.words || '|given'),
    (select max(e.created_at) from app.progress_entry as e where e.assignment_id = a.id))
from demo_decided as d where d.outcome_id = a.source_id;
update app.outcome as o
set updated_at = greatest(o.created_at, pg_temp.demo_time(coalesce(o.completed_on, o.withdrawn_on, o.given_on, d.held_on), d.words || '|last'))
from demo_decided as d where d.outcome_id = o.id;
update app.meeting_packet as k set created_at = pg_temp.demo_time(k.frozen_on, k.meeting_id::text);
update app.meeting_agenda_item as i
set created_at = pg_temp.demo_time(m.convened_on, i.id::text), updated_at = pg_temp.demo_time(m.convened_on, i.id::text)
from app.meeting as m where m.id = i.meeting_id and i.outcome_id is not null;
alter table app.assignment enable trigger user;
alter table app.outcome enable trigger user;
alter table app.meeting_agenda_item enable trigger user;
update app.notice as n
set created_at = pg_temp.demo_time(x.closed_on, n.unit_id::text)
from app.meeting as x where n.topic = 'conclusions_issued' and x.id = n.resource_id;
update app.notice as n
set created_at = case n.topic when 'work_given' then a.created_at else pg_temp.demo_time(d.taken_back_on, d.words) end
from app.assignment as a join demo_decided as d on d.outcome_id = a.source_id
where n.topic in ('work_given', 'work_withdrawn') and n.resource_id = a.id;

drop table demo_decision, demo_decided;

\endif
