-- What a report said at each step, kept whole; what two of them differ in; and how the approved one
-- comes back when a reopening ends unused.

set local role danvan_policy;

-- The report as it reads now. What the superior asked for belongs to the version it returned alone.
create function private.report_content(p_id uuid, p_with_notes boolean) returns jsonb
    language plpgsql security definer set search_path = ''
as $$
begin
    return (
        select jsonb_build_object(
            'lines', private.report_content_lines(p_id, p_with_notes),
            'sections', (
                select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                    'code', s.code, 'position', s.position, 'title', s.title, 'text', s.text,
                    'return_note', case when p_with_notes then s.return_note end)) order by s.position, s.code), '[]')
                from app.report_section as s where s.report_id = p_id),
            'values', private.report_content_values(p_id),
            'gathered_lines', (
                select coalesce(jsonb_agg(jsonb_build_object(
                    'item_code', i.code, 'title', i.title, 'plan_item_id', g.plan_item_id, 'position', g.position,
                    'line_count', g.line_count, 'done_count', g.done_count, 'in_progress_count', g.in_progress_count,
                    'not_started_count', g.not_started_count) order by g.position, i.code), '[]')
                from app.report_gathered_line as g
                join app.plan_item as i on i.id = g.plan_item_id
                where g.report_id = p_id),
            'gathered_missing', coalesce(r.gathered_missing, '[]'),
            'gathered', jsonb_strip_nulls(jsonb_build_object(
                'at', r.gathered_at, 'expected_count', r.gathered_expected_count, 'count', r.gathered_count)))
        from app.report as r
        where r.id = p_id);
end;
$$;

create function private.report_content_lines(p_id uuid, p_with_notes boolean) returns jsonb
    language plpgsql security definer set search_path = ''
as $$
begin
    return (
        select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
            'item_code', i.code, 'title', coalesce(a.title, i.title), 'occurrence', a.occurrence,
            'plan_item_id', l.plan_item_id, 'assignment_id', l.assignment_id, 'position', l.position,
            'status', l.status, 'progress', l.progress, 'done', l.done, 'doing', l.doing, 'figures', l.figures,
            'difficulties', l.difficulties, 'proposals', l.proposals,
            'return_note', case when p_with_notes then l.return_note end)) order by l.position, a.due_on, l.id), '[]')
        from app.report_line as l
        left join app.plan_item as i on i.id = l.plan_item_id
        left join app.assignment as a on a.id = l.assignment_id
        where l.report_id = p_id);
end;
$$;

create function private.report_content_values(p_id uuid) returns jsonb
    language plpgsql security definer set search_path = ''
as $$
begin
    return (
        select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
            'indicator_id', v.indicator_id, 'indicator_code', i.code, 'name', i.name, 'measure_unit', i.measure_unit, 'position', i.position,
            'is_own_asked', v.is_own_asked,
            'own_value', v.own_value, 'own_numerator', v.own_numerator, 'own_denominator', v.own_denominator,
            'gathered_value', v.gathered_value, 'gathered_numerator', v.gathered_numerator,
            'gathered_denominator', v.gathered_denominator, 'gathered_expected_count', v.gathered_expected_count,
            'gathered_count', v.gathered_count, 'note', v.note)) order by i.position, i.code), '[]')
        from app.indicator_value as v
        join app.indicator as i on i.id = v.indicator_id
        where v.report_id = p_id);
end;
$$;

-- Adds a version; the caller holds the report for update, so numbers follow one another.
create function private.report_keep(p_report app.report, p_event text, p_note text) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    insert into app.report_version (report_id, number, event, content, note, by_user_id, by_unit_id)
    select p_report.id, coalesce(max(v.number), 0) + 1, p_event,
        private.report_content(p_report.id, p_event = 'returned'), p_note, private.my_user(), private.my_unit()
    from app.report_version as v
    where v.report_id = p_report.id;
end;
$$;

-- Back to what was approved -----------------------------------------------------------------------------

-- Rows keep their identity and grow a version, so that whoever still has the draft open is told.
create function private.report_restore_lines(p_report app.report, p_content jsonb) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    delete from app.report_line as l
    where l.report_id = p_report.id
        and not exists (
            select
            from jsonb_to_recordset(p_content -> 'lines') as c (plan_item_id uuid, assignment_id uuid)
            where c.plan_item_id is not distinct from l.plan_item_id and c.assignment_id is not distinct from l.assignment_id);
    insert into app.report_line as l (report_id, assignment_id, plan_item_id, position, status, progress,
        done, doing, figures, difficulties, proposals)
    select p_report.id, c.assignment_id, c.plan_item_id, c.position, c.status, c.progress,
        c.done, c.doing, c.figures, c.difficulties, c.proposals
    from jsonb_to_recordset(p_content -> 'lines') as c (
        assignment_id uuid, plan_item_id uuid, position integer, status text, progress smallint,
        done text, doing text, figures text, difficulties text, proposals text)
    on conflict on constraint report_line_once do update
    set status = excluded.status, progress = excluded.progress, done = excluded.done, doing = excluded.doing,
        figures = excluded.figures, difficulties = excluded.difficulties, proposals = excluded.proposals, return_note = null
    where (l.status, l.progress, l.done, l.doing, l.figures, l.difficulties, l.proposals, l.return_note)
        is distinct from (excluded.status, excluded.progress, excluded.done, excluded.doing, excluded.figures,
            excluded.difficulties, excluded.proposals, null);
    delete from app.report_gathered_line as g where g.report_id = p_report.id;
    insert into app.report_gathered_line
        (report_id, plan_item_id, position, line_count, done_count, in_progress_count, not_started_count)
    select p_report.id, c.plan_item_id, c.position, c.line_count, c.done_count, c.in_progress_count, c.not_started_count
    from jsonb_to_recordset(p_content -> 'gathered_lines') as c (
        plan_item_id uuid, position integer, line_count integer, done_count integer, in_progress_count integer,
        not_started_count integer);
end;
$$;

create function private.report_restore_values(p_report app.report, p_content jsonb) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    update app.report_section as s
    set text = c.text, return_note = null
    from jsonb_to_recordset(p_content -> 'sections') as c (code text, text text)
    where s.report_id = p_report.id and c.code = s.code
        and (s.text, s.return_note) is distinct from (c.text, null::text);
    delete from app.indicator_value as v
    where v.report_id = p_report.id
        and not exists (
            select
            from jsonb_to_recordset(p_content -> 'values') as c (indicator_id uuid)
            where c.indicator_id = v.indicator_id);
    update app.indicator_value as v
    set own_value = c.own_value, own_numerator = c.own_numerator, own_denominator = c.own_denominator,
        gathered_value = c.gathered_value, gathered_numerator = c.gathered_numerator,
        gathered_denominator = c.gathered_denominator, gathered_expected_count = c.gathered_expected_count,
        gathered_count = c.gathered_count, note = c.note
    from jsonb_to_recordset(p_content -> 'values') as c (
        indicator_id uuid, own_value bigint, own_numerator bigint, own_denominator bigint, gathered_value bigint,
        gathered_numerator bigint, gathered_denominator bigint, gathered_expected_count integer, gathered_count integer,
        note text)
    where v.report_id = p_report.id and v.indicator_id = c.indicator_id
        and (v.own_value, v.own_numerator, v.own_denominator, v.gathered_value, v.gathered_numerator,
                v.gathered_denominator, v.gathered_expected_count, v.gathered_count, v.note)
            is distinct from (c.own_value, c.own_numerator, c.own_denominator, c.gathered_value, c.gathered_numerator,
                c.gathered_denominator, c.gathered_expected_count, c.gathered_count, c.note);
end;
$$;

-- A section that the outline got after the approval has no text to go back to and is emptied.
create function private.report_restore(p_report app.report) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    content jsonb;
begin
    select v.content into strict content
    from app.report_version as v
    where v.report_id = p_report.id and v.event = 'approved'
    order by v.number desc limit 1;
    perform private.report_restore_lines(p_report, content);
    perform private.report_restore_values(p_report, content);
    delete from app.report_section as s
    where s.report_id = p_report.id
        and not exists (
            select from jsonb_to_recordset(content -> 'sections') as c (code text) where c.code = s.code);
    update app.report as r
    set status = 'approved', reopened_until = null, reopened_by = null, reopen_reason = null,
        gathered_at = (content -> 'gathered' ->> 'at')::timestamptz,
        gathered_expected_count = (content -> 'gathered' ->> 'expected_count')::integer,
        gathered_count = (content -> 'gathered' ->> 'count')::integer,
        gathered_missing = case when content -> 'gathered' ->> 'at' is not null then content -> 'gathered_missing' end
    where r.id = p_report.id;
    perform private.report_freeze_values(p_report.id, true);
    perform private.audit('expire', 'report', p_report.id::text,
        jsonb_build_object('reopened_until', p_report.reopened_until));
end;
$$;

-- Once a minute: what was reopened and not sent in again in time stands approved as it was. Whoever is
-- writing in one at this moment is left to the next round. Answers how many.
create function private.report_expire_reopened() returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    over app.report;
    restored integer := 0;
begin
    for over in
        select r.* from app.report as r
        where r.status = 'reopened' and r.reopened_until < private.today()
        order by r.id
        for update skip locked
    loop
        perform private.report_restore(over);
        restored := restored + 1;
    end loop;
    return restored;
end;
$$;

-- What two versions differ in ---------------------------------------------------------------------------

set local role danvan_owner;

-- A content as rows: each field of each entry. What the superior asked for is no part of it.
create function private.report_content_rows(p_content jsonb)
    returns table (part integer, item integer, entry text, nth integer, field text, label text, value text)
    language sql stable set search_path = ''
as $$
    select 1, (l.entry ->> 'position')::integer,
        concat_ws('/', 'lines', l.entry ->> 'item_code', l.entry ->> 'assignment_id'), f.nth, f.key,
        concat((l.entry ->> 'item_code') || ' ', l.entry ->> 'title', ' (' || (l.entry ->> 'occurrence') || ')', ' – ', f.title),
        l.entry ->> f.key
    from jsonb_array_elements(p_content -> 'lines') as l (entry)
    cross join (values
        (1, 'status', 'Trạng thái'), (2, 'progress', 'Tiến độ (%)'), (3, 'done', 'Đã thực hiện'),
        (4, 'doing', 'Đang thực hiện'), (5, 'figures', 'Số liệu'), (6, 'difficulties', 'Khó khăn, vướng mắc'),
        (7, 'proposals', 'Đề xuất, kiến nghị')) as f (nth, key, title)
    union all
    select 2, (s.entry ->> 'position')::integer, 'sections/' || (s.entry ->> 'code'), 1, 'text',
        s.entry ->> 'title', s.entry ->> 'text'
    from jsonb_array_elements(p_content -> 'sections') as s (entry)
    union all
    select 3, (v.entry ->> 'position')::integer, 'values/' || (v.entry ->> 'indicator_code'), f.nth, f.key,
        concat(v.entry ->> 'indicator_code', ' ', v.entry ->> 'name', ' – ', f.title), v.entry ->> f.key
    from jsonb_array_elements(p_content -> 'values') as v (entry)
    cross join (values
        (1, 'own_value', 'Số của đơn vị'), (2, 'own_numerator', 'Tử số của đơn vị'),
        (3, 'own_denominator', 'Mẫu số của đơn vị'), (4, 'gathered_value', 'Số tổng hợp cấp dưới'),
        (5, 'gathered_numerator', 'Tử số tổng hợp cấp dưới'), (6, 'gathered_denominator', 'Mẫu số tổng hợp cấp dưới'),
        (7, 'note', 'Ghi chú')) as f (nth, key, title)
    union all
    select 4, (g.entry ->> 'position')::integer, 'gathered_lines/' || (g.entry ->> 'item_code'), f.nth, f.key,
        concat(g.entry ->> 'item_code', ' ', g.entry ->> 'title', ' – ', f.title), g.entry ->> f.key
    from jsonb_array_elements(p_content -> 'gathered_lines') as g (entry)
    cross join (values
        (1, 'line_count', 'Số nhiệm vụ cấp dưới'), (2, 'done_count', 'Cấp dưới đã hoàn thành'),
        (3, 'in_progress_count', 'Cấp dưới đang thực hiện'),
        (4, 'not_started_count', 'Cấp dưới chưa thực hiện')) as f (nth, key, title);
$$;

-- Field by field: lines, sections, values, what was gathered, each in the order of the report.
create function api.report_differences(p_report_id uuid, p_from integer, p_to integer)
    returns table ("position" integer, path text, label text, kind text, before text, after text)
    language plpgsql stable set search_path = ''
as $$
declare
    old_content constant jsonb := (
        select v.content from app.report_version as v where v.report_id = p_report_id and v.number = p_from);
    new_content constant jsonb := (
        select v.content from app.report_version as v where v.report_id = p_report_id and v.number = p_to);
begin
    if old_content is null or new_content is null then
        raise exception 'no such version' using errcode = 'DV404';
    end if;
    return query
    select
        (row_number() over (order by coalesce(n.part, o.part), coalesce(n.item, o.item),
            coalesce(n.entry, o.entry) collate "C", coalesce(n.nth, o.nth)))::integer,
        concat(coalesce(n.entry, o.entry), '/', coalesce(n.field, o.field)),
        coalesce(n.label, o.label),
        case when o.value is null then 'added' when n.value is null then 'removed' else 'changed' end,
        o.value, n.value
    from private.report_content_rows(old_content) as o
    full join private.report_content_rows(new_content) as n on n.entry = o.entry and n.field = o.field
    where o.value is distinct from n.value;
end;
$$;
