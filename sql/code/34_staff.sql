-- What staff, posts and establishments keep by themselves: scope keys, checks, versions, the record.

set local role danvan_owner;

-- A row stands where its unit stands, and follows it. Nobody named: the caller's own.
create function private.staff_keys() returns trigger
    language plpgsql set search_path = ''
as $$
declare
    of_unit app.unit;
begin
    if tg_op = 'INSERT' then
        new.unit_id := coalesce(new.unit_id, private.my_unit());
    end if;
    of_unit := private.visible_unit(new.unit_id, 'unit_id');
    new.level_id := of_unit.level_id;
    new.line_id := of_unit.line_id;
    new.province_key := of_unit.province_key;
    new.district_key := of_unit.district_key;
    new.grassroots_key := of_unit.grassroots_key;
    return new;
end;
$$;
create trigger establishment_10_keys before insert or update of unit_id on app.establishment
    for each row execute function private.staff_keys();
create trigger staff_10_keys before insert or update of unit_id on app.staff
    for each row execute function private.staff_keys();
create trigger appointment_10_keys before insert or update of unit_id on app.appointment
    for each row execute function private.staff_keys();

create trigger staff_05_visible before insert or update of user_id on app.staff
    for each row execute function private.check_visible('user_id', 'user_account');
create trigger qualification_05_visible before insert on app.qualification
    for each row execute function private.check_visible('staff_id', 'staff');
create trigger appointment_05_visible before insert on app.appointment
    for each row execute function private.check_visible('staff_id', 'staff');

-- A post of a level is held at that level.
create function private.position_fits(p_position text, p_level_id smallint) returns void
    language plpgsql stable set search_path = ''
as $$
begin
    if exists (select from app.position as p where p.code = p_position and p.level_id <> p_level_id) then
        raise exception 'this post is of another level'
            using errcode = 'DV422', column = 'position_code', constraint = 'wrong_level';
    end if;
end;
$$;

create function private.establishment_check() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    perform private.position_fits(new.position_code, new.level_id);
    return new;
end;
$$;
create trigger establishment_30_check before insert or update of position_code on app.establishment
    for each row execute function private.establishment_check();

create function private.staff_check() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    if not (select u.is_active from app.unit as u where u.id = new.unit_id) then
        raise exception 'the unit has ended' using errcode = 'DV422', column = 'unit_id', constraint = 'not_active';
    end if;
    return new;
end;
$$;
create trigger staff_30_check before insert on app.staff
    for each row execute function private.staff_check();

-- Whose account is whose opens the record to it: a leader says so, and takes it back.
create function private.staff_account_check() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    if private.my_user() is not null and private.my_rank() < 3
        and new.user_id is distinct from (case tg_op when 'UPDATE' then old.user_id end)
    then
        raise exception 'a leader links accounts' using errcode = 'DV403', column = 'user_id', constraint = 'leader_needed';
    end if;
    return new;
end;
$$;
create trigger staff_31_account before insert or update of user_id on app.staff
    for each row execute function private.staff_account_check();

-- Written by hand a post is the person's own unit's; lending and moving go by command. Nothing begins in the
-- future, so that staff.unit_id is always what the posts say.
create function private.appointment_check() returns trigger
    language plpgsql set search_path = ''
as $$
declare
    person app.staff;
begin
    perform private.position_fits(new.position_code, new.level_id);
    if private.my_user() is not null and new.valid_from > private.today() then
        raise exception 'valid_from lies in the future'
            using errcode = 'DV422', column = 'valid_from', constraint = 'in_future';
    end if;
    if tg_op = 'INSERT' and current_user <> 'danvan_policy' and private.my_user() is not null then
        if new.kind = 'secondment' then
            raise exception 'people are lent by command'
                using errcode = 'DV422', column = 'kind', constraint = 'by_command';
        end if;
        select s.* into person from app.staff as s where s.id = new.staff_id;
        if person.unit_id <> new.unit_id then
            raise exception 'the person is of another unit'
                using errcode = 'DV422', column = 'unit_id', constraint = 'by_command';
        end if;
        if person.status = 'left' and (new.valid_to is null or new.valid_to > person.left_on) then
            raise exception 'the person has left' using errcode = 'DV409', constraint = 'wrong_state';
        end if;
    end if;
    return new;
end;
$$;
create trigger appointment_30_check before insert or update of position_code, valid_from on app.appointment
    for each row execute function private.appointment_check();

-- Ending is a leader's, by hand as by command (private.appointment_end); and so is every correction of a post
-- that has ended, a wrong day of its end too. An officer corrects what runs. Of a person who left nothing
-- goes on past that day: who comes back is taken back by command.
create function private.appointment_change_check() returns trigger
    language plpgsql set search_path = ''
as $$
declare
    person app.staff;
    touched constant text := case
        when new.valid_to is distinct from old.valid_to then 'valid_to'
        when new.end_cause is distinct from old.end_cause then 'end_cause'
        when new.position_code <> old.position_code then 'position_code'
        when new.valid_from <> old.valid_from then 'valid_from'
        when new.legal_basis is distinct from old.legal_basis then 'legal_basis' end;
begin
    if touched is null or current_user = 'danvan_policy' or private.my_user() is null then
        return new;
    end if;
    if coalesce(private.my_rank(), 0) < 3 and (touched in ('valid_to', 'end_cause') or old.valid_to <= private.today()) then
        raise exception 'a leader ends posts, and corrects those that have ended'
            using errcode = 'DV403', column = touched, constraint = 'leader_needed';
    end if;
    if new.end_cause = 'reorganisation' and old.end_cause is distinct from new.end_cause then
        raise exception 'nobody says a reorganisation'
            using errcode = 'DV422', column = 'end_cause', constraint = 'not_a_choice';
    end if;
    select s.* into person from app.staff as s where s.id = new.staff_id;
    if person.status = 'left' and (new.valid_to is null or new.valid_to > person.left_on) then
        raise exception 'the person has left' using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    return new;
end;
$$;
create trigger appointment_31_change_check
    before update of position_code, valid_from, valid_to, legal_basis, end_cause on app.appointment
    for each row execute function private.appointment_change_check();

create trigger establishment_50_touch before update on app.establishment
    for each row execute function private.touch_row();
create trigger staff_50_touch before update on app.staff
    for each row execute function private.touch_row();
create trigger staff_detail_50_touch before update on app.staff_detail
    for each row execute function private.touch_row();
create trigger qualification_50_touch before update on app.qualification
    for each row execute function private.touch_row();
create trigger appointment_50_touch before update on app.appointment
    for each row execute function private.touch_row();

create trigger establishment_90_audit after insert or update or delete on app.establishment
    for each row execute function private.audit_row();

set local role danvan_policy;

-- The record is only ever added to and would outlive a person's deletion: of people it tells which fields
-- were given or changed, never what they say.
create function private.staff_audit() returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    left_out constant text[] := array['id', 'staff_id', 'search', 'version', 'created_at', 'updated_at', 'level_id', 'line_id',
        'province_key', 'district_key', 'grassroots_key',
        'province_line_key', 'district_line_key', 'grassroots_line_key'];
    before_row jsonb := case when tg_op = 'INSERT' then '{}' else to_jsonb(old) end;
    after_row jsonb := case when tg_op = 'DELETE' then '{}' else to_jsonb(new) end;
    fields text[];
begin
    select array_agg(k.key order by k.key) into fields
    from jsonb_object_keys(before_row || after_row) as k (key)
    where k.key <> all (left_out)
        and coalesce(before_row -> k.key, 'null') is distinct from coalesce(after_row -> k.key, 'null');
    if tg_op = 'UPDATE' and fields is null then
        return null;
    end if;
    perform private.audit(
        case tg_op when 'INSERT' then 'create' when 'UPDATE' then 'update' else 'delete' end,
        tg_table_name::text,
        (before_row || after_row) ->> case tg_table_name when 'staff_detail' then 'staff_id' else 'id' end,
        jsonb_build_object('staff_id', (before_row || after_row) ->> case tg_table_name when 'staff' then 'id' else 'staff_id' end)
            || case when tg_op = 'DELETE' then '{}' else jsonb_build_object('fields', coalesce(fields, '{}')) end);
    return null;
end;
$$;

-- Who held which post where on a day.
create function private.staff_unit_on(p_day date)
    returns table (staff_id uuid, unit_id integer, position_code text, kind text)
    language sql stable set search_path = ''
as $$
    select a.staff_id, a.unit_id, a.position_code, a.kind
    from app.appointment as a
    where a.valid_from <= p_day and (a.valid_to is null or a.valid_to > p_day);
$$;

set local role danvan_owner;

create trigger staff_90_audit after insert or update or delete on app.staff
    for each row execute function private.staff_audit();
create trigger staff_detail_90_audit after insert or update or delete on app.staff_detail
    for each row execute function private.staff_audit();
create trigger qualification_90_audit after insert or update or delete on app.qualification
    for each row execute function private.staff_audit();
create trigger appointment_90_audit after insert or update or delete on app.appointment
    for each row execute function private.staff_audit();
