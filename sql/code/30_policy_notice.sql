-- Notices are the unit's own; what was read is the reader's own.

set local role danvan_owner;

alter table app.notice enable row level security;
alter table app.notice force row level security;

create policy notice_select_own_unit on app.notice for select to danvan_reader
    using (unit_id = (select private.my_unit()));

alter table app.notice_reading enable row level security;
alter table app.notice_reading force row level security;

create policy notice_reading_select_self on app.notice_reading for select to danvan_reader
    using (user_id = (select private.my_user()));
