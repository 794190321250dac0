-- "Dân vận khéo" of 2021 and 2022: some three hundred models of all levels and lines, how far they came, the decisions that
-- recognised them, where they were replicated; the drive for the 95th anniversary and the congress, both planned; awards.
reset role;

\if :is_new_year

create temp table demo_model as
select private.new_id() as id, u.unit_id, u.code, u.level, u.line, u.area_id, u.district_code, y.year, k.field, k.name,
    'model' || u.code || y.year || k.field as words,
    pg_temp.demo_workday(make_date(y.year, 1, 10) + pg_temp.demo_roll('day' || u.code || y.year || k.field) * 100 / 60) as registered_on,
    (select v.name from app.area_version as v where v.area_id = u.area_id and v.valid_from <= '2021-07-01'
        order by v.valid_from desc limit 1) as place
from demo_unit as u
cross join (values (2021), (2022)) as y (year)
join lateral (
    select t.field, t.names[1 + pg_temp.demo_roll('name' || u.code || y.year) % cardinality(t.names)] as name, t.most
    from (values
        ('economy', 30, array[
            'Vận động liên kết trồng, tiêu thụ hồ tiêu, điều theo tổ hợp tác', 'Tổ hội nghề nghiệp chăn nuôi an toàn sinh học',
            'Hiến công, góp vật liệu làm đường giao thông nông thôn', 'Quỹ xoay vòng vốn giúp hội viên phát triển sản xuất',
            'Chuyển đổi cây trồng, đưa sản phẩm lên sàn thương mại điện tử', 'Thắp sáng đường quê bằng nguồn vận động tại chỗ']),
        ('culture_society', 35, array[
            'Tuyến đường hoa, sáng - xanh - sạch - đẹp', 'Phân loại rác tại nguồn, đổi rác thải nhựa lấy cây xanh',
            'Tổ hỗ trợ tuyến đầu phòng, chống dịch COVID-19', 'Tiết kiệm trong việc cưới, việc tang, xây dựng nếp sống văn minh',
            'Thư viện cộng đồng và tủ sách khuyến học', 'Nồi cháo nghĩa tình tại trung tâm y tế', 'Câu lạc bộ giữ gìn nghề dệt, cồng chiêng']),
        ('defence_security', 15, array[
            'Tổ tự quản về an ninh trật tự', 'Camera an ninh do cộng đồng vận hành', 'Tổ tự quản đường biên, cột mốc',
            'Vận động thanh niên lên đường nhập ngũ', 'Tiếng kẻng an ninh']),
        ('political_system', 20, array[
            'Ngày thứ Sáu lắng nghe ý kiến nhân dân', 'Bộ phận một cửa thân thiện, trả kết quả tại nhà', 'Chi hội mạnh, thu hút đoàn viên, hội viên mới',
            'Tổ dân vận đến từng ngõ, gặp từng nhà', 'Đối thoại định kỳ giữa người đứng đầu với nhân dân'])
    ) as t (field, most, names)) as k on pg_temp.demo_roll(u.code || y.year || k.field) < k.most * (
        case when u.level = 'grassroots' and u.line = 'mobilization' then 80
            when u.level = 'district' and u.line in ('mobilization', 'women', 'farmers', 'youth', 'armed_forces') then 60
            when u.line in ('women', 'farmers', 'youth', 'veterans', 'front') then 22 when u.line = 'armed_forces' then 70 else 0 end) / 100
where u.level in ('district', 'grassroots') and (k.name <> 'Tổ tự quản đường biên, cột mốc' or u.district_code in ('691', '692', '693'))
    and pg_temp.demo_roll('kept' || u.code || y.year || k.field) < case when u.line in ('mobilization', 'armed_forces') then 80 else 60 end
order by u.code, y.year, k.field;

-- 85 of 100 prove effective within the year, two thirds of these are recognised at its end.
alter table demo_model add column effective_on date, add column recognised_on date, add column recognised_at text, add column ended_on date;
update demo_model as m
set effective_on = pg_temp.demo_workday(m.registered_on + 60 + pg_temp.demo_roll(m.words || 'effective') % 70)
where pg_temp.demo_roll(m.words || 'works') < 85;
update demo_model as m set effective_on = null where m.effective_on > '2022-11-18';
update demo_model as m
set recognised_at = case when m.level = 'district' or t.roll < 40 then case when t.roll % 4 = 0 then 'province' else 'district' end else 'grassroots' end,
    recognised_on = case m.year when 2021 then date '2021-12-20' else date '2022-11-11' end
from (select x.id, pg_temp.demo_roll(x.words || 'level') as roll from demo_model as x) as t
where t.id = m.id and m.effective_on <= case m.year when 2021 then date '2021-12-20' else date '2022-11-11' end
    and pg_temp.demo_roll(m.words || 'recognised') < 66;
update demo_model as m set ended_on = '2022-01-14' where m.year = 2021 and m.effective_on is null and pg_temp.demo_roll(m.words || 'ended') < 50;

-- Who recognises: the board or bloc of the level, by one decision a year.
create temp table demo_decision as
select distinct m.recognised_on, m.recognised_at, r.unit_id, r.name, r.code, null::uuid as document_id
from demo_model as m
join demo_unit as r on r.code = case m.recognised_at when 'province' then 'bdv-70' when 'district' then 'bdv-' || m.district_code
    else (select x.code from demo_unit as x where x.area_id = m.area_id and x.kind = 'mobilization_bloc') end
where m.recognised_on is not null;
with made as (
    insert into app.document (symbol, kind, issuer, issued_on, subject, status, owner_unit_id)
    select lpad((30 + pg_temp.demo_roll(d.code || d.recognised_on) % 60)::text, 2, '0')
            || case d.recognised_at when 'province' then '-QĐ/BDVTU' when 'district' then '-QĐ/BDV' else '-QĐ/KDV' end,
        'decision', d.name, d.recognised_on,
        'Công nhận mô hình "Dân vận khéo" năm ' || extract(year from d.recognised_on), 'published', d.unit_id
    from demo_decision as d
    order by d.code, d.recognised_on
    returning id, owner_unit_id, issued_on)
update demo_decision as d set document_id = m.id
from made as m where m.owner_unit_id = d.unit_id and m.issued_on = d.recognised_on;

insert into app.emulation_model (id, plan_item_id, field, name, description, registered_on, status, effective_on, recognised_on,
    recognition_level_id, recognised_by_unit_id, document_id, ended_on, end_reason, owner_unit_id)
select m.id, i.id, m.field, m.name || case when m.level = 'grassroots' then ', ' else ' ở ' end || lower(left(m.place, 1)) || substr(m.place, 2),
    'Vận động, phân công từng thành viên; ' || 3 + pg_temp.demo_roll(m.words || 'n') % 9 || ' thôn, ấp, khu phố tham gia.', m.registered_on,
    case when m.ended_on is not null then 'ended' when m.recognised_on is not null then 'recognised'
        when m.effective_on is not null then 'effective' else 'registered' end,
    m.effective_on, m.recognised_on, l.id, d.unit_id, d.document_id, m.ended_on,
    case when m.ended_on is not null then 'Không còn điều kiện thực hiện do dịch COVID-19' end, m.unit_id
from demo_model as m
join app.plan_item as i on i.plan_id = '017b4fe7-da80-7000-8000-000000000a36' and i.code = 'T1.2d'
left join app.level as l on l.code = m.recognised_at
left join demo_decision as d on d.recognised_on = m.recognised_on and d.recognised_at = m.recognised_at and m.recognised_on is not null
    and d.code = case m.recognised_at when 'province' then 'bdv-70' when 'district' then 'bdv-' || m.district_code
        else (select x.code from demo_unit as x where x.area_id = m.area_id and x.kind = 'mobilization_bloc') end
order by m.code, m.year, m.field;

-- A third of the recognised of 2021 were taken over in 2022 by units of the same line in the district.
insert into app.emulation_replication (model_id, unit_id, replicated_on, note, recorded_by_unit_id)
select m.id, o.unit_id, pg_temp.demo_workday(date '2022-03-01' + pg_temp.demo_roll(m.words || o.code) * 2), 'Học tập cách làm qua sinh hoạt khối', b.unit_id
from demo_model as m
join demo_unit as b on b.code = 'bdv-' || m.district_code
cross join lateral (
    select u.unit_id, u.code from demo_unit as u
    where u.line = m.line and u.level = 'grassroots' and u.district_code = m.district_code and u.unit_id <> m.unit_id
    order by md5(m.words || u.code) limit 1 + pg_temp.demo_roll(m.words || 'spread') % 3) as o
where m.year = 2021 and m.recognised_on is not null and pg_temp.demo_roll(m.words || 'replicated') < 34
order by m.code, m.field, o.code;
-- and the best in a whole district
insert into app.emulation_replication (model_id, area_id, replicated_on, note, recorded_by_unit_id)
select m.id, b.area_id, date '2022-09-30', 'Nhân rộng toàn huyện theo hướng dẫn của ban dân vận', b.unit_id
from demo_model as m
join demo_unit as b on b.code = 'bdv-' || m.district_code
where m.year = 2021 and m.recognised_at = 'province' and pg_temp.demo_roll(m.words || 'whole') < 50
order by m.code, m.field;

insert into app.emulation_drive (kind, title, plan_item_id, starts_on, ends_on, launched_on, summed_up_on, owner_unit_id)
select d.kind, d.title, i.id, d.starts_on, d.ends_on, d.launched_on, d.summed_up_on, u.unit_id
from (values
    ('drive', 'Đợt thi đua chào mừng 95 năm Ngày truyền thống công tác dân vận của Đảng (15/10/1930 - 15/10/2025)', 'T1.2e',
        date '2024-10-15', date '2025-10-15', null::date, null::date),
    ('congress', 'Đại hội thi đua yêu nước ngành Dân vận tỉnh Bình Phước, giai đoạn 2021-2025', 'T1.2f', '2025-06-16', '2025-06-17', null, null),
    ('drive', 'Phong trào thi đua "Dân vận khéo" giai đoạn 2021-2025', 'T1.2d', '2021-10-15', '2025-10-15', '2021-10-15', null),
    ('drive', 'Đợt thi đua cao điểm chung tay phòng, chống dịch COVID-19', 'T1.2d', '2021-11-01', '2022-02-28', '2021-11-01', '2022-03-04')
) as d (kind, title, item_code, starts_on, ends_on, launched_on, summed_up_on)
join app.plan_item as i on i.plan_id = '017b4fe7-da80-7000-8000-000000000a36' and i.code = d.item_code
join demo_unit as u on u.code = 'bdv-70';

insert into app.award_count (year, form, awarding_level_id, group_count, person_count, awarded_on, drive_id, owner_unit_id)
select y.year, case t.level when 'province' then 'Bằng khen' else 'Giấy khen' end, l.id,
    case when u.level = 'district' then 2 else 0 end + pg_temp.demo_roll(u.code || y.year || t.level) % 4,
    1 + pg_temp.demo_roll(u.code || y.year || t.level || 'p') % 6, case y.year when 2021 then date '2021-12-24' else date '2022-10-14' end,
    (select d.id from app.emulation_drive as d where d.title like 'Phong trào thi đua "Dân vận khéo"%' and d.owner_unit_id = b.unit_id), u.unit_id
from demo_unit as u
join demo_unit as b on b.code = 'bdv-70'
cross join (values (2021), (2022)) as y (year)
join (values ('province', 'district', 100), ('district', 'district', 100), ('district', 'grassroots', 45)) as t (level, of_level, share)
    on t.of_level = u.level and pg_temp.demo_roll(u.code || y.year || t.level || 'award') < t.share
join app.level as l on l.code = t.level
where u.line = 'mobilization'
order by u.code, y.year, t.level;

drop table demo_model, demo_decision;

\endif
