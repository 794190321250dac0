-- Rules that periods, reports, indicators and notices share, each said once: who a unit reports to, what
-- state a period is in, which keys a row carries, what is audited.

set local role danvan_policy;

-- Who decides on what this unit sends in under this plan: the unit it is inside of; else the unit of
-- the first kind in app.unit_kind_superior that stands at its area or nearest above, within the
-- plan's territory; else the plan's issuer. NULL for the issuer itself: its own leader decides.
create function private.superior_of(p_unit_id integer, p_plan_id uuid) returns integer
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return (
        select case when p.issuer_unit_id <> u.id then coalesce(
            (select o.id from app.unit as o where o.id = u.parent_id and o.is_active),
            (select s.id
                from app.unit_kind_superior as k
                join app.unit as s on s.kind = k.superior_kind and s.is_active and s.parent_id is null
                where k.kind = u.kind
                    and s.id <> u.id
                    and s.area_id in (u.area_id, u.province_key, u.district_key, u.grassroots_key)
                    and p.issuer_area_id in (s.area_id, s.province_key, s.district_key, s.grassroots_key)
                order by k.position, s.level_id desc, s.id
                limit 1),
            p.issuer_unit_id) end
        from app.unit as u, app.plan as p
        where u.id = p_unit_id and p.id = p_plan_id);
end;
$$;

-- Whether a unit is no more: past row security, for the rows of one that ended count for nobody.
create function private.is_ended(p_unit_id integer) returns boolean
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return exists (select from app.unit as u where u.id = p_unit_id and not u.is_active);
end;
$$;

-- Was it no more on that day? From today on: is it now.
create function private.is_ended_on(p_unit_id integer, p_day date) returns boolean
    language plpgsql stable security definer set search_path = ''
as $$
begin
    if p_day >= private.today() then
        return private.is_ended(p_unit_id);
    end if;
    return not exists (
        select from app.unit_version as v where v.unit_id = p_unit_id and (v.valid_to is null or v.valid_to > p_day));
end;
$$;

-- Puts a notice in a unit's inbox and its members' mail; what was told under the same key before is
-- not told again. Answers whether it was new.
create function private.notify_unit(
    p_unit_id integer, p_topic text, p_once_key text, p_stage text default null,
    p_resource text default null, p_resource_id uuid default null, p_about_unit_id integer default null,
    p_plan_id uuid default null, p_due_on date default null, p_count integer default null) returns boolean
    language plpgsql security definer set search_path = ''
as $$
begin
    insert into app.notice (unit_id, topic, once_key, stage, resource, resource_id, about_unit_id, plan_id, due_on, count)
    select p_unit_id, p_topic, p_once_key, p_stage, p_resource, p_resource_id, p_about_unit_id, p_plan_id, p_due_on, p_count
    where p_unit_id is not null
    on conflict (unit_id, topic, once_key) do nothing;
    return found;
end;
$$;

set local role danvan_owner;

-- The one rule of a period's state; a leader's decision (opened_at, locked_at) goes before the calendar.
create function private.period_state(
    opened_at timestamptz, locked_at timestamptz, opens_on date, expires_on date, locks_on date, today date) returns text
    language sql immutable parallel safe
    return case
        when locked_at is not null or today > locks_on then 'locked'
        when today > expires_on then 'expired'
        when opened_at is not null or today >= opens_on then 'open'
        else 'planned'
    end;

-- Scope keys of rows that belong to a unit: whoever answers for the unit now. The level it had
-- when the row was made stays.
create function private.report_keys() returns trigger
    language plpgsql set search_path = ''
as $$
declare
    of_unit app.unit := private.visible_unit(new.unit_id, 'unit_id');
begin
    if tg_op = 'INSERT' then
        new.level_id := of_unit.level_id;
    end if;
    new.line_id := of_unit.line_id;
    new.province_key := of_unit.province_key;
    new.district_key := of_unit.district_key;
    new.grassroots_key := of_unit.grassroots_key;
    return new;
end;
$$;
create trigger report_10_keys before insert or update of unit_id on app.report
    for each row execute function private.report_keys();
create trigger rating_10_keys before insert or update of unit_id on app.rating
    for each row execute function private.report_keys();
create trigger indicator_value_10_keys before insert or update of unit_id on app.indicator_value
    for each row execute function private.report_keys();

create trigger period_50_touch before update on app.period
    for each row execute function private.touch_row();
create trigger period_due_50_touch before update on app.period_due
    for each row execute function private.touch_row();
create trigger period_exception_50_touch before update on app.period_exception
    for each row execute function private.touch_row();
create trigger report_50_touch before update on app.report
    for each row execute function private.touch_row();
create trigger report_line_50_touch before update on app.report_line
    for each row execute function private.touch_row();
create trigger report_section_50_touch before update on app.report_section
    for each row execute function private.touch_row();
create trigger extension_request_50_touch before update on app.extension_request
    for each row execute function private.touch_row();
create trigger indicator_50_touch before update on app.indicator
    for each row execute function private.touch_row();
create trigger target_50_touch before update on app.target
    for each row execute function private.touch_row();
create trigger indicator_value_50_touch before update on app.indicator_value
    for each row execute function private.touch_row();
create trigger rating_50_touch before update on app.rating
    for each row execute function private.touch_row();

-- Opening a period, drafting and gathering make many rows at once and are audited once, by the command.
create trigger period_90_audit after insert or update or delete on app.period
    for each row execute function private.audit_row();
create trigger period_due_90_audit after update or delete on app.period_due
    for each row execute function private.audit_row();
create trigger period_exception_90_audit after insert or update or delete on app.period_exception
    for each row execute function private.audit_row();
-- What a reorganisation moves is audited once, with its counts.
create trigger report_90_audit after update on app.report
    for each row when ((new.status <> 'moved' or old.status = 'moved')
        and (old.province_key, old.district_key, old.grassroots_key, old.line_id)
            is not distinct from (new.province_key, new.district_key, new.grassroots_key, new.line_id))
    execute function private.audit_row();
create trigger report_line_90_audit after update or delete on app.report_line
    for each row execute function private.audit_row();
create trigger report_section_90_audit after update or delete on app.report_section
    for each row execute function private.audit_row();
create trigger extension_request_90_audit after insert or update or delete on app.extension_request
    for each row execute function private.audit_row();
create trigger indicator_90_audit after insert or update or delete on app.indicator
    for each row execute function private.audit_row();
create trigger target_90_audit after insert or update or delete on app.target
    for each row execute function private.audit_row();
create trigger indicator_value_90_audit after update or delete on app.indicator_value
    for each row execute function private.audit_row();
create trigger rating_90_audit after insert or update or delete on app.rating
    for each row execute function private.audit_row();
create trigger evidence_90_audit after insert or delete on app.evidence
    for each row execute function private.audit_row();
