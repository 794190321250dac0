/* People: name, post, unit. What is personal about them is no field here; commands give it out, one
 * person at a time, on the record. */
#include "resources/registry.h"

static const struct choice statuses[] = {
    CHOICE("working", "Đang công tác", "Working"),
    CHOICE("left", "Đã thôi việc, nghỉ hưu", "Left"),
};

#define POSTS "{\"type\":\"array\",\"items\":{\"type\":\"object\"}}"

static const struct field fields[] = {
    FIELD_ID,
    FIELD("code", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Mã cán bộ", "Code",
          .pattern = "^[A-Za-z0-9._-]{1,40}$"),
    FIELD("full_name", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Họ và tên", "Name", .min = 1,
          .max = 120),
    FIELD("unit_id", FIELD_INT_REF, F_READ | F_CREATE, "Mã số đơn vị", "Unit id",
          .doc = "Without: my unit"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã đơn vị", "Unit code"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),
    FIELD("line", FIELD_TEXT, F_READ, "Ngành", "Line"),
    FIELD("position_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã chức danh", "Position code",
          .doc = "Of the first post held today"),
    FIELD("position", FIELD_TEXT, F_READ | F_NULLABLE, "Chức danh (mã)", "Position",
          .doc = "The same code, under the name that imports use"),
    FIELD("position_name", FIELD_TEXT, F_READ | F_NULLABLE, "Chức danh", "Name of the position"),
    FIELD("in_post_since", FIELD_DATE, F_READ | F_NULLABLE, "Giữ chức danh từ ngày",
          "In post since"),
    FIELD("further_posts", FIELD_JSON, F_READ | F_HIDDEN_IN_CSV, "Biệt phái, kiêm nhiệm",
          "Secondments and further posts", .schema = POSTS),
    FIELD("user_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Mã tài khoản", "Account",
          .doc = "The person's own account, through which they read their own record"),
    FIELD("status", FIELD_CHOICE, F_READ, "Trạng thái", "Status", CHOICES(statuses)),
    FIELD("left_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày thôi công tác", "Left on"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS(
        "Who held a first post by this day, in the unit and post of the day; without: today"),
    {.name = STR_INIT("unit"),
     .kind = FILTER_UNIT,
     .type = FIELD_INT_REF,
     .sql = "r.unit_id",
     .replaces_scope = true,
     .doc = "Of this unit; with subtree=true also of those under it"},
    FILTER_SUBTREE_SWITCH,
    FILTER_EQUALS("code", FIELD_TEXT, "code", "With this code"),
    FILTER_EQUALS("position", FIELD_TEXT, "position_code", "Who hold this post first"),
    FILTER_EQUALS("level", FIELD_TEXT, "level", "Of units of this level"),
    FILTER_EQUALS("line", FIELD_TEXT, "line", "Of units of this line"),
    {.name = STR_INIT("status"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.status",
     CHOICES(statuses),
     .doc = "One or more, separated by commas"},
    FILTER_TEXT_SEARCH,
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("code"), {SORT_KEY("code", FIELD_TEXT), SORT_KEY("id", FIELD_UUID)}, 2},
    {STR_INIT("full_name"), {SORT_KEY("full_name", FIELD_TEXT), SORT_KEY("id", FIELD_UUID)}, 2},
    {STR_INIT("updated_at"),
     {SORT_KEY("updated_at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)},
     2},
};

/* As private.staff_purpose has them. */
static const struct choice purposes[] = {
    CHOICE("contact", "Liên hệ công tác", "To reach the person"),
    CHOICE("appointment", "Xem xét bổ nhiệm, điều động, biệt phái", "To decide on a post"),
    CHOICE("training", "Cử đi đào tạo, bồi dưỡng", "To send to training"),
    CHOICE("record_check", "Kiểm tra, chỉnh lý hồ sơ", "To check the record"),
};
static const struct choice genders[] = {
    CHOICE("female", "Nữ", "Female"),
    CHOICE("male", "Nam", "Male"),
};
static const struct choice leave_causes[] = {
    CHOICE("left", "Thôi việc, chuyển ngành", "Left"),
    CHOICE("retired", "Nghỉ hưu", "Retired"),
    CHOICE("end_of_term", "Hết nhiệm kỳ", "End of term"),
};

static const struct field read_fields[] = {
    FIELD("purpose", FIELD_CHOICE, F_CREATE | F_REQUIRED, "Mục đích", "Purpose", CHOICES(purposes)),
};
static const struct field detail_fields[] = {
    FIELD("born_on", FIELD_DATE, F_CREATE | F_NULLABLE, "Ngày sinh", "Born on"),
    FIELD("gender", FIELD_CHOICE, F_CREATE | F_NULLABLE, "Giới tính", "Gender", CHOICES(genders)),
    FIELD("is_ethnic_minority", FIELD_BOOL, F_CREATE | F_NULLABLE, "Là người dân tộc thiểu số",
          "Of an ethnic minority"),
    FIELD("phone", FIELD_TEXT, F_CREATE | F_NULLABLE, "Điện thoại", "Phone",
          .pattern = "^\\+?[0-9 .-]{6,20}$"),
    FIELD("email", FIELD_TEXT, F_CREATE | F_NULLABLE, "Thư điện tử", "E-mail", .max = 200,
          .pattern = "^[^@[:space:]]+@[^@[:space:]]+$"),
};
#define MOVE_FIELDS                                                                                \
    FIELD("unit_id", FIELD_INT_REF, F_CREATE | F_REQUIRED, "Mã số đơn vị đến", "Unit id"),         \
        FIELD("position_code", FIELD_TEXT, F_CREATE | F_REQUIRED, "Mã chức danh", "Position code", \
              .pattern = "^[a-z0-9_]{1,60}$"),                                                     \
        FIELD("valid_from", FIELD_DATE, F_CREATE | F_NULLABLE, "Từ ngày", "From",                  \
              .doc = "Without: today; never in the future"),                                       \
        FIELD("legal_basis", FIELD_TEXT, F_CREATE | F_NULLABLE, "Căn cứ", "Legal basis",           \
              .max = 300)
static const struct field transfer_fields[] = {
    MOVE_FIELDS,
};
static const struct field second_fields[] = {
    MOVE_FIELDS,
    FIELD("valid_to", FIELD_DATE, F_CREATE | F_NULLABLE, "Đến trước ngày", "Until before"),
};
static const struct field leave_fields[] = {
    FIELD("left_on", FIELD_DATE, F_CREATE | F_NULLABLE, "Ngày thôi công tác", "Left on",
          .doc = "The first day no longer in post; without: today"),
    FIELD("end_cause", FIELD_CHOICE, F_CREATE | F_NULLABLE, "Lý do", "Cause", CHOICES(leave_causes),
          .doc = "Without: left"),
};

static const struct command commands[] = {
    COMMAND("staff", "read-detail", "api.staff_read_detail", "Xem thông tin cá nhân", "Read detail",
            .answers_json = true, .is_disclosure = true, COMMAND_FIELDS(read_fields),
            .doc = "The fields that the purpose opens to the caller; every reading is on record"),
    COMMAND("staff", "change-detail", "api.staff_change_detail", "Đính chính thông tin cá nhân",
            "Correct detail", .needs_version = true, COMMAND_FIELDS(detail_fields),
            .doc = "Only what is named changes; null empties it"),
    COMMAND("staff", "export", "api.staff_export", "Xuất toàn bộ hồ sơ", "Export the record",
            .answers_json = true, .is_disclosure = true,
            .doc = "Everything held of the person: `document`, its SHA-256 `digest`, and who has "
                   "read the detail (`reads`). On record"),
    COMMAND("staff", "transfer", "api.staff_transfer", "Điều động, luân chuyển", "Transfer",
            .needs_version = true, COMMAND_FIELDS(transfer_fields),
            .doc = "Ends the first post and opens one at the other unit, or another in the same. "
                   "By a leader who answers for both"),
    COMMAND("staff", "second", "api.staff_second", "Biệt phái", "Second", .needs_version = true,
            COMMAND_FIELDS(second_fields),
            .doc = "Lends the person to another unit; the first post stays"),
    COMMAND("staff", "leave", "api.staff_leave", "Thôi công tác", "Leave", .needs_version = true,
            COMMAND_FIELDS(leave_fields), .doc = "Ends every post; the lawful term begins"),
    COMMAND("staff", "reinstate", "api.staff_reinstate", "Nhận lại công tác", "Reinstate",
            .needs_version = true, .doc = "Left by mistake, or came back: posts are given anew"),
};

const struct resource resource_staff = {
    RESOURCE_NAME("staff"),
    .singular = "staff_member",
    .view = "api.staff",
    .day_view = "api.staff_on",
    .day_detail_view = "api.staff_on",
    .table = "app.staff",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_BULK,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    COMMANDS(commands),
    .has_scope_column = true,
    .title_vi = "Cán bộ",
    .title_en = "Staff",
    .doc = "Name, post and unit of the people who do the work. A birth date, gender, minority, "
           "phone or e-mail is never listed: see read-detail",
};
