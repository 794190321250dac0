-- What sql/code/06_owned_tables.sql gives to a table is really there.
begin;
\ir include/acting.sql
select plan(2);

select is_empty(
    $$select t.name, s.code
    from private.owned_tables() as t (name)
    cross join app.scope as s
    where exists (select from pg_catalog.pg_policy as p
            where p.polrelid = format('app.%I', t.name)::regclass and p.polname = t.name || '_select_own_unit')
        and not exists (select from pg_catalog.pg_policy as p
            where p.polrelid = format('app.%I', t.name)::regclass and p.polname = t.name || '_select_scope_' || s.code
                and p.polroles = array[('danvan_' || s.code)::regrole::oid])$$,
    'who sees by scope sees by each scope');
select isnt_empty(
    $$select p.polname from pg_catalog.pg_policy as p where p.polname like 'meeting\_select\_scope\_%'$$, 'and some do');

select * from finish();
rollback;
