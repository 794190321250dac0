-- What a plan measures: indicators, the targets set for them, the values in reports, and ratings.

create table app.indicator (
    id uuid primary key default private.new_id(),
    plan_id uuid not null references app.plan on delete cascade,
    plan_item_id uuid references app.plan_item,
    code text not null constraint indicator_code_format check (code ~ '^[A-Za-z0-9._-]{1,30}$'),
    name text not null constraint indicator_name_len check (char_length(name) between 1 and 300),
    measure_unit text not null constraint indicator_measure_unit_len check (char_length(measure_unit) between 1 and 60),
    kind text not null constraint indicator_kind_choice check (kind in ('value', 'ratio')),
    direction text not null constraint indicator_direction_choice check (direction in ('up', 'down')),
    roll_up text not null constraint indicator_roll_up_choice check (roll_up in ('sum', 'ratio', 'last')),
    -- asked in the reports of this kind of period
    frequency text not null references app.period_kind,
    source text not null default 'report' constraint indicator_source_choice check (source in ('report', 'rating')),
    -- asked from this year and up to that one; null: as long as the plan runs
    from_year smallint constraint indicator_from_year_range check (from_year between 2000 and 2100),
    until_year smallint constraint indicator_until_year_range check (until_year between 2000 and 2100),
    position integer not null constraint indicator_position_range check (position > 0),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint indicator_code_once unique (plan_id, code),
    constraint indicator_ratio_rolls check ((kind = 'ratio') = (roll_up = 'ratio')),
    constraint indicator_rating_is_ratio check (source <> 'rating' or kind = 'ratio'),
    constraint indicator_years_order check (from_year <= until_year)
);
create index indicator_plan_item_id_idx on app.indicator (plan_item_id);
create index indicator_frequency_idx on app.indicator (frequency);
comment on column app.indicator.source is 'report: asked of units in their reports; rating: computed from the ratings of organisations';

-- Which units are asked (source report), or rated (source rating): those of a level and line.
create table app.indicator_ask (
    id uuid primary key default private.new_id(),
    indicator_id uuid not null references app.indicator on delete cascade,
    level_id smallint not null references app.level,
    line_id smallint not null references app.line,
    constraint indicator_ask_once unique (indicator_id, level_id, line_id)
);
create index indicator_ask_level_id_idx on app.indicator_ask (level_id);
create index indicator_ask_line_id_idx on app.indicator_ask (line_id);

-- Items whose completed assignments are offered as the value when a report is drafted.
create table app.indicator_item (
    id uuid primary key default private.new_id(),
    indicator_id uuid not null references app.indicator on delete cascade,
    plan_item_id uuid not null references app.plan_item on delete cascade,
    constraint indicator_item_once unique (indicator_id, plan_item_id)
);
create index indicator_item_plan_item_id_idx on app.indicator_item (plan_item_id);

create table app.target (
    id uuid primary key default private.new_id(),
    indicator_id uuid not null references app.indicator on delete cascade,
    year smallint not null constraint target_year_range check (year between 2000 and 2100),
    -- null: every line asked, each for itself
    line_id smallint references app.line,
    comparator text not null constraint target_comparator_choice check (comparator in ('>=', '<=', '=')),
    -- of a ratio in whole per cent, else in the indicator's unit of measure
    threshold bigint not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint target_once unique nulls not distinct (indicator_id, year, line_id)
);
create index target_line_id_idx on app.target (line_id);

-- A unit's answer in one report: its own part, and what was gathered from below. Nothing said is
-- null, never zero.
create table app.indicator_value (
    id uuid primary key default private.new_id(),
    report_id uuid not null references app.report on delete cascade,
    indicator_id uuid not null references app.indicator,
    unit_id integer not null references app.unit,
    level_id smallint not null references app.level,
    line_id smallint not null references app.line,
    year smallint not null,
    is_own_asked boolean not null default true,
    -- bounded, so that no sum over a country leaves bigint
    own_value bigint constraint indicator_value_own_value_range
        check (own_value between -10000000000000 and 10000000000000),
    own_numerator bigint constraint indicator_value_own_numerator_range
        check (own_numerator between 0 and 10000000000000),
    own_denominator bigint constraint indicator_value_own_denominator_range
        check (own_denominator between 0 and 10000000000000),
    -- what drafting proposed and nobody of the unit has touched
    is_own_suggested boolean not null default false,
    gathered_value bigint,
    gathered_numerator bigint,
    gathered_denominator bigint,
    -- of the units below that are asked, how many had said something when it was gathered
    gathered_expected_count integer,
    gathered_count integer,
    note text constraint indicator_value_note_len check (char_length(note) <= 2000),
    -- the report stands approved: its own part counts in answers
    is_approved boolean not null default false,
    province_key integer,
    district_key integer,
    grassroots_key integer,
    province_line_key integer generated always as (province_key * 100 + line_id) stored,
    district_line_key integer generated always as (district_key * 100 + line_id) stored,
    grassroots_line_key integer generated always as (grassroots_key * 100 + line_id) stored,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint indicator_value_once unique (report_id, indicator_id),
    constraint indicator_value_own_pair check ((own_numerator is null) = (own_denominator is null)),
    constraint indicator_value_own_part check (own_numerator <= own_denominator),
    constraint indicator_value_one_form check (own_value is null or own_numerator is null)
);
create index indicator_value_indicator_id_idx on app.indicator_value (indicator_id, year, province_key);
create index indicator_value_unit_id_idx on app.indicator_value (unit_id);
create index indicator_value_level_id_idx on app.indicator_value (level_id);
create index indicator_value_line_id_idx on app.indicator_value (line_id);
comment on column app.indicator_value.is_own_asked is 'False: the unit itself is not asked and only passes on what it gathers';

-- Ratings (xếp loại) of organisations, once a year, on a scale of their own ----------------------------

create table app.rating_scale (
    code text primary key constraint rating_scale_code_format check (code ~ '^[a-z0-9_]{1,40}$'),
    name text not null
);
create table app.rating_grade (
    scale text not null references app.rating_scale,
    code text not null constraint rating_grade_code_format check (code ~ '^[a-z_]{1,40}$'),
    name text not null,
    position smallint not null,
    counts_as_fair_or_better boolean not null,
    primary key (scale, code)
);
comment on column app.rating_grade.counts_as_fair_or_better is 'Counts as "khá" or better in targets such as K1 of plan 36';

create table app.rating (
    id uuid primary key default private.new_id(),
    unit_id integer not null references app.unit,
    year smallint not null constraint rating_year_range check (year between 2000 and 2100),
    scale text not null,
    grade text not null,
    rated_on date not null,
    -- who says so: the unit's superior on its line, or the unit above it
    rated_by_unit_id integer not null references app.unit,
    document_id uuid references app.document,
    note text constraint rating_note_len check (char_length(note) <= 1000),
    level_id smallint not null references app.level,
    province_key integer,
    district_key integer,
    grassroots_key integer,
    line_id smallint not null references app.line,
    province_line_key integer generated always as (province_key * 100 + line_id) stored,
    district_line_key integer generated always as (district_key * 100 + line_id) stored,
    grassroots_line_key integer generated always as (grassroots_key * 100 + line_id) stored,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint rating_grade_of_scale foreign key (scale, grade) references app.rating_grade,
    constraint rating_once unique (unit_id, year)
);
create index rating_scale_grade_idx on app.rating (scale, grade);
create index rating_rated_by_unit_id_idx on app.rating (rated_by_unit_id);
create index rating_document_id_idx on app.rating (document_id);
create index rating_level_id_idx on app.rating (level_id);
create index rating_line_id_idx on app.rating (line_id);
create index rating_province_key_idx on app.rating (province_key, year, id);
create index rating_district_key_idx on app.rating (district_key, year, id);
create index rating_grassroots_key_idx on app.rating (grassroots_key, year, id);
create index rating_province_line_key_idx on app.rating (province_line_key, year, id);
create index rating_district_line_key_idx on app.rating (district_line_key, year, id);
create index rating_grassroots_line_key_idx on app.rating (grassroots_line_key, year, id);
