-- The rhythm of a plan in force: periods, the report of each unit for each period, what is gathered
-- from below, and requests for more time.

-- Who a unit reports to -----------------------------------------------------------------------------

-- Kinds of unit in the order they are looked for: at the nearest area at or above the unit's own. An
-- office reports to the unit it is inside of; whoever finds no superior here reports to the plan's
-- issuer. Rows, not code: since July 2025 the communes' superiors stand at the province.
create table app.unit_kind_superior (
    kind text not null references app.unit_kind,
    superior_kind text not null references app.unit_kind,
    position smallint not null constraint unit_kind_superior_position_range check (position > 0),
    primary key (kind, superior_kind),
    constraint unit_kind_superior_not_self check (kind <> superior_kind)
);
create index unit_kind_superior_superior_kind_idx on app.unit_kind_superior (superior_kind);

-- Periods --------------------------------------------------------------------------------------------

-- The rule that a plan's periods are generated from; days are counted from the last day of the period
-- (before it: negative), for practice sets reports due before a period is over.
create table app.period_kind (
    code text primary key constraint period_kind_code_format check (code ~ '^[a-z_]{1,30}$'),
    name text not null,
    position smallint not null,
    months smallint constraint period_kind_months_range check (months between 1 and 12),
    per_year smallint not null constraint period_kind_per_year_range check (per_year between 0 and 12),
    opens_offset_days smallint not null,
    locks_offset_days smallint not null,
    label_pattern text,
    constraint period_kind_within_year check (months is null or months * per_year <= 12)
);
comment on column app.period_kind.months is 'Length in months, counted from 1 January; null: dates are given by hand (phase)';
comment on column app.period_kind.per_year is 'How many follow one another in a year; six and nine months come once, from 1 January';
comment on column app.period_kind.opens_offset_days is 'Day it opens, counted from the last day of the period';
comment on column app.period_kind.locks_offset_days is 'Day it locks, counted from the last due day';
comment on column app.period_kind.label_pattern is 'Label of a generated period; {year}, {number} and {roman} are filled in';

create table app.period_kind_due (
    kind text not null references app.period_kind,
    level_id smallint not null references app.level,
    due_offset_days smallint not null,
    primary key (kind, level_id)
);
create index period_kind_due_level_id_idx on app.period_kind_due (level_id);

create table app.period (
    id uuid primary key default private.new_id(),
    plan_id uuid not null references app.plan on delete cascade,
    kind text not null references app.period_kind,
    label text not null constraint period_label_len check (char_length(label) between 1 and 80),
    year smallint not null constraint period_year_range check (year between 2000 and 2100),
    starts_on date not null,
    ends_on date not null,
    opens_on date not null,
    expires_on date not null,
    locks_on date not null,
    -- a leader's decision, before or after the schedule's
    opened_at timestamptz,
    locked_at timestamptz,
    recorded_state text not null default 'planned' constraint period_recorded_state_choice
        check (recorded_state in ('planned', 'open', 'expired', 'locked')),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint period_dates check (ends_on >= starts_on),
    constraint period_order check (opens_on <= expires_on and expires_on <= locks_on),
    constraint period_label_once unique (plan_id, label),
    constraint period_once unique (plan_id, kind, starts_on)
);
create index period_kind_idx on app.period (kind);
-- the clock looks for what its calendar has moved and no event tells yet
create index period_opens_on_idx on app.period (opens_on) where recorded_state = 'planned';
create index period_expires_on_idx on app.period (expires_on) where recorded_state = 'open';
create index period_locks_on_idx on app.period (locks_on) where recorded_state in ('open', 'expired');
comment on column app.period.expires_on is 'The last due day of all levels; after it the period takes late reports until it locks';
comment on column app.period.locks_on is 'The last day on which a report may still be written';
comment on column app.period.recorded_state is 'The state that the last event in app.period_event made; the calendar runs ahead of it by a minute at most';

-- When the units of a level must have reported.
create table app.period_due (
    id uuid primary key default private.new_id(),
    period_id uuid not null references app.period on delete cascade,
    level_id smallint not null references app.level,
    due_on date not null,
    original_due_on date not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint period_due_once unique (period_id, level_id)
);
create index period_due_level_id_idx on app.period_due (level_id);

-- What happened to a period and why; never changed. "schedule" is the calendar's doing.
create table app.period_event (
    id uuid primary key default private.new_id(),
    period_id uuid not null references app.period on delete cascade,
    event text not null constraint period_event_event_choice
        check (event in ('opened', 'expired', 'locked', 'unlocked', 'due_changed')),
    cause text not null constraint period_event_cause_choice check (cause in ('schedule', 'decision')),
    reason text constraint period_event_reason_len check (char_length(reason) between 1 and 1000),
    by_user_id uuid references app.user_account,
    by_unit_id integer references app.unit,
    created_at timestamptz not null default clock_timestamp(),
    constraint period_event_decision_told check (cause = 'schedule' or reason is not null)
);
create index period_event_period_id_idx on app.period_event (period_id, created_at, id);
create index period_event_by_user_id_idx on app.period_event (by_user_id);
create index period_event_by_unit_id_idx on app.period_event (by_unit_id);

-- One unit may write until a day of its own.
create table app.period_exception (
    id uuid primary key default private.new_id(),
    period_id uuid not null references app.period on delete cascade,
    unit_id integer not null references app.unit,
    until_on date not null,
    reason text not null constraint period_exception_reason_len check (char_length(reason) between 1 and 1000),
    granted_by uuid not null references app.user_account,
    granted_unit_id integer not null references app.unit,
    revoked_at timestamptz,
    revoked_by uuid references app.user_account,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint period_exception_revoked_told check ((revoked_at is null) = (revoked_by is null))
);
create unique index period_exception_one_open on app.period_exception (period_id, unit_id) where revoked_at is null;
create index period_exception_unit_id_idx on app.period_exception (unit_id);
create index period_exception_granted_by_idx on app.period_exception (granted_by);
create index period_exception_granted_unit_id_idx on app.period_exception (granted_unit_id);
create index period_exception_revoked_by_idx on app.period_exception (revoked_by);

-- Reports --------------------------------------------------------------------------------------------

-- The narrative headings of a report: one outline per tradition, chosen by the plan.
create table app.report_outline (
    code text primary key constraint report_outline_code_format check (code ~ '^[a-z0-9_]{1,40}$'),
    name text not null
);
create table app.report_outline_section (
    outline text not null references app.report_outline,
    code text not null constraint report_outline_section_code_format check (code ~ '^[a-z0-9_.]{1,40}$'),
    position smallint not null,
    title text not null constraint report_outline_section_title_len check (char_length(title) between 1 and 200),
    -- headings that touch people's ethnicity or religion hold counts of organisations' work only
    counts_only boolean not null default false,
    hint text,
    primary key (outline, code)
);
-- the default outline stands here already, for plans that stood before this column
insert into app.report_outline (code, name) values ('sector_year', 'Báo cáo định kỳ công tác dân vận');
alter table app.plan add column report_outline text not null default 'sector_year' references app.report_outline;
create index plan_report_outline_idx on app.plan (report_outline);
alter table app.plan_item add column asks_own_plan boolean not null default false;
comment on column app.plan_item.asks_own_plan is 'Units that owe this item are to issue a plan of their own that carries out this one';

-- One per unit and period, made when the period opens: until it is written it is what the unit owes.
create table app.report (
    id uuid primary key default private.new_id(),
    period_id uuid not null references app.period,
    plan_id uuid not null references app.plan,
    unit_id integer not null references app.unit,
    -- as it was when the period opened; null: nobody stands above, the unit's own leader decides
    superior_unit_id integer references app.unit,
    level_id smallint not null references app.level,
    due_on date not null,
    original_due_on date not null,
    status text not null default 'not_started' constraint report_status_choice check (status in
        ('not_started', 'draft', 'submitted', 'in_review', 'returned', 'approved', 'reopened')),
    is_outstanding boolean not null generated always as (status in ('not_started', 'draft', 'returned')) stored,
    submission_count smallint not null default 0,
    first_submitted_on date,
    submitted_on date,
    submitted_by uuid references app.user_account,
    accepted_at timestamptz,
    accepted_by uuid references app.user_account,
    decided_on date,
    decided_by uuid references app.user_account,
    decision_note text constraint report_decision_note_len check (char_length(decision_note) <= 4000),
    reopened_until date,
    reopened_by uuid references app.user_account,
    reopen_reason text constraint report_reopen_reason_len check (char_length(reopen_reason) between 1 and 1000),
    -- how many units below were asked and had an approved report when the figures were gathered
    gathered_at timestamptz,
    gathered_expected_count integer,
    gathered_count integer,
    gathered_missing jsonb,
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
    constraint report_once unique (period_id, unit_id),
    constraint report_not_own_superior check (superior_unit_id <> unit_id),
    constraint report_reopening_told check (status <> 'reopened'
        or (reopened_until is not null and reopened_by is not null and reopen_reason is not null))
) with (fillfactor = 85);
create index report_plan_id_idx on app.report (plan_id);
create index report_unit_id_idx on app.report (unit_id, due_on, id);
create index report_superior_unit_id_idx on app.report (superior_unit_id, period_id, status);
create index report_level_id_idx on app.report (level_id);
create index report_line_id_idx on app.report (line_id);
create index report_submitted_by_idx on app.report (submitted_by);
create index report_accepted_by_idx on app.report (accepted_by);
create index report_decided_by_idx on app.report (decided_by);
create index report_reopened_by_idx on app.report (reopened_by);
create index report_reopened_until_idx on app.report (reopened_until) where status = 'reopened';
create index report_outstanding_due_on_idx on app.report (due_on) where is_outstanding;
create index report_province_key_idx on app.report (province_key, due_on, id);
create index report_district_key_idx on app.report (district_key, due_on, id);
create index report_grassroots_key_idx on app.report (grassroots_key, due_on, id);
create index report_province_line_key_idx on app.report (province_line_key, due_on, id);
create index report_district_line_key_idx on app.report (district_line_key, due_on, id);
create index report_grassroots_line_key_idx on app.report (grassroots_line_key, due_on, id);
create index report_period_province_key_idx on app.report (period_id, province_key);
comment on column app.report.due_on is 'Last day to submit, an exception for this unit included';
comment on column app.report.original_due_on is 'Last day as the period set it for the level when it opened; never changes';
comment on column app.report.gathered_missing is 'Units below without an approved report at gathering: [{"unit_id", "unit_name", "status"}]';

-- What the unit says of each assignment it leads.
create table app.report_line (
    id uuid primary key default private.new_id(),
    report_id uuid not null references app.report on delete cascade,
    assignment_id uuid references app.assignment,
    plan_item_id uuid not null references app.plan_item,
    position integer not null,
    status text not null default 'not_started' constraint report_line_status_choice
        check (status in ('not_started', 'in_progress', 'done')),
    progress smallint not null default 0 constraint report_line_progress_range check (progress between 0 and 100),
    done text constraint report_line_done_len check (char_length(done) <= 8000),
    doing text constraint report_line_doing_len check (char_length(doing) <= 8000),
    figures text constraint report_line_figures_len check (char_length(figures) <= 4000),
    difficulties text constraint report_line_difficulties_len check (char_length(difficulties) <= 4000),
    proposals text constraint report_line_proposals_len check (char_length(proposals) <= 4000),
    -- the superior's, when the report is returned
    return_note text constraint report_line_return_note_len check (char_length(return_note) <= 2000),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    -- the version that drafting wrote: while it is the row's, nobody else has written here
    prefilled_version integer,
    constraint report_line_once unique nulls not distinct (report_id, plan_item_id, assignment_id)
);
create index report_line_assignment_id_idx on app.report_line (assignment_id);
create index report_line_plan_item_id_idx on app.report_line (plan_item_id);

create table app.report_section (
    id uuid primary key default private.new_id(),
    report_id uuid not null references app.report on delete cascade,
    code text not null,
    position smallint not null,
    title text not null constraint report_section_title_len check (char_length(title) between 1 and 200),
    text text constraint report_section_text_len check (char_length(text) <= 20000),
    return_note text constraint report_section_return_note_len check (char_length(return_note) <= 2000),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint report_section_once unique (report_id, code)
);

-- What the approved reports below say of each item, counted; apart from the unit's own line.
create table app.report_gathered_line (
    report_id uuid not null references app.report on delete cascade,
    plan_item_id uuid not null references app.plan_item,
    position integer not null,
    line_count integer not null,
    done_count integer not null,
    in_progress_count integer not null,
    not_started_count integer not null,
    primary key (report_id, plan_item_id),
    constraint report_gathered_line_sum check (line_count = done_count + in_progress_count + not_started_count)
);
create index report_gathered_line_plan_item_id_idx on app.report_gathered_line (plan_item_id);
comment on table app.report_gathered_line is 'Assignments below, by how far their leads say they are: own lines and gathered lines of the units that report here';

-- The whole report as it read at each step; what it read never changes. The approved one is the figures in force.
create table app.report_version (
    id uuid primary key default private.new_id(),
    report_id uuid not null references app.report on delete cascade,
    number smallint not null,
    event text not null constraint report_version_event_choice check (event in ('submitted', 'returned', 'approved')),
    content jsonb not null,
    -- taken back before anybody decided on it: its unit's alone, as the draft that it is again
    is_withdrawn boolean not null default false,
    note text constraint report_version_note_len check (char_length(note) <= 4000),
    by_user_id uuid references app.user_account,
    by_unit_id integer references app.unit,
    created_at timestamptz not null default clock_timestamp(),
    constraint report_version_once unique (report_id, number)
);
create index report_version_by_user_id_idx on app.report_version (by_user_id);
create index report_version_by_unit_id_idx on app.report_version (by_unit_id);
comment on column app.report_version.content is '{"lines": [...], "sections": [...], "values": [...], "gathered_lines": [...], "gathered_missing": [...], "gathered": {...}}: rows as in the tables, keyed by plan item code, section code and indicator_id';

-- More time for an assignment ---------------------------------------------------------------------------

create table app.extension_request (
    id uuid primary key default private.new_id(),
    assignment_id uuid not null references app.assignment on delete cascade,
    unit_id integer not null references app.unit,
    -- who decides, as it was when asked; null: the unit's own leader
    superior_unit_id integer references app.unit,
    due_on date not null,
    asked_due_on date not null,
    reason text not null constraint extension_request_reason_len check (char_length(reason) between 1 and 2000),
    status text not null default 'pending' constraint extension_request_status_choice
        check (status in ('pending', 'granted', 'refused', 'withdrawn')),
    granted_due_on date,
    decision_note text constraint extension_request_decision_note_len check (char_length(decision_note) <= 2000),
    asked_by uuid not null references app.user_account,
    decided_by uuid references app.user_account,
    decided_at timestamptz,
    province_key integer,
    district_key integer,
    grassroots_key integer,
    level_id smallint not null references app.level,
    line_id smallint not null references app.line,
    province_line_key integer generated always as (province_key * 100 + line_id) stored,
    district_line_key integer generated always as (district_key * 100 + line_id) stored,
    grassroots_line_key integer generated always as (grassroots_key * 100 + line_id) stored,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint extension_request_later check (asked_due_on > due_on),
    constraint extension_request_granted_date check ((status = 'granted') = (granted_due_on is not null))
);
create unique index extension_request_one_pending on app.extension_request (assignment_id) where status = 'pending';
create index extension_request_assignment_id_idx on app.extension_request (assignment_id, created_at);
create index extension_request_unit_id_idx on app.extension_request (unit_id, created_at, id);
create index extension_request_superior_unit_id_idx on app.extension_request (superior_unit_id, status, created_at, id);
create index extension_request_level_id_idx on app.extension_request (level_id);
create index extension_request_line_id_idx on app.extension_request (line_id);
create index extension_request_province_key_idx on app.extension_request (province_key, created_at, id);
create index extension_request_district_key_idx on app.extension_request (district_key, created_at, id);
create index extension_request_grassroots_key_idx on app.extension_request (grassroots_key, created_at, id);
create index extension_request_province_line_key_idx on app.extension_request (province_line_key, created_at, id);
create index extension_request_district_line_key_idx on app.extension_request (district_line_key, created_at, id);
create index extension_request_grassroots_line_key_idx on app.extension_request (grassroots_line_key, created_at, id);
create index extension_request_asked_by_idx on app.extension_request (asked_by);
create index extension_request_decided_by_idx on app.extension_request (decided_by);
comment on column app.extension_request.due_on is 'The due day when it was asked; the assignment keeps its original one for ever';

-- Notices look for what falls due on a day, whoever owes it.
create index assignment_pending_due_on_idx on app.assignment (due_on, lead_unit_id) where is_pending;
