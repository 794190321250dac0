/* Meetings: planned, convened, open, closed. */
#include "resources/registry.h"

const struct choice choices_meeting_kind[5] = {
    CHOICE("six_months", "Giao ban 6 tháng", "Six months"),
    CHOICE("nine_months", "Giao ban 9 tháng", "Nine months"),
    CHOICE("year_end", "Tổng kết năm", "Year end"),
    CHOICE("thematic", "Chuyên đề", "Thematic"),
    CHOICE("committee_session", "Phiên họp ban chỉ đạo", "Session of a committee"),
};

const struct choice choices_meeting_status[4] = {
    CHOICE("planned", "Dự kiến", "Planned"),
    CHOICE("open", "Đang họp", "Open"),
    CHOICE("closed", "Đã kết thúc", "Closed"),
    CHOICE("cancelled", "Đã hủy", "Cancelled"),
};

#define AGENDA                                                                                 \
    "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"id\":{\"type\":"     \
    "\"string\",\"format\":\"uuid\"},\"position\":{\"type\":\"integer\"},\"title\":{\"type\":" \
    "\"string\"},\"presenter_unit_id\":{\"type\":[\"integer\",\"null\"]},"                     \
    "\"presenter_unit_name\":{\"type\":[\"string\",\"null\"]},\"outcome_id\":{"                \
    "\"type\":[\"string\",\"null\"]},\"carry_over_count\":{\"type\":[\"integer\",\"null\"]},"  \
    "\"note\":{\"type\":[\"string\",\"null\"]}}}}"
#define COUNTS                                                                            \
    "{\"type\":\"object\",\"properties\":{\"invited\":{\"type\":\"integer\"},"            \
    "\"accepted\":{\"type\":\"integer\"},\"declined\":{\"type\":\"integer\"},\"present\"" \
    ":{\"type\":\"integer\"},\"absent\":{\"type\":\"integer\"},\"none\":{\"type\":"       \
    "\"integer\"},\"uninvited\":{\"type\":\"integer\"},\"attendees\":{\"type\":"          \
    "\"integer\"}}}"
#define ERRATA                                                                                 \
    "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"id\":{\"type\":"     \
    "\"string\",\"format\":\"uuid\"},\"outcome_id\":{\"type\":[\"string\",\"null\"]},\"text\"" \
    ":{\"type\":\"string\"},\"added_on\":{\"type\":\"string\",\"format\":\"date\"}}}}"

static const struct field fields[] = {
    FIELD_ID,
    FIELD("plan_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Kế hoạch", "Plan"),
    FIELD("plan_number", FIELD_TEXT, F_READ | F_NULLABLE, "Số kế hoạch", "Plan number"),
    FIELD("plan_item_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Nhiệm vụ", "Plan item"),
    FIELD("item_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã nhiệm vụ", "Item code"),
    FIELD("period_id", FIELD_UUID, F_READ | F_CREATE | F_NULLABLE, "Kỳ (mã)", "Period",
          .doc = "Required of six_months, nine_months and year_end"),
    FIELD("period_label", FIELD_TEXT, F_READ | F_NULLABLE, "Kỳ", "Period label"),
    FIELD("series_id", FIELD_UUID, F_READ | F_NULLABLE, "Loạt hội nghị", "Series"),
    FIELD("committee_id", FIELD_UUID, F_READ | F_CREATE | F_NULLABLE, "Ban chỉ đạo", "Committee",
          .doc = "Of a session of a committee, and only then"),
    FIELD("previous_meeting_id", FIELD_UUID, F_READ | F_NULLABLE, "Hội nghị trước",
          "Meeting before"),
    FIELD("kind", FIELD_CHOICE, F_READ | F_CREATE | F_REQUIRED, "Loại hội nghị", "Kind",
          CHOICES(choices_meeting_kind)),
    FIELD("title", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Tên hội nghị", "Title", .min = 1,
          .max = 500),
    FIELD("held_on", FIELD_DATE, F_READ | F_WRITE | F_REQUIRED, "Ngày tổ chức", "Held on"),
    FIELD("held_at", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Giờ", "Hour",
          .pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$"),
    FIELD("place", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Địa điểm", "Place", .min = 1,
          .max = 300),
    FIELD("chair", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Chủ trì", "Chair", .min = 1,
          .max = 200, .doc = "The post of whoever chairs, not a name"),
    FIELD("secretary", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Thư ký", "Secretary", .min = 1,
          .max = 200, .doc = "The post of whoever writes the minutes, not a name"),
    FIELD("document_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Thông báo kết luận",
          "Paper of its conclusions"),
    FIELD("status", FIELD_CHOICE, F_READ, "Trạng thái", "Status", CHOICES(choices_meeting_status)),
    FIELD("convened_on", FIELD_DATE, F_READ | F_NULLABLE, "Triệu tập ngày", "Convened on"),
    FIELD("opened_on", FIELD_DATE, F_READ | F_NULLABLE, "Khai mạc ngày", "Opened on"),
    FIELD("closed_on", FIELD_DATE, F_READ | F_NULLABLE, "Kết thúc ngày", "Closed on"),
    FIELD("cancelled_on", FIELD_DATE, F_READ | F_NULLABLE, "Hủy ngày", "Cancelled on"),
    FIELD("cancel_reason", FIELD_TEXT, F_READ | F_NULLABLE, "Lý do hủy", "Why it was cancelled"),
    FIELD("owner_unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị triệu tập", "Convening unit id"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị", "Unit code"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị triệu tập", "Convening unit"),
    FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),
    FIELD("line", FIELD_TEXT, F_READ, "Ngành", "Line"),
    FIELD("agenda", FIELD_JSON, F_READ | F_DETAIL, "Chương trình", "Agenda", .schema = AGENDA),
    FIELD("invitation_counts", FIELD_JSON, F_READ | F_DETAIL, "Số đơn vị mời, dự",
          "Invitations counted", .schema = COUNTS,
          .doc = "none: whose attendance is not recorded yet; uninvited: who came beside the "
                 "invited; attendees: the people of both"),
    FIELD("errata", FIELD_JSON, F_READ | F_DETAIL, "Đính chính", "Errata", .schema = ERRATA),
    FIELD("has_minutes", FIELD_BOOL, F_READ | F_DETAIL, "Có biên bản", "Has minutes",
          .doc = "That the caller may read"),
    FIELD("file_count", FIELD_INT, F_READ | F_DETAIL, "Số tài liệu", "Files"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule rules[] = {
    RULE("meeting_period_told", "period_id", "required"),
    RULE("meeting_committee_told", "committee_id", "by_kind"),
};

static const struct choice mine[] = {CHOICE("me", "Đơn vị tôi", "My unit")};
static const char *const owner_sql[] = {"r.owner_unit_id = (select private.my_unit())"};
static const char *const invited_sql[] = {
    "r.convened_on is not null and r.id in (select private.my_invited_meetings())"};
static const char *const addressed_sql[] = {
    "r.status = 'closed' and r.id in (select private.my_concluded_meetings())"};

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS("That were planned by this day, in their state at its end"),
    {.name = STR_INIT("status"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.status",
     CHOICES(choices_meeting_status),
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("kind"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.kind",
     CHOICES(choices_meeting_kind),
     .doc = "One or more, separated by commas"},
    FILTER_EQUALS("plan", FIELD_UUID, "plan_id", "Under this plan"),
    FILTER_EQUALS("period", FIELD_UUID, "period_id", "Of this period"),
    FILTER_EQUALS("series", FIELD_UUID, "series_id", "Of this series"),
    FILTER_EQUALS("committee", FIELD_UUID, "committee_id", "Of this committee"),
    FILTER_IN_YEAR("held_on", "Held in this year"),
    {.name = STR_INIT("held_after"),
     .kind = FILTER_VALUE,
     .type = FIELD_DATE,
     .sql = "r.held_on > ?",
     .doc = "Held after this day"},
    {.name = STR_INIT("held_before"),
     .kind = FILTER_VALUE,
     .type = FIELD_DATE,
     .sql = "r.held_on < ?",
     .doc = "Held before this day"},
    {.name = STR_INIT("convened"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     .sql = "r.convened_on is not null",
     .sql_false = "r.convened_on is null",
     .doc = "true: that were convened; false: that were not"},
    {.name = STR_INIT("unit"),
     .kind = FILTER_UNIT,
     .type = FIELD_INT_REF,
     .sql = "r.owner_unit_id",
     .replaces_scope = true,
     .doc = "Held by this unit; with subtree=true also by those under it"},
    FILTER_SUBTREE_SWITCH,
    {.name = STR_INIT("owner"),
     .kind = FILTER_RELATION,
     .type = FIELD_CHOICE,
     CHOICES(mine),
     .relations = owner_sql,
     .replaces_scope = true,
     .doc = "me: my unit holds it"},
    {.name = STR_INIT("invited"),
     .kind = FILTER_RELATION,
     .type = FIELD_CHOICE,
     CHOICES(mine),
     .relations = invited_sql,
     .replaces_scope = true,
     .doc = "me: my unit is invited, or came uninvited, wherever it is held"},
    {.name = STR_INIT("invited_unit"),
     .kind = FILTER_VALUE,
     .type = FIELD_INT_REF,
     .sql = "r.id in (select i.meeting_id from app.meeting_invitation as i where i.unit_id = ?)",
     .doc = "That invite this unit, or to which it came uninvited"},
    {.name = STR_INIT("addressed"),
     .kind = FILTER_RELATION,
     .type = FIELD_CHOICE,
     CHOICES(mine),
     .relations = addressed_sql,
     .replaces_scope = true,
     .doc = "me: closed, and what it decided names my unit or reached it"},
    FILTER_TEXT_SEARCH,
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("held_on"), {SORT_KEY("held_on", FIELD_DATE), SORT_KEY("id", FIELD_UUID)}, 2},
    {STR_INIT("updated_at"),
     {SORT_KEY("updated_at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)},
     2},
};

static const struct field invite_fields[] = {
    FIELD("unit_ids", FIELD_JSON, F_CREATE | F_NULLABLE, "Mã đơn vị", "Unit ids",
          .schema = "{\"type\":\"array\",\"maxItems\":500,\"items\":{\"type\":\"integer\"}}"),
    FIELD("unit_kind", FIELD_TEXT, F_CREATE | F_NULLABLE, "Loại đơn vị", "Kind of units",
          .doc = "All of this kind that stand and that the caller sees"),
    FIELD("line", FIELD_TEXT, F_CREATE | F_NULLABLE, "Ngành", "Line"),
    FIELD("level", FIELD_TEXT, F_CREATE | F_NULLABLE, "Cấp", "Level",
          .doc = "With unit_kind or line: of this level alone"),
};
static const struct field cancel_fields[] = {
    FIELD("reason", FIELD_TEXT, F_CREATE | F_REQUIRED, "Lý do", "Reason", .min = 1, .max = 1000),
};
static const struct field attendance_fields[] = {
    FIELD("rows", FIELD_JSON, F_CREATE | F_REQUIRED, "Bảng điểm danh", "Attendance",
          .schema = "{\"type\":\"array\",\"minItems\":1,\"maxItems\":1000,\"items\":{\"type\":"
                    "\"object\",\"required\":[\"unit_code\",\"is_present\"],\"properties\":{"
                    "\"unit_code\":{\"type\":\"string\"},\"is_present\":{\"type\":\"boolean\"},"
                    "\"attendee_count\":{\"type\":[\"integer\",\"null\"],\"minimum\":1,"
                    "\"maximum\":500},\"represented_by\":{\"type\":[\"string\",\"null\"],"
                    "\"maxLength\":300}}}}"),
};

static const struct command commands[] = {
    COMMAND("meetings", "invite", "api.meeting_invite", "Mời đơn vị", "Invite",
            .needs_version = true, .answers_json = true, COMMAND_FIELDS(invite_fields),
            .doc = "Adds units that are not invited yet; answers how many"),
    COMMAND("meetings", "convene", "api.meeting_convene", "Triệu tập", "Convene",
            .needs_version = true,
            .doc = "Shows it to the invited units and tells them; needs a day to come, an agenda "
                   "and somebody invited"),
    COMMAND("meetings", "open", "api.meeting_open", "Khai mạc", "Open", .needs_version = true,
            .doc = "Convened → open, from its day on; what it reads is kept as it is now"),
    COMMAND("meetings", "attendance", "api.meeting_attendance", "Ghi tham dự", "Record attendance",
            .needs_version = true, COMMAND_FIELDS(attendance_fields),
            .doc = "Units in one write while it is open: all, or every fault named"),
    COMMAND("meetings", "close", "api.meeting_close", "Kết thúc", "Close", .needs_version = true,
            .doc = "By a leader; needs minutes and the attendance of all; then it is frozen and "
                   "what it decided holds"),
    COMMAND("meetings", "cancel", "api.meeting_cancel", "Hủy", "Cancel", .needs_version = true,
            COMMAND_FIELDS(cancel_fields),
            .doc = "Before it opens; open, by a leader: it decides nothing. The invited are told"),
};

const struct resource resource_meetings = {
    RESOURCE_NAME("meetings"),
    .singular = "meeting",
    .view = "api.meetings",
    .detail_view = "api.meeting_details",
    .day_view = "api.meetings_on",
    .table = "app.meeting",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE,
    .has_scope_column = true,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .sorts_down = true,
    RULES(rules),
    COMMANDS(commands),
    .title_vi = "Hội nghị",
    .title_en = "Meetings",
    .doc = "Seen in the scope of whoever holds it, and once convened by the units invited "
           "or there (?invited=me). Papers: POST /meetings/{id}/evidence",
};
