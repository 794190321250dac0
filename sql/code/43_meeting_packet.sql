-- What a meeting reads, gathered for its period under the scope of the unit that holds it: who reported and who did not, what is
-- overdue, how the targets are answered, what the meeting before left open, what the reports say and ask for.
--
-- Read live as the caller while the meeting is planned; kept when it opens (private.meeting_packet_freeze, which looks past row
-- security: so each part bounds by itself what it tells, to what the convening unit sees). Texts are of the reports that stand
-- directly under the unit (they tell of those below) and only once sent in; a heading that holds counts only is not quoted. Lists are
-- cut, and say how many more there are. A meeting without a period has the parts that need none.

set local role danvan_owner;

create function private.cut_text(p_text text, p_length integer) returns text
    language sql immutable parallel safe
    return case when char_length(p_text) > p_length then left(p_text, p_length - 1) || '…' else p_text end;

-- In: sent in and not sent back; in time by its own last day, an exception included. What a unit that is no more had not sent
-- in is owed by nobody.
create function private.meeting_packet_reports(p_period_id uuid, p_key_column text, p_key_value integer) returns jsonb
    language plpgsql stable set search_path = ''
as $$
declare
    told jsonb;
begin
    execute format($sql$
        with asked as materialized (
            select r.id as report_id, r.unit_id, u.code as unit_code, l.code as level, r.level_id, r.status, r.is_outstanding, r.due_on,
                r.first_submitted_on,
                greatest(case when r.is_outstanding then $3 else r.first_submitted_on end - r.due_on, 0) as days_late
            from app.report as r
            join app.unit as u on u.id = r.unit_id
            join app.level as l on l.id = r.level_id
            where r.period_id = $1 and r.%1$I = $2 and r.status <> 'moved'
                and not (r.is_outstanding and not u.is_active)),
        shown as materialized (
            select a.*, row_number() over (partition by a.is_outstanding
                order by a.level_id, a.days_late desc, a.unit_id, a.report_id) as nth
            from asked as a),
        listed as (
            select s.is_outstanding, jsonb_agg(jsonb_build_object('report_id', s.report_id, 'unit_id', s.unit_id,
                'unit_code', s.unit_code, 'unit_name', private.unit_name(s.unit_id), 'level', s.level, 'status', s.status,
                'due_on', s.due_on, 'first_submitted_on', s.first_submitted_on, 'days_late', s.days_late) order by s.nth) as units
            from shown as s
            where s.nth <= 150
            group by s.is_outstanding)
        select jsonb_build_object(
            'total', count(*),
            'in', count(*) filter (where not a.is_outstanding),
            'in_time', count(*) filter (where not a.is_outstanding and a.first_submitted_on <= a.due_on),
            'late', count(*) filter (where not a.is_outstanding and a.first_submitted_on > a.due_on),
            'missing', count(*) filter (where a.is_outstanding),
            'missing_units', coalesce((select l.units from listed as l where l.is_outstanding), '[]'),
            'missing_more', greatest(count(*) filter (where a.is_outstanding) - 150, 0),
            'in_units', coalesce((select l.units from listed as l where not l.is_outstanding), '[]'),
            'in_more', greatest(count(*) filter (where not a.is_outstanding) - 150, 0))
        from asked as a$sql$, p_key_column)
    into told
    using p_period_id, p_key_value, private.today();
    return told;
end;
$$;

create function private.meeting_packet_overdue(p_plan_id uuid, p_key_column text, p_key_value integer) returns jsonb
    language plpgsql stable set search_path = ''
as $$
declare
    told jsonb;
begin
    execute format($sql$
        with late as materialized (
            select a.lead_unit_id, count(*) as overdue, $3 - min(a.due_on) as longest_days
            from app.assignment as a
            where a.%I = $1 and a.is_pending and a.due_on < $3 and a.plan_id = $2
            group by a.lead_unit_id),
        worst as (
            select * from late as l order by l.overdue desc, l.longest_days desc, l.lead_unit_id limit 50)
        select jsonb_build_object(
            'total', (select coalesce(sum(l.overdue), 0) from late as l),
            'units', coalesce((
                select jsonb_agg(jsonb_build_object('unit_id', w.lead_unit_id,
                    'unit_code', (select u.code from app.unit as u where u.id = w.lead_unit_id),
                    'unit_name', private.unit_name(w.lead_unit_id), 'overdue', w.overdue, 'longest_days', w.longest_days)
                    order by w.overdue desc, w.longest_days desc, w.lead_unit_id)
                from worst as w), '[]'),
            'units_more', greatest((select count(*) from late) - 50, 0))$sql$, p_key_column)
    into told
    using p_key_value, p_plan_id, private.today();
    return told;
end;
$$;

create function private.meeting_packet_outcome(p_outcome app.outcome) returns jsonb
    language plpgsql stable set search_path = ''
as $$
declare
    -- the owner's, and past what a former meeting invited: what the work is, the outcome tells
    work constant record := private.outcome_work(p_outcome.id);
begin
    return (
        select jsonb_build_object('outcome_id', p_outcome.id, 'meeting_id', m.id, 'meeting_kind', m.kind, 'held_on', m.held_on,
            'title', p_outcome.title, 'status', p_outcome.status, 'lead_unit_id', p_outcome.lead_unit_id,
            'lead_unit_code', (select u.code from app.unit as u where u.id = p_outcome.lead_unit_id),
            'lead_unit_name', private.unit_name(p_outcome.lead_unit_id), 'due_on', coalesce(work.due_on, p_outcome.due_on),
            'is_overdue', coalesce(work.is_overdue, false), 'days_overdue', coalesce(work.days_overdue, 0),
            'progress', work.progress, 'carry_over_count', p_outcome.carry_over_count,
            'completed_on', p_outcome.completed_on, 'withdrawn_on', p_outcome.withdrawn_on)
        from app.meeting as m
        where m.id = p_outcome.meeting_id);
end;
$$;

-- What earlier meetings gave and is open, and what was settled since the last of them.
create function private.meeting_packet_previous(p_meeting app.meeting) returns jsonb
    language plpgsql stable set search_path = ''
as $$
declare
    before app.meeting;
    open_list jsonb;
    open_count bigint;
    settled jsonb;
    settled_count bigint;
begin
    select m.* into before from app.meeting as m where m.id = private.meeting_before(p_meeting);
    select count(*), coalesce(jsonb_agg(private.meeting_packet_outcome(o.outcome) order by o.n) filter (where o.n <= 100), '[]')
    into open_count, open_list
    from (
        select x as outcome, row_number() over (order by x.due_on, x.given_on, x.position, x.id) as n
        from private.meeting_open_outcomes(p_meeting) as x) as o;
    select count(*), coalesce(jsonb_agg(private.meeting_packet_outcome(o.outcome) order by o.n) filter (where o.n <= 50), '[]')
    into settled_count, settled
    from (
        select x as outcome, row_number() over (order by coalesce(x.completed_on, x.withdrawn_on), x.position, x.id) as n
        from app.outcome as x
        join app.meeting as e on e.id = x.meeting_id
        where x.owner_unit_id = p_meeting.owner_unit_id and x.plan_id = p_meeting.plan_id and x.kind = 'task'
            and coalesce(x.completed_on, x.withdrawn_on) >= before.held_on
            and e.committee_id is not distinct from p_meeting.committee_id
            and (e.held_on, e.id) < (p_meeting.held_on, p_meeting.id)) as o;
    return jsonb_build_object(
        'meeting', case when before.id is not null then jsonb_build_object('meeting_id', before.id, 'kind', before.kind,
            'title', before.title, 'held_on', before.held_on) end,
        'open', open_list, 'open_count', open_count, 'open_more', greatest(open_count - 100, 0),
        'settled', settled, 'settled_count', settled_count, 'settled_more', greatest(settled_count - 50, 0));
end;
$$;

-- Heading by heading, what the units directly under this one tell, with their area; of a heading that holds counts only, how many.
create function private.meeting_packet_situation(p_period_id uuid, p_unit_id integer) returns jsonb
    language plpgsql stable set search_path = ''
as $$
begin
    return (
        with sent as materialized (
            select r.id, r.unit_id, u.code as unit_code, u.area_id, r.level_id
            from app.report as r
            join app.unit as u on u.id = r.unit_id
            where r.period_id = p_period_id and (r.superior_unit_id = p_unit_id or r.unit_id = p_unit_id)
                and r.status in ('submitted', 'in_review', 'approved')),
        told as materialized (
            select k.code, k.position, k.title, k.counts_only, t.unit_id, t.unit_code, t.area_id, s.text,
                row_number() over (partition by k.code order by t.unit_id = p_unit_id, t.level_id, t.unit_id) as nth
            from app.period as d
            join app.plan as p on p.id = d.plan_id
            join app.report_outline_section as k on k.outline = p.report_outline and k.is_situation
            join sent as t on true
            join app.report_section as s on s.report_id = t.id and s.code = k.code and btrim(s.text) <> ''
            where d.id = p_period_id)
        select coalesce(jsonb_agg(x.heading order by x.position), '[]')
        from (
            select t.position, jsonb_build_object('code', t.code, 'title', t.title, 'counts_only', t.counts_only,
                'report_count', count(*),
                'units', coalesce(jsonb_agg(jsonb_build_object('unit_id', t.unit_id, 'unit_code', t.unit_code,
                        'unit_name', private.unit_name(t.unit_id),
                        'area_name', (select v.name from private.area_today as v where v.area_id = t.area_id),
                        'text', private.cut_text(t.text, 400), 'is_cut', char_length(t.text) > 400) order by t.nth)
                    filter (where not t.counts_only and t.nth <= 30), '[]'),
                'more', case when t.counts_only then 0 else greatest(count(*) - 30, 0) end) as heading
            from told as t
            group by t.code, t.position, t.title, t.counts_only) as x);
end;
$$;

-- What those units ask for: item by item, and under the heading of proposals.
create function private.meeting_packet_proposals(p_period_id uuid, p_unit_id integer) returns jsonb
    language plpgsql stable set search_path = ''
as $$
begin
    return (
        with sent as materialized (
            select r.id, r.unit_id, u.code as unit_code, r.level_id
            from app.report as r
            join app.unit as u on u.id = r.unit_id
            where r.period_id = p_period_id and r.superior_unit_id = p_unit_id
                and r.status in ('submitted', 'in_review', 'approved')),
        asked as materialized (
            select t.unit_id, t.unit_code, t.level_id, 0 as kind, s.position, null::uuid as plan_item_id, s.text, s.id
            from sent as t
            join app.report_section as s on s.report_id = t.id and s.code = 'proposals' and btrim(s.text) <> ''
            union all
            select t.unit_id, t.unit_code, t.level_id, 1, l.position, l.plan_item_id, l.proposals, l.id
            from sent as t
            join app.report_line as l on l.report_id = t.id and btrim(l.proposals) <> ''),
        numbered as (
            select a.*, row_number() over (order by a.level_id, a.unit_id, a.kind, a.position, a.id) as nth from asked as a)
        select jsonb_build_object(
            'total', count(*),
            'unit_count', count(distinct n.unit_id),
            'items', coalesce(jsonb_agg(jsonb_build_object('unit_id', n.unit_id, 'unit_code', n.unit_code,
                    'unit_name', private.unit_name(n.unit_id), 'plan_item_id', n.plan_item_id,
                    'item_code', (select i.code from app.plan_item as i where i.id = n.plan_item_id),
                    'text', private.cut_text(n.text, 500), 'is_cut', char_length(n.text) > 500) order by n.nth)
                filter (where n.nth <= 100), '[]'),
            'more', greatest(count(*) - 100, 0))
        from numbered as n);
end;
$$;

-- What lies under the convening unit, as private.scope_of_unit tells it, which asks in whose scope the caller stands: here the
-- meeting has been found already, and row security bounds what is read.
create function private.meeting_scope(p_unit_id integer, out key_column text, out key_value integer)
    language sql stable set search_path = ''
begin atomic
    select l.code || case when n.sees_all_lines then '_key' else '_line_key' end,
        (to_jsonb(u) ->> (l.code || case when n.sees_all_lines then '_key' else '_line_key' end))::integer
    from app.unit as u
    join app.level as l on l.id = u.level_id
    join app.line as n on n.id = u.line_id
    where u.id = p_unit_id;
end;

create function private.meeting_packet(p_meeting_id uuid) returns jsonb
    language plpgsql stable set search_path = ''
as $$
declare
    meeting app.meeting;
    bound record;
    told jsonb;
begin
    select m.* into meeting from app.meeting as m where m.id = p_meeting_id;
    if meeting.id is null then
        return null;
    end if;
    bound := private.meeting_scope(meeting.owner_unit_id);
    told := jsonb_build_object(
        'day', private.today(),
        'unit_id', meeting.owner_unit_id,
        'unit_name', private.unit_name(meeting.owner_unit_id),
        'overdue', private.meeting_packet_overdue(meeting.plan_id, bound.key_column, bound.key_value),
        'targets', private.overview_targets(meeting.plan_id,
            coalesce((select d.year from app.period as d where d.id = meeting.period_id), extract(year from meeting.held_on))::integer,
            bound.key_column, bound.key_value),
        'previous', private.meeting_packet_previous(meeting));
    if meeting.period_id is not null then
        told := told || jsonb_build_object(
            'period', (select jsonb_build_object('period_id', d.id, 'kind', d.kind, 'label', d.label, 'starts_on', d.starts_on,
                'ends_on', d.ends_on) from app.period as d where d.id = meeting.period_id),
            'reports', private.meeting_packet_reports(meeting.period_id, bound.key_column, bound.key_value),
            'situation', private.meeting_packet_situation(meeting.period_id, meeting.owner_unit_id),
            'proposals', private.meeting_packet_proposals(meeting.period_id, meeting.owner_unit_id));
    end if;
    return told;
end;
$$;
