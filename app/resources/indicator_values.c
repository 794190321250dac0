/* What reports say of indicators: the unit's own part, and what was gathered from below. */
#include "resources/registry.h"

static const struct choice kinds[] = {
    CHOICE("value", "Giá trị", "Value"),
    CHOICE("ratio", "Tỷ lệ", "Ratio"),
};

#define OWN_MAX 10000000000000

static const struct field fields[] = {
    FIELD_ID,
    FIELD("report_id", FIELD_UUID, F_READ, "Mã báo cáo", "Report id"),
    FIELD("report_status", FIELD_TEXT, F_READ, "Trạng thái báo cáo", "Report status"),
    FIELD("period_id", FIELD_UUID, F_READ, "Mã kỳ báo cáo", "Period id"),
    FIELD("period_label", FIELD_TEXT, F_READ | F_NULLABLE, "Kỳ báo cáo", "Period"),
    FIELD("plan_id", FIELD_UUID, F_READ, "Kế hoạch", "Plan"),
    FIELD("plan_number", FIELD_TEXT, F_READ | F_NULLABLE, "Số kế hoạch", "Number of the plan"),
    FIELD("indicator_id", FIELD_UUID, F_READ, "Mã chỉ tiêu", "Indicator id"),
    FIELD("indicator_code", FIELD_TEXT, F_READ, "Chỉ tiêu", "Indicator"),
    FIELD("indicator_name", FIELD_TEXT, F_READ, "Tên chỉ tiêu", "Indicator name"),
    FIELD("measure_unit", FIELD_TEXT, F_READ, "Đơn vị tính", "Unit of measure"),
    FIELD("indicator_kind", FIELD_CHOICE, F_READ, "Loại", "Kind", CHOICES(kinds)),
    FIELD("unit_id", FIELD_INT_REF, F_READ, "Mã số đơn vị", "Unit id"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã đơn vị", "Unit code"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("year", FIELD_INT, F_READ, "Năm", "Year"),
    FIELD("is_own_asked", FIELD_BOOL, F_READ, "Đơn vị được hỏi", "The unit itself is asked",
          .doc = "false: it only passes on what it gathers"),
    FIELD("is_own_suggested", FIELD_BOOL, F_READ, "Số gợi ý, chưa xác nhận",
          "Proposed, not settled",
          .doc = "From completed assignments; any change of the own part settles it"),
    FIELD("own_value", FIELD_INT, F_READ | F_UPDATE | F_NULLABLE, "Giá trị của đơn vị", "Own value",
          .min = -OWN_MAX, .max = OWN_MAX, .doc = "Of a value; null: nothing said, never zero"),
    FIELD("own_numerator", FIELD_INT, F_READ | F_UPDATE | F_NULLABLE, "Tử số của đơn vị",
          "Own numerator", .min = 0, .max = OWN_MAX),
    FIELD("own_denominator", FIELD_INT, F_READ | F_UPDATE | F_NULLABLE, "Mẫu số của đơn vị",
          "Own denominator", .min = 0, .max = OWN_MAX),
    FIELD("gathered_value", FIELD_INT, F_READ | F_NULLABLE, "Giá trị tổng hợp", "Gathered value"),
    FIELD("gathered_numerator", FIELD_INT, F_READ | F_NULLABLE, "Tử số tổng hợp",
          "Gathered numerator"),
    FIELD("gathered_denominator", FIELD_INT, F_READ | F_NULLABLE, "Mẫu số tổng hợp",
          "Gathered denominator"),
    FIELD("gathered_expected_count", FIELD_INT, F_READ | F_NULLABLE, "Số đơn vị được hỏi",
          "Units asked below"),
    FIELD("gathered_count", FIELD_INT, F_READ | F_NULLABLE, "Số đơn vị đã có số liệu",
          "Units below that said something"),
    FIELD("note", FIELD_TEXT, F_READ | F_UPDATE | F_NULLABLE, "Ghi chú", "Note", .max = 2000),
    FIELD("is_approved", FIELD_BOOL, F_READ, "Đã duyệt", "Approved"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule rules[] = {
    RULE("indicator_value_own_pair", "own_denominator", "required"),
    RULE("indicator_value_one_form", "own_numerator", "wrong_measure"),
    RULE("indicator_value_own_part", "own_numerator", "out_of_range"),
};

#define AS_OF_VERSION                                                                            \
    {                                                                                            \
        .name = STR_INIT("as_of"), .kind = FILTER_AS_OF, .type = FIELD_DATE,                     \
        .doc = "As the version said that stood at the end of this day; without: as it reads now" \
    }

static const struct filter filters[] = {
    AS_OF_VERSION,
    {.name = STR_INIT("report"),
     .kind = FILTER_VALUE,
     .type = FIELD_UUID,
     .sql = "r.report_id = ?",
     .replaces_scope = true,
     .doc = "Of this report"},
    FILTER_EQUALS("indicator", FIELD_UUID, "indicator_id", "Of this indicator"),
    FILTER_EQUALS("plan", FIELD_UUID, "plan_id", "Of this plan"),
    FILTER_YEAR("Of this year"),
    {.name = STR_INIT("unit"),
     .kind = FILTER_UNIT,
     .type = FIELD_INT_REF,
     .sql = "r.unit_id",
     .replaces_scope = true,
     .doc = "Of this unit; with subtree=true also of those under it"},
    FILTER_SUBTREE_SWITCH,
    {.name = STR_INIT("approved"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     .sql = "r.is_approved",
     .sql_false = "not r.is_approved",
     .doc = "In approved reports, or in others"},
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("position"),
     {SORT_SQL("r.indicator_position", FIELD_INT), SORT_KEY("id", FIELD_UUID)},
     2},
};

const struct resource resource_indicator_values = {
    RESOURCE_NAME("indicator-values"),
    .singular = "indicator_value",
    .view = "api.indicator_values",
    .day_view = "api.indicator_values_on",
    .table = "app.indicator_value",
    .can = CAN_LIST | CAN_GET | CAN_UPDATE | CAN_BULK,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    RULES(rules),
    .has_scope_column = true,
    .title_vi = "Số liệu chỉ tiêu",
    .title_en = "Indicator values",
    .doc =
        "Made when a report is drafted or gathered; the unit writes its own part while the report "
        "may be written",
};

/* ---- what was gathered of assignments ---- */

#define COUNT_FIELD(n, vi, en) FIELD(n, FIELD_INT, F_READ, vi, en)

static const struct field line_fields[] = {
    FIELD("report_id", FIELD_UUID, F_READ, "Mã báo cáo", "Report id"),
    FIELD("unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị", "Unit id"),
    FIELD("plan_item_id", FIELD_UUID, F_READ, "Mã nhiệm vụ", "Plan item id"),
    FIELD("item_code", FIELD_TEXT, F_READ, "Nhiệm vụ", "Plan item"),
    FIELD("outline", FIELD_TEXT, F_READ, "Đề mục", "Outline number"),
    FIELD("title", FIELD_TEXT, F_READ, "Tên nhiệm vụ", "Title"),
    FIELD("position", FIELD_INT, F_READ, "Thứ tự", "Position"),
    COUNT_FIELD("line_count", "Số nhiệm vụ cấp dưới", "Assignments below"),
    COUNT_FIELD("done_count", "Đã hoàn thành", "Done"),
    COUNT_FIELD("in_progress_count", "Đang thực hiện", "In progress"),
    COUNT_FIELD("not_started_count", "Chưa thực hiện", "Not started"),
};

static const struct filter line_filters[] = {
    AS_OF_VERSION,
    {.name = STR_INIT("report"),
     .kind = FILTER_VALUE,
     .type = FIELD_UUID,
     .sql = "r.report_id = ?",
     .is_required = true,
     .doc = "Of this report"},
};

static const struct sort line_sorts[] = {
    {STR_INIT("position"),
     {SORT_KEY("position", FIELD_INT), SORT_KEY("plan_item_id", FIELD_UUID)},
     2},
};

const struct resource resource_report_gathered_lines = {
    RESOURCE_NAME("report-gathered-lines"),
    .singular = "report_gathered_line",
    .view = "api.report_gathered_lines",
    .day_view = "api.report_gathered_lines_on",
    .can = CAN_LIST,
    FIELDS(line_fields),
    FILTERS(line_filters),
    SORTS(line_sorts),
    .title_vi = "Số liệu nhiệm vụ tổng hợp từ cấp dưới",
    .title_en = "Gathered lines",
    .doc = "Per plan item: assignments below, as the approved reports below tell them",
};
