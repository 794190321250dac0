-- What reporting stands on: who reports to whom, kinds of period with their usual days, outlines, and
-- rating scales. Data, not code: other provinces change the rows. Needs levels, lines and kinds (10_, 20_).
reset role;

-- Where a level has ended (districts, July 2025), the next position counts: the same body of the province.
insert into app.unit_kind_superior as s (kind, superior_kind, position)
select wanted.kind, wanted.superior, wanted.position
from (values
    ('provincial_board_office', 'provincial_board', 1),
    ('provincial_propaganda_mobilization_board_office', 'provincial_propaganda_mobilization_board', 1),
    ('district_board', 'provincial_board', 1),
    ('district_board', 'provincial_propaganda_mobilization_board', 2),
    ('mobilization_bloc', 'district_board', 1),
    ('mobilization_bloc', 'provincial_board', 2),
    ('mobilization_bloc', 'provincial_propaganda_mobilization_board', 3),
    ('district_committee', 'provincial_committee', 1),
    ('district_committee_office', 'provincial_committee_office', 1),
    ('district_council', 'provincial_council', 1),
    ('grassroots_council', 'district_council', 1),
    ('grassroots_council', 'provincial_council', 2),
    ('district_peoples_committee', 'provincial_peoples_committee', 1),
    ('grassroots_peoples_committee', 'district_peoples_committee', 1),
    ('grassroots_peoples_committee', 'provincial_peoples_committee', 2),
    ('district_front', 'provincial_front', 1),
    ('grassroots_front', 'district_front', 1),
    ('grassroots_front', 'provincial_front', 2),
    ('district_trade_union', 'provincial_trade_union', 1),
    ('grassroots_trade_union', 'district_trade_union', 1),
    ('grassroots_trade_union', 'provincial_trade_union', 2),
    ('district_farmers_union', 'provincial_farmers_union', 1),
    ('grassroots_farmers_union', 'district_farmers_union', 1),
    ('grassroots_farmers_union', 'provincial_farmers_union', 2),
    ('district_womens_union', 'provincial_womens_union', 1),
    ('grassroots_womens_union', 'district_womens_union', 1),
    ('grassroots_womens_union', 'provincial_womens_union', 2),
    ('district_veterans_association', 'provincial_veterans_association', 1),
    ('grassroots_veterans_association', 'district_veterans_association', 1),
    ('grassroots_veterans_association', 'provincial_veterans_association', 2),
    ('district_youth_union', 'provincial_youth_union', 1),
    ('grassroots_youth_union', 'district_youth_union', 1),
    ('grassroots_youth_union', 'provincial_youth_union', 2),
    ('district_military_command', 'provincial_military_command', 1),
    ('district_police', 'provincial_police', 1)
) as wanted (kind, superior, position)
on conflict (kind, superior_kind) do update set position = excluded.position
    where s.position <> excluded.position;

-- Six months by mid-June, nine months by mid-September, the year by the turn of November: usual
-- practice, each level some days before the one above, which gathers. A plan moves its own days.
insert into app.period_kind as k
    (code, name, position, months, per_year, opens_offset_days, locks_offset_days, label_pattern) values
    ('month', 'Tháng', 1, 1, 12, -15, 15, 'Tháng {number}/{year}'),
    ('quarter', 'Quý', 2, 3, 4, -30, 20, 'Quý {roman}/{year}'),
    ('six_months', '6 tháng', 3, 6, 1, -45, 30, '6 tháng đầu năm {year}'),
    ('nine_months', '9 tháng', 4, 9, 1, -45, 30, '9 tháng năm {year}'),
    ('year', 'Năm', 5, 12, 1, -61, 45, 'Năm {year}'),
    ('phase', 'Giai đoạn', 6, null, 0, -45, 45, null)
on conflict (code) do update
    set name = excluded.name, position = excluded.position, months = excluded.months, per_year = excluded.per_year,
        opens_offset_days = excluded.opens_offset_days, locks_offset_days = excluded.locks_offset_days,
        label_pattern = excluded.label_pattern
    where (k.name, k.position, k.months, k.per_year, k.opens_offset_days, k.locks_offset_days, k.label_pattern)
        is distinct from (excluded.name, excluded.position, excluded.months, excluded.per_year,
        excluded.opens_offset_days, excluded.locks_offset_days, excluded.label_pattern);

insert into app.period_kind_due as d (kind, level_id, due_offset_days)
select wanted.kind, l.id, wanted.days
from (values
    ('month', 'grassroots', -10), ('month', 'district', -7), ('month', 'province', -5),
    ('quarter', 'grassroots', -15), ('quarter', 'district', -10), ('quarter', 'province', -5),
    ('six_months', 'grassroots', -25), ('six_months', 'district', -20), ('six_months', 'province', -15),
    ('nine_months', 'grassroots', -25), ('nine_months', 'district', -20), ('nine_months', 'province', -15),
    ('year', 'grassroots', -46), ('year', 'district', -36), ('year', 'province', -26),
    ('phase', 'grassroots', 0), ('phase', 'district', 10), ('phase', 'province', 20)
) as wanted (kind, level, days)
join app.level as l on l.code = wanted.level
on conflict (kind, level_id) do update set due_offset_days = excluded.due_offset_days
    where d.due_offset_days <> excluded.due_offset_days;

insert into app.report_outline as o (code, name) values
    ('sector_year', 'Báo cáo định kỳ công tác dân vận'),
    ('plan_36', 'Báo cáo thực hiện Kế hoạch 36-KH/BDVTU')
on conflict (code) do update set name = excluded.name where o.name <> excluded.name;

insert into app.report_outline_section as s (outline, code, position, title, counts_only, hint) values
    ('sector_year', 'general', 1, 'Tình hình chung', false, 'Rất ngắn: bối cảnh, tâm trạng các tầng lớp nhân dân.'),
    ('sector_year', 'party_committees', 2, 'Công tác dân vận của cấp ủy', false, null),
    ('sector_year', 'state_bodies', 3, 'Công tác dân vận của cơ quan nhà nước, chính quyền các cấp', false, null),
    ('sector_year', 'front_and_bodies', 4, 'Công tác dân vận của Mặt trận Tổ quốc, đoàn thể, hội', false, null),
    ('sector_year', 'ethnic_and_religious', 5, 'Công tác dân tộc, tôn giáo', true,
        'Chỉ ghi số việc tổ chức đã làm; không nêu tên hay thông tin của cá nhân, hộ gia đình.'),
    ('sector_year', 'board', 6, 'Hoạt động của ban, khối dân vận', false, null),
    ('sector_year', 'proposals', 7, 'Đề xuất, kiến nghị', false, null),
    ('sector_year', 'assessment', 8, 'Đánh giá chung: hạn chế, bài học', false, null),
    ('sector_year', 'orientation', 9, 'Phương hướng của cấp ủy', false, null),
    ('sector_year', 'next_tasks', 10, 'Nhiệm vụ trọng tâm kỳ tới', false, 'Rõ việc, thời gian, yêu cầu, giải pháp.'),
    ('plan_36', 'leadership', 1, 'Chỉ đạo, quán triệt (mục II.1)', false, null),
    ('plan_36', 'state_bodies', 2, 'Công tác dân vận của cơ quan nhà nước (mục II.2.1)', false, null),
    ('plan_36', 'front_and_bodies', 3, 'Mặt trận Tổ quốc, đoàn thể, hội (mục II.2.2)', false,
        'Nêu kết quả các chỉ tiêu và Đề án 1217.'),
    ('plan_36', 'armed_forces', 4, 'Lực lượng vũ trang (mục II.2.3)', false, null),
    ('plan_36', 'ethnic_minorities', 5, 'Vùng đồng bào dân tộc thiểu số (mục II.2.4)', true,
        'Chỉ ghi số việc tổ chức đã làm; không nêu tên hay thông tin của cá nhân, hộ gia đình.'),
    ('plan_36', 'religion', 6, 'Công tác tôn giáo (mục II.2.5)', true,
        'Chỉ ghi số việc tổ chức đã làm; không nêu tên hay thông tin của cá nhân, hộ gia đình.'),
    ('plan_36', 'steering_committees', 7, 'Hoạt động của các ban chỉ đạo (mục II.3)', false, null),
    ('plan_36', 'organisation_and_staff', 8, 'Tổ chức, cán bộ, tập huấn (mục II.5)', false, null),
    ('plan_36', 'budget', 9, 'Kinh phí (mục III.4)', false, null),
    ('plan_36', 'limits_and_causes', 10, 'Hạn chế, nguyên nhân', false, null),
    ('plan_36', 'proposals', 11, 'Đề xuất, kiến nghị', false, null),
    ('plan_36', 'orientation', 12, 'Phương hướng, nhiệm vụ kỳ tới', false, null)
on conflict (outline, code) do update
    set position = excluded.position, title = excluded.title, counts_only = excluded.counts_only, hint = excluded.hint
    where (s.position, s.title, s.counts_only, s.hint) is distinct from
        (excluded.position, excluded.title, excluded.counts_only, excluded.hint);

-- The plan names no scale: these are the two in use at the time; a body that has its own adds it.
insert into app.rating_scale as s (code, name) values
    ('five_grades', 'Xuất sắc, tốt, khá, trung bình, yếu'),
    ('task_completion', 'Mức độ hoàn thành nhiệm vụ')
on conflict (code) do update set name = excluded.name where s.name <> excluded.name;
insert into app.rating_grade as g (scale, code, name, position, counts_as_fair_or_better) values
    ('five_grades', 'excellent', 'Xuất sắc', 1, true),
    ('five_grades', 'good', 'Tốt', 2, true),
    ('five_grades', 'fair', 'Khá', 3, true),
    ('five_grades', 'average', 'Trung bình', 4, false),
    ('five_grades', 'weak', 'Yếu', 5, false),
    ('task_completion', 'excellent', 'Hoàn thành xuất sắc nhiệm vụ', 1, true),
    ('task_completion', 'good', 'Hoàn thành tốt nhiệm vụ', 2, true),
    ('task_completion', 'completed', 'Hoàn thành nhiệm vụ', 3, false),
    ('task_completion', 'not_completed', 'Không hoàn thành nhiệm vụ', 4, false)
on conflict (scale, code) do update
    set name = excluded.name, position = excluded.position, counts_as_fair_or_better = excluded.counts_as_fair_or_better
    where (g.name, g.position, g.counts_as_fair_or_better) is distinct from
        (excluded.name, excluded.position, excluded.counts_as_fair_or_better);
