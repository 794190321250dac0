-- Levels, scopes and lines. Applied at every deploy: adds what is missing, corrects what differs.
-- Row security binds the owner too, so this runs as the deploying superuser.
set local role none;

insert into app.level as l (id, code, name) values
    (1, 'province', 'Cấp tỉnh'),
    (2, 'district', 'Cấp huyện'),
    (3, 'grassroots', 'Cấp cơ sở')
on conflict (id) do update set code = excluded.code, name = excluded.name
    where (l.code, l.name) is distinct from (excluded.code, excluded.name);

-- Two scopes per level: the whole area subtree, or one's own line in it. sql/code/05_scope_roles.sql
-- makes a pair of database roles of each.
insert into app.scope as s (code, level_id, is_own_line) values
    ('province', 1, false),
    ('province_line', 1, true),
    ('district', 2, false),
    ('district_line', 2, true),
    ('grassroots', 3, false),
    ('grassroots_line', 3, true)
on conflict (code) do update set level_id = excluded.level_id, is_own_line = excluded.is_own_line
    where (s.level_id, s.is_own_line) is distinct from (excluded.level_id, excluded.is_own_line);

insert into app.line as l (id, code, name, sees_all_lines) values
    (1, 'mobilization', 'Dân vận', true),
    (2, 'party', 'Đảng', true),
    (3, 'government', 'Chính quyền', false),
    (4, 'council', 'Hội đồng nhân dân', false),
    (5, 'judiciary', 'Tư pháp', false),
    (6, 'front', 'Mặt trận Tổ quốc', false),
    (7, 'trade_union', 'Công đoàn', false),
    (8, 'farmers', 'Nông dân', false),
    (9, 'women', 'Phụ nữ', false),
    (10, 'veterans', 'Cựu chiến binh', false),
    (11, 'youth', 'Đoàn Thanh niên', false),
    (12, 'mass_association', 'Hội quần chúng', false),
    (13, 'armed_forces', 'Lực lượng vũ trang', false),
    (14, 'school', 'Trường chính trị', false)
on conflict (id) do update
    set code = excluded.code, name = excluded.name, sees_all_lines = excluded.sees_all_lines
    where (l.code, l.name, l.sees_all_lines)
        is distinct from (excluded.code, excluded.name, excluded.sees_all_lines);
