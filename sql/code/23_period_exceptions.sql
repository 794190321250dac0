-- Exceptions: one unit may write in a period until a day of its own, past the lock too. Granted by a
-- leader of its superior or of the plan's issuer, with a reason; the unit's report follows.

set local role danvan_policy;

-- Does the caller grant and take back exceptions for this unit? A leader of its superior, or of the issuer.
create function private.period_exception_mine(p_period_id uuid, p_unit_id integer) returns boolean
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return coalesce(private.my_rank(), 0) >= 3 and exists (
        select
        from app.period as d
        join app.plan as p on p.id = d.plan_id
        left join app.report as r on r.period_id = d.id and r.unit_id = p_unit_id
        where d.id = p_period_id
            and private.my_unit() in (
                p.issuer_unit_id, coalesce(r.superior_unit_id, private.superior_of(p_unit_id, d.plan_id))));
end;
$$;

-- Checked before the row is made: who grants it, in their own name, for whom and until when.
create function private.period_exception_take() returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    period app.period;
    plan_status text;
    unit_due_on date;
begin
    -- one that goes on at a successor comes complete and is left alone: nobody else names who granted it
    if new.granted_by is not null then
        return new;
    end if;
    if private.my_user() is not null then
        new.granted_by := private.my_user();
        new.granted_unit_id := private.my_unit();
        if not private.period_exception_mine(new.period_id, new.unit_id) then
            raise exception 'not for the caller to grant' using errcode = 'DV403', constraint = 'not_permitted';
        end if;
    end if;
    select d.* into period from app.period as d where d.id = new.period_id for share;
    select p.status into plan_status from app.plan as p where p.id = period.plan_id;
    if plan_status <> 'in_force' then
        raise exception 'the plan is %', plan_status using errcode = 'DV409', constraint = 'plan_closed';
    end if;
    if period.recorded_state = 'planned' then
        raise exception 'the period has not opened' using errcode = 'DV409', constraint = 'not_open';
    end if;
    if not exists (select from app.unit as u where u.id = new.unit_id and u.is_active) then
        raise exception 'the unit is no more' using errcode = 'DV422', column = 'unit_id', constraint = 'not_active';
    end if;
    -- it makes a report owed: of units that the issuer gives work to, or that report already
    if not exists (select from private.plan_reach as x where x.plan_id = period.plan_id and x.unit_id = new.unit_id)
        and not exists (select from app.report as r where r.period_id = period.id and r.unit_id = new.unit_id)
    then
        raise exception 'the unit is not of the issuer''s own'
            using errcode = 'DV422', column = 'unit_id', constraint = 'outside_issuer';
    end if;
    if new.until_on < private.today() then
        raise exception 'the day is over' using errcode = 'DV422', column = 'until_on', constraint = 'in_the_past';
    end if;
    select due.due_on into unit_due_on
    from app.unit as u
    join app.period_due as due on due.period_id = period.id and due.level_id = u.level_id
    where u.id = new.unit_id;
    if new.until_on <= coalesce(unit_due_on, period.expires_on) then
        raise exception 'no more time than everybody has'
            using errcode = 'DV422', column = 'until_on', constraint = 'not_later';
    end if;
    return new;
end;
$$;

-- The unit's report follows; a unit that was not asked owes one from now on.
create function private.period_exception_apply() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    insert into app.report as r (period_id, plan_id, unit_id, superior_unit_id, due_on, original_due_on)
    select d.id, d.plan_id, u.id, private.superior_of(u.id, d.plan_id), new.until_on, coalesce(due.due_on, d.expires_on)
    from app.period as d
    join app.unit as u on u.id = new.unit_id
    left join app.period_due as due on due.period_id = d.id and due.level_id = u.level_id
    where d.id = new.period_id
    on conflict (period_id, unit_id) do update set due_on = greatest(r.due_on, excluded.due_on) where r.is_outstanding;
    return null;
end;
$$;

-- Taken back: what is still owed is due with everybody else's again.
create function private.period_exception_revoke(p_exception_id uuid, p_version integer) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    taken app.period_exception;
begin
    select e.* into taken from app.period_exception as e where e.id = p_exception_id for update;
    if not (private.period_exception_mine(taken.period_id, taken.unit_id)
        or (taken.granted_unit_id = private.my_unit() and private.my_rank() >= 3))
    then
        raise exception 'not for the caller to revoke' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if taken.revoked_at is not null then
        raise exception 'revoked before' using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if taken.version <> p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = taken.version::text;
    end if;
    update app.period_exception as e set revoked_at = now(), revoked_by = private.my_user() where e.id = taken.id;
    update app.report as r
    set due_on = coalesce(
        (select due.due_on from app.period_due as due where due.period_id = r.period_id and due.level_id = r.level_id),
        (select d.expires_on from app.period as d where d.id = r.period_id))
    where r.period_id = taken.period_id and r.unit_id = taken.unit_id and r.is_outstanding;
end;
$$;

set local role danvan_owner;

create trigger period_exception_05_visible before insert on app.period_exception
    for each row execute function private.check_visible('period_id', 'period', 'unit_id', 'unit');
create trigger period_exception_10_take before insert on app.period_exception
    for each row execute function private.period_exception_take();
create trigger period_exception_95_apply after insert on app.period_exception
    for each row execute function private.period_exception_apply();
