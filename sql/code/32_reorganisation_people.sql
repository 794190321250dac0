-- People of units that end: memberships, accounts, appointments and posts. They go on at a successor of the
-- same level; nobody goes up a level by a reorganisation, but waits for a place with whoever took over.

set local role danvan_policy;

-- Main successors, and whether people go on there by themselves.
create function private.people_routes()
    returns table (unit_id integer, successor_id integer, goes_on boolean)
    language plpgsql stable security definer set search_path = '' rows 1000
as $$
begin
    return query
    select s.unit_id, s.successor_id, s.moves_accounts and n.level_id = u.level_id
    from private.unit_successors() as s
    join app.unit as u on u.id = s.unit_id
    join app.unit as n on n.id = s.successor_id
    where s.is_main;
end;
$$;

create function private.move_memberships(p_day date) returns jsonb
    language plpgsql security definer set search_path = ''
as $$
declare
    begun integer;
    ended integer;
    accounts integer;
begin
    insert into app.membership (user_id, unit_id, role, valid_from, valid_to)
    select distinct on (m.user_id, t.successor_id, m.role) m.user_id, t.successor_id, m.role, greatest(m.valid_from, p_day), m.valid_to
    from private.people_routes() as t
    join app.membership as m on m.unit_id = t.unit_id and (m.valid_to is null or m.valid_to > greatest(m.valid_from, p_day))
    where t.goes_on
        and (m.valid_to is null or m.valid_to > p_day)
        and m.moves_to_unit_id is null
        and not exists (
            select from app.membership as x
            where x.user_id = m.user_id and x.unit_id = t.successor_id and x.role = m.role
                and (x.valid_to is null or x.valid_to > greatest(m.valid_from, p_day)))
    order by m.user_id, t.successor_id, m.role, m.valid_to desc nulls first, m.valid_from;
    get diagnostics begun = row_count;
    update app.membership as m
    set valid_to = greatest(p_day, m.valid_from + 1), moves_to_unit_id = case when not t.goes_on then t.successor_id end
    from private.people_routes() as t
    where m.unit_id = t.unit_id and (m.valid_to is null or m.valid_to > greatest(p_day, m.valid_from + 1));
    get diagnostics ended = row_count;
    -- who ended with nobody to take over
    update app.membership as m
    set valid_to = greatest(p_day, m.valid_from + 1)
    from app.unit as u
    where u.id = m.unit_id and not u.is_active and (m.valid_to is null or m.valid_to > greatest(p_day, m.valid_from + 1))
        and exists (select from app.unit_version as v where v.unit_id = u.id and v.valid_to = p_day);
    update app.user_account as a
    set home_unit_id = t.successor_id
    from private.people_routes() as t
    where a.home_unit_id = t.unit_id;
    get diagnostics accounts = row_count;
    delete from private.reporting_login as r
    using app.unit as u
    where u.id = r.unit_id and not u.is_active;
    return jsonb_build_object('memberships_ended', ended, 'memberships_begun', begun, 'accounts', accounts);
end;
$$;

create function private.move_appointments(p_day date) returns jsonb
    language plpgsql security definer set search_path = ''
as $$
declare
    basis text;
    going record;
    begun integer := 0;
    ended integer := 0;
    people integer;
begin
    for going in
        select a.*, t.successor_id, n.level_id as new_level_id, n.line_id as new_line_id,
            greatest(p_day, a.valid_from + 1) as end_day,
            t.goes_on and (q.level_id is null or q.level_id = n.level_id) as finds_like_post
        from private.people_routes() as t
        join app.appointment as a on a.unit_id = t.unit_id and (a.valid_to is null or a.valid_to > greatest(p_day, a.valid_from + 1))
        join app.position as q on q.code = a.position_code
        join app.unit as n on n.id = t.successor_id
        -- first posts before others: they must not be lost to one of the same name
        order by a.kind <> 'primary', a.id
    loop
        update app.appointment as a
        set valid_to = going.end_day, end_cause = 'reorganisation',
            moves_to_unit_id = case when not going.finds_like_post then going.successor_id end
        where a.id = going.id;
        ended := ended + 1;
        if going.finds_like_post then
            if going.kind = 'primary' then
                delete from app.appointment as x
                where x.staff_id = going.staff_id and x.unit_id = going.successor_id
                    and x.position_code = going.position_code and x.kind <> 'primary' and x.valid_from >= going.end_day;
                update app.appointment as x set valid_to = going.end_day, end_cause = 'reorganisation'
                where x.staff_id = going.staff_id and x.unit_id = going.successor_id
                    and x.position_code = going.position_code and x.kind <> 'primary'
                    and x.valid_from < going.end_day and (x.valid_to is null or x.valid_to > going.end_day);
            end if;
            insert into app.appointment (staff_id, unit_id, position_code, kind, valid_from, valid_to, legal_basis, level_id, line_id)
            values (going.staff_id, going.successor_id, going.position_code, going.kind, going.end_day, going.valid_to,
                going.legal_basis, going.new_level_id, going.new_line_id)
            on conflict do nothing;
            if found then
                begun := begun + 1;
            end if;
        end if;
    end loop;
    people := private.move_staff();
    return jsonb_build_object('appointments_ended', ended, 'appointments_begun', begun, 'staff', people);
end;
$$;

-- The records of all its people, of those who left too: somebody corrects them, and deletes them when their
-- time is over. Where the person worked is in the posts.
create function private.move_staff() returns integer
    language plpgsql security definer set search_path = ''
as $$
declare
    moved integer;
begin
    update app.staff as s
    set unit_id = t.successor_id
    from private.people_routes() as t
    where s.unit_id = t.unit_id;
    get diagnostics moved = row_count;
    return moved;
end;
$$;

-- Quotas end with the unit. Where all of it went into one successor of the same level, so do they, added up,
-- until they are set anew. A successor that has one for the post already keeps that: how many it is to have
-- now is decided on paper, and adding up would claim what nobody decided. What is not carried over is told by
-- private.quotas_dropped.
create function private.move_establishments(p_day date, p_basis text) returns jsonb
    language plpgsql security definer set search_path = ''
as $$
declare
    ended integer;
begin
    insert into app.establishment (unit_id, position_code, quota, valid_from, legal_basis, level_id, line_id)
    select t.successor_id, e.position_code, sum(e.quota), p_day, p_basis, n.level_id, n.line_id
    from private.people_routes() as t
    join app.unit as n on n.id = t.successor_id
    join app.establishment as e on e.unit_id = t.unit_id and e.valid_from < p_day and (e.valid_to is null or e.valid_to > p_day)
    where t.goes_on
        and (select count(*) from private.unit_successors() as s where s.unit_id = t.unit_id) = 1
        and not exists (
            select from app.establishment as x
            where x.unit_id = t.successor_id and x.position_code = e.position_code and (x.valid_to is null or x.valid_to > p_day))
    group by t.successor_id, e.position_code, n.level_id, n.line_id
    having sum(e.quota) <= 1000; -- more than a quota can say: not a part of it
    update app.establishment as e
    set valid_to = greatest(p_day, e.valid_from + 1)
    from app.unit as u
    join app.unit_version as v on v.unit_id = u.id and v.valid_to = p_day
    where u.id = e.unit_id and not u.is_active and (e.valid_to is null or e.valid_to > greatest(p_day, e.valid_from + 1));
    get diagnostics ended = row_count;
    return jsonb_build_object('establishments', ended,
        'quotas_dropped', (select count(*) from private.quotas_dropped(p_day)));
end;
$$;

-- Of the quotas that ended with their units in this transaction, those that nobody has now: whose, and what
-- the successor has of its own (null: no such quota, or no successor).
create function private.quotas_dropped(p_day date)
    returns table (unit_id integer, position_code text, quota smallint, successor_id integer, successor_quota smallint)
    language plpgsql stable security definer set search_path = '' rows 100
as $$
begin
    return query
    select e.unit_id, e.position_code, e.quota, t.successor_id, x.quota
    from app.establishment as e
    join app.unit as u on u.id = e.unit_id and not u.is_active
    join app.unit_version as v on v.unit_id = u.id and v.valid_to = p_day
    left join private.people_routes() as t on t.unit_id = e.unit_id
    left join app.establishment as x on x.unit_id = t.successor_id and x.position_code = e.position_code
        and x.valid_from <= p_day and (x.valid_to is null or x.valid_to > p_day)
    where e.updated_at = now() and e.valid_to = greatest(p_day, e.valid_from + 1) and e.quota > 0
        -- carried over is what could be, and began that day at the successor, made here
        and not (e.valid_from < p_day and coalesce(t.goes_on and x.valid_from = p_day and x.created_at = now(), false)
            and (select count(*) from private.unit_successors() as s where s.unit_id = e.unit_id) = 1);
end;
$$;
