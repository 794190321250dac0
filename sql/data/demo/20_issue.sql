-- Plan 36 issued, and what some units have said of their work by 15/11/2021: done the way a request
-- does it (session_user danvan_service, scope role, claims), so that every rule holds here too. Only
-- while the plan still waits to be issued.
reset role;

create temp table demo_step (
    nth integer generated always as identity, login text not null, unit_code text not null, item_code text not null,
    occurrence text not null, command text not null, body jsonb not null default '{}');
insert into demo_step (login, unit_code, item_code, occurrence, command, body)
values
    -- the provincial board: part of quarter III done and confirmed, part of it late
    ('tinh.chuyenvien', 'bdv-70', 'T1.1', 'Quý III/2021', 'progress',
        '{"status": "reported", "recorded_on": "2021-09-28", "note": "Đã tổ chức hội nghị trực tuyến quán triệt tới 11 huyện, thị xã, thành phố."}'),
    ('tinh.lanhdao', 'bdv-70', 'T1.1', 'Quý III/2021', 'confirm', '{}'),
    ('tinh.chuyenvien', 'bdv-70', 'T1.2a', 'Quý III/2021', 'progress',
        '{"status": "reported", "recorded_on": "2021-09-29", "note": "Đã phát hành tài liệu tuyên truyền."}'),
    ('tinh.lanhdao', 'bdv-70', 'T1.2a', 'Quý III/2021', 'confirm', '{}'),
    ('tinh.chuyenvien', 'bdv-70', 'T1.2c', 'Quý III/2021', 'progress',
        '{"status": "in_progress", "progress": 60, "recorded_on": "2021-10-05", "note": "Đợt vận động kéo dài do giãn cách; còn tổng hợp kết quả của các huyện."}'),
    ('tinh.chuyenvien', 'bdv-70', 'T1.5', 'Quý III/2021', 'progress',
        '{"status": "reported", "recorded_on": "2021-11-10", "note": "Đã triển khai tới cán bộ dân vận cấp tỉnh và cấp huyện."}'),
    ('tinh.chuyenvien', 'bdv-70', 'T4', 'Giao ban 6 tháng 2021', 'progress',
        '{"status": "reported", "recorded_on": "2021-09-15", "note": "Giao ban trực tuyến; đã ra kết luận."}'),
    ('tinh.lanhdao', 'bdv-70', 'T4', 'Giao ban 6 tháng 2021', 'confirm', '{}'),
    ('tinh.chuyenvien', 'bdv-70', 'T4', 'Giao ban 9 tháng 2021', 'progress',
        '{"status": "reported", "recorded_on": "2021-10-20", "note": "Đã họp; đang hoàn thiện thông báo kết luận."}'),
    ('tinh.chuyenvien', 'bdv-70', 'T2.1.4', 'Năm 2021', 'progress',
        '{"status": "in_progress", "progress": 40, "recorded_on": "2021-10-12", "note": "Đã gửi dự thảo kế hoạch phối hợp lấy ý kiến."}'),
    -- the provincial Women's Union: its own task, and its part of the scheme that the board leads
    ('phunu.tinh.chuyenvien', 'phunu-70', 'T2.2.0', 'Năm 2021', 'progress',
        '{"status": "in_progress", "progress": 70, "recorded_on": "2021-11-08", "note": "Đã có kết quả tự xếp loại của 9 trên 11 đơn vị."}'),
    ('phunu.tinh.chuyenvien', 'bdv-70', 'T2.2.7', 'Bước 1: 8-12/2021', 'progress',
        '{"status": "in_progress", "progress": 30, "recorded_on": "2021-11-09", "note": "Đã chọn hai xã làm thí điểm."}'),
    -- two districts
    ('dongxoai.chuyenvien', 'bdv-689', 'T1.2a', 'Quý IV/2021', 'progress',
        '{"status": "reported", "recorded_on": "2021-11-05", "note": "Đã tuyên truyền tại 8 xã, phường."}'),
    ('dongxoai.lanhdao', 'bdv-689', 'T1.2a', 'Quý IV/2021', 'confirm', '{}'),
    ('dongxoai.chuyenvien', 'bdv-689', 'T1.1', 'Quý IV/2021', 'progress',
        '{"status": "in_progress", "progress": 50, "recorded_on": "2021-11-09", "note": "Đã quán triệt ở khối cơ quan thành phố."}'),
    ('dongxoai.chuyenvien', 'bdv-689', 'T1.5', 'Quý IV/2021', 'progress',
        '{"status": "reported", "recorded_on": "2021-11-12", "note": "Đã triển khai tới khối dân vận 8 xã, phường."}'),
    ('locninh.chuyenvien', 'bdv-692', 'T1.1', 'Quý IV/2021', 'progress',
        '{"status": "in_progress", "progress": 30, "recorded_on": "2021-11-11", "note": "Đã mở 5 trên 16 lớp ở xã, thị trấn."}'),
    ('phunu.dongxoai.chuyenvien', 'phunu-689', 'T2.2.0', 'Năm 2021', 'progress',
        '{"status": "in_progress", "progress": 60, "recorded_on": "2021-11-03", "note": "Mỗi cơ sở đã đăng ký một phần việc về đô thị văn minh."}'),
    -- one ward
    ('tanphu.chuyenvien', 'kdv-25195', 'T1.3', 'Quý IV/2021', 'progress',
        '{"status": "in_progress", "progress": 50, "recorded_on": "2021-11-10", "note": "Đã trình dự thảo kế hoạch."}'),
    ('tanphu.chuyenvien', 'kdv-25195', 'T1.5', 'Quý IV/2021', 'progress',
        '{"status": "reported", "recorded_on": "2021-11-12", "note": "Đã triển khai tới các tổ dân vận khu phố."}'),
    ('tanphu.lanhdao', 'kdv-25195', 'T1.5', 'Quý IV/2021', 'confirm', '{}'),
    ('tanphu.chuyenvien', 'kdv-25195', 'T1.4', 'Năm 2021', 'progress',
        '{"status": "in_progress", "progress": 20, "recorded_on": "2021-11-14", "note": "Đã kiểm tra một khu phố."}');

do $$
declare
    plan_id constant uuid := '017b4fe7-da80-7000-8000-000000000a36';
    deployer constant name := session_user;
    step record;
    scope_role text;
begin
    if (select p.status from app.plan as p where p.id = plan_id) is distinct from 'submitted'
        or (select count(*) from app.user_account as u where u.login in (select s.login from demo_step as s))
            <> (select count(distinct s.login) from demo_step as s)
    then
        return;
    end if;

    -- A session for each, for the length of this transaction; nobody knows a token with such a hash.
    insert into app.session (token_hash, user_id, membership_id, expires_at)
    select 'demonstration ' || u.login, u.id, m.id, now() + interval '1 hour'
    from app.user_account as u
    join app.membership as m on m.user_id = u.id
    where u.login in (select s.login from demo_step as s);

    for step in
        select 0 as nth, 'tinh.lanhdao' as login, null as unit_code, null as item_code, null as occurrence,
            'issue' as command, null::jsonb as body
        union all
        select s.nth, s.login, s.unit_code, s.item_code, s.occurrence, s.command, s.body from demo_step as s
        order by nth
    loop
        select 'danvan_' || a.scope_code || '_write' into strict scope_role
        from app.session as s
        join app.membership as m on m.id = s.membership_id
        join private.acting_unit as a on a.unit_id = m.unit_id
        where s.token_hash = 'demonstration ' || step.login;
        perform set_config('session_authorization', 'danvan_service', true);
        -- one statement, as the service's own: begin_request may be called before the switch only
        perform
        from (select set_config('role', scope_role, true) as role offset 0) as r
        cross join lateral private.begin_request(
            r.role, 'demonstration ' || step.login, 'session', 'demonstration', null);
        case step.command
            when 'issue' then
                perform api.plan_issue(plan_id, null);
            when 'progress' then
                perform api.assignment_progress(a.id, null, step.body)
                from api.assignments as a
                join app.unit as u on u.id = a.lead_unit_id and u.code = step.unit_code
                where a.item_code = step.item_code and a.occurrence = step.occurrence;
            when 'confirm' then
                perform api.assignment_confirm(a.id, null)
                from api.assignments as a
                join app.unit as u on u.id = a.lead_unit_id and u.code = step.unit_code
                where a.item_code = step.item_code and a.occurrence = step.occurrence;
        end case;
        if not found then
            raise exception 'demonstration step % finds no assignment', step.nth;
        end if;
        perform set_config('session_authorization', deployer, true);
    end loop;

    delete from app.session as s where s.token_hash like 'demonstration %';
end $$;

drop table demo_step;
