-- Plan 36-KH/BDVTU of 17/8/2021: outline, tasks, targets, rules, assignment blocks, who answers for
-- what, and when it is due. Titles and texts are our own concise wording; source_clause names the
-- place in the plan (outline and line of its text). How every block resolves, and every reading that
-- the text leaves open, is told in docs/plan-36.md; change the two together.
--
-- The plan is loaded once, as submitted: a leader of the provincial board issues it. A second run
-- leaves it alone in whatever state it is.
reset role;

create temp table item (
    position integer generated always as identity, code text primary key, kind text not null, parent text, block text,
    outline text not null, title text not null, text text, deliverable text, clause text, documents text[]);

insert into item (code, kind, parent, block, outline, title, text, deliverable, clause, documents)
values
    ('I', 'part', null, null, 'I', 'Mục đích, yêu cầu', null, null, 'Phần I (dòng 14)', null),
    ('I.1', 'section', 'I', null, 'I.1', 'Mục đích',
        'Nâng trách nhiệm và hiệu quả công tác dân vận của hệ thống chính trị; tập hợp nhân dân, củng cố khối đại đoàn kết, góp phần thực hiện nghị quyết đại hội Đảng các cấp.',
        null, 'Mục I.1 (dòng 15-17)', array['d18', 'd19']),
    ('I.2', 'section', 'I', null, 'I.2', 'Yêu cầu', null, null, 'Mục I.2 (dòng 18)', null),
    ('R1', 'rule', 'I.2', null, 'I.2 (1)', 'Đổi mới nội dung, phương pháp dân vận',
        'Đổi mới theo tình hình thực tế, gắn công tác dân vận với phát triển kinh tế - xã hội.',
        null, 'Mục I.2, gạch đầu dòng 1 (dòng 19)', null),
    ('R2', 'rule', 'I.2', null, 'I.2 (2)', 'Hệ thống chính trị thực hiện các văn bản dân vận theo chức năng',
        'Mỗi cơ quan, đơn vị thực hiện Quy chế 23-QĐ/TW, Nghị quyết 25-NQ/TW (2013) và 31-KH/TU trong phạm vi nhiệm vụ của mình.',
        null, 'Mục I.2, gạch đầu dòng 2 (dòng 20)', array['d03', 'd04', 'd05', 'd06']),
    ('R3', 'rule', 'I.2', null, 'I.2 (3)', 'Ban dân vận, khối vận, tổ dân vận triển khai kế hoạch',
        'Ban Dân vận cấp ủy, khối vận cơ sở, tổ dân vận thôn, ấp, khu phố tự mình tham mưu, hướng dẫn, kiểm tra và phối hợp thực hiện.',
        null, 'Mục I.2, gạch đầu dòng 3 (dòng 21)', null),

    ('II', 'part', null, null, 'II', 'Nội dung trọng tâm', null, null, 'Phần II (dòng 22)', null),
    ('II.1', 'section', 'II', null, 'II.1', 'Quán triệt nghị quyết về công tác dân vận', null, null, 'Mục II.1 (dòng 23)', null),
    ('T1.1', 'task', 'II.1', 'A1', 'II.1.1', 'Học tập nghị quyết gắn với văn bản dân vận',
        'Kết hợp học nghị quyết đại hội với việc triển khai các văn bản của Đảng về dân vận; chú trọng người đứng đầu và cán bộ lãnh đạo, quản lý.',
        'Hội nghị quán triệt', 'Mục II.1.1 (dòng 24)', array['d03', 'd05', 'd06', 'd18', 'd19']),
    ('II.1.2', 'section', 'II.1', null, 'II.1.2', 'Nội dung cần quán triệt, tuyên truyền', null, null, 'Mục II.1.2 (dòng 25)', null),
    ('T1.2a', 'task', 'II.1.2', 'A1', 'II.1.2 (1)', 'Tuyên truyền dân chủ, đại đoàn kết',
        'Tuyên truyền về dân chủ, quyền làm chủ và vai trò chủ thể của nhân dân, sức mạnh đại đoàn kết toàn dân tộc.',
        'Nội dung tuyên truyền', 'Mục II.1.2, gạch đầu dòng 1 (dòng 26)', null),
    ('T1.2b', 'task', 'II.1.2', 'A1', 'II.1.2 (2)', 'Thực hành dân chủ; tăng kiểm tra quy chế dân chủ ở cơ sở',
        'Thực hiện dân chủ trực tiếp, đại diện và ở cơ sở; cán bộ, đảng viên nêu gương; kiểm tra, giám sát nhiều hơn việc thực hiện quy chế dân chủ.',
        'Nội dung tuyên truyền; cuộc kiểm tra', 'Mục II.1.2, gạch đầu dòng 2 (dòng 27)', null),
    ('T1.2c', 'task', 'II.1.2', 'A1', 'II.1.2 (3)', 'Siết chặt quan hệ Đảng - dân; vận động phòng, chống dịch',
        'Nâng trách nhiệm dân vận của hệ thống chính trị, nhất là chính quyền; vận động ủng hộ phòng, chống COVID-19 theo 05-NQ/TU.',
        'Nội dung tuyên truyền; đợt vận động', 'Mục II.1.2, gạch đầu dòng 3 (dòng 28)', array['d07']),
    ('T1.2d', 'task', 'II.1.2', 'A1', 'II.1.2 (4)', 'Thi đua, nhân rộng "Dân vận khéo"',
        'Đẩy mạnh phong trào và nhân rộng điển hình "Dân vận khéo", gắn với thi đua yêu nước và việc học tập, làm theo Bác.',
        'Mô hình, điển hình', 'Mục II.1.2, gạch đầu dòng 4 (dòng 29)', null),
    ('T1.2e', 'task', 'II.1.2', 'A1', 'II.1.2 (4)', 'Đợt thi đua mừng 95 năm Ngày truyền thống ngành Dân vận',
        'Phát động và tổng kết đợt thi đua mừng 95 năm Ngày truyền thống (15/10/2025).',
        'Lễ phát động; tổng kết đợt thi đua', 'Mục II.1.2, gạch đầu dòng 4 (dòng 29)', null),
    ('T1.2f', 'task', 'II.1.2', 'A1', 'II.1.2 (4)', 'Đại hội thi đua yêu nước ngành Dân vận 2021-2025',
        'Tổ chức đại hội thi đua yêu nước của ngành cho giai đoạn 2021-2025.',
        'Đại hội', 'Mục II.1.2, gạch đầu dòng 4 (dòng 29)', null),
    ('T1.3', 'task', 'II.1', 'A1', 'II.1 (đoạn)', 'Địa phương, đơn vị xây dựng chương trình, kế hoạch riêng',
        'Mỗi địa phương, đơn vị có chương trình hoặc kế hoạch thực hiện nghị quyết, trong đó có nội dung và giải pháp dân vận.',
        'Chương trình, kế hoạch của đơn vị', 'Mục II.1, đoạn không đánh số (dòng 30)', array['d18', 'd19']),
    ('T1.4', 'task', 'II.1', 'A1', 'II.1 (đoạn)', 'Đôn đốc, kiểm tra, đánh giá, rút kinh nghiệm',
        'Thường xuyên đôn đốc, kiểm tra, đánh giá việc thực hiện nghị quyết và kịp thời rút kinh nghiệm.',
        'Ghi nhận kiểm tra', 'Mục II.1, đoạn không đánh số (dòng 30)', null),
    ('T1.5', 'task', 'II.1', 'A1', 'II.1 (đoạn)', 'Triển khai tới đội ngũ cán bộ dân vận',
        'Phổ biến nghị quyết tới cán bộ làm công tác dân vận từ tỉnh đến cơ sở, tổ dân vận thôn, ấp, khu phố.',
        'Buổi triển khai cho cán bộ (đếm được)', 'Mục II.1, đoạn không đánh số (dòng 30)', null),
    ('K5', 'target', 'II.1', null, 'II.1', 'Hoàn thành quán triệt: tỉnh quý III/2021, huyện quý IV/2021',
        'Đơn vị tính: hội nghị; một lần.', null, 'Mục II.1, thời gian thực hiện (dòng 33)', null),
    ('A1', 'block', 'II.1', null, 'II.1', 'Khối phân công mục II.1', null, null, 'Mục II.1 (dòng 31-33)', null),

    ('II.2', 'section', 'II', null, 'II.2', 'Tham mưu lãnh đạo, chỉ đạo và phối hợp thực hiện', null, null, 'Mục II.2 (dòng 34)', null),
    ('II.2.1', 'section', 'II.2', null, 'II.2.1', 'Công tác dân vận của cơ quan nhà nước', null, null, 'Mục II.2.1 (dòng 35)', null),
    ('T2.1.1', 'task', 'II.2.1', 'A2', 'II.2.1 (1)', 'Hội đồng nhân dân giám sát chính sách, kiến nghị cử tri',
        'Đảng đoàn và Hội đồng nhân dân các cấp giám sát thực thi chính sách, pháp luật và việc giải quyết kiến nghị của cử tri.',
        'Cuộc giám sát', 'Mục II.2.1, gạch đầu dòng 1 (dòng 36)', null),
    ('T2.1.2', 'task', 'II.2.1', 'A2', 'II.2.1 (2)', 'Dân vận chính quyền, cải cách hành chính, tiếp công dân',
        'Ban cán sự đảng Ủy ban nhân dân tỉnh lãnh đạo dân vận chính quyền, cải cách hành chính, đạo đức công vụ, tiếp công dân và giải quyết đơn thư.',
        null, 'Mục II.2.1, gạch đầu dòng 2 (dòng 37)', null),
    ('T2.1.3', 'task', 'II.2.1', 'A2', 'II.2.1 (3)', 'Cải cách tư pháp, hòa giải, đối thoại',
        'Ban cán sự đảng các cơ quan tư pháp lãnh đạo cải cách tư pháp, hòa giải, đối thoại, bảo đảm quyền lợi hợp pháp của công dân.',
        null, 'Mục II.2.1, gạch đầu dòng 3 (dòng 38)', null),
    ('T2.1.4', 'task', 'II.2.1', 'A2', 'II.2.1 (4)', 'Kế hoạch phối hợp hằng năm với Ủy ban nhân dân cùng cấp',
        'Ban Dân vận cấp ủy và Ủy ban nhân dân cùng cấp ký kế hoạch phối hợp công tác dân vận mỗi năm.',
        'Kế hoạch phối hợp', 'Mục II.2.1, gạch đầu dòng 4 (dòng 39)', null),
    ('K4', 'target', 'II.2.1', null, 'II.2.1 (4); II.2.3 (3)', 'Mỗi năm một kế hoạch phối hợp của mỗi cấp với UBND và với lực lượng vũ trang',
        'Với lực lượng vũ trang có thêm một kế hoạch cho cả giai đoạn. Đơn vị tính: kế hoạch; hằng năm.',
        null, 'Mục II.2.1 (dòng 39) và II.2.3 (dòng 58)', null),
    ('A2', 'block', 'II.2.1', null, 'II.2.1', 'Khối phân công mục II.2.1', null, null, 'Mục II.2.1 (dòng 40-41)', null),

    ('II.2.2', 'section', 'II.2', null, 'II.2.2', 'Mặt trận Tổ quốc, tổ chức chính trị - xã hội, hội quần chúng', null, null, 'Mục II.2.2 (dòng 42)', null),
    ('K1', 'target', 'II.2.2', null, 'II.2.2', 'Mỗi đoàn thể có từ 90 % tổ chức cơ sở xếp loại khá trở lên',
        'Tính riêng cho từng đoàn thể; hằng năm. Đơn vị tính: tỷ lệ tổ chức cơ sở.', null, 'Mục II.2.2, câu chỉ tiêu (dòng 43)', array['d19']),
    ('K2', 'target', 'II.2.2', null, 'II.2.2', 'Mỗi tổ chức một phong trào, một nhiệm vụ',
        'Thực hiện xây dựng nông thôn mới, đô thị văn minh. Đơn vị tính: tổ chức; tính hằng năm (cách hiểu).',
        null, 'Mục II.2.2, câu chỉ tiêu (dòng 43)', array['d19']),
    ('T2.2.0', 'task', 'II.2.2', 'A3', 'II.2.2', 'Thực hiện chỉ tiêu tổ chức cơ sở hằng năm',
        'Giữ từ 90 % tổ chức cơ sở xếp loại khá trở lên; mỗi tổ chức có một phong trào, một nhiệm vụ về nông thôn mới, đô thị văn minh.',
        'Kết quả xếp loại; phong trào, nhiệm vụ đã đăng ký', 'Mục II.2.2, câu chỉ tiêu (dòng 43)', array['d19']),
    ('T2.2.1', 'task', 'II.2.2', 'A3', 'II.2.2 (1)', 'Đổi mới nội dung, phương thức của Mặt trận, đoàn thể, hội',
        'Cấp ủy, tổ chức đảng lãnh đạo đổi mới hoạt động, đa dạng hình thức tập hợp nhân dân, hướng về cơ sở, nâng chất lượng tham mưu.',
        null, 'Mục II.2.2, gạch đầu dòng 1 (dòng 44)', null),
    ('T2.2.1x', 'task', 'II.2.2', 'A3', 'II.2.2 (1)', 'Kế hoạch ủng hộ phòng, chống dịch COVID-19',
        'Xây dựng kế hoạch cụ thể tham gia ủng hộ phòng, chống dịch theo 05-NQ/TU.',
        'Kế hoạch', 'Mục II.2.2, gạch đầu dòng 1 (dòng 44)', array['d07']),
    ('T2.2.2', 'task', 'II.2.2', 'A3', 'II.2.2 (2)', 'Chuẩn bị và tổ chức đại hội các tổ chức',
        'Phát huy vai trò nòng cốt chính trị, đẩy mạnh thi đua; chuẩn bị và tổ chức đại hội theo điều lệ của từng tổ chức.',
        'Đại hội', 'Mục II.2.2, gạch đầu dòng 2 (dòng 45)', null),
    ('T2.2.3', 'task', 'II.2.2', 'A3', 'II.2.2 (3)', 'Đại diện, bảo vệ quyền lợi đoàn viên, hội viên',
        'Nắm tình hình và phản ánh nguyện vọng của đoàn viên, hội viên; giám sát việc giải quyết kiến nghị. Chỉ ghi số liệu của tổ chức.',
        null, 'Mục II.2.2, gạch đầu dòng 3 (dòng 46)', null),
    ('T2.2.4', 'task', 'II.2.2', 'A3', 'II.2.2 (4)', 'Phối hợp Mặt trận - Nhà nước tiếp thu ý kiến, xử lý vụ việc',
        'Cùng cơ quan nhà nước tiếp thu ý kiến về chính sách, pháp luật và giải quyết kịp thời vụ việc phức tạp ở cộng đồng.',
        null, 'Mục II.2.2, gạch đầu dòng 4 (dòng 47)', null),
    ('T2.2.5', 'task', 'II.2.2', 'A3', 'II.2.2 (5)', 'Kiểm tra, giám sát theo 217-QĐ/TW, 218-QĐ/TW, 124-QĐ/TW',
        'Phối hợp kiểm tra, giám sát việc phát huy vai trò giám sát, phản biện, góp ý; giám sát tu dưỡng của người đứng đầu, cán bộ, đảng viên.',
        'Cuộc kiểm tra, giám sát', 'Mục II.2.2, gạch đầu dòng 5 (dòng 48)', array['d08', 'd09', 'd10']),
    ('T2.2.6', 'task', 'II.2.2', 'A3', 'II.2.2 (6)', 'Lãnh đạo, quản lý hội quần chúng',
        'Cấp ủy lãnh đạo thường xuyên hội quần chúng được giao nhiệm vụ; phối hợp quản lý nhà nước, tăng tính tự chủ và hiệu quả.',
        null, 'Mục II.2.2, gạch đầu dòng 6 (dòng 49)', null),
    ('A3', 'block', 'II.2.2', null, 'II.2.2', 'Khối phân công mục II.2.2', null, null, 'Mục II.2.2 (dòng 50)', null),
    ('T2.2.7', 'task', 'II.2.2', 'A4', 'II.2.2 (7)', 'Kế hoạch tiếp tục Đề án 1217, giai đoạn 2021-2025',
        'Tham mưu cấp ủy kế hoạch nâng năng lực của Mặt trận và đoàn thể cấp xã. Bốn bước: triển khai và thí điểm; thực hiện diện rộng; sơ kết; tổng kết. Năm 2024 không thuộc bước nào.',
        'Kế hoạch; thí điểm; báo cáo sơ kết, tổng kết', 'Mục II.2.2, gạch đầu dòng cuối (dòng 51, 54)', array['d20']),
    ('A4', 'block', 'II.2.2', null, 'II.2.2 (7)', 'Khối phân công Đề án 1217', null, null, 'Mục II.2.2 (dòng 52-54)', null),

    ('II.2.3', 'section', 'II.2', null, 'II.2.3', 'Công tác dân vận của lực lượng vũ trang', null, null, 'Mục II.2.3 (dòng 55)', null),
    ('T2.3.1', 'task', 'II.2.3', 'A5', 'II.2.3 (1)', 'Nâng chất dân vận lực lượng vũ trang, thế trận lòng dân',
        'Nâng hiệu quả dân vận, xây dựng thế trận lòng dân, quốc phòng toàn dân, an ninh nhân dân và hình ảnh cán bộ, chiến sĩ gần dân.',
        null, 'Mục II.2.3, gạch đầu dòng 1 (dòng 56)', null),
    ('T2.3.2', 'task', 'II.2.3', 'A5', 'II.2.3 (2)', 'Giúp cơ sở, cứu nạn, giữ an ninh; nhân rộng mô hình',
        'Tham gia củng cố cơ sở, giảm nghèo, cứu hộ, phòng, chống thiên tai, dịch bệnh, giữ an ninh; nhân rộng mô hình tự quản và "Dân vận khéo".',
        'Mô hình', 'Mục II.2.3, gạch đầu dòng 2 (dòng 57)', null),
    ('T2.3.3', 'task', 'II.2.3', 'A5', 'II.2.3 (3)', 'Kế hoạch phối hợp giữa ban dân vận và lực lượng vũ trang cùng cấp',
        'Ký kế hoạch phối hợp công tác dân vận cho từng năm và cho cả giai đoạn.',
        'Kế hoạch phối hợp', 'Mục II.2.3, gạch đầu dòng 3 (dòng 58)', null),
    ('A5', 'block', 'II.2.3', null, 'II.2.3', 'Khối phân công mục II.2.3', null, null, 'Mục II.2.3 (dòng 59-60)', null),

    ('II.2.4', 'section', 'II.2', null, 'II.2.4', 'Công tác dân vận vùng dân tộc thiểu số',
        'Chỉ ghi việc của tổ chức và số liệu tổng hợp theo địa bàn; không ghi thông tin về cá nhân, hộ gia đình.',
        null, 'Mục II.2.4 (dòng 61)', null),
    ('T2.4.1', 'task', 'II.2.4', 'A6', 'II.2.4 (1)', 'Nắm tình hình vùng dân tộc thiểu số',
        'Thường xuyên nắm tình hình địa bàn, nhất là vùng sâu, vùng xa, biên giới; hướng vận động vào thoát nghèo, nông thôn mới, đời sống văn hóa.',
        'Tổng hợp tình hình theo địa bàn', 'Mục II.2.4, gạch đầu dòng 1 (dòng 62)', null),
    ('T2.4.2', 'task', 'II.2.4', 'A6', 'II.2.4 (2)', 'Tham mưu chính sách dân vận vùng dân tộc thiểu số',
        'Tham mưu cấp ủy chủ trương, chính sách, giải pháp phù hợp tình hình mới.',
        'Văn bản tham mưu', 'Mục II.2.4, gạch đầu dòng 2 (dòng 63)', null),
    ('T2.4.3', 'task', 'II.2.4', 'A6', 'II.2.4 (3)', 'Kiểm tra việc thực hiện văn bản về công tác dân tộc',
        'Kiểm tra, giám sát việc thực hiện 49-CT/TW, 65-KL/TW, 24-NQ/TW và văn bản liên quan.',
        'Cuộc kiểm tra', 'Mục II.2.4, gạch đầu dòng 3 (dòng 64)', array['d11', 'd12', 'd13']),
    ('A6', 'block', 'II.2.4', null, 'II.2.4', 'Khối phân công mục II.2.4', null, null, 'Mục II.2.4 (dòng 65-66)', null),

    ('II.2.5', 'section', 'II.2', null, 'II.2.5', 'Công tác dân vận đối với đồng bào theo tôn giáo',
        'Chỉ ghi việc của tổ chức; không ghi thông tin về tín đồ, chức sắc, hộ gia đình.',
        null, 'Mục II.2.5 (dòng 67)', null),
    ('T2.5.1', 'task', 'II.2.5', 'A7', 'II.2.5 (1)', 'Nắm tình hình tôn giáo; thi đua "tốt đời, đẹp đạo"',
        'Thường xuyên nắm tình hình ở mức địa bàn, tổ chức; đẩy mạnh thi đua yêu nước, đoàn kết tôn giáo.',
        'Tổng hợp tình hình theo địa bàn', 'Mục II.2.5, gạch đầu dòng 1 (dòng 68)', null),
    ('T2.5.2', 'task', 'II.2.5', 'A7', 'II.2.5 (2)', 'Tham mưu, phối hợp xử lý vấn đề tôn giáo; quản lý nhà nước',
        'Tham mưu chủ trương, giải pháp; tăng cơ chế phối hợp xử lý vấn đề phức tạp và quản lý nhà nước về tín ngưỡng, tôn giáo.',
        'Văn bản tham mưu', 'Mục II.2.5, gạch đầu dòng 2 (dòng 69)', null),
    ('T2.5.3', 'task', 'II.2.5', 'A7', 'II.2.5 (3)', 'Kiểm tra việc thực hiện văn bản về công tác tôn giáo',
        'Kiểm tra, giám sát việc thực hiện các văn bản của Đảng về công tác tôn giáo.',
        'Cuộc kiểm tra', 'Mục II.2.5, gạch đầu dòng 3 (dòng 70)', null),
    ('A7', 'block', 'II.2.5', null, 'II.2.5', 'Khối phân công mục II.2.5', null, null, 'Mục II.2.5 (dòng 71-72)', null),

    ('II.3', 'section', 'II', null, 'II.3', 'Kiện toàn và đổi mới hoạt động các ban chỉ đạo', null, null, 'Mục II.3 (dòng 73)', null),
    ('II.3.1', 'section', 'II.3', null, 'II.3.1', 'Ban Chỉ đạo thực hiện quy chế dân chủ ở cơ sở', null, null, 'Mục II.3.1 (dòng 74)', null),
    ('T3.1.1', 'task', 'II.3.1', 'A8', 'II.3.1 (1)', 'Nâng chất Ban Chỉ đạo; kiểm tra, hướng dẫn, hội nghị đánh giá',
        'Phát huy vai trò thành viên; kiểm tra, giám sát, hướng dẫn; tổ chức hội nghị đánh giá và trao đổi kinh nghiệm.',
        'Cuộc kiểm tra; hội nghị', 'Mục II.3.1, gạch đầu dòng 1 (dòng 75)', null),
    ('T3.1.2', 'task', 'II.3.1', 'A8', 'II.3.1 (1)', 'Đánh giá 5 năm thực hiện Kết luận 120-KL/TW',
        'Tổ chức đánh giá kết quả 5 năm thực hiện 120-KL/TW về quy chế dân chủ ở cơ sở.',
        'Báo cáo đánh giá', 'Mục II.3.1, gạch đầu dòng 1 (dòng 75)', array['d14']),
    ('T3.1.3', 'task', 'II.3.1', 'A8', 'II.3.1 (2)', 'Tập huấn cán bộ chủ chốt về quy chế dân chủ',
        'Bồi dưỡng, tập huấn cho cán bộ chủ chốt các ngành, các cấp.',
        'Lớp tập huấn', 'Mục II.3.1, gạch đầu dòng 2 (dòng 76)', null),
    ('T3.1.4', 'task', 'II.3.1', 'A8', 'II.3.1 (2)', 'Kiểm tra, sơ kết, tổng kết theo loại hình cơ sở',
        'Kiểm tra, giám sát, sơ kết, tổng kết việc thực hiện quy chế dân chủ trong từng loại hình cơ sở.',
        'Báo cáo sơ kết, tổng kết', 'Mục II.3.1, gạch đầu dòng 2 (dòng 76)', null),
    ('A8', 'block', 'II.3.1', null, 'II.3.1', 'Khối phân công mục II.3.1', null, null, 'Mục II.3.1 (dòng 77)', null),
    ('II.3.2', 'section', 'II.3', null, 'II.3.2', 'Ban Chỉ đạo công tác tôn giáo',
        'Chỉ ghi việc của tổ chức; không ghi thông tin về tín đồ, chức sắc, hộ gia đình.', null, 'Mục II.3.2 (dòng 78)', null),
    ('T3.2.1', 'task', 'II.3.2', 'A9', 'II.3.2 (1)', 'Kiểm tra thực hiện 25-NQ/TW, 18-CT/TW; làm việc tại địa bàn phức tạp',
        'Phối hợp kiểm tra, đánh giá việc thực hiện nghị quyết và chỉ thị về công tác tôn giáo; làm việc với một số địa bàn.',
        'Cuộc kiểm tra', 'Mục II.3.2, gạch đầu dòng 1 (dòng 79)', array['d15', 'd16']),
    ('T3.2.2', 'task', 'II.3.2', 'A9', 'II.3.2 (2)', 'Kiện toàn Ban Chỉ đạo; chỉ đạo thực hiện văn bản',
        'Thường xuyên củng cố Ban Chỉ đạo; tiếp tục chỉ đạo thực hiện văn bản của Trung ương và Tỉnh ủy.',
        'Quyết định kiện toàn', 'Mục II.3.2, gạch đầu dòng 2 (dòng 80)', array['d18', 'd19']),
    ('T3.2.3', 'task', 'II.3.2', 'A9', 'II.3.2 (3)', 'Hướng dẫn nghiệp vụ cho cán bộ dân vận, tôn giáo',
        'Đổi mới cách nắm tình hình; nghiên cứu, hướng dẫn nghiệp vụ cho cán bộ các cấp.',
        'Lớp tập huấn; hướng dẫn', 'Mục II.3.2, gạch đầu dòng 3 (dòng 81)', null),
    ('A9', 'block', 'II.3.2', null, 'II.3.2', 'Khối phân công mục II.3.2', null, null, 'Mục II.3.2 (dòng 82-83)', null),

    ('II.4', 'section', 'II', null, 'II.4', 'Giao ban công tác dân vận', null, null, 'Mục II.4 (dòng 84)', null),
    ('T4', 'task', 'II.4', 'A10', 'II.4', 'Giao ban 6 tháng, 9 tháng và tổng kết năm',
        'Giao ban với ban dân vận các huyện, thị, thành ủy, đảng ủy trực thuộc, Mặt trận, đoàn thể, sở, ngành để đánh giá và triển khai nhiệm vụ.',
        'Cuộc giao ban; kết luận; nhiệm vụ mới', 'Mục II.4 (dòng 85)', null),
    ('K3', 'target', 'II.4', null, 'II.4', 'Mỗi năm ba cuộc giao ban (6 tháng, 9 tháng, năm)',
        'Đơn vị tính: cuộc; hằng năm.', null, 'Mục II.4 (dòng 85)', null),
    ('A10', 'block', 'II.4', null, 'II.4', 'Khối phân công mục II.4', null, null, 'Mục II.4 (dòng 86)', null),

    ('II.5', 'section', 'II', null, 'II.5', 'Tổ chức bộ máy, đội ngũ cán bộ dân vận', null, null, 'Mục II.5 (dòng 87)', null),
    ('T5.1', 'task', 'II.5', 'A11', 'II.5 (1)', 'Kiện toàn tổ chức, cán bộ theo vị trí việc làm',
        'Kiện toàn bộ máy, luân chuyển, đào tạo, bố trí cán bộ dân vận; chú ý cán bộ trẻ, nữ, người dân tộc thiểu số.',
        'Kết quả kiện toàn', 'Mục II.5, gạch đầu dòng 1 (dòng 88)', null),
    ('T5.2', 'task', 'II.5', 'A11', 'II.5 (2)', 'Nắm tổ chức bộ máy, biên chế',
        'Nắm số liệu bộ máy, biên chế của ban dân vận, Mặt trận, đoàn thể, hội quần chúng các cấp.',
        'Thống kê biên chế', 'Mục II.5, gạch đầu dòng 2 (dòng 89)', null),
    ('A11', 'block', 'II.5', null, 'II.5 (1)-(2)', 'Khối phân công mục II.5, tổ chức và biên chế', null, null, 'Mục II.5 (dòng 90-91)', null),
    ('T5.3', 'task', 'II.5', 'A12', 'II.5 (3)', 'Mở lớp tập huấn kỹ năng, nghiệp vụ cùng Trường Chính trị',
        'Mở lớp cho lãnh đạo ban dân vận, Mặt trận, đoàn thể, sở, ngành; đổi mới nội dung bồi dưỡng hằng năm.',
        'Lớp tập huấn', 'Mục II.5, gạch đầu dòng 3 (dòng 92)', null),
    ('K6', 'target', 'II.5', null, 'II.5 (3)', 'Mỗi năm ít nhất một lớp tập huấn cùng Trường Chính trị',
        'Văn bản không nêu số lớp; "ít nhất một" là cách hiểu. Đơn vị tính: lớp; hằng năm.', null, 'Mục II.5, gạch đầu dòng 3 (dòng 92)', null),
    ('A12', 'block', 'II.5', null, 'II.5 (3)', 'Khối phân công mục II.5, tập huấn', null, null, 'Mục II.5 (dòng 93-94)', null),

    ('III', 'part', null, null, 'III', 'Tổ chức thực hiện', null, null, 'Phần III (dòng 95)', null),
    ('T6.1', 'task', 'III', null, 'III.1', 'Ban dân vận các cấp tham mưu văn bản triển khai',
        'Tham mưu cấp ủy văn bản, kế hoạch triển khai các nội dung nêu trên, đúng chất lượng và lộ trình.',
        'Văn bản, kế hoạch', 'Mục III.1 (dòng 96)', null),
    ('T6.2', 'task', 'III', null, 'III.2', 'Sở, ngành, Mặt trận, đoàn thể phối hợp triển khai; thực hiện 1238-QĐ/TU',
        'Phối hợp triển khai mục tiêu, nhiệm vụ của kế hoạch; thực hiện quy chế công tác dân vận ban hành theo 1238-QĐ/TU.',
        null, 'Mục III.2 (dòng 97)', array['d17']),
    ('T6.3', 'task', 'III', null, 'III.3', 'Các phòng chuyên môn theo dõi, tham mưu',
        'Theo dõi, tham mưu các nội dung theo chức năng, nhiệm vụ của phòng.', null, 'Mục III.3 (dòng 98)', null),
    ('T6.4', 'task', 'III', null, 'III.4', 'Dự toán kinh phí hằng năm',
        'Dự toán trong kinh phí đặc thù, chỉ cho nội dung do ban dân vận chủ trì.',
        'Dự toán', 'Mục III.4 (dòng 99)', null),
    ('III.5', 'section', 'III', null, 'III.5', 'Thời gian thực hiện 2021-2025', null, null, 'Mục III.5 (dòng 100)', null),
    ('T6.5a', 'task', 'III.5', null, 'III.5 (1)', 'Triển khai kế hoạch', 'Năm 2021: triển khai thực hiện.',
        null, 'Mục III.5, gạch đầu dòng 1 (dòng 101)', null),
    ('T6.5b', 'task', 'III.5', null, 'III.5 (2)', 'Giám sát việc thực hiện kế hoạch', 'Giai đoạn 2022-2024: giám sát.',
        'Cuộc giám sát', 'Mục III.5, gạch đầu dòng 2 (dòng 102)', null),
    ('T6.5c', 'task', 'III.5', null, 'III.5 (3)', 'Kiểm tra và tổng kết 5 năm', 'Năm 2025: kiểm tra, hội nghị tổng kết (lồng ghép).',
        'Hội nghị; báo cáo tổng kết', 'Mục III.5, gạch đầu dòng 3 (dòng 103)', null);

-- Who. An item's own rows of a role stand instead of its block's for the levels they name.
create temp table answer (
    item text not null, role text not null, level text, unit text, holder text, holder_level text,
    as_written text, note text);

insert into answer (item, role, level, unit, holder, holder_level, as_written, note)
values
    ('A1', 'lead', 'province', 'bdv-70', null, null, 'Cơ quan chủ trì: Ban Dân vận Tỉnh ủy', null),
    ('A1', 'lead', 'district', null, 'committee_board', null, 'Thời gian thực hiện: … cấp huyện quý IV/2021',
        'Cách hiểu: hạn của cấp huyện do ban dân vận của huyện ủy, thị ủy, thành ủy chịu trách nhiệm'),
    ('A1', 'lead', 'grassroots', null, 'committee_board', null, 'từ tỉnh đến cơ sở, tổ dân vận thôn, ấp, khu phố',
        'Cách hiểu: ở cơ sở do khối dân vận chủ trì (yêu cầu I.2, gạch đầu dòng 3)'),
    ('A1', 'advising_office', 'province', 'bdv-70-doanthe', null, null, 'Phòng Đoàn thể và các hội tham mưu', null),
    ('A1', 'coordinating', null, null, 'committee_office', null, 'Cơ quan phối hợp: Văn phòng cấp ủy',
        'Văn phòng của cấp ủy nơi đơn vị chủ trì; cấp xã không có'),

    ('A2', 'lead', null, null, 'committee_board', null, 'Đơn vị chủ trì: Ban Dân vận cấp ủy',
        'Cách hiểu: ban của Tỉnh ủy và của huyện ủy, thị ủy, thành ủy; nơi gạch đầu dòng nêu đơn vị thực hiện thì ban là đơn vị theo dõi'),
    ('A2', 'advising_office', 'province', 'bdv-70-nhanuoc', null, null, 'Phòng Dân vận các cơ quan Nhà nước tham mưu', null),
    ('A2', 'coordinating', null, null, 'peoples_committee', null, 'Đơn vị phối hợp: UBND cùng cấp', null),

    ('A3', 'lead', 'province', 'dangdoan-mttq-70', null, null, 'Cơ quan chủ trì tham mưu: Đảng đoàn MTTQVN tỉnh', null),
    ('A3', 'lead', 'province', null, 'political_bodies', 'province', 'các đoàn thể chính trị - xã hội tỉnh', null),
    ('A3', 'lead', 'province', 'doan-70', null, null, 'Ban Thường vụ Tỉnh đoàn',
        'Tỉnh đoàn cũng là một trong năm đoàn thể; chỉ giao một lần'),

    ('A4', 'lead', null, null, 'committee_board', null, 'Cơ quan chủ trì: Ban Dân vận cấp ủy', null),
    ('A4', 'advising_office', 'province', 'bdv-70-doanthe', null, null, 'Phòng Đoàn thể và các hội tham mưu', null),
    ('A4', 'coordinating', null, null, 'committee_office', null, 'Cơ quan phối hợp: Văn phòng cấp ủy', null),
    ('A4', 'coordinating', 'province', null, 'front', 'province', 'MTTQ … tỉnh', null),
    ('A4', 'coordinating', 'province', null, 'political_bodies', 'province', 'các đoàn thể chính trị - xã hội tỉnh',
        'Văn bản chỉ nêu đoàn thể tỉnh, nên chỉ phối hợp với phần việc của tỉnh'),

    ('A5', 'lead', 'province', 'quansu-70', null, null, 'Đơn vị chủ trì: BCH Quân sự', null),
    ('A5', 'lead', 'province', 'bienphong-70', null, null, 'Biên phòng', null),
    ('A5', 'lead', 'province', 'congan-70', null, null, 'Công an tỉnh', null),
    ('A5', 'lead', 'province', 'binhdoan-16', null, null, 'Binh đoàn 16 (Bộ quốc phòng)', 'Đơn vị của Bộ, không phải của tỉnh'),
    ('A5', 'coordinating', null, null, 'committee_board', null, 'Đơn vị phối hợp: Ban Dân vận cấp ủy', null),
    ('A5', 'advising_office', 'province', 'bdv-70-nhanuoc', null, null,
        'Phòng Dân vận các cơ quan Nhà nước phối hợp tham mưu', 'Phòng được nêu ở dòng đơn vị phối hợp'),

    ('A6', 'lead', 'province', 'bdv-70', null, null, 'Cơ quan chủ trì: Ban Dân vận Tỉnh ủy', null),
    ('A6', 'advising_office', 'province', 'bdv-70-nhanuoc', null, null,
        'Phòng Dân vận các cơ quan Nhà nước phối hợp tham mưu', null),
    ('A6', 'coordinating', 'province', 'bandantoc-70', null, null, 'Cơ quan phối hợp: Ban Dân tộc tỉnh',
        'Văn bản viết nhầm "Bân Dân tộc"'),
    ('A6', 'coordinating', 'province', null, 'related_departments', null, 'các ngành liên quan',
        'Cách nói mở, không gắn với đơn vị cụ thể'),

    ('A7', 'lead', 'province', 'bdv-70', null, null, 'Cơ quan chủ trì: Ban Dân vận Tỉnh ủy', null),
    ('A7', 'advising_office', 'province', 'bdv-70-nhanuoc', null, null,
        'Phòng Dân vận các cơ quan Nhà nước phối hợp tham mưu', null),
    ('A7', 'coordinating', 'province', 'sonoivu-70', null, null, 'Cơ quan phối hợp: Sở Nội vụ', null),
    ('A7', 'coordinating', 'province', null, 'related_departments', null, 'các ngành liên quan',
        'Cách nói mở, không gắn với đơn vị cụ thể'),

    ('A8', 'lead', 'province', 'bdv-70', null, null,
        'Cơ quan chủ trì tham mưu: Ban Dân vận Tỉnh ủy (Cơ quan thường trực Ban Chỉ đạo)', null),
    ('A9', 'lead', 'province', 'bdv-70', null, null,
        'Cơ quan chủ trì tham mưu: Ban Dân vận Tỉnh ủy (Cơ quan thường trực Ban Chỉ đạo)', null),
    ('A9', 'coordinating', 'province', 'sonoivu-70', null, null, 'Cơ quan phối hợp: Sở Nội vụ', null),

    ('A10', 'lead', 'province', 'bdv-70', null, null, 'Cơ quan chủ trì: Ban Dân vận Tỉnh ủy', null),
    ('A10', 'advising_office', 'province', 'bdv-70-doanthe', null, null, 'Phòng Đoàn thể và các hội phối hợp tham mưu', null),

    ('A11', 'lead', 'province', 'bdv-70', null, null, 'Cơ quan chủ trì: Ban Dân vận Tỉnh ủy', null),
    ('A11', 'advising_office', 'province', 'bdv-70-doanthe', null, null, 'Phòng Đoàn thể phối hợp tham mưu',
        'Cách hiểu: tên gọi tắt của Phòng Đoàn thể và các hội'),
    ('A11', 'coordinating', 'province', 'btc-70', null, null, 'Cơ quan phối hợp: Ban Tổ chức Tỉnh ủy', null),
    ('A11', 'coordinating', 'province', null, 'front', 'province', 'Mặt trận Tổ quốc … tỉnh', null),
    ('A11', 'coordinating', 'province', null, 'political_bodies', 'province', 'các đoàn thể chính trị - xã hội tỉnh', null),

    ('A12', 'lead', 'province', 'bdv-70', null, null, 'Cơ quan chủ trì: Ban Dân vận Tỉnh ủy', null),
    ('A12', 'coordinating', 'province', 'truongct-70', null, null, 'Cơ quan phối hợp: Trường Chính trị tỉnh', null),

    -- leads that the text of a task names for levels its block does not reach
    ('T2.2.0', 'lead', 'district', null, 'front', null, 'mỗi tổ chức một phong trào, một nhiệm vụ', 'Chỉ tiêu đặt cho mỗi tổ chức'),
    ('T2.2.0', 'lead', 'district', null, 'political_bodies', null, 'mỗi đoàn thể chính trị … mỗi tổ chức', 'Chỉ tiêu đặt cho mỗi tổ chức'),
    ('T2.2.0', 'lead', 'grassroots', null, 'front', null, 'mỗi tổ chức một phong trào, một nhiệm vụ', 'Chỉ tiêu đặt cho mỗi tổ chức'),
    ('T2.2.0', 'lead', 'grassroots', null, 'political_bodies', null, 'tổ chức cơ sở … mỗi tổ chức', 'Chỉ tiêu đặt cho mỗi tổ chức'),
    ('T2.3.3', 'lead', 'district', null, 'armed_forces', null, 'các đơn vị lực lượng vũ trang cùng cấp',
        'Cách hiểu: ở cấp huyện là Ban Chỉ huy Quân sự và Công an'),

    -- part III has no blocks: whoever the sentence names, leads
    ('T6.1', 'lead', null, null, 'committee_board', null, 'Ban Dân vận các cấp ủy chủ động tham mưu cấp ủy',
        'Cách hiểu: cả khối dân vận cơ sở (yêu cầu I.2, gạch đầu dòng 3)'),
    ('T6.2', 'lead', 'province', null, 'departments', null, 'các sở, ban ngành',
        'Chỉ những sở, ban mà kế hoạch nêu tên'),
    ('T6.2', 'lead', null, null, 'front', null, 'MTTQ … các cấp', null),
    ('T6.2', 'lead', null, null, 'political_bodies', null, 'đoàn thể các cấp', null),
    ('T6.3', 'lead', 'province', null, 'committee_board_office', null, 'các phòng chuyên môn (thuộc Ban)', null),
    ('T6.4', 'lead', null, null, 'committee_board', null, 'Ban Dân vận các cấp',
        'Cách hiểu: ban của tỉnh và huyện; khối dân vận không có kinh phí đặc thù riêng'),
    ('T6.5a', 'lead', null, null, 'committee_board', null, 'Năm 2021, triển khai thực hiện kế hoạch',
        'Không nêu đơn vị; theo yêu cầu I.2, gạch đầu dòng 3: ban dân vận và khối vận triển khai kế hoạch'),
    ('T6.5b', 'lead', null, null, 'committee_board', null, 'Năm 2022 - 2024 tổ chức giám sát',
        'Không nêu đơn vị; ban của tỉnh và huyện giám sát cấp dưới'),
    ('T6.5c', 'lead', 'province', 'bdv-70', null, null, 'hội nghị tổng kết 5 năm',
        'Không nêu đơn vị; hội nghị của cơ quan ban hành kế hoạch'),

    -- the actor that a task's own sentence names, where its block has another lead
    ('T1.2b', 'doer', null, null, 'committee', null, 'cấp ủy, tổ chức đảng, các tổ chức trong hệ thống chính trị', null),
    ('T1.3', 'doer', null, null, 'units_concerned', null, 'các địa phương, đơn vị', null),
    ('T1.4', 'doer', null, null, 'units_concerned', null, 'các địa phương, đơn vị', null),
    ('T2.1.1', 'doer', 'province', 'dangdoan-hdnd-70', null, null, 'Đảng đoàn Hội đồng nhân dân tỉnh', null),
    ('T2.1.1', 'doer', null, null, 'councils', null, 'Hội đồng nhân dân các cấp', null),
    ('T2.1.2', 'doer', 'province', 'bcsd-ubnd-70', null, null, 'Ban cán sự đảng UBND tỉnh', null),
    ('T2.1.3', 'doer', 'province', null, 'judiciary_party_committees', 'province', 'Ban cán sự đảng các cơ quan tư pháp',
        'Cách hiểu: tòa án và viện kiểm sát'),
    ('T2.1.4', 'doer', null, null, 'committee_board', null, 'Ban Dân vận cấp ủy', null),
    ('T2.1.4', 'doer', null, null, 'peoples_committee', null, 'UBND cùng cấp', null),
    ('T2.2.0', 'doer', null, null, 'political_bodies', null, 'mỗi đoàn thể chính trị; mỗi tổ chức', null),
    ('T2.2.1', 'doer', null, null, 'committee', null, 'các cấp ủy và tổ chức đảng', null),
    ('T2.2.1x', 'doer', null, null, 'committee', null, 'các cấp ủy và tổ chức đảng', null),
    ('T2.2.3', 'doer', null, null, 'front', null, 'Mặt trận Tổ quốc', null),
    ('T2.2.3', 'doer', null, null, 'political_bodies', null, 'các tổ chức chính trị - xã hội', null),
    ('T2.2.3', 'doer', null, null, 'mass_associations', null, 'các hội quần chúng được giao nhiệm vụ', null),
    ('T2.2.4', 'doer', null, null, 'front', null, 'Mặt trận Tổ quốc', null),
    ('T2.2.4', 'doer', null, null, 'political_bodies', null, 'các tổ chức chính trị - xã hội', null),
    ('T2.2.4', 'doer', null, null, 'peoples_committee', null, 'các cơ quan nhà nước, chính quyền các cấp', null),
    ('T2.2.6', 'doer', null, null, 'committee', null, 'các cấp ủy, tổ chức đảng', null),
    ('T2.3.3', 'doer', null, null, 'committee_board', null, 'Ban Dân vận cấp ủy', null),
    ('T2.3.3', 'doer', null, null, 'armed_forces', null, 'các đơn vị lực lượng vũ trang cùng cấp', null),
    ('T3.1.1', 'doer', 'province', 'bcd-qcdc-70', null, null, 'Ban Chỉ đạo', null),
    ('T3.1.2', 'doer', 'province', 'bcd-qcdc-70', null, null, 'Ban Chỉ đạo', null),
    ('T3.2.1', 'doer', 'province', 'bcd-tongiao-70', null, null, 'Ban Chỉ đạo', null),
    ('T3.2.2', 'doer', 'province', 'bcd-tongiao-70', null, null, 'Ban Chỉ đạo', null);

-- When. A row per item and level (p, d, g) from a few patterns; inferred = the plan names no date.
create temp table timing (
    item text not null, levels text not null, recurrence text not null, label text not null,
    starts_on date not null, due_on date not null, until_year integer, is_inferred boolean not null, note text);

-- "Thường xuyên": at least once a year, told at the year's end.
insert into timing
select item, levels, 'yearly', 'Năm', '2021-01-01', '2021-12-31', 2025, true,
    'Văn bản ghi "thường xuyên", không nêu hạn: tính mỗi năm một lần, hạn cuối năm'
from (values ('T1.4', 'pdg'), ('T2.4.1', 'p'), ('T2.5.1', 'p'), ('T3.2.2', 'p')) as t (item, levels);

-- "Hằng năm".
insert into timing
select item, levels, 'yearly', 'Năm', '2021-01-01', '2021-12-31', 2025, inferred, note
from (values
    ('T2.1.4', 'pd', false, 'Hằng năm; hạn là ngày cuối năm'),
    ('T2.2.0', 'pdg', false, 'Chỉ tiêu hằng năm; hạn là ngày cuối năm'),
    ('T2.3.3', 'pd', false, 'Hằng năm; hạn là ngày cuối năm'),
    ('T5.3', 'p', false, 'Hằng năm; hạn là ngày cuối năm'),
    ('T6.4', 'pd', false, 'Hằng năm; hạn là ngày cuối năm')
) as t (item, levels, inferred, note);

-- No date at all: the whole period of the plan.
insert into timing
select item, levels, 'once', 'Giai đoạn 2021-2025', '2021-08-17', '2025-12-31', null, true,
    'Văn bản không nêu thời hạn: lấy hết thời gian thực hiện kế hoạch (III.5)'
from (values
    ('T1.2b', 'pd'), ('T1.2d', 'pdg'), ('T2.1.1', 'pd'), ('T2.1.2', 'p'), ('T2.1.3', 'p'), ('T2.2.1', 'p'),
    ('T2.2.2', 'p'), ('T2.2.3', 'p'), ('T2.2.4', 'p'), ('T2.2.5', 'p'), ('T2.2.6', 'p'), ('T2.3.1', 'p'),
    ('T2.3.2', 'p'), ('T2.4.2', 'p'), ('T2.4.3', 'p'), ('T2.5.2', 'p'), ('T2.5.3', 'p'), ('T3.1.1', 'p'),
    ('T3.1.3', 'p'), ('T3.1.4', 'p'), ('T3.2.1', 'p'), ('T3.2.3', 'p'), ('T5.1', 'p'), ('T5.2', 'p'),
    ('T6.1', 'pdg'), ('T6.2', 'pdg'), ('T6.3', 'p')
) as t (item, levels);

-- Part II.1: quarter III at the province, quarter IV in the districts.
insert into timing
select item, part.levels, 'once', part.label, part.starts_on, part.due_on, null, false, part.note
from (values ('T1.1'), ('T1.2a'), ('T1.2b'), ('T1.2c'), ('T1.3'), ('T1.5'), ('K5')) as t (item)
cross join (values
    ('p', 'Quý III/2021', date '2021-08-17', date '2021-09-30', 'Hạn là ngày cuối quý; bắt đầu từ ngày ký'),
    ('d', 'Quý IV/2021', date '2021-10-01', date '2021-12-31', 'Hạn là ngày cuối quý')
) as part (levels, label, starts_on, due_on, note);

insert into timing
values
    ('T1.3', 'g', 'once', 'Quý IV/2021', '2021-10-01', '2021-12-31', null, true,
        'Văn bản không nêu hạn của cơ sở: lấy cùng cấp huyện'),
    ('T1.5', 'g', 'once', 'Quý IV/2021', '2021-10-01', '2021-12-31', null, true,
        'Văn bản không nêu hạn của cơ sở: lấy cùng cấp huyện'),
    ('T1.2e', 'pdg', 'once', 'Đến 15/10/2025', '2025-01-01', '2025-10-15', null, false,
        'Hạn là ngày kỷ niệm nêu trong văn bản; ngày bắt đầu là cách hiểu'),
    ('T1.2f', 'p', 'once', 'Năm 2025', '2025-01-01', '2025-12-31', null, true,
        'Văn bản chỉ nêu giai đoạn 2021-2025: lấy năm cuối'),
    ('T2.2.1x', 'p', 'once', 'Năm 2021', '2021-08-17', '2021-12-31', null, true,
        'Văn bản không nêu hạn: lấy năm ban hành 05-NQ/TU'),
    ('T2.2.7', 'pd', 'once', 'Bước 1: 8-12/2021', '2021-08-01', '2021-12-31', null, false, 'Triển khai, khảo sát, thí điểm'),
    ('T2.2.7', 'pd', 'once', 'Bước 2: năm 2022', '2022-01-01', '2022-12-31', null, false, 'Thực hiện trên diện rộng'),
    ('T2.2.7', 'pd', 'once', 'Bước 3: năm 2023', '2023-01-01', '2023-12-31', null, false, 'Kiểm tra, sơ kết, nhân rộng'),
    ('T2.2.7', 'pd', 'once', 'Bước 4: năm 2025', '2025-01-01', '2025-12-31', null, false,
        'Tổng kết; năm 2024 không thuộc bước nào'),
    ('T2.3.3', 'pd', 'once', 'Giai đoạn 2021-2025', '2021-08-17', '2021-12-31', null, true,
        'Kế hoạch cho cả giai đoạn phải có từ đầu: lấy hết năm triển khai 2021'),
    ('T3.1.2', 'p', 'once', 'Năm 2021', '2021-08-17', '2021-12-31', null, true,
        'Văn bản không nêu hạn; năm năm từ 07/01/2016 đã hết tháng 01/2021: lấy hết năm 2021'),
    ('T4', 'p', 'once', 'Giao ban 6 tháng 2021', '2021-08-17', '2021-09-30', null, true,
        'Kế hoạch ký sau kỳ họp thường lệ tháng 7: lấy hết quý III/2021'),
    ('T4', 'p', 'yearly', 'Giao ban 6 tháng', '2022-07-01', '2022-07-31', 2025, true, 'Văn bản không nêu tháng: theo thông lệ'),
    ('T4', 'p', 'yearly', 'Giao ban 9 tháng', '2021-10-01', '2021-10-31', 2025, true, 'Văn bản không nêu tháng: theo thông lệ'),
    ('T4', 'p', 'yearly', 'Tổng kết năm', '2021-12-01', '2021-12-31', 2025, true, 'Văn bản không nêu tháng: theo thông lệ'),
    ('T6.5a', 'pdg', 'once', 'Năm 2021', '2021-08-17', '2021-12-31', null, false, 'Hạn là ngày cuối năm'),
    ('T6.5b', 'pd', 'once', 'Giai đoạn 2022-2024', '2022-01-01', '2024-12-31', null, false, 'Hạn là ngày cuối giai đoạn'),
    ('T6.5c', 'p', 'once', 'Năm 2025', '2025-01-01', '2025-12-31', null, false, 'Hạn là ngày cuối năm');

do $$
declare
    loaded_plan constant uuid := '017b4fe7-da80-7000-8000-000000000a36';
    id_stem constant text := '017b4fe7-da80-7000-8000-0000000c';  -- + position, 4 digits
    source_document constant uuid := '017b4fe7-da80-7000-8000-000000000d36';
    made_count integer;
begin
    if exists (select from app.plan where id = loaded_plan) then
        return;
    end if;

    insert into app.plan (id, number, title, document_id, issuer_unit_id, issuer_area_id, signed_on, signer,
        period_from, period_to, status)
    select loaded_plan, '36-KH/BDVTU',
        'Kế hoạch hành động thực hiện Nghị quyết Đại hội XIII của Đảng và Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XI về công tác dân vận',
        source_document, board.id, board.area_id, '2021-08-17', 'Lê Thị Xuân Trang',
        -- from the signature: III.5 says 2021-2025, and nobody could owe anything before 17/8/2021
        '2021-08-17', '2025-12-31', 'submitted'
    from app.unit as board where board.code = 'bdv-70';

    -- Parents and blocks after all rows are there: the keys point both ways in the outline.
    insert into app.plan_item (id, plan_id, kind, code, outline, position, title, text, deliverable,
        source_document_id, source_clause)
    select (id_stem || lpad(i.position::text, 4, '0'))::uuid, loaded_plan, i.kind, i.code, i.outline, i.position * 10, i.title,
        i.text, i.deliverable, source_document, i.clause
    from item as i order by i.position;
    update app.plan_item as p
    set parent_id = (id_stem || lpad(parent.position::text, 4, '0'))::uuid,
        block_id = (id_stem || lpad(block.position::text, 4, '0'))::uuid
    from item as i
    left join item as parent on parent.code = i.parent
    left join item as block on block.code = i.block
    where p.plan_id = loaded_plan and p.code = i.code and (i.parent is not null or i.block is not null);

    insert into app.plan_item_document (plan_item_id, document_id)
    select (id_stem || lpad(i.position::text, 4, '0'))::uuid, ('017b4fe7-da80-7000-8000-000000000' || ref)::uuid
    from item as i cross join unnest(i.documents) as ref;

    insert into app.responsibility (plan_item_id, role, level_id, unit_id, holder_role, holder_level_id, as_written, note)
    select (id_stem || lpad(i.position::text, 4, '0'))::uuid, a.role, l.id, u.id, a.holder, hl.id, a.as_written, a.note
    from answer as a
    join item as i on i.code = a.item
    left join app.level as l on l.code = a.level
    left join app.level as hl on hl.code = a.holder_level
    left join app.unit as u on u.code = a.unit
    order by i.position;
    get diagnostics made_count = row_count;
    if made_count <> (select count(*) from answer) then
        raise exception 'a responsibility names an item that does not exist';
    end if;

    insert into app.schedule (plan_item_id, level_id, recurrence, label, starts_on, due_on, until_year, is_inferred, note)
    select (id_stem || lpad(i.position::text, 4, '0'))::uuid, l.id, t.recurrence, t.label, t.starts_on, t.due_on,
        t.until_year, t.is_inferred, t.note
    from timing as t
    join item as i on i.code = t.item
    join app.level as l on position(left(l.code, 1) in t.levels) > 0
    order by i.position, l.id, t.due_on;
    get diagnostics made_count = row_count;
    if made_count <> (select sum(char_length(levels)) from timing) then
        raise exception 'a schedule names an item or level that does not exist';
    end if;
end $$;

drop table item, answer, timing;

-- T1.3 has every locality write a plan of its own; reports follow the plan's own headings. Corrected
-- here at every deploy, for the plan may have been loaded before these columns were.
update app.plan_item set asks_own_plan = true
where plan_id = '017b4fe7-da80-7000-8000-000000000a36' and code = 'T1.3' and not asks_own_plan;
update app.plan set report_outline = 'plan_36'
where id = '017b4fe7-da80-7000-8000-000000000a36' and report_outline = 'sector_year';
