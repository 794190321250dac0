-- What committees (0017_meetings.sql) have beside their sessions: members by unit and post, the yearly programme of
-- work, reviews; and coordination plans: a board with the People's Committee, the armed forces or another partner.

alter table app.committee add column end_reason text
    constraint committee_end_reason_len check (char_length(end_reason) between 1 and 1000);
alter table app.committee add column end_document_id uuid references app.document;
alter table app.committee add constraint committee_end_told
    check ((ended_on is not null) = (num_nonnulls(end_reason, end_document_id) > 0));
create index committee_end_document_id_idx on app.committee (end_document_id);
comment on column app.committee.ended_on is 'The day it ended: at the end of this day it is no more';

create table app.committee_member (
    id uuid primary key default private.new_id(),
    committee_id uuid not null references app.committee on delete cascade,
    unit_id integer not null references app.unit,
    role text not null constraint committee_member_role_choice
        check (role in ('chair', 'vice_chair', 'standing_member', 'member', 'secretary')),
    post text not null constraint committee_member_post_len check (char_length(post) between 1 and 200),
    staff_id uuid references app.staff on delete set null,
    document_id uuid references app.document,
    valid_from date not null,
    valid_to date,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint committee_member_dates check (valid_to is null or valid_to > valid_from),
    constraint committee_member_no_overlap exclude using gist
        (committee_id with =, unit_id with =, role with =, post with =, daterange(valid_from, valid_to) with &&)
);
create index committee_member_committee_id_idx on app.committee_member (committee_id, valid_from, id);
create index committee_member_unit_id_idx on app.committee_member (unit_id);
create index committee_member_staff_id_idx on app.committee_member (staff_id);
create index committee_member_document_id_idx on app.committee_member (document_id);
comment on column app.committee_member.post is 'Post at the unit (Phó Chủ tịch Ủy ban nhân dân …): the post is the member, whoever holds it';
comment on column app.committee_member.document_id is 'The decision that made it a member';
comment on column app.committee_member.valid_to is 'First day it is a member no more';

-- draft until it is given to its lead; then open until done or taken back.
create table app.committee_work_item (
    id uuid primary key default private.new_id(),
    committee_id uuid not null references app.committee,
    year smallint not null constraint committee_work_item_year_range check (year between 2000 and 2100),
    title text not null constraint committee_work_item_title_len check (char_length(title) between 1 and 500),
    text text constraint committee_work_item_text_len check (char_length(text) between 1 and 8000),
    lead_unit_id integer references app.unit,
    due_on date,
    plan_item_id uuid references app.plan_item,
    status text not null default 'draft'
        constraint committee_work_item_status_choice check (status in ('draft', 'open', 'completed', 'withdrawn')),
    given_on date,
    completed_on date,
    withdrawn_on date,
    withdraw_reason text constraint committee_work_item_withdraw_reason_len check (char_length(withdraw_reason) between 1 and 1000),
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
    constraint committee_work_item_given_told check ((status = 'draft') = (given_on is null)),
    constraint committee_work_item_given_to check (status = 'draft' or num_nonnulls(lead_unit_id, due_on) = 2),
    constraint committee_work_item_completed_told check ((status = 'completed') = (completed_on is not null)),
    constraint committee_work_item_withdrawn_told check ((status = 'withdrawn') = (withdrawn_on is not null)
        and (status = 'withdrawn') = (withdraw_reason is not null))
);
create index committee_work_item_committee_id_idx on app.committee_work_item (committee_id, year, id);
create index committee_work_item_lead_unit_id_idx on app.committee_work_item (lead_unit_id);
create index committee_work_item_plan_item_id_idx on app.committee_work_item (plan_item_id);
create index committee_work_item_owner_unit_id_idx on app.committee_work_item (owner_unit_id, year, id);
create index committee_work_item_owner_area_id_idx on app.committee_work_item (owner_area_id);
create index committee_work_item_level_id_idx on app.committee_work_item (level_id);
create index committee_work_item_line_id_idx on app.committee_work_item (line_id);
create index committee_work_item_province_key_idx on app.committee_work_item (province_key, year, id);
create index committee_work_item_district_key_idx on app.committee_work_item (district_key, year, id);
create index committee_work_item_grassroots_key_idx on app.committee_work_item (grassroots_key, year, id);

create table app.committee_review (
    id uuid primary key default private.new_id(),
    committee_id uuid not null references app.committee,
    title text not null constraint committee_review_title_len check (char_length(title) between 1 and 500),
    document_id uuid references app.document,
    plan_item_id uuid references app.plan_item,
    period_from date not null,
    period_to date not null,
    due_on date,
    planned_on date not null,
    status text not null default 'planned' constraint committee_review_status_choice check (status in ('planned', 'done')),
    done_on date,
    summary text constraint committee_review_summary_len check (char_length(summary) between 1 and 8000),
    report_document_id uuid references app.document,
    is_open boolean not null generated always as (status = 'planned') stored,
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
    constraint committee_review_period check (period_to >= period_from),
    constraint committee_review_done_told check ((status = 'done') = (done_on is not null)
        and (status = 'done') = (summary is not null))
);
create index committee_review_committee_id_idx on app.committee_review (committee_id);
create index committee_review_document_id_idx on app.committee_review (document_id);
create index committee_review_plan_item_id_idx on app.committee_review (plan_item_id);
create index committee_review_report_document_id_idx on app.committee_review (report_document_id);
create index committee_review_owner_unit_id_idx on app.committee_review (owner_unit_id, period_to, id);
create index committee_review_owner_area_id_idx on app.committee_review (owner_area_id);
create index committee_review_level_id_idx on app.committee_review (level_id);
create index committee_review_line_id_idx on app.committee_review (line_id);
create index committee_review_province_key_idx on app.committee_review (province_key, period_to, id);
create index committee_review_district_key_idx on app.committee_review (district_key, period_to, id);
create index committee_review_grassroots_key_idx on app.committee_review (grassroots_key, period_to, id);
comment on column app.committee_review.document_id is 'The document whose carrying out is reviewed';

-- A board's plan with its partners (kế hoạch phối hợp): of one year, or of a stage of several.
create table app.coordination_plan (
    id uuid primary key default private.new_id(),
    partner_kind text not null constraint coordination_plan_partner_kind_choice
        check (partner_kind in ('people_committee', 'armed_forces', 'other')),
    term text not null constraint coordination_plan_term_choice check (term in ('yearly', 'stage')),
    year smallint not null constraint coordination_plan_year_range check (year between 2000 and 2100),
    until_year smallint constraint coordination_plan_until_year_range check (until_year between 2000 and 2100),
    number text constraint coordination_plan_number_len check (char_length(number) between 1 and 60),
    title text not null constraint coordination_plan_title_len check (char_length(title) between 1 and 500),
    plan_id uuid references app.plan,
    plan_item_id uuid references app.plan_item,
    document_id uuid references app.document,
    status text not null default 'draft'
        constraint coordination_plan_status_choice check (status in ('draft', 'signed', 'ended')),
    signed_on date,
    ended_on date,
    end_reason text constraint coordination_plan_end_reason_len check (char_length(end_reason) between 1 and 1000),
    is_open boolean not null generated always as (status <> 'ended') stored,
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
    search text not null generated always as (private.search_text(coalesce(number, '') || ' ' || title)) stored,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint coordination_plan_until_told check ((term = 'stage') = (until_year is not null)),
    constraint coordination_plan_years check (until_year > year),
    constraint coordination_plan_signed_told check ((status = 'draft') = (signed_on is null)),
    constraint coordination_plan_ended_told check ((status = 'ended') = (ended_on is not null)
        and (status = 'ended') = (end_reason is not null)),
    constraint coordination_plan_days check (ended_on >= signed_on)
);
create index coordination_plan_plan_id_idx on app.coordination_plan (plan_id);
create index coordination_plan_plan_item_id_idx on app.coordination_plan (plan_item_id);
create index coordination_plan_document_id_idx on app.coordination_plan (document_id);
create index coordination_plan_owner_unit_id_idx on app.coordination_plan (owner_unit_id, year, id);
create index coordination_plan_owner_area_id_idx on app.coordination_plan (owner_area_id);
create index coordination_plan_level_id_idx on app.coordination_plan (level_id);
create index coordination_plan_line_id_idx on app.coordination_plan (line_id);
create index coordination_plan_province_key_idx on app.coordination_plan (province_key, year, id);
create index coordination_plan_district_key_idx on app.coordination_plan (district_key, year, id);
create index coordination_plan_grassroots_key_idx on app.coordination_plan (grassroots_key, year, id);
comment on column app.coordination_plan.until_year is 'Last year of a stage; a yearly plan has none';

-- Who signs beside the owner.
create table app.coordination_party (
    id uuid primary key default private.new_id(),
    coordination_plan_id uuid not null references app.coordination_plan on delete cascade,
    unit_id integer not null references app.unit,
    signatory text constraint coordination_party_signatory_len check (char_length(signatory) between 1 and 200),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint coordination_party_once unique (coordination_plan_id, unit_id)
);
create index coordination_party_unit_id_idx on app.coordination_party (unit_id);
comment on column app.coordination_party.signatory is 'Post of whoever signs for it';

create table app.coordination_item (
    id uuid primary key default private.new_id(),
    coordination_plan_id uuid not null references app.coordination_plan on delete cascade,
    position smallint not null constraint coordination_item_position_range check (position between 1 and 1000),
    title text not null constraint coordination_item_title_len check (char_length(title) between 1 and 500),
    text text constraint coordination_item_text_len check (char_length(text) between 1 and 8000),
    lead_unit_id integer references app.unit,
    due_on date,
    status text not null default 'draft'
        constraint coordination_item_status_choice check (status in ('draft', 'open', 'completed', 'withdrawn')),
    is_signed boolean not null default false,
    given_on date,
    completed_on date,
    withdrawn_on date,
    withdraw_reason text constraint coordination_item_withdraw_reason_len check (char_length(withdraw_reason) between 1 and 1000),
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
    constraint coordination_item_given_told check (status not in ('open', 'completed') or num_nonnulls(given_on, lead_unit_id, due_on) = 3),
    constraint coordination_item_draft_told check (status <> 'draft' or given_on is null),
    constraint coordination_item_completed_told check ((status = 'completed') = (completed_on is not null)),
    constraint coordination_item_withdrawn_told check ((status = 'withdrawn') = (withdrawn_on is not null)
        and (status = 'withdrawn') = (withdraw_reason is not null))
);
create index coordination_item_coordination_plan_id_idx on app.coordination_item (coordination_plan_id, position, id);
create index coordination_item_lead_unit_id_idx on app.coordination_item (lead_unit_id);
create index coordination_item_owner_unit_id_idx on app.coordination_item (owner_unit_id);
create index coordination_item_owner_area_id_idx on app.coordination_item (owner_area_id);
create index coordination_item_level_id_idx on app.coordination_item (level_id);
create index coordination_item_line_id_idx on app.coordination_item (line_id);
create index coordination_item_province_key_idx on app.coordination_item (province_key, id);
create index coordination_item_district_key_idx on app.coordination_item (district_key, id);
create index coordination_item_grassroots_key_idx on app.coordination_item (grassroots_key, id);
comment on column app.coordination_item.is_signed is 'Its plan is signed: seen by the parties and above. Kept here for the policies';
