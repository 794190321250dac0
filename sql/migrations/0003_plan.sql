-- Documents, plans, what they ask of whom, and the assignments that issuing a plan makes.

create table app.document_kind (
    code text primary key constraint document_kind_code_format check (code ~ '^[a-z_]{1,40}$'),
    name text not null,
    abbreviation text
);

create table app.document (
    id uuid primary key default private.new_id(),
    symbol text constraint document_symbol_len check (char_length(symbol) between 1 and 60),
    kind text not null references app.document_kind,
    issuer text not null constraint document_issuer_len check (char_length(issuer) between 1 and 200),
    issued_on date,
    subject text not null constraint document_subject_len check (char_length(subject) between 1 and 1000),
    as_written text constraint document_as_written_len check (char_length(as_written) <= 2000),
    is_doubtful boolean not null default false,
    doubt text constraint document_doubt_len check (char_length(doubt) <= 1000),
    status text not null default 'draft' constraint document_status_choice check (status in ('draft', 'published')),
    owner_unit_id integer not null references app.unit,
    owner_area_id integer not null references app.area,
    province_key integer,
    district_key integer,
    grassroots_key integer,
    province_line_key integer,
    district_line_key integer,
    grassroots_line_key integer,
    search text generated always as
        (private.search_text(coalesce(symbol, '') || ' ' || subject || ' ' || issuer)) stored,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    -- a symbol alone is no key (25-NQ/TW names two resolutions); composed with the owner, so that a
    -- refusal tells nothing about another unit's drafts
    constraint document_identity unique nulls not distinct (owner_unit_id, symbol, issuer, issued_on, subject),
    constraint document_doubt_told check (not is_doubtful or doubt is not null)
);
create index document_kind_idx on app.document (kind);
create index document_owner_unit_id_idx on app.document (owner_unit_id);
create index document_owner_area_id_idx on app.document (owner_area_id);
create index document_province_key_idx on app.document (province_key, id);
create index document_district_key_idx on app.document (district_key, id);
create index document_grassroots_key_idx on app.document (grassroots_key, id);

create table app.document_relation (
    id uuid primary key default private.new_id(),
    from_id uuid not null references app.document on delete cascade,
    to_id uuid not null references app.document,
    kind text not null
        constraint document_relation_kind_choice check (kind in ('replaces', 'based_on', 'carries_out', 'continues', 'cites')),
    note text constraint document_relation_note_len check (char_length(note) <= 500),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint document_relation_not_self check (from_id <> to_id),
    constraint document_relation_once unique (from_id, to_id, kind)
);
create index document_relation_to_id_idx on app.document_relation (to_id);

create table app.plan (
    id uuid primary key default private.new_id(),
    number text not null constraint plan_number_len check (char_length(number) between 1 and 60),
    title text not null constraint plan_title_len check (char_length(title) between 1 and 500),
    document_id uuid references app.document,
    issuer_unit_id integer not null references app.unit,
    issuer_area_id integer not null references app.area,
    parent_plan_id uuid references app.plan,
    signed_on date,
    signer text constraint plan_signer_len check (char_length(signer) <= 120),
    period_from date not null,
    period_to date not null,
    status text not null default 'draft'
        constraint plan_status_choice check (status in ('draft', 'submitted', 'in_force', 'closed')),
    issued_at timestamptz,
    issued_by uuid references app.user_account,
    province_key integer,
    district_key integer,
    grassroots_key integer,
    province_line_key integer,
    district_line_key integer,
    grassroots_line_key integer,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint plan_period check (period_to >= period_from),
    constraint plan_number_once unique (issuer_unit_id, number, period_from)
);
create index plan_document_id_idx on app.plan (document_id);
create index plan_issuer_area_id_idx on app.plan (issuer_area_id);
create index plan_parent_plan_id_idx on app.plan (parent_plan_id);
create index plan_issued_by_idx on app.plan (issued_by);
create index plan_province_key_idx on app.plan (province_key, id);
create index plan_district_key_idx on app.plan (district_key, id);
create index plan_grassroots_key_idx on app.plan (grassroots_key, id);
create index plan_province_line_key_idx on app.plan (province_line_key, id);
create index plan_district_line_key_idx on app.plan (district_line_key, id);
create index plan_grassroots_line_key_idx on app.plan (grassroots_line_key, id);

-- The plan's text as an ordered outline. A block (khối phân công) holds the responsibilities that
-- its tasks share; a task may add its own.
create table app.plan_item (
    id uuid primary key default private.new_id(),
    plan_id uuid not null references app.plan on delete cascade,
    parent_id uuid references app.plan_item,
    block_id uuid references app.plan_item,
    kind text not null constraint plan_item_kind_choice
        check (kind in ('part', 'section', 'task', 'target', 'rule', 'block')),
    code text not null constraint plan_item_code_format check (code ~ '^[A-Za-z0-9._-]{1,30}$'),
    outline text not null constraint plan_item_outline_len check (char_length(outline) <= 40),
    position integer not null constraint plan_item_position_range check (position > 0),
    title text not null constraint plan_item_title_len check (char_length(title) between 1 and 500),
    text text constraint plan_item_text_len check (char_length(text) <= 8000),
    deliverable text constraint plan_item_deliverable_len check (char_length(deliverable) <= 500),
    source_document_id uuid references app.document,
    source_clause text constraint plan_item_source_clause_len check (char_length(source_clause) <= 200),
    carries_out_id uuid references app.plan_item,
    search text generated always as
        (private.search_text(code || ' ' || outline || ' ' || title || ' ' || coalesce(text, ''))) stored,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint plan_item_code_once unique (plan_id, code),
    constraint plan_item_position_once unique (plan_id, position) deferrable initially immediate
);
create index plan_item_parent_id_idx on app.plan_item (parent_id);
create index plan_item_block_id_idx on app.plan_item (block_id);
create index plan_item_source_document_id_idx on app.plan_item (source_document_id);
create index plan_item_carries_out_id_idx on app.plan_item (carries_out_id);

-- Documents a plan item cites (the inspection standards, for one).
create table app.plan_item_document (
    plan_item_id uuid not null references app.plan_item on delete cascade,
    document_id uuid not null references app.document,
    primary key (plan_item_id, document_id)
);
create index plan_item_document_document_id_idx on app.plan_item_document (document_id);

-- Who answers for an item: one unit, or a role of a level. Named for one level or for all.
create table app.responsibility (
    id uuid primary key default private.new_id(),
    plan_item_id uuid not null references app.plan_item on delete cascade,
    role text not null constraint responsibility_role_choice
        check (role in ('lead', 'advising_office', 'coordinating', 'doer')),
    level_id smallint references app.level,
    unit_id integer references app.unit,
    holder_role text references app.level_role,
    holder_level_id smallint references app.level,
    as_written text constraint responsibility_as_written_len check (char_length(as_written) <= 500),
    note text constraint responsibility_note_len check (char_length(note) <= 500),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint responsibility_one_holder check (num_nonnulls(unit_id, holder_role) = 1)
);
create index responsibility_plan_item_id_idx on app.responsibility (plan_item_id);
create index responsibility_level_id_idx on app.responsibility (level_id);
create index responsibility_unit_id_idx on app.responsibility (unit_id);
create index responsibility_holder_role_idx on app.responsibility (holder_role);
create index responsibility_holder_level_id_idx on app.responsibility (holder_level_id);
comment on column app.responsibility.level_id is 'The level whose assignments this is for; null: every level the item is scheduled at';
comment on column app.responsibility.holder_level_id is 'With holder_role: the level whose units hold the role; null: the units standing at the lead''s own area';

-- When an item is due at a level: once, or each year of the plan. Several rows make several
-- occurrences (three review meetings a year; the phases of a scheme, with gaps).
create table app.schedule (
    id uuid primary key default private.new_id(),
    plan_item_id uuid not null references app.plan_item on delete cascade,
    level_id smallint not null references app.level,
    recurrence text not null constraint schedule_recurrence_choice check (recurrence in ('once', 'yearly')),
    label text not null constraint schedule_label_len check (char_length(label) between 1 and 80),
    starts_on date not null,
    due_on date not null,
    until_year integer,
    is_inferred boolean not null default false,
    note text constraint schedule_note_len check (char_length(note) <= 500),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint schedule_dates check (due_on >= starts_on),
    constraint schedule_until_year_range check (
        (recurrence = 'once' and until_year is null)
        or (recurrence = 'yearly' and until_year between extract(year from due_on) and extract(year from due_on) + 20)),
    constraint schedule_once unique (plan_item_id, level_id, label)
);
create index schedule_level_id_idx on app.schedule (level_id);
comment on column app.schedule.due_on is 'Due day of the first occurrence; a yearly schedule moves starts_on and due_on by whole years up to until_year';
comment on column app.schedule.is_inferred is 'True where the plan names no date and this one is a reading (docs tell which)';

-- One per task × responsible unit × occurrence, with exactly one lead. original_due_on never changes.
create table app.assignment (
    id uuid primary key default private.new_id(),
    plan_id uuid not null references app.plan,
    plan_item_id uuid not null references app.plan_item,
    source text not null default 'plan' constraint assignment_source_choice check (source in ('plan', 'meeting')),
    lead_unit_id integer not null references app.unit,
    level_id smallint not null references app.level,
    occurrence text not null constraint assignment_occurrence_len check (char_length(occurrence) between 1 and 100),
    starts_on date not null,
    due_on date not null,
    original_due_on date not null,
    due_year smallint not null generated always as (extract(year from due_on)::smallint) stored,
    status text not null default 'not_started' constraint assignment_status_choice
        check (status in ('not_started', 'in_progress', 'reported', 'completed', 'cancelled')),
    is_pending boolean not null generated always as (status in ('not_started', 'in_progress')) stored,
    progress smallint not null default 0 constraint assignment_progress_range check (progress between 0 and 100),
    reported_on date,
    completed_on date,
    confirmed_by uuid references app.user_account,
    province_key integer,
    district_key integer,
    grassroots_key integer,
    line_id smallint not null references app.line,
    province_line_key integer generated always as (province_key * 100 + line_id) stored,
    district_line_key integer generated always as (district_key * 100 + line_id) stored,
    grassroots_line_key integer generated always as (grassroots_key * 100 + line_id) stored,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint assignment_once unique (plan_item_id, lead_unit_id, occurrence)
) with (fillfactor = 85);
create index assignment_plan_id_idx on app.assignment (plan_id);
create index assignment_lead_unit_id_idx on app.assignment (lead_unit_id, due_on, id);
create index assignment_level_id_idx on app.assignment (level_id);
create index assignment_line_id_idx on app.assignment (line_id);
create index assignment_confirmed_by_idx on app.assignment (confirmed_by) where confirmed_by is not null;
create index assignment_province_key_idx on app.assignment (province_key, due_on, id);
create index assignment_district_key_idx on app.assignment (district_key, due_on, id);
create index assignment_grassroots_key_idx on app.assignment (grassroots_key, due_on, id);
create index assignment_province_line_key_idx on app.assignment (province_line_key, due_on, id);
create index assignment_district_line_key_idx on app.assignment (district_line_key, due_on, id);
create index assignment_grassroots_line_key_idx on app.assignment (grassroots_line_key, due_on, id);
-- What is still to be done, a small part of all: lists of the overdue walk these, and counting them
-- needs nothing but the index (id is in it because a row policy asks for it).
create index assignment_pending_province_key_idx on app.assignment (province_key, due_on, id) where is_pending;
create index assignment_pending_district_key_idx on app.assignment (district_key, due_on, id) where is_pending;
create index assignment_pending_grassroots_key_idx on app.assignment (grassroots_key, due_on, id) where is_pending;
create index assignment_pending_province_line_key_idx on app.assignment (province_line_key, due_on, id) where is_pending;
create index assignment_pending_district_line_key_idx on app.assignment (district_line_key, due_on, id) where is_pending;
create index assignment_pending_grassroots_line_key_idx on app.assignment (grassroots_line_key, due_on, id) where is_pending;

-- The other units an assignment names, each with a status of its own; the lead is never a row here.
create table app.assignment_part (
    id uuid primary key default private.new_id(),
    assignment_id uuid not null references app.assignment on delete cascade,
    unit_id integer not null references app.unit,
    role text not null constraint assignment_part_role_choice check (role in ('advising_office', 'coordinating')),
    status text not null default 'not_started' constraint assignment_part_status_choice
        check (status in ('not_started', 'in_progress', 'completed')),
    progress smallint not null default 0 constraint assignment_part_progress_range check (progress between 0 and 100),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint assignment_part_once unique (assignment_id, unit_id)
);
create index assignment_part_unit_id_idx on app.assignment_part (unit_id, assignment_id);

-- What a unit says of its work, one row each time; never changed.
create table app.progress_entry (
    id uuid primary key default private.new_id(),
    assignment_id uuid not null references app.assignment on delete cascade,
    unit_id integer not null references app.unit,
    part text not null constraint progress_entry_part_choice check (part in ('lead', 'advising_office', 'coordinating')),
    status text not null constraint progress_entry_status_choice
        check (status in ('not_started', 'in_progress', 'reported', 'completed', 'reopened')),
    progress smallint not null constraint progress_entry_progress_range check (progress between 0 and 100),
    note text constraint progress_entry_note_len check (char_length(note) <= 4000),
    recorded_on date not null,
    recorded_by uuid not null references app.user_account,
    created_at timestamptz not null default clock_timestamp()
);
create index progress_entry_assignment_id_idx on app.progress_entry (assignment_id, created_at, id);
create index progress_entry_unit_id_idx on app.progress_entry (unit_id);
create index progress_entry_recorded_by_idx on app.progress_entry (recorded_by);

-- Assignments counted per lead unit, plan, due year and status; kept by trigger on app.assignment.
-- Counting a province's rows one by one is too slow at national volume; summing these is not.
create table app.assignment_count (
    unit_id integer not null references app.unit,
    plan_id uuid not null references app.plan,
    due_year smallint not null,
    status text not null,
    count integer not null,
    province_key integer,
    district_key integer,
    grassroots_key integer,
    province_line_key integer,
    district_line_key integer,
    grassroots_line_key integer,
    primary key (unit_id, plan_id, due_year, status)
) with (fillfactor = 70);
create index assignment_count_plan_id_idx on app.assignment_count (plan_id);
create index assignment_count_province_key_idx on app.assignment_count (province_key);
create index assignment_count_district_key_idx on app.assignment_count (district_key);
create index assignment_count_grassroots_key_idx on app.assignment_count (grassroots_key);
create index assignment_count_province_line_key_idx on app.assignment_count (province_line_key);
create index assignment_count_district_line_key_idx on app.assignment_count (district_line_key);
create index assignment_count_grassroots_line_key_idx on app.assignment_count (grassroots_line_key);
