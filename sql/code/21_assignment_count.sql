-- app.assignment_count kept right by statement triggers on app.assignment, whoever writes there;
-- private.assignment_count_faults() compares, private.rebuild_assignment_counts() makes anew.
-- A count that falls to zero keeps its row: it is likely to rise again.

set local role danvan_policy;

-- Rows are touched in key order, so that two statements never wait for each other in a ring.
create function private.assignment_count_add() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    insert into app.assignment_count as c (unit_id, plan_id, due_year, status, count)
    select n.lead_unit_id, n.plan_id, n.due_year, n.status, count(*)
    from new_rows as n
    group by n.lead_unit_id, n.plan_id, n.due_year, n.status
    order by n.lead_unit_id, n.plan_id, n.due_year, n.status
    on conflict (unit_id, plan_id, due_year, status) do update set count = c.count + excluded.count;
    return null;
end;
$$;

create function private.assignment_count_move() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    insert into app.assignment_count as c (unit_id, plan_id, due_year, status, count)
    select d.lead_unit_id, d.plan_id, d.due_year, d.status, sum(d.step)
    from (
        select o.lead_unit_id, o.plan_id, o.due_year, o.status, -1 as step from old_rows as o
        union all
        select n.lead_unit_id, n.plan_id, n.due_year, n.status, 1 from new_rows as n) as d
    group by d.lead_unit_id, d.plan_id, d.due_year, d.status
    having sum(d.step) <> 0
    order by d.lead_unit_id, d.plan_id, d.due_year, d.status
    on conflict (unit_id, plan_id, due_year, status) do update set count = c.count + excluded.count;
    return null;
end;
$$;

create function private.assignment_count_take() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    insert into app.assignment_count as c (unit_id, plan_id, due_year, status, count)
    select o.lead_unit_id, o.plan_id, o.due_year, o.status, -count(*)
    from old_rows as o
    group by o.lead_unit_id, o.plan_id, o.due_year, o.status
    order by o.lead_unit_id, o.plan_id, o.due_year, o.status
    on conflict (unit_id, plan_id, due_year, status) do update set count = c.count + excluded.count;
    return null;
end;
$$;

-- Counts that differ from the assignments themselves; no row means all is right.
create function private.assignment_count_faults()
    returns table (unit_id integer, plan_id uuid, due_year smallint, status text, counted integer, actual bigint)
    language sql stable security definer set search_path = ''
as $$
    select coalesce(c.unit_id, a.lead_unit_id), coalesce(c.plan_id, a.plan_id), coalesce(c.due_year, a.due_year),
        coalesce(c.status, a.status), coalesce(c.count, 0), coalesce(a.actual, 0)
    from app.assignment_count as c
    full join (
        select t.lead_unit_id, t.plan_id, t.due_year, t.status, count(*) as actual
        from app.assignment as t
        group by t.lead_unit_id, t.plan_id, t.due_year, t.status) as a
        on a.lead_unit_id = c.unit_id and a.plan_id = c.plan_id and a.due_year = c.due_year and a.status = c.status
    where coalesce(c.count, 0) <> coalesce(a.actual, 0);
$$;

-- Makes all counts anew and answers how many were wrong. Writers wait meanwhile.
create function private.rebuild_assignment_counts() returns bigint
    language plpgsql security definer set search_path = ''
as $$
declare
    wrong_count bigint;
begin
    lock table app.assignment_count in share row exclusive mode;
    select count(*) into wrong_count from private.assignment_count_faults();
    delete from app.assignment_count;
    insert into app.assignment_count (unit_id, plan_id, due_year, status, count)
    select a.lead_unit_id, a.plan_id, a.due_year, a.status, count(*)
    from app.assignment as a
    group by a.lead_unit_id, a.plan_id, a.due_year, a.status;
    return wrong_count;
end;
$$;

set local role danvan_owner;

create trigger assignment_95_count_insert after insert on app.assignment
    referencing new table as new_rows
    for each statement execute function private.assignment_count_add();
create trigger assignment_95_count_update after update on app.assignment
    referencing old table as old_rows new table as new_rows
    for each statement execute function private.assignment_count_move();
create trigger assignment_95_count_delete after delete on app.assignment
    referencing old table as old_rows
    for each statement execute function private.assignment_count_take();
