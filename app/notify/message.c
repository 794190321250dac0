#include "notify/message.h"

#include <string.h>
#include <time.h>

#define WORD_BYTES 45 /* as base64 between =?UTF-8?B? and ?=: 72 characters, of 75 allowed */
#define HEAD_BYTES 39 /* the first, behind "Subject: ": 73 characters, of 76 of a line */
#define LINE_BYTES 57 /* as base64: the 76 characters of a line */
#define ZONE_S     (7 * 3600)

bool message_address_is_plain(struct str address)
{
    size_t at_count = 0;
    if (address.len < 3 || address.len > 200 || address.ptr[0] == '-' || address.ptr[0] == '@' ||
        address.ptr[address.len - 1] == '@')
        return false;
    for (size_t i = 0; i < address.len; i++) {
        unsigned char c = (unsigned char)address.ptr[i];
        if (c <= ' ' || c >= 0x7f || strchr("<>()[],;:\\\"", c) != NULL)
            return false;
        at_count += c == '@';
    }
    return at_count == 1;
}

static void put_base64(struct text *t, struct str s)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < s.len; i += 3) {
        unsigned v = (unsigned)(unsigned char)s.ptr[i] << 16;
        if (i + 1 < s.len)
            v |= (unsigned)(unsigned char)s.ptr[i + 1] << 8;
        if (i + 2 < s.len)
            v |= (unsigned char)s.ptr[i + 2];
        text_byte(t, digits[v >> 18]);
        text_byte(t, digits[v >> 12 & 63]);
        text_byte(t, i + 1 < s.len ? digits[v >> 6 & 63] : '=');
        text_byte(t, i + 2 < s.len ? digits[v & 63] : '=');
    }
}

/* Encoded-words of whole characters, each on a line of its own. Bytes that are no character are
 * left out: the database holds UTF-8, and a control character has no place in a header. */
static void put_words(struct text *t, struct str s)
{
    char word[WORD_BYTES];
    size_t len = 0;
    bool is_first = true;
    for (size_t i = 0; i <= s.len;) {
        size_t size = i < s.len ? str_utf8_char(s, i) : 0;
        size_t most = is_first ? HEAD_BYTES : WORD_BYTES;
        if (len > 0 && (i == s.len || len + size > most)) {
            text_append(t, is_first ? STR("=?UTF-8?B?") : STR("\r\n =?UTF-8?B?"));
            put_base64(t, (struct str){word, len});
            text_append(t, STR("?="));
            is_first = false;
            len = 0;
        }
        if (size > 0 && ((unsigned char)s.ptr[i] < ' ' || s.ptr[i] == 0x7f))
            word[len++] = ' ';
        else if (size > 0) {
            memcpy(word + len, s.ptr + i, size);
            len += size;
        }
        i += size > 0 ? size : 1;
    }
}

/* Days and months are English by RFC, whatever the locale. */
static void put_date(struct text *t, int64_t now)
{
    static const char days[7][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char months[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    time_t local = (time_t)(now + ZONE_S);
    struct tm tm;
    gmtime_r(&local, &tm);
    text_printf(t, "Date: %s, %d %s %d %02d:%02d:%02d +0700\r\n", days[tm.tm_wday], tm.tm_mday,
                months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static void put_headers(struct text *t, const struct mail *m, struct str from, int64_t now)
{
    struct str domain = str_slice(from, str_find(from, '@', 0) + 1, from.len);
    put_date(t, now);
    text_printf(t, "From: danvan <%.*s>\r\n", STR_ARG(from));
    text_append(t, STR("To: "));
    put_words(t, m->name);
    text_printf(t, "\r\n <%.*s>\r\n", STR_ARG(m->address));
    text_append(t, STR("Subject: "));
    put_words(t, m->title);
    text_printf(t, "\r\nMessage-ID: <%.*s.%.*s@%.*s>\r\n", STR_ARG(m->notice_id),
                STR_ARG(m->user_id), STR_ARG(domain));
    text_append(t, STR("Auto-Submitted: auto-generated\r\n"
                       "MIME-Version: 1.0\r\n"
                       "Content-Type: text/plain; charset=UTF-8\r\n"
                       "Content-Transfer-Encoding: base64\r\n\r\n"));
}

/* Told where to look, and why the mail came. */
static struct str body_of(struct arena *a, const struct mail *m, struct str base_url)
{
    struct text t = {.arena = a};
    text_append(&t, m->text);
    if (base_url.len > 0 && m->link.len > 0)
        text_printf(&t, "\r\n\r\n%.*s%.*s", STR_ARG(base_url), STR_ARG(m->link));
    text_append(&t,
                STR("\r\n\r\n--\r\nThư tự động, xin đừng trả lời. Để thôi nhận thư, hãy báo người "
                    "quản trị tài khoản của đơn vị.\r\n"));
    return text_str(&t);
}

bool message_make(struct arena *a, const struct mail *m, struct str from, struct str base_url,
                  int64_t now, struct str *out, struct str *why)
{
    struct text t = {.arena = a};
    if (!message_address_is_plain(m->address)) {
        *why = STR("the address is not one that mail is sent to");
        return false;
    }
    put_headers(&t, m, from, now);
    struct str body = body_of(a, m, base_url);
    for (size_t i = 0; i < body.len; i += LINE_BYTES) {
        put_base64(&t, str_slice(body, i, i + LINE_BYTES));
        text_append(&t, STR("\r\n"));
    }
    *out = text_str(&t);
    return true;
}
