#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/resource.h>
#include <unistd.h>
#include <zip.h>

#include "output/xlsx.h"
#include "unit.h"

UNIT_ARENA

static char folder[] = "/tmp/danvan-test-XXXXXX";

static void open_folder(void)
{
    unit_open();
    ck_assert_ptr_nonnull(mkdtemp(folder));
    output_xlsx_work_in(folder);
}

static void close_folder(void)
{
    ck_assert_int_eq(rmdir(folder), 0); /* so nothing is left in it */
    unit_close();
}

#define COLUMNS 8
static struct str cells[2][COLUMNS];
static struct str cell_of(const void *source, size_t row, size_t column)
{
    (void)source;
    return cells[row][column];
}

static const struct output_column columns[COLUMNS] = {
    {STR_INIT("name"), OUTPUT_TEXT, true},      {STR_INIT("hidden"), OUTPUT_TEXT, false},
    {STR_INIT("born_on"), OUTPUT_DATE, true},   {STR_INIT("count"), OUTPUT_NUMBER, true},
    {STR_INIT("is_active"), OUTPUT_BOOL, true}, {STR_INIT("at"), OUTPUT_TIMESTAMP, true},
    {STR_INIT("status"), OUTPUT_TEXT, true},    {STR_INIT("labels"), OUTPUT_TEXT_ARRAY, true},
};
static const struct output_word words[] = {{STR_INIT("in_progress"), STR_INIT("Đang thực hiện")},
                                           {STR_INIT("moved"), STR_INIT("Đã chuyển")}};
static const struct output_note notes[COLUMNS] = {
    {.title = STR_INIT("Họ và tên"), .meaning = STR_INIT("Chữ")},
    {.title = STR_INIT("Ẩn"), .meaning = STR_INIT("Chữ")},
    {.title = STR_INIT("Ngày sinh"),
     .meaning =
         STR_INIT("Ngày mà giấy khai sinh ghi; nơi không còn giấy thì là ngày của sổ hộ khẩu, và "
                  "nơi chỉ biết năm thì là ngày đầu của năm đó, như các biểu trước đây đã ghi")},
    {.title = STR_INIT("Số"), .meaning = STR_INIT("Số nguyên")},
    {.title = STR_INIT("Từ khá trở lên trong các năm liền trước"),
     .meaning = STR_INIT("Có hoặc Không")},
    {.title = STR_INIT("Lúc"), .meaning = STR_INIT("Thời điểm"), .is_hidden = true},
    {STR_INIT("Trạng thái"), STR_INIT("Chữ"), words, 2, false, false},
    {STR_INIT("Nhãn"), STR_INIT("Danh sách"), words, 2, false, false},
};

static struct str made(size_t row_count, const char *title)
{
    struct output_rows rows = {columns, COLUMNS, row_count, cell_of, NULL};
    struct str out = STR("");
    ck_assert(output_xlsx(arena, &rows, notes, str_from(title), &out));
    return out;
}

/* One part of the archive, as libzip (and not who wrote it) reads it. */
static const char *part(struct str book, const char *name)
{
    zip_source_t *source = zip_source_buffer_create(book.ptr, book.len, 0, NULL);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
    ck_assert_ptr_nonnull(zip);
    struct zip_stat st;
    ck_assert_int_eq(zip_stat(zip, name, 0, &st), 0);
    char *text = arena_alloc(arena, st.size + 1);
    zip_file_t *file = zip_fopen(zip, name, 0);
    ck_assert_int_eq(zip_fread(file, text, st.size), (zip_int64_t)st.size);
    zip_fclose(file);
    zip_close(zip);
    return text;
}
#define SHEET "xl/worksheets/sheet1.xml"
#define ck_has(text, piece) \
    ck_assert_msg(strstr((text), (piece)) != NULL, "%s not in %s", piece, text)
#define ck_has_not(text, piece) ck_assert_msg(strstr((text), (piece)) == NULL, "%s", piece)

static void fill(size_t row, struct str name, struct str day, struct str number, struct str is_true,
                 struct str at)
{
    const struct str filled[COLUMNS] = {name, STR("secret"), day,      number, is_true,
                                        at,   STR(""),       STR("{}")};
    memcpy(cells[row], filled, sizeof filled);
}

START_TEST(cells_have_the_types_of_their_columns)
{
    fill(0, STR("Đoàn"), STR("2026-03-31"), STR("-5.25"), STR("t"),
         STR("2026-03-31 06:00:00.5+07"));
    const char *sheet = part(made(1, "Cán bộ"), SHEET);
    ck_has(sheet, "<t>Đoàn</t>");
    ck_has(sheet, "<v>46112</v>"); /* days since 30 December 1899 */
    ck_has(sheet, "<v>-5.25</v>");
    ck_has(sheet, "<t>Có</t>");
    ck_has_not(sheet, "<t>Không</t>");
    ck_has(sheet, "<v>46112.25</v>");
    ck_has_not(sheet, "secret");
    ck_has(part(made(1, "Cán bộ"), "xl/styles.xml"), "dd/mm/yyyy");
}
END_TEST

START_TEST(codes_are_written_as_the_words_for_them)
{
    static const struct str null = {NULL, 0};
    fill(0, STR("moved"), null, null, STR("f"), null);
    cells[0][6] = STR("in_progress");
    cells[0][7] = STR("{moved,\"in_progress\",other}");
    fill(1, null, null, null, null, null);
    cells[1][6] = STR("brand_new");
    cells[1][7] = null;
    const char *sheet = part(made(2, "Cán bộ"), SHEET);
    ck_has(sheet, "<t>moved</t>"); /* in a column that has no words */
    ck_has(sheet, "<t>Không</t>");
    ck_has(sheet, "<t>Đang thực hiện</t>");
    ck_has(sheet, "<t>Đã chuyển; Đang thực hiện; other</t>");
    ck_has(sheet, "<t>brand_new</t>");
    ck_has_not(sheet, "in_progress");
    ck_has_not(sheet, "<t>Có</t>"); /* null is neither */
}
END_TEST

/* Of the column of this number, from 1. */
static double width_of(const char *sheet, int column)
{
    const char *from = strstr(sheet, str_printf(arena, "<col min=\"%d\"", column).ptr);
    ck_assert_ptr_nonnull(from);
    return strtod(strstr(from, "width=\"") + 7, NULL);
}

START_TEST(the_header_is_the_titles_broken_into_lines)
{
    fill(0, STR("Nguyễn Thị Minh Khai, Ban Dân vận Tỉnh ủy, số 2 đường Trần Hưng Đạo, Đồng Xoài"),
         STR("2026-03-31"), STR("1"), STR("f"), STR(""));
    const char *sheet = part(made(1, "Cán bộ"), SHEET);
    ck_has(sheet, "<t>Họ và tên</t>");
    ck_has(sheet, "<t>Ngày sinh</t>");
    ck_has_not(sheet, "born_on");
    ck_has_not(sheet, "Ẩn");
    ck_has(sheet, "state=\"frozen\"");
    ck_has(sheet, "<autoFilter ref=\"A1:G2\"");
    ck_has(part(made(1, "Cán bộ"), "xl/styles.xml"), "vertical=\"center\" wrapText=\"1\"");
    const char *hidden = strstr(sheet, " hidden=\"1\"");
    ck_assert_ptr_nonnull(hidden);
    ck_assert_ptr_null(strstr(hidden + 1, " hidden=\"1\""));
    ck_assert_ptr_eq(hidden, strstr(strstr(sheet, "<col min=\"5\""), " hidden=\"1\""));
    ck_assert_double_lt(width_of(sheet, 1), 62); /* a long text does not take the screen */
    /* 39 characters over yes and no: in lines, and the row has the room for them */
    ck_assert_double_lt(width_of(sheet, 4), 24);
    const char *row = strstr(sheet, "<row r=\"1\"");
    ck_assert_ptr_nonnull(row);
    ck_assert_double_ge(strtod(strstr(row, "ht=\"") + 4, NULL), 3 * 15);
}
END_TEST

static const char *const formulas[] = {"=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"x\")"};

START_TEST(text_never_becomes_a_formula)
{
    fill(0, str_from(formulas[_i]), STR("2026-03-31"), STR("1"), STR("f"), STR(""));
    const char *sheet = part(made(1, "Cán bộ"), SHEET);
    ck_has_not(sheet, "<f>");
    ck_has(sheet, "t=\"inlineStr\"");
    ck_has(sheet, str_cstr(arena, str_slice(str_from(formulas[_i]), 0, 2)));
}
END_TEST

START_TEST(what_a_spreadsheet_has_no_form_for_is_text)
{
    static const struct str null = {NULL, 0};
    fill(0, STR("a\x01<&>"), STR("infinity"), STR("9007199254740993"), STR("f"), STR("infinity"));
    fill(1, null, STR("1899-12-31"), STR("NaN"), null, null);
    const char *sheet = part(made(2, "Cán bộ"), SHEET);
    ck_has(sheet, "<t>9007199254740993</t>");
    ck_has(sheet, "<t>infinity</t>");
    ck_has(sheet, "<t>1899-12-31</t>");
    ck_has(sheet, "<t>NaN</t>");
    ck_has(sheet, "&lt;&amp;&gt;");
    ck_has_not(sheet, "\x01");
}
END_TEST

START_TEST(a_text_too_long_for_a_cell_is_cut_between_characters)
{
    static char full[2 * 40000 + 1];
    for (size_t i = 0; i < 40000; i++)
        memcpy(full + 2 * i, "\xc4\x91", 2); /* đ */
    fill(0, str_from(full), STR("2026-03-31"), STR("1"), STR("f"), STR(""));
    const char *sheet = part(made(1, "Cán bộ"), SHEET);
    const char *from = strstr(sheet, "<t>\xc4\x91");
    ck_assert_ptr_nonnull(from);
    ck_assert_int_eq(strstr(from, "</t>") - from - 3, 2 * 32767);
}
END_TEST

START_TEST(the_second_sheet_tells_what_the_keys_mean)
{
    fill(0, STR("a"), STR("2026-03-31"), STR("1"), STR("f"), STR(""));
    struct str book = made(1, "Số liệu: [nhiệm vụ] tổng hợp từ cấp dưới");
    const char *sheet = part(book, "xl/worksheets/sheet2.xml");
    ck_has(sheet, "<t>name</t>");
    ck_has(sheet, "<t>Họ và tên</t>");
    ck_has_not(sheet, "Ẩn");
    /* 152 characters over 90, and one word */
    const char *row = strstr(sheet, "<row r=\"3\"");
    ck_assert_double_ge(strtod(strstr(row, "ht=\"") + 4, NULL), 2 * 15);
    ck_has(sheet, "<row r=\"2\">");
    /* 31 characters, those that a name may not have as spaces */
    ck_has(part(book, "xl/workbook.xml"), "name=\"Số liệu   nhiệm vụ  tổng hợp từ\"");
    ck_has(part(book, "xl/workbook.xml"), "name=\"Chú thích\"");
}
END_TEST

/* The style of the cell at this address: an index into the workbook's formats. */
static int style_of(const char *sheet, const char *address)
{
    const char *from = strstr(sheet, str_printf(arena, "<c r=\"%s\" s=\"", address).ptr);
    ck_assert_ptr_nonnull(from);
    return atoi(strstr(from, " s=\"") + 4);
}

/* The format itself, as the workbook writes it. */
static const char *format_at(struct str book, const char *address)
{
    const char *style = strstr(part(book, "xl/styles.xml"), "<cellXfs");
    for (int i = style_of(part(book, SHEET), address); i >= 0; i--)
        style = strstr(style + 1, "<xf ");
    return style;
}

START_TEST(a_text_wider_than_its_column_goes_on_below)
{
    char longest[500];
    memset(longest, 'a', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    fill(0, STR("Thực hành dân chủ; tăng kiểm tra quy chế dân chủ ở cơ sở, cơ quan, doanh nghiệp"),
         STR("2026-03-31"), STR("1"), STR("f"), STR(""));
    fill(1, str_from(longest), STR("2026-03-31"), STR("1"), STR("f"), STR(""));
    struct str book = made(2, "Cán bộ");
    const char *sheet = part(book, SHEET);
    int wrapped = style_of(sheet, "A2");
    int plain = style_of(sheet, "A3");
    ck_assert_int_ne(wrapped, plain);
    ck_assert_int_eq(plain, style_of(sheet, "D2"));
    const char *style = format_at(book, "A2");
    const char *end = strstr(style, "</xf>");
    const char *wrap = strstr(style, "wrapText=\"1\"");
    ck_assert(wrap != NULL && wrap < end);
    /* 80 characters over 60: two lines, and the row has the room for them; the other has one */
    const char *row = strstr(sheet, "<row r=\"2\"");
    ck_assert_double_ge(strtod(strstr(row, "ht=\"") + 4, NULL), 2 * 15);
    ck_assert_ptr_nonnull(strstr(sheet, "<row r=\"3\">"));
}
END_TEST

START_TEST(money_has_its_thousands_apart)
{
    struct output_note of_money[COLUMNS];
    struct output_rows rows = {columns, COLUMNS, 1, cell_of, NULL};
    struct str book = STR("");
    memcpy(of_money, notes, sizeof of_money);
    of_money[3].is_money = true;
    fill(0, STR("a"), STR("2026-03-31"), STR("2500000000"), STR("f"), STR(""));
    ck_assert(output_xlsx(arena, &rows, of_money, STR("Dự toán"), &book));
    const char *sheet = part(book, SHEET);
    ck_has(sheet, "<v>2500000000</v>");
    const char *by_thousands = strstr(part(book, "xl/styles.xml"), "\" formatCode=\"#,##0\"");
    ck_assert_ptr_nonnull(by_thousands);
    ck_assert_int_eq(strtol(strstr(format_at(book, "C2"), "numFmtId=\"") + 10, NULL, 10),
                     strtol(by_thousands - 3, NULL, 10)); /* formats of one's own begin at 164 */
    ck_has_not(part(made(1, "Năm"), "xl/styles.xml"), "#,##0");
    ck_assert_double_ge(width_of(sheet, 3), sizeof "2.500.000.000");
}
END_TEST

START_TEST(equal_rows_give_equal_bytes)
{
    fill(0, STR("a"), STR("2026-03-31"), STR("1"), STR("f"), STR(""));
    struct str once = made(1, "Cán bộ");
    struct str twice = made(1, "Cán bộ");
    ck_assert(str_equal(once, twice));
    ck_assert_uint_gt(made(0, "Cán bộ").len, 0);
}
END_TEST

/* How many files were made in the folder watched. */
static size_t files_made(int watch)
{
    char events[16384] __attribute__((aligned(__alignof__(struct inotify_event))));
    size_t count = 0;
    ssize_t len = 0;
    while ((len = read(watch, events, sizeof events)) > 0)
        for (char *at = events; at < events + len;) {
            const struct inotify_event *e = (const struct inotify_event *)(const void *)at;
            count += (e->mask & IN_CREATE) != 0;
            at += sizeof *e + e->len;
        }
    return count;
}

START_TEST(its_parts_lie_in_the_folder_given)
{
    int here = inotify_init1(IN_NONBLOCK);
    ck_assert_int_ge(inotify_add_watch(here, folder, IN_CREATE), 0);
    fill(0, STR("a"), STR("2026-03-31"), STR("1"), STR("f"), STR(""));
    (void)made(1, "Cán bộ");
    ck_assert_uint_gt(files_made(here), 0);

    struct output_rows rows = {columns, COLUMNS, 1, cell_of, NULL};
    struct str out = STR("");
    output_xlsx_work_in("/nonexistent");
    ck_assert(!output_xlsx(arena, &rows, notes, STR("Cán bộ"), &out));
    close(here);
}
END_TEST

static struct str same_cell(const void *source, size_t row, size_t column)
{
    (void)row;
    return cell_of(source, 0, column);
}

/* The rows make a part larger than any file may be, in an archive that is much smaller. */
START_TEST(a_full_folder_gives_no_workbook)
{
    const struct rlimit small = {256 * 1024, 256 * 1024};
    struct output_rows rows = {columns, COLUMNS, 2000, same_cell, NULL};
    struct str out = STR("");
    fill(0, STR("Nguyễn Văn A"), STR("2026-03-31"), STR("1"), STR("f"), STR(""));
    ck_assert(output_xlsx(arena, &rows, notes, STR("Cán bộ"), &out));
    ck_assert_uint_lt(out.len, small.rlim_cur);
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
    ck_assert(!output_xlsx(arena, &rows, notes, STR("Cán bộ"), &out));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("xlsx");
    TCase *t = tcase_create("xlsx");
    tcase_add_checked_fixture(t, open_folder, close_folder);
    tcase_add_test(t, cells_have_the_types_of_their_columns);
    tcase_add_test(t, codes_are_written_as_the_words_for_them);
    tcase_add_test(t, the_header_is_the_titles_broken_into_lines);
    tcase_add_loop_test(t, text_never_becomes_a_formula, 0, sizeof formulas / sizeof *formulas);
    tcase_add_test(t, what_a_spreadsheet_has_no_form_for_is_text);
    tcase_add_test(t, a_text_too_long_for_a_cell_is_cut_between_characters);
    tcase_add_test(t, the_second_sheet_tells_what_the_keys_mean);
    tcase_add_test(t, a_text_wider_than_its_column_goes_on_below);
    tcase_add_test(t, money_has_its_thousands_apart);
    tcase_add_test(t, its_parts_lie_in_the_folder_given);
    tcase_add_test(t, equal_rows_give_equal_bytes);
    tcase_add_test(t, a_full_folder_gives_no_workbook);
    suite_add_tcase(s, t);
    return unit_run(s);
}
