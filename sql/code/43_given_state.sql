-- How far the work is that a committee, a coordination plan or an inspection gave, as outcomes tell it (private.outcome_work):
-- due with the time granted, late only while it is not reported. For whoever sees the row that gave it, also where the
-- assignment is not theirs to see. Null where it is no assignment.

set local role danvan_policy;

create function private.given_row_is_seen(p_source_id uuid) returns boolean
    language plpgsql stable parallel safe security definer set search_path = ''
as $$
begin
    return exists (
            select from app.committee_work_item as i
            where i.id = p_source_id and (i.owner_unit_id = private.my_unit() or i.lead_unit_id = private.my_unit()
                or private.in_my_scope(i.province_key, i.district_key, i.grassroots_key, i.province_line_key,
                    i.district_line_key, i.grassroots_line_key)
                or i.committee_id = any (private.my_committees())))
        or exists (
            select from app.coordination_item as i
            where i.id = p_source_id and (i.owner_unit_id = private.my_unit()
                or private.in_my_scope(i.province_key, i.district_key, i.grassroots_key, i.province_line_key,
                    i.district_line_key, i.grassroots_line_key)
                or i.coordination_plan_id = any (private.my_coordination_plans())))
        or exists (
            select from app.recommendation as r
            where r.id = p_source_id and (r.owner_unit_id = private.my_unit() or r.lead_unit_id = private.my_unit()
                or private.in_my_scope(r.province_key, r.district_key, r.grassroots_key, r.province_line_key,
                    r.district_line_key, r.grassroots_line_key)
                or r.inspection_id in (select private.my_partner_inspections())));
end;
$$;

create function private.given_state(
    p_source_id uuid, out status text, out progress smallint, out due_on date, out is_late boolean)
    language plpgsql stable parallel safe security definer set search_path = ''
as $$
begin
    select a.status, a.progress, a.due_on, private.is_overdue(a.is_pending, a.due_on, private.today())
    into status, progress, due_on, is_late
    from app.assignment as a
    where a.source_id = p_source_id and a.status <> 'moved' and private.given_row_is_seen(p_source_id)
    order by a.status = 'cancelled', a.id desc limit 1;
end;
$$;

-- The same at the end of a day.
create function private.given_state_on(
    p_source_id uuid, p_day date, out status text, out progress smallint, out due_on date, out is_late boolean)
    language plpgsql stable parallel safe security definer set search_path = ''
as $$
begin
    select a.status, a.progress, a.due_on, a.status in ('not_started', 'in_progress') and a.due_on < p_day
    into status, progress, due_on, is_late
    from private.assignment_on(p_day) as a
    where a.id in (select x.id from app.assignment as x where x.source_id = p_source_id) and private.given_row_is_seen(p_source_id)
    order by a.status in ('moved', 'cancelled'), a.id desc limit 1;
end;
$$;
