/* The gate before libfcgi: a pure parser of one whole FastCGI request.
 *
 * libfcgi 2.4.2 can be killed or misled by records that nginx never sends (management records, big
 * lengths, foreign ids). The worker peeks at the socket until gate_check says the request is whole,
 * and hands the connection to the library only then. FastCGI 1.0 specification, sections 3 to 5. */
#ifndef DANVAN_HTTP_GATE_H
#define DANVAN_HTTP_GATE_H

#include "base/str.h"

enum gate_verdict { GATE_MORE, GATE_WHOLE, GATE_REFUSE };

#define GATE_PARAMS_MAX  (64 * 1024)
#define GATE_REQUEST_MAX (192 * 1024)

/* bytes: all that has been peeked so far. WHOLE: exactly one well-formed RESPONDER request without
 * keep-connection: BEGIN, PARAMS to their empty record (every pair inside its bytes, no NUL in
 * names or values, no doubled name), STDIN to its empty record, nothing after. REFUSE: never will
 * be; *why is a static English phrase for the log. */
enum gate_verdict gate_check(struct str bytes, const char **why);

#endif
