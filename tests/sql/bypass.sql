-- The ways around row security that reliability work has shown elsewhere: each is closed here, and each
-- test is shown to fail when the way is opened on purpose (inside this transaction).
begin;
\ir include/fixture.sql
select plan(93);

select u.id as tanphu, u.grassroots_key as tanphu_area, u.province_key as province
from app.unit as u where u.code = 'kdv-25195' \gset
select u.id as bdv70 from app.unit as u where u.code = 'bdv-70' \gset
select private.create_reporting_login('test_reporting', :tanphu) \g /dev/null
\set count_all 'select count(*) from app.assignment'

-- What a new fault query row looks like: the faults of one object.
create function test.faults(p_object text) returns text
    language sql
as $$
    select string_agg(f.fault, '; ' order by f.fault) from private.security_faults() as f where f.object = p_object;
$$;
select is_empty('select * from private.security_faults()', 'the schema has no fault to begin with');

-- 1. A login sets the claim settings itself ---------------------------------------------------------

select test.value('role:test_reporting', :'count_all') as honest \gset
select cmp_ok(:honest, '>', 0, 'a reporting login sees its unit''s rows');
select is(:honest, (select count(*)::integer from app.assignment as a where a.grassroots_key = :tanphu_area),
    'its commune''s assignments, exactly');
create function test.spoofed_count(p_role text) returns bigint
    language plpgsql
as $$
declare
    answer bigint;
begin
    begin
        perform set_config('session_authorization', p_role, true);
        perform set_config('danvan.' || g.name, g.value, true)
        from app_spoof as g;
        select count(*) into answer from app.assignment;
        raise exception using errcode = 'TEST0', message = answer;
    exception when sqlstate 'TEST0' then
        return sqlerrm;
    end;
end;
$$;
create temporary table app_spoof as
select * from (values
    ('unit', :'bdv70'), ('scope', :'province'), ('scope_code', 'province'), ('area', :'province'), ('role', 'admin'),
    ('rank', '3'), ('path', '{' || :'province' || '}'), ('level', '1'), ('line', '1'),
    ('user', (select u.id::text from app.user_account as u where u.login = 'tinh.admin'))) as g (name, value);
grant select on app_spoof to public;
select is(test.spoofed_count('test_reporting'), :honest::bigint, 'spoofed settings give a reporting login no row more');
create role test_stranger login in role danvan_province;
select is(test.spoofed_count('test_stranger'), 0::bigint,
    'nor do they give any to a login that holds the province''s role but stands in no table');
savepoint opened;
create or replace function private.my_scope() returns integer
    language sql stable as $$ select nullif(current_setting('danvan.scope', true), '')::integer $$;
select cmp_ok(test.spoofed_count('test_stranger')::integer, '>', :honest::integer, '(were the setting believed, they would)');
rollback to opened;

create function test.spoofed_admin() returns text
    language sql
as $$
    select test.value('role:test_reporting', $q$
        select format('%s %s %s', set_config('danvan.role', 'admin', true) is null, private.my_is_admin(), private.my_role()) $q$);
$$;
select is(test.spoofed_admin(), 'f f viewer', 'a reporting login is a viewer, whatever it sets');
select is(test.value('role:test_reporting', 'select count(*) from app.audit_event'), '0', 'and reads no audit event');
select is(test.value('role:test_reporting', 'select private.my_user()'), '(null)', 'and is no user');
select is(test.attempt('role:test_reporting', 'set role danvan_province'), '42501', 'it may not switch to another scope''s role');
select is(test.attempt('role:test_reporting', 'set role danvan_service'), '42501', 'nor to the service');
select is(test.attempt('role:test_reporting',
    $$insert into private.reporting_login values ('test_stranger', 1, 'province')$$), '42501', 'it cannot write the table it is found in');
select is(test.attempt('role:test_reporting', 'table private.reporting_login'), '42501', 'nor read it');
select is(test.attempt('role:test_reporting', $$insert into app.progress_entry (note) values ('x')$$), '42501',
    'it has no grant to write');
select is(test.attempt('role:test_stranger', $$insert into app.progress_entry (note) values ('x')$$), '42501',
    'nor has any holder of a reading role');
update app.line set sees_all_lines = false where code = 'mobilization';
select is(test.value('role:test_reporting', :'count_all'), '0', 'a unit whose scope has changed: its old login sees nothing');
update app.line set sees_all_lines = true where code = 'mobilization';

-- 2. '' is not NULL ------------------------------------------------------------------------------------

create function test.unclaimed_count(p_role text, p_setting text, p_relation text) returns text
    language plpgsql
as $$
declare
    answer bigint;
begin
    begin
        perform set_config('session_authorization', 'danvan_service', true);
        perform set_config('role', p_role, true);
        perform set_config('danvan.' || name, p_setting, true)
        from unnest(array['unit', 'scope', 'scope_code', 'area', 'role', 'rank', 'path', 'level', 'line', 'user',
            'membership', 'session', 'today']) as name
        where p_setting is not null;
        execute format('select count(*) from (select %s from %s) as t',
            case when p_relation in ('app.session', 'app.api_token', 'app.inspection_unit') then 'id' else '*' end, p_relation)
        into answer;
        raise exception using errcode = 'TEST0', message = answer;
    exception
        when sqlstate 'TEST0' then
            return sqlerrm;
        when others then
            return sqlstate;
    end;
end;
$$;
select is(
    (select string_agg(distinct test.unclaimed_count('danvan_' || s.code, '', 'app.' || c.relname), ' ')
        from app.scope as s
        cross join pg_class as c where c.relnamespace = 'app'::regnamespace and c.relkind = 'r'
            and has_any_column_privilege('danvan_reader', c.oid, 'select')),
    '0', 'settings that ended and read as '''' show no row of any table, to any scope');
select is(
    (select string_agg(distinct test.unclaimed_count('danvan_' || s.code, null, 'app.' || c.relname), ' ')
        from app.scope as s
        cross join pg_class as c where c.relnamespace = 'app'::regnamespace and c.relkind = 'r'
            and has_any_column_privilege('danvan_reader', c.oid, 'select')),
    '0', 'settings never made show none either');
select is(
    (select string_agg(distinct test.unclaimed_count('danvan_' || s.code, null, format('%I.%I', n.nspname, c.relname)), ' ')
        from app.scope as s
        cross join pg_class as c join pg_namespace as n on n.oid = c.relnamespace
        where n.nspname in ('api', 'report') and c.relkind = 'v'),
    '0', 'nor does any view');
savepoint opened;
create or replace function private.my_scope() returns integer
    language sql stable as $$ select current_setting('danvan.scope', true)::integer $$;
select is(test.unclaimed_count('danvan_province', '', 'app.assignment'), '22P02', '(without nullif an ended setting would break every request)');
rollback to opened;

-- 3. Views and functions that run as somebody else ---------------------------------------------------

savepoint opened;
create view api.test_open as select id, due_on from app.assignment;
grant select on api.test_open to danvan_reader;
select is(test.faults('api.test_open'), 'not owned by danvan_owner; the view is not security_invoker',
    'a view that is not security_invoker is a fault');
select cmp_ok(test.value('tanphu.chuyenvien', 'select count(*) from api.test_open')::integer, '>', :honest, '(it would show every row)');
alter view api.test_open owner to danvan_owner;
select is(test.faults('api.test_open'), 'the view is not security_invoker', 'whoever owns it');
alter view api.test_open set (security_invoker = false);
select is(test.faults('api.test_open'), 'the view is not security_invoker', 'and said or unsaid');
alter view api.test_open set (security_invoker = true);
select is(test.faults('api.test_open'), null, 'with security_invoker it is none');
select is(test.value('tanphu.chuyenvien', 'select count(*) from api.test_open'), :'honest', '(and shows the caller''s rows)');
rollback to opened;

savepoint opened;
create materialized view report.test_open as select id from app.assignment;
select matches(test.faults('report.test_open'), 'materialised view', 'a materialised view is a fault');
rollback to opened;

savepoint opened;
set local role danvan_policy;
create function private.test_open() returns bigint language sql security definer as 'select count(*) from app.assignment';
reset role;
select is(test.faults('private.test_open()'), 'PUBLIC may execute it; a definer function without an empty search_path',
    'a definer function that anyone may run, with a search path of the caller''s, is two faults');
select is(test.value('tanphu.chuyenvien', 'select private.test_open() > (select count(*) from app.assignment)'), 'true',
    '(it would count every row)');
revoke execute on function private.test_open() from public;
alter function private.test_open() set search_path = '';
select is(test.faults('private.test_open()'), null, 'closed, it is none');
alter function private.test_open() set search_path = 'public';
select is(test.faults('private.test_open()'), 'a definer function without an empty search_path', 'any search path but the empty one is');
alter function private.test_open() owner to danvan_owner;
select matches(test.faults('private.test_open()'), 'not owned by danvan_policy', 'so is another owner');
rollback to opened;
savepoint opened;
create function api.test_open() returns integer language sql security definer set search_path = '' as 'select 1';
revoke execute on function api.test_open() from public;
alter function api.test_open() owner to danvan_policy;
select is(test.faults('api.test_open()'), 'a definer function outside schema private', 'and another schema');
rollback to opened;
savepoint opened;
create function api.test_open() returns integer language sql as 'select 1';
select is(test.faults('api.test_open()'), 'PUBLIC may execute it', 'every function is closed to PUBLIC');
rollback to opened;

-- 4. The owner, and tables without row security ----------------------------------------------------------

set local role danvan_owner;
select count(*) as owner_count from app.assignment \gset
reset role;
select is(:owner_count, 0, 'the owner of the tables sees no row');
savepoint opened;
alter table app.assignment no force row level security;
set local role danvan_owner;
select count(*) as owner_count from app.assignment \gset
reset role;
select cmp_ok(:owner_count, '>', 0, '(without FORCE it would see all)');
select is(test.faults('app.assignment'), 'row security does not bind the owner (force)', 'and that is a fault');
rollback to opened;
savepoint opened;
alter table app.assignment disable row level security;
select is(test.faults('app.assignment'), 'row security is not enabled', 'a table without row security is a fault');
rollback to opened;
savepoint opened;
create table app.test_open (id integer primary key, unit_id integer references app.unit);
select is(test.faults('app.test_open'),
    'foreign key test_open_unit_id_fkey has no index; not owned by danvan_owner; row security does not bind the owner (force); row security is not enabled',
    'a new table must have all of it, and an index on each foreign key');
rollback to opened;
savepoint opened;
create policy test_open on app.assignment for select using (true);
select is(test.faults('app.assignment'), 'permissive policy test_open is for PUBLIC', 'a permissive policy for PUBLIC is a fault');
rollback to opened;
savepoint opened;
create policy test_open on private.credential for select to danvan_reader using (true);
select is(test.faults('private.credential'), 'policy test_open on a table of schema private', 'so is any policy in private');
rollback to opened;

-- 5. Grants that row security does not bind --------------------------------------------------------------

savepoint opened;
grant truncate on app.document to danvan_writer;
select is(test.faults('app.document'), 'danvan_writer has TRUNCATE, which row security does not bind', 'TRUNCATE is a fault');
rollback to opened;
savepoint opened;
grant references (id) on app.document to danvan_writer;
select is(test.faults('app.document'), 'danvan_writer has REFERENCES, which row security does not bind', 'REFERENCES is, column by column too');
rollback to opened;
savepoint opened;
grant trigger on app.document to danvan_reader;
select is(test.faults('app.document'), 'danvan_reader has TRIGGER, which row security does not bind', 'TRIGGER is');
rollback to opened;
savepoint opened;
grant update (subject) on app.document to danvan_reader;
select is(test.faults('app.document'), 'danvan_reader may write', 'a write grant to readers is');
rollback to opened;
savepoint opened;
grant select on app.document to public;
select is(test.faults('app.document'), 'PUBLIC has SELECT', 'anything to PUBLIC is');
rollback to opened;
savepoint opened;
grant select on app.document to danvan_service;
select matches(test.faults('app.document'), 'the service acts through scope roles', 'anything to the service itself is');
rollback to opened;
savepoint opened;
grant select on private.credential to danvan_reader;
select is(test.faults('private.credential'), 'danvan_reader has SELECT in schema private', 'anything in private is');
rollback to opened;
savepoint opened;
grant select (token_hash) on app.session to danvan_reader;
select is(test.faults('app.session'), 'danvan_reader may read token hashes', 'token hashes are nobody''s to read');
rollback to opened;
select is(test.attempt('tinh.admin', 'select token_hash from app.session'), '42501', 'not an administrator''s');
select is(test.attempt('tinh.admin', 'truncate app.document'), '42501', 'nobody truncates');
select is(test.attempt('tinh.lanhdao', 'table private.credential'), '42501', 'nobody reads credentials');

-- 6. Roles ---------------------------------------------------------------------------------------------------

savepoint opened;
alter role danvan_writer bypassrls;
select matches(test.faults('danvan_writer'), 'bypass row security', 'a role that bypasses row security is a fault');
rollback to opened;
savepoint opened;
alter role danvan_owner login;
select matches(test.faults('danvan_owner'), 'must not log in', 'an owner that logs in is');
rollback to opened;
savepoint opened;
alter role danvan_service inherit;
select matches(test.faults('danvan_service'), 'inherit nothing', 'a service that inherits its roles is');
rollback to opened;
savepoint opened;
grant danvan_policy to danvan_service;
select matches(test.faults('danvan_service'), 'member of danvan_policy', 'so is one that may become danvan_policy');
rollback to opened;
savepoint opened;
grant danvan_province to test_reporting;
select is(test.faults('test_reporting'), 'reporting login is a member of danvan_province', 'a reporting login with a second scope is');
rollback to opened;
savepoint opened;
grant danvan_reporting to test_stranger;
select matches(test.faults('test_stranger'), 'without a row', 'and one of the group that stands in no table');
rollback to opened;
select is(test.attempt('anonymous', 'select 1'), 'DV401 not_signed_in', 'the service without a token gets nowhere');
create function test.as_service(p_sql text) returns text
    language plpgsql
as $$
begin
    perform set_config('session_authorization', 'danvan_service', true);
    execute p_sql;
    return 'done';
exception when others then
    return sqlstate;
end;
$$;
select is(test.as_service('select 1 from app.assignment'), '42501', 'the service itself reads no table');
select is(test.as_service('select 1 from api.assignments'), '42501', 'nor a view');
reset session authorization;

-- 7. Unique and foreign keys tell nothing of hidden rows ----------------------------------------------------

insert into app.document (id, symbol, kind, issuer, issued_on, subject, owner_unit_id)
select '01890000-0000-7000-8000-00000000d0c1', 'TEST-1', k.code, 'Ban', '2021-01-01', 'Bí mật', u.id
from app.unit as u, (select min(code) as code from app.document_kind) as k
where u.code = 'bdv-692';
\set same_words 'insert into app.document (id, symbol, kind, issuer, issued_on, subject) select gen_random_uuid(), \'TEST-1\', min(code), \'Ban\', \'2021-01-01\', \'Bí mật\' from app.document_kind'
select is(test.attempt('dongxoai.chuyenvien', :'same_words'), 'rows 1', 'the words of another unit''s hidden draft are free to use');
select is(test.attempt('locninh.chuyenvien', :'same_words'), '23505', 'the unit''s own are a conflict it can see');
savepoint opened;
alter table app.document add constraint test_open unique (symbol, issuer, issued_on, subject);
select is(test.attempt('dongxoai.chuyenvien', :'same_words'), '23505', '(a key without the unit would betray the draft)');
rollback to opened;

insert into app.document (id, symbol, kind, issuer, subject, owner_unit_id)
select '01890000-0000-7000-8000-00000000d0c2', 'TEST-2', k.code, 'Ban', 'Của tôi', u.id
from app.unit as u, (select min(code) as code from app.document_kind) as k
where u.code = 'bdv-689';
\set to_hidden 'insert into app.document_relation (from_id, to_id, kind) values (\'01890000-0000-7000-8000-00000000d0c2\', \'01890000-0000-7000-8000-00000000d0c1\', \'cites\')'
\set to_nothing 'insert into app.document_relation (from_id, to_id, kind) values (\'01890000-0000-7000-8000-00000000d0c2\', \'01890000-0000-7000-8000-00000000d0cf\', \'cites\')'
select is(test.attempt('dongxoai.chuyenvien', :'to_hidden'), 'DV422 not_visible', 'a hidden document cannot be pointed at');
select is(test.attempt('dongxoai.chuyenvien', :'to_nothing'), 'DV422 not_visible', 'and one that is not there answers alike');
savepoint opened;
drop trigger document_relation_30_visible on app.document_relation;
select isnt(test.attempt('dongxoai.chuyenvien', :'to_hidden'), test.attempt('dongxoai.chuyenvien', :'to_nothing'),
    '(without the check the two would differ)');
rollback to opened;
select is(test.attempt('dongxoai.chuyenvien',
    $$insert into app.plan (number, title, period_from, period_to, document_id)
        values ('TEST', 'TEST', '2021-01-01', '2021-12-31', '01890000-0000-7000-8000-00000000d0c1')$$),
    'DV422 not_visible', 'nor by a plan');

-- What hangs on a hidden row is hidden too, in the tables themselves as well as in the views.
insert into app.plan (id, number, title, issuer_unit_id, period_from, period_to)
select '01890000-0000-7000-8000-0000000000f1', 'TEST', 'TEST', u.id, '2021-01-01', '2021-12-31' from app.unit as u where u.code = 'bdv-692';
insert into app.plan_item (id, plan_id, kind, code, outline, position, title)
values ('01890000-0000-7000-8000-0000000000f2', '01890000-0000-7000-8000-0000000000f1', 'task', 'T', '1', 1, 'T');
insert into app.responsibility (plan_item_id, role, unit_id)
select '01890000-0000-7000-8000-0000000000f2', 'lead', u.id from app.unit as u where u.code = 'bdv-692';
insert into app.schedule (plan_item_id, level_id, recurrence, label, starts_on, due_on)
values ('01890000-0000-7000-8000-0000000000f2', 2, 'once', 'T', '2021-01-01', '2021-12-31');
insert into app.plan_item_document (plan_item_id, document_id)
values ('01890000-0000-7000-8000-0000000000f2', '01890000-0000-7000-8000-00000000d0c1');
insert into app.document_relation (from_id, to_id, kind)
values ('01890000-0000-7000-8000-00000000d0c2', '01890000-0000-7000-8000-00000000d0c1', 'cites');
create temporary table hanging (child text, parent text, reference text);
insert into hanging values
    ('unit_version', 'unit', 'unit_id'), ('plan_item', 'plan', 'plan_id'), ('plan_item_document', 'plan_item', 'plan_item_id'),
    ('responsibility', 'plan_item', 'plan_item_id'), ('schedule', 'plan_item', 'plan_item_id'),
    ('assignment_part', 'assignment', 'assignment_id'), ('progress_entry', 'assignment', 'assignment_id'),
    ('document_relation', 'document', 'from_id'), ('document_relation', 'document', 'to_id');
create function test.orphans(p_child text, p_parent text, p_reference text) returns text
    language sql
as $$
    select string_agg(distinct test.value(l.login, format(
        'select count(*) from app.%I as c where not exists (select from app.%I as p where p.id = c.%I)', p_child, p_parent, p_reference)), ' ')
    from unnest(array['role:test_reporting', 'tinh.chuyenvien', 'phunu.tinh.chuyenvien', 'dongxoai.chuyenvien',
        'phunu.dongxoai.chuyenvien', 'tanphu.chuyenvien']) as l (login);
$$;
create function test.opened_orphans(p_child text, p_parent text, p_reference text) returns text
    language plpgsql
as $$
begin
    execute format('create policy test_open on app.%I for select to danvan_reader using (true)', p_child);
    raise exception using errcode = 'TEST0', message = test.orphans(p_child, p_parent, p_reference);
exception when sqlstate 'TEST0' then
    return sqlerrm;
end;
$$;
select is(test.orphans(h.child, h.parent, h.reference), '0', format('no %s is seen whose %s is hidden', h.child, h.reference))
from hanging as h order by h.child, h.reference;
select isnt(test.opened_orphans(h.child, h.parent, h.reference), '0', format('(with an open policy on %s some would be)', h.child))
from hanging as h order by h.child, h.reference;

-- 8. The form of the policies: index first, one answer per statement -----------------------------------------

create function test.plan_of(p_login text, p_sql text) returns text
    language plpgsql
as $$
declare
    answer text := '';
    line text;
begin
    begin
        perform set_config('enable_seqscan', 'off', true);
        perform set_config('enable_bitmapscan', 'off', true);
        perform set_config('enable_sort', 'off', true);
        perform test.claim('danvan_' || test.scope_of(p_login), 'test ' || p_login);
        for line in execute 'explain (costs off) ' || p_sql loop
            answer := answer || line || e'\n';
        end loop;
        raise exception using errcode = 'TEST0', message = answer;
    exception when sqlstate 'TEST0' then
        return sqlerrm;
    end;
end;
$$;
select private.create_account('test.phunu', 'T', 'phunu-25195', 'officer', '*', false) \g /dev/null
select test.sign_in('test.phunu') \g /dev/null
select matches(
    test.plan_of(l.login, format('select * from app.assignment where %s_key = (select private.my_scope()) order by due_on, id limit 20', test.scope_of(l.login))),
    format(e'^Limit\n(?:  InitPlan [0-9]+ [^\n]*\n    ->  Result\n)+  ->  Index Scan using assignment_%1$s_key_idx on assignment\n        Index Cond: \\(%1$s_key = \\$[0-9]\\)\n        Filter: \\(\\(%1$s_key = \\$[0-9]\\) OR \\(hashed SubPlan [0-9]+\\) OR \\(given_by_unit_id = \\$[0-9]\\)\\)',
        test.scope_of(l.login)),
    format('the list of %s walks its own index, asks for the scope once, and tests the scope before anything else', test.scope_of(l.login)))
from unnest(array['tinh.chuyenvien', 'phunu.tinh.chuyenvien', 'dongxoai.chuyenvien', 'phunu.dongxoai.chuyenvien',
    'tanphu.chuyenvien', 'test.phunu']) as l (login);
select is(
    (select count(*)::integer from pg_proc as p
        where p.pronamespace = 'private'::regnamespace and p.proname like 'my\_%' and p.provolatile <> 's'),
    0, 'every claim function is stable');
select * from finish();
rollback;
