-- People: code, full_name, unit_code (without: my unit). A person moves to another unit by command only.

set local role danvan_owner;

create function private.import_staff(p_job uuid) returns table (
        number integer, code text, full_name text, unit_code text, unit_id integer, is_active boolean,
        staff_id uuid, staff_unit_id integer, is_same boolean, twin integer)
    language plpgsql stable set search_path = ''
as $$
#variable_conflict use_column
begin
    return query
    select r.number, r.cells[1], r.cells[2], r.cells[3],
        case when r.cells[3] is null then coalesce(e.unit_id, private.my_unit()) else u.id end,
        coalesce(u.is_active, true), e.id, e.unit_id,
        e.id is not null and e.full_name = r.cells[2] and (r.cells[3] is null or e.unit_id = u.id),
        nullif(min(r.number) over (partition by r.cells[1]), r.number)
    from private.import_rows(p_job) as r
    left join app.unit as u on u.code = r.cells[3]
    left join app.staff as e on e.code = r.cells[1];
end;
$$;

create function private.import_check_staff(p_job uuid) returns integer
    language plpgsql set search_path = ''
as $$
begin
    return (
        with r as materialized (
            select * from private.import_staff(p_job)),
        fault (number, name, word, value) as (
            select number, 'code', 'bad_format', code from r where code !~ '^[A-Za-z0-9._-]{1,40}$'
            union all
            select number, 'code', 'duplicate_row', twin::text from r where twin is not null and code is not null
            union all
            select r.number, 'code', 'duplicate', r.code
            from r join private.import_taken(p_job, 'staff') as t on t.number = r.number
            where r.staff_id is null
            union all
            select number, 'full_name', 'too_long', left(full_name, 40) from r where char_length(full_name) > 120
            union all
            select number, 'unit_code', 'not_visible', unit_code from r where unit_id is null and unit_code is not null
            union all
            select number, 'unit_code', 'by_command', unit_code from r where staff_id is not null and unit_id <> staff_unit_id
            union all
            select number, 'unit_code', 'not_active', unit_code from r where staff_id is null and not is_active
            union all
            select number, 'unit_code', 'not_permitted', coalesce(unit_code, code) from r
            where not is_same and unit_id is not null and (staff_id is null or unit_id = staff_unit_id)
                and not (coalesce((select private.my_rank()), 0) >= 2 and unit_id = (select private.my_unit())))
        select private.import_faults(p_job, array_agg(f.number), array_agg(f.name), array_agg(f.word), array_agg(f.value))
        from (select * from fault order by fault.number) as f);
end;
$$;

create function private.import_apply_staff(p_job uuid) returns jsonb
    language plpgsql set search_path = ''
as $$
declare
    rows_all bigint;
    rows_new bigint;
    rows_changed bigint;
    created bigint;
    updated bigint;
begin
    select count(*), count(*) filter (where r.staff_id is null), count(*) filter (where r.staff_id is not null and not r.is_same)
    into rows_all, rows_new, rows_changed
    from private.import_staff(p_job) as r;
    update app.staff as e
    set full_name = r.full_name
    from private.import_staff(p_job) as r
    where e.id = r.staff_id and not r.is_same;
    get diagnostics updated = row_count;
    insert into app.staff (code, full_name, unit_id)
    select r.code, r.full_name, r.unit_id
    from private.import_staff(p_job) as r
    where r.staff_id is null;
    get diagnostics created = row_count;
    perform private.import_all_written(rows_new + rows_changed, created + updated);
    return jsonb_build_object('created', created, 'updated', updated, 'unchanged', rows_all - created - updated);
end;
$$;
