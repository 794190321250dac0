-- 01/7/2025: Bình Phước goes into the new Đồng Nai, the district level ends, 111 communes become 40 (two of
-- them go on as they are). The province is made first, so that what is no body of the province, Binh đoàn 16,
-- moves there and is not merged with anything.
--
-- The names of the province's and communes' bodies follow the area's; which bodies a new commune has in
-- truth (a board of its own instead of the bloc) is not known here and not guessed.
reset role;

\if :is_new_history

select pg_temp.history_day('2025-07-01') \g /dev/null

do $$
declare
    new_province constant uuid := pg_temp.reorg_document('202/2025/QH15', 'Quốc hội', '2025-06-12',
        'Sắp xếp đơn vị hành chính cấp tỉnh', 'btgdv-70');
    new_communes constant uuid := pg_temp.reorg_document('1662/NQ-UBTVQH15', 'Ủy ban Thường vụ Quốc hội', '2025-06-16',
        'Sắp xếp các đơn vị hành chính cấp xã của tỉnh Đồng Nai năm 2025', 'btgdv-70');
    change uuid;
    step uuid;
    province uuid;
    dong_nai integer;
    place record;
    wrong text;
begin
    select string_agg(c.code || ' ' || c.name, ', ' order by c.code) into wrong
    from commune_2025 as c
    left join app.area_version as v on v.code = c.code and v.name = c.name
        and v.valid_from < '2025-07-01' and coalesce(v.valid_to > '2025-06-30', true)
    where v.id is null;
    if wrong is not null then
        raise exception 'not so called on 30/6/2025: %', wrong;
    end if;

    change := pg_temp.reorg_add('Lập tỉnh Đồng Nai mới', '2025-07-01', '202/2025/QH15', 'btgdv-70', new_province,
        'Tỉnh Đồng Nai mới gồm cả tỉnh Đồng Nai cũ; hệ thống này chỉ có phần từ Bình Phước (40 trong 95 xã, phường). '
        'Mã 75 theo danh mục năm 2025.');
    province := pg_temp.reorg_part(pg_temp.reorg_step(change, 'area', 'create'), 'to',
        p_code => '75', p_name => 'Tỉnh Đồng Nai', p_kind => 'Tỉnh', p_level => 'province');
    perform pg_temp.reorg_part(pg_temp.reorg_step(change, 'unit', 'move'), 'from', pg_temp.reorg_unit('binhdoan-16'),
        p_area_part_id => province);
    perform pg_temp.reorg_carry_out(change);
    dong_nai := pg_temp.reorg_area('75');

    change := pg_temp.reorg_add('Nhập tỉnh Bình Phước vào tỉnh Đồng Nai; kết thúc cấp huyện; sắp xếp 111 xã, phường, thị trấn thành 40',
        '2025-07-01', '202/2025/QH15; 203/2025/QH15; 1662/NQ-UBTVQH15', 'btgdv-70', new_communes,
        'Tên 40 xã, phường là chắc chắn; mã gần như chắc chắn. Tên các cơ quan của tỉnh và xã ghi theo tên đơn vị hành chính, '
        'chưa đối chiếu từng cơ quan.');
    step := pg_temp.reorg_step(change, 'area', 'merge', p_note => 'Tỉnh Bình Phước vào tỉnh Đồng Nai');
    perform pg_temp.reorg_part(step, 'from', pg_temp.reorg_area('70'));
    perform pg_temp.reorg_part(step, 'to', dong_nai);

    step := pg_temp.reorg_step(change, 'area', 'dissolve', p_note => 'Kết thúc cấp huyện');
    for place in
        select v.area_id
        from app.area_version as v join app.area as a on a.id = v.area_id
        where a.parent_id = pg_temp.reorg_area('70') and v.valid_to is null
        order by v.code
    loop
        perform pg_temp.reorg_part(step, 'from', place.area_id);
    end loop;
    perform pg_temp.reorg_part(step, 'to', dong_nai);

    for place in
        select c.new_code, c.new_name, count(*) as old_count, array_agg(c.code order by c.code <> c.new_code, c.code) as codes
        from commune_2025 as c
        group by c.new_code, c.new_name
        order by c.new_code
    loop
        if place.old_count = 1 then
            perform pg_temp.reorg_part(
                pg_temp.reorg_step(change, 'area', 'move', p_note => 'Giữ nguyên trạng'), 'from',
                pg_temp.reorg_area(place.codes[1]), p_name => place.new_name, p_area_id => dong_nai);
        else
            step := pg_temp.reorg_step(change, 'area', 'merge');
            perform pg_temp.reorg_part(step, 'from', pg_temp.reorg_area(old.code))
            from unnest(place.codes) with ordinality as old (code, nth) order by old.nth;
            perform pg_temp.reorg_part(step, 'to', p_code => place.new_code, p_name => place.new_name,
                p_kind => split_part(place.new_name, ' ', 1), p_level => 'grassroots', p_area_id => dong_nai);
        end if;
    end loop;
    perform pg_temp.reorg_carry_out(change);
end;
$$;

\endif
