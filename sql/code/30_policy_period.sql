-- Who sees periods, their due days and what happened to them: whoever sees the plan.

set local role danvan_owner;

alter table app.period enable row level security;
alter table app.period force row level security;

create policy period_select_by_plan on app.period for select to danvan_reader
    using (exists (select from app.plan as p where p.id = plan_id offset 0));

-- The leader of the plan's issuer makes periods by hand, names them, corrects their days while nothing
-- hangs on them (column grants and private.period_guard), and removes one that has not begun.
create policy period_insert_issuer on app.period for insert to danvan_writer
    with check ((select private.my_rank()) >= 3 and exists (
        select from app.plan as p
        where p.id = plan_id and p.status = 'in_force' and p.issuer_unit_id = (select private.my_unit()) offset 0));
create policy period_update_issuer on app.period for update to danvan_writer
    using ((select private.my_rank()) >= 3 and exists (
        select from app.plan as p
        where p.id = plan_id and p.status = 'in_force' and p.issuer_unit_id = (select private.my_unit()) offset 0));
create policy period_delete_issuer on app.period for delete to danvan_writer
    using (recorded_state = 'planned' and (select private.my_rank()) >= 3 and exists (
        select from app.plan as p
        where p.id = plan_id and p.status = 'in_force' and p.issuer_unit_id = (select private.my_unit()) offset 0));

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

-- Leaders grant exceptions; private.period_exception_take says which, and in whose name.
create policy period_exception_insert_leader on app.period_exception for insert to danvan_writer
    with check (granted_unit_id = (select private.my_unit()) and (select private.my_rank()) >= 3);
create policy period_exception_delete_never on app.period_exception as restrictive for delete to public using (false);
