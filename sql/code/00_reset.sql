-- Takes away everything that sql/code makes (policies, triggers, api, report, helper functions), so
-- that the files after this one put back exactly what they say and nothing dropped from them stays.
set local role none;

do $$
declare
    stale record;
    dropped_count integer;
begin
    for stale in
        select schemaname, tablename, policyname
        from pg_catalog.pg_policies
        where schemaname in ('app', 'private')
    loop
        execute format('drop policy %I on %I.%I', stale.policyname, stale.schemaname, stale.tablename);
    end loop;

    for stale in
        select t.tgname, t.tgrelid::regclass as table_name
        from pg_catalog.pg_trigger as t
        join pg_catalog.pg_class as c on c.oid = t.tgrelid
        where not t.tgisinternal
            and c.relnamespace in ('app'::regnamespace, 'private'::regnamespace)
    loop
        execute format('drop trigger %I on %s', stale.tgname, stale.table_name);
    end loop;

    drop schema if exists api cascade;
    drop schema if exists report cascade;
    for stale in
        -- by name: a view may have fallen with the one before, and its number then names nothing
        select format('%I.%I', c.relnamespace::regnamespace, c.relname) as view_name
        from pg_catalog.pg_class as c
        where c.relkind = 'v' and c.relnamespace in ('app'::regnamespace, 'private'::regnamespace)
    loop
        execute format('drop view if exists %s cascade', stale.view_name);
    end loop;

    -- Without cascade, again and again until nothing more goes: what a table's default or generated
    -- column stands on is kept (it came from a migration), and no column can fall by accident.
    loop
        dropped_count := 0;
        for stale in
            select p.oid::regprocedure as signature
            from pg_catalog.pg_proc as p
            where p.pronamespace in ('app'::regnamespace, 'private'::regnamespace)
        loop
            begin
                execute format('drop routine %s', stale.signature);
                dropped_count := dropped_count + 1;
            exception when dependent_objects_still_exist then
                null;
            end;
        end loop;
        exit when dropped_count = 0;
    end loop;
end;
$$;

create schema api authorization danvan_owner;
create schema report authorization danvan_owner;

-- Grants too are said anew (90_grants.sql), so that none outlives its line.
revoke all on all tables in schema app, private
    from public, danvan_reader, danvan_writer, danvan_reporting, danvan_service, danvan_policy;
revoke all on all sequences in schema app, private
    from public, danvan_reader, danvan_writer, danvan_reporting, danvan_service, danvan_policy;
