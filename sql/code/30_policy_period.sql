-- Who sees periods, their due days and what happened to them: whoever sees the plan.

set local role danvan_owner;

alter table app.period enable row level security;
alter table app.period force row level security;

create policy period_select_by_plan on app.period for select to danvan_reader
    using (exists (select from app.plan as p where p.id = plan_id offset 0));

alter table app.period_due enable row level security;
alter table app.period_due force row level security;

create policy period_due_select_by_period on app.period_due for select to danvan_reader
    using (exists (select from app.period as p where p.id = period_id offset 0));

alter table app.period_event enable row level security;
alter table app.period_event force row level security;

create policy period_event_select_by_period on app.period_event for select to danvan_reader
    using (exists (select from app.period as p where p.id = period_id offset 0));

-- Nobody ever rewrites what happened.
create policy period_event_update_never on app.period_event as restrictive for update to public using (false);
create policy period_event_delete_never on app.period_event as restrictive for delete to public using (false);

alter table app.period_exception enable row level security;
alter table app.period_exception force row level security;

-- An exception is known to the unit that has it, to who granted it, and to whoever sees the unit's report.
create policy period_exception_select_own_unit on app.period_exception for select to danvan_reader
    using (unit_id = (select private.my_unit()) or granted_unit_id = (select private.my_unit()));
create policy period_exception_select_by_report on app.period_exception for select to danvan_reader
    using (exists (
        select from app.report as r
        where r.period_id = period_exception.period_id and r.unit_id = period_exception.unit_id offset 0));
