/* When which level holds its review meetings, and the series a unit holds by that rule. */
#include "resources/registry.h"

static const struct choice kinds[] = {
    CHOICE("six_months", "Giao ban 6 tháng", "Six months"),
    CHOICE("nine_months", "Giao ban 9 tháng", "Nine months"),
    CHOICE("year_end", "Tổng kết năm", "Year end"),
};

static const struct field rule_fields[] = {
    FIELD("kind", FIELD_CHOICE, F_READ, "Loại hội nghị", "Kind", CHOICES(kinds)),
    FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),
    FIELD("period_kind", FIELD_TEXT, F_READ, "Loại kỳ báo cáo", "Kind of period"),
    FIELD("held_offset_days", FIELD_INT, F_READ, "Số ngày sau ngày cuối kỳ",
          "Days after the period",
          .doc = "Counted from the last day of the period; below 0: before"),
    FIELD("title_pattern", FIELD_TEXT, F_READ, "Mẫu tên hội nghị", "Pattern of the title",
          .doc = "{year} and {unit} are filled in"),
};

static const struct sort rule_sorts[] = {
    {STR_INIT("kind"), {SORT_KEY("kind", FIELD_TEXT), SORT_KEY("level", FIELD_TEXT)}, 2},
};

const struct resource resource_meeting_rules = {
    RESOURCE_NAME("meeting-rules"),
    .singular = "meeting_rule",
    .view = "api.meeting_rules",
    .can = CAN_LIST,
    FIELDS(rule_fields),
    SORTS(rule_sorts),
    .title_vi = "Lịch hội nghị định kỳ",
    .title_en = "Meeting rules",
};

/* ---- series ---- */

static const struct choice statuses[] = {
    CHOICE("open", "Đang duy trì", "Open"),
    CHOICE("ended", "Đã kết thúc", "Ended"),
};

static const struct field fields[] = {
    FIELD_ID,
    FIELD("plan_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Kế hoạch", "Plan"),
    FIELD("plan_number", FIELD_TEXT, F_READ | F_NULLABLE, "Số kế hoạch", "Plan number"),
    FIELD("plan_item_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Nhiệm vụ", "Plan item"),
    FIELD("item_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã nhiệm vụ", "Item code"),
    FIELD("kind", FIELD_CHOICE, F_READ | F_CREATE | F_REQUIRED, "Loại hội nghị", "Kind",
          CHOICES(kinds)),
    FIELD("held_offset_days", FIELD_INT, F_READ | F_WRITE | F_NULLABLE,
          "Số ngày sau ngày cuối kỳ (riêng)", "Days after the period, its own", .min = -90,
          .max = 180, .doc = "Null: as the rule of the level says"),
    FIELD("offset_days", FIELD_INT, F_READ | F_NULLABLE, "Số ngày sau ngày cuối kỳ",
          "Days after the period", .doc = "That hold: its own, or the rule's"),
    FIELD("place", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Địa điểm", "Place", .min = 1,
          .max = 300),
    FIELD("chair", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Chủ trì", "Chair", .min = 1,
          .max = 200, .doc = "The post of whoever chairs, not a name"),
    FIELD("ended_on", FIELD_DATE, F_READ | F_WRITE | F_NULLABLE, "Kết thúc ngày", "Ended on",
          .doc = "No meeting is made of it any more"),
    FIELD("status", FIELD_CHOICE, F_READ, "Trạng thái", "Status", CHOICES(statuses)),
    FIELD("owner_unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị", "Unit id"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị", "Unit code"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị tổ chức", "Unit"),
    FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),
    FIELD("line", FIELD_TEXT, F_READ, "Ngành", "Line"),
    FIELD("meeting_count", FIELD_INT, F_READ, "Số hội nghị đã lập", "Meetings made of it"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct choice owners[] = {CHOICE("me", "Đơn vị tôi", "My unit")};
static const char *const owner_sql[] = {"r.owner_unit_id = (select private.my_unit())"};

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS("That there were on this day"),
    FILTER_EQUALS("plan", FIELD_UUID, "plan_id", "Under this plan"),
    {.name = STR_INIT("kind"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.kind",
     CHOICES(kinds),
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("status"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.status",
     CHOICES(statuses),
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("unit"),
     .kind = FILTER_UNIT,
     .type = FIELD_INT_REF,
     .sql = "r.owner_unit_id",
     .replaces_scope = true,
     .doc = "Of this unit; with subtree=true also of those under it"},
    FILTER_SUBTREE_SWITCH,
    {.name = STR_INIT("owner"),
     .kind = FILTER_RELATION,
     .type = FIELD_CHOICE,
     CHOICES(owners),
     .relations = owner_sql,
     .replaces_scope = true,
     .doc = "me: of my unit"},
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("created_at"),
     {SORT_KEY("created_at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)},
     2},
    {STR_INIT("updated_at"),
     {SORT_KEY("updated_at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)},
     2},
};

static const struct command commands[] = {
    COMMAND("meeting-series", "generate", "api.meeting_series_generate", "Lập các hội nghị",
            "Generate meetings", .needs_version = true, .answers_json = true,
            .doc = "A planned meeting for each period of the plan that is not past and has none, "
                   "with agenda and invitations; may be repeated. Answers how many were made"),
};

const struct resource resource_meeting_series = {
    RESOURCE_NAME("meeting-series"),
    .singular = "meeting_series",
    .view = "api.meeting_series",
    .day_view = "api.meeting_series_on",
    .table = "app.meeting_series",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE,
    .has_scope_column = true,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    COMMANDS(commands),
    .title_vi = "Loạt hội nghị định kỳ",
    .title_en = "Meeting series",
    .doc = "One open series a unit, plan and kind",
};

/* ---- whom it invites ---- */

static const struct field invitee_fields[] = {
    FIELD_ID,
    FIELD("series_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Loạt hội nghị", "Series"),
    FIELD("unit_id", FIELD_INT_REF, F_READ | F_CREATE | F_NULLABLE, "Mã đơn vị", "Unit id",
          .doc = "One of unit_id, unit_kind and line_id is given"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị", "Unit code"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("unit_kind", FIELD_TEXT, F_READ | F_CREATE | F_NULLABLE, "Loại đơn vị (mã)",
          "Kind of units", .doc = "All that stand in the scope of whoever holds the series"),
    FIELD("unit_kind_name", FIELD_TEXT, F_READ | F_NULLABLE, "Loại đơn vị", "Name of the kind"),
    FIELD("line_id", FIELD_INT_REF, F_READ | F_CREATE | F_NULLABLE, "Mã ngành", "Line id"),
    FIELD("line", FIELD_TEXT, F_READ | F_NULLABLE, "Ngành", "Line"),
    FIELD("level_id", FIELD_INT_REF, F_READ | F_CREATE | F_NULLABLE, "Mã cấp", "Level id",
          .doc = "With unit_kind or line_id: of this level alone"),
    FIELD("level", FIELD_TEXT, F_READ | F_NULLABLE, "Cấp", "Level"),
    FIELD_CREATED_AT,
    FIELD_ACTIONS,
};

static const struct filter invitee_filters[] = {
    FILTER_EQUALS("series", FIELD_UUID, "series_id", "Of this series"),
};

static const struct sort invitee_sorts[] = {
    {STR_INIT("created_at"),
     {SORT_KEY("created_at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)},
     2},
};

static const struct rule invitee_rules[] = {
    RULE("meeting_series_invitee_one", "unit_id", "just_one"),
    RULE("meeting_series_invitee_level", "level_id", "just_one"),
};

const struct resource resource_meeting_series_invitees = {
    RESOURCE_NAME("meeting-series-invitees"),
    .singular = "meeting_series_invitee",
    .view = "api.meeting_series_invitees",
    .table = "app.meeting_series_invitee",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_DELETE | CAN_BULK,
    FIELDS(invitee_fields),
    FILTERS(invitee_filters),
    SORTS(invitee_sorts),
    RULES(invitee_rules),
    .title_vi = "Thành phần mời của loạt hội nghị",
    .title_en = "Whom a series invites",
};

/* ---- its agenda ---- */

static const struct field agenda_fields[] = {
    FIELD_ID,
    FIELD("series_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Loạt hội nghị", "Series"),
    FIELD("position", FIELD_INT, F_READ | F_WRITE | F_REQUIRED, "Thứ tự", "Position", .min = 1,
          .max = 1000),
    FIELD("title", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Nội dung", "Title", .min = 1,
          .max = 500),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct filter agenda_filters[] = {
    FILTER_EQUALS("series", FIELD_UUID, "series_id", "Of this series"),
    FILTER_UPDATED_SINCE,
};

static const struct sort agenda_sorts[] = {
    {STR_INIT("position"), {SORT_KEY("position", FIELD_INT), SORT_KEY("id", FIELD_UUID)}, 2},
};

const struct resource resource_meeting_series_agenda_items = {
    RESOURCE_NAME("meeting-series-agenda-items"),
    .singular = "meeting_series_agenda_item",
    .view = "api.meeting_series_agenda_items",
    .table = "app.meeting_series_agenda_item",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(agenda_fields),
    FILTERS(agenda_filters),
    SORTS(agenda_sorts),
    .title_vi = "Chương trình thường kỳ",
    .title_en = "Standing agenda",
};
