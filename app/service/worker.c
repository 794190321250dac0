#include "service/worker.h"

#include <errno.h>
#include <fcgiapp.h>
#include <pwd.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "http/gate.h"
#include "output/xlsx.h"
#include "service/claim.h"
#include "service/dispatch.h"
#include "service/gatekeeper.h"
#include "service/maintenance.h"

#define ACCEPT_PAUSE_FIRST_MS 10
#define ACCEPT_PAUSE_LAST_MS  100
/* A busy worker is never idle, so it looks around now and then all the same. */
#define LOOK_AROUND_EVERY 64

struct serving {
    struct worker worker;
    const struct worker_start *start;
    FCGX_Request fcgi;
    struct exchange exchange;
    int pause_ms;
    unsigned served;
};

/* ---- who may connect ---- */

static bool add_peer(struct str name, struct peers *out)
{
    int64_t number = 0;
    char text[64];
    if (out->count == PEERS_MAX || name.len == 0 || name.len >= sizeof text)
        return false;
    memcpy(text, name.ptr, name.len);
    text[name.len] = '\0';
    const struct passwd *user = getpwnam(text);
    if (user != NULL)
        out->uids[out->count++] = user->pw_uid;
    else if (str_to_int(name, &number) && number >= 0 && number < UINT32_MAX)
        out->uids[out->count++] = (uid_t)number;
    else
        return false;
    return true;
}

bool peers_read(const char *setting, struct peers *out, char *unknown, size_t size)
{
    struct str rest = str_from(setting);
    *out = (struct peers){.count = 0};
    out->uids[out->count++] = geteuid();
    while (rest.len > 0) {
        struct str name;
        str_cut(rest, ',', &name, &rest);
        name = str_trim(name);
        if (!add_peer(name, out)) {
            snprintf(unknown, size, "%.*s", STR_ARG(name));
            return false;
        }
    }
    return true;
}

/* ---- one request, as libfcgi gives it ---- */

/* An upload's body is in a file that nginx spooled and names; STDIN is empty then, and
 * CONTENT_LENGTH is the file's. Where nginx has no file to name, the body is as always. */
static void take_body_file(struct exchange *x, struct http_pair *pairs)
{
    int64_t length = 0;
    size_t kept = 0;
    for (size_t i = 0; i < x->param_count; i++)
        if (str_equal(pairs[i].name, STR("DANVAN_BODY_FILE")))
            x->body_file = pairs[i].value;
    for (size_t i = 0; i < x->param_count; i++) {
        bool is_length = str_equal(pairs[i].name, STR("CONTENT_LENGTH"));
        if (is_length && x->body_file.len > 0 && str_to_int(pairs[i].value, &length) && length > 0)
            x->body_file_size = (uint64_t)length;
        else
            pairs[kept++] = pairs[i];
    }
    x->param_count = kept;
}

/* NAME=value strings → pairs. The gate has seen that there are no doubles and no NUL. */
static void read_params(struct exchange *x, char **env)
{
    size_t count = 0;
    while (env[count] != NULL)
        count++;
    struct http_pair *pairs = arena_alloc_array(x->arena, count + 1, sizeof *pairs);
    x->params = pairs;
    x->param_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct http_pair *p = &pairs[x->param_count];
        if (str_cut(str_from(env[i]), '=', &p->name, &p->value) &&
            !str_equal(p->name, STR("FCGI_ROLE"))) /* libfcgi's own addition */
            x->param_count++;
    }
    take_body_file(x, pairs);
}

static size_t announced_length(const struct exchange *x)
{
    int64_t length = 0;
    for (size_t i = 0; i < x->param_count; i++)
        if (str_equal(x->params[i].name, STR("CONTENT_LENGTH")) &&
            (!str_to_int(x->params[i].value, &length) || length < 0))
            length = 0;
    return length > GATE_REQUEST_MAX ? GATE_REQUEST_MAX : (size_t)length;
}

/* One byte more than announced shows a body that is too long; the rest is read away, since closing
 * with bytes unread would take the answer from nginx. */
static void read_body(struct exchange *x, FCGX_Stream *in)
{
    char rest[512];
    size_t room = announced_length(x) + 1;
    char *bytes = room == 1 ? rest : arena_alloc(x->arena, room);
    int n = FCGX_GetStr(bytes, (int)room, in);
    x->raw_body = (struct str){bytes == rest ? "" : bytes, n > 0 ? (size_t)n : 0};
    while (FCGX_GetStr(rest, sizeof rest, in) > 0)
        continue;
    if (bytes == rest && n > 0)
        x->raw_body = STR("?"); /* a body without a length: refused as not CONTENT_LENGTH long */
}

static void read_and_dispatch(struct serving *s)
{
    struct exchange *x = &s->exchange;
    read_params(x, s->fcgi.envp);
    read_body(x, s->fcgi.in);
    dispatch(x);
}

static void finish(struct serving *s)
{
    dispatch_finish(&s->exchange);
}

/* Runs one step with the arena's recovery point armed; false: memory gave out and the step was left
 * in the middle. The open transaction goes first, then whatever the arena holds. */
static bool guarded(struct serving *s, void (*step)(struct serving *s))
{
    jmp_buf here;
    struct arena *a = s->worker.arena;
    if (setjmp(here) == 0) {
        arena_set_recovery(a, &here);
        step(s);
        arena_set_recovery(a, NULL);
        return true;
    }
    arena_set_recovery(a, NULL);
    tx_rollback(s->worker.db);
    s->worker.slot->recoveries++;
    return false;
}

/* The 503 of a request whose memory gave out, in the memory it left. */
static void answer_exhausted(struct serving *s)
{
    struct exchange *x = &s->exchange;
    struct err e = {.code = ERR_UNAVAILABLE, .cause = STR("the request took too much memory")};
    int64_t started_us = x->started_us;
    const char *route = x->route.name;
    const char *id = FCGX_GetParam("REQUEST_ID", s->fcgi.envp);
    arena_reset(s->worker.arena);
    memset(x, 0, sizeof *x);
    x->worker = &s->worker;
    x->arena = s->worker.arena;
    x->started_us = started_us;
    x->route.name = route;
    if (id != NULL && strspn(id, "0123456789abcdef") == 32 && id[32] == '\0')
        x->request.request_id = str_from(id);
    x->has_failed = true;
    x->failure = e.code;
    x->cause = e.cause;
    http_problem(x->arena, &e, &x->request, &x->response);
    x->head = http_response_head(x->arena, &x->response, false);
}

/* Ended like any other, with fewer bytes than its Content-Length: nginx takes that for the fault it
 * is and breaks off its own answer. A connection merely closed would pass for the end of the body
 * (nginx without fastcgi_keep_conn), and the client wait for the rest until keepalive_timeout. */
static void cut_answer(struct serving *s, const struct err *e)
{
    struct log_line line;
    log_begin(&line, LOG_ERROR, "answer_cut");
    log_str(&line, "request_id", s->exchange.request.request_id);
    log_str(&line, "cause", e->cause);
    log_end(&line);
}

static bool put(struct serving *s, struct str bytes)
{
    return FCGX_PutStr(bytes.ptr, (int)bytes.len, s->fcgi.out) == (int)bytes.len;
}

static void send_stream(struct serving *s)
{
    struct exchange *x = &s->exchange;
    struct err e = {.code = ERR_INTERNAL};
    struct str bytes = STR("");
    do {
        if (!x->stream.next(x, &bytes, &e)) {
            cut_answer(s, &e);
            return;
        }
        if (!put(s, bytes))
            return;
        x->stream.sent += bytes.len;
    } while (bytes.len > 0);
}

/* What follows the head, and the end of the transaction it is read in. */
static void send_rest(struct serving *s)
{
    (void)guarded(s, send_stream);
    tx_rollback(s->worker.db);
}

static void send_answer(struct serving *s)
{
    struct exchange *x = &s->exchange;
    int64_t then = clock_us();
    bool is_taken = put(s, x->head) && put(s, x->response.body);
    if (x->stream.next != NULL)
        send_rest(s);
    /* Kept for us: libfcgi's own close would wait for nginx's, up to LIBFCGI_OS_CLOSE_POLL_TIMEOUT,
     * and wake this worker once more. All that was sent to us is read, so a plain close loses
     * nothing. */
    s->fcgi.keepConnection = 1;
    FCGX_Finish_r(&s->fcgi);
    x->stage_us[STAGE_SEND] = clock_us() - then;
    if (!is_taken)
        log_say(LOG_WARNING, "answer_not_taken", "nginx closed before it had all");
}

/* The connection has passed the gate. */
static void serve_request(struct serving *s, int fd, int64_t started_us)
{
    struct exchange *x = &s->exchange;
    s->fcgi.ipcFd = fd;
    s->fcgi.keepConnection = 1; /* so that Accept_r takes this connection and asks for no other */
    if (FCGX_Accept_r(&s->fcgi) != 0) {
        s->fcgi.ipcFd =
            -1; /* it has closed it; the gate should let nothing through that ends here */
        log_say(LOG_ERROR, "libfcgi_refused", "a request that the gate let pass");
        return;
    }
    memset(x, 0, sizeof *x);
    x->worker = &s->worker;
    x->arena = s->worker.arena;
    x->started_us = started_us;
    if (!guarded(s, read_and_dispatch))
        answer_exhausted(s);
    send_answer(s);
    if (s->fcgi.ipcFd >= 0)
        close(s->fcgi.ipcFd);
    s->fcgi.ipcFd = -1;
    (void)guarded(s, finish);
    arena_reset(s->worker.arena);
}

static void serve(struct serving *s, int fd)
{
    const struct config *config = s->worker.config;
    struct gate_limits limits = {config->gate_deadline_ms, config->send_timeout_ms};
    int64_t started_us = clock_us();
    enum refusal why = REFUSED_MALFORMED;
    const char *phrase = NULL;
    if (gate_pass(fd, s->start->peers, &limits, &why, &phrase)) {
        serve_request(s, fd, started_us);
        return;
    }
    close(fd);
    s->worker.slot->refusals[why]++;
    /* nginx gives up on a client that left: that is daily life. The rest somebody should see. */
    log_say(why == REFUSED_GONE ? LOG_DEBUG : LOG_WARNING, "gate_refused", "%s", phrase);
}

/* ---- the life of a worker ---- */

static bool is_told_to_end(const struct serving *s)
{
    sigset_t pending;
    if (s->worker.slot->generation != s->start->generation || getppid() != s->start->supervisor)
        return true;
    return sigpending(&pending) == 0 && sigismember(&pending, SIGTERM) == 1;
}

/* Out of descriptors or memory: a pause gives others time to give some back. Never the end. */
static void pause_after(struct serving *s, int error)
{
    if (s->pause_ms == 0)
        log_say(LOG_ERROR, "accept_failed", "%s", strerror(error));
    s->pause_ms = s->pause_ms == 0 ? ACCEPT_PAUSE_FIRST_MS : 2 * s->pause_ms;
    if (s->pause_ms > ACCEPT_PAUSE_LAST_MS)
        s->pause_ms = ACCEPT_PAUSE_LAST_MS;
    s->worker.slot->accept_errors++;
    nanosleep(&(struct timespec){.tv_nsec = s->pause_ms * 1000000L}, NULL);
}

/* The listening socket has SO_RCVTIMEO, so accept comes back by itself: one call where poll and
 * accept would be two, and the kernel wakes one worker for a connection, not all. When the service
 * drains, the socket no longer blocks: what was waiting is served, then it is empty. */
static void serve_until_told(struct serving *s)
{
    const struct scoreboard *board = s->worker.board;
    for (;;) {
        int fd = accept4(s->start->listen_fd, NULL, NULL, SOCK_CLOEXEC);
        bool is_idle = fd < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
        if (fd >= 0) {
            s->pause_ms = 0;
            serve(s, fd);
        } else if (!is_idle && errno != EINTR && errno != ECONNABORTED) {
            pause_after(s, errno);
        }
        if (is_idle && board->is_draining)
            return;
        if (fd >= 0 && ++s->served % LOOK_AROUND_EVERY != 0)
            continue;
        if (!board->is_draining && is_told_to_end(s))
            return;
        if (s->start->slot == 0)
            maintenance_run_if_due(&s->worker);
    }
}

static bool open_worker(struct serving *s, const struct worker_start *start)
{
    const struct config *c = start->config;
    const struct db_settings db = {.dsn = c->dsn,
                                   .connect_timeout_ms = c->connect_timeout_ms,
                                   .statement_timeout_ms = c->statement_timeout_ms,
                                   .lock_timeout_ms = c->lock_timeout_ms,
                                   .request_deadline_ms = c->request_deadline_ms};
    struct err e = {.code = ERR_INTERNAL};
    s->start = start;
    s->worker = (struct worker){.config = c,
                                .board = start->board,
                                .slot = &start->board->slots[start->slot],
                                .arena = arena_open((size_t)c->arena_kib * 1024),
                                .db = db_open(&db),
                                .scopes = scope_list_open()};
    if (s->worker.arena == NULL || s->worker.db == NULL || s->worker.scopes == NULL)
        return false;
    output_xlsx_work_in(c->work_folder);
    /* Should some error path reach libfcgi's own close, it lingers no longer than this. */
    setenv("LIBFCGI_OS_CLOSE_POLL_TIMEOUT", "100", 1);
    if (FCGX_Init() != 0 || FCGX_InitRequest(&s->fcgi, -1, 0) != 0)
        return false;
    signal(SIGPIPE, SIG_IGN); /* FCGX_Init puts handlers of its own on these two */
    signal(SIGUSR1, SIG_DFL);
    if (!db_connect(s->worker.db, &e)) /* the first request will try again */
        log_say(LOG_WARNING, "started_without_database", "%.*s", STR_ARG(e.cause));
    slot_count_db(s->worker.slot, s->worker.db, &s->worker.db_seen);
    return true;
}

int worker_run(const struct worker_start *start)
{
    static struct serving s; /* large, and the process has one */
    sigset_t all;
    sigfillset(&all); /* no call of libfcgi or libpq must be cut short */
    sigprocmask(SIG_SETMASK, &all, NULL);
    if (!open_worker(&s, start)) {
        log_say(LOG_ERROR, "worker_cannot_start", "out of memory");
        return EXIT_FAILURE;
    }
    serve_until_told(&s);
    s.worker.slot->is_db_connected = 0;
    db_close(s.worker.db);
    scope_list_close(s.worker.scopes);
    arena_close(s.worker.arena);
    return EXIT_SUCCESS;
}
