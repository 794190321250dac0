/* Who must have which training, who holds it as of a day, and who is due. */
#include "resources/registry.h"

static const struct field requirement_fields[] = {
    FIELD_ID,
    FIELD("plan_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Kế hoạch", "Plan"),
    FIELD("plan_number", FIELD_TEXT, F_READ, "Số kế hoạch", "Plan number"),
    FIELD("plan_item_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Nhiệm vụ", "Plan item"),
    FIELD("item_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã nhiệm vụ", "Item code"),
    FIELD("topic_code", FIELD_TEXT, F_READ | F_CREATE | F_REQUIRED, "Mã chuyên đề", "Topic code",
          .pattern = "^[a-z0-9_]{1,60}$"),
    FIELD("topic", FIELD_TEXT, F_READ, "Chuyên đề (mã)", "Topic", .doc = "The same as topic_code"),
    FIELD("topic_name", FIELD_TEXT, F_READ, "Chuyên đề", "Name of the topic"),
    FIELD("position_code", FIELD_TEXT, F_READ | F_CREATE | F_REQUIRED, "Mã chức danh",
          "Position code", .pattern = "^[a-z0-9_]{1,60}$"),
    FIELD("position", FIELD_TEXT, F_READ, "Chức danh (mã)", "Position",
          .doc = "The same as position_code"),
    FIELD("position_name", FIELD_TEXT, F_READ, "Chức danh", "Name of the position"),
    FIELD("level_id", FIELD_INT_REF, F_READ | F_CREATE | F_NULLABLE, "Mã cấp", "Level id",
          .doc = "Null: at any level"),
    FIELD("level", FIELD_TEXT, F_READ | F_NULLABLE, "Cấp", "Level"),
    FIELD("line_id", FIELD_INT_REF, F_READ | F_CREATE | F_NULLABLE, "Mã ngành", "Line id",
          .doc = "Null: on any line"),
    FIELD("line", FIELD_TEXT, F_READ | F_NULLABLE, "Ngành", "Line"),
    FIELD("year", FIELD_INT, F_READ | F_CREATE | F_REQUIRED, "Năm", "Year", .min = 2000,
          .max = 2100),
    FIELD("note", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Ghi chú", "Note", .max = 500),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct filter requirement_filters[] = {
    FILTER_AS_OF_ROWS("Of plans issued by this day"),
    FILTER_EQUALS("plan", FIELD_UUID, "plan_id", "Of this plan"),
    {.name = STR_INIT("year"),
     .kind = FILTER_VALUE,
     .type = FIELD_INT_REF,
     .sql = "r.year = ?::integer",
     .doc = "For this year"},
    FILTER_EQUALS("topic", FIELD_TEXT, "topic_code", "Of this topic"),
    FILTER_EQUALS("position", FIELD_TEXT, "position_code", "For this position"),
    FILTER_EQUALS("level", FIELD_TEXT, "level", "For this level"),
    FILTER_EQUALS("line", FIELD_TEXT, "line", "For this line"),
    FILTER_UPDATED_SINCE,
};

static const struct sort requirement_sorts[] = {
    {STR_INIT("year"),
     {SORT_KEY("year", FIELD_INT), SORT_KEY("topic_code", FIELD_TEXT), SORT_KEY("id", FIELD_UUID)},
     3},
};

const struct resource resource_training_requirements = {
    RESOURCE_NAME("training-requirements"),
    .singular = "training_requirement",
    .view = "api.training_requirements",
    .day_view = "api.training_requirements_on",
    .table = "app.training_requirement",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(requirement_fields),
    FILTERS(requirement_filters),
    SORTS(requirement_sorts),
    .title_vi = "Yêu cầu bồi dưỡng",
    .title_en = "Training requirements",
    .doc = "Said by the issuer of the plan: who holds this post must have this training in the "
           "year",
};

/* ---- coverage ---- */

static const struct choice groups[] = {
    CHOICE("unit", "Đơn vị", "Unit"),
    CHOICE("level", "Cấp", "Level"),
    CHOICE("line", "Ngành", "Line"),
    CHOICE("area", "Địa bàn", "Area"),
    CHOICE("position", "Chức danh", "Position"),
};

#define COUNT(n, vi, en) FIELD(n, FIELD_INT, F_READ, vi, en)

static const struct field coverage_fields[] = {
    FIELD("group_id", FIELD_INT_REF, F_READ | F_NULLABLE, "Mã nhóm", "Group id",
          .doc = "Of the unit, level, line or area, as `by` says; a position has its code alone"),
    FIELD("group_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu", "Code"),
    FIELD("group_name", FIELD_TEXT, F_READ | F_NULLABLE, "Tên nhóm", "Name",
          .doc = "As it was called on the day"),
    FIELD("topic", FIELD_TEXT, F_READ, "Chuyên đề (mã)", "Topic"),
    FIELD("topic_name", FIELD_TEXT, F_READ, "Chuyên đề", "Name of the topic"),
    COUNT("required", "Phải có", "Required"),
    COUNT("held_and_valid", "Có và còn giá trị", "Held and valid"),
    COUNT("expired", "Hết giá trị", "Expired"),
    COUNT("never", "Chưa có", "Never"),
    FIELD("percent", FIELD_NUMBER, F_READ | F_NULLABLE, "Tỷ lệ (%)", "Per cent",
          .doc = "held_and_valid of required, with one decimal"),
};

#define ASKED_FILTERS(year_doc)                                                   \
    {.name = STR_INIT("plan"),                                                    \
     .kind = FILTER_ARGUMENT,                                                     \
     .type = FIELD_UUID,                                                          \
     .sql = "p_plan_id",                                                          \
     .is_required = true,                                                         \
     .doc = "By the requirements of this plan"},                                  \
        {.name = STR_INIT("year"),                                                \
         .kind = FILTER_ARGUMENT,                                                 \
         .type = FIELD_INT_REF,                                                   \
         .sql = "p_year",                                                         \
         .doc = (year_doc)},                                                      \
        {.name = STR_INIT("topic"),                                               \
         .kind = FILTER_ARGUMENT,                                                 \
         .type = FIELD_TEXT,                                                      \
         .sql = "p_topic",                                                        \
         .doc = "On this topic; without: on each"},                               \
        {.name = STR_INIT("as_of"),                                               \
         .kind = FILTER_ARGUMENT,                                                 \
         .type = FIELD_DATE,                                                      \
         .sql = "p_as_of",                                                        \
         .doc = "People, posts and certificates as of this day; without: today"}, \
        FILTER_ARGUMENT_UNIT, FILTER_ARGUMENT_SUBTREE
#define OF_YEAR "Required in this year; without: the year of as_of"

static const struct filter coverage_filters[] = {
    ASKED_FILTERS(OF_YEAR),
    {.name = STR_INIT("by"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_CHOICE,
     .sql = "p_by",
     CHOICES(groups),
     .doc = "Grouped so, and by topic; without: by level"},
};

static const struct sort coverage_sorts[] = {
    {STR_INIT("group"),
     {SORT_SQL("coalesce(r.group_id, 0)", FIELD_INT),
      SORT_SQL("coalesce(r.group_code, '')", FIELD_TEXT), SORT_KEY("topic", FIELD_TEXT)},
     3},
    {STR_INIT("percent"),
     {SORT_SQL("coalesce((r.percent * 10)::integer, 1001)", FIELD_INT),
      SORT_SQL("coalesce(r.group_id, 0)", FIELD_INT),
      SORT_SQL("coalesce(r.group_code, '')", FIELD_TEXT), SORT_KEY("topic", FIELD_TEXT)},
     4},
};

const struct resource resource_training_coverage = {
    RESOURCE_NAME("training-coverage"),
    .singular = "training_coverage",
    .view = "api.training_coverage",
    .is_call = true,
    .can = CAN_LIST,
    FIELDS(coverage_fields),
    FILTERS(coverage_filters),
    SORTS(coverage_sorts),
    .title_vi = "Tỷ lệ đã qua bồi dưỡng",
    .title_en = "Training coverage",
    .doc = "People counted by the post of the day; the certificate goes with the person",
};

/* ---- who is due ---- */

static const struct choice states[] = {
    CHOICE("never", "Chưa có", "Never"),
    CHOICE("expired", "Hết giá trị", "Expired"),
    CHOICE("ends_soon", "Sắp hết giá trị", "Ends soon"),
};

static const struct field due_fields[] = {
    FIELD("staff_id", FIELD_UUID, F_READ, "Cán bộ", "Person"),
    FIELD("staff_code", FIELD_TEXT, F_READ, "Mã cán bộ", "Staff code"),
    FIELD("staff_name", FIELD_TEXT, F_READ, "Họ và tên", "Name"),
    FIELD("unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị", "Unit id"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị", "Unit code"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("position", FIELD_TEXT, F_READ, "Chức danh (mã)", "Position"),
    FIELD("position_name", FIELD_TEXT, F_READ, "Chức danh", "Name of the position"),
    FIELD("topic", FIELD_TEXT, F_READ, "Chuyên đề (mã)", "Topic"),
    FIELD("topic_name", FIELD_TEXT, F_READ, "Chuyên đề", "Name of the topic"),
    FIELD("state", FIELD_CHOICE, F_READ, "Tình trạng", "State", CHOICES(states)),
    FIELD("valid_until", FIELD_DATE, F_READ | F_NULLABLE, "Có giá trị đến", "Valid until"),
};

static const struct filter due_filters[] = {
    ASKED_FILTERS(OF_YEAR),
    {.name = STR_INIT("days"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_INT_REF,
     .sql = "p_days",
     .doc = "Also whose certificate ends within so many days; without: 90"},
    {.name = STR_INIT("state"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.state",
     CHOICES(states),
     .doc = "One or more, separated by commas"},
};

static const struct sort due_sorts[] = {
    {STR_INIT("valid_until"),
     {SORT_SQL("coalesce(r.valid_until, date '0001-01-01')", FIELD_DATE),
      SORT_KEY("staff_code", FIELD_TEXT), SORT_KEY("topic", FIELD_TEXT)},
     3},
};

const struct resource resource_training_due = {
    RESOURCE_NAME("training-due"),
    .singular = "training_due",
    .view = "api.training_due",
    .is_call = true,
    .can = CAN_LIST,
    FIELDS(due_fields),
    FILTERS(due_filters),
    SORTS(due_sorts),
    .title_vi = "Cán bộ cần bồi dưỡng",
    .title_en = "Training due",
    .doc = "Who lacks a required training or whose certificate ends soon, of the people I may see",
};
