-- Requests for more time: seen by whoever sees the assignment, and by who decides.

set local role danvan_owner;

alter table app.extension_request enable row level security;
alter table app.extension_request force row level security;

create policy extension_request_select_own_unit on app.extension_request for select to danvan_reader
    using (unit_id = (select private.my_unit()) or superior_unit_id = (select private.my_unit()));
create policy extension_request_select_by_assignment on app.extension_request for select to danvan_reader
    using (exists (select from app.assignment as a where a.id = assignment_id offset 0));

create policy extension_request_delete_never on app.extension_request as restrictive for delete to public using (false);
