#include "http/gate.h"

#include <string.h>

/* FastCGI 1.0, section 3.3. */
#define HEADER_SIZE    8
#define VERSION        1
#define BODY_OF_BEGIN  8
#define ROLE_RESPONDER 1
#define LENGTH_MAX     0x7fffffffU

/* Enough for any list of fastcgi_param; keeps the search for doubles short. */
#define PAIRS_MAX 256

enum record_type { RECORD_BEGIN = 1, RECORD_PARAMS = 4, RECORD_STDIN = 5 };

enum stage { AT_BEGIN, AT_PARAMS, AT_STDIN, AT_END };

struct record {
    unsigned id;
    struct str content;
    size_t size; /* with header and padding */
};

struct params {
    size_t len;
    char bytes[GATE_PARAMS_MAX];
};

static unsigned byte_at(struct str s, size_t at)
{
    return (unsigned char)s.ptr[at];
}

static enum gate_verdict refuse(const char **why, const char *phrase)
{
    *why = phrase;
    return GATE_REFUSE;
}

/* What is wrong with a record that begins like this, as far as its header is there: a caller that
 * waits for more bytes waits no longer than it must. `id` is 0 before BEGIN. */
static const char *header_fault(struct str s, enum stage stage, unsigned id)
{
    static const unsigned expected[] = {
        [AT_BEGIN] = RECORD_BEGIN, [AT_PARAMS] = RECORD_PARAMS, [AT_STDIN] = RECORD_STDIN};
    if (s.len >= 1 && byte_at(s, 0) != VERSION)
        return "not FastCGI version 1";
    if (s.len >= 2 && byte_at(s, 1) != expected[stage])
        return "a record type that may not stand here";
    if (s.len < 4)
        return NULL;
    unsigned seen = byte_at(s, 2) << 8 | byte_at(s, 3);
    if (seen == 0)
        return "request id 0";
    return id != 0 && seen != id ? "a foreign request id" : NULL;
}

/* `s` begins with a whole header. */
static struct record read_header(struct str s)
{
    size_t content = byte_at(s, 4) << 8 | byte_at(s, 5);
    return (struct record){
        .id = byte_at(s, 2) << 8 | byte_at(s, 3),
        .content = str_slice(s, HEADER_SIZE, HEADER_SIZE + content),
        .size = HEADER_SIZE + content + byte_at(s, 6),
    };
}

/* Reads one length of a pair (section 3.4): one byte, or four with the top bit set. */
static bool read_length(struct str stream, size_t *at, size_t *out)
{
    if (*at >= stream.len)
        return false;
    unsigned first = byte_at(stream, *at);
    if (first < 0x80) {
        *out = first;
        *at += 1;
        return true;
    }
    if (stream.len - *at < 4)
        return false;
    *out = (first & 0x7fU) << 24 | byte_at(stream, *at + 1) << 16 | byte_at(stream, *at + 2) << 8 |
           byte_at(stream, *at + 3);
    *at += 4;
    return true;
}

static bool has_nul(struct str s)
{
    return str_find(s, '\0', 0) < s.len;
}

/* Every pair inside the stream: libfcgi 2.4.2 allocates what the lengths claim. No doubles: it
 * would answer with the first, and another reader perhaps with the last. */
static const char *params_fault(struct str stream)
{
    struct str names[PAIRS_MAX];
    size_t count = 0;
    for (size_t at = 0; at < stream.len;) {
        size_t name_len = 0;
        size_t value_len = 0;
        if (!read_length(stream, &at, &name_len) || !read_length(stream, &at, &value_len))
            return "a parameter length is cut";
        if (name_len > stream.len - at || value_len > stream.len - at - name_len)
            return "a parameter is longer than the bytes sent";
        struct str name = str_slice(stream, at, at + name_len);
        struct str value = str_slice(stream, at + name_len, at + name_len + value_len);
        at += name_len + value_len;
        if (name.len == 0)
            return "a parameter without a name";
        if (has_nul(name) || has_nul(value))
            return "a NUL in a parameter";
        if (memchr(name.ptr, '=', name.len) != NULL)
            return "an equals sign in a parameter name"; /* libfcgi keeps "name=value" strings */
        if (count == PAIRS_MAX)
            return "too many parameters";
        for (size_t i = 0; i < count; i++)
            if (str_equal(names[i], name))
                return "a doubled parameter";
        names[count++] = name;
    }
    return NULL;
}

static const char *begin_fault(struct str body)
{
    if (body.len != BODY_OF_BEGIN)
        return "a BEGIN record of another size";
    if ((byte_at(body, 0) << 8 | byte_at(body, 1)) != ROLE_RESPONDER)
        return "a role other than RESPONDER";
    if (byte_at(body, 2) != 0) /* bit 1 is keep-connection; the others have no meaning */
        return "keep-connection or an unknown flag";
    return NULL;
}

/* An empty record ends the stream. */
static const char *take_params(struct params *params, struct str content, enum stage *stage)
{
    if (content.len > GATE_PARAMS_MAX - params->len)
        return "too many bytes of parameters";
    memcpy(params->bytes + params->len, content.ptr, content.len);
    params->len += content.len;
    if (content.len > 0)
        return NULL;
    *stage = AT_STDIN;
    return params_fault((struct str){params->bytes, params->len});
}

/* A whole record of the type that `*stage` expects; moves *stage on. */
static const char *take_record(const struct record *r, enum stage *stage, struct params *params)
{
    if (*stage == AT_BEGIN) {
        *stage = AT_PARAMS;
        return begin_fault(r->content);
    }
    if (*stage == AT_PARAMS)
        return take_params(params, r->content, stage);
    if (r->content.len == 0)
        *stage = AT_END;
    return NULL;
}

enum gate_verdict gate_check(struct str bytes, const char **why)
{
    struct params params; /* PARAMS may come in several records, and a pair may cross them */
    enum stage stage = AT_BEGIN;
    unsigned id = 0;
    size_t at = 0;
    *why = NULL;
    params.len = 0;
    while (stage != AT_END) {
        struct str rest = str_slice(bytes, at, bytes.len);
        struct record r = {.size = HEADER_SIZE};
        if ((*why = header_fault(rest, stage, id)) != NULL)
            return GATE_REFUSE;
        if (rest.len >= HEADER_SIZE)
            r = read_header(rest);
        if (r.size > GATE_REQUEST_MAX - at)
            return refuse(why, "too many bytes");
        if (rest.len < r.size)
            return GATE_MORE;
        id = r.id;
        if ((*why = take_record(&r, &stage, &params)) != NULL)
            return GATE_REFUSE;
        at += r.size;
    }
    return at == bytes.len ? GATE_WHOLE : refuse(why, "bytes after the request");
}
