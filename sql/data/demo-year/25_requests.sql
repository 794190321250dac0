-- Requests for more time, asked before the day as an officer would, and what came of them. Then the
-- assignments themselves: due days first, so that what was granted counts as in time.
reset role;

\if :is_new_year

-- Late work asks for time in one case of six; the day asked for is rarely the one that was needed.
create temp table demo_extension as
select w.assignment_id, w.unit_id, w.item_code, w.words, w.due_on, w.finished_on,
    w.due_on - 8 - w.day_roll % 6 as asked_on,
    w.due_on + 30 as asked_due_on,
    case when pg_temp.demo_roll(w.words || '|granted') < 65 then 'granted' else 'refused' end as status
from demo_work as w
where w.due_on between date '2021-11-30' and date '2022-11-20'
    and not w.is_told
    and coalesce(w.finished_on, date '2022-11-21') > w.due_on
    and pg_temp.demo_roll(w.words || '|extension') < 17;
-- Of what is due at the year's end, a few ask now and wait for an answer.
insert into demo_extension
select w.assignment_id, w.unit_id, w.item_code, w.words, w.due_on, w.finished_on, date '2022-11-14' + w.day_roll % 5,
    date '2023-01-31', 'pending'
from demo_work as w
join demo_unit as u on u.unit_id = w.unit_id
where w.due_on = date '2022-12-31' and w.finished_on is null
    and ((u.code, w.item_code) in (
            ('bdv-689', 'T2.1.4'), ('bdv-692', 'T6.4'), ('kdv-25198', 'T1.4'), ('phunu-25210', 'T2.2.0'), ('phunu-692', 'T2.2.0'))
        or (u.class = 'weak' and pg_temp.demo_roll(w.words || '|extension') < 4));

select pg_temp.demo_day('2021-12-20') \g /dev/null
insert into app.extension_request (assignment_id, unit_id, superior_unit_id, due_on, asked_due_on, reason, asked_by, created_at)
select e.assignment_id, e.unit_id, u.superior_id, e.due_on, e.asked_due_on,
    pg_temp.demo_text('extension', e.item_code, e.words), u.officer_id, pg_temp.demo_time(e.asked_on, e.words)
from demo_extension as e
join demo_unit as u on u.unit_id = e.unit_id
order by e.asked_on, e.words;
update app.assignment as a set due_on = e.asked_due_on
from demo_extension as e
where e.assignment_id = a.id and e.status = 'granted';
update app.extension_request as r
set status = e.status, granted_due_on = case e.status when 'granted' then e.asked_due_on end,
    decision_note = pg_temp.demo_text(e.status, e.item_code, e.words),
    decided_by = s.leader_id, decided_at = pg_temp.demo_time(e.asked_on + 3, e.words),
    decided_on = e.asked_on + 3
from demo_extension as e
join demo_unit as u on u.unit_id = e.unit_id
join demo_unit as s on s.unit_id = coalesce(u.superior_id, u.unit_id)
where e.assignment_id = r.assignment_id and e.status <> 'pending';
drop table demo_extension;

-- One statement, so that the counters move once.
update app.assignment as a
set status = case when w.confirmed_on is not null then 'completed' when w.finished_on is not null then 'reported'
        when w.begun_on is not null then 'in_progress' else 'not_started' end,
    progress = w.progress, reported_on = w.finished_on, completed_on = w.confirmed_on,
    confirmed_by = case when w.confirmed_on is not null then u.leader_id end
from demo_work as w
join demo_unit as u on u.unit_id = w.unit_id
where w.assignment_id = a.id and w.told_status <> 'completed' and (w.begun_on is not null or w.is_told);

\endif
