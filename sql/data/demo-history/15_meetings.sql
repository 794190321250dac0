-- The meetings that stood planned or open in November 2022 are held on their days, and closed with what they decided. Of the
-- inspections of the year those begun or announced end on their days, without recommendations; the rest come to nothing.
reset role;

\if :is_new_history

create temp table history_meeting as
select m.id, u.code || '|' || m.kind || '|' || m.held_on as words
from app.meeting as m
join app.unit as u on u.id = m.owner_unit_id
where m.status in ('planned', 'open') and m.held_on <= '2022-12-31';
-- what was decided on that day without a day gets one
update app.outcome as o set due_on = '2023-03-31'
from history_meeting as m where o.meeting_id = m.id and o.kind = 'task' and o.due_on is null;
update app.meeting_invitation as i
set attendance = case when pg_temp.history_roll(m.words || '|' || u.code) < 88 then 'present' else 'absent' end
from history_meeting as m, app.unit as u
where i.meeting_id = m.id and u.id = i.unit_id;
insert into app.meeting_minutes (meeting_id, text, created_at, updated_at)
select m.id, 'Hội nghị nghe báo cáo, thảo luận và thống nhất phương hướng, nhiệm vụ năm 2023.', pg_temp.history_time(x.held_on, m.words),
    pg_temp.history_time(x.held_on, m.words)
from history_meeting as m
join app.meeting as x on x.id = m.id
order by m.words;
update app.meeting as x
set status = 'closed', convened_on = coalesce(x.convened_on, x.held_on - 7), opened_on = x.held_on, closed_on = x.held_on
from history_meeting as m
where x.id = m.id;
select private.meeting_outcomes_issue(m.id)
from history_meeting as m
where exists (select from app.outcome as o where o.meeting_id = m.id and o.status = 'draft')
order by m.words \g /dev/null
drop table history_meeting;

update app.inspection as i
set status = 'concluded', began_on = coalesce(i.began_on, i.starts_on), concluded_on = i.ends_on + 7
where i.status in ('announced', 'under_way');
update app.inspection as i
set status = 'cancelled', cancelled_on = '2022-12-30', cancel_reason = 'Chuyển sang chương trình kiểm tra, giám sát năm 2023'
where i.status = 'planned';

\endif
