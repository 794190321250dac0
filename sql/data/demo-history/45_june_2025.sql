-- The last weeks of the districts: the reports on six months of 2025 are due, and only part of them is in.
reset role;

\if :is_new_history

select pg_temp.history_day('2025-05-19'), private.period_tick() \g /dev/null
call pg_temp.history_work('2025-05-15');
-- a few ask for more time, and nobody answers before the change
insert into app.extension_request (assignment_id, asked_due_on, reason, asked_by, created_at)
select a.id, '2026-03-31', 'Chờ sắp xếp đơn vị hành chính.', p.officer_id, pg_temp.history_time('2025-06-10', u.code)
from app.assignment as a
join app.plan_item as i on i.id = a.plan_item_id
join app.unit as u on u.id = a.lead_unit_id
join pg_temp.history_post as p on p.unit_id = u.id
where a.plan_id = '017b4fe7-da80-7000-8000-000000000a36' and a.is_pending and a.due_on = '2025-12-31'
    and (i.code = 'T1.4' and u.code in ('kdv-25195', 'kdv-25276', 'kdv-25222', 'bdv-689')
        or i.code = 'T2.2.0' and u.code in ('phunu-25195', 'phunu-25198'))
order by u.code, i.code;
select pg_temp.history_day('2025-06-28'), private.period_tick() \g /dev/null
call pg_temp.history_reports('6 tháng đầu năm 2025', 52, 14, 6, 12);

\endif
