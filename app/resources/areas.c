/* Territory, as it is called, coded and placed on a day. */
#include "resources/registry.h"

static const struct field fields[] = {
    FIELD_ID_INT,
    FIELD("code", FIELD_TEXT, F_READ, "Mã hành chính", "Official code",
          .doc = "No identity over time: codes are reused"),
    FIELD("name", FIELD_TEXT, F_READ, "Tên", "Name"),
    FIELD("kind", FIELD_TEXT, F_READ, "Loại", "Kind"),
    FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),
    FIELD("level_name", FIELD_TEXT, F_READ, "Tên cấp", "Name of the level"),
    FIELD("parent_id", FIELD_INT_REF, F_READ | F_NULLABLE, "Mã địa bàn cấp trên", "Parent id"),
    FIELD("parent_name", FIELD_TEXT, F_READ | F_NULLABLE, "Địa bàn cấp trên", "Parent"),
    FIELD("path", FIELD_TEXT_ARRAY, F_READ, "Đường dẫn", "Path",
          .doc = "Names from the top down to this one"),
    FIELD("child_count", FIELD_INT, F_READ, "Số địa bàn trực thuộc", "Areas right below"),
    FIELD("valid_from", FIELD_DATE, F_READ, "Có hiệu lực từ", "Valid from"),
    FIELD("valid_to", FIELD_DATE, F_READ | F_NULLABLE, "Hết hiệu lực từ", "Valid until"),
    FIELD("legal_basis", FIELD_TEXT, F_READ | F_NULLABLE, "Căn cứ", "Legal basis"),
    FIELD_STAMPS,
};

static const struct filter filters[] = {
    FILTER_AS_OF_DAY,
    FILTER_EQUALS("parent", FIELD_INT_REF, "parent_id", "Right below this area"),
    {.name = STR_INIT("within"),
     .kind = FILTER_VALUE,
     .type = FIELD_INT_REF,
     .sql = "? in (r.province_key, r.district_key, r.grassroots_key)",
     .doc = "This area and all below it"},
    {.name = STR_INIT("level"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_TEXT,
     .sql = "r.level",
     .doc = "Codes of levels, separated by commas"},
    FILTER_EQUALS("kind", FIELD_TEXT, "kind", "Of this kind"),
    FILTER_EQUALS("code", FIELD_TEXT, "code", "With this official code"),
    FILTER_TEXT_SEARCH,
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("code"), {SORT_KEY("code", FIELD_TEXT), SORT_KEY("id", FIELD_INT)}, 2},
    {STR_INIT("name"),
     {SORT_SQL("r.name collate app.vietnamese", FIELD_TEXT), SORT_KEY("id", FIELD_INT)},
     2},
    {STR_INIT("tree"),
     {SORT_SQL("coalesce(r.province_key, 0)", FIELD_INT),
      SORT_SQL("coalesce(r.district_key, 0)", FIELD_INT),
      SORT_SQL("coalesce(r.grassroots_key, 0)", FIELD_INT), SORT_KEY("id", FIELD_INT)},
     4},
};

const struct resource resource_areas = {
    RESOURCE_NAME("areas"), .singular = "area",        .view = "api.areas", .id_kind = ID_INT,
    .is_dated = true,       .can = CAN_LIST | CAN_GET, FIELDS(fields),      FILTERS(filters),
    SORTS(sorts),           .title_vi = "Địa bàn",     .title_en = "Areas",
};
