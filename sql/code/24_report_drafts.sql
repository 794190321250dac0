-- Drafting a report: lines for what the unit leads in the period, filled from what it said of its
-- progress; the headings of the plan's outline; the values asked of it.
--
-- Drafting again adds what is missing and renews what drafting wrote and nobody has touched since
-- (report_line.prefilled_version); with {"overwrite": true} also what officers wrote into lines.

set local role danvan_policy;

-- What is still to be done belongs to the report, and what was reported or confirmed since the period
-- began: done later than the period's end, it was still being done in it. Work given beside the plan that falls
-- under no item of it comes last.
create function private.report_line_drafts(p_report app.report)
    returns table (assignment_id uuid, plan_item_id uuid, "position" integer, due_on date, status text,
        progress smallint, done text, doing text)
    language plpgsql stable security definer set search_path = ''
as $$
declare
    period constant app.period := (select p from app.period as p where p.id = p_report.period_id);
begin
    return query
    select a.id, a.plan_item_id, coalesce(i.position, 1000000), a.due_on,
        case when a.is_pending then a.status when x.is_in_time then 'done'
            else coalesce(e.last_status, 'not_started') end,
        case when a.is_pending or x.is_in_time then a.progress else coalesce(e.last_progress, 0::smallint) end,
        left(e.done, 8000), left(e.doing, 8000)
    from app.assignment as a
    left join app.plan_item as i on i.id = a.plan_item_id
    cross join lateral (
        select coalesce(least(a.reported_on, a.completed_on) <= period.ends_on, false) as is_in_time) as x
    left join lateral (
        select
            string_agg(n.line, e'\n' order by n.recorded_on desc, n.created_at desc, n.id desc)
                filter (where n.status in ('reported', 'completed') and n.note is not null) as done,
            string_agg(n.line, e'\n' order by n.recorded_on desc, n.created_at desc, n.id desc)
                filter (where n.status = 'in_progress' and n.note is not null) as doing,
            (array_agg(n.status order by n.recorded_on desc, n.created_at desc, n.id desc)
                filter (where n.status in ('not_started', 'in_progress')))[1] as last_status,
            (array_agg(n.progress order by n.recorded_on desc, n.created_at desc, n.id desc)
                filter (where n.status in ('not_started', 'in_progress')))[1] as last_progress
        from (
            select g.*, to_char(g.recorded_on, 'DD/MM/YYYY') || ': ' || g.note as line
            from app.progress_entry as g
            -- with what those whose work it took over had written
            where g.assignment_id in (select a.id union all select o.id from app.assignment as o where o.moved_to_id = a.id)
                and g.part = 'lead'
                and g.recorded_on between period.starts_on and period.ends_on) as n) as e on true
    where a.plan_id = p_report.plan_id
        and a.lead_unit_id = p_report.unit_id
        and a.status not in ('cancelled', 'moved')
        and a.starts_on <= period.ends_on
        and (a.is_pending or a.reported_on >= period.starts_on or a.completed_on >= period.starts_on);
end;
$$;

create function private.report_draft_lines(p_report app.report, p_overwrite boolean, out added integer, out renewed integer)
    language plpgsql security definer set search_path = ''
as $$
begin
    with written as (
        insert into app.report_line as l
            (report_id, assignment_id, plan_item_id, position, status, progress, done, doing, prefilled_version)
        select p_report.id, d.assignment_id, d.plan_item_id, d.position, d.status, d.progress, d.done, d.doing, 1
        from private.report_line_drafts(p_report) as d
        order by d.position, d.due_on
        on conflict on constraint report_line_once do update
        set status = excluded.status, progress = excluded.progress, done = excluded.done, doing = excluded.doing,
            prefilled_version = l.version + 1
        where (l.version = l.prefilled_version or p_overwrite)
            and (l.status, l.progress, l.done, l.doing)
                is distinct from (excluded.status, excluded.progress, excluded.done, excluded.doing)
        returning l.version)
    select count(*) filter (where w.version = 1), count(*) filter (where w.version > 1)
    into added, renewed
    from written as w;
end;
$$;

create function private.report_draft_sections(p_report app.report) returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    added integer;
begin
    insert into app.report_section (report_id, code, position, title)
    select p_report.id, o.code, o.position, o.title
    from app.plan as p
    join app.report_outline_section as o on o.outline = p.report_outline
    where p.id = p_report.plan_id
    order by o.position
    on conflict on constraint report_section_once do nothing;
    get diagnostics added = row_count;
    return added;
end;
$$;

create function private.report_prefill(p_id uuid, p_version integer, p_overwrite boolean) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    report constant app.report := private.report_take(p_id, p_version, 'unit',
        array['not_started', 'draft', 'returned', 'reopened', 'submitted', 'in_review', 'approved']);
    lines record;
    sections integer;
begin
    perform private.report_refuse(private.report_refusal_now(report, report.status));
    lines := private.report_draft_lines(report, p_overwrite);
    sections := private.report_draft_sections(report);
    perform private.report_prefill_values(p_id);
    update app.report as r
    set status = case r.status when 'not_started' then 'draft' else r.status end
    where r.id = p_id;
    perform private.audit('prefill', 'report', p_id::text, jsonb_build_object(
        'lines_added', lines.added, 'lines_renewed', lines.renewed, 'sections_added', sections,
        'overwrite', p_overwrite));
end;
$$;
