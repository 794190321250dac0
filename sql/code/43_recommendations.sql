-- Recommendations of inspections: the commands of the inspecting unit's leader on those that are open. How they are
-- written and given is 43_inspections.sql's.

set local role danvan_policy;

-- An open recommendation of my unit's, for its leader. The assignment is locked before it, as where the lead reports.
create function private.recommendation_take(p_id uuid, p_version integer) returns app.recommendation
    language plpgsql security definer set search_path = ''
as $$
declare
    taken app.recommendation;
begin
    perform private.lock_work(p_id);
    select r.* into taken from app.recommendation as r where r.id = p_id for no key update;
    if taken.owner_unit_id is distinct from private.my_unit() or coalesce(private.my_rank(), 0) < 3 then
        raise exception 'not for the caller' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if taken.status <> 'open' then
        raise exception 'the recommendation is %', taken.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if taken.version <> p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = taken.version::text;
    end if;
    return taken;
end;
$$;

-- Seen to be carried out: both sides are closed at once (private.given_work_follow).
create function private.recommendation_complete(p_id uuid, p_version integer) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.recommendation_take(p_id, p_version);
    if not private.complete_work(p_id, null) then
        raise exception 'no open assignment' using errcode = 'DV409', constraint = 'wrong_state';
    end if;
end;
$$;

create function private.recommendation_withdraw(p_id uuid, p_version integer, p_reason text) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.recommendation_take(p_id, p_version);
    update app.recommendation as r
    set status = 'withdrawn', withdrawn_on = private.today(), withdraw_reason = p_reason
    where r.id = p_id;
    perform private.withdraw_work(p_id, p_reason);
end;
$$;
