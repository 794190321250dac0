-- Reference data (levels, scopes, lines, kinds, roles of a level) is for everyone who is signed in;
-- it changes only by deploying.

set local role danvan_owner;

alter table app.level enable row level security;
alter table app.level force row level security;
create policy level_select_signed_in on app.level for select to danvan_reader
    using ((select private.my_unit()) is not null);

alter table app.scope enable row level security;
alter table app.scope force row level security;
create policy scope_select_signed_in on app.scope for select to danvan_reader
    using ((select private.my_unit()) is not null);

alter table app.line enable row level security;
alter table app.line force row level security;
create policy line_select_signed_in on app.line for select to danvan_reader
    using ((select private.my_unit()) is not null);

alter table app.unit_kind enable row level security;
alter table app.unit_kind force row level security;
create policy unit_kind_select_signed_in on app.unit_kind for select to danvan_reader
    using ((select private.my_unit()) is not null);

alter table app.level_role enable row level security;
alter table app.level_role force row level security;
create policy level_role_select_signed_in on app.level_role for select to danvan_reader
    using ((select private.my_unit()) is not null);

alter table app.level_role_kind enable row level security;
alter table app.level_role_kind force row level security;
create policy level_role_kind_select_signed_in on app.level_role_kind for select to danvan_reader
    using ((select private.my_unit()) is not null);

alter table app.document_kind enable row level security;
alter table app.document_kind force row level security;
create policy document_kind_select_signed_in on app.document_kind for select to danvan_reader
    using ((select private.my_unit()) is not null);
