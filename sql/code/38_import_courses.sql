-- Courses: code, name, topic, organiser_unit_code (without: my unit), partner_unit_code, partner, starts_on,
-- ends_on, place, capacity, pass_percent; a code is one course of its organiser.

set local role danvan_owner;

create function private.import_courses(p_job uuid) returns table (
        number integer, code text, name text, topic_code text, organiser_unit_code text, partner_unit_code text,
        partner text, starts_on date, ends_on date, place text, capacity bigint, pass_percent bigint,
        organiser_unit_id integer, partner_unit_id integer, course_id uuid, status text, is_fixed boolean, is_same boolean,
        twin integer)
    language plpgsql stable set search_path = ''
as $$
#variable_conflict use_column
declare
    has_partner_unit constant boolean := private.import_has(p_job, 'partner_unit_code');
    has_partner constant boolean := private.import_has(p_job, 'partner');
    has_place constant boolean := private.import_has(p_job, 'place');
    has_capacity constant boolean := private.import_has(p_job, 'capacity');
begin
    return query
    with said as materialized (
        select r.number, r.cells as c, e as course,
            case when r.cells[4] is null then private.my_unit() else o.id end as organiser_unit_id,
            case when has_partner_unit then p.id else e.partner_unit_id end as partner_unit_id,
            case when has_partner then r.cells[6] else e.partner end as partner,
            case when has_place then r.cells[9] else e.place end as place,
            case when has_capacity then r.cells[10]::bigint else e.capacity end as capacity,
            coalesce(r.cells[11]::bigint, e.pass_percent, 80) as pass_percent
        from private.import_rows(p_job) as r
        left join app.unit as o on o.code = r.cells[4]
        left join app.unit as p on p.code = r.cells[5]
        left join app.course as e on e.code = r.cells[1]
            and e.organiser_unit_id = case when r.cells[4] is null then private.my_unit() else o.id end)
    select s.number, s.c[1], s.c[2], s.c[3], s.c[4], s.c[5], s.partner, s.c[7]::date, s.c[8]::date, s.place,
        s.capacity, s.pass_percent, s.organiser_unit_id, s.partner_unit_id, (s.course).id, (s.course).status,
        (s.course).status not in ('planned', 'open') or ((s.course).status = 'open'
            and ((s.course).topic_code, (s.course).starts_on, (s.course).ends_on, (s.course).pass_percent::bigint)
                is distinct from (s.c[3], s.c[7]::date, s.c[8]::date, s.pass_percent)),
        (s.course).id is not null
            and ((s.course).name, (s.course).topic_code, (s.course).partner_unit_id, (s.course).partner, (s.course).starts_on,
                (s.course).ends_on, (s.course).place, (s.course).capacity::bigint, (s.course).pass_percent::bigint)
                is not distinct from (s.c[2], s.c[3], s.partner_unit_id, s.partner, s.c[7]::date,
                s.c[8]::date, s.place, s.capacity, s.pass_percent),
        nullif(min(s.number) over (partition by s.c[1], s.organiser_unit_id), s.number)
    from said as s;
end;
$$;

create function private.import_check_courses(p_job uuid) returns integer
    language plpgsql set search_path = ''
as $$
begin
    return (
        with r as materialized (
            select * from private.import_courses(p_job)),
        fault (number, name, word, value) as (
            select number, 'code', 'bad_format', code from r where code !~ '^[A-Za-z0-9._-]{1,40}$'
            union all
            select number, 'code', 'duplicate_row', twin::text from r where twin is not null and code is not null
            union all
            select number, 'name', 'too_long', left(name, 40) from r where char_length(name) > 300
            union all
            select number, 'topic', 'not_a_choice', topic_code from r
            where topic_code is not null and not exists (select from app.training_topic as t where t.code = r.topic_code)
            union all
            select number, 'organiser_unit_code', 'not_visible', organiser_unit_code from r where organiser_unit_id is null
            union all
            select number, 'partner_unit_code', 'not_visible', partner_unit_code from r
            where partner_unit_id is null and partner_unit_code is not null
            union all
            select number, 'partner', 'too_long', left(partner, 40) from r where char_length(partner) > 200
            union all
            select number, 'place', 'too_long', left(place, 40) from r where char_length(place) > 300
            union all
            select number, 'ends_on', 'wrong_order', ends_on::text from r where ends_on < starts_on
            union all
            select number, 'ends_on', 'out_of_range', ends_on::text from r where ends_on >= starts_on + 366
            union all
            select number, 'capacity', 'out_of_range', capacity::text from r where capacity not between 1 and 5000
            union all
            select number, 'pass_percent', 'out_of_range', pass_percent::text from r where pass_percent not between 0 and 100
            union all
            -- what an announced course says stays, but for where it is held and how many it takes
            select number, 'code', 'wrong_state', code from r where not is_same and is_fixed
            union all
            select number, 'organiser_unit_code', 'not_permitted', coalesce(organiser_unit_code, code) from r
            where not is_same and organiser_unit_id is not null
                and not (coalesce((select private.my_rank()), 0) >= 2 and organiser_unit_id = (select private.my_unit())))
        select private.import_faults(p_job, array_agg(f.number), array_agg(f.name), array_agg(f.word), array_agg(f.value))
        from (select * from fault order by fault.number) as f);
end;
$$;

create function private.import_apply_courses(p_job uuid) returns jsonb
    language plpgsql set search_path = ''
as $$
declare
    rows_all bigint;
    rows_new bigint;
    rows_changed bigint;
    created bigint;
    updated bigint;
begin
    select count(*), count(*) filter (where r.course_id is null), count(*) filter (where r.course_id is not null and not r.is_same)
    into rows_all, rows_new, rows_changed
    from private.import_courses(p_job) as r;
    update app.course as e
    set name = r.name, topic_code = r.topic_code, partner_unit_id = r.partner_unit_id, partner = r.partner,
        starts_on = r.starts_on, ends_on = r.ends_on, place = r.place, capacity = r.capacity, pass_percent = r.pass_percent
    from private.import_courses(p_job) as r
    where e.id = r.course_id and not r.is_same;
    get diagnostics updated = row_count;
    insert into app.course (code, name, topic_code, partner_unit_id, partner, starts_on, ends_on, place, capacity, pass_percent)
    select r.code, r.name, r.topic_code, r.partner_unit_id, r.partner, r.starts_on, r.ends_on, r.place, r.capacity, r.pass_percent
    from private.import_courses(p_job) as r
    where r.course_id is null;
    get diagnostics created = row_count;
    perform private.import_all_written(rows_new + rows_changed, created + updated);
    return jsonb_build_object('created', created, 'updated', updated, 'unchanged', rows_all - created - updated);
end;
$$;
