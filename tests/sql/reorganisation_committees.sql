-- Committees and coordination plans when units end: what they own goes on at the successor; their places as members and parties
-- are the successor's from the day they ended, each once.
begin;
\ir include/acting.sql
\ir include/reorganising.sql
select plan(11);
update private.installation set mode = 'test', fixed_today = '2021-11-15';
select pg_temp.add_user('t.heir', 'phunu-25198', 'officer');
delete from app.coordination_plan;

create function pg_temp.committee(p_code text) returns uuid
    language sql return (select c.id from app.committee as c where c.code = p_code);
insert into app.committee (code, name, established_on, owner_unit_id)
select x.code, 'Ban thử', '2021-01-01', pg_temp.unit(x.unit)
from (values ('T-UP', 'bdv-689'), ('T-OWN', 'phunu-25195')) as x (code, unit);
insert into app.committee_member (committee_id, unit_id, role, post, valid_from, valid_to)
select pg_temp.committee('T-UP'), pg_temp.unit(x.unit), 'member', x.post, x.valid_from, x.valid_to
from (values ('phunu-25195', 'Chủ tịch', date '2021-01-01', null::date), ('phunu-25195', 'Phó Chủ tịch', '2021-01-01', null),
    ('phunu-25195', 'Thư ký', '2021-01-01', '2021-06-01'), ('phunu-25195', 'Ủy viên', '2021-12-01', null),
    ('phunu-25198', 'Phó Chủ tịch', '2021-03-01', null)) as x (unit, post, valid_from, valid_to);
insert into app.committee_work_item (committee_id, owner_unit_id, year, title, lead_unit_id, due_on, status, given_on, completed_on)
select pg_temp.committee('T-UP'), pg_temp.unit('bdv-689'), 2021, x.title, pg_temp.unit('phunu-25195'), '2021-12-01', x.status, '2021-02-01', x.done
from (values ('T-open', 'open', null::date), ('T-done', 'completed', '2021-05-01')) as x (title, status, done);
insert into app.coordination_plan (title, partner_kind, term, year, owner_unit_id, status, signed_on)
select x.title, 'other', 'yearly', 2021, pg_temp.unit(x.unit), 'signed', '2021-02-01'
from (values ('T-with', 'bdv-689'), ('T-of', 'phunu-25195')) as x (title, unit);
insert into app.coordination_party (coordination_plan_id, unit_id)
select c.id, pg_temp.unit(x.unit)
from (values ('T-with', 'phunu-25195'), ('T-with', 'phunu-25198'), ('T-of', 'phunu-25198'), ('T-of', 'mttq-25195')) as x (title, unit)
join app.coordination_plan as c on c.title = x.title;
insert into app.coordination_item (coordination_plan_id, owner_unit_id, position, title, lead_unit_id, due_on, status, given_on, is_signed)
select c.id, c.owner_unit_id, 1, 'T-item', pg_temp.unit('phunu-25195'), '2021-12-01', 'open', '2021-02-01', true
from app.coordination_plan as c where c.title = 'T-with';

create temp table done as select private.reorganisation_carry_out(pg_temp.reorganise('2021-11-10', jsonb_build_array(jsonb_build_object(
    'subject', 'unit', 'kind', 'merge', 'from', jsonb_build_array(pg_temp.u('phunu-25195')), 'to', jsonb_build_array(pg_temp.u('phunu-25198')))))) as counts;

create function pg_temp.members(p_unit text) returns text
    language sql return (
        select string_agg(concat_ws(' ', m.post, m.valid_from, m.valid_to), ', ' order by m.post, m.valid_from)
        from app.committee_member as m where m.committee_id = pg_temp.committee('T-UP') and m.unit_id = pg_temp.unit(p_unit));
select is(pg_temp.members('phunu-25195'), 'Chủ tịch 2021-01-01 2021-11-10, Phó Chủ tịch 2021-01-01 2021-11-10, Thư ký 2021-01-01 2021-06-01',
    'who has been a member was one until the unit ended');
select is(pg_temp.members('phunu-25198'), 'Chủ tịch 2021-11-10, Phó Chủ tịch 2021-03-01, Ủy viên 2021-12-01', 'the successor comes in its place, once; also later');
select is(pg_temp.as_user('t.heir', $$select count(*) from api.committees where code = 'T-UP'$$), '1', 'and sees the committee');
select is((select u.code from app.committee as c join app.unit as u on u.id = c.owner_unit_id where c.code = 'T-OWN'), 'phunu-25198', 'its own committee is the successor''s');
select is((select string_agg(i.title || ' ' || u.code, ', ' order by i.title) from app.committee_work_item as i join app.unit as u on u.id = i.lead_unit_id where i.title like 'T-%'),
    'T-done phunu-25195, T-open phunu-25198', 'open work goes on, done work stays');
select is((select string_agg(u.code, ' ' order by u.code) from app.coordination_party as p join app.coordination_plan as c on c.id = p.coordination_plan_id
    join app.unit as u on u.id = p.unit_id where c.title = 'T-with'), 'phunu-25198', 'a party once');
select is((select u.code from app.coordination_plan as c join app.unit as u on u.id = c.owner_unit_id where c.title = 'T-of'), 'phunu-25198', 'the plan goes on');
select is((select string_agg(u.code, ' ' order by u.code) from app.coordination_party as p join app.coordination_plan as c on c.id = p.coordination_plan_id
    join app.unit as u on u.id = p.unit_id where c.title = 'T-of'), 'mttq-25195', 'who has become the owner is a party no more');
select is((select u.code from app.coordination_item as i join app.unit as u on u.id = i.lead_unit_id where i.title = 'T-item'), 'phunu-25198', 'it leads the open item');
select is((select counts ->> 'committee_members' from done), '3', 'what ended or moved is counted');
select is((select (c.owner_area_id, c.grassroots_key) = (u.area_id, u.grassroots_key) from app.coordination_plan as c join app.unit as u on u.id = c.owner_unit_id where c.title = 'T-of'), true, 'its keys follow');

select * from finish();
rollback;
