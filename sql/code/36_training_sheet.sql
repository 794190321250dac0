-- The sheet of attendance: days × persons of a course, in one write, all or nothing.
--
-- The same two functions serve POST /courses/{id}/attendance and the import of kind 'attendance'. A cell is
-- (staff code, day, present or not); cells are arrays of equal length, and a fault names the cell by its
-- position from 0:
--   private.attendance_faults(p_course_id uuid, p_staff_codes text[], p_days date[], p_present boolean[])
--       returns table (cell integer, field text, word text)   field: staff_code, day, is_present
--   private.attendance_write(p_course_id uuid, p_version integer, p_staff_codes text[], p_days date[], p_present boolean[])
--       returns integer, how many cells are new or changed; DV403 / DV409 / DV412 as of a command (version NULL takes
--       any), DV422 with every fault in DETAIL, a line each: "<pointer> <word>", pointers like rows/3/day
-- Who attends is who is registered: a code of somebody else is not_registered, a day that is none of the
-- course's is not_a_day, a day to come in_the_future, a cell given twice duplicate, and somebody who has a
-- result already has_result. A sheet that says what is known already changes nothing.

set local role danvan_policy;

create function private.attendance_faults(
    p_course_id uuid, p_staff_codes text[], p_days date[], p_present boolean[])
    returns table (cell integer, field text, word text)
    language plpgsql stable security definer set search_path = '' rows 10
as $$
begin
    if not private.is_my_course(p_course_id) then
        raise exception 'not for the caller' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    return query
    select (c.n - 1)::integer, f.field, f.word
    from (
        select x.*, row_number() over (partition by x.code, x.day order by x.n) as nth
        from unnest(p_staff_codes, p_days, p_present) with ordinality as x (code, day, is_present, n)) as c
    left join app.staff as s on s.code = c.code
    left join app.training_record as r
        on r.course_id = p_course_id and r.staff_id = s.id and r.status in ('registered', 'attended', 'absent')
    left join app.course_day as d on d.course_id = p_course_id and d.day = c.day
    left join app.training_attendance as a on a.record_id = r.id and a.day = c.day
    cross join lateral (values
        ('staff_code', case when c.code is null then 'required' when r.id is null then 'not_registered'
            when r.result is not null and a.is_present is distinct from c.is_present then 'has_result' end),
        ('day', case when c.day is null then 'required' when d.day is null then 'not_a_day'
            when c.day > private.installation_today() then 'in_the_future'
            when c.nth > 1 then 'duplicate' end),
        ('is_present', case when c.is_present is null then 'required' end)
    ) as f (field, word)
    where f.word is not null
    order by c.n, f.field;
end;
$$;

create function private.attendance_write(
    p_course_id uuid, p_version integer, p_staff_codes text[], p_days date[], p_present boolean[]) returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    course constant app.course := private.course_take(p_course_id, p_version, 'held');
    faults text;
    written integer;
begin
    select string_agg(format('rows/%s/%s %s', f.cell, f.field, f.word), e'\n' order by f.cell, f.field)
    into faults
    from private.attendance_faults(p_course_id, p_staff_codes, p_days, p_present) as f;
    if faults is not null then
        raise exception 'the sheet has faults' using errcode = 'DV422', detail = faults;
    end if;
    insert into app.training_attendance as a (record_id, day, is_present)
    select r.id, c.day, c.is_present
    from unnest(p_staff_codes, p_days, p_present) as c (code, day, is_present)
    join app.staff as s on s.code = c.code
    join app.training_record as r on r.course_id = course.id and r.staff_id = s.id
    order by r.id, c.day
    on conflict (record_id, day) do update set is_present = excluded.is_present
        where a.is_present <> excluded.is_present;
    get diagnostics written = row_count;
    if written > 0 then
        perform private.attendance_count(course.id);
        perform private.audit('attendance', 'course', course.id::text, jsonb_build_object('cells', written));
    end if;
    return written;
end;
$$;

-- Present on one day has attended; absent is who was on none of the days told so far.
create function private.attendance_count(p_course_id uuid) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    update app.training_record as r
    set days_attended = t.present, status = case when t.present > 0 then 'attended' else 'absent' end
    from (
        select a.record_id, (count(*) filter (where a.is_present))::smallint as present
        from app.training_attendance as a
        join app.training_record as x on x.id = a.record_id
        where x.course_id = p_course_id
        group by a.record_id) as t
    where t.record_id = r.id and r.result is null
        and (r.days_attended, r.status) is distinct from
            (t.present, case when t.present > 0 then 'attended' else 'absent' end);
end;
$$;
