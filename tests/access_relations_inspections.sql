-- A further part of access_relations.sql: what the matrix's words mean for inspections, recommendations, models and drives.
-- Everything here is called MS.

create function pg_temp.access_arrange_inspections() returns void
    language plpgsql
as $$
begin
    null;
end;
$$;

-- Takes everything of access_arrange_inspections away again.
create function pg_temp.access_clear_inspections() returns void
    language plpgsql
as $$
begin
    null;
end;
$$;

create function pg_temp.access_target_inspections(p_who text, p_resource text, p_verb text, p_relation text) returns text
    language plpgsql stable
as $$
begin
    return null;
end;
$$;
