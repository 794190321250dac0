-- A further part of access_relations.sql: what the matrix's words mean for outcomes, the units they name, and packets. After
-- access_relations_meetings.sql, whose meetings these stand under. Everything here is called MS.
--
-- relation, beside those of the first parts:
--   draft_of_…, in_force_of_…, task_of_…, completed_of_…   outcomes of meetings that such a unit holds; the work of a task is led elsewhere
--   open_of_…, planned_of_…, closed_of_…   for "create", and for packets: its meeting in that state
--   of_meeting_inviting_me   a decision that names nobody, of a meeting elsewhere that invites my unit
--   led_by_me, addressing_me, beside_me   a task given to my unit, a decision addressed to it, and what else that meeting decided

insert into access_part (resource, part)
select r, 'outcomes'
from unnest(array['outcomes', 'outcome-units', 'meeting-packets']) as r;

-- One outcome in a state, under a meeting of that title; again when the row was used up.
create function pg_temp.access_arrange_outcome(
    p_title text, p_meeting text, p_kind text, p_status text, p_lead_unit_id integer default null, p_named_unit_id integer default null)
    returns void
    language plpgsql
as $$
declare
    meeting constant app.meeting := (select m from app.meeting as m where m.title = p_meeting);
    made_id uuid;
begin
    if meeting.id is null or exists (
        select from app.outcome as o where o.meeting_id = meeting.id and o.title = p_title and o.status = p_status)
    then
        return;
    end if;
    insert into app.outcome (meeting_id, kind, title, lead_unit_id, due_on, owner_unit_id)
    values (meeting.id, p_kind, p_title, p_lead_unit_id, case when p_kind = 'task' then meeting.held_on end, meeting.owner_unit_id)
    returning id into made_id;
    insert into app.outcome_unit (outcome_id, unit_id, role)
    select made_id, p_named_unit_id, 'addressed' where p_named_unit_id is not null;
    if p_status <> 'draft' then
        perform private.meeting_outcomes_issue(meeting.id);
    end if;
    if p_status = 'completed' then
        update app.assignment as a set status = 'completed', progress = 100, reported_on = meeting.held_on, completed_on = meeting.held_on
        where a.source_id = made_id;
    end if;
end;
$$;

create function pg_temp.access_arrange_outcomes() returns void
    language plpgsql
as $$
declare
    elsewhere constant integer := (select u.id from app.unit as u where u.code = 'bdv-688');
    invited constant integer := (select u.id from app.unit as u where u.code = 'bdv-691');
    holder record;
begin
    for holder in select a.unit_id, a.code from access_unit as a
    loop
        perform pg_temp.access_arrange_outcome('MS-draft', 'MS-open-' || holder.code, 'decision', 'draft', null, elsewhere);
        perform pg_temp.access_arrange_outcome('MS-in_force', 'MS-closed-' || holder.code, 'decision', 'in_force', null, elsewhere);
        perform pg_temp.access_arrange_outcome('MS-task', 'MS-closed-' || holder.code, 'task', 'open', elsewhere);
        perform pg_temp.access_arrange_outcome('MS-completed', 'MS-closed-' || holder.code, 'task', 'completed', elsewhere);
        insert into app.meeting_packet (meeting_id, content, frozen_on)
        select m.id, '{"day": "2021-11-15"}', m.held_on from app.meeting as m where m.title = 'MS-closed-' || holder.code
        on conflict do nothing;
    end loop;
    for holder in
        select distinct u.id as unit_id, u.code from access_who as w join app.unit as u on u.code = w.unit_code
    loop
        perform pg_temp.access_arrange_outcome('MS-in_force', 'MS-closed-for-' || holder.code, 'decision', 'in_force');
        perform pg_temp.access_arrange_meeting('MS-closed-naming-' || holder.code, elsewhere, invited, 'closed');
        perform pg_temp.access_arrange_outcome('MS-led', 'MS-closed-naming-' || holder.code, 'task', 'open', holder.unit_id);
        perform pg_temp.access_arrange_outcome('MS-addressing', 'MS-closed-naming-' || holder.code, 'decision', 'in_force', null, holder.unit_id);
        perform pg_temp.access_arrange_outcome('MS-beside', 'MS-closed-naming-' || holder.code, 'decision', 'in_force', null, invited);
    end loop;
end;
$$;

-- Takes everything of access_arrange_outcomes away again; outcomes go with their meetings.
create function pg_temp.access_clear_outcomes() returns void
    language plpgsql
as $$
begin
    delete from app.notice as n where n.resource = 'assignments'
        and n.resource_id in (select a.id from app.assignment as a where a.source = 'meeting' and a.title like 'MS-%');
    delete from app.assignment as a where a.source = 'meeting' and a.title like 'MS-%';
    delete from app.outcome as o where o.title like 'MS%';
end;
$$;

create function pg_temp.access_target_outcomes(p_who text, p_resource text, p_verb text, p_relation text) returns text
    language plpgsql stable
as $$
declare
    state text := substring(p_relation from '^(draft|in_force|task|completed|open|planned|closed)_of_');
    my_code text;
    their_code text;
    in_meeting text;
    called text;
begin
    select w.unit_code into my_code from access_who as w where w.who = p_who;
    select u.code into their_code
    from access_related as k
    join access_unit as a on a.unit_id = k.unit_id
    join app.unit as u on u.id = k.unit_id
    where k.who = p_who and k.relation = regexp_replace(p_relation, '^' || state || '_of_', '')
    order by u.id limit 1;
    if state in ('open', 'planned', 'closed') then
        return (select m.id from app.meeting as m where m.title = format('MS-%s-%s', state, their_code));
    elsif p_resource = 'meeting-packets' then
        return (select m.id from app.meeting as m where m.title = 'MS-closed-for-' || my_code);
    end if;
    called := 'MS-' || case p_relation when 'of_meeting_inviting_me' then 'in_force' when 'led_by_me' then 'led'
        when 'addressing_me' then 'addressing' when 'beside_me' then 'beside' else state end;
    in_meeting := 'MS-' || case when p_relation = 'of_meeting_inviting_me' then 'closed-for-' || my_code
        when p_relation in ('led_by_me', 'addressing_me', 'beside_me') then 'closed-naming-' || my_code
        when state = 'draft' then 'open-' || their_code else 'closed-' || their_code end;
    return (
        select case when p_resource = 'outcomes' or p_verb = 'create' then o.id
            else (select n.id from app.outcome_unit as n where n.outcome_id = o.id order by n.id limit 1) end
        from app.outcome as o
        join app.meeting as m on m.id = o.meeting_id and m.title = in_meeting
        where o.title = called and o.status = case state when 'draft' then 'draft' when 'in_force' then 'in_force' when 'task' then 'open'
            when 'completed' then 'completed' else o.status end
        order by o.id desc limit 1);
end;
$$;

-- How each verb is done (see access_relations.sql).
insert into access_action (resource, verb, view_name, sql, method, path)
select r.resource, 'list', r.view_name,
    format('select 1 from (select 1 from api.%I limit 1) as x right join (values (1)) as v on true', r.view_name),
    'GET', '/' || r.resource || '?limit=1'
from (values ('outcomes', 'outcomes'), ('outcome-units', 'outcome_units')) as r (resource, view_name);
insert into access_action (resource, verb, view_name, sql, method, path)
select r.resource, 'read', r.view_name, format('select 1 from api.%I where id = $1::uuid', r.view_name), 'GET', '/' || r.resource || '/{id}'
from (values ('outcomes', 'outcomes'), ('outcome-units', 'outcome_units'), ('meeting-packets', 'meeting_packets')) as r (resource, view_name);
insert into access_action (resource, verb, view_name, sql, method, path, body)
select 'outcomes', a.verb, 'outcomes', format('select api.outcome_%s($1::uuid, $2, %L)', a.verb, a.body), 'POST',
    '/outcomes/{id}/' || a.verb, a.body
from (values ('complete', '{"note":"MS"}'), ('reopen', '{"reason":"MS"}'), ('withdraw', '{"reason":"MS"}')) as a (verb, body);
insert into access_action (resource, verb, view_name, sql, method, path, body) values
    ('outcomes', 'create', 'outcomes',
        'insert into app.outcome (id, meeting_id, kind, title) values (gen_random_uuid(), $1::uuid, ''decision'', ''MS-new'')',
        'POST', '/outcomes', '{"meeting_id":"{id}","kind":"decision","title":"MS-new"}'),
    ('outcomes', 'update', 'outcomes', 'update app.outcome set text = ''MS 2'' where id = $1::uuid and version = $2',
        'PATCH', '/outcomes/{id}', '{"text":"MS 2"}'),
    ('outcomes', 'delete', 'outcomes', 'delete from app.outcome where id = $1::uuid and version = $2', 'DELETE', '/outcomes/{id}', null),
    ('outcome-units', 'create', 'outcome_units',
        'insert into app.outcome_unit (id, outcome_id, unit_id) values (gen_random_uuid(), $1::uuid, $3)',
        'POST', '/outcome-units', '{"outcome_id":"{id}","unit_id":{unit}}');
