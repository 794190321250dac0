#include "http/request.h"
#include "unit.h"

static const struct {
    const char *header;
    const char *value;
} found[] = {
    {"sid=abc", "abc"},
    {"a=1; sid=abc; b=2", "abc"},
    {"a=1;sid=abc", "abc"},
    {" sid = abc ;b=2", "abc"},
    {"sid=", ""},
    {"sid=a=b", "a=b"},
    {"xsid=1; sid=2; sidx=3; SID=4", "2"}, /* names differ by case and length */
    {";;sid=1;;", "1"},
    {"sid; sid=1", "1"}, /* a piece without '=' is no cookie of that name */
};

START_TEST(a_cookie_is_found_by_its_whole_name)
{
    struct str value;
    ck_assert(http_cookie_get(str_from(found[_i].header), STR("sid"), &value));
    ck_assert_text_eq(value, found[_i].value);
}
END_TEST

static const char *const absent[] = {
    "", "sid", "a=1", "Sid=1", "xsid=1", "sidx=1", "a=sid=1", ";", "=", "=sid",
    /* a planted second one must not win, nor lose */
    "sid=a; sid=b", "sid=a; sid=a", "sid=a; x=1; sid=", "sid=a;sid=b;sid=c"};

START_TEST(an_absent_or_doubled_cookie_is_not_found)
{
    struct str value = STR_INIT("old");
    ck_assert(!http_cookie_get(str_from(absent[_i]), STR("sid"), &value));
    ck_assert_text_eq(value, "");
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

int main(void)
{
    Suite *suite = suite_create("cookie");
    TCase *tests = tcase_create("cookie");
    tcase_add_loop_test(tests, a_cookie_is_found_by_its_whole_name, 0, COUNT(found));
    tcase_add_loop_test(tests, an_absent_or_doubled_cookie_is_not_found, 0, COUNT(absent));
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
