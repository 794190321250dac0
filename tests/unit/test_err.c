#include "base/clock.h"
#include "base/err.h"
#include "unit.h"

UNIT_ARENA

START_TEST(every_code_has_a_status_a_slug_and_two_titles)
{
    for (int code = 0; code < ERR__MAX; code++) {
        const struct err_kind *kind = err_kind((enum err_code)code);
        ck_assert(kind->status >= 400 && kind->status < 600);
        ck_assert_str_ne(kind->slug, "");
        for (const char *c = kind->slug; *c != '\0'; c++)
            ck_assert((*c >= 'a' && *c <= 'z') || *c == '-');
        ck_assert_str_ne(kind->title_en, "");
        ck_assert(str_is_utf8(str_from(kind->title_vi)));
        for (int other = 0; other < code; other++)
            ck_assert_str_ne(kind->slug, err_kind((enum err_code)other)->slug);
    }
}
END_TEST

START_TEST(a_code_out_of_range_is_an_internal_error)
{
    ck_assert_int_eq(err_kind(ERR__MAX)->status, 500);
    ck_assert_int_eq(err_kind((enum err_code) - 1)->status, 500);
}
END_TEST

START_TEST(setting_an_error_returns_false_and_keeps_what_was_said)
{
    struct err e = {.reason = STR_INIT("no_lead"), .retry_after = 3};
    ck_assert(!err_set(&e, ERR_CONFLICT, STR("why")));
    ck_assert_int_eq(e.code, ERR_CONFLICT);
    ck_assert_text_eq(e.cause, "why");
    ck_assert_text_eq(e.reason, "no_lead");
    ck_assert_int_eq(e.retry_after, 3);
}
END_TEST

START_TEST(field_errors_stand_in_the_order_found)
{
    struct err e = {0};
    ck_assert(!err_field(arena, &e, ERR_INVALID, STR("/title"), STR("required")));
    ck_assert(!err_field(arena, &e, ERR_INVALID, STR("/due_on"), STR("bad_date")));
    ck_assert(!err_field(arena, &e, ERR_INVALID, STR("/x"), STR("unknown_field")));
    ck_assert_int_eq(e.code, ERR_INVALID);
    ck_assert_text_eq(e.fields->pointer, "/title");
    ck_assert_text_eq(e.fields->next->code, "bad_date");
    ck_assert_text_eq(e.fields->next->next->pointer, "/x");
    ck_assert_ptr_null(e.fields->next->next->next);
}
END_TEST

START_TEST(the_clock_for_deadlines_never_goes_back)
{
    int64_t before = clock_us();
    for (int i = 0; i < 1000; i++) {
        int64_t now = clock_us();
        ck_assert_int_ge(now, before);
        before = now;
    }
    ck_assert_int_gt(clock_unix(), 1700000000);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("err");
    TCase *tests = tcase_create("err");
    tcase_add_checked_fixture(tests, unit_open, unit_close);
    tcase_add_test(tests, every_code_has_a_status_a_slug_and_two_titles);
    tcase_add_test(tests, a_code_out_of_range_is_an_internal_error);
    tcase_add_test(tests, setting_an_error_returns_false_and_keeps_what_was_said);
    tcase_add_test(tests, field_errors_stand_in_the_order_found);
    tcase_add_test(tests, the_clock_for_deadlines_never_goes_back);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
