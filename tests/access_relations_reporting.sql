-- The second half of access_relations.sql: what the matrix's words mean for periods, reports, requests
-- for more time, ratings, notices and evidence. Included after the first half.
--
-- relation, beside those of the first half:
--   below_direct_own_line    of my line, one level below, in my area
--   below_far_own_line       of my line, two levels below, in my area
--   draft_report_of_…, submitted_report_of_…, returned_report_of_…, approved_report_of_…
--                            reports of such a unit under plan 36; their lines, sections, versions,
--                            values and evidence
--   request_of_…             a pending request for more time of such a unit
--   rating_of_…, notice_of_… a rating of such a unit, a notice to it
--   own_period, others_period    a period of my own plan in force, of another unit's that I see
--   period_36                a period of plan 36

insert into access_related (who, relation, unit_id)
select w.who, case other.level_id - mine.level_id when 1 then 'below_direct_own_line' else 'below_far_own_line' end, other.id
from access_who as w
join app.unit as mine on mine.code = w.unit_code
join access_unit as a on true
join app.unit as other on other.id = a.unit_id
join app.area as at on at.id = other.area_id
left join app.area as above on above.id = at.parent_id
where other.line_id = mine.line_id
    and (other.level_id = mine.level_id + 1 and at.parent_id = mine.area_id
        or other.level_id = mine.level_id + 2 and above.parent_id = mine.area_id);

create function pg_temp.access_arrange_reporting() returns void
    language plpgsql
as $$
declare
    plan_36 constant uuid := (select p.id from app.plan as p where p.number = '36-KH/BDVTU');
    item_36 constant uuid := (select i.id from app.plan_item as i where i.plan_id = plan_36 and i.code = 'T1.4');
    officer constant uuid := (select u.id from app.user_account as u where u.login = 'tinh.chuyenvien');
    holder record;
    wanted text;
    nth integer;
    made_period_id uuid;
    made_report_id uuid;
    made_assignment_id uuid;
begin
    -- a period of each holder's own plan, and four of plan 36
    insert into app.period (plan_id, kind, label, year, starts_on, ends_on, opens_on, expires_on, locks_on)
    select p.id, 'phase', 'MR', 2021, '2021-02-01', '2021-12-31', '2021-02-01', '2021-12-31', '2022-01-31'
    from app.plan as p
    where p.number like 'MT%' and p.status = 'in_force'
    on conflict do nothing;
    for nth, wanted in
        select s.nth, s.state
        from unnest(array['draft', 'submitted', 'returned', 'approved']) with ordinality as s (state, nth)
    loop
        insert into app.period (plan_id, kind, label, year, starts_on, ends_on, opens_on, expires_on, locks_on)
        values (plan_36, 'phase', 'MR ' || wanted, 2021, date '2021-02-01' + nth, '2021-12-31', '2021-02-01',
            '2021-12-31', '2022-01-31')
        on conflict do nothing;
        select p.id into made_period_id from app.period as p where p.plan_id = plan_36 and p.label = 'MR ' || wanted;
        for holder in select a.unit_id, a.code from access_unit as a
        loop
            continue when exists (select from app.report as r
                where r.period_id = made_period_id and r.unit_id = holder.unit_id and r.status = wanted);
            delete from app.report as r where r.period_id = made_period_id and r.unit_id = holder.unit_id;
            insert into app.report (period_id, plan_id, unit_id, superior_unit_id, due_on, original_due_on, status,
                submission_count)
            values (made_period_id, plan_36, holder.unit_id, private.superior_of(holder.unit_id, plan_36),
                '2021-12-15', '2021-12-15', wanted, case wanted when 'draft' then 0 else 1 end)
            returning id into made_report_id;
            insert into app.report_line (report_id, plan_item_id, position, status, done)
            values (made_report_id, item_36, 1, 'in_progress', 'MR');
            insert into app.report_section (report_id, code, position, title, text)
            values (made_report_id, 'leadership', 1, 'MR', 'MR');
            if wanted <> 'draft' then
                insert into app.report_version (report_id, number, event, content, by_user_id)
                values (made_report_id, 1, 'submitted',
                    '{"lines": [], "sections": [], "values": [], "gathered_lines": [], "gathered_missing": []}', officer);
            end if;
            with file as (
                insert into app.evidence (report_id, unit_id, name, media_type, size, sha256, added_by)
                values (made_report_id, holder.unit_id, 'MR.pdf', 'application/pdf', 1, repeat('0', 64), officer)
                returning id)
            insert into app.evidence_piece (evidence_id, number, bytes)
            select f.id, 0, '\x00' from file as f;
        end loop;
    end loop;

    -- open already: the service's clock has nothing to do with them
    update app.period as p set recorded_state = 'open' where p.label like 'MR%' and p.recorded_state = 'planned';

    for holder in select a.unit_id, a.code, u.level_id, u.line_id from access_unit as a join app.unit as u on u.id = a.unit_id
    loop
        if not exists (select from app.extension_request as e
            where e.unit_id = holder.unit_id and e.reason = 'MR' and e.status = 'pending')
        then
            insert into app.assignment (plan_id, plan_item_id, lead_unit_id, level_id, occurrence, starts_on, due_on,
                original_due_on, line_id)
            values (plan_36, item_36, holder.unit_id, holder.level_id, 'MR ' || left(gen_random_uuid()::text, 8),
                '2021-01-01', '2021-12-31', '2021-12-31', holder.line_id)
            returning id into made_assignment_id;
            insert into app.extension_request (assignment_id, unit_id, superior_unit_id, due_on, asked_due_on, reason, asked_by)
            values (made_assignment_id, holder.unit_id, private.superior_of(holder.unit_id, plan_36), '2021-12-31',
                '2022-01-31', 'MR', officer);
        end if;
        insert into app.rating (unit_id, year, scale, grade, rated_on, rated_by_unit_id)
        values (holder.unit_id, 2019, 'five_grades', 'good', '2020-01-15',
            coalesce(private.superior_of(holder.unit_id, plan_36), holder.unit_id))
        on conflict do nothing;
        insert into app.notice (unit_id, topic, once_key) values (holder.unit_id, 'plan_issued', 'MR') on conflict do nothing;
    end loop;
end;
$$;

-- Takes everything of access_arrange_reporting away again.
create function pg_temp.access_clear_reporting() returns void
    language plpgsql
as $$
begin
    -- the service's own clock may be at work on the same rows: then once more
    for attempt in 1 .. 5
    loop
        begin
            delete from app.evidence as e where e.name = 'MR.pdf';
            -- the obligation not to delete binds roles, not the superuser
            delete from app.report as r where r.period_id in (select p.id from app.period as p where p.label like 'MR%');
            delete from app.period as p where p.label like 'MR%';
            delete from app.assignment as a where a.occurrence like 'MR%';
            delete from app.assignment_count as c where c.count = 0;
            delete from app.rating as r where r.year in (2018, 2019);
            delete from app.notice as n where n.once_key = 'MR';
            return;
        exception when deadlock_detected then
            null;
        end;
    end loop;
    raise exception 'the service is in the way';
end;
$$;

create function pg_temp.access_target_reporting(p_who text, p_resource text, p_verb text, p_relation text) returns text
    language plpgsql stable
as $$
declare
    state text := substring(p_relation from '^(draft|submitted|returned|approved)_report_of_');
    of_whom text := regexp_replace(p_relation, '^[a-z]+(_report)?_of_', '');
    mine app.unit;
    found_id uuid;
begin
    select u.* into mine from access_who as w join app.unit as u on u.code = w.unit_code where w.who = p_who;
    if p_resource in ('periods', 'period-dues', 'period-events', 'period-exceptions') then
        return (
            select p.id
            from app.period as p
            join app.plan as n on n.id = p.plan_id
            where case p_relation
                when 'own_period' then n.issuer_unit_id = mine.id and p.label = 'MR'
                when 'period_36' then n.number = '36-KH/BDVTU' and p.label = 'MR draft'
                else p.label = 'MR' and exists (
                    select from access_related as k
                    where k.who = p_who and k.relation = of_whom and k.unit_id = n.issuer_unit_id)
            end
            order by p.id limit 1);
    elsif state is not null then
        select r.id into found_id
        from app.report as r
        join app.period as p on p.id = r.period_id and p.label = 'MR ' || state
        join access_related as k on k.who = p_who and k.relation = of_whom and k.unit_id = r.unit_id
        order by r.unit_id limit 1;
        return case p_resource
            when 'reports' then found_id
            when 'report-lines' then (select l.id from app.report_line as l where l.report_id = found_id)
            when 'report-sections' then (select s.id from app.report_section as s where s.report_id = found_id)
            when 'report-versions' then (select v.id from app.report_version as v where v.report_id = found_id)
            when 'evidence' then (select e.id from app.evidence as e where e.report_id = found_id)
        end;
    elsif p_resource = 'extension-requests' then
        return (
            select case p_verb when 'create' then e.assignment_id else e.id end
            from app.extension_request as e
            join access_related as k on k.who = p_who and k.relation = of_whom and k.unit_id = e.unit_id
            where e.reason = 'MR' and e.status = 'pending'
            order by e.unit_id, e.id limit 1);
    elsif p_resource = 'ratings' then
        return (
            select case p_verb when 'create' then r.unit_id::text else r.id::text end
            from app.rating as r
            join access_related as k on k.who = p_who and k.relation = of_whom and k.unit_id = r.unit_id
            where r.year = 2019
            order by r.unit_id limit 1);
    elsif p_resource in ('indicators', 'targets') then
        return (
            select case p_resource when 'indicators' then i.id else t.id end
            from app.indicator as i
            join app.plan as n on n.id = i.plan_id and n.number = '36-KH/BDVTU'
            left join app.target as t on t.indicator_id = i.id
            where i.code = 'K3'
            order by t.year limit 1);
    elsif p_resource = 'notices' then
        return (
            select n.id
            from app.notice as n
            join access_related as k on k.who = p_who and k.relation = of_whom and k.unit_id = n.unit_id
            where n.once_key = 'MR'
            order by n.unit_id limit 1);
    end if;
    raise exception 'the matrix names an unknown resource: %', p_resource;
end;
$$;

-- How each verb is done (see access_relations.sql).
insert into access_action (resource, verb, view_name, sql, method, path)
select r.resource, 'list', r.view_name,
    format('select 1 from (select 1 from api.%I limit 1) as x right join (values (1)) as v on true', r.view_name),
    'GET', '/' || r.resource || '?limit=1'
from (values
    ('periods', 'periods'), ('period-dues', 'period_dues'), ('period-events', 'period_events'),
    ('period-exceptions', 'period_exceptions'), ('reports', 'reports'), ('report-lines', 'report_lines'),
    ('report-sections', 'report_sections'), ('report-versions', 'report_versions'),
    ('report-gathered-lines', 'report_gathered_lines'), ('extension-requests', 'extension_requests'),
    ('indicators', 'indicators'), ('targets', 'targets'), ('indicator-values', 'indicator_values'),
    ('ratings', 'ratings'), ('notices', 'notices'), ('evidence', 'evidence')) as r (resource, view_name);
insert into access_action (resource, verb, view_name, sql, method, path)
select a.resource, 'read', a.view_name, format('select 1 from api.%I where id = $1::uuid', a.view_name),
    'GET', '/' || a.resource || '/{id}'
from access_action as a
where a.verb = 'list' and a.resource in ('periods', 'reports', 'report-lines', 'report-sections', 'report-versions',
    'extension-requests', 'indicators', 'targets', 'ratings', 'notices', 'evidence');
insert into access_action (resource, verb, view_name, sql, method, path, body) values
    ('reports', 'prefill', 'reports', 'select api.report_prefill($1::uuid, $2, ''{}'')', 'POST', '/reports/{id}/prefill', '{}'),
    ('reports', 'gather', 'reports', 'select api.report_gather($1::uuid, $2, ''{}'')', 'POST', '/reports/{id}/gather', '{}'),
    ('reports', 'submit', 'reports', 'select api.report_submit($1::uuid, $2, ''{}'')', 'POST', '/reports/{id}/submit', '{}'),
    ('reports', 'withdraw', 'reports', 'select api.report_withdraw($1::uuid, $2, ''{}'')', 'POST', '/reports/{id}/withdraw', '{}'),
    ('reports', 'accept', 'reports', 'select api.report_accept($1::uuid, $2, ''{}'')', 'POST', '/reports/{id}/accept', '{}'),
    ('reports', 'return', 'reports', 'select api.report_return($1::uuid, $2, ''{"note": "MR"}'')',
        'POST', '/reports/{id}/return', '{"note":"MR"}'),
    ('reports', 'approve', 'reports', 'select api.report_approve($1::uuid, $2, ''{}'')', 'POST', '/reports/{id}/approve', '{}'),
    ('reports', 'reopen', 'reports', 'select api.report_reopen($1::uuid, $2, ''{"reason": "MR", "until_on": "2021-12-31"}'')',
        'POST', '/reports/{id}/reopen', '{"reason":"MR","until_on":"2021-12-31"}'),
    ('report-lines', 'update', 'report_lines',
        'update app.report_line set done = ''MR 2'' where id = $1::uuid and version = $2',
        'PATCH', '/report-lines/{id}', '{"done":"MR 2"}'),
    ('report-sections', 'update', 'report_sections',
        'update app.report_section set text = ''MR 2'' where id = $1::uuid and version = $2',
        'PATCH', '/report-sections/{id}', '{"text":"MR 2"}'),
    ('extension-requests', 'create', 'extension_requests',
        'insert into app.extension_request (id, assignment_id, asked_due_on, reason) values (gen_random_uuid(), $1::uuid, ''2022-03-31'', ''MR 2'')',
        'POST', '/extension-requests', '{"assignment_id":"{id}","asked_due_on":"2022-03-31","reason":"MR 2"}'),
    ('extension-requests', 'grant', 'extension_requests', 'select api.extension_request_grant($1::uuid, $2, ''{}'')',
        'POST', '/extension-requests/{id}/grant', '{}'),
    ('extension-requests', 'refuse', 'extension_requests', 'select api.extension_request_refuse($1::uuid, $2, ''{"note": "MR"}'')',
        'POST', '/extension-requests/{id}/refuse', '{"note":"MR"}'),
    ('extension-requests', 'withdraw', 'extension_requests', 'select api.extension_request_withdraw($1::uuid, $2, ''{}'')',
        'POST', '/extension-requests/{id}/withdraw', '{}'),
    ('ratings', 'create', 'ratings',
        'insert into app.rating (id, unit_id, year, scale, grade) values (gen_random_uuid(), $1::integer, 2018, ''five_grades'', ''fair'')',
        'POST', '/ratings', '{"unit_id":{id},"year":2018,"scale":"five_grades","grade":"fair"}'),
    ('ratings', 'update', 'ratings', 'update app.rating set grade = ''fair'' where id = $1::uuid and version = $2',
        'PATCH', '/ratings/{id}', '{"grade":"fair"}'),
    ('ratings', 'delete', 'ratings', 'delete from app.rating where id = $1::uuid and version = $2',
        'DELETE', '/ratings/{id}', null),
    ('indicators', 'update', 'indicators', 'update app.indicator set name = name where id = $1::uuid and version = $2',
        'PATCH', '/indicators/{id}', '{"name":"MR"}'),
    ('targets', 'update', 'targets', 'update app.target set threshold = 4 where id = $1::uuid and version = $2',
        'PATCH', '/targets/{id}', '{"threshold":4}'),
    ('plans', 'generate-periods', 'plans', 'select api.plan_generate_periods($1::uuid, $2, ''{}'')',
        'POST', '/plans/{id}/generate-periods', '{}'),
    ('periods', 'lock', 'periods', 'select api.period_lock($1::uuid, $2, ''{"reason": "MR"}'')',
        'POST', '/periods/{id}/lock', '{"reason":"MR"}'),
    ('notices', 'mark-read', 'notices', 'select api.notice_read($1::uuid, null, ''{}'')', 'POST', '/notices/{id}/read', '{}');
