-- Who sees committees, meetings and what they decide. A meeting is seen in the scope of the unit that holds it, by the units
-- it invites once it is convened, and what it decided also by the units that an outcome names, once it is closed.

set local role danvan_policy;

-- Invited, or there without being asked.
create function private.my_invited_meetings() returns setof uuid
    language plpgsql stable parallel safe security definer set search_path = '' rows 20
as $$
begin
    return query
    select i.meeting_id from app.meeting_invitation as i
    join app.meeting as m on m.id = i.meeting_id and m.convened_on is not null
    where i.unit_id = private.my_unit();
end;
$$;

-- Outcomes of closed meetings that name my unit, or of meetings it was invited to.
create function private.my_named_outcomes() returns setof uuid
    language plpgsql stable parallel safe security definer set search_path = '' rows 50
as $$
begin
    return query
    select o.id from app.outcome as o where o.lead_unit_id = private.my_unit() and o.status <> 'draft'
    union
    select o.id from app.outcome_unit as u join app.outcome as o on o.id = u.outcome_id and o.status <> 'draft'
    where u.unit_id = private.my_unit()
    union
    select o.id from app.outcome as o
    where o.meeting_id in (select private.my_invited_meetings()) and o.status <> 'draft';
end;
$$;

create function private.my_concluded_meetings() returns setof uuid
    language plpgsql stable parallel safe security definer set search_path = '' rows 20
as $$
begin
    return query
    select o.meeting_id from app.outcome as o where o.id in (select private.my_named_outcomes());
end;
$$;

-- Is it my unit's? Past row security, for policies of the tables that stand under a meeting.
create function private.is_my_meeting(p_meeting_id uuid) returns boolean
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return exists (select from app.meeting as m where m.id = p_meeting_id and m.owner_unit_id = private.my_unit());
end;
$$;

set local role danvan_owner;

select private.secure_table(t)
from unnest(array['committee', 'meeting_rule', 'meeting_series', 'meeting_series_invitee', 'meeting_series_agenda_item', 'meeting',
    'meeting_invitation', 'meeting_minutes', 'meeting_erratum', 'meeting_packet', 'outcome', 'outcome_unit',
    'meeting_agenda_item']) as t;
select private.keep_table(t)
from unnest(array['committee', 'meeting_series', 'meeting_series_invitee', 'meeting_series_agenda_item', 'meeting',
    'meeting_invitation', 'meeting_minutes', 'meeting_erratum', 'outcome', 'outcome_unit', 'meeting_agenda_item']) as t;

create policy meeting_rule_select_signed_in on app.meeting_rule for select to danvan_reader
    using ((select private.my_unit()) is not null);

select private.see_by_scope('meeting_series');
select private.see_by_parent('meeting_series_invitee', 'series_id', 'meeting_series');
select private.see_by_parent('meeting_series_agenda_item', 'series_id', 'meeting_series');

select private.see_by_scope('meeting');
create policy meeting_select_invited on app.meeting for select to danvan_reader
    using (convened_on is not null and id in (select private.my_invited_meetings()));
create policy meeting_select_concluded on app.meeting for select to danvan_reader
    using (status = 'closed' and id in (select private.my_concluded_meetings()));

select private.see_by_scope('outcome', $$status <> 'draft'$$);
create policy outcome_select_named on app.outcome for select to danvan_reader
    using (status <> 'draft' and id in (select private.my_named_outcomes()));
select private.see_by_parent('outcome_unit', 'outcome_id', 'outcome');
