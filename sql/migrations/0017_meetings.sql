-- Review meetings: the series a unit holds by rule, each meeting with its agenda, invitations, papers, minutes and
-- packet, and what it decides. Committees stand here because their sessions are meetings.
--
-- Tables of records that a unit owns are all of one form (sql/code/06_owned_tables.sql): owner_unit_id and what is copied
-- from that unit; is_open, what a successor takes over when the unit ends.

create table app.committee (
    id uuid primary key default private.new_id(),
    name text not null constraint committee_name_len check (char_length(name) between 1 and 300),
    code text not null constraint committee_code_format check (code ~ '^[A-Za-z0-9._-]{1,40}$'),
    plan_id uuid references app.plan,
    document_id uuid references app.document,
    duties text constraint committee_duties_len check (char_length(duties) <= 4000),
    established_on date not null,
    ended_on date,
    is_open boolean not null generated always as (ended_on is null) stored,
    owner_unit_id integer not null references app.unit,
    owner_area_id integer not null references app.area,
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
    constraint committee_dates check (ended_on is null or ended_on >= established_on)
);
create index committee_code_idx on app.committee (code);
create index committee_plan_id_idx on app.committee (plan_id);
create index committee_document_id_idx on app.committee (document_id);
create index committee_owner_unit_id_idx on app.committee (owner_unit_id);
create index committee_owner_area_id_idx on app.committee (owner_area_id);
create index committee_level_id_idx on app.committee (level_id);
create index committee_line_id_idx on app.committee (line_id);
create index committee_province_key_idx on app.committee (province_key, id);
create index committee_district_key_idx on app.committee (district_key, id);
create index committee_grassroots_key_idx on app.committee (grassroots_key, id);
comment on column app.committee.owner_unit_id is 'The standing unit (cơ quan thường trực)';

-- The rule: after a period of which kind the units of a level meet, and how many days after its last day.
create table app.meeting_rule (
    kind text not null constraint meeting_rule_kind_choice check (kind in ('six_months', 'nine_months', 'year_end')),
    level_id smallint not null references app.level,
    period_kind text not null references app.period_kind,
    held_offset_days smallint not null constraint meeting_rule_held_offset_days_range check (held_offset_days between -90 and 180),
    title_pattern text not null,
    primary key (kind, level_id)
);
create index meeting_rule_level_id_idx on app.meeting_rule (level_id);
create index meeting_rule_period_kind_idx on app.meeting_rule (period_kind);
comment on column app.meeting_rule.title_pattern is 'Title of a planned meeting; {year} and {unit} are filled in';

-- What one unit holds again and again under one plan: whom it invites and what stands on every agenda.
create table app.meeting_series (
    id uuid primary key default private.new_id(),
    plan_id uuid not null references app.plan,
    plan_item_id uuid references app.plan_item,
    kind text not null constraint meeting_series_kind_choice check (kind in ('six_months', 'nine_months', 'year_end')),
    held_offset_days smallint
        constraint meeting_series_held_offset_days_range check (held_offset_days between -90 and 180),
    place text constraint meeting_series_place_len check (char_length(place) between 1 and 300),
    chair text constraint meeting_series_chair_len check (char_length(chair) between 1 and 200),
    ended_on date,
    is_open boolean not null generated always as (ended_on is null) stored,
    owner_unit_id integer not null references app.unit,
    owner_area_id integer not null references app.area,
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
    version integer not null default 1
);
create unique index meeting_series_once on app.meeting_series (owner_unit_id, plan_id, kind) where ended_on is null;
create index meeting_series_plan_id_idx on app.meeting_series (plan_id);
create index meeting_series_plan_item_id_idx on app.meeting_series (plan_item_id);
create index meeting_series_owner_area_id_idx on app.meeting_series (owner_area_id);
create index meeting_series_level_id_idx on app.meeting_series (level_id);
create index meeting_series_line_id_idx on app.meeting_series (line_id);
create index meeting_series_province_key_idx on app.meeting_series (province_key, id);
create index meeting_series_district_key_idx on app.meeting_series (district_key, id);
create index meeting_series_grassroots_key_idx on app.meeting_series (grassroots_key, id);
comment on column app.meeting_series.held_offset_days is 'Days after the last day of the period; null: as the rule of the level says';

-- Whom it invites: a unit, or all units of a kind or of a line at a level, in the owner's scope.
create table app.meeting_series_invitee (
    id uuid primary key default private.new_id(),
    series_id uuid not null references app.meeting_series on delete cascade,
    unit_id integer references app.unit,
    unit_kind text references app.unit_kind,
    line_id smallint references app.line,
    level_id smallint references app.level,
    created_at timestamptz not null default now(),
    constraint meeting_series_invitee_one check (num_nonnulls(unit_id, unit_kind, line_id) = 1),
    constraint meeting_series_invitee_level check (unit_id is null or level_id is null),
    constraint meeting_series_invitee_once unique nulls not distinct (series_id, unit_id, unit_kind, line_id, level_id)
);
create index meeting_series_invitee_unit_id_idx on app.meeting_series_invitee (unit_id);
create index meeting_series_invitee_unit_kind_idx on app.meeting_series_invitee (unit_kind);
create index meeting_series_invitee_line_id_idx on app.meeting_series_invitee (line_id);
create index meeting_series_invitee_level_id_idx on app.meeting_series_invitee (level_id);

create table app.meeting_series_agenda_item (
    id uuid primary key default private.new_id(),
    series_id uuid not null references app.meeting_series on delete cascade,
    position smallint not null constraint meeting_series_agenda_item_position_range check (position between 1 and 1000),
    title text not null constraint meeting_series_agenda_item_title_len check (char_length(title) between 1 and 500),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1
);
create index meeting_series_agenda_item_series_id_idx on app.meeting_series_agenda_item (series_id);

create table app.meeting (
    id uuid primary key default private.new_id(),
    plan_id uuid not null references app.plan,
    plan_item_id uuid references app.plan_item,
    period_id uuid references app.period,
    series_id uuid references app.meeting_series,
    committee_id uuid references app.committee,
    previous_meeting_id uuid references app.meeting,
    kind text not null constraint meeting_kind_choice
        check (kind in ('six_months', 'nine_months', 'year_end', 'thematic', 'committee_session')),
    title text not null constraint meeting_title_len check (char_length(title) between 1 and 500),
    held_on date not null,
    held_at time,
    place text constraint meeting_place_len check (char_length(place) between 1 and 300),
    chair text constraint meeting_chair_len check (char_length(chair) between 1 and 200),
    secretary text constraint meeting_secretary_len check (char_length(secretary) between 1 and 200),
    document_id uuid references app.document,
    status text not null default 'planned'
        constraint meeting_status_choice check (status in ('planned', 'open', 'closed', 'cancelled')),
    convened_on date,
    opened_on date,
    closed_on date,
    cancelled_on date,
    cancel_reason text constraint meeting_cancel_reason_len check (char_length(cancel_reason) between 1 and 1000),
    is_open boolean not null generated always as (status in ('planned', 'open')) stored,
    owner_unit_id integer not null references app.unit,
    owner_area_id integer not null references app.area,
    level_id smallint not null references app.level,
    line_id smallint not null references app.line,
    province_key integer,
    district_key integer,
    grassroots_key integer,
    province_line_key integer generated always as (province_key * 100 + line_id) stored,
    district_line_key integer generated always as (district_key * 100 + line_id) stored,
    grassroots_line_key integer generated always as (grassroots_key * 100 + line_id) stored,
    search text not null generated always as (private.search_text(title)) stored,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint meeting_period_told check (kind in ('thematic', 'committee_session') or period_id is not null),
    constraint meeting_committee_told check ((kind = 'committee_session') = (committee_id is not null)),
    constraint meeting_opened_told check ((status in ('open', 'closed')) = (opened_on is not null)),
    constraint meeting_closed_told check ((status = 'closed') = (closed_on is not null)),
    constraint meeting_cancelled_told check ((status = 'cancelled') = (cancelled_on is not null)
        and (status = 'cancelled') = (cancel_reason is not null))
);
create unique index meeting_period_once on app.meeting (owner_unit_id, kind, period_id)
    where kind in ('six_months', 'nine_months', 'year_end') and status <> 'cancelled';
create index meeting_plan_id_idx on app.meeting (plan_id);
create index meeting_plan_item_id_idx on app.meeting (plan_item_id);
create index meeting_period_id_idx on app.meeting (period_id);
create index meeting_series_id_idx on app.meeting (series_id);
create index meeting_committee_id_idx on app.meeting (committee_id);
create index meeting_previous_meeting_id_idx on app.meeting (previous_meeting_id);
create index meeting_document_id_idx on app.meeting (document_id);
create index meeting_owner_unit_id_idx on app.meeting (owner_unit_id, held_on, id);
create index meeting_owner_area_id_idx on app.meeting (owner_area_id);
create index meeting_level_id_idx on app.meeting (level_id);
create index meeting_line_id_idx on app.meeting (line_id);
create index meeting_province_key_idx on app.meeting (province_key, held_on, id);
create index meeting_district_key_idx on app.meeting (district_key, held_on, id);
create index meeting_grassroots_key_idx on app.meeting (grassroots_key, held_on, id);
comment on column app.meeting.chair is 'Post of whoever chairs it (Trưởng ban …)';
comment on column app.meeting.document_id is 'The paper that tells its conclusions (thông báo kết luận)';
comment on column app.meeting.previous_meeting_id is 'The meeting whose open outcomes arrived on this one''s agenda';

create table app.meeting_invitation (
    id uuid primary key default private.new_id(),
    meeting_id uuid not null references app.meeting on delete cascade,
    unit_id integer not null references app.unit,
    reply text not null default 'none' constraint meeting_invitation_reply_choice check (reply in ('none', 'accepted', 'declined')),
    reply_note text constraint meeting_invitation_reply_note_len check (char_length(reply_note) between 1 and 1000),
    replied_on date,
    attendance text constraint meeting_invitation_attendance_choice check (attendance in ('present', 'absent')),
    attendee_count smallint constraint meeting_invitation_attendee_count_range check (attendee_count between 1 and 500),
    represented_by text constraint meeting_invitation_represented_by_len check (char_length(represented_by) between 1 and 300),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint meeting_invitation_once unique (meeting_id, unit_id),
    constraint meeting_invitation_attendees_present check (attendee_count is null or attendance is not distinct from 'present')
);
create index meeting_invitation_unit_id_idx on app.meeting_invitation (unit_id);
comment on column app.meeting_invitation.represented_by is 'Posts of whoever came (Phó trưởng ban …), as written by hand';

create table app.meeting_minutes (
    id uuid primary key default private.new_id(),
    meeting_id uuid not null unique references app.meeting on delete cascade,
    text text not null constraint meeting_minutes_text_len check (char_length(text) between 1 and 30000),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1
);

-- What was found wrong in a closed meeting's papers, minutes or outcomes: a new entry, never a change.
create table app.meeting_erratum (
    id uuid primary key default private.new_id(),
    meeting_id uuid not null references app.meeting on delete cascade,
    outcome_id uuid, -- references app.outcome, below
    text text not null constraint meeting_erratum_text_len check (char_length(text) between 1 and 8000),
    added_on date not null,
    added_by uuid references app.user_account,
    created_at timestamptz not null default now()
);
create index meeting_erratum_meeting_id_idx on app.meeting_erratum (meeting_id, created_at, id);
create index meeting_erratum_outcome_id_idx on app.meeting_erratum (outcome_id);
create index meeting_erratum_added_by_idx on app.meeting_erratum (added_by);

-- What the meeting read, as it was when it opened.
create table app.meeting_packet (
    meeting_id uuid primary key references app.meeting on delete cascade,
    content jsonb not null,
    frozen_on date not null,
    created_at timestamptz not null default now()
);

-- draft until the meeting closes; then an assessment or decision is in force, and a task open until its assignment ends.
create table app.outcome (
    id uuid primary key default private.new_id(),
    meeting_id uuid not null references app.meeting on delete cascade,
    plan_id uuid not null references app.plan,
    position smallint not null constraint outcome_position_range check (position between 1 and 1000),
    kind text not null constraint outcome_kind_choice check (kind in ('assessment', 'decision', 'task')),
    title text not null constraint outcome_title_len check (char_length(title) between 1 and 500),
    text text constraint outcome_text_len check (char_length(text) between 1 and 8000),
    lead_unit_id integer references app.unit,
    due_on date,
    plan_item_id uuid references app.plan_item,
    status text not null default 'draft'
        constraint outcome_status_choice check (status in ('draft', 'in_force', 'open', 'completed', 'withdrawn')),
    given_on date,
    completed_on date,
    withdrawn_on date,
    withdraw_reason text constraint outcome_withdraw_reason_len check (char_length(withdraw_reason) between 1 and 1000),
    is_open boolean not null generated always as (status in ('draft', 'open')) stored,
    owner_unit_id integer not null references app.unit,
    owner_area_id integer not null references app.area,
    level_id smallint not null references app.level,
    line_id smallint not null references app.line,
    province_key integer,
    district_key integer,
    grassroots_key integer,
    province_line_key integer generated always as (province_key * 100 + line_id) stored,
    district_line_key integer generated always as (district_key * 100 + line_id) stored,
    grassroots_line_key integer generated always as (grassroots_key * 100 + line_id) stored,
    search text not null generated always as (private.search_text(title || ' ' || coalesce(text, ''))) stored,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint outcome_owner_of_task check (kind = 'task' or num_nonnulls(lead_unit_id, due_on) = 0),
    constraint outcome_task_told check (status not in ('open', 'completed') or (kind = 'task' and num_nonnulls(lead_unit_id, due_on) = 2)),
    constraint outcome_given_told check ((status = 'draft') = (given_on is null)),
    constraint outcome_completed_told check ((status = 'completed') = (completed_on is not null)),
    constraint outcome_withdrawn_told check ((status = 'withdrawn') = (withdrawn_on is not null)
        and (status = 'withdrawn') = (withdraw_reason is not null))
);
create index outcome_meeting_id_idx on app.outcome (meeting_id, position, id);
create index outcome_plan_id_idx on app.outcome (plan_id);
create index outcome_lead_unit_id_idx on app.outcome (lead_unit_id);
create index outcome_plan_item_id_idx on app.outcome (plan_item_id);
create index outcome_owner_unit_id_idx on app.outcome (owner_unit_id);
create index outcome_owner_area_id_idx on app.outcome (owner_area_id);
create index outcome_level_id_idx on app.outcome (level_id);
create index outcome_line_id_idx on app.outcome (line_id);
create index outcome_province_key_idx on app.outcome (province_key, id);
create index outcome_district_key_idx on app.outcome (district_key, id);
create index outcome_grassroots_key_idx on app.outcome (grassroots_key, id);
comment on column app.outcome.given_on is 'The day the meeting closed: from then on it holds';
alter table app.meeting_erratum add constraint meeting_erratum_outcome_id_fkey
    foreign key (outcome_id) references app.outcome on delete cascade;

-- The units an outcome names beside the lead: who takes part in a task, whom an assessment or decision addresses.
create table app.outcome_unit (
    id uuid primary key default private.new_id(),
    outcome_id uuid not null references app.outcome on delete cascade,
    unit_id integer not null references app.unit,
    role text not null constraint outcome_unit_role_choice check (role in ('coordinating', 'addressed')),
    created_at timestamptz not null default now(),
    constraint outcome_unit_once unique (outcome_id, unit_id)
);
create index outcome_unit_unit_id_idx on app.outcome_unit (unit_id);

create table app.meeting_agenda_item (
    id uuid primary key default private.new_id(),
    meeting_id uuid not null references app.meeting on delete cascade,
    position smallint not null constraint meeting_agenda_item_position_range check (position between 1 and 1000),
    title text not null constraint meeting_agenda_item_title_len check (char_length(title) between 1 and 500),
    presenter_unit_id integer references app.unit,
    outcome_id uuid references app.outcome,
    note text constraint meeting_agenda_item_note_len check (char_length(note) between 1 and 4000),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint meeting_agenda_item_outcome_once unique (meeting_id, outcome_id)
);
create index meeting_agenda_item_meeting_id_idx on app.meeting_agenda_item (meeting_id, position, id);
create index meeting_agenda_item_presenter_unit_id_idx on app.meeting_agenda_item (presenter_unit_id);
create index meeting_agenda_item_outcome_id_idx on app.meeting_agenda_item (outcome_id);
comment on column app.meeting_agenda_item.outcome_id is 'A task of an earlier meeting that was open when this one was planned; how often it stands here is its carry-over count';

-- Papers attached: files as evidence, beside the documents that agenda and outcomes name.
alter table app.evidence add column meeting_id uuid references app.meeting on delete cascade;
alter table app.evidence drop constraint evidence_one_subject;
alter table app.evidence add constraint evidence_one_subject
    check (num_nonnulls(progress_entry_id, report_id, document_id, meeting_id) = 1);
create unique index evidence_meeting_once on app.evidence (meeting_id, unit_id, sha256) where meeting_id is not null;
