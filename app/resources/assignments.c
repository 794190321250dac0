/* What each unit owes: the list that everybody opens first. Default order and scope column follow
 * the index (scope key, due_on, id). */
#include "resources/registry.h"

const struct choice choices_assignment_status[6] = {
    CHOICE("not_started", "Chưa thực hiện", "Not started"),
    CHOICE("in_progress", "Đang thực hiện", "In progress"),
    CHOICE("reported", "Đã báo cáo hoàn thành", "Reported as done"),
    CHOICE("completed", "Đã xác nhận hoàn thành", "Confirmed as done"),
    CHOICE("cancelled", "Đã hủy", "Cancelled"),
    CHOICE("moved", "Đã chuyển", "Moved to a successor"),
};

static const struct choice sources[] = {
    CHOICE("plan", "Kế hoạch", "Plan"),
    CHOICE("meeting", "Kết luận hội nghị", "Meeting"),
    CHOICE("coordination", "Kế hoạch phối hợp", "Coordination plan"),
    CHOICE("inspection", "Kiến nghị sau kiểm tra, giám sát", "Inspection"),
    CHOICE("committee", "Chương trình công tác ban chỉ đạo", "Committee"),
};

static const struct choice parts[] = {
    CHOICE("lead", "Chủ trì", "Lead"),
    CHOICE("advising_office", "Tham mưu", "Advising office"),
    CHOICE("coordinating", "Phối hợp", "Coordinating"),
};

#define OBJECTS "{\"type\":\"array\",\"items\":{\"type\":\"object\"}}"

static const struct field fields[] = {
    FIELD_ID,
    FIELD("plan_id", FIELD_UUID, F_READ, "Kế hoạch", "Plan"),
    FIELD("plan_number", FIELD_TEXT, F_READ | F_NULLABLE, "Số kế hoạch", "Plan number"),
    FIELD("plan_item_id", FIELD_UUID, F_READ | F_NULLABLE, "Nhiệm vụ trong kế hoạch", "Plan item",
          .doc = "Null for work given beside the plan that falls under none of its items"),
    FIELD("item_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã nhiệm vụ", "Item code"),
    FIELD("outline", FIELD_TEXT, F_READ | F_NULLABLE, "Đề mục", "Outline number"),
    FIELD("title", FIELD_TEXT, F_READ | F_NULLABLE, "Nhiệm vụ", "Task",
          .doc = "Of the plan item; work given beside the plan has its own"),
    FIELD("source", FIELD_CHOICE, F_READ, "Nguồn giao", "Source", CHOICES(sources)),
    FIELD("source_id", FIELD_UUID, F_READ | F_NULLABLE, "Mã nội dung giao", "Source id",
          .doc = "What gave it beside the plan: with source meeting the outcome, coordination the "
                 "coordination item, inspection the recommendation, committee the work item"),
    FIELD("given_by_unit_id", FIELD_INT_REF, F_READ | F_NULLABLE, "Mã đơn vị giao",
          "Giving unit id"),
    FIELD("given_by_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị giao", "Giving unit"),
    FIELD("level", FIELD_TEXT, F_READ | F_NULLABLE, "Cấp", "Level"),
    FIELD("line", FIELD_TEXT, F_READ | F_NULLABLE, "Ngành", "Line"),
    FIELD("lead_unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị chủ trì", "Lead unit id"),
    FIELD("lead_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị chủ trì", "Lead unit"),
    FIELD("area_id", FIELD_INT_REF, F_READ | F_NULLABLE, "Mã địa bàn", "Area id"),
    FIELD("area_name", FIELD_TEXT, F_READ | F_NULLABLE, "Địa bàn", "Area"),
    FIELD("occurrence", FIELD_TEXT, F_READ, "Kỳ thực hiện", "Occurrence"),
    FIELD("starts_on", FIELD_DATE, F_READ, "Bắt đầu", "Starts on"),
    FIELD("due_on", FIELD_DATE, F_READ, "Hạn", "Due on"),
    FIELD("original_due_on", FIELD_DATE, F_READ, "Hạn ban đầu", "Original due day",
          .doc = "As first given; never changes"),
    FIELD("status", FIELD_CHOICE, F_READ, "Trạng thái", "Status",
          CHOICES(choices_assignment_status)),
    FIELD("progress", FIELD_INT, F_READ, "Tiến độ (%)", "Progress (%)", .min = 0, .max = 100),
    FIELD("is_overdue", FIELD_BOOL, F_READ, "Quá hạn", "Overdue",
          .doc = "Still to be done and past its due day; charged to the lead alone"),
    FIELD("days_overdue", FIELD_INT, F_READ, "Số ngày quá hạn", "Days overdue"),
    FIELD("reported_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày báo cáo", "Reported on"),
    FIELD("completed_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày hoàn thành", "Completed on"),
    FIELD("moved_to_id", FIELD_UUID, F_READ | F_NULLABLE, "Chuyển sang nhiệm vụ",
          "Moved to assignment", .doc = "Of the unit that took over, where its own has ended"),
    FIELD("my_part", FIELD_CHOICE, F_READ | F_NULLABLE, "Vai trò của đơn vị tôi", "My unit's part",
          CHOICES(parts)),
    FIELD("source_symbol", FIELD_TEXT, F_READ | F_NULLABLE | F_DETAIL, "Văn bản nguồn",
          "Source document"),
    FIELD("source_clause", FIELD_TEXT, F_READ | F_NULLABLE | F_DETAIL, "Điều khoản nguồn",
          "Source clause"),
    FIELD("source_document_id", FIELD_UUID, F_READ | F_NULLABLE | F_DETAIL, "Mã văn bản nguồn",
          "Source document id"),
    FIELD("text", FIELD_TEXT, F_READ | F_NULLABLE | F_DETAIL, "Nội dung", "Text"),
    FIELD("deliverable", FIELD_TEXT, F_READ | F_NULLABLE | F_DETAIL, "Sản phẩm", "Deliverable"),
    FIELD("block_id", FIELD_UUID, F_READ | F_NULLABLE | F_DETAIL, "Khối phân công", "Block"),
    FIELD("confirmed_by", FIELD_UUID, F_READ | F_NULLABLE | F_DETAIL, "Người xác nhận",
          "Confirmed by"),
    FIELD("responsibilities", FIELD_JSON, F_READ | F_DETAIL, "Phân công", "Responsibilities",
          .schema = OBJECTS),
    FIELD("documents", FIELD_JSON, F_READ | F_DETAIL, "Văn bản viện dẫn", "Documents cited",
          .schema = OBJECTS),
    FIELD("parts", FIELD_JSON, F_READ | F_DETAIL, "Đơn vị phối hợp", "Other units' parts",
          .schema = OBJECTS),
    FIELD("progress_entries", FIELD_JSON, F_READ | F_DETAIL, "Nhật ký tiến độ gần nhất",
          "Last progress entries", .schema = OBJECTS),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct choice relations[] = {
    CHOICE("lead", "Đơn vị tôi chủ trì", "My unit leads"),
    CHOICE("coordinating", "Đơn vị tôi phối hợp", "My unit coordinates"),
    CHOICE("advising_office", "Đơn vị tôi tham mưu", "My unit advises"),
};

#define MY_PART(role)                                               \
    "r.id in (select x.assignment_id from app.assignment_part as x" \
    " where x.unit_id = (select private.my_unit()) and x.role = '" role "')"
static const char *const relation_sql[] = {
    "r.lead_unit_id = (select private.my_unit())",
    MY_PART("coordinating"),
    MY_PART("advising_office"),
};

static const struct choice givers[] = {CHOICE("me", "Đơn vị tôi", "My unit")};
static const char *const giver_sql[] = {"r.given_by_unit_id = (select private.my_unit())"};

#define LIKE    "like '%' || private.search_text(?) || '%'"
#define OVERDUE "r.is_pending and r.due_on < (select private.today())"

static const struct filter filters[] = {
    {.name = STR_INIT("status"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.status",
     CHOICES(choices_assignment_status),
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("overdue"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     .sql = OVERDUE,
     .sql_false = "not (" OVERDUE ")",
     .day_sql = "r.is_overdue",
     .day_sql_false = "not r.is_overdue",
     .doc = "Still to be done and past the due day, or not"},
    {.name = STR_INIT("due_before"),
     .kind = FILTER_VALUE,
     .type = FIELD_DATE,
     .sql = "r.due_on < ?",
     .doc = "Due before this day (the day itself not included)"},
    {.name = STR_INIT("due_after"),
     .kind = FILTER_VALUE,
     .type = FIELD_DATE,
     .sql = "r.due_on > ?",
     .doc = "Due after this day (the day itself not included)"},
    {.name = STR_INIT("due_year"),
     .kind = FILTER_VALUE,
     .type = FIELD_INT_REF,
     .sql = "r.due_year = ?::integer",
     .doc = "Due in this year"},
    FILTER_EQUALS("plan", FIELD_UUID, "plan_id", "Of this plan"),
    FILTER_EQUALS("plan_item", FIELD_UUID, "plan_item_id", "Of this plan item"),
    {.name = STR_INIT("level"),
     .kind = FILTER_VALUE,
     .type = FIELD_TEXT,
     .sql = "r.level_id = (select l.id from app.level as l where l.code = ?)",
     .doc = "Code of the level whose units lead"},
    {.name = STR_INIT("line"),
     .kind = FILTER_VALUE,
     .type = FIELD_TEXT,
     .sql = "r.line_id = (select l.id from app.line as l where l.code = ?)",
     .doc = "Code of the lead's line"},
    {.name = STR_INIT("unit"),
     .kind = FILTER_UNIT,
     .type = FIELD_INT_REF,
     .sql = "r.lead_unit_id",
     .replaces_scope = true,
     .doc = "Led by this unit; with subtree=true also by those under it"},
    FILTER_SUBTREE_SWITCH,
    {.name = STR_INIT("relation"),
     .kind = FILTER_RELATION,
     .type = FIELD_CHOICE,
     CHOICES(relations),
     .relations = relation_sql,
     .replaces_scope = true,
     .doc = "What my unit has to do with it. Without: all that is led in my scope"},
    {.name = STR_INIT("part_unit"),
     .kind = FILTER_VALUE,
     .type = FIELD_INT_REF,
     .sql = "r.id in (select x.assignment_id from app.assignment_part as x where x.unit_id = ?)",
     .replaces_scope = true,
     .doc = "Naming this unit beside the lead"},
    {.name = STR_INIT("source"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.source",
     CHOICES(sources),
     .doc = "What gave it; one or more, separated by commas"},
    {.name = STR_INIT("given"),
     .kind = FILTER_RELATION,
     .type = FIELD_CHOICE,
     CHOICES(givers),
     .relations = giver_sql,
     .replaces_scope = true,
     .doc = "Given beside the plan by my unit, wherever its lead stands"},
    {.name = STR_INIT("given_by"),
     .kind = FILTER_VALUE,
     .type = FIELD_UUID,
     .sql = "r.source_id = ?",
     .replaces_scope = true,
     .doc = "Of this outcome, coordination item, recommendation or work item (source_id); with "
            "those that moved to a successor"},
    FILTER_AS_OF_DAY,
    /* The items first: a page walks its index and probes their set, as it could not through an
     * expression of both texts. */
    {.name = STR_INIT("q"),
     .kind = FILTER_SEARCH,
     .type = FIELD_TEXT,
     .sql = "(r.plan_item_id in (select i.id from app.plan_item as i where i.search " LIKE ")"
            " or r.search " LIKE ")",
     .doc = "Free text, of the plan item or given work's own title; case and accents do not "
            "matter"},
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("due_on"), {SORT_KEY("due_on", FIELD_DATE), SORT_KEY("id", FIELD_UUID)}, 2},
    {STR_INIT("outline"),
     {SORT_SQL("coalesce(r.item_position, 1000000)", FIELD_INT), SORT_KEY("due_on", FIELD_DATE),
      SORT_KEY("id", FIELD_UUID)},
     3},
    {STR_INIT("updated_at"),
     {SORT_KEY("updated_at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)},
     2},
};

static const struct choice progress_statuses[] = {
    CHOICE("not_started", "Chưa thực hiện", "Not started"),
    CHOICE("in_progress", "Đang thực hiện", "In progress"),
    CHOICE("reported", "Báo cáo hoàn thành", "Reported as done"),
};

static const struct field progress_fields[] = {
    FIELD("status", FIELD_CHOICE, F_CREATE | F_NULLABLE, "Trạng thái", "Status",
          CHOICES(progress_statuses), .doc = "Without: in_progress"),
    FIELD("progress", FIELD_INT, F_CREATE | F_NULLABLE, "Tiến độ (%)", "Progress (%)", .min = 0,
          .max = 100, .doc = "Without: as before; reported means 100, not_started 0"),
    FIELD("note", FIELD_TEXT, F_CREATE | F_NULLABLE, "Ghi chú", "Note", .max = 4000),
    FIELD("recorded_on", FIELD_DATE, F_CREATE | F_NULLABLE, "Ngày ghi nhận", "Recorded on",
          .doc = "Without: today; never in the future"),
};
static const struct field confirm_fields[] = {
    FIELD("note", FIELD_TEXT, F_CREATE | F_NULLABLE, "Ý kiến", "Note", .max = 4000),
};
static const struct field reopen_fields[] = {
    FIELD("note", FIELD_TEXT, F_CREATE | F_REQUIRED, "Lý do", "Reason", .min = 1, .max = 4000),
};

static const struct command commands[] = {
    COMMAND(
        "assignments", "progress", "api.assignment_progress", "Ghi tiến độ", "Record progress",
        .needs_version = true, COMMAND_FIELDS(progress_fields),
        .doc =
            "By the lead on the whole; by a coordinating or advising unit on its own part, which "
            "leaves the lead's untouched"),
    COMMAND("assignments", "confirm", "api.assignment_confirm", "Xác nhận hoàn thành",
            "Confirm as done", .needs_version = true, COMMAND_FIELDS(confirm_fields)),
    COMMAND("assignments", "reopen", "api.assignment_reopen", "Mở lại", "Reopen",
            .needs_version = true, COMMAND_FIELDS(reopen_fields)),
};

const struct resource resource_assignments = {
    RESOURCE_NAME("assignments"),
    .singular = "assignment",
    .view = "api.assignments",
    .detail_view = "api.assignment_details",
    .day_view = "api.assignments_on",
    .can = CAN_LIST | CAN_GET,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    COMMANDS(commands),
    .has_scope_column = true,
    .title_vi = "Nhiệm vụ được giao",
    .title_en = "Assignments",
    .doc = "What each unit has to do, by when: as issuing a plan gave it, or a meeting, a "
           "coordination plan, an inspection or a committee beside it",
};
