/* Which boards have a signed coordination plan for a year, one by one and counted by level. */
#include "resources/registry.h"

static const struct choice partner_kinds[] = {
    CHOICE("people_committee", "Ủy ban nhân dân", "People's Committee"),
    CHOICE("armed_forces", "Lực lượng vũ trang", "Armed forces"),
    CHOICE("other", "Cơ quan, tổ chức khác", "Other"),
};
static const struct choice terms[] = {
    CHOICE("yearly", "Hằng năm", "Yearly"),
    CHOICE("stage", "Theo giai đoạn", "Of a stage"),
};

static const struct field fields[] = {
    FIELD("unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị", "Unit id"),
    FIELD("unit_code", FIELD_TEXT, F_READ, "Ký hiệu đơn vị", "Unit code"),
    FIELD("unit_name", FIELD_TEXT, F_READ, "Đơn vị", "Unit"),
    FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),
    FIELD("partner_kind", FIELD_CHOICE, F_READ, "Phối hợp với", "Kind of partner",
          CHOICES(partner_kinds)),
    FIELD("year", FIELD_INT, F_READ, "Năm", "Year"),
    FIELD("is_covered", FIELD_BOOL, F_READ, "Đã có kế hoạch phối hợp", "Has one",
          .doc = "A signed plan for the year, or of a stage that it lies in"),
    FIELD("yearly_count", FIELD_INT, F_READ, "Số kế hoạch năm", "Yearly plans"),
    FIELD("stage_count", FIELD_INT, F_READ, "Số kế hoạch giai đoạn", "Plans of a stage"),
    FIELD("coordination_plan_id", FIELD_UUID, F_READ | F_NULLABLE, "Mã kế hoạch phối hợp",
          "Coordination plan", .doc = "The yearly one before one of a stage; the first signed"),
    FIELD("term", FIELD_CHOICE, F_READ | F_NULLABLE, "Thời hạn", "Term", CHOICES(terms)),
    FIELD("number", FIELD_TEXT, F_READ | F_NULLABLE, "Số", "Number"),
    FIELD("title", FIELD_TEXT, F_READ | F_NULLABLE, "Tên kế hoạch phối hợp", "Title"),
    FIELD("signed_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày ký kết", "Signed on"),
};

#define ARGUMENT(n, t, column, text)                                                            \
    {                                                                                           \
        .name = STR_INIT(n), .kind = FILTER_ARGUMENT, .type = (t), .sql = column, .doc = (text) \
    }
#define ASKED_FILTERS                                                                       \
    ARGUMENT("year", FIELD_INT_REF, "p_year", "For this year; without: the year of as_of"), \
        {.name = STR_INIT("partner_kind"),                                                  \
         .kind = FILTER_ARGUMENT,                                                           \
         .type = FIELD_CHOICE,                                                              \
         .sql = "p_partner_kind",                                                           \
         CHOICES(partner_kinds),                                                            \
         .doc = "With this kind of partner; without: people_committee and armed_forces"},   \
        ARGUMENT("plan", FIELD_UUID, "p_plan_id", "Of coordination plans under this plan"), \
        ARGUMENT("as_of", FIELD_DATE, "p_as_of",                                            \
                 "Of the boards of this day, signed by it; without: today"),                \
        FILTER_ARGUMENT_UNIT, FILTER_ARGUMENT_SUBTREE

static const struct filter filters[] = {
    ASKED_FILTERS,
    FILTER_EQUALS("level", FIELD_TEXT, "level", "Boards of this level"),
    {.name = STR_INIT("covered"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     .sql = "r.is_covered",
     .sql_false = "not r.is_covered",
     .doc = "true: those that have one; false: those that lack one"},
};

static const struct sort sorts[] = {
    {STR_INIT("unit_id"),
     {SORT_KEY("unit_id", FIELD_INT), SORT_KEY("partner_kind", FIELD_TEXT)},
     2},
    {STR_INIT("signed_on"),
     {SORT_SQL("coalesce(r.signed_on, date '9999-12-31')", FIELD_DATE),
      SORT_KEY("unit_id", FIELD_INT), SORT_KEY("partner_kind", FIELD_TEXT)},
     3},
};

const struct resource resource_coordination_coverage = {
    RESOURCE_NAME("coordination-coverage"),
    .singular = "coordination_coverage",
    .view = "api.coordination_coverage",
    .is_call = true,
    .can = CAN_LIST,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .title_vi = "Đơn vị có kế hoạch phối hợp",
    .title_en = "Coordination coverage",
    .doc = "Each board and kind of partner: is there a signed plan for the year",
};

static const struct field rate_fields[] = {
    FIELD("group_id", FIELD_INT_REF, F_READ, "Mã cấp", "Level id"),
    FIELD("group_code", FIELD_TEXT, F_READ, "Cấp (mã)", "Level"),
    FIELD("group_name", FIELD_TEXT, F_READ, "Cấp", "Name of the level"),
    FIELD("partner_kind", FIELD_CHOICE, F_READ, "Phối hợp với", "Kind of partner",
          CHOICES(partner_kinds)),
    FIELD("year", FIELD_INT, F_READ, "Năm", "Year"),
    FIELD("boards", FIELD_INT, F_READ, "Số ban, khối dân vận", "Boards"),
    FIELD("covered", FIELD_INT, F_READ, "Đã có", "Have one"),
    FIELD("lacking", FIELD_INT, F_READ, "Chưa có", "Lack one"),
    FIELD("percent", FIELD_NUMBER, F_READ | F_NULLABLE, "Tỷ lệ (%)", "Per cent",
          .doc = "covered of boards, with one decimal"),
};

static const struct filter rate_filters[] = {ASKED_FILTERS};

static const struct sort rate_sorts[] = {
    {STR_INIT("group"), {SORT_KEY("group_id", FIELD_INT), SORT_KEY("partner_kind", FIELD_TEXT)}, 2},
};

const struct resource resource_coordination_rates = {
    RESOURCE_NAME("coordination-rates"),
    .singular = "coordination_rate",
    .view = "api.coordination_rates",
    .is_call = true,
    .can = CAN_LIST,
    FIELDS(rate_fields),
    FILTERS(rate_filters),
    SORTS(rate_sorts),
    .title_vi = "Tỷ lệ có kế hoạch phối hợp",
    .title_en = "Coordination rates",
    .doc = "Coverage counted by level and kind of partner",
};
