#include "resource/value.h"

static bool digits(struct str s, size_t from, size_t count, int *out)
{
    int sum = 0;
    if (from + count > s.len)
        return false;
    for (size_t i = from; i < from + count; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
        sum = sum * 10 + (s.ptr[i] - '0');
    }
    *out = sum;
    return true;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && is_leap ? 29 : days[month - 1];
}

bool value_is_date(struct str s)
{
    int year = 0;
    int month = 0;
    int day = 0;
    if (s.len != 10 || s.ptr[4] != '-' || s.ptr[7] != '-')
        return false;
    if (!digits(s, 0, 4, &year) || !digits(s, 5, 2, &month) || !digits(s, 8, 2, &day))
        return false;
    return year >= 1900 && year <= 2999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= days_in_month(year, month);
}

/* hh:mm, as in a time of day and in an offset. */
static bool is_clock(struct str s, size_t at, int most_hours)
{
    int hour = 0;
    int minute = 0;
    if (at + 5 > s.len || s.ptr[at + 2] != ':')
        return false;
    return digits(s, at, 2, &hour) && digits(s, at + 3, 2, &minute) && hour <= most_hours &&
           minute <= 59;
}

bool value_is_timestamp(struct str s)
{
    int second = 0;
    size_t at = 19;
    if (s.len < 20 || !value_is_date(str_slice(s, 0, 10)) || (s.ptr[10] != 'T' && s.ptr[10] != 't'))
        return false;
    if (!is_clock(s, 11, 23) || s.ptr[16] != ':' || !digits(s, 17, 2, &second) || second > 59)
        return false;
    if (s.ptr[at] == '.') {
        size_t begin = ++at;
        while (at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9')
            at++;
        if (at == begin || at - begin > 9 || at == s.len)
            return false;
    }
    if (s.ptr[at] == 'Z' || s.ptr[at] == 'z')
        return at + 1 == s.len;
    return (s.ptr[at] == '+' || s.ptr[at] == '-') && at + 6 == s.len && is_clock(s, at + 1, 14);
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool value_is_uuid(struct str s)
{
    if (s.len != 36)
        return false;
    for (size_t i = 0; i < 36; i++) {
        bool is_dash_place = i == 8 || i == 13 || i == 18 || i == 23;
        if (is_dash_place ? s.ptr[i] != '-' : !is_hex(s.ptr[i]))
            return false;
    }
    return true;
}

size_t value_characters(struct str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++)
        if (((unsigned char)s.ptr[i] & 0xc0) != 0x80)
            count++;
    return count;
}

bool value_is_printable(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f)
            return false;
    }
    return true;
}

static struct str check_int(struct str text, int64_t most)
{
    int64_t v = 0;
    if (!str_to_int(text, &v))
        return STR("wrong_type");
    return v < -most - 1 || v > most ? STR("out_of_range") : STR("");
}

static struct str check_choice(const struct choice *choices, size_t count, struct str text)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(choices[i].value, text))
            return STR("");
    return STR("not_a_choice");
}

struct str value_check(enum field_type type, const struct choice *choices, size_t choice_count,
                       struct str text)
{
    switch (type) {
    case FIELD_INT:
        return check_int(text, INT64_MAX);
    case FIELD_INT_REF:
        return check_int(text, INT32_MAX);
    case FIELD_BOOL:
        return str_equal(text, STR("true")) || str_equal(text, STR("false")) ? STR("")
                                                                             : STR("wrong_type");
    case FIELD_DATE:
        return value_is_date(text) ? STR("") : STR("bad_date");
    case FIELD_TIMESTAMP:
        return value_is_timestamp(text) ? STR("") : STR("bad_time");
    case FIELD_UUID:
        return value_is_uuid(text) ? STR("") : STR("bad_uuid");
    case FIELD_CHOICE:
        return check_choice(choices, choice_count, text);
    case FIELD_NUMBER: /* read only */
        return STR("wrong_type");
    case FIELD_TEXT:
    case FIELD_JSON:
    case FIELD_TEXT_ARRAY:
    case FIELD_TYPE__MAX:
        break;
    }
    return value_is_printable(text) ? STR("") : STR("bad_format");
}
