-- Who writes outcomes and whom they name: officers and leaders of the unit that holds the meeting, while it is open (the
-- triggers of 43_outcome_rules.sql say so). Who sees them: 30_policy_meeting.sql. The packet is the convening unit's and of whoever
-- has that unit in scope: it tells of reports and overdue work which those invited do not see.

set local role danvan_policy;

-- Past row security, for the policy of a table that the outcome's own policies read.
create function private.is_my_outcome(p_outcome_id uuid) returns boolean
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return exists (select from app.outcome as o where o.id = p_outcome_id and o.owner_unit_id = private.my_unit());
end;
$$;

set local role danvan_owner;

select private.write_own('outcome');
create policy outcome_unit_insert_own_unit on app.outcome_unit for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and private.is_my_outcome(outcome_id));
create policy outcome_unit_delete_own_unit on app.outcome_unit for delete to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_outcome(outcome_id));

create policy meeting_packet_select_convening on app.meeting_packet for select to danvan_reader
    using (exists (
        select from app.meeting as m
        where m.id = meeting_id and (m.owner_unit_id = (select private.my_unit())
            or private.in_my_scope(m.province_key, m.district_key, m.grassroots_key, m.province_line_key,
                m.district_line_key, m.grassroots_line_key)) offset 0));
