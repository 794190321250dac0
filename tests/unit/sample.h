/* A resource for the engine's tests, with one of everything. */
#ifndef DANVAN_UNIT_SAMPLE_H
#define DANVAN_UNIT_SAMPLE_H

#include "resource/descriptor.h"
#include "resource/operation.h"

static const struct choice sample_statuses[] = {CHOICE("open", "Đang mở", "Open"),
                                                CHOICE("done", "Xong", "Done"),
                                                CHOICE("lost", "Mất", "Lost")};
static const struct choice sample_relations[] = {CHOICE("lead", "Chủ trì", "Lead"),
                                                 CHOICE("helping", "Phối hợp", "Helping")};
static const char *const sample_relation_sql[] = {"r.unit_id = (select private.my_unit())",
                                                  "r.id in (select p.id from app.help as p)"};

static const struct field sample_fields[] = {
    FIELD_ID,
    FIELD("title", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Tiêu đề", "Title", .min = 2,
          .max = 10),
    FIELD("code", FIELD_TEXT, F_READ | F_CREATE, "Mã", "Code", .pattern = "^[a-z]{2,5}$"),
    FIELD("status", FIELD_CHOICE, F_READ | F_WRITE, "Trạng thái", "Status",
          CHOICES(sample_statuses)),
    FIELD("due_on", FIELD_DATE, F_READ | F_WRITE | F_NULLABLE, "Hạn", "Due on"),
    FIELD("seen_at", FIELD_TIMESTAMP, F_READ | F_WRITE, "Lúc xem", "Seen at"),
    FIELD("progress", FIELD_INT, F_READ | F_WRITE, "Tiến độ", "Progress", .min = 0, .max = 100),
    FIELD("unit_id", FIELD_INT_REF, F_READ | F_WRITE, "Đơn vị", "Unit"),
    FIELD("parent_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Thuộc", "Parent"),
    FIELD("is_odd", FIELD_BOOL, F_READ | F_WRITE, "Lẻ", "Odd"),
    FIELD("labels", FIELD_TEXT_ARRAY, F_READ | F_WRITE, "Nhãn", "Labels", .max = 2),
    FIELD("extra", FIELD_JSON, F_READ | F_WRITE | F_DETAIL, "Thêm", "Extra"),
    FIELD_STAMPS,
};
static const struct filter sample_filters[] = {
    {.name = STR_INIT("status"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.status",
     CHOICES(sample_statuses),
     .doc = "Status"},
    {.name = STR_INIT("due_before"),
     .kind = FILTER_VALUE,
     .type = FIELD_DATE,
     .sql = "r.due_on < ?",
     .doc = "Due"},
    {.name = STR_INIT("odd"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     .sql = "r.is_odd",
     .sql_false = "not r.is_odd",
     .doc = "Odd"},
    {.name = STR_INIT("relation"),
     .kind = FILTER_RELATION,
     .type = FIELD_CHOICE,
     .relations = sample_relation_sql,
     CHOICES(sample_relations),
     .replaces_scope = true,
     .doc = "Relation"},
    {.name = STR_INIT("unit"),
     .kind = FILTER_UNIT,
     .type = FIELD_INT_REF,
     .sql = "r.unit_id",
     .replaces_scope = true,
     .doc = "Unit"},
    FILTER_SUBTREE_SWITCH,
    {.name = STR_INIT("within"),
     .kind = FILTER_VALUE,
     .type = FIELD_INT_REF,
     .sql = "? in (r.province_key, r.district_key, ?)",
     .doc = "Within"},
    {.name = STR_INIT("either"),
     .kind = FILTER_SEARCH,
     .type = FIELD_TEXT,
     .sql = "(r.a like ? or r.b like ?)",
     .doc = "Either"},
    FILTER_TEXT_SEARCH,
    FILTER_UPDATED_SINCE,
};
static const struct sort sample_sorts[] = {
    {STR_INIT("due_on"), {SORT_KEY("due_on", FIELD_DATE), SORT_KEY("id", FIELD_UUID)}, 2},
    {STR_INIT("title"),
     {SORT_SQL("r.title collate app.vietnamese", FIELD_TEXT), SORT_KEY("id", FIELD_UUID)},
     2},
};
static const struct field sample_finish_fields[] = {
    FIELD("note", FIELD_TEXT, F_CREATE | F_REQUIRED, "Ghi chú", "Note", .min = 1, .max = 20),
};
static const struct command sample_commands[] = {
    COMMAND("samples", "finish", "api.sample_finish", "Kết thúc", "Finish", .needs_version = true,
            COMMAND_FIELDS(sample_finish_fields)),
    COMMAND("samples", "count", "api.sample_count", "Đếm", "Count", .answers_json = true),
};
static const struct rule sample_rules[] = {RULE("sample_days", "due_on", "wrong_order")};
static const struct resource sample = {
    RESOURCE_NAME("samples"),
    .singular = "sample",
    .view = "api.samples",
    .table = "app.sample",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(sample_fields),
    FILTERS(sample_filters),
    SORTS(sample_sorts),
    COMMANDS(sample_commands),
    RULES(sample_rules),
    .has_scope_column = true,
    .title_vi = "Mẫu",
    .title_en = "Samples",
};
static const struct field tiny_fields[] = {FIELD_ID_INT,
                                           FIELD("name", FIELD_TEXT, F_READ, "Tên", "Name")};
static const struct filter tiny_filters[] = {FILTER_AS_OF_DAY};
static const struct sort tiny_sorts[] = {{STR_INIT("id"), {SORT_KEY("id", FIELD_INT_REF)}, 1}};
static const struct resource tiny = {
    RESOURCE_NAME("tinies"),   .singular = "tiny",  .view = "api.tinies",  .id_kind = ID_INT,
    .can = CAN_LIST | CAN_GET, FIELDS(tiny_fields), FILTERS(tiny_filters), SORTS(tiny_sorts),
    .is_dated = true,          .title_vi = "Nhỏ",   .title_en = "Tinies",
};
static const struct resource *const sample_list[] = {&sample, &tiny};

#define SAMPLE_ID "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"

#endif
