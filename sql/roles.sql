-- Roles, extensions and schemas: run first by every deploy, as a superuser, before the migrations.
-- Repeatable: creates what is missing, changes nothing that stands.
--
--   danvan_owner      owns tables, views and api functions; nobody logs in as it
--   danvan_policy     bypasses row security; owns the definer functions of schema private
--   danvan_service    the C service logs in as it; owns nothing, inherits nothing
--   danvan_mailer     danvan-notify logs in as it; may take mails from the queue, nothing else
--   danvan_reader     read grants;  danvan_writer  write grants (column by column)
--   danvan_<scope>    one per row of app.scope: the row policies name it; reads
--   danvan_<scope>_write   the same with write grants, for requests that change something
--   danvan_reporting  group of the reporting logins (psql, LibreOffice, Power BI …)

\set ON_ERROR_STOP on

select format('create role %I %s', wanted.name, wanted.options)
from (values
    ('danvan_owner', 'nologin noinherit'),
    ('danvan_policy', 'nologin noinherit bypassrls'),
    ('danvan_service', 'login noinherit'),
    ('danvan_mailer', 'login noinherit'),
    ('danvan_reader', 'nologin'),
    ('danvan_writer', 'nologin'),
    ('danvan_reporting', 'nologin')
) as wanted (name, options)
where not exists (select from pg_catalog.pg_roles as r where r.rolname = wanted.name)
\gexec

create extension if not exists pg_trgm with schema public;
create extension if not exists unaccent with schema public;
create extension if not exists btree_gist with schema public;

create schema if not exists app authorization danvan_owner;
create schema if not exists api authorization danvan_owner;
create schema if not exists report authorization danvan_owner;
create schema if not exists private authorization danvan_owner;
grant usage, create on schema private to danvan_policy;
grant usage on schema app, api, private to danvan_policy, danvan_service, danvan_reader, danvan_writer;
grant usage on schema app, api, private, report to danvan_reporting;
revoke create on schema public from public;
