/* What units said of their work, entry by entry; never changed. Made by POST
 * /assignments/{id}/progress. */
#include "resources/registry.h"

static const struct choice parts[] = {
    CHOICE("lead", "Chủ trì", "Lead"),
    CHOICE("advising_office", "Tham mưu", "Advising office"),
    CHOICE("coordinating", "Phối hợp", "Coordinating"),
};
static const struct choice statuses[] = {
    CHOICE("not_started", "Chưa thực hiện", "Not started"),
    CHOICE("in_progress", "Đang thực hiện", "In progress"),
    CHOICE("reported", "Báo cáo hoàn thành", "Reported as done"),
    CHOICE("completed", "Xác nhận hoàn thành", "Confirmed as done"),
    CHOICE("reopened", "Mở lại", "Reopened"),
};

static const struct field fields[] = {
    FIELD_ID,
    FIELD("assignment_id", FIELD_UUID, F_READ, "Nhiệm vụ được giao", "Assignment"),
    FIELD("plan_id", FIELD_UUID, F_READ, "Kế hoạch", "Plan"),
    FIELD("plan_item_id", FIELD_UUID, F_READ | F_NULLABLE, "Nhiệm vụ trong kế hoạch", "Plan item"),
    FIELD("unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị", "Unit id"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("part", FIELD_CHOICE, F_READ, "Vai trò", "Part", CHOICES(parts)),
    FIELD("status", FIELD_CHOICE, F_READ, "Trạng thái", "Status", CHOICES(statuses)),
    FIELD("progress", FIELD_INT, F_READ, "Tiến độ (%)", "Progress (%)", .min = 0, .max = 100),
    FIELD("note", FIELD_TEXT, F_READ | F_NULLABLE, "Ghi chú", "Note"),
    FIELD("recorded_on", FIELD_DATE, F_READ, "Ngày ghi nhận", "Recorded on"),
    FIELD("recorded_by", FIELD_UUID, F_READ, "Người ghi", "Recorded by"),
    FIELD_CREATED_AT,
};

static const struct filter filters[] = {
    {.name = STR_INIT("assignment"),
     .kind = FILTER_VALUE,
     .type = FIELD_UUID,
     .sql = "r.assignment_id = ?",
     .is_required = true,
     .doc = "Of this assignment"},
    FILTER_EQUALS("unit", FIELD_INT_REF, "unit_id", "Of this unit"),
    {.name = STR_INIT("part"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.part",
     CHOICES(parts),
     .doc = "One or more, separated by commas"},
    FILTER_AS_OF_DAY,
};

static const struct sort sorts[] = {
    {STR_INIT("created_at"),
     {SORT_KEY("created_at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)},
     2},
};

const struct resource resource_progress_entries = {
    RESOURCE_NAME("progress-entries"),
    .singular = "progress_entry",
    .view = "api.progress_entries",
    .day_view = "api.progress_entries_on",
    .can = CAN_LIST | CAN_GET,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .sorts_down = true,
    .title_vi = "Nhật ký tiến độ",
    .title_en = "Progress entries",
};
