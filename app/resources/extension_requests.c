/* More time for an assignment: asked by its lead unit, decided by the unit above. */
#include "resources/registry.h"

static const struct choice statuses[] = {
    CHOICE("pending", "Chờ quyết định", "Pending"),
    CHOICE("granted", "Đã đồng ý", "Granted"),
    CHOICE("refused", "Không đồng ý", "Refused"),
    CHOICE("withdrawn", "Đã rút", "Withdrawn"),
};

static const struct field fields[] = {
    FIELD_ID,
    FIELD("assignment_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Nhiệm vụ được giao",
          "Assignment"),
    FIELD("plan_id", FIELD_UUID, F_READ | F_NULLABLE, "Kế hoạch", "Plan"),
    FIELD("item_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã nhiệm vụ", "Item code"),
    FIELD("title", FIELD_TEXT, F_READ | F_NULLABLE, "Nhiệm vụ", "Task"),
    FIELD("occurrence", FIELD_TEXT, F_READ | F_NULLABLE, "Kỳ thực hiện", "Occurrence"),
    FIELD("unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị đề nghị", "Asking unit id"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị đề nghị", "Asking unit"),
    FIELD("superior_unit_id", FIELD_INT_REF, F_READ | F_NULLABLE, "Mã đơn vị quyết định",
          "Deciding unit id", .doc = "Null: nobody stands above, the unit's own leader decides"),
    FIELD("superior_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị quyết định",
          "Deciding unit"),
    FIELD("due_on", FIELD_DATE, F_READ, "Hạn khi đề nghị", "Due day when asked"),
    FIELD("original_due_on", FIELD_DATE, F_READ | F_NULLABLE, "Hạn ban đầu", "Original due day"),
    FIELD("asked_due_on", FIELD_DATE, F_READ | F_CREATE | F_REQUIRED, "Hạn đề nghị",
          "Due day asked for"),
    FIELD("reason", FIELD_TEXT, F_READ | F_CREATE | F_REQUIRED, "Lý do", "Reason", .min = 1,
          .max = 2000),
    FIELD("status", FIELD_CHOICE, F_READ, "Trạng thái", "Status", CHOICES(statuses)),
    FIELD("granted_due_on", FIELD_DATE, F_READ | F_NULLABLE, "Hạn được gia hạn", "Due day granted"),
    FIELD("decision_note", FIELD_TEXT, F_READ | F_NULLABLE, "Ý kiến", "Note"),
    FIELD("asked_by", FIELD_UUID, F_READ, "Người đề nghị", "Asked by"),
    FIELD("decided_by", FIELD_UUID, F_READ | F_NULLABLE, "Người quyết định", "Decided by"),
    FIELD("decided_at", FIELD_TIMESTAMP, F_READ | F_NULLABLE, "Quyết định lúc", "Decided at"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule rules[] = {
    RULE("extension_request_later", "asked_due_on", "not_later"),
};

static const struct choice deciders[] = {
    CHOICE("me", "Đơn vị tôi", "My unit"),
};
static const char *const decider_sql[] = {
    "(r.superior_unit_id = (select private.my_unit())"
    " or (r.superior_unit_id is null and r.unit_id = (select private.my_unit())))",
};

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS("Asked by this day, and as far as decided by then"),
    {.name = STR_INIT("status"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.status",
     CHOICES(statuses),
     .doc = "One or more, separated by commas"},
    FILTER_EQUALS("assignment", FIELD_UUID, "assignment_id", "For this assignment"),
    FILTER_EQUALS("plan", FIELD_UUID, "plan_id", "Under this plan"),
    {.name = STR_INIT("unit"),
     .kind = FILTER_UNIT,
     .type = FIELD_INT_REF,
     .sql = "r.unit_id",
     .replaces_scope = true,
     .doc = "Asked by this unit; with subtree=true also by those under it"},
    FILTER_SUBTREE_SWITCH,
    {.name = STR_INIT("superior"),
     .kind = FILTER_RELATION,
     .type = FIELD_CHOICE,
     CHOICES(deciders),
     .relations = decider_sql,
     .replaces_scope = true,
     .doc = "me: those my unit decides on; with status=pending what waits for my decision"},
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("created_at"),
     {SORT_KEY("created_at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)},
     2},
};

static const struct field grant_fields[] = {
    FIELD("granted_due_on", FIELD_DATE, F_CREATE | F_NULLABLE, "Hạn mới", "New due day",
          .doc = "Without: the day asked for"),
    FIELD("note", FIELD_TEXT, F_CREATE | F_NULLABLE, "Ý kiến", "Note", .max = 2000),
};
static const struct field refuse_fields[] = {
    FIELD("note", FIELD_TEXT, F_CREATE | F_REQUIRED, "Lý do", "Reason", .min = 1, .max = 2000),
};

static const struct command commands[] = {
    COMMAND("extension-requests", "grant", "api.extension_request_grant", "Đồng ý gia hạn", "Grant",
            .needs_version = true, COMMAND_FIELDS(grant_fields),
            .doc = "Moves the assignment's due_on; its original_due_on stays"),
    COMMAND("extension-requests", "refuse", "api.extension_request_refuse", "Không đồng ý",
            "Refuse", .needs_version = true, COMMAND_FIELDS(refuse_fields)),
    COMMAND("extension-requests", "withdraw", "api.extension_request_withdraw", "Rút đề nghị",
            "Withdraw", .needs_version = true),
};

const struct resource resource_extension_requests = {
    RESOURCE_NAME("extension-requests"),
    .singular = "extension_request",
    .view = "api.extension_requests",
    .day_view = "api.extension_requests_on",
    .day_detail_view = "api.extension_requests_on",
    .table = "app.extension_request",
    .can = CAN_LIST | CAN_GET | CAN_CREATE,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .sorts_down = true,
    RULES(rules),
    COMMANDS(commands),
    .has_scope_column = true,
    .title_vi = "Đề nghị gia hạn",
    .title_en = "Extension requests",
};
