#include "input/cell_type.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "input/xlsx.h"

/* Whole numbers that a double holds exactly. */
#define WHOLE_MAX 9007199254740992.0
/* Serials between 1927 (1931) and 2173 (2177): five digits. Four would be a year more often than a
 * day. */
#define SERIAL_LEAST 10000
#define SERIAL_MOST  99999

static bool number_of(struct arena *a, struct str text, double *out)
{
    char *end = NULL;
    char *copy = str_cstr(a, text);
    *out = strtod(copy, &end);
    return end != copy && *end == '\0' && isfinite(*out);
}

/* ---- text ---- */

/* A number in a column of text, a code say: as a person would write it. */
const char *cell_as_text(struct arena *a, enum cell_kind kind, struct str text, struct str *out)
{
    double value = 0;
    *out = text;
    if (kind != CELL_NUMBER)
        return NULL;
    if (!number_of(a, text, &value))
        return "bad_format";
    if (fabs(value) <= WHOLE_MAX && value == floor(value))
        *out = str_printf(a, "%.0f", value + 0.0);
    else
        *out = str_printf(a, "%.15g", value);
    return NULL;
}

/* ---- dates ---- */

static bool is_leap(int64_t y)
{
    return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static const char *write_date(struct arena *a, int64_t y, int64_t m, int64_t d, struct str *out)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (y < 1900 || y > 9999 || m < 1 || m > 12 || d < 1 ||
        d > days[m - 1] + (m == 2 && is_leap(y)))
        return "bad_date";
    *out = str_printf(a, "%04d-%02d-%02d", (int)y, (int)m, (int)d);
    return NULL;
}

/* Digits only, `least` to `most` of them. */
static bool digits(struct str s, size_t least, size_t most, int64_t *out)
{
    *out = 0;
    if (s.len < least || s.len > most)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
        *out = *out * 10 + (s.ptr[i] - '0');
    }
    return true;
}

static bool split(struct str text, char by, struct str parts[3])
{
    struct str rest = text;
    struct str more;
    return str_cut(rest, by, &parts[0], &rest) && str_cut(rest, by, &parts[1], &rest) &&
           !str_cut(rest, by, &parts[2], &more);
}

static const char *serial_date(struct arena *a, double serial, bool is_1904, struct str *out)
{
    char day[32];
    if (serial != floor(serial) || serial < SERIAL_LEAST || serial > SERIAL_MOST ||
        !excel_date(serial, is_1904, day))
        return "bad_date";
    *out = str_copy(a, str_from(day));
    return NULL;
}

const char *cell_as_date(struct arena *a, enum cell_kind kind, struct str text, bool is_1904,
                         struct str *out)
{
    struct str part[3];
    int64_t n[3];
    double serial = 0;
    if (kind == CELL_BOOL || kind == CELL_PERCENT)
        return "bad_date";
    if (kind == CELL_NUMBER)
        return number_of(a, text, &serial) ? serial_date(a, serial, is_1904, out) : "bad_date";
    if (split(text, '-', part) && digits(part[0], 4, 4, &n[0]) && digits(part[1], 1, 2, &n[1]) &&
        digits(part[2], 1, 2, &n[2]))
        return write_date(a, n[0], n[1], n[2], out);
    if (split(text, '/', part) && digits(part[0], 1, 2, &n[0]) && digits(part[1], 1, 2, &n[1]) &&
        digits(part[2], 4, 4, &n[2]))
        return write_date(a, n[2], n[1], n[0], out);
    if (!is_1904 && digits(text, 5, 5, &n[0]))
        return serial_date(a, (double)n[0], false, out);
    return "bad_date";
}

/* ---- whole numbers ---- */

const char *cell_as_integer(struct arena *a, enum cell_kind kind, struct str text, struct str *out)
{
    double value = 0;
    int64_t whole = 0;
    if (kind == CELL_DATE || kind == CELL_BOOL || kind == CELL_PERCENT)
        return "bad_integer";
    if (str_to_int(text, &whole)) {
        *out = text;
        return NULL;
    }
    /* only what the file itself holds as a number may have a point or an exponent */
    if (kind != CELL_NUMBER || !number_of(a, text, &value) || value != floor(value) ||
        fabs(value) > WHOLE_MAX)
        return "bad_integer";
    *out = str_printf(a, "%lld", (long long)value);
    return NULL;
}

const char *cell_as_percent(struct arena *a, enum cell_kind kind, struct str text, struct str *out)
{
    int64_t whole = 0;
    if ((kind != CELL_TEXT && kind != CELL_PERCENT) || !str_ends(text, STR("%")))
        return cell_as_integer(a, kind, text, out);
    /* cleaned once more: what stands before the sign may be a space that does not break a line */
    (void)cell_text_clean(a, str_slice(text, 0, text.len - 1), out);
    return str_to_int(*out, &whole) ? NULL : "bad_integer";
}

/* ---- yes and no ---- */

static const struct {
    struct str word;
    bool value;
} words[] = {
    {STR_INIT("true"), true},   {STR_INIT("có"), true},     {STR_INIT("x"), true},
    {STR_INIT("1"), true},      {STR_INIT("đúng"), true},   {STR_INIT("yes"), true},
    {STR_INIT("false"), false}, {STR_INIT("không"), false}, {STR_INIT("0"), false},
    {STR_INIT("sai"), false},   {STR_INIT("no"), false},
};

const char *cell_as_boolean(struct arena *a, enum cell_kind kind, struct str text, struct str *out)
{
    if (kind == CELL_DATE || text.len > 16)
        return "bad_boolean";
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (cell_text_equal(a, text, words[i].word)) {
            *out = words[i].value ? STR("true") : STR("false");
            return NULL;
        }
    }
    return "bad_boolean";
}
