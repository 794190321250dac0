/* What tables can be brought in, and as which columns. A column's name is that of the list it comes
 * from, so that what a list gives out comes in again, by the name (CSV) or its title (XLSX): fields
 * that are no import columns are passed over. What the rows mean is sql/code/38_import_<kind>.sql,
 * which reads the cells in the order given here. */
#ifndef DANVAN_RESOURCES_IMPORT_KINDS_H
#define DANVAN_RESOURCES_IMPORT_KINDS_H

#include "resource/descriptor.h"

enum import_type { IMPORT_TEXT, IMPORT_DATE, IMPORT_INT, IMPORT_PERCENT, IMPORT_BOOL };

struct import_column {
    struct str name;
    enum import_type type;
    bool is_required; /* the column, and a value in every row */
};

struct import_kind {
    struct str name;                 /* as in POST /imports?kind= and app.import_job.kind */
    const struct resource *resource; /* the list: titles of its fields serve as headers too */
    const struct import_column *columns;
    size_t column_count;
};

/* NULL when there is none of that name. */
const struct import_kind *import_kind_find(struct str name);
/* The `index`th kind; NULL after the last. */
const struct import_kind *import_kind_at(size_t index);

#endif
