#include "output/csv.h"
#include "output/json.h"
#include "unit.h"

UNIT_ARENA

static struct str cells[8];
static struct str cell_of(const void *source, size_t row, size_t column)
{
    (void)source;
    return cells[row + column];
}

static struct str one(bool as_csv, enum output_type type, struct str value)
{
    static struct output_column column;
    struct output_rows rows = {&column, 1, 1, cell_of, NULL};
    struct text t = {.arena = arena};
    column = (struct output_column){STR("c"), type, true};
    cells[0] = value;
    if (!as_csv) {
        output_json_items(&t, &rows);
        return str_slice(text_str(&t), sizeof "[{\"c\":" - 1, t.len - 2);
    }
    output_csv(&t, &rows);
    return str_slice(text_str(&t),
                     sizeof "\xef\xbb\xbf"
                            "c\r\n" -
                         1,
                     t.len - 2);
}

START_TEST(a_file_begins_with_mark_and_names_and_ends_its_lines_as_the_rfc_says)
{
    static const struct output_column columns[] = {{STR_INIT("name"), OUTPUT_TEXT, true},
                                                   {STR_INIT("hidden"), OUTPUT_TEXT, false},
                                                   {STR_INIT("count"), OUTPUT_NUMBER, true}};
    struct output_rows rows = {columns, 3, 1, cell_of, NULL};
    struct text t = {.arena = arena};
    cells[0] = STR("Đoàn");
    cells[1] = STR("secret");
    cells[2] = STR("-5");
    output_csv(&t, &rows);
    ck_assert_text_eq(text_str(&t), "\xef\xbb\xbf"
                                    "name,count\r\nĐoàn,-5\r\n");
}
END_TEST

static const struct {
    struct str in;
    const char *out;
} texts[] = {
    {STR_INIT("plain"), "plain"},
    {STR_INIT("a,b"), "\"a,b\""},
    {STR_INIT("say \"hi\""), "\"say \"\"hi\"\"\""},
    {STR_INIT("two\nlines"), "\"two\nlines\""},
    {STR_INIT(" led"), "\" led\""},
    {STR_INIT(""), ""},
    {{NULL, 0}, ""},
    {STR_INIT("\""), "\"\"\"\""},
    {STR_INIT("\"\""), "\"\"\"\"\"\""},
    {STR_INIT("=1+1"), "'=1+1"},
    {STR_INIT("+84"), "'+84"},
    {STR_INIT("'=1"), "''=1"},
    {STR_INIT("'x"), "'x"},
    {STR_INIT("-x"), "'-x"},
    {STR_INIT("@sum"), "'@sum"},
    {STR_INIT("\t=1"), "\"'\t=1\""},
    {STR_INIT("\r=1"), "\"'\r=1\""},
    {STR_INIT("=cmd|'/c calc'!A1,b"), "\"'=cmd|'/c calc'!A1,b\""},
    {STR_INIT("a=1"), "a=1"},
};

START_TEST(text_is_quoted_where_needed_and_never_runs_as_a_formula)
{
    ck_assert_text_eq(one(true, OUTPUT_TEXT, texts[_i].in), texts[_i].out);
}
END_TEST

START_TEST(other_types_are_written_as_they_are_in_json)
{
    ck_assert_text_eq(one(true, OUTPUT_NUMBER, STR("-1")), "-1");
    ck_assert_text_eq(one(true, OUTPUT_BOOL, STR("t")), "true");
    ck_assert_text_eq(one(true, OUTPUT_TIMESTAMP, STR("2024-05-06 07:08:09.5+07")),
                      "2024-05-06T07:08:09.5+07:00");
    ck_assert_text_eq(one(true, OUTPUT_TEXT_ARRAY, STR("{a,\"b, c\",NULL}")), "\"a; b, c; \"");
    ck_assert_text_eq(one(true, OUTPUT_TEXT_ARRAY, STR("{=1}")), "'=1");
}
END_TEST

static const struct {
    enum output_type type;
    struct str in;
    const char *out;
} values[] = {
    {OUTPUT_TEXT, {NULL, 0}, "null"},
    {OUTPUT_NUMBER, {NULL, 0}, "null"},
    {OUTPUT_JSON, {NULL, 0}, "null"},
    {OUTPUT_TEXT, STR_INIT(""), "\"\""},
    {OUTPUT_TEXT, STR_INIT("a\"b\\c"), "\"a\\\"b\\\\c\""},
    {OUTPUT_TEXT, STR_INIT("a\nb\tc\001\x1f"), "\"a\\nb\\tc\\u0001\\u001f\""},
    {OUTPUT_TEXT, STR_INIT("Ủy ban"), "\"Ủy ban\""},
    {OUTPUT_TEXT, STR_INIT("\"\"\"\"\"\"\"\""), "\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\""},
    {OUTPUT_NUMBER, STR_INIT("12"), "12"},
    {OUTPUT_BOOL, STR_INIT("t"), "true"},
    {OUTPUT_BOOL, STR_INIT("f"), "false"},
    {OUTPUT_DATE, STR_INIT("2024-01-02"), "\"2024-01-02\""},
    {OUTPUT_TIMESTAMP, STR_INIT("2024-01-02 03:04:05+07"), "\"2024-01-02T03:04:05+07:00\""},
    {OUTPUT_TIMESTAMP, STR_INIT("2024-01-02 03:04:05.123456-03:30"),
     "\"2024-01-02T03:04:05.123456-03:30\""},
    {OUTPUT_TIMESTAMP, STR_INIT("infinity"), "\"infinity\""},
    {OUTPUT_JSON, STR_INIT("{\"a\": [1]}"), "{\"a\": [1]}"},
    {OUTPUT_TEXT_ARRAY, STR_INIT("{}"), "[]"},
    {OUTPUT_TEXT_ARRAY, STR_INIT("{a,\"b \\\"c\\\\\",NULL,\"NULL\",\"\"}"),
     "[\"a\",\"b \\\"c\\\\\",null,\"NULL\",\"\"]"},
};

START_TEST(values_become_json_by_their_type)
{
    ck_assert_text_eq(one(false, values[_i].type, values[_i].in), values[_i].out);
}
END_TEST

START_TEST(many_items_are_one_array)
{
    static const struct output_column columns[] = {{STR_INIT("a"), OUTPUT_NUMBER, true},
                                                   {STR_INIT("b"), OUTPUT_TEXT, true}};
    struct output_rows rows = {columns, 2, 2, cell_of, NULL};
    struct text t = {.arena = arena};
    cells[0] = STR("1");
    cells[1] = STR("2");
    cells[2] = STR("3");
    output_json_items(&t, &rows);
    ck_assert_text_eq(text_str(&t), "[{\"a\":1,\"b\":\"2\"},{\"a\":2,\"b\":\"3\"}]");
}
END_TEST

#define COUNT(list) (int)(sizeof(list) / sizeof *(list))

int main(void)
{
    Suite *suite = suite_create("output");
    TCase *t = tcase_create("csv and json");
    tcase_add_checked_fixture(t, unit_open, unit_close);
    tcase_add_test(t, a_file_begins_with_mark_and_names_and_ends_its_lines_as_the_rfc_says);
    tcase_add_loop_test(t, text_is_quoted_where_needed_and_never_runs_as_a_formula, 0,
                        COUNT(texts));
    tcase_add_test(t, other_types_are_written_as_they_are_in_json);
    tcase_add_loop_test(t, values_become_json_by_their_type, 0, COUNT(values));
    tcase_add_test(t, many_items_are_one_array);
    suite_add_tcase(suite, t);
    return unit_run(suite);
}
