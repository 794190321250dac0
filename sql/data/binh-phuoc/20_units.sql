-- Every body that plan 36-KH/BDVTU names, at its level, as of 01/7/2021: at the province one by one;
-- in the districts and communes made from the areas by kind. unit.code is the key (several communes
-- share a name): <prefix>-<area code>. Repeatable: a code that exists is left alone.
reset role;

create temp table wanted_unit (
    code text primary key, kind text not null, area_code text not null, name text not null,
    short_name text, parent_code text, note text);

insert into wanted_unit (code, kind, area_code, name, short_name, parent_code, note)
values
    ('capuy-70', 'provincial_committee', '70', 'Tỉnh ủy Bình Phước', null, null, null),
    ('bdv-70', 'provincial_board', '70', 'Ban Dân vận Tỉnh ủy Bình Phước', 'BDV Tỉnh ủy', null, null),
    ('bdv-70-doanthe', 'provincial_board_office', '70', 'Phòng Đoàn thể và các hội', null, 'bdv-70',
        'Kế hoạch 36 có chỗ gọi tắt là "Phòng Đoàn thể"'),
    ('bdv-70-nhanuoc', 'provincial_board_office', '70', 'Phòng Dân vận các cơ quan Nhà nước', null, 'bdv-70', null),
    ('vp-70', 'provincial_committee_office', '70', 'Văn phòng Tỉnh ủy Bình Phước', 'VP Tỉnh ủy', null, null),
    ('btc-70', 'provincial_organisation_board', '70', 'Ban Tổ chức Tỉnh ủy Bình Phước', 'BTC Tỉnh ủy', null, null),
    ('danguy-khoi-70', 'provincial_direct_committee', '70', 'Đảng ủy Khối Cơ quan và Doanh nghiệp tỉnh Bình Phước',
        null, null, 'Kế hoạch 36 chỉ nêu chung các đảng ủy trực thuộc; tên cần đối chiếu'),
    ('danguy-quansu-70', 'provincial_direct_committee', '70', 'Đảng ủy Quân sự tỉnh Bình Phước',
        null, null, 'Kế hoạch 36 chỉ nêu chung các đảng ủy trực thuộc; tên cần đối chiếu'),
    ('danguy-congan-70', 'provincial_direct_committee', '70', 'Đảng ủy Công an tỉnh Bình Phước',
        null, null, 'Kế hoạch 36 chỉ nêu chung các đảng ủy trực thuộc; tên cần đối chiếu'),
    ('danguy-bienphong-70', 'provincial_direct_committee', '70', 'Đảng ủy Bộ đội Biên phòng tỉnh Bình Phước',
        null, null, 'Kế hoạch 36 chỉ nêu chung các đảng ủy trực thuộc; tên cần đối chiếu'),
    ('truongct-70', 'provincial_political_school', '70', 'Trường Chính trị tỉnh Bình Phước', null, null, null),
    ('bcd-qcdc-70', 'provincial_steering_committee', '70',
        'Ban Chỉ đạo Tỉnh ủy về thực hiện quy chế dân chủ ở cơ sở', 'BCĐ QCDC', null,
        'Cơ quan thường trực: Ban Dân vận Tỉnh ủy'),
    ('bcd-tongiao-70', 'provincial_steering_committee', '70', 'Ban Chỉ đạo công tác tôn giáo tỉnh Bình Phước',
        'BCĐ công tác tôn giáo', null, 'Cơ quan thường trực: Ban Dân vận Tỉnh ủy'),
    ('dangdoan-hdnd-70', 'provincial_council_party_group', '70', 'Đảng đoàn Hội đồng nhân dân tỉnh Bình Phước',
        null, null, null),
    ('hdnd-70', 'provincial_council', '70', 'Hội đồng nhân dân tỉnh Bình Phước', 'HĐND tỉnh', null, null),
    ('bcsd-ubnd-70', 'provincial_government_party_committee', '70',
        'Ban cán sự đảng Ủy ban nhân dân tỉnh Bình Phước', null, null, null),
    ('ubnd-70', 'provincial_peoples_committee', '70', 'Ủy ban nhân dân tỉnh Bình Phước', 'UBND tỉnh', null, null),
    ('bandantoc-70', 'provincial_department', '70', 'Ban Dân tộc tỉnh Bình Phước', null, null, null),
    ('sonoivu-70', 'provincial_department', '70', 'Sở Nội vụ tỉnh Bình Phước', null, null, null),
    ('bcsd-toaan-70', 'provincial_judiciary_party_committee', '70',
        'Ban cán sự đảng Tòa án nhân dân tỉnh Bình Phước', null, null,
        'Kế hoạch 36 nêu chung: ban cán sự đảng các cơ quan tư pháp'),
    ('bcsd-vienkiemsat-70', 'provincial_judiciary_party_committee', '70',
        'Ban cán sự đảng Viện kiểm sát nhân dân tỉnh Bình Phước', null, null,
        'Kế hoạch 36 nêu chung: ban cán sự đảng các cơ quan tư pháp'),
    ('toaan-70', 'provincial_judiciary', '70', 'Tòa án nhân dân tỉnh Bình Phước', 'TAND tỉnh', null, null),
    ('vienkiemsat-70', 'provincial_judiciary', '70', 'Viện kiểm sát nhân dân tỉnh Bình Phước', 'VKSND tỉnh', null, null),
    ('dangdoan-mttq-70', 'provincial_front_party_group', '70',
        'Đảng đoàn Mặt trận Tổ quốc Việt Nam tỉnh Bình Phước', null, null, null),
    ('mttq-70', 'provincial_front', '70', 'Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Bình Phước', 'UBMTTQVN tỉnh', null, null),
    ('congdoan-70', 'provincial_trade_union', '70', 'Liên đoàn Lao động tỉnh Bình Phước', 'LĐLĐ tỉnh', null, null),
    ('nongdan-70', 'provincial_farmers_union', '70', 'Hội Nông dân tỉnh Bình Phước', 'HND tỉnh', null, null),
    ('phunu-70', 'provincial_womens_union', '70', 'Hội Liên hiệp Phụ nữ tỉnh Bình Phước', 'HLHPN tỉnh', null, null),
    ('ccb-70', 'provincial_veterans_association', '70', 'Hội Cựu chiến binh tỉnh Bình Phước', 'HCCB tỉnh', null, null),
    ('doan-70', 'provincial_youth_union', '70', 'Tỉnh đoàn Bình Phước', null, null,
        'Kế hoạch 36 ghi "Ban Thường vụ Tỉnh đoàn": cơ quan lãnh đạo của Tỉnh đoàn, không tách thành đơn vị riêng'),
    ('quansu-70', 'provincial_military_command', '70', 'Bộ Chỉ huy Quân sự tỉnh Bình Phước', 'BCHQS tỉnh', null, null),
    ('bienphong-70', 'provincial_border_guard_command', '70', 'Bộ Chỉ huy Bộ đội Biên phòng tỉnh Bình Phước',
        'BCH BĐBP tỉnh', null, null),
    ('congan-70', 'provincial_police', '70', 'Công an tỉnh Bình Phước', null, null, null),
    ('binhdoan-16', 'ministry_armed_unit', '70', 'Binh đoàn 16', null, null,
        'Trực thuộc Bộ Quốc phòng, đóng trên địa bàn; không phải đơn vị của tỉnh');

-- Districts and communes: one unit of each kind per area. %P% is the area's kind and name as written
-- inside a sentence ("thị xã Phước Long"), %U% the party committee's name ("Thị ủy Phước Long"),
-- %D% the youth union's ("Thị đoàn Phước Long").
insert into wanted_unit (code, kind, area_code, name, short_name)
select made.prefix || '-' || area.code, made.kind, area.code,
    replace(replace(replace(made.name, '%P%', area.place), '%U%', coalesce(area.committee, '')), '%D%', coalesce(area.youth, '')),
    replace(replace(made.short_name, '%P%', area.place), '%U%', coalesce(area.committee, ''))
from (
    select a.level_id, v.code,
        lower(v.kind) || ' ' || own.name as place,
        case v.kind when 'Huyện' then 'Huyện ủy ' when 'Thị xã' then 'Thị ủy ' when 'Thành phố' then 'Thành ủy ' end
            || own.name as committee,
        case v.kind when 'Huyện' then 'Huyện đoàn ' when 'Thị xã' then 'Thị đoàn ' when 'Thành phố' then 'Thành đoàn ' end
            || own.name as youth
    from app.area as a
    join app.area_version as v on v.area_id = a.id and v.valid_from = '2021-07-01'
    -- the name without its kind: "Xã Đường 10" → "Đường 10"
    cross join lateral (select substr(v.name, char_length(v.kind) + 2) as name) as own
    where exists (
        select from app.area as province
        join app.area_version as pv on pv.area_id = province.id and pv.code = '70' and pv.valid_from = '2021-07-01'
        where province.id in (a.parent_id, (select p.parent_id from app.area as p where p.id = a.parent_id)))
) as area
join (values
    ('capuy', 'district_committee', '%U%', null),
    ('vp', 'district_committee_office', 'Văn phòng %U%', 'VP %U%'),
    ('bdv', 'district_board', 'Ban Dân vận %U%', 'BDV %U%'),
    ('hdnd', 'district_council', 'Hội đồng nhân dân %P%', 'HĐND %P%'),
    ('ubnd', 'district_peoples_committee', 'Ủy ban nhân dân %P%', 'UBND %P%'),
    ('mttq', 'district_front', 'Ủy ban Mặt trận Tổ quốc Việt Nam %P%', 'UBMTTQVN %P%'),
    ('congdoan', 'district_trade_union', 'Liên đoàn Lao động %P%', 'LĐLĐ %P%'),
    ('nongdan', 'district_farmers_union', 'Hội Nông dân %P%', 'HND %P%'),
    ('phunu', 'district_womens_union', 'Hội Liên hiệp Phụ nữ %P%', 'HLHPN %P%'),
    ('ccb', 'district_veterans_association', 'Hội Cựu chiến binh %P%', 'HCCB %P%'),
    ('doan', 'district_youth_union', '%D%', null),
    ('quansu', 'district_military_command', 'Ban Chỉ huy Quân sự %P%', 'BCHQS %P%'),
    ('congan', 'district_police', 'Công an %P%', null),
    ('kdv', 'mobilization_bloc', 'Khối Dân vận %P%', 'KDV %P%'),
    ('hdnd', 'grassroots_council', 'Hội đồng nhân dân %P%', 'HĐND %P%'),
    ('ubnd', 'grassroots_peoples_committee', 'Ủy ban nhân dân %P%', 'UBND %P%'),
    ('mttq', 'grassroots_front', 'Ủy ban Mặt trận Tổ quốc Việt Nam %P%', 'UBMTTQVN %P%'),
    ('congdoan', 'grassroots_trade_union', 'Công đoàn cơ sở %P%', 'CĐCS %P%'),
    ('nongdan', 'grassroots_farmers_union', 'Hội Nông dân %P%', 'HND %P%'),
    ('phunu', 'grassroots_womens_union', 'Hội Liên hiệp Phụ nữ %P%', 'HLHPN %P%'),
    ('ccb', 'grassroots_veterans_association', 'Hội Cựu chiến binh %P%', 'HCCB %P%'),
    ('doan', 'grassroots_youth_union', 'Đoàn Thanh niên Cộng sản Hồ Chí Minh %P%', 'Đoàn TNCS Hồ Chí Minh %P%')
) as made (prefix, kind, name, short_name) on true
join app.unit_kind as kind on kind.code = made.kind and kind.level_id = area.level_id;

insert into app.unit (area_id, level_id, line_id, kind, code)
select v.area_id, kind.level_id, kind.line_id, kind.code, w.code
from wanted_unit as w
join app.area_version as v on v.code = w.area_code and v.valid_from = '2021-07-01'
join app.unit_kind as kind on kind.code = w.kind
where w.parent_code is null and not exists (select from app.unit as u where u.code = w.code)
order by kind.level_id, v.area_id, kind.line_id, w.code;

-- Units that stand inside another come after it.
insert into app.unit (area_id, level_id, line_id, kind, parent_id, code)
select parent.area_id, kind.level_id, kind.line_id, kind.code, parent.id, w.code
from wanted_unit as w
join app.unit as parent on parent.code = w.parent_code
join app.unit_kind as kind on kind.code = w.kind
where not exists (select from app.unit as u where u.code = w.code)
order by w.code;

insert into app.unit_version (unit_id, name, short_name, area_id, parent_id, valid_from, note)
select u.id, w.name, w.short_name, u.area_id, u.parent_id, '2021-07-01', w.note
from wanted_unit as w
join app.unit as u on u.code = w.code
where not exists (select from app.unit_version as v where v.unit_id = u.id)
order by u.id;

drop table wanted_unit;
