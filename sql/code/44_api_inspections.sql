-- Inspections as their readers see them, and the commands on them.
--
--   inspection_programme_issue, _close   a leader of the unit that inspects
--   inspection_announce, _start          an officer or leader of it
--   inspection_conclude, _cancel         its leader: {"document_id"}, {"reason"}
--   recommendation_complete, _withdraw   its leader, while it is open: {}, {"reason"}
-- Refusals: DV404 not visible; DV403 not_permitted; DV409 wrong_state and the words of 43_inspections.sql; DV412 with the
-- current version in DETAIL; DV422 with the field.

set local role danvan_owner;

create view api.inspection_programmes with (security_invoker = true) as
select
    r.id,
    r.plan_id,
    (select p.number from app.plan as p where p.id = r.plan_id) as plan_number,
    r.year,
    r.title,
    r.document_id,
    (select d.symbol from app.document as d where d.id = r.document_id) as document_symbol,
    r.status,
    r.issued_on,
    r.closed_on,
    (select count(*) from app.inspection as i where i.programme_id = r.id) as inspection_count,
    (select count(*) from app.inspection as i where i.programme_id = r.id and i.status = 'concluded') as concluded_count,
    r.owner_unit_id,
    u.code as owner_unit_code,
    u.code as unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = r.owner_unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as owner_unit_name,
    l.code as level,
    n.code as line,
    r.version,
    r.created_at,
    r.updated_at,
    case when r.owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 then array_remove(array[
        case when r.status <> 'closed' then 'update' end,
        case when r.status = 'draft' then 'delete' end,
        case when r.status = 'draft' and (select private.my_rank()) >= 3 then 'issue' end,
        case when r.status = 'issued' and (select private.my_rank()) >= 3 then 'close' end], null)
        else '{}' end::text[] as actions,
    r.search,
    r.province_key,
    r.district_key,
    r.grassroots_key,
    r.province_line_key,
    r.district_line_key,
    r.grassroots_line_key
from app.inspection_programme as r
join app.level as l on l.id = r.level_id
join app.line as n on n.id = r.line_id
left join app.unit as u on u.id = r.owner_unit_id;

create view api.inspections with (security_invoker = true) as
select
    i.id,
    i.programme_id,
    (select g.title from app.inspection_programme as g where g.id = i.programme_id) as programme_title,
    i.plan_id,
    (select p.number from app.plan as p where p.id = i.plan_id) as plan_number,
    i.plan_item_id,
    (select x.code from app.plan_item as x where x.id = i.plan_item_id) as item_code,
    i.kind,
    i.is_joint,
    i.title,
    i.focus,
    i.starts_on,
    i.ends_on,
    i.status,
    (select count(*) from app.inspection_unit as s where s.inspection_id = i.id and s.role = 'subject') as subject_count,
    i.document_id,
    (select d.symbol from app.document as d where d.id = i.document_id) as document_symbol,
    i.announced_on,
    i.began_on,
    i.concluded_on,
    i.cancelled_on,
    i.cancel_reason,
    i.owner_unit_id,
    u.code as owner_unit_code,
    u.code as unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = i.owner_unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as owner_unit_name,
    l.code as level,
    n.code as line,
    i.version,
    i.created_at,
    i.updated_at,
    case when i.owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 then array_remove(array[
        case when i.is_open then 'update' end,
        case when i.status = 'planned' then 'delete' end,
        case when i.status = 'planned' then 'announce' end,
        case when i.status = 'announced' then 'start' end,
        case when i.status = 'under_way' and (select private.my_rank()) >= 3 then 'conclude' end,
        case when i.is_open and (select private.my_rank()) >= 3 then 'cancel' end], null)
        else '{}' end::text[] as actions,
    i.search,
    i.province_key,
    i.district_key,
    i.grassroots_key,
    i.province_line_key,
    i.district_line_key,
    i.grassroots_line_key
from app.inspection as i
join app.level as l on l.id = i.level_id
join app.line as n on n.id = i.line_id
left join app.unit as u on u.id = i.owner_unit_id;

create view api.inspection_units with (security_invoker = true) as
select
    s.id,
    s.inspection_id,
    i.title as inspection_title,
    i.starts_on,
    i.status as inspection_status,
    s.unit_id,
    u.code as unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = s.unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as unit_name,
    s.role,
    private.nothing_found(s.id) as nothing_found,
    s.version,
    s.created_at,
    s.updated_at,
    case when i.owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 then array_remove(array[
        case when i.status = 'under_way' and s.role = 'subject' then 'update' end,
        case when i.status in ('planned', 'announced') then 'delete' end], null)
        else '{}' end::text[] as actions
from app.inspection_unit as s
join app.inspection as i on i.id = s.inspection_id
left join app.unit as u on u.id = s.unit_id;

create view api.inspection_standards with (security_invoker = true) as
select
    s.id,
    s.inspection_id,
    i.title as inspection_title,
    s.document_id,
    d.symbol as document_symbol,
    d.subject as document_subject,
    d.issued_on as document_issued_on,
    case when i.owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 and i.is_open then array['delete'] else '{}' end::text[] as actions
from app.inspection_standard as s
join app.inspection as i on i.id = s.inspection_id
left join app.document as d on d.id = s.document_id;

create view api.inspection_findings with (security_invoker = true) as
select
    f.id,
    f.inspection_id,
    (select i.title from app.inspection as i where i.id = f.inspection_id) as inspection_title,
    f.subject_unit_id,
    (select s.code from app.unit as s where s.id = f.subject_unit_id) as subject_unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = f.subject_unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as subject_unit_name,
    f.kind,
    f.text,
    f.issued_on,
    f.owner_unit_id,
    u.code as owner_unit_code,
    u.code as unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = f.owner_unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as owner_unit_name,
    l.code as level,
    n.code as line,
    f.version,
    f.created_at,
    f.updated_at,
    case when f.owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 and f.is_open then array['update', 'delete'] else '{}' end::text[] as actions,
    f.province_key,
    f.district_key,
    f.grassroots_key,
    f.province_line_key,
    f.district_line_key,
    f.grassroots_line_key
from app.inspection_finding as f
join app.level as l on l.id = f.level_id
join app.line as n on n.id = f.line_id
left join app.unit as u on u.id = f.owner_unit_id;

create view api.recommendations with (security_invoker = true) as
select
    r.id,
    r.inspection_id,
    (select i.title from app.inspection as i where i.id = r.inspection_id) as inspection_title,
    r.lead_unit_id,
    (select s.code from app.unit as s where s.id = r.lead_unit_id) as lead_unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = r.lead_unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as lead_unit_name,
    r.title,
    r.text,
    r.due_on,
    r.status,
    r.given_on,
    r.completed_on,
    r.withdrawn_on,
    r.withdraw_reason,
    (select a.id from app.assignment as a where a.source_id = r.id and a.status <> 'moved'
        order by a.status = 'cancelled', a.id desc limit 1) as assignment_id,
    case when r.status <> 'draft' then (private.given_state(r.id)).status end as assignment_status,
    case when r.status <> 'draft' then (private.given_state(r.id)).progress end as progress,
    case when r.status <> 'draft' then (private.given_state(r.id)).due_on end as work_due_on,
    o.is_late as is_overdue,
    case when o.is_late then (select private.today()) - (private.given_state(r.id)).due_on else 0 end as days_overdue,
    case when r.given_on is not null and r.status = 'open' then (select private.today()) - r.given_on end as age_days,
    r.owner_unit_id,
    u.code as owner_unit_code,
    u.code as unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = r.owner_unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as owner_unit_name,
    l.code as level,
    n.code as line,
    r.version,
    r.created_at,
    r.updated_at,
    case when r.owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 then array_remove(array[
        case when r.status = 'draft' then 'update' end,
        case when r.status = 'draft' then 'delete' end,
        case when r.status = 'open' and (select private.my_rank()) >= 3 then 'complete' end,
        case when r.status = 'open' and (select private.my_rank()) >= 3 then 'withdraw' end], null)
        else '{}' end::text[] as actions,
    r.search,
    r.province_key,
    r.district_key,
    r.grassroots_key,
    r.province_line_key,
    r.district_line_key,
    r.grassroots_line_key
from app.recommendation as r
join app.level as l on l.id = r.level_id
join app.line as n on n.id = r.line_id
left join app.unit as u on u.id = r.owner_unit_id
cross join lateral (
    -- time granted only makes it later: what is not late by its first day is asked no further
    select case when private.is_overdue(r.status = 'open', r.due_on, (select private.today()))
        then coalesce((private.given_state(r.id)).is_late, false) else false end as is_late) as o;

-- Commands -----------------------------------------------------------------------------------------------

-- A document of the body, which the caller sees; NULL where it names none.
create function private.named_document_read(p_body jsonb) returns uuid
    language plpgsql stable set search_path = ''
as $$
declare
    told constant text := p_body ->> 'document_id';
    named uuid;
begin
    if told is null then
        return null;
    end if;
    select d.id into named from app.document as d where d.id = told::uuid;
    if named is null then
        raise exception 'no such document' using errcode = 'DV422', column = 'document_id', constraint = 'not_visible';
    end if;
    return named;
exception when invalid_text_representation then
    raise exception 'no identifier' using errcode = 'DV422', column = 'document_id', constraint = 'bad_uuid';
end;
$$;

create function api.inspection_programme_issue(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('inspection_programme', p_id);
    perform private.inspection_programme_move(p_id, p_version, 'draft', 'issued');
end;
$$;

create function api.inspection_programme_close(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('inspection_programme', p_id);
    perform private.inspection_programme_move(p_id, p_version, 'issued', 'closed');
end;
$$;

create function api.inspection_announce(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('inspection', p_id);
    perform private.inspection_announce(p_id, p_version);
end;
$$;

create function api.inspection_start(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('inspection', p_id);
    perform private.inspection_start(p_id, p_version);
end;
$$;

create function api.inspection_conclude(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('inspection', p_id);
    perform private.inspection_conclude(p_id, p_version, private.named_document_read(p_body));
end;
$$;

create function api.inspection_cancel(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('inspection', p_id);
    perform private.inspection_cancel(p_id, p_version, private.reason_read(p_body));
end;
$$;

create function api.recommendation_complete(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('recommendation', p_id);
    perform private.recommendation_complete(p_id, p_version);
end;
$$;

create function api.recommendation_withdraw(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('recommendation', p_id);
    perform private.recommendation_withdraw(p_id, p_version, private.reason_read(p_body));
end;
$$;
