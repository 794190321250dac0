#include "http/response.h"
#include "unit.h"

UNIT_ARENA

static struct http_response ordinary(void)
{
    return (struct http_response){
        .status = 200, .content_type = STR_INIT("application/json"), .body = STR_INIT("{}")};
}

START_TEST(an_answer_is_cgi_text_with_its_length)
{
    struct http_response r = ordinary();
    struct str s = http_response_head(arena, &r, false);
    ck_assert(str_starts(
        s, STR("Status: 200\r\nContent-Type: application/json\r\nContent-Length: 2\r\n")));
    ck_assert(str_ends(s, STR("\r\n\r\n")));
    ck_assert_text_eq(r.body, "{}");
}
END_TEST

START_TEST(every_answer_carries_the_common_headers)
{
    struct http_response r = {.status = _i};
    struct str s = http_response_head(arena, &r, false);
    ck_assert_contains(s, "\r\nX-Content-Type-Options: nosniff\r\n");
    ck_assert_contains(s, "\r\nCache-Control: private, no-cache\r\n");
    ck_assert_contains(s, "\r\nVary: Accept, Accept-Language, Cookie, Authorization\r\n");
    ck_assert_contains(
        s, "\r\nContent-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n");
}
END_TEST

START_TEST(a_header_of_the_answer_replaces_the_common_one)
{
    struct http_response r = ordinary();
    http_response_header(arena, &r, "cache-control", STR("no-store"));
    struct str s = http_response_head(arena, &r, false);
    ck_assert_contains(s, "\r\ncache-control: no-store\r\n");
    ck_assert_lacks(s, "no-cache");
}
END_TEST

START_TEST(headers_stand_in_the_order_set)
{
    struct http_response r = ordinary();
    http_response_header(arena, &r, "ETag", STR("\"v1\""));
    http_response_header(arena, &r, "Set-Cookie", STR("a=1"));
    http_response_header(arena, &r, "Set-Cookie", STR("b=2"));
    ck_assert_contains(http_response_head(arena, &r, false),
                       "\r\nETag: \"v1\"\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n");
}
END_TEST

static const struct str injected[] = {
    STR_INIT("x\r\nX-Accel-Redirect: /secret"),
    STR_INIT("x\nX-Accel-Redirect: /secret"),
    STR_INIT("x\rX-Accel"),
    STR_INIT("a\0b"),
    STR_INIT("a\tb"),
    STR_INIT("\x7f"),
    STR_INIT("\n"),
};

START_TEST(a_value_that_could_add_a_header_is_dropped)
{
    struct http_response r = ordinary();
    http_response_header(arena, &r, "Location", injected[_i]);
    struct str s = http_response_head(arena, &r, false);
    ck_assert_lacks(s, "X-Accel");
    ck_assert_lacks(s, "Location");
}
END_TEST

START_TEST(a_header_or_media_type_set_by_hand_is_checked_again)
{
    struct http_header planted = {.name = "Location", .value = injected[0]};
    struct http_response r = ordinary();
    r.headers = &planted;
    r.content_type = injected[1];
    struct str s = http_response_head(arena, &r, false);
    ck_assert_lacks(s, "X-Accel");
    ck_assert_lacks(s, "Content-Type:");
}
END_TEST

START_TEST(an_answer_to_head_has_the_length_but_no_body)
{
    struct http_response r = ordinary();
    struct str s = http_response_head(arena, &r, true);
    ck_assert_contains(s, "\r\nContent-Length: 2\r\n");
    ck_assert(str_ends(s, STR("\r\n\r\n")));
    ck_assert_text_eq(r.body, "");
}
END_TEST

START_TEST(an_answer_without_content_has_neither_body_nor_length)
{
    static const int statuses[] = {204, 304, 100};
    struct http_response r = ordinary();
    r.status = statuses[_i];
    struct str s = http_response_head(arena, &r, false);
    ck_assert_lacks(s, "Content-Length");
    ck_assert_lacks(s, "Content-Type:");
    ck_assert(str_ends(s, STR("\r\n\r\n")));
    ck_assert_text_eq(r.body, "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("response");
    TCase *tests = tcase_create("response");
    tcase_add_checked_fixture(tests, unit_open, unit_close);
    tcase_add_test(tests, an_answer_is_cgi_text_with_its_length);
    tcase_add_loop_test(tests, every_answer_carries_the_common_headers, 200, 206);
    tcase_add_loop_test(tests, every_answer_carries_the_common_headers, 400, 430);
    tcase_add_test(tests, a_header_of_the_answer_replaces_the_common_one);
    tcase_add_test(tests, headers_stand_in_the_order_set);
    tcase_add_loop_test(tests, a_value_that_could_add_a_header_is_dropped, 0,
                        (int)(sizeof injected / sizeof *injected));
    tcase_add_test(tests, a_header_or_media_type_set_by_hand_is_checked_again);
    tcase_add_test(tests, an_answer_to_head_has_the_length_but_no_body);
    tcase_add_loop_test(tests, an_answer_without_content_has_neither_body_nor_length, 0, 3);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
