-- One pair of database roles per row of app.scope. The row policies name danvan_<scope>; the
-- service switches to it for requests that read, and to danvan_<scope>_write for those that change.
-- Roles cannot be owned by danvan_owner's rights: this runs as the deploying superuser.
set local role none;

do $$
declare
    scope_code text;
    read_role text;
    write_role text;
begin
    for scope_code in select s.code from app.scope as s order by s.code
    loop
        read_role := 'danvan_' || scope_code;
        write_role := read_role || '_write';
        if not exists (select from pg_catalog.pg_roles where rolname = read_role) then
            execute format('create role %I nologin', read_role);
        end if;
        if not exists (select from pg_catalog.pg_roles where rolname = write_role) then
            execute format('create role %I nologin', write_role);
        end if;
        execute format('grant danvan_reader to %I', read_role);
        execute format('grant %I, danvan_writer to %I', read_role, write_role);
        execute format('grant %I, %I to danvan_service', read_role, write_role);
    end loop;
end;
$$;

-- The service prepares every statement. Planning one list anew costs several times its running, and
-- the statements are written so that no parameter's value should change the plan; just-in-time
-- compilation never pays for a page of rows (measured: docs/adr/0007-policy-form.md).
alter role danvan_service set plan_cache_mode = 'force_generic_plan';
alter role danvan_service set jit = off;
-- The service tells some errors apart by their English text (which side of a foreign key failed).
alter role danvan_service set lc_messages = 'C';
