/* Keeps the workers alive: starts them, replaces the dead at once (a crash loop ever more slowly),
 * renews all on HUP, and on TERM or INT lets them finish what they have. */
#ifndef DANVAN_SERVICE_SUPERVISOR_H
#define DANVAN_SERVICE_SUPERVISOR_H

#include "config.h"

/* Runs until told to end; returns the exit status. The engine's resources must be installed before.
 */
int supervisor_run(const struct config *config);

#endif
