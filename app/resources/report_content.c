/* What a unit writes in its report: a line per assignment it leads, a text per heading. Drafting
 * makes the rows; the unit changes them while the report may be written. */
#include "resources/registry.h"

static const struct choice line_statuses[] = {
    CHOICE("not_started", "Chưa thực hiện", "Not started"),
    CHOICE("in_progress", "Đang thực hiện", "In progress"),
    CHOICE("done", "Đã hoàn thành", "Done"),
};

static const struct filter of_report[] = {
    {.name = STR_INIT("as_of"),
     .kind = FILTER_AS_OF,
     .type = FIELD_DATE,
     .doc = "As the version said that stood at the end of this day; "
            "nothing before one was sent in. Without: as it reads now"},
    {.name = STR_INIT("report"),
     .kind = FILTER_VALUE,
     .type = FIELD_UUID,
     .sql = "r.report_id = ?",
     .is_required = true,
     .doc = "Of this report"},
};

#define RETURN_NOTE                                                                            \
    FIELD("return_note", FIELD_TEXT, F_READ | F_NULLABLE, "Ý kiến trả lại", "Superior's note", \
          .doc = "From when the report was last returned, until it "                           \
                 "is returned again or approved")

static const struct field line_fields[] = {
    FIELD_ID,
    FIELD("report_id", FIELD_UUID, F_READ, "Báo cáo", "Report"),
    FIELD("plan_item_id", FIELD_UUID, F_READ | F_NULLABLE, "Nhiệm vụ trong kế hoạch", "Plan item",
          .doc = "Null in the line of given work that falls under no item"),
    FIELD("item_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã nhiệm vụ", "Item code"),
    FIELD("outline", FIELD_TEXT, F_READ | F_NULLABLE, "Đề mục", "Outline number"),
    FIELD("title", FIELD_TEXT, F_READ | F_NULLABLE, "Nhiệm vụ", "Task"),
    FIELD("assignment_id", FIELD_UUID, F_READ | F_NULLABLE, "Nhiệm vụ được giao", "Assignment"),
    FIELD("occurrence", FIELD_TEXT, F_READ | F_NULLABLE, "Kỳ thực hiện", "Occurrence"),
    FIELD("due_on", FIELD_DATE, F_READ | F_NULLABLE, "Hạn", "Due on"),
    FIELD("position", FIELD_INT, F_READ, "Thứ tự", "Position"),
    FIELD("status", FIELD_CHOICE, F_READ | F_UPDATE, "Trạng thái", "Status",
          CHOICES(line_statuses)),
    FIELD("progress", FIELD_INT, F_READ | F_UPDATE, "Tiến độ (%)", "Progress (%)", .min = 0,
          .max = 100, .doc = "done is always 100, not_started 0"),
    FIELD("done", FIELD_TEXT, F_READ | F_UPDATE | F_NULLABLE, "Đã thực hiện", "Done", .max = 8000),
    FIELD("doing", FIELD_TEXT, F_READ | F_UPDATE | F_NULLABLE, "Đang thực hiện", "In progress",
          .max = 8000),
    FIELD("figures", FIELD_TEXT, F_READ | F_UPDATE | F_NULLABLE, "Số liệu", "Figures", .max = 4000),
    FIELD("difficulties", FIELD_TEXT, F_READ | F_UPDATE | F_NULLABLE, "Khó khăn, vướng mắc",
          "Difficulties", .max = 4000),
    FIELD("proposals", FIELD_TEXT, F_READ | F_UPDATE | F_NULLABLE, "Đề xuất, kiến nghị",
          "Proposals", .max = 4000),
    RETURN_NOTE,
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct sort line_sorts[] = {
    {STR_INIT("position"),
     {SORT_KEY("position", FIELD_INT),
      SORT_SQL("coalesce(r.due_on, date '9999-12-31')", FIELD_DATE), SORT_KEY("id", FIELD_UUID)},
     3},
};

const struct resource resource_report_lines = {
    RESOURCE_NAME("report-lines"),
    .singular = "report_line",
    .view = "api.report_lines",
    .day_view = "api.report_lines_on",
    .table = "app.report_line",
    .can = CAN_LIST | CAN_GET | CAN_UPDATE | CAN_BULK,
    FIELDS(line_fields),
    FILTERS(of_report),
    SORTS(line_sorts),
    .title_vi = "Kết quả theo nhiệm vụ",
    .title_en = "Report lines",
    .doc = "What the unit says of each assignment it leads; made by POST /reports/{id}/prefill",
};

static const struct field section_fields[] = {
    FIELD_ID,
    FIELD("report_id", FIELD_UUID, F_READ, "Báo cáo", "Report"),
    FIELD("code", FIELD_TEXT, F_READ, "Mã phần", "Code"),
    FIELD("position", FIELD_INT, F_READ, "Thứ tự", "Position"),
    FIELD("title", FIELD_TEXT, F_READ, "Tên phần", "Title"),
    FIELD("counts_only", FIELD_BOOL, F_READ, "Chỉ ghi số việc", "Counts only",
          .doc = "Holds counts of organisations' work, nothing about persons"),
    FIELD("hint", FIELD_TEXT, F_READ | F_NULLABLE, "Gợi ý", "Hint"),
    FIELD("text", FIELD_TEXT, F_READ | F_UPDATE | F_NULLABLE, "Nội dung", "Text", .max = 20000),
    RETURN_NOTE,
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct sort section_sorts[] = {
    {STR_INIT("position"), {SORT_KEY("position", FIELD_INT), SORT_KEY("id", FIELD_UUID)}, 2},
};

const struct resource resource_report_sections = {
    RESOURCE_NAME("report-sections"),
    .singular = "report_section",
    .view = "api.report_sections",
    .day_view = "api.report_sections_on",
    .table = "app.report_section",
    .can = CAN_LIST | CAN_GET | CAN_UPDATE | CAN_BULK,
    FIELDS(section_fields),
    FILTERS(of_report),
    SORTS(section_sorts),
    .title_vi = "Phần lời của báo cáo",
    .title_en = "Report sections",
    .doc = "The headings of the plan's outline; made by POST /reports/{id}/prefill",
};
