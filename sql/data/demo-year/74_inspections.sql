-- Inspections of 2022: the province's programme (joint ones on 217, 218 and 124, on grassroots democracy, on ethnic and on
-- religious work, the latter of organisations alone), a criticism by the Front, and the districts' own. What was recommended
-- is done in good part, some late, some still open. Phú Riềng inspects nobody.
reset role;

\if :is_new_year

create temp table demo_inspection (
    key text primary key, owner_code text, kind text, is_joint boolean, item_code text, title text, focus text, starts_on date,
    days integer, status text, subjects text[], partners text[], standards text[]);
insert into demo_inspection values
    ('p1', 'bdv-70', 'supervision', true, 'T2.2.5', 'Giám sát việc thực hiện Quyết định 217-QĐ/TW, 218-QĐ/TW và Quy định 124-QĐ/TW năm 2022',
        'Việc xây dựng, thực hiện kế hoạch giám sát, phản biện xã hội; việc tiếp thu góp ý của cấp ủy, chính quyền.', '2022-04-11', 11,
        'concluded', '{mttq-690,mttq-692,capuy-692}', '{mttq-70,btc-70}', '{217-QĐ/TW,218-QĐ/TW,124-QĐ/TW}'),
    ('p2', 'bdv-70', 'inspection', true, 'T3.1.1', 'Kiểm tra việc thực hiện quy chế dân chủ ở cơ sở năm 2022',
        'Công khai, lấy ý kiến, giám sát của nhân dân; dân chủ trong cơ quan, đơn vị; hoạt động của ban chỉ đạo.', '2022-06-06', 12,
        'concluded', '{ubnd-691,ubnd-695,ubnd-697,toaan-70}', '{sonoivu-70,mttq-70}', '{120-KL/TW}'),
    ('p3', 'bdv-70', 'inspection', true, 'T2.4.3', 'Kiểm tra việc thực hiện Chỉ thị 49-CT/TW, Kết luận 65-KL/TW về công tác dân tộc',
        'Lãnh đạo, chỉ đạo của cấp ủy; bố trí cán bộ làm công tác dân vận ở địa bàn; phối hợp giữa các cơ quan.', '2022-05-16', 12,
        'concluded', '{capuy-691,capuy-692,capuy-696}', '{bandantoc-70}', '{49-CT/TW,65-KL/TW}'),
    ('p4', 'bdv-70', 'inspection', true, 'T3.2.1', 'Kiểm tra việc thực hiện Nghị quyết 25-NQ/TW, Chỉ thị 18-CT/TW về công tác tôn giáo',
        'Việc tham mưu, quán triệt, phân công phối hợp của các cơ quan; hướng dẫn nghiệp vụ cho cán bộ.', '2022-08-15', 12,
        'concluded', '{bdv-688,bdv-693,bdv-696}', '{sonoivu-70}', '{25-NQ/TW,18-CT/TW}'),
    ('p5', 'bdv-70', 'supervision', false, 'T6.5b', 'Giám sát việc thực hiện Kế hoạch 36-KH/BDVTU năm 2022',
        'Xây dựng kế hoạch cụ thể hóa, tiến độ nhiệm vụ được giao, chất lượng báo cáo định kỳ.', '2022-09-12', 19,
        'concluded', '{bdv-689,bdv-690,bdv-694,bdv-697}', '{}', '{36-KH/BDVTU}'),
    ('p6', 'mttq-70', 'social_criticism', false, 'T2.2.5', 'Phản biện xã hội dự thảo quy định hỗ trợ hoạt động của ấp, khu phố',
        'Sự cần thiết, tính khả thi, nguồn lực của dự thảo.', '2022-10-10', 5, 'concluded', '{ubnd-70}', '{}', '{217-QĐ/TW}'),
    ('p7', 'bdv-70', 'inspection', true, 'T2.2.7', 'Kiểm tra việc thực hiện Đề án 1217 tại huyện Đồng Phú',
        'Nâng cao năng lực của Mặt trận, đoàn thể cấp xã: kinh phí, nội dung sinh hoạt, thu hút đoàn viên, hội viên.', '2022-11-14', 12,
        'under_way', '{mttq-695,phunu-695,doan-695}', '{mttq-70}', '{}'),
    ('p8', 'bdv-70', 'inspection', false, 'T2.3.3', 'Kiểm tra việc phối hợp công tác dân vận với lực lượng vũ trang huyện Bù Gia Mập',
        'Việc ký, thực hiện và sơ kết kế hoạch phối hợp.', '2022-12-05', 5, 'announced', '{quansu-691,congan-691}', '{}', '{23-QĐ/TW}'),
    ('p9', 'bdv-70', 'supervision', false, 'T6.5b', 'Giám sát việc thực hiện Quyết định 23-QĐ/TW tại huyện Phú Riềng',
        null, '2022-12-19', 5, 'planned', '{capuy-698}', '{}', '{23-QĐ/TW}'),
    ('p10', 'bdv-70', 'inspection', false, 'T2.1.2', 'Kiểm tra công tác tiếp công dân và dân vận chính quyền quý I',
        null, '2022-02-14', 5, 'cancelled', '{ubnd-688}', '{}', '{}');
-- Three of each district's board, in communes that it chooses by turns; the last is still ahead where the board is behind.
insert into demo_inspection
select d.code || t.key, d.code, t.kind, t.is_joint, t.item_code, t.title || ' ' || lower(left(d.place, 1)) || substr(d.place, 2), t.focus,
    t.starts_on + pg_temp.demo_roll(d.code || t.key) % 20, 6,
    case when t.key = 'c' and d.class = 'weak' then 'planned' else 'concluded' end,
    array(
        select x.code
        from app.unit as x
        join app.line as n on n.id = x.line_id and n.code = t.subject_line
        where x.district_key = d.area_id and x.grassroots_key is not null and x.is_active
        order by md5(d.code || t.key || x.code) limit t.subject_count),
    case when t.is_joint then array['mttq-' || d.district_code] else '{}' end, t.standards
from (
    select u.code, u.district_code, u.class, u.area_id,
        (select v.name from app.area_version as v where v.area_id = u.area_id and v.valid_from = '2021-07-01') as place
    from demo_unit as u
    where u.kind = 'district_board' and u.code <> 'bdv-698') as d
cross join (values
    ('a', 'inspection', true, 'T1.2b', 'Kiểm tra việc thực hiện quy chế dân chủ ở cơ sở tại các xã, phường, thị trấn của',
        'Công khai thu chi, lấy ý kiến nhân dân, hoạt động của ban thanh tra nhân dân.', date '2022-04-18', 'government', 3, '{120-KL/TW}'::text[]),
    ('b', 'supervision', false, 'T6.5b', 'Giám sát khối dân vận cơ sở thực hiện Kế hoạch 36-KH/BDVTU ở',
        'Kế hoạch của khối, hoạt động của tổ dân vận thôn, ấp, khu phố, báo cáo định kỳ.', date '2022-07-11', 'mobilization', 3, '{36-KH/BDVTU}'),
    ('c', 'supervision', true, 'T2.2.5', 'Giám sát việc thực hiện Quyết định 217-QĐ/TW, 218-QĐ/TW ở cơ sở của',
        'Kế hoạch giám sát, phản biện của Mặt trận cấp xã.', date '2022-09-19', 'front', 2, '{217-QĐ/TW,218-QĐ/TW}')
) as t (key, kind, is_joint, item_code, title, focus, starts_on, subject_line, subject_count, standards);

insert into app.document (symbol, kind, issuer, issued_on, subject, status, owner_unit_id)
select case when u.level = 'province' then '14-CTr/BDVTU' else lpad((6 + pg_temp.demo_roll(u.code || 'ctr') % 30)::text, 2, '0') || '-CTr/BDV' end,
    'programme', u.name, date '2022-01-17' + pg_temp.demo_roll(u.code || 'ctr') % 12,
    'Chương trình kiểm tra, giám sát năm 2022', 'published', u.unit_id
from demo_unit as u
where u.code in (select i.owner_code from demo_inspection as i) and u.line = 'mobilization';

insert into app.inspection_programme (plan_id, year, title, document_id, status, issued_on, owner_unit_id)
select '017b4fe7-da80-7000-8000-000000000a36', 2022, 'Chương trình kiểm tra, giám sát năm 2022 của ' || d.issuer, d.id, 'issued', d.issued_on,
    d.owner_unit_id
from app.document as d
where d.subject = 'Chương trình kiểm tra, giám sát năm 2022';
-- the next year's is being written
insert into app.inspection_programme (plan_id, year, title, owner_unit_id)
select '017b4fe7-da80-7000-8000-000000000a36', 2023, 'Chương trình kiểm tra, giám sát năm 2023 của ' || u.name, u.unit_id
from demo_unit as u where u.code = 'bdv-70';

do $$
declare
    of record;
    made app.inspection;
    subject record;
    asked app.recommendation;
    item_id uuid;
    number integer := 0;
    roll integer;
    done_on date;
    strengths constant text[] := array[
        'Cấp ủy, lãnh đạo đơn vị quan tâm chỉ đạo, có văn bản triển khai kịp thời và phân công rõ việc.',
        'Hồ sơ, sổ sách theo dõi đầy đủ; chế độ báo cáo được thực hiện nền nếp.',
        'Phối hợp tốt giữa các cơ quan trong khối; có mô hình hay được nhân ra trong đơn vị.',
        'Nội dung công khai, lấy ý kiến được thực hiện đúng quy định; có kiểm tra, đôn đốc.'];
    shortcomings constant text[] := array[
        'Kế hoạch ban hành chậm, một số nội dung còn chung chung, chưa rõ thời gian hoàn thành.',
        'Báo cáo định kỳ gửi chưa đúng hạn, số liệu chưa thống nhất giữa các kỳ.',
        'Việc sơ kết, rút kinh nghiệm chưa thường xuyên; chưa tự kiểm tra ở cấp dưới.',
        'Công tác phối hợp với các đoàn thể cùng cấp chưa chặt chẽ.'];
    titles constant text[] := array[
        'Rà soát, bổ sung kế hoạch, phân công rõ đơn vị thực hiện và thời gian hoàn thành',
        'Chấn chỉnh chế độ báo cáo định kỳ, đối chiếu số liệu với cấp trên',
        'Tổ chức sơ kết, rút kinh nghiệm và tự kiểm tra ít nhất một lần trong năm',
        'Ký quy chế phối hợp với Mặt trận, đoàn thể cùng cấp',
        'Bồi dưỡng nghiệp vụ cho cán bộ phụ trách công tác dân vận'];
begin
    for of in select i.*, u.unit_id as owner_id, u.leader_id from demo_inspection as i join demo_unit as u on u.code = i.owner_code
        order by i.starts_on, i.key
    loop
        number := number + 1;
        select i.id into item_id from app.plan_item as i
        where i.plan_id = '017b4fe7-da80-7000-8000-000000000a36' and i.code = of.item_code;
        insert into app.inspection (programme_id, plan_id, plan_item_id, kind, is_joint, title, focus, starts_on, ends_on, status, shown_on,
            announced_on, began_on, concluded_on, cancelled_on, cancel_reason, owner_unit_id)
        select p.id, '017b4fe7-da80-7000-8000-000000000a36', item_id, of.kind, of.is_joint, of.title, of.focus, of.starts_on,
            of.starts_on + of.days - 1, of.status, coalesce(p.issued_on, of.starts_on - 30),
            case when of.status not in ('planned', 'cancelled') then pg_temp.demo_workday(of.starts_on - 14) end,
            case when of.status in ('under_way', 'concluded') then of.starts_on end,
            case when of.status = 'concluded' then pg_temp.demo_workday(of.starts_on + of.days + 13) end,
            case when of.status = 'cancelled' then pg_temp.demo_workday(of.starts_on - 4) end,
            case when of.status = 'cancelled' then 'Dịch COVID-19 diễn biến phức tạp, chuyển nội dung sang đợt kiểm tra tháng 6' end, of.owner_id
        from (values (1)) as one
        left join app.inspection_programme as p on p.owner_unit_id = of.owner_id and p.year = 2022
        returning * into made;
        insert into app.inspection_unit (inspection_id, unit_id, role)
        select made.id, u.id, case when u.code = any (of.subjects) then 'subject' else 'partner' end
        from app.unit as u where u.code = any (of.subjects || of.partners) order by u.code;
        insert into app.inspection_standard (inspection_id, document_id)
        select made.id, d.id from app.document as d
        where d.symbol = any (of.standards) and (d.symbol <> '25-NQ/TW' or d.issued_on is null);
        continue when made.concluded_on is null;

        insert into app.document (symbol, kind, issuer, issued_on, subject, status, owner_unit_id)
        select lpad((20 + number)::text, 2, '0') || case when u.level = 'province' then '-KL/BDVTU' else '-KL/BDV' end, 'conclusion', u.name,
            made.concluded_on, 'Kết luận: ' || of.title, 'published', u.unit_id
        from demo_unit as u where u.unit_id = of.owner_id
        returning id into made.document_id;
        update app.inspection as i set document_id = made.document_id where i.id = made.id;
        for subject in
            select u.id as unit_id, u.code, coalesce(d.leader_id, of.leader_id) as leader_id
            from app.unit as u left join demo_unit as d on d.unit_id = u.id
            where u.code = any (of.subjects) order by u.code
        loop
            roll := pg_temp.demo_roll(of.key || subject.code);
            insert into app.inspection_finding (inspection_id, subject_unit_id, kind, text, issued_on, owner_unit_id) values
                (made.id, subject.unit_id, 'strength', strengths[1 + roll % 4], made.concluded_on, of.owner_id),
                (made.id, subject.unit_id, 'shortcoming', shortcomings[1 + (roll + number) % 4], made.concluded_on, of.owner_id);
            for nth in 1 .. 1 + roll % 2
            loop
                insert into app.recommendation (inspection_id, lead_unit_id, title, due_on, status, given_on, owner_unit_id)
                values (made.id, subject.unit_id, titles[1 + (roll + nth * 2) % 5],
                    pg_temp.demo_workday(made.concluded_on + 30 + (roll + nth * 13) % 50), 'open', made.concluded_on, of.owner_id)
                returning * into asked;
                perform pg_temp.demo_day(made.concluded_on);
                perform private.give_work('inspection', asked.id, of.owner_id, made.plan_id, made.plan_item_id, asked.title,
                    private.recommendation_occurrence(asked, made), subject.unit_id, asked.due_on, '{}');
                done_on := pg_temp.demo_workday(asked.due_on - 12 + pg_temp.demo_roll(of.key || subject.code || nth) % 25);
                if pg_temp.demo_roll(of.key || subject.code || nth || 'done') < 78 and done_on <= '2022-11-14' then
                    perform pg_temp.demo_day(done_on);
                    update app.assignment as a
                    set status = 'completed', progress = 100, reported_on = done_on, completed_on = done_on, confirmed_by = subject.leader_id
                    where a.source_id = asked.id;
                    insert into app.progress_entry (assignment_id, unit_id, part, status, progress, note, recorded_on, recorded_by)
                    select a.id, subject.unit_id, 'lead', 'completed', 100, 'Đã thực hiện kiến nghị, có báo cáo gửi đoàn kiểm tra.', done_on,
                        subject.leader_id
                    from app.assignment as a where a.source_id = asked.id;
                end if;
            end loop;
        end loop;
    end loop;
    perform pg_temp.demo_day('2022-11-21');
end;
$$;

-- Told on their days, read by those who read.
insert into app.notice (unit_id, topic, once_key, resource, resource_id, about_unit_id, plan_id, due_on, created_at)
select s.unit_id, t.topic, i.id || ':' || t.word, 'inspections', i.id, i.owner_unit_id, i.plan_id,
    case t.word when 'announced' then i.starts_on end, pg_temp.demo_time(case t.word when 'announced' then i.announced_on else i.concluded_on end, i.title)
from app.inspection as i
join app.inspection_unit as s on s.inspection_id = i.id
cross join (values ('inspection_announced', 'announced'), ('inspection_concluded', 'concluded')) as t (topic, word)
where case t.word when 'announced' then i.announced_on else i.concluded_on end is not null
on conflict do nothing;
update app.notice as n
set created_at = pg_temp.demo_time(r.given_on, r.id::text)
from app.assignment as a
join app.recommendation as r on r.id = a.source_id
where n.topic = 'work_given' and n.resource_id = a.id;

drop table demo_inspection;

\endif
