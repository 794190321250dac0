-- What a unit is told, each thing once: read in the inbox of each of its members, and sent as mail.

create table app.notice (
    id uuid primary key default private.new_id(),
    unit_id integer not null references app.unit,
    topic text not null constraint notice_topic_choice check (topic in (
        'assignments_due', 'report_due', 'period_opened', 'report_submitted', 'report_returned', 'report_approved',
        'report_reopened', 'extension_requested', 'extension_decided', 'plan_issued')),
    -- of what falls due: how far off it is; escalated goes to the unit above
    stage text constraint notice_stage_choice check (stage in ('before', 'on', 'after', 'escalated')),
    -- the row it is about, where it is one row
    resource text,
    resource_id uuid,
    -- whose doing or omission it is, where that is another unit
    about_unit_id integer references app.unit,
    plan_id uuid references app.plan on delete cascade,
    due_on date,
    count integer constraint notice_count_range check (count > 0),
    -- makes it once: what was told under this key is not told again
    once_key text not null constraint notice_once_key_len check (char_length(once_key) between 1 and 200),
    created_at timestamptz not null default now(),
    constraint notice_once unique (unit_id, topic, once_key)
);
create index notice_unit_id_idx on app.notice (unit_id, created_at, id);
create index notice_about_unit_id_idx on app.notice (about_unit_id);
create index notice_plan_id_idx on app.notice (plan_id);

create table app.notice_reading (
    notice_id uuid not null references app.notice on delete cascade,
    user_id uuid not null references app.user_account on delete cascade,
    read_at timestamptz not null default now(),
    primary key (notice_id, user_id)
);
create index notice_reading_user_id_idx on app.notice_reading (user_id);

-- The mailer's queue: a row per notice and member with an address. Only definer functions reach it.
create table private.mail (
    id bigint generated always as identity primary key,
    notice_id uuid not null references app.notice on delete cascade,
    user_id uuid not null references app.user_account on delete cascade,
    status text not null default 'queued' constraint mail_status_choice
        check (status in ('queued', 'sending', 'sent', 'failed')),
    attempt_count smallint not null default 0,
    next_try_at timestamptz not null default now(),
    taken_at timestamptz,
    sent_at timestamptz,
    last_error text constraint mail_last_error_len check (char_length(last_error) <= 500),
    created_at timestamptz not null default now(),
    constraint mail_once unique (notice_id, user_id)
);
create index mail_user_id_idx on private.mail (user_id);
create index mail_waiting_idx on private.mail (next_try_at, id) where status in ('queued', 'sending');

-- When what falls due is told: days from the due day. Rows, so that an installation may set its own.
create table private.notice_stage (
    stage text primary key constraint notice_stage_stage_choice
        check (stage in ('before', 'on', 'after', 'escalated')),
    days smallint not null,
    constraint notice_stage_side check (
        case stage when 'before' then days between -60 and -1 when 'on' then days = 0 else days between 1 and 60 end)
);
insert into private.notice_stage values ('before', -7), ('on', 0), ('after', 1), ('escalated', 7);

-- The last day for which each kind was told: what makes a second run cheap, and tells days missed.
create table private.notice_round (
    topic text not null,
    stage text not null references private.notice_stage,
    told_on date not null,
    primary key (stage, topic)
);

alter table app.user_account add column wants_mail boolean not null default false;
comment on column app.user_account.wants_mail is 'Gets the notices of the units it is officer or leader of as mail too';
