-- Review meetings of the year: the province holds its three and convenes the year's last; the districts hold theirs before,
-- but for the two that do badly (one cancelled, one never thought of it); blocs of communes of three districts too. What
-- the meetings decided is in the file after this one.
reset role;

\if :is_new_year

-- Who holds which kind, since when.
create temp table demo_series as
select private.new_id() as series_id, u.unit_id, u.code, u.level, u.district_code, u.class, k.kind
from demo_unit as u
cross join (values ('six_months'), ('nine_months'), ('year_end')) as k (kind)
where u.code = 'bdv-70'
    or u.kind = 'district_board' and (u.district_code <> '693' or k.kind <> 'nine_months')
    or u.kind = 'mobilization_bloc' and u.district_code in ('689', '692', '696') and pg_temp.demo_roll(u.code || '|meets') < 60
order by u.code, k.kind;

insert into app.meeting_series (id, plan_id, plan_item_id, kind, place, chair, owner_unit_id, created_at, updated_at)
select s.series_id, i.plan_id, i.id, s.kind,
    case s.level when 'province' then 'Hội trường Tỉnh ủy Bình Phước' when 'district' then 'Hội trường cơ quan khối Đảng' else 'Nhà văn hóa' end,
    case s.level when 'province' then 'Trưởng Ban Dân vận Tỉnh ủy' when 'district' then 'Trưởng ban Dân vận' else 'Trưởng khối Dân vận' end,
    s.unit_id, t.made_at, t.made_at
from demo_series as s
join app.plan_item as i on i.plan_id = '017b4fe7-da80-7000-8000-000000000a36' and i.code = 'T4'
cross join lateral (select pg_temp.demo_time(case s.level when 'province' then date '2021-11-22' else date '2021-11-29' end, s.code || s.kind) as made_at) as t
order by s.code, s.kind;

-- As II.4 names them: boards of the districts, party committees under the province, the Front, the bodies, departments.
insert into app.meeting_series_invitee (series_id, unit_kind, created_at)
select s.series_id, w.unit_kind, m.created_at
from demo_series as s
join app.meeting_series as m on m.id = s.series_id
join (values
    ('province', 'district_board'), ('province', 'provincial_direct_committee'), ('province', 'provincial_front'),
    ('province', 'provincial_trade_union'), ('province', 'provincial_farmers_union'), ('province', 'provincial_womens_union'),
    ('province', 'provincial_veterans_association'), ('province', 'provincial_youth_union'),
    ('province', 'provincial_peoples_committee'), ('province', 'provincial_department'),
    ('province', 'provincial_military_command'), ('province', 'provincial_border_guard_command'), ('province', 'provincial_police'),
    ('district', 'mobilization_bloc'), ('district', 'district_front'), ('district', 'district_trade_union'),
    ('district', 'district_farmers_union'), ('district', 'district_womens_union'), ('district', 'district_veterans_association'),
    ('district', 'district_youth_union'), ('district', 'district_peoples_committee'),
    ('grassroots', 'grassroots_front'), ('grassroots', 'grassroots_farmers_union'), ('grassroots', 'grassroots_womens_union'),
    ('grassroots', 'grassroots_veterans_association'), ('grassroots', 'grassroots_youth_union'),
    ('grassroots', 'grassroots_peoples_committee')
) as w (level, unit_kind) on w.level = s.level
order by s.code, s.kind, w.unit_kind;
insert into app.meeting_series_agenda_item (series_id, position, title, created_at, updated_at)
select s.series_id, w.position, w.title, m.created_at, m.created_at
from demo_series as s
join app.meeting_series as m on m.id = s.series_id
join (values
    ('any', 1, 'Thông qua chương trình; báo cáo kết quả thực hiện kết luận kỳ trước'),
    ('any', 2, 'Báo cáo đánh giá công tác dân vận trong kỳ'),
    ('any', 3, 'Thảo luận: tình hình nhân dân, khó khăn, vướng mắc và kiến nghị'),
    ('year_end', 4, 'Phương hướng, nhiệm vụ trọng tâm năm sau; đăng ký mô hình "Dân vận khéo"'),
    ('any', 5, 'Kết luận, phân công nhiệm vụ')
) as w (kind, position, title) on w.kind in ('any', s.kind)
order by s.code, s.kind, w.position;

-- The meetings: of the year 2021's end, of 2022, and the next.
create temp table demo_meeting as
select private.new_id() as meeting_id, s.*, d.period_id, d.label, d.year, h.held_on, h.state,
    case when h.state in ('closed', 'open', 'convened') then pg_temp.demo_workday(h.held_on - case s.level when 'province' then 12 when 'district' then 7 else 4 end) end as convened_on,
    s.code || '|' || s.kind || '|' || d.year as words, ''::text as title
from demo_series as s
join app.level as l on l.code = s.level
join app.meeting_rule as r on r.kind = s.kind and r.level_id = l.id
join (
    select x.id as period_id, x.kind, x.label, x.year, x.ends_on
    from app.period as x
    where x.plan_id = '017b4fe7-da80-7000-8000-000000000a36' and (x.year = 2022 or x.label = 'Năm 2021')) as d on d.kind = r.period_kind
cross join lateral (
    -- one day sooner or later below the province; an ill day moves to Monday
    select private.working_day(d.ends_on + r.held_offset_days
        + case s.level when 'province' then 0 else pg_temp.demo_roll(s.code || d.label || '|shift') % 3 end) as held_on) as w
cross join lateral (
    select w.held_on, case
        when w.held_on <= '2022-11-21' then case when s.code = 'bdv-691' and s.kind = 'six_months' then 'cancelled' else 'closed' end
        when s.code in ('bdv-70', 'bdv-689') then 'convened'
        else 'planned' end as state) as h
-- the two that do badly began only in 2022; of the communes half had a first year's end; many have not planned the next
where not (d.label = 'Năm 2021' and (s.class = 'weak' or s.level = 'grassroots' and pg_temp.demo_roll(s.code || '|2021') < 50))
    and not (d.label = 'Năm 2022' and s.level <> 'province' and s.code not in ('bdv-688', 'bdv-689', 'bdv-692', 'bdv-696', 'bdv-697')
        and pg_temp.demo_roll(s.code || '|2022') < 70)
order by h.held_on, s.code;
update demo_meeting set convened_on = '2022-11-18' where code in ('bdv-70', 'bdv-689') and state = 'convened';
update demo_meeting as m
set title = replace(r.title_pattern, '{year}', m.year::text)
from app.meeting_rule as r join app.level as l on l.id = r.level_id
where r.kind = m.kind and l.code = m.level;

insert into app.meeting (id, plan_id, plan_item_id, period_id, series_id, previous_meeting_id, kind, title, held_on, held_at, place, chair,
    secretary, status, convened_on, opened_on, closed_on, cancelled_on, cancel_reason, owner_unit_id, created_at, updated_at)
select m.meeting_id, s.plan_id, s.plan_item_id, m.period_id, m.series_id,
    lag(m.meeting_id) over (partition by m.code, m.state = 'cancelled' order by m.held_on),
    m.kind, m.title, m.held_on, case when pg_temp.demo_roll(m.words || '|half') < 70 then time '08:00' else time '13:30' end,
    s.place, s.chair, case m.level when 'province' then 'Phó Chánh Văn phòng Tỉnh ủy' when 'district' then 'Phó Trưởng ban Dân vận' else 'Phó khối Dân vận' end,
    case m.state when 'convened' then 'planned' else m.state end, m.convened_on,
    case when m.state = 'closed' then m.held_on end, case when m.state = 'closed' then m.held_on end,
    case when m.state = 'cancelled' then pg_temp.demo_workday(m.held_on - 3) end,
    case when m.state = 'cancelled' then 'Lồng ghép vào hội nghị sơ kết của Huyện ủy' end,
    m.unit_id,
    pg_temp.demo_time(pg_temp.demo_workday(least(m.held_on - 25, date '2022-11-14')), m.words),
    case when m.state = 'planned' then pg_temp.demo_time(pg_temp.demo_workday(least(m.held_on - 25, date '2022-11-14')), m.words)
        else pg_temp.demo_time(case m.state when 'closed' then m.held_on when 'cancelled' then pg_temp.demo_workday(m.held_on - 3)
            else m.convened_on end, m.words || '|last') end
from demo_meeting as m
join app.meeting_series as s on s.id = m.series_id
order by m.held_on, m.code;

-- Thematic ones, by hand: over, one that sits today, one to come.
insert into demo_meeting (meeting_id, unit_id, code, level, district_code, class, kind, held_on, state, convened_on, words, title)
select private.new_id(), u.unit_id, u.code, u.level, u.district_code, u.class, 'thematic', t.held_on, t.state, t.convened_on, u.code || '|' || t.title, t.title
from (values
    ('bdv-70', 'Hội nghị chuyên đề nhân rộng mô hình "Dân vận khéo" giai đoạn 2021-2025', date '2022-05-19', 'closed', date '2022-05-09'),
    ('bdv-689', 'Hội nghị chuyên đề dân vận trong giải phóng mặt bằng các dự án trọng điểm', date '2022-08-18', 'closed', date '2022-08-10'),
    ('bdv-692', 'Hội nghị chuyên đề phát huy dân chủ ở cơ sở tại các xã biên giới', date '2022-09-15', 'closed', date '2022-09-07'),
    ('bdv-695', 'Hội nghị chuyên đề công tác dân vận của chính quyền cấp xã', date '2022-11-21', 'open', date '2022-11-14'),
    ('bdv-696', 'Hội nghị chuyên đề công tác phối hợp với lực lượng vũ trang', date '2022-12-08', 'planned', null),
    ('phunu-70', 'Hội nghị chuyên đề Hội Liên hiệp Phụ nữ tham gia xây dựng nông thôn mới', date '2022-10-18', 'closed', date '2022-10-10')
) as t (code, title, held_on, state, convened_on)
join demo_unit as u on u.code = t.code
order by t.held_on, t.code;
insert into app.meeting (id, plan_id, kind, title, held_on, held_at, place, chair, secretary, status, convened_on, opened_on, closed_on,
    owner_unit_id, created_at, updated_at)
select m.meeting_id, '017b4fe7-da80-7000-8000-000000000a36', 'thematic', m.title, m.held_on, '08:00', 'Hội trường cơ quan',
    case m.code when 'bdv-70' then 'Trưởng Ban Dân vận Tỉnh ủy' when 'phunu-70' then 'Chủ tịch Hội' else 'Trưởng ban Dân vận' end,
    'Chuyên viên tổng hợp', m.state, m.convened_on,
    case when m.state in ('open', 'closed') then m.held_on end, case when m.state = 'closed' then m.held_on end, m.unit_id,
    pg_temp.demo_time(pg_temp.demo_workday(least(m.held_on - 20, date '2022-11-10')), m.words),
    pg_temp.demo_time(case when m.state in ('open', 'closed') then m.held_on else pg_temp.demo_workday(least(m.held_on - 20, date '2022-11-10')) end, m.words || '|last')
from demo_meeting as m
where m.kind = 'thematic'
order by m.held_on, m.code;

-- Agendas: of the series, and what a thematic one is about.
insert into app.meeting_agenda_item (meeting_id, position, title, presenter_unit_id, created_at, updated_at)
select m.meeting_id, a.position, a.title, case a.position when 2 then m.unit_id end, x.created_at, x.created_at
from demo_meeting as m
join app.meeting as x on x.id = m.meeting_id
join app.meeting_series_agenda_item as a on a.series_id = m.series_id
order by m.held_on, m.code, a.position;
insert into app.meeting_agenda_item (meeting_id, position, title, presenter_unit_id, created_at, updated_at)
select m.meeting_id, a.position, a.title, case a.position when 1 then m.unit_id end, x.created_at, x.created_at
from demo_meeting as m
join app.meeting as x on x.id = m.meeting_id
cross join (values (1, 'Báo cáo chuyên đề'), (2, 'Tham luận của các đơn vị'), (3, 'Thảo luận và kết luận')) as a (position, title)
where m.kind = 'thematic'
order by m.held_on, m.code, a.position;

-- Whom they invite: the series' units; a thematic one boards or blocs under it, the Front and the People's Committee.
insert into app.meeting_invitation (meeting_id, unit_id, reply, reply_note, replied_on, attendance, attendee_count, represented_by,
    created_at, updated_at)
select m.meeting_id, i.unit_id, r.reply, case r.reply when 'declined' then (array[
        'Trùng lịch làm việc với cấp ủy', 'Đang phục vụ đoàn kiểm tra của cấp trên', 'Trùng kỳ họp Hội đồng nhân dân',
        'Cán bộ phụ trách dự lớp bồi dưỡng lý luận chính trị', 'Trùng hội nghị của ngành dọc'])[1 + r.roll % 5] end,
    case when r.reply <> 'none' then least(m.convened_on + 1 + r.roll % 3, m.held_on, date '2022-11-21') end,
    a.attendance, case a.attendance when 'present' then 1 + r.roll % 3 end,
    case a.attendance when 'present' then (array['Cấp trưởng', 'Cấp phó', 'Cấp phó và chuyên viên', 'Ủy viên thường trực'])[1 + r.roll % 4] end,
    x.created_at,
    case when a.attendance is not null then x.updated_at when r.reply <> 'none' then greatest(x.created_at, m.convened_on + time '16:00') else x.created_at end
from demo_meeting as m
join app.meeting as x on x.id = m.meeting_id
cross join lateral (
    select u as unit_id from private.meeting_series_units(m.series_id) as u
    union
    select u.id
    from app.unit as u
    join app.unit as o on o.id = m.unit_id
    where m.kind = 'thematic' and u.is_active and u.id <> o.id
        and case m.level
            when 'province' then u.kind in ('district_board', 'provincial_front', 'provincial_peoples_committee')
                and m.code = 'bdv-70' or u.kind = 'district_womens_union' and m.code = 'phunu-70'
            else u.kind in ('mobilization_bloc', 'district_front', 'district_peoples_committee') and u.district_key = o.district_key end) as i
join app.unit as g on g.id = i.unit_id
cross join lateral (select pg_temp.demo_roll(m.words || '|' || g.code) as roll, pg_temp.demo_roll(m.words || '|reply|' || g.code) as reply_roll) as w
cross join lateral (
    select w.roll, case when m.convened_on is null or w.reply_roll < case when m.state = 'convened' then 55 else 12 end then 'none'
        when w.reply_roll < 94 then 'accepted' else 'declined' end as reply) as r
cross join lateral (
    select case when m.state = 'closed' then case when r.reply = 'declined' or r.reply = 'none' and w.roll < 40 or w.roll < 4 then 'absent' else 'present' end
        end as attendance) as a
order by m.held_on, m.code, i.unit_id;

-- Minutes of what is over: organisations' work, counts, no persons.
insert into app.meeting_minutes (meeting_id, text, created_at, updated_at)
select m.meeting_id, concat_ws(E'\n\n',
        '1. Thành phần: ' || c.present || '/' || c.invited || ' đơn vị được mời có mặt, ' || c.people || ' người dự.',
        '2. ' || case when m.kind = 'thematic' then 'Hội nghị nghe báo cáo chuyên đề và ' || 2 + pg_temp.demo_roll(m.words || '|talks') % 4 || ' tham luận.'
            else 'Hội nghị nghe báo cáo công tác dân vận ' || lower(m.label) || ' và ' || 3 + pg_temp.demo_roll(m.words || '|talks') % 6 || ' ý kiến thảo luận.' end,
        '3. Ý kiến tập trung vào: ' || (array[
            'việc theo dõi, báo cáo tiến độ Kế hoạch 36-KH/BDVTU còn chậm ở một số đơn vị',
            'phối hợp giữa ban dân vận với Ủy ban nhân dân cùng cấp trong dân vận chính quyền',
            'nhân rộng mô hình "Dân vận khéo" trong xây dựng nông thôn mới, đô thị văn minh',
            'nâng chất hoạt động của khối dân vận cơ sở và tổ dân vận',
            'thực hiện quy chế dân chủ ở cơ sở, tiếp dân và đối thoại'])[1 + pg_temp.demo_roll(m.words || '|about') % 5] || '.',
        '4. Chủ trì kết luận, giao nhiệm vụ cho các đơn vị theo danh mục kết luận của hội nghị.'),
    x.updated_at, x.updated_at
from demo_meeting as m
join app.meeting as x on x.id = m.meeting_id
cross join lateral (
    select count(*) as invited, count(*) filter (where i.attendance = 'present') as present, coalesce(sum(i.attendee_count), 0) as people
    from app.meeting_invitation as i where i.meeting_id = m.meeting_id) as c
where m.state = 'closed'
order by m.held_on, m.code;

insert into app.meeting_erratum (meeting_id, text, added_on, added_by, created_at)
select m.meeting_id, e.text, e.added_on, u.leader_id, pg_temp.demo_time(e.added_on, m.words || '|erratum')
from (values
    ('bdv-70', 'nine_months', 'Biên bản, mục 2: sửa "12 ý kiến thảo luận" thành số ý kiến đã ghi trong phiếu tổng hợp.', date '2022-10-20'),
    ('bdv-689', 'six_months', 'Biên bản, mục 1: Ủy ban nhân dân thành phố có hai đại biểu dự, không phải một.', date '2022-07-13')
) as e (code, kind, text, added_on)
join demo_meeting as m on m.code = e.code and m.kind = e.kind and m.year = 2022
join demo_unit as u on u.unit_id = m.unit_id;

-- What the invited were told, on the day.
select count(private.notify_unit(i.unit_id, 'meeting_convened', x.id || ':convened:' || x.held_on, null, 'meetings', x.id, x.owner_unit_id, x.plan_id, x.held_on))
from demo_meeting as m
join app.meeting as x on x.id = m.meeting_id and x.convened_on is not null
join app.meeting_invitation as i on i.meeting_id = x.id \g /dev/null
update app.notice as n
set created_at = pg_temp.demo_time(m.convened_on, m.words || '|told')
from demo_meeting as m
where n.topic = 'meeting_convened' and n.resource_id = m.meeting_id;

drop table demo_meeting, demo_series;

\endif
