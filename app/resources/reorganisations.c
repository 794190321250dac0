/* Reorganisations: prepared as drafts, carried out by an administrator of the level above. Their
 * steps and parts stand in reorganisation_steps.c. */
#include "resources/registry.h"

static const struct choice statuses[] = {
    CHOICE("draft", "Dự thảo", "Draft"),
    CHOICE("scheduled", "Chờ đến ngày hiệu lực", "Scheduled"),
    CHOICE("carried_out", "Đã thực hiện", "Carried out"),
    CHOICE("withdrawn", "Đã rút", "Withdrawn"),
};

static const struct field fields[] = {
    FIELD_ID,
    FIELD("title", FIELD_TEXT, F_READ | F_WRITE | F_REQUIRED, "Nội dung sắp xếp", "Title", .min = 1,
          .max = 300),
    FIELD("document_id", FIELD_UUID, F_READ | F_WRITE | F_NULLABLE, "Văn bản", "Document"),
    FIELD("document_symbol", FIELD_TEXT, F_READ | F_NULLABLE, "Số, ký hiệu văn bản",
          "Symbol of the document"),
    FIELD("legal_basis", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Căn cứ pháp lý", "Legal basis",
          .min = 1, .max = 300, .doc = "A document, or its symbol in words: one of the two"),
    FIELD("effective_on", FIELD_DATE, F_READ | F_WRITE | F_REQUIRED, "Ngày hiệu lực",
          "Effective on"),
    FIELD("is_doubtful", FIELD_BOOL, F_READ | F_WRITE, "Cần đối chiếu", "Doubtful",
          .doc = "The day or the paper is not certain"),
    FIELD("doubt", FIELD_TEXT, F_READ | F_WRITE | F_NULLABLE, "Điểm cần đối chiếu", "Doubt",
          .min = 1, .max = 1000),
    FIELD("status", FIELD_CHOICE, F_READ, "Trạng thái", "Status", CHOICES(statuses)),
    FIELD("owner_unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị chuẩn bị", "Preparing unit id"),
    FIELD("owner_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị chuẩn bị", "Preparing unit"),
    FIELD("prepared_by", FIELD_UUID, F_READ | F_NULLABLE, "Người chuẩn bị", "Prepared by"),
    FIELD("decided_by", FIELD_UUID, F_READ | F_NULLABLE, "Người quyết định", "Decided by"),
    FIELD("decided_unit_id", FIELD_INT_REF, F_READ | F_NULLABLE, "Mã đơn vị quyết định",
          "Deciding unit id"),
    FIELD("decided_unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị quyết định",
          "Deciding unit"),
    FIELD("decided_at", FIELD_TIMESTAMP, F_READ | F_NULLABLE, "Quyết định lúc", "Decided at"),
    FIELD("carried_out_at", FIELD_TIMESTAMP, F_READ | F_NULLABLE, "Thực hiện lúc",
          "Carried out at"),
    FIELD("withdrawn_at", FIELD_TIMESTAMP, F_READ | F_NULLABLE, "Rút lúc", "Withdrawn at"),
    FIELD("withdraw_reason", FIELD_TEXT, F_READ | F_NULLABLE, "Lý do rút", "Reason of withdrawal"),
    FIELD("step_count", FIELD_INT, F_READ, "Số bước", "Steps"),
    FIELD("outcome", FIELD_JSON, F_READ | F_NULLABLE | F_HIDDEN_IN_CSV, "Kết quả", "Outcome",
          .doc = "What was made, ended and moved, counted",
          .schema = "{\"type\":[\"object\",\"null\"],\"additionalProperties\":"
                    "{\"type\":\"integer\"}}"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct rule rules[] = {
    RULE("reorganisation_basis_told", "legal_basis", "required"),
    RULE("reorganisation_doubt_told", "doubt", "required"),
};

static const struct filter filters[] = {
    FILTER_AS_OF_ROWS("Carried out, with effect by this day"),
    {.name = STR_INIT("status"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.status",
     CHOICES(statuses),
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("effective_after"),
     .kind = FILTER_VALUE,
     .type = FIELD_DATE,
     .sql = "r.effective_on > ?",
     .doc = "In force after this day"},
    {.name = STR_INIT("effective_before"),
     .kind = FILTER_VALUE,
     .type = FIELD_DATE,
     .sql = "r.effective_on < ?",
     .doc = "In force before this day"},
    {.name = STR_INIT("area"),
     .kind = FILTER_VALUE,
     .type = FIELD_INT_REF,
     .sql = "exists (select from app.reorganisation_step as t join app.reorganisation_part as p"
            " on p.step_id = t.id where t.reorganisation_id = r.id"
            " and ?::integer in (p.area_id, p.made_area_id))",
     .doc = "Touching or making this area"},
    {.name = STR_INIT("unit"),
     .kind = FILTER_VALUE,
     .type = FIELD_INT_REF,
     .sql = "exists (select from app.reorganisation_step as t join app.reorganisation_part as p"
            " on p.step_id = t.id where t.reorganisation_id = r.id"
            " and ?::integer in (p.unit_id, p.made_unit_id))",
     .doc = "Naming or making this unit"},
    FILTER_TEXT_SEARCH,
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("effective_on"),
     {SORT_KEY("effective_on", FIELD_DATE), SORT_KEY("id", FIELD_UUID)},
     2},
};

static const struct field carry_out_fields[] = {
    FIELD("later", FIELD_BOOL, F_CREATE | F_NULLABLE, "Để hệ thống thực hiện sau",
          "Leave it to the program",
          .doc = "true: the program carries it out within a minute of its day, be it today; for "
                 "reorganisations so large that a request would not wait for them"),
};
static const struct field withdraw_fields[] = {
    FIELD("reason", FIELD_TEXT, F_CREATE | F_REQUIRED, "Lý do", "Reason", .min = 1, .max = 1000),
};

static const struct command commands[] = {
    COMMAND("reorganisations", "preview", "api.reorganisation_preview", "Xem trước", "Preview",
            .answers_json = true,
            .doc = "What it would make, end and move, and to whom; with faults where it is "
                   "impossible, all at once. Nothing is done"),
    COMMAND("reorganisations", "carry-out", "api.reorganisation_carry_out", "Quyết định thực hiện",
            "Carry out", .needs_version = true, COMMAND_FIELDS(carry_out_fields),
            .doc = "By an administrator of the level above. Before its day: scheduled, and carried "
                   "out on the day"),
    COMMAND("reorganisations", "withdraw", "api.reorganisation_withdraw", "Rút", "Withdraw",
            .needs_version = true, COMMAND_FIELDS(withdraw_fields),
            .doc = "While it is not carried out"),
};

const struct resource resource_reorganisations = {
    RESOURCE_NAME("reorganisations"),
    .singular = "reorganisation",
    .view = "api.reorganisations",
    .day_view = "api.reorganisations_on",
    .day_detail_view = "api.reorganisations_on",
    .table = "app.reorganisation",
    .can = CAN_LIST | CAN_GET | CAN_CREATE | CAN_UPDATE | CAN_DELETE,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .sorts_down = true,
    RULES(rules),
    COMMANDS(commands),
    .title_vi = "Sắp xếp tổ chức",
    .title_en = "Reorganisations",
    .doc = "Prepared by an administrator for their own territory; decided by one of the level "
           "above, or carried out by a deploy where no level stands above",
};
