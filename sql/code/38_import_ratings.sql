-- Ratings: unit_code, year, scale, grade, rated_on, note; one per organisation and year.

set local role danvan_owner;

create function private.import_ratings(p_job uuid) returns table (
        number integer, unit_code text, year bigint, scale text, grade text, rated_on date, note text,
        unit_id integer, rating_id uuid, is_same boolean, twin integer)
    language plpgsql stable set search_path = ''
as $$
#variable_conflict use_column
declare
    has_note constant boolean := private.import_has(p_job, 'note');
begin
    return query
    select
        r.number, r.cells[1], r.cells[2]::bigint, r.cells[3], r.cells[4],
        coalesce(r.cells[5]::date, e.rated_on),
        case when has_note then r.cells[6] else e.note end,
        u.id, e.id,
        e.id is not null and e.scale = r.cells[3] and e.grade = r.cells[4]
            and (r.cells[5] is null or e.rated_on = r.cells[5]::date)
            and (not has_note or e.note is not distinct from r.cells[6]),
        nullif(min(r.number) over (partition by r.cells[1], r.cells[2]), r.number)
    from private.import_rows(p_job) as r
    left join app.unit as u on u.code = r.cells[1]
    left join app.rating as e on e.unit_id = u.id and e.year = r.cells[2]::bigint;
end;
$$;

create function private.import_check_ratings(p_job uuid) returns integer
    language plpgsql set search_path = ''
as $$
begin
    return (
        with r as materialized (
            select * from private.import_ratings(p_job)),
        fault (number, name, word, value) as (
            select number, 'unit_code', 'not_visible', unit_code from r where unit_id is null and unit_code is not null
            union all
            select number, 'unit_code', 'duplicate_row', twin::text from r where twin is not null and unit_code is not null
            union all
            select number, 'year', 'out_of_range', year::text from r where year not between 2000 and 2100
            union all
            select number, 'year', 'in_future', year::text from r
            where not is_same and year between extract(year from private.today()) + 1 and 2100
            union all
            select number, 'scale', 'not_a_choice', scale from r
            where scale is not null and not exists (select from app.rating_scale as s where s.code = r.scale)
            union all
            select number, 'grade', 'not_a_choice', grade from r
            where grade is not null and exists (select from app.rating_scale as s where s.code = r.scale)
                and not exists (select from app.rating_grade as g where g.scale = r.scale and g.code = r.grade)
            union all
            select number, 'rated_on', 'in_future', rated_on::text from r where not is_same and rated_on > private.today()
            union all
            select number, 'note', 'too_long', left(note, 40) from r where char_length(note) > 1000
            union all
            select number, 'unit_code', 'not_permitted', unit_code from r
            where unit_id is not null and not is_same
                and not (coalesce((select private.my_rank()), 0) >= 2 and private.may_rate(unit_id)))
        select private.import_faults(p_job, array_agg(f.number), array_agg(f.name), array_agg(f.word), array_agg(f.value))
        from (select * from fault order by fault.number) as f);
end;
$$;

create function private.import_apply_ratings(p_job uuid) returns jsonb
    language plpgsql set search_path = ''
as $$
declare
    rows_all bigint;
    rows_new bigint;
    rows_changed bigint;
    created bigint;
    updated bigint;
begin
    select count(*), count(*) filter (where r.rating_id is null), count(*) filter (where r.rating_id is not null and not r.is_same)
    into rows_all, rows_new, rows_changed
    from private.import_ratings(p_job) as r;
    update app.rating as e
    set scale = r.scale, grade = r.grade, rated_on = r.rated_on, note = r.note
    from private.import_ratings(p_job) as r
    where e.id = r.rating_id and not r.is_same;
    get diagnostics updated = row_count;
    insert into app.rating (unit_id, year, scale, grade, rated_on, note)
    select r.unit_id, r.year, r.scale, r.grade, r.rated_on, r.note
    from private.import_ratings(p_job) as r
    where r.rating_id is null;
    get diagnostics created = row_count;
    perform private.import_all_written(rows_new + rows_changed, created + updated);
    return jsonb_build_object('created', created, 'updated', updated, 'unchanged', rows_all - created - updated);
end;
$$;
