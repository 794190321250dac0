-- Posts held: staff_code, unit_code, position, kind (without: primary), valid_from, valid_to, legal_basis,
-- end_cause; a person holds a post of a unit once from a day. As by hand: the own unit's people in the own
-- unit; lending and moving go by command.

set local role danvan_owner;

create function private.import_appointments(p_job uuid) returns table (
        number integer, staff_code text, unit_code text, position_code text, kind text, valid_from date, valid_to date,
        legal_basis text, end_cause text, staff_id uuid, staff_unit_id integer, staff_left_on date, unit_id integer,
        unit_level_id smallint, appointment_id uuid, old_kind text, ending text, is_same boolean, twin integer)
    language plpgsql stable set search_path = ''
as $$
#variable_conflict use_column
declare
    has_to constant boolean := private.import_has(p_job, 'valid_to');
    has_basis constant boolean := private.import_has(p_job, 'legal_basis');
    has_cause constant boolean := private.import_has(p_job, 'end_cause');
begin
    return query
    with said as materialized (
        select r.number, r.cells as c, s.id as staff_id, s.unit_id as staff_unit_id, s.left_on,
            u.id as unit_id, u.level_id, e as post,
            case when has_to then r.cells[6]::date else e.valid_to end as valid_to,
            case when has_basis then r.cells[7] else e.legal_basis end as legal_basis,
            case when has_cause then r.cells[8] else e.end_cause end as end_cause
        from private.import_rows(p_job) as r
        left join app.staff as s on s.code = r.cells[1]
        left join app.unit as u on u.code = r.cells[2]
        left join app.appointment as e on e.staff_id = s.id and e.unit_id = u.id and e.position_code = r.cells[3]
            and e.valid_from = r.cells[5]::date)
    select s.number, s.c[1], s.c[2], s.c[3], coalesce(s.c[4], (s.post).kind, 'primary'), s.c[5]::date, s.valid_to,
        s.legal_basis, s.end_cause, s.staff_id, s.staff_unit_id, s.left_on, s.unit_id, s.level_id,
        (s.post).id, (s.post).kind,
        -- what a leader alone changes of a post that is there, first of all
        case when (s.post).id is null then null
            when s.valid_to is distinct from (s.post).valid_to then 'valid_to'
            when s.end_cause is distinct from (s.post).end_cause then 'end_cause'
            when (s.post).valid_to <= private.today() and s.legal_basis is distinct from (s.post).legal_basis then 'legal_basis' end,
        (s.post).id is not null and (s.c[4] is null or (s.post).kind = s.c[4])
            and ((s.post).valid_to, (s.post).legal_basis, (s.post).end_cause)
                is not distinct from (s.valid_to, s.legal_basis, s.end_cause),
        nullif(min(s.number) over (partition by s.c[1], s.c[2], s.c[3], s.c[5]), s.number)
    from said as s;
end;
$$;

-- Rows that would stand beside another post of the person on the same day: two first posts, or the same post
-- twice. Seen are the posts as they would be afterwards.
create function private.import_overlaps(p_job uuid) returns table (number integer, value text)
    language plpgsql stable set search_path = ''
as $$
#variable_conflict use_column
begin
    return query
    with r as materialized (
        select * from private.import_appointments(p_job) as a
        where a.staff_id is not null and a.unit_id is not null and a.twin is null
            and a.valid_from is not null and (a.valid_to is null or a.valid_to > a.valid_from)),
    post as materialized (
        select r.number, r.staff_id, r.unit_id, r.position_code, r.kind, daterange(r.valid_from, r.valid_to) as days, r.is_same
        from r
        union all
        select null, a.staff_id, a.unit_id, a.position_code, a.kind, daterange(a.valid_from, a.valid_to), true
        from app.appointment as a
        where a.staff_id in (select r.staff_id from r)
            and not exists (select from r where r.appointment_id = a.id))
    select x.number, min(coalesce(y.number::text, lower(y.days)::text))
    from post as x
    join post as y on y.staff_id = x.staff_id and y.days && x.days
        and y.number is distinct from x.number
        and ((x.kind = 'primary' and y.kind = 'primary')
            or (x.unit_id = y.unit_id and x.position_code = y.position_code))
    where x.number is not null and not x.is_same
    group by x.number;
end;
$$;

create function private.import_check_appointments(p_job uuid) returns integer
    language plpgsql set search_path = ''
as $$
begin
    return (
        with r as materialized (
            select a.*, p.code is not null as is_position, p.level_id as position_level_id
            from private.import_appointments(p_job) as a
            left join app.position as p on p.code = a.position_code),
        new as materialized (
            select * from r where not is_same and staff_id is not null and unit_id is not null),
        fault (number, name, word, value) as (
            select number, 'staff_code', 'not_visible', staff_code from r where staff_id is null and staff_code is not null
            union all
            select number, 'unit_code', 'not_visible', unit_code from r where unit_id is null and unit_code is not null
            union all
            select number, 'position', 'not_a_choice', position_code from r where not is_position and position_code is not null
            union all
            select number, 'position', 'wrong_level', position_code from r where not is_same and position_level_id <> unit_level_id
            union all
            select number, 'kind', 'not_a_choice', kind from r where kind not in ('primary', 'secondment', 'concurrent')
            union all
            select number, 'kind', 'immutable', kind from r where old_kind <> kind
            union all
            select number, 'kind', 'by_command', kind from new where appointment_id is null and kind = 'secondment'
            union all
            select number, 'valid_from', 'in_future', valid_from::text from r where not is_same and valid_from > private.today()
            union all
            select number, 'valid_to', 'wrong_order', valid_to::text from r where valid_to <= valid_from
            union all
            select number, 'valid_to', 'required', null from r where end_cause is not null and valid_to is null
            union all
            select number, 'end_cause', 'not_a_choice', end_cause from r
            where not is_same and end_cause not in ('transfer', 'end_of_term', 'retired', 'left')
            union all
            select number, 'legal_basis', 'too_long', left(legal_basis, 40) from r where char_length(legal_basis) > 300
            union all
            select number, 'staff_code', 'duplicate_row', twin::text from r where twin is not null and staff_code is not null
            union all
            select number, 'unit_code', 'by_command', unit_code from new
            where unit_id <> staff_unit_id and (unit_id = (select private.my_unit()) or staff_unit_id = (select private.my_unit()))
            union all
            select number, 'unit_code', 'not_permitted', unit_code from new
            where (unit_id <> (select private.my_unit()) and staff_unit_id <> (select private.my_unit()))
                or coalesce((select private.my_rank()), 0) < 2
            union all
            select number, ending, 'leader_needed',
                case ending when 'valid_to' then valid_to::text when 'end_cause' then end_cause else left(legal_basis, 40) end
            from new
            where ending is not null and (select private.my_rank()) = 2 and unit_id = (select private.my_unit())
            union all
            select number, 'valid_to', 'wrong_state', valid_to::text from new
            where staff_left_on is not null and (valid_to is null or valid_to > staff_left_on)
            union all
            select number, 'valid_from', 'overlapping_post', value from private.import_overlaps(p_job))
        select private.import_faults(p_job, array_agg(f.number), array_agg(f.name), array_agg(f.word), array_agg(f.value))
        from (select * from fault order by fault.number) as f);
end;
$$;

create function private.import_apply_appointments(p_job uuid) returns jsonb
    language plpgsql set search_path = ''
as $$
declare
    rows_all bigint;
    rows_new bigint;
    rows_changed bigint;
    created bigint;
    updated bigint;
begin
    select count(*), count(*) filter (where r.appointment_id is null),
        count(*) filter (where r.appointment_id is not null and not r.is_same)
    into rows_all, rows_new, rows_changed
    from private.import_appointments(p_job) as r;
    update app.appointment as e
    set valid_to = r.valid_to, legal_basis = r.legal_basis, end_cause = r.end_cause
    from private.import_appointments(p_job) as r
    where e.id = r.appointment_id and not r.is_same;
    get diagnostics updated = row_count;
    insert into app.appointment (staff_id, unit_id, position_code, kind, valid_from, valid_to, legal_basis, end_cause)
    select r.staff_id, r.unit_id, r.position_code, r.kind, r.valid_from, r.valid_to, r.legal_basis, r.end_cause
    from private.import_appointments(p_job) as r
    where r.appointment_id is null;
    get diagnostics created = row_count;
    perform private.import_all_written(rows_new + rows_changed, created + updated);
    return jsonb_build_object('created', created, 'updated', updated, 'unchanged', rows_all - created - updated);
end;
$$;
