/* Emulation: models ("Dân vận khéo"), where they were replicated, and how many there are. */
#include "resources/registry.h"

static const struct choice model_fields_of_work[] = {
    CHOICE("economy", "Kinh tế", "Economy"),
    CHOICE("culture_society", "Văn hóa - xã hội", "Culture and society"),
    CHOICE("defence_security", "Quốc phòng - an ninh", "Defence and security"),
    CHOICE("political_system", "Xây dựng hệ thống chính trị", "Political system"),
};

static const struct choice statuses[] = {
    CHOICE("registered", "Đã đăng ký", "Registered"),
    CHOICE("effective", "Có hiệu quả", "Effective"),
    CHOICE("recognised", "Được công nhận", "Recognised"),
    CHOICE("ended", "Đã kết thúc", "Ended"),
};

static const struct field fields[] = {
    FIELD_ID,
    FIELD("field", FIELD_CHOICE, F_READ | F_WRITE | F_REQUIRED, "Lĩnh vực", "Field",
          CHOICES(model_fields_of_work)),
    FIELD("name", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Tên mô hình", "Name", .min = 1,
          .max = 300),
    FIELD("description", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Nội dung, cách làm",
          "Description", .min = 1, .max = 4000,
          .doc = "The work of organisations only: no person, household or believer"),
    FIELD("year", FIELD_INT, F_READ, "Năm đăng ký", "Year", .doc = "Of registered_on"),
    FIELD("registered_on", FIELD_DATE, F_READ | F_WRITE | F_REQUIRED, "Ngày đăng ký",
          "Registered on"),
    FIELD("status", FIELD_CHOICE, F_READ, "Trạng thái", "Status", CHOICES(statuses)),
    FIELD("effective_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày xác nhận hiệu quả",
          "Effective on"),
    FIELD("recognised_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày công nhận", "Recognised on",
          .doc = "The first recognition"),
    FIELD("recognition_level", FIELD_TEXT, F_READ | F_NULLABLE, "Cấp công nhận",
          "Level of recognition", .doc = "The highest so far"),
    FIELD("recognised_by_unit_id", FIELD_INT_REF, F_READ | F_NULLABLE, "Mã đơn vị công nhận",
          "Recognising unit id"),
    FIELD("recognised_by_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị công nhận",
          "Recognising unit"),
    FIELD("document_id", FIELD_UUID, F_READ | F_NULLABLE, "Quyết định công nhận (mã)", "Decision"),
    FIELD("document_symbol", FIELD_TEXT, F_READ | F_NULLABLE, "Quyết định công nhận",
          "Symbol of the decision"),
    FIELD("ended_on", FIELD_DATE, F_READ | F_NULLABLE, "Ngày kết thúc", "Ended on"),
    FIELD("end_reason", FIELD_TEXT, F_READ | F_NULLABLE, "Lý do kết thúc", "Why it ended"),
    FIELD("replication_count", FIELD_INT, F_READ, "Số nơi nhân rộng", "Replications"),
    FIELD("plan_item_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Nhiệm vụ", "Plan item"),
    FIELD("item_code", FIELD_TEXT, F_READ | F_NULLABLE, "Mã nhiệm vụ", "Item code"),
    FIELD("drive_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Đợt thi đua (mã)", "Drive"),
    FIELD("drive_title", FIELD_TEXT, F_READ | F_NULLABLE, "Đợt thi đua", "Title of the drive"),
    FIELD("owner_unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị đăng ký", "Registering unit id"),
    FIELD("owner_unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị đăng ký",
          "Registering unit code"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE | F_HIDDEN_IN_CSV, "Ký hiệu đơn vị",
          "Unit code", .doc = "The same as owner_unit_code"),
    FIELD("owner_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị đăng ký", "Registering unit"),
    FIELD("level", FIELD_TEXT, F_READ, "Cấp", "Level"),
    FIELD("line", FIELD_TEXT, F_READ, "Ngành", "Line"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule rules[] = {
    RULE("emulation_model_dates", "registered_on", "wrong_order"),
};

static const struct choice me[] = {CHOICE("me", "Đơn vị tôi", "My unit")};
static const char *const owner_sql[] = {"r.owner_unit_id = (select private.my_unit())"};

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS("Registered by this day, in the state of its end"),
    {.name = STR_INIT("status"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.status",
     CHOICES(statuses),
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("field"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.field",
     CHOICES(model_fields_of_work),
     .doc = "One or more, separated by commas"},
    FILTER_IN_YEAR("registered_on", "Registered in this year"),
    {.name = STR_INIT("recognition_level"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_TEXT,
     .sql = "r.recognition_level",
     .doc = "Recognised at this level; one or more, separated by commas"},
    {.name = STR_INIT("replicated"),
     .kind = FILTER_SWITCH,
     .type = FIELD_BOOL,
     .sql = "r.replication_count > 0",
     .sql_false = "r.replication_count = 0",
     .doc = "true: taken over somewhere"},
    FILTER_EQUALS("drive", FIELD_UUID, "drive_id", "Of this drive"),
    {.name = STR_INIT("unit"),
     .kind = FILTER_UNIT,
     .type = FIELD_INT_REF,
     .sql = "r.owner_unit_id",
     .replaces_scope = true,
     .doc = "Of this unit; with subtree=true also of those under it"},
    FILTER_SUBTREE_SWITCH,
    {.name = STR_INIT("owner"),
     .kind = FILTER_RELATION,
     .type = FIELD_CHOICE,
     CHOICES(me),
     .relations = owner_sql,
     .replaces_scope = true,
     .doc = "me: of my unit"},
    FILTER_TEXT_SEARCH,
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("registered_on"),
     {SORT_KEY("registered_on", FIELD_DATE), SORT_KEY("id", FIELD_UUID)},
     2},
    {STR_INIT("name"), {SORT_KEY("name", FIELD_TEXT), SORT_KEY("id", FIELD_UUID)}, 2},
};

static const struct field recognise_fields[] = {
    FIELD("document_id", FIELD_UUID, F_CREATE | F_REQUIRED, "Quyết định công nhận", "Decision"),
};
static const struct field reason_fields[] = {
    FIELD("reason", FIELD_TEXT, F_CREATE | F_REQUIRED, "Lý do", "Reason", .min = 1, .max = 1000),
};

static const struct command commands[] = {
    COMMAND("emulation-models", "confirm-effective", "api.emulation_model_confirm_effective",
            "Xác nhận hiệu quả", "Confirm effective", .needs_version = true,
            .doc = "By a leader of the registering unit"),
    COMMAND("emulation-models", "recognise", "api.emulation_model_recognise", "Công nhận",
            "Recognise", .needs_version = true, COMMAND_FIELDS(recognise_fields),
            .doc = "By a leader of that unit or of one in whose scope it lies, at the level of the "
                   "leader's unit; again only at a higher level"),
    COMMAND("emulation-models", "end", "api.emulation_model_end", "Kết thúc", "End",
            .needs_version = true, COMMAND_FIELDS(reason_fields)),
};

const struct resource resource_emulation_models = {
    RESOURCE_NAME("emulation-models"),
    .singular = "emulation_model",
    .view = "api.emulation_models",
    .day_view = "api.emulation_models_on",
    .day_detail_view = "api.emulation_models_on",
    .table = "app.emulation_model",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    .has_scope_column = true,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .sorts_down = true,
    RULES(rules),
    COMMANDS(commands),
    .title_vi = "Mô hình \"Dân vận khéo\"",
    .title_en = "Emulation models",
    .doc = "Seen in the scope of the registering unit; recognised, also by the units below it",
};

/* ---- replications ---- */

static const struct field replication_fields[] = {
    FIELD_ID,
    FIELD("model_id", FIELD_UUID, F_READ | F_CREATE | F_REQUIRED, "Mô hình (mã)", "Model"),
    FIELD("model_name", FIELD_TEXT, F_READ, "Mô hình", "Name of the model"),
    FIELD("field", FIELD_CHOICE, F_READ, "Lĩnh vực", "Field", CHOICES(model_fields_of_work)),
    FIELD("unit_id", FIELD_INT_REF, F_READ | F_CREATE | F_NULLABLE, "Mã đơn vị nhân rộng",
          "Unit id", .doc = "Either a unit or an area"),
    FIELD("unit_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu đơn vị", "Unit code"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị nhân rộng", "Unit"),
    FIELD("area_id", FIELD_INT_REF, F_READ | F_CREATE | F_NULLABLE, "Mã địa bàn nhân rộng",
          "Area id"),
    FIELD("area_name", FIELD_TEXT, F_READ | F_NULLABLE, "Địa bàn nhân rộng", "Area"),
    FIELD("replicated_on", FIELD_DATE, F_READ | F_WRITE | F_REQUIRED, "Ngày nhân rộng",
          "Replicated on"),
    FIELD("note", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Ghi chú", "Note", .min = 1,
          .max = 1000, .doc = "The work of organisations only: no person, household or believer"),
    FIELD("recorded_by_unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị ghi nhận", "Recording unit id"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule replication_rules[] = {
    RULE("emulation_replication_place", "unit_id", "one_subject"),
};

static const struct filter replication_filters[] = {
    FILTER_AS_OF_ROWS("That had been by this day"),
    FILTER_EQUALS("model", FIELD_UUID, "model_id", "Of this model"),
    FILTER_EQUALS("unit", FIELD_INT_REF, "unit_id", "At this unit"),
    FILTER_EQUALS("area", FIELD_INT_REF, "area_id", "In this area"),
    FILTER_UPDATED_SINCE,
};

static const struct sort replication_sorts[] = {
    {STR_INIT("replicated_on"),
     {SORT_KEY("replicated_on", FIELD_DATE), SORT_KEY("id", FIELD_UUID)},
     2},
};

const struct resource resource_emulation_replications = {
    RESOURCE_NAME("emulation-replications"),
    .singular = "emulation_replication",
    .view = "api.emulation_replications",
    .day_view = "api.emulation_replications_on",
    .table = "app.emulation_replication",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE | CAN_BULK,
    FIELDS(replication_fields),
    FILTERS(replication_filters),
    SORTS(replication_sorts),
    .sorts_down = true,
    RULES(replication_rules),
    .title_vi = "Nơi nhân rộng mô hình",
    .title_en = "Replications of models",
    .doc = "Told by the registering unit or one that stands over it",
};

/* ---- counts ---- */

static const struct choice groups[] = {
    CHOICE("unit", "Đơn vị", "Unit"),        CHOICE("level", "Cấp", "Level"),
    CHOICE("line", "Ngành", "Line"),         CHOICE("area", "Địa bàn", "Area"),
    CHOICE("district", "Huyện", "District"), CHOICE("grassroots", "Xã", "Commune"),
};

static const struct field count_fields[] = {
    FIELD("group_id", FIELD_INT_REF, F_READ, "Mã nhóm", "Group id",
          .doc = "Of the unit, level, line or area, as `by` says"),
    FIELD("group_code", FIELD_TEXT, F_READ | F_NULLABLE, "Ký hiệu", "Code"),
    FIELD("group_name", FIELD_TEXT, F_READ | F_NULLABLE, "Tên nhóm", "Name"),
    FIELD("year", FIELD_INT, F_READ, "Năm đăng ký", "Year"),
    FIELD("field", FIELD_CHOICE, F_READ, "Lĩnh vực", "Field", CHOICES(model_fields_of_work)),
    FIELD("registered", FIELD_INT, F_READ, "Đăng ký", "Registered"),
    FIELD("effective", FIELD_INT, F_READ, "Có hiệu quả", "Effective",
          .doc = "Of those registered, by the end of the last year asked for or the day"),
    FIELD("recognised", FIELD_INT, F_READ, "Được công nhận", "Recognised"),
    FIELD("replicated", FIELD_INT, F_READ, "Được nhân rộng", "Replicated"),
    FIELD("percent_effective", FIELD_NUMBER, F_READ | F_NULLABLE, "Tỷ lệ có hiệu quả (%)",
          "Effective (%)"),
};

static const struct filter count_filters[] = {
    {.name = STR_INIT("year"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_INT_REF,
     .sql = "p_year",
     .doc = "Registered in this year; without: the year of as_of"},
    {.name = STR_INIT("since_year"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_INT_REF,
     .sql = "p_since_year",
     .doc = "And in the years before it, from this one; a row for each"},
    {.name = STR_INIT("by"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_CHOICE,
     .sql = "p_by",
     CHOICES(groups),
     .doc = "Grouped so, and by field; without: by level"},
    {.name = STR_INIT("as_of"),
     .kind = FILTER_ARGUMENT,
     .type = FIELD_DATE,
     .sql = "p_as_of",
     .doc = "As it stood at the end of this day; without: today"},
    FILTER_ARGUMENT_UNIT,
    FILTER_ARGUMENT_SUBTREE,
    {.name = STR_INIT("field"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.field",
     CHOICES(model_fields_of_work),
     .doc = "One or more, separated by commas"},
};

static const struct sort count_sorts[] = {
    {STR_INIT("group"),
     {SORT_KEY("group_id", FIELD_INT), SORT_KEY("year", FIELD_INT), SORT_KEY("field", FIELD_TEXT)},
     3},
    {STR_INIT("registered"),
     {SORT_KEY("registered", FIELD_INT), SORT_KEY("group_id", FIELD_INT),
      SORT_KEY("year", FIELD_INT), SORT_KEY("field", FIELD_TEXT)},
     4},
};

const struct resource resource_emulation_counts = {
    RESOURCE_NAME("emulation-counts"),
    .singular = "emulation_count",
    .view = "api.emulation_counts",
    .is_call = true,
    .can = CAN_LIST,
    FIELDS(count_fields),
    FILTERS(count_filters),
    SORTS(count_sorts),
    .title_vi = "Số liệu mô hình \"Dân vận khéo\"",
    .title_en = "Emulation counts",
    .doc = "Of the models registered in a year, how far they came",
};
