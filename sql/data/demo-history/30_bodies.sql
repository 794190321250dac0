-- The provincial bodies of early 2025. What is known and what is not stands in each one's doubt: the pattern is
-- certain, the day and number of Bình Phước are not, and 01/3/2025 is put for all of them.
reset role;

\if :is_new_history

-- The propaganda board is named by no plan here; it stood all the time, and is entered so that it can be merged.
insert into app.unit (area_id, level_id, line_id, kind, code)
select pg_temp.reorg_area('70'), k.level_id, k.line_id, k.code, 'btg-70'
from app.unit_kind as k where k.code = 'provincial_propaganda_board';
insert into app.unit_version (unit_id, name, short_name, area_id, valid_from, note)
select u.id, 'Ban Tuyên giáo Tỉnh ủy Bình Phước', 'BTG Tỉnh ủy', u.area_id, '2021-07-01',
    'Không được Kế hoạch 36 nêu tên; ghi vào danh mục để hợp nhất năm 2025'
from app.unit as u where u.code = 'btg-70';

do $$
declare
    change uuid;
    step uuid;
    board uuid;
    piece record;
begin
    -- Two boards become one; its offices keep their names, for nothing tells how they were regrouped.
    change := pg_temp.reorg_add('Hợp nhất Ban Dân vận Tỉnh ủy và Ban Tuyên giáo Tỉnh ủy thành Ban Tuyên giáo và Dân vận Tỉnh ủy',
        '2025-03-01', 'Quyết định của Tỉnh ủy Bình Phước (chưa rõ số, ngày)', 'bdv-70', null,
        'Chưa tìm thấy số và ngày quyết định của Bình Phước. Trung ương hợp nhất hai ban ngày 03/02/2025; các tỉnh làm theo trong '
        'tháng 02 và 3/2025 (Bắc Giang: quyết định ngày 12/02/2025, hiệu lực 01/3/2025). Ngày 01/3/2025 ghi theo nếp chung đó. '
        'Chưa rõ các phòng được tổ chức lại thế nào: giữ tên cũ.');
    step := pg_temp.reorg_step(change, 'unit', 'merge');
    perform pg_temp.reorg_part(step, 'from', pg_temp.reorg_unit('bdv-70'));
    perform pg_temp.reorg_part(step, 'from', pg_temp.reorg_unit('btg-70'));
    board := pg_temp.reorg_part(step, 'to', p_code => 'btgdv-70', p_name => 'Ban Tuyên giáo và Dân vận Tỉnh ủy Bình Phước',
        p_short_name => 'BTGDV Tỉnh ủy', p_kind => 'provincial_propaganda_mobilization_board', p_area_id => pg_temp.reorg_area('70'));
    for piece in select u.id from app.unit as u where u.code in ('bdv-70-doanthe', 'bdv-70-nhanuoc') order by u.code
    loop
        perform pg_temp.reorg_part(pg_temp.reorg_step(change, 'unit', 'move'), 'from', piece.id,
            p_kind => 'provincial_propaganda_mobilization_board_office', p_parent_part_id => board);
    end loop;
    perform pg_temp.reorg_carry_out(change);

    -- A body gets another name and a function of another one: the items of plan 36 on religious affairs.
    change := pg_temp.reorg_add('Ban Dân tộc thành Sở Dân tộc và Tôn giáo, nhận chức năng quản lý nhà nước về tôn giáo từ Sở Nội vụ',
        '2025-03-01', 'Sắp xếp cơ quan chuyên môn cấp tỉnh năm 2025 (nghị quyết của tỉnh chưa rõ số)', 'btgdv-70', null,
        'Ngày 01/3/2025 và việc chuyển chức năng theo đợt sắp xếp chung cả nước; chưa đối chiếu văn bản của Bình Phước.');
    perform pg_temp.reorg_part(pg_temp.reorg_step(change, 'unit', 'rename'), 'from', pg_temp.reorg_unit('bandantoc-70'),
        p_name => 'Sở Dân tộc và Tôn giáo tỉnh Bình Phước');
    step := pg_temp.reorg_step(change, 'unit', 'move_function', p_note => 'Quản lý nhà nước về tôn giáo');
    perform pg_temp.reorg_part(step, 'from', pg_temp.reorg_unit('sonoivu-70'));
    perform pg_temp.reorg_part(step, 'to', pg_temp.reorg_unit('bandantoc-70'));
    insert into app.reorganisation_function_item (step_id, plan_item_id)
    select step, i.id
    from app.plan_item as i
    join app.plan_item as block on block.id = i.block_id and block.code in ('A7', 'A9')
    where i.plan_id = '017b4fe7-da80-7000-8000-000000000a36' and i.kind = 'task'
    order by i.position;
    perform pg_temp.reorg_carry_out(change);

    -- Party groups and party affairs committees end; two party committees take their place.
    change := pg_temp.reorg_add('Kết thúc hoạt động các đảng đoàn, ban cán sự đảng; lập đảng ủy các cơ quan Đảng tỉnh và đảng ủy Ủy ban nhân dân tỉnh',
        '2025-03-01', 'Sắp xếp tổ chức đảng đầu năm 2025 (quyết định của tỉnh chưa rõ số)', 'btgdv-70', null,
        'Việc kết thúc đảng đoàn, ban cán sự đảng là chắc chắn; ngày của từng nơi khác nhau và chưa rõ ở Bình Phước. '
        'Việc gộp Đảng ủy Khối Cơ quan và Doanh nghiệp vào đảng ủy các cơ quan Đảng chưa đối chiếu.');
    step := pg_temp.reorg_step(change, 'unit', 'merge');
    for piece in
        select u.id from app.unit as u
        where u.code in ('dangdoan-hdnd-70', 'dangdoan-mttq-70', 'bcsd-toaan-70', 'bcsd-vienkiemsat-70', 'danguy-khoi-70')
        order by u.code
    loop
        perform pg_temp.reorg_part(step, 'from', piece.id);
    end loop;
    perform pg_temp.reorg_part(step, 'to', p_code => 'danguy-dang-70', p_name => 'Đảng ủy các cơ quan Đảng tỉnh Bình Phước',
        p_kind => 'provincial_direct_committee', p_area_id => pg_temp.reorg_area('70'));
    step := pg_temp.reorg_step(change, 'unit', 'merge');
    perform pg_temp.reorg_part(step, 'from', pg_temp.reorg_unit('bcsd-ubnd-70'));
    perform pg_temp.reorg_part(step, 'to', p_code => 'danguy-ubnd-70', p_name => 'Đảng ủy Ủy ban nhân dân tỉnh Bình Phước',
        p_kind => 'provincial_direct_committee', p_area_id => pg_temp.reorg_area('70'));
    perform pg_temp.reorg_carry_out(change);
end;
$$;

\endif
