-- What units say in the demonstration: phrases by kind and by the item they are about (a prefix of its
-- code; the longest that fits is taken). {a} is a number from 2 to 9, {b} from 12 to 61. They speak
-- of work and counts only: no person, no household, no place of worship.
reset role;

\if :is_new_year

create temp table demo_phrase (kind text, about text, texts text[] not null, primary key (kind, about));
insert into demo_phrase values
    ('done', '', array[
        'Đã hoàn thành theo kế hoạch; đã báo cáo cấp ủy.',
        'Đã triển khai xong, có văn bản kết luận và phân công thực hiện.',
        'Hoàn thành các nội dung được giao; đã lưu hồ sơ và thông báo kết quả tới các đơn vị liên quan.',
        'Đã thực hiện đầy đủ; tổ chức {a} cuộc làm việc với cơ sở để thống nhất cách làm.',
        'Đã hoàn thành; rút kinh nghiệm trong giao ban khối.',
        'Đã thực hiện xong ở {a} đơn vị được chọn và nhân ra các đơn vị còn lại.']),
    ('done', 'T1.1', array[
        'Đã tổ chức {a} hội nghị quán triệt, {b} lượt cán bộ chủ chốt dự.',
        'Đã tổ chức học tập nghị quyết bằng hình thức trực tuyến tới {a} điểm cầu.',
        'Hoàn thành học tập, quán triệt; 100% chi bộ trực thuộc đã xây dựng kế hoạch thực hiện.',
        'Đã học tập nghị quyết gắn với Quyết định 23-QĐ/TW; {b} lượt cán bộ tham dự.',
        'Đã quán triệt xong ở khối cơ quan và các xã, phường, thị trấn.',
        'Tổ chức {a} buổi học tập chuyên đề; có thu hoạch của cán bộ chủ chốt.']),
    ('done', 'T1.2', array[
        'Đã phát {b} tin, bài trên hệ thống truyền thanh; lồng ghép trong {a} hội nghị.',
        'Đã phát hành tài liệu tuyên truyền tới {b} chi bộ, tổ dân vận.',
        'Đã phối hợp Mặt trận, đoàn thể tổ chức {a} buổi tuyên truyền tại cơ sở.',
        'Tuyên truyền qua {a} chuyên mục và các buổi sinh hoạt đoàn thể.',
        'Hoàn thành đợt tuyên truyền; {b} buổi sinh hoạt có nội dung dân chủ ở cơ sở.',
        'Đã tổ chức {a} hội nghị đối thoại của người đứng đầu cấp ủy, chính quyền.']),
    ('done', 'T1.2d', array[
        'Đã công nhận {a} mô hình "Dân vận khéo" cấp xã, đề nghị cấp trên công nhận 1 mô hình.',
        'Đăng ký {a} mô hình "Dân vận khéo", {a} mô hình được triển khai hiệu quả.',
        'Đã sơ kết phong trào thi đua "Dân vận khéo", khen thưởng {a} tập thể.']),
    ('done', 'T1.3', array[
        'Đã ban hành kế hoạch thực hiện, phân công rõ việc, rõ người phụ trách, rõ thời gian.',
        'Đã ban hành kế hoạch cụ thể hóa; gửi các chi bộ, đoàn thể thực hiện.',
        'Kế hoạch đã được cấp ủy thông qua và ban hành.',
        'Đã ban hành chương trình thực hiện, gắn với nhiệm vụ xây dựng nông thôn mới.']),
    ('done', 'T1.4', array[
        'Đã kiểm tra {a} đơn vị; kiến nghị khắc phục {a} nội dung.',
        'Đã kiểm tra {a} thôn, ấp, khu phố; có biên bản và thông báo kết quả.',
        'Kiểm tra theo kế hoạch {a} cuộc, nhắc nhở {a} đơn vị chậm báo cáo.',
        'Đã tự kiểm tra và rút kinh nghiệm trong khối; báo cáo cấp ủy.',
        'Hoàn thành {a} cuộc kiểm tra, lồng ghép kiểm tra quy chế dân chủ.',
        'Đã đôn đốc {b} tổ dân vận; tổng hợp kết quả gửi cấp trên.']),
    ('done', 'T1.5', array[
        'Đã triển khai tới {b} tổ dân vận thôn, ấp, khu phố.',
        'Đã tổ chức {a} buổi triển khai, {b} lượt cán bộ dân vận dự.',
        'Đã triển khai trong hội nghị giao ban khối dân vận.',
        'Hoàn thành triển khai tới khối dân vận và các tổ dân vận.']),
    ('done', 'T2.1.4', array[
        'Đã ký kế hoạch phối hợp năm với Ủy ban nhân dân cùng cấp, {a} nội dung.',
        'Đã ban hành kế hoạch phối hợp; thống nhất {a} cuộc kiểm tra chung.',
        'Hai bên đã ký kế hoạch phối hợp và phân công bộ phận theo dõi.',
        'Đã sơ kết và ký kế hoạch phối hợp công tác dân vận chính quyền.']),
    ('done', 'T2.2.0', array[
        'Đã có kết quả tự xếp loại; đăng ký một phần việc xây dựng nông thôn mới.',
        'Hoàn thành xếp loại tổ chức cơ sở; {a} chi hội đạt loại tốt trở lên.',
        'Đã thực hiện một phong trào, một nhiệm vụ: tuyến đường tự quản dài {a} km.',
        'Đã thực hiện phần việc "Sáng, xanh, sạch, đẹp" tại {a} thôn, ấp.',
        'Đã đăng ký và hoàn thành nhiệm vụ về đô thị văn minh; {a} tuyến phố tự quản.',
        'Vận động {b} ngày công làm đường giao thông nông thôn; hoàn thành tự xếp loại.',
        'Hoàn thành {a} phần việc đã đăng ký; gửi kết quả xếp loại lên cấp trên.',
        'Duy trì {a} câu lạc bộ; kết nạp {b} đoàn viên, hội viên mới.']),
    ('done', 'T2.2.7', array[
        'Đã tham mưu cấp ủy ban hành kế hoạch; chọn {a} đơn vị làm điểm.',
        'Đã triển khai đề án ở {a} xã, phường, thị trấn; có báo cáo bước.',
        'Hoàn thành bước này của đề án; đánh giá {a} mô hình điểm.']),
    ('done', 'T2.3', array[
        'Đã ký kế hoạch phối hợp, xác định {a} địa bàn trọng điểm.',
        'Đã ban hành kế hoạch phối hợp; tổ chức {a} đợt hành quân làm công tác dân vận.',
        'Phối hợp giúp cơ sở {b} ngày công; xây dựng {a} mô hình "Dân vận khéo".',
        'Hai bên đã thống nhất kế hoạch, giao ban mỗi quý một lần.']),
    ('done', 'T2.4', array['Đã tổng hợp tình hình theo địa bàn; tham mưu {a} văn bản.', 'Đã tổ chức {a} cuộc làm việc với cơ sở; báo cáo cấp ủy theo quý.']),
    ('done', 'T2.5', array['Đã tổng hợp tình hình theo địa bàn; phối hợp {a} cuộc làm việc với các ngành.', 'Đã tham mưu {a} văn bản chỉ đạo; báo cáo cấp ủy theo quý.']),
    ('done', 'T4', array['Đã tổ chức giao ban, ban hành thông báo kết luận với {a} nhiệm vụ.', 'Giao ban trực tiếp kết hợp trực tuyến {a} điểm cầu; đã ra kết luận.', 'Đã tổ chức hội nghị; {b} đại biểu dự; kết luận giao {a} việc.']),
    ('done', 'T5.3', array['Đã phối hợp Trường Chính trị mở {a} lớp, {b} học viên.', 'Đã mở {a} lớp bồi dưỡng nghiệp vụ, thời gian 3 ngày mỗi lớp.']),
    ('done', 'T6.4', array['Đã lập dự toán kinh phí đặc thù gửi cơ quan tài chính.', 'Dự toán đã được duyệt cùng kế hoạch công tác năm.', 'Đã lập và bảo vệ dự toán; chi đúng nội dung do ban chủ trì.']),
    ('done', 'T6.5', array['Đã triển khai kế hoạch tới toàn bộ đơn vị trực thuộc.', 'Đã tổ chức hội nghị triển khai, {b} lượt cán bộ dự.', 'Đã ban hành công văn triển khai và lịch theo dõi.']),

    ('doing', '', array[
        'Đang triển khai theo kế hoạch.',
        'Đã xây dựng dự thảo, đang lấy ý kiến các đơn vị phối hợp.',
        'Đã thực hiện ở {a} đơn vị, còn lại đang tiếp tục.',
        'Đã họp thống nhất với các đơn vị phối hợp; đang tổng hợp.',
        'Đang chờ ý kiến của cấp ủy về nội dung dự thảo.',
        'Đã phân công cán bộ phụ trách; đang khảo sát ở cơ sở.',
        'Đang thực hiện đúng tiến độ, có lồng ghép với nhiệm vụ thường xuyên.',
        'Đã làm việc với {a} cơ sở; đang hoàn thiện hồ sơ.']),
    ('doing', 'T1.3', array[
        'Đã có dự thảo kế hoạch, đang lấy ý kiến các chi bộ.', 'Dự thảo kế hoạch đã trình cấp ủy.', 'Đang chỉnh sửa dự thảo theo góp ý của ban dân vận cấp trên.']),
    ('doing', 'T2.1.4', array[
        'Đã gửi dự thảo kế hoạch phối hợp sang Ủy ban nhân dân.', 'Đang thống nhất nội dung kiểm tra chung trong kế hoạch phối hợp.', 'Đang tổng kết kế hoạch phối hợp năm trước để xây dựng kế hoạch mới.']),
    ('doing', 'T2.2.0', array[
        'Đã đăng ký phần việc; đang thực hiện ở {a} thôn, ấp.',
        'Đang hướng dẫn các chi hội tự xếp loại.',
        'Đã hoàn thành {a} trên 10 phần việc đăng ký.',
        'Đã phát động phong trào; {b} ngày công được huy động.',
        'Đang tổng hợp kết quả của các chi hội, tổ.',
        'Đang vận động nguồn lực cho công trình đăng ký trong năm.']),
    ('doing', 'T1.2d', array[
        'Đã đăng ký {a} mô hình "Dân vận khéo", đang theo dõi kết quả.', 'Đang hướng dẫn cơ sở hoàn thiện hồ sơ {a} mô hình.', 'Đã chọn {a} mô hình làm điểm.']),
    ('doing', 'T6.2', array[
        'Phối hợp thường xuyên; đã cùng thực hiện {a} cuộc tuyên truyền.', 'Đã ký kết {a} nội dung phối hợp, đang thực hiện.', 'Đang cùng khối dân vận nắm tình hình ở cơ sở.']),
    ('doing', 'T6.1', array['Đã tham mưu {a} văn bản; tiếp tục rà soát văn bản cần ban hành.', 'Đang tham mưu văn bản triển khai theo chương trình công tác.']),

    ('confirm', '', array[
        'Xác nhận hoàn thành.', 'Đồng ý với kết quả báo cáo.', 'Đã kiểm tra hồ sơ, xác nhận hoàn thành.', 'Xác nhận; tiếp tục duy trì kết quả.',
        'Đồng ý. Đề nghị lưu hồ sơ đầy đủ.', 'Xác nhận hoàn thành, rút kinh nghiệm về thời gian.']),
    ('part', '', array[
        'Đã góp ý dự thảo và cử cán bộ tham gia.', 'Đã phối hợp theo phân công.', 'Đã cung cấp số liệu cho đơn vị chủ trì.',
        'Đã tham gia {a} cuộc làm việc.', 'Đã thực hiện phần việc được giao.', 'Đã có ý kiến bằng văn bản.']),

    ('figures', '', array[
        'Số cuộc: {a}; lượt cán bộ dự: {b}.', 'Văn bản ban hành: {a}.', 'Hội nghị: {a}; lượt người: {b}.', 'Tổ dân vận tham gia: {b}.',
        'Mô hình: {a}; tin, bài: {b}.', 'Cuộc kiểm tra: {a}; đơn vị được kiểm tra: {b}.']),
    ('difficulty', '', array[
        'Cán bộ kiêm nhiệm nhiều việc, thời gian dành cho công tác dân vận còn ít.',
        'Kinh phí hoạt động hạn chế.',
        'Một số đơn vị phối hợp gửi số liệu chậm.',
        'Địa bàn rộng, đi lại vào mùa mưa khó khăn.',
        'Cán bộ mới nhận nhiệm vụ, kinh nghiệm chưa nhiều.',
        'Dịch bệnh làm chậm việc tổ chức hội nghị tập trung.',
        'Việc tự xếp loại ở một số nơi còn hình thức.',
        'Công tác tổng hợp, lưu trữ hồ sơ chưa đều.']),
    ('proposal', '', array[
        'Đề nghị cấp trên sớm hướng dẫn mẫu số liệu thống nhất.',
        'Đề nghị mở thêm lớp bồi dưỡng nghiệp vụ cho cán bộ khối, tổ dân vận.',
        'Đề nghị bố trí kinh phí ngay từ đầu năm.',
        'Đề nghị tổ chức trao đổi kinh nghiệm giữa các địa phương.',
        'Đề nghị các ngành gửi số liệu đúng hạn.',
        'Đề nghị cung cấp tài liệu tuyên truyền ngắn gọn, phù hợp với cơ sở.']),

    ('return', '', array[
        'Số liệu chưa khớp với báo cáo 9 tháng, đề nghị rà soát lại.',
        'Nội dung còn chung chung, đề nghị bổ sung số liệu cụ thể của từng phần việc.',
        'Chưa nêu hạn chế và nguyên nhân; đề nghị bổ sung.',
        'Đề nghị bổ sung kết quả thực hiện chỉ tiêu xếp loại tổ chức cơ sở.',
        'Phương hướng kỳ tới chưa rõ việc, rõ thời gian; đề nghị viết lại.',
        'Thiếu kết quả kiểm tra, giám sát; đề nghị bổ sung trước khi gửi lại.']),
    ('return_line', '', array[
        'Đề nghị ghi rõ số cuộc, số lượt.', 'Kết quả này cần có thời gian thực hiện.', 'Chưa khớp với tiến độ đã cập nhật.', 'Bổ sung nguyên nhân chậm.']),
    ('approve', '', array[
        'Đồng ý.', 'Báo cáo đầy đủ, đúng hạn.', 'Đồng ý; lưu ý đẩy nhanh các việc còn chậm.', 'Đã đối chiếu số liệu, đồng ý.', 'Đồng ý. Đề nghị bám sát phương hướng đã nêu.']),
    ('extension', '', array[
        'Hội nghị phải lùi do giãn cách xã hội kéo dài trên địa bàn.',
        'Đơn vị đang kiện toàn cán bộ phụ trách, cần thêm thời gian hoàn thiện hồ sơ.',
        'Chờ ý kiến thống nhất của Ủy ban nhân dân cùng cấp.',
        'Trùng với thời điểm tổng kết các phong trào cuối năm, không đủ cán bộ.',
        'Số liệu của các đơn vị trực thuộc gửi về chậm.',
        'Kinh phí được cấp muộn so với dự kiến.']),
    ('granted', '', array[
        'Đồng ý gia hạn; không gia hạn thêm lần nữa.', 'Đồng ý. Đề nghị báo cáo tiến độ giữa kỳ.', 'Lý do chính đáng, đồng ý gia hạn.', 'Đồng ý gia hạn theo đề nghị.']),
    ('refused', '', array[
        'Việc đã được giao từ đầu kỳ; đề nghị hoàn thành đúng hạn.', 'Không đồng ý; có thể tổ chức bằng hình thức trực tuyến.',
        'Lý do chưa thuyết phục, đề nghị tập trung hoàn thành.', 'Không gia hạn vì ảnh hưởng tiến độ chung của cấp trên.']),
    ('exception', '', array[
        'Cơ sở sáp nhập thôn, ấp, số liệu phải rà soát lại.', 'Cán bộ phụ trách chuyển công tác, đang bàn giao.',
        'Mất liên lạc mạng nhiều ngày do sự cố đường truyền.', 'Phục vụ đoàn kiểm tra của cấp trên trùng thời hạn báo cáo.']);

-- The headings of a report under plan 36. Those on peoples and religions count work and nothing else.
insert into demo_phrase values
    ('section', 'leadership', array[
        'Đã ban hành {a} văn bản chỉ đạo; các nghị quyết về công tác dân vận được quán triệt tới {b} chi bộ, tổ chức.',
        'Cấp ủy đưa công tác dân vận vào chương trình công tác; tổ chức {a} hội nghị quán triệt với {b} lượt cán bộ dự.',
        'Việc quán triệt được thực hiện nghiêm túc; {a} cuộc kiểm tra đã được tiến hành trong kỳ.',
        'Trong kỳ đã tổ chức {a} buổi sinh hoạt chuyên đề; đôn đốc thường xuyên việc thực hiện Kế hoạch 36-KH/BDVTU.']),
    ('section', 'state_bodies', array[
        'Phối hợp với Ủy ban nhân dân tổ chức {a} cuộc đối thoại; theo dõi {b} kiến nghị, phần lớn đã được trả lời.',
        'Công tác dân vận chính quyền có chuyển biến; đã cùng kiểm tra {a} đơn vị về quy chế dân chủ.',
        'Kế hoạch phối hợp được thực hiện {a} nội dung; cải cách hành chính được chú trọng.']),
    ('section', 'front_and_bodies', array[
        'Mỗi tổ chức có một phong trào, một nhiệm vụ; {b} phần việc đã đăng ký, phần lớn đã hoàn thành.',
        'Hoạt động hướng về cơ sở; kết nạp {b} đoàn viên, hội viên; duy trì {a} câu lạc bộ.',
        'Đã tham gia giám sát {a} cuộc, phản biện {a} dự thảo; Đề án 1217 được triển khai theo bước.',
        'Kết quả xếp loại được rà soát; {a} đơn vị còn hạn chế đã có biện pháp khắc phục.']),
    ('section', 'armed_forces', array[
        'Phối hợp lực lượng vũ trang giúp cơ sở {b} ngày công; xây dựng {a} mô hình.', 'Kế hoạch phối hợp được duy trì; giao ban {a} lần trong kỳ.', 'Đã cùng tuyên truyền {a} buổi ở địa bàn trọng điểm.']),
    ('section', 'ethnic_minorities', array['Số cuộc làm việc ở địa bàn: {a}. Số văn bản tham mưu: {a}.', 'Đã tổ chức {a} cuộc tuyên truyền; kiểm tra {a} cuộc.']),
    ('section', 'religion', array['Số cuộc làm việc phối hợp: {a}. Số văn bản tham mưu: {a}.', 'Đã phối hợp {a} cuộc với các ngành; báo cáo tình hình theo quý.']),
    ('section', 'steering_committees', array['Ban chỉ đạo duy trì họp định kỳ; kiểm tra {a} đơn vị.', 'Đã kiện toàn thành viên ban chỉ đạo; tổ chức {a} hội nghị.']),
    ('section', 'organisation_and_staff', array['Đã cử {b} lượt cán bộ dự tập huấn.', 'Tổ chức bộ máy ổn định; mở {a} lớp bồi dưỡng.', 'Khối dân vận được kiện toàn; {b} tổ dân vận hoạt động đều.']),
    ('section', 'budget', array['Kinh phí được cấp theo dự toán, chi đúng nội dung.', 'Kinh phí còn hạn hẹp, chủ yếu lồng ghép với nhiệm vụ khác.', 'Đã lập dự toán năm sau.']),
    ('section', 'limits_and_causes', array[
        'Một số việc còn chậm so với kế hoạch; công tác tổng hợp số liệu chưa kịp thời. Nguyên nhân: cán bộ kiêm nhiệm.',
        'Việc kiểm tra, đôn đốc có lúc chưa thường xuyên. Nguyên nhân chủ yếu do phân công chưa rõ.',
        'Hoạt động ở một vài cơ sở chưa đều; nội dung tuyên truyền chậm đổi mới.',
        'Phối hợp giữa các đơn vị có lúc chưa chặt chẽ; chất lượng báo cáo chưa cao.']),
    ('section', 'proposals', array[
        'Đề nghị mở lớp bồi dưỡng nghiệp vụ cho cán bộ cơ sở.', 'Đề nghị thống nhất biểu mẫu số liệu.', 'Đề nghị quan tâm kinh phí hoạt động cho khối, tổ dân vận.', 'Không có kiến nghị.']),
    ('section', 'orientation', array[
        'Tập trung hoàn thành các việc còn chậm; duy trì {a} mô hình; kiểm tra {a} đơn vị.',
        'Tiếp tục thực hiện Kế hoạch 36-KH/BDVTU; nâng chất lượng phong trào thi đua "Dân vận khéo".',
        'Hoàn thành xếp loại tổ chức cơ sở; ký kế hoạch phối hợp năm tới trong quý I.',
        'Đổi mới nội dung sinh hoạt; nắm chắc tình hình cơ sở; tổ chức {a} cuộc đối thoại.']);

create function pg_temp.demo_text(p_kind text, p_about text, p_words text) returns text
    language sql stable
    return (
        select replace(replace(
            d.texts[1 + ('x' || substr(md5(p_words || '|' || p_kind), 1, 7))::bit(28)::integer % cardinality(d.texts)],
            '{a}', (2 + pg_temp.demo_roll(p_words || '|a') % 8)::text),
            '{b}', (12 + pg_temp.demo_roll(p_words || '|b') % 50)::text)
        from pg_temp.demo_phrase as d
        where d.kind = p_kind and starts_with(p_about, d.about)
        order by char_length(d.about) desc
        limit 1);

\endif
