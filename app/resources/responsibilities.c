/* Who answers for a plan item: a unit, or a role of a level. */
#include "resources/registry.h"

static const struct choice roles[] = {
    CHOICE("lead", "Chủ trì", "Lead"),
    CHOICE("advising_office", "Tham mưu", "Advising office"),
    CHOICE("coordinating", "Phối hợp", "Coordinating"),
    CHOICE("doer", "Thực hiện", "Doer named in the text"),
};

static const struct field fields[] = {
    FIELD_ID,
    FIELD("plan_id", FIELD_UUID, F_READ, "Kế hoạch", "Plan"),
    FIELD("plan_item_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Nội dung kế hoạch",
          "Plan item"),
    FIELD("item_code", FIELD_TEXT, F_READ, "Mã nội dung", "Item code"),
    FIELD("role", FIELD_CHOICE, F_READ | F_WRITE | F_REQUIRED, "Vai trò", "Role", CHOICES(roles)),
    FIELD("level_id", FIELD_INT_REF, F_READ | F_WRITE | F_NULLABLE, "Mã cấp", "Level id",
          .doc = "The level whose assignments this is for; null: every level"),
    FIELD("level", FIELD_TEXT, F_READ | F_NULLABLE, "Cấp", "Level"),
    FIELD("unit_id", FIELD_INT_REF, F_READ | F_WRITE | F_NULLABLE, "Mã đơn vị", "Unit id",
          .doc = "Either a unit or a role that units hold"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("holder_role", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Vai của cấp",
          "Role of a level", .pattern = "^[a-z0-9_]{1,60}$"),
    FIELD("holder_name", FIELD_TEXT, F_READ | F_NULLABLE, "Tên vai của cấp", "Name of that role"),
    FIELD("holder_level_id", FIELD_INT_REF, F_READ | F_WRITE | F_NULLABLE, "Mã cấp giữ vai",
          "Holder's level id"),
    FIELD("holder_level", FIELD_TEXT, F_READ | F_NULLABLE, "Cấp giữ vai", "Holder's level"),
    FIELD("as_written", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Nguyên văn", "As written",
          .max = 500),
    FIELD("note", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Ghi chú", "Note", .max = 500),
    FIELD_STAMPS,
};

static const struct rule rules[] = {
    /* a unit or a role of a level: one of them, never both */
    RULE("responsibility_one_holder", "unit_id", "one_holder"),
};

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS("Of plans issued by this day, units as they were called then"),
    FILTER_EQUALS("plan", FIELD_UUID, "plan_id", "Of this plan"),
    FILTER_EQUALS("plan_item", FIELD_UUID, "plan_item_id", "Of this plan item"),
    {.name = STR_INIT("role"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.role",
     CHOICES(roles),
     .doc = "One or more, separated by commas"},
    FILTER_EQUALS("unit", FIELD_INT_REF, "unit_id", "Held by this unit"),
    FILTER_EQUALS("level", FIELD_TEXT, "level", "For this level's assignments"),
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("position"),
     {SORT_KEY("plan_id", FIELD_UUID), SORT_SQL("r.item_position", FIELD_INT),
      SORT_KEY("id", FIELD_UUID)},
     3},
};

const struct resource resource_responsibilities = {
    RESOURCE_NAME("responsibilities"),
    .singular = "responsibility",
    .view = "api.responsibilities",
    .day_view = "api.responsibilities_on",
    .day_detail_view = "api.responsibilities_on",
    .table = "app.responsibility",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    RULES(rules),
    .title_vi = "Phân công",
    .title_en = "Responsibilities",
};
