#include <stdint.h>

#include "unit.h"

UNIT_ARENA

START_TEST(strings_compare_by_bytes_and_length)
{
    ck_assert(str_equal(STR("a\0b"), STR("a\0b")));
    ck_assert(!str_equal(STR("a\0b"), STR("a\0c")));
    ck_assert(!str_equal(STR("a"), STR("ab")));
    ck_assert(str_equal((struct str){NULL, 0}, STR("")));
    ck_assert(str_equal_nocase(STR("Content-TYPE"), STR("content-type")));
    ck_assert(!str_equal_nocase(STR("Đ"), STR("đ"))); /* ASCII only */
    ck_assert_text_eq(str_from(NULL), "");
}
END_TEST

START_TEST(slices_are_clipped_to_the_string)
{
    struct str s = STR("dân vận");
    ck_assert_text_eq(str_slice(s, 0, 4), "dân");
    ck_assert_text_eq(str_slice(s, 5, 100), "vận");
    ck_assert_text_eq(str_slice(s, 100, 200), "");
    ck_assert_text_eq(str_slice(s, 3, 2), "");
    ck_assert_text_eq(str_slice((struct str){NULL, 0}, 0, 5), "");
    ck_assert(str_starts(s, STR("dân")) && str_ends(s, STR("vận")));
    ck_assert(!str_starts(STR("d"), STR("dân")) && !str_ends(STR("n"), STR("vận")));
    ck_assert_text_eq(str_trim(STR(" \t a b\t ")), "a b");
    ck_assert_text_eq(str_trim(STR(" \t ")), "");
}
END_TEST

START_TEST(cutting_without_the_byte_gives_all_as_head)
{
    struct str head;
    struct str rest;
    ck_assert(str_cut(STR("a=b=c"), '=', &head, &rest));
    ck_assert_text_eq(head, "a");
    ck_assert_text_eq(rest, "b=c");
    ck_assert(!str_cut(STR("abc"), '=', &head, &rest));
    ck_assert_text_eq(head, "abc");
    ck_assert_text_eq(rest, "");
    ck_assert(str_cut(STR("abc="), '=', &head, &rest));
    ck_assert_text_eq(rest, "");
    ck_assert_uint_eq(str_find(STR("abc"), 'c', 3), 3);
    ck_assert_uint_eq(str_find(STR("abc"), 'a', 9), 3);
}
END_TEST

static const struct {
    const char *text;
    int64_t value;
} integers[] = {
    {"0", 0},
    {"7", 7},
    {"-7", -7},
    {"1000000", 1000000},
    {"9223372036854775807", INT64_MAX},
    {"-9223372036854775808", INT64_MIN},
};

START_TEST(integers_within_64_bits_are_read)
{
    int64_t value = 1;
    ck_assert(str_to_int(str_from(integers[_i].text), &value));
    ck_assert_int_eq(value, integers[_i].value);
}
END_TEST

static const char *const not_integers[] = {
    "",
    "-",
    "+1",
    " 1",
    "1 ",
    "01",
    "-0",
    "-01",
    "1.0",
    "1e3",
    "0x1",
    "1a",
    "--1",
    "9223372036854775808",
    "-9223372036854775809",
    "18446744073709551616",
    "99999999999999999999",
};

START_TEST(what_is_no_plain_integer_is_refused)
{
    int64_t value = 42;
    ck_assert(!str_to_int(str_from(not_integers[_i]), &value));
    ck_assert_int_eq(value, 42);
    ck_assert(!str_to_int(STR("1\0"), &value));
}
END_TEST

START_TEST(copies_are_terminated)
{
    struct str s = str_slice(STR("abcdef"), 1, 4);
    ck_assert_str_eq(str_cstr(arena, s), "bcd");
    ck_assert_uint_eq(strlen(str_copy(arena, s).ptr), 3);
    ck_assert_str_eq(str_cstr(arena, (struct str){NULL, 0}), "");
    ck_assert_text_eq(str_printf(arena, "%d-%s", 36, "KH"), "36-KH");
    ck_assert_text_eq(str_printf(arena, "%s", ""), "");
}
END_TEST

static const struct str good_utf8[] = {
    STR_INIT(""),
    STR_INIT("abc"),
    STR_INIT("Ban Dân vận Tỉnh ủy"),
    STR_INIT("\xc2\x80"),
    STR_INIT("\xdf\xbf"),
    STR_INIT("\xe0\xa0\x80"),
    STR_INIT("\xed\x9f\xbf"),
    STR_INIT("\xee\x80\x80"),
    STR_INIT("\xef\xbf\xbf"),
    STR_INIT("\xf0\x90\x80\x80"),
    STR_INIT("\xf4\x8f\xbf\xbf"),
    STR_INIT("a\0b"),
};

START_TEST(well_formed_utf8_is_recognised)
{
    ck_assert(str_is_utf8(good_utf8[_i]));
}
END_TEST

static const struct str bad_utf8[] = {
    STR_INIT("\x80"),
    STR_INIT("a\xbf"),
    STR_INIT("\xc0\x80"),
    STR_INIT("\xc1\xbf"),
    STR_INIT("\xc3"),
    STR_INIT("\xc3("),
    STR_INIT("\xe0\x9f\xbf"),
    STR_INIT("\xe1\xba"),
    STR_INIT("\xe1\xba("),
    STR_INIT("\xed\xa0\x80"),
    STR_INIT("\xed\xbf\xbf"),
    STR_INIT("\xf0\x8f\xbf\xbf"),
    STR_INIT("\xf4\x90\x80\x80"),
    STR_INIT("\xf5\x80\x80\x80"),
    STR_INIT("\xf0\x90\x80"),
    STR_INIT("\xfe"),
    STR_INIT("\xff"),
    STR_INIT("\xf8\x88\x80\x80\x80"),
};

START_TEST(ill_formed_utf8_is_refused)
{
    ck_assert(!str_is_utf8(bad_utf8[_i]));
}
END_TEST

START_TEST(text_grows_and_keeps_its_bytes)
{
    struct text t = {.arena = arena};
    ck_assert_text_eq(text_str(&t), "");
    text_append(&t, STR(""));
    for (int i = 0; i < 3000; i++) {
        text_append(&t, STR("ab"));
        text_byte(&t, 'c');
        text_printf(&t, "%d", i % 10);
        if (i % 100 == 0)
            arena_alloc(arena, 1); /* so that it cannot always grow in place */
    }
    ck_assert_uint_eq(t.len, 12000);
    for (size_t i = 0; i < 3000; i++) {
        ck_assert_mem_eq(t.ptr + 4 * i, "abc", 3);
        ck_assert_int_eq(t.ptr[4 * i + 3], (int)('0' + i % 10));
    }
}
END_TEST

START_TEST(text_can_be_appended_to_itself)
{
    struct text t = {.arena = arena};
    text_append(&t, STR("0123456789"));
    for (int i = 0; i < 15; i++) { /* till it has a block of its own, which moves as a whole */
        text_append(&t, text_str(&t));
        arena_alloc(arena, 1);
    }
    ck_assert_uint_eq(t.len, 327680);
    for (size_t at = 0; at < t.len; at += 10)
        ck_assert_mem_eq(t.ptr + at, "0123456789", 10);
}
END_TEST

/* Also one that an eighth more makes small again. */
START_TEST(a_piece_near_the_end_of_size_t_is_over_the_cap)
{
    static const size_t lens[] = {SIZE_MAX - 8, SIZE_MAX / 9 * 8 + 16};
    jmp_buf recovery;
    int why = setjmp(recovery);
    if (why == 0) {
        struct text t = {.arena = arena};
        arena_set_recovery(arena, &recovery);
        text_append(&t, STR("x"));
        text_append(&t, (struct str){"x", lens[_i]});
    }
    ck_assert_int_eq(why, ARENA_OVER_CAP);
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

int main(void)
{
    Suite *suite = suite_create("str");
    TCase *tests = tcase_create("str");
    tcase_add_checked_fixture(tests, unit_open, unit_close);
    tcase_add_test(tests, strings_compare_by_bytes_and_length);
    tcase_add_test(tests, slices_are_clipped_to_the_string);
    tcase_add_test(tests, cutting_without_the_byte_gives_all_as_head);
    tcase_add_loop_test(tests, integers_within_64_bits_are_read, 0, COUNT(integers));
    tcase_add_loop_test(tests, what_is_no_plain_integer_is_refused, 0, COUNT(not_integers));
    tcase_add_test(tests, copies_are_terminated);
    tcase_add_loop_test(tests, well_formed_utf8_is_recognised, 0, COUNT(good_utf8));
    tcase_add_loop_test(tests, ill_formed_utf8_is_refused, 0, COUNT(bad_utf8));
    tcase_add_test(tests, text_grows_and_keeps_its_bytes);
    tcase_add_test(tests, text_can_be_appended_to_itself);
    tcase_add_loop_test(tests, a_piece_near_the_end_of_size_t_is_over_the_cap, 0, 2);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
