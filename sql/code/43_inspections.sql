-- Inspections: what may be written when, and the states.
--
--   programme        draft → issued → closed
--   inspection       planned → announced → under_way → concluded, or cancelled from any of the first three. Whom and by
--                    what is written until it is concluded, findings and recommendations while it is under way.
--   recommendation   draft → open (the conclusion makes it an assignment of the unit) → completed, or withdrawn
-- What a definer function of danvan_policy does (commands, reorganisations) passes the checks here: they are for callers.

set local role danvan_owner;

create function private.is_written_by_caller() returns boolean
    language plpgsql stable set search_path = ''
as $$
begin
    return current_user <> 'danvan_policy' and private.my_user() is not null;
end;
$$;

-- A year of the plan; what an issued programme is about stays.
create function private.inspection_programme_check() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    if not private.is_written_by_caller() then
        return new;
    end if;
    if tg_op = 'UPDATE' and (old.status = 'closed'
        or old.status = 'issued' and (new.plan_id, new.year) is distinct from (old.plan_id, old.year))
    then
        raise exception 'the programme is %', old.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if exists (
        select from app.plan as p
        where p.id = new.plan_id and new.year not between extract(year from p.period_from) and extract(year from p.period_to))
    then
        raise exception 'outside the years of the plan' using errcode = 'DV422', column = 'year', constraint = 'out_of_range';
    end if;
    return new;
end;
$$;

-- Of a programme of one's own and an item of the same plan. From the announcement on kind, plan and programme stay.
create function private.inspection_check() returns trigger
    language plpgsql set search_path = ''
as $$
declare
    programme app.inspection_programme;
begin
    if not private.is_written_by_caller() then
        return new;
    end if;
    if tg_op = 'UPDATE' and (old.status in ('concluded', 'cancelled') or old.status <> 'planned'
        and (new.plan_id, new.plan_item_id, new.programme_id, new.kind, new.is_joint)
            is distinct from (old.plan_id, old.plan_item_id, old.programme_id, old.kind, old.is_joint))
    then
        raise exception 'the inspection is %', old.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if new.plan_item_id is not null and not exists (
        select from app.plan_item as i where i.id = new.plan_item_id and i.plan_id = new.plan_id)
    then
        raise exception 'no item of this plan' using errcode = 'DV422', column = 'plan_item_id', constraint = 'not_visible';
    end if;
    if new.programme_id is not null then
        select p.* into programme from app.inspection_programme as p where p.id = new.programme_id for share;
        if programme.owner_unit_id is distinct from new.owner_unit_id or programme.plan_id <> new.plan_id then
            raise exception 'no programme of this unit and plan'
                using errcode = 'DV422', column = 'programme_id', constraint = 'not_yours';
        end if;
        if programme.status = 'closed' then
            raise exception 'the programme is closed' using errcode = 'DV422', column = 'programme_id', constraint = 'closed';
        end if;
    end if;
    if new.status = 'planned' then
        new.shown_on := case when programme.status = 'draft' then null else coalesce(new.shown_on, private.today()) end;
    end if;
    return new;
end;
$$;

-- Parts of an inspection are written in the states that the trigger names, with the inspection held still.
create function private.inspection_part_check() returns trigger
    language plpgsql set search_path = ''
as $$
declare
    part constant jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
    state text;
begin
    if private.is_written_by_caller() then
        select i.status into state from app.inspection as i where i.id = (part ->> 'inspection_id')::uuid for share;
        -- not found: another unit's (row security answers), or it is being deleted with its parts
        if found and state <> all (tg_argv) then
            raise exception 'the inspection is %', state using errcode = 'DV409', constraint = 'wrong_state';
        end if;
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end;
$$;

create function private.inspection_unit_check() returns trigger
    language plpgsql set search_path = ''
as $$
declare
    named app.unit;
begin
    if not private.is_written_by_caller() then
        return new;
    end if;
    if tg_op = 'INSERT' then
        if new.unit_id = private.my_unit() then
            raise exception 'a unit inspects others' using errcode = 'DV422', column = 'unit_id', constraint = 'own_unit';
        end if;
        named := private.visible_unit(new.unit_id, 'unit_id');
        if not named.is_active then
            raise exception 'the unit has ended' using errcode = 'DV422', column = 'unit_id', constraint = 'not_active';
        end if;
        -- partners come from anywhere; inspected is who stands below
        if new.role = 'subject' and not private.in_my_scope(named.province_key, named.district_key, named.grassroots_key,
            named.province_line_key, named.district_line_key, named.grassroots_line_key)
        then
            raise exception 'not in the scope of the caller' using errcode = 'DV422', column = 'unit_id', constraint = 'not_in_scope';
        end if;
        if new.role = 'partner' and exists (
            select from app.inspection as i where i.id = new.inspection_id and not i.is_joint)
        then
            raise exception 'partners are of a joint inspection'
                using errcode = 'DV422', column = 'role', constraint = 'not_joint';
        end if;
    end if;
    if new.nothing_found and (tg_op = 'INSERT' or not old.nothing_found) and not exists (
        select from app.inspection as i where i.id = new.inspection_id and i.status = 'under_way')
    then
        raise exception 'said while it is under way' using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    return new;
end;
$$;

-- Findings and recommendations are about the units inspected.
create function private.inspection_subject_check() returns trigger
    language plpgsql set search_path = ''
as $$
declare
    unit_column constant text := tg_argv[0];
begin
    if private.is_written_by_caller() and not exists (
        select from app.inspection_unit as u
        where u.inspection_id = new.inspection_id and u.role = 'subject' and u.unit_id = (to_jsonb(new) ->> unit_column)::integer)
    then
        raise exception 'no subject of this inspection'
            using errcode = 'DV422', column = unit_column, constraint = 'not_a_subject';
    end if;
    return new;
end;
$$;

create trigger inspection_programme_30_visible before insert or update of plan_id, document_id on app.inspection_programme
    for each row execute function private.check_visible('plan_id', 'plan', 'document_id', 'document');
create trigger inspection_programme_40_check before insert or update on app.inspection_programme
    for each row execute function private.inspection_programme_check();

create trigger inspection_30_visible before insert or update of programme_id, plan_id, plan_item_id, document_id on app.inspection
    for each row execute function private.check_visible('programme_id', 'inspection_programme', 'plan_id', 'plan',
        'plan_item_id', 'plan_item', 'document_id', 'document');
create trigger inspection_40_check before insert or update on app.inspection
    for each row execute function private.inspection_check();

create trigger inspection_unit_30_visible before insert on app.inspection_unit
    for each row execute function private.check_visible('inspection_id', 'inspection', 'unit_id', 'unit');
create trigger inspection_unit_40_part before insert or update on app.inspection_unit
    for each row execute function private.inspection_part_check('planned', 'announced', 'under_way');
create trigger inspection_unit_40_part_gone before delete on app.inspection_unit
    for each row execute function private.inspection_part_check('planned', 'announced');
create trigger inspection_unit_45_check before insert or update on app.inspection_unit
    for each row execute function private.inspection_unit_check();

create trigger inspection_standard_30_visible before insert on app.inspection_standard
    for each row execute function private.check_visible('inspection_id', 'inspection', 'document_id', 'document');
create trigger inspection_standard_40_part before insert or delete on app.inspection_standard
    for each row execute function private.inspection_part_check('planned', 'announced', 'under_way');

create trigger inspection_finding_30_visible before insert on app.inspection_finding
    for each row execute function private.check_visible('inspection_id', 'inspection');
create trigger inspection_finding_40_part before insert or update or delete on app.inspection_finding
    for each row execute function private.inspection_part_check('under_way');
create trigger inspection_finding_45_subject before insert or update of subject_unit_id on app.inspection_finding
    for each row execute function private.inspection_subject_check('subject_unit_id');

create trigger recommendation_30_visible before insert on app.recommendation
    for each row execute function private.check_visible('inspection_id', 'inspection');
create trigger recommendation_40_part before insert or update or delete on app.recommendation
    for each row execute function private.inspection_part_check('under_way');
create trigger recommendation_45_subject before insert or update of lead_unit_id on app.recommendation
    for each row execute function private.inspection_subject_check('lead_unit_id');

set local role danvan_policy;

-- A unit named when it was announced already is told at once.
create function private.inspection_unit_tell() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.notify_unit(new.unit_id, 'inspection_announced', i.id || ':announced', null, 'inspections', i.id,
        i.owner_unit_id, i.plan_id, i.starts_on)
    from app.inspection as i
    where i.id = new.inspection_id and i.status in ('announced', 'under_way') and private.my_user() is not null;
    return null;
end;
$$;

-- When its first day moves, all are told the new one.
create function private.inspection_moved_tell() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.notify_unit(u.unit_id, 'inspection_announced', new.id || ':announced:' || new.version, null, 'inspections', new.id,
        new.owner_unit_id, new.plan_id, new.starts_on)
    from app.inspection_unit as u
    where u.inspection_id = new.id and private.my_user() is not null;
    return null;
end;
$$;
set local role danvan_owner;

create trigger inspection_95_moved after update of starts_on on app.inspection
    for each row when (new.status = 'announced' and new.starts_on <> old.starts_on)
    execute function private.inspection_moved_tell();
create trigger inspection_unit_95_tell after insert on app.inspection_unit
    for each row execute function private.inspection_unit_tell();

set local role danvan_policy;

-- Commands: programmes ---------------------------------------------------------------------------------------

create function private.inspection_programme_move(p_id uuid, p_version integer, p_from text, p_to text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    taken app.inspection_programme;
begin
    select p.* into taken from app.inspection_programme as p where p.id = p_id for no key update;
    if taken.owner_unit_id is distinct from private.my_unit() or coalesce(private.my_rank(), 0) < 3 then
        raise exception 'not for the caller' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if taken.status <> p_from then
        raise exception 'the programme is %', taken.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if taken.version <> p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = taken.version::text;
    end if;
    if p_to = 'issued' then
        if not exists (select from app.plan as p where p.id = taken.plan_id and p.status = 'in_force') then
            raise exception 'the plan is not in force' using errcode = 'DV409', constraint = 'plan_closed';
        end if;
        update app.inspection_programme as p set status = 'issued', issued_on = private.today() where p.id = p_id;
        update app.inspection as i set shown_on = private.today() where i.programme_id = p_id and i.shown_on is null;
    else
        if exists (select from app.inspection as i where i.programme_id = p_id and i.is_open) then
            raise exception 'an inspection is not over' using errcode = 'DV409', constraint = 'inspections_open';
        end if;
        update app.inspection_programme as p set status = 'closed', closed_on = private.today() where p.id = p_id;
    end if;
end;
$$;

-- Commands: inspections --------------------------------------------------------------------------------------

-- The inspection, locked for the unit that inspects; refusals in this order: who, the state, the version.
create function private.inspection_take(p_id uuid, p_version integer, p_rank integer, variadic p_states text[])
    returns app.inspection
    language plpgsql security definer set search_path = ''
as $$
declare
    taken app.inspection;
begin
    select i.* into taken from app.inspection as i where i.id = p_id for no key update;
    if taken.owner_unit_id is distinct from private.my_unit() or coalesce(private.my_rank(), 0) < p_rank then
        raise exception 'not for the caller' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if not taken.status = any (p_states) then
        raise exception 'the inspection is %', taken.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if taken.version <> p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = taken.version::text;
    end if;
    return taken;
end;
$$;

create function private.inspection_announce(p_id uuid, p_version integer) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    taken constant app.inspection := private.inspection_take(p_id, p_version, 2, 'planned');
begin
    if not exists (select from app.inspection_unit as u where u.inspection_id = p_id and u.role = 'subject') then
        raise exception 'nobody is inspected' using errcode = 'DV409', constraint = 'no_subject';
    end if;
    if exists (select from app.inspection_programme as p where p.id = taken.programme_id and p.status = 'draft') then
        raise exception 'the programme is a draft' using errcode = 'DV409', constraint = 'programme_not_issued';
    end if;
    update app.inspection as i
    set status = 'announced', announced_on = private.today(), shown_on = coalesce(i.shown_on, private.today())
    where i.id = p_id;
    perform private.notify_unit(u.unit_id, 'inspection_announced', p_id || ':announced', null, 'inspections', p_id,
        taken.owner_unit_id, taken.plan_id, taken.starts_on)
    from app.inspection_unit as u
    where u.inspection_id = p_id;
end;
$$;

create function private.inspection_start(p_id uuid, p_version integer) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    taken constant app.inspection := private.inspection_take(p_id, p_version, 2, 'announced');
begin
    if taken.starts_on > private.today() then
        raise exception 'the first day has not come' using errcode = 'DV409', constraint = 'not_begun';
    end if;
    update app.inspection as i set status = 'under_way', began_on = private.today() where i.id = p_id;
end;
$$;

-- The name under which a recommendation stands among the work of its unit: once per plan item and unit.
create function private.recommendation_occurrence(p_recommendation app.recommendation, p_inspection app.inspection)
    returns text
    language plpgsql stable security definer set search_path = ''
as $$
declare
    base constant text := 'Kiến nghị, ' || to_char(p_inspection.starts_on, 'DD/MM/YYYY') || ': ' || left(p_inspection.title, 60);
    n integer := 1;
begin
    while exists (
        select from app.assignment as a
        where a.plan_item_id = p_inspection.plan_item_id and a.lead_unit_id = p_recommendation.lead_unit_id
            and a.occurrence = base || ' (' || n || ')')
    loop
        n := n + 1;
    end loop;
    return base || ' (' || n || ')';
end;
$$;

-- Over: what was found holds, every recommendation becomes work of its unit. Each unit inspected has a finding, a
-- recommendation, or the word that there is none.
create function private.inspection_conclude(p_id uuid, p_version integer, p_document_id uuid) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    taken constant app.inspection := private.inspection_take(p_id, p_version, 3, 'under_way');
    given app.recommendation;
begin
    if exists (
        select from app.inspection_unit as u
        where u.inspection_id = p_id and u.role = 'subject' and not u.nothing_found
            and not exists (
                select from app.inspection_finding as f where f.inspection_id = p_id and f.subject_unit_id = u.unit_id)
            and not exists (
                select from app.recommendation as r where r.inspection_id = p_id and r.lead_unit_id = u.unit_id))
    then
        raise exception 'nothing is said of a unit' using errcode = 'DV409', constraint = 'nothing_said';
    end if;
    update app.inspection as i
    set status = 'concluded', concluded_on = private.today(), document_id = coalesce(p_document_id, i.document_id)
    where i.id = p_id;
    update app.inspection_finding as f set issued_on = private.today() where f.inspection_id = p_id;
    for given in
        update app.recommendation as r set status = 'open', given_on = private.today()
        where r.inspection_id = p_id and r.status = 'draft'
        returning r.*
    loop
        perform private.give_work('inspection', given.id, taken.owner_unit_id, taken.plan_id, taken.plan_item_id, given.title,
            private.recommendation_occurrence(given, taken), given.lead_unit_id, given.due_on, '{}');
    end loop;
    perform private.notify_unit(u.unit_id, 'inspection_concluded', p_id || ':concluded', null, 'inspections', p_id,
        taken.owner_unit_id, taken.plan_id)
    from app.inspection_unit as u
    where u.inspection_id = p_id;
end;
$$;

create function private.inspection_cancel(p_id uuid, p_version integer, p_reason text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    taken app.inspection;
begin
    taken := private.inspection_take(p_id, p_version, 3, 'planned', 'announced', 'under_way');
    update app.inspection as i set status = 'cancelled', cancelled_on = private.today(), cancel_reason = p_reason
    where i.id = p_id;
    -- who was told that it comes
    perform private.notify_unit(u.unit_id, 'inspection_cancelled', p_id || ':cancelled', null, 'inspections', p_id,
        taken.owner_unit_id, taken.plan_id)
    from app.inspection_unit as u
    where u.inspection_id = p_id and taken.status <> 'planned';
end;
$$;
