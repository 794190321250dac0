/* Reporting periods of a plan, their due days per level, what happened to them, and exceptions. */
#include "resources/registry.h"

#define OBJECTS "{\"type\":\"array\",\"items\":{\"type\":\"object\"}}"
#define COUNTS  "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}"

static const struct choice states[] = {
    CHOICE("planned", "Chưa mở", "Planned"),
    CHOICE("open", "Đang mở", "Open"),
    CHOICE("expired", "Đã hết hạn", "Expired"),
    CHOICE("locked", "Đã khóa", "Locked"),
};

static const struct field fields[] = {
    FIELD_ID,
    FIELD("plan_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Kế hoạch", "Plan"),
    FIELD("plan_number", FIELD_TEXT, F_READ | F_NULLABLE, "Số kế hoạch", "Plan number"),
    FIELD("kind", FIELD_TEXT, F_READ | F_CREATE | F_REQUIRED, "Loại kỳ", "Kind", .min = 1,
          .max = 30,
          .doc = "month, quarter, six_months, nine_months, year: days of the calendar, usually "
                 "generated; phase: any days"),
    FIELD("kind_name", FIELD_TEXT, F_READ | F_NULLABLE, "Tên loại kỳ", "Name of the kind"),
    FIELD("label", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Kỳ báo cáo", "Period", .min = 1,
          .max = 80),
    FIELD("year", FIELD_INT, F_READ, "Năm", "Year", .doc = "Of its last day"),
    FIELD("starts_on", FIELD_DATE, F_READ | F_CREATE | F_REQUIRED, "Từ ngày", "From"),
    FIELD("ends_on", FIELD_DATE, F_READ | F_CREATE | F_REQUIRED, "Đến ngày", "To"),
    FIELD("opens_on", FIELD_DATE, F_READ | F_WRITE, "Mở từ ngày", "Opens on",
          .doc = "Without: as the rule of its kind says. Until it has opened, changed by hand"),
    FIELD("expires_on", FIELD_DATE, F_READ, "Hạn cuối", "Expires on",
          .doc = "The last due day of all levels (see period-dues)"),
    FIELD("locks_on", FIELD_DATE, F_READ | F_WRITE, "Khóa sau ngày", "Locks on",
          .doc = "The last day on which a report may still be written. Without: as the rule says"),
    FIELD("opened_at", FIELD_TIMESTAMP, F_READ | F_NULLABLE, "Mở sớm lúc", "Opened early at"),
    FIELD("locked_at", FIELD_TIMESTAMP, F_READ | F_NULLABLE, "Khóa sớm lúc", "Locked early at"),
    FIELD("state", FIELD_CHOICE, F_READ, "Tình trạng", "State", CHOICES(states),
          .doc = "Today. Each change has its cause in period-events"),
    FIELD("dues", FIELD_JSON, F_READ | F_DETAIL, "Hạn từng cấp", "Due days per level",
          .schema = OBJECTS),
    FIELD("report_counts", FIELD_JSON, F_READ | F_DETAIL, "Số báo cáo theo trạng thái",
          "Reports by status", .schema = COUNTS, .doc = "Of the reports that the caller sees"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule rules[] = {
    RULE("period_dates", "ends_on", "wrong_order"),
    RULE("period_order", "locks_on", "wrong_order"),
};

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS("In their phase of this day"),
    FILTER_EQUALS("plan", FIELD_UUID, "plan_id", "Of this plan"),
    FILTER_EQUALS("kind", FIELD_TEXT, "kind", "Of this kind"),
    {.name = STR_INIT("year"),
     .kind = FILTER_VALUE,
     .type = FIELD_INT_REF,
     .sql = "r.year = ?::integer",
     .doc = "Ending in this year"},
    {.name = STR_INIT("state"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.state",
     CHOICES(states),
     .doc = "One or more, separated by commas"},
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("expires_on"), {SORT_KEY("expires_on", FIELD_DATE), SORT_KEY("id", FIELD_UUID)}, 2},
    {STR_INIT("ends_on"), {SORT_KEY("ends_on", FIELD_DATE), SORT_KEY("id", FIELD_UUID)}, 2},
};

static const struct field reason_fields[] = {
    FIELD("reason", FIELD_TEXT, F_CREATE | F_REQUIRED, "Lý do", "Reason", .min = 1, .max = 1000),
};
static const struct field unlock_fields[] = {
    FIELD("reason", FIELD_TEXT, F_CREATE | F_REQUIRED, "Lý do", "Reason", .min = 1, .max = 1000),
    FIELD("locks_on", FIELD_DATE, F_CREATE | F_REQUIRED, "Khóa lại sau ngày", "Locks again on"),
};

static const struct command commands[] = {
    COMMAND("periods", "open", "api.period_open", "Mở kỳ báo cáo", "Open", .needs_version = true,
            COMMAND_FIELDS(reason_fields), .doc = "planned → open, before its day"),
    COMMAND("periods", "lock", "api.period_lock", "Khóa kỳ báo cáo", "Lock", .needs_version = true,
            COMMAND_FIELDS(reason_fields), .doc = "planned, open or expired → locked"),
    COMMAND("periods", "unlock", "api.period_unlock", "Mở khóa kỳ báo cáo", "Unlock",
            .needs_version = true, COMMAND_FIELDS(unlock_fields),
            .doc = "locked → as the calendar says, until a new last day"),
};

const struct resource resource_periods = {
    RESOURCE_NAME("periods"),
    .singular = "period",
    .view = "api.periods",
    .day_view = "api.periods_on",
    .detail_view = "api.period_details",
    .table = "app.period",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    RULES(rules),
    COMMANDS(commands),
    .title_vi = "Kỳ báo cáo",
    .title_en = "Reporting periods",
    .doc = "Generated by POST /plans/{id}/generate-periods, or made by hand (phases)",
};

/* ---- due days ---- */

static const struct field due_fields[] = {
    FIELD_ID,
    FIELD("period_id", FIELD_UUID, F_READ, "Kỳ báo cáo", "Period"),
    FIELD("plan_id", FIELD_UUID, F_READ, "Kế hoạch", "Plan"),
    FIELD("period_label", FIELD_TEXT, F_READ, "Tên kỳ báo cáo", "Period label"),
    FIELD("level_id", FIELD_INT_REF, F_READ, "Mã cấp", "Level id"),
    FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),
    FIELD("level_name", FIELD_TEXT, F_READ, "Tên cấp", "Level name"),
    FIELD("due_on", FIELD_DATE, F_READ, "Hạn nộp", "Due on"),
    FIELD("original_due_on", FIELD_DATE, F_READ, "Hạn ban đầu", "Original due day",
          .doc = "As first set; never changes"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct filter due_filters[] = {
    FILTER_AS_OF_ROWS("As far as set or done by the end of this day"),
    {.name = STR_INIT("period"),
     .kind = FILTER_VALUE,
     .type = FIELD_UUID,
     .sql = "r.period_id = ?",
     .is_required = true,
     .doc = "Of this period"},
};

static const struct sort due_sorts[] = {
    {STR_INIT("level"), {SORT_KEY("level_id", FIELD_INT), SORT_KEY("id", FIELD_UUID)}, 2},
};

static const struct field move_fields[] = {
    FIELD("due_on", FIELD_DATE, F_CREATE | F_REQUIRED, "Hạn mới", "New due day"),
    FIELD("reason", FIELD_TEXT, F_CREATE | F_REQUIRED, "Lý do", "Reason", .min = 1, .max = 1000),
};

static const struct command due_commands[] = {
    COMMAND("period-dues", "move", "api.period_due_move", "Dời hạn nộp", "Move the due day",
            .needs_version = true, COMMAND_FIELDS(move_fields),
            .doc = "Reports still owed at this level follow; an exception's later day stands"),
};

const struct resource resource_period_dues = {
    RESOURCE_NAME("period-dues"),
    .singular = "period_due",
    .view = "api.period_dues",
    .day_view = "api.period_dues_on",
    .can = CAN_LIST | CAN_GET,
    FIELDS(due_fields),
    FILTERS(due_filters),
    SORTS(due_sorts),
    COMMANDS(due_commands),
    .title_vi = "Hạn nộp báo cáo từng cấp",
    .title_en = "Due days per level",
};

/* ---- events ---- */

static const struct choice events[] = {
    CHOICE("opened", "Mở", "Opened"),
    CHOICE("expired", "Hết hạn", "Expired"),
    CHOICE("locked", "Khóa", "Locked"),
    CHOICE("unlocked", "Mở khóa", "Unlocked"),
    CHOICE("due_changed", "Dời hạn", "Due day moved"),
};

static const struct choice causes[] = {
    CHOICE("schedule", "Theo lịch", "By the calendar"),
    CHOICE("decision", "Theo quyết định", "By decision"),
};

static const struct field event_fields[] = {
    FIELD_ID,
    FIELD("period_id", FIELD_UUID, F_READ, "Kỳ báo cáo", "Period"),
    FIELD("event", FIELD_CHOICE, F_READ, "Sự kiện", "Event", CHOICES(events)),
    FIELD("cause", FIELD_CHOICE, F_READ, "Nguyên nhân", "Cause", CHOICES(causes)),
    FIELD("reason", FIELD_TEXT, F_READ | F_NULLABLE, "Lý do", "Reason"),
    FIELD("by_user_id", FIELD_UUID, F_READ | F_NULLABLE, "Người quyết định", "Decided by"),
    FIELD("by_unit_id", FIELD_INT_REF, F_READ | F_NULLABLE, "Mã đơn vị quyết định",
          "Deciding unit id"),
    FIELD("by_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị quyết định", "Deciding unit"),
    FIELD_CREATED_AT,
};

static const struct sort event_sorts[] = {
    {STR_INIT("created_at"),
     {SORT_KEY("created_at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)},
     2},
};

const struct resource resource_period_events = {
    RESOURCE_NAME("period-events"),
    .singular = "period_event",
    .view = "api.period_events",
    .day_view = "api.period_events_on",
    .can = CAN_LIST | CAN_GET,
    FIELDS(event_fields),
    FILTERS(due_filters),
    SORTS(event_sorts),
    .title_vi = "Diễn biến kỳ báo cáo",
    .title_en = "What happened to a period",
};
