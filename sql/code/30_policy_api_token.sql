-- I see my own API tokens.

set local role danvan_owner;

alter table app.api_token enable row level security;
alter table app.api_token force row level security;

create policy api_token_select_self on app.api_token for select to danvan_reader
    using (user_id = (select private.my_user()));

-- I make one for myself, acting as I act now, and only when signed in myself: a token makes no
-- tokens. It is revoked through a function.
create policy api_token_insert_self on app.api_token for insert to danvan_writer
    with check (
        user_id = (select private.my_user())
        and membership_id = (select private.my_membership())
        and (select private.my_token_kind()) = 'session');
