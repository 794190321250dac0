/* What committees do: programmes of work, and reviews of how documents were carried out. */
#include "resources/registry.h"

static const struct choice statuses[] = {
    CHOICE("draft", "Dự thảo", "Draft"),
    CHOICE("open", "Đang thực hiện", "Open"),
    CHOICE("completed", "Hoàn thành", "Completed"),
    CHOICE("withdrawn", "Đã rút", "Withdrawn"),
};

#define COMMITTEE_FIELDS                                                                    \
    FIELD_ID,                                                                               \
        FIELD("committee_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Mã ban chỉ đạo", \
              "Committee"),                                                                 \
        FIELD("committee_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu ban chỉ đạo",     \
              "Committee code"),                                                            \
        FIELD("committee_name", FIELD_TEXT, F_READ | F_NULLABLE, "Ban chỉ đạo",             \
              "Name of the committee")
#define OWNER_FIELDS                                                                             \
    FIELD("owner_unit_id", FIELD_INT_REF, F_READ, "Mã cơ quan thường trực", "Standing unit id"), \
        FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu cơ quan thường trực",       \
              "Standing unit code"),                                                             \
        FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),                                      \
        FIELD("line", FIELD_TEXT, F_READ, "Ngành", "Line")

static const struct field fields[] = {
    COMMITTEE_FIELDS,
    FIELD("year", FIELD_INT, F_READ | F_WRITE | F_REQUIRED, "Năm", "Year", .min = 2000,
          .max = 2100),
    FIELD("title", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Nội dung", "Title", .min = 1,
          .max = 500),
    FIELD("text", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Chi tiết", "Text", .min = 1,
          .max = 8000,
          .doc = "The work of organisations; of religion: organisations' work alone, no persons"),
    FIELD("lead_unit_id", FIELD_INT_REF, F_READ | F_WRITE | F_NULLABLE, "Mã đơn vị chủ trì",
          "Lead unit id", .doc = "A member today, or the standing unit"),
    FIELD("lead_unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị chủ trì",
          "Lead unit code"),
    FIELD("lead_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị chủ trì", "Lead unit"),
    FIELD("due_on", FIELD_DATE, F_READ | F_WRITE | F_NULLABLE, "Hạn hoàn thành", "Due on"),
    FIELD("plan_item_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Nhiệm vụ", "Plan item",
          .doc = "Of the committee's plan"),
    FIELD("item_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã nhiệm vụ", "Item code"),
    FIELD("status", FIELD_CHOICE, F_READ, "Trạng thái", "Status", CHOICES(statuses)),
    FIELD("given_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày giao", "Given on"),
    FIELD("completed_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày hoàn thành", "Completed on"),
    FIELD("withdrawn_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày rút", "Withdrawn on"),
    FIELD("withdraw_reason", FIELD_TEXT, F_READ | F_NULLABLE, "Lý do rút", "Why withdrawn"),
    FIELD("assignment_id", FIELD_UUID, F_READ | F_NULLABLE, "Nhiệm vụ được giao", "Assignment",
          .doc = "Where it is reported on; null where the committee has no plan"),
    FIELD("progress", FIELD_INT, F_READ | F_NULLABLE, "Tiến độ (%)", "Progress",
          .doc = "The assignment's; null where it is none"),
    FIELD("present_due_on", FIELD_DATE, F_READ | F_NULLABLE, "Hạn, kể cả gia hạn",
          "Due, with extensions"),
    FIELD("is_overdue", FIELD_BOOL, F_READ, "Quá hạn", "Overdue"),
    FIELD("days_overdue", FIELD_INT, F_READ, "Số ngày quá hạn", "Days overdue"),
    OWNER_FIELDS,
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule rules[] = {
    RULE("committee_work_item_given_to", "lead_unit_id", "required"),
};

static const struct choice me[] = {CHOICE("me", "Đơn vị tôi", "My unit")};
static const char *const owner_sql[] = {"r.owner_unit_id = (select private.my_unit())"};
static const char *const lead_sql[] = {"r.lead_unit_id = (select private.my_unit())"};

#define FILTER_OF_OWNER                                                                           \
    {.name = STR_INIT("unit"),                                                                    \
     .kind = FILTER_UNIT,                                                                         \
     .type = FIELD_INT_REF,                                                                       \
     .sql = "r.owner_unit_id",                                                                    \
     .replaces_scope = true,                                                                      \
     .doc = "Whose standing unit is this; with subtree=true also those under it"},                \
        FILTER_SUBTREE_SWITCH,                                                                    \
    {                                                                                             \
        .name = STR_INIT("owner"), .kind = FILTER_RELATION, .type = FIELD_CHOICE, CHOICES(me),    \
        .relations = owner_sql, .replaces_scope = true, .doc = "me: my unit is the standing unit" \
    }
#define FILTER_OVERDUE                                                          \
    {                                                                           \
        .name = STR_INIT("overdue"), .kind = FILTER_SWITCH, .type = FIELD_BOOL, \
        .sql = "r.is_overdue", .sql_false = "not r.is_overdue",                 \
        .doc = "true: late; false: the others"                                  \
    }

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS("Given by this day, as they stood at its end"),
    FILTER_EQUALS("committee", FIELD_UUID, "committee_id", "Of this committee"),
    FILTER_YEAR("Of the programme of this year"),
    {.name = STR_INIT("status"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.status",
     CHOICES(statuses),
     .doc = "One or more, separated by commas"},
    FILTER_EQUALS("lead_unit", FIELD_INT_REF, "lead_unit_id", "Led by this unit"),
    {.name = STR_INIT("lead"),
     .kind = FILTER_RELATION,
     .type = FIELD_CHOICE,
     CHOICES(me),
     .relations = lead_sql,
     .replaces_scope = true,
     .doc = "me: my unit leads it"},
    FILTER_OVERDUE,
    FILTER_OF_OWNER,
    FILTER_TEXT_SEARCH,
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("year"), {SORT_KEY("year", FIELD_INT), SORT_KEY("id", FIELD_UUID)}, 2},
    {STR_INIT("due_on"),
     {SORT_SQL("coalesce(r.due_on, date '9999-12-31')", FIELD_DATE), SORT_KEY("id", FIELD_UUID)},
     2},
};

static const struct field withdraw_fields[] = {
    FIELD("reason", FIELD_TEXT, F_CREATE | F_REQUIRED, "Lý do", "Reason", .min = 1, .max = 1000),
};
static const struct field complete_fields[] = {
    FIELD("completed_on", FIELD_DATE, F_CREATE | F_NULLABLE, "Ngày hoàn thành", "Completed on",
          .doc = "Without: today"),
};

static const struct command commands[] = {
    COMMAND("committee-work-items", "give", "api.committee_work_item_give", "Giao việc", "Give",
            .needs_version = true,
            .doc = "To its lead, by its due day: an assignment, if the committee has a plan"),
    COMMAND("committee-work-items", "withdraw", "api.committee_work_item_withdraw", "Rút việc",
            "Withdraw", .needs_version = true, COMMAND_FIELDS(withdraw_fields)),
    COMMAND("committee-work-items", "complete", "api.committee_work_item_complete",
            "Ghi hoàn thành", "Complete", .needs_version = true, COMMAND_FIELDS(complete_fields),
            .doc = "Of work that is no assignment; of other work its assignment tells"),
};

const struct resource resource_committee_work_items = {
    RESOURCE_NAME("committee-work-items"),
    .singular = "committee_work_item",
    .view = "api.committee_work_items",
    .day_view = "api.committee_work_items_on",
    .day_detail_view = "api.committee_work_items_on",
    .table = "app.committee_work_item",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .sorts_down = true,
    RULES(rules),
    COMMANDS(commands),
    .title_vi = "Chương trình công tác của ban chỉ đạo",
    .title_en = "Committee work items",
    .doc = "A draft is the standing unit's alone; then seen as the committee is, and by its lead",
};

/* ---- reviews ---- */

static const struct choice review_statuses[] = {
    CHOICE("planned", "Dự kiến", "Planned"),
    CHOICE("done", "Đã sơ kết, tổng kết", "Done"),
};

static const struct field review_fields[] = {
    COMMITTEE_FIELDS,
    FIELD("title", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Nội dung sơ kết, tổng kết", "Title",
          .min = 1, .max = 500),
    FIELD("document_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Mã văn bản được sơ kết",
          "Document reviewed"),
    FIELD("document_symbol", FIELD_TEXT, F_READ | F_NULLABLE, "Văn bản được sơ kết",
          "Symbol of the document reviewed"),
    FIELD("plan_item_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Nhiệm vụ", "Plan item"),
    FIELD("item_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã nhiệm vụ", "Item code"),
    FIELD("period_from", FIELD_DATE, F_READ | F_WRITE | F_REQUIRED, "Giai đoạn từ", "Period from"),
    FIELD("period_to", FIELD_DATE, F_READ | F_WRITE | F_REQUIRED, "Giai đoạn đến", "Period to",
          .doc = "Last day of what is reviewed"),
    FIELD("due_on", FIELD_DATE, F_READ | F_WRITE | F_NULLABLE, "Hạn hoàn thành", "Due on"),
    FIELD("planned_on", FIELD_DATE, F_READ, "Ngày đưa vào kế hoạch", "Planned on"),
    FIELD("status", FIELD_CHOICE, F_READ, "Trạng thái", "Status", CHOICES(review_statuses)),
    FIELD("done_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày tổ chức", "Done on"),
    FIELD("summary", FIELD_TEXT, F_READ | F_NULLABLE, "Kết quả chính", "Summary",
          .doc = "The work of organisations; of religion: organisations' work alone, no persons"),
    FIELD("report_document_id", FIELD_UUID, F_READ | F_NULLABLE, "Mã báo cáo", "Report"),
    FIELD("report_symbol", FIELD_TEXT, F_READ | F_NULLABLE, "Số báo cáo", "Symbol of the report"),
    FIELD("is_overdue", FIELD_BOOL, F_READ, "Quá hạn", "Overdue"),
    OWNER_FIELDS,
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule review_rules[] = {
    RULE("committee_review_period", "period_to", "wrong_order"),
};

static const struct filter review_filters[] = {
    FILTER_AS_OF_ROWS("Planned by this day, as far as they were"),
    FILTER_EQUALS("committee", FIELD_UUID, "committee_id", "Of this committee"),
    FILTER_EQUALS("document", FIELD_UUID, "document_id", "Of this document"),
    {.name = STR_INIT("status"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.status",
     CHOICES(review_statuses),
     .doc = "One or more, separated by commas"},
    FILTER_OVERDUE,
    FILTER_OF_OWNER,
    FILTER_TEXT_SEARCH,
    FILTER_UPDATED_SINCE,
};

static const struct sort review_sorts[] = {
    {STR_INIT("period_to"), {SORT_KEY("period_to", FIELD_DATE), SORT_KEY("id", FIELD_UUID)}, 2},
    {STR_INIT("due_on"),
     {SORT_SQL("coalesce(r.due_on, date '9999-12-31')", FIELD_DATE), SORT_KEY("id", FIELD_UUID)},
     2},
};

static const struct field conclude_fields[] = {
    FIELD("summary", FIELD_TEXT, F_CREATE | F_REQUIRED, "Kết quả chính", "Summary", .min = 1,
          .max = 8000),
    FIELD("done_on", FIELD_DATE, F_CREATE | F_NULLABLE, "Ngày tổ chức", "Done on",
          .doc = "Without: today"),
    FIELD("report_document_id", FIELD_UUID, F_CREATE | F_NULLABLE, "Báo cáo", "Report"),
};

static const struct command review_commands[] = {
    COMMAND("committee-reviews", "conclude", "api.committee_review_conclude", "Ghi kết quả",
            "Conclude", .needs_version = true, COMMAND_FIELDS(conclude_fields)),
};

const struct resource resource_committee_reviews = {
    RESOURCE_NAME("committee-reviews"),
    .singular = "committee_review",
    .view = "api.committee_reviews",
    .day_view = "api.committee_reviews_on",
    .day_detail_view = "api.committee_reviews_on",
    .table = "app.committee_review",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE,
    FIELDS(review_fields),
    FILTERS(review_filters),
    SORTS(review_sorts),
    .sorts_down = true,
    RULES(review_rules),
    COMMANDS(review_commands),
    .title_vi = "Sơ kết, tổng kết của ban chỉ đạo",
    .title_en = "Committee reviews",
    .doc = "Seen as the committee is",
};
