/* Training: topics, courses with their days and the units invited. */
#include "resources/registry.h"

static const struct field topic_fields[] = {
    FIELD("code", FIELD_TEXT, F_READ, "Mã chuyên đề", "Code"),
    FIELD("name", FIELD_TEXT, F_READ, "Chuyên đề", "Name"),
    FIELD("valid_months", FIELD_INT, F_READ | F_NULLABLE, "Số tháng có giá trị", "Valid for months",
          .doc = "How long a certificate holds, from the last day of the course; null: for good"),
};

static const struct sort topic_sorts[] = {
    {STR_INIT("code"), {SORT_KEY("code", FIELD_TEXT)}, 1},
};

const struct resource resource_training_topics = {
    RESOURCE_NAME("training-topics"),
    .singular = "training_topic",
    .view = "api.training_topics",
    .can = CAN_LIST,
    FIELDS(topic_fields),
    SORTS(topic_sorts),
    .title_vi = "Chuyên đề bồi dưỡng",
    .title_en = "Training topics",
};

static const struct choice statuses[] = {
    CHOICE("planned", "Dự kiến", "Planned"),    CHOICE("open", "Đang nhận đăng ký", "Open"),
    CHOICE("held", "Đang tổ chức", "Held"),     CHOICE("closed", "Đã kết thúc", "Closed"),
    CHOICE("cancelled", "Đã hủy", "Cancelled"),
};

static const struct field fields[] = {
    FIELD_ID,
    FIELD("code", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Mã lớp", "Code",
          .pattern = "^[A-Za-z0-9._-]{1,40}$", .doc = "Unique for its organiser"),
    FIELD("name", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Tên lớp", "Name", .min = 1,
          .max = 300),
    FIELD("topic_code", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Mã chuyên đề", "Topic code",
          .pattern = "^[a-z0-9_]{1,60}$"),
    FIELD("topic", FIELD_TEXT, F_READ, "Chuyên đề (mã)", "Topic", .doc = "The same as topic_code"),
    FIELD("topic_name", FIELD_TEXT, F_READ, "Chuyên đề", "Name of the topic"),
    FIELD("organiser_unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị tổ chức", "Organising unit id"),
    FIELD("organiser_unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị tổ chức",
          "Organising unit code"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị", "Unit code",
          .doc = "The same as organiser_unit_code"),
    FIELD("organiser_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị tổ chức",
          "Organising unit"),
    FIELD("partner_unit_id", FIELD_INT_REF, F_READ | F_WRITE | F_NULLABLE, "Mã đơn vị phối hợp",
          "Partner unit id"),
    FIELD("partner_unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị phối hợp",
          "Partner unit code"),
    FIELD("partner", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Cơ sở đào tạo phối hợp", "Partner",
          .min = 1, .max = 200, .doc = "As written, where it is no unit here"),
    FIELD("plan_item_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Nhiệm vụ", "Plan item"),
    FIELD("plan_number", FIELD_TEXT, F_READ | F_NULLABLE, "Số kế hoạch", "Plan number"),
    FIELD("item_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã nhiệm vụ", "Item code"),
    FIELD("document_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Văn bản", "Document"),
    FIELD("starts_on", FIELD_DATE, F_READ | F_WRITE | F_REQUIRED, "Khai mạc", "First day"),
    FIELD("ends_on", FIELD_DATE, F_READ | F_WRITE | F_REQUIRED, "Bế mạc", "Last day"),
    FIELD("day_count", FIELD_INT, F_READ, "Số ngày học", "Days",
          .doc = "Each day from the first to the last, unless days were entered before opening"),
    FIELD("place", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Địa điểm", "Place", .min = 1,
          .max = 300),
    FIELD("capacity", FIELD_INT, F_READ | F_WRITE | F_NULLABLE, "Số chỗ", "Capacity", .min = 1,
          .max = 5000),
    FIELD("pass_percent", FIELD_INT, F_READ | F_WRITE, "Tỷ lệ ngày học tối thiểu (%)",
          "Days needed to pass (%)", .min = 0, .max = 100),
    FIELD("status", FIELD_CHOICE, F_READ, "Trạng thái", "Status", CHOICES(statuses)),
    FIELD("cancel_reason", FIELD_TEXT, F_READ | F_NULLABLE, "Lý do hủy", "Why it was cancelled"),
    FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),
    FIELD("line", FIELD_TEXT, F_READ, "Ngành", "Line"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule rules[] = {
    RULE("course_dates", "ends_on", "wrong_order"),
};

static const struct choice organisers[] = {CHOICE("me", "Đơn vị tôi", "My unit")};
static const char *const organiser_sql[] = {"r.organiser_unit_id = (select private.my_unit())"};
static const struct choice invited[] = {CHOICE("me", "Đơn vị tôi", "My unit")};
static const char *const invited_sql[] = {"r.id in (select private.my_invited_courses())"};

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS("That had begun by this day"),
    {.name = STR_INIT("status"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.status",
     CHOICES(statuses),
     .doc = "One or more, separated by commas"},
    FILTER_EQUALS("topic", FIELD_TEXT, "topic_code", "On this topic"),
    FILTER_IN_YEAR("starts_on", "That begins in this year"),
    {.name = STR_INIT("starts_after"),
     .kind = FILTER_VALUE,
     .type = FIELD_DATE,
     .sql = "r.starts_on > ?",
     .doc = "That begins after this day"},
    {.name = STR_INIT("unit"),
     .kind = FILTER_UNIT,
     .type = FIELD_INT_REF,
     .sql = "r.organiser_unit_id",
     .replaces_scope = true,
     .doc = "Organised by this unit; with subtree=true also by those under it"},
    FILTER_SUBTREE_SWITCH,
    {.name = STR_INIT("organiser"),
     .kind = FILTER_RELATION,
     .type = FIELD_CHOICE,
     CHOICES(organisers),
     .relations = organiser_sql,
     .replaces_scope = true,
     .doc = "me: my unit organises it"},
    {.name = STR_INIT("invited"),
     .kind = FILTER_RELATION,
     .type = FIELD_CHOICE,
     CHOICES(invited),
     .relations = invited_sql,
     .replaces_scope = true,
     .doc = "me: my unit is invited"},
    FILTER_TEXT_SEARCH,
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("starts_on"), {SORT_KEY("starts_on", FIELD_DATE), SORT_KEY("id", FIELD_UUID)}, 2},
};

static const struct field cancel_fields[] = {
    FIELD("reason", FIELD_TEXT, F_CREATE | F_REQUIRED, "Lý do", "Reason", .min = 1, .max = 1000),
};
static const struct field attendance_fields[] = {
    FIELD("rows", FIELD_JSON, F_CREATE | F_REQUIRED, "Bảng điểm danh", "Attendance",
          .schema = "{\"type\":\"array\",\"minItems\":1,\"maxItems\":5000,\"items\":{\"type\":"
                    "\"object\",\"required\":[\"staff_code\",\"day\",\"is_present\"],"
                    "\"properties\":{\"staff_code\":{\"type\":\"string\"},\"day\":{\"type\":"
                    "\"string\",\"format\":\"date\"},\"is_present\":{\"type\":\"boolean\"}}}}"),
};

static const struct command commands[] = {
    COMMAND("courses", "open", "api.course_open", "Mở đăng ký", "Open", .needs_version = true,
            .doc = "Announces the course and tells the invited units"),
    COMMAND("courses", "hold", "api.course_hold", "Khai mạc", "Hold", .needs_version = true,
            .doc = "From its first day: registering ends, attendance begins"),
    COMMAND("courses", "attendance", "api.course_attendance", "Ghi điểm danh", "Record attendance",
            .needs_version = true, COMMAND_FIELDS(attendance_fields),
            .doc = "Days and persons in one write: all, or every fault named"),
    COMMAND("courses", "close", "api.course_close", "Kết thúc", "Close", .needs_version = true,
            .doc = "Needs the attendance of all and a result of all who attended; then it is "
                   "frozen"),
    COMMAND("courses", "cancel", "api.course_cancel", "Hủy", "Cancel", .needs_version = true,
            COMMAND_FIELDS(cancel_fields)),
};

const struct resource resource_courses = {
    RESOURCE_NAME("courses"),
    .singular = "course",
    .view = "api.courses",
    .day_view = "api.courses_on",
    .day_detail_view = "api.courses_on",
    .table = "app.course",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .sorts_down = true,
    RULES(rules),
    COMMANDS(commands),
    .title_vi = "Lớp bồi dưỡng, tập huấn",
    .title_en = "Courses",
    .doc = "Seen in the scope of the organiser; once announced also below it and by who is invited",
};

/* ---- days ---- */

static const struct field day_fields[] = {
    FIELD_ID,
    FIELD("course_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Lớp", "Course"),
    FIELD("course_code", FIELD_TEXT, F_READ, "Mã lớp", "Course code"),
    FIELD("day", FIELD_DATE, F_READ | F_CREATE | F_REQUIRED, "Ngày học", "Day"),
    FIELD("title", FIELD_TEXT, F_READ | F_CREATE | F_NULLABLE, "Nội dung", "Title", .min = 1,
          .max = 300),
    FIELD_ACTIONS,
};

static const struct filter day_filters[] = {
    FILTER_AS_OF_ROWS("Of courses that had begun by this day"),
    FILTER_EQUALS("course", FIELD_UUID, "course_id", "Of this course"),
};

static const struct sort day_sorts[] = {
    {STR_INIT("day"), {SORT_KEY("day", FIELD_DATE), SORT_KEY("id", FIELD_UUID)}, 2},
};

const struct resource resource_course_days = {
    RESOURCE_NAME("course-days"),
    .singular = "course_day",
    .view = "api.course_days",
    .day_view = "api.course_days_on",
    .table = "app.course_day",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_DELETE | CAN_BULK,
    FIELDS(day_fields),
    FILTERS(day_filters),
    SORTS(day_sorts),
    .title_vi = "Ngày học",
    .title_en = "Course days",
};

/* ---- invitations ---- */

static const struct field invitation_fields[] = {
    FIELD_ID,
    FIELD("course_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Lớp", "Course"),
    FIELD("course_code", FIELD_TEXT, F_READ, "Mã lớp", "Course code"),
    FIELD("unit_id", FIELD_INT_REF, F_READ | F_CREATE | F_REQUIRED, "Mã đơn vị được mời",
          "Invited unit id"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị", "Unit code"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị được mời", "Invited unit"),
    FIELD("places", FIELD_INT, F_READ | F_WRITE | F_NULLABLE, "Số chỗ", "Places", .min = 1,
          .max = 1000, .doc = "Null: as long as the course has places"),
    FIELD("taken", FIELD_INT, F_READ, "Đã đăng ký", "Taken"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct filter invitation_filters[] = {
    FILTER_AS_OF_ROWS("Made by this day, or to a course that had begun"),
    FILTER_EQUALS("course", FIELD_UUID, "course_id", "To this course"),
    FILTER_EQUALS("unit", FIELD_INT_REF, "unit_id", "Of this unit"),
};

static const struct sort invitation_sorts[] = {
    {STR_INIT("created_at"),
     {SORT_KEY("created_at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)},
     2},
};

const struct resource resource_course_invitations = {
    RESOURCE_NAME("course-invitations"),
    .singular = "course_invitation",
    .view = "api.course_invitations",
    .day_view = "api.course_invitations_on",
    .table = "app.course_invitation",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(invitation_fields),
    FILTERS(invitation_filters),
    SORTS(invitation_sorts),
    .title_vi = "Đơn vị được mời dự lớp",
    .title_en = "Course invitations",
    .doc = "Seen by the unit invited and the organiser",
};
