/* What a report said each time it was sent in, returned or approved, and what two of those differ
 * in. */
#include "resources/registry.h"

static const struct choice events[] = {
    CHOICE("submitted", "Gửi", "Submitted"),
    CHOICE("returned", "Trả lại", "Returned"),
    CHOICE("approved", "Duyệt", "Approved"),
};

static const struct field fields[] = {
    FIELD_ID,
    FIELD("report_id", FIELD_UUID, F_READ, "Báo cáo", "Report"),
    FIELD("number", FIELD_INT, F_READ, "Số thứ tự", "Number"),
    FIELD("event", FIELD_CHOICE, F_READ, "Sự kiện", "Event", CHOICES(events)),
    FIELD("note", FIELD_TEXT, F_READ | F_NULLABLE, "Ý kiến", "Note"),
    FIELD("by_user_id", FIELD_UUID, F_READ | F_NULLABLE, "Người thực hiện", "By"),
    FIELD("by_unit_id", FIELD_INT_REF, F_READ | F_NULLABLE, "Mã đơn vị thực hiện", "By unit id"),
    FIELD("by_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị thực hiện", "By unit"),
    FIELD("content", FIELD_JSON, F_READ | F_DETAIL, "Nội dung", "Content",
          .schema = "{\"type\":\"object\"}",
          .doc = "lines, sections, values, gathered_lines, gathered_missing, gathered"),
    FIELD_CREATED_AT,
};

static const struct filter filters[] = {
    {.name = STR_INIT("as_of"),
     .kind = FILTER_AS_OF,
     .type = FIELD_DATE,
     .doc = "Those kept by the end of this day; without: all"},
    {.name = STR_INIT("report"),
     .kind = FILTER_VALUE,
     .type = FIELD_UUID,
     .sql = "r.report_id = ?",
     .is_required = true,
     .doc = "Of this report"},
};

static const struct sort sorts[] = {
    {STR_INIT("number"), {SORT_KEY("number", FIELD_INT), SORT_KEY("id", FIELD_UUID)}, 2},
};

const struct resource resource_report_versions = {
    RESOURCE_NAME("report-versions"),
    .singular = "report_version",
    .view = "api.report_versions",
    .day_view = "api.report_versions_on",
    .detail_view = "api.report_version_details",
    .can = CAN_LIST | CAN_GET,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .title_vi = "Các phiên bản báo cáo",
    .title_en = "Report versions",
    .doc = "Never changed; the last approved one holds the figures in force",
};

static const struct choice kinds[] = {
    CHOICE("added", "Thêm", "Added"),
    CHOICE("removed", "Bỏ", "Removed"),
    CHOICE("changed", "Sửa", "Changed"),
};

static const struct field difference_fields[] = {
    FIELD("position", FIELD_INT, F_READ, "Thứ tự", "Position"),
    FIELD("path", FIELD_TEXT, F_READ, "Vị trí", "Path",
          .doc = "lines/<item code>/<assignment>/<field>, sections/<code>/text, "
                 "values/<indicator code>/<field>, gathered_lines/<item code>/<field>"),
    FIELD("label", FIELD_TEXT, F_READ, "Nội dung", "Label"),
    FIELD("kind", FIELD_CHOICE, F_READ, "Thay đổi", "Kind", CHOICES(kinds)),
    FIELD("before", FIELD_TEXT, F_READ | F_NULLABLE, "Trước", "Before"),
    FIELD("after", FIELD_TEXT, F_READ | F_NULLABLE, "Sau", "After"),
};

static const struct filter difference_filters[] = {
    {.name = STR_INIT("report"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_UUID,
     .sql = "p_report_id",
     .is_required = true,
     .doc = "Of this report"},
    {.name = STR_INIT("from"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_INT_REF,
     .sql = "p_from",
     .is_required = true,
     .doc = "Number of the earlier version"},
    {.name = STR_INIT("to"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_INT_REF,
     .sql = "p_to",
     .is_required = true,
     .doc = "Number of the later version"},
};

static const struct sort difference_sorts[] = {
    {STR_INIT("position"), {SORT_KEY("position", FIELD_INT)}, 1},
};

const struct resource resource_report_differences = {
    RESOURCE_NAME("report-differences"),
    .singular = "report_difference",
    .view = "api.report_differences",
    .is_call = true,
    .can = CAN_LIST,
    FIELDS(difference_fields),
    FILTERS(difference_filters),
    SORTS(difference_sorts),
    .title_vi = "So sánh hai phiên bản",
    .title_en = "Report differences",
    .doc = "Line by line, section by section, value by value; notes of a return are left out",
};
