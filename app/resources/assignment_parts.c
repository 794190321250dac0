/* The other units that an assignment names, each with the state of its own part. */
#include "resources/registry.h"

static const struct choice roles[] = {
    CHOICE("advising_office", "Tham mưu", "Advising office"),
    CHOICE("coordinating", "Phối hợp", "Coordinating"),
};
static const struct choice statuses[] = {
    CHOICE("not_started", "Chưa thực hiện", "Not started"),
    CHOICE("in_progress", "Đang thực hiện", "In progress"),
    CHOICE("completed", "Hoàn thành", "Done"),
};

static const struct field fields[] = {
    FIELD_ID,
    FIELD("assignment_id", FIELD_UUID, F_READ, "Nhiệm vụ được giao", "Assignment"),
    FIELD("plan_id", FIELD_UUID, F_READ, "Kế hoạch", "Plan"),
    FIELD("plan_item_id", FIELD_UUID, F_READ | F_NULLABLE, "Nhiệm vụ trong kế hoạch", "Plan item"),
    FIELD("item_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã nhiệm vụ", "Item code"),
    FIELD("title", FIELD_TEXT, F_READ | F_NULLABLE, "Nhiệm vụ", "Task"),
    FIELD("lead_unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị chủ trì", "Lead unit id"),
    FIELD("due_on", FIELD_DATE, F_READ, "Hạn", "Due on"),
    FIELD("unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị", "Unit id"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("role", FIELD_CHOICE, F_READ, "Vai trò", "Role", CHOICES(roles)),
    FIELD("status", FIELD_CHOICE, F_READ, "Trạng thái", "Status", CHOICES(statuses)),
    FIELD("progress", FIELD_INT, F_READ, "Tiến độ (%)", "Progress (%)", .min = 0, .max = 100),
    FIELD_STAMPS,
};

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS("As it stood on this day, of the unit that held it then"),
    {.name = STR_INIT("assignment"),
     .kind = FILTER_VALUE,
     .type = FIELD_UUID,
     .sql = "r.assignment_id = ?",
     .is_required = true,
     .doc = "Of this assignment"},
    FILTER_EQUALS("unit", FIELD_INT_REF, "unit_id", "Of this unit"),
    {.name = STR_INIT("role"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.role",
     CHOICES(roles),
     .doc = "One or more, separated by commas"},
};

static const struct sort sorts[] = {
    {STR_INIT("role"),
     {SORT_KEY("role", FIELD_TEXT), SORT_KEY("unit_id", FIELD_INT), SORT_KEY("id", FIELD_UUID)},
     3},
};

const struct resource resource_assignment_parts = {
    RESOURCE_NAME("assignment-parts"),
    .singular = "assignment_part",
    .view = "api.assignment_parts",
    .day_view = "api.assignment_parts_on",
    .can = CAN_LIST | CAN_GET,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .title_vi = "Phần việc phối hợp",
    .title_en = "Assignment parts",
    .doc = "Coordinating and advising units of an assignment; each records its own part with POST "
           "/assignments/{id}/progress",
};
