-- Reports: what units owe for each period, what they wrote, and the commands between them and whoever
-- decides. The work of the commands is in 24_report*.sql; here is who sees the report at all.
--
--   report_prefill (body {"overwrite": bool}), report_submit, report_withdraw   officers of the unit
--   report_accept, report_return, report_approve, report_reopen                 leaders of the superior
--
-- Refusals: DV404 not visible; DV403 not_permitted; DV409 wrong_state, or of writing: frozen, not_open,
-- locked, reopening_over; DV412 with the current version in DETAIL; DV422 with the field, or empty_report.

set local role danvan_owner;

create view api.reports with (security_invoker = true) as
select
    r.id,
    r.period_id,
    p.label as period_label,
    p.kind as period_kind,
    p.year,
    r.plan_id,
    r.unit_id,
    (select v.name from app.unit_version as v
        where v.unit_id = r.unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as unit_name,
    r.superior_unit_id,
    (select v.name from app.unit_version as v
        where v.unit_id = r.superior_unit_id and v.valid_from <= (select private.today())
        order by v.valid_from desc limit 1) as superior_unit_name,
    r.level_id,
    l.code as level,
    r.line_id,
    n.code as line,
    r.due_on,
    r.original_due_on,
    private.period_state(p.opened_at, p.locked_at, p.opens_on, p.expires_on, p.locks_on, (select private.today()))
        as period_state,
    r.status,
    -- what a unit that is no more had not sent in is owed by nobody
    r.is_outstanding and not private.is_ended(r.unit_id) as is_outstanding,
    private.is_overdue(r.is_outstanding, r.due_on, (select private.today())) and not private.is_ended(r.unit_id) as is_overdue,
    case when private.is_overdue(r.is_outstanding, r.due_on, (select private.today())) and not private.is_ended(r.unit_id)
        then (select private.today()) - r.due_on else 0 end as days_overdue,
    r.submission_count,
    r.first_submitted_on,
    r.submitted_on,
    r.decided_on,
    r.decision_note,
    r.reopened_until,
    r.moved_to_id,
    r.version,
    r.created_at,
    r.updated_at,
    case when r.unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2 then
        (select case when private.report_refusal(case r.status when 'submitted' then w.back_to else r.status end,
                r.reopened_until,
                private.period_state(p.opened_at, p.locked_at, p.opens_on, p.expires_on, p.locks_on, private.today()),
                (select max(e.until_on) from app.period_exception as e
                    where e.period_id = r.period_id and e.unit_id = r.unit_id and e.revoked_at is null),
                private.today()) is not null then '{}'
            when r.status = 'submitted' then array['withdraw']
            when r.status = 'not_started' then array['prefill']
            else array['prefill', 'gather', 'submit'] end
        from (select case when r.reopened_until is null then 'draft' else 'reopened' end as back_to) as w)
        else '{}' end::text[]
    || case when coalesce(r.superior_unit_id, r.unit_id) = (select private.my_unit()) and (select private.my_rank()) >= 3
        then case r.status
            when 'submitted' then array['accept', 'return', 'approve']
            when 'in_review' then array['return', 'approve']
            when 'approved' then array['reopen']
            else '{}' end
        else '{}' end::text[] as actions,
    r.province_key,
    r.district_key,
    r.grassroots_key,
    r.province_line_key,
    r.district_line_key,
    r.grassroots_line_key
from app.report as r
left join app.period as p on p.id = r.period_id
left join app.level as l on l.id = r.level_id
left join app.line as n on n.id = r.line_id;

create view api.report_lines with (security_invoker = true) as
select
    l.id,
    l.report_id,
    l.plan_item_id,
    i.code as item_code,
    i.outline,
    coalesce(a.title, i.title) as title,
    l.assignment_id,
    a.occurrence,
    a.due_on,
    l.position,
    l.status,
    l.progress,
    l.done,
    l.doing,
    l.figures,
    l.difficulties,
    l.proposals,
    l.return_note,
    l.version,
    l.created_at,
    l.updated_at,
    case when r.unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2
            and private.report_refusal(r.status, r.reopened_until,
                private.period_state(p.opened_at, p.locked_at, p.opens_on, p.expires_on, p.locks_on, (select private.today())),
                (select max(e.until_on) from app.period_exception as e
                    where e.period_id = r.period_id and e.unit_id = r.unit_id and e.revoked_at is null),
                (select private.today())) is null
        then array['update'] else '{}' end::text[] as actions
from app.report_line as l
join app.report as r on r.id = l.report_id
left join app.period as p on p.id = r.period_id
left join app.plan_item as i on i.id = l.plan_item_id
left join app.assignment as a on a.id = l.assignment_id;

create view api.report_sections with (security_invoker = true) as
select
    s.id,
    s.report_id,
    s.code,
    s.position,
    s.title,
    coalesce(o.counts_only, false) as counts_only,
    o.hint,
    s.text,
    s.return_note,
    s.version,
    s.created_at,
    s.updated_at,
    case when r.unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2
            and private.report_refusal(r.status, r.reopened_until,
                private.period_state(p.opened_at, p.locked_at, p.opens_on, p.expires_on, p.locks_on, (select private.today())),
                (select max(e.until_on) from app.period_exception as e
                    where e.period_id = r.period_id and e.unit_id = r.unit_id and e.revoked_at is null),
                (select private.today())) is null
        then array['update'] else '{}' end::text[] as actions
from app.report_section as s
join app.report as r on r.id = s.report_id
left join app.period as p on p.id = r.period_id
left join app.plan as k on k.id = r.plan_id
left join app.report_outline_section as o on o.outline = k.report_outline and o.code = s.code;

create view api.report_versions with (security_invoker = true) as
select
    v.id,
    v.report_id,
    v.number,
    v.event,
    v.note,
    v.by_user_id,
    v.by_unit_id,
    (select u.name from app.unit_version as u
        where u.unit_id = v.by_unit_id and u.valid_from <= (select private.today())
        order by u.valid_from desc limit 1) as by_unit_name,
    v.created_at
from app.report_version as v;

create view api.report_version_details with (security_invoker = true) as
select v.*, w.content
from api.report_versions as v
join app.report_version as w on w.id = v.id;

-- One report with all it says, as far as the caller may read it.
create view api.report_details with (security_invoker = true) as
select
    a.*,
    p.starts_on,
    p.ends_on,
    p.locks_on,
    k.number as plan_number,
    k.report_outline,
    (select max(e.until_on) from app.period_exception as e
        where e.period_id = r.period_id and e.unit_id = r.unit_id and e.revoked_at is null) as exception_until,
    r.submitted_by,
    r.accepted_at,
    r.accepted_by,
    r.decided_by,
    r.reopened_by,
    r.reopen_reason,
    (select coalesce(jsonb_agg(jsonb_build_object(
            'id', x.id, 'plan_item_id', x.plan_item_id, 'item_code', x.item_code, 'title', x.title,
            'assignment_id', x.assignment_id, 'occurrence', x.occurrence, 'due_on', x.due_on, 'status', x.status,
            'progress', x.progress, 'done', x.done, 'doing', x.doing, 'figures', x.figures,
            'difficulties', x.difficulties, 'proposals', x.proposals, 'return_note', x.return_note, 'version', x.version)
            order by x.position, x.due_on, x.id), '[]')
        from api.report_lines as x where x.report_id = r.id) as lines,
    (select coalesce(jsonb_agg(jsonb_build_object(
            'id', x.id, 'code', x.code, 'title', x.title, 'counts_only', x.counts_only, 'hint', x.hint,
            'text', x.text, 'return_note', x.return_note, 'version', x.version)
            order by x.position, x.code), '[]')
        from api.report_sections as x where x.report_id = r.id) as sections,
    (select coalesce(jsonb_agg(jsonb_build_object(
            'id', x.id, 'indicator_id', x.indicator_id, 'indicator_code', i.code, 'name', i.name, 'kind', i.kind,
            'measure_unit', i.measure_unit, 'is_own_asked', x.is_own_asked,
            'own_value', x.own_value, 'own_numerator', x.own_numerator, 'own_denominator', x.own_denominator,
            'gathered_value', x.gathered_value, 'gathered_numerator', x.gathered_numerator,
            'gathered_denominator', x.gathered_denominator, 'gathered_expected_count', x.gathered_expected_count,
            'gathered_count', x.gathered_count, 'note', x.note, 'is_approved', x.is_approved, 'version', x.version)
            order by i.position, i.code), '[]')
        from app.indicator_value as x join app.indicator as i on i.id = x.indicator_id where x.report_id = r.id) as values,
    jsonb_build_object(
        'at', r.gathered_at, 'expected_count', r.gathered_expected_count, 'count', r.gathered_count,
        'missing', coalesce(r.gathered_missing, '[]'),
        'lines', (select coalesce(jsonb_agg(jsonb_build_object(
                'plan_item_id', g.plan_item_id, 'item_code', i.code, 'title', i.title, 'line_count', g.line_count,
                'done_count', g.done_count, 'in_progress_count', g.in_progress_count,
                'not_started_count', g.not_started_count) order by g.position, i.code), '[]')
            from app.report_gathered_line as g left join app.plan_item as i on i.id = g.plan_item_id
            where g.report_id = r.id)) as gathered,
    (select jsonb_build_object('version', x.number, 'event', x.event, 'note', x.note, 'by_unit_id', x.by_unit_id,
            'by_unit_name', x.by_unit_name, 'created_at', x.created_at)
        from api.report_versions as x
        where x.report_id = r.id and x.event in ('returned', 'approved')
        order by x.number desc limit 1) as last_decision,
    (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'number', x.number, 'event', x.event, 'note', x.note,
            'by_unit_name', x.by_unit_name, 'created_at', x.created_at) order by x.number), '[]')
        from api.report_versions as x where x.report_id = r.id) as versions
from api.reports as a
join app.report as r on r.id = a.id
left join app.period as p on p.id = a.period_id
left join app.plan as k on k.id = a.plan_id;

-- Commands -------------------------------------------------------------------------------------------

create function private.report_visible(p_id uuid) returns void
    language plpgsql stable set search_path = ''
as $$
begin
    if not exists (select from app.report as r where r.id = p_id) then
        raise exception 'no such report' using errcode = 'DV404';
    end if;
end;
$$;

create function api.report_prefill(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.report_visible(p_id);
    perform private.report_prefill(p_id, p_version, coalesce((p_body ->> 'overwrite')::boolean, false));
end;
$$;

create function api.report_submit(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.report_visible(p_id);
    perform private.report_submit(p_id, p_version);
end;
$$;

create function api.report_withdraw(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.report_visible(p_id);
    perform private.report_withdraw(p_id, p_version);
end;
$$;

create function api.report_accept(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.report_visible(p_id);
    perform private.report_accept(p_id, p_version);
end;
$$;

create function api.report_return(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.report_visible(p_id);
    perform private.report_return(p_id, p_version, p_body);
end;
$$;

create function api.report_approve(p_id uuid, p_version integer, p_body jsonb default null) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.report_visible(p_id);
    perform private.report_approve(p_id, p_version, p_body ->> 'note');
end;
$$;

create function api.report_reopen(p_id uuid, p_version integer, p_body jsonb) returns void
    language plpgsql set search_path = ''
as $$
begin
    perform private.report_visible(p_id);
    perform private.report_reopen(p_id, p_version, p_body);
end;
$$;
