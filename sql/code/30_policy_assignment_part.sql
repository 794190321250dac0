-- The other units that an assignment names, and the state of their parts.

set local role danvan_owner;

alter table app.assignment_part enable row level security;
alter table app.assignment_part force row level security;

-- I see my own unit's parts.
create policy assignment_part_select_own_unit on app.assignment_part for select to danvan_reader
    using (unit_id = (select private.my_unit()));

-- I see every part of the assignments I see.
create policy assignment_part_select_by_assignment on app.assignment_part for select to danvan_reader
    using (exists (select from app.assignment as a where a.id = assignment_id offset 0));

-- Officers and leaders move their own unit's part on, and never the lead's or another's.
create policy assignment_part_update_own_unit on app.assignment_part for update to danvan_writer
    using (unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2);
create policy assignment_part_delete_never on app.assignment_part as restrictive for delete to danvan_writer
    using (false);
