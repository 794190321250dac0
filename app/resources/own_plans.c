/* Own plans below: what of a plan is carried out by plans issued under it, and by whom. */
#include "resources/registry.h"

#define PLAN_FILTER                                                                                \
    {                                                                                              \
        .name = STR_INIT("plan"), .kind = FILTER_ARGUMENT, .type = FIELD_UUID, .sql = "p_plan_id", \
        .is_required = true, .doc = "The plan that is carried out"                                 \
    }
#define AS_OF_FILTER                                                                              \
    {                                                                                             \
        .name = STR_INIT("as_of"), .kind = FILTER_ARGUMENT, .type = FIELD_DATE, .sql = "p_as_of", \
        .doc = "The units and plans of this day; without: today"                                  \
    }

static const struct field coverage_fields[] = {
    FIELD("plan_item_id", FIELD_UUID, F_READ, "Mã nhiệm vụ", "Item id"),
    FIELD("code", FIELD_TEXT, F_READ, "Mã", "Code"),
    FIELD("outline", FIELD_TEXT, F_READ, "Đề mục", "Outline number"),
    FIELD("title", FIELD_TEXT, F_READ, "Nhiệm vụ", "Task"),
    FIELD("position", FIELD_INT, F_READ, "Thứ tự", "Position"),
    FIELD("plan_count", FIELD_INT, F_READ, "Số kế hoạch cụ thể hóa", "Plans that carry it out",
          .doc = "Plans below that were issued; 0: nobody carries it out"),
    FIELD("unit_count", FIELD_INT, F_READ, "Số đơn vị đã cụ thể hóa",
          "Expected units that carry it out"),
    FIELD("expected_count", FIELD_INT, F_READ, "Số đơn vị phải có kế hoạch riêng",
          "Units expected to have a plan of their own"),
};

static const struct filter coverage_filters[] = {
    PLAN_FILTER,
    FILTER_ARGUMENT_UNIT,
    AS_OF_FILTER,
    {.name = STR_INIT("uncovered"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     .sql = "r.plan_count = 0",
     .sql_false = "r.plan_count > 0",
     .doc = "true: what nobody carries out; false: what somebody does"},
};

static const struct sort coverage_sorts[] = {
    {STR_INIT("position"),
     {SORT_KEY("position", FIELD_INT), SORT_KEY("plan_item_id", FIELD_UUID)},
     2},
    {STR_INIT("plan_count"),
     {SORT_KEY("plan_count", FIELD_INT), SORT_KEY("plan_item_id", FIELD_UUID)},
     2},
};

const struct resource resource_plan_coverage = {
    RESOURCE_NAME("plan-coverage"),
    .singular = "plan_coverage",
    .view = "api.plan_coverage",
    .is_call = true,
    .can = CAN_LIST,
    FIELDS(coverage_fields),
    FILTERS(coverage_filters),
    SORTS(coverage_sorts),
    .title_vi = "Mức độ cụ thể hóa kế hoạch",
    .title_en = "Plan coverage",
    .doc = "Per task of a plan: how many plans below carry it out. Drafts count for nobody",
};

static const struct choice states[] = {
    CHOICE("on_time", "Ban hành đúng hạn", "Issued in time"),
    CHOICE("late", "Ban hành trễ hạn", "Issued late"),
    CHOICE("missing", "Quá hạn, chưa ban hành", "Overdue, not issued"),
    CHOICE("awaited", "Chưa đến hạn", "Not due yet"),
};

static const struct field carrier_fields[] = {
    FIELD("unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị", "Unit id"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("level_id", FIELD_INT_REF, F_READ, "Mã cấp", "Level id"),
    FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),
    FIELD("line_id", FIELD_INT_REF, F_READ, "Mã ngành", "Line id"),
    FIELD("line", FIELD_TEXT, F_READ, "Ngành", "Line"),
    FIELD("original_due_on", FIELD_DATE, F_READ, "Hạn ban hành", "Due on",
          .doc = "The original due day of the assignment that asks for the plan"),
    FIELD("state", FIELD_CHOICE, F_READ, "Tình trạng", "State", CHOICES(states)),
    FIELD("own_plan_id", FIELD_UUID, F_READ | F_NULLABLE, "Mã kế hoạch riêng", "Own plan id",
          .doc = "The first that was issued; a draft is never told"),
    FIELD("own_plan_number", FIELD_TEXT, F_READ | F_NULLABLE, "Số kế hoạch riêng",
          "Own plan number"),
    FIELD("signed_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày ký", "Signed on"),
    FIELD("issued_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày ban hành", "Issued on",
          .doc = "The day it was signed, else the day it was issued here"),
    FIELD("plan_count", FIELD_INT, F_READ, "Số kế hoạch riêng đã ban hành", "Plans issued"),
    FIELD("item_count", FIELD_INT, F_READ, "Số nhiệm vụ được cụ thể hóa", "Tasks carried out"),
};

static const struct filter carrier_filters[] = {
    PLAN_FILTER,
    FILTER_ARGUMENT_UNIT,
    AS_OF_FILTER,
    {.name = STR_INIT("state"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.state",
     CHOICES(states),
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("level"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_TEXT,
     .sql = "r.level",
     .doc = "Codes of levels, separated by commas"},
};

static const struct sort carrier_sorts[] = {
    {STR_INIT("original_due_on"),
     {SORT_KEY("original_due_on", FIELD_DATE), SORT_KEY("unit_id", FIELD_INT)},
     2},
    {STR_INIT("unit"), {SORT_KEY("unit_id", FIELD_INT)}, 1},
};

const struct resource resource_plan_carriers = {
    RESOURCE_NAME("plan-carriers"),
    .singular = "plan_carrier",
    .view = "api.plan_carriers",
    .is_call = true,
    .can = CAN_LIST,
    FIELDS(carrier_fields),
    FILTERS(carrier_filters),
    SORTS(carrier_sorts),
    .title_vi = "Đơn vị ban hành kế hoạch riêng",
    .title_en = "Plan carriers",
    .doc = "Per unit that owes a plan of its own: whether it issued one, and in time",
};
