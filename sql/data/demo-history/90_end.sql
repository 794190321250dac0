-- The day on which the history stands: whoever moves it later keeps it.
reset role;

\if :is_new_history

select pg_temp.history_day('2026-05-15') \g /dev/null

-- The days that reports have been through; who stood above them was kept on the way.
create temp table history_state on commit drop as select s.* from app.report_state as s;
create index on history_state (report_id, day);
analyze history_state;
delete from app.report_state;
select private.report_states_fill() \g /dev/null
update app.report_state as s
set superior_unit_id = k.superior_unit_id
from app.report_state as o
cross join lateral (
    select x.superior_unit_id from pg_temp.history_state as x
    where x.report_id = o.report_id and x.day <= o.day
    order by x.day desc limit 1) as k
where s.report_id = o.report_id and s.day = o.day and s.superior_unit_id is distinct from k.superior_unit_id;
-- and who stands above what was never sent in, from the day on which the one before was no more
select private.report_states_fill() \g /dev/null

drop procedure pg_temp.history_period, pg_temp.history_decide, pg_temp.history_reports, pg_temp.history_work;
drop view pg_temp.history_post;
drop function pg_temp.history_roll, pg_temp.history_time, pg_temp.history_day;
drop table commune_2025;

\endif
