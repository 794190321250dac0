#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "service/job.h"

#define LOOK_EVERY_MS 500
#define LOOK_EVERY_US ((int64_t)LOOK_EVERY_MS * 1000)
#define NAP_MS        100
#define KEEP_CAP      ((size_t)8 << 20)
#define BATCH_CAP     ((size_t)64 << 20)

static const char take_sql[] =
    "select id, try_count, kind, format, size, is_dry_run, converts_legacy, sheet, scope_role"
    " from private.import_take()";
static const char end_sql[] = "select private.import_end($1, $2, $3, $4, $5, $6)";
static const char put_back_sql[] = "select private.import_put_back($1, $2)";
static const char release_sql[] = "select private.import_release()";
static const char held_sql[] = "select private.import_is_held($1, $2)";
static const char piece_sql[] = "select p from private.import_piece_read($1, $2) as p";

bool job_is_told_to_end(const struct job_start *start)
{
    sigset_t pending;
    if (start->board->is_draining || getppid() != start->supervisor)
        return true;
    return sigpending(&pending) == 0 && sigismember(&pending, SIGTERM) == 1;
}

bool job_statement(struct job *j, struct arena *a, const char *sql, const struct str *params,
                   size_t count, struct db_rows **rows, struct err *e)
{
    struct db_stmt stmt = {.sql = str_from(sql), .params = params, .param_count = count};
    struct db_tx tx = {.stmts = &stmt, .stmt_count = 1};
    return tx_run(j->guard, a, &tx, rows, NULL, e);
}

struct job_outcome job_outcome_of(struct arena *a, const struct err *e, enum job_end otherwise)
{
    struct job_outcome o = {.end = otherwise, .problem = e->reason};
    if (e->code == ERR_UNAVAILABLE)
        o.end = JOB_RETRY;
    else if (e->code == ERR_INTERNAL || e->code == ERR_TIMEOUT || e->code == ERR_UNAUTHENTICATED ||
             str_equal(e->reason, STR("rights_ended")))
        o.end = JOB_FAILED;
    if (o.problem.len == 0 && e->fields != NULL)
        o.problem = e->fields->code;
    if (o.problem.len == 0)
        o.problem = str_from(err_kind(e->code)->slug);
    o.problem = str_copy(a, o.problem);
    if (e->fields != NULL)
        o.detail = str_copy(a, e->fields->pointer);
    return o;
}

bool job_may_go_on(struct job *j, struct job_outcome *outcome)
{
    const struct str params[] = {j->id, j->try_number};
    struct db_rows *rows = NULL;
    struct err e = {.code = ERR_INTERNAL};
    int64_t now = clock_us();
    if (now < j->look_at_us)
        return true;
    j->look_at_us = now + LOOK_EVERY_US;
    if (job_is_told_to_end(j->start))
        outcome->end = JOB_PUT_BACK;
    else if (now > j->read_until_us)
        *outcome = (struct job_outcome){.end = JOB_FAILED, .problem = STR("took_too_long")};
    else if (!job_statement(j, j->arena, held_sql, params, 2, &rows, &e))
        *outcome = job_outcome_of(j->keep, &e, JOB_FAILED);
    else if (!str_equal(db_value(rows, 0, 0), STR("t")))
        outcome->end = JOB_LOST;
    return outcome->end == JOB_DONE;
}

/* ---- one job ---- */

static void fill(struct job *j, const struct db_rows *rows)
{
    int64_t size = 0;
    j->id = str_copy(j->keep, db_value(rows, 0, 0));
    j->try_number = str_copy(j->keep, db_value(rows, 0, 1));
    j->kind = import_kind_find(db_value(rows, 0, 2));
    j->format = str_equal(db_value(rows, 0, 3), STR("xlsx")) ? SHEET_XLSX : SHEET_CSV;
    j->size = str_to_int(db_value(rows, 0, 4), &size) && size > 0 ? (size_t)size : 0;
    j->is_dry_run = str_equal(db_value(rows, 0, 5), STR("t"));
    j->converts_legacy = str_equal(db_value(rows, 0, 6), STR("t"));
    j->sheet = str_copy(j->keep, db_value(rows, 0, 7));
    j->scope_role = str_copy(j->keep, db_value(rows, 0, 8));
    j->fault_count = 0;
    j->look_at_us = 0;
}

static bool load_pieces(struct job *j, struct err *e)
{
    const struct db_claim nobody = {.role = STR_INIT("")};
    if (!tx_begin_read(j->guard, j->arena, &nobody, NULL, e))
        return false;
    for (size_t at = 0; at < j->size;) {
        size_t len = 0;
        size_t room = j->size - at < JOB_PIECE_SIZE ? j->size - at : JOB_PIECE_SIZE;
        const struct str params[] = {j->id, str_printf(j->arena, "%zu", at / JOB_PIECE_SIZE)};
        struct db_stmt stmt = {.sql = str_from(piece_sql), .params = params, .param_count = 2};
        if (!tx_get_bytes(j->guard, j->arena, &stmt, j->file + at, room, &len, e))
            return false;
        if (len != room)
            return err_set(e, ERR_INTERNAL, STR("the pieces are not as long as the file"));
        at += len;
    }
    return true;
}

static struct job_outcome load(struct job *j)
{
    struct err e = {.code = ERR_INTERNAL};
    if (j->kind == NULL || j->size == 0)
        return (struct job_outcome){.end = JOB_FAILED, .problem = STR("not_a_choice")};
    j->file = malloc(j->size);
    if (j->file == NULL)
        return (struct job_outcome){.end = JOB_RETRY, .problem = STR("no_memory")};
    bool is_good = load_pieces(j, &e);
    tx_rollback(j->guard);
    if (is_good)
        return (struct job_outcome){.end = JOB_DONE};
    if (e.code == ERR_NOT_FOUND)
        return (struct job_outcome){.end = JOB_FAILED, .problem = STR("file_gone")};
    return job_outcome_of(j->arena, &e, JOB_FAILED);
}

static void write_end(struct job *j, const struct job_outcome *o)
{
    struct err e = {.code = ERR_INTERNAL};
    struct db_rows *rows = NULL;
    bool is_good = true;
    const struct str params[] = {
        j->id,      j->try_number, o->end == JOB_REFUSED ? STR("refused") : STR("failed"),
        o->problem, o->detail,     o->end == JOB_RETRY ? STR("t") : STR("f")};
    if (o->end == JOB_REFUSED || o->end == JOB_FAILED || o->end == JOB_RETRY)
        is_good = job_statement(j, j->arena, end_sql, params, 6, &rows, &e);
    else if (o->end == JOB_PUT_BACK)
        is_good = job_statement(j, j->arena, put_back_sql, params, 2, &rows, &e);
    if (!is_good)
        log_say(LOG_ERROR, "import_end_not_written", "%.*s: %.*s", STR_ARG(j->id),
                STR_ARG(e.cause));
}

static struct job_outcome run_stages(struct job *j)
{
    struct job_outcome o = load(j);
    if (o.end == JOB_DONE)
        o = job_read(j);
    free(j->file);
    j->file = NULL;
    if (o.end == JOB_DONE && job_is_told_to_end(j->start))
        o.end = JOB_PUT_BACK;
    return o.end == JOB_DONE ? job_apply(j) : o;
}

static void run(struct job *j)
{
    static const char *const words[] = {"done",  "refused",   "failed",
                                        "waits", "cancelled", "put back"};
    int64_t from = clock_us();
    struct job_outcome o = run_stages(j);
    write_end(j, &o);
    log_say(LOG_INFO, "import", "%.*s: %s %.*s in %lld ms", STR_ARG(j->id), words[o.end],
            STR_ARG(o.problem), (long long)((clock_us() - from) / 1000));
}

/* False: there was nothing to do. */
static bool run_next(struct job *j)
{
    struct err e = {.code = ERR_INTERNAL};
    struct db_rows *rows = NULL;
    if (!job_statement(j, j->keep, take_sql, NULL, 0, &rows, &e) || db_row_count(rows) != 1)
        return false;
    fill(j, rows);
    run(j);
    if (!job_statement(j, j->keep, release_sql, NULL, 0, &rows, &e))
        log_say(LOG_WARNING, "import_not_released", "%.*s", STR_ARG(e.cause));
    return true;
}

/* ---- the process ---- */

/* What a hostile file can make us take is bounded, and should memory be short all the same, it is
 * this process that goes. Sanitizers need their address space. */
static void limit_memory(const struct config *c)
{
#ifndef __SANITIZE_ADDRESS__
    rlim_t most = (rlim_t)c->import_memory_mib << 20;
    const struct rlimit limit = {most, most};
    if (setrlimit(RLIMIT_AS, &limit) != 0)
        log_say(LOG_WARNING, "no_memory_limit", "%s", strerror(errno));
#else
    (void)c;
#endif
    int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (fd >= 0 && write(fd, "500", 3) != 3)
        log_say(LOG_DEBUG, "no_oom_score", "%s", strerror(errno));
    if (fd >= 0)
        close(fd);
}

static bool open_job(struct job *j, const struct job_start *start)
{
    const struct config *c = start->config;
    const struct db_settings settings = {.dsn = c->dsn,
                                         .connect_timeout_ms = c->connect_timeout_ms,
                                         .statement_timeout_ms = 4 * c->statement_timeout_ms,
                                         .lock_timeout_ms = c->lock_timeout_ms,
                                         .request_deadline_ms = 4 * c->request_deadline_ms};
    *j = (struct job){.start = start,
                      .guard = db_open(&settings),
                      .keep = arena_open(KEEP_CAP),
                      .arena = arena_open(BATCH_CAP)};
    return j->guard != NULL && j->keep != NULL && j->arena != NULL;
}

/* Memory gave out in the middle of a job. What the readers held is lost with the process, which
 * ends; the next one finds the job as it was left. */
static int give_up(struct job *j)
{
    struct job_outcome o = {.end = JOB_RETRY, .problem = STR("no_memory")};
    arena_set_recovery(j->keep, NULL);
    arena_set_recovery(j->arena, NULL);
    tx_rollback(j->guard);
    arena_reset(j->arena);
    if (j->id.len > 0)
        write_end(j, &o);
    log_say(LOG_ERROR, "import_runner_ends", "out of memory");
    return EXIT_FAILURE;
}

int job_runner(const struct job_start *start)
{
    static struct job j;
    jmp_buf here;
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    limit_memory(start->config);
    if (!open_job(&j, start))
        return EXIT_FAILURE;
    if (setjmp(here) != 0)
        return give_up(&j);
    arena_set_recovery(j.keep, &here);
    arena_set_recovery(j.arena, &here);
    for (int slept = LOOK_EVERY_MS; !job_is_told_to_end(start);) {
        bool has_run = slept >= LOOK_EVERY_MS && run_next(&j);
        slept = has_run ? LOOK_EVERY_MS : slept >= LOOK_EVERY_MS ? 0 : slept + NAP_MS;
        arena_reset(j.arena);
        arena_reset(j.keep);
        j.id = STR("");
        if (!has_run)
            nanosleep(&(struct timespec){.tv_nsec = NAP_MS * 1000000L}, NULL);
    }
    db_close(j.guard);
    arena_close(j.keep);
    arena_close(j.arena);
    return EXIT_SUCCESS;
}
