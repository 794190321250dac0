-- A further part of access_relations.sql: what the matrix's words mean for inspections, recommendations, models and drives.
--
-- relation, beside those of the first parts:
--   draft_of_…, issued_of_…        programmes
--   planned_of_…, under_way_of_…   inspections that such a unit makes of the board bdv-688, their units, findings, drafts
--   open_of_…                      a recommendation that such a unit gave to bdv-688
--   planned_naming_me, announced_naming_me, concluded_naming_me   inspections of my unit by bdv-688, what they say of it
--   partner_with_me                an inspection of bdv-688, planned, that my unit takes part in
--   registered_of_…, effective_of_…, recognised_of_…   models
--   planned_of_…, launched_of_…    drives
-- Everything here is called MS.

insert into access_part (resource, part)
select r, 'inspections'
from unnest(array['inspection-programmes', 'inspections', 'inspection-units', 'inspection-findings', 'recommendations',
    'inspection-overview', 'recommendation-ages', 'emulation-models', 'emulation-replications', 'emulation-counts',
    'emulation-drives', 'award-counts']) as r;

-- An inspection in a state, of one unit, with a finding and a recommendation where it has come so far.
create function pg_temp.access_arrange_inspection(p_owner_id integer, p_subject_id integer, p_state text, p_title text, p_partner_id integer)
    returns void
    language plpgsql
as $$
declare
    plan constant uuid := (select p.id from app.plan as p where p.number = '36-KH/BDVTU');
    made app.inspection;
    asked app.recommendation;
begin
    if exists (select from app.inspection as i where i.owner_unit_id = p_owner_id and i.title = p_title and i.status = p_state
        and (p_state <> 'concluded' or exists (select from app.recommendation as r where r.inspection_id = i.id and r.status = 'open')))
    then
        return;
    end if;
    insert into app.inspection (plan_id, kind, is_joint, title, starts_on, ends_on, status, shown_on, announced_on, began_on, concluded_on, owner_unit_id)
    values (plan, 'inspection', true, p_title, '2021-10-01', '2021-10-02', p_state, '2021-09-01',
        case when p_state <> 'planned' then date '2021-09-15' end, case when p_state in ('under_way', 'concluded') then date '2021-10-01' end,
        case when p_state = 'concluded' then date '2021-10-02' end, p_owner_id)
    returning * into made;
    insert into app.inspection_unit (inspection_id, unit_id, role) values (made.id, p_subject_id, 'subject');
    if p_partner_id is not null then
        insert into app.inspection_unit (inspection_id, unit_id, role) values (made.id, p_partner_id, 'partner');
    end if;
    if p_state in ('under_way', 'concluded') then
        insert into app.inspection_finding (inspection_id, subject_unit_id, kind, text, issued_on, owner_unit_id)
        values (made.id, p_subject_id, 'strength', 'MS', made.concluded_on, p_owner_id);
        insert into app.recommendation (inspection_id, lead_unit_id, title, due_on, status, given_on, owner_unit_id)
        values (made.id, p_subject_id, 'MS', '2021-12-31', case when made.concluded_on is null then 'draft' else 'open' end, made.concluded_on, p_owner_id)
        returning * into asked;
        if p_state = 'concluded' then
            perform private.give_work('inspection', asked.id, p_owner_id, plan, null, 'MS', 'MS ' || asked.id, p_subject_id, '2021-12-31', '{}');
        end if;
    end if;
end;
$$;

create function pg_temp.access_arrange_inspections() returns void
    language plpgsql
as $$
declare
    elsewhere constant integer := (select u.id from app.unit as u where u.code = 'bdv-688');
    plan constant uuid := (select p.id from app.plan as p where p.number = '36-KH/BDVTU');
    decision constant uuid := (select d.id from app.document as d where d.symbol = '217-QĐ/TW' limit 1);
    holder record;
    wanted text;
begin
    for holder in select a.unit_id, u.level_id from access_unit as a join app.unit as u on u.id = a.unit_id
    loop
        foreach wanted in array array['planned', 'under_way', 'concluded'] loop
            perform pg_temp.access_arrange_inspection(holder.unit_id, elsewhere, wanted, 'MS', null);
        end loop;
        foreach wanted in array array['draft', 'issued'] loop
            insert into app.inspection_programme (plan_id, year, title, status, issued_on, owner_unit_id)
            select plan, 2021, 'MS', wanted, case wanted when 'issued' then date '2021-09-01' end, holder.unit_id
            where not exists (select from app.inspection_programme as p where p.owner_unit_id = holder.unit_id and p.title = 'MS' and p.status = wanted);
        end loop;
        foreach wanted in array array['registered', 'effective', 'recognised'] loop
            insert into app.emulation_model (field, name, registered_on, status, effective_on, recognised_on, recognition_level_id,
                recognised_by_unit_id, document_id, owner_unit_id)
            select 'economy', 'MS', '2021-09-01', wanted, case when wanted <> 'registered' then date '2021-10-01' end,
                case wanted when 'recognised' then date '2021-10-02' end, case wanted when 'recognised' then holder.level_id end,
                case wanted when 'recognised' then holder.unit_id end, case wanted when 'recognised' then decision end, holder.unit_id
            where not exists (select from app.emulation_model as m where m.owner_unit_id = holder.unit_id and m.name = 'MS' and m.status = wanted);
        end loop;
        foreach wanted in array array['planned', 'launched'] loop
            insert into app.emulation_drive (kind, title, starts_on, ends_on, launched_on, owner_unit_id)
            select 'drive', 'MS', '2021-10-01', '2021-12-31', case wanted when 'launched' then date '2021-10-01' end, holder.unit_id
            where not exists (select from app.emulation_drive as d
                where d.owner_unit_id = holder.unit_id and d.title = 'MS' and (d.launched_on is null) = (wanted = 'planned'));
        end loop;
    end loop;
    for holder in select distinct u.id as unit_id, u.code from access_who as w join app.unit as u on u.code = w.unit_code
    loop
        foreach wanted in array array['planned', 'announced', 'concluded'] loop
            perform pg_temp.access_arrange_inspection(elsewhere, holder.unit_id, wanted, 'MS ' || holder.code, null);
        end loop;
        perform pg_temp.access_arrange_inspection(elsewhere, elsewhere, 'planned', 'MS with ' || holder.code, holder.unit_id);
    end loop;
end;
$$;

-- Takes everything of access_arrange_inspections away again.
create function pg_temp.access_clear_inspections() returns void
    language plpgsql
as $$
begin
    delete from app.assignment as a where a.source = 'inspection' and a.title = 'MS';
    delete from app.inspection as i where i.title like 'MS%';
    delete from app.inspection_programme as p where p.title like 'MS%';
    delete from app.emulation_model as m where m.name like 'MS%';
    delete from app.emulation_drive as d where d.title like 'MS%';
    delete from app.award_count as a where a.form like 'MS%';
    delete from app.notice as n where n.topic like 'inspection_%' and n.resource_id not in (select i.id from app.inspection as i);
end;
$$;

create function pg_temp.access_target_inspections(p_who text, p_resource text, p_verb text, p_relation text) returns text
    language plpgsql stable
as $$
declare
    state text := substring(p_relation from '^(draft|issued|planned|announced|under_way|concluded|open|registered|effective|recognised|launched)_');
    of_whom text := regexp_replace(p_relation, '^[a-z]+(_way)?_of_', '');
    mine app.unit;
    theirs_id integer;
    target app.inspection;
begin
    select u.* into mine from access_who as w join app.unit as u on u.code = w.unit_code where w.who = p_who;
    select min(k.unit_id) into theirs_id from access_related as k
    join access_unit as a on a.unit_id = k.unit_id
    where k.who = p_who and k.relation = of_whom;
    if state is null and p_relation <> 'partner_with_me' then
        return theirs_id;
    elsif p_resource = 'inspection-programmes' then
        return (select p.id from app.inspection_programme as p where p.owner_unit_id = theirs_id and p.status = state and p.title = 'MS');
    elsif p_resource in ('emulation-models', 'emulation-replications') then
        return (select m.id from app.emulation_model as m where m.owner_unit_id = theirs_id and m.status = state and m.name = 'MS' limit 1);
    elsif p_resource = 'emulation-drives' then
        return (select d.id from app.emulation_drive as d
            where d.owner_unit_id = theirs_id and d.title = 'MS' and (d.launched_on is null) = (state = 'planned') limit 1);
    end if;
    select i.* into target from app.inspection as i
    where case when p_relation = 'partner_with_me' then i.title = 'MS with ' || mine.code
            when p_relation like '%\_naming\_me' then i.title = 'MS ' || mine.code and i.status = state
            else i.owner_unit_id = theirs_id and i.title = 'MS' and i.status = case state when 'open' then 'concluded' else state end
                and (state <> 'open' or exists (select from app.recommendation as r where r.inspection_id = i.id and r.status = 'open')) end
    limit 1;
    return case
        when p_verb = 'create' or p_resource = 'inspections' then target.id::text
        when p_resource = 'inspection-units' then (select s.id::text from app.inspection_unit as s where s.inspection_id = target.id limit 1)
        when p_resource = 'inspection-findings' then (select f.id::text from app.inspection_finding as f where f.inspection_id = target.id limit 1)
        when p_resource = 'recommendations' then (select r.id::text from app.recommendation as r where r.inspection_id = target.id limit 1)
    end;
end;
$$;

-- How each verb is done (see access_relations.sql).
insert into access_action (resource, verb, view_name, sql, method, path)
select p.resource, 'list', replace(p.resource, '-', '_'),
    format('select 1 from (select 1 from api.%I%s limit 1) as x right join (values (1)) as v on true', replace(p.resource, '-', '_'),
        case when p.resource in ('inspection-overview', 'recommendation-ages', 'emulation-counts') then '()' else '' end),
    'GET', '/' || p.resource || '?limit=1'
from access_part as p
where p.part = 'inspections';
insert into access_action (resource, verb, view_name, sql, method, path)
select a.resource, 'read', a.view_name, format('select 1 from api.%I where id = $1::uuid', a.view_name), 'GET', '/' || a.resource || '/{id}'
from access_action as a
where a.verb = 'list' and a.resource in ('inspection-programmes', 'inspections', 'inspection-findings', 'recommendations',
    'emulation-models', 'emulation-drives');
insert into access_action (resource, verb, view_name, sql, method, path, body)
select a.resource, a.verb, replace(a.resource, '-', '_'), format('select api.%I($1::uuid, $2, %L)', a.function_name, a.body), 'POST',
    '/' || a.resource || '/{id}/' || a.verb, a.body
from (values
    ('inspection-programmes', 'issue', 'inspection_programme_issue', '{}'),
    ('inspections', 'announce', 'inspection_announce', '{}'), ('inspections', 'conclude', 'inspection_conclude', '{}'),
    ('inspections', 'cancel', 'inspection_cancel', '{"reason":"MS"}'),
    ('recommendations', 'complete', 'recommendation_complete', '{}'),
    ('recommendations', 'withdraw', 'recommendation_withdraw', '{"reason":"MS"}'),
    ('emulation-models', 'confirm-effective', 'emulation_model_confirm_effective', '{}'),
    ('emulation-models', 'recognise', 'emulation_model_recognise',
        (select jsonb_build_object('document_id', d.id)::text from app.document as d where d.symbol = '217-QĐ/TW' limit 1)),
    ('emulation-models', 'end', 'emulation_model_end', '{"reason":"MS"}'),
    ('emulation-drives', 'launch', 'emulation_drive_launch', '{}')) as a (resource, verb, function_name, body);
insert into access_action (resource, verb, view_name, sql, method, path, body)
select a.resource, a.verb, replace(a.resource, '-', '_'), replace(a.sql, '{plan}', p.id::text), a.method, a.path, replace(a.body, '{plan}', p.id::text)
from app.plan as p
cross join (values
    ('inspection-programmes', 'create',
        'insert into app.inspection_programme (id, plan_id, year, title) select gen_random_uuid(), ''{plan}'', 2021, ''MS 2'' from (select $1, $3) as x',
        'POST', '/inspection-programmes', '{"plan_id":"{plan}","year":2021,"title":"MS 2"}'),
    ('inspection-programmes', 'update', 'update app.inspection_programme set title = ''MS'' where id = $1::uuid and version = $2',
        'PATCH', '/inspection-programmes/{id}', '{"title":"MS"}'),
    ('inspections', 'create', 'insert into app.inspection (id, plan_id, kind, title, starts_on, ends_on)
            select gen_random_uuid(), ''{plan}'', ''inspection'', ''MS 2'', ''2021-12-01'', ''2021-12-01'' from (select $1, $3) as x',
        'POST', '/inspections', '{"plan_id":"{plan}","kind":"inspection","title":"MS 2","starts_on":"2021-12-01","ends_on":"2021-12-01"}'),
    ('inspections', 'update', 'update app.inspection set focus = ''MS'' where id = $1::uuid and version = $2',
        'PATCH', '/inspections/{id}', '{"focus":"MS"}'),
    ('inspection-findings', 'create', 'insert into app.inspection_finding (id, inspection_id, subject_unit_id, kind, text)
            select gen_random_uuid(), i.id, s.unit_id, ''strength'', ''MS 2'' from (select $1::uuid as id) as i, (select $3) as x,
                (values ({ms})) as s (unit_id)',
        'POST', '/inspection-findings', '{"inspection_id":"{id}","subject_unit_id":{ms},"kind":"strength","text":"MS 2"}'),
    ('emulation-models', 'create', 'insert into app.emulation_model (id, field, name, registered_on)
            select gen_random_uuid(), ''economy'', ''MS 2'', ''2021-10-01'' from (select $1, $3) as x',
        'POST', '/emulation-models', '{"field":"economy","name":"MS 2","registered_on":"2021-10-01"}'),
    ('emulation-models', 'update', 'update app.emulation_model set description = ''MS'' where id = $1::uuid and version = $2',
        'PATCH', '/emulation-models/{id}', '{"description":"MS"}'),
    ('emulation-replications', 'create', 'insert into app.emulation_replication (id, model_id, area_id, replicated_on)
            select gen_random_uuid(), $1::uuid, {area}, ''2021-10-05'' from (select $3) as x',
        'POST', '/emulation-replications', '{"model_id":"{id}","area_id":{area},"replicated_on":"2021-10-05"}'),
    ('award-counts', 'create', 'insert into app.award_count (id, year, form, awarding_level_id, group_count)
            select gen_random_uuid(), 2021, ''MS '' || gen_random_uuid(), 1, 1 from (select $1, $3) as x',
        'POST', '/award-counts', '{"year":2021,"form":"MS {serial}","awarding_level_id":1,"group_count":1}'))
    as a (resource, verb, sql, method, path, body)
where p.number = '36-KH/BDVTU';
update access_action as a
set sql = replace(replace(a.sql, '{ms}', u.id::text), '{area}', u.area_id::text),
    body = replace(replace(a.body, '{ms}', u.id::text), '{area}', u.area_id::text)
from app.unit as u
where u.code = 'bdv-688' and a.resource in ('inspection-findings', 'emulation-replications') and a.verb = 'create';
