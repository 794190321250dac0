/* FastCGI 1.0 records by hand, right and wrong, written straight to the service's socket: what a
 * broken or hostile neighbour of nginx could send. */
#ifndef DANVAN_TESTS_API_FASTCGI_H
#define DANVAN_TESTS_API_FASTCGI_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { FCGI_BEGIN = 1, FCGI_ABORT = 2, FCGI_PARAMS = 4, FCGI_STDIN = 5, FCGI_GET_VALUES = 9 };

struct packet {
    unsigned char bytes[512 * 1024];
    size_t length;
};

void packet_raw(struct packet *p, const void *bytes, size_t length);
void packet_record(struct packet *p, int type, int id, const void *content, size_t length);
/* BEGIN_REQUEST in the given role (1: responder), with or without the keep flag. */
void packet_begin(struct packet *p, int id, int role, bool keep);
/* One name-value pair in short form, appended to `content`; returns the new length. */
size_t pair_put(unsigned char *content, size_t length, const char *name, const char *value);
/* A whole good GET of `path`. */
void packet_good(struct packet *p, const char *path);

/* Connects to the service's socket as a user that it takes for nginx. */
int service_connect(void);
/* Process that listens there (the master). */
pid_t service_pid(void);
/* Its children, at most `most`; returns how many. */
size_t service_workers(pid_t *pids, size_t most);
/* Sends, then reads until the end, an error or `seconds` of silence. Returns the bytes read. With
 * `then_close` it closes its half right after sending. */
size_t service_talk(const struct packet *p, char *answer, size_t room, int seconds,
                    bool then_close);

#endif
