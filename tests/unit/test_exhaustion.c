/* Fails every single allocation of the path from the parameters to the serialised answer, one after
 * the other: each must end at the recovery point with nothing leaked (LeakSanitizer) and the arena
 * usable again. */
#include <json-c/json.h>

#include "http/json.h"
#include "http/request.h"
#include "http/response.h"
#include "unit.h"

#define P(name, value)                  \
    {                                   \
        STR_INIT(name), STR_INIT(value) \
    }

static const struct http_pair good[] = {
    P("REQUEST_METHOD", "POST"),
    P("REQUEST_URI", "/api/v1/plans?dry_run=true&q=d%C3%A2n+v%E1%BA%ADn"),
    P("QUERY_STRING", "dry_run=true&q=d%C3%A2n+v%E1%BA%ADn"),
    P("CONTENT_TYPE", "application/json"),
    P("HTTP_COOKIE", "danvan_session=province.abc"),
    P("HTTP_USER_AGENT", "x"),
    P("REQUEST_ID", "0123456789abcdef0123456789abcdef"),
};

static const struct http_pair bad[] = {
    P("REQUEST_METHOD", "POST"),
    P("REQUEST_URI", "/api/v1/plans?a=1&a=2"),
};

static const struct str body =
    STR_INIT("{\"\\u0074itle\":\"Vie\xcc\xa3\xcc\x82t\",\"items\":[{\"a\":1},{\"b\":["
             "\"Tie\xcc\x82\xcc\x81ng\"]}],\"c\":null,"
             "\"d\":1,\"e\":2,\"f\":3,\"g\":4,\"h\":5,\"i\":6,\"j\":7,\"k\":8,\"l\":9,\"m\":10,"
             "\"n\":11,\"o\":12,\"p\":13,\"q\":14}");

static struct str serve(struct arena *a, const struct http_pair *params, size_t count)
{
    struct http_request request;
    struct http_response answer = {.status = 201, .content_type = STR_INIT("application/json")};
    struct err e = {0};
    struct json_object *root;
    if (!http_request_read(a, params, count, body, &request, &e) ||
        !json_parse(a, request.body, &root, &e)) {
        http_problem(a, &e, &request, &answer);
    } else {
        struct text t = {.arena = a};
        json_write_string(&t, str_from(json_object_to_json_string(root)));
        answer.body = text_str(&t);
        http_response_header(a, &answer, "ETag", http_etag_make(a, 1, answer.body));
    }
    return http_response_head(a, &answer, false);
}

/* The number of allocations that could be failed before the path ran through. */
static unsigned long fail_each(const struct http_pair *params, size_t count, const char *status)
{
    struct arena *a = arena_open(UNIT_CAP);
    jmp_buf recovery;
    volatile unsigned long n = 0;
    volatile bool is_through = false;
    ck_assert_ptr_nonnull(a);
    arena_set_recovery(a, &recovery);
    while (!is_through) {
        n = n + 1;
        if (setjmp(recovery) == 0) {
            arena_fail_at(a, n);
            struct str answer = serve(a, params, count);
            ck_assert(str_starts(answer, str_from(status)));
            is_through = true;
        }
        arena_fail_at(a, 0);
        arena_reset(a);
        ck_assert_uint_eq(arena_used(a), 0);
        ck_assert(str_starts(serve(a, params, count), str_from(status)));
        arena_reset(a);
    }
    arena_close(a);
    return n - 1;
}

START_TEST(every_allocation_of_a_good_request_may_fail)
{
    ck_assert_uint_gt(fail_each(good, sizeof good / sizeof *good, "Status: 201"), 30);
}
END_TEST

START_TEST(every_allocation_of_a_refused_request_may_fail)
{
    ck_assert_uint_gt(fail_each(bad, sizeof bad / sizeof *bad, "Status: 400"), 20);
}
END_TEST

/* Apart from its caller's loop: no variable that changes may live across setjmp. */
static int serve_under(struct arena *a)
{
    jmp_buf recovery;
    int why = setjmp(recovery);
    if (why == 0) {
        arena_set_recovery(a, &recovery);
        serve(a, good, sizeof good / sizeof *good);
    }
    return why;
}

START_TEST(a_cap_reached_anywhere_is_survived)
{
    for (size_t cap = 0; cap < 12000; cap += 97) {
        struct arena *a = arena_open(cap);
        ck_assert_ptr_nonnull(a);
        int why = serve_under(a);
        ck_assert(why == 0 || why == ARENA_OVER_CAP);
        ck_assert_uint_le(arena_used(a), cap);
        arena_close(a);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exhaustion");
    TCase *tests = tcase_create("exhaustion");
    tcase_add_test(tests, every_allocation_of_a_good_request_may_fail);
    tcase_add_test(tests, every_allocation_of_a_refused_request_may_fail);
    tcase_add_test(tests, a_cap_reached_anywhere_is_survived);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
