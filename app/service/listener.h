/* The listening Unix socket. */
#ifndef DANVAN_SERVICE_LISTENER_H
#define DANVAN_SERVICE_LISTENER_H

#include <stdbool.h>
#include <sys/stat.h>

#include "base/str.h"
#include "config.h"

struct listener {
    int fd;
    const char *path; /* NULL: handed to us by systemd */
    dev_t device;     /* of the socket file that is ours */
    ino_t inode;
};

/* Takes the socket systemd passes (LISTEN_FDS), or makes one and moves it over what stands at the
 * path, so that a restart leaves no moment without a socket. False: said on stderr. */
NODISCARD bool listener_open(const struct config *config, struct listener *out);
/* No new connection comes in by the path, if it is still ours; those waiting can still be accepted,
 * and accepting no longer blocks. */
void listener_drain(struct listener *l);
void listener_close(struct listener *l);

#endif
