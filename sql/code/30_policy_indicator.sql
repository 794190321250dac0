-- Who sees indicators, targets, values and ratings.

set local role danvan_owner;

alter table app.indicator enable row level security;
alter table app.indicator force row level security;

-- What a plan measures is seen by whoever sees the plan.
create policy indicator_select_by_plan on app.indicator for select to danvan_reader
    using (exists (select from app.plan as p where p.id = plan_id offset 0));

alter table app.indicator_ask enable row level security;
alter table app.indicator_ask force row level security;

create policy indicator_ask_select_by_indicator on app.indicator_ask for select to danvan_reader
    using (exists (select from app.indicator as i where i.id = indicator_id offset 0));

alter table app.indicator_item enable row level security;
alter table app.indicator_item force row level security;

create policy indicator_item_select_by_indicator on app.indicator_item for select to danvan_reader
    using (exists (select from app.indicator as i where i.id = indicator_id offset 0));

alter table app.target enable row level security;
alter table app.target force row level security;

create policy target_select_by_indicator on app.target for select to danvan_reader
    using (exists (select from app.indicator as i where i.id = indicator_id offset 0));

alter table app.indicator_value enable row level security;
alter table app.indicator_value force row level security;

-- I see my own unit's values, and those of my scope once approved; while a report is with its superior,
-- whoever sees the report.
create policy indicator_value_select_scope_province on app.indicator_value for select to danvan_province
    using (province_key = (select private.my_scope()) and is_approved);
create policy indicator_value_select_scope_province_line on app.indicator_value for select to danvan_province_line
    using (province_line_key = (select private.my_scope()) and is_approved);
create policy indicator_value_select_scope_district on app.indicator_value for select to danvan_district
    using (district_key = (select private.my_scope()) and is_approved);
create policy indicator_value_select_scope_district_line on app.indicator_value for select to danvan_district_line
    using (district_line_key = (select private.my_scope()) and is_approved);
create policy indicator_value_select_scope_grassroots on app.indicator_value for select to danvan_grassroots
    using (grassroots_key = (select private.my_scope()) and is_approved);
create policy indicator_value_select_scope_grassroots_line on app.indicator_value for select to danvan_grassroots_line
    using (grassroots_line_key = (select private.my_scope()) and is_approved);
create policy indicator_value_select_by_report on app.indicator_value for select to danvan_reader
    using (exists (
        select from app.report as r
        where r.id = report_id
            and (r.unit_id = (select private.my_unit()) or r.status in ('submitted', 'in_review', 'approved')
                or private.is_moved_to_mine(r.status, r.moved_to_id)) offset 0));

alter table app.rating enable row level security;
alter table app.rating force row level security;

-- I see the ratings of the organisations of my scope, my own unit's, and those my unit gave.
create policy rating_select_scope_province on app.rating for select to danvan_province
    using (province_key = (select private.my_scope()));
create policy rating_select_scope_province_line on app.rating for select to danvan_province_line
    using (province_line_key = (select private.my_scope()));
create policy rating_select_scope_district on app.rating for select to danvan_district
    using (district_key = (select private.my_scope()));
create policy rating_select_scope_district_line on app.rating for select to danvan_district_line
    using (district_line_key = (select private.my_scope()));
create policy rating_select_scope_grassroots on app.rating for select to danvan_grassroots
    using (grassroots_key = (select private.my_scope()));
create policy rating_select_scope_grassroots_line on app.rating for select to danvan_grassroots_line
    using (grassroots_line_key = (select private.my_scope()));
create policy rating_select_own_unit on app.rating for select to danvan_reader
    using (unit_id = (select private.my_unit()) or rated_by_unit_id = (select private.my_unit()));

-- Writing ----------------------------------------------------------------------------------------------

-- Is this the indicator of a plan that my unit issued, or drafts, and that is not over?
create function private.is_my_indicator(p_indicator_id uuid) returns boolean
    language sql stable
    return exists (
        select from app.indicator as i join app.plan as p on p.id = i.plan_id
        where i.id = p_indicator_id and p.issuer_unit_id = private.my_unit() and p.status <> 'closed');

-- An officer or leader of the issuer says what the plan measures, in a draft and in force.
create policy indicator_insert_issuer on app.indicator for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and exists (
        select from app.plan as p
        where p.id = plan_id and p.status <> 'closed' and p.issuer_unit_id = (select private.my_unit())));
create policy indicator_update_issuer on app.indicator for update to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_indicator(id));
create policy indicator_delete_issuer on app.indicator for delete to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_indicator(id));

create policy indicator_ask_insert_issuer on app.indicator_ask for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and private.is_my_indicator(indicator_id));
create policy indicator_ask_delete_issuer on app.indicator_ask for delete to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_indicator(indicator_id));

create policy indicator_item_insert_issuer on app.indicator_item for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and private.is_my_indicator(indicator_id));
create policy indicator_item_delete_issuer on app.indicator_item for delete to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_indicator(indicator_id));

create policy target_insert_issuer on app.target for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and private.is_my_indicator(indicator_id));
create policy target_update_issuer on app.target for update to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_indicator(indicator_id));
create policy target_delete_issuer on app.target for delete to danvan_writer
    using ((select private.my_rank()) >= 2 and private.is_my_indicator(indicator_id));

-- A unit writes its own part of its own values while the report may be written. As with lines, the report
-- is locked before the row is: a command that fills in values does so in that order.
create policy indicator_value_update_own_unit on app.indicator_value for update to danvan_writer
    using ((select private.my_rank()) >= 2 and unit_id = (select private.my_unit()) and private.report_is_held(report_id))
    with check (true);

-- An organisation is rated by its superior on its line, or by the mobilization board of a level above.
create policy rating_insert_superior on app.rating for insert to danvan_writer
    with check ((select private.my_rank()) >= 2 and private.may_rate(unit_id)
        and rated_by_unit_id = (select private.my_unit()));
create policy rating_update_superior on app.rating for update to danvan_writer
    using ((select private.my_rank()) >= 2 and private.may_rate(unit_id));
create policy rating_delete_superior on app.rating for delete to danvan_writer
    using ((select private.my_rank()) >= 2 and private.may_rate(unit_id));
