-- Members of committees and parties of coordination plans, when units end (32_reorganisation_bodies.sql calls these after what
-- such units own is their successors').

set local role danvan_policy;

-- A member's place goes to the successor from the day the unit ended: a new dated row, none where it stands there already in
-- that role and post. Who was to come later comes from the successor.
create function private.move_committees() returns jsonb
    language plpgsql security definer set search_path = ''
as $$
declare
    moved integer;
begin
    with ended as materialized (
        select s.unit_id, s.successor_id, coalesce(
            (select max(v.valid_to) from app.unit_version as v where v.unit_id = s.unit_id), private.today()) as day
        from private.unit_successors() as s
        where s.is_main),
    going as materialized (
        select m.*, e.successor_id, greatest(e.day, m.valid_from) as day
        from ended as e
        join app.committee_member as m on m.unit_id = e.unit_id and (m.valid_to is null or m.valid_to > e.day)),
    made as (
        insert into app.committee_member (committee_id, unit_id, role, post, staff_id, document_id, valid_from, valid_to)
        select distinct on (g.committee_id, g.successor_id, g.role, g.post)
            g.committee_id, g.successor_id, g.role, g.post, g.staff_id, g.document_id, g.day, g.valid_to
        from going as g
        where not exists (
            select from app.committee_member as x
            where (x.committee_id, x.unit_id, x.role, x.post) = (g.committee_id, g.successor_id, g.role, g.post)
                and (x.valid_to is null or x.valid_to > g.day))
        order by g.committee_id, g.successor_id, g.role, g.post, g.valid_from
        returning 1),
    gone as (
        delete from app.committee_member as m using going as g where m.id = g.id and m.valid_from >= g.day),
    ended_here as (
        update app.committee_member as m set valid_to = g.day from going as g where m.id = g.id and m.valid_from < g.day)
    select count(*) into moved from going;
    update app.committee_work_item as i set lead_unit_id = s.successor_id
    from private.unit_successors() as s
    where s.unit_id = i.lead_unit_id and s.is_main and i.is_open;
    return jsonb_build_object('committee_members', moved);
end;
$$;

-- Parties of plans that are not over; a party that has become the owner is one no more.
create function private.move_coordination() returns jsonb
    language plpgsql security definer set search_path = ''
as $$
declare
    moved constant integer := private.move_named('coordination_party', 'unit_id', 'coordination_plan_id',
        'exists (select from app.coordination_plan as c where c.id = t.coordination_plan_id and c.is_open)');
begin
    delete from app.coordination_party as p using app.coordination_plan as c
    where c.id = p.coordination_plan_id and c.is_open and p.unit_id = c.owner_unit_id
        and p.unit_id in (select s.successor_id from private.unit_successors() as s);
    update app.coordination_item as i set lead_unit_id = s.successor_id
    from private.unit_successors() as s
    where s.unit_id = i.lead_unit_id and s.is_main and i.is_open;
    return jsonb_build_object('coordination_parties', moved);
end;
$$;
