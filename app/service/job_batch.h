/* Rows and faults that wait to be sent to PostgreSQL. All of it lives in the job's arena for
 * batches. */
#ifndef DANVAN_SERVICE_JOB_BATCH_H
#define DANVAN_SERVICE_JOB_BATCH_H

#include "service/job.h"

/* An array literal that grows. */
struct list {
    struct text text;
    size_t count;
};

struct batch_of {
    struct list numbers, cells;
    struct list fault_rows, fault_columns, fault_words, fault_values;
    size_t rows;
};

/* Empty again; resets the arena. */
void batch_reset(struct batch_of *b, struct arena *a);
/* The next cell of the present row; empty is null. */
void batch_cell(struct batch_of *b, struct str value);
/* Ends the row, which has this number in the sheet. */
void batch_row(struct batch_of *b, uint32_t number);
/* In place of a column's name its letters, where it has none; empty: of no column. */
void batch_fault(struct batch_of *b, uint32_t row, struct str column, struct str word,
                 struct str value);
/* Sends it, shows how many rows are done, and empties it. False: *outcome says why it is enough. */
NODISCARD bool batch_send(struct batch_of *b, struct job *j, uint32_t done,
                          struct job_outcome *outcome);

#endif
