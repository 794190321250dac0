/* One structured line (logfmt: key=value, values quoted where needed) per event on stderr.
 * Values are escaped, so that a client cannot forge a line. Never given secrets or bodies. */
#ifndef DANVAN_BASE_LOG_H
#define DANVAN_BASE_LOG_H

#include "base/str.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR };

void log_set_level(enum log_level least);
bool log_level_from(struct str name, enum log_level *out);

struct log_line {
    char buf[2048];
    size_t len;
    enum log_level level;
};
/* Usage: log_begin(&l, LOG_INFO, "request"); log_str(&l, "path", p); log_int(&l, "status", 200);
 * log_end(&l); */
void log_begin(struct log_line *l, enum log_level level, const char *event);
void log_str(struct log_line *l, const char *key, struct str value);
void log_int(struct log_line *l, const char *key, int64_t value);
void log_end(struct log_line *l); /* one write(2): lines of many processes never mix */
/* For a plain sentence. */
void log_say(enum log_level level, const char *event, const char *fmt, ...) PRINTF_LIKE(3, 4);

#endif
