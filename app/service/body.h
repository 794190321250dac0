/* The few fields of a handler's JSON body: all text, checked in one place, every fault told at
 * once. */
#ifndef DANVAN_SERVICE_BODY_H
#define DANVAN_SERVICE_BODY_H

#include "service/exchange.h"

struct body_field {
    struct str name;
    bool is_required;
    size_t most;      /* bytes */
    struct str value; /* filled; ptr NULL when absent */
};

/* The body must be a JSON object with no other field than these. */
NODISCARD bool body_read(const struct exchange *x, struct body_field *fields, size_t count,
                         struct err *e);
/* Adds one more fault, as ERR_INVALID; always false. */
bool body_fault(const struct exchange *x, struct err *e, const char *pointer, const char *word);
/* A JSON answer: status 200 or 201, never stored by anybody. */
void body_answer(struct exchange *x, int status, struct str json);

#endif
