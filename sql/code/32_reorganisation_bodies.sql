-- Meetings, committees and the other bodies when units end: what such a unit owns and is not over goes to its main
-- successor (private.move_owned); what names it, and has not happened yet, names the successor. What is over stays.

set local role danvan_policy;

-- Rows of one table that name ended units, under the parent that p_parent_column gives: the successor stands in their
-- place, once. p_open says of which rows (t): constants of this file.
create function private.move_named(p_table text, p_unit_column text, p_parent_column text, p_open text) returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    moved integer;
begin
    -- of several that become one, and of one that stands there already, the first stays
    execute format($sql$
        with going as materialized (
            select t.id, t.%2$I as parent, s.successor_id,
                row_number() over (partition by t.%2$I, s.successor_id order by t.id) as nth
            from private.unit_successors() as s
            join app.%1$I as t on t.%3$I = s.unit_id
            where s.is_main and (%4$s)),
        doubled as (
            delete from app.%1$I as t using going as g
            where t.id = g.id and (g.nth > 1 or exists (
                select from app.%1$I as x where x.%2$I = g.parent and x.%3$I = g.successor_id))
            returning t.id)
        update app.%1$I as t set %3$I = g.successor_id
        from going as g
        where t.id = g.id and not (g.nth > 1 or exists (
            select from app.%1$I as x where x.%2$I = g.parent and x.%3$I = g.successor_id))$sql$,
        p_table, p_parent_column, p_unit_column, p_open);
    get diagnostics moved = row_count;
    return moved;
exception when integrity_constraint_violation or sqlstate 'DV403' or sqlstate 'DV409' or sqlstate 'DV422' then
    -- no rule of one table holds up a reorganisation
    raise warning 'rows of % go on naming units that have ended: %', p_table, sqlerrm;
    return 0;
end;
$$;

-- A task names its lead as lead alone.
create function private.move_outcome_leads() returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    update app.outcome as o set lead_unit_id = s.successor_id
    from private.unit_successors() as s
    where s.unit_id = o.lead_unit_id and s.is_main and o.is_open;
    delete from app.outcome_unit as x
    using app.outcome as o
    where o.id = x.outcome_id and o.is_open and x.unit_id = o.lead_unit_id
        and x.unit_id in (select s.successor_id from private.unit_successors() as s);
end;
$$;

create function private.move_bodies() returns jsonb
    language plpgsql security definer set search_path = ''
as $$
declare
    counts jsonb := private.move_meetings_ahead();
begin
    counts := counts || private.move_owned() || private.move_committees() || private.move_coordination();
    counts := counts || jsonb_build_object('meeting_invitations', private.move_named('meeting_invitation', 'unit_id', 'meeting_id',
        'exists (select from app.meeting as m where m.id = t.meeting_id and m.status = ''planned'')'));
    perform private.move_named('meeting_series_invitee', 'unit_id', 'series_id',
        'exists (select from app.meeting_series as m where m.id = t.series_id and m.is_open)');
    perform private.move_named('meeting_agenda_item', 'presenter_unit_id', 'id',
        'exists (select from app.meeting as m where m.id = t.meeting_id and m.status = ''planned'')');
    perform private.move_meetings_behind();
    perform private.move_named('outcome_unit', 'unit_id', 'outcome_id',
        'exists (select from app.outcome as o where o.id = t.outcome_id and o.is_open)');
    perform private.move_outcome_leads();
    -- who is inspected, what is written of it, who is to carry a recommendation out
    counts := counts || jsonb_build_object('inspection_units', private.move_named('inspection_unit', 'unit_id', 'inspection_id',
        'exists (select from app.inspection as i where i.id = t.inspection_id and i.is_open)'));
    update app.inspection_finding as f set subject_unit_id = s.successor_id
    from private.unit_successors() as s
    where s.unit_id = f.subject_unit_id and s.is_main and f.is_open;
    update app.recommendation as r set lead_unit_id = s.successor_id
    from private.unit_successors() as s
    where s.unit_id = r.lead_unit_id and s.is_main and r.is_open;
    return counts;
end;
$$;

-- What the preview tells of it: unit by unit, for those that this reorganisation ended.
create function private.bodies_warnings(p_day date) returns table (word text, about text)
    language plpgsql stable security definer set search_path = '' rows 10
as $$
begin
    return query
    with told as (
        select 'record_left' as word, l.unit_id, l.about from private.owned_left() as l
        union all
        select 'series_ended', s.owner_unit_id, concat(p.number, ' (', case s.kind when 'six_months' then 'giao ban 6 tháng'
            when 'nine_months' then 'giao ban 9 tháng' else 'giao ban cuối năm' end, ')')
        from app.meeting_series as s
        join app.plan as p on p.id = s.plan_id
        where s.updated_at = now() and s.ended_on is not null
        union all
        select 'meeting_cancelled', m.owner_unit_id, m.title
        from app.meeting as m
        where m.updated_at = now() and m.status = 'cancelled')
    select t.word, concat(n.name, ': ', t.about)
    from told as t
    join app.unit_version as n on n.unit_id = t.unit_id and n.valid_to = p_day
    join app.unit as u on u.id = t.unit_id and not u.is_active;
end;
$$;
