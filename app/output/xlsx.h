/* Rows as a workbook, for people: the row source that CSV has, with types. First sheet: the titles
 * in a bold, frozen row with filters, then the rows; dates are dates, numbers numbers, codes and
 * booleans the words for them, and text is always text, whatever it begins with. Second sheet:
 * which key each title stands for and what it means, in Vietnamese. What the first sheet holds can
 * be brought in again as it is. */
#ifndef DANVAN_OUTPUT_XLSX_H
#define DANVAN_OUTPUT_XLSX_H

#include "output/rows.h"

/* What a code among the values of a column is called. */
struct output_word {
    struct str value;
    struct str title;
};

/* What a workbook tells of a column beyond its key and type. */
struct output_note {
    struct str title; /* its header */
    struct str meaning;
    const struct output_word *words; /* a value that is none of these stands as it is */
    size_t word_count;
    bool is_money;  /* a number with its thousands apart */
    bool is_hidden; /* there, and shown by who unhides it: what tells a program something alone */
};

/* Where the parts of a workbook lie until they are one, in files that have no name and that nobody
 * else may open. Not copied; set once, before the first workbook. */
void output_xlsx_work_in(const char *folder);
/* `title` names the sheet; notes: one per column of `rows`. The bytes depend on the rows alone, not
 * on the moment. False when the system has no room for it, or the folder is not to be
 * written in. */
NODISCARD bool output_xlsx(struct arena *a, const struct output_rows *rows,
                           const struct output_note *notes, struct str title, struct str *out);

#endif
