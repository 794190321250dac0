#include "service/gatekeeper.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "base/clock.h"
#include "http/gate.h"

/* One worker serves one connection at a time; untouched pages of it cost nothing. One byte more
 * than the gate allows, so that it sees what is too long. */
static char seen[GATE_REQUEST_MAX + 1];

static bool set_timeout(int fd, int option, int64_t us)
{
    struct timeval t = {.tv_sec = us / 1000000, .tv_usec = us % 1000000};
    return setsockopt(fd, SOL_SOCKET, option, &t, sizeof t) == 0;
}

static bool is_peer(int fd, const struct peers *peers)
{
    struct ucred peer;
    socklen_t size = sizeof peer;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
        return false;
    for (size_t i = 0; i < peers->count; i++)
        if (peer.uid == peers->uids[i])
            return true;
    return false;
}

static bool refuse(enum refusal reason, const char *text, enum refusal *why, const char **phrase)
{
    *why = reason;
    *phrase = text;
    return false;
}

/* Waits for bytes beyond those seen. SO_PEEK_OFF makes a peek begin behind them, so that waiting
 * for more is a blocking call and not a loop; SO_RCVTIMEO ends it at the deadline. */
static ssize_t peek_more(int fd, size_t have, int64_t until_us)
{
    if (have > 0) {
        int64_t left = until_us - clock_us();
        int offset = (int)have;
        if (left <= 0 || !set_timeout(fd, SO_RCVTIMEO, left) ||
            setsockopt(fd, SOL_SOCKET, SO_PEEK_OFF, &offset, sizeof offset) != 0) {
            errno = EAGAIN;
            return -1;
        }
    }
    return recv(fd, seen + have, sizeof seen - have, MSG_PEEK);
}

bool gate_pass(int fd, const struct peers *peers, const struct gate_limits *limits,
               enum refusal *why, const char **phrase)
{
    int64_t until_us = clock_us() + (int64_t)limits->deadline_ms * 1000;
    size_t have = 0;
    if (!is_peer(fd, peers))
        return refuse(REFUSED_PEER, "another user's connection", why, phrase);
    if (!set_timeout(fd, SO_RCVTIMEO, (int64_t)limits->deadline_ms * 1000) ||
        !set_timeout(fd, SO_SNDTIMEO, (int64_t)limits->send_timeout_ms * 1000))
        return refuse(REFUSED_GONE, "no timeout can be set", why, phrase);
    for (;;) {
        ssize_t n = peek_more(fd, have, until_us);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return refuse(have == 0 ? REFUSED_SILENT : REFUSED_SLOW, "not whole in time", why,
                          phrase);
        if (n <= 0)
            return refuse(REFUSED_GONE, "closed before the request was whole", why, phrase);
        have += (size_t)n;
        switch (gate_check((struct str){seen, have}, phrase)) {
        case GATE_WHOLE:
            return true;
        case GATE_REFUSE:
            *why = REFUSED_MALFORMED;
            return false;
        case GATE_MORE:
            break; /* the gate refuses what fills the buffer, so there is room */
        }
    }
}
