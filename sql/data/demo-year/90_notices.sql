-- What was told on the way, with the days it belongs to; older notices were read. Then the day on which
-- the demonstration stands: whoever moves it later keeps it.
reset role;

\if :is_new_year

update app.notice as n
set created_at = pg_temp.demo_time(d.opens_on, n.unit_id::text)
from app.period as d
where n.topic = 'period_opened' and d.id = n.resource_id;
select count(private.notify_unit(r.unit_id, 'extension_decided', r.id || ':decided:1', null, 'extension-requests', r.id,
    r.superior_unit_id, a.plan_id, coalesce(r.granted_due_on, r.due_on)))
from app.extension_request as r
join app.assignment as a on a.id = r.assignment_id
where r.status in ('granted', 'refused') \g /dev/null
update app.notice as n
set created_at = case n.topic when 'extension_requested' then r.created_at else r.decided_at end
from app.extension_request as r
where n.topic in ('extension_requested', 'extension_decided') and r.id = n.resource_id;

-- Of the reports, what leaders and officers were told.
select count(private.notify_unit(
        case v.event when 'submitted' then coalesce(r.superior_unit_id, r.unit_id) else r.unit_id end,
        'report_' || v.event, r.id || ':report_' || v.event || ':' || v.turn, null, 'reports', r.id, r.unit_id, r.plan_id, r.due_on))
from (
    select x.*, count(*) filter (where x.event = 'submitted') over (partition by x.report_id order by x.number) as turn
    from app.report_version as x) as v
join demo_report as d on d.report_id = v.report_id
join app.report as r on r.id = v.report_id
where d.label in ('9 tháng năm 2022', 'Năm 2022') \g /dev/null
update app.notice as n
set created_at = v.created_at
from app.report_version as v
where n.resource_id = v.report_id and n.topic = 'report_' || v.event;

insert into app.notice_reading (notice_id, user_id, read_at)
select n.id, m.user_id, n.created_at + interval '1 day'
from app.notice as n
join app.membership as m on m.unit_id = n.unit_id
where n.created_at < '2022-11-14' and m.role in ('officer', 'leader')
on conflict do nothing;

select pg_temp.demo_day('2022-11-21') \g /dev/null

-- The days that reports have been through, and not that of their loading: made when their period opened.
alter table app.report disable trigger user;
update app.report as r
set created_at = d.opens_on
from app.period as d
where d.id = r.period_id;
alter table app.report enable trigger user;
delete from app.report_state;
select private.report_states_fill() \g /dev/null

drop procedure pg_temp.demo_period, pg_temp.demo_gather, pg_temp.demo_move, pg_temp.demo_contents, pg_temp.demo_outcomes;
drop function pg_temp.demo_text, pg_temp.demo_day, pg_temp.demo_time, pg_temp.demo_workday, pg_temp.demo_roll;
drop table demo_report, demo_story, demo_phrase, demo_work, demo_unit, demo_class, demo_share;

\endif
