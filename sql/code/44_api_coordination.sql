-- Coordination plans, their parties and items, the commands on them, and which boards have one.
--
--   coordination_plan_sign   {"signed_on", "document_id"?}        coordination_plan_end  {"ended_on", "reason"}
--   coordination_item_give, _withdraw {"reason"}, _complete {"completed_on"?}
-- All by an officer or leader of the owner. Refusals as in 44_api_committees.sql.

set local role danvan_owner;

create view api.coordination_plans with (security_invoker = true) as
select
    c.id,
    c.partner_kind,
    c.term,
    c.year,
    c.until_year,
    c.number,
    c.title,
    c.plan_id,
    (select p.number from app.plan as p where p.id = c.plan_id) as plan_number,
    c.plan_item_id,
    (select i.code from app.plan_item as i where i.id = c.plan_item_id) as item_code,
    c.document_id,
    (select d.symbol from app.document as d where d.id = c.document_id) as document_symbol,
    c.status,
    c.signed_on,
    c.ended_on,
    c.end_reason,
    c.owner_unit_id,
    u.code as unit_code,
    private.unit_name_on(c.owner_unit_id, (select private.today())) as unit_name,
    l.code as level,
    n.code as line,
    (select count(*) from app.coordination_party as p where p.coordination_plan_id = c.id) as party_count,
    (select count(*) from app.coordination_item as i where i.coordination_plan_id = c.id) as item_count,
    (select count(*) from app.coordination_item as i where i.coordination_plan_id = c.id and i.status = 'completed') as completed_count,
    c.version,
    c.created_at,
    c.updated_at,
    case when c.owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 then case c.status
        when 'draft' then array['update', 'delete', 'sign']
        when 'signed' then array['end']
        else '{}' end else '{}' end::text[] as actions,
    c.search,
    c.province_key,
    c.district_key,
    c.grassroots_key,
    c.province_line_key,
    c.district_line_key,
    c.grassroots_line_key
from app.coordination_plan as c
join app.level as l on l.id = c.level_id
join app.line as n on n.id = c.line_id
left join app.unit as u on u.id = c.owner_unit_id;

create view api.coordination_parties with (security_invoker = true) as
select
    p.id,
    p.coordination_plan_id,
    c.title as coordination_plan_title,
    p.unit_id,
    u.code as unit_code,
    private.unit_name_on(p.unit_id, (select private.today())) as unit_name,
    p.signatory,
    p.version,
    p.created_at,
    p.updated_at,
    case when c.owner_unit_id = (select private.my_unit()) and c.status = 'draft' and (select private.my_rank()) >= 2
        then array['update', 'delete'] else '{}' end::text[] as actions
from app.coordination_party as p
join app.coordination_plan as c on c.id = p.coordination_plan_id
left join app.unit as u on u.id = p.unit_id;

create view api.coordination_items with (security_invoker = true) as
select
    i.id,
    i.coordination_plan_id,
    c.title as coordination_plan_title,
    c.status as coordination_plan_status,
    i.position,
    i.title,
    i.text,
    i.lead_unit_id,
    v.code as lead_unit_code,
    private.unit_name_on(i.lead_unit_id, (select private.today())) as lead_unit_name,
    i.due_on,
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
    case when i.owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 then case
        when c.status = 'draft' then array['update', 'delete']
        when c.status = 'signed' and i.status = 'draft' then array['update', 'give', 'withdraw']
        when i.status = 'draft' then array['withdraw']
        when i.status = 'open' then case when exists (select from app.assignment as a where a.source_id = i.id)
            then array['withdraw'] else array['complete', 'withdraw'] end
        else '{}' end else '{}' end::text[] as actions,
    i.search,
    i.province_key,
    i.district_key,
    i.grassroots_key,
    i.province_line_key,
    i.district_line_key,
    i.grassroots_line_key
from app.coordination_item as i
join app.coordination_plan as c on c.id = i.coordination_plan_id
join app.level as l on l.id = i.level_id
join app.line as n on n.id = i.line_id
left join app.unit as v on v.id = i.lead_unit_id
left join app.unit as u on u.id = i.owner_unit_id
cross join lateral (
    -- time granted only makes it later: what is not late by its first day is asked no further
    select case when private.is_overdue(i.status = 'open', i.due_on, (select private.today()))
        then coalesce((private.given_state(i.id)).is_late, true) else false end as is_late) as o;

-- Commands -----------------------------------------------------------------------------------------------

create function api.coordination_plan_sign(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('coordination_plan', p_id);
    perform private.coordination_plan_sign(p_id, p_version, private.day_required(p_body, 'signed_on'),
        private.document_read(p_body, 'document_id'));
end;
$$;

create function api.coordination_plan_end(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('coordination_plan', p_id);
    perform private.coordination_plan_end(p_id, p_version, private.day_required(p_body, 'ended_on'), private.reason_read(p_body));
end;
$$;

create function api.coordination_item_give(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('coordination_item', p_id);
    perform private.coordination_item_give(p_id, p_version);
end;
$$;

create function api.coordination_item_withdraw(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('coordination_item', p_id);
    perform private.coordination_item_withdraw(p_id, p_version, private.reason_read(p_body));
end;
$$;

create function api.coordination_item_complete(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('coordination_item', p_id);
    perform private.coordination_item_complete(p_id, p_version, coalesce(private.day_read(p_body, 'completed_on'), private.today()));
end;
$$;

-- Coverage -------------------------------------------------------------------------------------------------

-- Which boards have a signed plan for a year and which lack one: the boards that stand on the day (units whose kind holds
-- the role committee_board at its level: what plan 36 asks in T2.1.4 and T2.3.3), each once per kind of partner. A plan of
-- a stage covers each of its years; one that ended by its day covers the year it was for. Row security holds inside.
create function api.coordination_coverage(
    p_year integer default null, p_partner_kind text default null, p_plan_id uuid default null, p_as_of date default null,
    p_unit_id integer default null, p_subtree boolean default true)
    returns table (
        unit_id integer, unit_code text, unit_name text, level text, partner_kind text, year integer, is_covered boolean,
        yearly_count bigint, stage_count bigint, coordination_plan_id uuid, term text, number text, title text, signed_on date)
    language plpgsql stable set search_path = '' rows 200
as $$
declare
    scope constant record := private.scope_of_unit(p_unit_id);
    day constant date := coalesce(p_as_of, private.today());
    of_year constant integer := coalesce(p_year, extract(year from day)::integer);
begin
    if p_plan_id is not null and not exists (select from app.plan as p where p.id = p_plan_id) then
        raise exception 'no such plan' using errcode = 'DV422', column = 'plan', constraint = 'not_visible';
    end if;
    -- %I is one of the scope columns
    return query execute format($sql$
        with board as materialized (
            select u.id, u.code, v.name, u.level_id
            from app.unit as u
            join app.unit_version as v on v.unit_id = u.id and v.valid_from <= $3 and (v.valid_to is null or v.valid_to > $3)
            where u.%1$I = $1 and ($2::integer is null or $7 or u.id = $2) and u.parent_id is null
                and (u.level_id, u.kind) in (select k.level_id, k.kind from app.level_role_kind as k where k.role = 'committee_board')),
        signed as materialized (
            select c.owner_unit_id, c.partner_kind, count(*) filter (where c.term = 'yearly') as yearly,
                count(*) filter (where c.term = 'stage') as stages,
                (array_agg(c.id order by c.term desc, c.signed_on, c.id))[1] as id
            from app.coordination_plan as c
            where c.%1$I = $1 and c.signed_on <= $3 and c.year <= $4 and coalesce(c.until_year, c.year) >= $4
                and ($6::uuid is null or c.plan_id = $6)
            group by c.owner_unit_id, c.partner_kind)
        select b.id, b.code, b.name, l.code, k.kind, $4, s.id is not null, coalesce(s.yearly, 0), coalesce(s.stages, 0),
            s.id, c.term, c.number, c.title, c.signed_on
        from board as b
        join app.level as l on l.id = b.level_id
        cross join unnest(case when $5 is null then array['people_committee', 'armed_forces'] else array[$5] end) as k (kind)
        left join signed as s on s.owner_unit_id = b.id and s.partner_kind = k.kind
        left join app.coordination_plan as c on c.id = s.id$sql$, scope.key_column)
    using scope.key_value, p_unit_id, day, of_year, p_partner_kind, p_plan_id, p_subtree;
end;
$$;

-- The same counted by level.
create function api.coordination_rates(
    p_year integer default null, p_partner_kind text default null, p_plan_id uuid default null, p_as_of date default null,
    p_unit_id integer default null, p_subtree boolean default true)
    returns table (
        group_id integer, group_code text, group_name text, partner_kind text, year integer, boards bigint, covered bigint,
        lacking bigint, percent numeric)
    language plpgsql stable set search_path = '' rows 10
as $$
begin
    return query
    select l.id::integer, l.code, l.name, c.partner_kind, c.year, count(*), count(*) filter (where c.is_covered),
        count(*) filter (where not c.is_covered), private.rate(count(*) filter (where c.is_covered), count(*))
    from api.coordination_coverage(p_year, p_partner_kind, p_plan_id, p_as_of, p_unit_id, p_subtree) as c
    join app.level as l on l.code = c.level
    group by l.id, l.code, l.name, c.partner_kind, c.year;
end;
$$;
