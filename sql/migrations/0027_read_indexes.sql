-- Reads that count a province: what is open, and how far its work is, answered from indexes alone. What is added here to
-- indexes of app.assignment changes only where others had to follow already (a day reported, a due day, a move), so that
-- progress goes on being written beside its old row.

-- Outcomes to be done, in the order of their list: the late ones of a scope are found among these.
create index outcome_open_province_key_idx on app.outcome (province_key, coalesce(due_on, date '9999-12-31'), id) where status = 'open';
create index outcome_open_district_key_idx on app.outcome (district_key, coalesce(due_on, date '9999-12-31'), id) where status = 'open';
create index outcome_open_grassroots_key_idx on app.outcome (grassroots_key, coalesce(due_on, date '9999-12-31'), id) where status = 'open';
create index outcome_open_province_line_key_idx on app.outcome (province_line_key, coalesce(due_on, date '9999-12-31'), id) where status = 'open';
create index outcome_open_district_line_key_idx on app.outcome (district_line_key, coalesce(due_on, date '9999-12-31'), id) where status = 'open';
create index outcome_open_grassroots_line_key_idx on app.outcome (grassroots_line_key, coalesce(due_on, date '9999-12-31'), id) where status = 'open';

-- Given work that is late: whose it is stands in the index.
drop index app.assignment_given_pending_idx;
create index assignment_given_pending_idx on app.assignment (due_on) include (source_id, source) where source_id is not null and is_pending;

-- Recommendations beside their work, both in the order of the recommendation; of what has ended, by its last day.
create index assignment_inspection_idx on app.assignment (source_id) include (due_on, reported_on, moved_to_id) where source = 'inspection';
create index recommendation_given_idx on app.recommendation (id) include (lead_unit_id, given_on) where status = 'open';
create index recommendation_ended_idx on app.recommendation (coalesce(completed_on, withdrawn_on)) where status in ('completed', 'withdrawn');

-- Who was inspected, and when that began.
create index inspection_unit_subject_idx on app.inspection_unit (inspection_id) include (unit_id) where role = 'subject';
create index inspection_begun_idx on app.inspection (id) include (began_on) where began_on is not null and status <> 'cancelled';

-- How an assignment stood on a day: told by the key alone.
alter table app.assignment_state drop constraint assignment_state_pkey,
    add constraint assignment_state_pkey primary key (assignment_id, valid_from) include (status, progress);
