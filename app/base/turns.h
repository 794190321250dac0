/* So many at once, over all processes of the service: what costs much memory waits for its turn.
 *
 * A turn is a record lock on one byte of a nameless file: unlike a semaphore it comes back by
 * itself when the process that holds it is killed. A process holds one turn of a kind at a time. */
#ifndef DANVAN_BASE_TURNS_H
#define DANVAN_BASE_TURNS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct turns {
    int fd;
    int count;
};

/* Before the processes are forked, which share it; `name` is for people who look. False: no memory.
 */
NODISCARD bool turns_open(struct turns *t, const char *name, int count);
/* Waits at most wait_us. False: none came. */
NODISCARD bool turns_take(const struct turns *t, int64_t wait_us, int *turn);
void turns_give_back(const struct turns *t, int turn);

#endif
