-- What meetings decide, on the way from one meeting to the next. Commands of meetings call these: carry_over when a meeting
-- is convened and when it opens, packet_freeze when it opens, outcomes_check before it closes, outcomes_issue when
-- it has closed.

set local role danvan_owner;

-- Tasks still open that earlier meetings gave: of the same owner (of the unit it took over from, for what is open moves with
-- it), under the same plan, of the same committee or of none.
create function private.meeting_open_outcomes(p_meeting app.meeting) returns setof app.outcome
    language plpgsql stable set search_path = '' rows 20
as $$
begin
    return query
    select o.*
    from app.outcome as o
    join app.meeting as e on e.id = o.meeting_id
    where o.owner_unit_id = p_meeting.owner_unit_id and o.plan_id = p_meeting.plan_id
        and o.kind = 'task' and o.status = 'open'
        and e.committee_id is not distinct from p_meeting.committee_id
        and e.id <> p_meeting.id and (e.held_on, e.id) < (p_meeting.held_on, p_meeting.id)
    order by o.due_on, e.held_on, o.position, o.id;
end;
$$;

-- The last meeting closed before it, in the same line of meetings; of the unit it took over from where open tasks came from there.
create function private.meeting_before(p_meeting app.meeting) returns uuid
    language plpgsql stable set search_path = ''
as $$
begin
    return (
        select e.id
        from app.meeting as e
        where e.status = 'closed' and e.plan_id = p_meeting.plan_id
            and (e.owner_unit_id = p_meeting.owner_unit_id
                or e.id in (select o.meeting_id from private.meeting_open_outcomes(p_meeting) as o))
            and e.committee_id is not distinct from p_meeting.committee_id
            and e.id <> p_meeting.id and (e.held_on, e.id) < (p_meeting.held_on, p_meeting.id)
        order by e.held_on desc, e.id desc limit 1);
end;
$$;

create function private.meeting_kind_name(p_kind text) returns text
    language sql immutable parallel safe
    return case p_kind
        when 'six_months' then 'Giao ban 6 tháng'
        when 'nine_months' then 'Giao ban 9 tháng'
        when 'year_end' then 'Tổng kết năm'
        when 'thematic' then 'Hội nghị chuyên đề'
        when 'committee_session' then 'Họp ban chỉ đạo'
    end;

set local role danvan_policy;

-- Each once, at the front, the most urgent first; what stood on the agenda keeps its order behind.
create function private.meeting_carry_over(p_meeting_id uuid) returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    meeting constant app.meeting := (select m from app.meeting as m where m.id = p_meeting_id);
    before_id constant uuid := private.meeting_before(meeting);
    carried uuid[];
begin
    with made as (
        insert into app.meeting_agenda_item (meeting_id, position, title, outcome_id)
        select meeting.id, least(row_number() over (order by o.due_on, e.held_on, o.position, o.id), 1000),
            left('Việc chuyển tiếp: ' || o.title, 420)
                || format(' (%s, ngày %s)', private.meeting_kind_name(e.kind), to_char(e.held_on, 'DD/MM/YYYY')),
            o.id
        from private.meeting_open_outcomes(meeting) as o
        join app.meeting as e on e.id = o.meeting_id
        where not exists (
            select from app.meeting_agenda_item as i where i.meeting_id = meeting.id and i.outcome_id = o.id)
        returning id)
    select array_agg(m.id) into carried from made as m;
    if carried is not null then
        update app.meeting_agenda_item as i set position = least(n.n, 1000)
        from (
            select x.id, row_number() over (order by x.id = any (carried) desc, x.position, x.id) as n
            from app.meeting_agenda_item as x where x.meeting_id = meeting.id) as n
        where n.id = i.id and i.position <> least(n.n, 1000);
    end if;
    update app.meeting as m set previous_meeting_id = before_id
    where m.id = meeting.id and m.previous_meeting_id is distinct from before_id;
    return coalesce(array_length(carried, 1), 0);
end;
$$;

-- Keeps the packet as it reads now; called when the meeting opens.
create function private.meeting_packet_freeze(p_meeting_id uuid) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    insert into app.meeting_packet (meeting_id, content, frozen_on)
    values (p_meeting_id, private.meeting_packet(p_meeting_id), private.today())
    on conflict (meeting_id) do nothing;
end;
$$;

-- Refuses to close while a task lacks its lead or its date, or its lead has ended: every fault at once, a line of DETAIL for
-- each ("outcomes/<id>/<field> <word>", which the client reads as pointer and code).
create function private.meeting_outcomes_check(p_meeting_id uuid) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    faults text;
begin
    select string_agg(format('outcomes/%s/%s %s', o.id, f.field, f.word), e'\n' order by o.position, o.id, f.field desc)
    into faults
    from app.outcome as o
    left join app.unit as u on u.id = o.lead_unit_id
    cross join lateral (values
        ('lead_unit_id', case when o.lead_unit_id is null then 'required' when not u.is_active then 'not_active' end),
        ('due_on', case when o.due_on is null then 'required' end)
    ) as f (field, word)
    where o.meeting_id = p_meeting_id and o.kind = 'task' and o.status = 'draft' and f.word is not null;
    if faults is not null then
        raise exception 'tasks lack their lead or date' using errcode = 'DV409', constraint = 'outcomes_unready', detail = faults;
    end if;
end;
$$;

-- What tells apart the assignments of one item and lead: the meeting, its day and the number of the outcome.
create function private.outcome_occurrence(p_outcome app.outcome, p_meeting app.meeting, p_number integer) returns text
    language plpgsql stable security definer set search_path = ''
as $$
declare
    told constant text := format('%s ngày %s, kết luận %s', private.meeting_kind_name(p_meeting.kind),
        to_char(p_meeting.held_on, 'DD/MM/YYYY'), p_number);
begin
    return told || case when exists (
            select from app.assignment as a
            where a.plan_item_id = p_outcome.plan_item_id and a.lead_unit_id = p_outcome.lead_unit_id and a.occurrence = told)
        then ' (' || right(p_outcome.id::text, 12) || ')' else '' end;
end;
$$;

-- Puts the outcomes in force, gives the tasks, tells each unit addressed, charged or invited once.
create function private.meeting_outcomes_issue(p_meeting_id uuid) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    meeting constant app.meeting := (select m from app.meeting as m where m.id = p_meeting_id);
    decided app.outcome;
    number integer := 0;
begin
    for decided in
        select o.* from app.outcome as o where o.meeting_id = meeting.id and o.status = 'draft' order by o.position, o.id for update
    loop
        number := number + 1;
        update app.outcome as o
        set status = case o.kind when 'task' then 'open' else 'in_force' end, given_on = coalesce(meeting.closed_on, private.today())
        where o.id = decided.id;
        if decided.kind = 'task' then
            perform private.give_work('meeting', decided.id, decided.owner_unit_id, decided.plan_id, decided.plan_item_id,
                decided.title, private.outcome_occurrence(decided, meeting, number), decided.lead_unit_id, decided.due_on,
                array(select u.unit_id from app.outcome_unit as u where u.outcome_id = decided.id));
        end if;
    end loop;
    perform private.notify_unit(n.unit_id, 'conclusions_issued', meeting.id || ':concluded', null, 'meetings', meeting.id,
        meeting.owner_unit_id, meeting.plan_id, meeting.held_on)
    from (
        select o.lead_unit_id as unit_id from app.outcome as o where o.meeting_id = meeting.id
        union
        select u.unit_id from app.outcome_unit as u join app.outcome as o on o.id = u.outcome_id where o.meeting_id = meeting.id
        union
        select i.unit_id from app.meeting_invitation as i where i.meeting_id = meeting.id) as n
    join app.unit as u on u.id = n.unit_id and u.is_active
    where n.unit_id <> meeting.owner_unit_id;
end;
$$;
