-- Reorganisations, their steps and parts, and the links they leave. Commands:
--
--   reorganisation_preview    what it would make, end and move; nothing is done
--   reorganisation_carry_out  an administrator of the level above: at once, or on its day: {"later": true}
--   reorganisation_withdraw   {"reason"}: a draft by who prepares it, else by who may decide
-- Refusals: DV404 not visible; DV403 not_permitted; DV409 wrong_state / has_faults; DV412 with the current
-- version in DETAIL; DV422 with the field.

set local role danvan_owner;

create view api.reorganisations with (security_invoker = true) as
select
    r.id,
    r.title,
    r.document_id,
    d.symbol as document_symbol,
    r.legal_basis,
    r.effective_on,
    r.is_doubtful,
    r.doubt,
    r.status,
    r.owner_unit_id,
    o.name as owner_unit_name,
    r.prepared_by,
    r.decided_by,
    r.decided_unit_id,
    w.name as decided_unit_name,
    r.decided_at,
    r.carried_out_at,
    r.withdrawn_at,
    r.withdraw_reason,
    (select count(*) from app.reorganisation_step as t where t.reorganisation_id = r.id)::integer as step_count,
    r.outcome,
    r.version,
    r.created_at,
    r.updated_at,
    case when (select private.my_is_admin()) and r.status in ('draft', 'scheduled') then
        array_remove(array[
            case when r.status = 'draft' and r.owner_unit_id = (select private.my_unit()) then 'update' end,
            case when r.status = 'draft' and r.owner_unit_id = (select private.my_unit()) then 'delete' end,
            case when r.owner_unit_id = (select private.my_unit()) or private.may_decide_reorganisation(r.id) then 'preview' end,
            case when r.status = 'draft' and private.may_decide_reorganisation(r.id) then 'carry-out' end,
            case when (r.status = 'draft' and r.owner_unit_id = (select private.my_unit()))
                or private.may_decide_reorganisation(r.id) then 'withdraw' end], null)
        else '{}' end::text[] as actions,
    private.search_text(r.title || ' ' || coalesce(r.legal_basis, '')) as search
from app.reorganisation as r
left join app.document as d on d.id = r.document_id
left join private.unit_today as o on o.unit_id = r.owner_unit_id
left join private.unit_today as w on w.unit_id = r.decided_unit_id;

create view api.reorganisation_steps with (security_invoker = true) as
select
    t.id,
    t.reorganisation_id,
    t.position,
    t.subject,
    t.kind,
    t.with_units,
    t.moves_accounts,
    t.note,
    t.version,
    t.created_at,
    t.updated_at,
    case when private.prepares_reorganisation(t.reorganisation_id) then array['update', 'delete'] else '{}' end::text[] as actions
from app.reorganisation_step as t;

create view api.reorganisation_parts with (security_invoker = true) as
select
    p.id,
    t.reorganisation_id,
    p.step_id,
    t.position as step_position,
    p.side,
    p.position,
    p.area_id,
    a.name as area_name,
    p.unit_id,
    u.name as unit_name,
    p.new_code,
    p.new_name,
    p.new_short_name,
    p.new_kind,
    p.new_level_id,
    p.new_area_id,
    p.new_area_part_id,
    p.new_parent_unit_id,
    p.new_parent_part_id,
    p.allocation,
    p.share_permille,
    p.made_area_id,
    p.made_unit_id,
    p.version,
    p.created_at,
    p.updated_at,
    case when private.prepares_step(p.step_id) then array['update', 'delete'] else '{}' end::text[] as actions
from app.reorganisation_part as p
join app.reorganisation_step as t on t.id = p.step_id
-- as it is or was called last
left join lateral (
    select v.name from app.area_version as v where v.area_id = p.area_id order by v.valid_from desc limit 1) as a on true
left join lateral (
    select v.name from app.unit_version as v where v.unit_id = p.unit_id order by v.valid_from desc limit 1) as u on true;

create view api.reorganisation_function_items with (security_invoker = true) as
select f.id, t.reorganisation_id, f.step_id, f.plan_item_id, i.code as item_code, i.title, f.version, f.created_at,
    case when private.prepares_step(f.step_id) then array['delete'] else '{}' end::text[] as actions
from app.reorganisation_function_item as f
join app.reorganisation_step as t on t.id = f.step_id
left join app.plan_item as i on i.id = f.plan_item_id;

create view api.area_links with (security_invoker = true) as
select
    l.id,
    l.predecessor_id,
    p.name as predecessor_name,
    p.code as predecessor_code,
    l.successor_id,
    s.name as successor_name,
    s.code as successor_code,
    l.effective_on,
    l.allocation,
    l.share_permille,
    t.reorganisation_id,
    t.kind,
    1 as version
from app.area_link as l
left join app.reorganisation_step as t on t.id = l.step_id
left join app.area_version as p on p.area_id = l.predecessor_id
    and p.valid_from < l.effective_on and (p.valid_to is null or p.valid_to >= l.effective_on)
left join app.area_version as s on s.area_id = l.successor_id
    and s.valid_from <= l.effective_on and (s.valid_to is null or s.valid_to > l.effective_on);

create view api.unit_links with (security_invoker = true) as
select
    l.id,
    l.predecessor_id,
    p.name as predecessor_name,
    pu.code as predecessor_code,
    l.successor_id,
    s.name as successor_name,
    su.code as successor_code,
    l.effective_on,
    l.allocation,
    l.share_permille,
    l.is_function,
    t.reorganisation_id,
    t.kind,
    1 as version
from app.unit_link as l
left join app.reorganisation_step as t on t.id = l.step_id
left join app.unit as pu on pu.id = l.predecessor_id
left join app.unit as su on su.id = l.successor_id
left join app.unit_version as p on p.unit_id = l.predecessor_id
    and p.valid_from < l.effective_on and (p.valid_to is null or p.valid_to >= l.effective_on)
left join app.unit_version as s on s.unit_id = l.successor_id
    and s.valid_from <= l.effective_on and (s.valid_to is null or s.valid_to > l.effective_on);

create function private.reorganisation_visible(p_id uuid) returns void
    language plpgsql set search_path = ''
as $$
begin
    if not exists (select from app.reorganisation as r where r.id = p_id) then
        raise exception 'no such reorganisation' using errcode = 'DV404';
    end if;
end;
$$;

create function api.reorganisation_preview(p_id uuid, p_version integer default null, p_body jsonb default null) returns jsonb
    language plpgsql set search_path = ''
as $$
begin
    perform private.reorganisation_visible(p_id);
    return private.reorganisation_look(p_id);
end;
$$;

create function api.reorganisation_carry_out(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.reorganisation_visible(p_id);
    perform private.reorganisation_decide(p_id, p_version, coalesce((p_body ->> 'later')::boolean, false));
end;
$$;

create function api.reorganisation_withdraw(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.reorganisation_visible(p_id);
    perform private.reorganisation_withdraw(p_id, p_version, p_body ->> 'reason');
end;
$$;
