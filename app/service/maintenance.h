/* What must be done now and then and by one worker only: select private.maintain(). */
#ifndef DANVAN_SERVICE_MAINTENANCE_H
#define DANVAN_SERVICE_MAINTENANCE_H

#include "service/exchange.h"

/* Between two requests of the worker in the first slot. A failure is logged and tried again when it
 * is next due. */
void maintenance_run_if_due(struct worker *w);

#endif
