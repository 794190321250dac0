/* One worker process: accepts, checks the peer, runs the gate, and only then lets libfcgi read. The
 * only user of libfcgi. */
#ifndef DANVAN_SERVICE_WORKER_H
#define DANVAN_SERVICE_WORKER_H

#include <sys/types.h>

#include "config.h"
#include "service/scoreboard.h"

#define PEERS_MAX 16

/* Whose connections are taken. */
struct peers {
    uid_t uids[PEERS_MAX];
    size_t count;
};

/* Names or numbers from the setting, and our own user. False: *unknown names who is not there. */
NODISCARD bool peers_read(const char *setting, struct peers *out, char *unknown, size_t size);

struct worker_start {
    const struct config *config;
    const struct peers *peers;
    struct scoreboard *board;
    size_t slot;
    unsigned generation; /* ends when the slot's is another */
    pid_t supervisor;    /* ends when its parent is another */
    int listen_fd;
};

/* Serves until told to end; returns the exit status. */
int worker_run(const struct worker_start *start);

#endif
