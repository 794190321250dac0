-- A further part of access_relations.sql: what the matrix's words mean for committees and coordination plans.
-- Everything here is called MS.
--
-- relation, beside those of the first parts:
--   committee_of_…              a committee whose standing unit such a unit is (committees, committee-members, committee-reviews)
--   draft_work_of_…, open_work_of_…   items of its programme (committee-work-items)
--   committee_naming_me, committee_naming_me_before   of a board elsewhere, with my unit as a member today, or until a year ago
--   draft_work_naming_me, open_work_naming_me   of the first of these
--   draft_agreement_of_…, signed_agreement_of_…   coordination plans of such a unit, and the item of each
--   draft_agreement_naming_me, signed_agreement_naming_me   of a board elsewhere, with my unit as a party
--
-- For "create" of what stands under a committee or plan the target is that committee or plan.

insert into access_part (resource, part)
select r, 'bodies'
from unnest(array['committees', 'committee-members', 'committee-work-items', 'committee-reviews', 'coordination-plans',
    'coordination-parties', 'coordination-items', 'coordination-coverage']) as r;

-- A committee of the unit with an item of each kind and a review; a coordination plan signed and one not, each with an item.
create function pg_temp.access_arrange_body(p_code text, p_owner_id integer, p_named_id integer, p_until date) returns void
    language plpgsql
as $$
declare
    made_id uuid;
    wanted text;
begin
    if exists (select from app.committee as c where c.code = p_code) then
        return;
    end if;
    insert into app.committee (code, name, established_on, owner_unit_id) values (p_code, 'MS', '2021-01-01', p_owner_id)
    returning id into made_id;
    insert into app.committee_member (committee_id, unit_id, role, post, valid_from, valid_to)
    values (made_id, p_named_id, 'member', 'MS', '2021-01-01', p_until);
    insert into app.committee_work_item (committee_id, owner_unit_id, year, title, lead_unit_id, due_on, status, given_on)
    values (made_id, p_owner_id, 2021, 'MS', p_owner_id, '2021-12-31', 'draft', null),
        (made_id, p_owner_id, 2021, 'MS', p_owner_id, '2021-12-31', 'open', '2021-02-01');
    insert into app.committee_review (committee_id, owner_unit_id, title, period_from, period_to)
    values (made_id, p_owner_id, 'MS', '2021-01-01', '2021-06-30');
    foreach wanted in array array['draft', 'signed'] loop
        insert into app.coordination_plan (number, title, partner_kind, term, year, owner_unit_id, status, signed_on)
        values (p_code, 'MS', 'other', 'yearly', 2021, p_owner_id, wanted, case wanted when 'signed' then date '2021-02-01' end)
        returning id into made_id;
        insert into app.coordination_party (coordination_plan_id, unit_id) values (made_id, p_named_id);
        insert into app.coordination_item (coordination_plan_id, owner_unit_id, position, title, lead_unit_id, due_on, is_signed)
        values (made_id, p_owner_id, 1, 'MS', p_owner_id, '2021-12-31', wanted = 'signed');
    end loop;
end;
$$;

create function pg_temp.access_arrange_bodies() returns void
    language plpgsql
as $$
declare
    elsewhere constant integer := (select u.id from app.unit as u where u.code = 'bdv-688');
    holder record;
begin
    for holder in select a.unit_id, a.code from access_unit as a
    loop
        perform pg_temp.access_arrange_body('MS-' || holder.code, holder.unit_id, elsewhere, null);
    end loop;
    for holder in select distinct u.id as unit_id, u.code from access_who as w join app.unit as u on u.code = w.unit_code
    loop
        perform pg_temp.access_arrange_body('MS-me-' || holder.code, elsewhere, holder.unit_id, null);
        perform pg_temp.access_arrange_body('MS-was-' || holder.code, elsewhere, holder.unit_id, '2021-06-01');
    end loop;
end;
$$;

-- Takes everything of access_arrange_bodies away again.
create function pg_temp.access_clear_bodies() returns void
    language plpgsql
as $$
begin
    delete from app.committee_work_item as i where i.title = 'MS';
    delete from app.committee_review as r where r.title = 'MS';
    delete from app.committee as c where c.code like 'MS-%';
    delete from app.coordination_item as i where i.title = 'MS';
    delete from app.coordination_party as p using app.coordination_plan as c where c.id = p.coordination_plan_id and c.title = 'MS';
    update app.coordination_plan set status = 'draft', signed_on = null where title = 'MS';
    delete from app.coordination_plan as c where c.title = 'MS';
end;
$$;

create function pg_temp.access_target_bodies(p_who text, p_resource text, p_verb text, p_relation text) returns text
    language plpgsql stable
as $$
declare
    state constant text := substring(p_relation from '^(draft|open|signed)_');
    of_whom constant text := substring(p_relation from '_of_(.*)$');
    mine app.unit;
    named text;
    their_committee_id uuid;
    their_plan_id uuid;
begin
    select u.* into mine from access_who as w join app.unit as u on u.code = w.unit_code where w.who = p_who;
    named := 'MS-' || case when p_relation like '%\_naming\_me' then 'me-' || mine.code
        when p_relation like '%\_naming\_me\_before' then 'was-' || mine.code
        else (select a.code from access_related as k join access_unit as a on a.unit_id = k.unit_id
            where k.who = p_who and k.relation = of_whom order by k.unit_id limit 1) end;
    select c.id into their_committee_id from app.committee as c where c.code = named;
    select c.id into their_plan_id from app.coordination_plan as c where c.number = named and c.status = state;
    return case p_resource
        when 'coordination-coverage' then mine.id::text
        when 'committees' then case p_relation when 'any' then mine.id::text else their_committee_id::text end
        when 'committee-members' then case p_verb when 'create' then their_committee_id::text
            else (select m.id::text from app.committee_member as m where m.committee_id = their_committee_id) end
        when 'committee-work-items' then case p_verb when 'create' then their_committee_id::text
            else (select i.id::text from app.committee_work_item as i
                where i.committee_id = their_committee_id and i.status = state) end
        when 'committee-reviews' then case p_verb when 'create' then their_committee_id::text
            else (select r.id::text from app.committee_review as r where r.committee_id = their_committee_id) end
        when 'coordination-plans' then case p_relation when 'any' then mine.id::text else their_plan_id::text end
        when 'coordination-parties' then case p_verb when 'create' then their_plan_id::text
            else (select p.id::text from app.coordination_party as p where p.coordination_plan_id = their_plan_id) end
        when 'coordination-items' then case p_verb when 'create' then their_plan_id::text
            else (select i.id::text from app.coordination_item as i where i.coordination_plan_id = their_plan_id) end
    end;
end;
$$;

-- How each verb is done (see access_relations.sql).
insert into access_action (resource, verb, view_name, sql, method, path)
select p.resource, 'list', replace(p.resource, '-', '_'),
    format('select 1 from (select 1 from api.%I limit 1) as x right join (values (1)) as v on true', replace(p.resource, '-', '_')),
    'GET', '/' || p.resource || '?limit=1'
from access_part as p
where p.part = 'bodies' and p.resource <> 'coordination-coverage';
insert into access_action (resource, verb, view_name, sql, method, path)
select a.resource, 'read', a.view_name, format('select 1 from api.%I where id = $1::uuid', a.view_name), 'GET', '/' || a.resource || '/{id}'
from access_action as a
join access_part as p on p.resource = a.resource and p.part = 'bodies'
where a.verb = 'list';
insert into access_action (resource, verb, view_name, sql, method, path, body)
select a.resource, a.verb, replace(a.resource, '-', '_'), format('select api.%I($1::uuid, $2, %L)', a.function_name, a.body), 'POST',
    '/' || a.resource || '/{id}/' || a.verb, a.body
from (values
    ('committees', 'end', 'committee_end', '{"ended_on":"2021-11-01","reason":"MS"}'),
    ('committee-work-items', 'give', 'committee_work_item_give', '{}'),
    ('committee-work-items', 'complete', 'committee_work_item_complete', '{}'),
    ('committee-work-items', 'withdraw', 'committee_work_item_withdraw', '{"reason":"MS"}'),
    ('committee-reviews', 'conclude', 'committee_review_conclude', '{"summary":"MS"}'),
    ('coordination-plans', 'sign', 'coordination_plan_sign', '{"signed_on":"2021-11-01"}'),
    ('coordination-plans', 'end', 'coordination_plan_end', '{"ended_on":"2021-11-01","reason":"MS"}'),
    ('coordination-items', 'give', 'coordination_item_give', '{}'),
    ('coordination-items', 'withdraw', 'coordination_item_withdraw', '{"reason":"MS"}')) as a (resource, verb, function_name, body);
insert into access_action (resource, verb, view_name, sql, method, path, body) values
    ('coordination-coverage', 'list', 'coordination_plans',
        'select 1 from (select 1 from api.coordination_coverage(2021) limit 1) as x right join (values (1)) as v on true',
        'GET', '/coordination-coverage?year=2021&limit=1', null),
    ('committees', 'create', 'committees',
        'insert into app.committee (id, code, name, established_on) select gen_random_uuid(), ''MS-new'', ''MS'', ''2021-01-01'' from (select $1, $3) as x',
        'POST', '/committees', '{"code":"MS-{serial}","name":"MS","established_on":"2021-01-01"}'),
    ('committees', 'update', 'committees', 'update app.committee set duties = ''MS 2'' where id = $1::uuid and version = $2',
        'PATCH', '/committees/{id}', '{"duties":"MS 2"}'),
    ('committees', 'renew', 'committees',
        'select api.committee_renew($1::uuid, $2, jsonb_build_object(''document_id'', (select d.id from app.document as d where d.owner_unit_id = $3 and d.symbol = ''MT-published'' limit 1), ''valid_from'', ''2021-11-02'', ''members'', jsonb_build_array(jsonb_build_object(''unit_id'', $3, ''role'', ''chair'', ''post'', ''MS''))))',
        'POST', '/committees/{id}/renew',
        '{"document_id":"{own_document}","valid_from":"2021-11-02","members":[{"unit_id":{unit},"role":"chair","post":"MS"}]}'),
    ('committee-members', 'create', 'committee_members',
        'insert into app.committee_member (id, committee_id, unit_id, role, post, valid_from) values (gen_random_uuid(), $1::uuid, $3, ''chair'', ''MS 2'', ''2021-05-01'')',
        'POST', '/committee-members', '{"committee_id":"{id}","unit_id":{unit},"role":"chair","post":"MS 2","valid_from":"2021-05-01"}'),
    ('committee-members', 'update', 'committee_members', 'update app.committee_member set role = ''secretary'' where id = $1::uuid and version = $2',
        'PATCH', '/committee-members/{id}', '{"role":"secretary"}'),
    ('committee-work-items', 'create', 'committee_work_items',
        'insert into app.committee_work_item (id, committee_id, year, title) values (gen_random_uuid(), $1::uuid, 2021, ''MS'')',
        'POST', '/committee-work-items', '{"committee_id":"{id}","year":2021,"title":"MS"}'),
    ('committee-work-items', 'update', 'committee_work_items', 'update app.committee_work_item set text = ''MS 2'' where id = $1::uuid and version = $2',
        'PATCH', '/committee-work-items/{id}', '{"text":"MS 2"}'),
    ('committee-work-items', 'delete', 'committee_work_items', 'delete from app.committee_work_item where id = $1::uuid and version = $2',
        'DELETE', '/committee-work-items/{id}', null),
    ('committee-reviews', 'create', 'committee_reviews',
        'insert into app.committee_review (id, committee_id, title, period_from, period_to) values (gen_random_uuid(), $1::uuid, ''MS'', ''2021-01-01'', ''2021-06-30'')',
        'POST', '/committee-reviews', '{"committee_id":"{id}","title":"MS","period_from":"2021-01-01","period_to":"2021-06-30"}'),
    ('coordination-plans', 'create', 'coordination_plans',
        'insert into app.coordination_plan (id, title, partner_kind, term, year) select gen_random_uuid(), ''MS'', ''other'', ''yearly'', 2021 from (select $1, $3) as x',
        'POST', '/coordination-plans', '{"title":"MS","partner_kind":"other","term":"yearly","year":2021}'),
    ('coordination-plans', 'update', 'coordination_plans', 'update app.coordination_plan set year = 2022 where id = $1::uuid and version = $2',
        'PATCH', '/coordination-plans/{id}', '{"year":2022}'),
    ('coordination-plans', 'delete', 'coordination_plans', 'delete from app.coordination_plan where id = $1::uuid and version = $2',
        'DELETE', '/coordination-plans/{id}', null),
    ('coordination-items', 'create', 'coordination_items',
        'insert into app.coordination_item (id, coordination_plan_id, position, title) values (gen_random_uuid(), $1::uuid, 2, ''MS'')',
        'POST', '/coordination-items', '{"coordination_plan_id":"{id}","position":2,"title":"MS"}'),
    ('coordination-items', 'update', 'coordination_items', 'update app.coordination_item set due_on = ''2021-12-30'' where id = $1::uuid and version = $2',
        'PATCH', '/coordination-items/{id}', '{"due_on":"2021-12-30"}');
