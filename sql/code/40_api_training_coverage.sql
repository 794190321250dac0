-- Coverage, counted for whoever sees the plan, in their scope; and who is due, by name for who may see staff.

set local role danvan_owner;

create function private.training_asked(p_plan_id uuid, p_topic text) returns void
    language plpgsql stable set search_path = ''
as $$
begin
    if not exists (select from app.plan as p where p.id = p_plan_id) then
        raise exception 'no such plan' using errcode = 'DV422', column = 'plan', constraint = 'not_visible';
    end if;
    if p_topic is not null and not exists (select from app.training_topic as t where t.code = p_topic) then
        raise exception 'no such topic' using errcode = 'DV422', column = 'topic', constraint = 'not_a_choice';
    end if;
end;
$$;

create function api.training_coverage(
    p_plan_id uuid, p_year integer default null, p_topic text default null, p_as_of date default null,
    p_by text default 'level', p_unit_id integer default null, p_subtree boolean default true)
    returns table (
        group_id integer, group_code text, group_name text, topic text, topic_name text,
        required bigint, held_and_valid bigint, expired bigint, never bigint, percent numeric)
    language plpgsql stable set search_path = '' rows 200
as $$
declare
    day constant date := coalesce(p_as_of, private.today());
begin
    perform private.training_asked(p_plan_id, p_topic);
    return query
    select c.* from private.training_coverage(
        p_plan_id, coalesce(p_year, extract(year from day)::integer), p_topic, day, p_by, p_unit_id, p_subtree) as c;
end;
$$;

create function api.training_due(
    p_plan_id uuid, p_year integer default null, p_topic text default null, p_as_of date default null,
    p_days integer default 90, p_unit_id integer default null, p_subtree boolean default true)
    returns table (
        staff_id uuid, staff_code text, staff_name text, unit_id integer, unit_code text, unit_name text,
        "position" text, position_name text, topic text, topic_name text, state text, valid_until date)
    language plpgsql stable set search_path = '' rows 1000
as $$
declare
    day constant date := coalesce(p_as_of, private.today());
begin
    perform private.training_asked(p_plan_id, p_topic);
    if p_days not between 0 and 3660 then
        raise exception 'days' using errcode = 'DV422', column = 'days', constraint = 'out_of_range';
    end if;
    return query
    with due as materialized (
        select r.* from private.training_due_rows(p_plan_id, coalesce(p_year, extract(year from day)::integer), p_topic,
            day, p_days, p_unit_id, p_subtree) as r)
    select s.id, s.code, s.full_name, d.unit_id, u.code, u.name, d.position_code, x.name, d.topic_code, t.name,
        case when d.valid_until is null then 'never' when d.valid_until < day then 'expired' else 'ends_soon' end, d.valid_until
    from due as d
    join app.staff as s on s.id = d.staff_id
    join app.position as x on x.code = d.position_code
    join app.training_topic as t on t.code = d.topic_code
    left join private.group_names('unit', array(select distinct r.unit_id from due as r), day) as u on u.id = d.unit_id;
end;
$$;

-- Coverage of today for reporting tools: a row per plan in force, year's topic and unit.
create view report.training_coverage with (security_invoker = true) as
select p.id as plan_id, p.number as plan_number, extract(year from private.today())::integer as year,
    c.group_id as unit_id, c.group_code as unit_code, c.group_name as unit_name, c.topic, c.topic_name,
    c.required, c.held_and_valid, c.expired, c.never, c.percent
from app.plan as p
cross join lateral private.training_coverage(
    p.id, extract(year from private.today())::integer, null, private.today(), 'unit', null, true) as c
where p.status = 'in_force';

comment on view report.training_coverage is 'Who must have a training this year and who holds it today: counts per plan in force, unit and topic.';
comment on column report.training_coverage.plan_id is 'Identifier, as over REST';
comment on column report.training_coverage.plan_number is 'Number of the plan that requires it';
comment on column report.training_coverage.year is 'The year asked about: this year';
comment on column report.training_coverage.unit_id is 'Unit that the people belong to today; joins report.units.unit_id';
comment on column report.training_coverage.unit_code is 'Its code';
comment on column report.training_coverage.unit_name is 'Its name';
comment on column report.training_coverage.topic is 'Topic as a code';
comment on column report.training_coverage.topic_name is 'Topic in Vietnamese';
comment on column report.training_coverage.required is 'People who must have it';
comment on column report.training_coverage.held_and_valid is 'Of those, who hold a certificate that is valid today';
comment on column report.training_coverage.expired is 'Of those, whose certificate has run out';
comment on column report.training_coverage.never is 'Of those, who never had one';
comment on column report.training_coverage.percent is 'held_and_valid of required, in per cent with one decimal';

create view report.courses with (security_invoker = true) as
select c.id as course_id, c.code as course_code, c.name as course_name, c.topic_code as topic, t.name as topic_name,
    c.organiser_unit_id, u.code as organiser_unit_code, c.partner, c.starts_on, c.ends_on, c.place, c.capacity, c.status
from app.course as c
join app.training_topic as t on t.code = c.topic_code
left join app.unit as u on u.id = c.organiser_unit_id;

comment on view report.courses is 'Training courses: when, where, by whom, how far.';
comment on column report.courses.course_id is 'Identifier, as over REST';
comment on column report.courses.course_code is 'Code, unique for its organiser';
comment on column report.courses.course_name is 'Name';
comment on column report.courses.topic is 'Topic as a code';
comment on column report.courses.topic_name is 'Topic in Vietnamese';
comment on column report.courses.organiser_unit_id is 'Unit that organises it; joins report.units.unit_id';
comment on column report.courses.organiser_unit_code is 'Its code';
comment on column report.courses.partner is 'With whom it is held, as written';
comment on column report.courses.starts_on is 'First day';
comment on column report.courses.ends_on is 'Last day';
comment on column report.courses.place is 'Where';
comment on column report.courses.capacity is 'Places; empty: no limit';
comment on column report.courses.status is 'planned, open, held, closed or cancelled';
