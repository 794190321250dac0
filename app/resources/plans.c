/* Plans: drafted by an officer, issued by a leader. Their state moves through commands alone. */
#include "resources/registry.h"

static const struct choice statuses[] = {
    CHOICE("draft", "Dự thảo", "Draft"),
    CHOICE("submitted", "Đã trình", "Submitted"),
    CHOICE("in_force", "Đang thực hiện", "In force"),
    CHOICE("closed", "Đã kết thúc", "Closed"),
};

static const struct field fields[] = {
    FIELD_ID,
    FIELD("number", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Số, ký hiệu", "Number", .min = 1,
          .max = 60),
    FIELD("title", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Tên kế hoạch", "Title", .min = 1,
          .max = 500),
    FIELD("document_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Văn bản", "Document"),
    FIELD("issuer_unit_id", FIELD_INT_REF, F_READ | F_CREATE, "Mã đơn vị ban hành",
          "Issuer unit id", .doc = "Without: my unit; never another"),
    FIELD("issuer_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị ban hành", "Issuer"),
    FIELD("original_issuer_unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị đã ban hành",
          "Original issuer unit id", .doc = "Stays when a successor runs the plan"),
    FIELD("parent_plan_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Cụ thể hóa kế hoạch",
          "Carries out plan"),
    FIELD("report_outline", FIELD_TEXT, F_READ | F_WRITE, "Mẫu đề cương báo cáo",
          "Outline of its reports", .min = 1, .max = 40, .pattern = "^[a-z0-9_]{1,40}$",
          .doc = "The headings of its units' reports; without: sector_year"),
    FIELD("signed_on", FIELD_DATE, F_READ | F_WRITE | F_NULLABLE, "Ngày ký", "Signed on"),
    FIELD("signer", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Người ký", "Signer", .max = 120),
    FIELD("period_from", FIELD_DATE, F_READ | F_WRITE | F_REQUIRED, "Từ ngày", "From"),
    FIELD("period_to", FIELD_DATE, F_READ | F_WRITE | F_REQUIRED, "Đến ngày", "To"),
    FIELD("status", FIELD_CHOICE, F_READ, "Trạng thái", "Status", CHOICES(statuses)),
    FIELD("issued_at", FIELD_TIMESTAMP, F_READ | F_NULLABLE, "Ban hành lúc", "Issued at"),
    FIELD("issued_by", FIELD_UUID, F_READ | F_NULLABLE, "Người ban hành", "Issued by"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule rules[] = {
    RULE("plan_period", "period_to", "wrong_order"),
};

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS("Issued by this day"),
    {.name = STR_INIT("status"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.status",
     CHOICES(statuses),
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("unit"),
     .kind = FILTER_UNIT,
     .type = FIELD_INT_REF,
     .sql = "r.issuer_unit_id",
     .doc = "Issued by this unit; with subtree=true also by those under it"},
    FILTER_SUBTREE_SWITCH,
    FILTER_EQUALS("parent_plan", FIELD_UUID, "parent_plan_id", "Carrying out this plan"),
    FILTER_TEXT_SEARCH,
    FILTER_UPDATED_SINCE,
};

/* Period first, so that the plan now in force comes first when falling. */
static const struct sort sorts[] = {
    {STR_INIT("period_from"), {SORT_KEY("period_from", FIELD_DATE), SORT_KEY("id", FIELD_UUID)}, 2},
    {STR_INIT("number"),
     {SORT_SQL("r.number collate app.vietnamese", FIELD_TEXT), SORT_KEY("id", FIELD_UUID)},
     2},
};

static const struct field note_fields[] = {
    FIELD("note", FIELD_TEXT, F_CREATE | F_NULLABLE, "Ý kiến", "Note", .max = 4000),
};

static const struct field generate_fields[] = {
    FIELD("kinds", FIELD_TEXT_ARRAY, F_CREATE | F_NULLABLE, "Loại kỳ", "Kinds", .min = 1, .max = 10,
          .doc = "month, quarter, six_months, nine_months, year; without: the last three"),
    FIELD("from_year", FIELD_INT, F_CREATE | F_NULLABLE, "Từ năm", "From year", .min = 2000,
          .max = 2100, .doc = "Without: the plan's first"),
    FIELD("to_year", FIELD_INT, F_CREATE | F_NULLABLE, "Đến năm", "To year", .min = 2000,
          .max = 2100, .doc = "Without: the plan's last"),
};
static const struct field take_fields[] = {
    FIELD("codes", FIELD_TEXT_ARRAY, F_CREATE | F_REQUIRED, "Mã đề mục", "Item codes", .min = 1,
          .max = 200, .doc = "Codes of items of the plan above; their headings come along"),
};

static const struct command commands[] = {
    COMMAND("plans", "take-items", "api.plan_take_items", "Lấy nội dung từ kế hoạch cấp trên",
            "Take items of the plan above", .needs_version = true, .answers_json = true,
            COMMAND_FIELDS(take_fields),
            .doc = "Copies items of the plan above into this draft, each carrying out its own. "
                   "What the draft has already is passed over"),
    COMMAND("plans", "submit", "api.plan_submit", "Trình", "Submit", .needs_version = true,
            COMMAND_FIELDS(note_fields), .doc = "draft → submitted"),
    COMMAND("plans", "return", "api.plan_return", "Trả lại", "Return", .needs_version = true,
            COMMAND_FIELDS(note_fields), .doc = "submitted → draft"),
    COMMAND("plans", "issue", "api.plan_issue", "Ban hành", "Issue", .needs_version = true,
            .answers_json = true,
            .doc = "submitted → in_force, and every assignment is made. With dry_run=true the "
                   "counts per task "
                   "and level are answered and nothing is done"),
    COMMAND("plans", "close", "api.plan_close", "Kết thúc", "Close", .needs_version = true,
            COMMAND_FIELDS(note_fields), .doc = "in_force → closed: progress is recorded no more"),
    COMMAND("plans", "generate-periods", "api.plan_generate_periods", "Lập các kỳ báo cáo",
            "Generate periods", COMMAND_FIELDS(generate_fields), .answers_json = true,
            .doc = "Makes the reporting periods that are missing; may be repeated. Answers how "
                   "many were made and how many were there"),
};

const struct resource resource_plans = {
    RESOURCE_NAME("plans"),
    .singular = "plan",
    .view = "api.plans",
    .day_view = "api.plans_on",
    .day_detail_view = "api.plans_on",
    .table = "app.plan",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    RULES(rules),
    .sorts_down = true,
    COMMANDS(commands),
    .title_vi = "Kế hoạch",
    .title_en = "Plans",
};
