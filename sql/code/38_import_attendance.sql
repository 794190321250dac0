-- An attendance sheet: course_code, organiser_unit_code, staff_code, day, is_present; the people must be on
-- the course's list already (training_records). One row per person and day.

set local role danvan_owner;

create function private.import_attendance(p_job uuid) returns table (
        number integer, course_code text, staff_code text, day date, is_present boolean,
        course_id uuid, course_count bigint, organiser_unit_id integer, is_day boolean, staff_id uuid, record_id uuid,
        was_present boolean, is_same boolean, twin integer)
    language plpgsql stable set search_path = ''
as $$
#variable_conflict use_column
begin
    return query
    with course as materialized (
        select k.*, exists (select from app.course_day as d where d.course_id = k.course_id) as has_days
        from private.import_courses_named(p_job) as k)
    select r.number, r.cells[1], r.cells[3], r.cells[4]::date, r.cells[5]::boolean,
        k.course_id, k.course_count, k.organiser_unit_id,
        case when k.has_days then d.day is not null else r.cells[4]::date between k.starts_on and k.ends_on end,
        s.id, e.id, t.is_present, t.is_present is not distinct from r.cells[5]::boolean and t.day is not null,
        nullif(min(r.number) over (partition by r.cells[1], r.cells[2], r.cells[3], r.cells[4]), r.number)
    from private.import_rows(p_job) as r
    left join course as k on k.course_code = r.cells[1] and k.organiser_unit_code is not distinct from r.cells[2]
    left join app.staff as s on s.code = r.cells[3]
    left join app.training_record as e on e.course_id = k.course_id and e.staff_id = s.id
    left join app.course_day as d on d.course_id = k.course_id and d.day = r.cells[4]::date
    left join app.training_attendance as t on t.record_id = e.id and t.day = r.cells[4]::date;
end;
$$;

create function private.import_check_attendance(p_job uuid) returns integer
    language plpgsql set search_path = ''
as $$
begin
    return (
        with r as materialized (
            select * from private.import_attendance(p_job)),
        fault (number, name, word, value) as (
            select number, 'course_code', case when course_count > 1 then 'ambiguous' else 'not_visible' end, course_code
            from r where (course_id is null or course_count > 1) and course_code is not null
            union all
            select number, 'staff_code', 'not_visible', staff_code from r where staff_id is null and staff_code is not null
            union all
            select number, 'staff_code', 'not_on_list', staff_code from r
            where course_id is not null and staff_id is not null and record_id is null
            union all
            select number, 'day', 'duplicate_row', twin::text from r where twin is not null and day is not null
            union all
            select number, 'day', 'not_a_course_day', day::text from r where course_id is not null and day is not null and not is_day
            union all
            select number, 'day', 'in_future', day::text from r where not is_same and day > private.today()
            union all
            select number, 'course_code', 'not_permitted', course_code from r
            where course_id is not null and not is_same
                and not (coalesce((select private.my_rank()), 0) >= 2 and organiser_unit_id = (select private.my_unit())))
        select private.import_faults(p_job, array_agg(f.number), array_agg(f.name), array_agg(f.word), array_agg(f.value))
        from (select * from fault order by fault.number) as f);
end;
$$;

create function private.import_apply_attendance(p_job uuid) returns jsonb
    language plpgsql set search_path = ''
as $$
declare
    rows_all bigint;
    rows_new bigint;
    rows_changed bigint;
    created bigint;
    updated bigint;
begin
    select count(*), count(*) filter (where r.was_present is null), count(*) filter (where r.was_present is not null and not r.is_same)
    into rows_all, rows_new, rows_changed
    from private.import_attendance(p_job) as r;
    update app.training_attendance as t
    set is_present = r.is_present
    from private.import_attendance(p_job) as r
    where t.record_id = r.record_id and t.day = r.day and not r.is_same;
    get diagnostics updated = row_count;
    insert into app.training_attendance (record_id, day, is_present)
    select r.record_id, r.day, r.is_present
    from private.import_attendance(p_job) as r
    where r.was_present is null;
    get diagnostics created = row_count;
    perform private.import_all_written(rows_new + rows_changed, created + updated);
    return jsonb_build_object('created', created, 'updated', updated, 'unchanged', rows_all - created - updated);
end;
$$;
