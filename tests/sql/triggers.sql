-- What the tables keep by themselves.
begin;
\ir include/fixture.sql
select plan(44);

-- scope keys: an area's, with a second province, a district-less commune and a hamlet
insert into app.area (level_id, parent_id) values (1, null) returning id as province \gset
insert into app.area (level_id, parent_id) values (2, :province) returning id as district \gset
insert into app.area (level_id, parent_id) values (3, :district) returning id as commune \gset
insert into app.area (level_id, parent_id) values (3, :commune) returning id as hamlet \gset
insert into app.area (level_id, parent_id) values (3, :province) returning id as new_commune \gset
create function test.keys(p_area_id integer) returns text
    language sql
as $$
    select concat_ws(' ', coalesce(a.province_key, 0), coalesce(a.district_key, 0), coalesce(a.grassroots_key, 0))
    from app.area as a where a.id = p_area_id;
$$;
select is(test.keys(:province), format('%s 0 0', :province), 'a province is its own key');
select is(test.keys(:commune), format('%s %s %s', :province, :district, :commune), 'a commune carries all above it');
select is(test.keys(:hamlet), format('%s %s %s', :province, :district, :commune), 'a hamlet belongs to its commune');
select is(test.keys(:new_commune), format('%s 0 %s', :province, :new_commune), 'a commune straight under a province has no district');

insert into app.unit (area_id, line_id, kind, code) select :commune, u.line_id, u.kind, 'test-phunu' from app.unit as u where u.code = 'phunu-25195'
returning id as unit \gset
insert into app.unit_version (unit_id, name, area_id, valid_from) values (:unit, 'Thử', :commune, '2021-01-01');
select is((select concat_ws(' ', level_id, province_key, district_key, grassroots_key, grassroots_line_key) from app.unit where id = :unit),
    format('3 %s %s %s %s', :province, :district, :commune, :commune * 100 + 9), 'a unit carries its area''s keys, its level, and keys with its line');
prepare foreign_parent as insert into app.unit (area_id, line_id, kind, code, parent_id)
    select a.id, 1, 'provincial_board_office', 'test-office', u.id from app.area as a, app.unit as u
    where a.level_id = 2 and u.code = 'bdv-70' limit 1;
select throws_ok('foreign_parent', 'DV422', null, 'an office stands where its unit stands');

-- copied on
select private.create_account('test.moved', 'T', 'test-phunu', 'officer', '*', false) as account \gset
insert into app.document (kind, issuer, subject, owner_unit_id) select min(code), 'T', 'T', :unit from app.document_kind
returning id as document \gset
insert into app.plan (number, title, issuer_unit_id, period_from, period_to) values ('T', 'T', :unit, '2021-01-01', '2025-12-31')
returning id as plan \gset
insert into app.plan_item (plan_id, kind, code, outline, position, title) values (:'plan', 'task', 'T', '1', 1, 'T') returning id as item \gset
insert into app.assignment (plan_id, plan_item_id, lead_unit_id, level_id, occurrence, starts_on, due_on, line_id)
values (:'plan', :'item', :unit, 3, 'T', '2021-01-01', '2021-06-30', 1) returning id as assignment \gset
create function test.line_keys(p_table text, p_id text) returns text
    language plpgsql
as $$
declare
    answer text;
begin
    execute format('select concat_ws('' '', province_key, district_key, grassroots_key, coalesce(province_line_key, 0), grassroots_line_key) from app.%I where id::text = $1', p_table)
    into answer using p_id;
    return answer;
end;
$$;
select format('%s %s %s %s %s', :province, :district, :commune, :province * 100 + 9, :commune * 100 + 9) as expected \gset
select is(test.line_keys('user_account', :'account'), :'expected', 'an account carries its home unit''s keys');
select is(test.line_keys('membership', (select id::text from app.membership where user_id = :'account')), :'expected', 'a membership its unit''s');
select is(test.line_keys('document', :'document'), :'expected', 'a document its owner''s');
select is(test.line_keys('plan', :'plan'), :'expected', 'a plan its issuer''s');
select is(test.line_keys('assignment', :'assignment'), :'expected', 'an assignment its lead''s, and its line');
select is((select line_id::integer from app.assignment where id = :'assignment'), 9, 'whatever line was said');
select is((select owner_area_id from app.document where id = :'document'), :commune, 'and the area a document flows down from');
select is((select valid_from from app.membership where user_id = :'account'), private.today(), 'a membership begins today when not said otherwise');
select is((select original_due_on from app.assignment where id = :'assignment'), '2021-06-30'::date, 'the first due day is kept');

-- a district is dissolved: everything below follows
update app.area set parent_id = :province where id = :commune;
select is(test.keys(:commune), format('%s 0 %s', :province, :commune), 'a commune moved under the province leaves its district');
select is(test.keys(:hamlet), format('%s 0 %s', :province, :commune), 'its hamlets too');
select format('%s %s %s %s', :province, :commune, :province * 100 + 9, :commune * 100 + 9) as expected \gset
select is(test.line_keys('unit', :'unit'), :'expected', 'and its units');
select is(test.line_keys('user_account', :'account'), :'expected', 'their accounts');
select is(test.line_keys('membership', (select id::text from app.membership where user_id = :'account')), :'expected', 'memberships');
select is(test.line_keys('document', :'document'), :'expected', 'documents');
select is(test.line_keys('plan', :'plan'), :'expected', 'plans');
select is(test.line_keys('assignment', :'assignment'), :'expected', 'and assignments');
select is((select district_key from app.assignment_count where unit_id = :unit limit 1), null, 'and their counts');
update app.unit set line_id = 7 where id = :unit;
select is((select province_line_key from app.document where id = :'document'), :province * 100 + 7, 'a unit that changes its line takes its documents along');

-- versions
select is((select version from app.plan where id = :'plan'), 3, 'each change counts');
select created_at as created_at from app.plan where id = :'plan' \gset
update app.plan set version = 99, created_at = now() - interval '1 year', title = 'U' where id = :'plan';
select is((select version from app.plan where id = :'plan'), 4, 'one by one, whatever was said');
select is((select created_at from app.plan where id = :'plan'), :'created_at', 'and what was made stays made when it was');

-- the assignment's guards
prepare move_original as update app.assignment set original_due_on = '2022-01-01' where id = (select id from app.assignment where occurrence = 'T');
select throws_ok('move_original', 'DV422', null, 'the first due day never changes, for nobody');
select lives_ok(format('update app.assignment set due_on = ''2021-12-31'' where id = %L', :'assignment'), 'the present one may');
select id as tanphu_assignment from app.assignment as a
where a.lead_unit_id = (select id from app.unit where code = 'kdv-25195') and a.status = 'not_started' order by id limit 1 \gset
\set set_status 'update app.assignment set status = \'completed\', progress = 100 where id = '
select is(test.attempt('tanphu.chuyenvien', :'set_status' || quote_literal(:'tanphu_assignment')), 'DV403 leader_needed', 'an officer does not confirm');
select is(test.attempt('tanphu.lanhdao', :'set_status' || quote_literal(:'tanphu_assignment')), 'rows 1', 'a leader of the unit does');
select is(test.attempt('tanphu.lanhdao', format('update app.assignment set confirmed_by = %L where id = %L',
    (select id from app.user_account where login = 'tanphu.chuyenvien'), :'tanphu_assignment')), 'DV403 leader_needed', 'in the own name');
select is(test.attempt('dongxoai.lanhdao', :'set_status' || quote_literal(:'tanphu_assignment')), 'rows 0', 'a leader above does not');
select is(test.attempt('tanphu.lanhdao', format('update app.assignment set due_on = ''2030-01-01'' where id = %L', :'tanphu_assignment')), '42501', 'nobody moves a due day by hand');
select is(test.attempt('tanphu.lanhdao', 'delete from app.assignment'), '42501', 'nobody deletes an assignment');
\set speak 'insert into app.progress_entry (assignment_id, unit_id, part, status, progress, recorded_on, recorded_by) select %L, %s, %L, \'in_progress\', 1, \'2021-11-01\', private.my_user()'
select is(test.attempt('tanphu.chuyenvien', format(:'speak', :'tanphu_assignment', 'private.my_unit()', 'lead')), 'rows 1', 'an officer speaks for the own unit');
select is(test.attempt('tanphu.chuyenvien', format(:'speak', :'tanphu_assignment', '1', 'lead')), '42501', 'not for another');
select is(test.attempt('dongxoai.chuyenvien', format(:'speak', :'tanphu_assignment', 'private.my_unit()', 'coordinating')), '42501', 'nor about a part the unit does not have');
prepare rewrite as update app.progress_entry set note = 'x';
select throws_ok('rewrite', 'DV403', null, 'what was said is not rewritten');

-- the outline hangs together
prepare foreign_item as insert into app.plan_item (plan_id, parent_id, kind, code, outline, position, title)
    select p.id, i.id, 'task', 'T2', '2', 2, 'T'
    from app.plan as p, app.plan_item as i where p.number = 'T' and i.plan_id <> p.id limit 1;
select throws_ok('foreign_item', 'DV422', null, 'an item''s parent is of the same plan');

-- the day, and lateness
select is(private.today(), (select fixed_today from private.installation), 'a demonstration stands on its day');
update private.installation set mode = 'production', fixed_today = null;
select is(private.today(), (now() at time zone 'Asia/Ho_Chi_Minh')::date, 'elsewhere it is the clock');
select results_eq(
    $$select private.is_overdue(true, '2021-11-14', '2021-11-15'), private.is_overdue(true, '2021-11-15', '2021-11-15'),
        private.is_overdue(false, '2021-11-14', '2021-11-15')$$,
    $$values (true, false, false)$$,
    'late is: still to be done, and the due day is over');
select * from finish();
rollback;
