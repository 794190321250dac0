/* Who takes part in a course, how it ended, and the days attended. */
#include "resources/registry.h"

static const struct choice statuses[] = {
    CHOICE("invited", "Được mời", "Invited"),
    CHOICE("registered", "Đã đăng ký", "Registered"),
    CHOICE("declined", "Không tham dự", "Declined"),
    CHOICE("attended", "Đã tham dự", "Attended"),
    CHOICE("absent", "Vắng mặt", "Absent"),
};
static const struct choice results[] = {
    CHOICE("passed", "Đạt", "Passed"),
    CHOICE("failed", "Không đạt", "Failed"),
};

static const struct field fields[] = {
    FIELD_ID,
    FIELD("course_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Lớp", "Course"),
    FIELD("course_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã lớp", "Course code"),
    FIELD("course_name", FIELD_TEXT, F_READ | F_NULLABLE, "Tên lớp", "Course name"),
    FIELD("organiser_unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị tổ chức", "Organising unit id"),
    FIELD("organiser_unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị tổ chức",
          "Organising unit code"),
    FIELD("topic", FIELD_TEXT, F_READ, "Chuyên đề (mã)", "Topic"),
    FIELD("starts_on", FIELD_DATE, F_READ | F_NULLABLE, "Khai mạc", "First day"),
    FIELD("ends_on", FIELD_DATE, F_READ | F_NULLABLE, "Bế mạc", "Last day"),
    FIELD("staff_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Cán bộ", "Person"),
    FIELD("staff_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã cán bộ", "Staff code"),
    FIELD("staff_name", FIELD_TEXT, F_READ | F_NULLABLE, "Họ và tên", "Name",
          .doc = "Null where I do not see the person"),
    FIELD("unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị", "Unit id",
          .doc = "Where the person stood on the course's first day"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị", "Unit code"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),
    FIELD("line", FIELD_TEXT, F_READ, "Ngành", "Line"),
    FIELD("status", FIELD_CHOICE, F_READ | F_CREATE, "Trạng thái", "Status", CHOICES(statuses),
          .doc = "On creation registered; the organiser may also invite, which is the default"),
    FIELD("days_attended", FIELD_INT, F_READ, "Số ngày dự", "Days attended"),
    FIELD("result", FIELD_CHOICE, F_READ | F_WRITE | F_NULLABLE, "Kết quả", "Result",
          CHOICES(results)),
    FIELD("score", FIELD_INT, F_READ | F_WRITE | F_NULLABLE, "Điểm", "Score", .min = 0, .max = 100),
    FIELD("certificate_number", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Số chứng nhận",
          "Certificate number", .min = 1, .max = 60, .doc = "Unique for the organiser"),
    FIELD("certified_on", FIELD_DATE, F_READ | F_WRITE | F_NULLABLE, "Ngày cấp", "Certified on",
          .doc = "Without: the last day of the course"),
    FIELD("valid_until", FIELD_DATE, F_READ | F_WRITE | F_NULLABLE, "Có giá trị đến", "Valid until",
          .doc = "Without: by the topic's valid_months"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule rules[] = {
    RULE("training_record_validity", "valid_until", "wrong_order"),
    RULE("training_record_certificate_of_passed", "certificate_number", "not_passed"),
};

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS(
        "Of courses begun by this day, with the days attended and the results of then"),
    FILTER_EQUALS("course", FIELD_UUID, "course_id", "Of this course"),
    FILTER_EQUALS("staff", FIELD_UUID, "staff_id", "Of this person"),
    FILTER_EQUALS("topic", FIELD_TEXT, "topic", "On this topic"),
    {.name = STR_INIT("status"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.status",
     CHOICES(statuses),
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("result"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.result",
     CHOICES(results),
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("unit"),
     .kind = FILTER_UNIT,
     .type = FIELD_INT_REF,
     .sql = "r.unit_id",
     .replaces_scope = true,
     .doc = "Of this unit; with subtree=true also of those under it"},
    FILTER_SUBTREE_SWITCH,
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("id"), {SORT_KEY("id", FIELD_UUID)}, 1},
};

static const struct command commands[] = {
    COMMAND("training-records", "register", "api.training_record_register", "Đăng ký", "Register",
            .needs_version = true, .doc = "Who was invited, or had declined"),
    COMMAND("training-records", "decline", "api.training_record_decline", "Không tham dự",
            "Decline", .needs_version = true),
};

const struct resource resource_training_records = {
    RESOURCE_NAME("training-records"),
    .singular = "training_record",
    .view = "api.training_records",
    .day_view = "api.training_records_on",
    .day_detail_view = "api.training_records_on",
    .table = "app.training_record",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_BULK,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .sorts_down = true,
    RULES(rules),
    COMMANDS(commands),
    .title_vi = "Kết quả bồi dưỡng",
    .title_en = "Training records",
    .doc = "Written by the organiser; the person's own unit registers and declines",
};

/* ---- attendance, read ---- */

static const struct field attendance_fields[] = {
    FIELD("record_id", FIELD_UUID, F_READ, "Mã lượt dự", "Record"),
    FIELD("course_id", FIELD_UUID, F_READ, "Lớp", "Course"),
    FIELD("course_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã lớp", "Course code"),
    FIELD("staff_id", FIELD_UUID, F_READ, "Cán bộ", "Person"),
    FIELD("staff_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã cán bộ", "Staff code"),
    FIELD("day", FIELD_DATE, F_READ, "Ngày", "Day"),
    FIELD("is_present", FIELD_BOOL, F_READ, "Có mặt", "Present"),
};

static const struct filter attendance_filters[] = {
    FILTER_AS_OF_ROWS("Of days up to this one"),
    {.name = STR_INIT("course"),
     .kind = FILTER_VALUE,
     .type = FIELD_UUID,
     .sql = "r.course_id = ?",
     .is_required = true,
     .doc = "Of this course"},
    FILTER_EQUALS("day", FIELD_DATE, "day", "On this day"),
    FILTER_EQUALS("record", FIELD_UUID, "record_id", "Of this record"),
};

static const struct sort attendance_sorts[] = {
    {STR_INIT("day"), {SORT_KEY("day", FIELD_DATE), SORT_KEY("record_id", FIELD_UUID)}, 2},
};

const struct resource resource_training_attendance = {
    RESOURCE_NAME("training-attendance"),
    .singular = "training_attendance",
    .view = "api.training_attendance",
    .day_view = "api.training_attendance_on",
    .can = CAN_LIST,
    FIELDS(attendance_fields),
    FILTERS(attendance_filters),
    SORTS(attendance_sorts),
    .title_vi = "Điểm danh",
    .title_en = "Training attendance",
    .doc = "Written with POST /courses/{id}/attendance",
};
