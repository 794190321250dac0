-- The packet of a meeting, one by its meeting: live while it is planned, as it was kept from its opening on. For the convening
-- unit and whoever has it in scope.

set local role danvan_owner;

create view api.meeting_packets with (security_invoker = true) as
select
    m.id,
    m.title as meeting_title,
    m.kind as meeting_kind,
    m.held_on,
    m.status as meeting_status,
    m.owner_unit_id,
    m.period_id,
    k.meeting_id is not null as is_frozen,
    k.frozen_on,
    case when k.meeting_id is not null then k.content
        when m.status = 'planned' then private.meeting_packet(m.id) end as content
from app.meeting as m
left join app.meeting_packet as k on k.meeting_id = m.id
where (m.status = 'planned' or k.meeting_id is not null)
    and (m.owner_unit_id = (select private.my_unit())
        or private.in_my_scope(m.province_key, m.district_key, m.grassroots_key, m.province_line_key, m.district_line_key,
            m.grassroots_line_key));
