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
            and (r.unit_id = (select private.my_unit()) or r.status in ('submitted', 'in_review', 'approved')) offset 0));

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
