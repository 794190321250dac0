/* The service under bad neighbours: malformed requests, records that kill libfcgi, killed workers.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <curl/curl.h>

#include "arrange.h"
#include "fastcgi.h"

#define WORKERS_MOST 64

static struct packet packet;
static char answer[65536];
static pid_t before[WORKERS_MOST];
static size_t before_count;

static void note_workers(void)
{
    ck_status(get(&nobody, "/api/v1/health"), 200);
    before_count = service_workers(before, WORKERS_MOST);
    ck_assert_uint_gt(before_count, 0);
}

/* The same processes as before, and they answer. */
static void ck_unharmed(const char *what)
{
    pid_t now[WORKERS_MOST];
    size_t count = service_workers(now, WORKERS_MOST);
    ck_assert_msg(count == before_count, "%s: %zu workers, not %zu", what, count, before_count);
    for (size_t i = 0; i < count; i++) {
        bool is_old = false;
        for (size_t k = 0; k < before_count; k++)
            is_old = is_old || now[i] == before[k];
        ck_assert_msg(is_old, "%s: a worker died", what);
    }
    ck_status(get(&nobody, "/api/v1/health"), 200);
}

/* ---- through nginx ---- */

START_TEST(health_and_ready_answer_anybody)
{
    ck_status(get(&nobody, "/api/v1/health"), 200);
    ck_status(get(&nobody, "/api/v1/ready"), 200);
}
END_TEST

START_TEST(malformed_uris_are_refused)
{
    const char *bad[] = {"/api/v1/units?q=%ff", "/api/v1/units?q=%c0%af", "/api/v1/units?q=%00",
                         "/api/v1/units?q=%",   "/api/v1/units?q=%4",     "/api/v1/units?q=%zz",
                         "/api/v1/units?&&",    "/api/v1/units?=x"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const struct reply *r = get(as("tinh.xem"), "%s", bad[i]);
        ck_assert_msg(r->status == 400, "%s: %ld %s", bad[i], r->status, r->body);
        ck_assert_int_eq(strncmp(header_of(r, "Content-Type"), "application/problem+json", 24), 0);
    }
}
END_TEST

START_TEST(odd_paths_reach_nothing)
{
    const char *odd[] = {"/api/v1/units/../../../etc/passwd",
                         "/api/v1//units",
                         "/api/v1/./units",
                         "/api/v1/units/%2e%2e/plans",
                         "/api/v1/%00",
                         "/api/v1/units%2f1",
                         "/api/v1/units/1;x=y"};
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        const struct reply *r = get(as("tinh.xem"), "%s", odd[i]);
        ck_assert_msg(r->status == 400 || r->status == 404, "%s: %ld", odd[i], r->status);
    }
}
END_TEST

START_TEST(large_headers_are_carried_or_refused_cleanly)
{
    /* four of 7 KB: within nginx's buffers, far above what libfcgi was once broken by */
    char *value = calloc(1, 7001);
    memset(value, 'a', 7000);
    const struct reply *r =
        ask(as("tinh.xem"), "GET", "/api/v1/levels", NULL, form("X-A: %s", value),
            form("X-B: %s", value), form("X-C: %s", value), NULL);
    ck_status(r, 200);
    char *huge = calloc(1, 40001);
    memset(huge, 'a', 40000);
    r = ask(as("tinh.xem"), "GET", "/api/v1/levels", NULL, form("X-A: %s", huge), NULL);
    ck_assert_msg(r->status == 400 || r->status == 431 || r->status == 494, "%ld", r->status);
    ck_status(get(as("tinh.xem"), "/api/v1/levels"), 200);
    free(value);
    free(huge);
}
END_TEST

START_TEST(header_values_cannot_add_headers)
{
    const struct reply *r =
        get(as("tinh.xem"), "/api/v1/units?q=%%0d%%0aX-Accel-Redirect:%%20/etc/passwd");
    ck_assert(r->status == 200 || r->status == 400);
    ck_assert_ptr_null(header_of(r, "X-Accel-Redirect"));
    r = ask(as("dongxoai.chuyenvien"), "POST", "/api/v1/documents", document_body("draft"),
            "Idempotency-Key: a\tb", NULL);
    ck_assert(r->status == 201 || r->status == 400);
}
END_TEST

START_TEST(proxy_header_and_foreign_host_do_no_harm)
{
    ck_status(
        ask(as("tinh.xem"), "GET", "/api/v1/levels", NULL, "Proxy: http://evil.example", NULL),
        200);
    const struct reply *r =
        ask(as("tinh.xem"), "GET", "/api/v1/units?limit=1", NULL, "Host: evil.example", NULL);
    ck_assert_ptr_null(strstr(r->body, "evil.example"));
}
END_TEST

START_TEST(metrics_are_prometheus_text)
{
    const struct reply *r = get(&nobody, "/metrics");
    ck_status(r, 200);
    ck_assert_int_eq(strncmp(header_of(r, "Content-Type"), "text/plain", 10), 0);
    ck_assert_ptr_nonnull(strstr(r->body, "# TYPE danvan_"));
    ck_assert_ptr_null(strstr(r->body, "tinh.xem"));
}
END_TEST

/* ---- past nginx, at the socket ---- */

START_TEST(a_good_request_at_the_socket_is_served)
{
    packet_good(&packet, "/api/v1/health");
    size_t got = service_talk(&packet, answer, sizeof answer, 5, false);
    ck_assert_uint_gt(got, 8);
    ck_assert_ptr_nonnull(memmem(answer, got, "Status: 200", 11));
}
END_TEST

/* Sends what must be refused: no answer, nobody dead. */
static void ck_refused(const char *what)
{
    size_t got = service_talk(&packet, answer, sizeof answer, 5, false);
    ck_assert_msg(memmem(answer, got, "Status: 200", 11) == NULL, "%s: was served", what);
    ck_unharmed(what);
}

START_TEST(get_values_flood_does_not_kill)
{
    unsigned char names[2048];
    size_t length = 0;
    for (int i = 0; i < 64; i++)
        length = pair_put(names, length, "FCGI_MAX_CONNS", "");
    packet.length = 0;
    packet_record(&packet, FCGI_GET_VALUES, 0, names, length);
    ck_refused("F1, alone");
    packet.length = 0;
    packet_record(&packet, FCGI_GET_VALUES, 0, names, length);
    struct packet *good = calloc(1, sizeof *good);
    packet_good(good, "/api/v1/health");
    packet_raw(&packet, good->bytes, good->length);
    free(good);
    ck_refused("F1, before a good request");
}
END_TEST

START_TEST(lengths_beyond_the_record_do_not_kill)
{
    const unsigned char lengths[][8] = {
        {0xff, 0xff, 0xff, 0xfe, 0x80, 0, 0, 1},          /* 7ffffffe + 1 */
        {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, /* 7fffffff twice */
        {0x80, 0, 0, 200, 0x80, 0, 0, 200},               /* a little more than there is */
        {0xff, 0xff, 0xff, 0xff, 0x80, 0, 0, 0},
        {0x80, 0, 0, 0, 0xff, 0xff, 0xff, 0xff},
    };
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        packet.length = 0;
        packet_begin(&packet, 1, 1, false);
        packet_record(&packet, FCGI_PARAMS, 1, lengths[i], 8);
        packet_record(&packet, FCGI_PARAMS, 1, NULL, 0);
        packet_record(&packet, FCGI_STDIN, 1, NULL, 0);
        ck_refused(form("F2, case %zu", i));
    }
}
END_TEST

START_TEST(management_records_smuggle_nothing)
{
    unsigned char pair[256];
    size_t length = pair_put(pair, 0, "REQUEST_URI", "/api/v1/health");
    for (int type = 9; type <= 250; type += 13) {
        packet.length = 0;
        packet_begin(&packet, 1, 1, false);
        packet_record(&packet, type, 0, pair, length); /* its content was once read as parameters */
        packet_record(&packet, FCGI_PARAMS, 1, pair, length);
        packet_record(&packet, FCGI_PARAMS, 1, NULL, 0);
        packet_record(&packet, FCGI_STDIN, 1, NULL, 0);
        ck_refused(form("F13, type %d", type));
    }
    packet.length = 0;
    packet_begin(&packet, 1, 1, false);
    packet_record(&packet, FCGI_PARAMS, 7, NULL, 0); /* a foreign id made the next record vanish */
    packet_record(&packet, FCGI_PARAMS, 1, pair, length);
    packet_record(&packet, FCGI_PARAMS, 1, NULL, 0);
    packet_record(&packet, FCGI_STDIN, 1, NULL, 0);
    ck_refused("F13, foreign id");
}
END_TEST

START_TEST(other_roles_flags_and_orders_are_refused)
{
    static const struct {
        const char *what;
        int id, role;
        bool keep;
    } begins[] = {{"id 0", 0, 1, false},
                  {"authorizer", 1, 2, false},
                  {"filter", 1, 3, false},
                  {"role 0", 1, 0, false},
                  {"keep connection", 1, 1, true}};
    unsigned char pair[256];
    size_t length = pair_put(pair, 0, "REQUEST_URI", "/api/v1/health");
    length = pair_put(pair, length, "REQUEST_METHOD", "GET");
    for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++) {
        packet.length = 0;
        packet_begin(&packet, begins[i].id, begins[i].role, begins[i].keep);
        packet_record(&packet, FCGI_PARAMS, begins[i].id, pair, length);
        packet_record(&packet, FCGI_PARAMS, begins[i].id, NULL, 0);
        packet_record(&packet, FCGI_STDIN, begins[i].id, NULL, 0);
        ck_refused(begins[i].what);
    }
    packet_good(&packet, "/api/v1/health");
    packet_begin(&packet, 2, 1, false); /* something after the end */
    ck_refused("a second request behind the first");
    packet.length = 0;
    packet_begin(&packet, 1, 1, false);
    packet_record(&packet, FCGI_ABORT, 1, NULL, 0);
    ck_refused("abort");
    packet.length = 0;
    packet_raw(&packet, "GET / HTTP/1.1\r\nHost: x\r\n\r\n", 27);
    ck_refused("HTTP in place of FastCGI");
}
END_TEST

START_TEST(requests_cut_at_any_byte_do_no_harm)
{
    struct packet *whole = calloc(1, sizeof *whole);
    packet_good(whole, "/api/v1/health");
    for (size_t cut = 0; cut < whole->length; cut += 3) {
        packet.length = 0;
        packet_raw(&packet, whole->bytes, cut);
        size_t got = service_talk(&packet, answer, sizeof answer, 5, true);
        ck_assert_msg(memmem(answer, got, "Status: 200", 11) == NULL, "served when cut at %zu",
                      cut);
    }
    free(whole);
    ck_unharmed("cut requests");
}
END_TEST

START_TEST(mutated_requests_do_no_harm)
{
    struct packet *whole = calloc(1, sizeof *whole);
    packet_good(whole, "/api/v1/health");
    unsigned seed = 36;
    for (int round = 0; round < 400; round++) {
        packet.length = 0;
        packet_raw(&packet, whole->bytes, whole->length);
        for (int flips = 0; flips < 1 + round % 4; flips++) {
            seed = seed * 1103515245u + 12345u;
            packet.bytes[(seed >> 8) % packet.length] = (unsigned char)(seed >> 24);
        }
        service_talk(&packet, answer, sizeof answer, 5, true);
    }
    free(whole);
    ck_unharmed("mutated requests");
}
END_TEST

/* One byte and then silence, on more connections than there are workers: others are still served,
 * since a worker waits for a whole request a second at most. */
START_TEST(silent_connections_do_not_hold_the_workers)
{
    int fds[WORKERS_MOST];
    size_t count = before_count + 2 < WORKERS_MOST ? before_count + 2 : WORKERS_MOST;
    for (size_t i = 0; i < count; i++) {
        fds[i] = service_connect();
        if (i % 2 == 0)
            ck_assert_int_eq((int)send(fds[i], "\1", 1, MSG_NOSIGNAL), 1);
    }
    const struct reply *r = get(&nobody, "/api/v1/health"); /* the client waits 20 s at most */
    ck_status(r, 200);
    for (size_t i = 0; i < count; i++)
        close(fds[i]);
    ck_unharmed("silent connections");
}
END_TEST

/* ---- killed workers ---- */

static double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

START_TEST(killed_worker_is_back_within_a_second)
{
    double begun = seconds_now();
    ck_assert_int_eq(kill(before[0], SIGKILL), 0);
    pid_t now[WORKERS_MOST];
    bool is_back = false;
    while (!is_back && seconds_now() - begun < 5) {
        size_t count = service_workers(now, WORKERS_MOST);
        is_back = count == before_count;
        for (size_t i = 0; i < count; i++)
            is_back = is_back && now[i] != before[0];
        usleep(10000);
    }
    ck_assert_msg(is_back, "no new worker");
    ck_assert_msg(seconds_now() - begun < 1.0, "took %.2f s", seconds_now() - begun);
    for (size_t i = 0; i < 2 * before_count; i++) /* enough to reach the new one */
        ck_status(get(as("tinh.xem"), "/api/v1/levels"), 200);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("service");
    TCase *front = new_case(s, "through nginx");
    tcase_add_checked_fixture(front, note_workers, NULL);
    tcase_add_test(front, health_and_ready_answer_anybody);
    tcase_add_test(front, malformed_uris_are_refused);
    tcase_add_test(front, odd_paths_reach_nothing);
    tcase_add_test(front, large_headers_are_carried_or_refused_cleanly);
    tcase_add_test(front, header_values_cannot_add_headers);
    tcase_add_test(front, proxy_header_and_foreign_host_do_no_harm);
    tcase_add_test(front, metrics_are_prometheus_text);
    TCase *behind = new_case(s, "at the socket");
    tcase_set_timeout(behind, 120);
    tcase_add_checked_fixture(behind, note_workers, NULL);
    tcase_add_test(behind, a_good_request_at_the_socket_is_served);
    tcase_add_test(behind, get_values_flood_does_not_kill);
    tcase_add_test(behind, lengths_beyond_the_record_do_not_kill);
    tcase_add_test(behind, management_records_smuggle_nothing);
    tcase_add_test(behind, other_roles_flags_and_orders_are_refused);
    tcase_add_test(behind, requests_cut_at_any_byte_do_no_harm);
    tcase_add_test(behind, mutated_requests_do_no_harm);
    tcase_add_test(behind, silent_connections_do_not_hold_the_workers);
    TCase *killed = new_case(s, "killed workers");
    tcase_add_checked_fixture(killed, note_workers, NULL);
    tcase_add_test(killed, killed_worker_is_back_within_a_second);
    return run_suite(s);
}
