#include "http/negotiate.h"
#include "unit.h"

static const struct {
    const char *header;
    enum http_language language;
} languages[] = {
    {"", HTTP_VI},
    {"vi", HTTP_VI},
    {"vi-VN,vi;q=0.9,en;q=0.8", HTTP_VI},
    {"en", HTTP_EN},
    {"EN-us", HTTP_EN},
    {"en-US,en;q=0.9", HTTP_EN},
    {"fr", HTTP_VI},
    {"fr,en;q=0.1", HTTP_EN},
    {"*", HTTP_VI},
    {"en,vi", HTTP_VI},
    {"en;q=0.9,vi;q=0.8", HTTP_EN},
    {"vi;q=0,*", HTTP_EN},
    {"en;q=0", HTTP_VI},
    {"en;q=0,vi;q=0", HTTP_VI},
    {"en;q=2", HTTP_VI},
    {"en;q=x", HTTP_VI},
    {"en;q=0.1234", HTTP_VI},
    {"en;q=1.001", HTTP_VI},
    {"english", HTTP_VI},
    {"e", HTTP_VI},
    {",,en , ", HTTP_EN},
    {"\xff\xff,en", HTTP_EN},
    {"en ; q=0.5 , vi;q=0.4", HTTP_EN},
    {"en;q=0.501,vi;q=0.5", HTTP_EN},
    {"en;q=0.5,vi;q=0.50", HTTP_VI},
    {";q=1,;", HTTP_VI},
    {"en;q=,vi;q=0", HTTP_VI},
    {"en;q=05", HTTP_VI},
    {"en;q=0./", HTTP_VI},
    {"en;q=0.:", HTTP_VI},
};

START_TEST(vietnamese_unless_english_is_preferred)
{
    ck_assert_int_eq(http_language_pick(str_from(languages[_i].header)), languages[_i].language);
}
END_TEST

static const struct {
    const char *accept;
    int picked;
} accepts[] = {
    {"", 0},
    {"*/*", 0},
    {"application/json", 0},
    {"text/csv", 1},
    {"TEXT/CSV", 1},
    {"text/*", 1},
    {"application/*", 0},
    {"text/csv, application/json", 0},
    {"text/csv, application/json;q=0.9", 1},
    {"text/html,application/xhtml+xml,*/*;q=0.8", 0},
    {"*/*;q=0.1, text/csv;q=0.2", 1},
    {"application/json;q=0, */*", 1},
    {"image/png", -1},
    {"*/*;q=0", -1},
    {"text/csv;q=0", -1},
    {"application/json;q=0,text/csv;q=0,*/*", -1},
    {"text", -1},
    {"text/", -1},
    {"/*", -1},
    {"text/csv;header=present;q=0.7, application/json;q=0.6", 1},
    {"text/csv;x=\"a,b;q=0\";q=0.7", 1},
    {"text/csv;q=0.7.1", -1},
    {",", -1},
};

START_TEST(the_best_offer_is_picked)
{
    const struct str offers[] = {STR_INIT("application/json"), STR_INIT("text/csv")};
    ck_assert_int_eq(http_accept_pick(str_from(accepts[_i].accept), offers, 2), accepts[_i].picked);
}
END_TEST

START_TEST(without_an_offer_nothing_is_picked)
{
    ck_assert_int_eq(http_accept_pick(STR(""), NULL, 0), -1);
    ck_assert_int_eq(http_accept_pick(STR("*/*"), NULL, 0), -1);
}
END_TEST

static const struct {
    const char *prefer;
    const char *value;
} preferences[] = {
    {"count=exact", "exact"},
    {"COUNT=exact", "exact"},
    {"a, count=exact", "exact"},
    {"count = exact", "exact"},
    {"count=\"exact\"", "exact"},
    {"count=exact; x=1", "exact"},
    {"count", ""},
    {"count=\"\"", ""},
    {"count=exact, count=estimated", "exact"},
    {"x=\"count=a, count=b\", count=c", "c"},
    {"x=\"a\\\",count=b\", count=c", "c"},
};

START_TEST(the_first_preference_of_a_name_counts)
{
    struct http_request r = {.prefer = str_from(preferences[_i].prefer)};
    struct str value;
    ck_assert(http_prefer_get(&r, STR("count"), &value));
    ck_assert_text_eq(value, preferences[_i].value);
}
END_TEST

static const char *const not_preferred[] = {"", "counter=1", "x=\"count=a\"", "x;count=1",
                                            "x=\"open, count=1"};

START_TEST(a_preference_not_stated_is_absent)
{
    struct http_request r = {.prefer = str_from(not_preferred[_i])};
    struct str value;
    ck_assert(!http_prefer_get(&r, STR("count"), &value));
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

int main(void)
{
    Suite *suite = suite_create("negotiate");
    TCase *tests = tcase_create("negotiate");
    tcase_add_loop_test(tests, vietnamese_unless_english_is_preferred, 0, COUNT(languages));
    tcase_add_loop_test(tests, the_best_offer_is_picked, 0, COUNT(accepts));
    tcase_add_test(tests, without_an_offer_nothing_is_picked);
    tcase_add_loop_test(tests, the_first_preference_of_a_name_counts, 0, COUNT(preferences));
    tcase_add_loop_test(tests, a_preference_not_stated_is_absent, 0, COUNT(not_preferred));
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
