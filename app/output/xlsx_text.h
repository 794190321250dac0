/* Inside the writer of workbooks only: what its cells say to people, and how wide that is. */
#ifndef DANVAN_OUTPUT_XLSX_TEXT_H
#define DANVAN_OUTPUT_XLSX_TEXT_H

#include "output/xlsx.h"

#define XLSX_WIDTH_MAX 60 /* characters, of a column */

/* The text of a value that is no number, date or time: the word for a code, the elements of a list.
 * Null stays null. */
struct str xlsx_text(struct arena *a, enum output_type type, const struct output_note *note,
                     struct str value);
/* Characters that a column needs: as few as what stands in it allows, so that more columns are in
 * sight; its header is broken into lines. */
size_t xlsx_width(struct arena *a, const struct output_rows *rows, const struct output_note *note,
                  size_t column);
/* How many lines, in a column of such a width. */
size_t xlsx_title_lines(struct str title, size_t width);
/* How many lines a text takes in the widest column. What is longer than the column is wide goes on
 * below; but not all of a long text, which would push the other rows out of sight: that is 1. */
size_t xlsx_text_lines(struct str text);

#endif
