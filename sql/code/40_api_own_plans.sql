-- Own plans below: a draft takes items of the plan above, and who has carried out what of it.
--
-- api.plan_take_items: an officer of the issuer unit copies items of the plan above into the draft, by
-- their codes, with the headings they stand under; each points at what it carries out. Who leads them
-- and when they are due is the plan's own matter. What the draft has already is passed over, so that
-- taking twice does nothing the second time. Refusals: DV404, DV403 not_permitted, DV409 wrong_state /
-- no_parent_plan, DV412, DV422 codes: not_visible (no such item above), duplicate (the draft has an item
-- of that code that carries out something else).
--
-- Coverage counts plans that were issued, in force or closed. A draft is its owner's alone and counts
-- for nobody, not even there. Row security holds: each sees the coverage of the own scope.

set local role danvan_owner;

-- The draft, held as it is until the transaction ends.
create function private.plan_hold_draft(p_id uuid, p_version integer) returns app.plan
    language plpgsql set search_path = ''
as $$
declare
    plan app.plan;
begin
    perform private.plan_visible(p_id);
    select p.* into plan from app.plan as p where p.id = p_id;
    if plan.issuer_unit_id is distinct from private.my_unit() or coalesce(private.my_rank(), 0) < 2 then
        raise exception 'not for the caller to write' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    -- row security lets a draft alone be held
    select p.* into plan from app.plan as p where p.id = p_id for share;
    if plan.id is null then
        raise exception 'the plan is no draft' using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if plan.version <> p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = plan.version::text;
    end if;
    return plan;
end;
$$;

-- Items of the plan above by their codes, and the headings they stand under. A block is no item to
-- carry out: it holds who answers above.
create function private.plan_items_above(p_plan_id uuid, p_codes text[])
    returns table (item_id uuid, "position" integer)
    language sql stable set search_path = ''
as $$
    with recursive wanted as (
        select i.id, i.parent_id, i.position
        from app.plan_item as i
        where i.plan_id = p_plan_id and i.code = any (p_codes) and i.kind <> 'block'
        union
        select up.id, up.parent_id, up.position
        from wanted as w join app.plan_item as up on up.id = w.parent_id)
    select w.id, w.position from wanted as w;
$$;

-- Answers {"taken": n, "items": [{"id", "code", "position", "carries_out_id"}]}: what was added.
create function api.plan_take_items(p_id uuid, p_version integer, p_body jsonb default null) returns jsonb
    language plpgsql set search_path = ''
as $$
declare
    plan constant app.plan := private.plan_hold_draft(p_id, p_version);
    codes constant text[] := array(select jsonb_array_elements_text(p_body -> 'codes'));
    made uuid[] := '{}';
    made_id uuid;
    last_position integer;
    up record;
begin
    if plan.parent_plan_id is null then
        raise exception 'the plan names no plan above' using errcode = 'DV409', constraint = 'no_parent_plan';
    end if;
    if exists (
        select from unnest(codes) as c (code)
        where not exists (
            select from app.plan_item as i
            where i.plan_id = plan.parent_plan_id and i.code = c.code and i.kind <> 'block'))
    then
        raise exception 'the plan above has no such item'
            using errcode = 'DV422', column = 'codes', constraint = 'not_visible';
    end if;
    select greatest(max(i.position), 0) into last_position
    from app.plan_item as i where i.plan_id in (plan.id, plan.parent_plan_id);

    for up in
        select i.*
        from private.plan_items_above(plan.parent_plan_id, codes) as w
        join app.plan_item as i on i.id = w.item_id
        where not exists (
            select from app.plan_item as own where own.plan_id = plan.id and own.carries_out_id = i.id)
        order by i.position
    loop
        if exists (select from app.plan_item as own where own.plan_id = plan.id and own.code = up.code) then
            raise exception 'another item has code %', up.code
                using errcode = 'DV422', column = 'codes', constraint = 'duplicate';
        end if;
        -- the place it has above, so that the outline keeps its order; else the end
        if exists (select from app.plan_item as own where own.plan_id = plan.id and own.position = up.position) then
            last_position := last_position + 1;
            up.position := last_position;
        end if;
        insert into app.plan_item (plan_id, parent_id, kind, code, outline, position, title, text, deliverable,
            source_document_id, source_clause, carries_out_id)
        values (plan.id,
            (select own.id from app.plan_item as own
                where own.plan_id = plan.id and own.carries_out_id = up.parent_id
                order by own.position limit 1),
            up.kind, up.code, up.outline, up.position, up.title, up.text, up.deliverable,
            (select d.id from app.document as d where d.id = up.source_document_id), up.source_clause, up.id)
        returning id into made_id;
        made := made || made_id;
    end loop;
    return jsonb_build_object('taken', cardinality(made), 'items', (
        select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'code', i.code, 'position', i.position,
            'carries_out_id', i.carries_out_id) order by i.position), '[]')
        from app.plan_item as i where i.id = any (made)));
end;
$$;

-- Who is expected to have a plan of their own: whoever leads an assignment of an item that asks for one;
-- with the day it was first due on. Bounded as scope_of_unit tells. As of another day: of the units that
-- stood then, whatever has moved on since.
create function private.plan_expected(p_plan_id uuid, p_key_column text, p_key_value integer, p_as_of date)
    returns table (unit_id integer, original_due_on date)
    language plpgsql stable set search_path = ''
as $$
begin
    return query execute format($sql$
        select a.lead_unit_id, min(a.original_due_on)
        from app.plan_item as i
        join app.assignment as a on a.plan_item_id = i.id
        where i.plan_id = $1 and i.asks_own_plan and a.source = 'plan' and a.status <> 'cancelled' and a.%I = $2
            and case when $3 is null then a.status <> 'moved' else exists (
                select from app.unit_version as v
                where v.unit_id = a.lead_unit_id and v.valid_from <= $3 and (v.valid_to is null or v.valid_to > $3)) end
        group by a.lead_unit_id$sql$, p_key_column)
    using p_plan_id, p_key_value, p_as_of;
end;
$$;

-- Plans issued to carry out this one, bounded likewise, with the day they bear. As of another day: those
-- issued by then, of the unit that issued them if it stood then.
create function private.plan_issued_below(p_plan_id uuid, p_key_column text, p_key_value integer, p_as_of date)
    returns table (plan_id uuid, unit_id integer, number text, signed_on date, issued_on date)
    language plpgsql stable set search_path = ''
as $$
begin
    return query execute format($sql$
        select p.id,
            case when exists (
                select from app.unit_version as v
                where v.unit_id = p.original_issuer_unit_id and v.valid_from <= $3 and (v.valid_to is null or v.valid_to > $3))
                then p.original_issuer_unit_id else p.issuer_unit_id end,
            p.number, p.signed_on, d.day
        from app.plan as p
        cross join lateral (
            select coalesce(p.signed_on, (p.issued_at at time zone 'Asia/Ho_Chi_Minh')::date) as day) as d
        where p.parent_plan_id = $1 and p.status in ('in_force', 'closed') and p.%I = $2
            and ($3 is null or d.day <= $3)$sql$, p_key_column)
    using p_plan_id, p_key_value, p_as_of;
end;
$$;

-- Per task of the plan: how many plans below carry it out, and how many of the expected units.
create function api.plan_coverage(p_plan_id uuid, p_unit_id integer default null, p_as_of date default null)
    returns table (
        plan_item_id uuid, code text, outline text, title text, "position" integer,
        plan_count bigint, unit_count bigint, expected_count bigint)
    language plpgsql stable set search_path = ''
as $$
declare
    bound constant record := private.scope_of_unit(p_unit_id);
begin
    if not exists (select from app.plan as p where p.id = p_plan_id) then
        raise exception 'no such plan' using errcode = 'DV422', column = 'plan', constraint = 'not_visible';
    end if;
    return query
    with expected as materialized (
        select e.unit_id from private.plan_expected(p_plan_id, bound.key_column, bound.key_value, p_as_of) as e),
    carried as (
        select c.carries_out_id, count(distinct b.plan_id) as plans, count(distinct e.unit_id) as units
        from private.plan_issued_below(p_plan_id, bound.key_column, bound.key_value, p_as_of) as b
        join app.plan_item as c on c.plan_id = b.plan_id and c.carries_out_id is not null
        left join expected as e on e.unit_id = b.unit_id
        group by c.carries_out_id)
    select i.id, i.code, i.outline, i.title, i.position, coalesce(c.plans, 0), coalesce(c.units, 0),
        (select count(*) from expected)
    from app.plan_item as i
    left join carried as c on c.carries_out_id = i.id
    where i.plan_id = p_plan_id and i.kind = 'task';
end;
$$;

-- Per expected unit: the first plan it issued to carry out this one, and whether that was in time.
create function api.plan_carriers(p_plan_id uuid, p_unit_id integer default null, p_as_of date default null)
    returns table (
        unit_id integer, unit_name text, level_id smallint, level text, line_id smallint, line text,
        original_due_on date, state text, own_plan_id uuid, own_plan_number text, signed_on date, issued_on date,
        plan_count bigint, item_count bigint)
    language plpgsql stable set search_path = ''
as $$
#variable_conflict use_column
declare
    bound constant record := private.scope_of_unit(p_unit_id);
begin
    if not exists (select from app.plan as p where p.id = p_plan_id) then
        raise exception 'no such plan' using errcode = 'DV422', column = 'plan', constraint = 'not_visible';
    end if;
    return query
    with below as materialized (
        select * from private.plan_issued_below(p_plan_id, bound.key_column, bound.key_value, p_as_of)),
    first_plan as (
        select distinct on (b.unit_id) b.* from below as b order by b.unit_id, b.issued_on, b.plan_id)
    select e.unit_id,
        (select v.name from app.unit_version as v
            where v.unit_id = e.unit_id and v.valid_from <= coalesce(p_as_of, private.today())
            order by v.valid_from desc limit 1),
        u.level_id, l.code, u.line_id, n.code, e.original_due_on,
        case
            when f.issued_on <= e.original_due_on then 'on_time'
            when f.plan_id is not null then 'late'
            when coalesce(p_as_of, private.today()) > e.original_due_on then 'missing'
            else 'awaited'
        end,
        f.plan_id, f.number, f.signed_on, f.issued_on,
        (select count(*) from below as b where b.unit_id = e.unit_id),
        (select count(distinct c.carries_out_id)
            from below as b
            join app.plan_item as c on c.plan_id = b.plan_id
            join app.plan_item as i on i.id = c.carries_out_id and i.kind = 'task'
            where b.unit_id = e.unit_id)
    from private.plan_expected(p_plan_id, bound.key_column, bound.key_value, p_as_of) as e
    join app.unit as u on u.id = e.unit_id
    join app.level as l on l.id = u.level_id
    join app.line as n on n.id = u.line_id
    left join first_plan as f on f.unit_id = e.unit_id;
end;
$$;
