-- Requests, reports and who decides on them, when units end (32_reorganisation_moves.sql has the rule); and all
-- that is open at once.

set local role danvan_policy;

-- Requests for more time ------------------------------------------------------------------------------

create function private.move_requests() returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    moved integer;
begin
    perform from app.extension_request as q
    join app.assignment as a on a.id = q.assignment_id and a.status = 'moved'
    where q.status = 'pending'
    order by q.id for no key update of q;
    insert into app.extension_request (assignment_id, unit_id, superior_unit_id, due_on, asked_due_on, reason, asked_by)
    select distinct on (n.id) n.id, n.lead_unit_id, private.superior_of(n.lead_unit_id, n.plan_id), n.due_on,
        q.asked_due_on, q.reason, q.asked_by
    from app.extension_request as q
    join app.assignment as a on a.id = q.assignment_id and a.status = 'moved'
    join app.assignment as n on n.id = a.moved_to_id and n.is_pending
    where q.status = 'pending' and q.asked_due_on > n.due_on
        and not exists (select from app.extension_request as x where x.assignment_id = n.id and x.status = 'pending')
    order by n.id, q.asked_due_on desc, q.created_at;
    update app.extension_request as q
    set status = 'withdrawn', decision_note = 'Chuyển sang đơn vị kế thừa do sắp xếp tổ chức', decided_at = now()
    from app.assignment as a
    where a.id = q.assignment_id and a.status = 'moved' and q.status = 'pending';
    get diagnostics moved = row_count;
    return moved;
end;
$$;

-- Reports ---------------------------------------------------------------------------------------------

create function private.report_routes()
    returns table (report_id uuid, successor_id integer, is_main boolean)
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return query
    select r.id, s.successor_id, s.is_main
    from private.unit_successors() as s
    join app.report as r on r.unit_id = s.unit_id and r.is_outstanding
    join app.period as p on p.id = r.period_id
    where private.period_state(p.opened_at, p.locked_at, p.opens_on, p.expires_on, p.locks_on, private.today()) <> 'locked'
        -- or was given time of its own past the lock
        or exists (
            select from app.period_exception as e
            where e.period_id = r.period_id and e.unit_id = r.unit_id and e.revoked_at is null and e.until_on >= private.today());
end;
$$;

-- More time that an ended unit was given for what it still owes goes along: the successor has until the last
-- day that any of them had, in the name of who gave it. Asked before the reports are said to have moved.
create function private.move_exceptions() returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    moved integer;
begin
    insert into app.period_exception as x (period_id, unit_id, until_on, reason, granted_by, granted_unit_id)
    select distinct on (r.period_id, t.successor_id)
        r.period_id, t.successor_id, e.until_on, e.reason, e.granted_by, e.granted_unit_id
    from private.report_routes() as t
    join app.report as r on r.id = t.report_id
    join app.report as n on n.period_id = r.period_id and n.unit_id = t.successor_id and n.is_outstanding
    join app.period_exception as e on e.period_id = r.period_id and e.unit_id = r.unit_id
        and e.revoked_at is null and e.until_on >= private.today()
    order by r.period_id, t.successor_id, e.until_on desc
    on conflict (period_id, unit_id) where revoked_at is null do update
    set until_on = excluded.until_on, reason = excluded.reason,
        granted_by = excluded.granted_by, granted_unit_id = excluded.granted_unit_id
    where x.until_on < excluded.until_on;
    get diagnostics moved = row_count;
    update app.report as n
    set due_on = e.until_on
    from private.report_routes() as t
    join app.report as r on r.id = t.report_id
    join app.period_exception as e on e.period_id = r.period_id and e.unit_id = t.successor_id and e.revoked_at is null
    where n.period_id = r.period_id and n.unit_id = t.successor_id and n.is_outstanding and n.due_on < e.until_on;
    return moved;
end;
$$;

-- One report of the successor for each period that may still be written for; what had been drafted stays readable in
-- the old one.
create function private.move_reports() returns jsonb
    language plpgsql security definer set search_path = ''
as $$
declare
    made integer;
    moved integer;
    exceptions integer;
begin
    perform from app.report as r
    where r.id in (select t.report_id from private.report_routes() as t)
    order by r.id for no key update;
    insert into app.report (period_id, plan_id, unit_id, superior_unit_id, due_on, original_due_on)
    select r.period_id, r.plan_id, t.successor_id, private.superior_of(t.successor_id, r.plan_id),
        max(r.due_on), min(r.original_due_on)
    from private.report_routes() as t
    join app.report as r on r.id = t.report_id
    group by r.period_id, r.plan_id, t.successor_id
    order by r.period_id, t.successor_id
    on conflict on constraint report_once do nothing;
    get diagnostics made = row_count;
    exceptions := private.move_exceptions();
    update app.report as r
    set status = 'moved', moved_to_id = n.id
    from private.report_routes() as t
    join app.report as o on o.id = t.report_id
    join app.report as n on n.period_id = o.period_id and n.unit_id = t.successor_id
    where r.id = t.report_id and t.is_main;
    get diagnostics moved = row_count;
    return jsonb_build_object('reports', moved, 'reports_made', made, 'exceptions', exceptions);
end;
$$;

-- Whose superior is no more, or stands above no longer because the unit was placed elsewhere: what is not
-- decided goes to whoever stands above now. An approved report follows only where its superior gathers no
-- longer, so that it is gathered once.
create function private.move_superiors(p_unit_ids integer[]) returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    report_count integer;
    request_count integer;
begin
    update app.report as r
    set superior_unit_id = x.superior_id
    from (
        select o.id, case when u.is_active then private.superior_of(o.unit_id, o.plan_id)
            else coalesce(n.successor_id, private.superior_of(o.unit_id, o.plan_id)) end as superior_id
        from app.report as o
        join app.unit as u on u.id = o.unit_id
        join app.unit as s on s.id = o.superior_unit_id
        left join private.unit_successors() as n on n.unit_id = s.id and n.is_main
        join app.period as p on p.id = o.period_id
        where (not s.is_active or (o.unit_id = any (p_unit_ids) and o.status <> 'approved'))
            and (o.status not in ('approved', 'moved')
                -- what an ended unit owed of a period that is over stays as it is
                and (u.is_active or not o.is_outstanding) or (
                o.status = 'approved'
                and private.period_state(p.opened_at, p.locked_at, p.opens_on, p.expires_on, p.locks_on, private.today())
                    <> 'locked'
                and not exists (
                    select from app.report as above
                    where above.period_id = o.period_id and above.unit_id = o.superior_unit_id and above.status <> 'moved')))
        ) as x
    where r.id = x.id and r.superior_unit_id is distinct from x.superior_id and x.superior_id is distinct from r.unit_id;
    get diagnostics report_count = row_count;
    update app.extension_request as q
    set superior_unit_id = x.superior_id
    from (
        select o.id, private.superior_of(o.unit_id, a.plan_id) as superior_id
        from app.extension_request as o
        join app.assignment as a on a.id = o.assignment_id
        join app.unit as s on s.id = o.superior_unit_id
        where o.status = 'pending' and (not s.is_active or o.unit_id = any (p_unit_ids))) as x
    where q.id = x.id and q.superior_unit_id is distinct from x.superior_id;
    get diagnostics request_count = row_count;
    return report_count + request_count;
end;
$$;

-- Whether anything waits for a decision of a unit that is no more: one put out of use without
-- a reorganisation, or a report opened again afterwards.
create function private.waits_for_ended() returns boolean
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return exists (
            select
            from app.unit as s
            join app.report as r on r.superior_unit_id = s.id and r.status not in ('approved', 'moved')
            join app.unit as u on u.id = r.unit_id and (u.is_active or not r.is_outstanding)
            where not s.is_active
                and private.superior_of(r.unit_id, r.plan_id) is distinct from s.id)
        or exists (
            select
            from app.unit as s
            join app.extension_request as q on q.superior_unit_id = s.id and q.status = 'pending'
            where not s.is_active);
end;
$$;

-- All that is open -------------------------------------------------------------------------------------

-- Plans first: who stands above depends on who runs the plan.
create function private.move_open(p_id uuid, p_unit_ids integer[]) returns jsonb
    language plpgsql security definer set search_path = ''
as $$
declare
    counts jsonb;
begin
    counts := jsonb_build_object('plans', private.move_plans(), 'documents', private.move_documents());
    counts := counts || private.move_assignments(p_id);
    counts := counts || private.move_parts(p_id) || jsonb_build_object('requests', private.move_requests());
    counts := counts || private.move_reports();
    return counts || jsonb_build_object('superiors', private.move_superiors(p_unit_ids));
end;
$$;
