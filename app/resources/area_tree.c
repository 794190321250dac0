/* The territory of a day, whole, in one answer. */
#include "resources/registry.h"

#define NODES                                                                            \
    "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{"                \
    "\"id\":{\"type\":\"integer\"},\"parent_id\":{\"type\":[\"integer\",\"null\"]},"     \
    "\"level\":{\"type\":\"string\"},\"code\":{\"type\":\"string\"},\"name\":{\"type\":" \
    "\"string\"},"                                                                       \
    "\"kind\":{\"type\":\"string\"}}}}"

static const struct field fields[] = {
    FIELD("day", FIELD_DATE, F_READ, "Ngày", "Day"),
    FIELD("area_id", FIELD_INT_REF, F_READ | F_NULLABLE, "Địa bàn gốc", "Root area"),
    FIELD("node_count", FIELD_INT, F_READ, "Số địa bàn", "Areas"),
    FIELD("nodes", FIELD_JSON, F_READ | F_HIDDEN_IN_CSV, "Cây địa bàn", "Areas of the tree",
          .schema = NODES, .doc = "In no order; parent_id makes the tree"),
};

static const struct filter filters[] = {
    {.name = STR_INIT("as_of"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_DATE,
     .sql = "p_day",
     .doc = "As it was on this day; without: today"},
    {.name = STR_INIT("area"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_INT_REF,
     .sql = "p_area_id",
     .doc = "This area and what lies in it; without: everything"},
};

static const struct sort sorts[] = {
    {STR_INIT("count"), {SORT_KEY("node_count", FIELD_INT)}, 1},
};

const struct resource resource_area_tree = {
    RESOURCE_NAME("area-tree"),
    .singular = "area_tree",
    .view = "api.area_tree",
    .is_call = true,
    .can = CAN_LIST,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .title_vi = "Cây địa bàn",
    .title_en = "Tree of areas",
    .doc = "One row: the whole territory of a day as a list of nodes",
};
