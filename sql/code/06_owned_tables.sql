-- What every table of records that a unit owns has, said once: forced row security, the ways by which its scope
-- and its own unit see it, keys copied from the unit, versions and the audit record. A table has these when it has
-- owner_unit_id, owner_area_id, level_id, line_id, the scope keys (line keys generated), id, version, created_at,
-- updated_at, and is_open: what the successor takes over when the unit ends. Runs at each deploy, as danvan_owner;
-- arguments are constants of the files beside this one, never anything from a request.

set local role danvan_owner;

create function private.secure_table(p_table text) returns void
    language plpgsql set search_path = ''
as $$
begin
    execute format('alter table app.%I enable row level security', p_table);
    execute format('alter table app.%I force row level security', p_table);
end;
$$;

-- The six ways by scope (a policy for each, so that each walks its own index), and my own unit's records. p_also
-- narrows what a scope sees (drafts are the owner's alone).
create function private.see_by_scope(p_table text, p_also text default null) returns void
    language plpgsql set search_path = ''
as $$
declare
    scope_code text;
begin
    -- from the columns: row security hides app.scope from the owner of the schema
    for scope_code in
        select regexp_replace(a.attname, '_key$', '')
        from pg_catalog.pg_attribute as a
        where a.attrelid = format('app.%I', p_table)::regclass and a.attname like '%\_key' and not a.attisdropped
        order by 1
    loop
        execute format('create policy %I on app.%I for select to %I using (%I = (select private.my_scope())%s)',
            p_table || '_select_scope_' || scope_code, p_table, 'danvan_' || scope_code, scope_code || '_key',
            coalesce(' and (' || p_also || ')', ''));
    end loop;
    execute format('create policy %I on app.%I for select to danvan_reader using (owner_unit_id = (select private.my_unit()))',
        p_table || '_select_own_unit', p_table);
end;
$$;

-- Seen by whoever sees the row that p_column names.
create function private.see_by_parent(p_table text, p_column text, p_parent text) returns void
    language plpgsql set search_path = ''
as $$
begin
    execute format(
        'create policy %I on app.%I for select to danvan_reader using (exists (select from app.%I as p where p.id = %I.%I offset 0))',
        p_table || '_select_by_' || p_parent, p_table, p_parent, p_table, p_column);
end;
$$;

-- An officer or leader of the owner writes; what in which state, the table's own triggers say.
create function private.write_own(p_table text, p_verbs text[] default '{insert,update,delete}') returns void
    language plpgsql set search_path = ''
as $$
declare
    verb text;
begin
    foreach verb in array p_verbs
    loop
        execute format('create policy %I on app.%I for %s to danvan_writer %s (owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2)',
            p_table || '_' || verb || '_own_unit', p_table, verb, case verb when 'insert' then 'with check' else 'using' end);
    end loop;
end;
$$;

-- The keys of the unit that owns the row; without one, of mine.
create function private.owned_keys() returns trigger
    language plpgsql set search_path = ''
as $$
declare
    owner_unit app.unit;
begin
    new.owner_unit_id := coalesce(new.owner_unit_id, private.my_unit());
    owner_unit := private.visible_unit(new.owner_unit_id, 'owner_unit_id');
    new.owner_area_id := owner_unit.area_id;
    new.level_id := owner_unit.level_id;
    new.line_id := owner_unit.line_id;
    new.province_key := owner_unit.province_key;
    new.district_key := owner_unit.district_key;
    new.grassroots_key := owner_unit.grassroots_key;
    return new;
end;
$$;

create function private.keep_table(p_table text) returns void
    language plpgsql set search_path = ''
as $$
begin
    if exists (
        select from pg_catalog.pg_attribute as a
        where a.attrelid = format('app.%I', p_table)::regclass and a.attname = 'owner_unit_id')
    then
        execute format('create trigger %I before insert or update of owner_unit_id on app.%I for each row execute function private.owned_keys()',
            p_table || '_10_keys', p_table);
    end if;
    if exists (
        select from pg_catalog.pg_attribute as a
        where a.attrelid = format('app.%I', p_table)::regclass and a.attname = 'version')
    then
        execute format('create trigger %I before update on app.%I for each row execute function private.touch_row()',
            p_table || '_50_touch', p_table);
    end if;
    execute format('create trigger %I after insert or update or delete on app.%I for each row execute function private.audit_row()',
        p_table || '_90_audit', p_table);
end;
$$;

-- Before a command: a row that the caller does not see is answered like none. p_table is a constant of the command.
create function private.must_see(p_table text, p_id uuid) returns void
    language plpgsql stable set search_path = ''
as $$
declare
    is_seen boolean;
begin
    execute format('select exists (select from app.%I as t where t.id = $1)', p_table) into is_seen using p_id;
    if not is_seen then
        raise exception 'no such %', p_table using errcode = 'DV404';
    end if;
end;
$$;

-- The tables of this form.
create function private.owned_tables() returns setof text
    language sql stable set search_path = ''
as $$
    select c.relname::text
    from pg_catalog.pg_class as c
    where c.relnamespace = 'app'::regnamespace and c.relkind = 'r'
        and exists (select from pg_catalog.pg_attribute as a where a.attrelid = c.oid and a.attname = 'owner_area_id')
        and exists (select from pg_catalog.pg_attribute as a where a.attrelid = c.oid and a.attname = 'is_open')
    order by 1;
$$;

set local role danvan_policy;

-- When a unit moves, the keys of what it owns follow.
create function private.owned_cascade(p_unit_ids integer[]) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    table_name text;
begin
    for table_name in select t from private.owned_tables() as t
    loop
        execute format('update app.%I as t set owner_unit_id = t.owner_unit_id where t.owner_unit_id = any ($1)', table_name)
        using p_unit_ids;
    end loop;
end;
$$;

-- Rows of one table. One that the successor cannot have beside what it has (a unique key, a rule of the table) stays
-- where it was, and of several that would be one the oldest goes: no record holds up a reorganisation. What is left is
-- told (private.owned_left); a table whose rows should end otherwise says so where it moves what names units.
create function private.move_owned_rows(p_table text) returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    going record;
    moved integer;
    is_open boolean;
begin
    -- asked first: most tables have nothing, and to find all successors costs more
    execute format('select exists (select from app.unit as u join app.%I as t on t.owner_unit_id = u.id and t.is_open
        where not u.is_active)', p_table)
    into is_open;
    if not is_open then
        return 0;
    end if;
    begin
        execute format('update app.%I as t set owner_unit_id = s.successor_id
            from private.unit_successors() as s where s.unit_id = t.owner_unit_id and s.is_main and t.is_open', p_table);
        get diagnostics moved = row_count;
        return moved;
    exception when integrity_constraint_violation or sqlstate 'DV403' or sqlstate 'DV409' or sqlstate 'DV422' then
        moved := 0;
    end;
    for going in execute format('select t.id, s.successor_id from private.unit_successors() as s
        join app.%I as t on t.owner_unit_id = s.unit_id and t.is_open where s.is_main order by t.id', p_table)
    loop
        begin
            execute format('update app.%I as t set owner_unit_id = $2 where t.id = $1', p_table)
            using going.id, going.successor_id;
            moved := moved + 1;
        exception when integrity_constraint_violation or sqlstate 'DV403' or sqlstate 'DV409' or sqlstate 'DV422' then
            null; -- stays
        end;
    end loop;
    return moved;
end;
$$;

-- Open records of units that are no more: without a successor, or such as the successor could not take.
create function private.owned_left() returns table (table_name text, unit_id integer, about text)
    language plpgsql stable security definer set search_path = '' rows 10
as $$
declare
    of_table text;
begin
    for of_table in select t from private.owned_tables() as t
    loop
        return query execute format($sql$
            select %1$L::text, u.id, coalesce(j.told ->> 'title', j.told ->> 'name', j.told ->> 'number', j.told ->> 'symbol',
                j.told ->> 'code', %1$L)
            from app.unit as u
            join app.%1$I as t on t.owner_unit_id = u.id and t.is_open
            cross join lateral (select to_jsonb(t) as told) as j
            where not u.is_active$sql$, of_table);
    end loop;
end;
$$;

-- When units end, what they own and is still open is their main successor's; what is over stays whose it was.
create function private.move_owned() returns jsonb
    language plpgsql security definer set search_path = ''
as $$
declare
    table_name text;
    moved integer;
    counts jsonb := '{}';
begin
    for table_name in select t from private.owned_tables() as t
    loop
        moved := private.move_owned_rows(table_name);
        if moved > 0 then
            counts := counts || jsonb_build_object(table_name, moved);
        end if;
    end loop;
    return counts;
end;
$$;
