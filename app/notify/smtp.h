/* Sending over SMTP: one connection, kept for the mails of a batch. The only user of libcurl. */
#ifndef DANVAN_NOTIFY_SMTP_H
#define DANVAN_NOTIFY_SMTP_H

#include "base/arena.h"
#include "notify/settings.h"

struct smtp;

enum smtp_result {
    SMTP_SENT,    /* the server said 250 to the whole mail */
    SMTP_REFUSED, /* this mail was not taken; others may be */
    SMTP_AWAY     /* no server that would talk to us: no use in trying the next */
};

/* NULL: *why says what is wrong with the settings, or memory is short. */
struct smtp *smtp_open(const struct settings *s, const char **why);
void smtp_close(struct smtp *m);
/* *why: libcurl's sentence with the server's answer, for the queue's row. */
NODISCARD enum smtp_result smtp_send(struct smtp *m, struct arena *a, struct str to,
                                     struct str message, struct str *why);

#endif
