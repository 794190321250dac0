/* The queue in PostgreSQL, through the only functions that danvan_mailer may call. Each call is a
 * transaction of its own. */
#ifndef DANVAN_NOTIFY_QUEUE_H
#define DANVAN_NOTIFY_QUEUE_H

#include "db/conn.h"
#include "notify/message.h"

struct batch_of_mail {
    struct mail *mails; /* in the arena */
    size_t count;
};

NODISCARD bool queue_take(struct db_conn *c, struct arena *a, int most, struct batch_of_mail *out,
                          struct err *e);
NODISCARD bool queue_sent(struct db_conn *c, struct arena *a, struct str id, struct err *e);
NODISCARD bool queue_failed(struct db_conn *c, struct arena *a, struct str id, struct str why,
                            struct err *e);
NODISCARD bool queue_put_back(struct db_conn *c, struct arena *a, struct str id, struct err *e);

#endif
