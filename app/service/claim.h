/* From what the request shows (cookie or bearer token) to the claim that PostgreSQL checks. */
#ifndef DANVAN_SERVICE_CLAIM_H
#define DANVAN_SERVICE_CLAIM_H

#include "service/exchange.h"

struct scope_list;

/* For the life of a worker; NULL when memory is short. */
struct scope_list *scope_list_open(void);
void scope_list_close(struct scope_list *s);

/* Fills x->token and x->claim; refuses what lacks a token, names an unknown scope, or does not come
 * from the site's own page. */
NODISCARD bool claim_make(struct exchange *x, struct err *e);
/* Does the request come from the site's own page, as far as the browser tells? */
NODISCARD bool claim_check_origin(const struct exchange *x, struct err *e);
/* Is the cookie to be one that browsers keep to HTTPS? */
bool claim_is_secure(const struct exchange *x);
/* The Set-Cookie value that keeps `token`, or with an empty token ends it. */
struct str claim_cookie(const struct exchange *x, struct str token);
/* Marks the session as seen; its failure concerns nobody but the log. */
void claim_touch(struct exchange *x);

#endif
