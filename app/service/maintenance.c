#include "service/maintenance.h"

#include <setjmp.h>

#include "base/clock.h"
#include "base/log.h"

/* Of a tick that carries out reorganisations: in PostgreSQL, and here, where the answer is waited
 * for. A large one takes 4 to 6 s on an idle machine. */
#define TICK_TIMEOUT "60s"
#define TICK_WAIT_S  65

/* A scheduled reorganisation moves thousands of rows: it gets a time of its own, longer than a
 * request's, and when it fails the rest of the maintenance goes on. */
static void carry_out(struct worker *w)
{
    struct err e = {.code = ERR_INTERNAL};
    struct db_rows *rows[2] = {NULL, NULL};
    struct db_stmt stmts[2] = {
        {.sql = STR("select set_config('statement_timeout', '" TICK_TIMEOUT "', true)")},
        {.sql = STR("select private.reorganisation_tick()")},
    };
    struct db_tx tx = {.stmts = stmts, .stmt_count = 2};
    db_set_deadline(w->db, clock_us() + (int64_t)TICK_WAIT_S * 1000000);
    if (!tx_run(w->db, w->arena, &tx, rows, NULL, &e))
        log_say(LOG_WARNING, "reorganisation_failed", "%.*s", STR_ARG(e.cause));
}

static bool run(struct worker *w, struct err *e)
{
    carry_out(w);
    struct db_rows *rows = NULL;
    struct db_stmt stmt = {.sql = STR("select private.maintain()")};
    struct db_tx tx = {.stmts = &stmt, .stmt_count = 1};
    db_set_deadline(w->db, 0);
    if (!tx_run(w->db, w->arena, &tx, &rows, NULL, e))
        return false;
    int64_t sealed = 0;
    if (db_row_count(rows) == 1 && str_to_int(db_value(rows, 0, 0), &sealed) && sealed > 0)
        log_say(LOG_INFO, "maintenance", "%lld audit events sealed", (long long)sealed);
    return true;
}

void maintenance_run_if_due(struct worker *w)
{
    jmp_buf here;
    struct err e = {.code = ERR_INTERNAL};
    int64_t now = clock_us();
    if (now < w->board->next_maintenance_us)
        return;
    w->board->next_maintenance_us = now + (int64_t)w->config->maintenance_s * 1000000;
    if (setjmp(here) == 0) {
        arena_set_recovery(w->arena, &here);
        bool is_good = run(w, &e);
        arena_set_recovery(w->arena, NULL);
        w->board->maintenance_runs++;
        if (!is_good) {
            w->board->maintenance_failures++;
            log_say(LOG_WARNING, "maintenance_failed", "%.*s", STR_ARG(e.cause));
        }
    } else {
        arena_set_recovery(w->arena, NULL);
        tx_rollback(w->db);
        w->board->maintenance_failures++;
        log_say(LOG_WARNING, "maintenance_failed", "out of memory");
    }
    arena_reset(w->arena);
}
