-- Demonstration accounts. Names describe posts and belong to no real person. deploy fills the
-- temporary table demo_password (login, password_hash) with a random password per installation; an
-- account without a row there is not made, and one that exists is left alone.
reset role;

create temp table demo_account (
    login text primary key, display_name text not null, unit_code text not null, role text not null);
insert into demo_account (login, display_name, unit_code, role)
values
    ('tinh.admin', 'Quản trị Ban Dân vận Tỉnh ủy', 'bdv-70', 'admin'),
    ('tinh.lanhdao', 'Lãnh đạo Ban Dân vận Tỉnh ủy', 'bdv-70', 'leader'),
    ('tinh.chuyenvien', 'Chuyên viên Ban Dân vận Tỉnh ủy', 'bdv-70', 'officer'),
    ('tinh.xem', 'Người xem Ban Dân vận Tỉnh ủy', 'bdv-70', 'viewer'),
    ('phunu.tinh.chuyenvien', 'Chuyên viên Hội Liên hiệp Phụ nữ tỉnh', 'phunu-70', 'officer'),
    ('phunu.tinh.lanhdao', 'Lãnh đạo Hội Liên hiệp Phụ nữ tỉnh', 'phunu-70', 'leader'),
    ('dongxoai.lanhdao', 'Lãnh đạo Ban Dân vận Thành ủy Đồng Xoài', 'bdv-689', 'leader'),
    ('dongxoai.chuyenvien', 'Chuyên viên Ban Dân vận Thành ủy Đồng Xoài', 'bdv-689', 'officer'),
    ('locninh.lanhdao', 'Lãnh đạo Ban Dân vận Huyện ủy Lộc Ninh', 'bdv-692', 'leader'),
    ('locninh.chuyenvien', 'Chuyên viên Ban Dân vận Huyện ủy Lộc Ninh', 'bdv-692', 'officer'),
    ('phunu.dongxoai.chuyenvien', 'Chuyên viên Hội Liên hiệp Phụ nữ thành phố Đồng Xoài', 'phunu-689', 'officer'),
    ('phunu.dongxoai.lanhdao', 'Lãnh đạo Hội Liên hiệp Phụ nữ thành phố Đồng Xoài', 'phunu-689', 'leader'),
    ('phunu.tanphu.chuyenvien', 'Cán bộ Hội Liên hiệp Phụ nữ phường Tân Phú', 'phunu-25195', 'officer'),
    ('tanphu.lanhdao', 'Trưởng khối Dân vận phường Tân Phú', 'kdv-25195', 'leader'),
    ('tanphu.chuyenvien', 'Cán bộ khối Dân vận phường Tân Phú', 'kdv-25195', 'officer');

insert into app.user_account (login, display_name, home_unit_id, must_change_password)
select a.login, a.display_name, u.id, false
from demo_account as a
join pg_temp.demo_password as p on p.login = a.login
join app.unit as u on u.code = a.unit_code
where not exists (select from app.user_account as known where known.login = a.login)
order by a.login;

insert into app.membership (user_id, unit_id, role, valid_from)
select account.id, u.id, a.role, '2021-07-01'
from demo_account as a
join app.user_account as account on account.login = a.login
join app.unit as u on u.code = a.unit_code
where not exists (select from app.membership as m where m.user_id = account.id)
order by a.login;

insert into private.credential (user_id, password_hash)
select account.id, p.password_hash
from pg_temp.demo_password as p
join app.user_account as account on account.login = p.login
join demo_account as a on a.login = p.login
on conflict (user_id) do nothing;

drop table demo_account;
