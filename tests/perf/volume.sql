-- A province's work many times over: assignments of plan 36, outcomes of meetings, inspections with what they recommended,
-- as copies of the demonstration's. For measuring only.
--
-- Needs a database of its own deployed with --demo-year, and a superuser: triggers and foreign-key checks are off while
-- loading, and what triggers would keep is copied along. psql variables: plan_copies (9: some 65,000 assignments),
-- outcome_copies, inspection_copies; 0 leaves a part as it is.
--
--   psql -v plan_copies=9 -v outcome_copies=0 -v inspection_copies=0 -f tests/perf/volume.sql

\set ON_ERROR_STOP on
set client_min_messages = warning;
set synchronous_commit = off;
set jit = off;
begin;
set local session_replication_role = replica;

-- The n-th copy of a row: beside it in the order of ids.
create function pg_temp.copy(p_id uuid, p_n integer) returns uuid
    language sql immutable
    return (substr(p_id::text, 1, 24) || substr(md5(p_id::text || p_n), 1, 12))::uuid;

-- Copies of rows of a table; p_set: what is to stand in a column instead of the same, over t and n.
create function pg_temp.multiply(p_table text, p_copies integer, p_set jsonb, p_where text default 'true') returns void
    language plpgsql
as $$
declare
    columns text;
    expressions text;
begin
    select string_agg(quote_ident(a.attname), ', ' order by a.attnum),
        string_agg(coalesce(p_set ->> a.attname, 't.' || quote_ident(a.attname)), ', ' order by a.attnum)
    into columns, expressions
    from pg_attribute as a
    where a.attrelid = format('app.%I', p_table)::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '';
    execute format('insert into app.%I (%s) select %s from app.%I as t cross join generate_series(1, $1) as n where %s
        order by pg_temp.copy(%s, n)', p_table, columns, expressions, p_table, p_where,
        case when p_set ? 'id' then 't.id' else 't.assignment_id' end)
    using p_copies;
end;
$$;

create temp table copied as
select a.id, a.source, case a.source when 'plan' then :plan_copies when 'meeting' then :outcome_copies
        when 'inspection' then :inspection_copies else 0 end as copies
from app.assignment as a;
create unique index on copied (id);
analyze copied;

\echo meetings and outcomes
select pg_temp.multiply('meeting', :outcome_copies, '{"id": "pg_temp.copy(t.id, n)", "series_id": "null", "period_id": "null", "kind": "''thematic''",
    "committee_id": "null", "previous_meeting_id": "null"}', 't.status = ''closed'' and exists (select from app.outcome as o where o.meeting_id = t.id)') \g /dev/null
select pg_temp.multiply('meeting_invitation', :outcome_copies, '{"id": "pg_temp.copy(t.id, n)", "meeting_id": "pg_temp.copy(t.meeting_id, n)"}',
    'exists (select from app.meeting as m where m.id = pg_temp.copy(t.meeting_id, n))') \g /dev/null
select pg_temp.multiply('outcome', :outcome_copies, '{"id": "pg_temp.copy(t.id, n)", "meeting_id": "pg_temp.copy(t.meeting_id, n)"}', 't.status <> ''draft''') \g /dev/null
select pg_temp.multiply('outcome_unit', :outcome_copies, '{"id": "pg_temp.copy(t.id, n)", "outcome_id": "pg_temp.copy(t.outcome_id, n)"}',
    'exists (select from app.outcome as o where o.id = pg_temp.copy(t.outcome_id, n))') \g /dev/null

\echo inspections and recommendations
select pg_temp.multiply('inspection', :inspection_copies, '{"id": "pg_temp.copy(t.id, n)", "programme_id": "null"}') \g /dev/null
select pg_temp.multiply('inspection_unit', :inspection_copies, '{"id": "pg_temp.copy(t.id, n)", "inspection_id": "pg_temp.copy(t.inspection_id, n)"}') \g /dev/null
select pg_temp.multiply('recommendation', :inspection_copies, '{"id": "pg_temp.copy(t.id, n)", "inspection_id": "pg_temp.copy(t.inspection_id, n)"}') \g /dev/null

\echo assignments, their states and entries
create temp table made as select a.id from app.assignment as a;
select pg_temp.multiply('assignment', (select max(c.copies) from copied as c), '{"id": "pg_temp.copy(t.id, n)", "moved_to_id": "pg_temp.copy(t.moved_to_id, n)",
    "source_id": "pg_temp.copy(t.source_id, n)", "occurrence": "left(t.occurrence, 90) || '' '' || n"}',
    'n <= (select c.copies from copied as c where c.id = t.id)') \g /dev/null
select pg_temp.multiply('assignment_state', (select max(c.copies) from copied as c), '{"assignment_id": "pg_temp.copy(t.assignment_id, n)"}',
    'n <= (select c.copies from copied as c where c.id = t.assignment_id)') \g /dev/null
select pg_temp.multiply('progress_entry', (select max(c.copies) from copied as c), '{"id": "pg_temp.copy(t.id, n)", "assignment_id": "pg_temp.copy(t.assignment_id, n)"}',
    'n <= (select c.copies from copied as c where c.id = t.assignment_id)') \g /dev/null
select pg_temp.multiply('extension_request', (select max(c.copies) from copied as c), '{"id": "pg_temp.copy(t.id, n)", "assignment_id": "pg_temp.copy(t.assignment_id, n)"}',
    'n <= (select c.copies from copied as c where c.id = t.assignment_id)') \g /dev/null
truncate app.assignment_count;
insert into app.assignment_count (unit_id, plan_id, due_year, status, count, province_key, district_key,
    grassroots_key, province_line_key, district_line_key, grassroots_line_key)
select lead_unit_id, plan_id, due_year, status, count(*), province_key, district_key, grassroots_key,
       province_line_key, district_line_key, grassroots_line_key
from app.assignment
group by lead_unit_id, plan_id, due_year, status, province_key, district_key, grassroots_key,
         province_line_key, district_line_key, grassroots_line_key;
commit;
vacuum (analyze) app.assignment, app.assignment_state, app.progress_entry, app.extension_request, app.assignment_count, app.meeting,
    app.meeting_invitation, app.outcome, app.outcome_unit, app.inspection, app.inspection_unit, app.recommendation;
select (select count(*) from app.assignment as a where a.source = 'plan') as of_plan, (select count(*) from app.assignment_state) as states,
    (select count(*) from app.outcome) as outcomes, (select count(*) from app.outcome as o where o.status = 'open') as open,
    (select count(*) from app.assignment as a where a.source = 'meeting' and a.is_pending and a.due_on < private.today()) as overdue,
    (select count(*) from app.inspection) as inspections, (select count(*) from app.inspection_unit) as units_inspected,
    (select count(*) from app.recommendation) as recommendations, (select count(*) from app.recommendation as r where r.status = 'open') as recommendations_open;
