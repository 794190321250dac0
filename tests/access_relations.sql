-- The companion of access_matrix.csv: what its words mean, as SQL. Plain SQL without psql commands,
-- so that the SQL runner includes it and the HTTP runner sends it as it is, on a superuser's
-- connection to a database with the demonstration data. Everything made here is temporary but for
-- the rows that pg_temp.access_arrange() adds for the matrix to point at (run it in a transaction
-- that is rolled back, or on a copy of the database).
--
-- One row of the matrix: may WHO do VERB on the RESOURCE row that stands in RELATION to WHO's unit?
--
-- who        a demonstration login; "anonymous": nobody signed in; "reporting.dongxoai": a reporting
--            login of the board of Đồng Xoài, which has no HTTP side
-- verb       list, read, create, update, delete, or a command; the statement and the HTTP request
--            of each are in pg_temp.access_action
-- verdict    allow; deny: as if it were not there (404); forbid: there, and not for this caller
--            (403); invalid: the request names something hidden (422); conflict: allowed, but not in
--            this state (409); unauthenticated (401)
--
-- relation   first the units, seen from my unit:
--   own_unit               mine
--   office                 an office inside my unit
--   peer_same_area         of another line, at my area
--   subtree_own_line       below my area, of my line
--   subtree_other_line     below my area, of another line (neither mobilization nor party)
--   superior_own_line      at an area above mine, of my line
--   superior_other_line    at an area above mine, of another line
--   other_district         of my line and level, in another district
--   sibling_commune        of my line, in another commune of my district
--   named_with_me          hidden but for an assignment that names us both
--            and then what belongs to such a unit:
--   draft_of_…, published_of_…                 documents
--   draft_of_…, submitted_of_…, in_force_of_…  plans, and their items, responsibilities, schedules
--   plan_36                                    plan 36 itself
--   in_force_naming_me                         a plan from outside that gives my unit a part
--   pending_of_…, reported_of_…                assignments led there that do not name my unit
--   named_coordinating                         an assignment from outside with my unit's part
--   part_of_…                                  another unit's part of an assignment led there
--   own_part                                   my unit's part of named_coordinating
--   entry_of_…, entry_naming_me                progress entries of such assignments
--   account_of_…                               an account, its membership, session, token
--   self                                       mine: account, membership, session, token
--   event_of_…                                 an audit event of that unit
--   any                                        no particular row

create temporary table access_who (who text primary key, login text, unit_code text not null);
insert into access_who (who, login, unit_code) values
    ('tinh.admin', 'tinh.admin', 'bdv-70'),
    ('tinh.lanhdao', 'tinh.lanhdao', 'bdv-70'),
    ('tinh.chuyenvien', 'tinh.chuyenvien', 'bdv-70'),
    ('tinh.xem', 'tinh.xem', 'bdv-70'),
    ('phunu.tinh.chuyenvien', 'phunu.tinh.chuyenvien', 'phunu-70'),
    ('dongxoai.lanhdao', 'dongxoai.lanhdao', 'bdv-689'),
    ('dongxoai.chuyenvien', 'dongxoai.chuyenvien', 'bdv-689'),
    ('locninh.chuyenvien', 'locninh.chuyenvien', 'bdv-692'),
    ('phunu.dongxoai.chuyenvien', 'phunu.dongxoai.chuyenvien', 'phunu-689'),
    ('tanphu.lanhdao', 'tanphu.lanhdao', 'kdv-25195'),
    ('tanphu.chuyenvien', 'tanphu.chuyenvien', 'kdv-25195'),
    -- nobody is signed in; what is asked for is what stands in relation to this account
    ('anonymous', 'dongxoai.chuyenvien', 'bdv-689'),
    ('reporting.dongxoai', null, 'bdv-689');

-- The units that rows are arranged for: boards, women's unions and People's Committees at the
-- province, in three districts, and in four communes (two of one district).
create temporary table access_unit (unit_id integer primary key, code text not null unique);
insert into access_unit (unit_id, code)
select u.id, u.code
from app.unit as u
join app.area_version as v on v.area_id = u.area_id and v.valid_to is null
where u.code in ('bdv-70', 'phunu-70', 'ubnd-70')
    or v.code in ('689', '690', '692') and u.code in ('bdv-' || v.code, 'phunu-' || v.code, 'ubnd-' || v.code)
    or v.code in (
            '25195',
            (select min(x.code) from app.area_version as x
                where x.code <> '25195'
                    and x.parent_id = (select d.area_id from app.area_version as d where d.code = '689' limit 1)),
            (select min(x.code) from app.area_version as x
                where x.parent_id = (select d.area_id from app.area_version as d where d.code = '690' limit 1)),
            (select min(x.code) from app.area_version as x
                where x.parent_id = (select d.area_id from app.area_version as d where d.code = '692' limit 1)))
        and u.code in ('kdv-' || v.code, 'phunu-' || v.code, 'ubnd-' || v.code);

-- Independent of the policies on purpose: said from the units' areas and lines alone.
create function pg_temp.is_related(mine app.unit, other app.unit, relation text) returns boolean
    language sql stable
as $$
    select case relation
        when 'own_unit' then other.id = mine.id
        when 'office' then other.parent_id = mine.id
        when 'peer_same_area' then other.area_id = mine.area_id and other.line_id <> mine.line_id
        when 'subtree_own_line' then below.is_it and other.line_id = mine.line_id
        when 'subtree_other_line' then below.is_it and other.line_id <> mine.line_id
            and other.line_id not in (select l.id from app.line as l where l.code in ('mobilization', 'party'))
        when 'superior_own_line' then above.is_it and other.line_id = mine.line_id and other.parent_id is null
        when 'superior_other_line' then above.is_it and other.line_id <> mine.line_id
        when 'other_district' then other.level_id = mine.level_id and other.line_id = mine.line_id
            and other.district_key <> mine.district_key
        when 'sibling_commune' then other.line_id = mine.line_id
            and other.district_key = mine.district_key and other.grassroots_key <> mine.grassroots_key
        when 'named_with_me' then other.code = 'bdv-688'
    end
    from
        (select other.level_id > mine.level_id and mine.area_id in (
            select a.parent_id from app.area as a where a.id = other.area_id
            union all
            select b.parent_id from app.area as a join app.area as b on b.id = a.parent_id where a.id = other.area_id)
            as is_it) as below,
        (select other.level_id < mine.level_id and other.area_id in (
            select a.parent_id from app.area as a where a.id = mine.area_id
            union all
            select b.parent_id from app.area as a join app.area as b on b.id = a.parent_id where a.id = mine.area_id)
            as is_it) as above;
$$;

create temporary table access_related as
select w.who, r.relation, other.id as unit_id
from access_who as w
join app.unit as mine on mine.code = w.unit_code
cross join unnest(array['own_unit', 'office', 'peer_same_area', 'subtree_own_line', 'subtree_other_line',
    'superior_own_line', 'superior_other_line', 'other_district', 'sibling_commune', 'named_with_me']) as r (relation)
join app.unit as other
    on (other.id in (select u.unit_id from access_unit as u)
        or other.parent_id = mine.id
        or other.code = 'bdv-688' and r.relation = 'named_with_me')
    and pg_temp.is_related(mine, other, r.relation);
alter table access_related add primary key (who, relation, unit_id);

create function pg_temp.names_unit(p_assignment_id uuid, p_unit_id integer) returns boolean
    language sql stable
as $$
    select exists (
        select from app.assignment as a where a.id = p_assignment_id and a.lead_unit_id = p_unit_id)
        or exists (
        select from app.assignment_part as p where p.assignment_id = p_assignment_id and p.unit_id = p_unit_id);
$$;

-- Resources whose words stand in the files after access_relations_staff.sql: PART has the functions
-- access_arrange_PART(), access_clear_PART() and access_target_PART(who, resource, verb, relation).
create temporary table access_part (resource text primary key, part text not null);

-- Rows for the matrix; adds what is missing, so it may be called again when a row was used up.
create function pg_temp.access_arrange() returns void
    language plpgsql
as $$
declare
    holder record;
    made_plan_id uuid;
    made_item_id uuid;
    made_assignment_id uuid;
    wanted text;
begin
    for holder in select w.unit_id, w.code, u.area_id, u.line_id, u.level_id
        from access_unit as w join app.unit as u on u.id = w.unit_id
        union all
        select u.id, u.code, u.area_id, u.line_id, u.level_id from app.unit as u where u.code = 'bdv-688'
    loop
        foreach wanted in array array['draft', 'published'] loop
            if not exists (select from app.document as d
                where d.owner_unit_id = holder.unit_id and d.status = wanted and d.symbol like 'MT%')
            then
                insert into app.document (symbol, kind, issuer, subject, status, owner_unit_id)
                select 'MT-' || wanted, k.code, holder.code, 'Văn bản thử quyền', wanted, holder.unit_id
                from app.document_kind as k order by k.code limit 1;
            end if;
        end loop;
        insert into app.document_relation (from_id, to_id, kind)
        select f.id, t.id, 'cites'
        from app.document as f, app.document as t
        where f.owner_unit_id = holder.unit_id and t.owner_unit_id = holder.unit_id
            and f.symbol = 'MT-draft' and t.symbol = 'MT-published'
        on conflict do nothing;

        foreach wanted in array array['draft', 'submitted', 'in_force'] loop
            if not exists (select from app.plan as p
                where p.issuer_unit_id = holder.unit_id and p.status = wanted and p.number like 'MT%')
            then
                insert into app.plan (number, title, issuer_unit_id, period_from, period_to, status)
                values ('MT-' || wanted || '-' || left(gen_random_uuid()::text, 8), 'Kế hoạch thử quyền',
                    holder.unit_id, '2021-01-01', '2025-12-31', wanted)
                returning id into made_plan_id;
                insert into app.plan_item (plan_id, kind, code, outline, position, title)
                values (made_plan_id, 'section', 'MT1', '1', 1, 'Mục thử quyền')
                returning id into made_item_id;
                insert into app.responsibility (plan_item_id, role, unit_id)
                values (made_item_id, 'doer', holder.unit_id);
                insert into app.schedule (plan_item_id, level_id, recurrence, label, starts_on, due_on)
                values (made_item_id, holder.level_id, 'once', 'MT', '2021-01-01', '2021-12-31');
            end if;
        end loop;

        select p.id into made_plan_id from app.plan as p
        where p.issuer_unit_id = holder.unit_id and p.status = 'in_force' and p.number like 'MT%';
        select i.id into made_item_id from app.plan_item as i where i.plan_id = made_plan_id;
        foreach wanted in array array['not_started', 'reported'] loop
            if not exists (select from app.assignment as a
                where a.plan_id = made_plan_id and a.lead_unit_id = holder.unit_id and a.status = wanted)
            then
                insert into app.assignment (plan_id, plan_item_id, lead_unit_id, level_id, occurrence,
                    starts_on, due_on, original_due_on, status, line_id)
                values (made_plan_id, made_item_id, holder.unit_id, holder.level_id,
                    'MT ' || wanted || ' ' || left(gen_random_uuid()::text, 8),
                    '2021-01-01', '2021-12-31', '2021-12-31', wanted, holder.line_id)
                returning id into made_assignment_id;
                -- a part for the trade union there: in nobody's way
                insert into app.assignment_part (assignment_id, unit_id, role)
                select made_assignment_id, u.id, 'coordinating'
                from app.unit as u
                join app.line as l on l.id = u.line_id and l.code = 'trade_union'
                where u.area_id = holder.area_id
                order by u.id limit 1;
                insert into app.progress_entry (assignment_id, unit_id, part, status, progress, recorded_on, recorded_by)
                select made_assignment_id, holder.unit_id, 'lead', 'in_progress', 10, '2021-10-01', u.id
                from app.user_account as u where u.login = 'tinh.chuyenvien';
            end if;
        end loop;

        if holder.code <> 'bdv-688'
            and not exists (select from app.user_account as u where u.login = 'mt.' || holder.code)
        then
            perform private.create_account('mt.' || holder.code, 'Tài khoản thử quyền', holder.code, 'officer', '*');
            update app.membership as m set valid_from = '2021-01-01'
            where m.user_id = (select u.id from app.user_account as u where u.login = 'mt.' || holder.code);
            perform private.audit_write(u.id, holder.unit_id, 'officer', null, null, 'access_matrix', 'unit',
                holder.unit_id::text, null)
            from app.user_account as u where u.login = 'mt.' || holder.code;
        end if;
    end loop;

    -- The board of another district leads one assignment for each of these, which only that names.
    for holder in select distinct u.id as unit_id
        from access_who as w join app.unit as u on u.code = w.unit_code
    loop
        select p.id into made_plan_id from app.plan as p join app.unit as u on u.id = p.issuer_unit_id
        where u.code = 'bdv-688' and p.status = 'in_force' and p.number like 'MT%';
        if not exists (select from app.assignment as a
            where a.plan_id = made_plan_id and a.status <> 'completed'
                and a.occurrence like 'MT named%' and pg_temp.names_unit(a.id, holder.unit_id))
        then
            insert into app.assignment (plan_id, plan_item_id, lead_unit_id, level_id, occurrence,
                starts_on, due_on, original_due_on, line_id)
            select made_plan_id, i.id, u.id, u.level_id, 'MT named ' || left(gen_random_uuid()::text, 8),
                '2021-01-01', '2021-12-31', '2021-12-31', u.line_id
            from app.unit as u, app.plan_item as i
            where u.code = 'bdv-688' and i.plan_id = made_plan_id
            returning id into made_assignment_id;
            insert into app.assignment_part (assignment_id, unit_id, role)
            values (made_assignment_id, holder.unit_id, 'coordinating');
            insert into app.progress_entry (assignment_id, unit_id, part, status, progress, recorded_on, recorded_by)
            select made_assignment_id, a.lead_unit_id, 'lead', 'in_progress', 10, '2021-10-01', u.id
            from app.user_account as u, app.assignment as a
            where u.login = 'tinh.chuyenvien' and a.id = made_assignment_id;
        end if;
    end loop;

    -- Everybody has a session and a token to be seen, or not.
    insert into app.session (token_hash, user_id, membership_id, expires_at)
    select 'mt ' || m.id, m.user_id, m.id, now() + interval '12 hours'
    from app.membership as m
    where not exists (select from app.session as s
        where s.user_id = m.user_id and s.token_hash like 'mt %' and s.revoked_at is null)
    on conflict (token_hash) do update set revoked_at = null;
    insert into app.api_token (token_hash, name, user_id, membership_id, expires_at)
    select 'mt ' || gen_random_uuid(), 'MT', m.user_id, m.id, now() + interval '30 days'
    from app.membership as m
    where not exists (select from app.api_token as t
        where t.user_id = m.user_id and t.name = 'MT' and t.revoked_at is null);

    perform pg_temp.access_arrange_reporting();
    perform pg_temp.access_arrange_staff();
    -- the parts that came after these: each file names its resources in access_part
    for holder in select distinct p.part from access_part as p order by p.part
    loop
        execute format('select pg_temp.access_arrange_%s()', holder.part);
    end loop;
end;
$$;

-- The id of one row of RESOURCE that stands in RELATION to WHO; NULL when there is none, which is a
-- fault of the matrix. For "create" it is what the new row belongs to: the unit, plan or item; for
-- document-relations the document pointed at.
create function pg_temp.access_target(p_who text, p_resource text, p_verb text, p_relation text) returns text
    language plpgsql stable
as $$
declare
    my_login text;
    mine app.unit;
    state text := substring(p_relation from '^(draft|published|submitted|in_force|pending|reported|part|entry|account|event)_of_');
    of_whom text := coalesce(substring(p_relation from '^[a-z]+(?:_force)?_of_(.*)$'), p_relation);
    is_creating boolean := p_verb = 'create';
    target text;
begin
    select w.login into my_login from access_who as w where w.who = p_who;
    select u.* into mine from access_who as w join app.unit as u on u.code = w.unit_code where w.who = p_who;

    if p_relation = 'any' then
        return '';
    elsif p_resource in ('reorganisations', 'reorganisation-steps', 'establishments', 'staff', 'qualifications',
        'appointments', 'courses', 'course-invitations', 'training-records', 'imports')
    then
        return pg_temp.access_target_staff(p_who, p_resource, p_verb, p_relation);
    elsif exists (select from access_part as p where p.resource = p_resource) then
        execute format('select pg_temp.access_target_%s($1, $2, $3, $4)',
            (select p.part from access_part as p where p.resource = p_resource))
        into target
        using p_who, p_resource, p_verb, p_relation;
        return target;
    elsif p_resource in ('training-coverage', 'training-due') then
        return (select p.id from app.plan as p where p.number = '36-KH/BDVTU');
    elsif p_resource in ('lines', 'levels') then
        return 1;
    elsif p_resource = 'me' then
        return (select u.id from app.user_account as u where u.login = my_login);
    elsif p_resource = 'areas' then
        return (
            select u.area_id
            from access_related as k join app.unit as u on u.id = k.unit_id
            where k.who = p_who and k.relation = of_whom
            order by u.id limit 1);
    elsif p_resource = 'units'
        or is_creating and p_resource in ('users', 'documents', 'plans')
    then
        return (
            select k.unit_id from access_related as k
            where k.who = p_who and k.relation = of_whom
            order by k.unit_id limit 1);
    elsif p_resource = 'documents' or p_resource = 'document-relations' and is_creating then
        return (
            select d.id
            from app.document as d
            join access_related as k on k.unit_id = d.owner_unit_id and k.who = p_who and k.relation = of_whom
            where d.status = state and d.symbol like 'MT%'
            order by d.id limit 1);
    elsif p_resource = 'document-relations' then
        return (
            select r.id
            from app.document_relation as r
            join app.document as d on d.id = r.from_id and d.status = state
            join access_related as k on k.unit_id = d.owner_unit_id and k.who = p_who and k.relation = of_whom
            where d.symbol like 'MT%'
            order by r.id limit 1);
    elsif p_resource in ('plans', 'plan-items', 'responsibilities', 'schedules') then
        select p.id into target
        from app.plan as p
        join app.unit as u on u.id = p.issuer_unit_id
        where case p_relation
            when 'plan_36' then p.number = '36-KH/BDVTU'
            when 'in_force_naming_me' then u.code = 'bdv-688' and p.status = 'in_force' and p.number like 'MT%'
            else p.status = state and p.number like 'MT%' and exists (
                select from access_related as k
                where k.who = p_who and k.relation = of_whom and k.unit_id = p.issuer_unit_id)
        end
        order by p.id limit 1;
        if p_resource = 'plans' or p_resource = 'plan-items' and is_creating then
            return target;
        end if;
        return (
            select case
                when p_resource = 'plan-items' or is_creating then i.id
                when p_resource = 'responsibilities' then r.id
                else s.id
            end
            from app.plan_item as i
            left join app.responsibility as r on r.plan_item_id = i.id
            left join app.schedule as s on s.plan_item_id = i.id
            where i.plan_id = target::uuid
                and (p_resource = 'plan-items' or is_creating
                    or p_resource = 'responsibilities' and r.id is not null
                    or p_resource = 'schedules' and s.id is not null)
            order by i.position limit 1);
    elsif p_resource in ('assignments', 'assignment-parts', 'progress-entries') then
        select a.id into target
        from app.assignment as a
        where a.occurrence like 'MT%'
            and case when p_relation in ('named_coordinating', 'own_part', 'entry_naming_me')
                then a.occurrence like 'MT named%' and a.status <> 'completed' and pg_temp.names_unit(a.id, mine.id)
                else a.occurrence not like 'MT named%'
                    and exists (
                        select from access_related as k
                        where k.who = p_who and k.relation = of_whom and k.unit_id = a.lead_unit_id)
                    and (of_whom = 'own_unit' or not pg_temp.names_unit(a.id, mine.id))
                    and case when state = 'reported' then a.status = 'reported' else a.status in ('not_started', 'in_progress') end
                end
        order by a.id limit 1;
        return case p_resource
            when 'assignments' then target
            when 'assignment-parts' then (select p.id::text from app.assignment_part as p
                where p.assignment_id = target::uuid order by p.id limit 1)
            else (select e.id::text from app.progress_entry as e
                where e.assignment_id = target::uuid order by e.id limit 1)
        end;
    elsif p_resource in ('users', 'memberships', 'sessions', 'api-tokens') then
        select u.id into target
        from app.user_account as u
        where case when p_relation = 'self' then u.login = my_login
            else u.login like 'mt.%' and exists (
                select from access_related as k
                where k.who = p_who and k.relation = of_whom and k.unit_id = u.home_unit_id)
            end
        order by u.login limit 1;
        return case
            when p_resource = 'users' or is_creating then target
            when p_resource = 'memberships' then (select m.id::text from app.membership as m
                where m.user_id = target::uuid limit 1)
            when p_resource = 'sessions' then (select s.id::text from app.session as s
                where s.user_id = target::uuid and s.token_hash like 'mt %' and s.revoked_at is null limit 1)
            else (select t.id::text from app.api_token as t
                where t.user_id = target::uuid and t.name = 'MT' and t.revoked_at is null limit 1)
        end;
    elsif p_resource = 'audit-events' then
        return (
            select e.id
            from app.audit_event as e
            join access_related as k on k.unit_id = e.unit_id and k.who = p_who and k.relation = of_whom
            where e.action = 'access_matrix'
            order by e.id limit 1);
    end if;
    return pg_temp.access_target_reporting(p_who, p_resource, p_verb, p_relation);
end;
$$;

-- How each verb is done: as a statement ($1 target id, $2 version of the row or NULL, $3 my unit,
-- $4 the home unit of the account that $1 names) and as a request ({id}, {unit}, {home_unit} likewise,
-- {serial} any new number, {document_kind} the code of any kind, {own_document} a published document of my unit; If-Match when the row has
-- a version).
create temporary table access_action (
    resource text not null, verb text not null, view_name text not null, sql text not null,
    method text not null, path text not null, body text, primary key (resource, verb));

insert into access_action (resource, verb, view_name, sql, method, path)
select r.resource, 'list', r.view_name, format('select 1 from (select 1 from api.%I limit 1) as x right join (values (1)) as v on true', r.view_name),
    'GET', '/' || r.resource || '?limit=1'
from (values
    ('documents', 'documents'), ('document-relations', 'document_relations'), ('plans', 'plans'),
    ('plan-items', 'plan_items'), ('responsibilities', 'responsibilities'), ('schedules', 'schedules'),
    ('assignments', 'assignments'), ('assignment-parts', 'assignment_parts'),
    ('progress-entries', 'progress_entries'), ('users', 'users'), ('memberships', 'memberships'),
    ('sessions', 'sessions'), ('api-tokens', 'api_tokens'), ('audit-events', 'audit_events'),
    ('units', 'units'), ('areas', 'areas'), ('lines', 'lines'), ('levels', 'levels')) as r (resource, view_name);
insert into access_action (resource, verb, view_name, sql, method, path)
select a.resource, 'read', a.view_name,
    format('select 1 from api.%I where id = $1::%s', a.view_name,
        case when a.resource in ('units', 'areas', 'lines', 'levels') then 'integer' else 'uuid' end),
    'GET', '/' || a.resource || '/{id}'
from access_action as a where a.verb = 'list';
insert into access_action (resource, verb, view_name, sql, method, path) values
    ('me', 'read', 'me', 'select 1 from api.me', 'GET', '/me');
insert into access_action (resource, verb, view_name, sql, method, path, body) values
    ('documents', 'create', 'documents',
        'insert into app.document (id, symbol, kind, issuer, subject, owner_unit_id) values (gen_random_uuid(), ''MT-x'', (select min(code) from app.document_kind), ''x'', ''MT'', nullif($1::integer, $3))',
        'POST', '/documents', '{"kind":"{document_kind}","issuer":"x","subject":"MT {serial}"}'),
    ('documents', 'update', 'documents',
        'update app.document set issuer = issuer where id = $1::uuid and version = $2',
        'PATCH', '/documents/{id}', '{"is_doubtful":false}'),
    ('documents', 'delete', 'documents', 'delete from app.document where id = $1::uuid and version = $2',
        'DELETE', '/documents/{id}', null),
    ('document-relations', 'create', 'document_relations',
        'insert into app.document_relation (id, from_id, to_id, kind) select gen_random_uuid(), d.id, $1::uuid, ''continues'' from api.documents as d where d.owner_unit_id = $3 and d.symbol = ''MT-published''',
        'POST', '/document-relations', '{"from_id":"{own_document}","to_id":"{id}","kind":"continues"}'),
    ('document-relations', 'delete', 'document_relations',
        'delete from app.document_relation where id = $1::uuid and version = $2', 'DELETE', '/document-relations/{id}', null),
    ('plans', 'create', 'plans',
        'insert into app.plan (id, number, title, issuer_unit_id, period_from, period_to) values (gen_random_uuid(), ''MT-new'', ''MT'', nullif($1::integer, $3), ''2021-01-01'', ''2025-12-31'')',
        'POST', '/plans', '{"number":"MT-{serial}","title":"MT","period_from":"2021-01-01","period_to":"2025-12-31"}'),
    ('plans', 'update', 'plans', 'update app.plan set title = title where id = $1::uuid and version = $2',
        'PATCH', '/plans/{id}', '{"title":"Kế hoạch thử quyền"}'),
    ('plans', 'delete', 'plans', 'delete from app.plan where id = $1::uuid and version = $2', 'DELETE', '/plans/{id}', null),
    ('plans', 'submit', 'plans', 'select api.plan_submit($1::uuid, $2)', 'POST', '/plans/{id}/submit', '{}'),
    ('plans', 'return', 'plans', 'select api.plan_return($1::uuid, $2)', 'POST', '/plans/{id}/return', '{}'),
    ('plans', 'issue', 'plans', 'select api.plan_issue($1::uuid, $2)', 'POST', '/plans/{id}/issue', '{}'),
    ('plans', 'close', 'plans', 'select api.plan_close($1::uuid, $2)', 'POST', '/plans/{id}/close', '{}'),
    ('plan-items', 'create', 'plan_items',
        'insert into app.plan_item (id, plan_id, kind, code, outline, position, title) values (gen_random_uuid(), $1::uuid, ''section'', ''MTn'', ''9'', 9, ''MT'')',
        'POST', '/plan-items', '{"plan_id":"{id}","kind":"section","code":"MTn","outline":"9","position":9,"title":"MT"}'),
    ('plan-items', 'update', 'plan_items', 'update app.plan_item set title = title where id = $1::uuid and version = $2',
        'PATCH', '/plan-items/{id}', '{"title":"Mục thử quyền"}'),
    ('plan-items', 'delete', 'plan_items', 'delete from app.plan_item where id = $1::uuid and version = $2',
        'DELETE', '/plan-items/{id}', null),
    ('responsibilities', 'create', 'responsibilities',
        'insert into app.responsibility (id, plan_item_id, role, unit_id) values (gen_random_uuid(), $1::uuid, ''doer'', $3)',
        'POST', '/responsibilities', '{"plan_item_id":"{id}","role":"doer","unit_id":{unit}}'),
    ('responsibilities', 'update', 'responsibilities',
        'update app.responsibility set note = null where id = $1::uuid and version = $2', 'PATCH', '/responsibilities/{id}', '{"note":null}'),
    ('schedules', 'create', 'schedules',
        'insert into app.schedule (id, plan_item_id, level_id, recurrence, label, starts_on, due_on) values (gen_random_uuid(), $1::uuid, 1, ''once'', ''MT2'', ''2021-01-01'', ''2021-12-31'')',
        'POST', '/schedules', '{"plan_item_id":"{id}","level_id":1,"recurrence":"once","label":"MT2","starts_on":"2021-01-01","due_on":"2021-12-31"}'),
    ('schedules', 'update', 'schedules', 'update app.schedule set note = null where id = $1::uuid and version = $2',
        'PATCH', '/schedules/{id}', '{"note":null}'),
    ('assignments', 'progress', 'assignments',
        'select api.assignment_progress($1::uuid, $2, ''{"status":"in_progress","progress":20}'')',
        'POST', '/assignments/{id}/progress', '{"status":"in_progress","progress":20}'),
    ('assignments', 'confirm', 'assignments', 'select api.assignment_confirm($1::uuid, $2, ''{}'')',
        'POST', '/assignments/{id}/confirm', '{}'),
    ('assignments', 'reopen', 'assignments', 'select api.assignment_reopen($1::uuid, $2, ''{"note":"MT"}'')',
        'POST', '/assignments/{id}/reopen', '{"note":"MT"}'),
    ('users', 'create', 'users',
        'insert into app.user_account (id, login, display_name, home_unit_id) values (gen_random_uuid(), ''mt.moi'', ''MT'', $1::integer)',
        'POST', '/users', '{"login":"mt.moi.{serial}","display_name":"MT","home_unit_id":{id}}'),
    ('users', 'update', 'users', 'update app.user_account set display_name = display_name where id = $1::uuid and version = $2',
        'PATCH', '/users/{id}', '{"display_name":"Tài khoản thử quyền"}'),
    ('users', 'disable', 'users', 'select api.user_disable($1::uuid, $2)', 'POST', '/users/{id}/disable', null),
    ('users', 'reset-password', 'users', 'select private.user_reset_password($1::uuid, ''*'')',
        'POST', '/users/{id}/reset-password', null),
    ('memberships', 'create', 'memberships',
        'insert into app.membership (id, user_id, unit_id, role) values (gen_random_uuid(), $1::uuid, $4, ''leader'')',
        'POST', '/memberships', '{"user_id":"{id}","unit_id":{home_unit},"role":"leader"}'),
    ('memberships', 'update', 'memberships', 'update app.membership set role = role where id = $1::uuid and version = $2',
        'PATCH', '/memberships/{id}', '{"role":"officer"}'),
    ('sessions', 'revoke', 'sessions', 'select api.session_revoke($1::uuid)', 'DELETE', '/sessions/{id}', null),
    ('api-tokens', 'create', 'api_tokens',
        'insert into app.api_token (id, token_hash, name) values (gen_random_uuid(), ''mt new'', ''MT new'')',
        'POST', '/api-tokens', '{"name":"MT new"}'),
    ('api-tokens', 'revoke', 'api_tokens', 'select api.api_token_revoke($1::uuid, $2)', 'POST', '/api-tokens/{id}/revoke', null);
