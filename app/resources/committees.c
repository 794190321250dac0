/* Committees (ban chỉ đạo) and their members, by unit and post. */
#include "resources/registry.h"

static const struct choice statuses[] = {
    CHOICE("open", "Đang hoạt động", "Open"),
    CHOICE("ended", "Đã kết thúc", "Ended"),
};

static const struct field fields[] = {
    FIELD_ID,
    FIELD("code", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Ký hiệu ban chỉ đạo", "Code",
          .pattern = "^[A-Za-z0-9._-]{1,40}$",
          .doc = "Unique among the open ones of its standing unit"),
    FIELD("name", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Tên ban chỉ đạo", "Name", .min = 1,
          .max = 300),
    FIELD("plan_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Kế hoạch", "Plan",
          .doc = "Under which it gives work; without: its work is no assignment"),
    FIELD("plan_number", FIELD_TEXT, F_READ | F_NULLABLE, "Số kế hoạch", "Plan number"),
    FIELD("document_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Quyết định thành lập",
          "Document that set it up"),
    FIELD("document_symbol", FIELD_TEXT, F_READ | F_NULLABLE, "Số quyết định", "Document symbol"),
    FIELD("duties", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Chức năng, nhiệm vụ", "Duties",
          .max = 4000,
          .doc = "The work of organisations; of religion: organisations' work alone, no persons"),
    FIELD("established_on", FIELD_DATE, F_READ | F_WRITE | F_REQUIRED, "Ngày thành lập",
          "Established on"),
    FIELD("status", FIELD_CHOICE, F_READ, "Trạng thái", "Status", CHOICES(statuses)),
    FIELD("ended_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày kết thúc", "Ended on"),
    FIELD("end_reason", FIELD_TEXT, F_READ | F_NULLABLE, "Lý do kết thúc", "Why it ended"),
    FIELD("end_document_id", FIELD_UUID, F_READ | F_NULLABLE, "Quyết định kết thúc",
          "Document that ended it"),
    FIELD("owner_unit_id", FIELD_INT_REF, F_READ, "Mã cơ quan thường trực", "Standing unit id"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu cơ quan thường trực",
          "Standing unit code"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Cơ quan thường trực", "Standing unit"),
    FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),
    FIELD("line", FIELD_TEXT, F_READ, "Ngành", "Line"),
    FIELD("member_count", FIELD_INT, F_READ, "Số thành viên", "Members", .doc = "In force today"),
    FIELD("session_count", FIELD_INT, F_READ, "Số phiên họp đã tổ chức", "Sessions held",
          .doc = "Of those that the caller may see"),
    FIELD("next_session_on", FIELD_DATE, F_READ | F_NULLABLE, "Phiên họp kế tiếp", "Next session",
          .doc = "Of those that the caller may see"),
    FIELD("open_work_count", FIELD_INT, F_READ, "Việc đang thực hiện", "Open work",
          .doc = "Items of its programmes that were given and are not done"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule rules[] = {
    RULE("committee_dates", "established_on", "wrong_order"),
};

static const struct choice me[] = {CHOICE("me", "Đơn vị tôi", "My unit")};
static const char *const owner_sql[] = {"r.owner_unit_id = (select private.my_unit())"};
static const char *const member_sql[] = {"r.id = any ((select private.my_committees())::uuid[])"};

#define FILTER_OF_OWNER                                                                           \
    {.name = STR_INIT("unit"),                                                                    \
     .kind = FILTER_UNIT,                                                                         \
     .type = FIELD_INT_REF,                                                                       \
     .sql = "r.owner_unit_id",                                                                    \
     .replaces_scope = true,                                                                      \
     .doc = "Whose standing unit is this; with subtree=true also those under it"},                \
        FILTER_SUBTREE_SWITCH,                                                                    \
    {                                                                                             \
        .name = STR_INIT("owner"), .kind = FILTER_RELATION, .type = FIELD_CHOICE, CHOICES(me),    \
        .relations = owner_sql, .replaces_scope = true, .doc = "me: my unit is the standing unit" \
    }

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS("Established by this day, with the members of the day"),
    {.name = STR_INIT("status"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.status",
     CHOICES(statuses),
     .doc = "One or more, separated by commas"},
    FILTER_EQUALS("plan", FIELD_UUID, "plan_id", "Under this plan"),
    FILTER_OF_OWNER,
    {.name = STR_INIT("member"),
     .kind = FILTER_RELATION,
     .type = FIELD_CHOICE,
     CHOICES(me),
     .relations = member_sql,
     .replaces_scope = true,
     .doc = "me: my unit is a member today"},
    FILTER_TEXT_SEARCH,
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("established_on"),
     {SORT_KEY("established_on", FIELD_DATE), SORT_KEY("id", FIELD_UUID)},
     2},
    {STR_INIT("code"), {SORT_KEY("code", FIELD_TEXT), SORT_KEY("id", FIELD_UUID)}, 2},
};

static const struct field renew_fields[] = {
    FIELD("document_id", FIELD_UUID, F_CREATE | F_REQUIRED, "Quyết định kiện toàn", "Decision"),
    FIELD("valid_from", FIELD_DATE, F_CREATE | F_REQUIRED, "Có hiệu lực từ", "Valid from"),
    FIELD("members", FIELD_JSON, F_CREATE | F_REQUIRED, "Thành viên", "Members",
          .schema = "{\"type\":\"array\",\"minItems\":1,\"maxItems\":200,\"items\":{\"type\":"
                    "\"object\",\"required\":[\"unit_id\",\"role\",\"post\"],\"properties\":{"
                    "\"unit_id\":{\"type\":\"integer\"},\"role\":{\"type\":\"string\",\"enum\":["
                    "\"chair\",\"vice_chair\",\"standing_member\",\"member\",\"secretary\"]},"
                    "\"post\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":200},"
                    "\"staff_id\":{\"type\":\"string\",\"format\":\"uuid\"}}}}"),
};
static const struct field end_fields[] = {
    FIELD("ended_on", FIELD_DATE, F_CREATE | F_REQUIRED, "Ngày kết thúc", "Ended on"),
    FIELD("reason", FIELD_TEXT, F_CREATE | F_NULLABLE, "Lý do", "Reason", .min = 1, .max = 1000,
          .doc = "Required where no document is named"),
    FIELD("document_id", FIELD_UUID, F_CREATE | F_NULLABLE, "Quyết định kết thúc", "Decision"),
};

static const struct command commands[] = {
    COMMAND("committees", "renew", "api.committee_renew", "Kiện toàn", "Renew",
            .needs_version = true, COMMAND_FIELDS(renew_fields),
            .doc = "By a new decision: the members in force go the day before, these come. All, or "
                   "every fault named"),
    COMMAND("committees", "end", "api.committee_end", "Kết thúc hoạt động", "End",
            .needs_version = true, COMMAND_FIELDS(end_fields),
            .doc = "Its members go with it; work it gave goes on"),
};

const struct resource resource_committees = {
    RESOURCE_NAME("committees"),
    .singular = "committee",
    .view = "api.committees",
    .day_view = "api.committees_on",
    .day_detail_view = "api.committees_on",
    .table = "app.committee",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .sorts_down = true,
    RULES(rules),
    COMMANDS(commands),
    .title_vi = "Ban chỉ đạo",
    .title_en = "Committees",
    .doc = "Seen in the scope of the standing unit and by the units that are members today",
};

/* ---- members ---- */

static const struct choice roles[] = {
    CHOICE("chair", "Trưởng ban", "Chair"),
    CHOICE("vice_chair", "Phó trưởng ban", "Vice chair"),
    CHOICE("standing_member", "Ủy viên thường trực", "Standing member"),
    CHOICE("member", "Ủy viên", "Member"),
    CHOICE("secretary", "Thư ký", "Secretary"),
};

static const struct field member_fields[] = {
    FIELD_ID,
    FIELD("committee_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Mã ban chỉ đạo",
          "Committee"),
    FIELD("committee_code", FIELD_TEXT, F_READ, "Ký hiệu ban chỉ đạo", "Committee code"),
    FIELD("committee_name", FIELD_TEXT, F_READ, "Ban chỉ đạo", "Name of the committee"),
    FIELD("unit_id", FIELD_INT_REF, F_READ | F_CREATE | F_REQUIRED, "Mã đơn vị", "Unit id"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị", "Unit code"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("role", FIELD_CHOICE, F_READ | F_WRITE | F_REQUIRED, "Chức danh trong ban chỉ đạo",
          "Role", CHOICES(roles)),
    FIELD("post", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Chức vụ tại đơn vị", "Post", .min = 1,
          .max = 200, .doc = "The post at the unit, not the name of whoever holds it"),
    FIELD("staff_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Mã cán bộ", "Staff",
          .doc = "Who holds the post, where the caller may name them"),
    FIELD("document_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Mã quyết định", "Decision"),
    FIELD("document_symbol", FIELD_TEXT, F_READ | F_NULLABLE, "Số quyết định", "Decision symbol"),
    FIELD("valid_from", FIELD_DATE, F_READ | F_WRITE | F_REQUIRED, "Từ ngày", "Valid from"),
    FIELD("valid_to", FIELD_DATE, F_READ | F_WRITE | F_NULLABLE, "Đến trước ngày", "Valid to",
          .doc = "First day it is a member no more; null: still"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule member_rules[] = {
    RULE("committee_member_dates", "valid_to", "wrong_order"),
};

static const struct filter member_filters[] = {
    FILTER_AS_OF_ROWS("Members on this day"),
    FILTER_EQUALS("committee", FIELD_UUID, "committee_id", "Of this committee"),
    FILTER_EQUALS("unit", FIELD_INT_REF, "unit_id", "Of this unit"),
    {.name = STR_INIT("role"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.role",
     CHOICES(roles),
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("current"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     .sql = "r.valid_from <= (select private.today()) and (r.valid_to is null or r.valid_to > "
            "(select private.today()))",
     .sql_false = "r.valid_to <= (select private.today())",
     .doc = "true: members today; false: those who are no more"},
    FILTER_UPDATED_SINCE,
};

static const struct sort member_sorts[] = {
    {STR_INIT("place"),
     {SORT_KEY("committee_id", FIELD_UUID), SORT_SQL("r.place", FIELD_INT),
      SORT_KEY("valid_from", FIELD_DATE), SORT_KEY("id", FIELD_UUID)},
     4},
    {STR_INIT("valid_from"), {SORT_KEY("valid_from", FIELD_DATE), SORT_KEY("id", FIELD_UUID)}, 2},
};

const struct resource resource_committee_members = {
    RESOURCE_NAME("committee-members"),
    .singular = "committee_member",
    .view = "api.committee_members",
    .day_view = "api.committee_members_on",
    .day_detail_view = "api.committee_members_on",
    .table = "app.committee_member",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(member_fields),
    FILTERS(member_filters),
    SORTS(member_sorts),
    RULES(member_rules),
    .title_vi = "Thành viên ban chỉ đạo",
    .title_en = "Committee members",
    .doc = "Units by post; seen by whoever sees the committee",
};
