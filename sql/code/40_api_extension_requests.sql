-- Requests for more time, and the commands on them.
--
--   extension_request_grant    a leader of who decides: {"granted_due_on", "note"}; without a day, the one asked
--   extension_request_refuse   the same, saying why: {"note"}
--   extension_request_withdraw an officer or leader of the unit that asked
-- Refusals: DV404 not visible; DV403 not_permitted; DV409 wrong_state / plan_closed / closed (the
-- assignment is done meanwhile); DV412 with the current version in DETAIL; DV422 with the field.

set local role danvan_owner;

create view api.extension_requests with (security_invoker = true) as
select
    r.id,
    r.assignment_id,
    a.plan_id,
    i.code as item_code,
    coalesce(a.title, i.title) as title,
    a.occurrence,
    r.unit_id,
    (select v.name from app.unit_version as v
        where v.unit_id = r.unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as unit_name,
    r.superior_unit_id,
    (select v.name from app.unit_version as v
        where v.unit_id = r.superior_unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as superior_unit_name,
    r.due_on,
    a.original_due_on,
    r.asked_due_on,
    r.reason,
    r.status,
    r.granted_due_on,
    r.decision_note,
    r.asked_by,
    r.decided_by,
    r.decided_at,
    r.version,
    r.created_at,
    r.updated_at,
    case when r.status = 'pending' then array_remove(array[
        case when coalesce(r.superior_unit_id, r.unit_id) = (select private.my_unit())
            and (select private.my_rank()) >= 3 and p.status = 'in_force' and a.is_pending then 'grant' end,
        case when coalesce(r.superior_unit_id, r.unit_id) = (select private.my_unit())
            and (select private.my_rank()) >= 3 then 'refuse' end,
        case when r.unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 then 'withdraw' end], null)
        else '{}' end::text[] as actions,
    r.province_key,
    r.district_key,
    r.grassroots_key,
    r.province_line_key,
    r.district_line_key,
    r.grassroots_line_key
from app.extension_request as r
left join app.assignment as a on a.id = r.assignment_id
left join app.plan as p on p.id = a.plan_id
left join app.plan_item as i on i.id = a.plan_item_id;

create function private.extension_visible(p_id uuid) returns void
    language plpgsql stable set search_path = ''
as $$
begin
    if not exists (select from app.extension_request as r where r.id = p_id) then
        raise exception 'no such request' using errcode = 'DV404';
    end if;
end;
$$;

-- The note of a decision; NULL where it says none.
create function private.decision_note_read(p_body jsonb) returns text
    language plpgsql immutable set search_path = ''
as $$
declare
    note constant text := nullif(btrim(p_body ->> 'note'), '');
begin
    if char_length(note) > 2000 then
        raise exception 'the note is too long' using errcode = 'DV422', column = 'note', constraint = 'too_long';
    end if;
    return note;
end;
$$;

create function api.extension_request_grant(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.extension_visible(p_id);
    perform private.extension_grant(
        p_id, p_version, private.day_read(p_body, 'granted_due_on'), private.decision_note_read(p_body));
end;
$$;

create function api.extension_request_refuse(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
declare
    note constant text := private.decision_note_read(p_body);
begin
    perform private.extension_visible(p_id);
    if note is null then
        raise exception 'say why' using errcode = 'DV422', column = 'note', constraint = 'required';
    end if;
    perform private.extension_refuse(p_id, p_version, note);
end;
$$;

create function api.extension_request_withdraw(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.extension_visible(p_id);
    perform private.extension_withdraw(p_id, p_version);
end;
$$;
