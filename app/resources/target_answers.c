/* How the targets of a year are answered: met, not met, no data; with the share that reported. */
#include "resources/registry.h"

static const struct choice answers[] = {
    CHOICE("met", "Đạt", "Met"),
    CHOICE("not_met", "Chưa đạt", "Not met"),
    CHOICE("no_data", "Chưa có số liệu", "No data"),
};

static const struct choice groupings[] = {
    CHOICE("total", "Toàn bộ", "All lines together"),
    CHOICE("line", "Theo ngành", "Per line"),
    CHOICE("district", "Theo ngành và huyện", "Per line and district"),
    CHOICE("grassroots", "Theo ngành và xã", "Per line and commune"),
};

static const struct field fields[] = {
    FIELD("target_id", FIELD_UUID, F_READ, "Mã mức phấn đấu", "Target id"),
    FIELD("indicator_id", FIELD_UUID, F_READ, "Mã chỉ tiêu", "Indicator id"),
    FIELD("indicator_code", FIELD_TEXT, F_READ, "Chỉ tiêu", "Indicator"),
    FIELD("indicator_name", FIELD_TEXT, F_READ, "Tên chỉ tiêu", "Indicator name"),
    FIELD("measure_unit", FIELD_TEXT, F_READ, "Đơn vị tính", "Unit of measure"),
    FIELD("kind", FIELD_TEXT, F_READ, "Loại", "Kind"),
    FIELD("source", FIELD_TEXT, F_READ, "Nguồn số liệu", "Source"),
    FIELD("position", FIELD_INT, F_READ, "Thứ tự", "Position"),
    FIELD("year", FIELD_INT, F_READ, "Năm", "Year"),
    FIELD("line_id", FIELD_INT_REF, F_READ | F_NULLABLE, "Mã ngành", "Line id"),
    FIELD("line", FIELD_TEXT, F_READ | F_NULLABLE, "Ngành", "Line"),
    FIELD("area_id", FIELD_INT_REF, F_READ, "Mã địa bàn", "Area id"),
    FIELD("area_name", FIELD_TEXT, F_READ | F_NULLABLE, "Địa bàn", "Area"),
    FIELD("comparator", FIELD_TEXT, F_READ, "So sánh", "Comparator"),
    FIELD("threshold", FIELD_INT, F_READ, "Mức", "Threshold"),
    FIELD("answer", FIELD_CHOICE, F_READ, "Kết quả", "Answer", CHOICES(answers),
          .doc = "On what is there: read it with said_share. No data is neither zero nor not_met"),
    FIELD("value", FIELD_INT, F_READ | F_NULLABLE, "Giá trị", "Value"),
    FIELD("numerator", FIELD_INT, F_READ | F_NULLABLE, "Tử số", "Numerator"),
    FIELD("denominator", FIELD_INT, F_READ | F_NULLABLE, "Mẫu số", "Denominator"),
    FIELD("rate", FIELD_NUMBER, F_READ | F_NULLABLE, "Tỷ lệ (%)", "Rate in per cent",
          .doc = "Rounded for reading; the answer compares without rounding"),
    FIELD("asked_count", FIELD_INT, F_READ, "Số đơn vị được hỏi", "Units asked"),
    FIELD("said_count", FIELD_INT, F_READ, "Số đơn vị có số liệu", "Units that said something"),
    FIELD("said_share", FIELD_NUMBER, F_READ, "Tỷ lệ có số liệu (%)", "Share that said, per cent"),
};

static const struct filter filters[] = {
    {.name = STR_INIT("plan"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_UUID,
     .sql = "p_plan_id",
     .is_required = true,
     .doc = "Of this plan"},
    {.name = STR_INIT("year"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_INT_REF,
     .sql = "p_year",
     .doc = "Of this year; without: this year"},
    {.name = STR_INIT("unit"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_INT_REF,
     .sql = "p_unit_id",
     .doc = "Under this unit, itself included; without: my scope"},
    {.name = STR_INIT("by"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_CHOICE,
     .sql = "p_by",
     CHOICES(groupings),
     .doc = "Without: line"},
    FILTER_EQUALS("indicator", FIELD_UUID, "indicator_id", "Of this indicator"),
    FILTER_EQUALS("line", FIELD_TEXT, "line", "Of this line"),
    {.name = STR_INIT("answer"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.answer",
     CHOICES(answers),
     .doc = "One or more, separated by commas"},
};

static const struct sort sorts[] = {
    {STR_INIT("position"),
     {SORT_KEY("position", FIELD_INT), SORT_KEY("target_id", FIELD_UUID),
      SORT_SQL("coalesce(r.line_id, 0)", FIELD_INT), SORT_KEY("area_id", FIELD_INT)},
     4},
};

const struct resource resource_target_answers = {
    RESOURCE_NAME("target-answers"),
    .singular = "target_answer",
    .view = "api.target_answers",
    .is_call = true,
    .can = CAN_LIST,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .title_vi = "Kết quả thực hiện chỉ tiêu",
    .title_en = "Answers to targets",
    .doc = "Per target and line, and per area where asked; nobody asked, no row",
};
