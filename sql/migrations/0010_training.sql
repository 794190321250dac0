-- Courses, who attended, and who must have what: coverage is what is held and valid against what is required.

create table app.training_topic (
    code text primary key constraint training_topic_code_format check (code ~ '^[a-z0-9_]{1,60}$'),
    name text not null constraint training_topic_name_len check (char_length(name) between 1 and 200),
    valid_months smallint constraint training_topic_valid_months_range check (valid_months between 1 and 240)
);
comment on column app.training_topic.valid_months is 'How long a certificate holds, counted from the last day of the course; null: for good';

create table app.course (
    id uuid primary key default private.new_id(),
    code text not null constraint course_code_format check (code ~ '^[A-Za-z0-9._-]{1,40}$'),
    name text not null constraint course_name_len check (char_length(name) between 1 and 300),
    topic_code text not null references app.training_topic,
    organiser_unit_id integer not null references app.unit,
    organiser_area_id integer not null references app.area,
    partner_unit_id integer references app.unit,
    partner text constraint course_partner_len check (char_length(partner) between 1 and 200),
    plan_item_id uuid references app.plan_item,
    document_id uuid references app.document,
    starts_on date not null,
    ends_on date not null,
    place text constraint course_place_len check (char_length(place) between 1 and 300),
    capacity smallint constraint course_capacity_range check (capacity between 1 and 5000),
    pass_percent smallint not null default 80 constraint course_pass_percent_range check (pass_percent between 0 and 100),
    status text not null default 'planned' constraint course_status_choice
        check (status in ('planned', 'open', 'held', 'closed', 'cancelled')),
    cancel_reason text constraint course_cancel_reason_len check (char_length(cancel_reason) between 1 and 1000),
    level_id smallint not null references app.level,
    line_id smallint not null references app.line,
    province_key integer,
    district_key integer,
    grassroots_key integer,
    province_line_key integer generated always as (province_key * 100 + line_id) stored,
    district_line_key integer generated always as (district_key * 100 + line_id) stored,
    grassroots_line_key integer generated always as (grassroots_key * 100 + line_id) stored,
    search text not null generated always as (private.search_text(code || ' ' || name)) stored,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint course_code_once unique (organiser_unit_id, code),
    constraint course_dates check (ends_on >= starts_on and ends_on < starts_on + 366),
    constraint course_cancel_told check ((status = 'cancelled') = (cancel_reason is not null))
);
create index course_topic_code_idx on app.course (topic_code);
create index course_organiser_area_id_idx on app.course (organiser_area_id);
create index course_partner_unit_id_idx on app.course (partner_unit_id);
create index course_plan_item_id_idx on app.course (plan_item_id);
create index course_document_id_idx on app.course (document_id);
create index course_level_id_idx on app.course (level_id);
create index course_line_id_idx on app.course (line_id);
create index course_province_key_idx on app.course (province_key, starts_on, id);
create index course_district_key_idx on app.course (district_key, starts_on, id);
create index course_grassroots_key_idx on app.course (grassroots_key, starts_on, id);
comment on column app.course.pass_percent is 'Share of the days that must be attended for a certificate';

create table app.course_day (
    id uuid primary key default private.new_id(),
    course_id uuid not null references app.course on delete cascade,
    day date not null,
    title text constraint course_day_title_len check (char_length(title) between 1 and 300),
    constraint course_day_once unique (course_id, day)
);

-- Units asked to send people, and how many places they have.
create table app.course_invitation (
    id uuid primary key default private.new_id(),
    course_id uuid not null references app.course on delete cascade,
    unit_id integer not null references app.unit,
    places smallint constraint course_invitation_places_range check (places between 1 and 1000),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint course_invitation_once unique (course_id, unit_id)
);
create index course_invitation_unit_id_idx on app.course_invitation (unit_id);

-- One person in one course; the unit is where the person stood on its first day.
create table app.training_record (
    id uuid primary key default private.new_id(),
    course_id uuid not null references app.course,
    staff_id uuid not null references app.staff on delete cascade,
    unit_id integer not null references app.unit,
    -- both of the course: whose numbering of certificates it is, and what coverage asks
    organiser_unit_id integer not null references app.unit,
    topic_code text not null references app.training_topic,
    status text not null default 'invited' constraint training_record_status_choice
        check (status in ('invited', 'registered', 'declined', 'attended', 'absent')),
    days_attended smallint not null default 0 constraint training_record_days_range check (days_attended >= 0),
    result text constraint training_record_result_choice check (result in ('passed', 'failed')),
    score smallint constraint training_record_score_range check (score between 0 and 100),
    certificate_number text constraint training_record_certificate_len check (char_length(certificate_number) between 1 and 60),
    certified_on date,
    valid_until date,
    level_id smallint not null references app.level,
    line_id smallint not null references app.line,
    province_key integer,
    district_key integer,
    grassroots_key integer,
    province_line_key integer generated always as (province_key * 100 + line_id) stored,
    district_line_key integer generated always as (district_key * 100 + line_id) stored,
    grassroots_line_key integer generated always as (grassroots_key * 100 + line_id) stored,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint training_record_once unique (course_id, staff_id),
    constraint training_record_certificate_of_passed check (certificate_number is null or result is not distinct from 'passed'),
    constraint training_record_validity check (valid_until is null or certified_on is null or valid_until > certified_on)
);
create index training_record_staff_id_idx on app.training_record (staff_id);
create unique index training_record_certificate_number_once on app.training_record (organiser_unit_id, certificate_number)
    where certificate_number is not null;
create index training_record_topic_code_idx on app.training_record (topic_code);
-- coverage: who holds what, until when, read from the index alone
create index training_record_held_idx on app.training_record (staff_id, topic_code) include (certified_on, valid_until)
    where result = 'passed';
create index training_record_unit_id_idx on app.training_record (unit_id);
create index training_record_level_id_idx on app.training_record (level_id);
create index training_record_line_id_idx on app.training_record (line_id);
create index training_record_province_key_idx on app.training_record (province_key, id);
create index training_record_district_key_idx on app.training_record (district_key, id);
create index training_record_grassroots_key_idx on app.training_record (grassroots_key, id);
comment on column app.training_record.valid_until is 'Last day the certificate holds; null: for good';

create table app.training_attendance (
    record_id uuid not null references app.training_record on delete cascade,
    day date not null,
    is_present boolean not null,
    primary key (record_id, day)
);

-- Who must have a topic: a post, at a level or at any, on a line or on any, by a day of a plan's year.
create table app.training_requirement (
    id uuid primary key default private.new_id(),
    plan_id uuid not null references app.plan,
    plan_item_id uuid references app.plan_item,
    topic_code text not null references app.training_topic,
    position_code text not null references app.position,
    level_id smallint references app.level,
    line_id smallint references app.line,
    year smallint not null constraint training_requirement_year_range check (year between 2000 and 2100),
    note text constraint training_requirement_note_len check (char_length(note) <= 500),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint training_requirement_once unique nulls not distinct (plan_id, topic_code, position_code, level_id, line_id, year)
);
create index training_requirement_plan_item_id_idx on app.training_requirement (plan_item_id);
create index training_requirement_topic_code_idx on app.training_requirement (topic_code);
create index training_requirement_position_code_idx on app.training_requirement (position_code);
create index training_requirement_level_id_idx on app.training_requirement (level_id);
create index training_requirement_line_id_idx on app.training_requirement (line_id);

alter table app.notice drop constraint notice_topic_choice;
alter table app.notice add constraint notice_topic_choice check (topic in (
    'assignments_due', 'report_due', 'period_opened', 'report_submitted', 'report_returned', 'report_approved',
    'report_reopened', 'extension_requested', 'extension_decided', 'plan_issued', 'course_invited', 'course_cancelled'));
