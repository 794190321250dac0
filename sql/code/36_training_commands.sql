-- The states of a course, and registering and declining: definer work under the functions of api.

set local role danvan_policy;

-- The course, locked for its organiser; refusals in this order: who, the state, the version.
create function private.course_take(p_course_id uuid, p_version integer, variadic p_states text[]) returns app.course
    language plpgsql security definer set search_path = ''
as $$
declare
    taken app.course;
begin
    select c.* into taken from app.course as c where c.id = p_course_id for no key update;
    if taken.organiser_unit_id is distinct from private.my_unit() or coalesce(private.my_rank(), 0) < 2 then
        raise exception 'not for the caller' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if not taken.status = any (p_states) then
        raise exception 'the course is %', taken.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if taken.version <> p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = taken.version::text;
    end if;
    return taken;
end;
$$;

-- Announced. Without days of its own, each day from the first to the last is one.
create function private.course_open(p_course_id uuid, p_version integer) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    course constant app.course := private.course_take(p_course_id, p_version, 'planned');
begin
    insert into app.course_day (course_id, day)
    select course.id, d::date
    from generate_series(course.starts_on, course.ends_on, interval '1 day') as d
    where not exists (select from app.course_day as x where x.course_id = course.id);
    if exists (
        select from app.course_day as d
        where d.course_id = course.id and d.day not between course.starts_on and course.ends_on)
    then
        raise exception 'a day outside the course' using errcode = 'DV409', constraint = 'days_outside';
    end if;
    update app.course as c set status = 'open' where c.id = course.id;
    perform private.notify_unit(i.unit_id, 'course_invited', course.id || ':invited', null, 'courses', course.id,
        course.organiser_unit_id, null, course.starts_on)
    from app.course_invitation as i
    where i.course_id = course.id;
end;
$$;

-- Begun: registering ends, attendance begins. Who changed units since registering counts where they stood on
-- the first day.
create function private.course_hold(p_course_id uuid, p_version integer) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    course constant app.course := private.course_take(p_course_id, p_version, 'open');
begin
    if course.starts_on > private.installation_today() then
        raise exception 'the first day has not come' using errcode = 'DV409', constraint = 'not_begun';
    end if;
    update app.training_record as r
    set unit_id = private.staff_stands_at(r.staff_id, course.starts_on)
    where r.course_id = course.id and r.unit_id <> private.staff_stands_at(r.staff_id, course.starts_on);
    update app.course as c set status = 'held' where c.id = course.id;
end;
$$;

create function private.course_close(p_course_id uuid, p_version integer) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    course constant app.course := private.course_take(p_course_id, p_version, 'held');
begin
    if course.ends_on > private.installation_today() then
        raise exception 'the last day has not come' using errcode = 'DV409', constraint = 'not_over';
    end if;
    if exists (select from app.training_record as r where r.course_id = course.id and r.status = 'registered') then
        raise exception 'attendance is missing' using errcode = 'DV409', constraint = 'attendance_missing';
    end if;
    if exists (
        select from app.training_record as r where r.course_id = course.id and r.status = 'attended' and r.result is null)
    then
        raise exception 'results are missing' using errcode = 'DV409', constraint = 'results_missing';
    end if;
    update app.course as c set status = 'closed' where c.id = course.id;
end;
$$;

create function private.course_cancel(p_course_id uuid, p_version integer, p_reason text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    course constant app.course := private.course_take(p_course_id, p_version, 'planned', 'open', 'held');
begin
    if exists (select from app.training_record as r where r.course_id = course.id and r.status in ('attended', 'absent')) then
        raise exception 'somebody attended' using errcode = 'DV409', constraint = 'has_attendance';
    end if;
    update app.course as c set status = 'cancelled', cancel_reason = p_reason where c.id = course.id;
    perform private.notify_unit(i.unit_id, 'course_cancelled', course.id || ':cancelled', null, 'courses', course.id,
        course.organiser_unit_id, null, course.starts_on)
    from app.course_invitation as i
    where i.course_id = course.id and course.status <> 'planned';
end;
$$;

-- Registers who was invited or had declined, or declines: the organiser or the person's unit, while the course
-- is open.
create function private.training_record_answer(p_record_id uuid, p_version integer, p_status text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    record app.training_record;
    course app.course;
begin
    -- the course before the record, as when registering
    select c.* into course
    from app.course as c
    where c.id = (select r.course_id from app.training_record as r where r.id = p_record_id)
    for no key update;
    select r.* into record from app.training_record as r where r.id = p_record_id for update;
    if coalesce(private.my_rank(), 0) < 2
        or private.my_unit() not in (record.organiser_unit_id, record.unit_id,
            (select s.unit_id from app.staff as s where s.id = record.staff_id))
    then
        raise exception 'not for the caller' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if course.status <> 'open' then
        raise exception 'the course is %', course.status using errcode = 'DV409', constraint = 'not_open';
    end if;
    if record.status = p_status or record.status not in ('invited', 'registered', 'declined') then
        raise exception 'the record is %', record.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if record.version <> p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = record.version::text;
    end if;
    update app.training_record as r set status = p_status where r.id = record.id;
    perform private.course_places_check(array[course.id]);
end;
$$;
