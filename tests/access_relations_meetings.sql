-- A further part of access_relations.sql: what the matrix's words mean for series, meetings, invitations, agendas, minutes and outcomes.
-- Everything here is called MS.
--
-- relation, beside those of the first parts:
--   planned_of_…, convened_of_…, open_of_…, closed_of_…   meetings that such a unit holds, and what stands under them
--   planned_inviting_me, convened_inviting_me, closed_inviting_me   meetings of a board elsewhere that invite my unit
--   series_of_…              a series of such a unit
--   plan_36                  for "create": the plan that the new one is of
--
-- Each meeting has one item, one invitation (of the board elsewhere, or of mine), and, once open, attendance and minutes;
-- once closed, an erratum.

insert into access_part (resource, part)
select r, 'meetings'
from unnest(array['meeting-rules', 'meeting-series', 'meetings', 'meeting-invitations', 'meeting-agenda-items', 'meeting-minutes',
    'meeting-errata']) as r;

-- One meeting of a unit in a state, with what it has in it; again when the row was used up.
create function pg_temp.access_arrange_meeting(p_title text, p_owner_unit_id integer, p_invited_unit_id integer, p_state text) returns void
    language plpgsql
as $$
declare
    made_id uuid;
begin
    if exists (select from app.meeting as m where m.title = p_title) then
        return;
    end if;
    insert into app.meeting (plan_id, kind, title, held_on, status, convened_on, opened_on, closed_on, owner_unit_id)
    select p.id, 'thematic', p_title, private.today(), case p_state when 'convened' then 'planned' else p_state end,
        case when p_state <> 'planned' then private.today() end, case when p_state in ('open', 'closed') then private.today() end,
        case p_state when 'closed' then private.today() end, p_owner_unit_id
    from app.plan as p
    where p.issuer_unit_id = p_owner_unit_id and p.status = 'in_force' and p.number like 'MT%'
    order by p.id limit 1
    returning id into made_id;
    insert into app.meeting_agenda_item (meeting_id, position, title) values (made_id, 1, 'MS');
    insert into app.meeting_invitation (meeting_id, unit_id, attendance)
    values (made_id, p_invited_unit_id, case when p_state in ('open', 'closed') then 'present' end);
    if p_state in ('open', 'closed') then
        insert into app.meeting_minutes (meeting_id, text) values (made_id, 'MS');
    end if;
    if p_state = 'closed' then
        insert into app.meeting_erratum (meeting_id, text, added_on) values (made_id, 'MS', private.today());
    end if;
end;
$$;

create function pg_temp.access_arrange_meetings() returns void
    language plpgsql
as $$
declare
    elsewhere constant integer := (select u.id from app.unit as u where u.code = 'bdv-688');
    holder record;
    wanted text;
begin
    for holder in select a.unit_id, a.code from access_unit as a
    loop
        foreach wanted in array array['planned', 'convened', 'open', 'closed'] loop
            perform pg_temp.access_arrange_meeting('MS-' || wanted || '-' || holder.code, holder.unit_id, elsewhere, wanted);
        end loop;
        insert into app.meeting_series (plan_id, kind, owner_unit_id)
        select p.id, 'nine_months', holder.unit_id
        from app.plan as p
        where p.issuer_unit_id = holder.unit_id and p.status = 'in_force' and p.number like 'MT%'
            and not exists (select from app.meeting_series as s where s.plan_id = p.id);
    end loop;
    for holder in
        select distinct u.id as unit_id, u.code from access_who as w join app.unit as u on u.code = w.unit_code
    loop
        foreach wanted in array array['planned', 'convened', 'closed'] loop
            perform pg_temp.access_arrange_meeting('MS-' || wanted || '-for-' || holder.code, elsewhere, holder.unit_id, wanted);
        end loop;
    end loop;
end;
$$;

-- Takes everything of access_arrange_meetings away again.
create function pg_temp.access_clear_meetings() returns void
    language plpgsql
as $$
begin
    delete from app.notice as n where n.resource = 'meetings'
        and n.resource_id in (select m.id from app.meeting as m where m.title like 'MS-%');
    delete from app.meeting as m where m.title like 'MS-%';
    delete from app.meeting_series as s using app.plan as p where p.id = s.plan_id and p.number like 'MT%';
end;
$$;

create function pg_temp.access_target_meetings(p_who text, p_resource text, p_verb text, p_relation text) returns text
    language plpgsql stable
as $$
declare
    state text := substring(p_relation from '^[a-z]+');
    my_code text;
    their_unit app.unit;
    their_meeting_id uuid;
begin
    select w.unit_code into my_code from access_who as w where w.who = p_who;
    if p_relation = 'plan_36' then
        return (select p.id from app.plan as p where p.number = '36-KH/BDVTU');
    end if;
    select u.* into their_unit
    from access_related as k
    join access_unit as a on a.unit_id = k.unit_id
    join app.unit as u on u.id = k.unit_id
    where k.who = p_who and k.relation = substring(p_relation from '^[a-z]+_of_(.*)$')
    order by u.id limit 1;
    select m.id into their_meeting_id
    from app.meeting as m
    where m.title = case when p_relation like '%\_inviting\_me' then 'MS-' || state || '-for-' || my_code
        else 'MS-' || state || '-' || their_unit.code end;
    return case p_resource
        when 'meetings' then their_meeting_id
        when 'meeting-series' then (select s.id from app.meeting_series as s join app.plan as p on p.id = s.plan_id
            where s.owner_unit_id = their_unit.id and p.number like 'MT%')
        when 'meeting-invitations' then case p_verb when 'create' then their_meeting_id
            else (select i.id from app.meeting_invitation as i where i.meeting_id = their_meeting_id) end
        when 'meeting-agenda-items' then case p_verb when 'create' then their_meeting_id
            else (select i.id from app.meeting_agenda_item as i where i.meeting_id = their_meeting_id and i.outcome_id is null order by i.id limit 1) end
        when 'meeting-minutes' then case p_verb when 'create' then their_meeting_id
            else (select i.id from app.meeting_minutes as i where i.meeting_id = their_meeting_id) end
        when 'meeting-errata' then case p_verb when 'create' then their_meeting_id
            else (select i.id from app.meeting_erratum as i where i.meeting_id = their_meeting_id order by i.id limit 1) end
    end;
end;
$$;

-- How each verb is done (see access_relations.sql).
insert into access_action (resource, verb, view_name, sql, method, path)
select r.resource, 'list', r.view_name,
    format('select 1 from (select 1 from api.%I limit 1) as x right join (values (1)) as v on true', r.view_name),
    'GET', '/' || r.resource || '?limit=1'
from (values
    ('meeting-rules', 'meeting_rules'), ('meeting-series', 'meeting_series'), ('meetings', 'meetings'),
    ('meeting-invitations', 'meeting_invitations'), ('meeting-agenda-items', 'meeting_agenda_items'),
    ('meeting-minutes', 'meeting_minutes'), ('meeting-errata', 'meeting_errata')) as r (resource, view_name);
insert into access_action (resource, verb, view_name, sql, method, path)
select a.resource, 'read', a.view_name, format('select 1 from api.%I where id = $1::uuid', a.view_name),
    'GET', '/' || a.resource || '/{id}'
from access_action as a
where a.verb = 'list' and a.resource in ('meeting-series', 'meetings', 'meeting-invitations', 'meeting-agenda-items', 'meeting-minutes',
    'meeting-errata');
insert into access_action (resource, verb, view_name, sql, method, path)
select a.resource, 'delete', a.view_name, format('delete from app.%I where id = $1::uuid and version = $2',
        case a.resource when 'meeting-series' then a.view_name else rtrim(a.view_name, 's') end), 'DELETE', '/' || a.resource || '/{id}'
from access_action as a
where a.verb = 'list' and a.resource in ('meeting-series', 'meetings', 'meeting-invitations', 'meeting-agenda-items');
insert into access_action (resource, verb, view_name, sql, method, path, body)
select a.resource, a.verb, a.view_name, format('select api.%I($1::uuid, $2, %L)', a.function_name, a.body), 'POST',
    '/' || a.resource || '/{id}/' || a.verb, a.body
from (values
    ('meeting-series', 'generate', 'meeting_series', 'meeting_series_generate', '{}'),
    ('meetings', 'invite', 'meetings', 'meeting_invite', '{"unit_kind":"district_board"}'),
    ('meetings', 'convene', 'meetings', 'meeting_convene', '{}'),
    ('meetings', 'open', 'meetings', 'meeting_open', '{}'),
    ('meetings', 'attendance', 'meetings', 'meeting_attendance', '{"rows":[{"unit_code":"bdv-688","is_present":false}]}'),
    ('meetings', 'close', 'meetings', 'meeting_close', '{}'),
    ('meetings', 'cancel', 'meetings', 'meeting_cancel', '{"reason":"MS"}'),
    ('meeting-invitations', 'accept', 'meeting_invitations', 'meeting_invitation_accept', '{}'),
    ('meeting-invitations', 'decline', 'meeting_invitations', 'meeting_invitation_decline', '{"note":"MS"}')
) as a (resource, verb, view_name, function_name, body);
insert into access_action (resource, verb, view_name, sql, method, path, body) values
    ('meeting-series', 'create', 'meeting_series',
        'insert into app.meeting_series (id, plan_id, kind) values (gen_random_uuid(), $1::uuid, ''six_months'')',
        'POST', '/meeting-series', '{"plan_id":"{id}","kind":"six_months"}'),
    ('meeting-series', 'update', 'meeting_series', 'update app.meeting_series set place = ''MS 2'' where id = $1::uuid and version = $2',
        'PATCH', '/meeting-series/{id}', '{"place":"MS 2"}'),
    ('meetings', 'create', 'meetings',
        'insert into app.meeting (id, plan_id, kind, title, held_on) values (gen_random_uuid(), $1::uuid, ''thematic'', ''MS'', ''2021-12-20'')',
        'POST', '/meetings', '{"plan_id":"{id}","kind":"thematic","title":"MS {serial}","held_on":"2021-12-20"}'),
    ('meetings', 'update', 'meetings', 'update app.meeting set place = ''MS 2'' where id = $1::uuid and version = $2',
        'PATCH', '/meetings/{id}', '{"place":"MS 2"}'),
    ('meeting-invitations', 'create', 'meeting_invitations',
        'insert into app.meeting_invitation (id, meeting_id, unit_id) values (gen_random_uuid(), $1::uuid, $3)',
        'POST', '/meeting-invitations', '{"meeting_id":"{id}","unit_id":{unit}}'),
    ('meeting-agenda-items', 'create', 'meeting_agenda_items',
        'insert into app.meeting_agenda_item (id, meeting_id, position, title) values (gen_random_uuid(), $1::uuid, 2, ''MS'')',
        'POST', '/meeting-agenda-items', '{"meeting_id":"{id}","position":2,"title":"MS"}'),
    ('meeting-agenda-items', 'update', 'meeting_agenda_items',
        'update app.meeting_agenda_item set note = ''MS 2'' where id = $1::uuid and version = $2',
        'PATCH', '/meeting-agenda-items/{id}', '{"note":"MS 2"}'),
    ('meeting-minutes', 'update', 'meeting_minutes', 'update app.meeting_minutes set text = ''MS 2'' where id = $1::uuid and version = $2',
        'PATCH', '/meeting-minutes/{id}', '{"text":"MS 2"}'),
    ('meeting-errata', 'create', 'meeting_errata',
        'insert into app.meeting_erratum (id, meeting_id, text) values (gen_random_uuid(), $1::uuid, ''MS'')',
        'POST', '/meeting-errata', '{"meeting_id":"{id}","text":"MS"}');
