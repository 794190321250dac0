/* Ratings of organisations, one a year, and the scales they are given on. */
#include "resources/registry.h"

static const struct field fields[] = {
    FIELD_ID,
    FIELD("unit_id", FIELD_INT_REF, F_READ | F_CREATE | F_REQUIRED, "Mã tổ chức", "Unit id"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã đơn vị", "Unit code"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Tổ chức", "Unit"),
    FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),
    FIELD("line_id", FIELD_INT_REF, F_READ, "Mã ngành", "Line id"),
    FIELD("line", FIELD_TEXT, F_READ, "Ngành", "Line"),
    FIELD("year", FIELD_INT, F_READ | F_CREATE | F_REQUIRED, "Năm", "Year", .min = 2000,
          .max = 2100),
    FIELD("scale", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Thang xếp loại", "Scale",
          .pattern = "^[a-z0-9_]{1,40}$"),
    FIELD("grade", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Mã xếp loại", "Grade",
          .pattern = "^[a-z_]{1,40}$"),
    FIELD("grade_name", FIELD_TEXT, F_READ, "Xếp loại", "Name of the grade"),
    FIELD("counts_as_fair_or_better", FIELD_BOOL, F_READ, "Từ khá trở lên", "Fair or better"),
    FIELD("rated_on", FIELD_DATE, F_READ | F_WRITE, "Ngày xếp loại", "Rated on",
          .doc = "Without: today"),
    FIELD("rated_by_unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị xếp loại", "Rated by unit id",
          .doc = "Whoever wrote it last"),
    FIELD("rated_by_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị xếp loại", "Rated by"),
    FIELD("document_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Văn bản", "Document"),
    FIELD("note", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Ghi chú", "Note", .max = 1000),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS("Given by this day"),
    FILTER_YEAR("Of this year"),
    FILTER_EQUALS("line", FIELD_TEXT, "line", "Of organisations of this line"),
    FILTER_EQUALS("level", FIELD_TEXT, "level", "Of organisations of this level"),
    {.name = STR_INIT("unit"),
     .kind = FILTER_UNIT,
     .type = FIELD_INT_REF,
     .sql = "r.unit_id",
     .replaces_scope = true,
     .doc = "Of this organisation; with subtree=true also of those under it"},
    FILTER_SUBTREE_SWITCH,
    FILTER_EQUALS("scale", FIELD_TEXT, "scale", "On this scale"),
    {.name = STR_INIT("grade"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_TEXT,
     .sql = "r.grade",
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("fair_or_better"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     .sql = "r.counts_as_fair_or_better",
     .sql_false = "not r.counts_as_fair_or_better",
     .doc = "Fair or better, or below"},
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("year"), {SORT_KEY("year", FIELD_INT), SORT_KEY("id", FIELD_UUID)}, 2},
};

const struct resource resource_ratings = {
    RESOURCE_NAME("ratings"),
    .singular = "rating",
    .view = "api.ratings",
    .day_view = "api.ratings_on",
    .day_detail_view = "api.ratings_on",
    .table = "app.rating",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .sorts_down = true,
    .has_scope_column = true,
    .title_vi = "Xếp loại tổ chức",
    .title_en = "Ratings",
    .doc =
        "Given by the superior on the organisation's line, or by the mobilization board of a level "
        "above; one per organisation and year",
};

/* ---- the scales: reference data ---- */

static const struct field scale_fields[] = {
    FIELD("code", FIELD_TEXT, F_READ, "Mã thang xếp loại", "Code"),
    FIELD("name", FIELD_TEXT, F_READ, "Thang xếp loại", "Name"),
};

static const struct sort scale_sorts[] = {
    {STR_INIT("code"), {SORT_KEY("code", FIELD_TEXT)}, 1},
};

const struct resource resource_rating_scales = {
    RESOURCE_NAME("rating-scales"), .singular = "rating_scale",
    .view = "api.rating_scales",    .can = CAN_LIST,
    FIELDS(scale_fields),           SORTS(scale_sorts),
    .title_vi = "Thang xếp loại",   .title_en = "Rating scales",
};

static const struct field grade_fields[] = {
    FIELD("scale", FIELD_TEXT, F_READ, "Mã thang xếp loại", "Scale"),
    FIELD("code", FIELD_TEXT, F_READ, "Mã xếp loại", "Code"),
    FIELD("name", FIELD_TEXT, F_READ, "Xếp loại", "Name"),
    FIELD("position", FIELD_INT, F_READ, "Thứ tự", "Position", .doc = "The best first"),
    FIELD("counts_as_fair_or_better", FIELD_BOOL, F_READ, "Từ khá trở lên", "Fair or better"),
};

static const struct filter grade_filters[] = {
    FILTER_EQUALS("scale", FIELD_TEXT, "scale", "Of this scale"),
};

static const struct sort grade_sorts[] = {
    {STR_INIT("position"),
     {SORT_KEY("scale", FIELD_TEXT), SORT_KEY("position", FIELD_INT), SORT_KEY("code", FIELD_TEXT)},
     3},
};

const struct resource resource_rating_grades = {
    RESOURCE_NAME("rating-grades"),
    .singular = "rating_grade",
    .view = "api.rating_grades",
    .can = CAN_LIST,
    FIELDS(grade_fields),
    FILTERS(grade_filters),
    SORTS(grade_sorts),
    .title_vi = "Bậc xếp loại",
    .title_en = "Rating grades",
};
