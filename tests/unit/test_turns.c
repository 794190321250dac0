#include "base/turns.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "unit.h"

/* A process that takes a turn, says so, and keeps it until it is killed. */
static pid_t holder(const struct turns *t)
{
    int said[2];
    char word = '\0';
    ck_assert_int_eq(pipe(said), 0);
    pid_t pid = fork();
    if (pid == 0) {
        int turn = -1;
        word = turns_take(t, 1000000, &turn) ? 'y' : 'n';
        if (write(said[1], &word, 1) == 1)
            pause();
        _exit(0);
    }
    ck_assert_int_eq(read(said[0], &word, 1), 1);
    ck_assert_int_eq(word, 'y');
    close(said[0]);
    close(said[1]);
    return pid;
}

static void end(pid_t pid)
{
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

START_TEST(a_turn_is_had_when_one_is_free)
{
    struct turns t;
    int turn = -1;
    ck_assert(turns_open(&t, "test", 2));
    pid_t one = holder(&t);
    pid_t two = holder(&t);
    int64_t from = clock_us();
    ck_assert(!turns_take(&t, 100000, &turn));
    ck_assert_int_ge(clock_us() - from, 100000);
    end(one); /* killed: its turn is free all the same */
    ck_assert(turns_take(&t, 1000000, &turn));
    turns_give_back(&t, turn);
    pid_t three = holder(&t);
    ck_assert(!turns_take(&t, 0, &turn));
    end(two);
    end(three);
    close(t.fd);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("turns");
    TCase *t = tcase_create("turns");
    tcase_add_test(t, a_turn_is_had_when_one_is_free);
    suite_add_tcase(suite, t);
    return unit_run(suite);
}
