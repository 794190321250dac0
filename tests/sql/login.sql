-- Signing in: what the service is told, throttling that ends by itself, sessions, passwords, TOTP,
-- idempotency keys.
begin;
\ir include/fixture.sql
select plan(53);
delete from private.login_throttle;
select u.id as officer from app.user_account as u where u.login = 'dongxoai.chuyenvien' \gset

-- Runs as the service before any claim.
create function test.service(p_sql text) returns text
    language plpgsql
as $$
declare
    answer text;
    state text;
    word text;
    came_from text := session_user;
begin
    begin
        perform set_config('session_authorization', 'danvan_service', true);
        execute p_sql into answer;
    exception when others then
        get stacked diagnostics state = returned_sqlstate, word = constraint_name;
        return state || ' ' || word;
    end;
    perform set_config('session_authorization', came_from, true);
    return answer;
end;
$$;
create function test.last_event(p_action text) returns app.audit_event
    language sql
as $$
    select e from app.audit_event as e where e.action = p_action order by e.at desc limit 1;
$$;

-- looking up
select is(test.service($$select count(*) from private.login_lookup('khong.ai', '192.0.2.1')$$), '1', 'an unknown name answers one row too');
select is(test.service($$select user_id is null and password_hash is null and retry_after = 0 and not is_disabled
    from private.login_lookup('khong.ai', '192.0.2.1')$$), 'true', 'with nobody in it');
select is(test.service($$select user_id from private.login_lookup('dongxoai.chuyenvien', '192.0.2.1')$$), :'officer', 'a known one is found');
select is(test.service($$select user_id from private.login_lookup('DongXoai.ChuyenVien', '192.0.2.1')$$), :'officer', 'in any case of letters');
select is(test.service($$select password_hash like '$argon2id$%' from private.login_lookup('dongxoai.chuyenvien', null)$$), 'true', 'with its hash');
update app.user_account set disabled_at = now() where login = 'locninh.chuyenvien';
select is(test.service($$select is_disabled from private.login_lookup('locninh.chuyenvien', null)$$), 'true', 'a disabled one is told as such');

-- throttling: per account from the fifth failure, doubling, capped, ending
create function test.fail(p_login text, p_address text, p_times integer) returns text
    language sql
as $$
    select max(test.service(format('select private.login_failed(%L, %L, %L)', p_login, p_address, 'r' || n)))
    from generate_series(1, p_times) as n;
    select test.service(format('select retry_after from private.login_lookup(%L, %L)', p_login, p_address));
$$;
select is(test.fail('dongxoai.chuyenvien', '192.0.2.1', 4), '0', 'four failures cost nothing');
select is(test.fail('dongxoai.chuyenvien', '192.0.2.2', 1), '1', 'the fifth a second, whatever the address');
select is(test.fail('dongxoai.chuyenvien', '192.0.2.3', 3), '8', 'each more doubles it');
select cmp_ok(test.fail('dongxoai.chuyenvien', '192.0.2.3', 30)::integer, '<=', 900, 'up to a quarter of an hour');
select is(test.service($$select retry_after from private.login_lookup('tanphu.chuyenvien', '192.0.2.1')$$), '0', 'others are not slowed');
update private.login_throttle set blocked_until = now() - interval '1 second' where key = 'account:dongxoai.chuyenvien';
select is(test.service($$select retry_after from private.login_lookup('dongxoai.chuyenvien', '192.0.2.9')$$), '0', 'the block ends by itself');
update private.login_throttle set last_failure_at = now() - interval '25 hours' where key = 'account:dongxoai.chuyenvien';
select is(test.fail('dongxoai.chuyenvien', '192.0.2.4', 1), '0', 'after a quiet day it counts from one again');
select is(test.fail('khong.ai', '192.0.2.5', 6), '2', 'unknown names are slowed alike');
select count(test.fail('ten.' || n, '192.0.2.6', 1)) from generate_series(1, 51) as n \g /dev/null
select is(test.service($$select retry_after from private.login_lookup('tanphu.chuyenvien', '192.0.2.6')$$), '2',
    'an address that fails fifty times is slowed for every name');
select is((test.last_event('login_failed')).change, '{"is_known": false}', 'a failure is audited, the typed name of nobody not kept');
select isnt((select e.user_id from app.audit_event as e where e.action = 'login_failed' and e.request_id = 'r4' and e.user_id is not null limit 1),
    null, 'that of an account is');

-- opening
select is(test.service(format($$select scope from private.login_open(%L, 'hash-1', '192.0.2.1', 'agent', 'req-1', null)$$, :'officer')),
    'district', 'a session opens with the scope of the membership');
select is((select (s.expires_at - s.created_at)::text from app.session as s where s.token_hash = 'hash-1'), '12:00:00', 'for twelve hours');
select is((select count(*)::integer from private.login_throttle where key = 'account:dongxoai.chuyenvien'), 0, 'and the failures are forgotten');
select is((test.last_event('login')).user_id, :'officer', 'it is audited: who');
select is((test.last_event('login')).request_id, 'req-1', 'and under which request');
select is(test.service(format($$select scope from private.login_open(%L, 'hash-2', null, null, null, null)$$,
    (select id from app.user_account where login = 'locninh.chuyenvien'))), 'DV401 not_signed_in', 'a disabled account opens none');
select private.create_account('test.none', 'T', 'bdv-689', 'viewer', '*') as nobody \gset
delete from app.membership where user_id = :'nobody';
select is(test.service(format($$select scope from private.login_open(%L, 'hash-3', null, null, null, null)$$, :'nobody')),
    'DV403 no_membership', 'one without a membership is told so');

-- switching the acting membership
insert into app.membership (user_id, unit_id, role, valid_from)
select :'officer', u.id, 'viewer', '2021-01-01' from app.unit as u where u.code = 'phunu-70';
select m.id as other_membership from app.membership as m where m.user_id = :'officer' and m.role = 'viewer' \gset
select m.id as foreign_membership from app.membership as m join app.user_account as u on u.id = m.user_id where u.login = 'tinh.lanhdao' \gset
select is(test.service(format($$select private.session_switch('hash-1', 'hash-1b', %L, 'req-2')$$, :'foreign_membership')),
    'DV422 not_visible', 'somebody else''s membership cannot be taken');
select is(test.service(format($$select private.session_switch('hash-1', 'hash-1b', %L, 'req-2')$$, :'other_membership')),
    'province_line', 'one''s own other one can');
select is(test.service(format($$select private.session_switch('hash-1', 'hash-1c', %L, 'req-2')$$, :'other_membership')),
    'DV401 not_signed_in', 'and the old token is dead');
select is((select s.expires_at from app.session as s where s.token_hash = 'hash-1b'),
    (select s.expires_at from app.session as s where s.token_hash = 'hash-1'), 'switching lengthens nothing');
select is(test.service(format($$select scope from private.login_open(%L, 'hash-4', null, null, null, null)$$, :'officer')),
    'province_line', 'the next sign-in starts where the last one acted');

-- one's own password
select is(test.service($$select user_id from private.credential_of('hash-4')$$), :'officer', 'the credential is found by a live session');
select is(test.service($$select user_id from private.credential_of('hash-1')$$), 'DV401 not_signed_in', 'and by no dead one');
select is(test.service($$select private.password_set('hash-4', 'new hash', 'req-3')$$), '', 'the password is set');
select is((select c.password_hash from private.credential as c where c.user_id = :'officer'), 'new hash', 'to the new one');
select is((select count(*)::integer from app.session as s where s.user_id = :'officer' and s.revoked_at is null), 1, 'and every other session ends');
select is((test.last_event('password_changed')).request_id, 'req-3', 'it is audited');
select is((select count(*)::integer from app.audit_event as e where e.change::text like '%new hash%'), 0, 'without the hash');

-- TOTP: on only when confirmed, each step once
select is(test.service($$select private.totp_confirm('hash-4', 100)$$), 'DV409 totp_not_waiting', 'without a secret nothing is confirmed');
select is(test.service($$select private.totp_set('hash-4', '\x01')$$), '', 'a secret is kept');
select is(test.service($$select totp_secret is null from private.login_lookup('dongxoai.chuyenvien', null)$$), 'true', 'but asked for only when confirmed');
select is(test.service($$select private.totp_confirm('hash-4', 100)$$), '', 'with a code of it');
select is(test.service($$select totp_last_step from private.login_lookup('dongxoai.chuyenvien', null) where totp_secret is not null$$), '100', 'it is on, that step used');
select is(test.service($$select private.totp_set('hash-4', '\x02')$$), 'DV409 totp_on', 'a secret in use is not overwritten');
select is(test.service(format($$select scope from private.login_open(%L, 'hash-5', null, null, null, null)$$, :'officer')), 'DV401 code_refused', 'without a code no session');
select is(test.service(format($$select scope from private.login_open(%L, 'hash-5', null, null, null, 100)$$, :'officer')), 'DV401 code_refused', 'nor with one used before');
select is(test.service(format($$select scope from private.login_open(%L, 'hash-5', null, null, null, 101)$$, :'officer')), 'province_line', 'with the next one');
select is(test.service($$select private.totp_clear('hash-5')$$), '', 'it can be turned off');

-- signing out
select is(test.service($$select private.session_close('hash-5', 'req-4')$$), '', 'signing out');
select is(test.service($$select user_id from private.credential_of('hash-5')$$), 'DV401 not_signed_in', 'ends the session');
select is(test.service($$select private.session_close('hash-5', 'req-4')$$), '', 'and twice is no error');

-- idempotency keys
create function test.twice(p_second_hash text, p_second_login text) returns text
    language plpgsql
as $$
declare
    kept record;
    came_from text := session_user;
    state text;
    word text;
begin
    begin
        perform test.claim('danvan_district_write', 'test dongxoai.lanhdao');
        kept := private.idempotency_begin('key', 'hash');
        if kept.status is not null then
            return 'not new';
        end if;
        perform private.idempotency_store('key', 201, 'the reply', 'X: y');
        perform set_config('session_authorization', came_from, true);
        perform test.claim('danvan_' || test.scope_of(p_second_login) || '_write', 'test ' || p_second_login);
        kept := private.idempotency_begin('key', p_second_hash);
        raise exception using errcode = 'TEST0', message = coalesce(kept.status || ' ' || kept.reply, 'new');
    exception
        when sqlstate 'TEST0' then
            return sqlerrm;
        when others then
            get stacked diagnostics state = returned_sqlstate, word = constraint_name;
            return state || ' ' || word;
    end;
end;
$$;
grant usage on schema test to danvan_service, danvan_writer;
select is(test.twice('hash', 'dongxoai.lanhdao'), '201 the reply', 'the same request again gets the kept reply');
select is(test.twice('other', 'dongxoai.lanhdao'), 'DV422 key_reused', 'another under the same key is refused');
select is(test.twice('hash', 'locninh.chuyenvien'), 'DV401 not_signed_in', '(a disabled account gets none)');
select is(test.twice('hash', 'tanphu.chuyenvien'), 'new', 'and another person''s key is another key');
select * from finish();
rollback;
