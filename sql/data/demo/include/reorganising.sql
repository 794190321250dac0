-- Entering and carrying out a reorganisation the way psql does it, for the demonstrations: the rows of
-- app.reorganisation with its steps and parts, then private.reorganisation_carry_out on its day. An area
-- is named by the code it has on the day the installation stands on: codes alone are no identity.

create or replace function pg_temp.reorg_area(p_code text) returns integer
    language plpgsql stable
as $$
declare
    found_id integer;
begin
    select v.area_id into strict found_id
    from app.area_version as v
    where v.code = p_code and v.valid_from <= private.today() and coalesce(v.valid_to > private.today(), true);
    return found_id;
end;
$$;

create or replace function pg_temp.reorg_unit(p_code text) returns integer
    language plpgsql stable
as $$
declare
    found_id integer;
begin
    select u.id into strict found_id from app.unit as u where u.code = p_code;
    return found_id;
end;
$$;

-- The paper, where the directory of documents lacks it.
create or replace function pg_temp.reorg_document(p_symbol text, p_issuer text, p_issued_on date, p_subject text,
    p_owner_code text, p_doubt text default null) returns uuid
    language plpgsql
as $$
declare
    document uuid;
begin
    insert into app.document (symbol, kind, issuer, issued_on, subject, is_doubtful, doubt, status, owner_unit_id)
    values (p_symbol, 'resolution', p_issuer, p_issued_on, p_subject, p_doubt is not null, p_doubt, 'published',
        pg_temp.reorg_unit(p_owner_code))
    returning id into document;
    return document;
end;
$$;

create or replace function pg_temp.reorg_add(p_title text, p_effective_on date, p_legal_basis text, p_owner_code text,
    p_document_id uuid default null, p_doubt text default null) returns uuid
    language plpgsql
as $$
declare
    made uuid;
begin
    insert into app.reorganisation (title, effective_on, legal_basis, document_id, is_doubtful, doubt, owner_unit_id, owner_area_id)
    select p_title, p_effective_on, p_legal_basis, p_document_id, p_doubt is not null, p_doubt, u.id, u.area_id
    from app.unit as u where u.code = p_owner_code
    returning id into strict made;
    return made;
end;
$$;

-- The next step.
create or replace function pg_temp.reorg_step(p_reorganisation_id uuid, p_subject text, p_kind text,
    p_with_units boolean default true, p_note text default null) returns uuid
    language plpgsql
as $$
declare
    made uuid;
begin
    insert into app.reorganisation_step (reorganisation_id, position, subject, kind, with_units, note)
    select p_reorganisation_id, coalesce(max(s.position), 0) + 1, p_subject, p_kind, p_with_units, p_note
    from app.reorganisation_step as s where s.reorganisation_id = p_reorganisation_id
    returning id into made;
    return made;
end;
$$;

-- The next part of a side: what stands (an area's or unit's id), or what is to be made or made of it.
create or replace function pg_temp.reorg_part(p_step_id uuid, p_side text, p_stands integer default null,
    p_code text default null, p_name text default null, p_short_name text default null, p_kind text default null,
    p_level text default null, p_area_id integer default null, p_area_part_id uuid default null,
    p_parent_part_id uuid default null, p_allocation text default null) returns uuid
    language plpgsql
as $$
declare
    step app.reorganisation_step := (select s from app.reorganisation_step as s where s.id = p_step_id);
    made uuid;
begin
    insert into app.reorganisation_part (step_id, side, position, area_id, unit_id, new_code, new_name, new_short_name,
        new_kind, new_level_id, new_area_id, new_area_part_id, new_parent_part_id, allocation)
    select p_step_id, p_side, coalesce(max(p.position), 0) + 1,
        case step.subject when 'area' then p_stands end, case step.subject when 'unit' then p_stands end,
        p_code, p_name, p_short_name, p_kind, (select l.id from app.level as l where l.code = p_level),
        p_area_id, p_area_part_id, p_parent_part_id, p_allocation
    from app.reorganisation_part as p where p.step_id = p_step_id and p.side = p_side
    returning id into made;
    return made;
end;
$$;

-- On its day; the installation stands on it meanwhile, and then where it stood. In psql nobody is the
-- caller: the demonstration's administrator and the day are put to it afterwards.
create or replace function pg_temp.reorg_carry_out(p_id uuid) returns void
    language plpgsql
as $$
declare
    stood_on constant date := private.today();
    reorganisation app.reorganisation := (select r from app.reorganisation as r where r.id = p_id);
    day_begins constant timestamptz := (reorganisation.effective_on + time '08:00') at time zone 'Asia/Ho_Chi_Minh';
begin
    update private.installation set fixed_today = reorganisation.effective_on;
    perform private.reorganisation_carry_out(p_id);
    update private.installation set fixed_today = stood_on;
    update app.reorganisation as r
    set prepared_by = a.id, decided_by = a.id, decided_unit_id = reorganisation.owner_unit_id,
        decided_at = day_begins - interval '7 days', carried_out_at = day_begins
    from app.user_account as a
    where r.id = p_id and a.login = 'tinh.admin';
end;
$$;
