-- Courses and who takes part: keys, what may be written when, places under concurrency, and the states.
--
--   planned → open → held → closed, or cancelled from any of the first three. Registering is while a course is
--   open (the organiser also while it is held); attendance and results while it is held; closed is frozen.
--
-- What imports call or set:
--   set_config('danvan.import', <job>, true)   training records made are not audited one by one, the job is
--   36_training_sheet.sql has the sheet of attendance.

-- Policies -------------------------------------------------------------------------------------------

set local role danvan_policy;

create function private.my_invited_courses() returns setof uuid
    language plpgsql stable parallel safe security definer set search_path = '' rows 10
as $$
begin
    return query select i.course_id from app.course_invitation as i where i.unit_id = private.my_unit();
end;
$$;

-- Whose course is it? Past row security, for policies of tables that the course's own policies read.
create function private.is_my_course(p_course_id uuid) returns boolean
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return exists (select from app.course as c where c.id = p_course_id and c.organiser_unit_id = private.my_unit());
end;
$$;

set local role danvan_owner;

-- Who is invited sees the course, wherever it is held, once it is announced.
create policy course_select_invited on app.course for select to danvan_reader
    using (status <> 'planned' and id in (select private.my_invited_courses()));

create policy course_insert_organiser on app.course for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and organiser_unit_id = (select private.my_unit()) and status = 'planned');
create policy course_update_organiser on app.course for update to danvan_writer
    using ((select private.my_rank()) >= 2 and organiser_unit_id = (select private.my_unit()));
create policy course_delete_organiser on app.course for delete to danvan_writer
    using ((select private.my_rank()) >= 2 and organiser_unit_id = (select private.my_unit()) and status = 'planned');
create policy course_day_insert_organiser on app.course_day for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and private.is_my_course(course_id));
create policy course_day_delete_organiser on app.course_day for delete to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_course(course_id));
create policy course_invitation_insert_organiser on app.course_invitation for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and private.is_my_course(course_id));
create policy course_invitation_update_organiser on app.course_invitation for update to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_course(course_id));
create policy course_invitation_delete_organiser on app.course_invitation for delete to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_course(course_id));
-- Whether the caller may register this person is training_record_take's to say; results are the organiser's.
create policy training_record_insert_take on app.training_record for insert to danvan_writer
    with check ((select private.my_rank()) >= 2);
create policy training_record_update_organiser on app.training_record for update to danvan_writer
    using ((select private.my_rank()) >= 2 and organiser_unit_id = (select private.my_unit()));

-- An officer or leader of the plan's issuer says who must have what, in a draft and in force.
create function private.is_my_plan(p_plan_id uuid) returns boolean
    language sql stable
    return exists (
        select from app.plan as p
        where p.id = p_plan_id and p.status <> 'closed' and p.issuer_unit_id = private.my_unit());
create policy training_requirement_insert_issuer on app.training_requirement for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and private.is_my_plan(plan_id));
create policy training_requirement_update_issuer on app.training_requirement for update to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_plan(plan_id));
create policy training_requirement_delete_issuer on app.training_requirement for delete to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_plan(plan_id));

-- Keys -------------------------------------------------------------------------------------------------

create function private.course_keys() returns trigger
    language plpgsql set search_path = ''
as $$
declare
    organiser app.unit;
begin
    new.organiser_unit_id := coalesce(new.organiser_unit_id, private.my_unit());
    organiser := private.visible_unit(new.organiser_unit_id, 'organiser_unit_id');
    new.organiser_area_id := organiser.area_id;
    new.level_id := organiser.level_id;
    new.line_id := organiser.line_id;
    new.province_key := organiser.province_key;
    new.district_key := organiser.district_key;
    new.grassroots_key := organiser.grassroots_key;
    return new;
end;
$$;
create trigger course_10_keys before insert or update of organiser_unit_id on app.course
    for each row execute function private.course_keys();

set local role danvan_policy;

-- The unit may be one that whoever organises does not see.
create function private.training_record_keys() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    select u.level_id, u.line_id, u.province_key, u.district_key, u.grassroots_key
    into new.level_id, new.line_id, new.province_key, new.district_key, new.grassroots_key
    from app.unit as u
    where u.id = new.unit_id;
    return new;
end;
$$;

-- Courses ----------------------------------------------------------------------------------------------

-- What an announced course says stays, but for where it is held and how many it takes.
create function private.course_check() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    if private.my_user() is null or new.status <> old.status then
        return new;
    end if;
    if old.status not in ('planned', 'open') or (old.status = 'open'
        and (new.code, new.topic_code, new.starts_on, new.ends_on, new.pass_percent)
            is distinct from (old.code, old.topic_code, old.starts_on, old.ends_on, old.pass_percent))
    then
        raise exception 'the course is %', old.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if new.capacity < private.course_taken(new.id, null) then
        raise exception 'more are registered' using errcode = 'DV422', column = 'capacity', constraint = 'below_taken';
    end if;
    return new;
end;
$$;

-- How many take part, from everywhere or from a unit.
create function private.course_taken(p_course_id uuid, p_unit_id integer) returns bigint
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return (
        select count(*) from app.training_record as r
        where r.course_id = p_course_id and r.status in ('registered', 'attended', 'absent')
            and (p_unit_id is null or r.unit_id = p_unit_id));
end;
$$;

-- Days lie within the course; days and invitations change until it is held. The course is locked, so that no
-- command comes between.
create function private.course_part_check() returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    course app.course;
    part constant jsonb := to_jsonb(case tg_op when 'DELETE' then old else new end);
begin
    select c.* into course from app.course as c where c.id = (part ->> 'course_id')::uuid for no key update;
    if course.id is null then -- goes with its course, or names none: the foreign key says so
        return case tg_op when 'DELETE' then old else new end;
    end if;
    if private.my_user() is not null and course.status not in ('planned', 'open') then
        raise exception 'the course is %', course.status using errcode = 'DV409', constraint = 'wrong_state';
    end if;
    if tg_op <> 'DELETE' and tg_table_name = 'course_day'
        and (part ->> 'day')::date not between course.starts_on and course.ends_on
    then
        raise exception 'not a day of the course' using errcode = 'DV422', column = 'day', constraint = 'out_of_range';
    end if;
    if tg_op <> 'DELETE' and tg_table_name = 'course_invitation' then
        if tg_op = 'INSERT' and not exists (
            select from app.unit as u where u.id = (part ->> 'unit_id')::integer and u.is_active)
        then
            raise exception 'the unit has ended' using errcode = 'DV422', column = 'unit_id', constraint = 'not_active';
        end if;
        if (part ->> 'places')::integer < private.course_taken(course.id, (part ->> 'unit_id')::integer) then
            raise exception 'more are registered' using errcode = 'DV422', column = 'places', constraint = 'below_taken';
        end if;
    end if;
    return case tg_op when 'DELETE' then old else new end;
end;
$$;

create function private.course_invitation_tell() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.notify_unit(new.unit_id, 'course_invited', c.id || ':invited', null, 'courses', c.id,
        c.organiser_unit_id, null, c.starts_on)
    from app.course as c
    where c.id = new.course_id and c.status = 'open';
    return null;
end;
$$;

-- Taking part ------------------------------------------------------------------------------------------

-- Where the person stands on a day: the primary post; a secondment leaves it where it was.
create function private.staff_stands_at(p_staff_id uuid, p_day date) returns integer
    language plpgsql stable security definer set search_path = ''
as $$
begin
    return coalesce(
        (select a.unit_id from app.appointment as a
        where a.staff_id = p_staff_id and a.kind = 'primary'
            and a.valid_from <= p_day and (a.valid_to is null or a.valid_to > p_day)),
        (select s.unit_id from app.staff as s where s.id = p_staff_id));
end;
$$;

-- Who registers whom. The course is locked first (no key: the foreign keys of others pass), so that places
-- are counted one after the other and no command comes between.
create function private.training_record_take() returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    course app.course;
    person app.staff;
    is_organiser boolean;
begin
    select c.* into course from app.course as c where c.id = new.course_id for no key update;
    select s.* into person from app.staff as s where s.id = new.staff_id;
    new.organiser_unit_id := course.organiser_unit_id;
    new.topic_code := course.topic_code;
    new.unit_id := private.staff_stands_at(new.staff_id, course.starts_on);
    if private.my_user() is null then
        return new;
    end if;
    is_organiser := course.organiser_unit_id = private.my_unit();
    if coalesce(private.my_rank(), 0) < 2 or not (is_organiser or person.unit_id = private.my_unit()) then
        raise exception 'not for the caller to register' using errcode = 'DV403', constraint = 'not_permitted';
    end if;
    if course.status <> 'open' and not (is_organiser and course.status = 'held') then
        raise exception 'the course is %', course.status using errcode = 'DV409', constraint = 'not_open';
    end if;
    if not is_organiser and not exists (
        select from app.course_invitation as i where i.course_id = course.id and i.unit_id = new.unit_id)
    then
        raise exception 'the unit is not invited' using errcode = 'DV409', constraint = 'not_invited';
    end if;
    if person.left_on <= course.starts_on then
        raise exception 'the person has left' using errcode = 'DV422', column = 'staff_id', constraint = 'has_left';
    end if;
    if new.status not in ('invited', 'registered') and not (is_organiser and course.status = 'held')
        or (new.status = 'invited' and not is_organiser)
    then
        raise exception 'not by registering' using errcode = 'DV422', column = 'status', constraint = 'not_a_choice';
    end if;
    return new;
end;
$$;

-- After the statement, whose courses are locked: neither the course nor a unit has more than its places.
create function private.course_places_check(p_course_ids uuid[]) returns void
    language plpgsql security definer set search_path = ''
as $$
begin
    if exists (
        select from app.course as c
        where c.id = any (p_course_ids) and c.capacity < private.course_taken(c.id, null))
    then
        raise exception 'the course is full' using errcode = 'DV409', constraint = 'course_full';
    end if;
    if exists (
        select from app.course_invitation as i
        where i.course_id = any (p_course_ids) and i.places < private.course_taken(i.course_id, i.unit_id))
    then
        raise exception 'the unit has no place left' using errcode = 'DV409', constraint = 'no_place_left';
    end if;
end;
$$;

create function private.training_record_places() returns trigger
    language plpgsql security definer set search_path = ''
as $$
begin
    perform private.course_places_check((select array_agg(distinct r.course_id) from new_records as r));
    return null;
end;
$$;

-- Results: of who attended enough; a certificate holds from the course's last day for as long as the topic says,
-- to the end of the same day of the month it ends in (as the Civil Code counts months).
create function private.training_record_check() returns trigger
    language plpgsql security definer set search_path = ''
as $$
declare
    course constant app.course := (select c from app.course as c where c.id = new.course_id);
    day_count integer;
begin
    if tg_op = 'UPDATE' and private.my_user() is not null and course.status <> 'held' then
        raise exception 'the course is %', course.status using errcode = 'DV409', constraint =
            case when course.status = 'closed' then 'frozen' else 'wrong_state' end;
    end if;
    if new.result is null and new.score is null and new.certificate_number is null then
        new.certified_on := null;
        new.valid_until := null;
        return new;
    end if;
    if new.status <> 'attended' then
        raise exception 'only who attended has a result' using errcode = 'DV422', constraint = 'not_attended',
            column = case when new.result is not null then 'result' when new.score is not null then 'score'
                else 'certificate_number' end;
    end if;
    if new.result is distinct from 'passed' then
        if new.certificate_number is not null
            and (tg_op = 'INSERT' or new.certificate_number is distinct from old.certificate_number)
        then
            raise exception 'no certificate without passing'
                using errcode = 'DV422', column = 'certificate_number', constraint = 'not_passed';
        end if;
        new.certificate_number := null;
        new.certified_on := null;
        new.valid_until := null;
        return new;
    end if;
    select count(*) into day_count from app.course_day as d where d.course_id = course.id;
    if new.days_attended * 100 < course.pass_percent * day_count then
        raise exception 'too few days' using errcode = 'DV422', column = 'result', constraint = 'too_few_days';
    end if;
    new.certified_on := coalesce(new.certified_on, course.ends_on);
    if new.certified_on > private.installation_today() then
        raise exception 'not yet' using errcode = 'DV422', column = 'certified_on', constraint = 'in_the_future';
    end if;
    new.valid_until := coalesce(new.valid_until, (
        select (course.ends_on + make_interval(months => t.valid_months))::date
        from app.training_topic as t where t.code = course.topic_code));
    return new;
end;
$$;

set local role danvan_owner;

-- What the caller cannot see cannot be named.
create function private.training_record_visible() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    if not exists (select from app.course as c where c.id = new.course_id) then
        raise exception 'no visible course' using errcode = 'DV422', column = 'course_id', constraint = 'not_visible';
    end if;
    if not exists (select from app.staff as s where s.id = new.staff_id) then
        raise exception 'no visible person' using errcode = 'DV422', column = 'staff_id', constraint = 'not_visible';
    end if;
    return new;
end;
$$;

-- A requirement of an item names one of its plan, and a year the plan runs in.
create function private.training_requirement_check() returns trigger
    language plpgsql set search_path = ''
as $$
begin
    if new.plan_item_id is not null and not exists (
        select from app.plan_item as i where i.id = new.plan_item_id and i.plan_id = new.plan_id)
    then
        raise exception 'plan_item_id names no item of this plan'
            using errcode = 'DV422', column = 'plan_item_id', constraint = 'not_visible';
    end if;
    if exists (
        select from app.plan as p
        where p.id = new.plan_id and new.year not between extract(year from p.period_from) and extract(year from p.period_to))
    then
        raise exception 'outside the years of the plan' using errcode = 'DV422', column = 'year', constraint = 'out_of_range';
    end if;
    return new;
end;
$$;
