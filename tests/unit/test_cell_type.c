#include "input/cell_type.h"
#include "input/header.h"
#include "input/xlsx.h"
#include "unit.h"

UNIT_ARENA

typedef const char *(*typer)(struct arena *a, enum cell_kind kind, struct str text,
                             struct str *out);

/* The value, or the word in front of a '!'. */
static const char *typed(typer as, enum cell_kind kind, const char *text)
{
    struct str out = STR("");
    const char *word = as(arena, kind, str_from(text), &out);
    return word != NULL ? str_cstr(arena, str_printf(arena, "!%s", word)) : str_cstr(arena, out);
}

static const char *as_date(struct arena *a, enum cell_kind kind, struct str text, struct str *out)
{
    return cell_as_date(a, kind, text, false, out);
}

static const char *as_date_1904(struct arena *a, enum cell_kind kind, struct str text,
                                struct str *out)
{
    return cell_as_date(a, kind, text, true, out);
}

START_TEST(a_date_is_written_in_three_ways)
{
    static const char *const dates[][2] = {
        {"2023-01-31", "2023-01-31"}, {"31/01/2023", "2023-01-31"},
        {"1/2/2023", "2023-02-01"},   {"2024-02-29", "2024-02-29"},
        {"2023-02-29", "!bad_date"},  {"29/02/2100", "!bad_date"},
        {"31/04/2023", "!bad_date"},  {"13/31/2023", "!bad_date"},
        {"1/2/23", "!bad_date"},      {"2023", "!bad_date"},
        {"44957", "2023-01-31"},      {"01-02-2023", "!bad_date"},
        {"2023/01/31", "!bad_date"},  {"hôm nay", "!bad_date"},
        {"1899-12-31", "!bad_date"},  {"2023-01-31 08:30:00", "!bad_date"}};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        ck_assert_str_eq(typed(as_date, CELL_TEXT, dates[i][0]), dates[i][1]);
    ck_assert_str_eq(typed(as_date, CELL_NUMBER, "44957"), "2023-01-31");
    ck_assert_str_eq(typed(as_date, CELL_NUMBER, "44957.5"), "!bad_date");
    ck_assert_str_eq(typed(as_date, CELL_NUMBER, "2023"), "!bad_date"); /* a year */
    ck_assert_str_eq(typed(as_date, CELL_DATE, "2023-01-31"), "2023-01-31");
    ck_assert_str_eq(typed(as_date, CELL_BOOL, "true"), "!bad_date");
}
END_TEST

/* 43495 days after 1 January 1904 is what 44957 counts from 1900; and the day that Excel made up is
 * none, however it is written. */
START_TEST(a_number_is_a_day_of_its_workbooks_calendar)
{
    ck_assert_str_eq(typed(as_date_1904, CELL_NUMBER, "43495"), "2023-01-31");
    ck_assert_str_eq(typed(as_date_1904, CELL_NUMBER, "44957"), "2027-02-01");
    ck_assert_str_eq(typed(as_date_1904, CELL_TEXT, "43495"), "!bad_date");
    ck_assert_str_eq(typed(as_date_1904, CELL_TEXT, "31/01/2023"), "2023-01-31");
    ck_assert_str_eq(typed(as_date_1904, CELL_DATE, "2023-01-31"), "2023-01-31");
    ck_assert_str_eq(typed(as_date, CELL_TEXT, "29/02/1900"), "!bad_date");
    ck_assert_str_eq(typed(as_date, CELL_DATE, "1900-02-29"), "!bad_date");
    ck_assert_str_eq(typed(as_date, CELL_NUMBER, "60"), "!bad_date");
    ck_assert_str_eq(typed(as_date, CELL_TEXT, "28/02/1900"), "1900-02-28");
}
END_TEST

START_TEST(an_integer_is_never_guessed)
{
    static const char *const texts[][2] = {{"7", "7"},
                                           {"-12", "-12"},
                                           {"1.234", "!bad_integer"},
                                           {"1,234", "!bad_integer"},
                                           {"1 234", "!bad_integer"},
                                           {"12.0", "!bad_integer"},
                                           {"1e3", "!bad_integer"},
                                           {"x", "!bad_integer"},
                                           {"+5", "!bad_integer"}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_str_eq(typed(cell_as_integer, CELL_TEXT, texts[i][0]), texts[i][1]);
    ck_assert_str_eq(typed(cell_as_integer, CELL_NUMBER, "1E3"), "1000");
    ck_assert_str_eq(typed(cell_as_integer, CELL_NUMBER, "12.0"), "12");
    ck_assert_str_eq(typed(cell_as_integer, CELL_NUMBER, "1.5"), "!bad_integer");
    ck_assert_str_eq(typed(cell_as_integer, CELL_NUMBER, "1e300"), "!bad_integer");
    ck_assert_str_eq(typed(cell_as_integer, CELL_DATE, "2023-01-31"), "!bad_integer");
}
END_TEST

START_TEST(a_percentage_is_read_as_it_is_shown_and_only_where_one_is_asked)
{
    static const char *const shown[][2] = {{"85%", "85"}, {"100%", "100"},
                                           {"0%", "0"},   {"85.5%", "!bad_integer"},
                                           {"-5%", "-5"}, {"inf%", "!bad_integer"}};
    static const char *const texts[][2] = {{"85", "85"},
                                           {"85%", "85"},
                                           {"85 %", "85"},
                                           {"85\u00a0%", "85"},
                                           {"85\u202f%", "85"},
                                           {"%", "!bad_integer"},
                                           {"85%%", "!bad_integer"},
                                           {"0,85", "!bad_integer"}};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        ck_assert_str_eq(typed(cell_as_percent, CELL_PERCENT, shown[i][0]), shown[i][1]);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_str_eq(typed(cell_as_percent, CELL_TEXT, texts[i][0]), texts[i][1]);
    ck_assert_str_eq(typed(cell_as_percent, CELL_NUMBER, "85"), "85");
    ck_assert_str_eq(typed(cell_as_percent, CELL_NUMBER, "0.85"), "!bad_integer"); /* as shown */
    ck_assert_str_eq(typed(cell_as_percent, CELL_DATE, "2023-01-31"), "!bad_integer");
    /* 1, shown as 100%, is not the number 1 of anything */
    ck_assert_str_eq(typed(cell_as_integer, CELL_PERCENT, "100%"), "!bad_integer");
    ck_assert_str_eq(typed(as_date, CELL_PERCENT, "44957%"), "!bad_date");
    ck_assert_str_eq(typed(cell_as_boolean, CELL_PERCENT, "100%"), "!bad_boolean");
    ck_assert_str_eq(typed(cell_as_text, CELL_PERCENT, "12.5%"), "12.5%");
}
END_TEST

START_TEST(yes_and_no_are_said_in_two_languages)
{
    static const char *const yes[] = {"true", "TRUE", "có", "Có", "CÓ", "x", "X", "1", "đúng"};
    static const char *const no[] = {"false", "không", "Không", "KHÔNG", "0", "sai"};
    static const char *const neither[] = {"", "2", "co", "maybe", "xx"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        ck_assert_str_eq(typed(cell_as_boolean, CELL_TEXT, yes[i]), "true");
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        ck_assert_str_eq(typed(cell_as_boolean, CELL_TEXT, no[i]), "false");
    for (size_t i = 0; i < sizeof neither / sizeof *neither; i++)
        ck_assert_str_eq(typed(cell_as_boolean, CELL_TEXT, neither[i]), "!bad_boolean");
}
END_TEST

START_TEST(a_number_in_a_column_of_text_is_what_a_person_would_write)
{
    ck_assert_str_eq(typed(cell_as_text, CELL_NUMBER, "25195"), "25195");
    ck_assert_str_eq(typed(cell_as_text, CELL_NUMBER, "1.2E6"), "1200000");
    ck_assert_str_eq(typed(cell_as_text, CELL_NUMBER, "0.10000000000000001"), "0.1");
    ck_assert_str_eq(typed(cell_as_text, CELL_NUMBER, "123456789012"), "123456789012");
    ck_assert_str_eq(typed(cell_as_text, CELL_NUMBER, "-0"), "0");
    ck_assert_str_eq(typed(cell_as_text, CELL_TEXT, "007"), "007");
}
END_TEST

static const char *cleaned(struct str raw)
{
    struct str out;
    const char *word = cell_text_clean(arena, raw, &out);
    return word != NULL ? word : str_cstr(arena, out);
}

START_TEST(text_is_composed_and_trimmed)
{
    ck_assert_str_eq(cleaned(STR(" \t x\xc2\xa0\r\n")), "x");
    ck_assert_str_eq(cleaned(STR("Nguye\xcc\x82\xcc\x83n")), "Nguyễn");
    ck_assert_str_eq(cleaned(STR("a\nb")), "a\nb");
    ck_assert_str_eq(cleaned(STR("\xef\xbb\xbfx")), "x");
    ck_assert_str_eq(cleaned(STR("  ")), "");
    ck_assert_str_eq(cleaned(STR("a\x01")), "control_character");
    ck_assert_str_eq(cleaned(STR("a\0b")), "control_character");
    ck_assert_str_eq(cleaned(STR("a\xe2\x80\xae"
                                 "b")),
                     "control_character");
    ck_assert_str_eq(cleaned(STR("a\xff")), "bad_encoding");
}
END_TEST

START_TEST(the_defusing_apostrophe_goes_and_no_other)
{
    static const char *const texts[][2] = {
        {"'=1+1", "=1+1"}, {"'+84", "+84"}, {"'-x", "-x"}, {"'@a", "@a"}, {"''=x", "'=x"},
        {"'x", "'x"},      {"=1", "=1"},    {"'", "'"},    {"''", "''"},  {"x'=1", "x'=1"}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_text_eq(cell_text_undefuse(str_from(texts[i][0])), texts[i][1]);
}
END_TEST

/* Serials as Excel's documentation tells them: 1 is 1 January 1900, 60 the day that never was, 61
 * is 1 March 1900; 39448 is 1 January 2008, and 37986 with the epoch of 1904. */
START_TEST(serials_are_days_of_the_two_calendars)
{
    static const struct {
        double serial;
        bool is_1904;
        const char *day;
    } some[] = {{1, false, "1900-01-01"},
                {59, false, "1900-02-28"},
                {60, false, NULL},
                {61, false, "1900-03-01"},
                {39448, false, "2008-01-01"},
                {37986, true, "2008-01-01"},
                {0, true, "1904-01-01"},
                {60, true, "1904-03-01"}, /* a leap year, so no day is missing */
                {60.5, false, NULL},
                {0, false, NULL},
                {2958465, false, "9999-12-31"},
                {2958466, false, NULL},
                {-1, false, NULL},
                {39448.5, false, "2008-01-01 12:00:00"},
                {39447.999999999, false, "2008-01-01"}};
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        char out[32] = "";
        bool is_good = excel_date(some[i].serial, some[i].is_1904, out);
        ck_assert_int_eq(is_good, some[i].day != NULL);
        if (is_good)
            ck_assert_str_eq(out, some[i].day);
    }
}
END_TEST

START_TEST(a_format_tells_what_a_number_looks_like)
{
    static const char *const dates[] = {"dd/mm/yyyy", "[$-42A]d mmmm yyyy", "yyyy\\-mm\\-dd;@",
                                        "\"ngày\" d"};
    static const char *const percents[] = {"0%", "0.00%", "[Red]0.0\\ %", "#,##0%;-0", "%0"};
    static const char *const others[] = {"General",  "0.00", "#,##0\\ \"đồng\"", "[Red]0", "@",
                                         "0.00E+00", "0\\%", "0;\"day\";0%",     "0\"%\"", "_d* 0",
                                         "0_%0",     "0;-0%"};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        ck_assert_msg(xlsx_format_shows(str_from(dates[i])) == XLSX_DATE, "%s", dates[i]);
    for (size_t i = 0; i < sizeof percents / sizeof *percents; i++)
        ck_assert_msg(xlsx_format_shows(str_from(percents[i])) == XLSX_PERCENT, "%s", percents[i]);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ck_assert_msg(xlsx_format_shows(str_from(others[i])) == XLSX_NUMBER, "%s", others[i]);
}
END_TEST

/* ---- headers ---- */

static struct header header;
static const struct header_name names[] = {
    {STR_INIT("unit_code"), STR_INIT("Mã đơn vị"), STR_INIT("Unit code"), 0},
    {STR_INIT("year"), STR_INIT("Năm"), STR_INIT("Year"), 1},
    {STR_INIT("id"), STR_INIT("Mã định danh"), STR_INIT("Identifier"), -1},
};

/* Cells separated by '|'; true when the row is not data. */
static bool offer(uint32_t number, const char *line)
{
    struct cell cells[8];
    size_t count = 0;
    struct str rest = str_from(line);
    for (uint32_t column = 0; rest.len > 0; column++) {
        struct str text;
        str_cut(rest, '|', &text, &rest);
        if (text.len > 0)
            cells[count++] = (struct cell){.kind = CELL_TEXT, .column = column, .text = text};
    }
    struct sheet_row row = {number, cells, count};
    return header_take(arena, &header, &row);
}

static void ck_header(int a, int b, int c, const char *word)
{
    uint32_t at = 0;
    const char *fault = header_fault(&header, &at);
    ck_assert_int_eq(header.columns[0], a);
    ck_assert_int_eq(header.columns[1], b);
    ck_assert_int_eq(header.columns[2], c);
    if (word == NULL)
        ck_assert_ptr_null(fault);
    else
        ck_assert_str_eq(fault, word);
}

START_TEST(a_header_says_names_or_titles_in_any_order)
{
    header_begin(&header, arena, names, 3);
    ck_assert(offer(1, "NĂM| mã  đơn VỊ|id"));
    ck_assert(!offer(2, "2020|x"));
    ck_header(1, 0, HEADER_IGNORED, NULL);
}
END_TEST

START_TEST(titles_may_stand_above_and_merged_cells_make_it_two_rows)
{
    header_begin(&header, arena, names, 3);
    ck_assert(offer(1, "DANH SÁCH"));
    ck_assert(offer(3, "unit_code|Chung"));
    ck_assert(offer(4, "|year"));
    ck_assert(!offer(5, "year|x")); /* data, whatever it says */
    ck_header(0, 1, HEADER_NONE, NULL);
}
END_TEST

START_TEST(a_header_with_faults_says_which)
{
    header_begin(&header, arena, names, 3);
    ck_assert(offer(1, "unit_code|year|lạ"));
    ck_header(0, 1, HEADER_NONE, "unknown_header");
    header_begin(&header, arena, names, 3);
    ck_assert(offer(1, "year|unit_code|Năm"));
    ck_header(1, 0, 1, "doubled_header");
    header_begin(&header, arena, names, 3);
    ck_assert(offer(1, "x|y"));
    ck_assert(!offer(21, "unit_code|year"));
    ck_header(HEADER_NONE, HEADER_NONE, HEADER_NONE, "no_header");
}
END_TEST

/* Rows above a table may be as long as rows are: 20 of them, all cells of them long. */
START_TEST(what_stands_above_a_table_is_not_kept)
{
    static struct cell cells[SHEET_COLUMNS_MAX];
    struct arena *batch = arena_open((size_t)8 << 20);
    char *text = arena_alloc(arena, 2001);
    memset(text, 'x', 2000);
    for (uint32_t i = 0; i < SHEET_COLUMNS_MAX; i++)
        cells[i] = (struct cell){.kind = CELL_TEXT, .column = i, .text = {text, i % 512 + 1488}};
    header_begin(&header, arena, names, 3);
    size_t before = arena_used(arena);
    for (uint32_t row = 1; row < HEADER_WITHIN; row++) {
        struct sheet_row above = {row, cells, SHEET_COLUMNS_MAX};
        ck_assert(header_take(batch, &header, &above));
        arena_reset(batch);
    }
    ck_assert_uint_eq(arena_used(arena), before);
    ck_assert(offer(HEADER_WITHIN, "unit_code|year"));
    ck_header(0, 1, HEADER_NONE, NULL);
    arena_close(batch);
}
END_TEST

START_TEST(a_long_header_is_told_by_its_beginning)
{
    struct text t = {.arena = arena};
    for (int i = 0; i < 400; i++)
        text_append(&t, STR("ệ"));
    header_begin(&header, arena, names, 3);
    ck_assert(
        offer(1, str_cstr(arena, str_printf(arena, "unit_code|year|%.*s", STR_ARG(text_str(&t))))));
    ck_header(0, 1, HEADER_NONE, "unknown_header");
    ck_assert_uint_eq(header.unknown[2].len, 510); /* 170 letters of 3 bytes */
    ck_assert(str_is_utf8(header.unknown[2]));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cell_type");
    TCase *t = tcase_create("cells");
    tcase_add_checked_fixture(t, unit_open, unit_close);
    tcase_add_test(t, a_date_is_written_in_three_ways);
    tcase_add_test(t, a_number_is_a_day_of_its_workbooks_calendar);
    tcase_add_test(t, an_integer_is_never_guessed);
    tcase_add_test(t, a_percentage_is_read_as_it_is_shown_and_only_where_one_is_asked);
    tcase_add_test(t, yes_and_no_are_said_in_two_languages);
    tcase_add_test(t, a_number_in_a_column_of_text_is_what_a_person_would_write);
    tcase_add_test(t, text_is_composed_and_trimmed);
    tcase_add_test(t, the_defusing_apostrophe_goes_and_no_other);
    tcase_add_test(t, serials_are_days_of_the_two_calendars);
    tcase_add_test(t, a_format_tells_what_a_number_looks_like);
    tcase_add_test(t, a_header_says_names_or_titles_in_any_order);
    tcase_add_test(t, titles_may_stand_above_and_merged_cells_make_it_two_rows);
    tcase_add_test(t, a_header_with_faults_says_which);
    tcase_add_test(t, what_stands_above_a_table_is_not_kept);
    tcase_add_test(t, a_long_header_is_told_by_its_beginning);
    suite_add_tcase(suite, t);
    return unit_run(suite);
}
