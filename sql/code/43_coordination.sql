-- Coordination plans: what may be written when, signing, ending, and work given by their items.
--
--   draft → signed → ended. In a draft everything changes; signed is read-only, but that who leads an item and by when may
--   still be said until it is given. Items: draft → open (given) → completed, or withdrawn.
-- Checks of what clients write do not bind danvan_policy: commands and reorganisations know what they do.

set local role danvan_policy;

create function private.coordination_plan_check() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    if private.my_user() is null then -- loading
        return case tg_op when 'DELETE' then old else new end;
    end if;
    if tg_op <> 'INSERT' and old.status <> 'draft' then
        raise exception 'the plan is %', old.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    perform private.work_plan_check(new.plan_id, new.plan_item_id);
    return new;
end;
$$;

-- Parties change in a draft. The plan is locked, so that signing does not come between.
create function private.coordination_party_check() returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    of_plan app.coordination_plan;
begin
    if private.my_user() is null then -- loading
        return case tg_op when 'DELETE' then old else new end;
    end if;
    select c.* into of_plan from app.coordination_plan as c
    where c.id = case tg_op when 'DELETE' then old.coordination_plan_id else new.coordination_plan_id end for no key update;
    if of_plan.id is null then -- goes with its plan, or names none: the foreign key says so
        return case tg_op when 'DELETE' then old else new end;
    end if;
    if of_plan.status <> 'draft' then
        raise exception 'the plan is %', of_plan.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    if new.unit_id = of_plan.owner_unit_id then
        raise exception 'the owner signs anyhow' using errcode = 'DV422', column = 'unit_id', constraint = 'same_unit';
    end if;
    if tg_op = 'INSERT' and not exists (select from app.unit as u where u.id = new.unit_id and u.is_active) then
        raise exception 'the unit has ended' using errcode = 'DV422', column = 'unit_id', constraint = 'not_active';
    end if;
    return new;
end;
$$;

create function private.is_of_coordination_plan(p_plan_id uuid, p_unit_id integer) returns boolean
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return exists (select from app.coordination_plan as c where c.id = p_plan_id and c.owner_unit_id = p_unit_id)
        or exists (
            select from app.coordination_party as p where p.coordination_plan_id = p_plan_id and p.unit_id = p_unit_id);
end;
$$;

create function private.coordination_item_check() returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    of_plan app.coordination_plan;
begin
    if private.my_user() is null then -- loading
        return case tg_op when 'DELETE' then old else new end;
    end if;
    select c.* into of_plan from app.coordination_plan as c
    where c.id = case tg_op when 'DELETE' then old.coordination_plan_id else new.coordination_plan_id end for no key update;
    if of_plan.id is null then
        return case tg_op when 'DELETE' then old else new end;
    end if;
    if of_plan.status <> 'draft' and (tg_op <> 'UPDATE' or of_plan.status = 'ended' or new.status <> 'draft'
        or (new.position, new.title, new.text) is distinct from (old.position, old.title, old.text))
    then
        raise exception 'the plan is %', of_plan.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    if new.lead_unit_id is not null and not private.is_of_coordination_plan(of_plan.id, new.lead_unit_id) then
        raise exception 'no party leads it' using errcode = 'DV422', column = 'lead_unit_id', constraint = 'not_a_member';
    end if;
    return new;
end;
$$;

-- Commands -------------------------------------------------------------------------------------------------

create function private.coordination_plan_take(p_id uuid, p_version integer, p_state text) returns app.coordination_plan
    language plpgsql security definer set search_path = ''
as $$
declare
    taken app.coordination_plan;
begin
    select c.* into taken from app.coordination_plan as c where c.id = p_id for no key update;
    if taken.owner_unit_id is distinct from private.my_unit() or coalesce(private.my_rank(), 0) < 2 then
        raise exception 'not for the caller' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if taken.status <> p_state then
        raise exception 'the plan is %', taken.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if taken.version <> p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = taken.version::text;
    end if;
    return taken;
end;
$$;

-- Signed by all: from now on parties and those above see it with its items.
create function private.coordination_plan_sign(p_id uuid, p_version integer, p_signed_on date, p_document_id uuid) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    signing constant app.coordination_plan := private.coordination_plan_take(p_id, p_version, 'draft');
begin
    if p_signed_on > private.today() then
        raise exception 'that day has not come' using errcode = 'DV422', column = 'signed_on', constraint = 'in_the_future';
    end if;
    if not exists (select from app.coordination_party as p where p.coordination_plan_id = signing.id) then
        raise exception 'with whom?' using errcode = 'DV409', constraint = 'no_parties';
    end if;
    -- a party that led an item may have been taken out since
    if exists (
        select from app.coordination_item as i
        where i.coordination_plan_id = signing.id and i.lead_unit_id is not null
            and not private.is_of_coordination_plan(signing.id, i.lead_unit_id))
    then
        raise exception 'a lead is no party' using errcode = 'DV409', constraint = 'not_a_member';
    end if;
    update app.coordination_plan as c
    set status = 'signed', signed_on = p_signed_on, document_id = coalesce(p_document_id, c.document_id)
    where c.id = signing.id;
    update app.coordination_item as i set is_signed = true where i.coordination_plan_id = signing.id;
end;
$$;

-- Over, by its time or before it. Work it gave goes on.
create function private.coordination_plan_end(p_id uuid, p_version integer, p_ended_on date, p_reason text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    ending constant app.coordination_plan := private.coordination_plan_take(p_id, p_version, 'signed');
begin
    if p_ended_on > private.today() then
        raise exception 'that day has not come' using errcode = 'DV422', column = 'ended_on', constraint = 'in_the_future';
    end if;
    if p_ended_on < ending.signed_on then
        raise exception 'before it was signed' using errcode = 'DV422', column = 'ended_on', constraint = 'wrong_order';
    end if;
    update app.coordination_plan as c set status = 'ended', ended_on = p_ended_on, end_reason = p_reason where c.id = ending.id;
end;
$$;

create function private.coordination_item_take(p_id uuid, p_version integer, variadic p_states text[]) returns app.coordination_item
    language plpgsql security definer set search_path = ''
as $$
declare
    taken app.coordination_item;
begin
    perform private.lock_work(p_id);
    select i.* into taken from app.coordination_item as i where i.id = p_id for no key update;
    if taken.owner_unit_id is distinct from private.my_unit() or coalesce(private.my_rank(), 0) < 2 then
        raise exception 'not for the caller' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if not taken.status = any (p_states) or not taken.is_signed then
        raise exception 'the item is %', taken.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if taken.version <> p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = taken.version::text;
    end if;
    return taken;
end;
$$;

create function private.coordination_item_give(p_id uuid, p_version integer) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    item constant app.coordination_item := private.coordination_item_take(p_id, p_version, 'draft');
    of_plan app.coordination_plan;
    giver_code constant text := (select u.code from app.unit as u where u.id = item.owner_unit_id);
begin
    perform private.work_is_told(item.lead_unit_id, item.due_on);
    select c.* into of_plan from app.coordination_plan as c where c.id = item.coordination_plan_id for no key update;
    if of_plan.status <> 'signed' then
        raise exception 'the plan is %', of_plan.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if of_plan.plan_id is not null then
        -- the other parties take part; the number is the owner's, so that no two of its works bear one name
        perform private.give_work('coordination', item.id, item.owner_unit_id, of_plan.plan_id, of_plan.plan_item_id, item.title,
            format('%s, việc %s (%s)', left(coalesce(of_plan.number, of_plan.title), 50), (
                select count(*) + 1 from app.coordination_item as i
                where i.owner_unit_id = item.owner_unit_id and i.given_on is not null), left(giver_code, 30)),
            item.lead_unit_id, item.due_on, array(
                select p.unit_id from app.coordination_party as p where p.coordination_plan_id = of_plan.id
                union select of_plan.owner_unit_id));
    end if;
    update app.coordination_item as i set status = 'open', given_on = private.today() where i.id = item.id;
end;
$$;

create function private.coordination_item_withdraw(p_id uuid, p_version integer, p_reason text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    item constant app.coordination_item := private.coordination_item_take(p_id, p_version, 'draft', 'open');
begin
    perform private.withdraw_work(item.id, p_reason);
    update app.coordination_item as i set status = 'withdrawn', withdrawn_on = private.today(), withdraw_reason = p_reason
    where i.id = item.id;
end;
$$;

create function private.coordination_item_complete(p_id uuid, p_version integer, p_completed_on date) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    item constant app.coordination_item := private.coordination_item_take(p_id, p_version, 'open');
begin
    perform private.work_by_hand(item.id, item.given_on, p_completed_on);
    update app.coordination_item as i set status = 'completed', completed_on = p_completed_on where i.id = item.id;
end;
$$;

set local role danvan_owner;

create trigger coordination_plan_30_visible before insert or update of plan_id, plan_item_id, document_id on app.coordination_plan
    for each row when (current_user <> 'danvan_policy')
    execute function private.check_visible('plan_id', 'plan', 'plan_item_id', 'plan_item', 'document_id', 'document');
create trigger coordination_plan_40_check
    before insert or delete or update of partner_kind, term, year, until_year, number, title, plan_id, plan_item_id, document_id
    on app.coordination_plan
    for each row when (current_user <> 'danvan_policy') execute function private.coordination_plan_check();

create trigger coordination_party_30_visible before insert on app.coordination_party
    for each row execute function private.check_visible('coordination_plan_id', 'coordination_plan', 'unit_id', 'unit');
create trigger coordination_party_40_check before insert or delete or update of signatory on app.coordination_party
    for each row when (current_user <> 'danvan_policy') execute function private.coordination_party_check();

create trigger coordination_item_30_visible before insert or update of lead_unit_id on app.coordination_item
    for each row when (current_user <> 'danvan_policy')
    execute function private.check_visible('coordination_plan_id', 'coordination_plan', 'lead_unit_id', 'unit');
create trigger coordination_item_40_check
    before insert or delete or update of position, title, text, lead_unit_id, due_on on app.coordination_item
    for each row when (current_user <> 'danvan_policy') execute function private.coordination_item_check();
