-- How 100,000 training records come in: a plain COPY into a staging table and one validated insert, against
-- check and apply of the import, as an officer under row security. Rolled back at the end.
--
--   psql -X -v rows=100000 -d DSN -f tests/perf/import.sql     a database with the demonstration
\if :{?rows}
\else
\set rows 100000
\endif
begin;
set local jit = off; -- as the service has it
\ir ../sql/include/acting.sql
\ir ../sql/include/importing.sql
update private.installation set mode = 'test', fixed_today = '2022-11-15';
select pg_temp.add_user('t.province', 'bdv-70', 'officer') \g /dev/null
alter table app.staff disable trigger staff_90_audit;
insert into app.staff (code, full_name, unit_id)
select 'P-' || n, 'Người ' || n, u.ids[1 + n % cardinality(u.ids)]
from generate_series(1, :rows / 20) as n,
    (select array_agg(u.id) as ids from app.unit as u where u.kind = 'mobilization_bloc' and u.is_active) as u;
alter table app.staff enable trigger staff_90_audit;
insert into app.course (code, name, topic_code, organiser_unit_id, starts_on, ends_on, status)
select 'P-' || n, 'Lớp ' || n, 'mobilization_work', pg_temp.unit('bdv-70'), '2022-01-01', '2022-01-02', 'held'
from generate_series(1, 20) as n;
analyze app.staff, app.course;
create temp table said as
select c.code as course_code, s.code as staff_code
from app.course as c, app.staff as s where c.code like 'P-%' and s.code like 'P-%';
create temp table took (what text, seconds numeric);
create function pg_temp.clock(p_what text, p_statement text) returns void
    language plpgsql
as $$
declare
    began constant timestamptz := clock_timestamp();
begin
    execute p_statement;
    insert into took values (p_what, extract(epoch from clock_timestamp() - began));
end;
$$;

create temp table staging (course_code text, staff_code text, status text);
\copy (select course_code, staff_code, 'attended' from said) to '/tmp/danvan-import-perf.csv' (format csv)
select clock_timestamp() as began \gset
\copy staging from '/tmp/danvan-import-perf.csv' (format csv)
insert into took values ('copy', extract(epoch from clock_timestamp() - :'began'::timestamptz));
savepoint plain;
select set_config('danvan.import', 'plain', true) as without_events_of_rows \gset
select pg_temp.clock('insert', $$
    insert into app.training_record (course_id, staff_id, status)
    select c.id, s.id, g.status
    from staging as g
    join app.course as c on c.code = g.course_code and c.organiser_unit_id = pg_temp.unit('bdv-70')
    join app.staff as s on s.code = g.staff_code
    where g.status in ('attended', 'absent')
        and not exists (select from app.training_record as r where r.course_id = c.id and r.staff_id = s.id)$$) \g /dev/null
select seconds as plain_seconds from took where what = 'insert' \gset
rollback to savepoint plain;

insert into app.import_job (kind, unit_id, created_by, membership_id, file_name, format, size, sha256, status)
select 'training_records', m.unit_id, s.user_id, m.id, 't.csv', 'csv', 1, sha256('t'), 'running'
from app.session as s join app.membership as m on m.id = s.membership_id
where s.token_hash = 'test t.province' returning id as job \gset
select pg_temp.clock('stage', format($$
    select private.import_put_rows(%L, 1, b.numbers, b.cells)
    from (
        select array_agg(x.number order by x.number, x.place) filter (where x.place = 1) as numbers,
            array_agg(x.cell order by x.number, x.place) as cells
        from (
            select r.number, c.place, c.cell
            from (select (1 + row_number() over ())::integer as number, * from said) as r
            cross join lateral unnest(array[course_code, null, staff_code, 'attended', '0', null, null, null, null, null])
                with ordinality as c (cell, place)) as x
        group by x.number / 500) as b$$, :'job')) \g /dev/null
select pg_temp.clock('check', format($$select pg_temp.as_user('t.province', 'select private.import_check(''%s'')')$$, :'job')) \g /dev/null
select pg_temp.clock('apply', format($$select pg_temp.applied('t.province', %L)$$, :'job')) \g /dev/null
select count(*) as came_in from app.training_record as r join app.course as c on c.id = r.course_id where c.code like 'P-%';
insert into took values ('insert', :plain_seconds);
select what, round(seconds, 2) as seconds from took;
select round(sum(seconds) filter (where what in ('copy', 'insert')) / sum(seconds) filter (where what in ('stage', 'check', 'apply')), 2)
    as speed_of_copy_and_insert
from took;
rollback;
