/* Files attached to records: what they are called and who attached them. Attaching and reading the
 * content is service/handlers_evidence.c. */
#include "resources/registry.h"

static const struct choice kinds[] = {
    CHOICE("progress_entry", "Nhật ký tiến độ", "Progress entry"),
    CHOICE("report", "Báo cáo", "Report"),
    CHOICE("document", "Văn bản", "Document"),
    CHOICE("meeting", "Hội nghị", "Meeting"),
};

static const struct field fields[] = {
    FIELD_ID,
    FIELD("record_kind", FIELD_CHOICE, F_READ, "Đính kèm vào", "Attached to", CHOICES(kinds)),
    FIELD("record_id", FIELD_UUID, F_READ, "Mã bản ghi", "Record id"),
    FIELD("unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị", "Unit id"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("name", FIELD_TEXT, F_READ, "Tên tệp", "File name"),
    FIELD("media_type", FIELD_TEXT, F_READ, "Loại tệp", "Media type",
          .doc = "Told from the content, never from the name"),
    FIELD("size", FIELD_INT, F_READ, "Dung lượng (byte)", "Size (bytes)"),
    FIELD("sha256", FIELD_TEXT, F_READ, "Mã băm SHA-256", "SHA-256",
          .doc = "Of the content, in hexadecimal; also its ETag"),
    FIELD("added_by", FIELD_UUID, F_READ, "Người đính kèm", "Added by"),
    FIELD_CREATED_AT,
    FIELD_ACTIONS,
};

static const struct filter filters[] = {
    {.name = STR_INIT("record"),
     .kind = FILTER_VALUE,
     .type = FIELD_UUID,
     .sql = "(r.progress_entry_id = ? or r.report_id = ? or r.document_id = ? or r.meeting_id = ?)",
     .is_required = true,
     .doc = "Attached to this progress entry, report, document or meeting"},
};

static const struct sort sorts[] = {
    {STR_INIT("created_at"),
     {SORT_KEY("created_at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)},
     2},
};

const struct resource resource_evidence = {
    RESOURCE_NAME("evidence"),
    .singular = "evidence",
    .view = "api.evidence",
    .table = "app.evidence",
    .can = CAN_LIST | CAN_GET | CAN_DELETE,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .title_vi = "Tài liệu minh chứng",
    .title_en = "Evidence",
    .doc = "Files attached to progress entries, reports, documents and meetings. Attached by POST "
           "/progress-entries/{id}/evidence, /reports/{id}/evidence, /documents/{id}/evidence and "
           "/meetings/{id}/evidence; read by GET /evidence/{id}/content",
};
