#include "service/supervisor.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "auth/password.h"
#include "base/clock.h"
#include "base/log.h"
#include "service/handlers.h"
#include "service/job.h"
#include "service/listener.h"
#include "service/table_turn.h"
#include "service/worker.h"

#define WORKERS_MOST 256
/* Deaths are forgiven at this pace; more than FREE_DEATHS unforgiven ones are a crash loop. */
#define FORGIVE_EVERY_US   ((int64_t)2000000)
#define FREE_DEATHS        5
#define DELAY_FIRST_US     ((int64_t)250000)
#define DELAY_LAST_US      ((int64_t)10000000)
#define RUNNER_FORGIVEN_US ((int64_t)60000000) /* it lived so long that its death is no loop */
#define DRAIN_GRACE_US     ((int64_t)1000000)

struct seat {
    pid_t pid;           /* 0: nobody */
    int64_t start_at_us; /* when nobody: not before */
};

struct supervisor {
    const struct config *config;
    struct peers peers;
    struct listener listener;
    struct scoreboard *board;
    size_t count;
    struct seat seats[WORKERS_MOST];
    pid_t retired[WORKERS_MOST]; /* replaced on HUP, finishing their last request */
    struct seat runner;          /* of imports */
    int64_t runner_delay_us;
    int64_t runner_from_us;
    int unforgiven;
    int64_t forgiven_at_us;
    int64_t kill_at_us; /* when draining: patience ends */
};

static void become_worker(struct supervisor *s, size_t seat, pid_t supervisor)
{
    struct worker_start start = {.config = s->config,
                                 .peers = &s->peers,
                                 .board = s->board,
                                 .slot = seat,
                                 .generation = s->board->slots[seat].generation,
                                 .supervisor = supervisor,
                                 .listen_fd = s->listener.fd};
    prctl(PR_SET_NAME, "danvan-worker");
    exit(worker_run(&start));
}

static void start_worker(struct supervisor *s, size_t seat)
{
    pid_t self = getpid();
    pid_t pid = fork();
    if (pid == 0)
        become_worker(s, seat, self);
    if (pid < 0) {
        log_say(LOG_ERROR, "fork_failed", "%s", strerror(errno));
        s->seats[seat].start_at_us = clock_us() + DELAY_FIRST_US;
        return;
    }
    s->seats[seat].pid = pid;
    s->board->slots[seat].pid = pid;
    s->board->slots[seat].starts++;
}

/* The job runner listens to nobody. */
static void start_runner(struct supervisor *s)
{
    struct job_start start = {.config = s->config, .board = s->board, .supervisor = getpid()};
    pid_t pid = fork();
    if (pid == 0) {
        close(s->listener.fd);
        prctl(PR_SET_NAME, "danvan-jobs");
        exit(job_runner(&start));
    }
    if (pid < 0)
        log_say(LOG_ERROR, "fork_failed", "%s", strerror(errno));
    s->runner.pid = pid < 0 ? 0 : pid;
    s->runner_from_us = clock_us();
    s->runner.start_at_us = clock_us() + DELAY_FIRST_US;
}

/* Its deaths are no worker's: a file that kills it must not make requests wait. */
static void note_runner_end(struct supervisor *s, int status)
{
    bool is_asked = s->board->is_draining || (WIFEXITED(status) && WEXITSTATUS(status) == 0);
    s->runner.pid = 0;
    s->runner.start_at_us = 0;
    if (is_asked) {
        s->runner_delay_us = 0;
        return;
    }
    if (clock_us() - s->runner_from_us > RUNNER_FORGIVEN_US)
        s->runner_delay_us = 0;
    s->runner_delay_us = s->runner_delay_us == 0 ? DELAY_FIRST_US : 2 * s->runner_delay_us;
    if (s->runner_delay_us > DELAY_LAST_US)
        s->runner_delay_us = DELAY_LAST_US;
    s->runner.start_at_us = clock_us() + s->runner_delay_us;
    log_say(LOG_ERROR, "job_runner_died", "by %s %d; next in %lld ms",
            WIFSIGNALED(status) ? "signal" : "status",
            WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
            (long long)(s->runner_delay_us / 1000));
}

static void start_due(struct supervisor *s)
{
    int64_t now = clock_us();
    for (size_t i = 0; i < s->count && !s->board->is_draining; i++)
        if (s->seats[i].pid == 0 && now >= s->seats[i].start_at_us)
            start_worker(s, i);
    if (s->runner.pid == 0 && now >= s->runner.start_at_us && !s->board->is_draining)
        start_runner(s);
}

/* One death is nothing: the next worker starts at once. Deaths that come faster than they are
 * forgiven make the next start wait, ever longer. */
static int64_t delay_after_death(struct supervisor *s, int64_t now)
{
    int64_t forgiven = (now - s->forgiven_at_us) / FORGIVE_EVERY_US;
    int free_deaths = FREE_DEATHS + (int)s->count;
    s->forgiven_at_us += forgiven * FORGIVE_EVERY_US;
    s->unforgiven = forgiven >= s->unforgiven ? 0 : s->unforgiven - (int)forgiven;
    s->unforgiven++;
    int over = s->unforgiven - free_deaths;
    if (over <= 0)
        return 0;
    int64_t delay = over > 6 ? DELAY_LAST_US : DELAY_FIRST_US << (over - 1);
    return delay < DELAY_LAST_US ? delay : DELAY_LAST_US;
}

static void note_end(struct supervisor *s, size_t seat, pid_t pid, int status)
{
    int64_t now = clock_us();
    bool is_asked = s->board->is_draining || (WIFEXITED(status) && WEXITSTATUS(status) == 0);
    s->seats[seat].pid = 0;
    s->board->slots[seat].pid = 0;
    s->board->slots[seat].is_db_connected = 0;
    s->seats[seat].start_at_us = 0;
    if (is_asked)
        return;
    s->board->deaths++;
    int64_t delay = delay_after_death(s, now);
    s->seats[seat].start_at_us = now + delay;
    if (WIFSIGNALED(status))
        log_say(LOG_ERROR, "worker_died", "pid %ld by signal %d; next in %lld ms", (long)pid,
                WTERMSIG(status), (long long)(delay / 1000));
    else
        log_say(LOG_ERROR, "worker_died", "pid %ld with status %d; next in %lld ms", (long)pid,
                WEXITSTATUS(status), (long long)(delay / 1000));
}

static void reap(struct supervisor *s)
{
    int status = 0;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        if (pid == s->runner.pid)
            note_runner_end(s, status);
        for (size_t i = 0; i < s->count; i++)
            if (s->seats[i].pid == pid)
                note_end(s, i, pid, status);
        for (size_t i = 0; i < WORKERS_MOST; i++)
            if (s->retired[i] == pid)
                s->retired[i] = 0;
    }
}

static void retire(struct supervisor *s, pid_t pid)
{
    for (size_t i = 0; i < WORKERS_MOST; i++) {
        if (s->retired[i] == 0) {
            s->retired[i] = pid;
            return;
        }
    }
}

/* New workers first, so that somebody always listens. */
static void renew_all(struct supervisor *s)
{
    log_say(LOG_INFO, "renewing", "%zu workers", s->count);
    for (size_t i = 0; i < s->count; i++) {
        pid_t old = s->seats[i].pid;
        s->board->slots[i].generation++;
        if (old != 0)
            retire(s, old);
        start_worker(s, i);
    }
    if (s->runner.pid != 0)
        kill(s->runner.pid, SIGTERM); /* puts back what it has; the next one takes it up */
}

static void drain(struct supervisor *s)
{
    if (s->board->is_draining)
        return;
    log_say(LOG_INFO, "draining", "%zu workers", s->count);
    listener_drain(&s->listener);
    s->board->is_draining = 1;
    s->kill_at_us = clock_us() + (int64_t)s->config->request_deadline_ms * 1000 + DRAIN_GRACE_US;
}

static bool is_anybody_left(const struct supervisor *s)
{
    for (size_t i = 0; i < WORKERS_MOST; i++)
        if (s->retired[i] != 0 || (i < s->count && s->seats[i].pid != 0))
            return true;
    return s->runner.pid != 0;
}

static void kill_the_rest(const struct supervisor *s)
{
    for (size_t i = 0; i < WORKERS_MOST; i++) {
        if (s->retired[i] != 0)
            kill(s->retired[i], SIGKILL);
        if (i < s->count && s->seats[i].pid != 0)
            kill(s->seats[i].pid, SIGKILL);
    }
    if (s->runner.pid != 0)
        kill(s->runner.pid, SIGKILL);
}

static void watch(struct supervisor *s, const sigset_t *signals)
{
    const struct timespec tick = {.tv_nsec = 250000000L};
    while (!s->board->is_draining || is_anybody_left(s)) {
        start_due(s);
        int signal = sigtimedwait(signals, NULL, &tick);
        if (signal == SIGTERM || signal == SIGINT)
            drain(s);
        if (signal == SIGHUP && !s->board->is_draining)
            renew_all(s);
        reap(s);
        if (s->board->is_draining && clock_us() > s->kill_at_us)
            kill_the_rest(s);
    }
}

static bool open_all(struct supervisor *s, const struct config *config)
{
    char unknown[64];
    s->config = config;
    s->count = (size_t)config->workers;
    s->forgiven_at_us = clock_us();
    s->listener.fd = -1;
    if (!peers_read(config->peer_user, &s->peers, unknown, sizeof unknown)) {
        log_say(LOG_ERROR, "unknown_user", "peer_user names \"%s\"", unknown);
        return false;
    }
    if (!password_init(config->hashes_at_once)) {
        log_say(LOG_ERROR, "no_memory", "for the password hashing limit");
        return false;
    }
    if (!table_turn_init(config->tables_at_once, config->workers)) {
        log_say(LOG_ERROR, "no_memory", "for the limit of long tables");
        return false;
    }
    if (!handlers_prepare()) {
        log_say(LOG_ERROR, "no_memory", "for the OpenAPI document");
        return false;
    }
    s->board = scoreboard_open(s->count);
    return s->board != NULL && listener_open(config, &s->listener);
}

int supervisor_run(const struct config *config)
{
    static struct supervisor s;
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGCHLD);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    if (!open_all(&s, config)) {
        listener_close(&s.listener);
        return EXIT_FAILURE;
    }
    log_say(LOG_INFO, "started", "%zu workers on %s", s.count, config->listen);
    watch(&s, &signals);
    listener_close(&s.listener);
    scoreboard_close(s.board);
    log_say(LOG_INFO, "stopped", "all workers have ended");
    return EXIT_SUCCESS;
}
