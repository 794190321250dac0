-- Committees: what may be written when, renewing, ending, and work they give.
--
-- Checks of what clients write do not bind danvan_policy: commands and reorganisations know what they do.
--   item: draft → open (given) → completed, or withdrawn; once given, its assignment says how it stands.
--         A committee without a plan gives work that is no assignment: its item is completed by command.

set local role danvan_policy;

-- What has had members has worked: it ends, and who its members were is kept.
create function private.committee_check() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    if tg_op = 'DELETE' then
        if private.my_user() is not null and (old.ended_on is not null or exists (
            select from app.committee_member as m where m.committee_id = old.id and m.valid_from <= private.today()))
        then
            raise exception 'it has worked: end it' using errcode = 'DV409', constraint = 'wrong_state';
        end if;
        return old;
    end if;
    if tg_op = 'UPDATE' and old.ended_on is not null then
        raise exception 'the committee has ended' using errcode = 'DV409', constraint = 'already_ended';
    end if;
    if exists (
        select from app.committee as c
        where c.owner_unit_id = new.owner_unit_id and c.code = new.code and c.ended_on is null and c.id <> new.id)
    then
        raise exception 'a committee of mine has this code' using errcode = 'DV422', column = 'code', constraint = 'duplicate';
    end if;
    return new;
end;
$$;

-- The unit stands, the committee too. The committee is locked, so that no renewal comes between.
create function private.committee_member_check() returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    of_committee app.committee;
begin
    select c.* into of_committee from app.committee as c
    where c.id = case tg_op when 'DELETE' then old.committee_id else new.committee_id end for no key update;
    if of_committee.id is null then -- goes with its committee, or names none: the foreign key says so
        return case tg_op when 'DELETE' then old else new end;
    end if;
    if of_committee.ended_on is not null then
        raise exception 'the committee has ended' using errcode = 'DV409', constraint = 'already_ended';
    end if;
    if tg_op = 'DELETE' then
        if old.valid_from <= private.today() then
            raise exception 'it has been a member: end it' using errcode = 'DV409', constraint = 'wrong_state';
        end if;
        return old;
    end if;
    if tg_op = 'UPDATE' and old.valid_from <= private.today() and new.valid_from > private.today() then
        raise exception 'it has been a member' using errcode = 'DV422', column = 'valid_from', constraint = 'in_the_future';
    end if;
    if new.valid_from < of_committee.established_on then
        raise exception 'before the committee' using errcode = 'DV422', column = 'valid_from', constraint = 'out_of_range';
    end if;
    if tg_op = 'INSERT' and not exists (select from app.unit as u where u.id = new.unit_id and u.is_active) then
        raise exception 'the unit has ended' using errcode = 'DV422', column = 'unit_id', constraint = 'not_active';
    end if;
    return new;
end;
$$;

-- Is the unit the standing unit, or a member on this day?
create function private.is_of_committee(p_committee_id uuid, p_unit_id integer, p_day date) returns boolean
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return exists (select from app.committee as c where c.id = p_committee_id and c.owner_unit_id = p_unit_id)
        or exists (
            select from app.committee_member as m
            where m.committee_id = p_committee_id and m.unit_id = p_unit_id
                and m.valid_from <= p_day and (m.valid_to is null or m.valid_to > p_day));
end;
$$;

-- An item names an item of the plan that its committee, or coordination plan, stands under.
create function private.work_plan_check(p_plan_id uuid, p_plan_item_id uuid) returns void
    language plpgsql stable security definer set search_path = ''
as $$
begin
    if p_plan_item_id is not null
        and not exists (select from app.plan_item as i where i.id = p_plan_item_id and i.plan_id = p_plan_id)
    then
        raise exception 'no item of this plan' using errcode = 'DV422', column = 'plan_item_id', constraint = 'not_visible';
    end if;
end;
$$;

create function private.committee_work_item_check() returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    of_committee app.committee;
begin
    if private.my_user() is null then -- loading
        return case tg_op when 'DELETE' then old else new end;
    end if;
    if tg_op = 'DELETE' then
        if old.status <> 'draft' then
            raise exception 'it was given' using errcode = 'DV409', constraint = 'wrong_state';
        end if;
        return old;
    end if;
    select c.* into of_committee from app.committee as c where c.id = new.committee_id for share;
    if of_committee.ended_on is not null then
        raise exception 'the committee has ended' using errcode = 'DV409', constraint = 'already_ended';
    end if;
    if new.status <> 'draft' then
        raise exception 'it was given' using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if new.lead_unit_id is not null and not private.is_of_committee(new.committee_id, new.lead_unit_id, private.today()) then
        raise exception 'no member leads it' using errcode = 'DV422', column = 'lead_unit_id', constraint = 'not_a_member';
    end if;
    perform private.work_plan_check(of_committee.plan_id, new.plan_item_id);
    return new;
end;
$$;

create function private.committee_review_check() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    if tg_op <> 'INSERT' and old.status <> 'planned' then
        raise exception 'it is done' using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    if exists (select from app.committee as c where c.id = new.committee_id and c.ended_on is not null) then
        raise exception 'the committee has ended' using errcode = 'DV409', constraint = 'already_ended';
    end if;
    new.planned_on := coalesce(new.planned_on, private.today());
    return new;
end;
$$;

-- A session is held by the standing unit of a committee that stands. (Meetings are made by their own commands too: this
-- holds for whoever makes one.)
create function private.meeting_committee_check() returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    of_committee app.committee;
begin
    select c.* into of_committee from app.committee as c where c.id = new.committee_id for share;
    if of_committee.owner_unit_id <> new.owner_unit_id then
        raise exception 'its standing unit holds its sessions' using errcode = 'DV422', column = 'committee_id', constraint = 'not_yours';
    end if;
    if of_committee.ended_on is not null then
        raise exception 'the committee has ended' using errcode = 'DV422', column = 'committee_id', constraint = 'already_ended';
    end if;
    return new;
end;
$$;

-- Commands -------------------------------------------------------------------------------------------------

-- The committee, locked for its standing unit; refusals in this order: who, the state, the version.
create function private.committee_take(p_committee_id uuid, p_version integer) returns app.committee
    language plpgsql security definer set search_path = ''
as $$
declare
    taken app.committee;
begin
    select c.* into taken from app.committee as c where c.id = p_committee_id for no key update;
    if taken.owner_unit_id is distinct from private.my_unit() or coalesce(private.my_rank(), 0) < 2 then
        raise exception 'not for the caller' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if taken.ended_on is not null then
        raise exception 'the committee has ended' using errcode = 'DV409', constraint = 'already_ended';
    end if;
    if taken.version <> p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = taken.version::text;
    end if;
    return taken;
end;
$$;

-- Whoever is a member goes the day before, the new members come: one change, of which one event tells.
create function private.committee_renew(
    p_committee_id uuid, p_version integer, p_document_id uuid, p_valid_from date,
    p_unit_ids integer[], p_roles text[], p_posts text[], p_staff_ids uuid[]) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    renewed constant app.committee := private.committee_take(p_committee_id, p_version);
    ended integer;
begin
    if p_valid_from < renewed.established_on or exists (
        select from app.committee_member as m where m.committee_id = renewed.id and m.valid_from >= p_valid_from)
    then
        raise exception 'members came on this day or later' using errcode = 'DV422', column = 'valid_from', constraint = 'out_of_range';
    end if;
    perform set_config('danvan.renewal', renewed.id::text, true);
    update app.committee_member as m set valid_to = p_valid_from
    where m.committee_id = renewed.id and (m.valid_to is null or m.valid_to > p_valid_from);
    get diagnostics ended = row_count;
    insert into app.committee_member (committee_id, unit_id, role, post, staff_id, document_id, valid_from)
    select renewed.id, n.unit_id, n.role, n.post, n.staff_id, p_document_id, p_valid_from
    from unnest(p_unit_ids, p_roles, p_posts, p_staff_ids) with ordinality as n (unit_id, role, post, staff_id, nth)
    order by n.nth;
    perform set_config('danvan.renewal', '', true);
    update app.committee as c set updated_at = now() where c.id = renewed.id;
    perform private.audit('renew', 'committee', renewed.id::text, jsonb_build_object('document_id', p_document_id,
        'valid_from', p_valid_from, 'ended', ended, 'made', cardinality(p_unit_ids)));
end;
$$;

-- Its members go with it; who was to come later never does. Work it gave goes on.
create function private.committee_end(p_committee_id uuid, p_version integer, p_ended_on date, p_reason text, p_document_id uuid)
    returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    ending constant app.committee := private.committee_take(p_committee_id, p_version);
begin
    if p_ended_on < ending.established_on then
        raise exception 'before it was made' using errcode = 'DV422', column = 'ended_on', constraint = 'wrong_order';
    end if;
    if p_ended_on > private.today() then
        raise exception 'that day has not come' using errcode = 'DV422', column = 'ended_on', constraint = 'in_the_future';
    end if;
    if exists (
        select from app.meeting as m
        where m.committee_id = ending.id and (m.status = 'open' or (m.status = 'planned' and m.convened_on is not null)))
    then
        raise exception 'a session is convened' using errcode = 'DV409', constraint = 'session_convened';
    end if;
    delete from app.committee_member as m where m.committee_id = ending.id and m.valid_from >= p_ended_on;
    update app.committee_member as m set valid_to = p_ended_on
    where m.committee_id = ending.id and (m.valid_to is null or m.valid_to > p_ended_on);
    update app.committee as c set ended_on = p_ended_on, end_reason = p_reason, end_document_id = p_document_id
    where c.id = ending.id;
end;
$$;

create function private.committee_work_item_take(p_id uuid, p_version integer, variadic p_states text[]) returns app.committee_work_item
    language plpgsql security definer set search_path = ''
as $$
declare
    taken app.committee_work_item;
begin
    perform private.lock_work(p_id);
    select i.* into taken from app.committee_work_item as i where i.id = p_id for no key update;
    if taken.owner_unit_id is distinct from private.my_unit() or coalesce(private.my_rank(), 0) < 2 then
        raise exception 'not for the caller' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if not taken.status = any (p_states) then
        raise exception 'the item is %', taken.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if taken.version <> p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = taken.version::text;
    end if;
    return taken;
end;
$$;

-- Given work has a lead and a day.
create function private.work_is_told(p_lead_unit_id integer, p_due_on date) returns void
    language plpgsql immutable set search_path = ''
as $$
begin
    if p_lead_unit_id is null then
        raise exception 'who leads it?' using errcode = 'DV422', column = 'lead_unit_id', constraint = 'required';
    end if;
    if p_due_on is null then
        raise exception 'by when?' using errcode = 'DV422', column = 'due_on', constraint = 'required';
    end if;
end;
$$;

create function private.committee_work_item_give(p_id uuid, p_version integer) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    item constant app.committee_work_item := private.committee_work_item_take(p_id, p_version, 'draft');
    of_committee app.committee;
begin
    perform private.work_is_told(item.lead_unit_id, item.due_on);
    -- not shared with another giving: the number in the occurrence is counted
    select c.* into of_committee from app.committee as c where c.id = item.committee_id for no key update;
    if of_committee.ended_on is not null then
        raise exception 'the committee has ended' using errcode = 'DV409', constraint = 'already_ended';
    end if;
    if not private.is_of_committee(item.committee_id, item.lead_unit_id, private.today()) then
        raise exception 'no member leads it' using errcode = 'DV422', column = 'lead_unit_id', constraint = 'not_a_member';
    end if;
    if of_committee.plan_id is not null then
        perform private.give_work('committee', item.id, item.owner_unit_id, of_committee.plan_id, item.plan_item_id, item.title,
            format('%s, năm %s, việc %s', of_committee.code, item.year, (
                select count(*) + 1 from app.committee_work_item as i
                where i.committee_id = item.committee_id and i.given_on is not null)),
            item.lead_unit_id, item.due_on, '{}');
    end if;
    update app.committee_work_item as i set status = 'open', given_on = private.today() where i.id = item.id;
end;
$$;

create function private.committee_work_item_withdraw(p_id uuid, p_version integer, p_reason text) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    item constant app.committee_work_item := private.committee_work_item_take(p_id, p_version, 'open');
begin
    perform private.withdraw_work(item.id, p_reason);
    update app.committee_work_item as i set status = 'withdrawn', withdrawn_on = private.today(), withdraw_reason = p_reason
    where i.id = item.id;
end;
$$;

-- Of work that is no assignment; of other work its assignment says so.
create function private.committee_work_item_complete(p_id uuid, p_version integer, p_completed_on date) returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    item constant app.committee_work_item := private.committee_work_item_take(p_id, p_version, 'open');
begin
    perform private.work_by_hand(item.id, item.given_on, p_completed_on);
    update app.committee_work_item as i set status = 'completed', completed_on = p_completed_on where i.id = item.id;
end;
$$;

create function private.work_by_hand(p_source_id uuid, p_given_on date, p_completed_on date) returns void
    language plpgsql stable security definer set search_path = ''
as $$
begin
    if private.work_of(p_source_id) is not null then
        raise exception 'its assignment tells' using errcode = 'DV409', constraint = 'by_assignment';
    end if;
    if p_completed_on > private.today() then
        raise exception 'that day has not come' using errcode = 'DV422', column = 'completed_on', constraint = 'in_the_future';
    end if;
    if p_completed_on < p_given_on then
        raise exception 'before it was given' using errcode = 'DV422', column = 'completed_on', constraint = 'wrong_order';
    end if;
end;
$$;

create function private.committee_review_conclude(p_id uuid, p_version integer, p_done_on date, p_summary text, p_document_id uuid)
    returns void
    language plpgsql security definer set search_path = ''
as $$
declare
    review app.committee_review;
begin
    select r.* into review from app.committee_review as r where r.id = p_id for no key update;
    if review.owner_unit_id is distinct from private.my_unit() or coalesce(private.my_rank(), 0) < 2 then
        raise exception 'not for the caller' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if review.status <> 'planned' then
        raise exception 'it is done' using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if review.version <> p_version then
        raise exception 'stale version' using errcode = 'DV412', detail = review.version::text;
    end if;
    if p_done_on > private.today() then
        raise exception 'that day has not come' using errcode = 'DV422', column = 'done_on', constraint = 'in_the_future';
    end if;
    update app.committee_review as r
    set status = 'done', done_on = p_done_on, summary = p_summary, report_document_id = p_document_id
    where r.id = review.id;
end;
$$;

set local role danvan_owner;

create trigger committee_30_visible before insert or update of plan_id, document_id on app.committee
    for each row execute function private.check_visible('plan_id', 'plan', 'document_id', 'document');
create trigger committee_40_check
    before insert or delete or update of name, code, plan_id, document_id, duties, established_on on app.committee
    for each row when (current_user <> 'danvan_policy') execute function private.committee_check();

create trigger committee_member_30_visible before insert or update of staff_id, document_id on app.committee_member
    for each row when (current_user <> 'danvan_policy')
    execute function private.check_visible('committee_id', 'committee', 'unit_id', 'unit', 'staff_id', 'staff', 'document_id', 'document');
create trigger committee_member_40_check
    before insert or delete or update of role, post, staff_id, document_id, valid_from, valid_to on app.committee_member
    for each row when (current_user <> 'danvan_policy') execute function private.committee_member_check();
create trigger committee_member_50_touch before update on app.committee_member
    for each row execute function private.touch_row();
create trigger committee_member_90_audit after insert or update or delete on app.committee_member
    for each row when (coalesce(current_setting('danvan.renewal', true), '') = '')
    execute function private.audit_row();

create trigger committee_work_item_30_visible before insert or update of lead_unit_id, plan_item_id on app.committee_work_item
    for each row when (current_user <> 'danvan_policy')
    execute function private.check_visible('committee_id', 'committee', 'lead_unit_id', 'unit', 'plan_item_id', 'plan_item');
create trigger committee_work_item_40_check
    before insert or delete or update of year, title, text, lead_unit_id, due_on, plan_item_id on app.committee_work_item
    for each row when (current_user <> 'danvan_policy') execute function private.committee_work_item_check();

create trigger committee_review_30_visible before insert or update of document_id, plan_item_id on app.committee_review
    for each row when (current_user <> 'danvan_policy')
    execute function private.check_visible('committee_id', 'committee', 'document_id', 'document', 'plan_item_id', 'plan_item');
create trigger committee_review_40_check
    before insert or delete or update of title, document_id, plan_item_id, period_from, period_to, due_on on app.committee_review
    for each row when (current_user <> 'danvan_policy') execute function private.committee_review_check();

create trigger meeting_42_committee before insert or update of committee_id on app.meeting
    for each row when (new.committee_id is not null) execute function private.meeting_committee_check();
