/* One unit may write its report until a day of its own, past the lock. */
#include "resources/registry.h"

static const struct field fields[] = {
    FIELD_ID,
    FIELD("period_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Kỳ báo cáo", "Period"),
    FIELD("plan_id", FIELD_UUID, F_READ | F_NULLABLE, "Kế hoạch", "Plan"),
    FIELD("period_label", FIELD_TEXT, F_READ | F_NULLABLE, "Tên kỳ báo cáo", "Period label"),
    FIELD("unit_id", FIELD_INT_REF, F_READ | F_CREATE | F_REQUIRED, "Mã đơn vị", "Unit id"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("until_on", FIELD_DATE, F_READ | F_CREATE | F_REQUIRED, "Đến hết ngày", "Until",
          .doc = "Last day to write and to submit; later than the unit's level is due"),
    FIELD("reason", FIELD_TEXT, F_READ | F_CREATE | F_REQUIRED, "Lý do", "Reason", .min = 1,
          .max = 1000),
    FIELD("granted_by", FIELD_UUID, F_READ, "Người cho phép", "Granted by"),
    FIELD("granted_unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị cho phép", "Granting unit id"),
    FIELD("granted_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị cho phép", "Granting unit"),
    FIELD("revoked_at", FIELD_TIMESTAMP, F_READ | F_NULLABLE, "Thu hồi lúc", "Revoked at"),
    FIELD("revoked_by", FIELD_UUID, F_READ | F_NULLABLE, "Người thu hồi", "Revoked by"),
    FIELD("is_in_force", FIELD_BOOL, F_READ, "Còn hiệu lực", "In force"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS("Granted by this day, and revoked as far as by then"),
    FILTER_EQUALS("period", FIELD_UUID, "period_id", "Of this period"),
    FILTER_EQUALS("unit", FIELD_INT_REF, "unit_id", "Of this unit"),
    {.name = STR_INIT("in_force"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     .sql = "r.is_in_force",
     .sql_false = "not r.is_in_force",
     .doc = "Neither revoked nor over, or not"},
};

static const struct sort sorts[] = {
    {STR_INIT("until_on"), {SORT_KEY("until_on", FIELD_DATE), SORT_KEY("id", FIELD_UUID)}, 2},
};

static const struct command commands[] = {
    COMMAND("period-exceptions", "revoke", "api.period_exception_revoke", "Thu hồi", "Revoke",
            .needs_version = true, .doc = "What is still owed is due with everybody else's again"),
};

const struct resource resource_period_exceptions = {
    RESOURCE_NAME("period-exceptions"),
    .singular = "period_exception",
    .view = "api.period_exceptions",
    .day_view = "api.period_exceptions_on",
    .day_detail_view = "api.period_exceptions_on",
    .table = "app.period_exception",
    .can = CAN_LIST | CAN_GET | CAN_CREATE,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    COMMANDS(commands),
    .title_vi = "Ngoại lệ kỳ báo cáo",
    .title_en = "Period exceptions",
    .doc = "Granted by a leader of the unit's superior or of the plan's issuer",
};
