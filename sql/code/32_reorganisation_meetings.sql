-- Meetings when units end (32_reorganisation_bodies.sql): of two that would be the successor's for one period, one stays.

set local role danvan_policy;

-- Before they move. What is furthest stays: what the successor has, then what sits, what is convened, what was planned
-- first. The others are cancelled, whom they convened is told; one that sits goes on to its end as a thematic meeting, so
-- that what it decides is not lost. Of two series the one that would stand double ends.
create function private.move_meetings_ahead() returns jsonb
    language plpgsql security definer set search_path = ''
as $$
declare
    doubled uuid[];
    cancelled integer;
    ended integer;
begin
    select array_agg(g.id)
    into doubled
    from (
        select m.id, m.kind, m.period_id, s.successor_id,
            row_number() over (partition by s.successor_id, m.kind, m.period_id
                order by m.status = 'open' desc, m.convened_on, m.id) as nth
        from private.unit_successors() as s
        join app.meeting as m on m.owner_unit_id = s.unit_id
        where s.is_main and m.is_open and m.kind in ('six_months', 'nine_months', 'year_end')) as g
    where g.nth > 1 or exists (
        select from app.meeting as x
        where x.owner_unit_id = g.successor_id and x.kind = g.kind and x.period_id = g.period_id and x.status <> 'cancelled');
    perform private.notify_unit(i.unit_id, 'meeting_cancelled', m.id || ':cancelled', null, 'meetings', m.id,
        m.owner_unit_id, m.plan_id, m.held_on)
    from app.meeting as m
    join app.meeting_invitation as i on i.meeting_id = m.id
    where m.id = any (doubled) and m.status = 'planned' and m.convened_on <= m.held_on
        -- who takes over knows
        and not exists (select from private.unit_successors() as s where s.unit_id = m.owner_unit_id and s.successor_id = i.unit_id);
    update app.meeting as m set kind = 'thematic' where m.id = any (doubled) and m.status = 'open';
    update app.meeting as m
    set status = 'cancelled', cancelled_on = private.today(),
        cancel_reason = 'Đơn vị triệu tập đã sắp xếp; đơn vị kế thừa tổ chức hội nghị của kỳ này'
    where m.id = any (doubled) and m.status = 'planned';
    get diagnostics cancelled = row_count;

    update app.meeting_series as r
    set ended_on = private.today()
    from (
        select m.id, m.plan_id, m.kind, s.successor_id,
            row_number() over (partition by s.successor_id, m.plan_id, m.kind order by m.id) as nth
        from private.unit_successors() as s
        join app.meeting_series as m on m.owner_unit_id = s.unit_id
        where s.is_main and m.is_open) as g
    where r.id = g.id and (g.nth > 1 or exists (
        select from app.meeting_series as x
        where x.owner_unit_id = g.successor_id and x.plan_id = g.plan_id and x.kind = g.kind and x.is_open));
    get diagnostics ended = row_count;
    return jsonb_build_object('series_ended', ended, 'meetings_cancelled', cancelled);
end;
$$;

-- After they moved: nobody is invited to what is now their own, and a planned meeting of a series that ended is of the
-- one that goes on.
create function private.move_meetings_behind() returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    delete from app.meeting_invitation as i
    using app.meeting as m
    where m.id = i.meeting_id and m.status = 'planned' and i.unit_id = m.owner_unit_id;
    delete from app.meeting_series_invitee as i
    using app.meeting_series as s
    where s.id = i.series_id and s.is_open and i.unit_id = s.owner_unit_id;
    update app.meeting as m
    set series_id = n.id
    from app.meeting_series as o
    join app.meeting_series as n on n.plan_id = o.plan_id and n.kind = o.kind and n.is_open
    where o.id = m.series_id and not o.is_open and n.owner_unit_id = m.owner_unit_id and m.status = 'planned'
        and m.owner_unit_id in (select s.successor_id from private.unit_successors() as s);
end;
$$;
