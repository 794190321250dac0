-- An import is the unit's that makes it; its file and rows are nobody's to read again.

set local role danvan_owner;

alter table app.import_job enable row level security;
alter table app.import_job force row level security;
create policy import_job_select_own_unit on app.import_job for select to danvan_reader
    using (unit_id = (select private.my_unit()) and ((select private.my_rank()) >= 2 or (select private.my_is_admin())));
-- In one's own name alone: it will be run with the rights of who made it.
create policy import_job_insert_own on app.import_job for insert to danvan_writer
    with check (
        unit_id = (select private.my_unit())
        and created_by = (select private.my_user())
        and membership_id = (select private.my_membership())
        and ((select private.my_rank()) >= 2 or (select private.my_is_admin())));

alter table app.import_piece enable row level security;
alter table app.import_piece force row level security;
-- The file comes with its job, in the same transaction, and never later. Nobody may select it.
create policy import_piece_insert_with_job on app.import_piece for insert to danvan_writer
    with check (exists (
        select from app.import_job as j
        where j.id = job_id and j.created_by = (select private.my_user()) and j.created_at = now() offset 0));

alter table app.import_error enable row level security;
alter table app.import_error force row level security;
create policy import_error_select_by_job on app.import_error for select to danvan_reader
    using (exists (select from app.import_job as j where j.id = job_id offset 0));
