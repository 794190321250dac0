-- Administrators: what they may give, to whom, and that nobody rises above their own scope.
begin;
\ir include/fixture.sql
select plan(47);

select private.create_account('test.admin', 'Quản trị thử', 'bdv-689', 'admin', '*', false) as admin \gset
select private.create_account('test.phunu', 'Quản trị phụ nữ', 'phunu-689', 'admin', '*', false) as women_admin \gset
select private.create_account('test.below', 'Cấp dưới', 'kdv-25195', 'officer', '*', false) as below \gset
select private.create_account('test.outside', 'Huyện khác', 'bdv-692', 'officer', '*', false) as outside \gset
select private.create_account('test.wider', 'Kiêm nhiệm', 'kdv-25195', 'officer', '*', false) as wider \gset
insert into app.membership (user_id, unit_id, role) select :'wider', u.id, 'viewer' from app.unit as u where u.code = 'bdv-70';
select test.sign_in(l) from unnest(array['test.admin', 'test.phunu', 'test.below', 'test.outside', 'test.wider']) as l \g /dev/null
select id as bdv70 from app.unit where code = 'bdv-70' \gset
select id as bdv689 from app.unit where code = 'bdv-689' \gset
select id as bdv692 from app.unit where code = 'bdv-692' \gset
select id as kdv, area_id as ward from app.unit where code = 'kdv-25195' \gset
select id as women_ward from app.unit where code = 'phunu-25195' \gset

create function test.new_account(p_login text, p_unit_id integer) returns text
    language sql
as $$
    select test.attempt(p_login, format(
        'insert into app.user_account (id, login, display_name, home_unit_id) values (gen_random_uuid(), ''test.new'', ''T'', %s)', p_unit_id));
$$;
select is(test.new_account('test.admin', :kdv), 'rows 1', 'an administrator makes accounts in the subtree');
select is(test.new_account('test.admin', :bdv689), 'rows 1', 'and in the own unit');
select is(test.new_account('test.admin', :bdv70), '42501', 'not above, though the unit is seen');
select is(test.new_account('test.admin', :bdv692), 'DV422 not_visible', 'not beside: such a unit is not there');
select is(test.new_account('test.phunu', :women_ward), 'rows 1', 'a union''s administrator in the own line');
select isnt(test.new_account('test.phunu', :kdv), 'rows 1', 'not in another');
select is(test.new_account('dongxoai.lanhdao', :kdv), '42501', 'a leader makes none');
select is(test.attempt('test.admin', format('update app.user_account set home_unit_id = %s where id = %L', :bdv70, :'below')),
    '42501', 'an account cannot be moved out of the scope');
select is(test.attempt('test.admin', format('update app.user_account set disabled_at = now() where id = %L', :'below')),
    '42501', 'and is disabled by command only');
select is(test.attempt('test.admin', format('update app.user_account set province_key = 1 where id = %L', :'below')),
    '42501', 'nobody writes scope keys');

create function test.new_membership(p_login text, p_user uuid, p_unit_id integer, p_role text) returns text
    language sql
as $$
    select test.attempt(p_login, format(
        'insert into app.membership (id, user_id, unit_id, role) values (gen_random_uuid(), %L, %s, %L)', p_user, p_unit_id, p_role));
$$;
select is(test.new_membership('test.admin', :'below', :kdv, 'leader'), 'rows 1', 'an administrator gives roles in the subtree');
select is(test.new_membership('test.admin', :'below', :kdv, 'admin'), 'rows 1', 'that of administrator too');
select is(test.new_membership('test.admin', :'below', :bdv70, 'viewer'), '42501', 'none above');
select is(test.new_membership('test.admin', :'below', :bdv692, 'viewer'), 'DV422 not_visible', 'none beside');
select is(test.new_membership('test.admin', :'outside', :kdv, 'viewer'), 'DV422 not_visible', 'none to an account that is not seen');
select is(test.new_membership('test.admin', :'admin', :bdv689, 'leader'), '42501', 'and none to oneself');
select is(test.attempt('test.admin', format('update app.membership set role = ''leader'' where user_id = %L', :'admin')), 'rows 0',
    'nor changes the own');
select is(test.attempt('test.admin', format('update app.membership set role = ''leader'' where user_id = %L', :'below')), 'rows 1',
    'but others''');
select is(test.attempt('test.admin', format('update app.membership set user_id = %L where user_id = %L', :'admin', :'below')), '42501',
    'a membership is not handed over');
select is(test.attempt('test.admin', format('update app.membership set unit_id = %s where user_id = %L', :bdv689, :'below')), '42501',
    'nor moved');
savepoint opened;
drop policy membership_insert_never_own on app.membership;
select is(test.new_membership('test.admin', :'admin', :bdv689, 'leader'), 'rows 1', '(without the restrictive policy it would)');
rollback to opened;

-- passwords and disabling
select is(test.attempt('test.admin', format('select private.user_reset_password(%L, ''h'')', :'below')), 'rows 1', 'a password is reset in the scope');
select is(test.attempt('test.admin', format('select private.user_reset_password(%L, ''h'')', :'outside')), 'DV404 not_found', 'outside it nobody is there');
select is(test.attempt('test.admin', format('select private.user_reset_password(%L, ''h'')', gen_random_uuid())), 'DV404 not_found', 'and who is not answers alike');
select is(test.attempt('test.admin', format('select private.user_reset_password(%L, ''h'')', :'wider')), 'DV403 wider_account',
    'who also acts above the scope is out of reach: the password would open that too');
select is(test.attempt('test.admin', format('select private.user_reset_password(%L, ''h'')', :'admin')), 'DV403 own_account', 'one''s own is changed, not reset');
select is(test.attempt('dongxoai.lanhdao', format('select private.user_reset_password(%L, ''h'')', :'below')), 'DV403 admin_needed', 'a leader resets none');
select is(test.attempt('test.admin', format('select api.user_disable(%L, 1)', :'below')), 'rows 1', 'an account is disabled in the scope');
select is(test.attempt('test.admin', format('select api.user_disable(%L, 99)', :'below')), 'DV412 stale_version', 'with the version that was read');
select is(test.attempt('test.admin', format('select api.user_enable(%L, 1)', :'below')), 'DV409 wrong_state', 'what is on is not turned on');
select is(test.attempt('test.admin', format('select api.user_disable(%L, 1)', :'wider')), 'DV403 wider_account', 'who acts above is out of reach here too');

update private.credential set totp_secret = '\x01', totp_confirmed_at = now() where user_id = :'below';
create function test.after_reset(p_user uuid) returns text
    language plpgsql
as $$
declare
    answer text;
begin
    begin
        perform test.claim('danvan_district_write', 'test test.admin');
        perform private.user_reset_password(p_user, 'h');
        reset session authorization;
        select format('%s %s %s %s', u.must_change_password, c.password_hash, c.totp_secret is null,
            (select count(*) from app.session as s where s.user_id = u.id and s.revoked_at is null))
        into answer
        from app.user_account as u join private.credential as c on c.user_id = u.id where u.id = p_user;
        raise exception using errcode = 'TEST0', message = answer;
    exception when sqlstate 'TEST0' then
        return sqlerrm;
    end;
end;
$$;
select is(test.after_reset(:'below'), 't h t 0', 'a reset password serves once, ends every session and takes the second factor with it');
delete from private.credential where user_id = :'below';
select is(test.after_reset(:'below'), 't h t 0', 'an account that never had one gets its first that way');

-- sessions and tokens of others
select is(test.attempt('test.admin', format('select * from private.user_sessions(%L)', :'below')), 'rows 1', 'an administrator lists the sessions of an account');
select is(test.attempt('test.admin', format('select * from private.user_sessions(%L)', :'outside')), 'DV404 not_found', 'of the scope');
select is(test.attempt('tanphu.lanhdao', format('select * from private.user_sessions(%L)', :'below')), 'DV403 admin_needed', 'nobody else does');
select is(test.attempt('test.admin', format('select api.session_revoke(%L)', (select id from app.session where token_hash = 'test test.wider'))),
    'DV403 wider_account', 'nor ends those of an account that acts above');

-- a token makes no tokens
insert into app.api_token (token_hash, name, user_id, membership_id)
select 'test token', 'T', s.user_id, s.membership_id from app.session as s where s.token_hash = 'test test.below';
create function test.token_makes_token() returns text
    language plpgsql
as $$
begin
    perform test.claim('danvan_grassroots_write', 'test token', 'api_token');
    insert into app.api_token (id, token_hash, name) values (gen_random_uuid(), 'x', 'x');
    return 'made';
exception when others then
    return sqlstate;
end;
$$;
select is(test.token_makes_token(), '42501', 'an API token makes no further one');
select is(test.attempt('test.below', format('insert into app.api_token (id, token_hash, name, user_id) values (gen_random_uuid(), ''x'', ''x'', %L)', :'admin')),
    '42501', 'and nobody makes one for another');

-- units
select is(test.attempt('test.admin', format('insert into app.unit (area_id, line_id, kind, code) select %s, line_id, kind, ''test-new'' from app.unit where id = %s', :ward, :kdv)),
    'rows 1', 'an administrator adds units in the subtree');
select isnt(test.attempt('test.admin', format('insert into app.unit (area_id, line_id, kind, code) select area_id, line_id, kind, ''test-new'' from app.unit where id = %s', :bdv70)),
    'rows 1', 'not above it');
select is(test.attempt('test.admin', format('update app.unit set line_id = 2 where id = %s', :kdv)), '42501', 'and changes no unit''s line');
select is(test.attempt('test.admin', format('update app.unit set area_id = 1 where id = %s', :kdv)), '42501', 'nor its place');
prepare raise_level as insert into app.unit (area_id, level_id, line_id, kind, code)
    select u.area_id, 1, u.line_id, u.kind, 'test-new' from app.unit as u where u.code = 'kdv-25195';
select throws_ok('raise_level', 'DV422', null, 'a unit stands at the level of its area: made at another it would see the province');

-- me
select is(test.value('test.wider', $$select jsonb_array_length(memberships) || ' ' || role || ' ' || unit_code from api.me$$), '2 officer kdv-25195',
    'me tells every membership of mine, though the unit of another lies outside this scope');
select is(test.value('test.admin', 'select abilities::text from api.me'), '{accounts.manage,units.manage,audit.read}', 'and what the role is for');
select is(test.value('tanphu.chuyenvien', 'select count(*) from api.me'), '1', 'one row');
select * from finish();
rollback;
