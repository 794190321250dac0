-- Values of indicators: plan_number, period_label, indicator_code, unit_code, own_value, own_numerator,
-- own_denominator, note. The values themselves come to be when a report is drafted: an import fills them in.

set local role danvan_owner;

create function private.import_indicator_values(p_job uuid) returns table (
        number integer, plan_number text, period_label text, indicator_code text, unit_code text,
        own_value bigint, own_numerator bigint, own_denominator bigint, note text,
        plan_id uuid, plan_count bigint, period_id uuid, indicator_id uuid, indicator_kind text, unit_id integer,
        value_id uuid, is_own_asked boolean, is_open boolean, is_same boolean, twin integer)
    language plpgsql stable set search_path = ''
as $$
#variable_conflict use_column
declare
    has_value constant boolean := private.import_has(p_job, 'own_value');
    has_numerator constant boolean := private.import_has(p_job, 'own_numerator');
    has_denominator constant boolean := private.import_has(p_job, 'own_denominator');
    has_note constant boolean := private.import_has(p_job, 'note');
begin
    return query
    with plan as materialized (
        select p.number, min(p.id::text)::uuid as id, count(*) as count from app.plan as p group by p.number),
    said as materialized (
        select r.number, r.cells as c, p.id as plan_id, coalesce(p.count, 0) as plan_count, d.id as period_id,
            i.id as indicator_id, i.kind, u.id as unit_id, v as value, o.status,
            case when has_value then r.cells[5]::bigint else v.own_value end as own_value,
            case when has_numerator then r.cells[6]::bigint else v.own_numerator end as own_numerator,
            case when has_denominator then r.cells[7]::bigint else v.own_denominator end as own_denominator,
            case when has_note then r.cells[8] else v.note end as note
        from private.import_rows(p_job) as r
        left join plan as p on p.number = r.cells[1]
        left join app.period as d on d.plan_id = p.id and d.label = r.cells[2]
        left join app.indicator as i on i.plan_id = p.id and i.code = r.cells[3]
        left join app.unit as u on u.code = r.cells[4]
        left join app.report as o on o.period_id = d.id and o.unit_id = u.id
        left join app.indicator_value as v on v.report_id = o.id and v.indicator_id = i.id)
    select s.number, s.c[1], s.c[2], s.c[3], s.c[4], s.own_value, s.own_numerator, s.own_denominator, s.note,
        s.plan_id, s.plan_count, s.period_id, s.indicator_id, s.kind, s.unit_id, (s.value).id, (s.value).is_own_asked,
        s.status in ('not_started', 'draft', 'returned', 'reopened'),
        (s.value).id is not null
            and ((s.value).own_value, (s.value).own_numerator, (s.value).own_denominator, (s.value).note)
                is not distinct from (s.own_value, s.own_numerator, s.own_denominator, s.note),
        nullif(min(s.number) over (partition by s.c[1], s.c[2], s.c[3], s.c[4]), s.number)
    from said as s;
end;
$$;

create function private.import_check_indicator_values(p_job uuid) returns integer
    language plpgsql set search_path = ''
as $$
begin
    return (
        with r as materialized (
            select * from private.import_indicator_values(p_job)),
        fault (number, name, word, value) as (
            select number, 'plan_number', case plan_count when 0 then 'not_visible' else 'ambiguous' end, plan_number
            from r where plan_count <> 1 and plan_number is not null
            union all
            select number, 'period_label', 'not_visible', period_label from r
            where plan_count = 1 and period_id is null and period_label is not null
            union all
            select number, 'indicator_code', 'not_visible', indicator_code from r
            where plan_count = 1 and indicator_id is null and indicator_code is not null
            union all
            select number, 'unit_code', 'not_visible', unit_code from r where unit_id is null and unit_code is not null
            union all
            select number, 'indicator_code', 'not_asked', indicator_code from r
            where period_id is not null and indicator_id is not null and unit_id is not null and value_id is null
            union all
            select number, 'indicator_code', 'duplicate_row', twin::text from r where twin is not null and indicator_code is not null
            union all
            select number, 'own_value', 'out_of_range', own_value::text from r
            where own_value not between -10000000000000 and 10000000000000
            union all
            select number, 'own_numerator', 'out_of_range', own_numerator::text from r
            where own_numerator not between 0 and least(10000000000000, own_denominator)
            union all
            select number, 'own_denominator', 'out_of_range', own_denominator::text from r
            where own_denominator not between 0 and 10000000000000
            union all
            select number, case when own_numerator is null then 'own_numerator' else 'own_denominator' end, 'required', null
            from r where (own_numerator is null) <> (own_denominator is null)
            union all
            select number, f.name, 'wrong_measure', f.value::text
            from r
            cross join lateral (values
                ('own_value', own_value, 'ratio'), ('own_numerator', own_numerator, 'value'),
                ('own_denominator', own_denominator, 'value')) as f (name, value, not_of)
            where f.value is not null and indicator_kind = f.not_of
            union all
            select number, 'note', 'too_long', left(note, 40) from r where char_length(note) > 2000
            union all
            select number, case when own_value is null then 'own_numerator' else 'own_value' end, 'not_asked',
                coalesce(own_value, own_numerator)::text
            from r where not is_own_asked and not is_same and (own_value is not null or own_denominator is not null)
            union all
            select number, 'unit_code', 'not_permitted', unit_code from r
            where value_id is not null and not is_same
                and not (coalesce((select private.my_rank()), 0) >= 2 and unit_id = (select private.my_unit()))
            union all
            select number, 'period_label', 'not_open', period_label from r
            where value_id is not null and not is_same and not is_open and unit_id = (select private.my_unit()))
        select private.import_faults(p_job, array_agg(f.number), array_agg(f.name), array_agg(f.word), array_agg(f.value))
        from (select * from fault order by fault.number) as f);
end;
$$;

create function private.import_apply_indicator_values(p_job uuid) returns jsonb
    language plpgsql set search_path = ''
as $$
declare
    rows_all bigint;
    rows_changed bigint;
    updated bigint;
begin
    select count(*), count(*) filter (where not r.is_same) into rows_all, rows_changed
    from private.import_indicator_values(p_job) as r;
    update app.indicator_value as v
    set own_value = r.own_value, own_numerator = r.own_numerator, own_denominator = r.own_denominator, note = r.note
    from private.import_indicator_values(p_job) as r
    where v.id = r.value_id and not r.is_same;
    get diagnostics updated = row_count;
    perform private.import_all_written(rows_changed, updated);
    return jsonb_build_object('created', 0, 'updated', updated, 'unchanged', rows_all - updated);
end;
$$;
