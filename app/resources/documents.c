/* Documents: what plans are based on and carry out. */
#include "resources/registry.h"

static const struct choice statuses[] = {
    CHOICE("draft", "Dự thảo", "Draft"),
    CHOICE("published", "Đã ban hành", "Published"),
};

static const struct field fields[] = {
    FIELD_ID,
    FIELD("symbol", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Số, ký hiệu", "Symbol", .min = 1,
          .max = 60),
    FIELD("kind", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Loại văn bản", "Kind",
          .pattern = "^[a-z_]{1,40}$"),
    FIELD("kind_name", FIELD_TEXT, F_READ, "Tên loại văn bản", "Name of the kind"),
    FIELD("issuer", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Cơ quan ban hành", "Issuer",
          .min = 1, .max = 200),
    FIELD("issued_on", FIELD_DATE, F_READ | F_WRITE | F_NULLABLE, "Ngày ban hành", "Issued on"),
    FIELD("subject", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Trích yếu", "Subject", .min = 1,
          .max = 1000),
    FIELD("as_written", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Nguyên văn viện dẫn",
          "As written", .max = 2000),
    FIELD("is_doubtful", FIELD_BOOL, F_READ | F_WRITE, "Có điểm nghi vấn", "Doubtful"),
    FIELD("doubt", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Điểm nghi vấn", "Doubt", .max = 1000,
          .doc = "Must be told when is_doubtful"),
    FIELD("status", FIELD_CHOICE, F_READ | F_WRITE, "Trạng thái", "Status", CHOICES(statuses),
          .doc = "Without: draft"),
    FIELD("owner_unit_id", FIELD_INT_REF, F_READ | F_CREATE, "Mã đơn vị quản lý", "Owner unit id",
          .doc = "Without: my unit; never another"),
    FIELD("owner_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị quản lý", "Owner unit"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule rules[] = {
    RULE("document_doubt_told", "doubt", "required"),
};

static const struct filter filters[] = {
    {.name = STR_INIT("kind"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_TEXT,
     .sql = "r.kind",
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("status"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.status",
     CHOICES(statuses),
     .doc = "One or more, separated by commas"},
    FILTER_EQUALS("symbol", FIELD_TEXT, "symbol",
                  "With this symbol (which is no key: two 25-NQ/TW exist)"),
    {.name = STR_INIT("doubtful"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     .sql = "r.is_doubtful",
     .sql_false = "not r.is_doubtful",
     .doc = "With a doubtful point, or without"},
    {.name = STR_INIT("issued_before"),
     .kind = FILTER_VALUE,
     .type = FIELD_DATE,
     .sql = "r.issued_on < ?",
     .doc = "Issued before this day"},
    {.name = STR_INIT("issued_after"),
     .kind = FILTER_VALUE,
     .type = FIELD_DATE,
     .sql = "r.issued_on > ?",
     .doc = "Issued after this day"},
    {.name = STR_INIT("unit"),
     .kind = FILTER_UNIT,
     .type = FIELD_INT_REF,
     .sql = "r.owner_unit_id",
     .doc = "Owned by this unit; with subtree=true also by those under it"},
    FILTER_SUBTREE_SWITCH,
    FILTER_TEXT_SEARCH,
    FILTER_UPDATED_SINCE,
};

/* A document without a date stands before all that have one. */
static const struct sort sorts[] = {
    {STR_INIT("issued_on"),
     {SORT_SQL("coalesce(r.issued_on, '1900-01-01'::date)", FIELD_DATE),
      SORT_KEY("id", FIELD_UUID)},
     2},
    {STR_INIT("symbol"),
     {SORT_SQL("coalesce(r.symbol, '') collate app.vietnamese", FIELD_TEXT),
      SORT_KEY("id", FIELD_UUID)},
     2},
    {STR_INIT("updated_at"),
     {SORT_KEY("updated_at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)},
     2},
};

const struct resource resource_documents = {
    RESOURCE_NAME("documents"),
    .singular = "document",
    .view = "api.documents",
    .table = "app.document",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    RULES(rules),
    .sorts_down = true,
    .title_vi = "Văn bản",
    .title_en = "Documents",
};
