-- The audit record: what goes in, that it is only ever added to, and that tampering is found.
begin;
\ir include/fixture.sql
select plan(36);

-- what goes in: run as an officer, look at the last event
create function test.event_after(p_login text, p_sql text) returns jsonb
    language plpgsql
as $$
declare
    answer jsonb;
begin
    begin
        perform test.claim('danvan_' || test.scope_of(p_login) || '_write', 'test ' || p_login);
        execute p_sql;
        reset session authorization;
        select to_jsonb(e) into answer from app.audit_event as e order by e.at desc limit 1;
        raise exception using errcode = 'TEST0', message = answer;
    exception when sqlstate 'TEST0' then
        return sqlerrm::jsonb;
    end;
end;
$$;
create temporary table made as
select test.event_after('dongxoai.chuyenvien',
    $$insert into app.document (id, symbol, kind, issuer, subject)
        select '01890000-0000-7000-8000-00000000d0c1', 'TEST', min(code), 'Ban', 'Văn bản thử' from app.document_kind$$) as e;
select is(e ->> 'action', 'create', 'a new row is an event') from made;
select is(e ->> 'resource', 'document', 'of its table') from made;
select is(e ->> 'resource_id', '01890000-0000-7000-8000-00000000d0c1', 'and id') from made;
select is(e ->> 'user_id', (select id::text from app.user_account where login = 'dongxoai.chuyenvien'), 'who') from made;
select is(e ->> 'unit_id', (select id::text from app.unit where code = 'bdv-689'), 'acting for which unit') from made;
select is(e ->> 'role', 'officer', 'as what') from made;
select is(e ->> 'remote_addr', '192.0.2.7', 'from where') from made;
select is(e ->> 'request_id', 'test-request', 'under which request') from made;
select is(e -> 'change' -> 'after' ->> 'subject', 'Văn bản thử', 'what') from made;
select ok(not e -> 'change' ? 'before' and not e -> 'change' -> 'after' ?| array['province_key', 'search', 'version'],
    'without what triggers keep') from made;
select is(e ->> 'district_key', (select district_key::text from app.unit where code = 'bdv-689'), 'with the acting unit''s keys') from made;

insert into app.document (id, symbol, kind, issuer, subject, owner_unit_id)
select '01890000-0000-7000-8000-00000000d0c2', 'TEST', k.code, 'Ban', 'Cũ', u.id
from app.unit as u, (select min(code) as code from app.document_kind) as k where u.code = 'bdv-689';
select is(test.event_after('dongxoai.chuyenvien',
        $$update app.document set subject = 'Mới' where id = '01890000-0000-7000-8000-00000000d0c2'$$) -> 'change',
    '{"before": {"subject": "Cũ"}, "after": {"subject": "Mới"}}', 'a change tells what changed and nothing else');
select is(test.event_after('dongxoai.chuyenvien',
        $$delete from app.document where id = '01890000-0000-7000-8000-00000000d0c2'$$) -> 'change' -> 'before' ->> 'subject',
    'Cũ', 'a deletion what was there');
select is((test.event_after('dongxoai.chuyenvien',
        $$insert into app.api_token (id, token_hash, name) values (gen_random_uuid(), 'secret hash', 'T')$$) -> 'change')::text
    like '%secret%', false, 'a token''s hash never enters');
select is((select e.role from app.audit_event as e where e.resource_id = '01890000-0000-7000-8000-00000000d0c2'),
    'db:' || session_user, 'work in psql is recorded under the database login');

-- only ever added to
select is(test.attempt('tinh.admin', 'update app.audit_event set action = action'), '42501', 'an administrator changes none');
select is(test.attempt('tinh.admin', 'delete from app.audit_event'), '42501', 'and removes none');
select is(test.attempt('tinh.admin', $$insert into app.audit_event (action, resource, digest) values ('x', 'x', '')$$), '42501', 'nor writes one by hand');
create function test.refusal(p_sql text, p_role text default null) returns text
    language plpgsql
as $$
begin
    if p_role is not null then
        perform set_config('role', p_role, true);
    end if;
    execute p_sql;
    return 'done';
exception when others then
    return sqlstate;
end;
$$;
select is(test.refusal('update app.audit_event set action = action'), 'DV403', 'even the superuser is refused a change');
select is(test.refusal('delete from app.audit_event'), 'DV403', 'a deletion');
select is(test.refusal('truncate app.audit_event'), 'DV403', 'and a truncation');
select is(test.refusal('update private.audit_seal set digest = digest', 'danvan_policy'), '42501', 'and seals are as firm');
select is(test.refusal('delete from app.audit_event', 'danvan_policy'), '42501', 'the definers'' role has no grant for it');

-- sealing: only what is over; this very transaction is not
select private.seal_audit() \g /dev/null
select is((select count(*)::integer from app.audit_event as e, private.audit_seal as s
    where e.xid = pg_current_xact_id() and s.up_to_xid > e.xid), 0, 'events of an open transaction are not sealed');
select is_empty('select * from private.verify_audit()', 'the record is whole');

-- Tampering, as somebody with the superuser's powers would: events of the past, sealed, then altered.
set local session_replication_role = replica;
delete from private.audit_seal;
update app.audit_event set xid = '3';
insert into app.audit_event (id, at, xid, user_id, action, resource, resource_id, digest)
select format('01890000-0000-7000-8000-0000000000%s', 10 + n)::uuid, now(), (3 + n)::text::xid8, null, 'test', 'test', n::text, ''
from generate_series(1, 6) as n;
update app.audit_event as e set digest = private.audit_digest(e);
-- three seals: up to 5, 7, and the horizon
insert into private.audit_seal (up_to_xid, event_count, digest, previous_digest)
select '5', count(*), sha256(string_agg(e.digest, '' order by e.xid, e.id)), null from app.audit_event as e where e.xid < '5';
insert into private.audit_seal (up_to_xid, event_count, digest, previous_digest)
select '7', count(*), sha256(s.digest || string_agg(e.digest, '' order by e.xid, e.id)), s.digest
from app.audit_event as e, private.audit_seal as s where e.xid >= '5' and e.xid < '7' group by s.digest;
set local session_replication_role = origin;
select cmp_ok(private.seal_audit(), '=', 3::bigint, 'the sealer goes on where the last seal ended');
select is_empty('select * from private.verify_audit()', 'six events under three seals are whole');

create function test.tamper(p_sql text) returns text
    language plpgsql
as $$
declare
    answer text;
begin
    begin
        perform set_config('session_replication_role', 'replica', true);
        execute p_sql;
        select string_agg(distinct f.fault, ' ' order by f.fault) into answer from private.verify_audit() as f;
        raise exception using errcode = 'TEST0', message = coalesce(answer, 'nothing');
    exception when sqlstate 'TEST0' then
        return sqlerrm;
    end;
end;
$$;
select is(test.tamper($$update app.audit_event set action = 'other' where resource_id = '3' and resource = 'test'$$),
    'changed_row', 'a changed event is found by its digest');
select is(test.tamper($$update app.audit_event as e set action = 'other',
        digest = private.audit_digest((e.id, e.at, e.xid, e.user_id, e.unit_id, e.role, e.remote_addr, e.request_id, 'other',
            e.resource, e.resource_id, e.change, e.province_key, e.district_key, e.grassroots_key,
            e.province_line_key, e.district_line_key, e.grassroots_line_key, e.digest)::app.audit_event)
        where resource_id = '3' and resource = 'test'$$),
    'broken_seal', 'with a new digest, by its seal');
select is(test.tamper($$delete from app.audit_event where resource_id = '2' and resource = 'test'$$), 'missing_row', 'a removed one is missed');
select is(test.tamper($$insert into app.audit_event (id, at, xid, action, resource, digest)
        values (gen_random_uuid(), now(), '6', 'x', 'x', '')$$), 'added_row changed_row', 'one slipped in is found');
select is(test.tamper($$delete from private.audit_seal where up_to_xid = '7'$$), 'added_row broken_chain',
    'a removed seal breaks the chain');
select is(test.tamper($$update private.audit_seal set digest = sha256('x') where up_to_xid = '5'$$), 'broken_chain broken_seal',
    'so does a rewritten one');
select is(test.refusal('select private.maintain()', 'danvan_service'), 'done', 'the service''s minute tick runs');
-- one step that fails holds up neither the next nor the sealing
reset role;
set local client_min_messages = error;
alter function private.report_expire_reopened() rename to mislaid;
update private.notice_round set told_on = told_on - 1;
select is(test.refusal('select private.maintain()', 'danvan_service'), 'done', 'a step that fails does not stop it');
reset role;
select is(bool_and(r.told_on >= private.installation_today()), true, 'the steps after it are done')
from private.notice_round as r;
select * from finish();
rollback;
