-- Four reporting periods lived through: year 2021, six and nine months of 2022 to their end, and year
-- 2022 as it stands on 21/11/2022, six days after the communes' last day and four before the districts'.
-- The calendar's part is done by the program itself (private.period_tick on each day), gathering by its
-- own functions; what units write and leaders decide is set here.
reset role;

\if :is_new_year

create temp table demo_report (
    report_id uuid primary key, period_id uuid not null, label text not null, is_now boolean not null,
    unit_id integer not null, code text not null, level text not null, class text not null, superior_id integer,
    words text not null, due_on date not null, status text not null default 'not_started',
    written_on date,        -- the day its content tells of
    sent_on date,           -- first submitted
    returned_on date,       -- where it was sent back once
    resent_on date, decided_on date, gathered_on date);

-- What the tour of the README meets in Đồng Xoài and Lộc Ninh, and some things each screen should have.
create temp table demo_story (code text, label text, status text, primary key (code, label));
insert into demo_story values
    ('kdv-25195', 'Năm 2022', 'returned'), ('phunu-25195', 'Năm 2022', 'submitted'),
    ('kdv-25198', 'Năm 2022', 'submitted'), ('kdv-25201', 'Năm 2022', 'in_review'),
    ('kdv-25204', 'Năm 2022', 'not_started'), ('kdv-25207', 'Năm 2022', 'draft'),
    ('kdv-25210', 'Năm 2022', 'approved'), ('kdv-25213', 'Năm 2022', 'approved'), ('kdv-25205', 'Năm 2022', 'submitted'),
    ('phunu-25198', 'Năm 2022', 'not_started'), ('phunu-25201', 'Năm 2022', 'approved'),
    ('bdv-689', 'Năm 2022', 'draft'), ('bdv-692', 'Năm 2022', 'submitted'), ('bdv-70', 'Năm 2022', 'draft'),
    ('phunu-689', 'Năm 2022', 'draft'), ('phunu-70', 'Năm 2022', 'draft'), ('bdv-697', 'Năm 2022', 'submitted'),
    ('kdv-25207', '9 tháng năm 2022', 'reopened'), ('doan-25282', '9 tháng năm 2022', 'reopened');

-- How each report of a period fares. Districts and the province always report; a commune may not.
create procedure pg_temp.demo_outcomes(p_label text)
    language plpgsql
as $$
begin
    insert into demo_report (report_id, period_id, label, is_now, unit_id, code, level, class, superior_id, words, due_on)
    select r.id, d.id, d.label, d.label = 'Năm 2022', u.unit_id, u.code, u.level, u.class, r.superior_unit_id,
        u.code || '|' || d.label, r.due_on
    from app.period as d
    join app.report as r on r.period_id = d.id
    join demo_unit as u on u.unit_id = r.unit_id
    where d.label = p_label;

    -- history: in time, late, or never
    update demo_report as r
    set status = case when x.roll < s.report_in_the_end or r.level <> 'grassroots' then 'approved'
            when x.roll % 3 = 0 then 'draft' else 'not_started' end,
        sent_on = case when r.code = 'bdv-70' then r.due_on
            when x.roll < s.report_in_time then r.due_on - case r.level when 'province' then 3 else 0 end - x.day % 6
            when x.roll < s.report_in_the_end or r.level <> 'grassroots' then
                r.due_on + 1 + x.day % case r.level when 'grassroots' then 18 when 'district' then 6 else 3 end end
    from demo_share as s, (
        select t.report_id, pg_temp.demo_roll(t.words || '|report') as roll, pg_temp.demo_roll(t.words || '|sent') as day
        from demo_report as t where t.label = p_label) as x
    where s.class = r.class and x.report_id = r.report_id and not r.is_now;

    -- now: what a leader finds on the desk
    update demo_report as r
    set status = case
            when r.level = 'province' then case when x.roll < 45 then 'draft' else 'not_started' end
            when r.level = 'district' then
                case when x.roll < 14 then 'submitted' when x.roll < 70 then 'draft' else 'not_started' end
            when x.roll < s.report_in_time - 40 then 'approved'
            when x.roll < s.report_in_time - 30 then 'in_review'
            when x.roll < s.report_in_time - 8 then 'submitted'
            when x.roll < s.report_in_time - 2 then 'returned'
            when x.roll < s.report_in_time + 3 then 'draft'
            else 'not_started' end
    from demo_share as s, (
        select t.report_id, pg_temp.demo_roll(t.words || '|report') as roll from demo_report as t where t.label = p_label) as x
    where s.class = r.class and x.report_id = r.report_id and r.is_now;
    update demo_report as r set status = t.status
    from demo_story as t where t.code = r.code and t.label = r.label and r.label = p_label;
    update demo_report as r
    set sent_on = r.due_on - case when r.level = 'district' then 5 else 0 end
        + case when pg_temp.demo_roll(r.words || '|sent') < 12 then 1 + pg_temp.demo_roll(r.words || '|late') % 4
            else - pg_temp.demo_roll(r.words || '|sent') % 9 end
    where r.is_now and r.label = p_label and r.status in ('submitted', 'in_review', 'returned', 'approved');

    -- one in fifteen was sent back first
    update demo_report as r
    set sent_on = case when r.is_now then least(pg_temp.demo_workday(r.sent_on), date '2022-11-21') else pg_temp.demo_workday(r.sent_on) end
    where r.sent_on is not null and r.label = p_label;
    update demo_report as r
    set returned_on = least(r.sent_on + 2, case when r.is_now then date '2022-11-21' end)
    where r.label = p_label and r.sent_on is not null
        and (r.status = 'returned' or (not r.is_now and r.level = 'grassroots' and pg_temp.demo_roll(r.words || '|return') < 7));
    update demo_report as r
    set resent_on = r.returned_on + 2
    where r.label = p_label and r.returned_on is not null and r.status <> 'returned';
    update demo_report as r
    set decided_on = case
            when r.status = 'returned' then r.returned_on
            when r.status in ('approved', 'reopened') then
                least(coalesce(r.resent_on, r.sent_on) + 1 + pg_temp.demo_roll(r.words || '|decide') % 3,
                    case when r.is_now then date '2022-11-21' end) end,
        written_on = case when r.status = 'not_started' then null
            when r.sent_on is null then case when r.is_now then date '2022-11-18' else r.due_on - 1 end
            else coalesce(r.resent_on, r.sent_on) - 1 end,
        gathered_on = case when r.level <> 'grassroots' and r.status <> 'not_started' then
            coalesce(r.sent_on, date '2022-11-21') end
    where r.label = p_label;
end;
$$;

-- A line per assignment of the period as it stood on the day of writing, headings, and figures.
create procedure pg_temp.demo_contents(p_label text)
    language plpgsql
as $$
declare
    period constant app.period := (select d from app.period as d where d.label = p_label and d.plan_id = '017b4fe7-da80-7000-8000-000000000a36');
begin
    insert into app.report_line (report_id, assignment_id, plan_item_id, position, status, progress, done, doing, figures,
        difficulties, proposals)
    select r.report_id, w.assignment_id, i.id, i.position, x.status,
        case x.status when 'done' then 100 when 'not_started' then 0
            else case when w.finished_on is null then w.progress else 60 end end,
        case when x.status = 'done' then to_char(w.finished_on, 'DD/MM/YYYY: ') || pg_temp.demo_text('done', w.item_code, w.words || '|done') end,
        case when x.status = 'in_progress' then pg_temp.demo_text('doing', w.item_code, w.words || '|' || p_label) end,
        case when x.status <> 'not_started' and x.roll % 3 > 0 then pg_temp.demo_text('figures', '', w.words || '|' || p_label) end,
        case when x.status <> 'done' and x.roll % 10 < 4 then pg_temp.demo_text('difficulty', '', w.words || '|' || p_label) end,
        case when x.roll % 10 = 9 then pg_temp.demo_text('proposal', '', w.words || '|' || p_label) end
    from demo_report as r
    join demo_work as w on w.unit_id = r.unit_id
    join app.plan_item as i on i.plan_id = period.plan_id and i.code = w.item_code
    cross join lateral (
        select case when w.finished_on <= r.written_on then 'done' when w.begun_on <= r.written_on then 'in_progress'
            else 'not_started' end as status,
            pg_temp.demo_roll(w.words || '|line|' || p_label) as roll) as x
    where r.label = p_label and r.written_on is not null
        and w.starts_on <= period.ends_on
        and (w.finished_on is null or w.finished_on >= period.starts_on)
    order by r.words, i.position, w.due_on;

    insert into app.report_section (report_id, code, position, title, text)
    select r.report_id, o.code, o.position, o.title,
        case when (r.sent_on is not null or o.position <= 3) and (
                r.level <> 'grassroots' or r.code like 'kdv-%'
                or o.code in ('leadership', 'front_and_bodies', 'limits_and_causes', 'proposals', 'orientation'))
            then pg_temp.demo_text('section', o.code, r.words || '|' || o.code) end
    from demo_report as r
    join app.plan as p on p.id = period.plan_id
    join app.report_outline_section as o on o.outline = p.report_outline
    where r.label = p_label and r.written_on is not null
    order by r.words, o.position;

    -- K2: an organisation has its movement and task (1 of 1) or not yet; a few say nothing. K4: the plan
    -- signed; K5: the conference held; K3, K6: counted. A closed year is told as it ended.
    insert into app.indicator_value (report_id, indicator_id, unit_id, year, own_value, own_numerator, own_denominator)
    select r.report_id, i.id, r.unit_id, period.year,
        case when i.kind = 'value' then x.done_count end,
        case when i.kind = 'ratio' and not x.is_silent then x.is_done end,
        case when i.kind = 'ratio' and not x.is_silent then 1 end
    from demo_report as r
    join demo_unit as u on u.unit_id = r.unit_id
    join app.indicator as i on i.plan_id = period.plan_id and i.source = 'report' and i.frequency = period.kind
        and period.year between coalesce(i.from_year, period.year) and coalesce(i.until_year, period.year)
    join app.indicator_ask as k on k.indicator_id = i.id
    join app.unit as asked on asked.id = r.unit_id and asked.level_id = k.level_id and asked.line_id = k.line_id
        and asked.parent_id is null
    cross join lateral (select case when r.is_now then r.written_on else period.ends_on end as until_on) as told
    cross join lateral (
        select
            case when i.code = 'K2' then (pg_temp.demo_roll(r.words || '|K2') < case u.class when 'weak' then 68 when 'good' then 97 else 88 end)::integer
                when i.code in ('K4a', 'K4b') then (exists (
                    select from demo_agreement as a
                    where a.unit_id = r.unit_id and a.signed_on <= told.until_on
                        and period.year between a.year and coalesce(a.until_year, a.year)
                        and a.partner_kind = case i.code when 'K4a' then 'people_committee' else 'armed_forces' end))::integer
                else (exists (
                    select from demo_work as w
                    join demo_unit as lead on lead.unit_id = w.unit_id
                    where w.finished_on <= told.until_on and extract(year from w.due_on) = period.year
                        and lead.area_id = u.area_id
                        and i.code = 'K5' and w.item_code = 'T1.1'))::integer
                end as is_done,
            (select count(*) from demo_work as w
                where w.unit_id = r.unit_id and w.due_on between period.starts_on and period.ends_on and w.finished_on <= told.until_on
                    and w.item_code = case i.code when 'K3' then 'T4' when 'K6' then 'T5.3' end) as done_count,
            i.code = 'K2' and pg_temp.demo_roll(r.words || '|silent') < case u.class when 'weak' then 20 else 3 end as is_silent
    ) as x
    where r.label = p_label and r.written_on is not null
    order by r.words, i.position;
end;
$$;

-- Moves the reports of a level to their end: sent, perhaps back and sent again, decided; or only those
-- decided before the unit above gathered.
create procedure pg_temp.demo_move(p_label text, p_level text, p_is_before boolean)
    language plpgsql
as $$
begin
    create temp table demo_moving on commit drop as
    select r.*, u.officer_id, s.leader_id as superior_leader_id, coalesce(r.superior_id, r.unit_id) as decider_id
    from demo_report as r
    join demo_unit as u on u.unit_id = r.unit_id
    join demo_unit as s on s.unit_id = coalesce(r.superior_id, r.unit_id)
    join app.report as t on t.id = r.report_id and t.status = 'not_started'
    where r.label = p_label and r.level = p_level and r.written_on is not null
        and (not p_is_before or r.decided_on <= (
            select above.gathered_on from demo_report as above
            where above.label = p_label and above.unit_id = r.superior_id));

    insert into app.report_version (report_id, number, event, content, note, by_user_id, by_unit_id, created_at)
    select m.report_id, row_number() over (partition by m.report_id order by x.nth), x.event,
        c.content, x.note, case x.event when 'submitted' then m.officer_id else m.superior_leader_id end,
        case x.event when 'submitted' then m.unit_id else m.decider_id end,
        pg_temp.demo_time(x.day, m.words) + x.nth * interval '1 minute'
    from demo_moving as m
    cross join lateral (select private.report_content(m.report_id, false) as content) as c
    cross join lateral (values
        (1, 'submitted', m.sent_on, null),
        (2, 'returned', m.returned_on, pg_temp.demo_text('return', '', m.words)),
        (3, 'submitted', m.resent_on, null),
        (4, 'approved', case when m.status in ('approved', 'reopened') then m.decided_on end,
            case when pg_temp.demo_roll(m.words || '|note') < 40 then pg_temp.demo_text('approve', '', m.words) end)
    ) as x (nth, event, day, note)
    where x.day is not null
    order by m.words, x.nth;

    update app.report_line as l
    set return_note = pg_temp.demo_text('return_line', '', m.words || l.position)
    from demo_moving as m
    where m.status = 'returned' and l.report_id = m.report_id
        and l.position = (select max(o.position) from app.report_line as o where o.report_id = m.report_id);

    update app.report as r
    set status = m.status,
        submission_count = num_nonnulls(m.sent_on, m.resent_on),
        first_submitted_on = m.sent_on, submitted_on = coalesce(m.resent_on, m.sent_on),
        submitted_by = case when m.sent_on is not null then m.officer_id end,
        accepted_at = case when m.status = 'in_review' then pg_temp.demo_time(date '2022-11-21', m.words) end,
        accepted_by = case when m.status = 'in_review' then m.superior_leader_id end,
        decided_on = m.decided_on,
        decided_by = case when m.decided_on is not null then m.superior_leader_id end,
        decision_note = (
            select v.note from app.report_version as v
            where v.report_id = m.report_id and v.event in ('returned', 'approved') order by v.number desc limit 1),
        reopened_until = case when m.status = 'reopened' then date '2022-11-28' end,
        reopened_by = case when m.status = 'reopened' then m.superior_leader_id end,
        reopen_reason = case when m.status = 'reopened' then 'Số liệu mô hình "Dân vận khéo" ghi nhầm kỳ, cần sửa trước khi tổng hợp năm.' end
    from demo_moving as m
    where r.id = m.report_id;
    update app.indicator_value as v set is_approved = true
    from demo_moving as m
    where v.report_id = m.report_id and m.status = 'approved';
    drop table demo_moving;
end;
$$;

-- Gathers as the program does, for the reports of a level that are written.
create procedure pg_temp.demo_gather(p_label text, p_codes text)
    language plpgsql
as $$
declare
    gathering record;
    found_missing record;
begin
    for gathering in
        select t as report, r.gathered_on, r.words
        from demo_report as r join app.report as t on t.id = r.report_id
        where r.label = p_label and r.gathered_on is not null and r.code ~ p_codes
            and exists (select from demo_report as b where b.label = p_label and b.superior_id = r.unit_id)
        order by r.words
    loop
        perform private.gather_lines(gathering.report);
        perform private.gather_values(gathering.report);
        found_missing := private.gather_missing(gathering.report);
        update app.report as t
        set gathered_at = pg_temp.demo_time(gathering.gathered_on, gathering.words) - interval '30 minutes',
            gathered_expected_count = found_missing.expected_count,
            gathered_count = found_missing.expected_count - jsonb_array_length(found_missing.missing),
            gathered_missing = found_missing.missing
        where t.id = (gathering.report).id;
    end loop;
end;
$$;

create procedure pg_temp.demo_period(p_label text)
    language plpgsql
as $$
declare
    period app.period := (select d from app.period as d where d.label = p_label and d.plan_id = '017b4fe7-da80-7000-8000-000000000a36');
begin
    perform pg_temp.demo_day(period.opens_on);
    perform private.period_tick();
    call pg_temp.demo_outcomes(p_label);
    -- a few communes that would be late have asked for more time, and been given it
    insert into app.period_exception (period_id, unit_id, until_on, reason, granted_by, granted_unit_id, created_at)
    select period.id, r.unit_id, coalesce(r.sent_on, date '2022-11-30'), pg_temp.demo_text('exception', '', r.words),
        s.leader_id, s.unit_id, pg_temp.demo_time(r.due_on - 2, r.words)
    from demo_report as r
    join demo_unit as s on s.unit_id = r.superior_id
    where r.label = p_label and r.level = 'grassroots'
        and case when r.is_now then r.status in ('not_started', 'draft') and r.class = 'weak' else r.sent_on > r.due_on + 3 end
        and pg_temp.demo_roll(r.words || '|exception') < 12
    order by r.words;
    call pg_temp.demo_contents(p_label);
    call pg_temp.demo_move(p_label, 'grassroots', true);
    call pg_temp.demo_gather(p_label, '-6[0-9]{2}$');
    call pg_temp.demo_move(p_label, 'grassroots', false);
    call pg_temp.demo_move(p_label, 'district', true);
    call pg_temp.demo_gather(p_label, '^(?!bdv).*-70');
    call pg_temp.demo_move(p_label, 'province', true);
    call pg_temp.demo_gather(p_label, '^bdv-70$');
    call pg_temp.demo_move(p_label, 'district', false);
    call pg_temp.demo_move(p_label, 'province', false);
    if period.locks_on < date '2022-11-21' then
        perform pg_temp.demo_day(period.expires_on + 1);
        perform private.period_tick();
        perform pg_temp.demo_day(period.locks_on + 1);
        perform private.period_tick();
    end if;
    update app.period_event as e
    set created_at = case e.event when 'opened' then period.opens_on when 'expired' then period.expires_on + 1 else period.locks_on + 1 end
        + interval '10 minutes'
    where e.period_id = period.id;
end;
$$;

call pg_temp.demo_period('Năm 2021');
call pg_temp.demo_period('6 tháng đầu năm 2022');
call pg_temp.demo_period('9 tháng năm 2022');
call pg_temp.demo_period('Năm 2022');

\endif
