-- Each field that the service offers, held against the catalog: the view has the column with a fitting
-- type; a field that can be written is a column of the table that danvan_writer may write, and one that
-- must be given is not null there. Reads the lines of `danvan --descriptors` from :file.
\set ON_ERROR_STOP on
begin;
set local client_min_messages = warning;
create extension if not exists pgtap with schema public;
create temp table field (
    resource text, view text, detail_view text, base text, name text, type text, flags text,
    min bigint, max bigint, choices text, rules text
) on commit drop;
select format('\copy pg_temp.field from %L with (format text, null %L)', :'file', '\N') as copy_line \gset
:copy_line

-- Types of the descriptor, and those of PostgreSQL that carry them.
create temp table fitting (type text, pg_type text) on commit drop;
insert into fitting values
    ('bool', 'boolean'), ('choice', 'text'), ('date', 'date'), ('int', 'smallint'), ('int', 'integer'), ('int', 'bigint'),
    ('int', 'numeric'), ('number', 'numeric'), ('int_ref', 'smallint'), ('int_ref', 'integer'), ('json', 'json'), ('json', 'jsonb'), ('text', 'text'),
    ('text_array', 'text[]'), ('timestamp', 'timestamp with time zone'), ('uuid', 'uuid');

-- Of a table, a view, or the columns that a function answers with, of its own or as rows of a view (named
-- without arguments).
create function pg_temp.column_type(p_relation text, p_column text) returns text
    language sql stable
    return coalesce(
        (select format_type(a.atttypid, null)
        from pg_catalog.pg_attribute as a
        where a.attrelid = to_regclass(p_relation)
            and a.attname = p_column and a.attnum > 0 and not a.attisdropped),
        (select format_type(o.type, null)
        from pg_catalog.pg_proc as p
        cross join unnest(p.proallargtypes, p.proargmodes, p.proargnames) as o (type, mode, name)
        where p.oid = to_regproc(p_relation)::oid
            and o.mode in ('o', 't') and o.name = p_column),
        (select format_type(a.atttypid, null)
        from pg_catalog.pg_proc as p
        join pg_catalog.pg_type as t on t.oid = p.prorettype
        join pg_catalog.pg_attribute as a on a.attrelid = t.typrelid
        where p.oid = to_regproc(p_relation)::oid
            and a.attname = p_column and a.attnum > 0 and not a.attisdropped));

-- The CHECKs of the tables that are written by statement, each with its columns.
create temp table checked on commit drop as
select c.conrelid::regclass::text as base, c.conname::text as name, pg_get_constraintdef(c.oid) as def,
    array(
        select a.attname::text from pg_catalog.pg_attribute as a
        where a.attrelid = c.conrelid and a.attnum = any (c.conkey)) as columns
from pg_catalog.pg_constraint as c
where c.contype = 'c' and c.conrelid in (select to_regclass(f.base) from field as f where f.base <> '');

-- The number that a CHECK of one column compares with; null without one.
create function pg_temp.bound(p_def text, p_operator text) returns bigint
    language sql stable
    return (regexp_match(p_def, p_operator || ' \(?''?\(?(-? ?[0-9]+)'))[1]::bigint;

select plan(8);
select cmp_ok(count(*), '>', 200::bigint, 'the descriptors were read') from field;
select is_empty(
    $$select f.resource, f.name, f.type, pg_temp.column_type(v.name, f.name) as found
      from field as f
      cross join lateral (select case when f.flags like '%D%' then f.detail_view else f.view end as name) as v
      where f.flags like '%R%'
          and not exists (
              select from fitting as t
              where t.type = f.type and t.pg_type = pg_temp.column_type(v.name, f.name))$$,
    'each field that is read is a column of its view, of a fitting type');
select is_empty(
    $$select f.resource, f.name from field as f
      where f.base <> '' and f.flags ~ '[CU]' and pg_temp.column_type(f.base, f.name) is null$$,
    'each field that is written is a column of its table');
select is_empty(
    $$select f.resource, f.name, f.flags from field as f
      where f.base <> '' and pg_temp.column_type(f.base, f.name) is not null
          and ((f.flags like '%C%' and not has_column_privilege('danvan_writer', f.base, f.name, 'insert'))
              or (f.flags like '%U%' and not has_column_privilege('danvan_writer', f.base, f.name, 'update')))$$,
    'and danvan_writer may write it');
select is_empty(
    $$select f.resource, f.name, f.flags
      from field as f
      join pg_catalog.pg_attribute as a on a.attrelid = to_regclass(f.base) and a.attname = f.name
      where f.base <> '' and f.flags ~ '[CU]'
          and ((f.flags like '%N%' and a.attnotnull) or (f.flags like '%Q%' and not a.attnotnull))$$,
    'nullable and required are what the table says');
select is_empty(
    $$select distinct f.base, f.name, f.min, f.max, c.def
      from field as f
      join checked as c on c.base = f.base and c.columns = array[f.name]
          and c.name ~ '_(range|len)$' and c.def !~ 'array_length|cardinality'
      where f.flags ~ '[CU]' and f.type in ('text', 'int')
          and (f.min <> pg_temp.bound(c.def, '>=') or f.max <> pg_temp.bound(c.def, '<='))$$,
    'the least and most that a field takes are those of its CHECK');
select is_empty(
    $$select distinct f.base, f.name, f.choices, c.def
      from field as f
      join checked as c on c.base = f.base and c.columns = array[f.name] and c.name ~ '_choice$'
      where f.type = 'choice'
          and (select array_agg(w order by w) from string_to_table(f.choices, ',') as w) is distinct from
              (select array_agg(m[1] order by m[1]) from regexp_matches(c.def, '''([^'']*)''', 'g') as m)$$,
    'the choices of a field are those of its CHECK');
-- The name of such a CHECK tells no field: without a rule a client learns that something is wrong, and not what.
select is_empty(
    $$select distinct c.base, f.resource, c.name
      from checked as c
      join field as f on f.base = c.base and f.flags ~ '[CU]' and f.name = any (c.columns)
      where cardinality(c.columns) > 1
          and not exists ( -- but for those that the service reads a field from
              select from unnest(c.columns) as n
              where c.name in (select split_part(c.base, '.', 2) || '_' || n || '_' || w from unnest(array['range', 'format', 'len', 'choice']) as w))
          and not exists (
              select from field as r where r.resource = f.resource and c.name = any (string_to_array(r.rules, ',')))
      union all
      select f.base, f.resource, r.name
      from field as f
      cross join string_to_table(f.rules, ',') as r (name)
      where not exists (select from checked as c where c.base = f.base and c.name = r.name)$$,
    'each CHECK over several columns that clients can break has a rule, and each rule has its CHECK');
select * from finish();
rollback;
