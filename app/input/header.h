/* Which column of the sheet holds which field. The header need not be the first row: a title may
 * stand above it, and it may be two rows high where its cells were merged. */
#ifndef DANVAN_INPUT_HEADER_H
#define DANVAN_INPUT_HEADER_H

#include "base/arena.h"
#include "input/sheet.h"

#define HEADER_WITHIN   20  /* rows */
#define HEADER_TEXT_MAX 512 /* bytes kept of a header that is told; longer, it names nothing */

/* What a header cell may say, and where its values go. */
struct header_name {
    struct str name;     /* as a CSV of ours has it */
    struct str title_vi; /* as a workbook of ours has it */
    struct str title_en;
    int column; /* of the kind; -1: known, and not read */
};

struct header {
    struct arena *keep; /* what is found lives here */
    const struct header_name *names;
    struct header_key *keys; /* of the names, to compare with */
    size_t name_count;
    int columns[SHEET_COLUMNS_MAX];        /* by column of the sheet */
    struct str unknown[SHEET_COLUMNS_MAX]; /* a header that says nothing known; empty: none */
    uint32_t first_row;                    /* 0: not found yet */
    uint32_t last_row;
};

#define HEADER_NONE    (-2) /* no header above this column */
#define HEADER_IGNORED (-1)

/* `names` live as long as `h`, and so does `keep`, which grows by what is found alone. */
void header_begin(struct header *h, struct arena *keep, const struct header_name *names,
                  size_t count);
/* Offers a row; true: it belongs to the header or stands above it. False: the first row of data.
 * `a` may be reset afterwards: of a row that names nothing, nothing stays. */
bool header_take(struct arena *a, struct header *h, const struct sheet_row *row);
/* NULL, or what is wrong now that data begins: no_header, doubled_header, unknown_header; *at is
 * the column of the sheet. */
const char *header_fault(const struct header *h, uint32_t *at);

#endif
