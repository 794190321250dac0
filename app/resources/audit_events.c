/* Who did what, acting as whom, when and from where; for administrators. */
#include "resources/registry.h"

static const struct field fields[] = {
    FIELD_ID,
    FIELD("at", FIELD_TIMESTAMP, F_READ, "Thời điểm", "At"),
    FIELD("user_id", FIELD_UUID, F_READ | F_NULLABLE, "Mã tài khoản", "User id"),
    FIELD("user_login", FIELD_TEXT, F_READ | F_NULLABLE, "Tên đăng nhập", "Login"),
    FIELD("user_name", FIELD_TEXT, F_READ | F_NULLABLE, "Họ và tên", "Name"),
    FIELD("unit_id", FIELD_INT_REF, F_READ | F_NULLABLE, "Mã đơn vị", "Unit id"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("role", FIELD_TEXT, F_READ | F_NULLABLE, "Vai trò", "Role"),
    FIELD("remote_addr", FIELD_TEXT, F_READ | F_NULLABLE, "Địa chỉ mạng", "Address"),
    FIELD("request_id", FIELD_TEXT, F_READ | F_NULLABLE, "Mã yêu cầu", "Request id"),
    FIELD("action", FIELD_TEXT, F_READ, "Thao tác", "Action"),
    FIELD("resource", FIELD_TEXT, F_READ, "Đối tượng", "Resource"),
    FIELD("resource_id", FIELD_TEXT, F_READ | F_NULLABLE, "Mã đối tượng", "Resource id"),
    FIELD("change", FIELD_JSON, F_READ | F_NULLABLE, "Thay đổi", "Change",
          .schema = "{\"type\":\"object\"}"),
};

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS("Up to the end of this day"),
    FILTER_EQUALS("user", FIELD_UUID, "user_id", "By this user"),
    FILTER_EQUALS("unit", FIELD_INT_REF, "unit_id", "By members of this unit"),
    FILTER_EQUALS("action", FIELD_TEXT, "action", "Of this action"),
    FILTER_EQUALS("resource", FIELD_TEXT, "resource", "On this resource"),
    FILTER_EQUALS("resource_id", FIELD_TEXT, "resource_id", "On this record"),
    FILTER_EQUALS("request_id", FIELD_TEXT, "request_id", "In this request"),
    {.name = STR_INIT("since"),
     .kind = FILTER_VALUE,
     .type = FIELD_TIMESTAMP,
     .sql = "r.at >= ?",
     .doc = "At this moment or later"},
    {.name = STR_INIT("until"),
     .kind = FILTER_VALUE,
     .type = FIELD_TIMESTAMP,
     .sql = "r.at < ?",
     .doc = "Before this moment"},
};

static const struct sort sorts[] = {
    {STR_INIT("at"), {SORT_KEY("at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)}, 2},
};

const struct resource resource_audit_events = {
    RESOURCE_NAME("audit-events"),
    .singular = "audit_event",
    .view = "api.audit_events",
    .day_view = "api.audit_events_on",
    .can = CAN_LIST | CAN_GET,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .sorts_down = true,
    .has_scope_column = true,
    .title_vi = "Nhật ký hệ thống",
    .title_en = "Audit events",
};
