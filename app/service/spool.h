/* The body of an upload: a file that nginx wrote, named by a parameter that nginx alone sets. */
#ifndef DANVAN_SERVICE_SPOOL_H
#define DANVAN_SERVICE_SPOOL_H

#include "input/file_type.h"
#include "service/exchange.h"

struct spool {
    int fd; /* closed with the arena */
    uint64_t size;
};

/* False: there is no body (ERR_INVALID, empty_file), or it is not what nginx would have written
 * (ERR_INTERNAL; the cause says why). */
NODISCARD bool spool_open(struct exchange *x, struct spool *out, struct err *e);
/* All `len` bytes from `at` on; a byte_source's read, with a spool as its state. */
bool spool_read(void *spool, uint64_t at, void *to, size_t len);

#endif
