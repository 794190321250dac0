/* The words of a workbook as the codes of a record. */
#include "resources/registry.h"
#include "service/job.h"
#include "unit.h"

UNIT_ARENA

static void open_kinds(void)
{
    unit_open();
    resources_install();
}

static const struct import_kind *kind;

/* The value, or the word for the fault behind a '!'. */
static const char *taken(const char *column, enum cell_kind type, const char *text)
{
    struct str out = STR("");
    struct cell cell = {.kind = type, .text = str_from(text)};
    size_t at = 0;
    while (!str_equal(kind->columns[at].name, str_from(column)))
        ck_assert_uint_lt(++at, kind->column_count);
    const char *word = job_cell(arena, kind, at, &cell, false, &out);
    return word != NULL ? str_cstr(arena, str_printf(arena, "!%s", word)) : str_cstr(arena, out);
}

START_TEST(a_choice_is_taken_as_its_code_or_its_title)
{
    kind = import_kind_find(STR("training_records"));
    ck_assert_str_eq(taken("result", CELL_TEXT, "passed"), "passed");
    ck_assert_str_eq(taken("result", CELL_TEXT, "Đạt"), "passed");
    ck_assert_str_eq(taken("result", CELL_TEXT, "không  ĐẠT"), "failed");
    ck_assert_str_eq(taken("result", CELL_TEXT, "PASSED"), "passed");
    /* typed as letters with marks behind them, and with a space that does not break a line */
    ck_assert_str_eq(taken("status", CELL_TEXT,
                           "\xc4\x90\x61\xcc\x83\xc2\xa0"
                           "đăng ký"),
                     "registered");
    ck_assert_str_eq(taken("status", CELL_TEXT, "Vắng mặt"), "absent");
    kind = import_kind_find(STR("appointments"));
    ck_assert_str_eq(taken("kind", CELL_TEXT, "Kiêm nhiệm"), "concurrent");
    ck_assert_str_eq(taken("end_cause", CELL_TEXT, "Nghỉ hưu"), "retired");
}
END_TEST

START_TEST(what_is_no_choice_is_left_to_the_check_of_its_kind)
{
    kind = import_kind_find(STR("training_records"));
    ck_assert_str_eq(taken("result", CELL_TEXT, "Giỏi"), "Giỏi");
    ck_assert_str_eq(taken("result", CELL_TEXT, "dat"), "dat"); /* marks are no matter of case */
    ck_assert_str_eq(taken("result", CELL_NUMBER, "1"), "1");
    /* a text that has no choices says what it says */
    ck_assert_str_eq(taken("certificate_number", CELL_TEXT, "Đạt"), "Đạt");
    ck_assert_str_eq(taken("course_code", CELL_TEXT, "passed"), "passed");
}
END_TEST

START_TEST(other_columns_are_taken_by_their_type)
{
    kind = import_kind_find(STR("attendance"));
    ck_assert_str_eq(taken("is_present", CELL_TEXT, "Có"), "true");
    ck_assert_str_eq(taken("is_present", CELL_TEXT, "Không"), "false");
    ck_assert_str_eq(taken("is_present", CELL_BOOL, "true"), "true");
    ck_assert_str_eq(taken("is_present", CELL_TEXT, "Đạt"), "!bad_boolean");
    ck_assert_str_eq(taken("day", CELL_TEXT, "31/12/2022"), "2022-12-31");
    kind = import_kind_find(STR("courses"));
    ck_assert_str_eq(taken("pass_percent", CELL_TEXT, "85%"), "85");
    ck_assert_str_eq(taken("capacity", CELL_TEXT, "85%"), "!bad_integer");
    struct text longer = {.arena = arena};
    for (int i = 0; i < 300; i++)
        text_append(&longer, STR("đ"));
    ck_assert_uint_eq(strlen(taken("place", CELL_TEXT, str_cstr(arena, text_str(&longer)))), 600);
    text_append(&longer, STR("đ"));
    ck_assert_str_eq(taken("place", CELL_TEXT, str_cstr(arena, text_str(&longer))), "!too_long");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("job_cell");
    TCase *t = tcase_create("job_cell");
    tcase_add_checked_fixture(t, open_kinds, unit_close);
    tcase_add_test(t, a_choice_is_taken_as_its_code_or_its_title);
    tcase_add_test(t, what_is_no_choice_is_left_to_the_check_of_its_kind);
    tcase_add_test(t, other_columns_are_taken_by_their_type);
    suite_add_tcase(s, t);
    return unit_run(s);
}
