/* What watchers ask: is the process there, is PostgreSQL there, how much was done, what may be
 * asked. */
#include <stdlib.h>
#include <string.h>

#include "service/body.h"
#include "service/handlers.h"

bool handle_health(struct exchange *x, struct err *e)
{
    (void)e;
    body_answer(x, 200, STR("{\"status\":\"ok\"}"));
    return true;
}

bool handle_ready(struct exchange *x, struct err *e)
{
    if (!db_ping(x->worker->db, e))
        return false;
    body_answer(x, 200, STR("{\"status\":\"ready\"}"));
    return true;
}

/* The same for everybody until the next start, and several times its size while it is made: so it
 * is made once, before the workers are forked, and not of a request's memory. */
#define DOCUMENT_CAP ((size_t)64 * 1024 * 1024)
static struct str document;
static struct str document_etag;

bool handlers_prepare(void)
{
    size_t count = 0;
    struct arena *a = document.len > 0 ? NULL : arena_open(DOCUMENT_CAP);
    if (a == NULL)
        return document.len > 0;
    struct openapi_operation *operations = handler_operations(a, &count);
    struct str made = openapi_make(a, operations, count);
    struct str etag = http_etag_make(a, 0, made);
    char *kept = malloc(made.len + etag.len);
    if (kept != NULL) {
        memcpy(kept, made.ptr, made.len);
        memcpy(kept + made.len, etag.ptr, etag.len);
        document = (struct str){kept, made.len};
        document_etag = (struct str){kept + made.len, etag.len};
    }
    arena_close(a);
    return kept != NULL;
}

bool handle_openapi(struct exchange *x, struct err *e)
{
    if (!handlers_prepare())
        return err_set(e, ERR_UNAVAILABLE, STR("no memory for the OpenAPI document"));
    struct str etag = document_etag;
    x->response.status = 200;
    http_response_header(x->arena, &x->response, "ETag", etag);
    http_response_header(x->arena, &x->response, "Cache-Control", STR("public, max-age=300"));
    if (http_etag_matches(x->request.if_none_match, etag)) {
        x->response.status = 304;
        return true;
    }
    x->response.content_type = STR("application/vnd.oai.openapi+json");
    x->response.body = document;
    return true;
}

bool handle_metrics(struct exchange *x, struct err *e)
{
    (void)e;
    struct text t = {.arena = x->arena};
    scoreboard_print(x->worker->board, &t);
    x->response.status = 200;
    x->response.content_type = STR("text/plain; version=0.0.4; charset=utf-8");
    x->response.body = text_str(&t);
    http_response_header(x->arena, &x->response, "Cache-Control", STR("no-store"));
    return true;
}
