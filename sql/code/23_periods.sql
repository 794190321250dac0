-- Periods: generated from a rule, opened, expired and locked by the calendar or by a leader's decision,
-- and the report rows that opening makes. Every change of state leaves a row in app.period_event in the
-- same transaction; app.period.recorded_state is what that row made, so that the clock knows what is
-- still untold.
--
-- Only plans in force open periods. A period already past its lock when it is made asks nobody: an
-- obligation that could not be met is none. Unlocking it makes it one.

set local role danvan_policy;

-- The due day per level: of the issuer's own level and those under it.
create function private.period_due_days(p_plan_id uuid, p_kind text, p_ends_on date)
    returns table (level_id smallint, due_on date)
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return query
    select d.level_id, p_ends_on + d.due_offset_days
    from app.period_kind_due as d
    join app.plan as p on p.id = p_plan_id
    join app.unit as issuer on issuer.id = p.issuer_unit_id
    where d.kind = p_kind and d.level_id >= issuer.level_id;
end;
$$;

create function private.period_event_add(p_period_id uuid, p_event text, p_cause text, p_reason text) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    insert into app.period_event (period_id, event, cause, reason, by_user_id, by_unit_id)
    values (p_period_id, p_event, p_cause, p_reason,
        case when p_cause = 'decision' then private.my_user() end,
        case when p_cause = 'decision' then private.my_unit() end);
end;
$$;

-- What a new period brings with it.
create function private.period_complete() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    insert into app.period_due (period_id, level_id, due_on, original_due_on)
    select new.id, d.level_id, d.due_on, d.due_on
    from private.period_due_days(new.plan_id, new.kind, new.ends_on) as d;
    if new.recorded_state = 'locked' then
        perform private.period_event_add(new.id, 'locked', 'schedule', null);
    end if;
    return null;
end;
$$;

-- Who owes a report for a period: units that lead something of the plan begun by its end, units that
-- an indicator of its frequency asks in its year, and the issuer.
create function private.period_units(p_period_id uuid) returns table (unit_id integer)
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return query
    with period as (
        select d.plan_id, d.kind, d.year, d.ends_on, p.issuer_unit_id
        from app.period as d
        join app.plan as p on p.id = d.plan_id
        where d.id = p_period_id)
    select u.id
    from app.unit as u
    where u.is_active and u.id in (
        select a.lead_unit_id
        from period
        join app.assignment as a on a.plan_id = period.plan_id
        -- who has given work alone tells of it there, and owes no reports of the plan for it
        where a.starts_on <= period.ends_on and a.status not in ('cancelled', 'moved') and a.source = 'plan'
        union
        select k.unit_id
        from period
        join private.indicator_asked as k on k.plan_id = period.plan_id and k.frequency = period.kind
        where k.source = 'report'
            and period.year between coalesce(k.from_year, period.year) and coalesce(k.until_year, period.year)
        union
        select period.issuer_unit_id from period);
end;
$$;

-- Makes the report rows that are still missing, and tells their units. Answers how many were made.
create function private.period_open_reports(p_period_id uuid) returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    made_count integer;
begin
    -- units neither end nor move meanwhile, as when a plan is issued
    lock table app.unit, app.area in share mode;
    with made as (
        insert into app.report (period_id, plan_id, unit_id, superior_unit_id, due_on, original_due_on)
        select d.id, d.plan_id, u.id, private.superior_of(u.id, d.plan_id),
            coalesce(due.due_on, d.expires_on), coalesce(due.due_on, d.expires_on)
        from app.period as d
        cross join private.period_units(d.id) as x
        join app.unit as u on u.id = x.unit_id
        left join app.period_due as due on due.period_id = d.id and due.level_id = u.level_id
        where d.id = p_period_id
        order by u.province_key, u.district_key, u.grassroots_key, u.id
        on conflict (period_id, unit_id) do nothing
        returning unit_id, plan_id, due_on)
    select count(private.notify_unit(m.unit_id, 'period_opened', p_period_id || ':opened', null, 'periods',
        p_period_id, null, m.plan_id, m.due_on))
    into made_count
    from made as m;
    return made_count;
end;
$$;

-- What the calendar has done since it was last looked at. Called once a minute; with nothing to do it
-- is three looks into partial indexes. Two at once share the rows: what one holds the other passes
-- over, and a row changed meanwhile no longer fits. Answers how many events it wrote.
create function private.period_tick() returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    today constant date := private.today();
    period_id uuid;
    event_count integer := 0;
begin
    for period_id in
        select d.id
        from app.period as d
        join app.plan as p on p.id = d.plan_id and p.status = 'in_force'
        where d.recorded_state = 'planned' and d.opens_on <= today and d.locked_at is null
        order by d.opens_on, d.id
        for no key update of d skip locked
    loop
        update app.period as d set recorded_state = 'open' where d.id = period_id;
        perform private.period_event_add(period_id, 'opened', 'schedule', null);
        perform private.period_open_reports(period_id);
        event_count := event_count + 1;
    end loop;
    for period_id in
        select d.id
        from app.period as d
        where d.recorded_state = 'open' and d.expires_on < today
        order by d.expires_on, d.id
        for no key update skip locked
    loop
        update app.period as d set recorded_state = 'expired' where d.id = period_id;
        perform private.period_event_add(period_id, 'expired', 'schedule', null);
        event_count := event_count + 1;
    end loop;
    for period_id in
        select d.id
        from app.period as d
        where d.recorded_state in ('open', 'expired') and d.locks_on < today
        order by d.locks_on, d.id
        for no key update skip locked
    loop
        update app.period as d set recorded_state = 'locked' where d.id = period_id;
        perform private.period_event_add(period_id, 'locked', 'schedule', null);
        event_count := event_count + 1;
    end loop;
    return event_count;
end;
$$;

-- Generating -----------------------------------------------------------------------------------------

-- The periods that a rule gives a plan; those over before it begins, or begun after it ends, are none.
create function private.period_candidates(p_plan_id uuid, p_kinds text[], p_from_year integer, p_to_year integer)
    returns table (kind text, label text, starts_on date, ends_on date)
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return query
    select k.code,
        replace(replace(replace(k.label_pattern, '{year}', y::text), '{number}', (n + 1)::text),
            '{roman}', to_char(n + 1, 'FMRN')),
        c.starts_on,
        (c.starts_on + make_interval(months => k.months))::date - 1
    from app.plan as p
    join app.period_kind as k on k.code = any (p_kinds) and k.months is not null and k.label_pattern is not null
    cross join generate_series(p_from_year, p_to_year) as y
    cross join lateral generate_series(0, k.per_year - 1) as n
    cross join lateral (select (make_date(y, 1, 1) + make_interval(months => k.months * n))::date) as c (starts_on)
    where p.id = p_plan_id
        and (c.starts_on + make_interval(months => k.months))::date - 1 >= p.period_from
        and c.starts_on <= p.period_to
    order by 4, k.position;
end;
$$;

-- Makes what is missing of a plan in force; the plan's row is held, so that two at once make one set.
create function private.plan_generate_periods(p_plan_id uuid, p_kinds text[], p_from_year integer, p_to_year integer)
    returns jsonb
    language plpgsql security definer set search_path = ''
as $$
declare
    plan app.plan := private.plan_take(p_plan_id, 3);
    from_year constant integer := coalesce(p_from_year, extract(year from plan.period_from)::integer);
    to_year constant integer := coalesce(p_to_year, extract(year from plan.period_to)::integer);
    wanted_count integer;
    made jsonb;
begin
    if plan.status <> 'in_force' then
        raise exception 'the plan is %', plan.status using errcode = 'DV409', constraint = 'plan_closed';
    end if;
    if to_year < from_year then
        raise exception 'the years are in the wrong order'
            using errcode = 'DV422', column = 'to_year', constraint = 'wrong_order';
    end if;
    select count(*) into wanted_count from private.period_candidates(p_plan_id, p_kinds, from_year, to_year);
    with added as (
        insert into app.period (plan_id, kind, label, starts_on, ends_on)
        select p_plan_id, c.kind, c.label, c.starts_on, c.ends_on
        from private.period_candidates(p_plan_id, p_kinds, from_year, to_year) as c
        where not exists (
            select from app.period as d
            where d.plan_id = p_plan_id and d.kind = c.kind and d.starts_on = c.starts_on)
        returning label, ends_on, kind)
    select coalesce(jsonb_agg(a.label order by a.ends_on, a.label), '[]') into made from added as a;
    perform private.audit('generate_periods', 'plan', p_plan_id::text, jsonb_build_object('made', made));
    return jsonb_build_object('made', jsonb_array_length(made),
        'already_there', wanted_count - jsonb_array_length(made), 'labels', made);
end;
$$;

-- A leader's decisions --------------------------------------------------------------------------------

-- The period, locked for a command of the issuer's leader; refusals in this order: who, the plan, the
-- state, the version.
create function private.period_take(p_period_id uuid, p_version integer, p_states text[]) returns app.period
    language plpgsql security definer set search_path = ''
as $$
declare
    taken app.period;
    plan app.plan;
begin
    select d.* into taken from app.period as d where d.id = p_period_id for update;
    select p.* into plan from app.plan as p where p.id = taken.plan_id for share;
    if plan.issuer_unit_id is distinct from private.my_unit() or coalesce(private.my_rank(), 0) < 3 then
        raise exception 'not for the caller to decide' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if plan.status <> 'in_force' then
        raise exception 'the plan is %', plan.status using errcode = 'DV409', constraint = 'plan_closed';
    end if;
    if private.period_state(taken.opened_at, taken.locked_at, taken.opens_on, taken.expires_on, taken.locks_on,
        private.today()) <> all (p_states)
    then
        raise exception 'the period does not stand so' using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if taken.version <> p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = taken.version::text;
    end if;
    return taken;
end;
$$;

create function private.period_open(p_period_id uuid, p_version integer, p_reason text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    period app.period := private.period_take(p_period_id, p_version, array['planned']);
begin
    update app.period as d set opened_at = now(), recorded_state = 'open' where d.id = period.id;
    perform private.period_event_add(period.id, 'opened', 'decision', p_reason);
    perform private.period_open_reports(period.id);
end;
$$;

create function private.period_lock(p_period_id uuid, p_version integer, p_reason text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    period app.period := private.period_take(p_period_id, p_version, array['planned', 'open', 'expired']);
begin
    update app.period as d set locked_at = now(), recorded_state = 'locked' where d.id = period.id;
    perform private.period_event_add(period.id, 'locked', 'decision', p_reason);
end;
$$;

-- Until a new last day. A period that asked nobody yet asks now.
create function private.period_unlock(p_period_id uuid, p_version integer, p_locks_on date, p_reason text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    period app.period := private.period_take(p_period_id, p_version, array['locked']);
    next_state text;
begin
    if p_locks_on < private.today() then
        raise exception 'the day is over' using errcode = 'DV422', column = 'locks_on', constraint = 'in_the_past';
    end if;
    if p_locks_on < period.expires_on then
        raise exception 'it would lock before it is due'
            using errcode = 'DV422', column = 'locks_on', constraint = 'wrong_order';
    end if;
    next_state := private.period_state(
        period.opened_at, null, period.opens_on, period.expires_on, p_locks_on, private.today());
    update app.period as d
    set locked_at = null, locks_on = p_locks_on, recorded_state = next_state
    where d.id = period.id;
    perform private.period_event_add(period.id, 'unlocked', 'decision', p_reason);
    if next_state <> 'planned' and not exists (select from app.report as r where r.period_id = period.id) then
        perform private.period_open_reports(period.id);
    end if;
end;
$$;

-- A level's due day. What its units still owe follows; an exception's later day stands.
create function private.period_due_move(p_due_id uuid, p_version integer, p_due_on date, p_reason text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    due app.period_due;
    period app.period;
    last_due_on date;
begin
    select d.* into due from app.period_due as d where d.id = p_due_id;
    period := private.period_take(due.period_id, null, array['planned', 'open', 'expired']);
    select d.* into due from app.period_due as d where d.id = p_due_id for update;
    if due.version <> p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = due.version::text;
    end if;
    if p_due_on < period.opens_on then
        raise exception 'due before it opens' using errcode = 'DV422', column = 'due_on', constraint = 'wrong_order';
    end if;
    if p_due_on > period.locks_on then
        raise exception 'due after it locks' using errcode = 'DV422', column = 'due_on', constraint = 'after_lock';
    end if;
    update app.period_due as d set due_on = p_due_on where d.id = due.id;
    select max(d.due_on) into last_due_on from app.period_due as d where d.period_id = period.id;
    update app.period as d
    set expires_on = last_due_on,
        recorded_state = case when d.recorded_state = 'planned' then 'planned'
            else private.period_state(d.opened_at, null, d.opens_on, last_due_on, d.locks_on, private.today()) end
    where d.id = period.id;
    update app.report as r
    set due_on = greatest(p_due_on, (
        select e.until_on from app.period_exception as e
        where e.period_id = r.period_id and e.unit_id = r.unit_id and e.revoked_at is null))
    where r.period_id = period.id and r.level_id = due.level_id and r.is_outstanding;
    perform private.period_event_add(period.id, 'due_changed', 'decision', p_reason);
end;
$$;

set local role danvan_owner;

-- A period's days: those of its kind, counted from its last day, where they are not given.
create function private.period_defaults() returns trigger
    language plpgsql set search_path = ''
as $$
declare
    plan app.plan := (select p from app.plan as p where p.id = new.plan_id);
    kind app.period_kind := (select k from app.period_kind as k where k.code = new.kind);
begin
    if plan.id is null then
        raise exception 'plan_id names no visible plan' using errcode = 'DV422', column = 'plan_id', constraint = 'not_visible';
    end if;
    if kind.code is null then
        raise exception 'no such kind' using errcode = 'DV422', column = 'kind', constraint = 'not_a_choice';
    end if;
    if plan.status <> 'in_force' then
        raise exception 'the plan is %', plan.status using errcode = 'DV409', constraint = 'plan_closed';
    end if;
    -- a month is a month of the calendar, counted from 1 January
    if kind.months is not null and (
        extract(day from new.starts_on) <> 1
        or (extract(month from new.starts_on)::integer - 1) % kind.months <> 0
        or (extract(month from new.starts_on)::integer - 1) / kind.months >= kind.per_year
        or new.ends_on <> (new.starts_on + make_interval(months => kind.months))::date - 1)
    then
        raise exception 'not the days of such a period'
            using errcode = 'DV422', column = 'starts_on', constraint = 'not_of_kind';
    end if;
    if new.ends_on < plan.period_from or new.starts_on > plan.period_to then
        raise exception 'outside of the plan' using errcode = 'DV422', column = 'ends_on', constraint = 'out_of_range';
    end if;
    new.year := extract(year from new.ends_on);
    new.expires_on := coalesce(new.expires_on,
        (select max(d.due_on) from private.period_due_days(new.plan_id, new.kind, new.ends_on) as d), new.ends_on);
    new.opens_on := coalesce(new.opens_on, new.ends_on + kind.opens_offset_days);
    new.locks_on := coalesce(new.locks_on, new.expires_on + kind.locks_offset_days);
    new.recorded_state := case when private.today() > new.locks_on then 'locked' else 'planned' end;
    return new;
end;
$$;
create trigger period_10_defaults before insert on app.period
    for each row execute function private.period_defaults();
create trigger period_95_complete after insert on app.period
    for each row execute function private.period_complete();

-- Correcting a day by hand moves no period from one state to another: that is a decision, with a reason.
create function private.period_guard() returns trigger
    language plpgsql set search_path = ''
as $$
declare
    state_before constant text := private.period_state(
        old.opened_at, old.locked_at, old.opens_on, old.expires_on, old.locks_on, private.today());
begin
    if new.opens_on <> old.opens_on
        and (state_before <> 'planned' or new.opens_on <= private.today())
    then
        raise exception 'opening is a decision' using errcode = 'DV422', column = 'opens_on', constraint = 'decision_needed';
    end if;
    if new.locks_on <> old.locks_on and (state_before = 'locked' or new.locks_on < private.today()) then
        raise exception 'locking is a decision' using errcode = 'DV422', column = 'locks_on', constraint = 'decision_needed';
    end if;
    return new;
end;
$$;
create trigger period_30_guard before update of opens_on, locks_on on app.period
    for each row when (private.my_user() is not null and current_user <> 'danvan_policy')
    execute function private.period_guard();
