/* One-time codes (RFC 6238: SHA-1, 30 seconds, six digits), computed by liboath. Pure functions but
 * for the random secret. */
#ifndef DANVAN_AUTH_TOTP_H
#define DANVAN_AUTH_TOTP_H

#include "base/arena.h"
#include "base/str.h"

#define TOTP_SECRET_SIZE 20
#define TOTP_STEP_S      30

/* Does `code` belong to the step of `now` (unix time) or to one beside it, later than last_step (0:
 * none was used)? *step is what must be stored as the last one. */
NODISCARD bool totp_check(struct str secret, struct str code, int64_t now, int64_t last_step,
                          int64_t *step);
struct str totp_make_secret(struct arena *a);
struct str totp_base32(struct arena *a, struct str secret);
/* otpauth://totp/danvan:<login>?secret=… for the QR code. */
struct str totp_uri(struct arena *a, struct str secret, struct str login);

#endif
