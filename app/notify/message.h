/* A notice as a mail: RFC 5322 bytes, made by a pure function.
 *
 * What people typed (names, titles) only ever enters a header as a base64 encoded-word, and an
 * address is refused unless it is plain: so nothing can begin a header of its own. */
#ifndef DANVAN_NOTIFY_MESSAGE_H
#define DANVAN_NOTIFY_MESSAGE_H

#include "base/arena.h"
#include "base/str.h"

struct mail {
    struct str id; /* of the queue's row */
    struct str notice_id;
    struct str user_id;
    struct str address;
    struct str name;
    struct str title;
    struct str text;
    struct str link; /* a path below /api/v1; may be empty */
};

/* ASCII, one '@', no space, control character, quote, bracket or comma, and no '-' at its head. */
bool message_address_is_plain(struct str address);
/* `now` in seconds since 1970. False: the address is refused, *why says so. The Message-ID is made
 * of notice and reader, so that a mail sent twice after a crash is recognised as one. */
NODISCARD bool message_make(struct arena *a, const struct mail *m, struct str from,
                            struct str base_url, int64_t now, struct str *out, struct str *why);

#endif
