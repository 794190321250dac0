-- Posts and people of the demonstration: the units with demonstration accounts in full, every other board and
-- bloc with its head. Names are put together from lists and belong to no real person; telephone numbers are
-- out of use, addresses of a domain that cannot exist. The same on every installation; loaded once.
reset role;

-- How many of each post a unit of this kind has, and may have.
create temp table demo_post (pattern text, position_code text, held integer, quota integer);
insert into demo_post (pattern, position_code, held, quota)
values
    ('^bdv-70$', 'board_head', 1, 1), ('^bdv-70$', 'standing_deputy_head', 1, 1), ('^bdv-70$', 'board_deputy_head', 2, 2),
    ('^bdv-70$', 'office_head', 3, 3), ('^bdv-70$', 'office_deputy_head', 3, 3), ('^bdv-70$', 'senior_officer', 3, 4),
    ('^bdv-70$', 'officer', 6, 7), ('^bdv-70$', 'employee', 2, 2),
    ('^phunu-70$', 'chair', 1, 1), ('^phunu-70$', 'vice_chair', 2, 3), ('^phunu-70$', 'office_head', 4, 4),
    ('^phunu-70$', 'officer', 8, 9),
    ('^bdv-(689|692)$', 'board_head', 1, 1), ('^bdv-(689|692)$', 'board_deputy_head', 2, 2), ('^bdv-(689|692)$', 'officer', 4, 4),
    ('^bdv-(?!70$|689$|692$)[0-9]+$', 'board_head', 1, 1), ('^bdv-(?!70$|689$|692$)[0-9]+$', 'board_deputy_head', 1, 2),
    ('^bdv-(?!70$|689$|692$)[0-9]+$', 'officer', 3, 3),
    ('^phunu-(689|692)$', 'chair', 1, 1), ('^phunu-(689|692)$', 'vice_chair', 1, 1), ('^phunu-(689|692)$', 'officer', 4, 3),
    ('^phunu-25195$', 'chair', 1, 1), ('^phunu-25195$', 'vice_chair', 1, 1), ('^phunu-25195$', 'member', 1, 1),
    ('^kdv-', 'bloc_head', 1, 1), ('^kdv-', 'bloc_deputy_head', 0, 1);

create temp table demo_person as
with slot as (
    select u.id as unit_id, u.code as unit_code, u.district_key, p.position_code, row_number() over (order by u.id, r.rank, g.n) as n
    from demo_post as p
    join app.unit as u on u.code ~ p.pattern and u.is_active
    join app.position as r on r.code = p.position_code
    -- the communes of the two districts with accounts have their deputy too
    cross join lateral generate_series(1, p.held + case when p.position_code = 'bloc_deputy_head' and u.district_key in (
        select d.area_id from app.unit as d where d.code in ('bdv-689', 'bdv-692')) then 1 else 0 end) as g (n)),
trait as (
    select s.*,
        case when s.unit_code like 'phunu-%' then true else (s.n * 7) % 20 < 9 end as is_female,
        (s.n * 11) % 17 < 3 as is_minority
    from slot as s)
select t.*,
    case when t.is_minority then case when t.is_female then 'Thị ' else 'Điểu ' end
        || (array['Lan', 'Hương', 'Bích', 'Ngọc', 'Tâm', 'Hà', 'Minh', 'Sơn', 'Khánh', 'Thanh', 'Yên'])[1 + (t.n * 5) % 11]
    else (array['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Phan', 'Vũ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ', 'Ngô', 'Dương'])[1 + (t.n * 3) % 13]
        || ' ' || case when t.is_female
            then (array['Thị', 'Thị Thu', 'Ngọc', 'Thị Kim', 'Thị Mỹ', 'Thanh', 'Thị Bích'])[1 + (t.n * 2) % 7]
            else (array['Văn', 'Đức', 'Minh', 'Quốc', 'Hữu', 'Xuân', 'Công'])[1 + (t.n * 2) % 7] end
        || ' ' || case when t.is_female
            then (array['Hoa', 'Hạnh', 'Phượng', 'Nga', 'Thảo', 'Loan', 'Dung', 'Vân', 'Trang', 'Nhung', 'Duyên'])[1 + (t.n * 7) % 11]
            else (array['Hùng', 'Dũng', 'Thắng', 'Bình', 'Tuấn', 'Hải', 'Long', 'Phúc', 'Sơn', 'Toàn', 'Vinh'])[1 + (t.n * 7) % 11] end
    end as full_name,
    'CB-' || lpad(t.n::text, 4, '0') as code
from trait as t
where not exists (select from app.staff);

insert into app.establishment (unit_id, position_code, quota, valid_from, legal_basis)
select u.id, p.position_code, p.quota, '2021-07-01', 'Quyết định giao biên chế năm 2021 (dữ liệu minh họa)'
from demo_post as p
join app.unit as u on u.code ~ p.pattern and u.is_active
where exists (select from demo_person)
order by u.id, p.position_code;

insert into app.staff (code, full_name, unit_id)
select d.code, d.full_name, d.unit_id from demo_person as d order by d.n;

insert into app.staff_detail (staff_id, born_on, gender, is_ethnic_minority, phone, email)
select s.id,
    case when d.n % 5 = 0 then date '1992-01-10' + (d.n * 37 % 2900)::integer else date '1966-03-01' + (d.n * 193 % 8800)::integer end,
    case when d.is_female then 'female' else 'male' end, d.is_minority,
    '0900 000 ' || lpad((d.n % 1000)::text, 3, '0'), lower(d.code) || '@canbo.invalid'
from demo_person as d
join app.staff as s on s.code = d.code
order by d.n;

insert into app.appointment (staff_id, unit_id, position_code, kind, valid_from, legal_basis)
select s.id, d.unit_id, d.position_code, 'primary', date '2020-09-01' + (d.n * 13 % 300)::integer,
    'Quyết định bổ nhiệm, tuyển dụng (dữ liệu minh họa)'
from demo_person as d
join app.staff as s on s.code = d.code
order by d.n;

-- an officer of the province lent to Đồng Xoài
insert into app.appointment (staff_id, unit_id, position_code, kind, valid_from, valid_to, legal_basis)
select s.id, u.id, 'officer', 'secondment', '2021-09-01', '2023-09-01', 'Quyết định biệt phái (dữ liệu minh họa)'
from demo_person as d
join app.staff as s on s.code = d.code
join app.unit as u on u.code = 'bdv-689'
where d.unit_code = 'bdv-70' and d.position_code = 'officer'
order by d.n limit 1;

insert into app.qualification (staff_id, kind, degree, subject, institution)
select s.id, 'professional', case when d.n % 4 = 0 then 'Thạc sĩ' else 'Đại học' end,
    (array['Luật', 'Hành chính học', 'Xã hội học', 'Quản lý nhà nước', 'Công tác xã hội'])[1 + d.n % 5], null
from demo_person as d
join app.staff as s on s.code = d.code
union all
select s.id, 'political_theory', case when r.is_leading then 'Cao cấp' else 'Trung cấp' end, null,
    case when not r.is_leading then 'Trường Chính trị tỉnh' end
from demo_person as d
join app.staff as s on s.code = d.code
join app.position as r on r.code = d.position_code;

-- four accounts are people's own
update app.staff as s
set user_id = account.id
from (
    select distinct on (a.login) a.login, d.code
    from (values ('tinh.chuyenvien', 'bdv-70', 'senior_officer'), ('dongxoai.chuyenvien', 'bdv-689', 'officer'),
        ('phunu.dongxoai.chuyenvien', 'phunu-689', 'officer'), ('tanphu.chuyenvien', 'kdv-25195', 'bloc_deputy_head'))
        as a (login, unit_code, position_code)
    join demo_person as d on d.unit_code = a.unit_code and d.position_code = a.position_code
    order by a.login, d.n) as own
join app.user_account as account on account.login = own.login
where s.code = own.code;

drop table demo_person, demo_post;
