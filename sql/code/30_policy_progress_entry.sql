-- What units said of their work.

set local role danvan_owner;

alter table app.progress_entry enable row level security;
alter table app.progress_entry force row level security;

-- An entry is seen by whoever sees its assignment.
create policy progress_entry_select_by_assignment on app.progress_entry for select to danvan_reader
    using (exists (select from app.assignment as a where a.id = assignment_id offset 0));

-- An officer or leader speaks for their own unit, in their own name, about the part it has.
create policy progress_entry_insert_own_unit on app.progress_entry for insert to danvan_writer
    with check (
        (select private.my_rank()) >= 2
        and unit_id = (select private.my_unit())
        and recorded_by = (select private.my_user())
        and case
            when part = 'lead' then exists (
                select from app.assignment as a
                where a.id = assignment_id and a.lead_unit_id = (select private.my_unit()))
            else exists (
                select from app.assignment_part as p
                where p.assignment_id = progress_entry.assignment_id
                    and p.unit_id = (select private.my_unit())
                    and p.role = progress_entry.part)
        end);

-- Nobody ever rewrites what was said.
create policy progress_entry_update_never on app.progress_entry as restrictive for update to public using (false);
create policy progress_entry_delete_never on app.progress_entry as restrictive for delete to public using (false);
