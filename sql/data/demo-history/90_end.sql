-- The day on which the history stands: whoever moves it later keeps it.
reset role;

\if :is_new_history

select pg_temp.history_day('2026-05-15') \g /dev/null

drop procedure pg_temp.history_period, pg_temp.history_decide, pg_temp.history_reports, pg_temp.history_work;
drop view pg_temp.history_post;
drop function pg_temp.history_roll, pg_temp.history_time, pg_temp.history_day;
drop table commune_2025;

\endif
