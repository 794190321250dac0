-- Courses, who takes part and what is required, and the commands on them.
--
--   course_open, course_hold, course_close   an officer or leader of the organiser
--   course_cancel                            the same, saying why: {"reason"}
--   course_attendance                        the same, while it is held: {"rows": [{"staff_code", "day", "is_present"}, …]}
--   training_record_register, _decline       the organiser or the person's unit, while the course is open
-- Refusals: DV404 not visible; DV403 not_permitted; DV409 wrong_state and the words of 36_training_commands.sql;
-- DV412 with the current version in DETAIL; DV422 with the field, or every field of a sheet in DETAIL.

set local role danvan_owner;

create view api.training_topics with (security_invoker = true) as
select t.code, t.name, t.valid_months from app.training_topic as t;

create view api.courses with (security_invoker = true) as
select
    c.id,
    c.code,
    c.name,
    c.topic_code,
    c.topic_code as topic,
    t.name as topic_name,
    c.organiser_unit_id,
    u.code as organiser_unit_code,
    u.code as unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = c.organiser_unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as organiser_unit_name,
    c.partner_unit_id,
    (select p.code from app.unit as p where p.id = c.partner_unit_id) as partner_unit_code,
    c.partner,
    c.plan_item_id,
    (select p.number from app.plan_item as i join app.plan as p on p.id = i.plan_id where i.id = c.plan_item_id) as plan_number,
    (select i.code from app.plan_item as i where i.id = c.plan_item_id) as item_code,
    c.document_id,
    c.starts_on,
    c.ends_on,
    (select count(*) from app.course_day as d where d.course_id = c.id) as day_count,
    c.place,
    c.capacity,
    c.pass_percent,
    c.status,
    c.cancel_reason,
    l.code as level,
    n.code as line,
    c.version,
    c.created_at,
    c.updated_at,
    case when c.organiser_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 then case c.status
        when 'planned' then array['update', 'delete', 'open', 'cancel']
        when 'open' then array['update', 'hold', 'cancel']
        when 'held' then array['attendance', 'close', 'cancel']
        else '{}' end else '{}' end::text[] as actions,
    c.search,
    c.province_key,
    c.district_key,
    c.grassroots_key,
    c.province_line_key,
    c.district_line_key,
    c.grassroots_line_key
from app.course as c
join app.training_topic as t on t.code = c.topic_code
join app.level as l on l.id = c.level_id
join app.line as n on n.id = c.line_id
left join app.unit as u on u.id = c.organiser_unit_id;

create view api.course_days with (security_invoker = true) as
select d.id, d.course_id, c.code as course_code, d.day, d.title,
    case when c.organiser_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2
        and c.status in ('planned', 'open') then array['delete'] else '{}' end::text[] as actions
from app.course_day as d
join app.course as c on c.id = d.course_id;

create view api.course_invitations with (security_invoker = true) as
select i.id, i.course_id, c.code as course_code, i.unit_id, u.code as unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = i.unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as unit_name,
    i.places,
    (select count(*) from app.training_record as r
        where r.course_id = i.course_id and r.unit_id = i.unit_id and r.status in ('registered', 'attended', 'absent')) as taken,
    i.version, i.created_at, i.updated_at,
    case when c.organiser_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2
        and c.status in ('planned', 'open') then array['update', 'delete'] else '{}' end::text[] as actions
from app.course_invitation as i
join app.course as c on c.id = i.course_id
left join app.unit as u on u.id = i.unit_id;

create view api.training_records with (security_invoker = true) as
select
    r.id,
    r.course_id,
    c.code as course_code,
    c.name as course_name,
    r.organiser_unit_id,
    (select o.code from app.unit as o where o.id = r.organiser_unit_id) as organiser_unit_code,
    r.topic_code as topic,
    c.starts_on,
    c.ends_on,
    r.staff_id,
    s.code as staff_code,
    s.full_name as staff_name,
    r.unit_id,
    u.code as unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = r.unit_id and v.valid_from <= c.starts_on
        order by v.valid_from desc limit 1) as unit_name,
    l.code as level,
    n.code as line,
    r.status,
    r.days_attended,
    r.result,
    r.score,
    r.certificate_number,
    r.certified_on,
    r.valid_until,
    r.version,
    r.created_at,
    r.updated_at,
    case when (select private.my_rank()) >= 2 then array_remove(array[
        case when c.status = 'held' and r.organiser_unit_id = (select private.my_unit()) and r.status = 'attended' then 'update' end,
        case when c.status = 'open' and r.status in ('invited', 'declined')
            and (select private.my_unit()) in (r.organiser_unit_id, r.unit_id, s.unit_id) then 'register' end,
        case when c.status = 'open' and r.status in ('invited', 'registered')
            and (select private.my_unit()) in (r.organiser_unit_id, r.unit_id, s.unit_id) then 'decline' end], null)
        else '{}' end::text[] as actions,
    r.province_key,
    r.district_key,
    r.grassroots_key,
    r.province_line_key,
    r.district_line_key,
    r.grassroots_line_key
from app.training_record as r
left join app.course as c on c.id = r.course_id
left join app.staff as s on s.id = r.staff_id
left join app.unit as u on u.id = r.unit_id
join app.level as l on l.id = r.level_id
join app.line as n on n.id = r.line_id;

create view api.training_attendance with (security_invoker = true) as
select a.record_id, r.course_id, c.code as course_code, r.staff_id, s.code as staff_code, a.day, a.is_present
from app.training_attendance as a
join app.training_record as r on r.id = a.record_id
left join app.course as c on c.id = r.course_id
left join app.staff as s on s.id = r.staff_id;

create view api.training_requirements with (security_invoker = true) as
select
    q.id, q.plan_id, p.number as plan_number, q.plan_item_id,
    (select i.code from app.plan_item as i where i.id = q.plan_item_id) as item_code,
    q.topic_code, q.topic_code as topic, t.name as topic_name,
    q.position_code, q.position_code as position, x.name as position_name,
    q.level_id, (select l.code from app.level as l where l.id = q.level_id) as level,
    q.line_id, (select n.code from app.line as n where n.id = q.line_id) as line,
    q.year, q.note, q.version, q.created_at, q.updated_at,
    case when p.issuer_unit_id = (select private.my_unit()) and p.status <> 'closed' and (select private.my_rank()) >= 2
        then array['update', 'delete'] else '{}' end::text[] as actions
from app.training_requirement as q
join app.plan as p on p.id = q.plan_id
join app.training_topic as t on t.code = q.topic_code
join app.position as x on x.code = q.position_code;

-- Commands -----------------------------------------------------------------------------------------------

create function private.course_visible(p_id uuid) returns void
    language plpgsql stable set search_path = ''
as $$
begin
    if not exists (select from app.course as c where c.id = p_id) then
        raise exception 'no such course' using errcode = 'DV404';
    end if;
end;
$$;

create function api.course_open(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.course_visible(p_id);
    perform private.course_open(p_id, p_version);
end;
$$;

create function api.course_hold(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.course_visible(p_id);
    perform private.course_hold(p_id, p_version);
end;
$$;

create function api.course_close(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.course_visible(p_id);
    perform private.course_close(p_id, p_version);
end;
$$;

create function api.course_cancel(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.course_visible(p_id);
    perform private.course_cancel(p_id, p_version, private.reason_read(p_body));
end;
$$;

-- A cell that is no cell reads as NULLs, and its fault says required; a day that cannot be read, not_a_day.
create function api.course_attendance(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
declare
    codes text[];
    days date[];
    present boolean[];
begin
    perform private.course_visible(p_id);
    if jsonb_typeof(p_body -> 'rows') is distinct from 'array' or jsonb_array_length(p_body -> 'rows') = 0 then
        raise exception 'no rows' using errcode = 'DV422', column = 'rows', constraint = 'required';
    end if;
    if jsonb_array_length(p_body -> 'rows') > 5000 then
        raise exception 'too many rows' using errcode = 'DV422', column = 'rows', constraint = 'too_many';
    end if;
    select array_agg(c.cell ->> 'staff_code' order by c.n), array_agg(private.day_or_none(c.cell ->> 'day') order by c.n),
        array_agg(case when jsonb_typeof(c.cell -> 'is_present') = 'boolean' then (c.cell -> 'is_present')::boolean end order by c.n)
    into codes, days, present
    from jsonb_array_elements(p_body -> 'rows') with ordinality as c (cell, n);
    perform private.attendance_write(p_id, p_version, codes, days, present);
end;
$$;

create function private.day_or_none(p_text text) returns date
    language plpgsql immutable set search_path = ''
as $$
begin
    return case when p_text ~ '^\d{4}-\d{2}-\d{2}$' then p_text::date when p_text is not null then '-infinity'::date end;
exception when datetime_field_overflow or invalid_datetime_format then
    return '-infinity';
end;
$$;

create function private.training_record_command(p_id uuid, p_version integer, p_status text) returns void
    language plpgsql set search_path = ''
as $$
begin
    if not exists (select from app.training_record as r where r.id = p_id) then
        raise exception 'no such record' using errcode = 'DV404';
    end if;
    perform private.training_record_answer(p_id, p_version, p_status);
end;
$$;

create function api.training_record_register(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.training_record_command(p_id, p_version, 'registered');
end;
$$;

create function api.training_record_decline(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.training_record_command(p_id, p_version, 'declined');
end;
$$;
