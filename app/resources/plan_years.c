/* A plan over its years: what was owed in each, what became of it, and the phases of the plan. */
#include "resources/registry.h"

static const struct field phase_fields[] = {
    FIELD_ID,
    FIELD("plan_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Kế hoạch", "Plan"),
    FIELD("plan_number", FIELD_TEXT, F_READ, "Số kế hoạch", "Plan number"),
    FIELD("from_year", FIELD_INT, F_READ | F_WRITE | F_REQUIRED, "Từ năm", "From year", .min = 2000,
          .max = 2100),
    FIELD("to_year", FIELD_INT, F_READ | F_WRITE | F_REQUIRED, "Đến năm", "To year", .min = 2000,
          .max = 2100),
    FIELD("name", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Tên giai đoạn", "Name", .min = 1,
          .max = 200),
    FIELD("plan_item_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Mã định danh nhiệm vụ",
          "Plan item", .doc = "The item of the plan that tells of it"),
    FIELD("item_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã nhiệm vụ", "Item code"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct filter phase_filters[] = {
    FILTER_EQUALS("plan", FIELD_UUID, "plan_id", "Of this plan"),
    FILTER_UPDATED_SINCE,
};

static const struct sort phase_sorts[] = {
    {STR_INIT("from_year"), {SORT_KEY("from_year", FIELD_INT), SORT_KEY("id", FIELD_UUID)}, 2},
};

static const struct rule phase_rules[] = {
    RULE("plan_phase_order", "to_year", "wrong_order"),
};

const struct resource resource_plan_phases = {
    RESOURCE_NAME("plan-phases"),
    .singular = "plan_phase",
    .view = "api.plan_phases",
    .table = "app.plan_phase",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE,
    FIELDS(phase_fields),
    FILTERS(phase_filters),
    SORTS(phase_sorts),
    RULES(phase_rules),
    .title_vi = "Giai đoạn của kế hoạch",
    .title_en = "Plan phases",
    .doc = "Said by the issuer of the plan: which of its years are called what",
};

/* ---- the years ---- */

static const struct choice groups[] = {
    CHOICE("item", "Nhiệm vụ", "Plan item"), CHOICE("unit", "Đơn vị", "Unit"),
    CHOICE("level", "Cấp", "Level"),         CHOICE("line", "Ngành", "Line"),
    CHOICE("area", "Địa bàn", "Area"),       CHOICE("district", "Huyện", "District"),
    CHOICE("grassroots", "Xã", "Commune"),
};

#define COUNT(n, vi, en, text) FIELD(n, FIELD_INT, F_READ, vi, en, .doc = (text))
#define YEAR_FIELDS                                                                                \
    FIELD("year", FIELD_INT, F_READ, "Năm", "Year", .doc = "Of the first due day"),                \
        FIELD("phase", FIELD_TEXT, F_READ | F_NULLABLE, "Giai đoạn", "Phase",                      \
              .doc = "As plan-phases says"),                                                       \
        COUNT("total", "Tổng số", "Total", "All but what was cancelled"),                          \
        COUNT("done_in_time", "Hoàn thành đúng hạn", "Done in time",                               \
              "Reported as done or confirmed, by the due day with the time granted"),              \
        COUNT("done_late", "Hoàn thành trễ hạn", "Done late", NULL),                               \
        COUNT("open", "Chưa hoàn thành", "Open", NULL),                                            \
        COUNT("overdue", "Quá hạn", "Overdue", "Of the open ones"),                                \
        COUNT("never_reported", "Chưa từng báo cáo", "Never reported",                             \
              "Of the overdue ones: nothing was ever said, in no entry and no report"),            \
        FIELD("share_done", FIELD_NUMBER, F_READ | F_NULLABLE, "Tỷ lệ hoàn thành (%)", "Done (%)", \
              .doc = "In time or late, of the total, with one decimal"),                           \
        COUNT("cancelled", "Đã hủy", "Cancelled", "Not in the total")

static const struct field fields[] = {
    FIELD("group_id", FIELD_INT_REF, F_READ | F_NULLABLE, "Mã nhóm", "Group id",
          .doc = "Of the unit, level, line or area, as `by` says"),
    FIELD("plan_item_id", FIELD_UUID, F_READ | F_NULLABLE, "Mã định danh nhiệm vụ", "Plan item",
          .doc = "With by=item; null: work given beside the plan's items"),
    FIELD("group_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu", "Code"),
    FIELD("group_name", FIELD_TEXT, F_READ | F_NULLABLE, "Tên nhóm", "Name"),
    FIELD("position", FIELD_INT, F_READ | F_HIDDEN_IN_CSV, "Thứ tự", "Position",
          .doc = "Of the item in the plan's outline"),
    YEAR_FIELDS,
    COUNT("from_plan", "Theo kế hoạch", "From the plan", "Of the total, by what gave it"),
    COUNT("from_meetings", "Theo kết luận hội nghị", "From meetings", NULL),
    COUNT("from_coordination", "Theo kế hoạch phối hợp", "From coordination plans", NULL),
    COUNT("from_inspections", "Theo kiến nghị kiểm tra", "From inspections", NULL),
    COUNT("from_committees", "Do ban chỉ đạo giao", "From committees", NULL),
};

#define BOUND_FILTERS                                                                             \
    FILTER_ARGUMENT_UNIT, FILTER_ARGUMENT_SUBTREE,                                                \
        {.name = STR_INIT("level"),                                                               \
         .kind = FILTER_ARGUMENT,                                                                 \
         .type = FIELD_TEXT,                                                                      \
         .sql = "p_level",                                                                        \
         .doc = "Led by units of this level"},                                                    \
        {.name = STR_INIT("line"),                                                                \
         .kind = FILTER_ARGUMENT,                                                                 \
         .type = FIELD_TEXT,                                                                      \
         .sql = "p_line",                                                                         \
         .doc = "Led by units of this line"},                                                     \
    {                                                                                             \
        .name = STR_INIT("as_of"), .kind = FILTER_ARGUMENT, .type = FIELD_DATE, .sql = "p_as_of", \
        .doc = "As it stood on this day; without: today"                                          \
    }

static const struct filter filters[] = {
    {.name = STR_INIT("plan"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_UUID,
     .sql = "p_plan_id",
     .is_required = true,
     .doc = "Of this plan"},
    {.name = STR_INIT("by"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_CHOICE,
     .sql = "p_by",
     CHOICES(groups),
     .doc = "A row for each of these and each year; without: per plan item"},
    BOUND_FILTERS,
};

#define NO_ITEM "coalesce(r.plan_item_id, '00000000-0000-0000-0000-000000000000')"
static const struct sort sorts[] = {
    {STR_INIT("group"),
     {SORT_KEY("position", FIELD_INT), SORT_SQL("coalesce(r.group_id, 0)", FIELD_INT),
      SORT_SQL(NO_ITEM, FIELD_UUID), SORT_KEY("year", FIELD_INT)},
     4},
    {STR_INIT("year"),
     {SORT_KEY("year", FIELD_INT), SORT_KEY("position", FIELD_INT),
      SORT_SQL("coalesce(r.group_id, 0)", FIELD_INT), SORT_SQL(NO_ITEM, FIELD_UUID)},
     4},
};

const struct resource resource_plan_years = {
    RESOURCE_NAME("plan-years"),
    .singular = "plan_year",
    .view = "api.plan_years",
    .is_call = true,
    .can = CAN_LIST,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .title_vi = "Kế hoạch qua các năm",
    .title_en = "A plan over its years",
    .doc = "Per task and year what was done, late and never reported: the base of the closing "
           "report",
};

static const struct field detail_fields[] = {
    FIELD("unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị", "Unit id"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị", "Unit code"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("plan_item_id", FIELD_UUID, F_READ, "Mã định danh nhiệm vụ", "Plan item"),
    FIELD("item_code", FIELD_TEXT, F_READ, "Mã nhiệm vụ", "Item code"),
    YEAR_FIELDS,
};

static const struct filter detail_filters[] = {
    {.name = STR_INIT("item"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_UUID,
     .sql = "p_item_id",
     .is_required = true,
     .doc = "Of this plan item"},
    BOUND_FILTERS,
};

static const struct sort detail_sorts[] = {
    {STR_INIT("unit"), {SORT_KEY("unit_id", FIELD_INT_REF), SORT_KEY("year", FIELD_INT)}, 2},
    {STR_INIT("year"), {SORT_KEY("year", FIELD_INT), SORT_KEY("unit_id", FIELD_INT_REF)}, 2},
};

const struct resource resource_plan_year_details = {
    RESOURCE_NAME("plan-year-details"),
    .singular = "plan_year_detail",
    .view = "api.plan_year_details",
    .is_call = true,
    .can = CAN_LIST,
    FIELDS(detail_fields),
    FILTERS(detail_filters),
    SORTS(detail_sorts),
    .title_vi = "Nhiệm vụ qua các năm theo đơn vị",
    .title_en = "A task over the years by unit",
};
