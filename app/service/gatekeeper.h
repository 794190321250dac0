/* From a new connection to a whole, well-formed request in its socket buffer: the gate's eyes. */
#ifndef DANVAN_SERVICE_GATEKEEPER_H
#define DANVAN_SERVICE_GATEKEEPER_H

#include "service/scoreboard.h"
#include "service/worker.h"

struct gate_limits {
    int deadline_ms;     /* for the whole request */
    int send_timeout_ms; /* for each write of the answer */
};

/* True: all of one request waits in the socket, nothing was read yet, and reads cannot block.
 * False: *why and *phrase say what was wrong; the caller closes. */
NODISCARD bool gate_pass(int fd, const struct peers *peers, const struct gate_limits *limits,
                         enum refusal *why, const char **phrase);

#endif
