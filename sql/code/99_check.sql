-- The last step of a deploy: with one fault the whole transaction is refused.
set local role none;

revoke execute on all routines in schema private from public;

do $$
declare
    faults text;
begin
    select string_agg(format('  %s: %s', f.object, f.fault), e'\n' order by f.object, f.fault)
    into faults
    from private.security_faults() as f;
    if faults is not null then
        raise exception using message = e'the schema breaks its own rules:\n' || faults;
    end if;
end;
$$;
