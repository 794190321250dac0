-- Who took part: course_code, organiser_unit_code (without: my own course, else the one course of that code
-- that I see), staff_code, status, result, score, certificate_number, certified_on, valid_until; one record
-- per person and course. Written by the organiser. The unit is where the person stood on the first day.

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
        number integer, course_code text, organiser_unit_code text, staff_code text, status text, result text, score bigint,
        certificate_number text, certified_on date, valid_until date,
        course_id uuid, course_count bigint, organiser_unit_id integer, course_status text, staff_id uuid, unit_id integer,
        record_id uuid, is_same boolean, twin integer)
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
        select * from private.import_courses_named(p_job)),
    said as materialized (
        select r.number, r.cells as c, k.course_id, k.course_count, k.organiser_unit_id, k.status as course_status, k.starts_on,
            s.id as staff_id, s.unit_id as staff_unit_id, e as record,
            case when has_result then r.cells[5] else e.result end as result,
            case when has_score then r.cells[6]::bigint else e.score end as score,
            case when has_certificate then r.cells[7] else e.certificate_number end as certificate_number
        from private.import_rows(p_job) as r
        left join course as k on k.course_code = r.cells[1] and k.organiser_unit_code is not distinct from r.cells[2]
        left join app.staff as s on s.code = r.cells[3]
        left join app.training_record as e on e.course_id = k.course_id and e.staff_id = s.id)
    select s.number, s.c[1], s.c[2], s.c[3],
        coalesce(s.c[4], (s.record).status, case when s.result is null then 'registered' else 'attended' end),
        s.result, s.score, s.certificate_number,
        coalesce(s.c[8]::date, (s.record).certified_on), coalesce(s.c[9]::date, (s.record).valid_until),
        s.course_id, s.course_count, s.organiser_unit_id, s.course_status, s.staff_id,
        coalesce((s.record).unit_id, a.unit_id, s.staff_unit_id), (s.record).id,
        (s.record).id is not null
            and (s.c[4] is null or (s.record).status = s.c[4])
            and ((s.record).result, (s.record).score::bigint, (s.record).certificate_number)
                is not distinct from (s.result, s.score, s.certificate_number)
            and (s.c[8] is null or (s.record).certified_on is not distinct from s.c[8]::date)
            and (s.c[9] is null or (s.record).valid_until is not distinct from s.c[9]::date),
        nullif(min(s.number) over (partition by s.course_id, s.c[1], s.c[3]), s.number)
    from said as s
    left join app.appointment as a on a.staff_id = s.staff_id and a.kind = 'primary' and (s.record).id is null
        and a.valid_from <= s.starts_on and (a.valid_to is null or a.valid_to > s.starts_on);
end;
$$;

create function private.import_check_training_records(p_job uuid) returns integer
    language plpgsql set search_path = ''
as $$
begin
    return (
        with r as materialized (
            select * from private.import_training_records(p_job)),
        fault (number, name, word, value) as (
            select number, 'course_code', case when course_count > 1 then 'ambiguous' else 'not_visible' end, course_code
            from r where (course_id is null or course_count > 1) and course_code is not null
            union all
            select number, 'staff_code', 'not_visible', staff_code from r where staff_id is null and staff_code is not null
            union all
            select number, 'staff_code', 'duplicate_row', twin::text from r where twin is not null and staff_code is not null
            union all
            select number, 'status', 'not_a_choice', status from r
            where status not in ('invited', 'registered', 'declined', 'attended', 'absent')
            union all
            select number, 'result', 'not_a_choice', result from r where result not in ('passed', 'failed')
            union all
            select number, 'score', 'out_of_range', score::text from r where score not between 0 and 100
            union all
            select number, 'certificate_number', 'too_long', left(certificate_number, 40) from r
            where char_length(certificate_number) > 60
            union all
            select number, 'certificate_number', 'not_passed', certificate_number from r
            where certificate_number is not null and result is distinct from 'passed'
            union all
            select number, 'valid_until', 'wrong_order', valid_until::text from r where valid_until <= certified_on
            union all
            select number, 'course_code', 'not_permitted', course_code from r
            where course_id is not null and not is_same
                and not (coalesce((select private.my_rank()), 0) >= 2 and organiser_unit_id = (select private.my_unit()))
            union all
            select number, 'course_code', 'closed', course_code from r where not is_same and course_status = 'cancelled')
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
        set status = r.status, result = r.result, score = r.score, certificate_number = r.certificate_number,
            certified_on = r.certified_on, valid_until = r.valid_until
        from private.import_training_records(p_job) as r
        where e.id = r.record_id and not r.is_same;
        get diagnostics updated = row_count;
    end if;
    if rows_new > 0 then
        insert into app.training_record (course_id, staff_id, unit_id, status, result, score, certificate_number,
            certified_on, valid_until)
        select r.course_id, r.staff_id, r.unit_id, r.status, r.result, r.score, r.certificate_number,
            r.certified_on, r.valid_until
        from private.import_training_records(p_job) as r
        where r.record_id is null;
        get diagnostics created = row_count;
    end if;
    perform private.import_all_written(rows_new + rows_changed, created + updated);
    return jsonb_build_object('created', created, 'updated', updated, 'unchanged', rows_all - created - updated);
end;
$$;
