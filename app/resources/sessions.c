/* My sessions: listed here, ended by a handler of service/ (DELETE /sessions/{id}). */
#include "resources/registry.h"

static const struct field fields[] = {
    FIELD_ID,
    FIELD("membership_id", FIELD_UUID, F_READ, "Vai trò tại đơn vị", "Membership"),
    FIELD("unit_id", FIELD_INT_REF, F_READ | F_NULLABLE, "Mã đơn vị", "Unit id"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("role", FIELD_TEXT, F_READ | F_NULLABLE, "Vai trò", "Role"),
    FIELD_CREATED_AT,
    FIELD("last_seen_at", FIELD_TIMESTAMP, F_READ, "Dùng lần cuối", "Last seen at"),
    FIELD("expires_at", FIELD_TIMESTAMP, F_READ, "Hết hạn lúc", "Expires at"),
    FIELD("revoked_at", FIELD_TIMESTAMP, F_READ | F_NULLABLE, "Thu hồi lúc", "Revoked at"),
    FIELD("remote_addr", FIELD_TEXT, F_READ | F_NULLABLE, "Địa chỉ mạng", "Address"),
    FIELD("user_agent", FIELD_TEXT, F_READ | F_NULLABLE, "Trình duyệt", "User agent"),
    FIELD("is_current", FIELD_BOOL, F_READ, "Phiên này", "This session"),
    FIELD("is_active", FIELD_BOOL, F_READ, "Đang hiệu lực", "Active"),
    FIELD_ACTIONS,
};

static const struct filter filters[] = {
    {.name = STR_INIT("active"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     .sql = "r.is_active",
     .sql_false = "not r.is_active",
     .doc = "Active, or not"},
};

static const struct sort sorts[] = {
    {STR_INIT("created_at"),
     {SORT_KEY("created_at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)},
     2},
};

const struct resource resource_sessions = {
    RESOURCE_NAME("sessions"),
    .singular = "session",
    .view = "api.sessions",
    .can = CAN_LIST | CAN_GET,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .sorts_down = true,
    .title_vi = "Phiên đăng nhập",
    .title_en = "Sessions",
};
