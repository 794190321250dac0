#include "http/query.h"
#include "unit.h"

UNIT_ARENA

static struct http_pair *pairs;
static size_t count;
static struct err fault;

static bool parse(struct str raw)
{
    fault = (struct err){0};
    return http_query_parse(arena, raw, &pairs, &count, &fault);
}

START_TEST(pairs_are_decoded_in_order)
{
    ck_assert(parse(STR("a=1&b=%20x+y&c=&d&e=a=b&%C4%91=%2B")));
    ck_assert_uint_eq(count, 6);
    ck_assert_text_eq(pairs[0].name, "a");
    ck_assert_text_eq(pairs[0].value, "1");
    ck_assert_text_eq(pairs[1].value, " x y");
    ck_assert_text_eq(pairs[2].value, "");
    ck_assert_text_eq(pairs[3].name, "d");
    ck_assert_text_eq(pairs[3].value, "");
    ck_assert_text_eq(pairs[4].value, "a=b");
    ck_assert_text_eq(pairs[5].name, "đ");
    ck_assert_text_eq(pairs[5].value, "+");
}
END_TEST

START_TEST(an_empty_query_has_no_pairs)
{
    ck_assert(parse(STR("")));
    ck_assert_uint_eq(count, 0);
}
END_TEST

static const struct {
    struct str raw;
    const char *pointer;
} doubled[] = {
    {STR_INIT("a=1&a=2"), "?a"},         {STR_INIT("a&b&a"), "?a"},
    {STR_INIT("a=1&%61=2"), "?a"},       {STR_INIT("unit=1&x=2&unit=1"), "?unit"},
    {STR_INIT("a+b=1&a%20b=2"), "?a b"},
};

START_TEST(a_doubled_name_is_refused_and_named)
{
    ck_assert(!parse(doubled[_i].raw));
    ck_assert_int_eq(fault.code, ERR_BAD_QUERY);
    ck_assert_text_eq(fault.fields->pointer, doubled[_i].pointer);
    ck_assert_text_eq(fault.fields->code, "doubled_parameter");
    ck_assert_uint_eq(count, 0);
}
END_TEST

static const struct {
    struct str raw;
    const char *reason;
} bad[] = {
    {STR_INIT("a=%"), "bad_encoding"},    {STR_INIT("a=%1"), "bad_encoding"},
    {STR_INIT("a=%g1"), "bad_encoding"},  {STR_INIT("a=%1g"), "bad_encoding"},
    {STR_INIT("%=1"), "bad_encoding"},    {STR_INIT("a=%00"), "bad_encoding"},
    {STR_INIT("%00=1"), "bad_encoding"},  {STR_INIT("a=\0"), "bad_encoding"},
    {STR_INIT("a=%ff"), "bad_encoding"},  {STR_INIT("a=%c3"), "bad_encoding"},
    {STR_INIT("a=\xff"), "bad_encoding"}, {STR_INIT("a=%ed%a0%80"), "bad_encoding"},
    {STR_INIT("a=b c"), "bad_encoding"},  {STR_INIT("a=b\r\n"), "bad_encoding"},
    {STR_INIT("a=1#x"), "bad_encoding"},  {STR_INIT("a=%c3&b=%a1"), "bad_encoding"},
    {STR_INIT("="), "bad_format"},        {STR_INIT("=1"), "bad_format"},
    {STR_INIT("&"), "bad_format"},        {STR_INIT("a=1&"), "bad_format"},
    {STR_INIT("&a=1"), "bad_format"},     {STR_INIT("a=1&&b=2"), "bad_format"},
};

START_TEST(a_query_that_is_not_strict_is_refused)
{
    ck_assert(!parse(bad[_i].raw));
    ck_assert_int_eq(fault.code, ERR_BAD_QUERY);
    ck_assert_text_eq(fault.reason, bad[_i].reason);
}
END_TEST

START_TEST(sixty_four_parameters_pass_and_one_more_does_not)
{
    struct text t = {.arena = arena};
    for (int i = 0; i < HTTP_QUERY_MAX; i++)
        text_printf(&t, "%sp%d=1", i == 0 ? "" : "&", i);
    ck_assert(parse(text_str(&t)));
    ck_assert_uint_eq(count, HTTP_QUERY_MAX);
    text_append(&t, STR("&more=1"));
    ck_assert(!parse(text_str(&t)));
    ck_assert_text_eq(fault.reason, "too_many");
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

int main(void)
{
    Suite *suite = suite_create("query");
    TCase *tests = tcase_create("query");
    tcase_add_checked_fixture(tests, unit_open, unit_close);
    tcase_add_test(tests, pairs_are_decoded_in_order);
    tcase_add_test(tests, an_empty_query_has_no_pairs);
    tcase_add_loop_test(tests, a_doubled_name_is_refused_and_named, 0, COUNT(doubled));
    tcase_add_loop_test(tests, a_query_that_is_not_strict_is_refused, 0, COUNT(bad));
    tcase_add_test(tests, sixty_four_parameters_pass_and_one_more_does_not);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
