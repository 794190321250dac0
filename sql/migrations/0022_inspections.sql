-- Inspections and supervision: the year's programme, who is inspected by what documents, what was found, and what was
-- recommended, followed to its end as an assignment. Emulation: models ("Dân vận khéo"), where they were replicated, drives
-- and congresses, awards as counts. All of it about organisations: no person, household or believer has a column here.
--
-- Tables that a unit owns are of one form (sql/code/06_owned_tables.sql).

create table app.inspection_programme (
    id uuid primary key default private.new_id(),
    plan_id uuid not null references app.plan,
    year smallint not null constraint inspection_programme_year_range check (year between 2000 and 2100),
    title text not null constraint inspection_programme_title_len check (char_length(title) between 1 and 500),
    document_id uuid references app.document,
    status text not null default 'draft'
        constraint inspection_programme_status_choice check (status in ('draft', 'issued', 'closed')),
    issued_on date,
    closed_on date,
    is_open boolean not null generated always as (status <> 'closed') stored,
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
    constraint inspection_programme_issued_told check ((status = 'draft') = (issued_on is null)),
    constraint inspection_programme_closed_told check ((status = 'closed') = (closed_on is not null)),
    constraint inspection_programme_dates check (closed_on >= issued_on)
);
create index inspection_programme_plan_id_idx on app.inspection_programme (plan_id);
create index inspection_programme_document_id_idx on app.inspection_programme (document_id);
create index inspection_programme_owner_unit_id_idx on app.inspection_programme (owner_unit_id);
create index inspection_programme_owner_area_id_idx on app.inspection_programme (owner_area_id);
create index inspection_programme_level_id_idx on app.inspection_programme (level_id);
create index inspection_programme_line_id_idx on app.inspection_programme (line_id);
create index inspection_programme_province_key_idx on app.inspection_programme (province_key, year, id);
create index inspection_programme_district_key_idx on app.inspection_programme (district_key, year, id);
create index inspection_programme_grassroots_key_idx on app.inspection_programme (grassroots_key, year, id);

create table app.inspection (
    id uuid primary key default private.new_id(),
    programme_id uuid references app.inspection_programme,
    plan_id uuid not null references app.plan,
    plan_item_id uuid references app.plan_item,
    kind text not null
        constraint inspection_kind_choice check (kind in ('inspection', 'supervision', 'social_criticism')),
    is_joint boolean not null default false,
    title text not null constraint inspection_title_len check (char_length(title) between 1 and 500),
    focus text constraint inspection_focus_len check (char_length(focus) between 1 and 4000),
    starts_on date not null,
    ends_on date not null,
    status text not null default 'planned' constraint inspection_status_choice
        check (status in ('planned', 'announced', 'under_way', 'concluded', 'cancelled')),
    document_id uuid references app.document,
    shown_on date,
    announced_on date,
    began_on date,
    concluded_on date,
    cancelled_on date,
    cancel_reason text constraint inspection_cancel_reason_len check (char_length(cancel_reason) between 1 and 1000),
    is_open boolean not null generated always as (status in ('planned', 'announced', 'under_way')) stored,
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
    constraint inspection_dates check (ends_on >= starts_on and ends_on < starts_on + 366),
    constraint inspection_concluded_told check ((status = 'concluded') = (concluded_on is not null)),
    constraint inspection_cancel_told
        check ((status = 'cancelled') = (cancelled_on is not null) and (status = 'cancelled') = (cancel_reason is not null)),
    constraint inspection_announced_told
        check (status not in ('announced', 'under_way', 'concluded') or announced_on is not null and shown_on is not null),
    constraint inspection_began_told check (status not in ('under_way', 'concluded') or began_on is not null)
);
create index inspection_programme_id_idx on app.inspection (programme_id);
create index inspection_plan_id_idx on app.inspection (plan_id);
create index inspection_plan_item_id_idx on app.inspection (plan_item_id);
create index inspection_document_id_idx on app.inspection (document_id);
create index inspection_owner_unit_id_idx on app.inspection (owner_unit_id);
create index inspection_owner_area_id_idx on app.inspection (owner_area_id);
create index inspection_level_id_idx on app.inspection (level_id);
create index inspection_line_id_idx on app.inspection (line_id);
create index inspection_province_key_idx on app.inspection (province_key, starts_on, id);
create index inspection_district_key_idx on app.inspection (district_key, starts_on, id);
create index inspection_grassroots_key_idx on app.inspection (grassroots_key, starts_on, id);
create index inspection_province_line_key_idx on app.inspection (province_line_key, starts_on, id);
create index inspection_district_line_key_idx on app.inspection (district_line_key, starts_on, id);
create index inspection_grassroots_line_key_idx on app.inspection (grassroots_line_key, starts_on, id);
comment on column app.inspection.owner_unit_id is 'The inspecting unit; of a joint team, the one that leads it';
comment on column app.inspection.shown_on is 'From this day on the scope sees it: planned outside of a programme, its programme issued, or announced';
comment on column app.inspection.document_id is 'The document of its conclusion';

-- Who is inspected, and who else takes part in the team.
create table app.inspection_unit (
    id uuid primary key default private.new_id(),
    inspection_id uuid not null references app.inspection on delete cascade,
    unit_id integer not null references app.unit,
    role text not null constraint inspection_unit_role_choice check (role in ('subject', 'partner')),
    nothing_found boolean not null default false,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint inspection_unit_once unique (inspection_id, unit_id),
    constraint inspection_unit_nothing_found_of_subject check (role = 'subject' or not nothing_found)
);
create index inspection_unit_unit_id_idx on app.inspection_unit (unit_id, inspection_id);
comment on column app.inspection_unit.nothing_found is 'Said on purpose: there is neither a finding nor a recommendation for this unit';

create table app.inspection_standard (
    id uuid primary key default private.new_id(),
    inspection_id uuid not null references app.inspection on delete cascade,
    document_id uuid not null references app.document,
    created_at timestamptz not null default now(),
    constraint inspection_standard_once unique (inspection_id, document_id)
);
create index inspection_standard_document_id_idx on app.inspection_standard (document_id);
comment on table app.inspection_standard is 'Documents against which it is inspected';

create table app.inspection_finding (
    id uuid primary key default private.new_id(),
    inspection_id uuid not null references app.inspection on delete cascade,
    subject_unit_id integer not null references app.unit,
    kind text not null constraint inspection_finding_kind_choice check (kind in ('strength', 'shortcoming')),
    text text not null constraint inspection_finding_text_len check (char_length(text) between 1 and 4000),
    issued_on date,
    is_open boolean not null generated always as (issued_on is null) stored,
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
create index inspection_finding_inspection_id_idx on app.inspection_finding (inspection_id);
create index inspection_finding_subject_unit_id_idx on app.inspection_finding (subject_unit_id);
create index inspection_finding_owner_unit_id_idx on app.inspection_finding (owner_unit_id);
create index inspection_finding_owner_area_id_idx on app.inspection_finding (owner_area_id);
create index inspection_finding_level_id_idx on app.inspection_finding (level_id);
create index inspection_finding_line_id_idx on app.inspection_finding (line_id);
create index inspection_finding_province_key_idx on app.inspection_finding (province_key, id);
create index inspection_finding_district_key_idx on app.inspection_finding (district_key, id);
create index inspection_finding_grassroots_key_idx on app.inspection_finding (grassroots_key, id);
comment on column app.inspection_finding.issued_on is 'The day the inspection was concluded: from then on its subject sees it';

create table app.recommendation (
    id uuid primary key default private.new_id(),
    inspection_id uuid not null references app.inspection on delete cascade,
    lead_unit_id integer not null references app.unit,
    title text not null constraint recommendation_title_len check (char_length(title) between 1 and 500),
    text text constraint recommendation_text_len check (char_length(text) between 1 and 4000),
    due_on date not null,
    status text not null default 'draft'
        constraint recommendation_status_choice check (status in ('draft', 'open', 'completed', 'withdrawn')),
    given_on date,
    completed_on date,
    withdrawn_on date,
    withdraw_reason text
        constraint recommendation_withdraw_reason_len check (char_length(withdraw_reason) between 1 and 1000),
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
    search text not null generated always as (private.search_text(title)) stored,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint recommendation_given_told check ((status = 'draft') = (given_on is null)),
    constraint recommendation_completed_told check ((status = 'completed') = (completed_on is not null)),
    constraint recommendation_withdrawn_told
        check ((status = 'withdrawn') = (withdrawn_on is not null) and (status = 'withdrawn') = (withdraw_reason is not null))
);
create index recommendation_inspection_id_idx on app.recommendation (inspection_id);
create index recommendation_owner_unit_id_idx on app.recommendation (owner_unit_id);
create index recommendation_owner_area_id_idx on app.recommendation (owner_area_id);
create index recommendation_level_id_idx on app.recommendation (level_id);
create index recommendation_line_id_idx on app.recommendation (line_id);
create index recommendation_province_key_idx on app.recommendation (province_key, due_on, id);
create index recommendation_district_key_idx on app.recommendation (district_key, due_on, id);
create index recommendation_grassroots_key_idx on app.recommendation (grassroots_key, due_on, id);
create index recommendation_province_line_key_idx on app.recommendation (province_line_key, due_on, id);
create index recommendation_district_line_key_idx on app.recommendation (district_line_key, due_on, id);
create index recommendation_grassroots_line_key_idx on app.recommendation (grassroots_line_key, due_on, id);
create index recommendation_lead_unit_id_idx on app.recommendation (lead_unit_id, due_on, id);
create index recommendation_open_idx on app.recommendation (lead_unit_id) include (given_on, due_on) where status = 'open';
comment on column app.recommendation.lead_unit_id is 'The subject unit that is to carry it out';
comment on column app.recommendation.given_on is 'The day the inspection was concluded; its age counts from here';

create table app.emulation_drive (
    id uuid primary key default private.new_id(),
    kind text not null constraint emulation_drive_kind_choice check (kind in ('drive', 'congress')),
    title text not null constraint emulation_drive_title_len check (char_length(title) between 1 and 500),
    plan_item_id uuid references app.plan_item,
    document_id uuid references app.document,
    starts_on date not null,
    ends_on date not null,
    launched_on date,
    summed_up_on date,
    status text not null generated always as (
        case when summed_up_on is not null then 'summed_up' when launched_on is not null then 'under_way' else 'planned' end) stored,
    is_open boolean not null generated always as (summed_up_on is null) stored,
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
    constraint emulation_drive_dates check (ends_on >= starts_on),
    constraint emulation_drive_summed_up check (summed_up_on is null or summed_up_on >= launched_on and launched_on is not null)
);
create index emulation_drive_plan_item_id_idx on app.emulation_drive (plan_item_id);
create index emulation_drive_document_id_idx on app.emulation_drive (document_id);
create index emulation_drive_owner_unit_id_idx on app.emulation_drive (owner_unit_id);
create index emulation_drive_owner_area_id_idx on app.emulation_drive (owner_area_id);
create index emulation_drive_level_id_idx on app.emulation_drive (level_id);
create index emulation_drive_line_id_idx on app.emulation_drive (line_id);
create index emulation_drive_province_key_idx on app.emulation_drive (province_key, starts_on, id);
create index emulation_drive_district_key_idx on app.emulation_drive (district_key, starts_on, id);
create index emulation_drive_grassroots_key_idx on app.emulation_drive (grassroots_key, starts_on, id);
comment on column app.emulation_drive.launched_on is 'Launched (a congress: opened) on this day';

create table app.emulation_model (
    id uuid primary key default private.new_id(),
    plan_item_id uuid references app.plan_item,
    drive_id uuid references app.emulation_drive,
    field text not null constraint emulation_model_field_choice
        check (field in ('economy', 'culture_society', 'defence_security', 'political_system')),
    name text not null constraint emulation_model_name_len check (char_length(name) between 1 and 300),
    description text constraint emulation_model_description_len check (char_length(description) between 1 and 4000),
    year smallint not null generated always as (extract(year from registered_on)::smallint) stored,
    registered_on date not null constraint emulation_model_registered_on_range
        check (registered_on between '2000-01-01' and '2100-12-31'),
    status text not null default 'registered'
        constraint emulation_model_status_choice check (status in ('registered', 'effective', 'recognised', 'ended')),
    effective_on date,
    recognised_on date,
    recognition_level_id smallint references app.level,
    recognised_by_unit_id integer references app.unit,
    document_id uuid references app.document,
    ended_on date,
    end_reason text constraint emulation_model_end_reason_len check (char_length(end_reason) between 1 and 1000),
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
    search text not null generated always as (private.search_text(name)) stored,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint emulation_model_dates
        check (effective_on >= registered_on and recognised_on >= effective_on and ended_on >= registered_on),
    constraint emulation_model_effective_told check (status not in ('effective', 'recognised') or effective_on is not null),
    constraint emulation_model_recognised_told
        check ((recognised_on is null) = (recognition_level_id is null) and (recognised_on is null) = (document_id is null)
            and (recognised_on is null) = (recognised_by_unit_id is null)
            and (status <> 'recognised' or recognised_on is not null) and (recognised_on is null or effective_on is not null)),
    constraint emulation_model_ended_told
        check ((status = 'ended') = (ended_on is not null) and (status = 'ended') = (end_reason is not null))
);
create index emulation_model_plan_item_id_idx on app.emulation_model (plan_item_id);
create index emulation_model_drive_id_idx on app.emulation_model (drive_id);
create index emulation_model_document_id_idx on app.emulation_model (document_id);
create index emulation_model_recognition_level_id_idx on app.emulation_model (recognition_level_id);
create index emulation_model_recognised_by_unit_id_idx on app.emulation_model (recognised_by_unit_id);
create index emulation_model_owner_unit_id_idx on app.emulation_model (owner_unit_id);
create index emulation_model_owner_area_id_idx on app.emulation_model (owner_area_id);
create index emulation_model_level_id_idx on app.emulation_model (level_id);
create index emulation_model_line_id_idx on app.emulation_model (line_id);
create index emulation_model_province_key_idx on app.emulation_model (province_key, registered_on, id);
create index emulation_model_district_key_idx on app.emulation_model (district_key, registered_on, id);
create index emulation_model_grassroots_key_idx on app.emulation_model (grassroots_key, registered_on, id);
create index emulation_model_province_line_key_idx on app.emulation_model (province_line_key, registered_on, id);
create index emulation_model_district_line_key_idx on app.emulation_model (district_line_key, registered_on, id);
create index emulation_model_grassroots_line_key_idx on app.emulation_model (grassroots_line_key, registered_on, id);
comment on column app.emulation_model.owner_unit_id is 'The unit that registered it';
comment on column app.emulation_model.recognised_on is 'First recognised on this day; level, unit and document are those of the highest recognition';

-- Where a model was taken over: at a unit, or in an area.
create table app.emulation_replication (
    id uuid primary key default private.new_id(),
    model_id uuid not null references app.emulation_model on delete cascade,
    unit_id integer references app.unit,
    area_id integer references app.area,
    replicated_on date not null,
    note text constraint emulation_replication_note_len check (char_length(note) between 1 and 1000),
    recorded_by_unit_id integer not null references app.unit,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint emulation_replication_place check (num_nonnulls(unit_id, area_id) = 1),
    constraint emulation_replication_once unique nulls not distinct (model_id, unit_id, area_id)
);
create index emulation_replication_unit_id_idx on app.emulation_replication (unit_id);
create index emulation_replication_area_id_idx on app.emulation_replication (area_id);
create index emulation_replication_recorded_by_unit_id_idx on app.emulation_replication (recorded_by_unit_id);

-- Awards as counts; names stand on the decision's paper alone.
create table app.award_count (
    id uuid primary key default private.new_id(),
    year smallint not null constraint award_count_year_range check (year between 2000 and 2100),
    form text not null constraint award_count_form_len check (char_length(form) between 1 and 100),
    awarding_level_id smallint not null references app.level,
    group_count integer not null default 0 constraint award_count_group_count_range check (group_count between 0 and 100000),
    person_count integer not null default 0 constraint award_count_person_count_range check (person_count between 0 and 100000),
    awarded_on date,
    drive_id uuid references app.emulation_drive,
    document_id uuid references app.document,
    -- a year's awards stay those of the unit that had them
    is_open boolean not null generated always as (false) stored,
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
    version integer not null default 1,
    constraint award_count_not_empty check (group_count + person_count > 0),
    constraint award_count_of_year check (extract(year from awarded_on) = year),
    constraint award_count_once
        unique nulls not distinct (owner_unit_id, year, form, awarding_level_id, drive_id, document_id, awarded_on)
);
create index award_count_awarding_level_id_idx on app.award_count (awarding_level_id);
create index award_count_drive_id_idx on app.award_count (drive_id);
create index award_count_document_id_idx on app.award_count (document_id);
create index award_count_owner_area_id_idx on app.award_count (owner_area_id);
create index award_count_level_id_idx on app.award_count (level_id);
create index award_count_line_id_idx on app.award_count (line_id);
create index award_count_province_key_idx on app.award_count (province_key, year, id);
create index award_count_district_key_idx on app.award_count (district_key, year, id);
create index award_count_grassroots_key_idx on app.award_count (grassroots_key, year, id);
