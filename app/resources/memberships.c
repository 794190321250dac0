/* Who acts for which unit, in which role, from when to when. Ended by setting valid_to, never
 * deleted. */
#include "resources/registry.h"

static const struct choice roles[] = {
    CHOICE("viewer", "Người xem", "Viewer"),
    CHOICE("officer", "Chuyên viên", "Officer"),
    CHOICE("leader", "Lãnh đạo", "Leader"),
    CHOICE("admin", "Quản trị", "Administrator"),
};

static const struct field fields[] = {
    FIELD_ID,
    FIELD("user_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Mã tài khoản", "User id"),
    FIELD("user_login", FIELD_TEXT, F_READ | F_NULLABLE, "Tên đăng nhập", "Login"),
    FIELD("user_name", FIELD_TEXT, F_READ | F_NULLABLE, "Họ và tên", "Name"),
    FIELD("unit_id", FIELD_INT_REF, F_READ | F_CREATE | F_REQUIRED, "Mã đơn vị", "Unit id"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("role", FIELD_CHOICE, F_READ | F_WRITE | F_REQUIRED, "Vai trò", "Role", CHOICES(roles)),
    FIELD("valid_from", FIELD_DATE, F_READ | F_WRITE, "Từ ngày", "From", .doc = "Without: today"),
    FIELD("valid_to", FIELD_DATE, F_READ | F_WRITE | F_NULLABLE, "Đến trước ngày", "Until before",
          .doc = "The first day on which it holds no more"),
    FIELD("moves_to_unit_id", FIELD_INT_REF, F_READ | F_NULLABLE, "Mã đơn vị sẽ bố trí",
          "Unit that finds a place", .doc = "Of one ended by a reorganisation"),
    FIELD("is_current", FIELD_BOOL, F_READ, "Đang hiệu lực", "Current"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule rules[] = {
    RULE("membership_dates", "valid_to", "wrong_order"),
};

static const struct filter filters[] = {
    FILTER_EQUALS("user", FIELD_UUID, "user_id", "Of this user"),
    {.name = STR_INIT("unit"),
     .kind = FILTER_UNIT,
     .type = FIELD_INT_REF,
     .sql = "r.unit_id",
     .doc = "Of this unit; with subtree=true also of those under it"},
    FILTER_SUBTREE_SWITCH,
    {.name = STR_INIT("role"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.role",
     CHOICES(roles),
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("current"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     .sql = "r.is_current",
     .sql_false = "not r.is_current",
     .doc = "Current, or not"},
    FILTER_AS_OF_ROWS("In force on this day; without: of all days"),
    FILTER_EQUALS("moves_to_unit", FIELD_INT_REF, "moves_to_unit_id",
                  "Ended by a reorganisation; this unit finds the person a place"),
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("valid_from"), {SORT_KEY("valid_from", FIELD_DATE), SORT_KEY("id", FIELD_UUID)}, 2},
    {STR_INIT("user_login"),
     {SORT_SQL("coalesce(r.user_login, '')", FIELD_TEXT), SORT_KEY("id", FIELD_UUID)},
     2},
};

const struct resource resource_memberships = {
    RESOURCE_NAME("memberships"),
    .singular = "membership",
    .view = "api.memberships",
    .day_view = "api.memberships_on",
    .table = "app.membership",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_BULK,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    RULES(rules),
    .title_vi = "Vai trò tại đơn vị",
    .title_en = "Memberships",
};
