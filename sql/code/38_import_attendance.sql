-- An attendance sheet: course_code, organiser_unit_code, staff_code, day, is_present, one row per person and day,
-- of one course or several. The people must be on the course's list; what a sheet may say and how it is counted
-- is 36_training_sheet.sql.

set local role danvan_owner;

create function private.import_attendance(p_job uuid) returns table (
        number integer, course_code text, staff_code text, day date, is_present boolean,
        course_id uuid, course_count bigint, is_mine boolean, course_status text, staff_id uuid,
        was_present boolean, is_same boolean, twin integer)
    language plpgsql stable set search_path = ''
as $$
#variable_conflict use_column
begin
    return query
    with course as materialized (
        select * from private.import_courses_named(p_job))
    select r.number, r.cells[1], r.cells[3], r.cells[4]::date, r.cells[5]::boolean,
        k.course_id, k.course_count, k.organiser_unit_id = private.my_unit() and coalesce(private.my_rank(), 0) >= 2, k.status,
        s.id, t.is_present, coalesce(t.is_present = r.cells[5]::boolean, false),
        nullif(min(r.number) over (partition by coalesce(k.course_id::text, r.cells[1]), r.cells[3], r.cells[4]), r.number)
    from private.import_rows(p_job) as r
    left join course as k on k.course_code = r.cells[1] and k.organiser_unit_code is not distinct from r.cells[2]
    left join app.staff as s on s.code = r.cells[3]
    left join app.training_record as e on e.course_id = k.course_id and e.staff_id = s.id
    left join app.training_attendance as t on t.record_id = e.id and t.day = r.cells[4]::date;
end;
$$;

-- What the sheets of my courses may not say.
create function private.import_sheet_faults(p_job uuid)
    returns table (number integer, name text, word text, value text)
    language plpgsql stable set search_path = ''
as $$
#variable_conflict use_column
begin
    return query
    with sheet as materialized (
        select a.course_id, array_agg(a.number order by a.number) as numbers, array_agg(a.staff_code order by a.number) as codes,
            array_agg(a.day order by a.number) as days, array_agg(a.is_present order by a.number) as present
        from private.import_attendance(p_job) as a
        where a.is_mine and not a.is_same and a.twin is null and a.staff_id is not null
            and a.day is not null and a.is_present is not null
        group by a.course_id)
    select s.numbers[f.cell + 1], f.field, f.word,
        case f.field when 'staff_code' then s.codes[f.cell + 1] else s.days[f.cell + 1]::text end
    from sheet as s
    cross join lateral private.attendance_faults(s.course_id, s.codes, s.days, s.present) as f;
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
            select number, 'day', 'duplicate_row', twin::text from r where twin is not null and day is not null
            union all
            select number, 'course_code', 'not_permitted', course_code from r where not is_mine and not is_same
            union all
            select number, 'course_code', 'not_open', course_code from r where is_mine and not is_same and course_status <> 'held'
            union all
            select * from private.import_sheet_faults(p_job))
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
    written bigint := 0;
    sheet record;
begin
    select count(*), count(*) filter (where r.was_present is null), count(*) filter (where r.was_present is not null and not r.is_same)
    into rows_all, rows_new, rows_changed
    from private.import_attendance(p_job) as r;
    for sheet in
        select a.course_id, array_agg(a.staff_code order by a.number) as codes, array_agg(a.day order by a.number) as days,
            array_agg(a.is_present order by a.number) as present
        from private.import_attendance(p_job) as a
        where not a.is_same
        group by a.course_id
        order by a.course_id
    loop
        written := written + private.attendance_write(sheet.course_id, null, sheet.codes, sheet.days, sheet.present);
    end loop;
    perform private.import_all_written(rows_new + rows_changed, written);
    return jsonb_build_object('created', rows_new, 'updated', rows_changed, 'unchanged', rows_all - written);
end;
$$;
