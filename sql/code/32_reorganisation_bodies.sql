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
end;
$$;

create function private.move_bodies() returns jsonb
    language plpgsql security definer set search_path = ''
as $$
declare
    counts jsonb := private.move_owned();
begin
    counts := counts || jsonb_build_object('meeting_invitations', private.move_named('meeting_invitation', 'unit_id', 'meeting_id',
        'exists (select from app.meeting as m where m.id = t.meeting_id and m.status = ''planned'')'));
    perform private.move_named('meeting_series_invitee', 'unit_id', 'series_id',
        'exists (select from app.meeting_series as m where m.id = t.series_id and m.is_open)');
    perform private.move_named('outcome_unit', 'unit_id', 'outcome_id',
        'exists (select from app.outcome as o where o.id = t.outcome_id and o.is_open)');
    update app.outcome as o set lead_unit_id = s.successor_id
    from private.unit_successors() as s
    where s.unit_id = o.lead_unit_id and s.is_main and o.is_open;
    return counts;
end;
$$;
