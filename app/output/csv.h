/* Rows as CSV (RFC 4180): UTF-8 with BOM, so that Excel reads Vietnamese; CRLF; a header line. Text
 * that a spreadsheet would run as a formula is led by an apostrophe. */
#ifndef DANVAN_OUTPUT_CSV_H
#define DANVAN_OUTPUT_CSV_H

#include "output/rows.h"

void output_csv(struct text *t, const struct output_rows *rows);

#endif
