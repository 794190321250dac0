-- What is done to a person's record by command: moved to another unit, lent, ended, left, come back. The
-- api functions (40_api_staff.sql) see to it that the caller sees the person; who may, and in which state,
-- is said here. Refusals in this order: who, the state, the version, the fields.

set local role danvan_policy;

-- The unit that keeps a person's record: their own, or, when that has ended, the one that finds them a place,
-- or whoever answers for it now.
create function private.staff_keeper(p_staff app.staff) returns integer
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return private.unit_now(coalesce(
        (select a.moves_to_unit_id
            from app.appointment as a
            join app.unit as u on u.id = p_staff.unit_id and not u.is_active
            where a.staff_id = p_staff.id and a.kind = 'primary'
            order by a.valid_from desc limit 1),
        p_staff.unit_id));
end;
$$;

create function private.staff_check_state(p_staff app.staff, p_version integer, p_status text) returns void
    language plpgsql stable set search_path = ''
as $$
begin
    if p_staff.status <> p_status then
        raise exception 'the person is %', p_staff.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if p_staff.version is distinct from p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = p_staff.version::text;
    end if;
end;
$$;

-- The person, locked, for an officer (2) or leader (3) of the unit that keeps the record.
create function private.staff_take(p_id uuid, p_version integer, p_rank integer, p_status text default 'working')
    returns app.staff
    language plpgsql security definer set search_path = ''
as $$
declare
    taken app.staff;
begin
    select s.* into taken from app.staff as s where s.id = p_id for update;
    if private.staff_keeper(taken) is distinct from private.my_unit() or coalesce(private.my_rank(), 0) < p_rank then
        raise exception 'not for the caller to do' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    perform private.staff_check_state(taken, p_version, p_status);
    return taken;
end;
$$;

-- The person, locked, for whoever may send them from where they are to that unit: a leader who answers for
-- both ends, each end being the own unit or one that it stands over. So the receiving unit agrees by acting
-- itself where it stands over the other; else who stands over both decides.
create function private.staff_take_to_move(p_id uuid, p_version integer, p_unit_id integer) returns app.staff
    language plpgsql security definer set search_path = ''
as $$
declare
    taken app.staff;
    keeper integer;
begin
    select s.* into taken from app.staff as s where s.id = p_id for update;
    keeper := private.staff_keeper(taken);
    if coalesce(private.my_rank(), 0) < 3
        or not (keeper = private.my_unit() or private.is_over(keeper))
        or not (p_unit_id = private.my_unit() or private.is_over(p_unit_id))
    then
        raise exception 'a leader who answers for both units decides' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    perform private.staff_check_state(taken, p_version, 'working');
    if not (select u.is_active from app.unit as u where u.id = p_unit_id) then
        raise exception 'the unit has ended' using errcode = 'DV422', column = 'unit_id', constraint = 'not_active';
    end if;
    return taken;
end;
$$;

create function private.staff_day_check(p_day date, p_column text) returns void
    language plpgsql stable set search_path = ''
as $$
begin
    if p_day > private.today() then
        raise exception '% lies in the future', p_column using errcode = 'DV422', column = p_column, constraint = 'in_future';
    end if;
end;
$$;

-- Ends what is held on a day: posts of these kinds, save one unit's. A post that begins then or later is in the way.
create function private.staff_end_posts(p_id uuid, p_day date, p_cause text, p_kinds text[], p_column text) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    if exists (
        select from app.appointment as a
        where a.staff_id = p_id and a.kind = any (p_kinds) and a.valid_from >= p_day)
    then
        raise exception 'a post begins on that day or later'
            using errcode = 'DV422', column = p_column, constraint = 'wrong_order';
    end if;
    update app.appointment as a
    set valid_to = p_day, end_cause = p_cause
    where a.staff_id = p_id and a.kind = any (p_kinds) and (a.valid_to is null or a.valid_to > p_day);
end;
$$;

create function private.staff_transfer(
    p_id uuid, p_version integer, p_unit_id integer, p_position text, p_day date, p_legal_basis text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    person constant app.staff := private.staff_take_to_move(p_id, p_version, p_unit_id);
begin
    perform private.staff_day_check(p_day, 'valid_from');
    perform private.position_known(p_position);
    if exists (
        select from app.appointment as a
        where a.staff_id = p_id and a.kind = 'primary' and a.valid_to is null
            and a.unit_id = p_unit_id and a.position_code = p_position)
    then
        raise exception 'the person holds this post already' using errcode = 'DV409', constraint = 'same_post';
    end if;
    perform private.staff_end_posts(p_id, p_day, 'transfer', array['primary'], 'valid_from');
    if person.unit_id <> p_unit_id then
        -- lent posts go on; further posts in the old unit end with the first
        update app.appointment as a
        set valid_to = p_day, end_cause = 'transfer'
        where a.staff_id = p_id and a.kind <> 'primary' and a.valid_from < p_day
            and (a.valid_to is null or a.valid_to > p_day)
            and (a.kind = 'concurrent' or a.unit_id = p_unit_id);
        -- who is now of the unit was not lent to it from that day on
        delete from app.appointment as a
        where a.staff_id = p_id and a.kind = 'secondment' and a.unit_id = p_unit_id and a.valid_from >= p_day;
    end if;
    insert into app.appointment (staff_id, unit_id, position_code, kind, valid_from, legal_basis)
    values (p_id, p_unit_id, p_position, 'primary', p_day, p_legal_basis);
    update app.staff as s set unit_id = p_unit_id where s.id = p_id;
    perform private.audit('transfer', 'staff', p_id::text,
        jsonb_build_object('from_unit_id', person.unit_id, 'to_unit_id', p_unit_id));
end;
$$;

create function private.staff_second(
    p_id uuid, p_version integer, p_unit_id integer, p_position text, p_from date, p_to date, p_legal_basis text)
    returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    person constant app.staff := private.staff_take_to_move(p_id, p_version, p_unit_id);
begin
    perform private.staff_day_check(p_from, 'valid_from');
    perform private.position_known(p_position);
    if person.unit_id = p_unit_id then
        raise exception 'the person is of this unit' using errcode = 'DV422', column = 'unit_id', constraint = 'same_unit';
    end if;
    if p_to <= p_from then
        raise exception 'the end lies before the beginning'
            using errcode = 'DV422', column = 'valid_to', constraint = 'wrong_order';
    end if;
    insert into app.appointment (staff_id, unit_id, position_code, kind, valid_from, valid_to, legal_basis)
    values (p_id, p_unit_id, p_position, 'secondment', p_from, p_to, p_legal_basis);
    update app.staff as s set unit_id = s.unit_id where s.id = p_id;
    perform private.audit('second', 'staff', p_id::text, jsonb_build_object('to_unit_id', p_unit_id));
end;
$$;

create function private.staff_leave(p_id uuid, p_version integer, p_day date, p_cause text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    person constant app.staff := private.staff_take(p_id, p_version, 3);
begin
    perform private.staff_day_check(p_day, 'left_on');
    perform private.staff_end_posts(person.id, p_day, p_cause, array['primary', 'secondment', 'concurrent'], 'left_on');
    update app.staff as s set status = 'left', left_on = p_day where s.id = person.id;
end;
$$;

-- Left by mistake, or came back: posts are given anew.
create function private.staff_reinstate(p_id uuid, p_version integer) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    person constant app.staff := private.staff_take(p_id, p_version, 3, 'left');
begin
    update app.staff as s set status = 'working', left_on = null where s.id = person.id;
end;
$$;

-- A post ends: by a leader of the unit that keeps the record or stands over it; a lent one also by the
-- unit where it is held.
create function private.appointment_end(p_id uuid, p_version integer, p_day date, p_cause text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    post app.appointment;
    keeper integer;
begin
    select a.* into post from app.appointment as a where a.id = p_id for update;
    select private.staff_keeper(s) into keeper from app.staff as s where s.id = post.staff_id;
    if coalesce(private.my_rank(), 0) < 3 or not (
        keeper = private.my_unit() or private.is_over(keeper)
        or (post.kind = 'secondment' and (post.unit_id = private.my_unit() or private.is_over(post.unit_id))))
    then
        raise exception 'not for the caller to end' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if post.valid_to <= private.today() then
        raise exception 'the post has ended' using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if post.version is distinct from p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = post.version::text;
    end if;
    if p_day <= post.valid_from or p_day > post.valid_to then
        raise exception 'ending makes no post longer, and none end before it began'
            using errcode = 'DV422', column = 'valid_to', constraint = 'wrong_order';
    end if;
    update app.appointment as a set valid_to = p_day, end_cause = p_cause where a.id = p_id;
end;
$$;

set local role danvan_owner;

create function private.position_known(p_position text) returns void
    language plpgsql stable set search_path = ''
as $$
begin
    if not exists (select from app.position as p where p.code = p_position) then
        raise exception 'no such post' using errcode = 'DV422', column = 'position_code', constraint = 'not_visible';
    end if;
end;
$$;
