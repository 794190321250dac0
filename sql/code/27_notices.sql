-- What is told to whom, when: digests of what falls due, and the queue of mails.

set local role danvan_owner;

-- The words of a notice, for the inbox and for mail. `p_about` is the other unit's name, `p_plan` the
-- plan's number, `p_subject` what the row it is about is called: a meeting, work given, an inspection, a budget line.
create function private.notice_title(
    p_topic text, p_stage text, p_due_on date, p_count integer, p_about text, p_plan text, p_subject text) returns text
    language sql stable parallel safe
    return case p_topic
        when 'assignments_due' then case p_stage
            when 'before' then format('%s nhiệm vụ sắp đến hạn (hạn %s)', p_count, to_char(p_due_on, 'DD/MM/YYYY'))
            when 'on' then format('%s nhiệm vụ đến hạn hôm nay (%s)', p_count, to_char(p_due_on, 'DD/MM/YYYY'))
            when 'after' then format('%s nhiệm vụ đã quá hạn (hạn %s)', p_count, to_char(p_due_on, 'DD/MM/YYYY'))
            else format('%s: %s nhiệm vụ đã quá hạn (hạn %s)',
                coalesce(p_about, 'Đơn vị cấp dưới'), p_count, to_char(p_due_on, 'DD/MM/YYYY'))
        end
        when 'report_due' then case p_stage
            when 'before' then format('Sắp đến hạn nộp báo cáo (hạn %s)', to_char(p_due_on, 'DD/MM/YYYY'))
            when 'on' then format('Hôm nay là hạn nộp báo cáo (%s)', to_char(p_due_on, 'DD/MM/YYYY'))
            when 'after' then format('Đã quá hạn nộp báo cáo (hạn %s)', to_char(p_due_on, 'DD/MM/YYYY'))
            else format('%s chưa nộp báo cáo (hạn %s)',
                coalesce(p_about, 'Đơn vị cấp dưới'), to_char(p_due_on, 'DD/MM/YYYY'))
        end
        when 'period_opened' then coalesce(
            'Kỳ báo cáo đã mở, hạn nộp ' || to_char(p_due_on, 'DD/MM/YYYY'), 'Kỳ báo cáo đã mở')
        when 'report_submitted' then format('%s đã nộp báo cáo', coalesce(p_about, 'Đơn vị cấp dưới'))
        when 'report_returned' then 'Báo cáo được trả lại để bổ sung'
        when 'report_approved' then 'Báo cáo đã được duyệt'
        when 'report_reopened' then 'Báo cáo được mở lại để chỉnh sửa'
        when 'extension_requested' then format('%s đề nghị gia hạn nhiệm vụ', coalesce(p_about, 'Đơn vị cấp dưới'))
        when 'extension_decided' then 'Đề nghị gia hạn nhiệm vụ đã có quyết định'
        when 'plan_issued' then coalesce('Kế hoạch số ' || p_plan || ' đã được ban hành', 'Một kế hoạch đã được ban hành')
        when 'course_invited' then format('%s mời cử người dự lớp tập huấn, khai mạc ngày %s',
            coalesce(p_about, 'Đơn vị tổ chức'), to_char(p_due_on, 'DD/MM/YYYY'))
        when 'course_cancelled' then format('Lớp tập huấn dự kiến ngày %s đã bị hủy', to_char(p_due_on, 'DD/MM/YYYY'))
        when 'meeting_convened' then format(case p_stage
                when 'moved' then '%s thay đổi thời gian, địa điểm hội nghị, nay họp ngày %s'
                else '%s mời dự hội nghị ngày %s' end,
            coalesce(p_about, 'Đơn vị triệu tập'), to_char(p_due_on, 'DD/MM/YYYY'))
        when 'meeting_cancelled' then format('%s hủy hội nghị ngày %s',
            coalesce(p_about, 'Đơn vị triệu tập'), to_char(p_due_on, 'DD/MM/YYYY'))
        when 'invitation_withdrawn' then format('%s rút lại giấy mời dự hội nghị ngày %s',
            coalesce(p_about, 'Đơn vị triệu tập'), to_char(p_due_on, 'DD/MM/YYYY'))
        when 'conclusions_issued' then format('Đã có kết luận hội nghị ngày %s', to_char(p_due_on, 'DD/MM/YYYY'))
        when 'work_given' then format('%s giao nhiệm vụ, hạn %s',
            coalesce(p_about, 'Đơn vị giao việc'), to_char(p_due_on, 'DD/MM/YYYY'))
        when 'work_withdrawn' then format('%s rút lại nhiệm vụ đã giao', coalesce(p_about, 'Đơn vị giao việc'))
        when 'work_completed' then format('%s xác nhận hoàn thành nhiệm vụ đã giao', coalesce(p_about, 'Đơn vị giao việc'))
        when 'work_reopened' then format('%s yêu cầu tiếp tục thực hiện nhiệm vụ, hạn %s',
            coalesce(p_about, 'Đơn vị giao việc'), to_char(p_due_on, 'DD/MM/YYYY'))
        when 'inspection_announced' then format('%s thông báo kiểm tra, giám sát từ ngày %s',
            coalesce(p_about, 'Đơn vị kiểm tra'), to_char(p_due_on, 'DD/MM/YYYY'))
        when 'inspection_concluded' then 'Đã có kết luận kiểm tra, giám sát'
        when 'inspection_cancelled' then format('%s hủy cuộc kiểm tra, giám sát', coalesce(p_about, 'Đơn vị kiểm tra'))
        when 'budget_submitted' then format('%s trình dự toán', coalesce(p_about, 'Đơn vị cấp dưới'))
        when 'budget_returned' then 'Dự toán được trả lại để chỉnh sửa'
        when 'budget_approved' then 'Dự toán đã được duyệt'
        when 'budget_adjusted' then 'Dự toán đã duyệt được điều chỉnh'
        else p_topic
    end || coalesce(': ' || left(p_subject, 200), '');

create function private.notice_text(
    p_topic text, p_stage text, p_due_on date, p_count integer, p_about text, p_plan text, p_subject text) returns text
    language sql stable parallel safe
    return private.notice_title(p_topic, p_stage, p_due_on, p_count, p_about, p_plan, p_subject) || '.'
        || coalesce(case when p_topic <> 'plan_issued' then ' Theo kế hoạch số ' || p_plan || '.' end, '')
        || case
            when p_topic = 'assignments_due' and p_stage in ('before', 'on')
                then ' Đề nghị đơn vị cập nhật tiến độ; nếu chưa thể hoàn thành, đề nghị gia hạn trước khi quá hạn.'
            when p_topic = 'assignments_due' and p_stage = 'after'
                then ' Đề nghị đơn vị khẩn trương thực hiện, cập nhật kết quả hoặc đề nghị gia hạn.'
            when p_topic = 'assignments_due' then ' Đề nghị đôn đốc đơn vị thực hiện.'
            when p_topic = 'report_due' and p_stage = 'escalated' then ' Đề nghị đôn đốc đơn vị nộp báo cáo.'
            when p_topic = 'report_due' then ' Đề nghị đơn vị hoàn thành và nộp báo cáo.'
            when p_topic = 'report_returned' then ' Đề nghị xem ý kiến và nộp lại.'
            when p_topic = 'work_reopened' then ' Đề nghị xem ý kiến và báo cáo lại khi hoàn thành.'
            when p_topic = 'budget_submitted' then ' Đề nghị xem xét, quyết định.'
            when p_topic = 'budget_returned' then ' Đề nghị xem ý kiến và trình lại.'
            when p_topic = 'meeting_convened' and p_stage = 'moved' then ' Đề nghị xem lại thời gian, địa điểm và trả lời lại.'
            when p_topic = 'course_invited' then ' Đề nghị đơn vị đăng ký người tham dự.'
            when p_topic = 'plan_issued' then format(' Đơn vị chủ trì hoặc phối hợp %s nhiệm vụ.', p_count)
            else ''
        end;

-- What a notice is about, by name, as far as the caller sees it: what was taken out of sight since has no name.
create function private.notice_subject(p_resource text, p_resource_id uuid) returns text
    language sql stable parallel safe
    return case p_resource
        when 'meetings' then (select m.title from app.meeting as m where m.id = p_resource_id)
        when 'assignments' then (select a.title from app.assignment as a where a.id = p_resource_id)
        when 'inspections' then (select i.title from app.inspection as i where i.id = p_resource_id)
        when 'budget-lines' then (
            select format('%s, năm %s', i.title, l.year)
            from app.budget_line as l join app.plan_item as i on i.id = l.plan_item_id where l.id = p_resource_id)
    end;

-- Where it leads, below /api/v1: the one row it is about, or the list of what falls due on that day. Nowhere, where the reader
-- does not see that row (any more): it is no longer invited, the line it decides on was returned. A mail is written past row
-- security, so that a withdrawn invitation is told apart by its topic.
create function private.notice_link(
    p_topic text, p_stage text, p_unit_id integer, p_about_unit_id integer, p_due_on date,
    p_resource text, p_resource_id uuid) returns text
    language sql stable parallel safe
    return case
        when p_topic = 'invitation_withdrawn' then null
        -- of these the name is read as the reader sees them
        when p_resource in ('meetings', 'assignments', 'inspections', 'budget-lines')
            and private.notice_subject(p_resource, p_resource_id) is null then null
        when p_resource is not null and p_resource_id is not null then '/' || p_resource || '/' || p_resource_id
        when p_topic = 'assignments_due' then format('/assignments?unit=%s&due_after=%s&due_before=%s',
            case p_stage when 'escalated' then p_about_unit_id else p_unit_id end,
            to_char(p_due_on - 1, 'YYYY-MM-DD'), to_char(p_due_on + 1, 'YYYY-MM-DD'))
        when p_topic = 'report_due' then format('/reports?unit=%s',
            case p_stage when 'escalated' then p_about_unit_id else p_unit_id end)
    end;

set local role danvan_policy;

-- What one round looks at: due days from first_due_on to last_due_on. A stage that was missed is made
-- up for as long as it is still true: nobody is told "in seven days" when the day has come. After a
-- silence of more than 30 days the older ones stay untold: the inbox is no archive.
create function private.notice_window(p_topic text, p_stage text, p_today date)
    returns table (first_due_on date, last_due_on date)
    language plpgsql stable security definer set search_path = ''
as $$
declare
    days_of constant jsonb := (select jsonb_object_agg(s.stage, s.days) from private.notice_stage as s);
    missed constant integer := least(30, greatest(0, p_today - coalesce((
        select r.told_on from private.notice_round as r
        where r.topic = p_topic and r.stage = p_stage), p_today)));
begin
    return query
    select w.first_due_on, w.last_due_on
    from (values
        ('before', p_today + 1, p_today - (days_of ->> 'before')::integer),
        ('on', p_today, p_today),
        ('after', least(p_today - (days_of ->> 'escalated')::integer + 1, p_today - (days_of ->> 'after')::integer)
            - missed, p_today - (days_of ->> 'after')::integer),
        ('escalated', p_today - (days_of ->> 'escalated')::integer - missed,
            p_today - (days_of ->> 'escalated')::integer)
    ) as w (stage, first_due_on, last_due_on)
    where w.stage = p_stage;
end;
$$;

-- One notice per unit and due day, or per unit above, unit and due day; for at most p_most units and
-- days at once, so that no run outlasts the service's deadline. Answers how many were new: p_most or
-- more means that others wait.
create function private.tell_due_assignments(p_stage text, p_first date, p_last date, p_most integer) returns bigint
    language plpgsql security definer set search_path = ''
as $$
declare
    told bigint;
begin
    insert into app.notice (unit_id, topic, once_key, stage, about_unit_id, plan_id, due_on, count)
    with due as materialized (
        select a.lead_unit_id, a.plan_id, a.due_on, count(*) as count
        from app.assignment as a
        -- what was given beside the plan is owed also when the plan is closed
        join app.plan as p on p.id = a.plan_id and (p.status = 'in_force' or p.status = 'closed' and a.source <> 'plan')
            and (p_stage <> 'escalated' or p.issuer_unit_id <> a.lead_unit_id)
        join app.unit as u on u.id = a.lead_unit_id and u.is_active
        where a.is_pending and a.due_on between p_first and p_last
        group by a.lead_unit_id, a.plan_id, a.due_on),
    untold as materialized (
        select distinct d.lead_unit_id, d.due_on
        from due as d
        where not exists (
                select from app.notice as n
                where p_stage <> 'escalated' and n.unit_id = d.lead_unit_id and n.topic = 'assignments_due'
                    and n.once_key = d.due_on || ':' || p_stage)
            and not exists (
                select from app.notice as n
                where p_stage = 'escalated' and n.about_unit_id = d.lead_unit_id and n.topic = 'assignments_due'
                    and n.stage = p_stage and n.due_on = d.due_on)
        order by d.due_on, d.lead_unit_id
        limit p_most),
    told_to as (
        select d.*, case p_stage
            when 'escalated' then private.superior_of(d.lead_unit_id, d.plan_id) else d.lead_unit_id end as unit_id
        from due as d
        join untold using (lead_unit_id, due_on))
    select t.unit_id, 'assignments_due',
        case p_stage when 'escalated' then t.lead_unit_id || ':' else '' end || t.due_on || ':' || p_stage, p_stage,
        case p_stage when 'escalated' then t.lead_unit_id end,
        case when count(*) = 1 then min(t.plan_id::text)::uuid end, t.due_on, sum(t.count)
    from told_to as t
    where t.unit_id is not null
    group by t.unit_id, t.lead_unit_id, t.due_on
    order by t.unit_id, t.lead_unit_id, t.due_on
    on conflict (unit_id, topic, once_key) do nothing;
    get diagnostics told = row_count;
    return told;
end;
$$;

create function private.tell_due_reports(p_stage text, p_first date, p_last date) returns bigint
    language plpgsql security definer set search_path = ''
as $$
declare
    told bigint;
begin
    insert into app.notice
        (unit_id, topic, once_key, stage, resource, resource_id, about_unit_id, plan_id, due_on, count)
    select t.unit_id, 'report_due',
        case p_stage when 'escalated' then t.owing_id || ':' else '' end || t.due_on || ':' || p_stage, p_stage,
        case when count(*) = 1 then 'reports' end, case when count(*) = 1 then min(t.id::text)::uuid end,
        case p_stage when 'escalated' then t.owing_id end,
        case when count(distinct t.plan_id) = 1 then min(t.plan_id::text)::uuid end, t.due_on, count(*)
    from (
        select r.id, r.plan_id, r.due_on, r.unit_id as owing_id,
            case p_stage when 'escalated' then r.superior_unit_id else r.unit_id end as unit_id
        from app.report as r
        join app.plan as p on p.id = r.plan_id and p.status = 'in_force'
        join app.unit as u on u.id = r.unit_id and u.is_active
        where r.is_outstanding and r.due_on between p_first and p_last) as t
    where t.unit_id is not null
    group by t.unit_id, t.owing_id, t.due_on
    order by t.unit_id, t.owing_id, t.due_on
    on conflict (unit_id, topic, once_key) do nothing;
    get diagnostics told = row_count;
    return told;
end;
$$;

-- Tells what falls due on this day, once, whoever asks and however often; days on which nobody asked
-- are made up for. A second run at the same time goes away; what does not fit into one run, by
-- number or by time, waits for the next, a minute later. Answers how many notices are new.
create function private.make_due_notices(p_today date default private.installation_today()) returns bigint
    language plpgsql security definer set search_path = ''
as $$
declare
    began constant timestamptz := clock_timestamp();
    -- finding the unit above costs the most
    most constant jsonb := '{"before": 5000, "on": 5000, "after": 5000, "escalated": 1000}';
    told bigint := 0;
    told_now bigint;
    round record;
begin
    if (select count(*) = 8 and bool_and(r.told_on = p_today) from private.notice_round as r)
        or not pg_try_advisory_xact_lock(hashtextextended('danvan.due_notices', 0))
    then
        return 0;
    end if;
    for round in
        select t.topic, s.stage, w.first_due_on, w.last_due_on
        from (values ('assignments_due'), ('report_due')) as t (topic)
        cross join private.notice_stage as s
        cross join lateral private.notice_window(t.topic, s.stage, p_today) as w
        where not exists (
            select from private.notice_round as r
            where r.topic = t.topic and r.stage = s.stage and r.told_on = p_today)
        order by s.days, t.topic
    loop
        if round.topic = 'report_due' then
            told_now := private.tell_due_reports(round.stage, round.first_due_on, round.last_due_on);
        else
            told_now := private.tell_due_assignments(
                round.stage, round.first_due_on, round.last_due_on, (most ->> round.stage)::integer);
        end if;
        told := told + told_now;
        if round.topic = 'report_due' or told_now < (most ->> round.stage)::integer then
            insert into private.notice_round as r (topic, stage, told_on) values (round.topic, round.stage, p_today)
            on conflict (stage, topic) do update set told_on = excluded.told_on;
        end if;
        exit when clock_timestamp() > began + interval '2 seconds';
    end loop;
    return told;
end;
$$;

-- Mail -----------------------------------------------------------------------------------------------

-- In the transaction of the notice: a mail for each member of the unit who works there today, has an
-- address and asked for mail.
create function private.queue_mail() returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    today constant date := private.installation_today();
begin
    insert into private.mail (notice_id, user_id)
    select distinct n.id, u.id
    from new_notices as n
    join app.membership as m on m.unit_id = n.unit_id and m.role in ('officer', 'leader')
        and m.valid_from <= today and (m.valid_to is null or m.valid_to > today)
    join app.user_account as u on u.id = m.user_id
        and u.wants_mail and u.email is not null and u.disabled_at is null
    order by n.id, u.id
    on conflict do nothing;
    return null;
end;
$$;

-- The functions that follow are all that danvan_mailer may call. Taking is a lease of ten minutes:
-- what a mailer that died had in hand is given out again. Whoever no longer wants mail gets none.
create function private.mail_take(p_count integer)
    returns table (id bigint, notice_id uuid, user_id uuid, email text, name text, title text, text text, link text)
    language plpgsql security definer set search_path = ''
as $$
begin
    update private.mail as q
    set status = 'failed', last_error = coalesce(q.last_error, 'the mailer died with it in hand, each time')
    where q.status = 'sending' and q.next_try_at <= now() and q.attempt_count >= 8;
    update private.mail as q
    set status = 'failed', last_error = 'the account takes no mail any more'
    from app.user_account as u
    where q.status in ('queued', 'sending') and q.next_try_at <= now() and u.id = q.user_id
        and (not u.wants_mail or u.email is null or u.disabled_at is not null);
    return query
    with taken as (
        update private.mail as q
        set status = 'sending', taken_at = now(), attempt_count = q.attempt_count + 1,
            next_try_at = now() + interval '10 minutes'
        where q.id in (
            select w.id from private.mail as w
            where w.status in ('queued', 'sending') and w.next_try_at <= now()
            order by w.next_try_at, w.id
            limit least(greatest(p_count, 0), 1000)
            for update skip locked)
        returning q.id, q.notice_id, q.user_id)
    select t.id, t.notice_id, t.user_id, u.email, u.display_name,
        private.notice_title(n.topic, n.stage, n.due_on, n.count, a.name, p.number, private.notice_subject(n.resource, n.resource_id)),
        private.notice_text(n.topic, n.stage, n.due_on, n.count, a.name, p.number, private.notice_subject(n.resource, n.resource_id)),
        private.notice_link(n.topic, n.stage, n.unit_id, n.about_unit_id, n.due_on, n.resource, n.resource_id)
    from taken as t
    join app.user_account as u on u.id = t.user_id
    join app.notice as n on n.id = t.notice_id
    left join private.unit_today as a on a.unit_id = n.about_unit_id
    left join app.plan as p on p.id = n.plan_id
    order by t.id;
end;
$$;

create function private.mail_sent(p_id bigint) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    update private.mail as q set status = 'sent', sent_at = now(), last_error = null where q.id = p_id;
end;
$$;

-- Tried again after 1, 3, 9, 27 … minutes, eight times in all: an outage of a night is outlived.
create function private.mail_failed(p_id bigint, p_error text) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    update private.mail as q
    set status = case when q.attempt_count >= 8 then 'failed' else 'queued' end,
        next_try_at = now() + interval '1 minute' * 3 ^ (greatest(q.attempt_count, 1) - 1),
        last_error = left(p_error, 500)
    where q.id = p_id and q.status = 'sending';
end;
$$;

-- Taken and not tried: the mailer ends, or its server is away.
create function private.mail_put_back(p_id bigint) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    update private.mail as q
    set status = 'queued', attempt_count = greatest(q.attempt_count - 1, 0), next_try_at = now()
    where q.id = p_id and q.status = 'sending';
end;
$$;

set local role danvan_owner;

create trigger notice_95_mail after insert on app.notice
    referencing new table as new_notices
    for each statement execute function private.queue_mail();
