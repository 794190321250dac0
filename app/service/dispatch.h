/* The path of a request: read → route → claim → parse → run → write, then the log line. */
#ifndef DANVAN_SERVICE_DISPATCH_H
#define DANVAN_SERVICE_DISPATCH_H

#include "service/exchange.h"

/* From the parameters and the body to x->head and x->response.body, whatever happens on the way. */
void dispatch(struct exchange *x);
/* After the answer was sent: log line, metrics, and what may wait until then. */
void dispatch_finish(struct exchange *x);

#endif
