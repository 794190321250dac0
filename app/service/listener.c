#include "service/listener.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"

#define SYSTEMD_FD 3
/* How long a worker may not notice that it should end. */
#define WAKE_EVERY_US 200000

static bool complain(const char *what, const char *path)
{
    log_say(LOG_ERROR, "listen_failed", "%s %s: %s", what, path, strerror(errno));
    return false;
}

static int fd_from_systemd(void)
{
    struct str count = str_from(getenv("LISTEN_FDS"));
    int64_t pid = 0;
    if (!str_to_int(str_from(getenv("LISTEN_PID")), &pid) || pid != getpid() ||
        !str_equal(count, STR("1")))
        return -1;
    fcntl(SYSTEMD_FD, F_SETFD, FD_CLOEXEC);
    return SYSTEMD_FD;
}

static bool give_to_group(const char *path, const char *group)
{
    if (group[0] == '\0')
        return true;
    const struct group *g = getgrnam(group);
    if (g == NULL) {
        errno = ENOENT;
        return complain("no group", group);
    }
    return chown(path, (uid_t)-1, g->gr_gid) == 0 ? true : complain("chown", path);
}

/* Bound under a name of its own with no rights at all, opened when all is set, then moved into
 * place. */
static bool bind_path(int fd, const struct config *config, struct listener *out)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct stat made;
    int len = snprintf(address.sun_path, sizeof address.sun_path, "%s.%ld", config->listen,
                       (long)getpid());
    if (len < 0 || (size_t)len >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return complain("bind", config->listen);
    }
    unlink(address.sun_path);
    mode_t mask = umask(0777);
    int bound = bind(fd, (const struct sockaddr *)&address, sizeof address);
    umask(mask);
    if (bound != 0)
        return complain("bind", address.sun_path);
    if (!give_to_group(address.sun_path, config->socket_group) ||
        chmod(address.sun_path, (mode_t)config->socket_mode) != 0 ||
        listen(fd, config->backlog) != 0 || stat(address.sun_path, &made) != 0 ||
        rename(address.sun_path, config->listen) != 0) {
        complain("prepare", address.sun_path);
        unlink(address.sun_path);
        return false;
    }
    out->path = config->listen;
    out->device = made.st_dev;
    out->inode = made.st_ino;
    return true;
}

bool listener_open(const struct config *config, struct listener *out)
{
    struct timeval wake = {.tv_usec = WAKE_EVERY_US};
    *out = (struct listener){.fd = fd_from_systemd()};
    if (out->fd < 0) {
        out->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (out->fd < 0 || !bind_path(out->fd, config, out))
            return false;
    }
    return setsockopt(out->fd, SOL_SOCKET, SO_RCVTIMEO, &wake, sizeof wake) == 0
               ? true
               : complain("SO_RCVTIMEO on", config->listen);
}

void listener_drain(struct listener *l)
{
    struct stat there;
    bool is_ours = l->path != NULL && stat(l->path, &there) == 0 && there.st_ino == l->inode &&
                   there.st_dev == l->device;
    if (is_ours) /* else a successor has put its own there already */
        unlink(l->path);
    fcntl(l->fd, F_SETFL, fcntl(l->fd, F_GETFL) | O_NONBLOCK);
}

void listener_close(struct listener *l)
{
    if (l->fd >= 0)
        close(l->fd);
    l->fd = -1;
}
