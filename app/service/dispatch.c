#include "service/dispatch.h"

#include "base/clock.h"
#include "base/log.h"
#include "service/claim.h"
#include "service/handlers.h"
#include "service/router.h"
#include "service/table_turn.h"

static bool stage_read(struct exchange *x, struct err *e)
{
    return http_request_read(x->arena, x->params, x->param_count, x->raw_body, &x->request, e);
}

static bool stage_parse(struct exchange *x, struct err *e)
{
    if (x->route.handler != NULL)
        return true; /* a handler reads its own few fields */
    if (!resource_parse(x->arena, &x->route.resource, &x->request, &x->operation, e))
        return false;
    return !resource_is_long_table(x->operation) || table_turn_take(x->arena, e);
}

static bool stage_run(struct exchange *x, struct err *e)
{
    if (x->route.handler != NULL)
        return x->route.handler->run(x, e);
    return resource_run(x->arena, x->worker->db, x->operation, &x->claim, x->token.scope,
                        &x->outcome, &x->who, e);
}

static bool stage_write(struct exchange *x, struct err *e)
{
    if (x->route.handler != NULL)
        return true; /* has written its answer */
    return resource_write(x->arena, x->operation, x->outcome, &x->request, &x->response, e);
}

static bool (*const stages[])(struct exchange *x, struct err *e) = {
    [STAGE_READ] = stage_read,   [STAGE_ROUTE] = router_find, [STAGE_CLAIM] = claim_make,
    [STAGE_PARSE] = stage_parse, [STAGE_RUN] = stage_run,     [STAGE_WRITE] = stage_write,
};

static void write_problem(struct exchange *x, const struct err *e)
{
    x->has_failed = true;
    x->failure = e->code;
    x->cause = e->cause;
    http_problem(x->arena, e, &x->request, &x->response);
    if (e->code == ERR_METHOD)
        http_response_header(x->arena, &x->response, "Allow",
                             x->allow.len > 0 ? x->allow : STR("GET, HEAD, POST, PATCH, DELETE"));
}

void dispatch(struct exchange *x)
{
    struct err e = {.code = ERR_INTERNAL};
    int64_t now = x->started_us;
    bool is_good = true;
    (void)db_wait_take(x->worker->db); /* what was waited for between requests is nobody's */
    db_set_deadline(x->worker->db,
                    x->started_us + (int64_t)x->worker->config->request_deadline_ms * 1000);
    for (size_t i = 0; i < sizeof stages / sizeof *stages && is_good; i++) {
        is_good = stages[i](x, &e);
        int64_t then = now;
        now = clock_us();
        x->stage_us[i] = now - then;
    }
    if (!is_good)
        write_problem(x, &e);
    x->head = http_response_head(x->arena, &x->response, x->request.method == HTTP_HEAD);
}

static void log_request(const struct exchange *x, int64_t total_us)
{
    static const char *const stage_keys[STAGE__MAX] = {
#define X(stage, key) [stage] = (key),
        STAGE_LIST(X)
#undef X
    };
    struct log_line line;
    bool is_ours = x->has_failed && err_kind(x->failure)->status >= 500;
    log_begin(&line, is_ours ? LOG_ERROR : LOG_INFO, "request");
    log_str(&line, "request_id", x->request.request_id);
    log_str(&line, "method", str_from(http_method_name(x->request.method)));
    log_str(&line, "route", str_from(x->route.name));
    log_str(&line, "path", x->request.path);
    log_int(&line, "status", x->response.status);
    log_str(&line, "remote_addr", x->request.remote_addr);
    if (x->who.user_id.len > 0) {
        log_str(&line, "user_id", x->who.user_id);
        log_str(&line, "unit_id", x->who.unit_id);
    }
    log_int(&line, "bytes", (int64_t)(x->head.len + x->response.body.len + x->stream.sent));
    log_int(&line, "total_us", total_us);
    for (size_t i = 0; i < STAGE__MAX; i++)
        log_int(&line, stage_keys[i], x->stage_us[i]);
    log_int(&line, "db_us", db_wait_take(x->worker->db));
    if (x->has_failed) {
        log_str(&line, "error", str_from(err_kind(x->failure)->slug));
        log_str(&line, "cause", x->cause);
    }
    log_end(&line);
}

void dispatch_finish(struct exchange *x)
{
    int64_t total_us = clock_us() - x->started_us;
    const char *name = x->route.name != NULL ? x->route.name : "none";
    slot_count_request(x->worker->slot, name, x->response.status, total_us);
    log_request(x, total_us);
    if (x->who.needs_touch)
        claim_touch(x);
    slot_count_db(x->worker->slot, x->worker->db, &x->worker->db_seen);
}
