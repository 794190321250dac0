/* Outcome → HTTP answer. */
#include "http/messages.h"
#include "resource/operation.h"

static void put_all_fields(struct arena *a, struct err *into, const struct err *from, size_t row,
                           enum http_language language)
{
    const struct err_kind *kind = err_kind(from->code);
    if (from->fields == NULL) {
        struct str word = from->reason.len > 0 ? from->reason : str_from(kind->slug);
        err_field(a, into, into->code, str_printf(a, "/%zu", row), word);
        if (message_find(word) == NULL)
            into->last->detail = str_from(language == HTTP_EN ? kind->title_en : kind->title_vi);
    }
    for (const struct field_err *f = from->fields; f != NULL; f = f->next) {
        err_field(a, into, into->code, f->pointer, f->code);
        into->last->detail = f->detail;
    }
}

/* The problem names every row's faults as its own, and adds the results row by row. */
static void write_refused(struct arena *a, const struct outcome *o, const struct http_request *r,
                          struct http_response *out)
{
    struct err e = {0};
    bool is_first = true;
    for (size_t i = 0; i < o->result_count; i++) {
        if (o->results[i].status < 300)
            continue;
        if (is_first)
            e.code = o->results[i].err.code;
        is_first = false;
        put_all_fields(a, &e, &o->results[i].err, i, r->language);
    }
    http_problem(a, &e, r, out);
    struct str head = str_slice(out->body, 0, out->body.len - 1); /* without the closing brace */
    out->body =
        str_printf(a, "%.*s,\"results\":%.*s}", STR_ARG(head), STR_ARG(outcome_results(a, o)));
}

static void write_headers(struct arena *a, const struct operation *op, const struct outcome *o,
                          const struct http_request *r, struct http_response *out)
{
    http_response_header(a, out, "Content-Language",
                         r->language == HTTP_EN ? STR("en") : STR("vi"));
    if (o->etag.len > 0)
        http_response_header(a, out, "ETag", o->etag);
    if (o->location.len > 0)
        http_response_header(a, out, "Location", o->location);
    if (o->link_next.len > 0)
        http_response_header(a, out, "Link",
                             str_printf(a, "<%.*s>; rel=\"next\"", STR_ARG(o->link_next)));
    if (op->verb == VERB_LIST && op->list.count != COUNT_NONE)
        http_response_header(a, out, "Preference-Applied",
                             op->list.count == COUNT_EXACT ? STR("count=exact")
                                                           : STR("count=estimated"));
    if (o->is_replay)
        http_response_header(a, out, "Idempotency-Replayed", STR("true"));
    if (op->is_dry_run)
        http_response_header(a, out, "X-Dry-Run", STR("true"));
    if (op->format != FORMAT_JSON)
        http_response_header(a, out, "Content-Disposition",
                             str_printf(a, "attachment; filename=\"%.*s.%s\"",
                                        STR_ARG(op->resource->name),
                                        op->format == FORMAT_CSV ? "csv" : "xlsx"));
}

bool resource_write(struct arena *a, const struct operation *op, const struct outcome *o,
                    const struct http_request *r, struct http_response *out, struct err *e)
{
    struct outcome rendered = *o;
    *out = (struct http_response){.status = o->status};
    if (o->is_refused) {
        write_refused(a, o, r, out);
        return true;
    }
    if (!outcome_render(a, op, &rendered, e))
        return false;
    write_headers(a, op, &rendered, r, out);
    bool is_read = op->verb == VERB_LIST || op->verb == VERB_GET;
    if (is_read && r->if_none_match.len > 0 && http_etag_matches(r->if_none_match, rendered.etag)) {
        out->status = 304;
        return true;
    }
    out->body = rendered.body;
    out->content_type =
        rendered.content_type.len > 0 ? rendered.content_type : STR("application/json");
    if (out->body.len == 0 && out->status == 200)
        out->status = 204;
    if (out->body.len == 0)
        out->content_type = STR("");
    return true;
}
