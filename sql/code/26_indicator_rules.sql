-- What indicators, targets, values and ratings keep by themselves: drafts of values, the freezing of
-- figures, and the checks behind each write.

set local role danvan_policy;

-- The values asked of the report's unit, as far as they are missing. What completed assignments of the
-- items linked to an indicator tell is proposed: those due in the period that the unit leads or
-- coordinates by the plan (what was given beside it is not what the indicator counts). None completed proposes nothing, not zero. A proposal is renewed until somebody of the
-- unit has written the value; what they wrote is left alone.
create function private.report_prefill_values(p_report_id uuid) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    report constant app.report := (select r from app.report as r where r.id = p_report_id);
    period constant app.period := (select p from app.period as p where p.id = report.period_id);
begin
    insert into app.indicator_value as v (report_id, indicator_id, unit_id, year, is_own_asked, is_own_suggested,
        own_value, own_numerator, own_denominator)
    with owed as materialized (
        select a.id, a.plan_item_id, a.status
        from app.assignment as a
        where a.lead_unit_id = report.unit_id and a.plan_id = report.plan_id and a.source = 'plan'
            and a.status not in ('cancelled', 'moved') and a.due_on between period.starts_on and period.ends_on
        union
        select a.id, a.plan_item_id, a.status
        from app.assignment_part as x
        join app.assignment as a on a.id = x.assignment_id
        where x.unit_id = report.unit_id and x.role = 'coordinating' and a.plan_id = report.plan_id and a.source = 'plan'
            and a.status not in ('cancelled', 'moved') and a.due_on between period.starts_on and period.ends_on),
    told as (
        select x.indicator_id, count(*) as count, count(*) filter (where o.status = 'completed') as completed
        from app.indicator_item as x
        join owed as o on o.plan_item_id = x.plan_item_id
        group by x.indicator_id
        having count(*) filter (where o.status = 'completed') > 0),
    -- where no assignment tells: of those the plan asks, how many have a signed coordination plan, under the item that asks
    -- for one and with whoever leads them: of the year, or of a stage where that is what is asked once
    signed as (
        select x.indicator_id, count(*) as count, count(*) filter (where c.is_signed) as completed
        from app.indicator_item as x
        join owed as o on o.plan_item_id = x.plan_item_id
        join app.assignment as a on a.id = o.id and a.source = 'plan'
        cross join lateral (
            select exists (
                select from app.coordination_plan as c
                where c.owner_unit_id = report.unit_id and c.plan_item_id = a.plan_item_id and c.signed_on <= period.ends_on
                    and period.year between c.year and coalesce(c.until_year, c.year)
                    and (c.term = 'stage') = exists (
                        select from app.schedule as h
                        where h.plan_item_id = a.plan_item_id and h.recurrence = 'once' and h.label = a.occurrence)
                    and private.is_of_coordination_plan(c.id, a.lead_unit_id)) as is_signed) as c
        where not exists (select from told as t where t.indicator_id = x.indicator_id)
        group by x.indicator_id
        having count(*) filter (where c.is_signed) > 0),
    proposed as (
        select t.indicator_id, t.count, t.completed from told as t
        union all
        select s.indicator_id, s.count, s.completed from signed as s)
    select p_report_id, i.id, report.unit_id, period.year, true, t.indicator_id is not null,
        case when i.kind = 'value' then t.completed end,
        case when i.kind = 'ratio' then t.completed end,
        case when i.kind = 'ratio' then t.count end
    from private.indicator_asked as k
    join app.indicator as i on i.id = k.indicator_id
    left join proposed as t on t.indicator_id = i.id
    where k.unit_id = report.unit_id
        and k.plan_id = report.plan_id
        and k.source = 'report'
        and k.frequency = period.kind
        and period.year between coalesce(k.from_year, period.year) and coalesce(k.until_year, period.year)
    order by i.position
    on conflict (report_id, indicator_id) do update
    set is_own_asked = true, is_own_suggested = excluded.is_own_suggested, own_value = excluded.own_value,
        own_numerator = excluded.own_numerator, own_denominator = excluded.own_denominator
    where (v.is_own_suggested or (v.own_value is null and v.own_denominator is null))
        and (v.is_own_asked, v.is_own_suggested, v.own_value, v.own_numerator, v.own_denominator)
            is distinct from
            (true, excluded.is_own_suggested, excluded.own_value, excluded.own_numerator, excluded.own_denominator);
end;
$$;

-- Approval freezes the figures; reopening takes them out of what stands (private.value_in_force then
-- reads the version approved last).
create function private.report_freeze_values(p_report_id uuid, p_is_approved boolean) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    update app.indicator_value as v
    set is_approved = p_is_approved
    where v.report_id = p_report_id and v.is_approved <> p_is_approved;
end;
$$;

-- Whether anything was said of it: past row security, for a draft of a unit below counts as well.
create function private.indicator_is_answered(p_indicator_id uuid) returns boolean
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return exists (select from app.indicator_value as v where v.indicator_id = p_indicator_id);
end;
$$;

-- Whether my unit may rate this one: the unit of the first kind in app.unit_kind_superior that stands
-- at its area or nearest above, or a mobilization board of a level above it.
create function private.may_rate(p_unit_id integer) returns boolean
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return exists (
        select
        from app.unit as u
        join app.unit as me on me.id = private.my_unit()
        join app.line as n on n.id = me.line_id
        where u.id = p_unit_id
            and u.id <> me.id
            and me.is_active
            and me.parent_id is null
            and me.area_id in (u.area_id, u.province_key, u.district_key, u.grassroots_key)
            and ((n.code = 'mobilization' and me.level_id < u.level_id)
                or me.id = (
                    select s.id
                    from app.unit_kind_superior as k
                    join app.unit as s on s.kind = k.superior_kind and s.is_active and s.parent_id is null
                    where k.kind = u.kind and s.id <> u.id
                        and s.area_id in (u.area_id, u.province_key, u.district_key, u.grassroots_key)
                    order by k.position, s.level_id desc, s.id
                    limit 1)));
end;
$$;

set local role danvan_owner;

-- Indicators -------------------------------------------------------------------------------------------

create trigger indicator_30_visible before insert or update of plan_item_id on app.indicator
    for each row execute function private.check_visible('plan_id', 'plan', 'plan_item_id', 'plan_item');
create trigger indicator_ask_30_visible before insert on app.indicator_ask
    for each row execute function private.check_visible('indicator_id', 'indicator');
create trigger indicator_item_30_visible before insert on app.indicator_item
    for each row execute function private.check_visible('indicator_id', 'indicator', 'plan_item_id', 'plan_item');
create trigger target_30_visible before insert on app.target
    for each row execute function private.check_visible('indicator_id', 'indicator');
create trigger indicator_ask_90_audit after insert or delete on app.indicator_ask
    for each row execute function private.audit_row();
create trigger indicator_item_90_audit after insert or delete on app.indicator_item
    for each row execute function private.audit_row();

-- An indicator measures an item of its own plan, and what it means stays once it was answered.
create function private.indicator_check() returns trigger
    language plpgsql set search_path = ''
as $$
declare
    changed text;
begin
    if new.plan_item_id is not null and not exists (
        select from app.plan_item as i where i.id = new.plan_item_id and i.plan_id = new.plan_id)
    then
        raise exception 'plan_item_id names no item of this plan'
            using errcode = 'DV422', column = 'plan_item_id', constraint = 'not_visible';
    end if;
    if tg_op = 'UPDATE' then
        changed := case
            when new.kind <> old.kind then 'kind'
            when new.roll_up <> old.roll_up then 'roll_up'
            when new.source <> old.source then 'source'
            when new.frequency <> old.frequency then 'frequency' end;
        if changed is not null and private.indicator_is_answered(new.id) then
            raise exception '% stays: the indicator was answered', changed
                using errcode = 'DV422', column = changed, constraint = 'already_answered';
        end if;
    end if;
    return new;
end;
$$;
create trigger indicator_40_check before insert or update on app.indicator
    for each row execute function private.indicator_check();

create function private.indicator_item_check() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    if not exists (
        select from app.plan_item as t join app.indicator as i on i.plan_id = t.plan_id
        where t.id = new.plan_item_id and i.id = new.indicator_id)
    then
        raise exception 'plan_item_id names no item of the indicator''s plan'
            using errcode = 'DV422', column = 'plan_item_id', constraint = 'not_visible';
    end if;
    return new;
end;
$$;
create trigger indicator_item_40_check before insert on app.indicator_item
    for each row execute function private.indicator_item_check();

-- A ratio's threshold is in per cent; a target lies in the years of its plan.
create function private.target_check() returns trigger
    language plpgsql set search_path = ''
as $$
declare
    asked record;
begin
    select i.kind, extract(year from p.period_from) as first_year, extract(year from p.period_to) as last_year
    into asked
    from app.indicator as i join app.plan as p on p.id = i.plan_id
    where i.id = new.indicator_id;
    if new.year not between asked.first_year and asked.last_year then
        raise exception 'outside the years of the plan' using errcode = 'DV422', column = 'year', constraint = 'out_of_range';
    end if;
    if asked.kind = 'ratio' and new.threshold not between 0 and 100 then
        raise exception 'a ratio is measured in per cent'
            using errcode = 'DV422', column = 'threshold', constraint = 'out_of_range';
    end if;
    return new;
end;
$$;
create trigger target_40_check before insert or update on app.target
    for each row execute function private.target_check();

-- Values -----------------------------------------------------------------------------------------------

-- The own part is written by a unit that is asked, in the form that the indicator has; when, the row
-- policy says. Drafting (danvan_policy) proposes; anybody else settles it, be it unchanged.
create function private.indicator_value_own() returns trigger
    language plpgsql set search_path = ''
as $$
declare
    indicator_kind text;
    wrong text;
begin
    if current_user = 'danvan_policy' then
        return new;
    end if;
    if not new.is_own_asked and (new.own_value is not null or new.own_denominator is not null) then
        raise exception 'the unit itself is not asked'
            using errcode = 'DV422', constraint = 'not_asked',
                column = case when new.own_value is null then 'own_numerator' else 'own_value' end;
    end if;
    select i.kind into indicator_kind from app.indicator as i where i.id = new.indicator_id;
    wrong := case
        when indicator_kind = 'ratio' and new.own_value is not null then 'own_value'
        when indicator_kind = 'value' and new.own_numerator is not null then 'own_numerator'
        when indicator_kind = 'value' and new.own_denominator is not null then 'own_denominator' end;
    if wrong is not null then
        raise exception 'the indicator is a %', indicator_kind
            using errcode = 'DV422', column = wrong, constraint = 'wrong_measure';
    end if;
    new.is_own_suggested := false;
    return new;
end;
$$;
create trigger indicator_value_40_own
    before update of own_value, own_numerator, own_denominator, note on app.indicator_value
    for each row execute function private.indicator_value_own();

-- Ratings ----------------------------------------------------------------------------------------------

create trigger rating_30_visible before insert or update of document_id on app.rating
    for each row execute function private.check_visible('document_id', 'document');

-- Whoever writes a rating stands for it from then on.
create function private.rating_check() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    new.rated_on := coalesce(new.rated_on, private.today());
    if private.my_user() is not null then
        new.rated_by_unit_id := private.my_unit();
    end if;
    if new.year > extract(year from private.today()) then
        raise exception 'a year that has not come' using errcode = 'DV422', column = 'year', constraint = 'in_future';
    end if;
    if new.rated_on > private.today() then
        raise exception 'rated_on lies in the future' using errcode = 'DV422', column = 'rated_on', constraint = 'in_future';
    end if;
    if not exists (select from app.rating_grade as g where g.scale = new.scale and g.code = new.grade) then
        raise exception 'no such grade on this scale' using errcode = 'DV422', constraint = 'not_a_choice',
            column = case when exists (select from app.rating_scale as s where s.code = new.scale) then 'grade' else 'scale' end;
    end if;
    return new;
end;
$$;
create trigger rating_40_check before insert or update on app.rating
    for each row execute function private.rating_check();
