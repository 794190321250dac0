-- Who sees reorganisations: what is decided, everybody; what is being prepared, the administrators of the
-- territory it is prepared in.

set local role danvan_owner;

alter table app.reorganisation enable row level security;
alter table app.reorganisation force row level security;

create policy reorganisation_select_decided on app.reorganisation for select to danvan_reader
    using (status in ('scheduled', 'carried_out') and (select private.my_unit()) is not null);
create policy reorganisation_select_admin on app.reorganisation for select to danvan_reader
    using ((select private.my_is_admin()) and private.in_my_scope(
        province_key, district_key, grassroots_key, province_line_key, district_line_key, grassroots_line_key));

alter table app.reorganisation_step enable row level security;
alter table app.reorganisation_step force row level security;
create policy reorganisation_step_select_by_reorganisation on app.reorganisation_step for select to danvan_reader
    using (exists (select from app.reorganisation as r where r.id = reorganisation_id offset 0));

alter table app.reorganisation_part enable row level security;
alter table app.reorganisation_part force row level security;
create policy reorganisation_part_select_by_step on app.reorganisation_part for select to danvan_reader
    using (exists (select from app.reorganisation_step as s where s.id = step_id offset 0));

alter table app.reorganisation_function_item enable row level security;
alter table app.reorganisation_function_item force row level security;
create policy reorganisation_function_item_select_by_step on app.reorganisation_function_item for select to danvan_reader
    using (exists (select from app.reorganisation_step as s where s.id = step_id offset 0));

-- The territory's past is as public as the territory; a unit's is seen by whoever sees the unit.
alter table app.area_link enable row level security;
alter table app.area_link force row level security;
create policy area_link_select_signed_in on app.area_link for select to danvan_reader
    using ((select private.my_unit()) is not null);

alter table app.unit_link enable row level security;
alter table app.unit_link force row level security;
create policy unit_link_select_by_unit on app.unit_link for select to danvan_reader
    using (exists (select from app.unit as u where u.id in (predecessor_id, successor_id) offset 0));
