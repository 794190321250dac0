-- The commands of meetings: definer work under the functions of api (44_api_meetings.sql).

set local role danvan_policy;

-- The meeting, locked for its owner; refusals in this order: who, the state, the version. A state is planned, convened, open.
create function private.meeting_take(p_meeting_id uuid, p_version integer, p_rank integer, variadic p_states text[]) returns app.meeting
    language plpgsql security definer set search_path = ''
as $$
declare
    taken app.meeting;
    state text;
begin
    select m.* into taken from app.meeting as m where m.id = p_meeting_id for no key update;
    if taken.owner_unit_id is distinct from private.my_unit() or coalesce(private.my_rank(), 0) < p_rank then
        raise exception 'not for the caller' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    state := case when taken.status = 'planned' and taken.convened_on is not null then 'convened' else taken.status end;
    if not state = any (p_states) then
        raise exception 'the meeting is %', state using errcode = 'DV409',
            constraint = case state when 'closed' then 'frozen' else 'wrong_state' end;
    end if;
    if taken.version <> p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = taken.version::text;
    end if;
    return taken;
end;
$$;

-- Adds those of the units that stand and are not invited yet; answers how many.
create function private.meeting_invite(p_meeting_id uuid, p_version integer, p_unit_ids integer[]) returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    meeting constant app.meeting := private.meeting_take(p_meeting_id, p_version, 2, 'planned', 'convened');
    added integer;
begin
    insert into app.meeting_invitation (meeting_id, unit_id)
    select meeting.id, u.id
    from app.unit as u
    where u.id = any (p_unit_ids) and u.is_active and u.id <> meeting.owner_unit_id
    order by u.id
    on conflict (meeting_id, unit_id) do nothing;
    get diagnostics added = row_count;
    return added;
end;
$$;

-- Also for a day that has passed: one that was held is entered after it. Then nobody is asked to come any more.
create function private.meeting_convene(p_meeting_id uuid, p_version integer) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    meeting constant app.meeting := private.meeting_take(p_meeting_id, p_version, 2, 'planned');
    committee_ended_on date;
begin
    -- locked: a committee does not end while a session of it is convened
    select c.ended_on into committee_ended_on from app.committee as c where c.id = meeting.committee_id for share;
    if committee_ended_on < meeting.held_on then
        raise exception 'the committee has ended' using errcode = 'DV409', constraint = 'already_ended';
    end if;
    if not exists (select from app.meeting_agenda_item as a where a.meeting_id = meeting.id) then
        raise exception 'no agenda' using errcode = 'DV409', constraint = 'no_agenda';
    end if;
    if not exists (select from app.meeting_invitation as i where i.meeting_id = meeting.id) then
        raise exception 'nobody is invited' using errcode = 'DV409', constraint = 'no_invitations';
    end if;
    update app.meeting as m set convened_on = private.today() where m.id = meeting.id;
    perform private.meeting_carry_over(meeting.id);
    perform private.meeting_tell_invited(meeting.id);
end;
$$;

create function private.meeting_open(p_meeting_id uuid, p_version integer) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    meeting constant app.meeting := private.meeting_take(p_meeting_id, p_version, 2, 'convened');
begin
    if meeting.held_on > private.today() then
        raise exception 'its day has not come' using errcode = 'DV409', constraint = 'not_begun';
    end if;
    perform private.meeting_carry_over(meeting.id);
    update app.meeting as m set status = 'open', opened_on = private.today() where m.id = meeting.id;
    perform private.meeting_packet_freeze(meeting.id);
end;
$$;

create function private.meeting_close(p_meeting_id uuid, p_version integer) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    meeting constant app.meeting := private.meeting_take(p_meeting_id, p_version, 3, 'open');
begin
    perform private.meeting_outcomes_check(meeting.id);
    if exists (select from app.meeting_invitation as i where i.meeting_id = meeting.id and i.attendance is null) then
        raise exception 'attendance is missing' using errcode = 'DV409', constraint = 'attendance_open';
    end if;
    if not exists (select from app.meeting_minutes as n where n.meeting_id = meeting.id) then
        raise exception 'no minutes' using errcode = 'DV409', constraint = 'no_minutes';
    end if;
    update app.meeting as m set status = 'closed', closed_on = private.today() where m.id = meeting.id;
    perform private.meeting_outcomes_issue(meeting.id);
end;
$$;

-- Also one that is open and cannot go on, by a leader, as it would be closed: it decides nothing. Its drafts stay drafts of a meeting
-- that was cancelled, for its unit to read, and what it read and wrote is kept; what it had found open was never its own, and
-- is found by the next one.
create function private.meeting_cancel(p_meeting_id uuid, p_version integer, p_reason text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    meeting constant app.meeting := private.meeting_take(p_meeting_id, p_version, 2, 'planned', 'convened', 'open');
begin
    if meeting.status = 'open' and private.my_rank() < 3 then
        raise exception 'a leader decides' using errcode = 'DV403', constraint = 'leader_needed';
    end if;
    update app.meeting as m
    set status = 'cancelled', cancelled_on = private.today(), cancel_reason = p_reason
    where m.id = meeting.id;
    perform private.notify_unit(i.unit_id, 'meeting_cancelled', meeting.id || ':cancelled', null, 'meetings', meeting.id,
        meeting.owner_unit_id, meeting.plan_id, meeting.held_on)
    from app.meeting_invitation as i
    where i.meeting_id = meeting.id and meeting.convened_on <= meeting.held_on; -- else entered after its day, and nobody was told
end;
$$;

-- Attendance ---------------------------------------------------------------------------------------------

-- What is wrong with the rows of a sheet, each by number and field. Rows that cannot be read came as JSON.
create function private.meeting_attendance_faults(p_meeting_id uuid, p_rows jsonb)
    returns table (row_number bigint, field text, word text)
    language plpgsql stable security definer set search_path = '' rows 10
as $$
begin
    return query
    select c.n - 1, f.field, f.word
    from (
        select x.cell, x.n, x.cell ->> 'unit_code' as code,
            row_number() over (partition by x.cell ->> 'unit_code' order by x.n) as nth,
            x.cell -> 'attendee_count' as counted, x.cell -> 'represented_by' as written
        from jsonb_array_elements(p_rows) with ordinality as x (cell, n)) as c
    cross join lateral (
        select 'unit_code' as field, case
            when c.code is null then 'required'
            when not exists (
                select from app.unit as u join app.meeting_invitation as i on i.unit_id = u.id
                where i.meeting_id = p_meeting_id and u.code = c.code) then 'not_invited'
            when c.nth > 1 then 'duplicate' end as word
        union all
        select 'is_present', case
            when coalesce(jsonb_typeof(c.cell -> 'is_present'), 'null') = 'null' then 'required'
            when jsonb_typeof(c.cell -> 'is_present') <> 'boolean' then 'wrong_type'
            -- who was not asked is on the list for having come, or is taken off it
            when c.cell -> 'is_present' = 'false' and exists (
                select from app.unit as u join app.meeting_invitation as i on i.unit_id = u.id
                where i.meeting_id = p_meeting_id and u.code = c.code and i.is_uninvited) then 'not_invited' end
        union all
        select 'attendee_count', case
            when coalesce(jsonb_typeof(c.counted), 'null') = 'null' then null
            when jsonb_typeof(c.counted) <> 'number' then 'wrong_type'
            when c.counted::text !~ '^[0-9]{1,3}$' or c.counted::text::integer not between 1 and 500 then 'out_of_range'
            when c.cell -> 'is_present' = 'false' then 'not_present' end
        union all
        select 'represented_by', case
            when coalesce(jsonb_typeof(c.written), 'null') = 'null' then null
            when jsonb_typeof(c.written) <> 'string' then 'wrong_type'
            when char_length(btrim(c.cell ->> 'represented_by')) not between 1 and 300 then
                case when btrim(c.cell ->> 'represented_by') = '' then 'too_short' else 'too_long' end
            when c.cell -> 'is_present' = 'false' then 'not_present' end
        union all
        select k.key, 'unknown_field'
        from jsonb_object_keys(case jsonb_typeof(c.cell) when 'object' then c.cell else '{}' end) as k (key)
        where k.key not in ('unit_code', 'is_present', 'attendee_count', 'represented_by')) as f
    where f.word is not null
    order by c.n, f.field;
end;
$$;

create function private.meeting_attendance(p_meeting_id uuid, p_version integer, p_rows jsonb) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    meeting constant app.meeting := private.meeting_take(p_meeting_id, p_version, 2, 'open');
    faults text;
begin
    select string_agg(format('rows/%s/%s %s', f.row_number, f.field, f.word), e'\n' order by f.row_number, f.field)
    into faults
    from private.meeting_attendance_faults(meeting.id, p_rows) as f;
    if faults is not null then
        raise exception 'the sheet has faults' using errcode = 'DV422', detail = faults;
    end if;
    update app.meeting_invitation as i
    set attendance = t.attendance, attendee_count = t.attendee_count, represented_by = t.represented_by
    from (
        select u.id as unit_id, case when (c.cell -> 'is_present')::boolean then 'present' else 'absent' end as attendance,
            (c.cell ->> 'attendee_count')::smallint as attendee_count, nullif(btrim(c.cell ->> 'represented_by'), '') as represented_by
        from jsonb_array_elements(p_rows) as c (cell)
        join app.unit as u on u.code = c.cell ->> 'unit_code') as t
    where i.meeting_id = meeting.id and i.unit_id = t.unit_id
        and (i.attendance, i.attendee_count, i.represented_by) is distinct from (t.attendance, t.attendee_count, t.represented_by);
end;
$$;

-- Replies ------------------------------------------------------------------------------------------------

-- Of the invited unit, from convening until it opens; a reply may be changed for the other.
create function private.meeting_invitation_reply(p_invitation_id uuid, p_version integer, p_reply text, p_note text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    invitation app.meeting_invitation;
    meeting app.meeting;
begin
    -- the meeting before the invitation, as everywhere
    select m.* into meeting
    from app.meeting as m
    where m.id = (select i.meeting_id from app.meeting_invitation as i where i.id = p_invitation_id)
    for no key update;
    select i.* into invitation from app.meeting_invitation as i where i.id = p_invitation_id for update;
    if invitation.unit_id is distinct from private.my_unit() or coalesce(private.my_rank(), 0) < 2 then
        raise exception 'not for the caller' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if meeting.status <> 'planned' or meeting.convened_on is null or invitation.reply = p_reply then
        raise exception 'the meeting is %', meeting.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if invitation.version <> p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = invitation.version::text;
    end if;
    update app.meeting_invitation as i
    set reply = p_reply, reply_note = p_note, replied_on = private.today()
    where i.id = invitation.id;
end;
$$;

-- Series -------------------------------------------------------------------------------------------------

-- Off Saturday and Sunday, to Monday.
create function private.working_day(p_day date) returns date
    language plpgsql immutable set search_path = ''
as $$
begin
    return p_day + case extract(isodow from p_day) when 6 then 2 when 7 then 1 else 0 end;
end;
$$;

-- Units a series invites, as they stand: in the scope of whoever holds it where a kind or a line is told.
create function private.meeting_series_units(p_series_id uuid) returns setof integer
    language plpgsql stable security definer set search_path = '' rows 50
as $$
begin
    return query
    select distinct u.id
    from app.meeting_series as s
    join app.unit as o on o.id = s.owner_unit_id
    join app.line as l on l.id = o.line_id
    join app.meeting_series_invitee as i on i.series_id = s.id
    join app.unit as u on u.is_active and u.id <> s.owner_unit_id
        and (u.id = i.unit_id
            or i.unit_id is null
                and (u.kind = i.unit_kind or u.line_id = i.line_id)
                and u.level_id = coalesce(i.level_id, u.level_id)
                and (l.sees_all_lines or u.line_id = o.line_id)
                and case when o.grassroots_key is not null then u.grassroots_key = o.grassroots_key
                    when o.district_key is not null then u.district_key = o.district_key
                    else u.province_key = o.province_key end)
    where s.id = p_series_id;
end;
$$;

-- A planned meeting for each period whose day is still to come and that has none; with the agenda and the units of the
-- series. A period counts as past when both its last day and the day of the meeting are.
create function private.meeting_series_generate(p_series_id uuid, p_version integer) returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    series app.meeting_series;
    rule app.meeting_rule;
    of_period record;
    made_id uuid;
    made integer := 0;
begin
    select s.* into series from app.meeting_series as s where s.id = p_series_id for no key update;
    if series.owner_unit_id is distinct from private.my_unit() or coalesce(private.my_rank(), 0) < 2 then
        raise exception 'not for the caller' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if not series.is_open then
        raise exception 'the series has ended' using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if series.version <> p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = series.version::text;
    end if;
    select r.* into rule from app.meeting_rule as r where r.kind = series.kind and r.level_id = series.level_id;
    for of_period in
        select d.id, d.year, h.held_on
        from app.period as d
        cross join lateral (
            select private.working_day(d.ends_on + coalesce(series.held_offset_days, rule.held_offset_days)) as held_on) as h
        where d.plan_id = series.plan_id and d.kind = rule.period_kind
            and greatest(d.ends_on, h.held_on) >= private.today()
            and not exists (
                select from app.meeting as m
                where m.owner_unit_id = series.owner_unit_id and m.kind = series.kind and m.period_id = d.id and m.status <> 'cancelled')
        order by d.ends_on
    loop
        insert into app.meeting (plan_id, plan_item_id, period_id, series_id, kind, title, held_on, place, chair, owner_unit_id)
        values (series.plan_id, series.plan_item_id, of_period.id, series.id, series.kind,
            replace(replace(rule.title_pattern, '{year}', of_period.year::text), '{unit}', coalesce(
                (select v.name from app.unit_version as v
                where v.unit_id = series.owner_unit_id and v.valid_from <= private.today()
                order by v.valid_from desc limit 1), '')),
            of_period.held_on, series.place, series.chair, series.owner_unit_id)
        returning id into made_id;
        insert into app.meeting_agenda_item (meeting_id, position, title)
        select made_id, a.position, a.title from app.meeting_series_agenda_item as a where a.series_id = series.id;
        insert into app.meeting_invitation (meeting_id, unit_id)
        select made_id, u from private.meeting_series_units(series.id) as u;
        made := made + 1;
    end loop;
    return made;
end;
$$;
