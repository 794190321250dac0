-- How often a task of a meeting stood on the agenda of a later one, kept beside it so that lists are sorted by it; and which
-- headings of a report tell of the situation, so that a meeting's packet quotes these and no others.

alter table app.outcome add column carry_over_count smallint not null default 0
    constraint outcome_carry_over_count_range check (carry_over_count >= 0);
comment on column app.outcome.carry_over_count is 'Later meetings, cancelled ones aside, on whose agenda it stands; kept by triggers';
create index outcome_due_on_idx on app.outcome (due_on) where status = 'open';

alter table app.report_outline_section add column is_situation boolean not null default false;
comment on column app.report_outline_section.is_situation is 'Tells of the situation: quoted in the packet of a meeting';

-- Which given work is late is asked without regard to scope: few rows, by their day.
create index assignment_given_pending_idx on app.assignment (due_on) where source_id is not null and is_pending;
