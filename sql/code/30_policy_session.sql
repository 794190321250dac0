-- I see my own sessions; they begin and end through functions only.

set local role danvan_owner;

alter table app.session enable row level security;
alter table app.session force row level security;

create policy session_select_self on app.session for select to danvan_reader
    using (user_id = (select private.my_user()));
