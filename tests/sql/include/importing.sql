-- For tests of imports (include after acting.sql): jobs as the runner leaves them before check and apply.

-- A job of the account. Each line of p_rows is a row of the sheet from row 2 on, cells in the order of the kind,
-- divided by "|"; an empty one is null. p_without: columns that the file does not have.
create function pg_temp.job(p_login text, p_kind text, p_columns text, p_rows text, p_without text[] default '{}') returns uuid
    language plpgsql
as $$
declare
    made uuid;
begin
    insert into app.import_job (kind, unit_id, created_by, membership_id, file_name, format, size, sha256, status, columns)
    select p_kind, m.unit_id, s.user_id, m.id, 't.csv', 'csv', 1, sha256('t'), 'running',
        (select jsonb_object_agg(c.name, chr(64 + c.n::integer))
            from unnest(string_to_array(p_columns, ',')) with ordinality as c (name, n) where c.name <> all (p_without))
    from app.session as s join app.membership as m on m.id = s.membership_id
    where s.token_hash = 'test ' || p_login
    returning id into made;
    insert into private.import_row (job_id, number, cells)
    select made, l.n + 1, (
        select array_agg(nullif(btrim(c.cell), '') order by c.n) from unnest(string_to_array(l.line, '|')) with ordinality as c (cell, n))
    from unnest(string_to_array(btrim(p_rows, e'\n'), e'\n')) with ordinality as l (line, n);
    return made;
end;
$$;

-- Every fault as "row column word value", in order; a refusal as as_user has it.
create function pg_temp.faults(p_login text, p_job uuid) returns text
    language plpgsql
as $$
declare
    found text := pg_temp.as_user(p_login, format('select private.import_check(%L)', p_job));
begin
    if found !~ '^[0-9]{1,4}$' then
        return found;
    end if;
    return coalesce((
        select string_agg(concat_ws(' ', e.row_number, e.column_name, e.word, e.value), '; '
            order by e.row_number, e.column_name, e.word)
        from app.import_error as e where e.job_id = p_job), 'none');
end;
$$;

-- "created/updated/unchanged".
create function pg_temp.applied(p_login text, p_job uuid) returns text
    language sql return pg_temp.as_user(p_login, format(
        'select concat_ws(''/'', a.created, a.updated, a.unchanged) from private.import_apply(%L) as a', p_job));
