#include "base/log.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static enum log_level least_level = LOG_INFO;

static const struct str level_names[] = {
    [LOG_DEBUG] = STR_INIT("debug"),
    [LOG_INFO] = STR_INIT("info"),
    [LOG_WARNING] = STR_INIT("warning"),
    [LOG_ERROR] = STR_INIT("error"),
};

/* Kept free behind every value: a cut mark, its closing quote and the newline. */
#define TAIL 8
/* So that one long value (a path, a user agent) cannot push the other keys out of the line. */
#define VALUE_MAX 600

void log_set_level(enum log_level least)
{
    least_level = least;
}

bool log_level_from(struct str name, enum log_level *out)
{
    for (size_t i = 0; i < sizeof level_names / sizeof *level_names; i++) {
        if (str_equal(name, level_names[i])) {
            *out = (enum log_level)i;
            return true;
        }
    }
    return false;
}

static bool is_wanted(const struct log_line *l)
{
    return l->level >= least_level;
}

/* All or nothing, so that an escape or a character is never cut in two. */
static bool put(struct log_line *l, struct str s)
{
    if (l->len + s.len > sizeof l->buf - TAIL)
        return false;
    memcpy(l->buf + l->len, s.ptr, s.len);
    l->len += s.len;
    return true;
}

/* Characters that end a line or turn the writing direction for some reader: C1 controls, the line
 * and paragraph separators, the bidirectional marks. */
static bool is_treacherous(struct str c)
{
    const unsigned char *p = (const unsigned char *)c.ptr;
    if (c.len == 2)
        return p[0] == 0xc2 && p[1] < 0xa0;
    if (c.len == 3 && p[0] == 0xe2 && p[1] == 0x80)
        return p[2] >= 0xa8 && p[2] <= 0xae;
    return c.len == 3 && p[0] == 0xe2 && p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9;
}

static bool put_hex(struct log_line *l, struct str bytes)
{
    char hex[4 * 4 + 1];
    size_t len = 0;
    for (size_t i = 0; i < bytes.len && i < 4; i++)
        len +=
            (size_t)snprintf(hex + len, sizeof hex - len, "\\x%02x", (unsigned char)bytes.ptr[i]);
    return put(l, (struct str){hex, len});
}

static bool put_char(struct log_line *l, struct str c)
{
    unsigned char first = (unsigned char)c.ptr[0];
    if (c.len == 1) {
        switch (first) {
        case '"':
            return put(l, STR("\\\""));
        case '\\':
            return put(l, STR("\\\\"));
        case '\n':
            return put(l, STR("\\n"));
        case '\r':
            return put(l, STR("\\r"));
        case '\t':
            return put(l, STR("\\t"));
        default:
            break;
        }
        return first < 0x20 || first >= 0x7f ? put_hex(l, c) : put(l, c);
    }
    return is_treacherous(c) ? put_hex(l, c) : put(l, c);
}

static bool is_bare(struct str value)
{
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.ptr[i];
        if (c <= ' ' || c >= 0x7f || c == '"' || c == '=' || c == '\\')
            return false;
    }
    return value.len > 0;
}

void log_begin(struct log_line *l, enum log_level level, const char *event)
{
    l->len = 0;
    l->level = level;
    if (!is_wanted(l))
        return;
    struct timespec now;
    struct tm utc;
    char stamp[64];
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    size_t len = strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", &utc);
    int more = snprintf(stamp + len, sizeof stamp - len, ".%03ldZ", now.tv_nsec / 1000000);
    log_str(l, "ts", (struct str){stamp, len + (size_t)(more > 0 ? more : 0)});
    log_str(l, "level", level_names[level]);
    log_str(l, "event", str_from(event));
}

void log_str(struct log_line *l, const char *key, struct str value)
{
    if (!is_wanted(l))
        return;
    struct str name = str_from(key);
    if (l->len + name.len + 8 > sizeof l->buf - TAIL)
        return; /* the line is full; the tail stays free for the newline */
    if (l->len > 0)
        put(l, STR(" "));
    put(l, name);
    put(l, STR("="));
    if (is_bare(value) && value.len <= VALUE_MAX && put(l, value))
        return;
    put(l, STR("\""));
    bool is_whole = true;
    for (size_t at = 0; at < value.len && is_whole;) {
        size_t step = str_utf8_char(value, at);
        if (step == 0)
            step = 1; /* a stray byte: shown in hexadecimal */
        is_whole = at + step <= VALUE_MAX && put_char(l, str_slice(value, at, at + step));
        at += step;
    }
    /* Written past put()'s limit, into the tail. */
    const char *end = is_whole ? "\"" : "~\"";
    memcpy(l->buf + l->len, end, strlen(end));
    l->len += strlen(end);
}

void log_int(struct log_line *l, const char *key, int64_t value)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%" PRId64, value);
    log_str(l, key, (struct str){digits, len > 0 ? (size_t)len : 0});
}

void log_end(struct log_line *l)
{
    if (!is_wanted(l))
        return;
    l->buf[l->len++] = '\n';
    ssize_t written;
    do
        written = write(STDERR_FILENO, l->buf, l->len);
    while (written < 0 && errno == EINTR);
    /* Nothing can be told about a log that cannot be written. */
}

void log_say(enum log_level level, const char *event, const char *fmt, ...)
{
    char message[1024];
    va_list args;
    va_start(args, fmt);
    int len = vsnprintf(message, sizeof message, fmt, args);
    va_end(args);
    size_t used = len < 0 ? 0 : (size_t)len < sizeof message ? (size_t)len : sizeof message - 1;
    struct log_line l;
    log_begin(&l, level, event);
    log_str(&l, "message", (struct str){message, used});
    log_end(&l);
}
