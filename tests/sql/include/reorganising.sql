-- For tests of reorganisations: short ways to say one. Needs acting.sql.

create function pg_temp.area(p_code text) returns integer
    language sql return (
        select v.area_id from app.area_version as v join app.area as a on a.id = v.area_id
        where v.code = p_code order by a.is_active desc, v.valid_from desc limit 1);

-- A reorganisation of the province's board, with one step per element: {"subject", "kind", "from": [{…}],
-- "to": [{…}], "items": [code …]}; parts as the table's columns, in their order.
create function pg_temp.reorganise(p_day date, p_steps jsonb, p_unit_code text default 'bdv-70') returns uuid
    language plpgsql
as $$
declare
    made uuid;
    step uuid;
    said record;
begin
    insert into app.reorganisation (title, legal_basis, effective_on, owner_unit_id)
    values ('Sắp xếp thử', '01/NQ-TEST', p_day, pg_temp.unit(p_unit_code))
    returning id into made;
    for said in select s.value as step, s.ordinality as n from jsonb_array_elements(p_steps) with ordinality as s
    loop
        insert into app.reorganisation_step (reorganisation_id, position, subject, kind, with_units, moves_accounts)
        values (made, said.n, said.step ->> 'subject', said.step ->> 'kind',
            coalesce((said.step ->> 'with_units')::boolean, true), coalesce((said.step ->> 'moves_accounts')::boolean, true))
        returning id into step;
        insert into app.reorganisation_part (step_id, side, position, area_id, unit_id, new_code, new_name, new_short_name,
            new_kind, new_level_id, new_area_id, new_parent_unit_id, allocation, share_permille)
        select step, x.side, p.ordinality, w.area_id, w.unit_id, w.new_code, w.new_name, w.new_short_name, w.new_kind,
            w.new_level_id, w.new_area_id, w.new_parent_unit_id, w.allocation, w.share_permille
        from (values ('from'), ('to')) as x (side)
        cross join lateral jsonb_array_elements(coalesce(said.step -> x.side, '[]')) with ordinality as p
        cross join lateral jsonb_populate_record(null::app.reorganisation_part, p.value) as w;
        insert into app.reorganisation_function_item (step_id, plan_item_id)
        select step, i.id
        from jsonb_array_elements_text(coalesce(said.step -> 'items', '[]')) as c (code)
        join app.plan_item as i on i.code = c.code and i.plan_id = pg_temp.plan_36();
    end loop;
    return made;
end;
$$;

create function pg_temp.a(p_code text) returns jsonb
    language sql return jsonb_build_object('area_id', pg_temp.area(p_code));
create function pg_temp.u(p_code text) returns jsonb
    language sql return jsonb_build_object('unit_id', pg_temp.unit(p_code));

-- What a unit is called today, and whether it stands.
create function pg_temp.called(p_code text) returns text
    language sql return (
        select concat_ws(' | ', v.name, v.short_name, case when not u.is_active then 'ended' end)
        from app.unit as u join app.unit_version as v on v.unit_id = u.id
        where u.code = p_code order by v.valid_from desc limit 1);

-- Asked once per statement, not once per row.
create or replace function pg_temp.unit(p_code text) returns integer
    language sql stable return (select u.id from app.unit as u where u.code = p_code);
create or replace function pg_temp.plan_36() returns uuid
    language sql stable return (select p.id from app.plan as p where p.number = '36-KH/BDVTU');
