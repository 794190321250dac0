-- Budget lines: the rule that a unit estimates only what it leads itself, the states, and the entries that every
-- movement of money is.
--
--   draft → submitted → approved → closed; returned, a submitted line is a draft again.
--
-- The owner drafts, submits and spends (officer or leader). A leader of the unit that decides on the owner's reports
-- (private.budget_approver) approves, returns, adjusts and closes; where nobody stands above, the owner's own leader.

set local role danvan_policy;

-- Does the unit lead this item at some time of the year? What was moved away or cancelled it leads no more; what came to
-- it from a predecessor it does.
create function private.leads_item(p_unit_id integer, p_plan_item_id uuid, p_year integer) returns boolean
    language sql stable security definer set search_path = ''
as $$
    select exists (
        select from app.assignment as a
        where a.plan_item_id = p_plan_item_id and a.lead_unit_id = p_unit_id and a.status not in ('cancelled', 'moved')
            and a.starts_on <= make_date(p_year, 12, 31) and a.due_on >= make_date(p_year, 1, 1));
$$;

create function private.budget_line_must_be_led(p_unit_id integer, p_plan_item_id uuid, p_year integer) returns void
    language plpgsql stable security definer set search_path = ''
as $$
begin
    if not private.leads_item(p_unit_id, p_plan_item_id, p_year) then
        raise exception 'the unit does not lead this item in %', p_year
            using errcode = 'DV422', column = 'plan_item_id', constraint = 'not_led';
    end if;
end;
$$;

-- Plan and origin of a new line. Whether the item is there to see, the trigger before has said.
create function private.budget_line_begin() returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    plan app.plan;
begin
    select p.* into plan
    from app.plan_item as i join app.plan as p on p.id = i.plan_id
    where i.id = new.plan_item_id;
    new.plan_id := plan.id;
    new.origin_unit_id := coalesce(new.origin_unit_id, new.owner_unit_id);
    if plan.status is distinct from 'in_force' then
        raise exception 'the plan is not in force' using errcode = 'DV409', constraint = 'plan_closed';
    end if;
    -- a year that cannot be is refused by its constraint
    if new.year between 2000 and 2100 then
        perform private.budget_line_must_be_led(new.owner_unit_id, new.plan_item_id, new.year);
    end if;
    return new;
end;
$$;

create function private.budget_line_check() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    -- what was submitted once has entries, and stays
    if old.status <> 'draft' or (tg_op = 'DELETE' and old.submitted_on is not null) then
        raise exception 'the line is %', old.status using errcode = 'DV409', constraint = 'frozen';
    end if;
    return case tg_op when 'DELETE' then old else new end;
end;
$$;

-- The line follows the entry, in the same statement: nothing else ever writes its sums.
create function private.budget_entry_count() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    update app.budget_line as l
    set status = case new.kind when 'estimate' then 'submitted' when 'approval' then 'approved' else l.status end,
        submitted_on = case new.kind when 'estimate' then new.entered_on else l.submitted_on end,
        approved_on = case new.kind when 'approval' then new.entered_on else l.approved_on end,
        document_id = case new.kind when 'approval' then new.document_id else l.document_id end,
        approved_amount = l.approved_amount + case new.kind when 'approval' then new.amount else 0 end,
        adjusted_amount = l.adjusted_amount + case new.kind when 'adjustment' then new.amount else 0 end,
        spent_amount = l.spent_amount + case new.kind when 'spending' then new.amount else 0 end
    where l.id = new.budget_line_id;
    return null;
end;
$$;

create function private.budget_entry_stays() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    raise exception 'entries stay' using errcode = 'DV409', constraint = 'append_only';
end;
$$;

-- Lines whose sums are not those of their entries; no row means all is right.
create function private.budget_faults()
    returns table (budget_line_id uuid, kept text, actual text)
    language sql stable security definer set search_path = ''
as $$
    select l.id, k.kept, k.actual
    from app.budget_line as l
    left join lateral (
        select coalesce(sum(e.amount) filter (where e.kind = 'approval'), 0) as approved,
            coalesce(sum(e.amount) filter (where e.kind = 'adjustment'), 0) as adjusted,
            coalesce(sum(e.amount) filter (where e.kind = 'spending'), 0) as spent,
            (array_agg(e.amount order by e.created_at desc, e.id desc) filter (where e.kind = 'estimate'))[1] as estimate
        from app.budget_entry as e
        where e.budget_line_id = l.id) as s on true
    cross join lateral (
        select concat_ws(' ', l.approved_amount, l.adjusted_amount, l.spent_amount,
                case when l.status <> 'draft' then l.estimate_amount end) as kept,
            concat_ws(' ', s.approved, s.adjusted, s.spent, case when l.status <> 'draft' then coalesce(s.estimate, -1) end) as actual) as k
    where k.kept <> k.actual;
$$;

-- Totals ---------------------------------------------------------------------------------------------------

-- What was submitted, under a unit or in the caller's scope: drafts are nobody's but the owner's, and counted for
-- nobody. Counted past row security: the lines of a scope, drafts apart, are all seen by whoever has that scope or one
-- around it (private.scope_of_unit refuses any other). As of another day: what was submitted by then, with its entries
-- by then, of the unit that had it then (as the links of reorganisations tell), under the tree of that day.
create function private.budget_total_rows(
    p_year integer, p_by text, p_plan_id uuid, p_plan_item_id uuid, p_unit_id integer, p_subtree boolean, p_as_of date)
    returns table (
        group_id integer, plan_item_id uuid, year integer, line_count bigint, estimate bigint, approved bigint, adjusted bigint, spent bigint)
    language plpgsql stable security definer set search_path = '' rows 200
as $$
declare
    scope constant record := private.scope_of_unit(p_unit_id);
    is_grouped constant boolean := p_as_of is not null and p_by in ('unit', 'area', 'district', 'grassroots');
begin
    -- %I is one of the scope columns; %s one of the expressions named here
    return query execute format($sql$
        select %2$s, %3$s, %4$s, count(*), sum(r.estimate)::bigint, sum(r.approved)::bigint, sum(r.adjusted)::bigint, sum(r.spent)::bigint
        from (
            select b.plan_item_id, b.year, b.level_id, b.line_id, b.province_key, b.district_key, b.grassroots_key,
                b.estimate_amount as estimate, %5$s
            from app.budget_line as b
            %6$s
            where b.%1$I = $1 and b.status <> 'draft' and b.submitted_on <= $2
                and ($3::integer is null or b.year = $3) and ($4::uuid is null or b.plan_id = $4)
                and ($5::uuid is null or b.plan_item_id = $5)) as r
        %7$s
        where $7::integer is null or r.unit_id = $7
        group by 1, 2, 3$sql$,
        scope.key_column,
        case when p_by in ('item', 'year') then 'null::integer'
            else '(' || private.rate_group(p_by, 'r', 'unit_id', is_grouped) || ')::integer' end,
        case when p_by = 'item' then 'r.plan_item_id' else 'null::uuid' end,
        case when p_by = 'year' then 'r.year::integer' else 'null::integer' end,
        case when p_as_of is null then 'b.owner_unit_id as unit_id, b.approved_amount as approved, b.adjusted_amount as adjusted,
                b.spent_amount as spent'
            else 'case when b.origin_unit_id = b.owner_unit_id then b.owner_unit_id
                else coalesce((
                    select t.to_id from private.restated(''unit'', $2) as t
                    where t.from_id = b.origin_unit_id and t.reason is null), b.owner_unit_id) end as unit_id, e.approved, e.adjusted, e.spent' end,
        case when p_as_of is not null then $entries$cross join lateral (
                select coalesce(sum(x.amount) filter (where x.kind = 'approval'), 0) as approved,
                    coalesce(sum(x.amount) filter (where x.kind = 'adjustment'), 0) as adjusted,
                    coalesce(sum(x.amount) filter (where x.kind = 'spending'), 0) as spent
                from app.budget_entry as x where x.budget_line_id = b.id and x.entered_on <= $2) as e$entries$ else '' end,
        case when is_grouped
            then 'join private.unit_groups($6, $2, false, ' || quote_literal(scope.key_column) || ', $1) as g on g.unit_id = r.unit_id'
            when p_by = 'area' then 'join app.unit as u on u.id = r.unit_id'
            else '' end)
    using scope.key_value, coalesce(p_as_of, private.today()), p_year, p_plan_id, p_plan_item_id, p_by, case when not p_subtree then p_unit_id end;
end;
$$;

-- Commands -----------------------------------------------------------------------------------------------

-- The line, locked for the owner's officers or for who approves; refusals in this order: who, the state, the version.
create function private.budget_line_take(p_id uuid, p_version integer, p_is_owner boolean, p_state text) returns app.budget_line
    language plpgsql security definer set search_path = ''
as $$
declare
    taken app.budget_line;
begin
    select l.* into taken from app.budget_line as l where l.id = p_id for no key update;
    if p_is_owner and (taken.owner_unit_id is distinct from private.my_unit() or coalesce(private.my_rank(), 0) < 2)
        or not p_is_owner and (coalesce(private.my_rank(), 0) < 3
            or private.budget_approver(taken.owner_unit_id, taken.plan_id) is distinct from private.my_unit())
    then
        raise exception 'not for the caller' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if taken.status <> p_state then
        raise exception 'the line is %', taken.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if taken.version <> p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = taken.version::text;
    end if;
    return taken;
end;
$$;

create function private.budget_enter(
    p_line_id uuid, p_kind text, p_amount bigint, p_day date, p_reason text, p_document_id uuid) returns void
    language sql security definer set search_path = ''
as $$
    insert into app.budget_entry (budget_line_id, kind, amount, entered_on, reason, document_id, unit_id, recorded_by)
    values (p_line_id, p_kind, p_amount, p_day, p_reason, p_document_id, private.my_unit(), private.my_user());
$$;

-- Told each time: a line is submitted again after a return, and adjusted more than once. Who decides on its own lines tells
-- itself, for its leader acts on what an officer submitted.
create function private.budget_tell(p_line app.budget_line, p_topic text, p_unit_id integer, p_about_unit_id integer) returns void
    language sql security definer set search_path = ''
as $$
    select private.notify_unit(p_unit_id, p_topic, p_line.id || ':' || p_topic || ':' || p_line.version, null, 'budget-lines',
        p_line.id, p_about_unit_id, p_line.plan_id);
$$;

create function private.budget_line_submit(p_id uuid, p_version integer) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    line constant app.budget_line := private.budget_line_take(p_id, p_version, true, 'draft');
begin
    perform private.budget_line_must_be_led(line.owner_unit_id, line.plan_item_id, line.year);
    perform private.budget_enter(line.id, 'estimate', line.estimate_amount, private.today(), null, null);
    perform private.budget_tell(line, 'budget_submitted', private.budget_approver(line.owner_unit_id, line.plan_id), line.owner_unit_id);
end;
$$;

create function private.budget_line_return(p_id uuid, p_version integer, p_note text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    line constant app.budget_line := private.budget_line_take(p_id, p_version, false, 'submitted');
begin
    update app.budget_line as l set status = 'draft', returned_on = private.today(), return_note = p_note where l.id = line.id;
    perform private.budget_tell(line, 'budget_returned', line.owner_unit_id, private.my_unit());
end;
$$;

create function private.budget_line_approve(p_id uuid, p_version integer, p_amount bigint, p_document_id uuid) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    line constant app.budget_line := private.budget_line_take(p_id, p_version, false, 'submitted');
begin
    if p_amount not between 0 and 1000000000000 then
        raise exception 'amount' using errcode = 'DV422', column = 'amount', constraint = 'out_of_range';
    end if;
    perform private.budget_line_must_be_led(line.owner_unit_id, line.plan_item_id, line.year);
    perform private.budget_enter(line.id, 'approval', p_amount, private.today(), null, p_document_id);
    perform private.budget_tell(line, 'budget_approved', line.owner_unit_id, private.my_unit());
end;
$$;

create function private.budget_line_adjust(p_id uuid, p_version integer, p_amount bigint, p_reason text, p_document_id uuid) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    line constant app.budget_line := private.budget_line_take(p_id, p_version, false, 'approved');
    available constant bigint := line.approved_amount + line.adjusted_amount + p_amount;
begin
    if p_amount = 0 or available not between 0 and 1000000000000 then
        raise exception 'amount' using errcode = 'DV422', column = 'amount', constraint = 'out_of_range';
    end if;
    if available < line.spent_amount then
        raise exception 'more is spent' using errcode = 'DV422', column = 'amount', constraint = 'below_spent';
    end if;
    perform private.budget_enter(line.id, 'adjustment', p_amount, private.today(), p_reason, p_document_id);
    perform private.budget_tell(line, 'budget_adjusted', line.owner_unit_id, private.my_unit());
end;
$$;

-- Spent on a day of the line's year that is not to come. A negative amount takes back what was entered wrongly, and says why.
create function private.budget_line_spend(p_id uuid, p_version integer, p_amount bigint, p_spent_on date, p_note text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    line constant app.budget_line := private.budget_line_take(p_id, p_version, true, 'approved');
begin
    if extract(year from p_spent_on) <> line.year then
        raise exception 'another year' using errcode = 'DV422', column = 'spent_on', constraint = 'outside_year';
    end if;
    if p_spent_on > private.today() then
        raise exception 'not yet' using errcode = 'DV422', column = 'spent_on', constraint = 'in_the_future';
    end if;
    if p_amount < 0 and p_note is null then
        raise exception 'say why' using errcode = 'DV422', column = 'note', constraint = 'required';
    end if;
    if p_amount = 0 or p_amount not between -1000000000000 and 1000000000000 then
        raise exception 'amount' using errcode = 'DV422', column = 'amount', constraint = 'out_of_range';
    end if;
    if line.spent_amount + p_amount < 0 then
        raise exception 'less than nothing' using errcode = 'DV422', column = 'amount', constraint = 'below_zero';
    end if;
    if line.spent_amount + p_amount > line.approved_amount + line.adjusted_amount then
        raise exception 'more than approved' using errcode = 'DV422', column = 'amount', constraint = 'over_budget';
    end if;
    perform private.budget_enter(line.id, 'spending', p_amount, p_spent_on, p_note, null);
end;
$$;

-- The books of the year are closed: on its last day or later, for good.
create function private.budget_line_close(p_id uuid, p_version integer) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    line constant app.budget_line := private.budget_line_take(p_id, p_version, false, 'approved');
begin
    if private.today() < make_date(line.year, 12, 31) then
        raise exception 'the year is not over' using errcode = 'DV409', constraint = 'year_not_over';
    end if;
    update app.budget_line as l set status = 'closed', closed_on = private.today() where l.id = line.id;
end;
$$;

set local role danvan_owner;

create trigger budget_line_30_visible before insert on app.budget_line
    for each row execute function private.check_visible('plan_item_id', 'plan_item');
create trigger budget_line_40_begin before insert on app.budget_line
    for each row execute function private.budget_line_begin();
create trigger budget_line_40_check before delete or update of estimate_amount, note on app.budget_line
    for each row execute function private.budget_line_check();
create trigger budget_entry_40_stays before update or delete on app.budget_entry
    for each row execute function private.budget_entry_stays();
create trigger budget_entry_95_count after insert on app.budget_entry
    for each row execute function private.budget_entry_count();
