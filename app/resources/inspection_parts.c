/* What stands under an inspection: units, standard documents, findings. */
#include "resources/registry.h"

#define INSPECTION_FIELDS                                                                    \
    FIELD("inspection_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Cuộc kiểm tra (mã)", \
          "Inspection"),                                                                     \
        FIELD("inspection_title", FIELD_TEXT, F_READ | F_NULLABLE, "Cuộc kiểm tra",          \
              "Title of the inspection")
#define FILTER_INSPECTION FILTER_EQUALS("inspection", FIELD_UUID, "inspection_id", "Of this one")

/* ---- units ---- */

static const struct choice roles[] = {
    CHOICE("subject", "Được kiểm tra", "Inspected"),
    CHOICE("partner", "Phối hợp", "Partner"),
};
static const struct choice inspection_statuses[] = {
    CHOICE("planned", "Dự kiến", "Planned"),
    CHOICE("announced", "Đã thông báo", "Announced"),
    CHOICE("under_way", "Đang tiến hành", "Under way"),
    CHOICE("concluded", "Đã kết luận", "Concluded"),
    CHOICE("cancelled", "Đã hủy", "Cancelled"),
};

static const struct field unit_fields[] = {
    FIELD_ID,
    INSPECTION_FIELDS,
    FIELD("starts_on", FIELD_DATE, F_READ, "Từ ngày", "First day"),
    FIELD("inspection_status", FIELD_CHOICE, F_READ, "Trạng thái", "Status",
          CHOICES(inspection_statuses)),
    FIELD("unit_id", FIELD_INT_REF, F_READ | F_CREATE | F_REQUIRED, "Mã đơn vị", "Unit id"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị", "Unit code"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("role", FIELD_CHOICE, F_READ | F_CREATE | F_REQUIRED, "Vai trò", "Role", CHOICES(roles)),
    FIELD("nothing_found", FIELD_BOOL, F_READ | F_UPDATE, "Không có nhận xét, kiến nghị",
          "Nothing found",
          .doc = "Of a unit inspected: neither finding nor recommendation, said on purpose"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule unit_rules[] = {
    RULE("inspection_unit_nothing_found_of_subject", "nothing_found", "not_a_subject"),
};

static const struct filter unit_filters[] = {
    FILTER_AS_OF_ROWS("Of inspections that were there to be seen by this day"),
    FILTER_INSPECTION,
    FILTER_EQUALS("unit", FIELD_INT_REF, "unit_id", "Of this unit"),
    {.name = STR_INIT("role"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.role",
     CHOICES(roles),
     .doc = "One or more, separated by commas"},
};

static const struct sort unit_sorts[] = {
    {STR_INIT("id"), {SORT_KEY("id", FIELD_UUID)}, 1},
    {STR_INIT("starts_on"), {SORT_KEY("starts_on", FIELD_DATE), SORT_KEY("id", FIELD_UUID)}, 2},
};

const struct resource resource_inspection_units = {
    RESOURCE_NAME("inspection-units"),
    .singular = "inspection_unit",
    .view = "api.inspection_units",
    .day_view = "api.inspection_units_on",
    .table = "app.inspection_unit",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(unit_fields),
    FILTERS(unit_filters),
    SORTS(unit_sorts),
    RULES(unit_rules),
    .title_vi = "Đơn vị được kiểm tra, phối hợp",
    .title_en = "Units of inspections",
    .doc = "Seen by whoever sees the inspection",
};

/* ---- standards ---- */

static const struct field standard_fields[] = {
    FIELD_ID,
    INSPECTION_FIELDS,
    FIELD("document_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Văn bản (mã)", "Document"),
    FIELD("document_symbol", FIELD_TEXT, F_READ | F_NULLABLE, "Số, ký hiệu", "Symbol"),
    FIELD("document_subject", FIELD_TEXT, F_READ | F_NULLABLE, "Trích yếu", "Subject"),
    FIELD("document_issued_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày ban hành", "Issued on"),
    FIELD_ACTIONS,
};

static const struct filter standard_filters[] = {
    FILTER_AS_OF_ROWS("Of inspections that were there to be seen by this day"),
    FILTER_INSPECTION,
    FILTER_EQUALS("document", FIELD_UUID, "document_id", "This document"),
};

static const struct sort standard_sorts[] = {
    {STR_INIT("id"), {SORT_KEY("id", FIELD_UUID)}, 1},
};

const struct resource resource_inspection_standards = {
    RESOURCE_NAME("inspection-standards"),
    .singular = "inspection_standard",
    .view = "api.inspection_standards",
    .day_view = "api.inspection_standards_on",
    .table = "app.inspection_standard",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_DELETE | CAN_BULK,
    FIELDS(standard_fields),
    FILTERS(standard_filters),
    SORTS(standard_sorts),
    .title_vi = "Văn bản làm căn cứ kiểm tra",
    .title_en = "Standards of inspections",
    .doc = "Documents against which it is inspected",
};

/* ---- findings ---- */

static const struct choice finding_kinds[] = {
    CHOICE("strength", "Ưu điểm", "Strength"),
    CHOICE("shortcoming", "Hạn chế", "Shortcoming"),
};

static const struct field finding_fields[] = {
    FIELD_ID,
    INSPECTION_FIELDS,
    FIELD("subject_unit_id", FIELD_INT_REF, F_READ | F_WRITE | F_REQUIRED,
          "Mã đơn vị được kiểm tra", "Subject unit id"),
    FIELD("subject_unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị được kiểm tra",
          "Subject unit code"),
    FIELD("subject_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị được kiểm tra",
          "Subject unit"),
    FIELD("kind", FIELD_CHOICE, F_READ | F_WRITE | F_REQUIRED, "Loại", "Kind",
          CHOICES(finding_kinds)),
    FIELD("text", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Nhận xét", "Text", .min = 1,
          .max = 4000, .doc = "The work of organisations only: no person, household or believer"),
    FIELD("issued_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày kết luận", "Concluded on",
          .doc = "From this day on its subject sees it"),
    FIELD("owner_unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị kiểm tra", "Inspecting unit id"),
    FIELD("owner_unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị kiểm tra",
          "Inspecting unit code"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE | F_HIDDEN_IN_CSV, "Ký hiệu đơn vị",
          "Unit code", .doc = "The same as owner_unit_code"),
    FIELD("owner_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị kiểm tra", "Inspecting unit"),
    FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),
    FIELD("line", FIELD_TEXT, F_READ, "Ngành", "Line"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct filter finding_filters[] = {
    FILTER_AS_OF_ROWS("Of inspections concluded by this day"),
    FILTER_INSPECTION,
    {.name = STR_INIT("unit"),
     .kind = FILTER_UNIT,
     .type = FIELD_INT_REF,
     .sql = "r.owner_unit_id",
     .replaces_scope = true,
     .doc = "By this unit; with subtree=true also by those under it"},
    FILTER_SUBTREE_SWITCH,
    FILTER_EQUALS("subject_unit", FIELD_INT_REF, "subject_unit_id", "About this unit"),
    {.name = STR_INIT("kind"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.kind",
     CHOICES(finding_kinds),
     .doc = "One or more, separated by commas"},
    FILTER_UPDATED_SINCE,
};

static const struct sort finding_sorts[] = {
    {STR_INIT("id"), {SORT_KEY("id", FIELD_UUID)}, 1},
    {STR_INIT("updated_at"),
     {SORT_KEY("updated_at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)},
     2},
};

const struct resource resource_inspection_findings = {
    RESOURCE_NAME("inspection-findings"),
    .singular = "inspection_finding",
    .view = "api.inspection_findings",
    .day_view = "api.inspection_findings_on",
    .table = "app.inspection_finding",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(finding_fields),
    FILTERS(finding_filters),
    SORTS(finding_sorts),
    .title_vi = "Nhận xét qua kiểm tra, giám sát",
    .title_en = "Findings of inspections",
    .doc = "The inspecting unit's and its partners' until the conclusion; then a subject sees its "
           "own",
};
