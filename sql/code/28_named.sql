-- What names my unit, wherever it comes from. These sets are read past row security, by
-- danvan_policy: assignment, assignment_part, plan and unit would otherwise ask one another for ever.
-- Each is computed at most once per statement, and only for rows that no cheaper policy let through.
-- In plpgsql, not sql: a definer function is never inlined, and only plpgsql keeps its plan from one
-- call to the next (planning these anew cost more than a whole list of assignments).

set local role danvan_policy;

-- Assignments that name my unit beside the lead.
create function private.my_part_assignments() returns setof uuid
    language plpgsql stable parallel safe security definer set search_path = '' rows 200
as $$
begin
    return query
    select p.assignment_id from app.assignment_part as p where p.unit_id = private.my_unit();
end;
$$;

-- Assignments that my unit gave beside the plan.
create function private.my_given_assignments() returns setof uuid
    language plpgsql stable parallel safe security definer set search_path = '' rows 50
as $$
begin
    return query
    select a.id from app.assignment as a where a.given_by_unit_id = private.my_unit();
end;
$$;

-- Plans that give my unit something to do, or under which it gave work.
create function private.my_named_plans() returns setof uuid
    language plpgsql stable parallel safe security definer set search_path = '' rows 10
as $$
begin
    return query
    select a.plan_id
    from app.assignment_part as p
    join app.assignment as a on a.id = p.assignment_id
    where p.unit_id = private.my_unit()
    union
    select a.plan_id from app.assignment as a where a.lead_unit_id = private.my_unit()
    union
    select a.plan_id from app.assignment as a where a.given_by_unit_id = private.my_unit();
end;
$$;

-- Units named with mine: leads I work for, parts of what I lead, the other parts beside mine; who gave work
-- beside the plan and whom mine gave it; and who issued the plans all this comes from.
create function private.my_named_units() returns setof integer
    language plpgsql stable parallel safe security definer set search_path = '' rows 200
as $$
begin
    return query
    with mine as materialized (
        select a.id, a.lead_unit_id, a.given_by_unit_id
        from app.assignment_part as p
        join app.assignment as a on a.id = p.assignment_id
        where p.unit_id = private.my_unit()
        union
        select a.id, a.lead_unit_id, a.given_by_unit_id from app.assignment as a where a.lead_unit_id = private.my_unit()
        union
        select a.id, a.lead_unit_id, a.given_by_unit_id from app.assignment as a where a.given_by_unit_id = private.my_unit())
    select m.lead_unit_id from mine as m
    union
    select m.given_by_unit_id from mine as m where m.given_by_unit_id is not null
    union
    select p.unit_id from app.assignment_part as p join mine as m on m.id = p.assignment_id
    union
    select n.issuer_unit_id from app.plan as n where n.id in (select private.my_named_plans());
end;
$$;

-- A draft that was left when its unit ended is its successor's to read on from.
create function private.is_moved_to_mine(p_status text, p_moved_to_id uuid) returns boolean
    language plpgsql stable parallel safe security definer set search_path = ''
as $$
begin
    return p_status = 'moved' and exists (
        select from app.report as n where n.id = p_moved_to_id and n.unit_id = private.my_unit());
end;
$$;

set local role danvan_owner;

-- For writes, which touch single rows and need no index: do these keys lie in my scope?
create function private.in_my_scope(
    province_key integer, district_key integer, grassroots_key integer,
    province_line_key integer, district_line_key integer, grassroots_line_key integer) returns boolean
    language sql stable
    return coalesce(
        private.my_scope() = case private.my_scope_code()
            when 'province' then province_key
            when 'province_line' then province_line_key
            when 'district' then district_key
            when 'district_line' then district_line_key
            when 'grassroots' then grassroots_key
            when 'grassroots_line' then grassroots_line_key
        end,
        false);

-- The scope column and key that bound what lies under a unit of my scope, as a member of it sees it, and
-- where it stands; without a unit: mine. A unit beyond my scope is refused, seen or not: what I see of
-- it is not what stands under it.
create function private.scope_of_unit(p_unit_id integer, out key_column text, out key_value integer, out area_id integer)
    language plpgsql stable set search_path = ''
as $$
begin
    if p_unit_id is null then
        key_column := private.my_scope_code() || '_key';
        key_value := private.my_scope();
        area_id := private.my_area();
    else
        select l.code || case when n.sees_all_lines then '_key' else '_line_key' end,
            (to_jsonb(u) ->> (l.code || case when n.sees_all_lines then '_key' else '_line_key' end))::integer, u.area_id
        into key_column, key_value, area_id
        from app.unit as u
        join app.level as l on l.id = u.level_id
        join app.line as n on n.id = u.line_id
        where u.id = p_unit_id
            and private.in_my_scope(u.province_key, u.district_key, u.grassroots_key,
                u.province_line_key, u.district_line_key, u.grassroots_line_key);
    end if;
    if key_value is null then
        raise exception 'no such unit' using errcode = 'DV422', column = 'unit', constraint = 'not_visible';
    end if;
end;
$$;

set local role danvan_policy;

-- Whether a scope is a good part of everything there is: then it takes less to read all of a table in the order of an index
-- than to look for what belongs to each row of the scope.
create function private.is_wide_scope(p_key_column text, p_key_value integer) returns boolean
    language plpgsql stable security definer set search_path = ''
as $$
declare
    answer boolean;
begin
    -- %I is one of the scope columns
    execute format($sql$
        select 3 * (select count(*) from app.unit as u where u.%I = $1) > c.reltuples
        from pg_catalog.pg_class as c
        where c.oid = 'app.unit'::regclass$sql$, p_key_column)
    into answer using p_key_value;
    return answer;
end;
$$;
