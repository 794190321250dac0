-- Inspections, recommendations, models, drives and awards when units end: what is open goes to the successor, what is over stays.
begin;
\ir include/acting.sql
\ir include/reorganising.sql
select plan(15);
update private.installation set mode = 'test', fixed_today = '2021-11-15';
delete from app.staff;
delete from app.course;

create function pg_temp.inspect(p_title text, p_owner text, p_state text, variadic p_units text[]) returns uuid
    language plpgsql
as $$
declare
    made app.inspection;
    asked app.recommendation;
    u integer;
begin
    insert into app.inspection (plan_id, kind, is_joint, title, starts_on, ends_on, status, shown_on, announced_on, began_on, concluded_on, owner_unit_id)
    values (pg_temp.plan_36(), 'inspection', true, p_title, '2021-11-01', '2021-11-02', p_state, '2021-10-01',
        case when p_state <> 'planned' then date '2021-10-15' end, case when p_state in ('under_way', 'concluded') then date '2021-11-01' end,
        case p_state when 'concluded' then date '2021-11-03' end, pg_temp.unit(p_owner))
    returning * into made;
    foreach u in array (select array_agg(pg_temp.unit(x)) from unnest(p_units) as x) loop
        insert into app.inspection_unit (inspection_id, unit_id, role) values (made.id, u, 'subject');
        continue when made.began_on is null;
        insert into app.inspection_finding (inspection_id, subject_unit_id, kind, text, issued_on, owner_unit_id)
        values (made.id, u, 'strength', p_title, made.concluded_on, made.owner_unit_id);
        insert into app.recommendation (inspection_id, lead_unit_id, title, due_on, status, given_on, owner_unit_id)
        values (made.id, u, p_title, '2021-12-31', case p_state when 'concluded' then 'open' else 'draft' end, made.concluded_on, made.owner_unit_id)
        returning * into asked;
        if p_state = 'concluded' then
            perform private.give_work('inspection', asked.id, made.owner_unit_id, made.plan_id, null, p_title, p_title, u, '2021-12-31', '{}');
        end if;
    end loop;
    return made.id;
end;
$$;
select pg_temp.inspect('ONE', 'phunu-70', 'planned', 'phunu-25195') \g /dev/null
select pg_temp.inspect('BOTH', 'phunu-70', 'announced', 'phunu-25195', 'phunu-25198') \g /dev/null
select pg_temp.inspect('WAY', 'phunu-70', 'under_way', 'phunu-25195') \g /dev/null
select pg_temp.inspect('PAST', 'phunu-70', 'concluded', 'phunu-25195') \g /dev/null
select pg_temp.inspect('OWN', 'phunu-25195', 'planned', 'doan-25195') \g /dev/null
select pg_temp.inspect('OWN PAST', 'phunu-25195', 'concluded', 'doan-25195') \g /dev/null
insert into app.inspection_programme (plan_id, year, title, owner_unit_id) values (pg_temp.plan_36(), 2022, 'TT', pg_temp.unit('phunu-25195'));
insert into app.emulation_model (field, name, registered_on, status, ended_on, end_reason, owner_unit_id) values
    ('economy', 'GOES ON', '2021-10-01', 'registered', null, null, pg_temp.unit('phunu-25195')),
    ('economy', 'ENDED', '2021-10-01', 'ended', '2021-11-01', 'x', pg_temp.unit('phunu-25195'));
insert into app.emulation_drive (kind, title, starts_on, ends_on, owner_unit_id) values ('drive', 'TT', '2021-11-01', '2021-12-01', pg_temp.unit('phunu-25195'));
insert into app.award_count (year, form, awarding_level_id, group_count, owner_unit_id) select 2021, 'TT', l.id, 1, pg_temp.unit('phunu-25195') from app.level as l where l.code = 'province';

create temp table merger as select pg_temp.reorganise('2021-11-15', jsonb_build_array(jsonb_build_object(
    'subject', 'unit', 'kind', 'merge', 'from', jsonb_build_array(pg_temp.u('phunu-25195')), 'to', jsonb_build_array(pg_temp.u('phunu-25198'))))) as id;
create temp table preview as select private.reorganisation_preview(id) as told from merger;
create temp table done as select private.reorganisation_carry_out(id) as counts from merger;
select is((select told -> 'counts' from preview), (select counts from done), 'what was told is what is done');

create function pg_temp.subjects(p_title text) returns text
    language sql return (select string_agg(u.code, ' ' order by u.code) from app.inspection as i join app.inspection_unit as s on s.inspection_id = i.id
        join app.unit as u on u.id = s.unit_id where i.title = p_title);
create function pg_temp.whose(p_table text, p_column text, p_name text) returns text
    language plpgsql as $$
declare answer text;
begin
    execute format('select string_agg(u.code, '' '') from app.%I as t join app.unit as u on u.id = t.owner_unit_id where t.%I = $1', p_table, p_column)
    into answer using p_name;
    return answer;
end $$;
select is(pg_temp.subjects('ONE'), 'phunu-25198', 'the successor is to be inspected');
select is(pg_temp.subjects('BOTH'), 'phunu-25198', 'once');
select is(pg_temp.subjects('WAY'), 'phunu-25198', 'also where it is under way');
select is((select u.code from app.inspection_finding as f join app.unit as u on u.id = f.subject_unit_id where f.text = 'WAY'), 'phunu-25198', 'with what is written of it');
select is((select u.code || ' ' || r.status from app.recommendation as r join app.unit as u on u.id = r.lead_unit_id where r.title = 'WAY'), 'phunu-25198 draft', 'and drafted for it');
select is(pg_temp.subjects('PAST'), 'phunu-25195', 'who was inspected stays');
select is((select u.code from app.inspection_finding as f join app.unit as u on u.id = f.subject_unit_id where f.text = 'PAST'), 'phunu-25195', 'what was found too');
select is((select string_agg(u.code || ' ' || r.status || ' ' || w.code, '') from app.recommendation as r join app.unit as u on u.id = r.lead_unit_id
        join app.assignment as a on a.id = private.work_of(r.id) join app.unit as w on w.id = a.lead_unit_id where r.title = 'PAST'),
    'phunu-25198 open phunu-25198', 'an open recommendation is the successor''s on both sides');
update app.assignment as a set status = 'completed', progress = 100, reported_on = '2021-11-15', completed_on = '2021-11-15'
where a.id = (select private.work_of(r.id) from app.recommendation as r where r.title = 'PAST');
select is((select r.status || ' ' || r.completed_on from app.recommendation as r where r.title = 'PAST'), 'completed 2021-11-15', 'which still closes it');
select is(pg_temp.whose('inspection', 'title', 'OWN') || ' ' || pg_temp.whose('inspection_programme', 'title', 'TT'), 'phunu-25198 phunu-25198', 'its own plans go on there');
select is(pg_temp.whose('inspection', 'title', 'OWN PAST'), 'phunu-25195', 'what it concluded stays its own');
select is(pg_temp.whose('recommendation', 'title', 'OWN PAST'), 'phunu-25198', 'but what it recommended is followed there');
select is(pg_temp.whose('emulation_model', 'name', 'GOES ON') || ' ' || pg_temp.whose('emulation_model', 'name', 'ENDED'), 'phunu-25198 phunu-25195', 'models that go on');
select is(pg_temp.whose('emulation_drive', 'title', 'TT') || ' ' || pg_temp.whose('award_count', 'form', 'TT'), 'phunu-25198 phunu-25195', 'drives go on, awards stay');

select * from finish();
rollback;
