-- The state of a report, day by day (app.report_state), kept by triggers: one row holds the end of a day.
--
-- What was taken back before anybody read it was never sent in: a withdrawal rewrites the days since the
-- submission to the draft that the report was all along, as it takes first_submitted_on back.

set local role danvan_policy;

-- The day of a moment. Nothing happens after today: an installation that stands on a fixed day
-- (a demonstration, a test) dates by that day what its clock dates later.
create function private.day_of(p_at timestamptz) returns date
    language plpgsql stable parallel safe security definer set search_path = ''
as $$
begin
    return least((p_at at time zone 'Asia/Ho_Chi_Minh')::date, private.today());
end;
$$;

create function private.report_state_begin() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    insert into app.report_state (report_id, day, status, superior_unit_id, due_on, submission_count,
        first_submitted_on, submitted_on, decided_on, reopened_until)
    select n.id, private.today(), n.status, n.superior_unit_id, n.due_on, n.submission_count,
        n.first_submitted_on, n.submitted_on, n.decided_on, n.reopened_until
    from new_rows as n;
    return null;
end;
$$;

-- A report that stands approved again after an unused reopening stands with what was approved last.
create function private.report_state_change() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    insert into app.report_state as s (report_id, day, status, version_number, superior_unit_id, due_on, submission_count,
        first_submitted_on, submitted_on, decided_on, reopened_until)
    select n.id, private.today(), n.status,
        case when n.status = 'approved' then (
                select max(v.number) from app.report_version as v where v.report_id = n.id and v.event = 'approved')
            else (select x.version_number from app.report_state as x where x.report_id = n.id order by x.day desc limit 1) end,
        n.superior_unit_id, n.due_on, n.submission_count, n.first_submitted_on, n.submitted_on, n.decided_on, n.reopened_until
    from new_rows as n
    join old_rows as o on o.id = n.id
    where (o.status, o.superior_unit_id, o.due_on, o.submission_count, o.first_submitted_on, o.submitted_on, o.decided_on,
            o.reopened_until)
        is distinct from (n.status, n.superior_unit_id, n.due_on, n.submission_count, n.first_submitted_on, n.submitted_on,
            n.decided_on, n.reopened_until)
    on conflict on constraint report_state_pkey do update
    set status = excluded.status, version_number = excluded.version_number, superior_unit_id = excluded.superior_unit_id,
        due_on = excluded.due_on, submission_count = excluded.submission_count,
        first_submitted_on = excluded.first_submitted_on, submitted_on = excluded.submitted_on,
        decided_on = excluded.decided_on, reopened_until = excluded.reopened_until;
    return null;
end;
$$;

-- The commands move the report first and keep the version then: the row of today is there.
create function private.report_state_version() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    if tg_op = 'INSERT' then
        update app.report_state as s
        set version_number = new.number
        where s.report_id = new.report_id and s.day = private.today();
    elsif new.is_withdrawn and not old.is_withdrawn then
        update app.report_state as s
        set status = r.status, first_submitted_on = r.first_submitted_on, submitted_on = r.submitted_on,
            version_number = (
                select max(v.number) from app.report_version as v
                where v.report_id = new.report_id and v.number < new.number and not v.is_withdrawn)
        from app.report as r
        where r.id = new.report_id and s.report_id = new.report_id and s.version_number = new.number;
    end if;
    return null;
end;
$$;

-- What the days were of reports that have none kept: those of before this table, and those a
-- demonstration writes as if they had been. From dated facts alone: versions, the audit record, the
-- calendar of the period, the last day of a unit. Answers how many reports.
create function private.report_states_fill() returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    filled integer;
begin
    with lacking as materialized (
        select r.* from app.report as r
        where not exists (select from app.report_state as s where s.report_id = r.id)),
    -- made when the period opened, by a move, or by its unit
    made as (
        select l.id, least(v.day, coalesce(m.day, case when l.created_at <= e.created_at
            then case e.cause when 'schedule' then d.opens_on else private.day_of(e.created_at) end end,
            private.day_of(l.created_at))) as day
        from lacking as l
        join app.period as d on d.id = l.period_id
        left join lateral (
            select x.created_at, x.cause from app.period_event as x
            where x.period_id = l.period_id and x.event = 'opened' order by x.created_at limit 1) as e on true
        left join lateral (
            select min(x.valid_to) as day from app.report as o join app.unit_version as x on x.unit_id = o.unit_id
            where o.moved_to_id = l.id and not exists (
                select from app.unit_version as y where y.unit_id = o.unit_id and y.valid_to is null)) as m on true
        left join lateral (
            select min(private.day_of(x.created_at)) as day from app.report_version as x where x.report_id = l.id) as v on true),
    told as (
        select l.id, private.day_of(v.created_at) as day, v.created_at as at,
            case v.event when 'returned' then case when exists (
                    select from app.report_version as o
                    where o.report_id = v.report_id and o.number < v.number and o.event = 'approved')
                then 'reopened' else 'returned' end else v.event end as status
        from lacking as l
        join app.report_version as v on v.report_id = l.id and not v.is_withdrawn
        union all
        select l.id, private.day_of(a.at), a.at,
            case a.action when 'expire' then 'approved' when 'reopen' then 'reopened'
                else case when exists (
                    select from app.report_version as o
                    where o.report_id = l.id and o.event = 'approved' and o.created_at < a.at)
                then 'reopened' else 'draft' end end
        from lacking as l
        join app.audit_event as a on a.resource = 'report' and a.resource_id = l.id::text
            and (a.action in ('reopen', 'expire', 'withdraw')
                or a.action in ('prefill', 'gather') and not exists (
                    select from app.report_version as o where o.report_id = l.id and o.created_at < a.at))),
    known as (
        select t.id, t.day, t.at, t.status from told as t
        union all
        select m.id, m.day, '-infinity', 'not_started' from made as m),
    last_known as (
        select distinct on (k.id) k.id, k.day, k.status from known as k order by k.id, k.day desc, k.at desc),
    -- what it is now, where nothing of the above says so
    now_known as (
        select k.id, k.day, k.at, k.status from known as k
        union all
        select l.id, greatest(k.day, case l.status
                when 'moved' then (select max(x.valid_to) from app.unit_version as x where x.unit_id = l.unit_id)
                when 'in_review' then private.day_of(l.accepted_at)
                else least(private.day_of(l.updated_at), l.reopened_until) end), 'infinity', l.status
        from lacking as l
        join last_known as k on k.id = l.id and k.status <> l.status),
    ends as (
        select distinct on (k.id, k.day) k.id, k.day, k.status from now_known as k order by k.id, k.day, k.at desc)
    insert into app.report_state (report_id, day, status, version_number, superior_unit_id, due_on, submission_count,
        first_submitted_on, submitted_on, decided_on, reopened_until)
    select l.id, e.day, e.status,
        case when e.status = 'approved' then v.approved_number else v.number end,
        -- who decided it first after that day stood above it then
        coalesce((
            select nullif(x.by_unit_id, l.unit_id) from app.report_version as x
            where x.report_id = l.id and x.event in ('returned', 'approved') and private.day_of(x.created_at) >= e.day
            order by x.number limit 1), l.superior_unit_id),
        case when p.day > e.day then l.original_due_on else l.due_on end,
        v.submission_count, v.first_submitted_on, case when e.status in ('draft', 'not_started') then null else v.submitted_on end,
        v.decided_on, case when e.status = 'reopened' then l.reopened_until end
    from ends as e
    join lacking as l on l.id = e.id
    cross join lateral (
        select max(x.number) as number, max(x.number) filter (where x.event = 'approved') as approved_number,
            count(*) filter (where x.event = 'submitted') as submission_count,
            min(private.day_of(x.created_at)) filter (where x.event = 'submitted') as first_submitted_on,
            max(private.day_of(x.created_at)) filter (where x.event = 'submitted') as submitted_on,
            max(private.day_of(x.created_at)) filter (where x.event <> 'submitted') as decided_on
        from app.report_version as x
        where x.report_id = l.id and not x.is_withdrawn and private.day_of(x.created_at) <= e.day) as v
    -- the exception that its due day comes from
    left join lateral (
        select min(private.day_of(x.created_at)) as day from app.period_exception as x
        where x.period_id = l.period_id and x.unit_id = l.unit_id and x.until_on = l.due_on and l.due_on > l.original_due_on) as p on true;
    -- more time that was given since the last of these days
    insert into app.report_state as t (report_id, day, status, version_number, superior_unit_id, due_on, submission_count,
        first_submitted_on, submitted_on, decided_on, reopened_until)
    select s.report_id, greatest(s.day, coalesce(e.day, private.day_of(r.updated_at))), s.status, s.version_number,
        s.superior_unit_id, r.due_on, s.submission_count, s.first_submitted_on, s.submitted_on, s.decided_on, s.reopened_until
    from app.report as r
    cross join lateral (
        select x.* from app.report_state as x where x.report_id = r.id order by x.day desc limit 1) as s
    left join lateral (
        select min(private.day_of(x.created_at)) as day from app.period_exception as x
        where x.period_id = r.period_id and x.unit_id = r.unit_id and x.until_on = r.due_on) as e on true
    where s.due_on <> r.due_on
    on conflict on constraint report_state_pkey do update set due_on = excluded.due_on;
    -- who stands above it now, from the day on which the one before was no more
    insert into app.report_state as t (report_id, day, status, version_number, superior_unit_id, due_on, submission_count,
        first_submitted_on, submitted_on, decided_on, reopened_until)
    select s.report_id, greatest(s.day, coalesce(e.day, private.day_of(r.updated_at))), s.status, s.version_number,
        r.superior_unit_id, s.due_on, s.submission_count, s.first_submitted_on, s.submitted_on, s.decided_on, s.reopened_until
    from app.report as r
    cross join lateral (
        select x.* from app.report_state as x where x.report_id = r.id order by x.day desc limit 1) as s
    left join lateral (
        select max(v.valid_to) as day from app.unit_version as v
        where v.unit_id = s.superior_unit_id
        having bool_and(coalesce(v.valid_to <= private.today(), false))) as e on true
    where s.superior_unit_id is distinct from r.superior_unit_id
    on conflict on constraint report_state_pkey do update set superior_unit_id = excluded.superior_unit_id;
    select count(distinct s.report_id) into filled from app.report_state as s;
    return filled;
end;
$$;

set local role danvan_owner;

create trigger report_95_state_begin after insert on app.report
    referencing new table as new_rows for each statement execute function private.report_state_begin();
create trigger report_95_state_change after update on app.report
    referencing old table as old_rows new table as new_rows for each statement execute function private.report_state_change();
create trigger report_version_95_state after insert or update on app.report_version
    for each row execute function private.report_state_version();
