/* Inside input/: the parts of an XLSX reader. The archive through libzip, its XML through libxml2's
 * push parser, part by part; nothing is ever unpacked whole. */
#ifndef DANVAN_INPUT_XLSX_H
#define DANVAN_INPUT_XLSX_H

#include "input/buffer.h"
#include "input/sheet.h"

struct zip;

#define XLSX_PART_MAX    ((uint64_t)32 << 20)  /* workbook, relations, styles */
#define XLSX_STRINGS_MAX ((uint64_t)256 << 20) /* the shared strings' XML */
#define XLSX_SHEET_MAX   ((uint64_t)1 << 30)
#define XLSX_STYLES_MAX  65536

/* ---- xlsx_xml.c: one part as events ---- */

struct xml_attribute {
    struct str name; /* without its namespace's prefix */
    struct str value;
};

struct xml_part {
    void (*begin)(struct xml_part *p, struct str name, const struct xml_attribute *attributes,
                  size_t count);
    void (*text)(struct xml_part *p, struct str text);
    void (*end)(struct xml_part *p, struct str name);
    void *state;
    struct sheet_fault *fault;
    void *parser; /* libxml2's; NULL outside xml_read */
    bool is_stopped;
};

/* Reads the part through; false: *p->fault says why. A part that is not there is missing_part. Ends
 * early, and well, when the handlers stop it without a fault. */
NODISCARD bool xml_read(struct zip *archive, const char *name, uint64_t most, struct xml_part *p);
bool xml_has_part(struct zip *archive, const char *name);
void xml_stop(struct xml_part *p);
/* Stops with a fault. */
void xml_refuse(struct xml_part *p, const char *word, uint32_t row, const char *detail);
/* The value of an attribute; false: not there. */
bool xml_attribute_of(const struct xml_attribute *attributes, size_t count, const char *name,
                      struct str *out);

/* ---- xlsx_book.c: what the sheet's cells refer to ---- */

enum xlsx_shows { XLSX_NUMBER, XLSX_DATE, XLSX_PERCENT };

struct xlsx_style {
    enum xlsx_shows shows;
    enum legacy_font font;
};

struct xlsx_book {
    struct zip *archive;
    struct sheet_fault *fault;
    bool is_1904;
    char sheet_part[256]; /* path of the sheet's XML */
    char strings_part[256];
    char styles_part[256];
    struct xlsx_style *styles; /* by cellXfs index */
    size_t style_count;
    struct buffer strings;      /* all shared strings, one after the other */
    struct buffer string_ends;  /* uint32_t each */
    struct buffer string_fonts; /* one byte each: the font of its first run that has one */
    size_t string_count;
};

NODISCARD bool xlsx_book_open(struct xlsx_book *b, struct str wanted_sheet);
void xlsx_book_close(struct xlsx_book *b);
/* False: there is none of that number. */
NODISCARD bool xlsx_string(const struct xlsx_book *b, size_t index, struct str *out,
                           enum legacy_font *font);
/* ST_Xstring: "_x000D_" stands for the character of that number. In place. */
size_t xlsx_unescape(char *text, size_t len);

/* ---- xlsx_style.c ---- */

/* Fills styles of `b`. */
NODISCARD bool xlsx_styles_read(struct xlsx_book *b);
enum legacy_font xlsx_font(struct str name);
/* What a number looks like in a format of this code. */
enum xlsx_shows xlsx_format_shows(struct str code);

/* ---- xlsx_sheet.c ---- */

NODISCARD bool xlsx_sheet_read(struct xlsx_book *b, const struct sheet_sink *sink,
                               struct sheet_fault *fault);

/* ---- excel_date.c ---- */

/* A day number as Excel counts, with its bug: 1900 was no leap year, yet serial 60 is its 29
 * February. Out: "2023-01-31", or "2023-01-31 10:30:00". False: no day of the calendar. */
NODISCARD bool excel_date(double serial, bool is_1904, char out[32]);

/* ---- zip_check.c ---- */

/* Beyond zip_list_sniff: no two entries of one name (in any case), none that overlaps another. */
NODISCARD bool zip_check(const struct byte_source *s);

#endif
