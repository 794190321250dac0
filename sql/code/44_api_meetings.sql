-- Meetings, what they are made of, and the commands on them.
--
--   meeting_series_generate        an officer or leader of the unit: {"meetings": how many were made}
--   meeting_invite                 the same, planned or convened: {"unit_ids"?, "unit_kind"?, "line"?, "level"?}
--   meeting_convene, _open         the same
--   meeting_attendance             the same, while open: {"rows": [{"unit_code", "is_present", "attendee_count"?, "represented_by"?}, …]}
--   meeting_cancel                 the same, planned or convened: {"reason"}
--   meeting_close                  a leader
--   meeting_invitation_accept, _decline   the invited unit, convened: decline {"note"}
-- Refusals: DV404 not visible; DV403 not_permitted; DV409 wrong_state, frozen and the words of 43_meetings_commands.sql;
-- DV412 with the current version in DETAIL; DV422 with the field, or every field of a sheet in DETAIL.

set local role danvan_owner;

create view api.meeting_rules with (security_invoker = true) as
select r.kind, l.code as level, r.period_kind, r.held_offset_days, r.title_pattern
from app.meeting_rule as r
join app.level as l on l.id = r.level_id;

create view api.meeting_series with (security_invoker = true) as
select
    s.id,
    s.plan_id,
    (select p.number from app.plan as p where p.id = s.plan_id) as plan_number,
    s.plan_item_id,
    (select i.code from app.plan_item as i where i.id = s.plan_item_id) as item_code,
    s.kind,
    s.held_offset_days,
    coalesce(s.held_offset_days, (
        select r.held_offset_days from app.meeting_rule as r where r.kind = s.kind and r.level_id = s.level_id)) as offset_days,
    s.place,
    s.chair,
    s.ended_on,
    case when s.is_open then 'open' else 'ended' end as status,
    s.owner_unit_id,
    u.code as unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = s.owner_unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as unit_name,
    l.code as level,
    n.code as line,
    (select count(*) from app.meeting as m where m.series_id = s.id) as meeting_count,
    s.version,
    s.created_at,
    s.updated_at,
    case when s.owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2
        then case when s.is_open then array['update', 'delete', 'generate'] else array['update', 'delete'] end
        else '{}' end::text[] as actions,
    s.province_key,
    s.district_key,
    s.grassroots_key,
    s.province_line_key,
    s.district_line_key,
    s.grassroots_line_key
from app.meeting_series as s
join app.level as l on l.id = s.level_id
join app.line as n on n.id = s.line_id
left join app.unit as u on u.id = s.owner_unit_id;

create view api.meeting_series_invitees with (security_invoker = true) as
select i.id, i.series_id, i.unit_id, u.code as unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = i.unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as unit_name,
    i.unit_kind, (select k.name from app.unit_kind as k where k.code = i.unit_kind) as unit_kind_name,
    i.line_id, (select n.code from app.line as n where n.id = i.line_id) as line,
    i.level_id, (select l.code from app.level as l where l.id = i.level_id) as level,
    i.created_at,
    case when s.owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2
        then array['delete'] else '{}' end::text[] as actions
from app.meeting_series_invitee as i
join app.meeting_series as s on s.id = i.series_id
left join app.unit as u on u.id = i.unit_id;

create view api.meeting_series_agenda_items with (security_invoker = true) as
select a.id, a.series_id, a.position, a.title, a.version, a.created_at, a.updated_at,
    case when s.owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2
        then array['update', 'delete'] else '{}' end::text[] as actions
from app.meeting_series_agenda_item as a
join app.meeting_series as s on s.id = a.series_id;

create view api.meetings with (security_invoker = true) as
select
    m.id,
    m.plan_id,
    (select p.number from app.plan as p where p.id = m.plan_id) as plan_number,
    m.plan_item_id,
    (select i.code from app.plan_item as i where i.id = m.plan_item_id) as item_code,
    m.period_id,
    (select d.label from app.period as d where d.id = m.period_id) as period_label,
    m.series_id,
    m.committee_id,
    m.previous_meeting_id,
    m.kind,
    m.title,
    m.held_on,
    to_char(m.held_at, 'HH24:MI') as held_at,
    m.place,
    m.chair,
    m.secretary,
    m.document_id,
    m.status,
    m.convened_on,
    m.opened_on,
    m.closed_on,
    m.cancelled_on,
    m.cancel_reason,
    m.owner_unit_id,
    u.code as unit_code,
    coalesce((select v.name from app.unit_version as v
            where v.unit_id = m.owner_unit_id and v.valid_from <= (select private.today())
            order by v.valid_from desc limit 1),
        private.meeting_unit_name(m.id, m.owner_unit_id, (select private.today()))) as unit_name,
    l.code as level,
    n.code as line,
    m.version,
    m.created_at,
    m.updated_at,
    case when m.owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 then array_remove(case m.status
        when 'planned' then case when m.convened_on is null
            then array['update', 'delete', 'invite', 'convene', 'cancel']
            else array['update', 'invite', case when m.held_on <= (select private.today()) then 'open' end, 'cancel'] end
        when 'open' then array['update', 'attendance'] || case when (select private.my_rank()) >= 3 then array['close', 'cancel'] end
        when 'closed' then array['erratum']
        else '{}' end, null) else '{}' end::text[] as actions,
    m.search,
    m.province_key,
    m.district_key,
    m.grassroots_key,
    m.province_line_key,
    m.district_line_key,
    m.grassroots_line_key
from app.meeting as m
join app.level as l on l.id = m.level_id
join app.line as n on n.id = m.line_id
left join app.unit as u on u.id = m.owner_unit_id;

-- One meeting with its agenda, who was invited and came, what was wrong, and what there is to read.
create view api.meeting_details with (security_invoker = true) as
select
    m.*,
    (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'position', a.position, 'title', a.title,
                'presenter_unit_id', a.presenter_unit_id,
                'presenter_unit_name', coalesce(private.unit_name(a.presenter_unit_id),
                    private.meeting_unit_name(a.meeting_id, a.presenter_unit_id, (select private.today()))),
                'outcome_id', a.outcome_id,
                'carry_over_count', case when a.outcome_id is not null
                    then private.agenda_carry_over_count(a.meeting_id, a.outcome_id) end,
                'note', a.note)
            order by a.position, a.id), '[]')
        from app.meeting_agenda_item as a where a.meeting_id = m.id) as agenda,
    -- who came uninvited is none of the invited, present or not; its people came
    (select jsonb_build_object('invited', count(*) filter (where not i.is_uninvited),
            'accepted', count(*) filter (where i.reply = 'accepted'),
            'declined', count(*) filter (where i.reply = 'declined'),
            'present', count(*) filter (where i.attendance = 'present' and not i.is_uninvited),
            'absent', count(*) filter (where i.attendance = 'absent'),
            'none', count(*) filter (where i.attendance is null),
            'uninvited', count(*) filter (where i.is_uninvited),
            'attendees', coalesce(sum(i.attendee_count), 0))
        from app.meeting_invitation as i where i.meeting_id = m.id) as invitation_counts,
    (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'outcome_id', e.outcome_id, 'text', e.text, 'added_on', e.added_on)
            order by e.created_at, e.id), '[]')
        from app.meeting_erratum as e where e.meeting_id = m.id) as errata,
    exists (select from app.meeting_minutes as x where x.meeting_id = m.id) as has_minutes,
    (select count(*) from app.evidence as f where f.meeting_id = m.id) as file_count
from api.meetings as m;

create view api.meeting_invitations with (security_invoker = true) as
select i.id, i.meeting_id, m.title as meeting_title, m.held_on, m.status as meeting_status,
    i.unit_id, u.code as unit_code,
    coalesce((select v.name from app.unit_version as v
            where v.unit_id = i.unit_id and v.valid_from <= (select private.today())
            order by v.valid_from desc limit 1),
        private.meeting_unit_name(i.meeting_id, i.unit_id, (select private.today()))) as unit_name,
    i.is_uninvited, i.reply, i.reply_note, i.replied_on, i.attendance, i.attendee_count, i.represented_by,
    i.version, i.created_at, i.updated_at,
    case when (select private.my_rank()) >= 2 and m.status = 'open' and i.is_uninvited and m.owner_unit_id = (select private.my_unit())
        then array['delete']
        when (select private.my_rank()) >= 2 and m.status = 'planned' then array_remove(array[
        case when m.owner_unit_id = (select private.my_unit()) then 'delete' end,
        case when i.unit_id = (select private.my_unit()) and m.convened_on is not null and i.reply <> 'accepted' then 'accept' end,
        case when i.unit_id = (select private.my_unit()) and m.convened_on is not null and i.reply <> 'declined' then 'decline' end], null)
        else '{}' end::text[] as actions
from app.meeting_invitation as i
join app.meeting as m on m.id = i.meeting_id
left join app.unit as u on u.id = i.unit_id;

create view api.meeting_agenda_items with (security_invoker = true) as
select a.id, a.meeting_id, a.position, a.title, a.presenter_unit_id, u.code as presenter_unit_code,
    coalesce((select v.name from app.unit_version as v
            where v.unit_id = a.presenter_unit_id and v.valid_from <= (select private.today())
            order by v.valid_from desc limit 1),
        private.meeting_unit_name(a.meeting_id, a.presenter_unit_id, (select private.today()))) as presenter_unit_name,
    a.outcome_id,
    case when a.outcome_id is not null then private.agenda_carry_over_count(a.meeting_id, a.outcome_id) end as carry_over_count,
    a.note, a.version, a.created_at, a.updated_at,
    case when m.owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 and m.status in ('planned', 'open')
        then case when m.status = 'open' and a.outcome_id is not null then array['update'] else array['update', 'delete'] end
        else '{}' end::text[] as actions
from app.meeting_agenda_item as a
join app.meeting as m on m.id = a.meeting_id
left join app.unit as u on u.id = a.presenter_unit_id;

create view api.meeting_minutes with (security_invoker = true) as
select x.id, x.meeting_id, m.title as meeting_title, m.held_on, x.text, x.version, x.created_at, x.updated_at,
    case when m.owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 and m.status = 'open'
        then array['update'] else '{}' end::text[] as actions
from app.meeting_minutes as x
join app.meeting as m on m.id = x.meeting_id;

create view api.meeting_errata with (security_invoker = true) as
select e.id, e.meeting_id, m.title as meeting_title, e.outcome_id, e.text, e.added_on, e.created_at, '{}'::text[] as actions
from app.meeting_erratum as e
join app.meeting as m on m.id = e.meeting_id;

-- Commands -----------------------------------------------------------------------------------------------

create function api.meeting_series_generate(p_id uuid, p_version integer, p_body jsonb default null) returns jsonb
    language plpgsql set search_path = ''
as $$
begin
    if not exists (select from app.meeting_series as s where s.id = p_id) then
        raise exception 'no such series' using errcode = 'DV404';
    end if;
    return jsonb_build_object('meetings', private.meeting_series_generate(p_id, p_version));
end;
$$;

-- Units by id must be seen and stand; by kind or line, those seen in the scope of the caller or beyond that stand.
create function private.meeting_invitees_read(p_body jsonb) returns integer[]
    language plpgsql stable set search_path = ''
as $$
declare
    by_id constant jsonb := nullif(p_body -> 'unit_ids', 'null');
    of_kind constant text := p_body ->> 'unit_kind';
    of_line constant text := p_body ->> 'line';
    of_level constant text := p_body ->> 'level';
    units integer[];
    active integer;
begin
    if by_id is null and of_kind is null and of_line is null then
        raise exception 'whom?' using errcode = 'DV422', column = 'unit_ids', constraint = 'required';
    end if;
    if by_id is not null then
        if jsonb_typeof(by_id) <> 'array' or exists (
            select from jsonb_array_elements(by_id) as e where jsonb_typeof(e) <> 'number' or e::text !~ '^[0-9]{1,9}$')
        then
            raise exception 'no ids' using errcode = 'DV422', column = 'unit_ids', constraint = 'wrong_type';
        end if;
        if jsonb_array_length(by_id) > 500 then
            raise exception 'too many' using errcode = 'DV422', column = 'unit_ids', constraint = 'too_many';
        end if;
        select array_agg(u.id), count(*) filter (where u.is_active)
        into units, active
        from app.unit as u
        where u.id in (select e::text::integer from jsonb_array_elements(by_id) as e);
        if coalesce(cardinality(units), 0) < (select count(distinct e) from jsonb_array_elements(by_id) as e) then
            raise exception 'not all are visible' using errcode = 'DV422', column = 'unit_ids', constraint = 'not_visible';
        end if;
        if active < cardinality(units) then
            raise exception 'some have ended' using errcode = 'DV422', column = 'unit_ids', constraint = 'not_active';
        end if;
    end if;
    if of_kind is not null and not exists (select from app.unit_kind as k where k.code = of_kind) then
        raise exception 'no such kind' using errcode = 'DV422', column = 'unit_kind', constraint = 'not_a_choice';
    end if;
    if of_line is not null and not exists (select from app.line as n where n.code = of_line) then
        raise exception 'no such line' using errcode = 'DV422', column = 'line', constraint = 'not_a_choice';
    end if;
    if of_level is not null and not exists (select from app.level as l where l.code = of_level) then
        raise exception 'no such level' using errcode = 'DV422', column = 'level', constraint = 'not_a_choice';
    end if;
    return coalesce(units, '{}') || array(
        select u.id
        from app.unit as u
        join app.line as n on n.id = u.line_id
        join app.level as l on l.id = u.level_id
        where num_nonnulls(of_kind, of_line) > 0 and u.is_active
            and u.kind = coalesce(of_kind, u.kind) and n.code = coalesce(of_line, n.code) and l.code = coalesce(of_level, l.code));
end;
$$;

create function api.meeting_invite(p_id uuid, p_version integer, p_body jsonb) returns jsonb
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('meeting', p_id);
    return jsonb_build_object('invited', private.meeting_invite(p_id, p_version, private.meeting_invitees_read(p_body)));
end;
$$;

create function api.meeting_convene(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('meeting', p_id);
    perform private.meeting_convene(p_id, p_version);
end;
$$;

create function api.meeting_open(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('meeting', p_id);
    perform private.meeting_open(p_id, p_version);
end;
$$;

create function api.meeting_close(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('meeting', p_id);
    perform private.meeting_close(p_id, p_version);
end;
$$;

create function api.meeting_cancel(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('meeting', p_id);
    perform private.meeting_cancel(p_id, p_version, private.reason_read(p_body));
end;
$$;

create function api.meeting_attendance(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('meeting', p_id);
    if jsonb_typeof(p_body -> 'rows') is distinct from 'array' or jsonb_array_length(p_body -> 'rows') = 0 then
        raise exception 'no rows' using errcode = 'DV422', column = 'rows', constraint = 'required';
    end if;
    if jsonb_array_length(p_body -> 'rows') > 1000 then
        raise exception 'too many rows' using errcode = 'DV422', column = 'rows', constraint = 'too_many';
    end if;
    perform private.meeting_attendance(p_id, p_version, p_body -> 'rows');
end;
$$;

create function api.meeting_invitation_accept(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('meeting_invitation', p_id);
    perform private.meeting_invitation_reply(p_id, p_version, 'accepted', null);
end;
$$;

create function api.meeting_invitation_decline(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
declare
    note constant text := nullif(btrim(p_body ->> 'note'), '');
begin
    perform private.must_see('meeting_invitation', p_id);
    if note is null or char_length(note) > 1000 then
        raise exception 'say why' using errcode = 'DV422', column = 'note',
            constraint = case when note is null then 'required' else 'too_long' end;
    end if;
    perform private.meeting_invitation_reply(p_id, p_version, 'declined', note);
end;
$$;
