-- Every row of tests/access_matrix.csv, really done as its caller and undone.
begin;
\ir include/fixture.sql
\ir ../access_relations.sql
\ir ../access_relations_reporting.sql
\ir ../access_relations_staff.sql
\ir ../access_relations_meetings.sql
\ir ../access_relations_outcomes.sql
\ir ../access_relations_bodies.sql
\ir ../access_relations_inspections.sql
\ir ../access_relations_budget.sql
create temporary table access_matrix (
    nth integer generated always as identity, who text not null, resource text not null, verb text not null,
    relation text not null, verdict text not null);
-- \copy knows no path relative to this file, so the shell looks where psql was told to find it.
\copy access_matrix (who, resource, verb, relation, verdict) from program 'cat "$(dirname "$(tr "\\000" "\\n" </proc/$PPID/cmdline | sed -n "s/^--file=//; /access_matrix\.sql$/p" | tail -n 1)")/../access_matrix.csv"' csv header
select pg_temp.access_arrange() \g /dev/null
select test.sign_in(u.login) from app.user_account as u \g /dev/null
select private.create_reporting_login('test_reporting_689', (select u.id from app.unit as u where u.code = 'bdv-689'))
    \g /dev/null

create function test.verdict(p_who text, p_resource text, p_verb text, p_target text) returns text
    language plpgsql
as $$
declare
    login text := case when p_who like 'reporting.%' then 'role:test_reporting_689' else p_who end;
    action access_action;
    table_name text;
    current_version integer;
    my_unit_id integer := (select u.id from access_who as w join app.unit as u on u.code = w.unit_code where w.who = p_who);
    home_unit_id integer := (select u.home_unit_id from app.user_account as u where u.id::text = p_target);
    outcome text;
    is_visible boolean;
begin
    select a.* into action from access_action as a where a.resource = p_resource and a.verb = p_verb;
    if action.verb is null then
        return format('no action for %s %s', p_verb, p_resource);
    end if;
    if p_verb not in ('list', 'read', 'create') and p_resource not in ('sessions', 'notices') then
        table_name := case action.view_name when 'users' then 'user_account' when 'responsibilities' then 'responsibility'
            when 'imports' then 'import_job' when 'meeting_series' then 'meeting_series' when 'meeting_minutes' then 'meeting_minutes'
            else regexp_replace(action.view_name, 's$', '') end;
        execute format('select version from app.%I where id = $1::uuid', table_name) into current_version using p_target;
    end if;
    outcome := test.attempt(login, action.sql, p_target, current_version, my_unit_id, home_unit_id,
        case when p_verb in ('list', 'read') then '' else '_write' end);
    if outcome like 'rows %' and outcome <> 'rows 0' then
        return 'allow';
    elsif p_verb = 'list' or p_verb = 'read' or outcome like 'DV401%' then
        return case when outcome = 'rows 0' then 'deny' when outcome like 'DV401%' then 'unauthenticated' else outcome end;
    elsif outcome like 'DV403%' then
        return 'forbid';
    elsif outcome like 'DV404%' then
        return 'deny';
    elsif outcome like 'DV409%' then
        return 'conflict';
    elsif outcome = 'DV422 not_visible' then
        return 'invalid';
    elsif p_verb = 'create' then
        return case outcome when '42501' then 'forbid' when '23505' then 'conflict' else outcome end;
    elsif outcome in ('rows 0', '42501') then
        -- what the service does on zero rows: look whether the caller sees the row at all
        is_visible := test.attempt(login, format('select 1 from api.%I where id::text = $1', action.view_name), p_target)
            = 'rows 1';
        return case when is_visible then 'forbid' else 'deny' end;
    end if;
    return outcome;
end;
$$;

create temporary table access_result as
select m.*, t.target,
    case when t.target is null then 'no row stands in this relation'
        else test.verdict(m.who, m.resource, m.verb, t.target) end as outcome
from access_matrix as m
cross join lateral (select pg_temp.access_target(m.who, m.resource, m.verb, m.relation) as target) as t;

select plan((select count(*)::integer from access_matrix) + 3);
select cmp_ok((select count(*)::integer from access_matrix), '>=', 150, 'the matrix has at least 150 rows');
select is_empty(
    $$select who, resource, verb, relation from access_matrix group by 1, 2, 3, 4 having count(*) > 1$$,
    'no case stands twice');
select is_empty(
    $$select distinct verdict from access_matrix
        where verdict not in ('allow', 'deny', 'forbid', 'invalid', 'conflict', 'unauthenticated')$$,
    'every verdict is a known word');
select is(outcome, verdict, format('%s: %s %s, %s', who, verb, resource, relation))
from access_result order by nth;
select * from finish();
rollback;
