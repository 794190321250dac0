#include <json-c/json.h>

#include "http/json.h"
#include "http/response.h"
#include "unit.h"

UNIT_ARENA

static struct http_response answer;

static struct str problem(const struct err *e, enum http_language language)
{
    struct http_request r = {.language = language,
                             .request_id = STR_INIT("0123456789abcdef0123456789abcdef")};
    answer = (struct http_response){0};
    http_problem(arena, e, &r, &answer);
    size_t at;
    const char *why;
    ck_assert(json_scan(arena, answer.body, &at, &why));
    return answer.body;
}

static struct str header(const char *name)
{
    for (const struct http_header *h = answer.headers; h != NULL; h = h->next)
        if (strcmp(h->name, name) == 0)
            return h->value;
    return STR("");
}

START_TEST(every_error_has_a_problem_document_in_both_languages)
{
    struct err e = {.code = (enum err_code)_i};
    const struct err_kind *kind = err_kind(e.code);
    for (int language = HTTP_VI; language <= HTTP_EN; language++) {
        struct str body = problem(&e, (enum http_language)language);
        ck_assert_int_eq(answer.status, kind->status);
        ck_assert_text_eq(answer.content_type, "application/problem+json");
        ck_assert_contains(
            body,
            str_printf(arena, "{\"type\":\"/errors/%s\",\"title\":\"%s\",\"status\":%d", kind->slug,
                       language == HTTP_EN ? kind->title_en : kind->title_vi, kind->status)
                .ptr);
        ck_assert_contains(body, "\"instance\":\"0123456789abcdef0123456789abcdef\"");
        ck_assert_text_eq(header("Content-Language"), language == HTTP_EN ? "en" : "vi");
        ck_assert_text_eq(header("Cache-Control"), "no-store");
        ck_assert_text_eq(header("WWW-Authenticate"),
                          kind->status == 401 ? "Bearer realm=\"danvan\"" : "");
    }
}
END_TEST

START_TEST(all_field_errors_are_told_with_their_sentence)
{
    struct err e = {0};
    err_field(arena, &e, ERR_INVALID, STR("/title"), STR("required"));
    err_field(arena, &e, ERR_INVALID, STR("/a~1b"), STR("no_such_word"));
    err_field(arena, &e, ERR_INVALID, STR("/due_on"), STR("too_long"));
    e.last->detail = STR("at most 200 characters");
    struct str body = problem(&e, HTTP_EN);
    ck_assert_contains(
        body,
        "\"errors\":[{\"pointer\":\"/title\",\"code\":\"required\",\"detail\":\"This field is "
        "required\"},"
        "{\"pointer\":\"/a~1b\",\"code\":\"no_such_word\",\"detail\":\"Some fields need "
        "correction\"},"
        "{\"pointer\":\"/due_on\",\"code\":\"too_long\",\"detail\":\"at most 200 characters\"}]");
    ck_assert_contains(problem(&e, HTTP_VI), "Không được để trống");
}
END_TEST

START_TEST(a_cause_for_the_log_is_never_told)
{
    struct err e = {.reason = STR_INIT("wrong_state")};
    err_set(&e, ERR_CONFLICT, STR("duplicate key (id)=(42) hidden row"));
    struct str body = problem(&e, HTTP_EN);
    ck_assert_lacks(body, "hidden");
    ck_assert_contains(body, "\"reason\":\"wrong_state\"");
    ck_assert_contains(body, "\"detail\":\"The present state does not allow this\"");
}
END_TEST

START_TEST(a_ready_detail_wins_over_the_sentence_of_the_reason)
{
    struct err e = {
        .code = ERR_BAD_JSON, .reason = STR_INIT("not_json"), .detail = STR_INIT("byte 3: \"x\"")};
    ck_assert_contains(problem(&e, HTTP_VI), "\"detail\":\"byte 3: \\\"x\\\"\"");
}
END_TEST

START_TEST(a_detail_in_both_languages_is_told_in_the_one_asked)
{
    struct err e = {.code = ERR_BAD_JSON,
                    .reason = STR_INIT("not_json"),
                    .detail = STR_INIT("Line 2"),
                    .detail_vi = STR_INIT("Dòng 2")};
    ck_assert_contains(problem(&e, HTTP_VI), "\"detail\":\"Dòng 2\"");
    ck_assert_contains(problem(&e, HTTP_EN), "\"detail\":\"Line 2\"");
}
END_TEST

START_TEST(an_unknown_reason_gives_no_detail)
{
    struct err e = {.code = ERR_CONFLICT, .reason = STR_INIT("brand_new")};
    struct str body = problem(&e, HTTP_VI);
    ck_assert_contains(body, "\"reason\":\"brand_new\"");
    ck_assert_lacks(body, "\"detail\"");
}
END_TEST

START_TEST(only_a_stale_version_tells_the_current_one)
{
    struct err e = {.code = ERR_STALE, .current_version = 7};
    ck_assert_contains(problem(&e, HTTP_VI), "\"current_version\":7");
    e.code = ERR_CONFLICT;
    ck_assert_lacks(problem(&e, HTTP_VI), "current_version");
    e = (struct err){.code = ERR_STALE};
    ck_assert_lacks(problem(&e, HTTP_VI), "current_version");
}
END_TEST

START_TEST(who_must_wait_is_told_how_long)
{
    struct err e = {.code = ERR_THROTTLED, .retry_after = 30};
    problem(&e, HTTP_VI);
    ck_assert_text_eq(header("Retry-After"), "30");
    e = (struct err){.code = ERR_UNAVAILABLE};
    problem(&e, HTTP_VI);
    ck_assert_text_eq(header("Retry-After"), "2");
    e = (struct err){.code = ERR_NOT_FOUND};
    problem(&e, HTTP_VI);
    ck_assert_text_eq(header("Retry-After"), "");
}
END_TEST

START_TEST(headers_of_a_success_do_not_go_out_with_a_failure)
{
    struct err e = {.code = ERR_UNAVAILABLE};
    struct http_response r = {0};
    http_response_header(arena, &r, "ETag", STR("\"v1\""));
    http_problem(arena, &e, NULL, &r);
    ck_assert_lacks(http_response_head(arena, &r, false), "ETag");
    ck_assert_lacks(r.body, "instance"); /* and without a request there is no id to name */
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("problem");
    TCase *tests = tcase_create("problem");
    tcase_add_checked_fixture(tests, unit_open, unit_close);
    tcase_add_loop_test(tests, every_error_has_a_problem_document_in_both_languages, 0, ERR__MAX);
    tcase_add_test(tests, all_field_errors_are_told_with_their_sentence);
    tcase_add_test(tests, a_cause_for_the_log_is_never_told);
    tcase_add_test(tests, a_ready_detail_wins_over_the_sentence_of_the_reason);
    tcase_add_test(tests, a_detail_in_both_languages_is_told_in_the_one_asked);
    tcase_add_test(tests, an_unknown_reason_gives_no_detail);
    tcase_add_test(tests, only_a_stale_version_tells_the_current_one);
    tcase_add_test(tests, who_must_wait_is_told_how_long);
    tcase_add_test(tests, headers_of_a_success_do_not_go_out_with_a_failure);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
