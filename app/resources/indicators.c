/* What a plan measures, whom it asks, the items whose assignments tell it, and the targets. */
#include "resources/registry.h"

static const struct choice kinds[] = {
    CHOICE("value", "Giá trị", "Value"),
    CHOICE("ratio", "Tỷ lệ", "Ratio"),
};

static const struct choice directions[] = {
    CHOICE("up", "Càng cao càng tốt", "The more the better"),
    CHOICE("down", "Càng thấp càng tốt", "The less the better"),
};

static const struct choice roll_ups[] = {
    CHOICE("sum", "Cộng dồn", "Sum"),
    CHOICE("ratio", "Cộng tử số và mẫu số", "Sums of numerators and denominators"),
    CHOICE("last", "Số mới nhất", "The newest"),
};

static const struct choice sources[] = {
    CHOICE("report", "Báo cáo của đơn vị", "Reports of the units"),
    CHOICE("rating", "Kết quả xếp loại", "Ratings of organisations"),
};

static const struct choice comparators[] = {
    CHOICE(">=", "Từ … trở lên", "At least"),
    CHOICE("<=", "Không quá", "At most"),
    CHOICE("=", "Đúng bằng", "Exactly"),
};

#define OBJECTS "{\"type\":\"array\",\"items\":{\"type\":\"object\"}}"

static const struct field fields[] = {
    FIELD_ID,
    FIELD("plan_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Kế hoạch", "Plan"),
    FIELD("plan_item_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Nội dung kế hoạch",
          "Plan item", .doc = "The item that sets the target"),
    FIELD("item_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã nội dung", "Item code"),
    FIELD("code", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Mã", "Code", .min = 1, .max = 30,
          .pattern = "^[A-Za-z0-9._-]{1,30}$"),
    FIELD("name", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Tên chỉ tiêu", "Name", .min = 1,
          .max = 300),
    FIELD("measure_unit", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Đơn vị tính",
          "Unit of measure", .min = 1, .max = 60),
    FIELD("kind", FIELD_CHOICE, F_READ | F_WRITE | F_REQUIRED, "Loại", "Kind", CHOICES(kinds)),
    FIELD("direction", FIELD_CHOICE, F_READ | F_WRITE | F_REQUIRED, "Chiều hướng", "Direction",
          CHOICES(directions)),
    FIELD("roll_up", FIELD_CHOICE, F_READ | F_WRITE | F_REQUIRED, "Cách tổng hợp", "Roll-up",
          CHOICES(roll_ups), .doc = "ratio for ratios, sum or last for values"),
    FIELD("frequency", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Kỳ báo cáo", "Frequency",
          .pattern = "^[a-z_]{1,30}$", .doc = "The kind of period whose reports ask for it"),
    FIELD("source", FIELD_CHOICE, F_READ | F_WRITE, "Nguồn số liệu", "Source", CHOICES(sources),
          .doc = "Without: report. A rating makes a ratio"),
    FIELD("from_year", FIELD_INT, F_READ | F_WRITE | F_NULLABLE, "Từ năm", "From year", .min = 2000,
          .max = 2100),
    FIELD("until_year", FIELD_INT, F_READ | F_WRITE | F_NULLABLE, "Đến năm", "Until year",
          .min = 2000, .max = 2100),
    FIELD("position", FIELD_INT, F_READ | F_WRITE | F_REQUIRED, "Thứ tự", "Position", .min = 1,
          .max = 1000000),
    FIELD("asks", FIELD_JSON, F_READ | F_DETAIL, "Hỏi những đơn vị", "Whom it asks",
          .schema = OBJECTS),
    FIELD("items", FIELD_JSON, F_READ | F_DETAIL, "Nhiệm vụ liên quan", "Items that tell it",
          .schema = OBJECTS),
    FIELD("targets", FIELD_JSON, F_READ | F_DETAIL, "Mức phấn đấu", "Targets", .schema = OBJECTS),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule rules[] = {
    RULE("indicator_ratio_rolls", "roll_up", "wrong_measure"),
    RULE("indicator_rating_is_ratio", "kind", "wrong_measure"),
    RULE("indicator_years_order", "until_year", "wrong_order"),
};

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS("Of plans issued by this day"),
    FILTER_EQUALS("plan", FIELD_UUID, "plan_id", "Of this plan"),
    FILTER_EQUALS("plan_item", FIELD_UUID, "plan_item_id", "Set by this item"),
    FILTER_EQUALS("code", FIELD_TEXT, "code", "With this code"),
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("position"),
     {SORT_KEY("plan_id", FIELD_UUID), SORT_KEY("position", FIELD_INT), SORT_KEY("id", FIELD_UUID)},
     3},
};

const struct resource resource_indicators = {
    RESOURCE_NAME("indicators"),
    .singular = "indicator",
    .view = "api.indicators",
    .day_view = "api.indicators_on",
    .detail_view = "api.indicator_details",
    .table = "app.indicator",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    RULES(rules),
    .title_vi = "Chỉ tiêu",
    .title_en = "Indicators",
    .doc =
        "Written by the plan's issuer until the plan is closed; once answered, what an indicator "
        "means stays",
};

/* ---- whom it asks ---- */

static const struct field ask_fields[] = {
    FIELD_ID,
    FIELD("indicator_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Mã chỉ tiêu",
          "Indicator id"),
    FIELD("indicator_code", FIELD_TEXT, F_READ, "Chỉ tiêu", "Indicator"),
    FIELD("level_id", FIELD_INT_REF, F_READ | F_CREATE | F_REQUIRED, "Mã cấp", "Level id"),
    FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),
    FIELD("line_id", FIELD_INT_REF, F_READ | F_CREATE | F_REQUIRED, "Mã ngành", "Line id"),
    FIELD("line", FIELD_TEXT, F_READ, "Ngành", "Line"),
};

static const struct filter part_filters[] = {
    FILTER_AS_OF_ROWS("Of plans issued by this day"),
    FILTER_EQUALS("indicator", FIELD_UUID, "indicator_id", "Of this indicator"),
    FILTER_EQUALS("plan", FIELD_UUID, "plan_id", "Of this plan"),
};

static const struct sort part_sorts[] = {
    {STR_INIT("indicator"),
     {SORT_SQL("r.indicator_position", FIELD_INT), SORT_KEY("indicator_id", FIELD_UUID),
      SORT_KEY("id", FIELD_UUID)},
     3},
};

const struct resource resource_indicator_asks = {
    RESOURCE_NAME("indicator-asks"),
    .singular = "indicator_ask",
    .view = "api.indicator_asks",
    .day_view = "api.indicator_asks_on",
    .table = "app.indicator_ask",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_DELETE | CAN_BULK,
    FIELDS(ask_fields),
    FILTERS(part_filters),
    SORTS(part_sorts),
    .title_vi = "Đơn vị được hỏi của chỉ tiêu",
    .title_en = "Whom indicators ask",
    .doc = "The units of a level and line: those that report a figure, or those that are rated",
};

/* ---- the items that tell it ---- */

static const struct field item_fields[] = {
    FIELD_ID,
    FIELD("indicator_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Mã chỉ tiêu",
          "Indicator id"),
    FIELD("indicator_code", FIELD_TEXT, F_READ, "Chỉ tiêu", "Indicator"),
    FIELD("plan_item_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Mã nhiệm vụ",
          "Plan item id"),
    FIELD("item_code", FIELD_TEXT, F_READ, "Nhiệm vụ", "Plan item"),
    FIELD("title", FIELD_TEXT, F_READ, "Tên nhiệm vụ", "Title"),
};

const struct resource resource_indicator_items = {
    RESOURCE_NAME("indicator-items"),
    .singular = "indicator_item",
    .view = "api.indicator_items",
    .day_view = "api.indicator_items_on",
    .table = "app.indicator_item",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_DELETE | CAN_BULK,
    FIELDS(item_fields),
    FILTERS(part_filters),
    SORTS(part_sorts),
    .title_vi = "Nhiệm vụ gợi ý số liệu chỉ tiêu",
    .title_en = "Items that tell indicators",
    .doc = "Their completed assignments are proposed as the value when a report is drafted",
};

/* ---- targets ---- */

static const struct field target_fields[] = {
    FIELD_ID,
    FIELD("indicator_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Mã chỉ tiêu",
          "Indicator id"),
    FIELD("indicator_code", FIELD_TEXT, F_READ, "Chỉ tiêu", "Indicator"),
    FIELD("indicator_name", FIELD_TEXT, F_READ, "Tên chỉ tiêu", "Indicator name"),
    FIELD("measure_unit", FIELD_TEXT, F_READ, "Đơn vị tính", "Unit of measure"),
    FIELD("indicator_kind", FIELD_CHOICE, F_READ, "Loại", "Kind", CHOICES(kinds)),
    FIELD("year", FIELD_INT, F_READ | F_WRITE | F_REQUIRED, "Năm", "Year", .min = 2000,
          .max = 2100),
    FIELD("line_id", FIELD_INT_REF, F_READ | F_WRITE | F_NULLABLE, "Mã ngành", "Line id",
          .doc = "null: every line that is asked, each for itself"),
    FIELD("line", FIELD_TEXT, F_READ | F_NULLABLE, "Ngành", "Line"),
    FIELD("comparator", FIELD_CHOICE, F_READ | F_WRITE | F_REQUIRED, "So sánh", "Comparator",
          CHOICES(comparators)),
    FIELD("threshold", FIELD_INT, F_READ | F_WRITE | F_REQUIRED, "Mức", "Threshold",
          .min = -10000000000000, .max = 10000000000000,
          .doc = "Of a ratio in whole per cent, else in the unit of measure"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct filter target_filters[] = {
    FILTER_AS_OF_ROWS("Of plans issued by this day"),
    FILTER_EQUALS("plan", FIELD_UUID, "plan_id", "Of this plan"),
    FILTER_EQUALS("indicator", FIELD_UUID, "indicator_id", "Of this indicator"),
    {.name = STR_INIT("year"),
     .kind = FILTER_VALUE,
     .type = FIELD_INT_REF,
     .sql = "r.year = ?::integer",
     .doc = "Of this year"},
    FILTER_EQUALS("line", FIELD_TEXT, "line", "Of this line"),
    FILTER_UPDATED_SINCE,
};

static const struct sort target_sorts[] = {
    {STR_INIT("year"),
     {SORT_KEY("year", FIELD_INT), SORT_SQL("r.indicator_position", FIELD_INT),
      SORT_KEY("id", FIELD_UUID)},
     3},
};

const struct resource resource_targets = {
    RESOURCE_NAME("targets"),
    .singular = "target",
    .view = "api.targets",
    .day_view = "api.targets_on",
    .table = "app.target",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(target_fields),
    FILTERS(target_filters),
    SORTS(target_sorts),
    .title_vi = "Mức phấn đấu của chỉ tiêu",
    .title_en = "Targets",
};
