/* How complete and how timely, per unit, level, line or area. */
#include "resources/registry.h"

static const struct choice groups[] = {
    CHOICE("unit", "Đơn vị", "Unit"),        CHOICE("level", "Cấp", "Level"),
    CHOICE("line", "Ngành", "Line"),         CHOICE("area", "Địa bàn", "Area"),
    CHOICE("district", "Huyện", "District"), CHOICE("grassroots", "Xã", "Commune"),
};

#define COUNT(n, vi, en) FIELD(n, FIELD_INT, F_READ, vi, en)
#define GROUP_FIELDS                                                             \
    FIELD("group_id", FIELD_INT_REF, F_READ, "Mã nhóm", "Group id",              \
          .doc = "Of the unit, level, line or area, as `by` says"),              \
        FIELD("group_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu", "Code"), \
        FIELD("group_name", FIELD_TEXT, F_READ | F_NULLABLE, "Tên nhóm", "Name")
#define RATE_FIELDS                                                                           \
    FIELD("completeness", FIELD_NUMBER, F_READ | F_NULLABLE, "Tỷ lệ đã báo cáo (%)",          \
          "Completeness (%)", .doc = "Of those owed, with one decimal; null when none is"),   \
        FIELD("timeliness", FIELD_NUMBER, F_READ | F_NULLABLE, "Tỷ lệ đúng hạn ban đầu (%)",  \
              "On time (%)", .doc = "By the original due day"),                               \
        FIELD("timeliness_extended", FIELD_NUMBER, F_READ | F_NULLABLE,                       \
              "Tỷ lệ đúng hạn, kể cả gia hạn (%)", "Within extended time (%)"),               \
        FIELD("not_restated", FIELD_INT, F_READ, "Không quy đổi được", "Not restated",        \
              .doc = "Of those owed: counted under their own, because no link carries them"), \
        FIELD("not_restated_reasons", FIELD_TEXT_ARRAY, F_READ, "Lý do không quy đổi",        \
              "Why not restated",                                                             \
              .doc = "shared, copied, merged, split, no_successor, no_predecessor")

static const struct field fields[] = {
    GROUP_FIELDS,
    COUNT("owed", "Phải báo cáo", "Owed"),
    COUNT("submitted", "Đã nộp", "Submitted"),
    COUNT("approved", "Đã duyệt", "Approved"),
    COUNT("on_time", "Đúng hạn ban đầu", "On time"),
    COUNT("within_due", "Đúng hạn, kể cả gia hạn", "Within extended time"),
    RATE_FIELDS,
};

#define FILTER_BY                                                                             \
    {                                                                                         \
        .name = STR_INIT("by"), .kind = FILTER_ARGUMENT, .type = FIELD_CHOICE, .sql = "p_by", \
        CHOICES(groups), .doc = "Grouped so; without: by level"                               \
    }
#define FILTER_DATED                                                                   \
    {.name = STR_INIT("as_of"),                                                        \
     .kind = FILTER_ARGUMENT,                                                          \
     .type = FIELD_DATE,                                                               \
     .sql = "p_as_of",                                                                 \
     .doc = "What stood and was known on this day, under the tree of that day"},       \
    {                                                                                  \
        .name = STR_INIT("restated"), .kind = FILTER_ARGUMENT, .type = FIELD_BOOL,     \
        .sql = "p_is_restated",                                                        \
        .doc = "true: figures of what does not stand on that day are carried to what " \
               "does; not_restated tells what cannot be"                               \
    }

static const struct filter filters[] = {
    {.name = STR_INIT("period"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_UUID,
     .sql = "p_period_id",
     .is_required = true,
     .doc = "Of this period"},
    FILTER_BY,
    FILTER_ARGUMENT_UNIT,
    FILTER_ARGUMENT_SUBTREE,
    FILTER_DATED,
};

/* Lowest first by completeness; a group that owes nothing stands last. */
static const struct sort sorts[] = {
    {STR_INIT("group"), {SORT_KEY("group_id", FIELD_INT)}, 1},
    {STR_INIT("completeness"),
     {SORT_SQL("coalesce((r.completeness * 10)::integer, 1001)", FIELD_INT),
      SORT_KEY("group_id", FIELD_INT)},
     2},
    {STR_INIT("timeliness"),
     {SORT_SQL("coalesce((r.timeliness * 10)::integer, 1001)", FIELD_INT),
      SORT_KEY("group_id", FIELD_INT)},
     2},
};

const struct resource resource_report_rates = {
    RESOURCE_NAME("report-rates"),
    .singular = "report_rate",
    .view = "api.report_rates",
    .is_call = true,
    .can = CAN_LIST,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .title_vi = "Tỷ lệ báo cáo",
    .title_en = "Report rates",
    .doc = "Completeness and timeliness of the reports that a period asked",
};

static const struct field assignment_fields[] = {
    GROUP_FIELDS,
    COUNT("owed", "Đến hạn", "Owed"),
    COUNT("reported", "Đã báo cáo hoàn thành", "Reported as done"),
    COUNT("on_time", "Đúng hạn ban đầu", "On time"),
    COUNT("within_due", "Đúng hạn, kể cả gia hạn", "Within extended time"),
    RATE_FIELDS,
};

static const struct filter assignment_filters[] = {
    {.name = STR_INIT("year"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_INT_REF,
     .sql = "p_year",
     .is_required = true,
     .doc = "First due in this year"},
    FILTER_BY,
    {.name = STR_INIT("plan"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_UUID,
     .sql = "p_plan_id",
     .doc = "Of this plan"},
    FILTER_ARGUMENT_UNIT,
    FILTER_ARGUMENT_SUBTREE,
    FILTER_DATED,
};

const struct resource resource_assignment_rates = {
    RESOURCE_NAME("assignment-rates"),
    .singular = "assignment_rate",
    .view = "api.assignment_rates",
    .is_call = true,
    .can = CAN_LIST,
    FIELDS(assignment_fields),
    FILTERS(assignment_filters),
    SORTS(sorts),
    .title_vi = "Tỷ lệ hoàn thành nhiệm vụ",
    .title_en = "Assignment rates",
    .doc =
        "Of the assignments whose first due day lies in a year and is over, or that were reported",
};
