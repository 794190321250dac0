#include "http/json.h"
#include "http/messages.h"
#include "http/response.h"

/* Without a better guess: the worker or PostgreSQL is restarting, or a burst is passing. */
#define RETRY_WHEN_UNAVAILABLE 2

static void put_member(struct text *t, const char *key, struct str value)
{
    text_byte(t, ',');
    json_write_key(t, str_from(key));
    json_write_string(t, value);
}

static void put_fields(struct text *t, const struct err *e, enum http_language language)
{
    text_append(t, STR(",\"errors\":["));
    for (const struct field_err *f = e->fields; f != NULL; f = f->next) {
        if (f != e->fields)
            text_byte(t, ',');
        text_append(t, STR("{\"pointer\":"));
        json_write_string(t, f->pointer);
        put_member(t, "code", f->code);
        put_member(t, "detail",
                   f->detail.len > 0 ? f->detail : message_text(f->code, language, e->code));
        text_byte(t, '}');
    }
    text_byte(t, ']');
}

/* What more there is to say than the title; empty when nothing. */
static struct str detail_of(const struct err *e, enum http_language language)
{
    if (e->detail.len > 0 || e->reason.len == 0)
        return language == HTTP_VI && e->detail_vi.len > 0 ? e->detail_vi : e->detail;
    return message_find(e->reason) != NULL ? message_text(e->reason, language, e->code) : STR("");
}

static struct str problem_body(struct arena *a, const struct err *e, struct str request_id,
                               enum http_language language)
{
    const struct err_kind *kind = err_kind(e->code);
    struct text t = {.arena = a};
    struct str detail = detail_of(e, language);
    text_append(&t, STR("{\"type\":"));
    json_write_string(&t, str_printf(a, "/errors/%s", kind->slug));
    put_member(&t, "title", str_from(language == HTTP_EN ? kind->title_en : kind->title_vi));
    text_append(&t, STR(",\"status\":"));
    json_write_int(&t, kind->status);
    if (detail.len > 0)
        put_member(&t, "detail", detail);
    if (request_id.len > 0)
        put_member(&t, "instance", request_id);
    if (e->reason.len > 0)
        put_member(&t, "reason", e->reason);
    if (e->code == ERR_STALE && e->current_version > 0) {
        text_append(&t, STR(",\"current_version\":"));
        json_write_int(&t, e->current_version);
    }
    if (e->fields != NULL)
        put_fields(&t, e, language);
    text_byte(&t, '}');
    return text_str(&t);
}

/* r may be NULL, where not even the request could be taken in. */
void http_problem(struct arena *a, const struct err *e, const struct http_request *r,
                  struct http_response *out)
{
    const struct err_kind *kind = err_kind(e->code);
    enum http_language language = r == NULL ? HTTP_VI : r->language;
    int retry_after = e->retry_after;
    if (retry_after <= 0 && kind->status == 503)
        retry_after = RETRY_WHEN_UNAVAILABLE;

    out->status = kind->status;
    out->is_streamed = false;
    out->headers =
        NULL; /* headers set for a success (an ETag, a cookie) must not go out with a failure */
    out->content_type = STR("application/problem+json");
    out->body = problem_body(a, e, r == NULL ? STR("") : r->request_id, language);
    http_response_header(a, out, "Cache-Control", STR("no-store"));
    http_response_header(a, out, "Content-Language", language == HTTP_EN ? STR("en") : STR("vi"));
    if (retry_after > 0)
        http_response_header(a, out, "Retry-After", str_printf(a, "%d", retry_after));
    if (kind->status == 401)
        http_response_header(a, out, "WWW-Authenticate", STR("Bearer realm=\"danvan\""));
}
