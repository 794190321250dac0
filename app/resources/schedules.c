/* When a plan item is due at a level: once, or every year of the plan. */
#include "resources/registry.h"

static const struct choice recurrences[] = {
    CHOICE("once", "Một lần", "Once"),
    CHOICE("yearly", "Hằng năm", "Yearly"),
};

static const struct field fields[] = {
    FIELD_ID,
    FIELD("plan_id", FIELD_UUID, F_READ, "Kế hoạch", "Plan"),
    FIELD("plan_item_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Nội dung kế hoạch",
          "Plan item"),
    FIELD("item_code", FIELD_TEXT, F_READ, "Mã nội dung", "Item code"),
    FIELD("level_id", FIELD_INT_REF, F_READ | F_WRITE | F_REQUIRED, "Mã cấp", "Level id"),
    FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),
    FIELD("recurrence", FIELD_CHOICE, F_READ | F_WRITE | F_REQUIRED, "Lặp lại", "Recurrence",
          CHOICES(recurrences)),
    FIELD("label", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Kỳ", "Label", .min = 1, .max = 80),
    FIELD("starts_on", FIELD_DATE, F_READ | F_WRITE | F_REQUIRED, "Bắt đầu", "Starts on"),
    FIELD("due_on", FIELD_DATE, F_READ | F_WRITE | F_REQUIRED, "Hạn", "Due on"),
    FIELD("until_year", FIELD_INT, F_READ | F_WRITE | F_NULLABLE, "Đến năm", "Until year",
          .min = 1900, .max = 2999),
    FIELD("is_inferred", FIELD_BOOL, F_READ | F_WRITE, "Suy ra từ văn bản", "Inferred",
          .doc = "The plan names no date; this one is a reading"),
    FIELD("note", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Ghi chú", "Note", .max = 500),
    FIELD_STAMPS,
};

static const struct rule rules[] = {
    RULE("schedule_dates", "due_on", "wrong_order"),
};

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS("Of plans issued by this day"),
    FILTER_EQUALS("plan", FIELD_UUID, "plan_id", "Of this plan"),
    FILTER_EQUALS("plan_item", FIELD_UUID, "plan_item_id", "Of this plan item"),
    FILTER_EQUALS("level", FIELD_TEXT, "level", "At this level"),
    {.name = STR_INIT("due_before"),
     .kind = FILTER_VALUE,
     .type = FIELD_DATE,
     .sql = "r.due_on < ?",
     .doc = "First due before this day"},
    {.name = STR_INIT("due_after"),
     .kind = FILTER_VALUE,
     .type = FIELD_DATE,
     .sql = "r.due_on > ?",
     .doc = "First due after this day"},
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("position"),
     {SORT_KEY("plan_id", FIELD_UUID), SORT_SQL("r.item_position", FIELD_INT),
      SORT_KEY("due_on", FIELD_DATE), SORT_KEY("id", FIELD_UUID)},
     4},
    {STR_INIT("due_on"), {SORT_KEY("due_on", FIELD_DATE), SORT_KEY("id", FIELD_UUID)}, 2},
};

const struct resource resource_schedules = {
    RESOURCE_NAME("schedules"),
    .singular = "schedule",
    .view = "api.schedules",
    .day_view = "api.schedules_on",
    .day_detail_view = "api.schedules_on",
    .table = "app.schedule",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    RULES(rules),
    .title_vi = "Thời hạn",
    .title_en = "Schedules",
};
