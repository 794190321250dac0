/* What a cell says, as the type its column has. Never a guess: what could be read in two ways is a
 * fault, told by a word. */
#ifndef DANVAN_INPUT_CELL_TYPE_H
#define DANVAN_INPUT_CELL_TYPE_H

#include "base/arena.h"
#include "input/sheet.h"

/* cell_text.c: UTF-8 in NFC without white space around it; *out may be empty. NULL, or
 * bad_encoding, control_character. */
const char *cell_text_clean(struct arena *a, struct str raw, struct str *out);
/* Takes away the apostrophe by which output/csv.c defuses text that a spreadsheet would compute. */
struct str cell_text_undefuse(struct str text);
/* One and the same for texts that are equal but for case, Unicode form and runs of white space. */
struct str cell_text_key(struct arena *a, struct str text);
/* Equal but for those? */
bool cell_text_equal(struct arena *a, struct str one, struct str other);

/* cell_type.c: NULL and *out, or the word. `text` is the cell's after cell_text_clean. */
const char *cell_as_text(struct arena *a, enum cell_kind kind, struct str text, struct str *out);
/* `is_1904`: of the workbook, see sheet_options; there digits in a text are no day, for nobody can
 * tell from where they count. */
const char *cell_as_date(struct arena *a, enum cell_kind kind, struct str text, bool is_1904,
                         struct str *out);
const char *cell_as_integer(struct arena *a, enum cell_kind kind, struct str text, struct str *out);
/* Whole per cents: 85, "85%", "85 %", or a number shown as 85%. */
const char *cell_as_percent(struct arena *a, enum cell_kind kind, struct str text, struct str *out);
const char *cell_as_boolean(struct arena *a, enum cell_kind kind, struct str text, struct str *out);

/* Characters of valid UTF-8. */
size_t cell_text_length(struct str text);

#endif
