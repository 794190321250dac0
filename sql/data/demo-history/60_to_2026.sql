-- The new province and communes at work: the open period ends, two more follow, and plan 36 runs out.
reset role;

\if :is_new_history

-- The bodies that were made have no officers but those who came along with their likes.
select pg_temp.history_day('2025-07-12'), private.period_tick() \g /dev/null
call pg_temp.history_reports('6 tháng đầu năm 2025', 70, 0, 0, 10);
call pg_temp.history_decide('6 tháng đầu năm 2025', '2025-07-11');
select pg_temp.history_day(d.locks_on + 1), private.period_tick()
from app.period as d where d.label = '6 tháng đầu năm 2025' and d.plan_id = '017b4fe7-da80-7000-8000-000000000a36' \g /dev/null

call pg_temp.history_period('9 tháng năm 2025');
call pg_temp.history_period('Năm 2025');
call pg_temp.history_work('2026-01-15');

\endif
