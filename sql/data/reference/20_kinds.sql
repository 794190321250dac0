-- Kinds of units, the roles that a level's units hold, and kinds of documents. Data, not code: a
-- province whose boards have merged adds its own kinds and roles here or through the directory.
-- Needs levels and lines (10_…). Repeatable: a changed name is corrected, nothing is removed.
reset role;

insert into app.unit_kind (code, name, line_id, level_id)
select kind.code, kind.name, line.id, level.id
from (values
    -- province
    ('provincial_committee', 'Tỉnh ủy', 'party', 'province'),
    ('provincial_committee_office', 'Văn phòng Tỉnh ủy', 'party', 'province'),
    ('provincial_organisation_board', 'Ban Tổ chức Tỉnh ủy', 'party', 'province'),
    ('provincial_direct_committee', 'Đảng ủy trực thuộc Tỉnh ủy', 'party', 'province'),
    ('provincial_steering_committee', 'Ban Chỉ đạo của Tỉnh ủy', 'party', 'province'),
    ('provincial_board', 'Ban Dân vận Tỉnh ủy', 'mobilization', 'province'),
    ('provincial_board_office', 'Phòng thuộc Ban Dân vận Tỉnh ủy', 'mobilization', 'province'),
    -- the propaganda board, and the one board that both have been since 2025
    ('provincial_propaganda_board', 'Ban Tuyên giáo Tỉnh ủy', 'party', 'province'),
    ('provincial_propaganda_mobilization_board', 'Ban Tuyên giáo và Dân vận Tỉnh ủy', 'mobilization', 'province'),
    ('provincial_propaganda_mobilization_board_office', 'Phòng thuộc Ban Tuyên giáo và Dân vận Tỉnh ủy', 'mobilization', 'province'),
    ('provincial_political_school', 'Trường Chính trị tỉnh', 'school', 'province'),
    ('provincial_council_party_group', 'Đảng đoàn Hội đồng nhân dân tỉnh', 'council', 'province'),
    ('provincial_council', 'Hội đồng nhân dân tỉnh', 'council', 'province'),
    ('provincial_government_party_committee', 'Ban cán sự đảng Ủy ban nhân dân tỉnh', 'government', 'province'),
    ('provincial_peoples_committee', 'Ủy ban nhân dân tỉnh', 'government', 'province'),
    ('provincial_department', 'Sở, ban, ngành tỉnh', 'government', 'province'),
    ('provincial_judiciary_party_committee', 'Ban cán sự đảng cơ quan tư pháp tỉnh', 'judiciary', 'province'),
    ('provincial_judiciary', 'Cơ quan tư pháp tỉnh', 'judiciary', 'province'),
    ('provincial_front_party_group', 'Đảng đoàn Mặt trận Tổ quốc Việt Nam tỉnh', 'front', 'province'),
    ('provincial_front', 'Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh', 'front', 'province'),
    ('provincial_trade_union', 'Liên đoàn Lao động tỉnh', 'trade_union', 'province'),
    ('provincial_farmers_union', 'Hội Nông dân tỉnh', 'farmers', 'province'),
    ('provincial_womens_union', 'Hội Liên hiệp Phụ nữ tỉnh', 'women', 'province'),
    ('provincial_veterans_association', 'Hội Cựu chiến binh tỉnh', 'veterans', 'province'),
    ('provincial_youth_union', 'Tỉnh đoàn', 'youth', 'province'),
    ('provincial_mass_association', 'Hội quần chúng cấp tỉnh', 'mass_association', 'province'),
    ('provincial_military_command', 'Bộ Chỉ huy Quân sự tỉnh', 'armed_forces', 'province'),
    ('provincial_border_guard_command', 'Bộ Chỉ huy Bộ đội Biên phòng tỉnh', 'armed_forces', 'province'),
    ('provincial_police', 'Công an tỉnh', 'armed_forces', 'province'),
    ('ministry_armed_unit', 'Đơn vị lực lượng vũ trang của Bộ đóng trên địa bàn', 'armed_forces', 'province'),
    -- district
    ('district_committee', 'Huyện ủy, thị ủy, thành ủy', 'party', 'district'),
    ('district_committee_office', 'Văn phòng huyện ủy, thị ủy, thành ủy', 'party', 'district'),
    ('district_board', 'Ban Dân vận huyện ủy, thị ủy, thành ủy', 'mobilization', 'district'),
    ('district_council', 'Hội đồng nhân dân cấp huyện', 'council', 'district'),
    ('district_peoples_committee', 'Ủy ban nhân dân cấp huyện', 'government', 'district'),
    ('district_front', 'Ủy ban Mặt trận Tổ quốc Việt Nam cấp huyện', 'front', 'district'),
    ('district_trade_union', 'Liên đoàn Lao động cấp huyện', 'trade_union', 'district'),
    ('district_farmers_union', 'Hội Nông dân cấp huyện', 'farmers', 'district'),
    ('district_womens_union', 'Hội Liên hiệp Phụ nữ cấp huyện', 'women', 'district'),
    ('district_veterans_association', 'Hội Cựu chiến binh cấp huyện', 'veterans', 'district'),
    ('district_youth_union', 'Huyện đoàn, thị đoàn, thành đoàn', 'youth', 'district'),
    ('district_military_command', 'Ban Chỉ huy Quân sự cấp huyện', 'armed_forces', 'district'),
    ('district_police', 'Công an cấp huyện', 'armed_forces', 'district'),
    -- grassroots
    ('mobilization_bloc', 'Khối Dân vận xã, phường, thị trấn', 'mobilization', 'grassroots'),
    ('grassroots_council', 'Hội đồng nhân dân cấp xã', 'council', 'grassroots'),
    ('grassroots_peoples_committee', 'Ủy ban nhân dân cấp xã', 'government', 'grassroots'),
    ('grassroots_front', 'Ủy ban Mặt trận Tổ quốc Việt Nam cấp xã', 'front', 'grassroots'),
    ('grassroots_trade_union', 'Công đoàn cơ sở cấp xã', 'trade_union', 'grassroots'),
    ('grassroots_farmers_union', 'Hội Nông dân cấp xã', 'farmers', 'grassroots'),
    ('grassroots_womens_union', 'Hội Liên hiệp Phụ nữ cấp xã', 'women', 'grassroots'),
    ('grassroots_veterans_association', 'Hội Cựu chiến binh cấp xã', 'veterans', 'grassroots'),
    ('grassroots_youth_union', 'Đoàn Thanh niên Cộng sản Hồ Chí Minh cấp xã', 'youth', 'grassroots')
) as kind (code, name, line, level)
join app.line on line.code = kind.line
join app.level on level.code = kind.level
on conflict (code) do update set name = excluded.name, line_id = excluded.line_id, level_id = excluded.level_id
where (unit_kind.name, unit_kind.line_id, unit_kind.level_id)
    is distinct from (excluded.name, excluded.line_id, excluded.level_id);

do $$ begin
    -- a misspelt line or level above would silently lose its kinds
    if (select count(*) from app.unit_kind) < 52 then
        raise exception 'a unit kind names a line or level that does not exist';
    end if;
end $$;

insert into app.level_role (code, name)
values
    ('committee', 'Cấp ủy'),
    ('committee_board', 'Ban Dân vận cấp ủy; ở cơ sở là khối dân vận'),
    ('committee_board_office', 'Phòng chuyên môn thuộc Ban Dân vận'),
    ('committee_office', 'Văn phòng cấp ủy'),
    ('councils', 'Hội đồng nhân dân cùng cấp'),
    ('peoples_committee', 'Ủy ban nhân dân cùng cấp'),
    ('departments', 'Sở, ban, ngành'),
    ('judiciary_party_committees', 'Ban cán sự đảng các cơ quan tư pháp'),
    ('front', 'Mặt trận Tổ quốc Việt Nam cùng cấp'),
    ('political_bodies', 'Các tổ chức chính trị - xã hội cùng cấp'),
    ('mass_associations', 'Các hội quần chúng'),
    ('armed_forces', 'Đơn vị lực lượng vũ trang cùng cấp'),
    ('units_concerned', 'Các địa phương, cơ quan, đơn vị'),
    ('related_departments', 'Các ngành liên quan')
on conflict (code) do update set name = excluded.name where level_role.name <> excluded.name;

comment on table app.level_role is
    'A role of a level, e.g. "the board of the committee concerned". One without kinds (related_departments, units_concerned) is an open-ended wording: kept as written, it resolves to no unit.';

-- Which kinds hold a role at a level. "Các ngành liên quan" has no row on purpose.
insert into app.level_role_kind (role, level_id, kind)
select held.role, kind.level_id, kind.code
from (values
    ('committee', array['provincial_committee', 'district_committee']),
    ('committee_board', array['provincial_board', 'provincial_propaganda_mobilization_board', 'district_board', 'mobilization_bloc']),
    ('committee_board_office', array['provincial_board_office', 'provincial_propaganda_mobilization_board_office']),
    ('committee_office', array['provincial_committee_office', 'district_committee_office']),
    ('councils', array['provincial_council', 'district_council', 'grassroots_council']),
    ('peoples_committee',
        array['provincial_peoples_committee', 'district_peoples_committee', 'grassroots_peoples_committee']),
    ('departments', array['provincial_department']),
    ('judiciary_party_committees', array['provincial_judiciary_party_committee']),
    ('front', array['provincial_front', 'district_front', 'grassroots_front']),
    ('political_bodies', array[
        'provincial_trade_union', 'provincial_farmers_union', 'provincial_womens_union',
        'provincial_veterans_association', 'provincial_youth_union',
        'district_trade_union', 'district_farmers_union', 'district_womens_union',
        'district_veterans_association', 'district_youth_union',
        'grassroots_trade_union', 'grassroots_farmers_union', 'grassroots_womens_union',
        'grassroots_veterans_association', 'grassroots_youth_union']),
    ('mass_associations', array['provincial_mass_association']),
    ('armed_forces', array[
        'provincial_military_command', 'provincial_border_guard_command', 'provincial_police',
        'ministry_armed_unit', 'district_military_command', 'district_police'])
) as held (role, kinds)
join app.unit_kind as kind on kind.code = any (held.kinds)
on conflict do nothing;

-- The party's kinds of documents with their abbreviations (QĐ is both Quyết định and Quy định: a
-- symbol alone does not tell the kind).
insert into app.document_kind (code, name, abbreviation)
values
    ('platform', 'Cương lĩnh', null),
    ('charter', 'Điều lệ', null),
    ('strategy', 'Chiến lược', null),
    ('resolution', 'Nghị quyết', 'NQ'),
    ('decision', 'Quyết định', 'QĐ'),
    ('provision', 'Quy định', 'QĐ'),
    ('directive', 'Chỉ thị', 'CT'),
    ('conclusion', 'Kết luận', 'KL'),
    ('regulation', 'Quy chế', 'QC'),
    ('circular', 'Thông tri', 'TT'),
    ('guidance', 'Hướng dẫn', 'HD'),
    ('notice', 'Thông báo', 'TB'),
    ('communique', 'Thông cáo', null),
    ('statement', 'Tuyên bố', null),
    ('appeal', 'Lời kêu gọi', null),
    ('report', 'Báo cáo', 'BC'),
    ('plan', 'Kế hoạch', 'KH'),
    ('master_plan', 'Quy hoạch', 'QH'),
    ('programme', 'Chương trình', 'CTr'),
    ('scheme', 'Đề án', 'ĐA'),
    ('option', 'Phương án', 'PA'),
    ('project', 'Dự án', 'DA'),
    ('submission', 'Tờ trình', 'TTr'),
    ('official_letter', 'Công văn', 'CV'),
    ('minutes', 'Biên bản', 'BB')
on conflict (code) do update set name = excluded.name, abbreviation = excluded.abbreviation
where (document_kind.name, document_kind.abbreviation) is distinct from (excluded.name, excluded.abbreviation);
