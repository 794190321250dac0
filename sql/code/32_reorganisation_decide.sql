-- Who decides on a reorganisation: an administrator of the level above, whose scope covers all it touches.

set local role danvan_policy;

-- Everything it changes stands below the caller's level and in the caller's scope; units of the province's
-- own level are the matter of its all-lines administrators. Where it only leads to (the province that
-- dissolved districts go to), it changes nothing.
create function private.may_decide_reorganisation(p_id uuid) returns boolean
    language plpgsql stable security definer set search_path = ''
as $$
declare
    sees_all constant boolean := private.my_scope_code() in (select s.code from app.scope as s where not s.is_own_line);
begin
    return private.my_is_admin()
        and exists (select from app.reorganisation as r where r.id = p_id and r.owner_unit_id is not null)
        and not exists (
            select
            from app.reorganisation_step as t
            join app.reorganisation_part as p on p.step_id = t.id
            left join app.area as a on a.id = p.area_id
            left join app.unit as u on u.id = p.unit_id
            where t.reorganisation_id = p_id
                and num_nonnulls(p.area_id, p.unit_id) = 1
                and not (t.kind = 'dissolve' and p.side = 'to')
                and (
                    coalesce(a.level_id, u.level_id) < private.my_level()
                    or (coalesce(a.level_id, u.level_id) = private.my_level() and not (
                        u.id is not null and sees_all and u.level_id = (select min(l.id) from app.level as l)))
                    or not private.in_my_scope(
                        coalesce(a.province_key, u.province_key), coalesce(a.district_key, u.district_key),
                        coalesce(a.grassroots_key, u.grassroots_key),
                        u.province_line_key, u.district_line_key, u.grassroots_line_key)))
        and not exists (
            -- what is made is made below the caller, or is a unit of the province's own level
            select
            from app.reorganisation_step as t
            join app.reorganisation_part as p on p.step_id = t.id
            left join app.area as a on a.id = p.new_area_id
            left join app.unit as o on o.id = p.new_parent_unit_id
            where t.reorganisation_id = p_id
                and ((t.subject = 'area' and p.new_level_id <= private.my_level())
                    or (a.id is not null and not private.in_my_scope(a.province_key, a.district_key, a.grassroots_key,
                        case when t.subject = 'unit' then a.province_key * 100 + private.my_line() end,
                        case when t.subject = 'unit' then a.district_key * 100 + private.my_line() end,
                        case when t.subject = 'unit' then a.grassroots_key * 100 + private.my_line() end))
                    or (o.id is not null and not private.in_my_scope(o.province_key, o.district_key, o.grassroots_key,
                        o.province_line_key, o.district_line_key, o.grassroots_line_key))))
        and not exists (
            -- whoever sees one line makes nothing of another: a kind brings its line, and the line a scope
            select
            from app.reorganisation_step as t
            join app.reorganisation_part as p on p.step_id = t.id
            join app.unit_kind as k on k.code = p.new_kind
            where t.reorganisation_id = p_id and t.subject = 'unit'
                and not sees_all and k.line_id <> private.my_line());
end;
$$;

-- The reorganisation, locked for a command; refusals in this order: who, the state, the version.
create function private.reorganisation_take(p_id uuid, p_version integer, p_may boolean, p_states text[])
    returns app.reorganisation
    language plpgsql security definer set search_path = ''
as $$
declare
    taken app.reorganisation;
begin
    select r.* into taken from app.reorganisation as r where r.id = p_id for update;
    if not coalesce(p_may, false) then
        raise exception 'not for the caller to decide' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if taken.status <> all (p_states) then
        raise exception 'the reorganisation is %', taken.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if taken.version <> p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = taken.version::text;
    end if;
    return taken;
end;
$$;

-- Its day has come: now; else it waits for its day, or for the program's next round, and can be withdrawn
-- until then. Directory tables are locked before the row: carrying out locks in that order everywhere.
create function private.reorganisation_decide(p_id uuid, p_version integer, p_is_later boolean) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    reorganisation app.reorganisation;
begin
    if private.may_decide_reorganisation(p_id) and not p_is_later then
        lock table app.unit, app.area in share row exclusive mode;
    end if;
    reorganisation := private.reorganisation_take(p_id, p_version, private.may_decide_reorganisation(p_id),
        array['draft']);
    perform private.reorganisation_refuse_faults(p_id);
    update app.reorganisation as r
    set status = 'scheduled', decided_by = private.my_user(), decided_unit_id = private.my_unit(), decided_at = now()
    where r.id = p_id;
    if p_is_later or reorganisation.effective_on > private.today() then
        perform private.audit('schedule', 'reorganisation', p_id::text,
            jsonb_build_object('effective_on', reorganisation.effective_on));
    else
        perform private.reorganisation_carry_out(p_id);
    end if;
end;
$$;

create function private.reorganisation_withdraw(p_id uuid, p_version integer, p_reason text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    reorganisation constant app.reorganisation := (select r from app.reorganisation as r where r.id = p_id);
    said constant text := private.report_reason(p_reason, 'reason', 1000);
begin
    perform private.reorganisation_take(p_id, p_version,
        private.may_decide_reorganisation(p_id)
            or (private.my_is_admin() and reorganisation.owner_unit_id = private.my_unit() and reorganisation.status = 'draft'),
        array['draft', 'scheduled']);
    update app.reorganisation as r
    set status = 'withdrawn', withdrawn_at = now(), withdraw_reason = said
    where r.id = p_id;
    perform private.audit('withdraw', 'reorganisation', p_id::text, jsonb_build_object('reason', said));
end;
$$;

-- A look at what it would do is for whoever prepares or may decide on it, while nothing is done.
create function private.reorganisation_look(p_id uuid) returns jsonb
    language plpgsql security definer set search_path = ''
as $$
declare
    reorganisation constant app.reorganisation := (select r from app.reorganisation as r where r.id = p_id);
begin
    if not private.my_is_admin()
        or not (reorganisation.owner_unit_id = private.my_unit() or private.may_decide_reorganisation(p_id))
    then
        raise exception 'not for the caller' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if reorganisation.status not in ('draft', 'scheduled') then
        raise exception 'the reorganisation is %', reorganisation.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    return private.reorganisation_preview(p_id);
end;
$$;
