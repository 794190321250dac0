-- Training of the demonstration: what plan 36 requires (II.5: classes on mobilization work every year, II.3.1:
-- training of key cadres on grassroots democracy), and six courses of 2021 of the provincial board, the first with
-- the Political School. Only where there are people (50_staff.sql); the same on every installation; loaded once.
reset role;

insert into app.training_requirement (plan_id, plan_item_id, topic_code, position_code, level_id, line_id, year)
select p.id, i.id, q.topic, q.position, l.id, n.id, y.year
from (values
    -- leaders and officers of boards and blocs: the work itself
    ('T5.3', 'mobilization_work', 'board_head', null, 'mobilization'), ('T5.3', 'mobilization_work', 'standing_deputy_head', null, 'mobilization'),
    ('T5.3', 'mobilization_work', 'board_deputy_head', null, 'mobilization'), ('T5.3', 'mobilization_work', 'officer', null, 'mobilization'),
    ('T5.3', 'mobilization_work', 'bloc_head', 'grassroots', 'mobilization'), ('T5.3', 'mobilization_work', 'bloc_deputy_head', 'grassroots', 'mobilization'),
    -- leaders of the Front and the bodies: the same class
    ('T5.3', 'mobilization_work', 'chair', null, null), ('T5.3', 'mobilization_work', 'vice_chair', null, null),
    -- key cadres at the grassroots: democracy there
    ('T3.1.3', 'grassroots_democracy', 'bloc_head', 'grassroots', 'mobilization'),
    ('T3.1.3', 'grassroots_democracy', 'board_head', 'district', 'mobilization')
) as q (item, topic, position, level, line)
cross join generate_series(2021, 2025) as y (year)
join app.plan as p on p.number = '36-KH/BDVTU'
join app.plan_item as i on i.plan_id = p.id and i.code = q.item
left join app.level as l on l.code = q.level
left join app.line as n on n.code = q.line
where exists (select from app.staff) and not exists (select from app.training_requirement)
order by y.year, q.topic, q.position
on conflict do nothing;

create temp table demo_course as
select x.*, u.id as organiser_unit_id
from (values
    (1, '2021-08-16', '2021-08-18', 'mobilization_work', 'Lớp bồi dưỡng nghiệp vụ công tác dân vận năm 2021 (lớp 1)'),
    (2, '2021-08-23', '2021-08-25', 'mobilization_work', 'Lớp bồi dưỡng nghiệp vụ công tác dân vận năm 2021 (lớp 2)'),
    (3, '2021-09-07', '2021-09-08', 'grassroots_democracy', 'Tập huấn thực hiện quy chế dân chủ ở cơ sở năm 2021 (lớp 1)'),
    (4, '2021-09-14', '2021-09-15', 'grassroots_democracy', 'Tập huấn thực hiện quy chế dân chủ ở cơ sở năm 2021 (lớp 2)'),
    (5, '2021-10-05', '2021-10-06', 'skilful_mobilization', 'Tập huấn xây dựng mô hình "Dân vận khéo" năm 2021'),
    (6, '2021-12-07', '2021-12-09', 'ethnic_affairs', 'Lớp bồi dưỡng kiến thức công tác dân tộc năm 2021')
) as x (n, starts_on, ends_on, topic_code, name)
join app.unit as u on u.code = 'bdv-70'
where exists (select from app.staff) and not exists (select from app.course);

insert into app.course (code, name, topic_code, organiser_unit_id, partner, plan_item_id, starts_on, ends_on, place, capacity)
select 'TH-2021-' || lpad(d.n::text, 2, '0'), d.name, d.topic_code, d.organiser_unit_id, 'Trường Chính trị tỉnh Bình Phước',
    i.id, d.starts_on::date, d.ends_on::date, 'Trường Chính trị tỉnh Bình Phước', 150
from demo_course as d
left join app.plan as p on p.number = '36-KH/BDVTU'
left join app.plan_item as i on i.plan_id = p.id
    and i.code = case d.topic_code when 'grassroots_democracy' then 'T3.1.3' else 'T5.3' end
order by d.n;
insert into app.course_day (course_id, day)
select c.id, g::date
from app.course as c
join demo_course as d on c.code = 'TH-2021-' || lpad(d.n::text, 2, '0')
cross join generate_series(c.starts_on, c.ends_on, interval '1 day') as g;

-- Every tenth person, begun at another for each course, who stood somewhere on its first day and must have the topic.
insert into app.training_record (course_id, staff_id, status)
select c.id, s.id, 'registered'
from demo_course as d
join app.course as c on c.code = 'TH-2021-' || lpad(d.n::text, 2, '0')
join (
    select x.*, row_number() over (order by x.code) as n
    from app.staff as x) as s on s.n % 10 in (d.n, d.n + 4) and s.n <= 700
where exists (
    select from app.appointment as a
    where a.staff_id = s.id and a.kind = 'primary' and a.valid_from <= c.starts_on
        and (a.valid_to is null or a.valid_to > c.starts_on))
order by d.n, s.n;

-- Five courses are over: one person in eight was absent, one in thirty failed. The sixth takes registrations.
insert into app.training_attendance (record_id, day, is_present)
select r.id, y.day, abs(hashtext(s.code)) % 8 <> 0
from app.training_record as r
join app.course as c on c.id = r.course_id and c.ends_on < '2021-11-15'
join demo_course as d on c.code = 'TH-2021-' || lpad(d.n::text, 2, '0')
join app.course_day as y on y.course_id = c.id
join app.staff as s on s.id = r.staff_id;
update app.training_record as r
set status = case when t.present > 0 then 'attended' else 'absent' end, days_attended = t.present
from (
    select a.record_id, (count(*) filter (where a.is_present))::smallint as present
    from app.training_attendance as a group by a.record_id) as t
where t.record_id = r.id and exists (select from demo_course);
update app.training_record as r
set result = case when abs(hashtext(s.code)) % 30 = 7 then 'failed' else 'passed' end,
    certificate_number = case when abs(hashtext(s.code)) % 30 <> 7 then c.code || '/' || s.code end
from app.course as c, app.staff as s
where c.id = r.course_id and s.id = r.staff_id and r.status = 'attended' and exists (select from demo_course);
update app.course as c
set status = case when c.ends_on < '2021-11-15' then 'closed' else 'open' end
where exists (select from demo_course as d where c.code = 'TH-2021-' || lpad(d.n::text, 2, '0'));

insert into app.course_invitation (course_id, unit_id, places)
select c.id, u.id, greatest(5, private.course_taken(c.id, u.id))
from app.course as c
join app.unit as u on u.code ~ '^bdv-' and u.is_active and u.parent_id is null and u.code <> 'bdv-70'
where exists (select from demo_course) and c.code like 'TH-2021-%'
order by c.starts_on, u.id;

drop table demo_course;
