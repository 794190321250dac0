-- Carrying out: the whole of a reorganisation in the caller's transaction.
--
-- Locks: app.unit and app.area in a mode that stands against the share mode of issuing a plan and against
-- every change of the directory, and against a second reorganisation; then the open assignments, reports
-- and requests that move, each kind in the order of ids. Who writes progress on one of them waits and then
-- finds it moved; who has written already is taken into account.

set local role danvan_policy;

create function private.reorganisation_basis(p_reorganisation app.reorganisation) returns text
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return coalesce(p_reorganisation.legal_basis,
        (select left(coalesce(d.symbol, d.subject), 300) from app.document as d where d.id = p_reorganisation.document_id));
end;
$$;

-- Units that were placed elsewhere, themselves or with their area: who stands above them is found anew.
create function private.reorganisation_placed(p_id uuid) returns integer[]
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return array(
        select u.id
        from app.reorganisation_step as t
        join app.reorganisation_part as p on p.step_id = t.id
        join app.unit as u on u.id = p.unit_id
            or p.area_id in (u.area_id, u.province_key, u.district_key, u.grassroots_key)
        where t.reorganisation_id = p_id and t.kind in ('move', 'change_kind') and u.is_active);
end;
$$;

-- What the steps made and ended, by links and by what they name.
create function private.reorganisation_structure_counts(p_id uuid) returns jsonb
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return (
        select jsonb_build_object(
            'areas_made', count(distinct p.made_area_id),
            'units_made', (select count(distinct u.id) from app.unit as u
                where u.created_at = now() and (
                    exists (select from app.reorganisation_part as m join app.reorganisation_step as x on x.id = m.step_id
                        where m.made_unit_id = u.id and x.reorganisation_id = p_id)
                    or exists (select from app.unit_link as l join app.reorganisation_step as x on x.id = l.step_id
                        where l.successor_id = u.id and x.reorganisation_id = p_id))),
            'areas_ended', count(distinct a.id) filter (where not a.is_active),
            'units_ended', (select count(distinct l.predecessor_id)
                from app.unit_link as l
                join app.reorganisation_step as x on x.id = l.step_id and x.reorganisation_id = p_id
                join app.unit as u on u.id = l.predecessor_id and not u.is_active))
        from app.reorganisation_step as t
        left join app.reorganisation_part as p on p.step_id = t.id
        left join app.area as a on a.id = p.area_id
        where t.reorganisation_id = p_id);
end;
$$;

create function private.reorganisation_run(p_reorganisation app.reorganisation) returns jsonb
    language plpgsql security definer set search_path = ''
as $$
declare
    day constant date := p_reorganisation.effective_on;
    basis constant text := private.reorganisation_basis(p_reorganisation);
    step app.reorganisation_step;
    counts jsonb;
begin
    for step in
        select t.* from app.reorganisation_step as t where t.reorganisation_id = p_reorganisation.id order by t.position
    loop
        perform private.reorganisation_step_run(step, day, basis);
    end loop;
    perform private.reorganisation_leftovers(p_reorganisation.id, day, basis);
    counts := private.reorganisation_structure_counts(p_reorganisation.id);
    counts := counts || private.move_open(p_reorganisation.id, private.reorganisation_placed(p_reorganisation.id));
    counts := counts || private.move_memberships(day) || private.move_appointments(day);
    return counts || private.move_establishments(day, basis) || private.move_training() || private.move_bodies();
end;
$$;

create function private.reorganisation_carry_out(p_id uuid) returns jsonb
    language plpgsql security definer set search_path = ''
as $$
declare
    reorganisation app.reorganisation;
    counts jsonb;
begin
    lock table app.unit, app.area in share row exclusive mode;
    select r.* into reorganisation from app.reorganisation as r where r.id = p_id for update;
    if reorganisation.id is null then
        raise exception 'no such reorganisation' using errcode = 'DV404';
    end if;
    if reorganisation.status not in ('draft', 'scheduled') then
        raise exception 'the reorganisation is %', reorganisation.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if reorganisation.effective_on > private.today() then
        raise exception 'its day has not come' using errcode = 'DV409', constraint = 'not_effective_yet';
    end if;
    perform private.reorganisation_refuse_faults(p_id);
    counts := private.reorganisation_run(reorganisation);
    update app.reorganisation as r
    set status = 'carried_out', carried_out_at = now(), decided_at = coalesce(r.decided_at, now()), outcome = counts
    where r.id = p_id;
    perform private.audit('carry_out', 'reorganisation', p_id::text, counts);
    return counts;
end;
$$;
