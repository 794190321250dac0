-- An import is the unit's that makes it; its file and rows are nobody's to read again.

set local role danvan_owner;

alter table app.import_job enable row level security;
alter table app.import_job force row level security;
create policy import_job_select_own_unit on app.import_job for select to danvan_reader
    using (unit_id = (select private.my_unit()) and ((select private.my_rank()) >= 2 or (select private.my_is_admin())));

alter table app.import_piece enable row level security;
alter table app.import_piece force row level security;

alter table app.import_error enable row level security;
alter table app.import_error force row level security;
create policy import_error_select_by_job on app.import_error for select to danvan_reader
    using (exists (select from app.import_job as j where j.id = job_id offset 0));
