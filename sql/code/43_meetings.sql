-- Meetings: what may be written in which state.
--
--   planned → convened (convened_on) → open → closed; cancelled from the first three.
--
-- Planned, everything about it changes; convened, what the invited are told anew or need not know; open, attendance, agenda
-- and minutes; closed is frozen with all that stands under it: what was wrong is an erratum. The meeting is locked by
-- whoever writes under it, so that no command comes between.

set local role danvan_policy;

-- What a meeting names must fit: all of one plan, a period of the rule's kind, a committee of one's own.
create function private.meeting_fits(p_meeting app.meeting, p_is_new boolean) returns void
    language plpgsql stable security definer set search_path = ''
as $$
declare
    plan app.plan;
    rule_kind text;
begin
    select p.* into plan from app.plan as p where p.id = p_meeting.plan_id;
    -- one planned before may still be held when the plan is over
    if p_is_new and plan.status is distinct from 'in_force' then
        raise exception 'the plan is not in force' using errcode = 'DV409', constraint = 'plan_closed';
    end if;
    if p_meeting.held_on not between plan.period_from and plan.period_to + 366 then
        raise exception 'outside the years of the plan' using errcode = 'DV422', column = 'held_on', constraint = 'out_of_range';
    end if;
    if p_is_new and p_meeting.period_id is not null and not exists (
        select from app.period as d where d.id = p_meeting.period_id and d.plan_id = p_meeting.plan_id)
    then
        raise exception 'no period of this plan' using errcode = 'DV422', column = 'period_id', constraint = 'not_visible';
    end if;
    if p_meeting.plan_item_id is not null and not exists (
        select from app.plan_item as i where i.id = p_meeting.plan_item_id and i.plan_id = p_meeting.plan_id)
    then
        raise exception 'no item of this plan' using errcode = 'DV422', column = 'plan_item_id', constraint = 'not_visible';
    end if;
    if p_is_new and p_meeting.kind in ('six_months', 'nine_months', 'year_end') then
        select r.period_kind into rule_kind
        from app.meeting_rule as r where r.kind = p_meeting.kind and r.level_id = p_meeting.level_id;
        if rule_kind is null then
            raise exception 'no rule for this level' using errcode = 'DV422', column = 'kind', constraint = 'not_a_choice';
        end if;
        if rule_kind <> (select d.kind from app.period as d where d.id = p_meeting.period_id) then
            raise exception 'not a period of this kind' using errcode = 'DV422', column = 'period_id', constraint = 'wrong_period_kind';
        end if;
    end if;
    if p_is_new and p_meeting.committee_id is not null and not exists (
        select from app.committee as c where c.id = p_meeting.committee_id and c.owner_unit_id = p_meeting.owner_unit_id)
    then
        raise exception 'not a committee of one''s own' using errcode = 'DV422', column = 'committee_id', constraint = 'not_yours';
    end if;
end;
$$;

create function private.meeting_check() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    if private.my_user() is null then
        return case tg_op when 'DELETE' then old else new end;
    end if;
    if tg_op = 'DELETE' then
        if old.status <> 'planned' or old.convened_on is not null then
            raise exception 'the meeting is known' using errcode = 'DV409', constraint = 'wrong_state';
        end if;
        return old;
    end if;
    if tg_op = 'UPDATE' then
        if old.status in ('closed', 'cancelled') then
            raise exception 'the meeting is %', old.status using errcode = 'DV409',
                constraint = case old.status when 'closed' then 'frozen' else 'wrong_state' end;
        end if;
        -- convened: its day, hour and place may move, and the invited answer anew; open: what is left is the paper of its conclusions and who wrote
        if (old.convened_on is not null and (new.title, new.plan_item_id) is distinct from (old.title, old.plan_item_id))
            or (old.status = 'open' and (new.held_on, new.held_at, new.place) is distinct from (old.held_on, old.held_at, old.place))
        then
            raise exception 'the meeting is known' using errcode = 'DV409', constraint = 'wrong_state';
        end if;
        -- those who are asked to come on a day ahead are not told one that is over; once it has passed, it may be set right
        if old.convened_on is not null and old.held_on >= private.today() and new.held_on < private.today() then
            raise exception 'the day has passed' using errcode = 'DV422', column = 'held_on', constraint = 'in_the_past';
        end if;
    end if;
    perform private.meeting_fits(new, tg_op = 'INSERT');
    return new;
end;
$$;

-- Told once for each time that its day, hour or place is set (p_move tells them apart: it may come back to a day), and not of a
-- day that has passed.
create function private.meeting_tell_invited(
    p_meeting_id uuid, p_unit_id integer default null, p_move text default '', p_stage text default null) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.notify_unit(i.unit_id, 'meeting_convened', m.id || ':convened:' || m.held_on || p_move, p_stage, 'meetings', m.id,
        m.owner_unit_id, m.plan_id, m.held_on)
    from app.meeting as m
    join app.meeting_invitation as i on i.meeting_id = m.id
    where m.id = p_meeting_id and m.status = 'planned' and m.convened_on is not null and m.held_on >= private.today()
        and i.unit_id = coalesce(p_unit_id, i.unit_id);
end;
$$;

-- Told another day, hour or place, the invited are asked anew: what they had answered was about another meeting. Where its day has
-- passed, the record is set right and nobody is asked; what was answered stands. Also who had not answered has a new version: an answer
-- on its way was to the other meeting.
create function private.meeting_moved() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    if new.held_on >= private.today() then
        update app.meeting_invitation as i set reply = 'none', reply_note = null, replied_on = null
        where i.meeting_id = new.id;
        perform private.meeting_tell_invited(new.id, p_move => ':' || new.version, p_stage => 'moved');
    end if;
    return null;
end;
$$;

-- By its own name: a unit that was taken off and is invited once more is told once more.
create function private.meeting_invitation_tell() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.meeting_tell_invited(new.meeting_id, new.unit_id, ':' || new.id);
    return null;
end;
$$;

-- Who was told to come, is told that it is no longer asked. Not who has ended, or holds the meeting now: they are taken off when
-- units are reorganised.
create function private.meeting_invitation_withdrawn() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.notify_unit(u.id, 'invitation_withdrawn', old.id || ':withdrawn', null, 'meetings', m.id,
        m.owner_unit_id, m.plan_id, m.held_on)
    from app.meeting as m
    join app.unit as u on u.id = old.unit_id and u.is_active and u.id <> m.owner_unit_id
    where m.id = old.meeting_id and m.status = 'planned' and exists (
        select from app.notice as n
        where n.unit_id = u.id and n.topic = 'meeting_convened' and n.resource_id = m.id);
    return null;
end;
$$;

-- Who came uninvited may be named by what is decided, for having come. Taken off while an outcome names it, work would be given
-- beyond the scope to a unit that was not there.
create function private.meeting_invitation_named() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    if private.my_user() is not null
        and exists (
            select from app.outcome as o
            where o.meeting_id = old.meeting_id and o.status = 'draft'
                and (o.lead_unit_id = old.unit_id or private.outcome_names(o.id, old.unit_id)))
        and not private.outcome_may_name(old.meeting_id, old.unit_id)
    then
        raise exception 'an outcome names it' using errcode = 'DV409', constraint = 'named_by_outcome';
    end if;
    return null;
end;
$$;

-- Who is entered as having come uninvited was there.
create function private.meeting_invitation_came() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    new.attendance := 'present';
    return new;
end;
$$;

-- Invitations come and go while it is planned, and who came uninvited while it is open; the agenda changes until it closes,
-- minutes are written while it is open, errata after. Attendance and replies are written by commands.
create function private.meeting_part_check() returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    meeting app.meeting;
    part constant jsonb := to_jsonb(case tg_op when 'DELETE' then old else new end);
    allowed text[];
begin
    select m.* into meeting from app.meeting as m where m.id = (part ->> 'meeting_id')::uuid for no key update;
    if meeting.id is null or private.my_user() is null then -- goes with its meeting, or is nobody's request
        return case tg_op when 'DELETE' then old else new end;
    end if;
    allowed := case tg_table_name
        when 'meeting_invitation' then case when tg_op = 'UPDATE' then '{planned,open}'
            when (part ->> 'is_uninvited')::boolean then '{open}' else '{planned}' end
        when 'meeting_agenda_item' then '{planned,open}'
        when 'meeting_minutes' then '{open}'
        else '{closed}' end::text[];
    if not meeting.status = any (allowed) then
        raise exception 'the meeting is %', meeting.status using errcode = 'DV409',
            constraint = case meeting.status when 'closed' then 'frozen' else 'wrong_state' end;
    end if;
    -- what the meeting found open it has to settle or leave open; before, it is taken off by hand, and comes again when it opens
    if tg_table_name = 'meeting_agenda_item' and tg_op = 'DELETE' and meeting.status = 'open' and part ->> 'outcome_id' is not null then
        raise exception 'the meeting has found it open' using errcode = 'DV409', constraint = 'carried_over';
    end if;
    if tg_table_name = 'meeting_invitation' and tg_op = 'INSERT' then
        if (part ->> 'unit_id')::integer = meeting.owner_unit_id then
            raise exception 'who convenes is not invited' using errcode = 'DV422', column = 'unit_id', constraint = 'own_unit';
        end if;
        if not exists (select from app.unit as u where u.id = (part ->> 'unit_id')::integer and u.is_active) then
            raise exception 'the unit has ended' using errcode = 'DV422', column = 'unit_id', constraint = 'not_active';
        end if;
    end if;
    return case tg_op when 'DELETE' then old else new end;
end;
$$;

-- The entry is of the day and of whoever writes it; an outcome named is one of this meeting.
create function private.meeting_erratum_fill() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    if private.my_user() is not null then
        new.added_on := private.today();
        new.added_by := private.my_user();
    end if;
    if new.outcome_id is not null and not exists (
        select from app.outcome as o where o.id = new.outcome_id and o.meeting_id = new.meeting_id)
    then
        raise exception 'no outcome of this meeting' using errcode = 'DV422', column = 'outcome_id', constraint = 'not_visible';
    end if;
    return new;
end;
$$;

-- A series of a plan in force; with meetings made, it ends and is not deleted.
create function private.meeting_series_check() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    if private.my_user() is null then
        return case tg_op when 'DELETE' then old else new end;
    end if;
    if tg_op = 'DELETE' then
        if exists (select from app.meeting as m where m.series_id = old.id) then
            raise exception 'meetings were made of it' using errcode = 'DV409', constraint = 'has_meetings';
        end if;
        return old;
    end if;
    if tg_op = 'INSERT' and not exists (select from app.plan as p where p.id = new.plan_id and p.status = 'in_force') then
        raise exception 'the plan is not in force' using errcode = 'DV409', constraint = 'plan_closed';
    end if;
    if new.ended_on > private.today() then
        raise exception 'not yet' using errcode = 'DV422', column = 'ended_on', constraint = 'in_the_future';
    end if;
    if not exists (select from app.meeting_rule as r where r.kind = new.kind and r.level_id = new.level_id) then
        raise exception 'no rule for this level' using errcode = 'DV422', column = 'kind', constraint = 'not_a_choice';
    end if;
    if new.plan_item_id is not null and not exists (
        select from app.plan_item as i where i.id = new.plan_item_id and i.plan_id = new.plan_id)
    then
        raise exception 'no item of this plan' using errcode = 'DV422', column = 'plan_item_id', constraint = 'not_visible';
    end if;
    return new;
end;
$$;

-- Whom a series invites: a unit that stands, in the scope of whoever holds it or seen by them.
create function private.meeting_series_invitee_check() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    if private.my_user() is not null and new.unit_id is not null then
        if not exists (select from app.unit as u where u.id = new.unit_id and u.is_active) then
            raise exception 'the unit has ended' using errcode = 'DV422', column = 'unit_id', constraint = 'not_active';
        end if;
        if exists (select from app.meeting_series as s where s.id = new.series_id and s.owner_unit_id = new.unit_id) then
            raise exception 'who convenes is not invited' using errcode = 'DV422', column = 'unit_id', constraint = 'own_unit';
        end if;
    end if;
    return new;
end;
$$;

-- How a unit is called that I may not know of, where a meeting that invites me names it beside me.
create function private.meeting_unit_name(p_meeting_id uuid, p_unit_id integer, p_day date) returns text
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return (
        select v.name
        from app.meeting as m
        join app.unit_version as v on v.unit_id = p_unit_id and v.valid_from <= p_day
        where m.id = p_meeting_id and m.id in (select private.my_invited_meetings())
            and (m.owner_unit_id = p_unit_id or exists (
                select from app.meeting_invitation as i where i.meeting_id = m.id and i.unit_id = p_unit_id))
        order by v.valid_from desc limit 1);
end;
$$;

set local role danvan_owner;

create trigger meeting_series_30_visible before insert or update of plan_item_id on app.meeting_series
    for each row execute function private.check_visible('plan_id', 'plan', 'plan_item_id', 'plan_item');
create trigger meeting_series_40_check
    before insert or update of plan_item_id, held_offset_days, place, chair, ended_on or delete on app.meeting_series
    for each row execute function private.meeting_series_check();
create trigger meeting_series_invitee_30_visible before insert on app.meeting_series_invitee
    for each row execute function private.check_visible('series_id', 'meeting_series', 'unit_id', 'unit');
create trigger meeting_series_invitee_40_check before insert on app.meeting_series_invitee
    for each row execute function private.meeting_series_invitee_check();
create trigger meeting_series_agenda_item_30_visible before insert on app.meeting_series_agenda_item
    for each row execute function private.check_visible('series_id', 'meeting_series');

create trigger meeting_30_visible before insert or update of plan_item_id, document_id on app.meeting
    for each row execute function private.check_visible('plan_id', 'plan', 'plan_item_id', 'plan_item',
        'period_id', 'period', 'committee_id', 'committee', 'document_id', 'document');
create trigger meeting_40_check
    before insert or update of plan_item_id, title, held_on, held_at, place, chair, secretary, document_id or delete on app.meeting
    for each row execute function private.meeting_check();
create trigger meeting_95_moved after update of held_on, held_at, place on app.meeting
    for each row when (new.status = 'planned' and new.convened_on is not null
        and (new.held_on, new.held_at, new.place) is distinct from (old.held_on, old.held_at, old.place))
    execute function private.meeting_moved();

create trigger meeting_invitation_20_came before insert on app.meeting_invitation
    for each row when (new.is_uninvited) execute function private.meeting_invitation_came();
create trigger meeting_invitation_30_visible before insert on app.meeting_invitation
    for each row execute function private.check_visible('meeting_id', 'meeting', 'unit_id', 'unit');
create trigger meeting_agenda_item_30_visible before insert or update of presenter_unit_id on app.meeting_agenda_item
    for each row execute function private.check_visible('meeting_id', 'meeting', 'presenter_unit_id', 'unit');
create trigger meeting_minutes_30_visible before insert on app.meeting_minutes
    for each row execute function private.check_visible('meeting_id', 'meeting');
create trigger meeting_erratum_30_visible before insert on app.meeting_erratum
    for each row execute function private.check_visible('meeting_id', 'meeting');
create trigger meeting_erratum_20_fill before insert on app.meeting_erratum
    for each row execute function private.meeting_erratum_fill();
create trigger meeting_invitation_40_check before insert or update or delete on app.meeting_invitation
    for each row execute function private.meeting_part_check();
create trigger meeting_agenda_item_40_check before insert or update or delete on app.meeting_agenda_item
    for each row execute function private.meeting_part_check();
create trigger meeting_minutes_40_check before insert or update or delete on app.meeting_minutes
    for each row execute function private.meeting_part_check();
create trigger meeting_erratum_40_check before insert on app.meeting_erratum
    for each row execute function private.meeting_part_check();
create trigger meeting_invitation_90_named after delete on app.meeting_invitation
    for each row when (old.is_uninvited) execute function private.meeting_invitation_named();
create trigger meeting_invitation_95_tell after insert on app.meeting_invitation
    for each row execute function private.meeting_invitation_tell();
create trigger meeting_invitation_95_withdrawn after delete on app.meeting_invitation
    for each row execute function private.meeting_invitation_withdrawn();
