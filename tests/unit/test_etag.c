#include "http/response.h"
#include "unit.h"

UNIT_ARENA

START_TEST(an_etag_names_the_version_and_depends_on_the_body)
{
    struct str one = http_etag_make(arena, 12, STR("{\"a\":1}"));
    struct str other = http_etag_make(arena, 12, STR("{\"a\":2}"));
    ck_assert(str_starts(one, STR("\"v12-")) && str_ends(one, STR("\"")));
    ck_assert_uint_eq(one.len, 5 + 24 + 1);
    ck_assert(!str_equal(one, other));
    ck_assert(str_equal(one, http_etag_make(arena, 12, STR("{\"a\":1}"))));
    int64_t version = 0;
    ck_assert(http_if_match_version(one, &version));
    ck_assert_int_eq(version, 12);
}
END_TEST

START_TEST(the_etag_of_a_list_is_a_hash_alone)
{
    struct str tag = http_etag_make(arena, 0, STR(""));
    ck_assert_uint_eq(tag.len, 26);
    ck_assert(!str_starts(tag, STR("\"v")));
}
END_TEST

static const char *const matching[] = {
    "\"v1-ab\"",
    "W/\"v1-ab\"",
    "*",
    " * ",
    "\"x\", \"v1-ab\"",
    "\"x\",\"y\",W/\"v1-ab\"",
    " \"v1-ab\" ",
    "\"a,b\", \"v1-ab\"",
    ",\"v1-ab\"",
    "\"\", \"v1-ab\"",
};

START_TEST(a_listed_tag_matches_weakly)
{
    ck_assert(http_etag_matches(str_from(matching[_i]), STR("\"v1-ab\"")));
    ck_assert(http_etag_matches(str_from(matching[_i]), STR("W/\"v1-ab\"")));
}
END_TEST

static const char *const other_tags[] = {
    "",        "\"v1-ac\"",   "\"v1-a\"",        "\"v1-abc\"",    "v1-ab",         "\"v1-ab",
    "v1-ab\"", "\"V1-AB\"",   "\"x\" \"v1-ab\"", "\"v1\",\"ab\"", "\"x,\"v1-ab\"", "**",
    "W/v1-ab", "w/\"v1-ab\"",
};

START_TEST(another_or_malformed_tag_does_not_match)
{
    ck_assert(!http_etag_matches(str_from(other_tags[_i]), STR("\"v1-ab\"")));
}
END_TEST

static const struct {
    const char *if_match;
    int64_t version;
} versions[] = {
    {"\"v12-abcd\"", 12},   {"\"v12\"", 12}, {"\"12\"", 12},
    {"W/\"v12-abcd\"", 12}, {" \"v1\" ", 1}, {"\"v9223372036854775807\"", INT64_MAX},
    {"\"12-x\"", 12},
};

START_TEST(the_version_is_read_from_if_match)
{
    int64_t version = 0;
    ck_assert(http_if_match_version(str_from(versions[_i].if_match), &version));
    ck_assert_int_eq(version, versions[_i].version);
}
END_TEST

static const char *const unreadable[] = {
    "",         "*",
    "12",       "v12",
    "\"\"",     "\"v\"",
    "\"v-ab\"", "\"vv1\"",
    "\"abcd\"", "\"v0\"",
    "\"v-1\"",  "\"-1\"",
    "\"v01\"",  "\"v1\", \"v2\"",
    "\"v1\",",  "\"v1\"x",
    "\"v1",     "\"v9223372036854775808\"",
    "\"v1 \"",  "\"v1.0\"",
    "\"V1\"",
};

START_TEST(an_if_match_without_one_version_is_refused)
{
    int64_t version = 0;
    ck_assert(!http_if_match_version(str_from(unreadable[_i]), &version));
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

int main(void)
{
    Suite *suite = suite_create("etag");
    TCase *tests = tcase_create("etag");
    tcase_add_checked_fixture(tests, unit_open, unit_close);
    tcase_add_test(tests, an_etag_names_the_version_and_depends_on_the_body);
    tcase_add_test(tests, the_etag_of_a_list_is_a_hash_alone);
    tcase_add_loop_test(tests, a_listed_tag_matches_weakly, 0, COUNT(matching));
    tcase_add_loop_test(tests, another_or_malformed_tag_does_not_match, 0, COUNT(other_tags));
    tcase_add_loop_test(tests, the_version_is_read_from_if_match, 0, COUNT(versions));
    tcase_add_loop_test(tests, an_if_match_without_one_version_is_refused, 0, COUNT(unreadable));
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
