-- Tables brought in from CSV and XLSX files: the file, the job that checks and applies it, and every fault
-- found, by cell.

create table app.import_job (
    id uuid primary key default private.new_id(),
    kind text not null constraint import_job_kind_choice check (kind in
        ('units', 'staff', 'appointments', 'courses', 'training_records', 'attendance', 'ratings', 'indicator_values')),
    unit_id integer not null references app.unit,
    created_by uuid not null references app.user_account,
    membership_id uuid not null references app.membership on delete cascade,
    file_name text not null constraint import_job_file_name_len check (char_length(file_name) between 1 and 200),
    format text not null constraint import_job_format_choice check (format in ('csv', 'xlsx')),
    size integer not null constraint import_job_size_range check (size between 1 and 52428800),
    sha256 bytea not null constraint import_job_sha256_len check (octet_length(sha256) = 32),
    is_dry_run boolean not null default true,
    converts_legacy boolean not null default false,
    -- what the rows belong to where the file does not say (a course, a plan's period): {"course_id": …}
    options jsonb not null default '{}',
    status text not null default 'queued' constraint import_job_status_choice
        check (status in ('queued', 'running', 'checked', 'applied', 'refused', 'failed', 'cancelled')),
    stage text constraint import_job_stage_choice check (stage in ('reading', 'checking', 'applying')),
    row_count integer,
    done_count integer not null default 0,
    -- how often it was begun: a runner that died leaves it to the next one, three times at most
    try_count integer not null default 0,
    -- where each column of the kind stands in the sheet: {"unit_code": "A"}
    columns jsonb not null default '{}',
    created_count integer,
    updated_count integer,
    unchanged_count integer,
    error_count integer not null default 0,
    -- why the file as a whole was refused: a word of the errors list, with what it is about
    problem text,
    problem_detail text,
    started_at timestamptz,
    finished_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1
);
create index import_job_unit_id_idx on app.import_job (unit_id, created_at);
create index import_job_created_by_idx on app.import_job (created_by);
create index import_job_membership_id_idx on app.import_job (membership_id);
create index import_job_queue_idx on app.import_job (created_at) where status in ('queued', 'running');
comment on column app.import_job.status is 'checked: a dry run without a fault; refused: faults found, nothing written; failed: could not be run';

create table app.import_piece (
    job_id uuid not null references app.import_job on delete cascade,
    number integer not null,
    bytes bytea not null,
    primary key (job_id, number)
);

-- The rows as read, cells as text under the kind's column names, for as long as the job runs. Unlogged:
-- a job that a crash cut short begins anew, and these rows with it.
create unlogged table private.import_row (
    job_id uuid not null,
    number integer not null,
    cells text[] not null
);
create index import_row_job_id_idx on private.import_row (job_id, number);
comment on column private.import_row.number is 'Row in the sheet, the header being 1';
comment on column private.import_row.cells is 'In the order of the columns of the kind, whatever their order in the file; null where empty';

create table app.import_error (
    id bigint generated always as identity primary key,
    job_id uuid not null references app.import_job on delete cascade,
    row_number integer,
    column_name text,
    cell text,
    word text not null,
    value text constraint import_error_value_len check (char_length(value) <= 200)
);
create index import_error_job_id_idx on app.import_error (job_id, row_number, id);
comment on column app.import_error.cell is 'Address as a spreadsheet writes it, e.g. C17';
comment on column app.import_error.word is 'What is wrong, one word of the list of errors';
