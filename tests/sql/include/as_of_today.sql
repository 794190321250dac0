-- With as_of of today every list answers as without, row by row, for leaders and viewers of each level on two
-- lines. Include inside the test's transaction. What docs/as-of.md tells of today in another way stands here.
\ir acting.sql

create temp table who (login text not null);
do $$
declare
    of_unit record;
    of_role text;
begin
    for of_unit in
        -- of each level the unit with most to do
        select distinct on (u.level_id, u.line_id) u.code
        from app.unit as u
        where u.is_active and u.line_id in (select n.id from app.line as n where n.code in ('mobilization', 'women'))
        order by u.level_id, u.line_id, (select count(*) from app.assignment as a where a.lead_unit_id = u.id) desc, u.id
    loop
        foreach of_role in array array['leader', 'viewer'] loop
            perform pg_temp.add_user(concat_ws('.', 't', of_unit.code, of_role), of_unit.code, of_role);
            insert into who values (concat_ws('.', 't', of_unit.code, of_role));
        end loop;
    end loop;
end;
$$;

-- today: the rows of today's list that the day's list is to have; day: those of the day's that are compared
create temp table list (name text not null, today text not null default 'true', day text not null default 'true', excepted text not null default '{actions}');
insert into list (name, today) values
    ('appointments', 'r.valid_from <= private.today() and (r.valid_to is null or r.valid_to > private.today())'),
    ('establishments', 'r.valid_from <= private.today() and (r.valid_to is null or r.valid_to > private.today())'),
    ('plans', $$r.status in ('in_force', 'closed')$$),
    ('plan_items', $$r.plan_status in ('in_force', 'closed')$$),
    ('responsibilities', $$exists (select from app.plan as p where p.id = r.plan_id and p.status in ('in_force', 'closed'))$$),
    ('periods', 'true'), ('extension_requests', 'true'), ('ratings', 'r.rated_on <= private.today()'),
    ('reports', 'true'), ('assignments', 'true'),
    ('progress_entries', 'r.recorded_on <= private.today()'), ('report_versions', 'true');
insert into list (name, today, day, excepted) values
    -- between posts and after leaving a day tells where they stood last
    ('staff', 'r.position is not null', 'r.position is not null', '{actions}'),
    ('training_records', 'r.ends_on <= private.today()', 'r.ends_on <= private.today()', '{actions}'),
    -- courses are told from their first day on, and as closed after the last
    ('courses', 'r.ends_on < private.today()', 'r.ends_on < private.today()', '{actions}'),
    -- of no work that counts there may be a row or none
    ('assignment_counts', 'r.total > 0', 'r.total > 0', '{actions}'),
    -- a day has names also for what is no more
    ('documents', $$r.status = 'published' and r.issued_on <= private.today()$$, 'true', '{actions,owner_unit_name}'),
    ('reorganisations', $$r.status = 'carried_out' and r.effective_on <= private.today()$$, 'true', '{actions,owner_unit_name,decided_unit_name}'),
    ('task_matrix', 'true', 'true', '{area_code,area_name}');
insert into list (name) values ('meeting_series'), ('meetings'), ('meeting_invitations'), ('meeting_agenda_items'), ('meeting_errata');
-- Inspections and emulation: what its own unit alone saw is on no day.
insert into list (name, today, day, excepted) values
    ('inspection_programmes', $$r.status <> 'draft'$$, 'true', '{actions}'),
    ('inspections', $$r.status <> 'planned' or r.programme_id is null
        or exists (select from api.inspection_programmes as p where p.id = r.programme_id and p.status <> 'draft')$$, 'true', '{actions}'),
    ('inspection_units', $$r.inspection_status <> 'planned' or exists (select from api.inspections_on(private.today()) as i where i.id = r.inspection_id)$$,
        'true', '{actions,nothing_found}'),
    ('inspection_standards', 'exists (select from api.inspections_on(private.today()) as i where i.id = r.inspection_id)', 'true', '{actions}'),
    ('inspection_findings', 'r.issued_on is not null', 'true', '{actions}'),
    ('recommendations', $$r.status <> 'draft'$$, 'true', '{actions}'),
    ('emulation_models', 'true', 'true', '{actions}'), ('emulation_replications', 'true', 'true', '{actions}'),
    ('emulation_drives', 'r.launched_on is not null', 'true', '{actions}'),
    ('award_counts', 'r.awarded_on <= private.today()', 'true', '{actions}'),
    -- a draft is told on no day; spending counts from its day
    ('budget_lines', $$r.status <> 'draft'$$, 'true', '{actions}'),
    ('budget_entries', 'r.entered_on <= private.today()', 'true', '{actions}');
-- of meetings: what they decided, once they closed
insert into list (name, today) values
    ('outcomes', $$r.status <> 'draft'$$),
    ('outcome_units', $$exists (select from app.outcome as o where o.id = r.outcome_id and o.status <> 'draft')$$);
-- committees and coordination plans: drafts are on no day
insert into list (name, today) values
    ('committees', 'r.established_on <= private.today()'),
    ('committee_members', 'r.valid_from <= private.today() and (r.valid_to is null or r.valid_to > private.today())'),
    ('committee_work_items', $$r.status <> 'draft'$$), ('committee_reviews', 'r.planned_on <= private.today()'),
    ('coordination_plans', $$r.status <> 'draft'$$), ('coordination_items', $$r.coordination_plan_status <> 'draft'$$),
    ('coordination_parties', $$exists (select from app.coordination_plan as p where p.id = r.coordination_plan_id and p.status <> 'draft')$$);
-- What stands, of every tenth unit. Rows of a version have no identity of their own, and bear its number and moment.
insert into list (name, today, day, excepted)
select x.name, y.of_reports, y.of_reports, '{actions,id,version,created_at,updated_at,is_own_suggested}'
from (values ('report_lines'), ('report_sections'), ('indicator_values'), ('report_gathered_lines')) as x (name),
    (values ($$r.report_id in (select t.id from api.reports as t where t.status in ('submitted', 'in_review', 'approved')
        and (t.unit_id % 10 = 0 or t.unit_id = (select private.my_unit())))$$)) as y (of_reports);

-- '' or how many rows one has and the other has not
create function pg_temp.unlike(p_login text, p_name text, p_today text, p_day text, p_excepted text) returns text
    language sql as $f$
    select pg_temp.as_user(p_login, format($q$
        with today as materialized (select to_jsonb(r) - %4$L::text[] as row from api.%1$I as r where %3$s),
        day as materialized (select to_jsonb(r) - %4$L::text[] as row from api.%2$I(private.today()) as r where %5$s)
        select coalesce(nullif(format('%%s of %%s today alone, %%s of %%s of the day alone',
                (select count(*) from (select t.row from today as t except all select d.row from day as d) as x), (select count(*) from today),
                (select count(*) from (select d.row from day as d except all select t.row from today as t) as x), (select count(*) from day)),
            format('0 of %%1$s today alone, 0 of %%1$s of the day alone', (select count(*) from today))), '')$q$,
        p_name, p_name || '_on', p_today, p_excepted, p_day)) $f$;
select plan((select count(*)::integer from list) + 2);
select is(
    (select string_agg(w.login || ': ' || u.unlike, E'\n' order by w.login)
    from who as w cross join lateral (select pg_temp.unlike(w.login, l.name, l.today, l.day, l.excepted) as unlike) as u
    where u.unlike <> ''), null, l.name || ' of today')
from list as l order by l.name;
select cmp_ok((select count(*) from who), '>=', 8::bigint, 'leaders and viewers of every level');
select cmp_ok(pg_temp.as_user((select w.login from who as w order by pg_temp.as_user(w.login, 'select private.my_rank() - l.id from app.unit as u join app.level as l on l.id = u.level_id where u.id = private.my_unit()')::integer desc limit 1),
    'select count(*) from api.assignments_on(private.today())')::bigint, '>', 1000::bigint, 'who have something to compare');
