-- as_of of today, list by list, over the demonstration's history.
begin;
\ir ../include/as_of_today.sql
select * from finish();
rollback;
