-- A plan that carries out the plan above (kế hoạch cụ thể hóa): what its items may point at, and whom
-- it may give work to.

set local role danvan_owner;

-- Whom a plan may make lead: the units of its issuer's own scope. A board gives work to every line of
-- its area, a union to its own line there, and nobody to the level above.
create view private.plan_reach with (security_invoker = true) as
select p.id as plan_id, u.id as unit_id
from app.plan as p
join private.acting_unit as a on a.unit_id = p.issuer_unit_id
join app.unit as u on a.scope_key = case a.scope_code
    when 'province' then u.province_key
    when 'province_line' then u.province_line_key
    when 'district' then u.district_key
    when 'district_line' then u.district_line_key
    when 'grassroots' then u.grassroots_key
    when 'grassroots_line' then u.grassroots_line_key
end;

-- An item carries out an item of the plan that its own plan names as the one above; one of another
-- plan, a hidden one and one that never was are answered alike.
create function private.plan_item_carries_out() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    if new.carries_out_id is not null and not exists (
        select from app.plan as p
        join app.plan_item as up on up.plan_id = p.parent_plan_id
        where p.id = new.plan_id and up.id = new.carries_out_id)
    then
        raise exception 'carries_out_id names no item of the plan above'
            using errcode = 'DV422', column = 'carries_out_id', constraint = 'not_of_parent';
    end if;
    return new;
end;
$$;
create trigger plan_item_30_carries_out before insert or update of plan_id, carries_out_id on app.plan_item
    for each row execute function private.plan_item_carries_out();

-- A plan leaves the plan above only when none of its items points there any more.
create function private.plan_parent() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    if new.parent_plan_id = new.id then
        raise exception 'a plan does not carry out itself'
            using errcode = 'DV422', column = 'parent_plan_id', constraint = 'same_record';
    end if;
    if tg_op = 'UPDATE' and new.parent_plan_id is distinct from old.parent_plan_id and exists (
        select from app.plan_item as i where i.plan_id = new.id and i.carries_out_id is not null)
    then
        raise exception 'items carry out the plan above'
            using errcode = 'DV422', column = 'parent_plan_id', constraint = 'items_carry_out';
    end if;
    if not exists (select from app.report_outline as o where o.code = new.report_outline) then
        raise exception 'no such outline'
            using errcode = 'DV422', column = 'report_outline', constraint = 'not_a_choice';
    end if;
    return new;
end;
$$;
create trigger plan_30_parent before insert or update of parent_plan_id, report_outline on app.plan
    for each row execute function private.plan_parent();

set local role danvan_policy;

create function private.item_reaches(p_plan_item_id uuid, p_unit_id integer) returns boolean
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return exists (
        select from app.plan_item as i
        join private.plan_reach as r on r.plan_id = i.plan_id and r.unit_id = p_unit_id
        where i.id = p_plan_item_id);
end;
$$;

set local role danvan_owner;

-- Said when it is written, and once more when the plan is issued: units move.
create function private.responsibility_reach() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    if new.role = 'lead' and new.unit_id is not null and not private.item_reaches(new.plan_item_id, new.unit_id) then
        raise exception 'the unit is not of the issuer''s own'
            using errcode = 'DV422', column = 'unit_id', constraint = 'outside_issuer';
    end if;
    return new;
end;
$$;
-- after 30_visible, which tells a hidden unit from one that is merely not the issuer's
create trigger responsibility_40_reach before insert or update of plan_item_id, role, unit_id on app.responsibility
    for each row execute function private.responsibility_reach();

set local role danvan_policy;

-- What issuing a plan suggests and does not do: the issuer's own open assignments under the plan above
-- that ask for a plan of one's own, with a note to report them with.
create function private.plan_answers_for(p_plan_id uuid) returns jsonb
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return (
        select coalesce(jsonb_agg(jsonb_build_object(
            'assignment_id', a.id, 'item_code', i.code, 'occurrence', a.occurrence, 'due_on', a.due_on,
            'version', a.version, 'note', 'Đã ban hành Kế hoạch số ' || p.number) order by a.due_on, a.id), '[]')
        from app.plan as p
        join app.plan_item as i on i.plan_id = p.parent_plan_id and i.asks_own_plan
        join app.assignment as a on a.plan_item_id = i.id and a.lead_unit_id = p.issuer_unit_id and a.is_pending and a.source = 'plan'
        where p.id = p_plan_id);
end;
$$;
