/* RFC 4180, as spreadsheets write it: UTF-8 with or without a byte order mark, the separator told
 * from the header line, CRLF or LF, quotes doubled inside quotes. Bytes that are not UTF-8 are
 * handed on as Latin-1 characters, for legacy.c to look at. */
#include <stdlib.h>
#include <string.h>

#include "input/buffer.h"
#include "input/sheet.h"

#define STEP_SIZE ((size_t)64 * 1024)

enum place { AT_START, IN_PLAIN, IN_QUOTES, AFTER_QUOTE };

struct csv {
    const struct byte_source *source;
    const struct sheet_sink *sink;
    struct sheet_fault *fault;
    bool is_8bit;
    char separator;
    enum place place;
    bool after_return; /* the byte before was a CR that ended a row */
    bool has_anything; /* since the row began */
    bool is_stopped;
    uint32_t row_number;
    uint32_t row_count;
    uint32_t column;
    size_t cell_from; /* where the present cell begins in `text` */
    struct buffer text;
    struct cell cells[SHEET_COLUMNS_MAX];
    size_t starts[SHEET_COLUMNS_MAX]; /* of their texts; the buffer moves as it grows */
    size_t count;
};

/* ---- before the rows: encoding and separator ---- */

/* Is all of the file UTF-8? Looked at in pieces that do not cut a character. */
static bool is_utf8(const struct byte_source *s, char *piece)
{
    size_t kept = 0;
    for (uint64_t at = 0; at < s->size;) {
        size_t len = s->size - at < STEP_SIZE ? (size_t)(s->size - at) : STEP_SIZE;
        if (!s->read(s->state, at, piece + kept, len))
            return false;
        at += len;
        size_t have = kept + len;
        size_t whole = have;
        if (at < s->size) /* back to the last byte that begins a character */
            for (size_t i = 0; i < 4 && whole > 0; i++)
                if (((unsigned char)piece[--whole] & 0xc0) != 0x80)
                    break;
        if (!str_is_utf8((struct str){piece, whole}))
            return false;
        kept = have - whole;
        if (kept > 4)
            return false;
        memmove(piece, piece + whole, kept);
    }
    return true;
}

/* The one of the three that stands most often outside quotes in the header line. */
static char find_separator(struct str head)
{
    static const char known[] = {',', ';', '\t'};
    size_t counts[3] = {0, 0, 0};
    bool is_quoted = false;
    for (size_t i = 0; i < head.len; i++) {
        char c = head.ptr[i];
        if (c == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && (c == '\n' || c == '\r') && counts[0] + counts[1] + counts[2] > 0)
            break;
        for (size_t k = 0; k < 3 && !is_quoted; k++)
            counts[k] += c == known[k];
    }
    size_t best = 0;
    for (size_t k = 1; k < 3; k++)
        if (counts[k] > counts[best])
            best = k;
    return known[best];
}

/* ---- rows ---- */

static bool end_cell(struct csv *c)
{
    size_t len = c->text.len - c->cell_from;
    if (len > 0) {
        if (c->column >= SHEET_COLUMNS_MAX)
            return sheet_refuse(c->fault, "too_many_columns", c->row_number, NULL);
        c->starts[c->count] = c->cell_from;
        c->cells[c->count++] =
            (struct cell){.kind = CELL_TEXT, .column = c->column, .text = {NULL, len}};
    }
    c->cell_from = c->text.len;
    c->column++;
    c->place = AT_START;
    return true;
}

static bool end_row(struct csv *c)
{
    if (!end_cell(c))
        return false;
    for (size_t i = 0; i < c->count; i++)
        c->cells[i].text.ptr = c->text.ptr + c->starts[i];
    struct sheet_row row = {c->row_number, c->cells, c->count};
    if (c->count > 0) {
        if (++c->row_count > SHEET_ROWS_MAX)
            return sheet_refuse(c->fault, "too_many_rows", c->row_number, NULL);
        c->is_stopped = !c->sink->row(c->sink->state, &row);
    }
    c->row_number++;
    c->column = 0;
    c->count = 0;
    c->text.len = 0;
    c->cell_from = 0;
    c->has_anything = false;
    return !c->is_stopped;
}

static bool add(struct csv *c, char byte)
{
    bool is_good = (unsigned char)byte < 0x80 || !c->is_8bit
                       ? buffer_add(&c->text, &byte, 1)
                       : buffer_add_point(&c->text, (unsigned char)byte);
    if (!is_good || c->text.len - c->cell_from > SHEET_CELL_MAX)
        return sheet_refuse(c->fault, "too_long", c->row_number, NULL);
    return true;
}

static bool take_unquoted(struct csv *c, char byte)
{
    if (byte == c->separator)
        return end_cell(c);
    if (byte == '\r' || byte == '\n') {
        c->after_return = byte == '\r';
        return end_row(c);
    }
    if (c->place == AFTER_QUOTE)
        return sheet_refuse(c->fault, "bad_quotes", c->row_number, NULL);
    if (byte == '"' && c->place == AT_START) {
        c->place = IN_QUOTES;
        return true;
    }
    c->place = IN_PLAIN;
    return add(c, byte);
}

static bool take(struct csv *c, char byte)
{
    bool follows_return = c->after_return;
    c->after_return = false;
    if (byte == '\n' && follows_return)
        return true;
    c->has_anything = true;
    if (c->place == IN_QUOTES && byte == '"') {
        c->place = AFTER_QUOTE;
        return true;
    }
    if (c->place == AFTER_QUOTE && byte == '"') {
        c->place = IN_QUOTES;
        return add(c, byte);
    }
    return c->place == IN_QUOTES ? add(c, byte) : take_unquoted(c, byte);
}

static bool read_all(struct csv *c, char *piece, uint64_t from)
{
    for (uint64_t at = from; at < c->source->size;) {
        uint64_t left = c->source->size - at;
        size_t len = left < STEP_SIZE ? (size_t)left : STEP_SIZE;
        if (!c->source->read(c->source->state, at, piece, len))
            return sheet_refuse(c->fault, "damaged_file", c->row_number, NULL);
        for (size_t i = 0; i < len; i++)
            if (!take(c, piece[i]))
                return c->fault->word == NULL; /* stopped by the sink */
        at += len;
    }
    if (c->place == IN_QUOTES)
        return sheet_refuse(c->fault, "bad_quotes", c->row_number, NULL);
    if (c->has_anything && !end_row(c))
        return c->fault->word == NULL;
    return true;
}

bool csv_read(const struct byte_source *s, const struct sheet_options *options,
              const struct sheet_sink *sink, struct sheet_fault *fault)
{
    struct csv *c = calloc(1, sizeof *c);
    char *piece = malloc(STEP_SIZE + 8);
    bool is_good = false;
    *fault = (struct sheet_fault){.word = NULL};
    if (c == NULL || piece == NULL) {
        is_good = sheet_refuse(fault, "no_memory", 0, NULL);
    } else {
        *c = (struct csv){.source = s, .sink = sink, .fault = fault, .row_number = 1};
        c->text.most = SHEET_ROW_MAX;
        c->is_8bit = !is_utf8(s, piece);
        if (options->is_8bit != NULL)
            *options->is_8bit = c->is_8bit;
        size_t len = s->size < STEP_SIZE ? (size_t)s->size : STEP_SIZE;
        bool has_mark =
            len >= 3 && s->read(s->state, 0, piece, 3) && memcmp(piece, "\xef\xbb\xbf", 3) == 0;
        if (s->read(s->state, 0, piece, len)) {
            c->separator = find_separator((struct str){piece, len});
            is_good = read_all(c, piece, has_mark ? 3 : 0);
        } else {
            is_good = sheet_refuse(fault, "damaged_file", 0, NULL);
        }
        buffer_free(&c->text);
    }
    free(piece);
    free(c);
    return is_good;
}
