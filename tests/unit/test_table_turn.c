#include "service/table_turn.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "unit.h"

UNIT_ARENA

static bool take(void)
{
    struct err e = {.code = ERR_INTERNAL};
    bool is_taken = table_turn_take(arena, &e);
    if (!is_taken)
        ck_assert_int_eq(e.code, ERR_UNAVAILABLE);
    return is_taken;
}

/* A worker that asks for a turn, says 'y' or 'n' when it knows, and keeps what it got until it is
 * killed. *said is where to read it. */
static pid_t worker(int *said)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    pid_t pid = fork();
    if (pid == 0) {
        char word = take() ? 'y' : 'n';
        if (write(ends[1], &word, 1) == 1)
            pause();
        _exit(0);
    }
    close(ends[1]);
    *said = ends[0];
    return pid;
}

static char word_of(int said)
{
    char word = '\0';
    ck_assert_int_eq(read(said, &word, 1), 1);
    return word;
}

static void end(pid_t pid)
{
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

static void nap(void)
{
    usleep(300000);
}

/* Tenths of a second that it took. */
static int64_t refused_after(void)
{
    int64_t from = clock_us();
    ck_assert(!take());
    return (clock_us() - from) / 100000;
}

START_TEST(one_waits_and_the_next_is_told_at_once)
{
    int said[2];
    ck_assert(table_turn_init(1, 3));
    pid_t maker = worker(&said[0]);
    ck_assert_int_eq(word_of(said[0]), 'y');
    pid_t waiter = worker(&said[1]);
    nap();
    ck_assert_int_lt(refused_after(), 10);
    end(maker); /* and who waits has the turn */
    ck_assert_int_eq(word_of(said[1]), 'y');
    ck_assert_int_ge(refused_after(), 20); /* the waiting place is free again */
    end(waiter);
    ck_assert(take());
    arena_reset(arena);
    maker = worker(&said[0]);
    ck_assert_int_eq(word_of(said[0]), 'y'); /* it came back with the arena */
    end(maker);
}
END_TEST

START_TEST(nobody_waits_where_no_worker_would_be_left)
{
    int said = -1;
    ck_assert(table_turn_init(1, 2));
    pid_t maker = worker(&said);
    ck_assert_int_eq(word_of(said), 'y');
    ck_assert_int_lt(refused_after(), 10);
    end(maker);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("table_turn");
    TCase *t = tcase_create("table_turn");
    tcase_add_checked_fixture(t, unit_open, unit_close);
    tcase_set_timeout(t, 20);
    tcase_add_test(t, one_waits_and_the_next_is_told_at_once);
    tcase_add_test(t, nobody_waits_where_no_worker_would_be_left);
    suite_add_tcase(suite, t);
    return unit_run(suite);
}
