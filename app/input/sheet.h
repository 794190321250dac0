/* A table read from a file: rows by callback, cells as they stand in the sheet. CSV and XLSX alike;
 * pure functions of bytes, in bounded memory whatever the file's size. */
#ifndef DANVAN_INPUT_SHEET_H
#define DANVAN_INPUT_SHEET_H

#include "input/file_type.h"

#define SHEET_ROWS_MAX    200000
#define SHEET_COLUMNS_MAX 512
/* Bytes of one cell, and of all cells of one row. */
#define SHEET_CELL_MAX ((size_t)128 * 1024)
#define SHEET_ROW_MAX  ((size_t)1024 * 1024)
/* Strings that an XLSX's cells share. */
#define SHEET_STRINGS_MAX ((size_t)64 * 1024 * 1024)
/* Bytes of all cells: a shared string counts in each cell that has it. */
#define SHEET_TEXT_MAX ((size_t)256 * 1024 * 1024)

enum sheet_format { SHEET_CSV, SHEET_XLSX };

enum cell_kind {
    CELL_TEXT,
    CELL_NUMBER,  /* text is as the file writes it: 44927, 1.5E3 */
    CELL_PERCENT, /* of a number that its format shows as a percentage: 85%, 12.5% */
    CELL_DATE,    /* text is ISO: 2023-01-31, with " 10:30:00" behind when there is a time of day */
    CELL_BOOL,    /* true or false */
    CELL_FAULT    /* text is a word: cell_error, no_cached_value, bad_date … */
};

/* How an XLSX shows a cell: what text in it is written in, when the font is of the old sort. */
enum legacy_font { FONT_PLAIN, FONT_TCVN3, FONT_TCVN3_CAPITALS, FONT_VNI };

struct cell {
    enum cell_kind kind;
    enum legacy_font font;
    uint32_t column; /* 0 is A */
    struct str text;
};

/* Empty cells are left out; the rest by rising column. Lives until the callback returns. */
struct sheet_row {
    uint32_t number; /* as the spreadsheet counts; 1 is the first */
    const struct cell *cells;
    size_t count;
};

struct sheet_sink {
    bool (*row)(void *state, const struct sheet_row *row); /* false: stop, it is enough */
    void *state;
};

/* Why the file as a whole cannot be read on. */
struct sheet_fault {
    const char *word; /* NULL: none */
    uint32_t row;     /* 0: of no row */
    char detail[160]; /* what it is about, UTF-8; may be empty */
};

struct sheet_options {
    struct str sheet; /* XLSX: the name of the sheet; empty: the first that is visible */
    /* CSV in an 8-bit encoding is read as Latin-1 characters; then every cell of it has this. */
    bool *is_8bit;
    /* XLSX: a number that is to be a day counts from 1904; else from 1900. May be NULL. */
    bool *is_1904;
};

/* What the file is, from its bytes: .xls, encrypted, with macros and anything that is no table are
 * refused with a word. */
NODISCARD bool sheet_sniff(const struct byte_source *s, enum sheet_format *out, const char **word);
NODISCARD bool sheet_read(const struct byte_source *s, enum sheet_format format,
                          const struct sheet_options *options, const struct sheet_sink *sink,
                          struct sheet_fault *fault);

NODISCARD bool csv_read(const struct byte_source *s, const struct sheet_options *options,
                        const struct sheet_sink *sink, struct sheet_fault *fault);
NODISCARD bool xlsx_read(const struct byte_source *s, const struct sheet_options *options,
                         const struct sheet_sink *sink, struct sheet_fault *fault);

/* "A", "Z", "AA"; at most 3 letters and a NUL. */
void column_letters(uint32_t column, char out[8]);
/* Sets *fault and returns false; `detail` may be NULL. */
bool sheet_refuse(struct sheet_fault *fault, const char *word, uint32_t row, const char *detail);

#endif
