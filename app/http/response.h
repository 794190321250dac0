/* A reply, whole in the arena: pages are bounded, and a failed COMMIT must never follow a 200. */
#ifndef DANVAN_HTTP_RESPONSE_H
#define DANVAN_HTTP_RESPONSE_H

#include "base/arena.h"
#include "base/err.h"
#include "http/request.h"

struct http_header {
    struct http_header *next;
    const char *name;
    struct str value;
};

struct http_response {
    int status;
    struct http_header *headers;
    struct str content_type; /* empty with no body */
    struct str body;
    bool is_streamed; /* the body follows by other means, and is this long */
    uint64_t streamed_length;
};

/* The one header writer: a value with a byte below 0x20 (or 0x7f) is dropped and logged, so that no
 * value can add a header (an X-Accel-Redirect would hand out any file). */
void http_response_header(struct arena *a, struct http_response *r, const char *name,
                          struct str value);
/* Status line and headers as CGI text with the empty line behind them, ready for FCGX_PutStr; r->body
 * follows it as it stands, so that a long one is not copied once more. Adds Content-Length and the
 * headers common to all answers (Cache-Control: private, no-cache; Vary; nosniff; CSP …); a header
 * of the same name set by the answer wins. HEAD, 204 and 304 carry no body: it is emptied. */
struct str http_response_head(struct arena *a, struct http_response *r, bool head_only);

/* http/problem.c, the only author of error bodies: RFC 9457 application/problem+json. Forgets the
 * headers *out had (those of a success must not go out with a failure); set Allow and the like
 * after it. r may be NULL. */
void http_problem(struct arena *a, const struct err *e, const struct http_request *r,
                  struct http_response *out);

/* ETag of a representation: "v<version>-<hash>" for an item (version > 0), "<hash>" for a list;
 * quotes included. The hash covers the body, so it varies with what the caller may see. */
struct str http_etag_make(struct arena *a, int64_t version, struct str body);
/* If-None-Match: does one of the listed tags equal etag (weak comparison), or "*"? */
bool http_etag_matches(struct str if_none_match, struct str etag);
/* The version in an If-Match value: accepts "v12-abcd", "v12", "12" (quoted). False: unreadable. */
NODISCARD bool http_if_match_version(struct str if_match, int64_t *version);

#endif
