-- Assignments: what each unit owes, and the commands that record how far it is.
--
-- api.assignments is the list everybody opens first. It is joined by primary key alone, what
-- concerns the caller is asked once per statement (select private.my_…()), and names are looked up
-- only for rows that are shown: twenty rows cost twenty steps down the (scope key, due_on, id) index.
-- Work given beside the plan has a title of its own and, often, no plan item; it is found by both.
-- My own part is looked up row by row and not joined: an office named in ten thousand assignments
-- would have all its parts read first.
--
-- Commands on an assignment the caller sees:
--   assignment_progress  an officer or leader of the lead unit reports on the whole; of a
--                        coordinating or advising unit, on its own part, which leaves the lead's row
--                        and version alone
--   assignment_confirm   a leader of the lead unit: reported → completed
--   assignment_reopen    a leader of the lead unit, saying why: reported | completed → in_progress
-- Once its plan is closed, the plan's own work stands still. What was given beside the plan is followed to its end: reported,
-- confirmed, sent back; but what is completed by then is not opened again, for nothing new is to be done under it.
-- p_version is the assignment's version in every case: who speaks has seen it as it stands. (Two
-- officers of one coordinating unit may write one after another: each entry is kept.)
-- Refusals: DV404 not visible; DV403 not_permitted; DV409 closed / wrong_state / plan_closed; DV412
-- with the current version in DETAIL; DV422 with the field.

set local role danvan_owner;

create view api.assignments with (security_invoker = true) as
select
    a.id,
    a.plan_id,
    p.number as plan_number,
    a.plan_item_id,
    i.code as item_code,
    i.outline,
    coalesce(a.title, i.title) as title,
    i.position as item_position,
    a.source,
    a.source_id,
    a.given_by_unit_id,
    (select v.name from app.unit_version as v
        where v.unit_id = a.given_by_unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as given_by_unit_name,
    a.level_id,
    l.code as level,
    a.lead_unit_id,
    (select v.name from app.unit_version as v
        where v.unit_id = a.lead_unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as lead_unit_name,
    a.line_id,
    n.code as line,
    u.area_id,
    (select v.name from app.area_version as v
        where v.area_id = u.area_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as area_name,
    a.occurrence,
    a.starts_on,
    a.due_on,
    a.original_due_on,
    a.due_year,
    a.status,
    a.progress,
    a.is_pending,
    private.is_overdue(a.is_pending, a.due_on, (select private.today())) as is_overdue,
    case when private.is_overdue(a.is_pending, a.due_on, (select private.today()))
        then (select private.today()) - a.due_on else 0 end as days_overdue,
    a.reported_on,
    a.completed_on,
    a.confirmed_by,
    a.moved_to_id,
    d.symbol as source_symbol,
    i.source_clause,
    case when a.lead_unit_id = (select private.my_unit()) then 'lead'
        else (select x.role from app.assignment_part as x
            where x.assignment_id = a.id and x.unit_id = (select private.my_unit())) end as my_part,
    a.version,
    a.created_at,
    a.updated_at,
    case when (p.status = 'in_force' or a.source <> 'plan') and a.status not in ('cancelled', 'moved')
            and (select private.my_rank()) >= 2
        then array_remove(array[
            case when a.status <> 'completed' and (a.lead_unit_id = (select private.my_unit())
                    or exists (select from app.assignment_part as x
                        where x.assignment_id = a.id and x.unit_id = (select private.my_unit()) offset 0))
                then 'progress' end,
            case when a.lead_unit_id = (select private.my_unit()) and a.status = 'reported'
                and (select private.my_rank()) >= 3 then 'confirm' end,
            case when a.lead_unit_id = (select private.my_unit()) and (a.status = 'reported'
                    or a.status = 'completed' and p.status = 'in_force')
                and (select private.my_rank()) >= 3 then 'reopen' end], null)
        else '{}' end::text[] as actions,
    a.search,
    a.province_key,
    a.district_key,
    a.grassroots_key,
    a.province_line_key,
    a.district_line_key,
    a.grassroots_line_key
from app.assignment as a
left join app.plan as p on p.id = a.plan_id
left join app.plan_item as i on i.id = a.plan_item_id
left join app.document as d on d.id = i.source_document_id
left join app.unit as u on u.id = a.lead_unit_id
left join app.level as l on l.id = a.level_id
left join app.line as n on n.id = a.line_id;

-- One assignment with its plan item's text, responsibilities, documents, parts and last entries.
create view api.assignment_details with (security_invoker = true) as
select
    a.*,
    i.text,
    i.deliverable,
    i.source_document_id,
    i.block_id,
    private.item_responsibilities(a.plan_item_id, i.block_id) as responsibilities,
    private.item_documents(a.plan_item_id) as documents,
    (select coalesce(jsonb_agg(jsonb_build_object(
            'id', x.id, 'unit_id', x.unit_id,
            'unit_name', (select v.name from app.unit_version as v
                where v.unit_id = x.unit_id and v.valid_from <= private.today()
                order by v.valid_from desc limit 1),
            'role', x.role, 'status', x.status, 'progress', x.progress, 'version', x.version)
            order by x.role, x.unit_id), '[]')
        from app.assignment_part as x where x.assignment_id = a.id) as parts,
    (select coalesce(jsonb_agg(e.entry order by e.created_at desc, e.id desc), '[]')
        from (
            select g.id, g.created_at, jsonb_build_object(
                'id', g.id, 'unit_id', g.unit_id, 'part', g.part, 'status', g.status, 'progress', g.progress,
                'note', g.note, 'recorded_on', g.recorded_on, 'created_at', g.created_at) as entry
            from app.progress_entry as g
            where g.assignment_id = a.id
            order by g.created_at desc, g.id desc limit 10) as e) as progress_entries
from api.assignments as a
left join app.plan_item as i on i.id = a.plan_item_id;

create view api.assignment_parts with (security_invoker = true) as
select
    x.id,
    x.assignment_id,
    a.plan_id,
    a.plan_item_id,
    i.code as item_code,
    coalesce(a.title, i.title) as title,
    a.lead_unit_id,
    a.due_on,
    x.unit_id,
    (select v.name from app.unit_version as v
        where v.unit_id = x.unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as unit_name,
    x.role,
    x.status,
    x.progress,
    x.version,
    x.created_at,
    x.updated_at
from app.assignment_part as x
join app.assignment as a on a.id = x.assignment_id
left join app.plan_item as i on i.id = a.plan_item_id;

create view api.progress_entries with (security_invoker = true) as
select
    e.id,
    e.assignment_id,
    a.plan_id,
    a.plan_item_id,
    e.unit_id,
    (select v.name from app.unit_version as v
        where v.unit_id = e.unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as unit_name,
    e.part,
    e.status,
    e.progress,
    e.note,
    e.recorded_on,
    e.recorded_by,
    e.created_at
from app.progress_entry as e
join app.assignment as a on a.id = e.assignment_id;

-- Reading what a command's body says -----------------------------------------------------------------

-- {"status", "progress", "note", "recorded_on"} checked and completed with what goes without saying.
create function private.progress_read(p_body jsonb, p_status text, p_progress integer,
    out status text, out progress integer, out note text, out recorded_on date)
    language plpgsql stable set search_path = ''
as $$
declare
    given jsonb := p_body -> 'progress';
begin
    if coalesce(p_body ->> 'status', p_body ->> 'progress', p_body ->> 'note') is null then
        raise exception 'say a status, a progress or a note' using errcode = 'DV422', column = 'status', constraint = 'required';
    end if;
    -- a note alone leaves what was reported as it stands
    status := coalesce(p_body ->> 'status',
        case when p_status = 'reported' and p_body ->> 'progress' is null then 'reported' else 'in_progress' end);
    if status not in ('not_started', 'in_progress', 'reported') then
        raise exception 'unknown status' using errcode = 'DV422', column = 'status', constraint = 'not_a_choice';
    end if;
    if given is not null and jsonb_typeof(given) <> 'null' then
        if jsonb_typeof(given) <> 'number' or given::numeric not between 0 and 100
            or given::numeric <> trunc(given::numeric)
        then
            raise exception 'progress is a whole number from 0 to 100'
                using errcode = 'DV422', column = 'progress', constraint = 'out_of_range';
        end if;
        progress := given::integer;
    end if;
    -- reported means done; not started means nothing done
    progress := case status when 'reported' then 100 when 'not_started' then 0 else coalesce(progress, p_progress) end;
    note := nullif(btrim(p_body ->> 'note'), '');
    if char_length(note) > 4000 then
        raise exception 'the note is too long' using errcode = 'DV422', column = 'note', constraint = 'too_long';
    end if;
    begin
        recorded_on := coalesce((p_body ->> 'recorded_on')::date, private.today());
    exception when data_exception then
        raise exception 'not a date' using errcode = 'DV422', column = 'recorded_on', constraint = 'not_a_date';
    end;
    if recorded_on > private.today() then
        raise exception 'recorded_on lies in the future'
            using errcode = 'DV422', column = 'recorded_on', constraint = 'in_future';
    end if;
end;
$$;

create function private.assignment_in_force(p_plan_id uuid) returns void
    language plpgsql stable set search_path = ''
as $$
begin
    if (select p.status from app.plan as p where p.id = p_plan_id) is distinct from 'in_force' then
        raise exception 'the plan is not in force' using errcode = 'DV409', constraint = 'plan_closed';
    end if;
end;
$$;

-- The assignment as the caller sees it. Locked only by the update that follows, which compares the
-- version once more.
create function private.assignment_read(p_id uuid, out assignment app.assignment, out my_part text)
    language plpgsql stable set search_path = ''
as $$
begin
    assignment := (select a from app.assignment as a where a.id = p_id);
    if assignment.id is null then
        raise exception 'no such assignment' using errcode = 'DV404';
    end if;
    if assignment.lead_unit_id = private.my_unit() then
        my_part := 'lead';
    else
        select x.role into my_part
        from app.assignment_part as x
        where x.assignment_id = p_id and x.unit_id = private.my_unit();
    end if;
    if my_part is null or coalesce(private.my_rank(), 0) < 2 then
        raise exception 'not for the caller to report' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if assignment.source = 'plan' then
        perform private.assignment_in_force(assignment.plan_id);
    end if;
end;
$$;

create function private.assignment_stale(p_id uuid) returns void
    language plpgsql stable set search_path = ''
as $$
begin
    raise exception 'stale version' using errcode = 'DV412',
        detail = coalesce((select a.version from app.assignment as a where a.id = p_id), 0)::text;
end;
$$;

-- Commands -------------------------------------------------------------------------------------------

create function api.assignment_progress(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
declare
    seen constant record := private.assignment_read(p_id);
    assignment constant app.assignment := seen.assignment;
    part constant text := seen.my_part;
    said record;
    mine record;
begin
    if assignment.status in ('completed', 'cancelled', 'moved') then
        raise exception 'the assignment is %', assignment.status using errcode = 'DV409', constraint = 'closed';
    end if;
    if assignment.version <> p_version then
        perform private.assignment_stale(p_id);
    end if;
    if part = 'lead' then
        said := private.progress_read(p_body, assignment.status, assignment.progress);
        update app.assignment as a
        set status = said.status, progress = said.progress,
            reported_on = case when said.status = 'reported' then
                case when a.status = 'reported' and p_body ->> 'status' is null then a.reported_on else said.recorded_on end end
        where a.id = p_id and a.version = assignment.version;
        if not found then
            perform private.assignment_stale(p_id);
        end if;
    else
        select private.progress_read(p_body, case x.status when 'completed' then 'reported' else x.status end, x.progress) as read
        into strict mine
        from app.assignment_part as x
        where x.assignment_id = p_id and x.unit_id = private.my_unit();
        said := mine.read;
        update app.assignment_part as x
        set status = case said.status when 'reported' then 'completed' else said.status end, progress = said.progress
        where x.assignment_id = p_id and x.unit_id = private.my_unit();
        -- given to a successor meanwhile
        if not found then
            perform private.assignment_stale(p_id);
        end if;
    end if;
    insert into app.progress_entry (assignment_id, unit_id, part, status, progress, note, recorded_on, recorded_by)
    values (p_id, private.my_unit(), part, said.status, said.progress, said.note, said.recorded_on, private.my_user());
end;
$$;

-- What confirm and reopen share: a leader of the lead unit, the right state, the right version.
create function private.assignment_decide(p_id uuid, p_version integer, p_states text[]) returns app.assignment
    language plpgsql stable set search_path = ''
as $$
declare
    seen constant record := private.assignment_read(p_id);
    assignment constant app.assignment := seen.assignment;
    part constant text := seen.my_part;
begin
    if part <> 'lead' or private.my_rank() < 3 then
        raise exception 'a leader of the lead unit decides' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if assignment.status <> all (p_states) then
        raise exception 'the assignment is %', assignment.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if assignment.version <> p_version then
        perform private.assignment_stale(p_id);
    end if;
    return assignment;
end;
$$;

create function api.assignment_confirm(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
declare
    assignment app.assignment := private.assignment_decide(p_id, p_version, array['reported']);
begin
    update app.assignment as a
    set status = 'completed', progress = 100, completed_on = private.today(), confirmed_by = private.my_user()
    where a.id = p_id and a.version = assignment.version;
    if not found then
        perform private.assignment_stale(p_id);
    end if;
    insert into app.progress_entry (assignment_id, unit_id, part, status, progress, note, recorded_on, recorded_by)
    values (p_id, private.my_unit(), 'lead', 'completed', 100, nullif(btrim(p_body ->> 'note'), ''), private.today(),
        private.my_user());
end;
$$;

create function api.assignment_reopen(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
declare
    assignment app.assignment := private.assignment_decide(p_id, p_version, array['reported', 'completed']);
    reason constant text := nullif(btrim(p_body ->> 'note'), '');
begin
    if assignment.status = 'completed' then
        perform private.assignment_in_force(assignment.plan_id);
    end if;
    if reason is null then
        raise exception 'say why' using errcode = 'DV422', column = 'note', constraint = 'required';
    end if;
    update app.assignment as a
    set status = 'in_progress', reported_on = null, completed_on = null, confirmed_by = null
    where a.id = p_id and a.version = assignment.version;
    if not found then
        perform private.assignment_stale(p_id);
    end if;
    insert into app.progress_entry (assignment_id, unit_id, part, status, progress, note, recorded_on, recorded_by)
    values (p_id, private.my_unit(), 'lead', 'reopened', assignment.progress, reason, private.today(), private.my_user());
end;
$$;
