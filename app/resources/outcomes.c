/* Outcomes of meetings, and the units they name. */
#include "resources/registry.h"

static const struct choice kinds[] = {
    CHOICE("assessment", "Đánh giá", "Assessment"),
    CHOICE("decision", "Quyết định", "Decision"),
    CHOICE("task", "Giao nhiệm vụ", "Task"),
};

static const struct choice statuses[] = {
    CHOICE("draft", "Dự thảo", "Draft"),
    CHOICE("in_force", "Có hiệu lực", "In force"),
    CHOICE("open", "Đang thực hiện", "Open"),
    CHOICE("completed", "Đã hoàn thành", "Completed"),
    CHOICE("withdrawn", "Đã rút lại", "Withdrawn"),
};

static const struct field fields[] = {
    FIELD_ID,
    FIELD("meeting_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Mã hội nghị", "Meeting id"),
    FIELD("meeting_title", FIELD_TEXT, F_READ | F_NULLABLE, "Hội nghị", "Meeting"),
    FIELD("meeting_kind", FIELD_CHOICE, F_READ | F_NULLABLE, "Loại hội nghị", "Kind of meeting",
          CHOICES(choices_meeting_kind)),
    FIELD("held_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày tổ chức", "Held on"),
    FIELD("plan_id", FIELD_UUID, F_READ, "Mã kế hoạch", "Plan id"),
    FIELD("plan_number", FIELD_TEXT, F_READ | F_NULLABLE, "Số kế hoạch", "Plan number"),
    FIELD("owner_unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị kết luận", "Concluding unit id"),
    FIELD("owner_unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị kết luận",
          "Concluding unit code"),
    FIELD("owner_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị kết luận", "Concluding unit"),
    FIELD("position", FIELD_INT, F_READ | F_WRITE, "Thứ tự", "Position", .min = 1, .max = 1000,
          .doc = "Without: after the others of the meeting"),
    FIELD("kind", FIELD_CHOICE, F_READ | F_CREATE | F_REQUIRED, "Loại kết luận", "Kind",
          CHOICES(kinds)),
    FIELD("title", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Kết luận", "Title", .min = 1,
          .max = 500),
    FIELD("text", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Nội dung", "Text", .min = 1,
          .max = 8000,
          .doc =
              "On ethnic minorities and religion: what organisations do, and nothing of persons"),
    FIELD("lead_unit_id", FIELD_INT_REF, F_READ | F_WRITE | F_NULLABLE, "Mã đơn vị chủ trì",
          "Lead unit id", .doc = "Of a task alone; needed before the meeting closes"),
    FIELD("lead_unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị chủ trì",
          "Lead unit code"),
    FIELD("lead_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị chủ trì", "Lead unit"),
    FIELD("due_on", FIELD_DATE, F_READ | F_WRITE | F_NULLABLE, "Hạn theo kết luận", "Due on",
          .doc = "As the meeting set it: of a task alone, not before the meeting"),
    FIELD("plan_item_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Mã mục kế hoạch",
          "Plan item id", .doc = "An item of the meeting's plan"),
    FIELD("item_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã nhiệm vụ", "Item code"),
    FIELD("status", FIELD_CHOICE, F_READ, "Trạng thái", "Status", CHOICES(statuses)),
    FIELD("is_open", FIELD_BOOL, F_READ, "Chưa xong", "Is open",
          .doc = "draft or open; no draft of a cancelled meeting"),
    FIELD("given_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày ban hành", "Given on",
          .doc = "The day the meeting closed"),
    FIELD("completed_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày hoàn thành", "Completed on"),
    FIELD("withdrawn_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày rút lại", "Withdrawn on"),
    FIELD("withdraw_reason", FIELD_TEXT, F_READ | F_NULLABLE, "Lý do rút lại",
          "Why it was withdrawn"),
    FIELD("assignment_id", FIELD_UUID, F_READ | F_NULLABLE, "Mã việc được giao", "Assignment id",
          .doc = "The assignment that the task became, for who sees it"),
    FIELD("assignment_status", FIELD_CHOICE, F_READ | F_NULLABLE, "Tình trạng thực hiện",
          "Status of the assignment", CHOICES(choices_assignment_status)),
    FIELD("progress", FIELD_INT, F_READ | F_NULLABLE, "Tiến độ (%)", "Progress (%)"),
    FIELD("present_due_on", FIELD_DATE, F_READ | F_NULLABLE, "Hạn hiện nay", "Due now",
          .doc = "Later than due_on where more time was granted"),
    FIELD("is_overdue", FIELD_BOOL, F_READ, "Quá hạn", "Is overdue"),
    FIELD("days_overdue", FIELD_INT, F_READ, "Số ngày quá hạn", "Days overdue"),
    FIELD("carry_over_count", FIELD_INT, F_READ, "Số lần chuyển tiếp", "Carried over",
          .doc = "On the agenda of how many later meetings it stood"),
    FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),
    FIELD("line", FIELD_TEXT, F_READ, "Ngành", "Line"),
    FIELD("units", FIELD_JSON, F_READ | F_DETAIL, "Đơn vị được nêu", "Units named",
          .schema = "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"id\":"
                    "{\"type\":\"string\",\"format\":\"uuid\"},\"unit_id\":{\"type\":\"integer\"},"
                    "\"unit_code\":{\"type\":[\"string\",\"null\"]},\"unit_name\":{\"type\":["
                    "\"string\",\"null\"]},\"role\":{\"type\":\"string\",\"enum\":["
                    "\"coordinating\",\"addressed\"]}}}}"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule rules[] = {
    RULE("outcome_owner_of_task", "lead_unit_id", "not_a_task"),
    RULE("outcome_task_told", "lead_unit_id", "required"),
};

static const struct choice me[] = {CHOICE("me", "Đơn vị tôi", "My unit")};
static const char *const lead_sql[] = {"r.lead_unit_id = (select private.my_unit())"};
static const char *const owner_sql[] = {"r.owner_unit_id = (select private.my_unit())"};
static const char *const named_sql[] = {
    "r.id in (select u.outcome_id from app.outcome_unit as u where u.unit_id = (select "
    "private.my_unit()))"};

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS("That held on this day"),
    {.name = STR_INIT("status"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.status",
     CHOICES(statuses),
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("kind"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.kind",
     CHOICES(kinds),
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("open"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     .sql = "r.is_open",
     .sql_false = "not r.is_open",
     .doc = "Still to be done, drafts included"},
    {.name = STR_INIT("overdue"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     /* is true: looked up as the list is walked, else the planner would sort what is late */
     .sql = "r.status = 'open' and (r.id in (select private.overdue_outcomes())) is true",
     .sql_false = "not (r.status = 'open' and r.id in (select private.overdue_outcomes()))",
     .day_sql = "r.is_overdue",
     .day_sql_false = "not r.is_overdue",
     .doc = "Past its present due day, and not reported done"},
    {.name = STR_INIT("carried"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     .sql = "r.carry_over_count > 0",
     .sql_false = "r.carry_over_count = 0",
     .doc = "Stood on the agenda of a later meeting"},
    {.name = STR_INIT("meeting"),
     .kind = FILTER_VALUE,
     .type = FIELD_UUID,
     .sql = "r.meeting_id = ?",
     .replaces_scope = true,
     .doc = "Of this meeting"},
    FILTER_EQUALS("plan", FIELD_UUID, "plan_id", "Of meetings under this plan"),
    FILTER_EQUALS("plan_item", FIELD_UUID, "plan_item_id", "On this item of a plan"),
    FILTER_IN_YEAR("held_on", "Of meetings held in this year"),
    {.name = STR_INIT("unit"),
     .kind = FILTER_UNIT,
     .type = FIELD_INT_REF,
     .sql = "r.owner_unit_id",
     .replaces_scope = true,
     .doc = "Of meetings that this unit held; with subtree=true also those under it"},
    FILTER_SUBTREE_SWITCH,
    {.name = STR_INIT("lead_unit"),
     .kind = FILTER_VALUE,
     .type = FIELD_INT_REF,
     .sql = "r.lead_unit_id = ?",
     .replaces_scope = true,
     .doc = "Given to this unit as the lead"},
    {.name = STR_INIT("named_unit"),
     .kind = FILTER_VALUE,
     .type = FIELD_INT_REF,
     .sql = "r.id in (select u.outcome_id from app.outcome_unit as u where u.unit_id = ?)",
     .replaces_scope = true,
     .doc = "That names this unit beside the lead"},
    {.name = STR_INIT("lead"),
     .kind = FILTER_RELATION,
     .type = FIELD_CHOICE,
     CHOICES(me),
     .relations = lead_sql,
     .replaces_scope = true,
     .doc = "me: given to my unit as the lead"},
    {.name = STR_INIT("named"),
     .kind = FILTER_RELATION,
     .type = FIELD_CHOICE,
     CHOICES(me),
     .relations = named_sql,
     .replaces_scope = true,
     .doc = "me: names my unit beside the lead"},
    {.name = STR_INIT("owner"),
     .kind = FILTER_RELATION,
     .type = FIELD_CHOICE,
     CHOICES(me),
     .relations = owner_sql,
     .replaces_scope = true,
     .doc = "me: of meetings that my unit held"},
    FILTER_TEXT_SEARCH,
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("due_on"),
     {SORT_SQL("coalesce(r.due_on, date '9999-12-31')", FIELD_DATE), SORT_KEY("id", FIELD_UUID)},
     2},
    {STR_INIT("position"),
     {SORT_KEY("meeting_id", FIELD_UUID), SORT_KEY("position", FIELD_INT),
      SORT_KEY("id", FIELD_UUID)},
     3},
    {STR_INIT("carry_over_count"),
     {SORT_KEY("carry_over_count", FIELD_INT), SORT_KEY("id", FIELD_UUID)},
     2},
    {STR_INIT("updated_at"),
     {SORT_KEY("updated_at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)},
     2},
};

static const struct field complete_fields[] = {
    FIELD("note", FIELD_TEXT, F_CREATE | F_NULLABLE, "Căn cứ", "Note", .min = 1, .max = 4000,
          .doc = "Needed where the lead has not reported it done"),
};
static const struct field reason_fields[] = {
    FIELD("reason", FIELD_TEXT, F_CREATE | F_REQUIRED, "Lý do", "Reason", .min = 1, .max = 1000),
};

static const struct command commands[] = {
    COMMAND("outcomes", "complete", "api.outcome_complete", "Công nhận hoàn thành", "Complete",
            .needs_version = true, COMMAND_FIELDS(complete_fields),
            .doc = "A leader of the concluding unit judges the task done: its assignment too"),
    COMMAND("outcomes", "reopen", "api.outcome_reopen", "Mở lại", "Reopen", .needs_version = true,
            COMMAND_FIELDS(reason_fields),
            .doc = "What was reported or completed is to be done still: its assignment too"),
    COMMAND("outcomes", "withdraw", "api.outcome_withdraw", "Rút lại", "Withdraw",
            .needs_version = true, COMMAND_FIELDS(reason_fields),
            .doc = "No longer holds; the work it gave is taken back, and the units learn of it"),
};

const struct resource resource_outcomes = {
    RESOURCE_NAME("outcomes"),
    .singular = "outcome",
    .view = "api.outcomes",
    .detail_view = "api.outcome_details",
    .day_view = "api.outcomes_on",
    .day_detail_view = "api.outcome_details_on",
    .table = "app.outcome",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    RULES(rules),
    COMMANDS(commands),
    .has_scope_column = true,
    .title_vi = "Kết luận hội nghị",
    .title_en = "Outcomes",
    .doc = "Written while the meeting is open; once it closed seen in the scope of the unit that "
           "held it, by who was invited and by the units an outcome names",
};

/* ---- units named ---- */

static const struct choice roles[] = {
    CHOICE("coordinating", "Phối hợp", "Coordinating"),
    CHOICE("addressed", "Được yêu cầu thực hiện", "Addressed"),
};

static const struct field unit_fields[] = {
    FIELD_ID,
    FIELD("outcome_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Mã kết luận", "Outcome id"),
    FIELD("meeting_id", FIELD_UUID, F_READ, "Mã hội nghị", "Meeting id"),
    FIELD("outcome_kind", FIELD_CHOICE, F_READ, "Loại kết luận", "Kind of outcome", CHOICES(kinds)),
    FIELD("outcome_title", FIELD_TEXT, F_READ, "Kết luận", "Outcome"),
    FIELD("unit_id", FIELD_INT_REF, F_READ | F_CREATE | F_REQUIRED, "Mã đơn vị", "Unit id"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị", "Unit code"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("role", FIELD_CHOICE, F_READ, "Vai trò", "Role", CHOICES(roles),
          .doc = "Takes part in a task; an assessment or decision is addressed to it"),
    FIELD_CREATED_AT,
    FIELD_ACTIONS,
};

static const struct filter unit_filters[] = {
    FILTER_AS_OF_ROWS("Of outcomes that held on this day"),
    FILTER_EQUALS("outcome", FIELD_UUID, "outcome_id", "Named by this outcome"),
    FILTER_EQUALS("meeting", FIELD_UUID, "meeting_id", "Named by outcomes of this meeting"),
    FILTER_EQUALS("unit", FIELD_INT_REF, "unit_id", "This unit"),
    {.name = STR_INIT("role"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.role",
     CHOICES(roles),
     .doc = "coordinating or addressed"},
};

static const struct sort unit_sorts[] = {
    {STR_INIT("created_at"),
     {SORT_KEY("created_at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)},
     2},
};

const struct resource resource_outcome_units = {
    RESOURCE_NAME("outcome-units"),
    .singular = "outcome_unit",
    .view = "api.outcome_units",
    .day_view = "api.outcome_units_on",
    .table = "app.outcome_unit",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_DELETE | CAN_BULK,
    FIELDS(unit_fields),
    FILTERS(unit_filters),
    SORTS(unit_sorts),
    .title_vi = "Đơn vị được nêu trong kết luận",
    .title_en = "Units that outcomes name",
};
