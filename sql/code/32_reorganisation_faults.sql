-- What is wrong with a reorganisation, all of it at once: an impossible draft is refused before anything
-- is touched. Rows: the step, the part, the field, the word that messages know, and what it is about.

set local role danvan_policy;

-- Parts with what they name: the level and keys of the area or unit, and how it ends up.
create function private.reorganisation_part_facts(p_id uuid)
    returns table (part_id uuid, step_id uuid, step_number smallint, step_kind text, subject text, side text,
        area_id integer, unit_id integer, is_active boolean, level_id smallint, is_ended boolean, is_made boolean)
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return query
    select p.id, t.id, t.position, t.kind, t.subject, p.side, p.area_id, p.unit_id,
        coalesce(a.is_active, u.is_active), coalesce(a.level_id, u.level_id),
        p.side = 'from' and t.kind in ('merge', 'split', 'dissolve')
            and not exists (select from app.reorganisation_part as x
                where x.step_id = t.id and x.side = 'to' and (x.area_id = p.area_id or x.unit_id = p.unit_id)),
        p.side = 'to' and p.area_id is null and p.unit_id is null
    from app.reorganisation_step as t
    join app.reorganisation_part as p on p.step_id = t.id
    left join app.area as a on a.id = p.area_id
    left join app.unit as u on u.id = p.unit_id
    where t.reorganisation_id = p_id;
end;
$$;

-- Steps that lack something or have too much of it.
create function private.reorganisation_step_faults(p_id uuid)
    returns table (step_number smallint, part_id uuid, field text, word text, about text)
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return query
    with counted as (
        select t.*, f.from_count, f.to_count, f.untold_count, f.share_sum, f.share_count,
            (select count(*) from app.reorganisation_function_item as i where i.step_id = t.id) as item_count
        from app.reorganisation_step as t
        cross join lateral (
            select count(*) filter (where p.side = 'from') as from_count,
                count(*) filter (where p.side = 'to') as to_count,
                count(*) filter (where p.side = 'to' and p.allocation is null) as untold_count,
                sum(p.share_permille) filter (where p.side = 'to') as share_sum,
                count(*) filter (where p.side = 'to' and p.allocation = 'share') as share_count
            from app.reorganisation_part as p where p.step_id = t.id) as f
        where t.reorganisation_id = p_id)
    select null::smallint, null::uuid, 'steps', 'no_steps', null::text
    where not exists (select from counted)
    union all
    select c.position, null, 'parts', 'wrong_parts', c.kind
    from counted as c
    where not case c.kind
        when 'merge' then c.from_count >= 1 and c.to_count = 1
        when 'split' then c.from_count = 1 and c.to_count >= 2
        when 'dissolve' then c.from_count >= 1 and c.to_count <= 1
        when 'create' then c.from_count = 0 and c.to_count >= 1
        when 'move_function' then c.from_count = 1 and c.to_count = 1
        else c.from_count >= 1 and c.to_count = 0 end
    union all
    select c.position, null, 'allocation', 'required', 'split' from counted as c where c.kind = 'split' and c.untold_count > 0
    union all
    select c.position, null, 'share_permille', 'shares_not_whole', c.share_sum::text
    from counted as c
    where c.kind = 'split' and c.share_count > 0 and (c.share_sum <> 1000 or c.share_count <> c.to_count)
    union all
    select c.position, null, 'function_items', 'no_function_items', null
    from counted as c where c.kind = 'move_function' and c.item_count = 0;
end;
$$;

-- Parts that name what they may not.
create function private.reorganisation_subject_faults(p_id uuid)
    returns table (step_number smallint, part_id uuid, field text, word text, about text)
    language plpgsql stable security definer set search_path = ''
as $$
declare
    day constant date := (select r.effective_on from app.reorganisation as r where r.id = p_id);
begin
    return query
    with part as materialized (select * from private.reorganisation_part_facts(p_id)),
    named as (
        select p.*, p.subject || '_id' as field,
            -- as it was last called, where it is no more
            coalesce((select v.name from app.area_version as v
                    where v.area_id = p.area_id order by v.valid_from <= day desc, v.valid_from desc limit 1),
                (select v.name from app.unit_version as v
                    where v.unit_id = p.unit_id order by v.valid_from <= day desc, v.valid_from desc limit 1)) as about,
            (select max(v.valid_from) from app.area_version as v where v.area_id = p.area_id) as area_from,
            (select max(v.valid_from) from app.unit_version as v where v.unit_id = p.unit_id) as unit_from
        from part as p where not p.is_made)
    select n.step_number, n.part_id, n.field, 'wrong_subject', n.about
    from named as n where (n.subject = 'area') <> (n.area_id is not null)
    union all
    select n.step_number, n.part_id, n.field, 'already_ended', n.about from named as n where not n.is_active
    union all
    select n.step_number, n.part_id, 'effective_on', 'before_version', n.about
    from named as n
    where coalesce(n.area_from, n.unit_from) > day or (n.is_ended and coalesce(n.area_from, n.unit_from) = day)
    union all
    -- a part is ended once, and what ends is not changed besides
    select n.step_number, n.part_id, n.field, 'ended_twice', n.about
    from named as n
    where n.is_ended and exists (
        select from part as x
        where x.part_id <> n.part_id and x.step_kind <> 'move_function' and (x.area_id = n.area_id or x.unit_id = n.unit_id)
            and (x.step_id, x.side) is distinct from (n.step_id, 'to')
            and (x.is_ended or x.side = 'from' or x.step_number > n.step_number)
            and not (x.side = 'to' and x.step_number < n.step_number))
    union all
    select n.step_number, n.part_id, n.field, 'duplicate', n.about
    from named as n
    where exists (select from part as x where x.step_id = n.step_id and x.side = n.side and x.part_id < n.part_id
        and (x.area_id = n.area_id or x.unit_id = n.unit_id));
end;
$$;

-- What parts describe: complete, at the right level, under something that stands or is made before.
create function private.reorganisation_new_faults(p_id uuid)
    returns table (step_number smallint, part_id uuid, field text, word text, about text)
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return query
    with part as materialized (
        select f.step_number, f.step_id, f.step_kind, f.subject as of_subject, f.is_made, f.level_id as stands_at_level, p.*,
            coalesce(p.new_level_id, f.level_id, (
                select coalesce(a.level_id, u.level_id)
                from app.reorganisation_part as x
                left join app.area as a on a.id = x.area_id left join app.unit as u on u.id = x.unit_id
                where x.step_id = f.step_id and x.side = 'from' order by x.position limit 1)) as final_level_id,
            coalesce(p.new_kind, (
                select u.kind
                from app.reorganisation_part as x
                join app.unit as u on u.id = x.unit_id
                where x.step_id = f.step_id and x.side = 'from' order by x.id = f.part_id desc, x.position limit 1)) as final_kind
        from private.reorganisation_part_facts(p_id) as f
        join app.reorganisation_part as p on p.id = f.part_id),
    placed as (
        select p.*, coalesce(a.level_id, q.final_level_id, u.level_id, o.level_id) as place_level_id,
            coalesce(a.is_active, u.is_active, true) as place_stands
        from part as p
        left join app.area as a on a.id = p.new_area_id
        left join part as q on q.id = p.new_area_part_id
        left join app.unit as u on u.id = p.new_parent_unit_id
        left join app.reorganisation_part as y on y.id = p.new_parent_part_id
        left join app.unit as o on o.id = y.unit_id)
    select p.step_number, p.id, x.field, 'required', null::text
    from part as p
    cross join lateral (values ('new_name', p.new_name), ('new_kind', p.new_kind), ('new_code', p.new_code)) as x (field, said)
    where p.is_made and x.said is null
        -- a unit takes the kind, and a code like that, of what it is made of
        and not (p.of_subject = 'unit' and x.field <> 'new_name' and p.step_kind <> 'create')
    union all
    select p.step_number, p.id, 'new_name', 'no_change', null
    from part as p
    where p.step_kind in ('rename', 'change_kind', 'move') and p.side = 'from' and num_nonnulls(p.new_name, p.new_kind,
        p.new_short_name, p.new_code, p.new_area_id, p.new_area_part_id, p.new_parent_unit_id, p.new_parent_part_id) = 0
    union all
    select p.step_number, p.id, 'new_code', 'immutable', p.new_code
    from part as p where p.of_subject = 'unit' and not p.is_made and p.new_code is not null
    union all
    select p.step_number, p.id, 'new_kind', 'not_a_choice', p.new_kind
    from part as p
    where p.of_subject = 'unit' and p.new_kind is not null
        and not exists (select from app.unit_kind as k where k.code = p.new_kind)
    union all
    select p.step_number, p.id, 'new_code', 'bad_format', p.new_code
    from part as p where p.of_subject = 'unit' and p.is_made and p.new_code !~ '^[a-z0-9-]{1,80}$'
    union all
    select p.step_number, p.id, 'new_code', 'duplicate', p.new_code
    from part as p
    where p.of_subject = 'unit' and p.is_made and (
        exists (select from app.unit as u where u.code = p.new_code)
        or exists (select from part as x where x.id < p.id and x.is_made and x.of_subject = 'unit' and x.new_code = p.new_code))
    union all
    -- areas lie in areas of a level above; units stand at areas of the level of their kind
    select p.step_number, p.id, 'new_area_id', 'wrong_level', null
    from placed as p
    where p.of_subject = 'area' and p.place_level_id is not null and p.place_level_id >= p.final_level_id
    union all
    select p.step_number, p.id, 'new_kind', 'wrong_level', p.new_kind
    from placed as p
    join app.unit_kind as k on k.code = p.final_kind
    where p.of_subject = 'unit' and k.level_id <> coalesce(p.place_level_id, p.final_level_id)
    union all
    select p.step_number, p.id, 'new_area_id', 'wrong_level', null
    from placed as p
    where p.of_subject = 'unit' and not p.is_made and p.place_level_id <> p.stands_at_level
    union all
    select p.step_number, p.id, 'new_area_id', 'already_ended', null from placed as p where not p.place_stands
    union all
    select p.step_number, p.id, case when p.new_area_part_id is not null then 'new_area_part_id' else 'new_parent_part_id' end,
        'part_not_made', null
    from part as p
    left join part as q on q.id = coalesce(p.new_area_part_id, p.new_parent_part_id)
    where coalesce(p.new_area_part_id, p.new_parent_part_id) is not null
        and (q.id is null or not q.is_made or (q.step_number, q.position) >= (p.step_number, p.position)
            or q.of_subject <> case when p.new_area_part_id is not null then 'area' else 'unit' end);
end;
$$;

-- Merges and splits stay at one level; what is dissolved goes to its own level or one above.
create function private.reorganisation_level_faults(p_id uuid)
    returns table (step_number smallint, part_id uuid, field text, word text, about text)
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return query
    with part as materialized (
        select f.*, case when f.is_made then coalesce(p.new_level_id,
            (select k.level_id from app.unit_kind as k where k.code = p.new_kind and f.subject = 'unit')) else f.level_id end as at_level
        from private.reorganisation_part_facts(p_id) as f
        join app.reorganisation_part as p on p.id = f.part_id)
    select distinct t.step_number, t.part_id, t.subject || '_id', 'wrong_level', null::text
    from part as t
    join part as s on s.step_id = t.step_id and s.side = 'from'
    where t.side = 'to' and t.at_level is not null
        and case t.step_kind when 'dissolve' then t.at_level > s.at_level when 'move_function' then false
            else t.subject = 'area' and t.at_level <> s.at_level end;
end;
$$;

-- For a request: whether all it names lies in the caller's own scope. A deploy may do what it likes.
create function private.reorganisation_scope_faults(p_id uuid)
    returns table (step_number smallint, part_id uuid, field text, word text, about text)
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return query
    select t.position, p.id, x.field, 'not_in_scope', null::text
    from app.reorganisation_step as t
    join app.reorganisation_part as p on p.step_id = t.id
    cross join lateral (
        select 'area_id' as field, a.province_key, a.district_key, a.grassroots_key,
            null::integer as province_line_key, null::integer as district_line_key, null::integer as grassroots_line_key
        from app.area as a where a.id = p.area_id
        union all
        select 'new_area_id', a.province_key, a.district_key, a.grassroots_key, null, null, null
        from app.area as a where a.id = p.new_area_id and t.subject = 'area'
        union all
        select 'unit_id', u.province_key, u.district_key, u.grassroots_key, u.province_line_key, u.district_line_key, u.grassroots_line_key
        from app.unit as u where u.id = p.unit_id) as x
    where t.reorganisation_id = p_id and private.my_user() is not null
        and not private.in_my_scope(x.province_key, x.district_key, x.grassroots_key,
            x.province_line_key, x.district_line_key, x.grassroots_line_key);
end;
$$;

create function private.reorganisation_faults(p_id uuid)
    returns table (step_number smallint, part_id uuid, field text, word text, about text)
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return query
    select f.* from private.reorganisation_step_faults(p_id) as f
    union all select f.* from private.reorganisation_subject_faults(p_id) as f
    union all select f.* from private.reorganisation_new_faults(p_id) as f
    union all select f.* from private.reorganisation_level_faults(p_id) as f
    union all select f.* from private.reorganisation_scope_faults(p_id) as f
    order by 1, 2, 3;
end;
$$;

create function private.reorganisation_refuse_faults(p_id uuid) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    said text;
begin
    select string_agg(format('step %s: %s %s %s', f.step_number, f.field, f.word, f.about), '; ')
    into said
    from private.reorganisation_faults(p_id) as f;
    if said is not null then
        raise exception 'the reorganisation is impossible: %', said using errcode = 'DV409', constraint = 'has_faults';
    end if;
end;
$$;
