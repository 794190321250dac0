-- Periods as the API shows them, and the commands of the issuer's leader, each saying why.
--
--   plan_generate_periods   {"kinds", "from_year", "to_year"}: makes what is missing; may be repeated
--   period_open             {"reason"}: planned → open, before its day
--   period_lock             {"reason"}: planned | open | expired → locked
--   period_unlock           {"reason", "locks_on"}: locked → what the calendar says, until locks_on
--   period_due_move         {"reason", "due_on"}: another due day for a level
--   period_exception_revoke {}
-- Refusals: DV404 not visible; DV403 not_permitted; DV409 plan_closed / wrong_state; DV412 with the
-- current version in DETAIL; DV422 with the field.

set local role danvan_owner;

create view api.periods with (security_invoker = true) as
select
    d.id,
    d.plan_id,
    p.number as plan_number,
    d.kind,
    k.name as kind_name,
    d.label,
    d.year,
    d.starts_on,
    d.ends_on,
    d.opens_on,
    d.expires_on,
    d.locks_on,
    d.opened_at,
    d.locked_at,
    -- the calendar opens nothing under a plan that is not in force
    case when d.recorded_state = 'planned' and p.status <> 'in_force' then 'planned'
        else private.period_state(d.opened_at, d.locked_at, d.opens_on, d.expires_on, d.locks_on,
            (select private.today())) end as state,
    d.version,
    d.created_at,
    d.updated_at,
    case when p.status = 'in_force' and p.issuer_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 3
        then array_remove(array[
            'update',
            case when d.recorded_state = 'planned' then 'delete' end,
            case when s.state = 'planned' then 'open' end,
            case when s.state <> 'locked' then 'lock' end,
            case when s.state = 'locked' then 'unlock' end], null)
        else '{}' end::text[] as actions
from app.period as d
cross join lateral (
    select private.period_state(d.opened_at, d.locked_at, d.opens_on, d.expires_on, d.locks_on,
        (select private.today())) as state) as s
left join app.plan as p on p.id = d.plan_id
left join app.period_kind as k on k.code = d.kind;

-- One period with its due days, and how the reports that the caller sees stand.
create view api.period_details with (security_invoker = true) as
select
    d.*,
    (select coalesce(jsonb_agg(jsonb_build_object(
            'id', x.id, 'level', l.code, 'due_on', x.due_on, 'original_due_on', x.original_due_on, 'version', x.version)
            order by x.level_id), '[]')
        from app.period_due as x
        join app.level as l on l.id = x.level_id
        where x.period_id = d.id) as dues,
    (select coalesce(jsonb_object_agg(c.status, c.count), '{}')
        from (
            select r.status, count(*) from app.report as r where r.period_id = d.id group by r.status) as c) as report_counts
from api.periods as d;

create view api.period_dues with (security_invoker = true) as
select
    x.id,
    x.period_id,
    d.plan_id,
    d.label as period_label,
    x.level_id,
    l.code as level,
    l.name as level_name,
    x.due_on,
    x.original_due_on,
    x.version,
    x.created_at,
    x.updated_at,
    case when d.state <> 'locked' and d.actions <> '{}' then array['move'] else '{}' end::text[] as actions
from app.period_due as x
join api.periods as d on d.id = x.period_id
join app.level as l on l.id = x.level_id;

create view api.period_events with (security_invoker = true) as
select
    e.id,
    e.period_id,
    e.event,
    e.cause,
    e.reason,
    e.by_user_id,
    e.by_unit_id,
    (select v.name from app.unit_version as v
        where v.unit_id = e.by_unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as by_unit_name,
    e.created_at
from app.period_event as e;

create view api.period_exceptions with (security_invoker = true) as
select
    e.id,
    e.period_id,
    d.plan_id,
    d.label as period_label,
    e.unit_id,
    (select v.name from app.unit_version as v
        where v.unit_id = e.unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as unit_name,
    e.until_on,
    e.reason,
    e.granted_by,
    e.granted_unit_id,
    (select v.name from app.unit_version as v
        where v.unit_id = e.granted_unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as granted_unit_name,
    e.revoked_at,
    e.revoked_by,
    e.revoked_at is null and e.until_on >= (select private.today()) as is_in_force,
    e.version,
    e.created_at,
    e.updated_at,
    case when e.revoked_at is null and e.until_on >= (select private.today())
            and (select private.my_rank()) >= 3 and (
            e.granted_unit_id = (select private.my_unit())
            or p.issuer_unit_id = (select private.my_unit())
            or exists (select from app.report as r
                where r.period_id = e.period_id and r.unit_id = e.unit_id
                    and r.superior_unit_id = (select private.my_unit()) offset 0))
        then array['revoke'] else '{}' end::text[] as actions
from app.period_exception as e
left join app.period as d on d.id = e.period_id
left join app.plan as p on p.id = d.plan_id;

-- Reading what a command's body says -------------------------------------------------------------------

-- Why: every decision about a period says so.
create function private.reason_read(p_body jsonb) returns text
    language plpgsql immutable set search_path = ''
as $$
declare
    reason constant text := nullif(btrim(p_body ->> 'reason'), '');
begin
    if reason is null then
        raise exception 'say why' using errcode = 'DV422', column = 'reason', constraint = 'required';
    end if;
    if char_length(reason) > 1000 then
        raise exception 'the reason is too long' using errcode = 'DV422', column = 'reason', constraint = 'too_long';
    end if;
    return reason;
end;
$$;

-- A day of the body; NULL where it says none.
create function private.day_read(p_body jsonb, p_name text) returns date
    language plpgsql stable set search_path = ''
as $$
begin
    return (p_body ->> p_name)::date;
exception when data_exception then
    raise exception 'not a date' using errcode = 'DV422', column = p_name, constraint = 'not_a_date';
end;
$$;

create function private.day_required(p_body jsonb, p_name text) returns date
    language plpgsql stable set search_path = ''
as $$
declare
    day constant date := private.day_read(p_body, p_name);
begin
    if day is null then
        raise exception 'name a day' using errcode = 'DV422', column = p_name, constraint = 'required';
    end if;
    return day;
end;
$$;

create function private.year_read(p_body jsonb, p_name text) returns integer
    language plpgsql immutable set search_path = ''
as $$
declare
    given constant jsonb := nullif(p_body -> p_name, 'null');
begin
    if given is null then
        return null;
    end if;
    if jsonb_typeof(given) <> 'number' or given::numeric not between 2000 and 2100
        or given::numeric <> trunc(given::numeric)
    then
        raise exception 'not a year' using errcode = 'DV422', column = p_name, constraint = 'out_of_range';
    end if;
    return given::integer;
end;
$$;

-- Kinds that are generated; without a word: six months, nine months, year.
create function private.kinds_read(p_body jsonb) returns text[]
    language plpgsql stable set search_path = ''
as $$
declare
    given constant jsonb := nullif(p_body -> 'kinds', 'null');
    kinds text[];
begin
    if given is null then
        return array['six_months', 'nine_months', 'year'];
    end if;
    if jsonb_typeof(given) <> 'array' or given = '[]' then
        raise exception 'name kinds' using errcode = 'DV422', column = 'kinds', constraint = 'too_few';
    end if;
    select array_agg(k.kind) into kinds from jsonb_array_elements_text(given) as k (kind);
    if exists (
        select from unnest(kinds) as k (kind)
        where not exists (select from app.period_kind as known where known.code = k.kind and known.months is not null))
    then
        raise exception 'no kind that a rule makes' using errcode = 'DV422', column = 'kinds', constraint = 'not_a_choice';
    end if;
    return kinds;
end;
$$;

-- Commands -----------------------------------------------------------------------------------------------

-- Answers {"made", "already_there", "labels": […]}.
create function api.plan_generate_periods(p_id uuid, p_version integer, p_body jsonb default null) returns jsonb
    language plpgsql set search_path = ''
as $$
begin
    perform private.plan_visible(p_id);
    return private.plan_generate_periods(p_id, private.kinds_read(p_body), private.year_read(p_body, 'from_year'),
        private.year_read(p_body, 'to_year'));
end;
$$;

-- A period the caller does not see is not there.
create function private.period_visible(p_id uuid) returns void
    language plpgsql stable set search_path = ''
as $$
begin
    if not exists (select from app.period as d where d.id = p_id) then
        raise exception 'no such period' using errcode = 'DV404';
    end if;
end;
$$;

create function api.period_open(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.period_visible(p_id);
    perform private.period_open(p_id, p_version, private.reason_read(p_body));
end;
$$;

create function api.period_lock(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.period_visible(p_id);
    perform private.period_lock(p_id, p_version, private.reason_read(p_body));
end;
$$;

create function api.period_unlock(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.period_visible(p_id);
    perform private.period_unlock(
        p_id, p_version, private.day_required(p_body, 'locks_on'), private.reason_read(p_body));
end;
$$;

create function api.period_due_move(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
begin
    if not exists (select from app.period_due as d where d.id = p_id) then
        raise exception 'no such due day' using errcode = 'DV404';
    end if;
    perform private.period_due_move(
        p_id, p_version, private.day_required(p_body, 'due_on'), private.reason_read(p_body));
end;
$$;

create function api.period_exception_revoke(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    if not exists (select from app.period_exception as e where e.id = p_id) then
        raise exception 'no such exception' using errcode = 'DV404';
    end if;
    perform private.period_exception_revoke(p_id, p_version);
end;
$$;
