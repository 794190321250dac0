-- Courses not over yet, when units end: who organises them, who is invited, and whose the people are who will
-- take part. Courses that are closed or cancelled stay whose they were, with their certificates.

set local role danvan_policy;

-- Courses of ended units that nobody can take over as they are: without a successor; or where a code, or the
-- number of a certificate, would stand there twice.
create function private.courses_left()
    returns table (course_id uuid, unit_id integer)
    language plpgsql stable security definer set search_path = '' rows 10
as $$
begin
    return query
    with heir as materialized (
        select u.id as unit_id, s.successor_id
        from app.unit as u
        left join private.unit_successors() as s on s.unit_id = u.id and s.is_main
        where not u.is_active),
    running as materialized (
        select c.id, c.code, h.unit_id, h.successor_id
        from heir as h
        join app.course as c on c.organiser_unit_id = h.unit_id and c.status in ('planned', 'open', 'held'))
    select r.id, r.unit_id
    from running as r
    where r.successor_id is null
        or exists (select from app.course as x where x.organiser_unit_id = r.successor_id and x.code = r.code)
        or exists (select from running as x where x.successor_id = r.successor_id and x.code = r.code and x.id < r.id)
        or exists (
            select
            from app.training_record as t
            join app.training_record as x on x.certificate_number = t.certificate_number and x.course_id <> r.id
                and (x.organiser_unit_id = r.successor_id
                    or x.course_id in (select y.id from running as y where y.successor_id = r.successor_id))
            where t.course_id = r.id and t.certificate_number is not null);
end;
$$;

create function private.move_courses() returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    moved integer;
begin
    update app.course as c
    set organiser_unit_id = s.successor_id
    from private.unit_successors() as s
    where s.unit_id = c.organiser_unit_id and s.is_main and c.status in ('planned', 'open', 'held')
        and c.id not in (select l.course_id from private.courses_left() as l);
    get diagnostics moved = row_count;
    update app.training_record as r
    set organiser_unit_id = c.organiser_unit_id
    from app.course as c
    where c.id = r.course_id and r.organiser_unit_id <> c.organiser_unit_id;
    return moved;
end;
$$;

-- The successor is invited instead, with as many places beside those it has; it is told as anybody is who is
-- invited. Whom the organiser registered without inviting the unit keep theirs.
create function private.move_invitations() returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    moved integer;
begin
    with going as materialized (
        select i.id, i.course_id, i.places, s.successor_id
        from private.unit_successors() as s
        join app.course_invitation as i on i.unit_id = s.unit_id
        join app.course as c on c.id = i.course_id and c.status in ('planned', 'open')
        where s.is_main),
    made as (
        insert into app.course_invitation as x (course_id, unit_id, places)
        select g.course_id, g.successor_id, case when bool_and(g.places is not null) then
            least(1000, sum(g.places) + case when not exists (
                select from app.course_invitation as o where o.course_id = g.course_id and o.unit_id = g.successor_id)
                then private.course_taken(g.course_id, g.successor_id) else 0 end) end
        from going as g
        group by g.course_id, g.successor_id
        on conflict on constraint course_invitation_once do update
        -- null: any number
        set places = case when x.places + excluded.places is not null then least(1000, x.places + excluded.places) end
        returning 1)
    delete from app.course_invitation as i using going as g where i.id = g.id;
    get diagnostics moved = row_count;
    return moved;
end;
$$;

-- Who will take part is counted where they stand on the first day, as when the course begins (private.course_hold).
create function private.move_participants() returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    moved integer;
begin
    update app.training_record as r
    set unit_id = x.unit_id
    from (
        select t.id, private.staff_stands_at(t.staff_id, c.starts_on) as unit_id
        from app.unit as u
        join app.training_record as t on t.unit_id = u.id
        join app.course as c on c.id = t.course_id and c.status in ('planned', 'open')
        where not u.is_active) as x
    join app.unit as n on n.id = x.unit_id and n.is_active
    where r.id = x.id;
    get diagnostics moved = row_count;
    return moved;
end;
$$;

-- After the people: where they stand is asked.
create function private.move_training() returns jsonb
    language plpgsql security definer set search_path = ''
as $$
declare
    counts jsonb;
begin
    counts := jsonb_build_object('courses', private.move_courses());
    counts := counts || jsonb_build_object('invitations', private.move_invitations());
    return counts || jsonb_build_object('participants', private.move_participants());
end;
$$;
