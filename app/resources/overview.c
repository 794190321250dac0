/* The overview for leaders, one row; and unit × task for the heat map. */
#include "resources/registry.h"

#define OBJECT  "{\"type\":\"object\"}"
#define OBJECTS "{\"type\":\"array\",\"items\":{\"type\":\"object\"}}"

static const struct field fields[] = {
    FIELD("unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị", "Unit id"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("day", FIELD_DATE, F_READ, "Ngày", "Day"),
    FIELD("plan_id", FIELD_UUID, F_READ | F_NULLABLE, "Mã kế hoạch", "Plan id"),
    FIELD("period_id", FIELD_UUID, F_READ | F_NULLABLE, "Mã kỳ báo cáo", "Period id"),
    FIELD("year", FIELD_INT, F_READ, "Năm của chỉ tiêu", "Year of the targets"),
    FIELD("assignments", FIELD_JSON, F_READ, "Nhiệm vụ theo trạng thái", "Assignments by status",
          .schema = OBJECT),
    FIELD("overdue_by_unit", FIELD_JSON, F_READ, "Đơn vị quá hạn nhiều nhất", "Overdue by unit",
          .schema = OBJECTS, .doc = "The ten worst: unit_id, unit_name, overdue, longest_days"),
    FIELD("reports", FIELD_JSON, F_READ, "Báo cáo", "Reports", .schema = OBJECT,
          .doc = "Counts by status; units: the first twenty outstanding, with days_late"),
    FIELD("targets", FIELD_JSON, F_READ, "Chỉ tiêu", "Targets", .schema = OBJECTS,
          .doc = "Per target: lines met, not_met, no_data, and the answer of each"),
    FIELD("to_decide", FIELD_JSON, F_READ | F_NULLABLE, "Chờ đơn vị quyết định",
          "Waiting for my unit", .schema = OBJECT,
          .doc = "reports, extension_requests, assignments, plans: count and the first ten; null "
                 "with as_of"),
};

static const struct filter filters[] = {
    FILTER_ARGUMENT_UNIT,
    {.name = STR_INIT("plan"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_UUID,
     .sql = "p_plan_id",
     .doc = "Of this plan; without: of all, or of the period's"},
    {.name = STR_INIT("period"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_UUID,
     .sql = "p_period_id",
     .doc = "Reports of this period; without: of the periods that take reports now"},
    {.name = STR_INIT("year"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_INT_REF,
     .sql = "p_year",
     .doc = "Targets of this year; without: the period's, or this year"},
    FILTER_AS_OF_DAY,
};

static const struct sort sorts[] = {
    {STR_INIT("unit"), {SORT_KEY("unit_id", FIELD_INT)}, 1},
};

const struct resource resource_overview = {
    RESOURCE_NAME("overview"),
    .singular = "overview",
    .view = "api.overview",
    .is_call = true,
    .day_view = "api.overview_on",
    .can = CAN_LIST,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .title_vi = "Tổng quan",
    .title_en = "Overview",
    .doc = "One row: assignments, who is late, reports, targets, and what waits for my decision",
};

static const struct field matrix_fields[] = {
    FIELD("unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị", "Unit id"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("area_id", FIELD_INT_REF, F_READ, "Mã địa bàn", "Area id"),
    FIELD("area_code", FIELD_TEXT, F_READ, "Mã hành chính", "Official code"),
    FIELD("area_name", FIELD_TEXT, F_READ, "Địa bàn", "Area"),
    FIELD("level_id", FIELD_INT_REF, F_READ, "Mã cấp", "Level id"),
    FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),
    FIELD("line_id", FIELD_INT_REF, F_READ, "Mã ngành", "Line id"),
    FIELD("line", FIELD_TEXT, F_READ, "Ngành", "Line"),
    FIELD("kind", FIELD_TEXT, F_READ, "Loại đơn vị", "Kind"),
    FIELD("plan_id", FIELD_UUID, F_READ, "Mã kế hoạch", "Plan id"),
    FIELD("year", FIELD_INT, F_READ, "Năm đến hạn", "Due year"),
    FIELD("cells", FIELD_JSON, F_READ, "Nhiệm vụ", "Cells", .schema = OBJECTS,
          .doc = "Per task, in the plan's order: item_id, code, status (the worst of the year), "
                 "overdue, done, total; last, with item_id null, given work under no task"),
};

static const struct filter matrix_filters[] = {
    {.name = STR_INIT("plan"),
     .kind = FILTER_VALUE,
     .type = FIELD_UUID,
     .sql = "r.plan_id = ?",
     .is_required = true,
     .doc = "Of this plan"},
    {.name = STR_INIT("year"),
     .kind = FILTER_VALUE,
     .type = FIELD_INT_REF,
     .sql = "r.year = ?::integer",
     .is_required = true,
     .doc = "Due in this year"},
    {.name = STR_INIT("unit"),
     .kind = FILTER_UNIT,
     .type = FIELD_INT_REF,
     .sql = "r.unit_id",
     .replaces_scope = true,
     .doc = "This unit; with subtree=true also those under it"},
    FILTER_SUBTREE_SWITCH,
    {.name = STR_INIT("level"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_TEXT,
     .sql = "r.level",
     .doc = "Codes of levels, separated by commas"},
    {.name = STR_INIT("line"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_TEXT,
     .sql = "r.line",
     .doc = "Codes of lines, separated by commas"},
    {.name = STR_INIT("kind"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_TEXT,
     .sql = "r.kind",
     .doc = "Codes of kinds of unit, separated by commas"},
    FILTER_AS_OF_DAY,
};

static const struct sort matrix_sorts[] = {
    {STR_INIT("area"), {SORT_KEY("area_code", FIELD_TEXT), SORT_KEY("unit_id", FIELD_INT)}, 2},
    {STR_INIT("name"),
     {SORT_SQL("coalesce(r.unit_name, '') collate app.vietnamese", FIELD_TEXT),
      SORT_KEY("unit_id", FIELD_INT)},
     2},
};

const struct resource resource_task_matrix = {
    RESOURCE_NAME("task-matrix"),
    .singular = "task_matrix_row",
    .view = "api.task_matrix",
    .day_view = "api.task_matrix_on",
    .can = CAN_LIST,
    FIELDS(matrix_fields),
    FILTERS(matrix_filters),
    SORTS(matrix_sorts),
    .has_scope_column = true,
    .title_vi = "Bảng đơn vị và nhiệm vụ",
    .title_en = "Task matrix",
    .doc = "A row per unit that leads anything of the plan in the year, a cell per task",
};
