-- Posts and training topics. Data, not code: an office adds its own. Repeatable: a changed name is
-- corrected, nothing is removed.
reset role;

insert into app.position as position (code, name, level_id, is_leading, rank)
select p.code, p.name, l.id, p.is_leading, p.rank
from (values
    ('board_head', 'Trưởng ban', null, true, 10),
    ('board_deputy_head', 'Phó Trưởng ban', null, true, 20),
    ('standing_deputy_head', 'Phó Trưởng ban Thường trực', null, true, 15),
    ('chair', 'Chủ tịch', null, true, 10),
    ('vice_chair', 'Phó Chủ tịch', null, true, 20),
    ('secretary', 'Bí thư', null, true, 10),
    ('deputy_secretary', 'Phó Bí thư', null, true, 20),
    ('director', 'Giám đốc', 'province', true, 10),
    ('deputy_director', 'Phó Giám đốc', 'province', true, 20),
    ('chief', 'Chỉ huy trưởng, trưởng cơ quan', null, true, 10),
    ('deputy_chief', 'Phó Chỉ huy trưởng, phó thủ trưởng cơ quan', null, true, 20),
    ('office_head', 'Trưởng phòng', null, true, 30),
    ('office_deputy_head', 'Phó Trưởng phòng', null, true, 40),
    ('bloc_head', 'Trưởng khối dân vận', 'grassroots', true, 30),
    ('bloc_deputy_head', 'Phó Trưởng khối dân vận', 'grassroots', true, 40),
    ('officer', 'Chuyên viên', null, false, 60),
    ('senior_officer', 'Chuyên viên chính', null, false, 50),
    ('standing_member', 'Ủy viên Thường trực', null, false, 45),
    ('member', 'Ủy viên, thành viên', null, false, 70),
    ('employee', 'Nhân viên', null, false, 80)
) as p (code, name, level, is_leading, rank)
left join app.level as l on l.code = p.level
on conflict (code) do update
    set name = excluded.name, level_id = excluded.level_id, is_leading = excluded.is_leading, rank = excluded.rank
    where (position.name, position.level_id, position.is_leading, position.rank)
        is distinct from (excluded.name, excluded.level_id, excluded.is_leading, excluded.rank);

insert into app.training_topic (code, name, valid_months)
values
    ('mobilization_work', 'Bồi dưỡng nghiệp vụ công tác dân vận', 60),
    ('ethnic_affairs', 'Bồi dưỡng kiến thức công tác dân tộc', 60),
    ('religious_affairs', 'Bồi dưỡng kiến thức công tác tôn giáo', 60),
    ('grassroots_democracy', 'Tập huấn thực hiện quy chế dân chủ ở cơ sở', 36),
    ('skilful_mobilization', 'Tập huấn xây dựng mô hình "Dân vận khéo"', 36),
    ('political_theory', 'Lý luận chính trị', null)
on conflict (code) do update
    set name = excluded.name, valid_months = excluded.valid_months
    where (training_topic.name, training_topic.valid_months) is distinct from (excluded.name, excluded.valid_months);
