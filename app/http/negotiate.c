#include "http/negotiate.h"

/* Weights in thousandths; RFC 9110 allows three decimals. */
#define WEIGHT_FULL 1000

/* Index of byte c at or after `from`, outside of quoted strings; s.len when absent. */
static size_t find_unquoted(struct str s, char c, size_t from)
{
    bool is_quoted = false;
    for (size_t i = from; i < s.len; i++) {
        if (s.ptr[i] == '"')
            is_quoted = !is_quoted;
        else if (s.ptr[i] == '\\' && is_quoted)
            i++;
        else if (s.ptr[i] == c && !is_quoted)
            return i;
    }
    return s.len;
}

static bool cut_unquoted(struct str s, char c, struct str *head, struct str *rest)
{
    size_t at = find_unquoted(s, c, 0);
    *head = str_trim(str_slice(s, 0, at));
    *rest = str_slice(s, at + 1, s.len);
    return at < s.len;
}

bool http_list_next(struct str *rest, struct str *item)
{
    while (rest->len > 0) {
        struct str tail;
        cut_unquoted(*rest, ',', item, &tail);
        *rest = tail;
        if (item->len > 0)
            return true;
    }
    return false;
}

/* "0.8" → 800; -1 when it is no weight. */
static int parse_weight(struct str s)
{
    if (s.len == 0 || s.len > 5 || (s.ptr[0] != '0' && s.ptr[0] != '1'))
        return -1;
    if (s.len > 1 && s.ptr[1] != '.')
        return -1;
    int weight = (s.ptr[0] - '0') * WEIGHT_FULL;
    int place = 100;
    for (size_t i = 2; i < s.len; i++, place /= 10) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return -1;
        weight += (s.ptr[i] - '0') * place;
    }
    return weight <= WEIGHT_FULL ? weight : -1;
}

/* "vi;q=0.8" → "vi" and 800. False when malformed. */
static bool split_weight(struct str item, struct str *value, int *weight)
{
    struct str rest;
    *weight = WEIGHT_FULL;
    cut_unquoted(item, ';', value, &rest);
    while (rest.len > 0) {
        struct str parameter;
        struct str name;
        struct str text;
        struct str tail;
        cut_unquoted(rest, ';', &parameter, &tail);
        rest = tail;
        str_cut(parameter, '=', &name, &text);
        if (str_equal_nocase(str_trim(name), STR("q")))
            *weight = parse_weight(str_trim(text));
    }
    return value->len > 0 && *weight >= 0;
}

static bool is_language(struct str tag, struct str primary)
{
    return str_equal_nocase(str_slice(tag, 0, primary.len), primary) &&
           (tag.len == primary.len || tag.ptr[primary.len] == '-');
}

static int greater(int a, int b)
{
    return a > b ? a : b;
}

enum http_language http_language_pick(struct str accept_language)
{
    int vietnamese = -1; /* -1: not named */
    int english = -1;
    int any = 0;
    struct str item;
    while (http_list_next(&accept_language, &item)) {
        struct str tag;
        int weight;
        if (!split_weight(item, &tag, &weight))
            continue;
        if (is_language(tag, STR("vi")))
            vietnamese = greater(vietnamese, weight);
        else if (is_language(tag, STR("en")))
            english = greater(english, weight);
        else if (str_equal(tag, STR("*")))
            any = weight;
    }
    if (vietnamese < 0)
        vietnamese = any;
    if (english < 0)
        english = any;
    return english > vietnamese ? HTTP_EN : HTTP_VI;
}

/* How closely a media range names an offer: 3 exact, 2 "type/" + "*", 1 all, 0 not at all. */
static int closeness(struct str range, struct str offer)
{
    if (str_equal_nocase(range, offer))
        return 3;
    if (str_equal(range, STR("*/*")))
        return 1;
    if (str_ends(range, STR("/*")) && range.len - 1 <= offer.len &&
        str_equal_nocase(str_slice(range, 0, range.len - 1), str_slice(offer, 0, range.len - 1)))
        return 2;
    return 0;
}

/* The weight of the closest range that names the offer. */
static int offer_weight(struct str accept, struct str offer)
{
    int best = 0;
    int result = 0;
    struct str item;
    while (http_list_next(&accept, &item)) {
        struct str range;
        int weight;
        if (!split_weight(item, &range, &weight))
            continue;
        int close = closeness(range, offer);
        if (close > best || (close == best && close > 0 && weight > result)) {
            best = close;
            result = weight;
        }
    }
    return result;
}

int http_accept_pick(struct str accept, const struct str *offers, size_t count)
{
    if (str_trim(accept).len == 0)
        return count > 0 ? 0 : -1;
    int picked = -1;
    int best = 0;
    for (size_t i = 0; i < count; i++) {
        int weight = offer_weight(accept, offers[i]);
        if (weight > best) {
            best = weight;
            picked = (int)i;
        }
    }
    return picked;
}

/* RFC 7240: names without regard to case, the first of equals counts, parameters after ';' are not
 * the preference's value, an empty value is as good as none. */
bool http_prefer_get(const struct http_request *r, struct str name, struct str *out)
{
    struct str rest = r->prefer;
    struct str item;
    while (http_list_next(&rest, &item)) {
        struct str preference;
        struct str parameters;
        struct str key;
        struct str value;
        cut_unquoted(item, ';', &preference, &parameters);
        str_cut(preference, '=', &key, &value);
        if (!str_equal_nocase(str_trim(key), name))
            continue;
        value = str_trim(value);
        if (value.len >= 2 && value.ptr[0] == '"' && value.ptr[value.len - 1] == '"')
            value = str_slice(value, 1, value.len - 1);
        *out = value;
        return true;
    }
    return false;
}
