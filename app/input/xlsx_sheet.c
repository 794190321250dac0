/* The cells of one worksheet, row by row. A merged cell's text stands in its first cell, the others
 * are empty; hidden rows and columns are rows and columns; of a formula the value that was computed
 * last is taken. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input/xlsx.h"

#define ROWS_OF_EXCEL    1048576
#define COLUMNS_OF_EXCEL 16384

enum value_type { VALUE_NUMBER, VALUE_SHARED, VALUE_TEXT, VALUE_BOOL, VALUE_ERROR, VALUE_ISO_DATE };

struct sheet_reading {
    struct xlsx_book *book;
    const struct sheet_sink *sink;
    struct xml_part *part;
    uint32_t row_number;
    uint32_t row_count;
    bool is_in_row;
    /* the present cell */
    bool is_in_cell;
    uint32_t column;
    uint32_t next_column;
    enum value_type type;
    size_t style;
    bool has_formula;
    bool has_value;
    bool is_in_value; /* inside v, or t of is */
    unsigned phonetic;
    size_t value_from;
    char inline_font;
    /* the row: texts of its own stand in `text`, found by offset while it may still move */
    struct buffer text;
    struct cell cells[SHEET_COLUMNS_MAX];
    bool is_own[SHEET_COLUMNS_MAX];
    size_t starts[SHEET_COLUMNS_MAX];
    size_t count;
    size_t shared_len; /* bytes of the row's shared strings: one may stand in every cell */
    size_t text_len;   /* of all rows: a small file may say a long string a million times */
};

static void refuse(struct sheet_reading *r, const char *word, const char *detail)
{
    xml_refuse(r->part, word, r->row_number, detail);
}

/* "BC17" → column and row; false: not an address. */
static bool read_address(struct str s, uint32_t *column, uint32_t *row)
{
    size_t at = 0;
    uint32_t letters = 0;
    int64_t number = 0;
    while (at < s.len && at < 3 && s.ptr[at] >= 'A' && s.ptr[at] <= 'Z')
        letters = letters * 26 + (uint32_t)(s.ptr[at++] - 'A' + 1);
    if (at == 0 || letters > COLUMNS_OF_EXCEL || !str_to_int(str_slice(s, at, s.len), &number) ||
        number < 1 || number > ROWS_OF_EXCEL)
        return false;
    *column = letters - 1;
    *row = (uint32_t)number;
    return true;
}

static void begin_row(struct sheet_reading *r, const struct xml_attribute *a, size_t count)
{
    struct str text;
    int64_t number = (int64_t)r->row_number + 1;
    bool is_good = !xml_attribute_of(a, count, "r", &text) || str_to_int(text, &number);
    if (!is_good || number <= (int64_t)r->row_number || number > ROWS_OF_EXCEL || r->is_in_row) {
        refuse(r, "damaged_file", "row");
        return;
    }
    r->row_number = (uint32_t)number;
    r->is_in_row = true;
    r->next_column = 0;
    r->count = 0;
    r->text.len = 0;
    r->shared_len = 0;
}

static void end_row(struct sheet_reading *r)
{
    r->is_in_row = false;
    if (r->count == 0)
        return;
    if (++r->row_count > SHEET_ROWS_MAX) {
        refuse(r, "too_many_rows", NULL);
        return;
    }
    for (size_t i = 0; i < r->count; i++) {
        if (r->is_own[i])
            r->cells[i].text.ptr = r->text.ptr + r->starts[i];
        r->text_len += r->cells[i].text.len;
    }
    if (r->text_len > SHEET_TEXT_MAX) {
        refuse(r, "too_many_strings", NULL);
        return;
    }
    struct sheet_row row = {r->row_number, r->cells, r->count};
    if (!r->sink->row(r->sink->state, &row))
        xml_stop(r->part);
}

static enum value_type type_of(struct str word)
{
    if (str_equal(word, STR("s")))
        return VALUE_SHARED;
    if (str_equal(word, STR("str")) || str_equal(word, STR("inlineStr")))
        return VALUE_TEXT;
    if (str_equal(word, STR("b")))
        return VALUE_BOOL;
    if (str_equal(word, STR("e")))
        return VALUE_ERROR;
    return str_equal(word, STR("d")) ? VALUE_ISO_DATE : VALUE_NUMBER;
}

static void begin_cell(struct sheet_reading *r, const struct xml_attribute *a, size_t count)
{
    struct str text;
    int64_t style = 0;
    uint32_t row = r->row_number;
    r->column = r->next_column;
    if (xml_attribute_of(a, count, "r", &text) && !read_address(text, &r->column, &row)) {
        refuse(r, "damaged_file", "cell");
        return;
    }
    if (!r->is_in_row || row != r->row_number || r->column < r->next_column || r->is_in_cell) {
        refuse(r, "damaged_file", "cell");
        return;
    }
    r->next_column = r->column + 1;
    r->is_in_cell = true;
    r->type = xml_attribute_of(a, count, "t", &text) ? type_of(text) : VALUE_NUMBER;
    r->style = xml_attribute_of(a, count, "s", &text) && str_to_int(text, &style) && style >= 0
                   ? (size_t)style
                   : 0;
    r->has_formula = false;
    r->has_value = false;
    r->phonetic = 0;
    r->inline_font = FONT_PLAIN;
    r->value_from = r->text.len;
}

static void put(struct sheet_reading *r, enum cell_kind kind, enum legacy_font font,
                const char *text)
{
    if (r->column >= SHEET_COLUMNS_MAX) {
        refuse(r, "too_many_columns", NULL);
        return;
    }
    if (text != NULL) {
        r->text.len = r->value_from;
        if (!buffer_add(&r->text, text, strlen(text))) {
            refuse(r, "too_long", NULL);
            return;
        }
    }
    size_t len = r->text.len - r->value_from;
    if (len == 0)
        return;
    r->is_own[r->count] = true;
    r->starts[r->count] = r->value_from;
    r->cells[r->count++] =
        (struct cell){.kind = kind, .font = font, .column = r->column, .text = {NULL, len}};
}

static void put_shared(struct sheet_reading *r, struct str index, enum legacy_font font)
{
    int64_t number = 0;
    struct str text = STR("");
    enum legacy_font run = FONT_PLAIN;
    if (!str_to_int(index, &number) || number < 0 ||
        !xlsx_string(r->book, (size_t)number, &text, &run)) {
        refuse(r, "damaged_file", "shared string");
        return;
    }
    r->text.len = r->value_from;
    if (text.len > SHEET_CELL_MAX || r->column >= SHEET_COLUMNS_MAX) {
        refuse(r, text.len > SHEET_CELL_MAX ? "too_long" : "too_many_columns", NULL);
        return;
    }
    r->shared_len += text.len;
    if (r->shared_len + r->text.len > SHEET_ROW_MAX) {
        refuse(r, "too_long", NULL);
        return;
    }
    if (text.len == 0)
        return;
    r->is_own[r->count] = false;
    r->cells[r->count++] = (struct cell){.kind = CELL_TEXT,
                                         .font = run != FONT_PLAIN ? run : font,
                                         .column = r->column,
                                         .text = text};
}

static bool is_number(struct str s)
{
    if (s.len == 0 || s.len > 40)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] == '\0' || strchr("0123456789.eE+-", s.ptr[i]) == NULL)
            return false;
    return true;
}

/* 0.85 where "85%" is shown: as it is shown, but for rounding. */
static void put_percent(struct sheet_reading *r, double value)
{
    char shown[32];
    snprintf(shown, sizeof shown, "%.15g%%", value * 100 + 0.0);
    put(r, isfinite(value) ? CELL_PERCENT : CELL_FAULT, FONT_PLAIN,
        isfinite(value) ? shown : "cell_error");
}

static void put_number(struct sheet_reading *r, struct str value, enum xlsx_shows shows)
{
    char number[48];
    char day[32];
    if (!is_number(value)) {
        put(r, CELL_FAULT, FONT_PLAIN, "cell_error");
        return;
    }
    snprintf(number, sizeof number, "%.*s", STR_ARG(value));
    if (shows == XLSX_PERCENT)
        put_percent(r, strtod(number, NULL));
    else if (shows == XLSX_NUMBER)
        put(r, CELL_NUMBER, FONT_PLAIN, number);
    else if (excel_date(strtod(number, NULL), r->book->is_1904, day))
        put(r, CELL_DATE, FONT_PLAIN, day);
    else
        put(r, CELL_FAULT, FONT_PLAIN, "bad_date");
}

/* "2023-01-31T00:00:00.000" → what excel_date would write. */
static void put_iso(struct sheet_reading *r, struct str value)
{
    char day[32];
    struct str date;
    struct str time;
    bool has_time = str_cut(value, 'T', &date, &time);
    struct str clock = str_slice(time, 0, 8);
    if (date.len != 10 || (has_time && clock.len != 8)) {
        put(r, CELL_FAULT, FONT_PLAIN, "bad_date");
        return;
    }
    bool is_midnight = !has_time || str_equal(clock, STR("00:00:00"));
    snprintf(day, sizeof day, "%.*s%s%.*s", STR_ARG(date), is_midnight ? "" : " ",
             is_midnight ? 0 : (int)clock.len, is_midnight ? "" : clock.ptr);
    put(r, CELL_DATE, FONT_PLAIN, day);
}

static void end_cell(struct sheet_reading *r)
{
    struct xlsx_style style = {.shows = XLSX_NUMBER};
    struct str value = {r->text.len > r->value_from ? r->text.ptr + r->value_from : "",
                        r->text.len - r->value_from};
    r->is_in_cell = false;
    if (r->style < r->book->style_count)
        style = r->book->styles[r->style];
    if (r->inline_font != FONT_PLAIN)
        style.font = (enum legacy_font)r->inline_font;
    if (r->type == VALUE_ERROR)
        put(r, CELL_FAULT, FONT_PLAIN, "cell_error");
    else if (r->has_formula && value.len == 0 && r->type != VALUE_TEXT)
        put(r, CELL_FAULT, FONT_PLAIN, "no_cached_value");
    else if (!r->has_value || value.len == 0)
        r->text.len = r->value_from;
    else if (r->type == VALUE_SHARED)
        put_shared(r, value, style.font);
    else if (r->type == VALUE_BOOL)
        put(r, CELL_BOOL, FONT_PLAIN, str_equal(value, STR("1")) ? "true" : "false");
    else if (r->type == VALUE_ISO_DATE)
        put_iso(r, value);
    else if (r->type == VALUE_NUMBER)
        put_number(r, value, style.shows);
    else {
        if (value.len > 0)
            r->text.len = r->value_from + xlsx_unescape(r->text.ptr + r->value_from, value.len);
        put(r, CELL_TEXT, style.font, NULL);
    }
}

static void on_begin(struct xml_part *p, struct str name, const struct xml_attribute *a,
                     size_t count)
{
    struct sheet_reading *r = p->state;
    struct str value;
    if (str_equal(name, STR("row")))
        begin_row(r, a, count);
    else if (str_equal(name, STR("c")))
        begin_cell(r, a, count);
    else if (!r->is_in_cell)
        return;
    else if (str_equal(name, STR("f")))
        r->has_formula = true;
    else if (str_equal(name, STR("rPh")))
        r->phonetic++;
    else if (str_equal(name, STR("rFont")) && xml_attribute_of(a, count, "val", &value) &&
             value.len > 0 && r->inline_font == FONT_PLAIN)
        r->inline_font = (char)xlsx_font(value);
    else if (str_equal(name, STR("v")) || (str_equal(name, STR("t")) && r->phonetic == 0))
        r->is_in_value = r->has_value = true;
}

static void on_text(struct xml_part *p, struct str text)
{
    struct sheet_reading *r = p->state;
    if (!r->is_in_value)
        return;
    if (!buffer_add(&r->text, text.ptr, text.len) || r->text.len - r->value_from > SHEET_CELL_MAX)
        refuse(r, "too_long", NULL);
}

static void on_end(struct xml_part *p, struct str name)
{
    struct sheet_reading *r = p->state;
    if (str_equal(name, STR("v")) || str_equal(name, STR("t")))
        r->is_in_value = false;
    else if (str_equal(name, STR("rPh")) && r->phonetic > 0)
        r->phonetic--;
    else if (str_equal(name, STR("c")) && r->is_in_cell)
        end_cell(r);
    else if (str_equal(name, STR("row")) && r->is_in_row)
        end_row(r);
    else if (str_equal(name, STR("sheetData")))
        xml_stop(p); /* what follows is how it looks */
}

bool xlsx_sheet_read(struct xlsx_book *b, const struct sheet_sink *sink, struct sheet_fault *fault)
{
    struct sheet_reading *r = calloc(1, sizeof *r);
    if (r == NULL)
        return sheet_refuse(fault, "no_memory", 0, NULL);
    struct xml_part p = {
        .begin = on_begin, .text = on_text, .end = on_end, .state = r, .fault = fault};
    r->book = b;
    r->sink = sink;
    r->part = &p;
    r->text.most = SHEET_ROW_MAX;
    bool is_good = xml_read(b->archive, b->sheet_part, XLSX_SHEET_MAX, &p);
    buffer_free(&r->text);
    free(r);
    return is_good;
}
