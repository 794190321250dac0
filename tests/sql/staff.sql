-- People and their posts: who sees, writes, reads the detail, moves and lends whom.
begin;
\ir include/acting.sql
select plan(155);
update private.installation set mode = 'test', fixed_today = '2021-11-15';
delete from app.staff;

select pg_temp.add_user('t.province', 'bdv-70', 'leader');
select pg_temp.add_user('t.board', 'bdv-689', 'leader');
select pg_temp.add_user('t.officer', 'bdv-689', 'officer');
select pg_temp.add_user('t.viewer', 'bdv-689', 'viewer');
select pg_temp.add_user('t.admin', 'bdv-689', 'admin');
select pg_temp.add_user('t.other', 'bdv-692', 'leader');
select pg_temp.add_user('t.bloc', 'kdv-25195', 'leader');
select pg_temp.add_user('t.self', 'kdv-25195', 'viewer');
select pg_temp.add_user('t.women', 'phunu-689', 'leader');
select pg_temp.add_user('t.women.officer', 'phunu-689', 'officer');

create function pg_temp.hire(p_login text, p_code text, p_name text, p_unit_code text default null) returns text
    language sql return pg_temp.as_user(p_login, format(
        'insert into app.staff (code, full_name, unit_id) values (%L, %L, coalesce(%L, private.my_unit())) returning code',
        p_code, p_name, pg_temp.unit(p_unit_code)));
create function pg_temp.staff(p_code text) returns app.staff
    language sql return (select s from app.staff as s where s.code = p_code);
create function pg_temp.appoint(p_login text, p_code text, p_position text, p_from text default '2021-01-01',
    p_kind text default 'primary', p_unit_code text default null) returns text
    language sql return pg_temp.as_user(p_login, format(
        'insert into app.appointment (staff_id, position_code, kind, valid_from, unit_id)
            values (%L, %L, %L, %L, coalesce(%L, private.my_unit())) returning position_code',
        (pg_temp.staff(p_code)).id, p_position, p_kind, p_from, pg_temp.unit(p_unit_code)));
create function pg_temp.command(p_login text, p_command text, p_code text, p_body jsonb default '{}', p_version integer default null)
    returns text
    language sql return pg_temp.as_user(p_login, format('select api.staff_%s(%L, %s, %L)', p_command,
        (pg_temp.staff(p_code)).id, coalesce(p_version, (pg_temp.staff(p_code)).version), p_body));
create function pg_temp.sees(p_login text) returns text
    language sql return pg_temp.as_user(p_login, $$select string_agg(code, ' ' order by code) from api.staff where code like 'T-%'$$);
create function pg_temp.posts(p_code text) returns text
    language sql return (
        select string_agg(concat_ws(' ', u.code, a.position_code, a.kind, a.valid_from, a.valid_to, a.end_cause), ', '
            order by a.valid_from, a.kind)
        from app.appointment as a join app.unit as u on u.id = a.unit_id
        where a.staff_id = (pg_temp.staff(p_code)).id);

-- writing: officers and leaders of the own unit
select is(pg_temp.hire('t.officer', 'T-1', 'Trần Thị Mẫu'), 'T-1', 'an officer takes a person on');
select is(pg_temp.hire('t.bloc', 'T-2', 'Lê Văn Thử'), 'T-2', 'a leader does');
select is(pg_temp.hire('t.women.officer', 'T-3', 'Phạm Thị Ví Dụ'), 'T-3', 'of any line');
select is(pg_temp.hire('t.other', 'T-4', 'Điểu Thử'), 'T-4', 'in any place');
select is(pg_temp.hire('t.viewer', 'T-5', 'A'), '42501', 'a viewer does not');
select is(pg_temp.hire('t.admin', 'T-5', 'A'), '42501', 'nor an administrator');
select is(pg_temp.hire('t.board', 'T-5', 'A', 'kdv-25195'), '42501', 'nor the unit above');
select is(pg_temp.hire('t.officer', 'T-5', 'A', 'kdv-25288'), 'DV422 not_visible unit_id', 'a hidden unit is not there');
select is(pg_temp.hire('t.officer', 'T 5', 'A'), '23514 staff_code_format', 'a code has its form');
select is(pg_temp.hire('t.other', 'T-1', 'A'), '23505 staff_code_once', 'and is one person''s');
select is(
    pg_temp.as_user('t.officer', $$update app.staff set full_name = 'Trần Thị Mẫu Mới' where code = 'T-1' returning full_name$$),
    'Trần Thị Mẫu Mới', 'a name is corrected by the own unit');
select is(pg_temp.as_user('t.province', $$update app.staff set full_name = 'X' where code = 'T-1' returning full_name$$), null,
    'not by the one above');
select is(pg_temp.as_user('t.officer', $$update app.staff set unit_id = 1 where code = 'T-1'$$), '42501', 'nobody moves by statement');
select is(pg_temp.as_user('t.officer', $$update app.staff set status = 'left', left_on = '2021-01-01'$$), '42501', 'or leaves by it');
select is(pg_temp.as_user('t.board', $$delete from app.staff$$), '42501', 'or is deleted');

-- seeing
select is(pg_temp.sees('t.province'), 'T-1 T-2 T-3 T-4', 'officers and leaders see their scope');
select is(pg_temp.sees('t.officer'), 'T-1 T-2 T-3', 'of the district');
select is(pg_temp.sees('t.viewer'), 'T-1', 'a viewer the own unit''s');
select is(pg_temp.sees('t.admin'), 'T-1', 'an administrator no more');
select is(pg_temp.sees('t.women'), 'T-3', 'a line its own');
select is(pg_temp.sees('t.other'), 'T-4', 'another district its own');

-- posts
select is(pg_temp.appoint('t.officer', 'T-1', 'officer'), 'officer', 'the own unit gives a post');
select is(pg_temp.appoint('t.bloc', 'T-2', 'bloc_deputy_head', '2020-05-01'), 'bloc_deputy_head', 'of its level');
select is(pg_temp.appoint('t.women', 'T-3', 'chair', '2020-01-01'), 'chair', 'of any');
select is(pg_temp.appoint('t.other', 'T-4', 'bloc_head'), 'DV422 wrong_level position_code', 'not of another');
select is(pg_temp.appoint('t.other', 'T-4', 'king'), '23503 appointment_position_code_fkey', 'nor one that is none');
select is(pg_temp.appoint('t.officer', 'T-1', 'board_deputy_head', '2021-03-01'), '23P01 appointment_one_primary', 'one first post at a time');
select is(pg_temp.appoint('t.officer', 'T-1', 'member', '2021-03-01', 'concurrent'), 'member', 'and further ones');
select is(pg_temp.appoint('t.officer', 'T-1', 'member', '2021-11-16', 'concurrent'), 'DV422 in_future valid_from', 'none begins to-morrow');
select is(pg_temp.appoint('t.officer', 'T-1', 'officer', '2021-03-01', 'secondment'), 'DV422 by_command kind', 'lending is a command');
select is(pg_temp.appoint('t.board', 'T-2', 'member', '2021-03-01', 'concurrent', 'bdv-689'), 'DV422 by_command unit_id', 'so is moving');
select is(pg_temp.appoint('t.viewer', 'T-1', 'member', '2021-04-01', 'concurrent'), '42501', 'a viewer gives none');
select is(pg_temp.appoint('t.other', 'T-1', 'member'), 'DV422 not_visible staff_id', 'a hidden person is not there');
select is(
    pg_temp.as_user('t.board', $$update app.appointment set valid_to = '2020-01-01' where kind = 'primary' and unit_id = private.my_unit()$$),
    '23514 appointment_dates', 'a post ends after it began');
select is(
    pg_temp.as_user('t.officer', $$select position_code || ' ' || position_name || ' ' || in_post_since || ' ' || unit_code || ' '
        || (further_posts -> 0 ->> 'position_name') from api.staff where code = 'T-1'$$),
    'officer Chuyên viên 2021-01-01 bdv-689 Ủy viên, thành viên', 'the list tells the post');
select is(
    (select string_agg((staff_id = (pg_temp.staff('T-1')).id) || ' ' || kind, ', ' order by kind) from private.staff_unit_on('2021-11-15')
        where unit_id = pg_temp.unit('bdv-689')),
    'true concurrent, true primary', 'so does the day');

-- qualifications
create function pg_temp.qualify(p_login text, p_kind text default 'professional') returns text
    language sql return pg_temp.as_user(p_login, format(
        'insert into app.qualification (staff_id, kind, degree) values (%L, %L, %L) returning degree',
        (pg_temp.staff('T-1')).id, p_kind, 'Đại học'));
select is(pg_temp.qualify('t.officer'), 'Đại học', 'the own unit records a qualification');
select is(pg_temp.qualify('t.officer'), '23505 qualification_once', 'once');
select is(pg_temp.qualify('t.officer', 'astrology'), '23514 qualification_kind_choice', 'of a kind there is');
select is(pg_temp.qualify('t.province', 'informatics'), '42501', 'not the one above');
select is(pg_temp.qualify('t.other', 'informatics'), 'DV422 not_visible staff_id', 'nor who does not see the person');
select is(pg_temp.as_user('t.province', 'select staff_code || degree from api.qualifications'), 'T-1Đại học', 'the scope sees it');
select is(pg_temp.as_user('t.viewer', $$update app.qualification set degree = 'Tiến sĩ' returning 1$$), null, 'a viewer changes none');
select is(pg_temp.rehearse('t.officer', 'delete from app.qualification returning degree'), 'Đại học', 'the own unit takes it back');

-- detail: written
select is(pg_temp.command('t.officer', 'change_detail', 'T-1',
    '{"born_on": "1990-05-17", "gender": "female", "is_ethnic_minority": true, "phone": "0912 345 678", "email": "mau@vidu.invalid"}'),
    '', 'the own unit writes the detail');
select is((select d.phone || ' ' || d.born_on from app.staff_detail as d), '0912 345 678 1990-05-17', 'as said');
select is(pg_temp.command('t.officer', 'change_detail', 'T-1', '{"phone": null}'), '', 'and corrects it');
select is((select d.phone is null and d.born_on = '1990-05-17' from app.staff_detail as d), true, 'only what is named');
select is(pg_temp.command('t.officer', 'change_detail', 'T-1', '{"phone": "0912 345 678"}', 1),
    'DV412', 'not over what another wrote');
select is(pg_temp.command('t.officer', 'change_detail', 'T-1', '{"phone": "0912 345 678"}'), '', 'who looks again may');
select is(pg_temp.command('t.officer', 'change_detail', 'T-1'), 'DV422 required born_on', 'something must be said');
select is(pg_temp.command('t.officer', 'change_detail', 'T-1', '{"born_on": "1890-01-01"}'), 'DV422 out_of_range born_on', 'a day of this age');
select is(pg_temp.command('t.officer', 'change_detail', 'T-1', '{"born_on": "2021-11-16"}'), 'DV422 out_of_range born_on', 'not to come');
select is(pg_temp.command('t.officer', 'change_detail', 'T-1', '{"gender": "x"}'), 'DV422 not_a_choice gender', 'a choice');
select is(pg_temp.command('t.officer', 'change_detail', 'T-1', '{"is_ethnic_minority": "yes"}'), 'DV422 wrong_type is_ethnic_minority', 'yes or no');
select is(pg_temp.command('t.officer', 'change_detail', 'T-1', '{"phone": "call me"}'), 'DV422 bad_format phone', 'a number');
select is(pg_temp.command('t.officer', 'change_detail', 'T-1', '{"email": "at home"}'), 'DV422 bad_format email', 'an address');
select is(pg_temp.command('t.province', 'change_detail', 'T-1', '{"phone": "0912 000 000"}'), 'DV403 not_permitted', 'not the one above');
select is(pg_temp.command('t.viewer', 'change_detail', 'T-1', '{"phone": "0912 000 000"}'), 'DV403 not_permitted', 'nor a viewer');
select is(pg_temp.command('t.other', 'change_detail', 'T-1', '{"phone": "0912 000 000"}'), 'DV404', 'nor who does not see the person');

-- detail: read
create function pg_temp.reads(p_login text, p_purpose text, p_code text default 'T-1') returns text
    language sql return pg_temp.command(p_login, 'read_detail', p_code, jsonb_build_object('purpose', p_purpose), null);
select is(pg_temp.as_user('t.board', 'select born_on from app.staff_detail'), '42501', 'nobody selects the detail');
select is(pg_temp.reads('t.officer', 'contact')::jsonb -> 'detail',
    '{"phone": "0912 345 678", "email": "mau@vidu.invalid"}', 'to reach a person the number is enough');
select is(pg_temp.reads('t.officer', 'appointment')::jsonb -> 'detail',
    '{"born_on": "1990-05-17", "gender": "female", "is_ethnic_minority": true}', 'for a post the rest');
select is(pg_temp.reads('t.officer', 'curiosity'), 'DV422 not_a_choice purpose', 'for no other purpose');
select is(pg_temp.reads('t.officer', null), 'DV422 required purpose', 'nor for none');
select is(pg_temp.reads('t.province', 'appointment')::jsonb -> 'detail' ->> 'born_on', '1990-05-17', 'a leader of the direct superior for a post');
select is(pg_temp.reads('t.province', 'contact'), 'DV403 not_permitted', 'and nothing else');
select is(pg_temp.reads('t.board', 'appointment', 'T-3'), 'DV403 not_permitted', 'not the board beside');
select is(pg_temp.reads('t.viewer', 'contact'), 'DV403 not_permitted', 'nor a viewer');
select is(pg_temp.reads('t.admin', 'contact'), 'DV403 not_permitted', 'nor an administrator');
select is(pg_temp.reads('t.other', 'appointment'), 'DV404', 'nor who does not see the person');
select is(
    (select string_agg(e.change::text, ' ' order by e.at) from app.audit_event as e where e.action = 'read_detail' and e.request_id = 'test'),
    '{"fields": ["phone", "email"], "purpose": "contact"} {"fields": ["born_on", "gender", "is_ethnic_minority"], "purpose": "appointment"} {"fields": ["born_on", "gender", "is_ethnic_minority"], "purpose": "appointment"}',
    'each reading is on record: for what, not what');
create function pg_temp.link(p_login text, p_account text, p_code text) returns text
    language sql return pg_temp.as_user(p_login, format('update app.staff set user_id = %L where code = %L returning code',
        (select u.id from app.user_account as u where u.login = p_account), p_code));
select is(pg_temp.link('t.officer', 't.officer', 'T-1'), 'DV403 leader_needed user_id', 'nobody makes a record their own');
select is(pg_temp.link('t.bloc', 't.other', 'T-2'), 'DV422 not_visible user_id', 'a hidden account is not there');
select is(pg_temp.link('t.bloc', 't.self', 'T-2'), 'T-2', 'a leader says whose account is whose');
select is(pg_temp.reads('t.self', 'contact', 'T-2')::jsonb -> 'detail',
    '{"born_on": null, "gender": null, "is_ethnic_minority": null, "phone": null, "email": null}', 'a person reads all of their own');
select is(pg_temp.command('t.self', 'export', 'T-2')::jsonb -> 'document' -> 'staff' ->> 'full_name', 'Lê Văn Thử', 'and takes it home');
select is(
    (select array_agg(r ->> 'action') from jsonb_array_elements(pg_temp.command('t.self', 'export', 'T-2')::jsonb -> 'reads') as r),
    array['read_detail', 'export', 'export'], 'with who has read it');
select is(pg_temp.command('t.board', 'export', 'T-1')::jsonb -> 'document' -> 'detail' ->> 'phone', '0912 345 678', 'a leader of the unit exports');
select is(pg_temp.command('t.officer', 'export', 'T-1'), 'DV403 not_permitted', 'an officer does not');
select is(pg_temp.command('t.province', 'export', 'T-1'), 'DV403 not_permitted', 'nor the one above');

-- moving
create function pg_temp.move(p_login text, p_code text, p_unit text, p_position text, p_from text default '2021-11-01', p_command text default 'transfer')
    returns text
    language sql return pg_temp.command(p_login, p_command, p_code, jsonb_build_object(
        'unit_id', pg_temp.unit(p_unit), 'position_code', p_position, 'valid_from', p_from, 'legal_basis', 'QĐ 1'));
select is(pg_temp.move('t.bloc', 'T-2', 'bdv-689', 'officer'), 'DV403 not_permitted', 'nobody sends a person up');
select is(pg_temp.move('t.officer', 'T-2', 'bdv-689', 'officer'), 'DV403 not_permitted', 'an officer decides nothing');
select is(pg_temp.move('t.board', 'T-2', 'bdv-689', 'bloc_head'), 'DV422 wrong_level position_code', 'to a post there is there');
select is(pg_temp.move('t.board', 'T-2', 'bdv-689', 'officer', '2021-11-16'), 'DV422 in_future valid_from', 'from a day that has come');
select is(pg_temp.move('t.board', 'T-2', 'bdv-689', 'officer', '2020-05-01'), 'DV422 wrong_order valid_from', 'after the post before');
select is(pg_temp.move('t.board', 'T-2', 'bdv-689', 'officer'), '', 'the receiving unit over the other decides');
select is(pg_temp.posts('T-2'), 'kdv-25195 bloc_deputy_head primary 2020-05-01 2021-11-01 transfer, bdv-689 officer primary 2021-11-01',
    'one post ends where the next begins');
select is(pg_temp.sees('t.bloc'), null, 'who left is the other unit''s');
select is(pg_temp.move('t.board', 'T-1', 'bdv-692', 'officer'), 'DV422 not_visible unit_id', 'a leader does not send sideways what is not seen');
select is(pg_temp.move('t.province', 'T-1', 'bdv-692', 'officer'), '', 'who stands over both does');
select is(pg_temp.posts('T-1'), 'bdv-689 officer primary 2021-01-01 2021-11-01 transfer, '
    'bdv-689 member concurrent 2021-03-01 2021-11-01 transfer, bdv-692 officer primary 2021-11-01', 'further posts end with the first');
select is(pg_temp.move('t.women', 'T-3', 'phunu-25195', 'vice_chair', '2021-11-01', 'second'), '', 'a union lends within its line');
select is(
    (select string_agg(d.code, ' ' order by d.code) from app.staff as d where d.code = 'T-3' and d.unit_id = pg_temp.unit('phunu-689')), 'T-3',
    'and keeps the person');
select is(pg_temp.move('t.province', 'T-3', 'phunu-689', 'member', '2021-11-01', 'second'), 'DV422 same_unit unit_id', 'not to where they are');
select is(pg_temp.move('t.women', 'T-3', 'phunu-25195', 'vice_chair', '2021-11-02', 'second'), '23P01 appointment_no_overlap', 'not twice at a time');
select is(
    pg_temp.command('t.women', 'second', 'T-3', jsonb_build_object('unit_id', pg_temp.unit('phunu-25198'), 'position_code', 'member',
        'valid_from', '2021-11-01', 'valid_to', '2021-10-01')), 'DV422 wrong_order valid_to', 'not to a day before');
select pg_temp.add_user('t.women.commune', 'phunu-25195', 'leader');
select is(pg_temp.sees('t.women.commune'), 'T-3', 'where a person is lent, the name is known');
select is(pg_temp.reads('t.women.commune', 'contact', 'T-3'), 'DV403 not_permitted', 'and no more');
select is(pg_temp.as_user('t.women.commune', $$select string_agg(staff_code || ' ' || kind, ', ' order by kind)
    from api.appointments where staff_code = 'T-3'$$), 'T-3 primary, T-3 secondment', 'but the posts');

-- ending
create function pg_temp.ends(p_login text, p_code text, p_kind text, p_body jsonb default '{}') returns text
    language sql return (
        select pg_temp.as_user(p_login, format('select api.appointment_end(%L, %s, %L)', a.id, a.version, p_body))
        from app.appointment as a
        where a.staff_id = (pg_temp.staff(p_code)).id and a.kind = p_kind
        order by a.valid_from desc limit 1);
select is(pg_temp.ends('t.women.officer', 'T-3', 'secondment'), 'DV403 not_permitted', 'an officer ends no post');
select is(pg_temp.ends('t.women.commune', 'T-3', 'primary'), 'DV403 not_permitted', 'who borrows does not end the first post');
select is(pg_temp.ends('t.other', 'T-3', 'secondment'), 'DV404', 'what is hidden is not there');
select is(pg_temp.ends('t.women.commune', 'T-3', 'secondment', '{"valid_to": "2021-10-01"}'), 'DV422 wrong_order valid_to', 'a post ends after it began');
select is(pg_temp.ends('t.women.commune', 'T-3', 'secondment', '{"end_cause": "reorganisation"}'), 'DV422 not_a_choice end_cause', 'nobody says a reorganisation');
select is(pg_temp.ends('t.women.commune', 'T-3', 'secondment'), '', 'who borrows sends back');
select is(pg_temp.ends('t.women', 'T-3', 'secondment'), 'DV409 wrong_state', 'once');
select is(pg_temp.sees('t.women.commune'), null, 'and knows the person no more');

-- leaving
select is(pg_temp.command('t.women.officer', 'leave', 'T-3'), 'DV403 not_permitted', 'a leader of the unit lets go');
select is(pg_temp.command('t.province', 'leave', 'T-3'), 'DV403 not_permitted', 'not the one above');
select is(pg_temp.command('t.women', 'leave', 'T-3', '{"left_on": "2021-11-16"}'), 'DV422 in_future left_on', 'not ahead of time');
select is(pg_temp.command('t.women', 'leave', 'T-3', '{"left_on": "2019-01-01"}'), 'DV422 wrong_order left_on', 'not before the posts');
select is(pg_temp.command('t.women', 'leave', 'T-3', '{"end_cause": "fired"}'), 'DV422 not_a_choice end_cause', 'for a cause there is');
select is(pg_temp.command('t.women', 'reinstate', 'T-3'), 'DV409 wrong_state', 'who works is not taken back');
select is(pg_temp.command('t.women', 'leave', 'T-3', '{"end_cause": "retired"}'), '', 'as of to-day');
select is((pg_temp.staff('T-3')).status || ' ' || (pg_temp.staff('T-3')).left_on, 'left 2021-11-15', 'it is told');
select is(pg_temp.posts('T-3'), 'phunu-689 chair primary 2020-01-01 2021-11-15 retired, '
    'phunu-25195 vice_chair secondment 2021-11-01 2021-11-15 end_of_term', 'and ends every post');
select is(pg_temp.command('t.women', 'leave', 'T-3'), 'DV409 wrong_state', 'once');
select is(pg_temp.move('t.women', 'T-3', 'phunu-25195', 'vice_chair'), 'DV409 wrong_state', 'who left is not moved');
select is(pg_temp.appoint('t.women', 'T-3', 'member', '2021-11-15', 'concurrent'), 'DV409 wrong_state', 'or given a post');
select is(pg_temp.command('t.women', 'reinstate', 'T-3'), '', 'who comes back is taken back');
select is(pg_temp.appoint('t.women', 'T-3', 'member', '2021-11-15'), 'member', 'and given a post anew');

-- by hand as by command: a leader ends, and corrects what has ended
select pg_temp.hire('t.board', 'T-6', 'Hoàng Văn Sửa') \g /dev/null
select pg_temp.appoint('t.board', 'T-6', 'officer', '2020-01-01') \g /dev/null
create function pg_temp.amend(p_login text, p_change text, p_code text default 'T-6') returns text
    language sql return pg_temp.as_user(p_login, format(
        'update app.appointment set %s where staff_id = %L and kind = ''primary''
            returning concat_ws('' '', position_code, valid_from, valid_to, end_cause)',
        p_change, (pg_temp.staff(p_code)).id));
create function pg_temp.may(p_login text, p_code text default 'T-6') returns text
    language sql return pg_temp.as_user(p_login, format(
        'select array_to_string(actions, '' '') from api.appointments where staff_id = %L and kind = ''primary''',
        (pg_temp.staff(p_code)).id));
select is(pg_temp.amend('t.officer', $$position_code = 'employee', valid_from = '2020-02-01', legal_basis = 'QĐ 7'$$), 'employee 2020-02-01',
    'an officer corrects a post that runs');
select is(pg_temp.may('t.officer'), 'update', 'as the list says');
select is(pg_temp.amend('t.officer', $$valid_to = '2021-11-01'$$), 'DV403 leader_needed valid_to', 'and does not end it');
select is(pg_temp.amend('t.officer', $$valid_to = '2022-11-01'$$), 'DV403 leader_needed valid_to', 'on no day');
select is(pg_temp.amend('t.board', $$valid_to = '2021-11-01', end_cause = 'reorganisation'$$), 'DV422 not_a_choice end_cause', 'nobody says a reorganisation');
select is(pg_temp.amend('t.board', $$valid_to = '2021-11-01', end_cause = 'retired'$$), 'employee 2020-02-01 2021-11-01 retired', 'a leader does');
select is(pg_temp.amend('t.officer', 'valid_to = null, end_cause = null'), 'DV403 leader_needed valid_to', 'an officer opens it no more');
select is(pg_temp.amend('t.officer', $$valid_to = '2021-11-02'$$), 'DV403 leader_needed valid_to', 'nor lengthens it');
select is(pg_temp.amend('t.officer', $$end_cause = 'left'$$), 'DV403 leader_needed end_cause', 'nor says why otherwise');
select is(pg_temp.amend('t.officer', $$position_code = 'officer'$$), 'DV403 leader_needed position_code', 'nor what it was');
select is(pg_temp.amend('t.officer', $$valid_from = '2020-03-01'$$), 'DV403 leader_needed valid_from', 'nor since when');
select is(pg_temp.amend('t.officer', $$legal_basis = 'QĐ 8'$$), 'DV403 leader_needed legal_basis', 'nor by what');
select is(pg_temp.may('t.officer'), '', 'as the list says');
select is(pg_temp.may('t.board'), 'update delete', 'of both');
select is(pg_temp.amend('t.officer', 'position_code = position_code, valid_to = valid_to'), 'employee 2020-02-01 2021-11-01 retired', 'what is said again changes nothing');
select is(pg_temp.amend('t.board', $$valid_to = '2021-11-03', end_cause = 'left'$$), 'employee 2020-02-01 2021-11-03 left', 'a slip is the leader''s to correct');
select pg_temp.command('t.board', 'leave', 'T-6') \g /dev/null
select is(pg_temp.amend('t.board', 'valid_to = null, end_cause = null'), 'DV409 wrong_state', 'of who left no post goes on');
select is(pg_temp.amend('t.board', $$valid_to = '2021-11-16'$$), 'DV409 wrong_state', 'past the day they left');
select is(pg_temp.amend('t.board', $$valid_to = '2021-11-04'$$), 'employee 2020-02-01 2021-11-04 left', 'up to it a day is corrected');

-- a unit that has ended: who finds its people a place
update app.appointment set valid_to = '2021-11-10', end_cause = 'reorganisation', moves_to_unit_id = pg_temp.unit('bdv-692')
    where staff_id = (pg_temp.staff('T-2')).id and valid_to is null;
update app.unit set is_active = false where code = 'bdv-689';
select is(pg_temp.move('t.bloc', 'T-2', 'kdv-25195', 'bloc_deputy_head', '2021-11-12'), 'DV404', 'not whoever stood below');
select is(pg_temp.move('t.province', 'T-2', 'bdv-689', 'officer', '2021-11-12'), 'DV422 not_active unit_id', 'not back to what is no more');
select is(pg_temp.move('t.province', 'T-2', 'bdv-692', 'officer', '2021-11-12', 'second'), '', 'who stands over the successor may lend them there');
update app.area as a set parent_id = (select x.area_id from app.unit as x where x.code = 'bdv-692')
    from app.unit as u where u.code = 'bdv-689' and a.id = u.area_id;
select is(pg_temp.reads('t.other', 'record_check', 'T-2')::jsonb -> 'purpose', '"record_check"', 'the successor keeps the record');
select is(pg_temp.as_user('t.other', $$select count(*) from api.appointments where moves_to_unit_id = private.my_unit()$$), '1', 'finds who is to be placed');
select is(pg_temp.move('t.other', 'T-2', 'bdv-692', 'officer', '2021-11-12'), '', 'and gives them a place');
select is((pg_temp.staff('T-2')).unit_id, pg_temp.unit('bdv-692'), 'and the person is of that unit');
update app.unit set is_active = true where code = 'bdv-689';

-- keys follow
select is((pg_temp.staff('T-2')).district_key, (select u.district_key from app.unit as u where u.code = 'bdv-692'), 'a person stands where the unit stands');
update app.area as a set parent_id = (select x.area_id from app.unit as x where x.code = 'bdv-692')
    from app.unit as u where u.code = 'kdv-25195' and a.id = u.area_id;
select is(
    (select string_agg(distinct a.district_key::text, ' ') from app.appointment as a where a.unit_id = pg_temp.unit('kdv-25195')),
    (select u.district_key::text from app.unit as u where u.code = 'bdv-692'), 'and follows it when it moves, past posts too');

-- nothing personal in the record, nor anywhere that is read
select is(
    (select count(*) from app.audit_event as e
        where e.change::text ~ '(0912 |1990-05-17|female|vidu.invalid|Trần Thị Mẫu|Lê Văn Thử)'), 0::bigint, 'the record tells nothing of a person');
select is(
    (select string_agg(distinct e.change ->> 'fields', ' ') from app.audit_event as e
        where e.resource = 'staff_detail' and e.resource_id = (pg_temp.staff('T-1')).id::text),
    '["born_on", "email", "gender", "is_ethnic_minority", "phone"] ["phone"]', 'but which fields were given');
select is_empty(
    $$select c.table_schema || '.' || c.table_name || '.' || c.column_name from information_schema.columns as c
        where c.table_schema in ('app', 'api', 'report', 'private')
            and c.column_name in ('born_on', 'gender', 'is_ethnic_minority', 'phone')
            and c.table_schema || '.' || c.table_name <> 'app.staff_detail'$$,
    'no view has a column of the detail');
select is_empty(
    $$select c.table_schema || '.' || c.table_name || '.' || c.column_name from information_schema.columns as c
        where c.table_schema in ('app', 'api', 'report', 'private')
            and c.column_name ~ '(religion|ton_giao|faith|church|belief|dignitar)'$$,
    'and nothing anywhere is about religion');
select is_empty(
    $$select r.rolname from pg_catalog.pg_roles as r
        where r.rolname like 'danvan%' and r.rolname not in ('danvan_owner', 'danvan_policy')
            and has_any_column_privilege(r.rolname, 'app.staff_detail', 'select')$$,
    'and nobody may select it');
select finish();
rollback;
