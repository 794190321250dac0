#include "http/json.h"

#include <stdlib.h>
#include <string.h>

/* X(fault, English, Vietnamese) */
#define FAULT_LIST(X)                                                                              \
    X(HEX_DIGITS, "\\u needs four hexadecimal digits", "sau \\u phải có bốn chữ số thập lục phân") \
    X(ESCAPED_NUL, "an escaped NUL", "không được dùng ký tự NUL (\\u0000)")                        \
    X(LOW_SURROGATE, "a lone low surrogate", "mã surrogate thấp đứng một mình")                    \
    X(HIGH_SURROGATE, "a lone high surrogate", "mã surrogate cao đứng một mình")                   \
    X(UNKNOWN_ESCAPE, "an unknown escape", "sau dấu \\ là ký tự không hợp lệ")                     \
    X(OPEN_STRING, "a string without end", "chuỗi chưa có dấu nháy kép đóng")                      \
    X(CONTROL, "a control character in a string", "trong chuỗi có ký tự điều khiển")               \
    X(NOT_UTF8, "not UTF-8", "không phải mã UTF-8")                                                \
    X(LONE_MINUS, "a minus without a number", "sau dấu trừ không có số")                           \
    X(LEADING_ZERO, "a number with a leading zero", "số có chữ số 0 thừa ở đầu")                   \
    X(NOT_INTEGER, "a number that is not an integer", "chỉ nhận số nguyên")                        \
    X(BEYOND_64_BITS, "an integer beyond 64 bits", "số nguyên quá lớn (vượt 64 bit)")              \
    X(NO_VALUE, "not a JSON value", "không phải giá trị JSON")                                     \
    X(DOUBLED_NAME, "a doubled member name", "tên trường bị lặp lại")                              \
    X(NO_NAME, "a member name in double quotes is missing",                                        \
      "thiếu tên trường đặt trong dấu nháy kép")                                                   \
    X(NO_COLON, "a colon is missing", "thiếu dấu hai chấm")                                        \
    X(TOO_DEEP, "nested too deeply", "lồng quá nhiều cấp")                                         \
    X(NO_COMMA, "a comma or a closing bracket is missing", "thiếu dấu phẩy hoặc dấu đóng ngoặc")   \
    X(TRAILING, "something after the value", "còn nội dung thừa sau giá trị JSON")

enum fault {
#define X(fault, english, vietnamese) fault,
    FAULT_LIST(X)
#undef X
};

static const struct {
    const char *english;
    const char *vietnamese;
} sentences[] = {
#define X(fault, english, vietnamese) {(english), (vietnamese)},
    FAULT_LIST(X)
#undef X
};

/* A member name met in an object that is still open: unescaped, and where it stood. */
struct key {
    struct str name;
    size_t at;
};

struct keys {
    struct key *items;
    size_t count;
    size_t cap;
};

struct scan {
    struct arena *arena;
    struct str text;
    size_t at;
    const char *why; /* set by the first fault, at `at` */
    unsigned depth;
};

static bool fault(struct scan *s, enum fault f)
{
    s->why = sentences[f].english;
    return false;
}

/* The byte at the cursor; 0 at the end (a real NUL is refused wherever it stands). */
static char peek(const struct scan *s)
{
    return s->at < s->text.len ? s->text.ptr[s->at] : '\0';
}

static void skip_space(struct scan *s)
{
    while (s->at < s->text.len && strchr(" \t\n\r", s->text.ptr[s->at]) != NULL &&
           s->text.ptr[s->at] != '\0')
        s->at++;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Four hexadecimal digits at the cursor. */
static bool scan_hex4(struct scan *s, unsigned *out)
{
    unsigned sum = 0;
    for (int i = 0; i < 4; i++) {
        int value = hex_value(peek(s));
        if (value < 0)
            return fault(s, HEX_DIGITS);
        sum = sum * 16 + (unsigned)value;
        s->at++;
    }
    *out = sum;
    return true;
}

static void put_utf8(struct text *t, unsigned c)
{
    if (c < 0x80) {
        text_byte(t, (char)c);
    } else if (c < 0x800) {
        text_byte(t, (char)(0xc0 | c >> 6));
        text_byte(t, (char)(0x80 | (c & 0x3f)));
    } else if (c < 0x10000) {
        text_byte(t, (char)(0xe0 | c >> 12));
        text_byte(t, (char)(0x80 | (c >> 6 & 0x3f)));
        text_byte(t, (char)(0x80 | (c & 0x3f)));
    } else {
        text_byte(t, (char)(0xf0 | c >> 18));
        text_byte(t, (char)(0x80 | (c >> 12 & 0x3f)));
        text_byte(t, (char)(0x80 | (c >> 6 & 0x3f)));
        text_byte(t, (char)(0x80 | (c & 0x3f)));
    }
}

/* After "\u": one code point, of one escape or of a surrogate pair. */
static bool scan_unicode_escape(struct scan *s, unsigned *out)
{
    unsigned high;
    unsigned low;
    if (!scan_hex4(s, &high))
        return false;
    if (high == 0)
        return fault(s, ESCAPED_NUL);
    if (high >= 0xdc00 && high <= 0xdfff)
        return fault(s, LOW_SURROGATE);
    *out = high;
    if (high < 0xd800 || high > 0xdbff)
        return true;
    if (!str_equal(str_slice(s->text, s->at, s->at + 2), STR("\\u")))
        return fault(s, HIGH_SURROGATE);
    s->at += 2;
    if (!scan_hex4(s, &low))
        return false;
    if (low < 0xdc00 || low > 0xdfff)
        return fault(s, HIGH_SURROGATE);
    *out = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
    return true;
}

/* After the backslash. `into` is NULL where the value is not wanted. */
static bool scan_escape(struct scan *s, struct text *into)
{
    static const char letters[] = "\"\\/bfnrt";
    static const char meant[] = "\"\\/\b\f\n\r\t";
    char c = peek(s);
    unsigned code;
    if (c == 'u') {
        s->at++;
        if (!scan_unicode_escape(s, &code))
            return false;
    } else {
        const char *hit = c == '\0' ? NULL : strchr(letters, c);
        if (hit == NULL)
            return fault(s, UNKNOWN_ESCAPE);
        code = (unsigned char)meant[hit - letters];
        s->at++;
    }
    if (into != NULL)
        put_utf8(into, code);
    return true;
}

/* At the opening quote. *out (may be NULL) gets the unescaped string: a slice of the text when it
 * holds no escape, as member names hardly ever do. */
static bool scan_string(struct scan *s, struct str *out)
{
    struct text unescaped = {.arena = s->arena};
    size_t run = ++s->at; /* begin of the bytes not yet copied */
    bool has_escape = false;
    for (;;) {
        char c = peek(s);
        if (s->at >= s->text.len)
            return fault(s, OPEN_STRING);
        if (c == '"')
            break;
        if ((unsigned char)c < 0x20)
            return fault(s, CONTROL);
        if (c == '\\') {
            if (out != NULL)
                text_append(&unescaped, str_slice(s->text, run, s->at));
            has_escape = true;
            s->at++;
            if (!scan_escape(s, out != NULL ? &unescaped : NULL))
                return false;
            run = s->at;
            continue;
        }
        size_t step = str_utf8_char(s->text, s->at);
        if (step == 0)
            return fault(s, NOT_UTF8);
        s->at += step;
    }
    struct str last = str_slice(s->text, run, s->at);
    s->at++;
    if (out == NULL)
        return true;
    if (has_escape)
        text_append(&unescaped, last);
    *out = has_escape ? text_str(&unescaped) : last;
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool scan_number(struct scan *s)
{
    size_t from = s->at;
    int64_t value;
    if (peek(s) == '-')
        s->at++;
    if (!is_digit(peek(s)))
        return fault(s, LONE_MINUS);
    if (peek(s) == '0')
        s->at++;
    else
        while (is_digit(peek(s)))
            s->at++;
    if (is_digit(peek(s)))
        return fault(s, LEADING_ZERO);
    if (peek(s) == '.' || peek(s) == 'e' || peek(s) == 'E')
        return fault(s, NOT_INTEGER);
    struct str digits = str_slice(s->text, from, s->at);
    if (str_to_int(digits, &value) || str_equal(digits, STR("-0")))
        return true;
    s->at = from;
    return fault(s, BEYOND_64_BITS);
}

static bool scan_word(struct scan *s, struct str word)
{
    if (!str_equal(str_slice(s->text, s->at, s->at + word.len), word))
        return fault(s, NO_VALUE);
    s->at += word.len;
    return true;
}

static void keys_add(struct scan *s, struct keys *keys, struct str name, size_t at)
{
    if (keys->count == keys->cap) {
        size_t cap = keys->cap == 0 ? 16 : keys->cap * 2; /* bounded by the text's length */
        keys->items = arena_grow(s->arena, keys->items, keys->cap * sizeof *keys->items,
                                 cap * sizeof *keys->items);
        keys->cap = cap;
    }
    keys->items[keys->count++] = (struct key){name, at};
}

static int compare_keys(const void *left, const void *right)
{
    const struct key *a = left;
    const struct key *b = right;
    size_t shorter = a->name.len < b->name.len ? a->name.len : b->name.len;
    int order = shorter == 0 ? 0 : memcmp(a->name.ptr, b->name.ptr, shorter);
    if (order != 0)
        return order;
    if (a->name.len != b->name.len)
        return a->name.len < b->name.len ? -1 : 1;
    return a->at < b->at ? -1 : 1; /* so that the later of two equals is reported */
}

/* By sorting, not hashing: no choice of names makes it slow. */
static bool keys_are_single(struct scan *s, struct keys *keys)
{
    if (keys->count < 2)
        return true;
    qsort(keys->items, keys->count, sizeof *keys->items, compare_keys);
    for (size_t i = 1; i < keys->count; i++) {
        if (str_equal(keys->items[i - 1].name, keys->items[i].name)) {
            s->at = keys->items[i].at;
            return fault(s, DOUBLED_NAME);
        }
    }
    return true;
}

static bool scan_value(struct scan *s);

/* At a member name: "name" : value */
static bool scan_member(struct scan *s, struct keys *keys)
{
    size_t at = s->at;
    struct str name;
    if (peek(s) != '"')
        return fault(s, NO_NAME);
    if (!scan_string(s, &name))
        return false;
    keys_add(s, keys, name, at);
    skip_space(s);
    if (peek(s) != ':')
        return fault(s, NO_COLON);
    s->at++;
    return scan_value(s);
}

/* Object or array, at its opening bracket. */
static bool scan_container(struct scan *s, char close)
{
    struct keys keys = {0};
    if (++s->depth > JSON_DEPTH_MAX)
        return fault(s, TOO_DEEP);
    s->at++;
    skip_space(s);
    bool is_done = peek(s) == close;
    while (!is_done) {
        skip_space(s);
        if (close == '}' ? !scan_member(s, &keys) : !scan_value(s))
            return false;
        is_done = peek(s) == close;
        if (!is_done && peek(s) != ',')
            return fault(s, NO_COMMA);
        if (!is_done)
            s->at++;
    }
    s->at++;
    s->depth--;
    return keys_are_single(s, &keys);
}

/* A value with the space around it. Recursion ends at JSON_DEPTH_MAX. */
static bool scan_value(struct scan *s)
{
    skip_space(s);
    bool ok;
    switch (peek(s)) {
    case '{':
        ok = scan_container(s, '}');
        break;
    case '[':
        ok = scan_container(s, ']');
        break;
    case '"':
        ok = scan_string(s, NULL);
        break;
    case 't':
        ok = scan_word(s, STR("true"));
        break;
    case 'f':
        ok = scan_word(s, STR("false"));
        break;
    case 'n':
        ok = scan_word(s, STR("null"));
        break;
    default:
        ok = peek(s) == '-' || is_digit(peek(s)) ? scan_number(s) : fault(s, NO_VALUE);
    }
    if (ok)
        skip_space(s);
    return ok;
}

bool json_scan(struct arena *a, struct str text, size_t *at, const char **why)
{
    struct scan s = {.arena = a, .text = text};
    bool ok = scan_value(&s);
    if (ok && s.at < text.len)
        ok = fault(&s, TRAILING);
    *at = s.at;
    *why = s.why;
    return ok;
}

const char *json_fault_vi(const char *why)
{
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++)
        if (strcmp(sentences[i].english, why) == 0)
            return sentences[i].vietnamese;
    return why;
}
