-- The territory is a public directory: everyone who is signed in sees every area, then and now. It
-- changes only by deploying.

set local role danvan_owner;

alter table app.area enable row level security;
alter table app.area force row level security;
create policy area_select_signed_in on app.area for select to danvan_reader
    using ((select private.my_unit()) is not null);

alter table app.area_version enable row level security;
alter table app.area_version force row level security;
create policy area_version_select_signed_in on app.area_version for select to danvan_reader
    using ((select private.my_unit()) is not null);
