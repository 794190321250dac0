-- What makes a draft impossible, told all at once; and who may decide.
begin;
\ir include/acting.sql
\ir include/reorganising.sql
select plan(27);
update private.installation set mode = 'test', fixed_today = '2021-11-15';

create function pg_temp.faults(p_steps jsonb, p_day date default '2021-11-15') returns text
    language plpgsql
as $$
declare
    made constant uuid := pg_temp.reorganise(p_day, p_steps);
begin
    return (select string_agg(distinct f.word, ' ' order by f.word) from private.reorganisation_faults(made) as f);
end;
$$;
create function pg_temp.step(p_subject text, p_kind text, p_from jsonb default '[]', p_to jsonb default '[]') returns jsonb
    language sql return jsonb_build_object('subject', p_subject, 'kind', p_kind, 'from', p_from, 'to', p_to);
create function pg_temp.new_commune(p_code text default '99001', p_more jsonb default '{}') returns jsonb
    language sql return jsonb_build_object('new_code', p_code, 'new_name', 'Xã Mới ' || p_code, 'new_kind', 'Xã') || p_more;

select is(pg_temp.faults('[]'), 'no_steps', 'no step');
select is(pg_temp.faults(jsonb_build_array(pg_temp.step('area', 'merge', jsonb_build_array(pg_temp.a('25195'))))), 'wrong_parts', 'a merge into nothing');
select is(pg_temp.faults(jsonb_build_array(pg_temp.step('area', 'merge', jsonb_build_array(pg_temp.a('25195'), pg_temp.a('25198')), jsonb_build_array(pg_temp.new_commune())))), null, 'a good one');
select is(pg_temp.faults(jsonb_build_array(
    pg_temp.step('area', 'merge', jsonb_build_array(pg_temp.a('25195'), pg_temp.a('25198')), jsonb_build_array(pg_temp.new_commune())),
    pg_temp.step('area', 'merge', jsonb_build_array(pg_temp.a('25198'), pg_temp.a('25201')), jsonb_build_array(pg_temp.new_commune('99002'))))), 'ended_twice', 'a part ended twice');
select is(pg_temp.faults(jsonb_build_array(
    pg_temp.step('area', 'rename', jsonb_build_array(pg_temp.a('25195') || '{"new_name": "Phường X"}')),
    pg_temp.step('area', 'merge', jsonb_build_array(pg_temp.a('25195'), pg_temp.a('25198')), jsonb_build_array(pg_temp.new_commune())))), 'ended_twice', 'or renamed and ended');
select is(pg_temp.faults(jsonb_build_array(pg_temp.step('area', 'split', jsonb_build_array(pg_temp.a('25195')),
    jsonb_build_array(pg_temp.new_commune('99001', '{"allocation": "share", "share_permille": 500}'), pg_temp.new_commune('99002', '{"allocation": "share", "share_permille": 499}'))))), 'shares_not_whole', 'shares of 999 ‰');
select is(pg_temp.faults(jsonb_build_array(pg_temp.step('area', 'split', jsonb_build_array(pg_temp.a('25195')),
    jsonb_build_array(pg_temp.new_commune('99001', '{"allocation": "share", "share_permille": 500}'), pg_temp.new_commune('99002', '{"allocation": "share", "share_permille": 500}'))))), null, 'shares of 1000 ‰');
select is(pg_temp.faults(jsonb_build_array(pg_temp.step('area', 'split', jsonb_build_array(pg_temp.a('25195')), jsonb_build_array(pg_temp.new_commune(), pg_temp.new_commune('99002'))))), 'required', 'a split that does not say how');
select is(pg_temp.faults(jsonb_build_array(pg_temp.step('area', 'merge', jsonb_build_array(pg_temp.a('25195')), jsonb_build_array(pg_temp.a('689'))))), 'wrong_level', 'a commune merged into a district');
select is(pg_temp.faults(jsonb_build_array(pg_temp.step('area', 'move', jsonb_build_array(pg_temp.a('25195') || jsonb_build_object('new_area_id', pg_temp.area('25198')))))), 'wrong_level', 'a commune inside of a commune');
select is(pg_temp.faults(jsonb_build_array(pg_temp.step('area', 'dissolve', jsonb_build_array(pg_temp.a('689')), jsonb_build_array(pg_temp.a('70'))))), null, 'a district dissolved into the province');
select is(pg_temp.faults(jsonb_build_array(pg_temp.step('area', 'dissolve', jsonb_build_array(pg_temp.a('70')), jsonb_build_array(pg_temp.a('689'))))), 'wrong_level', 'not the other way round');
select is(pg_temp.faults(jsonb_build_array(pg_temp.step('area', 'rename', jsonb_build_array(pg_temp.a('25195') || '{"new_name": "Phường X"}'))), '2021-06-30'), 'before_version', 'a day before the version in force');
select is(pg_temp.faults(jsonb_build_array(pg_temp.step('area', 'dissolve', jsonb_build_array(pg_temp.a('25195')), jsonb_build_array(pg_temp.a('25198')))), '2021-07-01'), 'before_version', 'ended on the day it began');
select is(pg_temp.faults(jsonb_build_array(pg_temp.step('area', 'rename', jsonb_build_array(pg_temp.u('bdv-70') || '{"new_name": "Ban X"}')))), 'wrong_subject', 'a unit in a step of areas');
select is(pg_temp.faults(jsonb_build_array(pg_temp.step('unit', 'rename', jsonb_build_array(pg_temp.u('bdv-70'))))), 'no_change', 'nothing new');
select is(pg_temp.faults(jsonb_build_array(pg_temp.step('unit', 'rename', jsonb_build_array(pg_temp.u('bdv-70') || '{"new_code": "bdv"}')))), 'immutable', 'a unit''s code stays');
select is(pg_temp.faults(jsonb_build_array(pg_temp.step('unit', 'change_kind', jsonb_build_array(pg_temp.u('bdv-70') || '{"new_kind": "district_board"}')))), 'wrong_level', 'a kind of another level');
select is(pg_temp.faults(jsonb_build_array(pg_temp.step('unit', 'create', '[]', jsonb_build_array(jsonb_build_object('new_name', 'X', 'new_kind', 'nothing', 'new_code', 'bdv-70', 'new_area_id', pg_temp.area('70')))))), 'duplicate not_a_choice', 'a code that is taken and a kind that is none: both at once');
select is(pg_temp.faults(jsonb_build_array(pg_temp.step('unit', 'move_function', jsonb_build_array(pg_temp.u('bdv-70')), jsonb_build_array(pg_temp.u('btc-70'))))), 'no_function_items', 'a function of nothing');
update app.unit set is_active = false where code = 'binhdoan-16';
select is(pg_temp.faults(jsonb_build_array(pg_temp.step('unit', 'rename', jsonb_build_array(pg_temp.u('binhdoan-16') || '{"new_name": "X"}')))), 'already_ended', 'what has ended');
select throws_ok($$select private.reorganisation_carry_out(pg_temp.reorganise('2021-11-15', '[]'))$$, 'DV409', null, 'an impossible one is not carried out');
select throws_ok($$select private.reorganisation_carry_out(pg_temp.reorganise('2021-11-16', jsonb_build_array(pg_temp.step('unit', 'rename', jsonb_build_array(pg_temp.u('bdv-70') || '{"new_name": "X"}')))))$$, 'DV409', 'its day has not come', 'nor before its day');
-- who
select pg_temp.add_user('t.admin', 'bdv-70', 'admin');
select pg_temp.add_user('t.women', 'phunu-70', 'admin');
select pg_temp.add_user('t.district', 'bdv-689', 'admin');
create temp table one as select 'commune' as what, pg_temp.reorganise('2021-11-15', jsonb_build_array(pg_temp.step('area', 'rename', jsonb_build_array(pg_temp.a('25195') || '{"new_name": "X"}')))) as id
union all select 'district', pg_temp.reorganise('2021-11-15', jsonb_build_array(pg_temp.step('area', 'rename', jsonb_build_array(pg_temp.a('689') || '{"new_name": "X"}'))))
union all select 'other commune', pg_temp.reorganise('2021-11-15', jsonb_build_array(pg_temp.step('area', 'rename', jsonb_build_array(pg_temp.a('25216') || '{"new_name": "X"}'))))
union all select 'province', pg_temp.reorganise('2021-11-15', jsonb_build_array(pg_temp.step('area', 'rename', jsonb_build_array(pg_temp.a('70') || '{"new_name": "X"}'))))
union all select 'union', pg_temp.reorganise('2021-11-15', jsonb_build_array(pg_temp.step('unit', 'rename', jsonb_build_array(pg_temp.u('phunu-689') || '{"new_name": "X"}'))))
union all select 'board', pg_temp.reorganise('2021-11-15', jsonb_build_array(pg_temp.step('unit', 'rename', jsonb_build_array(pg_temp.u('bdv-70') || '{"new_name": "X"}'))))
union all select 'other line', pg_temp.reorganise('2021-11-15', jsonb_build_array(pg_temp.step('unit', 'change_kind', jsonb_build_array(pg_temp.u('phunu-689') || '{"new_kind": "district_committee"}'))))
union all select 'up', pg_temp.reorganise('2021-11-15', jsonb_build_array(pg_temp.step('area', 'dissolve', jsonb_build_array(pg_temp.a('689')), jsonb_build_array(pg_temp.a('70')))));
create function pg_temp.decides(p_login text) returns text
    language sql return (select string_agg(what, ', ' order by what) from one where pg_temp.as_user(p_login, format('select private.may_decide_reorganisation(%L)', id)) = 'true');
select is(pg_temp.decides('t.admin'), 'board, commune, district, other commune, other line, union, up', 'the province: all below, and units of its own level; not itself');
select is(pg_temp.decides('t.district'), 'commune', 'a district: its communes');
select is(pg_temp.decides('t.women'), 'union', 'a union: its own line below, and nothing of another line out of it');
select pg_temp.add_user('t.leader', 'bdv-70', 'leader');
select is(pg_temp.decides('t.leader'), null, 'a leader: nothing');
select * from finish();
rollback;
