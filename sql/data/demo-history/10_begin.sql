-- The demonstration's history: from the end of its year (21/11/2022) to 15/5/2026, through the changes of
-- organisation in between. Loaded once, after the year and while it still stands on its day; a later run leaves all
-- alone. Nothing is random (docs/demonstration.md tells the seed), and the lives of units between the
-- changes are told in the coarsest way: enough for something to be open, done, sent and missing on each day.
--
-- Of the 95 communes of Đồng Nai since 01/7/2025 only the 40 that come of Bình Phước are held here, and no
-- unit that was Đồng Nai's before.
reset role;

select i.mode = 'demonstration' and i.fixed_today = '2022-11-21'
    and exists (select from app.report as r where r.plan_id = '017b4fe7-da80-7000-8000-000000000a36' and r.status = 'approved')
    and not exists (select from app.reorganisation as r where r.effective_on >= '2025-01-01') as is_new_history
from private.installation as i
\gset

\if :is_new_history

\ir ../demo/include/reorganising.sql

-- 0 to 99, as in the year, the same for the same words on every machine.
create function pg_temp.history_roll(p_words text) returns integer
    language sql immutable
    return ('x' || substr(md5('danvan ke hoach 36|' || p_words), 1, 7))::bit(28)::integer % 100;

create function pg_temp.history_time(p_day date, p_words text) returns timestamptz
    language sql stable
    return (p_day + time '07:30' + make_interval(mins => pg_temp.history_roll(p_words || '|hour') * 5)) at time zone 'Asia/Ho_Chi_Minh';

create function pg_temp.history_day(p_day date) returns void
    language sql
begin atomic
    update private.installation set fixed_today = p_day;
end;

-- Who writes and who decides in a unit today; of several, the first by name.
create view pg_temp.history_post as
select m.unit_id,
    (array_agg(m.user_id order by a.login) filter (where m.role = 'officer'))[1] as officer_id,
    (array_agg(m.user_id order by a.login) filter (where m.role = 'leader'))[1] as leader_id
from app.membership as m
join app.user_account as a on a.id = m.user_id
where m.valid_from <= private.today() and coalesce(m.valid_to > private.today(), true)
group by m.unit_id;

-- What was due by a day is done, for 92 in 100, and confirmed, for 90 in 100 of those; of what is due later, six
-- in ten have begun.
create procedure pg_temp.history_work(p_until date)
    language plpgsql
as $$
begin
    create temp table history_step on commit drop as
    select a.id as assignment_id, a.lead_unit_id as unit_id, w.words, p.officer_id, p.leader_id,
        case when a.due_on <= p_until then x.finished_on else p_until - 5 end as recorded_on,
        case when a.due_on > p_until then 'in_progress'
            when pg_temp.history_roll(w.words || '|confirmed later') < 90 then 'completed' else 'reported' end as status,
        case when a.due_on > p_until then greatest(a.progress, 10 + pg_temp.history_roll(w.words || '|later') / 20 * 10) else 100 end as progress
    from app.assignment as a
    join app.plan as q on q.id = a.plan_id and q.status = 'in_force'
    join app.plan_item as i on i.id = a.plan_item_id
    join app.unit as u on u.id = a.lead_unit_id and u.is_active
    join pg_temp.history_post as p on p.unit_id = u.id
    cross join lateral (select u.code || '|' || i.code || '|' || a.occurrence as words) as w
    cross join lateral (
        select greatest(a.starts_on, a.due_on - pg_temp.history_roll(w.words || '|day') % 30, (
            select max(e.recorded_on) from app.progress_entry as e where e.assignment_id = a.id and e.part = 'lead')) as finished_on) as x
    where a.is_pending and a.starts_on <= p_until - 5 and p.officer_id is not null and p.leader_id is not null
        and (a.due_on <= p_until and pg_temp.history_roll(w.words || '|done later') < 92
            or a.due_on > p_until and a.status = 'not_started' and pg_temp.history_roll(w.words || '|begun later') < 60);

    insert into app.progress_entry (assignment_id, unit_id, part, status, progress, note, recorded_on, recorded_by, created_at)
    select s.assignment_id, s.unit_id, 'lead', e.status, s.progress,
        case e.status when 'in_progress' then 'Đang thực hiện theo kế hoạch.' when 'reported' then 'Đã hoàn thành, báo cáo cấp trên.' end,
        e.recorded_on, e.by_user,
        -- what was told before may carry the time of its loading
        greatest(pg_temp.history_time(e.recorded_on, s.words), told.last_at) + e.nth * interval '1 minute'
    from history_step as s
    cross join lateral (values
        (1, case s.status when 'in_progress' then 'in_progress' else 'reported' end, s.recorded_on, s.officer_id),
        (2, case when s.status = 'completed' then 'completed' end, s.recorded_on + 2, s.leader_id)
    ) as e (nth, status, recorded_on, by_user)
    left join lateral (select max(t.created_at) as last_at from app.progress_entry as t where t.assignment_id = s.assignment_id) as told on true
    where e.status is not null
    order by e.recorded_on, s.words, e.nth;

    update app.assignment as a
    set status = s.status, progress = s.progress,
        reported_on = case when s.status <> 'in_progress' then s.recorded_on end,
        completed_on = case s.status when 'completed' then s.recorded_on + 2 end,
        confirmed_by = case s.status when 'completed' then s.leader_id end
    from history_step as s
    where s.assignment_id = a.id;
    drop table history_step;
end;
$$;

-- Reports of a period that are still to be sent: so many of a hundred approved, and some on the way.
-- What a report reads is what the program drafts.
create procedure pg_temp.history_reports(p_label text, p_approved integer, p_sent integer, p_returned integer, p_draft integer)
    language plpgsql
as $$
declare
    moving record;
    content jsonb;
begin
    for moving in
        select r as report, p.officer_id, above.leader_id, w.words, s.sent_on, s.sent_on + 1 + w.roll % 3 as decided_on,
            coalesce(r.superior_unit_id, r.unit_id) as decider_id,
            case when w.roll < p_approved then 'approved' when w.roll < p_approved + p_sent then 'submitted'
                when w.roll < p_approved + p_sent + p_returned then 'returned' else 'draft' end as status
        from app.period as d
        join app.report as r on r.period_id = d.id and r.status in ('not_started', 'draft')
        join app.unit as u on u.id = r.unit_id and u.is_active
        join pg_temp.history_post as p on p.unit_id = u.id
        join pg_temp.history_post as above on above.unit_id = coalesce(r.superior_unit_id, r.unit_id)
        cross join lateral (
            select u.code || '|' || p_label as words, pg_temp.history_roll(u.code || '|' || p_label || '|report') as roll) as w
        cross join lateral (
            select least(greatest(r.due_on - pg_temp.history_roll(w.words || '|sent') % 6, d.opens_on), private.today() - 4) as sent_on) as s
        where d.plan_id = '017b4fe7-da80-7000-8000-000000000a36' and d.label = p_label
            and w.roll < p_approved + p_sent + p_returned + p_draft
        order by w.words
    loop
        perform private.report_draft_lines(moving.report, false);
        perform private.report_draft_sections(moving.report);
        perform private.report_prefill_values((moving.report).id);
        if moving.status <> 'draft' then
            content := private.report_content((moving.report).id, false);
            insert into app.report_version (report_id, number, event, content, note, by_user_id, by_unit_id, created_at)
            select (moving.report).id, v.nth, v.event, content, case v.event when 'returned' then 'Đề nghị bổ sung số liệu.' end, v.by_user, v.by_unit, pg_temp.history_time(v.day, moving.words) + v.nth * interval '1 minute'
            from (values
                (1, 'submitted', moving.sent_on, moving.officer_id, (moving.report).unit_id),
                (2, moving.status, moving.decided_on, moving.leader_id, moving.decider_id)
            ) as v (nth, event, day, by_user, by_unit)
            where v.nth = 1 or moving.status <> 'submitted';
        end if;
        update app.report as r
        set status = moving.status,
            submission_count = case when moving.status = 'draft' then 0 else 1 end,
            first_submitted_on = case when moving.status <> 'draft' then moving.sent_on end,
            submitted_on = case when moving.status <> 'draft' then moving.sent_on end,
            submitted_by = case when moving.status <> 'draft' then moving.officer_id end,
            decided_on = case when moving.status in ('approved', 'returned') then moving.decided_on end,
            decided_by = case when moving.status in ('approved', 'returned') then moving.leader_id end,
            decision_note = case when moving.status = 'returned' then 'Đề nghị bổ sung số liệu.' end
        where r.id = (moving.report).id;
        update app.indicator_value as v set is_approved = true
        where v.report_id = (moving.report).id and moving.status = 'approved';
    end loop;
end;
$$;

-- What has been sent for a period and waits is approved.
create procedure pg_temp.history_decide(p_label text, p_day date)
    language plpgsql
as $$
begin
    create temp table history_decided on commit drop as
    select r.id as report_id, p.leader_id, coalesce(r.superior_unit_id, r.unit_id) as decider_id, u.code || '|' || p_label as words
    from app.report as r
    join app.period as d on d.id = r.period_id and d.label = p_label and d.plan_id = '017b4fe7-da80-7000-8000-000000000a36'
    join app.unit as u on u.id = r.unit_id
    join pg_temp.history_post as p on p.unit_id = coalesce(r.superior_unit_id, r.unit_id)
    where r.status in ('submitted', 'in_review', 'reopened');
    insert into app.report_version (report_id, number, event, content, by_user_id, by_unit_id, created_at)
    select x.report_id, (select max(v.number) + 1 from app.report_version as v where v.report_id = x.report_id), 'approved',
        private.report_content(x.report_id, false), x.leader_id, x.decider_id, pg_temp.history_time(p_day, x.words)
    from history_decided as x
    order by x.words;
    update app.report as r
    set status = 'approved', decided_on = p_day, decided_by = x.leader_id, accepted_at = null, accepted_by = null, decision_note = null
    from history_decided as x where x.report_id = r.id;
    update app.indicator_value as v set is_approved = true from history_decided as x where x.report_id = v.report_id;
    drop table history_decided;
end;
$$;

-- A period from its opening to its lock.
create procedure pg_temp.history_period(p_label text)
    language plpgsql
as $$
declare
    period app.period := (select d from app.period as d where d.label = p_label and d.plan_id = '017b4fe7-da80-7000-8000-000000000a36');
begin
    perform pg_temp.history_day(period.opens_on);
    perform private.period_tick();
    perform pg_temp.history_day(period.expires_on + 1);
    perform private.period_tick();
    call pg_temp.history_work(period.expires_on);
    call pg_temp.history_reports(p_label, 94, 0, 0, 2);
    perform pg_temp.history_day(period.locks_on + 1);
    perform private.period_tick();
end;
$$;

\endif
