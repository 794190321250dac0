-- 30/4/2026: tỉnh Đồng Nai becomes a city under the central government, ten of its communes wards; three of
-- those ten come of Bình Phước.
reset role;

\if :is_new_history

select pg_temp.history_day('2026-04-30') \g /dev/null

do $$
declare
    change uuid;
    place record;
begin
    change := pg_temp.reorg_add('Thành lập thành phố Đồng Nai và các phường thuộc thành phố', '2026-04-30',
        '30/2026/QH16; 237/NQ-UBTVQH16', 'btgdv-75',
        pg_temp.reorg_document('30/2026/QH16', 'Quốc hội', null, 'Thành lập thành phố Đồng Nai', 'btgdv-75',
            'Số, ngày và tên theo nguồn công khai; chưa đối chiếu bản gốc.'),
        'Theo nguồn công khai, gần như chắc chắn. Tên gọi Thành ủy là cách hiểu. Mười xã thành phường, ba xã trong đó từ Bình Phước; '
        'bảy xã kia không có trong hệ thống này.');
    for place in
        select *
        from (values
            ('75', 'Thành phố Đồng Nai', 'Thành phố'),
            ('25270', 'Phường Lộc Ninh', 'Phường'),
            ('25357', 'Phường Tân Khai', 'Phường'),
            ('25363', 'Phường Đồng Phú', 'Phường')
        ) as p (code, name, kind)
    loop
        perform pg_temp.reorg_part(pg_temp.reorg_step(change, 'area', 'change_kind'), 'from',
            pg_temp.reorg_area(place.code), p_name => place.name, p_kind => place.kind);
    end loop;
    perform pg_temp.reorg_carry_out(change);
end;
$$;

\endif
