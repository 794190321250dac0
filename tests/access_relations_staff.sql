-- The third part of access_relations.sql: what the matrix's words mean for reorganisations, quotas, people,
-- courses and imports. Included after the second.
--
-- relation, beside those of the first parts:
--   self                     the record of the person whose account asks; their posts, qualifications
--   lent_to_me               a person of a board elsewhere, lent to my unit; the post in my unit
--   planned_course_of_…, open_course_of_…, held_course_of_…   courses that such a unit organises
--   planned_course_inviting_me, open_course_inviting_me       courses of a board elsewhere
--   record_in_my_course      somebody from elsewhere in a course of mine
--   draft_of_…, scheduled_of_…   reorganisations that such a unit prepares: its own renaming
--
-- Everything here is called MS. For "create" the target is the unit, person, course or reorganisation.

insert into access_who (who, login, unit_code) values
    ('phunu.tinh.lanhdao', 'phunu.tinh.lanhdao', 'phunu-70'),
    ('phunu.dongxoai.lanhdao', 'phunu.dongxoai.lanhdao', 'phunu-689');
insert into access_related (who, relation, unit_id)
select w.who, k.relation, k.unit_id
from access_who as w
join access_who as like_them on like_them.unit_code = w.unit_code and like_them.who = replace(w.who, 'lanhdao', 'chuyenvien')
join access_related as k on k.who = like_them.who
where w.who in ('phunu.tinh.lanhdao', 'phunu.dongxoai.lanhdao');

create function pg_temp.access_arrange_person(p_code text, p_unit_id integer, p_user_id uuid) returns void
    language plpgsql
as $$
declare
    made_id uuid;
begin
    if not exists (select from app.staff as s where s.code = p_code) then
        insert into app.staff (code, full_name, unit_id, user_id)
        values (p_code, 'Cán bộ thử quyền', p_unit_id, p_user_id)
        returning id into made_id;
        insert into app.appointment (staff_id, unit_id, position_code, valid_from)
        values (made_id, p_unit_id, 'vice_chair', '2020-01-01');
        insert into app.qualification (staff_id, kind, degree) values (made_id, 'professional', 'MS');
    end if;
end;
$$;

create function pg_temp.access_arrange_staff() returns void
    language plpgsql
as $$
declare
    elsewhere constant integer := (select u.id from app.unit as u where u.code = 'bdv-688');
    holder record;
    wanted text;
    made_id uuid;
    made_step_id uuid;
begin
    perform pg_temp.access_arrange_person('MS-bdv-688', elsewhere, null);
    for holder in select a.unit_id, a.code from access_unit as a
    loop
        insert into app.establishment (unit_id, position_code, quota, valid_from, valid_to)
        select holder.unit_id, 'chair', 1, '1990-01-01', '1991-01-01'
        where not exists (select from app.establishment as e
            where e.unit_id = holder.unit_id and e.valid_from = '1990-01-01');
        perform pg_temp.access_arrange_person('MS-' || holder.code, holder.unit_id, null);

        foreach wanted in array array['planned', 'open', 'held'] loop
            if not exists (select from app.course as c
                where c.organiser_unit_id = holder.unit_id and c.code = 'MS-' || wanted)
            then
                insert into app.course (code, name, topic_code, organiser_unit_id, starts_on, ends_on, pass_percent, status)
                values ('MS-' || wanted, 'Lớp thử quyền', 'mobilization_work', holder.unit_id, '2021-03-01', '2021-03-01', 0, wanted)
                returning id into made_id;
                insert into app.course_day (course_id, day) values (made_id, '2021-03-01');
                insert into app.course_invitation (course_id, unit_id) values (made_id, elsewhere);
                insert into app.training_record (course_id, staff_id, status, days_attended, result)
                select made_id, s.id, 'attended', 1, 'passed'
                from app.staff as s
                where wanted = 'held' and s.code in ('MS-' || holder.code, 'MS-bdv-688');
            end if;
        end loop;

        insert into app.import_job (kind, unit_id, created_by, membership_id, file_name, format, size, sha256, status, finished_at)
        select 'ratings', holder.unit_id, m.user_id, m.id, 'MS.csv', 'csv', 1, sha256('MS'), 'checked', now()
        from app.membership as m join app.user_account as u on u.id = m.user_id
        where u.login = 'mt.' || holder.code
            and not exists (select from app.import_job as j where j.unit_id = holder.unit_id and j.file_name = 'MS.csv')
        limit 1;

        foreach wanted in array array['draft', 'scheduled'] loop
            if not exists (select from app.reorganisation as r
                where r.owner_unit_id = holder.unit_id and r.title = 'MS' and r.status = wanted)
            then
                insert into app.reorganisation (title, legal_basis, effective_on, owner_unit_id)
                values ('MS', 'MS', '2099-01-01', holder.unit_id)
                returning id into made_id;
                insert into app.reorganisation_step (reorganisation_id, position, subject, kind)
                values (made_id, 1, 'unit', 'rename')
                returning id into made_step_id;
                insert into app.reorganisation_part (step_id, side, position, unit_id, new_name)
                values (made_step_id, 'from', 1, holder.unit_id, 'Tên thử quyền');
                update app.reorganisation as r set status = wanted where r.id = made_id and wanted <> 'draft';
            end if;
        end loop;
    end loop;

    for holder in
        select distinct u.id as unit_id, u.code from access_who as w join app.unit as u on u.code = w.unit_code
    loop
        perform pg_temp.access_arrange_person('MS-lent-' || holder.code, elsewhere, null);
        insert into app.appointment (staff_id, unit_id, position_code, kind, valid_from)
        select s.id, holder.unit_id, 'chair', 'secondment', '2021-01-01'
        from app.staff as s
        where s.code = 'MS-lent-' || holder.code
            and not exists (select from app.appointment as a where a.staff_id = s.id and a.kind = 'secondment');
        foreach wanted in array array['planned', 'open'] loop
            insert into app.course (code, name, topic_code, organiser_unit_id, starts_on, ends_on, status)
            values ('MS-' || wanted || '-' || holder.code, 'Lớp thử quyền', 'mobilization_work', elsewhere, '2021-03-01',
                '2021-03-01', wanted)
            on conflict do nothing;
            insert into app.course_invitation (course_id, unit_id)
            select c.id, holder.unit_id from app.course as c where c.code = 'MS-' || wanted || '-' || holder.code
            on conflict do nothing;
        end loop;
    end loop;
    for holder in
        select u.id as user_id, u.home_unit_id, u.login
        from access_who as w join app.user_account as u on u.login = w.login
        where not exists (select from app.staff as s where s.user_id = u.id)
    loop
        perform pg_temp.access_arrange_person('MS-self-' || holder.login, holder.home_unit_id, holder.user_id);
        insert into app.qualification (staff_id, kind, degree)
        select s.id, 'professional', 'MS' from app.staff as s where s.user_id = holder.user_id
        on conflict do nothing;
    end loop;
end;
$$;

-- Takes everything of access_arrange_staff away again.
create function pg_temp.access_clear_staff() returns void
    language plpgsql
as $$
begin
    delete from app.training_record as r where r.course_id in (select c.id from app.course as c where c.code like 'MS-%');
    delete from app.course as c where c.code like 'MS-%';
    delete from app.staff as s where s.code like 'MS-%';
    delete from app.establishment as e where e.valid_from = '1990-01-01';
    delete from app.import_job as j where j.file_name = 'MS.csv';
    delete from app.reorganisation as r where r.title = 'MS';
    delete from app.notice as n where n.topic in ('course_invited', 'course_cancelled') and n.once_key is not null
        and n.resource_id not in (select c.id from app.course as c);
end;
$$;

create function pg_temp.access_target_staff(p_who text, p_resource text, p_verb text, p_relation text) returns text
    language plpgsql stable
as $$
declare
    state text := substring(p_relation from '^(planned|open|held|draft|scheduled)_');
    of_whom text := regexp_replace(p_relation, '^[a-z]+(_course)?_of_', '');
    mine app.unit;
    person_id uuid;
    their_course_id uuid;
    their_unit_id integer;
begin
    select u.* into mine from access_who as w join app.unit as u on u.code = w.unit_code where w.who = p_who;
    select min(k.unit_id) into their_unit_id from access_related as k
    join access_unit as a on a.unit_id = k.unit_id
    where k.who = p_who and k.relation = of_whom;
    select s.id into person_id
    from app.staff as s
    where case p_relation
        when 'self' then s.user_id = (select u.id from access_who as w join app.user_account as u on u.login = w.login where w.who = p_who)
        when 'lent_to_me' then s.code = 'MS-lent-' || mine.code
        when 'record_in_my_course' then s.code = 'MS-bdv-688'
        else s.code = 'MS-' || (select u.code from app.unit as u where u.id = their_unit_id) end;
    if p_relation like '%\_inviting\_me' then
        select c.id into their_course_id from app.course as c where c.code = 'MS-' || state || '-' || mine.code;
    else
        select c.id into their_course_id from app.course as c
        where c.organiser_unit_id = case p_relation when 'record_in_my_course' then mine.id else their_unit_id end
            and c.code = 'MS-' || coalesce(state, 'held');
    end if;
    return case p_resource
        when 'establishments' then case p_verb when 'create' then their_unit_id::text
            else (select e.id::text from app.establishment as e where e.unit_id = their_unit_id
                and e.valid_from = '1990-01-01') end
        when 'staff' then case p_verb when 'create' then their_unit_id::text else person_id::text end
        when 'qualifications' then case p_verb when 'create' then person_id::text
            else (select q.id::text from app.qualification as q where q.staff_id = person_id order by q.id limit 1) end
        when 'appointments' then case p_verb when 'create' then person_id::text
            else (select a.id::text from app.appointment as a where a.staff_id = person_id and a.valid_to is null
                and a.kind = case p_relation when 'lent_to_me' then 'secondment' else 'primary' end) end
        when 'courses' then their_course_id::text
        when 'course-invitations' then case p_verb when 'create' then their_course_id::text
            else (select i.id::text from app.course_invitation as i where i.course_id = their_course_id limit 1) end
        when 'training-records' then case p_verb when 'create' then their_course_id::text
            else (select r.id::text from app.training_record as r where r.course_id = their_course_id and r.staff_id = person_id) end
        when 'imports' then (select j.id::text from app.import_job as j where j.unit_id = their_unit_id and j.file_name = 'MS.csv')
        when 'reorganisations' then (select r.id::text from app.reorganisation as r
            where r.owner_unit_id = their_unit_id and r.title = 'MS' and r.status = state limit 1)
        when 'reorganisation-steps' then (
            select case p_verb when 'create' then r.id else t.id end::text
            from app.reorganisation as r join app.reorganisation_step as t on t.reorganisation_id = r.id
            where r.owner_unit_id = their_unit_id and r.title = 'MS' and r.status = state limit 1)
    end;
end;
$$;

-- How each verb is done (see access_relations.sql).
insert into access_action (resource, verb, view_name, sql, method, path)
select r.resource, 'list', r.view_name,
    format('select 1 from (select 1 from api.%I limit 1) as x right join (values (1)) as v on true', r.view_name),
    'GET', '/' || r.resource || '?limit=1'
from (values
    ('reorganisations', 'reorganisations'), ('reorganisation-steps', 'reorganisation_steps'), ('area-links', 'area_links'),
    ('unit-links', 'unit_links'), ('establishments', 'establishments'), ('staff', 'staff'),
    ('qualifications', 'qualifications'), ('appointments', 'appointments'), ('courses', 'courses'),
    ('course-invitations', 'course_invitations'), ('training-records', 'training_records'),
    ('training-requirements', 'training_requirements'), ('imports', 'imports')) as r (resource, view_name);
insert into access_action (resource, verb, view_name, sql, method, path)
select a.resource, 'read', a.view_name, format('select 1 from api.%I where id = $1::uuid', a.view_name),
    'GET', '/' || a.resource || '/{id}'
from access_action as a
where a.verb = 'list' and a.resource in ('reorganisations', 'reorganisation-steps', 'establishments', 'staff',
    'qualifications', 'appointments', 'courses', 'course-invitations', 'training-records', 'imports');
insert into access_action (resource, verb, view_name, sql, method, path)
select a.resource, 'delete', a.view_name, format('delete from app.%I where id = $1::uuid and version = $2', rtrim(a.view_name, 's')),
    'DELETE', '/' || a.resource || '/{id}'
from access_action as a
where a.verb = 'list' and a.resource in ('reorganisations', 'reorganisation-steps', 'establishments', 'qualifications', 'courses');
insert into access_action (resource, verb, view_name, sql, method, path, body)
select a.resource, a.verb, a.view_name, format('select api.%I($1::uuid, $2, %L)', a.function_name, a.sql_body), 'POST',
    '/' || a.resource || '/{id}/' || regexp_replace(a.verb, '-for-appointment$', ''), a.body
from (values
    ('reorganisations', 'preview', 'reorganisations', 'reorganisation_preview', '{}', '{}'),
    ('reorganisations', 'carry-out', 'reorganisations', 'reorganisation_carry_out', '{}', '{}'),
    ('reorganisations', 'withdraw', 'reorganisations', 'reorganisation_withdraw', '{"reason":"MS"}', '{"reason":"MS"}'),
    ('staff', 'read-detail', 'staff', 'staff_read_detail', '{"purpose":"contact"}', '{"purpose":"contact"}'),
    ('staff', 'read-detail-for-appointment', 'staff', 'staff_read_detail', '{"purpose":"appointment"}', '{"purpose":"appointment"}'),
    ('staff', 'change-detail', 'staff', 'staff_change_detail', '{"phone":"0123456789"}', '{"phone":"0123456789"}'),
    ('staff', 'export', 'staff', 'staff_export', '{}', '{}'),
    ('staff', 'leave', 'staff', 'staff_leave', '{}', '{}'),
    ('appointments', 'end', 'appointments', 'appointment_end', '{}', '{}'),
    ('courses', 'open', 'courses', 'course_open', '{}', '{}'),
    ('courses', 'close', 'courses', 'course_close', '{}', '{}'),
    ('imports', 'apply', 'imports', 'import_apply', '{}', '{}'),
    ('imports', 'cancel', 'imports', 'import_cancel', '{}', '{}'))
    as a (resource, verb, view_name, function_name, sql_body, body);
insert into access_action (resource, verb, view_name, sql, method, path, body) values
    ('establishment-figures', 'list', 'establishments',
        'select 1 from (select 1 from api.establishment_figures() limit 1) as x right join (values (1)) as v on true',
        'GET', '/establishment-figures', null),
    ('training-coverage', 'list', 'training_requirements',
        'select 1 from (select 1 from api.training_coverage($1::uuid, 2021) limit 1) as x right join (values (1)) as v on true',
        'GET', '/training-coverage?year=2021&plan={id}', null),
    ('training-due', 'list', 'training_requirements',
        'select 1 from (select 1 from api.training_due($1::uuid, 2021) limit 1) as x right join (values (1)) as v on true',
        'GET', '/training-due?year=2021&limit=1&plan={id}', null),
    ('import-errors', 'list', 'import_errors',
        'select 1 from (select 1 from api.import_errors limit 1) as x right join (values (1)) as v on true',
        'GET', '/import-errors?limit=1', null),
    ('reorganisations', 'create', 'reorganisations',
        'insert into app.reorganisation (id, title, legal_basis, effective_on, owner_unit_id) select gen_random_uuid(), ''MS'', ''MS'', ''2099-01-01'', $3 from (select $1) as x',
        'POST', '/reorganisations', '{"title":"MS","legal_basis":"MS","effective_on":"2099-01-01"}'),
    ('reorganisations', 'update', 'reorganisations',
        'update app.reorganisation set legal_basis = ''MS 2'' where id = $1::uuid and version = $2',
        'PATCH', '/reorganisations/{id}', '{"legal_basis":"MS 2"}'),
    ('reorganisation-steps', 'create', 'reorganisation_steps',
        'insert into app.reorganisation_step (id, reorganisation_id, position, subject, kind) values (gen_random_uuid(), $1::uuid, 9, ''unit'', ''rename'')',
        'POST', '/reorganisation-steps', '{"reorganisation_id":"{id}","position":9,"subject":"unit","kind":"rename"}'),
    ('establishments', 'create', 'establishments',
        'insert into app.establishment (id, unit_id, position_code, quota, valid_from, valid_to) values (gen_random_uuid(), $1::integer, ''chair'', 1, ''1992-01-01'', ''1993-01-01'')',
        'POST', '/establishments', '{"unit_id":{id},"position_code":"chair","quota":1,"valid_from":"1992-01-01","valid_to":"1993-01-01"}'),
    ('establishments', 'update', 'establishments', 'update app.establishment set quota = 2 where id = $1::uuid and version = $2',
        'PATCH', '/establishments/{id}', '{"quota":2}'),
    ('staff', 'create', 'staff',
        'insert into app.staff (id, code, full_name, unit_id) values (gen_random_uuid(), ''MS-new'', ''MS'', $1::integer)',
        'POST', '/staff', '{"code":"MS-{serial}","full_name":"MS","unit_id":{id}}'),
    ('staff', 'update', 'staff', 'update app.staff set full_name = ''MS 2'' where id = $1::uuid and version = $2',
        'PATCH', '/staff/{id}', '{"full_name":"MS 2"}'),
    ('staff', 'transfer', 'staff',
        'select api.staff_transfer($1::uuid, $2, jsonb_build_object(''unit_id'', $3, ''position_code'', ''standing_deputy_head''))',
        'POST', '/staff/{id}/transfer', '{"unit_id":{unit},"position_code":"standing_deputy_head"}'),
    ('qualifications', 'create', 'qualifications',
        'insert into app.qualification (id, staff_id, kind, degree) values (gen_random_uuid(), $1::uuid, ''informatics'', ''MS'')',
        'POST', '/qualifications', '{"staff_id":"{id}","kind":"informatics","degree":"MS"}'),
    ('qualifications', 'update', 'qualifications', 'update app.qualification set subject = ''MS 2'' where id = $1::uuid and version = $2',
        'PATCH', '/qualifications/{id}', '{"subject":"MS 2"}'),
    ('appointments', 'create', 'appointments',
        'insert into app.appointment (id, staff_id, unit_id, position_code, kind, valid_from) values (gen_random_uuid(), $1::uuid, $3, ''chair'', ''concurrent'', ''2021-05-01'')',
        'POST', '/appointments', '{"staff_id":"{id}","position_code":"chair","kind":"concurrent","valid_from":"2021-05-01"}'),
    ('courses', 'create', 'courses',
        'insert into app.course (id, code, name, topic_code, starts_on, ends_on) select gen_random_uuid(), ''MS-new'', ''MS'', ''mobilization_work'', ''2021-04-01'', ''2021-04-01'' from (select $1, $3) as x',
        'POST', '/courses', '{"code":"MS-{serial}","name":"MS","topic_code":"mobilization_work","starts_on":"2021-04-01","ends_on":"2021-04-01"}'),
    ('courses', 'update', 'courses', 'update app.course set place = ''MS 2'' where id = $1::uuid and version = $2',
        'PATCH', '/courses/{id}', '{"place":"MS 2"}'),
    ('training-records', 'update', 'training_records', 'update app.training_record set score = 80 where id = $1::uuid and version = $2',
        'PATCH', '/training-records/{id}', '{"score":80}');
