/* Content negotiation (RFC 9110 section 12): pure functions over header values. A malformed item of
 * a list is passed over, as the RFC's receivers do; it never fails a request. */
#ifndef DANVAN_HTTP_NEGOTIATE_H
#define DANVAN_HTTP_NEGOTIATE_H

#include "http/request.h"

/* Next item of a comma-separated list, trimmed; commas in quoted strings do not count. Empty items
 * are passed over. False at the end. */
bool http_list_next(struct str *rest, struct str *item);
/* Vietnamese unless English has the greater weight. */
enum http_language http_language_pick(struct str accept_language);
/* Index of the offered media type ("application/json", lower case) that `accept` likes best, the
 * first of equals; 0 when accept is empty; -1 when none is acceptable (ERR_NOT_ACCEPTABLE). */
int http_accept_pick(struct str accept, const struct str *offers, size_t count);

#endif
