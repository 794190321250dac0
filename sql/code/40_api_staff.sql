-- People: name, post and unit, and the commands on their record. What is personal is never a column here.
--
--   staff_read_detail    {"purpose"}: the fields that the purpose opens to the caller; on the record
--   staff_change_detail  officers and leaders of the person's unit: corrects it
--   staff_export         the person, or a leader of their unit: everything held, as one document
--   staff_transfer       a leader who answers for both units: ends the first post, opens one at the other
--   staff_second         the same: lends the person
--   staff_leave, staff_reinstate   a leader of the person's unit
--   appointment_end      a leader of the person's unit or over it; of a lent post also of where it is held
-- By PATCH an officer corrects a post that runs, a leader also its end and one that has ended.
-- Refusals: DV404 not visible; DV403 not_permitted; DV409 wrong_state / same_post; DV412 with the current
-- version in DETAIL; DV422 with the field.

set local role danvan_owner;

create function private.post_on_record(p_appointment app.appointment) returns jsonb
    language sql stable set search_path = ''
    return jsonb_build_object(
        'id', p_appointment.id, 'unit_id', p_appointment.unit_id,
        'unit_code', (select u.code from app.unit as u where u.id = p_appointment.unit_id),
        'unit_name', (select v.name from app.unit_version as v
            where v.unit_id = p_appointment.unit_id and v.valid_from <= private.today()
            order by v.valid_from desc limit 1),
        'position_code', p_appointment.position_code,
        'position_name', (select p.name from app.position as p where p.code = p_appointment.position_code),
        'kind', p_appointment.kind, 'valid_from', p_appointment.valid_from, 'valid_to', p_appointment.valid_to);

create view api.staff with (security_invoker = true) as
select
    s.id,
    s.code,
    s.full_name,
    s.unit_id,
    u.code as unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = s.unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as unit_name,
    l.code as level,
    n.code as line,
    a.position_code,
    a.position_code as position,
    p.name as position_name,
    a.valid_from as in_post_since,
    (select coalesce(jsonb_agg(private.post_on_record(x) order by x.valid_from, x.id), '[]')
        from app.appointment as x
        where x.staff_id = s.id and x.kind <> 'primary'
            and x.valid_from <= (select private.today()) and (x.valid_to is null or x.valid_to > (select private.today())))
        as further_posts,
    s.user_id,
    s.status,
    s.left_on,
    s.version,
    s.created_at,
    s.updated_at,
    array_remove(array[
        case when s.unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 then 'update' end,
        case when s.unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2
            or s.user_id = (select private.my_user())
            or ((select private.my_rank()) >= 3 and private.direct_superior_of(s.unit_id) = (select private.my_unit()))
            then 'read-detail' end,
        case when s.unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 then 'change-detail' end,
        case when s.unit_id = (select private.my_unit()) and (select private.my_rank()) >= 3
            or s.user_id = (select private.my_user()) then 'export' end,
        case when s.status = 'working' and (select private.my_rank()) >= 3
            and (s.unit_id = (select private.my_unit()) or private.is_over(s.unit_id)) then 'transfer' end,
        case when s.status = 'working' and (select private.my_rank()) >= 3
            and (s.unit_id = (select private.my_unit()) or private.is_over(s.unit_id)) then 'second' end,
        case when s.status = 'working' and s.unit_id = (select private.my_unit()) and (select private.my_rank()) >= 3
            then 'leave' end,
        case when s.status = 'left' and s.unit_id = (select private.my_unit()) and (select private.my_rank()) >= 3
            then 'reinstate' end], null)::text[] as actions,
    s.search,
    s.province_key,
    s.district_key,
    s.grassroots_key,
    s.province_line_key,
    s.district_line_key,
    s.grassroots_line_key
from app.staff as s
left join app.unit as u on u.id = s.unit_id
join app.level as l on l.id = s.level_id
join app.line as n on n.id = s.line_id
left join app.appointment as a
    on a.staff_id = s.id and a.kind = 'primary'
    and a.valid_from <= (select private.today()) and (a.valid_to is null or a.valid_to > (select private.today()))
left join app.position as p on p.code = a.position_code;

create view api.qualifications with (security_invoker = true) as
select
    q.id,
    q.staff_id,
    s.code as staff_code,
    s.full_name as staff_name,
    s.unit_id,
    u.code as unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = s.unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as unit_name,
    q.kind,
    q.degree,
    q.subject,
    q.institution,
    q.obtained_on,
    q.version,
    q.created_at,
    q.updated_at,
    case when s.unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2
        then array['update', 'delete'] else '{}' end::text[] as actions,
    s.province_key,
    s.district_key,
    s.grassroots_key,
    s.province_line_key,
    s.district_line_key,
    s.grassroots_line_key
from app.qualification as q
join app.staff as s on s.id = q.staff_id
left join app.unit as u on u.id = s.unit_id;

-- A post held once in my unit stays seen after the person has gone elsewhere; their name does not.
create view api.appointments with (security_invoker = true) as
select
    a.id,
    a.staff_id,
    s.code as staff_code,
    s.full_name as staff_name,
    a.unit_id,
    u.code as unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = a.unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as unit_name,
    l.code as level,
    n.code as line,
    a.position_code,
    a.position_code as position,
    p.name as position_name,
    a.kind,
    a.valid_from,
    a.valid_to,
    a.legal_basis,
    a.end_cause,
    a.moves_to_unit_id,
    a.version,
    a.created_at,
    a.updated_at,
    array_remove(array[
        case when a.unit_id = (select private.my_unit()) and s.unit_id = a.unit_id
            and (select private.my_rank()) >= case when a.valid_to <= (select private.today()) then 3 else 2 end
            then 'update' end,
        case when a.unit_id = (select private.my_unit()) and s.unit_id = a.unit_id and (select private.my_rank()) >= 3
            then 'delete' end,
        case when (a.valid_to is null or a.valid_to > (select private.today())) and (select private.my_rank()) >= 3
            and (s.unit_id = (select private.my_unit()) or private.is_over(s.unit_id)
                or (a.kind = 'secondment' and (a.unit_id = (select private.my_unit()) or private.is_over(a.unit_id))))
            then 'end' end], null)::text[] as actions,
    a.province_key,
    a.district_key,
    a.grassroots_key,
    a.province_line_key,
    a.district_line_key,
    a.grassroots_line_key
from app.appointment as a
left join app.staff as s on s.id = a.staff_id
left join app.unit as u on u.id = a.unit_id
join app.position as p on p.code = a.position_code
join app.level as l on l.id = a.level_id
join app.line as n on n.id = a.line_id;

create view api.staff_deletions with (security_invoker = true) as
select
    d.id,
    d.staff_id,
    d.unit_id,
    u.code as unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = d.unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as unit_name,
    d.left_on,
    d.retention_years,
    d.deleted_counts,
    encode(d.digest, 'hex') as digest,
    d.deleted_at
from app.staff_deletion as d
left join app.unit as u on u.id = d.unit_id;

-- Reading what a command's body says -------------------------------------------------------------------

create function private.staff_visible(p_id uuid) returns void
    language plpgsql stable set search_path = ''
as $$
begin
    if not exists (select from app.staff as s where s.id = p_id) then
        raise exception 'no such person' using errcode = 'DV404';
    end if;
end;
$$;

create function private.text_read(p_body jsonb, p_name text, p_most integer, p_is_required boolean default false) returns text
    language plpgsql immutable set search_path = ''
as $$
declare
    said constant text := nullif(btrim(p_body ->> p_name), '');
begin
    if said is null and p_is_required then
        raise exception '% is missing', p_name using errcode = 'DV422', column = p_name, constraint = 'required';
    end if;
    if char_length(said) > p_most then
        raise exception '% is too long', p_name using errcode = 'DV422', column = p_name, constraint = 'too_long';
    end if;
    return said;
end;
$$;

create function private.choice_read(p_body jsonb, p_name text, p_choices text[], p_default text) returns text
    language plpgsql immutable set search_path = ''
as $$
declare
    said constant text := coalesce(p_body ->> p_name, p_default);
begin
    if said <> all (p_choices) then
        raise exception '% is not a choice', p_name using errcode = 'DV422', column = p_name, constraint = 'not_a_choice';
    end if;
    return said;
end;
$$;

-- The unit that a command names, which the caller must see.
create function private.unit_read(p_body jsonb, p_name text) returns integer
    language plpgsql stable set search_path = ''
as $$
declare
    named constant integer := case when jsonb_typeof(p_body -> p_name) = 'number' then (p_body ->> p_name)::integer end;
begin
    if named is null then
        raise exception 'name a unit' using errcode = 'DV422', column = p_name, constraint = 'required';
    end if;
    perform private.visible_unit(named, p_name);
    return named;
end;
$$;

-- The fields of a correction, each checked: a fault names the field and repeats nothing of what was said.
create function private.detail_read(p_body jsonb) returns jsonb
    language plpgsql stable set search_path = ''
as $$
declare
    told jsonb := coalesce(p_body, '{}');
    born_on constant date := private.day_read(p_body, 'born_on');
begin
    if not (told ?| array['born_on', 'gender', 'is_ethnic_minority', 'phone', 'email']) then
        raise exception 'nothing to change' using errcode = 'DV422', column = 'born_on', constraint = 'required';
    end if;
    if born_on not between '1920-01-01' and private.today() then
        raise exception 'not a birth date' using errcode = 'DV422', column = 'born_on', constraint = 'out_of_range';
    end if;
    if p_body ->> 'gender' not in ('female', 'male') then
        raise exception 'not a choice' using errcode = 'DV422', column = 'gender', constraint = 'not_a_choice';
    end if;
    if jsonb_typeof(p_body -> 'is_ethnic_minority') not in ('boolean', 'null') then
        raise exception 'not yes or no' using errcode = 'DV422', column = 'is_ethnic_minority', constraint = 'wrong_type';
    end if;
    if p_body ->> 'phone' !~ '^\+?[0-9 .-]{6,20}$' then
        raise exception 'not a phone number' using errcode = 'DV422', column = 'phone', constraint = 'bad_format';
    end if;
    if p_body ->> 'email' !~ '^[^@\s]+@[^@\s]+$' or char_length(p_body ->> 'email') > 200 then
        raise exception 'not an address' using errcode = 'DV422', column = 'email', constraint = 'bad_format';
    end if;
    return told;
end;
$$;

-- Commands -----------------------------------------------------------------------------------------------

create function api.staff_read_detail(p_id uuid, p_version integer, p_body jsonb) returns jsonb
    language plpgsql set search_path = ''
as $$
begin
    perform private.staff_visible(p_id);
    return private.staff_read_detail(p_id, p_body ->> 'purpose');
end;
$$;

create function api.staff_change_detail(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.staff_visible(p_id);
    perform private.staff_change_detail(p_id, p_version, private.detail_read(p_body));
end;
$$;

create function api.staff_export(p_id uuid, p_version integer, p_body jsonb default null) returns jsonb
    language plpgsql set search_path = ''
as $$
begin
    perform private.staff_visible(p_id);
    return private.staff_export(p_id);
end;
$$;

create function api.staff_transfer(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.staff_visible(p_id);
    perform private.staff_transfer(p_id, p_version, private.unit_read(p_body, 'unit_id'),
        private.text_read(p_body, 'position_code', 60, true),
        coalesce(private.day_read(p_body, 'valid_from'), private.today()),
        private.text_read(p_body, 'legal_basis', 300));
end;
$$;

create function api.staff_second(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.staff_visible(p_id);
    perform private.staff_second(p_id, p_version, private.unit_read(p_body, 'unit_id'),
        private.text_read(p_body, 'position_code', 60, true),
        coalesce(private.day_read(p_body, 'valid_from'), private.today()), private.day_read(p_body, 'valid_to'),
        private.text_read(p_body, 'legal_basis', 300));
end;
$$;

create function api.staff_leave(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.staff_visible(p_id);
    perform private.staff_leave(p_id, p_version, coalesce(private.day_read(p_body, 'left_on'), private.today()),
        private.choice_read(p_body, 'end_cause', array['left', 'retired', 'end_of_term'], 'left'));
end;
$$;

create function api.staff_reinstate(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.staff_visible(p_id);
    perform private.staff_reinstate(p_id, p_version);
end;
$$;

create function api.appointment_end(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    if not exists (select from app.appointment as a where a.id = p_id) then
        raise exception 'no such post' using errcode = 'DV404';
    end if;
    perform private.appointment_end(p_id, p_version, coalesce(private.day_read(p_body, 'valid_to'), private.today()),
        private.choice_read(p_body, 'end_cause', array['transfer', 'end_of_term', 'retired', 'left'], 'end_of_term'));
end;
$$;
