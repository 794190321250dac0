-- What each unit has done of its assignments by 21/11/2022, and what it said of it on the way. What the
-- plain demonstration told already stays; the year goes on from there.
reset role;

\if :is_new_year

create temp table demo_work as
select a.id as assignment_id, a.lead_unit_id as unit_id, i.code as item_code, a.occurrence, a.starts_on, a.due_on, u.class,
    u.code || '|' || i.code || '|' || a.occurrence as words,
    w.span, w.finish_roll, w.day_roll,
    told.last_on is not null as is_told, told.last_on, a.progress as told_progress, a.status as told_status,
    null::date as begun_on, null::date as finished_on, null::date as confirmed_on, 0 as progress
from app.assignment as a
join app.plan_item as i on i.id = a.plan_item_id
join demo_unit as u on u.unit_id = a.lead_unit_id
cross join lateral (
    select a.due_on - a.starts_on as span,
        pg_temp.demo_roll(u.code || '|' || i.code || '|' || a.occurrence || '|finish')
            -- a plan of one's own is harder than most: some localities still lack it
            + case when i.code = 'T1.3' and u.level = 'grassroots' then 14 else 0 end as finish_roll,
        pg_temp.demo_roll(u.code || '|' || i.code || '|' || a.occurrence || '|day') as day_roll) as w
left join lateral (
    select max(e.recorded_on) as last_on from app.progress_entry as e
    where e.assignment_id = a.id and e.part = 'lead') as told on true
where a.plan_id = '017b4fe7-da80-7000-8000-000000000a36' and a.starts_on <= date '2022-11-21';
alter table demo_work add primary key (assignment_id);

-- When it was done: in time, late, ahead of a day still to come, or not.
update demo_work as w
set finished_on = case
        when w.told_status in ('reported', 'completed') then w.last_on
        when w.due_on <= date '2022-11-21' and w.finish_roll < s.in_time then
            greatest(pg_temp.demo_workday(w.due_on - w.day_roll % greatest(least(w.span / 2, 40), 1)), w.starts_on, w.last_on + 1)
        when w.due_on <= date '2022-11-21' and w.finish_roll < s.in_the_end then
            pg_temp.demo_workday(w.due_on + 5 + w.day_roll % 45)
        when w.due_on between date '2022-11-22' and date '2022-12-31' and w.finish_roll < s.ahead then
            pg_temp.demo_workday(date '2022-06-06' + w.day_roll * 16 / 10)
    end
from demo_share as s
where s.class = w.class;

-- The province holds its review meetings.
update demo_work as w set finished_on = pg_temp.demo_workday(w.due_on - 3)
where w.item_code = 'T4' and not w.is_told and w.due_on <= date '2022-11-21';

-- Two district boards have no plan of their own yet, whatever the roll says.
update demo_work as w set finished_on = null
from demo_unit as u
where u.unit_id = w.unit_id and u.code in ('bdv-691', 'bdv-693') and w.item_code = 'T1.3';

update demo_work as w
set begun_on = case
        when w.is_told then w.last_on
        when w.finished_on is not null or pg_temp.demo_roll(w.words || '|begin') < s.begun then
            least(greatest(pg_temp.demo_workday(greatest(w.starts_on, date '2021-08-25') + 4
                    + w.day_roll % greatest(least(w.span / 3, 90), 1)), w.starts_on),
                w.finished_on, date '2022-11-18') end,
    confirmed_on = case
        when w.finished_on is not null and pg_temp.demo_roll(w.words || '|confirm') < s.confirmed
            and w.finished_on <= date '2022-11-10' then greatest(pg_temp.demo_workday(w.finished_on + 1 + w.day_roll % 6), w.finished_on) end
from demo_share as s
where s.class = w.class;
update demo_work as w
set progress = case
    when w.finished_on is not null then 100
    when w.begun_on is null then 0
    when w.is_told then greatest(w.told_progress, 70)
    when w.due_on > date '2022-12-31' then 10 + pg_temp.demo_roll(w.words || '|progress') / 20 * 10
    else 20 + pg_temp.demo_roll(w.words || '|progress') / 20 * 15 end;

-- What was said: at the beginning, half way where that took long, at the end, and by the leader.
create temp table demo_entry as
select w.assignment_id, w.unit_id, w.item_code, w.words, x.step, x.status, x.progress, x.recorded_on
from demo_work as w
cross join lateral (values
    ('begin', 'in_progress', least(10 + w.day_roll / 10 * 5, greatest(w.progress - 5, 5)),
        case when not w.is_told and (w.finished_on is null or w.begun_on < w.finished_on) then w.begun_on end),
    ('middle', 'in_progress', case when w.finished_on is null then w.progress else greatest(60 + w.day_roll / 20 * 5, w.told_progress) end,
        case when coalesce(w.finished_on, date '2022-11-16') - w.begun_on > 20 then
            pg_temp.demo_workday(w.begun_on + (coalesce(w.finished_on, date '2022-11-16') - w.begun_on) * (50 + w.day_roll % 45) / 100) end),
    ('done', 'reported', 100, case when w.told_status not in ('reported', 'completed') then w.finished_on end),
    ('confirm', 'completed', 100, case when w.told_status <> 'completed' then w.confirmed_on end)
) as x (step, status, progress, recorded_on)
where x.recorded_on is not null;

-- A row told in the plain demonstration carries the time of its loading; what follows there comes after.
insert into app.progress_entry (assignment_id, unit_id, part, status, progress, note, recorded_on, recorded_by, created_at)
select e.assignment_id, e.unit_id, 'lead', e.status, e.progress,
    pg_temp.demo_text(case e.step when 'done' then 'done' when 'confirm' then 'confirm' else 'doing' end, e.item_code,
        e.words || '|' || e.step),
    e.recorded_on, case e.step when 'confirm' then u.leader_id else u.officer_id end,
    case when w.is_told then clock_timestamp()
        else pg_temp.demo_time(e.recorded_on, e.words)
            + array_position(array['begin', 'middle', 'done', 'confirm'], e.step) * interval '1 minute' end
from demo_entry as e
join demo_unit as u on u.unit_id = e.unit_id
join demo_work as w on w.assignment_id = e.assignment_id
order by e.recorded_on, e.words, array_position(array['begin', 'middle', 'done', 'confirm'], e.step);

-- The other units of an assignment: done with the lead, or some way along.
create temp table demo_part as
select p.id, p.assignment_id, p.unit_id, p.role, w.item_code, w.words || '|' || v.code as words, v.officer_id,
    case when w.finished_on is not null and pg_temp.demo_roll(w.words || '|' || v.code) < 90 then 'completed'
        when w.begun_on is not null and pg_temp.demo_roll(w.words || '|' || v.code) < 70 then 'in_progress' end as status,
    coalesce(w.finished_on - w.day_roll % 5, w.begun_on + 3) as recorded_on
from app.assignment_part as p
join demo_work as w on w.assignment_id = p.assignment_id
join demo_unit as v on v.unit_id = p.unit_id
where p.status = 'not_started';
delete from demo_part where status is null;
insert into app.progress_entry (assignment_id, unit_id, part, status, progress, note, recorded_on, recorded_by, created_at)
select p.assignment_id, p.unit_id, p.role, p.status, case p.status when 'completed' then 100 else 50 end,
    pg_temp.demo_text('part', p.item_code, p.words), p.recorded_on, p.officer_id, pg_temp.demo_time(p.recorded_on, p.words)
from demo_part as p
order by p.recorded_on, p.words;
update app.assignment_part as t
set status = p.status, progress = case p.status when 'completed' then 100 else 50 end
from demo_part as p where p.id = t.id;
drop table demo_part, demo_entry;

\endif
