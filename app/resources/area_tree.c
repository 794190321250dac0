/* The territory of a day, and the units on it, whole, in one answer. */
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
    {.name = STR_INIT("depth"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_INT_REF,
     .sql = "p_depth",
     .doc = "So many levels below the root, 0 the root alone; without: all"},
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

#define UNIT_NODES                                                                         \
    "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{"                  \
    "\"id\":{\"type\":\"integer\"},\"parent_id\":{\"type\":[\"integer\",\"null\"]},"       \
    "\"area_id\":{\"type\":\"integer\"},\"level\":{\"type\":\"string\"},"                  \
    "\"line\":{\"type\":\"string\"},\"code\":{\"type\":\"string\"},"                       \
    "\"name\":{\"type\":\"string\"},\"short_name\":{\"type\":[\"string\",\"null\"]},"      \
    "\"kind\":{\"type\":\"string\"}}}}"

static const struct field unit_fields[] = {
    FIELD("day", FIELD_DATE, F_READ, "Ngày", "Day"),
    FIELD("area_id", FIELD_INT_REF, F_READ | F_NULLABLE, "Địa bàn gốc", "Root area"),
    FIELD("node_count", FIELD_INT, F_READ, "Số đơn vị", "Units"),
    FIELD("nodes", FIELD_JSON, F_READ | F_HIDDEN_IN_CSV, "Cây đơn vị", "Units of the tree",
          .schema = UNIT_NODES,
          .doc = "In no order; area_id places a unit, parent_id an office inside it"),
};

static const struct filter unit_filters[] = {
    {.name = STR_INIT("as_of"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_DATE,
     .sql = "p_day",
     .doc = "As it was on this day; without: today"},
    {.name = STR_INIT("area"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_INT_REF,
     .sql = "p_area_id",
     .doc = "Standing at this area or one that lay in it on the day; without: everywhere"},
    {.name = STR_INIT("depth"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_INT_REF,
     .sql = "p_depth",
     .doc = "So many levels of areas below the root, 0 the root alone; without: all"},
};

const struct resource resource_unit_tree = {
    RESOURCE_NAME("unit-tree"),
    .singular = "unit_tree",
    .view = "api.unit_tree",
    .is_call = true,
    .can = CAN_LIST,
    FIELDS(unit_fields),
    FILTERS(unit_filters),
    SORTS(sorts),
    .title_vi = "Cây đơn vị",
    .title_en = "Tree of units",
    .doc = "One row: the units of a day that the caller may know of, as a list of nodes",
};
