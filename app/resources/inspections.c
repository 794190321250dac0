/* Inspections and supervision: the year's programmes, inspections, whom and by what documents. */
#include "resources/registry.h"

#define ORGANISATIONS_ONLY "The work of organisations only: no person, household or believer"
#define DOCUMENT_FIELDS(vi)                                                                  \
    FIELD("document_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, vi " (mã)", "Document"), \
        FIELD("document_symbol", FIELD_TEXT, F_READ | F_NULLABLE, vi, "Symbol of the document")
#define OWNER_FIELDS                                                                            \
    FIELD("owner_unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị kiểm tra", "Inspecting unit id"),  \
        FIELD("owner_unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị kiểm tra",    \
              "Inspecting unit code"),                                                          \
        FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE | F_HIDDEN_IN_CSV, "Ký hiệu đơn vị", \
              "Unit code", .doc = "The same as owner_unit_code"),                               \
        FIELD("owner_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị kiểm tra",            \
              "Inspecting unit"),                                                               \
        FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),                                     \
        FIELD("line", FIELD_TEXT, F_READ, "Ngành", "Line")

static const struct choice me[] = {CHOICE("me", "Đơn vị tôi", "My unit")};
static const char *const owner_sql[] = {"r.owner_unit_id = (select private.my_unit())"};

#define FILTER_OWNER                                                                           \
    {                                                                                          \
        .name = STR_INIT("owner"), .kind = FILTER_RELATION, .type = FIELD_CHOICE, CHOICES(me), \
        .relations = owner_sql, .replaces_scope = true, .doc = "me: of my unit"                \
    }
#define FILTER_OWNER_UNIT(text)                                               \
    {                                                                         \
        .name = STR_INIT("unit"), .kind = FILTER_UNIT, .type = FIELD_INT_REF, \
        .sql = "r.owner_unit_id", .replaces_scope = true, .doc = (text)       \
    }
#define FILTER_STATUS(list)                                                         \
    {                                                                               \
        .name = STR_INIT("status"), .kind = FILTER_ONE_OF, .type = FIELD_CHOICE,    \
        .sql = "r.status", CHOICES(list), .doc = "One or more, separated by commas" \
    }

/* ---- programmes ---- */

static const struct choice programme_statuses[] = {
    CHOICE("draft", "Dự thảo", "Draft"),
    CHOICE("issued", "Đã ban hành", "Issued"),
    CHOICE("closed", "Đã kết thúc", "Closed"),
};

static const struct field programme_fields[] = {
    FIELD_ID,
    FIELD("plan_id", FIELD_UUID, F_READ | F_WRITE | F_REQUIRED, "Kế hoạch", "Plan"),
    FIELD("plan_number", FIELD_TEXT, F_READ | F_NULLABLE, "Số kế hoạch", "Plan number"),
    FIELD("year", FIELD_INT, F_READ | F_WRITE | F_REQUIRED, "Năm", "Year", .min = 2000,
          .max = 2100),
    FIELD("title", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Tên chương trình", "Title", .min = 1,
          .max = 500),
    DOCUMENT_FIELDS("Văn bản ban hành"),
    FIELD("status", FIELD_CHOICE, F_READ, "Trạng thái", "Status", CHOICES(programme_statuses)),
    FIELD("issued_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày ban hành", "Issued on"),
    FIELD("closed_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày kết thúc", "Closed on"),
    FIELD("inspection_count", FIELD_INT, F_READ, "Số cuộc kiểm tra", "Inspections"),
    FIELD("concluded_count", FIELD_INT, F_READ, "Số cuộc đã kết luận", "Concluded"),
    OWNER_FIELDS,
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct filter programme_filters[] = {
    FILTER_AS_OF_ROWS("Issued by this day"),
    FILTER_STATUS(programme_statuses),
    FILTER_YEAR("Of this year"),
    FILTER_EQUALS("plan", FIELD_UUID, "plan_id", "Under this plan"),
    FILTER_OWNER_UNIT("Of this unit; with subtree=true also of those under it"),
    FILTER_SUBTREE_SWITCH,
    FILTER_OWNER,
    FILTER_TEXT_SEARCH,
    FILTER_UPDATED_SINCE,
};

static const struct sort programme_sorts[] = {
    {STR_INIT("year"), {SORT_KEY("year", FIELD_INT), SORT_KEY("id", FIELD_UUID)}, 2},
    {STR_INIT("created_at"),
     {SORT_KEY("created_at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)},
     2},
};

static const struct command programme_commands[] = {
    COMMAND("inspection-programmes", "issue", "api.inspection_programme_issue", "Ban hành", "Issue",
            .needs_version = true,
            .doc = "By a leader; from now on the scope sees it and its inspections"),
    COMMAND("inspection-programmes", "close", "api.inspection_programme_close", "Kết thúc", "Close",
            .needs_version = true, .doc = "By a leader, once no inspection of it is open"),
};

const struct resource resource_inspection_programmes = {
    RESOURCE_NAME("inspection-programmes"),
    .singular = "inspection_programme",
    .view = "api.inspection_programmes",
    .day_view = "api.inspection_programmes_on",
    .day_detail_view = "api.inspection_programmes_on",
    .table = "app.inspection_programme",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE,
    .has_scope_column = true,
    FIELDS(programme_fields),
    FILTERS(programme_filters),
    SORTS(programme_sorts),
    .sorts_down = true,
    COMMANDS(programme_commands),
    .title_vi = "Chương trình kiểm tra, giám sát",
    .title_en = "Inspection programmes",
    .doc = "A draft is its owner's alone; issued, also seen by the units that it inspects",
};

/* ---- inspections ---- */

static const struct choice kinds[] = {
    CHOICE("inspection", "Kiểm tra", "Inspection"),
    CHOICE("supervision", "Giám sát", "Supervision"),
    CHOICE("social_criticism", "Phản biện xã hội", "Social criticism"),
};

static const struct choice statuses[] = {
    CHOICE("planned", "Dự kiến", "Planned"),
    CHOICE("announced", "Đã thông báo", "Announced"),
    CHOICE("under_way", "Đang tiến hành", "Under way"),
    CHOICE("concluded", "Đã kết luận", "Concluded"),
    CHOICE("cancelled", "Đã hủy", "Cancelled"),
};

static const struct field fields[] = {
    FIELD_ID,
    FIELD("programme_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Chương trình (mã)",
          "Programme", .doc = "Of the same unit and plan"),
    FIELD("programme_title", FIELD_TEXT, F_READ | F_NULLABLE, "Chương trình", "Title of programme"),
    FIELD("plan_id", FIELD_UUID, F_READ | F_WRITE | F_REQUIRED, "Kế hoạch", "Plan"),
    FIELD("plan_number", FIELD_TEXT, F_READ | F_NULLABLE, "Số kế hoạch", "Plan number"),
    FIELD("plan_item_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Nhiệm vụ", "Plan item"),
    FIELD("item_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã nhiệm vụ", "Item code"),
    FIELD("kind", FIELD_CHOICE, F_READ | F_WRITE | F_REQUIRED, "Hình thức", "Kind", CHOICES(kinds)),
    FIELD("is_joint", FIELD_BOOL, F_READ | F_WRITE, "Đoàn liên ngành", "Joint team",
          .doc = "Only a joint team has partners"),
    FIELD("title", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Tên cuộc kiểm tra", "Title",
          .min = 1, .max = 500),
    FIELD("focus", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Nội dung", "Focus", .min = 1,
          .max = 4000, .doc = ORGANISATIONS_ONLY),
    FIELD("starts_on", FIELD_DATE, F_READ | F_WRITE | F_REQUIRED, "Từ ngày", "First day"),
    FIELD("ends_on", FIELD_DATE, F_READ | F_WRITE | F_REQUIRED, "Đến ngày", "Last day"),
    FIELD("status", FIELD_CHOICE, F_READ, "Trạng thái", "Status", CHOICES(statuses)),
    FIELD("subject_count", FIELD_INT, F_READ, "Số đơn vị được kiểm tra", "Units inspected"),
    FIELD("document_id", FIELD_UUID, F_READ | F_NULLABLE, "Kết luận (mã)", "Conclusion"),
    FIELD("document_symbol", FIELD_TEXT, F_READ | F_NULLABLE, "Số kết luận",
          "Symbol of the conclusion"),
    FIELD("announced_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày thông báo", "Announced on"),
    FIELD("began_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày bắt đầu", "Begun on"),
    FIELD("concluded_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày kết luận", "Concluded on"),
    FIELD("cancelled_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày hủy", "Cancelled on"),
    FIELD("cancel_reason", FIELD_TEXT, F_READ | F_NULLABLE, "Lý do hủy", "Why it was cancelled"),
    OWNER_FIELDS,
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule rules[] = {
    RULE("inspection_dates", "ends_on", "wrong_order"),
};

static const char *const subject_sql[] = {"r.id in (select private.my_subject_inspections())"};
static const char *const partner_sql[] = {"r.id in (select private.my_partner_inspections())"};

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS("That were there to be seen by this day, in the state of its end"),
    FILTER_STATUS(statuses),
    {.name = STR_INIT("kind"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.kind",
     CHOICES(kinds),
     .doc = "One or more, separated by commas"},
    FILTER_IN_YEAR("starts_on", "That begins in this year"),
    FILTER_EQUALS("plan", FIELD_UUID, "plan_id", "Under this plan"),
    FILTER_EQUALS("plan_item", FIELD_UUID, "plan_item_id", "For this item of a plan"),
    FILTER_EQUALS("programme", FIELD_UUID, "programme_id", "Of this programme"),
    {.name = STR_INIT("document"),
     .kind = FILTER_VALUE,
     .type = FIELD_UUID,
     .sql = "r.id in (select s.inspection_id from api.inspection_standards as s where "
            "s.document_id = ?)",
     .doc = "By this document as a standard"},
    FILTER_OWNER_UNIT("By this unit; with subtree=true also by those under it"),
    FILTER_SUBTREE_SWITCH,
    {.name = STR_INIT("subject_unit"),
     .kind = FILTER_VALUE,
     .type = FIELD_INT_REF,
     .sql = "r.id in (select s.inspection_id from api.inspection_units as s where s.role = "
            "'subject' and s.unit_id = ?)",
     .doc = "Of this unit"},
    FILTER_OWNER,
    {.name = STR_INIT("subject"),
     .kind = FILTER_RELATION,
     .type = FIELD_CHOICE,
     CHOICES(me),
     .relations = subject_sql,
     .replaces_scope = true,
     .doc = "me: my unit is inspected"},
    {.name = STR_INIT("partner"),
     .kind = FILTER_RELATION,
     .type = FIELD_CHOICE,
     CHOICES(me),
     .relations = partner_sql,
     .replaces_scope = true,
     .doc = "me: my unit takes part in the team"},
    FILTER_TEXT_SEARCH,
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("starts_on"), {SORT_KEY("starts_on", FIELD_DATE), SORT_KEY("id", FIELD_UUID)}, 2},
    {STR_INIT("ends_on"), {SORT_KEY("ends_on", FIELD_DATE), SORT_KEY("id", FIELD_UUID)}, 2},
};

static const struct field conclude_fields[] = {
    FIELD("document_id", FIELD_UUID, F_CREATE | F_NULLABLE, "Kết luận", "Conclusion",
          .doc = "The document of the conclusion"),
};
static const struct field reason_fields[] = {
    FIELD("reason", FIELD_TEXT, F_CREATE | F_REQUIRED, "Lý do", "Reason", .min = 1, .max = 1000),
};

static const struct command commands[] = {
    COMMAND("inspections", "announce", "api.inspection_announce", "Thông báo", "Announce",
            .needs_version = true, .doc = "Needs a unit to inspect; tells the units named"),
    COMMAND("inspections", "start", "api.inspection_start", "Bắt đầu", "Start",
            .needs_version = true, .doc = "From its first day"),
    COMMAND("inspections", "conclude", "api.inspection_conclude", "Kết luận", "Conclude",
            .needs_version = true, COMMAND_FIELDS(conclude_fields),
            .doc = "By a leader. Each unit inspected needs a finding, a recommendation, or "
                   "nothing_found; every recommendation becomes an assignment of its unit"),
    COMMAND("inspections", "cancel", "api.inspection_cancel", "Hủy", "Cancel",
            .needs_version = true, COMMAND_FIELDS(reason_fields)),
};

const struct resource resource_inspections = {
    RESOURCE_NAME("inspections"),
    .singular = "inspection",
    .view = "api.inspections",
    .day_view = "api.inspections_on",
    .day_detail_view = "api.inspections_on",
    .table = "app.inspection",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE,
    .has_scope_column = true,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .sorts_down = true,
    RULES(rules),
    COMMANDS(commands),
    .title_vi = "Kiểm tra, giám sát",
    .title_en = "Inspections",
    .doc = "Seen in the scope of the inspecting unit; by partners; by subjects once announced",
};
