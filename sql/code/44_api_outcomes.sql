-- Outcomes of meetings and the units they name, as far as row security shows them; the commands. Of a task's work status,
-- progress, present due day and lateness are the assignment's (private.outcome_work: also for whoever does not see it).

set local role danvan_owner;

create view api.outcomes with (security_invoker = true) as
select
    o.id,
    o.meeting_id,
    m.title as meeting_title,
    m.kind as meeting_kind,
    m.held_on as held_on,
    o.plan_id,
    (select p.number from app.plan as p where p.id = o.plan_id) as plan_number,
    o.owner_unit_id,
    (select u.code from app.unit as u where u.id = o.owner_unit_id) as owner_unit_code,
    coalesce((select v.name from app.unit_version as v
            where v.unit_id = o.owner_unit_id and v.valid_from <= (select private.today())
            order by v.valid_from desc limit 1),
        case when o.owner_unit_id is not null then private.outcome_unit_name(o.id, o.owner_unit_id, (select private.today())) end) as owner_unit_name,
    o.position,
    o.kind,
    o.title,
    o.text,
    o.lead_unit_id,
    (select u.code from app.unit as u where u.id = o.lead_unit_id) as lead_unit_code,
    coalesce((select v.name from app.unit_version as v
            where v.unit_id = o.lead_unit_id and v.valid_from <= (select private.today())
            order by v.valid_from desc limit 1),
        case when o.lead_unit_id is not null then private.outcome_unit_name(o.id, o.lead_unit_id, (select private.today())) end) as lead_unit_name,
    o.due_on,
    o.plan_item_id,
    (select i.code from app.plan_item as i where i.id = o.plan_item_id) as item_code,
    o.status,
    -- what a cancelled meeting was about to decide is nobody's to do
    o.is_open and (o.status <> 'draft' or m.status is distinct from 'cancelled') as is_open,
    o.given_on,
    o.completed_on,
    o.withdrawn_on,
    o.withdraw_reason,
    (select a.id from app.assignment as a where a.source_id = o.id and a.status <> 'moved'
        order by a.status = 'cancelled', a.id desc limit 1) as assignment_id,
    case when o.kind = 'task' and o.status <> 'draft' then (private.outcome_work(o.id)).status end as assignment_status,
    case when o.kind = 'task' and o.status <> 'draft' then (private.outcome_work(o.id)).progress end as progress,
    coalesce(case when o.kind = 'task' and o.status <> 'draft' then (private.outcome_work(o.id)).due_on end, o.due_on) as present_due_on,
    coalesce(case when o.kind = 'task' and o.status = 'open' then (private.outcome_work(o.id)).is_overdue end, false) as is_overdue,
    coalesce(case when o.kind = 'task' and o.status = 'open' then (private.outcome_work(o.id)).days_overdue end, 0) as days_overdue,
    o.carry_over_count,
    l.code as level,
    n.code as line,
    o.version,
    o.created_at,
    o.updated_at,
    case when o.owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 then array_remove(array[
        case when o.status = 'draft' and m.status = 'open' then 'update' end,
        case when o.status = 'draft' and m.status = 'open' then 'delete' end,
        case when o.status = 'open' and a.may_decide then 'complete' end,
        case when a.may_decide and (o.status = 'completed' and a.is_in_force
            or o.status = 'open' and (private.outcome_work(o.id)).status = 'reported') then 'reopen' end,
        case when o.status in ('open', 'in_force') and a.may_decide then 'withdraw' end], null)
        else '{}' end::text[] as actions,
    o.search,
    o.province_key,
    o.district_key,
    o.grassroots_key,
    o.province_line_key,
    o.district_line_key,
    o.grassroots_line_key
from app.outcome as o
left join app.meeting as m on m.id = o.meeting_id
join app.level as l on l.id = o.level_id
join app.line as n on n.id = o.line_id
cross join lateral (
    select (select private.my_rank()) >= 3 as may_decide,
        (select p.status from app.plan as p where p.id = o.plan_id) = 'in_force' as is_in_force) as a;

-- One outcome with the units it names beside the lead.
create view api.outcome_details with (security_invoker = true) as
select o.*,
    (select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'unit_id', u.unit_id,
            'unit_code', (select x.code from app.unit as x where x.id = u.unit_id),
            'unit_name', coalesce(private.unit_name(u.unit_id), private.outcome_unit_name(o.id, u.unit_id, (select private.today()))), 'role', u.role) order by u.created_at, u.id), '[]')
        from app.outcome_unit as u where u.outcome_id = o.id) as units
from api.outcomes as o;

create view api.outcome_units with (security_invoker = true) as
select
    u.id,
    u.outcome_id,
    o.meeting_id,
    o.kind as outcome_kind,
    o.title as outcome_title,
    u.unit_id,
    (select x.code from app.unit as x where x.id = u.unit_id) as unit_code,
    coalesce(private.unit_name(u.unit_id), private.outcome_unit_name(o.id, u.unit_id, (select private.today()))) as unit_name,
    u.role,
    u.created_at,
    case when o.status = 'draft' and m.status = 'open' and o.owner_unit_id = (select private.my_unit())
            and (select private.my_rank()) >= 2
        then array['delete'] else '{}' end::text[] as actions
from app.outcome_unit as u
join app.outcome as o on o.id = u.outcome_id
left join app.meeting as m on m.id = o.meeting_id;

-- Commands -----------------------------------------------------------------------------------------------

create function api.outcome_complete(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
declare
    note constant text := nullif(btrim(p_body ->> 'note'), '');
begin
    perform private.must_see('outcome', p_id);
    if char_length(note) > 4000 then
        raise exception 'the note is too long' using errcode = 'DV422', column = 'note', constraint = 'too_long';
    end if;
    perform private.outcome_complete(p_id, p_version, note);
end;
$$;

create function api.outcome_reopen(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('outcome', p_id);
    perform private.outcome_reopen(p_id, p_version, private.reason_read(p_body));
end;
$$;

create function api.outcome_withdraw(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('outcome', p_id);
    perform private.outcome_withdraw(p_id, p_version, private.reason_read(p_body));
end;
$$;
