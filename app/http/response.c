#include "http/response.h"

#include <inttypes.h>
#include <string.h>

#include "base/log.h"

/* Sent with every answer unless the answer brings a header of the same name. */
static const struct {
    const char *name;
    struct str value;
} defaults[] = {
    {"Cache-Control", STR_INIT("private, no-cache")},
    {"Vary", STR_INIT("Accept, Accept-Language, Cookie, Authorization")},
    {"X-Content-Type-Options", STR_INIT("nosniff")},
    {"Content-Security-Policy", STR_INIT("default-src 'none'; frame-ancestors 'none'")},
    {"Referrer-Policy", STR_INIT("no-referrer")},
    {"Cross-Origin-Resource-Policy", STR_INIT("same-origin")},
};

static bool is_clean(struct str value)
{
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.ptr[i];
        if (c < 0x20 || c == 0x7f)
            return false;
    }
    return true;
}

void http_response_header(struct arena *a, struct http_response *r, const char *name,
                          struct str value)
{
    if (!is_clean(value)) {
        struct log_line line;
        log_begin(&line, LOG_ERROR, "header_dropped");
        log_str(&line, "name", str_from(name)); /* not the value: it may be a cookie */
        log_end(&line);
        return;
    }
    struct http_header *h = arena_alloc(a, sizeof *h);
    h->name = name;
    h->value = str_copy(a, value);
    struct http_header **end = &r->headers;
    while (*end != NULL)
        end = &(*end)->next;
    *end = h;
}

static bool has_header(const struct http_response *r, const char *name)
{
    for (const struct http_header *h = r->headers; h != NULL; h = h->next)
        if (str_equal_nocase(str_from(h->name), str_from(name)))
            return true;
    return false;
}

static void put_header(struct text *t, const char *name, struct str value)
{
    text_append(t, str_from(name));
    text_append(t, STR(": "));
    text_append(t, value);
    text_append(t, STR("\r\n"));
}

struct str http_response_head(struct arena *a, struct http_response *r, bool head_only)
{
    /* RFC 9110: these never have content, so neither a length of it. */
    bool is_bodiless = r->status < 200 || r->status == 204 || r->status == 304;
    struct text t = {.arena = a};
    text_printf(&t, "Status: %d\r\n", r->status); /* nginx supplies the phrase */
    if (!is_bodiless) {
        if (r->content_type.len > 0 && is_clean(r->content_type))
            put_header(&t, "Content-Type", r->content_type);
        text_printf(&t, "Content-Length: %" PRIu64 "\r\n",
                    r->is_streamed ? r->streamed_length : (uint64_t)r->body.len);
    }
    for (const struct http_header *h = r->headers; h != NULL; h = h->next)
        if (is_clean(h->value)) /* again: someone may have linked a header in by hand */
            put_header(&t, h->name, h->value);
    for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++)
        if (!has_header(r, defaults[i].name))
            put_header(&t, defaults[i].name, defaults[i].value);
    text_append(&t, STR("\r\n"));
    if (is_bodiless || head_only)
        r->body = STR("");
    return text_str(&t);
}
