/* What each unit owes for a period and what it wrote. Content is written line by line
 * (report-lines, report-sections, indicator-values); the state moves through commands alone. */
#include "resources/registry.h"

static const struct choice statuses[] = {
    CHOICE("not_started", "Chưa lập", "Not started"),
    CHOICE("draft", "Dự thảo", "Draft"),
    CHOICE("submitted", "Đã gửi", "Submitted"),
    CHOICE("in_review", "Đang xem xét", "In review"),
    CHOICE("returned", "Trả lại", "Returned"),
    CHOICE("approved", "Đã duyệt", "Approved"),
    CHOICE("reopened", "Mở lại", "Reopened"),
    CHOICE("moved", "Đã chuyển", "Moved to a successor"),
};

static const struct choice period_states[] = {
    CHOICE("planned", "Chưa mở", "Planned"),
    CHOICE("open", "Đang mở", "Open"),
    CHOICE("expired", "Quá hạn", "Past its due days"),
    CHOICE("locked", "Đã khóa", "Locked"),
};

#define OBJECTS "{\"type\":\"array\",\"items\":{\"type\":\"object\"}}"
#define OBJECT  "{\"type\":\"object\"}"

static const struct field fields[] = {
    FIELD_ID,
    FIELD("period_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Kỳ báo cáo", "Period",
          .doc = "The report of my unit for this period, where it was not asked for one"),
    FIELD("period_label", FIELD_TEXT, F_READ | F_NULLABLE, "Tên kỳ", "Period label"),
    FIELD("period_kind", FIELD_TEXT, F_READ | F_NULLABLE, "Loại kỳ", "Kind of period"),
    FIELD("year", FIELD_INT, F_READ | F_NULLABLE, "Năm", "Year"),
    FIELD("plan_id", FIELD_UUID, F_READ, "Kế hoạch", "Plan"),
    FIELD("unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị", "Unit id"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("superior_unit_id", FIELD_INT_REF, F_READ | F_NULLABLE, "Mã đơn vị duyệt",
          "Superior unit id", .doc = "Who decides; null: the unit's own leader"),
    FIELD("superior_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị duyệt", "Superior unit"),
    FIELD("level", FIELD_TEXT, F_READ | F_NULLABLE, "Cấp", "Level"),
    FIELD("line", FIELD_TEXT, F_READ | F_NULLABLE, "Ngành", "Line"),
    FIELD("due_on", FIELD_DATE, F_READ, "Hạn", "Due on", .doc = "An exception included"),
    FIELD("original_due_on", FIELD_DATE, F_READ, "Hạn ban đầu", "Original due day",
          .doc = "As first set for the level; never changes"),
    FIELD("period_state", FIELD_CHOICE, F_READ | F_NULLABLE, "Trạng thái kỳ", "State of the period",
          CHOICES(period_states)),
    FIELD("status", FIELD_CHOICE, F_READ, "Trạng thái", "Status", CHOICES(statuses)),
    FIELD("is_outstanding", FIELD_BOOL, F_READ, "Còn phải nộp", "Outstanding"),
    FIELD("is_overdue", FIELD_BOOL, F_READ, "Quá hạn", "Overdue",
          .doc = "Outstanding and past its due day"),
    FIELD("days_overdue", FIELD_INT, F_READ, "Số ngày quá hạn", "Days overdue"),
    FIELD("submission_count", FIELD_INT, F_READ, "Số lần gửi", "Submissions"),
    FIELD("first_submitted_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày gửi đầu tiên",
          "First submitted on"),
    FIELD("submitted_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày gửi", "Submitted on"),
    FIELD("decided_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày quyết định", "Decided on"),
    FIELD("decision_note", FIELD_TEXT, F_READ | F_NULLABLE, "Ý kiến của cấp trên",
          "Superior's note"),
    FIELD("reopened_until", FIELD_DATE, F_READ | F_NULLABLE, "Mở lại đến ngày", "Reopened until"),
    FIELD("moved_to_id", FIELD_UUID, F_READ | F_NULLABLE, "Chuyển sang báo cáo", "Moved to report",
          .doc = "Of the unit that took over, where its own has ended"),
    FIELD("plan_number", FIELD_TEXT, F_READ | F_NULLABLE | F_DETAIL, "Số kế hoạch", "Plan number"),
    FIELD("report_outline", FIELD_TEXT, F_READ | F_NULLABLE | F_DETAIL, "Đề cương", "Outline"),
    FIELD("starts_on", FIELD_DATE, F_READ | F_NULLABLE | F_DETAIL, "Từ ngày", "From"),
    FIELD("ends_on", FIELD_DATE, F_READ | F_NULLABLE | F_DETAIL, "Đến ngày", "To"),
    FIELD("locks_on", FIELD_DATE, F_READ | F_NULLABLE | F_DETAIL, "Ngày khóa", "Locks on"),
    FIELD("exception_until", FIELD_DATE, F_READ | F_NULLABLE | F_DETAIL, "Gia hạn riêng đến ngày",
          "Exception until"),
    FIELD("submitted_by", FIELD_UUID, F_READ | F_NULLABLE | F_DETAIL, "Người gửi", "Submitted by"),
    FIELD("accepted_at", FIELD_TIMESTAMP, F_READ | F_NULLABLE | F_DETAIL, "Tiếp nhận lúc",
          "Accepted at"),
    FIELD("accepted_by", FIELD_UUID, F_READ | F_NULLABLE | F_DETAIL, "Người tiếp nhận",
          "Accepted by"),
    FIELD("decided_by", FIELD_UUID, F_READ | F_NULLABLE | F_DETAIL, "Người quyết định",
          "Decided by"),
    FIELD("reopened_by", FIELD_UUID, F_READ | F_NULLABLE | F_DETAIL, "Người mở lại", "Reopened by"),
    FIELD("reopen_reason", FIELD_TEXT, F_READ | F_NULLABLE | F_DETAIL, "Lý do mở lại",
          "Reason of reopening"),
    FIELD("lines", FIELD_JSON, F_READ | F_DETAIL, "Kết quả theo nhiệm vụ", "Lines",
          .schema = OBJECTS, .doc = "Empty while others may not read the draft"),
    FIELD("sections", FIELD_JSON, F_READ | F_DETAIL, "Phần lời", "Sections", .schema = OBJECTS),
    FIELD("values", FIELD_JSON, F_READ | F_DETAIL, "Số liệu chỉ tiêu", "Indicator values",
          .schema = OBJECTS),
    FIELD("gathered", FIELD_JSON, F_READ | F_DETAIL, "Tổng hợp cấp dưới", "Gathered from below",
          .schema = OBJECT),
    FIELD("last_decision", FIELD_JSON, F_READ | F_NULLABLE | F_DETAIL, "Quyết định gần nhất",
          "Last decision", .schema = OBJECT),
    FIELD("versions", FIELD_JSON, F_READ | F_DETAIL, "Các phiên bản", "Versions", .schema = OBJECTS,
          .doc = "What it said: GET /report-versions/{id}"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

#define OVERDUE "r.is_outstanding and r.due_on < (select private.today())"
#define TO_DECIDE                                                                \
    "(r.superior_unit_id = (select private.my_unit())"                           \
    " or r.superior_unit_id is null and r.unit_id = (select private.my_unit()))" \
    " and r.status in ('submitted', 'in_review')"

static const struct filter filters[] = {
    FILTER_AS_OF_DAY,
    FILTER_EQUALS("period", FIELD_UUID, "period_id", "For this period"),
    FILTER_EQUALS("plan", FIELD_UUID, "plan_id", "Of this plan"),
    {.name = STR_INIT("status"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.status",
     CHOICES(statuses),
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("unit"),
     .kind = FILTER_UNIT,
     .type = FIELD_INT_REF,
     .sql = "r.unit_id",
     .replaces_scope = true,
     .doc = "Of this unit; with subtree=true also of those under it"},
    FILTER_SUBTREE_SWITCH,
    {.name = STR_INIT("level"),
     .kind = FILTER_VALUE,
     .type = FIELD_TEXT,
     .sql = "r.level_id = (select l.id from app.level as l where l.code = ?)",
     .doc = "Code of the unit's level"},
    {.name = STR_INIT("line"),
     .kind = FILTER_VALUE,
     .type = FIELD_TEXT,
     .sql = "r.line_id = (select l.id from app.line as l where l.code = ?)",
     .doc = "Code of the unit's line"},
    {.name = STR_INIT("superior"),
     .kind = FILTER_VALUE,
     .type = FIELD_INT_REF,
     .sql = "r.superior_unit_id = ?",
     .replaces_scope = true,
     .doc = "Decided by this unit"},
    {.name = STR_INIT("to_decide"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     .sql = TO_DECIDE,
     .replaces_scope = true,
     .doc = "Waiting for my unit's decision"},
    {.name = STR_INIT("outstanding"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     .sql = "r.is_outstanding",
     .sql_false = "not r.is_outstanding",
     .doc = "Still to be sent in, or not"},
    {.name = STR_INIT("overdue"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     .sql = OVERDUE,
     .sql_false = "not (" OVERDUE ")",
     .day_sql = "r.is_overdue",
     .day_sql_false = "not r.is_overdue",
     .doc = "Still to be sent in and past its due day, or not"},
    {.name = STR_INIT("q"),
     .kind = FILTER_VALUE,
     .type = FIELD_TEXT,
     .sql = "r.unit_id in (select v.unit_id from app.unit_version as v"
            " where v.search like '%' || private.search_text(?) || '%')",
     .doc = "Part of a name of the unit; case and accents do not matter"},
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("due_on"), {SORT_KEY("due_on", FIELD_DATE), SORT_KEY("id", FIELD_UUID)}, 2},
    {STR_INIT("updated_at"),
     {SORT_KEY("updated_at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)},
     2},
};

static const struct field prefill_fields[] = {
    FIELD("overwrite", FIELD_BOOL, F_CREATE, "Ghi đè", "Overwrite",
          .doc = "true: also what officers wrote of an assignment; without: only what is missing "
                 "or was not touched since it was drafted"),
};
#define NOTES                                                                            \
    "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"id\",\"note\"]," \
    "\"properties\":{\"id\":{\"type\":\"string\",\"format\":\"uuid\"},"                  \
    "\"note\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":2000}}}}"
static const struct field return_fields[] = {
    FIELD("note", FIELD_TEXT, F_CREATE | F_REQUIRED, "Ý kiến", "Note", .min = 1, .max = 4000),
    FIELD("lines", FIELD_JSON, F_CREATE, "Ý kiến theo nhiệm vụ", "Notes on lines", .schema = NOTES),
    FIELD("sections", FIELD_JSON, F_CREATE, "Ý kiến theo phần", "Notes on sections",
          .schema = NOTES),
};
static const struct field approve_fields[] = {
    FIELD("note", FIELD_TEXT, F_CREATE | F_NULLABLE, "Ý kiến", "Note", .max = 4000),
};
static const struct field reopen_fields[] = {
    FIELD("reason", FIELD_TEXT, F_CREATE | F_REQUIRED, "Lý do", "Reason", .min = 1, .max = 1000),
    FIELD("until_on", FIELD_DATE, F_CREATE | F_REQUIRED, "Đến ngày", "Until",
          .doc = "The last day; not sent in by then, what was approved stands again"),
};

static const struct command commands[] = {
    COMMAND("reports", "prefill", "api.report_prefill", "Lập dự thảo", "Draft",
            .needs_version = true, COMMAND_FIELDS(prefill_fields),
            .doc = "not_started → draft. Lines from the unit's assignments and progress, the "
                   "outline's headings, the values asked; may be repeated"),
    COMMAND("reports", "gather", "api.report_gather", "Tổng hợp cấp dưới", "Gather",
            .needs_version = true,
            .doc = "Adds up what the units below had approved, beside the unit's own part"),
    COMMAND("reports", "submit", "api.report_submit", "Gửi báo cáo", "Submit",
            .needs_version = true, .doc = "draft, returned or reopened → submitted"),
    COMMAND("reports", "withdraw", "api.report_withdraw", "Rút lại", "Withdraw",
            .needs_version = true, .doc = "submitted → draft, until the superior accepts it"),
    COMMAND("reports", "accept", "api.report_accept", "Tiếp nhận", "Accept for reading",
            .needs_version = true, .doc = "submitted → in_review: the unit can no longer withdraw"),
    COMMAND("reports", "return", "api.report_return", "Trả lại", "Return", .needs_version = true,
            COMMAND_FIELDS(return_fields), .doc = "submitted or in_review → returned"),
    COMMAND("reports", "approve", "api.report_approve", "Duyệt", "Approve", .needs_version = true,
            COMMAND_FIELDS(approve_fields),
            .doc = "submitted or in_review → approved: nothing rewrites it later"),
    COMMAND("reports", "reopen", "api.report_reopen", "Mở lại", "Reopen", .needs_version = true,
            COMMAND_FIELDS(reopen_fields), .doc = "approved → reopened, until a day"),
};

const struct resource resource_reports = {
    RESOURCE_NAME("reports"),
    .singular = "report",
    .view = "api.reports",
    .detail_view = "api.report_details",
    .day_view = "api.reports_on",
    .day_detail_view = "api.report_details_on",
    .table = "app.report",
    .can = CAN_LIST | CAN_GET | CAN_CREATE,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    COMMANDS(commands),
    .has_scope_column = true,
    .title_vi = "Báo cáo",
    .title_en = "Reports",
    .doc = "One per unit and period",
};
