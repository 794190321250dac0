/* Qualifications, and the proofs of records deleted. */
#include "resources/registry.h"

static const struct choice kinds[] = {
    CHOICE("professional", "Chuyên môn", "Professional"),
    CHOICE("political_theory", "Lý luận chính trị", "Political theory"),
    CHOICE("state_management", "Quản lý nhà nước", "State management"),
    CHOICE("mobilization", "Nghiệp vụ dân vận", "Mobilization"),
    CHOICE("foreign_language", "Ngoại ngữ", "Foreign language"),
    CHOICE("ethnic_language", "Tiếng dân tộc thiểu số", "Language of an ethnic minority"),
    CHOICE("informatics", "Tin học", "Informatics"),
};

static const struct field fields[] = {
    FIELD_ID,
    FIELD("staff_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Cán bộ (mã)", "Staff id"),
    FIELD("staff_code", FIELD_TEXT, F_READ, "Mã cán bộ", "Staff code"),
    FIELD("staff_name", FIELD_TEXT, F_READ, "Họ và tên", "Name"),
    FIELD("unit_id", FIELD_INT_REF, F_READ, "Mã số đơn vị", "Unit id"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã đơn vị", "Unit code"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("kind", FIELD_CHOICE, F_READ | F_WRITE | F_REQUIRED, "Loại trình độ", "Kind",
          CHOICES(kinds)),
    FIELD("degree", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Trình độ", "Degree", .min = 1,
          .max = 120),
    FIELD("subject", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Ngành đào tạo", "Subject",
          .min = 1, .max = 200),
    FIELD("institution", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Cơ sở đào tạo", "Institution",
          .min = 1, .max = 200),
    FIELD("obtained_on", FIELD_DATE, F_READ | F_WRITE | F_NULLABLE, "Ngày cấp", "Obtained on"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS("Obtained by this day; people where they stood then"),
    FILTER_EQUALS("staff", FIELD_UUID, "staff_id", "Of this person"),
    {.name = STR_INIT("unit"),
     .kind = FILTER_UNIT,
     .type = FIELD_INT_REF,
     .sql = "r.unit_id",
     .replaces_scope = true,
     .doc = "Of people of this unit; with subtree=true also of those under it"},
    FILTER_SUBTREE_SWITCH,
    {.name = STR_INIT("kind"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.kind",
     CHOICES(kinds),
     .doc = "One or more, separated by commas"},
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("staff_code"), {SORT_KEY("staff_code", FIELD_TEXT), SORT_KEY("id", FIELD_UUID)}, 2},
    {STR_INIT("updated_at"),
     {SORT_KEY("updated_at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)},
     2},
};

const struct resource resource_qualifications = {
    RESOURCE_NAME("qualifications"),
    .singular = "qualification",
    .view = "api.qualifications",
    .day_view = "api.qualifications_on",
    .table = "app.qualification",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .has_scope_column = true,
    .title_vi = "Trình độ đào tạo",
    .title_en = "Qualifications",
};

/* ---- proofs ---- */

static const struct field deletion_fields[] = {
    FIELD_ID,
    FIELD("staff_id", FIELD_UUID, F_READ, "Cán bộ (mã)", "Staff id",
          .doc = "Of the record that is no more"),
    FIELD("unit_id", FIELD_INT_REF, F_READ, "Mã số đơn vị", "Unit id"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã đơn vị", "Unit code"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("left_on", FIELD_DATE, F_READ, "Ngày thôi công tác", "Left on"),
    FIELD("retention_years", FIELD_INT, F_READ, "Thời hạn lưu (năm)", "Years kept"),
    FIELD("deleted_counts", FIELD_JSON, F_READ, "Số bản ghi đã xóa", "Rows deleted",
          .doc = "By table"),
    FIELD("digest", FIELD_TEXT, F_READ, "Mã băm SHA-256", "Digest",
          .doc = "Of the `document` that export last gave: who holds it can prove it is this one"),
    FIELD("deleted_at", FIELD_TIMESTAMP, F_READ, "Xóa lúc", "Deleted at"),
};

static const struct filter deletion_filters[] = {
    FILTER_AS_OF_ROWS("Deleted by this day"),
    FILTER_EQUALS("unit", FIELD_INT_REF, "unit_id", "Of this unit"),
};

static const struct sort deletion_sorts[] = {
    {STR_INIT("deleted_at"),
     {SORT_KEY("deleted_at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)},
     2},
};

const struct resource resource_staff_deletions = {
    RESOURCE_NAME("staff-deletions"),
    .singular = "staff_deletion",
    .view = "api.staff_deletions",
    .day_view = "api.staff_deletions_on",
    .can = CAN_LIST | CAN_GET,
    FIELDS(deletion_fields),
    FILTERS(deletion_filters),
    SORTS(deletion_sorts),
    .sorts_down = true,
    .title_vi = "Biên bản xóa hồ sơ cán bộ",
    .title_en = "Staff deletions",
    .doc = "Proofs of what was deleted when the lawful term was over; nothing of the person",
};
