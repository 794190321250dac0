/* Time as the service sees it: a monotonic clock for deadlines and stage times. Calendar days come
 * from PostgreSQL (private.today()), never from here. */
#ifndef DANVAN_BASE_CLOCK_H
#define DANVAN_BASE_CLOCK_H

#include <stdint.h>

int64_t clock_us(void);   /* CLOCK_MONOTONIC, microseconds */
int64_t clock_unix(void); /* seconds since 1970, for TOTP only */

#endif
