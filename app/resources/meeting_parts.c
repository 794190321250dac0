/* What stands under a meeting: invitations, agenda, minutes, errata. */
#include "resources/registry.h"

static const struct choice replies[] = {
    CHOICE("none", "Chưa trả lời", "None"),
    CHOICE("accepted", "Sẽ dự", "Accepted"),
    CHOICE("declined", "Không dự được", "Declined"),
};
static const struct choice attendances[] = {
    CHOICE("present", "Có mặt", "Present"),
    CHOICE("absent", "Vắng", "Absent"),
};

static const struct sort created_sorts[] = {
    {STR_INIT("created_at"),
     {SORT_KEY("created_at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)},
     2},
};

/* ---- invitations ---- */

static const struct field invitation_fields[] = {
    FIELD_ID,
    FIELD("meeting_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Hội nghị (mã)", "Meeting id"),
    FIELD("meeting_title", FIELD_TEXT, F_READ, "Hội nghị", "Meeting"),
    FIELD("held_on", FIELD_DATE, F_READ, "Ngày tổ chức", "Held on"),
    FIELD("meeting_status", FIELD_CHOICE, F_READ, "Trạng thái hội nghị", "State of the meeting",
          CHOICES(choices_meeting_status)),
    FIELD("unit_id", FIELD_INT_REF, F_READ | F_CREATE | F_REQUIRED, "Mã đơn vị được mời",
          "Invited unit id"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị", "Unit code"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị được mời", "Invited unit"),
    FIELD("is_uninvited", FIELD_BOOL, F_READ | F_CREATE, "Dự không có giấy mời", "Came uninvited",
          .doc = "true: entered while the meeting is open, and present"),
    FIELD("reply", FIELD_CHOICE, F_READ, "Trả lời", "Reply", CHOICES(replies)),
    FIELD("reply_note", FIELD_TEXT, F_READ | F_NULLABLE, "Lý do không dự", "Why it declined"),
    FIELD("replied_on", FIELD_DATE, F_READ | F_NULLABLE, "Trả lời ngày", "Replied on"),
    FIELD("attendance", FIELD_CHOICE, F_READ | F_NULLABLE, "Tham dự", "Attendance",
          CHOICES(attendances)),
    FIELD("attendee_count", FIELD_INT, F_READ | F_NULLABLE, "Số người dự", "Attendees"),
    FIELD("represented_by", FIELD_TEXT, F_READ | F_NULLABLE, "Thành phần dự", "Represented by",
          .doc = "Posts, not names"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule invitation_rules[] = {
    RULE("meeting_invitation_uninvited_came", "is_uninvited", "not_present"),
};

static const struct choice units_me[] = {CHOICE("me", "Đơn vị tôi", "My unit")};
static const char *const unit_me_sql[] = {"r.unit_id = (select private.my_unit())"};

static const struct filter invitation_filters[] = {
    FILTER_AS_OF_ROWS("Made by this day, with the replies of this day"),
    FILTER_EQUALS("meeting", FIELD_UUID, "meeting_id", "To this meeting"),
    FILTER_EQUALS("unit", FIELD_INT_REF, "unit_id", "Of this unit"),
    {.name = STR_INIT("invited"),
     .kind = FILTER_RELATION,
     .type = FIELD_CHOICE,
     CHOICES(units_me),
     .relations = unit_me_sql,
     .doc = "me: of my unit"},
    {.name = STR_INIT("reply"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.reply",
     CHOICES(replies),
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("attendance"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.attendance",
     CHOICES(attendances),
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("uninvited"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     .sql = "r.is_uninvited",
     .sql_false = "not r.is_uninvited",
     .doc = "true: that came uninvited; false: that were invited"},
    FILTER_UPDATED_SINCE,
};

static const struct sort invitation_sorts[] = {
    {STR_INIT("created_at"),
     {SORT_KEY("created_at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)},
     2},
    {STR_INIT("held_on"), {SORT_KEY("held_on", FIELD_DATE), SORT_KEY("id", FIELD_UUID)}, 2},
};

static const struct field decline_fields[] = {
    FIELD("note", FIELD_TEXT, F_CREATE | F_REQUIRED, "Lý do", "Why", .min = 1, .max = 1000),
};

static const struct command invitation_commands[] = {
    COMMAND("meeting-invitations", "accept", "api.meeting_invitation_accept", "Nhận lời", "Accept",
            .needs_version = true, .doc = "The invited unit, from convening until it opens"),
    COMMAND("meeting-invitations", "decline", "api.meeting_invitation_decline", "Báo vắng",
            "Decline", .needs_version = true, COMMAND_FIELDS(decline_fields)),
};

const struct resource resource_meeting_invitations = {
    RESOURCE_NAME("meeting-invitations"),
    .singular = "meeting_invitation",
    .view = "api.meeting_invitations",
    .day_view = "api.meeting_invitations_on",
    .table = "app.meeting_invitation",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_DELETE | CAN_BULK,
    FIELDS(invitation_fields),
    FILTERS(invitation_filters),
    SORTS(invitation_sorts),
    RULES(invitation_rules),
    COMMANDS(invitation_commands),
    .title_vi = "Đơn vị được mời dự hội nghị",
    .title_en = "Meeting invitations",
    .doc = "Seen by whoever sees the meeting, as on the paper that convenes it. With "
           "is_uninvited: who came without it, entered and taken off while the meeting is open",
};

/* ---- agenda ---- */

static const struct field agenda_fields[] = {
    FIELD_ID,
    FIELD("meeting_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Hội nghị", "Meeting"),
    FIELD("position", FIELD_INT, F_READ | F_WRITE | F_REQUIRED, "Thứ tự", "Position", .min = 1,
          .max = 1000),
    FIELD("title", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Nội dung", "Title", .min = 1,
          .max = 500),
    FIELD("presenter_unit_id", FIELD_INT_REF, F_READ | F_WRITE | F_NULLABLE, "Mã đơn vị trình bày",
          "Presenting unit id"),
    FIELD("presenter_unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị trình bày",
          "Presenting unit code"),
    FIELD("presenter_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị trình bày",
          "Presenting unit"),
    FIELD("outcome_id", FIELD_UUID, F_READ | F_NULLABLE, "Việc chuyển tiếp", "Carried over",
          .doc = "A task of an earlier meeting that was still open"),
    FIELD("carry_over_count", FIELD_INT, F_READ | F_NULLABLE, "Số lần chuyển tiếp",
          "Times carried over",
          .doc = "On how many agendas that task had stood by this meeting, this one among them"),
    FIELD("note", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Ghi chú", "Note", .min = 1,
          .max = 4000,
          .doc = "On the work of organisations only: nothing on persons, their ethnicity or "
                 "religion"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct filter agenda_filters[] = {
    FILTER_AS_OF_ROWS("Entered by this day"),
    FILTER_EQUALS("meeting", FIELD_UUID, "meeting_id", "Of this meeting"),
    FILTER_EQUALS("outcome", FIELD_UUID, "outcome_id", "That carries this outcome over"),
    FILTER_UPDATED_SINCE,
};

static const struct sort agenda_sorts[] = {
    {STR_INIT("position"), {SORT_KEY("position", FIELD_INT), SORT_KEY("id", FIELD_UUID)}, 2},
};

const struct resource resource_meeting_agenda_items = {
    RESOURCE_NAME("meeting-agenda-items"),
    .singular = "meeting_agenda_item",
    .view = "api.meeting_agenda_items",
    .day_view = "api.meeting_agenda_items_on",
    .table = "app.meeting_agenda_item",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(agenda_fields),
    FILTERS(agenda_filters),
    SORTS(agenda_sorts),
    .title_vi = "Chương trình hội nghị",
    .title_en = "Meeting agenda",
};

/* ---- minutes ---- */

static const struct field minutes_fields[] = {
    FIELD_ID,
    FIELD("meeting_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Hội nghị (mã)", "Meeting id"),
    FIELD("meeting_title", FIELD_TEXT, F_READ, "Hội nghị", "Meeting"),
    FIELD("held_on", FIELD_DATE, F_READ, "Ngày tổ chức", "Held on"),
    FIELD("text", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Biên bản", "Minutes", .min = 1,
          .max = 30000,
          .doc = "On the work of organisations only: nothing on persons, their ethnicity or "
                 "religion"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct filter minutes_filters[] = {
    FILTER_EQUALS("meeting", FIELD_UUID, "meeting_id", "Of this meeting"),
    FILTER_UPDATED_SINCE,
};

const struct resource resource_meeting_minutes = {
    RESOURCE_NAME("meeting-minutes"),
    .singular = "meeting_minutes",
    .view = "api.meeting_minutes",
    .table = "app.meeting_minutes",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE,
    FIELDS(minutes_fields),
    FILTERS(minutes_filters),
    SORTS(created_sorts),
    .title_vi = "Biên bản hội nghị",
    .title_en = "Minutes",
    .doc =
        "One a meeting, written while it is open; closed, also read in the scope of whoever held "
        "it and by the units invited",
};

/* ---- errata ---- */

static const struct field erratum_fields[] = {
    FIELD_ID,
    FIELD("meeting_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Hội nghị (mã)", "Meeting id"),
    FIELD("meeting_title", FIELD_TEXT, F_READ, "Hội nghị", "Meeting"),
    FIELD("outcome_id", FIELD_UUID, F_READ | F_CREATE | F_NULLABLE, "Kết luận", "Outcome",
          .doc = "The outcome of this meeting that it is about"),
    FIELD("text", FIELD_TEXT, F_READ | F_CREATE | F_REQUIRED, "Nội dung đính chính", "Text",
          .min = 1, .max = 8000,
          .doc = "On the work of organisations only: nothing on persons, their ethnicity or "
                 "religion"),
    FIELD("added_on", FIELD_DATE, F_READ, "Ngày đính chính", "Added on"),
    FIELD_CREATED_AT,
    FIELD_ACTIONS,
};

static const struct filter erratum_filters[] = {
    FILTER_AS_OF_ROWS("Added by this day"),
    FILTER_EQUALS("meeting", FIELD_UUID, "meeting_id", "Of this meeting"),
    FILTER_EQUALS("outcome", FIELD_UUID, "outcome_id", "On this outcome"),
};

const struct resource resource_meeting_errata = {
    RESOURCE_NAME("meeting-errata"),
    .singular = "meeting_erratum",
    .view = "api.meeting_errata",
    .day_view = "api.meeting_errata_on",
    .table = "app.meeting_erratum",
    .can = CAN_LIST | CAN_GET | CAN_CREATE,
    FIELDS(erratum_fields),
    FILTERS(erratum_filters),
    SORTS(created_sorts),
    .title_vi = "Đính chính sau hội nghị",
    .title_en = "Errata",
    .doc = "Of closed meetings; never changed",
};
