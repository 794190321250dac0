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
