/* Lines (ngành dọc): reference data. */
#include "resources/registry.h"

static const struct field fields[] = {
    FIELD_ID_INT,
    FIELD("code", FIELD_TEXT, F_READ, "Mã ngành", "Code"),
    FIELD("name", FIELD_TEXT, F_READ, "Tên ngành", "Name"),
    FIELD("sees_all_lines", FIELD_BOOL, F_READ, "Theo dõi mọi ngành", "Sees all lines"),
};

static const struct filter filters[] = {
    FILTER_EQUALS("code", FIELD_TEXT, "code", "With this code"),
};

static const struct sort sorts[] = {{STR_INIT("id"), {SORT_KEY("id", FIELD_INT)}, 1}};

const struct resource resource_lines = {
    RESOURCE_NAME("lines"),    .singular = "line",  .view = "api.lines", .id_kind = ID_INT,
    .can = CAN_LIST | CAN_GET, FIELDS(fields),      FILTERS(filters),    SORTS(sorts),
    .title_vi = "Ngành",       .title_en = "Lines",
};
