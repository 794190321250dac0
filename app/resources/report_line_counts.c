/* What approved reports said of the assignments, by item and group: gathered for any tree and day.
 */
#include "resources/registry.h"

static const struct choice groups[] = {
    CHOICE("unit", "Đơn vị", "Unit"),        CHOICE("level", "Cấp", "Level"),
    CHOICE("line", "Ngành", "Line"),         CHOICE("area", "Địa bàn", "Area"),
    CHOICE("district", "Huyện", "District"), CHOICE("grassroots", "Xã", "Commune"),
};

#define COUNT(n, vi, en) FIELD(n, FIELD_INT, F_READ, vi, en)

static const struct field fields[] = {
    FIELD("group_id", FIELD_INT_REF, F_READ, "Mã nhóm", "Group id",
          .doc = "Of the unit, level, line or area, as `by` says"),
    FIELD("group_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu", "Code"),
    FIELD("group_name", FIELD_TEXT, F_READ | F_NULLABLE, "Tên nhóm", "Name"),
    FIELD("plan_item_id", FIELD_UUID, F_READ, "Mã nhiệm vụ", "Plan item id"),
    FIELD("item_code", FIELD_TEXT, F_READ, "Nhiệm vụ", "Plan item"),
    FIELD("title", FIELD_TEXT, F_READ, "Tên nhiệm vụ", "Title"),
    FIELD("position", FIELD_INT, F_READ, "Thứ tự", "Position"),
    COUNT("report_count", "Số báo cáo", "Reports"),
    COUNT("line_count", "Số nhiệm vụ", "Assignments"),
    COUNT("done_count", "Đã hoàn thành", "Done"),
    COUNT("in_progress_count", "Đang thực hiện", "In progress"),
    COUNT("not_started_count", "Chưa thực hiện", "Not started"),
    FIELD("not_restated", FIELD_INT, F_READ, "Không quy đổi được", "Not restated",
          .doc = "Of the assignments: counted under their own, because no link carries them"),
    FIELD("not_restated_reasons", FIELD_TEXT_ARRAY, F_READ, "Lý do không quy đổi",
          "Why not restated", .doc = "shared, copied, merged, split, no_successor, no_predecessor"),
};

static const struct filter filters[] = {
    {.name = STR_INIT("period"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_UUID,
     .sql = "p_period_id",
     .is_required = true,
     .doc = "Of this period"},
    {.name = STR_INIT("by"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_CHOICE,
     .sql = "p_by",
     CHOICES(groups),
     .doc = "Grouped so; without: by level"},
    FILTER_ARGUMENT_UNIT,
    FILTER_ARGUMENT_SUBTREE,
    {.name = STR_INIT("as_of"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_DATE,
     .sql = "p_as_of",
     .doc = "What stood approved at the end of this day, under the tree of that day"},
    {.name = STR_INIT("restated"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_BOOL,
     .sql = "p_is_restated",
     .doc = "true: what units said that do not stand on that day is carried to what does; "
            "not_restated tells what cannot be"},
    FILTER_EQUALS("item", FIELD_TEXT, "item_code", "Of this plan item, by its code"),
};

static const struct sort sorts[] = {
    {STR_INIT("position"),
     {SORT_KEY("position", FIELD_INT), SORT_KEY("plan_item_id", FIELD_UUID),
      SORT_KEY("group_id", FIELD_INT)},
     3},
    {STR_INIT("group"), {SORT_KEY("group_id", FIELD_INT), SORT_KEY("plan_item_id", FIELD_UUID)}, 2},
};

const struct resource resource_report_line_counts = {
    RESOURCE_NAME("report-line-counts"),
    .singular = "report_line_count",
    .view = "api.report_line_counts",
    .is_call = true,
    .can = CAN_LIST,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .title_vi = "Tổng hợp nhiệm vụ theo báo cáo đã duyệt",
    .title_en = "Lines of approved reports, counted",
    .doc = "Each unit's own lines, so that nothing is counted twice; for any tree and day",
};
