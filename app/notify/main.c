/* danvan-notify: takes mails from the queue and hands them to an SMTP server. Off unless enabled.
 *
 * A mail is marked sent only after the server's 250. Whatever happens between the two is made good
 * by the queue: what was taken and never answered for is given out again after ten minutes, under
 * the same Message-ID. */
#include <getopt.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "notify/queue.h"
#include "notify/settings.h"
#include "notify/smtp.h"

#define ARENA_CAP      ((size_t)32 * 1024 * 1024)
#define SECOND_US      ((int64_t)1000000)
#define LEASE_S        600 /* private.mail_take */
#define LEASE_MARGIN_S 60

enum task { TASK_SEND, TASK_CONFIG = 'c', TASK_ONCE = 256, TASK_CHECK_CONFIG, TASK_SETTINGS_MD };

static const struct option options[] = {
    {"config", required_argument, NULL, TASK_CONFIG},
    {"once", no_argument, NULL, TASK_ONCE},
    {"check-config", no_argument, NULL, TASK_CHECK_CONFIG},
    {"settings-md", no_argument, NULL, TASK_SETTINGS_MD},
    {NULL, 0, NULL, 0},
};

static const char help[] = "danvan-notify [--config FILE]     send mails until TERM\n"
                           "danvan-notify --once              send what waits now, then end\n"
                           "danvan-notify --check-config      say every fault of the settings\n"
                           "danvan-notify --settings-md       the settings as a table\n";

static volatile sig_atomic_t is_ending;

static void note_end(int number)
{
    (void)number;
    is_ending = 1;
}

struct mailer {
    const struct settings *settings;
    struct arena *arena;
    struct db_conn *db;
    struct smtp *smtp;
    bool is_full; /* the last batch was: more may wait */
};

static void tell_fault(const char *event, const struct mail *m, struct str why)
{
    struct log_line line;
    log_begin(&line, LOG_WARNING, event);
    log_str(&line, "mail", m->id);
    log_str(&line, "cause", why);
    log_end(&line);
}

/* One mail, and what became of it written down. False: the server is away, or the database. */
static bool send_one(struct mailer *w, const struct mail *m)
{
    struct err e = {.code = ERR_INTERNAL};
    struct str message = STR("");
    struct str why = STR("");
    enum smtp_result result = SMTP_REFUSED;
    if (message_make(w->arena, m, str_from(w->settings->smtp_from), str_from(w->settings->base_url),
                     (int64_t)time(NULL), &message, &why))
        result = smtp_send(w->smtp, w->arena, m->address, message, &why);
    bool is_kept = false;
    if (result == SMTP_SENT) {
        is_kept = queue_sent(w->db, w->arena, m->id, &e);
    } else {
        tell_fault("mail_failed", m, why);
        is_kept = queue_failed(w->db, w->arena, m->id, why, &e);
    }
    if (!is_kept)
        tell_fault("mail_not_marked", m, e.cause);
    return is_kept && result != SMTP_AWAY;
}

/* Whether one more mail, however slow, is done before another mailer may take it: what is left of a
 * batch after that goes back. */
static bool has_time(const struct settings *s, int64_t taken_us)
{
    return clock_us() - taken_us < (LEASE_S - LEASE_MARGIN_S - s->smtp_timeout_s) * SECOND_US;
}

static bool send_batch(struct mailer *w)
{
    struct err e = {.code = ERR_INTERNAL};
    struct batch_of_mail batch = {.count = 0};
    size_t next = 0;
    bool is_good = true;
    int64_t taken_us = clock_us();
    w->is_full = false;
    if (!queue_take(w->db, w->arena, w->settings->batch, &batch, &e)) {
        log_say(LOG_WARNING, "queue_unreachable", "%.*s", STR_ARG(e.cause));
        return false;
    }
    while (next < batch.count && is_good && !is_ending && has_time(w->settings, taken_us))
        is_good = send_one(w, &batch.mails[next++]);
    if (next > 0)
        log_say(LOG_INFO, "mails", "%zu of %zu handled", next, batch.count);
    w->is_full = is_good && batch.count == (size_t)w->settings->batch;
    for (; next < batch.count; next++)
        if (!queue_put_back(w->db, w->arena, batch.mails[next].id, &e))
            return false; /* the lease gives them back */
    return is_good;
}

/* TERM ends it early: taken in only while ppoll waits, or it could come between look and sleep. */
static void wait_seconds(int seconds)
{
    const struct timespec most = {.tv_sec = seconds};
    sigset_t ending;
    sigset_t before;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    sigprocmask(SIG_BLOCK, &ending, &before);
    if (!is_ending)
        (void)ppoll(NULL, 0, &most, &before);
    sigprocmask(SIG_SETMASK, &before, NULL);
}

/* True: nothing went wrong in the last round. */
static bool run(struct mailer *w, bool only_once)
{
    jmp_buf here;
    volatile bool is_good = true;
    while (!is_ending) {
        if (setjmp(here) == 0) {
            arena_set_recovery(w->arena, &here);
            is_good = send_batch(w);
        } else {
            log_say(LOG_ERROR, "mailer", "out of memory");
            is_good = false;
            w->is_full = false;
        }
        arena_set_recovery(w->arena, NULL);
        arena_reset(w->arena);
        if (only_once && !(is_good && w->is_full))
            break;
        if (!w->is_full)
            wait_seconds(w->settings->poll_s);
    }
    return is_good;
}

static int send_mails(const struct settings *s, bool only_once)
{
    const struct db_settings db = {.dsn = s->dsn,
                                   .connect_timeout_ms = 5000,
                                   .statement_timeout_ms = 10000,
                                   .lock_timeout_ms = 5000,
                                   .request_deadline_ms = 15000};
    const char *why = "out of memory";
    struct mailer w = {.settings = s, .arena = arena_open(ARENA_CAP), .db = db_open(&db)};
    w.smtp = smtp_open(s, &why);
    bool is_good = w.arena != NULL && w.db != NULL && w.smtp != NULL;
    if (is_good)
        is_good = run(&w, only_once) || !only_once;
    else
        fprintf(stderr, "danvan-notify: %s\n", why);
    smtp_close(w.smtp);
    db_close(w.db);
    if (w.arena != NULL)
        arena_close(w.arena);
    return is_good ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    const struct sigaction ending = {.sa_handler = note_end};
    const char *path = NULL;
    int task = TASK_SEND;
    int option;
    while ((option = getopt_long(argc, argv, "c:", options, NULL)) != -1) {
        if (option == TASK_CONFIG)
            path = optarg;
        else
            task = option;
    }
    if (task == '?' || optind < argc) {
        fputs(help, stderr);
        return 2;
    }
    if (task == TASK_SETTINGS_MD) {
        settings_print_markdown(stdout);
        return EXIT_SUCCESS;
    }
    struct settings s;
    int status = settings_load(&s, path, stderr) ? EXIT_SUCCESS : EXIT_FAILURE;
    sigaction(SIGTERM, &ending, NULL);
    sigaction(SIGINT, &ending, NULL);
    signal(SIGPIPE, SIG_IGN);
    if (status == EXIT_SUCCESS && task != TASK_CHECK_CONFIG && s.enabled == 0)
        log_say(LOG_INFO, "mailer", "off: enabled = 0");
    else if (status == EXIT_SUCCESS && task != TASK_CHECK_CONFIG)
        status = send_mails(&s, task == TASK_ONCE);
    settings_free(&s);
    return status;
}
