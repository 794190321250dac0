/* The steps of a reorganisation, their parts, and the items of functions that move. */
#include "resources/registry.h"

static const struct choice subjects[] = {
    CHOICE("area", "Đơn vị hành chính", "Area"),
    CHOICE("unit", "Tổ chức, đơn vị", "Unit"),
};
static const struct choice kinds[] = {
    CHOICE("rename", "Đổi tên", "Rename"),
    CHOICE("change_kind", "Đổi loại", "Change of kind"),
    CHOICE("move", "Chuyển đơn vị cấp trên", "Move"),
    CHOICE("merge", "Sáp nhập", "Merge"),
    CHOICE("split", "Chia tách", "Split"),
    CHOICE("dissolve", "Kết thúc hoạt động", "Dissolve"),
    CHOICE("create", "Thành lập", "Create"),
    CHOICE("move_function", "Chuyển chức năng, nhiệm vụ", "Move of a function"),
};
static const struct choice sides[] = {
    CHOICE("from", "Từ", "From"),
    CHOICE("to", "Thành", "To"),
};
static const struct choice allocations[] = {
    CHOICE("sum", "Cộng gộp", "Sum"),
    CHOICE("copy", "Giữ nguyên cho từng đơn vị", "Copy"),
    CHOICE("share", "Chia theo tỷ lệ", "Share"),
};

static const struct field step_fields[] = {
    FIELD_ID,
    FIELD("reorganisation_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Phương án sắp xếp",
          "Reorganisation"),
    FIELD("position", FIELD_INT, F_READ | F_WRITE | F_REQUIRED, "Thứ tự", "Position", .min = 1,
          .max = 32767, .doc = "Steps are carried out in this order"),
    FIELD("subject", FIELD_CHOICE, F_READ | F_WRITE | F_REQUIRED, "Đối tượng", "Subject",
          CHOICES(subjects)),
    FIELD("kind", FIELD_CHOICE, F_READ | F_WRITE | F_REQUIRED, "Hình thức", "Kind", CHOICES(kinds)),
    FIELD("with_units", FIELD_BOOL, F_READ | F_WRITE, "Kèm các đơn vị trên địa bàn", "With units",
          .doc = "Of an area: the units standing there follow it; without: true"),
    FIELD("moves_accounts", FIELD_BOOL, F_READ | F_WRITE, "Chuyển tài khoản", "Moves accounts",
          .doc = "Memberships go on at a successor of the same level; without: true"),
    FIELD("note", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Ghi chú", "Note", .max = 500),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule step_rules[] = {
    RULE("reorganisation_step_function_of_unit", "subject", "wrong_subject"),
};

static const struct filter step_filters[] = {
    FILTER_AS_OF_ROWS("Of what was carried out, with effect by this day"),
    FILTER_EQUALS("reorganisation", FIELD_UUID, "reorganisation_id", "Of this reorganisation"),
    {.name = STR_INIT("kind"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.kind",
     CHOICES(kinds),
     .doc = "One or more, separated by commas"},
};

static const struct sort step_sorts[] = {
    {STR_INIT("position"),
     {SORT_KEY("reorganisation_id", FIELD_UUID), SORT_KEY("position", FIELD_INT),
      SORT_KEY("id", FIELD_UUID)},
     3},
};

const struct resource resource_reorganisation_steps = {
    RESOURCE_NAME("reorganisation-steps"),
    .singular = "reorganisation_step",
    .view = "api.reorganisation_steps",
    .day_view = "api.reorganisation_steps_on",
    .table = "app.reorganisation_step",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(step_fields),
    FILTERS(step_filters),
    SORTS(step_sorts),
    RULES(step_rules),
    .title_vi = "Các bước sắp xếp",
    .title_en = "Steps of reorganisations",
};

/* ---- parts ---- */

static const struct field part_fields[] = {
    FIELD_ID,
    FIELD("reorganisation_id", FIELD_UUID, F_READ, "Phương án sắp xếp", "Reorganisation"),
    FIELD("step_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Bước", "Step"),
    FIELD("step_position", FIELD_INT, F_READ, "Thứ tự bước", "Position of the step"),
    FIELD("side", FIELD_CHOICE, F_READ | F_WRITE | F_REQUIRED, "Vế", "Side", CHOICES(sides)),
    FIELD("position", FIELD_INT, F_READ | F_WRITE | F_REQUIRED, "Thứ tự", "Position", .min = 1,
          .max = 32767, .doc = "The first \"to\" takes what can only go to one"),
    FIELD("area_id", FIELD_INT_REF, F_READ | F_WRITE | F_NULLABLE, "Mã địa bàn", "Area id",
          .doc = "Neither an area nor a unit: what the new_ fields describe is made"),
    FIELD("area_name", FIELD_TEXT, F_READ | F_NULLABLE, "Địa bàn", "Area"),
    FIELD("unit_id", FIELD_INT_REF, F_READ | F_WRITE | F_NULLABLE, "Mã đơn vị", "Unit id"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("new_code", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Mã mới", "New code", .min = 1,
          .max = 80),
    FIELD("new_name", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Tên mới", "New name", .min = 1,
          .max = 300),
    FIELD("new_short_name", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Tên viết tắt mới",
          "New short name", .min = 1, .max = 100),
    FIELD("new_kind", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Loại mới", "New kind", .min = 1,
          .max = 60, .doc = "Of an area in words (Phường); of a unit its kind's code"),
    FIELD("new_level_id", FIELD_INT_REF, F_READ | F_WRITE | F_NULLABLE, "Mã cấp mới",
          "New level id"),
    FIELD("new_area_id", FIELD_INT_REF, F_READ | F_WRITE | F_NULLABLE, "Mã địa bàn cấp trên mới",
          "New area id", .doc = "Where an area lies or a unit stands from then on"),
    FIELD("new_area_part_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE,
          "Địa bàn cấp trên được lập ở bước trước", "New area, made by another part"),
    FIELD("new_parent_unit_id", FIELD_INT_REF, F_READ | F_WRITE | F_NULLABLE, "Mã đơn vị chủ quản",
          "New parent unit id"),
    FIELD("new_parent_part_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE,
          "Đơn vị chủ quản được lập ở bước trước", "New parent unit, made by another part"),
    FIELD("allocation", FIELD_CHOICE, F_READ | F_WRITE | F_NULLABLE, "Cách chuyển số liệu",
          "Allocation", CHOICES(allocations)),
    FIELD("share_permille", FIELD_INT, F_READ | F_WRITE | F_NULLABLE, "Tỷ lệ (phần nghìn)",
          "Share in per mille", .min = 1, .max = 1000),
    FIELD("made_area_id", FIELD_INT_REF, F_READ | F_NULLABLE, "Mã địa bàn đã lập", "Made area id"),
    FIELD("made_unit_id", FIELD_INT_REF, F_READ | F_NULLABLE, "Mã đơn vị đã lập", "Made unit id"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule part_rules[] = {
    RULE("reorganisation_part_share_told", "share_permille", "share_told"),
    RULE("reorganisation_part_one_subject", "unit_id", "one_subject"),
    RULE("reorganisation_part_from_stands", "area_id", "required"),
};

static const struct filter part_filters[] = {
    FILTER_AS_OF_ROWS("Of what was carried out, with effect by this day"),
    FILTER_EQUALS("reorganisation", FIELD_UUID, "reorganisation_id", "Of this reorganisation"),
    FILTER_EQUALS("step", FIELD_UUID, "step_id", "Of this step"),
    FILTER_EQUALS("area", FIELD_INT_REF, "area_id", "Naming this area"),
    FILTER_EQUALS("unit", FIELD_INT_REF, "unit_id", "Naming this unit"),
};

static const struct sort part_sorts[] = {
    {STR_INIT("position"),
     {SORT_KEY("step_position", FIELD_INT), SORT_KEY("side", FIELD_TEXT),
      SORT_KEY("position", FIELD_INT), SORT_KEY("id", FIELD_UUID)},
     4},
};

const struct resource resource_reorganisation_parts = {
    RESOURCE_NAME("reorganisation-parts"),
    .singular = "reorganisation_part",
    .view = "api.reorganisation_parts",
    .day_view = "api.reorganisation_parts_on",
    .table = "app.reorganisation_part",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(part_fields),
    FILTERS(part_filters),
    SORTS(part_sorts),
    RULES(part_rules),
    .title_vi = "Các vế của bước sắp xếp",
    .title_en = "Parts of steps",
};

/* ---- the items that a moved function is ---- */

static const struct field item_fields[] = {
    FIELD_ID,
    FIELD("reorganisation_id", FIELD_UUID, F_READ, "Phương án sắp xếp", "Reorganisation"),
    FIELD("step_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Bước", "Step"),
    FIELD("plan_item_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Nội dung kế hoạch",
          "Plan item"),
    FIELD("item_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã nhiệm vụ", "Item code"),
    FIELD("title", FIELD_TEXT, F_READ | F_NULLABLE, "Nhiệm vụ", "Task"),
    FIELD("version", FIELD_INT, F_READ, "Phiên bản", "Version"),
    FIELD_CREATED_AT,
    FIELD_ACTIONS,
};

static const struct filter item_filters[] = {
    FILTER_AS_OF_ROWS("Of what was carried out, with effect by this day"),
    FILTER_EQUALS("reorganisation", FIELD_UUID, "reorganisation_id", "Of this reorganisation"),
    FILTER_EQUALS("step", FIELD_UUID, "step_id", "Of this step"),
};

static const struct sort item_sorts[] = {
    {STR_INIT("created_at"),
     {SORT_KEY("created_at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)},
     2},
};

const struct resource resource_reorganisation_function_items = {
    RESOURCE_NAME("reorganisation-function-items"),
    .singular = "reorganisation_function_item",
    .view = "api.reorganisation_function_items",
    .day_view = "api.reorganisation_function_items_on",
    .table = "app.reorganisation_function_item",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_DELETE | CAN_BULK,
    FIELDS(item_fields),
    FILTERS(item_filters),
    SORTS(item_sorts),
    .title_vi = "Nhiệm vụ chuyển theo chức năng",
    .title_en = "Items of moved functions",
};

/* ---- links ---- */

#define LINK_FIELDS(vi, en)                                                                     \
    FIELD_ID_INT,                                                                               \
        FIELD("predecessor_id", FIELD_INT_REF, F_READ, "Mã " vi " trước", en " before id"),     \
        FIELD("predecessor_name", FIELD_TEXT, F_READ | F_NULLABLE, "Tên trước", "Name before"), \
        FIELD("predecessor_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã trước", "Code before"),  \
        FIELD("successor_id", FIELD_INT_REF, F_READ, "Mã " vi " sau", en " after id"),          \
        FIELD("successor_name", FIELD_TEXT, F_READ | F_NULLABLE, "Tên sau", "Name after"),      \
        FIELD("successor_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã sau", "Code after"),       \
        FIELD("effective_on", FIELD_DATE, F_READ, "Ngày hiệu lực", "Effective on"),             \
        FIELD("allocation", FIELD_CHOICE, F_READ, "Cách chuyển số liệu", "Allocation",          \
              CHOICES(allocations)),                                                            \
        FIELD("share_permille", FIELD_INT, F_READ | F_NULLABLE, "Tỷ lệ (phần nghìn)",           \
              "Share in per mille"),                                                            \
        FIELD("reorganisation_id", FIELD_UUID, F_READ | F_NULLABLE, "Phương án sắp xếp",        \
              "Reorganisation"),                                                                \
        FIELD("kind", FIELD_CHOICE, F_READ | F_NULLABLE, "Hình thức", "Kind", CHOICES(kinds))

static const struct field area_link_fields[] = {LINK_FIELDS("địa bàn", "Area")};
static const struct field unit_link_fields[] = {
    LINK_FIELDS("đơn vị", "Unit"),
    FIELD("is_function", FIELD_BOOL, F_READ, "Chỉ chuyển chức năng", "One function only"),
};

static const struct filter link_filters[] = {
    FILTER_AS_OF_ROWS("With effect by this day"),
    FILTER_EQUALS("predecessor", FIELD_INT_REF, "predecessor_id", "From this one"),
    FILTER_EQUALS("successor", FIELD_INT_REF, "successor_id", "To this one"),
    FILTER_EQUALS("effective_on", FIELD_DATE, "effective_on", "In force on this day"),
    FILTER_EQUALS("reorganisation", FIELD_UUID, "reorganisation_id", "Of this reorganisation"),
};

static const struct sort link_sorts[] = {
    {STR_INIT("effective_on"),
     {SORT_KEY("effective_on", FIELD_DATE), SORT_KEY("id", FIELD_INT_REF)},
     2},
};

const struct resource resource_area_links = {
    RESOURCE_NAME("area-links"),
    .singular = "area_link",
    .view = "api.area_links",
    .day_view = "api.area_links_on",
    .id_kind = ID_INT,
    .can = CAN_LIST,
    FIELDS(area_link_fields),
    FILTERS(link_filters),
    SORTS(link_sorts),
    .title_vi = "Kế thừa địa bàn",
    .title_en = "Links of areas",
};

const struct resource resource_unit_links = {
    RESOURCE_NAME("unit-links"),
    .singular = "unit_link",
    .view = "api.unit_links",
    .day_view = "api.unit_links_on",
    .id_kind = ID_INT,
    .can = CAN_LIST,
    FIELDS(unit_link_fields),
    FILTERS(link_filters),
    SORTS(link_sorts),
    .title_vi = "Kế thừa đơn vị",
    .title_en = "Links of units",
};
