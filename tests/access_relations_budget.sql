-- A further part of access_relations.sql: what the matrix's words mean for budget lines and the view of all years.
-- Everything here is called MS.

create function pg_temp.access_arrange_budget() returns void
    language plpgsql
as $$
begin
    null;
end;
$$;

-- Takes everything of access_arrange_budget away again.
create function pg_temp.access_clear_budget() returns void
    language plpgsql
as $$
begin
    null;
end;
$$;

create function pg_temp.access_target_budget(p_who text, p_resource text, p_verb text, p_relation text) returns text
    language plpgsql stable
as $$
begin
    return null;
end;
$$;
