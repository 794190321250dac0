-- The documents that plan 36-KH/BDVTU cites (D1-D20 in docs/plan-36.md) and the plan itself, owned by
-- the provincial board and published. Symbols are normalised; what the plan wrote otherwise is kept
-- in as_written, and every doubtful point is told, never silently mended: dates stay as written or
-- empty. Fixed ids, so that a second run finds them; a row that exists is left as its owner has it.
reset role;

create temp table cited (
    ref text primary key, symbol text, kind text not null, issuer text not null, issued_on date,
    subject text not null, as_written text, doubt text);

insert into cited (ref, symbol, kind, issuer, issued_on, subject, as_written, doubt)
values
    ('d01', '01-CTr/BDVTW', 'programme', 'Ban Dân vận Trung ương', '2021-06-17',
        'Chương trình hành động thực hiện Nghị quyết Đại hội XIII của Đảng về công tác dân vận',
        '01 – CTr/BDVTW', null),
    ('d02', '04-CTr/TU', 'programme', 'Tỉnh ủy Bình Phước', '2020-12-09',
        'Chương trình thực hiện Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XI, nhiệm kỳ 2020-2025', null, null),
    ('d03', '23-QĐ/TW', 'decision', 'Bộ Chính trị', '2021-07-30',
        'Ban hành Quy chế công tác dân vận của hệ thống chính trị', null, null),
    ('d04', '290-QĐ/TW', 'decision', 'Bộ Chính trị', null,
        'Ban hành Quy chế công tác dân vận của hệ thống chính trị (quy chế trước năm 2021)', 'QĐ 290',
        'Kế hoạch 36 chỉ ghi "QĐ 290", không có phần cơ quan ban hành và ngày. Nguồn công khai khác ghi ngày 25/02/2010; chưa đối chiếu bản gốc.'),
    ('d05', '25-NQ/TW', 'resolution', 'Ban Chấp hành Trung ương', '2013-06-03',
        'Tăng cường và đổi mới sự lãnh đạo của Đảng đối với công tác dân vận trong tình hình mới', null,
        'Trùng ký hiệu với Nghị quyết 25-NQ/TW về công tác tôn giáo: phân biệt bằng ngày ban hành và trích yếu.'),
    ('d06', '31-KH/TU', 'programme', 'Tỉnh ủy Bình Phước', '2013-09-06',
        'Chương trình của Tỉnh ủy thực hiện Nghị quyết 25-NQ/TW về công tác dân vận', 'Chương Trình số 31-KH/TU',
        'Kế hoạch 36 gọi là "Chương trình" nhưng ký hiệu là KH (kế hoạch). Thể loại ghi theo tên gọi trong văn bản.'),
    ('d07', '05-NQ/TU', 'resolution', 'Tỉnh ủy Bình Phước', '2021-08-05',
        'Sẵn sàng ứng phó với mọi tình huống của dịch COVID-19', null, null),
    ('d08', '217-QĐ/TW', 'decision', 'Bộ Chính trị', '2013-12-13',
        'Quy chế giám sát và phản biện xã hội của Mặt trận Tổ quốc và các đoàn thể chính trị - xã hội',
        'Quyết định số 217-QĐ/TW … ngày 13/12/2013',
        'Ngày ghi theo kế hoạch 36 (13/12/2013); ngày ban hành thực tế là 12/12/2013.'),
    ('d09', '218-QĐ/TW', 'decision', 'Bộ Chính trị', '2013-12-13',
        'Quy định về việc Mặt trận Tổ quốc, các đoàn thể và nhân dân góp ý xây dựng Đảng, chính quyền',
        'Quyết định số 218-QĐ/TW, ngày 13/12/2013',
        'Ngày ghi theo kế hoạch 36 (13/12/2013); ngày ban hành thực tế là 12/12/2013.'),
    ('d10', '124-QĐ/TW', 'provision', 'Ban Bí thư', '2018-02-02',
        'Giám sát của Mặt trận Tổ quốc, các tổ chức chính trị - xã hội và nhân dân đối với việc tu dưỡng, rèn luyện của người đứng đầu, cán bộ, đảng viên',
        'Quy định 124-QĐ/TW', null),
    ('d11', '49-CT/TW', 'directive', 'Ban Bí thư', '2015-10-20',
        'Tăng cường và đổi mới công tác dân vận của Đảng ở vùng đồng bào dân tộc thiểu số', null, null),
    ('d12', '65-KL/TW', 'conclusion', 'Bộ Chính trị', '2019-10-30',
        'Tiếp tục thực hiện Nghị quyết 24-NQ/TW về công tác dân tộc', null, null),
    ('d13', '24-NQ/TW', 'resolution', 'Ban Chấp hành Trung ương', null, 'Công tác dân tộc', null,
        'Kế hoạch 36 không ghi ngày; có thể là 12/3/2003 (khóa IX), chưa đối chiếu.'),
    ('d14', '120-KL/TW', 'conclusion', 'Bộ Chính trị', '2016-01-07',
        'Tăng cường, nâng cao hiệu quả việc xây dựng và thực hiện quy chế dân chủ ở cơ sở', null, null),
    ('d15', '25-NQ/TW', 'resolution', 'Ban Chấp hành Trung ương', null, 'Công tác tôn giáo',
        'Nghị quyết 25-NQ/TW',
        'Trùng ký hiệu với Nghị quyết 25-NQ/TW ngày 03/6/2013 về công tác dân vận. Kế hoạch 36 không ghi ngày; có thể là 12/3/2003 (khóa IX), chưa đối chiếu.'),
    ('d16', '18-CT/TW', 'directive', 'Bộ Chính trị', null, 'Công tác tôn giáo', 'Chỉ thị số 18-CT/TW',
        'Kế hoạch 36 không ghi ngày. Nguồn công khai khác ghi 10/01/2018; chưa đối chiếu bản gốc.'),
    ('d17', '1238-QĐ/TU', 'decision', 'Tỉnh ủy Bình Phước', '2010-05-05',
        'Ban hành quy chế công tác dân vận của hệ thống chính trị trong tỉnh', '1238 – QĐ/TU',
        'Ban hành theo quy chế 290 nay đã được 23-QĐ/TW thay thế; có thể không còn phù hợp nhưng kế hoạch 36 vẫn yêu cầu thực hiện.'),
    ('d18', null, 'resolution', 'Đại hội đại biểu toàn quốc lần thứ XIII của Đảng', null,
        'Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng', null, null),
    ('d19', null, 'resolution', 'Đại hội đại biểu Đảng bộ tỉnh Bình Phước lần thứ XI', null,
        'Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ XI, nhiệm kỳ 2020-2025', null, null),
    ('d20', null, 'scheme', 'Tỉnh ủy Bình Phước', null,
        'Nâng cao năng lực hoạt động và khả năng tập hợp quần chúng của Mặt trận Tổ quốc và các đoàn thể ở cấp xã, giai đoạn 2021-2025',
        'Đề án 1217',
        'Kế hoạch 36 chỉ nêu tên gọi tắt, không có ký hiệu và ngày; cơ quan ban hành suy ra từ nội dung.'),
    ('d36', '36-KH/BDVTU', 'plan', 'Ban Dân vận Tỉnh ủy Bình Phước', '2021-08-17',
        'Kế hoạch hành động thực hiện Nghị quyết Đại hội XIII của Đảng và Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XI về công tác dân vận',
        'Số  36 - KH/BDVTU', null);

insert into app.document (id, symbol, kind, issuer, issued_on, subject, as_written, is_doubtful, doubt, status,
    owner_unit_id, owner_area_id)
select ('017b4fe7-da80-7000-8000-000000000' || c.ref)::uuid, c.symbol, c.kind, c.issuer, c.issued_on, c.subject,
    c.as_written, c.doubt is not null, c.doubt, 'published', board.id, board.area_id
from cited as c
join app.unit as board on board.code = 'bdv-70'
order by c.ref
on conflict (id) do nothing;

insert into app.document_relation (from_id, to_id, kind, note)
select ('017b4fe7-da80-7000-8000-000000000' || r.from_ref)::uuid,
    ('017b4fe7-da80-7000-8000-000000000' || r.to_ref)::uuid, r.kind, r.note
from (values
    ('d36', 'd01', 'based_on', 'Căn cứ thứ nhất'),
    ('d36', 'd02', 'based_on', 'Căn cứ thứ hai'),
    ('d36', 'd18', 'carries_out', null),
    ('d36', 'd19', 'carries_out', 'Nguồn của chỉ tiêu 90 %'),
    ('d36', 'd20', 'continues', 'Nhiệm vụ T2.2.7'),
    ('d36', 'd03', 'cites', null),
    ('d36', 'd04', 'cites', 'Chỉ nhắc là văn bản bị thay thế'),
    ('d36', 'd05', 'cites', null),
    ('d36', 'd06', 'cites', null),
    ('d36', 'd07', 'cites', null),
    ('d36', 'd08', 'cites', null),
    ('d36', 'd09', 'cites', null),
    ('d36', 'd10', 'cites', null),
    ('d36', 'd11', 'cites', null),
    ('d36', 'd12', 'cites', null),
    ('d36', 'd13', 'cites', null),
    ('d36', 'd14', 'cites', 'Nhiệm vụ đánh giá 5 năm (T3.1.2)'),
    ('d36', 'd15', 'cites', null),
    ('d36', 'd16', 'cites', null),
    ('d36', 'd17', 'cites', 'Yêu cầu thực hiện tại phần III.2'),
    ('d01', 'd18', 'carries_out', null),
    ('d02', 'd19', 'carries_out', null),
    ('d03', 'd04', 'replaces', null),
    ('d06', 'd05', 'carries_out', null),
    ('d12', 'd13', 'continues', null)
) as r (from_ref, to_ref, kind, note)
on conflict do nothing;

drop table cited;
