/* Posts that people hold or held, from when to when. */
#include "resources/registry.h"

static const struct choice kinds[] = {
    CHOICE("primary", "Chức danh chính", "First post"),
    CHOICE("concurrent", "Kiêm nhiệm", "Further post"),
    CHOICE("secondment", "Biệt phái", "Secondment"),
};
static const struct choice causes[] = {
    CHOICE("transfer", "Điều động, luân chuyển", "Transfer"),
    CHOICE("end_of_term", "Hết nhiệm kỳ, hết thời hạn", "End of term"),
    CHOICE("retired", "Nghỉ hưu", "Retired"),
    CHOICE("left", "Thôi việc, chuyển ngành", "Left"),
    CHOICE("reorganisation", "Sắp xếp tổ chức", "Reorganisation"),
};
#define SAID_CAUSES 4 /* a reorganisation is none that a person gives */

static const struct field fields[] = {
    FIELD_ID,
    FIELD("staff_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Cán bộ (mã)", "Staff id"),
    FIELD("staff_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã cán bộ", "Staff code"),
    FIELD("staff_name", FIELD_TEXT, F_READ | F_NULLABLE, "Họ và tên", "Name",
          .doc = "Null once the person is of a unit that I do not see"),
    FIELD("unit_id", FIELD_INT_REF, F_READ | F_CREATE, "Mã số đơn vị", "Unit id",
          .doc = "Without: my unit"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã đơn vị", "Unit code"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),
    FIELD("line", FIELD_TEXT, F_READ, "Ngành", "Line"),
    FIELD("position_code", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Mã chức danh",
          "Position code", .pattern = "^[a-z0-9_]{1,60}$"),
    FIELD("position", FIELD_TEXT, F_READ, "Chức danh (mã)", "Position",
          .doc = "The same code, under the name that imports use"),
    FIELD("position_name", FIELD_TEXT, F_READ, "Chức danh", "Name of the position"),
    FIELD("kind", FIELD_CHOICE, F_READ | F_CREATE, "Loại", "Kind", CHOICES(kinds),
          .doc = "Without: primary. People are lent by the command second"),
    FIELD("valid_from", FIELD_DATE, F_READ | F_WRITE | F_REQUIRED, "Từ ngày", "From"),
    FIELD("valid_to", FIELD_DATE, F_READ | F_WRITE | F_NULLABLE, "Đến trước ngày", "Until before",
          .doc = "The first day on which it is held no more"),
    FIELD("legal_basis", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Căn cứ", "Legal basis",
          .min = 1, .max = 300),
    FIELD("end_cause", FIELD_CHOICE, F_READ | F_WRITE | F_NULLABLE, "Lý do kết thúc",
          "Why it ended", CHOICES(causes)),
    FIELD("moves_to_unit_id", FIELD_INT_REF, F_READ | F_NULLABLE, "Đơn vị tiếp nhận",
          "Receiving unit id", .doc = "Ended by a reorganisation: who finds the person a place"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule rules[] = {
    RULE("appointment_dates", "valid_to", "wrong_order"),
    RULE("appointment_end_told", "valid_to", "required"),
};

static const struct filter filters[] = {
    FILTER_EQUALS("staff", FIELD_UUID, "staff_id", "Of this person"),
    {.name = STR_INIT("unit"),
     .kind = FILTER_UNIT,
     .type = FIELD_INT_REF,
     .sql = "r.unit_id",
     .replaces_scope = true,
     .doc = "In this unit; with subtree=true also in those under it"},
    FILTER_SUBTREE_SWITCH,
    FILTER_EQUALS("position", FIELD_TEXT, "position_code", "In this post"),
    {.name = STR_INIT("kind"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.kind",
     CHOICES(kinds),
     .doc = "One or more, separated by commas"},
    FILTER_AS_OF_ROWS("Held on this day; without: all, past ones too"),
    {.name = STR_INIT("to_place"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     .sql = "r.moves_to_unit_id = (select private.my_unit())",
     .sql_false = "r.moves_to_unit_id is null",
     .replaces_scope = true,
     .doc = "Of people whom my unit finds a place after a reorganisation"},
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("valid_from"), {SORT_KEY("valid_from", FIELD_DATE), SORT_KEY("id", FIELD_UUID)}, 2},
    {STR_INIT("updated_at"),
     {SORT_KEY("updated_at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)},
     2},
};

static const struct field end_fields[] = {
    FIELD("valid_to", FIELD_DATE, F_CREATE | F_NULLABLE, "Đến trước ngày", "Until before",
          .doc = "Without: today"),
    {.name = STR_INIT("end_cause"),
     .type = FIELD_CHOICE,
     .flags = F_CREATE | F_NULLABLE,
     .title_vi = "Lý do kết thúc",
     .title_en = "Why it ended",
     .choices = causes,
     .choice_count = SAID_CAUSES,
     .doc = "Without: end_of_term"},
};

static const struct command commands[] = {
    COMMAND("appointments", "end", "api.appointment_end", "Kết thúc", "End", .needs_version = true,
            COMMAND_FIELDS(end_fields)),
};

const struct resource resource_appointments = {
    RESOURCE_NAME("appointments"),
    .singular = "appointment",
    .view = "api.appointments",
    .day_view = "api.appointments_on",
    .table = "app.appointment",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .sorts_down = true,
    RULES(rules),
    COMMANDS(commands),
    .has_scope_column = true,
    .title_vi = "Quá trình công tác",
    .title_en = "Appointments",
};
