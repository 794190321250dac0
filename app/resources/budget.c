/* What units estimate for what they lead, every movement of the money, and the totals. */
#include "resources/registry.h"

#define AMOUNT_MAX              1000000000000
#define AMOUNT(n, vi, en, text) FIELD(n, FIELD_INT, F_READ, vi, en, .doc = (text))

static const struct choice statuses[] = {
    CHOICE("draft", "Dự thảo", "Draft"),
    CHOICE("submitted", "Đã trình", "Submitted"),
    CHOICE("approved", "Đã duyệt", "Approved"),
    CHOICE("closed", "Đã quyết toán", "Closed"),
};

static const struct field fields[] = {
    FIELD_ID,
    FIELD("plan_id", FIELD_UUID, F_READ, "Kế hoạch", "Plan"),
    FIELD("plan_number", FIELD_TEXT, F_READ | F_NULLABLE, "Số kế hoạch", "Plan number"),
    FIELD("plan_item_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Mã định danh nhiệm vụ",
          "Plan item", .doc = "One that the unit leads at some time of the year"),
    FIELD("item_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã nhiệm vụ", "Item code"),
    FIELD("item_title", FIELD_TEXT, F_READ | F_NULLABLE, "Nhiệm vụ", "Item"),
    FIELD("year", FIELD_INT, F_READ | F_CREATE | F_REQUIRED, "Năm", "Year", .min = 2000,
          .max = 2100),
    FIELD("owner_unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị", "Unit id"),
    FIELD("owner_unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị", "Unit code"),
    FIELD("owner_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("origin_unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị lập dự toán", "Estimating unit id",
          .doc = "Another one than the owner after a reorganisation"),
    FIELD("origin_unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị lập dự toán",
          "Estimating unit code"),
    FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),
    FIELD("line", FIELD_TEXT, F_READ, "Ngành", "Line"),
    FIELD("estimate_amount", FIELD_INT, F_READ | F_WRITE | F_REQUIRED, "Dự toán (đồng)",
          "Estimate (dong)", .min = 0, .max = AMOUNT_MAX),
    FIELD("note", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Thuyết minh", "Note", .min = 1,
          .max = 1000, .doc = "What the money is for: work of organisations, no persons"),
    FIELD("status", FIELD_CHOICE, F_READ, "Trạng thái", "Status", CHOICES(statuses)),
    FIELD("submitted_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày trình", "Submitted on"),
    FIELD("returned_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày trả lại", "Returned on"),
    FIELD("return_note", FIELD_TEXT, F_READ | F_NULLABLE, "Ý kiến trả lại", "Why it was returned"),
    FIELD("approved_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày duyệt", "Approved on"),
    FIELD("closed_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày quyết toán", "Closed on"),
    AMOUNT("approved_amount", "Được duyệt (đồng)", "Approved (dong)", "0 until it is approved"),
    AMOUNT("adjusted_amount", "Điều chỉnh (đồng)", "Adjusted (dong)",
           "Sum of the adjustments, below zero where money was taken away"),
    AMOUNT("spent_amount", "Đã chi (đồng)", "Spent (dong)", NULL),
    AMOUNT("remaining_amount", "Còn lại (đồng)", "Remaining (dong)", "Approved + adjusted - spent"),
    FIELD("document_id", FIELD_UUID, F_READ | F_NULLABLE, "Quyết định duyệt", "Decision"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct choice owners[] = {CHOICE("me", "Đơn vị tôi", "My unit")};
static const char *const owner_sql[] = {"r.owner_unit_id = (select private.my_unit())"};

#define FILTER_OWNER                                                                               \
    {.name = STR_INIT("unit"),                                                                     \
     .kind = FILTER_UNIT,                                                                          \
     .type = FIELD_INT_REF,                                                                        \
     .sql = "r.owner_unit_id",                                                                     \
     .replaces_scope = true,                                                                       \
     .doc = "Of this unit; with subtree=true also of those under it"},                             \
        FILTER_SUBTREE_SWITCH,                                                                     \
    {                                                                                              \
        .name = STR_INIT("owner"), .kind = FILTER_RELATION, .type = FIELD_CHOICE, CHOICES(owners), \
        .relations = owner_sql, .replaces_scope = true, .doc = "me: of my unit"                    \
    }

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS("Submitted by this day, with what was entered by then"),
    {.name = STR_INIT("status"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.status",
     CHOICES(statuses),
     .doc = "One or more, separated by commas"},
    FILTER_YEAR("Of this year"),
    FILTER_EQUALS("plan", FIELD_UUID, "plan_id", "Of this plan"),
    FILTER_EQUALS("item", FIELD_UUID, "plan_item_id", "For this item"),
    FILTER_EQUALS("level", FIELD_TEXT, "level", "Of units of this level"),
    FILTER_EQUALS("line", FIELD_TEXT, "line", "Of units of this line"),
    FILTER_OWNER,
    FILTER_TEXT_SEARCH,
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("year"), {SORT_KEY("year", FIELD_INT), SORT_KEY("id", FIELD_UUID)}, 2},
    {STR_INIT("estimate_amount"),
     {SORT_KEY("estimate_amount", FIELD_INT), SORT_KEY("id", FIELD_UUID)},
     2},
    {STR_INIT("remaining_amount"),
     {SORT_KEY("remaining_amount", FIELD_INT), SORT_KEY("id", FIELD_UUID)},
     2},
};

#define FIELD_DECISION                                                             \
    FIELD("document_id", FIELD_UUID, F_CREATE | F_NULLABLE, "Văn bản", "Document", \
          .doc = "The decision it stands on")
static const struct field approve_fields[] = {
    FIELD("amount", FIELD_INT, F_CREATE | F_REQUIRED, "Số tiền duyệt (đồng)", "Amount", .min = 0,
          .max = AMOUNT_MAX),
    FIELD_DECISION,
};
static const struct field return_fields[] = {
    FIELD("note", FIELD_TEXT, F_CREATE | F_REQUIRED, "Ý kiến", "Note", .min = 1, .max = 1000),
};
static const struct field adjust_fields[] = {
    FIELD("amount", FIELD_INT, F_CREATE | F_REQUIRED, "Số tiền điều chỉnh (đồng)", "Amount",
          .min = -AMOUNT_MAX, .max = AMOUNT_MAX, .doc = "Below zero: taken away"),
    FIELD("reason", FIELD_TEXT, F_CREATE | F_REQUIRED, "Lý do", "Reason", .min = 1, .max = 1000),
    FIELD_DECISION,
};
static const struct field spend_fields[] = {
    FIELD("amount", FIELD_INT, F_CREATE | F_REQUIRED, "Số tiền chi (đồng)", "Amount",
          .min = -AMOUNT_MAX, .max = AMOUNT_MAX,
          .doc = "Below zero: corrects what was entered; the note then says why"),
    FIELD("spent_on", FIELD_DATE, F_CREATE | F_REQUIRED, "Ngày chi", "Spent on",
          .doc = "A day of the line's year, not to come"),
    FIELD("note", FIELD_TEXT, F_CREATE | F_NULLABLE, "Nội dung chi", "Note", .min = 1, .max = 1000,
          .doc = "What for: work of organisations, no persons"),
};

static const struct command commands[] = {
    COMMAND("budget-lines", "submit", "api.budget_line_submit", "Trình", "Submit",
            .needs_version = true),
    COMMAND("budget-lines", "approve", "api.budget_line_approve", "Duyệt", "Approve",
            .needs_version = true, COMMAND_FIELDS(approve_fields),
            .doc = "By a leader of the unit that decides on the owner's reports"),
    COMMAND("budget-lines", "return", "api.budget_line_return", "Trả lại", "Return",
            .needs_version = true, COMMAND_FIELDS(return_fields)),
    COMMAND("budget-lines", "adjust", "api.budget_line_adjust", "Điều chỉnh", "Adjust",
            .needs_version = true, COMMAND_FIELDS(adjust_fields)),
    COMMAND("budget-lines", "spend", "api.budget_line_spend", "Ghi chi", "Record spending",
            .needs_version = true, COMMAND_FIELDS(spend_fields)),
    COMMAND("budget-lines", "close", "api.budget_line_close", "Quyết toán", "Close",
            .needs_version = true, .doc = "From the last day of the year; then it is frozen"),
};

const struct resource resource_budget_lines = {
    RESOURCE_NAME("budget-lines"),
    .singular = "budget_line",
    .view = "api.budget_lines",
    .day_view = "api.budget_lines_on",
    .day_detail_view = "api.budget_lines_on",
    .table = "app.budget_line",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .sorts_down = true,
    COMMANDS(commands),
    .has_scope_column = true,
    .title_vi = "Dự toán kinh phí",
    .title_en = "Budget lines",
    .doc = "What a unit estimates for a year for an item it leads; drafts are its own alone",
};

/* ---- entries ---- */

static const struct choice kinds[] = {
    CHOICE("estimate", "Dự toán", "Estimate"),
    CHOICE("approval", "Duyệt", "Approval"),
    CHOICE("adjustment", "Điều chỉnh", "Adjustment"),
    CHOICE("spending", "Chi", "Spending"),
};

static const struct field entry_fields[] = {
    FIELD_ID,
    FIELD("budget_line_id", FIELD_UUID, F_READ, "Dòng dự toán", "Budget line"),
    FIELD("year", FIELD_INT, F_READ, "Năm", "Year"),
    FIELD("plan_item_id", FIELD_UUID, F_READ, "Mã định danh nhiệm vụ", "Plan item"),
    FIELD("item_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã nhiệm vụ", "Item code"),
    FIELD("owner_unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị có dự toán", "Owner unit id"),
    FIELD("owner_unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị có dự toán",
          "Owner unit code"),
    FIELD("kind", FIELD_CHOICE, F_READ, "Loại", "Kind", CHOICES(kinds)),
    FIELD("amount", FIELD_INT, F_READ, "Số tiền (đồng)", "Amount (dong)"),
    FIELD("entered_on", FIELD_DATE, F_READ, "Ngày", "Day",
          .doc = "Of spending the day it was spent; else of the decision"),
    FIELD("reason", FIELD_TEXT, F_READ | F_NULLABLE, "Nội dung, lý do", "Reason"),
    FIELD("document_id", FIELD_UUID, F_READ | F_NULLABLE, "Văn bản", "Document"),
    FIELD("unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị ghi", "Unit id",
          .doc = "Who did it: the owner, or who approves"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị ghi", "Unit code"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị ghi", "Unit"),
    FIELD_CREATED_AT,
};

static const struct filter entry_filters[] = {
    FILTER_AS_OF_ROWS("Of this day or before"),
    FILTER_EQUALS("budget_line", FIELD_UUID, "budget_line_id", "Of this line"),
    {.name = STR_INIT("kind"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.kind",
     CHOICES(kinds),
     .doc = "One or more, separated by commas"},
    FILTER_YEAR("Of lines of this year"),
    FILTER_EQUALS("item", FIELD_UUID, "plan_item_id", "For this item"),
    FILTER_OWNER,
};

static const struct sort entry_sorts[] = {
    {STR_INIT("entered_on"), {SORT_KEY("entered_on", FIELD_DATE), SORT_KEY("id", FIELD_UUID)}, 2},
    {STR_INIT("amount"), {SORT_KEY("amount", FIELD_INT), SORT_KEY("id", FIELD_UUID)}, 2},
};

const struct resource resource_budget_entries = {
    RESOURCE_NAME("budget-entries"),
    .singular = "budget_entry",
    .view = "api.budget_entries",
    .day_view = "api.budget_entries_on",
    .can = CAN_LIST | CAN_GET,
    FIELDS(entry_fields),
    FILTERS(entry_filters),
    SORTS(entry_sorts),
    .has_scope_column = true,
    .title_vi = "Sổ kinh phí",
    .title_en = "Budget entries",
    .doc = "Every movement of money, never changed; made by the commands of budget-lines",
};

/* ---- totals ---- */

static const struct choice groups[] = {
    CHOICE("level", "Cấp", "Level"),         CHOICE("line", "Ngành", "Line"),
    CHOICE("unit", "Đơn vị", "Unit"),        CHOICE("area", "Địa bàn", "Area"),
    CHOICE("district", "Huyện", "District"), CHOICE("grassroots", "Xã", "Commune"),
    CHOICE("item", "Nhiệm vụ", "Plan item"), CHOICE("year", "Năm", "Year"),
};

static const struct field total_fields[] = {
    FIELD("group_id", FIELD_INT_REF, F_READ | F_NULLABLE, "Mã nhóm", "Group id",
          .doc = "Of the unit, level, line or area, as `by` says"),
    FIELD("plan_item_id", FIELD_UUID, F_READ | F_NULLABLE, "Mã định danh nhiệm vụ", "Plan item",
          .doc = "With by=item"),
    FIELD("year", FIELD_INT, F_READ | F_NULLABLE, "Năm", "Year", .doc = "With by=year"),
    FIELD("group_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu", "Code"),
    FIELD("group_name", FIELD_TEXT, F_READ | F_NULLABLE, "Tên nhóm", "Name"),
    FIELD("line_count", FIELD_INT, F_READ, "Số dòng dự toán", "Lines"),
    AMOUNT("estimate_amount", "Dự toán (đồng)", "Estimate (dong)", NULL),
    AMOUNT("approved_amount", "Được duyệt (đồng)", "Approved (dong)", NULL),
    AMOUNT("adjusted_amount", "Điều chỉnh (đồng)", "Adjusted (dong)", NULL),
    AMOUNT("spent_amount", "Đã chi (đồng)", "Spent (dong)", NULL),
    AMOUNT("remaining_amount", "Còn lại (đồng)", "Remaining (dong)", "Approved + adjusted - spent"),
    FIELD("spent_share", FIELD_NUMBER, F_READ | F_NULLABLE, "Tỷ lệ đã chi (%)", "Spent (%)",
          .doc = "Of approved + adjusted, with one decimal; null where nothing is approved"),
};

static const struct filter total_filters[] = {
    {.name = STR_INIT("year"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_INT_REF,
     .sql = "p_year",
     .doc = "Of this year; without: of all"},
    {.name = STR_INIT("by"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_CHOICE,
     .sql = "p_by",
     CHOICES(groups),
     .doc = "Grouped so; without: by level"},
    {.name = STR_INIT("plan"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_UUID,
     .sql = "p_plan_id",
     .doc = "Of this plan"},
    {.name = STR_INIT("item"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_UUID,
     .sql = "p_plan_item_id",
     .doc = "For this item"},
    FILTER_ARGUMENT_UNIT,
    FILTER_ARGUMENT_SUBTREE,
    {.name = STR_INIT("as_of"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_DATE,
     .sql = "p_as_of",
     .doc = "What was submitted and entered by this day, under the tree of that day"},
};

#define SORT_GROUP                                          \
    SORT_SQL("coalesce(r.group_id, r.year, 0)", FIELD_INT), \
        SORT_SQL("coalesce(r.group_code, '')", FIELD_TEXT), \
        SORT_SQL("coalesce(r.plan_item_id, '00000000-0000-0000-0000-000000000000')", FIELD_UUID)
static const struct sort total_sorts[] = {
    {STR_INIT("group"), {SORT_GROUP}, 3},
    {STR_INIT("spent_amount"), {SORT_KEY("spent_amount", FIELD_INT), SORT_GROUP}, 4},
};

const struct resource resource_budget_totals = {
    RESOURCE_NAME("budget-totals"),
    .singular = "budget_total",
    .view = "api.budget_totals",
    .is_call = true,
    .can = CAN_LIST,
    FIELDS(total_fields),
    FILTERS(total_filters),
    SORTS(total_sorts),
    .title_vi = "Tổng hợp kinh phí",
    .title_en = "Budget totals",
    .doc = "Of all lines that were submitted; drafts are counted for nobody",
};
