-- From 21/11/2022 to the spring of 2025: the year 2022 is brought to its end, and two years of reporting go by.
reset role;

\if :is_new_history

-- What waits for an answer in November 2022 gets one.
update app.extension_request as r
set status = 'refused', decision_note = 'Đề nghị hoàn thành trong năm.', decided_at = '2022-11-28 08:00+07',
    decided_by = (select p.leader_id from pg_temp.history_post as p where p.unit_id = coalesce(r.superior_unit_id, r.unit_id))
where r.status = 'pending';

-- The reports of 2022: what has been sent is approved, the rest as in any period.
select pg_temp.history_day('2022-12-05') \g /dev/null
call pg_temp.history_decide('Năm 2022', '2022-12-01');

select pg_temp.history_day('2022-12-12'), private.report_expire_reopened() \g /dev/null
call pg_temp.history_work('2022-12-06');
call pg_temp.history_reports('Năm 2022', 90, 0, 0, 0);
select pg_temp.history_day(d.locks_on + 1), private.period_tick()
from app.period as d where d.label = 'Năm 2022' and d.plan_id = '017b4fe7-da80-7000-8000-000000000a36' \g /dev/null

call pg_temp.history_period('6 tháng đầu năm 2023');
call pg_temp.history_period('9 tháng năm 2023');
call pg_temp.history_period('Năm 2023');
call pg_temp.history_period('6 tháng đầu năm 2024');
call pg_temp.history_period('9 tháng năm 2024');
call pg_temp.history_period('Năm 2024');


select pg_temp.history_day('2025-02-28') \g /dev/null
call pg_temp.history_work('2025-02-25');

\endif
