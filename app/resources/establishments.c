/* Posts, how many of each a unit may have, and how they are filled. */
#include "resources/registry.h"

static const struct field position_fields[] = {
    FIELD("code", FIELD_TEXT, F_READ, "Mã chức danh", "Code"),
    FIELD("name", FIELD_TEXT, F_READ, "Chức danh", "Name"),
    FIELD("level", FIELD_TEXT, F_READ | F_NULLABLE, "Cấp", "Level",
          .doc = "Level at which the post exists; null: at any"),
    FIELD("is_leading", FIELD_BOOL, F_READ, "Chức danh lãnh đạo", "Leading post"),
    FIELD("rank", FIELD_INT, F_READ, "Thứ bậc", "Rank", .doc = "The highest first"),
};

static const struct filter position_filters[] = {
    FILTER_EQUALS("level", FIELD_TEXT, "level", "Of this level alone"),
    {.name = STR_INIT("leading"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     .sql = "r.is_leading",
     .sql_false = "not r.is_leading",
     .doc = "Leading posts, or the others"},
};

static const struct sort position_sorts[] = {
    {STR_INIT("rank"), {SORT_KEY("rank", FIELD_INT), SORT_KEY("code", FIELD_TEXT)}, 2},
};

const struct resource resource_positions = {
    RESOURCE_NAME("positions"), .singular = "position",
    .view = "api.positions",    .can = CAN_LIST,
    FIELDS(position_fields),    FILTERS(position_filters),
    SORTS(position_sorts),      .title_vi = "Chức danh",
    .title_en = "Positions",
};

/* ---- quotas ---- */

static const struct field fields[] = {
    FIELD_ID,
    FIELD("unit_id", FIELD_INT_REF, F_READ | F_CREATE | F_REQUIRED, "Mã số đơn vị", "Unit id"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã đơn vị", "Unit code"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),
    FIELD("line", FIELD_TEXT, F_READ, "Ngành", "Line"),
    FIELD("position_code", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Mã chức danh",
          "Position code", .pattern = "^[a-z0-9_]{1,60}$"),
    FIELD("position", FIELD_TEXT, F_READ, "Chức danh (mã)", "Position",
          .doc = "The same code, under the name that imports use"),
    FIELD("position_name", FIELD_TEXT, F_READ, "Chức danh", "Name of the position"),
    FIELD("quota", FIELD_INT, F_READ | F_WRITE | F_REQUIRED, "Biên chế được giao", "Quota",
          .max = 1000),
    FIELD("valid_from", FIELD_DATE, F_READ | F_WRITE | F_REQUIRED, "Từ ngày", "From"),
    FIELD("valid_to", FIELD_DATE, F_READ | F_WRITE | F_NULLABLE, "Đến trước ngày", "Until before",
          .doc = "The first day on which it holds no more"),
    FIELD("legal_basis", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Căn cứ", "Legal basis",
          .min = 1, .max = 300),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule rules[] = {
    RULE("establishment_dates", "valid_to", "wrong_order"),
};

static const struct filter filters[] = {
    {.name = STR_INIT("unit"),
     .kind = FILTER_UNIT,
     .type = FIELD_INT_REF,
     .sql = "r.unit_id",
     .replaces_scope = true,
     .doc = "Of this unit; with subtree=true also of those under it"},
    FILTER_SUBTREE_SWITCH,
    FILTER_EQUALS("position", FIELD_TEXT, "position_code", "Of this post"),
    FILTER_EQUALS("level", FIELD_TEXT, "level", "Of units of this level"),
    FILTER_EQUALS("line", FIELD_TEXT, "line", "Of units of this line"),
    FILTER_AS_OF_ROWS("In force on this day; without: all, past ones too"),
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("unit"),
     {SORT_KEY("unit_id", FIELD_INT), SORT_KEY("position_code", FIELD_TEXT),
      SORT_KEY("valid_from", FIELD_DATE), SORT_KEY("id", FIELD_UUID)},
     4},
    {STR_INIT("valid_from"), {SORT_KEY("valid_from", FIELD_DATE), SORT_KEY("id", FIELD_UUID)}, 2},
};

const struct resource resource_establishments = {
    RESOURCE_NAME("establishments"),
    .singular = "establishment",
    .view = "api.establishments",
    .day_view = "api.establishments_on",
    .table = "app.establishment",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    RULES(rules),
    .has_scope_column = true,
    .title_vi = "Biên chế",
    .title_en = "Establishments",
    .doc = "How many of each post a unit may have, from when to when. Decided by officers or "
           "leaders of who stands over it, or recorded by its own leader",
};

/* ---- figures ---- */

static const struct choice groups[] = {
    CHOICE("unit", "Đơn vị", "Unit"),
    CHOICE("level", "Cấp", "Level"),
    CHOICE("line", "Ngành", "Line"),
    CHOICE("area", "Địa bàn", "Area"),
    CHOICE("position", "Chức danh", "Position"),
};

#define COUNT(n, vi, en, text) FIELD(n, FIELD_INT, F_READ, vi, en, .doc = text)
#define HELD_BACK(n, vi, en)                                                               \
    FIELD(n, FIELD_INT, F_READ | F_NULLABLE, vi, en,                                       \
          .doc = "Null where it would be about fewer than five people, or where one that " \
                 "is could be found by subtraction; `suppressed` then names it")

static const struct field figure_fields[] = {
    FIELD("group_id", FIELD_INT_REF, F_READ | F_NULLABLE, "Mã nhóm", "Group id",
          .doc = "Of the unit, level, line or area, as `by` says; a position has none"),
    FIELD("group_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu", "Code"),
    FIELD("group_name", FIELD_TEXT, F_READ | F_NULLABLE, "Tên nhóm", "Name"),
    COUNT("quota", "Biên chế được giao", "Quota", "Posts"),
    COUNT("filled", "Biên chế có mặt", "Filled", "First posts that are held"),
    COUNT("vacancies", "Biên chế còn thiếu", "Vacancies", "Added up post by post"),
    COUNT("over", "Vượt biên chế", "Over", "People beyond the quota of their post"),
    HELD_BACK("young_count", "Cán bộ trẻ", "Young"),
    HELD_BACK("women_count", "Cán bộ nữ", "Women"),
    HELD_BACK("minority_count", "Cán bộ người dân tộc thiểu số", "Of an ethnic minority"),
    FIELD("suppressed", FIELD_TEXT_ARRAY, F_READ, "Số liệu không công bố", "Held back",
          .doc = "Counts that are not told, so that they tell nothing of anybody"),
    FIELD("shares_on", FIELD_DATE, F_READ, "Cơ cấu tính đến ngày", "Shares as of",
          .doc = "First day of the quarter that as_of lies in: young, women and minority are "
                 "counted as of it, so that answers of two days tell of nobody between"),
};

static const struct filter figure_filters[] = {
    {.name = STR_INIT("as_of"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_DATE,
     .sql = "p_as_of",
     .doc = "As it stood on this day; without: today"},
    {.name = STR_INIT("by"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_CHOICE,
     .sql = "p_by",
     CHOICES(groups),
     .doc = "Grouped so; without: by level"},
    FILTER_ARGUMENT_UNIT,
    FILTER_ARGUMENT_SUBTREE,
};

static const struct sort figure_sorts[] = {
    {STR_INIT("group"),
     {SORT_SQL("coalesce(r.group_id, 0)", FIELD_INT),
      SORT_SQL("coalesce(r.group_code, '')", FIELD_TEXT)},
     2},
    {STR_INIT("vacancies"),
     {SORT_KEY("vacancies", FIELD_INT), SORT_SQL("coalesce(r.group_id, 0)", FIELD_INT),
      SORT_SQL("coalesce(r.group_code, '')", FIELD_TEXT)},
     3},
};

const struct resource resource_establishment_figures = {
    RESOURCE_NAME("establishment-figures"),
    .singular = "establishment_figure",
    .view = "api.establishment_figures",
    .is_call = true,
    .can = CAN_LIST,
    FIELDS(figure_fields),
    FILTERS(figure_filters),
    SORTS(figure_sorts),
    .title_vi = "Số liệu biên chế",
    .title_en = "Establishment figures",
    .doc = "Posts, how they are filled, and who fills them, as counts of people and never of fewer "
           "than five",
};
