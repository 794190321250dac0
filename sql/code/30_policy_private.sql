-- Tables of schema private (credentials, throttle, idempotency, seals, reporting logins, whatever a
-- deploy keeps there): locked, with no policy at all. Only definer functions get through.

set local role danvan_owner;

do $$
declare
    locked regclass;
begin
    for locked in
        select c.oid::regclass
        from pg_catalog.pg_class as c
        where c.relnamespace = 'private'::regnamespace and c.relkind in ('r', 'p')
    loop
        execute format('alter table %s enable row level security', locked);
        execute format('alter table %s force row level security', locked);
    end loop;
end;
$$;
