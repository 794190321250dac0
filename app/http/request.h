/* An HTTP request as nginx passed it, read whole into the arena. Pure: knows no FastCGI library.
 *
 * Built from a list of parameters (name, value) and a body. Refuses doubled parameters. */
#ifndef DANVAN_HTTP_REQUEST_H
#define DANVAN_HTTP_REQUEST_H

#include "base/arena.h"
#include "base/err.h"

/* X(enum, text, is safe) */
#define HTTP_METHOD_LIST(X)       \
    X(HTTP_GET, "GET", true)      \
    X(HTTP_HEAD, "HEAD", true)    \
    X(HTTP_POST, "POST", false)   \
    X(HTTP_PUT, "PUT", false)     \
    X(HTTP_PATCH, "PATCH", false) \
    X(HTTP_DELETE, "DELETE", false)

enum http_method {
#define X(m, text, safe) m,
    HTTP_METHOD_LIST(X)
#undef X
        HTTP_METHOD__MAX
};
const char *http_method_name(enum http_method m);
bool http_method_is_safe(enum http_method m);

enum http_language { HTTP_VI, HTTP_EN };

struct http_pair {
    struct str name;
    struct str value;
};

struct http_request {
    enum http_method method;
    struct str path;         /* decoded, begins with '/', no NUL, no "//", no dot segments */
    struct http_pair *query; /* decoded, in order; a doubled name is refused (ERR_BAD_QUERY) */
    size_t query_count;
    struct str body;
    struct str content_type; /* media type only, lower case; empty when no body */
    struct str cookie;       /* raw Cookie header */
    struct str authorization;
    struct str csrf_token; /* X-CSRF-Token */
    struct str origin;
    struct str fetch_site; /* Sec-Fetch-Site */
    struct str host;
    struct str if_match;
    struct str if_none_match;
    struct str idempotency_key;
    struct str prefer;
    struct str accept;
    struct str remote_addr;
    struct str request_id; /* nginx's $request_id: 32 hex digits */
    struct str user_agent;
    bool is_https;
    enum http_language language; /* from Accept-Language; Vietnamese unless English is preferred */
};

#define HTTP_PARAMS_MAX 256

/* params: CGI names as nginx's fastcgi_param passes them: REQUEST_METHOD, REQUEST_URI,
 * QUERY_STRING, CONTENT_TYPE, CONTENT_LENGTH, REMOTE_ADDR, REQUEST_ID, HTTPS ("on") and HTTP_* for
 * the headers above; others are not looked at, an empty value is as good as none. Header values are
 * copied into the arena, `body` is borrowed. On failure *out still holds what an error answer needs
 * (language, request_id, and method where it was readable). */
NODISCARD bool http_request_read(struct arena *a, const struct http_pair *params, size_t count,
                                 struct str body, struct http_request *out, struct err *e);
/* Value of query parameter `name`; false when absent. */
bool http_query_get(const struct http_request *r, struct str name, struct str *out);
/* Value of a cookie; a doubled cookie name counts as absent (a planted one must not win). */
bool http_cookie_get(struct str header, struct str name, struct str *out);
/* Prefer: count=exact → value of a preference; false when absent. RFC 7240. */
bool http_prefer_get(const struct http_request *r, struct str name, struct str *out);

#endif
