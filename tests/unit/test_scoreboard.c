/* The counters that all workers share, and how Prometheus reads them. */
#include "unit.h"

#include <sys/wait.h>
#include <unistd.h>

#include "service/scoreboard.h"

UNIT_ARENA

static const char list_name[] = "plans.list";
static const char get_name[] = "plans.get";

static struct str print(const struct scoreboard *board)
{
    struct text t = {.arena = arena};
    scoreboard_print(board, &t);
    return text_str(&t);
}

START_TEST(requests_of_all_workers_are_added_up)
{
    struct scoreboard *board = scoreboard_open(2);
    for (size_t i = 0; i < 2; i++) {
        if (fork() == 0) {
            slot_count_request(&board->slots[i], list_name, 200, 300);
            slot_count_request(&board->slots[i], list_name, 404, 3000);
            slot_count_request(&board->slots[i], get_name, 200, 99000000);
            _exit(0);
        }
        wait(NULL);
    }
    struct str text = print(board);
    ck_assert_contains(text, "danvan_requests_total{route=\"plans.list\",status=\"2xx\"} 2\n");
    ck_assert_contains(text, "danvan_requests_total{route=\"plans.list\",status=\"4xx\"} 2\n");
    ck_assert_contains(text, "danvan_requests_total{route=\"plans.get\",status=\"2xx\"} 2\n");
    ck_assert_contains(text, "danvan_request_seconds_bucket{le=\"0.00025\"} 0\n");
    ck_assert_contains(text, "danvan_request_seconds_bucket{le=\"0.0005\"} 2\n");
    ck_assert_contains(text, "danvan_request_seconds_bucket{le=\"0.005\"} 4\n");
    ck_assert_contains(text, "danvan_request_seconds_bucket{le=\"10\"} 4\n");
    ck_assert_contains(text, "danvan_request_seconds_bucket{le=\"+Inf\"} 6\n");
    ck_assert_contains(text, "danvan_request_seconds_count 6\n");
    scoreboard_close(board);
}
END_TEST

START_TEST(workers_and_refusals_are_told)
{
    struct scoreboard *board = scoreboard_open(3);
    board->slots[0].pid = 17;
    board->slots[0].is_db_connected = 1;
    board->slots[2].refusals[REFUSED_PEER] = 5;
    board->deaths = 2;
    struct str text = print(board);
    ck_assert_contains(text, "\ndanvan_workers 1\n");
    ck_assert_contains(text, "\ndanvan_db_connected 1\n");
    ck_assert_contains(text, "\ndanvan_worker_deaths_total 2\n");
    ck_assert_contains(text, "danvan_gate_refusals_total{reason=\"peer\"} 5\n");
    scoreboard_close(board);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scoreboard");
    TCase *tc = tcase_create("counters");
    tcase_add_checked_fixture(tc, unit_open, unit_close);
    tcase_add_test(tc, requests_of_all_workers_are_added_up);
    tcase_add_test(tc, workers_and_refusals_are_told);
    suite_add_tcase(suite, tc);
    return unit_run(suite);
}
