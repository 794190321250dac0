-- What belongs to plans, periods, documents and reorganisations, as of a day; by the rules of
-- 46_as_of_people.sql.

set local role danvan_owner;

-- Plans ---------------------------------------------------------------------------------------------------

-- Whether a plan had been issued by the day with this in it: indicators and targets may be added until a plan is
-- closed. What was there when the plan was issued here is of the plan from the day it bears.
create function private.is_in_plan_on(
        p_status text, p_signed_on date, p_issued_at timestamptz, p_created_at timestamptz, p_day date) returns boolean
    language sql stable parallel safe
    return private.plan_issued_on(p_status, p_signed_on, p_issued_at) <= p_day
        and (p_created_at <= p_issued_at or private.day_of(p_created_at) <= p_day);

create function api.indicators_on(p_day date) returns setof api.indicators
    language sql stable rows 100
begin atomic
    select
        i.id,
        i.plan_id,
        i.plan_item_id,
        t.code,
        i.code,
        i.name,
        i.measure_unit,
        i.kind,
        i.direction,
        i.roll_up,
        i.frequency,
        i.source,
        i.from_year,
        i.until_year,
        i.position,
        i.version,
        i.created_at,
        i.updated_at,
        '{}'::text[]
    from app.indicator as i
    join app.plan as p on p.id = i.plan_id
    left join app.plan_item as t on t.id = i.plan_item_id
    where private.is_in_plan_on(p.status, p.signed_on, p.issued_at, i.created_at, p_day);
end;

create function api.targets_on(p_day date) returns setof api.targets
    language sql stable rows 100
begin atomic
    select
        g.id,
        g.indicator_id,
        i.plan_id,
        i.code,
        i.name,
        i.measure_unit,
        i.kind,
        i.position,
        g.year,
        g.line_id,
        n.code,
        g.comparator,
        g.threshold,
        g.version,
        g.created_at,
        g.updated_at,
        '{}'::text[]
    from app.target as g
    join api.indicators_on(p_day) as i on i.id = g.indicator_id
    join app.plan as p on p.id = i.plan_id
    left join app.line as n on n.id = g.line_id
    where private.is_in_plan_on(p.status, p.signed_on, p.issued_at, g.created_at, p_day);
end;

-- Kept without days of their own: with the indicator.
create function api.indicator_asks_on(p_day date) returns setof api.indicator_asks
    language sql stable rows 100
begin atomic
    select k.*
    from api.indicator_asks as k
    join api.indicators_on(p_day) as i on i.id = k.indicator_id;
end;

create function api.indicator_items_on(p_day date) returns setof api.indicator_items
    language sql stable rows 100
begin atomic
    select x.*
    from api.indicator_items as x
    join api.indicators_on(p_day) as i on i.id = x.indicator_id;
end;

create function api.training_requirements_on(p_day date) returns setof api.training_requirements
    language sql stable rows 100
begin atomic
    select
        q.id, q.plan_id, p.number, q.plan_item_id,
        (select i.code from app.plan_item as i where i.id = q.plan_item_id),
        q.topic_code, q.topic_code, t.name,
        q.position_code, q.position_code, x.name,
        q.level_id, (select l.code from app.level as l where l.id = q.level_id),
        q.line_id, (select n.code from app.line as n where n.id = q.line_id),
        q.year, q.note, q.version, q.created_at, q.updated_at, '{}'::text[]
    from app.training_requirement as q
    join app.plan as p on p.id = q.plan_id
    join app.training_topic as t on t.code = q.topic_code
    join app.position as x on x.code = q.position_code
    where private.is_in_plan_on(p.status, p.signed_on, p.issued_at, q.created_at, p_day);
end;

-- Periods -------------------------------------------------------------------------------------------------

-- Of periods that were there on the day. Where none of a period's due days had been moved by then, they are as
-- first set; which one a move was of is not kept.
create function api.period_dues_on(p_day date) returns setof api.period_dues
    language sql stable rows 100
begin atomic
    select
        x.id,
        x.period_id,
        d.plan_id,
        d.label,
        x.level_id,
        l.code,
        l.name,
        case when x.due_on = x.original_due_on or exists (
            select from app.period_event as e
            where e.period_id = x.period_id and e.event = 'due_changed' and private.day_of(e.created_at) <= p_day)
            then x.due_on else x.original_due_on end,
        x.original_due_on,
        x.version,
        x.created_at,
        x.updated_at,
        '{}'::text[]
    from app.period_due as x
    join api.periods_on(p_day) as d on d.id = x.period_id
    join app.level as l on l.id = x.level_id;
end;

create function api.period_events_on(p_day date) returns setof api.period_events
    language sql stable rows 100
begin atomic
    select
        e.id,
        e.period_id,
        e.event,
        e.cause,
        e.reason,
        e.by_user_id,
        e.by_unit_id,
        (select v.name from app.unit_version as v
            where v.unit_id = e.by_unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        e.created_at
    from app.period_event as e
    where private.day_of(e.created_at) <= p_day;
end;

-- Documents -----------------------------------------------------------------------------------------------

-- Between documents that are both on the day's list.
create function api.document_relations_on(p_day date) returns setof api.document_relations
    language sql stable rows 1000
begin atomic
    select
        r.id,
        r.version,
        r.from_id,
        f.symbol,
        f.subject,
        r.kind,
        r.to_id,
        t.symbol,
        t.subject,
        r.note,
        r.created_at,
        r.updated_at,
        '{}'::text[]
    from app.document_relation as r
    join app.document as f on f.id = r.from_id and f.status = 'published' and f.issued_on <= p_day
    join app.document as t on t.id = r.to_id and t.status = 'published' and t.issued_on <= p_day;
end;

-- Reorganisations -----------------------------------------------------------------------------------------

-- Of those carried out, with effect by the day.
create function api.reorganisation_steps_on(p_day date) returns setof api.reorganisation_steps
    language sql stable rows 100
begin atomic
    select
        t.id,
        t.reorganisation_id,
        t.position,
        t.subject,
        t.kind,
        t.with_units,
        t.moves_accounts,
        t.note,
        t.version,
        t.created_at,
        t.updated_at,
        '{}'::text[]
    from app.reorganisation_step as t
    join app.reorganisation as r on r.id = t.reorganisation_id
    where r.effective_on <= p_day and r.status = 'carried_out';
end;

create function api.reorganisation_parts_on(p_day date) returns setof api.reorganisation_parts
    language sql stable rows 100
begin atomic
    select
        p.id,
        t.reorganisation_id,
        p.step_id,
        t.position,
        p.side,
        p.position,
        p.area_id,
        (select v.name from app.area_version as v
            where v.area_id = p.area_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        p.unit_id,
        (select v.name from app.unit_version as v
            where v.unit_id = p.unit_id and v.valid_from <= p_day
            order by v.valid_from desc limit 1),
        p.new_code,
        p.new_name,
        p.new_short_name,
        p.new_kind,
        p.new_level_id,
        p.new_area_id,
        p.new_area_part_id,
        p.new_parent_unit_id,
        p.new_parent_part_id,
        p.allocation,
        p.share_permille,
        p.made_area_id,
        p.made_unit_id,
        p.version,
        p.created_at,
        p.updated_at,
        '{}'::text[]
    from app.reorganisation_part as p
    join app.reorganisation_step as t on t.id = p.step_id
    join app.reorganisation as r on r.id = t.reorganisation_id
    where r.effective_on <= p_day and r.status = 'carried_out';
end;

create function api.reorganisation_function_items_on(p_day date) returns setof api.reorganisation_function_items
    language sql stable rows 100
begin atomic
    select f.id, t.reorganisation_id, f.step_id, f.plan_item_id, i.code, i.title, f.version, f.created_at, '{}'::text[]
    from app.reorganisation_function_item as f
    join app.reorganisation_step as t on t.id = f.step_id
    join app.reorganisation as r on r.id = t.reorganisation_id
    left join app.plan_item as i on i.id = f.plan_item_id
    where r.effective_on <= p_day and r.status = 'carried_out';
end;

-- In force by the day; names are those of the two days that a link joins.
create function api.area_links_on(p_day date) returns setof api.area_links
    language sql stable rows 1000
begin atomic
    select l.* from api.area_links as l where l.effective_on <= p_day;
end;

create function api.unit_links_on(p_day date) returns setof api.unit_links
    language sql stable rows 1000
begin atomic
    select l.* from api.unit_links as l where l.effective_on <= p_day;
end;
