-- Emulation: what may be written when, and the states.
--
--   model    registered → effective (it works) → recognised (by a leader of a level, with a decision) → ended, or ended
--            before. Recognised again means by a higher level; the day of the first is kept.
--   drive    planned → under_way (launched) → summed_up, told by its days

set local role danvan_owner;

-- What was registered stays as it was once it is confirmed; the description may still be written better.
create function private.emulation_model_check() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    if not private.is_written_by_caller() then
        return new;
    end if;
    if tg_op = 'UPDATE' and (old.status = 'ended' or old.status <> 'registered'
        and (new.field, new.name, new.registered_on) is distinct from (old.field, old.name, old.registered_on))
    then
        raise exception 'the model is %', old.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if new.registered_on > private.today() then
        raise exception 'not yet' using errcode = 'DV422', column = 'registered_on', constraint = 'in_the_future';
    end if;
    return new;
end;
$$;

-- A launched drive keeps its kind, and its days once it is summed up.
create function private.emulation_drive_check() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    if private.is_written_by_caller() and (old.summed_up_on is not null or old.launched_on is not null and new.kind <> old.kind) then
        raise exception 'the drive is %', old.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    return new;
end;
$$;

create trigger emulation_model_30_visible before insert or update of plan_item_id, drive_id on app.emulation_model
    for each row execute function private.check_visible('plan_item_id', 'plan_item', 'drive_id', 'emulation_drive');
create trigger emulation_model_40_check before insert or update on app.emulation_model
    for each row execute function private.emulation_model_check();
create trigger emulation_drive_30_visible before insert or update of plan_item_id, document_id on app.emulation_drive
    for each row execute function private.check_visible('plan_item_id', 'plan_item', 'document_id', 'document');
create trigger emulation_drive_40_check before update on app.emulation_drive
    for each row execute function private.emulation_drive_check();
create trigger award_count_30_visible before insert or update of drive_id, document_id on app.award_count
    for each row execute function private.check_visible('drive_id', 'emulation_drive', 'document_id', 'document');

-- A model is taken over after it was registered, by now, and not by whoever has it.
create function private.emulation_replication_check() returns trigger
    language plpgsql set search_path = ''
as $$
declare
    model app.emulation_model;
begin
    if tg_op = 'DELETE' then
        if private.is_written_by_caller() and exists (
            select from app.emulation_model as m where m.id = old.model_id and m.status = 'ended')
        then
            raise exception 'the model has ended' using errcode = 'DV409', constraint = 'wrong_state';
        end if;
        return old;
    end if;
    new.recorded_by_unit_id := coalesce(new.recorded_by_unit_id, private.my_unit());
    if not private.is_written_by_caller() then
        return new;
    end if;
    select m.* into model from app.emulation_model as m where m.id = new.model_id;
    if model.status = 'ended' or model.status = 'registered' then
        raise exception 'the model is %', model.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if new.unit_id = model.owner_unit_id then
        raise exception 'its own unit' using errcode = 'DV422', column = 'unit_id', constraint = 'own_unit';
    end if;
    if new.replicated_on < model.registered_on then
        raise exception 'before it was registered'
            using errcode = 'DV422', column = 'replicated_on', constraint = 'wrong_order';
    end if;
    if new.replicated_on > private.today() then
        raise exception 'not yet' using errcode = 'DV422', column = 'replicated_on', constraint = 'in_the_future';
    end if;
    return new;
end;
$$;
create trigger emulation_replication_30_visible before insert on app.emulation_replication
    for each row execute function private.check_visible('model_id', 'emulation_model', 'unit_id', 'unit', 'area_id', 'area');
create trigger emulation_replication_40_check before insert or update or delete on app.emulation_replication
    for each row execute function private.emulation_replication_check();

set local role danvan_policy;

-- The model, locked: its own unit's (p_rank and above), or any of my scope where p_is_above says so.
create function private.emulation_model_take(
    p_id uuid, p_version integer, p_rank integer, p_is_above boolean, variadic p_states text[]) returns app.emulation_model
    language plpgsql security definer set search_path = ''
as $$
declare
    taken app.emulation_model;
begin
    select m.* into taken from app.emulation_model as m where m.id = p_id for no key update;
    if coalesce(private.my_rank(), 0) < p_rank
        or not (taken.owner_unit_id = private.my_unit() or p_is_above and private.in_my_scope(taken.province_key,
            taken.district_key, taken.grassroots_key, taken.province_line_key, taken.district_line_key, taken.grassroots_line_key))
    then
        raise exception 'not for the caller' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if not taken.status = any (p_states) then
        raise exception 'the model is %', taken.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if taken.version <> p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = taken.version::text;
    end if;
    return taken;
end;
$$;

create function private.emulation_model_confirm(p_id uuid, p_version integer) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.emulation_model_take(p_id, p_version, 3, false, 'registered');
    update app.emulation_model as m set status = 'effective', effective_on = private.today() where m.id = p_id;
end;
$$;

-- At the level of the unit that recognises; what is recognised already, only higher.
create function private.emulation_model_recognise(p_id uuid, p_version integer, p_document_id uuid) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    taken constant app.emulation_model :=
        private.emulation_model_take(p_id, p_version, 3, true, 'effective', 'recognised');
begin
    if taken.recognition_level_id <= private.my_level() then
        raise exception 'recognised at this level or above' using errcode = 'DV409', constraint = 'already_recognised';
    end if;
    update app.emulation_model as m
    set status = 'recognised', recognised_on = coalesce(m.recognised_on, private.today()),
        recognition_level_id = private.my_level(), recognised_by_unit_id = private.my_unit(), document_id = p_document_id
    where m.id = p_id;
end;
$$;

create function private.emulation_model_end(p_id uuid, p_version integer, p_reason text) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.emulation_model_take(p_id, p_version, 2, false, 'registered', 'effective', 'recognised');
    update app.emulation_model as m set status = 'ended', ended_on = private.today(), end_reason = p_reason where m.id = p_id;
end;
$$;

create function private.emulation_drive_move(p_id uuid, p_version integer, p_to text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    taken app.emulation_drive;
begin
    select d.* into taken from app.emulation_drive as d where d.id = p_id for no key update;
    if taken.owner_unit_id is distinct from private.my_unit() or coalesce(private.my_rank(), 0) < 3 then
        raise exception 'not for the caller' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if taken.status <> (case p_to when 'under_way' then 'planned' else 'under_way' end) then
        raise exception 'the drive is %', taken.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if taken.version <> p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = taken.version::text;
    end if;
    if p_to = 'under_way' then
        update app.emulation_drive as d set launched_on = private.today() where d.id = p_id;
    else
        update app.emulation_drive as d set summed_up_on = private.today() where d.id = p_id;
    end if;
end;
$$;
