/* Path and method → handler, else resource. */
#ifndef DANVAN_SERVICE_ROUTER_H
#define DANVAN_SERVICE_ROUTER_H

#include "service/exchange.h"

/* Fills x->route, or x->allow with ERR_METHOD. */
NODISCARD bool router_find(struct exchange *x, struct err *e);
/* Does `path` fit the pattern ("/users/{id}/reset-password")? *id gets what stands for {id}. */
NODISCARD bool router_matches(const char *pattern, struct str path, struct str *id);

#endif
