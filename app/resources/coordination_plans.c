/* Coordination plans (kế hoạch phối hợp), their parties and items. */
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
static const struct choice statuses[] = {
    CHOICE("draft", "Dự thảo", "Draft"),
    CHOICE("signed", "Đã ký kết", "Signed"),
    CHOICE("ended", "Đã kết thúc", "Ended"),
};

static const struct field fields[] = {
    FIELD_ID,
    FIELD("partner_kind", FIELD_CHOICE, F_READ | F_WRITE | F_REQUIRED, "Phối hợp với",
          "Kind of partner", CHOICES(partner_kinds)),
    FIELD("term", FIELD_CHOICE, F_READ | F_WRITE | F_REQUIRED, "Thời hạn", "Term", CHOICES(terms)),
    FIELD("year", FIELD_INT, F_READ | F_WRITE | F_REQUIRED, "Năm", "Year", .min = 2000, .max = 2100,
          .doc = "Of a stage: its first year"),
    FIELD("until_year", FIELD_INT, F_READ | F_WRITE | F_NULLABLE, "Đến năm", "Until year",
          .min = 2000, .max = 2100, .doc = "Last year of a stage; a yearly plan has none"),
    FIELD("number", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Số", "Number", .min = 1, .max = 60),
    FIELD("title", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Tên kế hoạch phối hợp", "Title",
          .min = 1, .max = 500),
    FIELD("plan_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Kế hoạch", "Plan",
          .doc = "Under which its items are given; without: they are no assignments"),
    FIELD("plan_number", FIELD_TEXT, F_READ | F_NULLABLE, "Số kế hoạch", "Plan number"),
    FIELD("plan_item_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Nhiệm vụ", "Plan item",
          .doc = "The item of the plan that asks for it"),
    FIELD("item_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã nhiệm vụ", "Item code"),
    FIELD("document_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Mã văn bản", "Document"),
    FIELD("document_symbol", FIELD_TEXT, F_READ | F_NULLABLE, "Số văn bản", "Document symbol"),
    FIELD("status", FIELD_CHOICE, F_READ, "Trạng thái", "Status", CHOICES(statuses)),
    FIELD("signed_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày ký kết", "Signed on"),
    FIELD("ended_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày kết thúc", "Ended on"),
    FIELD("end_reason", FIELD_TEXT, F_READ | F_NULLABLE, "Lý do kết thúc", "Why it ended"),
    FIELD("owner_unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị lập", "Owner unit id"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị lập", "Owner unit code"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị lập", "Owner unit"),
    FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),
    FIELD("line", FIELD_TEXT, F_READ, "Ngành", "Line"),
    FIELD("party_count", FIELD_INT, F_READ, "Số bên phối hợp", "Parties",
          .doc = "Beside the owner"),
    FIELD("item_count", FIELD_INT, F_READ, "Số nội dung", "Items"),
    FIELD("completed_count", FIELD_INT, F_READ, "Nội dung đã hoàn thành", "Completed items"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule rules[] = {
    RULE("coordination_plan_until_told", "until_year", "by_kind"),
    RULE("coordination_plan_years", "until_year", "wrong_order"),
};

static const struct choice me[] = {CHOICE("me", "Đơn vị tôi", "My unit")};
static const char *const owner_sql[] = {"r.owner_unit_id = (select private.my_unit())"};
static const char *const party_sql[] = {
    "r.id = any ((select private.my_coordination_plans())::uuid[])"};
static const char *const lead_sql[] = {"r.lead_unit_id = (select private.my_unit())"};

#define FILTER_OF_OWNER                                                                        \
    {.name = STR_INIT("unit"),                                                                 \
     .kind = FILTER_UNIT,                                                                      \
     .type = FIELD_INT_REF,                                                                    \
     .sql = "r.owner_unit_id",                                                                 \
     .replaces_scope = true,                                                                   \
     .doc = "Of this unit; with subtree=true also of those under it"},                         \
        FILTER_SUBTREE_SWITCH,                                                                 \
    {                                                                                          \
        .name = STR_INIT("owner"), .kind = FILTER_RELATION, .type = FIELD_CHOICE, CHOICES(me), \
        .relations = owner_sql, .replaces_scope = true, .doc = "me: my unit's own"             \
    }

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS("Signed by this day"),
    {.name = STR_INIT("status"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.status",
     CHOICES(statuses),
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("partner_kind"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.partner_kind",
     CHOICES(partner_kinds),
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("term"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.term",
     CHOICES(terms),
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("year"),
     .kind = FILTER_VALUE,
     .type = FIELD_INT_REF,
     .sql = "?::integer between r.year and coalesce(r.until_year, r.year)",
     .doc = "For this year, or of a stage that it lies in"},
    FILTER_EQUALS("plan", FIELD_UUID, "plan_id", "Under this plan"),
    FILTER_EQUALS("level", FIELD_TEXT, "level", "Of units of this level"),
    FILTER_OF_OWNER,
    {.name = STR_INIT("party"),
     .kind = FILTER_RELATION,
     .type = FIELD_CHOICE,
     CHOICES(me),
     .relations = party_sql,
     .replaces_scope = true,
     .doc = "me: signed with my unit"},
    FILTER_TEXT_SEARCH,
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("year"), {SORT_KEY("year", FIELD_INT), SORT_KEY("id", FIELD_UUID)}, 2},
    {STR_INIT("signed_on"),
     {SORT_SQL("coalesce(r.signed_on, date '9999-12-31')", FIELD_DATE), SORT_KEY("id", FIELD_UUID)},
     2},
};

static const struct field sign_fields[] = {
    FIELD("signed_on", FIELD_DATE, F_CREATE | F_REQUIRED, "Ngày ký kết", "Signed on"),
    FIELD("document_id", FIELD_UUID, F_CREATE | F_NULLABLE, "Văn bản", "Document"),
};
static const struct field end_fields[] = {
    FIELD("ended_on", FIELD_DATE, F_CREATE | F_REQUIRED, "Ngày kết thúc", "Ended on"),
    FIELD("reason", FIELD_TEXT, F_CREATE | F_REQUIRED, "Lý do", "Reason", .min = 1, .max = 1000),
};

static const struct command commands[] = {
    COMMAND("coordination-plans", "sign", "api.coordination_plan_sign", "Ghi nhận đã ký kết",
            "Sign", .needs_version = true, COMMAND_FIELDS(sign_fields),
            .doc = "Then it is read-only, and seen by the parties and above"),
    COMMAND("coordination-plans", "end", "api.coordination_plan_end", "Kết thúc", "End",
            .needs_version = true, COMMAND_FIELDS(end_fields), .doc = "Work it gave goes on"),
};

const struct resource resource_coordination_plans = {
    RESOURCE_NAME("coordination-plans"),
    .singular = "coordination_plan",
    .view = "api.coordination_plans",
    .day_view = "api.coordination_plans_on",
    .day_detail_view = "api.coordination_plans_on",
    .table = "app.coordination_plan",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .sorts_down = true,
    RULES(rules),
    COMMANDS(commands),
    .title_vi = "Kế hoạch phối hợp",
    .title_en = "Coordination plans",
    .doc =
        "A draft is its owner's alone; signed it is seen in the owner's scope and by the parties",
};

/* ---- parties ---- */

static const struct field party_fields[] = {
    FIELD_ID,
    FIELD("coordination_plan_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED,
          "Mã kế hoạch phối hợp", "Coordination plan"),
    FIELD("coordination_plan_title", FIELD_TEXT, F_READ, "Kế hoạch phối hợp",
          "Title of the coordination plan"),
    FIELD("unit_id", FIELD_INT_REF, F_READ | F_CREATE | F_REQUIRED, "Mã đơn vị", "Unit id"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị", "Unit code"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Bên phối hợp", "Unit"),
    FIELD("signatory", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Chức vụ người ký", "Signatory",
          .min = 1, .max = 200, .doc = "The post of whoever signs for it"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct filter party_filters[] = {
    FILTER_AS_OF_ROWS("Of plans signed by this day"),
    FILTER_EQUALS("coordination_plan", FIELD_UUID, "coordination_plan_id", "Of this plan"),
    FILTER_EQUALS("unit", FIELD_INT_REF, "unit_id", "Of this unit"),
};

static const struct sort party_sorts[] = {
    {STR_INIT("created_at"),
     {SORT_KEY("created_at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)},
     2},
};

const struct resource resource_coordination_parties = {
    RESOURCE_NAME("coordination-parties"),
    .singular = "coordination_party",
    .view = "api.coordination_parties",
    .day_view = "api.coordination_parties_on",
    .table = "app.coordination_party",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(party_fields),
    FILTERS(party_filters),
    SORTS(party_sorts),
    .title_vi = "Các bên của kế hoạch phối hợp",
    .title_en = "Coordination parties",
    .doc = "Who signs beside the owner; changes in a draft alone",
};

/* ---- items ---- */

static const struct choice item_statuses[] = {
    CHOICE("draft", "Chưa giao", "Not given"),
    CHOICE("open", "Đang thực hiện", "Open"),
    CHOICE("completed", "Hoàn thành", "Completed"),
    CHOICE("withdrawn", "Đã rút", "Withdrawn"),
};

static const struct field item_fields[] = {
    FIELD_ID,
    FIELD("coordination_plan_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED,
          "Mã kế hoạch phối hợp", "Coordination plan"),
    FIELD("coordination_plan_title", FIELD_TEXT, F_READ, "Kế hoạch phối hợp",
          "Title of the coordination plan"),
    FIELD("coordination_plan_status", FIELD_CHOICE, F_READ, "Trạng thái kế hoạch phối hợp",
          "Status of the coordination plan", CHOICES(statuses)),
    FIELD("position", FIELD_INT, F_READ | F_WRITE | F_REQUIRED, "Thứ tự", "Position", .min = 1,
          .max = 1000),
    FIELD("title", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Nội dung", "Title", .min = 1,
          .max = 500),
    FIELD("text", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Chi tiết", "Text", .min = 1,
          .max = 8000,
          .doc = "The work of organisations; of religion: organisations' work alone, no persons"),
    FIELD("lead_unit_id", FIELD_INT_REF, F_READ | F_WRITE | F_NULLABLE, "Mã đơn vị chủ trì",
          "Lead unit id", .doc = "A party, or the owner; may be said until it is given"),
    FIELD("lead_unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị chủ trì",
          "Lead unit code"),
    FIELD("lead_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị chủ trì", "Lead unit"),
    FIELD("due_on", FIELD_DATE, F_READ | F_WRITE | F_NULLABLE, "Hạn hoàn thành", "Due on",
          .doc = "May be said until it is given"),
    FIELD("status", FIELD_CHOICE, F_READ, "Trạng thái", "Status", CHOICES(item_statuses)),
    FIELD("given_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày giao", "Given on"),
    FIELD("completed_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày hoàn thành", "Completed on"),
    FIELD("withdrawn_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày rút", "Withdrawn on"),
    FIELD("withdraw_reason", FIELD_TEXT, F_READ | F_NULLABLE, "Lý do rút", "Why withdrawn"),
    FIELD("assignment_id", FIELD_UUID, F_READ | F_NULLABLE, "Nhiệm vụ được giao", "Assignment",
          .doc = "Where it is reported on; null where the plan stands under no other"),
    FIELD("progress", FIELD_INT, F_READ | F_NULLABLE, "Tiến độ (%)", "Progress",
          .doc = "The assignment's; null where it is none"),
    FIELD("present_due_on", FIELD_DATE, F_READ | F_NULLABLE, "Hạn, kể cả gia hạn",
          "Due, with extensions"),
    FIELD("is_overdue", FIELD_BOOL, F_READ, "Quá hạn", "Overdue"),
    FIELD("days_overdue", FIELD_INT, F_READ, "Số ngày quá hạn", "Days overdue"),
    FIELD("owner_unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị lập", "Owner unit id"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị lập", "Owner unit code"),
    FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),
    FIELD("line", FIELD_TEXT, F_READ, "Ngành", "Line"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule item_rules[] = {
    RULE("coordination_item_given_told", "lead_unit_id", "required"),
};

static const struct filter item_filters[] = {
    FILTER_AS_OF_ROWS("Of plans signed by this day, as they stood at its end"),
    FILTER_EQUALS("coordination_plan", FIELD_UUID, "coordination_plan_id", "Of this plan"),
    {.name = STR_INIT("status"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.status",
     CHOICES(item_statuses),
     .doc = "One or more, separated by commas"},
    FILTER_EQUALS("lead_unit", FIELD_INT_REF, "lead_unit_id", "Led by this unit"),
    {.name = STR_INIT("lead"),
     .kind = FILTER_RELATION,
     .type = FIELD_CHOICE,
     CHOICES(me),
     .relations = lead_sql,
     .replaces_scope = true,
     .doc = "me: my unit leads it"},
    {.name = STR_INIT("overdue"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     .sql = "r.is_overdue",
     .sql_false = "not r.is_overdue",
     .doc = "true: late; false: the others"},
    FILTER_OF_OWNER,
    FILTER_TEXT_SEARCH,
    FILTER_UPDATED_SINCE,
};

static const struct sort item_sorts[] = {
    {STR_INIT("position"),
     {SORT_KEY("coordination_plan_id", FIELD_UUID), SORT_KEY("position", FIELD_INT),
      SORT_KEY("id", FIELD_UUID)},
     3},
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

static const struct command item_commands[] = {
    COMMAND("coordination-items", "give", "api.coordination_item_give", "Giao việc", "Give",
            .needs_version = true,
            .doc = "To its lead, by its due day, the other parties coordinating: an assignment, if "
                   "the plan stands under another"),
    COMMAND("coordination-items", "withdraw", "api.coordination_item_withdraw", "Rút việc",
            "Withdraw", .needs_version = true, COMMAND_FIELDS(withdraw_fields)),
    COMMAND("coordination-items", "complete", "api.coordination_item_complete", "Ghi hoàn thành",
            "Complete", .needs_version = true, COMMAND_FIELDS(complete_fields),
            .doc = "Of work that is no assignment; of other work its assignment tells"),
};

const struct resource resource_coordination_items = {
    RESOURCE_NAME("coordination-items"),
    .singular = "coordination_item",
    .view = "api.coordination_items",
    .day_view = "api.coordination_items_on",
    .day_detail_view = "api.coordination_items_on",
    .table = "app.coordination_item",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(item_fields),
    FILTERS(item_filters),
    SORTS(item_sorts),
    RULES(item_rules),
    COMMANDS(item_commands),
    .title_vi = "Nội dung kế hoạch phối hợp",
    .title_en = "Coordination items",
    .doc = "Seen as the coordination plan is",
};
