-- What meetings decide. (Commands of meetings call these.)

set local role danvan_policy;

-- Open task outcomes of the meeting before arrive on this one's agenda; called when it is convened and when it opens.
create function private.meeting_carry_over(p_meeting_id uuid) returns integer
    language plpgsql security definer set search_path = ''
as $$
begin
    return 0;
end;
$$;

-- Keeps the packet as it reads now; called when the meeting opens.
create function private.meeting_packet_freeze(p_meeting_id uuid) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    null;
end;
$$;

-- Refuses to close while a task outcome lacks its lead or its date, naming each; called before closing.
create function private.meeting_outcomes_check(p_meeting_id uuid) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    null;
end;
$$;

-- Puts the outcomes in force, gives the tasks, tells the units; called when the meeting has closed.
create function private.meeting_outcomes_issue(p_meeting_id uuid) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    null;
end;
$$;
