-- Posts, the people who hold them, and what is known of a person: only what the work needs. No religion, no
-- address, no number of any identity paper, no party membership.

create table app.position (
    code text primary key constraint position_code_format check (code ~ '^[a-z0-9_]{1,60}$'),
    name text not null constraint position_name_len check (char_length(name) between 1 and 120),
    level_id smallint references app.level,
    is_leading boolean not null default false,
    rank smallint not null
);
create index position_level_id_idx on app.position (level_id);
comment on table app.position is 'Posts (chức danh) that units have, highest rank first';
comment on column app.position.level_id is 'Level at which the post exists; null: at any';

create table app.establishment (
    id uuid primary key default private.new_id(),
    unit_id integer not null references app.unit,
    position_code text not null references app.position,
    quota smallint not null constraint establishment_quota_range check (quota between 0 and 1000),
    valid_from date not null,
    valid_to date,
    legal_basis text constraint establishment_legal_basis_len check (char_length(legal_basis) between 1 and 300),
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
    constraint establishment_dates check (valid_to is null or valid_to > valid_from),
    constraint establishment_no_overlap exclude using gist
        (unit_id with =, position_code with =, daterange(valid_from, valid_to) with &&)
);
create index establishment_position_code_idx on app.establishment (position_code);
create index establishment_level_id_idx on app.establishment (level_id);
create index establishment_line_id_idx on app.establishment (line_id);
create index establishment_province_key_idx on app.establishment (province_key, id);
create index establishment_district_key_idx on app.establishment (district_key, id);
create index establishment_grassroots_key_idx on app.establishment (grassroots_key, id);

-- A person who works in a unit. Keys and unit_id follow the present appointment.
create table app.staff (
    id uuid primary key default private.new_id(),
    code text not null constraint staff_code_format check (code ~ '^[A-Za-z0-9._-]{1,40}$'),
    full_name text not null constraint staff_full_name_len check (char_length(full_name) between 1 and 120),
    unit_id integer not null references app.unit,
    user_id uuid references app.user_account,
    status text not null default 'working' constraint staff_status_choice check (status in ('working', 'left')),
    left_on date,
    level_id smallint not null references app.level,
    line_id smallint not null references app.line,
    province_key integer,
    district_key integer,
    grassroots_key integer,
    province_line_key integer generated always as (province_key * 100 + line_id) stored,
    district_line_key integer generated always as (district_key * 100 + line_id) stored,
    grassroots_line_key integer generated always as (grassroots_key * 100 + line_id) stored,
    search text not null generated always as (private.search_text(full_name || ' ' || code)) stored,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint staff_code_once unique (code),
    constraint staff_left_told check ((status = 'left') = (left_on is not null))
);
create unique index staff_user_id_once on app.staff (user_id) where user_id is not null;
create index staff_unit_id_idx on app.staff (unit_id, id);
create index staff_level_id_idx on app.staff (level_id);
create index staff_line_id_idx on app.staff (line_id);
create index staff_province_key_idx on app.staff (province_key, code, id);
create index staff_district_key_idx on app.staff (district_key, code, id);
create index staff_grassroots_key_idx on app.staff (grassroots_key, code, id);
create index staff_province_line_key_idx on app.staff (province_line_key, code, id);
create index staff_district_line_key_idx on app.staff (district_line_key, code, id);
create index staff_grassroots_line_key_idx on app.staff (grassroots_line_key, code, id);
create index staff_search_idx on app.staff using gin (search public.gin_trgm_ops);
create index staff_left_on_idx on app.staff (left_on) where left_on is not null;

-- What only those who keep the record may read, one by one and on the record.
create table app.staff_detail (
    staff_id uuid primary key references app.staff on delete cascade,
    born_on date constraint staff_detail_born_on_range check (born_on between '1920-01-01' and '2100-01-01'),
    gender text constraint staff_detail_gender_choice check (gender in ('female', 'male')),
    is_ethnic_minority boolean,
    phone text constraint staff_detail_phone_format check (phone ~ '^\+?[0-9 .-]{6,20}$'),
    email text constraint staff_detail_email_format check (email ~ '^[^@\s]+@[^@\s]+$' and char_length(email) <= 200),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1
);

create table app.qualification (
    id uuid primary key default private.new_id(),
    staff_id uuid not null references app.staff on delete cascade,
    kind text not null constraint qualification_kind_choice check (kind in
        ('professional', 'political_theory', 'state_management', 'mobilization', 'foreign_language', 'ethnic_language', 'informatics')),
    degree text not null constraint qualification_degree_len check (char_length(degree) between 1 and 120),
    subject text constraint qualification_subject_len check (char_length(subject) between 1 and 200),
    institution text constraint qualification_institution_len check (char_length(institution) between 1 and 200),
    obtained_on date,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint qualification_once unique nulls not distinct (staff_id, kind, degree, subject)
);

create table app.appointment (
    id uuid primary key default private.new_id(),
    staff_id uuid not null references app.staff on delete cascade,
    unit_id integer not null references app.unit,
    position_code text not null references app.position,
    kind text not null default 'primary' constraint appointment_kind_choice check (kind in ('primary', 'secondment', 'concurrent')),
    valid_from date not null,
    valid_to date,
    legal_basis text constraint appointment_legal_basis_len check (char_length(legal_basis) between 1 and 300),
    end_cause text constraint appointment_end_cause_choice check (end_cause in ('transfer', 'end_of_term', 'retired', 'left', 'reorganisation')),
    -- ended by a reorganisation without a like post: the unit that finds this person a place
    moves_to_unit_id integer references app.unit,
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
    constraint appointment_dates check (valid_to is null or valid_to > valid_from),
    constraint appointment_end_told check (end_cause is null or valid_to is not null),
    constraint appointment_one_primary exclude using gist
        (staff_id with =, daterange(valid_from, valid_to) with &&) where (kind = 'primary'),
    constraint appointment_no_overlap exclude using gist
        (staff_id with =, unit_id with =, position_code with =, daterange(valid_from, valid_to) with &&)
);
create index appointment_staff_id_idx on app.appointment (staff_id, valid_from);
create index appointment_unit_id_idx on app.appointment (unit_id, valid_from);
create index appointment_position_code_idx on app.appointment (position_code);
create index appointment_moves_to_unit_id_idx on app.appointment (moves_to_unit_id) where moves_to_unit_id is not null;
create index appointment_level_id_idx on app.appointment (level_id);
create index appointment_line_id_idx on app.appointment (line_id);
create index appointment_province_key_idx on app.appointment (province_key, valid_from, id);
create index appointment_district_key_idx on app.appointment (district_key, valid_from, id);
create index appointment_grassroots_key_idx on app.appointment (grassroots_key, valid_from, id);

-- The record of a person who left is kept this long, then deleted. One row.
create table private.staff_retention (
    id boolean primary key default true constraint staff_retention_one_row check (id),
    years smallint not null default 10 constraint staff_retention_years_range check (years between 1 and 70)
);
insert into private.staff_retention default values;

-- What a person's detail may be read for, and which of it each purpose opens. Data, not code. A purpose
-- that reaches above serves the leader of the direct superior too; the others the person and the own unit.
create table private.staff_purpose (
    code text primary key constraint staff_purpose_code_format check (code ~ '^[a-z_]{1,40}$'),
    name text not null,
    fields text[] not null,
    reaches_above boolean not null default false
);
insert into private.staff_purpose (code, name, fields, reaches_above) values
    ('contact', 'Liên hệ công tác', '{phone,email}', false),
    ('appointment', 'Xem xét bổ nhiệm, điều động, biệt phái', '{born_on,gender,is_ethnic_minority}', true),
    ('training', 'Cử đi đào tạo, bồi dưỡng', '{born_on,phone,email}', false),
    ('record_check', 'Kiểm tra, chỉnh lý hồ sơ', '{born_on,gender,is_ethnic_minority,phone,email}', false);

-- How persons are counted above their unit: who is young, and how many a group must have to be shown. One row.
create table private.staff_count_rule (
    id boolean primary key default true constraint staff_count_rule_one_row check (id),
    young_under smallint not null default 31 constraint staff_count_rule_young_range check (young_under between 16 and 60),
    least_shown smallint not null default 5 constraint staff_count_rule_least_range check (least_shown between 3 and 50)
);
insert into private.staff_count_rule default values;
comment on column private.staff_count_rule.young_under is 'Young is who has not had this birthday yet';

-- Proof of a deletion: what was deleted, counted by table, under which rule. Nothing of the person.
create table app.staff_deletion (
    id uuid primary key default private.new_id(),
    staff_id uuid not null,
    unit_id integer not null references app.unit,
    left_on date not null,
    retention_years smallint not null,
    deleted_counts jsonb not null,
    digest bytea not null,
    deleted_at timestamptz not null default clock_timestamp()
);
create index staff_deletion_unit_id_idx on app.staff_deletion (unit_id);
comment on column app.staff_deletion.digest is 'SHA-256 of the record as it was exported last before deletion: who holds that export can prove it is this one; from the digest nothing can be read';
