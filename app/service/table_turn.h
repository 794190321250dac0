/* Long tables (more rows than a page has) hold much memory for a moment: so many at once. */
#ifndef DANVAN_SERVICE_TABLE_TURN_H
#define DANVAN_SERVICE_TABLE_TURN_H

#include "base/arena.h"
#include "base/err.h"

/* Before the workers are forked, of whom there are `workers`: they share the limit. False: no
 * memory for it. */
NODISCARD bool table_turn_init(int at_once, int workers);
/* Kept until the arena is reset. ERR_UNAVAILABLE when none came within two seconds, and at once
 * when another waits already. */
NODISCARD bool table_turn_take(struct arena *a, struct err *e);

#endif
