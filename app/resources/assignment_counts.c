/* How many assignments stand where: kept by triggers, never counted anew. */
#include "resources/registry.h"

#define COUNT_FIELD(n, vi, en) FIELD(n, FIELD_INT, F_READ, vi, en)
#define COUNT_FIELDS                                                             \
    COUNT_FIELD("not_started", "Chưa thực hiện", "Not started"),                 \
        COUNT_FIELD("in_progress", "Đang thực hiện", "In progress"),             \
        COUNT_FIELD("reported", "Đã báo cáo hoàn thành", "Reported as done"),    \
        COUNT_FIELD("completed", "Đã xác nhận hoàn thành", "Confirmed as done"), \
        COUNT_FIELD("cancelled", "Đã hủy", "Cancelled"), COUNT_FIELD("total", "Tổng số", "Total")

static const struct field fields[] = {
    FIELD("unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị chủ trì", "Lead unit id"),
    FIELD("plan_id", FIELD_UUID, F_READ, "Kế hoạch", "Plan"),
    FIELD("due_year", FIELD_INT, F_READ, "Năm đến hạn", "Due year"),
    COUNT_FIELDS,
};

static const struct filter filters[] = {
    {.name = STR_INIT("unit"),
     .kind = FILTER_UNIT,
     .type = FIELD_INT_REF,
     .sql = "r.unit_id",
     .replaces_scope = true,
     .doc = "Of this unit; with subtree=true also of those under it"},
    FILTER_SUBTREE_SWITCH,
    FILTER_EQUALS("plan", FIELD_UUID, "plan_id", "Of this plan"),
    {.name = STR_INIT("due_year"),
     .kind = FILTER_VALUE,
     .type = FIELD_INT_REF,
     .sql = "r.due_year = ?::integer",
     .doc = "Due in this year"},
    FILTER_AS_OF_DAY,
};

static const struct sort sorts[] = {
    {STR_INIT("unit"),
     {SORT_KEY("unit_id", FIELD_INT), SORT_KEY("plan_id", FIELD_UUID),
      SORT_KEY("due_year", FIELD_INT)},
     3},
};

const struct resource resource_assignment_counts = {
    RESOURCE_NAME("assignment-counts"),
    .singular = "assignment_count",
    .view = "api.assignment_counts",
    .day_view = "api.assignment_counts_on",
    .can = CAN_LIST,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .has_scope_column = true,
    .title_vi = "Số nhiệm vụ theo đơn vị",
    .title_en = "Assignment counts",
    .doc = "By lead unit, plan and due year",
};

/* The same as one row of sums, with the overdue. */
static const struct field total_fields[] = {
    COUNT_FIELDS,
    COUNT_FIELD("overdue", "Quá hạn", "Overdue"),
};

static const struct filter total_filters[] = {
    FILTER_ARGUMENT_UNIT,
    FILTER_ARGUMENT_SUBTREE,
    {.name = STR_INIT("plan"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_UUID,
     .sql = "p_plan_id",
     .doc = "Of this plan"},
    {.name = STR_INIT("due_year"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_INT_REF,
     .sql = "p_due_year",
     .doc = "Due in this year"},
    FILTER_AS_OF_DAY,
};

static const struct sort total_sorts[] = {
    {STR_INIT("total"), {SORT_KEY("total", FIELD_INT)}, 1},
};

const struct resource resource_assignment_totals = {
    RESOURCE_NAME("assignment-totals"),
    .singular = "assignment_total",
    .view = "api.assignment_count_summary",
    .is_call = true,
    .day_view = "api.assignment_count_summary_on",
    .can = CAN_LIST,
    FIELDS(total_fields),
    FILTERS(total_filters),
    SORTS(total_sorts),
    .title_vi = "Tổng hợp nhiệm vụ",
    .title_en = "Assignment totals",
    .doc = "One row: counts by status under a unit or in my scope",
};
