/* Tokens for other systems. Made by a handler of service/ (POST /api-tokens), which shows the
 * secret once; here they are listed and revoked. */
#include "resources/registry.h"

static const struct field fields[] = {
    FIELD_ID,
    FIELD("version", FIELD_INT, F_READ, "Phiên bản", "Version"),
    FIELD("name", FIELD_TEXT, F_READ, "Tên", "Name"),
    FIELD("user_id", FIELD_UUID, F_READ, "Mã tài khoản", "User id"),
    FIELD("membership_id", FIELD_UUID, F_READ, "Vai trò tại đơn vị", "Membership"),
    FIELD("unit_id", FIELD_INT_REF, F_READ | F_NULLABLE, "Mã đơn vị", "Unit id"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("role", FIELD_TEXT, F_READ | F_NULLABLE, "Vai trò", "Role"),
    FIELD_CREATED_AT,
    FIELD("last_used_at", FIELD_TIMESTAMP, F_READ | F_NULLABLE, "Dùng lần cuối", "Last used at"),
    FIELD("expires_at", FIELD_TIMESTAMP, F_READ, "Hết hạn lúc", "Expires at"),
    FIELD("revoked_at", FIELD_TIMESTAMP, F_READ | F_NULLABLE, "Thu hồi lúc", "Revoked at"),
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

/* Without If-Match: a leaked token must not wait for a version. */
static const struct command commands[] = {
    COMMAND("api-tokens", "revoke", "api.api_token_revoke", "Thu hồi", "Revoke"),
};

const struct resource resource_api_tokens = {
    RESOURCE_NAME("api-tokens"),
    .singular = "api_token",
    .view = "api.api_tokens",
    .can = CAN_LIST | CAN_GET,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .sorts_down = true,
    COMMANDS(commands),
    .title_vi = "Mã truy cập hệ thống",
    .title_en = "API tokens",
};
