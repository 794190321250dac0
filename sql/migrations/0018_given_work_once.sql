-- Work given beside the plan never is the plan's own, nor that of another giver, whatever it is called: two sources that
-- give the same unit work under one item and one name are two assignments. The plan's own have no source_id, and there
-- is one of an item, a unit and an occurrence, as before.

alter table app.assignment drop constraint assignment_once;
alter table app.assignment add constraint assignment_once
    unique nulls not distinct (plan_item_id, lead_unit_id, occurrence, source_id);

-- Given work is found by its own title, and what a unit gave is listed by its due day.
alter table app.assignment add column search text generated always as (private.search_text(title)) stored;
drop index app.assignment_given_by_unit_id_idx;
create index assignment_given_by_unit_id_idx on app.assignment (given_by_unit_id, due_on, id) where given_by_unit_id is not null;
comment on column app.assignment.search is 'The own title, folded; null where the plan item has the title';
