-- The rules that hold for every object, as one query: a row is a fault. The deploy refuses to end
-- with one (99_check.sql) and the tests make each fault on purpose to see it found.

set local role danvan_owner;

create function private.security_faults() returns table (object text, fault text)
    language sql stable set search_path = ''
as $$
    with ours as (
        select n.oid, n.nspname
        from pg_catalog.pg_namespace as n
        where n.nspname in ('app', 'api', 'private', 'report')),
    relation as (
        select c.*, o.nspname, format('%I.%I', o.nspname, c.relname) as object
        from pg_catalog.pg_class as c
        join ours as o on o.oid = c.relnamespace),
    routine as (
        select p.*, o.nspname, p.oid::regprocedure::text as object
        from pg_catalog.pg_proc as p
        join ours as o on o.oid = p.pronamespace),
    relation_grant as (
        select r.object, r.nspname, r.relkind, r.relowner, a.grantee, a.privilege_type
        from relation as r
        cross join lateral pg_catalog.aclexplode(r.relacl) as a
        where r.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
        union all
        select r.object, r.nspname, r.relkind, r.relowner, a.grantee, a.privilege_type
        from relation as r
        join pg_catalog.pg_attribute as t on t.attrelid = r.oid and t.attacl is not null
        cross join lateral pg_catalog.aclexplode(t.attacl) as a)
    -- tables
    select r.object, 'row security is not enabled'
    from relation as r where r.relkind in ('r', 'p') and not r.relrowsecurity
    union all
    select r.object, 'row security does not bind the owner (force)'
    from relation as r where r.relkind in ('r', 'p') and not r.relforcerowsecurity
    union all
    select r.object, 'not owned by danvan_owner'
    from relation as r
    where r.relkind in ('r', 'p', 'v', 'm') and pg_catalog.pg_get_userbyid(r.relowner) <> 'danvan_owner'
    union all
    select r.object, 'a table outside app and private'
    from relation as r where r.relkind in ('r', 'p', 'f') and r.nspname in ('api', 'report')
    union all
    -- views
    select r.object, 'the view is not security_invoker'
    from relation as r
    where r.relkind = 'v'
        and not coalesce('security_invoker=true' = any (r.reloptions) or 'security_invoker=on' = any (r.reloptions), false)
    union all
    select r.object, 'a materialised view has no row security'
    from relation as r where r.relkind = 'm'
    union all
    -- functions
    select f.object, 'PUBLIC may execute it'
    from routine as f
    where f.proacl is null
        or exists (select from pg_catalog.aclexplode(f.proacl) as a where a.grantee = 0)
    union all
    select f.object, 'a definer function without an empty search_path'
    from routine as f where f.prosecdef and not coalesce('search_path=""' = any (f.proconfig), false)
    union all
    select f.object, 'a definer function outside schema private'
    from routine as f where f.prosecdef and f.nspname <> 'private'
    union all
    select f.object, 'a definer function not owned by danvan_policy'
    from routine as f where f.prosecdef and pg_catalog.pg_get_userbyid(f.proowner) <> 'danvan_policy'
    union all
    -- grants
    select g.object, format('%s has %s, which row security does not bind', g.grantee::regrole, g.privilege_type)
    from relation_grant as g
    where g.privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER') and g.grantee <> g.relowner
    union all
    select g.object, format('PUBLIC has %s', g.privilege_type)
    from relation_grant as g where g.grantee = 0
    union all
    select g.object, format('%s has %s in schema private', g.grantee::regrole, g.privilege_type)
    from relation_grant as g
    where g.nspname = 'private'
        and g.relkind <> 'v'
        and g.grantee not in (0, g.relowner, 'danvan_policy'::regrole)
    union all
    select g.object, format('%s may write', g.grantee::regrole)
    from relation_grant as g
    where g.privilege_type in ('INSERT', 'UPDATE', 'DELETE')
        and g.grantee not in (0, g.relowner, 'danvan_policy'::regrole, 'danvan_writer'::regrole)
    union all
    select g.object, format('%s has %s: the service acts through scope roles', g.grantee::regrole, g.privilege_type)
    from relation_grant as g where g.grantee = 'danvan_service'::regrole
    union all
    select r.object, format('%s may read token hashes', a.grantee::regrole)
    from relation as r
    join pg_catalog.pg_attribute as t on t.attrelid = r.oid and t.attname = 'token_hash'
    cross join lateral (
        select x.grantee from pg_catalog.aclexplode(r.relacl) as x where x.privilege_type = 'SELECT'
        union
        select x.grantee from pg_catalog.aclexplode(t.attacl) as x where x.privilege_type = 'SELECT') as a
    where r.relkind = 'r' and a.grantee not in (r.relowner, 'danvan_policy'::regrole)
    union all
    -- policies
    select p.polrelid::regclass::text, format('permissive policy %I is for PUBLIC', p.polname)
    from pg_catalog.pg_policy as p
    join relation as r on r.oid = p.polrelid
    where p.polpermissive and 0 = any (p.polroles)
    union all
    select r.object, format('policy %I on a table of schema private', p.polname)
    from pg_catalog.pg_policy as p
    join relation as r on r.oid = p.polrelid
    where r.nspname = 'private'
    union all
    -- foreign keys: a delete or a join by one must not scan
    select k.conrelid::regclass::text, format('foreign key %I has no index', k.conname)
    from pg_catalog.pg_constraint as k
    join relation as r on r.oid = k.conrelid
    where k.contype = 'f'
        and not exists (
            select
            from pg_catalog.pg_index as i
            where i.indrelid = k.conrelid
                and i.indisvalid
                and (i.indkey::smallint[])[0:cardinality(k.conkey) - 1] @> k.conkey)
    union all
    -- roles
    select r.rolname, 'must not log in, be superuser or bypass row security'
    from pg_catalog.pg_roles as r
    where (r.rolname in ('danvan_owner', 'danvan_reader', 'danvan_writer', 'danvan_reporting')
            or r.rolname in (select 'danvan_' || s.code from app.scope as s)
            or r.rolname in (select 'danvan_' || s.code || '_write' from app.scope as s))
        and (r.rolcanlogin or r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb)
    union all
    select r.rolname, 'must not log in or be superuser'
    from pg_catalog.pg_roles as r
    where r.rolname = 'danvan_policy' and (r.rolcanlogin or r.rolsuper)
    union all
    select r.rolname, 'the service must inherit nothing, own nothing and bypass nothing'
    from pg_catalog.pg_roles as r
    where r.rolname = 'danvan_service'
        and (r.rolinherit or r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb
            or exists (select from relation as o where o.relowner = r.oid)
            or exists (select from routine as o where o.proowner = r.oid))
    union all
    select r.rolname, 'the mailer must inherit nothing, own nothing, be a member of nothing and bypass nothing'
    from pg_catalog.pg_roles as r
    where r.rolname = 'danvan_mailer'
        and (r.rolinherit or r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb
            or exists (select from relation as o where o.relowner = r.oid)
            or exists (select from routine as o where o.proowner = r.oid)
            or exists (select from pg_catalog.pg_auth_members as m where m.member = r.oid))
    union all
    select g.object, format('danvan_mailer has %s: it calls the functions of the queue alone', g.privilege_type)
    from relation_grant as g where g.grantee = 'danvan_mailer'::regrole
    union all
    select f.object, 'danvan_mailer may execute it'
    from routine as f
    cross join lateral pg_catalog.aclexplode(f.proacl) as a
    where a.grantee = 'danvan_mailer'::regrole
        and not (f.nspname = 'private' and f.proname in ('mail_take', 'mail_sent', 'mail_failed', 'mail_put_back'))
    union all
    select m.member::regrole::text, format('member of %s', m.roleid::regrole)
    from pg_catalog.pg_auth_members as m
    where m.roleid in ('danvan_owner'::regrole, 'danvan_policy'::regrole, 'danvan_service'::regrole,
            'danvan_mailer'::regrole)
        and not (select u.rolsuper from pg_catalog.pg_roles as u where u.oid = m.member)
    union all
    -- A reporting login holds its own scope's reading role, the group, and nothing else.
    select l.role_name::text, format('reporting login is a member of %s', m.roleid::regrole)
    from private.reporting_login as l
    join pg_catalog.pg_roles as r on r.rolname = l.role_name
    join pg_catalog.pg_auth_members as m on m.member = r.oid
    where m.roleid::regrole::text not in ('danvan_reporting', 'danvan_' || l.scope)
    union all
    select m.member::regrole::text, 'in danvan_reporting without a row in private.reporting_login'
    from pg_catalog.pg_auth_members as m
    where m.roleid = 'danvan_reporting'::regrole
        and not exists (
            select from private.reporting_login as l where l.role_name = pg_catalog.pg_get_userbyid(m.member));
$$;
