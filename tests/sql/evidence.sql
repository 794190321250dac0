-- Files attached to records: who may attach, read and remove; that nothing stands without its whole
-- content, nothing is changed later, and no record takes more than its share.
begin;
\ir include/acting.sql
select plan(31);

select pg_temp.add_user('officer', 'bdv-689', 'officer');
select pg_temp.add_user('viewer', 'bdv-689', 'viewer');
select pg_temp.add_user('admin', 'bdv-689', 'admin');
select pg_temp.add_user('beside', 'bdv-692', 'officer');
select pg_temp.add_user('above', 'bdv-70', 'leader');

insert into app.document (id, symbol, kind, issuer, issued_on, subject, status, owner_unit_id)
select ('018f0000-0000-7000-8000-00000000000' || n)::uuid, 'THU-' || n, (select min(code) from app.document_kind),
    'Ban', '2021-11-01', 'Thử', status, pg_temp.unit('bdv-689')
from (values (1, 'draft'), (2, 'published')) as v (n, status);

create function pg_temp.add(p_document text, p_sha text default 'a', p_name text default 'a.pdf', p_size int default 5)
    returns text language sql as $$
    select format('select (api.evidence_add(%L, %L, %L, %L, %s, %L)).id::text', 'document',
        '018f0000-0000-7000-8000-00000000000' || p_document, p_name, 'application/pdf', p_size, repeat(p_sha, 64 / length(p_sha)));
$$;
-- A file of one piece, whole.
create function pg_temp.attach(p_login text, p_document text, p_sha text default 'a') returns uuid
    language plpgsql as $$
declare
    answer text := pg_temp.as_user(p_login, pg_temp.add(p_document, p_sha));
begin
    if answer !~ '^[0-9a-f-]{36}$' then
        raise exception 'not attached: %', answer;
    end if;
    if pg_temp.as_user(p_login, format('select api.evidence_put(%L, 0, %L)', answer, '\x0102030405')) like 'DV%' then
        raise exception 'no content';
    end if;
    set constraints all immediate;
    set constraints all deferred;
    return answer::uuid;
end;
$$;

-- who attaches -------------------------------------------------------------------------------------
select matches(pg_temp.rehearse('officer', pg_temp.add('1')), '^[0-9a-f-]{36}$', 'an officer attaches to a draft');
select matches(pg_temp.rehearse('officer', pg_temp.add('2')), '^[0-9a-f-]{36}$', 'and to what is published');
select is(pg_temp.rehearse('viewer', pg_temp.add('1')), 'DV403 not_permitted', 'a viewer does not');
select is(pg_temp.rehearse('admin', pg_temp.add('1')), 'DV403 not_permitted', 'nor an administrator');
select is(pg_temp.rehearse('beside', pg_temp.add('1')), 'DV404 not_found', 'a hidden record is none');
select is(pg_temp.rehearse('above', pg_temp.add('1')), 'DV404 not_found', 'above as well');
select is(pg_temp.rehearse('above', pg_temp.add('2')), 'DV403 not_permitted', 'who reads does not attach');
select is(pg_temp.rehearse('officer', pg_temp.add('9')), 'DV404 not_found', 'one that never was');

-- past the function
create function pg_temp.insert_as(p_unit text, p_user text) returns text language sql as $$
    select format('insert into app.evidence (document_id, unit_id, name, media_type, size, sha256, added_by)
        values (%L, %s, ''a.pdf'', ''application/pdf'', 5, repeat(''b'', 64), %L)',
        '018f0000-0000-7000-8000-000000000002', pg_temp.unit(p_unit),
        (select u.id from app.user_account as u where u.login = p_user));
$$;
select is(pg_temp.rehearse('beside', pg_temp.insert_as('bdv-689', 'beside')), '42501', 'not in another unit''s name');
select is(pg_temp.rehearse('above', pg_temp.insert_as('bdv-70', 'above')), '42501', 'not to another unit''s record');
select is(pg_temp.rehearse('officer', pg_temp.insert_as('bdv-689', 'above')), '42501', 'not in another person''s name');
select is(pg_temp.rehearse('viewer', pg_temp.insert_as('bdv-689', 'viewer')), '42501', 'not as a viewer');

-- content -------------------------------------------------------------------------------------------
create temp table made as select pg_temp.attach('officer', '1') as id;
grant select on made to public;
select is((select e.size from app.evidence as e, made where e.id = made.id), 5::bigint, 'a file with its content stands');
select is(pg_temp.as_user('officer', pg_temp.add('1')), (select id::text from made), 'sent again it is the same one');
select is((select count(*) from app.evidence as e where e.document_id = '018f0000-0000-7000-8000-000000000001'), 1::bigint,
    'and there is one');
select is(pg_temp.as_user('officer', (select format('select encode(p, ''hex'') from api.evidence_piece(%L, 0) as p', id) from made)),
    '0102030405', 'the officer reads it');
select is(pg_temp.as_user('beside', (select format('select encode(p, ''hex'') from api.evidence_piece(%L, 0) as p', id) from made)),
    null, 'who does not see the record reads nothing');
select is(pg_temp.as_user('above', (select format('select count(*) from api.evidence where id = %L', id) from made)), '0',
    'nor what it is called');

-- A later transaction: the same officer may not add to it.
update app.evidence set created_at = now() - interval '1 minute' where id = (select id from made);
select is(pg_temp.rehearse('officer', (select format('select api.evidence_put(%L, 1, %L)', id, '\x06') from made)), '42501',
    'nothing is added to a file later');
select is(pg_temp.rehearse('officer', (select format('update app.evidence set name = ''b.pdf'' where id = %L', id) from made)),
    '42501', 'a file is never renamed');
select is(pg_temp.rehearse('officer', (select format('delete from app.evidence_piece where evidence_id = %L', id) from made)),
    '42501', 'nor emptied');

create function pg_temp.incomplete(p_numbers int[], p_size int) returns text language plpgsql as $$
declare
    made_id text;
    word text;
begin
    begin
        made_id := pg_temp.as_user('officer', pg_temp.add('2', 'c', 'c.pdf', p_size));
        perform pg_temp.as_user('officer', format('select api.evidence_put(%L, %s, %L)', made_id, n, '\x0102'))
        from unnest(p_numbers) as n;
        set constraints all immediate;
        raise exception 'undo' using errcode = 'DVXXX';
    exception
        when sqlstate 'DVXXX' then return 'whole';
        when others then
            get stacked diagnostics word = constraint_name;
            return word;
    end;
end;
$$;
select is(pg_temp.incomplete(array[0, 1], 4), 'whole', 'two pieces of two bytes are four');
select is(pg_temp.incomplete(array[]::int[], 4), 'incomplete_file', 'no file without content');
select is(pg_temp.incomplete(array[0], 4), 'incomplete_file', 'nor with half of it');
select is(pg_temp.incomplete(array[0, 2], 4), 'incomplete_file', 'nor with a hole');
set constraints all deferred;

select throws_ok($$insert into app.evidence_piece values ((select id from made), 1, decode(repeat('00', 262145), 'hex'))$$,
    '23514', null, 'a piece has 256 KiB at most');
select matches(pg_temp.rehearse('officer', pg_temp.add('1', 'd', E'a\nb.pdf')), '^23514', 'no control character in a name');
select matches(pg_temp.rehearse('officer', pg_temp.add('1', 'd', 'a/b.pdf')), '^23514', 'no path in a name');

-- removal and number ---------------------------------------------------------------------------------
create temp table kept as select pg_temp.attach('officer', '2', 'e') as id;
select is(pg_temp.rehearse('officer', (select format('delete from app.evidence where id = %L', id) from kept)),
    'DV409 not_open', 'what is published keeps its files');

select count(pg_temp.attach('officer', '1', to_hex(n))) from generate_series(0, 15) as n where n <> 10;
insert into app.evidence (document_id, unit_id, name, media_type, size, sha256, added_by)
select '018f0000-0000-7000-8000-000000000001', pg_temp.unit('bdv-689'), 'x.pdf', 'application/pdf', 1,
    repeat('0', 63) || n, (select u.id from app.user_account as u where u.login = 'officer')
from generate_series(1, 4) as n;
select is((select count(*) from app.evidence where document_id = '018f0000-0000-7000-8000-000000000001'), 20::bigint,
    'twenty files');
select is(pg_temp.rehearse('officer', pg_temp.add('1', 'ab', 'u.pdf')), 'DV409 too_many_files', 'and no more');
select * from finish();
rollback;
