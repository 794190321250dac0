#include "output/xlsx_text.h"

#define YES             "Có"
#define NO              "Không"
#define WIDTH_MIN       8
#define WIDTH_DATE      12
#define WIDTH_TIMESTAMP 20
#define HEADER_LINES    2 /* what a header is broken into, where its column is no wider */
#define WIDTH_BUTTON    3 /* of the filter, in the header */
#define WIDTH_SPARE     8 /* in a full column: letters are wider than the digits it is measured in */
#define WRAPPED_MOST    400 /* bytes */

/* A value as people say it. */
static struct str word_for(const struct output_note *note, struct str value)
{
    for (size_t i = 0; i < note->word_count; i++)
        if (str_equal(note->words[i].value, value))
            return note->words[i].title;
    return value;
}

static struct str joined(struct arena *a, const struct output_note *note, struct str array)
{
    struct text t = {.arena = a};
    struct str element;
    while (output_array_next(a, &array, &element)) {
        if (t.len > 0)
            text_append(&t, STR("; "));
        text_append(&t, word_for(note, element));
    }
    return text_str(&t);
}

struct str xlsx_text(struct arena *a, enum output_type type, const struct output_note *note,
                     struct str value)
{
    if (value.ptr == NULL)
        return value;
    if (type == OUTPUT_BOOL)
        return value.len > 0 && value.ptr[0] == 't' ? STR(YES) : STR(NO);
    return type == OUTPUT_TEXT_ARRAY ? joined(a, note, value) : word_for(note, value);
}

static size_t char_count(struct str s)
{
    size_t chars = 0;
    for (size_t i = 0; i < s.len && chars < XLSX_WIDTH_MAX; i++)
        chars += (s.ptr[i] & 0xc0) != 0x80;
    return chars;
}

/* Lines that the title takes, broken at spaces as a spreadsheet does, in `width` characters;
 * *longest gets its longest word. */
static size_t title_lines(struct str title, size_t width, size_t *longest)
{
    size_t lines = 1;
    size_t used = 0;
    struct str word;
    struct str rest = title;
    for (bool is_more = true; is_more;) {
        is_more = str_cut(rest, ' ', &word, &rest);
        size_t chars = char_count(word);
        *longest = chars > *longest ? chars : *longest;
        if (used > 0 && used + 1 + chars > width) {
            lines++;
            used = 0;
        }
        used += (used > 0) + chars;
    }
    return lines;
}

size_t xlsx_width(struct arena *a, const struct output_rows *rows, const struct output_note *note,
                  size_t column)
{
    enum output_type type = rows->columns[column].type;
    size_t longest = 0;
    size_t widest = type == OUTPUT_DATE        ? WIDTH_DATE
                    : type == OUTPUT_TIMESTAMP ? WIDTH_TIMESTAMP
                                               : WIDTH_MIN;
    (void)title_lines(note->title, XLSX_WIDTH_MAX, &longest);
    size_t part = char_count(note->title) / HEADER_LINES;
    size_t least = (part > longest ? part : longest) + WIDTH_BUTTON;
    widest = least > widest ? least : widest;
    size_t parted = note->is_money ? 3 : SIZE_MAX; /* digits, before one more character */
    for (size_t row = 0; type != OUTPUT_TIMESTAMP && type != OUTPUT_DATE && row < rows->row_count;
         row++) {
        size_t chars =
            char_count(xlsx_text(a, type, note, rows->value(rows->source, row, column))) + 1;
        chars += chars / parted;
        widest = chars > widest ? chars : widest;
    }
    return widest < XLSX_WIDTH_MAX ? widest : XLSX_WIDTH_MAX;
}

size_t xlsx_title_lines(struct str title, size_t width)
{
    size_t longest = 0;
    return title_lines(title, width - WIDTH_BUTTON, &longest);
}

size_t xlsx_text_lines(struct str text)
{
    size_t lines = 0;
    size_t longest = 0;
    struct str part;
    if (text.len <= XLSX_WIDTH_MAX || text.len > WRAPPED_MOST)
        return 1;
    for (bool is_more = true; is_more;) {
        is_more = str_cut(text, '\n', &part, &text);
        lines += title_lines(part, XLSX_WIDTH_MAX - WIDTH_SPARE, &longest);
    }
    return lines;
}
