-- What a unit's board estimates for a year for what it leads itself (III.4), what was approved of it, moved and spent;
-- and the phases of a plan, under which its years are told.
--
-- Money is đồng, whole. Every movement is a row of app.budget_entry, never changed; the sums on the line are kept by
-- the trigger that each entry fires (sql/code/43_budget.sql), and private.budget_faults() compares them.

create table app.budget_line (
    id uuid primary key default private.new_id(),
    plan_id uuid not null references app.plan,
    plan_item_id uuid not null references app.plan_item,
    year smallint not null constraint budget_line_year_range check (year between 2000 and 2100),
    -- a thousand billion: ten times what a province has for all of this
    estimate_amount bigint not null constraint budget_line_estimate_amount_range check (estimate_amount between 0 and 1000000000000),
    note text constraint budget_line_note_len check (char_length(note) between 1 and 1000),
    status text not null default 'draft'
        constraint budget_line_status_choice check (status in ('draft', 'submitted', 'approved', 'closed')),
    submitted_on date,
    returned_on date,
    return_note text constraint budget_line_return_note_len check (char_length(return_note) between 1 and 1000),
    approved_on date,
    closed_on date,
    approved_amount bigint not null default 0
        constraint budget_line_approved_amount_range check (approved_amount between 0 and 1000000000000),
    adjusted_amount bigint not null default 0,
    spent_amount bigint not null default 0,
    document_id uuid references app.document,
    origin_unit_id integer not null references app.unit,
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
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    -- with the unit that estimated it: a successor takes over the lines of several, each with its own money
    constraint budget_line_once unique (owner_unit_id, plan_item_id, year, origin_unit_id),
    constraint budget_line_submitted_told check (status = 'draft' or submitted_on is not null),
    constraint budget_line_returned_told check ((returned_on is null) = (return_note is null)),
    constraint budget_line_approved_told check ((status in ('approved', 'closed')) = (approved_on is not null)),
    constraint budget_line_closed_told check ((status = 'closed') = (closed_on is not null)),
    constraint budget_line_adjusted_range check (approved_amount + adjusted_amount between 0 and 1000000000000),
    constraint budget_line_spent_range check (spent_amount between 0 and approved_amount + adjusted_amount)
);
create index budget_line_plan_id_idx on app.budget_line (plan_id);
create index budget_line_plan_item_id_idx on app.budget_line (plan_item_id);
create index budget_line_document_id_idx on app.budget_line (document_id);
create index budget_line_origin_unit_id_idx on app.budget_line (origin_unit_id);
create index budget_line_owner_unit_id_idx on app.budget_line (owner_unit_id, year, id);
create index budget_line_owner_area_id_idx on app.budget_line (owner_area_id);
create index budget_line_level_id_idx on app.budget_line (level_id);
create index budget_line_line_id_idx on app.budget_line (line_id);
create index budget_line_province_key_idx on app.budget_line (province_key, year, id);
create index budget_line_district_key_idx on app.budget_line (district_key, year, id);
create index budget_line_grassroots_key_idx on app.budget_line (grassroots_key, year, id);
create index budget_line_province_line_key_idx on app.budget_line (province_line_key, year, id);
create index budget_line_district_line_key_idx on app.budget_line (district_line_key, year, id);
create index budget_line_grassroots_line_key_idx on app.budget_line (grassroots_line_key, year, id);
comment on column app.budget_line.origin_unit_id is 'The unit that estimated it: the owner, until a reorganisation hands what is not closed to the successor';
comment on column app.budget_line.document_id is 'The decision that approved it';

-- Every movement. Of estimates the last one holds; the others add up.
create table app.budget_entry (
    id uuid primary key default private.new_id(),
    budget_line_id uuid not null references app.budget_line,
    kind text not null
        constraint budget_entry_kind_choice check (kind in ('estimate', 'approval', 'adjustment', 'spending')),
    amount bigint not null constraint budget_entry_amount_range check (amount between -1000000000000 and 1000000000000),
    entered_on date not null,
    reason text constraint budget_entry_reason_len check (char_length(reason) between 1 and 1000),
    document_id uuid references app.document,
    unit_id integer not null references app.unit,
    recorded_by uuid references app.user_account,
    created_at timestamptz not null default clock_timestamp(),
    constraint budget_entry_sign check (amount >= 0 or kind in ('adjustment', 'spending')),
    constraint budget_entry_moves check (amount <> 0 or kind in ('estimate', 'approval')),
    constraint budget_entry_reason_told check (reason is not null or kind <> 'adjustment' and amount >= 0)
);
create index budget_entry_budget_line_id_idx on app.budget_entry (budget_line_id, entered_on);
create index budget_entry_entered_on_idx on app.budget_entry (entered_on, id);
create index budget_entry_document_id_idx on app.budget_entry (document_id);
create index budget_entry_unit_id_idx on app.budget_entry (unit_id);
create index budget_entry_recorded_by_idx on app.budget_entry (recorded_by);
comment on column app.budget_entry.entered_on is 'The day it counts from: of spending the day it was spent, else the day of the decision';
comment on column app.budget_entry.unit_id is 'The unit that did it: the owner, or who approves';

-- What a span of the plan's years is called, and by which item of the plan.
create table app.plan_phase (
    id uuid primary key default private.new_id(),
    plan_id uuid not null references app.plan on delete cascade,
    from_year smallint not null constraint plan_phase_from_year_range check (from_year between 2000 and 2100),
    to_year smallint not null constraint plan_phase_to_year_range check (to_year between 2000 and 2100),
    name text not null constraint plan_phase_name_len check (char_length(name) between 1 and 200),
    plan_item_id uuid references app.plan_item on delete set null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint plan_phase_order check (to_year >= from_year),
    constraint plan_phase_overlap exclude using gist (plan_id with =, int4range(from_year, to_year, '[]') with &&)
);
create index plan_phase_plan_id_idx on app.plan_phase (plan_id, from_year);
create index plan_phase_plan_item_id_idx on app.plan_phase (plan_item_id);
