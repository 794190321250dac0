#include "sheet_text.h"

UNIT_ARENA

static const char *read_csv(const char *text)
{
    return sheet_text(arena, str_from(text), STR(""));
}

START_TEST(the_separator_is_told_from_the_header)
{
    ck_assert_str_eq(read_csv("a,b;c\n1,2\n"), "1 A=a; B=b;c\n2 A=1; B=2\n");
    ck_assert_str_eq(read_csv("a;b;c,d\n1;2\n"), "1 A=a; B=b; C=c,d\n2 A=1; B=2\n");
    ck_assert_str_eq(read_csv("a\tb\n1\t2,3"), "1 A=a; B=b\n2 A=1; B=2,3\n");
    ck_assert_str_eq(read_csv("\"a;;;;\",b\n1,2\n"), "1 A=a;;;;; B=b\n2 A=1; B=2\n");
    ck_assert_str_eq(read_csv("one\n1\n"), "1 A=one\n2 A=1\n");
}
END_TEST

START_TEST(lines_end_as_they_like_and_empty_ones_count)
{
    ck_assert_str_eq(read_csv("a,b\r\n\r\n1,2\r\n"), "1 A=a; B=b\n3 A=1; B=2\n");
    ck_assert_str_eq(read_csv("a,b\n,\n1,2"), "1 A=a; B=b\n3 A=1; B=2\n");
    ck_assert_str_eq(read_csv("a,b\r1,2\r"), "1 A=a; B=b\n2 A=1; B=2\n");
    ck_assert_str_eq(read_csv("\xef\xbb\xbf"
                              "a,b\n"),
                     "1 A=a; B=b\n");
}
END_TEST

START_TEST(quotes_hold_separators_line_ends_and_quotes)
{
    ck_assert_str_eq(read_csv("a,b\n\"x,\"\"y\"\"\r\nz\",\"\"\n"),
                     "1 A=a; B=b\n2 A=x,\"y\"\r\nz\n");
    ck_assert_str_eq(read_csv("a,b\nx \"y\",2\n"), "1 A=a; B=b\n2 A=x \"y\"; B=2\n");
    ck_assert_str_eq(read_csv("a,b\n\"x\" y,2\n"), "bad_quotes 2");
    ck_assert_str_eq(read_csv("a,b\n1,\"x\n"), "bad_quotes 2");
}
END_TEST

START_TEST(bytes_that_are_no_utf8_become_latin_characters)
{
    ck_assert_str_eq(read_csv("t\xaan\n"), "1 A=t\xc2\xaan\n");
    ck_assert(sheet_was_8bit);
    ck_assert_str_eq(read_csv("t\xc2\xaan\n"), "1 A=t\xc2\xaan\n");
    ck_assert(!sheet_was_8bit);
}
END_TEST

/* A character that lies across the pieces in which the file is looked at. */
START_TEST(a_character_may_lie_anywhere)
{
    for (size_t shift = 0; shift < 4; shift++) {
        struct text t = {.arena = arena};
        text_append(&t, str_slice(STR("abc"), 0, shift));
        for (size_t i = 0; i < 70000; i++)
            text_append(&t, STR("ệ\n"));
        const char *all = sheet_text(arena, text_str(&t), STR(""));
        ck_assert(!sheet_was_8bit);
        ck_assert_ptr_nonnull(strstr(all, "\n70000 A=ệ\n"));
        arena_reset(arena);
    }
}
END_TEST

START_TEST(there_are_limits)
{
    struct text t = {.arena = arena};
    for (size_t i = 0; i < SHEET_COLUMNS_MAX; i++)
        text_byte(&t, ',');
    text_append(&t, STR("x\n"));
    ck_assert_str_eq(sheet_text(arena, text_str(&t), STR("")), "too_many_columns 1");
    t = (struct text){.arena = arena};
    for (size_t i = 0; i <= SHEET_CELL_MAX; i++)
        text_byte(&t, 'x');
    ck_assert_str_eq(sheet_text(arena, text_str(&t), STR("")), "too_long 1");
}
END_TEST

START_TEST(what_is_no_table_is_refused_by_its_name)
{
    static const struct {
        struct str file;
        const char *word;
    } files[] = {
        {STR_INIT(""), "empty_file"},
        {STR_INIT("%PDF-1.4"), "not_a_table"},
        {STR_INIT(" \n<html><table>"), "not_a_table"},
        {STR_INIT("a\0b"), "not_a_table"},
        {STR_INIT("\xff\xfe"
                  "a\0"),
         "wide_encoding"},
        {STR_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 W\0o\0r\0k\0b\0o\0o\0k\0"), "old_excel_file"},
        {STR_INIT(
             "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"),
         "encrypted_file"},
        {STR_INIT("PK\x03\x04 nothing"), "not_a_table"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        ck_assert_str_eq(sheet_text(arena, files[i].file, STR("")), files[i].word);
}
END_TEST

START_TEST(columns_have_the_letters_of_spreadsheets)
{
    static const struct {
        uint32_t column;
        const char *letters;
    } some[] = {{0, "A"},   {25, "Z"},   {26, "AA"},   {51, "AZ"},
                {52, "BA"}, {701, "ZZ"}, {702, "AAA"}, {16383, "XFD"}};
    char out[8];
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        column_letters(some[i].column, out);
        ck_assert_str_eq(out, some[i].letters);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("csv_read");
    TCase *t = tcase_create("csv");
    tcase_set_timeout(t, 30);
    tcase_add_checked_fixture(t, unit_open, unit_close);
    tcase_add_test(t, the_separator_is_told_from_the_header);
    tcase_add_test(t, lines_end_as_they_like_and_empty_ones_count);
    tcase_add_test(t, quotes_hold_separators_line_ends_and_quotes);
    tcase_add_test(t, bytes_that_are_no_utf8_become_latin_characters);
    tcase_add_test(t, a_character_may_lie_anywhere);
    tcase_add_test(t, there_are_limits);
    tcase_add_test(t, what_is_no_table_is_refused_by_its_name);
    tcase_add_test(t, columns_have_the_letters_of_spreadsheets);
    suite_add_tcase(suite, t);
    return unit_run(suite);
}
