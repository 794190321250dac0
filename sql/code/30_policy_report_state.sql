-- Who sees what a report was on a day: whoever sees the report. Triggers alone write it.

set local role danvan_owner;

alter table app.report_state enable row level security;
alter table app.report_state force row level security;

create policy report_state_select_by_report on app.report_state for select to danvan_reader
    using (exists (select from app.report as r where r.id = report_id offset 0));
