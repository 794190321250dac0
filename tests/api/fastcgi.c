#include "fastcgi.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "client.h"

void packet_raw(struct packet *p, const void *bytes, size_t length)
{
    ck_assert_uint_le(p->length + length, sizeof p->bytes);
    if (length > 0)
        memcpy(p->bytes + p->length, bytes, length);
    p->length += length;
}

void packet_record(struct packet *p, int type, int id, const void *content, size_t length)
{
    unsigned char head[8] = {1,
                             (unsigned char)type,
                             (unsigned char)(id >> 8),
                             (unsigned char)(id & 255),
                             (unsigned char)(length >> 8),
                             (unsigned char)(length & 255),
                             0,
                             0};
    packet_raw(p, head, sizeof head);
    packet_raw(p, content, length);
}

void packet_begin(struct packet *p, int id, int role, bool keep)
{
    unsigned char body[8] = {0, (unsigned char)role, keep, 0, 0, 0, 0, 0};
    packet_record(p, FCGI_BEGIN, id, body, sizeof body);
}

size_t pair_put(unsigned char *content, size_t length, const char *name, const char *value)
{
    content[length++] = (unsigned char)strlen(name);
    content[length++] = (unsigned char)strlen(value);
    memcpy(content + length, name, strlen(name));
    length += strlen(name);
    memcpy(content + length, value, strlen(value));
    return length + strlen(value);
}

void packet_good(struct packet *p, const char *path)
{
    unsigned char params[1024];
    size_t length = 0;
    length = pair_put(params, length, "REQUEST_METHOD", "GET");
    length = pair_put(params, length, "REQUEST_URI", path);
    length = pair_put(params, length, "QUERY_STRING", "");
    length = pair_put(params, length, "REMOTE_ADDR", "127.0.0.1");
    length = pair_put(params, length, "REQUEST_ID", "00112233445566778899aabbccddeeff");
    length = pair_put(params, length, "HTTP_HOST", "127.0.0.1");
    p->length = 0;
    packet_begin(p, 1, 1, false);
    packet_record(p, FCGI_PARAMS, 1, params, length);
    packet_record(p, FCGI_PARAMS, 1, NULL, 0);
    packet_record(p, FCGI_STDIN, 1, NULL, 0);
}

/* The service serves its own user only (nginx's workers run as it). Root borrows that name for the
 * moment of connecting, when the kernel notes it; and goes to the socket's folder first, since the
 * user may have no way through the folders above. */
int service_connect(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct stat facts;
    char *path = form("%s", setting("DANVAN_TEST_SOCKET"));
    char *slash = strrchr(path, '/');
    ck_assert_ptr_nonnull(slash);
    snprintf(address.sun_path, sizeof address.sun_path, "%s", slash + 1);
    *slash = '\0';
    int here = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ck_assert(here >= 0 && fd >= 0 && chdir(path) == 0 && stat(address.sun_path, &facts) == 0);
    bool is_root = geteuid() == 0;
    if (is_root)
        ck_assert(setegid(facts.st_gid) == 0 && seteuid(facts.st_uid) == 0);
    int failed = connect(fd, (struct sockaddr *)&address, sizeof address);
    if (is_root)
        ck_assert(seteuid(0) == 0 && setegid(0) == 0);
    ck_assert_msg(failed == 0, "connect %s", setting("DANVAN_TEST_SOCKET"));
    ck_assert_int_eq(fchdir(here), 0);
    close(here);
    return fd;
}

pid_t service_pid(void)
{
    struct ucred owner;
    socklen_t size = sizeof owner;
    int fd = service_connect();
    ck_assert_int_eq(getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &owner, &size), 0);
    close(fd);
    return owner.pid;
}

/* The job runner is a child too, and no worker. */
static bool is_runner(long pid)
{
    char name[32] = "";
    FILE *file = fopen(form("/proc/%ld/comm", pid), "r");
    if (file == NULL)
        return false;
    bool is_it = fgets(name, sizeof name, file) != NULL && strcmp(name, "danvan-jobs\n") == 0;
    fclose(file);
    return is_it;
}

size_t service_workers(pid_t *pids, size_t most)
{
    size_t count = 0;
    long pid;
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)service_pid(),
             (int)service_pid());
    FILE *file = fopen(path, "r");
    ck_assert_msg(file != NULL, "%s: is the service's master still there?", path);
    while (count < most && fscanf(file, "%ld", &pid) == 1)
        if (!is_runner(pid))
            pids[count++] = (pid_t)pid;
    fclose(file);
    return count;
}

size_t service_talk(const struct packet *p, char *answer, size_t room, int seconds, bool then_close)
{
    size_t got = 0;
    int fd = service_connect();
    for (size_t sent = 0; sent < p->length;) {
        ssize_t n = send(fd, p->bytes + sent, p->length - sent, MSG_NOSIGNAL);
        if (n <= 0)
            break; /* refused while still sending */
        sent += (size_t)n;
    }
    if (then_close)
        shutdown(fd, SHUT_WR);
    struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
    while (got < room && poll(&poll_fd, 1, seconds * 1000) == 1) {
        ssize_t n = recv(fd, answer + got, room - got, 0);
        if (n <= 0)
            break;
        got += (size_t)n;
    }
    close(fd);
    return got;
}
