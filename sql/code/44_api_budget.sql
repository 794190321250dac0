-- Budget lines, their entries, the totals, and the commands on a line.
--
--   budget_line_submit                  an officer or leader of the owner; the item must still be led in the year
--   budget_line_approve   {"amount", "document_id"?}             a leader of who approves
--   budget_line_return    {"note"}                               the same: a draft again
--   budget_line_adjust    {"amount": signed, "reason", "document_id"?}   the same
--   budget_line_spend     {"amount", "spent_on", "note"?}        the owner's; negative corrects, with a note
--   budget_line_close                   who approves, from the last day of the year
-- Refusals: DV404 not visible; DV403 not_permitted; DV409 wrong_state, year_not_over; DV412 with the current version;
-- DV422 with the field and a word: not_led, over_budget, below_zero, below_spent, outside_year and the usual ones.

set local role danvan_owner;

create view api.budget_lines with (security_invoker = true) as
select
    b.id,
    b.plan_id,
    p.number as plan_number,
    b.plan_item_id,
    i.code as item_code,
    i.title as item_title,
    b.year,
    b.owner_unit_id,
    u.code as owner_unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = b.owner_unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as owner_unit_name,
    b.origin_unit_id,
    (select o.code from app.unit as o where o.id = b.origin_unit_id) as origin_unit_code,
    l.code as level,
    n.code as line,
    b.estimate_amount,
    b.note,
    b.status,
    b.submitted_on,
    b.returned_on,
    b.return_note,
    b.approved_on,
    b.closed_on,
    b.approved_amount,
    b.adjusted_amount,
    b.spent_amount,
    b.approved_amount + b.adjusted_amount - b.spent_amount as remaining_amount,
    b.document_id,
    b.version,
    b.created_at,
    b.updated_at,
    array_remove(case when b.owner_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 then case b.status
            when 'draft' then array['update', case when b.submitted_on is null then 'delete' end, 'submit']
            when 'approved' then array['spend'] else '{}' end else '{}' end
        || case when b.status in ('submitted', 'approved') and (select private.my_rank()) >= 3 then
            case when private.budget_approver(b.owner_unit_id, b.plan_id) = (select private.my_unit()) then case b.status
                when 'submitted' then array['approve', 'return']
                else array['adjust', case when make_date(b.year, 12, 31) <= (select private.today()) then 'close' end] end
            else '{}' end else '{}' end, null)::text[] as actions,
    i.search,
    b.province_key,
    b.district_key,
    b.grassroots_key,
    b.province_line_key,
    b.district_line_key,
    b.grassroots_line_key
from app.budget_line as b
join app.level as l on l.id = b.level_id
join app.line as n on n.id = b.line_id
left join app.plan as p on p.id = b.plan_id
left join app.plan_item as i on i.id = b.plan_item_id
left join app.unit as u on u.id = b.owner_unit_id;

create view api.budget_entries with (security_invoker = true) as
select
    e.id,
    e.budget_line_id,
    b.year,
    b.plan_item_id,
    (select i.code from app.plan_item as i where i.id = b.plan_item_id) as item_code,
    b.owner_unit_id,
    (select u.code from app.unit as u where u.id = b.owner_unit_id) as owner_unit_code,
    e.kind,
    e.amount,
    e.entered_on,
    e.reason,
    e.document_id,
    e.unit_id,
    (select u.code from app.unit as u where u.id = e.unit_id) as unit_code,
    (select v.name from app.unit_version as v
        where v.unit_id = e.unit_id and v.valid_from <= e.entered_on
        order by v.valid_from desc limit 1) as unit_name,
    e.created_at,
    b.province_key,
    b.district_key,
    b.grassroots_key,
    b.province_line_key,
    b.district_line_key,
    b.grassroots_line_key
from app.budget_entry as e
join app.budget_line as b on b.id = e.budget_line_id;

-- Totals ---------------------------------------------------------------------------------------------------

-- The sums of a line's entries by the end of a day, as the caller sees them.
create function private.budget_sums(p_line_id uuid, p_day date, out approved bigint, out adjusted bigint, out spent bigint)
    language sql stable
begin atomic
    select coalesce(sum(e.amount) filter (where e.kind = 'approval'), 0)::bigint,
        coalesce(sum(e.amount) filter (where e.kind = 'adjustment'), 0)::bigint,
        coalesce(sum(e.amount) filter (where e.kind = 'spending'), 0)::bigint
    from app.budget_entry as e
    where e.budget_line_id = p_line_id and e.entered_on <= p_day;
end;

create function api.budget_totals(
    p_year integer default null, p_by text default 'level', p_plan_id uuid default null, p_plan_item_id uuid default null,
    p_unit_id integer default null, p_subtree boolean default true, p_as_of date default null)
    returns table (
        group_id integer, plan_item_id uuid, year integer, group_code text, group_name text, line_count bigint, estimate_amount bigint,
        approved_amount bigint, adjusted_amount bigint, spent_amount bigint, remaining_amount bigint, spent_share numeric)
    language plpgsql stable set search_path = '' rows 200
as $$
begin
    return query
    with counted as materialized (
        select r.* from private.budget_total_rows(p_year, p_by, p_plan_id, p_plan_item_id, p_unit_id, p_subtree, p_as_of) as r)
    select c.group_id, c.plan_item_id, c.year, coalesce(n.code, i.code, c.year::text), coalesce(n.name, i.title), c.line_count,
        c.estimate, c.approved, c.adjusted, c.spent, c.approved + c.adjusted - c.spent, private.rate(c.spent, c.approved + c.adjusted)
    from counted as c
    left join private.group_names(p_by, (select array_agg(x.group_id) from counted as x), coalesce(p_as_of, private.today())) as n
        on n.id = c.group_id
    left join app.plan_item as i on i.id = c.plan_item_id;
end;
$$;

-- Commands -----------------------------------------------------------------------------------------------

-- A whole number of the body.
create function private.amount_read(p_body jsonb, p_name text) returns bigint
    language plpgsql immutable set search_path = ''
as $$
begin
    if coalesce(jsonb_typeof(p_body -> p_name), 'null') = 'null' then
        raise exception 'no amount' using errcode = 'DV422', column = p_name, constraint = 'required';
    end if;
    if jsonb_typeof(p_body -> p_name) <> 'number' or (p_body ->> p_name)::numeric % 1 <> 0 then
        raise exception 'no whole number' using errcode = 'DV422', column = p_name, constraint = 'wrong_type';
    end if;
    if (p_body ->> p_name)::numeric not between -1000000000000 and 1000000000000 then
        raise exception 'too much' using errcode = 'DV422', column = p_name, constraint = 'out_of_range';
    end if;
    return (p_body ->> p_name)::numeric::bigint;
end;
$$;

-- A text of the body, NULL where it says none.
create function private.note_read(p_body jsonb, p_name text, p_is_required boolean) returns text
    language plpgsql immutable set search_path = ''
as $$
declare
    said constant text := nullif(btrim(p_body ->> p_name), '');
begin
    if p_is_required and said is null then
        raise exception 'nothing said' using errcode = 'DV422', column = p_name, constraint = 'required';
    end if;
    if char_length(said) > 1000 then
        raise exception 'too long' using errcode = 'DV422', column = p_name, constraint = 'too_long';
    end if;
    return said;
end;
$$;

-- The document that the body names, if any: one that the caller sees.
create function private.named_document(p_body jsonb) returns uuid
    language plpgsql stable set search_path = ''
as $$
declare
    named constant text := p_body ->> 'document_id';
    found_id constant uuid := (
        select d.id from app.document as d
        where d.id = case when named ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then named::uuid end);
begin
    if named is not null and found_id is null then
        raise exception 'no such document' using errcode = 'DV422', column = 'document_id', constraint = 'not_visible';
    end if;
    return found_id;
end;
$$;

create function api.budget_line_submit(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('budget_line', p_id);
    perform private.budget_line_submit(p_id, p_version);
end;
$$;

create function api.budget_line_approve(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('budget_line', p_id);
    perform private.budget_line_approve(p_id, p_version, private.amount_read(p_body, 'amount'), private.named_document(p_body));
end;
$$;

create function api.budget_line_return(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('budget_line', p_id);
    perform private.budget_line_return(p_id, p_version, private.note_read(p_body, 'note', true));
end;
$$;

create function api.budget_line_adjust(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('budget_line', p_id);
    perform private.budget_line_adjust(p_id, p_version, private.amount_read(p_body, 'amount'), private.reason_read(p_body),
        private.named_document(p_body));
end;
$$;

create function api.budget_line_spend(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('budget_line', p_id);
    perform private.budget_line_spend(p_id, p_version, private.amount_read(p_body, 'amount'), private.day_required(p_body, 'spent_on'),
        private.note_read(p_body, 'note', false));
end;
$$;

create function api.budget_line_close(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.must_see('budget_line', p_id);
    perform private.budget_line_close(p_id, p_version);
end;
$$;
