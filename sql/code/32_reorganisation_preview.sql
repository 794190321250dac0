-- A preview is the carrying out itself, told in detail and taken back: no second reckoning that could differ.
-- Its rows are locked for as long as it takes; app.unit and app.area are not.

set local role danvan_policy;

create function private.reorganisation_warnings(p_id uuid, p_day date) returns jsonb
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return (
        select coalesce(jsonb_agg(jsonb_build_object('word', w.word, 'step', w.step_number, 'about', w.about)
            order by w.step_number nulls last, w.word, w.about), '[]')
        from (
            select 'code_reused' as word, t.position as step_number, v.code || ' ' || v.name as about
            from app.reorganisation_step as t
            join app.reorganisation_part as p on p.step_id = t.id
            join app.area_version as v on v.area_id = p.made_area_id
            where t.reorganisation_id = p_id
                and exists (select from app.area_version as x where x.code = v.code and x.area_id <> v.area_id)
            union all
            select 'crosses_areas', t.position, string_agg(distinct above.name, ', ')
            from app.reorganisation_step as t
            join app.reorganisation_part as p on p.step_id = t.id and p.side = 'from'
            join app.area_version as v on v.area_id = p.area_id and v.valid_to = p_day
            join app.area_version as above on above.area_id = v.parent_id
                and above.valid_from < p_day and (above.valid_to is null or above.valid_to >= p_day)
            where t.reorganisation_id = p_id and t.kind = 'merge' and t.subject = 'area'
            group by t.position
            having count(distinct v.parent_id) > 1
            union all
            select 'units_left', t.position, n.name
            from app.reorganisation_step as t
            join app.reorganisation_part as p on p.step_id = t.id and p.side = 'from'
            join app.area as a on a.id = p.area_id and not a.is_active
            join app.unit as u on u.area_id = a.id and u.is_active
            join app.unit_version as n on n.unit_id = u.id and n.valid_to is null
            where t.reorganisation_id = p_id
            union all
            select 'accounts_without_place', null, count(distinct m.user_id)::text
            from app.membership as m
            where m.updated_at = now() and m.moves_to_unit_id is not null and m.valid_to is not null
            having count(*) > 0
            union all
            select 'opened_beside_closed', null, concat(h.name, ': ', count(*))
            from app.assignment as a
            join app.assignment as x on x.id = a.moved_to_id and x.occurrence <> a.occurrence
            join app.unit_version as h on h.unit_id = x.lead_unit_id and h.valid_to is null
            where a.status = 'moved' and a.updated_at = now()
            group by x.lead_unit_id, h.name
            union all
            select 'report_joins_sent', null, concat(h.name, ': ', count(*))
            from app.report as r
            join app.report as x on x.id = r.moved_to_id and not x.is_outstanding and x.status <> 'moved'
            join app.unit_version as h on h.unit_id = x.unit_id and h.valid_to is null
            where r.status = 'moved' and r.updated_at = now()
            group by x.unit_id, h.name
            union all
            -- a wish that neither the new due day nor a request at the successor holds
            select 'request_dropped', null, concat(n.name, ': ', count(*))
            from app.extension_request as q
            join app.assignment as a on a.id = q.assignment_id and a.status = 'moved'
            join app.assignment as x on x.id = a.moved_to_id and x.due_on < q.asked_due_on
            join app.unit_version as n on n.unit_id = q.unit_id and n.valid_to = p_day
            where q.status = 'withdrawn' and q.updated_at = now()
                and not exists (
                    select from app.extension_request as y
                    where y.assignment_id = x.id and y.status = 'pending' and y.asked_due_on >= q.asked_due_on)
            group by q.unit_id, n.name
            union all
            select 'course_left', null, concat(n.name, ': ', c.code)
            from private.courses_left() as l
            join app.course as c on c.id = l.course_id
            join app.unit_version as n on n.unit_id = l.unit_id and n.valid_to = p_day
            union all
            select 'quota_dropped', null, concat(n.name, ': ', d.quota, ' ', q.name,
                case when d.successor_quota is not null then format(' (%s giữ biên chế hiện có: %s)', h.name, d.successor_quota)
                    when d.successor_id is not null then format(' (%s chưa được giao biên chế này)', h.name)
                    else ' (không có đơn vị kế thừa)' end)
            from private.quotas_dropped(p_day) as d
            join app.position as q on q.code = d.position_code
            join app.unit_version as n on n.unit_id = d.unit_id and n.valid_to = p_day
            left join app.unit_version as h on h.unit_id = d.successor_id and h.valid_to is null
            union all
            select b.word, null, b.about from private.bodies_warnings(p_day) as b
            union all
            select 'nobody_takes_over', null, n.name
            from app.unit as u
            join app.unit_version as n on n.unit_id = u.id and n.valid_to = p_day
            where not u.is_active and u.updated_at = now()
                and not exists (select from private.unit_successors() as s where s.unit_id = u.id)
                and (exists (select from app.assignment as a where a.lead_unit_id = u.id and a.is_pending)
                    or exists (
                        select from app.report as r join app.period as p on p.id = r.period_id
                        where r.unit_id = u.id and r.is_outstanding
                            and private.period_state(p.opened_at, p.locked_at, p.opens_on, p.expires_on, p.locks_on, private.today())
                                <> 'locked')
                    or exists (
                        select from app.course_invitation as i join app.course as c on c.id = i.course_id
                        where i.unit_id = u.id and c.status in ('planned', 'open')))
            union all
            select 'plan_runs_elsewhere', null, p.number
            from app.plan as p
            join app.unit as o on o.id = p.original_issuer_unit_id
            where p.updated_at = now() and p.issuer_unit_id <> o.id and p.issuer_area_id <> o.area_id
            ) as w);
end;
$$;

-- One row per successor of this reorganisation: of whom it takes over, and what. Ids of what is only made
-- for the preview are left out: they name nothing afterwards.
create function private.reorganisation_moves(p_id uuid, p_day date) returns jsonb
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return (
        with taken as materialized (
            select s.successor_id, s.unit_id
            from private.unit_successors() as s
            where s.is_main and exists (
                select from app.unit_link as l join app.reorganisation_step as t on t.id = l.step_id
                where l.predecessor_id = s.unit_id and t.reorganisation_id = p_id)),
        counted as (
            select t.successor_id, count(*) as units,
                sum((select count(*) from app.assignment as a
                    where a.lead_unit_id = t.unit_id and a.status = 'moved' and a.updated_at = now())) as assignments,
                sum((select count(*) from app.report as r
                    where r.unit_id = t.unit_id and r.status = 'moved' and r.updated_at = now())) as reports,
                sum((select count(*) from app.membership as m
                    where m.unit_id = t.unit_id and m.updated_at = now() and m.moves_to_unit_id is null)) as memberships,
                sum((select count(*) from app.membership as m
                    where m.unit_id = t.unit_id and m.updated_at = now() and m.moves_to_unit_id is not null)) as waiting,
                sum((select count(*) from app.appointment as m
                    where m.unit_id = t.unit_id and m.end_cause = 'reorganisation' and m.valid_to >= p_day)) as appointments
            from taken as t
            group by t.successor_id)
        select coalesce(jsonb_agg(jsonb_build_object(
                'successor_id', case when u.created_at < now() then u.id end, 'successor_code', u.code,
                'successor_name', n.name, 'units', c.units, 'assignments', c.assignments, 'reports', c.reports,
                'memberships', c.memberships, 'waiting', c.waiting, 'appointments', c.appointments,
                'plans', (select count(*) from app.plan as p where p.issuer_unit_id = u.id and p.updated_at = now()
                    and p.original_issuer_unit_id <> u.id))
            order by u.level_id, n.name collate app.vietnamese, u.id), '[]')
        from counted as c
        join app.unit as u on u.id = c.successor_id
        left join app.unit_version as n on n.unit_id = u.id and n.valid_to is null);
end;
$$;

-- Step by step: what it makes, and what ends.
create function private.reorganisation_told_steps(p_id uuid, p_day date) returns jsonb
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return (
        select coalesce(jsonb_agg(jsonb_build_object('step', t.position, 'subject', t.subject, 'kind', t.kind,
            'makes', coalesce((
                select jsonb_agg(jsonb_build_object('code', coalesce(a.code, u.code), 'name', coalesce(a.name, n.name)) order by p.position)
                from app.reorganisation_part as p
                left join app.area_version as a on a.area_id = p.made_area_id
                left join app.unit as u on u.id = p.made_unit_id
                left join app.unit_version as n on n.unit_id = u.id
                where p.step_id = t.id and coalesce(p.made_area_id, p.made_unit_id) is not null), '[]'),
            'ends', coalesce((
                select jsonb_agg(jsonb_build_object('id', coalesce(p.area_id, p.unit_id), 'name', coalesce(a.name, n.name)) order by p.position)
                from app.reorganisation_part as p
                left join app.area_version as a on a.area_id = p.area_id and a.valid_to = p_day
                left join app.unit_version as n on n.unit_id = p.unit_id and n.valid_to = p_day
                where p.step_id = t.id and p.side = 'from' and t.kind in ('merge', 'split', 'dissolve')
                    and coalesce(a.id, n.id) is not null
                    and (not exists (select from app.area as x where x.id = p.area_id and x.is_active))
                    and (not exists (select from app.unit as x where x.id = p.unit_id and x.is_active))), '[]'),
            'units_ended', (select count(distinct l.predecessor_id)
                from app.unit_link as l join app.unit as u on u.id = l.predecessor_id and not u.is_active
                where l.step_id = t.id),
            'units_made', (select count(distinct l.successor_id)
                from app.unit_link as l join app.unit as u on u.id = l.successor_id and u.created_at = now()
                where l.step_id = t.id)) order by t.position), '[]')
        from app.reorganisation_step as t
        where t.reorganisation_id = p_id);
end;
$$;

create function private.reorganisation_preview(p_id uuid) returns jsonb
    language plpgsql security definer set search_path = ''
as $$
declare
    reorganisation constant app.reorganisation := (select r from app.reorganisation as r where r.id = p_id);
    day constant date := reorganisation.effective_on;
    faults jsonb;
    told jsonb;
begin
    select coalesce(jsonb_agg(jsonb_build_object('step', f.step_number, 'part_id', f.part_id, 'field', f.field,
        'word', f.word, 'about', f.about)), '[]')
    into faults
    from private.reorganisation_faults(p_id) as f;
    if faults <> '[]' then
        return jsonb_build_object('is_possible', false, 'faults', faults);
    end if;
    begin
        told := jsonb_build_object('is_possible', true, 'faults', faults, 'counts', private.reorganisation_run(reorganisation));
        told := told || jsonb_build_object(
            'steps', private.reorganisation_told_steps(p_id, day),
            'moves', private.reorganisation_moves(p_id, day),
            'warnings', private.reorganisation_warnings(p_id, day));
        raise exception 'taken back' using errcode = 'DV999';
    exception when sqlstate 'DV999' then
        return told;
    end;
end;
$$;

-- The calendar's part, once a minute: what is scheduled and whose day has come, and what has become open
-- again of units that are no more. Each by itself: a faulty one holds up no other.
create function private.reorganisation_tick() returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    due uuid;
    done integer := 0;
    superiors integer;
begin
    for due in
        select r.id from app.reorganisation as r
        where r.status = 'scheduled' and r.effective_on <= private.today()
        order by r.effective_on, r.decided_at, r.id
    loop
        begin
            perform private.reorganisation_carry_out(due);
            done := done + 1;
        exception when others then
            raise warning 'reorganisation % waits: %', due, sqlerrm;
        end;
    end loop;
    if exists (select from private.assignment_routes(null)) or exists (select from private.given_routes(null)) or exists (select from private.report_routes()) then
        perform private.audit('move_open', 'reorganisation', null, private.move_open(null, '{}'));
    elsif private.waits_for_ended() then
        superiors := private.move_superiors('{}');
        if superiors > 0 then
            perform private.audit('move_open', 'reorganisation', null, jsonb_build_object('superiors', superiors));
        end if;
    end if;
    -- records that an older version left with units that are no more
    if exists (select from private.people_routes() as t join app.staff as s on s.unit_id = t.unit_id) then
        perform private.move_staff();
    end if;
    return done;
end;
$$;
