-- Imports between the file and the kinds: the queue, the claims of the runner, faults, who sees what.
begin;
\ir include/acting.sql
select plan(44);
update private.installation set mode = 'test', fixed_today = '2022-11-21';
delete from app.import_job;

select pg_temp.add_user('t.officer', 'bdv-70', 'officer');
select pg_temp.add_user('t.other', 'bdv-70', 'officer');
select pg_temp.add_user('t.viewer', 'bdv-70', 'viewer');
select pg_temp.add_user('t.admin', 'bdv-70', 'admin');
select pg_temp.add_user('t.below', 'bdv-689', 'leader');

-- A file of one piece, as the service brings it.
create function pg_temp.send(p_login text, p_pieces integer default 1) returns text
    language sql return pg_temp.as_user(p_login, format($$
        with j as materialized (select api.import_add('ratings', 'a.csv', 'csv', 4, repeat('0', 64), true, false, '{}') as id),
        p as materialized (select api.import_put(j.id, n - 1, 'abcd') from j cross join generate_series(1, %s) as n)
        select j.id::text from j left join p on true$$, p_pieces));
create function pg_temp.job(p_login text) returns uuid
    language sql return (select j.id from app.import_job as j join app.user_account as u on u.id = j.created_by
        where u.login = p_login order by j.created_at desc, j.id desc limit 1);
-- As danvan_service, with the runner's claims; the first column of the statement.
create function pg_temp.as_runner(p_role text, p_job uuid, p_try integer, p_statement text) returns text
    language plpgsql
as $$
declare
    deployer constant name := session_user;
    answer text;
    word text;
begin
    begin
        perform set_config('session_authorization', 'danvan_service', true);
        perform from (select set_config('role', p_role, true) as role offset 0) as r
        cross join lateral private.import_begin(r.role, p_job, p_try);
        execute p_statement into answer;
    exception when others then
        get stacked diagnostics word = constraint_name;
        return concat_ws(' ', sqlstate, nullif(word, ''));
    end;
    perform set_config('session_authorization', deployer, true);
    return answer;
end;
$$;

-- sending
select matches(pg_temp.send('t.officer'), '^[0-9a-f-]{36}$', 'an officer sends a file');
select is((select j.status || ' ' || j.unit_id from app.import_job as j where j.id = pg_temp.job('t.officer')),
    'queued ' || pg_temp.unit('bdv-70'), 'which waits as their unit''s');
select is(pg_temp.send('t.viewer'), 'DV403 not_permitted', 'a viewer sends none');
select matches(pg_temp.send('t.admin'), '^[0-9a-f-]{36}$', 'an administrator may');
select is(pg_temp.as_user('t.officer', format($$insert into app.import_piece (job_id, number, bytes) values (%L, 1, 'x') returning 1$$,
    pg_temp.job('t.admin'))), '42501', 'nobody adds to another''s file');
select is(pg_temp.as_user('t.officer', $$select count(*) from app.import_piece$$), '42501', 'nor reads any');
select is(pg_temp.as_user('t.officer', format($$insert into app.import_job
    (kind, unit_id, created_by, membership_id, file_name, format, size, sha256)
    select kind, unit_id, created_by, membership_id, file_name, format, size, sha256 from app.import_job where id = %L returning 1$$,
    pg_temp.job('t.admin'))), '42501', 'nor sends one in another''s name');
select is(pg_temp.as_user('t.officer', format($$update app.import_job set status = 'checked' where id = %L returning 1$$,
    pg_temp.job('t.officer'))), '42501', 'nor moves one by hand');
select throws_ok($$
    do $do$ begin
        perform pg_temp.send('t.other', 2);
        set constraints all immediate;
    end $do$ $$, 'DV409', null, 'a file whose pieces are not its size is refused');
set constraints all deferred;

-- seeing
select is(pg_temp.as_user('t.other', 'select count(*) from api.imports'), '2', 'officers of the unit see its imports');
select is(pg_temp.as_user('t.viewer', 'select count(*) from api.imports'), '0', 'viewers do not');
select is(pg_temp.as_user('t.below', 'select count(*) from api.imports'), '0', 'nor does another unit');
select is(pg_temp.as_user('t.other', format('select actions::text from api.imports where id = %L', pg_temp.job('t.officer'))),
    '{cancel}', 'a colleague may cancel');

-- the queue
create temporary table taken as select t.* from private.import_take() as t;
select is((select t.id from taken as t), pg_temp.job('t.officer'), 'the oldest is taken first');
select is((select t.scope_role || ' ' || t.try_count from taken as t), 'danvan_province_write 1', 'for the scope of its maker');
select is((select count(*) from private.import_take() as t where t.id = pg_temp.job('t.officer') and t.try_count = 2), 1::bigint,
    'one that is still running was left by a runner that died');
select ok(not private.import_progress(pg_temp.job('t.officer'), 1, 'reading', 5, 5), 'who began it before is no longer listened to');
select ok(private.import_progress(pg_temp.job('t.officer'), 2, 'reading', 5, 5), 'who began it now is');
select is((select j.version from app.import_job as j where j.id = pg_temp.job('t.officer')),
    (select j.version from app.import_job as j where j.id = pg_temp.job('t.officer') and j.done_count = 5), 'progress is no new version');
select lives_ok(format('select private.import_put_back(%L, 2)', pg_temp.job('t.officer')), 'it can be put back');
select is((select j.status || j.try_count from app.import_job as j where j.id = pg_temp.job('t.officer')), 'queued1', 'which was no try');
select is((select t.try_count from private.import_take() as t), 2, 'and taken again');

-- rows and faults
select lives_ok(format($$select private.import_columns(%L, 2, '{"unit_code": "B", "year": "AA"}')$$, pg_temp.job('t.officer')), 'columns have places');
select lives_ok(format($$select private.import_put_rows(%L, 2, (select array_agg(n) from generate_series(2, 121) as n),
    (select array_agg(case when n %% 2 = 0 then null else 'c' || n end order by n) from generate_series(1, 240) as n))$$,
    pg_temp.job('t.officer')), 'rows are put in parts');
select is((select string_agg(r.cells::text, ' ' order by r.number) from private.import_rows(pg_temp.job('t.officer')) as r
    where r.number in (2, 51, 52, 121)), '{c1,NULL} {c99,NULL} {c101,NULL} {c239,NULL}', 'and come out in order');
select is(pg_temp.as_runner('danvan_province_write', pg_temp.job('t.officer'), 2,
    'select private.my_unit() || '' '' || private.my_rank() || '' '' || count(*) from private.import_rows('''
        || pg_temp.job('t.officer') || ''')'), pg_temp.unit('bdv-70') || ' 2 120', 'the runner acts as who sent the file');
select is(pg_temp.as_runner('danvan_province_write', pg_temp.job('t.officer'), 2, format($$select private.import_faults(%L,
    array[3, 3, 4, 5], array['year', 'unit_code', 'G', null], array['bad_date', 'required', 'x', 'y'], array['v', null, null, null])$$,
    pg_temp.job('t.officer'))), '4', 'faults are kept');
select is((select string_agg(concat_ws(' ', e.column_name, e.cell, e.word), ', ' order by e.id) from app.import_error as e
    where e.job_id = pg_temp.job('t.officer')), 'year AA3 bad_date, unit_code B3 required, G4 x, y', 'with their cells');
select is(pg_temp.as_runner('danvan_province_write', pg_temp.job('t.officer'), 2, format($$select private.import_faults(%L,
    array[3], array['year'], array['out_of_range'], array['v'])$$, pg_temp.job('t.officer'))), '0', 'a cell is not told twice');
select is(pg_temp.as_user('t.other', format('select count(*) from private.import_rows(%L)', pg_temp.job('t.officer'))),
    'DV404 not_found', 'rows are read by their maker''s claims alone');

-- who began it before
select ok(not private.import_columns(pg_temp.job('t.officer'), 1, '{}'), 'who began it before names no columns');
select lives_ok(format($$select private.import_put_rows(%L, 1, '{2, 900}', '{a, b}')$$, pg_temp.job('t.officer')), 'what they still send');
select lives_ok(format($$select private.import_put_faults(%L, 1, '{900}', '{year}', '{bad_date}', '{x}')$$, pg_temp.job('t.officer')),
    'of rows and faults');
select lives_ok(format($$select private.import_end(%1$L, 1, 'failed', 'x', null, true), private.import_put_back(%1$L, 1)$$,
    pg_temp.job('t.officer')), 'and say of its end');
select is((select count(*) || ' ' || max(r.number) || ' ' || (select j.status || j.error_count from app.import_job as j
        where j.id = pg_temp.job('t.officer')) from private.import_row as r where r.job_id = pg_temp.job('t.officer')),
    '120 121 running4', 'changes nothing');
select throws_ok(format($$select private.import_put_rows(%L, 2, '{121}', '{a, b}')$$, pg_temp.job('t.officer')), '23505', null,
    'a row is put once');

-- rights when it runs
select is(pg_temp.as_runner('danvan_district_write', pg_temp.job('t.officer'), 2, 'select 1'), 'DV401 rights_ended', 'never under another scope');
select is(pg_temp.as_runner('danvan_province_write', pg_temp.job('t.officer'), 1, 'select 1'), 'DV401 rights_ended', 'nor by the runner before');
update app.user_account set disabled_at = now() where login = 't.officer';
select is(pg_temp.as_runner('danvan_province_write', pg_temp.job('t.officer'), 2, 'select 1'), 'DV401 rights_ended', 'nor for a disabled account');
update app.user_account set disabled_at = null where login = 't.officer';
update app.membership as m set role = 'viewer' from app.user_account as u where u.id = m.user_id and u.login = 't.officer';
select is(pg_temp.as_runner('danvan_province_write', pg_temp.job('t.officer'), 2, 'select 1'), 'DV401 rights_ended', 'nor for who is a viewer now');
update app.membership as m set role = 'officer' from app.user_account as u where u.id = m.user_id and u.login = 't.officer';

-- the end
select is(pg_temp.as_user('t.officer', format('select api.import_apply(%L, null, ''{}'')', pg_temp.job('t.officer'))), 'DV409 wrong_state',
    'what runs is not applied');
select lives_ok(format('select private.import_finish(%L, 2, ''checked'', 1, 0, 0)', pg_temp.job('t.officer')), 'it ends');
select is((select count(*) from private.import_row as r where r.job_id = pg_temp.job('t.officer')), 0::bigint, 'and its rows go');
select throws_ok(format('select private.import_finish(%L, 2, ''applied'', 1, 0, 0)', pg_temp.job('t.officer')), 'DV409', null, 'once');

select * from finish();
rollback;
