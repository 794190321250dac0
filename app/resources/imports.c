/* Imports: a file, the job that reads it, and every fault found in it. Sending the file is
 * service/handlers_import.c, running it service/job_runner.c. */
#include "resources/registry.h"

static const struct choice kinds[] = {
    CHOICE("units", "Đơn vị", "Units"),
    CHOICE("staff", "Cán bộ", "Staff"),
    CHOICE("appointments", "Bổ nhiệm", "Appointments"),
    CHOICE("courses", "Lớp bồi dưỡng", "Courses"),
    CHOICE("training_records", "Kết quả bồi dưỡng", "Training records"),
    CHOICE("attendance", "Điểm danh", "Attendance"),
    CHOICE("ratings", "Xếp loại tổ chức", "Ratings"),
    CHOICE("indicator_values", "Số liệu chỉ tiêu", "Indicator values"),
};

static const struct choice formats[] = {
    CHOICE("csv", "CSV", "CSV"),
    CHOICE("xlsx", "Excel (XLSX)", "Excel (XLSX)"),
};

static const struct choice statuses[] = {
    CHOICE("queued", "Đang chờ", "Queued"),
    CHOICE("running", "Đang xử lý", "Running"),
    CHOICE("checked", "Đã kiểm tra, không có lỗi", "Checked, no fault"),
    CHOICE("applied", "Đã ghi", "Applied"),
    CHOICE("refused", "Có lỗi, không ghi", "Refused"),
    CHOICE("failed", "Không xử lý được", "Failed"),
    CHOICE("cancelled", "Đã hủy", "Cancelled"),
};

static const struct choice stages[] = {
    CHOICE("reading", "Đang đọc tệp", "Reading"),
    CHOICE("checking", "Đang kiểm tra", "Checking"),
    CHOICE("applying", "Đang ghi", "Applying"),
};

static const struct field fields[] = {
    FIELD_ID,
    FIELD("kind", FIELD_CHOICE, F_READ, "Loại dữ liệu", "Kind", CHOICES(kinds)),
    FIELD("unit_id", FIELD_INT_REF, F_READ, "Mã đơn vị", "Unit id"),
    FIELD("unit_name", FIELD_TEXT, F_READ | F_NULLABLE, "Đơn vị", "Unit"),
    FIELD("created_by", FIELD_UUID, F_READ, "Người nhập", "Created by"),
    FIELD("file_name", FIELD_TEXT, F_READ, "Tên tệp", "File name"),
    FIELD("format", FIELD_CHOICE, F_READ, "Định dạng", "Format", CHOICES(formats),
          .doc = "Told from the content, never from the name"),
    FIELD("size", FIELD_INT, F_READ, "Dung lượng (byte)", "Size (bytes)"),
    FIELD("sha256", FIELD_TEXT, F_READ, "Mã băm SHA-256", "SHA-256"),
    FIELD("is_dry_run", FIELD_BOOL, F_READ, "Chạy thử", "Dry run",
          .doc = "Everything is checked and written, then taken back"),
    FIELD("converts_legacy", FIELD_BOOL, F_READ, "Chuyển mã TCVN3, VNI", "Converts TCVN3 and VNI"),
    FIELD("options", FIELD_JSON, F_READ, "Tùy chọn", "Options",
          .doc =
              "What the rows belong to where the file does not say: course_id, plan_id, period_id; "
              "sheet: the worksheet that is read",
          .schema = "{\"type\":\"object\"}"),
    FIELD("status", FIELD_CHOICE, F_READ, "Trạng thái", "Status", CHOICES(statuses)),
    FIELD("stage", FIELD_CHOICE, F_READ | F_NULLABLE, "Giai đoạn", "Stage", CHOICES(stages)),
    FIELD("row_count", FIELD_INT, F_READ | F_NULLABLE, "Số dòng đã đọc", "Rows read"),
    FIELD("done_count", FIELD_INT, F_READ, "Số dòng đã xử lý", "Rows done"),
    FIELD("created_count", FIELD_INT, F_READ | F_NULLABLE, "Số dòng thêm mới", "Rows created",
          .doc = "Of a dry run: that would be created"),
    FIELD("updated_count", FIELD_INT, F_READ | F_NULLABLE, "Số dòng cập nhật", "Rows updated"),
    FIELD("unchanged_count", FIELD_INT, F_READ | F_NULLABLE, "Số dòng không đổi", "Rows unchanged"),
    FIELD("error_count", FIELD_INT, F_READ, "Số lỗi", "Faults",
          .doc = "All of them; /import-errors?import= lists the first 20000"),
    FIELD(
        "problem", FIELD_TEXT, F_READ | F_NULLABLE, "Lý do", "Problem",
        .doc =
            "Why the file as a whole was refused, or could not be run: a word of the errors list"),
    FIELD("problem_detail", FIELD_TEXT, F_READ | F_NULLABLE, "Chi tiết", "Detail"),
    FIELD("started_at", FIELD_TIMESTAMP, F_READ | F_NULLABLE, "Bắt đầu lúc", "Started at"),
    FIELD("finished_at", FIELD_TIMESTAMP, F_READ | F_NULLABLE, "Kết thúc lúc", "Finished at"),
    FIELD_STAMPS,
    FIELD_ACTIONS,
};

static const struct filter filters[] = {
    {.name = STR_INIT("kind"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.kind",
     CHOICES(kinds),
     .doc = "One or more, separated by commas"},
    {.name = STR_INIT("status"),
     .kind = FILTER_ONE_OF,
     .type = FIELD_CHOICE,
     .sql = "r.status",
     CHOICES(statuses),
     .doc = "One or more, separated by commas"},
    FILTER_UPDATED_SINCE,
};

static const struct sort sorts[] = {
    {STR_INIT("created_at"),
     {SORT_KEY("created_at", FIELD_TIMESTAMP), SORT_KEY("id", FIELD_UUID)},
     2},
};

static const struct command commands[] = {
    COMMAND(
        "imports", "apply", "api.import_apply", "Ghi dữ liệu", "Apply", .needs_version = true,
        .doc =
            "A dry run without a fault, for real: the same file is read, checked and written anew. "
            "Only for whoever made it."),
    COMMAND(
        "imports", "cancel", "api.import_cancel", "Hủy", "Cancel",
        .doc = "While it waits, runs or is checked. What a run has written by then is taken back."),
};

const struct resource resource_imports = {
    RESOURCE_NAME("imports"),
    .singular = "import",
    .view = "api.imports",
    .can = CAN_LIST | CAN_GET,
    FIELDS(fields),
    FILTERS(filters),
    SORTS(sorts),
    .sorts_down = true,
    COMMANDS(commands),
    .title_vi = "Nhập dữ liệu",
    .title_en = "Imports",
    .doc = "Files read into tables, all or nothing. Sent by POST /imports, run one after the "
           "other; the "
           "status tells how far. Seen by officers, leaders and administrators of the unit that "
           "made them",
};

/* ---- faults ---- */

static const struct field error_fields[] = {
    FIELD("id", FIELD_INT, F_READ, "Mã số", "Identifier"),
    FIELD("import_id", FIELD_UUID, F_READ, "Lần nhập", "Import"),
    FIELD("row_number", FIELD_INT, F_READ | F_NULLABLE, "Dòng", "Row",
          .doc = "As the spreadsheet counts; the first is 1"),
    FIELD("column_name", FIELD_TEXT, F_READ | F_NULLABLE, "Cột", "Column"),
    FIELD("cell", FIELD_TEXT, F_READ | F_NULLABLE, "Ô", "Cell", .doc = "Its address, e.g. C17"),
    FIELD("word", FIELD_TEXT, F_READ, "Lỗi", "Fault", .doc = "A word of the errors list"),
    FIELD("value", FIELD_TEXT, F_READ | F_NULLABLE, "Giá trị", "Value",
          .doc = "What stands there, as far as it tells something"),
};

static const struct filter error_filters[] = {
    {.name = STR_INIT("import"),
     .kind = FILTER_VALUE,
     .type = FIELD_UUID,
     .sql = "r.import_id = ?::uuid",
     .is_required = true,
     .doc = "Of this import"},
    FILTER_EQUALS("word", FIELD_TEXT, "word", "This fault alone"),
    FILTER_EQUALS("column", FIELD_TEXT, "column_name", "Of this column"),
};

static const struct sort error_sorts[] = {
    {STR_INIT("row_number"),
     {SORT_SQL("coalesce(r.row_number, 0)", FIELD_INT), SORT_KEY("id", FIELD_INT)},
     2},
    {STR_INIT("word"),
     {SORT_KEY("word", FIELD_TEXT), SORT_SQL("coalesce(r.row_number, 0)", FIELD_INT),
      SORT_KEY("id", FIELD_INT)},
     3},
    {STR_INIT("column_name"),
     {SORT_SQL("coalesce(r.column_name, '')", FIELD_TEXT),
      SORT_SQL("coalesce(r.row_number, 0)", FIELD_INT), SORT_KEY("id", FIELD_INT)},
     3},
};

const struct resource resource_import_errors = {
    RESOURCE_NAME("import-errors"),
    .singular = "import_error",
    .view = "api.import_errors",
    .can = CAN_LIST,
    FIELDS(error_fields),
    FILTERS(error_filters),
    SORTS(error_sorts),
    .title_vi = "Lỗi khi nhập dữ liệu",
    .title_en = "Import errors",
    .doc = "Every fault of one import, by cell",
};
