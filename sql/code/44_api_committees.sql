-- Committees, their members, programme of work and reviews, and the commands on them.
--
--   committee_renew      {"document_id", "valid_from", "members": [{"unit_id", "role", "post", "staff_id"?}, …]}
--   committee_end        {"ended_on", "reason" or "document_id"}
--   committee_work_item_give, _withdraw {"reason"}, _complete {"completed_on"?}
--   committee_review_conclude   {"summary", "done_on"?, "report_document_id"?}
-- All by an officer or leader of the standing unit. Refusals: DV404 not visible; DV403 not_permitted; DV409 and the words of
-- 43_committees.sql; DV412 with the current version in DETAIL; DV422 with the field, or every field of members in DETAIL.

set local role danvan_owner;

create function private.unit_name_on(p_unit_id integer, p_day date) returns text
    language sql stable
    return (
        select v.name from app.unit_version as v
        where v.unit_id = p_unit_id and v.valid_from <= p_day
        order by v.valid_from desc limit 1);

create view api.committees with (security_invoker = true) as
select
    c.id,
    c.code,
    c.name,
    c.plan_id,
    (select p.number from app.plan as p where p.id = c.plan_id) as plan_number,
    c.document_id,
    (select d.symbol from app.document as d where d.id = c.document_id) as document_symbol,
    c.duties,
    c.established_on,
    case when c.ended_on is null then 'open' else 'ended' end as status,
    c.ended_on,
    c.end_reason,
    c.end_document_id,
    c.owner_unit_id,
    u.code as unit_code,
    private.unit_name_on(c.owner_unit_id, (select private.today())) as unit_name,
    l.code as level,
    n.code as line,
    (select count(*) from app.committee_member as m
        where m.committee_id = c.id and m.valid_from <= (select private.today())
            and (m.valid_to is null or m.valid_to > (select private.today()))) as member_count,
    (select count(*) from app.meeting as s where s.committee_id = c.id and s.status = 'closed') as session_count,
    (select min(s.held_on) from app.meeting as s
        where s.committee_id = c.id and s.status in ('planned', 'open') and s.held_on >= (select private.today())) as next_session_on,
    (select count(*) from app.committee_work_item as i where i.committee_id = c.id and i.status = 'open') as open_work_count,
    c.version,
    c.created_at,
    c.updated_at,
    case when c.owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 and c.ended_on is null
        then array_remove(array['update', case when not exists (
                select from app.committee_member as m where m.committee_id = c.id and m.valid_from <= (select private.today()))
            then 'delete' end, 'renew', 'end'], null) else '{}' end::text[] as actions,
    c.search,
    c.province_key,
    c.district_key,
    c.grassroots_key,
    c.province_line_key,
    c.district_line_key,
    c.grassroots_line_key
from app.committee as c
join app.level as l on l.id = c.level_id
join app.line as n on n.id = c.line_id
left join app.unit as u on u.id = c.owner_unit_id;

create view api.committee_members with (security_invoker = true) as
select
    m.id,
    m.committee_id,
    c.code as committee_code,
    c.name as committee_name,
    m.unit_id,
    u.code as unit_code,
    private.unit_name_on(m.unit_id, (select private.today())) as unit_name,
    m.role,
    m.post,
    m.staff_id,
    m.document_id,
    (select d.symbol from app.document as d where d.id = m.document_id) as document_symbol,
    m.valid_from,
    m.valid_to,
    array_position(array['chair', 'vice_chair', 'standing_member', 'member', 'secretary'], m.role) as place,
    m.version,
    m.created_at,
    m.updated_at,
    case when c.owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 and c.ended_on is null
        then case when m.valid_from > (select private.today()) then array['update', 'delete'] else array['update'] end
        else '{}' end::text[] as actions
from app.committee_member as m
join app.committee as c on c.id = m.committee_id
left join app.unit as u on u.id = m.unit_id;

-- committee_id stands for itself where the lead, no member any more, sees the item alone
create view api.committee_work_items with (security_invoker = true) as
select
    i.id,
    i.committee_id,
    c.code as committee_code,
    c.name as committee_name,
    i.year,
    i.title,
    i.text,
    i.lead_unit_id,
    v.code as lead_unit_code,
    private.unit_name_on(i.lead_unit_id, (select private.today())) as lead_unit_name,
    i.due_on,
    i.plan_item_id,
    (select t.code from app.plan_item as t where t.id = i.plan_item_id) as item_code,
    i.status,
    i.given_on,
    i.completed_on,
    i.withdrawn_on,
    i.withdraw_reason,
    (select a.id from app.assignment as a where a.source_id = i.id and a.status <> 'moved') as assignment_id,
    case when i.status <> 'draft' then (private.given_state(i.id)).progress end as progress,
    coalesce(case when i.status <> 'draft' then (private.given_state(i.id)).due_on end, i.due_on) as present_due_on,
    o.is_late as is_overdue,
    case when o.is_late then (select private.today()) - coalesce((private.given_state(i.id)).due_on, i.due_on) else 0 end as days_overdue,
    i.owner_unit_id,
    u.code as unit_code,
    l.code as level,
    n.code as line,
    i.version,
    i.created_at,
    i.updated_at,
    case when i.owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 then case i.status
        when 'draft' then array['update', 'delete', 'give']
        when 'open' then case when exists (select from app.assignment as a where a.source_id = i.id)
            then array['withdraw'] else array['complete', 'withdraw'] end
        else '{}' end else '{}' end::text[] as actions,
    i.search,
    i.province_key,
    i.district_key,
    i.grassroots_key,
    i.province_line_key,
    i.district_line_key,
    i.grassroots_line_key
from app.committee_work_item as i
join app.level as l on l.id = i.level_id
join app.line as n on n.id = i.line_id
left join app.committee as c on c.id = i.committee_id
left join app.unit as v on v.id = i.lead_unit_id
left join app.unit as u on u.id = i.owner_unit_id
cross join lateral (
    -- time granted only makes it later: what is not late by its first day is asked no further
    select case when private.is_overdue(i.status = 'open', i.due_on, (select private.today()))
        then coalesce((private.given_state(i.id)).is_late, true) else false end as is_late) as o;

create view api.committee_reviews with (security_invoker = true) as
select
    r.id,
    r.committee_id,
    c.code as committee_code,
    c.name as committee_name,
    r.title,
    r.document_id,
    (select d.symbol from app.document as d where d.id = r.document_id) as document_symbol,
    r.plan_item_id,
    (select t.code from app.plan_item as t where t.id = r.plan_item_id) as item_code,
    r.period_from,
    r.period_to,
    r.due_on,
    r.planned_on,
    r.status,
    r.done_on,
    r.summary,
    r.report_document_id,
    (select d.symbol from app.document as d where d.id = r.report_document_id) as report_symbol,
    private.is_overdue(r.status = 'planned', r.due_on, (select private.today())) as is_overdue,
    r.owner_unit_id,
    u.code as unit_code,
    l.code as level,
    n.code as line,
    r.version,
    r.created_at,
    r.updated_at,
    case when r.owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 and r.status = 'planned'
        then array['update', 'delete', 'conclude'] else '{}' end::text[] as actions,
    r.search,
    r.province_key,
    r.district_key,
    r.grassroots_key,
    r.province_line_key,
    r.district_line_key,
    r.grassroots_line_key
from app.committee_review as r
join app.committee as c on c.id = r.committee_id
join app.level as l on l.id = r.level_id
join app.line as n on n.id = r.line_id
left join app.unit as u on u.id = r.owner_unit_id;

-- Commands -----------------------------------------------------------------------------------------------

-- A document of the body that the caller sees; NULL where it names none.
create function private.document_read(p_body jsonb, p_name text) returns uuid
    language plpgsql stable set search_path = ''
as $$
declare
    document_id constant uuid := (p_body ->> p_name)::uuid;
begin
    if document_id is not null and not exists (select from app.document as d where d.id = document_id) then
        raise exception 'no such document' using errcode = 'DV422', column = p_name, constraint = 'not_visible';
    end if;
    return document_id;
end;
$$;

-- An integer id of a cell; anything else is 0, which names nothing.
create function private.id_read(p_cell jsonb) returns integer
    language sql immutable
    return case
        when p_cell is null or p_cell = 'null' then null
        when jsonb_typeof(p_cell) = 'number' and p_cell::numeric between 1 and 2147483647 and p_cell::numeric = trunc(p_cell::numeric)
            then p_cell::numeric::integer
        else 0 end;

-- The members of a renewal, read from the body: a cell that is none reads as NULL or as what names nothing.
create function private.members_read(p_body jsonb)
    returns table (nth integer, unit_id integer, role text, post text, staff_id text)
    language sql immutable rows 30
begin atomic
    select (c.n - 1)::integer, private.id_read(c.cell -> 'unit_id'), c.cell ->> 'role', nullif(btrim(c.cell ->> 'post'), ''),
        c.cell ->> 'staff_id'
    from jsonb_array_elements(p_body -> 'members') with ordinality as c (cell, n);
end;

create function private.members_faults(p_body jsonb) returns table (nth integer, field text, word text)
    language plpgsql stable set search_path = '' rows 10
as $$
begin
    return query
    with told as materialized (select m.*, u.id as seen_id, u.is_active from private.members_read(p_body) as m
        left join app.unit as u on u.id = m.unit_id)
    select t.nth, 'unit_id', case when t.unit_id is null then 'required' when t.seen_id is null then 'not_visible' else 'not_active' end
    from told as t where not coalesce(t.is_active, false)
    union all
    select t.nth, 'role', case when t.role is null then 'required' else 'not_a_choice' end
    from told as t
    where not coalesce(t.role in ('chair', 'vice_chair', 'standing_member', 'member', 'secretary'), false)
    union all
    select t.nth, 'post', case when t.post is null then 'required' else 'too_long' end
    from told as t where not coalesce(char_length(t.post) <= 200, false)
    union all
    select t.nth, 'staff_id', 'not_visible'
    from told as t
    where t.staff_id is not null and not exists (
        select from app.staff as s
        where s.id = case when t.staff_id ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' then t.staff_id::uuid end)
    union all
    select t.nth, 'post', 'duplicate'
    from told as t
    where exists (select from told as x where x.nth < t.nth and (x.unit_id, x.role, x.post) = (t.unit_id, t.role, t.post));
end;
$$;

create function api.committee_renew(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
declare
    document_id constant uuid := private.document_read(p_body, 'document_id');
    valid_from constant date := private.day_required(p_body, 'valid_from');
    faults text;
begin
    perform private.must_see('committee', p_id);
    if document_id is null then
        raise exception 'by which decision?' using errcode = 'DV422', column = 'document_id', constraint = 'required';
    end if;
    if jsonb_typeof(p_body -> 'members') is distinct from 'array' or jsonb_array_length(p_body -> 'members') = 0 then
        raise exception 'no members' using errcode = 'DV422', column = 'members', constraint = 'required';
    end if;
    if jsonb_array_length(p_body -> 'members') > 200 then
        raise exception 'too many members' using errcode = 'DV422', column = 'members', constraint = 'too_many';
    end if;
    select string_agg(format('members/%s/%s %s', f.nth, f.field, f.word), e'\n' order by f.nth, f.field)
    into faults
    from private.members_faults(p_body) as f;
    if faults is not null then
        raise exception 'members have faults' using errcode = 'DV422', detail = faults;
    end if;
    perform private.committee_renew(p_id, p_version, document_id, valid_from,
        array_agg(m.unit_id order by m.nth), array_agg(m.role order by m.nth), array_agg(m.post order by m.nth),
        array_agg(m.staff_id::uuid order by m.nth))
    from private.members_read(p_body) as m;
end;
$$;

create function api.committee_end(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
declare
    document_id constant uuid := private.document_read(p_body, 'document_id');
begin
    perform private.must_see('committee', p_id);
    perform private.committee_end(p_id, p_version, private.day_required(p_body, 'ended_on'),
        case when document_id is null or p_body ->> 'reason' is not null then private.reason_read(p_body) end, document_id);
end;
$$;

create function api.committee_work_item_give(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('committee_work_item', p_id);
    perform private.committee_work_item_give(p_id, p_version);
end;
$$;

create function api.committee_work_item_withdraw(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('committee_work_item', p_id);
    perform private.committee_work_item_withdraw(p_id, p_version, private.reason_read(p_body));
end;
$$;

create function api.committee_work_item_complete(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('committee_work_item', p_id);
    perform private.committee_work_item_complete(p_id, p_version,
        coalesce(private.day_read(p_body, 'completed_on'), private.today()));
end;
$$;

create function api.committee_review_conclude(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
declare
    summary constant text := nullif(btrim(p_body ->> 'summary'), '');
begin
    if not exists (select from app.committee_review as r where r.id = p_id) then
        raise exception 'no such review' using errcode = 'DV404';
    end if;
    if summary is null then
        raise exception 'what came of it?' using errcode = 'DV422', column = 'summary', constraint = 'required';
    end if;
    perform private.committee_review_conclude(p_id, p_version, coalesce(private.day_read(p_body, 'done_on'), private.today()),
        summary, private.document_read(p_body, 'report_document_id'));
end;
$$;
