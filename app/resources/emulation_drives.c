/* Emulation drives and congresses; awards as counts of groups and persons, never names. */
#include "resources/registry.h"

static const struct choice kinds[] = {
    CHOICE("drive", "Đợt thi đua", "Drive"),
    CHOICE("congress", "Đại hội thi đua", "Congress"),
};
static const struct choice statuses[] = {
    CHOICE("planned", "Dự kiến", "Planned"),
    CHOICE("under_way", "Đã phát động", "Under way"),
    CHOICE("summed_up", "Đã tổng kết", "Summed up"),
};

#define OWNER_FIELDS                                                                            \
    FIELD("owner_unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị chủ trì", "Owning unit id"),       \
        FIELD("owner_unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị chủ trì",     \
              "Owning unit code"),                                                              \
        FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE | F_HIDDEN_IN_CSV, "Ký hiệu đơn vị", \
              "Unit code", .doc = "The same as owner_unit_code"),                               \
        FIELD("owner_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Owning unit"),     \
        FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),                                     \
        FIELD("line", FIELD_TEXT, F_READ, "Ngành", "Line")

static const struct choice me[] = {CHOICE("me", "Đơn vị tôi", "My unit")};
static const char *const owner_sql[] = {"r.owner_unit_id = (select private.my_unit())"};

#define FILTERS_OF_OWNER                                                                       \
    {.name = STR_INIT("unit"),                                                                 \
     .kind = FILTER_UNIT,                                                                      \
     .type = FIELD_INT_REF,                                                                    \
     .sql = "r.owner_unit_id",                                                                 \
     .replaces_scope = true,                                                                   \
     .doc = "Of this unit; with subtree=true also of those under it"},                         \
        FILTER_SUBTREE_SWITCH,                                                                 \
    {                                                                                          \
        .name = STR_INIT("owner"), .kind = FILTER_RELATION, .type = FIELD_CHOICE, CHOICES(me), \
        .relations = owner_sql, .replaces_scope = true, .doc = "me: of my unit"                \
    }

static const struct field drive_fields[] = {
    FIELD_ID,
    FIELD("kind", FIELD_CHOICE, F_READ | F_WRITE | F_REQUIRED, "Loại", "Kind", CHOICES(kinds)),
    FIELD("title", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Tên", "Title", .min = 1, .max = 500),
    FIELD("plan_item_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Nhiệm vụ", "Plan item"),
    FIELD("plan_number", FIELD_TEXT, F_READ | F_NULLABLE, "Số kế hoạch", "Plan number"),
    FIELD("item_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã nhiệm vụ", "Item code"),
    FIELD("document_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Văn bản (mã)", "Document"),
    FIELD("document_symbol", FIELD_TEXT, F_READ | F_NULLABLE, "Văn bản", "Symbol of the document"),
    FIELD("starts_on", FIELD_DATE, F_READ | F_WRITE | F_REQUIRED, "Từ ngày", "First day"),
    FIELD("ends_on", FIELD_DATE, F_READ | F_WRITE | F_REQUIRED, "Đến ngày", "Last day"),
    FIELD("launched_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày phát động, khai mạc",
          "Launched on"),
    FIELD("summed_up_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày tổng kết", "Summed up on"),
    FIELD("status", FIELD_CHOICE, F_READ, "Trạng thái", "Status", CHOICES(statuses)),
    OWNER_FIELDS,
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule drive_rules[] = {
    RULE("emulation_drive_dates", "ends_on", "wrong_order"),
};

static const struct filter drive_filters[] = {
    FILTER_AS_OF_ROWS("Launched by this day"),
    {.name = STR_INIT("status"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.status",
     CHOICES(statuses),
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("kind"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.kind",
     CHOICES(kinds),
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("year"),
     .kind = FILTER_VALUE,
     .type = FIELD_INT_REF,
     .sql = "r.starts_on <= " LAST_OF_YEAR " and r.ends_on >= " FIRST_OF_YEAR,
     .doc = "That runs in this year"},
    FILTERS_OF_OWNER,
    FILTER_TEXT_SEARCH,
    FILTER_UPDATED_SINCE,
};

static const struct sort drive_sorts[] = {
    {STR_INIT("starts_on"), {SORT_KEY("starts_on", FIELD_DATE), SORT_KEY("id", FIELD_UUID)}, 2},
    {STR_INIT("ends_on"), {SORT_KEY("ends_on", FIELD_DATE), SORT_KEY("id", FIELD_UUID)}, 2},
};

static const struct command drive_commands[] = {
    COMMAND("emulation-drives", "launch", "api.emulation_drive_launch", "Phát động, khai mạc",
            "Launch", .needs_version = true,
            .doc = "By a leader; from now on the units below see it"),
    COMMAND("emulation-drives", "sum-up", "api.emulation_drive_sum_up", "Tổng kết", "Sum up",
            .needs_version = true, .doc = "By a leader; then it is read only"),
};

const struct resource resource_emulation_drives = {
    RESOURCE_NAME("emulation-drives"),
    .singular = "emulation_drive",
    .view = "api.emulation_drives",
    .day_view = "api.emulation_drives_on",
    .day_detail_view = "api.emulation_drives_on",
    .table = "app.emulation_drive",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE,
    FIELDS(drive_fields),
    FILTERS(drive_filters),
    SORTS(drive_sorts),
    .sorts_down = true,
    RULES(drive_rules),
    COMMANDS(drive_commands),
    .title_vi = "Đợt thi đua, đại hội thi đua",
    .title_en = "Emulation drives",
    .doc = "Seen in the scope of the unit that holds it; once launched also by the units below",
};

/* ---- awards ---- */

static const struct field award_fields[] = {
    FIELD_ID,
    FIELD("year", FIELD_INT, F_READ | F_WRITE | F_REQUIRED, "Năm", "Year", .min = 2000,
          .max = 2100),
    FIELD("form", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Hình thức khen thưởng", "Form",
          .min = 1, .max = 100, .doc = "As bằng khen, giấy khen; counts only, never a name"),
    FIELD("awarding_level_id", FIELD_INT_REF, F_READ | F_WRITE | F_REQUIRED, "Mã cấp khen thưởng",
          "Awarding level id"),
    FIELD("awarding_level", FIELD_TEXT, F_READ, "Cấp khen thưởng", "Awarding level"),
    FIELD("group_count", FIELD_INT, F_READ | F_WRITE, "Số tập thể", "Groups", .min = 0,
          .max = 100000),
    FIELD("person_count", FIELD_INT, F_READ | F_WRITE, "Số cá nhân", "Persons", .min = 0,
          .max = 100000),
    FIELD("awarded_on", FIELD_DATE, F_READ | F_WRITE | F_NULLABLE, "Ngày khen thưởng",
          "Awarded on"),
    FIELD("drive_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Đợt thi đua (mã)", "Drive"),
    FIELD("drive_title", FIELD_TEXT, F_READ | F_NULLABLE, "Đợt thi đua", "Title of the drive"),
    FIELD("document_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Quyết định (mã)", "Decision"),
    FIELD("document_symbol", FIELD_TEXT, F_READ | F_NULLABLE, "Quyết định",
          "Symbol of the decision"),
    OWNER_FIELDS,
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule award_rules[] = {
    RULE("award_count_not_empty", "group_count", "too_few"),
    RULE("award_count_of_year", "awarded_on", "out_of_range"),
};

static const struct filter award_filters[] = {
    FILTER_AS_OF_ROWS("Awarded by this day"),
    FILTER_YEAR("Of this year"),
    {.name = STR_INIT("awarding_level"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_TEXT,
     .sql = "r.awarding_level",
     .doc = "One or more, separated by commas"},
    FILTER_EQUALS("drive", FIELD_UUID, "drive_id", "In this drive"),
    FILTERS_OF_OWNER,
    FILTER_UPDATED_SINCE,
};

static const struct sort award_sorts[] = {
    {STR_INIT("year"), {SORT_KEY("year", FIELD_INT), SORT_KEY("id", FIELD_UUID)}, 2},
    {STR_INIT("person_count"),
     {SORT_KEY("person_count", FIELD_INT), SORT_KEY("id", FIELD_UUID)},
     2},
};

const struct resource resource_award_counts = {
    RESOURCE_NAME("award-counts"),
    .singular = "award_count",
    .view = "api.award_counts",
    .day_view = "api.award_counts_on",
    .day_detail_view = "api.award_counts_on",
    .table = "app.award_count",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(award_fields),
    FILTERS(award_filters),
    SORTS(award_sorts),
    .sorts_down = true,
    RULES(award_rules),
    .title_vi = "Số lượng khen thưởng",
    .title_en = "Award counts",
    .doc = "How many groups and persons a unit had awarded; names stand on the decision alone",
};
