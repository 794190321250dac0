/* Levels of the political system, top first: reference data. */
#include "resources/registry.h"

static const struct field fields[] = {
    FIELD_ID_INT,
    FIELD("code", FIELD_TEXT, F_READ, "Mã cấp", "Code"),
    FIELD("name", FIELD_TEXT, F_READ, "Tên cấp", "Name"),
};

static const struct filter filters[] = {
    FILTER_EQUALS("code", FIELD_TEXT, "code", "With this code"),
};

static const struct sort sorts[] = {{STR_INIT("id"), {SORT_KEY("id", FIELD_INT)}, 1}};

const struct resource resource_levels = {
    RESOURCE_NAME("levels"),   .singular = "level",  .view = "api.levels", .id_kind = ID_INT,
    .can = CAN_LIST | CAN_GET, FIELDS(fields),       FILTERS(filters),     SORTS(sorts),
    .title_vi = "Cấp",         .title_en = "Levels",
};
