/* What watchers ask: is the process there, is PostgreSQL there, how much was done, what may be
 * asked. */
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

bool handle_openapi(struct exchange *x, struct err *e)
{
    (void)e;
    size_t count = 0;
    struct openapi_operation *operations = handler_operations(x->arena, &count);
    struct str document = openapi_make(x->arena, operations, count);
    struct str etag = http_etag_make(x->arena, 0, document);
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
