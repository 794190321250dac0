-- Territory of Bình Phước as of 01/7/2021: 1 province, 11 districts, 111 communes, with the statistics
-- office's codes. A code or a name is no identity (five pairs of communes share name and type; codes
-- were reused in 2025), so an area is found by the code it had on a date. Repeatable: an area whose
-- code is already known for that date is left alone.
reset role;

create temp table territory (code text primary key, name text not null, kind text not null, parent_code text);
insert into territory (code, name, kind, parent_code)
values
    ('70', 'Tỉnh Bình Phước', 'Tỉnh', null),
    ('688', 'Thị xã Phước Long', 'Thị xã', '70'),
    ('689', 'Thành phố Đồng Xoài', 'Thành phố', '70'),
    ('690', 'Thị xã Bình Long', 'Thị xã', '70'),
    ('691', 'Huyện Bù Gia Mập', 'Huyện', '70'),
    ('692', 'Huyện Lộc Ninh', 'Huyện', '70'),
    ('693', 'Huyện Bù Đốp', 'Huyện', '70'),
    ('694', 'Huyện Hớn Quản', 'Huyện', '70'),
    ('695', 'Huyện Đồng Phú', 'Huyện', '70'),
    ('696', 'Huyện Bù Đăng', 'Huyện', '70'),
    ('697', 'Huyện Chơn Thành', 'Huyện', '70'),
    ('698', 'Huyện Phú Riềng', 'Huyện', '70'),
    ('25216', 'Phường Thác Mơ', 'Phường', '688'),
    ('25217', 'Phường Long Thủy', 'Phường', '688'),
    ('25219', 'Phường Phước Bình', 'Phường', '688'),
    ('25220', 'Phường Long Phước', 'Phường', '688'),
    ('25237', 'Phường Sơn Giang', 'Phường', '688'),
    ('25245', 'Xã Long Giang', 'Xã', '688'),
    ('25249', 'Xã Phước Tín', 'Xã', '688'),
    ('25195', 'Phường Tân Phú', 'Phường', '689'),
    ('25198', 'Phường Tân Đồng', 'Phường', '689'),
    ('25201', 'Phường Tân Bình', 'Phường', '689'),
    ('25204', 'Phường Tân Xuân', 'Phường', '689'),
    ('25205', 'Phường Tân Thiện', 'Phường', '689'),
    ('25207', 'Xã Tân Thành', 'Xã', '689'),
    ('25210', 'Phường Tiến Thành', 'Phường', '689'),
    ('25213', 'Xã Tiến Hưng', 'Xã', '689'),
    ('25320', 'Phường Hưng Chiến', 'Phường', '690'),
    ('25324', 'Phường An Lộc', 'Phường', '690'),
    ('25325', 'Phường Phú Thịnh', 'Phường', '690'),
    ('25326', 'Phường Phú Đức', 'Phường', '690'),
    ('25333', 'Xã Thanh Lương', 'Xã', '690'),
    ('25336', 'Xã Thanh Phú', 'Xã', '690'),
    ('25222', 'Xã Bù Gia Mập', 'Xã', '691'),
    ('25225', 'Xã Đak Ơ', 'Xã', '691'),
    ('25228', 'Xã Đức Hạnh', 'Xã', '691'),
    ('25229', 'Xã Phú Văn', 'Xã', '691'),
    ('25231', 'Xã Đa Kia', 'Xã', '691'),
    ('25232', 'Xã Phước Minh', 'Xã', '691'),
    ('25234', 'Xã Bình Thắng', 'Xã', '691'),
    ('25267', 'Xã Phú Nghĩa', 'Xã', '691'),
    ('25270', 'Thị trấn Lộc Ninh', 'Thị trấn', '692'),
    ('25273', 'Xã Lộc Hòa', 'Xã', '692'),
    ('25276', 'Xã Lộc An', 'Xã', '692'),
    ('25279', 'Xã Lộc Tấn', 'Xã', '692'),
    ('25280', 'Xã Lộc Thạnh', 'Xã', '692'),
    ('25282', 'Xã Lộc Hiệp', 'Xã', '692'),
    ('25285', 'Xã Lộc Thiện', 'Xã', '692'),
    ('25288', 'Xã Lộc Thuận', 'Xã', '692'),
    ('25291', 'Xã Lộc Quang', 'Xã', '692'),
    ('25292', 'Xã Lộc Phú', 'Xã', '692'),
    ('25294', 'Xã Lộc Thành', 'Xã', '692'),
    ('25297', 'Xã Lộc Thái', 'Xã', '692'),
    ('25300', 'Xã Lộc Điền', 'Xã', '692'),
    ('25303', 'Xã Lộc Hưng', 'Xã', '692'),
    ('25305', 'Xã Lộc Thịnh', 'Xã', '692'),
    ('25306', 'Xã Lộc Khánh', 'Xã', '692'),
    ('25308', 'Thị trấn Thanh Bình', 'Thị trấn', '693'),
    ('25309', 'Xã Hưng Phước', 'Xã', '693'),
    ('25310', 'Xã Phước Thiện', 'Xã', '693'),
    ('25312', 'Xã Thiện Hưng', 'Xã', '693'),
    ('25315', 'Xã Thanh Hòa', 'Xã', '693'),
    ('25318', 'Xã Tân Thành', 'Xã', '693'),
    ('25321', 'Xã Tân Tiến', 'Xã', '693'),
    ('25327', 'Xã Thanh An', 'Xã', '694'),
    ('25330', 'Xã An Khương', 'Xã', '694'),
    ('25339', 'Xã An Phú', 'Xã', '694'),
    ('25342', 'Xã Tân Lợi', 'Xã', '694'),
    ('25345', 'Xã Tân Hưng', 'Xã', '694'),
    ('25348', 'Xã Minh Đức', 'Xã', '694'),
    ('25349', 'Xã Minh Tâm', 'Xã', '694'),
    ('25351', 'Xã Phước An', 'Xã', '694'),
    ('25354', 'Xã Thanh Bình', 'Xã', '694'),
    ('25357', 'Thị trấn Tân Khai', 'Thị trấn', '694'),
    ('25360', 'Xã Đồng Nơ', 'Xã', '694'),
    ('25361', 'Xã Tân Hiệp', 'Xã', '694'),
    ('25438', 'Xã Tân Quan', 'Xã', '694'),
    ('25363', 'Thị trấn Tân Phú', 'Thị trấn', '695'),
    ('25366', 'Xã Thuận Lợi', 'Xã', '695'),
    ('25369', 'Xã Đồng Tâm', 'Xã', '695'),
    ('25372', 'Xã Tân Phước', 'Xã', '695'),
    ('25375', 'Xã Tân Hưng', 'Xã', '695'),
    ('25378', 'Xã Tân Lợi', 'Xã', '695'),
    ('25381', 'Xã Tân Lập', 'Xã', '695'),
    ('25384', 'Xã Tân Hòa', 'Xã', '695'),
    ('25387', 'Xã Thuận Phú', 'Xã', '695'),
    ('25390', 'Xã Đồng Tiến', 'Xã', '695'),
    ('25393', 'Xã Tân Tiến', 'Xã', '695'),
    ('25396', 'Thị trấn Đức Phong', 'Thị trấn', '696'),
    ('25398', 'Xã Đường 10', 'Xã', '696'),
    ('25399', 'Xã Đak Nhau', 'Xã', '696'),
    ('25400', 'Xã Phú Sơn', 'Xã', '696'),
    ('25402', 'Xã Thọ Sơn', 'Xã', '696'),
    ('25404', 'Xã Bình Minh', 'Xã', '696'),
    ('25405', 'Xã Bom Bo', 'Xã', '696'),
    ('25408', 'Xã Minh Hưng', 'Xã', '696'),
    ('25411', 'Xã Đoàn Kết', 'Xã', '696'),
    ('25414', 'Xã Đồng Nai', 'Xã', '696'),
    ('25417', 'Xã Đức Liễu', 'Xã', '696'),
    ('25420', 'Xã Thống Nhất', 'Xã', '696'),
    ('25423', 'Xã Nghĩa Trung', 'Xã', '696'),
    ('25424', 'Xã Nghĩa Bình', 'Xã', '696'),
    ('25426', 'Xã Đăng Hà', 'Xã', '696'),
    ('25429', 'Xã Phước Sơn', 'Xã', '696'),
    ('25432', 'Thị trấn Chơn Thành', 'Thị trấn', '697'),
    ('25433', 'Xã Thành Tâm', 'Xã', '697'),
    ('25435', 'Xã Minh Lập', 'Xã', '697'),
    ('25439', 'Xã Quang Minh', 'Xã', '697'),
    ('25441', 'Xã Minh Hưng', 'Xã', '697'),
    ('25444', 'Xã Minh Long', 'Xã', '697'),
    ('25447', 'Xã Minh Thành', 'Xã', '697'),
    ('25450', 'Xã Nha Bích', 'Xã', '697'),
    ('25453', 'Xã Minh Thắng', 'Xã', '697'),
    ('25240', 'Xã Long Bình', 'Xã', '698'),
    ('25243', 'Xã Bình Tân', 'Xã', '698'),
    ('25244', 'Xã Bình Sơn', 'Xã', '698'),
    ('25246', 'Xã Long Hưng', 'Xã', '698'),
    ('25250', 'Xã Phước Tân', 'Xã', '698'),
    ('25252', 'Xã Bù Nho', 'Xã', '698'),
    ('25255', 'Xã Long Hà', 'Xã', '698'),
    ('25258', 'Xã Long Tân', 'Xã', '698'),
    ('25261', 'Xã Phú Trung', 'Xã', '698'),
    ('25264', 'Xã Phú Riềng', 'Xã', '698');

do $$
declare
    known_from constant date := '2021-07-01';
    piece record;
    parent integer;
    made integer;
begin
    for piece in
        select t.*, l.id as level_id
        from territory as t
        join app.level as l on l.code = case
            when t.kind = 'Tỉnh' then 'province'
            when t.kind in ('Huyện', 'Thị xã', 'Thành phố') then 'district'
            else 'grassroots' end
        where not exists (
            select from app.area_version as v where v.code = t.code and v.valid_from = known_from)
        order by l.id, t.parent_code, t.code  -- parents before children
    loop
        parent := null;
        if piece.parent_code is not null then
            select v.area_id into strict parent
            from app.area_version as v
            where v.code = piece.parent_code and v.valid_from = known_from;
        end if;
        insert into app.area (level_id, parent_id) values (piece.level_id, parent) returning id into made;
        insert into app.area_version (area_id, code, name, kind, parent_id, valid_from)
        values (made, piece.code, piece.name, piece.kind, parent, known_from);
    end loop;
end $$;

drop table territory;
