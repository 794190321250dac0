/* The outline of a plan: parts, sections, tasks, targets, rules, and the blocks tasks share. */
#include "resources/registry.h"

static const struct choice kinds[] = {
    CHOICE("part", "Phần", "Part"),
    CHOICE("section", "Mục", "Section"),
    CHOICE("task", "Nhiệm vụ", "Task"),
    CHOICE("target", "Chỉ tiêu", "Target"),
    CHOICE("rule", "Quy định", "Rule"),
    CHOICE("block", "Khối phân công", "Block of responsibilities"),
};

#define OBJECTS "{\"type\":\"array\",\"items\":{\"type\":\"object\"}}"

static const struct field fields[] = {
    FIELD_ID,
    FIELD("plan_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Kế hoạch", "Plan"),
    FIELD("plan_number", FIELD_TEXT, F_READ, "Số kế hoạch", "Plan number"),
    FIELD("parent_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Thuộc đề mục", "Parent item"),
    FIELD("block_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Khối phân công", "Block"),
    FIELD("block_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã khối phân công", "Block code"),
    FIELD("kind", FIELD_CHOICE, F_READ | F_WRITE | F_REQUIRED, "Loại", "Kind", CHOICES(kinds)),
    FIELD("code", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Mã", "Code", .min = 1, .max = 30,
          .pattern = "^[A-Za-z0-9._-]{1,30}$"),
    FIELD("outline", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Đề mục", "Outline number",
          .min = 1, .max = 40),
    FIELD("position", FIELD_INT, F_READ | F_WRITE | F_REQUIRED, "Thứ tự", "Position", .min = 1,
          .max = 1000000),
    FIELD("title", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Tên", "Title", .min = 1, .max = 500),
    FIELD("text", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Nội dung", "Text", .max = 8000),
    FIELD("deliverable", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Sản phẩm", "Deliverable",
          .max = 500),
    FIELD("source_document_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Mã văn bản nguồn",
          "Source document id"),
    FIELD("source_symbol", FIELD_TEXT, F_READ | F_NULLABLE, "Văn bản nguồn", "Source document"),
    FIELD("source_clause", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Điều khoản nguồn",
          "Source clause", .max = 200),
    FIELD("carries_out_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Cụ thể hóa đề mục",
          "Carries out item", .doc = "An item of the plan that this one's plan carries out"),
    FIELD("carries_out_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã đề mục được cụ thể hóa",
          "Code of the item carried out"),
    FIELD("asks_own_plan", FIELD_BOOL, F_READ | F_WRITE, "Yêu cầu kế hoạch riêng",
          "Asks for an own plan",
          .doc = "Units that owe this item are to issue a plan that carries out this one"),
    FIELD("responsibilities", FIELD_JSON, F_READ | F_DETAIL, "Phân công", "Responsibilities",
          .schema = OBJECTS),
    FIELD("documents", FIELD_JSON, F_READ | F_DETAIL, "Văn bản viện dẫn", "Documents cited",
          .schema = OBJECTS),
    FIELD("schedules", FIELD_JSON, F_READ | F_DETAIL, "Thời hạn", "Schedules", .schema = OBJECTS),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS("Of plans issued by this day"),
    FILTER_EQUALS("plan", FIELD_UUID, "plan_id", "Of this plan"),
    FILTER_EQUALS("parent", FIELD_UUID, "parent_id", "Right under this item"),
    {.name = STR_INIT("kind"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.kind",
     CHOICES(kinds),
     .doc = "One or more, separated by commas"},
    FILTER_EQUALS("block", FIELD_UUID, "block_id", "Sharing this block of responsibilities"),
    FILTER_EQUALS("code", FIELD_TEXT, "code", "With this code"),
    FILTER_EQUALS("carries_out", FIELD_UUID, "carries_out_id", "Carrying out this item"),
    FILTER_TEXT_SEARCH,
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("position"),
     {SORT_KEY("plan_id", FIELD_UUID), SORT_KEY("position", FIELD_INT), SORT_KEY("id", FIELD_UUID)},
     3},
    {STR_INIT("code"), {SORT_KEY("code", FIELD_TEXT), SORT_KEY("id", FIELD_UUID)}, 2},
};

const struct resource resource_plan_items = {
    RESOURCE_NAME("plan-items"),
    .singular = "plan_item",
    .view = "api.plan_items",
    .day_view = "api.plan_items_on",
    .detail_view = "api.plan_item_details",
    .table = "app.plan_item",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .title_vi = "Nội dung kế hoạch",
    .title_en = "Plan items",
    .doc = "Sorted by position: the outline, from top to bottom",
};
