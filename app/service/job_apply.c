/* Check and apply, in one transaction with the claims of whoever made the import. A dry run writes
 * as well, and then takes everything back: so what it counts is what would be. */
#include "base/log.h"
#include "service/job.h"

static const char begin_sql[] =
    "with r as materialized (select set_config('role', $1, true) as role)"
    " select b.user_id from r, lateral private.import_begin(r.role, $2, $3) as b";
static const char check_sql[] = "select private.import_check($1)";
static const char apply_sql[] =
    "select p.created, p.updated, p.unchanged from private.import_apply($1) as p";
static const char finish_sql[] = "select private.import_finish($1, $2, $3, $4, $5, $6)";
static const char now_sql[] = "set constraints all immediate";

struct applying {
    struct job *job;
    struct db_conn *work;
    struct str counts[3]; /* created, updated, unchanged */
    bool has_faults;
};

static bool say(struct applying *w, const char *sql, const struct str *params, size_t count,
                struct db_rows **rows, struct err *e)
{
    struct db_stmt stmt = {.sql = str_from(sql), .params = params, .param_count = count};
    return tx_statement(w->work, w->job->arena, &stmt, false, rows, e);
}

static bool begin(struct applying *w, struct err *e)
{
    const struct db_claim nobody = {.role = STR_INIT("")};
    const struct str params[] = {w->job->scope_role, w->job->id, w->job->try_number};
    struct db_rows *rows = NULL;
    if (!tx_begin(w->work, w->job->arena, &nobody, NULL, e))
        return false;
    if (say(w, begin_sql, params, 3, &rows, e))
        return true;
    if (e->code != ERR_UNAVAILABLE && e->code != ERR_TIMEOUT) /* a scope that is no more, too */
        e->reason = STR("rights_ended");
    return false;
}

static bool check(struct applying *w, struct err *e)
{
    struct db_rows *rows = NULL;
    int64_t found = 0;
    if (!say(w, check_sql, &w->job->id, 1, &rows, e))
        return false;
    if (db_row_count(rows) != 1 || !str_to_int(db_value(rows, 0, 0), &found))
        return err_set(e, ERR_INTERNAL, STR("import_check answered no number"));
    w->has_faults = found > 0 || w->job->fault_count > 0;
    return true;
}

static bool apply(struct applying *w, struct err *e)
{
    struct db_rows *rows = NULL;
    if (!say(w, apply_sql, &w->job->id, 1, &rows, e))
        return false;
    if (db_row_count(rows) != 1)
        return err_set(e, ERR_INTERNAL, STR("import_apply answered no counts"));
    for (size_t i = 0; i < 3; i++)
        w->counts[i] = db_value(rows, 0, i);
    return true;
}

static void finish_params(const struct applying *w, const char *status, struct str params[6])
{
    params[0] = w->job->id;
    params[1] = w->job->try_number;
    params[2] = str_from(status);
    for (size_t i = 0; i < 3; i++)
        params[3 + i] = w->counts[i];
}

static bool finish(struct applying *w, const char *status, struct err *e)
{
    struct str params[6];
    struct db_rows *rows = NULL;
    finish_params(w, status, params);
    return say(w, finish_sql, params, 6, &rows, e) && tx_commit(w->work, w->job->arena, e);
}

/* What the rehearsal wrote goes; only that it went well stays. */
static bool finish_rehearsal(struct applying *w, struct err *e)
{
    struct str params[6];
    struct db_rows *rows = NULL;
    if (!say(w, now_sql, NULL, 0, &rows, e))
        return false;
    tx_rollback(w->work);
    finish_params(w, "checked", params);
    return job_statement(w->job, w->job->arena, finish_sql, params, 6, &rows, e);
}

/* JOB_DONE: shown. JOB_LOST: cancelled, or another runner has it. JOB_FAILED: PostgreSQL could not
 * say; *e is why. */
static enum job_end show_stage(struct job *j, const char *stage, struct err *e)
{
    const struct str params[] = {j->id, j->try_number, str_from(stage)};
    struct db_rows *rows = NULL;
    if (!job_statement(j, j->arena, "select private.import_progress($1, $2, $3, null, null)",
                       params, 3, &rows, e))
        return JOB_FAILED;
    bool is_ours = db_row_count(rows) == 1 && str_equal(db_value(rows, 0, 0), STR("t"));
    return is_ours ? JOB_DONE : JOB_LOST;
}

/* What becomes of the job when its stage could not be shown. */
static struct job_outcome not_shown(struct job *j, enum job_end shown, const struct err *e)
{
    if (shown == JOB_LOST)
        return (struct job_outcome){.end = JOB_LOST};
    struct job_outcome o = job_outcome_of(j->arena, e, JOB_FAILED);
    if (e->code == ERR_TIMEOUT) /* of a short statement: not the import's fault */
        o.end = JOB_RETRY;
    log_say(LOG_WARNING, "import_stage_not_shown", "%.*s: %.*s", STR_ARG(j->id), STR_ARG(e->cause));
    return o;
}

/* *shown: JOB_DONE unless it is the stage that could not be shown. */
static bool work_through(struct applying *w, enum job_end *shown, struct err *e)
{
    if (!begin(w, e) || !check(w, e))
        return false;
    if (w->has_faults)
        return finish(w, "refused", e);
    *shown = show_stage(w->job, "applying", e);
    if (*shown != JOB_DONE || !apply(w, e))
        return false;
    return w->job->is_dry_run ? finish_rehearsal(w, e) : finish(w, "applied", e);
}

struct job_outcome job_apply(struct job *j)
{
    const struct config *c = j->start->config;
    const struct db_settings settings = {.dsn = c->dsn,
                                         .connect_timeout_ms = c->connect_timeout_ms,
                                         .statement_timeout_ms = c->import_deadline_ms,
                                         .lock_timeout_ms = c->lock_timeout_ms,
                                         .request_deadline_ms = c->import_deadline_ms + 10000};
    struct err e = {.code = ERR_INTERNAL};
    enum job_end shown = show_stage(j, "checking", &e);
    if (shown != JOB_DONE)
        return not_shown(j, shown, &e);
    struct applying w = {.job = j, .work = db_open(&settings)};
    if (w.work == NULL)
        return (struct job_outcome){.end = JOB_RETRY, .problem = STR("no_memory")};
    bool is_good = work_through(&w, &shown, &e);
    tx_rollback(w.work);
    db_close(w.work);
    if (is_good)
        return (struct job_outcome){.end = JOB_DONE};
    if (shown != JOB_DONE)
        return not_shown(j, shown, &e);
    log_say(LOG_WARNING, "import_not_written", "%.*s: %.*s", STR_ARG(j->id), STR_ARG(e.cause));
    return job_outcome_of(j->arena, &e, JOB_REFUSED);
}
