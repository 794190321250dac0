/* Recommendations, followed to their end; by age; and who was inspected when. */
#include "resources/registry.h"

static const struct choice statuses[] = {
    CHOICE("draft", "Dự thảo", "Draft"),
    CHOICE("open", "Đang thực hiện", "Open"),
    CHOICE("completed", "Đã thực hiện", "Completed"),
    CHOICE("withdrawn", "Đã rút", "Withdrawn"),
};

static const struct field fields[] = {
    FIELD_ID,
    FIELD("inspection_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Cuộc kiểm tra (mã)",
          "Inspection"),
    FIELD("inspection_title", FIELD_TEXT, F_READ | F_NULLABLE, "Cuộc kiểm tra",
          "Title of the inspection"),
    FIELD("lead_unit_id", FIELD_INT_REF, F_READ | F_WRITE | F_REQUIRED, "Mã đơn vị thực hiện",
          "Lead unit id", .doc = "A unit that is inspected"),
    FIELD("lead_unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị thực hiện",
          "Lead unit code"),
    FIELD("lead_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị thực hiện", "Lead unit"),
    FIELD("title", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Kiến nghị", "Title", .min = 1,
          .max = 500, .doc = "The work of organisations only: no person, household or believer"),
    FIELD("text", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Nội dung", "Text", .min = 1,
          .max = 4000, .doc = "The work of organisations only: no person, household or believer"),
    FIELD("due_on", FIELD_DATE, F_READ | F_WRITE | F_REQUIRED, "Hạn", "Due on"),
    FIELD("status", FIELD_CHOICE, F_READ, "Trạng thái", "Status", CHOICES(statuses)),
    FIELD("given_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày kiến nghị", "Given on"),
    FIELD("completed_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày hoàn thành", "Completed on"),
    FIELD("withdrawn_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày rút", "Withdrawn on"),
    FIELD("withdraw_reason", FIELD_TEXT, F_READ | F_NULLABLE, "Lý do rút", "Why withdrawn"),
    FIELD("assignment_id", FIELD_UUID, F_READ | F_NULLABLE, "Nhiệm vụ được giao", "Assignment",
          .doc = "Evidence and more time are the assignment's; null to whoever sees the "
                 "recommendation and not the assignment"),
    FIELD("assignment_status", FIELD_CHOICE, F_READ | F_NULLABLE, "Tình trạng thực hiện",
          "Status of the assignment", CHOICES(choices_assignment_status)),
    FIELD("progress", FIELD_INT, F_READ | F_NULLABLE, "Tiến độ (%)", "Progress"),
    FIELD("work_due_on", FIELD_DATE, F_READ | F_NULLABLE, "Hạn hiện nay", "Due now"),
    FIELD("is_overdue", FIELD_BOOL, F_READ, "Quá hạn", "Overdue"),
    FIELD("days_overdue", FIELD_INT, F_READ, "Số ngày quá hạn", "Days overdue"),
    FIELD("age_days", FIELD_INT, F_READ | F_NULLABLE, "Số ngày từ khi kiến nghị", "Days open",
          .doc = "Null once it is completed or withdrawn"),
    FIELD("owner_unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị kiểm tra", "Inspecting unit id"),
    FIELD("owner_unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị kiểm tra",
          "Inspecting unit code"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE | F_HIDDEN_IN_CSV, "Ký hiệu đơn vị",
          "Unit code", .doc = "The same as owner_unit_code"),
    FIELD("owner_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị kiểm tra", "Inspecting unit"),
    FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),
    FIELD("line", FIELD_TEXT, F_READ, "Ngành", "Line"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct choice me[] = {CHOICE("me", "Đơn vị tôi", "My unit")};
static const char *const owner_sql[] = {"r.owner_unit_id = (select private.my_unit())"};
static const char *const lead_sql[] = {"r.lead_unit_id = (select private.my_unit())"};

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS("Given by this day, in the state of its end"),
    {.name = STR_INIT("status"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.status",
     CHOICES(statuses),
     .doc = "One or more, separated by commas"},
    FILTER_EQUALS("inspection", FIELD_UUID, "inspection_id", "Of this inspection"),
    {.name = STR_INIT("unit"),
     .kind = FILTER_UNIT,
     .type = FIELD_INT_REF,
     .sql = "r.owner_unit_id",
     .replaces_scope = true,
     .doc = "By this unit; with subtree=true also by those under it"},
    FILTER_SUBTREE_SWITCH,
    FILTER_EQUALS("lead_unit", FIELD_INT_REF, "lead_unit_id", "To be carried out by this unit"),
    {.name = STR_INIT("owner"),
     .kind = FILTER_RELATION,
     .type = FIELD_CHOICE,
     CHOICES(me),
     .relations = owner_sql,
     .replaces_scope = true,
     .doc = "me: by my unit"},
    {.name = STR_INIT("lead"),
     .kind = FILTER_RELATION,
     .type = FIELD_CHOICE,
     CHOICES(me),
     .relations = lead_sql,
     .replaces_scope = true,
     .doc = "me: my unit is to carry it out"},
    {.name = STR_INIT("overdue"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     .sql = "r.is_overdue",
     .sql_false = "not r.is_overdue",
     .doc = "Open, and its day has passed"},
    FILTER_IN_YEAR("given_on", "Given in this year"),
    FILTER_TEXT_SEARCH,
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("due_on"), {SORT_KEY("due_on", FIELD_DATE), SORT_KEY("id", FIELD_UUID)}, 2},
    {STR_INIT("given_on"),
     {SORT_SQL("coalesce(r.given_on, date '9999-12-31')", FIELD_DATE), SORT_KEY("id", FIELD_UUID)},
     2},
};

static const struct field reason_fields[] = {
    FIELD("reason", FIELD_TEXT, F_CREATE | F_REQUIRED, "Lý do", "Reason", .min = 1, .max = 1000),
};

static const struct command commands[] = {
    COMMAND("recommendations", "complete", "api.recommendation_complete", "Xác nhận hoàn thành",
            "Complete", .needs_version = true,
            .doc = "By a leader of the inspecting unit; closes the assignment too"),
    COMMAND("recommendations", "withdraw", "api.recommendation_withdraw", "Rút kiến nghị",
            "Withdraw", .needs_version = true, COMMAND_FIELDS(reason_fields),
            .doc = "By a leader of the inspecting unit; the assignment is cancelled"),
};

const struct resource resource_recommendations = {
    RESOURCE_NAME("recommendations"),
    .singular = "recommendation",
    .view = "api.recommendations",
    .day_view = "api.recommendations_on",
    .day_detail_view = "api.recommendations_on",
    .table = "app.recommendation",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    .has_scope_column = true,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    COMMANDS(commands),
    .title_vi = "Kiến nghị sau kiểm tra, giám sát",
    .title_en = "Recommendations",
    .doc = "A draft until the inspection is concluded; from then on an assignment of its unit",
};

/* ---- by age ---- */

static const struct choice groups[] = {
    CHOICE("unit", "Đơn vị", "Unit"),        CHOICE("level", "Cấp", "Level"),
    CHOICE("line", "Ngành", "Line"),         CHOICE("area", "Địa bàn", "Area"),
    CHOICE("district", "Huyện", "District"), CHOICE("grassroots", "Xã", "Commune"),
};

static const struct field age_fields[] = {
    FIELD("group_id", FIELD_INT_REF, F_READ, "Mã nhóm", "Group id",
          .doc = "Of the unit, level, line or area, as `by` says"),
    FIELD("group_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu", "Code"),
    FIELD("group_name", FIELD_TEXT, F_READ | F_NULLABLE, "Tên nhóm", "Name"),
    FIELD("open_count", FIELD_INT, F_READ, "Đang thực hiện", "Open"),
    FIELD("up_to_30", FIELD_INT, F_READ, "Đến 30 ngày", "Up to 30 days"),
    FIELD("from_31_to_90", FIELD_INT, F_READ, "31-90 ngày", "31-90 days"),
    FIELD("from_91_to_180", FIELD_INT, F_READ, "91-180 ngày", "91-180 days"),
    FIELD("over_180", FIELD_INT, F_READ, "Trên 180 ngày", "Over 180 days"),
    FIELD("overdue_count", FIELD_INT, F_READ, "Quá hạn", "Overdue"),
    FIELD("oldest_on", FIELD_DATE, F_READ, "Kiến nghị cũ nhất", "Oldest given on"),
};

static const struct filter age_filters[] = {
    {.name = STR_INIT("by"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_CHOICE,
     .sql = "p_by",
     CHOICES(groups),
     .doc = "Grouped so, by the unit that carries out; without: by level"},
    {.name = STR_INIT("as_of"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_DATE,
     .sql = "p_as_of",
     .doc = "Open at the end of this day; without: today"},
    FILTER_ARGUMENT_UNIT,
    FILTER_ARGUMENT_SUBTREE,
};

static const struct sort age_sorts[] = {
    {STR_INIT("group"), {SORT_KEY("group_id", FIELD_INT)}, 1},
    {STR_INIT("oldest_on"),
     {SORT_KEY("oldest_on", FIELD_DATE), SORT_KEY("group_id", FIELD_INT)},
     2},
};

const struct resource resource_recommendation_ages = {
    RESOURCE_NAME("recommendation-ages"),
    .singular = "recommendation_age",
    .view = "api.recommendation_ages",
    .is_call = true,
    .can = CAN_LIST,
    FIELDS(age_fields),
    FILTERS(age_filters),
    SORTS(age_sorts),
    .title_vi = "Kiến nghị chưa thực hiện theo thời gian",
    .title_en = "Open recommendations by age",
    .doc = "Days since the inspection was concluded",
};

/* ---- who was inspected when ---- */

static const struct field overview_fields[] = {
    FIELD("unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị", "Unit id"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị", "Unit code"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),
    FIELD("line", FIELD_TEXT, F_READ, "Ngành", "Line"),
    FIELD("last_inspected_on", FIELD_DATE, F_READ | F_NULLABLE, "Lần kiểm tra gần nhất",
          "Last inspected on"),
    FIELD("inspection_count", FIELD_INT, F_READ, "Số cuộc trong năm", "Inspections in the year"),
    FIELD("total_count", FIELD_INT, F_READ, "Tổng số cuộc", "Inspections"),
    FIELD("is_never_inspected", FIELD_BOOL, F_READ, "Chưa được kiểm tra", "Never inspected"),
    FIELD("open_recommendations", FIELD_INT, F_READ, "Kiến nghị đang thực hiện",
          "Open recommendations"),
    FIELD("overdue_recommendations", FIELD_INT, F_READ, "Kiến nghị quá hạn",
          "Overdue recommendations"),
};

static const struct filter overview_filters[] = {
    {.name = STR_INIT("year"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_INT_REF,
     .sql = "p_year",
     .doc = "Counts inspections that began in this year; without: the year of as_of"},
    {.name = STR_INIT("since_year"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_INT_REF,
     .sql = "p_since_year",
     .doc = "And in the years before it, from this one"},
    {.name = STR_INIT("as_of"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_DATE,
     .sql = "p_as_of",
     .doc = "Units, inspections and recommendations of this day; without: today"},
    FILTER_ARGUMENT_UNIT,
    FILTER_ARGUMENT_SUBTREE,
    {.name = STR_INIT("level"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_TEXT,
     .sql = "r.level",
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("line"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_TEXT,
     .sql = "r.line",
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("never"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     .sql = "r.is_never_inspected",
     .sql_false = "not r.is_never_inspected",
     .doc = "true: no inspection of it has ever begun"},
    {.name = STR_INIT("not_in_year"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     .sql = "r.inspection_count = 0",
     .sql_false = "r.inspection_count > 0",
     .doc = "true: none began in the years counted"},
};

static const struct sort overview_sorts[] = {
    {STR_INIT("unit"), {SORT_KEY("unit_id", FIELD_INT)}, 1},
    {STR_INIT("last_inspected_on"),
     {SORT_SQL("coalesce(r.last_inspected_on, date '0001-01-01')", FIELD_DATE),
      SORT_KEY("unit_id", FIELD_INT)},
     2},
    {STR_INIT("overdue"),
     {SORT_KEY("overdue_recommendations", FIELD_INT), SORT_KEY("unit_id", FIELD_INT)},
     2},
};

const struct resource resource_inspection_overview = {
    RESOURCE_NAME("inspection-overview"),
    .singular = "inspection_overview",
    .view = "api.inspection_overview",
    .is_call = true,
    .can = CAN_LIST,
    FIELDS(overview_fields),
    FILTERS(overview_filters),
    SORTS(overview_sorts),
    .title_vi = "Theo dõi kiểm tra, giám sát các đơn vị",
    .title_en = "Inspection overview",
    .doc = "Who was inspected when, by whomever; a row per unit",
};
