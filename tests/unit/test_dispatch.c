/* The path of a request as far as it goes without PostgreSQL: routes, refusals, a database that is
 * away, and memory that gives out at every point. */
#include "unit.h"

#include <setjmp.h>
#include <stdlib.h>

#include "auth/password.h"
#include "base/clock.h"
#include "resources/registry.h"
#include "service/claim.h"
#include "service/dispatch.h"

#define SECRET "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_abcde"

static struct config config;
static struct worker worker;
static struct exchange x;
static struct str answer; /* head and body of the last one */

static void open_worker(void)
{
    ck_assert(config_load(&config, NULL, stderr));
    const struct db_settings nowhere = {.dsn = "host=/nonexistent dbname=none",
                                        .connect_timeout_ms = 100,
                                        .statement_timeout_ms = 100,
                                        .lock_timeout_ms = 100,
                                        .request_deadline_ms = 200};
    log_set_level(LOG_ERROR);
    resources_install();
    worker = (struct worker){.config = &config,
                             .board = scoreboard_open(1),
                             .arena = arena_open(UNIT_CAP),
                             .db = db_open(&nowhere),
                             .scopes = scope_list_open()};
    worker.slot = &worker.board->slots[0];
}

static void close_worker(void)
{
    db_close(worker.db);
    scope_list_close(worker.scopes);
    arena_close(worker.arena);
    scoreboard_close(worker.board);
    config_free(&config);
}

struct sent {
    const char *method;
    const char *uri;
    const char *header; /* "NAME=value" or NULL */
    const char *body;
    const char *status; /* the answer's first line begins so */
    const char *has;    /* and somewhere in it stands this */
};

static const struct sent cases[] = {
    {"GET", "/api/v1/health", NULL, NULL, "Status: 200", "{\"status\":\"ok\"}"},
    {"HEAD", "/api/v1/health", NULL, NULL, "Status: 200", "Content-Length: 15"},
    {"GET", "/api/v1/openapi.json", NULL, NULL, "Status: 200", "\"3.1.0\""},
    {"GET", "/api/v1/ready", NULL, NULL, "Status: 503", "Retry-After: "},
    {"GET", "/api/v1/nothing", NULL, NULL, "Status: 404", "/errors/not-found"},
    {"GET", "/", NULL, NULL, "Status: 404", "/errors/not-found"},
    {"GET", "/metrics", NULL, NULL, "Status: 404", "/errors/not-found"},
    {"GET", "/metrics", "DANVAN_INTERNAL=0", NULL, "Status: 404", "/errors/not-found"},
    {"GET", "/metrics", "DANVAN_INTERNAL=1", NULL, "Status: 200", "# TYPE danvan_requests_total"},
    {"DELETE", "/api/v1/health", NULL, NULL, "Status: 405", "Allow: GET, HEAD\r\n"},
    {"GET", "/api/v1/session/switch", NULL, NULL, "Status: 405", "Allow: POST\r\n"},
    {"PATCH", "/api/v1/session", NULL, NULL, "Status: 405", "Allow: POST, GET, HEAD, DELETE\r\n"},
    {"OPTIONS", "/api/v1/session", NULL, NULL, "Status: 405", "Allow: "},
    {"GET", "/api/v1/../health", NULL, NULL, "Status: 400", "/errors/bad-request"},
    {"GET", "/api/v1/units?q=%ff", NULL, NULL, "Status: 400", "/errors/bad-query"},
    {"GET", "/api/v1/me", NULL, NULL, "Status: 401", "WWW-Authenticate: Bearer"},
    {"GET", "/api/v1/units", NULL, NULL, "Status: 401", "/errors/unauthenticated"},
    {"GET", "/api/v1/units", "HTTP_COOKIE=danvan_session=x", NULL, "Status: 401",
     "/errors/unauthenticated"},
    {"GET", "/api/v1/units", "HTTP_AUTHORIZATION=Basic eDp5", NULL, "Status: 401",
     "unauthenticated"},
    {"GET", "/api/v1/units", "HTTP_COOKIE=danvan_session=province." SECRET, NULL, "Status: 503",
     "Retry-After: "},
    {"POST", "/api/v1/documents", "HTTP_COOKIE=danvan_session=province." SECRET, "{}",
     "Status: 403", "/errors/csrf"},
    {"GET", "/api/v1/units", "HTTP_ACCEPT_LANGUAGE=en", NULL, "Status: 401", "Sign in first"},
    {"POST", "/api/v1/session", NULL, "{}", "Status: 422",
     "\"pointer\":\"/login\",\"code\":\"required\""},
    {"POST", "/api/v1/session", NULL, "{\"login\":1,\"password\":\"x\",\"a/b\":2}", "Status: 422",
     "\"/a~1b\",\"code\":\"unknown_field\""},
    {"POST", "/api/v1/session", NULL, "[1]", "Status: 422", "wrong_type"},
    {"POST", "/api/v1/session", NULL, "{\"login\":\"a\",\"login\":\"b\"}", "Status: 400",
     "/errors/bad-json"},
    {"POST", "/api/v1/session", NULL, "{\"login\":\"a\",\"password\":\"b\"}", "Status: 503",
     "Retry-After"},
    {"POST", "/api/v1/session", "HTTP_ORIGIN=https://evil.example",
     "{\"login\":\"a\",\"password\":\"b\"}", "Status: 403", "/errors/csrf"},
    {"POST", "/api/v1/session", "CONTENT_TYPE=text/plain", "{\"login\":\"a\",\"password\":\"b\"}",
     "Status: 415", "/errors/unsupported-media-type"},
};
#define CASE_COUNT ((int)(sizeof cases / sizeof *cases))

static void put(struct http_pair *pairs, size_t *count, const char *name, const char *value)
{
    for (size_t i = 0; i < *count; i++) {
        if (str_equal(pairs[i].name, str_from(name))) {
            pairs[i].value = str_from(value);
            return;
        }
    }
    pairs[(*count)++] = (struct http_pair){str_from(name), str_from(value)};
}

static void send(const struct sent *s)
{
    static struct http_pair pairs[16];
    static char length[24];
    static char extra[256];
    size_t count = 0;
    const char *query = strchr(s->uri, '?');
    snprintf(length, sizeof length, "%zu", s->body == NULL ? 0 : strlen(s->body));
    put(pairs, &count, "REQUEST_METHOD", s->method);
    put(pairs, &count, "REQUEST_URI", s->uri);
    put(pairs, &count, "QUERY_STRING", query == NULL ? "" : query + 1);
    put(pairs, &count, "REQUEST_ID", "0123456789abcdef0123456789abcdef");
    put(pairs, &count, "HTTP_HOST", "danvan.example");
    put(pairs, &count, "REMOTE_ADDR", "192.0.2.1");
    if (s->body != NULL) {
        put(pairs, &count, "CONTENT_TYPE", "application/json");
        put(pairs, &count, "CONTENT_LENGTH", length);
    }
    if (s->header != NULL) {
        snprintf(extra, sizeof extra, "%s", s->header);
        char *equals = strchr(extra, '=');
        *equals = '\0';
        put(pairs, &count, extra, equals + 1);
    }
    memset(&x, 0, sizeof x);
    x.worker = &worker;
    x.arena = worker.arena;
    x.params = pairs;
    x.param_count = count;
    x.raw_body = str_from(s->body);
    x.started_us = clock_us();
    dispatch(&x);
    struct text t = {.arena = x.arena};
    text_append(&t, x.head);
    text_append(&t, x.response.body);
    answer = text_str(&t);
}

START_TEST(every_request_gets_its_answer)
{
    const struct sent *s = &cases[_i];
    send(s);
    ck_assert_msg(str_starts(answer, str_from(s->status)), "%s %s: %.*s", s->method, s->uri,
                  STR_ARG(answer));
    ck_assert_contains(answer, s->has);
    ck_assert_lacks(answer, "/nonexistent"); /* the cause is for the log */
    if (strstr(s->status, "200") == NULL)
        ck_assert_contains(answer, "\"instance\":\"0123456789abcdef0123456789abcdef\"");
    dispatch_finish(&x);
}
END_TEST

/* Whichever allocation fails, the jump leaves nothing behind that the next request would trip over;
 * AddressSanitizer watches for leaks. */
START_TEST(memory_may_give_out_anywhere)
{
    jmp_buf here;
    static volatile unsigned long n;
    static volatile bool is_through;
    is_through = false;
    for (n = 1; !is_through && n < 100000; n++) {
        if (setjmp(here) == 0) {
            arena_set_recovery(worker.arena, &here);
            arena_fail_at(worker.arena, n);
            send(&cases[_i]);
            is_through = true;
        }
        arena_fail_at(worker.arena, 0);
        arena_set_recovery(worker.arena, NULL);
        tx_rollback(worker.db);
        arena_reset(worker.arena);
        if (n > 400) /* the OpenAPI document: thousands of points of one kind */
            n = n + n / 20;
    }
    ck_assert(is_through);
    send(&cases[_i]);
    ck_assert(str_starts(answer, str_from(cases[_i].status)));
}
END_TEST

int main(void)
{
    if (!password_init(1))
        return EXIT_FAILURE;
    Suite *suite = suite_create("dispatch");
    TCase *tc = tcase_create("without PostgreSQL");
    tcase_set_timeout(tc, 60);
    tcase_add_checked_fixture(tc, open_worker, close_worker);
    tcase_add_loop_test(tc, every_request_gets_its_answer, 0, CASE_COUNT);
    tcase_add_loop_test(tc, memory_may_give_out_anywhere, 0, CASE_COUNT);
    suite_add_tcase(suite, tc);
    return unit_run(suite);
}
