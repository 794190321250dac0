-- Models from registering to recognition and replication, drives, awards: states, who sees and writes what, counts.
begin;
\ir include/acting.sql
select plan(62);
update private.installation set mode = 'test', fixed_today = '2022-05-10';

select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
select pg_temp.add_user('t.officer', 'bdv-70', 'officer');
select pg_temp.add_user('t.dongxoai', 'bdv-689', 'leader');
select pg_temp.add_user('t.locninh', 'bdv-692', 'leader');
select pg_temp.add_user('t.bloc', 'kdv-25195', 'leader');
select pg_temp.add_user('t.bloc.officer', 'kdv-25195', 'officer');
select pg_temp.add_user('t.bloc.viewer', 'kdv-25195', 'viewer');
select pg_temp.add_user('t.women', 'phunu-25195', 'leader');

create function pg_temp.doc() returns uuid
    language sql return (select d.id from app.document as d where d.symbol = '217-QĐ/TW' limit 1);
create function pg_temp.model(p_name text) returns app.emulation_model
    language sql return (select m from app.emulation_model as m where m.name = p_name);
create function pg_temp.register(p_login text, p_name text, p_day text default '2022-02-01', p_field text default 'economy') returns text
    language sql return pg_temp.as_user(p_login, format(
        'insert into app.emulation_model (field, name, registered_on) values (%L, %L, %L) returning status || year', p_field, p_name, p_day));
create function pg_temp.command(p_login text, p_name text, p_command text, p_body text default '{}', p_version integer default null) returns text
    language sql return pg_temp.as_user(p_login, format('select api.emulation_model_%s(%L, %s, %L)', p_command,
        (pg_temp.model(p_name)).id, coalesce(p_version, (pg_temp.model(p_name)).version), p_body));
create function pg_temp.recognise(p_login text, p_name text) returns text
    language sql return pg_temp.command(p_login, p_name, 'recognise', format('{"document_id":"%s"}', pg_temp.doc()));
create function pg_temp.replicate(p_login text, p_name text, p_unit text, p_day text default '2022-05-01') returns text
    language sql return pg_temp.as_user(p_login, format(
        'insert into app.emulation_replication (model_id, unit_id, replicated_on) values (%L, %L, %L) returning ''done''',
        (pg_temp.model(p_name)).id, pg_temp.unit(p_unit), p_day));
create function pg_temp.sees(p_login text, p_name text) returns text
    language sql return pg_temp.as_user(p_login, format('select count(*) from api.emulation_models where name = %L', p_name));

-- registering
select is(pg_temp.register('t.bloc.viewer', 'TT 1'), '42501', 'a viewer registers nothing');
select is(pg_temp.register('t.bloc.officer', 'TT 1', '2022-05-11'), 'DV422 in_the_future registered_on', 'nobody ahead of time');
select is(pg_temp.register('t.bloc.officer', 'TT 1', p_field => 'sports'), '23514 emulation_model_field_choice', 'in one of four fields');
select is(pg_temp.register('t.bloc.officer', 'TT 1'), 'registered2022', 'an officer registers');
select is(pg_temp.register('t.bloc.officer', 'TT 2', '2022-03-01', 'political_system'), 'registered2022', 'and another');
select is(pg_temp.register('t.bloc.officer', 'TT 3', '2021-12-01'), 'registered2021', 'by the year of its day');
select is(pg_temp.register('t.women', 'TT nữ'), 'registered2022', 'as does another line');
select is(pg_temp.sees('t.dongxoai', 'TT 1'), '1', 'seen above');
select is(pg_temp.sees('t.locninh', 'TT 1'), '0', 'not beside');
select is(pg_temp.sees('t.women', 'TT 1'), '0', 'nor by another line there');
select is(pg_temp.sees('t.bloc', 'TT nữ'), '1', 'the bloc sees all lines of its commune');

-- effective
select is(pg_temp.command('t.bloc.officer', 'TT 1', 'confirm_effective'), 'DV403 not_permitted', 'a leader confirms');
select is(pg_temp.command('t.dongxoai', 'TT 1', 'confirm_effective'), 'DV403 not_permitted', 'of the unit itself');
select is(pg_temp.command('t.locninh', 'TT 1', 'confirm_effective'), 'DV404', 'and nobody who does not see it');
select is(pg_temp.recognise('t.dongxoai', 'TT 1'), 'DV409 wrong_state', 'nothing is recognised before');
select is(pg_temp.replicate('t.bloc', 'TT 1', 'phunu-25195'), 'DV409 wrong_state', 'nor replicated');
select is(pg_temp.command('t.bloc', 'TT 1', 'confirm_effective', p_version => 9), 'DV412', 'the version read');
select is(pg_temp.command('t.bloc', 'TT 1', 'confirm_effective'), '', 'effective');
select is(pg_temp.command('t.bloc', 'TT 3', 'confirm_effective'), '', 'in the year after');
select is(pg_temp.as_user('t.bloc.officer', $$update app.emulation_model set name = 'x' where name = 'TT 1' returning 1$$), 'DV409 wrong_state', 'its name stays');
select is(pg_temp.as_user('t.bloc.officer', $$update app.emulation_model set description = 'Cách làm' where name = 'TT 1' returning 1$$), '1', 'not how it is told');
select is(pg_temp.as_user('t.bloc.officer', $$delete from app.emulation_model where name = 'TT 1' returning 1$$), null, 'deleted no more');
select is(pg_temp.as_user('t.bloc.officer', $$update app.emulation_model set status = 'recognised' where name = 'TT 1'$$), '42501', 'states by command');

-- recognised, at the level of who does it
select is(pg_temp.command('t.dongxoai', 'TT 1', 'recognise'), 'DV422 required document_id', 'by a decision');
select is(pg_temp.recognise('t.bloc.officer', 'TT 1'), 'DV403 not_permitted', 'of a leader');
select is(pg_temp.recognise('t.bloc', 'TT 1'), '', 'the commune recognises its own');
select is(pg_temp.recognise('t.bloc', 'TT 1'), 'DV409 already_recognised', 'once');
update private.installation set fixed_today = '2022-05-20';
select is(pg_temp.recognise('t.leader', 'TT 1'), '', 'the province after it');
select is(pg_temp.recognise('t.dongxoai', 'TT 1'), 'DV409 already_recognised', 'the district comes late');
select is((select l.code || ' ' || (pg_temp.model('TT 1')).recognised_on from app.level as l where l.id = (pg_temp.model('TT 1')).recognition_level_id),
    'province 2022-05-10', 'the highest level, and the first day');
select is((pg_temp.model('TT 1')).recognised_by_unit_id, pg_temp.unit('bdv-70'), 'and who did it');
select is(pg_temp.sees('t.women', 'TT 1'), '1', 'it is there to be learnt from');
select is(pg_temp.as_user('t.dongxoai', $$select 'recognise' = any (actions) from api.emulation_models where name = 'TT 1'$$), 'false', 'no action for lower levels');

-- replicated
select is(pg_temp.replicate('t.bloc', 'TT 1', 'kdv-25195'), 'DV422 own_unit unit_id', 'elsewhere');
select is(pg_temp.replicate('t.bloc', 'TT 1', 'phunu-25195', '2022-01-01'), 'DV422 wrong_order replicated_on', 'afterwards');
select is(pg_temp.replicate('t.women', 'TT 1', 'phunu-25195'), '42501', 'not by whoever sees it');
select is(pg_temp.replicate('t.bloc', 'TT 1', 'phunu-25195'), 'done', 'by its owner');
select is(pg_temp.replicate('t.bloc', 'TT 1', 'phunu-25195'), '23505 emulation_replication_once', 'once');
select is(pg_temp.replicate('t.leader', 'TT 1', 'bdv-692'), 'done', 'or by who stands over it');
select is(pg_temp.sees('t.locninh', 'TT 1'), '1', 'who took it over sees it');
select is(pg_temp.as_user('t.leader', format('insert into app.emulation_replication (model_id, replicated_on) values (%L, ''2022-05-01'')', (pg_temp.model('TT 1')).id)),
    '23514 emulation_replication_place', 'at a unit or in an area');

-- counted: of those registered in the year, by the end of it
create function pg_temp.counts(p_login text, p_rest text) returns text
    language sql return pg_temp.as_user(p_login, format($$select string_agg(concat_ws(' ', year, field, registered, effective, recognised, replicated), ', ' order by year, field)
        from api.emulation_counts(%s, p_unit_id => %s, p_subtree => false)$$, p_rest, pg_temp.unit('kdv-25195')));
delete from app.emulation_model where owner_unit_id = pg_temp.unit('kdv-25195') and name not like 'TT %';
select is(pg_temp.counts('t.dongxoai', '2022'), '2022 economy 1 1 1 1, 2022 political_system 1 0 0 0', 'by year and field');
select is(pg_temp.counts('t.dongxoai', '2021'), '2021 economy 1 0 0 0', 'what became of it later is not of the year');
select is(pg_temp.counts('t.dongxoai', '2022, 2021'), '2021 economy 1 1 0 0, 2022 economy 1 1 1 1, 2022 political_system 1 0 0 0', 'over years, by their end');
select is(pg_temp.counts('t.dongxoai', '2022, p_as_of => ''2022-04-30'''), '2022 economy 1 0 0 0, 2022 political_system 1 0 0 0', 'as of a day');
select is(pg_temp.counts('t.locninh', '2022'), 'DV422 not_visible unit', 'in one''s scope');
select is(pg_temp.as_user('t.dongxoai', 'select count(*) from api.emulation_counts(2022, 2023)'), 'DV422 wrong_order since_year', 'years in order');
select is(pg_temp.as_user('t.dongxoai', 'select count(*) from api.emulation_counts(99999)'), 'DV422 out_of_range year', 'and of the calendar');
select is(pg_temp.as_user('t.dongxoai', $$select status from api.emulation_models_on('2022-05-09') where name = 'TT 1'$$), 'registered', 'the state of a day');
select is(pg_temp.command('t.bloc.officer', 'TT 1', 'end', '{"reason":"Không còn phù hợp"}'), '', 'ended');
select is(pg_temp.replicate('t.bloc', 'TT 1', 'ubnd-25195'), 'DV409 wrong_state', 'and no longer spread');
select is(pg_temp.as_user('t.bloc', format('delete from app.emulation_replication where model_id = %L returning 1', (pg_temp.model('TT 1')).id)), 'DV409 wrong_state', 'where it was taken over stays');
select is(pg_temp.counts('t.dongxoai', '2022'), '2022 economy 1 1 1 1, 2022 political_system 1 0 0 0', 'it was what it was');

-- drives and congresses
create function pg_temp.drive() returns app.emulation_drive
    language sql return (select d from app.emulation_drive as d where d.title = 'TT đợt');
create function pg_temp.drive_do(p_login text, p_command text) returns text
    language sql return pg_temp.as_user(p_login, format('select api.emulation_drive_%s(%L, %s)', p_command, (pg_temp.drive()).id, (pg_temp.drive()).version));
select is(pg_temp.as_user('t.officer', $$insert into app.emulation_drive (kind, title, starts_on, ends_on) values ('drive', 'TT đợt', '2022-05-01', '2022-10-15') returning status$$), 'planned', 'a drive');
select is(pg_temp.drive_do('t.bloc', 'launch'), 'DV404', 'below, nobody knows yet');
select is(pg_temp.drive_do('t.officer', 'launch'), 'DV403 not_permitted', 'a leader launches');
select is(pg_temp.drive_do('t.leader', 'sum_up'), 'DV409 wrong_state', 'before summing up');
select is(pg_temp.drive_do('t.leader', 'launch'), '', 'launched');
select is(pg_temp.as_user('t.bloc', $$select status from api.emulation_drives where title = 'TT đợt'$$), 'under_way', 'it flows down');
select is(pg_temp.drive_do('t.leader', 'sum_up') || pg_temp.as_user('t.officer', $$update app.emulation_drive set title = 'x' where title = 'TT đợt' returning 1$$), 'DV409 wrong_state', 'summed up it is read only');

-- awards
create function pg_temp.award(p_login text, p_groups integer, p_year integer default 2022) returns text
    language sql return pg_temp.as_user(p_login, format($$insert into app.award_count (year, form, awarding_level_id, group_count, awarded_on)
        values (%s, 'TT giấy khen', (select l.id from app.level as l where l.code = 'district'), %s, '2022-05-01') returning 'done'$$, p_year, p_groups));
select is(concat_ws(', ', pg_temp.award('t.bloc', 0), pg_temp.award('t.bloc', 2, 2021), pg_temp.award('t.bloc', 2), pg_temp.award('t.bloc', 3)),
    '23514 award_count_not_empty, 23514 award_count_of_year, done, 23505 award_count_once', 'counts of awards');
select is(pg_temp.as_user('t.leader', $$select group_count || ' ' || person_count from api.award_counts where form = 'TT giấy khen'$$), '2 0', 'seen above');

select * from finish();
rollback;
