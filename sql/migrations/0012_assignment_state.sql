-- How each assignment stood on a past day: the day it was given, and a row for each day on which its status or
-- progress became another. Of what was never touched there is no row: not started since it was given.

alter table app.assignment add column given_on date;
comment on column app.assignment.given_on is 'The day its plan bears, or on which a reorganisation made it; before, it did not exist';

create table app.assignment_state (
    assignment_id uuid not null references app.assignment on delete cascade,
    valid_from date not null,
    status text not null constraint assignment_state_status_choice
        check (status in ('not_started', 'in_progress', 'reported', 'completed', 'cancelled', 'moved')),
    progress smallint not null constraint assignment_state_progress_range check (progress between 0 and 100),
    -- the assignment's own scope keys, which follow it
    province_key integer,
    district_key integer,
    grassroots_key integer,
    line_id smallint not null,
    province_line_key integer generated always as (province_key * 100 + line_id) stored,
    district_line_key integer generated always as (district_key * 100 + line_id) stored,
    grassroots_line_key integer generated always as (grassroots_key * 100 + line_id) stored,
    primary key (assignment_id, valid_from)
);
comment on table app.assignment_state is 'From this day on, until the next row''s: status and progress of an assignment; kept by triggers';
alter table app.assignment_state enable row level security, force row level security;

alter table app.extension_request add column decided_on date;
comment on column app.extension_request.decided_on is 'The day of the decision: what was granted counts from it; until then the due day was due_on';

-- What is known of the time before: entries, and the days that assignments bear. Said later counts from its
-- own day on, as it does ever after (private.assignment_state_say).
reset role;
set local session_replication_role = replica;

-- A demonstration's clock stands still: of what happened in it, only the days it was told for are true.
create temp table moved_on on commit drop as
select a.id, a.moved_to_id, coalesce(
    (select max(v.valid_to) from app.unit_version as v where v.unit_id = a.lead_unit_id),
    (a.updated_at at time zone 'Asia/Ho_Chi_Minh')::date) as day
from app.assignment as a
where a.status = 'moved';
-- Made by a move: not written when its plan was issued (in a demonstration all is written at once: then, of
-- a unit that did not stand before). One that was joined had been given before.
update app.assignment as a
set given_on = made.day
from app.plan as p, (select m.moved_to_id, min(m.day) as day from moved_on as m group by m.moved_to_id) as made
where p.id = a.plan_id and made.moved_to_id = a.id
    and (a.created_at is distinct from p.issued_at
        or not exists (select from app.unit_version as v where v.unit_id = a.lead_unit_id and v.valid_from < made.day));
update app.assignment as a
set given_on = coalesce(least(p.signed_on, (p.issued_at at time zone 'Asia/Ho_Chi_Minh')::date),
    least(a.starts_on, (a.created_at at time zone 'Asia/Ho_Chi_Minh')::date))
from app.plan as p
where p.id = a.plan_id and a.given_on is null;

update app.extension_request as r set decided_on = (r.decided_at at time zone 'Asia/Ho_Chi_Minh')::date where r.decided_at is not null;

insert into app.assignment_state (assignment_id, valid_from, status, progress, province_key, district_key, grassroots_key, line_id)
select a.id, s.day, s.status, s.progress, a.province_key, a.district_key, a.grassroots_key, a.line_id
from app.assignment as a
join lateral (
    select e.recorded_on as day, case e.status when 'reopened' then 'in_progress' else e.status end as status, e.progress
    from app.progress_entry as e
    where e.assignment_id = a.id and e.part = 'lead'
        and not exists (
            select from app.progress_entry as later
            where later.assignment_id = a.id and later.part = 'lead' and later.recorded_on <= e.recorded_on
                and (later.created_at, later.id) > (e.created_at, e.id))
    union all
    select x.day, x.status, 100
    from (values (a.reported_on, 'reported'), (a.completed_on, 'completed')) as x (day, status)
    where x.day is not null and (x.status = 'completed' or a.completed_on is distinct from x.day)
        and not exists (select from app.progress_entry as e where e.assignment_id = a.id and e.part = 'lead')
    ) as s on true;
-- a row that repeats what stood already (a note to what was reported) says nothing
delete from app.assignment_state as s
using (
    select x.assignment_id, x.valid_from, x.status = lag(x.status) over w and x.progress = lag(x.progress) over w as repeats
    from app.assignment_state as x
    window w as (partition by x.assignment_id order by x.valid_from)) as r
where r.repeats and s.assignment_id = r.assignment_id and s.valid_from = r.valid_from;
-- what no entry and no day tells
insert into app.assignment_state as t (assignment_id, valid_from, status, progress, province_key, district_key, grassroots_key, line_id)
select a.id,
    greatest(last.valid_from, coalesce(m.day, case a.status when 'completed' then a.completed_on when 'reported' then a.reported_on
        when 'cancelled' then (a.updated_at at time zone 'Asia/Ho_Chi_Minh')::date end, a.given_on)),
    a.status, a.progress, a.province_key, a.district_key, a.grassroots_key, a.line_id
from app.assignment as a
left join moved_on as m on m.id = a.id
left join lateral (
    select s.valid_from, s.status, s.progress from app.assignment_state as s
    where s.assignment_id = a.id order by s.valid_from desc limit 1) as last on true
where (a.status, a.progress) is distinct from (coalesce(last.status, 'not_started'), coalesce(last.progress, 0))
on conflict (assignment_id, valid_from) do update set status = excluded.status, progress = excluded.progress;

reset session_replication_role;
set local role danvan_owner;
alter table app.assignment alter column given_on set not null;
