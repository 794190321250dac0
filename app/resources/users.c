/* Accounts. A new one can sign in once an administrator has made it a one-time password
 * (POST /users/{id}/reset-password, a handler of service/) and a membership. */
#include "resources/registry.h"

static const struct field fields[] = {
    FIELD_ID,
    FIELD("login", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Tên đăng nhập", "Login", .min = 2,
          .max = 60, .pattern = "^[a-z0-9][a-z0-9._-]{1,59}$"),
    FIELD("display_name", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Họ và tên", "Name", .min = 1,
          .max = 120),
    FIELD("email", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Thư điện tử", "E-mail", .max = 200,
          .pattern = "^[^@[:space:]]+@[^@[:space:]]+$"),
    FIELD("wants_mail", FIELD_BOOL, F_READ | F_WRITE, "Nhận thư báo", "Wants mail",
          .doc = "Gets the notices of its units as mail too"),
    FIELD("home_unit_id", FIELD_INT_REF, F_READ | F_WRITE | F_REQUIRED, "Mã đơn vị quản lý",
          "Home unit id", .doc = "The unit whose administrators look after the account"),
    FIELD("home_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị quản lý", "Home unit"),
    FIELD("is_disabled", FIELD_BOOL, F_READ, "Đã khóa", "Disabled"),
    FIELD("disabled_at", FIELD_TIMESTAMP, F_READ | F_NULLABLE, "Khóa lúc", "Disabled at"),
    FIELD("must_change_password", FIELD_BOOL, F_READ, "Phải đổi mật khẩu", "Must change password"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS("Made by this day; disabled as far as by then"),
    {.name = STR_INIT("unit"),
     .kind = FILTER_UNIT,
     .type = FIELD_INT_REF,
     .sql = "r.home_unit_id",
     .doc = "With this home unit; with subtree=true also those under it"},
    FILTER_SUBTREE_SWITCH,
    {.name = STR_INIT("disabled"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     .sql = "r.is_disabled",
     .sql_false = "not r.is_disabled",
     .doc = "Disabled, or not"},
    FILTER_EQUALS("login", FIELD_TEXT, "login", "With this login"),
    FILTER_TEXT_SEARCH,
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("login"), {SORT_KEY("login", FIELD_TEXT), SORT_KEY("id", FIELD_UUID)}, 2},
    {STR_INIT("display_name"),
     {SORT_SQL("r.display_name collate app.vietnamese", FIELD_TEXT), SORT_KEY("id", FIELD_UUID)},
     2},
};

static const struct command commands[] = {
    COMMAND("users", "disable", "api.user_disable", "Khóa tài khoản", "Disable",
            .needs_version = true, .doc = "Ends every session of the account at once"),
    COMMAND("users", "enable", "api.user_enable", "Mở khóa tài khoản", "Enable",
            .needs_version = true),
};

const struct resource resource_users = {
    RESOURCE_NAME("users"),
    .singular = "user",
    .view = "api.users",
    .day_view = "api.users_on",
    .table = "app.user_account",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_BULK,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    COMMANDS(commands),
    .title_vi = "Tài khoản",
    .title_en = "Users",
};
