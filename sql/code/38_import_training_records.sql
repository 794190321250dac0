-- Who took part: course_code, organiser_unit_code (without: my own course, else the one course of that code
-- that I see), staff_code, status, days_attended, result, score, certificate_number, certified_on, valid_until;
-- one record per person and course. The organiser brings in everything while the course is held, also whole
-- courses of earlier years; a unit registers its own people while it is open. What a record says of attendance
-- comes from the sheet (attendance) once it is there. The triggers of 36_training.sql have the last word.

set local role danvan_owner;

-- The course of each pair of codes in the job. course_count: how many the codes may mean.
create function private.import_courses_named(p_job uuid) returns table (
        course_code text, organiser_unit_code text, course_id uuid, organiser_unit_id integer, starts_on date, ends_on date,
        status text, course_count bigint)
    language plpgsql stable set search_path = ''
as $$
#variable_conflict use_column
begin
    return query
    with pair as materialized (
        select distinct r.cells[1] as code, r.cells[2] as unit_code from private.import_rows(p_job) as r),
    found as materialized (
        select p.code, p.unit_code, c.id, c.organiser_unit_id, c.starts_on, c.ends_on, c.status,
            count(*) over named as course_count,
            row_number() over (named order by (c.organiser_unit_id = private.my_unit()) desc, c.id) as place
        from pair as p
        join app.course as c on c.code = p.code
        left join app.unit as u on u.id = c.organiser_unit_id
        where p.unit_code is null or u.code = p.unit_code
        window named as (partition by p.code, p.unit_code))
    select f.code, f.unit_code, f.id, f.organiser_unit_id, f.starts_on, f.ends_on, f.status,
        case when f.organiser_unit_id = private.my_unit() then 1 else f.course_count end
    from found as f
    where f.place = 1;
end;
$$;

create function private.import_training_records(p_job uuid) returns table (
        number integer, course_code text, organiser_unit_code text, staff_code text, status text, days_attended bigint,
        result text, score bigint, certificate_number text, certified_on date, valid_until date,
        course_id uuid, course_count bigint, organiser_unit_id integer, course_status text, days_needed bigint,
        staff_id uuid, staff_unit_id integer, staff_left_on date, starts_on date,
        record_id uuid, old_status text, old_days smallint, is_same boolean, twin integer)
    language plpgsql stable set search_path = ''
as $$
#variable_conflict use_column
declare
    has_result constant boolean := private.import_has(p_job, 'result');
    has_score constant boolean := private.import_has(p_job, 'score');
    has_certificate constant boolean := private.import_has(p_job, 'certificate_number');
begin
    return query
    with course as materialized (
        select k.*, ceil(c.pass_percent * (select count(*) from app.course_day as d where d.course_id = c.id) / 100.0)::bigint
            as days_needed
        from private.import_courses_named(p_job) as k
        join app.course as c on c.id = k.course_id),
    said as materialized (
        select r.number, r.cells as c, k.course_id, k.course_count, k.organiser_unit_id, k.status as course_status, k.starts_on,
            k.days_needed, s.id as staff_id, s.unit_id as staff_unit_id, s.left_on, e as record,
            case when has_result then r.cells[6] else e.result end as result,
            case when has_score then r.cells[7]::bigint else e.score end as score,
            case when has_certificate then r.cells[8] else e.certificate_number end as certificate_number
        from private.import_rows(p_job) as r
        left join course as k on k.course_code = r.cells[1] and k.organiser_unit_code is not distinct from r.cells[2]
        left join app.staff as s on s.code = r.cells[3]
        left join app.training_record as e on e.course_id = k.course_id and e.staff_id = s.id)
    select s.number, s.c[1], s.c[2], s.c[3],
        coalesce(s.c[4], (s.record).status, case when coalesce(s.result, s.score::text) is null then 'registered' else 'attended' end),
        coalesce(s.c[5]::bigint, (s.record).days_attended, 0),
        s.result, s.score, s.certificate_number,
        coalesce(s.c[9]::date, (s.record).certified_on), coalesce(s.c[10]::date, (s.record).valid_until),
        s.course_id, s.course_count, s.organiser_unit_id, s.course_status, s.days_needed,
        s.staff_id, s.staff_unit_id, s.left_on, s.starts_on,
        (s.record).id, (s.record).status, (s.record).days_attended,
        (s.record).id is not null
            and (s.c[4] is null or (s.record).status = s.c[4])
            and (s.c[5] is null or (s.record).days_attended = s.c[5]::bigint)
            and ((s.record).result, (s.record).score::bigint, (s.record).certificate_number)
                is not distinct from (s.result, s.score, s.certificate_number)
            and (s.c[9] is null or (s.record).certified_on is not distinct from s.c[9]::date)
            and (s.c[10] is null or (s.record).valid_until is not distinct from s.c[10]::date),
        nullif(min(s.number) over (partition by coalesce(s.course_id::text, s.c[1]), s.c[3]), s.number)
    from said as s;
end;
$$;

-- Numbers of certificates that stand twice with one organiser: in the file, or with a record that the file
-- leaves as it is.
create function private.import_certificates_twice(p_job uuid) returns table (number integer, certificate_number text)
    language plpgsql stable set search_path = ''
as $$
#variable_conflict use_column
begin
    return query
    with r as materialized (
        select * from private.import_training_records(p_job) as t
        where t.certificate_number is not null and t.course_id is not null)
    select t.number, t.certificate_number
    from (
        select r.*, count(*) over (partition by r.organiser_unit_id, r.certificate_number) as uses from r) as t
    where not t.is_same and t.twin is null
        and (t.uses > 1 or exists (
            select from app.training_record as e
            where e.organiser_unit_id = t.organiser_unit_id and e.certificate_number = t.certificate_number
                and e.id is distinct from t.record_id
                and not exists (select from r where r.record_id = e.id)));
end;
$$;

-- Which of these rows find no place, each a person new to a course, in the order of the file, or are of a unit
-- that is not invited: past row security, for who takes the places may be of units that the caller does not see.
-- Inserting would tell the same, and no row: private.training_record_take, private.course_places_check.
set local role danvan_policy;

create function private.import_places(p_numbers integer[], p_courses uuid[], p_staff uuid[], p_takes_place boolean[])
    returns table (number integer, name text, word text, value text)
    language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
begin
    return query
    with asked as materialized (
        select r.number, c.id as course_id, c.capacity, c.organiser_unit_id, r.takes_place,
            private.staff_stands_at(r.staff_id, c.starts_on) as unit_id
        from unnest(p_numbers, p_courses, p_staff, p_takes_place) as r (number, course_id, staff_id, takes_place)
        join app.course as c on c.id = r.course_id),
    course as materialized (
        select a.course_id, private.course_taken(a.course_id, null) as taken from asked as a group by a.course_id),
    invited as materialized (
        select i.course_id, i.unit_id, i.places, private.course_taken(i.course_id, i.unit_id) as taken
        from app.course_invitation as i
        where i.places is not null and (i.course_id, i.unit_id) in (select a.course_id, a.unit_id from asked as a)),
    nth as (
        select a.*, row_number() over (partition by a.course_id order by a.number) as nth,
            row_number() over (partition by a.course_id, a.unit_id order by a.number) as nth_of_unit
        from asked as a
        where a.takes_place)
    select n.number, 'course_code', 'course_full', n.capacity::text
    from nth as n
    join course as c on c.course_id = n.course_id
    where n.capacity < c.taken + n.nth
    union all
    select n.number, 'staff_code', 'no_place_left', i.places::text
    from nth as n
    join invited as i on i.course_id = n.course_id and i.unit_id = n.unit_id
    where i.places < i.taken + n.nth_of_unit
    union all
    select a.number, 'course_code', 'not_invited', null::text
    from asked as a
    where a.organiser_unit_id is distinct from private.my_unit()
        and not exists (select from app.course_invitation as i where i.course_id = a.course_id and i.unit_id = a.unit_id);
end;
$$;

set local role danvan_owner;

create function private.import_check_training_records(p_job uuid) returns integer
    language plpgsql set search_path = ''
as $$
begin
    return (
        with r as materialized (
            select t.*, t.organiser_unit_id = (select private.my_unit()) as is_organiser,
                coalesce((select private.my_rank()), 0) >= 2 as may_write
            from private.import_training_records(p_job) as t),
        new as materialized (
            select * from r where not is_same and course_id is not null and staff_id is not null),
        fault (number, name, word, value) as (
            select number, 'course_code', case when course_count > 1 then 'ambiguous' else 'not_visible' end, course_code
            from r where (course_id is null or course_count > 1) and course_code is not null
            union all
            select number, 'staff_code', 'not_visible', staff_code from r where staff_id is null and staff_code is not null
            union all
            select number, 'staff_code', 'duplicate_row', twin::text from r where twin is not null and staff_code is not null
            union all
            select number, 'course_code', 'not_permitted', course_code from new
            where not may_write or not (is_organiser or (record_id is null and staff_unit_id = (select private.my_unit())))
            union all
            select number, 'course_code', 'not_open', course_code from new
            where case when record_id is null then course_status <> 'open' and not (is_organiser and course_status = 'held')
                else course_status <> 'held' end
            union all
            select number, 'staff_code', 'has_left', staff_code from new where record_id is null and staff_left_on <= starts_on
            union all
            select p.number, p.name, p.word, p.value
            from (
                select array_agg(number) as numbers, array_agg(course_id) as courses, array_agg(staff_id) as staff,
                    array_agg(status in ('registered', 'attended', 'absent')) as takes_place
                from new
                where record_id is null and twin is null and course_count = 1
                    and (is_organiser or staff_unit_id = (select private.my_unit()))) as x
            cross join lateral private.import_places(x.numbers, x.courses, x.staff, x.takes_place) as p
            union all
            select number, 'status', 'not_a_choice', status from r
            where status not in ('invited', 'registered', 'declined', 'attended', 'absent')
            union all
            -- before the course is held nobody has attended; who answers an invitation does so by command
            select number, 'status', 'wrong_state', status from new
            where record_id is null and status in ('declined', 'attended', 'absent') and not (is_organiser and course_status = 'held')
            union all
            select number, 'status', 'by_attendance', status from new where old_status <> status
            union all
            select number, 'days_attended', 'out_of_range', days_attended::text from r where days_attended not between 0 and 366
            union all
            select number, 'days_attended', 'by_attendance', days_attended::text from new where old_days <> days_attended
            union all
            select number, 'result', 'not_a_choice', result from r where result not in ('passed', 'failed')
            union all
            select number, 'result', 'not_attended', result from new where result is not null and status <> 'attended'
            union all
            select number, 'result', 'too_few_days', days_attended::text from new
            where result = 'passed' and status = 'attended' and days_attended < days_needed
            union all
            select number, 'score', 'out_of_range', score::text from r where score not between 0 and 100
            union all
            select number, 'score', 'not_attended', score::text from new where score is not null and status <> 'attended'
            union all
            select number, 'certificate_number', 'too_long', left(certificate_number, 40) from r
            where char_length(certificate_number) > 60
            union all
            select number, f.name, 'not_passed', f.value
            from new
            cross join lateral (values ('certificate_number', certificate_number), ('certified_on', certified_on::text),
                ('valid_until', valid_until::text)) as f (name, value)
            where result is distinct from 'passed' and f.value is not null
            union all
            select number, 'certificate_number', 'duplicate', certificate_number from private.import_certificates_twice(p_job)
            union all
            select number, 'certified_on', 'in_the_future', certified_on::text from new where certified_on > private.today()
            union all
            select number, 'valid_until', 'wrong_order', valid_until::text from r where valid_until <= certified_on)
        select private.import_faults(p_job, array_agg(f.number), array_agg(f.name), array_agg(f.word), array_agg(f.value))
        from (select * from fault order by fault.number) as f);
end;
$$;

create function private.import_apply_training_records(p_job uuid) returns jsonb
    language plpgsql set search_path = ''
as $$
declare
    rows_all bigint;
    rows_new bigint;
    rows_changed bigint;
    created bigint := 0;
    updated bigint := 0;
begin
    select count(*), count(*) filter (where r.record_id is null), count(*) filter (where r.record_id is not null and not r.is_same)
    into rows_all, rows_new, rows_changed
    from private.import_training_records(p_job) as r;
    if rows_changed > 0 then
        update app.training_record as e
        set result = r.result, score = r.score, certificate_number = r.certificate_number,
            certified_on = r.certified_on, valid_until = r.valid_until
        from private.import_training_records(p_job) as r
        where e.id = r.record_id and not r.is_same;
        get diagnostics updated = row_count;
    end if;
    if rows_new > 0 then
        insert into app.training_record (course_id, staff_id, status, days_attended, result, score, certificate_number,
            certified_on, valid_until)
        select r.course_id, r.staff_id, r.status, r.days_attended, r.result, r.score, r.certificate_number,
            r.certified_on, r.valid_until
        from private.import_training_records(p_job) as r
        where r.record_id is null
        order by r.course_id; -- courses are locked one after the other
        get diagnostics created = row_count;
    end if;
    perform private.import_all_written(rows_new + rows_changed, created + updated);
    return jsonb_build_object('created', created, 'updated', updated, 'unchanged', rows_all - created - updated);
end;
$$;
