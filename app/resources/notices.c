/* The inbox of my unit. What was read is each reader's own, so a notice has no version. */
#include "resources/registry.h"

static const struct choice topics[] = {
    CHOICE("assignments_due", "Nhiệm vụ đến hạn", "Assignments due"),
    CHOICE("report_due", "Báo cáo đến hạn", "Report due"),
    CHOICE("period_opened", "Mở kỳ báo cáo", "Period opened"),
    CHOICE("report_submitted", "Đã nộp báo cáo", "Report submitted"),
    CHOICE("report_returned", "Trả lại báo cáo", "Report returned"),
    CHOICE("report_approved", "Duyệt báo cáo", "Report approved"),
    CHOICE("report_reopened", "Mở lại báo cáo", "Report reopened"),
    CHOICE("extension_requested", "Đề nghị gia hạn", "Extension requested"),
    CHOICE("extension_decided", "Quyết định gia hạn", "Extension decided"),
    CHOICE("plan_issued", "Ban hành kế hoạch", "Plan issued"),
    CHOICE("course_invited", "Mời dự lớp tập huấn", "Invited to a course"),
    CHOICE("course_cancelled", "Hủy lớp tập huấn", "Course cancelled"),
    CHOICE("meeting_convened", "Mời dự hội nghị", "Meeting convened"),
    CHOICE("meeting_cancelled", "Hủy hội nghị", "Meeting cancelled"),
    CHOICE("invitation_withdrawn", "Rút lại giấy mời dự hội nghị",
           "Invitation to a meeting withdrawn"),
    CHOICE("conclusions_issued", "Kết luận hội nghị", "Conclusions of a meeting"),
    CHOICE("work_given", "Giao nhiệm vụ", "Work given"),
    CHOICE("work_withdrawn", "Rút lại nhiệm vụ", "Work withdrawn"),
    CHOICE("work_completed", "Xác nhận hoàn thành nhiệm vụ", "Work judged done"),
    CHOICE("work_reopened", "Yêu cầu tiếp tục thực hiện nhiệm vụ", "Work reopened"),
    CHOICE("inspection_announced", "Thông báo kiểm tra, giám sát", "Inspection announced"),
    CHOICE("inspection_concluded", "Kết luận kiểm tra, giám sát", "Conclusions of an inspection"),
    CHOICE("inspection_cancelled", "Hủy kiểm tra, giám sát", "Inspection cancelled"),
    CHOICE("budget_submitted", "Trình dự toán", "Budget submitted"),
    CHOICE("budget_returned", "Trả lại dự toán", "Budget returned"),
    CHOICE("budget_approved", "Duyệt dự toán", "Budget approved"),
    CHOICE("budget_adjusted", "Điều chỉnh dự toán", "Budget adjusted"),
};

static const struct choice stages[] = {
    CHOICE("before", "Trước hạn", "Before the due day"),
    CHOICE("on", "Đúng hạn", "On the due day"),
    CHOICE("after", "Sau hạn", "After the due day"),
    CHOICE("escalated", "Báo cấp trên", "To the unit above"),
    CHOICE("moved", "Thay đổi thời gian, địa điểm", "Day, hour or place moved"),
};

static const struct field fields[] = {
    FIELD_ID,
    FIELD("topic", FIELD_CHOICE, F_READ, "Loại", "Topic", CHOICES(topics)),
    FIELD("stage", FIELD_CHOICE, F_READ | F_NULLABLE, "Thời điểm", "Stage", CHOICES(stages)),
    FIELD("title", FIELD_TEXT, F_READ, "Tiêu đề", "Title", .doc = "Vietnamese, as in the mail"),
    FIELD("text", FIELD_TEXT, F_READ, "Nội dung", "Text", .doc = "Vietnamese, as in the mail"),
    FIELD("link", FIELD_TEXT, F_READ | F_NULLABLE, "Liên kết", "Link",
          .doc = "Path below /api/v1 of what it is about"),
    FIELD("resource", FIELD_TEXT, F_READ | F_NULLABLE, "Loại đối tượng", "Resource"),
    FIELD("resource_id", FIELD_UUID, F_READ | F_NULLABLE, "Mã đối tượng", "Resource id"),
    FIELD("about_unit_id", FIELD_INT_REF, F_READ | F_NULLABLE, "Mã đơn vị liên quan",
          "About unit id"),
    FIELD("about_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị liên quan", "About unit"),
    FIELD("plan_id", FIELD_UUID, F_READ | F_NULLABLE, "Kế hoạch", "Plan"),
    FIELD("due_on", FIELD_DATE, F_READ | F_NULLABLE, "Hạn", "Due on"),
    FIELD("count", FIELD_INT, F_READ | F_NULLABLE, "Số lượng", "Count",
          .doc = "How many fell due on that day when it was told"),
    FIELD("is_read", FIELD_BOOL, F_READ, "Đã đọc", "Read", .doc = "By the caller"),
    FIELD("read_at", FIELD_TIMESTAMP, F_READ | F_NULLABLE, "Đọc lúc", "Read at"),
    FIELD_CREATED_AT,
    FIELD_ACTIONS,
};

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS("Given by the end of this day, read as far as by then"),
    {.name = STR_INIT("unread"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     .sql = "not r.is_read",
     .sql_false = "r.is_read",
     .doc = "Not read yet by the caller, or read"},
    {.name = STR_INIT("topic"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.topic",
     CHOICES(topics),
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("updated_since"),
     .kind = FILTER_VALUE,
     .type = FIELD_TIMESTAMP,
     .sql = "r.created_at >= ?",
     .doc = "Told at this moment or later"},
};

static const struct sort sorts[] = {
    {STR_INIT("created_at"),
     {SORT_KEY("created_at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)},
     2},
};

static const struct command commands[] = {
    COMMAND("notices", "read", "api.notice_read", "Đánh dấu đã đọc", "Mark as read",
            .doc = "Read by me; again is no fault"),
};

const struct resource resource_notices = {
    RESOURCE_NAME("notices"),
    .singular = "notice",
    .view = "api.notices",
    .day_view = "api.notices_on",
    .can = CAN_LIST | CAN_GET,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .sorts_down = true,
    COMMANDS(commands),
    .title_vi = "Thông báo",
    .title_en = "Notices",
    .doc = "What my unit is told, each thing once",
};
