#include "http/request.h"
#include "unit.h"

UNIT_ARENA

static struct http_request request;
static struct err fault;

#define P(name, value)                  \
    {                                   \
        STR_INIT(name), STR_INIT(value) \
    }

/* Reads a request made of the given pairs. */
#define READ(body, ...)                                                                    \
    read_pairs((const struct http_pair[]){__VA_ARGS__},                                    \
               sizeof((const struct http_pair[]){__VA_ARGS__}) / sizeof(struct http_pair), \
               STR(body))

static bool read_pairs(const struct http_pair *pairs, size_t count, struct str body)
{
    fault = (struct err){0};
    return http_request_read(arena, pairs, count, body, &request, &fault);
}

static bool read_uri(struct str uri)
{
    struct http_pair pairs[] = {P("REQUEST_METHOD", "GET"), {STR_INIT("REQUEST_URI"), uri}};
    return read_pairs(pairs, 2, STR(""));
}

START_TEST(a_request_is_read_whole)
{
    ck_assert(READ("{\"a\":1}", P("REQUEST_METHOD", "PATCH"),
                   P("REQUEST_URI", "/api/v1/plans?limit=20&q=d%C3%A2n+v%E1%BA%ADn"),
                   P("QUERY_STRING", "limit=20&q=d%C3%A2n+v%E1%BA%ADn"),
                   P("CONTENT_TYPE", "Application/JSON; charset=UTF-8"), P("CONTENT_LENGTH", "7"),
                   P("REMOTE_ADDR", "10.0.0.7"), P("HTTPS", "on"), P("HTTP_COOKIE", "a=b"),
                   P("HTTP_AUTHORIZATION", "Bearer x"), P("HTTP_X_CSRF_TOKEN", "t"),
                   P("HTTP_ORIGIN", "https://x"), P("HTTP_SEC_FETCH_SITE", "same-origin"),
                   P("HTTP_HOST", "x"), P("HTTP_IF_MATCH", "\"v3\""), P("HTTP_IF_NONE_MATCH", "*"),
                   P("HTTP_IDEMPOTENCY_KEY", "k1"), P("HTTP_PREFER", "count=exact"),
                   P("HTTP_ACCEPT", "text/csv,\tx/y"), P("HTTP_USER_AGENT", "curl/8"),
                   P("HTTP_ACCEPT_LANGUAGE", "en"),
                   P("REQUEST_ID", "0123456789abcdef0123456789abcdef")));
    ck_assert_int_eq(request.method, HTTP_PATCH);
    ck_assert_text_eq(request.path, "/api/v1/plans");
    ck_assert_uint_eq(request.query_count, 2);
    struct str value;
    ck_assert(http_query_get(&request, STR("q"), &value));
    ck_assert_text_eq(value, "dân vận");
    ck_assert(!http_query_get(&request, STR("Q"), &value));
    ck_assert_text_eq(request.body, "{\"a\":1}");
    ck_assert_text_eq(request.content_type, "application/json");
    ck_assert_text_eq(request.remote_addr, "10.0.0.7");
    ck_assert(request.is_https);
    ck_assert_text_eq(request.cookie, "a=b");
    ck_assert_text_eq(request.authorization, "Bearer x");
    ck_assert_text_eq(request.csrf_token, "t");
    ck_assert_text_eq(request.origin, "https://x");
    ck_assert_text_eq(request.fetch_site, "same-origin");
    ck_assert_text_eq(request.host, "x");
    ck_assert_text_eq(request.if_match, "\"v3\"");
    ck_assert_text_eq(request.if_none_match, "*");
    ck_assert_text_eq(request.idempotency_key, "k1");
    ck_assert_text_eq(request.prefer, "count=exact");
    ck_assert_text_eq(request.accept, "text/csv,\tx/y");
    ck_assert_text_eq(request.user_agent, "curl/8");
    ck_assert_text_eq(request.request_id, "0123456789abcdef0123456789abcdef");
    ck_assert_int_eq(request.language, HTTP_EN);
}
END_TEST

START_TEST(a_bare_request_has_empty_headers)
{
    ck_assert(read_uri(STR("/")));
    ck_assert_text_eq(request.path, "/");
    ck_assert_uint_eq(request.query_count, 0);
    ck_assert_text_eq(request.cookie, "");
    ck_assert_text_eq(request.content_type, "");
    ck_assert(!request.is_https);
    ck_assert_int_eq(request.language, HTTP_VI);
}
END_TEST

START_TEST(every_method_of_the_list_is_read_and_knows_whether_it_is_safe)
{
    struct http_pair pairs[] = {
        {STR_INIT("REQUEST_METHOD"), str_from(http_method_name((enum http_method)_i))},
        P("REQUEST_URI", "/")};
    ck_assert(read_pairs(pairs, 2, STR("")));
    ck_assert_int_eq(request.method, _i);
    ck_assert_int_eq(http_method_is_safe((enum http_method)_i), _i == HTTP_GET || _i == HTTP_HEAD);
}
END_TEST

static const char *const strange_methods[] = {"",        "get",  "OPTIONS", "TRACE",
                                              "CONNECT", "GET ", "PROPFIND"};

START_TEST(an_unknown_method_is_refused)
{
    struct http_pair pairs[] = {{STR_INIT("REQUEST_METHOD"), str_from(strange_methods[_i])},
                                P("REQUEST_URI", "/")};
    ck_assert(!read_pairs(pairs, 2, STR("")));
    ck_assert_int_eq(fault.code, ERR_METHOD);
    ck_assert_str_eq(http_method_name(HTTP_METHOD__MAX), "");
    ck_assert(!http_method_is_safe(HTTP_METHOD__MAX));
}
END_TEST

static const struct {
    struct str uri;
    const char *path;
} good_paths[] = {
    {STR_INIT("/"), "/"},         {STR_INIT("/a/b"), "/a/b"},
    {STR_INIT("/a/"), "/a/"},     {STR_INIT("/a%20b"), "/a b"},
    {STR_INIT("/a+b"), "/a+b"}, /* a plus is a plus in a path */
    {STR_INIT("/%C4%91"), "/đ"},  {STR_INIT("/\xc4\x91"), "/đ"},
    {STR_INIT("/..."), "/..."},   {STR_INIT("/.well-known"), "/.well-known"},
    {STR_INIT("/a%3Fb"), "/a?b"}, {STR_INIT("/%25"), "/%"},
};

START_TEST(a_path_is_decoded)
{
    ck_assert(read_uri(good_paths[_i].uri));
    ck_assert_text_eq(request.path, good_paths[_i].path);
}
END_TEST

static const struct str bad_paths[] = {
    STR_INIT(""),           STR_INIT("a"),         STR_INIT("*"),      STR_INIT("http://x/"),
    STR_INIT("//"),         STR_INIT("//a"),       STR_INIT("/a//b"),  STR_INIT("/a//"),
    STR_INIT("/."),         STR_INIT("/.."),       STR_INIT("/./a"),   STR_INIT("/a/../b"),
    STR_INIT("/a/.."),      STR_INIT("/%2e%2e/a"), STR_INIT("/%2E/a"), STR_INIT("/.%2e"),
    STR_INIT("/%"),         STR_INIT("/%1"),       STR_INIT("/%zz"),   STR_INIT("/%4"),
    STR_INIT("/a%"),        STR_INIT("/%00"),      STR_INIT("/a%00b"), STR_INIT("/a\0b"),
    STR_INIT("/%c3"),       STR_INIT("/%ff"),      STR_INIT("/\xff"),  STR_INIT("/%c0%af"),
    STR_INIT("/%ed%a0%80"), STR_INIT("/a b"),      STR_INIT("/a\nb"),  STR_INIT("/%0a"),
    STR_INIT("/%7f"),       STR_INIT("/a#b"),      STR_INIT("/a%2Fb"), STR_INIT("/a%2fb"),
    STR_INIT("/%2f"),       STR_INIT("?a=1"),      STR_INIT("/% 41"),  STR_INIT("/%+1"),
};

START_TEST(a_path_that_two_readers_may_read_differently_is_refused)
{
    ck_assert(!read_uri(bad_paths[_i]));
    ck_assert_int_eq(fault.code, ERR_BAD_REQUEST);
    ck_assert_uint_gt(fault.cause.len, 0);
    ck_assert_text_eq(request.path, "");
}
END_TEST

START_TEST(a_query_string_that_is_not_that_of_the_uri_is_refused)
{
    ck_assert(!READ("", P("REQUEST_METHOD", "GET"), P("REQUEST_URI", "/a?b=1"),
                    P("QUERY_STRING", "b=2")));
    ck_assert_int_eq(fault.code, ERR_BAD_REQUEST);
    ck_assert(
        !READ("", P("REQUEST_METHOD", "GET"), P("REQUEST_URI", "/a?b=1"), P("QUERY_STRING", "")));
    ck_assert(
        READ("", P("REQUEST_METHOD", "GET"), P("REQUEST_URI", "/a?b=1"), P("QUERY_STRING", "b=1")));
}
END_TEST

START_TEST(a_doubled_parameter_is_refused)
{
    ck_assert(
        !READ("", P("REQUEST_METHOD", "GET"), P("REQUEST_URI", "/a"), P("REQUEST_URI", "/b")));
    ck_assert_int_eq(fault.code, ERR_BAD_REQUEST);
    ck_assert(!READ("", P("REQUEST_METHOD", "GET"), P("REQUEST_URI", "/a"), P("HTTP_X", ""),
                    P("HTTP_X", "")));
}
END_TEST

START_TEST(more_parameters_than_the_cap_are_refused)
{
    struct http_pair *pairs = arena_alloc_array(arena, HTTP_PARAMS_MAX + 1, sizeof *pairs);
    pairs[0] = (struct http_pair)P("REQUEST_METHOD", "GET");
    pairs[1] = (struct http_pair)P("REQUEST_URI", "/");
    for (size_t i = 2; i <= HTTP_PARAMS_MAX; i++)
        pairs[i] = (struct http_pair){str_printf(arena, "HTTP_%zu", i), STR_INIT("x")};
    ck_assert(read_pairs(pairs, HTTP_PARAMS_MAX, STR("")));
    ck_assert(!read_pairs(pairs, HTTP_PARAMS_MAX + 1, STR("")));
    ck_assert_int_eq(fault.code, ERR_BAD_REQUEST);
}
END_TEST

static const struct str bad_headers[] = {
    STR_INIT("a\nb"), STR_INIT("a\rb"), STR_INIT("a\0b"),    STR_INIT("\x01"),
    STR_INIT("\x7f"), STR_INIT("\xff"), STR_INIT("caf\xe9"),
};

START_TEST(a_header_with_a_control_or_broken_utf8_is_refused)
{
    static const char *const names[] = {"HTTP_COOKIE", "HTTP_IDEMPOTENCY_KEY", "HTTP_ORIGIN",
                                        "REMOTE_ADDR"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct http_pair pairs[] = {P("REQUEST_METHOD", "GET"),
                                    P("REQUEST_URI", "/"),
                                    {str_from(names[i]), bad_headers[_i]}};
        ck_assert(!read_pairs(pairs, 3, STR("")));
        ck_assert_int_eq(fault.code, ERR_BAD_REQUEST);
    }
}
END_TEST

START_TEST(a_strange_user_agent_is_repaired_not_refused)
{
    ck_assert(READ("", P("REQUEST_METHOD", "GET"), P("REQUEST_URI", "/"),
                   P("HTTP_USER_AGENT", "caf\xe9\n~\x7f")));
    ck_assert_text_eq(request.user_agent, "caf??~?");
}
END_TEST

START_TEST(a_long_user_agent_is_cut_between_characters)
{
    struct text t = {.arena = arena};
    for (int i = 0; i < 300; i++)
        text_append(&t, STR("ậ"));
    struct http_pair pairs[] = {P("REQUEST_METHOD", "GET"),
                                P("REQUEST_URI", "/"),
                                {STR_INIT("HTTP_USER_AGENT"), text_str(&t)}};
    ck_assert(read_pairs(pairs, 3, STR("")));
    ck_assert_uint_eq(request.user_agent.len, 399);
    ck_assert(str_is_utf8(request.user_agent));
}
END_TEST

static const char *const bad_ids[] = {"",
                                      "x",
                                      "0123456789abcdef0123456789abcde",
                                      "0123456789ABCDEF0123456789ABCDEF",
                                      "0123456789abcdef0123456789abcdef0",
                                      "0123456789abcdef\n123456789abcdef"};

START_TEST(a_request_id_of_another_form_is_dropped)
{
    struct http_pair pairs[] = {P("REQUEST_METHOD", "GET"),
                                P("REQUEST_URI", "/"),
                                {STR_INIT("REQUEST_ID"), str_from(bad_ids[_i])}};
    ck_assert(read_pairs(pairs, 3, STR("")));
    ck_assert_text_eq(request.request_id, "");
}
END_TEST

static const char *const bad_lengths[] = {"5", "7", "x", "-6", "06", "6 ", "99999999999999999999"};

START_TEST(a_body_of_another_length_than_announced_is_refused)
{
    struct http_pair pairs[] = {P("REQUEST_METHOD", "POST"),
                                P("REQUEST_URI", "/"),
                                {STR_INIT("CONTENT_LENGTH"), str_from(bad_lengths[_i])}};
    ck_assert(!read_pairs(pairs, 3, STR("{\"\":1}")));
    ck_assert_int_eq(fault.code, ERR_BAD_REQUEST);
}
END_TEST

static const struct {
    const char *type;
    const char *read;
} types[] = {
    {"application/json", "application/json"},
    {"APPLICATION/json ; charset=\"UTF-8\"", "application/json"},
    {"text/plain;format=flowed", "text/plain"},
    {"", ""},
};

START_TEST(the_media_type_is_lower_case_without_parameters)
{
    struct http_pair pairs[] = {P("REQUEST_METHOD", "POST"),
                                P("REQUEST_URI", "/"),
                                {STR_INIT("CONTENT_TYPE"), str_from(types[_i].type)}};
    ck_assert(read_pairs(pairs, 3, STR("1")));
    ck_assert_text_eq(request.content_type, types[_i].read);
    ck_assert(read_pairs(pairs, 3, STR("")));
    ck_assert_text_eq(request.content_type, "");
}
END_TEST

START_TEST(another_charset_than_utf8_is_refused)
{
    ck_assert(!READ("1", P("REQUEST_METHOD", "POST"), P("REQUEST_URI", "/"),
                    P("CONTENT_TYPE", "application/json; charset=windows-1258")));
    ck_assert_int_eq(fault.code, ERR_MEDIA_TYPE);
    ck_assert(
        !READ("1", P("REQUEST_METHOD", "POST"), P("REQUEST_URI", "/"), P("CONTENT_TYPE", "a/b\n")));
    ck_assert_int_eq(fault.code, ERR_BAD_REQUEST);
}
END_TEST

START_TEST(a_refused_request_still_has_its_language_and_id)
{
    ck_assert(!READ("", P("REQUEST_METHOD", "BREW"), P("REQUEST_URI", "//"),
                    P("HTTP_ACCEPT_LANGUAGE", "en"),
                    P("REQUEST_ID", "0123456789abcdef0123456789abcdef")));
    ck_assert_int_eq(request.language, HTTP_EN);
    ck_assert_text_eq(request.request_id, "0123456789abcdef0123456789abcdef");
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

int main(void)
{
    Suite *suite = suite_create("request");
    TCase *tests = tcase_create("request");
    tcase_add_checked_fixture(tests, unit_open, unit_close);
    tcase_add_test(tests, a_request_is_read_whole);
    tcase_add_test(tests, a_bare_request_has_empty_headers);
    tcase_add_loop_test(tests, every_method_of_the_list_is_read_and_knows_whether_it_is_safe, 0,
                        HTTP_METHOD__MAX);
    tcase_add_loop_test(tests, an_unknown_method_is_refused, 0, COUNT(strange_methods));
    tcase_add_loop_test(tests, a_path_is_decoded, 0, COUNT(good_paths));
    tcase_add_loop_test(tests, a_path_that_two_readers_may_read_differently_is_refused, 0,
                        COUNT(bad_paths));
    tcase_add_test(tests, a_query_string_that_is_not_that_of_the_uri_is_refused);
    tcase_add_test(tests, a_doubled_parameter_is_refused);
    tcase_add_test(tests, more_parameters_than_the_cap_are_refused);
    tcase_add_loop_test(tests, a_header_with_a_control_or_broken_utf8_is_refused, 0,
                        COUNT(bad_headers));
    tcase_add_test(tests, a_strange_user_agent_is_repaired_not_refused);
    tcase_add_test(tests, a_long_user_agent_is_cut_between_characters);
    tcase_add_loop_test(tests, a_request_id_of_another_form_is_dropped, 0, COUNT(bad_ids));
    tcase_add_loop_test(tests, a_body_of_another_length_than_announced_is_refused, 0,
                        COUNT(bad_lengths));
    tcase_add_loop_test(tests, the_media_type_is_lower_case_without_parameters, 0, COUNT(types));
    tcase_add_test(tests, another_charset_than_utf8_is_refused);
    tcase_add_test(tests, a_refused_request_still_has_its_language_and_id);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
