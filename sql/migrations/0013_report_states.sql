-- What each report was at the end of each day on which that changed: what a report said is kept in its
-- versions, but that it was drafted, reopened, moved or given more time was only ever known of now.

create table app.report_state (
    report_id uuid not null references app.report on delete cascade,
    day date not null,
    status text not null,
    version_number smallint,
    superior_unit_id integer references app.unit,
    due_on date not null,
    submission_count smallint not null,
    first_submitted_on date,
    submitted_on date,
    decided_on date,
    reopened_until date,
    primary key (report_id, day)
);
create index report_state_superior_unit_id_idx on app.report_state (superior_unit_id);
comment on table app.report_state is 'One row per report and day on which its state changed: how it stood at the end of that day and until the next row. A submission taken back was none and leaves no trace here';
comment on column app.report_state.version_number is 'The version of app.report_version that stood: sent in, returned or approved last; null: none yet';
