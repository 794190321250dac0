-- Who sees and who changes plans.

set local role danvan_owner;

alter table app.plan enable row level security;
alter table app.plan force row level security;

-- I see the plans of my scope once they are in force.
create policy plan_select_scope_province on app.plan for select to danvan_province
    using (province_key = (select private.my_scope()) and status in ('in_force', 'closed'));
create policy plan_select_scope_province_line on app.plan for select to danvan_province_line
    using (province_line_key = (select private.my_scope()) and status in ('in_force', 'closed'));
create policy plan_select_scope_district on app.plan for select to danvan_district
    using (district_key = (select private.my_scope()) and status in ('in_force', 'closed'));
create policy plan_select_scope_district_line on app.plan for select to danvan_district_line
    using (district_line_key = (select private.my_scope()) and status in ('in_force', 'closed'));
create policy plan_select_scope_grassroots on app.plan for select to danvan_grassroots
    using (grassroots_key = (select private.my_scope()) and status in ('in_force', 'closed'));
create policy plan_select_scope_grassroots_line on app.plan for select to danvan_grassroots_line
    using (grassroots_line_key = (select private.my_scope()) and status in ('in_force', 'closed'));

-- A plan in force at my area or above it flows down to me.
create policy plan_select_path on app.plan for select to danvan_reader
    using (status in ('in_force', 'closed') and issuer_area_id = any ((select private.my_path())::integer[]));

-- Until it is in force a plan is its issuer's alone: officers write it, leaders issue it.
create policy plan_select_own_unit on app.plan for select to danvan_reader
    using (issuer_unit_id = (select private.my_unit()));

-- I see a plan that gives my unit something to do, wherever it comes from.
create policy plan_select_named on app.plan for select to danvan_reader
    using (status in ('in_force', 'closed') and id in (select private.my_named_plans()));

-- An officer or leader drafts the plans of their own unit. Status moves through commands only.
create policy plan_insert_own_unit on app.plan for insert to danvan_writer
    with check (
        issuer_unit_id = (select private.my_unit()) and status = 'draft' and (select private.my_rank()) >= 2);
create policy plan_update_own_draft on app.plan for update to danvan_writer
    using (issuer_unit_id = (select private.my_unit()) and status = 'draft' and (select private.my_rank()) >= 2);
create policy plan_delete_own_draft on app.plan for delete to danvan_writer
    using (issuer_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 2);

-- Nobody ever deletes a plan that left its draft.
create policy plan_delete_drafts_only on app.plan as restrictive for delete to danvan_writer
    using (status = 'draft');
