/* How documents relate: replaces, based on, carries out, continues, cites. */
#include "resources/registry.h"

static const struct choice kinds[] = {
    CHOICE("replaces", "Thay thế", "Replaces"),
    CHOICE("based_on", "Căn cứ", "Based on"),
    CHOICE("carries_out", "Thực hiện", "Carries out"),
    CHOICE("continues", "Tiếp tục", "Continues"),
    CHOICE("cites", "Viện dẫn", "Cites"),
};

static const struct field fields[] = {
    FIELD_ID,
    FIELD("from_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Mã văn bản", "Document id"),
    FIELD("from_symbol", FIELD_TEXT, F_READ | F_NULLABLE, "Văn bản", "Document"),
    FIELD("from_subject", FIELD_TEXT, F_READ, "Trích yếu", "Subject"),
    FIELD("kind", FIELD_CHOICE, F_READ | F_WRITE | F_REQUIRED, "Quan hệ", "Relation",
          CHOICES(kinds)),
    FIELD("to_id", FIELD_UUID, F_READ | F_WRITE | F_REQUIRED, "Mã văn bản liên quan",
          "Related document id"),
    FIELD("to_symbol", FIELD_TEXT, F_READ | F_NULLABLE, "Văn bản liên quan", "Related document"),
    FIELD("to_subject", FIELD_TEXT, F_READ, "Trích yếu văn bản liên quan",
          "Subject of the related"),
    FIELD("note", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Ghi chú", "Note", .max = 500),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule rules[] = {
    RULE("document_relation_not_self", "to_id", "same_record"),
};

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS("Between documents published, both bearing this day or an earlier one"),
    FILTER_EQUALS("from", FIELD_UUID, "from_id", "Of this document"),
    FILTER_EQUALS("to", FIELD_UUID, "to_id", "To this document"),
    {.name = STR_INIT("document"),
     .kind = FILTER_VALUE,
     .type = FIELD_UUID,
     .sql = "? in (r.from_id, r.to_id)",
     .doc = "Of or to this document"},
    {.name = STR_INIT("kind"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.kind",
     CHOICES(kinds),
     .doc = "One or more, separated by commas"},
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("kind"), {SORT_KEY("kind", FIELD_TEXT), SORT_KEY("id", FIELD_UUID)}, 2},
};

const struct resource resource_document_relations = {
    RESOURCE_NAME("document-relations"),
    .singular = "document_relation",
    .view = "api.document_relations",
    .day_view = "api.document_relations_on",
    .table = "app.document_relation",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    RULES(rules),
    .title_vi = "Quan hệ văn bản",
    .title_en = "Document relations",
};
