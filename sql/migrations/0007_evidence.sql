-- Files that prove what is said: attached to a progress entry, a report or a document, and kept here so
-- that one backup holds all. Content stands in pieces, so that it flows in and out without ever being
-- whole in memory.

create table app.evidence (
    id uuid primary key default private.new_id(),
    progress_entry_id uuid references app.progress_entry on delete cascade,
    report_id uuid references app.report on delete cascade,
    document_id uuid references app.document on delete cascade,
    unit_id integer not null references app.unit,
    name text not null constraint evidence_name_len check (char_length(name) between 1 and 200),
    media_type text not null constraint evidence_media_type_len check (char_length(media_type) between 3 and 100),
    size bigint not null constraint evidence_size_range check (size between 1 and 52428800),
    sha256 text not null constraint evidence_sha256_format check (sha256 ~ '^[0-9a-f]{64}$'),
    added_by uuid not null references app.user_account,
    created_at timestamptz not null default now(),
    constraint evidence_one_subject check (num_nonnulls(progress_entry_id, report_id, document_id) = 1),
    -- no path, no control character, in one form: a name is shown, and becomes a file somewhere else
    constraint evidence_name_format check (name !~ '[[:cntrl:]/\\]' and name is nfc normalized)
);
-- A unit attaches the same content to a record once, however often it sends it.
create unique index evidence_progress_entry_once on app.evidence (progress_entry_id, unit_id, sha256)
    where progress_entry_id is not null;
create unique index evidence_report_once on app.evidence (report_id, unit_id, sha256) where report_id is not null;
create unique index evidence_document_once on app.evidence (document_id, unit_id, sha256) where document_id is not null;
create index evidence_unit_id_idx on app.evidence (unit_id);
create index evidence_added_by_idx on app.evidence (added_by);

create table app.evidence_piece (
    evidence_id uuid not null references app.evidence on delete cascade,
    number integer not null constraint evidence_piece_number_range check (number >= 0),
    bytes bytea not null constraint evidence_piece_size check (octet_length(bytes) between 1 and 262144),
    primary key (evidence_id, number)
);
alter table app.evidence_piece alter column bytes set storage external;
