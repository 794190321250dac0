/* Imports of ratings, sent by the province's officer: what the programs about them share. */
#ifndef DANVAN_TESTS_API_IMPORTS_H
#define DANVAN_TESTS_API_IMPORTS_H

#include "files.h"

#define PROVINCE "tinh.chuyenvien"
#define HEAD     "unit_code,year,scale,grade,rated_on,note\r\n"
#define TRIES    300 /* of 0.2 s each */

/* Where to send a file of this name; `more` is the rest of the query, "&dry_run=false" say. */
const char *import_path(const char *name, const char *more);
struct reply *send_text(const struct caller *c, const char *more, const char *text);
/* The import, once the job runner has done with it. */
struct reply *wait_for(const struct caller *c, const char *id);
/* Sends, waits, and holds the end against `status`. */
struct reply *run(const struct caller *c, const char *more, const char *text, const char *status);
/* Is this told of the cell? `value` may be NULL. */
void ck_error(const struct caller *c, const char *id, const char *cell, const char *word,
              const char *value);

void forget(int year);
int64_t rated(int year);

/* A job as the runner would find it, made by the province's officer: its id. */
const char *left_job(const char *status, int tries, const char *text);

#endif
