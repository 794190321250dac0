/* Percent-decoding and query strings. Pure and fuzzed. */
#ifndef DANVAN_HTTP_QUERY_H
#define DANVAN_HTTP_QUERY_H

#include "base/err.h"
#include "http/request.h"

#define HTTP_QUERY_MAX 64

/* Decodes %XX strictly; with plus_is_space also '+'. NULL when all is well, else a static English
 * phrase: a bad '%', a byte that may not stand raw in a URI, a decoded NUL, bad UTF-8. */
NODISCARD const char *http_percent_decode(struct arena *a, struct str raw, bool plus_is_space,
                                          struct str *out);
/* name=value&…: at most HTTP_QUERY_MAX pairs, no empty piece, no empty name, no doubled name. Fails
 * with ERR_BAD_QUERY. */
NODISCARD bool http_query_parse(struct arena *a, struct str raw, struct http_pair **pairs,
                                size_t *count, struct err *e);

#endif
