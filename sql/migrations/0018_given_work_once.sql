-- Work given beside the plan never is the plan's own, nor that of another giver, whatever it is called: two sources that
-- give the same unit work under one item and one name are two assignments. The plan's own have no source_id, and there
-- is one of an item, a unit and an occurrence, as before.

alter table app.assignment drop constraint assignment_once;
alter table app.assignment add constraint assignment_once
    unique nulls not distinct (plan_item_id, lead_unit_id, occurrence, source_id);
