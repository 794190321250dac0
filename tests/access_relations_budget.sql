-- A further part of access_relations.sql: what the matrix's words mean for budget lines and the view of all years.
-- Everything here is called MS-B.
--
-- relation, beside those of the first parts:
--   draft_of_…, submitted_of_…, approved_of_…   lines of such a unit (of several the one at the highest level), entries
--                                               of them; all stand under a plan of the provincial board
--   phase_of_province                           a phase of that plan
-- For "create" of a line the target is an item that every unit leads, of a phase the plan.

insert into access_part (resource, part)
select r, 'budget' from unnest(array['budget-lines', 'budget-entries', 'budget-totals', 'plan-phases', 'plan-years', 'plan-year-details']) as r;

create function pg_temp.access_arrange_budget() returns void
    language plpgsql
as $$
declare
    made_plan_id uuid := (select p.id from app.plan as p where p.number = 'MS-B');
    holder record;
    wanted text;
    made_id uuid;
begin
    if made_plan_id is null then
        insert into app.plan (number, title, issuer_unit_id, period_from, period_to, status, signed_on)
        select 'MS-B', 'Kế hoạch thử quyền', u.id, '2021-01-01', '2025-12-31', 'in_force', '2021-01-01'
        from app.unit as u where u.code = 'bdv-70'
        returning id into made_plan_id;
        insert into app.plan_item (plan_id, kind, code, outline, position, title)
        select made_plan_id, 'task', 'MS-' || s.state, s.n::text, s.n, 'Nhiệm vụ thử quyền'
        from unnest(array['draft', 'submitted', 'approved', 'new']) with ordinality as s (state, n);
        insert into app.assignment (plan_id, plan_item_id, lead_unit_id, level_id, occurrence, starts_on, due_on, original_due_on, line_id)
        select made_plan_id, i.id, u.id, u.level_id, 'MS-B', '2021-01-01', '2021-12-31', '2021-12-31', u.line_id
        from access_unit as a
        join app.unit as u on u.id = a.unit_id
        join app.plan_item as i on i.plan_id = made_plan_id;
    end if;
    insert into app.plan_phase (plan_id, from_year, to_year, name)
    select made_plan_id, 2021, 2021, 'MS-B'
    where not exists (select from app.plan_phase as f where f.plan_id = made_plan_id and f.from_year = 2021);
    delete from app.plan_phase as f where f.plan_id = made_plan_id and f.from_year <> 2021;

    -- what was used up is made anew
    perform pg_temp.access_forget_budget_lines(array(
        select b.id
        from app.budget_line as b join app.plan_item as i on i.id = b.plan_item_id
        where b.plan_id = made_plan_id and (i.code <> 'MS-' || b.status or b.adjusted_amount <> 0 or b.spent_amount <> 0)));
    for holder in select a.unit_id from access_unit as a
    loop
        foreach wanted in array array['draft', 'submitted', 'approved'] loop
            insert into app.budget_line (plan_item_id, year, estimate_amount, owner_unit_id)
            select i.id, 2021, 100, holder.unit_id
            from app.plan_item as i where i.plan_id = made_plan_id and i.code = 'MS-' || wanted
            on conflict do nothing
            returning id into made_id;
            insert into app.budget_entry (budget_line_id, kind, amount, entered_on, unit_id)
            select made_id, k.kind, 100, '2021-01-05', holder.unit_id
            from unnest(array['estimate', 'approval']) with ordinality as k (kind, n)
            where made_id is not null and k.n < array_position(array['draft', 'submitted', 'approved'], wanted)
            order by k.n;
        end loop;
    end loop;
end;
$$;

-- Entries are never deleted otherwise, so their triggers are silenced.
create function pg_temp.access_forget_budget_lines(p_ids uuid[]) returns void
    language plpgsql set session_replication_role = 'replica'
as $$
begin
    delete from app.budget_entry as e where e.budget_line_id = any (p_ids);
    delete from app.budget_line as b where b.id = any (p_ids);
end;
$$;

-- Takes everything of access_arrange_budget away again.
create function pg_temp.access_clear_budget() returns void
    language plpgsql
as $$
declare
    made_plan_id constant uuid := (select p.id from app.plan as p where p.number = 'MS-B');
begin
    perform pg_temp.access_forget_budget_lines(array(select b.id from app.budget_line as b where b.plan_id = made_plan_id));
    delete from app.assignment as a where a.plan_id = made_plan_id;
    delete from app.assignment_count as c where c.plan_id = made_plan_id;
    delete from app.plan as p where p.id = made_plan_id;
end;
$$;

create function pg_temp.access_target_budget(p_who text, p_resource text, p_verb text, p_relation text) returns text
    language plpgsql stable
as $$
declare
    state constant text := substring(p_relation from '^(draft|submitted|approved)_of_');
    of_whom constant text := regexp_replace(p_relation, '^(draft|submitted|approved)_of_', '');
    made_plan_id constant uuid := (select p.id from app.plan as p where p.number = 'MS-B');
    line_id uuid;
begin
    if p_resource = 'plan-years' then
        return made_plan_id;
    elsif p_resource = 'plan-year-details' or p_resource = 'budget-lines' and p_verb = 'create' then
        return (select i.id from app.plan_item as i where i.plan_id = made_plan_id and i.code = 'MS-new');
    elsif p_resource = 'plan-phases' then
        return case p_verb when 'create' then made_plan_id
            else (select f.id from app.plan_phase as f where f.plan_id = made_plan_id and f.from_year = 2021) end;
    end if;
    select b.id into line_id
    from access_related as k
    join app.budget_line as b on b.owner_unit_id = k.unit_id and b.plan_id = made_plan_id and b.status = state
    where k.who = p_who and k.relation = of_whom
    order by b.level_id, k.unit_id
    limit 1;
    return case p_resource when 'budget-lines' then line_id
        when 'budget-entries' then (select e.id from app.budget_entry as e where e.budget_line_id = line_id order by e.kind limit 1) end;
end;
$$;

insert into access_action (resource, verb, view_name, sql, method, path)
select r.resource, 'list', r.view_name, format('select 1 from (select 1 from api.%I limit 1) as x right join (values (1)) as v on true', r.view_name),
    'GET', '/' || r.resource || '?limit=1'
from (values ('budget-lines', 'budget_lines'), ('budget-entries', 'budget_entries'), ('plan-phases', 'plan_phases')) as r (resource, view_name);
insert into access_action (resource, verb, view_name, sql, method, path)
select a.resource, 'read', a.view_name, format('select 1 from api.%I where id = $1::uuid', a.view_name), 'GET', '/' || a.resource || '/{id}'
from access_action as a
where a.verb = 'list' and a.resource in ('budget-lines', 'budget-entries', 'plan-phases');
insert into access_action (resource, verb, view_name, sql, method, path)
select a.resource, 'delete', a.view_name, format('delete from app.%I where id = $1::uuid and version = $2', rtrim(a.view_name, 's')),
    'DELETE', '/' || a.resource || '/{id}'
from access_action as a
where a.verb = 'list' and a.resource in ('budget-lines', 'plan-phases');
insert into access_action (resource, verb, view_name, sql, method, path, body)
select 'budget-lines', c.verb, 'budget_lines', format('select api.budget_line_%s($1::uuid, $2, %L)', c.verb, c.body), 'POST',
    '/budget-lines/{id}/' || c.verb, c.body
from (values
    ('submit', '{}'), ('approve', '{"amount":1}'), ('return', '{"note":"MS"}'), ('adjust', '{"amount":1,"reason":"MS"}'),
    ('spend', '{"amount":1,"spent_on":"2021-03-01"}'), ('close', '{}')) as c (verb, body);
insert into access_action (resource, verb, view_name, sql, method, path, body) values
    ('budget-lines', 'create', 'budget_lines',
        'insert into app.budget_line (id, plan_item_id, year, estimate_amount) values (gen_random_uuid(), $1::uuid, 2021, 1)',
        'POST', '/budget-lines', '{"plan_item_id":"{id}","year":2021,"estimate_amount":1}'),
    ('budget-lines', 'update', 'budget_lines', 'update app.budget_line set note = ''MS'' where id = $1::uuid and version = $2',
        'PATCH', '/budget-lines/{id}', '{"note":"MS"}'),
    ('plan-phases', 'create', 'plan_phases',
        'insert into app.plan_phase (id, plan_id, from_year, to_year, name) values (gen_random_uuid(), $1::uuid, 2022, 2022, ''MS-B'')',
        'POST', '/plan-phases', '{"plan_id":"{id}","from_year":2022,"to_year":2022,"name":"MS-B"}'),
    ('plan-phases', 'update', 'plan_phases', 'update app.plan_phase set name = ''MS-B 2'' where id = $1::uuid and version = $2',
        'PATCH', '/plan-phases/{id}', '{"name":"MS-B 2"}'),
    ('budget-totals', 'list', 'budget_lines',
        'select 1 from (select 1 from api.budget_totals(2021) limit 1) as x right join (values (1)) as v on true',
        'GET', '/budget-totals?year=2021', null),
    ('plan-years', 'list', 'plans',
        'select 1 from (select 1 from api.plan_years($1::uuid) limit 1) as x right join (values (1)) as v on true',
        'GET', '/plan-years?limit=1&plan={id}', null),
    ('plan-year-details', 'list', 'plans',
        'select 1 from (select 1 from api.plan_year_details($1::uuid) limit 1) as x right join (values (1)) as v on true',
        'GET', '/plan-year-details?limit=1&item={id}', null);
