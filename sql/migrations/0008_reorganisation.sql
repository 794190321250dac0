-- Reorganisations: areas and units that are renamed, moved, merged, split, ended or made, and what links
-- the old ones to the new, so that open work finds its new owner and figures can be carried over.
--
-- Two ideas carry everything (docs/adr/0009): an area or unit that has ended stays, with all its records;
-- its scope keys are then those of whoever answers for it now (app.area.parent_id, app.unit.area_id), so
-- the successor sees the past; how things stood on a day is in the dated versions alone.

alter table app.unit_version add column kind text references app.unit_kind;
-- row security binds the owner too
reset role;
update app.unit_version as v set kind = u.kind from app.unit as u where u.id = v.unit_id;
set local role danvan_owner;
alter table app.unit_version alter column kind set not null;
create index unit_version_kind_idx on app.unit_version (kind);

-- What the tree of a day shows of it, kept by trigger: building 11,000 objects anew for each reader took
-- ten times longer than putting these together. json and not jsonb: its text is copied as it is.
alter table app.area_version add column node json;
reset role;
update app.area_version as v
set node = json_build_object('id', v.area_id, 'parent_id', v.parent_id, 'level', l.code, 'code', v.code, 'name', v.name,
    'kind', v.kind)
from app.area as a join app.level as l on l.id = a.level_id
where a.id = v.area_id;
set local role danvan_owner;
alter table app.area_version alter column node set not null;

alter table app.area add column is_active boolean not null default true;
comment on column app.area.parent_id is 'The area this one lies in today; for one that has ended, the area that took it over';
comment on column app.area.is_active is 'False once the area has ended';

create table app.reorganisation (
    id uuid primary key default private.new_id(),
    title text not null constraint reorganisation_title_len check (char_length(title) between 1 and 300),
    document_id uuid references app.document,
    legal_basis text constraint reorganisation_legal_basis_len check (char_length(legal_basis) between 1 and 300),
    effective_on date not null,
    -- the day or the paper is not certain, and why
    is_doubtful boolean not null default false,
    doubt text constraint reorganisation_doubt_len check (char_length(doubt) between 1 and 1000),
    status text not null default 'draft' constraint reorganisation_status_choice
        check (status in ('draft', 'scheduled', 'carried_out', 'withdrawn')),
    owner_unit_id integer not null references app.unit,
    owner_area_id integer not null references app.area,
    prepared_by uuid references app.user_account,
    decided_by uuid references app.user_account,
    decided_unit_id integer references app.unit,
    decided_at timestamptz,
    carried_out_at timestamptz,
    withdrawn_at timestamptz,
    withdraw_reason text constraint reorganisation_withdraw_reason_len check (char_length(withdraw_reason) between 1 and 1000),
    -- what moved, counted: {"assignments": 12, "reports": 3, …}
    outcome jsonb,
    province_key integer,
    district_key integer,
    grassroots_key integer,
    province_line_key integer,
    district_line_key integer,
    grassroots_line_key integer,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint reorganisation_basis_told check (num_nonnulls(document_id, legal_basis) >= 1),
    constraint reorganisation_doubt_told check (not is_doubtful or doubt is not null)
);
create index reorganisation_document_id_idx on app.reorganisation (document_id);
create index reorganisation_owner_unit_id_idx on app.reorganisation (owner_unit_id);
create index reorganisation_owner_area_id_idx on app.reorganisation (owner_area_id);
create index reorganisation_prepared_by_idx on app.reorganisation (prepared_by);
create index reorganisation_decided_by_idx on app.reorganisation (decided_by);
create index reorganisation_decided_unit_id_idx on app.reorganisation (decided_unit_id);
create index reorganisation_province_key_idx on app.reorganisation (province_key, id);
create index reorganisation_district_key_idx on app.reorganisation (district_key, id);
create index reorganisation_grassroots_key_idx on app.reorganisation (grassroots_key, id);
create index reorganisation_effective_on_idx on app.reorganisation (effective_on) where status = 'scheduled';
comment on table app.reorganisation is 'A change of organisation with its legal basis: prepared as a draft, decided by an administrator of the level above, carried out on its day in one transaction';

create table app.reorganisation_step (
    id uuid primary key default private.new_id(),
    reorganisation_id uuid not null references app.reorganisation on delete cascade,
    position smallint not null constraint reorganisation_step_position_range check (position > 0),
    subject text not null constraint reorganisation_step_subject_choice check (subject in ('area', 'unit')),
    kind text not null constraint reorganisation_step_kind_choice
        check (kind in ('rename', 'change_kind', 'move', 'merge', 'split', 'dissolve', 'create', 'move_function')),
    with_units boolean not null default true,
    moves_accounts boolean not null default true,
    note text constraint reorganisation_step_note_len check (char_length(note) <= 500),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint reorganisation_step_position_once unique (reorganisation_id, position) deferrable initially immediate,
    constraint reorganisation_step_function_of_unit check (kind <> 'move_function' or subject = 'unit')
);
comment on column app.reorganisation_step.with_units is 'Of an area: the units standing there follow it, each kind to its like; a rename renames them too';
comment on column app.reorganisation_step.moves_accounts is 'Memberships go on at a successor of the same level; they never go up a level by themselves';

-- What a step takes (from) and what it leads to (to): something that stands already, or something to be
-- made, described by the new_ columns. A change of one thing (rename, change of kind, move) is one "from"
-- with its new_ columns.
create table app.reorganisation_part (
    id uuid primary key default private.new_id(),
    step_id uuid not null references app.reorganisation_step on delete cascade,
    side text not null constraint reorganisation_part_side_choice check (side in ('from', 'to')),
    position smallint not null constraint reorganisation_part_position_range check (position > 0),
    area_id integer references app.area,
    unit_id integer references app.unit,
    new_code text constraint reorganisation_part_new_code_len check (char_length(new_code) between 1 and 80),
    new_name text constraint reorganisation_part_new_name_len check (char_length(new_name) between 1 and 300),
    new_short_name text constraint reorganisation_part_new_short_name_len check (char_length(new_short_name) between 1 and 100),
    new_kind text constraint reorganisation_part_new_kind_len check (char_length(new_kind) between 1 and 60),
    new_level_id smallint references app.level,
    -- where the new or moved one lies (an area), stands (a unit) or is inside of (an office); an area or
    -- unit of today, or one that another part of the same reorganisation makes
    new_area_id integer references app.area,
    new_area_part_id uuid references app.reorganisation_part,
    new_parent_unit_id integer references app.unit,
    new_parent_part_id uuid references app.reorganisation_part,
    -- of the link between this part and the one it goes to or comes from
    allocation text constraint reorganisation_part_allocation_choice check (allocation in ('sum', 'copy', 'share')),
    share_permille smallint constraint reorganisation_part_share_range check (share_permille between 1 and 1000),
    -- what carrying out made of it
    made_area_id integer references app.area,
    made_unit_id integer references app.unit,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint reorganisation_part_position_once unique (step_id, side, position) deferrable initially immediate,
    constraint reorganisation_part_share_told check ((allocation is not distinct from 'share') = (share_permille is not null)),
    constraint reorganisation_part_one_subject check (num_nonnulls(area_id, unit_id) <= 1),
    constraint reorganisation_part_from_stands check (side = 'to' or num_nonnulls(area_id, unit_id) = 1)
);
create index reorganisation_part_area_id_idx on app.reorganisation_part (area_id);
create index reorganisation_part_unit_id_idx on app.reorganisation_part (unit_id);
create index reorganisation_part_new_level_id_idx on app.reorganisation_part (new_level_id);
create index reorganisation_part_new_area_id_idx on app.reorganisation_part (new_area_id);
create index reorganisation_part_new_area_part_id_idx on app.reorganisation_part (new_area_part_id);
create index reorganisation_part_new_parent_unit_id_idx on app.reorganisation_part (new_parent_unit_id);
create index reorganisation_part_new_parent_part_id_idx on app.reorganisation_part (new_parent_part_id);
create index reorganisation_part_made_area_id_idx on app.reorganisation_part (made_area_id);
create index reorganisation_part_made_unit_id_idx on app.reorganisation_part (made_unit_id);

-- The items of a plan that a moved function is: what is open of them goes to the other unit.
create table app.reorganisation_function_item (
    id uuid primary key default private.new_id(),
    step_id uuid not null references app.reorganisation_step on delete cascade,
    plan_item_id uuid not null references app.plan_item,
    created_at timestamptz not null default now(),
    version integer not null default 1,
    constraint reorganisation_function_item_once unique (step_id, plan_item_id)
);
create index reorganisation_function_item_plan_item_id_idx on app.reorganisation_function_item (plan_item_id);

-- Who succeeded whom, and how figures are carried over: sum (all of it goes into the successor), copy (each
-- successor has it whole), share (share_permille of it).
create table app.area_link (
    id integer generated by default as identity primary key,
    predecessor_id integer not null references app.area,
    successor_id integer not null references app.area,
    effective_on date not null,
    allocation text not null constraint area_link_allocation_choice check (allocation in ('sum', 'copy', 'share')),
    share_permille smallint constraint area_link_share_range check (share_permille between 1 and 1000),
    step_id uuid not null references app.reorganisation_step,
    constraint area_link_once unique (predecessor_id, successor_id, effective_on),
    constraint area_link_not_self check (predecessor_id <> successor_id),
    constraint area_link_share_told check ((allocation = 'share') = (share_permille is not null))
);
create index area_link_successor_id_idx on app.area_link (successor_id);
create index area_link_step_id_idx on app.area_link (step_id);

create table app.unit_link (
    id integer generated by default as identity primary key,
    predecessor_id integer not null references app.unit,
    successor_id integer not null references app.unit,
    effective_on date not null,
    allocation text not null constraint unit_link_allocation_choice check (allocation in ('sum', 'copy', 'share')),
    share_permille smallint constraint unit_link_share_range check (share_permille between 1 and 1000),
    -- one function moved and the unit goes on: not a successor of the whole
    is_function boolean not null default false,
    step_id uuid not null references app.reorganisation_step,
    constraint unit_link_once unique (predecessor_id, successor_id, effective_on, step_id),
    constraint unit_link_not_self check (predecessor_id <> successor_id),
    constraint unit_link_share_told check ((allocation = 'share') = (share_permille is not null))
);
create index unit_link_successor_id_idx on app.unit_link (successor_id);
create index unit_link_step_id_idx on app.unit_link (step_id);

-- What moving leaves behind on each thing that moved --------------------------------------------------

alter table app.plan add column original_issuer_unit_id integer references app.unit;
reset role;
update app.plan set original_issuer_unit_id = issuer_unit_id;
set local role danvan_owner;
alter table app.plan alter column original_issuer_unit_id set not null;
create index plan_issuer_unit_id_idx on app.plan (issuer_unit_id);
alter table app.plan drop constraint plan_number_once;
alter table app.plan add constraint plan_number_once unique (original_issuer_unit_id, number, period_from);
comment on column app.plan.issuer_unit_id is 'The unit that runs the plan: who issued it, or its successor';
comment on column app.plan.original_issuer_unit_id is 'The unit that issued it; never changes';

-- What is open goes to the successor as an assignment of its own; the old one stays where it was.
alter table app.assignment add column moved_to_id uuid references app.assignment;
alter table app.assignment drop constraint assignment_status_choice;
alter table app.assignment add constraint assignment_status_choice
    check (status in ('not_started', 'in_progress', 'reported', 'completed', 'cancelled', 'moved'));
alter table app.assignment add constraint assignment_moved_told check (moved_to_id is null or status = 'moved');
create index assignment_moved_to_id_idx on app.assignment (moved_to_id) where moved_to_id is not null;

alter table app.report add column moved_to_id uuid references app.report;
alter table app.report drop constraint report_status_choice;
alter table app.report add constraint report_status_choice check (status in
    ('not_started', 'draft', 'submitted', 'in_review', 'returned', 'approved', 'reopened', 'moved'));
create index report_moved_to_id_idx on app.report (moved_to_id) where moved_to_id is not null;

alter table app.membership add column moves_to_unit_id integer references app.unit;
create index membership_moves_to_unit_id_idx on app.membership (moves_to_unit_id) where moves_to_unit_id is not null;
comment on column app.membership.moves_to_unit_id is 'Ended by a reorganisation: the unit whose administrators find this person a place';
