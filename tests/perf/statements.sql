-- From PostgreSQL's own log of one request to a pgbench script with exactly its statements: the same
-- texts, in the same order, with the same parameters, prepared, in one pipeline.
--
-- Reads the csv log of the request on standard input; the psql variable script is the file to write.
--   $1 … become pgbench variables :s<statement>p<parameter>, given in <script>.args, one name=value a line;
--   NULL becomes the word null. Variables that must vary are renamed by bench.sh.

\set ON_ERROR_STOP on
set client_min_messages = warning;
create temp table line (
    log_time text, user_name text, database_name text, process_id int, connection_from text, session_id text,
    session_line_num bigint, command_tag text, session_start_time text, virtual_transaction_id text,
    transaction_id bigint, error_severity text, sql_state_code text, message text, detail text, hint text,
    internal_query text, internal_query_pos int, context text, query text, query_pos int, location text,
    application_name text, backend_type text, leader_pid int, query_id bigint);
\copy line from pstdin csv

-- the session that served the request: another process of the service looks for work to do meanwhile
delete from line as l
where l.session_id is distinct from (
    select b.session_id from line as b where b.message ~ 'private\.begin_request' order by b.log_time limit 1);
create temp table statement as
select row_number() over (order by l.session_line_num) as nth,
       regexp_replace(l.message, '^execute [^:]*: ', '') as sql, l.detail
from line as l
where l.user_name = 'danvan_service' and l.message ~ '^execute '
  -- to the end of the first transaction; the session may be renewed in a second, once a minute
  and l.session_line_num <= (
      select min(c.session_line_num) from line as c where c.user_name = 'danvan_service' and c.message ~* '^execute [^:]*: commit')
order by l.session_line_num;

create temp table param as
select s.nth, m[1]::int as number,
       case when m[2] = 'NULL' then null else replace(substr(m[2], 2, length(m[2]) - 2), '''''', '''') end as value
from statement as s, regexp_matches(s.detail, '\$(\d+) = (NULL|''(?:[^'']|'''')*'')', 'g') as m;

-- highest number first, so that $1 does not spoil $10
create function pg_temp.with_variables(p_nth bigint, p_sql text) returns text language plpgsql as $$
declare
    p record;
begin
    for p in select * from param where nth = p_nth order by number desc loop
        p_sql := replace(p_sql, '$' || p.number,
                         case when p.value is null then 'null' else format(':s%sp%s', p_nth, p.number) end);
    end loop;
    return regexp_replace(p_sql, '\s*\n\s*', ' ', 'g');
end $$;

\pset format unaligned
\pset tuples_only on
\o :script
select '\startpipeline' union all
(select pg_temp.with_variables(nth, sql) || ';' from statement order by nth) union all
select '\endpipeline';
\o :script.args
select format('s%sp%s=%s', nth, number, value) from param where value is not null order by nth, number;
\o
select count(*) || ' statements' from statement;
