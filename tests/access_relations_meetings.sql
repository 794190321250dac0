-- A further part of access_relations.sql: what the matrix's words mean for series, meetings, invitations, agendas, minutes and outcomes.
-- Everything here is called MS.

create function pg_temp.access_arrange_meetings() returns void
    language plpgsql
as $$
begin
    null;
end;
$$;

-- Takes everything of access_arrange_meetings away again.
create function pg_temp.access_clear_meetings() returns void
    language plpgsql
as $$
begin
    null;
end;
$$;

create function pg_temp.access_target_meetings(p_who text, p_resource text, p_verb text, p_relation text) returns text
    language plpgsql stable
as $$
begin
    return null;
end;
$$;
