-- People who sign in, the units they act for, their sessions, and the record of what they did.

create table app.user_account (
    id uuid primary key default private.new_id(),
    login text not null unique
        constraint user_account_login_format check (login ~ '^[a-z0-9][a-z0-9._-]{1,59}$'),
    display_name text not null constraint user_account_display_name_len check (char_length(display_name) between 1 and 120),
    email text constraint user_account_email_format check (email ~ '^[^@\s]+@[^@\s]+$' and char_length(email) <= 200),
    home_unit_id integer not null references app.unit,
    disabled_at timestamptz,
    must_change_password boolean not null default true,
    province_key integer,
    district_key integer,
    grassroots_key integer,
    province_line_key integer,
    district_line_key integer,
    grassroots_line_key integer,
    search text generated always as (private.search_text(login || ' ' || display_name)) stored,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1
);
create index user_account_home_unit_id_idx on app.user_account (home_unit_id);
create index user_account_province_key_idx on app.user_account (province_key, id);
create index user_account_district_key_idx on app.user_account (district_key, id);
create index user_account_grassroots_key_idx on app.user_account (grassroots_key, id);
comment on column app.user_account.home_unit_id is 'Unit whose administrators look after the account; its scope keys are copied here by trigger';

create table app.membership (
    id uuid primary key default private.new_id(),
    user_id uuid not null references app.user_account,
    unit_id integer not null references app.unit,
    role text not null constraint membership_role_choice check (role in ('viewer', 'officer', 'leader', 'admin')),
    -- today of the installation (private.today) when not given; set by trigger
    valid_from date not null,
    valid_to date,
    province_key integer,
    district_key integer,
    grassroots_key integer,
    province_line_key integer,
    district_line_key integer,
    grassroots_line_key integer,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint membership_dates check (valid_to is null or valid_to > valid_from),
    constraint membership_no_overlap exclude using gist
        (user_id with =, unit_id with =, role with =, daterange(valid_from, valid_to) with &&)
);
create index membership_user_id_idx on app.membership (user_id);
create index membership_unit_id_idx on app.membership (unit_id);
create index membership_province_key_idx on app.membership (province_key, id);
create index membership_district_key_idx on app.membership (district_key, id);
create index membership_grassroots_key_idx on app.membership (grassroots_key, id);

-- What proves who somebody is. Granted to nobody: only definer functions of private read it.
create table private.credential (
    user_id uuid primary key references app.user_account on delete cascade,
    password_hash text not null,
    password_changed_at timestamptz not null default now(),
    totp_secret bytea,
    totp_confirmed_at timestamptz,
    totp_last_step bigint
);

create table app.session (
    id uuid primary key default private.new_id(),
    token_hash text not null unique,
    user_id uuid not null references app.user_account on delete cascade,
    membership_id uuid not null references app.membership on delete cascade,
    created_at timestamptz not null default now(),
    last_seen_at timestamptz not null default now(),
    expires_at timestamptz not null,
    revoked_at timestamptz,
    remote_addr text,
    user_agent text
);
create index session_user_id_idx on app.session (user_id);
create index session_membership_id_idx on app.session (membership_id);

create table app.api_token (
    id uuid primary key default private.new_id(),
    token_hash text not null unique,
    name text not null constraint api_token_name_len check (char_length(name) between 1 and 120),
    user_id uuid not null references app.user_account on delete cascade,
    membership_id uuid not null references app.membership on delete cascade,
    created_at timestamptz not null default now(),
    last_used_at timestamptz,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    version integer not null default 1
);
create index api_token_user_id_idx on app.api_token (user_id);
create index api_token_membership_id_idx on app.api_token (membership_id);

-- A login of a reporting tool sees what its unit sees. Its scope comes from session_user through
-- this table, which no such login can write.
create table private.reporting_login (
    role_name name primary key,
    unit_id integer not null references app.unit,
    scope text not null references app.scope,
    created_at timestamptz not null default now()
);
create index reporting_login_unit_id_idx on private.reporting_login (unit_id);
create index reporting_login_scope_idx on private.reporting_login (scope);

-- Failed sign-ins, counted per account name and per address; the delay grows, and ends by itself.
create table private.login_throttle (
    key text primary key,
    failure_count integer not null,
    last_failure_at timestamptz not null,
    blocked_until timestamptz
);

-- A reply kept under the client's key, so that a POST sent twice acts once.
create table private.idempotency (
    user_id uuid not null references app.user_account on delete cascade,
    key text not null constraint idempotency_key_len check (char_length(key) between 1 and 200),
    request_hash text not null,
    status integer,
    reply text,
    reply_headers text,
    created_at timestamptz not null default now(),
    primary key (user_id, key)
);
create index idempotency_created_at_idx on private.idempotency (created_at);

-- Append-only. Each row carries a digest of itself; private.audit_seal chains the digests of whole
-- batches, so that writers never queue behind one another and a changed or missing row is seen.
create table app.audit_event (
    id uuid primary key default private.new_id(),
    at timestamptz not null default clock_timestamp(),
    xid xid8 not null default pg_current_xact_id(),
    user_id uuid,
    unit_id integer,
    role text,
    remote_addr text,
    request_id text,
    action text not null,
    resource text not null,
    resource_id text,
    change jsonb,
    province_key integer,
    district_key integer,
    grassroots_key integer,
    province_line_key integer,
    district_line_key integer,
    grassroots_line_key integer,
    digest bytea not null
);
create index audit_event_xid_idx on app.audit_event (xid, id);
create index audit_event_at_idx on app.audit_event (at, id);
create index audit_event_resource_idx on app.audit_event (resource, resource_id, at);
create index audit_event_province_key_idx on app.audit_event (province_key, at, id);
create index audit_event_district_key_idx on app.audit_event (district_key, at, id);
create index audit_event_grassroots_key_idx on app.audit_event (grassroots_key, at, id);

create table private.audit_seal (
    id bigint generated always as identity primary key,
    sealed_at timestamptz not null default clock_timestamp(),
    up_to_xid xid8 not null unique,
    event_count bigint not null,
    digest bytea not null,
    previous_digest bytea
);
