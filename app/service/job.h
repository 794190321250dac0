/* The job runner: one process beside the workers that reads imported files, checks their rows and
 * writes them, as whoever made the import. What a file can do to it is done to no request. */
#ifndef DANVAN_SERVICE_JOB_H
#define DANVAN_SERVICE_JOB_H

#include <sys/types.h>

#include "config.h"
#include "db/conn.h"
#include "db/tx.h"
#include "input/header.h"
#include "resources/import_kinds.h"
#include "service/scoreboard.h"

#define JOB_PIECE_SIZE (256 * 1024) /* as files are stored */

struct job_start {
    const struct config *config;
    struct scoreboard *board;
    pid_t supervisor; /* ends when its parent is another */
};

/* Runs until told to end; returns the exit status. */
int job_runner(const struct job_start *start);

/* ---- inside the runner ---- */

struct job {
    const struct job_start *start;
    struct db_conn *guard; /* short transactions: the queue, rows, progress */
    struct arena *keep;    /* as long as the job */
    struct arena *arena;   /* as long as a batch of rows */
    struct str id;
    struct str try_number;
    struct str scope_role;
    struct str sheet;
    enum sheet_format format;
    bool is_dry_run;
    bool converts_legacy;
    const struct import_kind *kind;
    char *file;
    size_t size;
    size_t fault_count;    /* found while reading */
    int64_t read_until_us; /* clock_us(): reading that lasts longer is given up */
    int64_t look_at_us;    /* job_may_go_on looks next */
};

enum job_end {
    JOB_DONE,     /* its end is written */
    JOB_REFUSED,  /* the file as a whole: problem and detail say why */
    JOB_FAILED,   /* could not be run; problem as well */
    JOB_RETRY,    /* the surroundings failed; perhaps not the next time */
    JOB_LOST,     /* cancelled, or another runner has it */
    JOB_PUT_BACK, /* the service ends */
};

struct job_outcome {
    enum job_end end;
    struct str problem;
    struct str detail;
};

/* Is the service about to end? */
bool job_is_told_to_end(const struct job_start *start);
/* To be asked at each row of the file: every half second it looks whether the service ends, reading
 * has taken too long, or the job was cancelled or taken. False: *outcome says which. */
NODISCARD bool job_may_go_on(struct job *j, struct job_outcome *outcome);
/* One statement in a transaction of its own, as danvan_service. */
NODISCARD bool job_statement(struct job *j, struct arena *a, const char *sql,
                             const struct str *params, size_t count, struct db_rows **rows,
                             struct err *e);
/* What a refusal of PostgreSQL's means for the job. */
struct job_outcome job_outcome_of(struct arena *a, const struct err *e, enum job_end otherwise);

/* job_cell.c: a cleaned cell as the value of its column. NULL and *out, or the word for its fault.
 */
const char *job_cell(struct arena *a, const struct import_kind *kind, size_t column,
                     const struct cell *c, bool is_1904, struct str *out);
/* job_read.c: the file into staging rows. JOB_DONE: all of it is read. */
struct job_outcome job_read(struct job *j);
/* job_apply.c: check, and write or rehearse. */
struct job_outcome job_apply(struct job *j);

#endif
