-- begin_request: which tokens open which scope, and that a change of rights acts on the next request.
begin;
\ir include/fixture.sql
select plan(41);

create function test.opens(p_role text, p_token_hash text, p_kind text default 'session') returns text
    language plpgsql
as $$
declare
    state text;
    word text;
    seen text;
begin
    begin
        perform test.claim(p_role, p_token_hash, p_kind);
        seen := format('%s %s %s %s', private.my_role(), private.my_rank(), private.my_scope_code(), private.my_token_kind());
        raise exception using errcode = 'TEST0', message = seen;
    exception
        when sqlstate 'TEST0' then
            return sqlerrm;
        when others then
            get stacked diagnostics state = returned_sqlstate, word = constraint_name;
            return state || ' ' || word;
    end;
end;
$$;
\set officer '\'test dongxoai.chuyenvien\''
\set hash 'token_hash = \'test dongxoai.chuyenvien\''

-- who may do what with a good token
select is(test.opens('danvan_district', :officer), 'officer 2 district session', 'a good token opens its scope');
select is(test.opens('danvan_district_write', :officer), 'officer 2 district session', 'and its writing role');
select is(test.opens('danvan_province', 'test tinh.xem'), 'viewer 1 province session', 'a viewer has rank 1');
select is(test.opens('danvan_province', 'test tinh.lanhdao'), 'leader 3 province session', 'a leader has rank 3');
select is(test.opens('danvan_province', 'test tinh.admin'), 'admin 0 province session', 'an administrator has rank 0');
select is(test.opens('danvan_province_line', 'test phunu.tinh.chuyenvien'), 'officer 2 province_line session',
    'a union has the scope of its own line');
select is(test.opens('danvan_grassroots', 'test tanphu.chuyenvien'), 'officer 2 grassroots session',
    'a commune''s bloc has the commune');

-- what a token does not open
select is(test.opens('danvan_district', 'nobody''s'), 'DV401 not_signed_in', 'an unknown token opens nothing');
select is(test.opens('danvan_district', null), 'DV401 not_signed_in', 'no token opens nothing');
select is(test.opens('danvan_district', ''), 'DV401 not_signed_in', 'an empty token opens nothing');
select is(test.opens('danvan_province', :officer), 'DV401 not_signed_in', 'a token does not open a wider scope');
select is(test.opens('danvan_district_line', :officer), 'DV401 not_signed_in', 'nor a narrower one');
select is(test.opens('danvan_grassroots_write', :officer), 'DV401 not_signed_in', 'nor another level''s');
select is(test.opens('danvan_service', :officer), 'DV401 not_signed_in', 'nor the service''s own role');
select is(test.opens('danvan_district', :officer, 'api_token'), 'DV401 not_signed_in', 'a session is no API token');
select is(test.opens('danvan_district', :officer, 'other'), 'DV401 not_signed_in', 'an unknown kind opens nothing');

-- the role it is told is not believed: it must be the one switched to
create function test.lies(p_told text, p_switched text) returns text
    language plpgsql
as $$
begin
    perform set_config('session_authorization', 'danvan_service', true);
    perform
    from (select set_config('role', p_switched, true) as role offset 0) as r
    cross join lateral private.begin_request(
        case when r.role is not null then p_told end, 'test dongxoai.chuyenvien', 'session', null, null);
    return 'believed';
exception when sqlstate 'DV401' then
    return 'refused';
end;
$$;
select is(test.lies('danvan_district', 'danvan_province'), 'refused', 'a role told but not switched to is refused');
select is(test.lies('danvan_district', 'danvan_district'), 'believed', 'told and switched to is believed');
reset session authorization;

-- time
update app.session set expires_at = now() - interval '1 second' where :hash;
select is(test.opens('danvan_district', :officer), 'DV401 not_signed_in', 'an expired session is over');
update app.session set expires_at = now() + interval '1 hour', last_seen_at = now() - interval '2 hours 1 second' where :hash;
select is(test.opens('danvan_district', :officer), 'DV401 not_signed_in', 'two idle hours end it');
update app.session set last_seen_at = now() - interval '1 hour 59 minutes' where :hash;
select is(test.opens('danvan_district', :officer), 'officer 2 district session', 'a shorter pause does not');
update app.session set revoked_at = now(), last_seen_at = now() where :hash;
select is(test.opens('danvan_district', :officer), 'DV401 not_signed_in', 'a revoked session is over');
update app.session set revoked_at = null where :hash;

-- needs_touch, and the touch itself
create function test.needs_touch() returns boolean
    language plpgsql
as $$
declare
    answer boolean;
begin
    perform set_config('session_authorization', 'danvan_service', true);
    select b.needs_touch into answer
    from (select set_config('role', 'danvan_district', true) as role offset 0) as r
    cross join lateral private.begin_request(r.role, 'test dongxoai.chuyenvien', 'session', null, null) as b;
    perform set_config('session_authorization', 'postgres', true);
    return answer;
end;
$$;
select session_user as superuser \gset
select replace(pg_get_functiondef('test.needs_touch'::regproc), '''postgres''', quote_literal(:'superuser')) \gexec
select ok(not test.needs_touch(), 'a session just seen needs no touch');
update app.session set last_seen_at = now() - interval '61 seconds' where :hash;
select ok(test.needs_touch(), 'a minute later it does');
select private.touch_session(:officer) \g /dev/null
select ok(not test.needs_touch(), 'and not after it was touched');

-- rights change: the very next request knows
update app.user_account set disabled_at = now() where login = 'dongxoai.chuyenvien';
select is(test.opens('danvan_district', :officer), 'DV401 not_signed_in', 'a disabled account is out at once');
update app.user_account set disabled_at = null where login = 'dongxoai.chuyenvien';
\set own_membership 'user_id = (select id from app.user_account where login = \'dongxoai.chuyenvien\')'
update app.membership set role = 'viewer' where :own_membership;
select is(test.opens('danvan_district', :officer), 'viewer 1 district session', 'a changed role acts at once');
update app.membership set role = 'officer', valid_to = private.today() where :own_membership;
select is(test.opens('danvan_district', :officer), 'DV401 not_signed_in', 'a membership that ended is over that day');
update app.membership set valid_to = private.today() + 1 where :own_membership;
select is(test.opens('danvan_district', :officer), 'officer 2 district session', 'and not the day before');
update app.membership set valid_to = null, valid_from = private.today() + 1 where :own_membership;
select is(test.opens('danvan_district', :officer), 'DV401 not_signed_in', 'one that has not begun opens nothing');
update app.membership set valid_from = '2021-07-01',
    unit_id = (select id from app.unit where code = 'phunu-689') where :own_membership;
select is(test.opens('danvan_district', :officer), 'DV401 not_signed_in', 'moved to another line: the old scope is closed at once');
select is(test.opens('danvan_district_line', :officer), 'officer 2 district_line session', 'and the new one open');
update app.membership set unit_id = (select id from app.unit where code = 'bdv-689') where :own_membership;
update app.unit set is_active = false where code = 'bdv-689';
select is(test.opens('danvan_district', :officer), 'DV401 not_signed_in', 'a unit that ended opens nothing');
update app.unit set is_active = true where code = 'bdv-689';
update app.line set sees_all_lines = false where code = 'mobilization';
select is(test.opens('danvan_district', :officer), 'DV401 not_signed_in', 'a line that no longer sees all lines loses the scope');
update app.line set sees_all_lines = true where code = 'mobilization';

-- a one-time password reads and does not write
update app.user_account set must_change_password = true where login = 'dongxoai.chuyenvien';
select is(test.opens('danvan_district', :officer), 'officer 2 district session', 'a one-time password opens reading');
select is(test.opens('danvan_district_write', :officer), 'DV403 must_change_password', 'and no writing');
update app.user_account set must_change_password = false where login = 'dongxoai.chuyenvien';

-- API tokens
insert into app.api_token (token_hash, name, user_id, membership_id, expires_at)
select 'test token', 'test', s.user_id, s.membership_id, now() + interval '1 day' from app.session as s where :hash;
select is(test.opens('danvan_district', 'test token', 'api_token'), 'officer 2 district api_token', 'an API token opens its scope');
select is(test.attempt('dongxoai.chuyenvien',
    $$insert into app.api_token (id, token_hash, name, expires_at) values (gen_random_uuid(), 'x', 'x', now() + interval '2 years')$$),
    'DV422 out_of_range', 'a token lasts a year at most');
update app.api_token set revoked_at = now() where token_hash = 'test token';
select is(test.opens('danvan_district', 'test token', 'api_token'), 'DV401 not_signed_in', 'a revoked token opens nothing');

-- it writes nothing: safe requests run READ ONLY. And nobody else may call it.
create function test.opens_read_only() returns text
    language plpgsql
as $$
begin
    perform set_config('transaction_read_only', 'on', true);
    perform test.claim('danvan_district', 'test dongxoai.chuyenvien');
    raise exception using errcode = 'TEST0', message = private.my_role();
exception when sqlstate 'TEST0' then
    return sqlerrm;
end;
$$;
select is(test.opens_read_only(), 'officer', 'it runs in a READ ONLY transaction');
select is(test.attempt('dongxoai.chuyenvien',
    $$select private.begin_request('danvan_district', 'test tinh.lanhdao', 'session', null, null)$$),
    '42501', 'a scope role may not claim again');
select * from finish();
rollback;
