/* Rows as JSON objects: one tight loop into one buffer. */
#ifndef DANVAN_OUTPUT_JSON_H
#define DANVAN_OUTPUT_JSON_H

#include "output/rows.h"

void output_json_item(struct text *t, const struct output_rows *rows, size_t row); /* {…} */
void output_json_items(struct text *t, const struct output_rows *rows);            /* [{…},…] */

#endif
